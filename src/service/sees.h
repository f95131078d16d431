/* What one person may see of others: by the acts that their roles over a school could allow them there, by being somebody's
 * parent, and never anything of a child that they are barred from. Every page about people asks here before it shows a name.
 * docs/access.md says it in words. */
#pragma once

#include "service/allowed.h"
#include "service/register.h"

enum sees {
    SEES_NAME = 1,    /* that they are here, their name, school and roles */
    SEES_DETAILS = 2, /* address, telephone number, date of birth; absences; parents and children */
    SEES_AWAY = 4,    /* absences */
    SEES_BARS = 8     /* which parent is barred from them */
};

struct viewer_place; /* an organisation, and what the viewer may do there */
struct viewer {
    struct record *record;
    const struct register_view *view; /* held by the caller as long as the viewer is used */
    struct id person;
    int64_t today;
    struct viewer_place *places;
    size_t place_count, table_size; /* of a table by id */
    uint32_t *table;
    bool barred;   /* from somebody */
    uint64_t mark; /* of what they may see anywhere: equal marks, equal lists */
    bool lists;    /* may see a list of people at all */
    bool leads;    /* answers for some organisation */
};

void viewer_init(struct viewer *viewer, struct record *record, const struct register_view *view,
                 struct id person, struct arena *arena);
/* Acts that could be allowed over an organisation, about others. */
struct act_set viewer_acts(const struct viewer *viewer, const struct id *org);
/* The same about this person, who may be the viewer: what buttons to show. */
struct act_set viewer_acts_about(const struct viewer *viewer, const struct registered *person);
/* Bits of enum sees; 0: for this viewer there is no such person. */
unsigned viewer_sees(const struct viewer *viewer, const struct registered *person);
/* The same without what the viewer sees as oneself or as a parent: for lists. */
unsigned viewer_sees_listed(const struct viewer *viewer, const struct registered *person);
/* By their id, NULL where the viewer may not even see that they are there. */
const struct registered *viewer_person(const struct viewer *viewer, const struct id *id,
                                       unsigned *ret_sees);
/* Organisations over which the viewer sees some people, in the order of names; in the arena. */
size_t viewer_orgs(const struct viewer *viewer, struct arena *arena, const struct org ***ret_orgs);
/* Organisations for which the viewer answers, by a role that they hold there or above; in the order of names, in the arena. */
size_t viewer_led(const struct viewer *viewer, struct arena *arena, const struct org ***ret_orgs);
bool viewer_leads(const struct viewer *viewer, const struct id *org);
/* Whether somebody may see a list of people anywhere, and answers for an organisation: for the gate and menus. */
struct sees_what {
    bool lists, leads;
};
struct sees_what sees_what(struct record *record, const struct id *person);
