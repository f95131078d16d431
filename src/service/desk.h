/* The desk: the one gate through which every act passes. It looks up who acts and what they are here today, gathers the
 * facts, has the record's rules decide (and the organisation's policy where the act is about one), and writes event, tables,
 * tasks and mail in one transaction, or writes down that it was refused. acts.def is the table of acts. */
#pragma once

#include "policy/decision.h"
#include "service/record.h"

enum record_act {
#define ACT(CODE, id, facts, handler) ACT_##CODE,
#include "service/acts.def"
#undef ACT
    ACTS
};

#define ORDER_VALUES_LARGEST 40
#define ORDER_VALUE_LARGEST 4000

/* The value with the reason for going on against a clause that says should not; without it the order comes back as one to be
 * mended, with a sentence that begins so. */
#define DESK_DESPITE "despite"
#define DESK_ADVISED "this is advised against: "

/* What somebody wants done. Values are named as acts.def says; ids in hexadecimal, days as YYYY-MM-DD. */
struct order_value {
    struct slice key, value;
};
struct order {
    enum record_act act;
    struct id id;    /* the form's or the command's own: the same order sent twice is done once */
    struct id actor; /* none: the keeper of the machine */
    LIST(struct order_value) values;
    const void *matter; /* what some handlers are given beside values, see acts.def; else NULL */
};
void order_init(struct order *order, enum record_act act, struct id actor);
void order_set(struct order *order, struct arena *arena, const char *key, struct slice value);
struct slice order_value(const struct order *order, const char *key);

struct outcome {
    bool done;  /* false: refused, or `again` */
    bool again; /* this order was done before; nothing happened now */
    enum verdict verdict;
    LIST(struct slice) clauses; /* ids of the record's clauses it rests on, such as `2.5` */
    struct slice sentence;      /* why it was refused, for a person; or what to know */
    uint64_t n;                 /* its first event */
    struct id made;             /* of what was made, if anything */
    struct slice secret;        /* a link's secret or codes, to be shown once; else empty */
    struct slice content;       /* what was opened, as plain text; else empty */
};

/* Does one act; returns when it is durable. False where the order itself is bad (error says what to mend) or the record
 * cannot be written: nothing was done then. A refusal by a clause is no failure: done is false, and it is recorded. */
MUST_USE bool desk_do(struct record *record, const struct order *order, struct arena *arena,
                      struct outcome *ret_outcome, struct error *error);

/* Whether anything could let this person do this act today, for menus and pages: the same clauses with no fact known. */
bool desk_may(struct record *record, const struct id *person, enum record_act act);
/* The same by the roles that count over one organisation: for lists of people, and what is shown of each. */
bool desk_may_over(struct record *record, const struct id *person, enum record_act act,
                   const struct id *over);
const char *act_id(enum record_act act);
