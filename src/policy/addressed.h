/* Whom a compiled policy speaks to by role: whom it binds, who approves it, and every role to which it turns for something -
 * told, asked, standing in. Reads what is awake under the policy's readings; people are not known here, only roles. */
#pragma once

#include "policy/policy.h"

/* Whether the policy binds whoever has this role (a person of its words): its line THIS POLICY BINDS, its definitions taken
 * into account; true too where that hangs on a fact. Without such a line it binds everybody. Worked out anew each time. */
bool policy_binds(const struct policy *policy, int role);
/* Who approves the next version by the line APPROVED BY; NULL where there is none, then *ret_clause (may be NULL) stays. */
const struct roles *policy_approvers(const struct policy *policy, const struct clause **ret_clause);

enum addressed_as {
    ADDRESSED_TOLD,     /* the object of a duty: TELL, ask, report to */
    ADDRESSED_OWES,     /* bears a duty or a standing MUST or SHOULD */
    ADDRESSED_GIVES,    /* a record is wanted FROM them */
    ADDRESSED_DECIDES,  /* DECIDES WHETHER; NOT KNOWN ...: refer to */
    ADDRESSED_ELSE,     /* ELSE TELL */
    ADDRESSED_STAND_IN, /* STANDS IN FOR somebody */
    ADDRESSED_ADVICE,   /* WHEN no clause speaks */
    ADDRESSED_DOOR,     /* MAY DEPART FROM this policy: TELL */
    ADDRESSED_APPROVES, /* APPROVED BY */
    ADDRESSED_WAYS
};
struct addressed {
    int role;
    enum addressed_as as;
    const struct clause *clause;
    bool law;
};
struct addressed_list {
    LIST(struct addressed) list;
};
/* Each role that the policy names in one of these ways, once for each way and clause, in document order, law first. The list
 * lives in the arena, its clauses in the policy. */
void policy_addressed(const struct policy *policy, struct arena *arena,
                      struct addressed_list *ret_list);
/* `is told`, `bears a duty` ...: goes behind `the headteacher`. */
const char *addressed_word(enum addressed_as as);
