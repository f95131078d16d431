/* Every act decided once for each set of roles; see allowed.h. The rules are the program's own, so that what is remembered
 * holds for every record. */
#include "service/allowed.h"

#include <assert.h>
#include <pthread.h>

#include "service/record_parts.h"

static_assert(ROLES <= 32, "a role is a bit");

#define KEPT 256
#define QUESTIONS_LARGEST 12 /* one behind another; no act of the rules reads as many facts */

struct kept {
    uint32_t roles;
    unsigned about; /* with 1 added; 0: free */
    struct act_set acts;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct kept kept[KEPT];

static struct slice words_of(const enum role *roles, size_t count, struct arena *arena)
{
    struct slice words = SLICE("person");
    for (size_t i = 0; i < count; i++)
        words = arena_format(arena, "%.*s%s%.*s", i > 0 ? (int)words.length : 0, words.at,
                             i > 0 ? ", " : "", SLICE_PRINT(role_row(roles[i])->code));
    return words;
}

/* Whether some answers to what is not known come to `allowed`, which alone the desk goes on with. That an answer is wanted
 * says nothing: a clause that forbids an act under a condition asks as well where no clause allows it. */
static bool could_be(const struct request *request, unsigned questions, struct arena *arena)
{
    struct decision decision;
    struct error ignored;
    decide(request, arena, &decision);
    if (decision.verdict == VERDICT_ALLOWED) return true;
    if (decision.verdict != VERDICT_NEED_ANSWER || decision.question.kind != QUESTION_FACT ||
        questions == 0)
        return false;
    for (size_t i = 0; i < decision.question.answers.count; i++) {
        struct request answered;
        request_copy(request, arena, &answered);
        if (request_set(&answered, decision.question.key, decision.question.answers.at[i],
                        &ignored) &&
            could_be(&answered, questions - 1, arena))
            return true;
    }
    return false;
}

static bool allows(struct record *record, struct slice actor, enum record_act act,
                   enum allowed_about about, struct arena *arena)
{
    struct request request;
    struct error ignored;
    struct slice own = about == ALLOWED_ABOUT_SELF ? SLICE("yes") : SLICE("no");
    request_init(record->rules, false, arena, &request);
    if (!request_set(&request, SLICE("actor"), actor, &ignored) ||
        !request_set(&request, SLICE("act"), slice_of(act_id(act)), &ignored))
        return false;
    if (about != ALLOWED_ABOUT_ANYBODY && !request_set(&request, SLICE("own"), own, &ignored))
        return false;
    return could_be(&request, QUESTIONS_LARGEST, arena);
}

static struct act_set ask_all(struct record *record, const enum role *roles, size_t count,
                              enum allowed_about about)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice actor = words_of(roles, count, arena);
    struct act_set acts = {{0}};
    for (int act = 0; act < ACTS; act++)
        if (allows(record, actor, (enum record_act)act, about, arena))
            act_set_add(&acts, (enum record_act)act);
    return acts;
}

struct act_set allowed_acts(struct record *record, const enum role *roles, size_t count,
                            enum allowed_about about)
{
    struct kept wanted = {.about = (unsigned)about + 1};
    for (size_t i = 0; i < count; i++) wanted.roles |= (uint32_t)1 << (unsigned)roles[i];
    struct kept *place = &kept[(wanted.roles * 2654435761u + wanted.about) % KEPT];
    pthread_mutex_lock(&lock);
    struct kept found = *place;
    pthread_mutex_unlock(&lock);
    if (found.roles == wanted.roles && found.about == wanted.about) return found.acts;
    wanted.acts = ask_all(record, roles, count, about);
    pthread_mutex_lock(&lock);
    *place = wanted;
    pthread_mutex_unlock(&lock);
    return wanted.acts;
}

bool allowed_task(struct record *record, struct slice kind, enum role of, const enum role *roles,
                  size_t count)
{
    bool vacancy = slice_is(kind, "vacancy");
    if (of == ROLES) return false;
    for (size_t i = 0; i < count; i++)
        if (roles[i] == of || (vacancy && roles[i] == ROLE_ADMINISTRATOR)) return true;
    if (!slice_is(kind, "hand-reset") && !slice_is(kind, "hand-invite")) return false;
    return allowed_in(allowed_acts(record, roles, count, ALLOWED_ABOUT_OTHERS), ACT_HAND_RESET);
}
