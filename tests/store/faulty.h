/* A disk that fails on demand: an SQLite VFS of our own over the system's. It fails or fills the Nth call, slows each sync,
 * and cuts the power: what was not synced is dropped, kept in part, or torn between 512-byte sectors. For tests only; open
 * a folder with its name as db_options.vfs. It sees what one process does through SQLite, and no other files. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct faulty; /* opaque */

/* Calls that are counted, and may be struck. */
enum faulty_call {
    FAULTY_WRITE = 1,
    FAULTY_SYNC = 2,
    FAULTY_TRUNCATE = 4,
    FAULTY_DELETE = 8,
    FAULTY_OPEN = 16,
    FAULTY_READ = 32,
    FAULTY_CHANGES = FAULTY_WRITE | FAULTY_SYNC | FAULTY_TRUNCATE | FAULTY_DELETE
};
enum faulty_what {
    FAULTY_ERROR, /* an input or output error */
    FAULTY_FULL,  /* a write finds no room; other calls give an error */
    FAULTY_CUT    /* the power goes */
};
/* What a cut leaves of the writes and truncations that were not synced. */
enum faulty_left {
    FAULTY_NONE,    /* nothing of them, nor of files made and deleted whose folder was not synced */
    FAULTY_TORN,    /* the first few, the last of those in part */
    FAULTY_SOME,    /* any of them, each whole */
    FAULTY_SECTORS, /* any of their sectors */
    FAULTY_ANY      /* one of these, by the seed */
};

/* Registers the VFS. With `power` it remembers what is not synced, so that it can be cut (and does not sync in truth, which
 * is much faster). `name` must outlive it. */
struct faulty *faulty_new(const char *name, bool power, uint64_t seed);
/* All of its files must be closed. */
void faulty_free(struct faulty *faulty);

/* From now on counts the calls of these kinds (added up) and strikes the Nth, from 1; 0 only counts. With `on` also each
 * one after it. A cut strikes inside the call: a write may be kept or torn, a sync has not happened. */
void faulty_strike(struct faulty *faulty, unsigned calls, uint64_t nth, enum faulty_what what,
                   bool on);
/* Calls counted since faulty_strike. */
uint64_t faulty_counted(struct faulty *faulty);
/* Whether something was struck since. */
bool faulty_struck(struct faulty *faulty);
/* Each sync takes this much longer; calls of other threads go on. */
void faulty_slow(struct faulty *faulty, unsigned milliseconds);

/* What cuts leave from now on; FAULTY_ANY at first. */
void faulty_leave(struct faulty *faulty, enum faulty_left left);
/* Cuts now. The files lie on disk as a machine would find them, every later call fails. */
void faulty_cut(struct faulty *faulty);
bool faulty_is_cut(struct faulty *faulty);
/* Called once the files lie there, in the thread that was struck: a program ends itself here. */
void faulty_when_cut(struct faulty *faulty, void (*cut)(void *context), void *context);
/* The power is back: after all files were closed. Strikes are off. */
void faulty_restart(struct faulty *faulty);
