/* A file that comes with a form: streamed into a file without a name in the site's own folder, wiped and gone when the answer
 * is out. Only for pages that declare it and visitors whom the gate lets in; one at a time a person, a few in all. */
#pragma once

#include <pthread.h>

#include "web/multipart.h"
#include "web/request.h"

#define UPLOAD_LARGEST ((size_t)64 << 20)
#define UPLOADS_AT_ONCE 4

/* Of a server: who is sending a file now. */
struct upload_slots {
    pthread_mutex_t lock;
    uint64_t who[UPLOADS_AT_ONCE]; /* hash of the cookies; 0: free */
};

struct upload {
    struct multipart multipart;
    struct upload_slots *slots;
    size_t slot;
    int file;
    size_t size;
    char *mapped;    /* NULL: not yet, or empty */
    unsigned status; /* 0, or what is wrong: 400, 413, 429, 500 */
    struct error error;
};

/* Begins one; what is wrong stands in `status`, and nothing is taken then. Free it in any case. */
struct upload *upload_new(const char *folder, struct slice content_type, struct slice cookie,
                          const char *field, struct upload_slots *slots);
/* False where it is wrong from now on. */
bool upload_feed(struct upload *upload, struct slice piece);
/* Behind the last piece: the form's fields, and the file's name and bytes, which live as long as the upload. */
void upload_end(struct upload *upload, struct web_request *request);
/* The visitor may send the next one: the answer is about to go out. */
void upload_leave(struct upload *upload);
void upload_free(struct upload *upload);
