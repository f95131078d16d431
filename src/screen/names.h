/* The name index: every form in which a person of the roster may be named, looked up by token, verified before it counts. An index never
 * changes once built; a store gives the present one to whoever reads and takes a new one, or small edits, while in use. */
#pragma once

#include "base/error.h"
#include "screen/finding.h"
#include "screen/tokens.h"

#define NAMES_LARGEST 4000000  /* people of one index */
#define NAME_FIELD_LARGEST 120 /* bytes of an id, a name, a year or a school */

enum name_kind { NAME_PUPIL, NAME_STAFF, NAME_PARENT, NAME_OTHER };
struct name_person {
    struct slice id, given, family, known_as, year,
        school; /* family may be empty: a one-word name */
    enum name_kind kind;
};

struct name_index;
struct name_plan {
    const struct name_person *people;
    size_t count;
    bool full_only; /* one form a name: for measuring */
};
/* Copies what it needs. NULL with the error where there are too many, or a field is too long or not UTF-8. */
struct name_index *names_build(const struct name_plan *plan, struct error *error);
void names_free(struct name_index *index);
/* People in it, those an edit took out counted in: places go from 0 to this. */
size_t names_count(const struct name_index *index);
size_t names_bytes(const struct name_index *index);
struct slice names_id(const struct name_index *index, uint32_t who);
/* Borrows from the index. */
struct name_person names_person(const struct name_index *index, uint32_t who);
/* Adds what it finds, in order of where it begins, and notes in `findings` which those are. The index may be NULL: nothing is found.
 * Full names, known-as names, family names first and handles are to be held, the rest looked at; a name all of whose words are ordinary
 * words counts only with its capitals, a lone name only with one, and not where everything is in capitals. */
void names_find(const struct name_index *index, const struct folded *folded,
                const struct tokens *tokens, struct findings *findings);
/* Whether the bytes start..end of the original lie in a name of the roster that stands as a full name, a surname or a handle there: the
 * lexicon leaves them alone. */
bool names_exempts(const struct findings *findings, uint32_t start, uint32_t end);

/* CSV with a header: id,kind,given,family,known_as,year,school, in any order; id and given are needed, others may be missing. Gives the
 * people in `arena`, borrowing from `csv`; names the line of what is wrong. */
struct name_people {
    LIST(struct name_person) list;
};
MUST_USE bool names_read(struct slice csv, struct arena *arena, struct name_people *ret_people,
                         struct error *error);
/* The index of them straight from the file, with every form, so that a million people never stand in memory twice. */
struct name_index *names_load(struct slice csv, struct error *error);

/* Swapped while in use: an index held stays until it is let go. Any thread may hold and let go at any time; swaps and edits come from one
 * at a time. Takes over the index. */
struct name_store;
struct name_store *name_store_new(struct name_index *index);
void name_store_free(struct name_store *store);
const struct name_index *name_store_hold(struct name_store *store);
void name_store_let_go(struct name_store *store, const struct name_index *index);
void name_store_swap(struct name_store *store, struct name_index *index);
/* One person more, changed or (given and family empty) gone, by id. No rebuild until NAME_EDITS_LARGEST of them have gathered. */
#define NAME_EDITS_LARGEST 1000
MUST_USE bool name_store_edit(struct name_store *store, const struct name_person *person,
                              struct error *error);
