/* Verify over made ledgers: each damage is named as it should be, fed row by row and as a bundle; and no single bit of a bundle
 * can be changed without a word. */
#include <string.h>

#include "../base/testing.h"
#include "ledger/sha256.h"
#include "made.h"

static void names_every_damage(void **state)
{
    (void)state;
    for (size_t i = 0; i < made_damage_count; i++) {
        const struct made_damage *damage = &made_damages[i];
        struct arena *arena = arena_new();
        struct made made;
        made_ledger(arena, &made);
        damage->done(&made);
        struct text bundle;
        text_init(&bundle, 1 << 20);
        made_bundle(&made, &bundle);
        struct bundle_memory memory = {text_slice(&bundle)};
        struct verify *verify = NULL;
        struct error error = {0};
        bool tied = true;
        if (!bundle_verify(bundle_of(&memory), made.vkey, made.since, &verify, &error))
            fail_msg("%s: %s", damage->name, error.sentence);
        size_t count = verify_end(verify, &tied);
        struct slice found = made_kinds(verify, arena);
        if (!slice_is(found, damage->found))
            fail_msg("%s: found '%.*s', expected '%s'", damage->name, SLICE_PRINT(found),
                     damage->found);
        assert_int_equal(count == 0, damage->found[0] == '\0');
        if (count == 0) assert_int_equal(tied, !damage->not_tied);
        verify_free(verify);
        text_clear(&bundle);
        arena_free(arena);
    }
}

static void feed(struct made *made, struct verify *verify, size_t left_out)
{
    verify_origin(verify, slice_of(made->signer.name));
    for (size_t i = 0; i < made->rows.count; i++)
        verify_checkpoint(verify, made->rows.at[i].day, made->rows.at[i].size,
                          made->rows.at[i].note);
    for (size_t n = 0; n < made->events.count; n++) {
        if (n != left_out) verify_event(verify, n, made->events.at[n]);
    }
    for (size_t i = 0; i < made->uploads.count; i++) {
        char name[2 * TREE_HASH_SIZE + 1];
        struct tree_hash hash;
        struct id halves[2];
        memcpy(halves, made->uploads.at[i].name.at, sizeof halves);
        id_hex(&halves[0], name);
        id_hex(&halves[1], name + (size_t)2 * ID_SIZE);
        sha256(made->uploads.at[i].bytes, hash.at);
        verify_upload(verify, (struct slice){name, sizeof name - 1}, &hash);
    }
}

static void names_the_row_left_out(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct made made;
    made_ledger(arena, &made);
    for (size_t n = 0; n <= made.events.count; n++) {
        struct verify *verify = NULL;
        bool tied = false;
        assert_true(verify_new(made.own_vkey, made.vkey, made.since, &verify, NULL));
        feed(&made, verify, n);
        size_t count = verify_end(verify, &tied);
        size_t listed;
        const struct verify_finding *findings = verify_findings(verify, &listed);
        assert_int_equal(count == 0, n == made.events.count);
        assert_int_equal(tied, n == made.events.count || n >= 20);
        bool named = n == made.events.count;
        for (size_t i = 0; i < listed; i++) {
            struct slice expected = arena_format(arena, "row %zu is missing", n);
            if (n + 1 == made.events.count)
                expected = arena_format(arena, "rows %zu to %zu are missing", n, n);
            struct slice found = slice_of(findings[i].sentence);
            named = named || slice_starts(found, expected);
        }
        if (!named) fail_msg("row %zu was not named", n);
        verify_free(verify);
    }
    arena_free(arena);
}

static void bounds_what_changed(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct made made;
    made_ledger(arena, &made);
    struct event event = made_read(&made, 10);
    event_set(&event, arena, "role", SLICE("other"));
    made_write(&made, 10, &event);
    struct verify *verify = NULL;
    bool tied;
    assert_true(verify_new(made.own_vkey, SLICE_EMPTY, SLICE_EMPTY, &verify, NULL));
    feed(&made, verify, SIZE_MAX);
    assert_int_equal(verify_end(verify, &tied), 1);
    assert_false(tied);
    assert_int_equal(verify_size(verify), made.events.count);
    size_t listed;
    const struct verify_finding *finding = verify_findings(verify, &listed);
    assert_string_equal(finding->what, "event-changed");
    assert_non_null(strstr(finding->sentence, "between rows 8 and 15"));
    verify_free(verify);
    arena_free(arena);
}

static bool is_whole(struct made *made, struct slice bundle)
{
    struct bundle_memory memory = {bundle};
    struct verify *verify;
    bool tied = false;
    if (!bundle_verify(bundle_of(&memory), made->vkey, made->since, &verify, NULL)) return false;
    size_t count = verify_end(verify, &tied);
    verify_free(verify);
    return count == 0 && tied;
}

/* The checkpoint from elsewhere covers all but the newest three; the others are covered by their own day's. */
static void sees_every_bit_and_every_cut(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct made made;
    made_ledger(arena, &made);
    struct text bundle;
    text_init(&bundle, 1 << 20);
    made_bundle(&made, &bundle);
    assert_true(is_whole(&made, text_slice(&bundle)));
    for (size_t at = 0; at < bundle.length; at++) {
        char byte = bundle.at[at];
        bundle.at[at] = (char)(byte ^ (1 << at % 8));
        if (is_whole(&made, text_slice(&bundle))) fail_msg("a changed byte %zu passes", at);
        bundle.at[at] = byte;
    }
    for (size_t length = 0; length < bundle.length; length += 1 + length / 200)
        assert_false(is_whole(&made, slice_part(text_slice(&bundle), 0, length)));
    text_add_char(&bundle, 'Z');
    assert_false(is_whole(&made, text_slice(&bundle)));
    text_clear(&bundle);
    arena_free(arena);
}

static bool fails(void *context, void *at, size_t size, size_t *ret_size, struct error *error)
{
    struct bundle_memory *memory = context;
    if (memory->rest.length < size) return error_set(error, ERROR_READ, "the disk is gone");
    memcpy(at, memory->rest.at, size);
    memory->rest = slice_part(memory->rest, size, memory->rest.length);
    *ret_size = size;
    return true;
}

static void tells_a_failing_source_from_damage(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct made made;
    made_ledger(arena, &made);
    struct text bundle;
    text_init(&bundle, 1 << 20);
    made_bundle(&made, &bundle);
    for (size_t length = 0; length < bundle.length; length += 1 + length / 20) {
        struct bundle_memory memory = {slice_part(text_slice(&bundle), 0, length)};
        struct verify *verify;
        struct error error = {0};
        assert_false(bundle_verify((struct bundle_source){&memory, fails}, made.vkey, made.since,
                                   &verify, &error));
        assert_int_equal(error.code, ERROR_READ);
    }
    text_clear(&bundle);
    arena_free(arena);
}

static void refuses_what_ties_to_nothing(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct made made;
    made_ledger(arena, &made);
    struct verify *verify;
    struct error error = {0};
    assert_false(verify_new(made.own_vkey, SLICE("nonsense"), made.since, &verify, &error));
    assert_int_equal(error.code, ERROR_SYNTAX);
    assert_false(verify_new(made.own_vkey, made.vkey, SLICE("nonsense"), &verify, &error));
    assert_int_equal(error.code, ERROR_SYNTAX);
    arena_free(arena);
}

static void counts_more_than_it_lists(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct made made;
    made_ledger(arena, &made);
    struct verify *verify = NULL;
    bool tied;
    assert_true(verify_new(made.own_vkey, made.vkey, made.since, &verify, NULL));
    verify_origin(verify, SLICE("another"));
    for (size_t i = 0; i < 150; i++) verify_upload(verify, SLICE("x"), &(struct tree_hash){0});
    size_t listed;
    assert_int_equal(verify_end(verify, &tied), 152);
    assert_string_equal(verify_findings(verify, &listed)->what, "origin-differs");
    assert_int_equal(listed, VERIFY_FINDINGS_LARGEST);
    verify_free(verify);
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_every_damage),
        cmocka_unit_test(names_the_row_left_out),
        cmocka_unit_test(bounds_what_changed),
        cmocka_unit_test(sees_every_bit_and_every_cut),
        cmocka_unit_test(tells_a_failing_source_from_damage),
        cmocka_unit_test(refuses_what_ties_to_nothing),
        cmocka_unit_test(counts_more_than_it_lists),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
