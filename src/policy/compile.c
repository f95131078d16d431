/* Statements into compiled rules: scope and conditions as tests, exceptions, gates, debts. Conditions are compile_condition.c's,
 * the order of lifting compile_order.c's, the index by act compile_act.c's. */
#include "policy/compile.h"

static bool awake(const struct maker *maker, const struct tail *tail)
{
    return policy_awake(maker->policy->reads, tail->reading, tail->not_reading);
}

static bool add_roles(struct maker *maker, struct test *test, enum person_of person,
                      const struct roles *roles)
{
    struct group *group = roles->list.count > 1 ? test_add_group(maker, test) : NULL;
    if (roles->list.count > 1 && group == NULL) {
        return false;
    }
    for (size_t i = 0; i < roles->list.count; i++) {
        int literal = literal_of_role(maker, person, roles->list.at[i]);
        if (literal < 0) {
            return false;
        }
        mask_set(group != NULL ? group->t : test->t, literal);
    }
    return true;
}

static bool add_channels(struct maker *maker, struct test *test, const struct channels *channels)
{
    struct group *group = channels->list.count > 1 ? test_add_group(maker, test) : NULL;
    if (channels->list.count > 1 && group == NULL) {
        return false;
    }
    for (size_t i = 0; i < channels->list.count; i++) {
        int literal = literal_of_channel(maker, channels->list.at[i]);
        if (literal < 0) {
            return false;
        }
        mask_set(group != NULL ? group->t : test->t, literal);
    }
    return true;
}

/* Actor, other person and channels; then every IF, those asleep too where `shadow`, or none of the tagged. */
static bool make_base(struct maker *maker, const struct statement *statement, bool shadow,
                      struct test *ret_test)
{
    test_begin(maker, ret_test);
    if (!statement->who.anyone &&
        !add_roles(maker, ret_test, PERSON_ACTOR, &statement->who.roles)) {
        return false;
    }
    if (!add_roles(maker, ret_test, PERSON_OTHER, &statement->acts.object) ||
        !add_channels(maker, ret_test, &statement->acts.channels)) {
        return false;
    }
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        bool counts = shadow ? tail->reading == 0 : awake(maker, tail);
        if (tail->kind == TAIL_IF && counts &&
            !test_add_condition(maker, ret_test, &tail->condition)) {
            return false;
        }
    }
    return true;
}

static bool add_gate(struct maker *maker, struct compiled *compiled, const struct need *need)
{
    struct gate gate = {
        .need = need, .every = -1, .conditional = need->conditional, .unless = need->unless};
    gate.given = literal_of_record(maker, need->record, &need->from, need->another, false);
    gate.refused = literal_of_record(maker, need->record, &need->from, need->another, true);
    if (need->every >= 0) {
        gate.every = literal_of_role(maker, PERSON_SELF, need->every);
        if (gate.every < 0) {
            return false;
        }
        compiled->personal = true;
    }
    test_begin(maker, &gate.when);
    if (need->conditional && !test_add_atom(maker, &gate.when, &need->condition, false)) {
        return false;
    }
    gate.uses = mask_new(maker);
    test_uses(&gate.when, gate.uses, maker->program->words);
    LIST_PUSH(maker->arena, &compiled->gates, gate);
    return true;
}

static bool add_debt(struct maker *maker, struct compiled *compiled, const struct duty *duty,
                     enum tail_kind origin, int exception, const struct condition *route)
{
    struct debt debt = {.duty = duty, .origin = origin, .exception = exception};
    test_begin(maker, &debt.when);
    if (route != NULL && !test_add_condition(maker, &debt.when, route)) {
        return false;
    }
    if (duty->conditional && !test_add_atom(maker, &debt.when, &duty->condition, false)) {
        return false;
    }
    debt.conditional = route != NULL || duty->conditional;
    LIST_PUSH(maker->arena, &compiled->debts, debt);
    return true;
}

static int exception_of(const struct compiled *compiled, int tail)
{
    for (size_t i = 0; i < compiled->unless.count; i++) {
        if (compiled->unless.at[i].tail == tail) {
            return (int)i;
        }
    }
    return -1;
}

static bool add_through(struct maker *maker, struct compiled *compiled,
                        const struct channels *channels)
{
    struct test test;
    test_begin(maker, &test);
    test_add_literal(&test, literal_through(maker, channels), false);
    LIST_PUSH(maker->arena, &compiled->only, test);
    return true;
}

static bool add_tail(struct maker *maker, struct compiled *compiled, int index)
{
    const struct tail *tail = &compiled->rule->statement->tails.at[index];
    struct test test;
    switch (tail->kind) {
    case TAIL_UNLESS:
        if (!test_of_condition(maker, &tail->condition, &test)) {
            return false;
        }
        LIST_PUSH(maker->arena, &compiled->unless, (struct exception){test, index});
        return true;
    case TAIL_ONLY_IF:
        if (!test_of_condition(maker, &tail->condition, &test)) {
            return false;
        }
        LIST_PUSH(maker->arena, &compiled->only, test);
        return true;
    case TAIL_ONLY_THROUGH: return add_through(maker, compiled, &tail->channels);
    case TAIL_NEEDS:
        if (compiled->rule->statement->kind == STATEMENT_EVENT) {
            struct problem *problem =
                problems_add(maker->problems, false, ERROR_MEANING, maker->clause->file, tail->line,
                             tail->column, "a WHEN has nothing to wait for a record");
            problem->clause = maker->clause->id;
            problem->advice = SLICE("write the gate as a statement of its own: X NEEDS y TO z");
            return false;
        }
        return add_gate(maker, compiled, &tail->need);
    case TAIL_AND_THEN: {
        int exception = exception_of(compiled, tail->unless);
        return exception < 0 || add_debt(maker, compiled, &tail->duty, tail->kind, exception, NULL);
    }
    case TAIL_THEN:
    case TAIL_TELL: return add_debt(maker, compiled, &tail->duty, tail->kind, -1, NULL);
    case TAIL_ROUTE:
        return add_debt(maker, compiled, &tail->duty, tail->kind, -1, &tail->condition);
    case TAIL_ALWAYS: compiled->always = true; return true;
    case TAIL_STOP: compiled->stop = true; return true;
    default: return true;
    }
}

static void set_effect(struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    bool only = compiled->only.count > 0;
    if (statement->kind == STATEMENT_GATE) {
        compiled->effect = EFFECT_GATE;
        return;
    }
    if (statement->kind == STATEMENT_EVENT) {
        compiled->effect = EFFECT_EVENT;
        return;
    }
    compiled->should = statement->modal == MODAL_SHOULD_NOT || statement->modal == MODAL_SHOULD;
    switch (statement->modal) {
    case MODAL_MUST_NOT:
    case MODAL_SHOULD_NOT: compiled->effect = EFFECT_FORBID; break;
    case MODAL_ADVISED_NOT: compiled->effect = EFFECT_ADVISE; break;
    case MODAL_MAY: compiled->effect = EFFECT_MAY; break;
    case MODAL_MUST:
    case MODAL_SHOULD: compiled->effect = only ? EFFECT_MAY : EFFECT_OWED; break;
    }
}

/* What the rule's verdict reads, and what its duties read besides. */
static void collect_uses(struct maker *maker, struct compiled *compiled)
{
    unsigned words = maker->program->words;
    compiled->uses = mask_new(maker);
    compiled->debt_uses = mask_new(maker);
    test_uses(&compiled->base, compiled->uses, words);
    for (size_t i = 0; i < compiled->unless.count; i++) {
        test_uses(&compiled->unless.at[i].test, compiled->uses, words);
    }
    for (size_t i = 0; i < compiled->only.count; i++) {
        test_uses(&compiled->only.at[i], compiled->uses, words);
    }
    for (size_t i = 0; i < compiled->gates.count; i++) {
        const struct gate *gate = &compiled->gates.at[i];
        mask_set(compiled->uses, gate->given);
        mask_set(compiled->uses, gate->refused);
        if (gate->every >= 0) {
            mask_set(compiled->uses, gate->every);
        }
        test_uses(&gate->when, compiled->uses, words);
    }
    for (size_t i = 0; i < compiled->debts.count; i++) {
        test_uses(&compiled->debts.at[i].when, compiled->debt_uses, words);
    }
    test_uses(&compiled->shadow, compiled->debt_uses, words);
    compiled->personal =
        compiled->personal || mask_meets(compiled->uses, maker->program->personal_mask, words);
}

static bool add_event_duties(struct maker *maker, struct compiled *compiled)
{
    const struct statement *statement = compiled->rule->statement;
    for (size_t i = 0; i < statement->duties.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        if (policy_awake(maker->policy->reads, tag & 31, tag >= 32) &&
            !add_debt(maker, compiled, &statement->duties.at[i], TAIL_IF, -1, NULL)) {
            return false;
        }
    }
    return true;
}

static bool make_rule(struct maker *maker, int number)
{
    const struct rule *rule = &maker->policy->rules.at[number];
    struct compiled compiled = {.rule = rule, .number = number, .law = rule->law, .deed = -1};
    if (!make_base(maker, rule->statement, false, &compiled.base) ||
        !make_base(maker, rule->statement, true, &compiled.shadow)) {
        return false;
    }
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        if (awake(maker, &rule->statement->tails.at[i]) && !add_tail(maker, &compiled, (int)i)) {
            return false;
        }
    }
    if (rule->statement->kind == STATEMENT_GATE &&
        !add_gate(maker, &compiled, &rule->statement->need)) {
        return false;
    }
    if (!add_event_duties(maker, &compiled)) {
        return false;
    }
    set_effect(&compiled);
    compiled.only_should = compiled.effect == EFFECT_MAY && compiled.should;
    LIST_PUSH(maker->arena, &maker->program->rules, compiled);
    return true;
}

/* A duty line below a WHEN lets its own deed be done (reading R13): a rule of its own about that deed. */
static bool make_deed(struct maker *maker, int number, int index)
{
    const struct rule *rule = &maker->policy->rules.at[number];
    const struct duty *duty = &rule->statement->duties.at[index];
    struct compiled compiled = {
        .rule = rule, .number = number, .law = rule->law, .effect = EFFECT_DEED, .deed = index};
    compiled.option = duty->modal == DUTY_MAY;
    test_begin(maker, &compiled.base);
    test_begin(maker, &compiled.shadow);
    bool bearer_any = duty->bearer.anyone || duty->actor;
    if (!bearer_any && !add_roles(maker, &compiled.base, PERSON_ACTOR, &duty->bearer.roles)) {
        return false;
    }
    if (!add_roles(maker, &compiled.base, PERSON_OTHER, &duty->object) ||
        !add_channels(maker, &compiled.base, &duty->channels) ||
        (duty->conditional && !test_add_atom(maker, &compiled.base, &duty->condition, false))) {
        return false;
    }
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (!awake(maker, tail)) {
            continue;
        }
        if ((tail->kind == TAIL_IF &&
             !test_add_condition(maker, &compiled.base, &tail->condition)) ||
            (tail->kind == TAIL_UNLESS && !add_tail(maker, &compiled, (int)i))) {
            return false;
        }
    }
    LIST_PUSH(maker->arena, &maker->program->rules, compiled);
    return true;
}

static bool make_rules(struct maker *maker)
{
    bool done = true;
    for (size_t i = 0; i < maker->policy->rules.count; i++) {
        const struct rule *rule = &maker->policy->rules.at[i];
        maker->document = rule->document;
        maker->clause = rule->clause;
        if (rule->statement->kind == STATEMENT_MEANS ||
            rule->statement->kind == STATEMENT_DECIDES) {
            continue;
        }
        done = make_rule(maker, (int)i) && done;
        for (size_t k = 0; k < rule->statement->duties.count; k++) {
            unsigned tag = rule->statement->duty_readings.at[k];
            if (policy_awake(maker->policy->reads, tag & 31, tag >= 32)) {
                done = make_deed(maker, (int)i, (int)k) && done;
            }
        }
    }
    return done;
}

static bool make_line(struct maker *maker, const struct policy_line *line)
{
    struct program *program = maker->program;
    struct stand_in stand_in = {.line = line};
    switch (line->kind) {
    case LINE_BINDS:
        program->line_binds = line;
        test_begin(maker, &program->binds);
        test_begin(maker, &program->binds_unless);
        return add_roles(maker, &program->binds, PERSON_ACTOR, &line->roles) &&
               test_add_condition(maker, &program->binds_unless, &line->condition);
    case LINE_SILENCE_ASK: program->line_ask = line; return true;
    case LINE_SILENCE_TELL: program->line_tell = line; return true;
    case LINE_DEPART:
        program->line_depart = line;
        test_begin(maker, &program->depart);
        return line->who.anyone ||
               add_roles(maker, &program->depart, PERSON_ACTOR, &line->who.roles);
    case LINE_REVIEW: program->line_review = line; return true;
    case LINE_APPROVED: program->line_approved = line; return true;
    case LINE_STAND_IN:
        stand_in.to = line->roles.list.at[0];
        stand_in.from = line->roles.list.at[1];
        stand_in.conditional = line->condition.atoms.count > 0;
        if (!test_of_condition(maker, &line->condition, &stand_in.when)) {
            return false;
        }
        LIST_PUSH(maker->arena, &program->stand_ins, stand_in);
        return true;
    default: return true;
    }
}

static bool make_lines(struct maker *maker)
{
    struct program *program = maker->program;
    const struct document *document = &maker->policy->document;
    bool done = true;
    maker->document = document;
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        maker->clause = &document->clauses.at[line->clause];
        done = make_line(maker, line) && done;
    }
    program->extra = mask_new(maker);
    if (program->line_binds != NULL) {
        test_uses(&program->binds, program->extra, program->words);
        test_uses(&program->binds_unless, program->extra, program->words);
    }
    if (program->line_depart != NULL) {
        test_uses(&program->depart, program->extra, program->words);
    }
    for (size_t i = 0; i < program->stand_ins.count; i++) {
        test_uses(&program->stand_ins.at[i].when, program->extra, program->words);
    }
    return done;
}

static void collect_unknowns(struct maker *maker)
{
    struct program *program = maker->program;
    for (size_t i = 0; i < program->rules.count; i++) {
        struct compiled *compiled = &program->rules.at[i];
        struct unknowns *last = program->unknowns.count == 0
                                    ? NULL
                                    : &program->unknowns.at[program->unknowns.count - 1];
        bool same = last != NULL && last->clause == compiled->rule->clause;
        for (size_t k = 0; !same && k < compiled->rule->clause->statements.count; k++) {
            const struct statement *statement = &compiled->rule->clause->statements.at[k];
            for (size_t t = 0; t < statement->tails.count; t++) {
                const struct tail *tail = &statement->tails.at[t];
                if (tail->kind != TAIL_NOT_KNOWN || !awake(maker, tail)) {
                    continue;
                }
                if (last == NULL || last->clause != compiled->rule->clause) {
                    last = LIST_ADD(maker->arena, &program->unknowns);
                    last->number = (int)program->unknowns.count;
                    last->clause = compiled->rule->clause;
                }
                LIST_PUSH(maker->arena, &last->facts, tail->fact);
                LIST_PUSH(maker->arena, &last->with, tail->unknown);
            }
        }
        compiled->environment =
            last != NULL && last->clause == compiled->rule->clause ? last->number : 0;
    }
}

static bool about_actor(const struct maker *maker, const struct literal *literal)
{
    bool fact = literal->kind == LITERAL_FACT || literal->kind == LITERAL_CHOICE ||
                literal->kind == LITERAL_UNDER;
    return fact &&
           slice_starts(maker->policy->words.facts.at[literal->index].word.id, SLICE("actor."));
}

static void mark_kinds(struct maker *maker)
{
    struct program *program = maker->program;
    uint64_t *masks[] = {program->actor_mask, program->other_mask, program->shown_mask,
                         program->channel_mask};
    const enum literal_kind kinds[] = {LITERAL_ACTOR, LITERAL_OTHER, LITERAL_SHOWN,
                                       LITERAL_CHANNEL};
    for (size_t i = 0; i < program->literals.count; i++) {
        for (size_t k = 0; k < 4; k++) {
            if (program->literals.at[i].kind == kinds[k]) {
                mask_set(masks[k], (int)i);
            }
        }
        if (about_actor(maker, &program->literals.at[i])) {
            mask_set(program->actor_facts, (int)i);
        }
        if (program->literals.at[i].personal) {
            mask_set(program->personal_mask, (int)i);
        }
    }
}

/* Which literals a role or channel given makes true: those of all that it counts as, stopping at defined words, whose
 * definitions carry on from there; a word named outright holds itself. */
static void make_closures(struct maker *maker)
{
    struct program *program = maker->program;
    const struct policy *policy = maker->policy;
    size_t people = policy->words.people.count, channels = policy->words.channels.count;
    program->actor_roles = ARENA_ARRAY(maker->arena, uint64_t *, people);
    program->other_roles = ARENA_ARRAY(maker->arena, uint64_t *, people);
    program->shown_roles = ARENA_ARRAY(maker->arena, uint64_t *, people);
    program->channels = ARENA_ARRAY(maker->arena, uint64_t *, channels);
    for (size_t i = 0; i < people; i++) {
        program->actor_roles[i] = mask_new(maker);
        program->other_roles[i] = mask_new(maker);
        program->shown_roles[i] = mask_new(maker);
    }
    for (size_t i = 0; i < channels; i++) {
        program->channels[i] = mask_new(maker);
    }
    for (size_t l = 0; l < program->literals.count; l++) {
        const struct literal *literal = &program->literals.at[l];
        uint64_t **into = literal->kind == LITERAL_ACTOR     ? program->actor_roles
                          : literal->kind == LITERAL_OTHER   ? program->other_roles
                          : literal->kind == LITERAL_SHOWN   ? program->shown_roles
                          : literal->kind == LITERAL_CHANNEL ? program->channels
                                                             : NULL;
        enum word_place place = literal->kind == LITERAL_CHANNEL ? WORD_CHANNEL : WORD_PERSON;
        for (size_t i = 0; into != NULL && i < (place == WORD_PERSON ? people : channels); i++) {
            if (policy_reaches(policy, place, (int)i, literal->index)) {
                mask_set(into[i], (int)l);
            }
        }
    }
}

static bool make_program(struct maker *maker)
{
    struct program *program = maker->program;
    map_init(&program->interned, maker->arena);
    program->actor_mask = mask_new(maker);
    program->other_mask = mask_new(maker);
    program->shown_mask = mask_new(maker);
    program->channel_mask = mask_new(maker);
    program->personal_mask = mask_new(maker);
    program->actor_facts = mask_new(maker);
    bool done = make_rules(maker);
    done = make_lines(maker) && done;
    mark_kinds(maker);
    if (!done) {
        return false;
    }
    for (size_t i = 0; i < program->rules.count; i++) {
        collect_uses(maker, &program->rules.at[i]);
    }
    collect_unknowns(maker);
    return true;
}

static void collect_definitions(struct maker *maker)
{
    for (size_t i = 0; i < maker->policy->rules.count; i++) {
        const struct rule *rule = &maker->policy->rules.at[i];
        if (rule->statement->kind == STATEMENT_MEANS) {
            LIST_PUSH(maker->arena, &maker->definitions,
                      (struct definition){rule->statement->place, rule->statement->index, rule});
        }
    }
    maker->personal_names = ARENA_ARRAY(maker->arena, bool, maker->policy->words.names.count + 1);
    personal_collect(maker);
}

static unsigned words_for(size_t literals)
{
    unsigned words = 1;
    while ((size_t)words * 64 < literals) {
        words *= 2;
    }
    return words;
}

/* One try with masks of `width` words. Too narrow, `maker->narrow` is set and nothing made is used. */
static bool make_wide(struct maker *maker, unsigned width)
{
    struct policy *policy = maker->policy;
    maker->program = ARENA_NEW(maker->arena, struct program);
    maker->program->words = width;
    maker->definitions.count = 0;
    maker->self = PERSON_SELF;
    policy->program = maker->program;
    collect_definitions(maker);
    bool done = make_program(maker);
    return done && !maker->narrow && program_order(maker);
}

/* The width of the masks is guessed from the number of rules, doubled while it does not do, and cut to what is needed in
 * the end: the words beyond stay unread. */
bool program_compile(struct policy *policy, struct problems *problems)
{
    struct maker maker = {.policy = policy,
                          .problems = problems,
                          .arena = policy->arena,
                          .document = &policy->document};
    unsigned width = words_for(2 * policy->rules.count);
    width = width > PROGRAM_WORDS_LARGEST ? PROGRAM_WORDS_LARGEST : width;
    bool done = make_wide(&maker, width);
    while (maker.narrow && width < PROGRAM_WORDS_LARGEST) {
        maker.narrow = false;
        width *= 2;
        done = make_wide(&maker, width);
    }
    if (maker.narrow) {
        problems_add(problems, false, ERROR_LIMIT, policy->document.file, 1, 1,
                     "this policy has more than %d different conditions",
                     PROGRAM_WORDS_LARGEST * 64);
    }
    if (!done || maker.narrow) {
        return false;
    }
    maker.program->words = words_for(maker.program->literals.count);
    make_closures(&maker);
    program_index(&maker);
    return true;
}
