/* The clock of the United Kingdom (Europe/London) to and from milliseconds since 1970 UTC, by the rule in force since 1996:
 * summer time, an hour ahead, from 01:00 UTC on the last Sunday in March to 01:00 UTC on the last Sunday in October. It asks
 * neither the machine's zone nor its files, so the same moment is the same day on every machine, also years later. */
#pragma once

#include "base/date.h"

struct moment london_moment(int64_t milliseconds);
/* An hour that comes twice in October is taken the first time; one that the clock leaves out in March is the moment of the
 * change. Days start and end outside both. */
int64_t london_milliseconds(struct moment moment);
/* The first and the last millisecond of a day. */
int64_t london_day_start(int64_t day);
int64_t london_day_end(int64_t day);
