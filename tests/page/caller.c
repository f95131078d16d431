/* See caller.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "caller.h"
#include "service/signin_parts.h"

#define HOUR 3600000LL

static void adopt(struct school *school)
{
    const char *folder = getenv("LANYARD_POLICY");
    struct error error = {.code = ERROR_NONE};
    struct version_said said;
    struct order order;
    struct outcome outcome;
    assert_non_null(folder);
    order_init(&order, ACT_ADOPT_POLICY, school->admin);
    if (!record_policy_upload(school->record, folder, school->arena, &said, &error))
        fail_msg("%s", error.sentence);
    version_order(&order, &said, school->arena);
    if (!desk_do(school->record, &order, school->arena, &outcome, &error))
        fail_msg("%s", error.sentence);
    assert_true(outcome.done);
}

void caller_open(struct caller *caller, struct school *school, bool policy)
{
    *caller = (struct caller){.arena = arena_new(), .record = school->record};
    if (policy) adopt(school);
    caller->assets = (struct assets){.base = SLICE("/assets/0/")};
    pages_init_record(&caller->pages, school->record, &caller->assets);
    size_t count;
    const struct route *routes = pages_routes(&caller->pages, caller->arena, &count);
    caller->site = (struct site){.routes = routes,
                                 .route_count = count,
                                 .sessions = sessions_new(200, 1000, may_free),
                                 .pages = &caller->pages,
                                 .error_page = error_page,
                                 .gate = here_gate,
                                 .before = pages_before,
                                 .after = pages_after,
                                 .quiet = true};
    response_init(&caller->response);
    caller->session = caller->signed_in = caller->file = SLICE_EMPTY;
}

void caller_close(struct caller *caller)
{
    response_clear(&caller->response);
    sessions_free(caller->site.sessions);
    pages_clear(&caller->pages);
    arena_free(caller->arena);
}

struct arrival {
    struct caller *caller;
    struct id person;
};

static bool arrive(void *context, struct db *db, struct error *error)
{
    struct arrival *arrival = context;
    struct record *record = arrival->caller->record;
    int64_t now = record_now(record);
    struct signin_secrets secrets = {.password = SLICE("not used"),
                                     .seed = SLICE("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")};
    struct session_row row = {.hash = signin_session_hash(record, arrival->caller->signed_in),
                              .person = arrival->person,
                              .sealed = SLICE_EMPTY,
                              .opened = now,
                              .used = now,
                              .ends = now + HOUR};
    return secrets_write(record, db, &arrival->person, &secrets, arrival->caller->arena, error) &&
           session_put(db, &row, error);
}

static struct slice fresh_secret(struct arena *arena)
{
    char one[2 * ID_SIZE + 1], two[2 * ID_SIZE + 1];
    struct id first = id_make(), second = id_make();
    id_hex(&first, one);
    id_hex(&second, two);
    return arena_format(arena, "%s%s", one, two);
}

void caller_be(struct caller *caller, struct id person)
{
    struct error error = {.code = ERROR_NONE};
    struct arrival arrival = {caller, person};
    caller->session = caller->signed_in = SLICE_EMPTY;
    if (id_is_none(&person)) return;
    caller->signed_in = fresh_secret(caller->arena);
    if (!writer_do(caller->record->writer, arrive, &arrival, &error))
        fail_msg("%s", error.sentence);
}

static void keep_cookie(struct caller *caller, const char *header)
{
    struct slice whole = slice_of(header), name, value;
    if (!slice_split(&whole, '=', &name) || !slice_split(&whole, ';', &value)) return;
    if (slice_is(name, SESSION_COOKIE)) caller->session = arena_copy(caller->arena, value);
    if (slice_is(name, SIGNED_IN_COOKIE)) caller->signed_in = arena_copy(caller->arena, value);
}

unsigned caller_ask(struct caller *caller, enum method method, struct slice path, struct slice body)
{
    struct web_request request = {.arena = caller->arena,
                                  .method = method,
                                  .path = path,
                                  .query = SLICE_EMPTY,
                                  .host = SLICE("localhost"),
                                  .origin = SLICE_EMPTY,
                                  .fetch_site = SLICE_EMPTY,
                                  .content_type = SLICE("application/x-www-form-urlencoded"),
                                  .if_none_match = SLICE_EMPTY,
                                  .client = SLICE("10.1.1.1"),
                                  .body = body};
    request.file = caller->file;
    request.has_upload = caller->file.length > 0;
    request.file_name = SLICE("policy.md");
    caller->file = SLICE_EMPTY;
    request.cookie = arena_format(caller->arena, "%s=%.*s; %s=%.*s", SESSION_COOKIE,
                                  SLICE_PRINT(caller->session), SIGNED_IN_COOKIE,
                                  SLICE_PRINT(caller->signed_in));
    response_clear(&caller->response);
    response_init(&caller->response);
    site_answer(&caller->site, &request, &caller->response);
    keep_cookie(caller, caller->response.cookie);
    for (size_t i = 0; i < caller->response.more_cookie_count; i++)
        keep_cookie(caller, caller->response.more_cookies[i]);
    return caller->response.status;
}

unsigned caller_get(struct caller *caller, const char *path)
{
    return caller_ask(caller, METHOD_GET, slice_of(path), SLICE_EMPTY);
}

unsigned caller_post(struct caller *caller, const char *path, const char *fields)
{
    struct slice token = caller_field(caller, "token"), order = caller_field(caller, "order");
    struct slice body = arena_format(caller->arena, "token=%.*s%s%s", SLICE_PRINT(token),
                                     fields[0] != '\0' ? "&" : "", fields);
    if (order.length > 0)
        body =
            arena_format(caller->arena, "%.*s&order=%.*s", SLICE_PRINT(body), SLICE_PRINT(order));
    return caller_ask(caller, METHOD_POST, slice_of(path), body);
}

bool caller_sees(const struct caller *caller, const char *words)
{
    struct slice page = text_slice(&caller->response.body);
    return slice_search(page, slice_of(words)) < page.length;
}

void caller_see(const struct caller *caller, const char *words)
{
    const struct response *response = &caller->response;
    if (!caller_sees(caller, words))
        fail_msg("not there: %s\nin %u\n%s", words, response->status, response->body.at);
}

void caller_see_not(const struct caller *caller, const char *words)
{
    if (caller_sees(caller, words)) fail_msg("there: %s\nin\n%s", words, caller->response.body.at);
}

struct slice caller_field(struct caller *caller, const char *name)
{
    struct slice page = text_slice(&caller->response.body);
    struct slice start = arena_format(caller->arena, "name=\"%s\" value=\"", name);
    size_t at = slice_search(page, start);
    if (at == page.length) return SLICE_EMPTY;
    struct slice rest = slice_part(page, at + start.length, page.length);
    return arena_copy(caller->arena, slice_part(rest, 0, slice_find(rest, '"')));
}

bool caller_sent_to(const struct caller *caller, const char *path)
{
    return caller->response.status == 303 && slice_is(caller->response.location, path);
}
