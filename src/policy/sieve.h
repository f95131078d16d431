/* The rules of one act turned about, for the quick path: not what each rule asks, but which rules each answer rules out. A
 * request that leaves nothing open is then decided by one pass over its answers, all rules at once and without a branch on
 * any of them. quick.c reads it; sieve.c makes it. Inside the room. */
#pragma once

#include "policy/space.h"

#define SIEVE_CHOICES 3 /* of one row: an `any of`, an exception of several conditions */
#define SIEVE_ROWS_LARGEST 63

/* What one answer does. A bit is a row: the rules of the act, then its duties, then what makes a definition hold. */
struct sift {
    uint64_t dead;               /* rows that cannot hold any more */
    uint64_t met[SIEVE_CHOICES]; /* rows whose first, second, third choice is met */
};

/* A condition on a fact: holds where low <= value <= low + span, or, turned, where not. */
struct sieve_fact {
    int fact;
    bool turned;
    int64_t low;
    uint64_t span;
    struct sift when[2]; /* fails, holds */
};

/* A phrase with a definition holds where one of its rows does: given, one of its meanings, something that counts as it. */
struct sieve_phrase {
    uint64_t rows;
    struct sift when[2];
};

/* Where row `by` holds, the rows `lifted` do not. */
struct sieve_lift {
    unsigned by;
    uint64_t lifted;
};

/* What the rules that apply come to, the strongest first; SIEVE_SILENT: none of these. */
enum sieve_class {
    SIEVE_STOP,
    SIEVE_MUST,
    SIEVE_SHOULD,
    SIEVE_ADVISE,
    SIEVE_OWED,
    SIEVE_ALLOW,
    SIEVE_SILENT
};

struct sieve {
    bool usable;                            /* else the act takes the common path */
    bool event;                             /* it has happened: noted, not judged */
    unsigned rules;                         /* rows that are rules */
    const struct sift *actor, *other, *via; /* [0]: nobody or none given; [i + 1]: the one given */
    const struct sieve_fact *facts;         /* every condition on a fact that the act reads */
    const struct sieve_phrase *phrases;     /* in order of dependence, as the lifts are */
    const struct sieve_lift *lifts;
    size_t fact_count, phrase_count, lift_count;
    uint64_t rule_rows;
    uint64_t classes[SIEVE_SILENT]; /* the rules of each */
    uint64_t granted, refused; /* duties that can be owed where nothing forbids, where it does */
};

/* One for each act. Acts that people shown, records, times, judgements, fences or gates bear on are left out, and those with
 * too many rules and duties. */
struct sieve *sieve_new(const struct policy *policy, struct arena *arena);
