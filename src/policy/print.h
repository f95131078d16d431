/* The canonical print of what was parsed (grammar.md section 13): as a rule block that parses to the same statements, and
 * as sentences for the page's "In short" box. Printed from the tree, never from the typed text. */
#pragma once

#include "policy/document.h"

void print_statement(const struct words *words, const struct statement *statement,
                     struct text *out);
/* A whole rule block's statements, with a blank line between them. */
void print_statements(const struct words *words, const struct statement *statements, size_t count,
                      struct text *out);
void print_policy_line(const struct words *words, const struct policy_line *line, struct text *out);
void print_condition(const struct words *words, const struct condition *condition,
                     struct text *out);
void print_atom(const struct words *words, const struct atom *atom, struct text *out);
void print_duty(const struct words *words, const struct duty *duty, struct text *out);
void print_need(const struct words *words, const struct need *need, struct text *out);
void print_span(struct span span, struct text *out);

/* For people: one sentence an item; the list's slices live in the arena. Lines under readings that `reads` does not
 * adopt are left out. The first is the head: *Staff should not befriend a pupil via a personal account (you may go on with
 * a recorded reason).*; then *This does not apply if ...*, needs, duties, routes, reminders. */
struct sentences {
    LIST(struct slice) list;
};
void print_in_short(const struct words *words, uint32_t reads, const struct statement *statement,
                    struct arena *arena, struct sentences *ret_sentences);
/* A duty as a sentence: *The member of staff must tell the designated safeguarding lead at once.* */
void print_duty_sentence(const struct words *words, const struct duty *duty, struct text *out);
void print_need_sentence(const struct words *words, const struct need *need, struct text *out);
