/* Mutation: every rule of a policy changed in every way that fits, to see whether a scenario notices. A change is made in a
 * copy of the parsed statement and the policy is compiled anew around it. Pure. */
#pragma once

#include "policy/scenario.h"

#define MUTATE_WORLDS_LARGEST 400000 /* worlds tried before a mutant is called equivalent */

struct mutant {
    int clause;          /* index in the policy's document */
    int statement;       /* index in the clause; -1: the clause as a whole */
    unsigned site;       /* which of the statement's changes */
    size_t line;         /* of the line changed */
    struct slice change; /* `UNLESS taken out: ...` */
};

enum fate {
    MUTANT_UNTRIED,
    MUTANT_KILLED, /* some scenario fails */
    MUTANT_LIVES,
    MUTANT_EQUIVALENT, /* nothing that the clause speaks about tells the two apart */
    MUTANT_UNSOUND     /* does not compile: no mutant */
};

/* What the changes are made from, and what they are tried with. */
struct mutation {
    struct arena *arena;
    const struct policy *policy;
    const struct scenarios *scenarios;
    bool *passes;    /* by scenario: it passes unchanged and is not disputed */
    LIST(int) roles; /* every role the policy's rules name, in order */
    LIST(struct span) deadlines, keepings;
    size_t rules; /* statements that can be changed */
    LIST(struct mutant) mutants;
};

/* Lists the mutants of the policy's own rules (law.md is not the policy's). */
void mutation_init(const struct scenarios *scenarios, struct arena *arena,
                   struct mutation *ret_mutation);
/* The policy with the change in it, to be freed; NULL where it does not compile. */
struct policy *mutant_policy(const struct mutation *mutation, const struct mutant *mutant);
/* Runs the scenarios that the change can affect, up to the first that fails. `arena` is emptied again and again. */
enum fate mutant_try(const struct mutation *mutation, const struct mutant *mutant,
                     struct arena *arena);
