/* Who may see what of whom; see sees.h. Roles that look after people see them whole, roles that propose or confirm others see
 * the adults' names, everybody sees themselves, parents see that their children are here. */
#include "service/sees.h"

#include <stdlib.h>
#include <string.h>

/* Acts that cannot be done without knowing the person. */
#define WHOLE                                                                                      \
    (allowed_bit(ACT_CHANGE_PERSON) | allowed_bit(ACT_BAR_PARENT) | allowed_bit(ACT_LIFT_BAR))
/* Acts for which somebody has to be found by name: any person, or one of the adults. */
#define ANYBODY (allowed_bit(ACT_PLACE_HOLD) | allowed_bit(ACT_ASK_ERASURE))
#define ADULTS                                                                                     \
    (allowed_bit(ACT_PROPOSE_ROLE) | allowed_bit(ACT_CONFIRM_ROLE) | allowed_bit(ACT_NAME_DEPUTY))
#define ABSENCES (allowed_bit(ACT_RECORD_ABSENCE) | allowed_bit(ACT_NAME_DEPUTY))
#define BARS (allowed_bit(ACT_BAR_PARENT) | allowed_bit(ACT_LIFT_BAR) | allowed_bit(ACT_ASK_LIFT))

enum level { LEVEL_NONE, LEVEL_ADULTS, LEVEL_NAMES, LEVEL_WHOLE };

struct reader_place {
    const struct org *org;
    uint64_t acts;
    enum level level;
};

static enum level level_of(uint64_t acts)
{
    if (acts & WHOLE) return LEVEL_WHOLE;
    if (acts & ANYBODY) return LEVEL_NAMES;
    return acts & ADULTS ? LEVEL_ADULTS : LEVEL_NONE;
}

/* ---- the reader ---- */

static size_t slot_of(const struct reader *reader, const struct id *org)
{
    uint64_t start;
    memcpy(&start, org, sizeof start);
    size_t at = start & (reader->table_size - 1);
    while (reader->table[at] != 0 && !id_same(&reader->places[reader->table[at] - 1].org->id, org))
        at = (at + 1) & (reader->table_size - 1);
    return at;
}

static const struct reader_place *place_of(const struct reader *reader, const struct id *org)
{
    uint32_t found = reader->table[slot_of(reader, org)];
    return found == 0 ? NULL : &reader->places[found - 1];
}

static uint64_t acts_over(const struct reader *reader, const struct id *org,
                          enum allowed_about about)
{
    enum role roles[ROLES];
    size_t count = register_roles(reader->view, &reader->person, org, reader->today, roles);
    return allowed_acts(reader->record, roles, count, about);
}

static void add_mark(struct reader *reader, const void *at, size_t length)
{
    uint64_t part = slice_hash((struct slice){at, length});
    reader->mark = (reader->mark ^ part) * 0x9E3779B97F4A7C15u;
}

/* Barred from somebody: what they may see is theirs alone, and shared with no other reader's list. */
static void look_for_bars(struct reader *reader, struct arena *arena)
{
    const struct registered **all, **open;
    size_t with = register_children(reader->view, &reader->person, true, arena, &all);
    size_t without = register_children(reader->view, &reader->person, false, arena, &open);
    reader->barred = with != without;
    if (reader->barred) add_mark(reader, &reader->person, sizeof reader->person);
}

void reader_init(struct reader *reader, struct record *record, const struct register_view *view,
                 struct id person, struct arena *arena)
{
    const struct org *orgs;
    size_t count = register_orgs(view, &orgs);
    *reader = (struct reader){.record = record,
                              .view = view,
                              .person = person,
                              .today = record_today(record),
                              .place_count = count,
                              .table_size = 4};
    while (reader->table_size < 2 * count) reader->table_size *= 2;
    reader->table = ARENA_ARRAY(arena, uint32_t, reader->table_size);
    reader->places = ARENA_ARRAY(arena, struct reader_place, count + 1);
    for (size_t i = 0; i < count; i++) {
        struct reader_place *place = &reader->places[i];
        place->org = &orgs[i];
        place->acts = acts_over(reader, &orgs[i].id, ALLOWED_ABOUT_OTHERS);
        place->level = level_of(place->acts);
        reader->table[slot_of(reader, &orgs[i].id)] = (uint32_t)i + 1;
        reader->lists = reader->lists || place->level != LEVEL_NONE;
        add_mark(reader, &place->level, sizeof place->level);
    }
    look_for_bars(reader, arena);
}

uint64_t reader_acts(const struct reader *reader, const struct id *org)
{
    const struct reader_place *place = place_of(reader, org);
    return place == NULL ? 0 : place->acts;
}

uint64_t reader_acts_about(const struct reader *reader, const struct registered *person)
{
    if (register_same(reader->view, &reader->person, &person->id))
        return acts_over(reader, &person->org, ALLOWED_ABOUT_SELF);
    return reader_acts(reader, &person->org);
}

bool sees_people(struct record *record, const struct id *person)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct reader reader;
    const struct register_view *view = register_hold(record);
    reader_init(&reader, record, view, *person, arena);
    bool lists = reader.lists;
    register_let_go(record, view);
    return lists;
}

/* ---- what they see ---- */

static bool is_grown(enum role role)
{
    const struct role_row *row = role_row(role);
    return row->kind == ROLE_KIND_STAFF || (row->kind == ROLE_KIND_OTHER && row->trusted);
}

/* Somebody who works here or holds an office, now or from a day to come. */
static bool is_adult(const struct reader *reader, const struct registered *person)
{
    for (size_t i = 0; i < person->role_count; i++)
        if (is_grown(person->roles[i].role) && person->roles[i].until >= reader->today) return true;
    return false;
}

static unsigned sees_over(const struct reader *reader, const struct reader_place *place,
                          const struct registered *person)
{
    if (place == NULL || place->level == LEVEL_NONE) return 0;
    if (place->level == LEVEL_ADULTS && !is_adult(reader, person)) return 0;
    unsigned sees = SEES_NAME;
    if (place->level == LEVEL_WHOLE) sees |= SEES_DETAILS | SEES_AWAY;
    if (place->acts & ABSENCES) sees |= SEES_AWAY;
    if (place->acts & BARS) sees |= SEES_BARS;
    return sees;
}

unsigned reader_sees_listed(const struct reader *reader, const struct registered *person)
{
    unsigned sees = sees_over(reader, place_of(reader, &person->org), person);
    for (size_t i = 0; sees == 0 && i < person->role_count; i++)
        if (person->roles[i].until >= reader->today)
            sees = sees_over(reader, place_of(reader, &person->roles[i].org), person) & SEES_NAME;
    if (sees == 0 || !reader->barred) return sees;
    return register_barred(reader->view, &reader->person, &person->id) ? 0 : sees;
}

static bool is_child(const struct reader *reader, const struct registered *person)
{
    AUTO(arena) struct arena *arena = arena_new();
    const struct registered **parents;
    size_t count = register_parents(reader->view, &person->id, false, arena, &parents);
    for (size_t i = 0; i < count; i++)
        if (register_same(reader->view, &parents[i]->id, &reader->person)) return true;
    return false;
}

/* Nobody sees a bar that is about them or their own child, whatever else they are here. */
unsigned reader_sees(const struct reader *reader, const struct registered *person)
{
    unsigned sees = reader_sees_listed(reader, person);
    if (register_same(reader->view, &reader->person, &person->id))
        return (sees | SEES_NAME | SEES_DETAILS | SEES_AWAY) & ~(unsigned)SEES_BARS;
    if (reader->barred && register_barred(reader->view, &reader->person, &person->id)) return 0;
    if (is_child(reader, person)) return (sees | SEES_NAME) & ~(unsigned)SEES_BARS;
    return sees;
}

const struct registered *reader_person(const struct reader *reader, const struct id *id,
                                       unsigned *ret_sees)
{
    const struct registered *person = register_person(reader->view, id);
    *ret_sees = person == NULL ? 0 : reader_sees(reader, person);
    return *ret_sees == 0 ? NULL : person;
}

static int by_name(const void *a, const void *b)
{
    const struct org *const *one = a, *const *other = b;
    return slice_compare((*one)->name, (*other)->name);
}

size_t reader_orgs(const struct reader *reader, struct arena *arena, const struct org ***ret_orgs)
{
    size_t count = 0;
    *ret_orgs = arena_take(arena, reader->place_count + 1, sizeof **ret_orgs);
    for (size_t i = 0; i < reader->place_count; i++)
        if (reader->places[i].level != LEVEL_NONE) (*ret_orgs)[count++] = reader->places[i].org;
    if (count > 1) qsort(*ret_orgs, count, sizeof **ret_orgs, by_name);
    return count;
}
