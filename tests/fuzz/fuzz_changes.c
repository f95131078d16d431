/* Any bytes as two versions of a policy, cut at a line of four equal signs, over a small vocabulary: what changes for whom is the
 * same from either side, a version beside itself changes nothing, and what is said of a change holds together. */
#include <stdlib.h>

#include "../policy/scenario_policy.h"
#include "policy/change.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static struct policy *compile(struct slice text, struct arena *arena)
{
    const struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                           .law = {SLICE("law.md"), SLICE(SCENARIO_LAW)},
                                           .policy = {SLICE("p.md"), text},
                                           .unhashed = true};
    struct problems problems;
    problems_init(&problems, arena);
    return policy_new(&sources, &problems);
}

#define ROLES 4
static const struct change_role roles[ROLES] = {
    {.name = SLICE("teacher"), .words = {SLICE("teacher"), SLICE(""), SLICE("")}, .takes_on = true},
    {.name = SLICE("lead"), .words = {SLICE("lead"), SLICE("coordinator"), SLICE("")}},
    {.name = SLICE("pupil"), .words = {SLICE("pupil"), SLICE("no-such-word"), SLICE("")}},
    {.name = SLICE("visitor"),
     .words = {SLICE("visitor"), SLICE(""), SLICE("")},
     .capacity = true}};

static void check(const struct changes *changes, struct arena *arena)
{
    struct text out;
    struct json_writer writer;
    text_init(&out, 1 << 24);
    json_writer_init(&writer, &out, false);
    require(changes->roles.count == ROLES);
    for (size_t r = 0; r < ROLES; r++) {
        const struct change_for *to = &changes->roles.at[r];
        require(to->meaning == (to->list.count > 0));
        for (size_t i = 0; i < to->list.count; i++) {
            require(to->list.at[i].change < changes->list.count);
            require(changes->list.at[to->list.at[i].change].matters);
        }
    }
    changes_to_json(changes, &writer);
    require(!out.overflowed);
    text_clear(&out);
    (void)arena;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 16384) return 0;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice all = arena_copy(arena, (struct slice){(const char *)data, size});
    struct slice mark = SLICE("\n====\n");
    size_t cut = slice_search(all, mark);
    AUTO(policy) struct policy *old = compile(slice_part(all, 0, cut + 1), arena);
    AUTO(policy)
    struct policy *new = compile(slice_part(all, cut + mark.length, all.length), arena);
    struct changes there, back, same;
    if (old == NULL || new == NULL) return 0;
    policy_changes(old, new, roles, ROLES, arena, &there);
    policy_changes(new, old, roles, ROLES, arena, &back);
    policy_changes(old, old, roles, ROLES, arena, &same);
    check(&there, arena);
    check(&back, arena);
    for (size_t r = 0; r < ROLES; r++) {
        bool settled = !there.untried && !back.untried;
        require(!settled || there.roles.at[r].meaning == back.roles.at[r].meaning);
        require(!same.roles.at[r].meaning);
    }
    require(same.list.count == 0 && same.judged == 0);
    return 0;
}
