/* What one person may see of others: by the acts that their roles over a school could allow them there, by being somebody's
 * parent, and never anything of a child that they are barred from. Every page about people asks here before it shows a name.
 * docs/access.md says it in words. */
#pragma once

#include "service/allowed.h"
#include "service/register.h"

enum sees {
    SEES_NAME = 1,    /* that they are here, their name, school and roles */
    SEES_DETAILS = 2, /* address, telephone number, date of birth; absences; parents and children */
    SEES_AWAY = 4,    /* absences */
    SEES_BARS = 8     /* which parent is barred from them */
};

struct reader_place; /* an organisation, and what the reader may do there */
struct reader {
    struct record *record;
    const struct register_view *view; /* held by the caller as long as the reader is used */
    struct id person;
    int64_t today;
    struct reader_place *places;
    size_t place_count, table_size; /* of a table by id */
    uint32_t *table;
    bool barred;   /* from somebody */
    uint64_t mark; /* of what they may see anywhere: equal marks, equal lists */
    bool lists;    /* may see a list of people at all */
};

void reader_init(struct reader *reader, struct record *record, const struct register_view *view,
                 struct id person, struct arena *arena);
/* Acts that could be allowed over an organisation, about others. */
uint64_t reader_acts(const struct reader *reader, const struct id *org);
/* The same about this person, who may be the reader: what buttons to show. */
uint64_t reader_acts_about(const struct reader *reader, const struct registered *person);
/* Bits of enum sees; 0: for this reader there is no such person. */
unsigned reader_sees(const struct reader *reader, const struct registered *person);
/* The same without what the reader sees as oneself or as a parent: for lists. */
unsigned reader_sees_listed(const struct reader *reader, const struct registered *person);
/* By their id, NULL where the reader may not even see that they are there. */
const struct registered *reader_person(const struct reader *reader, const struct id *id,
                                       unsigned *ret_sees);
/* Organisations over which the reader sees some people, in the order of names; in the arena. */
size_t reader_orgs(const struct reader *reader, struct arena *arena, const struct org ***ret_orgs);
/* Whether somebody may see a list of people anywhere: for the gate and menus. */
bool sees_people(struct record *record, const struct id *person);
