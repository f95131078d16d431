/* One settled world, read: who has which role, which channel is used, whether a condition holds. Recursion follows the
 * definitions, which cannot go in a circle; its depth is counted all the same. Takes no step of the verdict. */
#include "naive.h"

#include <assert.h>

#include "base/date.h"

static void give_roles(bool *set, const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++) set[roles->list.at[i]] = true;
}

static struct value *copy_values(struct arena *arena, const struct value *from, size_t count)
{
    struct value *values = ARENA_ARRAY(arena, struct value, count + 1);
    for (size_t i = 0; from && i < count; i++) values[i] = from[i];
    return values;
}

void naive_world_init(struct naive_world *world, const struct request *request, int act,
                      struct arena *arena)
{
    size_t facts = request->policy->words.facts.count;
    assert(request->policy->words.people.count <= NAIVE_WORDS_LARGEST);
    assert(request->policy->words.channels.count <= NAIVE_WORDS_LARGEST);
    *world = (struct naive_world){
        .policy = request->policy, .request = request, .arena = arena, .act = act};
    give_roles(world->roles[0], &request->actor);
    give_roles(world->roles[1], &request->other);
    give_roles(world->roles[2], request->asker_given ? &request->asker : &request->actor);
    for (size_t i = 0; i < request->via.list.count; i++)
        world->channels[request->via.list.at[i]] = true;
    world->facts = copy_values(arena, request->facts, facts);
    for (size_t i = 0; i < request->entries.count; i++)
        LIST_PUSH(arena, &world->entries, request->entries.at[i]);
    world->shown_facts = ARENA_ARRAY(arena, struct value *, request->shown.count + 1);
    world->shown_entries = ARENA_ARRAY(arena, struct naive_entries, request->shown.count + 1);
    for (size_t i = 0; i < request->shown.count; i++) {
        const struct shown *shown = &request->shown.at[i];
        world->shown_facts[i] = copy_values(arena, shown->facts, facts);
        for (size_t k = 0; k < shown->entries.count; k++)
            LIST_PUSH(arena, &world->shown_entries[i].list, shown->entries.at[k]);
    }
    world->has_time = request->has_time;
    world->minute = request->on.minute;
    naive_find_personal(world);
}

const struct statement *naive_meaning(const struct policy *policy, enum word_place place, int index,
                                      bool includes, size_t nth)
{
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (statement->kind != STATEMENT_MEANS || statement->place != place ||
            statement->index != index || statement->includes != includes)
            continue;
        if (nth-- == 0) return statement;
    }
    return NULL;
}

static bool defined(const struct policy *policy, enum word_place place, int index)
{
    return naive_meaning(policy, place, index, false, 0) ||
           naive_meaning(policy, place, index, true, 0);
}

/* A person has a role, or the request a channel: named outright, by definition, or by what counts as it. `self` is the
 * person; for channels nobody. */
static bool given(const struct naive_world *world, enum word_place place, int self, int index)
{
    if (place == WORD_CHANNEL) return world->channels[index];
    if (self < 0) return world->roles[-self - 1][index];
    const struct roles *roles = &world->request->shown.at[self].roles;
    for (size_t i = 0; i < roles->list.count; i++)
        if (roles->list.at[i] == index) return true;
    return false;
}

static bool holds(const struct naive_world *world, const struct clause *clause,
                  enum word_place place, int self, int index, int depth)
{
    const struct policy *policy = world->policy;
    assert(depth < NAIVE_DEPTH_LARGEST);
    if (given(world, place, self, index)) return true;
    const struct statement *means = naive_meaning(policy, place, index, false, 0);
    if (means) return naive_condition(world, clause, &means->condition, self, depth + 1);
    for (size_t nth = 0;; nth++) {
        const struct statement *includes = naive_meaning(policy, place, index, true, nth);
        if (!includes) break;
        if (naive_condition(world, clause, &includes->condition, self, depth + 1)) return true;
    }
    for (int other = 0; other < (int)words_count(&policy->words, place); other++) {
        if (other == index || !policy_reaches(policy, place, other, index)) continue;
        if (given(world, place, self, other) ||
            (defined(policy, place, other) && holds(world, clause, place, self, other, depth + 1)))
            return true;
    }
    return false;
}

bool naive_role(const struct naive_world *world, const struct clause *clause, int person, int role,
                int depth)
{
    return person != NAIVE_NOBODY && holds(world, clause, WORD_PERSON, person, role, depth);
}

bool naive_channel(const struct naive_world *world, const struct clause *clause, int channel,
                   int depth)
{
    return holds(world, clause, WORD_CHANNEL, NAIVE_NOBODY, channel, depth);
}

bool naive_any_role(const struct naive_world *world, const struct clause *clause, int person,
                    const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++)
        if (naive_role(world, clause, person, roles->list.at[i], 0)) return true;
    return false;
}

/* The fact's value here; a don't know has been replaced, inside the clause or for all. */
static struct value fact_value(const struct naive_world *world, const struct clause *clause,
                               int fact, int person)
{
    bool shown = person >= 0;
    for (size_t i = 0; clause && i < world->overrides.count; i++) {
        const struct naive_override *override = &world->overrides.at[i];
        if (override->clause == clause && override->fact == fact &&
            override->person == (shown ? person : NAIVE_NOBODY))
            return override->value;
    }
    return shown ? world->shown_facts[person][fact] : world->facts[fact];
}

/* `age` alone is the age of the person spoken about. */
static struct value number_value(const struct naive_world *world, const struct clause *clause,
                                 const struct atom *atom, int self)
{
    const struct words *words = &world->policy->words;
    int fact = atom->index, person = NAIVE_NOBODY;
    if (slice_is(words->facts.at[fact].word.id, "age")) {
        if (self >= 0)
            person = self;
        else if (self == NAIVE_ACTOR || (self == NAIVE_ASKER && !world->request->asker_given))
            fact = words_find(words, WORD_FACT, SLICE("actor.age"));
        else if (self == NAIVE_OTHER)
            fact = words_find(words, WORD_FACT, SLICE("other.age"));
    }
    assert(fact >= 0);
    struct value value = fact_value(world, clause, fact, person);
    if (value.known == KNOWN && value.born) {
        value.value = date_age(date_from_day(value.value), date_from_day(world->request->on.day));
        value.born = false;
    }
    return value;
}

static bool compare(enum number_op op, int64_t value, int64_t bound)
{
    switch (op) {
    case NUMBER_UNDER: return value < bound;
    case NUMBER_AT_LEAST: return value >= bound;
    case NUMBER_OVER: return value > bound;
    case NUMBER_AT_MOST: return value <= bound;
    }
    return false;
}

static bool within(int64_t minute, int64_t from, int64_t to)
{
    return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

static bool time_holds(const struct naive_world *world, const struct clause *clause,
                       const struct atom *atom)
{
    if (atom->index < 0) return world->has_time && within(world->minute, atom->low, atom->high);
    struct value value = fact_value(world, clause, atom->index, NAIVE_NOBODY);
    return value.known == KNOWN && within(value.value, atom->low, atom->high);
}

/* In the reading of a person shown a judgement is about that person. */
static bool ruled(const struct naive_world *world, int name, int self)
{
    bool personal = self >= 0 && world->personal_names[name];
    int person = personal ? self : NAIVE_NOBODY;
    for (size_t i = 0; i < world->rulings.count; i++)
        if (world->rulings.at[i].name == name && world->rulings.at[i].person == person)
            return world->rulings.at[i].yes;
    const struct request *request = world->request;
    const struct value *value =
        personal ? &request->shown.at[self].judgements[name] : &request->judgements[name];
    return value->known == KNOWN && value->value;
}

static bool name_holds(const struct naive_world *world, const struct clause *clause, int name,
                       int self, int depth)
{
    const struct policy *policy = world->policy;
    if (policy->words.names.at[name].judgement) return ruled(world, name, self);
    for (int includes = 0; includes < 2; includes++) {
        for (size_t nth = 0;; nth++) {
            const struct statement *means = naive_meaning(policy, WORD_NAME, name, includes, nth);
            if (!means) break;
            if (naive_condition(world, clause, &means->condition, self, depth + 1)) return true;
        }
    }
    return false;
}

static bool every_holds(const struct naive_world *world, const struct clause *clause,
                        const struct atom *atom, int depth)
{
    for (int person = 0; person < (int)world->request->shown.count; person++)
        if (naive_role(world, clause, person, atom->index, depth + 1) &&
            !naive_condition(world, clause, atom->every, person, depth + 1))
            return false;
    return true;
}

static bool fact_holds(const struct naive_world *world, const struct clause *clause,
                       const struct atom *atom, int self)
{
    bool personal = world->policy->words.facts.at[atom->index].kind == FACT_PERSONAL;
    if (personal && self < 0) return false;
    struct value value = fact_value(world, clause, atom->index, personal ? self : NAIVE_NOBODY);
    return value.known == KNOWN && value.value == (atom->kind == ATOM_CHOICE ? atom->low : 1);
}

static int whom(enum person_of person, int self)
{
    return person == PERSON_SELF ? self : person == PERSON_ACTOR ? NAIVE_ACTOR : NAIVE_OTHER;
}

static bool plain(const struct naive_world *world, const struct clause *clause,
                  const struct atom *atom, int self, int depth)
{
    struct value value;
    switch (atom->kind) {
    case ATOM_FACT:
    case ATOM_CHOICE: return fact_holds(world, clause, atom, self);
    case ATOM_PERSON:
        return naive_role(world, clause, whom(atom->person, self), atom->index, depth + 1);
    case ATOM_CHANNEL: return naive_channel(world, clause, atom->index, depth + 1);
    case ATOM_NUMBER:
        value = number_value(world, clause, atom, self);
        return value.known == KNOWN && compare(atom->op, value.value, atom->low);
    case ATOM_TIME: return time_holds(world, clause, atom);
    case ATOM_DATE:
        value = fact_value(world, clause, atom->index, NAIVE_NOBODY);
        return value.known == KNOWN && compare(atom->op, value.value, atom->low);
    case ATOM_RECORD:
        return naive_record(world, atom->index, &atom->from, false, self) ==
               (atom->refused ? ENTRY_REFUSED : ENTRY_GIVEN);
    case ATOM_DONE: return world->request->done;
    case ATOM_NAME: return name_holds(world, clause, atom->index, self, depth);
    case ATOM_EVERY: return every_holds(world, clause, atom, depth);
    }
    return false;
}

bool naive_atom(const struct naive_world *world, const struct clause *clause,
                const struct atom *atom, int self, int depth)
{
    assert(depth < NAIVE_DEPTH_LARGEST);
    return plain(world, clause, atom, self, depth) != atom->negated;
}

bool naive_condition(const struct naive_world *world, const struct clause *clause,
                     const struct condition *condition, int self, int depth)
{
    size_t hold = 0;
    for (size_t i = 0; i < condition->atoms.count; i++)
        hold += naive_atom(world, clause, &condition->atoms.at[i], self, depth);
    switch (condition->mode) {
    case CONDITION_ONE:
    case CONDITION_ALL: return hold == condition->atoms.count;
    case CONDITION_ANY: return hold > 0;
    case CONDITION_NONE: return hold == 0;
    }
    return false;
}

/* --- records ----------------------------------------------------------------------------------------- */

static bool earlier(const struct entry *a, const struct entry *b)
{
    if (a->dated != b->dated) return !a->dated;
    return a->at.day < b->at.day || (a->at.day == b->at.day && a->at.minute < b->at.minute);
}

static bool counts_yet(const struct naive_world *world, const struct entry *entry)
{
    const struct moment *on = &world->request->on;
    if (!entry->dated || entry->at.day < on->day) return true;
    return entry->at.day == on->day && entry->at.minute <= (world->has_time ? world->minute : 1439);
}

/* The last word of its giver: no other entry of that giver that counts stands after it. */
static bool latest(const struct naive_world *world, const struct entry *entries, size_t count,
                   size_t i)
{
    for (size_t k = 0; k < count; k++) {
        if (k == i || entries[k].record != entries[i].record ||
            entries[k].giver != entries[i].giver || entries[k].by_actor != entries[i].by_actor ||
            !counts_yet(world, &entries[k]))
            continue;
        if (earlier(&entries[i], &entries[k]) || (!earlier(&entries[k], &entries[i]) && k > i))
            return false;
    }
    return true;
}

static bool answers(const struct naive_world *world, const struct entry *entry,
                    const struct roles *from, bool another)
{
    if (another && entry->by_actor) return false;
    if (from->list.count == 0) return true;
    for (size_t i = 0; entry->giver >= 0 && i < from->list.count; i++)
        if (entry->giver == from->list.at[i] ||
            policy_counts(world->policy, WORD_PERSON, entry->giver, from->list.at[i]))
            return true;
    return false;
}

enum entry_state naive_record(const struct naive_world *world, int record, const struct roles *from,
                              bool another, int self)
{
    bool shown = self >= 0 && world->policy->words.facts.at[record].about == ABOUT_SHOWN;
    const struct entry *entries = shown ? world->shown_entries[self].list.at : world->entries.at;
    size_t count = shown ? world->shown_entries[self].list.count : world->entries.count;
    enum entry_state state = ENTRY_MISSING;
    for (size_t i = 0; i < count; i++) {
        if (entries[i].record != record || !counts_yet(world, &entries[i]) ||
            !answers(world, &entries[i], from, another) || !latest(world, entries, count, i))
            continue;
        if (entries[i].state > state) state = entries[i].state;
    }
    return state;
}
