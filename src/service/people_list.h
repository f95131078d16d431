/* The list of people as one viewer may see it, a page at a time in the order of names, from the register in memory alone.
 * Where each page begins is remembered until somebody's record changes, so that a page costs the rows it shows. */
#pragma once

#include "service/sees.h"

#define PEOPLE_LIST_ROWS 50

enum people_kind {
    PEOPLE_HERE,
    PEOPLE_STAFF,
    PEOPLE_PUPILS,
    PEOPLE_PARENTS,
    PEOPLE_LEFT,
    PEOPLE_KINDS
};

struct people_filter {
    struct id org; /* none: all that the viewer sees */
    enum people_kind kind;
};
struct people_page {
    const struct registered *at[PEOPLE_LIST_ROWS];
    size_t count, total; /* here; on all pages */
    size_t page, pages;  /* from 1 */
};

/* A page that is not there gives the last one. */
void people_list(const struct viewer *viewer, const struct people_filter *filter, size_t page,
                 struct people_page *ret_page);
/* Those found by name among them, at most `most`, in the order of names. */
size_t people_find(const struct viewer *viewer, const struct people_filter *filter,
                   struct slice words, struct arena *arena, const struct registered ***ret_found,
                   size_t most);
