/* Fields and handlers of the pages about roles. */
#pragma once

#include "page/people.h"

enum {
    ROLE_ORDER,
    ROLE_CODE,
    ROLE_ORG,
    ROLE_SINCE,
    ROLE_UNTIL = ROLE_SINCE + 3,
    ROLE_FIELDS = ROLE_UNTIL + 3
};
enum { END_ROLE_ORDER, END_ROLE_UNTIL, END_ROLE_DESPITE = END_ROLE_UNTIL + 3, END_ROLE_FIELDS };
extern const struct field role_fields[], end_role_fields[];
void role_give_page(struct visit *visit);
void role_give_answer(struct visit *visit);
void role_propose_page(struct visit *visit);
void role_propose_answer(struct visit *visit);
void role_end_page(struct visit *visit);
void role_end_answer(struct visit *visit);

/* Roles that are proposed and wait. */
void roles_page(struct visit *visit);
void role_confirm_answer(struct visit *visit);
void role_refuse_answer(struct visit *visit);
