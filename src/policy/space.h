/* What one thread needs to decide: the request's bits (encode.c) and what each rule comes to (judge.c). Inside the room. */
#pragma once

#include "policy/program.h"

struct bits {
    uint64_t *t, *f; /* literals that hold, that fail; neither: open */
};

/* The bits of a request under one set of NOT KNOWN lines. */
struct environment {
    struct bits all;    /* personal literals stay 0 here */
    struct bits *shown; /* personal literals, by person */
    unsigned room;      /* people there is memory for */
};

struct result {                         /* of one rule of the act */
    uint8_t app, used, lifting, unused; /* enum tri; lifting: App for every person shown */
};

struct referral {
    struct roles roles;
    LIST(struct slice) judgements;
};

struct outcome {
    bool known;
    enum verdict verdict;
    enum strength strength;
    uint64_t detail; /* needs, roles, advice: equal details, equal outcomes */
    const struct referral
        *referral; /* REFER: to whom, about what; equal details, equal referrals */
};

/* What the steps have found so far. */
struct findings {
    enum tri stop, must, should, advise, allow, owed;
    enum tri needs;       /* some standing gate lacks its record */
    bool needs_open;      /* and whether one does is open */
    enum tri complete;    /* some MAY has all it needs */
    enum tri may_refused; /* a MAY lacks and was refused, or the act is done */
    enum tri may_lacks;
    bool may_open;
    uint64_t standing, bundles; /* which needs, as sums of mixed numbers */
};

struct space {
    const struct policy *policy;
    const struct program *program;
    struct arena *arena;
    const struct act_code *code;       /* of the act last judged */
    struct environment *environments;  /* 0: plain; n: with the clause's NOT KNOWN lines */
    const struct environment **active; /* by number: the plain one unless somebody did not know */
    size_t environment_count;
    struct environment asker;
    struct result *results;
    struct findings found; /* of the last judgement */
    unsigned shown_count;  /* people shown, or 1 where the list is open */
    bool open_list;        /* the list was not given */
    int forced; /* a derived literal one of whose meanings is held at `force`; -1: none */
    size_t forced_test;
    enum tri force;
    uint64_t *applies, *duties; /* quick answer's sets */
};

struct space *space_new(const struct policy *policy, struct arena *arena);
/* Every clause reads the plain environment: nothing was answered *don't know*. */
void space_plain(struct space *space);

/* encode.c: the bits of the request for one act. Facts *not known* stay open here. */
void encode(struct space *space, const struct act_code *code, const struct request *request,
            struct environment *environment);
/* What encode does after people, channels and facts: records, times, judgements, definitions. */
void encode_rest(struct space *space, const struct act_code *code, const struct request *request,
                 struct environment *environment);
/* The asker in the actor's place. */
void encode_asker(struct space *space, const struct act_code *code, const struct request *request);

void test_uses(const struct test *test, uint64_t *into,
               unsigned words); /* compile_condition.c: the literals it reads */

/* A test in Kleene's logic. Inlined with a constant number of words on the paths that count. */
static inline __attribute__((always_inline)) enum tri
test_words(const struct test *test, const uint64_t *t, const uint64_t *f, const unsigned words)
{
    uint64_t dead = 0, miss = 0;
    for (unsigned i = 0; i < words; i++) {
        dead |= (test->t[i] & f[i]) | (test->f[i] & t[i]);
        miss |= (test->t[i] & ~t[i]) | (test->f[i] & ~f[i]);
    }
    if (dead != 0) {
        return TRI_NO;
    }
    for (unsigned g = 0; g < test->group_count; g++) {
        uint64_t hit = 0, open = 0;
        for (unsigned i = 0; i < words; i++) {
            hit |= (test->groups[g].t[i] & t[i]) | (test->groups[g].f[i] & f[i]);
            open |= (test->groups[g].t[i] & ~f[i]) | (test->groups[g].f[i] & ~t[i]);
        }
        if (open == 0) {
            return TRI_NO;
        }
        miss |= hit == 0;
    }
    return miss == 0 ? TRI_YES : TRI_MAYBE;
}

/* The same with the bits of one person shown laid over, or NULL. */
enum tri test_tri(const struct test *test, const struct bits *all, const struct bits *shown,
                  unsigned words);
static inline enum tri tri_not(enum tri a)
{
    return a == TRI_YES ? TRI_NO : a == TRI_NO ? TRI_YES : TRI_MAYBE;
}
static inline enum tri bit_tri(const struct bits *bits, int literal)
{
    return mask_has(bits->t, literal) ? TRI_YES : mask_has(bits->f, literal) ? TRI_NO : TRI_MAYBE;
}
enum tri literal_tri(const struct program *program, const struct environment *environment,
                     int literal, int person);

/* quick.c: encode and judge in one, for a request of which nothing was answered *don't know*. */
struct outcome judge_plain(struct space *space, const struct request *request, int act);
/* judge.c: steps 1 to 7 in Kleene's logic on what the environments hold; results and outcome. */
struct outcome judge(struct space *space, const struct request *request, int act);
/* Its parts, for the quick path: one rule of space->code into the findings; step 7. */
void judge_rule(struct space *space, const struct request *request, unsigned place,
                struct findings *found);
struct outcome judge_silence(struct space *space, const struct request *request);
/* A gate on one person (-1: none): whether it asks, whether its record lacks, whether it was refused. */
struct gate_state {
    enum tri asks, lacks, refused;
};
struct gate_state gate_state(const struct space *space, const struct compiled *compiled,
                             const struct gate *gate, int person);
bool gate_personal(const struct space *space, const struct gate *gate);
/* Whether the rule applies to this person shown (-1: whoever), lifts included. */
enum tri rule_applies(const struct space *space, unsigned place, int person);
enum tri rule_only(const struct space *space, const struct compiled *compiled, int person);
