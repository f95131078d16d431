/* A table on its way into a roster: its rows one by one, each cell checked, and what is wrong noted
 * as a problem of the roster without its content. Which column means what is for the formats. */
#pragma once

#include "format/bundle.h"
#include "format/csv.h"
#include "format/roster.h"

#define TABLE_ID_LARGEST ((size_t)200)
#define TABLE_NAME_LARGEST ((size_t)200) /* bytes of a name */
#define TABLE_EMAIL_LARGEST ((size_t)254)
#define TABLE_LIST_LARGEST ((size_t)200) /* ids in one cell */

struct table {
    struct csv csv;
    struct bundle_open open;
    struct roster *roster;
    struct slice name; /* the file's, kept with the roster */
    size_t id_column;  /* CSV_NONE until it is set */
    struct slice id;   /* of the present row, kept with the roster; may be empty */
    bool people;       /* a row left out leaves the person of its id unread */
};

/* Opens a file of the bundle and reads its header. */
MUST_USE bool table_open(struct table *table, const struct bundle *bundle, struct slice name,
                         bool any_case, struct roster *roster, struct error *error);
/* Wipes what was unpacked. Safe on a zeroed table. */
void table_close(struct table *table);
#define AUTO_TABLE __attribute__((cleanup(table_close)))

/* The column of that name; a needed one that is missing makes the file unusable. */
MUST_USE bool table_column(const struct table *table, struct slice name, bool needed,
                           size_t *ret_column, struct error *error);
/* The next row that is sound, has an id where there is an id column, and stands in *ret_row = true;
 * rows that are not are noted and passed over. False where the file cannot be read on. */
MUST_USE bool table_next(struct table *table, bool *ret_row, struct error *error);

void table_problem(struct table *table, size_t column, enum roster_done done, const char *what);
/* The row is of no use: noted, and where it was a person's, they are unread. */
void table_leave_out(struct table *table, size_t column, const char *what);

/* A cell without blanks around it, borrowed: valid while the table is open. */
struct slice table_look(struct table *table, size_t column);
/* A cell of one line and at most so many bytes, copied; empty where it is empty or left out. */
struct slice table_text(struct table *table, size_t column, size_t most);
struct slice table_email(struct table *table, size_t column);
/* Year 0 where it is empty or left out. */
struct date table_date(struct table *table, size_t column,
                       bool (*read)(struct slice text, struct date *ret_date));
/* Takes ids one by one out of a cell's list, blanks dropped; false at its end. */
bool table_list(struct slice *rest, struct slice separators, struct slice *ret_id);
/* 2024-03-15, 20240315, or the first with a time behind it. */
bool table_iso_date(struct slice text, struct date *ret_date);

/* What the present row says of the person of its id: kept, or laid over what an earlier row said of
 * the same person. NULL where another row speaks of somebody else: both are left out. */
struct roster_person *table_person(struct table *table, const struct roster_person *told);
/* The person of an id that a second file speaks of: in a change file made where it is new, NULL
 * (and noted) where the file of people should have it. */
struct roster_person *table_known(struct table *table, struct slice id);
/* The dates of a role; an end before its beginning is left out. */
void table_dates(struct table *table, struct roster_held *held, size_t from, size_t until,
                 bool (*read)(struct slice text, struct date *ret_date));
