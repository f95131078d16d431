/* Whole programs, through pipes as a shell would have it and from file to file, with the clock's time and the processor's. See driver.h. */
#include "driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double clock_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void make_pipe(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0) fail("no pipe");
}

/* The two descriptors are closed here and live on in the child. */
static pid_t start(char **arguments, int in, int out)
{
    pid_t child = fork();
    if (child < 0) fail("no process");
    if (child == 0) {
        if (dup2(in, 0) < 0 || dup2(out, 1) < 0) _exit(126);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    close(in);
    close(out);
    return child;
}

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Nanoseconds of processor time that it used. */
static double finish(pid_t child, int *ret_status)
{
    struct rusage usage;
    int status = 0;
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) fail("a process was lost");
    }
    *ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
    return (seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime)) * 1e9;
}

static int open_in(const char *path)
{
    int in = open(path, O_RDONLY | O_CLOEXEC);
    if (in < 0) fail("what goes in cannot be opened");
    return in;
}

static size_t read_count(int from)
{
    char text[64];
    ssize_t got = read(from, text, sizeof text - 1);
    close(from);
    text[got > 0 ? got : 0] = '\0';
    return (size_t)strtoul(text, NULL, 10);
}

struct ran run_in_pipe(const char *in, char **arguments)
{
    char cat_name[] = "cat", wc_name[] = "wc", lines[] = "-l";
    char *cat[] = {cat_name, NULL}, *wc[] = {wc_name, lines, NULL};
    struct ran ran = {.status = 0};
    int first[2], second[2], count[2], status;
    bool bare = arguments[0] == NULL;
    pid_t between = 0;
    double before = clock_now();
    make_pipe(first);
    make_pipe(count);
    pid_t reader = start(cat, open_in(in), first[1]);
    if (!bare) {
        make_pipe(second);
        between = start(arguments, first[0], second[1]);
    }
    pid_t writer = start(wc, bare ? first[0] : second[0], count[1]);
    if (!bare) ran.cpu = finish(between, &ran.status);
    finish(reader, &status);
    finish(writer, &status);
    ran.wall = clock_now() - before;
    ran.lines = read_count(count[0]);
    return ran;
}

struct ran run_on_files(const char *in, const char *out, char **arguments)
{
    struct ran ran = {.status = 0};
    int to = open(out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (to < 0) fail("what comes out has no file");
    double before = clock_now();
    ran.cpu = finish(start(arguments, open_in(in), to), &ran.status);
    ran.wall = clock_now() - before;
    return ran;
}
