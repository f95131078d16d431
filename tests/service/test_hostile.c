/* What somebody with a grudge would try: a barred parent who works here, a pupil who sends orders by hand, two who shut each
 * other out; a clock that was set wrong; a second program on the same folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "school.h"
#include "service/keeping_read.h"
#include "service/record_parts.h"
#include "service/sees.h"

#define LONG_MILLISECONDS (400LL * 24 * 3600 * 1000)
#define STUCK_SECONDS 60

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

static struct outcome tie(enum record_act act, struct id actor, struct id parent,
                          const char *reason)
{
    return school_do(&school, act, actor, "child", hex(school.pupil), "parent", hex(parent),
                     "reason", reason, NULL);
}

static const char *today(void)
{
    static char day[11];
    date_format(date_from_day(record_today(school.record)), day);
    return day;
}

static bool says(struct slice text, const char *words)
{
    return memmem(text.at, text.length, words, strlen(words)) != NULL;
}

/* ---- bars ---- */

static void test_bar_not_told_to_child(void **state)
{
    (void)state;
    static const char *const secret[] = {"bar", "lift", "Court", "ended"};
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    struct outcome before = school_do(&school, ACT_OPEN_SEALED, school.pupil, "what",
                                      "whole-record", "person", hex(school.pupil), NULL);
    assert_true(before.done && says(before.content, hex(school.parent)));
    assert_true(tie(ACT_BAR_PARENT, school.office, school.parent, "Court order").done);
    assert_true(tie(ACT_ASK_LIFT, school.head, school.parent, "It ended").done);
    struct outcome after = school_do(&school, ACT_OPEN_SEALED, school.pupil, "what", "whole-record",
                                     "person", hex(school.pupil), NULL);
    assert_true(after.done);
    for (size_t i = 0; i < sizeof secret / sizeof *secret; i++)
        assert_false(says(after.content, secret[i]));
    assert_true(slice_equal(before.content, after.content));
    assert_true(tie(ACT_LIFT_BAR, school.dsl, school.parent, "").done);
}

/* Whatever they are here: of that child they learn what they would learn of nobody. */
static void test_barred_by_any_act(void **state)
{
    (void)state;
    static const enum record_act acts[] = {ACT_CHANGE_PERSON, ACT_INVITE, ACT_START_RESET,
                                           ACT_OPEN_SEALED, ACT_PLACE_HOLD};
    struct id tied = tie(ACT_BAR_PARENT, school.dsl, school.admin, "Court order").made;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        const char *why =
            school_bad(&school, acts[i], school.admin, "person", hex(school.pupil), "what",
                       "whole-record", "reason", "Curious", "known-as", "Pip", NULL);
        const char *nobody = school_bad(&school, acts[i], school.admin, "person", hex(id_make()),
                                        "what", "whole-record", "reason", "Curious", NULL);
        assert_string_equal(why, nobody);
    }
    (void)school_bad(&school, ACT_OPEN_SEALED, school.admin, "what", "bar-reason", "of", hex(tied),
                     "reason", "Curious", NULL);
    assert_true(school_do(&school, ACT_OPEN_SEALED, school.head, "what", "bar-reason", "of",
                          hex(tied), "reason", "To check it", NULL)
                    .done);
    /* by a record linked to theirs as well */
    struct id twin = school_person(&school, "Hilda", "Twin");
    assert_true(school_do(&school, ACT_LINK_SAME, school.office, "one", hex(school.head), "other",
                          hex(twin), NULL)
                    .done);
    assert_true(tie(ACT_BAR_PARENT, school.dsl, twin, "").done);
    (void)school_bad(&school, ACT_OPEN_SEALED, school.head, "what", "whole-record", "person",
                     hex(school.pupil), "reason", "Curious", NULL);
}

static void same_as_unknown(enum record_act act, const char *key, struct id id)
{
    const char *why = school_bad(&school, act, school.admin, key, hex(id), "reason", "Mine", NULL);
    const char *nothing =
        school_bad(&school, act, school.admin, key, hex(id_make()), "reason", "Mine", NULL);
    assert_string_equal(why, nothing);
}

static struct id role_of_person(struct id who)
{
    struct id held = {{0}};
    const struct register_view *view = register_hold(school.record);
    const struct registered *person = register_person(view, &who);
    for (size_t i = 0; i < person->role_count; i++) held = person->roles[i].id;
    register_let_go(school.record, view);
    return held;
}

/* Nor by the number of what is about the child. */
static void test_barred_by_number(void **state)
{
    (void)state;
    const char *pupil = hex(school.pupil);
    struct outcome asked = school_do(&school, ACT_ASK_ERASURE, school.head, "person", pupil,
                                     "reason", "They moved away", NULL);
    struct outcome hold = school_do(&school, ACT_PLACE_HOLD, school.head, "person", pupil, "reason",
                                    "An inquiry", NULL);
    struct outcome away = school_do(&school, ACT_RECORD_ABSENCE, school.office, "person", pupil,
                                    "since", today(), NULL);
    struct outcome deputy = school_do(&school, ACT_NAME_DEPUTY, school.head, "person", pupil,
                                      "role", "teacher", "org", hex(school.top), NULL);
    assert_true(asked.done && hold.done && away.done && deputy.done);
    assert_true(tie(ACT_BAR_PARENT, school.dsl, school.admin, "Court order").done);
    same_as_unknown(ACT_LIFT_HOLD, "hold", hold.made);
    same_as_unknown(ACT_CONFIRM_ERASURE, "erasure", asked.made);
    same_as_unknown(ACT_WITHDRAW_ERASURE, "erasure", asked.made);
    same_as_unknown(ACT_END_ABSENCE, "absence", away.made);
    same_as_unknown(ACT_REMOVE_DEPUTY, "deputy", deputy.made);
    assert_string_equal(school_bad(&school, ACT_NAME_DEPUTY, school.admin, "person", pupil, "role",
                                   "visitor", "org", hex(school.top), NULL),
                        school_bad(&school, ACT_NAME_DEPUTY, school.admin, "person", hex(id_make()),
                                   "role", "visitor", "org", hex(school.top), NULL));
    same_as_unknown(ACT_END_ROLE, "held", role_of_person(school.pupil));
    assert_true(school_do(&school, ACT_LIFT_HOLD, school.head, "hold", hex(hold.made), "reason",
                          "It is over", NULL)
                    .done);
}

/* ---- what a no tells ---- */

static void same_no(const struct outcome *one, const struct outcome *other)
{
    assert_false(one->done || other->done);
    assert_int_equal(one->verdict, other->verdict);
    assert_int_equal(one->clauses.count, other->clauses.count);
    assert_true(slice_equal(one->sentence, other->sentence));
}

static struct outcome pupil_asks(struct id person)
{
    return school_do(&school, ACT_ASK_ERASURE, school.pupil, "person", hex(person), "reason", "Why",
                     NULL);
}

static struct outcome pupil_changes(const char *key, const char *value)
{
    return school_do(&school, ACT_CHANGE_PERSON, school.pupil, "person", hex(school.teacher), key,
                     value, NULL);
}

static void test_no_tells_nothing(void **state)
{
    (void)state;
    struct outcome plain = pupil_asks(school.other);
    struct outcome held = school_do(&school, ACT_PLACE_HOLD, school.head, "person",
                                    hex(school.teacher), "reason", "An inquiry", NULL);
    assert_true(held.done);
    struct outcome asked = pupil_asks(school.teacher);
    same_no(&plain, &asked);
    /* who may ask is told why not */
    asked = school_do(&school, ACT_ASK_ERASURE, school.admin, "person", hex(school.teacher),
                      "reason", "They left", NULL);
    assert_true(school_refused(&asked, "5.3"));
    /* nor is it told that an erasure waits, or what stands in the record */
    assert_true(school_do(&school, ACT_ASK_ERASURE, school.admin, "person", hex(school.other),
                          "reason", "They left", NULL)
                    .done);
    asked = pupil_asks(school.other);
    same_no(&plain, &asked);
    struct outcome changed = pupil_changes("known-as", "Tommy");
    struct outcome guessed = pupil_changes("was-given", "Tim");
    same_no(&changed, &guessed);
    struct outcome nonsense = pupil_changes("born", "soon");
    same_no(&changed, &nonsense);
}

/* A clause that forbids something under a condition does not open its pages, nor names, to whom no clause allows it. */
static void test_no_names_for_pupils(void **state)
{
    (void)state;
    static const enum record_act never[] = {
        ACT_GIVE_ROLE,   ACT_PROPOSE_ROLE,    ACT_CONFIRM_ROLE, ACT_END_ROLE,       ACT_ASK_LIFT,
        ACT_LIFT_BAR,    ACT_LINK_SAME,       ACT_PART_SAME,    ACT_NAME_DEPUTY,    ACT_LIFT_HOLD,
        ACT_ASK_ERASURE, ACT_CONFIRM_ERASURE, ACT_PLACE_HOLD,   ACT_RECORD_ABSENCE, ACT_ADD_PERSON};
    struct people_seen people;
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        assert_false(desk_may(school.record, &school.pupil, never[i]));
    assert_true(desk_may(school.record, &school.pupil, ACT_TELL));
    assert_true(desk_may(school.record, &school.pupil, ACT_OPEN_SEALED)); /* their own */
    assert_true(desk_may(school.record, &school.teacher, ACT_RECORD_ABSENCE));
    assert_true(desk_may(school.record, &school.head, ACT_ASK_ERASURE));
    assert_true(desk_may(school.record, &school.dsl, ACT_LIFT_BAR));
    assert_true(desk_may(school.record, &school.governor, ACT_CONFIRM_ROLE));
    assert_false(sees_what(school.record, &school.pupil).lists);
    assert_false(sees_what(school.record, &school.teacher).lists);
    assert_true(sees_what(school.record, &school.office).lists);
    assert_true(sees_what(school.record, &school.governor).lists);
    assert_false(sees_what(school.record, &school.office).leads);
    assert_true(sees_what(school.record, &school.governor).leads);
    keeping_search(school.record, &school.pupil, ACT_ASK_ERASURE, SLICE("T"), school.arena,
                   &people);
    assert_int_equal(people.list.count, 0);
    keeping_search(school.record, &school.head, ACT_ASK_ERASURE, SLICE("T"), school.arena, &people);
    assert_true(people.list.count > 0);
}

/* ---- reports ---- */

static size_t told(struct id person)
{
    struct tasks_seen tasks;
    struct error error = {.code = ERROR_NONE};
    size_t count = 0;
    if (!keeping_tasks(school.record, &person, school.arena, &tasks, &error))
        fail_msg("%s", error.sentence);
    for (size_t i = 0; i < tasks.list.count; i++)
        count += slice_is(tasks.list.at[i].kind, "told") ? 1 : 0;
    return count;
}

/* It is about the administrator; the safeguarding lead, who has it, leaves. */
static void test_report_outlives_its_reader(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_TELL, school.teacher, "text", "Ada wrote to a pupil",
                          "about", hex(school.admin), NULL)
                    .done);
    assert_int_equal(told(school.dsl), 1);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.head, "person", hex(school.dsl), "day",
                          today(), DESK_DESPITE, "They are ill", NULL)
                    .done);
    assert_int_equal(told(school.admin), 0);
    assert_int_equal(told(school.head), 1);
}

static void test_last_administrator_stays(void **state)
{
    (void)state;
    struct outcome asked = school_do(&school, ACT_ASK_ERASURE, school.head, "person",
                                     hex(school.admin), "reason", "By mistake", NULL);
    assert_true(asked.done);
    const char *why =
        school_bad(&school, ACT_CONFIRM_ERASURE, school.dsl, "erasure", hex(asked.made), NULL);
    assert_non_null(strstr(why, "only administrator"));
    assert_true(school_has(&school, school.admin, ROLE_ADMINISTRATOR));
}

static bool ends(struct id by, struct id held, int64_t last)
{
    char day[11];
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    date_format(date_from_day(record_today(school.record) + last), day);
    order_init(&order, ACT_END_ROLE, by);
    order_set(&order, school.arena, "held", slice_of(hex(held)));
    order_set(&order, school.arena, "until", slice_of(day));
    bool done = desk_do(school.record, &order, school.arena, &outcome, &error) && outcome.done;
    if (!done) assert_non_null(strstr(error.sentence, "administrator"));
    return done;
}

/* Two could each give the other's role a last day to come; the one who stays may not. */
static void test_two_end_each_other(void **state)
{
    (void)state;
    struct outcome proposed =
        school_do(&school, ACT_PROPOSE_ROLE, school.head, "person", hex(school.other), "role",
                  "administrator", "org", hex(school.top), NULL);
    const char *held = hex(proposed.made);
    assert_false(ends(school.head, role_of_person(school.admin), 5)); /* proposed is not held */
    assert_true(school_do(&school, ACT_CONFIRM_ROLE, school.dsl, "held", held, NULL).done);
    assert_true(school_do(&school, ACT_CONFIRM_ROLE, school.governor, "held", held, NULL).done);
    assert_true(ends(school.other, role_of_person(school.admin), 5));
    assert_false(ends(school.admin, proposed.made, 4));
    assert_false(ends(school.admin, proposed.made, 9));
    (void)school_bad(&school, ACT_RECORD_LEAVER, school.head, "person", hex(school.other), "day",
                     today(), NULL);
    assert_true(ends(school.head, role_of_person(school.admin), 0)); /* the other one stays */
}

static void test_told_to_no_school(void **state)
{
    (void)state;
    assert_true(
        school_do(&school, ACT_TELL, school.pupil, "text", "Help", "org", hex(id_make()), NULL)
            .done);
    assert_int_equal(told(school.dsl), 1);
}

/* ---- deputies ---- */

/* Named by one hand while in a role of trust, which two others ended since. */
static void test_deputy_of_no_trust(void **state)
{
    (void)state;
    assert_true(school_do(&school, ACT_NAME_DEPUTY, school.admin, "role", "dsl", "org",
                          hex(school.top), "person", hex(school.governor), NULL)
                    .done);
    assert_true(school_do(&school, ACT_RECORD_ABSENCE, school.office, "person", hex(school.dsl),
                          "since", today(), NULL)
                    .done);
    assert_true(school_has(&school, school.governor, ROLE_DSL));
    struct id held = role_of_person(school.governor);
    assert_true(school_do(&school, ACT_END_ROLE, school.head, "held", hex(held), NULL).done);
    assert_false(school_has(&school, school.governor, ROLE_DSL));
    struct outcome bars = tie(ACT_BAR_PARENT, school.governor, school.parent, "Mine to say");
    assert_false(bars.done);
}

/* ---- what is typed ---- */

static void test_name_of_organisation(void **state)
{
    (void)state;
    static const char *const bad[] = {"Hill\x01School", "Hill\xFFSchool", "Hill\nSchool",
                                      "Hill\xC2\x85School"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        (void)school_bad(&school, ACT_ADD_ORGANISATION, school.admin, "name", bad[i], "kind",
                         "school", NULL);
    assert_true(school_do(&school, ACT_ADD_ORGANISATION, school.admin, "name", "Ysgol y Bryn",
                          "kind", "school", NULL)
                    .done);
}

/* ---- a clock that was set wrong ---- */

static void test_clock_set_back(void **state)
{
    (void)state;
    int64_t right = (int64_t)time(NULL) * 1000;
    pthread_mutex_lock(&school.record->lock);
    school.record->now = right + LONG_MILLISECONDS;
    pthread_mutex_unlock(&school.record->lock);
    school.record->last_at = school.record->last_at_kept = right + LONG_MILLISECONDS;
    struct id person = school_person(&school, "Later", "Somebody");
    assert_true(school.record->last_at >= right + LONG_MILLISECONDS); /* events keep their order */
    assert_in_range(record_now(school.record), right - 1000, right + STUCK_SECONDS * 1000);
    school_again(&school); /* whose newest event lies in the future */
    assert_in_range(record_now(school.record), right - 1000, right + STUCK_SECONDS * 1000);
    school_role(&school, person, "teacher");
    /* a small step is waited out */
    pthread_mutex_lock(&school.record->lock);
    int64_t ahead = school.record->now += (int64_t)60 * 1000;
    pthread_mutex_unlock(&school.record->lock);
    assert_int_equal(record_now(school.record), ahead);
}

/* ---- a second program ---- */

static struct record *second_program(void)
{
    struct record_place place = {.folder = school.folder, .not_synced = true};
    struct record *record;
    struct error error = {.code = ERROR_NONE};
    if (!record_open(&place, &record, &error)) fail_msg("%s", error.sentence);
    return record;
}

/* What it changed is read in even where the first act afterwards fails. */
static void test_catches_up(void **state)
{
    (void)state;
    struct record *own = school.record, *other = second_program();
    school.record = other;
    struct id person = school_person(&school, "From", "Elsewhere");
    school.record = own;
    own->policy_touched = false;
    (void)school_bad(&school, ACT_ADD_PERSON, school.admin, "given", "A", NULL);
    assert_true(own->policy_touched && own->touched.everything); /* waits for the next commit */
    school_role(&school, person, "teacher");
    assert_false(own->policy_touched || own->touched.everything);
    assert_true(school_has(&school, person, ROLE_TEACHER));
    record_close(other);
}

/* Nobody writes here, and yet who was let go there is gone from the pages. */
static void test_keeps_up(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct record *own = school.record, *other = second_program();
    assert_true(school_has(&school, school.teacher, ROLE_TEACHER));
    school.record = other;
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person", hex(school.teacher),
                          "day", today(), NULL)
                    .done);
    school.record = own;
    assert_true(record_keep_up(own, &error));
    assert_false(school_has(&school, school.teacher, ROLE_TEACHER));
    record_close(other);
}

/* ---- everybody at once ---- */

static void *list_tasks(void *context)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct tasks_seen tasks;
    struct error error = {.code = ERROR_NONE};
    (void)context;
    return keeping_tasks(school.record, &school.head, arena, &tasks, &error) ? &school : NULL;
}

static void *write_something(void *context)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    order_init(&order, ACT_RECORD_ABSENCE, school.head);
    order_set(&order, arena, "person", slice_of(context));
    order_set(&order, arena, "since", slice_of(today()));
    return desk_do(school.record, &order, arena, &outcome, &error) ? &school : NULL;
}

static void sleep_a_little(void)
{
    struct timespec pause = {0, 300 * 1000000};
    nanosleep(&pause, NULL);
}

/* One page holds the register and wants a reader; another has the last reader and wants the register; a writer waits between
 * them. Whoever is stuck is ended by the alarm. */
static void test_nobody_is_stuck(void **state)
{
    (void)state;
    struct db *taken[RECORD_READERS_LARGEST];
    struct error error = {.code = ERROR_NONE};
    pthread_t lists, writes;
    void *listed, *written;
    const char *head = hex(school.head);
    alarm(STUCK_SECONDS);
    for (size_t i = 0; i + 1 < RECORD_READERS_LARGEST; i++) {
        taken[i] = record_read(school.record, &error);
        assert_non_null(taken[i]);
    }
    const struct register_view *view = register_hold(school.record);
    char copy[64];
    (void)snprintf(copy, sizeof copy, "%s", head);
    assert_int_equal(pthread_create(&writes, NULL, write_something, copy), 0);
    sleep_a_little();
    assert_int_equal(pthread_create(&lists, NULL, list_tasks, NULL), 0);
    sleep_a_little();
    struct db *last = record_read(school.record, &error);
    assert_non_null(last);
    record_read_done(school.record, last);
    register_let_go(school.record, view);
    assert_int_equal(pthread_join(lists, &listed), 0);
    assert_int_equal(pthread_join(writes, &written), 0);
    assert_true(listed != NULL && written != NULL);
    for (size_t i = 0; i + 1 < RECORD_READERS_LARGEST; i++)
        record_read_done(school.record, taken[i]);
    alarm(0);
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(test_bar_not_told_to_child),
        ONE(test_barred_by_any_act),
        ONE(test_barred_by_number),
        ONE(test_no_tells_nothing),
        ONE(test_no_names_for_pupils),
        ONE(test_name_of_organisation),
        ONE(test_clock_set_back),
        ONE(test_catches_up),
        ONE(test_keeps_up),
        ONE(test_report_outlives_its_reader),
        ONE(test_last_administrator_stays),
        ONE(test_two_end_each_other),
        ONE(test_nobody_is_stuck),
        ONE(test_told_to_no_school),
        ONE(test_deputy_of_no_trust),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
