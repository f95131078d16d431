/* What a file would change: each of its people beside the record's, those who are missing, and whether so many would leave
 * that somebody has to say yes. Roles stand in import_roles.c, parents in import_links.c. Changes nothing. */
#include "service/import_parts.h"

#include <string.h>

#include "base/date.h"

#define OLDEST_BIRTH (-25567) /* 1 January 1900, as for people added by hand */

void plan_problem(struct planning *planning, struct slice id, struct slice field, const char *what,
                  enum roster_done done)
{
    if (planning->plan->problems.count == ROSTER_PROBLEMS_KEPT) return;
    LIST_PUSH(planning->arena, &planning->plan->problems,
              (struct roster_problem){
                  .file = SLICE_EMPTY, .id = id, .field = field, .what = what, .done = done});
}

bool plan_is_own(const struct planning *planning, const struct id *person)
{
    for (size_t i = 0; i < planning->own_count; i++)
        if (id_same(&planning->own[i], person)) return true;
    return false;
}

bool plan_is_barred(const struct planning *planning, const struct id *person)
{
    for (size_t i = 0; i < planning->barred.list.count; i++)
        if (id_same(&planning->barred.list.at[i], person)) return true;
    return false;
}

/* ---- rows to show ---- */

static struct slice name_of(const struct pairs *details, struct arena *arena)
{
    struct slice family = pairs_value(details, "family"), given = pairs_value(details, "given");
    if (family.length == 0) return arena_copy(arena, given);
    if (given.length == 0) return arena_copy(arena, family);
    return arena_format(arena, "%.*s, %.*s", SLICE_PRINT(family), SLICE_PRINT(given));
}

static struct slice changes_words(unsigned changes, struct arena *arena)
{
    static const struct {
        unsigned bit;
        const char *word;
    } words[] = {{PLAN_BACK, "is here again"},
                 {PLAN_NAME, "name"},
                 {PLAN_CONTACT, "e-mail or telephone"},
                 {PLAN_BORN, "date of birth"},
                 {PLAN_NUMBERS, "number in the other system"},
                 {PLAN_SCHOOL, "school"},
                 {PLAN_ROLES, "roles"}};
    AUTO_TEXT struct text text;
    text_init(&text, 200);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if ((changes & words[i].bit) == 0) continue;
        text_format(&text, "%s%s", text.length > 0 ? ", " : "", words[i].word);
    }
    return arena_copy(arena, text_slice(&text));
}

static size_t shown(const struct plan *plan, enum plan_what what)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->rows.count; i++)
        if (plan->rows.at[i].what == what) count++;
    return count;
}

void plan_show(struct planning *planning, const struct plan_person *person,
               const struct pairs *details)
{
    struct plan *plan = planning->plan;
    if (plan->rows.count >= (size_t)3 * IMPORT_SHOWN || shown(plan, person->what) >= IMPORT_SHOWN)
        return;
    struct plan_row row = {.what = person->what, .who = name_of(details, planning->arena)};
    row.says = person->what == PLAN_MOVE ? changes_words(person->changes, planning->arena)
               : person->what == PLAN_JOIN && person->org != NULL ? person->org->name
                                                                  : SLICE_EMPTY;
    LIST_PUSH(planning->arena, &plan->rows, row);
}

/* ---- one person ---- */

static unsigned bit_of(struct slice key)
{
    if (slice_is(key, "given") || slice_is(key, "family") || slice_is(key, "known-as"))
        return PLAN_NAME;
    if (slice_is(key, "email") || slice_is(key, "phone")) return PLAN_CONTACT;
    return slice_is(key, "born") ? PLAN_BORN : PLAN_NUMBERS;
}

static unsigned compare(const struct pairs *before, const struct pairs *after)
{
    unsigned changes = 0;
    for (size_t i = 0; i < after->list.count; i++) {
        const struct pair *pair = &after->list.at[i];
        bool same = false;
        for (size_t k = 0; k < before->list.count && !same; k++)
            same = slice_equal(before->list.at[k].key, pair->key) &&
                   slice_equal(before->list.at[k].value, pair->value);
        if (!same) changes |= bit_of(pair->key);
    }
    return changes;
}

/* The school they belong to: the present one while the file gives them a role there, else that of their first role. */
static const struct plan_org *school_of(struct planning *planning,
                                        const struct roster_person *person,
                                        const struct id *present, bool *ret_stays)
{
    const struct plan_org *first = NULL;
    *ret_stays = false;
    for (const struct roster_held *held = person->roles; held != NULL; held = held->next) {
        if (held->removed) continue;
        const struct plan_org *org = plan_org_of(planning, held);
        if (org == NULL) continue;
        if (first == NULL) first = org;
        if (present != NULL && !id_is_none(&org->id) && id_same(&org->id, present))
            *ret_stays = true;
    }
    return first;
}

static bool left_by_now(const struct planning *planning, const struct roster_person *person)
{
    return person->status == ROSTER_REMOVED ||
           (person->left.year != 0 && date_to_day(person->left) < planning->today);
}

static bool birth_fits(const struct planning *planning, const struct roster_person *person)
{
    if (person->birth.year == 0) return true;
    int64_t day = date_to_day(person->birth);
    return day <= planning->today && day >= OLDEST_BIRTH;
}

static void skip(struct planning *planning, size_t at, const char *what)
{
    planning->parts->people.at[at].skipped = true;
    if (what != NULL)
        plan_problem(planning, planning->roster->people.at[at].id, SLICE_EMPTY, what,
                     ROSTER_ROW_LEFT_OUT);
}

static void plan_joiner(struct planning *planning, size_t at)
{
    struct plan_person *entry = &planning->parts->people.at[at];
    const struct roster_person *person = &planning->roster->people.at[at];
    struct pairs none = {0}, details;
    bool stays;
    if (left_by_now(planning, person)) {
        skip(planning, at, NULL);
        return;
    }
    if (person->status == ROSTER_PARTIAL) {
        skip(planning, at, "the file gives roles to somebody whom the record does not have");
        return;
    }
    if (person->given.length + person->family.length == 0) {
        skip(planning, at, "the name is missing");
        return;
    }
    entry->what = PLAN_JOIN;
    entry->org = school_of(planning, person, NULL, &stays);
    if (entry->org == NULL)
        entry->org =
            plan_org_of(planning, &(struct roster_held){.org_id = SLICE_EMPTY, .org = ROSTER_NONE});
    plan_details(planning, at, &none, planning->scratch, &details);
    planning->plan->joiners++;
    plan_show(planning, entry, &details);
    plan_roles(planning, at);
}

static void plan_school(struct planning *planning, struct plan_person *entry,
                        const struct roster_person *person)
{
    const struct id *present = &planning->known.people.at[entry->known].row.org;
    bool stays;
    const struct plan_org *org = school_of(planning, person, present, &stays);
    if (stays || org == NULL || person->status == ROSTER_PARTIAL ||
        (!id_is_none(&org->id) && id_same(&org->id, present)))
        return;
    /* in a file of changes a role may be all that is said, and the school they belong to another one */
    if (!planning->roster->whole_people) return;
    entry->org = org;
    entry->changes |= PLAN_SCHOOL;
}

static bool plan_present(struct planning *planning, size_t at, struct error *error)
{
    struct plan_person *entry = &planning->parts->people.at[at];
    const struct roster_person *person = &planning->roster->people.at[at];
    const struct person_row *row = &planning->known.people.at[entry->known].row;
    struct pairs before, after;
    bool there;
    if (!people_details(planning->record, planning->db, row, planning->scratch, &before, &there,
                        error))
        return false;
    if (!there) {
        skip(planning, at, "this person's details were erased, and do not come back by a file");
        return true;
    }
    plan_details(planning, at, &before, planning->scratch, &after);
    entry->changes = compare(&before, &after);
    if (slice_is(row->state, "gone") && person->status == ROSTER_PRESENT)
        entry->changes |= PLAN_BACK;
    plan_school(planning, entry, person);
    plan_roles(planning, at);
    if (entry->changes == 0) return true;
    entry->what = PLAN_MOVE;
    planning->plan->movers++;
    plan_show(planning, entry, &after);
    return true;
}

/* ---- leaving ---- */

static bool holds_administrator(const struct planning *planning, size_t known)
{
    size_t at = planning->known.people.at[known].roles;
    for (; at != NOWHERE; at = planning->known.roles.at[at].next) {
        const struct role_held *row = &planning->known.roles.at[at].row;
        if (role_of(row->role) == ROLE_ADMINISTRATOR && role_held_on(row, planning->today))
            return true;
    }
    return false;
}

static size_t administrators_left(const struct planning *planning)
{
    size_t count = 0;
    for (size_t i = 0; i < planning->known.people.count; i++) {
        const struct known_person *person = &planning->known.people.at[i];
        bool leaves = person->taken != NOWHERE &&
                      planning->parts->people.at[person->taken].what == PLAN_LEAVE;
        if (!leaves && slice_is(person->row.state, "here") && holds_administrator(planning, i))
            count++;
    }
    return count;
}

/* Nobody may be left without an administrator, nor take themselves out by a file. */
static const char *must_stay(struct planning *planning, const struct plan_person *entry)
{
    if (plan_is_own(planning, &entry->id))
        return "the file would have you leave: somebody else has to record that";
    if (holds_administrator(planning, entry->known) && administrators_left(planning) <= 1)
        return "this is the only administrator left: nobody could let the others in again";
    return NULL;
}

/* A child from whom the actor is barred: nothing about them is shown, changed or ended, and which line it is is not said. */
static void withhold(struct planning *planning, size_t at)
{
    planning->parts->people.at[at].skipped = true;
    planning->plan->withheld++;
}

static bool plan_leaver(struct planning *planning, size_t at, struct slice id, int64_t day,
                        struct error *error)
{
    struct plan_person *entry = &planning->parts->people.at[at];
    const struct person_row *row = &planning->known.people.at[entry->known].row;
    struct pairs details = {0};
    bool there;
    if (!slice_is(row->state, "here")) return true;
    const char *stays = must_stay(planning, entry);
    if (stays != NULL) {
        entry->skipped = true;
        plan_problem(planning, id, SLICE_EMPTY, stays, ROSTER_ROW_LEFT_OUT);
        return true;
    }
    entry->what = PLAN_LEAVE;
    entry->day = day < row->joined ? row->joined : day;
    planning->plan->leavers++;
    if (shown(planning->plan, PLAN_LEAVE) >= IMPORT_SHOWN) return true;
    if (!people_details(planning->record, planning->db, row, planning->scratch, &details, &there,
                        error))
        return false;
    plan_show(planning, entry, &details);
    return true;
}

static bool plan_one(struct planning *planning, size_t at, struct error *error)
{
    struct plan_person *entry = &planning->parts->people.at[at];
    const struct roster_person *person = &planning->roster->people.at[at];
    int64_t day = person->left.year != 0 ? date_to_day(person->left) : planning->today;
    if (person->status == ROSTER_UNREAD) {
        skip(planning, at, NULL);
        return true;
    }
    if (!birth_fits(planning, person)) {
        skip(planning, at, "this date of birth cannot be");
        return true;
    }
    if (entry->known == NOWHERE) {
        plan_joiner(planning, at);
        return true;
    }
    if (plan_is_barred(planning, &entry->id)) {
        withhold(planning, at);
        return true;
    }
    if (left_by_now(planning, person))
        return plan_leaver(planning, at, person->id, day < planning->today ? day : planning->today,
                           error);
    return plan_present(planning, at, error);
}

bool plan_people(struct planning *planning, struct error *error)
{
    planning->plan->people = planning->roster->people.count;
    for (size_t i = 0; i < planning->roster->people.count; i++) {
        arena_reset(planning->scratch);
        if (!plan_one(planning, i, error)) return false;
    }
    return true;
}

/* ---- who is missing ---- */

/* Whoever's row could not be read but has its id in the roster is not missing; of a row without an id nobody knows whose
 * it was. */
static bool rows_without_id(const struct roster *roster)
{
    if (roster->rows_left_out == 0) return false;
    if (roster->problem_count > roster->problems.count) return true;
    for (size_t i = 0; i < roster->problems.count; i++) {
        const struct roster_problem *problem = &roster->problems.at[i];
        if (problem->done == ROSTER_ROW_LEFT_OUT && problem->id.length == 0) return true;
    }
    return false;
}

static bool is_of_source(const struct planning *planning, const struct known_person *person)
{
    return person->of_source > 0 && slice_is(person->row.state, "here") &&
           plan_speaks_of(planning, &person->row.org);
}

bool plan_missing(struct planning *planning, struct error *error)
{
    struct plan *plan = planning->plan;
    bool whole = planning->roster->whole_people;
    plan->nobody_missing = whole && rows_without_id(planning->roster);
    for (size_t i = 0; i < planning->known.people.count; i++) {
        struct known_person *person = &planning->known.people.at[i];
        if (!is_of_source(planning, person)) continue;
        plan->known++;
        if (!whole || plan->nobody_missing || person->taken != NOWHERE) continue;
        arena_reset(planning->scratch);
        person->taken = planning->parts->people.count;
        LIST_PUSH(planning->arena, &planning->parts->people,
                  (struct plan_person){.id = person->row.id, .known = i, .place = NOWHERE});
        if (plan_is_barred(planning, &person->row.id)) {
            planning->parts->people.at[person->taken].skipped = true;
            continue;
        }
        if (!plan_leaver(planning, person->taken, SLICE_EMPTY, planning->today, error))
            return false;
    }
    plan->waits = plan->leavers >= IMPORT_SHARE_LEAST &&
                  plan->leavers * 100 > plan->known * IMPORT_SHARE_PERCENT;
    return true;
}

/* ---- the whole ---- */

bool plan_make(struct record *record, struct db *db, const struct import *import,
               const struct id *actor, struct arena *arena, struct plan *ret_plan,
               struct error *error)
{
    AUTO(arena) struct arena *scratch = arena_new();
    struct planning *planning = ARENA_NEW(arena, struct planning);
    *ret_plan = (struct plan){.source = import->source};
    *planning = (struct planning){.record = record,
                                  .db = db,
                                  .arena = arena,
                                  .scratch = scratch,
                                  .import = import,
                                  .roster = &import->roster,
                                  .actor = *actor,
                                  .today = record_today(record),
                                  .plan = ret_plan,
                                  .parts = ARENA_NEW(arena, struct plan_parts)};
    ret_plan->parts = planning->parts;
    planning->parts->planning = planning;
    map_init(&planning->shared, arena);
    if (!people_linked(db, actor, arena, &planning->own, &planning->own_count, error) ||
        !people_barred_children(record, db, actor, arena, &planning->barred, error) ||
        !known_load(db, import->source, arena, &planning->known, error))
        return false;
    planning->id_kind = planning->known.kind;
    plan_orgs(planning);
    plan_match(planning);
    bool planned = plan_people(planning, error) && plan_missing(planning, error) &&
                   plan_links(planning, error) && plan_calendars(planning, error);
    planning->scratch = NULL;
    return planned;
}
