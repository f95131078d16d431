/* Which events, exceptions and duties some scenario reaches; those that none does are named. Each
 * scenario is judged once and every rule of its acts is looked at. */
#include "policy/exact.h"
#include "policy/lint_parts.h"

struct met {
    bool event;
    bool *exceptions, *debts;
};

struct reacher {
    struct linter *linter;
    struct met *met; /* by program rule */
    struct space *space;
    bool refused;
};

static enum tri holds(const struct reacher *reacher, const struct compiled *compiled,
                      const struct test *test, int person)
{
    const struct environment *environment = reacher->space->active[compiled->environment];
    return test_tri(test, &environment->all, person >= 0 ? &environment->shown[person] : NULL,
                    reacher->space->program->words);
}

static void look_for_person(struct reacher *reacher, const struct compiled *compiled,
                            struct met *met, bool stands, int person)
{
    bool base = holds(reacher, compiled, &compiled->base, person) == TRI_YES;
    for (size_t i = 0; i < compiled->unless.count; i++) {
        met->exceptions[i] =
            met->exceptions[i] ||
            (base && holds(reacher, compiled, &compiled->unless.at[i].test, person) == TRI_YES);
    }
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct debt *debt = &compiled->debts.at[i];
        bool owed =
            debt->origin == TAIL_AND_THEN
                ? base && holds(reacher, compiled, &compiled->unless.at[debt->exception].test,
                                person) == TRI_YES
                : stands;
        met->debts[i] =
            met->debts[i] || (owed && (!debt->conditional ||
                                       holds(reacher, compiled, &debt->when, person) != TRI_NO));
    }
}

static void look_at(struct reacher *reacher, unsigned place)
{
    const struct act_rule *rule = &reacher->space->code->rules.at[place];
    const struct compiled *compiled = &reacher->space->program->rules.at[rule->rule];
    const struct result *result = &reacher->space->results[place];
    struct met *met = &reacher->met[rule->rule];
    bool now = rule->on_act || rule->arisen || reacher->refused;
    bool stands =
        now && result->app == TRI_YES && !(compiled->effect == EFFECT_MAY && reacher->refused);
    met->event = met->event || stands;
    int to = compiled->personal ? (int)reacher->space->shown_count : 0;
    for (int p = compiled->personal ? 0 : -1; now && p < to; p++) {
        look_for_person(reacher, compiled, met, stands, p);
    }
}

static void look_at_scenario(struct reacher *reacher, const struct request *request,
                             struct arena *arena)
{
    for (size_t i = 0; i < request->acts.count; i++) {
        struct world world;
        world_init(&world, reacher->space, request, request->acts.at[i], arena);
        struct outcome outcome = world_judge(&world);
        if (!outcome.known) {
            outcome = exact_resolve(&world, true);
        }
        reacher->refused = outcome.known && outcome.verdict >= VERDICT_NOT_ALLOWED;
        for (unsigned place = 0; place < reacher->space->code->rules.count; place++) {
            look_at(reacher, place);
        }
    }
}

static void say_debt(struct linter *linter, const struct compiled *compiled,
                     const struct debt *debt)
{
    const struct rule *rule = compiled->rule;
    struct slice deed = lint_act(linter, debt->duty->act);
    lint_say(linter, true, rule, debt->duty->line > 0 ? debt->duty->line : rule->statement->line,
             debt->duty->column, "write a scenario that expects it",
             "no scenario reaches the %s to %.*s in %.*s",
             debt->duty->modal == DUTY_MAY ? "option" : "duty", SLICE_PRINT(deed),
             SLICE_PRINT(rule->clause->id));
}

static void say_rule(struct linter *linter, const struct compiled *compiled, const struct met *met)
{
    const struct rule *rule = compiled->rule;
    if (compiled->effect == EFFECT_EVENT && !met->event) {
        lint_say(linter, true, rule, rule->statement->line, rule->statement->column,
                 "write a scenario in which it happens", "no scenario reaches the WHEN of %.*s",
                 SLICE_PRINT(rule->clause->id));
        return;
    }
    for (size_t i = 0; i < compiled->unless.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[compiled->unless.at[i].tail];
        if (!met->exceptions[i]) {
            lint_say(linter, true, rule, tail->line, tail->column,
                     "write a scenario in which it holds",
                     "no scenario reaches this UNLESS of %.*s", SLICE_PRINT(rule->clause->id));
        }
    }
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct debt *debt = &compiled->debts.at[i];
        if (!met->debts[i] &&
            !(debt->origin == TAIL_AND_THEN && !met->exceptions[debt->exception])) {
            say_debt(linter, compiled, debt);
        }
    }
}

void lint_reached(struct linter *linter, const struct scenarios *scenarios)
{
    const struct program *program = linter->policy->program;
    struct reacher reacher = {.linter = linter, .space = linter->reach.space};
    reacher.met = ARENA_ARRAY(linter->arena, struct met, program->rules.count + 1);
    for (size_t i = 0; i < program->rules.count; i++) {
        reacher.met[i].exceptions =
            ARENA_ARRAY(linter->arena, bool, program->rules.at[i].unless.count + 1);
        reacher.met[i].debts =
            ARENA_ARRAY(linter->arena, bool, program->rules.at[i].debts.count + 1);
    }
    AUTO(arena) struct arena *scratch = arena_new();
    for (size_t i = 0; i < scenarios->list.count; i++) {
        if (!scenarios->list.at[i].review) {
            arena_reset(scratch);
            look_at_scenario(&reacher, &scenarios->list.at[i].request, scratch);
        }
    }
    for (size_t i = 0; i < linter->policy->rules.count; i++) {
        for (size_t k = 0; k < program->rules.count; k++) {
            const struct compiled *compiled = &program->rules.at[k];
            if (compiled->number == (int)i && !compiled->law && compiled->effect != EFFECT_DEED &&
                !linter->never[k]) {
                say_rule(linter, compiled, &reacher.met[k]);
            }
        }
    }
}
