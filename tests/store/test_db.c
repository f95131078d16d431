/* The driver: opening, the schema, transactions, savepoints, statements, what a statement may not do, scrub and copy. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "store/events.h"
#include "store/uploads.h"
#include "testing.h"

DB_STATEMENT(test_attach, "ATTACH DATABASE ':memory:' AS other");
DB_STATEMENT(test_pragma, "PRAGMA synchronous=OFF");
DB_STATEMENT(test_load, "SELECT load_extension('none')");
DB_STATEMENT(test_drop, "DROP TABLE event");
DB_STATEMENT(test_create, "CREATE TABLE more (a INTEGER)");
DB_STATEMENT(test_schema, "DELETE FROM sqlite_schema");
DB_STATEMENT(test_types, "SELECT $1, $2, $3, $4, $1");
DB_STATEMENT(test_unknown, "SELECT body FROM nothing_there");

static bool has(struct place *place, struct db *db, const char *name)
{
    bool found = false;
    assert_good(place, uploads_has(db, slice_of(name), &found, &place->error));
    return found;
}

static void add(struct place *place, struct db *db, const char *name)
{
    assert_good(place, uploads_add(db, slice_of(name), NULL, &place->error));
}

static void a_new_record_is_private_and_has_every_script(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct stat about;
    assert_true(db_schema_version() >= 1);
    assert_null(db_schema((size_t)db_schema_version()));
    assert_int_equal(stat(place->path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(stat(place_path(place, "lanyard.db-wal"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_good(place, db_migrate(db, &place->error)); /* again: nothing to do */
    add(place, db, "kept");
    db_close(db);
    db = place_open(place, NULL);
    assert_true(has(place, db, "kept"));
    assert_good(place, db_sound(db, &place->error));
    db_close(db);
}

static void transactions_are_kept_or_undone(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    assert_good(place, db_begin(db, &place->error));
    assert_true(db_in_transaction(db));
    add(place, db, "kept");
    assert_good(place, db_commit(db, &place->error));
    assert_false(db_in_transaction(db));
    assert_good(place, db_begin(db, &place->error));
    add(place, db, "undone");
    db_rollback(db);
    db_rollback(db); /* nothing open: nothing done */
    assert_true(has(place, db, "kept"));
    assert_false(has(place, db, "undone"));
    db_close(db);
}

static void a_savepoint_is_undone_alone(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    assert_good(place, db_begin(db, &place->error));
    for (int i = 0; i < 3; i++) {
        assert_good(place, db_savepoint(db, &place->error));
        add(place, db, i == 0 ? "first" : i == 1 ? "second" : "third");
        if (i == 1)
            db_rollback_to(db);
        else
            assert_good(place, db_release(db, &place->error));
    }
    assert_good(place, db_commit(db, &place->error));
    assert_true(has(place, db, "first") && has(place, db, "third"));
    assert_false(has(place, db, "second"));
    db_close(db);
}

static void a_reader_keeps_its_view(void **state)
{
    struct place *place = *state;
    struct db *writer = place_open(place, NULL), *reader = NULL;
    struct db_options options = {.read_only = true};
    assert_good(place, db_open(place->path, &options, &reader, &place->error));
    assert_good(place, db_begin_read(reader, &place->error));
    add(place, writer, "later");
    assert_false(has(place, reader, "later"));
    db_end_read(reader);
    assert_true(has(place, reader, "later"));
    assert_refused(place, uploads_add(reader, SLICE("x"), NULL, &place->error), "not written");
    db_close(reader);
    db_close(writer);
}

static void values_come_back_as_they_went(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct db_query query;
    db_query(&query, db, &test_types);
    db_bind_number(&query, INT64_MIN);
    db_bind_text(&query, SLICE("caf\xC3\xA9 'quoted'; --"));
    db_bind_bytes(&query, SLICE("a\0b"));
    db_bind_nothing(&query);
    assert_int_equal(db_step(&query, &place->error), DB_ROW);
    assert_true(db_number(&query, 0) == INT64_MIN && db_number(&query, 4) == INT64_MIN);
    assert_true(slice_is(db_text(&query, 1), "caf\xC3\xA9 'quoted'; --"));
    assert_true(slice_equal(db_bytes(&query, 2), SLICE("a\0b")));
    assert_true(db_is_nothing(&query, 3) && !db_is_nothing(&query, 0));
    assert_int_equal(db_number(&query, 3), 0);
    assert_true(db_text(&query, 3).at != NULL && db_text(&query, 3).length == 0);
    assert_true(db_bytes(&query, 3).at != NULL);
    assert_int_equal(db_step(&query, &place->error), DB_DONE);
    db_end(&query);
    db_end(&query);
    db_close(db);
}

static bool count_names(void *context, struct slice name, struct error *error)
{
    (void)name, (void)error;
    ++*(int *)context;
    return true;
}

struct nested {
    struct db *db;
    int outer, inner;
};

/* The same statement inside its own walk: the second is another one. */
static bool walk_again(void *context, struct slice name, struct error *error)
{
    struct nested *nested = context;
    (void)name;
    nested->outer++;
    return uploads_each(nested->db, count_names, &nested->inner, error);
}

static void a_statement_may_be_used_inside_its_own_walk(void **state)
{
    struct place *place = *state;
    struct nested nested = {.db = place_open(place, NULL)};
    for (int i = 0; i < 3; i++) add(place, nested.db, i == 0 ? "a" : i == 1 ? "b" : "c");
    assert_good(place, uploads_each(nested.db, walk_again, &nested, &place->error));
    assert_int_equal(nested.outer, 3);
    assert_int_equal(nested.inner, 9);
    db_close(nested.db);
}

static void a_statement_reads_and_writes_rows_and_nothing_else(void **state)
{
    static const struct db_statement *const barred[] = {&test_attach, &test_pragma, &test_load,
                                                        &test_drop,   &test_create, &test_schema};
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    for (size_t i = 0; i < sizeof barred / sizeof *barred; i++) {
        struct db_query query;
        db_query(&query, db, barred[i]);
        assert_refused(place, db_do(&query, NULL, &place->error), barred[i]->name);
    }
    assert_good(place, db_scrub(db, &place->error)); /* which the driver itself may */
    assert_good(place, db_sound(db, &place->error));
    db_close(db);
}

static void errors_hold_no_value(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct db_query query;
    db_query(&query, db, &test_unknown);
    assert_refused(place, db_do(&query, NULL, &place->error), "nothing_there");
    struct slice secret = SLICE("Beatrice");
    struct log_row row = {.origin = secret, .vkey = secret, .tree = secret};
    assert_good(place, log_make(db, &row, &place->error));
    assert_refused(place, log_make(db, &row, &place->error), "log_add");
    assert_null(strstr(place->error.sentence, secret.at));
    db_close(db);
}

/* Whether the bytes stand anywhere in the folder's files. */
static bool in_folder(struct place *place, const char *bytes)
{
    static const char *const names[] = {"lanyard.db", "lanyard.db-wal", "lanyard.db-shm"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = place_path(place, names[i]);
        struct slice content = SLICE_EMPTY;
        if (access(path, F_OK) != 0) continue;
        assert_good(place, file_read(path, 64u << 20, place->arena, &content, &place->error));
        if (slice_search(content, slice_of(bytes)) < content.length) return true;
    }
    return false;
}

static void scrubbing_leaves_nothing_of_what_was_deleted(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    add(place, db, "kept");
    for (int i = 0; i < 400; i++) {
        struct slice name = arena_format(place->arena, "Guinevere-%d-%0100d", i, i);
        assert_good(place, uploads_add(db, name, NULL, &place->error));
    }
    assert_true(in_folder(place, "Guinevere"));
    for (int i = 0; i < 400; i++) {
        struct slice name = arena_format(place->arena, "Guinevere-%d-%0100d", i, i);
        assert_good(place, uploads_remove(db, name, &place->error));
    }
    assert_true(in_folder(place, "Guinevere")); /* the log still has it: the search has teeth */
    assert_good(place, db_scrub(db, &place->error));
    assert_false(in_folder(place, "Guinevere"));
    assert_true(has(place, db, "kept"));
    db_close(db);
}

static void scrubbing_waits_for_no_reader_for_ever(void **state)
{
    struct place *place = *state;
    struct db *db = NULL, *reader = NULL;
    db_close(place_open(place, NULL));
    struct db_options quick = {.wait = 50}, reading = {.read_only = true};
    assert_good(place, db_open(place->path, &quick, &db, &place->error));
    assert_good(place, db_open(place->path, &reading, &reader, &place->error));
    add(place, db, "one");
    assert_good(place, db_begin_read(reader, &place->error));
    add(place, db, "two");
    assert_refused(place, db_scrub(db, &place->error), "in use");
    db_end_read(reader);
    assert_good(place, db_scrub(db, &place->error));
    db_close(reader);
    db_close(db);
}

static void a_copy_is_whole_and_takes_nobodys_place(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL), *copy = NULL;
    struct db_options options = {.read_only = true};
    const char *path = place_path(place, "copy.db");
    struct stat about;
    add(place, db, "copied");
    assert_good(place, db_copy(db, path, &place->error));
    add(place, db, "too late");
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_good(place, db_open(path, &options, &copy, &place->error));
    assert_true(has(place, copy, "copied"));
    assert_false(has(place, copy, "too late"));
    assert_good(place, db_sound(copy, &place->error));
    db_close(copy);
    assert_refused(place, db_copy(db, path, &place->error), "cannot be made");
    assert_refused(place, db_copy(db, place_path(place, "none/copy"), &place->error),
                   "cannot be made");
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)
        TEST(a_new_record_is_private_and_has_every_script),
        TEST(transactions_are_kept_or_undone),
        TEST(a_savepoint_is_undone_alone),
        TEST(a_reader_keeps_its_view),
        TEST(values_come_back_as_they_went),
        TEST(a_statement_may_be_used_inside_its_own_walk),
        TEST(a_statement_reads_and_writes_rows_and_nothing_else),
        TEST(errors_hold_no_value),
        TEST(scrubbing_leaves_nothing_of_what_was_deleted),
        TEST(scrubbing_waits_for_no_reader_for_ever),
        TEST(a_copy_is_whole_and_takes_nobodys_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
