/* What the compiler's files share: the maker, literals and tests. Inside the room, used by compile*.c only. */
#pragma once

#include "policy/space.h"

#define TEST_GROUPS_LARGEST 16

struct definition {
    enum word_place place;
    int index;
    const struct rule *rule;
};

struct maker {
    struct policy *policy;
    struct program *program;
    struct problems *problems;
    struct arena *arena;
    const struct document *document;
    const struct clause *clause;
    enum person_of self;  /* whom PERSON_SELF is: the actor, the other person or the person shown */
    unsigned depth;       /* of definitions in each other */
    bool narrow;          /* more literals than the masks have room for */
    bool *personal_names; /* by name: it is about the person shown */
    LIST(struct definition) definitions;
};

/* compile_condition.c. Literals are made when new; -1 after an error, which is in the problems. */
int literal_of_atom(struct maker *maker, const struct atom *atom);
int literal_of_role(struct maker *maker, enum person_of person, int role);
int literal_of_channel(struct maker *maker, int channel);
int literal_of_record(struct maker *maker, int record, const struct roles *from, bool another,
                      bool refused);
int literal_through(struct maker *maker, const struct channels *channels);
uint64_t *mask_new(struct maker *maker);

void test_begin(struct maker *maker, struct test *ret_test);
void test_add_literal(struct test *test, int literal, bool negated);
struct group *test_add_group(struct maker *maker, struct test *test);
MUST_USE bool test_add_atom(struct maker *maker, struct test *test, const struct atom *atom,
                            bool negated);
MUST_USE bool test_add_condition(struct maker *maker, struct test *test,
                                 const struct condition *condition);
MUST_USE bool test_of_condition(struct maker *maker, const struct condition *condition,
                                struct test *ret_test);

/* compile_personal.c: which names are about the person shown (docs/semantics.md 16). */
void personal_collect(struct maker *maker);
bool personal_condition(const struct maker *maker, const struct condition *condition);
/* compile_act.c: the index by act; compile_order.c: lifts, their order and circles. */
MUST_USE bool program_order(struct maker *maker);
void program_index(struct maker *maker);
