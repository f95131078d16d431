/* /who: who holds which office, and the clauses that leave it to the register. */
#pragma once

#include "policy/policy.h"
#include "web/route.h"

void who_page(struct visit *visit);
/* Whether the clause says that the register of people serves it. */
bool who_is_told_by(const struct clause *clause);
