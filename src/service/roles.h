/* The roles that the register keeps; roles.def is the table, and the list of roles of trust stands there alone. */
#pragma once

#include "base/slice.h"

enum role_kind {
    ROLE_KIND_STAFF,
    ROLE_KIND_PUPIL,
    ROLE_KIND_PARENT,
    ROLE_KIND_FORMER,
    ROLE_KIND_OTHER
};

enum role {
#define ROLE(CODE, code, word, title, kind, trusted) ROLE_##CODE,
#include "service/roles.def"
#undef ROLE
    ROLES
};

struct role_row {
    struct slice code, word, title; /* word: id in policies/words.md; empty: none there */
    enum role_kind kind;
    bool trusted;
};
const struct role_row *role_row(enum role role);
/* Whether whoever holds it answers for an organisation: they see how it stands there, in numbers and in what is late. */
bool role_leads(enum role role);
/* By code; ROLES where there is none. */
enum role role_of(struct slice code);
