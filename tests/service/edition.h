/* A small policy of the test school's, in as many versions as a test needs, and the way they come into its record. */
#pragma once

#include "school.h"
#include "service/versions.h"

/* What differs from version to version; NULL: as in the first. Each is a line or a block of the policy's language. */
struct edition {
    const char *number;
    const char *approved_by; /* NULL: a governor or the chair; "": the policy leaves it open */
    const char *rule;  /* of clause 2: NULL: staff MUST NOT accept a friend request from a pupil */
    const char *told;  /* whom clause 3 has people tell; NULL: the headteacher */
    const char *prose; /* of clause 2 */
    const char *act;   /* a row more in its vocabulary's table of acts */
};
struct slice edition_text(struct school *school, const struct edition *edition);
/* Sent by somebody. Fails the test where it does not compile; `ret_version` may be NULL. False where the desk found the order
 * bad: `ret_error` says why. */
bool edition_bring(struct school *school, const struct edition *edition, struct id actor,
                   struct id *ret_version, struct outcome *ret_outcome, struct error *ret_error);
/* The same, expected to be done. */
struct id edition_brought(struct school *school, const struct edition *edition, struct id actor);
/* Decides on it; `day` YYYY-MM-DD or NULL: today; `body` and `why` may be NULL. */
struct approval {
    const char *day, *body, *material, *why, *minute;
};
bool edition_approve(struct school *school, struct id version, struct id actor,
                     const struct approval *approval, struct outcome *ret_outcome,
                     struct error *ret_error);
/* So many days from today, as YYYY-MM-DD. */
const char *edition_day(struct school *school, int64_t days);

/* Approved as that says, by somebody; fails the test where the desk finds the order bad. */
extern const struct approval edition_today; /* from today on, not material */
struct outcome edition_decide(struct school *school, struct id version, struct id actor,
                              const struct approval *approval);
/* The first version, in force from today: the office brought it, the governor approved it. */
struct id edition_begin(struct school *school);
/* Fails the test unless the outcome's sentence says so. */
void edition_says(struct outcome outcome, const char *words);
