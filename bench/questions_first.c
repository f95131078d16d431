/* The first page of each act: who, with whom, by which channel. Of the roles, objects and channels that the rules on the act
 * name, the first combination (in the order of the text, `nobody` and `none` last) on which most of these rules can speak; where
 * one of them says `ONLY THROUGH` and nothing of that kind is given, the first that it lists is used as well. The act is
 * planned; one pupil is shown, for policies that ask about people shown. */
#include "questions.h"

#include <string.h>

#define NONE (-1)
#define CANDIDATES_LARGEST 64

struct candidates {
    int at[CANDIDATES_LARGEST];
    size_t count;
};

struct page {
    int actor, other, via;
};

static void add_candidate(struct candidates *candidates, int index)
{
    for (size_t i = 0; i < candidates->count; i++) {
        if (candidates->at[i] == index) {
            return;
        }
    }
    if (candidates->count < CANDIDATES_LARGEST) {
        candidates->at[candidates->count++] = index;
    }
}

/* Whether the statement is about this act, whoever does it. */
static bool is_on_act(const struct policy *policy, const struct statement *statement, int act)
{
    bool found = false;
    for (size_t i = 0; i < statement->acts.list.count; i++) {
        found = found || policy_counts(policy, WORD_ACT, act, statement->acts.list.at[i]);
    }
    return found && (statement->kind == STATEMENT_NORM || statement->kind == STATEMENT_GATE);
}

static bool counts_as_any(const struct policy *policy, enum word_place place, int index,
                          const int *list, size_t count)
{
    bool found = false;
    for (size_t i = 0; i < count && index != NONE; i++) {
        found = found || policy_counts(policy, place, index, list[i]);
    }
    return found;
}

static bool can_speak(const struct policy *policy, const struct statement *statement, int act,
                      const struct page *page)
{
    const struct roles *who = &statement->who.roles, *object = &statement->acts.object;
    const struct channels *via = &statement->acts.channels;
    return is_on_act(policy, statement, act) &&
           (statement->who.anyone ||
            counts_as_any(policy, WORD_PERSON, page->actor, who->list.at, who->list.count)) &&
           (object->list.count == 0 ||
            counts_as_any(policy, WORD_PERSON, page->other, object->list.at, object->list.count)) &&
           (via->list.count == 0 ||
            counts_as_any(policy, WORD_CHANNEL, page->via, via->list.at, via->list.count));
}

static size_t count_speaking(const struct policy *policy, int act, const struct page *page)
{
    size_t count = 0;
    for (size_t i = 0; i < policy->rules.count; i++) {
        count += can_speak(policy, policy->rules.at[i].statement, act, page);
    }
    return count;
}

/* Where no rule names an actor: the organisation for its own acts, else the first that the policy binds. */
static int usual_actor(const struct policy *policy, int act)
{
    int organisation = words_find(&policy->words, WORD_PERSON, SLICE("the organisation"));
    if (policy->words.acts.at[act].actor == ACTOR_ORGANISATION && organisation >= 0) {
        return organisation;
    }
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        const struct policy_line *line = &policy->document.lines.at[i];
        if (line->kind == LINE_BINDS && line->roles.list.count > 0) {
            return line->roles.list.at[0];
        }
    }
    return 0;
}

static void collect_candidates(const struct policy *policy, int act, struct candidates *actors,
                               struct candidates *others, struct candidates *vias)
{
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (!is_on_act(policy, statement, act)) {
            continue;
        }
        for (size_t k = 0; k < statement->who.roles.list.count; k++) {
            add_candidate(actors, statement->who.roles.list.at[k]);
        }
        for (size_t k = 0; k < statement->acts.object.list.count; k++) {
            add_candidate(others, statement->acts.object.list.at[k]);
        }
        for (size_t k = 0; k < statement->acts.channels.list.count; k++) {
            add_candidate(vias, statement->acts.channels.list.at[k]);
        }
    }
    if (actors->count == 0) {
        add_candidate(actors, usual_actor(policy, act));
    }
    add_candidate(others, NONE);
    add_candidate(vias, NONE);
}

static struct page choose_page(const struct policy *policy, int act)
{
    struct candidates actors = {.count = 0}, others = {.count = 0}, vias = {.count = 0};
    collect_candidates(policy, act, &actors, &others, &vias);
    struct page best = {actors.at[0], others.at[0], vias.at[0]};
    size_t most = count_speaking(policy, act, &best);
    for (size_t a = 0; a < actors.count; a++) {
        for (size_t o = 0; o < others.count; o++) {
            for (size_t v = 0; v < vias.count; v++) {
                struct page page = {actors.at[a], others.at[o], vias.at[v]};
                size_t count = count_speaking(policy, act, &page);
                if (count > most) {
                    best = page;
                    most = count;
                }
            }
        }
    }
    return best;
}

static struct slice phrase_of(const struct policy *policy, enum word_place place, int index)
{
    return index == NONE ? SLICE("none") : words_word(&policy->words, place, index)->phrase;
}

static void set_key(struct request *request, struct slice key, struct slice value)
{
    struct error error = {0};
    if (!request_set(request, key, value, &error)) {
        questions_fail("%.*s=%.*s: %s", SLICE_PRINT(key), SLICE_PRINT(value), error.sentence);
    }
}

static bool has_kind(const struct words *words, const struct channels *channels,
                     enum channel_kind kind)
{
    bool found = false;
    for (size_t i = 0; i < channels->list.count; i++) {
        found = found || words->channels.at[channels->list.at[i]].kind == kind;
    }
    return found;
}

/* Whether the request names a channel of some kind that the line lists: else the channel would be a question. */
static bool is_answered(const struct words *words, const struct channels *via,
                        const struct channels *only)
{
    bool found = false;
    for (size_t i = 0; i < only->list.count; i++) {
        found = found || has_kind(words, via, words->channels.at[only->list.at[i]].kind);
    }
    return found;
}

static void add_proper_channels(struct subject *subject)
{
    const struct policy *policy = subject->policy;
    struct channels *via = &subject->first.via;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        for (size_t t = 0; t < statement->tails.count && is_on_act(policy, statement, subject->act);
             t++) {
            const struct tail *tail = &statement->tails.at[t];
            if (tail->kind == TAIL_ONLY_THROUGH &&
                !is_answered(&policy->words, via, &tail->channels)) {
                int channel = tail->channels.list.at[0];
                LIST_PUSH(subject->arena, &via->list, channel);
                subject->said =
                    arena_format(subject->arena, "%.*s and %.*s", SLICE_PRINT(subject->said),
                                 SLICE_PRINT(phrase_of(policy, WORD_CHANNEL, channel)));
            }
        }
    }
}

static void fill_page(struct subject *subject, const struct page *page)
{
    const struct policy *policy = subject->policy;
    struct request *request = &subject->first;
    struct slice actor = phrase_of(policy, WORD_PERSON, page->actor);
    struct slice other =
        page->other == NONE ? SLICE("nobody") : phrase_of(policy, WORD_PERSON, page->other);
    struct slice via = phrase_of(policy, WORD_CHANNEL, page->via);
    request_init(policy, false, subject->arena, request);
    set_key(request, SLICE("act"), phrase_of(policy, WORD_ACT, subject->act));
    set_key(request, SLICE("actor"), actor);
    set_key(request, SLICE("other"), other);
    set_key(request, SLICE("via"), via);
    set_key(request, SLICE("on"), SLICE("2026-09-01"));
    if (words_find(&policy->words, WORD_PERSON, SLICE("a pupil")) >= 0) {
        set_key(request, SLICE("shown Ana"), SLICE("a pupil"));
    } else {
        request->shown_given = true;
    }
    subject->said = arena_format(subject->arena, "%.*s, %.*s, %.*s", SLICE_PRINT(actor),
                                 SLICE_PRINT(other), SLICE_PRINT(via));
}

void subject_init(struct subject *subject, const struct policy *policy, int act,
                  struct arena *arena)
{
    *subject =
        (struct subject){.policy = policy, .act = act, .arena = arena, .scratch = arena_new()};
    struct page page = choose_page(policy, act);
    fill_page(subject, &page);
    add_proper_channels(subject);
    subject->decider = decider_new(policy, arena);
    question_in_play(&subject->first, act, arena, &subject->facts);
    if (subject->facts.list.count > FACTS_LARGEST) {
        questions_fail("more than %d facts in play", FACTS_LARGEST);
    }
}

void subject_clear(struct subject *subject)
{
    arena_free(subject->scratch);
}

size_t subject_values(const struct subject *subject, size_t fact)
{
    return subject->facts.list.at[fact].value_count;
}

void subject_request(struct subject *subject, const struct answers *answers,
                     struct request *ret_request)
{
    arena_reset(subject->scratch);
    request_copy(&subject->first, subject->scratch, ret_request);
    for (size_t i = 0; i < subject->facts.list.count; i++) {
        if (answers->at[i] != UNANSWERED) {
            question_answer(&subject->facts.list.at[i], (size_t)answers->at[i], ret_request);
        }
    }
}

void subject_decide(struct subject *subject, const struct answers *answers,
                    struct decision *ret_decision)
{
    struct request request;
    struct error error = {0};
    subject_request(subject, answers, &request);
    if (!request_check(&request, &error)) {
        questions_fail("an answer that contradicts itself: %s", error.sentence);
    }
    decider_decide(subject->decider, &request, false, subject->scratch, ret_decision);
}
