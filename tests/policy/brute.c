/* The slow way: see brute.h. */
#include "brute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "policy/addressed.h"
#include "policy/print.h"

#define LARGEST ((size_t)1 << 20)
#define CHOICES_LARGEST 64
#define DUTIES_LARGEST 32
#define DRAWN_ALIKE 8 /* drawn with the same people and channels */

/* One thing that a question says: a key of section 17 and the values to try, as people write them. */
struct choice {
    struct slice key;
    LIST(struct slice) values;
    bool focus; /* named in what was changed */
};
struct choices {
    LIST(struct choice) list;
};

/* Words named in the statements about one act. */
struct words_named {
    LIST(struct slice) list;
};

struct asking {
    struct brute *brute;
    const struct policy *policies[2];
    struct decider *deciders[2];
    struct arena *arena, *scratch, *frame;
    struct request requests[2];
    struct random random;
    struct text about, focus; /* statements about the act; those that only one version has */
    struct slice act;
    struct words_named people, others, channels;
    struct choices choices;
    struct map
        answered; /* on the act at hand: as what the actor counts -> whether something differs */
    size_t dones,
        shown;       /* 2 where it matters whether it is done; ways in which somebody is shown */
    bool own, named; /* of the last question: the actor's part differs; a duty by name does */
    struct words_named bearers;
};

/* ---- what the act is about ------------------------------------------------------------------------ */

static int act_in(const struct asking *asking, int s)
{
    return words_find(&asking->policies[s]->words, WORD_ACT, asking->act);
}

static bool reaches(const struct policy *policy, int act, int other)
{
    const struct words *words = &policy->words;
    if (policy_counts(policy, WORD_ACT, act, other)) return true;
    if (words->acts.at[act].refused >= 0 &&
        policy_counts(policy, WORD_ACT, words->acts.at[act].refused, other))
        return true;
    for (size_t i = 0; i < words->acts.count; i++) {
        for (size_t k = 0;
             policy_counts(policy, WORD_ACT, act, (int)i) && k < words->acts.at[i].before.count;
             k++) {
            if (policy_counts(policy, WORD_ACT, words->acts.at[i].before.at[k], other)) return true;
        }
    }
    return false;
}

static bool about_act(const struct policy *policy, const struct statement *statement, int act)
{
    for (size_t i = 0; i < statement->acts.list.count; i++) {
        if (reaches(policy, act, statement->acts.list.at[i])) return true;
    }
    for (size_t i = 0; statement->kind == STATEMENT_EVENT && i < statement->duties.count; i++) {
        if (reaches(policy, act, statement->duties.at[i].act)) return true;
    }
    return false;
}

static struct slice statement_text(struct asking *asking, int s, const struct statement *statement)
{
    AUTO_TEXT struct text text;
    text_init(&text, LARGEST);
    print_statement(&asking->policies[s]->words, statement, &text);
    for (size_t i = 0; i < statement->tails.count; i++)
        text_add_char(&text,
                      policy_awake(asking->policies[s]->reads, statement->tails.at[i].reading,
                                   statement->tails.at[i].not_reading)
                          ? '+'
                          : '-');
    for (size_t i = 0; i < statement->duty_readings.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        text_add_char(&text,
                      policy_awake(asking->policies[s]->reads, tag & 31, tag >= 32) ? '+' : '-');
    }
    text_add_char(&text, '\n');
    return arena_copy(asking->arena, text_slice(&text));
}

static struct slice bare(struct slice phrase)
{
    static const char *const articles[] = {"a ", "an ", "the "};
    for (size_t i = 0; i < 3; i++) {
        if (slice_starts(phrase, slice_of(articles[i])))
            return slice_part(phrase, strlen(articles[i]), phrase.length);
    }
    return phrase;
}

static bool said_in(struct slice text, struct slice phrase)
{
    return slice_search(text, bare(phrase)) < text.length;
}

/* What one version says about the act: its statements, the definitions that these use, the lines. */
static void add_about(struct asking *asking, int s, struct text *out)
{
    const struct policy *policy = asking->policies[s];
    int act = act_in(asking, s);
    bool *used = ARENA_ARRAY(asking->arena, bool, policy->rules.count + 1);
    bool more = true;
    for (size_t i = 0; act >= 0 && i < policy->rules.count; i++) {
        if (!about_act(policy, policy->rules.at[i].statement, act)) continue;
        text_add(out, statement_text(asking, s, policy->rules.at[i].statement));
        used[i] = true;
    }
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        enum policy_line_kind kind = policy->document.lines.at[i].kind;
        if (kind != LINE_REVIEW && kind != LINE_CHECK && kind != LINE_APPROVED)
            print_policy_line(&policy->words, &policy->document.lines.at[i], out);
    }
    while (more) {
        more = false;
        for (size_t i = 0; i < policy->rules.count; i++) {
            const struct statement *statement = policy->rules.at[i].statement;
            bool defines =
                statement->kind == STATEMENT_MEANS || statement->kind == STATEMENT_DECIDES;
            if (used[i] || !defines ||
                !said_in(text_slice(out),
                         words_word(&policy->words, statement->place, statement->index)->phrase))
                continue;
            text_add(out, statement_text(asking, s, statement));
            used[i] = more = true;
        }
    }
}

static void add_named(struct asking *asking, struct words_named *list, struct slice phrase)
{
    for (size_t i = 0; i < list->list.count; i++) {
        if (slice_equal(list->list.at[i], phrase)) return;
    }
    LIST_PUSH(asking->arena, &list->list, phrase);
}

/* Of a place's words one for each way in which those that the text names can be counted as. */
static void add_words(struct asking *asking, enum word_place place, struct slice text,
                      struct words_named *list)
{
    struct words_named seen = {.list = {0}};
    for (int s = 0; s < 2; s++) {
        const struct policy *policy = asking->policies[s];
        size_t count = words_count(&policy->words, place);
        for (size_t i = 0; i < count; i++) {
            const struct word *word = words_word(&policy->words, place, (int)i);
            char *row = arena_take(asking->arena, count + 1, 1);
            for (size_t k = 0; k < count; k++) {
                bool named = said_in(text, words_word(&policy->words, place, (int)k)->phrase);
                row[k] = named && policy_counts(policy, place, (int)i, (int)k) ? '1' : '0';
            }
            size_t before = seen.list.count;
            add_named(asking, &seen, (struct slice){row, count});
            if (seen.list.count > before && !word->own) add_named(asking, list, word->phrase);
        }
    }
}

static void add_value(struct asking *asking, struct choice *choice, struct slice value)
{
    for (size_t i = 0; i < choice->values.count; i++) {
        if (slice_equal(choice->values.at[i], value)) return;
    }
    LIST_PUSH(asking->arena, &choice->values, value);
}

/* The numbers that stand in one line with the fact, and one below and above each. */
static void add_line_numbers(struct asking *asking, struct choice *choice, const struct fact *fact,
                             struct slice line)
{
    for (size_t i = 0; i < line.length; i++) {
        size_t end = i;
        int64_t number;
        while (end < line.length && line.at[end] >= '0' && line.at[end] <= '9') end++;
        if (end == i || !slice_number(slice_part(line, i, end), &number)) continue;
        for (int64_t value = number - 1; value <= number + 1; value++) {
            if (value >= fact->low && value <= fact->high)
                add_value(asking, choice, arena_format(asking->arena, "%lld", (long long)value));
        }
        i = end;
    }
}

static void add_numbers(struct asking *asking, struct choice *choice, const struct fact *fact)
{
    struct slice text = text_slice(&asking->about), line;
    while (slice_split(&text, '\n', &line)) {
        if (said_in(line, fact->word.phrase)) add_line_numbers(asking, choice, fact, line);
    }
    add_value(asking, choice, arena_format(asking->arena, "%lld", (long long)fact->low));
}

/* Missing, or given or refused by one of the people whom the text names, or by two. */
static void add_entries(struct asking *asking, int s, struct choice *choice)
{
    const struct words *words = &asking->policies[s]->words;
    struct words_named givers = {.list = {0}};
    add_value(asking, choice, SLICE("missing"));
    for (size_t i = 0; i < words->people.count; i++) {
        struct slice phrase = words->people.at[i].word.phrase;
        struct slice from = arena_format(asking->arena, "FROM %.*s", SLICE_PRINT(phrase));
        struct slice or_from = arena_format(asking->arena, "or %.*s", SLICE_PRINT(phrase));
        struct slice and_from = arena_format(asking->arena, ", %.*s", SLICE_PRINT(phrase));
        struct slice text = text_slice(&asking->about);
        if (slice_search(text, from) < text.length || slice_search(text, or_from) < text.length ||
            slice_search(text, and_from) < text.length)
            add_named(asking, &givers, phrase);
    }
    for (size_t i = 0; i < givers.list.count; i++) {
        struct slice giver = givers.list.at[i];
        add_value(asking, choice,
                  arena_format(asking->arena, "given FROM %.*s", SLICE_PRINT(giver)));
        add_value(asking, choice,
                  arena_format(asking->arena, "refused FROM %.*s", SLICE_PRINT(giver)));
        for (size_t k = 0; k < i; k++)
            add_value(asking, choice,
                      arena_format(asking->arena, "given FROM %.*s; refused FROM %.*s",
                                   SLICE_PRINT(giver), SLICE_PRINT(givers.list.at[k])));
    }
}

static struct choice *choice_of(struct asking *asking, const char *kind, struct slice phrase)
{
    struct slice key = arena_format(asking->arena, "%s %.*s", kind, SLICE_PRINT(phrase));
    for (size_t i = 0; i < asking->choices.list.count; i++) {
        if (slice_equal(asking->choices.list.at[i].key, key)) return &asking->choices.list.at[i];
    }
    if (asking->choices.list.count == CHOICES_LARGEST) abort();
    struct choice *choice = LIST_ADD(asking->arena, &asking->choices.list);
    choice->key = key;
    choice->focus = said_in(text_slice(&asking->focus), phrase);
    return choice;
}

static void add_fact(struct asking *asking, int s, const struct fact *fact)
{
    struct choice *choice =
        choice_of(asking, fact->kind == FACT_RECORD ? "record" : "fact", fact->word.phrase);
    switch (fact->kind) {
    case FACT_CHOICE:
        for (size_t i = 0; i < fact->values.count; i++)
            add_value(asking, choice, fact->values.at[i]);
        break;
    case FACT_NUMBER: add_numbers(asking, choice, fact); break;
    case FACT_RECORD: add_entries(asking, s, choice); break;
    case FACT_TIME:
        add_value(asking, choice, SLICE("12:00"));
        add_value(asking, choice, SLICE("23:00"));
        break;
    case FACT_DATE:
        add_value(asking, choice, SLICE("2019-01-01"));
        add_value(asking, choice, SLICE("2029-01-01"));
        break;
    default:
        add_value(asking, choice, SLICE("no"));
        add_value(asking, choice, SLICE("yes"));
        break;
    }
    struct slice unknown =
        arena_format(asking->arena, "NOT KNOWN %.*s:", SLICE_PRINT(fact->word.phrase));
    if (slice_search(text_slice(&asking->about), unknown) < asking->about.length)
        add_value(asking, choice, SLICE("don't know"));
}

static void add_choices(struct asking *asking)
{
    struct slice text = text_slice(&asking->about);
    for (int s = 0; s < 2; s++) {
        const struct words *words = &asking->policies[s]->words;
        for (size_t i = 0; i < words->facts.count; i++) {
            const struct fact *fact = &words->facts.at[i];
            bool shown = fact->kind == FACT_PERSONAL ||
                         (fact->kind == FACT_RECORD && fact->about == ABOUT_SHOWN);
            if (!shown && said_in(text, fact->word.phrase)) add_fact(asking, s, fact);
        }
        for (size_t i = 0; i < words->names.count; i++) {
            if (!words->names.at[i].judgement || !said_in(text, words->names.at[i].word.phrase))
                continue;
            struct choice *choice = choice_of(asking, "judgement", words->names.at[i].word.phrase);
            add_value(asking, choice, SLICE("no"));
            add_value(asking, choice, SLICE("yes"));
            add_value(asking, choice, SLICE("pending"));
        }
    }
}

/* ---- one question ---------------------------------------------------------------------------------- */

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
static bool is_somebody(const struct policy *policy, int role, int other, unsigned depth)
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
                                is_somebody(policy, role, atom->index, depth + 1));
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
            if (is_somebody(asking->policies[s], actor->list.at[i], bearers->list.at[k], 0))
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
            add_named(asking, &asking->bearers,
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

/* Who acts is given as phrases with commas between; empty: nobody. */
struct put {
    struct slice actor, other, via, shown;
    bool done;
    size_t at[CHOICES_LARGEST];
};

static bool knows(const struct policy *policy, enum word_place place, struct slice list)
{
    struct slice part;
    while (slice_split(&list, ',', &part)) {
        if (words_find(&policy->words, place, slice_trim(part)) < 0) return false;
    }
    return true;
}

/* Both versions' request without the choices. */
static void start_question(struct asking *asking, const struct put *put)
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
static void choose(struct asking *asking, const struct put *put, size_t number)
{
    const struct choice *choice = &asking->choices.list.at[number];
    struct error error = {.code = ERROR_NONE};
    for (int s = 0; s < 2; s++)
        (void)!request_set(&asking->requests[s], choice->key, choice->values.at[put->at[number]],
                           &error);
}

static void put_question(struct asking *asking)
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
        choose(asking, put, i);
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
                start_question(asking, put);
                for (size_t i = 0; i < asking->choices.list.count; i++) choose(asking, put, i);
                do {
                    arena_reset(asking->scratch);
                    put_question(asking);
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
        choose(asking, put, i);
    }
}

/* Whether what was changed names all of them. */
static bool all_named(const struct asking *asking, struct slice set)
{
    struct slice part;
    bool named = true;
    while (slice_split(&set, ',', &part))
        named = named && said_in(text_slice(&asking->focus), slice_trim(part));
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
            start_question(asking, put);
            for (size_t i = 0; i < asking->choices.list.count; i++) choose(asking, put, i);
            arena_reset(asking->scratch);
            put_question(asking);
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
    start_question(asking, put);
    for (size_t i = 0; i < asking->choices.list.count; i++) choose(asking, put, i);
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
        put_question(asking);
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
                    if (is_somebody(asking->policies[s], role, bearer, 0)) mark(asking, r, "bears");
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
                said_in(text_slice(&asking->about), policy->words.people.at[k].word.phrase);
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
            if (!said_in(text_slice(&asking->about), words->people.at[k].word.phrase)) continue;
            for (size_t r = 0; r < asking->brute->count; r++) {
                for (size_t w = 0; w < CHANGE_ROLE_WORDS; w++) {
                    struct slice id = asking->brute->roles[r].words[w];
                    int role = id.length == 0 ? -1 : words_find_id(words, WORD_PERSON, id);
                    if (!asking->brute->changed[r] &&
                        is_somebody(asking->policies[s], role, (int)k, 0))
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
        bool modal = said_in(line, SLICE(" MUST ")) || said_in(line, SLICE(" SHOULD ")) ||
                     said_in(line, SLICE(" MAY "));
        if (modal && !said_in(line, SLICE(" NOT "))) return true;
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
    add_about(asking, 0, &old);
    add_about(asking, 1, &new);
    difference(text_slice(&old), text_slice(&new), &asking->focus);
    difference(text_slice(&new), text_slice(&old), &asking->focus);
    if (asking->focus.length == 0 && old.length == new.length) return false;
    text_add(&asking->about, text_slice(&old));
    text_add(&asking->about, text_slice(&new));
    asking->choices.list.count = 0;
    map_init(&asking->answered, asking->arena);
    asking->people.list.count = asking->others.list.count = asking->channels.list.count = 0;
    add_words(asking, WORD_PERSON, text_slice(&asking->about), &people);
    add_words(asking, WORD_CHANNEL, text_slice(&asking->about), &channels);
    asking->people = people;
    make_sets(asking, &people, &asking->others);
    make_sets(asking, &channels, &asking->channels);
    add_choices(asking);
    struct slice about = text_slice(&asking->about);
    asking->dones = 1u + (said_in(about, SLICE("NEED")) || said_in(about, SLICE("the act is")) ||
                          said_in(about, SLICE("no clause speaks: TELL")));
    asking->shown = 1 + (said_in(about, SLICE("shown")) ? asking->brute->shown_count : 0);
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
