/* Fields and handlers: recording that somebody has left, letting somebody in. */
#pragma once

#include "page/people.h"

enum { LEAVE_ORDER, LEAVE_DAY, LEAVE_DESPITE = LEAVE_DAY + 3, LEAVE_FIELDS };
enum { LET_IN_ORDER, LET_IN_LOST, LET_IN_FIELDS };
extern const struct field leave_fields[], let_in_fields[];
void person_leave_page(struct visit *visit);
void person_leave_answer(struct visit *visit);
/* An invitation, a reset, handing a reset over: which one stands in the route's path. */
void let_in_page(struct visit *visit);
void let_in_answer(struct visit *visit);
