/* Mail from the act that is told of to what became of it: who gets one and who does not, what it says, what happens where the
 * server refuses, is down or the program is killed. A made-up way takes the server's place; tests/link has the real one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "school.h"
#include "service/keeping_read.h"
#include "service/mail_queue.h"
#include "service/mail_worker.h"
#include "store/events.h"

#define SENT_LARGEST 200
#define SITE "https://policy.hill.example/"

/* ---- a made-up server ---- */

struct taken {
    char id[40], to[100], subject[200], body[1000];
};
struct post {
    pthread_mutex_t lock;
    enum mail_result result; /* of the next ones */
    bool server;
    size_t good_after; /* from this try on they are taken over; 0: by `result` alone */
    size_t tries, count, rests;
    struct taken sent[SENT_LARGEST];
    struct mail_way way;
};

static void copy(char *to, size_t size, struct slice from)
{
    assert_true(from.length < size);
    memcpy(to, from.at, from.length);
    to[from.length] = '\0';
}

static void keep(struct post *post, const struct mail_message *message)
{
    assert_true(post->count < SENT_LARGEST);
    struct taken *taken = &post->sent[post->count++];
    copy(taken->id, sizeof taken->id, message->id);
    copy(taken->to, sizeof taken->to, message->to);
    copy(taken->subject, sizeof taken->subject, message->subject);
    copy(taken->body, sizeof taken->body, message->body);
}

static void post_send(void *context, const struct mail_message *message, struct mail_answer *answer)
{
    struct post *post = context;
    pthread_mutex_lock(&post->lock);
    post->tries++;
    bool good = post->good_after > 0 && post->tries >= post->good_after;
    *answer = (struct mail_answer){.result = good ? MAIL_SENT : post->result,
                                   .server = !good && post->server,
                                   .reason = "made-up"};
    keep(post, message);
    pthread_mutex_unlock(&post->lock);
}

static void post_rest(void *context)
{
    struct post *post = context;
    pthread_mutex_lock(&post->lock);
    post->rests++;
    pthread_mutex_unlock(&post->lock);
}

static void post_hurry(void *context)
{
    (void)context;
}

static void post_open(struct post *post, enum mail_result result, bool server)
{
    memset(post, 0, sizeof *post);
    pthread_mutex_init(&post->lock, NULL);
    post->result = result;
    post->server = server;
    post->way = (struct mail_way){
        post_send, post_rest, post_hurry, post, SLICE("lanyard@hill.example"), SLICE(SITE)};
}

static const struct mail_pace quick = {.tick = 10,
                                       .pause_first = 40,
                                       .pause_largest = 80,
                                       .retry_first = 30,
                                       .retry_largest = 60,
                                       .give_up = 60000};

static void nap(void)
{
    struct timespec wait = {0, 5000000};
    nanosleep(&wait, NULL);
}

static size_t tries_of(struct post *post)
{
    pthread_mutex_lock(&post->lock);
    size_t tries = post->tries;
    pthread_mutex_unlock(&post->lock);
    return tries;
}

/* ---- what the tests ask ---- */

struct queueing {
    struct school *school;
    struct id person;
    enum mail_kind kind;
    int64_t not_before;
    struct task_plan plan;
    struct id actor;
};

static struct desk desk_for(struct queueing *queueing, struct db *db, struct order *order)
{
    struct record *record = queueing->school->record;
    order_init(order, ACT_CHECK_RECORD, queueing->actor);
    return (struct desk){.record = record,
                         .db = db,
                         .arena = queueing->school->arena,
                         .order = order,
                         .now = record_now(record),
                         .today = record_today(record)};
}

static bool queue_job(void *context, struct db *db, struct error *error)
{
    struct queueing *queueing = context;
    struct order order;
    struct desk desk = desk_for(queueing, db, &order);
    if (queueing->plan.kind != NULL) return mail_queue_task(&desk, &queueing->plan, error);
    return mail_queue(&desk, &queueing->person, queueing->kind, queueing->not_before, error);
}

static void queue_at(struct school *school, struct id person, enum mail_kind kind, int64_t at)
{
    struct error error = {.code = ERROR_NONE};
    struct queueing queueing = {.school = school, .person = person, .kind = kind, .not_before = at};
    if (!writer_do(school->record->writer, queue_job, &queueing, &error))
        fail_msg("%s", error.sentence);
}

static void queue(struct school *school, struct id person, enum mail_kind kind)
{
    queue_at(school, person, kind, 0);
}

static void queue_task(struct school *school, struct id actor, struct task_plan plan)
{
    struct error error = {.code = ERROR_NONE};
    struct queueing queueing = {.school = school, .plan = plan, .actor = actor};
    if (!writer_do(school->record->writer, queue_job, &queueing, &error))
        fail_msg("%s", error.sentence);
}

static bool row_of(struct school *school, struct id person, enum mail_kind kind,
                   struct outbox_row *ret_row)
{
    struct error error = {.code = ERROR_NONE};
    bool found = false;
    struct db *db = record_read(school->record, &error);
    assert_non_null(db);
    assert_true(outbox_of(db, &person, slice_of(mail_kind_word(kind)), school->arena, ret_row,
                          &found, &error));
    record_read_done(school->record, db);
    return found;
}

static bool is_state(struct school *school, struct id person, enum mail_kind kind,
                     const char *state)
{
    struct outbox_row row;
    return row_of(school, person, kind, &row) && slice_is(row.state, state);
}

static int64_t waiting(struct school *school)
{
    struct error error = {.code = ERROR_NONE};
    int64_t count, oldest;
    struct db *db = record_read(school->record, &error);
    assert_non_null(db);
    assert_true(outbox_count(db, &count, &oldest, &error));
    record_read_done(school->record, db);
    return count;
}

static void wait_until_empty(struct school *school)
{
    for (int i = 0; i < 2000 && waiting(school) > 0; i++) nap();
    assert_int_equal(waiting(school), 0);
}

struct counting {
    const char *kind;
    size_t count;
    struct slice person, reason;
    struct arena *arena;
};

static bool count_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct counting *counting = context;
    struct event event;
    (void)n;
    if (!event_read(body, counting->arena, &event, error)) return false;
    if (!slice_is(event.kind, counting->kind)) return true;
    counting->count++;
    counting->person = arena_copy(counting->arena, event_value(&event, "person"));
    counting->reason = arena_copy(counting->arena, event_value(&event, "reason"));
    assert_int_equal(event.parts.count, 0);
    return true;
}

static struct counting events_of(struct school *school, const char *kind)
{
    struct counting counting = {.kind = kind, .arena = school->arena};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school->record, &error);
    assert_non_null(db);
    assert_true(events_each(db, 0, UINT64_MAX, count_event, &counting, &error));
    record_read_done(school->record, db);
    return counting;
}

static size_t tasks_of(struct school *school, struct id reader, const char *kind)
{
    struct tasks_seen tasks;
    struct error error = {.code = ERROR_NONE};
    size_t count = 0;
    assert_true(keeping_tasks(school->record, &reader, school->arena, &tasks, &error));
    for (size_t i = 0; i < tasks.list.count; i++) count += slice_is(tasks.list.at[i].kind, kind);
    return count;
}

static void give_address(struct school *school, struct id person, const char *given,
                         const char *address)
{
    struct outcome outcome =
        school_do(school, ACT_CHANGE_PERSON, school->admin, "person", school_hex(school, person),
                  "given", given, "family", "Surname", "email", address, NULL);
    assert_true(outcome.done);
}

static const char *today(struct school *school)
{
    char text[11];
    date_format(date_from_day(record_today(school->record)), text);
    return arena_copy(school->arena, slice_of(text)).at;
}

static void begin(struct school *school)
{
    school_open(school);
    give_address(school, school->teacher, "Tom", "tom@hill.example");
    give_address(school, school->head, "Hilda", "hilda@hill.example");
    give_address(school, school->dsl, "Dora", "dora@hill.example");
    mail_switch(school->record, true);
}

static struct mail_worker *work(struct school *school, struct post *post)
{
    struct mail_worker *worker = mail_worker_start(school->record, &post->way, &quick);
    assert_non_null(worker);
    return worker;
}

/* Sends what waits. */
static void empty(struct school *school, struct post *post)
{
    struct mail_worker *worker = work(school, post);
    wait_until_empty(school);
    mail_worker_stop(worker);
}

/* ---- who gets one ---- */

static void without_mail_nothing_is_queued(void **state)
{
    (void)state;
    struct school school;
    begin(&school);
    mail_switch(school.record, false);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_int_equal(waiting(&school), 0);
    mail_switch(school.record, true);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_int_equal(waiting(&school), 1);
    school_close(&school);
}

static void who_has_no_address_or_is_gone_gets_none(void **state)
{
    (void)state;
    struct school school;
    struct id nobody = id_make();
    begin(&school);
    queue(&school, school.other, MAIL_WAITING);
    queue(&school, nobody, MAIL_WAITING);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.teacher), "day", today(&school), NULL)
                    .done);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_int_equal(waiting(&school), 0);
    school_close(&school);
}

static void one_of_a_kind_waits_and_goes_sooner(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row first, row;
    begin(&school);
    int64_t now = record_now(school.record);
    queue_at(&school, school.teacher, MAIL_SIGN, now + 100000);
    assert_true(row_of(&school, school.teacher, MAIL_SIGN, &first));
    queue_at(&school, school.teacher, MAIL_SIGN, now + 200000);
    assert_true(row_of(&school, school.teacher, MAIL_SIGN, &row));
    assert_int_equal(row.not_before, now + 100000);
    queue_at(&school, school.teacher, MAIL_SIGN, now + 50000);
    assert_true(row_of(&school, school.teacher, MAIL_SIGN, &row));
    assert_int_equal(row.not_before, now + 50000);
    assert_true(id_same(&row.id, &first.id));
    queue(&school, school.teacher, MAIL_URGENT);
    assert_int_equal(waiting(&school), 2);
    school_close(&school);
}

/* ---- what goes out ---- */

static void it_says_that_something_waits_and_no_more(void **state)
{
    (void)state;
    static const char *const secret[] = {"Tom", "Surname", "tom@", "Hill", "policy.md"};
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    for (enum mail_kind kind = 0; kind < MAIL_KINDS; kind++) queue(&school, school.teacher, kind);
    empty(&school, &post);
    assert_int_equal(post.count, MAIL_KINDS);
    assert_string_equal(post.sent[0].subject, "Something urgent waits for you in Lanyard");
    for (size_t i = 0; i < post.count; i++) {
        assert_string_equal(post.sent[i].to, "tom@hill.example");
        assert_non_null(strstr(post.sent[i].body, "\n" SITE "\n"));
        for (size_t k = 0; k < sizeof secret / sizeof *secret; k++) {
            assert_null(strstr(post.sent[i].body, secret[k]));
            assert_null(strstr(post.sent[i].subject, secret[k]));
        }
    }
    assert_int_equal(events_of(&school, "mail-sent").count, MAIL_KINDS);
    assert_true(
        slice_is(events_of(&school, "mail-sent").person, school_hex(&school, school.teacher)));
    assert_true(post.rests > 0);
    school_close(&school);
}

static void one_a_day_and_of_urgent_ones_one_an_hour(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.teacher, MAIL_URGENT);
    empty(&school, &post);
    int64_t now = record_now(school.record);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.teacher, MAIL_URGENT);
    assert_true(row_of(&school, school.teacher, MAIL_URGENT, &row));
    assert_in_range(row.not_before - now, 3590000, 3600000);
    assert_true(row_of(&school, school.teacher, MAIL_WAITING, &row));
    assert_true(slice_is(row.state, "waiting"));
    assert_in_range(row.not_before - now, 6LL * 3600000, 31LL * 3600000);
    assert_int_equal(post.count, 2);
    school_close(&school);
}

static void the_address_of_the_moment_counts(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.head, MAIL_WAITING);
    queue(&school, school.dsl, MAIL_WAITING);
    give_address(&school, school.teacher, "Tom", "thomas@hill.example");
    give_address(&school, school.dsl, "Dora", "");
    queue(&school, school.pupil, MAIL_WAITING);
    empty(&school, &post);
    assert_int_equal(post.count, 2);
    assert_true(strcmp(post.sent[0].to, "thomas@hill.example") == 0 ||
                strcmp(post.sent[1].to, "thomas@hill.example") == 0);
    school_close(&school);
}

static void who_left_meanwhile_gets_nothing(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_true(school_do(&school, ACT_RECORD_LEAVER, school.admin, "person",
                          school_hex(&school, school.teacher), "day", today(&school), NULL)
                    .done);
    empty(&school, &post);
    assert_int_equal(post.tries, 0);
    assert_false(row_of(&school, school.teacher, MAIL_WAITING, &row));
    school_close(&school);
}

static void who_was_erased_has_no_row(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row row;
    begin(&school);
    queue(&school, school.teacher, MAIL_WAITING);
    struct outcome asked =
        school_do(&school, ACT_ASK_ERASURE, school.admin, "person",
                  school_hex(&school, school.teacher), "reason", "asked for it", NULL);
    assert_true(asked.done);
    assert_true(school_do(&school, ACT_CONFIRM_ERASURE, school.head, "erasure",
                          school_hex(&school, asked.made), NULL)
                    .done);
    assert_false(row_of(&school, school.teacher, MAIL_WAITING, &row));
    school_close(&school);
}

/* ---- what goes wrong ---- */

static void refused_for_good_is_told_once(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct mail_state seen;
    struct error error = {.code = ERROR_NONE};
    begin(&school);
    post_open(&post, MAIL_REFUSED, false);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.head, MAIL_WAITING);
    struct mail_worker *worker = work(&school, &post);
    wait_until_empty(&school);
    assert_true(mail_worker_state(worker, school.record, &seen, &error));
    mail_worker_stop(worker);
    assert_true(seen.on && seen.failed > 0 && seen.sent == 0);
    assert_string_equal(seen.reason, "made-up");
    assert_int_equal(post.tries, 2);
    assert_int_equal(events_of(&school, "mail-given-up").count, 2);
    assert_true(slice_is(events_of(&school, "mail-given-up").reason, "made-up"));
    assert_int_equal(tasks_of(&school, school.admin, "mail-failed"), 1);
    assert_int_equal(tasks_of(&school, school.teacher, "mail-failed"), 0);
    assert_true(is_state(&school, school.teacher, MAIL_WAITING, "failed"));
    school_close(&school);
}

static void what_cannot_go_now_is_tried_again_as_the_same_mail(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_LATER, false);
    post.good_after = 4;
    queue(&school, school.teacher, MAIL_WAITING);
    empty(&school, &post);
    assert_int_equal(post.tries, 4);
    for (size_t i = 1; i < post.count; i++) assert_string_equal(post.sent[i].id, post.sent[0].id);
    assert_int_equal(events_of(&school, "mail-sent").count, 1);
    assert_int_equal(events_of(&school, "mail-given-up").count, 0);
    assert_true(is_state(&school, school.teacher, MAIL_WAITING, "sent"));
    school_close(&school);
}

static void a_server_that_is_down_is_asked_seldom_and_loses_nothing(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    begin(&school);
    post_open(&post, MAIL_LATER, true);
    queue(&school, school.teacher, MAIL_WAITING);
    queue(&school, school.head, MAIL_WAITING);
    queue(&school, school.dsl, MAIL_WAITING);
    struct mail_worker *worker = work(&school, &post);
    for (int i = 0; i < 60; i++)
        nap(); /* 0.3 s and more: at 40, 80, 80 ms a try, none of them sooner */
    size_t tries = tries_of(&post);
    assert_in_range(tries, 1, 40);
    assert_int_equal(waiting(&school), 3);
    assert_int_equal(events_of(&school, "mail-given-up").count, 0);
    pthread_mutex_lock(&post.lock);
    post.result = MAIL_SENT;
    pthread_mutex_unlock(&post.lock);
    wait_until_empty(&school);
    mail_worker_stop(worker);
    assert_int_equal(events_of(&school, "mail-sent").count, 3);
    school_close(&school);
}

static void after_days_it_is_given_up(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct mail_pace impatient = quick;
    begin(&school);
    impatient.give_up = 150;
    post_open(&post, MAIL_LATER, false);
    queue(&school, school.teacher, MAIL_WAITING);
    struct mail_worker *worker = mail_worker_start(school.record, &post.way, &impatient);
    wait_until_empty(&school);
    mail_worker_stop(worker);
    assert_true(post.tries >= 2);
    assert_int_equal(events_of(&school, "mail-given-up").count, 1);
    assert_int_equal(tasks_of(&school, school.admin, "mail-failed"), 1);
    school_close(&school);
}

/* As a killed program leaves it. */
static bool take_it(void *context, struct db *db, struct error *error)
{
    struct outbox_row row = *(const struct outbox_row *)context;
    row.state = SLICE("sending");
    row.tries = 1;
    return outbox_put(db, &row, error);
}

static void what_was_being_sent_when_it_was_killed_is_sent_again(void **state)
{
    (void)state;
    struct school school;
    struct post post;
    struct outbox_row row;
    struct error error = {.code = ERROR_NONE};
    char hex[2 * ID_SIZE + 1];
    begin(&school);
    post_open(&post, MAIL_SENT, false);
    queue(&school, school.teacher, MAIL_WAITING);
    assert_true(row_of(&school, school.teacher, MAIL_WAITING, &row));
    assert_true(writer_do(school.record->writer, take_it, &row, &error));
    school_again(&school);
    mail_switch(school.record, true);
    queue(&school, school.teacher, MAIL_WAITING); /* one is under way: nothing new */
    assert_int_equal(waiting(&school), 1);
    empty(&school, &post);
    id_hex(&row.id, hex);
    assert_int_equal(post.count, 1);
    assert_string_equal(post.sent[0].id, hex);
    school_close(&school);
}

static void of_two_programs_one_sends(void **state)
{
    (void)state;
    struct school school;
    struct post one, two;
    struct error error = {.code = ERROR_NONE};
    struct record *beside;
    begin(&school);
    struct record_place place = {.folder = school.folder, .not_synced = true};
    assert_true(record_open(&place, &beside, &error));
    post_open(&one, MAIL_SENT, false);
    post_open(&two, MAIL_SENT, false);
    struct mail_worker *first = work(&school, &one);
    struct mail_worker *second = mail_worker_start(beside, &two.way, &quick);
    for (enum mail_kind kind = 0; kind < MAIL_KINDS; kind++) {
        queue(&school, school.teacher, kind);
        queue(&school, school.head, kind);
    }
    wait_until_empty(&school);
    assert_int_equal(one.count + two.count, 2 * MAIL_KINDS);
    assert_true(one.count == 0 || two.count == 0);
    bool first_sent = one.count > 0;
    mail_worker_stop(first_sent ? first : second);
    queue(&school, school.dsl, MAIL_WAITING); /* the other takes over */
    wait_until_empty(&school);
    mail_worker_stop(first_sent ? second : first);
    assert_int_equal(one.count + two.count, 2 * MAIL_KINDS + 1);
    record_close(beside);
    school_close(&school);
}

/* ---- tasks ---- */

static void a_task_is_told_to_whom_it_waits_for(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row row;
    begin(&school);
    int64_t now = record_now(school.record);
    struct task_plan plan = {
        .kind = "told", .role = ROLE_DSL, .org = &school.top, .due = now + 86400000};
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.dsl, MAIL_WAITING, &row));
    assert_int_equal(waiting(&school), 1);
    plan.due = 0;
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.dsl, MAIL_URGENT, &row));
    plan = (struct task_plan){.kind = "other", .role = ROLES, .owner = &school.teacher};
    queue_task(&school, school.teacher, plan); /* who opens it knows */
    assert_false(row_of(&school, school.teacher, MAIL_URGENT, &row));
    queue_task(&school, school.head, plan);
    assert_true(row_of(&school, school.teacher, MAIL_URGENT, &row));
    assert_int_equal(waiting(&school), 3);
    school_close(&school);
}

static void who_is_away_is_spared_where_somebody_stands_in(void **state)
{
    (void)state;
    struct school school;
    struct outbox_row row;
    begin(&school);
    struct task_plan plan = {.kind = "other", .role = ROLE_DSL, .org = &school.top};
    assert_true(school_do(&school, ACT_RECORD_ABSENCE, school.admin, "person",
                          school_hex(&school, school.dsl), "since", today(&school), NULL)
                    .done);
    queue_task(&school, school.keeper, plan); /* nobody else is there */
    assert_true(row_of(&school, school.dsl, MAIL_URGENT, &row));
    assert_true(school_do(&school, ACT_NAME_DEPUTY, school.admin, "person",
                          school_hex(&school, school.head), "role", "dsl", "org",
                          school_hex(&school, school.top), NULL)
                    .done);
    plan.due = record_now(school.record) + 86400000;
    queue_task(&school, school.keeper, plan);
    assert_true(row_of(&school, school.head, MAIL_WAITING, &row));
    assert_false(row_of(&school, school.dsl, MAIL_WAITING, &row));
    school_close(&school);
}

/* ---- the act ---- */

static void nobody_but_the_keeper_says_what_became_of_a_mail(void **state)
{
    (void)state;
    struct school school;
    begin(&school);
    const char *person = school_hex(&school, school.teacher);
    assert_false(school_do(&school, ACT_RECORD_MAIL, school.admin, "mail", person, "person", person,
                           "kind", "waiting", "outcome", "sent", NULL)
                     .done);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", person, "person", person,
                     "kind", "love-letter", "outcome", "sent", NULL);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", person, "person", person,
                     "kind", "waiting", "outcome", "read", NULL);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", "x", "person", person, "kind",
                     "waiting", "outcome", "sent", NULL);
    (void)school_bad(&school, ACT_RECORD_MAIL, school.keeper, "mail", person, "kind", "waiting",
                     "outcome", "sent", NULL);
    assert_int_equal(events_of(&school, "mail-sent").count, 0);
    school_close(&school);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_mail_nothing_is_queued),
        cmocka_unit_test(who_has_no_address_or_is_gone_gets_none),
        cmocka_unit_test(one_of_a_kind_waits_and_goes_sooner),
        cmocka_unit_test(it_says_that_something_waits_and_no_more),
        cmocka_unit_test(one_a_day_and_of_urgent_ones_one_an_hour),
        cmocka_unit_test(the_address_of_the_moment_counts),
        cmocka_unit_test(who_left_meanwhile_gets_nothing),
        cmocka_unit_test(who_was_erased_has_no_row),
        cmocka_unit_test(refused_for_good_is_told_once),
        cmocka_unit_test(what_cannot_go_now_is_tried_again_as_the_same_mail),
        cmocka_unit_test(a_server_that_is_down_is_asked_seldom_and_loses_nothing),
        cmocka_unit_test(after_days_it_is_given_up),
        cmocka_unit_test(what_was_being_sent_when_it_was_killed_is_sent_again),
        cmocka_unit_test(of_two_programs_one_sends),
        cmocka_unit_test(a_task_is_told_to_whom_it_waits_for),
        cmocka_unit_test(who_is_away_is_spared_where_somebody_stands_in),
        cmocka_unit_test(nobody_but_the_keeper_says_what_became_of_a_mail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
