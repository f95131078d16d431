/* The people and channels that make a difference to an act: the words of both versions joined by id, and of the sets of at most
 * two roles or channels one for each way in which the rules of either version can see them. */
#include <string.h>

#include "policy/change_parts.h"

/* ---- words of both versions -------------------------------------------------------------------------- */

static void join(const struct policy *old, const struct policy *new, enum word_place place,
                 struct arena *arena, struct joint_words *ret_words)
{
    *ret_words = (struct joint_words){.list = {0}};
    for (size_t i = 0; i < words_count(&old->words, place); i++) {
        int other = words_find_id(&new->words, place, words_word(&old->words, place, (int)i)->id);
        LIST_PUSH(arena, &ret_words->list, (struct joint_word){{(int)i, other}});
    }
    for (size_t i = 0; i < words_count(&new->words, place); i++) {
        if (words_find_id(&old->words, place, words_word(&new->words, place, (int)i)->id) < 0)
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

struct slice crowd_key(const struct side sides[2], const struct joint *joint, enum crowd_kind kind,
                       const int *at, unsigned count, struct arena *arena)
{
    const struct joint_words *words = kind == CROWD_CHANNEL ? &joint->channels : &joint->people;
    unsigned widths[2] = {sides[0].program->words, sides[1].program->words};
    size_t masks = widths[0] + widths[1], size = masks * sizeof(uint64_t) + 2 * sizeof(int);
    char *key = arena_take(arena, size, 1);
    for (unsigned i = 0; i < count; i++) {
        for (int s = 0; s < 2; s++) {
            int index = words->list.at[at[i]].at[s];
            if (index < 0 || sides[s].code == NULL) continue;
            const uint64_t *row = rows_of(&sides[s], kind)[index];
            for (unsigned w = 0; w < widths[s]; w++) {
                uint64_t bits;
                char *place = key + (w + (s == 0 ? 0 : widths[0])) * sizeof bits;
                memcpy(&bits, place, sizeof bits);
                bits |= row[w] & sides[s].code->all[w];
                memcpy(place, &bits, sizeof bits);
            }
            if (kind == CROWD_CHANNEL && fenced(&sides[s], index)) {
                int told = at[i] + 1;
                memcpy(key + masks * sizeof(uint64_t) + i * sizeof told, &told, sizeof told);
            }
        }
    }
    return (struct slice){key, size};
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

static void add_crowd(const struct side sides[2], const struct joint *joint, enum crowd_kind kind,
                      int a, int b, struct arena *arena, struct crowds *crowds)
{
    struct crowd crowd = {.at = {a, b}, .count = (a >= 0) + (b >= 0 ? 1u : 0u)};
    crowd.key = crowd_key(sides, joint, kind, crowd.at, crowd.count, arena);
    if (map_get(&crowds->keys, crowd.key) >= 0) return;
    (void)map_set(&crowds->keys, crowd.key, (int64_t)crowds->list.count);
    LIST_PUSH(arena, &crowds->list, crowd);
}

void crowds_make(const struct side sides[2], const struct joint *joint, enum crowd_kind kind,
                 bool single, struct arena *arena, struct crowds *ret_crowds)
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
