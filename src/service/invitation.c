/* One-time links; see invitation.h. */
#include "service/invitation.h"

#include <sodium.h>
#include <string.h>

#include "service/people.h"

static struct id hash_of(struct record *record, struct slice secret)
{
    return record_lookup(record, "link", secret);
}

bool link_holds(const struct link_row *row, int64_t now)
{
    return row->expires > now && row->expires <= now + INVITATION_MILLISECONDS + RECORD_CLOCK_STEP;
}

bool invitation_kind(struct slice kind)
{
    return slice_is(kind, INVITATION_ONE) || slice_is(kind, INVITATION_TWO);
}

bool invitation_takes_two(struct db *db, const struct link_row *row, int64_t day,
                          struct arena *arena, bool *ret_two, struct error *error)
{
    *ret_two = false;
    if (!slice_is(row->kind, INVITATION_ONE) || id_is_none(&row->made_by)) return true;
    return people_trusted(db, &row->person, day, arena, ret_two, error);
}

bool invitation_make(struct desk *desk, const struct id *person, const char *kind,
                     struct slice *ret_secret, struct error *error)
{
    unsigned char random[INVITATION_SECRET_LENGTH / 2];
    char *hex = arena_take(desk->arena, INVITATION_SECRET_LENGTH + 1, 1);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, INVITATION_SECRET_LENGTH + 1, random, sizeof random);
    *ret_secret = (struct slice){hex, INVITATION_SECRET_LENGTH};
    struct link_row row = {.hash = hash_of(desk->record, *ret_secret),
                           .person = *person,
                           .kind = slice_of(kind),
                           .made_by = desk->order->actor,
                           .expires = desk->now + INVITATION_MILLISECONDS};
    return links_drop_of(desk->db, person, error) && link_put(desk->db, &row, error);
}

bool invitation_find(struct record *record, struct db *db, struct slice secret, int64_t now,
                     struct arena *arena, struct link_row *ret_row, bool *ret_found,
                     struct error *error)
{
    bool two;
    *ret_found = false;
    if (secret.length != INVITATION_SECRET_LENGTH) return true;
    struct id hash = hash_of(record, secret);
    if (!link_get(db, &hash, arena, ret_row, ret_found, error)) return false;
    if (*ret_found && !link_holds(ret_row, now)) *ret_found = false;
    if (!*ret_found) return true;
    if (!invitation_takes_two(db, ret_row, record_today(record), arena, &two, error)) return false;
    *ret_found = !two;
    return true;
}
