/* Everything that is sealed under a person's key, and what they signed and were trained in, event by event, as text for somebody
 * who may read it. */
#pragma once

#include "service/desk_parts.h"

#define OPEN_LARGEST (4u << 20)

/* `own`: for the person, without what others noted about them: reasons and bars. Else without what they recorded of what they
 * did, which may be about whoever reads it. */
MUST_USE bool open_whole(struct desk *desk, const struct id *person, bool own, struct text *out,
                         struct error *error);
