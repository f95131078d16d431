/* Lanyard's side of bench/screen, and that of the peers written in C: a long-lived process that reads a line and answers a line, its parts
 * between tabs. run.mjs decides what is run when, and what is made of the figures. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
static void answer_posts(struct bench *bench, const char *path)
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

static void answer_build(char **parts)
{
    struct built built = build_names(parts[1], strcmp(parts[2], "one") == 0);
    printf("%.4f %.2f %.2f %.2f\n", built.seconds, built.peak, built.resident, built.bytes);
}

static void answer_cases(void)
{
    for (size_t i = 0; hostile_name(i) != NULL; i++) {
        printf("%s%s", i > 0 ? " " : "", hostile_name(i));
    }
    puts("");
}

static void answer_ran(struct ran ran)
{
    printf("%.0f %.0f %d %zu\n", ran.wall, ran.cpu, ran.status, ran.lines);
}

static void answer(struct bench *bench, char **parts, size_t count)
{
    const char *command = parts[0];
    if (strcmp(command, "posts") == 0 && count == 2) {
        answer_posts(bench, parts[1]);
    } else if (strcmp(command, "names") == 0 && count == 3) {
        make_names(bench, place_of(parts[1]), parts[2]);
        puts("ok");
    } else if (strcmp(command, "database") == 0 && count == 4) {
        printf("%.2f\n", make_database(bench, place_of(parts[1]), parts[2], parts[3]));
    } else if (strcmp(command, "plan") == 0 && count == 3) {
        make_plan(bench, parts[1], parts[2]);
        puts("ok");
    } else if (strcmp(command, "build") == 0 && count == 3) {
        answer_build(parts);
    } else if (strcmp(command, "time") == 0 && count == 4) {
        printf("%.3f\n",
               time_posts(bench, parts[1], posts_of(bench, parts[2]), strtod(parts[3], NULL)));
    } else if (strcmp(command, "count") == 0 && count == 3) {
        printf("%zu\n", count_posts(bench, parts[1], posts_of(bench, parts[2])));
    } else if (strcmp(command, "pipe") == 0 && count >= 2) {
        answer_ran(run_in_pipe(parts[1], parts + 2));
    } else if (strcmp(command, "files") == 0 && count >= 4) {
        answer_ran(run_on_files(parts[1], parts[2], parts + 3));
    } else if (strcmp(command, "cases") == 0 && count == 1) {
        answer_cases();
    } else if (strcmp(command, "hostile") == 0 && count == 3) {
        printf("%.5f\n", time_hostile(bench, number(parts[1]), strtod(parts[2], NULL)));
    } else {
        fail("a line I do not know");
    }
    fflush(stdout);
}

static size_t split_line(char *line, char **parts)
{
    size_t count = 0;
    line[strcspn(line, "\n")] = '\0';
    for (char *at = line; at != NULL && count < PARTS_LARGEST;) {
        parts[count++] = strsep(&at, "\t");
    }
    parts[count] = NULL;
    return count;
}

int main(void)
{
    volatile uint64_t kept = 0;
    struct bench bench = {.arena = arena_new()};
    char line[LINE_LARGEST];
    char *parts[PARTS_LARGEST + 1];
    text_part_init(&bench);
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t count = split_line(line, parts);
        if (strcmp(parts[0], "quit") == 0) break;
        answer(&bench, parts, count);
    }
    kept = bench.kept;
    text_part_clear(&bench);
    arena_free(bench.arena);
    (void)kept;
    return 0;
}
