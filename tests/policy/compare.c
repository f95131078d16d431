/* Compares an answer of the engine with its naive twin's, part by part. What the language leaves open (which of two equally
 * bad readings of a don't know is told) is not compared. */
#include "compare.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "policy/problem.h"
#include "policy/quick.h"

size_t compared_sieves;

/* --- compiling ---------------------------------------------------------------------------------------------- */

static bool compile_texts(struct compiled *compiled)
{
    struct policy_sources sources = {
        .words = {SLICE("words.md"), generated_words()},
        .policy = {SLICE("policy.md"), text_slice(&compiled->policy_text)},
        .law = {SLICE("law.md"), text_slice(&compiled->law_text)},
    };
    compiled->arena = arena_new();
    problems_init(&compiled->problems, compiled->arena);
    compiled->policy = policy_new(&sources, &compiled->problems);
    return compiled->policy != NULL;
}

bool compiled_make(struct compiled *compiled, const struct generated *generated,
                   const size_t *order)
{
    text_init(&compiled->policy_text, 1 << 20);
    text_init(&compiled->law_text, 1 << 20);
    generated_policy_text(generated, order, &compiled->policy_text);
    if (generated->law_clauses > 0) generated_law_text(generated, &compiled->law_text);
    return compile_texts(compiled);
}

bool compiled_from(struct compiled *compiled, struct slice policy, struct slice law)
{
    text_init(&compiled->policy_text, 1 << 20);
    text_init(&compiled->law_text, 1 << 20);
    text_add(&compiled->policy_text, policy);
    text_add(&compiled->law_text, law);
    return compile_texts(compiled);
}

void compiled_clear(struct compiled *compiled)
{
    policy_free(compiled->policy);
    text_clear(&compiled->policy_text);
    text_clear(&compiled->law_text);
    arena_free(compiled->arena);
    *compiled = (struct compiled){.policy = NULL};
}

/* --- verdicts ------------------------------------------------------------------------------------------------ */

static bool strength_counts(enum verdict verdict)
{
    return verdict == VERDICT_NOT_ALLOWED || verdict == VERDICT_ALLOWED;
}

static int shown_index(const struct request *request, struct slice name)
{
    for (size_t i = 0; i < request->shown.count; i++)
        if (slice_equal(request->shown.at[i].name, name)) return (int)i;
    return NAIVE_NOBODY;
}

static bool has_need(const struct decision *decision, const struct naive_need *need)
{
    for (size_t i = 0; i < decision->needs.count; i++)
        if (decision->needs.at[i].need == need->need) return true;
    return false;
}

static void compare_needs(const struct request *request, const struct decision *fast,
                          const struct naive_outcome *slow, struct text *why)
{
    for (size_t i = 0; i < slow->needs_count; i++)
        if (!has_need(fast, &slow->needs[i]))
            text_format(why, "need missing, line %zu\n", slow->needs[i].need->line);
    for (size_t i = 0; i < fast->needs.count; i++) {
        const struct needed *needed = &fast->needs.at[i];
        int person =
            needed->person.length > 0 ? shown_index(request, needed->person) : NAIVE_NOBODY;
        bool found = false;
        for (size_t k = 0; k < slow->needs_count; k++)
            found |= slow->needs[k].need == needed->need && slow->needs[k].person == person;
        if (!found)
            text_format(why, "need too many, line %zu, for '%.*s'\n", needed->need->line,
                        SLICE_PRINT(needed->person));
    }
    if (fast->needs.count != slow->needs_count)
        text_format(why, "needs: engine %zu, naive %zu\n", fast->needs.count, slow->needs_count);
}

static void compare_refer(const struct request *request, const struct decision *fast,
                          const struct naive_outcome *slow, struct text *why)
{
    bool engine[NAIVE_WORDS_LARGEST] = {false};
    for (size_t i = 0; i < fast->refer.list.count; i++) engine[fast->refer.list.at[i]] = true;
    for (int role = 0; role < (int)request->policy->words.people.count; role++)
        if (engine[role] != slow->refer[role])
            text_format(why, "refer to %.*s: engine %d, naive %d\n",
                        SLICE_PRINT(request->policy->words.people.at[role].word.phrase),
                        engine[role], slow->refer[role]);
}

/* People and channels that were not given are asked first: completions are not taken over sets of them (semantics 3, 9). */
static bool asks_first(const struct request *request)
{
    if (request->closed) return false;
    if (!request->actor_given || !request->other_given || !request->via_given) return true;
    for (size_t i = 0; i < request->policy->rules.count; i++) {
        const struct statement *statement = request->policy->rules.at[i].statement;
        for (size_t k = 0; k < statement->tails.count; k++)
            if (statement->tails.at[k].kind == TAIL_ONLY_THROUGH) return true;
    }
    return false;
}

static void compare_act(const struct request *request, const struct decision *fast,
                        const struct naive_outcome *slow, struct text *why)
{
    bool told = slow->tied &&
                (fast->verdict == VERDICT_NEED_ANSWER || slow->verdict == VERDICT_NEED_ANSWER);
    bool asks = fast->verdict == VERDICT_NEED_ANSWER && asks_first(request);
    if (told || asks) return;
    if (fast->verdict != slow->verdict) {
        text_format(why, "verdict: engine %s, naive %s\n", verdict_word(fast->verdict),
                    verdict_word(slow->verdict));
        return;
    }
    bool either = slow->tied && slow->verdict == VERDICT_ALLOWED;
    if (!either && strength_counts(slow->verdict) && fast->strength != slow->strength)
        text_format(why, "%s: engine '%s', naive '%s'\n", verdict_word(slow->verdict),
                    strength_word(fast->strength), strength_word(slow->strength));
    if (slow->tied) return;
    if (slow->verdict == VERDICT_ALLOWED_IF) compare_needs(request, fast, slow, why);
    if (slow->verdict == VERDICT_REFER) compare_refer(request, fast, slow, why);
    if (slow->verdict == VERDICT_NO_CLAUSE && fast->advice != slow->advice)
        text_format(why, "advice: engine line %zu, naive line %zu\n",
                    fast->advice ? fast->advice->line : 0, slow->advice ? slow->advice->line : 0);
    if (slow->verdict == VERDICT_NEED_ANSWER && fast->question.kind == QUESTION_NONE)
        text_format(why, "need-answer without a question\n");
}

/* --- duties and citations, in worlds where nothing is open ------------------------------------------------------ */

static bool some_unknown(const struct request *request, const struct value *facts)
{
    for (size_t i = 0; i < request->policy->words.facts.count; i++)
        if (facts[i].known == NOT_KNOWN) return true;
    return false;
}

static bool settled(const struct request *request, const struct naive_open *open)
{
    bool unknown = some_unknown(request, request->facts);
    for (size_t i = 0; i < request->policy->words.names.count; i++)
        unknown |=
            request->policy->words.names.at[i].judgement && request->judgements[i].known != KNOWN;
    for (size_t i = 0; i < request->shown.count; i++)
        unknown |= some_unknown(request, request->shown.at[i].facts);
    return request->closed && request->has_time && !unknown && open->pending.list.count == 0;
}

static bool same_roles(const struct roles *a, const struct roles *b)
{
    for (int turn = 0; turn < 2; turn++) {
        const struct roles *one = turn ? b : a, *other = turn ? a : b;
        for (size_t i = 0; i < one->list.count; i++) {
            bool found = false;
            for (size_t k = 0; k < other->list.count; k++)
                found |= one->list.at[i] == other->list.at[k];
            if (!found) return false;
        }
    }
    return true;
}

static bool same_channels(const struct channels *a, const struct channels *b)
{
    struct roles one = {.list = {a->list.at, a->list.count, 0}},
                 other = {.list = {b->list.at, b->list.count, 0}};
    return same_roles(&one, &other);
}

static bool same_duty(const struct owed *fast, const struct naive_owed *slow)
{
    return fast->duty->act == slow->duty->act && same_roles(&fast->bearer, &slow->bearer) &&
           same_roles(&fast->object, &slow->object) &&
           same_channels(&fast->duty->channels, &slow->duty->channels);
}

static void compare_duties(const struct decision *fast, const struct naive_duties *slow,
                           struct text *why)
{
    for (size_t i = 0; i < slow->list.count; i++) {
        bool found = false;
        for (size_t k = 0; k < fast->duties.count; k++)
            found |= same_duty(&fast->duties.at[k], &slow->list.at[i]);
        if (!found)
            text_format(why, "duty missing, line %zu (%s)\n", slow->list.at[i].duty->line,
                        stage_word(slow->list.at[i].stage));
    }
    for (size_t i = 0; i < fast->duties.count; i++) {
        bool found = false;
        for (size_t k = 0; k < slow->list.count; k++)
            found |= same_duty(&fast->duties.at[i], &slow->list.at[k]);
        if (!found)
            text_format(why, "duty too many, line %zu (%s)\n", fast->duties.at[i].duty->line,
                        stage_word(fast->duties.at[i].stage));
    }
}

static bool cited(const struct decision *decision, const struct clause *clause, enum part part)
{
    for (size_t i = 0; i < decision->cites.count; i++)
        if (decision->cites.at[i].clause == clause && decision->cites.at[i].part == part)
            return true;
    return false;
}

/* An event may have arisen before the act, or be that of its refusal. */
static bool has_event(const struct policy *policy, const struct clause *clause)
{
    for (size_t i = 0; i < policy->rules.count; i++)
        if (policy->rules.at[i].clause == clause &&
            policy->rules.at[i].statement->kind == STATEMENT_EVENT)
            return true;
    return false;
}

static void compare_cites(const struct request *request, const struct decision *fast,
                          const struct naive_outcome *slow, struct text *why)
{
    const struct policy *policy = request->policy;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct clause *clause = policy->rules.at[i].clause;
        if (slow->applied[i] && policy->rules.at[i].statement->kind != STATEMENT_EVENT &&
            !cited(fast, clause, PART_APPLIES))
            text_format(why, "clause %.*s applies and is not cited\n", SLICE_PRINT(clause->id));
        if (slow->used[i] && policy->rules.at[i].statement->kind != STATEMENT_EVENT &&
            !cited(fast, clause, PART_EXCEPTION))
            text_format(why, "exception of clause %.*s used and not cited\n",
                        SLICE_PRINT(clause->id));
    }
    for (size_t i = 0; i < fast->cites.count; i++) {
        bool applies = false;
        for (size_t k = 0; k < policy->rules.count; k++)
            applies |= policy->rules.at[k].clause == fast->cites.at[i].clause && slow->applied[k];
        if (!applies && !has_event(policy, fast->cites.at[i].clause) &&
            fast->cites.at[i].part == PART_APPLIES)
            text_format(why, "clause %.*s cited, but does not apply\n",
                        SLICE_PRINT(fast->cites.at[i].clause->id));
    }
}

static bool all_settled(const struct request *request, struct arena *arena)
{
    struct naive_world world;
    struct naive_open open;
    naive_world_init(&world, request, request->acts.at[0], arena);
    naive_open(&world, &open);
    return settled(request, &open);
}

/* Duties are united over the acts. */
static void compare_settled(const struct request *request, const struct decision *fast,
                            struct arena *arena, struct text *why)
{
    struct naive_duties all = {.list = {0}};
    if (!all_settled(request, arena)) return;
    for (size_t i = 0; i < request->acts.count; i++) {
        struct naive_world world;
        struct naive_outcome outcome;
        struct naive_duties duties;
        naive_world_init(&world, request, request->acts.at[i], arena);
        naive_steps(&world, &outcome);
        naive_owe(&world, &outcome, &duties);
        for (size_t k = 0; k < duties.list.count; k++)
            LIST_PUSH(arena, &all.list, duties.list.at[k]);
        compare_cites(request, request->acts.count > 1 ? &fast->parts.at[i] : fast, &outcome, why);
    }
    compare_duties(fast, &all, why);
}

/* --- the whole ---------------------------------------------------------------------------------------------------- */

static bool same_bits(const uint64_t *a, const uint64_t *b, size_t words)
{
    return memcmp(a, b, words * sizeof *a) == 0;
}

/* The sieve, where the request has one, says to the bit what the common path says. */
static void compare_sieve(struct quick *quick, const struct request *request, struct arena *arena,
                          struct text *why)
{
    struct quick_answer sieved, common;
    if (!quick_decide_sieve(quick, request, &sieved)) return; /* not its case */
    compared_sieves++;
    uint64_t *applies = ARENA_ARRAY(arena, uint64_t, sieved.words);
    uint64_t *duties = ARENA_ARRAY(arena, uint64_t, sieved.duty_words);
    memcpy(applies, sieved.applies, sieved.words * sizeof *applies);
    memcpy(duties, sieved.duties, sieved.duty_words * sizeof *duties);
    quick_decide_common(quick, request, &common);
    if (sieved.verdict != common.verdict || sieved.strength != common.strength)
        text_format(why, "quick: sieve %s, common path %s\n", verdict_word(sieved.verdict),
                    verdict_word(common.verdict));
    if (sieved.words != common.words || !same_bits(applies, common.applies, common.words))
        text_format(why, "quick: the sieve has other clauses than the common path\n");
    if (sieved.duty_words != common.duty_words ||
        !same_bits(duties, common.duties, common.duty_words))
        text_format(why, "quick: the sieve has other duties than the common path\n");
}

static void compare_quick(const struct request *request, const struct naive_outcome *slow,
                          struct arena *arena, struct text *why)
{
    struct quick_answer answer;
    struct quick *quick = quick_new(request->policy, arena);
    compare_sieve(quick, request, arena, why);
    if (request->acts.count != 1 || slow->tied) return;
    quick_decide(quick, request, &answer);
    if (answer.verdict != VERDICT_NEED_ANSWER && answer.verdict != slow->verdict)
        text_format(why, "quick: engine %s, naive %s\n", verdict_word(answer.verdict),
                    verdict_word(slow->verdict));
}

enum compared compare(const struct request *request, size_t limit, struct arena *arena,
                      struct text *ret_why)
{
    struct decision decision;
    enum verdict worst = VERDICT_ALLOWED;
    bool several = request->acts.count > 1;
    struct naive_outcome *outcomes = ARENA_ARRAY(arena, struct naive_outcome, request->acts.count);
    for (size_t i = 0; i < request->acts.count; i++) {
        if (!naive_decide(request, request->acts.at[i], limit, arena, &outcomes[i]))
            return COMPARED_SKIPPED;
        worst = outcomes[i].verdict > worst ? outcomes[i].verdict : worst;
    }
    decide(request, arena, &decision);
    bool tied = false;
    for (size_t i = 0; i < request->acts.count; i++) tied |= outcomes[i].tied;
    bool asks = decision.verdict == VERDICT_NEED_ANSWER || worst == VERDICT_NEED_ANSWER;
    if (decision.verdict != worst && !(tied && asks) &&
        !(decision.verdict == VERDICT_NEED_ANSWER && asks_first(request)))
        text_format(ret_why, "all acts: engine %s, naive %s\n", verdict_word(decision.verdict),
                    verdict_word(worst));
    if (several && decision.parts.count != request->acts.count)
        text_format(ret_why, "%zu parts for %zu acts\n", decision.parts.count, request->acts.count);
    for (size_t i = 0; ret_why->length == 0 && i < request->acts.count; i++) {
        const struct decision *part = several ? &decision.parts.at[i] : &decision;
        compare_act(request, part, &outcomes[i], ret_why);
    }
    if (ret_why->length == 0) compare_settled(request, &decision, arena, ret_why);
    compare_quick(request, &outcomes[0], arena, ret_why);
    return ret_why->length == 0 ? COMPARED_SAME : COMPARED_DIFFERENT;
}

/* --- shrinking ---------------------------------------------------------------------------------------------------- */

static bool try_drop(struct generated *generated, bool *dropped,
                     bool (*fails)(const struct generated *generated, struct text *ret_why))
{
    if (*dropped) return false;
    AUTO_TEXT struct text why;
    text_init(&why, 1 << 16);
    *dropped = true;
    if (fails(generated, &why)) return true;
    *dropped = false;
    return false;
}

static void print_case(const struct generated *generated)
{
    AUTO_TEXT struct text policy, law;
    text_init(&policy, 1 << 20);
    text_init(&law, 1 << 20);
    generated_policy_text(generated, NULL, &policy);
    generated_law_text(generated, &law);
    fprintf(stderr, "%s", policy.at + slice_search(text_slice(&policy), SLICE("norms:")));
    if (generated->law_clauses > 0)
        fprintf(stderr, "%s", law.at + slice_search(text_slice(&law), SLICE("# A test")));
    fprintf(stderr, "request (%s world)\n", generated->closed ? "closed" : "open");
    for (size_t i = 0; i < generated->keys.count; i++)
        if (!generated->keys.at[i].dropped)
            fprintf(stderr, "  %.*s: %.*s\n", SLICE_PRINT(generated->keys.at[i].key),
                    SLICE_PRINT(generated->keys.at[i].value));
}

void shrink(struct generated *generated,
            bool (*fails)(const struct generated *generated, struct text *ret_why))
{
    AUTO_TEXT struct text why;
    bool smaller = true;
    while (smaller) {
        smaller = false;
        for (size_t i = 0; i < generated->lines.count; i++)
            smaller |= try_drop(generated, &generated->lines.at[i].dropped, fails);
        for (size_t i = 0; i < generated->keys.count; i++)
            smaller |= try_drop(generated, &generated->keys.at[i].dropped, fails);
    }
    text_init(&why, 1 << 16);
    (void)fails(generated, &why);
    print_case(generated);
    fprintf(stderr, "%s", why.at);
}
