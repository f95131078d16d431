/* Leftovers of a killed `lanyard new`: see new_left.h. Whatever cannot be taken away stays, and is no error. */
#include "service/new_left.h"

#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

int new_left_hold(const char *folder)
{
    int handle = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (handle >= 0 && flock(handle, LOCK_EX | LOCK_NB) != 0) {
        (void)close(handle);
        return -1;
    }
    return handle;
}

/* `.NAME.` and six letters or digits. */
static bool is_ours(struct slice entry, struct slice name)
{
    size_t front = name.length + 1, length = front + sizeof NEW_LEFT_MARK - 1;
    if (entry.length != length || entry.at[0] != '.' || entry.at[front] != '.' ||
        !slice_equal(slice_part(entry, 1, front), name)) {
        return false;
    }
    for (size_t i = front + 1; i < length; i++) {
        if (isalnum((unsigned char)entry.at[i]) == 0) {
            return false;
        }
    }
    return true;
}

static bool is_written_by_us(int folder, const char *name)
{
    struct stat about;
    struct slice file = slice_of(name);
    return fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(about.st_mode) &&
           about.st_uid == geteuid() &&
           (slice_ends(file, SLICE(".md")) || slice_ends(file, SLICE(".tsv")));
}

/* Twice over: nothing goes unless all of it is ours. */
static bool empty_folder(int handle, bool take)
{
    bool all = true;
    int again = openat(handle, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *directory = again < 0 ? NULL : fdopendir(again);
    if (directory == NULL) {
        if (again >= 0) {
            (void)close(again);
        }
        return false;
    }
    for (struct dirent *entry; all && (entry = readdir(directory)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        all = take ? unlinkat(handle, entry->d_name, 0) == 0
                   : is_written_by_us(handle, entry->d_name);
    }
    return closedir(directory) == 0 && all;
}

void new_left_sweep(struct slice parent, struct slice name, struct arena *arena)
{
    DIR *directory = opendir(parent.at);
    for (struct dirent *entry; directory != NULL && (entry = readdir(directory)) != NULL;) {
        if (!is_ours(slice_of(entry->d_name), name)) {
            continue;
        }
        struct slice path = arena_format(arena, "%.*s/%s", SLICE_PRINT(parent), entry->d_name);
        int handle = new_left_hold(path.at);
        if (handle >= 0 && empty_folder(handle, false) && empty_folder(handle, true)) {
            (void)rmdir(path.at);
        }
        if (handle >= 0) {
            (void)close(handle);
        }
    }
    if (directory != NULL) {
        (void)closedir(directory);
    }
}
