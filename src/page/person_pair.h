/* Fields and handlers of the pages about two people: choosing the other one, and what is done to a pair that is there. */
#pragma once

#include "page/people.h"

enum { PICK_ORDER, PICK_WORDS, PICK_OTHER, PICK_REASON, PICK_DO, PICK_FIELDS };
enum { PAIR_ORDER, PAIR_REASON, PAIR_FIELDS };
extern const struct field pick_fields[], pair_fields[];

/* Link a parent, bar a parent, link another record: which one stands in the route's path. */
void pick_page(struct visit *visit);
void pick_answer(struct visit *visit);
/* End a link, ask to lift a bar, lift it, part two records. */
void pair_page(struct visit *visit);
void pair_answer(struct visit *visit);

#define PICK_SHOWN 20
/* A box for a name, the people found as radios with `first` before them, and what was typed. Gives how many are offered. */
size_t pick_write(struct people *people, const struct ui_question questions[2], struct slice words,
                  const struct registered *const *first, size_t first_count, struct slice chosen);
