/* The answer to a request: judge each act on the quick path, exactly where that does not settle it, and explain. */
#include "policy/exact.h"
#include "policy/explain.h"

struct decider {
    struct space *space;
};

static const char *const verdicts[] = {"allowed",     "no-clause", "advised-against", "allowed-if",
                                       "need-answer", "refer",     "not-allowed",     "stop"};
static const char *const strengths[] = {"", "should", "must", "required"};
static const char *const parts[] = {"applies", "exception", "lifted", "lifts",
                                    "duty",    "defines",   "ground"};
static const char *const stages[] = {"with the act", "already arisen", "on refusal"};

const char *verdict_word(enum verdict verdict)
{
    return verdicts[verdict];
}

const char *strength_word(enum strength strength)
{
    return strengths[strength];
}

const char *part_word(enum part part)
{
    return parts[part];
}

const char *stage_word(enum stage stage)
{
    return stages[stage];
}

int verdict_of(struct slice word)
{
    for (int i = 0; i <= VERDICT_STOP; i++) {
        if (slice_is(word, verdicts[i])) {
            return i;
        }
    }
    return -1;
}

int strength_of(struct slice word)
{
    for (int i = STRENGTH_SHOULD; i <= STRENGTH_REQUIRED; i++) {
        if (slice_is(word, strengths[i])) {
            return i;
        }
    }
    return -1;
}

/* Whether some fact that the act reads was answered *don't know*: then something stands in for it. */
static bool something_not_known(const struct space *space, const struct request *request, int act)
{
    const struct act_code *code = &space->program->acts[act];
    for (size_t i = 0; i < code->facts.count; i++) {
        if (request->facts[code->facts.at[i].fact].known == NOT_KNOWN) {
            return true;
        }
    }
    for (size_t i = 0; i < code->records.count; i++) {
        if (request->facts[space->program->literals.at[code->records.at[i]].index].known ==
            NOT_KNOWN) {
            return true;
        }
    }
    for (size_t p = 0; p < request->shown.count; p++) {
        for (size_t i = 0; i < space->policy->words.facts.count; i++) {
            if (request->shown.at[p].facts[i].known == NOT_KNOWN) {
                return true;
            }
        }
    }
    return false;
}

/* Kleene's logic first; where that leaves it open, the diagram over what was not asked. Leaves the space as the answer is to
 * be explained: with the worst values for what is not known, and what was not asked still open. */
static struct outcome settle(struct judged *judged)
{
    struct space *space = judged->space;
    space_plain(space);
    if (!something_not_known(space, judged->asked, judged->act)) {
        struct outcome outcome = judge_plain(space, judged->asked, judged->act);
        if (outcome.known) {
            return outcome;
        }
    }
    judged->world = ARENA_NEW(judged->arena, struct world);
    world_init(judged->world, space, judged->asked, judged->act, judged->arena);
    judged->request = &judged->world->requests[0];
    struct outcome outcome = world_judge(judged->world);
    bool branches = !outcome.known && judged->world->open.list.count > 0;
    if (branches) {
        (void)exact_known(judged->world, &outcome);
    }
    struct outcome kept = exact_resolve(judged->world, true);
    return branches ? outcome : kept;
}

static void fill_verdict(struct judged *judged)
{
    struct decision *decision = judged->decision;
    const struct program *program = judged->space->program;
    const struct outcome *outcome = &judged->outcome;
    decision->verdict = outcome->verdict;
    decision->strength = outcome->strength;
    decision->noted = judged->space->policy->words.acts.at[judged->act].kind == ACT_EVENT &&
                      outcome->verdict == VERDICT_ALLOWED;
    if (outcome->referral != NULL) {
        decision->refer = outcome->referral->roles;
        decision->judgements.at = outcome->referral->judgements.at;
        decision->judgements.count = outcome->referral->judgements.count;
    }
    judged->refused = outcome->verdict == VERDICT_NOT_ALLOWED || outcome->verdict == VERDICT_STOP;
    bool actor =
        program->line_depart != NULL &&
        test_tri(&program->depart, &judged->space->active[0]->all, NULL, program->words) == TRI_YES;
    if (actor && outcome->verdict == VERDICT_NOT_ALLOWED) {
        decision->door = program->line_depart;
    }
}

/* The door stays shut where law forbids. */
static void check_door(struct judged *judged)
{
    for (unsigned i = 0; judged->decision->door != NULL && i < judged->space->code->rules.count;
         i++) {
        const struct compiled *compiled = rule_at(judged, i);
        if (compiled->law && compiled->effect == EFFECT_FORBID &&
            judged->space->results[i].app == TRI_YES) {
            judged->decision->door = NULL;
        }
    }
}

static void decide_act(struct space *space, const struct request *request, int act, bool whole,
                       struct arena *arena, struct decision *ret_decision)
{
    struct judged judged = {.space = space,
                            .request = request,
                            .asked = request,
                            .act = act,
                            .arena = arena,
                            .decision = ret_decision};
    *ret_decision = (struct decision){.policy = space->policy, .act = act};
    judged.outcome = settle(&judged);
    judged.order = space->program->acts[act].order;
    fill_verdict(&judged);
    check_door(&judged);
    explain_cites(&judged);
    explain_needs(&judged);
    explain_silence(&judged);
    explain_door(&judged);
    explain_remarks(&judged);
    explain_duties(&judged);
    if (judged.outcome.verdict == VERDICT_NEED_ANSWER) {
        question_next(request, act, arena, &ret_decision->question);
    }
    if (whole) {
        explain_clashes(&judged);
        explain_near(&judged);
        explain_assumed(&judged);
        explain_changes(&judged);
        explain_defines(&judged);
    }
}

#define APPEND(arena, into, from)                                                                  \
    for (size_t item = 0; item < (from)->count; item++) {                                          \
        *LIST_ADD(arena, into) = (from)->at[item];                                                 \
    }

/* Several acts: each by itself, the worst is the answer, the rest is put together; each part can be opened. */
static void join(struct decision *whole, const struct decision *part, struct arena *arena)
{
    APPEND(arena, &whole->needs, &part->needs)
    APPEND(arena, &whole->duties, &part->duties)
    APPEND(arena, &whole->cites, &part->cites)
    APPEND(arena, &whole->near, &part->near)
    APPEND(arena, &whole->assumed, &part->assumed)
    APPEND(arena, &whole->clashes, &part->clashes)
    APPEND(arena, &whole->reminders, &part->reminders)
    APPEND(arena, &whole->outcomes, &part->outcomes)
    whole->readings |= part->readings;
    whole->dropped = whole->dropped != NULL ? whole->dropped : part->dropped;
}

static void decide_several(struct space *space, const struct request *request, bool whole,
                           struct arena *arena, struct decision *ret_decision)
{
    *ret_decision = (struct decision){.policy = space->policy, .act = request->acts.at[0]};
    struct decision *list = ARENA_ARRAY(arena, struct decision, request->acts.count);
    const struct decision *worst = list;
    for (size_t i = 0; i < request->acts.count; i++) {
        decide_act(space, request, request->acts.at[i], whole, arena, &list[i]);
        if (list[i].verdict > worst->verdict ||
            (list[i].verdict == worst->verdict && list[i].strength > worst->strength)) {
            worst = &list[i];
        }
        join(ret_decision, &list[i], arena);
    }
    ret_decision->verdict = worst->verdict;
    ret_decision->strength = worst->strength;
    ret_decision->noted = worst->noted;
    ret_decision->refer = worst->refer;
    ret_decision->judgements.at = worst->judgements.at;
    ret_decision->judgements.count = worst->judgements.count;
    ret_decision->advice = worst->advice;
    ret_decision->door = worst->door;
    ret_decision->question = worst->question;
    ret_decision->changes.at = worst->changes.at;
    ret_decision->changes.count = worst->changes.count;
    ret_decision->parts.at = list;
    ret_decision->parts.count = request->acts.count;
}

struct decider *decider_new(const struct policy *policy, struct arena *arena)
{
    struct decider *decider = ARENA_NEW(arena, struct decider);
    decider->space = space_new(policy, arena);
    return decider;
}

void decider_decide(struct decider *decider, const struct request *request, bool whole,
                    struct arena *arena, struct decision *ret_decision)
{
    if (request->acts.count == 1) {
        decide_act(decider->space, request, request->acts.at[0], whole, arena, ret_decision);
    } else {
        decide_several(decider->space, request, whole, arena, ret_decision);
    }
}

void decide(const struct request *request, struct arena *arena, struct decision *ret_decision)
{
    decider_decide(decider_new(request->policy, arena), request, true, arena, ret_decision);
}
