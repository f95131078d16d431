/* lanyard first: puts one of the first three people of trust into a record, by the keeper of the machine. Later ones are
 * proposed and confirmed by people. The record's own rules say when it is too late. */
#include "cli/keep.h"
#include "service/roles.h"

#define WHAT_LARGEST 300

struct first_options {
    struct record_place place;
    const char *role, *given, *family, *email;
};

static int wrong_role(const char *command, const char *role)
{
    AUTO_TEXT struct text list;
    text_init(&list, 2000);
    for (int i = 0; i < ROLES; i++)
        if (role_row((enum role)i)->trusted)
            text_format(&list, "%s%.*s", list.length > 0 ? ", " : "",
                        SLICE_PRINT(role_row((enum role)i)->code));
    return cli_wrong(command, "'%s' is no role of trust: say one of %s", role, list.at);
}

/* The link before the role: with the third person's role the keeper's part is over. */
static int put_in(const char *command, struct record *record, const struct first_options *given,
                  struct arena *arena)
{
    struct id keeper = {{0}};
    struct order order;
    struct outcome added, invited, held;
    char person[2 * ID_SIZE + 1], top[2 * ID_SIZE + 1];
    struct id over = record_top(record);
    int result = EXIT_DONE;
    id_hex(&over, top);
    order_init(&order, ACT_ADD_PERSON, keeper);
    order_set(&order, arena, "org", slice_of(top));
    order_set(&order, arena, "given", slice_of(given->given));
    order_set(&order, arena, "family", slice_of(given->family));
    order_set(&order, arena, "email", slice_of(given->email));
    if (!keep_do(command, record, &order, arena, &added, &result)) return result;
    id_hex(&added.made, person);
    order_init(&order, ACT_INVITE, keeper);
    order_set(&order, arena, "person", slice_of(person));
    if (!keep_do(command, record, &order, arena, &invited, &result)) return result;
    order_init(&order, ACT_PROPOSE_ROLE, keeper);
    order_set(&order, arena, "person", slice_of(person));
    order_set(&order, arena, "role", slice_of(given->role));
    order_set(&order, arena, "org", slice_of(top));
    if (!keep_do(command, record, &order, arena, &held, &result)) return result;
    printf("They are in the record. Hand them this link: it works once, within three days.\n"
           "\n  http://127.0.0.1:8080/invitation/%.*s\n",
           SLICE_PRINT(invited.secret));
    return EXIT_DONE;
}

int command_first(int argc, char **argv)
{
    struct first_options given = {.role = NULL};
    const struct keep_option options[] = {{"--role", &given.role, NULL},
                                          {"--given", &given.given, NULL},
                                          {"--family", &given.family, NULL},
                                          {"--email", &given.email, NULL},
                                          {"--key", &given.place.key_file, NULL}};
    static const char *const called[] = {"the data folder"};
    AUTO(arena) struct arena *arena = arena_new();
    struct record *record;
    int result = keep_options(argc, argv, options, sizeof options / sizeof *options,
                              &given.place.folder, called, 1);
    if (result != EXIT_DONE) return result;
    if (given.role == NULL || given.given == NULL || given.family == NULL || given.email == NULL)
        return cli_wrong(argv[0], "say who with --role, --given, --family and --email");
    enum role role = role_of(slice_of(given.role));
    if (role == ROLES || !role_row(role)->trusted) return wrong_role(argv[0], given.role);
    if (!keep_open(argv[0], &given.place, &record, &result)) return result;
    result = put_in(argv[0], record, &given, arena);
    record_close(record);
    return result;
}
