/* What a rule block says, parsed: the tree between the text (parse.c, print.c) and the program (compile.c). Grammar.md
 * section 3 form by form; every name is an index into the policy's own copy of the words. Plain data in one arena. */
#pragma once

#include "base/date.h"
#include "policy/words.h"

#define RULE_TAILS_LARGEST 64  /* lines of one statement */
#define RULE_ITEMS_LARGEST 128 /* members of one list */

/* Several people or channels: any of them unless `each`. */
struct roles {
    LIST(int) list;
    bool each; /* joined by `and`: every one of them (telling duties) */
};
struct channels {
    LIST(int) list;
};

struct who {
    bool anyone;        /* every actor, the organisation included */
    struct roles roles; /* else one of these; `the organisation` is the person of that id */
};

struct acts {
    LIST(int) list;
    struct roles object;      /* the other person has one of these roles; empty: whoever it is */
    bool anyone;              /* the object is written: `anyone`; means what an empty one means */
    struct channels channels; /* one of these; empty: whichever */
};

enum person_of {
    PERSON_ACTOR,
    PERSON_OTHER,
    PERSON_SELF
}; /* SELF: the person a definition is about, or the one shown */

enum atom_kind {
    ATOM_FACT,    /* a yes/no fact, or one about the person shown; index: fact */
    ATOM_PERSON,  /* `person` has the role; index: person */
    ATOM_CHANNEL, /* the request uses the channel; index: channel; PERSON_SELF: named bare in a channel's definition */
    ATOM_CHOICE,  /* index: fact, low: the value */
    ATOM_NUMBER,  /* index: fact, op and low */
    ATOM_TIME, /* minutes of the day low (included) to high (not), may wrap midnight; index: -1 or a time fact */
    ATOM_DATE,   /* index: fact, op AT_LEAST (on or after) or UNDER (before), low: day number */
    ATOM_RECORD, /* index: record (a fact), from, refused */
    ATOM_DONE,   /* the act is done; negated: planned */
    ATOM_NAME,   /* a definition or a judgement of the policy; index: name */
    ATOM_EVERY   /* `every` holds for every person shown who has the role `index` */
};
enum number_op { NUMBER_UNDER, NUMBER_AT_LEAST, NUMBER_OVER, NUMBER_AT_MOST };

struct condition;
struct atom {
    enum atom_kind kind;
    bool negated; /* NOT, `is not` */
    int index;
    enum person_of person;
    enum number_op op;
    int64_t low, high;
    struct roles from; /* ATOM_RECORD; empty: from anyone */
    bool refused;
    struct condition *every;
    size_t line, column;
};

enum condition_mode { CONDITION_ONE, CONDITION_ANY, CONDITION_ALL, CONDITION_NONE };
struct condition {
    enum condition_mode mode;
    LIST(struct atom) atoms;
};

enum span_unit {
    SPAN_NONE,
    SPAN_IMMEDIATELY,
    SPAN_SAME_DAY,
    SPAN_HOURS,
    SPAN_DAYS,
    SPAN_WORKING_DAYS,
    SPAN_SCHOOL_DAYS,
    SPAN_WEEKS,
    SPAN_MONTHS
};
struct span {
    enum span_unit unit;
    int64_t number;
};

enum duty_modal { DUTY_MUST, DUTY_SHOULD, DUTY_MAY };
enum duty_when { WHEN_UNSAID, WHEN_BEFOREHAND, WHEN_AFTERWARDS };

/* Something owed, or an option: `the line manager MUST tell the headteacher WITHIN 1 working day`. */
struct duty {
    bool actor; /* the bearer is whoever acts (a TELL line has no bearer of its own) */
    struct who bearer;
    enum duty_modal modal;
    int act;
    struct roles object;
    struct channels channels;
    enum duty_when when;
    bool once;
    struct span within, keep; /* WITHIN and FOR */
    struct slice until;
    bool conditional; /* `condition` holds an IF */
    struct atom condition;
    struct roles otherwise; /* ELSE TELL */
    bool tell;              /* written as TELL: whoever acts, or with INSTEAD whoever had to */
    bool instead;           /* replaces the telling duties of its statement */
    size_t line, column;
};

struct need {
    int record;
    struct roles from;
    bool another;             /* FROM another: not the actor */
    int every;                /* FOR EVERY person shown with this role, or -1 */
    bool conditional, unless; /* IF or UNLESS `condition` */
    struct atom condition;
    size_t line, column;
};

enum tail_kind {
    TAIL_IF,
    TAIL_ROUTE,
    TAIL_UNLESS,
    TAIL_AND_THEN,
    TAIL_THEN,
    TAIL_TELL,
    TAIL_NEEDS,
    TAIL_ONLY_IF,
    TAIL_ONLY_THROUGH,
    TAIL_REMIND,
    TAIL_OUTCOMES,
    TAIL_NOT_KNOWN,
    TAIL_DESPITE,
    TAIL_CLASHES,
    TAIL_SUBJECT,
    TAIL_ALWAYS,
    TAIL_STOP
};

struct ref {
    bool every, section, law; /* every clause; section N; law N */
    struct slice id;          /* clause id without c-, or the section's number */
    size_t line, column;
};

struct tail {
    enum tail_kind kind;
    unsigned reading; /* UNDER Rn: its number, 0: none */
    bool not_reading; /* UNDER NOT */
    struct condition
        condition;    /* IF, UNLESS, ONLY IF; one atom under ROUTE (its duty is in `duty`) */
    int unless;       /* AND THEN: index of its UNLESS among the statement's tails */
    struct duty duty; /* ROUTE, AND THEN, THEN, TELL */
    struct need need; /* NEEDS */
    struct channels channels; /* ONLY THROUGH */
    struct slice text;        /* REMIND, OUTCOMES */
    int fact;                 /* NOT KNOWN */
    struct unknown unknown;
    LIST(struct ref) refs; /* DESPITE, CLASHES WITH, SUBJECT TO */
    size_t line, column;
};

enum statement_kind {
    STATEMENT_NORM,
    STATEMENT_EVENT,
    STATEMENT_GATE,
    STATEMENT_DECIDES,
    STATEMENT_MEANS
};
enum modal {
    MODAL_MUST_NOT,
    MODAL_SHOULD_NOT,
    MODAL_ADVISED_NOT,
    MODAL_MAY,
    MODAL_MUST,
    MODAL_SHOULD
};

struct statement {
    enum statement_kind kind;
    unsigned reading;
    bool not_reading;
    struct who who;
    enum modal modal; /* norms */
    struct acts acts; /* norms, events, gates */
    struct need need; /* gates */
    LIST(struct tail) tails;
    LIST(struct duty) duties;     /* events: the duty lines, in order */
    LIST(unsigned) duty_readings; /* one for each duty: its UNDER, +32 for UNDER NOT, 0 for none */
    int judge;                    /* DECIDES: the person who rules */
    enum word_place place; /* MEANS: WORD_PERSON, WORD_CHANNEL or WORD_NAME; DECIDES: WORD_NAME */
    int index;             /* MEANS, DECIDES: which one */
    bool includes;         /* INCLUDES */
    struct condition condition; /* MEANS */
    struct slice ask, record;   /* DECIDES: the lines ASK and RECORD */
    int clause;                 /* index in the document; -1 in a bare parse */
    size_t line, column;
};

/* A policy line (section 2.2). */
enum policy_line_kind {
    LINE_BINDS,
    LINE_SILENCE_ASK,
    LINE_SILENCE_TELL,
    LINE_NOT_AS,
    LINE_DEPART,
    LINE_REVIEW,
    LINE_STAND_IN,
    LINE_APPROVED,
    LINE_CHECK
};
struct policy_line {
    enum policy_line_kind kind;
    struct roles
        roles; /* BINDS, APPROVED: who; ASK, TELL, DEPART: whom to ask or tell; STANDS IN: [stand-in, for whom] */
    struct who who;             /* DEPART: who may */
    struct condition condition; /* BINDS UNLESS, STANDS IN IF; no atoms: none */
    enum duty_when when;        /* silence: BEFOREHAND, AFTERWARDS or unsaid */
    enum word_place place;      /* DOES NOT COUNT AS: of both sides */
    int from, to;
    struct date review; /* REVIEW DUE, its last day */
    bool month_only;
    struct statement *check; /* CHECK no ... MAY ...: a MAY norm that must never come out allowed */
    LIST(struct slice) norms; /* full ids that hang on this line */
    size_t norms_prefix; /* bytes at the front of each that are the document's prefix and its '-' */
    struct slice file;   /* where it stands */
    bool inherited;      /* in the document that this one is based on */
    int clause;
    size_t line, column;
};

/* Whether two statements say the same; where they stand (clause, lines and columns) is left aside. */
bool rule_equal(const struct statement *a, const struct statement *b);
