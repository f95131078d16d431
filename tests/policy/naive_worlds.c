/* All worlds of a request, one after another: for every completion of what was not asked the worst reading of what nobody
 * knows, and in that every ruling of the pending judgements (grammar.md 8.2, 8.4 step 0, 8.5). Brute force on purpose. */
#include <assert.h>
#include <string.h>

#include "naive.h"

/* Counts on like an odometer; false after the last. */
static bool next(struct naive_world *world, const struct naive_variables *variables, size_t *digits)
{
    for (size_t i = 0; i < variables->list.count; i++) {
        const struct naive_variable *variable = &variables->list.at[i];
        digits[i] = digits[i] + 1 < variable->values.count ? digits[i] + 1 : 0;
        naive_set(world, variable, digits[i]);
        if (digits[i] > 0) return true;
    }
    return false;
}

static bool same_needs(const struct naive_outcome *a, const struct naive_outcome *b)
{
    if (a->needs_count != b->needs_count) return false;
    for (size_t i = 0; i < a->needs_count; i++)
        if (a->needs[i].need != b->needs[i].need || a->needs[i].person != b->needs[i].person)
            return false;
    return true;
}

bool naive_same(const struct naive_outcome *a, const struct naive_outcome *b)
{
    return a->verdict == b->verdict && a->strength == b->strength && a->advice == b->advice &&
           same_needs(a, b) && memcmp(a->refer, b->refer, sizeof a->refer) == 0;
}

/* --- step 0 ------------------------------------------------------------------------------------------------ */

/* The roles of the rulings that make a difference by themselves. Outcomes stand in the odometer's order. */
static void turn_on(const struct naive_variables *pending, const struct naive_outcome *outcomes,
                    size_t count, struct naive_outcome *refer)
{
    size_t step = 1;
    for (size_t i = 0; i < pending->list.count; i++) {
        const struct naive_variable *variable = &pending->list.at[i];
        for (size_t k = 0; k + step < count; k++) {
            bool last = k / step % variable->values.count + 1 == variable->values.count;
            if (!last && variable->judge >= 0 && !naive_same(&outcomes[k], &outcomes[k + step]))
                refer->refer[variable->judge] = true;
        }
        step *= variable->values.count;
    }
}

static void rule(struct naive_world *world, const struct naive_variables *pending,
                 struct naive_outcome *ret_outcome)
{
    size_t count = naive_count(pending, SIZE_MAX / 2), at = 0;
    struct naive_outcome *outcomes = ARENA_ARRAY(world->arena, struct naive_outcome, count);
    size_t *digits = ARENA_ARRAY(world->arena, size_t, pending->list.count + 1);
    bool agree = true;
    do {
        naive_steps(world, &outcomes[at]);
        agree &= naive_same(&outcomes[at], &outcomes[0]);
        at++;
    } while (next(world, pending, digits));
    assert(at == count);
    *ret_outcome = outcomes[0];
    if (agree) return;
    if (outcomes[0].noted) {
        *ret_outcome =
            (struct naive_outcome){.verdict = VERDICT_ALLOWED, .noted = true, .tied = true};
        return;
    }
    *ret_outcome = (struct naive_outcome){.verdict = VERDICT_REFER};
    turn_on(pending, outcomes, count, ret_outcome);
}

/* --- 8.2 don't know ------------------------------------------------------------------------------------------ */

static bool worse(const struct naive_outcome *a, const struct naive_outcome *b)
{
    if (a->verdict != b->verdict) return a->verdict > b->verdict;
    if (a->strength != b->strength)
        return a->verdict == VERDICT_NOT_ALLOWED ? a->strength > b->strength
                                                 : a->strength < b->strength;
    return a->needs_count > b->needs_count;
}

static void worst(struct naive_world *world, const struct naive_open *open,
                  struct naive_outcome *ret_outcome)
{
    size_t *digits = ARENA_ARRAY(world->arena, size_t, open->known.list.count + 1);
    rule(world, &open->pending, ret_outcome);
    while (next(world, &open->known, digits)) {
        struct naive_outcome outcome;
        rule(world, &open->pending, &outcome);
        bool level =
            outcome.verdict == ret_outcome->verdict &&
            (outcome.strength == ret_outcome->strength || outcome.verdict == VERDICT_ALLOWED);
        bool tied =
            level && (ret_outcome->tied || outcome.tied || !naive_same(&outcome, ret_outcome));
        if (worse(&outcome, ret_outcome)) *ret_outcome = outcome;
        ret_outcome->tied |= tied;
    }
}

/* --- 8.5 not asked -------------------------------------------------------------------------------------------- */

static bool start(const struct request *request, int act, size_t limit, struct arena *arena,
                  struct naive_world *world, struct naive_open *open)
{
    naive_world_init(world, request, act, arena);
    naive_open(world, open);
    if (!request->closed && !request->shown_given && naive_shows(world)) return false;
    size_t asked = naive_count(&open->asked, limit), known = naive_count(&open->known, limit);
    size_t pending = naive_count(&open->pending, limit);
    return asked <= limit && known <= limit && pending <= limit && asked * known * pending <= limit;
}

bool naive_decide(const struct request *request, int act, size_t limit, struct arena *arena,
                  struct naive_outcome *ret_outcome)
{
    struct naive_world world;
    struct naive_open open;
    if (!start(request, act, limit, arena, &world, &open)) return false;
    size_t *digits = ARENA_ARRAY(arena, size_t, open.asked.list.count + 1);
    worst(&world, &open, ret_outcome);
    while (next(&world, &open.asked, digits)) {
        struct naive_outcome outcome;
        worst(&world, &open, &outcome);
        bool tied = ret_outcome->tied || outcome.tied;
        if (!naive_same(&outcome, ret_outcome)) {
            bool noted = ret_outcome->noted || outcome.noted;
            *ret_outcome = (struct naive_outcome){
                .verdict = noted ? VERDICT_ALLOWED : VERDICT_NEED_ANSWER, .noted = noted};
            ret_outcome->tied = tied || noted;
            return true;
        }
        ret_outcome->tied = tied;
    }
    return true;
}

static bool is_variable(const struct naive_variable *a, const struct naive_variable *b)
{
    return a->kind == b->kind && a->index == b->index && a->person == b->person;
}

/* Whether variable number `turned` makes a difference in some completion of the others. */
static bool turns(struct naive_world *world, const struct naive_open *open, size_t turned)
{
    struct naive_open rest = *open;
    const struct naive_variable variable = open->asked.list.at[turned];
    bool matters = false;
    rest.asked.list.at =
        ARENA_ARRAY(world->arena, struct naive_variable, open->asked.list.count + 1);
    rest.asked.list.count = 0;
    for (size_t i = 0; i < open->asked.list.count; i++)
        if (i != turned) rest.asked.list.at[rest.asked.list.count++] = open->asked.list.at[i];
    size_t *digits = ARENA_ARRAY(world->arena, size_t, open->asked.list.count + 1);
    do {
        struct naive_outcome first, other;
        naive_set(world, &variable, 0);
        worst(world, &rest, &first);
        for (size_t value = 1; value < variable.values.count && !matters; value++) {
            naive_set(world, &variable, value);
            worst(world, &rest, &other);
            matters = !naive_same(&first, &other);
        }
    } while (!matters && next(world, &rest.asked, digits));
    return matters;
}

bool naive_matters(const struct request *request, int act, const struct naive_variable *variable,
                   size_t limit, struct arena *arena, bool *ret_matters)
{
    struct naive_world world;
    struct naive_open open;
    if (!start(request, act, limit, arena, &world, &open)) return false;
    *ret_matters = false;
    for (size_t i = 0; i < open.asked.list.count && !*ret_matters; i++)
        if (is_variable(&open.asked.list.at[i], variable)) *ret_matters = turns(&world, &open, i);
    return true;
}
