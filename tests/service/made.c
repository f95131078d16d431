/* A record with people for tests; see made.h. People are put in by events as the acts write them, without their decisions:
 * those are what the tests are about. */
#include "made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/date.h"
#include "service/people.h"

/* ---- the folder ---- */

void made_run(int code, const char *format, ...)
{
    char command[2000];
    va_list list;
    va_start(list, format);
    vsnprintf(command, sizeof command, format, list);
    va_end(list);
    int status = system(command); /* NOLINT(cert-env33-c): a test's own commands */
    if (!WIFEXITED(status) || WEXITSTATUS(status) != code)
        fail_msg("`%s` came back with %d, not %d", command, WEXITSTATUS(status), code);
}

void made_open(struct made *made)
{
    struct error error = {.code = ERROR_NONE};
    struct record_place place = {.folder = made->folder, .key_file = made->key};
    if (!record_open(&place, &made->record, &error)) fail_msg("%s", error.sentence);
    made->top = record_top(made->record);
}

void made_begin(struct made *made)
{
    struct error error = {.code = ERROR_NONE};
    struct slice link;
    *made = (struct made){.root = "/tmp/lanyard-made-XXXXXX", .arena = arena_new()};
    assert_non_null(mkdtemp(made->root));
    snprintf(made->folder, sizeof made->folder, "%s/school", made->root);
    snprintf(made->key, sizeof made->key, "%s/school.key", made->root);
    struct record_place place = {.folder = made->folder, .key_file = made->key};
    struct record_plan plan = {.name = SLICE("Oak Lane School"),
                               .kind = SLICE("school"),
                               .given = SLICE("Edda"),
                               .family = SLICE("Firstadmin"),
                               .email = SLICE("edda@oaklane.example")};
    if (!record_make(&place, &plan, made->arena, &link, &error)) fail_msg("%s", error.sentence);
    made_open(made);
}

void made_close(struct made *made)
{
    record_close(made->record);
    made->record = NULL;
}

void made_end(struct made *made)
{
    if (made->record != NULL) made_close(made);
    made_run(0, "rm -rf %s", made->root);
    arena_free(made->arena);
}

/* ---- people ---- */

struct put {
    struct made *made;
    const struct made_details *details;
    const enum role *roles;
    size_t count; /* of many; 0: one */
    struct id *ret_ids;
    struct id parent, child;
};

static struct desk desk_of(struct put *put, struct db *db, const struct order *order,
                           struct outcome *outcome, struct arena *arena)
{
    return (struct desk){.record = put->made->record,
                         .db = db,
                         .arena = arena,
                         .order = order,
                         .outcome = outcome,
                         .clauses = SLICE("made"),
                         .now = record_now(put->made->record),
                         .today = record_today(put->made->record)};
}

static void add_pair(struct pairs *pairs, struct arena *arena, const char *key, const char *value)
{
    if (value != NULL) pairs_add(pairs, arena, key, slice_of(value));
}

static bool put_one(struct desk *desk, struct put *put, const struct made_details *details,
                    struct id *ret_id, struct error *error)
{
    struct pairs pairs = {0};
    struct id role;
    add_pair(&pairs, desk->arena, "given", details->given);
    add_pair(&pairs, desk->arena, "family", details->family);
    add_pair(&pairs, desk->arena, "email", details->email);
    add_pair(&pairs, desk->arena, "phone", details->phone);
    add_pair(&pairs, desk->arena, "born", details->born);
    desk->person = (struct id){{0}};
    if (!people_add(desk, &put->made->top, &pairs, SLICE("hand"), ret_id, error)) return false;
    for (const enum role *at = put->roles; *at != ROLES; at++) {
        struct role_held held = {.person = *ret_id,
                                 .role = role_row(*at)->code,
                                 .org = put->made->top,
                                 .since = desk->today - 30,
                                 .until = ROW_NOTHING,
                                 .state = SLICE("held"),
                                 .source = SLICE("hand")};
        if (!people_set_role(desk, &held, &role, error)) return false;
    }
    return true;
}

static bool put_people(void *context, struct db *db, struct error *error)
{
    struct put *put = context;
    struct outcome outcome = {0};
    struct order order;
    AUTO(arena) struct arena *arena = arena_new();
    order_init(&order, ACT_ADD_PERSON, (struct id){{0}});
    struct desk desk = desk_of(put, db, &order, &outcome, arena);
    if (put->count == 0) return put_one(&desk, put, put->details, put->ret_ids, error);
    for (size_t i = 0; i < put->count; i++) {
        struct id id;
        struct made_details details = made_nth(put->made, i);
        if (!put_one(&desk, put, &details, &id, error)) return false;
        if (put->ret_ids != NULL) put->ret_ids[i] = id;
        arena_reset(arena);
    }
    return true;
}

static bool put_parent(void *context, struct db *db, struct error *error)
{
    struct put *put = context;
    struct outcome outcome = {0};
    struct order order;
    AUTO(arena) struct arena *arena = arena_new();
    struct tie_said said = {.parent = put->parent, .linked = true};
    struct id none = {{0}}, tie;
    order_init(&order, ACT_LINK_PARENT, none);
    struct desk desk = desk_of(put, db, &order, &outcome, arena);
    return people_set_tie(&desk, &none, &put->child, &said, SLICE("hand"), &tie, error);
}

static void run_put(struct put *put, bool (*job)(void *, struct db *, struct error *))
{
    struct error error = {.code = ERROR_NONE};
    if (!writer_do(put->made->record->writer, job, put, &error)) fail_msg("%s", error.sentence);
}

struct id made_person(struct made *made, const struct made_details *details, const enum role *roles)
{
    struct id id = {{0}};
    struct put put = {.made = made, .details = details, .roles = roles, .ret_ids = &id};
    run_put(&put, put_people);
    return id;
}

struct id made_staff(struct made *made, const char *given, enum role role)
{
    char email[80];
    snprintf(email, sizeof email, "%s@oaklane.example", given);
    struct made_details details = {given, "Staffmember", email, NULL, "1980-01-02"};
    const enum role roles[] = {role, ROLES};
    return made_person(made, &details, roles);
}

/* Everybody on a day of their own. */
static const char *born(struct arena *arena, size_t n)
{
    char day[11];
    date_format(date_from_day(14000 + (int64_t)n), day);
    return arena_copy(arena, slice_of(day)).at;
}

struct made_details made_nth(struct made *made, size_t n)
{
    static const char *const given[] = {"Quenby",   "Zoraida", "Thaddeus", "Wilhelmina",
                                        "Ignatius", "Yseult",  "Xanthe",   "Peregrine"};
    static const char *const family[] = {"Ravenscroft", "Abernathy", "Vanterpool", "Okonkwo",
                                         "Szymanski",   "Ferreira",  "Llewelyn",   "Huxtable"};
    struct arena *arena = made->arena;
    return (struct made_details){
        arena_format(arena, "%s%zu", given[n % 8], n).at,
        arena_format(arena, "%s-%zu", family[n / 8 % 8], n).at,
        arena_format(arena, "pupil%zu.%s@oaklane.example", n, given[n % 8]).at,
        arena_format(arena, "07700 9%05zu", n).at, born(arena, n)};
}

void made_many(struct made *made, size_t count, struct id *ret_ids)
{
    static const enum role roles[] = {ROLE_PUPIL, ROLES};
    struct put put = {.made = made, .roles = roles, .count = count, .ret_ids = ret_ids};
    run_put(&put, put_people);
}

void made_parent(struct made *made, const struct id *parent, const struct id *child)
{
    struct put put = {.made = made, .parent = *parent, .child = *child};
    run_put(&put, put_parent);
}

/* ---- acts ---- */

const char *made_hex(struct made *made, struct id id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(&id, hex);
    return arena_copy(made->arena, slice_of(hex)).at;
}

static bool run_act(struct made *made, enum record_act act, struct id actor, va_list list,
                    struct outcome *ret_outcome, struct error *error)
{
    struct order order;
    const char *key;
    order_init(&order, act, actor);
    while ((key = va_arg(list, const char *)) != NULL)
        order_set(&order, made->arena, key, slice_of(va_arg(list, const char *)));
    return desk_do(made->record, &order, made->arena, ret_outcome, error);
}

struct outcome made_do(struct made *made, enum record_act act, struct id actor, ...)
{
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    va_list list;
    va_start(list, actor);
    bool done = run_act(made, act, actor, list, &outcome, &error);
    va_end(list);
    if (!done) fail_msg("%s: %s", act_id(act), error.sentence);
    return outcome;
}

struct slice made_fails(struct made *made, enum record_act act, struct id actor, ...)
{
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    va_list list;
    va_start(list, actor);
    bool done = run_act(made, act, actor, list, &outcome, &error);
    va_end(list);
    if (done) fail_msg("%s went through", act_id(act));
    return arena_copy(made->arena, slice_of(error.sentence));
}
