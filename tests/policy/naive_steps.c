/* Steps 1 to 7 of the verdict (grammar.md 8.3 and 8.4) in one settled world, in their order and with their words.
 * Conditions are naive.c's; steps 0 and 8.5 are naive_worlds.c's, step 8 naive_duties.c's. */
#include "naive.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* --- 8.3 who and what a statement is about ------------------------------------------------------------ */

static bool covers(const struct policy *policy, const struct acts *acts, int act)
{
    for (size_t i = 0; act >= 0 && i < acts->list.count; i++)
        if (acts->list.at[i] == act || policy_counts(policy, WORD_ACT, act, acts->list.at[i]))
            return true;
    return false;
}

static bool covers_before(const struct naive_world *world, const struct acts *acts)
{
    const struct policy *policy = world->policy;
    for (int wider = 0; wider < (int)policy->words.acts.count; wider++) {
        const struct act *act = &policy->words.acts.at[wider];
        if (wider != world->act && !policy_counts(policy, WORD_ACT, world->act, wider)) continue;
        for (size_t i = 0; i < act->before.count; i++)
            if (covers(policy, acts, act->before.at[i])) return true;
    }
    return false;
}

static bool who_fits(const struct naive_world *world, const struct clause *clause,
                     const struct who *who)
{
    return who->anyone || naive_any_role(world, clause, NAIVE_ACTOR, &who->roles);
}

static bool rest_fits(const struct naive_world *world, const struct clause *clause,
                      const struct roles *object, const struct channels *channels)
{
    if (object->list.count > 0 && !naive_any_role(world, clause, NAIVE_OTHER, object)) return false;
    for (size_t i = 0; i < channels->list.count; i++)
        if (naive_channel(world, clause, channels->list.at[i], 0)) return true;
    return channels->list.count == 0;
}

bool naive_on(const struct naive_world *world, const struct rule *rule, enum naive_acts acts)
{
    const struct statement *statement = rule->statement;
    bool covered = acts == NAIVE_WITH ? covers(world->policy, &statement->acts, world->act)
                   : acts == NAIVE_BEFORE
                       ? covers_before(world, &statement->acts)
                       : covers(world->policy, &statement->acts,
                                world->policy->words.acts.at[world->act].refused);
    return covered && who_fits(world, rule->clause, &statement->who) &&
           rest_fits(world, rule->clause, &statement->acts.object, &statement->acts.channels);
}

/* Every IF. */
bool naive_base(const struct naive_world *world, const struct rule *rule, int self)
{
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (tail->kind == TAIL_IF && naive_tail_awake(world->policy, tail) &&
            !naive_condition(world, rule->clause, &tail->condition, self, 0))
            return false;
    }
    return true;
}

/* Some UNLESS. */
bool naive_excepted(const struct naive_world *world, const struct rule *rule, int self)
{
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (tail->kind == TAIL_UNLESS && naive_tail_awake(world->policy, tail) &&
            naive_condition(world, rule->clause, &tail->condition, self, 0))
            return true;
    }
    return false;
}

static bool acts_on(const struct rule *rule)
{
    enum statement_kind kind = rule->statement->kind;
    return kind == STATEMENT_NORM || kind == STATEMENT_EVENT || kind == STATEMENT_GATE;
}

static bool names(const struct rule *lifting, const struct ref *ref, const struct rule *lifted)
{
    if (ref->every) return !lifted->law;
    if (ref->law) return lifted->law && slice_equal(ref->id, lifted->clause->id);
    if (lifting->document != lifted->document) return false;
    if (ref->section)
        return document_in_section(lifted->document,
                                   (int)(lifted->clause - lifted->document->clauses.at), ref->id);
    return slice_equal(ref->id, lifted->clause->id);
}

static bool says_despite(const struct policy *policy, const struct rule *lifting,
                         const struct rule *lifted)
{
    for (size_t i = 0; i < lifting->statement->tails.count; i++) {
        const struct tail *tail = &lifting->statement->tails.at[i];
        if (tail->kind != TAIL_DESPITE || !naive_tail_awake(policy, tail)) continue;
        for (size_t k = 0; k < tail->refs.count; k++)
            if (names(lifting, &tail->refs.at[k], lifted)) return true;
    }
    return false;
}

/* For any person shown, or for every one and at least one; about nobody in particular where it is not personal. */
static bool fits(const struct naive_world *world, const struct rule *rule, bool every)
{
    if (!naive_personal(world, rule->statement))
        return naive_base(world, rule, NAIVE_NOBODY) && !naive_excepted(world, rule, NAIVE_NOBODY);
    size_t fit = 0, count = world->request->shown.count;
    for (int self = 0; self < (int)count; self++)
        fit += naive_base(world, rule, self) && !naive_excepted(world, rule, self);
    return every ? fit == count && count > 0 : fit > 0;
}

/* A lift must hold for every person shown. */
static bool lifts(const struct naive_world *world, const struct rule *rule, int depth)
{
    bool on = naive_on(world, rule, NAIVE_WITH) ||
              (rule->statement->kind == STATEMENT_EVENT && naive_on(world, rule, NAIVE_BEFORE));
    return on && fits(world, rule, true) && !naive_lifted(world, rule, depth);
}

bool naive_lifted(const struct naive_world *world, const struct rule *rule, int depth)
{
    assert(depth < NAIVE_DEPTH_LARGEST);
    for (size_t i = 0; i < world->policy->rules.count; i++) {
        const struct rule *other = &world->policy->rules.at[i];
        if (other != rule && acts_on(other) && says_despite(world->policy, other, rule) &&
            lifts(world, other, depth + 1))
            return true;
    }
    return false;
}

static bool permits_or_owes(const struct rule *rule)
{
    const struct statement *statement = rule->statement;
    return statement->kind == STATEMENT_NORM &&
           (statement->modal == MODAL_MAY || statement->modal == MODAL_MUST ||
            statement->modal == MODAL_SHOULD);
}

bool naive_speaks(const struct naive_world *world, const struct rule *rule, enum naive_acts acts,
                  int depth)
{
    return acts_on(rule) && naive_on(world, rule, acts) &&
           fits(world, rule, permits_or_owes(rule)) && !naive_lifted(world, rule, depth);
}

bool naive_used(const struct naive_world *world, const struct rule *rule, enum naive_acts acts)
{
    if (!acts_on(rule) || !naive_on(world, rule, acts)) return false;
    if (!naive_personal(world, rule->statement))
        return naive_base(world, rule, NAIVE_NOBODY) && naive_excepted(world, rule, NAIVE_NOBODY);
    for (int self = 0; self < (int)world->request->shown.count; self++)
        if (naive_base(world, rule, self) && naive_excepted(world, rule, self)) return true;
    return false;
}

/* --- ONLY and NEEDS ----------------------------------------------------------------------------------- */

static bool has_only(const struct policy *policy, const struct statement *statement)
{
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if ((tail->kind == TAIL_ONLY_IF || tail->kind == TAIL_ONLY_THROUGH) &&
            naive_tail_awake(policy, tail))
            return true;
    }
    return false;
}

static bool in_list(const struct policy *policy, const struct channels *channels, int channel)
{
    for (size_t i = 0; i < channels->list.count; i++)
        if (channels->list.at[i] == channel ||
            policy_counts(policy, WORD_CHANNEL, channel, channels->list.at[i]))
            return true;
    return false;
}

/* Met where every channel of the listed kinds is one of the list; with none of these kinds it failed, unless the world
 * says that what was not given would have met it. */
static bool through_met(const struct naive_world *world, const struct tail *tail)
{
    const struct words *words = &world->policy->words;
    bool some = false;
    for (int channel = 0; channel < (int)words->channels.count; channel++) {
        bool kind = false;
        for (size_t i = 0; i < tail->channels.list.count; i++)
            kind |= words->channels.at[tail->channels.list.at[i]].kind ==
                    words->channels.at[channel].kind;
        if (!kind || !world->channels[channel]) continue;
        some = true;
        if (!in_list(world->policy, &tail->channels, channel)) return false;
    }
    for (size_t i = 0; !some && i < world->through.count; i++)
        if (world->through.at[i] == tail) return world->through_met[i];
    return some;
}

static bool only_met(const struct naive_world *world, const struct rule *rule, int self)
{
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (!naive_tail_awake(world->policy, tail)) continue;
        if (tail->kind == TAIL_ONLY_IF &&
            !naive_condition(world, rule->clause, &tail->condition, self, 0))
            return false;
        if (tail->kind == TAIL_ONLY_THROUGH && !through_met(world, tail)) return false;
    }
    return true;
}

static bool only_met_by_all(const struct naive_world *world, const struct rule *rule)
{
    if (!naive_personal(world, rule->statement)) return only_met(world, rule, NAIVE_NOBODY);
    for (int self = 0; self < (int)world->request->shown.count; self++)
        if (!only_met(world, rule, self)) return false;
    return true;
}

struct lacks {
    struct naive_need at[NAIVE_NEEDS_LARGEST];
    size_t count;
    bool refused;
};

static void lack(struct lacks *lacks, const struct need *need, int person, bool refused)
{
    lacks->refused |= refused;
    for (size_t i = 0; i < lacks->count; i++)
        if (lacks->at[i].need == need && lacks->at[i].person == person) return;
    assert(lacks->count < NAIVE_NEEDS_LARGEST);
    lacks->at[lacks->count++] =
        (struct naive_need){.need = need, .person = person, .refused = refused};
}

static void check_need(const struct naive_world *world, const struct rule *rule,
                       const struct need *need, int self, struct lacks *lacks)
{
    const struct policy *policy = world->policy;
    if (need->conditional &&
        naive_atom(world, rule->clause, &need->condition, self, 0) == need->unless)
        return;
    if (need->every >= 0 && !naive_role(world, rule->clause, self, need->every, 0)) return;
    enum entry_state state = naive_record(world, need->record, &need->from, need->another, self);
    if (state == ENTRY_GIVEN) return;
    bool personal = need->every >= 0 || policy->words.facts.at[need->record].about == ABOUT_SHOWN;
    lack(lacks, need, personal ? self : NAIVE_NOBODY, state == ENTRY_REFUSED);
}

static void check_needs_for(const struct naive_world *world, const struct rule *rule, int self,
                            struct lacks *lacks)
{
    if (rule->statement->kind == STATEMENT_GATE)
        check_need(world, rule, &rule->statement->need, self, lacks);
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (tail->kind == TAIL_NEEDS && naive_tail_awake(world->policy, tail))
            check_need(world, rule, &tail->need, self, lacks);
    }
}

/* What an applicable statement still needs, of everybody for whom it applies. */
static void check_needs(const struct naive_world *world, const struct rule *rule,
                        struct lacks *lacks)
{
    if (!naive_personal(world, rule->statement)) {
        check_needs_for(world, rule, NAIVE_NOBODY, lacks);
        return;
    }
    for (int self = 0; self < (int)world->request->shown.count; self++)
        if (naive_base(world, rule, self) && !naive_excepted(world, rule, self))
            check_needs_for(world, rule, self, lacks);
}

/* --- R13: the act is itself owed ---------------------------------------------------------------------- */

static bool deed_fits(const struct naive_world *world, const struct rule *rule,
                      const struct duty *duty)
{
    int act = world->act;
    if (duty->act != act && !policy_counts(world->policy, WORD_ACT, act, duty->act)) return false;
    if (!duty->actor && !who_fits(world, rule->clause, &duty->bearer)) return false;
    return rest_fits(world, rule->clause, &duty->object, &duty->channels);
}

static bool duty_awake(const struct policy *policy, const struct statement *statement, size_t i)
{
    unsigned reading = statement->duty_readings.at[i];
    return policy_awake(policy->reads, reading % 32, reading >= 32);
}

/* Looks for a duty line whose deed is the act: an option (MAY) or a duty. */
static bool owed_below(const struct naive_world *world, const struct rule *rule, bool option)
{
    const struct statement *statement = rule->statement;
    if (statement->kind != STATEMENT_EVENT || !fits(world, rule, false) ||
        naive_lifted(world, rule, 0))
        return false;
    for (size_t i = 0; i < statement->duties.count; i++) {
        const struct duty *duty = &statement->duties.at[i];
        if (!duty_awake(world->policy, statement, i) || (duty->modal == DUTY_MAY) != option ||
            !deed_fits(world, rule, duty))
            continue;
        if (!duty->conditional || naive_any(world, rule->clause, &duty->condition)) return true;
    }
    return false;
}

/* --- steps 1 to 7 -------------------------------------------------------------------------------------- */

/* What step 1 collects, counted by the part it plays in steps 2 to 6. */
struct found {
    bool stop, forbidden, must, advised, permitted, option, owed;
    struct lacks gates, bundles;
};

static bool stops(const struct naive_world *world, const struct rule *rule)
{
    for (size_t i = 0; rule->law && i < rule->statement->tails.count; i++)
        if (rule->statement->tails.at[i].kind == TAIL_STOP &&
            naive_tail_awake(world->policy, &rule->statement->tails.at[i]))
            return true;
    return false;
}

static void find_permission(const struct naive_world *world, const struct rule *rule,
                            struct found *found)
{
    enum modal modal = rule->statement->modal;
    bool only = has_only(world->policy, rule->statement);
    if (only && !only_met_by_all(world, rule)) {
        found->forbidden = true;
        found->must |= modal == MODAL_MAY;
        return;
    }
    if (modal != MODAL_MAY && !only) {
        found->owed = true;
        return;
    }
    struct lacks lacks = {.count = 0};
    if (modal == MODAL_MAY) check_needs(world, rule, &lacks);
    found->permitted |= lacks.count == 0;
    for (size_t i = 0; i < lacks.count; i++)
        lack(&found->bundles, lacks.at[i].need, lacks.at[i].person, lacks.at[i].refused);
}

static void find_norm(const struct naive_world *world, const struct rule *rule, struct found *found)
{
    switch (rule->statement->modal) {
    case MODAL_MUST_NOT:
    case MODAL_SHOULD_NOT:
        found->stop |= stops(world, rule);
        found->forbidden = true;
        found->must |= rule->statement->modal == MODAL_MUST_NOT;
        break;
    case MODAL_ADVISED_NOT: found->advised = true; break;
    case MODAL_MAY:
    case MODAL_MUST:
    case MODAL_SHOULD: find_permission(world, rule, found); break;
    }
}

static void find(const struct naive_world *world, struct naive_outcome *outcome,
                 struct found *found)
{
    const struct policy *policy = world->policy;
    assert(policy->rules.count <= NAIVE_RULES_LARGEST);
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        found->owed |= owed_below(world, rule, false);
        found->option |= owed_below(world, rule, true);
        outcome->applied[i] = owed_below(world, rule, false) || owed_below(world, rule, true);
        outcome->used[i] = naive_used(world, rule, NAIVE_WITH);
        if (!naive_speaks(world, rule, NAIVE_WITH, 0)) continue;
        outcome->applied[i] = true;
        bool may = rule->statement->kind == STATEMENT_NORM && rule->statement->modal == MODAL_MAY;
        if (!may) check_needs(world, rule, &found->gates);
        if (rule->statement->kind == STATEMENT_NORM) find_norm(world, rule, found);
    }
}

static const struct policy_line *silence(const struct naive_world *world)
{
    const struct document *document = &world->policy->document;
    const struct policy_line *ask = NULL, *tell = NULL;
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        if (line->kind == LINE_BINDS &&
            (!naive_any_role(world, NULL, NAIVE_ASKER, &line->roles) ||
             (line->condition.atoms.count > 0 &&
              naive_condition(world, NULL, &line->condition, NAIVE_ASKER, 0))))
            return NULL;
        if (line->kind == LINE_SILENCE_ASK) ask = line;
        if (line->kind == LINE_SILENCE_TELL) tell = line;
    }
    if (ask && tell) return world->request->done ? tell : ask;
    return ask ? ask : tell;
}

static int compare_needs(const void *one, const void *two)
{
    const struct naive_need *a = one, *b = two;
    if (a->need != b->need) return a->need < b->need ? -1 : 1;
    return a->person - b->person;
}

static void answer(struct naive_outcome *outcome, enum verdict verdict, enum strength strength)
{
    outcome->verdict = verdict;
    outcome->strength = strength;
}

/* Steps 4 to 7: nothing forbids. */
static void answer_open(const struct naive_world *world, const struct found *found,
                        const struct lacks *gates, struct naive_outcome *outcome)
{
    if (gates->count > 0) {
        answer(outcome, VERDICT_ALLOWED_IF, STRENGTH_NONE);
        memcpy(outcome->needs, gates->at, sizeof gates->at);
        outcome->needs_count = gates->count;
        qsort(outcome->needs, gates->count, sizeof *gates->at, compare_needs);
    } else if (found->advised) {
        answer(outcome, VERDICT_ADVISED_AGAINST, STRENGTH_NONE);
    } else if (found->permitted || found->option || found->owed) {
        answer(outcome, VERDICT_ALLOWED, found->owed ? STRENGTH_REQUIRED : STRENGTH_NONE);
    } else {
        answer(outcome, VERDICT_NO_CLAUSE, STRENGTH_NONE);
        outcome->advice = silence(world);
    }
}

void naive_steps(const struct naive_world *world, struct naive_outcome *ret_outcome)
{
    bool event = world->policy->words.acts.at[world->act].kind == ACT_EVENT;
    struct found found = {.stop = false};
    *ret_outcome = (struct naive_outcome){.noted = event};
    find(world, ret_outcome, &found);
    struct lacks gates = found.gates;
    for (size_t i = 0; !found.permitted && i < found.bundles.count; i++)
        lack(&gates, found.bundles.at[i].need, found.bundles.at[i].person,
             found.bundles.at[i].refused);
    bool gate_forbids = gates.refused || (gates.count > 0 && world->request->done);
    if (found.stop)
        answer(ret_outcome, VERDICT_STOP, STRENGTH_NONE);
    else if (found.forbidden || gate_forbids)
        answer(ret_outcome, VERDICT_NOT_ALLOWED,
               found.must || gate_forbids ? STRENGTH_MUST : STRENGTH_SHOULD);
    else if (event)
        answer(ret_outcome, VERDICT_ALLOWED, found.owed ? STRENGTH_REQUIRED : STRENGTH_NONE);
    else
        answer_open(world, &found, &gates, ret_outcome);
}
