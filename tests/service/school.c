/* The record that the tests of people share; see school.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "school.h"
#include "service/keeping.h"

static void fill(struct school *school, struct order *order, va_list values)
{
    const char *key;
    while ((key = va_arg(values, const char *)) != NULL)
        order_set(order, school->arena, key, slice_of(va_arg(values, const char *)));
}

struct outcome school_do(struct school *school, enum record_act act, struct id actor, ...)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    va_list values;
    order_init(&order, act, actor);
    va_start(values, actor);
    fill(school, &order, values);
    va_end(values);
    if (!desk_do(school->record, &order, school->arena, &outcome, &error))
        fail_msg("%s: %s", act_id(act), error.sentence);
    return outcome;
}

const char *school_bad(struct school *school, enum record_act act, struct id actor, ...)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    va_list values;
    order_init(&order, act, actor);
    va_start(values, actor);
    fill(school, &order, values);
    va_end(values);
    if (desk_do(school->record, &order, school->arena, &outcome, &error))
        fail_msg("%s was not found bad", act_id(act));
    assert_false(outcome.done);
    return arena_copy(school->arena, slice_of(error.sentence)).at;
}

const char *school_hex(struct school *school, struct id id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(&id, hex);
    return arena_copy(school->arena, slice_of(hex)).at;
}

bool school_refused(const struct outcome *outcome, const char *clause)
{
    if (outcome->done || outcome->again) return false;
    for (size_t i = 0; i < outcome->clauses.count; i++)
        if (slice_is(outcome->clauses.at[i], clause)) return true;
    return false;
}

bool school_has(struct school *school, struct id person, enum role role)
{
    enum role roles[ROLES];
    bool has = false;
    const struct register_view *view = register_hold(school->record);
    size_t count = register_roles(view, &person, &school->top, record_today(school->record), roles);
    register_let_go(school->record, view);
    for (size_t i = 0; i < count; i++) has = has || roles[i] == role;
    return has;
}

static struct id add(struct school *school, struct id actor, const char *given, const char *family)
{
    struct outcome outcome =
        school_do(school, ACT_ADD_PERSON, actor, "org", school_hex(school, school->top), "given",
                  given, "family", family, NULL);
    assert_true(outcome.done);
    return outcome.made;
}

struct id school_person(struct school *school, const char *given, const char *family)
{
    return add(school, school->admin, given, family);
}

struct id school_role(struct school *school, struct id person, const char *role)
{
    struct outcome outcome =
        school_do(school, ACT_GIVE_ROLE, school->admin, "person", school_hex(school, person),
                  "role", role, "org", school_hex(school, school->top), NULL);
    assert_true(outcome.done);
    return outcome.made;
}

static struct id add_trusted(struct school *school, const char *given, const char *role)
{
    struct id person = add(school, school->keeper, given, "Keeper");
    struct outcome outcome =
        school_do(school, ACT_PROPOSE_ROLE, school->keeper, "person", school_hex(school, person),
                  "role", role, "org", school_hex(school, school->top), NULL);
    assert_true(outcome.done);
    return person;
}

/* Proposed by the administrator, confirmed by the head and the safeguarding lead. */
static struct id add_confirmed(struct school *school, const char *given, const char *role)
{
    struct id person = school_person(school, given, "Confirmed");
    struct outcome proposed =
        school_do(school, ACT_PROPOSE_ROLE, school->admin, "person", school_hex(school, person),
                  "role", role, "org", school_hex(school, school->top), NULL);
    const char *held = school_hex(school, proposed.made);
    assert_true(school_do(school, ACT_CONFIRM_ROLE, school->head, "held", held, NULL).done);
    assert_true(school_do(school, ACT_CONFIRM_ROLE, school->dsl, "held", held, NULL).done);
    return person;
}

static void open_record(struct school *school)
{
    struct record_place place = {.folder = school->folder, .not_synced = true};
    struct error error = {.code = ERROR_NONE};
    if (!record_open(&place, &school->record, &error)) fail_msg("%s", error.sentence);
    school->top = record_top(school->record);
}

static void make_record(struct school *school, bool demo)
{
    static const char pattern[] = "/tmp/lanyard-people-XXXXXX";
    struct record_plan plan = {.name = SLICE("Hill School"),
                               .kind = SLICE("school"),
                               .given = SLICE("Ada"),
                               .family = SLICE("Admin"),
                               .email = SLICE("ada@hill.example"),
                               .demo = demo};
    struct error error = {.code = ERROR_NONE};
    struct slice link;
    memcpy(school->folder, pattern, sizeof pattern);
    assert_non_null(mkdtemp(school->folder));
    (void)snprintf(school->folder + strlen(school->folder), 8, "/data");
    struct record_place place = {.folder = school->folder, .not_synced = true};
    if (!record_make(&place, &plan, school->arena, &link, &error)) fail_msg("%s", error.sentence);
}

static void open_school(struct school *school, bool demo)
{
    *school = (struct school){.arena = arena_new()};
    make_record(school, demo);
    open_record(school);
    const struct register_view *view = register_hold(school->record);
    assert_int_equal(register_count(view), 1);
    school->admin = register_at(view, 0)->id;
    register_let_go(school->record, view);
    school->head = add_trusted(school, "Hilda", "headteacher");
    school->dsl = add_trusted(school, "Dora", "dsl");
    school->office = add_confirmed(school, "Olive", "office");
    school->governor = add_confirmed(school, "Gita", "governor");
    school->teacher = school_person(school, "Tom", "Teacher");
    school->other = school_person(school, "Una", "Teacher");
    school->pupil = school_person(school, "Pia", "Pupil");
    school->parent = school_person(school, "Paul", "Pupil");
    school_role(school, school->teacher, "teacher");
    school_role(school, school->other, "teacher");
    school_role(school, school->pupil, "pupil");
    school_role(school, school->parent, "parent");
}

void school_open(struct school *school)
{
    open_school(school, false);
}

void school_open_demo(struct school *school)
{
    open_school(school, true);
}

void school_again(struct school *school)
{
    record_close(school->record);
    open_record(school);
}

/* What the acts of a test left in the tables is what their events say. */
static void check_rebuild(struct school *school)
{
    struct rebuild rebuild;
    struct error error = {.code = ERROR_NONE};
    if (!record_rebuild_check(school->record, school->arena, &rebuild, &error))
        fail_msg("%s", error.sentence);
    if (rebuild.wrong > 0) fail_msg("rebuild: %s", rebuild.findings[0].at);
    assert_true(rebuild.events > 10);
}

void school_close(struct school *school)
{
    char *slash = strrchr(school->folder, '/');
    check_rebuild(school);
    record_close(school->record);
    *slash = '\0';
    struct slice command = arena_format(school->arena, "rm -rf '%s'", school->folder);
    assert_int_equal(system(command.at), 0);
    arena_free(school->arena);
}
