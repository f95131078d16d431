/* Compare: one question answered by every policy that is served, and all acts in a table. The question is asked on the pages
 * of May I? (may.h); only what several policies say of it is written here. */
#pragma once

#include "page/pages.h"
#include "service/compare.h"

enum { COMPARE_ACTOR, COMPARE_OTHER, COMPARE_VIA, COMPARE_FIELDS };
extern const struct field compare_fields[];

/* The first page: the way to ask, and the table of all acts. */
void compare_page(struct visit *visit);
/* Whom the table is about, chosen there. */
void compare_around(struct visit *visit);
/* The answers side by side. */
void compare_answer_page(struct visit *visit);

/* The frame of Compare's own pages, as wide as the screen lets them; closed with may_frame_close. */
struct ui_frame compare_frame_open(struct visit *visit, struct slice title, struct slice back,
                                   bool problem);
/* What people call a policy in a column: the organisation it is of, else its title. */
struct slice compare_name(const struct policy *policy);
/* The answers, one card a policy, without the page around them. `shown`: the policy that /policy shows. For the page and its
 * tests. */
void compare_cards(struct text *out, const struct comparison *comparison,
                   const struct policy *shown, struct arena *arena);
/* The table, in the groups that people choose from: acts answered differently first, the others behind a fold. */
void compare_tables(struct text *out, const struct policy *const *policies, size_t count,
                    const struct compared_acts *acts, struct arena *arena);
