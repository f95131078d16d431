/* One question to several policies: see compare.h. Each policy reads the keys with its own words; a phrase that only one
 * of them defines is left out for the others, and said. */
#include "service/compare.h"

#include <assert.h>

/* Makes the request of one policy. `understood[i]` counts the policies that take answer i. */
static void make_request(struct compared *compared, const struct compare_question *question,
                         struct arena *arena, size_t *understood)
{
    compared->request = ARENA_NEW(arena, struct request);
    request_init(compared->policy, question->closed, arena, compared->request);
    for (size_t i = 0; i < question->answers.count; i++) {
        const struct compare_answer *answer = &question->answers.at[i];
        struct error ignored = {0};
        if (request_set(compared->request, answer->key, answer->value, &ignored))
            understood[i]++;
        else
            LIST_PUSH(arena, &compared->unknown, answer->key);
    }
}

/* Says of the first answer that nobody understood what the first policy says of it. */
static bool all_understood(const struct policy *policy, const struct compare_question *question,
                           const size_t *understood, struct arena *arena, struct error *error)
{
    struct request request;
    request_init(policy, question->closed, arena, &request);
    for (size_t i = 0; i < question->answers.count; i++) {
        const struct compare_answer *answer = &question->answers.at[i];
        bool good = request_set(&request, answer->key, answer->value, error);
        if (!good && understood[i] == 0) return false;
    }
    return true;
}

static bool make_requests(const struct policy *const *policies, size_t count,
                          const struct compare_question *question, struct arena *arena,
                          struct comparison *ret_comparison, struct error *error)
{
    size_t *understood = ARENA_ARRAY(arena, size_t, question->answers.count + 1);
    *ret_comparison = (struct comparison){0};
    if (count == 0 || count > COMPARE_POLICIES_LARGEST)
        return error_set(error, ERROR_USAGE, "one to %d policies can be compared",
                         COMPARE_POLICIES_LARGEST);
    for (size_t i = 0; i < count; i++) {
        struct compared *compared = LIST_ADD(arena, &ret_comparison->list);
        compared->policy = policies[i];
        make_request(compared, question, arena, understood);
    }
    return all_understood(policies[0], question, understood, arena, error);
}

static size_t count_kinds(const struct comparison *comparison)
{
    size_t kinds = 0;
    for (size_t i = 0; i < comparison->list.count; i++) {
        const struct decision *decision = &comparison->list.at[i].decision;
        bool seen = false;
        for (size_t k = 0; k < i; k++) {
            const struct decision *other = &comparison->list.at[k].decision;
            seen |= other->verdict == decision->verdict && other->strength == decision->strength;
        }
        kinds += !seen;
    }
    return kinds;
}

bool compare_ask(const struct policy *const *policies, size_t count,
                 const struct compare_question *question, struct arena *arena,
                 struct comparison *ret_comparison, struct error *error)
{
    if (!make_requests(policies, count, question, arena, ret_comparison, error)) return false;
    for (size_t i = 0; i < count; i++) {
        struct compared *compared = &ret_comparison->list.at[i];
        if (!request_check(compared->request, error)) return false;
        decide(compared->request, arena, &compared->decision);
    }
    ret_comparison->kinds = count_kinds(ret_comparison);
    return true;
}

/* ---- every act ------------------------------------------------------------------------------------- */

struct actor {
    struct decider *decider;
    struct arena *scratch;
};

static void decide_cell(const struct compared *compared, struct actor *actor, struct slice id,
                        struct compared_cell *ret_cell)
{
    struct error error = {0};
    struct request request;
    struct decision decision;
    arena_reset(actor->scratch);
    request_copy(compared->request, actor->scratch, &request);
    if (words_find_id(&compared->policy->words, WORD_ACT, id) < 0 ||
        !request_set(&request, SLICE("act"), id, &error) || !request_check(&request, &error))
        return;
    decider_decide(actor->decider, &request, false, actor->scratch, &decision);
    *ret_cell = (struct compared_cell){.known = true,
                                       .noted = decision.noted,
                                       .verdict = decision.verdict,
                                       .strength = decision.strength};
}

static bool cells_differ(const struct compared_cell *cells, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (cells[i].known != cells[0].known || cells[i].verdict != cells[0].verdict ||
            cells[i].strength != cells[0].strength)
            return true;
    }
    return false;
}

static void fill_acts(const struct comparison *comparison, struct arena *arena,
                      struct compared_acts *ret_acts)
{
    size_t count = comparison->list.count;
    assert(count > 0 && comparison->list.at != NULL); /* see make_requests */
    struct actor *actors = ARENA_ARRAY(arena, struct actor, count);
    const struct words *words = &comparison->list.at[0].policy->words;
    for (size_t i = 0; i < count; i++)
        actors[i] = (struct actor){decider_new(comparison->list.at[i].policy, arena), arena_new()};
    for (size_t a = 0; a < words->acts.count; a++) {
        const struct act *act = &words->acts.at[a];
        if (act->kind == ACT_DUTY) continue;
        struct compared_act *row = LIST_ADD(arena, &ret_acts->list);
        row->id = act->word.id;
        row->phrase = act->word.phrase;
        row->event = act->kind == ACT_EVENT;
        row->cells = ARENA_ARRAY(arena, struct compared_cell, count);
        for (size_t i = 0; i < count; i++)
            decide_cell(&comparison->list.at[i], &actors[i], row->id, &row->cells[i]);
        row->differs = cells_differ(row->cells, count);
    }
    for (size_t i = 0; i < count; i++) arena_free(actors[i].scratch);
}

bool compare_acts(const struct policy *const *policies, size_t count,
                  const struct compare_question *question, struct arena *arena,
                  struct compared_acts *ret_acts, struct error *error)
{
    struct comparison comparison;
    *ret_acts = (struct compared_acts){0};
    if (!make_requests(policies, count, question, arena, &comparison, error)) return false;
    fill_acts(&comparison, arena, ret_acts);
    return true;
}

static void mark_spoken(const struct policy *first, const struct policy *policy,
                        struct arena *arena, bool *spoken)
{
    struct acts_offered acts;
    ask_acts(policy, arena, &acts);
    for (size_t i = 0; i < acts.spoken.count; i++) {
        struct slice id = policy->words.acts.at[acts.spoken.at[i]].word.id;
        int act = words_find_id(&first->words, WORD_ACT, id);
        if (act >= 0) spoken[act] = true;
    }
}

void compare_offered(const struct policy *const *policies, size_t count, struct arena *arena,
                     struct acts_offered *ret_acts)
{
    const struct policy *first = policies[0];
    bool *spoken = ARENA_ARRAY(arena, bool, first->words.acts.count + 1);
    for (size_t i = 0; i < count; i++) mark_spoken(first, policies[i], arena, spoken);
    *ret_acts = (struct acts_offered){0};
    for (size_t act = 0; act < first->words.acts.count; act++) {
        if (first->words.acts.at[act].kind == ACT_DUTY) continue;
        if (spoken[act])
            LIST_PUSH(arena, &ret_acts->spoken, (int)act);
        else
            LIST_PUSH(arena, &ret_acts->others, (int)act);
    }
}

/* ---- words and signs ------------------------------------------------------------------------------- */

const char *compare_shape(enum verdict verdict, bool noted)
{
    static const char *const shapes[] = {[VERDICT_ALLOWED] = "\u2714",         /* check mark */
                                         [VERDICT_NO_CLAUSE] = "\u25cb",       /* empty circle */
                                         [VERDICT_ADVISED_AGAINST] = "\u25b2", /* triangle */
                                         [VERDICT_ALLOWED_IF] = "\u25d0",      /* half circle */
                                         [VERDICT_NEED_ANSWER] = "?",
                                         [VERDICT_REFER] = "\u25c6",       /* diamond */
                                         [VERDICT_NOT_ALLOWED] = "\u2716", /* cross */
                                         [VERDICT_STOP] = "\u25a0"};       /* square */
    return noted ? "\u2022" : shapes[verdict];
}

static bool named_before(const struct decision *decision, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (decision->cites.at[i].clause == decision->cites.at[index].clause) return true;
    }
    return false;
}

void compare_clauses(const struct decision *decision, struct text *out)
{
    size_t named = 0;
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        if (named_before(decision, i)) continue;
        text_format(out, "%s%s%.*s", named++ == 0 ? "" : ", ", cite->law ? "law " : "",
                    SLICE_PRINT(cite->clause->id));
    }
}
