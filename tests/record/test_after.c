/* The look after a crash sees what it is there for: an act that is lost, one in half, a secret without its event. Each edit is
 * made in a record of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "after.h"
#include "testing.h"

#define ACTS_DONE 600 /* so that of 64 clients some have invited somebody */

struct looked_at {
    struct place *place; /* of tests/store: a folder of its own */
    struct record_place record;
    struct id confirmed[ACTS_DONE];
    size_t count;
    struct after_found found;
};

static void read_confirmed(struct looked_at *at, int from)
{
    struct crowd_done done;
    while (read(from, &done, sizeof done) == sizeof done)
        if (done.act != ACTS) at->confirmed[at->count++] = done.order;
}

static void make(struct looked_at *at, void *state)
{
    int ends[2];
    struct record *record = NULL;
    struct error error;
    *at = (struct looked_at){.place = state};
    at->record = (struct record_place){.folder = place_path(at->place, "school"),
                                       .key_file = place_path(at->place, "school.key"),
                                       .not_synced = true};
    if (!crowd_make(&at->record, NULL, &error) || !record_open(&at->record, &record, &error))
        fail_msg("%s", error.sentence);
    assert_int_equal(pipe(ends), 0);
    if (!crowd_acts(record, ends[1], 5, ACTS_DONE, &error)) fail_msg("%s", error.sentence);
    close(ends[1]);
    record_close(record);
    read_confirmed(at, ends[0]);
    close(ends[0]);
    assert_int_equal(at->count, ACTS_DONE);
}

static void look(struct looked_at *at)
{
    struct after after = {.place = &at->record,
                          .arena = at->place->arena,
                          .vkey = SLICE_EMPTY,
                          .since = SLICE_EMPTY,
                          .confirmed = at->confirmed,
                          .count = at->count};
    after_look(&after, &at->found);
}

/* The bytes of a confirmed act are the one thing that an edit may name. */
static void edit(struct looked_at *at, const char *text)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    const char *path = arena_format(at->place->arena, "%s/lanyard.db", at->record.folder).at;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, text, -1, &statement, NULL), SQLITE_OK);
    if (sqlite3_bind_parameter_count(statement) > 0)
        assert_int_equal(sqlite3_bind_blob(statement, 1, at->confirmed[ACTS_DONE / 2].at, ID_SIZE,
                                           SQLITE_STATIC),
                         SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
    assert_true(sqlite3_changes(db) > 0);
    assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_whole_record_passes(void **state)
{
    struct looked_at at;
    make(&at, *state);
    look(&at);
    assert_int_equal(at.found.lost + at.found.half + at.found.wrong, 0);
    assert_true(at.found.acts > ACTS_DONE);
}

static void a_lost_act_is_counted(void **state)
{
    struct looked_at at;
    make(&at, *state);
    edit(&at, "DELETE FROM done_act WHERE act = $1");
    look(&at);
    assert_int_equal(at.found.lost, 1);
    assert_true(at.found.half > 0); /* its events are still there */
}

static void an_act_without_events_is_half(void **state)
{
    struct looked_at at;
    make(&at, *state);
    edit(&at, "INSERT INTO done_act VALUES (randomblob(16), 3)");
    look(&at);
    assert_int_equal(at.found.lost, 0);
    assert_int_equal(at.found.half, 1);
}

/* The last event of a report's four: the task of the third who should hear of it. */
static void a_missing_event_of_several_is_half(void **state)
{
    struct looked_at at;
    make(&at, *state);
    edit(&at, "DELETE FROM event WHERE n = (SELECT max(n) FROM event"
              " WHERE instr(body, CAST('task-opened' AS BLOB)) > 0)");
    look(&at);
    assert_true(at.found.half > 0);
    assert_true(at.found.wrong > 0);
}

static void a_missing_link_is_half(void **state)
{
    struct looked_at at;
    make(&at, *state);
    edit(&at, "DELETE FROM link WHERE kind = 'invite' AND made_by IS NOT NULL");
    look(&at);
    assert_true(at.found.half > 0);
}

static void a_missing_key_is_half(void **state)
{
    struct looked_at at;
    make(&at, *state);
    edit(&at, "DELETE FROM person_key WHERE person = (SELECT min(id) FROM kept_answer)");
    look(&at);
    assert_int_equal(at.found.half, 1);
    assert_true(at.found.wrong > 0); /* and rebuild names it */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)
        TEST(a_whole_record_passes),         TEST(a_lost_act_is_counted),
        TEST(an_act_without_events_is_half), TEST(a_missing_event_of_several_is_half),
        TEST(a_missing_link_is_half),        TEST(a_missing_key_is_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
