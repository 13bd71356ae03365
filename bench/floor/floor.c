// The floor: the least program that does with WebKitGTK what Oriel does with it, in C.
//
//     cc -O2 -o floor floor.c -ldl
//
// No development headers are needed. The libraries are opened and their functions looked up at run time, as .NET does,
// so that start-up times compare. One process runs one mode and prints one line of JSON; README.md describes the modes.

#define _POSIX_C_SOURCE 200809L

#include <dlfcn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum
{
    WATCHDOG_SECONDS = 120,
    WINDOW_WIDTH = 800,
    WINDOW_HEIGHT = 600,
    BODY_CHUNK = 64 * 1024,
    DEFAULT_PRIORITY = 0, // G_PRIORITY_DEFAULT
};

// ---------------------------------------------------------------------------------------------------- native functions

typedef size_t Type;                        // GType
typedef struct Error { uint32_t domain; int code; char *message; } Error;
typedef struct TypeQuery { Type type; const char *name; unsigned class_size, instance_size; } TypeQuery;
typedef void Ready(void *source, void *result, void *data);

#define GLIB(F) \
    F(void *, g_bytes_new_take, (void *data, size_t size)) \
    F(void *, g_bytes_new_static, (const void *data, size_t size)) \
    F(const void *, g_bytes_get_data, (void *bytes, size_t *size)) \
    F(void, g_bytes_unref, (void *bytes))

#define GOBJECT(F) \
    F(void *, g_object_new, (Type type, const char *property, ...)) \
    F(void *, g_object_ref, (void *object)) \
    F(void, g_object_unref, (void *object)) \
    F(Type, g_object_get_type, (void)) \
    F(void, g_type_query, (Type type, TypeQuery *query)) \
    F(Type, g_type_register_static_simple, (Type parent, const char *name, unsigned class_size, \
        void (*class_init)(void *, void *), unsigned instance_size, void *instance_init, int flags)) \
    F(unsigned long, g_signal_connect_data, (void *object, const char *signal, void (*handler)(void), \
        void *data, void *destroy, int flags))

#define GIO(F) \
    F(Type, g_input_stream_get_type, (void)) \
    F(void, g_input_stream_read_async, (void *stream, void *buffer, size_t count, int priority, \
        void *cancellable, Ready *ready, void *data)) \
    F(ssize_t, g_input_stream_read_finish, (void *stream, void *result, Error **error)) \
    F(void *, g_memory_input_stream_new_from_bytes, (void *bytes)) \
    F(void *, g_task_new, (void *source, void *cancellable, Ready *ready, void *data)) \
    F(void, g_task_set_priority, (void *task, int priority)) \
    F(void, g_task_return_int, (void *task, ssize_t result)) \
    F(ssize_t, g_task_propagate_int, (void *task, Error **error))

#define GTK(F) \
    F(int, gtk_init_check, (int *argc, char ***argv)) \
    F(void *, gtk_window_new, (int type)) \
    F(void, gtk_window_set_title, (void *window, const char *title)) \
    F(void, gtk_window_set_default_size, (void *window, int width, int height)) \
    F(void, gtk_container_add, (void *container, void *widget)) \
    F(void, gtk_widget_show_all, (void *widget)) \
    F(void, gtk_main, (void)) \
    F(void, gtk_main_quit, (void))

#define JSC(F) \
    F(void *, jsc_value_get_context, (void *value)) \
    F(void *, jsc_value_to_string_as_bytes, (void *value)) \
    F(void *, jsc_value_new_string_from_bytes, (void *context, void *bytes))

#define WEBKIT(F) \
    F(void *, webkit_user_content_manager_new, (void)) \
    F(int, webkit_user_content_manager_register_script_message_handler, (void *manager, const char *name)) \
    F(int, webkit_user_content_manager_register_script_message_handler_with_reply, \
        (void *manager, const char *name, const char *world)) \
    F(void, webkit_script_message_reply_return_value, (void *reply, void *value)) \
    F(void *, webkit_javascript_result_get_js_value, (void *result)) \
    F(void *, webkit_web_context_get_default, (void)) \
    F(void *, webkit_web_context_get_security_manager, (void *context)) \
    F(void, webkit_security_manager_register_uri_scheme_as_secure, (void *manager, const char *scheme)) \
    F(void, webkit_security_manager_register_uri_scheme_as_cors_enabled, (void *manager, const char *scheme)) \
    F(void, webkit_web_context_register_uri_scheme, (void *context, const char *scheme, \
        void (*handler)(void *, void *), void *data, void *destroy)) \
    F(const char *, webkit_uri_scheme_request_get_path, (void *request)) \
    F(void *, webkit_uri_scheme_request_get_http_body, (void *request)) \
    F(void *, webkit_uri_scheme_response_new, (void *stream, int64_t length)) \
    F(void, webkit_uri_scheme_response_set_content_type, (void *response, const char *type)) \
    F(void, webkit_uri_scheme_request_finish_with_response, (void *request, void *response)) \
    F(Type, webkit_web_view_get_type, (void)) \
    F(void, webkit_web_view_load_uri, (void *view, const char *uri))

#define DECLARE(result, name, parameters) static result (*name) parameters;
#define RESOLVE(result, name, parameters) resolve(library, #name, &name);

GLIB(DECLARE)
GOBJECT(DECLARE)
GIO(DECLARE)
GTK(DECLARE)
JSC(DECLARE)
WEBKIT(DECLARE)

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("floor: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void *open_library(const char *name)
{
    void *library = dlopen(name, RTLD_LAZY);
    if (!library)
        fail("cannot open %s: %s", name, dlerror());

    return library;
}

static void resolve(void *library, const char *name, void *slot)
{
    void *function = dlsym(library, name);
    if (!function)
        fail("%s was not found: %s", name, dlerror());

    memcpy(slot, &function, sizeof function);
}

static void load_libraries(void)
{
    void *library = open_library("libglib-2.0.so.0");
    GLIB(RESOLVE)
    library = open_library("libgobject-2.0.so.0");
    GOBJECT(RESOLVE)
    library = open_library("libgio-2.0.so.0");
    GIO(RESOLVE)
    library = open_library("libgtk-3.so.0");
    GTK(RESOLVE)
    library = open_library("libjavascriptcoregtk-4.1.so.0");
    JSC(RESOLVE)
    library = open_library("libwebkit2gtk-4.1.so.0");
    WEBKIT(RESOLVE)
}

static void *allocate(size_t size)
{
    void *memory = malloc(size ? size : 1);
    if (!memory)
        fail("no memory for %zu bytes", size);

    return memory;
}

static void connect_signal(void *object, const char *signal, void (*handler)(void))
{
    g_signal_connect_data(object, signal, handler, NULL, NULL, 0);
}

// ------------------------------------------------------------------------------------------------------------- the run

typedef enum Mode { INVOKE, RATE, EVENTS, UP, DOWN, START } Mode;

static struct
{
    Mode mode;
    const char *mode_name;
    size_t size;       // bytes of one payload
    size_t count;      // operations that are measured
    size_t warm;       // operations before them that are not
    size_t in_flight;  // rate: calls that the page keeps outstanding

    int64_t started;   // ns: the page began the measured part
    int64_t *arrivals; // ns: invoke, when each measured call reached the handler
    size_t arrived;
    size_t requests;   // up, down: requests that were answered
} run;

static int64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static int compare_times(const void *left, const void *right)
{
    int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return (a > b) - (a < b);
}

// A round trip is the time from one call's arrival to the next one's, as the page calls again when it has its answer.
static void print_round_trips(void)
{
    if (run.arrived != run.count + 1)
        fail("%zu calls arrived instead of %zu", run.arrived, run.count + 1);

    for (size_t i = 0; i < run.count; i++)
        run.arrivals[i] = run.arrivals[i + 1] - run.arrivals[i];

    qsort(run.arrivals, run.count, sizeof *run.arrivals, compare_times);
    printf("{\"mode\":\"invoke\",\"size\":%zu,\"count\":%zu,\"p50_us\":%.1f,\"p99_us\":%.1f}\n", run.size, run.count,
        (double)run.arrivals[run.count / 2] / 1e3, (double)run.arrivals[run.count * 99 / 100] / 1e3);
}

static void print_per_second(double seconds)
{
    printf("{\"mode\":\"%s\",\"size\":%zu,\"count\":%zu,", run.mode_name, run.size, run.count);
    if (run.mode == RATE)
        printf("\"in_flight\":%zu,", run.in_flight);

    printf("\"per_second\":%.0f}\n", (double)run.count / seconds);
}

static void print_megabytes_per_second(double seconds)
{
    if (run.requests != run.warm + run.count)
        fail("%zu requests arrived instead of %zu", run.requests, run.warm + run.count);

    printf("{\"mode\":\"%s\",\"bytes\":%zu,\"count\":%zu,\"mb_per_second\":%.1f}\n", run.mode_name, run.size, run.count,
        (double)run.size * (double)run.count / 1e6 / seconds);
}

static void finish(void)
{
    double seconds = (double)(now() - run.started) / 1e9;
    switch (run.mode)
    {
        case INVOKE: print_round_trips(); break;
        case RATE:
        case EVENTS: print_per_second(seconds); break;
        case UP:
        case DOWN: print_megabytes_per_second(seconds); break;
        case START: break;
    }

    gtk_main_quit();
}

// ------------------------------------------------------------------------------------------------------------ the page

static const char page_head[] =
    "<!doctype html>\n"
    "<html lang='en'><head><meta charset='utf-8'><title>floor</title>\n"
    "<style>html { background: #1e90ff; color: white; font-family: sans-serif }</style>\n"
    "</head><body>\n"
    "<h1>Hello</h1>\n"
    "<button id='button'>Click</button>\n"
    "<script>\n"
    "document.getElementById('button').onclick = event => { event.target.textContent = 'Clicked'; };\n";

static const char page_tail[] = "</script>\n</body></html>\n";

// The payload looks like JSON, so that its quotes are escaped and unescaped as those of real data are.
// Measuring begins half a second after the load, when the window has been painted.
static const char page_bench[] =
    "const pattern = '{\"id\":17,\"name\":\"floor\",\"tags\":[\"a\",\"b\"]},';\n"
    "const payload = mode === 'up' || mode === 'down' ? ''\n"
    "    : pattern.repeat(Math.ceil(size / pattern.length)).slice(0, size);\n"
    "const handlers = window.webkit.messageHandlers;\n"
    "const tell = text => { handlers.control.postMessage(text); };\n"
    "const expect = (isTrue, otherwise) => { if (!isTrue) throw new Error(otherwise); };\n"
    "\n"
    "async function repeat(times, inFlight, step) {\n"
    "    let left = times;\n"
    "    const lane = async () => { while (left-- > 0) await step(); };\n"
    "    await Promise.all(Array.from({ length: inFlight }, lane));\n"
    "}\n"
    "\n"
    "async function measure(step, inFlight = 1, times = count) {\n"
    "    await repeat(warm, inFlight, step);\n"
    "    tell('start');\n"
    "    await repeat(times, inFlight, step);\n"
    "    tell('done');\n"
    "}\n"
    "\n"
    "async function echo() {\n"
    "    const reply = JSON.parse(await handlers.call.postMessage(JSON.stringify(payload)));\n"
    "    expect(reply.length === size, 'the echo has another length');\n"
    "}\n"
    "\n"
    "const body = mode === 'up' ? new Uint8Array(size).fill(7).buffer : null;\n"
    "async function upload() {\n"
    "    const response = await fetch('/sink', { method: 'POST', body });\n"
    "    expect(response.ok && (await response.arrayBuffer()).byteLength === 0, 'the upload failed');\n"
    "}\n"
    "\n"
    "async function download() {\n"
    "    const response = await fetch('/blob', { cache: 'no-store' });\n"
    "    expect((await response.arrayBuffer()).byteLength === size, 'the download has another length');\n"
    "}\n"
    "\n"
    "let seen = 0;\n"
    "function onLine(line) {\n"
    "    if (line === '') return tell('ready');\n"
    "    expect(JSON.parse(line).length === size, 'an event has another length');\n"
    "    seen++;\n"
    "    if (seen === warm) tell('start');\n"
    "    if (seen === warm + count) tell('done');\n"
    "}\n"
    "\n"
    "async function listen() {\n"
    "    const reader = (await fetch('/events')).body.getReader();\n"
    "    const decoder = new TextDecoder();\n"
    "    let rest = '';\n"
    "    for (;;) {\n"
    "        const { done, value } = await reader.read();\n"
    "        expect(!done, 'the event stream ended');\n"
    "        const text = decoder.decode(value, { stream: true });\n"
    "        let from = 0;\n"
    "        for (let to; (to = text.indexOf('\\n', from)) >= 0; from = to + 1) {\n"
    "            onLine(rest + text.slice(from, to));\n"
    "            rest = '';\n"
    "        }\n"
    "        rest += text.slice(from);\n"
    "    }\n"
    "}\n"
    "\n"
    "const modes = {\n"
    "    invoke: () => measure(echo, 1, count + 1),\n"
    "    rate: () => measure(echo, inFlight),\n"
    "    up: () => measure(upload),\n"
    "    down: () => measure(download),\n"
    "    events: listen,\n"
    "};\n"
    "addEventListener('load', () => setTimeout(\n"
    "    () => modes[mode]().catch(error => tell('fail: ' + error.message)), 500));\n";

static void *page_bytes(void)
{
    char settings[256] = "";
    if (run.mode != START)
        snprintf(settings, sizeof settings, "const mode = '%s', size = %zu, count = %zu, warm = %zu, inFlight = %zu;\n",
            run.mode_name, run.size, run.count, run.warm, run.in_flight);

    size_t capacity = sizeof page_head + sizeof settings + sizeof page_bench + sizeof page_tail;
    char *page = allocate(capacity);
    const char *script = run.mode == START ? "" : page_bench;
    int length = snprintf(page, capacity, "%s%s%s%s", page_head, settings, script, page_tail);
    return g_bytes_new_take(page, (size_t)length);
}

// ---------------------------------------------------------------------------------------------------- the event stream
//
// A GInputStream whose read_async is answered from a buffer on the UI thread: no pipe, no other thread. There is one
// stream in the program, so its state is static.

static struct
{
    char *bytes;
    size_t taken, used, capacity;

    void *reading; // the GTask of a read that waits for bytes, or NULL
    void *buffer;
    size_t room;
} events;

static size_t take_bytes(void *buffer, size_t room)
{
    size_t available = events.used - events.taken;
    size_t size = available < room ? available : room;
    memcpy(buffer, events.bytes + events.taken, size);
    events.taken += size;
    if (events.taken == events.used)
        events.taken = events.used = 0;

    return size;
}

static void answer_read(void *task, void *buffer, size_t room)
{
    g_task_return_int(task, (ssize_t)take_bytes(buffer, room));
    g_object_unref(task);
}

static void events_read_async(
    void *stream, void *buffer, size_t count, int priority, void *cancellable, Ready *ready, void *data)
{
    void *task = g_task_new(stream, cancellable, ready, data);
    g_task_set_priority(task, priority);
    if (events.used > events.taken)
    {
        answer_read(task, buffer, count);
        return;
    }

    events.reading = task;
    events.buffer = buffer;
    events.room = count;
}

static ssize_t events_read_finish(void *stream, void *result, Error **error)
{
    (void)stream;
    return g_task_propagate_int(result, error);
}

// What GInputStreamClass adds to GObjectClass.
struct InputStreamMethods
{
    void (*read)(void);
    void (*skip)(void);
    void (*close)(void);
    void (*read_async)(void *, void *, size_t, int, void *, Ready *, void *);
    ssize_t (*read_finish)(void *, void *, Error **);
};

static void events_class_init(void *class, void *data)
{
    (void)data;
    TypeQuery object;
    g_type_query(g_object_get_type(), &object);
    struct InputStreamMethods *methods = (void *)((char *)class + object.class_size);
    methods->read_async = events_read_async;
    methods->read_finish = events_read_finish;
}

static void *events_stream_new(void)
{
    TypeQuery parent;
    g_type_query(g_input_stream_get_type(), &parent);
    Type type = g_type_register_static_simple(
        parent.type, "FloorEventStream", parent.class_size, events_class_init, parent.instance_size, NULL, 0);
    return g_object_new(type, NULL);
}

static void enqueue(const char *frame, size_t size)
{
    if (events.used + size > events.capacity)
    {
        events.capacity = 2 * (events.used + size);
        events.bytes = realloc(events.bytes, events.capacity);
        if (!events.bytes)
            fail("no memory for the events");
    }

    memcpy(events.bytes + events.used, frame, size);
    events.used += size;
    if (events.reading)
    {
        void *task = events.reading;
        events.reading = NULL;
        answer_read(task, events.buffer, events.room);
    }
}

// A JSON string of run.size characters, and the end of the line.
static char *event_frame(size_t *size)
{
    static const char pattern[] = "{\"id\":17,\"name\":\"floor\",\"tags\":[\"a\",\"b\"]},";
    char *frame = allocate(2 * run.size + 3), *end = frame;
    *end++ = '"';
    for (size_t i = 0; i < run.size; i++)
    {
        char character = pattern[i % (sizeof pattern - 1)];
        if (character == '"')
            *end++ = '\\';

        *end++ = character;
    }

    *end++ = '"';
    *end++ = '\n';
    *size = (size_t)(end - frame);
    return frame;
}

static void enqueue_events(size_t count)
{
    size_t size;
    char *frame = event_frame(&size);
    run.started = now();
    for (size_t i = 0; i < count; i++)
        enqueue(frame, size);

    free(frame);
}

// ------------------------------------------------------------------------------------------------- the scheme floor://

static void respond(void *request, void *stream, int64_t length, const char *type)
{
    void *response = webkit_uri_scheme_response_new(stream, length);
    webkit_uri_scheme_response_set_content_type(response, type);
    webkit_uri_scheme_request_finish_with_response(request, response);
    g_object_unref(response);
    g_object_unref(stream);
}

static void respond_bytes(void *request, void *bytes, const char *type)
{
    size_t size;
    g_bytes_get_data(bytes, &size);
    respond(request, g_memory_input_stream_new_from_bytes(bytes), (int64_t)size, type);
}

static void serve_page(void *request)
{
    void *page = page_bytes();
    respond_bytes(request, page, "text/html; charset=utf-8");
    g_bytes_unref(page);
}

// WebKit delivers the response's headers with its first bytes, hence the empty line.
static void serve_events(void *request)
{
    respond(request, events_stream_new(), -1, "application/octet-stream");
    enqueue("\n", 1);
}

static void serve_blob(void *request)
{
    static void *blob;
    if (!blob)
        blob = g_bytes_new_take(memset(allocate(run.size), 7, run.size), run.size);

    run.requests++;
    respond_bytes(request, blob, "application/octet-stream");
}

typedef struct Upload
{
    void *request;
    void *body;
    size_t received;
    char chunk[BODY_CHUNK];
} Upload;

static void read_body(Upload *upload);

static void body_read(void *body, void *result, void *data)
{
    Upload *upload = data;
    Error *error = NULL;
    ssize_t size = g_input_stream_read_finish(body, result, &error);
    if (size < 0)
        fail("a request body cannot be read: %s", error->message);

    upload->received += (size_t)size;
    if (size > 0)
    {
        read_body(upload);
        return;
    }

    if (upload->received != run.size)
        fail("a request body has %zu bytes instead of %zu", upload->received, run.size);

    run.requests++;
    void *nothing = g_bytes_new_static("", 0);
    respond_bytes(upload->request, nothing, "application/octet-stream");
    g_bytes_unref(nothing);
    g_object_unref(upload->body);
    g_object_unref(upload->request);
    free(upload);
}

static void read_body(Upload *upload)
{
    g_input_stream_read_async(upload->body, upload->chunk, BODY_CHUNK, DEFAULT_PRIORITY, NULL, body_read, upload);
}

static void serve_sink(void *request)
{
    Upload *upload = allocate(sizeof *upload);
    upload->request = g_object_ref(request);
    upload->body = webkit_uri_scheme_request_get_http_body(request);
    upload->received = 0;
    if (!upload->body)
        fail("a POST arrived without its body");

    read_body(upload);
}

static void on_request(void *request, void *data)
{
    (void)data;
    const char *path = webkit_uri_scheme_request_get_path(request);
    if (strcmp(path, "/events") == 0)
        serve_events(request);
    else if (strcmp(path, "/blob") == 0)
        serve_blob(request);
    else if (strcmp(path, "/sink") == 0)
        serve_sink(request);
    else
        serve_page(request);
}

// ------------------------------------------------------------------------------------------------------------ messages

static int on_call(void *manager, void *value, void *reply, void *data)
{
    (void)manager, (void)data;
    if (run.arrivals && run.started && run.arrived <= run.count)
        run.arrivals[run.arrived++] = now();

    void *bytes = jsc_value_to_string_as_bytes(value);
    void *answer = jsc_value_new_string_from_bytes(jsc_value_get_context(value), bytes);
    webkit_script_message_reply_return_value(reply, answer);
    g_object_unref(answer);
    g_bytes_unref(bytes);
    return 1;
}

static void on_control(void *manager, void *result, void *data)
{
    (void)manager, (void)data;
    size_t length;
    void *bytes = jsc_value_to_string_as_bytes(webkit_javascript_result_get_js_value(result));
    const char *text = g_bytes_get_data(bytes, &length);
    if (length == 4 && memcmp(text, "done", 4) == 0)
        finish();
    else if (length == 5 && memcmp(text, "ready", 5) == 0)
        enqueue_events(run.warm);
    else if (length != 5 || memcmp(text, "start", 5) != 0)
        fail("the page says: %.*s", (int)length, text);
    else if (run.mode == EVENTS)
        enqueue_events(run.count);
    else
        run.started = now();

    g_bytes_unref(bytes);
}

static void on_web_process_terminated(void *view, int reason, void *data)
{
    (void)view, (void)data;
    fail("the web process ended (reason %d)", reason);
}

// ------------------------------------------------------------------------------------------------------------- the app

static void *create_content_manager(void)
{
    void *manager = webkit_user_content_manager_new();
    connect_signal(manager, "script-message-with-reply-received::call", (void (*)(void))on_call);
    webkit_user_content_manager_register_script_message_handler_with_reply(manager, "call", NULL);
    connect_signal(manager, "script-message-received::control", (void (*)(void))on_control);
    webkit_user_content_manager_register_script_message_handler(manager, "control");
    return manager;
}

static void register_scheme(void)
{
    void *context = webkit_web_context_get_default();
    void *security = webkit_web_context_get_security_manager(context);
    webkit_security_manager_register_uri_scheme_as_secure(security, "floor");
    webkit_security_manager_register_uri_scheme_as_cors_enabled(security, "floor");
    webkit_web_context_register_uri_scheme(context, "floor", on_request, NULL, NULL);
}

static void show_window(void)
{
    void *manager = create_content_manager();
    register_scheme();

    void *view = g_object_new(webkit_web_view_get_type(), "user-content-manager", manager, NULL);
    connect_signal(view, "web-process-terminated", (void (*)(void))on_web_process_terminated);

    void *window = gtk_window_new(0);
    connect_signal(window, "destroy", (void (*)(void))gtk_main_quit);
    gtk_window_set_title(window, "floor");
    gtk_window_set_default_size(window, WINDOW_WIDTH, WINDOW_HEIGHT);
    gtk_container_add(window, view);
    webkit_web_view_load_uri(view, "floor://app/");
    gtk_widget_show_all(window);
}

static void usage(void)
{
    fputs("usage: floor invoke SIZE COUNT\n"
          "       floor rate SIZE COUNT INFLIGHT\n"
          "       floor events SIZE COUNT\n"
          "       floor up BYTES COUNT\n"
          "       floor down BYTES COUNT\n"
          "       floor start | idle\n",
        stderr);
    exit(2);
}

static size_t parse_number(const char *text)
{
    char *end;
    unsigned long long number = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || number == 0 || number > UINT32_MAX)
        usage();

    return (size_t)number;
}

static void parse_arguments(int argc, char **argv)
{
    static const struct { const char *name; Mode mode; int numbers; } modes[] = {
        { "invoke", INVOKE, 2 }, { "rate", RATE, 3 }, { "events", EVENTS, 2 },
        { "up", UP, 2 },         { "down", DOWN, 2 }, { "start", START, 0 }, { "idle", START, 0 },
    };

    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
    {
        if (argc != 2 + modes[i].numbers || strcmp(argv[1], modes[i].name) != 0)
            continue;

        run.mode = modes[i].mode;
        run.mode_name = modes[i].name;
        run.size = modes[i].numbers > 0 ? parse_number(argv[2]) : 0;
        run.count = modes[i].numbers > 1 ? parse_number(argv[3]) : 0;
        run.in_flight = modes[i].numbers > 2 ? parse_number(argv[4]) : 1;
        run.warm = (run.count + 4) / 5;
        return;
    }

    usage();
}

int main(int argc, char **argv)
{
    parse_arguments(argc, argv);
    if (run.mode == INVOKE)
        run.arrivals = allocate((run.count + 1) * sizeof *run.arrivals);

    if (run.mode != START)
        alarm(WATCHDOG_SECONDS);

    load_libraries();
    if (!gtk_init_check(NULL, NULL))
        fail("no display");

    show_window();
    gtk_main();
    return 0;
}
