/* Holds, erasures, opened things, kept answers, telling: each allowed, refused with its clause, done twice, with bad values. */
#include "made.h"

#include <string.h>

#include "service/desk_parts.h"
#include "service/keeping.h"
#include "service/people.h"
#include "service/upload.h"
#include "store/keeping.h"
#include "store/keys.h"

static struct made made;

static int begin(void **state)
{
    (void)state;
    made_begin(&made);
    return 0;
}

static int end(void **state)
{
    (void)state;
    made_end(&made);
    return 0;
}

/* ---- helpers ---- */

static void is_clause(const struct outcome *outcome, const char *clause)
{
    for (size_t i = 0; i < outcome->clauses.count; i++)
        if (slice_is(outcome->clauses.at[i], clause)) return;
    fail_msg("the outcome does not rest on clause %s", clause);
}

/* After every test: the tables are what the events make of them, and the log is whole. */
static void whole(void)
{
    struct error error = {.code = ERROR_NONE};
    struct rebuild *rebuild = ARENA_NEW(made.arena, struct rebuild);
    AUTO(verify) struct verify *verify = NULL;
    bool tied;
    size_t count;
    if (!record_rebuild_check(made.record, made.arena, rebuild, &error))
        fail_msg("%s", error.sentence);
    if (rebuild->wrong > 0) fail_msg("%.*s", SLICE_PRINT(rebuild->findings[0]));
    assert_true(rebuild->events > 0 && rebuild->keys > 0);
    assert_true(record_verify(made.folder, SLICE_EMPTY, SLICE_EMPTY, &verify, &error));
    size_t wrong = verify_end(verify, &tied);
    const struct verify_finding *findings = verify_findings(verify, &count);
    if (wrong > 0) fail_msg("%s", findings[0].sentence);
}

struct tasks {
    struct task_row rows[20];
    size_t count;
};
static bool see_task(void *context, const void *row, struct error *error)
{
    struct tasks *tasks = context;
    struct task_row copy = *(const struct task_row *)row;
    (void)error;
    copy.kind = arena_copy(made.arena, copy.kind);
    copy.role = arena_copy(made.arena, copy.role);
    if (tasks->count < 20) tasks->rows[tasks->count++] = copy;
    return true;
}
static struct tasks open_tasks(void)
{
    struct tasks tasks = {.count = 0};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(made.record, &error);
    assert_non_null(db);
    assert_true(tasks_open(db, made.arena, see_task, &tasks, &error));
    record_read_done(made.record, db);
    return tasks;
}

static struct person_row row_of(struct id person)
{
    struct person_row row;
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(made.record, &error);
    assert_true(people_row(db, &person, made.arena, &row, &error));
    record_read_done(made.record, db);
    return row;
}

/* ---- holds ---- */

static void holds(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id teacher = made_staff(&made, "tess", ROLE_TEACHER);
    struct id pupil = made_staff(&made, "pip", ROLE_PUPIL);
    const char *who = made_hex(&made, pupil);
    struct outcome refused =
        made_do(&made, ACT_PLACE_HOLD, teacher, "person", who, "reason", "because", NULL);
    assert_false(refused.done);
    made_fails(&made, ACT_PLACE_HOLD, head, "person", who, NULL);
    made_fails(&made, ACT_PLACE_HOLD, head, "person", "nobody", "reason", "x", NULL);
    struct outcome placed =
        made_do(&made, ACT_PLACE_HOLD, head, "person", who, "reason", "A tribunal asks", NULL);
    assert_true(placed.done);
    is_clause(&placed, "5.1");
    const char *hold = made_hex(&made, placed.made);
    struct outcome asked =
        made_do(&made, ACT_ASK_ERASURE, head, "person", who, "reason", "They ask", NULL);
    assert_false(asked.done);
    is_clause(&asked, "5.3");
    assert_false(made_do(&made, ACT_LIFT_HOLD, teacher, "hold", hold, "reason", "x", NULL).done);
    assert_true(
        made_do(&made, ACT_LIFT_HOLD, head, "hold", hold, "reason", "It is over", NULL).done);
    made_fails(&made, ACT_LIFT_HOLD, head, "hold", hold, "reason", "again", NULL);
    assert_true(
        made_do(&made, ACT_ASK_ERASURE, head, "person", who, "reason", "They ask", NULL).done);
    whole();
}

/* ---- erasing ---- */

static void erasing_takes_two(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    struct id pupil = made_staff(&made, "pip", ROLE_PUPIL);
    const char *who = made_hex(&made, pupil);
    struct outcome asked =
        made_do(&made, ACT_ASK_ERASURE, head, "person", who, "reason", "They ask", NULL);
    const char *erasure = made_hex(&made, asked.made);
    made_fails(&made, ACT_ASK_ERASURE, head, "person", who, "reason", "twice", NULL);
    struct outcome own = made_do(&made, ACT_CONFIRM_ERASURE, head, "erasure", erasure, NULL);
    assert_false(own.done);
    struct outcome hold =
        made_do(&made, ACT_PLACE_HOLD, dsl, "person", who, "reason", "Wait", NULL);
    struct outcome held = made_do(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", erasure, NULL);
    assert_false(held.done);
    is_clause(&held, "5.3");
    made_do(&made, ACT_LIFT_HOLD, dsl, "hold", made_hex(&made, hold.made), "reason", "Go on", NULL);
    struct outcome done = made_do(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", erasure, NULL);
    assert_true(done.done);
    is_clause(&done, "5.2");
    assert_int_equal(done.sentence.length, 0);
    struct person_row row = row_of(pupil);
    assert_true(slice_is(row.state, "erased"));
    assert_true(row.details == ROW_NOTHING);
    made_fails(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", erasure, NULL);
    whole();
    made_close(&made);
    made_run(1, "grep -rqa 'pip@oaklane\\|They ask' %s", made.root);
    made_open(&made);
    whole();
}

static void withdrawn(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    struct id pupil = made_staff(&made, "pip", ROLE_PUPIL);
    const char *who = made_hex(&made, pupil);
    struct outcome asked =
        made_do(&made, ACT_ASK_ERASURE, head, "person", who, "reason", "They ask", NULL);
    const char *erasure = made_hex(&made, asked.made);
    assert_true(made_do(&made, ACT_WITHDRAW_ERASURE, head, "erasure", erasure, NULL).done);
    made_fails(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", erasure, NULL);
    assert_true(slice_is(row_of(pupil).state, "here"));
    whole();
}

static void linked_records_go_together(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    struct id one = made_staff(&made, "onetwo", ROLE_PARENT);
    struct id two = made_staff(&made, "twoone", ROLE_VOLUNTEER);
    struct id child = made_staff(&made, "kit", ROLE_PUPIL);
    made_parent(&made, &one, &child);
    assert_true(made_do(&made, ACT_LINK_SAME, head, "one", made_hex(&made, one), "other",
                        made_hex(&made, two), NULL)
                    .done);
    struct outcome hold = made_do(&made, ACT_PLACE_HOLD, dsl, "person", made_hex(&made, two),
                                  "reason", "An inquiry", NULL);
    struct outcome asked = made_do(&made, ACT_ASK_ERASURE, head, "person", made_hex(&made, one),
                                   "reason", "They ask", NULL);
    assert_false(asked.done);
    made_do(&made, ACT_LIFT_HOLD, dsl, "hold", made_hex(&made, hold.made), "reason", "Over", NULL);
    asked = made_do(&made, ACT_ASK_ERASURE, head, "person", made_hex(&made, one), "reason",
                    "They ask", NULL);
    assert_true(
        made_do(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", made_hex(&made, asked.made), NULL)
            .done);
    assert_true(slice_is(row_of(one).state, "erased"));
    assert_true(slice_is(row_of(two).state, "erased"));
    assert_true(slice_is(row_of(child).state, "here"));
    whole();
}

/* ---- opening ---- */

static void opening(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id teacher = made_staff(&made, "tess", ROLE_TEACHER);
    const char *who = made_hex(&made, teacher);
    struct outcome placed =
        made_do(&made, ACT_PLACE_HOLD, head, "person", who, "reason", "A tribunal asks", NULL);
    const char *hold = made_hex(&made, placed.made);
    struct outcome opened = made_do(&made, ACT_OPEN_SEALED, head, "what", "hold-reason", "of", hold,
                                    "reason", "The lawyer asked", NULL);
    assert_true(opened.done);
    is_clause(&opened, "5.4");
    assert_true(slice_is(slice_trim(opened.content), "A tribunal asks"));
    made_fails(&made, ACT_OPEN_SEALED, teacher, "what", "hold-reason", "of", hold, "reason", "x",
               NULL);
    made_fails(&made, ACT_OPEN_SEALED, head, "what", "everything", NULL);
    made_fails(&made, ACT_OPEN_SEALED, head, "what", "whole-record", "person", who, NULL);
    struct outcome all = made_do(&made, ACT_OPEN_SEALED, head, "what", "whole-record", "person",
                                 who, "reason", "They asked for a copy", NULL);
    assert_true(all.done);
    assert_true(slice_search(all.content, SLICE("A tribunal asks")) < all.content.length);
    struct outcome own =
        made_do(&made, ACT_OPEN_SEALED, teacher, "what", "whole-record", "person", who, NULL);
    assert_true(own.done);
    assert_true(slice_search(own.content, SLICE("tess")) < own.content.length);
    assert_true(slice_search(own.content, SLICE("A tribunal asks")) == own.content.length);
    struct outcome others = made_do(&made, ACT_OPEN_SEALED, teacher, "what", "whole-record",
                                    "person", made_hex(&made, head), "reason", "Curious", NULL);
    assert_false(others.done);
    assert_int_equal(others.content.length, 0);
    whole();
}

/* ---- kept answers ---- */

static size_t key_count(void)
{
    uint64_t count;
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(made.record, &error);
    assert_true(person_keys_count(db, &count, &error));
    record_read_done(made.record, db);
    return (size_t)count;
}

static void answers(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id teacher = made_staff(&made, "tess", ROLE_TEACHER);
    size_t before = key_count();
    struct outcome kept = made_do(&made, ACT_KEEP_ANSWER, teacher, "question", "May I?", "answer",
                                  "No: clause 4.2", NULL);
    assert_true(kept.done);
    is_clause(&kept, "5.5");
    const char *answer = made_hex(&made, kept.made);
    assert_int_equal(key_count(), before + 1);
    made_fails(&made, ACT_OPEN_ANSWER, head, "answer", answer, NULL);
    made_fails(&made, ACT_DROP_ANSWER, head, "answer", answer, NULL);
    struct outcome opened = made_do(&made, ACT_OPEN_ANSWER, teacher, "answer", answer, NULL);
    assert_true(slice_is(opened.content, "No: clause 4.2"));
    assert_true(slice_is(opened.sentence, "May I?"));
    assert_true(made_do(&made, ACT_DROP_ANSWER, teacher, "answer", answer, NULL).done);
    assert_int_equal(key_count(), before);
    made_fails(&made, ACT_OPEN_ANSWER, teacher, "answer", answer, NULL);
    whole();
}

/* ---- telling ---- */

static const struct task_row *told(const struct tasks *tasks)
{
    for (size_t i = 0; i < tasks->count; i++)
        if (slice_is(tasks->rows[i].kind, "told")) return &tasks->rows[i];
    return NULL;
}

static void telling_goes_down_the_line(void **state)
{
    (void)state;
    struct id teacher = made_staff(&made, "tess", ROLE_TEACHER);
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    assert_true(made_do(&made, ACT_TELL, teacher, "text", "I am worried", NULL).done);
    struct tasks tasks = open_tasks();
    assert_int_equal(tasks.count, 1);
    assert_true(id_same(&told(&tasks)->owner, &dsl));
    struct id task = told(&tasks)->id;
    made_fails(&made, ACT_OPEN_SEALED, head, "what", "told", "of", made_hex(&made, task), "reason",
               "Curious", NULL);
    made_fails(&made, ACT_CLOSE_TASK, head, "task", made_hex(&made, task), NULL);
    struct outcome opened =
        made_do(&made, ACT_OPEN_SEALED, dsl, "what", "told", "of", made_hex(&made, task), NULL);
    assert_true(opened.done);
    is_clause(&opened, "6.2");
    assert_true(slice_is(slice_trim(opened.content), "I am worried"));
    assert_true(made_do(&made, ACT_CLOSE_TASK, dsl, "task", made_hex(&made, task), NULL).done);
    /* About the lead: the head gets it. About the lead's child too. */
    made_do(&made, ACT_TELL, teacher, "text", "It is the lead", "about", made_hex(&made, dsl),
            NULL);
    tasks = open_tasks();
    assert_true(id_same(&told(&tasks)->owner, &head));
    made_do(&made, ACT_CLOSE_TASK, head, "task", made_hex(&made, told(&tasks)->id), NULL);
    struct id child = made_staff(&made, "kit", ROLE_PUPIL);
    made_parent(&made, &dsl, &child);
    made_do(&made, ACT_TELL, teacher, "text", "A child", "about", made_hex(&made, child), NULL);
    tasks = open_tasks();
    assert_true(id_same(&told(&tasks)->owner, &head));
    whole();
}

static void nobody_is_left(void **state)
{
    (void)state;
    struct id teacher = made_staff(&made, "tess", ROLE_TEACHER);
    struct outcome outcome = made_do(&made, ACT_TELL, teacher, "text", "Who reads this?", NULL);
    assert_true(outcome.done);
    assert_true(slice_search(outcome.sentence, SLICE("999")) < outcome.sentence.length);
    struct tasks tasks = open_tasks();
    assert_int_equal(tasks.count, 2);
    for (size_t i = 0; i < tasks.count; i++) {
        assert_true(id_is_none(&tasks.rows[i].owner));
        assert_true(tasks.rows[i].due <= record_now(made.record));
        if (slice_is(tasks.rows[i].kind, "vacancy"))
            assert_true(slice_is(tasks.rows[i].role, "dsl"));
    }
    made_do(&made, ACT_TELL, teacher, "text", "Once more", NULL);
    assert_int_equal(open_tasks().count, 3); /* no second vacancy */
    /* The daily check gives what waits to whoever came meanwhile, and the one it is about never gets it. */
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    made_do(&made, ACT_TELL, teacher, "text", "It is the lead", "about", made_hex(&made, dsl),
            NULL);
    struct rebuild *rebuild = ARENA_NEW(made.arena, struct rebuild);
    struct error error = {.code = ERROR_NONE};
    assert_true(record_check(made.record, made.arena, rebuild, &error));
    tasks = open_tasks();
    size_t given = 0, waiting = 0;
    for (size_t i = 0; i < tasks.count; i++) {
        if (!slice_is(tasks.rows[i].kind, "told")) continue;
        assert_int_equal(tasks.rows[i].role.length, 0);
        given += id_same(&tasks.rows[i].owner, &dsl);
        waiting += id_is_none(&tasks.rows[i].owner);
    }
    assert_int_equal(given, 2);
    assert_int_equal(waiting, 1);
    whole();
}

/* The only one in line is the one it is about: no vacancy may tell them so, and no task waits for their role. */
static void the_subject_never_learns(void **state)
{
    (void)state;
    struct id teacher = made_staff(&made, "tess", ROLE_TEACHER);
    struct id all[4];
    const enum role line[] = {ROLE_DSL, ROLE_DEPUTY_DSL, ROLE_HEADTEACHER, ROLE_CHAIR, ROLES};
    struct made_details details = {"Sole", "Holder", "sole@oaklane.example", NULL, NULL};
    all[0] = made_person(&made, &details, line);
    made_do(&made, ACT_TELL, teacher, "text", "About them", "about", made_hex(&made, all[0]), NULL);
    struct tasks tasks = open_tasks();
    assert_int_equal(tasks.count, 1);
    assert_true(id_is_none(&tasks.rows[0].owner));
    assert_int_equal(tasks.rows[0].role.length, 0);
    struct outcome own = made_do(&made, ACT_OPEN_SEALED, all[0], "what", "whole-record", "person",
                                 made_hex(&made, all[0]), NULL);
    assert_true(own.done);
    assert_true(slice_search(own.content, SLICE("About them")) == own.content.length);
    made_fails(&made, ACT_OPEN_SEALED, all[0], "what", "told", "of",
               made_hex(&made, tasks.rows[0].id), NULL);
    whole();
}

static void reports_go_with_their_subject(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    struct id pupil = made_staff(&made, "pip", ROLE_PUPIL);
    size_t before = key_count();
    made_do(&made, ACT_TELL, head, "text", "Pip was sad", "about", made_hex(&made, pupil), NULL);
    made_do(&made, ACT_KEEP_ANSWER, pupil, "question", "q", "answer", "a", NULL);
    assert_int_equal(key_count(), before + 2);
    struct outcome asked = made_do(&made, ACT_ASK_ERASURE, head, "person", made_hex(&made, pupil),
                                   "reason", "They ask", NULL);
    made_do(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", made_hex(&made, asked.made), NULL);
    assert_int_equal(key_count(), before - 1);
    whole();
}

/* ---- files ---- */

struct brought {
    struct id person, other; /* other: none, or a second person whom the file concerns */
    struct slice name;
};

/* An event with a file, as an act that takes one in writes it. */
static bool bring(void *context, struct db *db, struct error *error)
{
    const struct brought *brought = context;
    struct outcome outcome = {0};
    struct order order;
    struct pairs pairs = {0};
    AUTO(arena) struct arena *arena = arena_new();
    order_init(&order, ACT_MAKE_BACKUP, (struct id){{0}});
    struct desk desk = {.record = made.record,
                        .db = db,
                        .arena = arena,
                        .order = &order,
                        .outcome = &outcome,
                        .clauses = SLICE("made"),
                        .now = record_now(made.record)};
    struct event *event = desk_event(&desk, "backup-made");
    pairs_add(&pairs, arena, "note", SLICE("a letter"));
    desk_set(&desk, event, "upload", brought->name);
    return desk_part(&desk, event, &brought->person, &pairs, error) &&
           (id_is_none(&brought->other) ||
            desk_part(&desk, event, &brought->other, &pairs, error)) &&
           desk_emit(&desk, event, error);
}

static struct slice bring_file(const char *content, struct id person, struct id other)
{
    struct error error = {.code = ERROR_NONE};
    struct brought brought = {person, other, SLICE_EMPTY};
    assert_true(
        upload_write(slice_of(made.folder), slice_of(content), made.arena, &brought.name, &error));
    if (!writer_do(made.record->writer, bring, &brought, &error)) fail_msg("%s", error.sentence);
    return brought.name;
}

static void files_go_too(void **state)
{
    (void)state;
    struct id head = made_staff(&made, "hedda", ROLE_HEADTEACHER);
    struct id dsl = made_staff(&made, "dora", ROLE_DSL);
    struct id pupil = made_staff(&made, "pip", ROLE_PUPIL), none = {{0}};
    struct slice own = bring_file("sealed bytes about pip", pupil, none);
    struct slice shared = bring_file("sealed bytes about two", pupil, head);
    whole();
    struct outcome asked = made_do(&made, ACT_ASK_ERASURE, head, "person", made_hex(&made, pupil),
                                   "reason", "They ask", NULL);
    made_do(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", made_hex(&made, asked.made), NULL);
    made_run(1, "test -e %s/uploads/%.*s", made.folder, SLICE_PRINT(own));
    made_run(0, "test -e %s/uploads/%.*s", made.folder, SLICE_PRINT(shared));
    made_run(1, "test -e %s/erase-pending", made.folder);
    whole();
    /* Killed behind the commit: what is left is done when the record opens again. A file whose row is there stays. */
    made_close(&made);
    made_run(0, "printf '%.*s\n%.*s\n' > %s/erase-pending && touch %s/uploads/%.*s",
             SLICE_PRINT(own), SLICE_PRINT(shared), made.folder, made.folder, SLICE_PRINT(own));
    made_open(&made);
    made_run(1, "test -e %s/erase-pending", made.folder);
    made_run(1, "test -e %s/uploads/%.*s", made.folder, SLICE_PRINT(own));
    made_run(0, "test -e %s/uploads/%.*s", made.folder, SLICE_PRINT(shared));
    whole();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(holds, begin, end),
        cmocka_unit_test_setup_teardown(erasing_takes_two, begin, end),
        cmocka_unit_test_setup_teardown(withdrawn, begin, end),
        cmocka_unit_test_setup_teardown(linked_records_go_together, begin, end),
        cmocka_unit_test_setup_teardown(opening, begin, end),
        cmocka_unit_test_setup_teardown(answers, begin, end),
        cmocka_unit_test_setup_teardown(telling_goes_down_the_line, begin, end),
        cmocka_unit_test_setup_teardown(nobody_is_left, begin, end),
        cmocka_unit_test_setup_teardown(the_subject_never_learns, begin, end),
        cmocka_unit_test_setup_teardown(reports_go_with_their_subject, begin, end),
        cmocka_unit_test_setup_teardown(files_go_too, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
