/* Makes ZIPs for the tests, sound ones and, by the members after `content`, false ones. */
#pragma once

#include "base/text.h"

struct zip_made {
    const char *name, *content;
    bool deflate;
    bool follow;            /* sizes and CRC behind the data, as a streaming writer does */
    bool wide;              /* sizes in a ZIP64 field */
    const char *local_name; /* another one in the local header */
    unsigned flags, method; /* added to both headers */
    uint32_t attributes, crc_wrong;
    int size_wrong; /* added to the unpacked size in both */
};

/* Appends the whole ZIP. */
void zip_make(struct text *text, const struct zip_made *files, size_t count, const char *comment);
