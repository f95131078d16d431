/* One-time links: 256 random bits of which only a keyed hash is kept, valid three days, used once, by POST. */
#pragma once

#include "service/desk_parts.h"

#define INVITATION_MILLISECONDS (3LL * 24 * 3600 * 1000)
#define INVITATION_SECRET_LENGTH 64 /* hexadecimal digits */

/* Whether it may still be used: not expired, and not made while the clock was far ahead. */
bool link_holds(const struct link_row *row, int64_t now);
/* In the act's transaction: makes a link of a kind (`invite` or `reset`) for a person, in place of earlier ones. The secret
 * lives in the desk's arena, to be shown once. */
MUST_USE bool invitation_make(struct desk *desk, const struct id *person, const char *kind,
                              struct slice *ret_secret, struct error *error);
/* The row of a secret that still holds; `ret_found` false: none, used or expired. */
MUST_USE bool invitation_find(struct record *record, struct db *db, struct slice secret,
                              int64_t now, struct arena *arena, struct link_row *ret_row,
                              bool *ret_found, struct error *error);
