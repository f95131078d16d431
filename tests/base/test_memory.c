/* What holds memory: arenas, lists, growing text, maps. */
#include <stdalign.h>
#include <string.h>

#include "base/map.h"
#include "base/random.h"
#include "base/text.h"
#include "testing.h"

static bool all_zero(const char *at, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (at[i] != 0) return false;
    }
    return true;
}

static void arena_gives_zeroed_aligned_pieces(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    for (int round = 0; round < 3; round++) {
        char *before = NULL;
        for (size_t size = 0; size < 3000; size += 7) {
            char *piece = arena_take(arena, size, 1);
            assert_int_equal((uintptr_t)piece % alignof(max_align_t), 0);
            assert_true(all_zero(piece, size));
            assert_ptr_not_equal(piece, before);
            memset(piece, 0xAA, size);
            before = size == 0 ? NULL : piece;
        }
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
}

static void arena_keeps_pieces_apart(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct random random;
    random_init(&random, 1);
    unsigned char *pieces[500];
    size_t sizes[500];
    for (size_t i = 0; i < 500; i++) {
        sizes[i] = random_below(&random, i % 50 == 0 ? 300000 : 200) + 1;
        pieces[i] = arena_take(arena, sizes[i], 1);
        memset(pieces[i], (int)(i % 251), sizes[i]);
    }
    for (size_t i = 0; i < 500; i++) {
        assert_int_equal(pieces[i][0], i % 251);
        assert_int_equal(pieces[i][sizes[i] - 1], i % 251);
    }
}

static void arena_reuses_after_a_reset(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    char *first = arena_take(arena, 100, 1);
    (void)arena_take(arena, 5 << 20, 1);
    arena_reset(arena);
    assert_ptr_equal(arena_take(arena, 100, 1), first);
    assert_int_equal(arena_used(arena), 112);
}

static void arena_copies_and_formats(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice copy = arena_copy(arena, SLICE("a\0b"));
    assert_int_equal(copy.length, 3);
    assert_memory_equal(copy.at, "a\0b", 4);
    struct slice text = arena_format(arena, "%s %05d %s", "clause", 42, "");
    assert_slice(text, "clause 00042 ");
    assert_int_equal(text.at[text.length], 0);
    assert_int_equal(arena_format(arena, "%6000d", 1).length, 6000);
    arena_free(NULL);
}

static void list_grows_and_zeroes(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct pair {
        int a, b;
    };
    LIST(struct pair) list = {0};
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(LIST_ADD(arena, &list)->b, 0);
        list.at[i].a = i;
        list.at[i].b = -1;
    }
    for (int i = 0; i < 1000; i++) assert_int_equal(list.at[i].a, i);
    list.count--;
    assert_int_equal(LIST_ADD(arena, &list)->b, 0);
    assert_int_equal(list.count, 1000);
    LIST(int) numbers = {0};
    LIST_PUSH(arena, &numbers, 5);
    LIST_PUSH(arena, &numbers, 6);
    assert_int_equal(numbers.at[0] + numbers.at[1], 11);
}

static void text_grows(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 100000);
    assert_slice(text_slice(&text), "");
    assert_int_equal(text.at[0], 0);
    for (int i = 0; i < 1000; i++) {
        text_add(&text, SLICE("ab"));
        text_add_char(&text, 'c');
        text_add_string(&text, "d");
    }
    assert_int_equal(text.length, 4000);
    assert_int_equal(text.at[4000], 0);
    assert_memory_equal(text.at + 3996, "abcd", 5);
    text_cut(&text, 3);
    text_format(&text, "-%0200d", 7);
    assert_int_equal(text.length, 204);
    assert_int_equal(text.at[203], '7');
    assert_false(text.overflowed);
}

static void text_writes_numbers(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    const int64_t numbers[] = {0, -1, 10, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < 5; i++) {
        text_add_number(&text, numbers[i]);
        text_add_char(&text, ' ');
    }
    assert_slice(text_slice(&text), "0 -1 10 9223372036854775807 -9223372036854775808 ");
}

static void text_stops_at_its_largest(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    text_init(&text, 10);
    text_add(&text, SLICE("0123456789"));
    assert_false(text.overflowed);
    text_add(&text, SLICE_EMPTY);
    assert_false(text.overflowed);
    text_add_char(&text, 'x');
    assert_true(text.overflowed);
    assert_slice(text_slice(&text), "0123456789");
    text_cut(&text, 5);
    text_add(&text, SLICE("no hole"));
    assert_slice(text_slice(&text), "01234");
    text_cut(&text, 0);
    assert_false(text.overflowed);
    text_format(&text, "%s", "12345678901");
    assert_true(text.overflowed);
    assert_slice(text_slice(&text), "");
    assert_null(text_extend(&text, 1));
}

static void text_clears_twice(void **state)
{
    (void)state;
    struct text text = {0};
    text_clear(&text);
    text_init(&text, 0);
    text_add_char(&text, 'x');
    assert_true(text.overflowed);
    text_clear(&text);
    text_clear(&text);
    assert_null(text.at);
}

static void map_remembers(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct map map;
    map_init(&map, arena);
    assert_int_equal(map_get(&map, SLICE("none")), -1);
    for (int i = 0; i < 20000; i++)
        assert_int_equal(map_set(&map, arena_format(arena, "key %d", i), i), -1);
    assert_int_equal(map.count, 20000);
    for (int i = 0; i < 20000; i++)
        assert_int_equal(map_get(&map, arena_format(arena, "key %d", i)), i);
    assert_int_equal(map_get(&map, SLICE("key 20000")), -1);
    assert_int_equal(map_set(&map, SLICE("key 7"), 0), 7);
    assert_int_equal(map_get(&map, SLICE("key 7")), 0);
    assert_int_equal(map.count, 20000);
}

static void map_takes_any_bytes(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct map map;
    map_init(&map, arena);
    assert_int_equal(map_set(&map, SLICE_EMPTY, 1), -1);
    assert_int_equal(map_set(&map, SLICE("\0"), 2), -1);
    assert_int_equal(map_set(&map, SLICE("\0\0"), 3), -1);
    assert_int_equal(map_get(&map, SLICE_EMPTY), 1);
    assert_int_equal(map_get(&map, SLICE("\0")), 2);
    assert_int_equal(map_get(&map, SLICE("\0\0\0")), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_gives_zeroed_aligned_pieces),
        cmocka_unit_test(arena_keeps_pieces_apart),
        cmocka_unit_test(arena_reuses_after_a_reset),
        cmocka_unit_test(arena_copies_and_formats),
        cmocka_unit_test(list_grows_and_zeroes),
        cmocka_unit_test(text_grows),
        cmocka_unit_test(text_writes_numbers),
        cmocka_unit_test(text_stops_at_its_largest),
        cmocka_unit_test(text_clears_twice),
        cmocka_unit_test(map_remembers),
        cmocka_unit_test(map_takes_any_bytes),
    };
    return cmocka_run_group_tests_name("memory", tests, NULL, NULL);
}
