/* What somebody did or is doing, as they told May I?, and the tasks that come of it. Acts: report-act, whose values stand here;
 * take-task, close-task, waive-task; keep-time, which is the machine's. Below, what their pages show. */
#pragma once

#include "service/desk.h"
#include "service/keeping_read.h"

/* Values of report-act: `stage`; `happened`, a day, today where there is none, and `time`, HH:MM; `said`; `about` and `shown`,
 * whom of the register it is about; `why`; `sentence`, the act in words; `tell`: yes, and `words`, what is told then. */
#define REPORT_DONE "done"
#define REPORT_DOING "doing"
#define REPORT_ARISEN "arisen" /* the act is left alone, what led to it has happened */
#define REPORT_SAID_LARGEST 32000
#define REPORT_WORDS_LARGEST 4000
#define REPORTS_A_DAY_LARGEST 100 /* of one person; one that tells somebody is always taken */
#define REPORT_DAYS_LARGEST 3660  /* how long ago it may have been */

/* `said`: a line for each answer, the key, `=` and the value. */
void report_add(struct text *said, struct slice key, struct slice value);

/* Whether an answer's act can be recorded as one that is being done: it is allowed, or with a sentence that says why one goes
 * on (`ret_why`). */
struct decision;
bool report_may_do(const struct decision *decision, bool *ret_why);
/* Whether the answer says that somebody who can be told here is to be told; `ret_now`: at once. Duties that wait for an answer
 * are left aside. `arisen`: only what is owed although the act is left alone. */
bool report_tells(const struct decision *decision, bool arisen, bool *ret_now);

/* One task, for whoever it waits for, whoever recorded the act it comes from, and those who lead where it waits. */
struct task_step {
    int64_t at;
    struct slice words;
};
struct task_whole {
    struct task_seen task;
    struct slice state;                          /* open, done, waived */
    struct slice clause_name, clause_prose, who; /* who: whose it is, in words */
    bool law, mine;
    bool may_waive;
    struct id occurrence; /* the reader's own act that it comes from; else none */
    LIST(struct task_step) steps;
    struct slice words; /* the reader's own note or reason at its end */
};
MUST_USE bool duties_task(struct record *record, const struct id *reader, const struct id *task,
                          struct arena *arena, struct task_whole *ret_task, bool *ret_found,
                          struct error *error);

/* What is late where the reader leads, oldest first, at most KEEPING_ROWS_LARGEST: nothing that was told to somebody, nothing that
 * is about the reader or their family. */
struct late_task {
    struct task_seen task;
    struct slice who;
};
struct late_tasks {
    LIST(struct late_task) list;
};
MUST_USE bool duties_late(struct record *record, const struct id *reader, struct arena *arena,
                          struct late_tasks *ret_late, struct error *error);

/* An act that the reader recorded themselves, and what came of it. */
struct act_task {
    struct task_seen task;
    struct slice state, to; /* to: the office that has it; empty: the reader */
};
struct act_seen {
    int64_t happened, at; /* day; moment */
    struct slice stage, sentence;
    bool stop; /* the law forbids it */
    LIST(struct act_task) tasks;
};
MUST_USE bool duties_act(struct record *record, const struct id *reader, const struct id *act,
                         struct arena *arena, struct act_seen *ret_act, bool *ret_found,
                         struct error *error);
