/* What a real policy leaves to the record of its versions stands there and on its page: its author, its date, who approved it,
 * the older ones. Run once a policy, named by LANYARD_POLICY; the norms that came out are listed for `lanyard cover --shown`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"
#include "caller.h"
#include "service/versions.h"

#define TEXT_LARGEST (1u << 20)

struct world {
    struct school school;
    struct caller caller;
    struct id first, second;
    const char *first_day; /* in words */
};

/* ---- the second version of the policy ---- */

/* Somebody sits in every post, so that none that the policy names stands empty. */
static void fill_posts(struct school *school)
{
    for (int role = 0; role < ROLES; role++) {
        const struct role_row *row = role_row((enum role)role);
        struct id person;
        if (!row->trusted) continue;
        person = school_person(school, "Some", "Body");
        struct outcome proposed =
            school_do(school, ACT_PROPOSE_ROLE, school->admin, "person", school_hex(school, person),
                      "role", row->code.at, "org", school_hex(school, school->top), NULL);
        const char *held = school_hex(school, proposed.made);
        assert_true(school_do(school, ACT_CONFIRM_ROLE, school->head, "held", held, NULL).done);
        assert_true(school_do(school, ACT_CONFIRM_ROLE, school->dsl, "held", held, NULL).done);
    }
}

/* The policy's own text with another number. */
static struct slice second_text(struct world *world)
{
    struct error error = {.code = ERROR_NONE};
    struct arena *arena = world->caller.arena;
    struct slice text;
    struct slice path = arena_format(arena, "%s/policy.md", getenv("LANYARD_POLICY"));
    if (!file_read(path.at, TEXT_LARGEST, arena, &text, &error)) fail_msg("%s", error.sentence);
    size_t at = slice_search(text, SLICE("\nversion: "));
    assert_true(at < text.length);
    struct slice rest = slice_part(text, at + 1, text.length);
    size_t end = slice_find(rest, '\n');
    return arena_format(arena, "%.*sversion: second%.*s", SLICE_PRINT(slice_part(text, 0, at + 1)),
                        SLICE_PRINT(slice_part(rest, end, rest.length)));
}

static struct id bring(struct world *world)
{
    struct error error = {.code = ERROR_NONE};
    struct version_sent sent = {second_text(world), SLICE_EMPTY, SLICE_EMPTY};
    struct version_brought brought;
    struct order order;
    struct outcome outcome;
    if (!version_read(world->school.record, &sent, &brought, &error))
        fail_msg("%s", error.sentence);
    assert_non_null(brought.policy);
    order_init(&order, ACT_BRING_VERSION, world->school.office);
    order.matter = &brought;
    assert_true(desk_do(world->school.record, &order, world->school.arena, &outcome, &error));
    assert_true(outcome.done);
    version_brought_clear(&brought);
    return outcome.made;
}

static void approve(struct world *world, struct id version)
{
    struct error error = {.code = ERROR_NONE};
    struct school *school = &world->school;
    struct version_look look;
    struct order order;
    struct outcome outcome;
    char day[11];
    date_format(date_from_day(record_today(school->record) + 1), day);
    if (!version_look(school->record, &version, school->arena, &look, &error))
        fail_msg("%s", error.sentence);
    order_init(&order, ACT_APPROVE_VERSION, school->governor);
    order.matter = &look;
    order_set(&order, school->arena, "version", slice_of(school_hex(school, version)));
    order_set(&order, school->arena, "in-force", slice_of(day));
    order_set(&order, school->arena, "material", SLICE("no"));
    order_set(&order, school->arena, "body", SLICE("governor"));
    if (!desk_do(school->record, &order, school->arena, &outcome, &error))
        fail_msg("%s", error.sentence);
    if (!outcome.done) fail_msg("%.*s", SLICE_PRINT(outcome.sentence));
    version_look_clear(&look);
}

static void world_open(struct world *world)
{
    struct error error = {.code = ERROR_NONE};
    struct version_seen seen;
    bool found;
    school_open(&world->school);
    caller_open(&world->caller, &world->school, true);
    const struct policy *policy =
        record_policy_on(world->school.record, record_today(world->school.record), &world->first);
    record_policy_let_go(world->school.record, policy);
    assert_true(version_seen(world->school.record, &world->first, world->caller.arena, &seen,
                             &found, &error) &&
                found);
    struct slice day = date_words(date_from_day(seen.in_force), world->caller.arena);
    world->first_day = arena_copy(world->caller.arena, day).at;
    fill_posts(&world->school);
    world->second = bring(world);
    approve(world, world->second);
}

static void world_close(struct world *world)
{
    caller_close(&world->caller);
    school_close(&world->school);
}

/* ---- what is shown ---- */

static void get(struct world *world, const char *before, const struct id *version)
{
    const char *path = arena_format(world->caller.arena, "%s%s", before,
                                    version != NULL ? school_hex(&world->school, *version) : "")
                           .at;
    unsigned status = caller_get(&world->caller, path);
    if (status != 200) fail_msg("%s: %u", path, status);
}

/* Whether the version's whole text, which opens last, has a clause that serves the norm. */
static bool stands(struct world *world, const char *norm)
{
    get(world, "/policy/versions/", &world->second);
    return caller_sees(&world->caller, norm);
}

static void list(const char *norm, int line)
{
    const char *file = getenv("LANYARD_NORMS_SHOWN");
    FILE *out = file != NULL ? fopen(file, "a") : NULL;
    if (out == NULL) return;
    fprintf(out, "%s\ttests/page/test_version_norms.c:%d\trecord\n", norm, line);
    fclose(out);
}

static void its_author_its_date_and_who_approved_it(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    caller_be(&world.caller, world.school.governor);
    get(&world, "/versions/", &world.second);
    caller_see(&world.caller, "Brought by");
    caller_see(&world.caller, "Olive Confirmed");
    caller_see(&world.caller, "In the name of");
    caller_see(&world.caller, "Governor or trustee");
    struct id nobody = {{0}};
    caller_be(&world.caller, nobody);
    if (stands(&world, "qegsmat-001")) {
        caller_see(&world.caller, "In force from");
        list("qegsmat-001", __LINE__);
    }
    if (stands(&world, "qegsmat-003")) {
        caller_see(&world.caller, "Approved by");
        caller_see(&world.caller, "Governor or trustee");
        list("qegsmat-003", __LINE__);
    }
    world_close(&world);
}

static void each_carries_its_date_and_older_ones_are_kept(void **state)
{
    (void)state;
    static const char *const norms[] = {"earlylife-0a", "passmovegrin-097"};
    struct world world;
    world_open(&world);
    struct id nobody = {{0}};
    caller_be(&world.caller, nobody);
    get(&world, "/policy", NULL);
    caller_see(&world.caller, world.first_day);
    get(&world, "/policy/print", NULL); /* its first page on paper */
    caller_see(&world.caller, "In force from");
    caller_see(&world.caller, world.first_day);
    get(&world, "/policy/versions", NULL);
    caller_see(&world.caller, "Version second");
    caller_see(&world.caller, world.first_day);
    get(&world, "/policy/versions/", &world.first);
    caller_see(&world.caller, world.first_day);
    for (size_t i = 0; i < sizeof norms / sizeof *norms; i++)
        if (stands(&world, norms[i])) list(norms[i], __LINE__);
    world_close(&world);
}

/* Changed in the middle of a year: it waits for its day, and until then what happens is judged by the words of today. */
static void it_can_change_at_any_time(void **state)
{
    (void)state;
    struct world world;
    struct id today, tomorrow;
    world_open(&world);
    struct record *record = world.school.record;
    int64_t day = record_today(record);
    const struct policy *now = record_policy_on(record, day, &today);
    const struct policy *then = record_policy_on(record, day + 1, &tomorrow);
    assert_true(id_same(&today, &world.first) && id_same(&tomorrow, &world.second));
    record_policy_let_go(record, now);
    record_policy_let_go(record, then);
    if (stands(&world, "qegsmat-019")) list("qegsmat-019", __LINE__);
    world_close(&world);
}

/* What the text was written with in mind is kept with the version, word for word. */
static void what_it_was_written_with_in_mind_is_kept_with_it(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    caller_be(&world.caller, world.school.governor);
    if (stands(&world, "passmovegrin-043")) {
        caller_see(&world.caller,
                   "employment law, good practice and the duties of governing bodies");
        list("passmovegrin-043", __LINE__);
    }
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_author_its_date_and_who_approved_it),
        cmocka_unit_test(each_carries_its_date_and_older_ones_are_kept),
        cmocka_unit_test(it_can_change_at_any_time),
        cmocka_unit_test(what_it_was_written_with_in_mind_is_kept_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
