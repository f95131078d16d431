/* The ways to write a date that a mapping can name. */
#pragma once

#include "base/date.h"

struct mapping_date {
    const char *name; /* as the mapping writes it */
    bool (*read)(struct slice text, struct date *ret_date);
};

/* NULL where there is no such way. */
const struct mapping_date *mapping_date_find(struct slice name);
/* All the names, for a message. */
extern const char *const mapping_date_names;
