/* Whom a policy binds and to whom it turns: see addressed.h. */
#include "policy/addressed.h"

#include "policy/space.h"

/* ---- binds, approved by --------------------------------------------------------------------------- */

/* Any act that can be asked about: each one's code derives what the policy's lines read. */
static int any_act(const struct policy *policy)
{
    size_t act = 0;
    while (act < policy->words.acts.count && policy->words.acts.at[act].kind == ACT_DUTY) act++;
    return act < policy->words.acts.count ? (int)act : -1;
}

bool policy_binds(const struct policy *policy, int role)
{
    const struct program *program = policy->program;
    int act = any_act(policy);
    if (program->line_binds == NULL) return true;
    if (act < 0) return false;
    AUTO(arena) struct arena *arena = arena_new();
    struct space *space = space_new(policy, arena);
    struct request request;
    request_init_at(policy, false, (struct moment){0}, arena, &request);
    request.actor_given = true;
    request.has_time = false;
    LIST_PUSH(arena, &request.actor.list, role);
    encode_asker(space, &program->acts[act], &request);
    const struct bits *bits = &space->asker.all;
    enum tri bound = test_tri(&program->binds, bits, NULL, program->words);
    if (program->line_binds->condition.atoms.count > 0)
        bound &= tri_not(test_tri(&program->binds_unless, bits, NULL, program->words));
    return bound != TRI_NO;
}

const struct roles *policy_approvers(const struct policy *policy, const struct clause **ret_clause)
{
    const struct policy_line *line = policy->program->line_approved;
    if (line == NULL) return NULL;
    if (ret_clause != NULL) *ret_clause = &policy->document.clauses.at[line->clause];
    return &line->roles;
}

/* ---- to whom it turns ----------------------------------------------------------------------------- */

struct collector {
    const struct policy *policy;
    struct arena *arena;
    struct addressed_list *list;
    const struct clause *clause; /* the one being read */
    bool law;
};

/* Clauses come one after another, so that an entry seen before stands among the last. */
static void add_role(struct collector *collector, int role, enum addressed_as as)
{
    struct addressed_list *list = collector->list;
    for (size_t i = list->list.count; i-- > 0;) {
        const struct addressed *known = &list->list.at[i];
        if (known->clause != collector->clause) break;
        if (known->role == role && known->as == as) return;
    }
    LIST_PUSH(collector->arena, &list->list,
              (struct addressed){role, as, collector->clause, collector->law});
}

static void add_roles(struct collector *collector, const struct roles *roles, enum addressed_as as)
{
    for (size_t i = 0; i < roles->list.count; i++) add_role(collector, roles->list.at[i], as);
}

static void add_condition(struct collector *collector, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++) {
        const struct atom *atom = &condition->atoms.at[i];
        if (atom->kind == ATOM_RECORD) add_roles(collector, &atom->from, ADDRESSED_GIVES);
        for (size_t k = 0; atom->kind == ATOM_EVERY && k < atom->every->atoms.count; k++) {
            if (atom->every->atoms.at[k].kind == ATOM_RECORD)
                add_roles(collector, &atom->every->atoms.at[k].from, ADDRESSED_GIVES);
        }
    }
}

static void add_duty(struct collector *collector, const struct duty *duty)
{
    if (!duty->actor && !duty->bearer.anyone)
        add_roles(collector, &duty->bearer.roles, ADDRESSED_OWES);
    add_roles(collector, &duty->object, ADDRESSED_TOLD);
    add_roles(collector, &duty->otherwise, ADDRESSED_ELSE);
}

static void add_tail(struct collector *collector, const struct tail *tail)
{
    if (!policy_awake(collector->policy->reads, tail->reading, tail->not_reading)) return;
    add_condition(collector, &tail->condition);
    switch (tail->kind) {
    case TAIL_ROUTE:
    case TAIL_AND_THEN:
    case TAIL_THEN:
    case TAIL_TELL: add_duty(collector, &tail->duty); break;
    case TAIL_NEEDS: add_roles(collector, &tail->need.from, ADDRESSED_GIVES); break;
    case TAIL_NOT_KNOWN:
        if (tail->unknown.kind == UNKNOWN_REFER)
            add_role(collector, tail->unknown.role, ADDRESSED_DECIDES);
        break;
    default: break;
    }
}

static bool standing(const struct statement *statement)
{
    return statement->kind == STATEMENT_NORM &&
           (statement->modal == MODAL_MUST || statement->modal == MODAL_SHOULD);
}

static void add_statement(struct collector *collector, const struct statement *statement)
{
    uint32_t reads = collector->policy->reads;
    if (standing(statement)) add_roles(collector, &statement->who.roles, ADDRESSED_OWES);
    if (statement->kind == STATEMENT_GATE)
        add_roles(collector, &statement->need.from, ADDRESSED_GIVES);
    if (statement->kind == STATEMENT_DECIDES && statement->judge >= 0)
        add_role(collector, statement->judge, ADDRESSED_DECIDES);
    add_condition(collector, &statement->condition);
    for (size_t i = 0; i < statement->tails.count; i++)
        add_tail(collector, &statement->tails.at[i]);
    for (size_t i = 0; i < statement->duties.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        if (policy_awake(reads, tag & 31, tag >= 32)) add_duty(collector, &statement->duties.at[i]);
    }
}

static void add_line(struct collector *collector, const struct policy_line *line)
{
    switch (line->kind) {
    case LINE_SILENCE_ASK:
    case LINE_SILENCE_TELL: add_roles(collector, &line->roles, ADDRESSED_ADVICE); break;
    case LINE_DEPART: add_roles(collector, &line->roles, ADDRESSED_DOOR); break;
    case LINE_APPROVED: add_roles(collector, &line->roles, ADDRESSED_APPROVES); break;
    case LINE_STAND_IN:
        add_role(collector, line->roles.list.at[0], ADDRESSED_STAND_IN);
        add_condition(collector, &line->condition);
        break;
    case LINE_BINDS: add_condition(collector, &line->condition); break;
    case LINE_NOT_AS:
    case LINE_REVIEW:
    case LINE_CHECK: break;
    }
}

void policy_addressed(const struct policy *policy, struct arena *arena,
                      struct addressed_list *ret_list)
{
    struct collector collector = {.policy = policy, .arena = arena, .list = ret_list};
    *ret_list = (struct addressed_list){0};
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        collector.clause = rule->clause;
        collector.law = rule->law;
        add_statement(&collector, rule->statement);
    }
    collector.law = false;
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        const struct policy_line *line = &policy->document.lines.at[i];
        collector.clause = &policy->document.clauses.at[line->clause];
        add_line(&collector, line);
    }
}

const char *addressed_word(enum addressed_as as)
{
    static const char *const words[ADDRESSED_WAYS] = {
        "is told",   "bears a duty",   "gives a record",         "decides", "is told if too late",
        "stands in", "is asked first", "is told of a departure", "approves"};
    return words[as];
}
