/* The table of roles; see roles.h. */
#include "service/roles.h"

static const struct role_row rows[ROLES] = {
#define ROLE(CODE, code, word, title, kind, trusted)                                               \
    {SLICE(code), SLICE(word), SLICE(title), ROLE_KIND_##kind, trusted},
#include "service/roles.def"
#undef ROLE
};

const struct role_row *role_row(enum role role)
{
    return &rows[role];
}

bool role_leads(enum role role)
{
    return role == ROLE_HEADTEACHER || role == ROLE_SLT_MEMBER || role == ROLE_MANAGING_PARTNER ||
           role == ROLE_CHAIR || role == ROLE_GOVERNOR || role == ROLE_DIRECTOR;
}

enum role role_of(struct slice code)
{
    for (int i = 0; i < ROLES; i++)
        if (slice_equal(rows[i].code, code)) return (enum role)i;
    return ROLES;
}
