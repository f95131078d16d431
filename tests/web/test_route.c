/* What stands in front of a handler: every refusal, the headers of every answer, and the one log line. */
#include "check.h"

#include <stdio.h>
#include <unistd.h>

#include "web/route.h"

static int calls;

static void page(struct visit *visit)
{
    calls++;
    text_add_string(visit->out, "page");
}

static void refusal(struct visit *visit, const struct error *error)
{
    text_format(visit->out, "error %u %s", visit->response->status,
                error != NULL ? error->sentence : "");
}

static const struct field fields[] = {{"who", form_is_id, 20, 1}};
static const struct route routes[] = {
    {METHOD_GET, "/", "home", SESSION_NONE, page, NULL, 0, 0},
    {METHOD_GET, "/may", "may", SESSION_OPENS, page, NULL, 0, 0},
    {METHOD_POST, "/may", "may-post", SESSION_NEEDS, page, fields, 1, 0},
    {METHOD_GET, "/files/*", "files", SESSION_NONE, page, NULL, 0, 0},
};

struct world {
    struct arena *arena;
    struct site site;
    struct web_request request;
    struct response response;
};

static void world_open(struct world *world)
{
    *world = (struct world){.arena = arena_new()};
    world->site = (struct site){.routes = routes,
                                .route_count = sizeof routes / sizeof *routes,
                                .sessions = sessions_new(8, 100, NULL),
                                .error_page = refusal,
                                .quiet = true};
    world->request = (struct web_request){.arena = world->arena,
                                          .method = METHOD_GET,
                                          .path = SLICE("/"),
                                          .query = SLICE_EMPTY,
                                          .host = SLICE("localhost:8080"),
                                          .origin = SLICE_EMPTY,
                                          .fetch_site = SLICE_EMPTY,
                                          .cookie = SLICE_EMPTY,
                                          .content_type = SLICE_EMPTY,
                                          .if_none_match = SLICE_EMPTY,
                                          .body = SLICE_EMPTY};
    response_init(&world->response);
    calls = 0;
}

static void world_close(struct world *world)
{
    response_clear(&world->response);
    sessions_free(world->site.sessions);
    arena_free(world->arena);
}

static unsigned ask(struct world *world)
{
    response_clear(&world->response);
    response_init(&world->response);
    site_answer(&world->site, &world->request, &world->response);
    return world->response.status;
}

static void refusals_never_reach_a_handler(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    struct web_request good = world.request;
    assert_int_equal(ask(&world), 200);
    assert_int_equal(calls, 1);
    world.request.path = SLICE("/none");
    assert_int_equal(ask(&world), 404);
    world.request = good;
    world.request.method = METHOD_POST;
    assert_int_equal(ask(&world), 405);
    assert_string_equal(world.response.allow, "GET, HEAD");
    world.request.method = METHOD_OTHER;
    assert_int_equal(ask(&world), 405);
    world.request = good;
    world.request.has_query = true;
    assert_int_equal(ask(&world), 400);
    world.request = good;
    world.request.path = SLICE_EMPTY;
    assert_int_equal(ask(&world), 400);
    world.request = good;
    world.request.host = SLICE("evil.example");
    assert_int_equal(ask(&world), 421);
    world.request = good;
    world.request.address_too_long = true;
    assert_int_equal(ask(&world), 414);
    world.request = good;
    world.request.headers_size = REQUEST_HEADERS_LARGEST + 1;
    assert_int_equal(ask(&world), 431);
    world.request = good;
    world.request.body_too_large = true;
    assert_int_equal(ask(&world), 413);
    world.request = good;
    world.request.body = SLICE("x");
    assert_int_equal(ask(&world), 400);
    assert_int_equal(calls, 1);
    world_close(&world);
}

/* Opens a session by GET /may and gives the cookie header to send back. */
static struct slice visit_may(struct world *world)
{
    world->request.path = SLICE("/may");
    assert_int_equal(ask(world), 200);
    struct slice set = slice_of(world->response.cookie);
    assert_true(slice_search(set, SLICE("; HttpOnly; SameSite=Strict")) < set.length);
    return arena_copy(world->arena, slice_part(set, 0, slice_find(set, ';')));
}

static void a_post_needs_form_session_and_token(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    struct slice cookie = visit_may(&world);
    struct slice id = slice_part(cookie, slice_find(cookie, '=') + 1, cookie.length);
    struct session *session = session_hold(world.site.sessions, id, session_clock());
    assert_non_null(session);
    struct slice token = arena_format(world.arena, "token=%s", session->token);
    session_let_go(world.site.sessions, session);
    world.request.method = METHOD_POST;
    world.request.cookie = cookie;
    calls = 0;
    assert_int_equal(ask(&world), 415);
    world.request.content_type = SLICE("application/x-www-form-urlencoded");
    world.request.body = SLICE("who=teacher");
    assert_int_equal(ask(&world), 403);
    world.request.body = arena_format(world.arena, "who=teacher&more=1&%.*s", SLICE_PRINT(token));
    assert_int_equal(ask(&world), 400);
    world.request.body = arena_format(world.arena, "who=teacher&%.*s", SLICE_PRINT(token));
    world.request.fetch_site = SLICE("cross-site");
    assert_int_equal(ask(&world), 403);
    world.request.fetch_site = SLICE("same-origin");
    world.request.cookie = SLICE_EMPTY;
    assert_int_equal(ask(&world), 403);
    assert_int_equal(calls, 0);
    world.request.cookie = cookie;
    assert_int_equal(ask(&world), 200);
    assert_int_equal(calls, 1);
    world_close(&world);
}

static const char *header(struct world *world, const char *name)
{
    static struct header headers[RESPONSE_HEADERS_LARGEST];
    size_t count = response_headers(&world->response, world->arena, headers);
    assert_true(count <= RESPONSE_HEADERS_LARGEST);
    for (size_t at = 0; at < count; at++)
        if (slice_is(slice_of(headers[at].name), name)) return headers[at].value;
    return NULL;
}

static void every_answer_carries_the_security_headers(void **state)
{
    (void)state;
    static const char *const names[] = {
        "Content-Security-Policy",     "X-Content-Type-Options",     "Referrer-Policy",
        "Permissions-Policy",          "Cross-Origin-Opener-Policy", "Cross-Origin-Embedder-Policy",
        "Cross-Origin-Resource-Policy"};
    static const char *const paths[] = {"/", "/none", "/files/x"};
    struct world world;
    world_open(&world);
    for (size_t path = 0; path < 3; path++) {
        world.request.path = slice_of(paths[path]);
        ask(&world);
        for (size_t at = 0; at < sizeof names / sizeof *names; at++)
            assert_non_null(header(&world, names[at]));
        assert_string_equal(header(&world, "Cache-Control"), "no-store");
        assert_string_equal(header(&world, "Referrer-Policy"), "no-referrer");
    }
    assert_null(header(&world, "Set-Cookie"));
    world_close(&world);
}

static void tls_makes_the_cookie_secure(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    world.site.secure = true;
    struct slice cookie = visit_may(&world);
    assert_true(slice_starts(cookie, SLICE("__Host-lanyard-session=")));
    assert_true(slice_search(slice_of(world.response.cookie), SLICE("; Secure")) <
                slice_of(world.response.cookie).length);
    world_close(&world);
}

static void the_log_line_holds_no_path_and_no_answer(void **state)
{
    (void)state;
    struct world world;
    char line[500] = "";
    FILE *caught = tmpfile();
    int kept = dup(2);
    world_open(&world);
    world.site.quiet = false;
    world.request.path = SLICE("/files/secret-name");
    fflush(stderr);
    dup2(fileno(caught), 2);
    ask(&world);
    fflush(stderr);
    dup2(kept, 2);
    close(kept);
    rewind(caught);
    assert_true(fread(line, 1, sizeof line - 1, caught) > 0);
    fclose(caught);
    assert_true(slice_starts(slice_of(line), SLICE("GET files 200 ")));
    assert_int_equal(slice_search(slice_of(line), SLICE("secret")), slice_of(line).length);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals_never_reach_a_handler),
        cmocka_unit_test(a_post_needs_form_session_and_token),
        cmocka_unit_test(every_answer_carries_the_security_headers),
        cmocka_unit_test(tls_makes_the_cookie_secure),
        cmocka_unit_test(the_log_line_holds_no_path_and_no_answer),
    };
    return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
