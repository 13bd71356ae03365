// prun: starts a program, waits until a colour is on the screen, and optionally measures the program at rest.
//
//     cc -O2 -o prun prun.c -ldl
//     prun COLOR TIMEOUT_MS [--idle SECONDS] -- COMMAND [ARGUMENT...]
//
// It prints one line of JSON, which README.md describes. Everything that COMMAND started is gone when prun returns.

#define _GNU_SOURCE

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum
{
    POLL_MS = 1,
    SETTLE_MS = 3000,
    CLEAR_MS = 2000,      // how long the last run's window may still be on the screen
    END_MS = 3000,        // how long a process may take to end before it is killed
    ENOUGH_PIXELS = 16,   // of the colour in one row: a window, not an icon or a letter
    MAX_PROCESSES = 256,
    MAX_THREADS = 1024,
};

typedef struct Options
{
    unsigned long color;
    int timeout_ms;
    double idle_seconds; // 0: only the first pixel
    char **command;
} Options;

static pid_t child;
static void end_processes(void);

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("prun: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    end_processes();
    _exit(1); // without flushing stdout: no half line of results
}

static double now_ms(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void sleep_ms(double ms)
{
    struct timespec time = { (time_t)(ms / 1e3), (long)((ms - 1e3 * (double)(time_t)(ms / 1e3)) * 1e6) };
    while (nanosleep(&time, &time) != 0 && errno == EINTR)
        continue;
}

// ---------------------------------------------------------------------------------------------------------- the screen

#define XLIB(F) \
    F(void *, XOpenDisplay, (const char *name)) \
    F(unsigned long, XDefaultRootWindow, (void *display)) \
    F(int, XDefaultScreen, (void *display)) \
    F(int, XDisplayWidth, (void *display, int screen)) \
    F(int, XDisplayHeight, (void *display, int screen)) \
    F(void *, XGetImage, (void *display, unsigned long drawable, int x, int y, unsigned width, unsigned height, \
        unsigned long planes, int format)) \
    F(unsigned long, XGetPixel, (void *image, int x, int y)) \
    F(int, XDestroyImage, (void *image))

#define DECLARE(result, name, parameters) static result (*name) parameters;
#define RESOLVE(result, name, parameters) resolve(library, #name, &name);

XLIB(DECLARE)

static struct
{
    void *display;
    unsigned long root;
    int width, height;
} screen;

static void resolve(void *library, const char *name, void *slot)
{
    void *function = dlsym(library, name);
    if (!function)
        fail("%s was not found: %s", name, dlerror());

    memcpy(slot, &function, sizeof function);
}

static void open_screen(void)
{
    void *library = dlopen("libX11.so.6", RTLD_LAZY);
    if (!library)
        fail("cannot open libX11.so.6: %s", dlerror());

    XLIB(RESOLVE)
    screen.display = XOpenDisplay(NULL);
    if (!screen.display)
        fail("cannot open the display \"%s\"", getenv("DISPLAY") ? getenv("DISPLAY") : "");

    screen.root = XDefaultRootWindow(screen.display);
    screen.width = XDisplayWidth(screen.display, XDefaultScreen(screen.display));
    screen.height = XDisplayHeight(screen.display, XDefaultScreen(screen.display));
}

static int row_has_color(int y, unsigned long color)
{
    const unsigned long all_planes = ~0ul;
    const int z_pixmap = 2;
    void *row = XGetImage(screen.display, screen.root, 0, y, (unsigned)screen.width, 1, all_planes, z_pixmap);
    if (!row)
        fail("the screen cannot be read");

    int found = 0;
    for (int x = 0; x < screen.width && found < ENOUGH_PIXELS; x += 2)
        found += (XGetPixel(row, x, 0) & 0xffffff) == color;

    XDestroyImage(row);
    return found == ENOUGH_PIXELS;
}

// Three rows cross any window of a usual size, wherever the window manager puts it; the middle one comes first.
static int screen_has_color(unsigned long color)
{
    return row_has_color(screen.height / 2, color)
        || row_has_color(screen.height / 4, color)
        || row_has_color(screen.height * 3 / 4, color);
}

static void wait_until_clear(unsigned long color)
{
    for (double end = now_ms() + CLEAR_MS; screen_has_color(color); sleep_ms(10))
        if (now_ms() > end)
            fail("the colour is on the screen before the start");
}

// ------------------------------------------------------------------------------------------------------- the processes

static int parent_of(pid_t pid)
{
    char path[64], text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return -1;

    size_t size = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[size] = 0;

    // The name is in parentheses and may itself contain some: the parent is the second field after the last one.
    char *name_end = strrchr(text, ')');
    int parent;
    return name_end && sscanf(name_end + 1, " %*c %d", &parent) == 1 ? parent : -1;
}

static int add_children(pid_t parent, pid_t *pids, int count)
{
    DIR *directory = opendir("/proc");
    if (!directory)
        return count;

    for (struct dirent *entry; (entry = readdir(directory)) && count < MAX_PROCESSES;)
    {
        int pid = atoi(entry->d_name);
        if (pid > 0 && parent_of(pid) == parent)
            pids[count++] = pid;
    }

    closedir(directory);
    return count;
}

// All that descends from a process, without itself.
static int find_descendants(pid_t ancestor, pid_t *pids)
{
    int count = add_children(ancestor, pids, 0);
    for (int i = 0; i < count; i++)
        count = add_children(pids[i], pids, count);

    return count;
}

static pid_t start(char **command)
{
    pid_t pid = fork();
    if (pid < 0)
        fail("fork: %s", strerror(errno));

    if (pid > 0)
        return pid;

    dup2(STDERR_FILENO, STDOUT_FILENO); // stdout is for the results
    execvp(command[0], command);
    fprintf(stderr, "prun: cannot run %s: %s\n", command[0], strerror(errno));
    _exit(127);
}

static void reap(void)
{
    for (pid_t pid; (pid = waitpid(-1, NULL, WNOHANG)) > 0;)
        if (pid == child)
            child = 0;
}

static void signal_all(const pid_t *pids, int count, int signal)
{
    for (int i = 0; i < count; i++)
        kill(pids[i], signal);
}

static int wait_for_end(pid_t *pids)
{
    for (double end = now_ms() + END_MS; now_ms() < end; sleep_ms(5))
    {
        reap();
        if (find_descendants(getpid(), pids) == 0)
            return 1;
    }

    return 0;
}

// prun is the subreaper of all that it started, so whatever outlives its parent becomes a child of prun: nothing is
// missed, and no pid is used again before it has been waited for. WebKit's helpers end by themselves with the program.
static void end_processes(void)
{
    pid_t pids[MAX_PROCESSES];
    if (child > 0)
        kill(child, SIGTERM);

    if (wait_for_end(pids))
        return;

    signal_all(pids, find_descendants(getpid(), pids), SIGTERM);
    if (wait_for_end(pids))
        return;

    do
        signal_all(pids, find_descendants(getpid(), pids), SIGKILL);
    while (!wait_for_end(pids));
}

static void check_child(void)
{
    int status;
    if (waitpid(child, &status, WNOHANG) != child)
        return;

    child = 0;
    if (WIFSIGNALED(status))
        fail("the program was ended by signal %d", WTERMSIG(status));

    fail("the program ended with exit code %d", WEXITSTATUS(status));
}

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal)
{
    interrupted = signal;
}

static void check_interrupt(void)
{
    if (interrupted)
        fail("interrupted by signal %d", (int)interrupted);
}

// -------------------------------------------------------------------------------------------------------- the measures

static double wait_for_color(const Options *options, double started)
{
    while (!screen_has_color(options->color))
    {
        check_interrupt();
        check_child();
        if (now_ms() - started > options->timeout_ms)
            fail("the colour was not seen within %d ms", options->timeout_ms);

        sleep_ms(POLL_MS);
    }

    return now_ms() - started;
}

static void rest(double ms)
{
    for (double end = now_ms() + ms, left; (left = end - now_ms()) > 0;)
    {
        check_interrupt();
        check_child();
        sleep_ms(left < 100 ? left : 100);
    }
}

typedef struct Memory
{
    double rss_mb, pss_mb, private_dirty_mb;
} Memory;

static Memory read_memory(pid_t pid)
{
    Memory memory = { 0, 0, 0 };
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "r");
    if (!file)
        return memory;

    while (fgets(line, sizeof line, file))
    {
        double kilobytes;
        if (sscanf(line, "Rss: %lf", &kilobytes) == 1)
            memory.rss_mb = kilobytes / 1024;
        else if (sscanf(line, "Pss: %lf", &kilobytes) == 1)
            memory.pss_mb = kilobytes / 1024;
        else if (sscanf(line, "Private_Dirty: %lf", &kilobytes) == 1)
            memory.private_dirty_mb = kilobytes / 1024;
    }

    fclose(file);
    return memory;
}

static void print_memory(void)
{
    Memory ui = read_memory(child), all = { 0, 0, 0 };
    pid_t pids[MAX_PROCESSES];
    int count = find_descendants(getpid(), pids);
    for (int i = 0; i < count; i++)
    {
        Memory one = read_memory(pids[i]);
        all.pss_mb += one.pss_mb;
        all.private_dirty_mb += one.private_dirty_mb;
    }

    printf(",\"ui_rss_mb\":%.1f,\"ui_pss_mb\":%.1f,\"ui_private_dirty_mb\":%.1f", ui.rss_mb, ui.pss_mb,
        ui.private_dirty_mb);
    printf(",\"processes\":%d,\"all_pss_mb\":%.1f,\"all_private_dirty_mb\":%.1f", count, all.pss_mb,
        all.private_dirty_mb);
}

typedef struct Thread
{
    int tid;
    long long cpu_ns;
    long long wakeups;
} Thread;

typedef struct Threads
{
    int count;
    Thread items[MAX_THREADS];
} Threads;

static long long read_cpu_ns(pid_t pid, int tid)
{
    char path[64];
    long long ns = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/schedstat", pid, tid);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;

    if (fscanf(file, "%lld", &ns) != 1)
        ns = 0;

    fclose(file);
    return ns;
}

static long long read_wakeups(pid_t pid, int tid)
{
    char path[64], line[256];
    long long count = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%d/status", pid, tid);
    FILE *file = fopen(path, "r");
    if (!file)
        return 0;

    while (fgets(line, sizeof line, file))
        if (sscanf(line, "voluntary_ctxt_switches: %lld", &count) == 1)
            break;

    fclose(file);
    return count;
}

static void read_threads(pid_t pid, Threads *threads)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    threads->count = 0;
    DIR *directory = opendir(path);
    if (!directory)
        fail("%s cannot be read: %s", path, strerror(errno));

    for (struct dirent *entry; (entry = readdir(directory)) && threads->count < MAX_THREADS;)
    {
        int tid = atoi(entry->d_name);
        if (tid > 0)
            threads->items[threads->count++] = (Thread){ tid, read_cpu_ns(pid, tid), read_wakeups(pid, tid) };
    }

    closedir(directory);
}

static Thread find_thread(const Threads *threads, int tid)
{
    for (int i = 0; i < threads->count; i++)
        if (threads->items[i].tid == tid)
            return threads->items[i];

    return (Thread){ tid, 0, 0 };
}

// Threads are matched by their id: a difference of sums becomes negative when a pool thread ends meanwhile. A thread
// that began meanwhile counts from zero; what a thread used that ended meanwhile is lost.
static void print_idle(double seconds)
{
    static Threads before, after;
    long long cpu_ns = 0, wakeups = 0;

    double started = now_ms();
    read_threads(child, &before);
    rest(seconds * 1e3);
    read_threads(child, &after);
    double elapsed_ns = (now_ms() - started) * 1e6;

    for (int i = 0; i < after.count; i++)
    {
        Thread then = find_thread(&before, after.items[i].tid);
        cpu_ns += after.items[i].cpu_ns - then.cpu_ns;
        wakeups += after.items[i].wakeups - then.wakeups;
    }

    printf(",\"idle_seconds\":%.1f,\"idle_cpu_percent\":%.4f,\"wakeups\":%lld", elapsed_ns / 1e9,
        100 * (double)cpu_ns / elapsed_ns, wakeups);
}

// --------------------------------------------------------------------------------------------------------- the program

static void usage(void)
{
    fputs("usage: prun COLOR TIMEOUT_MS [--idle SECONDS] -- COMMAND [ARGUMENT...]\n"
          "  COLOR  six hexadecimal digits, with or without #\n",
        stderr);
    exit(2);
}

static double parse_positive(const char *text)
{
    char *end;
    double number = strtod(text, &end);
    if (end == text || *end || !(number > 0))
        usage();

    return number;
}

static unsigned long parse_color(const char *text)
{
    char *end;
    text += *text == '#';
    unsigned long color = strtoul(text, &end, 16);
    if (end != text + 6 || *end)
        usage();

    return color;
}

static Options parse_arguments(int argc, char **argv)
{
    if (argc < 5)
        usage();

    Options options = { parse_color(argv[1]), (int)parse_positive(argv[2]), 0, NULL };
    int next = 3;
    if (strcmp(argv[next], "--idle") == 0)
    {
        options.idle_seconds = parse_positive(argv[next + 1]);
        next += 2;
    }

    if (next + 1 >= argc || strcmp(argv[next], "--") != 0)
        usage();

    options.command = argv + next + 1;
    return options;
}

int main(int argc, char **argv)
{
    Options options = parse_arguments(argc, argv);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    signal(SIGTERM, on_interrupt);
    signal(SIGINT, on_interrupt);
    open_screen();
    wait_until_clear(options.color);

    double started = now_ms();
    child = start(options.command);
    printf("{\"first_pixel_ms\":%.1f", wait_for_color(&options, started));
    if (options.idle_seconds > 0)
    {
        rest(SETTLE_MS);
        print_memory();
        print_idle(options.idle_seconds);
    }

    puts("}");
    end_processes();
    return 0;
}
