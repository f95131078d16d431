/* Fields and handlers of the pages about one person. */
#pragma once

#include "page/people.h"

enum {
    PERSON_ORDER,
    PERSON_GIVEN,
    PERSON_FAMILY,
    PERSON_KNOWN_AS,
    PERSON_EMAIL,
    PERSON_PHONE,
    PERSON_BORN,
    PERSON_ORG = PERSON_BORN + 3,
    PERSON_WAS,
    PERSON_FIELDS = PERSON_WAS + 6
};
extern const struct field person_fields[];
void person_add_page(struct visit *visit);
void person_add_answer(struct visit *visit);
void person_change_page(struct visit *visit);
void person_change_answer(struct visit *visit);
void person_back_answer(struct visit *visit);
