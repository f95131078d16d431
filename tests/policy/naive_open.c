/* What is open in a request: what was not asked, what nobody knows, which judgements are pending; and the values each
 * may take, numbers by one for each interval between the thresholds that the policy names. Decides nothing. */
#include <assert.h>
#include <stdlib.h>

#include "naive.h"

/* --- what the policy mentions --------------------------------------------------------------------------- */

struct mention {
    const struct policy *policy;
    struct arena *arena;
    bool facts[NAIVE_WORDS_LARGEST], roles[NAIVE_WORDS_LARGEST], channels[NAIVE_WORDS_LARGEST];
    bool names[NAIVE_WORDS_LARGEST], time;
    LIST(int64_t)
    cuts[NAIVE_WORDS_LARGEST + 1]; /* first values of intervals; the last row is the time of day */
    struct giver {
        int record, role;
    } givers[NAIVE_WORDS_LARGEST];
    size_t givers_count;
};

static void mention_roles(struct mention *mention, const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++) mention->roles[roles->list.at[i]] = true;
}

static void mention_channels(struct mention *mention, const struct channels *channels)
{
    for (size_t i = 0; i < channels->list.count; i++)
        mention->channels[channels->list.at[i]] = true;
}

static void mention_giver(struct mention *mention, int record, int role)
{
    for (size_t i = 0; i < mention->givers_count; i++)
        if (mention->givers[i].record == record && mention->givers[i].role == role) return;
    assert(mention->givers_count < NAIVE_WORDS_LARGEST);
    mention->givers[mention->givers_count++] = (struct giver){.record = record, .role = role};
}

static void mention_record(struct mention *mention, int record, const struct roles *from)
{
    mention->facts[record] = true;
    for (size_t i = 0; i < from->list.count; i++) mention_giver(mention, record, from->list.at[i]);
    if (from->list.count == 0) mention_giver(mention, record, -1);
}

static void mention_condition(struct mention *mention, const struct condition *condition);

static void mention_number(struct mention *mention, const struct atom *atom)
{
    const struct words *words = &mention->policy->words;
    int64_t cut = atom->low + (atom->op == NUMBER_OVER || atom->op == NUMBER_AT_MOST);
    bool self = slice_is(words->facts.at[atom->index].word.id, "age");
    for (size_t i = 0; i < words->facts.count; i++) {
        if ((int)i != atom->index && !(self && words->facts.at[i].age)) continue;
        mention->facts[i] = true;
        LIST_PUSH(mention->arena, &mention->cuts[i], cut);
    }
}

static void mention_atom(struct mention *mention, const struct atom *atom)
{
    switch (atom->kind) {
    case ATOM_FACT:
    case ATOM_CHOICE: mention->facts[atom->index] = true; break;
    case ATOM_PERSON: mention->roles[atom->index] = true; break;
    case ATOM_CHANNEL: mention->channels[atom->index] = true; break;
    case ATOM_NUMBER:
    case ATOM_DATE: mention_number(mention, atom); break;
    case ATOM_TIME: {
        size_t row = atom->index < 0 ? NAIVE_WORDS_LARGEST : (size_t)atom->index;
        mention->time |= atom->index < 0;
        if (atom->index >= 0) mention->facts[atom->index] = true;
        LIST_PUSH(mention->arena, &mention->cuts[row], atom->low);
        LIST_PUSH(mention->arena, &mention->cuts[row], atom->high);
        break;
    }
    case ATOM_RECORD: mention_record(mention, atom->index, &atom->from); break;
    case ATOM_DONE: break;
    case ATOM_NAME: mention->names[atom->index] = true; break;
    case ATOM_EVERY:
        mention->roles[atom->index] = true;
        mention_condition(mention, atom->every);
        break;
    }
}

static void mention_condition(struct mention *mention, const struct condition *condition)
{
    for (size_t i = 0; i < condition->atoms.count; i++)
        mention_atom(mention, &condition->atoms.at[i]);
}

static void mention_need(struct mention *mention, const struct need *need)
{
    mention_record(mention, need->record, &need->from);
    if (need->conditional) mention_atom(mention, &need->condition);
}

static void mention_duty(struct mention *mention, const struct duty *duty)
{
    mention_roles(mention, &duty->bearer.roles);
    mention_roles(mention, &duty->object);
    mention_channels(mention, &duty->channels);
    if (duty->conditional) mention_atom(mention, &duty->condition);
}

static void mention_statement(struct mention *mention, const struct statement *statement)
{
    mention_roles(mention, &statement->who.roles);
    mention_roles(mention, &statement->acts.object);
    mention_channels(mention, &statement->acts.channels);
    mention_condition(mention, &statement->condition);
    if (statement->kind == STATEMENT_GATE) mention_need(mention, &statement->need);
    for (size_t i = 0; i < statement->duties.count; i++)
        mention_duty(mention, &statement->duties.at[i]);
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        mention_condition(mention, &tail->condition);
        mention_channels(mention, &tail->channels);
        if (tail->kind == TAIL_NEEDS) mention_need(mention, &tail->need);
    }
}

static void mention_all(struct mention *mention)
{
    const struct policy *policy = mention->policy;
    assert(policy->words.facts.count <= NAIVE_WORDS_LARGEST &&
           policy->words.names.count <= NAIVE_WORDS_LARGEST);
    for (size_t i = 0; i < policy->rules.count; i++)
        mention_statement(mention, policy->rules.at[i].statement);
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        const struct policy_line *line = &policy->document.lines.at[i];
        if (line->kind == LINE_BINDS) {
            mention_roles(mention, &line->roles);
            mention_condition(mention, &line->condition);
        }
    }
}

/* --- values ---------------------------------------------------------------------------------------------- */

static void add_value(struct arena *arena, struct naive_variable *variable, int64_t value)
{
    for (size_t i = 0; i < variable->values.count; i++)
        if (variable->values.at[i] == value) return;
    LIST_PUSH(arena, &variable->values, value);
}

/* One value of each interval between thresholds. */
static void add_intervals(const struct mention *mention, size_t row, int64_t low, int64_t high,
                          struct naive_variable *variable)
{
    add_value(mention->arena, variable, low);
    for (size_t i = 0; i < mention->cuts[row].count; i++)
        if (mention->cuts[row].at[i] > low && mention->cuts[row].at[i] <= high)
            add_value(mention->arena, variable, mention->cuts[row].at[i]);
}

static void add_values(const struct mention *mention, struct naive_variable *variable)
{
    const struct fact *fact = &mention->policy->words.facts.at[variable->index];
    struct arena *arena = mention->arena;
    switch (fact->kind) {
    case FACT_YES_NO:
    case FACT_PERSONAL:
        add_value(arena, variable, 0);
        add_value(arena, variable, 1);
        break;
    case FACT_CHOICE:
        for (size_t i = 0; i < fact->values.count; i++) add_value(arena, variable, (int64_t)i);
        break;
    case FACT_NUMBER:
        add_intervals(mention, (size_t)variable->index, fact->low, fact->high, variable);
        break;
    case FACT_TIME: add_intervals(mention, (size_t)variable->index, 0, 1439, variable); break;
    case FACT_DATE: add_intervals(mention, (size_t)variable->index, 0, INT64_MAX, variable); break;
    case FACT_RECORD:
        for (int state = ENTRY_MISSING; state <= ENTRY_REFUSED; state++)
            add_value(arena, variable, state);
        break;
    }
}

/* Cuts the values down to what a don't know is read as. */
static void narrow(struct arena *arena, const struct unknown *unknown,
                   struct naive_variable *variable)
{
    struct naive_variable all = *variable;
    if (unknown->kind != UNKNOWN_VALUE && unknown->kind != UNKNOWN_UNDER) return;
    variable->values.at = NULL;
    variable->values.count = variable->values.space = 0;
    if (unknown->kind == UNKNOWN_VALUE && variable->kind == NAIVE_RECORD)
        add_value(arena, variable, unknown->value ? ENTRY_GIVEN : ENTRY_MISSING);
    else if (unknown->kind == UNKNOWN_VALUE)
        add_value(arena, variable, unknown->value);
    for (size_t i = 0; unknown->kind == UNKNOWN_UNDER && i < all.values.count; i++)
        if (all.values.at[i] < unknown->value) add_value(arena, variable, all.values.at[i]);
    assert(variable->values.count > 0);
}

/* --- variables ------------------------------------------------------------------------------------------- */

static struct naive_variable *add(struct arena *arena, struct naive_variables *variables,
                                  enum naive_kind kind, int index, int person)
{
    struct naive_variable *variable = LIST_ADD(arena, &variables->list);
    variable->kind = kind;
    variable->index = index;
    variable->person = person;
    return variable;
}

static const struct unknown *clause_unknown(const struct policy *policy, const struct rule *rule,
                                            int fact)
{
    for (size_t i = 0; i < rule->statement->tails.count; i++) {
        const struct tail *tail = &rule->statement->tails.at[i];
        if (tail->kind == TAIL_NOT_KNOWN && tail->fact == fact && naive_tail_awake(policy, tail))
            return &tail->unknown;
    }
    return NULL;
}

static bool overridden(const struct naive_world *world, const struct clause *clause, int fact,
                       int person)
{
    for (size_t i = 0; i < world->overrides.count; i++)
        if (world->overrides.at[i].clause == clause && world->overrides.at[i].fact == fact &&
            world->overrides.at[i].person == person)
            return true;
    return false;
}

static void refer_or_doubt(struct naive_world *world, const struct mention *mention,
                           const struct unknown *unknown, struct naive_variable pattern,
                           struct naive_open *open)
{
    bool refer = unknown->kind == UNKNOWN_REFER;
    struct naive_variable *variable =
        LIST_ADD(world->arena, &(refer ? &open->pending : &open->known)->list);
    *variable = pattern;
    variable->judge = refer ? unknown->role : -1;
    add_values(mention, variable);
    narrow(world->arena, unknown, variable);
}

/* The fact is not known: one variable for all, and one for each clause that says how it reads this. */
static void doubt(struct naive_world *world, const struct mention *mention, int fact, int person,
                  struct naive_open *open)
{
    struct naive_variable pattern = {.kind = NAIVE_FACT, .index = fact, .person = person};
    refer_or_doubt(world, mention, &world->policy->words.facts.at[fact].unknown, pattern, open);
    for (size_t i = 0; i < world->policy->rules.count; i++) {
        const struct rule *rule = &world->policy->rules.at[i];
        const struct unknown *unknown = clause_unknown(world->policy, rule, fact);
        if (!unknown || overridden(world, rule->clause, fact, person)) continue;
        pattern.kind = NAIVE_OVERRIDE;
        pattern.slot = world->overrides.count;
        LIST_PUSH(world->arena, &world->overrides,
                  (struct naive_override){.clause = rule->clause, .fact = fact, .person = person});
        refer_or_doubt(world, mention, unknown, pattern, open);
    }
}

static void open_fact(struct naive_world *world, const struct mention *mention, int fact,
                      int person, const struct value *value, struct naive_open *open)
{
    if (value->known == NOT_KNOWN)
        doubt(world, mention, fact, person, open);
    else if (value->known == NOT_ASKED && !world->request->closed)
        add_values(mention, add(world->arena, &open->asked, NAIVE_FACT, fact, person));
}

static void open_facts(struct naive_world *world, const struct mention *mention,
                       struct naive_open *open)
{
    const struct words *words = &world->policy->words;
    for (int fact = 0; fact < (int)words->facts.count; fact++) {
        enum fact_kind kind = words->facts.at[fact].kind;
        bool age = slice_is(words->facts.at[fact].word.id, "age");
        if (!mention->facts[fact] || kind == FACT_RECORD) continue;
        if (kind != FACT_PERSONAL && !age)
            open_fact(world, mention, fact, NAIVE_NOBODY, &world->facts[fact], open);
        for (size_t i = 0; (kind == FACT_PERSONAL || age) && i < world->request->shown.count; i++)
            open_fact(world, mention, fact, (int)i, &world->shown_facts[i][fact], open);
    }
}

/* The key of a record gives all of its entries. */
static bool answered(const struct naive_world *world, int record, int person)
{
    const struct request *request = world->request;
    const struct entry *entries =
        person >= 0 ? request->shown.at[person].entries.at : request->entries.at;
    size_t count = person >= 0 ? request->shown.at[person].entries.count : request->entries.count;
    for (size_t i = 0; i < count; i++)
        if (entries[i].record == record) return true;
    return false;
}

/* A record without entries is not asked, whoever it would come from; or not known. */
static void open_record(struct naive_world *world, const struct mention *mention,
                        const struct giver *giver, int person, struct naive_open *open)
{
    struct naive_entries *shown = person >= 0 ? &world->shown_entries[person] : NULL;
    size_t count = shown ? shown->list.count : world->entries.count;
    bool unknown =
        (shown ? world->shown_facts[person] : world->facts)[giver->record].known == NOT_KNOWN;
    if (world->request->closed && !unknown) return;
    if (answered(world, giver->record, person)) return;
    struct naive_variable pattern = {.kind = NAIVE_RECORD,
                                     .index = giver->record,
                                     .person = person,
                                     .giver = giver->role,
                                     .slot = count};
    struct entry entry = {.record = giver->record, .giver = giver->role};
    if (shown)
        LIST_PUSH(world->arena, &shown->list, entry);
    else
        LIST_PUSH(world->arena, &world->entries, entry);
    if (unknown) {
        refer_or_doubt(world, mention, &world->policy->words.facts.at[giver->record].unknown,
                       pattern, open);
        return;
    }
    struct naive_variable *variable = LIST_ADD(world->arena, &open->asked.list);
    *variable = pattern;
    add_values(mention, variable);
}

static void open_records(struct naive_world *world, const struct mention *mention,
                         struct naive_open *open)
{
    for (size_t i = 0; i < mention->givers_count; i++) {
        const struct giver *giver = &mention->givers[i];
        bool about_shown = world->policy->words.facts.at[giver->record].about == ABOUT_SHOWN;
        if (!about_shown) open_record(world, mention, giver, NAIVE_NOBODY, open);
        for (size_t person = 0; about_shown && person < world->request->shown.count; person++)
            open_record(world, mention, giver, (int)person, open);
    }
}

static void open_switch(struct naive_world *world, struct naive_open *open, enum naive_kind kind,
                        int index, int person)
{
    struct naive_variable *variable = add(world->arena, &open->asked, kind, index, person);
    add_value(world->arena, variable, 0);
    add_value(world->arena, variable, 1);
}

static void open_people(struct naive_world *world, const struct mention *mention,
                        struct naive_open *open)
{
    const struct request *request = world->request;
    for (int role = 0; role < (int)world->policy->words.people.count; role++) {
        if (mention->roles[role] && !request->actor_given)
            open_switch(world, open, NAIVE_ROLE, role, NAIVE_ACTOR);
        if (mention->roles[role] && !request->other_given)
            open_switch(world, open, NAIVE_ROLE, role, NAIVE_OTHER);
    }
    for (int channel = 0; channel < (int)world->policy->words.channels.count; channel++)
        if (mention->channels[channel] && !request->via_given)
            open_switch(world, open, NAIVE_CHANNEL, channel, NAIVE_NOBODY);
    if (mention->time && !request->has_time)
        add_intervals(mention, NAIVE_WORDS_LARGEST, 0, 1439,
                      add(world->arena, &open->asked, NAIVE_TIME, 0, NAIVE_NOBODY));
}

/* An ONLY THROUGH that finds no channel of its kinds waits for one in an open world. */
static void open_through(struct naive_world *world, struct naive_open *open)
{
    for (size_t i = 0; i < world->policy->rules.count; i++) {
        const struct statement *statement = world->policy->rules.at[i].statement;
        for (size_t k = 0; k < statement->tails.count; k++) {
            const struct tail *tail = &statement->tails.at[k];
            if (tail->kind != TAIL_ONLY_THROUGH || !naive_tail_awake(world->policy, tail)) continue;
            assert(world->through.count < sizeof world->through_met);
            open_switch(world, open, NAIVE_THROUGH, 0, NAIVE_NOBODY);
            open->asked.list.at[open->asked.list.count - 1].slot = world->through.count;
            LIST_PUSH(world->arena, &world->through, tail);
        }
    }
}

static int judge_of(const struct policy *policy, int name)
{
    for (size_t i = 0; i < policy->rules.count; i++)
        if (policy->rules.at[i].statement->kind == STATEMENT_DECIDES &&
            policy->rules.at[i].statement->index == name)
            return policy->rules.at[i].statement->judge;
    return -1;
}

static void open_judgement(struct naive_world *world, int name, int person,
                           const struct value *value, struct naive_open *open)
{
    if (value->known == KNOWN) return;
    struct naive_variable *variable = add(world->arena, &open->pending, NAIVE_RULING, name, person);
    add_value(world->arena, variable, 0);
    add_value(world->arena, variable, 1);
    variable->judge = judge_of(world->policy, name);
    variable->slot = world->rulings.count;
    LIST_PUSH(world->arena, &world->rulings, (struct naive_ruling){.name = name, .person = person});
}

static void open_judgements(struct naive_world *world, const struct mention *mention,
                            struct naive_open *open)
{
    const struct words *words = &world->policy->words;
    for (int name = 0; name < (int)words->names.count; name++) {
        if (!mention->names[name] || !words->names.at[name].judgement) continue;
        if (!world->personal_names[name])
            open_judgement(world, name, NAIVE_NOBODY, &world->request->judgements[name], open);
        for (size_t i = 0; world->personal_names[name] && i < world->request->shown.count; i++)
            open_judgement(world, name, (int)i, &world->request->shown.at[i].judgements[name],
                           open);
    }
}

static int by_number(const void *one, const void *two)
{
    int64_t a = *(const int64_t *)one, b = *(const int64_t *)two;
    return a < b ? -1 : a > b;
}

void naive_open(struct naive_world *world, struct naive_open *ret_open)
{
    struct mention *mention = ARENA_NEW(world->arena, struct mention);
    mention->policy = world->policy;
    mention->arena = world->arena;
    mention_all(mention);
    *ret_open = (struct naive_open){.asked = {{0}}};
    open_facts(world, mention, ret_open);
    open_records(world, mention, ret_open);
    open_judgements(world, mention, ret_open);
    if (!world->request->closed) {
        open_people(world, mention, ret_open);
        open_through(world, ret_open);
    }
    struct naive_variables *all[] = {&ret_open->asked, &ret_open->known, &ret_open->pending};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < all[i]->list.count; k++) {
            qsort(all[i]->list.at[k].values.at, all[i]->list.at[k].values.count, sizeof(int64_t),
                  by_number);
            naive_set(world, &all[i]->list.at[k], 0);
        }
    }
}

void naive_set(struct naive_world *world, const struct naive_variable *variable, size_t value)
{
    int64_t number = variable->values.at[value];
    struct value known = {.known = KNOWN, .value = number};
    switch (variable->kind) {
    case NAIVE_FACT:
        (variable->person >= 0 ? world->shown_facts[variable->person]
                               : world->facts)[variable->index] = known;
        break;
    case NAIVE_RECORD:
        (variable->person >= 0 ? world->shown_entries[variable->person].list.at
                               : world->entries.at)[variable->slot]
            .state = (enum entry_state)number;
        break;
    case NAIVE_ROLE:
        world->roles[-variable->person - 1][variable->index] = number != 0;
        if (variable->person == NAIVE_ACTOR && !world->request->asker_given)
            world->roles[2][variable->index] = number != 0;
        break;
    case NAIVE_CHANNEL: world->channels[variable->index] = number != 0; break;
    case NAIVE_TIME:
        world->has_time = true;
        world->minute = (int)number;
        break;
    case NAIVE_THROUGH: world->through_met[variable->slot] = number != 0; break;
    case NAIVE_OVERRIDE: world->overrides.at[variable->slot].value = known; break;
    case NAIVE_RULING: world->rulings.at[variable->slot].yes = number != 0; break;
    }
}

size_t naive_count(const struct naive_variables *variables, size_t limit)
{
    size_t count = 1;
    for (size_t i = 0; i < variables->list.count; i++) {
        count *= variables->list.at[i].values.count;
        if (count > limit) return limit + 1;
    }
    return count;
}
