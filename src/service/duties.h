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
#define REPORT_DAYS_LARGEST 3660 /* how long ago it may have been */

/* `said`: a line for each answer, the key, `=` and the value. */
void report_add(struct text *said, struct slice key, struct slice value);

/* Whether an answer's act can be recorded as one that is being done: it is allowed, or with a sentence that says why one goes
 * on (`ret_why`). */
struct decision;
bool report_may_do(const struct decision *decision, bool *ret_why);
/* Whether the answer says that somebody who can be told here is to be told; `ret_now`: at once. Duties that wait for an answer
 * are left aside. `arisen`: only what is owed although the act is left alone. */
bool report_tells(const struct decision *decision, bool arisen, bool *ret_now);
