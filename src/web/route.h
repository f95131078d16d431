/* From a request to a page: the table of routes, and everything that stands in front of a handler: host, method, path,
 * size, form, session, token. A handler sees only what passed. */
#pragma once

#include "web/csrf.h"
#include "web/response.h"

enum route_session {
    SESSION_NONE,  /* the page needs none; one that exists is not touched */
    SESSION_READ,  /* given where there is one, else NULL: the handler decides */
    SESSION_OPENS, /* one is opened where there is none */
    SESSION_NEEDS, /* every POST: without one, and without its token, the request is refused */
    SESSION_SIGNED /* none: the site's gate says who is signed in, and gives the token for forms */
};

struct visit;
struct route {
    enum method method; /* METHOD_GET answers HEAD too */
    const char *path;   /* whole, or ending in '*': any path with that beginning */
    const char *name;   /* for the log, in place of the path */
    enum route_session session;
    void (*answer)(struct visit *visit);
    const struct field *fields; /* of a POST, beside the token */
    size_t field_count;
    unsigned opens; /* to whom, in the site's own numbers; 0: to everybody. See site.gate */
};

/* One request on its way, as handlers see it. */
struct visit {
    void *pages; /* what the pages brought: site.pages */
    struct site *site;
    const struct web_request *request;
    struct response *response;
    struct text *out; /* &response->body */
    struct arena *arena;
    const struct route *route; /* NULL where none was found */
    struct session *session;   /* may be NULL, see route_session */
    const struct form *form;   /* of a POST */
    void *who;                 /* the gate's: who is signed in */
    void **kept;               /* the pages' own, from first use until site.after lets it go */
    struct slice who_token;    /* the gate's: the token in forms of pages with SESSION_SIGNED */
};

/* A page that takes a file, and the form's field of it. */
struct site_upload {
    const char *path, *field;
};

/* What is served. Plain data, shared by all threads, unchanged while the server runs. */
struct site {
    const struct route *routes;
    size_t route_count;
    const char *const *hosts; /* accepted Host names; none: this machine's own */
    size_t host_count;
    struct sessions *sessions;
    bool secure; /* behind TLS: the cookie is marked Secure and named __Host- */
    /* For this machine's own browser alone: any other Host, and whatever was passed on, is refused before it is looked at.
     * The sentence says why. NULL: other machines may ask. */
    const char *loopback_only;
    void *pages;
    /* Pages whose form carries a file, by path; what lies in the folder while they are answered has no name. */
    const struct site_upload *uploads;
    size_t upload_count;
    const char *upload_folder; /* NULL: none is taken */
    /* Writes the page of an error into visit->out. `error` says why in a sentence fit for a person, or is NULL. */
    void (*error_page)(struct visit *visit, const struct error *error);
    /* Whether a page that is not open to everybody may be shown to this visitor, asked before any form is read. False: it
     * has answered, with another page or a refusal. NULL: such pages are not there. */
    bool (*gate)(struct visit *visit);
    /* Asked when everything is there, just before the page's handler; false: it has answered. NULL: nothing is asked. */
    bool (*before)(struct visit *visit);
    /* When the answer is written: lets go of what the visit kept. NULL: nothing is. */
    void (*after)(struct visit *visit);
    bool quiet; /* no log */
};

/* Answers one request: fills the response, never fails. Writes one log line: method, route name, status, milliseconds. */
void site_answer(struct site *site, const struct web_request *request, struct response *response);
/* The file field of the page that a POST is for, where its sender may send one: asked before the body is read. */
const char *site_takes_file(struct site *site, const struct web_request *request);
/* Ends the visit with an error page; for handlers. */
void visit_refuse(struct visit *visit, unsigned status, const struct error *error);
/* Ends the visitor's session and takes the cookie back. */
void visit_end_session(struct visit *visit);
/* A new session in place of the visitor's, which ends with whatever it held: where somebody begins to sign in, so that no
 * id given out before is worth anything afterwards. */
MUST_USE bool visit_new_session(struct visit *visit, struct error *error);
/* Further cookies of the site's, named like the session's; 0 seconds takes one back. The value is hex or '-'. */
struct slice visit_cookie(const struct visit *visit, const char *name);
void visit_set_cookie(struct visit *visit, const char *name, struct slice value, int64_t seconds);
/* The route of a method and path; where there is none NULL, with 404, or 405 and the methods that would do. */
const struct route *route_find(const struct route *routes, size_t count, enum method method,
                               struct slice path, unsigned *ret_status, const char **ret_allow);
