/* The routes of the pages about people; docs/access.md is this table in words. Whom a page is about is looked at again by the
 * page: a role over one school opens nobody of another. */
#include "page/absences.h"
#include "page/calendar.h"
#include "page/overview.h"
#include "page/person_change.h"
#include "page/person_leave.h"
#include "page/person_pair.h"
#include "page/person_roles.h"

#define SHOWS(path, name, opens, page)                                                             \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_SIGNED, page, NULL, 0, opens                               \
    }
#define TAKES(path, name, opens, page, fields, count)                                              \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_SIGNED, page, fields, count, opens                        \
    }
/* A page with a form that is sent to its own address. */
#define FORM(path, name, act, page, answer, fields, count)                                         \
    SHOWS(path, name, TO(act), page), TAKES(path, name, TO(act), answer, fields, count)

const struct route people_routes[] = {
    SHOWS("/home", "start", SIGNED_IN, start_page),
    SHOWS("/people", "people", SEES_PEOPLE, people_page),
    TAKES("/people", "people", SEES_PEOPLE, people_answer, people_fields, PEOPLE_FIELDS),
    SHOWS("/people/list/*", "people-list", SEES_PEOPLE, people_list_page),
    FORM("/people/add", "person-add", ACT_ADD_PERSON, person_add_page, person_add_answer,
         person_fields, PERSON_FIELDS),
    FORM("/people/change/*", "person-change", ACT_CHANGE_PERSON, person_change_page,
         person_change_answer, person_fields, PERSON_FIELDS),
    TAKES("/people/back/*", "person-back", TO(ACT_CHANGE_PERSON), person_back_answer, once_fields,
          ONCE_FIELDS),
    FORM("/people/leave/*", "person-leave", ACT_RECORD_LEAVER, person_leave_page,
         person_leave_answer, leave_fields, LEAVE_FIELDS),
    FORM("/people/role/*", "role-give", ACT_GIVE_ROLE, role_give_page, role_give_answer,
         role_fields, ROLE_FIELDS),
    FORM("/people/propose/*", "role-propose", ACT_PROPOSE_ROLE, role_propose_page,
         role_propose_answer, role_fields, ROLE_FIELDS),
    FORM("/people/end-role/*", "role-end", ACT_END_ROLE, role_end_page, role_end_answer,
         end_role_fields, END_ROLE_FIELDS),
    FORM("/people/parent/*", "parent-link", ACT_LINK_PARENT, pick_page, pick_answer, pick_fields,
         PICK_FIELDS),
    FORM("/people/unlink/*", "parent-unlink", ACT_END_LINK, pair_page, pair_answer, pair_fields,
         PAIR_FIELDS),
    FORM("/people/bar/*", "parent-bar", ACT_BAR_PARENT, pick_page, pick_answer, pick_fields,
         PICK_FIELDS),
    FORM("/people/ask-lift/*", "bar-ask-lift", ACT_ASK_LIFT, pair_page, pair_answer, pair_fields,
         PAIR_FIELDS),
    FORM("/people/lift/*", "bar-lift", ACT_LIFT_BAR, pair_page, pair_answer, pair_fields,
         PAIR_FIELDS),
    FORM("/people/same/*", "same-link", ACT_LINK_SAME, pick_page, pick_answer, pick_fields,
         PICK_FIELDS),
    FORM("/people/part/*", "same-part", ACT_PART_SAME, pair_page, pair_answer, pair_fields,
         PAIR_FIELDS),
    FORM("/people/invite/*", "invite", ACT_INVITE, let_in_page, let_in_answer, let_in_fields,
         LET_IN_FIELDS),
    FORM("/people/reset/*", "reset-start", ACT_START_RESET, let_in_page, let_in_answer,
         let_in_fields, LET_IN_FIELDS),
    FORM("/people/hand/*", "reset-hand", ACT_HAND_RESET, let_in_page, let_in_answer, let_in_fields,
         LET_IN_FIELDS),
    SHOWS("/people/*", "person", SIGNED_IN, person_page),
    SHOWS("/roles", "roles", TO(ACT_CONFIRM_ROLE), roles_page),
    SHOWS("/roles/*", "roles-done", TO(ACT_CONFIRM_ROLE), roles_page),
    TAKES("/roles/confirm", "role-confirm", TO(ACT_CONFIRM_ROLE), role_confirm_answer, once_fields,
          ONCE_FIELDS),
    TAKES("/roles/refuse", "role-refuse", TO(ACT_REFUSE_ROLE), role_refuse_answer, once_fields,
          ONCE_FIELDS),
    SHOWS("/absences", "absences", TO(ACT_RECORD_ABSENCE), absences_page),
    FORM("/absences/for/*", "absence", ACT_RECORD_ABSENCE, absence_form_page, absence_form_answer,
         absence_fields, ABSENCE_FIELDS),
    SHOWS("/absences/*", "absences-done", TO(ACT_RECORD_ABSENCE), absences_page),
    TAKES("/absences/end", "absence-end", TO(ACT_END_ABSENCE), absence_end_answer, once_fields,
          ONCE_FIELDS),
    SHOWS("/deputies", "deputies", TO(ACT_NAME_DEPUTY), deputies_page),
    FORM("/deputies/add/*", "deputy", ACT_NAME_DEPUTY, deputy_form_page, deputy_form_answer,
         deputy_fields, DEPUTY_FIELDS),
    SHOWS("/deputies/*", "deputies-done", TO(ACT_NAME_DEPUTY), deputies_page),
    TAKES("/deputies/remove", "deputy-remove", TO(ACT_REMOVE_DEPUTY), deputy_remove_answer,
          once_fields, ONCE_FIELDS),
    FORM("/organisations", "organisations", ACT_ADD_ORGANISATION, organisations_page,
         organisation_answer, org_fields, ORG_FIELDS),
    SHOWS("/organisations/*", "organisations-done", TO(ACT_ADD_ORGANISATION), organisations_page),
    SHOWS("/overview", "overview", LEADS, overview_page),
    SHOWS("/overview/overview.csv", "overview-csv", LEADS, overview_file),
    SHOWS("/calendar", "calendar", SIGNED_IN, calendar_page),
    FORM("/calendar/change/*", "calendar-change", ACT_SET_CALENDAR, calendar_change_page,
         calendar_change_answer, calendar_fields, CALENDAR_FIELDS),
    TAKES("/calendar/above", "calendar-above", TO(ACT_SET_CALENDAR), calendar_above_answer,
          once_fields, ONCE_FIELDS),
    SHOWS("/calendar/*", "calendar-of", SIGNED_IN, calendar_page),
};
const size_t people_route_count = sizeof people_routes / sizeof *people_routes;
