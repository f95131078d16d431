/* Versions of the policy as acts: brought, approved, refused, taken back. Values:
 *   bring-version     matter: a struct version_brought that compiles
 *   approve-version   version, in-force (a day), body? (code of the role in whose name), material (yes or no), why (where it
 *                     is material), minute?; matter: a struct version_look, made before the act
 *   refuse-version    version, reason
 *   withdraw-version  version, reason (its author needs none)
 * Events: version-brought, version-approved, version-refused, version-withdrawn. Names and days stand in them; what was said
 * is sealed under the version's own id. */
#include "service/upload.h"
#include "service/version_parts.h"

#include "base/date.h"

#define NUMBER_LARGEST 60
#define DECIDED_WITHIN (14LL * 24 * 3600 * 1000)
#define WHY_LARGEST 3000

/* ---- bring-version --------------------------------------------------------------------------------- */

struct bringing {
    struct desk *desk;
    const struct version_brought *brought;
    struct version_said said;
    size_t waiting;
    struct version_row twin; /* one with the same meaning and prose, which waits or counts */
    bool has_twin;
};

static bool compare_with(void *context, const void *row, struct error *error)
{
    struct bringing *bringing = context;
    const struct version_row *other = row;
    bool waits = slice_is(other->state, "brought"), approved = slice_is(other->state, "approved");
    (void)error;
    if (waits) bringing->waiting++;
    if (!slice_equal(other->meaning, bringing->said.meaning) ||
        !slice_equal(other->prose, bringing->said.prose))
        return true;
    if (!waits && !approved) return true;
    bringing->twin = *other;
    bringing->has_twin = true;
    return true;
}

static struct slice source_named(const struct policy_sources *sources, struct slice file)
{
    if (slice_is(file, "words.md")) return sources->words.text;
    return slice_is(file, "law.md") ? sources->law.text : SLICE_EMPTY;
}

/* What the hashes of rules and text leave out: the vocabulary and the law behind it. */
static bool same_behind(const struct bringing *bringing)
{
    struct slice files = bringing->twin.files, uploads = bringing->twin.uploads, file, upload;
    while (slice_split(&files, ' ', &file) && slice_split(&uploads, ' ', &upload)) {
        if (!slice_is(file, "words.md") && !slice_is(file, "law.md")) continue;
        struct slice mine = source_named(&bringing->brought->sources, file);
        if (!slice_equal(upload_name(mine, bringing->desk->arena), upload)) return false;
    }
    return true;
}

/* An earlier one that was replaced may come back. */
static bool counts_now(struct desk *desk, const struct version_row *row)
{
    struct id current;
    const struct policy *policy = record_policy_on(desk->record, desk->today, &current);
    if (policy != NULL) record_policy_let_go(desk->record, policy);
    return row->in_force > desk->today || id_same(&row->id, &current);
}

static bool not_twice(struct bringing *bringing, struct error *error)
{
    const struct version_row *twin = &bringing->twin;
    if (!bringing->has_twin || !same_behind(bringing)) return true;
    if (slice_is(twin->state, "brought")) {
        error_set(error, ERROR_REQUEST,
                  "this very text waits already: version %.*s, not yet decided on",
                  SLICE_PRINT(twin->number));
        return error_advise(error, "Open it in the list of versions; nothing new was kept");
    }
    if (!counts_now(bringing->desk, twin)) return true;
    error_set(error, ERROR_REQUEST, "this is version %.*s as it was approved: nothing is different",
              SLICE_PRINT(twin->number));
    return error_advise(error, "Change the text first; nothing new was kept");
}

static bool check_brought(struct bringing *bringing, struct error *error)
{
    const struct version_said *said = &bringing->said;
    if (said->number.length > NUMBER_LARGEST || !event_value_fits(said->number) ||
        !event_value_fits(said->name))
        return error_set(error, ERROR_REQUEST,
                         "the front matter's name and version must be short plain words");
    if (!versions_each(bringing->desk->db, bringing->desk->arena, compare_with, bringing, error))
        return false;
    if (bringing->waiting >= VERSIONS_WAITING_LARGEST) {
        error_set(error, ERROR_LIMIT, "%d versions wait to be decided on, and no more may",
                  VERSIONS_WAITING_LARGEST);
        return error_advise(error, "Take back or refuse those that nobody wants");
    }
    return not_twice(bringing, error);
}

bool facts_bring_version(struct desk *desk, struct error *error)
{
    struct bringing *bringing = ARENA_NEW(desk->arena, struct bringing);
    const struct version_brought *brought = desk->order->matter;
    desk->found = bringing;
    desk->scope = desk->record->top;
    if (brought == NULL || brought->policy == NULL)
        return error_set(error, ERROR_REQUEST, "the policy's text is missing");
    *bringing = (struct bringing){.desk = desk, .brought = brought};
    version_describe(brought->policy, desk->arena, &bringing->said);
    return check_brought(bringing, error);
}

/* For each role that may decide on it. */
static bool open_tasks(struct desk *desk, const struct id *version, const struct policy *policy,
                       struct error *error)
{
    struct version_body body;
    version_body(desk->record, policy, desk->arena, &body);
    for (int role = 0; role < ROLES; role++) {
        struct task_plan plan = {.kind = "version-waiting",
                                 .role = (enum role)role,
                                 .org = &desk->record->top,
                                 .about = version,
                                 .due = desk->now + DECIDED_WITHIN};
        if ((body.roles & role_bit((enum role)role)) != 0 && !desk_task(desk, &plan, NULL, error))
            return false;
    }
    return true;
}

bool do_bring_version(struct desk *desk, struct error *error)
{
    struct bringing *bringing = desk->found;
    struct version_said *said = &bringing->said;
    struct event *event = desk_event(desk, "version-brought");
    if (!version_upload(desk->record, &bringing->brought->sources, desk->arena, said, error))
        return false;
    desk_set_id(desk, event, "version", &event->id);
    desk_set_id(desk, event, "org", &desk->record->top);
    desk_set(desk, event, "name", said->name);
    desk_set(desk, event, "number", said->number);
    desk_set(desk, event, "files", said->files);
    desk_set(desk, event, "upload", said->uploads);
    desk_set(desk, event, "meaning", said->meaning);
    desk_set(desk, event, "prose", said->prose);
    desk->outcome->made = event->id;
    return desk_emit(desk, event, error) &&
           open_tasks(desk, &desk->outcome->made, bringing->brought->policy, error);
}

/* ---- what deciding on one needs -------------------------------------------------------------------- */

struct deciding {
    struct version_row row;
    bool wrote;
    struct slice reason, minute;
    struct version_body body;
    uint64_t mine; /* of the body's roles those that the actor has today */
    /* approving */
    const struct version_look *look;
    enum role as;
    int64_t in_force;
    bool material;
    struct version_vacancies vacancies;
};

static bool read_version(struct desk *desk, struct deciding **ret_deciding, struct error *error)
{
    struct deciding *deciding = ARENA_NEW(desk->arena, struct deciding);
    struct id id;
    bool found;
    desk->found = *ret_deciding = deciding;
    desk->scope = desk->record->top;
    deciding->as = ROLES;
    if (!desk_id(desk, "version", "the version of the policy", &id, error) ||
        !version_get(desk->db, &id, desk->arena, &deciding->row, &found, error))
        return false;
    if (!found) return error_set(error, ERROR_REQUEST, "there is no such version of the policy");
    return desk_is_actor(desk, &deciding->row.author, &deciding->wrote, error) &&
           desk_say(desk, "wrote", deciding->wrote, error);
}

static bool decided_already(const struct version_row *row, struct error *error)
{
    error_set(error, ERROR_REQUEST, "this version was %s meanwhile",
              slice_is(row->state, "approved")  ? "approved"
              : slice_is(row->state, "refused") ? "refused"
                                                : "taken back");
    return error_advise(error, "Open the list of versions: it shows how it stands");
}

static void add_why(struct desk *desk, struct slice more)
{
    desk->why = desk->why.length == 0 ? more
                                      : arena_format(desk->arena, "%.*s %.*s",
                                                     SLICE_PRINT(desk->why), SLICE_PRINT(more));
}

/* Who decides, and in which of those roles the actor could: today, over the whole organisation. */
static bool find_body(struct desk *desk, struct deciding *deciding, const struct policy *next,
                      struct error *error)
{
    enum role roles[ROLES];
    size_t count = 0;
    version_body(desk->record, next, desk->arena, &deciding->body);
    if (!id_is_none(&desk->order->actor) &&
        !people_acting_roles(desk->record, desk->db, &desk->order->actor, &desk->scope, desk->today,
                             desk->arena, roles, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) deciding->mine |= deciding->body.roles & role_bit(roles[i]);
    return true;
}

static bool say_body(struct desk *desk, const struct deciding *deciding, struct error *error)
{
    bool mine = deciding->mine != 0, named = deciding->body.named;
    if (!mine)
        add_why(desk,
                arena_format(desk->arena, "%s: %.*s.",
                             named ? "The policy says who decides on it" : "Who may decide on it",
                             SLICE_PRINT(deciding->body.words)));
    return desk_say(desk, "body-named", named && mine, error) &&
           desk_say(desk, "body-unnamed", !named && mine, error);
}

static bool read_reason(struct desk *desk, const char *key, const char *called, bool needed,
                        struct slice *ret_reason, struct error *error)
{
    *ret_reason = slice_trim(order_value(desk->order, key));
    if (ret_reason->length == 0 && !needed) return true;
    return desk_text(desk, key, called, VERSION_REASON_LARGEST, ret_reason, error);
}

static struct event *decided(struct desk *desk, const char *kind, const struct deciding *deciding)
{
    struct event *event = desk_event(desk, kind);
    desk_set_id(desk, event, "version", &deciding->row.id);
    return event;
}

/* What was said, sealed under the version's own id: it may name people. */
static bool seal_said(struct desk *desk, struct event *event, const struct deciding *deciding,
                      struct error *error)
{
    struct pairs pairs = {0};
    if (deciding->reason.length > 0) pairs_add(&pairs, desk->arena, "reason", deciding->reason);
    if (deciding->minute.length > 0) pairs_add(&pairs, desk->arena, "minute", deciding->minute);
    return pairs.list.count == 0 || desk_part(desk, event, &deciding->row.id, &pairs, error);
}

struct closing {
    struct desk *desk;
    const struct id *version;
    LIST(struct id) tasks;
};

static bool see_task(void *context, const void *row, struct error *error)
{
    struct closing *closing = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, "version-waiting") && slice_is(task->state, "open"))
        LIST_PUSH(closing->desk->arena, &closing->tasks, task->id);
    return true;
}

static bool close_tasks(struct desk *desk, const struct id *version, struct error *error)
{
    struct closing closing = {.desk = desk, .version = version};
    if (!tasks_about(desk->db, version, desk->arena, see_task, &closing, error)) return false;
    for (size_t i = 0; i < closing.tasks.count; i++)
        if (!desk_task_close(desk, &closing.tasks.at[i], error)) return false;
    return true;
}

/* ---- approve-version ------------------------------------------------------------------------------- */

/* In whose name: as chosen, else the first role of the body that the actor has. */
static bool choose_body(struct desk *desk, struct deciding *deciding, struct error *error)
{
    struct slice code = slice_trim(order_value(desk->order, "body"));
    deciding->as = role_of(code);
    if (code.length > 0 && deciding->as == ROLES)
        return error_set(error, ERROR_REQUEST, "there is no role of that name to approve in");
    if (code.length > 0) {
        deciding->mine &= role_bit(deciding->as);
        return true;
    }
    for (int role = ROLES; role-- > 0;)
        if ((deciding->mine & role_bit((enum role)role)) != 0) deciding->as = (enum role)role;
    return true;
}

static struct slice day_words(struct desk *desk, int64_t day)
{
    return date_words(date_from_day(day), desk->arena);
}

/* Versions come into force one behind the other: no two on one day, none before one that is approved. */
static bool say_date(struct desk *desk, const struct deciding *deciding,
                     const struct version_row *newest, bool any, struct error *error)
{
    int64_t day = deciding->in_force;
    bool past = day < desk->today, taken = any && day <= newest->in_force;
    if (past)
        add_why(desk, arena_format(desk->arena,
                                   "%.*s has passed: a version is in force from today or later, "
                                   "never from a day before.",
                                   SLICE_PRINT(day_words(desk, day))));
    else if (taken && day == newest->in_force)
        add_why(desk, arena_format(desk->arena,
                                   "Version %.*s is in force from that very day. Choose a later "
                                   "one.",
                                   SLICE_PRINT(newest->number)));
    else if (taken)
        add_why(desk, arena_format(desk->arena,
                                   "Version %.*s is approved to be in force from %.*s. Choose a "
                                   "day after it, or take that version back first.",
                                   SLICE_PRINT(newest->number),
                                   SLICE_PRINT(day_words(desk, newest->in_force))));
    return desk_say(desk, "date-free", !past && !taken, error);
}

static void why_vacant(struct desk *desk, const struct version_vacancies *vacancies)
{
    AUTO_TEXT struct text words;
    text_init(&words, WHY_LARGEST);
    text_add_string(&words, "It names who is not there: ");
    for (size_t i = 0; i < vacancies->list.count; i++) {
        const struct version_vacancy *vacancy = &vacancies->list.at[i];
        text_format(&words, "%s%.*s (clause %.*s)", i > 0 ? "; " : "", SLICE_PRINT(vacancy->title),
                    SLICE_PRINT(vacancy->clause->id));
    }
    text_add_string(&words,
                    ". Give somebody that role, or change the policy, and approve it then.");
    add_why(desk, arena_copy(desk->arena, text_slice(&words)));
}

static bool say_vacancies(struct desk *desk, struct deciding *deciding, struct error *error)
{
    struct version_vacancies *vacancies = &deciding->vacancies;
    int64_t day = deciding->in_force > desk->today ? deciding->in_force : desk->today;
    if (!version_vacancies_in(desk->db, deciding->look->policy, day, desk->arena, vacancies, error))
        return false;
    if (vacancies->list.count > 0) why_vacant(desk, vacancies);
    return desk_say(desk, "names-vacancy", vacancies->list.count > 0, error);
}

static bool read_approval(struct desk *desk, struct deciding *deciding, struct error *error)
{
    struct slice material = slice_trim(order_value(desk->order, "material"));
    deciding->look = desk->order->matter;
    if (deciding->look == NULL || !id_same(&deciding->look->version, &deciding->row.id))
        return error_set(error, ERROR_REQUEST,
                         "what the version changes has to be looked at first");
    deciding->material = slice_is(material, "yes");
    if (!deciding->material && !slice_is(material, "no")) {
        error_set(error, ERROR_REQUEST, "say whether everybody has to sign again");
        return error_advise(error, "`yes` asks everybody; `no` asks those alone for whom it "
                                   "means something else");
    }
    deciding->minute = slice_trim(order_value(desk->order, "minute"));
    if (deciding->minute.length > VERSION_MINUTE_LARGEST)
        return error_set(error, ERROR_LIMIT, "the reference of the minute is too long: at most %d",
                         VERSION_MINUTE_LARGEST);
    return read_reason(desk, "why", "the reason why everybody signs again", deciding->material,
                       &deciding->reason, error) &&
           desk_day(desk, "in-force", "the day from which it is in force", &deciding->in_force,
                    error);
}

/* What the approver saw was laid beside another version than the one that it would follow. */
static bool base_holds(const struct deciding *deciding, const struct version_row *newest, bool any,
                       struct error *error)
{
    struct id base = any ? newest->id : (struct id){{0}};
    if (id_same(&deciding->look->base, &base)) return true;
    error_set(error, ERROR_REQUEST,
              "another version was approved meanwhile: what this one changes is not what you saw");
    return error_advise(error, "Open the version again, look at what it changes now, and decide "
                               "then");
}

bool facts_approve_version(struct desk *desk, struct error *error)
{
    struct deciding *deciding;
    struct version_row newest;
    bool any;
    if (!read_version(desk, &deciding, error)) return false;
    if (!slice_is(deciding->row.state, "brought")) return decided_already(&deciding->row, error);
    if (!read_approval(desk, deciding, error) ||
        !find_body(desk, deciding, deciding->look->policy, error) ||
        !choose_body(desk, deciding, error) || !say_body(desk, deciding, error) ||
        !version_newest(desk->db, desk->arena, &newest, &any, error) ||
        !say_date(desk, deciding, &newest, any, error) || !say_vacancies(desk, deciding, error))
        return false;
    bool refused_anyway = desk->why.length > 0;
    return refused_anyway || base_holds(deciding, &newest, any, error);
}

bool do_approve_version(struct desk *desk, struct error *error)
{
    const struct deciding *deciding = desk->found;
    struct event *event = decided(desk, "version-approved", deciding);
    if (deciding->as != ROLES) desk_set(desk, event, "body", role_row(deciding->as)->code);
    desk_set_number(desk, event, "in-force", deciding->in_force);
    desk_set(desk, event, "material", deciding->material ? SLICE("yes") : SLICE("no"));
    desk_set(desk, event, "changed", deciding->look->changed);
    if (!id_is_none(&deciding->look->base)) desk_set_id(desk, event, "base", &deciding->look->base);
    desk->outcome->made = deciding->row.id;
    return seal_said(desk, event, deciding, error) && desk_emit(desk, event, error) &&
           close_tasks(desk, &deciding->row.id, error);
}

/* ---- refuse-version, withdraw-version -------------------------------------------------------------- */

/* Without a policy in force the version's own line says whose it is to decide. */
static bool find_own_body(struct desk *desk, struct deciding *deciding, struct error *error)
{
    const struct policy *policy = record_policy_version(desk->record, &deciding->row.id, error);
    if (policy == NULL) return false;
    bool found = find_body(desk, deciding, policy, error);
    record_policy_let_go(desk->record, policy);
    return found;
}

static bool turn_down(struct desk *desk, struct deciding *deciding, struct error *error)
{
    bool approved = slice_is(deciding->row.state, "approved");
    if (!find_own_body(desk, deciding, error) || !say_body(desk, deciding, error) ||
        !read_reason(desk, "reason", "the reason", !deciding->wrote, &deciding->reason, error))
        return false;
    return desk_say(desk, "reason", deciding->reason.length > 0, error) &&
           desk_say(desk, "approved", approved, error) &&
           desk_say(desk, "in-force", approved && deciding->row.in_force <= desk->today, error);
}

bool facts_refuse_version(struct desk *desk, struct error *error)
{
    struct deciding *deciding;
    if (!read_version(desk, &deciding, error)) return false;
    if (!slice_is(deciding->row.state, "brought")) return decided_already(&deciding->row, error);
    return turn_down(desk, deciding, error);
}

bool do_refuse_version(struct desk *desk, struct error *error)
{
    const struct deciding *deciding = desk->found;
    struct event *event = decided(desk, "version-refused", deciding);
    return seal_said(desk, event, deciding, error) && desk_emit(desk, event, error) &&
           close_tasks(desk, &deciding->row.id, error);
}

struct following {
    const struct id *base;
    struct version_row row;
    bool found;
};

static bool see_following(void *context, const void *row, struct error *error)
{
    struct following *following = context;
    const struct version_row *version = row;
    (void)error;
    if (!id_same(&version->base, following->base)) return true;
    following->row = *version;
    following->found = true;
    return true;
}

/* Whom the one behind it asks to sign again was worked out against this one: without it what this one changed would be
 * signed by nobody. */
static bool none_behind(struct desk *desk, const struct version_row *row, struct error *error)
{
    struct following following = {.base = &row->id};
    if (!versions_approved(desk->db, desk->arena, see_following, &following, error)) return false;
    if (!following.found) return true;
    error_set(error, ERROR_REQUEST, "version %.*s was approved as the one that follows this one",
              SLICE_PRINT(following.row.number));
    return error_advise(error, "Take that one back first, and have it approved again afterwards");
}

bool facts_withdraw_version(struct desk *desk, struct error *error)
{
    struct deciding *deciding;
    if (!read_version(desk, &deciding, error)) return false;
    bool approved = slice_is(deciding->row.state, "approved");
    if (!approved && !slice_is(deciding->row.state, "brought"))
        return decided_already(&deciding->row, error);
    if (approved && deciding->row.in_force > desk->today &&
        !none_behind(desk, &deciding->row, error))
        return false;
    if (approved && deciding->row.in_force <= desk->today)
        add_why(desk, SLICE("It is in force, or was: bring a new version instead."));
    return turn_down(desk, deciding, error);
}

bool do_withdraw_version(struct desk *desk, struct error *error)
{
    const struct deciding *deciding = desk->found;
    struct event *event = decided(desk, "version-withdrawn", deciding);
    return seal_said(desk, event, deciding, error) && desk_emit(desk, event, error) &&
           close_tasks(desk, &deciding->row.id, error);
}
