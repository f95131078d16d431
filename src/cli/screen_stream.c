/* Lines in batches. Each thread does all of it in turn: takes its turn at reading a batch, works on it alone, takes its turn at writing,
 * in the order in which the batches were read. So order is kept, memory is bounded, and nobody waits for a thread that waits for input.
 * What a line becomes is for screen_line.c. */
#include "cli/screen_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BATCH ((size_t)256 << 10)
#define BATCH_LARGEST (NDJSON_LINE_LARGEST + 2) /* one more than a line may have, and its end */
#define OUTPUT_LARGEST ((size_t)1 << 30)
#define OUTPUT_ENOUGH ((size_t)8 << 20) /* goes out before its batch is done */
#define PIPE_WANTED (1 << 20)
#define BETWEEN_SIGHTS 0.2 /* seconds */

struct stream {
    const struct screen_stream_plan *plan;
    pthread_mutex_t reading, writing;
    pthread_cond_t next_turn;
    /* of the one who reads */
    struct text carry; /* the beginning of a line that is not there yet */
    size_t next_path;
    int handle;     /* -1: none is open */
    bool skipping;  /* the rest of a line that is too long */
    bool beginning; /* of a file: a byte order mark may stand there */
    bool ended;
    struct error cannot_read; /* a code: it happened */
    uint64_t batches;
    /* of the one who writes */
    uint64_t turn;
    bool stopped;
    struct error cannot_write;
    struct screen_counts counts;
    double began, sight;
};

struct worker {
    struct stream *stream;
    struct screen_lines lines;
    pthread_t thread;
    char *at; /* the batch: whole lines, each with its end */
    size_t length, space;
    uint64_t number;
    struct text out;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* ---- reading ------------------------------------------------------------------------------------ */

static void cannot_read(struct stream *stream, const char *path)
{
    int reason = errno;
    stream->ended = true;
    error_set(&stream->cannot_read, ERROR_READ, "%s cannot be read: %s.", path, strerror(reason));
    error_advise(&stream->cannot_read, "Check that the path is right and that you may read it.");
}

static const char *path_of(const struct stream *stream)
{
    const char *path = stream->next_path <= stream->plan->path_count && stream->plan->path_count > 0
                           ? stream->plan->paths[stream->next_path - 1]
                           : "-";
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

/* The next file; false where there is none, or it cannot be opened. */
static bool open_next(struct stream *stream)
{
    size_t count = stream->plan->path_count == 0 ? 1 : stream->plan->path_count;
    if (stream->next_path == count) {
        stream->ended = true;
        return false;
    }
    stream->next_path++;
    bool standard = stream->plan->path_count == 0 ||
                    strcmp(stream->plan->paths[stream->next_path - 1], "-") == 0;
    stream->handle = standard ? STDIN_FILENO
                              : open(stream->plan->paths[stream->next_path - 1],
                                     O_RDONLY | O_CLOEXEC | O_NOCTTY);
    stream->beginning = true;
    if (stream->handle < 0) cannot_read(stream, path_of(stream));
    if (stream->handle >= 0) (void)fcntl(stream->handle, F_SETPIPE_SZ, PIPE_WANTED);
    return stream->handle >= 0;
}

static void close_one(struct stream *stream)
{
    if (stream->handle > STDERR_FILENO) close(stream->handle);
    stream->handle = -1;
    stream->skipping = false;
}

static bool more_is_ready(const struct stream *stream)
{
    struct pollfd one = {.fd = stream->handle, .events = POLLIN};
    return poll(&one, 1, 0) > 0;
}

/* Of a handle that does not wait by itself; false where nothing can be waited for. */
static bool wait_for_more(const struct stream *stream)
{
    struct pollfd one = {.fd = stream->handle, .events = POLLIN};
    return poll(&one, 1, -1) >= 0 || errno == EINTR;
}

/* As many bytes as come at once; 0 at the end of a file or where it cannot be read. */
static size_t read_to(struct stream *stream, char *to, size_t space)
{
    ssize_t got;
    do {
        got = read(stream->handle, to, space);
    } while (got < 0 && (errno == EINTR || (errno == EAGAIN && wait_for_more(stream))));
    if (got < 0) cannot_read(stream, path_of(stream));
    return got > 0 ? (size_t)got : 0;
}

#define MARK "\xEF\xBB\xBF" /* the byte order mark */
#define MARK_LENGTH (sizeof MARK - 1)

/* Behind what the batch has. A byte order mark may come in pieces. */
static size_t read_some(struct stream *stream, struct worker *worker)
{
    char *to = worker->at + worker->length;
    size_t space = worker->space - worker->length - 1, got = read_to(stream, to, space), more = got;
    while (stream->beginning && more > 0 && got < MARK_LENGTH && got < space &&
           memcmp(to, MARK, got) == 0) {
        more = read_to(stream, to + got, space - got);
        got += more;
    }
    return got;
}

/* Of `got` new bytes those that count: without a byte order mark, without what is left of a line that is too long. */
static size_t keep_some(struct stream *stream, struct worker *worker, size_t got)
{
    char *from = worker->at + worker->length;
    size_t dropped = 0;
    if (stream->beginning && got >= MARK_LENGTH && memcmp(from, MARK, MARK_LENGTH) == 0)
        dropped = MARK_LENGTH;
    stream->beginning = false;
    if (stream->skipping) {
        const char *end = memchr(from, '\n', got);
        stream->skipping = end == NULL;
        dropped = end == NULL ? got : (size_t)(end - from) + 1;
    }
    memmove(from, from + dropped, got - dropped);
    return got - dropped;
}

/* At the end of a file: its last line may have no end of its own. */
static void end_file(struct stream *stream, struct worker *worker)
{
    if (worker->length > 0 && worker->at[worker->length - 1] != '\n')
        worker->at[worker->length++] = '\n';
    close_one(stream);
}

/* The batch is full and holds no whole line: it grows, or the line is too long and is cut. */
static void make_room(struct stream *stream, struct worker *worker)
{
    if (worker->space < BATCH_LARGEST) {
        worker->space = worker->space * 2 < BATCH_LARGEST ? worker->space * 2 : BATCH_LARGEST;
        worker->at = memory_grow(worker->at, worker->space);
        return;
    }
    worker->at[worker->length++] = '\n';
    stream->skipping = true;
}

/* What stands behind the last whole line is kept for the next batch. */
static void cut_batch(struct stream *stream, struct worker *worker)
{
    const char *end = memrchr(worker->at, '\n', worker->length);
    size_t length = end == NULL ? 0 : (size_t)(end - worker->at) + 1;
    text_cut(&stream->carry, 0);
    text_add(&stream->carry, (struct slice){worker->at + length, worker->length - length});
    worker->length = length;
}

/* Whole lines: as many as are ready and fit, but one at least. False at the end of everything. */
static bool fill_batch(struct stream *stream, struct worker *worker)
{
    bool whole = false;
    if (worker->space <= stream->carry.length) {
        worker->space = BATCH_LARGEST;
        worker->at = memory_grow(worker->at, worker->space);
    }
    memcpy(worker->at, stream->carry.at, stream->carry.length);
    worker->length = stream->carry.length;
    while (!stream->ended && (!whole || worker->length + 1 < worker->space)) {
        if (stream->handle < 0 && !open_next(stream)) break;
        if (worker->length + 1 == worker->space) {
            make_room(stream, worker);
            whole = stream->skipping;
            continue;
        }
        size_t got = read_some(stream, worker);
        if (got == 0) {
            end_file(stream, worker);
            if (worker->length > 0) break;
            continue;
        }
        size_t kept = keep_some(stream, worker, got);
        whole = whole || memchr(worker->at + worker->length, '\n', kept) != NULL;
        worker->length += kept;
        if (whole && !more_is_ready(stream)) break;
    }
    cut_batch(stream, worker);
    return worker->length > 0;
}

/* ---- writing ------------------------------------------------------------------------------------ */

static bool write_all(struct slice rest, int *ret_reason)
{
    while (rest.length > 0) {
        ssize_t put = write(STDOUT_FILENO, rest.at, rest.length);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            *ret_reason = errno;
            return false;
        }
        rest = slice_part(rest, (size_t)put, rest.length);
    }
    return true;
}

static void cannot_write(struct stream *stream, int reason)
{
    stream->stopped = true;
    if (reason == EPIPE) return; /* whoever read it has what they wanted */
    error_set(&stream->cannot_write, ERROR_READ, "The output cannot be written: %s.",
              strerror(reason));
    error_advise(&stream->cannot_write, "Look whether the disk is full.");
}

static void show_progress(struct stream *stream)
{
    double time = now();
    if (!stream->plan->progress || time - stream->sight < BETWEEN_SIGHTS) return;
    stream->sight = time;
    double rate = (double)stream->counts.lines / (time - stream->began);
    fprintf(stderr, "\r%llu lines, %.0f a second, %llu bad ",
            (unsigned long long)stream->counts.lines, rate, (unsigned long long)stream->counts.bad);
}

static void add_counts(struct screen_counts *all, struct screen_counts *one)
{
    all->lines += one->lines;
    all->bad += one->bad;
    all->held += one->held;
    all->looked += one->looked;
    for (size_t i = 0; i < FINDING_KINDS; i++) all->kinds[i] += one->kinds[i];
    *one = (struct screen_counts){.lines = 0};
}

/* What the batch came to so far, when it is its turn, which it keeps unless it is done. False where there is nobody to write for. */
static bool write_out(struct stream *stream, struct worker *worker, bool done)
{
    int reason = 0;
    pthread_mutex_lock(&stream->writing);
    while (stream->turn != worker->number) pthread_cond_wait(&stream->next_turn, &stream->writing);
    if (!stream->stopped && !write_all(text_slice(&worker->out), &reason))
        cannot_write(stream, reason);
    add_counts(&stream->counts, &worker->lines.counts);
    show_progress(stream);
    stream->turn += done;
    bool going = !stream->stopped;
    pthread_cond_broadcast(&stream->next_turn);
    pthread_mutex_unlock(&stream->writing);
    text_cut(&worker->out, 0);
    return going;
}

/* ---- a thread ----------------------------------------------------------------------------------- */

static bool read_batch(struct stream *stream, struct worker *worker)
{
    pthread_mutex_lock(&stream->reading);
    bool some = fill_batch(stream, worker);
    worker->number = stream->batches;
    stream->batches += some;
    pthread_mutex_unlock(&stream->reading);
    return some;
}

/* Few bytes may come to many: what is found of a crowded text is some hundred times as long. */
static bool screen_batch(struct worker *worker)
{
    const char *at = worker->at, *end = worker->at + worker->length;
    bool going = true;
    while (at < end && going) {
        const char *behind = memchr(at, '\n', (size_t)(end - at));
        if (behind == NULL) behind = end; /* there is one: the batch is whole lines */
        screen_line(&worker->lines, (struct slice){at, (size_t)(behind - at)}, &worker->out);
        at = behind + 1;
        if (worker->out.length > OUTPUT_ENOUGH) going = write_out(worker->stream, worker, false);
    }
    return write_out(worker->stream, worker, true) && going;
}

static void *work(void *context)
{
    struct worker *worker = context;
    while (read_batch(worker->stream, worker) && screen_batch(worker)) continue;
    return NULL;
}

static void worker_init(struct worker *worker, struct stream *stream)
{
    const struct screen_stream_plan *plan = stream->plan;
    *worker = (struct worker){
        .stream = stream, .at = memory_grow(NULL, BATCH), .space = BATCH, .number = 0};
    screen_lines_init(&worker->lines, plan->screen, plan->policy, plan->id_field, plan->text_field);
    text_init(&worker->out, OUTPUT_LARGEST);
}

static void worker_clear(struct worker *worker)
{
    screen_lines_clear(&worker->lines);
    text_clear(&worker->out);
    free(worker->at);
}

static void run(struct stream *stream)
{
    size_t count = stream->plan->threads, started = 0;
    struct worker *workers = memory_grow(NULL, count * sizeof *workers);
    for (size_t i = 0; i < count; i++) worker_init(&workers[i], stream);
    while (started + 1 < count &&
           pthread_create(&workers[started].thread, NULL, work, &workers[started]) == 0)
        started++;
    (void)work(&workers[count - 1]); /* with fewer threads than wished for, if need be */
    for (size_t i = 0; i < started; i++) pthread_join(workers[i].thread, NULL);
    for (size_t i = 0; i < count; i++) worker_clear(&workers[i]);
    free(workers);
}

bool screen_stream(const struct screen_stream_plan *plan, struct screen_counts *ret_counts,
                   struct error *error)
{
    struct stream stream = {.plan = plan, .handle = -1, .began = now()};
    stream.sight = stream.began;
    pthread_mutex_init(&stream.reading, NULL);
    pthread_mutex_init(&stream.writing, NULL);
    pthread_cond_init(&stream.next_turn, NULL);
    text_init(&stream.carry, BATCH_LARGEST);
    run(&stream);
    if (plan->progress) fprintf(stderr, "\r%*s\r", 60, "");
    text_clear(&stream.carry);
    pthread_cond_destroy(&stream.next_turn);
    pthread_mutex_destroy(&stream.writing);
    pthread_mutex_destroy(&stream.reading);
    *ret_counts = stream.counts;
    const struct error *failed =
        stream.cannot_write.code != ERROR_NONE ? &stream.cannot_write : &stream.cannot_read;
    if (failed->code != ERROR_NONE && error != NULL) *error = *failed;
    return failed->code == ERROR_NONE;
}
