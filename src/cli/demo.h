/* What `lanyard init --demo` fills a new record with: the files that tools/make-demo wrote, brought in through the same desk
 * as everything else, act by act, by the demo's own people. */
#pragma once

#include "service/record.h"

struct demo_value {
    struct slice key, value;
};
/* A line of acts.tsv. */
struct demo_act {
    struct slice actor, act; /* an e-mail address or `keeper`; the act's id */
    LIST(struct demo_value) values;
    size_t line;
};
struct demo {
    struct arena *arena;
    const char *folder;
    struct slice file; /* acts.tsv */
    LIST(struct demo_act) acts;
};

/* The folder beside the program, or where it was installed; in the arena. */
struct slice demo_folder(struct arena *arena);
/* Reads acts.tsv, whose first act sets the record up; everything in the arena. */
MUST_USE bool demo_read(const char *folder, struct arena *arena, struct demo *ret_demo,
                        struct error *error);
/* A value of that first act; NULL where it is not there. */
const char *demo_set_up(const struct demo *demo, const char *key);
/* Does the others; record_plan.fill with the demo as context. */
MUST_USE bool demo_fill(struct record *record, void *context, struct error *error);
