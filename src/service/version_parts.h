/* What the files about versions share with their acts; inside the room only. */
#pragma once

#include "service/people.h"
#include "service/signoff.h"
#include "service/versions.h"

/* The word of a policy that a role of the register is; -1: none. */
int version_word(const struct policy *policy, enum role role);
/* As version_vacancies, in a transaction or one unchanging view. */
MUST_USE bool version_vacancies_in(struct db *db, const struct policy *policy, int64_t day,
                                   struct arena *arena, struct version_vacancies *ret_vacancies,
                                   struct error *error);
/* The approved version that comes into force last: the base of the next one. */
MUST_USE bool version_newest(struct db *db, struct arena *arena, struct version_row *ret_row,
                             bool *ret_found, struct error *error);
