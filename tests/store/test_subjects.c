/* The subject files: events, the log, checkpoints, acts done, keys, uploads. What goes in comes out, in order, and what is not
 * there is said. */
#include <string.h>

#include "store/events.h"
#include "store/keys.h"
#include "store/uploads.h"
#include "testing.h"

static struct id id_of(unsigned char byte)
{
    struct id id;
    memset(id.at, byte, sizeof id.at);
    return id;
}

/* Collects what a walk gives, one sign a row; stops the walk at the row after `most`. */
struct walked {
    char at[40];
    size_t count, most;
};

static bool collect(struct walked *walked, char sign, struct error *error)
{
    if (walked->count == walked->most) return error_set(error, ERROR_LIMIT, "Stopped.");
    walked->at[walked->count++] = sign;
    return true;
}

static bool collect_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    assert_int_equal(body.length, n % 7);
    return collect(context, (char)('0' + n), error);
}

static bool collect_checkpoint(void *context, const struct checkpoint_row *row, struct error *error)
{
    assert_int_equal(row->size, row->day * 10);
    return collect(context, row->note.at[0], error);
}

static bool collect_name(void *context, struct slice name, struct error *error)
{
    return collect(context, name.at[0], error);
}

static bool collect_vault(void *context, struct slice name, struct slice wrapped,
                          struct error *error)
{
    assert_true(slice_is(wrapped, "wrapped"));
    return collect(context, name.at[0], error);
}

static bool collect_key(void *context, const struct person_key_row *row, struct error *error)
{
    assert_int_equal(row->person.at[0], row->id.at[0] - 'A' + 'a');
    return collect(context, (char)row->id.at[0], error);
}

static void events_are_kept_in_order(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct walked all = {.most = 40}, part = {.most = 40}, cut = {.most = 2};
    struct slice body = SLICE_EMPTY;
    uint64_t next = 7, count = 7;
    assert_good(place, events_next(db, &next, &place->error));
    assert_int_equal(next, 0);
    for (uint64_t n = 0; n < 9; n++)
        assert_good(place,
                    events_append(db, n, slice_part(SLICE("123456"), 0, n % 7), &place->error));
    assert_refused(place, events_append(db, 3, body, &place->error), "event_add");
    assert_good(place, events_next(db, &next, &place->error));
    assert_good(place, events_count(db, &count, &place->error));
    assert_true(next == 9 && count == 9);
    assert_good(place, events_read(db, 5, place->arena, &body, &place->error));
    assert_true(slice_is(body, "12345"));
    assert_refused(place, events_read(db, 9, place->arena, &body, &place->error), "Event 9");
    assert_good(place, events_each(db, 0, UINT64_MAX, collect_event, &all, &place->error));
    assert_string_equal(all.at, "012345678");
    assert_good(place, events_each(db, 2, 5, collect_event, &part, &place->error));
    assert_string_equal(part.at, "234");
    assert_false(events_each(db, 0, UINT64_MAX, collect_event, &cut, &place->error));
    assert_string_equal(place->error.sentence, "Stopped.");
    assert_string_equal(cut.at, "01");
    db_close(db);
}

static void the_log_has_one_row(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct log_row row = {SLICE("school.example/log"), SLICE("key"), SLICE("\0\1")}, found;
    assert_refused(place, log_read(db, place->arena, &found, &place->error), "no log");
    assert_refused(place, log_set_tree(db, row.tree, &place->error), "no log");
    assert_good(place, log_make(db, &row, &place->error));
    assert_refused(place, log_make(db, &row, &place->error), "log_add");
    assert_good(place, log_set_tree(db, SLICE("\0\2\3"), &place->error));
    assert_good(place, log_read(db, place->arena, &found, &place->error));
    assert_true(slice_equal(found.origin, row.origin) && slice_equal(found.vkey, row.vkey));
    assert_true(slice_equal(found.tree, SLICE("\0\2\3")));
    db_close(db);
}

static void a_day_keeps_its_newest_checkpoint(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct walked all = {.most = 40};
    struct checkpoint_row rows[] = {
        {3, 20, SLICE("x")}, {5, 50, SLICE("c")}, {3, 30, SLICE("b")}, {1, 10, SLICE("a")}};
    struct checkpoint_row newest;
    bool found = true;
    assert_good(place, checkpoints_newest(db, place->arena, &newest, &found, &place->error));
    assert_false(found);
    for (size_t i = 0; i < 4; i++) assert_good(place, checkpoints_set(db, &rows[i], &place->error));
    assert_good(place, checkpoints_each(db, collect_checkpoint, &all, &place->error));
    assert_string_equal(all.at, "abc");
    assert_good(place, checkpoints_newest(db, place->arena, &newest, &found, &place->error));
    assert_true(found && newest.day == 5 && newest.size == 50 && slice_is(newest.note, "c"));
    db_close(db);
}

static void an_act_is_done_once(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct id act = id_of('a'), other = id_of('b');
    bool fresh = false, found = true;
    uint64_t n = 0;
    assert_good(place, acts_find(db, &act, &found, &n, &place->error));
    assert_false(found);
    assert_good(place, acts_done(db, &act, 4, &fresh, &place->error));
    assert_true(fresh);
    assert_good(place, acts_done(db, &act, 5, &fresh, &place->error));
    assert_false(fresh);
    assert_good(place, acts_find(db, &act, &found, &n, &place->error));
    assert_true(found && n == 4);
    assert_good(place, acts_done(db, &other, 0, &fresh, &place->error));
    assert_good(place, acts_find(db, &other, &found, &n, &place->error));
    assert_true(fresh && found && n == 0);
    db_close(db);
}

static void persons_keys_come_go_and_change(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct walked all = {.most = 40}, left = {.most = 40};
    struct person_key_row found_row = {.wrapped = SLICE_EMPTY};
    struct id b = id_of('B'), person_b = id_of('b'), nobody = id_of('z');
    bool found = false;
    uint64_t count = 0;
    for (int i = 2; i >= 0; i--) {
        struct person_key_row row = {id_of((unsigned char)('A' + i)),
                                     id_of((unsigned char)('a' + i)), SLICE("wrapped")};
        assert_good(place, person_keys_add(db, &row, &place->error));
        assert_refused(place, person_keys_add(db, &row, &place->error), "key_add");
        row.id = nobody; /* a second key for that person */
        assert_refused(place, person_keys_add(db, &row, &place->error), "key_add");
    }
    assert_good(place, person_keys_each(db, collect_key, &all, &place->error));
    assert_string_equal(all.at, "ABC");
    assert_good(place, person_keys_rewrap(db, &b, SLICE("again"), &place->error));
    assert_good(place,
                person_keys_of(db, &person_b, place->arena, &found_row, &found, &place->error));
    assert_true(found && id_same(&found_row.id, &b) && slice_is(found_row.wrapped, "again"));
    assert_good(place, person_keys_remove(db, &b, &found, &place->error));
    assert_true(found);
    assert_good(place, person_keys_remove(db, &b, &found, &place->error));
    assert_false(found);
    assert_good(place, person_keys_get(db, &b, place->arena, &found_row, &found, &place->error));
    assert_false(found);
    assert_false(person_keys_rewrap(db, &b, SLICE("again"), &place->error));
    assert_good(place, person_keys_each(db, collect_key, &left, &place->error));
    assert_string_equal(left.at, "AC");
    assert_good(place, person_keys_count(db, &count, &place->error));
    assert_int_equal(count, 2);
    db_close(db);
}

static void the_vault_keeps_one_of_a_name(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct walked all = {.most = 40};
    struct slice wrapped = SLICE_EMPTY;
    bool found = true;
    assert_good(place, vault_get(db, SLICE("a"), place->arena, &wrapped, &found, &place->error));
    assert_false(found);
    assert_good(place, vault_set(db, SLICE("b"), SLICE("wrapped"), &place->error));
    assert_good(place, vault_set(db, SLICE("a"), SLICE("first"), &place->error));
    assert_good(place, vault_set(db, SLICE("a"), SLICE("wrapped"), &place->error));
    assert_good(place, vault_get(db, SLICE("a"), place->arena, &wrapped, &found, &place->error));
    assert_true(found && slice_is(wrapped, "wrapped"));
    assert_good(place, vault_each(db, collect_vault, &all, &place->error));
    assert_string_equal(all.at, "ab");
    db_close(db);
}

static void uploads_are_listed_by_name(void **state)
{
    struct place *place = *state;
    struct db *db = place_open(place, NULL);
    struct walked all = {.most = 40};
    bool fresh = false, found = true;
    assert_good(place, uploads_has(db, SLICE("b"), &found, &place->error));
    assert_false(found);
    assert_good(place, uploads_add(db, SLICE("b"), &fresh, &place->error));
    assert_true(fresh);
    assert_good(place, uploads_add(db, SLICE("b"), &fresh, &place->error));
    assert_false(fresh);
    assert_good(place, uploads_add(db, SLICE("a"), NULL, &place->error));
    assert_good(place, uploads_add(db, SLICE("c"), NULL, &place->error));
    assert_good(place, uploads_remove(db, SLICE("c"), &place->error));
    assert_good(place, uploads_each(db, collect_name, &all, &place->error));
    assert_string_equal(all.at, "ab");
    db_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_make, place_remove)
        TEST(events_are_kept_in_order),          TEST(the_log_has_one_row),
        TEST(a_day_keeps_its_newest_checkpoint), TEST(an_act_is_done_once),
        TEST(persons_keys_come_go_and_change),   TEST(the_vault_keeps_one_of_a_name),
        TEST(uploads_are_listed_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
