/* What the acts of keeping share with each other: holds, shredding, reports. Inside the room only. */
#pragma once

#include "service/desk_parts.h"

#define REASON_LARGEST 2000
#define TELL_LARGEST 4000

/* Whether a hold lies on any of these records. */
MUST_USE bool hold_lies(struct db *db, const struct id *people, size_t count, bool *ret_lies,
                        struct error *error);
/* The reason given, at most REASON_LARGEST bytes; missing is an error where it is `needed`. Says the fact. */
MUST_USE bool keeping_reason(struct desk *desk, bool needed, struct slice *ret_reason,
                             struct error *error);
/* An event with the reason sealed under the person's key. */
MUST_USE bool keeping_emit_reason(struct desk *desk, struct event *event, const struct id *person,
                                  struct slice reason, struct error *error);

/* Key ids and uploads that an act shreds. */
struct shredded {
    LIST(struct id) keys;
    LIST(struct slice) uploads;
};
/* Adds the key under which this person's (answer's, report's) content is sealed, where there is one. */
MUST_USE bool shred_find(struct desk *desk, const struct id *person, struct shredded *shredded,
                         struct error *error);
/* Writes the list outside, then takes the keys away; the event named the uploads, and its projection took their rows. */
MUST_USE bool shred(struct desk *desk, const struct shredded *shredded, struct error *error);
/* Notes which files are to go when the act is committed, so that a killed process does not leave them. */
MUST_USE bool shred_pending(struct desk *desk, const struct shredded *shredded,
                            struct error *error);
/* The ids from..to as a field's value. */
struct slice shred_ids(const struct shredded *shredded, size_t from, size_t to,
                       struct arena *arena);
#define SHRED_IDS_LARGEST 100 /* in one event */

/* The event in which a report was told. */
MUST_USE bool report_find(struct desk *desk, const struct id *report, uint64_t *ret_n,
                          struct error *error);
/* Gives reports that nobody could be given, or whose reader has gone, to whom they would go today; daily. */
MUST_USE bool tell_again(struct desk *desk, struct error *error);
/* Tells somebody as a part of another act: seals the text, finds who gets it and opens their tasks. */
struct route_plan;
struct route;
MUST_USE bool tell_on(struct desk *desk, const struct route_plan *plan, struct slice text,
                      struct route *ret_route, struct error *error);

/* A task for a role that nobody holds; nothing where one is open, or the role is ROLES. */
MUST_USE bool vacancy_open(struct desk *desk, enum role role, const struct id *org,
                           struct error *error);

/* acts_tasks.c: whether a task waits for somebody: their own, or of a role which they hold or stand in for today. */
MUST_USE bool task_mine(struct desk *desk, const struct task_row *task, bool *ret_mine,
                        struct error *error);
/* Open tasks of the same duty, this one aside. */
struct task_list {
    LIST(struct task_row) list;
};
MUST_USE bool task_siblings(struct desk *desk, const struct task_row *task,
                            struct task_list *ret_siblings, struct error *error);
/* duty_matter.c: whom an act that was recorded is about, out of the seal; none where it is about nobody, or sealed for good. */
MUST_USE bool duty_subjects(struct record *record, struct db *db, const struct id *occurrence,
                            struct arena *arena, struct id *ret_subject, struct id *ret_second,
                            struct error *error);
/* Whether a task of a duty may not be known to somebody: they are part of the matter, and neither did it nor own the task. */
MUST_USE bool duty_hidden(struct record *record, struct db *db, const struct task_row *task,
                          const struct id *person, struct arena *arena, bool *ret_hidden,
                          struct error *error);
