/* The worker that sends what waits in the outbox; see mail_worker.h. Of all programs that have a folder open one sends: it
 * holds a lock, which goes with the process, so that what a killed one had begun is known to be nobody's. */
#include "service/mail_worker.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "service/mail_queue.h"
#include "service/rounds.h"
#include "store/outbox.h"

#define SECOND_MS 1000LL
#define MINUTE_MS (60 * SECOND_MS)
#define HOUR_MS (60 * MINUTE_MS)
const struct mail_pace mail_pace_usual = {.tick = 2 * SECOND_MS,
                                          .pause_first = 5 * SECOND_MS,
                                          .pause_largest = 5 * MINUTE_MS,
                                          .retry_first = MINUTE_MS,
                                          .retry_largest = HOUR_MS,
                                          .give_up = 72 * HOUR_MS};

struct mail_worker {
    struct record *record;
    const struct mail_way *way;
    struct mail_pace pace;
    int folder; /* locked: this program is the one that sends; -1: not, or not yet */
    int64_t pause, paused_until, told_day;
    bool resting;
    struct rounds rounds;
    pthread_mutex_t lock; /* for what follows */
    int64_t sent, failed;
    char reason[MAIL_REASON_LARGEST];
};

/* One mail on its way. */
struct sending {
    struct mail_worker *worker;
    struct arena *arena;
    struct outbox_row row;
    enum mail_kind kind;
    struct slice address;
    int64_t queued;
    bool due; /* there was a row; without an address it is gone by now */
    struct mail_answer answer;
};

/* ---- who sends ---- */

static bool resume(void *context, struct db *db, struct error *error)
{
    struct record *record = context;
    return outbox_resume(db, record_now(record), error);
}

/* Beside the record's own lock on the folder itself, which all that have it open share. */
static bool sends(struct mail_worker *worker)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error ignored = {.code = ERROR_NONE};
    if (worker->folder >= 0) return true;
    struct slice uploads = arena_format(arena, "%.*s/uploads", SLICE_PRINT(worker->record->folder));
    int folder = open(uploads.at, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    if (flock(folder, LOCK_EX | LOCK_NB) != 0 ||
        !writer_do(worker->record->writer, resume, worker->record, &ignored)) {
        close(folder);
        return false;
    }
    worker->folder = folder;
    return true;
}

/* ---- taking one ---- */

static bool any_due(struct mail_worker *worker)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error ignored = {.code = ERROR_NONE};
    struct outbox_row row;
    bool found = false;
    struct db *db = record_read(worker->record, &ignored);
    if (db == NULL) return false;
    bool read = outbox_due(db, record_now(worker->record), arena, &row, &found, &ignored);
    record_read_done(worker->record, db);
    return read && found;
}

/* In the writer's transaction, so that a row has one hand on it. Whoever left, was erased or has no address any more gets
 * nothing, and the row goes. */
static bool claim(void *context, struct db *db, struct error *error)
{
    struct sending *sending = context;
    struct record *record = sending->worker->record;
    struct outbox_row *row = &sending->row;
    if (!outbox_sweep(db, record_now(record), error) ||
        !outbox_due(db, record_now(record), sending->arena, row, &sending->due, error))
        return false;
    if (!sending->due) return true;
    sending->kind = mail_kind_of(row->kind);
    if (!mail_address_of(record, db, &row->person, sending->arena, &sending->address, error))
        return false;
    if (sending->address.length == 0 || sending->kind == MAIL_KINDS)
        return outbox_drop(db, &row->id, error);
    sending->queued = mail_queued_at(record, row, sending->arena);
    row->state = SLICE("sending");
    row->tries++;
    return outbox_put(db, row, error);
}

/* ---- sending it ---- */

static void put_to(struct sending *sending)
{
    const struct mail_way *way = sending->worker->way;
    char hex[2 * ID_SIZE + 1];
    id_hex(&sending->row.id, hex);
    struct mail_message message = {
        .id = slice_of(hex),
        .from = way->from,
        .to = sending->address,
        .subject = mail_subject(sending->kind),
        .body = mail_body(sending->kind, way->site, sending->arena),
        .at = record_now(sending->worker->record),
    };
    way->send(way->context, &message, &sending->answer);
}

static void note_answer(struct mail_worker *worker, const struct mail_answer *answer)
{
    int64_t now = record_now(worker->record);
    pthread_mutex_lock(&worker->lock);
    if (answer->result == MAIL_SENT)
        worker->sent = now;
    else
        worker->failed = now;
    if (answer->result != MAIL_SENT) memcpy(worker->reason, answer->reason, sizeof worker->reason);
    pthread_mutex_unlock(&worker->lock);
}

/* ---- what became of it ---- */

/* A minute, five, a quarter of an hour, an hour. */
static int64_t wait_before_next(const struct mail_pace *pace, int64_t tries)
{
    static const int64_t times[] = {1, 5, 15, 60};
    size_t last = sizeof times / sizeof *times - 1;
    size_t index = tries < 1 ? 0 : (size_t)tries - 1;
    int64_t wait = pace->retry_first * times[index < last ? index : last];
    return wait < pace->retry_largest ? wait : pace->retry_largest;
}

static bool put_back(void *context, struct db *db, struct error *error)
{
    struct sending *sending = context;
    struct record *record = sending->worker->record;
    struct outbox_row row;
    bool found;
    if (!outbox_get(db, &sending->row.id, sending->arena, &row, &found, error)) return false;
    if (!found) return true; /* erased meanwhile */
    row.state = SLICE("waiting");
    row.not_before = record_now(record) + wait_before_next(&sending->worker->pace, row.tries);
    return outbox_put(db, &row, error);
}

static void set_hex(struct order *order, struct arena *arena, const char *key, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    order_set(order, arena, key, arena_copy(arena, slice_of(hex)));
}

/* Somebody is told once a day, however many fail. */
static bool tell_today(struct mail_worker *worker, const char *outcome)
{
    int64_t today = record_today(worker->record);
    if (slice_is(slice_of(outcome), MAIL_OUTCOME_SENT) || worker->told_day == today) return false;
    worker->told_day = today;
    return true;
}

static struct order order_of(struct sending *sending, const char *outcome)
{
    struct order order;
    struct arena *arena = sending->arena;
    order_init(&order, ACT_RECORD_MAIL, (struct id){{0}});
    set_hex(&order, arena, "mail", &sending->row.id);
    set_hex(&order, arena, "person", &sending->row.person);
    order_set(&order, arena, "kind", slice_of(mail_kind_word(sending->kind)));
    order_set(&order, arena, "outcome", slice_of(outcome));
    order_set(&order, arena, "reason", slice_of(sending->answer.reason));
    order_set(&order, arena, "tries", arena_format(arena, "%lld", (long long)sending->row.tries));
    if (tell_today(sending->worker, outcome)) order_set(&order, arena, "tell", SLICE("yes"));
    return order;
}

/* Until it is written down, or the program ends: then the row still says that it was being sent, and it is sent again. */
static void record_outcome(struct sending *sending, const char *outcome)
{
    struct mail_worker *worker = sending->worker;
    struct order order = order_of(sending, outcome);
    struct outcome done;
    struct error ignored = {.code = ERROR_NONE};
    while (!desk_do(worker->record, &order, sending->arena, &done, &ignored))
        if (!rounds_wait(&worker->rounds, worker->pace.pause_first)) return;
}

static void return_row(struct sending *sending)
{
    struct mail_worker *worker = sending->worker;
    struct error ignored = {.code = ERROR_NONE};
    while (!writer_do(worker->record->writer, put_back, sending, &ignored))
        if (!rounds_wait(&worker->rounds, worker->pace.pause_first)) return;
}

static void settle(struct sending *sending)
{
    struct mail_worker *worker = sending->worker;
    int64_t waited = record_now(worker->record) - sending->queued;
    note_answer(worker, &sending->answer);
    switch (sending->answer.result) {
    case MAIL_SENT: record_outcome(sending, MAIL_OUTCOME_SENT); return;
    case MAIL_REFUSED: record_outcome(sending, MAIL_OUTCOME_REFUSED); return;
    case MAIL_LATER: break;
    }
    if (waited >= worker->pace.give_up)
        record_outcome(sending, MAIL_OUTCOME_LATE);
    else
        return_row(sending);
}

/* Where it lay at the server the others would fare no better: they wait, instead of each failing by itself. */
static void pace(struct mail_worker *worker, const struct mail_answer *answer)
{
    if (answer->result != MAIL_LATER || !answer->server) {
        worker->pause = 0;
        return;
    }
    worker->pause = worker->pause == 0 ? worker->pace.pause_first : worker->pause * 2;
    if (worker->pause > worker->pace.pause_largest) worker->pause = worker->pace.pause_largest;
    worker->paused_until = record_now(worker->record) + worker->pause;
}

static bool paused(struct mail_worker *worker)
{
    int64_t left = worker->paused_until - record_now(worker->record);
    return worker->pause > 0 && left > 0 && left <= worker->pause; /* a clock set back ends it */
}

/* False where nothing more is to be done for now. */
static bool send_next(struct mail_worker *worker)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error ignored = {.code = ERROR_NONE};
    struct sending sending = {.worker = worker, .arena = arena, .address = SLICE_EMPTY};
    if (paused(worker) || !any_due(worker)) return false;
    if (!writer_do(worker->record->writer, claim, &sending, &ignored) || !sending.due) return false;
    if (sending.address.length == 0) return true;
    worker->resting = false;
    put_to(&sending);
    pace(worker, &sending.answer);
    settle(&sending);
    return true;
}

static void rest(struct mail_worker *worker)
{
    if (!worker->resting) worker->way->rest(worker->way->context);
    worker->resting = true;
}

static void go(struct rounds *rounds, void *context)
{
    struct mail_worker *worker = context;
    do {
        if (!sends(worker)) continue;
        while (rounds_wait(rounds, 0) && send_next(worker)) {
        }
        rest(worker);
    } while (rounds_wait(rounds, worker->pace.tick));
}

/* ---- from outside ---- */

static void forget(struct mail_worker *worker)
{
    pthread_mutex_destroy(&worker->lock);
    if (worker->folder >= 0) close(worker->folder);
    free(worker);
}

struct mail_worker *mail_worker_start(struct record *record, const struct mail_way *way,
                                      const struct mail_pace *pace)
{
    struct mail_worker *worker = memory_grow(NULL, sizeof *worker);
    *worker = (struct mail_worker){
        .record = record, .way = way, .pace = *pace, .folder = -1, .told_day = -1, .resting = true};
    pthread_mutex_init(&worker->lock, NULL);
    if (rounds_start(&worker->rounds, go, worker)) return worker;
    forget(worker);
    return NULL;
}

void mail_worker_stop(struct mail_worker *worker)
{
    if (worker == NULL) return;
    rounds_ask(&worker->rounds);
    worker->way->hurry(worker->way->context);
    rounds_end(&worker->rounds);
    forget(worker);
}

static void copy_seen(struct mail_worker *worker, struct mail_state *state)
{
    state->on = true;
    pthread_mutex_lock(&worker->lock);
    state->sent = worker->sent;
    state->failed = worker->failed;
    static_assert(sizeof state->reason == sizeof worker->reason, "one reason");
    memcpy(state->reason, worker->reason, sizeof state->reason);
    pthread_mutex_unlock(&worker->lock);
}

bool mail_worker_state(struct mail_worker *worker, struct record *record,
                       struct mail_state *ret_state, struct error *error)
{
    struct mail_state state = {.on = false};
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read =
        outbox_count(db, record_now(record), &state.waiting, &state.due, &state.next, error);
    record_read_done(record, db);
    if (!read) return false;
    if (worker != NULL) copy_seen(worker, &state);
    *ret_state = state;
    return true;
}
