/* What the command `ask` and the page May I? say alike of an answer: when 999 comes first, and a duty as it stands. How it
 * looks is theirs. */
#include "policy/print.h"
#include "service/ask.h"

/* Roles and facts (permanent ids) that speak of a child who may be at risk. */
static const char *const guardians[] = {"dsl", "safeguarding-team", "child-protection", "police"};
static const char *const risk_facts[] = {"child-risk", "suspected-indecent"};
static const char *const risk_acts[] = {"learn-risk"};

static bool tells_guardian(const struct policy *policy, const struct owed *owed)
{
    if (owed->within.unit != SPAN_IMMEDIATELY && owed->within.unit != SPAN_SAME_DAY) return false;
    for (size_t at = 0; at < owed->object.list.count; at++)
        for (size_t g = 0; g < sizeof guardians / sizeof *guardians; g++)
            if (owed->object.list.at[at] ==
                words_find(&policy->words, WORD_PERSON, slice_of(guardians[g])))
                return true;
    return false;
}

static bool risk_said(const struct policy *policy, const struct request *request)
{
    for (size_t at = 0; at < sizeof risk_facts / sizeof *risk_facts; at++) {
        int fact = words_find(&policy->words, WORD_FACT, slice_of(risk_facts[at]));
        if (fact < 0) continue;
        const struct value *value = &request->facts[fact];
        if (value->known == NOT_KNOWN || (value->known == KNOWN && value->value != 0)) return true;
    }
    for (size_t at = 0; at < sizeof risk_acts / sizeof *risk_acts; at++) {
        int act = words_find(&policy->words, WORD_ACT, slice_of(risk_acts[at]));
        for (size_t a = 0; act >= 0 && a < request->acts.count; a++)
            if (policy_counts(policy, WORD_ACT, request->acts.at[a], act)) return true;
    }
    return false;
}

bool ask_danger(const struct decision *decision, const struct request *request)
{
    if (decision->verdict == VERDICT_STOP || risk_said(decision->policy, request)) return true;
    for (size_t at = 0; at < decision->duties.count; at++)
        if (tells_guardian(decision->policy, &decision->duties.at[at])) return true;
    return false;
}

/* Whether the duty is the asker's own: the question is about themselves, and one of their roles is enough to bear it. */
static bool yours(const struct decision *decision, const struct duty *duty,
                  const struct request *request)
{
    const struct roles *bearers = &duty->bearer.roles, *actor = &request->actor;
    if (request->asker_given || duty->actor) return false;
    if (bearers->each && bearers->list.count > 1) return false;
    for (size_t at = 0; at < actor->list.count; at++)
        for (size_t b = 0; b < bearers->list.count; b++)
            if (policy_counts(decision->policy, WORD_PERSON, actor->list.at[at],
                              bearers->list.at[b]))
                return true;
    return false;
}

struct slice ask_duty_sentence(const struct decision *decision, const struct owed *owed,
                               const struct request *request, struct arena *arena)
{
    AUTO_TEXT struct text words;
    struct duty duty = *owed->duty;
    text_init(&words, 4000);
    duty.within = owed->within;
    duty.object = owed->object;
    if (owed->bearer.list.count > 0) {
        duty.actor = false;
        duty.bearer.roles = owed->bearer;
    }
    if (yours(decision, &duty, request)) {
        duty.actor = true;
        duty.bearer = (struct who){0};
    }
    print_duty_sentence(&decision->policy->words, &duty, &words);
    return arena_copy(arena, text_slice(&words));
}
