/* The optimum, found without the planner: decide every full answer, merge the values of a fact that never make a difference
 * (a fact of which all merge never matters, and is dropped), then work out for every state of knowledge the fewest further
 * questions on average: least over the fact asked next, mean over its answers. States are numbers in a mixed base, the digit
 * past a fact's last value standing for `not asked`, so what is known more stands before what is known less. */
#include "questions.h"

#include "base/map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ANSWERS_LARGEST 8000000 /* full answers decided for one act */
#define STATES_LARGEST 40000000 /* states of knowledge of one act: ten bytes each */
#define MIXED UINT16_MAX        /* a state in which the outcome is open */

struct column { /* a fact that matters */
    size_t fact, classes;
    size_t *class_of; /* by value */
    double *share;    /* of each class among the values */
    size_t *first;    /* a value of each class */
    size_t stride;    /* in the states */
};

struct table {
    struct arena *arena;
    struct column columns[FACTS_SEARCHED_LARGEST];
    size_t count, states;
    uint16_t *outcomes; /* by state; MIXED where open */
};

/* Every full answer, the last fact running fastest. */
struct full {
    uint16_t *outcomes;
    size_t count, facts;
    size_t values[FACTS_SEARCHED_LARGEST], strides[FACTS_SEARCHED_LARGEST];
};

/* ---- outcomes of full answers ---- */

static int compare_lines(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* Verdict, strength, the set of needs (which step 4 of the verdict gives, and no other), the roles referred to, the advice on
 * silence (docs/semantics.md, 10). */
static struct slice outcome_key(const struct decision *decision, struct arena *arena)
{
    LIST(struct slice) lines = {0};
    for (size_t i = 0; i < decision->needs.count && decision->verdict == VERDICT_ALLOWED_IF; i++) {
        const struct needed *needed = &decision->needs.at[i];
        LIST_PUSH(arena, &lines,
                  arena_format(arena, "%p %.*s %d", (const void *)needed->need,
                               SLICE_PRINT(needed->person), needed->bundle != 0));
    }
    if (lines.count > 0) {
        qsort(lines.at, lines.count, sizeof *lines.at, compare_lines);
    }
    struct slice key = arena_format(arena, "%d %d %p", (int)decision->verdict,
                                    (int)decision->strength, (const void *)decision->advice);
    for (size_t i = 0; i < decision->refer.list.count; i++) {
        key = arena_format(arena, "%.*s r%d", SLICE_PRINT(key), decision->refer.list.at[i]);
    }
    for (size_t i = 0; i < lines.count; i++) {
        key = arena_format(arena, "%.*s; %.*s", SLICE_PRINT(key), SLICE_PRINT(lines.at[i]));
    }
    return key;
}

static uint16_t outcome_number(struct map *known, struct arena *arena, struct slice key)
{
    int64_t number = map_get(known, key);
    if (number < 0) {
        number = (int64_t)known->count;
        (void)map_set(known, arena_copy(arena, key), number);
    }
    if (number >= MIXED) {
        questions_fail("more than %d outcomes", MIXED);
    }
    return (uint16_t)number;
}

static void full_init(const struct subject *subject, struct full *full)
{
    *full = (struct full){.count = 1, .facts = subject->facts.list.count};
    for (size_t i = full->facts; i-- > 0;) {
        full->values[i] = subject_values(subject, i);
        full->strides[i] = full->count;
        full->count *= full->values[i];
        if (full->count > ANSWERS_LARGEST) {
            questions_fail("%.*s: more than %d full answers", SLICE_PRINT(subject->said),
                           ANSWERS_LARGEST);
        }
    }
    full->outcomes = memory_grow(NULL, full->count * sizeof *full->outcomes);
}

/* Counts on: the last fact changes, and those before it as often as the one behind comes round. */
static void next_answers(const struct full *full, struct answers *answers)
{
    for (size_t i = full->facts; i-- > 0;) {
        answers->at[i]++;
        if ((size_t)answers->at[i] < full->values[i]) {
            return;
        }
        answers->at[i] = 0;
    }
}

static void decide_all(struct subject *subject, struct full *full)
{
    struct answers answers = {{0}};
    struct map known;
    struct arena *kept = arena_new();
    map_init(&known, kept);
    for (size_t index = 0; index < full->count; index++) {
        struct decision decision;
        subject_decide(subject, &answers, &decision);
        if (decision.verdict == VERDICT_NEED_ANSWER) {
            questions_fail("%.*s: everything is answered and the verdict is open",
                           SLICE_PRINT(subject->said));
        }
        full->outcomes[index] =
            outcome_number(&known, kept, outcome_key(&decision, subject->scratch));
        next_answers(full, &answers);
    }
    arena_free(kept);
}

/* ---- what matters ---- */

/* Whether two values of a fact come to the same whatever the other answers are. */
static bool same_values(const struct full *full, size_t fact, size_t a, size_t b)
{
    size_t stride = full->strides[fact], block = stride * full->values[fact];
    for (size_t start = 0; start < full->count; start += block) {
        if (memcmp(full->outcomes + start + a * stride, full->outcomes + start + b * stride,
                   stride * sizeof *full->outcomes) != 0) {
            return false;
        }
    }
    return true;
}

static struct column make_column(const struct full *full, size_t fact, struct arena *arena)
{
    struct column column = {.fact = fact,
                            .class_of = ARENA_ARRAY(arena, size_t, full->values[fact]),
                            .share = ARENA_ARRAY(arena, double, full->values[fact]),
                            .first = ARENA_ARRAY(arena, size_t, full->values[fact])};
    for (size_t value = 0; value < full->values[fact]; value++) {
        size_t class = 0;
        while (class < column.classes && !same_values(full, fact, column.first[class], value)) {
            class ++;
        }
        if (class == column.classes) {
            column.first[column.classes++] = value;
        }
        column.class_of[value] = class;
        column.share[class] += 1 / (double)full->values[fact];
    }
    return column;
}

/* The columns of the facts that matter. */
static void make_columns(const struct full *full, struct table *table)
{
    table->states = 1;
    for (size_t fact = 0; fact < full->facts; fact++) {
        struct column column = make_column(full, fact, table->arena);
        if (column.classes > 1) {
            table->columns[table->count++] = column;
        }
    }
    for (size_t i = table->count; i-- > 0;) {
        table->columns[i].stride = table->states;
        table->states *= table->columns[i].classes + 1;
        if (table->states > STATES_LARGEST) {
            questions_fail("more than %d states of knowledge", STATES_LARGEST);
        }
    }
}

/* ---- states of knowledge ---- */

static size_t digit(const struct table *table, size_t state, size_t column)
{
    return state / table->columns[column].stride % (table->columns[column].classes + 1);
}

static bool is_open(const struct table *table, size_t state, size_t column)
{
    return digit(table, state, column) == table->columns[column].classes;
}

/* The state once that fact turned out to be of that class; the fact was open. */
static size_t answered(const struct table *table, size_t state, size_t column, size_t class)
{
    return state - (table->columns[column].classes - class) * table->columns[column].stride;
}

static uint16_t outcome_of(const struct table *table, const struct full *full, size_t state)
{
    size_t index = 0;
    for (size_t i = 0; i < table->count; i++) {
        const struct column *column = &table->columns[i];
        if (is_open(table, state, i)) {
            uint16_t all = table->outcomes[answered(table, state, i, 0)];
            for (size_t class = 1; class < column->classes && all != MIXED; class ++) {
                all = table->outcomes[answered(table, state, i, class)] == all ? all : MIXED;
            }
            return all;
        }
        index += column->first[digit(table, state, i)] * full->strides[column->fact];
    }
    return full->outcomes[index];
}

struct table *table_new(struct subject *subject)
{
    struct full full;
    struct arena *arena = arena_new();
    struct table *table = ARENA_NEW(arena, struct table);
    table->arena = arena;
    full_init(subject, &full);
    decide_all(subject, &full);
    make_columns(&full, table);
    table->outcomes = memory_grow(NULL, table->states * sizeof *table->outcomes);
    for (size_t state = 0; state < table->states; state++) {
        table->outcomes[state] = outcome_of(table, &full, state);
    }
    free(full.outcomes);
    return table;
}

static double cheapest(const struct table *table, const double *costs, size_t state)
{
    double least = HUGE_VAL;
    for (size_t i = 0; i < table->count; i++) {
        if (!is_open(table, state, i)) {
            continue;
        }
        double sum = 1;
        for (size_t class = 0; class < table->columns[i].classes; class ++) {
            sum += table->columns[i].share[class] * costs[answered(table, state, i, class)];
        }
        least = sum < least ? sum : least;
    }
    return least;
}

double table_optimum(const struct table *table)
{
    double *costs = memory_grow(NULL, table->states * sizeof *costs);
    for (size_t state = 0; state < table->states; state++) {
        costs[state] = table->outcomes[state] != MIXED ? 0 : cheapest(table, costs, state);
    }
    double optimum = costs[table->states - 1];
    free(costs);
    return optimum;
}

bool table_settled(const struct table *table, const struct answers *answers)
{
    size_t state = 0;
    for (size_t i = 0; i < table->count; i++) {
        const struct column *column = &table->columns[i];
        int value = answers->at[column->fact];
        state += (value == UNANSWERED ? column->classes : column->class_of[value]) * column->stride;
    }
    return table->outcomes[state] != MIXED;
}

size_t table_facts(const struct table *table)
{
    return table->count;
}

void table_free(struct table *table)
{
    free(table->outcomes);
    arena_free(table->arena);
}
