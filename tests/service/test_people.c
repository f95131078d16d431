/* People, roles and absences by hand: allowed, refused with the clause, done twice, bad values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "school.h"
#include "service/people.h"
#include "store/events.h"

static struct school school;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

static const char *hex(struct id id)
{
    return school_hex(&school, id);
}

static const char *day(int64_t from_today)
{
    char text[11];
    date_format(date_from_day(record_today(school.record) + from_today), text);
    return arena_copy(school.arena, slice_of(text)).at;
}

static bool shown(struct id person, const char *name)
{
    const struct register_view *view = register_hold(school.record);
    const struct registered *found = register_person(view, &person);
    bool same = found != NULL && slice_is(found->shown_as, name);
    register_let_go(school.record, view);
    return same;
}

static void test_add(void **state)
{
    (void)state;
    struct outcome added = school_do(&school, ACT_ADD_PERSON, school.office, "org", hex(school.top),
                                     "given", "Zo\xC3\xAB", "family", "Ashe", "email",
                                     "Zoe@Hill.example", "born", "2011-04-05", NULL);
    assert_true(added.done);
    const struct register_view *view = register_hold(school.record);
    const struct registered *person = register_by_email(view, SLICE("zoe@hill.EXAMPLE"));
    assert_non_null(person);
    assert_true(slice_is(person->shown_as, "Ashe, Zo\xC3\xAB") && person->here);
    assert_true(slice_is(person->details.given, "Zo\xC3\xAB"));
    assert_true(slice_is(person->details.family, "Ashe"));
    assert_true(slice_is(person->details.born, "2011-04-05"));
    const struct registered **found;
    assert_int_equal(register_search(view, SLICE("zoe ash"), school.arena, &found, 10), 1);
    assert_ptr_equal(found[0], person);
    assert_ptr_equal(register_at(view, 1), person); /* behind Admin */
    register_let_go(school.record, view);
    school_again(&school);
    assert_true(shown(added.made, "Ashe, Zo\xC3\xAB"));
}

static void test_add_refused(void **state)
{
    (void)state;
    struct outcome refused =
        school_do(&school, ACT_ADD_PERSON, school.teacher, "org", hex(school.top), "given", "A",
                  "email", "ada@hill.example", NULL);
    assert_false(refused.done);
    assert_int_equal(refused.verdict, VERDICT_NO_CLAUSE);
    assert_true(refused.sentence.length > 0);
    /* the keeper of the machine may no longer: three people hold roles of trust */
    refused = school_do(&school, ACT_ADD_PERSON, school.keeper, "org", hex(school.top), "given",
                        "A", NULL);
    assert_false(refused.done);
}

static void test_add_bad(void **state)
{
    (void)state;
    const char *top = hex(school.top);
    static const char *const bad[][2] = {
        {"email", "no address"}, {"email", "a@b@c"},     {"email", "@b"},
        {"born", "5 April"},     {"born", "2999-01-01"}, {"born", "1800-01-01"},
        {"given", "A\tB"},       {"family", "\xFF\xFE"}, {"phone", "01\n02"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        (void)school_bad(&school, ACT_ADD_PERSON, school.admin, "org", top, "known-as", "x",
                         strcmp(bad[i][0], "given") == 0 ? "phone" : "given", "1", bad[i][0],
                         bad[i][1], NULL);
    assert_string_equal(school_bad(&school, ACT_ADD_PERSON, school.admin, "org", top, NULL),
                        "a name is missing");
    (void)school_bad(&school, ACT_ADD_PERSON, school.admin, "given", "A", NULL);
    (void)school_bad(&school, ACT_ADD_PERSON, school.admin, "org", hex(school.pupil), "given", "A",
                     NULL);
    assert_string_equal(school_bad(&school, ACT_ADD_PERSON, school.admin, "org", top, "given", "A",
                                   "email", "ADA@hill.example", NULL),
                        "somebody in the record has this address or number already");
}

static void test_twice(void **state)
{
    (void)state;
    struct order order;
    struct outcome first, second;
    struct error error;
    order_init(&order, ACT_ADD_PERSON, school.admin);
    order_set(&order, school.arena, "org", slice_of(hex(school.top)));
    order_set(&order, school.arena, "given", SLICE("Once"));
    assert_true(desk_do(school.record, &order, school.arena, &first, &error));
    assert_true(desk_do(school.record, &order, school.arena, &second, &error));
    assert_true(first.done && !first.again && second.again && !second.done);
    const struct registered **found;
    const struct register_view *view = register_hold(school.record);
    assert_int_equal(register_search(view, SLICE("once"), school.arena, &found, 10), 1);
    register_let_go(school.record, view);
}

static void test_change(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.office, "person", hex(school.teacher),
                          "email", "tom@hill.example", "id:upn", "A1", NULL)
                    .done);
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.office, "person", hex(school.teacher),
                          "family", "Abel", "email", "", NULL)
                    .done);
    assert_true(shown(school.teacher, "Abel, Tom"));
    const struct register_view *view = register_hold(school.record);
    assert_null(register_by_email(view, SLICE("tom@hill.example")));
    assert_true(slice_is(register_at(view, 0)->shown_as, "Abel, Tom"));
    const struct registered **found;
    assert_int_equal(register_search(view, SLICE("teach"), school.arena, &found, 9), 1);
    assert_true(slice_is(found[0]->shown_as, "Teacher, Una"));
    assert_int_equal(register_search(view, SLICE("abel, TO"), school.arena, &found, 9), 1);
    assert_int_equal(register_search(view, SLICE("tom teacher"), school.arena, &found, 9), 0);
    assert_int_equal(register_search(view, SLICE(" - "), school.arena, &found, 9), 0);
    assert_int_equal(register_search(view, SLICE("t"), school.arena, &found, 1), 1);
    register_let_go(school.record, view);
    /* the address is free again, the number is not */
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.admin, "person", hex(school.other),
                          "email", "tom@hill.example", NULL)
                    .done);
    (void)school_bad(&school, ACT_CHANGE_PERSON, school.admin, "person", hex(school.other),
                     "id:upn", "A1", NULL);
    (void)school_bad(&school, ACT_CHANGE_PERSON, school.admin, "person", hex(school.other), "given",
                     "", "family", "", NULL);
    assert_false(school_do(&school, ACT_CHANGE_PERSON, school.teacher, "person",
                           hex(school.teacher), "given", "Tim", NULL)
                     .done);
}

struct went_on {
    size_t count;
    uint64_t n;
};

static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct went_on *went_on = context;
    struct event event;
    if (!event_read(body, school.arena, &event, error)) return false;
    if (!slice_is(event.kind, "went-on")) return true;
    went_on->count++;
    went_on->n = n;
    return true;
}

static struct went_on went_on(void)
{
    struct went_on found = {0};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school.record, &error);
    assert_non_null(db);
    assert_true(events_each(db, 0, UINT64_MAX, see_event, &found, &error));
    record_read_done(school.record, db);
    return found;
}

static void test_last_of_an_office(void **state)
{
    struct pairs pairs;
    struct error error = {.code = ERROR_NONE};
    bool there;
    (void)state;
    const char *wrong = school_bad(&school, ACT_RECORD_LEAVER, school.office, "person",
                                   hex(school.dsl), "day", day(0), NULL);
    assert_int_equal(strncmp(wrong, DESK_ADVISED, strlen(DESK_ADVISED)), 0);
    assert_true(school_has(&school, school.dsl, ROLE_DSL));
    assert_int_equal(went_on().count, 0);
    struct outcome parent = school_do(&school, ACT_RECORD_LEAVER, school.parent, "person",
                                      hex(school.dsl), "day", day(0), "despite", "I say so", NULL);
    assert_false(parent.done);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.dsl),
                          "day", day(0), "despite", "she fell ill today", NULL)
                    .done);
    assert_false(school_has(&school, school.dsl, ROLE_DSL));
    struct went_on found = went_on();
    assert_int_equal(found.count, 1);
    struct db *db = record_read(school.record, &error);
    assert_true(record_part(school.record, db, found.n, &school.office, school.arena, &pairs,
                            &there, &error));
    assert_true(there);
    assert_true(slice_is(pairs_value(&pairs, "reason"), "she fell ill today"));
    record_read_done(school.record, db);
}

static void test_leaver(void **state)
{
    (void)state;
    (void)school_bad(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.teacher),
                     "day", day(1), NULL);
    assert_true(school_has(&school, school.teacher, ROLE_TEACHER));
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.teacher),
                          "day", day(0), NULL)
                    .done);
    assert_false(school_has(&school, school.teacher, ROLE_TEACHER));
    (void)school_bad(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.teacher),
                     "day", day(0), NULL);
    assert_string_equal(school_bad(&school, ACT_RECORD_LEAVER, school.office, "person",
                                   hex(school.admin), "day", day(0), NULL),
                        "this is the only administrator: nobody could sign the others in");
    assert_true(school_do(&school, ACT_CHANGE_PERSON, school.office, "person", hex(school.teacher),
                          "back", "yes", NULL)
                    .done);
    assert_false(school_has(&school, school.teacher, ROLE_TEACHER));
    school_role(&school, school.teacher, "teacher");
    assert_true(school_has(&school, school.teacher, ROLE_TEACHER));
}

static void test_plain_roles(void **state)
{
    (void)state;
    const char *top = hex(school.top);
    struct outcome outcome = school_do(&school, ACT_GIVE_ROLE, school.office, "person",
                                       hex(school.office), "role", "teacher", "org", top, NULL);
    assert_true(school_refused(&outcome, "c-2.5") || school_refused(&outcome, "2.5"));
    outcome = school_do(&school, ACT_GIVE_ROLE, school.admin, "person", hex(school.teacher), "role",
                        "dsl", "org", top, NULL);
    assert_false(outcome.done);
    (void)school_bad(&school, ACT_GIVE_ROLE, school.admin, "person", hex(school.teacher), "role",
                     "teacher", "org", top, NULL);
    (void)school_bad(&school, ACT_GIVE_ROLE, school.admin, "person", hex(school.teacher), "role",
                     "king", "org", top, NULL);
    (void)school_bad(&school, ACT_GIVE_ROLE, school.admin, "person", hex(school.teacher), "role",
                     "volunteer", "org", top, "since", day(2), "until", day(1), NULL);
    outcome = school_do(&school, ACT_GIVE_ROLE, school.admin, "person", hex(school.teacher), "role",
                        "volunteer", "org", top, "since", day(3), NULL);
    assert_true(outcome.done && !school_has(&school, school.teacher, ROLE_VOLUNTEER));
    struct id held = school_role(&school, school.pupil, "volunteer");
    assert_true(school_has(&school, school.pupil, ROLE_VOLUNTEER));
    assert_true(
        school_do(&school, ACT_END_ROLE, school.office, "held", hex(held), "until", day(0), NULL)
            .done);
    assert_true(school_has(&school, school.pupil, ROLE_VOLUNTEER));
    assert_true(school_do(&school, ACT_END_ROLE, school.office, "held", hex(held), NULL).done);
    assert_false(school_has(&school, school.pupil, ROLE_VOLUNTEER));
    (void)school_bad(&school, ACT_END_ROLE, school.office, "held", hex(held), NULL);
}

static struct id propose(struct id by, struct id whom, const char *role)
{
    struct outcome outcome = school_do(&school, ACT_PROPOSE_ROLE, by, "person", hex(whom), "role",
                                       role, "org", hex(school.top), NULL);
    assert_true(outcome.done);
    return outcome.made;
}

static bool confirm(struct id by, struct id held)
{
    return school_do(&school, ACT_CONFIRM_ROLE, by, "held", hex(held), NULL).done;
}

static void test_two_confirm(void **state)
{
    (void)state;
    (void)school_bad(&school, ACT_PROPOSE_ROLE, school.admin, "person", hex(school.teacher), "role",
                     "teacher", "org", hex(school.top), NULL);
    struct id held = propose(school.admin, school.teacher, "deputy-dsl");
    assert_false(confirm(school.admin, held));   /* who proposed it */
    assert_false(confirm(school.teacher, held)); /* who gains */
    assert_false(confirm(school.other, held));   /* no role */
    assert_true(confirm(school.head, held));
    assert_false(school_has(&school, school.teacher, ROLE_DEPUTY_DSL));
    assert_false(confirm(school.head, held)); /* twice */
    assert_true(confirm(school.governor, held));
    assert_true(school_has(&school, school.teacher, ROLE_DEPUTY_DSL));
    (void)school_bad(&school, ACT_CONFIRM_ROLE, school.dsl, "held", hex(held), NULL);
    held = propose(school.head, school.other, "slt-member");
    assert_true(school_do(&school, ACT_REFUSE_ROLE, school.dsl, "held", hex(held), NULL).done);
    (void)school_bad(&school, ACT_CONFIRM_ROLE, school.dsl, "held", hex(held), NULL);
    assert_false(school_has(&school, school.other, ROLE_SLT_MEMBER));
}

/* The head's second record gains; the head's own yes does not count, and roles of trust stay with the record. */
static void test_two_records_confirm(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_LINK_SAME, school.office, "one", hex(school.head), "other",
                          hex(school.parent), NULL)
                    .done);
    assert_false(school_has(&school, school.parent, ROLE_HEADTEACHER));
    assert_true(school_has(&school, school.head, ROLE_PARENT));
    struct id held = propose(school.admin, school.parent, "governor");
    assert_false(confirm(school.head, held));
    assert_true(confirm(school.dsl, held) && confirm(school.governor, held));
    assert_true(school_has(&school, school.parent, ROLE_GOVERNOR));
    assert_false(school_has(&school, school.head, ROLE_GOVERNOR));
}

static void test_absence_and_deputy(void **state)
{
    (void)state;
    const char *top = hex(school.top);
    struct id held = propose(school.admin, school.teacher, "deputy-dsl");
    assert_true(confirm(school.head, held) && confirm(school.governor, held));
    (void)school_bad(&school, ACT_NAME_DEPUTY, school.head, "person", hex(school.other), "role",
                     "dsl", "org", top, NULL);
    struct outcome outcome = school_do(&school, ACT_NAME_DEPUTY, school.head, "person",
                                       hex(school.head), "role", "dsl", "org", top, NULL);
    assert_false(outcome.done);
    outcome = school_do(&school, ACT_NAME_DEPUTY, school.head, "person", hex(school.teacher),
                        "role", "dsl", "org", top, NULL);
    assert_true(outcome.done);
    assert_false(school_has(&school, school.teacher, ROLE_DSL));
    struct outcome away = school_do(&school, ACT_RECORD_ABSENCE, school.dsl, "person",
                                    hex(school.dsl), "since", day(0), NULL);
    assert_true(away.done && school_has(&school, school.teacher, ROLE_DSL));
    school_again(&school);
    assert_true(school_has(&school, school.teacher, ROLE_DSL));
    /* a deputy acts: the bar is placed by the one who stands in */
    outcome = school_do(&school, ACT_BAR_PARENT, school.teacher, "child", hex(school.pupil),
                        "parent", hex(school.parent), NULL);
    assert_true(outcome.done);
    assert_true(
        school_do(&school, ACT_END_ABSENCE, school.dsl, "absence", hex(away.made), NULL).done);
    assert_false(school_has(&school, school.teacher, ROLE_DSL));
    (void)school_bad(&school, ACT_END_ABSENCE, school.dsl, "absence", hex(away.made), NULL);
}

static void test_absence_bad(void **state)
{
    (void)state;
    const char *teacher = hex(school.teacher);
    struct outcome outcome = school_do(&school, ACT_RECORD_ABSENCE, school.other, "person", teacher,
                                       "since", day(0), NULL);
    assert_false(outcome.done);
    outcome = school_do(&school, ACT_RECORD_ABSENCE, school.office, "person", teacher, "since",
                        day(0), "until", day(3), NULL);
    assert_true(outcome.done);
    (void)school_bad(&school, ACT_RECORD_ABSENCE, school.office, "person", teacher, "since", day(0),
                     "until", day(-1), NULL);
    (void)school_bad(&school, ACT_RECORD_ABSENCE, school.office, "person", teacher, "since",
                     day(5000), NULL);
    (void)school_bad(&school, ACT_RECORD_ABSENCE, school.office, "person", teacher, NULL);
    (void)school_bad(&school, ACT_RECORD_ABSENCE, school.office, "since", day(0), NULL);
}

struct told {
    struct id owner;
    size_t owned, all;
};

static bool count_told(void *context, const void *row, struct error *error)
{
    struct told *told = context;
    const struct task_row *task = row;
    (void)error;
    if (!slice_is(task->kind, "role-given")) return true;
    told->all++;
    if (id_same(&task->owner, &told->owner)) told->owned++;
    return true;
}

static struct told tasks_of(struct id owner)
{
    struct told told = {.owner = owner};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school.record, &error);
    assert_non_null(db);
    assert_true(tasks_open(db, school.arena, count_told, &told, &error));
    record_read_done(school.record, db);
    return told;
}

/* Who holds a role hears of a new holder; where they leave, what told them is done with. */
static void test_holders_are_told(void **state)
{
    (void)state;
    size_t before = tasks_of(school.dsl).all;
    struct id held = propose(school.admin, school.teacher, "dsl");
    assert_true(confirm(school.head, held));
    assert_int_equal(tasks_of(school.dsl).all, before);
    assert_true(confirm(school.governor, held));
    assert_int_equal(tasks_of(school.dsl).owned, 1);
    assert_int_equal(tasks_of(school.teacher).owned, 0);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.office, "person", hex(school.dsl),
                          "day", day(0), NULL)
                    .done);
    assert_int_equal(tasks_of(school.dsl).owned, 0);
    assert_int_equal(tasks_of(school.dsl).all, before);
}

static void test_remove_deputy(void **state)
{
    (void)state;
    const char *top = hex(school.top);
    struct outcome named = school_do(&school, ACT_NAME_DEPUTY, school.head, "person",
                                     hex(school.other), "role", "teacher", "org", top, NULL);
    assert_true(named.done);
    (void)school_bad(&school, ACT_NAME_DEPUTY, school.head, "person", hex(school.other), "role",
                     "teacher", "org", top, NULL);
    (void)school_bad(&school, ACT_NAME_DEPUTY, school.head, "person", hex(school.teacher), "role",
                     "teacher", "org", top, "place", "0", NULL);
    assert_false(
        school_do(&school, ACT_REMOVE_DEPUTY, school.teacher, "deputy", hex(named.made), NULL)
            .done);
    assert_true(
        school_do(&school, ACT_REMOVE_DEPUTY, school.head, "deputy", hex(named.made), NULL).done);
    (void)school_bad(&school, ACT_REMOVE_DEPUTY, school.head, "deputy", hex(named.made), NULL);
}

int main(void)
{
#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ONE(test_add),           ONE(test_add_refused),
        ONE(test_add_bad),       ONE(test_twice),
        ONE(test_change),        ONE(test_last_of_an_office),
        ONE(test_leaver),        ONE(test_plain_roles),
        ONE(test_two_confirm),   ONE(test_two_records_confirm),
        ONE(test_absence_bad),   ONE(test_absence_and_deputy),
        ONE(test_remove_deputy), ONE(test_holders_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
