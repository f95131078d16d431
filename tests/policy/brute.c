/* The slow way: see brute.h. */
#include "brute_parts.h"

#include <string.h>

#include "policy/addressed.h"

#define DRAWN_ALIKE 8 /* drawn with the same people and channels */

/* ---- every question -------------------------------------------------------------------------------- */

static struct slice two(struct asking *asking, const struct words_named *list, size_t a, size_t b)
{
    if (a == 0) return SLICE_EMPTY;
    if (b == 0) return list->list.at[a - 1];
    return arena_format(asking->arena, "%.*s, %.*s", SLICE_PRINT(list->list.at[a - 1]),
                        SLICE_PRINT(list->list.at[b - 1]));
}

/* Nobody, each, and each two. */
static void make_sets(struct asking *asking, const struct words_named *from,
                      struct words_named *ret_sets)
{
    LIST_PUSH(asking->arena, &ret_sets->list, SLICE_EMPTY);
    for (size_t b = 0; b <= from->list.count; b++) {
        for (size_t a = b + 1; a <= from->list.count; a++)
            LIST_PUSH(asking->arena, &ret_sets->list, two(asking, from, a, b));
    }
}

/* The next answers; only what changes is set anew. */
static bool next_put(struct asking *asking, struct put *put)
{
    for (size_t i = 0; i < asking->choices.list.count; i++) {
        bool more = ++put->at[i] < asking->choices.list.at[i].values.count;
        put->at[i] = more ? put->at[i] : 0;
        answer_choose(asking, put, i);
        if (more) return true;
    }
    return false;
}

static size_t count_questions(const struct asking *asking)
{
    size_t count =
        asking->dones * asking->shown * asking->others.list.count * asking->channels.list.count;
    for (size_t i = 0; i < asking->choices.list.count && count <= asking->brute->largest; i++)
        count *= asking->choices.list.at[i].values.count;
    return count;
}

typedef bool judge(struct asking *asking);
static judge mark_bearers;

static bool all_questions(struct asking *asking, struct put *put, judge *stop)
{
    for (size_t o = 0; o < asking->others.list.count; o++) {
        for (size_t v = 0; v < asking->channels.list.count; v++) {
            put->other = asking->others.list.at[o];
            put->via = asking->channels.list.at[v];
            for (size_t k = 0; k < asking->dones * asking->shown; k++) {
                size_t shown = k / asking->dones;
                put->done = k % asking->dones == 1;
                put->shown = shown == 0 ? SLICE_EMPTY : slice_of(asking->brute->shown[shown - 1]);
                answer_start(asking, put);
                for (size_t i = 0; i < asking->choices.list.count; i++)
                    answer_choose(asking, put, i);
                do {
                    arena_reset(asking->scratch);
                    answer_compare(asking);
                    if (stop(asking)) return true;
                } while (next_put(asking, put));
            }
        }
    }
    return false;
}

/* What the change names is answered any way, the rest mostly by its first value. */
static void draw_answers(struct asking *asking, struct put *put)
{
    for (size_t i = 0; i < asking->choices.list.count; i++) {
        const struct choice *choice = &asking->choices.list.at[i];
        bool any = random_below(&asking->random, 10) < (choice->focus ? 6 : 1);
        size_t at = any ? random_below(&asking->random, choice->values.count) : 0;
        if (at == put->at[i]) continue;
        put->at[i] = at;
        answer_choose(asking, put, i);
    }
}

/* Whether what was changed names all of them. */
static bool all_named(const struct asking *asking, struct slice set)
{
    struct slice part;
    bool named = true;
    while (slice_split(&set, ',', &part))
        named = named && words_said_in(text_slice(&asking->focus), slice_trim(part));
    return named;
}

/* One of the sets; mostly one whose members are named in what was changed. */
static struct slice draw_set(struct asking *asking, const struct words_named *sets)
{
    struct slice set = SLICE_EMPTY;
    for (size_t tries = 0; tries < 20; tries++) {
        set = sets->list.at[random_below(&asking->random, sets->list.count)];
        if (all_named(asking, set) || random_below(&asking->random, 8) == 0) return set;
    }
    return set;
}

/* Every way, with each other person whom the change names, everything answered by its first value. */
static bool first_questions(struct asking *asking, struct put *put, judge *stop)
{
    for (size_t o = 0; o < asking->others.list.count; o++) {
        for (size_t v = 0; v < asking->channels.list.count; v++) {
            put->other = asking->others.list.at[o];
            put->via = asking->channels.list.at[v];
            if (!all_named(asking, put->other)) break;
            answer_start(asking, put);
            for (size_t i = 0; i < asking->choices.list.count; i++) answer_choose(asking, put, i);
            arena_reset(asking->scratch);
            answer_compare(asking);
            if (stop(asking)) return true;
        }
    }
    return false;
}

static void draw_people(struct asking *asking, struct put *put)
{
    size_t shown = random_below(&asking->random, asking->shown);
    put->other = draw_set(asking, &asking->others);
    put->via = draw_set(asking, &asking->channels);
    put->done = random_below(&asking->random, 4) == 0;
    put->shown = shown == 0 ? SLICE_EMPTY : slice_of(asking->brute->shown[shown - 1]);
    answer_start(asking, put);
    for (size_t i = 0; i < asking->choices.list.count; i++) answer_choose(asking, put, i);
}

/* A bearer is looked for whoever acts: with each of them less is drawn. */
static bool drawn_questions(struct asking *asking, struct put *put, judge *stop)
{
    asking->brute->drawn++;
    bool brief = stop == mark_bearers;
    if (!brief && first_questions(asking, put, stop)) return true;
    for (size_t n = 0; n < asking->brute->largest / (brief ? 4 : 1); n++) {
        if (n % DRAWN_ALIKE == 0) draw_people(asking, put);
        draw_answers(asking, put);
        arena_reset(asking->scratch);
        answer_compare(asking);
        if (stop(asking)) return true;
    }
    return false;
}

static bool ask_all(struct asking *asking, struct slice actor, judge *stop)
{
    struct put put = {
        .actor = actor, .other = SLICE_EMPTY, .via = SLICE_EMPTY, .shown = SLICE_EMPTY};
    return count_questions(asking) <= asking->brute->largest ? all_questions(asking, &put, stop)
                                                             : drawn_questions(asking, &put, stop);
}

static bool own_differs(struct asking *asking)
{
    return asking->own;
}

/* ---- roles ----------------------------------------------------------------------------------------- */

static struct slice phrase_of(const struct asking *asking, struct slice id)
{
    for (int s = 0; s < 2; s++) {
        int index = words_find_id(&asking->policies[s]->words, WORD_PERSON, id);
        if (index >= 0 && id.length > 0)
            return asking->policies[s]->words.people.at[index].word.phrase;
    }
    return SLICE_EMPTY;
}

static void mark(struct asking *asking, size_t role, const char *how)
{
    if (!asking->brute->changed[role])
        text_format(&asking->brute->why, "%.*s: %s on '%.*s'\n",
                    SLICE_PRINT(asking->brute->roles[role].name), how, SLICE_PRINT(asking->act));
    asking->brute->changed[role] = true;
}

/* Whose duty by name differs: every role that is the bearer. */
static bool mark_bearers(struct asking *asking)
{
    for (size_t b = 0; asking->named && b < asking->bearers.list.count; b++) {
        for (size_t r = 0; r < asking->brute->count; r++) {
            for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
                for (int s = 0; s < 2; s++) {
                    const struct words *words = &asking->policies[s]->words;
                    struct slice id = asking->brute->roles[r].words[w];
                    int role = id.length == 0 ? -1 : words_find_id(words, WORD_PERSON, id);
                    int bearer = words_find(words, WORD_PERSON, asking->bearers.list.at[b]);
                    if (answer_is_somebody(asking->policies[s], role, bearer, 0))
                        mark(asking, r, "bears");
                }
            }
        }
    }
    return false;
}

/* As which of the words that the text names the two count. */
static struct slice row_of(struct asking *asking, struct slice a, struct slice b)
{
    AUTO_TEXT struct text row;
    text_init(&row, LARGEST);
    for (int s = 0; s < 2; s++) {
        const struct policy *policy = asking->policies[s];
        int one = words_find(&policy->words, WORD_PERSON, a);
        int two = b.length == 0 ? -1 : words_find(&policy->words, WORD_PERSON, b);
        for (size_t k = 0; k < policy->words.people.count; k++) {
            bool named =
                words_said_in(text_slice(&asking->about), policy->words.people.at[k].word.phrase);
            bool counts = (one >= 0 && policy_counts(policy, WORD_PERSON, one, (int)k)) ||
                          (two >= 0 && policy_counts(policy, WORD_PERSON, two, (int)k));
            text_add_char(&row, named && counts ? '1' : '0');
        }
    }
    return arena_copy(asking->arena, text_slice(&row));
}

/* Whether the actor's part of some answer differs; those who count as the same are asked once. */
static bool differs_for(struct asking *asking, struct slice a, struct slice b)
{
    if (a.length == 0) return false;
    struct slice row = row_of(asking, a, b);
    int64_t known = map_get(&asking->answered, row);
    struct slice actor =
        b.length == 0 ? a
                      : arena_format(asking->arena, "%.*s, %.*s", SLICE_PRINT(a), SLICE_PRINT(b));
    if (known >= 0) return known == 1;
    bool differs = ask_all(asking, actor, own_differs);
    (void)map_set(&asking->answered, row, differs);
    return differs;
}

enum step { STEP_ALONE, STEP_BEARERS, STEP_TAKEN_ON, STEP_PAIRS };

static void step_alone(struct asking *asking)
{
    struct brute *brute = asking->brute;
    for (size_t r = 0; r < brute->count; r++) {
        for (size_t w = 0; w < CHANGE_ROLE_WORDS && !brute->changed[r]; w++) {
            if (differs_for(asking, phrase_of(asking, brute->roles[r].words[w]), SLICE_EMPTY))
                mark(asking, r, "alone");
        }
    }
}

/* Whether some role not found so far could bear a duty that a statement about the act, or its exception, gives by name. */
static bool left_to_bear(const struct asking *asking)
{
    for (int s = 0; s < 2; s++) {
        const struct words *words = &asking->policies[s]->words;
        for (size_t k = 0; k < words->people.count; k++) {
            if (!words_said_in(text_slice(&asking->about), words->people.at[k].word.phrase))
                continue;
            for (size_t r = 0; r < asking->brute->count; r++) {
                for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
                    struct slice id = asking->brute->roles[r].words[w];
                    int role = id.length == 0 ? -1 : words_find_id(words, WORD_PERSON, id);
                    if (!asking->brute->changed[r] &&
                        answer_is_somebody(asking->policies[s], role, (int)k, 0))
                        return true;
                }
            }
        }
    }
    return false;
}

static bool gives_by_name(const struct asking *asking)
{
    struct slice text = text_slice(&asking->about), line;
    while (slice_split(&text, '\n', &line)) {
        bool modal = words_said_in(line, SLICE(" MUST ")) ||
                     words_said_in(line, SLICE(" SHOULD ")) || words_said_in(line, SLICE(" MAY "));
        if (modal && !words_said_in(line, SLICE(" NOT "))) return true;
    }
    return false;
}

static void step_bearers(struct asking *asking)
{
    if (!gives_by_name(asking)) return;
    for (size_t i = 0; i <= asking->people.list.count && left_to_bear(asking); i++)
        (void)ask_all(asking, i == 0 ? SLICE_EMPTY : asking->people.list.at[i - 1], mark_bearers);
}

static bool bound(const struct asking *asking, size_t role)
{
    bool bound = false;
    for (int s = 0; s < 2; s++) {
        for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
            struct slice id = asking->brute->roles[role].words[w];
            int index = words_find_id(&asking->policies[s]->words, WORD_PERSON, id);
            bound =
                bound || (id.length > 0 && index >= 0 && policy_binds(asking->policies[s], index));
        }
    }
    return bound;
}

static void step_together(struct asking *asking, enum step step, const bool *alone)
{
    struct brute *brute = asking->brute;
    for (size_t a = 0; a < brute->count; a++) {
        for (size_t b = 0; b < brute->count; b++) {
            bool taken = step == STEP_TAKEN_ON && brute->roles[a].takes_on &&
                         brute->roles[b].capacity && bound(asking, a) && !brute->changed[a];
            bool pair = step == STEP_PAIRS && a < b && !alone[a] && !alone[b] &&
                        !brute->roles[a].capacity && !brute->roles[b].capacity &&
                        !(brute->changed[a] && brute->changed[b]);
            for (size_t w = 0; w < CHANGE_ROLE_WORDS && (taken || pair); w++) {
                if (!differs_for(asking, phrase_of(asking, brute->roles[a].words[w]),
                                 phrase_of(asking, brute->roles[b].words[0])))
                    continue;
                mark(asking, a, "together");
                if (pair) mark(asking, b, "together");
            }
        }
    }
}

/* ---- acts ------------------------------------------------------------------------------------------ */

/* Lines of one text that the other has not. */
static void difference(struct slice a, struct slice b, struct text *out)
{
    struct slice line;
    while (slice_split(&a, '\n', &line)) {
        if (slice_search(b, line) == b.length) text_format(out, "%.*s\n", SLICE_PRINT(line));
    }
}

/* Whether the versions say anything different about the act at all; if so, what can be asked of it. */
static bool take_act(struct asking *asking, struct slice act)
{
    AUTO_TEXT struct text old;
    AUTO_TEXT struct text new;
    struct words_named people = {.list = {0}};
    struct words_named channels = {.list = {0}};
    asking->act = act;
    text_init(&old, LARGEST);
    text_init(&new, LARGEST);
    text_cut(&asking->about, 0);
    text_cut(&asking->focus, 0);
    words_about(asking, 0, &old);
    words_about(asking, 1, &new);
    difference(text_slice(&old), text_slice(&new), &asking->focus);
    difference(text_slice(&new), text_slice(&old), &asking->focus);
    if (asking->focus.length == 0 && old.length == new.length) return false;
    text_add(&asking->about, text_slice(&old));
    text_add(&asking->about, text_slice(&new));
    asking->choices.list.count = 0;
    map_init(&asking->answered, asking->arena);
    asking->people.list.count = asking->others.list.count = asking->channels.list.count = 0;
    words_find_place(asking, WORD_PERSON, text_slice(&asking->about), &people);
    words_find_place(asking, WORD_CHANNEL, text_slice(&asking->about), &channels);
    asking->people = people;
    make_sets(asking, &people, &asking->others);
    make_sets(asking, &channels, &asking->channels);
    words_find_choices(asking);
    struct slice about = text_slice(&asking->about);
    asking->dones =
        1u + (words_said_in(about, SLICE("NEED")) || words_said_in(about, SLICE("the act is")) ||
              words_said_in(about, SLICE("no clause speaks: TELL")));
    asking->shown = 1 + (words_said_in(about, SLICE("shown")) ? asking->brute->shown_count : 0);
    return true;
}

static void each_act(struct asking *asking, enum step step, const bool *alone)
{
    const struct words *words = &asking->policies[1]->words;
    for (size_t i = 0; i < words->acts.count; i++) {
        if (words->acts.at[i].kind == ACT_DUTY) continue;
        if (words_find_id(&asking->policies[0]->words, WORD_ACT, words->acts.at[i].word.id) < 0 ||
            !take_act(asking, words->acts.at[i].word.phrase))
            continue;
        asking->brute->acts += step == STEP_ALONE ? 1 : 0;
        if (step == STEP_ALONE) step_alone(asking);
        if (step == STEP_BEARERS) step_bearers(asking);
        if (step == STEP_TAKEN_ON || step == STEP_PAIRS) step_together(asking, step, alone);
    }
}

static void each_bound(struct asking *asking)
{
    for (size_t r = 0; r < asking->brute->count; r++) {
        bool binds[2] = {false, false};
        for (int s = 0; s < 2; s++) {
            for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
                struct slice id = asking->brute->roles[r].words[w];
                int index = words_find_id(&asking->policies[s]->words, WORD_PERSON, id);
                binds[s] = binds[s] || (id.length > 0 && index >= 0 &&
                                        policy_binds(asking->policies[s], index));
            }
        }
        if (binds[0] != binds[1]) mark(asking, r, "bound");
    }
}

/* Who may take on what bears a duty that differs. */
static void each_taken_on(struct asking *asking, const bool *borne)
{
    struct brute *brute = asking->brute;
    for (size_t c = 0; c < brute->count; c++) {
        for (size_t r = 0; r < brute->count && brute->roles[c].capacity && borne[c]; r++) {
            if (brute->roles[r].takes_on && bound(asking, r)) mark(asking, r, "may bear");
        }
    }
}

void brute_run(struct brute *brute, struct arena *arena)
{
    struct asking asking = {.brute = brute,
                            .policies = {brute->old, brute->new},
                            .arena = arena_new(),
                            .scratch = arena_new(),
                            .frame = arena_new(),
                            .act = SLICE("")};
    bool *alone = ARENA_ARRAY(arena, bool, brute->count + 1);
    bool *before = ARENA_ARRAY(arena, bool, brute->count + 1);
    brute->changed = ARENA_ARRAY(arena, bool, brute->count + 1);
    text_init(&brute->why, LARGEST);
    text_init(&asking.about, LARGEST);
    text_init(&asking.focus, LARGEST);
    random_init(&asking.random, 1);
    for (int s = 0; s < 2; s++) asking.deciders[s] = decider_new(asking.policies[s], asking.arena);
    each_bound(&asking);
    each_act(&asking, STEP_ALONE, NULL);
    memcpy(before, brute->changed, brute->count);
    each_act(&asking, STEP_BEARERS, NULL);
    for (size_t r = 0; r < brute->count; r++) before[r] = brute->changed[r] && !before[r];
    memcpy(alone, brute->changed, brute->count);
    each_taken_on(&asking, before);
    each_act(&asking, STEP_TAKEN_ON, alone);
    if (!brute->alone) each_act(&asking, STEP_PAIRS, alone);
    text_clear(&asking.about);
    text_clear(&asking.focus);
    arena_free(asking.scratch);
    arena_free(asking.frame);
    arena_free(asking.arena);
}

void brute_clear(struct brute *brute)
{
    text_clear(&brute->why);
}
