/* The calendars of a record: which one counts for an organisation, and the event that sets one. A school without one of its own
 * has that of whoever is above it. */
#pragma once

#include "service/calendar_text.h"
#include "service/desk.h"

struct db;
struct desk;

/* How an organisation came by its calendar: the words of the column `source`. */
#define CALENDAR_BY_HAND "hand"
#define CALENDAR_BY_IMPORT "import"
#define CALENDAR_OF_ABOVE "above" /* its own was given up: the one above counts again */

/* The one that counts for an organisation. */
struct calendar_here {
    struct calendar calendar; /* calendar_unknown() where nobody has set one */
    struct id whose;          /* the organisation it was set for; none: nobody has */
    int64_t n;                /* of the event that set it */
    bool by_hand;
};
/* In the arena. `db`: the writer's, or a reader; `org` none: nobody's. Fails where the record cannot be read, or the organisation
 * is not one of it. */
MUST_USE bool calendar_of(struct db *db, const struct id *org, struct arena *arena,
                          struct calendar_here *ret_here, struct error *error);
/* The same for pages, with a reader of its own. */
MUST_USE bool calendar_here(struct record *record, const struct id *org, struct arena *arena,
                            struct calendar_here *ret_here, struct error *error);

/* Writes the event of an act that sets an organisation's calendar; `source` as above. */
MUST_USE bool calendar_set(struct desk *desk, const struct id *org, const struct calendar *calendar,
                           const char *source, struct error *error);
