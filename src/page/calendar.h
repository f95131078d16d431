/* Fields and handlers: the school calendar, and the form that sets it. */
#pragma once

#include "page/people.h"

enum {
    CALENDAR_ORDER,
    CALENDAR_NATION,
    CALENDAR_LATE_FIELD,
    CALENDAR_TERMS,
    CALENDAR_INSET,
    CALENDAR_FIELDS
};
extern const struct field calendar_fields[];

/* Of the viewer's own school, or of the one behind the path. */
void calendar_page(struct visit *visit);
/* Behind the path: an organisation. */
void calendar_change_page(struct visit *visit);
void calendar_change_answer(struct visit *visit);
/* Gives a school's own calendar up for the one above it. */
void calendar_above_answer(struct visit *visit);
