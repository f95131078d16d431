/* The register's roles as policies know them, for laying two versions side by side: each with the words that it is, and what
 * staff and others may take on besides that the register does not keep as a role. */
#pragma once

#include "policy/change.h"
#include "service/roles.h"

#define CHANGE_TAKEN_ON 2 /* account owner, account applicant */
#define CHANGE_ROLES (ROLES + CHANGE_TAKEN_ON)

/* Every role of roles.def in its order, named by its code, then what can be taken on. */
void change_roles(struct change_role ret_roles[CHANGE_ROLES]);
/* The codes of the register's roles for whom something differs, with blanks between; in the arena. */
struct slice change_codes(const struct changes *changes, struct arena *arena);
