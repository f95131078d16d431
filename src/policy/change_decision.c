/* Two answers to the same question compared by what they ask of people: verdict, strength, whom it is referred to, needs, duties,
 * reminders, sanctions, advice on silence, the door. Clauses, norms and order are left aside. */
#include <stdlib.h>

#include "policy/change_parts.h"

#define ANSWER_LARGEST ((size_t)1 << 18)

/* One thing that an answer says; `bearers`: of a duty that is somebody's by name. */
struct said {
    struct slice text;
    const struct roles *bearers;
};
struct answer {
    const struct words *words;
    struct arena *arena;
    struct text text;
    LIST(struct said) list;
};

static int by_text(const void *a, const void *b)
{
    const struct said *x = a;
    const struct said *y = b;
    return slice_compare(x->text, y->text);
}

static int by_id(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void add_ids(struct answer *answer, enum word_place place, const int *list, size_t count)
{
    struct slice *ids = ARENA_ARRAY(answer->arena, struct slice, count + 1);
    for (size_t i = 0; i < count; i++) ids[i] = words_word(answer->words, place, list[i])->id;
    qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count; i++) {
        text_add_char(&answer->text, ' ');
        text_add(&answer->text, ids[i]);
    }
    text_add_char(&answer->text, ';');
}

static void add_roles(struct answer *answer, const struct roles *roles)
{
    text_add_string(&answer->text, roles->each ? "each" : "");
    add_ids(answer, WORD_PERSON, roles->list.at, roles->list.count);
}

static void end_said(struct answer *answer, const struct roles *bearers)
{
    struct said said = {arena_copy(answer->arena, text_slice(&answer->text)), bearers};
    LIST_PUSH(answer->arena, &answer->list, said);
    text_cut(&answer->text, 0);
}

static void add_verdict(struct answer *answer, const struct decision *decision)
{
    text_format(&answer->text, "verdict %d %d %d", (int)decision->verdict, (int)decision->strength,
                decision->noted);
    add_roles(answer, &decision->refer);
    end_said(answer, NULL);
}

static struct slice need_text(struct answer *answer, const struct needed *needed)
{
    const struct need *need = needed->need;
    int every[1] = {need->every};
    add_ids(answer, WORD_FACT, &need->record, 1);
    add_ids(answer, WORD_PERSON, every, need->every >= 0);
    add_roles(answer, &need->from);
    text_format(&answer->text, "%d %d ", need->another, needed->refused);
    text_add(&answer->text, needed->person);
    struct slice text = arena_copy(answer->arena, text_slice(&answer->text));
    text_cut(&answer->text, 0);
    return text;
}

/* Needs of one permission stand together: any one permission's will do. Their numbers say nothing. */
static void add_needs(struct answer *answer, const struct decision *decision)
{
    for (size_t i = 0; i < decision->needs.count; i++) {
        int bundle = decision->needs.at[i].bundle;
        bool first = true;
        size_t count = 0;
        struct slice *texts = ARENA_ARRAY(answer->arena, struct slice, decision->needs.count);
        for (size_t k = 0; k < decision->needs.count; k++) {
            if (bundle == 0 ? k != i : decision->needs.at[k].bundle != bundle) continue;
            first = first && k >= i;
            texts[count++] = need_text(answer, &decision->needs.at[k]);
        }
        if (!first) continue;
        qsort(texts, count, sizeof *texts, by_id);
        text_add_string(&answer->text, bundle == 0 ? "need" : "bundle");
        for (size_t k = 0; k < count; k++) text_add(&answer->text, texts[k]);
        end_said(answer, NULL);
    }
}

static void add_duty(struct answer *answer, const struct owed *owed)
{
    const struct duty *duty = owed->duty;
    const int64_t numbers[] = {duty->modal,         duty->actor,     duty->bearer.anyone,
                               duty->when,          duty->once,      owed->within.unit,
                               owed->within.number, duty->keep.unit, duty->keep.number,
                               owed->conditional,   owed->stage};
    text_add_string(&answer->text, "duty");
    add_ids(answer, WORD_ACT, &duty->act, 1);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        text_add_number(&answer->text, numbers[i]);
        text_add_char(&answer->text, ' ');
    }
    add_roles(answer, &owed->bearer);
    add_roles(answer, &owed->object);
    add_roles(answer, &duty->otherwise);
    add_ids(answer, WORD_CHANNEL, duty->channels.list.at, duty->channels.list.count);
    text_add(&answer->text, duty->until);
    end_said(answer, duty->actor || duty->bearer.anyone ? NULL : &owed->bearer);
}

static void add_remarks(struct answer *answer, const struct remark *list, size_t count,
                        const char *mark)
{
    for (size_t i = 0; i < count; i++) {
        text_format(&answer->text, "%s %.*s", mark, SLICE_PRINT(list[i].text));
        end_said(answer, NULL);
    }
}

static void add_line(struct answer *answer, const struct policy_line *line)
{
    if (line == NULL) return;
    text_format(&answer->text, "line %d %d", (int)line->kind, (int)line->when);
    add_roles(answer, &line->roles);
    end_said(answer, NULL);
}

static void say(struct answer *answer, const struct decision *decision)
{
    text_init(&answer->text, ANSWER_LARGEST);
    add_verdict(answer, decision);
    add_needs(answer, decision);
    for (size_t i = 0; i < decision->duties.count; i++) add_duty(answer, &decision->duties.at[i]);
    add_remarks(answer, decision->reminders.at, decision->reminders.count, "remind");
    add_remarks(answer, decision->outcomes.at, decision->outcomes.count, "outcome");
    add_line(answer, decision->advice);
    add_line(answer, decision->door);
    text_clear(&answer->text);
    qsort(answer->list.at, answer->list.count, sizeof *answer->list.at, by_text);
    size_t kept = 0; /* what two clauses remind of is said once */
    for (size_t i = 0; i < answer->list.count; i++) {
        if (kept == 0 || !slice_equal(answer->list.at[kept - 1].text, answer->list.at[i].text))
            answer->list.at[kept++] = answer->list.at[i];
    }
    answer->list.count = kept;
}

/* A duty by name is whoever acts' own where it names them, and else that of those it names. */
static void mark(const struct said *said, int s, const struct joint *joint, bool *const falls[2],
                 struct answer_pair *pair)
{
    size_t count = said->bearers == NULL ? 0 : said->bearers->list.count;
    bool own = count == 0;
    for (size_t i = 0; i < count; i++) {
        int bearer = joint_find(&joint->people, s, said->bearers->list.at[i]);
        own = own || (bearer >= 0 && falls[s][bearer]);
    }
    pair->differs = pair->differs || own;
    for (size_t i = 0; i < count && !own; i++) {
        int bearer = joint_find(&joint->people, s, said->bearers->list.at[i]);
        if (bearer >= 0) pair->bearers[bearer] = true;
    }
}

/* Both lists are in order: what stands in one alone is different. */
static void compare(const struct answer answers[2], const struct joint *joint, bool *const falls[2],
                    struct answer_pair *pair)
{
    size_t at[2] = {0, 0};
    while (at[0] < answers[0].list.count || at[1] < answers[1].list.count) {
        int order = at[0] == answers[0].list.count ? 1
                    : at[1] == answers[1].list.count
                        ? -1
                        : by_text(&answers[0].list.at[at[0]], &answers[1].list.at[at[1]]);
        if (order < 0) mark(&answers[0].list.at[at[0]], 0, joint, falls, pair);
        if (order > 0) mark(&answers[1].list.at[at[1]], 1, joint, falls, pair);
        at[0] += order <= 0;
        at[1] += order >= 0;
    }
}

void answers_compare(struct side sides[2], const struct joint *joint, bool *const falls[2],
                     const struct request requests[2], struct arena *arena,
                     struct answer_pair *ret_pair)
{
    struct answer answers[2];
    *ret_pair =
        (struct answer_pair){.bearers = ARENA_ARRAY(arena, bool, joint->people.list.count + 1)};
    for (int s = 0; s < 2; s++) {
        answers[s] = (struct answer){.words = &sides[s].policy->words, .arena = arena};
        decider_decide(sides[s].decider, &requests[s], false, arena, &ret_pair->decisions[s]);
        say(&answers[s], &ret_pair->decisions[s]);
    }
    compare(answers, joint, falls, ret_pair);
}
