/* The pages of signing in as a browser meets them, on a real record: who is sent where, which forms are taken, what cookies
 * look like, and that docs/access.md says of every page what its route says. */
#include "../web/check.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/file.h"
#include "page/may.h"
#include "page/signin.h"
#include "service/signin_parts.h"

#define PASSWORD "heron kettle meadow"

struct browser {
    struct arena *arena;
    char folder[60];
    struct record *record;
    struct slice link;
    struct assets assets;
    struct pages pages;
    struct site site;
    struct response response;
    struct slice session, signed_in, device; /* cookies */
};

static void browser_open(struct browser *browser)
{
    struct error error = {.code = ERROR_NONE};
    *browser = (struct browser){.arena = arena_new(), .folder = "/tmp/lanyard-pages-XXXXXX"};
    browser->session = browser->signed_in = browser->device = SLICE_EMPTY;
    assert_non_null(mkdtemp(browser->folder));
    struct slice data = arena_format(browser->arena, "%s/data", browser->folder);
    struct record_place place = {.folder = data.at, .not_synced = true};
    struct record_plan plan = {.name = SLICE("Hill & Dale School"),
                               .kind = SLICE("school"),
                               .given = SLICE("Ada"),
                               .family = SLICE("Byron"),
                               .email = SLICE("ada@hillside.example")};
    if (!record_make(&place, &plan, browser->arena, &browser->link, &error) ||
        !record_open(&place, &browser->record, &error))
        fail_msg("%s", error.sentence);
    browser->assets = (struct assets){.base = SLICE("/assets/0/")};
    pages_init_record(&browser->pages, browser->record, &browser->assets);
    size_t count;
    const struct route *routes = pages_routes(&browser->pages, browser->arena, &count);
    browser->site = (struct site){.routes = routes,
                                  .route_count = count,
                                  .sessions = sessions_new(8, 100, may_free),
                                  .pages = &browser->pages,
                                  .error_page = error_page,
                                  .gate = here_gate,
                                  .before = pages_before,
                                  .after = pages_after,
                                  .quiet = true};
    response_init(&browser->response);
}

static void browser_close(struct browser *browser)
{
    char command[200];
    response_clear(&browser->response);
    sessions_free(browser->site.sessions);
    pages_clear(&browser->pages);
    record_close(browser->record);
    snprintf(command, sizeof command, "rm -rf '%s'", browser->folder);
    assert_int_equal(system(command), 0);
    arena_free(browser->arena);
}

/* The value of `name=` in a Set-Cookie header, into the jar. */
static void keep_cookie(struct browser *browser, const char *header)
{
    struct slice whole = slice_of(header), name, value;
    if (!slice_split(&whole, '=', &name) || !slice_split(&whole, ';', &value)) return;
    assert_true(slice_search(whole, SLICE("HttpOnly; SameSite=Strict")) < whole.length);
    value = arena_copy(browser->arena, value);
    if (slice_is(name, SESSION_COOKIE)) browser->session = value;
    if (slice_is(name, SIGNED_IN_COOKIE)) browser->signed_in = value;
    if (slice_is(name, DEVICE_COOKIE)) browser->device = value;
}

static unsigned ask(struct browser *browser, enum method method, struct slice path,
                    struct slice body)
{
    struct web_request request = {.arena = browser->arena,
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
    request.cookie =
        arena_format(browser->arena, "%s=%.*s; %s=%.*s; %s=%.*s", SESSION_COOKIE,
                     SLICE_PRINT(browser->session), SIGNED_IN_COOKIE,
                     SLICE_PRINT(browser->signed_in), DEVICE_COOKIE, SLICE_PRINT(browser->device));
    response_clear(&browser->response);
    response_init(&browser->response);
    site_answer(&browser->site, &request, &browser->response);
    keep_cookie(browser, browser->response.cookie);
    for (size_t i = 0; i < browser->response.more_cookie_count; i++)
        keep_cookie(browser, browser->response.more_cookies[i]);
    return browser->response.status;
}

static unsigned get(struct browser *browser, const char *path)
{
    return ask(browser, METHOD_GET, slice_of(path), SLICE_EMPTY);
}

static bool says(const struct browser *browser, const char *words)
{
    struct slice page = text_slice(&browser->response.body);
    return slice_search(page, slice_of(words)) < page.length;
}

static struct slice hidden(struct browser *browser, const char *name)
{
    struct slice page = text_slice(&browser->response.body);
    struct slice start = arena_format(browser->arena, "name=\"%s\" value=\"", name);
    size_t at = slice_search(page, start);
    if (at == page.length) return SLICE_EMPTY;
    struct slice rest = slice_part(page, at + start.length, page.length);
    return arena_copy(browser->arena, slice_part(rest, 0, slice_find(rest, '"')));
}

/* Sends the form of the page that was asked for last, with its token. */
static unsigned post(struct browser *browser, const char *path, const char *fields)
{
    struct slice token = hidden(browser, "token");
    return ask(browser, METHOD_POST, slice_of(path),
               arena_format(browser->arena, "token=%.*s&%s", SLICE_PRINT(token), fields));
}

static bool sent_to(const struct browser *browser, const char *path)
{
    return browser->response.status == 303 && slice_is(browser->response.location, path);
}

static void use_link(struct browser *browser)
{
    assert_int_equal(get(browser, browser->link.at), 200);
    struct slice fields = arena_format(browser->arena, "secret=%.*s&password=heron+kettle+meadow",
                                       SLICE_PRINT(hidden(browser, "secret")));
    post(browser, "/invitation", fields.at);
    if (!sent_to(browser, "/invitation")) fail_msg("%s", browser->response.body.at);
}

static void sign_in(struct browser *browser)
{
    get(browser, "/sign-in");
    post(browser, "/sign-in", "email=ada%40hillside.example&password=heron+kettle+meadow");
    assert_true(sent_to(browser, "/home"));
}

/* ---- tests ---- */

static void the_link_is_in_no_title_and_used_by_the_form_alone(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(get(&browser, browser.link.at), 200);
        assert_true(says(&browser, "<title>Choose a password - Hill &amp; Dale School</title>"));
        assert_true(says(&browser, "autocomplete=\"new-password\""));
    }
    struct slice secret = hidden(&browser, "secret");
    struct slice fields =
        arena_format(browser.arena, "secret=%.*s&password=password1234", SLICE_PRINT(secret));
    assert_int_equal(post(&browser, "/invitation", fields.at), 200);
    assert_true(says(&browser, "<title>Error: Choose a password"));
    assert_true(says(&browser, "href=\"#password\""));
    assert_true(says(&browser, "id=\"password-error\""));
    assert_false(says(&browser, "password1234")); /* what was typed does not come back */
    use_link(&browser);
    assert_int_equal(browser.device.length, SIGNIN_SECRET_LENGTH);
    assert_int_equal(get(&browser, browser.link.at), 404);
    assert_true(says(&browser, "This link no longer holds."));
    unsigned status;
    const char *allow;
    const struct route *route = route_find(browser.site.routes, browser.site.route_count,
                                           METHOD_GET, browser.link, &status, &allow);
    assert_string_equal(route->name, "invitation"); /* what the log has of it */
    browser_close(&browser);
}

static void strangers_are_sent_to_sign_in_and_their_forms_refused(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    for (size_t i = 0; i < browser.site.route_count; i++) {
        const struct route *route = &browser.site.routes[i];
        if (route->opens == PUBLIC) continue;
        ask(&browser, route->method, slice_of(route->path), SLICE_EMPTY);
        if (route->method == METHOD_GET && !sent_to(&browser, "/sign-in"))
            fail_msg("%s", route->path);
        if (route->method == METHOD_POST && browser.response.status != 403)
            fail_msg("%s", route->path);
    }
    browser_close(&browser);
}

static void codes_come_first_for_a_role_of_trust(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    use_link(&browser);
    sign_in(&browser);
    for (size_t i = 0; i < browser.site.route_count; i++) {
        const struct route *route = &browser.site.routes[i];
        if (route->opens == PUBLIC || route->opens == SIGNED_IN_HALF) continue;
        ask(&browser, route->method, slice_of(route->path), SLICE_EMPTY);
        if (!sent_to(&browser, "/account/codes")) fail_msg("%s", route->path);
    }
    assert_int_equal(get(&browser, "/account/codes"), 200);
    assert_true(says(&browser, "role=\"img\"") && says(&browser, "aria-label=\"A picture"));
    assert_int_equal(hidden(&browser, "seed").length, SIGNIN_SEED_LENGTH);
    struct slice seed = hidden(&browser, "seed");
    struct slice fields = arena_format(browser.arena,
                                       "seed=%.*s&new-code=1&password="
                                       "x",
                                       SLICE_PRINT(seed));
    assert_int_equal(post(&browser, "/account/codes", fields.at), 200);
    assert_true(says(&browser, "id=\"new-code-error\""));
    assert_true(slice_equal(hidden(&browser, "seed"), seed)); /* what the app has read stays */
    browser_close(&browser);
}

static void a_form_needs_the_token_of_who_signed_in(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    use_link(&browser);
    sign_in(&browser);
    struct slice first = browser.signed_in;
    assert_int_equal(get(&browser, "/account/codes"), 200);
    struct slice token = hidden(&browser, "token");
    assert_int_equal(token.length, SESSION_ID_LENGTH);
    assert_int_equal(ask(&browser, METHOD_POST, SLICE("/sign-out"), SLICE("token=00")), 403);
    browser.signed_in = SLICE_EMPTY;
    sign_in(&browser); /* another session of the same person's */
    struct slice second = browser.signed_in;
    struct slice body = arena_format(browser.arena, "token=%.*s", SLICE_PRINT(token));
    assert_int_equal(ask(&browser, METHOD_POST, SLICE("/sign-out"), body), 403);
    browser.signed_in = first;
    assert_int_equal(ask(&browser, METHOD_POST, SLICE("/sign-out"), body), 303);
    assert_int_equal(browser.signed_in.length, 0);
    browser.signed_in = first; /* a cookie that somebody kept */
    assert_int_equal(get(&browser, "/account/codes"), 303);
    browser.signed_in = second;
    assert_int_equal(get(&browser, "/account/codes"), 200);
    browser_close(&browser);
}

static void wrong_and_unknown_look_the_same(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    use_link(&browser);
    get(&browser, "/sign-in");
    assert_true(says(&browser, "autocomplete=\"username\""));
    assert_true(says(&browser, "autocomplete=\"current-password\""));
    assert_int_equal(post(&browser, "/sign-in", "email=ada%40hillside.example&password=wrong"),
                     200);
    struct slice known = arena_copy(browser.arena, text_slice(&browser.response.body));
    assert_int_equal(post(&browser, "/sign-in", "email=eve%40hillside.example&password=wrong"),
                     200);
    struct slice unknown = text_slice(&browser.response.body);
    assert_int_equal(known.length, unknown.length);
    assert_true(says(&browser, "The e-mail address or the password is not right"));
    assert_int_equal(get(&browser, "/sign-in/code"), 303); /* nothing waits for a code */
    assert_true(sent_to(&browser, "/sign-in"));
    browser_close(&browser);
}

static void without_a_policy_there_is_nothing_to_ask(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    assert_int_equal(get(&browser, "/"), 200);
    assert_true(says(&browser, "No policy has been adopted here yet"));
    assert_int_equal(get(&browser, "/may"), 200);
    assert_true(says(&browser, "There is no policy in force yet"));
    assert_false(says(&browser, "/may\""));
    browser_close(&browser);
}

/* ---- time, and many at once ---- */

/* How far back a session's opening, its last use and a link's end are put. */
struct shift {
    struct record *record;
    struct slice signed_in, link;
    int64_t opened, used, link_ends;
};

static bool shift_rows(void *context, struct db *db, struct error *error)
{
    const struct shift *shift = context;
    AUTO(arena) struct arena *arena = arena_new();
    struct id hash = signin_session_hash(shift->record, shift->signed_in);
    struct id link_hash = record_lookup(shift->record, "link", shift->link);
    struct session_row session;
    struct link_row link;
    bool found, link_found;
    if (!session_get(db, &hash, arena, &session, &found, error) ||
        !link_get(db, &link_hash, arena, &link, &link_found, error))
        return false;
    session.used -= shift->used;
    session.ends -= shift->opened;
    if (found && !session_put(db, &session, error)) return false;
    link.expires -= shift->link_ends;
    return !link_found || link_put(db, &link, error);
}

static void shift_by(struct browser *browser, int64_t opened, int64_t used, int64_t link_ends)
{
    struct error error = {.code = ERROR_NONE};
    struct shift shift = {.record = browser->record,
                          .signed_in = browser->signed_in,
                          .link = slice_part(browser->link, SLICE("/invitation/").length, 200),
                          .opened = opened,
                          .used = used,
                          .link_ends = link_ends};
    if (!writer_do(browser->record->writer, shift_rows, &shift, &error))
        fail_msg("%s", error.sentence);
}

#define MINUTES(n) ((n)*60 * 1000LL)

static void sessions_and_links_end_by_themselves(void **state)
{
    (void)state;
    struct browser browser;
    browser_open(&browser);
    shift_by(&browser, 0, 0, MINUTES(3 * 24 * 60 - 1));
    assert_int_equal(get(&browser, browser.link.at), 200);
    struct slice secret = hidden(&browser, "secret"), token = hidden(&browser, "token");
    shift_by(&browser, 0, 0, MINUTES(1));
    struct slice body =
        arena_format(browser.arena, "token=%.*s&secret=%.*s&password=heron+kettle+meadow",
                     SLICE_PRINT(token), SLICE_PRINT(secret));
    assert_int_equal(ask(&browser, METHOD_POST, SLICE("/invitation"), body), 404);
    assert_int_equal(get(&browser, browser.link.at), 404);
    shift_by(&browser, 0, 0, -MINUTES(60));
    use_link(&browser);
    sign_in(&browser);
    shift_by(&browser, 0, MINUTES(29), 0);
    assert_int_equal(get(&browser, "/account/codes"), 200); /* and that counts as a use */
    shift_by(&browser, 0, MINUTES(29), 0);
    assert_int_equal(get(&browser, "/account/codes"), 200);
    shift_by(&browser, 0, MINUTES(31), 0);
    assert_int_equal(get(&browser, "/account/codes"), 303);
    sign_in(&browser);
    shift_by(&browser, MINUTES(12 * 60 - 1), 0, 0);
    assert_int_equal(get(&browser, "/account/codes"), 200);
    shift_by(&browser, MINUTES(1), 0, 0);
    assert_int_equal(get(&browser, "/account/codes"), 303);
    browser_close(&browser);
}

#define CROWD (HASH_AT_ONCE + HASH_WAITING + 14)
static void *check_one(void *record)
{
    static const enum hash_answer answers[] = {HASH_RIGHT, HASH_WRONG, HASH_BUSY};
    return (void *)(uintptr_t)&answers[hash_check(record, SLICE_EMPTY, SLICE(PASSWORD))];
}

/* Each hash takes 19 MiB: eighty at once would be one and a half gigabytes. */
static void two_passwords_are_hashed_at_once_and_a_crowd_is_told(void **state)
{
    (void)state;
    struct browser browser;
    struct rusage before, after;
    pthread_t threads[CROWD];
    size_t busy = 0;
    browser_open(&browser);
    assert_int_equal(hash_check(browser.record, SLICE_EMPTY, SLICE(PASSWORD)), HASH_WRONG);
    getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, check_one, browser.record), 0);
    for (size_t i = 0; i < CROWD; i++) {
        void *answer;
        pthread_join(threads[i], &answer);
        if (*(const enum hash_answer *)answer == HASH_BUSY) busy++;
    }
    getrusage(RUSAGE_SELF, &after);
    assert_true(busy > 0 && busy < CROWD);
    assert_true(after.ru_maxrss - before.ru_maxrss < 200 * 1024); /* kilobytes */
    browser_close(&browser);
}

/* ---- docs/access.md ---- */

static struct slice opens_words(unsigned opens, struct arena *arena)
{
    if (opens == PUBLIC) return SLICE("everybody");
    if (opens == SIGNED_IN_HALF) return SLICE("signed in, codes or not");
    if (opens == SIGNED_IN) return SLICE("signed in");
    if (opens == SEES_PEOPLE) return SLICE("who sees people");
    if (opens == LEADS) return SLICE("who leads");
    if (opens == SEES_COVERAGE) return SLICE("who sees coverage");
    if (opens == SEES_VERSIONS) return SLICE("who sees versions");
    return arena_format(arena, "who may %s", act_id((enum record_act)(opens - TO_ACTS)));
}

/* All that there are in a record. */
static const struct route *all_routes(struct arena *arena, size_t *ret_count)
{
    struct pages pages = {.record = arena_take(arena, 1, sizeof(void *))};
    return pages_routes(&pages, arena, ret_count);
}

/* Of the table of pages: two columns. What each role meets stands in another one. */
static bool is_row(struct slice line)
{
    size_t bars = 0;
    if (!slice_starts(line, SLICE("| GET ")) && !slice_starts(line, SLICE("| POST "))) return false;
    for (size_t i = 0; i < line.length; i++) bars += line.at[i] == '|' ? 1 : 0;
    return bars == 3;
}

static void the_documents_table_is_the_routes(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    AUTO(arena) struct arena *arena = arena_new();
    struct slice page, line;
    const char *path = getenv("LANYARD_ACCESS");
    if (!file_read(path != NULL ? path : "docs/access.md", 1 << 20, arena, &page, &error))
        fail_msg("%s", error.sentence);
    size_t rows = 0, wanted;
    const struct route *routes = all_routes(arena, &wanted);
    for (size_t i = 0; i < wanted; i++) {
        struct slice words = opens_words(routes[i].opens, arena);
        struct slice row = arena_format(arena, "| %s %s | %.*s |\n",
                                        routes[i].method == METHOD_GET ? "GET" : "POST",
                                        routes[i].path, SLICE_PRINT(words));
        if (slice_search(page, row) == page.length) fail_msg("missing: %s", row.at);
    }
    while (slice_line(&page, &line)) rows += is_row(line) ? 1 : 0;
    assert_int_equal(rows, wanted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_link_is_in_no_title_and_used_by_the_form_alone),
        cmocka_unit_test(strangers_are_sent_to_sign_in_and_their_forms_refused),
        cmocka_unit_test(codes_come_first_for_a_role_of_trust),
        cmocka_unit_test(a_form_needs_the_token_of_who_signed_in),
        cmocka_unit_test(wrong_and_unknown_look_the_same),
        cmocka_unit_test(without_a_policy_there_is_nothing_to_ask),
        cmocka_unit_test(sessions_and_links_end_by_themselves),
        cmocka_unit_test(two_passwords_are_hashed_at_once_and_a_crowd_is_told),
        cmocka_unit_test(the_documents_table_is_the_routes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
