/* Lists a policy's mutants, builds each and tries it on the scenarios that it can affect. The changes themselves are
 * mutate_change.c's, telling versions apart is mutate_equal.c's. */
#include <string.h>

#include "policy/mutate_parts.h"
#include "policy/program.h"

static bool awake(const struct policy *policy, const struct statement *statement)
{
    return policy_awake(policy->reads, statement->reading, statement->not_reading);
}

static size_t awake_count(const struct policy *policy, const struct clause *clause)
{
    size_t count = 0;
    for (size_t i = 0; i < clause->statements.count; i++)
        count += awake(policy, &clause->statements.at[i]);
    return count;
}

static void list_statement(struct mutation *mutation, int clause, int number, bool alone)
{
    const struct statement *statement =
        &mutation->policy->document.clauses.at[clause].statements.at[number];
    AUTO(arena) struct arena *scratch = arena_new();
    struct change_made made;
    for (unsigned site = 0; mutate_statement(mutation, statement, site, alone, scratch, &made);
         site++) {
        LIST_PUSH(mutation->arena, &mutation->mutants,
                  (struct mutant){.clause = clause,
                                  .statement = number,
                                  .site = site,
                                  .line = made.line,
                                  .change = arena_copy(mutation->arena, made.change)});
        arena_reset(scratch);
    }
    mutation->rules++;
}

static void list_clause(struct mutation *mutation, int number)
{
    const struct clause *clause = &mutation->policy->document.clauses.at[number];
    size_t count = awake_count(mutation->policy, clause);
    if (count == 0) return;
    LIST_PUSH(mutation->arena, &mutation->mutants,
              (struct mutant){.clause = number,
                              .statement = -1,
                              .line = clause->line,
                              .change = SLICE("clause taken out")});
    for (size_t i = 0; i < clause->statements.count; i++) {
        if (awake(mutation->policy, &clause->statements.at[i]))
            list_statement(mutation, number, (int)i, count == 1);
    }
}

/* A scenario that is disputed, or fails without any change, can notice nothing. */
static void mark_passing(struct mutation *mutation)
{
    const struct scenarios *scenarios = mutation->scenarios;
    AUTO(arena) struct arena *scratch = arena_new();
    AUTO(arena) struct arena *kept = arena_new();
    struct decider *decider = decider_new(mutation->policy, kept);
    mutation->passes = ARENA_ARRAY(mutation->arena, bool, scenarios->list.count + 1);
    for (size_t i = 0; i < scenarios->list.count; i++) {
        const struct scenario *scenario = &scenarios->list.at[i];
        arena_reset(scratch);
        mutation->passes[i] = scenario->disputed.length == 0 &&
                              scenario_passes(scenario, mutation->policy, decider, scratch);
    }
}

void mutation_init(const struct scenarios *scenarios, struct arena *arena,
                   struct mutation *ret_mutation)
{
    const struct policy *policy = scenarios->policy;
    *ret_mutation = (struct mutation){.arena = arena, .policy = policy, .scenarios = scenarios};
    for (size_t c = 0; c < policy->document.clauses.count; c++) {
        const struct clause *clause = &policy->document.clauses.at[c];
        for (size_t i = 0; i < clause->statements.count; i++)
            mutate_collect(ret_mutation, &clause->statements.at[i]);
    }
    for (size_t c = 0; c < policy->document.clauses.count; c++) list_clause(ret_mutation, (int)c);
    mark_passing(ret_mutation);
}

/* The clause's statements with one changed or left out. */
static void change_clause(const struct mutation *mutation, const struct mutant *mutant,
                          struct clause *clause, struct arena *arena)
{
    struct change_made made;
    struct statement *statements =
        ARENA_ARRAY(arena, struct statement, clause->statements.count + 1);
    size_t count = 0;
    bool alone = awake_count(mutation->policy, clause) == 1;
    for (size_t i = 0; mutant->statement >= 0 && i < clause->statements.count; i++) {
        statements[count] = clause->statements.at[i];
        bool changed =
            (int)i == mutant->statement && mutate_statement(mutation, &clause->statements.at[i],
                                                            mutant->site, alone, arena, &made);
        if (changed) statements[count] = made.statement;
        count += !(changed && made.taken_out);
    }
    clause->statements.at = statements;
    clause->statements.count = count;
}

struct policy *mutant_policy(const struct mutation *mutation, const struct mutant *mutant)
{
    AUTO(arena) struct arena *scratch = arena_new();
    struct problems problems;
    problems_init(&problems, scratch);
    struct policy *policy = policy_derive(mutation->policy);
    struct document *document = &policy->document;
    struct clause *clauses = ARENA_ARRAY(policy->arena, struct clause, document->clauses.count);
    memcpy(clauses, document->clauses.at, document->clauses.count * sizeof *clauses);
    change_clause(mutation, mutant, &clauses[mutant->clause], policy->arena);
    document->clauses.at = clauses;
    if (policy_recompile(policy, &problems)) return policy;
    policy_free(policy);
    return NULL;
}

/* Whether the clause has a rule on the act. */
static bool concerns(const struct policy *policy, int clause, int act)
{
    const struct act_code *code = &policy->program->acts[act];
    for (size_t i = 0; i < code->rules.count; i++) {
        const struct rule *rule = policy->program->rules.at[code->rules.at[i].rule].rule;
        if (!rule->law && rule->clause == &policy->document.clauses.at[clause]) return true;
    }
    return false;
}

/* A definition or a judgement may matter anywhere. */
static bool is_everywhere(const struct mutation *mutation, const struct mutant *mutant)
{
    const struct clause *clause = &mutation->policy->document.clauses.at[mutant->clause];
    for (size_t i = 0; i < clause->statements.count; i++) {
        bool this = mutant->statement < 0 || mutant->statement == (int)i;
        enum statement_kind kind = clause->statements.at[i].kind;
        if (this && (kind == STATEMENT_MEANS || kind == STATEMENT_DECIDES)) return true;
    }
    return false;
}

static bool can_notice(const struct mutation *mutation, const struct mutant *mutant,
                       const struct policy *changed, const struct request *request)
{
    for (size_t i = 0; i < request->acts.count; i++) {
        int act = request->acts.at[i];
        if (concerns(mutation->policy, mutant->clause, act) ||
            concerns(changed, mutant->clause, act))
            return true;
    }
    return false;
}

static bool some_scenario_fails(const struct mutation *mutation, const struct mutant *mutant,
                                const struct policy *changed, struct arena *arena)
{
    AUTO(arena) struct arena *kept = arena_new();
    struct decider *decider = decider_new(changed, kept);
    bool everywhere = is_everywhere(mutation, mutant);
    for (size_t i = 0; i < mutation->scenarios->list.count; i++) {
        const struct scenario *scenario = &mutation->scenarios->list.at[i];
        if (!mutation->passes[i] ||
            (!everywhere && !can_notice(mutation, mutant, changed, &scenario->request)))
            continue;
        arena_reset(arena);
        if (!scenario_passes(scenario, changed, decider, arena)) return true;
    }
    return false;
}

enum fate mutant_try(const struct mutation *mutation, const struct mutant *mutant,
                     struct arena *arena)
{
    AUTO(policy) struct policy *changed = mutant_policy(mutation, mutant);
    if (changed == NULL) return MUTANT_UNSOUND;
    if (some_scenario_fails(mutation, mutant, changed, arena)) return MUTANT_KILLED;
    return mutate_equivalent(mutation, changed, mutant->clause) ? MUTANT_EQUIVALENT : MUTANT_LIVES;
}
