/* The name index against a naive search, with many bearers of a name, at its limits, and on hostile texts. */
#include "base/random.h"
#include "base/text.h"
#include "name_desk.h"

static void open_roster(struct desk *desk, const char *name)
{
    struct arena *arena = arena_new();
    desk_open(desk, desk_file(arena, name), false);
    arena_free(arena);
}

/* ---- against a naive search --------------------------------------------------------------------- */

static const char *const givens[] = {"Ada",   "Zoë",        "Obadiah", "Anne-Marie", "Siân",
                                     "Kwame", "Ángel Luis", "Jo",      "Xiu Ying"};
static const char *const families[] = {"Byron",        "O'Neil", "Żak", "Smith-Jones",
                                       "van der Berg", "Okafor", "Ng",  "D'Souza Lima"};
static const char *const fillers[] = {"runs", "and", "lark-like", "o'clock", "😀",
                                      "Zed",  "x",   "über",      "42nd",    "adabyr"};
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct naive_words {
    struct slice words[8];
    size_t count;
};

static struct naive_words words_of(struct desk *desk, struct slice name)
{
    struct naive_words words = {.count = 0};
    fold_text(&desk->folded, name);
    tokens_find(&desk->tokens, &desk->folded);
    for (size_t i = 0; i < desk->tokens.count; i++) {
        char letters[200];
        size_t length = token_word(&desk->folded, &desk->tokens.at[i], letters, sizeof letters);
        words.words[words.count++] = arena_copy(desk->arena, (struct slice){letters, length});
    }
    return words;
}

static bool stands_at(const struct desk *desk, const struct naive_words *name, size_t at)
{
    if (at + name->count > desk->tokens.count) return false;
    for (size_t i = 0; i < name->count; i++) {
        char letters[200];
        size_t length =
            token_word(&desk->folded, &desk->tokens.at[at + i], letters, sizeof letters);
        if (!slice_equal((struct slice){letters, length}, name->words[i])) return false;
        if (i == 0) continue;
        size_t from = desk->tokens.at[at + i - 1].end, to = desk->tokens.at[at + i].start;
        if (to != from + 1 || strchr(" -", desk->folded.at[from]) == NULL) return false;
    }
    return true;
}

/* The spans of the longest names, from the left. */
static void naive(const struct desk *desk, const struct naive_words *names, size_t count,
                  struct text *out)
{
    text_cut(out, 0);
    for (size_t at = 0; at < desk->tokens.count;) {
        size_t longest = 0;
        for (size_t i = 0; i < count; i++) {
            if (names[i].count > longest && stands_at(desk, &names[i], at))
                longest = names[i].count;
        }
        if (longest == 0) {
            at++;
            continue;
        }
        struct fold_span span = fold_span(&desk->folded, desk->tokens.at[at].start,
                                          desk->tokens.at[at + longest - 1].end);
        text_format(out, "%u-%u ", span.start, span.end);
        at += longest;
    }
}

static void add_piece(struct text *text, struct random *random, const char *const *from,
                      size_t count)
{
    const char *piece = from[random_below(random, count)];
    if (random_below(random, 3) > 0) {
        text_add_string(text, piece);
        return;
    }
    for (; *piece != '\0'; piece++) /* shouted, as far as it is ASCII */
        text_add_char(text, *piece >= 'a' && *piece <= 'z' ? (char)(*piece - 32) : *piece);
}

static void make_text(struct text *text, struct random *random)
{
    text_cut(text, 0);
    for (size_t i = random_below(random, 30); i > 0; i--) {
        size_t what = random_below(random, 3);
        if (what == 0) add_piece(text, random, fillers, COUNT(fillers));
        if (what != 0) {
            add_piece(text, random, givens, COUNT(givens));
            text_add_char(text, " - ,"[random_below(random, 4)]);
            add_piece(text, random, families, COUNT(families));
        }
        text_add_string(text, random_below(random, 5) == 0 ? ". " : " ");
    }
}

static void against_naive(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 42);
    AUTO_TEXT struct text csv, text, wanted, found;
    text_init(&csv, 1 << 20);
    text_init(&text, 1 << 16);
    text_init(&wanted, 1 << 16);
    text_init(&found, 1 << 16);
    text_add_string(&csv, "id,given,family\n");
    for (size_t i = 0; i < COUNT(givens); i++) {
        for (size_t k = 0; k < COUNT(families); k++) {
            if (random_below(&random, 2) == 0)
                text_format(&csv, "%zu.%zu,%s,%s\n", i, k, givens[i], families[k]);
        }
    }
    struct desk desk;
    desk_open(&desk, text_slice(&csv), true);
    size_t count = desk.people.list.count, hits = 0;
    struct naive_words names[COUNT(givens) * COUNT(families)];
    for (size_t i = 0; i < count; i++) {
        struct slice whole =
            arena_format(desk.arena, "%.*s %.*s", SLICE_PRINT(desk.people.list.at[i].given),
                         SLICE_PRINT(desk.people.list.at[i].family));
        names[i] = words_of(&desk, whole);
    }
    for (size_t round = 0; round < 1500; round++) {
        make_text(&text, &random);
        desk_find(&desk, text_slice(&text));
        naive(&desk, names, count, &wanted);
        text_cut(&found, 0);
        for (size_t i = 0; i < desk.findings.count; i++)
            text_format(&found, "%u-%u ", desk.findings.at[i].start, desk.findings.at[i].end);
        hits += desk.findings.count;
        if (!slice_equal(text_slice(&found), text_slice(&wanted)))
            fail_msg("'%s': %s, naively %s", text.at, found.at, wanted.at);
    }
    assert_true(hits > 2000);
    desk_close(&desk);
}

/* ---- many, limits, hostile ---------------------------------------------------------------------- */

static void many_bearers(void **state)
{
    (void)state;
    AUTO_TEXT struct text csv, shown;
    text_init(&csv, 1 << 22);
    text_init(&shown, 1 << 16);
    text_add_string(&csv, "id,given,family\n");
    for (size_t i = 0; i < 20000; i++) text_format(&csv, "P%zu,Ada,Byron\n", i);
    text_add_string(&csv, "Q1,Obadiah,Byron\n");
    struct desk desk;
    desk_open(&desk, text_slice(&csv), false);
    desk_find(&desk, SLICE("Ada Byron, then Obadiah B"));
    assert_int_equal(desk.findings.count, 2);
    assert_int_equal(desk.findings.at[0].who_count, FINDING_WHO_LARGEST);
    assert_true(desk.findings.at[0].more);
    assert_false(desk.findings.at[1].more);
    desk_show(&desk, desk.index, &shown);
    assert_true(slice_ends(text_slice(&shown), SLICE("first_initial:Q1")));
    assert_true(names_bytes(desk.index) < 4000000);
    desk_close(&desk);
}

static void limits(void **state)
{
    (void)state;
    char wide[NAME_FIELD_LARGEST + 2];
    memset(wide, 'a', sizeof wide);
    struct error error = {0};
    struct name_person person = {SLICE("1"),  {wide, NAME_FIELD_LARGEST + 1},
                                 SLICE("B"),  SLICE_EMPTY,
                                 SLICE_EMPTY, SLICE_EMPTY,
                                 NAME_PUPIL};
    assert_null(names_build(&(struct name_plan){&person, 1, false}, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    person.given = SLICE("\xff");
    assert_null(names_build(&(struct name_plan){&person, 1, false}, &error));
    assert_int_equal(error.code, ERROR_ENCODING);
    assert_null(names_build(&(struct name_plan){&person, NAMES_LARGEST + 1, false}, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    /* The longest of everything, and of what folds to the most. */
    AUTO_TEXT struct text most;
    text_init(&most, 1000);
    while (most.length + 3 <= NAME_FIELD_LARGEST) text_add_string(&most, "각");
    person.given = person.family = person.known_as = text_slice(&most);
    struct name_index *index = names_build(&(struct name_plan){&person, 1, false}, &error);
    assert_non_null(index);
    struct desk desk = {.arena = arena_new()};
    AUTO_TEXT struct text text;
    text_init(&text, 10000);
    text_format(&text, "%s %s", most.at, most.at);
    desk_find_in(&desk, index, text_slice(&text));
    assert_int_equal(desk.findings.count, 1);
    desk.index = index;
    desk_close(&desk);
    person.given = SLICE("' - ' .");
    person.family = person.known_as = SLICE("--");
    index = names_build(&(struct name_plan){&person, 1, false}, &error);
    assert_non_null(index);
    assert_int_equal(names_count(index), 1);
    names_free(index);
}

static void nobody(void **state)
{
    (void)state;
    struct desk desk = {.arena = arena_new()};
    struct error error;
    desk_find_in(&desk, NULL, SLICE("Ada Byron"));
    assert_int_equal(desk.findings.count, 0);
    desk.index = names_build(&(struct name_plan){NULL, 0, false}, &error);
    assert_non_null(desk.index);
    desk_find(&desk, SLICE("Ada Byron"));
    assert_int_equal(desk.findings.count, 0);
    desk_close(&desk);
}

static void exempts(void **state)
{
    (void)state;
    struct desk desk;
    open_roster(&desk, "names.csv");
    desk_find(&desk, SLICE("Mr Cockburn and Thomas Dickson met Mark, @tomdickson1, Ada B"));
    const struct findings *findings = &desk.findings;
    assert_true(names_exempts(findings, 3, 11));  /* a surname */
    assert_true(names_exempts(findings, 16, 22)); /* inside a full name */
    assert_true(names_exempts(findings, 23, 30));
    assert_false(names_exempts(findings, 0, 2));   /* no name */
    assert_false(names_exempts(findings, 35, 39)); /* a lone first name */
    assert_false(names_exempts(findings, 20, 33)); /* reaches further */
    assert_true(names_exempts(findings, 42, 53));  /* a handle */
    assert_false(names_exempts(findings, 55, 58)); /* first and initial */
    desk_close(&desk);
}

static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"Ada ",        "Ada Byron ", "a ",          "A. ",
                                         "will young ", "@ada",       "Ada-",        "Ada. ",
                                         "Byron, ",     "O'",         "May Day May "};
    struct desk desk;
    open_roster(&desk, "names.csv");
    AUTO_TEXT struct text text;
    text_init(&text, FOLD_TEXT_LARGEST);
    for (size_t i = 0; i < COUNT(pieces); i++) {
        text_cut(&text, 0);
        size_t length = strlen(pieces[i]);
        while (text.length + length <= FOLD_TEXT_LARGEST / 4) text_add_string(&text, pieces[i]);
        desk_find(&desk, text_slice(&text));
        assert_true(desk.findings.count <= FINDINGS_LARGEST);
        for (size_t k = 0; k < desk.findings.count; k++)
            assert_true(desk.findings.at[k].end <= text.length);
    }
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(against_naive), cmocka_unit_test(many_bearers), cmocka_unit_test(limits),
        cmocka_unit_test(nobody),        cmocka_unit_test(exempts),      cmocka_unit_test(hostile),
    };
    return cmocka_run_group_tests_name("screen names", tests, NULL, NULL);
}
