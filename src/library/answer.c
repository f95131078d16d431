/* lanyard.h: reading an answer. */
#include "library/library.h"

_Static_assert((int)LANYARD_ALLOWED == (int)VERDICT_ALLOWED &&
                   (int)LANYARD_NEED_ANSWER == (int)VERDICT_NEED_ANSWER &&
                   (int)LANYARD_STOP == (int)VERDICT_STOP,
               "the verdicts of lanyard.h are those of policy/decision.h");

lanyard_verdict lanyard_decision_verdict(const lanyard_decision *decision)
{
    return (lanyard_verdict)decision->decision.verdict;
}

const char *lanyard_verdict_word(lanyard_verdict verdict)
{
    return (unsigned)verdict <= LANYARD_STOP ? verdict_word((enum verdict)verdict) : NULL;
}

const char *lanyard_decision_strength(const lanyard_decision *decision)
{
    return strength_word(decision->decision.strength);
}

const char *lanyard_decision_json(const lanyard_decision *decision, size_t *ret_length)
{
    if (ret_length != NULL) {
        *ret_length = decision->length;
    }
    return decision->json;
}

static const struct cite *cite_at(const lanyard_decision *decision, size_t cite)
{
    return cite < decision->decision.cites.count ? &decision->decision.cites.at[cite] : NULL;
}

size_t lanyard_decision_cite_count(const lanyard_decision *decision)
{
    return decision->decision.cites.count;
}

const char *lanyard_decision_cite_clause(const lanyard_decision *decision, size_t cite)
{
    const struct cite *found = cite_at(decision, cite);
    return found == NULL ? NULL : decision->clauses[cite];
}

const char *lanyard_decision_cite_part(const lanyard_decision *decision, size_t cite)
{
    const struct cite *found = cite_at(decision, cite);
    return found == NULL ? NULL : part_word(found->part);
}

size_t lanyard_decision_cite_norm_count(const lanyard_decision *decision, size_t cite)
{
    const struct cite *found = cite_at(decision, cite);
    return found == NULL ? 0 : found->norms.count;
}

const char *lanyard_decision_cite_norm(const lanyard_decision *decision, size_t cite, size_t norm)
{
    const struct cite *found = cite_at(decision, cite);
    return found == NULL || norm >= found->norms.count ? NULL : decision->norms[cite][norm];
}

size_t lanyard_decision_need_count(const lanyard_decision *decision)
{
    return decision->decision.needs.count;
}

const char *lanyard_decision_need(const lanyard_decision *decision, size_t need)
{
    return need < decision->decision.needs.count ? decision->needs[need] : NULL;
}

size_t lanyard_decision_duty_count(const lanyard_decision *decision)
{
    return decision->decision.duties.count;
}

const char *lanyard_decision_duty(const lanyard_decision *decision, size_t duty)
{
    return duty < decision->decision.duties.count ? decision->duties[duty] : NULL;
}

int lanyard_decision_duty_is_conditional(const lanyard_decision *decision, size_t duty)
{
    return duty < decision->decision.duties.count && decision->decision.duties.at[duty].conditional;
}

const char *lanyard_decision_question(const lanyard_decision *decision)
{
    return decision->question;
}

const char *lanyard_decision_question_key(const lanyard_decision *decision)
{
    return decision->key;
}
