/* Fields and handlers: being away, who stands in for a role, the list of organisations. */
#pragma once

#include "page/people.h"

enum {
    ABSENCE_ORDER,
    ABSENCE_SINCE,
    ABSENCE_UNTIL = ABSENCE_SINCE + 3,
    ABSENCE_FIELDS = ABSENCE_UNTIL + 3
};
enum { DEPUTY_ORDER, DEPUTY_WORDS, DEPUTY_OTHER, DEPUTY_DO, DEPUTY_FIELDS };
enum { ORG_ORDER, ORG_NAME, ORG_KIND, ORG_FIELDS };
extern const struct field absence_fields[], deputy_fields[], org_fields[];
void absences_page(struct visit *visit);
void absence_end_answer(struct visit *visit);
void absence_form_page(struct visit *visit);
void absence_form_answer(struct visit *visit);

void deputies_page(struct visit *visit);
void deputy_remove_answer(struct visit *visit);
/* Behind the path: an organisation and a role. */
void deputy_form_page(struct visit *visit);
void deputy_form_answer(struct visit *visit);

void organisations_page(struct visit *visit);
void organisation_answer(struct visit *visit);
