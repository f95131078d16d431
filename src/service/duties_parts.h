/* What reading tasks for pages shares. Inside the room only. */
#pragma once

#include "service/duties.h"
#include "service/duty.h"
#include "service/sees.h"

/* The reader's one view; the viewer asks who may see whom. */
struct duties_reading {
    struct record *record;
    const struct id *reader;
    struct arena *arena;
    const struct register_view *view;
    struct viewer viewer;
    struct db *db;
    int64_t now;
};
MUST_USE bool duties_begin(struct duties_reading *reading, struct record *record,
                           const struct id *reader, struct arena *arena, struct error *error);
void duties_end(struct duties_reading *reading);
/* The row as it is shown, its deed still as it was written down. */
struct task_seen duties_seen(const struct duties_reading *reading, const struct task_row *task);
/* The deed as a sentence; outside the view, as a version may have to be read. */
void duties_say(struct record *record, struct task_seen *task, struct arena *arena);
/* Whose it is: a name where the reader may see it, else the office. */
struct slice duties_who(const struct duties_reading *reading, const struct task_row *task);
/* As take-task and close-task decide. */
MUST_USE bool duties_mine(const struct duties_reading *reading, const struct task_row *task,
                          bool *ret_mine, struct error *error);
/* Whether the reader leads where it waits and may know of it. */
MUST_USE bool duties_led(const struct duties_reading *reading, const struct task_row *task,
                         bool *ret_led, struct error *error);
