/* The server itself: the only door to libmicrohttpd. A thread a connection; every resource that a caller can use up has a
 * limit. TLS, HTTP/2 and slow clients are the business of the proxy in front. */
#pragma once

#include "base/error.h"
#include "web/route.h"

#define HTTP_CONNECTIONS_LARGEST 256
#define HTTP_CONNECTIONS_PER_ADDRESS 64
#define HTTP_IDLE_SECONDS 15
#define HTTP_CONNECTION_MEMORY (32 << 10) /* request line and headers; longer ones get 414 or 431 */

struct http_options {
    const char *address;  /* 127.0.0.1 unless set; ::1 and others too */
    uint16_t port;        /* 0: any free one */
    unsigned per_address; /* connections from one address; 0: HTTP_CONNECTIONS_PER_ADDRESS */
};

struct http; /* opaque */

/* Starts answering in threads of its own. The site must outlive it. Block the signals you wait for beforehand. */
MUST_USE bool http_start(const struct http_options *options, struct site *site,
                         struct http **ret_http, struct error *error);
uint16_t http_port(const struct http *http);
/* Takes no new connections, lets running answers finish, frees. */
void http_stop(struct http *http);
