/* Roles of the register for policy_changes: see change_roles.h. */
#include "service/change_roles.h"

#include "base/text.h"

#define CODES_LARGEST 4000

/* Bodies of which somebody with the role is one. */
static struct slice body_of(enum role role)
{
    switch (role) {
    case ROLE_SLT_MEMBER:
    case ROLE_HEADTEACHER:
    case ROLE_MANAGING_PARTNER: return SLICE("leadership-team");
    case ROLE_DSL: return SLICE("safeguarding-team");
    default: return SLICE_EMPTY;
    }
}

void change_roles(struct change_role ret_roles[CHANGE_ROLES])
{
    static const char *const taken_on[CHANGE_TAKEN_ON] = {"account-owner", "applicant"};
    for (int role = 0; role < ROLES; role++) {
        const struct role_row *row = role_row((enum role)role);
        ret_roles[role] = (struct change_role){
            .name = row->code,
            .words = {row->word, body_of((enum role)role), SLICE_EMPTY},
            .takes_on = row->kind == ROLE_KIND_STAFF || row->kind == ROLE_KIND_OTHER};
    }
    for (int i = 0; i < CHANGE_TAKEN_ON; i++)
        ret_roles[ROLES + i] =
            (struct change_role){.name = slice_of(taken_on[i]),
                                 .words = {slice_of(taken_on[i]), SLICE_EMPTY, SLICE_EMPTY},
                                 .capacity = true};
}

struct slice change_codes(const struct changes *changes, struct arena *arena)
{
    AUTO_TEXT struct text codes;
    text_init(&codes, CODES_LARGEST);
    for (size_t i = 0; i < changes->roles.count; i++) {
        const struct change_for *to = &changes->roles.at[i];
        if (!to->meaning || to->role->capacity) continue;
        if (codes.length > 0) text_add_char(&codes, ' ');
        text_add(&codes, to->role->name);
    }
    return arena_copy(arena, text_slice(&codes));
}
