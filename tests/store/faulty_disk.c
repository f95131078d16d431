/* The power cut: changes since the last sync are taken back in memory, some of them are made again, and the file is written
 * as it then stands. Who calls when is faulty.c's business. */
#include "faulty_disk.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

#define SECTOR 512u

/* ---- what is remembered ---- */

static void forget_changes(struct disk_file *file)
{
    for (size_t i = 0; i < file->count; i++) {
        free(file->changes[i].after);
        free(file->changes[i].before);
    }
    file->count = 0;
}

static void forget_ghost(struct disk_file *file)
{
    free(file->ghost.at);
    file->ghost = (struct image){.at = NULL};
    file->ghost_loose = false;
}

static struct change *add_change(struct disk_file *file)
{
    if (file->count == file->space) {
        file->space = file->space == 0 ? 64 : file->space * 2;
        file->changes = memory_grow(file->changes, file->space * sizeof *file->changes);
    }
    struct change *change = &file->changes[file->count++];
    *change = (struct change){.is_truncation = false};
    return change;
}

struct disk_file *disk_open(struct disk *disk, const char *path, bool made)
{
    struct disk_file *file = disk->files;
    while (file != NULL && strcmp(file->path, path) != 0) file = file->next;
    if (file == NULL) {
        size_t size = strlen(path) + 1;
        file = memory_grow(NULL, sizeof *file);
        *file = (struct disk_file){.path = memory_grow(NULL, size), .next = disk->files};
        memcpy(file->path, path, size);
        disk->files = file;
    }
    file->exists = true;
    if (made) file->name_loose = true;
    return file;
}

void disk_write(struct disk_file *file, const void *bytes, uint64_t length, uint64_t at,
                unsigned char *before, uint64_t before_length, uint64_t size)
{
    struct change *change = add_change(file);
    change->at = at;
    change->length = length;
    change->after = memory_grow(NULL, length + 1);
    memcpy(change->after, bytes, length);
    change->before = before;
    change->before_length = before_length;
    change->size_before = size;
}

void disk_truncate(struct disk_file *file, uint64_t new_size, unsigned char *tail, uint64_t size)
{
    struct change *change = add_change(file);
    change->is_truncation = true;
    change->at = new_size;
    change->before = tail;
    change->before_length = size > new_size ? size - new_size : 0;
    change->size_before = size;
}

void disk_sync(struct disk_file *file)
{
    forget_changes(file);
}

static bool same_folder(const char *a, const char *b)
{
    const char *end_a = strrchr(a, '/'), *end_b = strrchr(b, '/');
    size_t length_a = end_a == NULL ? 0 : (size_t)(end_a - a);
    size_t length_b = end_b == NULL ? 0 : (size_t)(end_b - b);
    return length_a == length_b && memcmp(a, b, length_a) == 0;
}

void disk_sync_folder(struct disk *disk, const char *path)
{
    for (struct disk_file *file = disk->files; file != NULL; file = file->next) {
        if (!same_folder(file->path, path)) continue;
        file->name_loose = false;
        forget_ghost(file);
    }
}

/* ---- images ---- */

static void resize(struct image *image, uint64_t size)
{
    if (size > image->size) {
        image->at = memory_grow(image->at, size);
        memset(image->at + image->size, 0, size - image->size);
    }
    image->size = size;
}

static void put(struct image *image, uint64_t at, const unsigned char *bytes, uint64_t length)
{
    if (length == 0) return;
    if (at + length > image->size) resize(image, at + length);
    memcpy(image->at + at, bytes, length);
}

/* A test whose own disk fails cannot go on. */
static void must(bool good)
{
    if (!good) abort();
}

static struct image read_image(const char *path)
{
    struct image image = {.at = NULL};
    struct stat about;
    int handle = open(path, O_RDONLY | O_CLOEXEC);
    must(handle >= 0 && fstat(handle, &about) == 0);
    resize(&image, (uint64_t)about.st_size);
    for (uint64_t at = 0; at < image.size;) {
        ssize_t got = pread(handle, image.at + at, image.size - at, (off_t)at);
        must(got > 0);
        at += (uint64_t)got;
    }
    close(handle);
    return image;
}

static void write_image(const char *path, const struct image *image)
{
    int handle = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    must(handle >= 0 && ftruncate(handle, (off_t)image->size) == 0);
    for (uint64_t at = 0; at < image->size;) {
        ssize_t put_now = pwrite(handle, image->at + at, image->size - at, (off_t)at);
        must(put_now > 0);
        at += (uint64_t)put_now;
    }
    close(handle);
}

static void undo(struct image *image, const struct change *change)
{
    put(image, change->at, change->before, change->before_length);
    resize(image, change->size_before);
}

/* Sectors lie in the file, not in the write: a write that begins inside one may lose its first few bytes. */
static void redo_sectors(struct image *image, const struct change *change, size_t kept_of_8,
                         struct random *random)
{
    for (uint64_t from = change->at, end = change->at + change->length; from < end;) {
        uint64_t to = (from / SECTOR + 1) * SECTOR;
        if (to > end) to = end;
        if (random_below(random, 8) < kept_of_8)
            put(image, from, change->after + (from - change->at), to - from);
        from = to;
    }
    /* The size may have reached the disk without the content. */
    if (random_below(random, 4) == 0 && change->at + change->length > image->size)
        resize(image, change->at + change->length);
}

static void redo(struct image *image, const struct change *change)
{
    if (change->is_truncation)
        resize(image, change->at);
    else
        put(image, change->at, change->after, change->length);
}

static void redo_some(struct image *image, const struct disk_file *file, enum faulty_left left,
                      struct random *random)
{
    size_t whole = left == FAULTY_TORN && file->count > 0 ? random_below(random, file->count) : 0;
    size_t kept_of_8 = 1 + random_below(random, 7);
    for (size_t i = 0; i < file->count; i++) {
        const struct change *change = &file->changes[i];
        bool kept = random_below(random, 8) < kept_of_8;
        if (left == FAULTY_TORN && i > whole) break;
        if (left == FAULTY_TORN && i < whole)
            redo(image, change);
        else if (left == FAULTY_SOME || change->is_truncation) {
            if (kept) redo(image, change);
        } else
            redo_sectors(image, change, kept_of_8, random);
    }
}

/* The file as a cut would leave it now. */
static struct image left_of(const struct disk_file *file, enum faulty_left left,
                            struct random *random)
{
    struct image image = read_image(file->path);
    for (size_t i = file->count; i > 0; i--) undo(&image, &file->changes[i - 1]);
    if (left != FAULTY_NONE) redo_some(&image, file, left, random);
    return image;
}

static enum faulty_left settle(enum faulty_left left, struct random *random)
{
    return left == FAULTY_ANY ? (enum faulty_left)random_below(random, FAULTY_ANY) : left;
}

/* ---- deleting and cutting ---- */

void disk_delete(struct disk_file *file, enum faulty_left left, struct random *random)
{
    bool was_there = file->exists && !file->name_loose;
    struct image image = {.at = NULL};
    if (was_there) {
        image = left_of(file, settle(left, random), random);
        forget_ghost(file);
        file->ghost = image;
        file->ghost_loose = true;
    }
    forget_changes(file);
    file->exists = file->name_loose = false;
}

static void cut_file(struct disk_file *file, enum faulty_left left, struct random *random)
{
    bool name_lost = left == FAULTY_NONE || random_below(random, 2) == 0;
    bool gone = !file->exists || (file->name_loose && name_lost);
    if (!gone && file->count > 0) {
        struct image image = left_of(file, left, random);
        write_image(file->path, &image);
        free(image.at);
    }
    if (!gone) return;
    must(unlink(file->path) == 0 || errno == ENOENT);
    if (file->ghost_loose && name_lost) write_image(file->path, &file->ghost);
}

void disk_cut(struct disk *disk, enum faulty_left left, struct random *random)
{
    left = settle(left, random);
    for (struct disk_file *file = disk->files; file != NULL; file = file->next)
        cut_file(file, left, random);
}

void disk_clear(struct disk *disk)
{
    while (disk->files != NULL) {
        struct disk_file *file = disk->files;
        disk->files = file->next;
        forget_changes(file);
        forget_ghost(file);
        free(file->changes);
        free(file->path);
        free(file);
    }
}
