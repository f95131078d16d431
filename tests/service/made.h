/* A record in a folder of its own under /tmp, with people put into it straight away: what tests of acts begin with. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "service/desk.h"
#include "service/roles.h"

struct made {
    char root[40], folder[60], key[60]; /* root holds everything */
    struct record *record;
    struct arena *arena;
    struct id top;
};

void made_begin(struct made *made);
void made_close(struct made *made); /* the record only */
void made_open(struct made *made);
void made_end(struct made *made); /* and removes the root */

struct made_details {
    const char *given, *family, *email, *phone, *born;
};
/* A person with these roles, ROLES behind the last. */
struct id made_person(struct made *made, const struct made_details *details,
                      const enum role *roles);
struct id made_staff(struct made *made, const char *given, enum role role);
/* So many people with made-up names, pupils all; ids in `ret_ids` where it is not NULL. */
void made_many(struct made *made, size_t count, struct id *ret_ids);
/* The details of the nth of them, in the arena. */
struct made_details made_nth(struct made *made, size_t n);
void made_parent(struct made *made, const struct id *parent, const struct id *child);

/* Does an act with values given as key, value, ... NULL. */
struct outcome made_do(struct made *made, enum record_act act, struct id actor, ...)
    __attribute__((sentinel));
/* The same, expected to fail; gives the sentence, in the arena. */
struct slice made_fails(struct made *made, enum record_act act, struct id actor, ...)
    __attribute__((sentinel));
const char *made_hex(struct made *made, struct id id);
/* Runs a shell command that must come back with this code. */
void made_run(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
