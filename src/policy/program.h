/* The compiled form (language.md section 3): conditions interned once as literals, statements as masks over them, an index
 * by act. Inside the room only: compile.c writes it, encode.c, judge.c and those who explain read it. */
#pragma once

#include "policy/decision.h"

#define PROGRAM_WORDS_LARGEST 32 /* 2,048 literals */
#define PROGRAM_ACT_JUDGEMENTS_LARGEST 6

/* Three values in two bits: 1 holds for certain, 2 may hold. */
enum tri { TRI_NO = 0, TRI_MAYBE = 2, TRI_YES = 3 };

enum literal_kind {
    LITERAL_ACTOR, /* the actor has the role */
    LITERAL_OTHER,
    LITERAL_SHOWN, /* the person shown has it: personal */
    LITERAL_CHANNEL,
    LITERAL_FACT,   /* yes/no */
    LITERAL_CHOICE, /* fact is value `low` */
    LITERAL_UNDER,  /* number < low, day < low */
    LITERAL_TIME,   /* minute in [low, high), wrapping */
    LITERAL_GIVEN,  /* record FROM roles is on record */
    LITERAL_REFUSED,
    LITERAL_DONE,
    LITERAL_NAME,    /* a definition (derived) or a judgement */
    LITERAL_EVERY,   /* derived over the people shown */
    LITERAL_THROUGH, /* ONLY THROUGH is met */
    LITERAL_KINDS
};

struct literal {
    enum literal_kind kind;
    int index; /* role, channel, fact, record, name; LITERAL_EVERY: the role looked at, its SHOWN literal is `low` */
    int64_t low, high;
    const struct roles *from; /* records; empty: anyone */
    bool another;
    bool personal;  /* of each person shown */
    int derived;    /* index among the program's derived, or -1 */
    uint64_t kinds; /* THROUGH: bit per channel kind listed */
    const struct channels *through;
};

/* any of these holds: t literals true or f literals false */
struct group {
    uint64_t *t, *f;
};
/* all of t true, all of f false, and every group */
struct test {
    uint64_t *t, *f;
    struct group *groups;
    unsigned group_count;
};

/* What one MEANS or INCLUDES says; without a statement: the vocabulary's own fact under INCLUDES, or a `for every`. */
struct meaning {
    struct test test;
    const struct clause *clause;
    const struct statement *statement;
};

/* A literal that follows from others: base (given) or any test or any literal below. In order of dependence. */
struct derived {
    int literal;
    bool personal, every; /* every: `tests` hold for each person shown with the role */
    LIST(struct meaning) tests;
    uint64_t *below; /* any of these literals makes it true */
    uint64_t *uses;  /* all literals it reads directly */
};

enum effect {
    EFFECT_FORBID,
    EFFECT_ADVISE,
    EFFECT_MAY,
    EFFECT_OWED,
    EFFECT_GATE,
    EFFECT_EVENT,
    EFFECT_DEED
};

struct gate {
    const struct need *need;
    int given, refused; /* literals */
    int every;          /* SHOWN literal of the role in FOR EVERY, or -1 */
    bool conditional;
    struct test when; /* of the need's own IF / UNLESS */
    bool unless;
    uint64_t *uses; /* what that reads */
};

struct exception {
    struct test test;
    int tail; /* index of its UNLESS among the tails */
};

struct debt { /* a duty a rule can give */
    const struct duty *duty;
    enum tail_kind origin; /* THEN, AND_THEN, TELL, ROUTE; IF stands for an event's duty line */
    int exception;         /* AND_THEN: which of the rule's exceptions */
    bool conditional;
    struct test when; /* its own IF, or the route's */
};

struct compiled {
    const struct rule *rule;
    int number; /* index in policy.rules */
    enum effect effect;
    bool should; /* strength should */
    bool stop, law, always, personal, only_should, option;
    bool clause_always;       /* some statement of its clause is ALWAYS */
    struct test base, shadow; /* shadow: without UNDER lines, for CLASHES WITH */
    LIST(struct exception) unless;
    LIST(struct test) only;
    LIST(struct gate) gates;
    LIST(struct debt) debts;
    LIST(int) lifted_by; /* program rules */
    LIST(unsigned) lifted_reading;
    uint64_t *acts; /* what it is about, bits of acts */
    uint64_t *uses; /* literals its own verdict reads: base, unless, only, gates */
    uint64_t *debt_uses;
    int environment; /* number of the clause's NOT KNOWN lines, 0: none */
    int deed;        /* DEED: index of the duty line */
};

/* NOT KNOWN lines of a clause. */
struct unknowns {
    int number; /* from 1: its environment */
    const struct clause *clause;
    LIST(int) facts;
    LIST(struct unknown) with;
};

struct act_rule {
    int rule;                     /* index in program.rules */
    bool on_act, arisen, refusal; /* which closures it is about */
    unsigned *lifters;            /* places in the act's list of those that may lift it */
    unsigned *readings;           /* and the reading of each DESPITE, 0: none */
    unsigned lifter_count;
    unsigned first_debt; /* number of its first duty among the act's */
};

struct fact_code { /* a fact and the literals its value sets */
    int fact;
    enum fact_kind kind;
    LIST(int) literals;
};

/* One literal of a fact, for the quick path. */
struct fact_bit {
    int fact;
    unsigned word;
    uint64_t bit;
    int64_t low;
    enum { BIT_TRUE, BIT_EQUAL, BIT_UNDER, BIT_AT_LEAST } how;
};

/* What the quick path reads of a rule, close together. */
struct quick_rule {
    struct test base;
    const struct compiled *compiled;
    const struct exception *unless;
    const unsigned *lifters;
    unsigned unless_count, lifter_count;
    enum effect effect;
    bool plain; /* no fence or gate */
    bool on_act, should, stop, option;
};

/* A duty that a rule of the act can give, as the quick path reads it. */
struct quick_debt {
    unsigned place, bit;          /* the rule's; the duty's number among the act's */
    const struct test *exception; /* AND THEN: of its UNLESS, which must hold; else NULL */
    const struct test *when;      /* its own condition, or NULL */
    bool not_refused, only_refused;
};

struct act_code {
    uint64_t *closure, *before, *refusal; /* bits of acts: A, B, R */
    LIST(struct act_rule) rules;          /* in order of dependence */
    LIST(int) derived;                    /* needed, in order */
    LIST(struct fact_code) facts;         /* global facts read */
    LIST(struct fact_code) personal;
    LIST(int)
    records, others;   /* GIVEN/REFUSED literals; TIME, DONE, NAME judgement, THROUGH literals */
    uint64_t *verdict; /* every literal the verdict reads, through definitions */
    uint64_t *all;     /* and those of duties and events */
    LIST(struct fact_bit) bits;    /* of the facts, a row a literal */
    LIST(struct quick_rule) quick; /* where plain: in the order of `rules` */
    LIST(struct quick_debt) debts; /* of every rule */
    unsigned *order;               /* places in document order */
    bool plain;                    /* nothing is about a person shown */
    unsigned debt_count;
};

struct program {
    unsigned words; /* of a literal mask */
    unsigned act_words;
    LIST(struct literal) literals;
    struct map interned;
    LIST(struct derived) derived;
    LIST(struct compiled) rules; /* in order of dependence */
    LIST(struct unknowns) unknowns;
    uint64_t **actor_roles, **other_roles, **shown_roles,
        **channels; /* by index: literals that giving it makes true */
    uint64_t *actor_mask, *other_mask, *shown_mask, *channel_mask; /* all literals of the kind */
    uint64_t *personal_mask, *actor_facts; /* literals of facts about the actor */
    struct act_code *acts;
    size_t act_count;
    struct test binds, binds_unless; /* THIS POLICY BINDS, about the asker: actor literals */
    const struct policy_line *line_binds, *line_ask, *line_tell, *line_depart, *line_review,
        *line_approved;
    struct test depart;
    LIST(struct stand_in) stand_ins;
    uint64_t *extra; /* literals of policy lines */
};

struct stand_in {
    const struct policy_line *line;
    int from, to; /* `to` does it for `from` */
    struct test when;
    bool conditional;
};

/* compile.c: fills policy->program from rules, words and lines. False where problems gained an error. */
MUST_USE bool program_compile(struct policy *policy, struct problems *problems);

static inline void mask_set(uint64_t *mask, int bit)
{
    mask[bit / 64] |= 1ull << (bit % 64);
}
static inline bool mask_has(const uint64_t *mask, int bit)
{
    return mask[bit / 64] >> (bit % 64) & 1;
}
static inline bool mask_meets(const uint64_t *a, const uint64_t *b, unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        if ((a[i] & b[i]) != 0) {
            return true;
        }
    }
    return false;
}
static inline void mask_join(uint64_t *into, const uint64_t *from, unsigned words)
{
    for (unsigned i = 0; i < words; i++) {
        into[i] |= from[i];
    }
}
