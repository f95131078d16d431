/* Sessions: unguessable, short-lived, few, and never two requests in one at a time. */
#include "check.h"

#include <pthread.h>
#include <unistd.h>

#include "web/csrf.h"
#include "web/session.h"

static int freed;

static void count_free(void *given)
{
    (void)given;
    freed++;
}

static void an_id_finds_its_session_and_no_other(void **state)
{
    (void)state;
    struct error error = {0};
    struct sessions *sessions = sessions_new(4, 100, NULL);
    struct session *a = session_open(sessions, 0, &error), *b = session_open(sessions, 0, &error);
    char id[SESSION_ID_LENGTH + 1];
    assert_non_null(a);
    assert_non_null(b);
    assert_string_not_equal(a->id, b->id);
    assert_string_not_equal(a->id, a->token);
    assert_int_equal(slice_of(a->id).length, SESSION_ID_LENGTH);
    for (size_t at = 0; at < sizeof id; at++) id[at] = a->id[at];
    session_let_go(sessions, a);
    session_let_go(sessions, b);
    assert_ptr_equal(session_hold(sessions, slice_of(id), 1), a);
    session_let_go(sessions, a);
    id[63] = id[63] == '0' ? '1' : '0';
    assert_null(session_hold(sessions, slice_of(id), 1));
    assert_null(session_hold(sessions, slice_part(slice_of(id), 0, 63), 1));
    assert_null(session_hold(sessions, SLICE_EMPTY, 1));
    sessions_free(sessions);
}

static void a_session_ends_when_idle_and_its_state_is_freed(void **state)
{
    (void)state;
    struct error error = {0};
    struct sessions *sessions = sessions_new(4, 100, count_free);
    struct session *session = session_open(sessions, 0, &error);
    char id[SESSION_ID_LENGTH + 1];
    for (size_t at = 0; at < sizeof id; at++) id[at] = session->id[at];
    session->state = &freed;
    freed = 0;
    session_let_go(sessions, session);
    session = session_hold(sessions, slice_of(id), 99);
    assert_non_null(session);
    session_let_go(sessions, session);
    session = session_hold(sessions, slice_of(id), 198);
    assert_non_null(session);
    session_let_go(sessions, session);
    assert_null(session_hold(sessions, slice_of(id), 298));
    assert_int_equal(freed, 1);
    assert_int_equal(sessions_count(sessions), 0);
    sessions_free(sessions);
}

static void a_flood_does_not_throw_out_who_has_answered(void **state)
{
    (void)state;
    struct error error = {0};
    struct sessions *sessions = sessions_new(2, 100, NULL);
    struct session *a = session_open(sessions, 0, &error);
    a->state = &error;
    session_let_go(sessions, a);
    for (int at = 1; at < 20; at++) {
        struct session *other = session_open(sessions, at, &error);
        assert_non_null(other);
        assert_ptr_not_equal(other, a);
        session_let_go(sessions, other);
    }
    struct session *b = session_open(sessions, 20, &error);
    b->state = &error;
    session_let_go(sessions, b);
    assert_null(session_open(sessions, 21, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    a->state = b->state = NULL;
    sessions_free(sessions);
}

static void an_ended_session_is_gone_at_once(void **state)
{
    (void)state;
    struct error error = {0};
    struct sessions *sessions = sessions_new(2, 100, count_free);
    struct session *session = session_open(sessions, 0, &error);
    char id[SESSION_ID_LENGTH + 1];
    for (size_t at = 0; at < sizeof id; at++) id[at] = session->id[at];
    session->state = &freed;
    freed = 0;
    session_end(sessions, session);
    assert_null(session_hold(sessions, slice_of(id), 1));
    assert_int_equal(freed, 0);
    session_let_go(sessions, session);
    assert_int_equal(freed, 1);
    sessions_free(sessions);
}

struct holder {
    struct sessions *sessions;
    char id[SESSION_ID_LENGTH + 1];
    int inside, most;
};

static void *hold_often(void *given)
{
    struct holder *holder = given;
    for (int at = 0; at < 200; at++) {
        struct session *session = session_hold(holder->sessions, slice_of(holder->id), 1);
        if (session == NULL) continue;
        if (++holder->inside > holder->most) holder->most = holder->inside;
        usleep(10);
        holder->inside--;
        session_let_go(holder->sessions, session);
    }
    return NULL;
}

static void one_request_holds_a_session_at_a_time(void **state)
{
    (void)state;
    struct error error = {0};
    struct holder holder = {.sessions = sessions_new(2, 100, NULL)};
    struct session *session = session_open(holder.sessions, 0, &error);
    pthread_t threads[4];
    for (size_t at = 0; at < sizeof holder.id; at++) holder.id[at] = session->id[at];
    session_let_go(holder.sessions, session);
    for (int at = 0; at < 4; at++) pthread_create(&threads[at], NULL, hold_often, &holder);
    for (int at = 0; at < 4; at++) pthread_join(threads[at], NULL);
    assert_int_equal(holder.most, 1);
    sessions_free(holder.sessions);
}

static void a_form_needs_its_sessions_token(void **state)
{
    (void)state;
    struct error error = {0};
    struct sessions *sessions = sessions_new(2, 100, NULL);
    struct session *a = session_open(sessions, 0, &error), *b = session_open(sessions, 0, &error);
    struct web_request request = {
        .host = SLICE("localhost"), .origin = SLICE("http://localhost"), .fetch_site = SLICE_EMPTY};
    assert_true(csrf_holds(&request, slice_of(a->token), slice_of(a->token)));
    assert_false(csrf_holds(&request, slice_of(a->token), slice_of(b->token)));
    assert_false(csrf_holds(&request, slice_of(a->token), SLICE_EMPTY));
    assert_false(csrf_holds(&request, SLICE_EMPTY, slice_of(a->token)));
    request.origin = SLICE("http://evil.example");
    assert_false(csrf_holds(&request, slice_of(a->token), slice_of(a->token)));
    session_let_go(sessions, a);
    session_let_go(sessions, b);
    sessions_free(sessions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_id_finds_its_session_and_no_other),
        cmocka_unit_test(a_session_ends_when_idle_and_its_state_is_freed),
        cmocka_unit_test(a_flood_does_not_throw_out_who_has_answered),
        cmocka_unit_test(an_ended_session_is_gone_at_once),
        cmocka_unit_test(one_request_holds_a_session_at_a_time),
        cmocka_unit_test(a_form_needs_its_sessions_token),
    };
    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
