/* Who may see what of whom; see sees.h. Roles that look after people see them whole, roles that propose or confirm others see
 * the adults' names, everybody sees themselves, parents see that their children are here. */
#include "service/sees.h"

#include <stdlib.h>
#include <string.h>

/* Acts that cannot be done without knowing the person. */
static const enum record_act whole[] = {ACT_CHANGE_PERSON, ACT_BAR_PARENT, ACT_LIFT_BAR};
/* Acts for which somebody has to be found by name: any person, or one of the adults. */
static const enum record_act anybody[] = {ACT_PLACE_HOLD, ACT_ASK_ERASURE};
static const enum record_act adults[] = {ACT_PROPOSE_ROLE, ACT_CONFIRM_ROLE, ACT_NAME_DEPUTY,
                                         ACT_RECORD_SHEET, ACT_RECORD_TRAINING};
static const enum record_act absences[] = {ACT_RECORD_ABSENCE, ACT_NAME_DEPUTY};
static const enum record_act bars[] = {ACT_BAR_PARENT, ACT_LIFT_BAR, ACT_ASK_LIFT};
#define ANY(acts, list) any_of(acts, list, sizeof(list) / sizeof *(list))

static bool any_of(struct act_set acts, const enum record_act *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (allowed_in(acts, list[i])) return true;
    return false;
}

enum level { LEVEL_NONE, LEVEL_ADULTS, LEVEL_NAMES, LEVEL_WHOLE };

struct viewer_place {
    const struct org *org;
    struct act_set acts;
    enum level level;
    bool away, bars; /* absences and bars are seen */
    bool leads;
};

static enum level level_of(struct act_set acts)
{
    if (ANY(acts, whole)) return LEVEL_WHOLE;
    if (ANY(acts, anybody)) return LEVEL_NAMES;
    return ANY(acts, adults) ? LEVEL_ADULTS : LEVEL_NONE;
}

/* ---- the viewer ---- */

static size_t slot_of(const struct viewer *viewer, const struct id *org)
{
    uint64_t start;
    memcpy(&start, org, sizeof start);
    size_t at = start & (viewer->table_size - 1);
    while (viewer->table[at] != 0 && !id_same(&viewer->places[viewer->table[at] - 1].org->id, org))
        at = (at + 1) & (viewer->table_size - 1);
    return at;
}

static const struct viewer_place *place_of(const struct viewer *viewer, const struct id *org)
{
    uint32_t found = viewer->table[slot_of(viewer, org)];
    return found == 0 ? NULL : &viewer->places[found - 1];
}

static struct act_set acts_over(const struct viewer *viewer, const struct id *org,
                                enum allowed_about about, bool *ret_leads)
{
    enum role roles[ROLES];
    size_t count = register_roles(viewer->view, &viewer->person, org, viewer->today, roles);
    for (size_t i = 0; i < count && ret_leads != NULL; i++)
        if (role_leads(roles[i])) *ret_leads = true;
    return allowed_acts(viewer->record, roles, count, about);
}

static void add_mark(struct viewer *viewer, const void *at, size_t length)
{
    uint64_t part = slice_hash((struct slice){at, length});
    viewer->mark = (viewer->mark ^ part) * 0x9E3779B97F4A7C15u;
}

/* Barred from somebody: what they may see is theirs alone, and shared with no other viewer's list. */
static void look_for_bars(struct viewer *viewer, struct arena *arena)
{
    const struct registered **all, **open;
    size_t with = register_children(viewer->view, &viewer->person, true, arena, &all);
    size_t without = register_children(viewer->view, &viewer->person, false, arena, &open);
    viewer->barred = with != without;
    if (viewer->barred) add_mark(viewer, &viewer->person, sizeof viewer->person);
}

void viewer_init(struct viewer *viewer, struct record *record, const struct register_view *view,
                 struct id person, struct arena *arena)
{
    const struct org *orgs;
    size_t count = register_orgs(view, &orgs);
    *viewer = (struct viewer){.record = record,
                              .view = view,
                              .person = person,
                              .today = record_today(record),
                              .place_count = count,
                              .table_size = 4};
    while (viewer->table_size < 2 * count) viewer->table_size *= 2;
    viewer->table = ARENA_ARRAY(arena, uint32_t, viewer->table_size);
    viewer->places = ARENA_ARRAY(arena, struct viewer_place, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct viewer_place *place = &viewer->places[i];
        place->org = &orgs[i];
        place->acts = acts_over(viewer, &orgs[i].id, ALLOWED_ABOUT_OTHERS, &place->leads);
        place->level = level_of(place->acts);
        place->away = place->level == LEVEL_WHOLE || ANY(place->acts, absences);
        place->bars = ANY(place->acts, bars);
        viewer->table[slot_of(viewer, &orgs[i].id)] = (uint32_t)i + 1;
        viewer->leads = viewer->leads || place->leads;
        viewer->lists = viewer->lists || place->level != LEVEL_NONE;
        add_mark(viewer, &place->level, sizeof place->level);
    }
    look_for_bars(viewer, arena);
}

struct act_set viewer_acts(const struct viewer *viewer, const struct id *org)
{
    const struct viewer_place *place = place_of(viewer, org);
    static const struct act_set none;
    return place == NULL ? none : place->acts;
}

struct act_set viewer_acts_about(const struct viewer *viewer, const struct registered *person)
{
    if (register_same(viewer->view, &viewer->person, &person->id))
        return acts_over(viewer, &person->org, ALLOWED_ABOUT_SELF, NULL);
    return viewer_acts(viewer, &person->org);
}

bool viewer_leads(const struct viewer *viewer, const struct id *org)
{
    const struct viewer_place *place = place_of(viewer, org);
    return place != NULL && place->leads;
}

struct sees_what sees_what(struct record *record, const struct id *person)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct viewer viewer;
    const struct register_view *view = register_hold(record);
    viewer_init(&viewer, record, view, *person, arena);
    struct sees_what what = {viewer.lists, viewer.leads};
    register_let_go(record, view);
    return what;
}

/* ---- what they see ---- */

static bool is_grown(enum role role)
{
    const struct role_row *row = role_row(role);
    return row->kind == ROLE_KIND_STAFF || (row->kind == ROLE_KIND_OTHER && row->trusted);
}

/* Somebody who works here or holds an office, now or from a day to come. */
static bool is_adult(const struct viewer *viewer, const struct registered *person)
{
    for (size_t i = 0; i < person->role_count; i++)
        if (is_grown(person->roles[i].role) && person->roles[i].until >= viewer->today) return true;
    return false;
}

static unsigned sees_over(const struct viewer *viewer, const struct viewer_place *place,
                          const struct registered *person)
{
    if (place == NULL || place->level == LEVEL_NONE) return 0;
    if (place->level == LEVEL_ADULTS && !is_adult(viewer, person)) return 0;
    unsigned sees = SEES_NAME;
    if (place->level == LEVEL_WHOLE) sees |= SEES_DETAILS;
    if (place->away) sees |= SEES_AWAY;
    if (place->bars) sees |= SEES_BARS;
    return sees;
}

unsigned viewer_sees_listed(const struct viewer *viewer, const struct registered *person)
{
    unsigned sees = sees_over(viewer, place_of(viewer, &person->org), person);
    for (size_t i = 0; sees == 0 && i < person->role_count; i++)
        if (person->roles[i].until >= viewer->today)
            sees = sees_over(viewer, place_of(viewer, &person->roles[i].org), person) & SEES_NAME;
    if (sees == 0 || !viewer->barred) return sees;
    return register_barred(viewer->view, &viewer->person, &person->id) ? 0 : sees;
}

static bool is_child(const struct viewer *viewer, const struct registered *person)
{
    AUTO(arena) struct arena *arena = arena_new();
    const struct registered **parents;
    size_t count = register_parents(viewer->view, &person->id, false, arena, &parents);
    for (size_t i = 0; i < count; i++)
        if (register_same(viewer->view, &parents[i]->id, &viewer->person)) return true;
    return false;
}

/* Nobody sees a bar that is about them or their own child, whatever else they are here. */
unsigned viewer_sees(const struct viewer *viewer, const struct registered *person)
{
    unsigned sees = viewer_sees_listed(viewer, person);
    if (register_same(viewer->view, &viewer->person, &person->id))
        return (sees | SEES_NAME | SEES_DETAILS | SEES_AWAY) & ~(unsigned)SEES_BARS;
    if (viewer->barred && register_barred(viewer->view, &viewer->person, &person->id)) return 0;
    if (is_child(viewer, person)) return (sees | SEES_NAME) & ~(unsigned)SEES_BARS;
    return sees;
}

const struct registered *viewer_person(const struct viewer *viewer, const struct id *id,
                                       unsigned *ret_sees)
{
    const struct registered *person = register_person(viewer->view, id);
    *ret_sees = person == NULL ? 0 : viewer_sees(viewer, person);
    return *ret_sees == 0 ? NULL : person;
}

static int by_name(const void *a, const void *b)
{
    const struct org *const *one = a, *const *other = b;
    return slice_compare((*one)->name, (*other)->name);
}

static size_t orgs_where(const struct viewer *viewer, bool led, struct arena *arena,
                         const struct org ***ret_orgs)
{
    size_t count = 0;
    *ret_orgs = arena_take(arena, viewer->place_count + 1, sizeof **ret_orgs);
    for (size_t i = 0; i < viewer->place_count; i++) {
        const struct viewer_place *place = &viewer->places[i];
        if (led ? place->leads : place->level != LEVEL_NONE) (*ret_orgs)[count++] = place->org;
    }
    if (count > 1) qsort(*ret_orgs, count, sizeof **ret_orgs, by_name);
    return count;
}

size_t viewer_orgs(const struct viewer *viewer, struct arena *arena, const struct org ***ret_orgs)
{
    return orgs_where(viewer, false, arena, ret_orgs);
}

size_t viewer_led(const struct viewer *viewer, struct arena *arena, const struct org ***ret_orgs)
{
    return orgs_where(viewer, true, arena, ret_orgs);
}
