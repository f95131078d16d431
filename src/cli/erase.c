/* lanyard erase: asks for an erasure, confirms or withdraws it, from the machine; each step by a person of the record who
 * proves who they are, and never both by one. */
#include "cli/keep.h"
#include "service/keeping.h"

#include <string.h>

struct erase_options {
    struct record_place place;
    const char *person, *confirm, *withdraw, *reason, *by, *by_too;
    bool list;
};

static int list(const char *command, struct record *record)
{
    AUTO_TEXT struct text out;
    struct error error = {.code = ERROR_NONE};
    text_init(&out, 16u << 20);
    if (!keeping_list_erasures(record, &out, &error)) return cli_fail(command, &error);
    cli_print(stdout, out.length > 0 ? text_slice(&out) : SLICE("No erasure waits for a yes.\n"));
    return EXIT_DONE;
}

static int settle(const char *command, struct record *record, struct id actor, const char *erasure,
                  bool confirm, struct arena *arena)
{
    struct order order;
    struct outcome outcome;
    int result = EXIT_DONE;
    order_init(&order, confirm ? ACT_CONFIRM_ERASURE : ACT_WITHDRAW_ERASURE, actor);
    order_set(&order, arena, "erasure", slice_of(erasure));
    if (!keep_do(command, record, &order, arena, &outcome, &result)) return result;
    puts(confirm ? "It is erased. Nobody can bring it back, and neither can we."
                 : "It is withdrawn.");
    if (outcome.sentence.length > 0) printf("%.*s\n", SLICE_PRINT(outcome.sentence));
    return EXIT_DONE;
}

static int ask(const char *command, struct record *record, const struct erase_options *given,
               struct id actor, struct arena *arena, char ret_erasure[2 * ID_SIZE + 1])
{
    struct error error = {.code = ERROR_NONE};
    struct order order;
    struct outcome outcome;
    struct id person;
    char hex[2 * ID_SIZE + 1];
    int result = EXIT_DONE;
    if (!keeping_person(record, slice_of(given->person), &person, &error))
        return cli_fail(command, &error);
    id_hex(&person, hex);
    order_init(&order, ACT_ASK_ERASURE, actor);
    order_set(&order, arena, "person", slice_of(hex));
    order_set(&order, arena, "reason", slice_of(given->reason));
    if (!keep_do(command, record, &order, arena, &outcome, &result)) return result;
    id_hex(&outcome.made, ret_erasure);
    return EXIT_DONE;
}

/* Both prove who they are before anything is asked for: a second who cannot leaves nothing half done. */
static int ask_and_confirm(const char *command, struct record *record,
                           const struct erase_options *given, struct arena *arena)
{
    struct id first, second;
    char erasure[2 * ID_SIZE + 1];
    int result = EXIT_DONE;
    if (!keep_prove(command, record, given->by, &first, &result) ||
        (given->by_too != NULL && !keep_prove(command, record, given->by_too, &second, &result)))
        return result;
    result = ask(command, record, given, first, arena, erasure);
    if (result != EXIT_DONE) return result;
    if (given->by_too != NULL) return settle(command, record, second, erasure, true, arena);
    printf(
        "It is asked for: %s\nAnother person confirms it:\n\n  lanyard erase %s --confirm %s --by "
        "EMAIL\n",
        erasure, given->place.folder, erasure);
    return EXIT_DONE;
}

static int run(const char *command, struct record *record, const struct erase_options *given)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct id actor;
    int result = EXIT_DONE;
    if (given->list) return list(command, record);
    if (given->person != NULL) return ask_and_confirm(command, record, given, arena);
    if (!keep_prove(command, record, given->by, &actor, &result)) return result;
    return settle(command, record, actor, given->confirm != NULL ? given->confirm : given->withdraw,
                  given->confirm != NULL, arena);
}

static int check(const char *command, const struct erase_options *given)
{
    int ways = given->list + (given->person != NULL) + (given->confirm != NULL) +
               (given->withdraw != NULL);
    if (ways != 1)
        return cli_wrong(command,
                         "say one of --person WHO, --confirm ERASURE, --withdraw ERASURE and "
                         "--list");
    if (!given->list && given->by == NULL)
        return cli_wrong(command, "say with --by EMAIL who acts");
    if (given->person != NULL && given->reason == NULL)
        return cli_wrong(command, "an erasure has a reason: --reason TEXT");
    if (given->by_too != NULL && (given->person == NULL || strcmp(given->by, given->by_too) == 0))
        return cli_wrong(command,
                         "--by is said twice for --person only, and for two different people");
    return EXIT_DONE;
}

int command_erase(int argc, char **argv)
{
    struct erase_options given = {.list = false};
    const struct keep_option options[] = {
        {"--key", &given.place.key_file, NULL}, {"--person", &given.person, NULL},
        {"--confirm", &given.confirm, NULL},    {"--withdraw", &given.withdraw, NULL},
        {"--reason", &given.reason, NULL},      {"--by", &given.by, NULL},
        {"--by", &given.by_too, NULL},          {"--list", NULL, &given.list}};
    static const char *const called[] = {"the data folder"};
    struct record *record;
    int result = keep_options(argc, argv, options, sizeof options / sizeof *options,
                              &given.place.folder, called, 1);
    if (result == EXIT_DONE) result = check(argv[0], &given);
    if (result != EXIT_DONE || !keep_open(argv[0], &given.place, &record, &result)) return result;
    result = run(argv[0], record, &given);
    record_close(record);
    return result;
}
