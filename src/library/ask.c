/* lanyard.h: putting a question and deciding it. A change is tried on a copy, so that an error
 * leaves the request as it was. */
#include "library/library.h"

#include "policy/print.h"

#define JSON_LARGEST (8u << 20)
#define SENTENCE_LARGEST 4000

_Static_assert((int)LANYARD_USAGE == (int)ERROR_USAGE &&
                   (int)LANYARD_INTERNAL == (int)ERROR_INTERNAL,
               "the codes of lanyard.h are those of base/error.h");

lanyard_request *lanyard_request_new(const lanyard_policy *policy, int closed_world)
{
    struct arena *arena = arena_new();
    lanyard_request *request = ARENA_NEW(arena, lanyard_request);
    request->arena = arena;
    request_init(policy->policy, closed_world != 0, arena, &request->request);
    return request;
}

void lanyard_request_free(lanyard_request *request)
{
    if (request != NULL) {
        arena_free(request->arena);
    }
}

/* The error is kept; a change that went well takes the place of what there was. */
static lanyard_code settle(lanyard_request *request, bool done, const struct request *tried)
{
    if (done) {
        request->error = (struct error){0};
        request->request = *tried;
    }
    return (lanyard_code)request->error.code;
}

lanyard_code lanyard_request_set(lanyard_request *request, const char *key, const char *value)
{
    struct request tried;
    struct slice copy = arena_copy(request->arena, slice_of(value));
    request_copy(&request->request, request->arena, &tried);
    bool done =
        request_set(&tried, arena_copy(request->arena, slice_of(key)), copy, &request->error);
    return settle(request, done, &tried);
}

lanyard_code lanyard_request_add_json(lanyard_request *request, const char *json, size_t length)
{
    struct request tried;
    struct json *tree;
    struct slice copy = arena_copy(request->arena, (struct slice){json, length});
    request_copy(&request->request, request->arena, &tried);
    bool done = json_read(copy, request->arena, &tree, &request->error) &&
                request_from_json(tree, &tried, &request->error);
    return settle(request, done, &tried);
}

const char *lanyard_request_error(const lanyard_request *request)
{
    return request->error.sentence;
}

const char *lanyard_request_advice(const lanyard_request *request)
{
    return request->error.advice;
}

lanyard_code lanyard_request_code(const lanyard_request *request)
{
    return (lanyard_code)request->error.code;
}

static void keep_json(lanyard_decision *decision)
{
    struct text text AUTO_TEXT;
    struct json_writer writer;
    text_init(&text, JSON_LARGEST);
    json_writer_init(&writer, &text, false);
    decision_to_json(&decision->decision, &writer);
    decision->json = library_string(decision->arena, text_slice(&text));
    decision->length = text.length;
}

static void keep_sentences(lanyard_decision *kept)
{
    const struct decision *decision = &kept->decision;
    const struct words *words = &decision->policy->words;
    struct text text AUTO_TEXT;
    text_init(&text, SENTENCE_LARGEST);
    kept->needs = ARENA_ARRAY(kept->arena, const char *, decision->needs.count + 1);
    kept->duties = ARENA_ARRAY(kept->arena, const char *, decision->duties.count + 1);
    for (size_t i = 0; i < decision->needs.count; i++) {
        text_cut(&text, 0);
        print_need_sentence(words, decision->needs.at[i].need, &text);
        kept->needs[i] = library_string(kept->arena, text_slice(&text));
    }
    for (size_t i = 0; i < decision->duties.count; i++) {
        text_cut(&text, 0);
        print_duty_sentence(words, decision->duties.at[i].duty, &text);
        kept->duties[i] = library_string(kept->arena, text_slice(&text));
    }
}

/* What the accessors give ends in NUL; the decision itself borrows from the policy, which stays as
 * it is. */
static void keep_strings(lanyard_decision *kept)
{
    const struct decision *decision = &kept->decision;
    bool asks = decision->question.kind != QUESTION_NONE;
    kept->question = library_string(kept->arena, asks ? decision->question.text : SLICE_EMPTY);
    kept->key = library_string(kept->arena, asks ? decision->question.key : SLICE_EMPTY);
    kept->clauses = ARENA_ARRAY(kept->arena, const char *, decision->cites.count + 1);
    kept->norms = ARENA_ARRAY(kept->arena, const char **, decision->cites.count + 1);
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        kept->clauses[i] = library_string(kept->arena, cite->clause->id);
        kept->norms[i] = ARENA_ARRAY(kept->arena, const char *, cite->norms.count + 1);
        for (size_t k = 0; k < cite->norms.count; k++) {
            kept->norms[i][k] = library_string(kept->arena, cite->norms.at[k]);
        }
    }
}

lanyard_decision *lanyard_decide(lanyard_request *request)
{
    if (!request_check(&request->request, &request->error)) {
        return NULL;
    }
    request->error = (struct error){0};
    struct arena *arena = arena_new();
    lanyard_decision *decision = ARENA_NEW(arena, lanyard_decision);
    decision->arena = arena;
    decide(&request->request, arena, &decision->decision);
    keep_json(decision);
    keep_sentences(decision);
    keep_strings(decision);
    return decision;
}

void lanyard_decision_free(lanyard_decision *decision)
{
    if (decision != NULL) {
        arena_free(decision->arena);
    }
}
