/* The text to sign: the clauses that speak to somebody's roles first, then all of it, as everybody reads it. */
#include <string.h>

#include "page/clause.h"
#include "page/markdown.h"
#include "page/signing.h"

struct speaking {
    const struct policy *policy;
    int roles[ROLES];
    size_t count;
};

static bool names_role(const struct speaking *speaking, const struct roles *roles)
{
    for (size_t i = 0; i < roles->list.count; i++)
        for (size_t k = 0; k < speaking->count; k++)
            if (policy_counts(speaking->policy, WORD_PERSON, speaking->roles[k], roles->list.at[i]))
                return true;
    return false;
}

static bool bears(const struct speaking *speaking, const struct duty *duty)
{
    return !duty->actor && !duty->bearer.anyone && names_role(speaking, &duty->bearer.roles);
}

/* As who acts, or as who owes something; what is said to everybody is said below. */
static bool speaks(const struct speaking *speaking, const struct statement *statement)
{
    bool acts = statement->kind == STATEMENT_NORM || statement->kind == STATEMENT_GATE;
    if (acts && !statement->who.anyone && names_role(speaking, &statement->who.roles)) return true;
    for (size_t i = 0; i < statement->duties.count; i++)
        if (bears(speaking, &statement->duties.at[i])) return true;
    for (size_t i = 0; i < statement->tails.count; i++)
        if (bears(speaking, &statement->tails.at[i].duty)) return true;
    return false;
}

static struct speaking speaking_of(const struct policy *policy, uint64_t roles)
{
    struct speaking speaking = {.policy = policy};
    for (int role = 0; role < ROLES; role++) {
        struct slice word = role_row((enum role)role)->word;
        int index = word.length == 0 ? -1 : words_find_id(&policy->words, WORD_PERSON, word);
        if ((roles & role_bit((enum role)role)) != 0 && index >= 0)
            speaking.roles[speaking.count++] = index;
    }
    return speaking;
}

static bool *mark(const struct policy *policy, uint64_t roles, struct arena *arena)
{
    struct speaking speaking = speaking_of(policy, roles);
    const struct document *document = &policy->document;
    bool *marked = ARENA_ARRAY(arena, bool, document->clauses.count + 1);
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        if (!rule->law && speaks(&speaking, rule->statement))
            marked[rule->clause - document->clauses.at] = true;
    }
    return marked;
}

static void own_clauses(struct text *out, const struct clause_view *view, const bool *marked)
{
    const struct document *document = view->document;
    for (size_t i = 0; i < document->clauses.count; i++) {
        if (!marked[i]) continue;
        HTML(out, "<section class=\"lanyard-policy-clause\">\n<h3 class=\"govuk-heading-m\">");
        html_text(out, clause_name(&document->clauses.at[i], view->arena));
        HTML(out, "</h3>\n");
        clause_write(out, view, i);
        HTML(out, "</section>\n");
    }
}

static size_t count_marked(const bool *marked, size_t count)
{
    size_t found = 0;
    for (size_t i = 0; i < count; i++) found += marked[i] ? 1 : 0;
    return found;
}

/* Where the text can be taken in two ways: what was chosen belongs to what is signed. */
static void readings(struct text *out, const struct policy *policy)
{
    const struct words *words = &policy->words;
    if (words->readings.count == 0) return;
    ui_heading(out, 2, UI_LARGE, SLICE("readings"), SLICE("How this policy is read"));
    ui_list_open(out, false);
    for (size_t i = 0; i < words->readings.count; i++) {
        const struct reading *reading = &words->readings.at[i];
        bool adopted = policy_awake(policy->document.reads, reading->number, false);
        HTML(out, "<li>");
        html_text(out, reading->phrase);
        HTML(out, ": ");
        html_text(out, adopted ? reading->adopted : reading->not_adopted);
        HTML(out, "</li>\n");
    }
    ui_list_close(out, false);
}

static void whole(struct text *out, const struct clause_view *view)
{
    ui_heading(out, 2, UI_LARGE, SLICE("whole"), SLICE("The whole policy"));
    markdown_write(out, view->document->preamble);
    clauses_write(out, view);
    if (view->policy->has_law && view->policy->law.clauses.count > 0) {
        struct clause_view law = *view;
        law.document = &view->policy->law;
        ui_heading(out, 2, UI_LARGE, SLICE("law"), SLICE("The law that stands above it"));
        clauses_write(out, &law);
    }
    readings(out, view->policy);
}

void signing_text(struct text *out, const struct policy *policy, uint64_t roles,
                  struct arena *arena)
{
    struct clause_view view = {
        .policy = policy, .document = &policy->document, .arena = arena, .norms = false};
    const bool *marked = mark(policy, roles, arena);
    if (count_marked(marked, policy->document.clauses.count) > 0) {
        struct slice words = signing_roles(roles, arena);
        bool vowel = strchr("aeiouAEIOU", words.at[0]) != NULL;
        ui_heading(
            out, 2, UI_LARGE, SLICE("for-you"),
            arena_format(arena, "For you as a%s %.*s", vowel ? "n" : "", SLICE_PRINT(words)));
        own_clauses(out, &view, marked);
    }
    whole(out, &view);
}
