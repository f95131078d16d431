/* The answer to a request: the verdict and everything that hangs on it (grammar.md 8.4). Plain data in one arena; it points
 * into the policy, which must outlive it. The words are those of grammar.md everywhere. */
#pragma once

#include "policy/request.h"

/* One order, best first; the worst of several acts is the answer. */
enum verdict {
    VERDICT_ALLOWED,
    VERDICT_NO_CLAUSE,
    VERDICT_ADVISED_AGAINST,
    VERDICT_ALLOWED_IF,
    VERDICT_NEED_ANSWER,
    VERDICT_REFER,
    VERDICT_NOT_ALLOWED,
    VERDICT_STOP
};
enum strength { STRENGTH_NONE, STRENGTH_SHOULD, STRENGTH_MUST, STRENGTH_REQUIRED };

enum part {
    PART_APPLIES,
    PART_EXCEPTION,
    PART_LIFTED,
    PART_LIFTS,
    PART_DUTY,
    PART_DEFINES,
    PART_GROUND,
    PARTS
};

struct cite {
    const struct clause *clause;
    bool law;
    enum part part;
    const struct clause *by;  /* LIFTED: what lifted it */
    unsigned reading;         /* LIFTED: the reading under which it does, 0: none */
    LIST(struct slice) norms; /* full ids */
};

enum stage { STAGE_WITH, STAGE_ARISEN, STAGE_REFUSAL };
struct owed {
    const struct duty *duty;
    struct roles object; /* after stand-ins */
    struct roles bearer; /* after stand-ins; empty: the actor */
    enum stage stage;
    struct span within;        /* the shortest of those merged */
    bool conditional;          /* its condition is not settled */
    struct question *question; /* of a conditional duty; may be NULL */
    LIST(const struct clause *) clauses;
    LIST(struct slice) norms;
};

struct needed {
    const struct need *need;
    const struct clause *clause;
    bool law, refused;
    struct slice person; /* whom it is for, where FOR EVERY or personal */
    int bundle; /* needs of one MAY share a number; any one bundle will do; 0: needed in any case */
    LIST(struct slice) norms;
};

struct assumed {
    int fact;
    struct slice person; /* of a personal fact */
    struct slice as;     /* `under 18`, `yes` */
    struct slice by;     /* the clause's id, `words.md` or `R2` */
};

/* What would change the answer: one changeable fact or record, and the verdict then. */
struct change {
    struct slice key, value; /* as section 17 spells them */
    enum verdict verdict;
    enum strength strength;
};

enum question_kind {
    QUESTION_NONE,
    QUESTION_ACTOR,
    QUESTION_OTHER,
    QUESTION_VIA,
    QUESTION_SHOWN,
    QUESTION_FACT,
    QUESTION_RECORD
};
struct question {
    enum question_kind kind;
    int fact;          /* fact or record */
    int shown;         /* index of the person it is about, or -1 */
    struct slice key;  /* the key that an answer sets */
    struct slice text; /* the question as words.md puts it */
    LIST(struct slice)
    answers; /* values for the key: yes, no; a choice's; given FROM ..., missing; empty for a number */
    const struct roles *givers; /* record: from whom, -1: anyone */
    const int64_t *
        values; /* one for each answer that makes a difference; records: a digit to base 3 a giver */
    size_t value_count;
};

struct clash {
    const struct clause *a, *b;
    uint32_t readings; /* on the lines concerned */
    bool settled;      /* one lifts the other here */
};

struct remark {
    struct slice text; /* REMIND or OUTCOMES */
    const struct clause *clause;
    bool law;
};

struct near {
    const struct clause *clause;
    struct slice obstacle; /* the one thing that stands in the way */
};

struct decision {
    const struct policy *policy;
    int act;
    enum verdict verdict;
    enum strength strength;
    bool noted;         /* an event: shown as noted */
    struct roles refer; /* whose judgement it turns on */
    LIST(struct needed) needs;
    LIST(struct owed) duties;
    LIST(struct cite) cites;
    LIST(struct near) near;
    LIST(struct assumed) assumed;
    LIST(struct change) changes;
    LIST(struct clash) clashes;
    LIST(struct remark) reminders, outcomes;
    LIST(struct slice) judgements;    /* phrases of the judgements pending that it turns on */
    uint32_t readings;                /* readings the answer turned on */
    const struct policy_line *advice; /* no-clause: the line on silence, or NULL */
    const struct policy_line *door;   /* not-allowed: the line MAY DEPART FROM, or NULL */
    const struct clause *dropped;     /* stop: the law that dropped duties, or NULL */
    struct question question;         /* the next one; kind NONE unless need-answer */
    LIST(struct decision) parts;      /* one for each act where there were several */
};

const char *verdict_word(enum verdict verdict);
const char *strength_word(enum strength strength); /* "" for none */
const char *part_word(enum part part);
const char *stage_word(enum stage stage);
/* Both accept the words above; -1 where unknown. */
int verdict_of(struct slice word);
int strength_of(struct slice word);

/* The whole answer. Total: for any request that request_check accepts there is one. */
void decide(const struct request *request, struct arena *arena, struct decision *ret_decision);
/* For those who decide often: working memory kept between answers, one thread's. The short answer leaves out near clauses,
 * changes, clashes and the definitions it turned on. */
struct decider;
struct decider *decider_new(const struct policy *policy, struct arena *arena);
void decider_decide(struct decider *decider, const struct request *request, bool whole,
                    struct arena *arena, struct decision *ret_decision);

/* Only the bits, for those who decide by the thousand (bench, planner, analysis): no allocation. `space` comes from
 * quick_new and belongs to one thread. */
struct quick;
struct quick_answer {
    enum verdict verdict; /* NEED_ANSWER where Kleene's logic alone does not settle it */
    enum strength strength;
    const uint64_t *applies; /* bit i: rule i of the act applies; points into the space */
    const uint64_t *duties;  /* bit i: duty i of the act is owed */
    size_t words, duty_words;
};
struct quick *quick_new(const struct policy *policy, struct arena *arena);
void quick_decide(struct quick *space, const struct request *request,
                  struct quick_answer *ret_answer);

/* JSON of a decision, ids of phrases and clauses; docs/decision.schema.json is its schema. */
void decision_to_json(const struct decision *decision, struct json_writer *writer);
/* The same without its braces, for who adds members of their own. */
void decision_members_to_json(const struct decision *decision, struct json_writer *writer);
