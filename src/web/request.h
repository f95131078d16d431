/* One HTTP request as our code sees it: bytes as sent, split and checked, no library in sight. Everything here is pure,
 * so that it can be fuzzed; http.c fills it in. */
#pragma once

#include "base/error.h"

#define REQUEST_ADDRESS_LARGEST 2048    /* path and query: 414 above */
#define REQUEST_HEADERS_LARGEST 16384   /* all names and values: 431 above */
#define REQUEST_BODY_LARGEST (64 << 10) /* 413 above */
#define REQUEST_HOSTS_LARGEST 8

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };

struct web_request {
    struct arena *arena; /* lives as long as the request */
    enum method method;
    struct slice path;          /* as sent, begins with '/' */
    struct slice query;         /* after '?', without it */
    bool has_query;             /* a '?' was there */
    struct slice host;          /* Host header; these may be empty: */
    bool has_host;              /* a Host header came, */
    bool many_hosts;            /* and another one */
    bool forwarded;             /* a header came that says somebody passed it on */
    struct slice origin;        /* Origin */
    struct slice fetch_site;    /* Sec-Fetch-Site */
    struct slice cookie;        /* Cookie */
    struct slice content_type;  /* Content-Type */
    struct slice if_none_match; /* If-None-Match */
    struct slice client;        /* address it came from, for counting only: never written down */
    struct slice body;
    struct slice file, file_name; /* of a page that takes a file (see site.uploads); may be empty */
    bool has_upload;              /* the form came with such a page's file field */
    unsigned upload_status;       /* 0, or why the file was not taken */
    const struct error *upload_error;
    size_t headers_size;   /* bytes of all headers */
    bool address_too_long; /* more than REQUEST_ADDRESS_LARGEST came */
    bool body_too_large;   /* more than REQUEST_BODY_LARGEST came or was announced */
};

enum method web_request_method(struct slice word);
/* Splits `/path?query`. False unless the path begins with '/', is printable ASCII without '%', '\', `//` or dot segments:
 * none of our paths needs an escape, so none is taken. */
MUST_USE bool web_request_address(struct slice address, struct web_request *request);
/* A cookie's value by name, or an empty slice; empty too where the name occurs twice. */
struct slice web_request_cookie(struct slice header, struct slice name);
/* Whether the Host header (without port) is one of `hosts`; 127.0.0.1, localhost and [::1] when there are none. */
bool web_request_host_known(struct slice host, const char *const *hosts, size_t count);
/* Whether the Host header names this machine and nothing else: localhost in any case, 127.x.x.x or [::1], with a port or
 * without. Spellings that only a resolver understands (`localhost.`, `127.1`) are no. */
bool web_request_host_loopback(struct slice host);
/* Whether a header says that the request was passed on: Forwarded, X-Forwarded-..., Via, X-Real-IP, in any case. */
bool web_request_header_forwards(struct slice name);
/* Whether a POST comes from our own pages, as far as its headers tell: Origin equal to http(s)://Host, or `null` or absent
 * (our Referrer-Policy makes browsers say null), and Sec-Fetch-Site same-origin where it is sent. The token decides. */
bool web_request_same_origin(const struct web_request *request);
bool web_request_is_form(struct slice content_type);
