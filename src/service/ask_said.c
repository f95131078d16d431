/* What the command `ask` and the page May I? say alike of an answer: when 999 comes first, and a duty as it stands. How it
 * looks is theirs. */
#include "policy/print.h"
#include "service/ask.h"

/* Roles and facts (permanent ids) that speak of a child who may be at risk. */
static const char *const guardians[] = {"dsl", "safeguarding-team", "child-protection", "police"};
static const char *const risk_facts[] = {"child-risk", "suspected-indecent"};
static const char *const risk_acts[] = {"learn-risk"};

static bool tells_guardian(const struct policy *policy, const struct owed *owed)
{
    if (owed->within.unit != SPAN_IMMEDIATELY && owed->within.unit != SPAN_SAME_DAY) return false;
    for (size_t at = 0; at < owed->object.list.count; at++)
        for (size_t g = 0; g < sizeof guardians / sizeof *guardians; g++)
            if (owed->object.list.at[at] ==
                words_find(&policy->words, WORD_PERSON, slice_of(guardians[g])))
                return true;
    return false;
}

static bool risk_said(const struct policy *policy, const struct request *request)
{
    for (size_t at = 0; at < sizeof risk_facts / sizeof *risk_facts; at++) {
        int fact = words_find(&policy->words, WORD_FACT, slice_of(risk_facts[at]));
        if (fact < 0) continue;
        const struct value *value = &request->facts[fact];
        if (value->known == NOT_KNOWN || (value->known == KNOWN && value->value != 0)) return true;
    }
    for (size_t at = 0; at < sizeof risk_acts / sizeof *risk_acts; at++) {
        int act = words_find(&policy->words, WORD_ACT, slice_of(risk_acts[at]));
        for (size_t a = 0; act >= 0 && a < request->acts.count; a++)
            if (policy_counts(policy, WORD_ACT, request->acts.at[a], act)) return true;
    }
    return false;
}

bool ask_danger(const struct decision *decision, const struct request *request)
{
    if (decision->verdict == VERDICT_STOP || risk_said(decision->policy, request)) return true;
    for (size_t at = 0; at < decision->duties.count; at++)
        if (tells_guardian(decision->policy, &decision->duties.at[at])) return true;
    return false;
}

/* Whether the duty is the asker's own: the question is about themselves, and one of their roles is enough to bear it. */
static bool yours(const struct decision *decision, const struct duty *duty,
                  const struct request *request)
{
    const struct roles *bearers = &duty->bearer.roles, *actor = &request->actor;
    if (request->asker_given || duty->actor) return false;
    if (bearers->each && bearers->list.count > 1) return false;
    for (size_t at = 0; at < actor->list.count; at++)
        for (size_t b = 0; b < bearers->list.count; b++)
            if (policy_counts(decision->policy, WORD_PERSON, actor->list.at[at],
                              bearers->list.at[b]))
                return true;
    return false;
}

/* What *you* takes the place of at the front of the text, with the verb that changes with it or what is owned; gives how many
 * bytes that is, 0 for none. */
static size_t turn(struct slice text, const char **ret_you)
{
    static const char *const names[] = {"the asker", "the actor", "the person acting"};
    static const char *const turns[][2] = {{" is ", "you are "},
                                           {" was ", "you were "},
                                           {" has ", "you have "},
                                           {" acts ", "you act "},
                                           {"'s ", "your "}};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct slice name = slice_of(names[n]);
        struct slice rest = slice_part(text, name.length, text.length);
        for (size_t t = 0; slice_starts(text, name) && t < sizeof turns / sizeof *turns; t++) {
            struct slice verb = slice_of(turns[t][0]);
            if (!slice_starts(rest, verb)) continue;
            *ret_you = turns[t][1];
            return name.length + verb.length;
        }
    }
    return 0;
}

/* `if the asker is worried` is *if you are worried* to one who asks about themselves. */
static struct slice to_asker(struct slice sentence, struct arena *arena)
{
    AUTO_TEXT struct text out;
    text_init(&out, 8000);
    while (sentence.length > 0) {
        const char *you;
        size_t taken = turn(sentence, &you);
        if (taken > 0)
            text_add_string(&out, you);
        else
            text_add_char(&out, sentence.at[taken++]);
        sentence = slice_part(sentence, taken, sentence.length);
    }
    return arena_copy(arena, text_slice(&out));
}

struct slice ask_duty_sentence(const struct decision *decision, const struct owed *owed,
                               const struct request *request, struct arena *arena)
{
    AUTO_TEXT struct text words;
    struct duty duty = *owed->duty;
    text_init(&words, 4000);
    duty.within = owed->within;
    duty.object = owed->object;
    if (owed->bearer.list.count > 0) {
        duty.actor = false;
        duty.bearer.roles = owed->bearer;
    }
    if (yours(decision, &duty, request)) {
        duty.actor = true;
        duty.tell = false; /* *You should tell*, as strongly as it is owed */
        duty.bearer = (struct who){0};
    }
    print_duty_sentence(&decision->policy->words, &duty, &words);
    return request->asker_given ? arena_copy(arena, text_slice(&words))
                                : to_asker(text_slice(&words), arena);
}

/* A sentence with *if you are worried* need not ask *Does it worry you?* again. */
struct slice ask_duty_depends(const struct owed *owed)
{
    const struct atom *condition = &owed->duty->condition;
    const struct question *question = owed->question;
    if (!owed->conditional || question == NULL) return SLICE_EMPTY;
    bool facts = question->kind == QUESTION_FACT || question->kind == QUESTION_RECORD;
    bool plain = condition->kind == ATOM_FACT || condition->kind == ATOM_RECORD;
    bool said = owed->duty->conditional && facts && plain && condition->index == question->fact;
    return said ? SLICE_EMPTY : question->text;
}
