/* The engine's naive twin: the numbered steps of the language's verdict, walked over the parsed rules for one complete
 * world after another, slowly and plainly. Written from the specification alone, so that it can contradict the engine.
 * naive.c reads one world, naive_steps.c takes the steps in it, naive_worlds.c goes through all worlds. */
#pragma once

#include "policy/decision.h"

#define NAIVE_WORDS_LARGEST 128 /* roles, channels, names of one policy: tests stay small */
#define NAIVE_RULES_LARGEST 128
#define NAIVE_NEEDS_LARGEST 64
#define NAIVE_OWED_LARGEST 128
#define NAIVE_DEPTH_LARGEST 64 /* definitions within definitions, lifts of lifts */

/* Whom a condition is about: one of these, or the number of a person shown (from 0). */
enum { NAIVE_ACTOR = -1, NAIVE_OTHER = -2, NAIVE_ASKER = -3, NAIVE_NOBODY = -4 };

/* What a don't know is read as inside one clause. */
struct naive_override {
    const struct clause *clause;
    int fact, person; /* person: NAIVE_NOBODY unless about one shown */
    struct value value;
};

/* One ruling of a judgement; person as above. */
struct naive_ruling {
    int name, person;
    bool yes;
};

/* Everything settled: each condition holds or fails. */
struct naive_world {
    const struct policy *policy;
    const struct request *request;
    struct arena *arena;
    int act;                            /* the ground act */
    bool roles[3][NAIVE_WORDS_LARGEST]; /* given outright: actor, other, asker */
    bool channels[NAIVE_WORDS_LARGEST];
    struct value *facts;        /* by fact */
    struct value **shown_facts; /* by person shown, by fact */
    LIST(struct entry) entries;
    struct naive_entries {
        LIST(struct entry) list;
    } * shown_entries;
    bool personal_names[NAIVE_WORDS_LARGEST]; /* definitions and judgements about a person shown */
    bool has_time;
    int minute;
    bool through_met
        [64]; /* open worlds: an ONLY THROUGH without a channel of its kinds, by number */
    LIST(const struct tail *) through;
    LIST(struct naive_override) overrides;
    LIST(struct naive_ruling) rulings;
};

struct naive_need {
    const struct need *need;
    int person; /* number of the person shown, or NAIVE_NOBODY */
    bool refused;
};

struct naive_outcome {
    enum verdict verdict;
    enum strength strength;
    bool noted;
    bool tied; /* several worst answers to a don't know: only verdict and strength say anything */
    size_t needs_count;
    struct naive_need needs[NAIVE_NEEDS_LARGEST]; /* of allowed-if; sorted */
    bool refer[NAIVE_WORDS_LARGEST];              /* roles */
    const struct policy_line *advice;             /* no-clause */
    bool applied[NAIVE_RULES_LARGEST], used[NAIVE_RULES_LARGEST], lifted[NAIVE_RULES_LARGEST];
};

struct naive_owed {
    const struct duty *duty;
    enum stage stage;
    size_t rule;
    struct roles bearer, object; /* after stand-ins; bearer empty: the actor */
};
struct naive_duties {
    LIST(struct naive_owed) list;
};

/* A world from a request in which nothing more is open: what is not given fails. */
void naive_world_init(struct naive_world *world, const struct request *request, int act,
                      struct arena *arena);

/* --- one world, read (naive.c) --- */
/* `clause`, where not NULL, is the one whose NOT KNOWN lines replace a don't know, in definitions too. */
bool naive_role(const struct naive_world *world, const struct clause *clause, int person, int role,
                int depth);
bool naive_channel(const struct naive_world *world, const struct clause *clause, int channel,
                   int depth);
bool naive_condition(const struct naive_world *world, const struct clause *clause,
                     const struct condition *condition, int self, int depth);
bool naive_atom(const struct naive_world *world, const struct clause *clause,
                const struct atom *atom, int self, int depth);
enum entry_state naive_record(const struct naive_world *world, int record, const struct roles *from,
                              bool another, int self);
/* The statement that says what a word means, or NULL: MEANS or (includes) INCLUDES number `nth`. */
const struct statement *naive_meaning(const struct policy *policy, enum word_place place, int index,
                                      bool includes, size_t nth);
/* --- what is about a person shown, outside `for every` (naive_personal.c) --- */
void naive_find_personal(struct naive_world *world); /* fills personal_names */
bool naive_personal(const struct naive_world *world, const struct statement *statement);
/* The condition of a duty: one about a person shown holds where it does for any of them. */
bool naive_any(const struct naive_world *world, const struct clause *clause,
               const struct atom *atom);
/* Whether the people shown can make any difference. */
bool naive_shows(const struct naive_world *world);
bool naive_tail_awake(const struct policy *policy, const struct tail *tail);
bool naive_any_role(const struct naive_world *world, const struct clause *clause, int person,
                    const struct roles *roles);

/* --- the steps (naive_steps.c, naive_duties.c) --- */
enum naive_acts { NAIVE_WITH, NAIVE_BEFORE, NAIVE_REFUSED }; /* A, B and what is done instead */
bool naive_on(const struct naive_world *world, const struct rule *rule, enum naive_acts acts);
bool naive_base(const struct naive_world *world, const struct rule *rule, int self);
bool naive_excepted(const struct naive_world *world, const struct rule *rule, int self);
bool naive_lifted(const struct naive_world *world, const struct rule *rule, int depth);
/* Whether the statement speaks: for any person shown, or for every one where it permits. `acts` as above. */
bool naive_speaks(const struct naive_world *world, const struct rule *rule, enum naive_acts acts,
                  int depth);
bool naive_used(const struct naive_world *world, const struct rule *rule, enum naive_acts acts);
void naive_steps(const struct naive_world *world, struct naive_outcome *ret_outcome);
void naive_owe(const struct naive_world *world, const struct naive_outcome *outcome,
               struct naive_duties *ret_duties);

/* --- all worlds (naive_open.c, naive_worlds.c) --- */
/* One thing that is not settled, and what it may be. */
enum naive_kind {
    NAIVE_FACT,
    NAIVE_RECORD,
    NAIVE_ROLE,
    NAIVE_CHANNEL,
    NAIVE_TIME,
    NAIVE_THROUGH,
    NAIVE_OVERRIDE,
    NAIVE_RULING
};
struct naive_variable {
    enum naive_kind kind;
    int index;  /* fact, record, role, channel, name; of a record: see slot */
    int person; /* actor, other, a person shown, or nobody */
    int giver;
    size_t slot; /* in the world's entries, overrides, rulings or ONLY THROUGH lines */
    int judge;   /* of a ruling: whose it is */
    LIST(int64_t) values;
};
struct naive_variables {
    LIST(struct naive_variable) list;
};
/* Not asked, not known, pending: in this order each inside the one before. */
struct naive_open {
    struct naive_variables asked, known, pending;
};
/* Finds them all and prepares the world: the variables' first values are set. */
void naive_open(struct naive_world *world, struct naive_open *ret_open);
void naive_set(struct naive_world *world, const struct naive_variable *variable, size_t value);
/* How many worlds there are, or limit + 1 where more than limit. */
size_t naive_count(const struct naive_variables *variables, size_t limit);

/* False where more than `limit` worlds would have to be walked: nothing is said then. */
MUST_USE bool naive_decide(const struct request *request, int act, size_t limit,
                           struct arena *arena, struct naive_outcome *ret_outcome);
/* Whether there are two completions that differ in this one fact or record alone (of one giver) and have different
 * outcomes; kind, index and person say which. */
MUST_USE bool naive_matters(const struct request *request, int act,
                            const struct naive_variable *variable, size_t limit,
                            struct arena *arena, bool *ret_matters);
bool naive_same(const struct naive_outcome *a, const struct naive_outcome *b);
