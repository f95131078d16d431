/* A decision as text: the verdict first, then what to do, then why. */
#include "cli/answer.h"

#include "policy/print.h"
#include "service/ask.h"

int answer_exit(enum verdict verdict)
{
    static const int codes[] = {
        [VERDICT_ALLOWED] = 0,      [VERDICT_NO_CLAUSE] = 14,   [VERDICT_ADVISED_AGAINST] = 11,
        [VERDICT_ALLOWED_IF] = 10,  [VERDICT_NEED_ANSWER] = 16, [VERDICT_REFER] = 12,
        [VERDICT_NOT_ALLOWED] = 13, [VERDICT_STOP] = 15};
    return codes[verdict];
}

static void print_roles(const struct words *words, const struct roles *roles, struct text *out)
{
    for (size_t i = 0; i < roles->list.count; i++) {
        const char *joint = i == 0                      ? ""
                            : i + 1 < roles->list.count ? ", "
                            : roles->each               ? " and "
                                                        : " or ";
        text_format(out, "%s%.*s", joint,
                    SLICE_PRINT(words->people.at[roles->list.at[i]].word.phrase));
    }
}

static void print_verdict(const struct decision *decision, const struct words *words,
                          struct text *out)
{
    static const char *const plain[] = {
        [VERDICT_ALLOWED] = "ALLOWED",
        [VERDICT_NO_CLAUSE] = "NO CLAUSE speaks about this",
        [VERDICT_ADVISED_AGAINST] = "ADVISED AGAINST: you may go on, with a reason on record",
        [VERDICT_ALLOWED_IF] = "ALLOWED IF what is missing is on record first",
        [VERDICT_NEED_ANSWER] = "NEED AN ANSWER",
        [VERDICT_REFER] = "REFER",
        [VERDICT_NOT_ALLOWED] = "NOT ALLOWED",
        [VERDICT_STOP] = "STOP: the law forbids this",
    };
    text_add_string(out, decision->noted ? "NOTED" : plain[decision->verdict]);
    if (decision->verdict == VERDICT_ALLOWED && decision->strength == STRENGTH_REQUIRED) {
        text_add_string(out, " and required");
    } else if (decision->verdict == VERDICT_NOT_ALLOWED && decision->strength == STRENGTH_SHOULD) {
        text_add_string(out, " (should not: going on needs a recorded reason)");
    } else if (decision->verdict == VERDICT_REFER) {
        text_add_string(out, ": this is for ");
        print_roles(words, &decision->refer, out);
        text_add_string(out, " to decide; until then, do not do it");
    }
    text_add_char(out, '\n');
}

static void print_law_reminders(const struct decision *decision, struct text *out)
{
    for (size_t i = 0; i < decision->reminders.count; i++) {
        if (decision->reminders.at[i].law) {
            text_format(out, "! %.*s\n", SLICE_PRINT(decision->reminders.at[i].text));
        }
    }
}

static void print_needed(const struct needed *needed, const struct words *words, struct text *out)
{
    text_add_string(out, "  - ");
    print_need_sentence(words, needed->need, out);
    if (needed->person.length > 0) {
        text_format(out, " For: %.*s.", SLICE_PRINT(needed->person));
    }
    text_format(out, "%s (%s %.*s)\n", needed->refused ? " It was refused." : "",
                needed->law ? "law" : "clause", SLICE_PRINT(needed->clause->id));
}

/* What is needed in any case, then the bundles, of which one will do. */
static void print_needs(const struct decision *decision, const struct words *words,
                        struct text *out)
{
    int last = 0;
    if (decision->needs.count > 0) {
        text_add_string(out, "\nNeeded first\n");
    }
    for (size_t i = 0; i < decision->needs.count; i++) {
        last = decision->needs.at[i].bundle > last ? decision->needs.at[i].bundle : last;
    }
    for (int bundle = 0; bundle <= last; bundle++) {
        if (bundle > 1) {
            text_add_string(out, "  or else\n");
        }
        for (size_t i = 0; i < decision->needs.count; i++) {
            if (decision->needs.at[i].bundle == bundle) {
                print_needed(&decision->needs.at[i], words, out);
            }
        }
    }
}

static void print_duties(const struct decision *decision, const struct request *request,
                         struct arena *arena, struct text *out)
{
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        if (i == 0) {
            text_add_string(out, "\nWhat to do\n");
        }
        text_format(out, "  - %.*s (%s",
                    SLICE_PRINT(ask_duty_sentence(decision, owed, request, arena)),
                    stage_word(owed->stage));
        struct slice depends = ask_duty_depends(owed);
        if (owed->conditional && owed->question == NULL) {
            text_add_string(out, "; it depends on something not settled");
        }
        text_add_string(out, depends.length > 0 ? "; it depends: " : "");
        text_add(out, depends);
        text_add_string(out, "; clause");
        for (size_t k = 0; k < owed->clauses.count; k++) {
            text_format(out, "%s %.*s", k == 0 ? "" : ",", SLICE_PRINT(owed->clauses.at[k]->id));
        }
        text_add_string(out, ")\n");
    }
}

static void print_cites(const struct decision *decision, struct text *out)
{
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        if (i == 0) {
            text_add_string(out, "\nWhy\n");
        }
        text_format(out, "  %s%-10.*s %s: %.*s", cite->law ? "law " : "",
                    SLICE_PRINT(cite->clause->id), part_word(cite->part),
                    SLICE_PRINT(cite->clause->title));
        if (cite->by != NULL) {
            text_format(out, " (by %.*s", SLICE_PRINT(cite->by->id));
            text_format(out, cite->reading > 0 ? ", reading R%u)" : ")", cite->reading);
        }
        text_add_char(out, '\n');
    }
}

/* Where the policy says nothing even of its silence, somebody still has to know what to do. */
static void print_silence(const struct decision *decision, const struct words *words,
                          struct text *out)
{
    if (decision->advice != NULL) {
        text_add_string(out, decision->advice->kind == LINE_SILENCE_ASK ? "\nAsk " : "\nTell ");
        print_roles(words, &decision->advice->roles, out);
        text_add_string(out, decision->advice->when == WHEN_BEFOREHAND   ? " beforehand.\n"
                             : decision->advice->when == WHEN_AFTERWARDS ? " afterwards.\n"
                                                                         : ".\n");
    }
    if (decision->verdict == VERDICT_NO_CLAUSE && decision->advice == NULL) {
        text_add_string(out, "\nUse your judgement, or ask a leader.\n");
    }
    if (decision->door != NULL) {
        text_add_string(out, "\nYou may depart from the policy if you tell ");
        print_roles(words, &decision->door->roles, out);
        text_add_string(out, " why.\n");
    }
}

/* Whether both take the same fact of the same person as the same. */
static bool assumed_alike(const struct assumed *a, const struct assumed *b)
{
    bool nobody = a->person.length + b->person.length == 0; /* then they point nowhere */
    return a->fact == b->fact && (nobody || slice_equal(a->person, b->person)) &&
           slice_equal(a->as, b->as);
}

/* A line for each fact; several clauses may take it alike. */
static void print_assumed(const struct decision *decision, struct text *out)
{
    const struct words *words = &decision->policy->words;
    for (size_t i = 0; i < decision->assumed.count; i++) {
        const struct assumed *assumed = &decision->assumed.at[i];
        size_t first = 0;
        while (!assumed_alike(&decision->assumed.at[first], assumed)) first++;
        if (first < i) {
            continue;
        }
        text_format(out, "%sNot known: %.*s%s%.*s; taken as %.*s (%.*s", i == 0 ? "\n" : "",
                    SLICE_PRINT(words->facts.at[assumed->fact].word.phrase),
                    assumed->person.length > 0 ? ", " : "", SLICE_PRINT(assumed->person),
                    SLICE_PRINT(assumed->as), SLICE_PRINT(assumed->by));
        for (size_t k = i + 1; k < decision->assumed.count; k++) {
            if (assumed_alike(&decision->assumed.at[k], assumed)) {
                text_format(out, ", %.*s", SLICE_PRINT(decision->assumed.at[k].by));
            }
        }
        text_add_string(out, ")\n");
    }
}

static void print_rest(const struct decision *decision, struct text *out)
{
    print_assumed(decision, out);
    for (size_t i = 0; i < decision->changes.count; i++) {
        const struct change *change = &decision->changes.at[i];
        text_format(out, "%s  %.*s = %.*s: then %s\n", i == 0 ? "\nWhat would change it\n" : "",
                    SLICE_PRINT(change->key), SLICE_PRINT(change->value),
                    verdict_word(change->verdict));
    }
    for (size_t i = 0; i < decision->clashes.count; i++) {
        const struct clash *clash = &decision->clashes.at[i];
        text_format(out, "%sClauses %.*s and %.*s pull apart here%s\n", i == 0 ? "\n" : "",
                    SLICE_PRINT(clash->a->id), SLICE_PRINT(clash->b->id),
                    clash->settled ? "; one lifts the other" : "; both stand");
    }
    for (size_t i = 0; i < decision->reminders.count; i++) {
        if (!decision->reminders.at[i].law) {
            text_format(out, "\n%.*s\n", SLICE_PRINT(decision->reminders.at[i].text));
        }
    }
    for (size_t i = 0; i < decision->outcomes.count; i++) {
        text_format(out, "\nOutcomes open: %.*s\n", SLICE_PRINT(decision->outcomes.at[i].text));
    }
}

void answer_print(const struct decision *decision, const struct request *request,
                  struct arena *arena, struct text *out)
{
    const struct words *words = &decision->policy->words;
    if (ask_danger(decision, request)) {
        text_add_string(out, "If a child or anybody else is in danger now, call 999 first.\n\n");
    }
    print_law_reminders(decision, out);
    print_verdict(decision, words, out);
    if (decision->verdict == VERDICT_NEED_ANSWER) {
        text_format(out, "\n%.*s\n  --fact '%.*s=...'\n", SLICE_PRINT(decision->question.text),
                    SLICE_PRINT(decision->question.key));
    }
    print_needs(decision, words, out);
    print_duties(decision, request, arena, out);
    print_silence(decision, words, out);
    print_cites(decision, out);
    print_rest(decision, out);
}
