/* Pieces of a decision in HTML; see advice.h. */
#include "page/advice.h"

#include "page/clause.h"
#include "page/markdown.h"
#include "policy/print.h"
#include "service/ask.h"
#include "web/ui.h"

/* ---- what to do, what is needed ---- */

static struct slice when_words(struct span span, struct arena *arena)
{
    if (span.unit == SPAN_NONE) return SLICE_EMPTY;
    if (span.unit == SPAN_IMMEDIATELY) return SLICE("At once");
    if (span.unit == SPAN_SAME_DAY) return SLICE("Today");
    AUTO_TEXT struct text words;
    text_init(&words, 200);
    text_add_string(&words, "Within ");
    print_span(span, &words);
    return arena_copy(arena, text_slice(&words));
}

static void clause_link(struct text *out, bool linked, bool law, const struct clause *clause)
{
    struct slice name = clause->number.length > 0 ? clause->number : clause->id;
    if (!linked) {
        html_text(out, name);
        return;
    }
    HTML(out, "<a class=\"govuk-link\" href=\"/policy#");
    clause_anchor(out, law, clause->id);
    HTML(out, "\">");
    html_text(out, name);
    HTML(out, "</a>");
}

/* The deadline stands in front, for the eye, and not in the sentence again. */
void advice_duty(struct text *out, const struct advice *advice, const struct owed *owed)
{
    struct arena *arena = advice->arena;
    struct slice when = when_words(owed->within, arena);
    struct owed undated = *owed;
    undated.within = (struct span){.unit = SPAN_NONE};
    HTML(out, "<li>");
    if (when.length > 0) {
        bool now = owed->within.unit == SPAN_IMMEDIATELY || owed->within.unit == SPAN_SAME_DAY;
        ui_tag(out, now ? "red" : "yellow", when);
        HTML(out, " ");
    }
    html_text(out, ask_duty_sentence(advice->decision, &undated, advice->request, arena));
    struct slice depends = ask_duty_depends(owed);
    if (depends.length > 0) {
        HTML(out, " <span class=\"lanyard-soft\">It depends: ");
        html_text(out, depends);
        HTML(out, "</span>");
    }
    HTML(out, " <span class=\"lanyard-soft\">(");
    for (size_t at = 0; at < owed->clauses.count; at++) {
        if (at > 0) HTML(out, ", ");
        clause_link(out, advice->linked, false, owed->clauses.at[at]);
    }
    HTML(out, ")</span></li>\n");
}

int advice_urgency(const struct owed *owed)
{
    switch (owed->within.unit) {
    case SPAN_IMMEDIATELY: return 0;
    case SPAN_SAME_DAY: return 1;
    case SPAN_NONE: return 3;
    default: return 2;
    }
}

static void write_need(struct text *out, const struct advice *advice, const struct needed *needed)
{
    AUTO_TEXT struct text words;
    text_init(&words, 4000);
    print_need_sentence(&advice->decision->policy->words, needed->need, &words);
    HTML(out, "<li>");
    html_text(out, text_slice(&words));
    if (needed->person.length > 0) {
        HTML(out, " For: ");
        html_text(out, needed->person);
        HTML(out, ".");
    }
    if (needed->refused) HTML(out, " It was refused.");
    HTML(out, " <span class=\"lanyard-soft\">(");
    clause_link(out, advice->linked, needed->law, needed->clause);
    HTML(out, ")</span></li>\n");
}

static void write_bundle(struct text *out, const struct advice *advice, int bundle)
{
    const struct decision *decision = advice->decision;
    ui_list_open(out, false);
    for (size_t at = 0; at < decision->needs.count; at++)
        if (decision->needs.at[at].bundle == bundle)
            write_need(out, advice, &decision->needs.at[at]);
    ui_list_close(out, false);
}

void advice_needs(struct text *out, const struct advice *advice)
{
    const struct decision *decision = advice->decision;
    int last = 0;
    bool always = false;
    for (size_t at = 0; at < decision->needs.count; at++) {
        if (decision->needs.at[at].bundle == 0) always = true;
        if (decision->needs.at[at].bundle > last) last = decision->needs.at[at].bundle;
    }
    if (always) write_bundle(out, advice, 0);
    for (int bundle = 1; bundle <= last; bundle++) {
        if (bundle > 1) HTML(out, "<p class=\"govuk-body\">Or else:</p>\n");
        write_bundle(out, advice, bundle);
    }
}

/* ---- why ---- */

bool advice_cited_before(const struct decision *decision, size_t at)
{
    for (size_t before = 0; before < at; before++)
        if (decision->cites.at[before].clause == decision->cites.at[at].clause) return true;
    return false;
}

static struct slice part_line(const struct cite *cite, struct arena *arena)
{
    switch (cite->part) {
    case PART_APPLIES: return SLICE("It applies here.");
    case PART_EXCEPTION: return SLICE("Its exception holds here.");
    case PART_LIFTED:
        if (cite->by == NULL) return SLICE("It is set aside here.");
        return arena_format(arena, "It is set aside here by %.*s.",
                            SLICE_PRINT(clause_name(cite->by, arena)));
    case PART_LIFTS: return SLICE("It sets another clause aside.");
    case PART_DUTY: return SLICE("It says what to do.");
    case PART_DEFINES: return SLICE("It says what a word means.");
    default: return SLICE("It says for whom the policy speaks.");
    }
}

void advice_clause(struct text *out, const struct cite *cite, struct arena *arena)
{
    HTML(out, "<blockquote>\n");
    markdown_write(out, cite->clause->prose);
    HTML(out, "</blockquote><p class=\"lanyard-norms\">");
    html_text(out, part_line(cite, arena));
    for (size_t at = 0; at < cite->norms.count; at++) {
        HTML(out, " <code>");
        html_text(out, cite->norms.at[at]);
        HTML(out, "</code>");
    }
    HTML(out, "</p>\n");
}
