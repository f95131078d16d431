/* What an erasure does beyond its decision: finds everything that only speaks of the person, writes the list outside, shreds
 * the keys, and after the commit scrubs file, log and freed pages. */
#pragma once

#include "service/desk_parts.h"

/* In the transaction. `people`: every record of the one person. */
MUST_USE bool erase_people(struct desk *desk, const struct id *erasure, const struct id *people,
                           size_t count, struct error *error);
/* After the commit, and again when a record opens whose last scrubbing was cut off: takes removed files away and leaves no
 * page of what was deleted. Where there is nothing to do it costs one look. */
MUST_USE bool erase_finish(struct record *record, struct error *error);
