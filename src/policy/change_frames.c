/* The people and channels that make a difference to an act: the words of both versions joined by id, and of the sets of at most
 * two roles or channels one for each way in which the rules of either version can see them. */
#include <string.h>

#include "policy/change_parts.h"

/* ---- words of both versions -------------------------------------------------------------------------- */

/* Facts and records share a table and not their ids. */
static int find_like(const struct policy *policy, const struct policy *other, enum word_place place,
                     size_t index)
{
    struct slice id = words_word(&policy->words, place, (int)index)->id;
    bool record = place == WORD_FACT && policy->words.facts.at[index].kind == FACT_RECORD;
    return words_find_id(&other->words, record ? WORD_RECORD : place, id);
}

static void join(const struct policy *old, const struct policy *new, enum word_place place,
                 struct arena *arena, struct joint_words *ret_words)
{
    *ret_words = (struct joint_words){.list = {0}};
    for (size_t i = 0; i < words_count(&old->words, place); i++)
        LIST_PUSH(arena, &ret_words->list,
                  (struct joint_word){{(int)i, find_like(old, new, place, i)}});
    for (size_t i = 0; i < words_count(&new->words, place); i++) {
        if (find_like(new, old, place, i) < 0)
            LIST_PUSH(arena, &ret_words->list, (struct joint_word){{-1, (int)i}});
    }
}

void joint_init(struct joint *joint, const struct policy *old, const struct policy *new,
                struct arena *arena)
{
    join(old, new, WORD_PERSON, arena, &joint->people);
    join(old, new, WORD_CHANNEL, arena, &joint->channels);
    join(old, new, WORD_ACT, arena, &joint->acts);
    join(old, new, WORD_FACT, arena, &joint->facts);
    join(old, new, WORD_NAME, arena, &joint->names);
}

int joint_find(const struct joint_words *words, int side, int index)
{
    for (size_t i = 0; i < words->list.count; i++) {
        if (words->list.at[i].at[side] == index) return (int)i;
    }
    return -1;
}

/* ---- crowds ------------------------------------------------------------------------------------------ */

static uint64_t **rows_of(const struct side *side, enum crowd_kind kind)
{
    switch (kind) {
    case CROWD_ACTOR: return side->program->actor_roles;
    case CROWD_OTHER: return side->program->other_roles;
    case CROWD_SHOWN: return side->program->shown_roles;
    case CROWD_CHANNEL: break;
    }
    return side->program->channels;
}

/* Whether a fence of the act looks at channels of this one's kind: then it is told from every other. */
static bool fenced(const struct side *side, int channel)
{
    bool fenced = false;
    enum channel_kind kind = side->policy->words.channels.at[channel].kind;
    for (size_t i = 0; side->code != NULL && i < side->code->others.count; i++) {
        const struct literal *literal = &side->program->literals.at[side->code->others.at[i]];
        fenced = fenced || (literal->kind == LITERAL_THROUGH && (literal->kinds >> kind & 1) != 0);
    }
    return fenced;
}

/* Nothing is said but who these are. What then holds and fails stands in the space's `asker`. */
static const struct bits *encode_crowd(struct side *side, enum crowd_kind kind, const int *list,
                                       unsigned count, struct arena *arena)
{
    struct request *request = &side->blank;
    struct shown *shown = ARENA_NEW(arena, struct shown);
    struct roles roles = {.list = {0}};
    for (unsigned i = 0; i < count; i++) LIST_PUSH(arena, &roles.list, list[i]);
    request->actor = kind == CROWD_ACTOR ? roles : (struct roles){.list = {0}};
    request->other = kind == CROWD_OTHER ? roles : (struct roles){.list = {0}};
    request->via.list.at = roles.list.at;
    request->via.list.count = kind == CROWD_CHANNEL ? count : 0;
    request->actor_given = kind == CROWD_ACTOR;
    request->other_given = kind == CROWD_OTHER;
    request->via_given = kind == CROWD_CHANNEL;
    request->shown_given = kind == CROWD_SHOWN;
    *shown = (struct shown){.name = SLICE("somebody"),
                            .roles = roles,
                            .facts = side->blank_facts,
                            .judgements = side->blank_judgements};
    request->shown.at = shown;
    request->shown.count = kind == CROWD_SHOWN;
    encode_asker(side->space, side->code, request);
    bool personal = kind == CROWD_SHOWN && side->space->shown_count > 0;
    return personal ? &side->space->asker.shown[0] : &side->space->asker.all;
}

/* What the act's rules see of these: the literals that they read themselves, settled; and of what stays open, as which of the
 * words that its definition reads these count. */
static void add_side(struct side *side, enum crowd_kind kind, const int *list, unsigned count,
                     struct arena *arena, uint64_t *key)
{
    const struct program *program = side->program;
    unsigned words = program->words;
    const struct bits *bits = encode_crowd(side, kind, list, count, arena);
    uint64_t open[PROGRAM_WORDS_LARGEST];
    for (unsigned w = 0; w < words; w++) {
        key[w] = bits->t[w] & side->direct[w];
        key[words + w] = bits->f[w] & side->direct[w];
        open[w] = side->direct[w] & ~bits->t[w] & ~bits->f[w];
    }
    for (size_t i = program->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[i];
        if (mask_has(open, derived->literal)) mask_join(open, derived->uses, words);
    }
    for (unsigned i = 0; i < count; i++) {
        for (unsigned w = 0; w < words; w++)
            key[2 * words + w] |= rows_of(side, kind)[list[i]][w] & open[w];
    }
}

struct slice crowd_key(struct side sides[2], const struct joint *joint, enum crowd_kind kind,
                       const int *at, unsigned count, struct arena *arena)
{
    const struct joint_words *words = kind == CROWD_CHANNEL ? &joint->channels : &joint->people;
    unsigned widths[2] = {3 * sides[0].program->words, 3 * sides[1].program->words};
    uint64_t *key = ARENA_ARRAY(arena, uint64_t, widths[0] + widths[1] + 2);
    for (int s = 0; s < 2; s++) {
        int list[2];
        unsigned known = 0;
        for (unsigned i = 0; i < count && sides[s].code != NULL; i++) {
            int index = words->list.at[at[i]].at[s];
            if (index < 0) continue;
            list[known++] = index;
            if (kind == CROWD_CHANNEL && fenced(&sides[s], index))
                key[widths[0] + widths[1] + i] = (uint64_t)at[i] + 1;
        }
        if (sides[s].code != NULL)
            add_side(&sides[s], kind, list, known, arena, key + (s == 0 ? 0 : widths[0]));
    }
    return (struct slice){(const char *)key, (widths[0] + widths[1] + 2) * sizeof *key};
}

static bool own_word(const struct side sides[2], const struct joint *joint, enum crowd_kind kind,
                     size_t index)
{
    const struct joint_words *words = kind == CROWD_CHANNEL ? &joint->channels : &joint->people;
    enum word_place place = kind == CROWD_CHANNEL ? WORD_CHANNEL : WORD_PERSON;
    const struct joint_word *word = &words->list.at[index];
    int s = word->at[0] >= 0 ? 0 : 1;
    return words_word(&sides[s].policy->words, place, word->at[s])->own;
}

static void add_crowd(struct side sides[2], const struct joint *joint, enum crowd_kind kind, int a,
                      int b, struct arena *arena, struct crowds *crowds)
{
    struct crowd crowd = {.at = {a, b}, .count = (a >= 0) + (b >= 0 ? 1u : 0u)};
    crowd.key = crowd_key(sides, joint, kind, crowd.at, crowd.count, arena);
    if (map_get(&crowds->keys, crowd.key) >= 0) return;
    (void)map_set(&crowds->keys, crowd.key, (int64_t)crowds->list.count);
    LIST_PUSH(arena, &crowds->list, crowd);
}

void crowds_make(struct side sides[2], const struct joint *joint, enum crowd_kind kind, bool single,
                 struct arena *arena, struct crowds *ret_crowds)
{
    const struct joint_words *words = kind == CROWD_CHANNEL ? &joint->channels : &joint->people;
    *ret_crowds = (struct crowds){.list = {0}};
    map_init(&ret_crowds->keys, arena);
    add_crowd(sides, joint, kind, -1, -1, arena, ret_crowds);
    for (size_t i = 0; i < words->list.count; i++) {
        if (!own_word(sides, joint, kind, i))
            add_crowd(sides, joint, kind, (int)i, -1, arena, ret_crowds);
    }
    size_t alone = ret_crowds->list.count;
    for (size_t i = 1; i < alone && !single; i++) {
        for (size_t k = i + 1; k < alone; k++)
            add_crowd(sides, joint, kind, ret_crowds->list.at[i].at[0],
                      ret_crowds->list.at[k].at[0], arena, ret_crowds);
    }
}
