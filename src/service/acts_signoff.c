/* Signing the policy, on the screen and on paper, and training. Values:
 *   sign-policy       person (the actor), version, seen (the hash of the text that the page showed whole)
 *   record-sheet      person, version, signed (the day on the sheet)
 *   record-training   person, course (its code), done (a day), until? (the last day on which it counts)
 * Events: policy-signed, training-recorded. Nothing in them is personal but whose they are. */
#include "base/date.h"
#include "base/london.h"
#include "ledger/certificate.h"
#include "service/people.h"
#include "service/signoff.h"

#define ATTESTS_FIELDS_LARGEST 16 /* of one event: enough for every clause that a policy can have */
#define TRAINING_YEARS_LARGEST 20

/* ---- what is signed -------------------------------------------------------------------------------- */

bool signoff_attests(const struct clause *clause)
{
    return clause->block.kind == BLOCK_NORULE && slice_is(clause->mechanism, "attest");
}

struct slice signoff_text(const struct policy *policy, struct arena *arena)
{
    const struct policy_hashes *hashes = &policy->hashes;
    const struct slice five[] = {slice_of(hashes->prose), slice_of(hashes->meaning),
                                 slice_of(hashes->words), slice_of(hashes->law_prose),
                                 slice_of(hashes->law_meaning)};
    return certificate_text(five, arena);
}

/* ---- which version, and for whom ------------------------------------------------------------------- */

struct signing {
    struct person_row person;
    struct version_row version;
    const struct policy *policy; /* held until the act ends */
    int64_t day;
    uint64_t roles;   /* held today, as far as the version binds them */
    uint64_t covered; /* the same without those held only since the sheet was signed */
};

struct finding {
    int64_t today;
    struct version_row current;
    bool found;
};

/* Newest first: the first one whose day has come is in force. */
static bool look_for_current(void *context, const void *row, struct error *error)
{
    struct finding *finding = context;
    const struct version_row *version = row;
    (void)error;
    if (!finding->found && version->in_force <= finding->today) {
        finding->found = true;
        finding->current = *version;
    }
    return true;
}

static bool not_binding(const struct version_row *version, int64_t today, struct arena *arena,
                        struct error *error)
{
    if (slice_is(version->state, "withdrawn"))
        error_set(error, ERROR_REQUEST,
                  "this version of the policy was withdrawn: it binds nobody");
    else if (!slice_is(version->state, "approved"))
        error_set(error, ERROR_REQUEST,
                  "this version of the policy is not approved: it binds nobody");
    else if (version->in_force > today)
        error_set(error, ERROR_REQUEST,
                  "this version of the policy is not in force yet: it binds from %.*s",
                  SLICE_PRINT(date_words(date_from_day(version->in_force), arena)));
    else
        error_set(error, ERROR_REQUEST, "a newer version of the policy is in force by now");
    return error_advise(error, "Open the page again: it shows the version that is in force");
}

static bool read_version(struct desk *desk, struct signing *signing, struct error *error)
{
    struct id id;
    bool found;
    struct finding finding = {.today = desk->today};
    if (!desk_id(desk, "version", "the version of the policy", &id, error) ||
        !version_get(desk->db, &id, desk->arena, &signing->version, &found, error) ||
        !versions_approved(desk->db, desk->arena, look_for_current, &finding, error))
        return false;
    if (!found) return error_set(error, ERROR_REQUEST, "there is no such version of the policy");
    return (finding.found && id_same(&finding.current.id, &id)) ||
           not_binding(&signing->version, desk->today, desk->arena, error);
}

struct holding {
    const struct signing *signing;
    int64_t today;
    bool own;
    uint64_t roles, covered;
};

static bool add_held(void *context, const void *row, struct error *error)
{
    struct holding *holding = context;
    const struct role_held *held = row;
    enum role role = role_of(held->role);
    (void)error;
    if (role == ROLES || !role_held_on(held, holding->today)) return true;
    if (role_row(role)->trusted && !holding->own) return true;
    holding->roles |= role_bit(role);
    if (held->since <= holding->signing->day) holding->covered |= role_bit(role);
    return true;
}

/* As the register has it: plain roles by every linked record, roles of trust by the record itself, nobody's as a deputy. */
static bool read_roles(struct desk *desk, struct signing *signing, struct error *error)
{
    struct id *ids;
    size_t count;
    struct holding holding = {.signing = signing, .today = desk->today};
    if (!people_linked(desk->db, &desk->person, desk->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++) {
        struct person_row row;
        if (!people_row(desk->db, &ids[i], desk->arena, &row, error)) return false;
        holding.own = i == 0;
        if (slice_is(row.state, "here") &&
            !roles_of(desk->db, &ids[i], desk->arena, add_held, &holding, error))
            return false;
    }
    uint64_t bound = signoff_bound(desk->record, &signing->version.id, signing->policy);
    signing->roles = slice_is(signing->person.state, "here") ? holding.roles & bound : 0;
    signing->covered = holding.covered & signing->roles;
    if (signing->covered == 0) signing->covered = signing->roles; /* signed before they began */
    return true;
}

static bool add_signed(void *context, const void *row, struct error *error)
{
    struct signing *signing = context;
    const struct signature_row *signature = row;
    (void)error;
    if (id_same(&signature->version, &signing->version.id))
        signing->covered &= ~role_bits(signature->roles);
    return true;
}

/* Nothing is signed twice for the same roles. */
static bool check_unsigned(struct desk *desk, const struct signing *signing, struct error *error)
{
    struct signing rest = *signing;
    struct id *ids;
    size_t count;
    if (signing->roles == 0) return true; /* the clause says so */
    if (!people_linked(desk->db, &desk->person, desk->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!signatures_of(desk->db, &ids[i], desk->arena, add_signed, &rest, error)) return false;
    if (rest.covered != 0) return true;
    return error_set(error, ERROR_REQUEST, "this version of the policy is signed already") ||
           error_advise(error, "Nothing more is wanted");
}

static bool facts_signing(struct desk *desk, struct signing *signing, struct error *error)
{
    signing->policy = record_policy_version(desk->record, &signing->version.id, error);
    if (signing->policy == NULL) return false;
    return read_roles(desk, signing, error) && check_unsigned(desk, signing, error) &&
           desk_say(desk, "binds", signing->roles != 0, error);
}

/* The policy is let go at once: what the handler needs of it is copied. */
struct signing_kept {
    struct signing signing;
    struct slice text;
    LIST(struct slice) attests;
};

static void keep_text(struct desk *desk, struct signing_kept *kept)
{
    const struct policy *policy = kept->signing.policy;
    kept->text = signoff_text(policy, desk->arena);
    for (size_t i = 0; i < policy->document.clauses.count; i++)
        if (signoff_attests(&policy->document.clauses.at[i]))
            LIST_PUSH(desk->arena, &kept->attests,
                      arena_copy(desk->arena, policy->document.clauses.at[i].id));
}

static bool find(struct desk *desk, struct signing_kept *kept, struct error *error)
{
    bool done = facts_signing(desk, &kept->signing, error);
    if (kept->signing.policy == NULL) return false;
    keep_text(desk, kept);
    record_policy_let_go(desk->record, kept->signing.policy);
    kept->signing.policy = NULL;
    return done;
}

/* ---- signing --------------------------------------------------------------------------------------- */

bool facts_sign_policy(struct desk *desk, struct error *error)
{
    struct signing_kept *kept = ARENA_NEW(desk->arena, struct signing_kept);
    desk->found = kept;
    kept->signing.day = desk->today;
    if (!desk_person(desk, "person", "the person", &kept->signing.person, error) ||
        !read_version(desk, &kept->signing, error) || !find(desk, kept, error))
        return false;
    bool seen = slice_equal(order_value(desk->order, "seen"), kept->text);
    return desk_say(desk, "seen-whole", seen, error);
}

/* A sheet can be older than the record, not older than the version. */
static bool read_sheet(struct desk *desk, struct signing *signing, struct error *error)
{
    int64_t brought = london_moment(signing->version.brought).day;
    int64_t first = signing->version.in_force < brought ? signing->version.in_force : brought;
    if (!desk_day(desk, "signed", "the date on the sheet", &signing->day, error)) return false;
    if (signing->day > desk->today)
        return error_set(error, ERROR_REQUEST, "the date on the sheet is still to come");
    if (signing->day >= first) return true;
    error_set(error, ERROR_REQUEST,
              "the date on the sheet is before there was this version of the policy (%.*s)",
              SLICE_PRINT(date_words(date_from_day(first), desk->arena)));
    return error_advise(error, "A sheet of an earlier version does not count for this one: ask the "
                               "person to sign again");
}

bool facts_record_sheet(struct desk *desk, struct error *error)
{
    struct signing_kept *kept = ARENA_NEW(desk->arena, struct signing_kept);
    desk->found = kept;
    return desk_person(desk, "person", "the person", &kept->signing.person, error) &&
           read_version(desk, &kept->signing, error) && read_sheet(desk, &kept->signing, error) &&
           find(desk, kept, error);
}

/* `attests`, `attests-2` and so on: ids with blanks between, as many as fit into a field. */
static void set_attests(struct desk *desk, struct event *event, const struct signing_kept *kept)
{
    AUTO_TEXT struct text list;
    text_init(&list, EVENT_FIELD_LARGEST);
    unsigned field = 1;
    for (size_t i = 0; i < kept->attests.count && field <= ATTESTS_FIELDS_LARGEST; i++) {
        struct slice id = kept->attests.at[i];
        if (list.length > 0) text_add_char(&list, ' ');
        text_add(&list, id);
        bool last = i + 1 == kept->attests.count ||
                    list.length + 1 + kept->attests.at[i + 1].length > EVENT_FIELD_LARGEST;
        if (!last) continue;
        struct slice key =
            field == 1 ? SLICE("attests") : arena_format(desk->arena, "attests-%u", field);
        desk_set(desk, event, key.at, arena_copy(desk->arena, text_slice(&list)));
        text_cut(&list, 0);
        field++;
    }
}

static bool emit_signature(struct desk *desk, const char *method, struct error *error)
{
    const struct signing_kept *kept = desk->found;
    const struct signing *signing = &kept->signing;
    struct event *event = desk_event(desk, "policy-signed");
    desk->outcome->made = event->id;
    desk_set_id(desk, event, "signature", &event->id);
    desk_set_id(desk, event, "version", &signing->version.id);
    desk_set(desk, event, "roles", role_codes(signing->covered, desk->arena));
    desk_set_number(desk, event, "signed", signing->day);
    desk_set(desk, event, "method", slice_of(method));
    desk_set(desk, event, "text", kept->text);
    set_attests(desk, event, kept);
    if (slice_is(slice_of(method), "paper"))
        desk_set_id(desk, event, "recorder", &desk->order->actor);
    return desk_emit(desk, event, error);
}

bool do_sign_policy(struct desk *desk, struct error *error)
{
    return emit_signature(desk, "screen", error);
}

bool do_record_sheet(struct desk *desk, struct error *error)
{
    return emit_signature(desk, "paper", error);
}

/* ---- training -------------------------------------------------------------------------------------- */

struct found_training {
    struct person_row person;
    enum course course;
    int64_t done, until;
};

static int64_t years_from(int64_t day, int years)
{
    return date_to_day(date_add_months(date_from_day(day), 12 * years));
}

static bool check_training(const struct desk *desk, const struct found_training *found,
                           struct error *error)
{
    if (found->done > desk->today)
        return error_set(error, ERROR_REQUEST, "the day of the training is still to come");
    if (found->done < years_from(desk->today, -TRAINING_YEARS_LARGEST))
        return error_set(error, ERROR_REQUEST, "the day of the training is too long ago");
    if (found->until == ROW_NOTHING) return true;
    if (found->until < found->done)
        return error_set(error, ERROR_REQUEST, "the training would end before it was");
    return found->until <= years_from(desk->today, TRAINING_YEARS_LARGEST) ||
           error_set(error, ERROR_REQUEST, "the last day is too far from today") ||
           error_advise(error, "Leave it empty where the training does not run out");
}

bool facts_record_training(struct desk *desk, struct error *error)
{
    struct found_training *found = ARENA_NEW(desk->arena, struct found_training);
    struct slice course;
    desk->found = found;
    found->until = ROW_NOTHING;
    if (!desk_person(desk, "person", "the person", &found->person, error) ||
        !desk_text(desk, "course", "the training", 40, &course, error) ||
        !desk_day(desk, "done", "the day of the training", &found->done, error))
        return false;
    if (order_value(desk->order, "until").length > 0 &&
        !desk_day(desk, "until", "the last day", &found->until, error))
        return false;
    found->course = course_of(course);
    if (found->course == COURSES)
        return error_set(error, ERROR_REQUEST, "the training is not one that we know");
    if (!slice_is(found->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is not here any more");
    return check_training(desk, found, error);
}

bool do_record_training(struct desk *desk, struct error *error)
{
    const struct found_training *found = desk->found;
    struct event *event = desk_event(desk, "training-recorded");
    desk->outcome->made = event->id;
    desk_set_id(desk, event, "training", &event->id);
    desk_set(desk, event, "course", course_code(found->course));
    desk_set_number(desk, event, "done", found->done);
    if (found->until != ROW_NOTHING) desk_set_number(desk, event, "until", found->until);
    return desk_emit(desk, event, error);
}
