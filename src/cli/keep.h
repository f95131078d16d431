/* What the commands that keep a record share: options from a table, opening the record, and who acts, proved. */
#pragma once

#include "cli/cli.h"
#include "service/desk.h"
#include "service/record.h"

struct keep_option {
    const char *name;
    const char **value; /* takes a word behind it; NULL: a flag */
    bool *flag;
};
/* Options anywhere, plain words into `places` in order; each place must be given. `called` says what they are. A value option
 * that may be given twice stands twice in the table. */
int keep_options(int argc, char **argv, const struct keep_option *options, size_t count,
                 const char **places, const char *const *called, size_t place_count);

/* Opens it or says why not. */
MUST_USE bool keep_open(const char *command, const struct record_place *place,
                        struct record **ret_record, int *ret_exit);
/* Asks for password and sign-in code of whoever signs in with this address: at a terminal unseen, else a line each from
 * standard input. */
MUST_USE bool keep_prove(const char *command, struct record *record, const char *email,
                         struct id *ret_person, int *ret_exit);
/* Does an order; says what was refused. */
MUST_USE bool keep_do(const char *command, struct record *record, const struct order *order,
                      struct arena *arena, struct outcome *ret_outcome, int *ret_exit);
/* A file with a note, or the note itself where the word holds line ends; empty for NULL. */
MUST_USE bool keep_note(const char *command, const char *path, struct arena *arena,
                        struct slice *ret_note, int *ret_exit);
