/* lanyard hold: places and lifts legal holds from the machine, by a person of the record who proves who they are. */
#include "cli/keep.h"
#include "service/keeping.h"

struct hold_options {
    struct record_place place;
    const char *person, *lift, *reason, *by;
    bool list;
};

static int list(const char *command, struct record *record)
{
    AUTO_TEXT struct text out;
    struct error error = {.code = ERROR_NONE};
    text_init(&out, 16u << 20);
    if (!keeping_list_holds(record, &out, &error)) return cli_fail(command, &error);
    cli_print(stdout, out.length > 0 ? text_slice(&out) : SLICE("No hold lies on anybody.\n"));
    return EXIT_DONE;
}

static int place_hold(const char *command, struct record *record, const struct hold_options *given,
                      struct order *order, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct outcome outcome;
    struct id person;
    char hex[2 * ID_SIZE + 1];
    int result = EXIT_DONE;
    if (!keeping_person(record, slice_of(given->person), &person, &error))
        return cli_fail(command, &error);
    id_hex(&person, hex);
    order_set(order, arena, "person", slice_of(hex));
    if (!keep_do(command, record, order, arena, &outcome, &result)) return result;
    id_hex(&outcome.made, hex);
    printf("A hold lies on this person: %s\nNothing of theirs can be erased until it is lifted.\n",
           hex);
    return EXIT_DONE;
}

static int lift_hold(const char *command, struct record *record, const struct hold_options *given,
                     struct order *order, struct arena *arena)
{
    struct outcome outcome;
    int result = EXIT_DONE;
    order_set(order, arena, "hold", slice_of(given->lift));
    if (!keep_do(command, record, order, arena, &outcome, &result)) return result;
    puts("The hold is lifted.");
    return EXIT_DONE;
}

static int run(const char *command, struct record *record, const struct hold_options *given)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct order order;
    struct id actor;
    int result = EXIT_DONE;
    if (given->list) return list(command, record);
    if (!keep_prove(command, record, given->by, &actor, &result)) return result;
    order_init(&order, given->lift != NULL ? ACT_LIFT_HOLD : ACT_PLACE_HOLD, actor);
    order_set(&order, arena, "reason", slice_of(given->reason));
    return given->lift != NULL ? lift_hold(command, record, given, &order, arena)
                               : place_hold(command, record, given, &order, arena);
}

int command_hold(int argc, char **argv)
{
    struct hold_options given = {.list = false};
    const struct keep_option options[] = {{"--key", &given.place.key_file, NULL},
                                          {"--person", &given.person, NULL},
                                          {"--lift", &given.lift, NULL},
                                          {"--reason", &given.reason, NULL},
                                          {"--by", &given.by, NULL},
                                          {"--list", NULL, &given.list}};
    static const char *const called[] = {"the data folder"};
    struct record *record;
    int result = keep_options(argc, argv, options, sizeof options / sizeof *options,
                              &given.place.folder, called, 1);
    if (result != EXIT_DONE) return result;
    if (given.list + (given.person != NULL) + (given.lift != NULL) != 1)
        return cli_wrong(argv[0], "say one of --person WHO, --lift HOLD and --list");
    if (!given.list && (given.reason == NULL || given.by == NULL))
        return cli_wrong(argv[0],
                         "a hold is placed and lifted by somebody and for a reason: --by EMAIL "
                         "--reason TEXT");
    if (!keep_open(argv[0], &given.place, &record, &result)) return result;
    result = run(argv[0], record, &given);
    record_close(record);
    return result;
}
