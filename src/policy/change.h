/* What a new version of a policy changes, and for whom (docs/semantics.md 23): two compiled policies, their words mapped by
 * id, every answer of the one laid beside the other's. Prose, numbers and order never count. Pure. */
#pragma once

#include "policy/decision.h"

#define CHANGE_ROLE_WORDS 3
#define CHANGE_JUDGED_LARGEST 400000 /* worlds judged in one comparison */
#define CHANGE_SEARCH_LARGEST 3000   /* and in one search for a case */

/* Somebody for whom a change may matter. */
struct change_role {
    struct slice name;                     /* what the caller calls it */
    struct slice words[CHANGE_ROLE_WORDS]; /* ids of people in words.md that it is; empty: none */
    bool capacity;                         /* one that others take on besides: an account owner */
    bool takes_on;                         /* may take on such a one, where the policy binds them */
};

enum change_kind {
    CHANGE_DUTY_NEW,
    CHANGE_DUTY_GONE,
    CHANGE_DEADLINE,
    CHANGE_STRENGTH,
    CHANGE_BAN_NEW,
    CHANGE_BAN_LIFTED,
    CHANGE_ADVICE_NEW, /* ADVISED NOT TO */
    CHANGE_ADVICE_GONE,
    CHANGE_PERMISSION_NEW,
    CHANGE_PERMISSION_GONE,
    CHANGE_NEED_NEW,
    CHANGE_NEED_GONE,
    CHANGE_GIVER,     /* who gives a record that is needed */
    CHANGE_TOLD,      /* who is told */
    CHANGE_DUTY,      /* a duty said otherwise: its bearer, its deed, how long */
    CHANGE_EXCEPTION, /* an UNLESS or DESPITE came, went or is another */
    CHANGE_SCOPE,     /* when, to whom or by which channel it applies */
    CHANGE_MEANING,   /* what a phrase means, or who decides a question */
    CHANGE_REMINDER,
    CHANGE_BOUND, /* whom the policy binds */
    CHANGE_LINE,  /* another line of the policy: on silence, departing, review, approval ... */
    CHANGE_WORDS, /* the vocabulary */
    CHANGE_KINDS
};

/* One statement or policy line that is not what it was. */
struct policy_change {
    enum change_kind kind;
    const struct clause *old_clause,
        *new_clause; /* NULL where there is none; of one or the other policy */
    bool law;
    bool matters;                    /* some answer to somebody differs by it */
    struct slice old_text, new_text; /* what it said and says, as sentences; empty: nothing */
};

/* A change as one role meets it. */
struct change_met {
    size_t change;                         /* index in `list` */
    bool bears;                            /* as the bearer of a duty, whoever acts */
    bool untried;                          /* too much to try: taken for a change */
    struct slice together;                 /* name of the role that has to come with it, or empty */
    struct slice example;                  /* a case that shows it, in words; may be empty */
    enum verdict old_verdict, new_verdict; /* in that case */
    enum strength old_strength, new_strength;
};
struct change_for {
    const struct change_role *role;
    bool meaning; /* some answer differs for them */
    LIST(struct change_met) list;
};

struct changes {
    LIST(struct policy_change) list; /* in document order of the new version, what is gone last */
    LIST(struct change_for) roles;   /* one for each role asked about, in that order */
    bool prose;   /* what people read differs too; of no weight for the meaning */
    bool untried; /* something was too much to try, and counts as changed */
    size_t judged;
};

/* Lays `new` beside `old` for each of the roles, which must outlive the answer as both policies must; it lives in the arena.
 * Nothing is sampled: what is too much to try counts as changed. */
void policy_changes(const struct policy *old, const struct policy *new,
                    const struct change_role *roles, size_t count, struct arena *arena,
                    struct changes *ret_changes);
/* `a new duty`, `a deadline` ... */
const char *change_word(enum change_kind kind);
void changes_to_json(const struct changes *changes, struct json_writer *writer);
