/* lanyard test --mutate: two workers share the mutants, the parent prints what they found. */
#include "cli/test_mutate.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "policy/mutate.h"

#define WORKERS 2

/* What the workers share: the next mutant to take, and what became of each. */
struct board {
    atomic_size_t next, done;
    unsigned char fates[];
};

static void work(const struct mutation *mutation, struct board *board)
{
    AUTO(arena) struct arena *arena = arena_new();
    for (;;) {
        size_t number = atomic_fetch_add(&board->next, 1);
        if (number >= mutation->mutants.count) return;
        board->fates[number] =
            (unsigned char)mutant_try(mutation, &mutation->mutants.at[number], arena);
        size_t done = atomic_fetch_add(&board->done, 1) + 1;
        if (isatty(STDERR_FILENO) != 0 && done % 10 == 0)
            fprintf(stderr, "\r%zu of %zu mutants", done, mutation->mutants.count);
    }
}

/* False where a worker could not start or did not come back well. */
static bool work_together(const struct mutation *mutation, struct board *board)
{
    pid_t workers[WORKERS];
    bool good = true;
    (void)fflush(NULL);
    for (size_t i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        if (workers[i] == 0) {
            work(mutation, board);
            _exit(0);
        }
        good = good && workers[i] > 0;
    }
    for (size_t i = 0; i < WORKERS; i++) {
        int status = 1;
        good =
            workers[i] > 0 && waitpid(workers[i], &status, 0) == workers[i] && status == 0 && good;
    }
    if (isatty(STDERR_FILENO) != 0) fprintf(stderr, "\r%*s\r", 40, "");
    return good;
}

static void print_fate(const struct mutation *mutation, const struct mutant *mutant,
                       const char *prefix)
{
    const struct clause *clause = &mutation->policy->document.clauses.at[mutant->clause];
    printf("%s%.*s:%zu: %.*s: %.*s\n", prefix, SLICE_PRINT(clause->file), mutant->line,
           SLICE_PRINT(clause->id), SLICE_PRINT(mutant->change));
}

static int report(const struct mutation *mutation, const struct board *board)
{
    size_t counts[MUTANT_UNSOUND + 1] = {0};
    for (size_t i = 0; i < mutation->mutants.count; i++) {
        counts[board->fates[i]]++;
        if (board->fates[i] == MUTANT_LIVES) print_fate(mutation, &mutation->mutants.at[i], "");
        if (board->fates[i] == MUTANT_EQUIVALENT)
            print_fate(mutation, &mutation->mutants.at[i], "equivalent: ");
    }
    size_t killed = counts[MUTANT_KILLED], told = killed + counts[MUTANT_LIVES];
    size_t sound = told + counts[MUTANT_EQUIVALENT];
    printf("%zu rules, %zu mutants, %.1f a rule\n", mutation->rules, sound,
           mutation->rules > 0 ? (double)sound / (double)mutation->rules : 0.0);
    printf("mutation score %.1f%% (%zu of %zu killed, %zu equivalent)\n",
           told > 0 ? 100.0 * (double)killed / (double)told : 100.0, killed, told,
           counts[MUTANT_EQUIVALENT]);
    return EXIT_DONE;
}

int test_mutate(const struct scenarios *scenarios)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct mutation mutation;
    mutation_init(scenarios, arena, &mutation);
    size_t size = sizeof(struct board) + mutation.mutants.count;
    struct board *board =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED) {
        fprintf(stderr, "lanyard test: no memory to share between workers\n");
        return EXIT_TROUBLE;
    }
    int result = EXIT_TROUBLE;
    if (work_together(&mutation, board))
        result = report(&mutation, board);
    else
        fprintf(stderr, "lanyard test: a worker failed\n");
    (void)munmap(board, size);
    return result;
}
