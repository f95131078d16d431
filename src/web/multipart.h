/* multipart/form-data, read piece by piece as it arrives: short fields, which come out as an urlencoded form, and one file,
 * whose bytes are handed on. Pure: knows no HTTP and no disk. Strict: what a browser does not send is refused. */
#pragma once

#include "base/error.h"
#include "base/text.h"

#define MULTIPART_BOUNDARY_LARGEST 70
#define MULTIPART_HEAD_LARGEST 2000 /* the headers of one part */
#define MULTIPART_PARTS_LARGEST 64
#define MULTIPART_FORM_LARGEST (16u << 10) /* all fields, encoded */
#define MULTIPART_NAME_LARGEST 200         /* of the file */

struct multipart {
    /* Set by the caller: the field that carries the file, or a text that may be as long, and where its bytes go. False from
     * it ends the reading. */
    const char *file_field;
    bool (*bytes)(void *context, struct slice bytes, struct error *error);
    void *context;
    /* what came out */
    struct text form; /* name=value&..., to be read as any other form */
    struct text file_name;
    bool has_file;
    /* the reading */
    int state;
    char delimiter[MULTIPART_BOUNDARY_LARGEST + 6]; /* \r\n--BOUNDARY */
    size_t delimiter_length, matched;
    struct text head;
    size_t parts;
    bool in_file, failed;
};

/* False where the header is not multipart/form-data with a boundary. Clear it in any case. */
MUST_USE bool multipart_init(struct multipart *multipart, struct slice content_type,
                             struct error *error);
void multipart_clear(struct multipart *multipart);
MUST_USE bool multipart_feed(struct multipart *multipart, struct slice piece, struct error *error);
/* Behind the last piece: whether it was whole. */
MUST_USE bool multipart_end(const struct multipart *multipart, struct error *error);
