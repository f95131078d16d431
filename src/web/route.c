/* Dispatch: checks in a fixed order, then the handler. See route.h. */
#include "web/route.h"

#include <assert.h>
#include <stdio.h>
#include <time.h>

static bool path_fits(const struct route *route, struct slice path)
{
    struct slice pattern = slice_of(route->path);
    if (pattern.at[pattern.length - 1] == '*')
        return slice_starts(path, slice_part(pattern, 0, pattern.length - 1));
    return slice_equal(path, pattern);
}

const struct route *route_find(const struct route *routes, size_t count, enum method method,
                               struct slice path, unsigned *ret_status, const char **ret_allow)
{
    bool get = false, post = false;
    for (size_t at = 0; at < count; at++) {
        if (!path_fits(&routes[at], path)) continue;
        enum method asked = method == METHOD_HEAD ? METHOD_GET : method;
        if (routes[at].method == asked) return &routes[at];
        if (routes[at].method == METHOD_GET) get = true;
        if (routes[at].method == METHOD_POST) post = true;
    }
    *ret_status = get || post ? 405 : 404;
    *ret_allow = NULL;
    if (get || post) *ret_allow = get && post ? "GET, HEAD, POST" : get ? "GET, HEAD" : "POST";
    return NULL;
}

void visit_refuse(struct visit *visit, unsigned status, const struct error *error)
{
    text_cut(visit->out, 0);
    visit->response->status = status;
    visit->response->location = SLICE_EMPTY;
    visit->site->error_page(visit, error);
}

static const char *cookie_name(const struct site *site)
{
    return site->secure ? "__Host-" SESSION_COOKIE : SESSION_COOKIE;
}

struct slice visit_cookie(const struct visit *visit, const char *name)
{
    struct slice whole =
        arena_format(visit->arena, "%s%s", visit->site->secure ? "__Host-" : "", name);
    return web_request_cookie(visit->request->cookie, whole);
}

void visit_set_cookie(struct visit *visit, const char *name, struct slice value, int64_t seconds)
{
    struct response *response = visit->response;
    assert(response->more_cookie_count < RESPONSE_MORE_COOKIES);
    char *cookie = response->more_cookies[response->more_cookie_count++];
    int length = snprintf(cookie, RESPONSE_COOKIE_LARGEST,
                          "%s%s=%.*s; Path=/; HttpOnly; "
                          "SameSite=Strict; Max-Age=%lld%s",
                          visit->site->secure ? "__Host-" : "", name, SLICE_PRINT(value),
                          (long long)seconds, visit->site->secure ? "; Secure" : "");
    assert(length > 0 && length < RESPONSE_COOKIE_LARGEST);
}

static void cookie_write(const struct site *site, const char *id, const char *more,
                         char ret_cookie[RESPONSE_COOKIE_LARGEST])
{
    int length = snprintf(ret_cookie, RESPONSE_COOKIE_LARGEST,
                          "%s=%s; Path=/; HttpOnly; SameSite=Strict%s%s", cookie_name(site), id,
                          site->secure ? "; Secure" : "", more);
    if (length < 0 || length >= RESPONSE_COOKIE_LARGEST) ret_cookie[0] = '\0';
}

void visit_end_session(struct visit *visit)
{
    if (visit->session != NULL) session_end(visit->site->sessions, visit->session);
    cookie_write(visit->site, "", "; Max-Age=0", visit->response->cookie);
}

bool visit_new_session(struct visit *visit, struct error *error)
{
    struct site *site = visit->site;
    struct session *fresh = session_open(site->sessions, session_clock(), error);
    if (fresh == NULL) return false;
    if (visit->session != NULL) {
        session_end(site->sessions, visit->session);
        session_let_go(site->sessions, visit->session);
    }
    visit->session = fresh;
    cookie_write(site, fresh->id, "", visit->response->cookie);
    return true;
}

/* From whom and by which name. 0 where all is well. */
static unsigned check_host(const struct site *site, const struct web_request *request)
{
    if (request->many_hosts) return 400;
    if (site->loopback_only == NULL)
        return web_request_host_known(request->host, site->hosts, site->host_count) ? 0 : 421;
    if (!web_request_host_loopback(request->host)) return 421;
    return request->forwarded ? 403 : 0;
}

/* Host, address and route. 0 where all is well. */
static unsigned check_place(struct visit *visit, struct error *error)
{
    const struct web_request *request = visit->request;
    const struct site *site = visit->site;
    unsigned status = 0;
    if (request->address_too_long) return 414;
    if (request->headers_size > REQUEST_HEADERS_LARGEST) return 431;
    status = check_host(site, request);
    if (status != 0 && site->loopback_only != NULL)
        error_set(error, ERROR_REQUEST, "%s", site->loopback_only);
    if (status != 0) return status;
    if (request->path.length == 0) return 400;
    visit->route = route_find(site->routes, site->route_count, request->method, request->path,
                              &status, &visit->response->allow);
    if (visit->route == NULL) return status;
    return request->has_query ? 400 : 0; /* no page of ours has a field in its address */
}

/* What can be said before any session is touched. */
static unsigned check_request(struct visit *visit, struct error *error)
{
    const struct web_request *request = visit->request;
    unsigned status = check_place(visit, error);
    if (status != 0) return status;
    if (request->upload_status != 0) {
        if (request->upload_error != NULL) *error = *request->upload_error;
        return request->upload_status;
    }
    if (request->body_too_large) return 413;
    if (request->method != METHOD_POST) return request->body.length > 0 ? 400 : 0;
    return request->has_upload || web_request_is_form(request->content_type) ? 0 : 415;
}

static unsigned take_session(struct visit *visit, struct error *error)
{
    struct site *site = visit->site;
    enum route_session want = visit->route->session;
    if (want == SESSION_NONE || want == SESSION_SIGNED) return 0;
    struct slice id = web_request_cookie(visit->request->cookie, slice_of(cookie_name(site)));
    visit->session = session_hold(site->sessions, id, session_clock());
    if (visit->session != NULL || want == SESSION_READ) return 0;
    if (want == SESSION_NEEDS) {
        error_set(error, ERROR_REQUEST, "Your answers are no longer here.");
        error_advise(error, "They are forgotten after 30 minutes without a click, and when this "
                            "service restarts. Please start again.");
        return 403;
    }
    visit->session = session_open(site->sessions, session_clock(), error);
    if (visit->session == NULL) return error->code == ERROR_LIMIT ? 503 : 500;
    cookie_write(site, visit->session->id, "", visit->response->cookie);
    return 0;
}

/* The token that the form has to carry; empty where there is none, which no form can match. */
static struct slice form_token(const struct visit *visit)
{
    if (visit->route->session == SESSION_SIGNED) return visit->who_token;
    return visit->session != NULL ? slice_of(visit->session->token) : SLICE_EMPTY;
}

/* The page's fields and the token beside them, read in one go so that nothing undeclared slips by. */
static unsigned take_form(struct visit *visit, struct error *error)
{
    const struct route *route = visit->route;
    struct field fields[FORM_FIELDS_LARGEST];
    struct form *form = ARENA_NEW(visit->arena, struct form);
    if (visit->request->method != METHOD_POST) return 0;
    if (route->field_count >= FORM_FIELDS_LARGEST) return 500;
    for (size_t at = 0; at < route->field_count; at++) fields[at] = route->fields[at];
    fields[route->field_count] = (struct field){CSRF_FIELD, form_is_hex, SESSION_ID_LENGTH, 1};
    if (!form_read(visit->request->body, fields, route->field_count + 1, visit->arena, form, error))
        return 400;
    visit->form = form;
    if (csrf_holds(visit->request, form_token(visit), form_value(form, route->field_count)))
        return 0;
    error_set(error, ERROR_REQUEST, "This form did not come from one of our own pages.");
    error_advise(error, "Nothing was changed. Please go back and send it again.");
    return 403;
}

/* False: the gate has answered. A page that is not for everybody stays shut where nobody watches the gate. */
static bool gate_opens(struct visit *visit)
{
    if (visit->route->opens == 0) return true;
    if (visit->site->gate != NULL) return visit->site->gate(visit);
    visit_refuse(visit, 404, NULL);
    return false;
}

static void answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    unsigned status = check_request(visit, &error);
    assert(status != 0 || visit->route != NULL); /* route_find gives the one or the other */
    /* who may not send anything here hears that first, and not what is wrong with it */
    bool sent = status == 413 || status == 415;
    if ((status == 0 || sent) && !gate_opens(visit)) return;
    if (status == 0) status = take_session(visit, &error);
    if (status == 0) status = take_form(visit, &error);
    if (status != 0) {
        visit_refuse(visit, status, error.code == ERROR_NONE ? NULL : &error);
        return;
    }
    if (visit->site->before == NULL || visit->site->before(visit)) visit->route->answer(visit);
    if (visit->out->overflowed) visit_refuse(visit, 500, NULL);
}

const char *site_takes_file(struct site *site, const struct web_request *request)
{
    struct response unsent; /* the gate may answer: it is asked again when the form is there */
    const char *field = NULL;
    if (site->upload_folder == NULL || request->method != METHOD_POST) return NULL;
    for (size_t at = 0; at < site->upload_count; at++)
        if (slice_is(request->path, site->uploads[at].path)) field = site->uploads[at].field;
    if (field == NULL) return NULL;
    struct error unsaid = {.code = ERROR_NONE};
    void *kept = NULL;
    response_init(&unsent);
    struct visit visit = {.pages = site->pages,
                          .site = site,
                          .request = request,
                          .response = &unsent,
                          .out = &unsent.body,
                          .arena = request->arena,
                          .kept = &kept};
    bool takes = check_place(&visit, &unsaid) == 0 && gate_opens(&visit);
    if (site->after != NULL) site->after(&visit);
    response_clear(&unsent);
    return takes ? field : NULL;
}

static const char *method_name(enum method method)
{
    switch (method) {
    case METHOD_GET: return "GET";
    case METHOD_HEAD: return "HEAD";
    case METHOD_POST: return "POST";
    default: return "OTHER";
    }
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void site_answer(struct site *site, const struct web_request *request, struct response *response)
{
    double started = milliseconds();
    void *kept = NULL;
    struct visit visit = {.pages = site->pages,
                          .site = site,
                          .request = request,
                          .response = response,
                          .out = &response->body,
                          .arena = request->arena,
                          .kept = &kept};
    answer(&visit);
    if (site->after != NULL) site->after(&visit);
    session_let_go(site->sessions, visit.session);
    if (site->quiet) return;
    fprintf(stderr, "%s %s %u %.1f ms\n", method_name(request->method),
            visit.route != NULL ? visit.route->name : "-", response->status,
            milliseconds() - started);
}
