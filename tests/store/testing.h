/* What every test of the store begins with: cmocka, a folder of its own that goes afterwards, and a record opened in it. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "store/db.h"

struct place {
    struct arena *arena;
    char folder[64];
    const char *path; /* of the record in it */
    struct error error;
};

int place_make(void **state);
int place_remove(void **state);
/* Opens, makes and brings up to date; fails the test where that fails. */
struct db *place_open(struct place *place, const char *vfs);
/* The path of another file in the folder. */
const char *place_path(struct place *place, const char *name);

/* Fails the test with the error's own words. */
#define assert_good(place, call)                                                                   \
    do {                                                                                           \
        if (!(call))                                                                               \
            fail_msg("%s: %s (%s)", #call, (place)->error.sentence, (place)->error.advice);        \
    } while (0)
/* Refused, with that word in the sentence, and with something to do next. */
#define assert_refused(place, call, word)                                                          \
    do {                                                                                           \
        (place)->error = (struct error){.code = ERROR_NONE};                                       \
        if (call) fail_msg("%s: was not refused", #call);                                          \
        if (strstr((place)->error.sentence, word) == NULL)                                         \
            fail_msg("%s: said \"%s\", not \"%s\"", #call, (place)->error.sentence, word);         \
        assert_true((place)->error.advice[0] != '\0');                                             \
    } while (0)
