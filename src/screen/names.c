/* The name index built, kept and told; see names.h. People stand end to end as bytes: a kind, six lengths, six fields. */
#include "screen/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/names_parts.h"

#define FIELDS 6

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

static bool measure(const struct name_plan *plan, size_t *ret_bytes, struct error *error)
{
    if (plan->count > NAMES_LARGEST)
        return error_set(error, ERROR_LIMIT, "a roster holds at most %d people", NAMES_LARGEST);
    size_t all = 0, bytes = 0;
    for (size_t i = 0; i < plan->count; i++) {
        if (!check_person(&plan->people[i], &bytes, error)) return false;
        all += bytes;
    }
    if (all > UINT32_MAX) return error_set(error, ERROR_LIMIT, "the roster is larger than 4 GiB");
    *ret_bytes = all;
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

struct name_core *name_core_build(const struct name_plan *plan, struct error *error)
{
    size_t bytes = 0;
    if (!measure(plan, &bytes, error)) return NULL;
    struct name_core *core = memory_grow(NULL, sizeof *core);
    *core = (struct name_core){.count = plan->count, .full_only = plan->full_only};
    atomic_init(&core->holders, 1);
    core->places = memory_grow(NULL, (plan->count + 1) * sizeof *core->places);
    core->bytes = memory_grow(NULL, bytes + 1);
    name_table_init(&core->table, plan->count, plan->full_only);
    struct name_scratch scratch;
    struct name_words words;
    size_t at = 0;
    for (size_t i = 0; i < plan->count; i++) {
        core->places[i] = (uint32_t)at;
        at += put_person(core->bytes + at, &plan->people[i]);
        struct adding adding = {&core->table, (uint32_t)i};
        name_words(&scratch, &plan->people[i], &words);
        name_forms(&scratch, &words, plan->full_only ? FORMS_PLAIN : FORMS_ALL, add_form, &adding);
    }
    core->places[plan->count] = (uint32_t)at;
    name_table_flush(&core->table);
    return core;
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
    if (core == NULL) return NULL;
    struct name_index *index = memory_grow(NULL, sizeof *index);
    *index = (struct name_index){.base = core, .holders = 1};
    return index;
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
    return names_person(index, who).id;
}
