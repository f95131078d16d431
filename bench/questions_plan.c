/* The planner as a person meets it: question by question until it knows the verdict; and, beside it, asking in the order of
 * the text. What it says of a state of knowledge is kept, so that ten thousand people can be led through. */
#include "questions.h"

#include "base/map.h"
#include "base/random.h"

#define COMPLETIONS 24 /* tried before the whole engine is asked whether a verdict is known */

static int find_fact(const struct subject *subject, const struct question *question)
{
    for (size_t i = 0; i < subject->facts.list.count; i++) {
        const struct question *fact = &subject->facts.list.at[i];
        if (fact->kind == question->kind && fact->fact == question->fact &&
            fact->shown == question->shown) {
            if (fact->value_count != question->value_count) {
                questions_fail("'%.*s' has other answers than at first",
                               SLICE_PRINT(question->key));
            }
            return (int)i;
        }
    }
    questions_fail("'%.*s' is asked and was not in play", SLICE_PRINT(question->key));
}

int plan_next(struct subject *subject, const struct answers *answers)
{
    struct request request;
    struct question question;
    subject_request(subject, answers, &request);
    question_next(&request, subject->act, subject->scratch, &question);
    if (question.kind == QUESTION_NONE) {
        return -1;
    }
    int fact = find_fact(subject, &question);
    if (answers->at[fact] != UNANSWERED) {
        questions_fail("'%.*s' is asked twice", SLICE_PRINT(question.key));
    }
    return fact;
}

static void forget_all(const struct subject *subject, struct answers *answers)
{
    for (size_t i = 0; i < subject->facts.list.count; i++) {
        answers->at[i] = UNANSWERED;
    }
}

struct walk {
    struct subject *subject;
    void (*leaf)(void *context, const struct answers *answers);
    void *context;
    struct answers answers;
};

/* Depth: each level answers one more fact. */
static double walk_on(struct walk *walk)
{
    int fact = plan_next(walk->subject, &walk->answers);
    if (fact < 0) {
        if (walk->leaf != NULL) {
            walk->leaf(walk->context, &walk->answers);
        }
        return 0;
    }
    size_t count = subject_values(walk->subject, (size_t)fact);
    double sum = 0;
    for (size_t value = 0; value < count; value++) {
        walk->answers.at[fact] = (int)value;
        sum += walk_on(walk);
    }
    walk->answers.at[fact] = UNANSWERED;
    return 1 + sum / (double)count;
}

double plan_mean(struct subject *subject,
                 void (*leaf)(void *context, const struct answers *answers), void *context)
{
    struct walk walk = {.subject = subject, .leaf = leaf, .context = context};
    forget_all(subject, &walk.answers);
    return walk_on(&walk);
}

/* What is kept of states of knowledge: answers as bytes -> 1 + the next fact (0: known). */
struct memory {
    struct map map;
    struct arena *arena;
};

static struct slice state_key(const struct subject *subject, const struct answers *answers,
                              char *bytes)
{
    for (size_t i = 0; i < subject->facts.list.count; i++) {
        bytes[i] = (char)(answers->at[i] + 1);
    }
    return (struct slice){bytes, subject->facts.list.count};
}

static int64_t remember(struct memory *memory, struct slice key, int64_t value)
{
    (void)map_set(&memory->map, arena_copy(memory->arena, key), value);
    return value;
}

static size_t ask_planner(struct subject *subject, struct memory *memory,
                          const struct answers *full)
{
    struct answers answers = {{0}};
    char bytes[FACTS_LARGEST];
    forget_all(subject, &answers);
    for (size_t asked = 0;; asked++) {
        struct slice key = state_key(subject, &answers, bytes);
        int64_t next = map_get(&memory->map, key);
        if (next < 0) {
            next = remember(memory, key, plan_next(subject, &answers) + 1);
        }
        if (next == 0) {
            return asked;
        }
        answers.at[next - 1] = full->at[next - 1];
    }
}

/* ---- in the order of the text ---- */

struct order {
    struct subject *subject;
    struct quick *quick;
    struct memory memory;
    struct random random;
};

static void decide_quickly(struct order *order, const struct answers *answers,
                           struct quick_answer *ret_answer)
{
    struct request request;
    subject_request(order->subject, answers, &request);
    quick_decide(order->quick, &request, ret_answer);
}

/* Whether some of a few random completions come to different verdicts: then the verdict is not known, and the long way to the
 * same end is spared. */
static bool is_seen_open(struct order *order, const struct answers *answers)
{
    struct quick_answer first = {.verdict = VERDICT_NEED_ANSWER}, answer;
    for (int trial = 0; trial < COMPLETIONS; trial++) {
        struct answers full = *answers;
        for (size_t i = 0; i < order->subject->facts.list.count; i++) {
            if (full.at[i] == UNANSWERED) {
                full.at[i] = (int)random_below(&order->random, subject_values(order->subject, i));
            }
        }
        decide_quickly(order, &full, &answer);
        if (first.verdict == VERDICT_NEED_ANSWER) {
            first = answer;
        } else if (answer.verdict != VERDICT_NEED_ANSWER &&
                   (answer.verdict != first.verdict || answer.strength != first.strength)) {
            return true;
        }
    }
    return false;
}

/* Whether the verdict is known after the first `asked` of the answers. */
static bool is_known(struct order *order, const struct answers *full, size_t asked)
{
    struct answers answers = *full;
    char bytes[FACTS_LARGEST];
    for (size_t i = asked; i < order->subject->facts.list.count; i++) {
        answers.at[i] = UNANSWERED;
    }
    struct slice key = state_key(order->subject, &answers, bytes);
    int64_t known = map_get(&order->memory.map, key);
    if (known < 0) {
        struct quick_answer answer;
        decide_quickly(order, &answers, &answer);
        bool settled = answer.verdict != VERDICT_NEED_ANSWER;
        if (!settled && !is_seen_open(order, &answers)) {
            struct decision decision;
            subject_decide(order->subject, &answers, &decision);
            settled = decision.verdict != VERDICT_NEED_ANSWER;
        }
        known = remember(&order->memory, key, settled);
    }
    return known == 1;
}

/* Nothing skipped, until the verdict is known. What is known stays known with further answers, so the first such place can be
 * found by halving. */
static size_t ask_in_order(struct order *order, const struct answers *full)
{
    size_t low = 0, high = order->subject->facts.list.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (is_known(order, full, middle)) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

static void memory_init(struct memory *memory)
{
    memory->arena = arena_new();
    map_init(&memory->map, memory->arena);
}

struct plan_sample plan_sample(struct subject *subject, size_t rounds, uint64_t seed)
{
    struct random random;
    struct memory planner;
    struct order order = {.subject = subject};
    size_t asked = 0, asked_in_order = 0;
    random_init(&random, seed);
    random_init(&order.random, seed);
    memory_init(&planner);
    memory_init(&order.memory);
    order.quick = quick_new(subject->policy, subject->arena);
    for (size_t round = 0; round < rounds; round++) {
        struct answers full = {{0}};
        for (size_t i = 0; i < subject->facts.list.count; i++) {
            full.at[i] = (int)random_below(&random, subject_values(subject, i));
        }
        asked += ask_planner(subject, &planner, &full);
        asked_in_order += ask_in_order(&order, &full);
    }
    arena_free(planner.arena);
    arena_free(order.memory.arena);
    return (struct plan_sample){(double)asked / (double)rounds,
                                (double)asked_in_order / (double)rounds};
}
