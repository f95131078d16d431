/* words.md read, phrases stemmed and matched, a policy's copy; and every sentence that a bad vocabulary earns. */
#include "front_end.h"

#include "policy/phrase.h"

static const char good[] =
    "# Words\n"
    "Some text first.\n"
    "\n"
    "## People\n"
    "More text.\n"
    "\n"
    "| id | phrase | also called | counts as |\n"
    "|---|:---:|---|---|\n"
    "| staff | staff | member of staff; staff member | |\n"
    "| teacher | a teacher | | staff |\n"
    "| pupil | a pupil | student, learner | |\n"
    "| our-pupil | a pupil of ours | | a pupil |\n"
    "\n"
    "Text between.\n"
    "```text\n"
    "| phrase | colour |\n"
    "```\n"
    "## Channels\n"
    "| phrase | id | kind | also called | counts as |\n"
    "|---|---|---|---|---|\n"
    "| social media | social | service | | |\n"
    "| a personal account | own-account | account | | |\n"
    "| own phone | own-phone | device | own mobile | |\n"
    "| Slack | slack | | | social |\n"
    "\n"
    "## Acts\n"
    "| phrase | id | also called | kind | actor | counts as | before it | if refused | joins |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
    "| contact | contact | communicate with | act | person | | | | |\n"
    "| befriend | befriend | have as a friend | act | person | contact | | | |\n"
    "| accept a friend request | accept | | act | person | befriend | receive | decline | from |\n"
    "### Events\n"
    "| phrase | id | kind |\n"
    "|---|---|---|\n"
    "| receive a communication | receive | event |\n"
    "| decline a friend request | decline | event |\n"
    "| tell | tell | duty |\n"
    "\n"
    "## Facts\n"
    "| phrase | id | kind | values | who knows | question | if not known |\n"
    "|---|---|---|---|---|---|---|\n"
    "| age of the other person | other.age | age | years | the register | How \\| old? | treat as "
    "under 18 |\n"
    "| the number of runners | runners | count | people, 1..20 | the application | | treat as 2 |\n"
    "| kind of account | kind | choice | personal, official | the catalogue | Which? | treat as "
    "official |\n"
    "| it is late | late | time | | the calendar | | treat as 18:30 |\n"
    "| day of leaving | left | date | | the case | | treat as 2024-02-29 |\n"
    "| consent is in force | consent | per person shown | | the settings | | treat as no |\n"
    "| another tie exists | tie | yes/no | | screening | | refer to a teacher |\n"
    "| the tie is old | old | yes/no | | the asker | | |\n"
    "| approval | approval | record | account | the register | | |\n"
    "| agreement | agreement | record | each person shown | | | treat as no |\n"
    "\n"
    "## Readings\n"
    "| phrase | id | adopted | not adopted |\n"
    "|---|---|---|---|\n"
    "| phones | R14 | free | total |\n";

struct fixture {
    struct arena *arena;
    struct problems problems;
    struct words words;
};

static void start(struct fixture *fixture)
{
    fixture->arena = arena_new();
    problems_init(&fixture->problems, fixture->arena);
}

static void start_good(struct fixture *fixture)
{
    start(fixture);
    bool read = words_read(SLICE("file.md"), slice_of(good), fixture->arena, &fixture->problems,
                           &fixture->words);
    if (!read) fail_msg("%s", fixture->problems.list.at[0].sentence.at);
}

static void test_reads_every_table(void **state)
{
    (void)state;
    struct fixture fixture;
    start_good(&fixture);
    const struct words *words = &fixture.words;
    assert_int_equal(words->people.count, 4);
    assert_int_equal(words->channels.count, 4);
    assert_int_equal(words->acts.count, 6);
    assert_int_equal(words->facts.count, 10);
    assert_int_equal(words->readings.count, 1);
    assert_int_equal(words->people.at[3].word.counts_as.at[0], 2);
    assert_int_equal(words->people.at[2].word.also.count, 2);
    assert_int_equal(words->people.at[1].word.line, 10);
    assert_int_equal(words->channels.at[0].kind, CHANNEL_SERVICE);
    assert_int_equal(words->channels.at[1].kind, CHANNEL_ACCOUNT);
    assert_int_equal(words->channels.at[2].kind, CHANNEL_DEVICE);
    assert_int_equal(words->channels.at[3].kind, CHANNEL_SERVICE);
    const struct act *accept = &words->acts.at[2];
    assert_int_equal(accept->before.at[0], 3);
    assert_int_equal(accept->refused, 4);
    assert_true(slice_is(accept->joins, "from"));
    assert_int_equal(words->acts.at[3].kind, ACT_EVENT);
    assert_int_equal(words->acts.at[5].kind, ACT_DUTY);
    assert_int_equal(words->acts.at[0].refused, -1);
    assert_int_equal(words->readings.at[0].number, 14);
    arena_free(fixture.arena);
}

static void test_reads_facts(void **state)
{
    (void)state;
    struct fixture fixture;
    start_good(&fixture);
    const struct fact *facts = fixture.words.facts.at;
    assert_true(facts[0].age && facts[0].kind == FACT_NUMBER && facts[0].high == 120);
    assert_int_equal(facts[0].unknown.kind, UNKNOWN_UNDER);
    assert_int_equal(facts[0].unknown.value, 18);
    assert_int_equal(facts[0].source, KNOWS_REGISTER);
    assert_true(slice_is(facts[0].unit, "years") && slice_is(facts[0].question, "How | old?"));
    assert_true(facts[1].low == 1 && facts[1].high == 20 && slice_is(facts[1].unit, "people"));
    assert_true(facts[1].unknown.kind == UNKNOWN_VALUE && facts[1].unknown.value == 2 &&
                !facts[1].age);
    assert_true(facts[2].values.count == 2 && facts[2].unknown.value == 1);
    assert_int_equal(facts[3].unknown.value, 18 * 60 + 30);
    assert_int_equal(facts[4].unknown.value, date_to_day((struct date){2024, 2, 29}));
    assert_int_equal(facts[5].kind, FACT_PERSONAL);
    assert_true(facts[6].unknown.kind == UNKNOWN_REFER && facts[6].unknown.role == 1);
    assert_true(facts[7].unknown_empty && facts[7].unknown.kind == UNKNOWN_WORST);
    assert_int_equal(fixture.problems.warnings, 1); /* that one; a record may leave it open */
    assert_true(facts[8].kind == FACT_RECORD && facts[8].about == ABOUT_ACCOUNT);
    assert_true(facts[9].about == ABOUT_SHOWN && facts[9].source == KNOWS_ASKER);
    arena_free(fixture.arena);
}

static void test_same_with_returns_and_mark(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    struct text text;
    text_init(&text, 1 << 16);
    text_add_string(&text, "\xef\xbb\xbf");
    for (size_t i = 0; i < sizeof good - 1; i++)
        text_add(&text, good[i] == '\n' ? SLICE("\r\n") : (struct slice){&good[i], 1});
    assert_true(words_read(SLICE("file.md"), text_slice(&text), fixture.arena, &fixture.problems,
                           &fixture.words));
    assert_int_equal(fixture.words.facts.count, 10);
    assert_true(slice_is(fixture.words.readings.at[0].not_adopted, "total"));
    text_clear(&text);
    arena_free(fixture.arena);
}

static void test_stems_are_frozen(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct slice rest = project_file("tests/policy/stem.tsv", 1 << 16, arena);
    struct slice line, word;
    size_t seen = 0;
    while (slice_line(&rest, &line)) {
        if (line.at[0] == '#') continue;
        assert_true(slice_split(&line, '\t', &word));
        struct slice stem = words_stem(word, arena);
        if (!slice_equal(stem, line))
            fail_msg("%.*s: %.*s, not %.*s", SLICE_PRINT(word), SLICE_PRINT(stem),
                     SLICE_PRINT(line));
        seen++;
    }
    assert_true(seen > 80);
    arena_free(arena);
}

static void test_matches_the_longest(void **state)
{
    (void)state;
    static const struct {
        enum word_place place;
        const char *text;
        int index;
        size_t length;
    } cases[] = {
        {WORD_PERSON, "pupils of ours via x", 3, 14},
        {WORD_PERSON, "a  pupil", 2, 8},
        {WORD_PERSON, "the pupil's", 2, 11},
        {WORD_PERSON, "pupil, teacher", 2, 5},
        {WORD_PERSON, "Member of Staff MUST", 0, 15},
        {WORD_PERSON, "the", -1, 0},
        {WORD_PERSON, "", -1, 0},
        {WORD_PERSON, "headteacher", -1, 0},
        {WORD_ACT, "accepts the friend requests from a pupil", 2, 27},
        {WORD_ACT, "have a friend", -1, 0},
        {WORD_CHANNEL, "personal accounts or own phone", 1, 17},
        {WORD_FACT, "approval FROM a teacher", -1, 0},
        {WORD_RECORD, "approval FROM a teacher", 8, 8},
        {WORD_RECORD, "consent is in force", -1, 0},
        {WORD_NAME, "anything", -1, 0},
    };
    struct fixture fixture;
    start_good(&fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t length = 0;
        int index = words_match(&fixture.words, cases[i].place, slice_of(cases[i].text), &length);
        if (index != cases[i].index || length != cases[i].length)
            fail_msg("%s: %d, %zu", cases[i].text, index, length);
    }
    assert_int_equal(words_find(&fixture.words, WORD_PERSON, SLICE(" learners ")), 2);
    assert_int_equal(words_find(&fixture.words, WORD_PERSON, SLICE("our-pupil")), 3);
    assert_int_equal(words_find(&fixture.words, WORD_PERSON, SLICE("a pupil here")), -1);
    assert_int_equal(words_find(&fixture.words, WORD_PERSON, SLICE("pupil, teacher")), -1);
    assert_int_equal(words_find_id(&fixture.words, WORD_FACT, SLICE("other.age")), 0);
    assert_int_equal(words_find_id(&fixture.words, WORD_FACT, SLICE("approval")), -1);
    assert_int_equal(words_find_id(&fixture.words, WORD_RECORD, SLICE("approval")), 8);
    arena_free(fixture.arena);
}

static void test_did_you_mean(void **state)
{
    (void)state;
    static const struct {
        enum word_place place;
        const char *text, *nearest;
    } cases[] = {
        {WORD_ACT, "friend", "befriend"},
        {WORD_ACT, "befreind", "befriend"},
        {WORD_PERSON, "teachr", "a teacher"},
        {WORD_PERSON, "zebra", ""},
        {WORD_PERSON, "pupil of them", "a pupil of ours"},
        {WORD_RECORD, "consent", ""},
        {WORD_FACT, "approval", ""},
        {WORD_RECORD, "aproval", "approval"},
        {WORD_CHANNEL, "private account", "a personal account"},
    };
    struct fixture fixture;
    start_good(&fixture);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct slice near = words_nearest(&fixture.words, cases[i].place, slice_of(cases[i].text));
        if (!slice_is(near, cases[i].nearest))
            fail_msg("%s: %.*s", cases[i].text, SLICE_PRINT(near));
    }
    arena_free(fixture.arena);
}

static void test_spelling(void **state)
{
    (void)state;
    assert_int_equal(phrase_distance(SLICE("kitten"), SLICE("sitting"), 5), 3);
    assert_int_equal(phrase_distance(SLICE("ab"), SLICE("ba"), 2), 1);
    assert_int_equal(phrase_distance(SLICE(""), SLICE("abc"), 2), 3);
    assert_int_equal(phrase_distance(SLICE("abcdef"), SLICE("uvwxyz"), 2), 3);
    assert_true(phrase_near(SLICE("rul"), SLICE("rule")));
    assert_false(phrase_near(SLICE("ru"), SLICE("rule")));
    char longest[600];
    memset(longest, 'x', sizeof longest);
    const char *names[] = {"rule"};
    assert_null(phrase_nearest_name(names, 1, (struct slice){longest, sizeof longest}));
    struct phrase phrase;
    phrase_cut((struct slice){longest, sizeof longest}, 12, &phrase);
    assert_int_equal(phrase.count, 0); /* too long for a phrase */
    phrase_cut(SLICE("a b c d e f g h i j k l m n o p"), 99, &phrase);
    assert_int_equal(phrase.count, PHRASE_WORDS_LARGEST);
}

static void test_copy_grows_alone(void **state)
{
    (void)state;
    struct fixture fixture;
    start_good(&fixture);
    struct words copy;
    words_copy(&fixture.words, fixture.arena, &copy);
    struct slice file = SLICE("file.md");
    struct problems *problems = &fixture.problems;
    assert_int_equal(words_add(&copy, WORD_PERSON, SLICE("a child"), false, file, 3, 1, problems),
                     4);
    assert_int_equal(words_add(&copy, WORD_CHANNEL, SLICE("our Meet"), false, file, 3, 1, problems),
                     4);
    assert_int_equal(
        words_add(&copy, WORD_NAME, SLICE("the tie counts"), true, file, 4, 1, problems), 0);
    assert_int_equal(
        words_add(&copy, WORD_NAME, SLICE("a good reason"), false, file, 4, 1, problems), 1);
    assert_true(copy.names.at[0].judgement && !copy.names.at[1].judgement);
    assert_true(slice_is(copy.names.at[0].word.id, "tie-count") && copy.people.at[4].word.own);
    LIST_PUSH(copy.arena, &copy.people.at[1].word.counts_as, 2);
    LIST_PUSH(copy.arena, &copy.acts.at[2].before, 2);
    assert_int_equal(fixture.words.people.at[1].word.counts_as.count, 1);
    assert_int_equal(fixture.words.people.count, 4);
    assert_int_equal(words_find(&copy, WORD_PERSON, SLICE("children")), 4);
    assert_int_equal(words_find(&fixture.words, WORD_PERSON, SLICE("children")), -1);
    assert_int_equal(words_find(&copy, WORD_ACT, SLICE("accept a friend request")), 2);
    assert_int_equal(words_count(&copy, WORD_RECORD), 10);
    assert_int_equal(words_count(&copy, WORD_NAME), 2);
    assert_int_equal(words_count(&copy, WORD_PLACES), 0);
    /* a phrase whose id another word has already gets a number behind it */
    assert_int_equal(
        words_add(&copy, WORD_CHANNEL, SLICE("own account"), false, file, 5, 1, problems), 5);
    assert_true(slice_is(copy.channels.at[5].word.id, "own-account-2"));
    assert_int_equal(problems->errors, 0);
    struct words again;
    words_copy(&copy, fixture.arena, &again);
    assert_int_equal(words_find(&again, WORD_NAME, SLICE("ties count")), 0);
    arena_free(fixture.arena);
}

static void test_add_refuses(void **state)
{
    (void)state;
    struct fixture fixture;
    start_good(&fixture);
    struct words copy;
    words_copy(&fixture.words, fixture.arena, &copy);
    fixture.problems.list.count = 0;
    static const struct {
        const char *phrase, *sentence;
    } cases[] = {
        {"pupils", "phrase 'pupils' names 'a pupil' already"},
        {"the", "'the' cannot be a phrase"},
        {"", "'' cannot be a phrase"},
        {"one, two", "'one, two' cannot be a phrase"},
        {"a b c d e f g h i j k l m n", "'a b c d e f g h i j k l m n' cannot be a phrase"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int index = words_add(&copy, WORD_PERSON, slice_of(cases[i].phrase), false, SLICE("p.md"),
                              7, 2, &fixture.problems);
        assert_int_equal(index, -1);
        const struct problem *problem = &fixture.problems.list.at[i];
        assert_true(slice_is(problem->sentence, cases[i].sentence));
        assert_true(problem->advice.length > 0 && problem->line == 7 && problem->column == 2);
    }
    assert_int_equal(copy.people.count, 4);
    char phrase[32];
    size_t added = 4;
    for (int i = 0; i < WORDS_LARGEST; i++) {
        int length = snprintf(phrase, sizeof phrase, "role number %d", i);
        struct slice text = arena_copy(fixture.arena, (struct slice){phrase, (size_t)length});
        added +=
            words_add(&copy, WORD_PERSON, text, false, SLICE("p.md"), 7, 2, &fixture.problems) >= 0;
    }
    assert_int_equal(added, WORDS_LARGEST);
    const struct problem *last = &fixture.problems.list.at[fixture.problems.list.count - 1];
    assert_true(slice_is(last->sentence, "there are more than 512 phrases of this place"));
    arena_free(fixture.arena);
}

#define PEOPLE "## People\n| phrase | id | also called | counts as |\n|---|---|---|---|\n"
#define CHANNELS "## Channels\n| phrase | id | kind |\n|---|---|---|\n"
#define ACTS                                                                                       \
    "## Acts\n| phrase | id | kind | actor | counts as | before it | if refused "                  \
    "|\n|---|---|---|---|---|---|---|\n"
#define FACTS                                                                                      \
    "## Facts\n| phrase | id | kind | values | who knows | if not known "                          \
    "|\n|---|---|---|---|---|---|\n"
#define READINGS "## Readings\n| phrase | id |\n|---|---|\n"

static const struct bad bads[] = {
    {"", ": error: this vocabulary has no table of people, channels, acts, facts or readings", 0},
    {"abc\n\xff\n", ":2:1: error: this is not UTF-8 text", 0},
    {"abc\nx\x01y\n", ":2:2: error: there is a control character here", 0},
    {"x\ry\n", ":1:2: error: a carriage return stands inside the line", 0},
    {"x\n y\xe2\x80\xae z\n", ":2:3: error: a hidden mark here turns the direction of the writing",
     0},
    {"x\n y\xe2\x81\xa6 z\n", ":2:3: error: a hidden mark here turns the direction of the writing",
     0},
    {"## People\n| phrase | id | colour |\n|---|---|---|\n| a | a | a |\n",
     ":2:17: error: the table of people has no column 'colour'", 0},
    {"## People\n| phrase | id | counts |\n",
     ":2:17: error: the table of people has no column 'counts'", 0},
    {"## People\n| phrase | id | count as |\n",
     ":2:17: error: the table of people has no column 'count as'; did you mean 'counts as'?", 0},
    {"## People\n| phrase | id | kind |\n",
     ":2:17: error: the table of people has no column 'kind'", 0},
    {"## People\n| phrase | id | id |\n", ":2:17: error: the column 'id' stands here twice", 0},
    {"## People\n| phrase |\n|---|\n| x |\n",
     ":2:1: error: this table of people has no column 'id'", 0},
    {"## Acts\n| phrase | id |\n|---|---|\n",
     ":2:1: error: this table of acts has no column 'kind'", 0},
    {"## People\n| phrase | id |\n| x | x |\n",
     ":3:1: error: a line of dashes is missing under the table's header", 0},
    {"## Rols\n| phrase | id |\n|---|---|\n| x | x |\n" PEOPLE,
     ":2:1: error: I do not know the table 'Rols'", 0},
    {"| phrase | id |\n|---|---|\n" PEOPLE, ":1:1: error: I do not know the table ''", 0},
    {PEOPLE "| x | x | |\n", ":4:1: error: this row has 3 cells and its table 4 columns", 0},
    {PEOPLE "| x |\n", ":4:1: error: this row has 1 cell and its table 4 columns", 0},
    {PEOPLE "| x | x | | |\ny | y | | |\n",
     ":5:1: error: this line stands in a table and is no row of it", 0},
    {PEOPLE "| | x | | |\n", ":4:1: error: this row has no phrase", 0},
    {PEOPLE "| x | X | | |\n", ":4:7: error: 'X' is no id", 0},
    {PEOPLE "| x | | | |\n", ":4:1: error: '' is no id", 0},
    {PEOPLE "| the | x | | |\n", ":4:3: error: 'the' cannot be a phrase", 0},
    {PEOPLE "| a \"b\" | x | | |\n", ":4:3: error: 'a \"b\"' cannot be a phrase", 0},
    {PEOPLE "| x | x | | |\n| y | x | | |\n", ":5:7: error: id 'x' is used twice", 0},
    {PEOPLE "| organisation | o | school | |\n| building | b | schools | |\n",
     ":5:18: error: phrase 'schools' names both o and b", 0},
    {PEOPLE "| teacher | t | | staf |\n| staff | s | | |\n",
     ":4:19: error: I do not know the person 'staf'; did you mean 'staff'?", 0},
    {PEOPLE "| x | x | | zebra |\n", ":4:13: error: I do not know the person 'zebra'", 0},
    {PEOPLE "| x | x | | y |\n| y | y | | z |\n| z | z | | y |\n",
     ":5:1: error: 'counts as' goes in a circle: y > z > y", 0},
    {PEOPLE "| x | x | | x |\n", ":4:1: error: 'counts as' goes in a circle: x > x", 0},
    {CHANNELS "| x | x | servce |\n",
     ":4:11: error: 'kind' is never 'servce'; did you mean 'service'?", 0},
    {CHANNELS "| x | x | purple |\n", ":4:11: error: 'kind' is never 'purple'", 0},
    {ACTS "| x | x | | | | | |\n", ":4:1: error: this act has no kind", 0},
    {ACTS "| x | x | deed | | | | |\n", ":4:11: error: 'kind' is never 'deed'", 0},
    {ACTS "| x | x | act | persons | | | |\n",
     ":4:17: error: 'actor' is never 'persons'; did you mean 'person'?", 0},
    {ACTS "| x | x | act | | y | | |\n", ":4:19: error: I do not know the act 'y'", 0},
    {ACTS "| x | x | act | | | y | |\n", ":4:21: error: I do not know the act 'y'", 0},
    {ACTS "| x | x | act | | | | y |\n", ":4:23: error: I do not know the act 'y'", 0},
    {FACTS "| x | x | colour | | | |\n", ":4:11: error: 'kind' is never 'colour'", 0},
    {FACTS "| x | x | | | | |\n", ":4:1: error: this fact has no kind", 0},
    {FACTS "| x | x | yes/no | 1..2 | | treat as no |\n",
     ":4:20: error: a fact of the kind 'yes/no' has no values", 0},
    {FACTS "| x | x | choice | a | | treat as a |\n",
     ":4:1: error: a choice needs at least two values", 0},
    {FACTS "| x | x | choice | a, a | | treat as a |\n",
     ":4:23: error: the value 'a' stands here twice", 0},
    {FACTS "| x | x | age | years 9..1 | | treat as 1 |\n",
     ":4:23: error: '9..1' is neither a unit nor a range", 0},
    {FACTS "| x | x | age | years months | | treat as 1 |\n",
     ":4:23: error: 'months' is neither a unit nor a range", 0},
    {FACTS "| x | x | record | actors | | |\n",
     ":4:20: error: 'values' is never 'actors'; did you mean 'actor'?", 0},
    {FACTS "| x | x | yes/no | | the regster | treat as no |\n",
     ":4:22: error: 'who knows' is never 'the regster'; did you mean 'the register'?", 0},
    {FACTS "| x | x | yes/no | | | treat as maybe |\n",
     ":4:24: error: 'treat as maybe' does not fit this fact", 0},
    {FACTS "| x | x | age | | | treat as 200 |\n",
     ":4:21: error: 'treat as 200' does not fit this fact", 0},
    {FACTS "| x | x | age | | | treat as under 0 |\n",
     ":4:21: error: 'treat as under 0' does not fit this fact", 0},
    {FACTS "| x | x | choice | a, b | | treat as c |\n",
     ":4:29: error: 'treat as c' does not fit this fact", 0},
    {FACTS "| x | x | time | | | treat as noon |\n",
     ":4:22: error: 'treat as noon' does not fit this fact", 0},
    {FACTS "| x | x | date | | | treat as 2023-02-29 |\n",
     ":4:22: error: 'treat as 2023-02-29' does not fit this fact", 0},
    {FACTS "| x | x | yes/no | | | ask |\n", ":4:24: error: 'ask' does not fit this fact", 0},
    {FACTS "| x | x | yes/no | | | refer to nobody |\n",
     ":4:33: error: I do not know the person 'nobody'", 0},
    {FACTS "| x | x | record | | | |\n| y | x | yes/no | | | treat as no |\n",
     ":5:7: error: id 'x' is used twice", 0},
    {READINGS "| x | 14 |\n", ":4:7: error: '14' is no id of a reading", 0},
    {READINGS "| x | R32 |\n", ":4:7: error: 'R32' is no id of a reading", 0},
    {READINGS "| x | R1 |\n| y | R1 |\n", ":5:7: error: id 'R1' is used twice", 0},
};

static void test_says_what_is_wrong(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct fixture fixture;
        start(&fixture);
        struct slice source = slice_of(bads[i].text);
        assert_false(
            words_read(SLICE("file.md"), source, fixture.arena, &fixture.problems, &fixture.words));
        expect_problem(&fixture.problems, source, &bads[i]);
        arena_free(fixture.arena);
    }
}

static void expect_first(const struct text *text, const char *expected, size_t errors)
{
    struct fixture fixture;
    start(&fixture);
    assert_false(words_read(SLICE("file.md"), text_slice(text), fixture.arena, &fixture.problems,
                            &fixture.words));
    expect_problem(&fixture.problems, text_slice(text),
                   &(struct bad){"a large text", expected, errors});
    arena_free(fixture.arena);
}

static void test_limits(void **state)
{
    (void)state;
    struct text text;
    text_init(&text, 1 << 24);
    text_add_string(&text, "## People\n"); /* 24 KB of a table built to explode */
    for (int i = 0; i < 12000; i++) text_add_string(&text, "|i");
    text_cut(&text, DOCUMENT_LINE_LARGEST);
    text_add_string(&text, "\n|-|\n|a|b|\n");
    expect_first(&text, ":2:2: error: the table of people has no column 'i'", 1);
    text_cut(&text, 0);
    text_add_string(&text, PEOPLE);
    for (int i = 0; i < 3000; i++) text_format(&text, "| role %d | r%d | | |\n", i, i);
    expect_first(&text, ":516:1: error: the table of people has more than 512 rows", 1);
    text_cut(&text, 0);
    text_add_string(&text, "x\n");
    for (int i = 0; i < 5000; i++) text_add_char(&text, 'x');
    expect_first(&text, ":2:4001: error: this line has 5000 characters; 4000 is the most", 1);
    text_cut(&text, 0);
    for (int i = 0; i < 10 << 20; i++) text_add_char(&text, 'x');
    expect_first(&text, ": error: this file holds 10485760 bytes; 1048576 is the most that is read",
                 1);
    text_cut(&text, 0);
    text_add_string(&text, PEOPLE);
    for (int i = 0; i < 400; i++) text_add_string(&text, "| x |\n");
    expect_first(&text, ":4:1: error: this row has 1 cell and its table 4 columns", 400);
    text_cut(&text, 0);
    text_add_string(
        &text, "## Facts\n| phrase | id | kind | values |\n|---|---|---|---|\n| x | x | choice | ");
    for (int i = 0; i < 900; i++) text_format(&text, "%d,", i);
    text_add_string(&text, " |\n");
    expect_first(&text, ":4:1: error: this choice has more than 64 values", 1);
    text_clear(&text);
}

static void test_the_vocabulary_itself(void **state)
{
    (void)state;
    struct fixture fixture;
    start(&fixture);
    struct slice source = project_file("policies/words.md", 1 << 20, fixture.arena);
    bool read =
        words_read(SLICE("words.md"), source, fixture.arena, &fixture.problems, &fixture.words);
    if (!read)
        fail_msg("line %zu: %s", fixture.problems.list.at[0].line,
                 fixture.problems.list.at[0].sentence.at);
    assert_true(fixture.words.acts.count >= 86 && fixture.words.facts.count >= 100);
    assert_true(words_find(&fixture.words, WORD_ACT, SLICE("befriend")) >= 0);
    arena_free(fixture.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reads_every_table),
        cmocka_unit_test(test_reads_facts),
        cmocka_unit_test(test_same_with_returns_and_mark),
        cmocka_unit_test(test_stems_are_frozen),
        cmocka_unit_test(test_matches_the_longest),
        cmocka_unit_test(test_did_you_mean),
        cmocka_unit_test(test_spelling),
        cmocka_unit_test(test_copy_grows_alone),
        cmocka_unit_test(test_add_refuses),
        cmocka_unit_test(test_says_what_is_wrong),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_the_vocabulary_itself),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
