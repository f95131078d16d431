/* A read policy as one text again: a base and the differences of the policy that is based on it joined. */
#pragma once

#include "service/folder.h"

struct new_file {
    struct slice name, text; /* name: without a folder */
};

/* The whole document without its front matter, clauses and scenarios in the order in which people read it. */
void new_join_document(struct folder *folder, struct arena *arena, struct text *out);
/* The files of scenarios beside it; a base's are read with the policy's names and stand first in a file that both have.
 * `ret_files` has room for twice as many as folder.c reads. Gives their number. */
MUST_USE bool new_join_scenarios(struct folder *folder, struct arena *arena,
                                 struct new_file *ret_files, size_t *ret_count,
                                 struct error *error);
