/* One-time links: 256 random bits of which only a keyed hash is kept, valid three days, used once, by POST. */
#pragma once

#include "service/desk_parts.h"

#define INVITATION_MILLISECONDS (3LL * 24 * 3600 * 1000)
#define INVITATION_SECRET_LENGTH 64 /* hexadecimal digits */

/* Whether it may still be used: not expired, and not made while the clock was far ahead. */
bool link_holds(const struct link_row *row, int64_t now);
/* Kinds of links: an invitation by one hand, one that a second person handed over; a reset that asks for a code, one that a
 * second person handed over and that takes the codes away. */
#define INVITATION_ONE "invite"
#define INVITATION_TWO "invite-two"
#define RESET_ONE "reset"
#define RESET_TWO "reset-all"
bool invitation_kind(struct slice kind); /* either of the first two */
/* Whether it is an invitation by one hand to somebody who holds a role of trust by now, or is proposed for one: it opens
 * nothing. What the keeper of the machine made for the first people does. */
MUST_USE bool invitation_takes_two(struct db *db, const struct link_row *row, int64_t day,
                                   struct arena *arena, bool *ret_two, struct error *error);
/* In the act's transaction: makes a link of a kind for a person, in place of earlier ones. The secret
 * lives in the desk's arena, to be shown once. */
MUST_USE bool invitation_make(struct desk *desk, const struct id *person, const char *kind,
                              struct slice *ret_secret, struct error *error);
/* The row of a secret that still holds; `ret_found` false: none, used, expired, or one hand too few. */
MUST_USE bool invitation_find(struct record *record, struct db *db, struct slice secret,
                              int64_t now, struct arena *arena, struct link_row *ret_row,
                              bool *ret_found, struct error *error);
