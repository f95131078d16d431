/* import_large FILE [NEXT]: a large file of people into a new record, timed; again, which must change nothing; and the next
 * night's. Prints a line each, and the largest memory. `--limit SECONDS`: fails where the first takes longer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "service/import.h"
#include "service/register.h"

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* Of this program, all threads: what a busy machine makes longer is the time, not this. */
static double work(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void stop(const struct error *error)
{
    fprintf(stderr, "%s %s\n", error->sentence, error->advice);
    exit(1);
}

static struct record *make(const char *folder, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct record_place place = {.folder = folder};
    struct record_plan plan = {.name = SLICE("Large Trust"),
                               .kind = SLICE("trust"),
                               .given = SLICE("Ada"),
                               .family = SLICE("Admin"),
                               .email = SLICE("ada@large.example")};
    struct record *record = NULL;
    struct slice link;
    if (!record_make(&place, &plan, arena, &link, &error) || !record_open(&place, &record, &error))
        stop(&error);
    return record;
}

static double bring(struct record *record, const char *path, struct plan *ret_plan,
                    struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct import_file file;
    struct import import;
    struct order order;
    struct outcome outcome;
    double start = now(), worked = work();
    const struct register_view *view = register_hold(record);
    struct id actor = register_by_email(view, SLICE("ada@large.example"))->id;
    register_let_go(record, view);
    if (!import_load(path, arena, &file, &error) || !import_read(&file, arena, &import, &error))
        stop(&error);
    double read = now();
    struct import_order matter = {.import = &import, .plan = ret_plan};
    order_init(&order, ACT_BRING_IMPORT, actor);
    order.matter = &matter;
    if (!desk_do(record, &order, arena, &outcome, &error)) stop(&error);
    AUTO_TEXT struct text words;
    text_init(&words, 2000);
    import_summary(ret_plan, &words);
    printf("%.1f s, %.1f s of work (%.1f s reading): %s\n", now() - start, work() - worked,
           read - start, words.at);
    if (!outcome.done) exit(1);
    return now() - start;
}

static void print_memory(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("%ld MB at most\n", usage.ru_maxrss / 1024);
}

int main(int count, char **words)
{
    AUTO(arena) struct arena *arena = arena_new();
    char folder[] = "/tmp/lanyard-large-XXXXXX";
    struct plan plan;
    double limit = 1e9;
    if (count > 3 && strcmp(words[1], "--limit") == 0) {
        limit = strtod(words[2], NULL);
        words += 2;
        count -= 2;
    }
    if (count < 2 || mkdtemp(folder) == NULL) return 2;
    struct slice data = arena_format(arena, "%s/data", folder);
    struct record *record = make(data.at, arena);
    double first = bring(record, words[1], &plan, arena);
    print_memory();
    AUTO(arena) struct arena *second = arena_new();
    (void)bring(record, words[1], &plan, second);
    bool changed = import_changes(&plan);
    if (count > 2) (void)bring(record, words[2], &plan, second);
    print_memory();
    double start = now();
    record_close(record);
    printf("%.1f s closing\n", now() - start);
    if (system(arena_format(arena, "du -sm %s; rm -rf %s", folder, folder).at) != 0) return 1;
    if (changed) puts("the second time something changed");
    if (first > limit) puts("the first took too long");
    return changed || first > limit;
}
