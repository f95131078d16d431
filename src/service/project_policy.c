/* What events about a policy's versions, signatures and training do to the tables. The kinds and their fields stand at the
 * bottom. Reasons stay sealed in their events. */
#include "service/project.h"

#include "service/record_parts.h"
#include "store/policies.h"

/* ---- versions ------------------------------------------------------------------------------------- */

static struct version_row new_version(const struct projection *projection)
{
    return (struct version_row){.id = projection_id(projection, "version"),
                                .n = (int64_t)projection->event->n,
                                .org = projection_id(projection, "org"),
                                .name = projection_value(projection, "name"),
                                .number = projection_value(projection, "number"),
                                .files = projection_value(projection, "files"),
                                .uploads = projection_value(projection, "upload"),
                                .meaning = projection_value(projection, "meaning"),
                                .prose = projection_value(projection, "prose"),
                                .author = projection->event->actor,
                                .brought = projection->event->at,
                                .body = SLICE_EMPTY,
                                .changed = SLICE_EMPTY,
                                .approved = ROW_NOTHING,
                                .in_force = ROW_NOTHING,
                                .reason = ROW_NOTHING};
}

/* With a new record: in force as it stood, approved before there was a record. */
static bool policy_adopted(struct projection *projection, struct error *error)
{
    struct version_row row = new_version(projection);
    row.state = SLICE("approved");
    row.in_force = projection_number(projection, "in-force");
    projection->record->policy_touched = true;
    return version_put(projection->db, &row, error);
}

static bool version_brought(struct projection *projection, struct error *error)
{
    struct version_row row = new_version(projection);
    row.state = SLICE("brought");
    return version_put(projection->db, &row, error);
}

static bool read_version(struct projection *projection, struct version_row *ret_row,
                         struct error *error)
{
    struct id id = projection_id(projection, "version");
    bool found;
    if (!version_get(projection->db, &id, projection->arena, ret_row, &found, error)) return false;
    return found || projection_missing(projection, "a version of the policy", error);
}

static bool version_approved(struct projection *projection, struct error *error)
{
    struct version_row row;
    if (!read_version(projection, &row, error)) return false;
    row.state = SLICE("approved");
    row.body = projection_value(projection, "body");
    row.approved_by = projection->event->actor;
    row.approved = projection->event->at;
    row.in_force = projection_number(projection, "in-force");
    row.material = slice_is(projection_value(projection, "material"), "yes") ? 1 : 0;
    row.changed = projection_value(projection, "changed");
    row.base = projection_id(projection, "base");
    row.reason = (int64_t)projection->event->n;
    projection->record->policy_touched = true;
    return version_put(projection->db, &row, error);
}

static bool end_version(struct projection *projection, const char *state, struct error *error)
{
    struct version_row row;
    if (!read_version(projection, &row, error)) return false;
    row.state = slice_of(state);
    row.reason = (int64_t)projection->event->n;
    projection->record->policy_touched = true;
    return version_put(projection->db, &row, error);
}

static bool version_refused(struct projection *projection, struct error *error)
{
    return end_version(projection, "refused", error);
}

static bool version_withdrawn(struct projection *projection, struct error *error)
{
    return end_version(projection, "withdrawn", error);
}

/* ---- signatures, training ------------------------------------------------------------------------- */

static bool policy_signed(struct projection *projection, struct error *error)
{
    struct signature_row row = {.id = projection_id(projection, "signature"),
                                .person = projection_id(projection, "person"),
                                .version = projection_id(projection, "version"),
                                .roles = projection_value(projection, "roles"),
                                .signed_on = projection_number(projection, "signed"),
                                .recorded = projection->event->at,
                                .method = projection_value(projection, "method"),
                                .recorder = projection_id(projection, "recorder"),
                                .n = (int64_t)projection->event->n};
    record_touch(projection->record, &row.person);
    return signature_put(projection->db, &row, error);
}

static bool training_recorded(struct projection *projection, struct error *error)
{
    struct training_row row = {.id = projection_id(projection, "training"),
                               .person = projection_id(projection, "person"),
                               .course = projection_value(projection, "course"),
                               .done = projection_number(projection, "done"),
                               .until = projection_number(projection, "until"),
                               .recorder = projection->event->actor,
                               .n = (int64_t)projection->event->n};
    return training_put(projection->db, &row, error);
}

/* ---- the kinds ------------------------------------------------------------------------------------ */

const struct project_kind project_policy_kinds[] = {
    {"policy-adopted", policy_adopted},     /* version org name number files upload meaning prose
                                                 in-force */
    {"version-brought", version_brought},   /* version org name number files upload meaning prose */
    {"version-approved", version_approved}, /* version body in-force material changed base; the
                                                 reason and the minute are sealed under the version */
    {"version-refused", version_refused},   /* version; the reason is sealed likewise */
    {"version-withdrawn", version_withdrawn}, /* version; the reason is sealed likewise */
    {"policy-signed", policy_signed},         /* signature person version roles signed method
                                                 recorder text attests */
    {"training-recorded", training_recorded}, /* training person course done until */
};
const size_t project_policy_kind_count = sizeof project_policy_kinds / sizeof *project_policy_kinds;
