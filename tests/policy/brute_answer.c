/* One question put to both versions: what comes back written out as text, line by line, without clauses, norms and order. */
#include "brute_parts.h"

#include <stdio.h>
#include <stdlib.h>

static int by_slice(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void add_people(const struct words *words, const struct roles *roles, struct text *out)
{
    /* Two or three at most: put in order by looking for the next. */
    struct slice last = SLICE_EMPTY;
    text_add_string(out, roles->each ? "each" : "any");
    for (size_t n = 0; n < roles->list.count; n++) {
        struct slice next = SLICE_EMPTY;
        for (size_t i = 0; i < roles->list.count; i++) {
            struct slice id = words->people.at[roles->list.at[i]].word.id;
            if (slice_compare(id, last) > 0 && (next.length == 0 || slice_compare(id, next) < 0))
                next = id;
        }
        text_format(out, " %.*s", SLICE_PRINT(next));
        last = next;
    }
    text_add_char(out, '|');
}

struct lines {
    LIST(struct slice) list;
    struct slice duties[DUTIES_LARGEST]; /* by name, and whose they are */
    const struct roles *bearers[DUTIES_LARGEST];
    size_t named;
};

static void keep(struct asking *asking, struct text *text, struct lines *lines)
{
    LIST_PUSH(asking->scratch, &lines->list, arena_copy(asking->scratch, text_slice(text)));
    text_cut(text, 0);
}

static void answer_duty(struct asking *asking, const struct words *words, const struct owed *owed,
                        struct text *text, struct lines *lines)
{
    const struct duty *duty = owed->duty;
    text_format(
        text, "duty %.*s modal %d when %d once %d within %d %lld keep %d %lld if %d stage %d ",
        SLICE_PRINT(words->acts.at[duty->act].word.id), (int)duty->modal, (int)duty->when,
        duty->once, (int)owed->within.unit, (long long)owed->within.number, (int)duty->keep.unit,
        (long long)duty->keep.number, owed->conditional, (int)owed->stage);
    add_people(words, &owed->object, text);
    add_people(words, &duty->otherwise, text);
    for (size_t i = 0; i < duty->channels.list.count; i++)
        text_format(text, " via %.*s",
                    SLICE_PRINT(words->channels.at[duty->channels.list.at[i]].word.id));
    text_add(text, duty->until);
    if (duty->actor || duty->bearer.anyone) {
        keep(asking, text, lines);
        return;
    }
    add_people(words, &owed->bearer, text);
    if (lines->named == DUTIES_LARGEST) abort();
    lines->duties[lines->named] = arena_copy(asking->scratch, text_slice(text));
    lines->bearers[lines->named++] = &owed->bearer;
    text_cut(text, 0);
}

static void answer_needs(struct asking *asking, const struct words *words,
                         const struct decision *decision, struct text *text, struct lines *lines)
{
    struct slice *needs = ARENA_ARRAY(asking->scratch, struct slice, decision->needs.count + 1);
    for (size_t i = 0; i < decision->needs.count; i++) {
        const struct needed *needed = &decision->needs.at[i];
        text_format(text, "need %.*s another %d refused %d every %.*s for %.*s ",
                    SLICE_PRINT(words->facts.at[needed->need->record].word.id),
                    needed->need->another, needed->refused,
                    SLICE_PRINT(needed->need->every < 0
                                    ? SLICE("-")
                                    : words->people.at[needed->need->every].word.id),
                    SLICE_PRINT(needed->person));
        add_people(words, &needed->need->from, text);
        needs[i] = arena_copy(asking->scratch, text_slice(text));
        text_cut(text, 0);
    }
    for (size_t i = 0; i < decision->needs.count; i++) { /* those of one bundle in one line */
        struct slice group[CHOICES_LARGEST];
        size_t count = 0;
        for (size_t k = 0; k < decision->needs.count; k++) {
            bool same = decision->needs.at[i].bundle == 0
                            ? k == i
                            : decision->needs.at[k].bundle == decision->needs.at[i].bundle;
            if (same && count < CHOICES_LARGEST) group[count++] = needs[k];
        }
        qsort(group, count, sizeof *group, by_slice);
        text_add_string(text, decision->needs.at[i].bundle == 0 ? "all " : "bundle ");
        for (size_t k = 0; k < count; k++) text_add(text, group[k]);
        keep(asking, text, lines);
    }
}

static void answer_line(struct asking *asking, const struct words *words, const char *name,
                        const struct policy_line *line, struct text *text, struct lines *lines)
{
    if (line == NULL) return;
    text_format(text, "%s %d %d ", name, line->kind == LINE_SILENCE_TELL, (int)line->when);
    add_people(words, &line->roles, text);
    keep(asking, text, lines);
}

static void answer(struct asking *asking, const struct decision *decision, struct lines *lines)
{
    AUTO_TEXT struct text text;
    const struct words *words = &decision->policy->words;
    text_init(&text, LARGEST);
    text_format(&text, "%s %s %d ", verdict_word(decision->verdict),
                strength_word(decision->strength), decision->noted);
    add_people(words, &decision->refer, &text);
    keep(asking, &text, lines);
    answer_needs(asking, words, decision, &text, lines);
    for (size_t i = 0; i < decision->duties.count; i++)
        answer_duty(asking, words, &decision->duties.at[i], &text, lines);
    for (size_t i = 0; i < decision->reminders.count; i++)
        LIST_PUSH(asking->scratch, &lines->list, decision->reminders.at[i].text);
    for (size_t i = 0; i < decision->outcomes.count; i++)
        LIST_PUSH(asking->scratch, &lines->list, decision->outcomes.at[i].text);
    answer_line(asking, words, "advice", decision->advice, &text, lines);
    answer_line(asking, words, "door", decision->door, &text, lines);
}

static bool has(const struct slice *list, size_t count, struct slice line)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(list[i], line)) return true;
    }
    return false;
}

/* Whether a role is somebody: counts as it, or stands in the list of what it INCLUDES or MEANS. */
bool answer_is_somebody(const struct policy *policy, int role, int other, unsigned depth)
{
    if (role < 0 || other < 0 || depth > 8) return false;
    bool means = false;
    bool listed = false;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (statement->kind != STATEMENT_MEANS || statement->place != WORD_PERSON ||
            statement->index != other)
            continue;
        means = means || !statement->includes;
        for (size_t k = 0; k < statement->condition.atoms.count; k++) {
            const struct atom *atom = &statement->condition.atoms.at[k];
            listed = listed || (atom->kind == ATOM_PERSON && !atom->negated &&
                                answer_is_somebody(policy, role, atom->index, depth + 1));
        }
    }
    return listed || role == other || (!means && policy_counts(policy, WORD_PERSON, role, other));
}

/* A duty by name that whoever acts is among is their own. */
static bool falls_to_actor(const struct asking *asking, int s, const struct roles *bearers)
{
    const struct roles *actor = &asking->requests[s].actor;
    for (size_t i = 0; i < actor->list.count; i++) {
        for (size_t k = 0; k < bearers->list.count; k++) {
            if (answer_is_somebody(asking->policies[s], actor->list.at[i], bearers->list.at[k], 0))
                return true;
        }
    }
    return false;
}

static void compare_lines(struct asking *asking, int s, const struct lines *a,
                          const struct lines *b)
{
    const struct words *words = &asking->policies[s]->words;
    for (size_t i = 0; i < a->list.count; i++)
        asking->own = asking->own || !has(b->list.at, b->list.count, a->list.at[i]);
    for (size_t i = 0; i < a->named; i++) {
        if (has(b->duties, b->named, a->duties[i])) continue;
        if (falls_to_actor(asking, s, a->bearers[i])) {
            asking->own = true;
            continue;
        }
        asking->named = true;
        for (size_t k = 0; k < a->bearers[i]->list.count; k++)
            words_keep(asking, &asking->bearers,
                       words->people.at[a->bearers[i]->list.at[k]].word.phrase);
    }
}

static void must_set(struct request *request, struct slice key, struct slice value)
{
    struct error error = {.code = ERROR_NONE};
    if (!request_set(request, key, value, &error)) {
        fprintf(stderr, "%.*s: %.*s: %s\n", SLICE_PRINT(key), SLICE_PRINT(value), error.sentence);
        abort();
    }
}

static bool knows(const struct policy *policy, enum word_place place, struct slice list)
{
    struct slice part;
    while (slice_split(&list, ',', &part)) {
        if (words_find(&policy->words, place, slice_trim(part)) < 0) return false;
    }
    return true;
}

/* Both versions' request without the choices. */
void answer_start(struct asking *asking, const struct put *put)
{
    arena_reset(asking->frame);
    for (int s = 0; s < 2; s++) {
        struct request *request = &asking->requests[s];
        const struct policy *policy = asking->policies[s];
        request_init_at(policy, true, (struct moment){20103, 720}, asking->frame, request);
        must_set(request, SLICE("act"), asking->act);
        request->has_time = true;
        request->actor_given = request->other_given = request->via_given = true;
        if (put->actor.length > 0 && knows(policy, WORD_PERSON, put->actor))
            must_set(request, SLICE("actor"), put->actor);
        if (put->other.length > 0 && knows(policy, WORD_PERSON, put->other))
            must_set(request, SLICE("other"), put->other);
        if (put->via.length > 0 && knows(policy, WORD_CHANNEL, put->via))
            must_set(request, SLICE("via"), put->via);
        request->done = put->done;
        request->shown_given = true;
        if (put->shown.length > 0) must_set(request, SLICE("shown somebody"), put->shown);
    }
}

/* A judgement or fact of the other version's alone is no answer here. */
void answer_choose(struct asking *asking, const struct put *put, size_t number)
{
    const struct choice *choice = &asking->choices.list.at[number];
    struct error error = {.code = ERROR_NONE};
    for (int s = 0; s < 2; s++)
        (void)!request_set(&asking->requests[s], choice->key, choice->values.at[put->at[number]],
                           &error);
}

void answer_compare(struct asking *asking)
{
    struct lines *lines = ARENA_ARRAY(asking->scratch, struct lines, 2);
    asking->own = asking->named = false;
    asking->bearers.list.count = 0;
    asking->brute->asked++;
    for (int s = 0; s < 2; s++) {
        struct decision decision;
        decider_decide(asking->deciders[s], &asking->requests[s], false, asking->scratch,
                       &decision);
        answer(asking, &decision, &lines[s]);
    }
    compare_lines(asking, 0, &lines[0], &lines[1]);
    compare_lines(asking, 1, &lines[1], &lines[0]);
}
