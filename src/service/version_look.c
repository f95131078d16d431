/* What is looked at before a version is approved: who may, which office stands empty, what it changes for whom; see
 * versions.h. The desk asks the same questions inside the act. */
#include "service/version_parts.h"

#include "base/date.h"
#include "policy/addressed.h"
#include "service/change_roles.h"
#include "service/register.h"

#define WORDS_TEXT_LARGEST 2000

/* ---- who approves ---- */

int version_word(const struct policy *policy, enum role role)
{
    struct slice word = role_row(role)->word;
    return word.length == 0 ? -1 : words_find_id(&policy->words, WORD_PERSON, word);
}

static bool counts_as_any(const struct policy *policy, int word, const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++) {
        int wanted = roles->list.at[i];
        if (word >= 0 && (word == wanted || policy_counts(policy, WORD_PERSON, word, wanted)))
            return true;
    }
    return false;
}

/* Whether the record's own rules let a role approve what the policy leaves open. */
static bool open_to(struct record *record, enum role role, struct arena *arena)
{
    static const char *const said[][2] = {{"body-unnamed", "yes"},
                                          {"body-named", "no"},
                                          {"date-free", "yes"},
                                          {"wrote", "no"},
                                          {"names-vacancy", "no"}};
    struct error ignored = {.code = ERROR_NONE};
    struct request request;
    struct decision decision;
    request_init(record->rules, true, arena, &request);
    bool set = request_set(&request, SLICE("actor"), role_row(role)->code, &ignored) &&
               request_set(&request, SLICE("act"), slice_of(act_id(ACT_APPROVE_VERSION)), &ignored);
    for (size_t i = 0; i < sizeof said / sizeof *said && set; i++)
        set = request_set(&request, arena_format(arena, "fact %s", said[i][0]),
                          slice_of(said[i][1]), &ignored);
    if (!set) return false;
    decide(&request, arena, &decision);
    return decision.verdict == VERDICT_ALLOWED;
}

/* The rules are the program's own and never change while it runs: asked once. */
static uint64_t open_roles(struct record *record)
{
    static _Atomic uint64_t known; /* 0: not asked yet */
    uint64_t roles = known;
    if (roles != 0) return roles;
    AUTO(arena) struct arena *arena = arena_new();
    for (int role = 0; role < ROLES; role++)
        if (open_to(record, (enum role)role, arena)) roles |= role_bit((enum role)role);
    known = roles;
    return roles;
}

struct slice version_titles(uint64_t roles, struct arena *arena)
{
    AUTO_TEXT struct text words;
    size_t left = (size_t)__builtin_popcountll(roles);
    text_init(&words, WORDS_TEXT_LARGEST);
    for (int role = 0; role < ROLES; role++) {
        if ((roles & role_bit((enum role)role)) == 0) continue;
        text_add(&words, role_row((enum role)role)->title);
        left--;
        text_add_string(&words, left > 1 ? ", " : left == 1 ? ", or " : "");
    }
    return arena_copy(arena, text_slice(&words));
}

/* By the policy in force today; without one by the new one's own line. */
static void body_of(struct record *record, const struct policy *policy, struct arena *arena,
                    struct version_body *ret_body)
{
    const struct roles *approvers = policy != NULL ? policy_approvers(policy, NULL) : NULL;
    *ret_body = (struct version_body){.named = approvers != NULL};
    if (approvers == NULL) ret_body->roles = open_roles(record);
    for (int role = 0; role < ROLES && approvers != NULL; role++)
        if (counts_as_any(policy, version_word(policy, (enum role)role), approvers))
            ret_body->roles |= role_bit((enum role)role);
    ret_body->words = version_titles(ret_body->roles, arena);
}

void version_body(struct record *record, const struct policy *next, struct arena *arena,
                  struct version_body *ret_body)
{
    const struct policy *current = record_policy(record);
    body_of(record, current != NULL ? current : next, arena, ret_body);
    if (current != NULL) record_policy_let_go(record, current);
}

bool version_approves(struct record *record, const struct id *person)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct version_body body;
    enum role roles[ROLES];
    struct id top = record_top(record);
    const struct register_view *view = register_hold(record);
    size_t count = register_roles(view, person, &top, record_today(record), roles);
    register_let_go(record, view);
    version_body(record, NULL, arena, &body);
    for (size_t i = 0; i < count; i++)
        if ((body.roles & role_bit(roles[i])) != 0) return true;
    return false;
}

/* ---- offices that stand empty ---- */

/* The roles of the register that are or count as somebody whom the policy names. */
static uint64_t roles_of_word(const struct policy *policy, int word)
{
    uint64_t roles = 0;
    for (int role = 0; role < ROLES; role++) {
        int own = version_word(policy, (enum role)role);
        if (own >= 0 && (own == word || policy_counts(policy, WORD_PERSON, own, word)))
            roles |= role_bit((enum role)role);
    }
    return roles;
}

/* An office is what only roles of trust are: a word that plain roles count as too, such as `an employee`, is none. */
static bool is_office(uint64_t roles)
{
    for (int role = 0; role < ROLES; role++)
        if ((roles & role_bit((enum role)role)) != 0 && !role_row((enum role)role)->trusted)
            return false;
    return roles != 0;
}

static bool held_on(struct db *db, uint64_t roles, int64_t day, struct arena *arena, bool *ret_held,
                    struct error *error)
{
    struct id anywhere = {{0}};
    *ret_held = false;
    for (int role = 0; role < ROLES && !*ret_held; role++) {
        struct people_ids holders;
        if ((roles & role_bit((enum role)role)) == 0) continue;
        if (!people_holders(db, (enum role)role, &anywhere, day, arena, &holders, error))
            return false;
        *ret_held = holders.list.count > 0;
    }
    return true;
}

/* Who bears a duty is no addressee: nobody is sent to them in vain. */
static bool is_turned_to(const struct addressed *addressed)
{
    return addressed->as != ADDRESSED_OWES;
}

/* Of those who approve one is enough. */
static uint64_t roles_addressed(const struct policy *policy, const struct addressed *addressed)
{
    const struct roles *approvers = policy_approvers(policy, NULL);
    uint64_t roles = 0;
    if (addressed->as != ADDRESSED_APPROVES || approvers == NULL)
        return roles_of_word(policy, addressed->role);
    for (size_t i = 0; i < approvers->list.count; i++)
        roles |= roles_of_word(policy, approvers->list.at[i]);
    return roles;
}

uint64_t version_office(const struct policy *policy, const struct addressed *addressed)
{
    uint64_t roles = roles_addressed(policy, addressed);
    return is_turned_to(addressed) && is_office(roles) ? roles : 0;
}

bool version_vacancies_in(struct db *db, const struct policy *policy, int64_t day,
                          struct arena *arena, struct version_vacancies *ret_vacancies,
                          struct error *error)
{
    struct addressed_list named;
    bool seen[WORDS_LARGEST] = {false}, approvers_seen = false;
    *ret_vacancies = (struct version_vacancies){0};
    policy_addressed(policy, arena, &named);
    for (size_t i = 0; i < named.list.count; i++) {
        const struct addressed *addressed = &named.list.at[i];
        uint64_t roles = roles_addressed(policy, addressed);
        bool held = true, approves = addressed->as == ADDRESSED_APPROVES;
        if (!is_turned_to(addressed) || seen[addressed->role] || !is_office(roles)) continue;
        if (approves && approvers_seen) continue;
        if (approves)
            approvers_seen = true;
        else
            seen[addressed->role] = true;
        if (!held_on(db, roles, day, arena, &held, error)) return false;
        if (!held)
            LIST_PUSH(arena, &ret_vacancies->list,
                      (struct version_vacancy){version_titles(roles, arena), addressed->clause,
                                               addressed_word(addressed->as)});
    }
    return true;
}

bool version_vacancies(struct record *record, const struct policy *policy, int64_t day,
                       struct arena *arena, struct version_vacancies *ret_vacancies,
                       struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = version_vacancies_in(db, policy, day, arena, ret_vacancies, error);
    record_read_done(record, db);
    return read;
}

/* ---- what it changes for whom ---- */

/* Of an approved version the one that it was compared with then; of any other the newest approved one. */
static bool base_of(struct db *db, const struct id *version, struct arena *arena,
                    struct id *ret_base, struct error *error)
{
    struct version_row row, newest;
    bool found, any;
    *ret_base = (struct id){{0}};
    if (!version_get(db, version, arena, &row, &found, error) ||
        !version_newest(db, arena, &newest, &any, error))
        return false;
    if (!found) return error_set(error, ERROR_REQUEST, "there is no such version of the policy");
    if (slice_is(row.state, "approved"))
        *ret_base = row.base;
    else if (any)
        *ret_base = newest.id;
    return true;
}

static bool find_base(struct record *record, const struct id *version, struct arena *arena,
                      struct id *ret_base, struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = base_of(db, version, arena, ret_base, error);
    record_read_done(record, db);
    return read;
}

bool version_look(struct record *record, const struct id *version, struct arena *arena,
                  struct version_look *ret_look, struct error *error)
{
    struct change_role *roles = ARENA_ARRAY(arena, struct change_role, CHANGE_ROLES);
    *ret_look =
        (struct version_look){.record = record, .version = *version, .changed = SLICE_EMPTY};
    if (!find_base(record, version, arena, &ret_look->base, error)) return false;
    ret_look->policy = record_policy_version(record, version, error);
    if (ret_look->policy == NULL) return false;
    if (id_is_none(&ret_look->base)) return true;
    ret_look->old = record_policy_version(record, &ret_look->base, error);
    if (ret_look->old == NULL) {
        version_look_clear(ret_look);
        return false;
    }
    change_roles(roles);
    policy_changes(ret_look->old, ret_look->policy, roles, CHANGE_ROLES, arena, &ret_look->changes);
    ret_look->changed = change_codes(&ret_look->changes, arena);
    return true;
}

void version_look_clear(struct version_look *look)
{
    if (look->policy != NULL) record_policy_let_go(look->record, look->policy);
    if (look->old != NULL) record_policy_let_go(look->record, look->old);
    look->policy = look->old = NULL;
}
