/* Small hand-written policies, requests and the answers worked out by hand. An answer is printed one thing a line; a row
 * says which lines must be there and (with a leading '!') which must not. */
#pragma once

#define CLAUSE(id, rule) "## Clause {#c-" id "}\nSo it is.\n\n```rule\n" rule "```\n\n"
#define LINES(lines) "## Lines {#c-lines}\nSo it is.\n\n```policy\n" lines "```\n\n"

struct table_row {
    const char *name, *policy, *law, *request, *expected; /* lines; law may be NULL */
};

extern const struct table_row table_steps[], table_facts[]; /* ended by a row without a name */
