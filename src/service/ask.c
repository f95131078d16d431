/* Conversations: see ask.h. */
#include "service/ask.h"

void ask_init(struct ask *ask, const struct policy *policy, bool closed, struct arena *arena)
{
    *ask = (struct ask){.policy = policy, .arena = arena, .closed = closed};
}

bool ask_request(const struct ask *ask, struct arena *arena, struct request *ret_request,
                 struct error *error)
{
    request_init(ask->policy, ask->closed, arena, ret_request);
    for (size_t i = 0; i < ask->answers.count; i++) {
        if (!request_set(ret_request, ask->answers.at[i].key, ask->answers.at[i].value, error)) {
            return false;
        }
    }
    return true;
}

static size_t find_answer(const struct ask *ask, struct slice key)
{
    for (size_t i = 0; i < ask->answers.count; i++) {
        if (slice_equal(ask->answers.at[i].key, key)) {
            return i;
        }
    }
    return ask->answers.count;
}

bool ask_answer(struct ask *ask, struct slice key, struct slice value, struct error *error)
{
    bool adds = slice_is(key, "shown") || slice_is(key, "also");
    size_t at = adds ? ask->answers.count : find_answer(ask, key);
    if (at == ASK_ANSWERS_LARGEST) {
        return error_set(error, ERROR_LIMIT, "one question takes at most %d answers",
                         ASK_ANSWERS_LARGEST);
    }
    struct answer old = {0};
    bool is_new = at == ask->answers.count;
    if (is_new) {
        (void)LIST_ADD(ask->arena, &ask->answers);
    } else {
        old = ask->answers.at[at];
    }
    ask->answers.at[at] =
        (struct answer){arena_copy(ask->arena, key), arena_copy(ask->arena, value)};
    AUTO(arena) struct arena *trial = arena_new();
    struct request request;
    if (ask_request(ask, trial, &request, error)) {
        return true;
    }
    if (is_new) {
        ask->answers.count--;
    } else {
        ask->answers.at[at] = old;
    }
    return false;
}

bool ask_back(struct ask *ask, struct slice key)
{
    size_t at = find_answer(ask, key);
    bool found = at < ask->answers.count;
    ask->answers.count = at;
    return found;
}

struct slice ask_value(const struct ask *ask, struct slice key)
{
    size_t at = find_answer(ask, key);
    return at < ask->answers.count ? ask->answers.at[at].value : SLICE_EMPTY;
}

bool ask_decide(const struct ask *ask, struct arena *arena, struct decision *ret_decision,
                struct error *error)
{
    struct request *request = ARENA_NEW(arena, struct request);
    if (!ask_request(ask, arena, request, error) || !request_check(request, error)) {
        return false;
    }
    decide(request, arena, ret_decision);
    return true;
}

static bool has_rule(const struct policy *policy, int act)
{
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        for (size_t k = 0; !rule->law && k < rule->statement->acts.list.count; k++) {
            if (policy_counts(policy, WORD_ACT, act, rule->statement->acts.list.at[k])) {
                return true;
            }
        }
    }
    return false;
}

void ask_acts(const struct policy *policy, struct arena *arena, struct acts_offered *ret_acts)
{
    *ret_acts = (struct acts_offered){0};
    for (size_t i = 0; i < policy->words.acts.count; i++) {
        if (policy->words.acts.at[i].kind == ACT_DUTY) {
            continue;
        }
        if (has_rule(policy, (int)i)) {
            LIST_PUSH(arena, &ret_acts->spoken, (int)i);
        } else {
            LIST_PUSH(arena, &ret_acts->others, (int)i);
        }
    }
}
