/* How it stands where somebody leads: who has signed, which tasks are late, which posts that the policy turns to stand empty, what
 * changed lately. Of the organisations that the viewer answers for alone (role_leads), and nothing that they may not know of: no
 * task about themselves or their family, no child from whom they are barred. Everything in the arena. */
#pragma once

#include "service/sees.h"
#include "service/signoff.h"

#define OVERVIEW_DAYS 28 /* what happened since then is lately */
#define OVERVIEW_CHANGES_LARGEST 20
#define OVERVIEW_FEW 5 /* fewer parents or pupils than this are not told apart */

/* Whose signatures are counted together; everybody is in one. */
enum overview_group { OVERVIEW_STAFF, OVERVIEW_PARENTS, OVERVIEW_PUPILS, OVERVIEW_GROUPS };

/* A post that the policy in force turns to and that nobody here holds. */
struct overview_vacancy {
    struct slice title;
    struct slice clause; /* the first that names it */
    const char *as;      /* `is told` */
};
struct overview_school {
    const struct org *org;
    struct coverage_count signing[OVERVIEW_GROUPS];
    size_t late; /* tasks */
    LIST(struct overview_vacancy) vacancies;
};
struct overview_change {
    int64_t day;
    int rank; /* among those of a day: versions, calendars, roles */
    struct slice words;
};
struct overview_policy {
    struct id version; /* none: none is in force */
    struct slice title, number;
    int64_t since;  /* day */
    int64_t review; /* last day by which it is to be looked at again; INT64_MAX: none is said */
    bool overdue;   /* the review */
};
struct overview {
    struct overview_policy policy;
    LIST(struct overview_school) schools; /* in the order of names */
    LIST(struct overview_change) changes; /* newest first */
    size_t late, vacancies;               /* of all schools */
};
MUST_USE bool overview_make(struct record *record, const struct viewer *viewer, struct arena *arena,
                            struct overview *ret_overview, struct error *error);

/* Late tasks of all the organisations that the viewer answers for; it stops counting at `most`. */
MUST_USE bool overview_late(struct record *record, const struct viewer *viewer, size_t most,
                            size_t *ret_late, struct error *error);

/* How many signed, of how many: `31 of 40`. Of parents and pupils nothing by which fewer than OVERVIEW_FEW could be told: neither
 * that so few signed, nor that so few did not. */
struct slice overview_signed(enum overview_group group, const struct coverage_count *count,
                             struct arena *arena);
/* The same of all schools together, rounded where one of them may not be told. */
struct slice overview_all_signed(const struct overview *overview, enum overview_group group,
                                 struct arena *arena);
/* By school and group, with a head, safe to open in a spreadsheet. */
void overview_csv(const struct overview *overview, struct arena *arena, struct text *out);
