/* What the two versions say about one act, read off their printed statements: which people, channels, facts and records a question
 * about it can turn on. */
#include "brute_parts.h"

#include <stdlib.h>
#include <string.h>

#include "policy/print.h"

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

bool words_said_in(struct slice text, struct slice phrase)
{
    return slice_search(text, bare(phrase)) < text.length;
}

/* What one version says about the act: its statements, the definitions that these use, the lines. */
void words_about(struct asking *asking, int s, struct text *out)
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
                !words_said_in(
                    text_slice(out),
                    words_word(&policy->words, statement->place, statement->index)->phrase))
                continue;
            text_add(out, statement_text(asking, s, statement));
            used[i] = more = true;
        }
    }
}

void words_keep(struct asking *asking, struct words_named *list, struct slice phrase)
{
    for (size_t i = 0; i < list->list.count; i++) {
        if (slice_equal(list->list.at[i], phrase)) return;
    }
    LIST_PUSH(asking->arena, &list->list, phrase);
}

/* Of a place's words one for each way in which those that the text names can be counted as. */
void words_find_place(struct asking *asking, enum word_place place, struct slice text,
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
                bool named = words_said_in(text, words_word(&policy->words, place, (int)k)->phrase);
                row[k] = named && policy_counts(policy, place, (int)i, (int)k) ? '1' : '0';
            }
            size_t before = seen.list.count;
            words_keep(asking, &seen, (struct slice){row, count});
            if (seen.list.count > before && !word->own) words_keep(asking, list, word->phrase);
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
        if (words_said_in(line, fact->word.phrase)) add_line_numbers(asking, choice, fact, line);
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
            words_keep(asking, &givers, phrase);
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
    choice->focus = words_said_in(text_slice(&asking->focus), phrase);
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

void words_find_choices(struct asking *asking)
{
    struct slice text = text_slice(&asking->about);
    for (int s = 0; s < 2; s++) {
        const struct words *words = &asking->policies[s]->words;
        for (size_t i = 0; i < words->facts.count; i++) {
            const struct fact *fact = &words->facts.at[i];
            bool shown = fact->kind == FACT_PERSONAL ||
                         (fact->kind == FACT_RECORD && fact->about == ABOUT_SHOWN);
            if (!shown && words_said_in(text, fact->word.phrase)) add_fact(asking, s, fact);
        }
        for (size_t i = 0; i < words->names.count; i++) {
            if (!words->names.at[i].judgement ||
                !words_said_in(text, words->names.at[i].word.phrase))
                continue;
            struct choice *choice = choice_of(asking, "judgement", words->names.at[i].word.phrase);
            add_value(asking, choice, SLICE("no"));
            add_value(asking, choice, SLICE("yes"));
            add_value(asking, choice, SLICE("pending"));
        }
    }
}
