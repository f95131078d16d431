/* Sealing: opens where it was sealed and nowhere else, in a few sizes only; keys are wrapped for one owner; pairs. */
#include <string.h>

#include "../base/testing.h"
#include "ledger/seal.h"

static void pads_to_a_few_sizes(void **state)
{
    (void)state;
    static const size_t sizes[][2] = {{0, 256},     {252, 256},   {253, 1024},
                                      {1020, 1024}, {1021, 4096}, {4092, 4096},
                                      {4093, 8192}, {8188, 8192}, {8189, 12288}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_int_equal(seal_padded(sizes[i][0]), sizes[i][1]);
}

static void opens_what_it_closed(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct key key = key_make();
    struct seal_place place = {{{1}}, {{2}}, {{3}}, 513};
    char *content = arena_take(arena, 9000, 1);
    memset(content, 'c', 9000);
    for (size_t length = 0; length < 9000; length += length < 1100 ? 51 : 907) {
        struct text sealed;
        struct slice opened;
        text_init(&sealed, 20000);
        text_add_string(&sealed, "before");
        seal_close((struct slice){content, length}, &key, &place, &sealed);
        assert_int_equal(sealed.length, 6 + SEAL_OVERHEAD + seal_padded(length));
        assert_true(seal_open(slice_part(text_slice(&sealed), 6, sealed.length), &key, &place,
                              arena, &opened));
        assert_true(slice_equal(opened, (struct slice){content, length}));
        text_clear(&sealed);
    }
    arena_free(arena);
}

static void opens_nowhere_else(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct key key = key_make();
    struct key other = key;
    struct seal_place place = {{{1}}, {{2}}, {{3}}, 0};
    struct seal_place places[] = {place, place, place, place, place};
    struct text sealed;
    struct slice opened;
    text_init(&sealed, 20000);
    seal_close(SLICE("a date of birth"), &key, &place, &sealed);
    places[0].event.at[15] ^= 1;
    places[1].person.at[0] ^= 1;
    places[2].key.at[7] ^= 1;
    places[3].part = 1;
    places[4].part = 256;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        assert_false(seal_open(text_slice(&sealed), &key, &places[i], arena, &opened));
    other.at[31] ^= 1;
    assert_false(seal_open(text_slice(&sealed), &other, &place, arena, &opened));
    for (size_t bit = 0; bit < 8 * sealed.length; bit++) {
        sealed.at[bit / 8] = (char)(sealed.at[bit / 8] ^ 1 << bit % 8);
        assert_false(seal_open(text_slice(&sealed), &key, &place, arena, &opened));
        sealed.at[bit / 8] = (char)(sealed.at[bit / 8] ^ 1 << bit % 8);
    }
    for (size_t length = 0; length < sealed.length; length++)
        assert_false(
            seal_open(slice_part(text_slice(&sealed), 0, length), &key, &place, arena, &opened));
    assert_true(seal_open(text_slice(&sealed), &key, &place, arena, &opened));
    assert_slice(opened, "a date of birth");
    text_clear(&sealed);
    arena_free(arena);
}

static void seals_afresh_each_time(void **state)
{
    (void)state;
    struct key key = key_make();
    struct seal_place place = {{{1}}, {{2}}, {{3}}, 0};
    struct text one;
    struct text other;
    text_init(&one, 20000);
    text_init(&other, 20000);
    seal_close(SLICE("same"), &key, &place, &one);
    seal_close(SLICE("same"), &key, &place, &other);
    assert_memory_not_equal(one.at, other.at, 24);
    assert_memory_not_equal(one.at + 24, other.at + 24, 256);
    text_clear(&one);
    text_clear(&other);
}

static void wraps_keys_for_one_owner(void **state)
{
    (void)state;
    struct key root = key_make();
    struct key under = root_key_for(&root, "persons");
    struct key vault = root_key_for(&root, "vault");
    struct key key = key_make();
    struct key opened;
    struct id what = id_make();
    struct id owner = id_make();
    unsigned char wrapped[WRAPPED_SIZE];
    struct slice bytes = {(const char *)wrapped, sizeof wrapped};
    key_wrap(&key, &under, &what, &owner, wrapped);
    assert_true(key_unwrap(bytes, &under, &what, &owner, &opened));
    assert_memory_equal(opened.at, key.at, KEY_SIZE);
    assert_false(key_unwrap(bytes, &vault, &what, &owner, &opened));
    assert_false(key_unwrap(bytes, &under, &owner, &what, &opened));
    assert_false(key_unwrap(bytes, &under, &what, &what, &opened));
    assert_false(
        key_unwrap(slice_part(bytes, 0, WRAPPED_SIZE - 1), &under, &what, &owner, &opened));
    for (size_t bit = 0; bit < (size_t)8 * WRAPPED_SIZE; bit++) {
        wrapped[bit / 8] = (unsigned char)(wrapped[bit / 8] ^ 1 << bit % 8);
        assert_false(key_unwrap(bytes, &under, &what, &owner, &opened));
        wrapped[bit / 8] = (unsigned char)(wrapped[bit / 8] ^ 1 << bit % 8);
    }
    struct key again = root_key_for(&root, "persons");
    assert_memory_equal(again.at, under.at, KEY_SIZE);
    key_forget(&again);
    assert_memory_equal(again.at, (struct key){0}.at, KEY_SIZE);
}

static void root_keys_are_one_line(void **state)
{
    (void)state;
    struct key root = key_make();
    struct key again;
    struct error error = {0};
    struct text line;
    text_init(&line, 200);
    root_key_write(&root, &line);
    assert_true(root_key_read(text_slice(&line), &again, NULL));
    assert_memory_equal(root.at, again.at, KEY_SIZE);
    assert_true(root_key_read(slice_part(text_slice(&line), 0, line.length - 1), &again, NULL));
    assert_false(root_key_read(slice_part(text_slice(&line), 0, line.length - 2), &again, &error));
    assert_false(root_key_read(SLICE(""), &again, &error));
    assert_false(root_key_read(SLICE("lanyard-root-key-2 AAAA\n"), &again, &error));
    assert_int_equal(error.code, ERROR_SYNTAX);
    text_clear(&line);
}

static void looks_up_by_key_and_purpose(void **state)
{
    (void)state;
    struct key key = key_make();
    struct key other = key_make();
    struct id id = seal_lookup(&key, "mail", SLICE("a@b.example"));
    struct id again = seal_lookup(&key, "mail", SLICE("a@b.example"));
    assert_true(id_same(&id, &again));
    again = seal_lookup(&other, "mail", SLICE("a@b.example"));
    assert_false(id_same(&id, &again));
    again = seal_lookup(&key, "upn", SLICE("a@b.example"));
    assert_false(id_same(&id, &again));
    id = seal_lookup(&key, "ab", SLICE("c"));
    again = seal_lookup(&key, "a", SLICE("bc"));
    assert_false(id_same(&id, &again));
}

static void pairs_come_back(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct pairs pairs = {0};
    struct pairs again;
    struct text bytes;
    text_init(&bytes, 1000);
    pairs_write(&pairs, &bytes);
    assert_true(pairs_read(text_slice(&bytes), arena, &again));
    assert_int_equal(again.list.count, 0);
    pairs_add(&pairs, arena, "name", SLICE("Ada\0Lovelace"));
    pairs_add(&pairs, arena, "born", SLICE_EMPTY);
    text_cut(&bytes, 0);
    pairs_write(&pairs, &bytes);
    assert_true(pairs_read(text_slice(&bytes), arena, &again));
    assert_int_equal(again.list.count, 2);
    assert_true(slice_equal(pairs_value(&again, "name"), SLICE("Ada\0Lovelace")));
    assert_slice(pairs_value(&again, "none"), "");
    for (size_t length = 0; length < bytes.length; length++)
        assert_false(pairs_read(slice_part(text_slice(&bytes), 0, length), arena, &again));
    text_add_char(&bytes, 'x');
    assert_false(pairs_read(text_slice(&bytes), arena, &again));
    text_clear(&bytes);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pads_to_a_few_sizes),         cmocka_unit_test(opens_what_it_closed),
        cmocka_unit_test(opens_nowhere_else),          cmocka_unit_test(seals_afresh_each_time),
        cmocka_unit_test(wraps_keys_for_one_owner),    cmocka_unit_test(root_keys_are_one_line),
        cmocka_unit_test(looks_up_by_key_and_purpose), cmocka_unit_test(pairs_come_back),
    };
    return cmocka_run_group_tests_name("seal", tests, NULL, NULL);
}
