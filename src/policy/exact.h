/* The outcome over every completion, exact where Kleene's logic is not: a decision diagram over the open variables, whose
 * leaves are outcomes. Constant: the verdict is known. Its support: the questions that can still matter. */
#pragma once

#include "policy/world.h"

#define EXACT_JUDGED_LARGEST 20000  /* branches tried before it gives up (docs/semantics.md 11) */
#define DIAGRAM_JUDGED_LARGEST 4000 /* and for a whole diagram, which only the planner wants */

struct diagram_node {
    int variable;  /* index in the world's open variables; -1: a leaf */
    int outcome;   /* leaf: index in outcomes */
    int *children; /* by value */
};

struct diagram {
    struct arena *arena;
    const struct variables *variables;
    LIST(struct diagram_node) nodes;
    LIST(struct outcome) outcomes;
    struct map unique;   /* a node as bytes -> index */
    struct map residues; /* what is left of the function -> its node */
    int root;
    size_t judged_largest;
    bool gave_up; /* too large: root is no answer */
};

/* Whether every completion of the open variables comes to the same: then *ret_outcome is that; else it is open. Stops at the
 * first two that differ. */
bool exact_known(struct world *world, struct outcome *ret_outcome);
/* Builds the diagram of what the world comes to over its open variables. The world is left as it was. */
void diagram_build(struct diagram *diagram, struct world *world);
int diagram_leaf(struct diagram *diagram, struct outcome outcome);
/* The node for these children, reduced: all equal, it is the child itself. */
int diagram_node(struct diagram *diagram, int variable, const int *children, size_t count);
/* Which variables the function at `root` depends on; ret_support is zeroed, one place a variable. Children come before
 * their parents. */
void diagram_support(const struct diagram *diagram, int root, bool *ret_support);
/* The outcome with *don't know* and pending judgements resolved; open where what was not asked can still make a reading of
 * *don't know* worse. Where `keep`, the worst values found for *don't know* stay set in the world and are judged last. */
struct outcome exact_resolve(struct world *world, bool keep);
/* Takes back what was kept, and puts it (or NULL) in again; nothing may have been set since that is still set. */
void exact_release(struct world *world);
void exact_keep(struct world *world, const size_t *values);
