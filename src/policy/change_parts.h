/* What the files that lay two versions side by side share. Inside the room. */
#pragma once

#include "policy/change.h"
#include "policy/world.h"

/* ---- change_sign.c: what literals and rules say, as numbers that both versions share ------------------ */

struct signer {
    struct arena *arena;
    struct map map; /* what was said -> its number */
    struct text text;
};

/* A duty that a rule gives to somebody by name. */
struct named_debt {
    int64_t number;
    const struct duty *duty;
    bool then; /* of an exception */
};
struct named_debts {
    LIST(struct named_debt) list;
};

/* One version. What stands by rule is by rule of the program, what stands by place is of the act at hand. */
struct side {
    const struct policy *policy;
    const struct program *program;
    struct space *space;
    struct decider *decider;
    int64_t *literals;        /* by literal: the number of what it says */
    int64_t *rules;           /* by rule: all of it but who lifts it */
    int64_t *kinds;           /* by rule: its effect */
    int64_t *verdicts;        /* by rule: with fences and gates */
    int64_t *environments;    /* by rule: what its clause takes a *don't know* for */
    int64_t *remarks;         /* by rule */
    int64_t **gates, **debts; /* by rule and number, without conditions; a duty by name below 0 */
    int64_t *contents;        /* by rule: what it gives where it applies, duties by name left out */
    int64_t
        *thens; /* by rule: what it gives where an exception is used; 0: nothing, by name either */
    struct named_debts *named; /* by rule */
    int64_t *says;             /* by rule: its statement as it is printed */
    bool *plain;               /* by rule: it gives nothing but an effect */
    uint64_t **reads;          /* by rule, NULL until asked for: what its applying turns on */
    struct request blank;      /* for looking who is who; used again and again */
    struct value *blank_facts, *blank_judgements;
    const struct act_code *code;
    uint64_t *direct; /* literals that the act's rules read themselves */
    int64_t *places;  /* by place: the rule with who lifts it */
    bool *touched;    /* by place: the other version has no such rule on this act */
};

void signer_init(struct signer *signer, struct arena *arena);
void signer_clear(struct signer *signer);
int64_t signer_number(struct signer *signer, struct slice text);
void side_init(struct side *side, const struct policy *policy, struct signer *signer);
/* Takes the act (of each side, -1: it has none) and finds what is touched; false where nothing is. */
bool sides_take_act(struct side sides[2], const int act[2], struct signer *signer);

/* ---- change_units.c: what was said otherwise ------------------------------------------------------------ */

struct unit {
    const struct rule *rule[2];        /* a statement, or */
    const struct policy_line *line[2]; /* a line of the policy; neither: the words */
};
struct units {
    struct arena *arena;
    LIST(struct unit) list;
    struct side *sides;
    uint64_t *touched[2]; /* by place of the act at hand: bits of units, a row a place */
    size_t words;         /* of a row */
};
/* Lists what the two say differently: statements that are awake and lines, the words last if their text differs. */
void units_init(struct units *units, struct side sides[2], struct signer *signer);
/* For the act at hand: which units each touched place is there for. */
void units_take_act(struct units *units);
bool units_has(const struct units *units, int side, size_t place, size_t unit);

/* ---- change_frames.c: the people and channels that make a difference -------------------------------------- */

struct joint_word {
    int at[2]; /* index in each version's table, -1: not there */
};
struct joint_words {
    LIST(struct joint_word) list;
};
/* At most two roles or channels, by joint index, and the literals that they make true in both versions. */
struct crowd {
    int at[2];
    unsigned count;
    struct slice key;
};
struct crowds {
    LIST(struct crowd) list;
    struct map keys;
};
struct joint {
    struct joint_words people, channels, acts, facts, names;
};
void joint_init(struct joint *joint, const struct policy *old, const struct policy *new,
                struct arena *arena);
/* The joint index of a word, -1: none. */
int joint_find(const struct joint_words *words, int side, int index);

enum crowd_kind { CROWD_ACTOR, CROWD_OTHER, CROWD_CHANNEL, CROWD_SHOWN };
/* The literals that these make true, as the act at hand reads them. */
struct slice crowd_key(struct side sides[2], const struct joint *joint, enum crowd_kind kind,
                       const int *at, unsigned count, struct arena *arena);
/* Nobody, each that differs, and, unless `single`, each pair that differs from these. */
void crowds_make(struct side sides[2], const struct joint *joint, enum crowd_kind kind, bool single,
                 struct arena *arena, struct crowds *ret_crowds);

/* ---- change_decision.c: two answers compared ------------------------------------------------------------- */

struct answer_pair {
    struct decision decisions[2];
    bool differs; /* in what they ask of whoever acts */
    bool *
        bearers; /* by joint person: a duty that falls to them by name, and not to whoever acts, differs */
};
/* Puts each version its request. `falls`: as in change_goal. In the arena. */
void answers_compare(struct side sides[2], const struct joint *joint, bool *const falls[2],
                     const struct request requests[2], struct arena *arena,
                     struct answer_pair *ret_pair);

/* ---- change_search.c: a case in which the answers differ --------------------------------------------------- */

enum goal_kind { GOAL_UNIT, GOAL_BEARER, GOAL_ADVICE, GOAL_DOOR };
struct change_goal {
    enum goal_kind kind;
    size_t unit;
    int bearer;     /* joint person */
    bool *falls[2]; /* by version and joint person: what falls to them falls to whoever acts */
};
enum sought { SOUGHT_NEVER, SOUGHT_FOUND, SOUGHT_GAVE_UP };

/* The search on the act at hand. */
struct seeker {
    struct side *sides;
    const struct joint *joint;
    const struct units *units;
    struct arena *signer_arena; /* of the whole comparison */
    struct arena *arena;        /* of one act, and of what was found in it */
    struct arena *scratch;      /* of one list of people and channels */
    struct crowds others, channels, shown;
    bool done, personal; /* whether it matters that it is done; that somebody is shown */
    int64_t empty_then;  /* of exceptions that give duties by name alone */
    bool may_gates;      /* some permission of the act has needs */
    LIST(int) unknown;   /* joint facts whose *don't know* is read otherwise now */
    bool *judges;        /* by joint name: who decides it is another */
    int act[2];
    size_t judged;
    /* the case found last; no act in it: there is no case to show */
    struct request found[2];
    struct answer_pair pair;
};
void seeker_take_act(struct seeker *seeker, const int act[2]);
enum sought seeker_find(struct seeker *seeker, const struct crowd *actor,
                        const struct change_goal *goal);

/* ---- change_unknown.c ------------------------------------------------------------------------------------ */

/* Fills `judges`, `unknown`. */
void seeker_find_judges(struct seeker *seeker);
void seeker_find_unknown(struct seeker *seeker);

/* ---- change_say.c ------------------------------------------------------------------------------------------ */

/* The case found last, in words: `'post' by a teacher via ..., where ...`; empty where there is none. */
struct slice case_say(const struct seeker *seeker, struct arena *arena);
void unit_say(const struct unit *unit, const struct side sides[2], struct arena *arena,
              struct policy_change *ret_change);
