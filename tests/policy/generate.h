/* Random policies and requests, as text, from fixed seeds: every form of the grammar comes up. A case is a tree of lines
 * and keys that can be left out one by one, which is how a failing case is made small. */
#pragma once

#include "base/random.h"
#include "base/text.h"
#include "policy/request.h"

struct generated_line {
    struct slice text;
    int parent; /* goes with it: the clause's heading, the tail above a list; -1: a heading */
    bool law, policy_line, dropped;
};

struct generated_key {
    struct slice key, value;
    bool dropped;
};

struct generated {
    struct arena *arena;
    struct random random;
    LIST(struct generated_line) lines;
    LIST(struct generated_key) keys;
    struct slice reads; /* of the front matter */
    bool closed;
    /* What may be spoken of so far: phrases that this policy defines itself. */
    LIST(const char *) roles, channels, names, personal_names;
    const char *acts[3]; /* most statements and most requests are about these: phrases */
    size_t clauses, law_clauses;
    size_t widened;  /* the next meaning of a vocabulary word: INCLUDES, or once MEANS */
    bool always[32]; /* by clause: nothing may lift it */
};

/* The vocabulary all generated policies use. */
struct slice generated_words(void);
void generate_policy(struct generated *generated, uint64_t seed, struct arena *arena);
/* Adds the keys of one request. `open`: how many of ten facts stay unasked. */
void generate_request(struct generated *generated, uint64_t seed);
/* The texts, without what was dropped; clauses in the order of `order` where it is not NULL (clause numbers). */
void generated_policy_text(const struct generated *generated, const size_t *order,
                           struct text *ret_policy);
void generated_law_text(const struct generated *generated, struct text *ret_law);
/* The request for the policy compiled from it. False where a key is refused. */
MUST_USE bool generated_request(const struct generated *generated, const struct policy *policy,
                                struct arena *arena, struct request *ret_request,
                                struct error *error);

/* One more clause, empty as yet: gives the line its statements hang on. */
int generate_clause(struct generated *generated, bool law);

/* generate_lines.c: the parts of a statement, for generate.c. */
int generate_line(struct generated *generated, int parent, struct slice text);
struct slice generate_atom(struct generated *generated, bool shown);
void generate_tails(struct generated *generated, int parent, int modal);
void generate_duty_lines(struct generated *generated, int parent);
struct slice generate_roles(struct generated *generated, size_t largest, bool every);
struct slice generate_channels(struct generated *generated, size_t largest);
void generate_condition(struct generated *generated, int parent, const char *keyword);
struct slice generate_need(struct generated *generated);
bool generate_chance(struct generated *generated, size_t percent);
const char *generate_pick(struct generated *generated, const char *const *list);
