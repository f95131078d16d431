/* What must hold of every text, whatever it says: spans on the edges of characters, the same with
 * SIMD and without, time that grows with the length; and the parts: anchors, words, levels. */
#include <time.h>

#include "base/text.h"
#include "base/utf8.h"
#include "samples.h"
#include "screen/detect.h"
#include "screen/detect_parts.h"
#include "screen/detect_scan.h"
#include "screen/detect_words.h"
#include "testing.h"

static bool on_edge(struct slice text, size_t at)
{
    return at == text.length || ((unsigned char)text.at[at] & 0xC0U) != 0x80;
}

static void spans_are_sound(struct slice text, const struct findings *findings)
{
    size_t before = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *one = &findings->at[i];
        assert_true(one->start < one->end && one->end <= text.length && one->start >= before);
        assert_true(on_edge(text, one->start) && on_edge(text, one->end));
        assert_true(one->kind > FINDING_NAME && one->kind < FINDING_PROFANITY);
        before = one->end;
    }
}

/* Both ways over a copy of the exact size, so that the sanitizer sees a read past it. */
static size_t look_both_ways(struct slice text, struct detect_work *work)
{
    struct findings wide = {0}, scalar = {0};
    char *exact = malloc(text.length + 1);
    memcpy(exact, text.at, text.length);
    struct slice copy = {exact, text.length};
    detect_all(work, copy, NULL, &wide);
    detect_all_scalar(work, copy, NULL, &scalar);
    spans_are_sound(copy, &wide);
    assert_int_equal(wide.count, scalar.count);
    for (size_t i = 0; i < wide.count; i++) {
        assert_int_equal(wide.at[i].kind, scalar.at[i].kind);
        assert_int_equal(wide.at[i].start, scalar.at[i].start);
        assert_int_equal(wide.at[i].end, scalar.at[i].end);
    }
    size_t count = wide.count;
    findings_clear(&wide);
    findings_clear(&scalar);
    free(exact);
    return count;
}

static const char *const pieces[] = {
    "07700",    " 900123",  "+44 ",     "(0)",        "01632 ", "960123", "0",        "7",
    " ",        "@",        ".",        "#",          ":",      "//",     "https://", "example",
    ".com",     ".co.uk",   " dot ",    " at ",       "(at)",   "[dot]",  "ada",      "LS1",
    " 4AB",     "12 ",      "High ",    "Street",     "AB",     "123456", "C",        "4111 ",
    "1111 ",    "943 476 ", "5919",     "NHS ",       "oh ",    "seven ", "zero ",    "double ",
    "hundred ", "\n",       "-",        "/",          "(",      ")",      "_",        "é",
    "日",       "\u200B",   "\u00A0",   "\uFF10",     "\uFF20", "🎉",      "\uFE0F",   "\u20E3",
    "\u2013",   "\u2019",   "wa.me/",   "t.me",       "snap: ", "&#64;",  "O",        "l",
    "IMEI ",    "4901542",  "03237518", "\U0001D7CE", "\u2460", "www.",   "x",        ",",
};

static void random_texts_give_the_same_both_ways(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 11);
    struct detect_work work = {0};
    size_t found = 0;
    for (int round = 0; round < 6000; round++) {
        AUTO_TEXT struct text text;
        text_init(&text, 4096);
        for (size_t i = random_below(&random, 60); i > 0; i--)
            text_add_string(&text, pieces[random_below(&random, sizeof pieces / sizeof *pieces)]);
        if (round % 10 == 0) sample_random(&text, &random, random_below(&random, 300));
        found += look_both_ways(text_slice(&text), &work);
    }
    for (size_t i = 0; i < sample_text_count; i++)
        (void)look_both_ways(slice_of(sample_texts[i]), &work);
    detect_work_clear(&work);
    assert_true(found > 2000);
}

/* One finding, wherever it stands against the blocks of 64 bytes that are read at once. */
static void every_offset_is_found(void **state)
{
    (void)state;
    static const char *const texts[] = {"07700 900123",
                                        "ada at gmail dot com",
                                        "oh seven seven double oh nine hundred one two three",
                                        "#Trip",
                                        "https://example.com/x",
                                        "AB 12 34 56 C"};
    struct detect_work work = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (size_t before = 0; before < 140; before++) {
            AUTO_TEXT struct text text;
            text_init(&text, 4096);
            for (size_t k = 0; k < before; k++) text_add_char(&text, ' ');
            text_add_string(&text, texts[i]);
            assert_int_equal(look_both_ways(text_slice(&text), &work), 1);
            text_add_string(&text,
                            " and then nothing more is said in this text, so that it is long");
            assert_int_equal(look_both_ways(text_slice(&text), &work), 1);
        }
    }
    detect_work_clear(&work);
}

static void assert_scans_alike(const struct scanner *scanner, struct slice text)
{
    struct scan one[3], other[3];
    if (scanner == NULL) return; /* not on this processor */
    scanner->text(text, one);
    scanner_scalar.text(text, other);
    for (size_t i = 0; i < SCANS(text.length); i++) {
        assert_true(one[i].digits == other[i].digits && one[i].marks == other[i].marks);
        assert_true(one[i].signs == other[i].signs);
    }
}

static void anchors_are_the_same_all_ways(void **state)
{
    (void)state;
    struct random random;
    random_init(&random, 5);
    for (int round = 0; round < 20000; round++) {
        char bytes[160];
        size_t length = 1 + random_below(&random, sizeof bytes - 1);
        static const char likely[] = "dotzersevenoh0139@#.: DOTZERSEVOH-at &)\t";
        for (size_t i = 0; i < length; i++)
            bytes[i] = random_below(&random, 8) == 0
                           ? (char)random_below(&random, 256)
                           : likely[random_below(&random, sizeof likely - 1)];
        char *exact = malloc(length);
        memcpy(exact, bytes, length);
        assert_scans_alike(scanner_best(), (struct slice){exact, length});
        assert_scans_alike(scanner_wide(), (struct slice){exact, length});
        free(exact);
    }
}

static void words_stand_in_order_and_are_found(void **state)
{
    (void)state;
    for (size_t set = 0; set < WORD_SETS; set++) {
        size_t count = word_set_count((enum word_set)set);
        assert_true(count > 0);
        for (size_t i = 0; i < count; i++) {
            struct slice word = word_set_word((enum word_set)set, i);
            if (i > 0)
                assert_true(slice_compare(word_set_word((enum word_set)set, i - 1), word) < 0);
            assert_true(word_in((enum word_set)set, word));
            AUTO_TEXT struct text longer;
            text_init(&longer, 64);
            text_add(&longer, word);
            text_add_string(&longer, "qz");
            assert_false(word_in((enum word_set)set, text_slice(&longer)));
        }
    }
    assert_true(word_in(WORDS_STREET, SLICE("Street")) && word_in(WORDS_STREET, SLICE("ROAD")));
    assert_false(word_in(WORDS_STREET, SLICE("")));
    assert_false(word_in(WORDS_STREET, SLICE("streetstreetstreet")));
}

struct level {
    const char *text;
    enum finding_kind kind;
    enum finding_level level;
};

static const struct level levels[] = {
    {"07700 900123", FINDING_PHONE_MOBILE, LEVEL_HOLD},
    {"01632 960123", FINDING_PHONE_LANDLINE, LEVEL_LOOK},
    {"ada@example.com", FINDING_EMAIL_PERSONAL, LEVEL_HOLD},
    {"ada@school.example.org", FINDING_EMAIL_SCHOOL, LEVEL_LOOK},
    {"NHS 9434765919", FINDING_NHS, LEVEL_HOLD},
    {"943 476 5919", FINDING_NHS, LEVEL_HOLD},
    {"9434765919", FINDING_NHS, LEVEL_LOOK}, /* one in eleven numbers of ten digits */
    {"LS1 4AB", FINDING_POSTCODE, LEVEL_LOOK},
    {"wa.me/447700900123", FINDING_WHATSAPP, LEVEL_HOLD},
    {"example.com", FINDING_HOST, LEVEL_LOOK},
    {"#Trip", FINDING_HASHTAG, LEVEL_LOOK},
};

static void levels_are_as_documented(void **state)
{
    (void)state;
    struct error error = {0};
    struct allow_list *allow = allow_new(SLICE("mail school.example.org\n"), &error);
    assert_non_null(allow);
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct detect_work work = {0};
        struct findings findings = {0};
        detect_all(&work, slice_of(levels[i].text), allow, &findings);
        assert_int_equal(findings.count, 1);
        assert_int_equal(findings.at[0].kind, levels[i].kind);
        assert_int_equal(findings.at[0].level, levels[i].level);
        findings_clear(&findings);
        detect_work_clear(&work);
    }
    allow_free(allow);
}

static void what_is_allowed_is_let_through(void **state)
{
    (void)state;
    struct error error = {0};
    struct allow_list *allow = allow_new(
        SLICE("host bbc.co.uk\nonly maps.example.com\nhashtag #WorldBookDay\nhost t.me\n"), &error);
    assert_non_null(allow);
    struct slice let = SLICE("See https://www.bbc.co.uk/news/07700900123, news.bbc.co.uk, "
                             "maps.example.com/@51.5 #worldbookday t.me/ourschool");
    struct slice not = SLICE("x.maps.example.com notbbc.co.uk #WorldBookDays example.com");
    struct detect_work work = {0};
    struct findings findings = {0};
    detect_all(&work, let, allow, &findings);
    assert_int_equal(findings.count, 0);
    detect_all(&work, not, allow, &findings);
    assert_int_equal(findings.count, 4);
    findings_clear(&findings);
    detect_work_clear(&work);
    allow_free(allow);
}

/* A finding that ends in a letter, a digit directly behind it: the letter is taken. */
static void what_is_found_is_not_looked_at_again(void **state)
{
    (void)state;
    struct detect_work work = {0};
    assert_int_equal(look_both_ways(SLICE("12 Mill Road7 4AB"), &work), 1);
    assert_int_equal(look_both_ways(SLICE("12 Mill Road123456C"), &work), 1);
    assert_int_equal(look_both_ways(SLICE("ada@example.com@example.com"), &work), 1);
    detect_work_clear(&work);
}

static void nothing_in_an_empty_text(void **state)
{
    (void)state;
    struct detect_work work = {0};
    assert_int_equal(look_both_ways(SLICE_EMPTY, &work), 0);
    detect_work_clear(&work);
}

/* ---- hostile texts ---- */

static double seconds_of(struct slice text)
{
    struct timespec begin, end;
    struct detect_work work = {0};
    struct findings findings = {0};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
    detect_all(&work, text, NULL, &findings);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    findings_clear(&findings);
    detect_work_clear(&work);
    return (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

static void repeat(struct text *text, const char *piece, size_t length)
{
    while (text->length < length) text_add_string(text, piece);
}

static const char *const hostile[] = {
    "07 ",
    "0\n7\n",
    "a_",
    "a@a.",
    "4111 1111 1111 ",
    "Rose, DN55 1PT ",
    "Rose Lane, ",
    "a d @ ",
    "\"a",
    "aDOTb",
    "_dot_",
    "[.]com ",
    "my insta is ",
    " at gmail ",
    "BFPO 5 ",
    "//[",
    "07700900123",
    "0 ",
    "07",
    "0",
    "1.",
    "a.",
    "a",
    "@",
    "a@",
    "#",
    "a#",
    ".",
    "-",
    "07700 90 ",
    "+",
    "+44 ",
    "oh ",
    "zero ",
    "sev",
    "dot ",
    " dot a",
    "a at b dot ",
    "A1 1A",
    "AB12 ",
    "12 High ",
    "12 A B C ",
    "://",
    "a://",
    "http://(",
    "(",
    ")",
    "\u00A0",
    "\u200B",
    "\uFF10",
    "0\uFE0F\u20E3",
    "é",
    "insta: ",
    "ada#1234",
    "4111 ",
    "943 ",
    "a.b@c.",
    "[at]",
    " at ",
    "O0",
    "x.me/",
    "a-",
    "--a.",
    "1 2 3 ",
    "nhs 4 ",
    "double ",
    "abcd dot com ",
    "abcd . ",
    "double seven ",
    "plus four four seven ",
    "a/b.com ",
    "ada *at* x *dot* ",
    "07700900123ab",
    "07700, 900 ",
    "UPN Z 8012 0001 7041 ",
};

/* Twice the length takes about twice the time: were it squared, four times. Small sizes and a wide
 * margin, since the machine is shared; the smallest of three counts. */
static void time_grows_with_the_length(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        AUTO_TEXT struct text text;
        text_init(&text, (size_t)1 << 21);
        repeat(&text, hostile[i], (size_t)1 << 15);
        double small = 1e9, large = 1e9;
        size_t length = text.length;
        for (int round = 0; round < 3; round++) {
            double took = seconds_of(text_slice(&text));
            small = took < small ? took : small;
        }
        repeat(&text, hostile[i], length * 16);
        for (int round = 0; round < 3; round++) {
            double took = seconds_of(text_slice(&text));
            large = took < large ? took : large;
        }
        if (large > small * 16 * 5 + 0.02)
            fail_msg("\"%s\" again and again: %.6f s for 32 KiB, %.6f s for 512 KiB", hostile[i],
                     small, large);
    }
}

static void plan_is(unsigned area, enum finding_kind kind, bool given_out)
{
    unsigned char digits[10] = {0};
    for (unsigned i = 0, rest = area; i < 4; i++, rest /= 10)
        digits[3 - i] = (unsigned char)(rest % 10);
    struct phone_kind found = phone_plan(digits, 10);
    assert_int_equal(found.length, given_out ? 10 : 0);
    if (given_out) assert_int_equal(found.kind, kind);
}

static void the_plan_has_its_exceptions(void **state)
{
    (void)state;
    plan_is(7700, FINDING_PHONE_MOBILE, true);
    plan_is(7624, FINDING_PHONE_MOBILE, true); /* Isle of Man */
    plan_is(7623, FINDING_PHONE_OTHER, true);  /* pagers */
    plan_is(7010, FINDING_PHONE_OTHER, true);  /* personal numbers */
    plan_is(1481, FINDING_PHONE_LANDLINE, true);
    plan_is(1534, FINDING_PHONE_LANDLINE, true);
    plan_is(1624, FINDING_PHONE_LANDLINE, true);
    plan_is(1632, FINDING_PHONE_LANDLINE, true); /* drama */
    plan_is(1201, FINDING_PHONE_LANDLINE, false);
    plan_is(1000, FINDING_PHONE_LANDLINE, false);
    plan_is(2100, FINDING_PHONE_LANDLINE, false);
    plan_is(4000, FINDING_PHONE_OTHER, false);
    plan_is(6000, FINDING_PHONE_OTHER, false);
    plan_is(8100, FINDING_PHONE_OTHER, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_in_an_empty_text),
        cmocka_unit_test(what_is_found_is_not_looked_at_again),
        cmocka_unit_test(anchors_are_the_same_all_ways),
        cmocka_unit_test(words_stand_in_order_and_are_found),
        cmocka_unit_test(every_offset_is_found),
        cmocka_unit_test(random_texts_give_the_same_both_ways),
        cmocka_unit_test(levels_are_as_documented),
        cmocka_unit_test(the_plan_has_its_exceptions),
        cmocka_unit_test(what_is_allowed_is_let_through),
        cmocka_unit_test(time_grows_with_the_length),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
