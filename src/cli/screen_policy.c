/* A policy's verdict on each line; see screen_policy.h. The question is read once a thread and copied for each text. */
#include "cli/screen_policy.h"

#include <assert.h>
#include <stdlib.h>

#include "base/json.h"
#include "service/screened.h"

struct screen_judge {
    const struct policy *policy;
    struct arena *arena, *line; /* of the thread; of one line */
    struct screener *screener;
    struct decider *decider;
    struct request request;
    struct screened screened;
    struct finding *shown; /* a copy that may be given away */
};

bool screen_policy_check(const struct screen_policy *policy, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct request request;
    return ask_request(policy->ask, arena, &request, error) && request_check(&request, error);
}

struct screen_judge *screen_judge_new(const struct screen_policy *policy,
                                      const struct screen_plan *plan)
{
    struct error error;
    struct screen_judge *judge = memory_grow(NULL, sizeof *judge);
    *judge = (struct screen_judge){
        .policy = policy->ask->policy, .arena = arena_new(), .line = arena_new()};
    judge->screener = screener_new(judge->policy, plan);
    judge->decider = decider_new(judge->policy, judge->arena);
    bool asked = ask_request(policy->ask, judge->arena, &judge->request, &error);
    assert(asked); /* it was checked */
    (void)asked;
    return judge;
}

void screen_judge_free(struct screen_judge *judge)
{
    if (judge == NULL) return;
    screener_free(judge->screener);
    arena_free(judge->arena);
    arena_free(judge->line);
    free(judge);
}

void screen_judge_read(struct screen_judge *judge, struct slice text, struct findings *ret_findings)
{
    struct error error;
    arena_reset(judge->line);
    bool read = screened_read(judge->screener, text, judge->line, &judge->screened, &error);
    assert(read); /* a line's text is well-formed */
    (void)read;
    size_t count = judge->screened.finding_count;
    struct finding *copy = ARENA_ARRAY(judge->line, struct finding, count + 1);
    *ret_findings = (struct findings){.at = copy, .full = judge->screened.part};
    for (size_t i = 0; i < count; i++)
        if (!finding_is_topic(judge->screened.findings[i].kind))
            copy[ret_findings->count++] = judge->screened.findings[i];
}

/* ---- the line's members --------------------------------------------------------------------------- */

static void add_facts(const struct screen_judge *judge, const struct screened_uses *uses,
                      struct json_writer *writer)
{
    const struct words *words = &judge->policy->words;
    bool named = false; /* several may be: one member */
    json_open_object(writer);
    for (size_t i = 0; i < uses->list.count; i++) {
        const struct screened_used *used = &uses->list.at[i];
        if (used->kind == USED_ACT || (used->kind == USED_NAMED && (named || !used->yes))) continue;
        named = named || used->kind == USED_NAMED;
        json_key(writer, words->facts.at[used->fact].word.id);
        json_string(writer, used->yes ? SLICE("yes") : SLICE("no"));
    }
    json_close_object(writer);
}

/* Facts that what was found raises and nobody answered. */
static void add_asks(const struct screen_judge *judge, struct json_writer *writer)
{
    const struct screened *screened = &judge->screened;
    json_open_array(writer);
    for (size_t i = 0; i < screened->facts.count; i++) {
        const struct screened_fact *fact = &screened->facts.at[i];
        if (fact->answer != SCREENED_ASK) continue;
        if (judge->request.facts[fact->fact].known != NOT_ASKED) continue;
        json_string(writer, judge->policy->words.facts.at[fact->fact].word.id);
    }
    json_close_array(writer);
}

static bool is_first(const struct screened_uses *uses, size_t used, size_t at)
{
    const struct clause *clause = uses->list.at[used].clauses.at[at];
    for (size_t i = 0; i <= used; i++) {
        const struct screened_used *one = &uses->list.at[i];
        for (size_t k = 0; k < (i == used ? at : one->clauses.count); k++)
            if (one->clauses.at[k] == clause) return false;
    }
    return true;
}

static void add_clauses(const struct screened_uses *uses, struct json_writer *writer)
{
    json_open_array(writer);
    for (size_t i = 0; i < uses->list.count; i++) {
        const struct screened_used *used = &uses->list.at[i];
        for (size_t k = 0; k < used->clauses.count; k++)
            if (used->yes && is_first(uses, i, k)) json_string(writer, used->clauses.at[k]->id);
    }
    json_close_array(writer);
}

static bool any_yes(const struct screened_uses *uses)
{
    for (size_t i = 0; i < uses->list.count; i++)
        if (uses->list.at[i].yes) return true;
    return false;
}

/* What a writer of its own wrote, behind a key: a writer closes with its first value. */
static void begin(struct json_writer *writer, struct text *out, const char *key)
{
    text_format(out, ",\"%s\":", key);
    json_writer_init(writer, out, false);
}

void screen_judge_add(struct screen_judge *judge, struct text *out)
{
    struct request request;
    struct decision decision;
    struct screened_uses uses;
    struct json_writer writer;
    request_copy(&judge->request, judge->line, &request);
    screened_apply(&judge->screened, &request, &uses);
    decider_decide(judge->decider, &request, false, judge->line, &decision);
    if (any_yes(&uses))
        screened_clauses(&request, &decision, judge->decider, false, judge->line, &uses);
    begin(&writer, out, "facts");
    add_facts(judge, &uses, &writer);
    begin(&writer, out, "asks");
    add_asks(judge, &writer);
    text_format(out, ",\"verdict\":\"%s\"", verdict_word(decision.verdict));
    begin(&writer, out, "clauses");
    add_clauses(&uses, &writer);
}
