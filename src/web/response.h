/* What goes back: a status, a body and a few choices; and the security headers that every answer carries. */
#pragma once

#include "base/text.h"
#include "web/request.h"

#define RESPONSE_LARGEST (8u << 20)
#define RESPONSE_HEADERS_LARGEST 26
#define RESPONSE_COOKIE_LARGEST 240
#define RESPONSE_MORE_COOKIES 3

struct response {
    unsigned status;          /* 200 unless set */
    const char *content_type; /* text/html; charset=utf-8 unless set */
    struct text body;         /* owned; or, for an asset, */
    struct slice asset;       /* bytes that outlive the answer */
    bool is_asset;            /* `asset` is the body; may be kept by the browser for a year */
    struct slice etag;        /* with its quotes, for an asset */
    struct slice location;    /* for 303 */
    struct slice
        refresh; /* an outside address to go to at once, without a redirect (see response_leave) */
    const char *allow;                    /* for 405 */
    char cookie[RESPONSE_COOKIE_LARGEST]; /* a whole Set-Cookie value, or empty */
    char more_cookies[RESPONSE_MORE_COOKIES][RESPONSE_COOKIE_LARGEST]; /* and others */
    size_t more_cookie_count;
    bool clear_site; /* ask the browser to forget everything of ours */
};

struct header {
    const char *name, *value;
};

void response_init(struct response *response);
void response_clear(struct response *response);
/* 303 See Other: after a POST the browser asks for `path` with GET, so that reloading repeats nothing. */
void response_see(struct response *response, struct slice path);
/* Goes to an outside address and forgets the site. By a Refresh header, not a redirect: form-action 'self' would stop a
 * form that is answered with a redirect elsewhere. */
void response_leave(struct response *response, struct slice address);
/* All headers of the answer in order, values in the arena. Gives how many. */
size_t response_headers(const struct response *response, struct arena *arena,
                        struct header ret_headers[RESPONSE_HEADERS_LARGEST]);
const char *response_reason(unsigned status);
