/* What stands in a text, as answers to a policy's facts: findings of the screening engine in, facts with their places out. What says what
 * is screened.def. What is found at HOLD answers; what is found at LOOK makes somebody ask, and shows the place; a few things are looked
 * for so surely that finding none is a no. Reads no file, keeps nothing of a text. docs/screening.md, "From findings to facts". */
#pragma once

#include "policy/decision.h"
#include "policy/question.h"
#include "screen/screen.h"

#define SCREENED_SHOWN 4   /* places kept for one fact */
#define SCREENED_PEOPLE 32 /* people of the roster taken for people named */
#define SCREENED_NOWHERE UINT32_MAX
#define SCREENED_UNNAMED "pupil named " /* and a number */

/* The built-in wording, topics, a school's own lines, and the policy's names of the organisation. NULL with the error, which names the
 * line of the school's own. */
struct lexicon *screened_lexicon(const struct policy *policy, struct slice own,
                                 struct error *error);

/* For any number of texts, by one thread. The policy and what it screens by must outlive it. */
struct screener;
struct screener *screener_new(const struct policy *policy, const struct screen_plan *plan);
void screener_free(struct screener *screener);
/* Somebody of the roster who is hidden from whoever asks is not found. `context` must outlive the screener. */
void screener_hide(struct screener *screener, bool (*hidden)(const void *context, struct slice id),
                   const void *context);

enum screened_answer { SCREENED_ASK, SCREENED_NO, SCREENED_YES };
struct screened_fact {
    int fact;
    enum screened_answer answer;
    uint32_t places
        [SCREENED_SHOWN]; /* findings, in the text's order: those that say yes, or that raise the question; of a no, none */
    size_t count, more;
};
/* Somebody of the roster who is named so that it is clear who it is. */
struct screened_person {
    uint32_t who, place;
    bool full; /* more than a first name and an initial */
};
struct screened {
    struct slice text;
    const struct screen_plan *plan;
    const struct finding *findings; /* in order, topics among them */
    size_t finding_count;
    bool part;  /* more was found than is kept: nothing is a no */
    bool names; /* there is a roster */
    bool
        unnamed; /* set by whoever reads on: people are put into a question as `pupil named 1`, not by their names */
    LIST(struct screened_fact) facts;
    LIST(struct screened_person) pupils;
    uint32_t details; /* somebody's personal number or address; SCREENED_NOWHERE: none */
};
/* In the arena but for the text. Fails where the text is no UTF-8 or too long. */
MUST_USE bool screened_read(struct screener *screener, struct slice text, struct arena *arena,
                            struct screened *ret_screened, struct error *error);
/* What the people of a name are here: of namesakes the pupil is taken. The roster must be there. */
enum name_kind screened_whom(const struct screened *screened, const struct finding *finding);
/* Line and column (in characters) of a byte, both from 1. */
void screened_at(struct slice text, size_t byte, size_t *ret_line, size_t *ret_column);

/* ---- in a question: screened_use.c ---------------------------------------------------------------- */

/* One answer that the text gave. */
struct screened_used {
    enum { USED_FACT, USED_NAMED, USED_ACT } kind;
    int fact, shown, act; /* USED_NAMED: the fact of the person shown */
    bool yes;
    bool against;                        /* whoever asks had said otherwise; the text counts */
    uint32_t place;                      /* SCREENED_NOWHERE: of a no */
    LIST(const struct clause *) clauses; /* that would speak otherwise without it */
};
struct screened_uses {
    LIST(struct screened_used) list;
};
/* Puts into the request what the text says. What somebody said gives way to a yes of the text, never to its no. */
void screened_apply(const struct screened *screened, struct request *request,
                    struct screened_uses *ret_uses);
/* Finds which clauses of the decision, which was made of the request, turn on which answers. `whole` as the decision was made. */
void screened_clauses(const struct request *request, const struct decision *decision,
                      struct decider *decider, bool whole, struct arena *arena,
                      struct screened_uses *uses);
/* Whether the words of an act can answer anything that the policy's rules on it ask. */
bool screened_offered(const struct policy *policy, int act, struct arena *arena);

/* ---- beside a decision: screened_view.c ------------------------------------------------------------ */

/* What of a text is shown to whoever asks. */
struct screened_view {
    const struct screened *screened;
    const struct screened_uses *uses;
    struct in_play play; /* the facts that are not answered and still matter */
    uint32_t *chosen;    /* places of the findings that are shown, in order */
    size_t count;
};
/* Of topics only those that say something to this question. */
void screened_view(const struct screened *screened, const struct screened_uses *uses,
                   const struct request *request, struct arena *arena,
                   struct screened_view *ret_view);
/* Whether the fact is a question that the text raises and that is still open. */
bool screened_asks(const struct screened_view *view, const struct screened_fact *fact);
bool screened_is_place(const struct screened_fact *fact, uint32_t place);
/* Whether the answer came from this place, and is worth telling: a clause turns on it, or it goes against what was said. */
bool screened_tells(const struct screened_view *view, const struct screened_used *used,
                    uint32_t place);
