/* What falls due by the clock: duties that nobody took go on to the next in line, whoever the policy names is told where the time
 * is up, the policy's review becomes a task, people are reminded by mail. The act is keep-time, and it is done only where a
 * cheap look finds something; done twice, or by two programs on one folder, it does nothing more. */
#pragma once

#include "service/record.h"

/* Looks, and does what is due now; `ret_did` (may be NULL): there was something. */
MUST_USE bool time_keep(struct record *record, bool *ret_did, struct error *error);

/* The same each minute in a thread of its own; NULL where it cannot be started. */
struct timekeeper; /* opaque */
struct timekeeper *timekeeper_start(struct record *record);
void timekeeper_stop(struct timekeeper *keeper); /* waits; NULL is allowed */
