/* What a document's reader, parser and compiler have to say about it: errors and warnings, each with the place it is
 * about and one way out. Collected, so that an author sees them all at once; a document with one error compiles to nothing. */
#pragma once

#include "base/error.h"
#include "base/text.h"

#define PROBLEMS_LARGEST 200 /* further ones are counted, not kept */

struct problem {
    bool warning;
    enum error_code code;
    struct slice file;   /* as given when the source was opened */
    size_t line, column; /* from 1; column in characters of the source line; 0: the whole file */
    size_t width;        /* characters underlined by the caret line, at least 1 */
    struct slice clause; /* the clause's id, or empty */
    struct slice
        sentence; /* what is wrong: `I do not know the act 'friend'; did you mean 'befriend'?` */
    struct slice advice; /* one way out; may be empty */
};

struct problems {
    struct arena *arena;
    LIST(struct problem) list;
    size_t errors, warnings; /* all of them, kept or not */
    struct problem spare;    /* what those beyond the limit are written to */
};

void problems_init(struct problems *problems, struct arena *arena);
/* Adds one and gives it, so that the caller can fill clause, width and advice; never NULL. */
struct problem *problems_add(struct problems *problems, bool warning, enum error_code code,
                             struct slice file, size_t line, size_t column, const char *format, ...)
    __attribute__((format(printf, 7, 8)));
/* Underlines `part` and adds the way out, which must outlive the problem. */
void problem_point(struct problem *problem, struct slice part, const char *advice);
/* The beginning of a text, as much of it as a sentence should quote; whole characters. */
struct slice problem_quote(struct slice text);
/* Whether the text begins with a mark that turns the direction of writing: what is read would not be what is compiled. */
bool problem_turns_direction(struct slice text);
/* `file:line:col: error: sentence`, the source line, a caret line and the advice; `source` is the file's whole text (may
 * be empty: then no line is shown). */
void problem_print(const struct problem *problem, struct slice source, struct text *out);
