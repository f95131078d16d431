/* A made-up mail server, and questions to a record; see post.h. */
#include "post.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/date.h"
#include "service/keeping_read.h"
#include "store/events.h"

/* ---- a made-up server ---- */

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

void post_open(struct post *post, enum mail_result result, bool server)
{
    memset(post, 0, sizeof *post);
    pthread_mutex_init(&post->lock, NULL);
    post->result = result;
    post->server = server;
    post->way = (struct mail_way){
        post_send, post_rest, post_hurry, post, SLICE("lanyard@hill.example"), SLICE(SITE)};
}

const struct mail_pace quick = {.tick = 10,
                                .pause_first = 40,
                                .pause_largest = 80,
                                .retry_first = 30,
                                .retry_largest = 60,
                                .give_up = 60000};

void nap(void)
{
    struct timespec wait = {0, 5000000};
    nanosleep(&wait, NULL);
}

size_t tries_of(struct post *post)
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

void queue_at(struct school *school, struct id person, enum mail_kind kind, int64_t at)
{
    struct error error = {.code = ERROR_NONE};
    struct queueing queueing = {.school = school, .person = person, .kind = kind, .not_before = at};
    if (!writer_do(school->record->writer, queue_job, &queueing, &error))
        fail_msg("%s", error.sentence);
}

void queue(struct school *school, struct id person, enum mail_kind kind)
{
    queue_at(school, person, kind, 0);
}

void queue_task(struct school *school, struct id actor, struct task_plan plan)
{
    struct error error = {.code = ERROR_NONE};
    struct queueing queueing = {.school = school, .plan = plan, .actor = actor};
    if (!writer_do(school->record->writer, queue_job, &queueing, &error))
        fail_msg("%s", error.sentence);
}

bool row_of(struct school *school, struct id person, enum mail_kind kind,
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

bool is_state(struct school *school, struct id person, enum mail_kind kind, const char *state)
{
    struct outbox_row row;
    return row_of(school, person, kind, &row) && slice_is(row.state, state);
}

int64_t waiting(struct school *school)
{
    struct error error = {.code = ERROR_NONE};
    int64_t count, due, oldest;
    struct db *db = record_read(school->record, &error);
    assert_non_null(db);
    assert_true(outbox_count(db, record_now(school->record), &count, &due, &oldest, &error));
    record_read_done(school->record, db);
    return count;
}

void wait_until_empty(struct school *school)
{
    for (int i = 0; i < 2000 && waiting(school) > 0; i++) nap();
    assert_int_equal(waiting(school), 0);
}

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

struct counting events_of(struct school *school, const char *kind)
{
    struct counting counting = {.kind = kind, .arena = school->arena};
    struct error error = {.code = ERROR_NONE};
    struct db *db = record_read(school->record, &error);
    assert_non_null(db);
    assert_true(events_each(db, 0, UINT64_MAX, count_event, &counting, &error));
    record_read_done(school->record, db);
    return counting;
}

size_t tasks_of(struct school *school, struct id reader, const char *kind)
{
    struct tasks_seen tasks;
    struct error error = {.code = ERROR_NONE};
    size_t count = 0;
    assert_true(keeping_tasks(school->record, &reader, school->arena, &tasks, &error));
    for (size_t i = 0; i < tasks.list.count; i++) count += slice_is(tasks.list.at[i].kind, kind);
    return count;
}

void give_address(struct school *school, struct id person, const char *given, const char *address)
{
    struct outcome outcome =
        school_do(school, ACT_CHANGE_PERSON, school->admin, "person", school_hex(school, person),
                  "given", given, "family", "Surname", "email", address, NULL);
    assert_true(outcome.done);
}

const char *today(struct school *school)
{
    char text[11];
    date_format(date_from_day(record_today(school->record)), text);
    return arena_copy(school->arena, slice_of(text)).at;
}

void begin(struct school *school)
{
    school_open(school);
    give_address(school, school->teacher, "Tom", "tom@hill.example");
    give_address(school, school->head, "Hilda", "hilda@hill.example");
    give_address(school, school->dsl, "Dora", "dora@hill.example");
    mail_switch(school->record, true);
}

struct mail_worker *work(struct school *school, struct post *post)
{
    struct mail_worker *worker = mail_worker_start(school->record, &post->way, &quick);
    assert_non_null(worker);
    return worker;
}

/* Sends what waits. */
void empty(struct school *school, struct post *post)
{
    struct mail_worker *worker = work(school, post);
    wait_until_empty(school);
    mail_worker_stop(worker);
}
