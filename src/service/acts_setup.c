/* Setting up: the first organisation, its policy, the first administrator; further organisations; adopting a policy.
 *
 * event                what it says
 * organisation-added   org, name, org-kind, parent, source; demo: yes, in the first event of a demo and in no other
 * policy-adopted       what project_policy.c reads: a version that is in force at once
 * refused              nothing but what was refused, and by which clauses
 * went-on              that somebody went on against a clause that says should not; the reason is sealed */
#include "service/invitation.h"
#include "service/people.h"
#include "service/setup.h"

/* ---- organisations ---- */

static bool emit_organisation(struct desk *desk, struct slice name, struct slice kind,
                              const struct id *parent, struct slice source, struct id *ret_org,
                              struct error *error)
{
    struct event *event = desk_event(desk, "organisation-added");
    desk_set_id(desk, event, "org", &event->id);
    desk_set(desk, event, "name", name);
    desk_set(desk, event, "org-kind", kind);
    desk_set(desk, event, "source", source);
    if (!id_is_none(parent)) desk_set_id(desk, event, "parent", parent);
    if (desk->order->act == ACT_SET_UP && slice_is(order_value(desk->order, "demo"), "yes"))
        desk_set(desk, event, "demo", SLICE("yes"));
    *ret_org = event->id; /* last: at set-up both are the record's top */
    return desk_emit(desk, event, error);
}

static bool kind_known(struct slice kind)
{
    return slice_is(kind, "trust") || slice_is(kind, "school") || slice_is(kind, "charity");
}

static bool read_organisation(struct desk *desk, struct slice *ret_name, struct slice *ret_kind,
                              struct error *error)
{
    if (!desk_text(desk, "name", "the organisation's name", RECORD_NAME_LARGEST, ret_name, error) ||
        !desk_text(desk, "kind", "the kind of organisation", 20, ret_kind, error))
        return false;
    if (!event_value_fits(*ret_name))
        return error_set(error, ERROR_ENCODING,
                         "the organisation's name holds characters that no name has");
    return kind_known(*ret_kind) ||
           error_set(error, ERROR_REQUEST, "an organisation is a trust, a school or a charity");
}

bool facts_organisation(struct desk *desk, struct error *error)
{
    struct slice name, kind;
    desk->scope = desk->record->top;
    return read_organisation(desk, &name, &kind, error) &&
           desk_say(desk, "new-record", false, error);
}

bool do_add_organisation(struct desk *desk, struct error *error)
{
    struct slice name, kind;
    if (!read_organisation(desk, &name, &kind, error)) return false;
    return emit_organisation(desk, name, kind, &desk->record->top, SLICE("hand"),
                             &desk->outcome->made, error);
}

bool setup_organisation(struct desk *desk, struct slice name, struct slice kind,
                        struct slice source, struct id *ret_org, struct error *error)
{
    return emit_organisation(desk, name, kind, &desk->record->top, source, ret_org, error);
}

static bool organisation_added(struct projection *projection, struct error *error)
{
    struct org_row row = {.id = projection_id(projection, "org"),
                          .kind = projection_value(projection, "org-kind"),
                          .parent = projection_id(projection, "parent"),
                          .name = projection_value(projection, "name"),
                          .source = projection_value(projection, "source"),
                          .state = SLICE("open")};
    projection->record->touched.everything = true;
    return org_put(projection->db, &row, error);
}

/* ---- policies ---- */

/* In force from its own date; one that lies ahead is taken as today: it is what the organisation works by. */
static bool emit_policy(struct desk *desk, struct error *error)
{
    struct event *event = desk_event(desk, "policy-adopted");
    const struct order *order = desk->order;
    int64_t in_force;
    if (!slice_number(order_value(order, "in-force"), &in_force) || in_force > desk->today)
        in_force = desk->today;
    desk_set_id(desk, event, "version", &event->id);
    desk_set_id(desk, event, "org", &desk->record->top);
    desk_set(desk, event, "name", order_value(order, "policy"));
    desk_set(desk, event, "number", order_value(order, "number"));
    desk_set(desk, event, "files", order_value(order, "files"));
    desk_set(desk, event, "upload", order_value(order, "upload"));
    desk_set(desk, event, "meaning", order_value(order, "meaning"));
    desk_set(desk, event, "prose", order_value(order, "prose"));
    desk_set_number(desk, event, "in-force", in_force);
    return desk_emit(desk, event, error);
}

bool facts_adopt(struct desk *desk, struct error *error)
{
    desk->scope = desk->record->top;
    if (order_value(desk->order, "files").length == 0)
        return error_set(error, ERROR_REQUEST, "the policy's files are missing");
    return desk_say(desk, "new-record", desk->record->tree.size == 0, error) &&
           desk_say(desk, "no-policy", desk->record->version_count == 0, error);
}

bool do_adopt_policy(struct desk *desk, struct error *error)
{
    return emit_policy(desk, error);
}

/* ---- the first start ---- */

bool facts_set_up(struct desk *desk, struct error *error)
{
    struct slice name, kind;
    return read_organisation(desk, &name, &kind, error) &&
           desk_say(desk, "new-record", desk->record->tree.size == 0, error);
}

static bool first_administrator(struct desk *desk, struct error *error)
{
    struct pairs details = {0};
    struct id person, role;
    static const char *const keys[] = {"given", "family", "email"};
    for (size_t i = 0; i < 3; i++)
        pairs_add(&details, desk->arena, keys[i], order_value(desk->order, keys[i]));
    return people_add(desk, &desk->record->top, &details, SLICE("set-up"), &person, error) &&
           people_give_role(desk, &person, ROLE_ADMINISTRATOR, &desk->record->top, desk->today,
                            SLICE("set-up"), &role, error) &&
           invitation_make(desk, &person, INVITATION_ONE, &desk->outcome->secret, error);
}

bool do_set_up(struct desk *desk, struct error *error)
{
    struct slice name, kind;
    if (!read_organisation(desk, &name, &kind, error) ||
        !emit_organisation(desk, name, kind, &desk->record->top, SLICE("set-up"),
                           &desk->record->top, error))
        return false;
    if (order_value(desk->order, "files").length > 0 && !emit_policy(desk, error)) return false;
    return first_administrator(desk, error);
}

const struct project_kind project_setup_kinds[] = {
    {"organisation-added", organisation_added},
    {"refused", NULL},
    {"went-on", NULL},
};
const size_t project_setup_kind_count = sizeof project_setup_kinds / sizeof *project_setup_kinds;
