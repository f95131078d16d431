/* Any CSV by a saved mapping, a short text that says which of its columns is what:
 *
 *     # our nightly report
 *     Adno = source id
 *     Legal Surname = family name
 *     DOB = date of birth
 *     date format = dd/mm/yyyy
 *     Post = role
 *     role value Class Teacher = teacher
 *     role value Agency = nothing
 *
 * `every role = pupil` and `every school = S1` serve for a report without such a column. The fields
 * and the ways to write a date are the tables in mapping.c. Header names are compared without regard
 * to capitals. A person may fill several rows, one for each role. A column called anything with
 * "password" is refused. */
#pragma once

#include "format/bundle.h"
#include "format/roster.h"

#define MAPPING_SIZE_LARGEST ((size_t)64 << 10)

/* name, what the mapping calls it */
#define MAPPING_FIELDS(X)                                                                          \
    X(ID, "source id")                                                                             \
    X(GIVEN, "given name")                                                                         \
    X(FAMILY, "family name")                                                                       \
    X(KNOWN_AS, "known as")                                                                        \
    X(BIRTH, "date of birth")                                                                      \
    X(EMAIL, "email")                                                                              \
    X(PHONE, "phone")                                                                              \
    X(USERNAME, "username")                                                                        \
    X(ROLE, "role")                                                                                \
    X(ROLE_FROM, "role from")                                                                      \
    X(ROLE_UNTIL, "role until")                                                                    \
    X(SCHOOL, "school")                                                                            \
    X(SCHOOL_NAME, "school name")                                                                  \
    X(LEFT, "left on")                                                                             \
    X(PARENTS, "parents")                                                                          \
    X(CHILDREN, "children")

enum mapping_field {
#define X(name, word) MAPPING_##name,
    MAPPING_FIELDS(X)
#undef X
        MAPPING_FIELD_COUNT,
};

struct mapping_value {
    struct slice theirs;   /* compared without regard to capitals */
    enum roster_role role; /* ROSTER_ROLE_COUNT: nothing, on purpose */
};

struct mapping {
    struct slice headers[MAPPING_FIELD_COUNT]; /* empty where no column is named */
    LIST(struct mapping_value) values;
    bool (*read_date)(struct slice text, struct date *ret_date);
    bool has_every_role;
    enum roster_role every_role;
    struct slice every_school; /* empty where none is given */
};

/* `name` and `text` are borrowed for the call. False: *error has the line, what is wrong with it
 * and what to write instead. */
MUST_USE bool mapping_parse(struct slice name, struct slice text, struct arena *arena,
                            struct mapping *ret_mapping, struct error *error);
/* Reads the file of that name in the bundle; the roster's arena outlives the bundle. */
MUST_USE bool mapping_read(const struct mapping *mapping, const struct bundle *bundle,
                           struct slice name, struct arena *arena, struct roster *ret_roster,
                           struct error *error);
