/* Rosters read from CSV with what is wrong with bad ones, and the store: edits without a rebuild, swaps while readers hold. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/text.h"
#include "screen/names.h"
#include "testing.h"

static const struct {
    const char *csv, *people;
} sound[] = {
    {"id,kind,given,family,known_as,year,school\n1,pupil,Ada,Byron,Addie,7,N\n",
     "1/0/Ada/Byron/Addie/7/N;"},
    {"\xEF\xBB\xBFgiven,id\r\nAda,1\r\nZo\xC3\xAB,2", "1/3/Ada////;2/3/Zo\xC3\xAB////;"},
    {"id,other,given,family,kind\n1,x,\"By\"\"ron, the \"\"\",\"A\nB\",staff\n\n2,, C ,,parent\n",
     "1/1/By\"ron, the \"/A\nB///;2/2/C////;"},
    {"id,given,family\n1,,Byron\n", "1/3//Byron///;"},
    {"id,given,family\n1,Ada\n", "1/3/Ada////;"},
    {"id,given\n", ""},
    {"ID,Given,Kind\n1,Ada,Pupil\n2,Bo,STAFF,,\n", "1/0/Ada////;2/1/Bo////;"},
};

static void show_person(const struct name_person *person, struct text *out)
{
    text_format(out, "%.*s/%d/%.*s/%.*s/%.*s/%.*s/%.*s;", SLICE_PRINT(person->id),
                (int)person->kind, SLICE_PRINT(person->given), SLICE_PRINT(person->family),
                SLICE_PRINT(person->known_as), SLICE_PRINT(person->year),
                SLICE_PRINT(person->school));
}

static void reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        struct name_people people;
        struct error error = {0};
        if (!names_read(slice_of(sound[i].csv), arena, &people, &error))
            fail_msg("%s", error.sentence);
        AUTO_TEXT struct text shown;
        text_init(&shown, 1000);
        for (size_t k = 0; k < people.list.count; k++) show_person(&people.list.at[k], &shown);
        assert_slice(text_slice(&shown), sound[i].people);
    }
}

static void loads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++) {
        struct error error = {0};
        struct name_index *index = names_load(slice_of(sound[i].csv), &error);
        if (index == NULL) fail_msg("%s", error.sentence);
        AUTO_TEXT struct text shown;
        text_init(&shown, 1000);
        for (uint32_t k = 0; k < names_count(index); k++) {
            struct name_person person = names_person(index, k);
            show_person(&person, &shown);
        }
        assert_slice(text_slice(&shown), sound[i].people);
        names_free(index);
    }
}

/* More people than lines were guessed, as a lone return ends a line too; and the last id is one of them again. */
static void loads_many(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    struct error error = {0};
    text_init(&text, (size_t)1 << 20);
    text_add_string(&text, "id,given,family\n");
    for (int i = 0; i < 3000; i++) text_format(&text, "P%d,Ada%d,Byron\r", i, i);
    struct name_index *index = names_load(text_slice(&text), &error);
    assert_non_null(index);
    assert_int_equal(names_count(index), 3000);
    assert_true(slice_is(names_id(index, 2999), "P2999"));
    names_free(index);
    text_add_string(&text, "P1234,Bo,Peep\r");
    assert_null(names_load(text_slice(&text), &error));
    assert_int_equal(error.code, ERROR_MEANING);
    assert_int_equal(error.line, 3002);
}

static const struct {
    const char *csv;
    enum error_code code;
    size_t line;
} unsound[] = {
    {"", ERROR_SYNTAX, 1},
    {"name,class\nAda,7\n", ERROR_SYNTAX, 1},
    {"id,given,id\n", ERROR_SYNTAX, 1},
    {"id,given\n1,Ada\n1,Bo\n", ERROR_MEANING, 3},
    {"id,given,family\n1,Ada,Byron\n2,Bo,Byron, Jr\n", ERROR_SYNTAX, 3},
    {"id,given\n,Ada\n", ERROR_SYNTAX, 2},
    {"id,given\n1,\n", ERROR_SYNTAX, 2},
    {"id,given\n1,\"Ada\n", ERROR_SYNTAX, 2},
    {"id,given\n1,\"A\nB\"\n2,\"Ada\"x\n", ERROR_SYNTAX, 4},
    {"id,given,kind\n1,Ada,wizard\n", ERROR_WORD, 2},
    {"id,given\n1,A\n2,\xC3\n", ERROR_ENCODING, 3},
};

static void refuses(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof unsound / sizeof *unsound; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        struct name_people people;
        struct error error = {0};
        if (names_read(slice_of(unsound[i].csv), arena, &people, &error))
            fail_msg("read: %s", unsound[i].csv);
        assert_int_equal(error.code, unsound[i].code);
        assert_int_equal(error.line, unsound[i].line);
        assert_true(error.sentence[0] != '\0' && error.advice[0] != '\0');
        struct error again = {0};
        assert_null(names_load(slice_of(unsound[i].csv), &again));
        assert_int_equal(again.line, error.line);
        assert_string_equal(again.sentence, error.sentence);
    }
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text text;
    text_init(&text, 10000);
    text_add_string(&text, "id,given\n1,");
    for (size_t i = 0; i < NAME_FIELD_LARGEST; i++) text_add_char(&text, 'a');
    struct name_people people;
    struct error error;
    assert_true(names_read(text_slice(&text), arena, &people, &error));
    text_add_char(&text, 'a');
    assert_false(names_read(text_slice(&text), arena, &people, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
}

/* ---- the store ---------------------------------------------------------------------------------- */

static struct name_person pupil(const char *id, const char *given, const char *family)
{
    return (struct name_person){slice_of(id), slice_of(given), slice_of(family), SLICE_EMPTY,
                                SLICE_EMPTY,  SLICE_EMPTY,     NAME_PUPIL};
}

static struct name_store *store_of(const struct name_person *people, size_t count)
{
    struct error error;
    struct name_index *index = names_build(&(struct name_plan){people, count, false}, &error);
    assert_non_null(index);
    return name_store_new(index);
}

/* The ids of those a text names, each followed by a blank. */
static void named(struct name_store *store, const char *text, struct text *out)
{
    struct folded folded = {0};
    struct tokens tokens = {0};
    struct findings findings = {0};
    const struct name_index *index = name_store_hold(store);
    fold_text(&folded, slice_of(text));
    tokens_find(&tokens, &folded);
    names_find(index, &folded, &tokens, &findings);
    text_cut(out, 0);
    for (size_t i = 0; i < findings.count; i++) {
        if (i > 0) assert_true(findings.at[i - 1].start <= findings.at[i].start);
        for (size_t k = 0; k < findings.at[i].who_count; k++) {
            text_add(out, names_id(index, findings.at[i].who[k]));
            text_add_char(out, ' ');
        }
    }
    name_store_let_go(store, index);
    fold_clear(&folded);
    tokens_clear(&tokens);
    findings_clear(&findings);
}

static void edit(struct name_store *store, struct name_person person)
{
    struct error error = {0};
    if (!name_store_edit(store, &person, &error)) fail_msg("%s", error.sentence);
}

static void edits(void **state)
{
    (void)state;
    struct name_person people[] = {pupil("1", "Ada", "Byron"), pupil("2", "Obadiah", "Okafor")};
    struct name_store *store = store_of(people, 2);
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    const char *all = "Zadie Quist met Ada Byron, Obadiah Okafor and Ada Quist";
    named(store, all, &text);
    assert_slice(text_slice(&text), "1 2 ");
    edit(store, pupil("3", "Zadie", "Quist"));
    named(store, all, &text);
    assert_slice(text_slice(&text), "3 1 2 ");
    edit(store, pupil("1", "Ada", "Quist"));
    named(store, all, &text);
    assert_slice(text_slice(&text), "3 2 1 ");
    edit(store, pupil("2", "", ""));
    edit(store, pupil("nobody", "", ""));
    named(store, all, &text);
    assert_slice(text_slice(&text), "3 1 ");
    edit(store, pupil("3", "", ""));
    edit(store, pupil("1", "", ""));
    named(store, all, &text);
    assert_slice(text_slice(&text), "");
    edit(store, pupil("1", "Ada", "Byron"));
    named(store, all, &text);
    assert_slice(text_slice(&text), "1 ");
    struct error error = {0};
    struct name_person bad = pupil("", "Ada", "Byron");
    assert_false(name_store_edit(store, &bad, &error));
    bad = pupil("9", "\xff", "Byron");
    assert_false(name_store_edit(store, &bad, &error));
    named(store, all, &text);
    assert_slice(text_slice(&text), "1 ");
    name_store_free(store);
}

/* So many leave that the index is built anew, without them. */
static void many_edits(void **state)
{
    (void)state;
    enum { LEAVERS = NAME_EDITS_LARGEST + 20 };
    static char ids[LEAVERS][8];
    static struct name_person people[LEAVERS + 1];
    for (size_t i = 0; i < LEAVERS; i++) {
        (void)snprintf(ids[i], sizeof ids[i], "%zu", i);
        people[i] = pupil(ids[i], "Zadie", "Quist");
    }
    people[LEAVERS] = pupil("last", "Ada", "Byron");
    struct name_store *store = store_of(people, LEAVERS + 1);
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    edit(store, pupil("new", "Kwame", "Quist"));
    for (size_t i = 0; i < LEAVERS; i++) edit(store, pupil(ids[i], "", ""));
    const struct name_index *index = name_store_hold(store);
    assert_true(names_count(index) < 100);
    name_store_let_go(store, index);
    named(store, "Ada Byron and Kwame Quist", &text);
    assert_slice(text_slice(&text), "last new ");
    name_store_free(store);
}

/* ---- swapped while in use ----------------------------------------------------------------------- */

struct swapping {
    struct name_store *store;
    atomic_bool done;
    atomic_uint wrong, looks;
};

static void *look_on(void *context)
{
    struct swapping *swapping = context;
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    do {
        named(swapping->store, "Ada Byron", &text);
        bool right = slice_is(text_slice(&text), "1 ") || slice_is(text_slice(&text), "2 ");
        if (!right) atomic_fetch_add(&swapping->wrong, 1);
        atomic_fetch_add(&swapping->looks, 1);
    } while (!atomic_load(&swapping->done));
    return NULL;
}

static void swaps(void **state)
{
    (void)state;
    struct name_person people[] = {pupil("1", "Ada", "Byron"), pupil("2", "Ada", "Byron")};
    struct swapping swapping = {.store = store_of(people, 1)};
    pthread_t threads[2];
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, look_on, &swapping), 0);
    for (size_t i = 0; i < 300; i++) {
        struct error error;
        struct name_index *index =
            names_build(&(struct name_plan){&people[i % 2], 1, false}, &error);
        name_store_swap(swapping.store, index);
        edit(swapping.store, pupil("3", "Zadie", i % 3 == 0 ? "" : "Quist"));
    }
    atomic_store(&swapping.done, true);
    for (size_t i = 0; i < 2; i++) pthread_join(threads[i], NULL);
    assert_int_equal(atomic_load(&swapping.wrong), 0);
    assert_true(atomic_load(&swapping.looks) >= 2);
    name_store_free(swapping.store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),   cmocka_unit_test(loads), cmocka_unit_test(loads_many),
        cmocka_unit_test(refuses), cmocka_unit_test(edits), cmocka_unit_test(many_edits),
        cmocka_unit_test(swaps),
    };
    return cmocka_run_group_tests_name("screen names store", tests, NULL, NULL);
}
