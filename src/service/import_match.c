/* Who in the record a person of the file is: by the identifier of its source, else by a user name or an e-mail address that
 * is exactly the same, where the record's person has no identifier of this source yet. And which organisation a school of
 * the file is. An identifier that two people of the file claim tells neither of them apart. */
#include <string.h>
#include <strings.h>

#include "service/import_parts.h"

/* ---- organisations ---- */

static bool same_words(struct slice a, struct slice b)
{
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

static struct slice source_of(const struct planning *planning, struct slice id)
{
    return arena_format(planning->arena, "%.*s:%.*s", SLICE_PRINT(planning->import->source),
                        SLICE_PRINT(id));
}

static const struct org_row *org_by_source(const struct planning *planning, struct slice source)
{
    for (size_t i = 0; i < planning->known.orgs.count; i++)
        if (slice_equal(planning->known.orgs.at[i].source, source))
            return &planning->known.orgs.at[i];
    return NULL;
}

/* One that another identifier of the same source has is another school of the same name. */
static const struct org_row *org_by_name(const struct planning *planning, struct slice name)
{
    struct slice ours = source_of(planning, SLICE_EMPTY);
    for (size_t i = 0; i < planning->known.orgs.count; i++) {
        const struct org_row *org = &planning->known.orgs.at[i];
        if (same_words(org->name, name) && !slice_starts(org->source, ours)) return org;
    }
    return NULL;
}

static bool top_is_only_school(const struct planning *planning)
{
    size_t schools = 0;
    const struct roster *roster = planning->roster;
    for (size_t i = 0; i < roster->orgs.count; i++)
        if (roster->orgs.at[i].kind == ROSTER_SCHOOL) schools++;
    return schools == 1 && planning->known.orgs.count == 1 &&
           !slice_is(planning->known.orgs.at[0].kind, "trust");
}

static struct plan_org *known_org(struct planning *planning, const struct org_row *row)
{
    struct plan_org *org = ARENA_NEW(planning->arena, struct plan_org);
    *org = (struct plan_org){row->id, row->name, row->source};
    return org;
}

static struct plan_org *find_school(struct planning *planning, const struct roster_org *org)
{
    struct slice source = source_of(planning, org->id);
    const struct org_row *row = org_by_source(planning, source);
    if (row == NULL && org->name.length > 0) row = org_by_name(planning, org->name);
    if (row != NULL) return known_org(planning, row);
    if (top_is_only_school(planning)) return planning->parts->top;
    if (org->removed) return NULL;
    struct plan_org *made = ARENA_NEW(planning->arena, struct plan_org);
    *made = (struct plan_org){.name = org->name.length > 0 ? org->name : org->id, .source = source};
    planning->plan->schools++;
    return made;
}

/* Of a department and the like: the school above it. */
static struct plan_org *school_above(struct planning *planning, size_t at)
{
    for (int steps = 0; steps <= ROSTER_PARENTS_DEEPEST && at != ROSTER_NONE; steps++) {
        if (planning->parts->orgs.at[at] != NULL) return planning->parts->orgs.at[at];
        at = planning->roster->orgs.at[at].parent;
    }
    return planning->parts->top;
}

static void take_top(struct planning *planning)
{
    struct plan_org *top = ARENA_NEW(planning->arena, struct plan_org);
    top->id = record_top(planning->record);
    top->name = record_name(planning->record);
    planning->parts->top = top;
}

void plan_orgs(struct planning *planning)
{
    const struct roster *roster = planning->roster;
    struct plan_parts *parts = planning->parts;
    take_top(planning);
    for (size_t i = 0; i < roster->orgs.count; i++) {
        const struct roster_org *org = &roster->orgs.at[i];
        LIST_PUSH(planning->arena, &parts->orgs, NULL);
        if (org->kind == ROSTER_TRUST) parts->orgs.at[i] = parts->top;
        if (org->kind == ROSTER_SCHOOL) parts->orgs.at[i] = find_school(planning, org);
    }
    for (size_t i = 0; i < roster->orgs.count; i++)
        if (roster->orgs.at[i].kind == ROSTER_OTHER)
            parts->orgs.at[i] = school_above(planning, roster->orgs.at[i].parent);
}

/* The one school where the file speaks of one alone, else the organisation at the top. */
static const struct plan_org *only_school(const struct planning *planning)
{
    const struct plan_org *only = NULL;
    for (size_t i = 0; i < planning->parts->orgs.count; i++) {
        const struct plan_org *org = planning->parts->orgs.at[i];
        if (org == NULL || org == planning->parts->top || org == only) continue;
        if (only != NULL) return planning->parts->top;
        only = org;
    }
    return only != NULL ? only : planning->parts->top;
}

const struct plan_org *plan_org_of(struct planning *planning, const struct roster_held *held)
{
    if (held->org != ROSTER_NONE) return planning->parts->orgs.at[held->org];
    if (held->org_id.length == 0) return only_school(planning);
    const struct org_row *row = org_by_source(planning, source_of(planning, held->org_id));
    return row != NULL ? known_org(planning, row) : NULL;
}

/* Whether the file would know of somebody at that organisation. */
bool plan_speaks_of(const struct planning *planning, const struct id *org)
{
    if (planning->parts->orgs.count == 0) return id_same(org, &planning->parts->top->id);
    for (size_t i = 0; i < planning->parts->orgs.count; i++) {
        const struct plan_org *spoken = planning->parts->orgs.at[i];
        if (spoken != NULL && id_same(&spoken->id, org)) return true;
    }
    return false;
}

/* ---- people ---- */

/* Kind and value as one key: small letters, as addresses are compared. */
static struct slice claim(struct arena *arena, const char *kind, struct slice value)
{
    struct slice start = arena_format(arena, "%s:", kind);
    char *key = arena_take(arena, start.length + value.length + 1, 1);
    size_t length = start.length;
    for (size_t i = 0; i < length; i++) key[i] = start.at[i];
    for (size_t i = 0; i < value.length; i++) {
        char c = value.at[i];
        key[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return (struct slice){key, length};
}

/* 1: one of the file's people claims it; 2: more do. */
static void count_claim(struct planning *planning, const char *kind, struct slice value)
{
    if (value.length == 0) return;
    struct slice key = claim(planning->arena, kind, value);
    int64_t before = map_get(&planning->shared, key);
    map_set(&planning->shared, key, before < 0 ? 1 : 2);
}

static bool is_shared(struct planning *planning, const char *kind, struct slice value)
{
    return value.length > 0 &&
           map_get(&planning->shared, claim(planning->scratch, kind, value)) == 2;
}

static size_t find(struct planning *planning, const char *kind, struct slice value)
{
    if (value.length == 0) return NOWHERE;
    struct id lookup = people_identifier_lookup(planning->record, kind, value, planning->scratch);
    return known_identifier(&planning->known, &lookup);
}

static void take(struct planning *planning, size_t at, size_t known)
{
    struct plan_person *person = &planning->parts->people.at[at];
    struct known_person *row = &planning->known.people.at[known];
    row->taken = at;
    person->known = known;
    person->id = row->row.id;
}

static void match_by_id(struct planning *planning, size_t at)
{
    size_t known = find(planning, planning->id_kind.at, planning->roster->people.at[at].id);
    if (known != NOWHERE && planning->known.people.at[known].taken == NOWHERE)
        take(planning, at, known);
}

/* Whoever has an identifier of this source is somebody else: an address may have been given on. */
static bool match_by(struct planning *planning, size_t at, const char *kind, struct slice value)
{
    if (is_shared(planning, kind, value)) return false;
    size_t known = find(planning, kind, value);
    if (known == NOWHERE) return false;
    const struct known_person *row = &planning->known.people.at[known];
    if (row->taken != NOWHERE || row->of_source > 0) return false;
    take(planning, at, known);
    return true;
}

static void note_shared(struct planning *planning, const struct roster_person *person)
{
    if (is_shared(planning, "email", person->email))
        plan_problem(planning, person->id, SLICE("email"),
                     "two people in the file have this e-mail address, so neither gets it",
                     ROSTER_FIELD_LEFT_OUT);
    if (is_shared(planning, "id:upn", person->username))
        plan_problem(planning, person->id, SLICE("username"),
                     "two people in the file have this user name, so neither gets it",
                     ROSTER_FIELD_LEFT_OUT);
}

/* What the record knows as somebody else's. */
static void note_taken(struct planning *planning, size_t at)
{
    const struct roster_person *person = &planning->roster->people.at[at];
    size_t known = planning->parts->people.at[at].known;
    size_t email = find(planning, "email", person->email);
    size_t name = find(planning, "id:upn", person->username);
    if (email != NOWHERE && email != known && !is_shared(planning, "email", person->email))
        plan_problem(planning, person->id, SLICE("email"),
                     "somebody else in the record has this e-mail address, and keeps it",
                     ROSTER_FIELD_LEFT_OUT);
    if (name != NOWHERE && name != known && !is_shared(planning, "id:upn", person->username))
        plan_problem(planning, person->id, SLICE("username"),
                     "somebody else in the record has this user name, and keeps it",
                     ROSTER_FIELD_LEFT_OUT);
}

void plan_match(struct planning *planning)
{
    const struct roster *roster = planning->roster;
    for (size_t i = 0; i < roster->people.count; i++) {
        const struct roster_person *person = &roster->people.at[i];
        count_claim(planning, "email", person->email);
        count_claim(planning, "id:upn", person->username);
        LIST_PUSH(planning->arena, &planning->parts->people,
                  (struct plan_person){.known = NOWHERE, .place = i});
    }
    for (size_t i = 0; i < roster->people.count; i++) {
        arena_reset(planning->scratch);
        match_by_id(planning, i);
    }
    for (size_t i = 0; i < roster->people.count; i++) {
        const struct roster_person *person = &roster->people.at[i];
        arena_reset(planning->scratch);
        note_shared(planning, person);
        if (planning->parts->people.at[i].known != NOWHERE || person->status != ROSTER_PRESENT)
            continue;
        if (!match_by(planning, i, "id:upn", person->username))
            (void)match_by(planning, i, "email", person->email);
    }
    for (size_t i = 0; i < roster->people.count; i++) {
        arena_reset(planning->scratch);
        note_taken(planning, i);
    }
}

/* ---- details ---- */

static void set(struct pairs *pairs, struct arena *arena, struct slice key, struct slice value)
{
    if (value.length == 0) return;
    for (size_t i = 0; i < pairs->list.count; i++)
        if (slice_equal(pairs->list.at[i].key, key)) {
            pairs->list.at[i].value = value;
            return;
        }
    LIST_PUSH(arena, &pairs->list, (struct pair){key, value});
}

/* An identifier that is somebody else's in the record stays theirs. */
static void set_identifier(struct planning *planning, size_t at, struct pairs *pairs,
                           struct arena *arena, const char *kind, struct slice value)
{
    const struct plan_person *person = &planning->parts->people.at[at];
    if (is_shared(planning, kind, value)) return;
    size_t owner = find(planning, kind, value);
    if (owner == NOWHERE || owner == person->known) set(pairs, arena, slice_of(kind), value);
}

void plan_details(struct planning *planning, size_t at, const struct pairs *before,
                  struct arena *arena, struct pairs *ret_details)
{
    const struct roster_person *person = &planning->roster->people.at[at];
    char born[11] = "";
    *ret_details = (struct pairs){0};
    for (size_t i = 0; i < before->list.count; i++)
        LIST_PUSH(arena, &ret_details->list, before->list.at[i]);
    if (person->birth.year != 0) date_format(person->birth, born);
    set(ret_details, arena, SLICE("given"), person->given);
    set(ret_details, arena, SLICE("family"), person->family);
    set(ret_details, arena, SLICE("known-as"), person->known_as);
    set(ret_details, arena, SLICE("phone"), person->phone);
    set(ret_details, arena, SLICE("born"), arena_copy(arena, slice_of(born)));
    set_identifier(planning, at, ret_details, arena, "email", person->email);
    set_identifier(planning, at, ret_details, arena, "id:upn", person->username);
    set(ret_details, arena, planning->id_kind, person->id);
}
