/* What the power cut of faulty.h knows of each file: its changes since it was last synced, and whether its name would still
 * be in the folder. Between faulty.c and faulty_disk.c only; the caller holds faulty's lock. */
#pragma once

#include <stddef.h>

#include "base/random.h"
#include "faulty.h"

struct change {
    bool is_truncation;
    uint64_t at, length;   /* of a write; a truncation's new size is `at` */
    unsigned char *after;  /* what was written */
    unsigned char *before; /* what stood there, or was cut off */
    uint64_t before_length, size_before;
};
struct image {
    unsigned char *at;
    uint64_t size;
};
struct disk_file {
    char *path;
    bool exists;
    bool name_loose;  /* made, and its folder not synced since */
    bool ghost_loose; /* deleted, and its folder not synced since: `ghost` may come back */
    struct image ghost;
    struct change *changes;
    size_t count, space;
    struct disk_file *next;
};
struct disk {
    struct disk_file *files;
};

/* The file of that path, new to us or not; `made` where it was not there before. */
struct disk_file *disk_open(struct disk *disk, const char *path, bool made);
/* Before the write is done: `before` is what stands there (owned from now on). */
void disk_write(struct disk_file *file, const void *bytes, uint64_t length, uint64_t at,
                unsigned char *before, uint64_t before_length, uint64_t size);
void disk_truncate(struct disk_file *file, uint64_t new_size, unsigned char *tail, uint64_t size);
void disk_sync(struct disk_file *file);
/* Every name in the folder of that path is as it looks. */
void disk_sync_folder(struct disk *disk, const char *path);
/* Before the file is deleted; whether it may come back is settled at the next sync of its folder, or a cut. */
void disk_delete(struct disk_file *file, enum faulty_left left, struct random *random);
/* Leaves on the real disk what a cut would leave. */
void disk_cut(struct disk *disk, enum faulty_left left, struct random *random);
void disk_clear(struct disk *disk);
