/* A request into bits: who is whose role, which facts hold, which fail, which are open; then what follows by definition. */
#include "policy/space.h"

#include <string.h>

static void set_bit(struct bits *bits, int literal, bool holds)
{
    mask_set(holds ? bits->t : bits->f, literal);
}

static void encode_people(const struct program *program, const struct request *request,
                          const struct roles *roles, uint64_t **closures, const uint64_t *mask,
                          bool given, struct bits *bits)
{
    for (size_t i = 0; i < roles->list.count; i++) {
        mask_join(bits->t, closures[roles->list.at[i]], program->words);
    }
    for (unsigned i = 0; (given || request->closed) && i < program->words; i++) {
        bits->f[i] |= mask[i] & ~bits->t[i];
    }
}

static void encode_channels(const struct program *program, const struct request *request,
                            struct bits *bits)
{
    for (size_t i = 0; i < request->via.list.count; i++) {
        mask_join(bits->t, program->channels[request->via.list.at[i]], program->words);
    }
    for (unsigned i = 0; (request->via_given || request->closed) && i < program->words; i++) {
        bits->f[i] |= program->channel_mask[i] & ~bits->t[i];
    }
}

static bool value_meets(const struct literal *literal, int64_t value)
{
    switch (literal->kind) {
    case LITERAL_CHOICE: return value == literal->low;
    case LITERAL_UNDER: return (value < literal->low) != (literal->high != 0);
    default: return value != 0;
    }
}

static void encode_fact(const struct program *program, const struct request *request,
                        const struct fact_code *code, const struct value *value, struct bits *bits)
{
    if (value->known == KNOWN) {
        int64_t known = value->born
                            ? date_age(date_from_day(value->value), date_from_day(request->on.day))
                            : value->value;
        for (size_t i = 0; i < code->literals.count; i++) {
            int literal = code->literals.at[i];
            set_bit(bits, literal, value_meets(&program->literals.at[literal], known));
        }
    } else if (value->known == NOT_ASKED && request->closed) {
        for (size_t i = 0; i < code->literals.count; i++) {
            set_bit(bits, code->literals.at[i], false);
        }
    }
}

static bool moment_after(struct moment a, struct moment b)
{
    return a.day > b.day || (a.day == b.day && a.minute > b.minute);
}

/* Whether an entry's giver answers `FROM roles`; without roles everybody does. */
static bool giver_answers(const struct policy *policy, const struct literal *literal, int giver)
{
    if (literal->from->list.count == 0) {
        return true;
    }
    for (size_t i = 0; giver >= 0 && i < literal->from->list.count; i++) {
        if (policy_counts(policy, WORD_PERSON, giver, literal->from->list.at[i])) {
            return true;
        }
    }
    return false;
}

/* Entries of one list as this literal sees them. */
struct seen {
    const struct entry *entries;
    size_t count;
    const struct request *request;
    const struct policy *policy;
    const struct literal *literal;
};

static bool entry_counts(const struct seen *seen, const struct entry *entry)
{
    return entry->record == seen->literal->index && !(seen->literal->another && entry->by_actor) &&
           !(entry->dated && moment_after(entry->at, seen->request->on));
}

/* Whether no later entry of the same giver takes this one's place. */
static bool entry_is_latest(const struct seen *seen, size_t index)
{
    const struct entry *entry = &seen->entries[index];
    for (size_t i = 0; i < seen->count; i++) {
        const struct entry *other = &seen->entries[i];
        if (i == index || other->giver != entry->giver || other->by_actor != entry->by_actor ||
            !entry_counts(seen, other)) {
            continue;
        }
        bool later = other->dated && (!entry->dated || moment_after(other->at, entry->at));
        bool same = other->dated == entry->dated &&
                    !(entry->dated && moment_after(entry->at, other->at)) && !later;
        if (later || (same && i > index)) {
            return false;
        }
    }
    return true;
}

/* Whether nothing was said about the record in an open world: its key holds all of its entries (docs/semantics.md 2). */
static bool record_open(const struct seen *seen, const struct value *answered)
{
    if (seen->request->closed || answered->known == KNOWN) {
        return false;
    }
    for (size_t i = 0; i < seen->count; i++) {
        if (seen->entries[i].record == seen->literal->index) {
            return false;
        }
    }
    return true;
}

static void encode_record(struct seen *seen, const struct value *answered, int number,
                          struct bits *bits)
{
    bool given = false, refused = false;
    for (size_t i = 0; i < seen->count; i++) {
        const struct entry *entry = &seen->entries[i];
        if (!entry_counts(seen, entry) ||
            !giver_answers(seen->policy, seen->literal, entry->giver) ||
            !entry_is_latest(seen, i)) {
            continue;
        }
        given = given || entry->state == ENTRY_GIVEN;
        refused = refused || entry->state == ENTRY_REFUSED;
    }
    bool open = answered->known == NOT_KNOWN || record_open(seen, answered);
    if (seen->literal->kind == LITERAL_REFUSED) {
        if (refused || !open) {
            set_bit(bits, number, refused);
        }
    } else if (refused || !open) {
        set_bit(bits, number, given && !refused);
    }
}

static void encode_records(const struct space *space, const struct act_code *code,
                           const struct request *request, struct environment *environment)
{
    struct seen seen = {.request = request, .policy = space->policy};
    for (size_t i = 0; i < code->records.count; i++) {
        int number = code->records.at[i];
        seen.literal = &space->program->literals.at[number];
        if (!seen.literal->personal) {
            seen.entries = request->entries.at;
            seen.count = request->entries.count;
            encode_record(&seen, &request->facts[seen.literal->index], number, &environment->all);
            continue;
        }
        for (size_t p = 0; p < request->shown.count; p++) {
            const struct shown *shown = &request->shown.at[p];
            seen.entries = shown->entries.at;
            seen.count = shown->entries.count;
            encode_record(&seen, &shown->facts[seen.literal->index], number,
                          &environment->shown[p]);
        }
    }
}

static bool in_window(int minute, int64_t low, int64_t high)
{
    return low <= high ? minute >= low && minute < high : minute >= low || minute < high;
}

static void encode_time(const struct literal *literal, int number, const struct request *request,
                        struct bits *bits)
{
    bool known = request->has_time, closed = request->closed;
    int64_t minute = request->on.minute;
    if (literal->index >= 0) {
        const struct value *value = &request->facts[literal->index];
        known = value->known == KNOWN;
        minute = value->value;
        closed = closed && value->known == NOT_ASKED;
    }
    if (known) {
        set_bit(bits, number, in_window((int)minute, literal->low, literal->high));
    } else if (closed) {
        set_bit(bits, number, false);
    }
}

static void encode_judgement(const struct literal *literal, int number,
                             const struct request *request, struct environment *environment)
{
    if (!literal->personal) {
        const struct value *value = &request->judgements[literal->index];
        if (value->known == KNOWN) {
            set_bit(&environment->all, number, value->value != 0);
        }
        return;
    }
    for (size_t p = 0; p < request->shown.count; p++) {
        const struct value *value = &request->shown.at[p].judgements[literal->index];
        if (value->known == KNOWN) {
            set_bit(&environment->shown[p], number, value->value != 0);
        }
    }
}

static void encode_others(const struct space *space, const struct act_code *code,
                          const struct request *request, struct environment *environment)
{
    for (size_t i = 0; i < code->others.count; i++) {
        int number = code->others.at[i];
        const struct literal *literal = &space->program->literals.at[number];
        if (literal->kind == LITERAL_TIME) {
            encode_time(literal, number, request, &environment->all);
        } else if (literal->kind == LITERAL_DONE) {
            set_bit(&environment->all, number, request->done);
        } else if (literal->kind == LITERAL_NAME) {
            encode_judgement(literal, number, request, environment);
        }
    }
}

static void encode_shown(const struct space *space, const struct act_code *code,
                         const struct request *request, struct environment *environment)
{
    const struct program *program = space->program;
    for (size_t p = 0; p < request->shown.count; p++) {
        const struct shown *shown = &request->shown.at[p];
        encode_people(program, request, &shown->roles, program->shown_roles, program->shown_mask,
                      true, &environment->shown[p]);
        for (size_t i = 0; i < code->personal.count; i++) {
            const struct fact_code *fact = &code->personal.at[i];
            encode_fact(program, request, fact, &shown->facts[fact->fact], &environment->shown[p]);
        }
    }
}

static enum tri test_any(const struct test *test, const uint64_t *t, const uint64_t *f,
                         unsigned words)
{
    switch (words) {
    case 1: return test_words(test, t, f, 1);
    case 2: return test_words(test, t, f, 2);
    case 4: return test_words(test, t, f, 4);
    default: return test_words(test, t, f, words);
    }
}

enum tri test_tri(const struct test *test, const struct bits *all, const struct bits *shown,
                  unsigned words)
{
    if (shown == NULL) {
        return test_any(test, all->t, all->f, words);
    }
    uint64_t t[PROGRAM_WORDS_LARGEST], f[PROGRAM_WORDS_LARGEST];
    for (unsigned i = 0; i < words; i++) {
        t[i] = all->t[i] | shown->t[i];
        f[i] = all->f[i] | shown->f[i];
    }
    return test_any(test, t, f, words);
}

/* What the definition's own conditions and what stands below it say, with what was given. */
static enum tri derive(const struct space *space, const struct derived *derived,
                       const struct bits *all, const struct bits *shown, const struct bits *own)
{
    unsigned words = space->program->words;
    enum literal_kind kind = space->program->literals.at[derived->literal].kind;
    enum tri value =
        kind == LITERAL_NAME || kind == LITERAL_EVERY ? TRI_NO : bit_tri(own, derived->literal);
    for (size_t i = 0; i < derived->tests.count; i++) {
        bool forced = derived->literal == space->forced && i == space->forced_test;
        value |= forced ? space->force : test_tri(&derived->tests.at[i].test, all, shown, words);
    }
    for (unsigned i = 0; i < words; i++) {
        uint64_t t = all->t[i] | (shown != NULL ? shown->t[i] : 0);
        uint64_t f = all->f[i] | (shown != NULL ? shown->f[i] : 0);
        value |= (derived->below[i] & t) != 0    ? TRI_YES
                 : (derived->below[i] & ~f) != 0 ? TRI_MAYBE
                                                 : TRI_NO;
    }
    return value;
}

static void set_tri(struct bits *bits, int literal, enum tri value)
{
    uint64_t bit = 1ull << (literal % 64);
    bits->t[literal / 64] &= ~bit;
    bits->f[literal / 64] &= ~bit;
    if (value != TRI_MAYBE) {
        set_bit(bits, literal, value == TRI_YES);
    }
}

/* `for every N shown`: true of an empty list; of an open one only what holds whoever is shown. */
static enum tri derive_every(const struct space *space, const struct derived *derived,
                             const struct environment *environment)
{
    int role = (int)space->program->literals.at[derived->literal].low;
    enum tri value = TRI_YES;
    for (unsigned p = 0; p < space->shown_count; p++) {
        enum tri holds = tri_not(bit_tri(&environment->shown[p], role));
        enum tri inner = TRI_YES;
        for (size_t i = 0; i < derived->tests.count; i++) {
            inner &= test_tri(&derived->tests.at[i].test, &environment->all, &environment->shown[p],
                              space->program->words);
        }
        value &= holds | inner;
    }
    return space->open_list && value != TRI_YES ? TRI_MAYBE : value;
}

static void encode_derived(const struct space *space, const struct act_code *code,
                           struct environment *environment)
{
    for (size_t i = 0; i < code->derived.count; i++) {
        const struct derived *derived = &space->program->derived.at[code->derived.at[i]];
        if (derived->every) {
            set_tri(&environment->all, derived->literal, derive_every(space, derived, environment));
        } else if (!derived->personal) {
            set_tri(&environment->all, derived->literal,
                    derive(space, derived, &environment->all, NULL, &environment->all));
        } else {
            for (unsigned p = 0; p < space->shown_count; p++) {
                struct bits *shown = &environment->shown[p];
                set_tri(shown, derived->literal,
                        derive(space, derived, &environment->all, shown, shown));
            }
        }
    }
}

/* A definition of a channel that names this one, or one that it counts as. */
static bool channel_in_meaning(const struct space *space, const struct derived *derived,
                               int channel)
{
    for (size_t t = 0; t < derived->tests.count; t++) {
        const struct statement *statement = derived->tests.at[t].statement;
        for (size_t k = 0; statement != NULL && k < statement->condition.atoms.count; k++) {
            const struct atom *atom = &statement->condition.atoms.at[k];
            if (atom->kind == ATOM_CHANNEL &&
                policy_counts(space->policy, WORD_CHANNEL, channel, atom->index)) {
                return true;
            }
        }
    }
    return false;
}

/* Whether a channel given is one of the list, or a part of a defined channel of the list that holds. */
static enum tri channel_listed(const struct space *space, const struct literal *through,
                               int channel, const struct bits *bits)
{
    const struct program *program = space->program;
    for (size_t i = 0; i < through->through->list.count; i++) {
        int listed = through->through->list.at[i];
        if (policy_counts(space->policy, WORD_CHANNEL, channel, listed)) {
            return TRI_YES;
        }
        for (size_t d = 0; d < program->derived.count; d++) {
            const struct literal *defined = &program->literals.at[program->derived.at[d].literal];
            if (defined->kind == LITERAL_CHANNEL && defined->index == listed &&
                mask_has(bits->t, program->derived.at[d].literal) &&
                channel_in_meaning(space, &program->derived.at[d], channel)) {
                return TRI_YES;
            }
        }
    }
    return TRI_NO;
}

static void encode_through(const struct space *space, const struct act_code *code,
                           const struct request *request, struct bits *bits)
{
    for (size_t i = 0; i < code->others.count; i++) {
        int number = code->others.at[i];
        const struct literal *literal = &space->program->literals.at[number];
        bool any = false;
        enum tri met = TRI_YES;
        for (size_t k = 0; literal->kind == LITERAL_THROUGH && k < request->via.list.count; k++) {
            int channel = request->via.list.at[k];
            if (literal->kinds >> space->policy->words.channels.at[channel].kind & 1) {
                any = true;
                met &= channel_listed(space, literal, channel, bits);
            }
        }
        if (literal->kind == LITERAL_THROUGH && (any || request->closed)) {
            set_bit(bits, number, any && met == TRI_YES);
        }
    }
}

static void shown_room(const struct space *space, struct environment *environment)
{
    unsigned words = space->program->words;
    if (space->shown_count <= environment->room) {
        return;
    }
    environment->shown = ARENA_ARRAY(space->arena, struct bits, space->shown_count);
    for (unsigned p = 0; p < space->shown_count; p++) {
        environment->shown[p].t = ARENA_ARRAY(space->arena, uint64_t, words);
        environment->shown[p].f = ARENA_ARRAY(space->arena, uint64_t, words);
    }
    environment->room = space->shown_count;
}

static void clear_bits(const struct space *space, struct environment *environment)
{
    size_t size = space->program->words * sizeof(uint64_t);
    memset(environment->all.t, 0, size);
    memset(environment->all.f, 0, size);
    for (unsigned p = 0; p < space->shown_count; p++) {
        memset(environment->shown[p].t, 0, size);
        memset(environment->shown[p].f, 0, size);
    }
}

void encode_rest(struct space *space, const struct act_code *code, const struct request *request,
                 struct environment *environment)
{
    encode_records(space, code, request, environment);
    encode_others(space, code, request, environment);
    encode_derived(space, code, environment);
    encode_through(space, code, request, &environment->all);
}

/* What is known of the actor says nothing of somebody else who asks, and no key can say it: it fails. */
static void forget_actor(const struct program *program, struct bits *bits)
{
    for (unsigned i = 0; i < program->words; i++) {
        bits->t[i] &= ~program->actor_facts[i];
        bits->f[i] |= program->actor_facts[i];
    }
}

static void encode_as(struct space *space, const struct act_code *code,
                      const struct request *request, const struct roles *actor, bool actor_given,
                      struct environment *environment)
{
    const struct program *program = space->program;
    space->open_list = !request->shown_given && !request->closed;
    space->shown_count = space->open_list ? 1 : (unsigned)request->shown.count;
    if (code->plain) {
        space->open_list = false;
        space->shown_count = 0;
    }
    shown_room(space, environment);
    clear_bits(space, environment);
    encode_people(program, request, actor, program->actor_roles, program->actor_mask, actor_given,
                  &environment->all);
    encode_people(program, request, &request->other, program->other_roles, program->other_mask,
                  request->other_given, &environment->all);
    encode_channels(program, request, &environment->all);
    for (size_t i = 0; i < code->facts.count; i++) {
        const struct fact_code *fact = &code->facts.at[i];
        encode_fact(program, request, fact, &request->facts[fact->fact], &environment->all);
    }
    if (environment == &space->asker && request->asker_given) {
        forget_actor(program, &environment->all);
    }
    if (!code->plain && !space->open_list) {
        encode_shown(space, code, request, environment);
    }
    encode_rest(space, code, request, environment);
}

void encode(struct space *space, const struct act_code *code, const struct request *request,
            struct environment *environment)
{
    encode_as(space, code, request, &request->actor, request->actor_given, environment);
}

void encode_asker(struct space *space, const struct act_code *code, const struct request *request)
{
    const struct roles *asker = request->asker_given ? &request->asker : &request->actor;
    encode_as(space, code, request, asker, request->asker_given || request->actor_given,
              &space->asker);
}

enum tri literal_tri(const struct program *program, const struct environment *environment,
                     int literal, int person)
{
    bool personal = program->literals.at[literal].personal;
    return bit_tri(personal && person >= 0 ? &environment->shown[person] : &environment->all,
                   literal);
}
