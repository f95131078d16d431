/* What the keeper's acts are given beside values. Inside the room only. */
#pragma once

#include "service/erased_list.h"
#include "store/keys.h"

/* ACT_ROTATE_KEY */
struct rotate_matter {
    struct key root; /* the new one */
};
/* ACT_RESTORE_BACKUP */
struct restore_counts {
    size_t people, others; /* what the act erased again */
};
struct restore_matter {
    const struct erased_list *list;    /* NULL: without one */
    const struct person_key_row *gone; /* keys of the backup that the list names */
    size_t gone_count;
    struct restore_counts *counts;
};
