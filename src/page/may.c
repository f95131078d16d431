/* The conversation's memory, and the way from one page to the next. See may.h. */
#include "page/here.h"
#include "page/may_draft.h"

#include <stdlib.h>
#include <string.h>

/* ---- the way ---- */

bool may_compares(const struct visit *visit)
{
    return visit->route != NULL && slice_starts(slice_of(visit->route->path), SLICE("/compare"));
}

struct slice may_at(const struct visit *visit, enum may_step step)
{
    static const char *const steps[MAY_STEPS][2] = {
        [MAY_AT_WHO] = {"/may", "/compare/who"},
        [MAY_AT_WHAT] = {"/may/what", "/compare/what"},
        [MAY_AT_HOW] = {"/may/how", "/compare/how"},
        [MAY_AT_SHOWN] = {"/may/shown", "/compare/shown"},
        [MAY_AT_QUESTION] = {"/may/question", "/compare/question"},
        [MAY_AT_ANSWER] = {"/may/answer", "/compare/answer"},
        [MAY_AT_CHECK] = {"/may/check", "/compare/check"},
        [MAY_AT_CHANGE] = {"/may/change", "/compare/change"},
        [MAY_AT_RESTART] = {"/may/restart", "/compare/restart"},
    };
    return slice_of(steps[step][may_compares(visit) ? 1 : 0]);
}

/* ---- the memory ---- */

static void text_wipe(struct text *text)
{
    if (text->space > 0) explicit_bzero(text->at, text->length);
    text_clear(text);
    *text = (struct text){0};
}

static void pair_wipe(struct may_pair *pair)
{
    text_wipe(&pair->key);
    text_wipe(&pair->value);
    text_wipe(&pair->asked);
}

void may_draft_forget(struct may *may)
{
    text_wipe(&may->draft);
    may->draft_people = 0;
}

void may_forget(struct may *may)
{
    may_draft_forget(may);
    while (may->count > 0) may_drop(may, may->count - 1);
    for (size_t at = 0; at < MAY_AROUND; at++) text_wipe(&may->around[at]);
    may->around_given = false;
    may->other = may->shown = (struct id){{0}};
}

void may_free(void *state)
{
    struct may *may = state;
    if (may == NULL) return;
    may_forget(may);
    free(may);
}

struct may *may_of(struct visit *visit)
{
    if (visit->session == NULL) return NULL;
    struct may *may = visit->session->state;
    if (may == NULL) {
        visit->session->state = may = memory_grow(NULL, sizeof *may);
        *may = (struct may){.version = visit_version(visit)};
    }
    return may;
}

static size_t find(const struct may *may, struct slice key)
{
    size_t at = 0;
    while (at < may->count && !slice_equal(text_slice(&may->at[at].key), key)) at++;
    return at;
}

struct slice may_get(const struct may *may, struct slice key)
{
    size_t at = find(may, key);
    return at < may->count ? text_slice(&may->at[at].value) : SLICE_EMPTY;
}

void may_drop(struct may *may, size_t at)
{
    if (at >= may->count) return;
    pair_wipe(&may->at[at]);
    memmove(&may->at[at], &may->at[at + 1], (may->count - at - 1) * sizeof *may->at);
    may->count--;
    may->at[may->count] = (struct may_pair){0};
}

void may_drop_all(struct may *may, struct slice beginning)
{
    for (size_t at = may->count; at-- > 0;)
        if (slice_starts(text_slice(&may->at[at].key), beginning)) may_drop(may, at);
}

static void fill(struct text *text, struct slice words)
{
    text_init(text, REQUEST_VALUE_LARGEST);
    text_add(text, words);
}

bool may_set(struct may *may, struct slice key, struct slice value, struct slice asked)
{
    size_t at = find(may, key);
    if (value.length == 0) {
        may_drop(may, at);
        return true;
    }
    if (at == MAY_PAIRS_LARGEST) return false;
    if (at < may->count)
        pair_wipe(&may->at[at]);
    else
        may->count++;
    fill(&may->at[at].key, key);
    fill(&may->at[at].value, value);
    fill(&may->at[at].asked, asked);
    may->at[at].from = MAY_SAID;
    return true;
}

bool may_set_known(struct may *may, enum may_from from, struct slice key, struct slice value,
                   struct slice asked)
{
    if (!may_set(may, key, value, asked)) return false;
    size_t at = find(may, key);
    if (at < may->count) may->at[at].from = from;
    return true;
}

void may_drop_known(struct may *may, enum may_from from)
{
    for (size_t at = may->count; at-- > 0;)
        if (may->at[at].from == from) may_drop(may, at);
    if (from == MAY_KNOWN_OTHER) may->other = (struct id){{0}};
    if (from == MAY_KNOWN_SHOWN) may->shown = (struct id){{0}};
}

void may_around_set(struct may *may, enum may_around around, struct slice ids)
{
    text_wipe(&may->around[around]);
    fill(&may->around[around], ids);
    may->around_given = true;
}

struct slice may_missing(const struct visit *visit, const struct may *may)
{
    if (may_get(may, SLICE("actor")).length == 0) return may_at(visit, MAY_AT_WHO);
    if (may_get(may, SLICE("act")).length == 0) return may_at(visit, MAY_AT_WHAT);
    if (may_get(may, SLICE("done")).length == 0) return may_at(visit, MAY_AT_HOW);
    return SLICE_EMPTY;
}

/* ---- the question ---- */

static void push(struct ask *ask, struct slice key, struct slice value)
{
    LIST_PUSH(ask->arena, &ask->answers, (struct answer){key, value});
}

/* An answer given in Compare to another policy's own question is none here, and left out. */
void may_ask(const struct visit *visit, const struct may *may, struct ask *ret_ask)
{
    const struct pages *pages = visit_pages(visit);
    struct request *trial = ARENA_NEW(visit->arena, struct request);
    ask_init(ret_ask, visit_policy(visit), false, visit->arena);
    request_init(visit_policy(visit), false, visit->arena, trial);
    for (size_t at = 0; at < may->count; at++) {
        struct slice key = text_slice(&may->at[at].key), value = text_slice(&may->at[at].value);
        struct error unknown = {.code = ERROR_NONE};
        if (pages->policy_count < 2 || request_set(trial, key, value, &unknown))
            push(ret_ask, key, value);
    }
}

static void question_of(const struct visit *visit, const struct may *may,
                        struct compare_question *ret_question)
{
    *ret_question = (struct compare_question){.closed = false};
    for (size_t at = 0; at < may->count; at++)
        LIST_PUSH(
            visit->arena, &ret_question->answers,
            (struct compare_answer){text_slice(&may->at[at].key), text_slice(&may->at[at].value)});
}

static bool put_to_all(const struct visit *visit, const struct compare_question *question,
                       struct comparison *ret_comparison, struct error *error)
{
    const struct pages *pages = visit_pages(visit);
    return compare_ask(pages->policies, pages->policy_count, question, visit->arena, ret_comparison,
                       error);
}

bool may_compare(const struct visit *visit, const struct may *may,
                 struct comparison *ret_comparison, struct error *error)
{
    struct compare_question question;
    question_of(visit, may, &question);
    return put_to_all(visit, &question, ret_comparison, error);
}

static bool try_with_all(const struct visit *visit, struct slice key, struct slice value)
{
    struct error error = {.code = ERROR_NONE};
    struct compare_question question;
    struct comparison comparison;
    question_of(visit, visit->session->state, &question);
    LIST_PUSH(visit->arena, &question.answers, (struct compare_answer){key, value});
    return put_to_all(visit, &question, &comparison, &error);
}

bool may_try(const struct visit *visit, struct slice key, struct slice value)
{
    struct error error = {.code = ERROR_NONE};
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct ask ask;
    if (may_compares(visit)) return try_with_all(visit, key, value);
    may_ask(visit, visit->session->state, &ask);
    push(&ask, key, value);
    return ask_request(&ask, visit->arena, request, &error) && request_check(request, &error);
}

bool may_request(const struct visit *visit, const struct may *may, struct request *ret_request,
                 struct error *error)
{
    struct ask ask;
    may_ask(visit, may, &ask);
    return ask_request(&ask, visit->arena, ret_request, error);
}

/* The first policy's where none has a question. */
static bool decide_all(const struct visit *visit, const struct may *may,
                       struct decision *ret_decision, struct error *error)
{
    struct comparison comparison;
    if (!may_compare(visit, may, &comparison, error)) return false;
    *ret_decision = comparison.list.at[0].decision;
    for (size_t at = 0; at < comparison.list.count; at++) {
        const struct decision *decision = &comparison.list.at[at].decision;
        if (decision->verdict != VERDICT_NEED_ANSWER || decision->question.kind == QUESTION_NONE)
            continue;
        *ret_decision = *decision;
        break;
    }
    return true;
}

bool may_decided(struct visit *visit, struct may *may, struct decision *ret_decision,
                 struct error *error)
{
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct may_draft *draft = ARENA_NEW(visit->arena, struct may_draft);
    if (may_compares(visit)) return decide_all(visit, may, ret_decision, error);
    return may_whole_decide(visit, may, request, draft, ret_decision, error);
}

static bool all_said(struct visit *visit)
{
    struct may *may = may_of(visit);
    struct slice missing = may == NULL ? may_at(visit, MAY_AT_WHO) : may_missing(visit, may);
    if (missing.length == 0) return true;
    response_see(visit->response, missing);
    return false;
}

bool may_decide(struct visit *visit, struct decision *ret_decision)
{
    struct error error = {.code = ERROR_NONE};
    if (!all_said(visit)) return false;
    if (may_decided(visit, may_of(visit), ret_decision, &error)) return true;
    visit_refuse(visit, 400, &error);
    return false;
}

bool may_decide_whole(struct visit *visit, struct request *ret_request, struct may_draft *ret_draft,
                      struct decision *ret_decision)
{
    struct error error = {.code = ERROR_NONE};
    if (!all_said(visit)) return false;
    if (may_whole_decide(visit, may_of(visit), ret_request, ret_draft, ret_decision, &error))
        return true;
    visit_refuse(visit, 400, &error);
    return false;
}

void may_go_on(struct visit *visit)
{
    response_see(visit->response, may_at(visit, MAY_AT_QUESTION));
}

struct ui_frame may_frame_open(struct visit *visit, struct slice title, struct slice back,
                               bool problem)
{
    struct ui_frame frame = here_frame(visit, title);
    frame.here = may_compares(visit) ? SLICE("/compare") : SLICE("/may");
    frame.back = back;
    frame.exit = true;
    frame.problem = problem;
    ui_frame_open(visit->out, &frame);
    may_met_write(visit);
    return frame;
}

void may_frame_close(struct visit *visit, const struct ui_frame *frame)
{
    if (visit->session != NULL) {
        HTML(visit->out, "<div class=\"lanyard-leave lanyard-noprint\">\n");
        ui_form_open(visit->out, SLICE("/leave"), visit_token(visit));
        ui_button(visit->out, UI_BUTTON_LINK, SLICE("Forget my answers and leave"));
        ui_form_close(visit->out);
        HTML(visit->out, "</div>\n");
    }
    ui_frame_close(visit->out, frame);
}
