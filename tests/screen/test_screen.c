/* A text through every stage: what is found where, findings in one another, what is proposed instead, limits, and that every span lies on
 * whole characters whatever the text. */
#include "base/file.h"
#include "base/utf8.h"
#include "samples.h"
#include "screen/screen.h"
#include "testing.h"

struct desk {
    struct name_index *names;
    struct lexicon *lexicon;
    struct allow_list *allowed;
    struct screen_plan plan;
    struct screen_work *work;
    struct text shown;
};

static const char roster[] = "id,kind,given,family,known_as\n"
                             "P1,pupil,Ada,Byron,Addie\n"
                             "P2,pupil,Zo\xC3\xAB Anne,O'Neil,\n"
                             "P3,pupil,Sam,Hall,\n"
                             "P4,staff,Sam,Hall,\n"
                             "P5,pupil,Lee,Young,Jo\n"
                             "P6,pupil,Lee,Young,Max\n"
                             "P7,pupil,Madonna,,\n"
                             "P8,pupil,Noor,\xC3\xA9toile,\n"
                             "P9,staff,Tom,Cockburn,\n";

static int open_desk(void **state)
{
    static struct desk desk;
    struct error error = {0};
    desk.names = names_load(slice_of(roster), &error);
    desk.lexicon = lexicon_new(&(struct lexicon_plan){.own = SLICE("sexual look testlike\n"
                                                                   "profanity hold testword\n")},
                               &error);
    desk.allowed = allow_new(SLICE("mail school.example.org\nhost bbc.co.uk\n"), &error);
    if (desk.names == NULL || desk.lexicon == NULL || desk.allowed == NULL)
        fail_msg("%s", error.sentence);
    desk.plan = (struct screen_plan){desk.names, desk.lexicon, desk.allowed};
    desk.work = screen_work_new();
    text_init(&desk.shown, 1 << 20);
    *state = &desk;
    return 0;
}

static int close_desk(void **state)
{
    struct desk *desk = *state;
    names_free(desk->names);
    lexicon_free(desk->lexicon);
    allow_free(desk->allowed);
    screen_work_free(desk->work);
    text_clear(&desk->shown);
    return 0;
}

static const struct findings *find(struct desk *desk, struct slice text)
{
    const struct findings *findings = NULL;
    assert_int_equal(screen(&desk->plan, desk->work, text, &findings), SCREEN_DONE);
    return findings;
}

/* "!name/full@0-9 phone-mobile@..."; a ! for what is to be held. */
static struct slice show(struct desk *desk, struct slice text)
{
    const struct findings *findings = find(desk, text);
    text_cut(&desk->shown, 0);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        text_format(&desk->shown, "%s%s%s%s%s@%u-%u", i > 0 ? " " : "",
                    finding->level == LEVEL_HOLD ? "!" : "", finding_kind_name(finding->kind),
                    finding->form != FORM_NONE ? "/" : "", finding_form_name(finding->form),
                    finding->start, finding->end);
    }
    return text_slice(&desk->shown);
}

static const struct {
    const char *text, *found;
} examples[] = {
    {"", ""},
    {"Nothing to see here, thank you.", ""},
    {"Ada Byron rings 07700 900123, you testword.",
     "!name/full@0-9 !phone-mobile@16-28 !profanity@34-42"},
    /* byte offsets behind what is not ASCII */
    {"\xE2\x80\x9C"
     "Caf\xC3\xA9\xE2\x80\x9D Ada Byron",
     "!name/full@12-21"},
    /* a name keeps its own finding within an address, a hashtag, a handle */
    {"ada.byron@example.com", "!email-personal@0-21 !name/handle@0-9"},
    {"ada.byron@school.example.org", "email-school@0-28 !name/handle@0-9"},
    {"See #AdaByron there", "hashtag@4-13 !name/handle@5-13"},
    {"See @adabyron there", "handle@4-13 !name/handle@5-13"},
    {"https://example.com/ada-byron/1", "url@0-31 !name/full@20-29"},
    /* a lone name or a word to look at says nothing in an address */
    {"https://example.com/Ada/testlike", "url@0-32"},
    {"Byron@example.com is it", "!email-personal@0-17"},
    {"Ada is testlike", "name/first_only@0-3 sexual@7-15"},
    /* a word to hold does */
    {"https://example.com/testword", "url@0-28 !profanity@20-28"},
    /* names exempt the words they are made of */
    {"Mr Cockburn and Tom Cockburn", "name/last_only@3-11 !name/full@16-28"},
    /* of a play or a safety lesson the same is looked at */
    {"I want to die", "!self-harm@0-13"},
    {"I want to die, says Hamlet", "self-harm@0-13"},
    {"Macbeth: you testword", "!profanity@13-21"},
    {"don't tell your mum", "!grooming@0-19"},
    {"Online safety: don't tell your mum", "grooming@15-34"},
    {"Online safety: I want to die", "!self-harm@15-28"},
    {"Hamlet, and his father", ""},
    /* pictures, with and without a skin tone */
    {"\xF0\x9F\x96\x95", "!profanity@0-4"},
    {"so \xF0\x9F\x96\x95\xF0\x9F\x8F\xBF!", "!profanity@3-11"},
    {"\xF0\x9F\x8D\x86 \xF0\x9F\x92\xA6", "!sexual@0-9"},
    {"\xF0\x9F\x8D\x86 and \xF0\x9F\x92\xA6", ""},
    {"\xF0\x9F\x8D\x8E\xF0\x9F\x8D\x86\xF0\x9F\x8D\x91", ""},
    {"\xF0\x9F\x90\x92\xF0\x9F\x8D\x8C", "discriminatory@0-8"},
};

static void finds(void **state)
{
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        struct slice found = show(desk, slice_of(examples[i].text));
        if (!slice_is(found, examples[i].found)) print_error("in: %s\n", examples[i].text);
        assert_slice(found, examples[i].found);
    }
}

/* Any part of what is screened by may be missing. */
static void without(void **state)
{
    struct desk *desk = *state;
    struct screen_plan whole = desk->plan;
    struct slice text = SLICE("Ada Byron, you testword, 07700 900123 or bbc.co.uk");
    desk->plan = (struct screen_plan){0};
    assert_slice(show(desk, text), "!phone-mobile@25-37 host@41-50");
    desk->plan = (struct screen_plan){.names = whole.names};
    assert_slice(show(desk, text), "!name/full@0-9 !phone-mobile@25-37 host@41-50");
    desk->plan = (struct screen_plan){.lexicon = whole.lexicon};
    assert_slice(show(desk, text), "!profanity@15-23 !phone-mobile@25-37 host@41-50");
    desk->plan = (struct screen_plan){.allow = whole.allow};
    assert_slice(show(desk, text), "!phone-mobile@25-37");
    desk->plan = whole;
    assert_slice(show(desk, SLICE("plain")), "");
}

/* ---- instead ------------------------------------------------------------------------------------ */

static const struct {
    const char *text, *instead; /* of the first finding of the kind; NULL: none */
    enum finding_kind kind;
} fixes[] = {
    {"Ada Byron", "Ada B", FINDING_NAME},
    {"ADA BYRON won", "Ada B", FINDING_NAME},
    {"Byron, Ada", "Ada B", FINDING_NAME},
    {"Addie Byron", "Addie B", FINDING_NAME},
    {"Zo\xC3\xAB O'Neil", "Zo\xC3\xAB O", FINDING_NAME},
    {"Noor \xC3\x89toile", "Noor \xC3\x89", FINDING_NAME},
    {"we saw adabyron", "Ada B", FINDING_NAME},
    {"#AdaByron", "AdaB", FINDING_NAME},
    {"@adabyron", "", FINDING_NAME},
    {"ada.byron@example.com", "", FINDING_NAME},
    {"Sam Hall", "Sam H", FINDING_NAME}, /* namesakes who agree */
    {"Lee Young", "Lee Y", FINDING_NAME},
    {"Madonna came", NULL, FINDING_NAME}, /* one name */
    {"Ada B", NULL, FINDING_NAME},
    {"Well done Ada", NULL, FINDING_NAME},
    {"A. Byron", NULL, FINDING_NAME},
    {"07700 900123", "", FINDING_PHONE_MOBILE},
    {"ada@example.com", "", FINDING_EMAIL_PERSONAL},
    {"SW1A 1AA", "", FINDING_POSTCODE},
    {"https://example.com/x", NULL, FINDING_URL},
    {"#WorldBookDay", NULL, FINDING_HASHTAG},
    {"you testword", NULL, FINDING_PROFANITY},
};

static const struct finding *first_of(const struct findings *findings, enum finding_kind kind)
{
    for (size_t i = 0; i < findings->count; i++)
        if (findings->at[i].kind == kind) return &findings->at[i];
    return NULL;
}

static void proposes(void **state)
{
    struct desk *desk = *state;
    for (size_t i = 0; i < sizeof fixes / sizeof *fixes; i++) {
        AUTO_TEXT struct text instead;
        struct slice text = slice_of(fixes[i].text);
        text_init(&instead, 100);
        const struct finding *finding = first_of(find(desk, text), fixes[i].kind);
        if (finding == NULL) fail_msg("nothing found in %s", fixes[i].text);
        bool has = finding != NULL && screen_fix(&desk->plan, text, finding, &instead);
        if (has != (fixes[i].instead != NULL)) fail_msg("a proposal or none: %s", fixes[i].text);
        assert_slice(text_slice(&instead), has ? fixes[i].instead : "");
    }
}

/* How far from what it makes milder a sign of a lesson may stand, before it and behind it. */
static void lesson_reaches(void **state)
{
    struct desk *desk = *state;
    AUTO_TEXT struct text text;
    text_init(&text, 1000);
    for (size_t gap = 150; gap < 250; gap++) {
        text_cut(&text, 0);
        text_add_string(&text, "I want to die.");
        while (text.length < gap) text_add_char(&text, text.length % 7 == 0 ? ' ' : 'x');
        text_add_string(&text, " Hamlet");
        const struct finding *finding = first_of(find(desk, text_slice(&text)), FINDING_SELF_HARM);
        assert_non_null(finding);
        assert_int_equal(finding->level, gap + 1 - 13 < 200 ? LEVEL_LOOK : LEVEL_HOLD);
    }
}

/* A namesake whom an edit added is named with those the index had. */
static void namesakes_of_an_edit(void **state)
{
    struct desk *desk = *state;
    struct error error = {0};
    struct screen_plan whole = desk->plan;
    struct name_index *names = names_load(SLICE("id,given,family\n1,Mia,Carr\n"), &error);
    assert_non_null(names);
    struct name_person other = {.id = SLICE("2"),
                                .kind = NAME_PUPIL,
                                .given = SLICE("Mia"),
                                .family = SLICE("Carr"),
                                .known_as = SLICE_EMPTY,
                                .year = SLICE_EMPTY,
                                .school = SLICE_EMPTY};
    struct name_store *store = name_store_new(names);
    assert_true(name_store_edit(store, &other, &error));
    const struct name_index *held = name_store_hold(store);
    desk->plan = (struct screen_plan){.names = held};
    const struct finding *finding = first_of(find(desk, SLICE("Mia Carr")), FINDING_NAME);
    assert_non_null(finding);
    assert_int_equal(finding->who_count, 2);
    assert_slice(names_id(held, finding->who[0]), "1");
    assert_slice(names_id(held, finding->who[1]), "2");
    assert_false(finding->more);
    desk->plan = whole;
    name_store_let_go(store, held);
    name_store_free(store);
}

/* Two of one name whose first names in the roster differ: nothing is said. */
static void namesakes_differ(void **state)
{
    struct desk *desk = *state;
    struct error error = {0};
    AUTO_TEXT struct text instead;
    text_init(&instead, 100);
    struct name_index *names = names_load(
        SLICE("id,given,family\n1,Ada Beth,Carr\n2,Adabeth,Carr\n3,Jo,Mac Lee\n4,Jo,Lee\n"),
        &error);
    assert_non_null(names);
    struct screen_plan plan = {.names = names}, whole = desk->plan;
    desk->plan = plan;
    const struct finding *finding = first_of(find(desk, SLICE("Adabeth Carr")), FINDING_NAME);
    assert_true(finding != NULL && finding->who_count == 2);
    assert_false(screen_fix(&plan, SLICE("Adabeth Carr"), finding, &instead));
    finding = first_of(find(desk, SLICE("Jo Lee")), FINDING_NAME);
    assert_non_null(finding);
    assert_false(finding->who_count == 2 && screen_fix(&plan, SLICE("Jo Lee"), finding, &instead));
    assert_int_equal(instead.length, 0);
    desk->plan = whole;
    names_free(names);
}

/* ---- limits ------------------------------------------------------------------------------------- */

static void refuses(void **state)
{
    struct desk *desk = *state;
    const struct findings *findings = NULL;
    struct slice broken[] = {SLICE("caf\xE9"), SLICE("\xED\xA0\x80"), SLICE("\xC0\x80"),
                             SLICE("a\xF4\x90\x80\x80")};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_int_equal(screen(&desk->plan, desk->work, broken[i], &findings), SCREEN_NOT_UTF8);
    AUTO_TEXT struct text text;
    text_init(&text, SCREEN_TEXT_LARGEST + 1);
    while (text.length < SCREEN_TEXT_LARGEST) text_add_char(&text, 'x');
    assert_int_equal(screen(&desk->plan, desk->work, text_slice(&text), &findings), SCREEN_DONE);
    assert_int_equal(findings->count, 0);
    text_add_char(&text, 'x');
    assert_int_equal(screen(&desk->plan, desk->work, text_slice(&text), &findings),
                     SCREEN_TOO_LONG);
}

/* However much there is to look at, what is to be held is told. */
static void floods(void **state)
{
    struct desk *desk = *state;
    AUTO_TEXT struct text text;
    text_init(&text, SCREEN_TEXT_LARGEST);
    for (int i = 0; i < 40000; i++) text_add_string(&text, "@some.one x Ada ");
    text_add_string(&text, "07700 900123 testword Ada Byron");
    const struct findings *findings = find(desk, text_slice(&text));
    assert_true(findings->full && findings->count <= FINDINGS_LARGEST);
    assert_non_null(first_of(findings, FINDING_PHONE_MOBILE));
    assert_non_null(first_of(findings, FINDING_PROFANITY));
    const struct finding *last = &findings->at[findings->count - 1];
    assert_true(last->kind == FINDING_NAME && last->form == FORM_FULL);
    assert_false(find(desk, SLICE("Ada Byron"))->full);
}

/* One more than is told is said to be left out, whatever it is. */
static void overflow(void **state)
{
    static const char *const pieces[] = {"Ada Byron. ", "testword. "};
    struct desk *desk = *state;
    for (size_t which = 0; which < sizeof pieces / sizeof *pieces; which++) {
        AUTO_TEXT struct text text;
        text_init(&text, SCREEN_TEXT_LARGEST);
        for (int i = 0; i < FINDINGS_LARGEST; i++) text_add_string(&text, pieces[which]);
        const struct findings *findings = find(desk, text_slice(&text));
        assert_int_equal(findings->count, FINDINGS_LARGEST);
        assert_false(findings->full);
        text_add_string(&text, pieces[which]);
        findings = find(desk, text_slice(&text));
        assert_int_equal(findings->count, FINDINGS_LARGEST);
        assert_true(findings->full);
    }
}

/* Guesses at disguise have an end; that some were left out is said. */
static void many_guesses(void **state)
{
    struct desk *desk = *state;
    AUTO_TEXT struct text text;
    text_init(&text, SCREEN_TEXT_LARGEST);
    for (int i = 0; i < 7; i++) text_add_string(&text, "xq1zk qa**b ");
    assert_false(find(desk, text_slice(&text))->full);
    for (int i = 0; i < 2000; i++) text_add_string(&text, "xq1zk qa**b ");
    assert_true(find(desk, text_slice(&text))->full);
}

/* ---- any text ----------------------------------------------------------------------------------- */

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static void check_spans(struct desk *desk, struct slice text)
{
    const struct findings *findings = find(desk, text);
    AUTO_TEXT struct text instead;
    text_init(&instead, 4096);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        assert_true(finding->start < finding->end && finding->end <= text.length);
        assert_true(boundary(text, finding->start) && boundary(text, finding->end));
        assert_true(i == 0 || findings->at[i - 1].start <= finding->start);
        text_cut(&instead, 0);
        (void)screen_fix(&desk->plan, text, finding, &instead);
        assert_true(utf8_check(text_slice(&instead)) == instead.length);
    }
}

static void any_text(void **state)
{
    struct desk *desk = *state;
    struct random random;
    AUTO_TEXT struct text text;
    random_init(&random, 7);
    text_init(&text, 1 << 20);
    for (size_t i = 0; i < sample_text_count; i++) check_spans(desk, slice_of(sample_texts[i]));
    for (int i = 0; i < 3000; i++) {
        text_cut(&text, 0);
        sample_random(&text, &random, (size_t)i % 300);
        if (i % 3 == 0) text_add_string(&text, " Ada Byron 07700900123 testword");
        check_spans(desk, text_slice(&text));
    }
}

/* The strings of the Big List of Naughty Strings, where it lies beside the project. */
static void naughty(void **state)
{
    AUTO(arena) struct arena *arena = arena_new();
    const char *top = getenv("LANYARD_SOURCE");
    struct slice all, line;
    struct slice path =
        arena_format(arena, "%s/../shared/data/blns/blns.txt", top != NULL ? top : ".");
    if (!file_read(path.at, 1 << 20, arena, &all, NULL)) skip();
    size_t count = 0;
    while (slice_line(&all, &line)) {
        if (utf8_check(line) != line.length) continue;
        check_spans(*state, line);
        count++;
    }
    assert_true(count > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds),          cmocka_unit_test(without),
        cmocka_unit_test(lesson_reaches), cmocka_unit_test(namesakes_of_an_edit),
        cmocka_unit_test(proposes),       cmocka_unit_test(namesakes_differ),
        cmocka_unit_test(refuses),        cmocka_unit_test(floods),
        cmocka_unit_test(overflow),       cmocka_unit_test(many_guesses),
        cmocka_unit_test(any_text),       cmocka_unit_test(naughty),
    };
    return cmocka_run_group_tests(tests, open_desk, close_desk);
}
