/* Scenarios as places to look from: each question that they put, and each that differs from it in one or two things, put to
 * both versions. What differs there is no equivalent, though the clause itself reads none of it. */
#include <string.h>

#include "policy/mutate_parts.h"

struct search {
    struct twins twins;
    struct space *spaces[2];
    struct arena *scratch;
    struct opens opens;
};

/* The scenario's people, and nothing said of them. */
static void blank(const struct request *from, const struct policy *policy, struct arena *arena,
                  struct request *ret_request)
{
    const struct words *words = &policy->words;
    request_copy(from, arena, ret_request);
    ret_request->policy = policy;
    ret_request->closed = ret_request->has_time = false;
    ret_request->entries.count = 0;
    memset(ret_request->facts, 0, words->facts.count * sizeof *ret_request->facts);
    memset(ret_request->judgements, 0, words->names.count * sizeof *ret_request->judgements);
    for (size_t i = 0; i < ret_request->shown.count; i++) {
        struct shown *shown = &ret_request->shown.at[i];
        shown->entries.count = 0;
        memset(shown->facts, 0, words->facts.count * sizeof *shown->facts);
        memset(shown->judgements, 0, words->names.count * sizeof *shown->judgements);
    }
}

static void find_opens(struct search *search, const struct request *request, int act)
{
    search->opens = (struct opens){0};
    for (size_t v = 0; v < 2; v++) {
        struct request empty;
        struct world world;
        blank(request, search->twins.policies[v], search->scratch, &empty);
        world_init(&world, search->spaces[v], &empty, act, search->scratch);
        opens_add(&search->opens, &world.open, NULL, 0, search->scratch);
        opens_add(&search->opens, &world.pending, NULL, 0, search->scratch);
    }
}

/* What the record already says of that giver gives way. */
static void drop_entry(struct request *request, const struct open *open)
{
    struct entry *list =
        open->shown < 0 ? request->entries.at : request->shown.at[open->shown].entries.at;
    size_t *count =
        open->shown < 0 ? &request->entries.count : &request->shown.at[open->shown].entries.count;
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++) {
        if (list[i].record != open->index || list[i].giver != open->giver) list[kept++] = list[i];
    }
    *count = kept;
}

static void change(struct request *request, struct open *open, size_t value, struct arena *arena)
{
    open->now = value;
    if (open->kind == VARIABLE_RECORD) drop_entry(request, open);
    open_put(open, request, arena);
}

/* One thing changed, then each further one behind it. */
static bool differs_near(struct search *search, const struct request *from)
{
    for (size_t i = 0; i < search->opens.list.count; i++) {
        struct open *first = &search->opens.list.at[i];
        for (size_t a = 0; a < open_count(first); a++) {
            AUTO(arena) struct arena *arena = arena_new();
            struct request one, two;
            request_copy(from, arena, &one);
            change(&one, first, a, arena);
            if (twins_differ(&search->twins, &one)) return true;
            for (size_t k = i + 1; k < search->opens.list.count; k++) {
                struct open *second = &search->opens.list.at[k];
                for (size_t b = 0; b < open_count(second); b++) {
                    request_copy(&one, arena, &two);
                    change(&two, second, b, arena);
                    if (twins_differ(&search->twins, &two)) return true;
                }
            }
        }
    }
    return false;
}

static bool differs(struct search *search, const struct request *asked)
{
    for (int done = 0; done < 2; done++) {
        struct request request;
        arena_reset(search->scratch);
        request_copy(asked, search->scratch, &request);
        request.done = done == 1;
        request.closed = true;
        find_opens(search, &request, request.acts.at[0]);
        if (twins_differ(&search->twins, &request) || differs_near(search, &request)) return true;
    }
    return false;
}

bool mutate_seen_near(const struct mutation *mutation, const struct policy *changed,
                      const bool *acts)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(arena) struct arena *scratch = arena_new();
    struct search search = {.scratch = scratch};
    bool seen = false;
    twins_init(&search.twins, mutation->policy, changed, arena);
    for (size_t v = 0; v < 2; v++) search.spaces[v] = space_new(search.twins.policies[v], arena);
    for (size_t i = 0; i < mutation->scenarios->list.count && !seen; i++) {
        const struct request *request = &mutation->scenarios->list.at[i].request;
        if (request->acts.count == 1 && acts[request->acts.at[0]]) seen = differs(&search, request);
    }
    twins_clear(&search.twins);
    return seen;
}
