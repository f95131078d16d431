/* What serves each norm of a policy: norms.tsv held against the clauses, by mechanism and feature; and which norms came out
 * of the running program in tests. Reads nothing from disk itself. */
#pragma once

#include "policy/scenario.h"
#include "service/folder.h"

#define COVER_NORMS_A_RULE 4 /* at most so many on one rule block */

enum served { SERVED_NOT, SERVED_NORULE, SERVED_RULE }; /* a policy line counts as a rule */

struct norm {
    struct slice id, locator, modality, strength, mechanism, feature;
    size_t line; /* of norms.tsv */
    enum served served;
    const struct clause *clause; /* the clause that serves it; NULL: none */
    bool shown;
};

/* Norms of one mechanism and feature. */
struct cover_group {
    struct slice mechanism, feature;
    size_t norms, rules, norules, missing;
};

struct cover {
    struct arena *arena;
    const struct policy *policy;
    LIST(struct norm) norms;
    LIST(struct cover_group) groups; /* in the order of norms.tsv, mechanisms together */
    size_t missing;
    size_t decide, decide_rules; /* decide norms that forbid, permit or require; of these, rules */
    size_t notify, notify_rules;
};

/* Reads norms.tsv and finds what serves each. What is wrong (a norm that nobody lists, a norule of another mechanism, a rule
 * block with too many norms, a bad row) is a problem; false where there was any. */
MUST_USE bool cover_make(const struct policy *policy, struct policy_source norms,
                         struct arena *arena, struct problems *problems, struct cover *ret_cover);

/* One row of norms-shown.tsv. */
struct shown_row {
    struct slice norm, test, where; /* test: FILE:LINE */
    size_t line;
};
struct shown_rows {
    LIST(struct shown_row) list;
};
/* Reads `norm TAB FILE:LINE TAB where`, marks the policy's own norms as shown and lists the rows about them. */
MUST_USE bool cover_shown(struct cover *cover, struct policy_source shown,
                          struct shown_rows *ret_rows, struct error *error);
size_t cover_shown_count(const struct cover *cover);
/* Of mechanism `screen` alone: such a norm is shown only where something found in a text answered, a row with `finding`. */
void cover_screen_count(const struct cover *cover, size_t *ret_norms, size_t *ret_shown);

enum take_out { TAKE_OUT_NOTICED, TAKE_OUT_NOT_NOTICED, TAKE_OUT_ELSEWHERE };
/* Takes every clause and policy line that names the row's norm out of the policy and runs the scenarios that the row points
 * to: each has to fail. ELSEWHERE: the row points to no scenario of this policy. */
enum take_out cover_take_out(const struct cover *cover, const struct scenarios *scenarios,
                             const struct shown_row *row);
