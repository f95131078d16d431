/* lanyard import: brings a file of people into a record, after showing what it would change; decides on one that waits; keeps
 * mappings. Whoever brings it proves who they are. */
#include "service/import.h"
#include "cli/keep.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "format/mapping.h"

#define PROBLEMS_SHOWN 20
#define BAR_WIDTH 40
#define LISTED_LARGEST 50

struct import_options {
    struct record_place place;
    const char *file, *format, *mapping, *by, *accept, *refuse, *save;
    bool dry, yes, list;
};

/* ---- words ---- */

static void print_rows(const struct plan *plan)
{
    static const char *const heads[] = {
        [PLAN_JOIN] = "Joining", [PLAN_MOVE] = "Changing", [PLAN_LEAVE] = "Leaving"};
    const size_t counts[] = {
        [PLAN_JOIN] = plan->joiners, [PLAN_MOVE] = plan->movers, [PLAN_LEAVE] = plan->leavers};
    for (int what = PLAN_JOIN; what <= PLAN_LEAVE; what++) {
        size_t shown = 0;
        for (size_t i = 0; i < plan->rows.count; i++) {
            const struct plan_row *row = &plan->rows.at[i];
            if ((int)row->what != what) continue;
            if (shown++ == 0) printf("\n%s:\n", heads[what]);
            printf("  %.*s%s%.*s\n", SLICE_PRINT(row->who), row->says.length > 0 ? ": " : "",
                   SLICE_PRINT(row->says));
        }
        if (counts[what] > shown && shown > 0) printf("  and %zu more\n", counts[what] - shown);
    }
}

static void print_problems(const struct import *import, const struct plan *plan)
{
    size_t count = import_problem_count(import, plan), shown = 0;
    if (count == 0) return;
    printf("\n%zu %s:\n", count, count == 1 ? "problem" : "problems");
    for (size_t i = 0; i < count && shown < PROBLEMS_SHOWN; i++) {
        const struct roster_problem *problem = import_problem(import, plan, i);
        AUTO_TEXT struct text words;
        if (problem == NULL) break;
        text_init(&words, 4000);
        import_problem_words(problem, &words);
        printf("  %s\n", words.at);
        shown++;
    }
    if (count > shown) printf("  and %zu more\n", count - shown);
}

static void print_plan(const struct import *import, const struct plan *plan)
{
    AUTO_TEXT struct text words;
    text_init(&words, 4000);
    import_summary(plan, &words);
    printf("%zu people in the file. %s\n", plan->people, words.at);
    if (plan->nobody_missing) puts("Some rows could not be read, so nobody is taken for gone.");
    print_rows(plan);
    print_problems(import, plan);
    if (plan->waits)
        printf("\n%zu of %zu people would leave at once. The file then waits until an "
               "administrator or the\nhead, other than whoever brought it, says yes.\n",
               plan->leavers, plan->known);
}

/* A bar on standard error, where that is a terminal. */
static void show_progress(void *context, size_t done, size_t all)
{
    char bar[BAR_WIDTH + 1];
    size_t full = all > 0 ? done * BAR_WIDTH / all : BAR_WIDTH;
    (void)context;
    memset(bar, '.', BAR_WIDTH);
    memset(bar, '#', full);
    bar[BAR_WIDTH] = '\0';
    fprintf(stderr, "\r[%s] %zu of %zu%s", bar, done, all, done == all ? "\n" : "");
}

/* ---- the file ---- */

static bool read_mapping(struct record *record, const char *mapping, struct arena *arena,
                         struct import_file *file, struct error *error)
{
    struct slice name = slice_of(mapping);
    bool found;
    if (import_mapping_name_fits(name) && access(mapping, F_OK) != 0) {
        if (!import_mapping(record, name, arena, &file->mapping, &found, error)) return false;
        file->mapping_name = name;
        return found || error_set(error, ERROR_REQUEST, "there is no saved mapping '%s'", mapping);
    }
    return file_read(mapping, MAPPING_SIZE_LARGEST, arena, &file->mapping, error);
}

static bool read_all(struct record *record, const struct import_options *given, struct arena *arena,
                     struct import *ret_import, struct error *error)
{
    struct import_file *file = ARENA_NEW(arena, struct import_file);
    if (!import_load(given->file, arena, file, error)) return false;
    if (given->format != NULL) file->format = import_format_of(slice_of(given->format));
    if (given->mapping != NULL && !read_mapping(record, given->mapping, arena, file, error))
        return false;
    if (given->mapping != NULL && given->format == NULL) file->format = IMPORT_CSV;
    return import_read(file, arena, ret_import, error);
}

/* ---- bringing ---- */

static bool agrees(void)
{
    char line[20];
    fputs("\nDo it? (yes or no) ", stderr);
    return fgets(line, sizeof line, stdin) != NULL && strncmp(line, "yes", 3) == 0;
}

/* Whether to go on, after showing what would change. */
static bool look_first(const char *command, struct record *record,
                       const struct import_options *given, const struct import *import,
                       const struct id *actor, struct arena *arena, int *ret_exit)
{
    struct error error = {.code = ERROR_NONE};
    struct plan plan;
    if (!import_try(record, import, actor, arena, &plan, &error)) {
        *ret_exit = cli_fail(command, &error);
        return false;
    }
    *ret_exit = EXIT_FOUND;
    if (!import_reaches(record, actor, ACT_BRING_IMPORT, &plan)) {
        fprintf(stderr,
                "lanyard %s: The file speaks of schools or people that your roles do not "
                "reach.\n",
                command);
        return false;
    }
    print_plan(import, &plan);
    *ret_exit = EXIT_DONE;
    if (given->dry) return false;
    fflush(stdout);
    if (isatty(STDIN_FILENO) == 1 && agrees()) return true;
    fputs("Nothing was changed. With --yes it is done without asking.\n", stderr);
    *ret_exit = EXIT_FOUND;
    return false;
}

static int do_bring(const char *command, struct record *record, const struct import *import,
                    const struct id *actor, bool shown, struct arena *arena)
{
    struct plan plan = {.people = 0};
    struct import_order matter = {
        .import = import, .plan = &plan, .progress = isatty(STDERR_FILENO) ? show_progress : NULL};
    struct order order;
    struct outcome outcome;
    char hex[2 * ID_SIZE + 1];
    int result = EXIT_DONE;
    order_init(&order, ACT_BRING_IMPORT, *actor);
    order.matter = &matter;
    if (!keep_do(command, record, &order, arena, &outcome, &result)) return result;
    if (!shown) print_plan(import, &plan);
    id_hex(&outcome.made, hex);
    if (plan.waits)
        printf("\nIt waits as %s.\n", hex);
    else
        puts("\nDone.");
    return EXIT_DONE;
}

static int bring(const char *command, struct record *record, const struct import_options *given,
                 const struct id *actor, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct import import;
    int result = EXIT_DONE;
    if (!desk_may(record, actor, ACT_BRING_IMPORT)) {
        fprintf(stderr,
                "lanyard %s: What you are here does not let you bring in files of people.\n",
                command);
        return EXIT_FOUND;
    }
    if (!read_all(record, given, arena, &import, &error)) return cli_fail(command, &error);
    bool look = given->dry || !given->yes;
    if (look && !look_first(command, record, given, &import, actor, arena, &result)) return result;
    return do_bring(command, record, &import, actor, look, arena);
}

/* ---- deciding, listing, mappings ---- */

static int decide_on(const char *command, struct record *record, const struct import_options *given,
                     const struct id *actor, struct arena *arena)
{
    bool accept = given->accept != NULL;
    struct import_order matter = {.progress = isatty(STDERR_FILENO) ? show_progress : NULL};
    struct order order;
    struct outcome outcome;
    int result = EXIT_DONE;
    order_init(&order, accept ? ACT_ACCEPT_IMPORT : ACT_REFUSE_IMPORT, *actor);
    order_set(&order, arena, "import", slice_of(accept ? given->accept : given->refuse));
    order.matter = &matter;
    if (!keep_do(command, record, &order, arena, &outcome, &result)) return result;
    if (accept)
        printf("%.*s\n", SLICE_PRINT(outcome.sentence));
    else
        puts("The file is thrown away.");
    return EXIT_DONE;
}

static int save_mapping(const char *command, struct record *record,
                        const struct import_options *given, const struct id *actor,
                        struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct slice content;
    struct order order;
    struct outcome outcome;
    int result = EXIT_DONE;
    if (!file_read(given->file, MAPPING_SIZE_LARGEST, arena, &content, &error))
        return cli_fail(command, &error);
    order_init(&order, ACT_SAVE_MAPPING, *actor);
    order_set(&order, arena, "name", slice_of(given->save));
    order_set(&order, arena, "content", content);
    if (!keep_do(command, record, &order, arena, &outcome, &result)) return result;
    printf("The mapping is kept. Use it with --mapping %s\n", given->save);
    return EXIT_DONE;
}

static int list(const char *command, struct record *record, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct import_seen *seen;
    struct import_mapping *mappings;
    size_t count, mapping_count;
    if (!import_sweep(record, &error) ||
        !import_list(record, LISTED_LARGEST, arena, &seen, &count, &error) ||
        !import_mappings(record, arena, &mappings, &mapping_count, &error))
        return cli_fail(command, &error);
    for (size_t i = 0; i < count; i++) {
        char hex[2 * ID_SIZE + 1];
        id_hex(&seen[i].id, hex);
        printf("%s %.*s %.*s: %lld joined, %lld changed, %lld left\n", hex,
               SLICE_PRINT(seen[i].source), SLICE_PRINT(seen[i].state), (long long)seen[i].joiners,
               (long long)seen[i].movers, (long long)seen[i].leavers);
    }
    if (count == 0) puts("No file was brought yet.");
    for (size_t i = 0; i < mapping_count; i++)
        printf("mapping %.*s\n", SLICE_PRINT(mappings[i].name));
    return EXIT_DONE;
}

static int run(const char *command, struct record *record, const struct import_options *given)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct id actor;
    int result = EXIT_DONE;
    if (given->list) return list(command, record, arena);
    if (!keep_prove(command, record, given->by, &actor, &result)) return result;
    if (given->accept != NULL || given->refuse != NULL)
        return decide_on(command, record, given, &actor, arena);
    if (given->save != NULL) return save_mapping(command, record, given, &actor, arena);
    return bring(command, record, given, &actor, arena);
}

static bool names_file(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--accept") == 0 || strcmp(argv[i], "--refuse") == 0 ||
            strcmp(argv[i], "--list") == 0)
            return false;
    return true;
}

static int check(const char *command, const struct import_options *given)
{
    if (given->list) return EXIT_DONE;
    if (given->by == NULL) return cli_wrong(command, "say who brings it: --by EMAIL");
    if (given->accept != NULL && given->refuse != NULL)
        return cli_wrong(command, "say either --accept or --refuse");
    if (given->format != NULL && import_format_of(slice_of(given->format)) == IMPORT_DETECT)
        return cli_wrong(command, "a format is oneroster, sds or csv; '%s' is none", given->format);
    return EXIT_DONE;
}

int command_import(int argc, char **argv)
{
    struct import_options given = {.dry = false};
    const struct keep_option options[] = {
        {"--key", &given.place.key_file, NULL}, {"--format", &given.format, NULL},
        {"--mapping", &given.mapping, NULL},    {"--by", &given.by, NULL},
        {"--dry-run", NULL, &given.dry},        {"--yes", NULL, &given.yes},
        {"--accept", &given.accept, NULL},      {"--refuse", &given.refuse, NULL},
        {"--save-mapping", &given.save, NULL},  {"--list", NULL, &given.list}};
    static const char *const called[] = {"the data folder", "the file of people"};
    const char *places[2] = {NULL, NULL};
    struct record *record;
    int result = keep_options(argc, argv, options, sizeof options / sizeof *options, places, called,
                              names_file(argc, argv) ? 2 : 1);
    if (result == EXIT_DONE) result = check(argv[0], &given);
    if (result != EXIT_DONE) return result;
    given.place.folder = places[0];
    given.file = places[1];
    if (!keep_open(argv[0], &given.place, &record, &result)) return result;
    result = run(argv[0], record, &given);
    record_close(record);
    return result;
}
