/* Errors and the one table of what each code means to a web client and to a shell. Who prints them
 * decides the layout. */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct meaning {
    const char *name;
    unsigned http;
    int exit;
};

/* 2 is wrong use, 3 a document that does not compile, 4 a file or a limit of the machine, 5 a fault
 * of ours. */
static const struct meaning meanings[ERROR_CODES] = {
    [ERROR_NONE] = {"none", 200, 0},         [ERROR_USAGE] = {"usage", 400, 2},
    [ERROR_READ] = {"read", 500, 4},         [ERROR_LIMIT] = {"limit", 413, 3},
    [ERROR_ENCODING] = {"encoding", 400, 3}, [ERROR_SYNTAX] = {"syntax", 400, 3},
    [ERROR_WORD] = {"word", 422, 3},         [ERROR_MEANING] = {"meaning", 422, 3},
    [ERROR_REQUEST] = {"request", 400, 2},   [ERROR_REFUSED] = {"refused", 403, 2},
    [ERROR_INTERNAL] = {"internal", 500, 5},
};

static const struct meaning *meaning_of(enum error_code code)
{
    return &meanings[(unsigned)code < ERROR_CODES ? code : ERROR_INTERNAL];
}

unsigned error_http_status(enum error_code code)
{
    return meaning_of(code)->http;
}

int error_exit_code(enum error_code code)
{
    return meaning_of(code)->exit;
}

const char *error_name(enum error_code code)
{
    return meaning_of(code)->name;
}

/* Bytes to keep of a text that was cut at `length`: not half a character. */
static size_t whole_characters(const char *at, size_t length)
{
    size_t start = length;
    while (start > 0 && length - start < 3 && ((unsigned char)at[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0) return length;
    unsigned char lead = (unsigned char)at[start - 1];
    size_t needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return length - (start - 1) < needed ? start - 1 : length;
}

static void fill(char *at, size_t size, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

static void fill(char *at, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(at, size, format, arguments);
    if (length < 0)
        at[0] = '\0';
    else if ((size_t)length >= size)
        at[whole_characters(at, size - 1)] = '\0';
}

bool error_set(struct error *error, enum error_code code, const char *format, ...)
{
    if (error == NULL) return false;
    struct error fresh = {.code = code};
    va_list arguments;
    va_start(arguments, format);
    fill(fresh.sentence, sizeof fresh.sentence, format, arguments);
    va_end(arguments);
    *error = fresh; /* last, so that an argument may point into the old one */
    return false;
}

bool error_advise(struct error *error, const char *format, ...)
{
    if (error == NULL) return false;
    va_list arguments;
    va_start(arguments, format);
    fill(error->advice, sizeof error->advice, format, arguments);
    va_end(arguments);
    return false;
}

bool error_at(struct error *error, struct slice file, size_t line, size_t column)
{
    if (error == NULL) return false;
    size_t length = file.length;
    if (length >= sizeof error->file) length = whole_characters(file.at, sizeof error->file - 1);
    memmove(error->file, file.at, length);
    error->file[length] = '\0';
    error->line = line;
    error->column = column;
    return false;
}
