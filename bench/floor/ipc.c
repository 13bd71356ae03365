// The floor of `bench/run ipc`: a Unix domain socket with messages as lines, read and written by blocking calls. Oriel's wire without
// Oriel: nothing is parsed but the type of a line and where it ends.
//
//   ipc measure PATH WARM_UP SECONDS TASKS   listens, prints "listening", waits for the other side, measures, prints a line of JSON
//   ipc echo PATH                            connects; answers requests, reads events, ends with the connection
#define _GNU_SOURCE
#include "measure.h"

#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define LARGEST (8u << 20)
#define BATCH (32u << 10)

static const char echo_prefix[] = "{\"type\":\"request\"";
static const char sink_prefix[] = "{\"type\":\"request\",\"id\":\"1\",\"method\":\"sink\"";
static const char sink_answer[] = "{\"type\":\"response\",\"id\":\"1\",\"data\":null}\n";

static int peer;
static char *out, *in;

// What is there to be read, and up to where it is known to hold no line feed.
static size_t in_start, in_seen, in_end;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void write_all(const char *bytes, size_t length)
{
    while (length > 0)
    {
        ssize_t written = write(peer, bytes, length);
        if (written < 0)
        {
            if (errno == EINTR)
            {
                continue;
            }
            fail("write");
        }
        bytes += written;
        length -= (size_t)written;
    }
}

// Reads what is there into the buffer; 0 at the end.
static size_t read_some(void)
{
    if (in_start == in_end)
    {
        in_start = in_seen = in_end = 0;
    }
    else if (in_end == LARGEST)
    {
        memmove(in, in + in_start, in_end - in_start);
        in_end -= in_start;
        in_seen -= in_start;
        in_start = 0;
    }

    ssize_t count;
    do
    {
        count = read(peer, in + in_end, LARGEST - in_end);
    } while (count < 0 && errno == EINTR);
    if (count < 0 && errno != ECONNRESET)
    {
        fail("read");
    }
    if (count <= 0)
    {
        return 0;
    }
    in_end += (size_t)count;
    return (size_t)count;
}

// Takes a line that is there whole; null otherwise. Looks at each byte once.
static char *take_line(size_t *length)
{
    char *end = memchr(in + in_seen, '\n', in_end - in_seen);
    if (!end)
    {
        in_seen = in_end;
        return NULL;
    }

    char *line = in + in_start;
    *length = (size_t)(end + 1 - line);
    in_start += *length;
    in_seen = in_start;
    return line;
}

static char *await_line(size_t *length)
{
    static const char ready[] = "{\"type\":\"ready\"";
    char *line;
    // A back end of Oriel says first what it offers. It gets no answer, so that everything stays a line.
    while (!(line = take_line(length)) || (*length > sizeof ready && !memcmp(line, ready, sizeof ready - 1)))
    {
        if (line)
        {
            continue;
        }
        if (read_some() == 0)
        {
            fprintf(stderr, "The other side is gone.\n");
            exit(1);
        }
    }
    return line;
}

// Writes a message that is a line of exactly so many bytes; gives them.
static size_t compose(char *to, const char *head, size_t size)
{
    size_t length = (size_t)sprintf(to, "%s,\"data\":\"", head);
    if (size < length + 3)
    {
        size = length + 3;
    }
    memset(to + length, 'x', size - length - 3);
    memcpy(to + size - 3, "\"}\n", 3);
    return size;
}

static void round_trip_of(const char *method, size_t size)
{
    static char composed[16];
    static size_t composed_size;
    if (composed_size != size || strcmp(composed, method) != 0)
    {
        char head[128];
        snprintf(head, sizeof head, "{\"type\":\"request\",\"id\":\"1\",\"method\":\"%s\"", method);
        compose(out, head, size);
        composed_size = size;
        snprintf(composed, sizeof composed, "%s", method);
    }

    size_t length;
    write_all(out, size);
    await_line(&length);
}

static void round_trip(size_t size) { round_trip_of("echo", size); }

static void sink(size_t size) { round_trip_of("sink", size); }

// One thread keeps so many under way: what came in one read is answered for by one write.
static uint64_t requests(int in_flight, double seconds)
{
    char *batch = malloc((size_t)in_flight * REQUEST_SIZE);
    for (int index = 0; index < in_flight; index++)
    {
        compose(batch + (size_t)index * REQUEST_SIZE, "{\"type\":\"request\",\"id\":\"1\",\"method\":\"echo\"", REQUEST_SIZE);
    }

    uint64_t answered = 0;
    int under_way = in_flight;
    double end = now() + seconds;
    write_all(batch, (size_t)in_flight * REQUEST_SIZE);
    while (under_way > 0)
    {
        size_t length;
        int came = 0;
        await_line(&length);
        do
        {
            came++;
        } while (take_line(&length));

        answered += (uint64_t)came;
        under_way -= came;
        if (now() < end)
        {
            write_all(batch, (size_t)came * REQUEST_SIZE);
            under_way += came;
        }
    }
    free(batch);
    return answered;
}

static uint64_t one_way(size_t size, double seconds, int batched)
{
    size_t in_batch = batched && size < BATCH ? BATCH / size : 1;
    char *batch = malloc(in_batch * size);
    for (size_t index = 0; index < in_batch; index++)
    {
        compose(batch + index * size, "{\"type\":\"event\",\"event\":\"tick\"", size);
    }

    uint64_t sent = 0;
    double end = now() + seconds;
    do
    {
        for (int write = 0; write < 16; write++)
        {
            write_all(batch, in_batch * size);
            sent += in_batch;
        }
    } while (now() < end);
    free(batch);

    char flush[128];
    size_t length = (size_t)sprintf(flush, "{\"type\":\"request\",\"id\":\"2\",\"method\":\"flush\",\"data\":%llu}\n", (unsigned long long)sent);
    write_all(flush, length);
    await_line(&length);
    return sent;
}

static void echo(void)
{
    size_t queued = 0;
    do
    {
        char *line;
        size_t length;
        while ((line = take_line(&length)))
        {
            if (length >= sizeof sink_prefix && !memcmp(line, sink_prefix, sizeof sink_prefix - 1))
            {
                write_all(sink_answer, sizeof sink_answer - 1);
            }
            else if (length >= sizeof echo_prefix && !memcmp(line, echo_prefix, sizeof echo_prefix - 1))
            {
                if (length >= BATCH)
                {
                    write_all(line, length);
                }
                else
                {
                    if (queued + length > BATCH)
                    {
                        write_all(out, queued);
                        queued = 0;
                    }
                    memcpy(out + queued, line, length);
                    queued += length;
                }
            }
        }

        if (queued > 0)
        {
            write_all(out, queued);
            queued = 0;
        }
    } while (read_some() > 0);
}

int main(int argc, char **argv)
{
    int is_measuring = argc == 6 && !strcmp(argv[1], "measure");
    if (!is_measuring && !(argc == 3 && !strcmp(argv[1], "echo")))
    {
        fprintf(stderr, "usage: ipc measure PATH WARM_UP SECONDS TASKS | ipc echo PATH\n");
        return 2;
    }

    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(argv[2]) >= sizeof address.sun_path)
    {
        fprintf(stderr, "The path has more than 107 bytes.\n");
        return 2;
    }
    strcpy(address.sun_path, argv[2]);

    alarm(WATCHDOG_SECONDS);
    signal(SIGPIPE, SIG_IGN);
    out = malloc(LARGEST);
    in = malloc(LARGEST);
    // The pages are there before anything is measured.
    memset(out, 0, LARGEST);
    memset(in, 0, LARGEST);

    int handle = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (!is_measuring)
    {
        if (connect(handle, (struct sockaddr *)&address, sizeof address) != 0)
        {
            fail("connect");
        }
        peer = handle;
        echo();
        return 0;
    }

    unlink(address.sun_path);
    if (bind(handle, (struct sockaddr *)&address, sizeof address) != 0 || listen(handle, 1) != 0)
    {
        fail("listen");
    }
    printf("listening\n");
    fflush(stdout);
    peer = accept(handle, NULL, NULL);
    if (peer < 0)
    {
        fail("accept");
    }
    unlink(address.sun_path);

    static const struct subject subject = { round_trip, sink, requests, one_way };
    measure_tasks(&subject, argv[5], atof(argv[3]), atof(argv[4]));
    return 0;
}
