/* Lanyard's side of bench/screen, and that of the peers written in C: a long-lived process that reads a line and answers a line, its parts
 * between tabs. run.mjs decides what is run when, and what is made of the figures. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../line.h"
#include "base/file.h"

#define FILE_LARGEST ((size_t)1 << 30)
#define LINE_LARGEST 4096
#define PARTS_LARGEST 24

double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

void fail(const char *sentence)
{
    fprintf(stderr, "driver: %s\n", sentence);
    exit(1);
}

struct slice read_all(struct arena *arena, const char *path)
{
    struct slice content;
    struct error error = {0};
    if (!file_read(path, FILE_LARGEST, arena, &content, &error)) fail(error.sentence);
    return content;
}

/* Posts end in a NUL each. */
static void read_posts(struct bench *bench, const char *path)
{
    struct slice rest = read_all(bench->arena, path), post;
    LIST(struct slice) posts = {0};
    size_t bytes = 0;
    while (slice_split(&rest, '\0', &post)) {
        LIST_PUSH(bench->arena, &posts, post);
        bytes += post.length;
    }
    bench->posts = posts.at;
    bench->count = posts.count;
    printf("%zu %zu\n", posts.count, bytes);
}

static size_t number(const char *part)
{
    return (size_t)strtoul(part, NULL, 10);
}

static size_t place_of(const char *part)
{
    size_t place = number(part);
    if (place >= ROSTERS) fail("there is no such roster");
    return place;
}

static size_t posts_of(const struct bench *bench, const char *part)
{
    size_t count = number(part);
    if (count == 0 || count > bench->count) fail("there are not so many posts");
    return count;
}

static void print_ran(struct ran ran)
{
    printf("%.0f %.0f %d %zu\n", ran.wall, ran.cpu, ran.status, ran.lines);
}

/* ---- a line each: its parts, NULL behind the last ---- */

static void answer_posts(struct bench *bench, char **parts)
{
    read_posts(bench, parts[1]);
}

static void answer_names(struct bench *bench, char **parts)
{
    make_names(bench, place_of(parts[1]), parts[2]);
    puts("ok");
}

static void answer_database(struct bench *bench, char **parts)
{
    printf("%.2f\n", make_database(bench, place_of(parts[1]), parts[2], parts[3]));
}

static void answer_plan(struct bench *bench, char **parts)
{
    make_plan(bench, parts[1], parts[2]);
    puts("ok");
}

static void answer_build(struct bench *bench, char **parts)
{
    (void)bench;
    struct built built = build_names(parts[1], strcmp(parts[2], "one") == 0);
    printf("%.4f %.2f %.2f %.2f\n", built.seconds, built.peak, built.resident, built.bytes);
}

static void answer_time(struct bench *bench, char **parts)
{
    size_t count = posts_of(bench, parts[2]);
    printf("%.3f\n", time_posts(bench, parts[1], count, strtod(parts[3], NULL)));
}

static void answer_count(struct bench *bench, char **parts)
{
    printf("%zu\n", count_posts(bench, parts[1], posts_of(bench, parts[2])));
}

static void answer_pipe(struct bench *bench, char **parts)
{
    (void)bench;
    print_ran(run_in_pipe(parts[1], parts + 2));
}

static void answer_files(struct bench *bench, char **parts)
{
    (void)bench;
    print_ran(run_on_files(parts[1], parts[2], parts + 3));
}

static void answer_cases(struct bench *bench, char **parts)
{
    (void)bench, (void)parts;
    for (size_t i = 0; hostile_name(i) != NULL; i++) {
        printf("%s%s", i > 0 ? " " : "", hostile_name(i));
    }
    puts("");
}

static void answer_hostile(struct bench *bench, char **parts)
{
    printf("%.5f\n", time_hostile(bench, number(parts[1]), strtod(parts[2], NULL)));
}

static const struct {
    const char *name;
    size_t least, most; /* parts, the name counted in */
    void (*answer)(struct bench *bench, char **parts);
} commands[] = {
    {"posts", 2, 2, answer_posts},
    {"names", 3, 3, answer_names},
    {"database", 4, 4, answer_database},
    {"plan", 3, 3, answer_plan},
    {"build", 3, 3, answer_build},
    {"time", 4, 4, answer_time},
    {"count", 3, 3, answer_count},
    {"pipe", 2, PARTS_LARGEST, answer_pipe},
    {"files", 4, PARTS_LARGEST, answer_files},
    {"cases", 1, 1, answer_cases},
    {"hostile", 3, 3, answer_hostile},
};

static void answer(struct bench *bench, char **parts, size_t count)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(parts[0], commands[i].name) != 0) continue;
        if (count < commands[i].least || count > commands[i].most) break;
        commands[i].answer(bench, parts);
        fflush(stdout);
        return;
    }
    fail("a line I do not know");
}

int main(void)
{
    volatile uint64_t kept = 0;
    struct bench bench = {.arena = arena_new()};
    char line[LINE_LARGEST];
    char *parts[PARTS_LARGEST + 1];
    text_part_init(&bench);
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t count = line_split(line, parts, PARTS_LARGEST);
        if (strcmp(parts[0], "quit") == 0) break;
        answer(&bench, parts, count);
    }
    kept = bench.kept;
    text_part_clear(&bench);
    arena_free(bench.arena);
    (void)kept;
    return 0;
}
