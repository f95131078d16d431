/* Parents and bars: who may, what follows linked records, what a refusal does not tell, and what the tables do not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

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

static struct outcome tie(enum record_act act, struct id actor, struct id parent,
                          const char *reason)
{
    return school_do(&school, act, actor, "child", school_hex(&school, school.pupil), "parent",
                     school_hex(&school, parent), "reason", reason, NULL);
}

static const char *bad_tie(enum record_act act, struct id actor, struct id parent,
                           const char *reason)
{
    return school_bad(&school, act, actor, "child", school_hex(&school, school.pupil), "parent",
                      school_hex(&school, parent), "reason", reason, NULL);
}

static bool barred(struct id parent)
{
    const struct register_view *view = register_hold(school.record);
    bool is = register_barred(view, &parent, &school.pupil);
    register_let_go(school.record, view);
    return is;
}

static size_t parents(bool barred_too)
{
    const struct registered **list;
    const struct register_view *view = register_hold(school.record);
    size_t count = register_parents(view, &school.pupil, barred_too, school.arena, &list);
    register_let_go(school.record, view);
    return count;
}

static size_t children(struct id parent)
{
    const struct registered **list;
    const struct register_view *view = register_hold(school.record);
    size_t count = register_children(view, &parent, false, school.arena, &list);
    register_let_go(school.record, view);
    return count;
}

static void test_link(void **state)
{
    (void)state;
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_int_equal(parents(false), 1);
    assert_int_equal(children(school.parent), 1);
    assert_string_equal(bad_tie(ACT_LINK_PARENT, school.office, school.parent, ""),
                        "these two are linked as parent and child already");
    assert_false(tie(ACT_LINK_PARENT, school.teacher, school.other, "").done);
    assert_string_equal(bad_tie(ACT_LINK_PARENT, school.office, school.pupil, ""),
                        "nobody is their own parent");
    school_again(&school);
    assert_int_equal(parents(false), 1);
    assert_true(tie(ACT_END_LINK, school.office, school.parent, "").done);
    assert_int_equal(parents(true), 0);
    (void)bad_tie(ACT_END_LINK, school.office, school.parent, "");
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_int_equal(children(school.parent), 1);
}

static void test_bar(void **state)
{
    (void)state;
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_true(tie(ACT_BAR_PARENT, school.office, school.parent, "Court order of 3 May").done);
    assert_true(barred(school.parent));
    assert_int_equal(parents(false), 0);
    assert_int_equal(parents(true), 1);
    assert_int_equal(children(school.parent), 0);
    (void)bad_tie(ACT_BAR_PARENT, school.office, school.parent, "");
    school_again(&school);
    assert_true(barred(school.parent));
    assert_int_equal(children(school.parent), 0);
    /* the link may go; the bar stays, also where the link comes back */
    assert_true(tie(ACT_END_LINK, school.office, school.parent, "").done);
    assert_true(barred(school.parent));
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_true(barred(school.parent));
}

static void test_lift_takes_two(void **state)
{
    (void)state;
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_true(tie(ACT_BAR_PARENT, school.dsl, school.parent, "").done);
    (void)bad_tie(ACT_LIFT_BAR, school.dsl, school.parent, "");
    assert_false(tie(ACT_ASK_LIFT, school.head, school.parent, "").done);      /* no reason */
    assert_false(tie(ACT_ASK_LIFT, school.office, school.parent, "Yes").done); /* not theirs */
    assert_true(tie(ACT_ASK_LIFT, school.head, school.parent, "The order ended").done);
    assert_true(barred(school.parent));
    assert_false(tie(ACT_LIFT_BAR, school.head, school.parent, "").done);
    /* who asked is remembered whatever else happens to the link */
    assert_true(tie(ACT_END_LINK, school.office, school.parent, "").done);
    assert_false(tie(ACT_LIFT_BAR, school.head, school.parent, "").done);
    (void)bad_tie(ACT_ASK_LIFT, school.dsl, school.parent, "Again");
    assert_true(tie(ACT_LIFT_BAR, school.dsl, school.parent, "").done);
    assert_false(barred(school.parent));
    assert_int_equal(parents(true), 0); /* the link had gone */
}

static void test_bar_follows_records(void **state)
{
    (void)state;
    const char *other = school_hex(&school, school.other),
               *parent = school_hex(&school, school.parent);
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_true(tie(ACT_LINK_PARENT, school.office, school.other, "").done);
    assert_true(tie(ACT_BAR_PARENT, school.dsl, school.parent, "").done);
    assert_false(barred(school.other));
    assert_int_equal(parents(false), 1);
    /* the teacher turns out to be the barred parent */
    assert_true(
        school_do(&school, ACT_LINK_SAME, school.office, "one", other, "other", parent, NULL).done);
    assert_true(barred(school.other));
    assert_int_equal(parents(false), 0);
    assert_int_equal(children(school.other), 0);
    school_again(&school);
    assert_true(barred(school.other));
    (void)school_bad(&school, ACT_LINK_SAME, school.office, "one", parent, "other", other, NULL);
    (void)school_bad(&school, ACT_PART_SAME, school.office, "one", parent, "other", other, NULL);
    assert_true(barred(school.other));
    assert_true(tie(ACT_ASK_LIFT, school.head, school.parent, "Wrong person").done);
    assert_true(tie(ACT_LIFT_BAR, school.dsl, school.parent, "").done);
    assert_true(
        school_do(&school, ACT_PART_SAME, school.office, "one", parent, "other", other, NULL).done);
    assert_int_equal(parents(false), 2);
    (void)school_bad(&school, ACT_PART_SAME, school.office, "one", parent, "other", other, NULL);
}

static void test_nobody_links_their_own(void **state)
{
    (void)state;
    struct outcome outcome =
        school_do(&school, ACT_LINK_SAME, school.office, "one", school_hex(&school, school.teacher),
                  "other", school_hex(&school, school.office), NULL);
    assert_false(outcome.done);
    assert_int_equal(outcome.verdict, VERDICT_NOT_ALLOWED);
}

/* One who may not ask gets the same answer, word for word, whether there is a bar or not. */
static void test_refusal_tells_nothing(void **state)
{
    (void)state;
    static const enum record_act acts[] = {ACT_LINK_PARENT, ACT_END_LINK, ACT_BAR_PARENT,
                                           ACT_ASK_LIFT, ACT_LIFT_BAR};
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        struct outcome before = tie(acts[i], school.parent, school.parent, "Why");
        if (i == 0) assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
        assert_true(tie(ACT_BAR_PARENT, school.dsl, school.parent, "").done);
        struct outcome after = tie(acts[i], school.parent, school.parent, "Why");
        assert_false(before.done || after.done);
        assert_true(slice_equal(before.sentence, after.sentence));
        assert_true(tie(ACT_ASK_LIFT, school.head, school.parent, "Test").done);
        assert_true(tie(ACT_LIFT_BAR, school.dsl, school.parent, "").done);
    }
}

struct seen {
    struct arena *arena;
    size_t ties;
    struct slice act, kind;
};

static bool look(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct seen *seen = context;
    struct event event;
    (void)n;
    if (!event_read(body, seen->arena, &event, error)) return false;
    if (slice_search(body, SLICE("Court order")) != body.length) return false;
    struct slice act = event_value(&event, "act");
    assert_false(slice_is(act, "bar-parent") || slice_is(act, "ask-lift") ||
                 slice_is(act, "lift-bar"));
    if (!slice_is(event.kind, "tie-set")) return true;
    seen->ties++;
    assert_true(slice_is(event_value(&event, "act"), "tie"));
    assert_true(slice_is(event_value(&event, "state"), "linked"));
    assert_int_equal(event.parts.count, 1);
    return true;
}

/* Without the keys a bar looks like a link: same kind, same fields, same size. */
static void test_bar_is_sealed(void **state)
{
    (void)state;
    struct seen seen = {.arena = school.arena};
    struct error error = {.code = ERROR_NONE};
    assert_true(tie(ACT_LINK_PARENT, school.office, school.other, "").done);
    assert_true(tie(ACT_LINK_PARENT, school.office, school.parent, "").done);
    assert_true(tie(ACT_BAR_PARENT, school.office, school.parent, "Court order of 3 May").done);
    assert_false(tie(ACT_LIFT_BAR, school.teacher, school.parent, "").done);
    assert_true(tie(ACT_ASK_LIFT, school.head, school.parent, "Court order ended").done);
    assert_true(tie(ACT_LIFT_BAR, school.dsl, school.parent, "").done);
    struct db *db = record_read(school.record, &error);
    assert_non_null(db);
    assert_true(events_each(db, 0, UINT64_MAX, look, &seen, &error));
    assert_int_equal(seen.ties, 5);
    record_read_done(school.record, db);
}

int main(void)
{
#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        ONE(test_link),
        ONE(test_bar),
        ONE(test_lift_takes_two),
        ONE(test_bar_follows_records),
        ONE(test_nobody_links_their_own),
        ONE(test_refusal_tells_nothing),
        ONE(test_bar_is_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
