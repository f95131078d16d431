/* The expectations of a scenario, read from their text: verdicts, duties, needs, clauses, questions. */
#include <string.h>

#include "policy/parse.h"
#include "policy/phrase.h"
#include "policy/scenario_parts.h"

static const struct {
    const char *key;
    enum expectation_kind kind;
    bool repeats;
} kinds[] = {
    {"expect", EXPECT_VERDICT, false},
    {"review", EXPECT_REVIEW, false},
    {"duty", EXPECT_DUTY, true},
    {"no duty", EXPECT_NO_DUTY, true},
    {"need", EXPECT_NEED, true},
    {"advice", EXPECT_ADVICE, true},
    {"outcomes", EXPECT_OUTCOMES, true},
    {"reading", EXPECT_READING, true},
    {"clash", EXPECT_CLASH, true},
    {"cites", EXPECT_CITES, true},
    {"not cites", EXPECT_NOT_CITES, true},
    {"asks", EXPECT_ASKS, false},
    {"does not ask", EXPECT_NOT_ASKS, true},
    {"at most", EXPECT_QUESTIONS, false},
};
#define KINDS (sizeof kinds / sizeof *kinds)

static const char *const request_keys[] = {"actor", "other",  "asker",    "act",   "also",
                                           "via",   "on",     "done",     "world", "shown",
                                           "fact",  "record", "judgement"};
#define REQUEST_KEYS (sizeof request_keys / sizeof *request_keys)

bool expectation_key(struct slice key, enum expectation_kind *ret_kind, bool *ret_repeats)
{
    for (size_t i = 0; i < KINDS; i++) {
        bool counted = kinds[i].kind == EXPECT_QUESTIONS && slice_starts(key, SLICE("at most "));
        if (!counted && !slice_is(key, kinds[i].key)) continue;
        *ret_kind = kinds[i].kind;
        *ret_repeats = kinds[i].repeats;
        return true;
    }
    return false;
}

bool scenario_request_key(struct slice key)
{
    for (size_t i = 0; i < REQUEST_KEYS; i++) {
        struct slice known = slice_of(request_keys[i]);
        bool longer = key.length > known.length && key.at[known.length] == ' ';
        bool takes_more = i >= REQUEST_KEYS - 4; /* shown NAME, fact PHRASE, ... */
        if (slice_equal(key, known) || (takes_more && longer && slice_starts(key, known)))
            return true;
    }
    return false;
}

const char *scenario_nearest_key(struct slice key)
{
    const char *names[KINDS + REQUEST_KEYS + 1];
    size_t count = 0;
    for (size_t i = 0; i < KINDS; i++) names[count++] = kinds[i].key;
    for (size_t i = 0; i < REQUEST_KEYS; i++) names[count++] = request_keys[i];
    names[count++] = "disputed";
    return phrase_nearest_name(names, count, key);
}

/* `not-allowed should`, `refer the managing partner` */
static bool read_verdict(struct slice text, struct words *words, struct expectation *expectation,
                         struct error *error)
{
    size_t blank = slice_find(text, ' ');
    struct slice word = slice_part(text, 0, blank);
    struct slice rest = slice_trim(slice_part(text, blank, text.length));
    int verdict = verdict_of(word);
    if (verdict < 0) {
        const char *names[VERDICT_STOP + 1];
        for (int i = 0; i <= VERDICT_STOP; i++) names[i] = verdict_word((enum verdict)i);
        const char *near = phrase_nearest_name(names, VERDICT_STOP + 1, word);
        (void)error_set(error, ERROR_REQUEST, "there is no verdict '%.*s'", SLICE_PRINT(word));
        return near != NULL
                   ? error_advise(error, "did you mean '%s'?", near)
                   : error_advise(error, "write allowed, allowed-if, advised-against, refer, "
                                         "not-allowed, no-clause, stop or need-answer");
    }
    expectation->verdict = (enum verdict)verdict;
    if (rest.length == 0) return true;
    if (expectation->verdict == VERDICT_REFER)
        return parse_roles(rest, words, words->arena, &expectation->refer, error);
    int strength = strength_of(rest);
    if (strength < 0)
        return error_set(error, ERROR_REQUEST,
                         "after '%s' may stand must, should or required, not '%.*s'",
                         verdict_word(expectation->verdict), SLICE_PRINT(rest));
    expectation->strength = (enum strength)strength;
    return true;
}

/* What silence advises: `ask the headteacher`, `tell the headteacher`. */
static bool read_advice(struct slice text, struct words *words, struct expectation *expectation,
                        struct error *error)
{
    struct slice ask = SLICE("ask "), tell = SLICE("tell ");
    expectation->afterwards = slice_starts(text, tell);
    if (!expectation->afterwards && !slice_starts(text, ask)) {
        (void)error_set(error, ERROR_REQUEST, "advice is to ask or to tell somebody, not '%.*s'",
                        SLICE_PRINT(text));
        return error_advise(error, "write ask the headteacher, or tell the headteacher");
    }
    size_t verb = expectation->afterwards ? tell.length : ask.length;
    return parse_roles(slice_trim(slice_part(text, verb, text.length)), words, words->arena,
                       &expectation->refer, error);
}

static bool read_review(struct slice text, struct expectation *expectation, struct error *error)
{
    struct slice since = SLICE("overdue since ");
    struct date date;
    expectation->review = REVIEW_UNSET;
    if (slice_is(text, "unset")) return true;
    expectation->review = REVIEW_IN_DATE;
    if (slice_is(text, "in-date")) return true;
    expectation->review = REVIEW_OVERDUE;
    if (slice_is(text, "overdue")) return true;
    if (slice_starts(text, since) &&
        date_parse(slice_trim(slice_part(text, since.length, text.length)), &date)) {
        expectation->since = true;
        expectation->number = date_to_day(date);
        return true;
    }
    (void)error_set(error, ERROR_REQUEST, "a review is never '%.*s'", SLICE_PRINT(text));
    return error_advise(error, "write in-date, overdue, overdue since 2025-07-01, or unset");
}

static bool read_reading(struct slice text, struct expectation *expectation, struct error *error)
{
    int64_t number;
    if (text.length < 2 || text.at[0] != 'R' ||
        !slice_number(slice_part(text, 1, text.length), &number) || number < 1 || number > 31) {
        (void)error_set(error, ERROR_REQUEST, "'%.*s' is no reading", SLICE_PRINT(text));
        return error_advise(error, "write it as R6");
    }
    expectation->number = number;
    return true;
}

static bool read_clash(struct slice text, struct expectation *expectation, struct error *error)
{
    size_t comma = slice_find(text, ',');
    expectation->clause = slice_trim(slice_part(text, 0, comma));
    expectation->other = slice_trim(slice_part(text, comma + 1, text.length));
    if (comma < text.length && expectation->clause.length > 0 && expectation->other.length > 0)
        return true;
    (void)error_set(error, ERROR_REQUEST, "a clash names two clauses");
    return error_advise(error, "write clash: 5.2c, 5.4");
}

/* What a question is about, as its key would be: `the actor`, `via`, a fact, a record or a person shown. */
static bool read_asked(struct slice text, const struct words *words, struct question *asked,
                       struct error *error)
{
    static const struct {
        const char *word;
        enum question_kind kind;
    } fixed[] = {{"actor", QUESTION_ACTOR},
                 {"other", QUESTION_OTHER},
                 {"via", QUESTION_VIA},
                 {"shown", QUESTION_SHOWN}};
    *asked = (struct question){.fact = -1, .shown = -1};
    if (slice_is(text, "nothing")) return true;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        if (slice_is(text, fixed[i].word)) {
            asked->kind = fixed[i].kind;
            return true;
        }
    }
    struct slice fact = SLICE("fact "), record = SLICE("record ");
    if (slice_starts(text, fact)) text = slice_part(text, fact.length, text.length);
    if (slice_starts(text, record)) text = slice_part(text, record.length, text.length);
    asked->kind = QUESTION_FACT;
    asked->fact = words_find(words, WORD_FACT, text);
    if (asked->fact >= 0) return true;
    asked->kind = QUESTION_RECORD;
    asked->fact = words_find(words, WORD_RECORD, text);
    if (asked->fact >= 0) return true;
    (void)error_set(error, ERROR_WORD, "I do not know the fact or record '%.*s'",
                    SLICE_PRINT(text));
    struct slice near = words_nearest(words, WORD_FACT, text);
    return near.length > 0
               ? error_advise(error, "did you mean '%.*s'?", SLICE_PRINT(near))
               : error_advise(error, "name a fact, a record, actor, other, via or shown");
}

/* `at most 3 questions` as a key, or `at most: 3 questions`. */
static bool read_questions(struct slice key, struct slice text, struct expectation *expectation,
                           struct error *error)
{
    struct slice most = SLICE("at most ");
    struct slice said = slice_starts(key, most) ? slice_part(key, most.length, key.length) : text;
    struct slice digits = slice_part(said, 0, slice_find(said, ' '));
    if (text.length == 0) expectation->text = key;
    if (slice_number(digits, &expectation->number) && expectation->number >= 0 &&
        expectation->number <= 1000)
        return true;
    return error_set(error, ERROR_REQUEST, "'at most %.*s' does not say how many questions",
                     SLICE_PRINT(said));
}

bool expectation_read(enum expectation_kind kind, struct slice key, struct slice text,
                      struct words *words, struct expectation *ret_expectation, struct error *error)
{
    struct expectation *expectation = ret_expectation;
    expectation->kind = kind;
    switch (kind) {
    case EXPECT_VERDICT: return read_verdict(text, words, expectation, error);
    case EXPECT_REVIEW: return read_review(text, expectation, error);
    case EXPECT_DUTY:
    case EXPECT_NO_DUTY: return parse_duty(text, words, &expectation->duty, error);
    case EXPECT_NEED: return parse_need(text, words, &expectation->need, error);
    case EXPECT_ADVICE: return read_advice(text, words, expectation, error);
    case EXPECT_OUTCOMES: return true;
    case EXPECT_READING: return read_reading(text, expectation, error);
    case EXPECT_CLASH: return read_clash(text, expectation, error);
    case EXPECT_CITES:
    case EXPECT_NOT_CITES: expectation->clause = text; return true;
    case EXPECT_ASKS:
    case EXPECT_NOT_ASKS: return read_asked(text, words, &expectation->asked, error);
    case EXPECT_QUESTIONS: return read_questions(key, text, expectation, error);
    }
    return false;
}

static bool document_knows(const struct document *document, struct slice id)
{
    struct slice prefix = document->norms_prefix;
    if (document_clause(document, id) >= 0) return true;
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        for (size_t k = 0; k < clause->norms.count; k++) {
            struct slice norm = clause->norms.at[k];
            struct slice bare = slice_part(norm, prefix.length + 1, norm.length);
            bool own = prefix.length > 0 && slice_starts(norm, prefix);
            if (slice_equal(norm, id) || (own && slice_equal(bare, id))) return true;
        }
    }
    return false;
}

bool expectation_id_known(const struct policy *policy, struct slice id)
{
    return document_knows(&policy->document, id) ||
           (policy->has_law && document_knows(&policy->law, id));
}
