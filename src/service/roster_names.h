/* The people of a record as the screening engine looks for them: an index of their names beside the record, in memory only, made when
 * somebody first screens by it and brought in step with the register each time it is held: small changes as edits, large ones
 * anew, and anew where somebody went, so that an erased name does not stay in memory. Any thread may hold one at any time. */
#pragma once

#include "screen/names.h"
#include "service/record.h"

struct roster_names;
struct roster_names *roster_names_new(void);
void roster_names_free(struct roster_names *names);
/* Everybody who is here, by id in hexadecimal digits: a pupil, else staff, else a parent. Let it go with roster_names_let_go. NULL with the
 * error where the index cannot be made. Holds the register meanwhile: not from within an order to the desk. */
const struct name_index *roster_names_hold(struct roster_names *names, struct record *record,
                                           struct error *error);
void roster_names_let_go(struct roster_names *names, const struct name_index *index);
/* How often the whole index was made; for tests. */
size_t roster_names_made(struct roster_names *names);
