/* What is parsed, printed and parsed again is the same; the canonical print is fixed; what people read is English. */
#include "front_end.h"
#include "rule_words.h"

#include "policy/parse.h"
#include "policy/print.h"

struct desk {
    struct arena *arena;
    struct problems problems;
    struct words shared, words;
};

static void desk_open(struct desk *desk, struct slice source)
{
    desk->arena = arena_new();
    problems_init(&desk->problems, desk->arena);
    bool read = words_read(SLICE("file.md"), source, desk->arena, &desk->problems, &desk->shared);
    if (!read) {
        AUTO_TEXT struct text out;
        text_init(&out, 1 << 20);
        for (size_t i = 0; i < desk->problems.list.count; i++)
            problem_print(&desk->problems.list.at[i], source, &out);
        fail_msg("the vocabulary does not read:\n%s", out.at);
    }
    words_copy(&desk->shared, desk->arena, &desk->words);
}

static void expect_none(const struct problems *problems, struct slice source, const char *what)
{
    if (problems->errors == 0) return;
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    for (size_t i = 0; i < problems->list.count; i++)
        if (!problems->list.at[i].warning) problem_print(&problems->list.at[i], source, &out);
    fail_msg("%s:\n%s", what, out.at);
}

static void parse_again(struct desk *desk, struct slice text, bool law, struct statements *ret_list)
{
    struct problems problems;
    problems_init(&problems, desk->arena);
    bool read = parse_rule(SLICE("file.md"), text, 1, law, &desk->words, &problems, ret_list);
    expect_none(&problems, text, text.at);
    assert_true(read);
}

/* Printed and parsed again: the same statements, and the same print. */
static void round_trip(struct desk *desk, const struct statement *statements, size_t count,
                       bool law, const char *expected)
{
    AUTO_TEXT struct text first;
    AUTO_TEXT struct text second;
    struct statements again;
    text_init(&first, 1 << 20);
    text_init(&second, 1 << 20);
    print_statements(&desk->words, statements, count, &first);
    if (expected != NULL) assert_string_equal(first.at, expected);
    parse_again(desk, arena_copy(desk->arena, text_slice(&first)), law, &again);
    assert_int_equal(again.list.count, count);
    for (size_t i = 0; i < count; i++)
        if (!rule_equal(&again.list.at[i], &statements[i])) fail_msg("changed: %s", first.at);
    print_statements(&desk->words, again.list.at, count, &second);
    assert_string_equal(first.at, second.at);
}

static void test_samples(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULE_SAMPLES; i++) {
        const struct rule_sample *sample = &rule_samples[i];
        struct desk desk;
        struct statements list;
        desk_open(&desk, slice_of(rule_words));
        parse_again(&desk, slice_of(sample->block), true, &list);
        round_trip(&desk, list.list.at, list.list.count, true,
                   sample->printed == NULL ? sample->block : sample->printed);
        arena_free(desk.arena);
    }
}

/* Every rule block of a document; gives how many statements there were. */
static size_t trip_document(struct desk *desk, struct slice source, const char *name)
{
    struct document document;
    size_t count = 0;
    words_copy(&desk->shared, desk->arena, &desk->words);
    bool read =
        document_read(SLICE("file.md"), source, false, desk->arena, &desk->problems, &document) &&
        parse_document(&document, &desk->words, &desk->problems);
    expect_none(&desk->problems, source, name);
    assert_true(read);
    for (size_t i = 0; i < document.clauses.count; i++) {
        const struct clause *clause = &document.clauses.at[i];
        round_trip(desk, clause->statements.at, clause->statements.count,
                   slice_is(document.policy, "law"), NULL);
        count += clause->statements.count;
    }
    return count;
}

static void test_policies(void **state)
{
    (void)state;
    struct desk desk;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice words = project_file("policies/words.md", 1 << 20, arena);
    struct slice policy = project_file("policies/early-life/policy.md", 1 << 20, arena);
    struct slice law = project_file("policies/law.md", 1 << 20, arena);
    desk_open(&desk, words);
    assert_true(trip_document(&desk, policy, "early-life") > 100);
    assert_true(trip_document(&desk, law, "law") >= 2);
    arena_free(desk.arena);
}

static void test_proof(void **state)
{
    (void)state;
    static const char *const names[] = {"early-life",     "geeks-room",     "qegsmat",
                                        "pass-move-grin", "imbue-ventures", "law"};
    struct desk desk;
    struct slice texts[sizeof names / sizeof *names];
    size_t count = 0;
    AUTO(arena) struct arena *arena = arena_new();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct slice path = arena_format(arena, "../shared/design/proof/%s.md", names[i]);
        texts[i] = project_file(path.at, 1 << 20, arena);
    }
    desk_open(&desk, project_file("policies/words.md", 1 << 20, arena));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        count += trip_document(&desk, texts[i], names[i]);
    }
    assert_true(count > 200);
    arena_free(desk.arena);
}

/* ---- one difference each ----------------------------------------------------------------------- */

/* Two rules that differ in one thing. */
static const char *const pairs[][2] = {
    {"staff MUST NOT post", "staff SHOULD NOT post"},
    {"staff MAY post", "anyone MAY post"},
    {"staff MAY post", "a teacher MAY post"},
    {"staff or a teacher MAY post", "staff and a teacher MAY post"},
    {"staff MAY post", "UNDER R1: staff MAY post"},
    {"UNDER R1: staff MAY post", "UNDER NOT R1: staff MAY post"},
    {"staff MAY post", "staff MAY contact"},
    {"staff MAY contact", "staff MAY contact anyone"},
    {"staff MAY contact a pupil", "staff MAY contact a parent"},
    {"staff MAY post via Slack", "staff MAY post via Facebook"},
    {"staff MAY post", "staff MAY post\nIF it is an emergency"},
    {"staff MAY post\nIF it is an emergency", "staff MAY post\nIF NOT it is an emergency"},
    {"staff MAY post\nIF it is an emergency", "staff MAY post\nUNLESS it is an emergency"},
    {"staff MAY post\nIF it is an emergency", "staff MAY post\nUNDER R1: IF it is an emergency"},
    {"staff MAY post\nIF age is under 18", "staff MAY post\nIF age is under 17"},
    {"staff MAY post\nIF age is under 18", "staff MAY post\nIF age is at most 18"},
    {"staff MAY post\nIF advice is refused", "staff MAY post\nIF advice is on record"},
    {"staff MAY post\nIF advice is refused", "staff MAY post\nIF advice FROM HR is refused"},
    {"staff MAY post\nIF the actor is a pupil", "staff MAY post\nIF the other person is a pupil"},
    {"staff MAY post\nIF the time is between 08:00 and 09:00",
     "staff MAY post\nIF the time is between 08:00 and 09:01"},
    {"staff MAY post\nIF any of:\n- it is an emergency\n- the asker is worried",
     "staff MAY post\nIF all of:\n- it is an emergency\n- the asker is worried"},
    {"staff MAY post\nIF for every pupil shown: a full name is given",
     "staff MAY post\nIF for every pupil shown: photo consent is in force"},
    {"staff MAY post\nIF for every pupil shown: a full name is given",
     "staff MAY post\nIF for every parent shown: a full name is given"},
    {"staff MAY post\nNEEDS approval", "staff MAY post\nNEEDS advice"},
    {"staff MAY post\nNEEDS approval FROM HR", "staff MAY post\nNEEDS approval FROM another HR"},
    {"staff MAY post\nNEEDS approval", "staff MAY post\nNEEDS approval FOR EVERY pupil shown"},
    {"staff MAY post\nNEEDS approval IF the asker is worried",
     "staff MAY post\nNEEDS approval UNLESS the asker is worried"},
    {"staff MAY post\nONLY THROUGH Slack", "staff MAY post\nONLY THROUGH Facebook"},
    {"staff MAY post\nREMIND \"a\"", "staff MAY post\nREMIND \"b\""},
    {"staff MAY post\nREMIND \"a\"", "staff MAY post\nOUTCOMES \"a\""},
    {"staff MAY post\nDESPITE 1", "staff MAY post\nDESPITE 2"},
    {"staff MAY post\nDESPITE 1", "staff MAY post\nDESPITE section 1"},
    {"staff MAY post\nDESPITE 1", "staff MAY post\nDESPITE law 1"},
    {"staff MAY post\nDESPITE 1", "staff MAY post\nDESPITE 1, 2"},
    {"staff MAY post\nNOT KNOWN age: treat as 3",
     "staff MAY post\nNOT KNOWN age: treat as under 3"},
    {"staff MAY post\nNOT KNOWN age: treat as 3", "staff MAY post\nNOT KNOWN age: treat as 4"},
    {"staff MAY post\nNOT KNOWN age: refer to HR",
     "staff MAY post\nNOT KNOWN age: refer to the headteacher"},
    {"staff MAY post\nTHEN staff MUST tell HR", "staff MAY post\nTHEN staff MAY tell HR"},
    {"staff MAY post\nTHEN staff MUST tell HR", "staff MAY post\nTHEN staff MUST tell HR once"},
    {"staff MAY post\nTHEN staff MUST tell HR", "staff MAY post\nTHEN anyone MUST tell HR"},
    {"staff MAY post\nTHEN staff MUST tell HR", "staff MAY post\nTELL HR"},
    {"staff MAY post\nTELL HR", "staff MAY post\nTELL HR INSTEAD"},
    {"staff MAY post\nTELL HR", "staff MAY post\nTELL HR AFTERWARDS"},
    {"staff MAY post\nTHEN staff MUST tell HR FOR 1 day",
     "staff MAY post\nTHEN staff MUST tell HR WITHIN 1 day"},
    {"staff MAY post\nTHEN staff MUST tell HR UNTIL noon",
     "staff MAY post\nTHEN staff MUST tell HR UNTIL dusk"},
    {"staff MAY post\nTHEN staff MUST tell HR",
     "staff MAY post\nTHEN staff MUST tell HR ELSE TELL HR"},
    {"staff MAY post\nTHEN staff MUST tell HR",
     "staff MAY post\nTHEN staff MUST tell HR IF the asker is worried"},
    {"WHEN staff post\nstaff MUST tell HR", "WHEN staff post\nUNDER R1: staff MUST tell HR"},
    {"WHEN staff post\nstaff MUST tell HR",
     "WHEN staff post\nstaff MUST tell HR\nstaff MAY tell HR"},
    {"staff NEED advice TO post", "staff NEED approval TO post"},
    {"media MEANS a pupil", "media INCLUDES a pupil"},
    {"media MEANS a pupil", "media MEANS NOT a pupil"},
    {"HR DECIDES WHETHER \"x\"", "the headteacher DECIDES WHETHER \"x\""},
    {"HR DECIDES WHETHER \"x\"\nASK \"a\"", "HR DECIDES WHETHER \"x\"\nASK \"b\""},
    {"HR DECIDES WHETHER \"x\"\nRECORD a", "HR DECIDES WHETHER \"x\"\nRECORD b"},
};

static void test_differences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct desk desk;
        struct statements a;
        struct statements b;
        desk_open(&desk, slice_of(rule_words));
        parse_again(&desk, slice_of(pairs[i][0]), false, &a);
        parse_again(&desk, slice_of(pairs[i][1]), false, &b);
        assert_true(rule_equal(&a.list.at[0], &a.list.at[0]));
        if (rule_equal(&a.list.at[0], &b.list.at[0]))
            fail_msg("taken for the same:\n%s\n\n%s", pairs[i][0], pairs[i][1]);
        round_trip(&desk, a.list.at, a.list.count, false, NULL);
        round_trip(&desk, b.list.at, b.list.count, false, NULL);
        arena_free(desk.arena);
    }
}

/* ---- sentences --------------------------------------------------------------------------------- */

static void expect_said(const char *block, uint32_t reads, const char *expected)
{
    struct desk desk;
    struct statements list;
    struct sentences said;
    AUTO_TEXT struct text out;
    desk_open(&desk, slice_of(rule_words));
    text_init(&out, 1 << 16);
    parse_again(&desk, slice_of(block), true, &list);
    for (size_t i = 0; i < list.list.count; i++) {
        print_in_short(&desk.words, reads, &list.list.at[i], desk.arena, &said);
        for (size_t k = 0; k < said.list.count; k++)
            text_format(&out, "%.*s\n", SLICE_PRINT(said.list.at[k]));
    }
    assert_string_equal(out.at, expected);
    arena_free(desk.arena);
}

static void test_said_heads(void **state)
{
    (void)state;
    expect_said("staff SHOULD NOT befriend a pupil via a personal account\n", 0,
                "Staff should not befriend a pupil via a personal account (you may go on with a "
                "recorded reason).\n");
    expect_said("anyone MUST NOT post\nanyone SHOULD NOT post\nanyone ADVISED NOT TO post\nanyone "
                "MAY post\n"
                "anyone MUST post\nanyone SHOULD post\n",
                0,
                "No one may post.\nNo one should post (you may go on with a recorded reason).\n"
                "You are advised not to post.\nAnyone may post.\nEveryone must post.\nEveryone "
                "should post.\n");
    expect_said("a pupil ADVISED NOT TO post\nstaff ADVISED NOT TO contact anyone\nstaff MUST send "
                "an email to the media\n",
                0,
                "A pupil is advised not to post.\nStaff are advised not to contact anyone.\n"
                "Staff must send an email to the media.\n");
    expect_said(
        "anyone NEEDS written photo consent FROM a parent FOR EVERY pupil shown TO publish a "
        "photo\n"
        "staff NEED approval FROM another director TO post\nthe organisation NEEDS advice FROM HR "
        "TO open "
        "disciplinary action\na parent NEEDS approval TO reply to a media enquiry\nIF it is an "
        "emergency\n",
        0,
        "You need written photo consent from a parent for every pupil shown before you publish a "
        "photo.\n"
        "Staff need approval from another director before they post.\n"
        "The organisation needs advice from the HR adviser before it opens disciplinary action.\n"
        "A parent needs approval before they reply to a media enquiry if it is an emergency.\n");
    expect_said("HR DECIDES WHETHER \"the tie is proper\"\nASK \"Would it exist anyway?\"\nRECORD "
                "who ruled\n"
                "a known person MEANS any of:\n- a pupil\n- NOT a former pupil\n- a parent\n"
                "a good tie MEANS all of:\n- NOT the tie is proper\n- it is an emergency\nthe "
                "media INCLUDES HR\n"
                "our way MEANS none of:\n- Slack\n- NOT Facebook\n",
                0,
                "The HR adviser decides whether the tie is proper.\nThe question is: Would it "
                "exist anyway?\n"
                "What is written down: who ruled.\n"
                "\"A known person\" means any of these: a pupil; not a former pupil; or a parent.\n"
                "\"A good tie\" means all of these at once: the tie is not proper; and it is an "
                "emergency.\n"
                "\"The media\" also takes in the HR adviser.\n"
                "\"Our way\" means none of these: Slack; or not Facebook.\n");
}

static void test_said_lines(void **state)
{
    (void)state;
    expect_said(
        "staff MAY post\nIF it is an emergency\nIF the asker is worried\nUNLESS the content is "
        "confidential\n"
        "AND THEN staff MUST tell HR WITHIN immediately\nONLY IF age is at least 18\nONLY THROUGH "
        "Slack, Facebook\n"
        "NEEDS approval FROM a director IF the headteacher is away\nNEEDS advice UNLESS it is an "
        "emergency\n"
        "THEN a teacher MUST keep the rejection message FOR 1 year\n"
        "TELL the headteacher WITHIN 2 school days AFTERWARDS\n"
        "IF the headteacher is away: TELL the deputy head INSTEAD\nREMIND \"Who reads "
        "it?\"\nOUTCOMES \"a warning\"\n"
        "DESPITE 1, 2, section 3\nCLASHES WITH law L1\nSUBJECT TO 4\nALWAYS\n",
        0,
        "Staff may post if it is an emergency.\nThis holds only if the asker is worried.\n"
        "This does not apply if the content is confidential.\n"
        "In that case the member of staff must tell the HR adviser at once.\n"
        "This is allowed only if that person is at least 18.\nUse only Slack or Facebook.\n"
        "You need approval from a director if the headteacher is away.\n"
        "You need advice unless it is an emergency.\n"
        "The teacher must keep the rejection message for 1 year.\n"
        "Tell the headteacher afterwards within 2 school days.\n"
        "If the headteacher is away, tell the deputy head instead.\nRemember: Who reads it?\n"
        "What may follow: a warning.\nThis comes before 1, 2 and section 3.\n"
        "The text does not agree here with law L1.\nThis is limited by 4.\nNo clause can change "
        "this.\n");
    expect_said(
        "anyone MUST NOT post\nDESPITE every clause\nSTOP\nNOT KNOWN age: treat as under 18\n"
        "NOT KNOWN it is an emergency: treat as yes\nNOT KNOWN kind of account: treat as official\n"
        "NOT KNOWN bedtime: treat as 20:00\nNOT KNOWN day of joining: treat as 2024-03-15\n"
        "NOT KNOWN number of readers: treat as 7\nNOT KNOWN the asker is worried: refer to HR\n",
        0,
        "No one may post.\nIf nobody knows the age, take it as under 18.\n"
        "If nobody knows whether it is an emergency, take it as yes.\n"
        "If nobody knows the kind of account, take it as official.\n"
        "If nobody knows the bedtime, take it as 20:00.\n"
        "If nobody knows the day of joining, take it as 2024-03-15.\n"
        "If nobody knows the number of readers, take it as 7.\n"
        "If nobody knows whether the asker is worried, ask the HR adviser.\n"
        "This comes before every clause.\nThis comes before everything else.\n");
    expect_said("staff SHOULD post\nONLY IF it is an emergency\n", 0,
                "Staff should post.\nDo it only if it is an emergency.\n");
}

static void test_said_conditions(void **state)
{
    (void)state;
    expect_said(
        "staff MAY post\nIF all of:\n- NOT age of the other person is under 18\n- NOT age is over "
        "3\n"
        "- NOT time since leaving is at least 12 months\n- NOT number of readers is at most 3\n"
        "- the time is between 18:00 and 07:30\n- NOT bedtime is between 19:00 and 21:00\n"
        "- day of joining is before 2024-03-15\n- NOT day of joining is before 2024-03-15\n"
        "- NOT approval FROM HR is on record\n- advice is refused\n- NOT advice is refused\n"
        "- kind of account is not personal\n- the channel is not Slack\n- the act is done\n- the "
        "act is planned\n"
        "- the actor is a teacher\n- the other person is not a pupil\n- NOT the photo shows a "
        "pupil\n"
        "- for every pupil shown: photo consent is in force\n",
        0,
        "Staff may post if all of these are true: the other person is at least 18; that person is "
        "at most 3; "
        "the time since leaving is under 12 months; the number of readers is over 3; the time is "
        "between 18:00 and "
        "07:30; bedtime is not between 19:00 and 21:00; day of joining is before 15 March 2024; "
        "day of joining is on "
        "or after 15 March 2024; approval from the HR adviser is not on record; advice has been "
        "refused; advice has "
        "not been refused; kind of account is not personal; the channel is not Slack; it has been "
        "done already; it is "
        "still to come; the person acting is a teacher; the other person is not a pupil; it is not "
        "so that the photo "
        "shows a pupil; and for every pupil shown photo consent is in force.\n");
    expect_said("staff MAY post\nIF any of:\n- it is an emergency\n- the asker is worried\n"
                "UNLESS for every pupil shown: a full name is given and photo consent is in force\n"
                "UNLESS none of:\n- it is an emergency\n- the asker is worried\n",
                0,
                "Staff may post if either it is an emergency, or the asker is worried.\n"
                "This does not apply if for every pupil shown a full name is given and photo "
                "consent is in force.\n"
                "This does not apply if none of these is true: it is an emergency; or the asker is "
                "worried.\n");
}

static void test_said_events(void **state)
{
    (void)state;
    expect_said(
        "WHEN a pupil receives a communication from the media\nIF it is an emergency\n"
        "a director or the headteacher MUST tell HR WITHIN the same school day once IF the asker "
        "is worried ELSE "
        "TELL the police\nthe organisation MUST freeze the case BEFOREHAND UNTIL advice FROM HR is "
        "on record\n"
        "anyone MAY tell the police via school email\n",
        0,
        "When a pupil receives a communication from the media and it is an emergency, the director "
        "or the "
        "headteacher must tell the HR adviser once on the same school day if the asker is worried; "
        "if that is "
        "not done in time, tell the police.\n"
        "The organisation must freeze the case beforehand until advice from HR is on record.\n"
        "Everyone concerned may tell the police via school email.\n");
    expect_said(
        "WHEN staff post\nstaff SHOULD tell the headteacher\nIF the headteacher is away: TELL "
        "the deputy head INSTEAD\n",
        0,
        "When staff post, the member of staff should tell the headteacher.\n"
        "If the headteacher is away, the member of staff should tell the deputy head "
        "instead.\n");
    expect_said("WHEN staff post\nREMIND \"Who reads it?\"\n", 0,
                "When staff post, remember: Who reads it?\n");
    expect_said("WHEN staff post\nUNDER R1: staff MUST tell HR\nUNDER NOT R1: staff MAY tell HR\n",
                1u << 1, "When staff post, the member of staff must tell the HR adviser.\n");
    expect_said("WHEN staff post\nUNDER R1: staff MUST tell HR\nUNDER NOT R1: staff MAY tell HR\n",
                0, "When staff post, the member of staff may tell the HR adviser.\n");
    expect_said("WHEN staff post\nUNDER R1: staff MUST tell HR\n", 0, "");
    expect_said("UNDER R1: staff MAY post\n", 0, "");
    expect_said("staff MAY post\nUNDER R6: DESPITE 3\nUNDER NOT R6: DESPITE 4\n", 1u << 6,
                "Staff may post.\nThis comes before 3.\n");
}

static void test_short_sentences(void **state)
{
    (void)state;
    struct desk desk;
    struct duty duty;
    struct need need;
    AUTO_TEXT struct text out;
    desk_open(&desk, slice_of(rule_words));
    text_init(&out, 1000);
    assert_true(parse_duty(SLICE("tell HR WITHIN 2 school days"), &desk.words, &duty, NULL));
    print_duty_sentence(&desk.words, &duty, &out);
    assert_true(parse_duty(SLICE("TELL HR AFTERWARDS"), &desk.words, &duty, NULL));
    print_duty_sentence(&desk.words, &duty, &out);
    assert_true(parse_need(SLICE("approval FROM HR"), &desk.words, &need, NULL));
    print_need_sentence(&desk.words, &need, &out);
    assert_string_equal(
        out.at, "You must tell the HR adviser within 2 school days.Tell the HR adviser afterwards."
                "You need approval from the HR adviser.");
    arena_free(desk.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_samples),         cmocka_unit_test(test_policies),
        cmocka_unit_test(test_proof),           cmocka_unit_test(test_differences),
        cmocka_unit_test(test_said_heads),      cmocka_unit_test(test_said_lines),
        cmocka_unit_test(test_said_conditions), cmocka_unit_test(test_said_events),
        cmocka_unit_test(test_short_sentences),
    };
    return cmocka_run_group_tests_name("policy print", tests, NULL, NULL);
}
