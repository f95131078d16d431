/* What the files of the checker share. Inside the room. */
#pragma once

#include "policy/lint.h"
#include "policy/reach.h"

struct linter {
    const struct policy *policy;
    struct problems *problems;
    struct arena *arena; /* of the whole run; what problems point at lives in theirs */
    struct reach reach;
    bool *never; /* by program rule: it can never apply, which was said */
};

/* A problem about a clause, placed at the line; advice must outlive the problems. */
void lint_say(struct linter *linter, bool warning, const struct rule *rule, size_t line,
              size_t column, const char *advice, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
/* Whether the reference, written in `document`, means this clause. */
bool lint_means(const struct linter *linter, const struct document *document, const struct ref *ref,
                const struct rule *clause_of);
/* What a problem about a policy line names: its clause, in the file that the line stands in. */
struct rule lint_rule_of_line(const struct linter *linter, const struct policy_line *line);
struct slice lint_act(const struct linter *linter, int act);
/* Whether there is an act about which both speak. */
bool lint_shares_act(const struct linter *linter, const struct rule *a, const struct rule *b);

void lint_norms(struct linter *linter, struct policy_source norms); /* lint_norms.c */
void lint_lines(struct linter *linter);   /* lint.c: what needs no search */
void lint_meaning(struct linter *linter); /* lint_meaning.c: what can never come out */
void lint_checks(struct linter *linter);  /* lint_check.c: CHECK lines, double binds */
void lint_reached(struct linter *linter, const struct scenarios *scenarios); /* lint_reached.c */
