/* Mail that tells people to look: who is to get some is noted in the transaction of the act for which they get it, and a worker
 * (mail_worker.h) sends it. A mail says that something waits and where to sign in, nothing of what it is; at most one a day for
 * a person and kind, of what is urgent one an hour. */
#pragma once

#include "service/desk_parts.h"
#include "store/outbox.h"

enum mail_kind {
    MAIL_WAITING, /* something waits for them */
    MAIL_SIGN,    /* a policy waits for their signature */
    MAIL_URGENT,  /* something waits that cannot wait long */
    MAIL_OVERDUE, /* to those who lead: something is overdue */
    MAIL_KINDS,
};
/* As the outbox and events name it: waiting, sign, urgent, overdue. */
const char *mail_kind_word(enum mail_kind kind);
/* MAIL_KINDS where there is none. */
enum mail_kind mail_kind_of(struct slice word);
/* The same words in every mail of a kind; `site` is the address where people sign in. */
struct slice mail_subject(enum mail_kind kind);
struct slice mail_body(enum mail_kind kind, struct slice site, struct arena *arena);

/* Whether this program sends mail; before anything is queued. Where it does not, nothing is queued: pages show it all. */
void mail_switch(struct record *record, bool on);

/* A mail for a person, from `not_before` on (milliseconds; 0: at once), later where one of the kind went out lately. Nothing
 * where one waits already, or the person is not here or has no address. */
MUST_USE bool mail_queue(struct desk *desk, const struct id *person, enum mail_kind kind,
                         int64_t not_before, struct error *error);
/* The same for those who hold the role over the organisation today and are not away, else for those who stand in for them, else
 * for the holders all the same. */
MUST_USE bool mail_queue_role(struct desk *desk, enum role role, const struct id *org,
                              enum mail_kind kind, int64_t not_before, struct error *error);
/* For those who are to see to a task that is opened; not for whoever opens it. */
MUST_USE bool mail_queue_task(struct desk *desk, const struct task_plan *plan, struct error *error);

/* A person's address as it stands today; empty where they are not here, have none, or it is none that mail can go to. */
MUST_USE bool mail_address_of(struct record *record, struct db *db, const struct id *person,
                              struct arena *arena, struct slice *ret_address, struct error *error);
/* When the next of a kind may go to somebody who got one now. */
int64_t mail_next(enum mail_kind kind, int64_t now);
/* Since when a row has waited: for how long it is tried. */
int64_t mail_queued_at(struct record *record, const struct outbox_row *row, struct arena *arena);

/* What became of a mail, as the worker hands it to act record-mail in values; see acts_mail.c. */
#define MAIL_OUTCOME_SENT "sent"
#define MAIL_OUTCOME_REFUSED "refused" /* for good, by the receiver's server */
#define MAIL_OUTCOME_LATE "late"       /* tried for so long that it is given up */
