/* Which words of the vocabulary a page offers, and how they are said. Found from the policy's own rules, so that another
 * policy offers other words without a change here. */
#include "page/may.h"

struct slice may_capital(struct slice words, struct arena *arena)
{
    if (words.length == 0 || words.at[0] < 'a' || words.at[0] > 'z') return words;
    return arena_format(arena, "%c%.*s", words.at[0] - 'a' + 'A',
                        SLICE_PRINT(slice_part(words, 1, words.length)));
}

struct slice may_phrase(const struct policy *policy, enum word_place place, int index)
{
    return words_word(&policy->words, place, index)->phrase;
}

struct slice may_roles(const struct policy *policy, const struct roles *roles, const char *joiner,
                       struct arena *arena)
{
    AUTO_TEXT struct text words;
    text_init(&words, 4000);
    for (size_t at = 0; at < roles->list.count; at++) {
        if (at > 0 && at + 1 < roles->list.count) text_add_string(&words, ", ");
        if (at > 0 && at + 1 == roles->list.count) text_format(&words, " %s ", joiner);
        text_add(&words, may_phrase(policy, WORD_PERSON, roles->list.at[at]));
    }
    return arena_copy(arena, text_slice(&words));
}

/* ---- what the rules look at ---- */

/* One walk over the rules: the flags it fills and what it looks for. */
struct search {
    const struct policy *policy;
    enum may_who who;
    bool channels;
    bool *used;
};

static void mark_roles(struct search *search, const struct roles *roles)
{
    for (size_t at = 0; at < roles->list.count; at++) search->used[roles->list.at[at]] = true;
}

static void mark_channels(struct search *search, const struct channels *channels)
{
    for (size_t at = 0; at < channels->list.count; at++) search->used[channels->list.at[at]] = true;
}

static void mark_atom(struct search *search, const struct atom *atom)
{
    bool actor = atom->person == PERSON_ACTOR, other = atom->person == PERSON_OTHER;
    if (search->channels) {
        if (atom->kind == ATOM_CHANNEL) search->used[atom->index] = true;
        return;
    }
    if (atom->kind == ATOM_EVERY && search->who == MAY_SHOWN) search->used[atom->index] = true;
    if (atom->kind != ATOM_PERSON) return;
    if ((search->who == MAY_ACTOR && actor) || (search->who == MAY_OTHER && other))
        search->used[atom->index] = true;
}

static void mark_condition(struct search *search, const struct condition *condition)
{
    for (size_t at = 0; at < condition->atoms.count; at++)
        mark_atom(search, &condition->atoms.at[at]);
}

static void mark_statement(struct search *search, const struct statement *statement)
{
    if (search->channels)
        mark_channels(search, &statement->acts.channels);
    else if (search->who == MAY_ACTOR)
        mark_roles(search, &statement->who.roles);
    else if (search->who == MAY_OTHER)
        mark_roles(search, &statement->acts.object);
    bool shown = !search->channels && search->who == MAY_SHOWN;
    if (shown && statement->kind == STATEMENT_GATE && statement->need.every >= 0)
        search->used[statement->need.every] = true;
    for (size_t at = 0; at < statement->tails.count; at++) {
        const struct tail *tail = &statement->tails.at[at];
        mark_condition(search, &tail->condition);
        if (search->channels) mark_channels(search, &tail->channels);
        if (shown && tail->kind == TAIL_NEEDS && tail->need.every >= 0)
            search->used[tail->need.every] = true;
    }
}

/* Whether a statement is about the act, or about what comes before it or instead of it. */
static bool about(const struct policy *policy, const struct statement *statement, int act)
{
    if (act < 0) return true;
    const struct act *asked = &policy->words.acts.at[act];
    for (size_t at = 0; at < statement->acts.list.count; at++) {
        int wider = statement->acts.list.at[at];
        if (policy_counts(policy, WORD_ACT, act, wider)) return true;
        if (asked->refused >= 0 && policy_counts(policy, WORD_ACT, asked->refused, wider))
            return true;
        for (size_t b = 0; b < asked->before.count; b++)
            if (policy_counts(policy, WORD_ACT, asked->before.at[b], wider)) return true;
    }
    return false;
}

/* A definition passes on what is used: `staff MEANS any of: ...` makes every member of the list a possible answer. */
static void mark_definition(struct search *search, const struct statement *statement)
{
    mark_condition(search, &statement->condition);
    if (statement->place != WORD_PERSON || !search->used[statement->index]) return;
    for (size_t at = 0; at < statement->condition.atoms.count; at++) {
        const struct atom *atom = &statement->condition.atoms.at[at];
        if (atom->kind == ATOM_PERSON) search->used[atom->index] = true;
    }
}

static void mark_binds(struct search *search)
{
    const struct document *document = &search->policy->document;
    for (size_t at = 0; at < document->lines.count; at++)
        if (document->lines.at[at].kind == LINE_BINDS)
            mark_roles(search, &document->lines.at[at].roles);
}

static void search_rules(struct search *search, int act)
{
    const struct policy *policy = search->policy;
    for (size_t at = 0; at < policy->rules.count; at++) {
        const struct statement *statement = policy->rules.at[at].statement;
        if (statement->kind == STATEMENT_MEANS || statement->kind == STATEMENT_DECIDES) continue;
        if (about(policy, statement, act)) mark_statement(search, statement);
    }
    for (int pass = 0; pass < 3 && !search->channels; pass++)
        for (size_t at = 0; at < policy->rules.count; at++)
            if (policy->rules.at[at].statement->kind == STATEMENT_MEANS)
                mark_definition(search, policy->rules.at[at].statement);
}

/* Whoever counts as somebody marked is marked too. */
static void mark_narrower(struct search *search, enum word_place place)
{
    bool wide[WORDS_LARGEST] = {false};
    size_t count = words_count(&search->policy->words, place);
    for (size_t at = 0; at < count; at++) wide[at] = search->used[at];
    for (size_t at = 0; at < count; at++)
        for (size_t to = 0; to < count && !search->used[at]; to++)
            search->used[at] = wide[to] && policy_counts(search->policy, place, (int)at, (int)to);
}

void may_people(const struct policy *policy, int act, enum may_who who,
                bool ret_used[WORDS_LARGEST])
{
    struct search search = {.policy = policy, .who = who, .used = ret_used};
    for (size_t at = 0; at < WORDS_LARGEST; at++) ret_used[at] = false;
    if (who == MAY_ACTOR && act < 0) mark_binds(&search);
    search_rules(&search, act);
    mark_narrower(&search, WORD_PERSON);
}

/* Those that the rules name themselves: `social media` stands for every service it covers, which can still be chosen. */
void may_channels(const struct policy *policy, int act, bool ret_used[WORDS_LARGEST])
{
    struct search search = {.policy = policy, .channels = true, .used = ret_used};
    for (size_t at = 0; at < WORDS_LARGEST; at++) ret_used[at] = false;
    search_rules(&search, act);
}

/* ---- the same for all policies of a page ---- */

/* Adds to `used`, by the first policy's indexes, what is marked of another policy's words. */
static void add_used(const struct policy *first, const struct policy *other, enum word_place place,
                     const bool *marked, bool *used)
{
    for (size_t at = 0; at < words_count(&other->words, place); at++) {
        if (!marked[at]) continue;
        int index =
            words_find_id(&first->words, place, words_word(&other->words, place, (int)at)->id);
        if (index >= 0) used[index] = true;
    }
}

static int act_in(const struct policy *first, const struct policy *other, int act)
{
    return act < 0 ? act
                   : words_find_id(&other->words, WORD_ACT, first->words.acts.at[act].word.id);
}

void may_offered_people(const struct visit *visit, int act, enum may_who who,
                        bool ret_used[WORDS_LARGEST])
{
    const struct pages *pages = visit_pages(visit);
    may_people(visit_policy(visit), act, who, ret_used);
    for (size_t at = 1; may_compares(visit) && at < pages->policy_count; at++) {
        const struct policy *other = pages->policies[at];
        bool marked[WORDS_LARGEST];
        int same = act_in(visit_policy(visit), other, act);
        if (act >= 0 && same < 0) continue;
        may_people(other, same, who, marked);
        add_used(visit_policy(visit), other, WORD_PERSON, marked, ret_used);
    }
}

void may_offered_channels(const struct visit *visit, int act, bool ret_used[WORDS_LARGEST])
{
    const struct pages *pages = visit_pages(visit);
    may_channels(visit_policy(visit), act, ret_used);
    for (size_t at = 1; may_compares(visit) && at < pages->policy_count; at++) {
        const struct policy *other = pages->policies[at];
        bool marked[WORDS_LARGEST];
        int same = act_in(visit_policy(visit), other, act);
        if (act >= 0 && same < 0) continue;
        may_channels(other, same, marked);
        add_used(visit_policy(visit), other, WORD_CHANNEL, marked, ret_used);
    }
}

void may_offered_acts(const struct visit *visit, struct acts_offered *ret_acts)
{
    const struct pages *pages = visit_pages(visit);
    if (may_compares(visit))
        compare_offered(pages->policies, pages->policy_count, visit->arena, ret_acts);
    else
        ask_acts(visit_policy(visit), visit->arena, ret_acts);
}

/* ---- saying and choosing ---- */

struct slice may_summary(const struct request *request, struct arena *arena)
{
    AUTO_TEXT struct text words;
    const struct policy *policy = request->policy;
    text_init(&words, 4000);
    if (request->acts.count == 0) return SLICE_EMPTY;
    const struct act *act = &policy->words.acts.at[request->acts.at[0]];
    text_add(&words, may_capital(act->word.phrase, arena));
    if (request->other.list.count > 0) {
        text_format(&words, " %.*s", SLICE_PRINT(act->joins));
        if (act->joins.length > 0) text_add_char(&words, ' ');
        text_add(&words, may_roles(policy, &request->other, "and", arena));
    }
    for (size_t at = 0; at < request->via.list.count; at++) {
        text_add_string(&words, at == 0 ? ", using " : " and ");
        text_add(&words, may_phrase(policy, WORD_CHANNEL, request->via.list.at[at]));
    }
    return arena_copy(arena, text_slice(&words));
}

static struct slice key_kind_words(struct slice key)
{
    if (slice_is(key, "actor")) return SLICE("Who you are");
    if (slice_is(key, "act")) return SLICE("What you want to do");
    if (slice_is(key, "done")) return SLICE("Has it happened already?");
    if (slice_is(key, "other")) return SLICE("The other person");
    if (slice_is(key, "via")) return SLICE("How");
    return SLICE_EMPTY;
}

struct slice may_key_words(const struct policy *policy, const struct may_pair *pair,
                           struct arena *arena)
{
    struct slice key = text_slice(&pair->key), said = key_kind_words(key);
    (void)policy;
    if (said.length > 0) return said;
    if (pair->asked.length > 0) return text_slice(&pair->asked);
    return may_capital(key, arena);
}

struct slice may_key_bare(struct slice key)
{
    static const char *const kinds[] = {"fact ", "record ", "judgement "};
    for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++)
        if (slice_starts(key, slice_of(kinds[at])))
            return slice_part(key, slice_of(kinds[at]).length, key.length);
    return key;
}

static bool chosen_before(struct slice chosen, struct slice id)
{
    struct slice one;
    while (slice_split(&chosen, ',', &one))
        if (slice_equal(slice_trim(one), id)) return true;
    return false;
}

void may_options(const struct policy *policy, enum word_place place, const bool *used, bool wanted,
                 struct slice chosen, struct arena *arena, struct may_options *ret_options)
{
    struct may_options options = {0};
    for (size_t at = 0; at < words_count(&policy->words, place); at++) {
        const struct word *word = words_word(&policy->words, place, (int)at);
        if (used[at] != wanted || word->own) continue;
        LIST_PUSH(arena, &options.list,
                  (struct ui_option){.value = word->id,
                                     .words = may_capital(word->phrase, arena),
                                     .hint = SLICE_EMPTY,
                                     .checked = chosen_before(chosen, word->id)});
    }
    *ret_options = options;
}

bool may_join(const struct policy *policy, enum word_place place, const struct form_field *field,
              struct arena *arena, struct slice *ret_joined)
{
    AUTO_TEXT struct text joined;
    text_init(&joined, REQUEST_VALUE_LARGEST);
    for (size_t at = 0; at < field->values.count; at++) {
        int index = words_find(&policy->words, place, field->values.at[at]);
        if (index < 0) return false;
        if (at > 0) text_add_string(&joined, ", ");
        text_add(&joined, words_word(&policy->words, place, index)->id);
    }
    *ret_joined = arena_copy(arena, text_slice(&joined));
    return !joined.overflowed;
}
