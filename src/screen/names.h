/* The name index: every form in which a person of the roster may be named, looked up by token, verified before it counts. An index never
 * changes once built; a store gives the present one to whoever reads and takes a new one, or small edits, while in use. */
#pragma once

#include "base/error.h"
#include "screen/finding.h"
#include "screen/tokens.h"

#define NAMES_LARGEST 4000000 /* people of one index */

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
/* Copies what it needs. NULL with the error where there are too many, or memory beyond what it may take. */
struct name_index *names_build(const struct name_plan *plan, struct error *error);
void names_free(struct name_index *index);
size_t names_count(const struct name_index *index);
size_t names_bytes(const struct name_index *index);
struct slice names_id(const struct name_index *index, uint32_t who);
const struct name_person *names_person(const struct name_index *index, uint32_t who);
void names_find(const struct name_index *index, const struct folded *folded,
                const struct tokens *tokens, struct findings *findings);
/* Whether the word at this token is a name of the roster that stands as a full name, a surname or a handle there: the lexicon leaves it alone. */
bool names_exempts(const struct findings *findings, uint32_t start, uint32_t end);

/* CSV with a header: id,kind,given,family,known_as,year,school. Gives the people in `arena`; names the line of what is wrong. */
struct name_people {
    LIST(struct name_person) list;
};
MUST_USE bool names_read(struct slice csv, struct arena *arena, struct name_people *ret_people,
                         struct error *error);

/* Swapped while in use. */
struct name_store;
struct name_store *name_store_new(struct name_index *index);
void name_store_free(struct name_store *store);
const struct name_index *name_store_hold(struct name_store *store);
void name_store_let_go(struct name_store *store, const struct name_index *index);
void name_store_swap(struct name_store *store, struct name_index *index);
/* One person more, changed or (given and family empty) gone, by id: no rebuild. */
MUST_USE bool name_store_edit(struct name_store *store, const struct name_person *person,
                              struct error *error);
