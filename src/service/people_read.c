/* Rows for pages of people, through a reader's connection; see people_read.h. */
#include "service/people_read.h"

#include "service/people.h"

struct lookup_run {
    struct record *record;
    struct db *db;
    struct arena *arena;
    int64_t today;
    const struct id *person;
    LIST(struct proposal) proposals;
    LIST(struct absent) absences;
    LIST(struct stand_in) stand_ins;
    LIST(struct bond) bonds;
    LIST(struct id) twins;
};

static bool begin(struct lookup_run *reading, struct record *record, struct arena *arena,
                  struct error *error)
{
    *reading = (struct lookup_run){.record = record, .arena = arena, .today = record_today(record)};
    reading->db = record_read(record, error);
    return reading->db != NULL;
}

static int64_t last_day(int64_t until)
{
    return until == ROW_NOTHING ? PEOPLE_OPEN : until;
}

/* ---- proposed roles ---- */

static bool add_proposal(void *context, const void *row, struct error *error)
{
    struct lookup_run *reading = context;
    const struct role_held *held = row;
    (void)error;
    if (role_of(held->role) == ROLES) return true;
    LIST_PUSH(reading->arena, &reading->proposals,
              (struct proposal){.held = held->id,
                                .person = held->person,
                                .org = held->org,
                                .proposer = held->proposer,
                                .first_yes = held->first_yes,
                                .role = role_of(held->role),
                                .since = held->since,
                                .until = last_day(held->until)});
    return true;
}

bool people_proposals(struct record *record, struct arena *arena, struct proposal **ret_proposals,
                      size_t *ret_count, struct error *error)
{
    struct lookup_run reading;
    if (!begin(&reading, record, arena, error)) return false;
    bool read = roles_proposed(reading.db, arena, add_proposal, &reading, error);
    record_read_done(record, reading.db);
    *ret_proposals = reading.proposals.at;
    *ret_count = reading.proposals.count;
    return read;
}

/* ---- absences ---- */

static bool add_absence(void *context, const void *row, struct error *error)
{
    struct lookup_run *reading = context;
    const struct absence_row *absence = row;
    (void)error;
    if (!slice_is(absence->state, "open") || last_day(absence->until) < reading->today) return true;
    LIST_PUSH(
        reading->arena, &reading->absences,
        (struct absent){absence->id, absence->person, absence->since, last_day(absence->until)});
    return true;
}

static bool read_absences(struct lookup_run *reading, const struct id *person, struct error *error)
{
    struct id *ids;
    size_t count;
    if (person == NULL)
        return absences_each(reading->db, reading->arena, add_absence, reading, error);
    if (!people_linked(reading->db, person, reading->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!absences_of(reading->db, &ids[i], reading->arena, add_absence, reading, error))
            return false;
    return true;
}

bool people_absences(struct record *record, const struct id *person, struct arena *arena,
                     struct absent **ret_absences, size_t *ret_count, struct error *error)
{
    struct lookup_run reading;
    if (!begin(&reading, record, arena, error)) return false;
    bool read = read_absences(&reading, person, error);
    record_read_done(record, reading.db);
    *ret_absences = reading.absences.at;
    *ret_count = reading.absences.count;
    return read;
}

/* ---- deputies ---- */

static bool add_stand_in(void *context, const void *row, struct error *error)
{
    struct lookup_run *reading = context;
    const struct deputy_row *deputy = row;
    (void)error;
    if (!slice_is(deputy->state, "named") || role_of(deputy->role) == ROLES) return true;
    LIST_PUSH(reading->arena, &reading->stand_ins,
              (struct stand_in){deputy->id, deputy->person, deputy->org, role_of(deputy->role),
                                deputy->place});
    return true;
}

bool people_stand_ins(struct record *record, struct arena *arena, struct stand_in **ret_stand_ins,
                      size_t *ret_count, struct error *error)
{
    struct lookup_run reading;
    if (!begin(&reading, record, arena, error)) return false;
    bool read = deputies_each(reading.db, arena, add_stand_in, &reading, error);
    record_read_done(record, reading.db);
    *ret_stand_ins = reading.stand_ins.at;
    *ret_count = reading.stand_ins.count;
    return read;
}

/* ---- parents ---- */

static bool add_bond(void *context, const void *row, struct error *error)
{
    struct lookup_run *reading = context;
    const struct tie_row *tie = row;
    struct tie_said said;
    bool there;
    if (slice_is(tie->state, "ended")) return true;
    if (!people_tie(reading->record, reading->db, tie, reading->arena, &said, &there, error))
        return false;
    if (there && (said.linked || said.barred))
        LIST_PUSH(reading->arena, &reading->bonds,
                  (struct bond){.tie = tie->id,
                                .child = tie->child,
                                .parent = said.parent,
                                .asked_by = said.asked_by,
                                .linked = said.linked,
                                .barred = said.barred,
                                .lift_asked = said.lift_asked});
    return true;
}

static bool read_bonds(struct lookup_run *reading, const struct id *child, struct error *error)
{
    struct id *ids;
    size_t count;
    if (!people_linked(reading->db, child, reading->arena, &ids, &count, error)) return false;
    for (size_t i = 0; i < count; i++)
        if (!ties_of_child(reading->db, &ids[i], reading->arena, add_bond, reading, error))
            return false;
    return true;
}

bool people_bonds(struct record *record, const struct id *child, struct arena *arena,
                  struct bond **ret_bonds, size_t *ret_count, struct error *error)
{
    struct lookup_run reading;
    if (!begin(&reading, record, arena, error)) return false;
    bool read = read_bonds(&reading, child, error);
    record_read_done(record, reading.db);
    *ret_bonds = reading.bonds.at;
    *ret_count = reading.bonds.count;
    return read;
}

/* ---- two records of one person ---- */

static bool add_twin(void *context, const void *row, struct error *error)
{
    struct lookup_run *reading = context;
    const struct same_row *same = row;
    (void)error;
    if (!slice_is(same->state, "linked")) return true;
    LIST_PUSH(reading->arena, &reading->twins,
              id_same(&same->one, reading->person) ? same->other : same->one);
    return true;
}

bool people_twins(struct record *record, const struct id *person, struct arena *arena,
                  struct id **ret_others, size_t *ret_count, struct error *error)
{
    struct lookup_run reading;
    if (!begin(&reading, record, arena, error)) return false;
    reading.person = person;
    bool read = same_of(reading.db, person, arena, add_twin, &reading, error);
    record_read_done(record, reading.db);
    *ret_others = reading.twins.at;
    *ret_count = reading.twins.count;
    return read;
}
