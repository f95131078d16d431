/* Whom a report goes to. Those who hold the role today come first, then its deputies, then the next in line: safeguarding
 * lead, deputy, head, chair. Who is away is passed over, and so is, by identity and through linked records, who is part of the
 * matter: the one it is about, their parents and children, and the one who tells. Where nobody is left there are the ways
 * outside. Telling is never blocked. */
#pragma once

#include "service/outside.h"
#include "service/people.h"

#define ROUTE_LARGEST 8 /* people who get one report */

struct route_plan {
    enum role role;         /* asked for first */
    struct id org, subject; /* subject: none where it is about nobody in the record */
    struct id second;       /* somebody else it is about; none: nobody */
    struct id teller;       /* none: not signed in */
    int64_t day;
};
struct route {
    struct id people[ROUTE_LARGEST];
    size_t count;   /* 0: nobody is left */
    enum role role; /* under which they get it */
    /* Where nobody is left: a role that nobody holds or whose holders are all away, whatever the report says; ROLES where
     * every one in line is held: then a vacancy would tell that somebody was passed over. */
    enum role vacant;
};
/* In a transaction or one unchanging view. */
MUST_USE bool telling_route(struct record *record, struct db *db, const struct route_plan *plan,
                            struct route *ret_route, struct error *error);

#define LINE_LARGEST 16 /* roles of one line */

/* Whom a duty goes to: as a report, along roles that the policy names, behind which the same line follows. Whoever it is about
 * and their family are passed over, and so is who has it already. */
struct line_plan {
    enum role roles[LINE_LARGEST];
    size_t count;
    struct id org, subject, second;
    int64_t day;
    const struct id *had;
    size_t had_count;
};
MUST_USE bool duty_route(struct record *record, struct db *db, const struct line_plan *plan,
                         struct route *ret_route, struct error *error);
/* Everybody who is part of a matter: the two it is about (none: nobody), with every record of theirs, and their family. */
MUST_USE bool route_matter(struct record *record, struct db *db, const struct id *subject,
                           const struct id *second, struct arena *arena, struct people_ids *ret_ids,
                           struct error *error);
