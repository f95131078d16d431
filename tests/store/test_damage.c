/* What a record meets in bad days: files cut short or altered, files of others, newer and older ones, locks, folders that may
 * not be written, full disks. Each gets its own sentence, and nothing is half done. */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/random.h"
#include "faulty.h"
#include "store/events.h"
#include "testing.h"

static bool opens(struct place *place, struct db **ret_db)
{
    struct db_options options = {.wait = 50};
    return db_open(place->path, &options, ret_db, &place->error);
}

static void run_sql(struct place *place, const char *text)
{
    sqlite3 *at = NULL;
    assert_int_equal(sqlite3_open(place->path, &at), SQLITE_OK);
    assert_int_equal(sqlite3_exec(at, text, NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_close(at), SQLITE_OK);
}

static void fill(struct place *place, int events)
{
    struct db *db = place_open(place, NULL);
    struct slice body = arena_format(place->arena, "%01500d", 7);
    assert_good(place, db_begin(db, &place->error));
    for (int n = 0; n < events; n++)
        assert_good(place, events_append(db, (uint64_t)n, body, &place->error));
    assert_good(place, db_commit(db, &place->error));
    db_close(db);
}

static void put_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void what_is_not_ours_is_left_alone(void **state)
{
    struct place *place = *state;
    struct db *db = NULL;
    struct db_options make = {.create = true};
    assert_refused(place, opens(place, &db), "no record");
    put_file(place->path, "");
    assert_refused(place, opens(place, &db), "empty");
    put_file(place->path, "Dear diary, this is not a database at all, but a text of some length.");
    assert_refused(place, opens(place, &db), "not a record");
    assert_refused(place, db_open(place->path, &make, &db, &place->error), "not a record");
    assert_int_equal(unlink(place->path), 0);
    run_sql(place, "CREATE TABLE other (a); INSERT INTO other VALUES (1)");
    assert_refused(place, db_open(place->path, &make, &db, &place->error), "not a record");
    assert_refused(place, db_open(place->folder, &make, &db, &place->error), "not a file");
    assert_null(db);
}

static void newer_and_older_records_are_told_apart(void **state)
{
    struct place *place = *state;
    struct db *db = NULL;
    struct db_options reading = {.read_only = true};
    fill(place, 1);
    run_sql(place, "PRAGMA user_version=9999");
    assert_refused(place, opens(place, &db), "newer Lanyard");
    assert_refused(place, db_open(place->path, &reading, &db, &place->error), "newer Lanyard");
    run_sql(place, "PRAGMA user_version=0");
    assert_refused(place, db_open(place->path, &reading, &db, &place->error), "older Lanyard");
    assert_null(db);
}

/* A record of the first script alone, as the first version would have made it, is brought up to date with its rows. */
static void an_old_record_is_brought_up_to_date(void **state)
{
    struct place *place = *state;
    struct slice body = SLICE_EMPTY;
    run_sql(place, db_schema(0));
    run_sql(place, "INSERT INTO event VALUES (0, x'6f6c64');"
                   "PRAGMA application_id=0x4C594431; PRAGMA user_version=1");
    struct db *db = place_open(place, NULL);
    assert_good(place, events_read(db, 0, place->arena, &body, &place->error));
    assert_true(slice_is(body, "old"));
    db_close(db);
    struct db_options reading = {.read_only = true};
    assert_good(place, db_open(place->path, &reading, &db, &place->error));
    db_close(db);
}

/* A script that fails leaves the record at the version it had. */
static void a_failing_update_changes_nothing(void **state)
{
    struct place *place = *state;
    struct db *db = NULL;
    run_sql(place, db_schema(0));
    run_sql(place, "CREATE TABLE person (in_the_way INTEGER);"
                   "PRAGMA application_id=0x4C594431; PRAGMA user_version=1");
    assert_good(place, opens(place, &db));
    assert_refused(place, db_migrate(db, &place->error), "person");
    assert_false(db_in_transaction(db));
    db_close(db);
    struct db_options reading = {.read_only = true};
    assert_refused(place, db_open(place->path, &reading, &db, &place->error), "older Lanyard");
}

static bool count_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    (void)n, (void)body, (void)error;
    ++*(int *)context;
    return true;
}

/* Reads everything there is: true where nothing was found wrong. */
static bool reads_all(struct place *place)
{
    struct db *db = NULL;
    int count = 0;
    if (!opens(place, &db)) return false;
    bool good = events_each(db, 0, UINT64_MAX, count_event, &count, &place->error) &&
                db_sound(db, &place->error);
    db_close(db);
    return good;
}

static void a_file_cut_short_is_found_damaged(void **state)
{
    struct place *place = *state;
    struct stat about;
    fill(place, 100);
    assert_int_equal(stat(place->path, &about), 0);
    assert_true(reads_all(place));
    for (int part = 7; part >= 1; part--) {
        assert_int_equal(truncate(place->path, about.st_size * part / 8), 0);
        assert_refused(place, reads_all(place), "damaged");
    }
}

/* Whatever page is overwritten with noise, it is said or the file is still as good as before: no crash, no silence about the
 * pages that hold the tables. */
static void noise_in_a_file_is_found(void **state)
{
    struct place *place = *state;
    struct random random;
    int found = 0;
    random_init(&random, 5);
    for (int round = 0; round < 30; round++) {
        struct stat about;
        fill(place, 60);
        assert_int_equal(stat(place->path, &about), 0);
        int handle = open(place->path, O_WRONLY | O_CLOEXEC);
        unsigned char noise[64];
        for (size_t i = 0; i < sizeof noise; i++) noise[i] = (unsigned char)random_next(&random);
        off_t page = (off_t)random_below(&random, (size_t)about.st_size / 4096) * 4096;
        assert_int_equal(pwrite(handle, noise, sizeof noise, page), sizeof noise);
        close(handle);
        place->error = (struct error){.code = ERROR_NONE};
        if (!reads_all(place)) {
            found++;
            assert_true(place->error.code == ERROR_READ && place->error.advice[0] != '\0');
        }
        assert_int_equal(unlink(place->path), 0);
    }
    assert_true(found >= 15); /* the rest hit an empty page, or the middle of a body */
}

static void another_programs_lock_is_waited_for_and_named(void **state)
{
    struct place *place = *state;
    struct db *db = NULL;
    sqlite3 *other = NULL;
    fill(place, 1);
    assert_good(place, opens(place, &db));
    assert_int_equal(sqlite3_open(place->path, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_refused(place, db_begin(db, &place->error), "in use");
    assert_false(db_in_transaction(db));
    assert_int_equal(sqlite3_exec(other, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    assert_good(place, db_begin(db, &place->error));
    db_rollback(db);
    sqlite3_close(other);
    db_close(db);
}

/* The folder's name holds what an URI must escape. Root may write everything, so a child becomes nobody: 0 where it was refused as it should be. */
static int try_as_nobody(struct place *place)
{
    struct db *db = NULL;
    struct db_options make = {.create = true};
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) return 1;
    if (opens(place, &db) || strstr(place->error.sentence, "not written") == NULL) return 2;
    struct db_options reading = {.read_only = true};
    uint64_t next = 0;
    if (!db_open(place->path, &reading, &db, &place->error)) return 5;
    if (!events_next(db, &next, &place->error) || next != 1) return 6;
    db_close(db);
    const char *inside = place_path(place, "more.db");
    if (db_open(inside, &make, &db, &place->error)) return 3;
    return strstr(place->error.sentence, "cannot be made") != NULL ? 0 : 4;
}

static void a_folder_that_may_not_be_written_is_named_and_still_read(void **state)
{
    struct place *place = *state;
    place->path = place_path(place, "a ?#%41.db");
    fill(place, 1);
    assert_int_equal(chmod(place->path, 0444), 0);
    assert_int_equal(chmod(place->folder, 0555), 0);
    pid_t child = fork();
    if (child == 0) _exit(try_as_nobody(place));
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(chmod(place->folder, 0755), 0);
    assert_int_equal(status, 0);
}

/* One run of a script: six commits of three events each. Gives how many commits were confirmed. */
static int run_script(struct place *place, bool *ret_opened)
{
    struct db *db = NULL;
    struct db_options options = {.create = true, .vfs = "faulty-damage"};
    struct slice body = arena_format(place->arena, "%03000d", 7);
    int confirmed = 0;
    *ret_opened = db_open(place->path, &options, &db, &place->error);
    if (!*ret_opened) return 0;
    bool good = db_migrate(db, &place->error);
    for (uint64_t commit = 0; good && commit < 6; commit++) {
        good = db_begin(db, &place->error);
        for (uint64_t n = commit * 3; good && n < commit * 3 + 3; n++)
            good = events_append(db, n, body, &place->error);
        if (good && db_commit(db, &place->error))
            confirmed++;
        else
            good = false;
        db_rollback(db);
    }
    db_close(db);
    return confirmed;
}

/* After the fault: what was confirmed is there, whole commits only, and work goes on. */
static void check_script(struct place *place, int confirmed, uint64_t nth)
{
    uint64_t next = 0, count = 0;
    struct db *db = place_open(place, "faulty-damage"); /* well by now */
    assert_good(place, db_sound(db, &place->error));
    assert_good(place, events_next(db, &next, &place->error));
    assert_good(place, events_count(db, &count, &place->error));
    if (next != count || next % 3 != 0 || next < (uint64_t)confirmed * 3 ||
        next > (uint64_t)confirmed * 3 + 3)
        fail_msg("call %d: %d commits confirmed, %d events there, the last is %d", (int)nth,
                 confirmed, (int)count, (int)next - 1);
    assert_good(place, events_append(db, next, SLICE("more"), &place->error));
    db_close(db);
    assert_int_equal(unlink(place->path), 0);
}

/* The fault strikes the Nth call, for all N of the script; once, or from then on. */
static void strike_every_call(struct place *place, unsigned calls, enum faulty_what what, bool on,
                              const char *word)
{
    struct faulty *faulty = faulty_new("faulty-damage", true, 1);
    int refused = 0;
    for (uint64_t nth = 1;; nth++) {
        bool opened = false;
        place->error = (struct error){.code = ERROR_NONE};
        faulty_strike(faulty, calls, nth, what, on);
        int confirmed = run_script(place, &opened);
        bool struck = faulty_struck(faulty);
        faulty_restart(faulty);
        if (confirmed < 6) {
            refused++;
            if (!struck || strstr(place->error.sentence, word) == NULL ||
                place->error.advice[0] == '\0')
                fail_msg("call %d: said \"%s\"", (int)nth, place->error.sentence);
        }
        check_script(place, confirmed, nth);
        if (!struck) break;
    }
    faulty_free(faulty);
    assert_true(refused >= 6);
}

static void a_full_disk_undoes_what_was_not_confirmed(void **state)
{
    strike_every_call(*state, FAULTY_WRITE, FAULTY_FULL, true, "no room left");
    strike_every_call(*state, FAULTY_WRITE, FAULTY_FULL, false, "no room left");
}

static void a_failing_disk_undoes_what_was_not_confirmed(void **state)
{
    strike_every_call(*state, FAULTY_WRITE | FAULTY_TRUNCATE, FAULTY_ERROR, true, "");
    strike_every_call(*state, FAULTY_SYNC, FAULTY_ERROR, true, "did not do as asked");
    strike_every_call(*state, FAULTY_SYNC, FAULTY_ERROR, false, "did not do as asked");
    strike_every_call(*state, FAULTY_CHANGES | FAULTY_OPEN, FAULTY_ERROR, false, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)
        TEST(what_is_not_ours_is_left_alone),
        TEST(newer_and_older_records_are_told_apart),
        TEST(an_old_record_is_brought_up_to_date),
        TEST(a_failing_update_changes_nothing),
        TEST(a_file_cut_short_is_found_damaged),
        TEST(noise_in_a_file_is_found),
        TEST(another_programs_lock_is_waited_for_and_named),
        TEST(a_folder_that_may_not_be_written_is_named_and_still_read),
        TEST(a_full_disk_undoes_what_was_not_confirmed),
        TEST(a_failing_disk_undoes_what_was_not_confirmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
