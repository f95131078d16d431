/* The roles that somebody holds on a day, and who holds a role; see people.h. The register in memory follows the same rules
 * over what was committed: register_ask.c. */
#include "service/people.h"

#include "store/keeping.h"

bool role_held_on(const struct role_held *row, int64_t day)
{
    return slice_is(row->state, "held") && row->since <= day &&
           (row->until == ROW_NOTHING || row->until >= day);
}

/* ---- away ---- */

struct away {
    int64_t day;
    bool is;
};

static bool covers(void *context, const void *row, struct error *error)
{
    struct away *away = context;
    const struct absence_row *absence = row;
    (void)error;
    if (slice_is(absence->state, "open") && absence->since <= away->day &&
        (absence->until == ROW_NOTHING || absence->until >= away->day))
        away->is = true;
    return true;
}

bool people_away(struct db *db, const struct id *person, int64_t day, bool *ret_away,
                 struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct id *ids;
    size_t count;
    struct away away = {day, false};
    if (!people_linked(db, person, arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!absences_of(db, &ids[i], arena, covers, &away, error)) return false;
    *ret_away = away.is;
    return true;
}

/* ---- roles held ---- */

struct acting {
    struct db *db;
    struct arena *arena;
    const struct id *over;
    int64_t day;
    bool own;     /* the record itself, no linked one */
    bool trusted; /* it holds a role of trust somewhere */
    bool has[ROLES];
};

static bool add_role(void *context, const void *row, struct error *error)
{
    struct acting *acting = context;
    const struct role_held *held = row;
    enum role role = role_of(held->role);
    bool under = false;
    if (role == ROLES || !role_held_on(held, acting->day)) return true;
    if (role_row(role)->trusted && !acting->own) return true;
    if (role_row(role)->trusted) acting->trusted = true;
    if (acting->has[role]) return true;
    if (!people_under(acting->db, acting->over, &held->org, &under, error)) return false;
    acting->has[role] = under;
    return true;
}

static bool add_roles(struct acting *acting, const struct id *person, struct error *error)
{
    struct person_row row;
    bool found;
    if (!person_get(acting->db, person, acting->arena, &row, &found, error)) return false;
    if (!found || !slice_is(row.state, "here")) return true;
    return roles_of(acting->db, person, acting->arena, add_role, acting, error);
}

/* ---- holders ---- */

struct holders {
    struct db *db;
    struct arena *arena;
    const struct id *over;
    int64_t day;
    struct people_ids *ids;
};

static bool add_holder(void *context, const void *row, struct error *error)
{
    struct holders *holders = context;
    const struct role_held *held = row;
    struct person_row person;
    bool under, found;
    if (!role_held_on(held, holders->day)) return true;
    if (!people_under(holders->db, holders->over, &held->org, &under, error) ||
        !person_get(holders->db, &held->person, holders->arena, &person, &found, error))
        return false;
    for (size_t i = 0; i < holders->ids->list.count; i++)
        if (id_same(&holders->ids->list.at[i], &held->person)) return true;
    if (under && found && slice_is(person.state, "here"))
        LIST_PUSH(holders->arena, &holders->ids->list, held->person);
    return true;
}

bool people_holders(struct db *db, enum role role, const struct id *over, int64_t day,
                    struct arena *arena, struct people_ids *ret_ids, struct error *error)
{
    *ret_ids = (struct people_ids){0};
    struct holders holders = {db, arena, over, day, ret_ids};
    return roles_named(db, role_row(role)->code, arena, add_holder, &holders, error);
}

/* ---- deputies ---- */

struct deputies {
    struct arena *arena;
    const struct id *ids; /* of the person asked about */
    size_t count;
    LIST(struct deputy_row) list;
};

static bool add_deputy(void *context, const void *row, struct error *error)
{
    struct deputies *deputies = context;
    const struct deputy_row *deputy = row;
    (void)error;
    if (!slice_is(deputy->state, "named")) return true;
    for (size_t i = 0; i < deputies->count; i++)
        if (id_same(&deputies->ids[i], &deputy->person))
            LIST_PUSH(deputies->arena, &deputies->list, *deputy);
    return true;
}

static bool all_away(struct acting *acting, enum role role, const struct id *over, bool *ret_away,
                     struct error *error)
{
    struct people_ids holders;
    bool away = true;
    if (!people_holders(acting->db, role, over, acting->day, acting->arena, &holders, error))
        return false;
    for (size_t i = 0; away && i < holders.list.count; i++)
        if (!people_away(acting->db, &holders.list.at[i], acting->day, &away, error)) return false;
    *ret_away = away && holders.list.count > 0;
    return true;
}

static bool add_stand_in(struct acting *acting, const struct id *person,
                         const struct deputy_row *deputy, struct error *error)
{
    enum role role = role_of(deputy->role);
    bool under, away;
    if (role == ROLES || acting->has[role]) return true;
    /* who was trusted when they were named may not be any longer */
    if (role_row(role)->trusted && (!acting->trusted || !id_same(person, &deputy->person)))
        return true;
    if (!people_under(acting->db, acting->over, &deputy->org, &under, error)) return false;
    if (!under) return true;
    if (!all_away(acting, role, &deputy->org, &away, error)) return false;
    acting->has[role] = away;
    return true;
}

static bool add_stand_ins(struct acting *acting, const struct id *person, const struct id *ids,
                          size_t count, struct error *error)
{
    struct deputies deputies = {.arena = acting->arena, .ids = ids, .count = count};
    struct person_row row;
    bool found;
    if (!person_get(acting->db, person, acting->arena, &row, &found, error) ||
        !deputies_each(acting->db, acting->arena, add_deputy, &deputies, error))
        return false;
    if (!found || !slice_is(row.state, "here")) return true;
    for (size_t i = 0; i < deputies.list.count; i++)
        if (!add_stand_in(acting, person, &deputies.list.at[i], error)) return false;
    return true;
}

bool people_acting_roles(struct record *record, struct db *db, const struct id *person,
                         const struct id *over, int64_t day, struct arena *arena,
                         enum role *ret_roles, size_t *ret_count, struct error *error)
{
    struct acting acting = {.db = db, .arena = arena, .over = over, .day = day};
    struct id *ids;
    size_t linked, count = 0;
    (void)record;
    if (!people_linked(db, person, arena, &ids, &linked, error)) return false;
    for (size_t i = 0; i < linked; i++) {
        acting.own = i == 0;
        if (!add_roles(&acting, &ids[i], error)) return false;
    }
    if (!add_stand_ins(&acting, person, ids, linked, error)) return false;
    for (int role = 0; role < ROLES; role++)
        if (acting.has[role]) ret_roles[count++] = (enum role)role;
    *ret_count = count;
    return true;
}

/* ---- trust ---- */

struct trust {
    int64_t day;
    bool is;
};

static bool see_trust(void *context, const void *row, struct error *error)
{
    struct trust *trust = context;
    const struct role_held *held = row;
    enum role role = role_of(held->role);
    bool ended = held->until != ROW_NOTHING && held->until < trust->day;
    (void)error;
    if (role != ROLES && role_row(role)->trusted && !ended &&
        (slice_is(held->state, "held") || slice_is(held->state, "proposed")))
        trust->is = true;
    return true;
}

bool people_trusted(struct db *db, const struct id *person, int64_t day, struct arena *arena,
                    bool *ret_trusted, struct error *error)
{
    struct trust trust = {day, false};
    if (!roles_of(db, person, arena, see_trust, &trust, error)) return false;
    *ret_trusted = trust.is;
    return true;
}

/* ---- the first people, and the last ---- */

struct trusted {
    struct desk *desk;
    struct people_ids ids;
};

static bool add_trusted(void *context, const void *row, struct error *error)
{
    struct trusted *trusted = context;
    const struct role_held *held = row;
    enum role role = role_of(held->role);
    (void)error;
    if (role == ROLES || !role_row(role)->trusted || !role_held_on(held, trusted->desk->today))
        return true;
    for (size_t i = 0; i < trusted->ids.list.count; i++)
        if (id_same(&trusted->ids.list.at[i], &held->person)) return true;
    LIST_PUSH(trusted->desk->arena, &trusted->ids.list, held->person);
    return true;
}

bool people_record_new(struct desk *desk, bool *ret_new, struct error *error)
{
    struct trusted trusted = {.desk = desk};
    *ret_new = false;
    if (!id_is_none(&desk->order->actor)) return true;
    if (!roles_each(desk->db, desk->arena, add_trusted, &trusted, error)) return false;
    *ret_new = trusted.ids.list.count < 3;
    return true;
}

struct administrators {
    struct desk *desk;
    const struct id *person;
    bool is;            /* the person is one today */
    int64_t own, other; /* how long the person's role lasts, and the longest of anybody else's */
};

static bool see_administrator(void *context, const void *row, struct error *error)
{
    struct administrators *all = context;
    struct desk *desk = all->desk;
    const struct role_held *held = row;
    struct person_row person;
    bool under, found, same;
    int64_t lasts = held->until == ROW_NOTHING ? INT64_MAX : held->until;
    if (!role_held_on(held, desk->today)) return true;
    if (!people_under(desk->db, &desk->record->top, &held->org, &under, error) ||
        !person_get(desk->db, &held->person, desk->arena, &person, &found, error) ||
        !people_same(desk->db, &held->person, all->person, &same, error))
        return false;
    if (!under || !found || !slice_is(person.state, "here")) return true;
    if (id_same(&held->person, all->person)) all->is = true;
    int64_t *longest = same ? &all->own : &all->other;
    if (lasts > *longest) *longest = lasts;
    return true;
}

/* By how long roles last, not by who holds one today: else two could each give the other's a last day. */
bool people_not_last_administrator(struct desk *desk, const struct id *person, struct error *error)
{
    struct administrators all = {desk, person, false, INT64_MIN, INT64_MIN};
    if (!roles_named(desk->db, role_row(ROLE_ADMINISTRATOR)->code, desk->arena, see_administrator,
                     &all, error))
        return false;
    if (!all.is || all.other >= all.own) return true;
    error_set(
        error, ERROR_REQUEST,
        all.other == INT64_MIN
            ? "this is the only administrator: nobody could sign the others in"
            : "no other administrator stays as long: one day nobody could sign the others in");
    return error_advise(error, "Have another administrator confirmed first");
}

/* ---- offices that others rely on ---- */

struct leaving {
    struct desk *desk;
    const struct role_held *held;
    bool empty;
};

static bool relied_on(enum role role)
{
    return role == ROLE_DSL || role == ROLE_HEADTEACHER || role == ROLE_CHAIR;
}

static bool see_office(void *context, const void *row, struct error *error)
{
    struct leaving *leaving = context;
    struct desk *desk = leaving->desk;
    const struct role_held *held = row;
    struct people_ids ids;
    enum role role = role_of(held->role);
    if (leaving->empty || role == ROLES || !relied_on(role) || !role_held_on(held, desk->today) ||
        (leaving->held != NULL && !id_same(&leaving->held->id, &held->id)))
        return true;
    if (!people_holders(desk->db, role, &held->org, desk->today, desk->arena, &ids, error))
        return false;
    leaving->empty = ids.list.count == 1 && id_same(&ids.list.at[0], &held->person);
    return true;
}

bool people_leaves_empty(struct desk *desk, const struct id *person, const struct role_held *held,
                         bool *ret_empty, struct error *error)
{
    struct leaving leaving = {desk, held, false};
    if (!roles_of(desk->db, person, desk->arena, see_office, &leaving, error)) return false;
    *ret_empty = leaving.empty;
    return true;
}
