/* Lanyard's side of bench/policy: a long-lived process that reads a line and answers a line, its parts between tabs, as
 * worker.mjs does for the other engines. It also times a compile and a cold process, where a clock in C is the finer one. run.mjs decides
 * what is run when, and what is made of the figures. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../line.h"
#include "base/file.h"
#include "policy/decision.h"

#define SOURCE_LARGEST (1u << 20)
#define REQUESTS_LARGEST (16u << 20)
#define LINE_LARGEST 4096
#define PARTS_LARGEST 24
#define DECISION_LARGEST (1u << 20)
#define HELD_LARGEST 8

/* A policy with the texts it borrows from. */
struct loaded {
    struct arena *arena;
    struct policy *policy;
};

/* A policy of the organisations, kept in the process while everything else is measured. */
struct held {
    struct loaded loaded;
    struct quick *quick;
    struct request *requests;
    size_t count;
};

struct bench {
    struct loaded loaded;
    struct held held[HELD_LARGEST];
    size_t held_count;
    struct arena *arena;      /* the requests */
    struct arena *scratch;    /* of one decision */
    struct request *requests; /* read beforehand */
    struct slice *lines;      /* the same as JSON text */
    size_t count;
    struct moment moment;
    struct quick *quick;
    struct decider *decider;
    uint64_t kept; /* a sum over the results, so that none can be left out */
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void fail(const char *sentence)
{
    fprintf(stderr, "driver: %s\n", sentence);
    exit(1);
}

static struct slice read_source(const char *path, struct arena *arena)
{
    struct slice text = SLICE_EMPTY;
    struct error error = {0};
    if (path[0] != '\0' && !file_read(path, SOURCE_LARGEST, arena, &text, &error)) {
        fail(error.sentence);
    }
    return text;
}

static void print_problems(const struct problems *problems)
{
    for (size_t i = 0; i < problems->list.count; i++) {
        const struct problem *problem = &problems->list.at[i];
        if (!problem->warning) {
            fprintf(stderr, "%.*s:%zu:%zu: %.*s\n", SLICE_PRINT(problem->file), problem->line,
                    problem->column, SLICE_PRINT(problem->sentence));
        }
    }
}

/* Reads the files and compiles them; `law` may be "", and so may `base`, the policy that it is based on. */
static struct loaded load(const char *words, const char *law, const char *policy, const char *base)
{
    struct loaded loaded = {.arena = arena_new()};
    struct policy_sources sources = {
        .words = {slice_of(words), read_source(words, loaded.arena)},
        .law = {slice_of(law), read_source(law, loaded.arena)},
        .policy = {slice_of(policy), read_source(policy, loaded.arena)},
        .base = {slice_of(base), read_source(base, loaded.arena)},
    };
    struct problems problems;
    problems_init(&problems, loaded.arena);
    loaded.policy = policy_new(&sources, &problems);
    if (loaded.policy == NULL) {
        print_problems(&problems);
        fail("the policy does not compile");
    }
    return loaded;
}

static void unload(struct loaded *loaded)
{
    policy_free(loaded->policy);
    arena_free(loaded->arena);
}

/* The clock is read once for all requests: none of the peers reads it at all. */
static void read_request(const struct policy *policy, struct moment moment, struct slice line,
                         struct arena *arena, struct request *ret_request)
{
    struct error error = {0};
    struct json *json = NULL;
    request_init_at(policy, true, moment, arena, ret_request);
    if (!json_read(line, arena, &json, &error) || !request_from_json(json, ret_request, &error) ||
        !request_check(ret_request, &error)) {
        fail(error.sentence);
    }
}

static void read_requests(struct bench *bench, const char *path)
{
    struct error error = {0};
    struct slice rest, line;
    if (!file_read(path, REQUESTS_LARGEST, bench->arena, &rest, &error)) {
        fail(error.sentence);
    }
    LIST(struct request) requests = {0};
    LIST(struct slice) lines = {0};
    while (slice_line(&rest, &line)) {
        LIST_PUSH(bench->arena, &lines, line);
        struct request *request = LIST_ADD(bench->arena, &requests);
        read_request(bench->loaded.policy, bench->moment, line, bench->arena, request);
    }
    bench->requests = requests.at;
    bench->lines = lines.at;
    bench->count = requests.count;
}

/* ---- one decision ---- */

/* Verdict, every clause that applies, every duty: facts into bits, bits into an answer. */
static inline void decide_quick(struct bench *bench, size_t i)
{
    struct quick_answer answer;
    quick_decide(bench->quick, &bench->requests[i], &answer);
    bench->kept += (uint64_t)answer.verdict + answer.applies[0] + answer.duties[0];
}

/* JSON text in, the whole decision as JSON text out. */
static void decide_json(struct bench *bench, size_t i, struct text *out)
{
    struct request request;
    struct decision decision;
    struct json_writer writer;
    arena_reset(bench->scratch);
    text_cut(out, 0);
    read_request(bench->loaded.policy, bench->moment, bench->lines[i], bench->scratch, &request);
    decider_decide(bench->decider, &request, false, bench->scratch, &decision);
    json_writer_init(&writer, out, false);
    decision_to_json(&decision, &writer);
    bench->kept += out->length;
}

/* ---- rounds ---- */

/* Whole loops over all requests until `ms` have passed: nanoseconds a decision. */
static double round_quick(struct bench *bench, double ms)
{
    double start = now(), passed = 0, done = 0;
    while (passed < ms * 1e6) {
        for (size_t i = 0; i < bench->count; i++) {
            decide_quick(bench, i);
        }
        done += (double)bench->count;
        passed = now() - start;
    }
    return passed / done;
}

static double round_json(struct bench *bench, double ms)
{
    AUTO_TEXT struct text out = {0};
    text_init(&out, DECISION_LARGEST);
    double start = now(), passed = 0, done = 0;
    while (passed < ms * 1e6) {
        for (size_t i = 0; i < bench->count; i++) {
            decide_json(bench, i, &out);
        }
        done += (double)bench->count;
        passed = now() - start;
    }
    return passed / done;
}

static int compare_doubles(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Every call timed on its own, the clock's own time included. */
static void answer_single(struct bench *bench)
{
    double *times = calloc(bench->count, sizeof *times);
    if (times == NULL) {
        fail("out of memory");
    }
    for (size_t i = 0; i < bench->count; i++) {
        double before = now();
        decide_quick(bench, i);
        times[i] = now() - before;
    }
    qsort(times, bench->count, sizeof *times, compare_doubles);
    printf("%.1f %.1f\n", times[bench->count / 2], times[bench->count * 99 / 100]);
    free(times);
}

/* ---- agreement ---- */

static int compare_texts(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Sorted, each once, as a JSON array. */
static void write_set(struct json_writer *writer, struct slice *texts, size_t count)
{
    if (count > 0) {
        qsort(texts, count, sizeof *texts, compare_texts);
    }
    json_open_array(writer);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !slice_equal(texts[i], texts[i - 1])) {
            json_string(writer, texts[i]);
        }
    }
    json_close_array(writer);
}

static void write_reasons(const struct decision *decision, struct arena *arena,
                          struct json_writer *writer)
{
    LIST(struct slice) ids = {0};
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        if (cite->part == PART_APPLIES || cite->part == PART_LIFTS) {
            LIST_PUSH(arena, &ids, cite->clause->id);
        }
    }
    json_key(writer, SLICE("reasons"));
    write_set(writer, ids.at, ids.count);
}

static struct slice duty_text(const struct decision *decision, const struct owed *owed,
                              struct arena *arena)
{
    const struct words *words = &decision->policy->words;
    struct slice deed = words_word(words, WORD_ACT, owed->duty->act)->id;
    struct slice object = SLICE_EMPTY;
    if (owed->object.list.count > 0) {
        object = words_word(words, WORD_PERSON, owed->object.list.at[0])->id;
    }
    return arena_format(arena, "%.*s %.*s|%.*s", SLICE_PRINT(deed), SLICE_PRINT(object),
                        SLICE_PRINT(owed->clauses.at[0]->id));
}

static void write_duties(const struct decision *decision, struct arena *arena,
                         struct json_writer *writer)
{
    LIST(struct slice) texts = {0};
    for (size_t i = 0; i < decision->duties.count; i++) {
        LIST_PUSH(arena, &texts, duty_text(decision, &decision->duties.at[i], arena));
    }
    json_key(writer, SLICE("duties"));
    write_set(writer, texts.at, texts.count);
}

static size_t count_bits(const uint64_t *bits, size_t words)
{
    size_t count = 0;
    for (size_t i = 0; i < words; i++) {
        count += (size_t)__builtin_popcountll(bits[i]);
    }
    return count;
}

/* What is timed (the bits) has to say the same as the whole decision. */
static void check_quick(struct bench *bench, size_t i, const struct decision *decision)
{
    struct quick_answer answer;
    quick_decide(bench->quick, &bench->requests[i], &answer);
    if (answer.verdict != decision->verdict || answer.strength != decision->strength) {
        fprintf(stderr, "driver: request %zu: quick_decide says %s, decide says %s\n", i,
                verdict_word(answer.verdict), verdict_word(decision->verdict));
        exit(1);
    }
    if (count_bits(answer.duties, answer.words) != decision->duties.count) {
        fprintf(stderr, "driver: request %zu: quick_decide has %zu duties, decide has %zu\n", i,
                count_bits(answer.duties, answer.words), decision->duties.count);
        exit(1);
    }
}

/* The line that worker.mjs writes for the closures, in the same order of members. */
static void write_verdict(struct bench *bench, size_t i, struct text *out)
{
    struct decision decision;
    struct json_writer writer;
    arena_reset(bench->scratch);
    decide(&bench->requests[i], bench->scratch, &decision);
    check_quick(bench, i, &decision);
    json_writer_init(&writer, out, false);
    json_open_object(&writer);
    json_key(&writer, SLICE("allowed"));
    json_bool(&writer, decision.verdict == VERDICT_ALLOWED);
    json_key(&writer, SLICE("verdict"));
    json_string(&writer, slice_of(verdict_word(decision.verdict)));
    json_key(&writer, SLICE("strength"));
    json_string(&writer, slice_of(strength_word(decision.strength)));
    write_reasons(&decision, bench->scratch, &writer);
    write_duties(&decision, bench->scratch, &writer);
    json_close_object(&writer);
    text_add_char(out, '\n');
}

static void answer_verdicts(struct bench *bench, const char *path)
{
    AUTO_TEXT struct text out = {0};
    text_init(&out, REQUESTS_LARGEST);
    for (size_t i = 0; i < bench->count; i++) {
        write_verdict(bench, i, &out);
    }
    FILE *file = fopen(path, "w");
    if (file == NULL || out.overflowed || fwrite(out.at, 1, out.length, file) != out.length ||
        fclose(file) != 0) {
        fail("the verdicts could not be written");
    }
    puts("ok");
}

/* ---- compile and cold process ---- */

/* Files read and compiled, each policy once, in nanoseconds; freeing is not counted. `parts`: words, law, then policy and base
 * of each. */
static void answer_compile(char **parts, size_t count)
{
    struct loaded loaded[HELD_LARGEST];
    size_t policies = (count - 2) / 2;
    double before = now();
    for (size_t i = 0; i < policies; i++) {
        loaded[i] = load(parts[0], parts[1], parts[2 + 2 * i], parts[3 + 2 * i]);
    }
    double passed = now() - before;
    for (size_t i = 0; i < policies; i++) {
        unload(&loaded[i]);
    }
    printf("%.0f\n", passed);
}

/* One process from start to end, its output thrown away: nanoseconds and exit code. */
static void answer_cold(char **arguments)
{
    extern char **environ;
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    double before = now();
    int failed = posix_spawn(&child, arguments[0], &actions, NULL, arguments, environ);
    if (failed != 0) {
        fail(strerror(failed));
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    double passed = now() - before;
    posix_spawn_file_actions_destroy(&actions);
    printf("%.0f %d\n", passed, WIFEXITED(status) ? WEXITSTATUS(status) : 255);
}

/* ---- the organisations' policies, held ---- */

/* The bits have to say the same as the whole decision wherever they settle it. */
static void check_held(struct bench *bench, const struct held *held)
{
    for (size_t i = 0; i < held->count; i++) {
        struct quick_answer answer;
        struct decision decision;
        arena_reset(bench->scratch);
        decide(&held->requests[i], bench->scratch, &decision);
        quick_decide(held->quick, &held->requests[i], &answer);
        if (answer.verdict != VERDICT_NEED_ANSWER &&
            (answer.verdict != decision.verdict || answer.strength != decision.strength)) {
            fail("quick_decide and decide disagree on a policy that is held");
        }
    }
}

static void hold(struct bench *bench, const char *requests, struct loaded loaded)
{
    struct held *held = &bench->held[bench->held_count++];
    struct slice rest = read_source(requests, bench->arena), line;
    LIST(struct request) list = {0};
    while (slice_line(&rest, &line)) {
        struct request *request = LIST_ADD(bench->arena, &list);
        read_request(loaded.policy, bench->moment, line, bench->arena, request);
    }
    *held = (struct held){loaded, quick_new(loaded.policy, bench->arena), list.at, list.count};
    check_held(bench, held);
}

/* `parts`: requests, words, law, then policy and base of each. */
static void answer_hold(struct bench *bench, char **parts, size_t count)
{
    for (size_t i = 3; i + 1 < count; i += 2) {
        hold(bench, parts[0], load(parts[1], parts[2], parts[i], parts[i + 1]));
    }
    printf("%zu %zu\n", bench->held_count, bench->held[0].count);
}

/* Nanoseconds a decision: each request put to the held policies from..to in turn. */
static double round_held(struct bench *bench, size_t from, size_t to, double ms)
{
    double start = now(), passed = 0, done = 0;
    while (passed < ms * 1e6) {
        for (size_t i = 0; i < bench->held[from].count; i++) {
            for (size_t p = from; p < to; p++) {
                struct quick_answer answer;
                quick_decide(bench->held[p].quick, &bench->held[p].requests[i], &answer);
                bench->kept += (uint64_t)answer.verdict + answer.applies[0] + answer.duties[0];
            }
        }
        done += (double)(bench->held[from].count * (to - from));
        passed = now() - start;
    }
    return passed / done;
}

static void release(struct bench *bench)
{
    for (size_t i = 0; i < bench->held_count; i++) {
        unload(&bench->held[i].loaded);
    }
}

/* ---- the line protocol ---- */

/* So many parts, and behind them a policy and its base, at least once. */
static bool fits_policies(size_t count, size_t before)
{
    return count > before && (count - before) % 2 == 0 && (count - before) / 2 <= HELD_LARGEST;
}

static void answer(struct bench *bench, char **parts, size_t count)
{
    const char *command = parts[0];
    if (strcmp(command, "round") == 0 && count == 2) {
        printf("%.3f\n", round_quick(bench, strtod(parts[1], NULL)));
    } else if (strcmp(command, "json") == 0 && count == 2) {
        printf("%.3f\n", round_json(bench, strtod(parts[1], NULL)));
    } else if (strcmp(command, "single") == 0 && count == 1) {
        answer_single(bench);
    } else if (strcmp(command, "verdicts") == 0 && count == 2) {
        answer_verdicts(bench, parts[1]);
    } else if (strcmp(command, "compile") == 0 && fits_policies(count - 1, 2)) {
        answer_compile(parts + 1, count - 1);
    } else if (strcmp(command, "hold") == 0 && bench->held_count == 0 &&
               fits_policies(count - 1, 3)) {
        answer_hold(bench, parts + 1, count - 1);
    } else if (strcmp(command, "first") == 0 && count == 2 && bench->held_count > 0) {
        printf("%.3f\n", round_held(bench, 0, 1, strtod(parts[1], NULL)));
    } else if (strcmp(command, "all") == 0 && count == 2 && bench->held_count > 0) {
        printf("%.3f\n", round_held(bench, 0, bench->held_count, strtod(parts[1], NULL)));
    } else if (strcmp(command, "cold") == 0 && count >= 2) {
        answer_cold(parts + 1);
    } else {
        fail("a line I do not know");
    }
    fflush(stdout);
}

int main(int argc, char **argv)
{
    volatile uint64_t kept = 0;
    if (argc != 4) {
        fail("use: policy-driver WORDS POLICY REQUESTS");
    }
    struct bench bench = {.arena = arena_new(), .scratch = arena_new()};
    bench.loaded = load(argv[1], "", argv[2], "");
    bench.moment = moment_now();
    bench.quick = quick_new(bench.loaded.policy, bench.arena);
    bench.decider = decider_new(bench.loaded.policy, bench.arena);
    read_requests(&bench, argv[3]);
    char line[LINE_LARGEST];
    char *parts[PARTS_LARGEST + 1];
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t count = line_split(line, parts, PARTS_LARGEST);
        if (strcmp(parts[0], "quit") == 0) {
            break;
        }
        answer(&bench, parts, count);
    }
    kept = bench.kept;
    release(&bench);
    unload(&bench.loaded);
    arena_free(bench.scratch);
    arena_free(bench.arena);
    (void)kept;
    return 0;
}
