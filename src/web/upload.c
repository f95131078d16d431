/* Files on their way in; see upload.h. The only place where what a visitor sent touches the disk as it was sent. */
#include "web/upload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- one at a time ---- */

/* False: this visitor sends one already, or too many do. */
static bool take_slot(struct upload *upload, struct upload_slots *slots, uint64_t who)
{
    size_t free_slot = UPLOADS_AT_ONCE;
    bool again = false;
    pthread_mutex_lock(&slots->lock);
    for (size_t i = 0; i < UPLOADS_AT_ONCE; i++) {
        if (slots->who[i] == who) again = true;
        if (slots->who[i] == 0) free_slot = i;
    }
    bool taken = !again && free_slot < UPLOADS_AT_ONCE;
    if (taken) {
        slots->who[free_slot] = who;
        upload->slots = slots;
        upload->slot = free_slot;
    }
    pthread_mutex_unlock(&slots->lock);
    return taken;
}

void upload_leave(struct upload *upload)
{
    if (upload == NULL || upload->slots == NULL) return;
    pthread_mutex_lock(&upload->slots->lock);
    upload->slots->who[upload->slot] = 0;
    pthread_mutex_unlock(&upload->slots->lock);
    upload->slots = NULL;
}

/* ---- the file ---- */

static bool fail(struct upload *upload, unsigned status)
{
    upload->status = status;
    return false;
}

static bool disk_failed(struct upload *upload)
{
    error_set(&upload->error, ERROR_READ, "The file could not be taken: %s.",
              errno == ENOSPC || errno == EDQUOT ? "the disk is full"
                                                 : "the folder does not take it");
    error_advise(&upload->error, "Nothing was changed. Tell whoever keeps the machine.");
    return fail(upload, 500);
}

static bool take_bytes(void *context, struct slice bytes, struct error *error)
{
    struct upload *upload = context;
    if (bytes.length > UPLOAD_LARGEST - upload->size) {
        error_set(error, ERROR_LIMIT, "The file is larger than %zu MiB.", UPLOAD_LARGEST >> 20);
        error_advise(error, "Leave out what is not about people, or send it as a ZIP.");
        return fail(upload, 413);
    }
    while (bytes.length > 0) {
        ssize_t written = write(upload->file, bytes.at, bytes.length);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return disk_failed(upload);
        upload->size += (size_t)written;
        bytes = slice_part(bytes, (size_t)written, bytes.length);
    }
    return true;
}

struct upload *upload_new(const char *folder, struct slice content_type, struct slice cookie,
                          const char *field, struct upload_slots *slots)
{
    struct upload *upload = memory_grow(NULL, sizeof *upload);
    *upload = (struct upload){.file = -1};
    if (!multipart_init(&upload->multipart, content_type, &upload->error)) {
        upload->status = 400;
        return upload;
    }
    upload->multipart.file_field = field;
    upload->multipart.bytes = take_bytes;
    upload->multipart.context = upload;
    if (!take_slot(upload, slots, slice_hash(cookie) | 1)) {
        error_set(&upload->error, ERROR_LIMIT, "A file is being sent already.");
        error_advise(&upload->error, "Wait until it is there, then send this one.");
        upload->status = 429;
        return upload;
    }
    upload->file = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (upload->file < 0) (void)disk_failed(upload);
    return upload;
}

bool upload_feed(struct upload *upload, struct slice piece)
{
    if (upload->status != 0) return false;
    if (multipart_feed(&upload->multipart, piece, &upload->error)) return true;
    return upload->status != 0 ? false : fail(upload, 400);
}

/* Mapped, so that a large file does not lie in memory a second time. */
static bool map_file(struct upload *upload)
{
    if (upload->size == 0) return true;
    void *at = mmap(NULL, upload->size, PROT_READ, MAP_PRIVATE, upload->file, 0);
    if (at == MAP_FAILED) return disk_failed(upload);
    upload->mapped = at;
    return true;
}

void upload_end(struct upload *upload, struct web_request *request)
{
    if (upload->status == 0 && !multipart_end(&upload->multipart, &upload->error))
        upload->status = 400;
    if (upload->status != 0 || !map_file(upload)) return;
    request->body = text_slice(&upload->multipart.form);
    request->file_name = text_slice(&upload->multipart.file_name);
    request->file =
        upload->mapped != NULL ? (struct slice){upload->mapped, upload->size} : SLICE_EMPTY;
    request->has_upload = true;
}

/* Written over before it goes: a file without a name still lies in the disk's free blocks. */
static void wipe(struct upload *upload)
{
    static const char zeros[1 << 16];
    for (size_t at = 0; at < upload->size;) {
        size_t left = upload->size - at;
        ssize_t written =
            pwrite(upload->file, zeros, left < sizeof zeros ? left : sizeof zeros, (off_t)at);
        if (written <= 0) return;
        at += (size_t)written;
    }
    (void)!fdatasync(upload->file);
}

void upload_free(struct upload *upload)
{
    if (upload == NULL) return;
    if (upload->mapped != NULL) munmap(upload->mapped, upload->size);
    if (upload->file >= 0) {
        wipe(upload);
        close(upload->file);
    }
    upload_leave(upload);
    multipart_clear(&upload->multipart);
    free(upload);
}
