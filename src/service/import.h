/* Files of people from other systems: read, compared with the register, shown in plain words, and applied whole or not at all
 * through the desk (acts_import.c). What a file can never do: give a role of trust, lift a bar, part linked records, change
 * the roles of whoever brings it. The file's formats are src/format's business. */
#pragma once

#include "format/roster.h"
#include "service/desk.h"

/* The one place where is set what a file may do at once and for how long it waits. */
#define IMPORT_SHARE_PERCENT 10 /* more of a source's people leaving than this, */
#define IMPORT_SHARE_LEAST 5    /* and at least so many: the file waits for a yes */
#define IMPORT_DAYS 14          /* a file that waits longer is thrown away */
#define IMPORT_SIZE_LARGEST ((size_t)64 << 20)
#define IMPORT_SHOWN 20 /* rows of each kind that a dry run shows */
#define IMPORT_SOURCE_LARGEST 20
#define IMPORT_MAPPING_NAME_LARGEST 16
#define IMPORT_MAPPING_LARGEST 3900 /* bytes of a saved mapping */

enum import_format { IMPORT_DETECT, IMPORT_ONEROSTER, IMPORT_SDS, IMPORT_CSV };
/* `oneroster`, `sds`, `csv`; IMPORT_DETECT where it is none of them. */
enum import_format import_format_of(struct slice word);
struct slice import_format_word(enum import_format format);

/* A file as it was brought: one ZIP, one table, or the files of a folder. Bytes are borrowed. */
struct import_piece {
    struct slice name, bytes;
};
struct import_file {
    struct slice name; /* for messages */
    enum import_format format;
    struct slice mapping_name; /* of a saved one; empty: none */
    struct slice mapping;      /* its text; empty: none, and then it is no table */
    bool folder;
    LIST(struct import_piece) pieces;
};

/* What a file says. */
struct import {
    const struct import_file *file;
    enum import_format format;
    struct slice
        source; /* `oneroster`, `sds`, `csv` or `csv-MAPPING`: whose identifiers these are */
    struct roster roster;
};
/* Everything in the arena. False where the file as a whole is of no use: nothing was done. */
MUST_USE bool import_read(const struct import_file *file, struct arena *arena,
                          struct import *ret_import, struct error *error);
/* A ZIP, a table, or a folder's files from disk; at most IMPORT_SIZE_LARGEST in all. */
MUST_USE bool import_load(const char *path, struct arena *arena, struct import_file *ret_file,
                          struct error *error);

/* ---- what would change ---- */

enum plan_what { PLAN_NOTHING, PLAN_JOIN, PLAN_MOVE, PLAN_LEAVE };
enum plan_change { /* of a mover, as bits */
                   PLAN_NAME = 1,
                   PLAN_CONTACT = 2, /* e-mail, telephone */
                   PLAN_BORN = 4,
                   PLAN_NUMBERS = 8, /* identifiers of other systems */
                   PLAN_SCHOOL = 16,
                   PLAN_ROLES = 32,
                   PLAN_BACK = 64 /* had left and is here again */
};

/* A row for a person to read; the names in it are for whoever brought the file and whoever decides. */
struct plan_row {
    enum plan_what what;
    struct slice who; /* `Family, Given` */
    struct slice says;
};

struct plan {
    struct slice source;
    size_t people; /* in the file */
    size_t joiners, movers, leavers;
    size_t given, ended, proposed; /* roles */
    size_t links, unlinks, schools;
    size_t calendars; /* of schools whose terms change */
    size_t
        known; /* people of this source here until now, at the schools that the file speaks about */
    size_t withheld;     /* people of whom nothing is changed: only somebody else may bring that */
    bool waits;          /* so many leave that somebody has to say yes */
    bool nobody_missing; /* rows could not be read, so nobody is taken for gone */
    LIST(struct plan_row) rows;           /* the first IMPORT_SHOWN of each kind */
    LIST(struct roster_problem) problems; /* of the comparing; the file's own stand in the roster */
    struct plan_parts *parts;             /* for import_apply.c */
};
/* Compares with the record as it is now, and changes nothing; `actor`: who brings it. */
MUST_USE bool import_try(struct record *record, const struct import *import, const struct id *actor,
                         struct arena *arena, struct plan *ret_plan, struct error *error);
/* The same for a file that waits: of its bringer and of those who may decide. */
MUST_USE bool import_try_kept(struct record *record, const struct id *id, const struct id *actor,
                              struct arena *arena, struct import **ret_import,
                              struct plan *ret_plan, struct error *error);

/* Whether somebody's roles reach over every organisation that the plan touches, for that act: names of other schools' people
 * are shown to nobody else. */
bool import_reaches(struct record *record, const struct id *person, enum record_act act,
                    const struct plan *plan);

/* `12 people join, 3 move, 1 leaves; ...`, one sentence. */
void import_summary(const struct plan *plan, struct text *out);
/* Whether anything would change. */
bool import_changes(const struct plan *plan);
/* Problems of file and comparing; at most `most`. `orgs.csv, line 3, column 5: ...` */
size_t import_problem_count(const struct import *import, const struct plan *plan);
void import_problem_words(const struct roster_problem *problem, struct text *out);
const struct roster_problem *import_problem(const struct import *import, const struct plan *plan,
                                            size_t index);

/* ---- doing it ---- */

/* The matter of the act bring-import. */
struct import_order {
    const struct import *import;
    void (*progress)(void *context, size_t done,
                     size_t all); /* in the writer's thread; may be NULL */
    void *context;
    struct plan *plan; /* filled in, with the act's arena; may be NULL */
};
/* Throws away files that waited too long; once a day, and before a list of them is shown. */
MUST_USE bool import_sweep(struct record *record, struct error *error);
/* The same for those that came before a moment, in milliseconds. */
MUST_USE bool import_sweep_before(struct record *record, int64_t moment, struct error *error);

struct import_seen {
    struct id id, by;
    struct slice source, state; /* looked-at, waiting, applied, refused */
    int64_t at;                 /* milliseconds */
    int64_t joiners, movers, leavers;
};
/* Newest first, at most `most`. */
MUST_USE bool import_list(struct record *record, size_t most, struct arena *arena,
                          struct import_seen **ret_list, size_t *ret_count, struct error *error);
MUST_USE bool import_find(struct record *record, const struct id *id, struct arena *arena,
                          struct import_seen *ret_seen, bool *ret_found, struct error *error);

struct import_mapping {
    struct slice name, text;
};
MUST_USE bool import_mappings(struct record *record, struct arena *arena,
                              struct import_mapping **ret_list, size_t *ret_count,
                              struct error *error);
/* A saved one by name; `ret_found` false: none. */
MUST_USE bool import_mapping(struct record *record, struct slice name, struct arena *arena,
                             struct slice *ret_text, bool *ret_found, struct error *error);
bool import_mapping_name_fits(struct slice name);
