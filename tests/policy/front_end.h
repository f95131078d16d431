/* What the tests of the readers share: reading a text, and expecting exactly one error at its place, with a way out. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "policy/document.h"

/* One bad text and the beginning of what is printed behind the file's name for its first problem: `:3:5: error: sentence`. */
struct bad {
    const char *text, *expected;
    size_t errors; /* how many in all; 0: one */
};

static inline void expect_problem(const struct problems *problems, struct slice source,
                                  const struct bad *bad)
{
    struct text out;
    text_init(&out, 1 << 20);
    for (size_t i = 0; i < problems->list.count; i++)
        problem_print(&problems->list.at[i], source, &out);
    if (problems->list.count == 0) fail_msg("nothing was said of: %s", bad->text);
    char *expected = NULL;
    assert_true(asprintf(&expected, "file.md%s\n", bad->expected) > 0);
    if (strncmp(out.at, expected, strlen(expected)) != 0)
        fail_msg("expected\n%s\nsaid\n%s", expected, out.at);
    if (problems->errors != (bad->errors > 0 ? bad->errors : 1))
        fail_msg("%zu errors, not %zu:\n%s", problems->errors, bad->errors, out.at);
    for (size_t i = 0; i < problems->list.count; i++) {
        if (problems->list.at[i].advice.length == 0) fail_msg("no way out of: %s", expected);
    }
    free(expected);
    text_clear(&out);
}

/* Leaves the test; what is jumped over cannot clean up, so the arena goes first. */
static inline void skip_with(struct arena *arena)
{
    arena_free(arena);
    skip();
}

/* A file of the project, or a skipped test where the tests do not run beside it. The arena is the only thing that the test may
 * hold by then. */
static inline struct slice project_file(const char *name, size_t largest, struct arena *arena)
{
    const char *top = getenv("LANYARD_SOURCE");
    char *path = NULL;
    if (top == NULL) skip_with(arena);
    assert_true(asprintf(&path, "%s/%s", top, name) > 0);
    struct slice content = SLICE_EMPTY;
    struct error error;
    bool read = file_read(path, largest, arena, &content, &error);
    free(path);
    if (!read) skip_with(arena);
    return content;
}
