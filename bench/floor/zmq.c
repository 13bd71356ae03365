// ZeroMQ in the place of the floor: PAIR sockets over ipc://, one thread each, the tasks of measure.h.
//
//   zmq measure PATH WARM_UP SECONDS TASKS | zmq echo PATH
#include "measure.h"

#include <unistd.h>
#include <zmq.h>

static void *peer;
static char *out;

static void check(int result, const char *what)
{
    if (result < 0)
    {
        fprintf(stderr, "%s: %s\n", what, zmq_strerror(zmq_errno()));
        exit(1);
    }
}

// Gives the length.
static int receive(void)
{
    zmq_msg_t message;
    zmq_msg_init(&message);
    check(zmq_msg_recv(&message, peer, 0), "receive");
    int length = (int)zmq_msg_size(&message);
    zmq_msg_close(&message);
    return length;
}

static void round_trip(size_t size)
{
    check(zmq_send(peer, out, size, 0), "send");
    if (receive() != (int)size)
    {
        fprintf(stderr, "The answer has another length.\n");
        exit(1);
    }
}

static uint64_t requests(int in_flight, double seconds)
{
    uint64_t answered = 0;
    double end = now() + seconds;
    for (int index = 0; index < in_flight; index++)
    {
        check(zmq_send(peer, out, REQUEST_SIZE, 0), "send");
    }

    for (int under_way = in_flight; under_way > 0; answered++)
    {
        receive();
        if (now() < end)
        {
            check(zmq_send(peer, out, REQUEST_SIZE, 0), "send");
        }
        else
        {
            under_way--;
        }
    }
    return answered;
}

// An event begins with "e" and is not answered. ZeroMQ's own thread makes batches, whether one wants them or not.
static uint64_t one_way(size_t size, double seconds, int batched)
{
    if (!batched)
    {
        return 0;
    }

    uint64_t sent = 0;
    double end = now() + seconds;
    out[0] = 'e';
    do
    {
        for (int index = 0; index < 64; index++)
        {
            check(zmq_send(peer, out, size, 0), "send");
        }
        sent += 64;
    } while (now() < end);
    out[0] = 'r';
    check(zmq_send(peer, out, 1, 0), "send");
    receive();
    return sent;
}

static void echo(void)
{
    for (;;)
    {
        zmq_msg_t message;
        zmq_msg_init(&message);
        check(zmq_msg_recv(&message, peer, 0), "receive");
        char kind = *(char *)zmq_msg_data(&message);
        if (kind == 'q')
        {
            zmq_msg_close(&message);
            return;
        }

        if (kind == 'r')
        {
            check(zmq_msg_send(&message, peer, 0), "send");
        }
        else
        {
            zmq_msg_close(&message);
        }
    }
}

int main(int argc, char **argv)
{
    int is_measuring = argc == 6 && !strcmp(argv[1], "measure");
    if (!is_measuring && !(argc == 3 && !strcmp(argv[1], "echo")))
    {
        fprintf(stderr, "usage: zmq measure PATH WARM_UP SECONDS TASKS | zmq echo PATH\n");
        return 2;
    }

    alarm(WATCHDOG_SECONDS);
    char address[256];
    snprintf(address, sizeof address, "ipc://%s", argv[2]);
    void *context = zmq_ctx_new();
    peer = zmq_socket(context, ZMQ_PAIR);

    if (!is_measuring)
    {
        check(zmq_connect(peer, address), "connect");
        echo();
    }
    else
    {
        out = malloc(8u << 20);
        memset(out, 'r', 8u << 20);
        check(zmq_bind(peer, address), "bind");
        printf("listening\n");
        fflush(stdout);

        static const struct subject subject = { round_trip, NULL, requests, one_way };
        measure_tasks(&subject, argv[5], atof(argv[3]), atof(argv[4]));
        check(zmq_send(peer, "q", 1, 0), "send");
    }

    zmq_close(peer);
    zmq_ctx_term(context);
    return 0;
}
