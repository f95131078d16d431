/* crash [--off] [--seed N] CYCLES: 64 clients write to a record until the process dies, by kill -9 in every other cycle and by
 * a power cut in the others (tests/store/faulty.h); then the record is opened again and everything that was confirmed must be
 * there, nothing in half. With --off only cuts, and commits are not synced: acts must be lost then, or the cut has no
 * teeth. The last line counts; the status is 0 where nothing was lost. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "after.h"
#include "base/random.h"
#include "crowd.h"
#include "faulty.h"

#define ACTS_A_CYCLE 50  /* at least, on the average */
#define LIVES_LARGEST 10 /* of one folder */
#define CONFIRMED_LARGEST 6000
#define SECONDS_LARGEST 60 /* of one life: nothing hangs */
#define CUT_EXIT 9

struct crash {
    struct random random;
    bool off;
    char root[40], folder[60], key[60];
    struct record_place place;
    struct after after;
    struct id *confirmed; /* in this folder */
    size_t count, lives;
    size_t kills, cuts, all, lost, half, wrong;
};

static void die(const char *what, const char *why)
{
    fprintf(stderr, "crash: %s: %s\n", what, why);
    exit(2);
}

/* ---- the process that dies ---- */

static void end_here(void *context)
{
    (void)context;
    _exit(CUT_EXIT);
}

/* The power goes in the Nth call, or after a while, whatever comes first. */
static void *cut_later(void *context)
{
    struct timespec left = {0, 700000000};
    nanosleep(&left, NULL);
    faulty_cut(context);
    return NULL;
}

static void prepare_cut(uint64_t nth, uint64_t seed)
{
    pthread_t timer;
    struct faulty *faulty = faulty_new("crash-power", true, seed);
    faulty_strike(faulty, FAULTY_CHANGES, nth, FAULTY_CUT, false);
    faulty_when_cut(faulty, end_here, NULL);
    if (pthread_create(&timer, NULL, cut_later, faulty) != 0) _exit(3);
    pthread_detach(timer);
}

/* `nth` 0: it will be killed. */
static void live(const struct crash *crash, uint64_t nth, uint64_t seed, int confirmed)
{
    struct error error = {.code = ERROR_NONE};
    struct record_place place = crash->place;
    if (nth > 0) {
        prepare_cut(nth, seed);
        place.vfs = "crash-power";
        place.not_synced = crash->off;
    }
    if (!crowd_work(&place, confirmed, seed, &error))
        fprintf(stderr, "crash: a client failed: %s\n", error.sentence);
    _exit(3);
}

/* ---- the one that looks on ---- */

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void keep(struct crash *crash, const struct crowd_done *done)
{
    if ((crash->count & (crash->count - 1)) == 0)
        crash->confirmed =
            memory_grow(crash->confirmed, (crash->count * 2 + 1) * sizeof *crash->confirmed);
    crash->confirmed[crash->count++] = done->order;
    crash->all++;
}

/* When to kill: while it opens, now and then; else some time after the clients began. */
struct death {
    pid_t process;
    int64_t at, after_start; /* milliseconds; at 0: not known yet */
    int64_t give_up;
    bool sent;
};

static void kill_in_time(struct death *death)
{
    if (milliseconds() > death->give_up) die("a life did not end", "it was killed");
    if (death->sent || death->at == 0 || milliseconds() < death->at) return;
    kill(death->process, SIGKILL);
    death->sent = true;
}

/* Reads what is confirmed until the process is gone; a record is written whole or not at all. */
static void watch(struct crash *crash, int from, struct death *death)
{
    struct crowd_done done;
    for (;;) {
        struct pollfd wait = {.fd = from, .events = POLLIN};
        kill_in_time(death);
        int wake = death->sent || death->at == 0 ? 100 : (int)(death->at - milliseconds());
        if (poll(&wait, 1, wake < 0 ? 0 : wake) <= 0) continue;
        ssize_t got = read(from, &done, sizeof done);
        if (got <= 0) return;
        if (got != sizeof done) die("what is confirmed", "a piece was read");
        if (done.act != ACTS)
            keep(crash, &done);
        else if (death->after_start >= 0)
            death->at = milliseconds() + death->after_start;
    }
}

static struct death plan_death(struct crash *crash, pid_t process, bool by_kill)
{
    struct death death = {.process = process, .after_start = -1};
    death.give_up = milliseconds() + SECONDS_LARGEST * 1000;
    if (!by_kill) return death;
    if (random_below(&crash->random, 10) == 0)
        death.at = milliseconds() + (int64_t)random_below(&crash->random, 60);
    else
        death.after_start = (int64_t)random_below(&crash->random, 600);
    return death;
}

static void one_life(struct crash *crash, bool by_kill)
{
    int ends[2], status;
    uint64_t seed = random_next(&crash->random);
    uint64_t nth = by_kill ? 0 : 1 + random_below(&crash->random, 12000);
    if (pipe(ends) != 0) die("pipe", strerror(errno));
    pid_t process = fork();
    if (process < 0) die("fork", strerror(errno));
    if (process == 0) {
        close(ends[0]);
        live(crash, nth, seed, ends[1]);
    }
    close(ends[1]);
    struct death death = plan_death(crash, process, by_kill);
    watch(crash, ends[0], &death);
    close(ends[0]);
    waitpid(process, &status, 0);
    bool killed = WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
    bool cut = WIFEXITED(status) && WEXITSTATUS(status) == CUT_EXIT;
    if (by_kill ? !killed : !cut) die("a life ended otherwise than planned", "see above");
    crash->kills += by_kill;
    crash->cuts += !by_kill;
}

/* ---- cycles ---- */

/* The folder and what lies beside it. */
static void remove_root(struct crash *crash)
{
    pid_t process = fork();
    if (process == 0) {
        execlp("rm", "rm", "-rf", crash->root, (char *)NULL);
        _exit(127);
    }
    waitpid(process, NULL, 0);
}

static void start_afresh(struct crash *crash)
{
    struct error error = {.code = ERROR_NONE};
    remove_root(crash);
    if (mkdir(crash->root, 0700) != 0) die(crash->root, strerror(errno));
    if (!crowd_make(&crash->place, CROWD_POLICY, &error))
        die("a record could not be made", error.sentence);
    crash->count = crash->lives = 0;
    arena_reset(crash->after.arena);
    crash->after.vkey = crash->after.since = SLICE_EMPTY;
}

/* A record that is damaged, or has lost what was confirmed, is not gone on with. */
static void cycle(struct crash *crash, bool by_kill)
{
    struct after_found found;
    if (crash->lives >= LIVES_LARGEST || crash->count >= CONFIRMED_LARGEST) start_afresh(crash);
    crash->lives++;
    one_life(crash, by_kill);
    crash->after.confirmed = crash->confirmed;
    crash->after.count = crash->count;
    after_look(&crash->after, &found);
    crash->lost += found.lost;
    crash->half += found.half;
    crash->wrong += found.wrong;
    if (found.lost + found.half + found.wrong == 0) return;
    printf("cycle %zu, %s: %zu lost, %zu half, %zu wrong; first: %s\n", crash->kills + crash->cuts,
           by_kill ? "kill" : "cut", found.lost, found.half, found.wrong, found.words);
    crash->lives = LIVES_LARGEST;
}

static bool read_arguments(int count, char **words, struct crash *crash, int64_t *ret_cycles)
{
    int64_t seed = (int64_t)time(NULL);
    *ret_cycles = 0;
    for (int i = 1; i < count; i++) {
        struct slice word = slice_of(words[i]);
        if (slice_is(word, "--off"))
            crash->off = true;
        else if (slice_is(word, "--seed") && i + 1 < count) {
            if (!slice_number(slice_of(words[++i]), &seed)) return false;
        } else if (!slice_number(word, ret_cycles)) {
            return false;
        }
    }
    random_init(&crash->random, (uint64_t)seed);
    printf("seed %lld\n", (long long)seed);
    return *ret_cycles > 0;
}

static void make_root(struct crash *crash)
{
    (void)snprintf(crash->root, sizeof crash->root, "/tmp/lanyard-crash-XXXXXX");
    if (mkdtemp(crash->root) == NULL) die("a folder under /tmp", strerror(errno));
    (void)snprintf(crash->folder, sizeof crash->folder, "%s/school", crash->root);
    (void)snprintf(crash->key, sizeof crash->key, "%s/school.key", crash->root);
    crash->place = (struct record_place){.folder = crash->folder, .key_file = crash->key};
    crash->after.place = &crash->place;
    crash->after.arena = arena_new();
    crash->lives = LIVES_LARGEST;
}

int main(int count, char **words)
{
    struct crash crash = {.off = false};
    int64_t cycles;
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (!read_arguments(count, words, &crash, &cycles))
        die("wrong use", "crash [--off] [--seed N] CYCLES");
    make_root(&crash);
    for (int64_t i = 0; i < cycles; i++) cycle(&crash, !crash.off && i % 2 == 0);
    remove_root(&crash);
    arena_free(crash.after.arena);
    free(crash.confirmed);
    if (crash.wrong > 0) printf("%zu findings of verify and rebuild --check\n", crash.wrong);
    if (crash.all < (size_t)cycles * ACTS_A_CYCLE) printf("too few acts were confirmed\n");
    printf("%zu kills, %zu cuts, %zu acknowledged, %zu lost, %zu half\n", crash.kills, crash.cuts,
           crash.all, crash.lost, crash.half);
    bool good =
        crash.lost + crash.half + crash.wrong == 0 && crash.all >= (size_t)cycles * ACTS_A_CYCLE;
    return good ? 0 : 1;
}
