/* What went wrong, for a person: a code, a sentence, where, and what to do next. Functions that can
 * fail take `struct error *error` last, return false and leave it filled; on success they leave it
 * alone. */
#pragma once

#include "base/arena.h"

enum error_code {
    ERROR_NONE,
    ERROR_USAGE,    /* wrong use of a command or of the library */
    ERROR_READ,     /* a file could not be read or written */
    ERROR_LIMIT,    /* too large, too deep, too many */
    ERROR_ENCODING, /* not UTF-8 */
    ERROR_SYNTAX,   /* a document, rule, JSON or HTTP form that cannot be read */
    ERROR_WORD,     /* a phrase nobody knows */
    ERROR_MEANING,  /* readable, but means nothing sound: circle, type, duplicate */
    ERROR_REQUEST,  /* a question that contradicts itself or is out of range */
    ERROR_INTERNAL, /* a promise of ours broken, or a system call that failed */
    /* behind those that lanyard.h has too, whose numbers stay */
    ERROR_REFUSED, /* understood, and not this person's to do or see */
    ERROR_CODES
};

#define ERROR_SENTENCE_LARGEST 400

struct error {
    enum error_code code;
    char sentence[ERROR_SENTENCE_LARGEST]; /* what happened, in one sentence; cut at the size */
    char advice[ERROR_SENTENCE_LARGEST];   /* what to do next; may be empty */
    char file[200];                        /* may be empty */
    size_t line, column;                   /* from 1, in characters; 0 where there is none */
};

/* The HTTP status and the exit code that go with a code: one table. */
unsigned error_http_status(enum error_code code);
int error_exit_code(enum error_code code);
const char *error_name(enum error_code code);

/* Fills *error (NULL is allowed and ignored) and returns false, so that a caller can write
 * `return error_set(error, ERROR_LIMIT, "...")`. Line, column and file are reset. */
bool error_set(struct error *error, enum error_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds the advice; returns false too. */
bool error_advise(struct error *error, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds where; returns false too. */
bool error_at(struct error *error, struct slice file, size_t line, size_t column);
