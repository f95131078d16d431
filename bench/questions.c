/* lanyard-bench questions POLICY [ROUNDS]: how many questions the planner asks on average. Every act that the policy speaks about and
 * that needs a question, its first page given (questions_first.c). With at most 12 facts in play: the planner's whole tree
 * against the optimum of an exhaustive search. With more: both ways of asking over 10,000 (or ROUNDS) random answers. The last line is
 * `questions RATIO`: planner over optimum, all acts of the first kind together. */
#include "questions.h"

#include "service/ask.h"
#include "service/folder.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ROUNDS 10000
#define SEED 20260901

struct totals {
    size_t rounds; /* random answers of an act */
    size_t searched, sampled, lower, none;
    double planner, optimum, sampled_planner, document;
};

void questions_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("lanyard-bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static struct slice act_id(const struct subject *subject)
{
    return subject->policy->words.acts.at[subject->act].word.id;
}

static double seconds(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

struct leaves {
    const struct subject *subject;
    const struct table *table;
};

/* The planner may stop only where the search, too, knows the outcome. */
static void check_leaf(void *context, const struct answers *answers)
{
    const struct leaves *leaves = context;
    if (!table_settled(leaves->table, answers)) {
        questions_fail("%.*s: the planner stopped where answers still make a difference",
                       SLICE_PRINT(act_id(leaves->subject)));
    }
}

static void search_act(struct subject *subject, struct totals *totals)
{
    double began = seconds();
    struct table *table = table_new(subject);
    struct leaves leaves = {subject, table};
    double optimum = table_optimum(table);
    if (table_facts(table) > 0) {
        double planner = plan_mean(subject, check_leaf, &leaves);
        printf("%-24.*s %5zu %7zu %8.3f %8.3f %6.3f %6.1f  %.*s\n", SLICE_PRINT(act_id(subject)),
               subject->facts.list.count, table_facts(table), planner, optimum, planner / optimum,
               seconds() - began, SLICE_PRINT(subject->said));
        totals->searched++;
        totals->planner += planner;
        totals->optimum += optimum;
    } else {
        totals->none++;
    }
    table_free(table);
}

static void sample_act(struct subject *subject, struct totals *totals)
{
    double began = seconds();
    struct plan_sample sample = plan_sample(subject, totals->rounds, SEED);
    bool lower = sample.planner < sample.document;
    printf("%-24.*s %5zu %8.3f %8.3f %6.3f %6.1f  %.*s%s\n", SLICE_PRINT(act_id(subject)),
           subject->facts.list.count, sample.planner, sample.document,
           sample.planner / sample.document, seconds() - began, SLICE_PRINT(subject->said),
           lower ? "" : "  NOT LOWER");
    totals->sampled++;
    totals->lower += lower;
    totals->sampled_planner += sample.planner;
    totals->document += sample.document;
}

/* Whether anything is to be asked; with many facts the planner's word is taken. */
static bool needs_question(struct subject *subject)
{
    struct answers none;
    for (size_t i = 0; i < FACTS_LARGEST; i++) {
        none.at[i] = UNANSWERED;
    }
    return plan_next(subject, &none) >= 0;
}

/* All acts with at most FACTS_SEARCHED_LARGEST facts in play, or all with more. */
static void run_acts(const struct policy *policy, const struct acts_offered *acts, bool search,
                     struct totals *totals)
{
    struct arena *arena = arena_new();
    for (size_t i = 0; i < acts->spoken.count; i++) {
        struct subject subject;
        if (policy->words.acts.at[acts->spoken.at[i]].kind != ACT_ACT) {
            continue;
        }
        arena_reset(arena);
        subject_init(&subject, policy, acts->spoken.at[i], arena);
        bool few = subject.facts.list.count <= FACTS_SEARCHED_LARGEST;
        if (few && search) {
            search_act(&subject, totals);
        } else if (!few && !search && needs_question(&subject)) {
            sample_act(&subject, totals);
        } else if (few == search) {
            totals->none++;
        }
        subject_clear(&subject);
        fflush(stdout);
    }
    arena_free(arena);
}

static void print_totals(const struct totals *totals)
{
    if (totals->searched == 0) {
        questions_fail("no act needs a question");
    }
    double acts = (double)totals->searched;
    if (totals->sampled > 0) {
        printf(
            "\n%zu acts with more facts: planner %.3f, document order %.3f; lower on %zu of %zu\n",
            totals->sampled, totals->sampled_planner / (double)totals->sampled,
            totals->document / (double)totals->sampled, totals->lower, totals->sampled);
    }
    printf("%zu acts need no question and are left out\n", totals->none);
    printf("%zu acts with at most %d facts in play: planner %.4f, optimum %.4f\n", totals->searched,
           FACTS_SEARCHED_LARGEST, totals->planner / acts, totals->optimum / acts);
    printf("questions %.4f\n", totals->planner / totals->optimum);
}

static int run(const char *path, size_t rounds)
{
    struct folder folder AUTO_FOLDER = {0};
    struct error error = {0};
    struct acts_offered acts;
    struct totals totals = {.rounds = rounds};
    if (!folder_open(path, &folder, &error)) {
        questions_fail("%s", error.sentence);
    }
    if (folder.policy == NULL) {
        questions_fail("%s does not compile", path);
    }
    ask_acts(folder.policy, folder.arena, &acts);
    printf("%-24s %5s %7s %8s %8s %6s %6s  %s\n", "act", "facts", "matter", "planner", "optimum",
           "ratio", "s", "first page: who, with whom, by which channel");
    run_acts(folder.policy, &acts, true, &totals);
    printf("\n%-24s %5s %8s %8s %6s %6s\n", "act", "facts", "planner", "document", "ratio", "s");
    run_acts(folder.policy, &acts, false, &totals);
    print_totals(&totals);
    return 0;
}

int main(int argc, char **argv)
{
    int64_t rounds = ROUNDS;
    if (argc < 3 || argc > 4 || strcmp(argv[1], "questions") != 0 ||
        (argc == 4 &&
         (!slice_number(slice_of(argv[3]), &rounds) || rounds < 1 || rounds > ROUNDS))) {
        fprintf(stderr, "usage: lanyard-bench questions POLICY [ROUNDS]\nROUNDS: 1 to %d\n",
                ROUNDS);
        return 2;
    }
    return run(argv[2], (size_t)rounds);
}
