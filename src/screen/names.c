/* The name index built, kept and told; see names.h. People stand end to end as bytes: a kind, six lengths, six fields. */
#include "screen/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/names_parts.h"

#define FIELDS 6
#define BYTES_EXPECTED 32 /* of a person */

static void fields_of(const struct name_person *person, struct slice fields[FIELDS])
{
    const struct slice all[FIELDS] = {person->id,       person->given, person->family,
                                      person->known_as, person->year,  person->school};
    memcpy(fields, all, sizeof all);
}

static bool check_person(const struct name_person *person, size_t *ret_bytes, struct error *error)
{
    struct slice fields[FIELDS];
    fields_of(person, fields);
    *ret_bytes = 1 + FIELDS;
    for (size_t i = 0; i < FIELDS; i++) {
        if (fields[i].length > NAME_FIELD_LARGEST)
            return error_set(error, ERROR_LIMIT,
                             "a field of a person in the roster is longer than %d bytes",
                             NAME_FIELD_LARGEST);
        if (utf8_check(fields[i]) != fields[i].length)
            return error_set(error, ERROR_ENCODING,
                             "a field of a person in the roster is not UTF-8");
        *ret_bytes += fields[i].length;
    }
    return true;
}

static size_t put_person(unsigned char *to, const struct name_person *person)
{
    struct slice fields[FIELDS];
    fields_of(person, fields);
    size_t at = 1 + FIELDS;
    to[0] = (unsigned char)person->kind;
    for (size_t i = 0; i < FIELDS; i++) {
        to[1 + i] = (unsigned char)fields[i].length;
        memcpy(to + at, fields[i].at, fields[i].length);
        at += fields[i].length;
    }
    return at;
}

struct name_person name_core_person(const struct name_core *core, uint32_t who)
{
    const unsigned char *from = core->bytes + core->places[who];
    struct slice fields[FIELDS];
    size_t at = 1 + FIELDS;
    for (size_t i = 0; i < FIELDS; i++) {
        fields[i] = (struct slice){(const char *)from + at, from[1 + i]};
        at += from[1 + i];
    }
    return (struct name_person){
        fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], (enum name_kind)from[0]};
}

struct adding {
    struct name_table *table;
    uint32_t who;
};

static bool add_form(void *context, const struct name_sequence *sequence)
{
    const struct adding *adding = context;
    name_table_add(adding->table, sequence, adding->who);
    return false;
}

struct adding_others {
    struct name_scratch *scratch;
    struct adding adding;
};

static bool add_other(void *context, const struct name_person *other)
{
    struct adding_others *others = context;
    UNCLEARED struct name_words words;
    name_words(others->scratch, other, &words);
    return name_forms(others->scratch, &words, FORMS_OTHER, add_form, &others->adding);
}

/* ---- built a person at a time ------------------------------------------------------------------- */

struct name_core *name_core_begin(size_t expected, bool full_only)
{
    struct name_core *core = memory_grow(NULL, sizeof *core);
    *core = (struct name_core){.full_only = full_only, .space = expected};
    atomic_init(&core->holders, 1);
    core->places = memory_grow(NULL, (expected + 1) * sizeof *core->places);
    core->bytes_space = expected * BYTES_EXPECTED + 1;
    core->bytes = memory_grow(NULL, core->bytes_space);
    core->places[0] = 0;
    name_table_init(&core->table, expected, full_only);
    return core;
}

static bool make_room(struct name_core *core, size_t bytes, struct error *error)
{
    size_t used = core->places[core->count];
    if (core->count == NAMES_LARGEST)
        return error_set(error, ERROR_LIMIT, "a roster holds at most %d people", NAMES_LARGEST);
    if (bytes > UINT32_MAX - used)
        return error_set(error, ERROR_LIMIT, "the roster is larger than 4 GiB");
    if (core->bytes_space - used < bytes) {
        core->bytes_space += core->bytes_space / 4 + bytes;
        core->bytes = memory_grow(core->bytes, core->bytes_space);
    }
    if (core->count == core->space) {
        core->space += core->space / 4 + 16;
        core->places = memory_grow(core->places, (core->space + 1) * sizeof *core->places);
    }
    return true;
}

bool name_core_add(struct name_core *core, const struct name_person *person, struct error *error)
{
    size_t bytes = 0, at = core->places[core->count];
    if (!check_person(person, &bytes, error) || !make_room(core, bytes, error)) return false;
    UNCLEARED struct name_scratch scratch;
    UNCLEARED struct name_words words;
    struct adding adding = {&core->table, (uint32_t)core->count};
    at += put_person(core->bytes + at, person);
    core->places[++core->count] = (uint32_t)at;
    name_words(&scratch, person, &words);
    name_forms(&scratch, &words, core->full_only ? FORMS_PLAIN : FORMS_ALL, add_form, &adding);
    struct adding_others others = {&scratch, {&core->table, adding.who | BEARER_OTHER}};
    if (!core->full_only) (void)name_others(person, add_other, &others);
    return true;
}

void name_core_end(struct name_core *core)
{
    name_table_flush(&core->table);
    core->bytes_space = core->places[core->count] + 1;
    core->bytes = memory_grow(core->bytes, core->bytes_space);
}

struct name_core *name_core_build(const struct name_plan *plan, struct error *error)
{
    if (plan->count > NAMES_LARGEST) {
        error_set(error, ERROR_LIMIT, "a roster holds at most %d people", NAMES_LARGEST);
        return NULL;
    }
    struct name_core *core = name_core_begin(plan->count, plan->full_only);
    for (size_t i = 0; i < plan->count; i++) {
        if (name_core_add(core, &plan->people[i], error)) continue;
        name_core_free(core);
        return NULL;
    }
    name_core_end(core);
    return core;
}

struct name_index *name_index_of(struct name_core *core)
{
    struct name_index *index = memory_grow(NULL, sizeof *index);
    *index = (struct name_index){.base = core, .holders = 1};
    return index;
}

void name_core_free(struct name_core *core)
{
    if (core == NULL || atomic_fetch_sub(&core->holders, 1) > 1) return;
    name_table_clear(&core->table);
    free(core->places);
    free(core->bytes);
    free(core);
}

struct name_index *names_build(const struct name_plan *plan, struct error *error)
{
    struct name_core *core = name_core_build(plan, error);
    return core == NULL ? NULL : name_index_of(core);
}

void names_free(struct name_index *index)
{
    if (index == NULL) return;
    name_core_free(index->base);
    name_core_free(index->more);
    free(index->gone);
    free(index);
}

size_t names_count(const struct name_index *index)
{
    return index->base->count + (index->more != NULL ? index->more->count : 0);
}

static size_t core_bytes(const struct name_core *core)
{
    if (core == NULL) return 0;
    return sizeof *core + (core->count + 1) * sizeof *core->places + core->places[core->count] +
           name_table_bytes(&core->table);
}

size_t names_bytes(const struct name_index *index)
{
    return sizeof *index + core_bytes(index->base) + core_bytes(index->more) +
           index->gone_count * sizeof *index->gone;
}

struct name_person names_person(const struct name_index *index, uint32_t who)
{
    if (who < index->base->count) return name_core_person(index->base, who);
    return name_core_person(index->more, who - (uint32_t)index->base->count);
}

struct slice names_id(const struct name_index *index, uint32_t who)
{
    bool of_base = who < index->base->count;
    const struct name_core *core = of_base ? index->base : index->more;
    const unsigned char *from =
        core->bytes + core->places[of_base ? who : who - index->base->count];
    return (struct slice){(const char *)from + 1 + FIELDS, from[1]}; /* the first of the fields */
}
