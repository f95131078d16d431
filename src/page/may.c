/* The conversation's memory, and the way from one page to the next. See may.h. */
#include "page/may.h"

#include <stdlib.h>
#include <string.h>

static void pair_wipe(struct may_pair *pair)
{
    struct text *texts[] = {&pair->key, &pair->value, &pair->asked};
    for (size_t at = 0; at < 3; at++) {
        if (texts[at]->space > 0) explicit_bzero(texts[at]->at, texts[at]->length);
        text_clear(texts[at]);
    }
    *pair = (struct may_pair){0};
}

void may_free(void *state)
{
    struct may *may = state;
    if (may == NULL) return;
    for (size_t at = 0; at < may->count; at++) pair_wipe(&may->at[at]);
    free(may);
}

struct may *may_of(struct visit *visit)
{
    if (visit->session == NULL) return NULL;
    if (visit->session->state == NULL) {
        visit->session->state = calloc(1, sizeof(struct may));
        if (visit->session->state == NULL) abort();
    }
    return visit->session->state;
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
    return true;
}

struct slice may_missing(const struct may *may)
{
    if (may_get(may, SLICE("actor")).length == 0) return SLICE("/may");
    if (may_get(may, SLICE("act")).length == 0) return SLICE("/may/what");
    if (may_get(may, SLICE("done")).length == 0) return SLICE("/may/how");
    return SLICE_EMPTY;
}

static void push(struct ask *ask, struct slice key, struct slice value)
{
    LIST_PUSH(ask->arena, &ask->answers, (struct answer){key, value});
}

void may_ask(const struct visit *visit, const struct may *may, struct ask *ret_ask)
{
    ask_init(ret_ask, visit_pages(visit)->policy, false, visit->arena);
    for (size_t at = 0; at < may->count; at++)
        push(ret_ask, text_slice(&may->at[at].key), text_slice(&may->at[at].value));
}

bool may_try(struct ask *ask, struct slice key, struct slice value, struct error *error)
{
    struct request *request = ARENA_NEW(ask->arena, struct request);
    push(ask, key, value);
    return ask_request(ask, ask->arena, request, error) && request_check(request, error);
}

bool may_request(const struct visit *visit, const struct may *may, struct request *ret_request,
                 struct error *error)
{
    struct ask ask;
    may_ask(visit, may, &ask);
    return ask_request(&ask, visit->arena, ret_request, error);
}

bool may_decide(struct visit *visit, struct decision *ret_decision)
{
    struct error error = {.code = ERROR_NONE};
    struct may *may = may_of(visit);
    struct slice missing = may == NULL ? SLICE("/may") : may_missing(may);
    if (missing.length > 0) {
        response_see(visit->response, missing);
        return false;
    }
    struct ask ask;
    may_ask(visit, may, &ask);
    if (ask_decide(&ask, visit->arena, ret_decision, &error)) return true;
    visit_refuse(visit, 400, &error);
    return false;
}

void may_go_on(struct visit *visit)
{
    response_see(visit->response, SLICE("/may/question"));
}

struct ui_frame may_frame_open(struct visit *visit, struct slice title, struct slice back,
                               bool problem)
{
    struct ui_frame frame = pages_frame(visit_pages(visit), title);
    frame.here = SLICE("/may");
    frame.back = back;
    frame.exit = true;
    frame.problem = problem;
    ui_frame_open(visit->out, &frame);
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
