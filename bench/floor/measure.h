// What every program of `bench/run ipc` does in the same way: the tasks, the clock, the percentiles, the line that is printed.
// A program says how it sends and waits; this says how often, and what comes of it.
//
//   TASKS is a list with commas: rtt:SIZE, sink:SIZE, requests:IN_FLIGHT, oneway:SIZE, unbatched:SIZE.
#ifndef ORIEL_BENCH_MEASURE_H
#define ORIEL_BENCH_MEASURE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MAX_SAMPLES 1000000
#define REQUEST_SIZE 100

// A side whose other one never comes ends by itself.
#define WATCHDOG_SECONDS 120

// What a program gives. A function that it lacks is null, and its tasks are left out.
struct subject
{
    void (*round_trip)(size_t size);                          // a message there, and all of it back
    void (*sink)(size_t size);                                // a message there, and a short one back
    uint64_t (*requests)(int in_flight, double seconds);      // calls under way all the time; how many were answered
    uint64_t (*one_way)(size_t size, double seconds, int batched); // messages, until the other side has read the last one
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int by_value(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static void measure_trips(const char *task, void (*trip)(size_t), size_t size, double warm_up, double seconds)
{
    static double samples[MAX_SAMPLES];
    for (double end = now() + warm_up; now() < end;)
    {
        trip(size);
    }

    int count = 0;
    double start = now(), last = start;
    while (count < MAX_SAMPLES && (last - start < seconds || count < 20))
    {
        trip(size);
        double time = now();
        samples[count++] = time - last;
        last = time;
    }

    qsort(samples, count, sizeof *samples, by_value);
    printf("\"%s\":{\"p50_us\":%.3f,\"p99_us\":%.3f,\"count\":%d}", task, samples[count / 2] * 1e6, samples[(int)(count * 0.99)] * 1e6, count);
}

static void print_rate(const char *task, uint64_t count, double seconds)
{
    printf("\"%s\":{\"per_second\":%.1f}", task, (double)count / seconds);
}

static void measure_tasks(const struct subject *subject, const char *tasks, double warm_up, double seconds)
{
    char *list = strdup(tasks), *rest = list;
    int printed = 0;
    printf("{");
    for (char *task = strtok_r(list, ",", &rest); task; task = strtok_r(NULL, ",", &rest))
    {
        char kind[16];
        long value;
        if (sscanf(task, "%15[a-z]:%ld", kind, &value) != 2 || value < 1)
        {
            fprintf(stderr, "No such task: %s\n", task);
            exit(2);
        }

        int is_oneway = !strcmp(kind, "oneway"), is_unbatched = !strcmp(kind, "unbatched");
        int is_known = (!strcmp(kind, "rtt") && subject->round_trip) || (!strcmp(kind, "sink") && subject->sink) ||
            (!strcmp(kind, "requests") && subject->requests) || ((is_oneway || is_unbatched) && subject->one_way);
        if (!is_known)
        {
            continue;
        }

        printf(printed++ ? "," : "");
        if (!strcmp(kind, "rtt"))
        {
            measure_trips(task, subject->round_trip, (size_t)value, warm_up, seconds);
        }
        else if (!strcmp(kind, "sink"))
        {
            measure_trips(task, subject->sink, (size_t)value, warm_up, seconds);
        }
        else
        {
            double start = 0;
            uint64_t count = 0;
            for (int pass = 0; pass < 2; pass++)
            {
                double length = pass == 0 ? warm_up : seconds;
                start = now();
                count = is_oneway || is_unbatched ? subject->one_way((size_t)value, length, is_oneway) : subject->requests((int)value, length);
            }

            print_rate(task, count, now() - start);
        }
    }

    printf("}\n");
    free(list);
}

#endif
