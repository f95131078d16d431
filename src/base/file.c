/* Reads whole files. Writing is the business of the rooms that own the files written. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK ((size_t)65536)

static bool cannot_read(const char *path, struct error *error)
{
    int reason = errno;
    error_set(error, ERROR_READ, "%s cannot be read: %s.", path, strerror(reason));
    error_at(error, slice_of(path), 0, 0);
    return error_advise(error, "Check that the path is right and that you may read it.");
}

static bool too_large(const char *path, size_t largest, struct error *error)
{
    error_set(error, ERROR_LIMIT, "%s holds more than %zu bytes, the most that is read.", path,
              largest);
    return error_at(error, slice_of(path), 0, 0);
}

static bool check_kind(int handle, const char *path, size_t largest, size_t *ret_expected,
                       struct error *error)
{
    struct stat about = {0}; /* MSan does not see fstat fill it */
    if (fstat(handle, &about) != 0) return cannot_read(path, error);
    if (!S_ISREG(about.st_mode) && !S_ISFIFO(about.st_mode)) {
        error_set(error, ERROR_READ, "%s is not a file%s.", path,
                  S_ISDIR(about.st_mode) ? " but a folder" : "");
        return error_at(error, slice_of(path), 0, 0);
    }
    size_t size = S_ISREG(about.st_mode) && about.st_size > 0 ? (size_t)about.st_size : 0;
    if (size > largest) return too_large(path, largest, error);
    *ret_expected = size;
    return true;
}

/* Reads to the end. The size that fstat gave is a hint only: a file may grow, a pipe has none. */
static bool read_all(int handle, const char *path, size_t expected, size_t largest,
                     struct arena *arena, struct slice *ret_content, struct error *error)
{
    size_t space = expected > 0 ? expected + 1 : largest < CHUNK ? largest + 1 : CHUNK;
    char *at = arena_take(arena, space + 1, 1);
    size_t length = 0;
    for (;;) {
        ssize_t got = read(handle, at + length, space - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot_read(path, error);
        if (got == 0) break;
        length += (size_t)got;
        if (length > largest) return too_large(path, largest, error);
        if (length == space) {
            char *wider = arena_take(arena, space * 2 + 1, 1);
            memcpy(wider, at, length);
            at = wider;
            space *= 2;
        }
    }
    at[length] = '\0';
    *ret_content = (struct slice){at, length};
    return true;
}

bool file_read(const char *path, size_t largest, struct arena *arena, struct slice *ret_content,
               struct error *error)
{
    int handle = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (handle < 0) return cannot_read(path, error);
    size_t expected = 0;
    bool good = check_kind(handle, path, largest, &expected, error) &&
                read_all(handle, path, expected, largest, arena, ret_content, error);
    close(handle);
    return good;
}
