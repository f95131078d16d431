/* Folding: what becomes of each kind of character, the way back to the original, and the wide way against the plain one. */
#include "base/arena.h"
#include "base/utf8.h"
#include "samples.h"
#include "screen/fold.h"
#include "testing.h"

static const struct {
    const char *text, *folded;
    bool changed;
} examples[] = {
    {"", "", false},
    {"Plain ASCII, 1 |l", "plain ascii, 1 |l", false},
    {"Éclair Zoë Łódź Straße Æsop Øre Þór Ðan", "eclair zoe lodz strasse aesop ore thor dan",
     false},
    {"E\u0301lodie", "elodie", false},
    {"İstanbul ılık", "istanbul ilik", false},
    {"Привет", "\u043fp\u0438bet", true},
    {"ｆｕｌｌ Ｗｉｄｔｈ", "full width", true},
    {"ⓐ⒜🅐🅰🄰𝐚𝓪𝔞", "aaaaaaaa", true},
    {"ʊꜰᴋ ᴛʜᴇ", "ufk the", true},
    {"ѕсһооӏ", "school", true},
    {"so\u00adft ze\u200bro\u2060 w\ufeffidth", "soft zero width", false},
    {"o’neil ‘x’ “y” a‐b–c−d", "o'neil 'x' \"y\" a-b-c-d", false},
    {"a\u00a0b\u2003c\u3000d\u2028e", "a b c d e", false},
    {"a—b • c 😀 ™",
     "a\x1f"
     "b \x1f c \x1f \x1f",
     false},
    {"1️⃣ ² ٣ ४", "1 2 3 4", true},
    {"… ½ ﬁ №", "... 1/2 fi no", true},
    {"£5 a¢b ₣uck 5€ €each 5€x",
     "\x1f"
     "5 acb fuck 5\x1f eeach 5\x1fx",
     true},
    {"🇬🇧 on", "\x1f\x1f on", false},
    {"🇫🇺🇨🇰 🇦", "fuck a", true},
    {"각", "\u1100\u1161\u11a8", false},
    {"日本 ﷺ", "日本 ﷺ", false},
    {"\ufdfa", "\ufdfa", false},
    {"&#102;uck &#x46;&#85;CK R&amp;B O&#39;Neil O&amp;#39;Neil Zo&euml; Caf&Eacute;",
     "fuck fuck r&b o'neil o'neil zoe cafe", false},
    {"&amp;amp;amp; so&shy;ft&nbsp;&hellip; &#1072;&#x430; &pound;5",
     "& soft ... aa \x1f"
     "5",
     true},
    {"&bogus; &#; &#xZZ; &; &#0; &#55296; &#1114112; &amp &acute; AT&T",
     "&bogus; &#; &#xzz; &; &#0; &#55296; &#1114112; &amp &acute; at&t", false},
};

static void each_example(void **state)
{
    (void)state;
    struct folded folded = {0};
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        fold_text(&folded, slice_of(examples[i].text));
        assert_slice((struct slice){folded.at, folded.length}, examples[i].folded);
        if (folded.changed != examples[i].changed) fail_msg("changed: %s", examples[i].text);
        fold_text_scalar(&folded, slice_of(examples[i].text));
        assert_slice((struct slice){folded.at, folded.length}, examples[i].folded);
    }
    fold_clear(&folded);
}

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

/* Every span of folded bytes leads to whole characters of the original, in order, and those fold to it again. */
static void require_map(const struct folded *folded, struct folded *again)
{
    struct slice text = folded->original;
    size_t before = 0;
    for (size_t i = 0; i < folded->length; i++) {
        struct fold_span span = fold_span(folded, i, i + 1), wide = fold_span(folded, i / 2, i + 1);
        size_t start = span.start, end = span.end;
        assert_true(start < end && end <= text.length);
        assert_int_equal(wide.end, end);
        assert_int_equal(wide.start, fold_span(folded, i / 2, i / 2 + 1).start);
        assert_true(boundary(text, start) && boundary(text, end));
        assert_true(start >= before);
        before = start;
        if (i + 1 < folded->length && fold_span(folded, i + 1, i + 2).start == start) continue;
        if (folded->length > 300 && i % 37 != 0) continue;
        struct slice part = slice_part(text, start, end);
        fold_text(again, part);
        char c = folded->at[i];
        bool context = c == FOLD_SIGN || again->at[again->length - 1] == FOLD_SIGN;
        if (again->length == 0 || (again->at[again->length - 1] != c && !context))
            fail_msg("byte %zu of '%.*s' leads to '%.*s'", i, SLICE_PRINT(text), SLICE_PRINT(part));
    }
}

static struct slice part_of(const struct folded *folded, size_t from, size_t to)
{
    struct fold_span span = fold_span(folded, from, to);
    return slice_part(folded->original, span.start, span.end);
}

static void require_same(const struct folded *one, const struct folded *other)
{
    assert_int_equal(one->length, other->length);
    assert_memory_equal(one->at, other->at, one->length + FOLD_BEHIND);
    assert_int_equal(one->run_count, other->run_count);
    if (one->run_count > 0)
        assert_memory_equal(one->runs, other->runs, one->run_count * sizeof *one->runs);
    assert_memory_equal(one->capitals, other->capitals, (one->length / 64 + 2) * 8);
    assert_int_equal(one->ascii, other->ascii);
    assert_int_equal(one->changed, other->changed);
}

static void check(struct slice text, struct folded *three)
{
    assert_int_equal(utf8_check(text), text.length);
    fold_text(&three[0], text);
    fold_text_scalar(&three[1], text);
    require_same(&three[0], &three[1]);
    if (fold_text_wide(&three[1], text)) require_same(&three[0], &three[1]);
    assert_true(three[0].length <= 3 * text.length);
    assert_int_equal(utf8_check((struct slice){three[0].at, three[0].length}), three[0].length);
    require_map(&three[0], &three[2]);
}

static void samples(void **state)
{
    (void)state;
    struct folded three[3] = {0};
    for (size_t i = 0; i < sample_text_count; i++) check(slice_of(sample_texts[i]), three);
    for (size_t i = 0; i < 3; i++) fold_clear(&three[i]);
}

static void random_texts(void **state)
{
    (void)state;
    struct folded three[3] = {0};
    struct random random;
    random_init(&random, 20261121);
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 20);
    for (size_t i = 0; i < 600; i++) {
        text_cut(&text, 0);
        sample_random(&text, &random, random_below(&random, 300));
        char *exact = malloc(text.length + 1); /* so that a read past the end is seen */
        assert_non_null(exact);
        memcpy(exact, text.at, text.length);
        check((struct slice){exact, text.length}, three);
        free(exact);
    }
    for (size_t i = 0; i < 3; i++) fold_clear(&three[i]);
}

/* Each character alone: whatever it folds to folds to itself, but for signs that their neighbours decide. */
static void every_character(void **state)
{
    (void)state;
    struct folded once = {0}, twice = {0};
    char *kept = NULL;
    for (uint32_t code = 1; code < 0x110000; code += code < 0x20000 ? 1 : 61) {
        char bytes[4];
        size_t count = utf8_encode(code, bytes);
        if (count == 0) continue;
        fold_text(&once, (struct slice){bytes, count});
        assert_true(once.length <= 3 * count);
        kept = memory_grow(kept, once.length + 1);
        memcpy(kept, once.at, once.length);
        fold_text(&twice, (struct slice){kept, once.length});
        if (twice.length != once.length || memcmp(twice.at, once.at, once.length) != 0)
            fail_msg("U+%04X folds to something else a second time", code);
    }
    free(kept);
    fold_clear(&once);
    fold_clear(&twice);
}

static void spans(void **state)
{
    (void)state;
    struct folded folded = {0};
    struct slice text = SLICE("Mr Zoe\u0308 Straße\u200b!");
    fold_text(&folded, text);
    assert_slice((struct slice){folded.at, folded.length}, "mr zoe strasse!");
    assert_slice(part_of(&folded, 3, 6), "Zoe\u0308");
    assert_slice(part_of(&folded, 7, 14), "Straße\u200b");
    assert_slice(part_of(&folded, 11, 12), "ß");
    text = SLICE("Mr Zo&euml; &#102;&#x55;n");
    fold_text(&folded, text);
    assert_slice((struct slice){folded.at, folded.length}, "mr zoe fun");
    assert_slice(part_of(&folded, 3, 6), "Zo&euml;");
    assert_slice(part_of(&folded, 7, 10), "&#102;&#x55;n");
    assert_true((folded.capitals[0] >> 8 & 1) == 1);
    fold_clear(&folded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example), cmocka_unit_test(samples),
        cmocka_unit_test(random_texts), cmocka_unit_test(every_character),
        cmocka_unit_test(spans),
    };
    return cmocka_run_group_tests_name("screen fold", tests, NULL, NULL);
}
