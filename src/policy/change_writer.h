/* What the two files that write a version out share: numbers in an order of their own, and the text being made. Inside the room,
 * for change_sign.c and change_rules.c only. */
#pragma once

#include "policy/change_parts.h"

#define SIGN_LARGEST ((size_t)1 << 22)

struct numbers {
    LIST(int64_t) list;
};

struct writer {
    struct signer *signer;
    struct side *side;
    struct text text; /* what is being said; a number is made of it in the end */
};

/* ` id` of the word, ` -` where there is none. */
void sign_id(struct writer *writer, enum word_place place, int index);
void sign_unknown(struct writer *writer, const struct unknown *unknown);
/* The numbers in order behind the mark; and without those that stand twice. */
void sign_sorted(struct text *text, char mark, struct numbers *numbers);
/* What stands in the writer's text behind `from`, as a number; it is cut off. */
int64_t sign_take(struct writer *writer, size_t from);
int64_t sign_test(struct writer *writer, const struct test *test);

/* change_rules.c: everything that stands by rule. */
void sign_rule(struct writer *writer, size_t number);
