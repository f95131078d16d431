/* lanyard.h: what is screened by, made from a caller's people and lines. */
#include "library/library.h"

#include <stdlib.h>

#include "base/map.h"

_Static_assert((int)LANYARD_PUPIL == (int)NAME_PUPIL && (int)LANYARD_STAFF == (int)NAME_STAFF &&
                   (int)LANYARD_PARENT == (int)NAME_PARENT && (int)LANYARD_OTHER == (int)NAME_OTHER,
               "the kinds of people of lanyard.h are those of screen/names.h");

static struct slice text_of(const lanyard_source *source)
{
    if (source == NULL || source->text == NULL) return SLICE_EMPTY;
    return (struct slice){source->text, source->length};
}

static const char *name_of(const lanyard_source *source)
{
    return source == NULL ? NULL : source->name;
}

static void no_problem(lanyard_problems **ret_problems)
{
    if (ret_problems != NULL) *ret_problems = NULL;
}

/* ---- people ------------------------------------------------------------------------------------- */

static struct name_person person_of(const lanyard_person *person)
{
    return (struct name_person){
        .id = slice_of(person->id),
        .given = slice_of(person->given),
        .family = slice_of(person->family),
        .known_as = slice_of(person->known_as),
        .year = slice_of(person->year),
        .school = slice_of(person->school),
        .kind = (enum name_kind)person->kind,
    };
}

static bool check_person(const struct name_person *person, struct error *error)
{
    if ((unsigned)person->kind > NAME_OTHER)
        return error_set(error, ERROR_USAGE, "a person is of a kind that there is not");
    if (person->id.length == 0) return error_set(error, ERROR_USAGE, "a person has no id");
    if (person->given.length == 0 && person->family.length == 0)
        return error_set(error, ERROR_USAGE, "a person has neither a given nor a family name");
    return true;
}

static struct name_index *index_of(const lanyard_person *people, size_t count, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct map ids;
    if (count > NAMES_LARGEST) {
        error_set(error, ERROR_LIMIT, "a roster holds at most %d people", NAMES_LARGEST);
        return NULL;
    }
    struct name_person *all = ARENA_ARRAY(arena, struct name_person, count + 1);
    map_init(&ids, arena);
    for (size_t i = 0; i < count; i++) {
        all[i] = person_of(&people[i]);
        if (!check_person(&all[i], error)) return NULL;
        if (map_set(&ids, all[i].id, 1) < 0) continue;
        error_set(error, ERROR_MEANING, "two people have the same id");
        return NULL;
    }
    struct name_plan plan = {.people = all, .count = count};
    return names_build(&plan, error);
}

static struct name_index *index_read(const lanyard_source *csv, struct error *error)
{
    return names_load(text_of(csv), error);
}

static lanyard_names *wrapped(struct name_index *index, const struct error *error, const char *file,
                              lanyard_problems **ret_problems)
{
    if (index == NULL) {
        library_problem(error, file, ret_problems);
        return NULL;
    }
    no_problem(ret_problems);
    lanyard_names *names = memory_grow(NULL, sizeof *names);
    names->store = name_store_new(index);
    return names;
}

lanyard_names *lanyard_names_new(const lanyard_person *people, size_t count,
                                 lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct name_index *index = index_of(people, count, &error);
    return wrapped(index, &error, NULL, ret_problems);
}

lanyard_names *lanyard_names_read(const lanyard_source *csv, lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct name_index *index = index_read(csv, &error);
    return wrapped(index, &error, name_of(csv), ret_problems);
}

void lanyard_names_free(lanyard_names *names)
{
    if (names == NULL) return;
    name_store_free(names->store);
    free(names);
}

/* ---- changes ------------------------------------------------------------------------------------ */

static lanyard_code settled(bool done, const struct error *error, const char *file,
                            lanyard_problems **ret_problems)
{
    if (!done) return library_problem(error, file, ret_problems);
    no_problem(ret_problems);
    return LANYARD_DONE;
}

lanyard_code lanyard_names_set(lanyard_names *names, const lanyard_person *person,
                               lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct name_person changed = person_of(person);
    bool done = check_person(&changed, &error) && name_store_edit(names->store, &changed, &error);
    return settled(done, &error, NULL, ret_problems);
}

lanyard_code lanyard_names_remove(lanyard_names *names, const char *id,
                                  lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct name_person gone = person_of(&(lanyard_person){.id = id, .kind = LANYARD_OTHER});
    bool done = name_store_edit(names->store, &gone, &error);
    return settled(done, &error, NULL, ret_problems);
}

lanyard_code lanyard_names_reload(lanyard_names *names, const lanyard_source *csv,
                                  lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct name_index *index = index_read(csv, &error);
    if (index != NULL) name_store_swap(names->store, index);
    return settled(index != NULL, &error, name_of(csv), ret_problems);
}

/* ---- lists -------------------------------------------------------------------------------------- */

lanyard_lexicon *lanyard_lexicon_new(const lanyard_source *own, lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct lexicon_plan plan = {.own = text_of(own)};
    struct lexicon *made = lexicon_new(&plan, &error);
    if (made == NULL) {
        library_problem(&error, name_of(own), ret_problems);
        return NULL;
    }
    no_problem(ret_problems);
    lanyard_lexicon *lexicon = memory_grow(NULL, sizeof *lexicon);
    lexicon->lexicon = made;
    return lexicon;
}

void lanyard_lexicon_free(lanyard_lexicon *lexicon)
{
    if (lexicon == NULL) return;
    lexicon_free(lexicon->lexicon);
    free(lexicon);
}

lanyard_allow *lanyard_allow_new(const lanyard_source *lines, lanyard_problems **ret_problems)
{
    struct error error = {.code = ERROR_NONE};
    struct allow_list *made = allow_new(text_of(lines), &error);
    if (made == NULL) {
        library_problem(&error, name_of(lines), ret_problems);
        return NULL;
    }
    no_problem(ret_problems);
    lanyard_allow *allow = memory_grow(NULL, sizeof *allow);
    allow->allow = made;
    return allow;
}

void lanyard_allow_free(lanyard_allow *allow)
{
    if (allow == NULL) return;
    allow_free(allow->allow);
    free(allow);
}
