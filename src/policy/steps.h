/* Steps 2 to 7 of grammar.md 8.4 on what the rules came to: one text, inlined into the common path (judge.c) and the quick
 * one (quick.c). Inside the room. */
#pragma once

#include "policy/space.h"

#define STEP static inline __attribute__((always_inline))

STEP struct outcome known(enum verdict verdict, enum strength strength, uint64_t detail)
{
    return (struct outcome){
        .known = true, .verdict = verdict, .strength = strength, .detail = detail};
}

static const struct outcome open_outcome = {.verdict = VERDICT_NEED_ANSWER};

/* Steps 4 to 7. `may_gates`: the needs of permissions count, because none is complete. */
STEP struct outcome later_steps(struct space *space, const struct request *request,
                                const struct findings *found, enum tri may_gates)
{
    enum tri bundles = may_gates & found->may_lacks;
    if (found->needs_open || (bundles != TRI_NO && (bundles == TRI_MAYBE || found->may_open))) {
        return open_outcome;
    }
    if (found->needs == TRI_YES || bundles == TRI_YES) {
        uint64_t detail = found->standing + (bundles == TRI_YES ? found->bundles : 0);
        return known(VERDICT_ALLOWED_IF, STRENGTH_NONE, detail);
    }
    if (found->advise == TRI_YES) {
        return known(VERDICT_ADVISED_AGAINST, STRENGTH_NONE, 0);
    }
    if (found->advise == TRI_MAYBE || found->owed == TRI_MAYBE) {
        return open_outcome;
    }
    enum tri allow = found->allow | found->complete;
    if (found->owed == TRI_YES || allow == TRI_YES) {
        return known(VERDICT_ALLOWED, found->owed == TRI_YES ? STRENGTH_REQUIRED : STRENGTH_NONE,
                     0);
    }
    return allow == TRI_MAYBE ? open_outcome : judge_silence(space, request);
}

STEP struct outcome first_step(struct space *space, const struct request *request,
                               const struct findings *found)
{
    if (found->stop == TRI_YES) {
        return known(VERDICT_STOP, STRENGTH_NONE, 0);
    }
    enum tri may_gates = tri_not(found->complete);
    enum tri must = found->must | (may_gates & found->may_refused);
    if (found->stop == TRI_MAYBE) {
        return open_outcome;
    }
    if (must == TRI_YES) {
        return known(VERDICT_NOT_ALLOWED, STRENGTH_MUST, 0);
    }
    if (must == TRI_MAYBE) {
        return open_outcome;
    }
    if (found->should != TRI_NO) {
        return found->should == TRI_YES ? known(VERDICT_NOT_ALLOWED, STRENGTH_SHOULD, 0)
                                        : open_outcome;
    }
    return later_steps(space, request, found, may_gates);
}

/* An event has happened: it is noted, whatever is still open. */
STEP struct outcome noted(struct outcome outcome)
{
    bool speaks = outcome.known &&
                  (outcome.verdict == VERDICT_STOP || outcome.verdict == VERDICT_NOT_ALLOWED);
    bool required = outcome.known && outcome.verdict == VERDICT_ALLOWED;
    return speaks || required ? outcome : known(VERDICT_ALLOWED, STRENGTH_NONE, 0);
}

STEP struct outcome steps_take(struct space *space, const struct request *request, int act,
                               const struct findings *found)
{
    struct outcome outcome = first_step(space, request, found);
    return space->policy->words.acts.at[act].kind == ACT_EVENT ? noted(outcome) : outcome;
}
