/* The lexicon: classes and levels, phrases over what may stand between words, exceptions, stems, names exempt, a school's own lines, and
 * what is wrong with a line. How good the list is, test_quality.c says. */
#include "base/random.h"
#include "base/text.h"
#include "base/utf8.h"
#include "samples.h"
#include "screen/lexicon.h"
#include "screen/names.h"
#include "testing.h"

struct desk {
    struct lexicon *lexicon;
    struct folded folded;
    struct tokens tokens;
    struct findings findings;
    struct text shown;
};

static void open_desk(struct desk *desk, const char *own, bool topics)
{
    struct error error = {0};
    struct lexicon_plan plan = {slice_of(own), topics};
    *desk = (struct desk){.lexicon = lexicon_new(&plan, &error)};
    if (desk->lexicon == NULL) fail_msg("%s", error.sentence);
    text_init(&desk->shown, 1 << 16);
}

static void close_desk(struct desk *desk)
{
    lexicon_free(desk->lexicon);
    fold_clear(&desk->folded);
    tokens_clear(&desk->tokens);
    findings_clear(&desk->findings);
    text_clear(&desk->shown);
}

static void find(struct desk *desk, const struct name_index *index, struct slice text)
{
    assert_int_equal(utf8_check(text), text.length);
    fold_text(&desk->folded, text);
    tokens_find(&desk->tokens, &desk->folded);
    desk->findings.count = 0;
    desk->findings.full = false;
    names_find(index, &desk->folded, &desk->tokens, &desk->findings);
    desk->findings.count = 0;
    lexicon_find(desk->lexicon, &desk->folded, &desk->tokens, &desk->findings);
    findings_settle(&desk->findings);
}

/* "profanity hold 'word', ..." */
static const char *found(struct desk *desk, const char *text)
{
    find(desk, NULL, slice_of(text));
    text_cut(&desk->shown, 0);
    for (size_t i = 0; i < desk->findings.count; i++) {
        const struct finding *finding = &desk->findings.at[i];
        struct slice span = slice_part(slice_of(text), finding->start, finding->end);
        text_format(&desk->shown, "%s%s %s '%.*s'", i > 0 ? ", " : "",
                    finding_kind_name(finding->kind),
                    finding->level == LEVEL_HOLD ? "hold" : "look", SLICE_PRINT(span));
    }
    return desk->shown.at;
}

struct example {
    const char *text, *found;
};

static void check(struct desk *desk, const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *given = found(desk, examples[i].text);
        if (strcmp(given, examples[i].found) != 0)
            fail_msg("'%s': %s where %s was wanted", examples[i].text, given, examples[i].found);
    }
}
#define CHECK(desk, examples) check((desk), (examples), sizeof(examples) / sizeof *(examples))

/* ---- matching ----------------------------------------------------------------------------------- */

static void words(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"What the fuck?", "profanity hold 'fuck'"},
        {"FUCKING rain, damn", "profanity hold 'FUCKING', profanity look 'damn'"},
        {"a Ｆück up", "profanity hold 'Ｆück'"},
        {"shit's broken", "profanity hold 'shit'"},
        {"Scunthorpe, Shitterton, shiitake and Wankel", ""},
        {"", ""},
        {"fuck", "profanity hold 'fuck'"},
        {"don't", ""},
    };
    struct desk desk;
    open_desk(&desk, "", false);
    CHECK(&desk, examples);
    close_desk(&desk);
}

static void stems(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"absofuckinglutely", "profanity hold 'absofuckinglutely'"},
        {"#FuckThePolice now", "profanity hold 'FuckThePolice'"},
        {"a fuckfuckfuck b", "profanity hold 'fuckfuckfuck'"},
        {"firetruck duck fu ck", ""},
        {"blimeyish and blimeys", "profanity look 'blimeyish'"},
        {"crikeyish overcrikey", "profanity look 'overcrikey'"},
        {"fuckwit and thefuckwit", "profanity hold 'thefuckwit'"},
        {"fuckton", "profanity look 'fuckton'"},
        {"wowzerx xwowzer", "profanity look 'wowzerx', profanity look 'xwowzer'"},
    };
    struct desk desk;
    open_desk(&desk,
              "profanity look blimey*\nprofanity look *crikey\nlet fuckwit\nlet blimeys\n"
              "profanity look fuckton\nprofanity look *wowzer*",
              false);
    CHECK(&desk, examples);
    close_desk(&desk);
}

static void phrases(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"I'll glimp you, mate", "threat hold 'I'll glimp you'"},
        {"ill  glimp\nyou", "threat hold 'ill  glimp\nyou'"},
        {"I'll-glimp... you", "threat hold 'I'll-glimp... you'"},
        {"I'll 'glimp' you", "threat hold 'I'll 'glimp' you'"},
        {"I'll glimp. You are kind", ""},
        {"I'll glimp\n\nYou are kind", ""},
        {"I'll glimp! You", ""},
        {"I'll glimp the lot of you", ""},
        {"I'll", ""},
        {"I'll glimp", ""},
        {"what's your zork", "grooming look 'what's your zork'"},
        {"#IllGlimpYou and illglimpyou", "threat hold 'IllGlimpYou'"},
    };
    struct desk desk;
    open_desk(&desk, "threat hold i'll glimp (you|him)\ngrooming look what's your zork", false);
    CHECK(&desk, examples);
    close_desk(&desk);
}

static void exceptions(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"a zig", "sexual hold 'zig'"},
        {"a zig and zag story, the great zigs", ""},
        {"great. zig", "sexual hold 'zig'"},
        {"Moby Zig and moby zig", "sexual hold 'zig'"},
        {"Zork! zork ZORK", "sexual look 'zork', sexual look 'ZORK'"},
        {"see the zag of it", ""},
    };
    struct desk desk;
    open_desk(&desk,
              "sexual hold zig(|s) except zig and zag; great zig(|s); Moby Zig\n"
              "sexual look zork except Zork\nsexual look zag\nlet see the zag",
              false);
    CHECK(&desk, examples);
    close_desk(&desk);
}

static void replaced(void **state)
{
    (void)state;
    static const struct example examples[] = {
        {"damn", "profanity hold 'damn'"},
        {"damned", "profanity look 'damned'"},
        {"wankers", ""},
        {"wanker", "profanity hold 'wanker'"},
        {"shits", "sexual look 'shits'"},
        {"absofuckinglutely", ""},
        {"fuck", "profanity hold 'fuck'"},
    };
    struct desk desk;
    open_desk(&desk,
              "# ours\r\n\r\nprofanity hold damn\r\nremove wankers\nremove shits\n"
              "sexual look shits\nremove *fuck*\nthreat look grom(met|(k|sh)in(|s)), grim",
              false);
    CHECK(&desk, examples);
    close_desk(&desk);
}

static void exempt(void **state)
{
    (void)state;
    struct name_person people[] = {
        {.id = SLICE("1"), .given = SLICE("Emma"), .family = SLICE("Zork")},
        {.id = SLICE("2"), .given = SLICE("Wank"), .family = SLICE("Byron")}};
    for (size_t i = 0; i < 2; i++)
        people[i].known_as = people[i].year = people[i].school = SLICE_EMPTY;
    struct name_plan plan = {people, 2, false};
    struct error error = {0};
    struct name_index *index = names_build(&plan, &error);
    assert_non_null(index);
    struct desk desk;
    open_desk(&desk, "profanity hold zork", false);
    find(&desk, index, SLICE("Emma Zork, Mr Zork and @emmazork"));
    assert_int_equal(desk.findings.count, 0);
    find(&desk, index, SLICE("what a zork"));
    assert_int_equal(desk.findings.count, 1);
    find(&desk, index, SLICE("Today Wank went home"));
    assert_int_equal(desk.findings.count, 1);
    close_desk(&desk);
    names_free(index);
}

/* ---- entries and lines -------------------------------------------------------------------------- */

static void entries(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk, "discriminatory race hold zork(|s)\nlive-location look now at zork", false);
    size_t count = lexicon_count(desk.lexicon);
    const struct lexicon_entry *entry = lexicon_entry(desk.lexicon, (uint32_t)(count - 1));
    assert_slice(entry->phrase, "zorks");
    assert_slice(lexicon_entry(desk.lexicon, (uint32_t)(count - 2))->phrase, "zork");
    assert_slice(entry->characteristic, "race");
    assert_int_equal(entry->kind, FINDING_DISCRIMINATORY);
    assert_int_equal(entry->level, LEVEL_HOLD);
    (void)found(&desk, "zorks");
    assert_int_equal(desk.findings.at[0].entry, count - 1);
    assert_int_equal(lexicon_word(desk.lexicon, SLICE("zorks")), count - 1);
    assert_int_equal(lexicon_word(desk.lexicon, SLICE("zorky")), 0);
    assert_int_equal(lexicon_word(desk.lexicon, SLICE("")), 0);
    uint32_t stem = lexicon_word(desk.lexicon, SLICE("outfuckery"));
    assert_true(stem > 0);
    assert_int_equal(lexicon_entry(desk.lexicon, stem)->kind, FINDING_PROFANITY);
    close_desk(&desk);
}

struct wrong {
    const char *lines, *says;
    size_t line;
};

static const struct wrong wrongs[] = {
    {"\nzork hold x", "zork", 2},
    {"name hold x", "name", 1},
    {"profanity zork", "is not a level", 1},
    {"profanity race hold zork", "is not a level", 1},
    {"discriminatory hat hold zork", "is not a level", 1},
    {"profanity hold", "no wording", 1},
    {"let", "no wording", 1},
    {"profanity hold zork (a|b", "bracket", 1},
    {"profanity hold zork a|b", "bracket", 1},
    {"profanity hold zork (a|(b)", "bracket", 1},
    {"profanity hold zork (a)|b", "bracket", 1},
    {"profanity hold zork)", "bracket", 1},
    {"profanity hold zo.rk", "sign", 1},
    {"profanity hold ()", "one to eight words", 1},
    {"profanity hold ''", "one to eight words", 1},
    {"profanity hold a b c d e f g h i", "one to eight words", 1},
    {"profanity hold a*b", "*", 1},
    {"profanity hold abc*", "4 to 16", 1},
    {"profanity hold abcdefghijklmnopq*", "4 to 16", 1},
    {"profanity hold abcd efgh*", "4 to 16", 1},
    {"let abcde*", "has a *", 1},
    {"remove zork", "not in the list", 1},
    {"remove *zork*", "not in the list", 1},
    {"profanity hold zork except zig and zag", "exception", 1},
    {"profanity hold abcdefghijklmnopqrstuvwxyzabcdefghijklmnopq", "too long", 1},
};

static void refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct error error = {0};
        struct lexicon_plan plan = {slice_of(wrongs[i].lines), false};
        if (lexicon_new(&plan, &error) != NULL) fail_msg("'%s' is taken", wrongs[i].lines);
        if (strstr(error.sentence, wrongs[i].says) == NULL || error.line != wrongs[i].line)
            fail_msg("'%s': %s (line %zu)", wrongs[i].lines, error.sentence, error.line);
        assert_true(error.advice[0] != '\0');
    }
}

static void limits(void **state)
{
    (void)state;
    AUTO_TEXT struct text lines;
    text_init(&lines, 1 << 20);
    struct error error = {0};
    for (size_t i = 0; i <= LEXICON_LINES_LARGEST; i++) text_add_string(&lines, "#\n");
    struct lexicon_plan plan = {text_slice(&lines), false};
    assert_null(lexicon_new(&plan, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    text_cut(&lines, 0);
    text_add_string(&lines, "profanity look a");
    while (lines.length <= LEXICON_LINE_LARGEST) text_add_string(&lines, " a");
    plan.own = text_slice(&lines);
    assert_null(lexicon_new(&plan, &error));
    assert_non_null(strstr(error.sentence, "too long"));
    text_cut(&lines, 0);
    text_add_string(&lines, "profanity look ");
    for (size_t i = 0; i < 5; i++) text_add_string(&lines, "(a|b|(c|d|e)|f|g|h|i)");
    plan.own = text_slice(&lines);
    assert_null(lexicon_new(&plan, &error));
    assert_non_null(strstr(error.sentence, "too many"));
    plan.own = SLICE("profanity hold \xff");
    assert_null(lexicon_new(&plan, &error));
    assert_int_equal(error.code, ERROR_ENCODING);
    text_cut(&lines, 0);
    for (size_t i = 0; i < 257; i++) text_format(&lines, "profanity look zork%zu*\n", i);
    plan.own = text_slice(&lines);
    assert_null(lexicon_new(&plan, &error));
    assert_non_null(strstr(error.sentence, "too many"));
}

/* ---- both ways the same ------------------------------------------------------------------------- */

static void both_ways(void **state)
{
    (void)state;
    static const char *const pieces[] = {"fuck", "you ", "shit", "cunt", "i will ", "kill ", "a",
                                         "-",    ". ",   "fuc",  "uck",  "bitch",   "\n",    "'"};
    struct desk desk;
    open_desk(&desk, "profanity look zork*\nprofanity look *crikey", false);
    struct findings other = {.count = 0};
    struct random random;
    random_init(&random, 7);
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 16);
    size_t hits = 0;
    for (size_t round = 0; round < 2000; round++) {
        text_cut(&text, 0);
        for (size_t i = 0; i < 40; i++) {
            if (random_below(&random, 8) == 0) sample_random(&text, &random, 10);
            text_add_string(&text, pieces[random_below(&random, sizeof pieces / sizeof *pieces)]);
        }
        find(&desk, NULL, text_slice(&text));
        other.count = 0;
        lexicon_find_scalar(desk.lexicon, &desk.folded, &desk.tokens, &other);
        findings_settle(&other);
        assert_int_equal(desk.findings.count, other.count);
        for (size_t i = 0; i < other.count; i++) {
            assert_int_equal(desk.findings.at[i].start, other.at[i].start);
            assert_int_equal(desk.findings.at[i].end, other.at[i].end);
            assert_int_equal(desk.findings.at[i].entry, other.at[i].entry);
        }
        hits += other.count;
    }
    assert_true(hits > 2000);
    findings_clear(&other);
    close_desk(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),      cmocka_unit_test(stems),    cmocka_unit_test(phrases),
        cmocka_unit_test(exceptions), cmocka_unit_test(replaced), cmocka_unit_test(exempt),
        cmocka_unit_test(entries),    cmocka_unit_test(refused),  cmocka_unit_test(limits),
        cmocka_unit_test(both_ways),
    };
    return cmocka_run_group_tests_name("screen lexicon", tests, NULL, NULL);
}
