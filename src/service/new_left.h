/* The hidden folders in which new.c writes, and what is left of one whose making was killed. A folder at work is held by a lock
 * that ends with its process; one that nobody holds is a leftover. */
#pragma once

#include "base/arena.h"

#define NEW_LEFT_MARK ".XXXXXX" /* behind `.NAME`: mkdtemp's */

/* Holds the folder until the handle is closed; -1 where it cannot be held. */
int new_left_hold(const char *folder);
/* Takes away the leftovers of `name` in `parent`; a folder that holds anything new.c does not write stays. */
void new_left_sweep(struct slice parent, struct slice name, struct arena *arena);
