/* The VFS itself: counts, strikes, and hands each call on to the system's VFS. What a power cut leaves of the files is
 * worked out in faulty_disk.c. Locks and shared memory pass through: they are no part of the disk. */
#include "faulty.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "faulty_disk.h"

struct faulty {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    pthread_mutex_t lock; /* everything below, and each changing call as a whole */
    bool power, cut;
    struct disk disk;
    struct random random;
    enum faulty_left left;
    unsigned slow, calls;
    uint64_t counted, nth;
    enum faulty_what what;
    bool on, struck;
    void (*when_cut)(void *context);
    void *context;
};

struct file {
    sqlite3_file base;
    struct faulty *faulty;
    struct disk_file *disk; /* NULL for temporary files, and without `power` */
    bool syncs_folder;      /* the first sync of a journal also syncs its folder */
    sqlite3_file *real;
};

static struct file *of(sqlite3_file *base)
{
    return (struct file *)(void *)base;
}

/* ---- counting and striking ---- */

static void cut_now(struct faulty *faulty)
{
    if (faulty->cut) return;
    faulty->cut = true;
    disk_cut(&faulty->disk, faulty->left, &faulty->random);
    if (faulty->when_cut != NULL) faulty->when_cut(faulty->context);
}

enum strike { STRIKE_NONE, STRIKE_ERROR, STRIKE_FULL, STRIKE_CUT, STRIKE_CUT_BEFORE };

/* With the lock held: what this call meets. */
static enum strike meet(struct faulty *faulty, enum faulty_call call)
{
    errno = EIO;
    if (faulty->cut) return STRIKE_CUT_BEFORE;
    if ((faulty->calls & call) == 0) return STRIKE_NONE;
    faulty->counted++;
    bool now = faulty->nth != 0 &&
               (faulty->counted == faulty->nth || (faulty->on && faulty->counted > faulty->nth));
    if (!now) return STRIKE_NONE;
    faulty->struck = true;
    if (faulty->what == FAULTY_CUT) return STRIKE_CUT;
    if (faulty->what == FAULTY_FULL && call == FAULTY_WRITE) {
        errno = ENOSPC;
        return STRIKE_FULL;
    }
    return STRIKE_ERROR;
}

/* A call that changes nothing by itself: 0, or the code to give back. */
static int meet_plain(struct faulty *faulty, enum faulty_call call, int code)
{
    pthread_mutex_lock(&faulty->lock);
    enum strike strike = meet(faulty, call);
    if (strike == STRIKE_CUT) cut_now(faulty);
    pthread_mutex_unlock(&faulty->lock);
    return strike == STRIKE_NONE ? SQLITE_OK : code;
}

static bool is_cut(struct faulty *faulty)
{
    pthread_mutex_lock(&faulty->lock);
    bool cut = faulty->cut;
    pthread_mutex_unlock(&faulty->lock);
    return cut;
}

/* ---- reading and changing ---- */

static int read_file(sqlite3_file *base, void *bytes, int length, sqlite3_int64 at)
{
    struct file *file = of(base);
    int code = meet_plain(file->faulty, FAULTY_READ, SQLITE_IOERR_READ);
    return code != SQLITE_OK ? code : file->real->pMethods->xRead(file->real, bytes, length, at);
}

static uint64_t size_of(struct file *file)
{
    sqlite3_int64 size = 0;
    if (file->real->pMethods->xFileSize(file->real, &size) != SQLITE_OK) abort();
    return (uint64_t)size;
}

/* What stands at..at+length, no further than the end. */
static unsigned char *standing(struct file *file, uint64_t at, uint64_t length, uint64_t size,
                               uint64_t *ret_length)
{
    uint64_t there = at >= size ? 0 : size - at < length ? size - at : length;
    unsigned char *bytes = memory_grow(NULL, there + 1);
    if (there > 0 &&
        file->real->pMethods->xRead(file->real, bytes, (int)there, (sqlite3_int64)at) != SQLITE_OK)
        abort();
    *ret_length = there;
    return bytes;
}

static void remember_write(struct file *file, const void *bytes, int length, sqlite3_int64 at)
{
    if (file->disk == NULL) return;
    uint64_t size = size_of(file), there = 0;
    unsigned char *before = standing(file, (uint64_t)at, (uint64_t)length, size, &there);
    disk_write(file->disk, bytes, (uint64_t)length, (uint64_t)at, before, there, size);
}

static int write_file(sqlite3_file *base, const void *bytes, int length, sqlite3_int64 at)
{
    struct file *file = of(base);
    struct faulty *faulty = file->faulty;
    int code = SQLITE_OK;
    pthread_mutex_lock(&faulty->lock);
    enum strike strike = meet(faulty, FAULTY_WRITE);
    if (strike == STRIKE_NONE || strike == STRIKE_CUT) {
        remember_write(file, bytes, length, at);
        code = file->real->pMethods->xWrite(file->real, bytes, length, at);
    }
    if (strike == STRIKE_CUT) cut_now(faulty);
    pthread_mutex_unlock(&faulty->lock);
    if (strike == STRIKE_FULL) return SQLITE_FULL;
    return strike == STRIKE_NONE ? code : SQLITE_IOERR_WRITE;
}

static int truncate_file(sqlite3_file *base, sqlite3_int64 new_size)
{
    struct file *file = of(base);
    struct faulty *faulty = file->faulty;
    int code = SQLITE_OK;
    pthread_mutex_lock(&faulty->lock);
    enum strike strike = meet(faulty, FAULTY_TRUNCATE);
    if (strike == STRIKE_NONE || strike == STRIKE_CUT) {
        uint64_t size = size_of(file), there = 0;
        if (file->disk != NULL) {
            unsigned char *tail = standing(file, (uint64_t)new_size, size, size, &there);
            disk_truncate(file->disk, (uint64_t)new_size, tail, size);
        }
        code = file->real->pMethods->xTruncate(file->real, new_size);
    }
    if (strike == STRIKE_CUT) cut_now(faulty);
    pthread_mutex_unlock(&faulty->lock);
    return strike == STRIKE_NONE ? code : SQLITE_IOERR_TRUNCATE;
}

static void wait_milliseconds(unsigned milliseconds)
{
    struct timespec left = {.tv_sec = milliseconds / 1000,
                            .tv_nsec = (long)(milliseconds % 1000) * 1000000};
    while (nanosleep(&left, &left) != 0 && errno == EINTR) continue;
}

/* With the lock held and nothing struck. */
static void sync_in_memory(struct file *file)
{
    if (file->disk == NULL) return;
    disk_sync(file->disk);
    if (file->syncs_folder) disk_sync_folder(&file->faulty->disk, file->disk->path);
    file->syncs_folder = false;
}

/* The wait comes first: what is not synced yet may still be lost in it. */
static int sync_file(sqlite3_file *base, int flags)
{
    struct file *file = of(base);
    struct faulty *faulty = file->faulty;
    pthread_mutex_lock(&faulty->lock);
    unsigned slow = faulty->slow;
    pthread_mutex_unlock(&faulty->lock);
    if (slow > 0) wait_milliseconds(slow);
    pthread_mutex_lock(&faulty->lock);
    enum strike strike = meet(faulty, FAULTY_SYNC);
    if (strike == STRIKE_NONE) sync_in_memory(file);
    if (strike == STRIKE_CUT) cut_now(faulty);
    pthread_mutex_unlock(&faulty->lock);
    if (strike != STRIKE_NONE) return SQLITE_IOERR_FSYNC;
    return file->disk != NULL ? SQLITE_OK : file->real->pMethods->xSync(file->real, flags);
}

/* ---- what passes through ---- */

static int close_file(sqlite3_file *base)
{
    struct file *file = of(base);
    return file->real->pMethods->xClose(file->real);
}

static int file_size(sqlite3_file *base, sqlite3_int64 *ret_size)
{
    struct file *file = of(base);
    if (is_cut(file->faulty)) return SQLITE_IOERR_FSTAT;
    return file->real->pMethods->xFileSize(file->real, ret_size);
}

static int lock_file(sqlite3_file *base, int level)
{
    struct file *file = of(base);
    if (is_cut(file->faulty)) return SQLITE_IOERR_LOCK;
    return file->real->pMethods->xLock(file->real, level);
}

static int unlock_file(sqlite3_file *base, int level)
{
    return of(base)->real->pMethods->xUnlock(of(base)->real, level);
}

static int check_lock(sqlite3_file *base, int *ret_locked)
{
    struct file *file = of(base);
    if (is_cut(file->faulty)) return SQLITE_IOERR_CHECKRESERVEDLOCK;
    return file->real->pMethods->xCheckReservedLock(file->real, ret_locked);
}

/* A hint at the size to come would lengthen the file behind our back. */
static int control_file(sqlite3_file *base, int operation, void *argument)
{
    struct file *file = of(base);
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE)
        return SQLITE_NOTFOUND;
    return file->real->pMethods->xFileControl(file->real, operation, argument);
}

static int sector_size(sqlite3_file *base)
{
    return of(base)->real->pMethods->xSectorSize(of(base)->real);
}

/* A write never harms what stands beside it: what SQLite assumes of every disk, and what cuts leave. */
static int characteristics(sqlite3_file *base)
{
    struct file *file = of(base);
    return file->real->pMethods->xDeviceCharacteristics(file->real) &
           SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int shared_map(sqlite3_file *base, int region, int size, int extend,
                      void volatile **ret_memory)
{
    struct file *file = of(base);
    if (is_cut(file->faulty)) return SQLITE_IOERR_SHMMAP;
    return file->real->pMethods->xShmMap(file->real, region, size, extend, ret_memory);
}

static int shared_lock(sqlite3_file *base, int offset, int count, int flags)
{
    struct file *file = of(base);
    if ((flags & SQLITE_SHM_LOCK) != 0 && is_cut(file->faulty)) return SQLITE_IOERR_SHMLOCK;
    return file->real->pMethods->xShmLock(file->real, offset, count, flags);
}

static void shared_barrier(sqlite3_file *base)
{
    of(base)->real->pMethods->xShmBarrier(of(base)->real);
}

static int shared_unmap(sqlite3_file *base, int remove)
{
    return of(base)->real->pMethods->xShmUnmap(of(base)->real, remove);
}

/* Version 2: without xFetch no file is mapped into memory, past us. */
static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = lock_file,
    .xUnlock = unlock_file,
    .xCheckReservedLock = check_lock,
    .xFileControl = control_file,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = shared_map,
    .xShmLock = shared_lock,
    .xShmBarrier = shared_barrier,
    .xShmUnmap = shared_unmap,
};

/* ---- files by name ---- */

static int open_real(struct faulty *faulty, struct file *file, const char *name, int flags,
                     int *ret_flags)
{
    bool made = name != NULL && access(name, F_OK) != 0;
    int code = faulty->real->xOpen(faulty->real, name, file->real, flags, ret_flags);
    bool lasting = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL |
                             SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    if (file->real->pMethods == NULL) return code;
    if (code != SQLITE_OK) {
        file->real->pMethods->xClose(file->real);
        return code;
    }
    file->base.pMethods = &methods;
    if (!faulty->power || !lasting || name == NULL) return code;
    file->disk = disk_open(&faulty->disk, name, made);
    file->syncs_folder = (flags & SQLITE_OPEN_MAIN_DB) == 0 && (flags & SQLITE_OPEN_CREATE) != 0;
    return code;
}

static int open_named(sqlite3_vfs *vfs, const char *name, sqlite3_file *base, int flags,
                      int *ret_flags)
{
    struct faulty *faulty = vfs->pAppData;
    struct file *file = of(base);
    *file = (struct file){.faulty = faulty, .real = (sqlite3_file *)(void *)(file + 1)};
    memset(file->real, 0, (size_t)faulty->real->szOsFile);
    pthread_mutex_lock(&faulty->lock);
    enum strike strike = meet(faulty, FAULTY_OPEN);
    if (strike == STRIKE_CUT) cut_now(faulty);
    int code =
        strike == STRIKE_NONE ? open_real(faulty, file, name, flags, ret_flags) : SQLITE_CANTOPEN;
    pthread_mutex_unlock(&faulty->lock);
    return code;
}

static struct disk_file *known(struct faulty *faulty, const char *name)
{
    struct disk_file *file = faulty->disk.files;
    while (file != NULL && strcmp(file->path, name) != 0) file = file->next;
    return file;
}

static int delete_named(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    struct faulty *faulty = vfs->pAppData;
    pthread_mutex_lock(&faulty->lock);
    enum strike strike = meet(faulty, FAULTY_DELETE);
    if (strike == STRIKE_CUT) cut_now(faulty);
    int code = SQLITE_IOERR_DELETE;
    if (strike == STRIKE_NONE) {
        struct disk_file *file = known(faulty, name);
        if (file != NULL && access(name, F_OK) == 0)
            disk_delete(file, faulty->left, &faulty->random);
        code = faulty->real->xDelete(faulty->real, name, faulty->power ? 0 : sync_folder);
        if (code == SQLITE_OK && sync_folder) disk_sync_folder(&faulty->disk, name);
    }
    pthread_mutex_unlock(&faulty->lock);
    return code;
}

static int access_named(sqlite3_vfs *vfs, const char *name, int flags, int *ret_answer)
{
    struct faulty *faulty = vfs->pAppData;
    if (is_cut(faulty)) return SQLITE_IOERR_ACCESS;
    return faulty->real->xAccess(faulty->real, name, flags, ret_answer);
}

static int full_name(sqlite3_vfs *vfs, const char *name, int size, char *ret_name)
{
    struct faulty *faulty = vfs->pAppData;
    return faulty->real->xFullPathname(faulty->real, name, size, ret_name);
}

static int randomness(sqlite3_vfs *vfs, int size, char *ret_bytes)
{
    struct faulty *faulty = vfs->pAppData;
    return faulty->real->xRandomness(faulty->real, size, ret_bytes);
}

static int sleep_for(sqlite3_vfs *vfs, int microseconds)
{
    struct faulty *faulty = vfs->pAppData;
    return faulty->real->xSleep(faulty->real, microseconds);
}

static int time_now(sqlite3_vfs *vfs, sqlite3_int64 *ret_time)
{
    struct faulty *faulty = vfs->pAppData;
    return faulty->real->xCurrentTimeInt64(faulty->real, ret_time);
}

static int last_error(sqlite3_vfs *vfs, int size, char *ret_text)
{
    struct faulty *faulty = vfs->pAppData;
    return faulty->real->xGetLastError(faulty->real, size, ret_text);
}

/* ---- from outside ---- */

struct faulty *faulty_new(const char *name, bool power, uint64_t seed)
{
    struct faulty *faulty = memory_grow(NULL, sizeof *faulty);
    *faulty = (struct faulty){.real = sqlite3_vfs_find(NULL), .power = power, .left = FAULTY_ANY};
    assert(faulty->real != NULL && faulty->real->iVersion >= 2);
    random_init(&faulty->random, seed);
    pthread_mutex_init(&faulty->lock, NULL);
    faulty->vfs = (sqlite3_vfs){
        .iVersion = 2,
        .szOsFile = (int)sizeof(struct file) + faulty->real->szOsFile,
        .mxPathname = faulty->real->mxPathname,
        .zName = name,
        .pAppData = faulty,
        .xOpen = open_named,
        .xDelete = delete_named,
        .xAccess = access_named,
        .xFullPathname = full_name,
        .xRandomness = randomness,
        .xSleep = sleep_for,
        .xGetLastError = last_error,
        .xCurrentTimeInt64 = time_now,
    };
    if (sqlite3_vfs_register(&faulty->vfs, 0) != SQLITE_OK) abort();
    return faulty;
}

void faulty_free(struct faulty *faulty)
{
    if (faulty == NULL) return;
    sqlite3_vfs_unregister(&faulty->vfs);
    disk_clear(&faulty->disk);
    pthread_mutex_destroy(&faulty->lock);
    free(faulty);
}

void faulty_strike(struct faulty *faulty, unsigned calls, uint64_t nth, enum faulty_what what,
                   bool on)
{
    pthread_mutex_lock(&faulty->lock);
    faulty->calls = calls;
    faulty->nth = nth;
    faulty->what = what;
    faulty->on = on;
    faulty->counted = 0;
    faulty->struck = false;
    pthread_mutex_unlock(&faulty->lock);
}

uint64_t faulty_counted(struct faulty *faulty)
{
    pthread_mutex_lock(&faulty->lock);
    uint64_t counted = faulty->counted;
    pthread_mutex_unlock(&faulty->lock);
    return counted;
}

bool faulty_struck(struct faulty *faulty)
{
    pthread_mutex_lock(&faulty->lock);
    bool struck = faulty->struck;
    pthread_mutex_unlock(&faulty->lock);
    return struck;
}

void faulty_slow(struct faulty *faulty, unsigned milliseconds)
{
    pthread_mutex_lock(&faulty->lock);
    faulty->slow = milliseconds;
    pthread_mutex_unlock(&faulty->lock);
}

void faulty_leave(struct faulty *faulty, enum faulty_left left)
{
    pthread_mutex_lock(&faulty->lock);
    faulty->left = left;
    pthread_mutex_unlock(&faulty->lock);
}

void faulty_cut(struct faulty *faulty)
{
    assert(faulty->power);
    pthread_mutex_lock(&faulty->lock);
    cut_now(faulty);
    pthread_mutex_unlock(&faulty->lock);
}

bool faulty_is_cut(struct faulty *faulty)
{
    return is_cut(faulty);
}

void faulty_when_cut(struct faulty *faulty, void (*cut)(void *context), void *context)
{
    pthread_mutex_lock(&faulty->lock);
    faulty->when_cut = cut;
    faulty->context = context;
    pthread_mutex_unlock(&faulty->lock);
}

void faulty_restart(struct faulty *faulty)
{
    pthread_mutex_lock(&faulty->lock);
    disk_clear(&faulty->disk);
    faulty->cut = false;
    faulty->calls = 0;
    faulty->struck = false;
    pthread_mutex_unlock(&faulty->lock);
}
