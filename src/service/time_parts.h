/* What is due by the clock, looked for: the same look tells whether keep-time has anything to do, and what. Inside the room. */
#pragma once

#include "service/mail_queue.h"

/* How many days before its day a review becomes a task. */
#define REVIEW_AHEAD 28
/* From when on people are reminded, on weekdays: minutes of the day. */
#define REMIND_FROM (8 * 60)
#define REMINDERS_LARGEST 200
#define LATE_LARGEST 2000 /* late tasks that are looked through for them, oldest first */

/* The review of the policy in force, where its day is near or past and no task was opened for that day. */
struct review_due {
    bool wanted;
    enum role role; /* who approves the next version, the first of them with somebody in it */
    struct id version;
    int64_t due;
    struct slice clause, deed;
};
MUST_USE bool time_review(struct record *record, struct db *db, struct arena *arena,
                          struct review_due *ret_review, struct error *error);

struct reminder {
    struct id person;
    enum mail_kind kind;
};
struct reminders {
    LIST(struct reminder) list;
};
/* Who is to get a mail now about what is overdue: those for whom it waits, and those who lead. Nobody who got one lately, or has
 * no address; nobody at night and at weekends. */
MUST_USE bool time_reminders(struct record *record, struct db *db, int64_t now, struct arena *arena,
                             struct reminders *ret_reminders, struct error *error);
/* Whether keep-time has anything to do. */
MUST_USE bool time_due(struct record *record, struct db *db, bool *ret_due, struct error *error);
