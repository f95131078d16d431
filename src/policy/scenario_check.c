/* Whether a decision meets an expectation, and what to say where it does not. */
#include <string.h>

#include "policy/print.h"
#include "policy/question.h"
#include "policy/scenario_parts.h"

#define SENTENCE_LARGEST ((size_t)20000)

/* ---- sets ------------------------------------------------------------------------------------------ */

static bool has(const int *list, size_t count, int index)
{
    for (size_t i = 0; i < count; i++) {
        if (list[i] == index) return true;
    }
    return false;
}

static bool within(const int *part, size_t part_count, const int *whole, size_t count)
{
    for (size_t i = 0; i < part_count; i++) {
        if (!has(whole, count, part[i])) return false;
    }
    return true;
}

static bool roles_within(const struct roles *part, const struct roles *whole)
{
    return within(part->list.at, part->list.count, whole->list.at, whole->list.count);
}

/* `and` and `or` tell two lists apart once there is more than one in them. */
static bool same_roles(const struct roles *a, const struct roles *b)
{
    return roles_within(a, b) && roles_within(b, a) && (a->list.count < 2 || a->each == b->each);
}

static bool same_channels(const struct channels *a, const struct channels *b)
{
    return within(a->list.at, a->list.count, b->list.at, b->list.count) &&
           within(b->list.at, b->list.count, a->list.at, a->list.count);
}

static bool same_span(struct span a, struct span b)
{
    return a.unit == b.unit && a.number == b.number;
}

static bool same_atom(const struct atom *a, const struct atom *b)
{
    return a->kind == b->kind && a->negated == b->negated && a->index == b->index &&
           a->person == b->person && a->op == b->op && a->low == b->low && a->high == b->high &&
           a->refused == b->refused && same_roles(&a->from, &b->from);
}

/* ---- duties and needs ------------------------------------------------------------------------------ */

/* The member of staff who acts is the bearer of a TELL line. */
static bool actor_is(const struct found *found, const struct roles *roles)
{
    const struct roles *actor = &found->scenario->request.actor;
    for (size_t i = 0; i < actor->list.count; i++) {
        for (size_t k = 0; k < roles->list.count; k++) {
            if (policy_counts(found->policy, WORD_PERSON, actor->list.at[i], roles->list.at[k]))
                return true;
        }
    }
    return false;
}

static bool bearer_meets(const struct duty *expected, const struct owed *owed,
                         const struct found *found)
{
    if (expected->actor) return true;
    if (expected->bearer.anyone || owed->duty->bearer.anyone)
        return expected->bearer.anyone == owed->duty->bearer.anyone;
    return owed->duty->actor ? actor_is(found, &expected->bearer.roles)
                             : same_roles(&expected->bearer.roles, &owed->bearer);
}

/* What the expectation leaves out may be anything: here and below. */
static bool spans_meet(const struct duty *expected, const struct owed *owed)
{
    const struct duty *duty = owed->duty;
    return (expected->within.unit == SPAN_NONE || same_span(expected->within, owed->within)) &&
           (expected->keep.unit == SPAN_NONE || same_span(expected->keep, duty->keep)) &&
           (expected->when == WHEN_UNSAID || expected->when == duty->when) &&
           (expected->until.length == 0 || slice_equal(expected->until, duty->until));
}

static bool rest_meets(const struct duty *expected, const struct duty *duty)
{
    bool otherwise =
        expected->otherwise.list.count == 0 || same_roles(&expected->otherwise, &duty->otherwise);
    bool condition = !expected->conditional ||
                     (duty->conditional && same_atom(&expected->condition, &duty->condition));
    return (!expected->once || duty->once) && (!expected->instead || duty->instead) && otherwise &&
           condition;
}

/* `whole`: an object that is given is the whole of it; else one of those told is enough. */
static bool duty_meets(const struct duty *expected, const struct owed *owed,
                       const struct found *found, bool whole)
{
    bool object = expected->object.list.count == 0 ||
                  (whole ? same_roles(&expected->object, &owed->object)
                         : roles_within(&expected->object, &owed->object));
    bool channels = expected->channels.list.count == 0 ||
                    same_channels(&expected->channels, &owed->duty->channels);
    return expected->act == owed->duty->act && object && channels &&
           (expected->actor || expected->modal == owed->duty->modal) &&
           bearer_meets(expected, owed, found) && spans_meet(expected, owed) &&
           rest_meets(expected, owed->duty);
}

static const struct owed *find_duty(const struct duty *expected, const struct found *found,
                                    bool whole)
{
    for (size_t i = 0; i < found->decision->duties.count; i++) {
        const struct owed *owed = &found->decision->duties.at[i];
        if (duty_meets(expected, owed, found, whole)) return owed;
    }
    return NULL;
}

/* Of the givers at least those that are named. */
static bool has_need(const struct need *expected, const struct found *found)
{
    for (size_t i = 0; i < found->decision->needs.count; i++) {
        const struct need *need = found->decision->needs.at[i].need;
        if (need->record == expected->record && roles_within(&expected->from, &need->from) &&
            (!expected->another || need->another) &&
            (expected->every < 0 || expected->every == need->every))
            return true;
    }
    return false;
}

/* ---- clauses --------------------------------------------------------------------------------------- */

static bool norm_is(const struct found *found, struct slice norm, struct slice id)
{
    struct slice prefix = found->policy->document.norms_prefix;
    return slice_equal(norm, id) ||
           (norm.length == prefix.length + 1 + id.length && slice_starts(norm, prefix) &&
            norm.at[prefix.length] == '-' && slice_ends(norm, id));
}

static bool clause_known(const struct found *found, struct slice id)
{
    return document_clause(&found->policy->document, id) >= 0 ||
           (found->policy->has_law && document_clause(&found->policy->law, id) >= 0);
}

/* An id that names a clause means the clause; else it is a norm's. */
static bool cited(const struct found *found, struct slice id)
{
    bool clause = clause_known(found, id);
    for (size_t i = 0; i < found->decision->cites.count; i++) {
        const struct cite *cite = &found->decision->cites.at[i];
        if (clause && slice_equal(cite->clause->id, id)) return true;
        for (size_t k = 0; !clause && k < cite->norms.count; k++) {
            if (norm_is(found, cite->norms.at[k], id)) return true;
        }
    }
    for (size_t i = 0; !clause && i < found->decision->duties.count; i++) {
        const struct owed *owed = &found->decision->duties.at[i];
        for (size_t k = 0; k < owed->norms.count; k++) {
            if (norm_is(found, owed->norms.at[k], id)) return true;
        }
    }
    return false;
}

static bool clashes(const struct found *found, struct slice a, struct slice b)
{
    for (size_t i = 0; i < found->decision->clashes.count; i++) {
        const struct clash *clash = &found->decision->clashes.at[i];
        if ((slice_equal(clash->a->id, a) && slice_equal(clash->b->id, b)) ||
            (slice_equal(clash->a->id, b) && slice_equal(clash->b->id, a)))
            return true;
    }
    return false;
}

/* ---- questions ------------------------------------------------------------------------------------- */

static bool asks(const struct found *found, const struct question *asked)
{
    const struct question *question = &found->decision->question;
    bool fact = asked->kind == QUESTION_FACT || asked->kind == QUESTION_RECORD;
    return asked->kind == question->kind && (!fact || asked->fact == question->fact);
}

/* An answer given and not yet tried: how many questions led to it. */
struct trial {
    struct request request;
    int64_t asked;
};

/* Whether, whatever is answered, the verdict stands after at most `most` questions. Every answer is tried; where that is too
 * much, the answer is no. */
static bool settled_within(const struct found *found, int64_t most)
{
    LIST(struct trial) open = {0};
    size_t tried = 0;
    struct trial first = {.request = found->scenario->request};
    first.request.policy = found->policy;
    LIST_PUSH(found->arena, &open, first);
    while (open.count > 0) {
        struct trial trial = open.at[--open.count];
        struct question question;
        question_next(&trial.request, trial.request.acts.at[0], found->arena, &question);
        if (question.kind == QUESTION_NONE) continue;
        bool people = question.kind != QUESTION_FACT && question.kind != QUESTION_RECORD;
        if (trial.asked == most || people) return false;
        for (size_t i = 0; i < question.value_count; i++) {
            if (++tried > SCENARIO_TRIES_LARGEST) return false;
            struct trial *next = LIST_ADD(found->arena, &open);
            next->asked = trial.asked + 1;
            request_copy(&trial.request, found->arena, &next->request);
            question_answer(&question, i, &next->request);
        }
    }
    return true;
}

/* ---- all of them ----------------------------------------------------------------------------------- */

/* Permitted and required are two answers (grammar.md section 12): `allowed` alone is the first. For the other verdicts a
 * strength that is not given may be any. */
static bool strength_met(const struct expectation *expectation, const struct decision *decision)
{
    bool any = expectation->strength == STRENGTH_NONE && expectation->verdict != VERDICT_ALLOWED;
    return any || expectation->strength == decision->strength;
}

static bool verdict_met(const struct expectation *expectation, const struct decision *decision)
{
    return decision->verdict == expectation->verdict && strength_met(expectation, decision) &&
           (expectation->refer.list.count == 0 ||
            same_roles(&expectation->refer, &decision->refer));
}

static bool advice_met(const struct expectation *expectation, const struct decision *decision)
{
    return decision->advice != NULL &&
           (decision->advice->kind == LINE_SILENCE_TELL) == expectation->afterwards &&
           same_roles(&expectation->refer, &decision->advice->roles);
}

static bool outcome_met(const struct expectation *expectation, const struct decision *decision)
{
    for (size_t i = 0; i < decision->outcomes.count; i++) {
        if (slice_equal(decision->outcomes.at[i].text, expectation->text)) return true;
    }
    return false;
}

bool expectation_met(const struct expectation *expectation, const struct found *found)
{
    const struct decision *decision = found->decision;
    switch (expectation->kind) {
    case EXPECT_VERDICT: return verdict_met(expectation, decision);
    case EXPECT_REVIEW:
        return found->review == expectation->review &&
               (!expectation->since || found->review_since == expectation->number);
    case EXPECT_DUTY: return find_duty(&expectation->duty, found, true) != NULL;
    case EXPECT_NO_DUTY: return find_duty(&expectation->duty, found, false) == NULL;
    case EXPECT_NEED: return has_need(&expectation->need, found);
    case EXPECT_ADVICE: return advice_met(expectation, decision);
    case EXPECT_OUTCOMES: return outcome_met(expectation, decision);
    case EXPECT_READING: return decision->readings >> expectation->number & 1;
    case EXPECT_CLASH: return clashes(found, expectation->clause, expectation->other);
    case EXPECT_CITES: return cited(found, expectation->clause);
    case EXPECT_NOT_CITES: return !cited(found, expectation->clause);
    case EXPECT_ASKS: return asks(found, &expectation->asked);
    case EXPECT_NOT_ASKS: return !asks(found, &expectation->asked);
    case EXPECT_QUESTIONS: return settled_within(found, expectation->number);
    }
    return false;
}

/* ---- sentences ------------------------------------------------------------------------------------- */

static void say_verdict(const struct found *found, struct text *out)
{
    const struct decision *decision = found->decision;
    text_add_string(out, verdict_word(decision->verdict));
    if (decision->strength != STRENGTH_NONE)
        text_format(out, " %s", strength_word(decision->strength));
    for (size_t i = 0; i < decision->refer.list.count; i++) {
        const struct word *word =
            words_word(&found->policy->words, WORD_PERSON, decision->refer.list.at[i]);
        text_format(out, "%s%.*s", i == 0 ? " to " : ", ", SLICE_PRINT(word->phrase));
    }
}

static void say_owed(const struct found *found, const struct owed *owed, struct text *out)
{
    struct duty shown = *owed->duty;
    shown.object = owed->object;
    shown.bearer.roles = owed->bearer;
    shown.within = owed->within;
    text_add_char(out, '\'');
    print_duty(&found->policy->words, &shown, out);
    text_add_char(out, '\'');
}

static void say_duties(const struct found *found, struct text *out)
{
    text_add_string(out, found->decision->duties.count == 0 ? "no duty came" : "these came: ");
    for (size_t i = 0; i < found->decision->duties.count; i++) {
        if (i > 0) text_add_string(out, "; ");
        say_owed(found, &found->decision->duties.at[i], out);
    }
}

static void say_needs(const struct found *found, struct text *out)
{
    text_add_string(out, found->decision->needs.count == 0 ? "nothing is needed" : "needed is: ");
    for (size_t i = 0; i < found->decision->needs.count; i++) {
        if (i > 0) text_add_string(out, "; ");
        print_need(&found->policy->words, found->decision->needs.at[i].need, out);
    }
}

static void say_cites(const struct found *found, struct text *out)
{
    text_add_string(out, found->decision->cites.count == 0 ? "no clause is cited" : "cited: ");
    for (size_t i = 0; i < found->decision->cites.count; i++) {
        const struct cite *cite = &found->decision->cites.at[i];
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || found->decision->cites.at[k].clause == cite->clause;
        if (!again) text_format(out, "%s%.*s", i > 0 ? ", " : "", SLICE_PRINT(cite->clause->id));
    }
}

static void say_clashes(const struct found *found, struct text *out)
{
    text_add_string(out,
                    found->decision->clashes.count == 0 ? "no clash was flagged" : "flagged: ");
    for (size_t i = 0; i < found->decision->clashes.count; i++) {
        const struct clash *clash = &found->decision->clashes.at[i];
        text_format(out, "%s%.*s with %.*s", i > 0 ? ", " : "", SLICE_PRINT(clash->a->id),
                    SLICE_PRINT(clash->b->id));
    }
}

static void say_advice(const struct found *found, struct text *out)
{
    const struct policy_line *advice = found->decision->advice;
    if (advice == NULL) {
        text_add_string(out, "no advice came");
        return;
    }
    text_add_string(out, advice->kind == LINE_SILENCE_TELL ? "it is to tell" : "it is to ask");
    for (size_t i = 0; i < advice->roles.list.count; i++) {
        const struct word *word =
            words_word(&found->policy->words, WORD_PERSON, advice->roles.list.at[i]);
        text_format(out, "%s %.*s", i > 0 ? "," : "", SLICE_PRINT(word->phrase));
    }
}

static void say_outcomes(const struct found *found, struct text *out)
{
    const struct decision *decision = found->decision;
    text_add_string(out, decision->outcomes.count == 0 ? "none came" : "these came: ");
    for (size_t i = 0; i < decision->outcomes.count; i++) {
        text_format(out, "%s%.*s", i > 0 ? "; " : "", SLICE_PRINT(decision->outcomes.at[i].text));
    }
}

static void say_review(const struct found *found, struct text *out)
{
    static const char *const words[] = {"unset", "in-date", "overdue since "};
    text_format(out, "it is %s", words[found->review]);
    if (found->review == REVIEW_OVERDUE) {
        char day[11];
        date_format(date_from_day(found->review_since), day);
        text_add_string(out, day);
    }
}

static void say_found(const struct expectation *expectation, const struct found *found,
                      struct text *out)
{
    switch (expectation->kind) {
    case EXPECT_VERDICT:
        text_add_string(out, "came ");
        say_verdict(found, out);
        return;
    case EXPECT_REVIEW: say_review(found, out); return;
    case EXPECT_DUTY:
    case EXPECT_NO_DUTY: say_duties(found, out); return;
    case EXPECT_NEED: say_needs(found, out); return;
    case EXPECT_ADVICE: say_advice(found, out); return;
    case EXPECT_OUTCOMES: say_outcomes(found, out); return;
    case EXPECT_READING: text_add_string(out, "the answer did not turn on it"); return;
    case EXPECT_CLASH: say_clashes(found, out); return;
    case EXPECT_CITES:
    case EXPECT_NOT_CITES: say_cites(found, out); return;
    case EXPECT_ASKS:
    case EXPECT_NOT_ASKS:
        if (found->decision->question.kind == QUESTION_NONE)
            text_add_string(out, "nothing is asked");
        else
            text_format(out, "asked is '%.*s'", SLICE_PRINT(found->decision->question.text));
        return;
    case EXPECT_QUESTIONS: text_add_string(out, "some answers lead to more"); return;
    }
}

struct slice expectation_sentence(const struct expectation *expectation, const struct found *found)
{
    static const char *const before[] = {
        [EXPECT_VERDICT] = "expected ",
        [EXPECT_REVIEW] = "expected the review to be ",
        [EXPECT_DUTY] = "expected the duty ",
        [EXPECT_NO_DUTY] = "expected no duty ",
        [EXPECT_NEED] = "expected the need ",
        [EXPECT_ADVICE] = "expected the advice to ",
        [EXPECT_OUTCOMES] = "expected the outcomes ",
        [EXPECT_READING] = "expected the reading ",
        [EXPECT_CLASH] = "expected the clash ",
        [EXPECT_CITES] = "expected to be cited: ",
        [EXPECT_NOT_CITES] = "expected not to be cited: ",
        [EXPECT_ASKS] = "expected as the next question: ",
        [EXPECT_NOT_ASKS] = "expected not as the next question: ",
        [EXPECT_QUESTIONS] = "expected fewer questions: ",
    };
    bool quoted = expectation->kind == EXPECT_DUTY || expectation->kind == EXPECT_NO_DUTY ||
                  expectation->kind == EXPECT_NEED;
    AUTO_TEXT struct text text;
    text_init(&text, SENTENCE_LARGEST);
    text_add_string(&text, before[expectation->kind]);
    text_format(&text, quoted ? "'%.*s'" : "%.*s", SLICE_PRINT(expectation->text));
    text_add_string(&text, "; ");
    say_found(expectation, found, &text);
    return arena_copy(found->arena, text_slice(&text));
}
