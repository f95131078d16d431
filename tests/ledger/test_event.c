/* Events as bytes: written and read, one form each, and nothing that is cut, flipped or out of order passes unseen. */
#include <string.h>

#include "../base/testing.h"
#include "ledger/event.h"
#include "ledger/tree.h"

static struct event sample(struct arena *arena)
{
    struct event event = {.n = 258,
                          .at = 1700000000123,
                          .id = {{1, 2}},
                          .act = {{3}},
                          .actor = {{4}},
                          .kind = SLICE("role-given")};
    event_set(&event, arena, "to", SLICE("2027-08-31"));
    event_set(&event, arena, "role", SLICE("head"));
    event_set(&event, arena, "note", SLICE("caf\xC3\xA9"));
    event_set(&event, arena, "role", SLICE("head of year"));
    LIST_PUSH(arena, &event.parts, (struct event_part){{{5}}, {{6}}, SLICE("sealed\0bytes")});
    LIST_PUSH(arena, &event.parts, (struct event_part){{{7}}, {{8}}, SLICE_EMPTY});
    return event;
}

static void writes_what_the_layout_says(void **state)
{
    (void)state;
    static const char expected[] =
        "LYE1\0\0\0\0\0\0\1\2\0\0\1\x8B\xCF\xE5\x68\x7B"
        "\1\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\3\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
        "\4\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\12role-given\0\3"
        "\4note\0\5caf\xC3\xA9\4role\0\14head of year\2to\0\n2027-08-31\0\2"
        "\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\14sealed\0bytes"
        "\7\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\10\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";
    struct arena *arena = arena_new();
    struct event event = sample(arena);
    struct text body;
    text_init(&body, 10000);
    event_write(&event, &body);
    assert_int_equal(body.length, sizeof expected - 1);
    assert_memory_equal(body.at, expected, body.length);
    text_clear(&body);
    arena_free(arena);
}

static void reads_what_it_wrote(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct event event = sample(arena);
    struct event again;
    struct text body;
    struct text twice;
    text_init(&body, 10000);
    text_init(&twice, 10000);
    event_write(&event, &body);
    assert_true(event_read(text_slice(&body), arena, &again, NULL));
    assert_int_equal(again.n, 258);
    assert_true(again.at == 1700000000123);
    assert_true(id_same(&again.id, &event.id) && id_same(&again.actor, &event.actor));
    assert_slice(event_value(&again, "role"), "head of year");
    assert_slice(event_value(&again, "rol"), "");
    assert_int_equal(again.parts.count, 2);
    assert_slice(again.fields.at[0].key, "note");
    event_write(&again, &twice);
    assert_true(slice_equal(text_slice(&body), text_slice(&twice)));
    text_clear(&body);
    text_clear(&twice);
    arena_free(arena);
}

/* What still reads after a flip gives the same bytes back and has another leaf. */
static void sees_every_flip_and_cut(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct event event = sample(arena);
    struct event again;
    struct text body;
    struct text twice;
    text_init(&body, 10000);
    text_init(&twice, 10000);
    event_write(&event, &body);
    struct tree_hash leaf = tree_leaf(text_slice(&body));
    for (size_t length = 0; length < body.length; length++)
        assert_false(event_read(slice_part(text_slice(&body), 0, length), arena, &again, NULL));
    for (size_t bit = 0; bit < 8 * body.length; bit++) {
        body.at[bit / 8] = (char)(body.at[bit / 8] ^ 1 << bit % 8);
        struct tree_hash other = tree_leaf(text_slice(&body));
        assert_false(tree_hash_same(&leaf, &other));
        if (event_read(text_slice(&body), arena, &again, NULL)) {
            text_cut(&twice, 0);
            event_write(&again, &twice);
            assert_true(slice_equal(text_slice(&body), text_slice(&twice)));
        }
        body.at[bit / 8] = (char)(body.at[bit / 8] ^ 1 << bit % 8);
    }
    text_add_char(&body, 'x');
    struct error error = {0};
    assert_false(event_read(text_slice(&body), arena, &again, &error));
    assert_int_equal(error.code, ERROR_SYNTAX);
    text_clear(&body);
    text_clear(&twice);
    arena_free(arena);
}

#define HEAD "LYE1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
#define IDS                                                                                        \
    "\1\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" \
    "\0\0"

static void refuses(void **state)
{
    (void)state;
    static const struct slice bad[] = {
        SLICE("LYE2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0" IDS "\1k\0\0\0\0"),
        SLICE("LYE1\0\0\0\0\0\0\0\0\x80\0\0\0\0\0\0\0" IDS "\1k\0\0\0\0"),
        SLICE(HEAD IDS "\0\0\0\0\0"),
        SLICE(HEAD IDS "\1K\0\0\0\0"),
        SLICE(HEAD IDS "\1k\0\2\1b\0\0\1a\0\0\0\0"),
        SLICE(HEAD IDS "\1k\0\2\1a\0\0\1a\0\0\0\0"),
        SLICE(HEAD IDS "\1k\0\1\0\0\0\0\0"),
        SLICE(HEAD IDS "\1k\0\1\1a\0\1\n\0\0"),
        SLICE(HEAD IDS "\1k\0\1\1a\0\1\x7F\0\0"),
        SLICE(HEAD IDS "\1k\0\1\1a\0\2\xC2\x85\0\0"),
        SLICE(HEAD IDS "\1k\0\1\1a\0\1\xFF\0\0"),
        SLICE(HEAD IDS "\1k\0\1\1a\0\2\xC0\x80\0\0"),
        SLICE(HEAD IDS "\1k\0\x41\0\0"),
        SLICE(HEAD IDS "\1k\0\0\0\1" IDS),
        SLICE(HEAD IDS "\1k\0\0\0\0\0"),
    };
    struct arena *arena = arena_new();
    struct event event;
    assert_true(event_read(SLICE(HEAD IDS "\1k\0\1\1a\0\2\xC2\xA0\0\0"), arena, &event, NULL));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error error = {0};
        if (event_read(bad[i], arena, &event, &error)) fail_msg("%zu was read", i);
        assert_int_equal(error.code, ERROR_SYNTAX);
    }
    char *large = arena_take(arena, EVENT_SIZE_LARGEST + 1, 1);
    struct error error = {0};
    assert_false(event_read((struct slice){large, EVENT_SIZE_LARGEST + 1}, arena, &event, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    arena_free(arena);
}

static void keeps_its_limits(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct event event = {.kind = SLICE("a-kind-of-forty-bytes-that-is-the-larges")};
    struct event again;
    struct text body;
    text_init(&body, EVENT_SIZE_LARGEST);
    for (size_t i = 0; i < EVENT_FIELDS_LARGEST; i++) {
        char *value = arena_take(arena, EVENT_FIELD_LARGEST, 1);
        memset(value, 'v', EVENT_FIELD_LARGEST);
        event_set(&event, arena, arena_format(arena, "key-%02zu", (i * 7) % 64).at,
                  (struct slice){value, EVENT_FIELD_LARGEST});
    }
    for (size_t i = 0; i < EVENT_PARTS_LARGEST; i++)
        LIST_PUSH(arena, &event.parts, (struct event_part){.sealed = SLICE("s")});
    event_write(&event, &body);
    assert_true(event_read(text_slice(&body), arena, &again, NULL));
    assert_int_equal(again.fields.count, EVENT_FIELDS_LARGEST);
    assert_slice(again.fields.at[63].key, "key-63");
    text_clear(&body);
    arena_free(arena);
}

static void ids_are_read_as_written(void **state)
{
    (void)state;
    struct id id = id_make();
    struct id other = id_make();
    struct id again;
    char hex[2 * ID_SIZE + 1];
    assert_false(id_same(&id, &other));
    assert_false(id_is_none(&id));
    assert_true(id_is_none(&(struct id){0}));
    id_hex(&id, hex);
    assert_true(id_read(slice_of(hex), &again) && id_same(&id, &again));
    assert_true(id_of_bytes(id_slice(&id), &again) && id_same(&id, &again));
    assert_false(id_of_bytes(SLICE("short"), &again));
    assert_false(id_read(SLICE("0123456789ABCDEF0123456789ABCDEF"), &again));
    assert_false(id_read(SLICE("0123456789abcdef0123456789abcde"), &again));
    assert_false(id_read(SLICE("0123456789abcdef0123456789abcdeg"), &again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_what_the_layout_says),
        cmocka_unit_test(reads_what_it_wrote),
        cmocka_unit_test(sees_every_flip_and_cut),
        cmocka_unit_test(refuses),
        cmocka_unit_test(keeps_its_limits),
        cmocka_unit_test(ids_are_read_as_written),
    };
    return cmocka_run_group_tests_name("event", tests, NULL, NULL);
}
