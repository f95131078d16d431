/* Disguise: wording as pupils spell it to slip past, what only looks like it, spans in the original, both ways alike, hostile texts. */
#include "base/arena.h"
#include "base/cursor.h"
#include "base/file.h"
#include "base/random.h"
#include "base/text.h"
#include "base/utf8.h"
#include "samples.h"
#include "screen/evade.h"
#include "screen/evade_scan.h"
#include "screen/names.h"
#include "testing.h"

struct desk {
    struct lexicon *lexicon;
    struct folded folded;
    struct tokens tokens;
    struct findings findings, others;
    struct evade_work work;
};

static void open_desk(struct desk *desk, const char *own)
{
    struct lexicon_plan plan = {.own = slice_of(own)};
    struct error error = {0};
    *desk = (struct desk){.lexicon = lexicon_new(&plan, &error)};
    if (desk->lexicon == NULL) fail_msg("%s", error.sentence);
}

static void close_desk(struct desk *desk)
{
    lexicon_free(desk->lexicon);
    fold_clear(&desk->folded);
    tokens_clear(&desk->tokens);
    findings_clear(&desk->findings);
    findings_clear(&desk->others);
    evade_work_clear(&desk->work);
}

static void begin(struct desk *desk, struct slice text)
{
    assert_int_equal(utf8_check(text), text.length);
    fold_text(&desk->folded, text);
    desk->findings.count = desk->findings.names_from = desk->findings.names_to = 0;
    desk->findings.full = false;
}

/* What evade.c alone gives. */
static void find(struct desk *desk, struct slice text)
{
    begin(desk, text);
    evade_find(desk->lexicon, &desk->work, &desk->folded, &desk->findings);
    findings_settle(&desk->findings);
}

/* With what stands there openly; how many findings are owed to evade.c. */
static size_t find_all(struct desk *desk, struct slice text)
{
    begin(desk, text);
    tokens_find(&desk->tokens, &desk->folded);
    lexicon_find(desk->lexicon, &desk->folded, &desk->tokens, &desk->findings);
    findings_settle(&desk->findings);
    size_t open = desk->findings.count;
    evade_find(desk->lexicon, &desk->work, &desk->folded, &desk->findings);
    findings_settle(&desk->findings);
    return desk->findings.count - open;
}

static struct slice source(struct arena *arena, const char *name)
{
    const char *top = getenv("LANYARD_SOURCE");
    struct slice path = arena_format(arena, "%s/%s", top != NULL ? top : ".", name), all;
    struct error error;
    if (!file_read(path.at, 1 << 20, arena, &all, &error)) return SLICE_EMPTY;
    return all;
}

/* "shit hold 4-8" of each, settled. */
static void show(const struct desk *desk, struct text *out)
{
    text_cut(out, 0);
    for (size_t i = 0; i < desk->findings.count; i++) {
        const struct finding *finding = &desk->findings.at[i];
        if (i > 0) text_add_string(out, "; ");
        text_add(out, lexicon_entry(desk->lexicon, finding->entry)->phrase);
        text_format(out, " %s %u-%u", finding->level == LEVEL_HOLD ? "hold" : "look",
                    finding->start, finding->end);
    }
}

static void check(struct desk *desk, const char *given, const char *wanted)
{
    AUTO_TEXT struct text out;
    text_init(&out, 4096);
    find(desk, slice_of(given));
    show(desk, &out);
    if (!slice_is(text_slice(&out), wanted)) print_error("in '%s':\n", given);
    assert_slice(text_slice(&out), wanted);
}

/* ---- the suites --------------------------------------------------------------------------------- */

struct row {
    struct text text;
    size_t start, end;
    struct slice entry;
};

static void read_row(struct row *row, struct slice marked)
{
    struct cursor cursor;
    cursor_init(&cursor, marked);
    text_init(&row->text, 4096);
    row->start = row->end = SIZE_MAX;
    while (!cursor_done(&cursor)) {
        struct slice left = slice_part(marked, cursor.at, marked.length);
        if (slice_starts(left, SLICE("{{"))) {
            row->start = row->text.length;
            cursor.at += 2;
        } else if (slice_starts(left, SLICE("}}"))) {
            row->end = row->text.length;
            cursor.at += 2;
        } else if (cursor_take(&cursor, '\\')) {
            sample_escape(&row->text, &cursor);
        } else {
            text_add_char(&row->text, marked.at[cursor.at++]);
        }
    }
    assert_true(row->start < row->end && row->end <= row->text.length);
}

/* The class of a plain wording. */
static bool kind_of(struct desk *desk, struct slice wording, enum finding_kind *ret_kind)
{
    begin(desk, wording);
    tokens_find(&desk->tokens, &desk->folded);
    lexicon_find(desk->lexicon, &desk->folded, &desk->tokens, &desk->findings);
    findings_settle(&desk->findings);
    if (desk->findings.count == 0) return false;
    *ret_kind = desk->findings.at[0].kind;
    return true;
}

/* Whether the span holds a finding of the class that the plain wording has. Words around it may belong to it: send nudes. */
static bool is_found(struct desk *desk, const struct row *row)
{
    enum finding_kind kind;
    if (!kind_of(desk, row->entry, &kind)) return false;
    (void)find_all(desk, text_slice(&row->text));
    for (size_t i = 0; i < desk->findings.count; i++) {
        const struct finding *finding = &desk->findings.at[i];
        size_t length = finding->end - finding->start;
        if (finding->kind == kind && finding->start <= row->start && finding->end >= row->end &&
            length <= row->end - row->start + 16)
            return true;
    }
    return false;
}

struct score {
    size_t rows, found;
};

static struct score half(struct desk *desk, struct slice rest, const char *name, bool tell)
{
    struct score score = {0};
    for (struct slice line; slice_line(&rest, &line);) {
        struct slice which, text;
        if (!slice_split(&line, '\t', &which) || !slice_is(which, name)) continue;
        assert_true(slice_split(&line, '\t', &text));
        struct row row = {.entry = line};
        read_row(&row, text);
        bool found = is_found(desk, &row);
        if (!found && tell) print_message("# missed: %.*s\n", SLICE_PRINT(text_slice(&row.text)));
        score.rows++;
        score.found += found;
        text_clear(&row.text);
    }
    print_message("# %s: %zu of %zu disguises found\n", name, score.found, score.rows);
    return score;
}

static void disguises_are_found(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct desk desk;
    open_desk(&desk, "");
    struct slice rows = source(arena, "tests/screen/disguised.tsv");
    struct score tuned = half(&desk, rows, "tuned", true);
    struct score fresh = half(&desk, rows, "fresh", false);
    assert_true(tuned.rows >= 100 && fresh.rows >= 100);
    assert_true(tuned.found * 100 >= tuned.rows * 95);
    assert_true(fresh.found * 100 >= fresh.rows * 85);
    close_desk(&desk);
}

static void look_alikes_are_left(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct desk desk;
    size_t count = 0, alarms = 0;
    open_desk(&desk, "");
    struct slice rest = source(arena, "tests/screen/lookalikes.txt");
    for (struct slice line; slice_line(&rest, &line);) {
        if (slice_starts(line, SLICE("# "))) continue;
        count++;
        if (find_all(&desk, line) == 0) continue;
        alarms++;
        print_message("# alarm: %.*s\n", SLICE_PRINT(line));
    }
    print_message("# %zu look-alikes, %zu alarms\n", count, alarms);
    assert_true(count >= 300);
    assert_int_equal(alarms, 0);
    close_desk(&desk);
}

/* The 60 spellings beside the project, where they are. */
static void known_spellings_are_found(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice rest = source(arena, "../shared/data/obfuscation/obf-60.txt");
    struct desk desk;
    size_t count = 0, found = 0;
    if (rest.length == 0) skip();
    open_desk(&desk, "");
    for (struct slice line; slice_line(&rest, &line); count++) {
        (void)find_all(&desk, line);
        found += desk.findings.count > 0;
        if (desk.findings.count == 0) print_message("# missed: %.*s\n", SLICE_PRINT(line));
    }
    print_message("# %zu of %zu spellings found\n", found, count);
    assert_int_equal(count, 60);
    assert_int_equal(found, count);
    close_desk(&desk);
}

/* ---- by hand ------------------------------------------------------------------------------------ */

#define OWN                                                                                        \
    "profanity hold (frobble|frobbles|frobbling)\nprofanity look mizzle\n"                         \
    "threat hold smite yourself\ndiscriminatory race hold *grumph*\nself-harm hold qxz\n"

static void each_way_of_hiding(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, OWN);
    check(&desk, "fr0bble", "frobble hold 0-7");
    check(&desk, "you fr0bb1es!", "frobbles hold 4-12");
    check(&desk, "Fr@bble, no", "frobble hold 0-7");
    check(&desk, "fr*bbl* fr*bble", "frobble hold 8-15");
    check(&desk, "fr**ble", "frobble hold 0-7");
    check(&desk, "frooooobble", "frobble hold 0-11");
    check(&desk, "frobbbbble", "frobble hold 0-10");
    check(&desk, "f r o b b l e", "frobble hold 0-13");
    check(&desk, "f.r.o.b.b.l.e.", "frobble hold 0-13");
    check(&desk, "f\nr\no\nb\nb\nl\ne", "frobble hold 0-13");
    check(&desk, "YouFrobble", "frobble hold 3-10");
    check(&desk, "FROBBlE and frobbIe", "frobble hold 0-7; frobble hold 12-19");
    check(&desk, "frobble77 99frobble", "frobble hold 0-7; frobble hold 12-19");
    check(&desk, "m1zzle", "mizzle look 0-6");
    check(&desk, "sm!te y0urself", "smite yourself hold 0-14");
    check(&desk, "smite yours3lf, s m i t e yourself",
          "smite yourself hold 0-14; smite yourself hold 16-34");
    check(&desk, "ungrumph3d gr*mphing", "grumph hold 0-10; grumph hold 11-20");
    check(&desk, "fr()bble MlZZLE y o u f r o b b l e",
          "frobble hold 0-8; mizzle look 9-15; frobble hold 22-35");
    check(&desk, "fr o bble f r o bble", "frobble hold 10-20");
    check(&desk, "fr-bble fr.ob", "frobble hold 0-7");
    check(&desk,
          "frоbble fr\xf0\x9f\x94\xa5"
          "bble fr&#48;bble",
          "frobble hold 0-8; frobble hold 9-19; frobble hold 20-31");
    check(&desk, "q.x.z Q X Z", "qxz hold 0-5; qxz hold 6-11");
    close_desk(&desk);
}

static void what_is_left(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, OWN);
    const char *const texts[] = {
        "",
        "frobble",
        "http://example.org/fr0bble",
        "www.fr0bble.example",
        "fr0bble@example.org",
        "example.org/f_r_o_b_b_l_e",
        "fr0bblex",
        "xfr0bble",
        "f0b",
        "m i z",
        "fr**",
        "sm1t",
        "0123456789",
        "************",
        "f*******",
        "fr0bble\xd0\xb6",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) check(&desk, texts[i], "");
    close_desk(&desk);
}

/* A roster's surname is let alone in disguise too. */
static void names_are_exempt(void **state)
{
    (void)state;
    struct desk desk;
    struct error error;
    const struct name_person person = {.id = SLICE("P1"),
                                       .given = SLICE("Ada"),
                                       .family = SLICE("Frobble"),
                                       .known_as = SLICE_EMPTY,
                                       .year = SLICE_EMPTY,
                                       .school = SLICE_EMPTY};
    struct name_plan plan = {.people = &person, .count = 1};
    struct name_index *index = names_build(&plan, &error);
    assert_non_null(index);
    open_desk(&desk, OWN);
    begin(&desk, SLICE("@AdaFrobble"));
    tokens_find(&desk.tokens, &desk.folded);
    names_find(index, &desk.folded, &desk.tokens, &desk.findings);
    assert_int_equal(desk.findings.count, 1);
    evade_find(desk.lexicon, &desk.work, &desk.folded, &desk.findings);
    assert_int_equal(desk.findings.count, 1);
    names_free(index);
    close_desk(&desk);
}

/* ---- any text ----------------------------------------------------------------------------------- */

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static void check_any(struct desk *desk, struct slice text)
{
    find(desk, text);
    struct findings first = desk->findings;
    desk->findings = desk->others;
    desk->others = first;
    begin(desk, text);
    evade_find_scalar(desk->lexicon, &desk->work, &desk->folded, &desk->findings);
    findings_settle(&desk->findings);
    assert_int_equal(desk->findings.count, first.count);
    for (size_t i = 0; i < first.count; i++) {
        const struct finding *one = &first.at[i], *other = &desk->findings.at[i];
        assert_true(one->start < one->end && one->end <= text.length);
        assert_true(boundary(text, one->start) && boundary(text, one->end));
        assert_true(one->start == other->start && one->end == other->end);
        assert_true(one->entry == other->entry && one->level == other->level);
    }
}

/* Pieces of disguise put together at random, so that something is found. */
static void add_pieces(struct text *out, struct random *random)
{
    static const char *const pieces[] = {"fr0bble",  "f",
                                         "r",        "0",
                                         "b",        " ",
                                         "  ",       "*",
                                         "**",       "@",
                                         ".",        "-",
                                         "!",        "$",
                                         "frobb",    "le",
                                         "smite",    "y0u",
                                         "rself",    "q",
                                         "x",        "z",
                                         "G",        "grumph",
                                         "GRUMPH",   "1",
                                         "7",        "\n",
                                         "bbbb",     "ooo",
                                         "\xd0\xbe", "é",
                                         "ⓕ",        "\xe2\x80\x8b",
                                         "()",       "\\/",
                                         "http://",  "www.",
                                         "m!zzle",   "()",
                                         "fr*bble",  "frob",
                                         "Ble",      "I",
                                         "lll",      "|<",
                                         "#",        "&",
                                         "yourse1f", "_"};
    size_t count = 1 + random_below(random, 60);
    for (size_t i = 0; i < count; i++)
        text_add_string(out, pieces[random_below(random, sizeof pieces / sizeof *pieces)]);
}

static void check_scans(struct desk *desk, struct slice text)
{
    begin(desk, text);
    evade_scan_next *const others[] = {evade_scan_wide, evade_scan_best()};
    for (size_t i = 0; i < 2; i++) {
        struct evade_scan plain, other;
        evade_scan_begin(&plain, &desk->folded);
        evade_scan_begin(&other, &desk->folded);
        for (bool more = true; more;) {
            more = evade_scan_scalar(&plain);
            assert_int_equal(others[i](&other), more);
            if (!more) break;
            assert_int_equal(other.count, plain.count);
            for (size_t k = 0; k < plain.count; k++) {
                assert_int_equal(other.at[k].base, plain.at[k].base);
                assert_true(other.at[k].odd == plain.at[k].odd);
                assert_true(other.at[k].spaced == plain.at[k].spaced);
            }
        }
    }
}

static void both_ways_are_alike(void **state)
{
    (void)state;
    AUTO_TEXT struct text text;
    struct random random;
    struct desk desk;
    size_t found = 0;
    open_desk(&desk, OWN);
    text_init(&text, 1 << 16);
    random_init(&random, 11);
    for (size_t i = 0; i < sample_text_count; i++) check_any(&desk, slice_of(sample_texts[i]));
    for (size_t i = 0; i < 3000; i++) {
        text_cut(&text, 0);
        if (i % 3 == 0) sample_random(&text, &random, random_below(&random, 300));
        add_pieces(&text, &random);
        check_any(&desk, text_slice(&text));
        found += desk.findings.count;
        check_scans(&desk, text_slice(&text));
    }
    assert_true(found > 300);
    close_desk(&desk);
}

/* Texts of 1 MiB of what takes longest: they end, and no more is found than may be. */
static void long_texts_end(void **state)
{
    (void)state;
    static const char *const repeated[] = {
        "f u c k ", "f",        "*",    "****",  "f**k ",    "l1",  "l1l1 ",
        "sh1t",     "a.",       "a b ", "fr0b ", "AbCd",     "f*",  "1",
        "u ",       "f.u.c.k-", "@a",   "ab!cd", "\xd0\xbe", "(((", "x1y2 z@b$ "};
    AUTO_TEXT struct text text;
    struct desk desk;
    open_desk(&desk, OWN);
    text_init(&text, FOLD_TEXT_LARGEST);
    for (size_t i = 0; i < sizeof repeated / sizeof *repeated; i++) {
        size_t length = strlen(repeated[i]);
        text_cut(&text, 0);
        while (text.length + length <= FOLD_TEXT_LARGEST) text_add_string(&text, repeated[i]);
        find(&desk, text_slice(&text));
        check_scans(&desk, text_slice(&text));
        assert_true(desk.findings.count <= FINDINGS_LARGEST);
    }
    close_desk(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_way_of_hiding),
        cmocka_unit_test(what_is_left),
        cmocka_unit_test(names_are_exempt),
        cmocka_unit_test(both_ways_are_alike),
        cmocka_unit_test(long_texts_end),
        cmocka_unit_test(look_alikes_are_left),
        cmocka_unit_test(known_spellings_are_found),
        cmocka_unit_test(disguises_are_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
