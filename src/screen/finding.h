/* What the screening engine gives: a kind, a span in the original bytes, whom or what it names, and a level. It never gives a verdict:
 * findings become facts, and the policy decides. */
#pragma once

#include "base/arena.h"

enum finding_kind {
#define KIND(CODE, name, title) FINDING_##CODE,
#include "screen/kinds.def"
#undef KIND
    FINDING_KINDS,
    FINDING_TOPICS = FINDING_ABOUT_SCHOOL /* the first of the topics, which stand last */
};

enum finding_level {
    LEVEL_LOOK,
    LEVEL_HOLD
}; /* look: somebody should read it; hold: it does not go out as it is */

enum name_form {
    FORM_NONE,
    FORM_FULL,          /* Ada Byron */
    FORM_FIRST_INITIAL, /* Ada B */
    FORM_INITIAL_LAST,  /* A. Byron */
    FORM_KNOWN_AS,      /* Addie Byron */
    FORM_LAST_FIRST,    /* Byron, Ada */
    FORM_HANDLE,        /* adabyron, ada.byron, #AdaByron */
    FORM_FIRST_ONLY,
    FORM_LAST_ONLY,
    NAME_FORMS
};

#define FINDING_WHO_LARGEST                                                                        \
    8 /* people named; where more bear the name the rest are left out and `more` is set */

struct finding {
    enum finding_kind kind;
    enum finding_level level;
    enum name_form form; /* of a name */
    uint32_t start, end; /* bytes of the original, end not included; on the edges of characters */
    uint32_t who[FINDING_WHO_LARGEST]; /* places in the roster */
    uint16_t who_count;
    bool more;
    uint32_t entry; /* of the lexicon or allow list, 1 and up; 0: none */
};

struct findings {
    struct finding *at; /* in order of start, then of end; none twice */
    size_t count, space;
    size_t names_from, names_to; /* those that names_find added */
    bool full;                   /* something was left out */
};
/* Of one text. Half are kept for what is to be held, so that no flood of things to look at hides it. */
#define FINDINGS_LARGEST 10000

/* Whether it is wording that answers facts only: nothing to show to somebody who asked what is wrong with a text. */
static inline bool finding_is_topic(enum finding_kind kind)
{
    return kind >= FINDING_TOPICS;
}
/* Whether it is a sign that a lesson speaks: see lesson.h. No finding that leaves the engine is. */
static inline bool finding_is_sign(enum finding_kind kind)
{
    return kind == FINDING_FICTION || kind == FINDING_SAFETY;
}
const char *finding_kind_name(enum finding_kind kind);
const char *finding_kind_title(enum finding_kind kind);
const char *finding_form_name(enum name_form form); /* "full", "first_initial", ... */
/* Adds one; finding.c. */
void findings_add(struct findings *findings, const struct finding *finding);
/* Nothing more can be added, and that something was left out is noted: time to stop looking. */
static inline bool findings_over(const struct findings *findings)
{
    return findings->count == FINDINGS_LARGEST && findings->full;
}
/* Sorts, and drops what another finding of the same kind covers; a HOLD outlives a LOOK. Who bears a name, said
 * twice at one place, is said once. */
void findings_settle(struct findings *findings);
void findings_clear(struct findings *findings);
