/* The answer: danger first, then the verdict, what to do and by when, what is needed, what would help, and the clauses in the
 * organisation's own words. Writes down nothing: asking is not doing. */
#include "page/clause.h"
#include "page/markdown.h"
#include "page/may.h"
#include "page/verdict.h"
#include "policy/print.h"

/* ---- what to do ---- */

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

static void clause_link(struct text *out, bool law, const struct clause *clause)
{
    HTML(out, "<a class=\"govuk-link\" href=\"/policy#");
    clause_anchor(out, law, clause->id);
    HTML(out, "\">");
    html_text(out, clause->number.length > 0 ? clause->number : clause->id);
    HTML(out, "</a>");
}

/* The deadline stands in front, for the eye, and not in the sentence again. */
static void write_duty(struct text *out, const struct decision *decision, const struct owed *owed,
                       const struct request *request, struct arena *arena)
{
    struct slice when = when_words(owed->within, arena);
    struct owed undated = *owed;
    undated.within = (struct span){.unit = SPAN_NONE};
    HTML(out, "<li>");
    if (when.length > 0) {
        bool now = owed->within.unit == SPAN_IMMEDIATELY || owed->within.unit == SPAN_SAME_DAY;
        ui_tag(out, now ? "red" : "yellow", when);
        HTML(out, " ");
    }
    html_text(out, ask_duty_sentence(decision, &undated, request, arena));
    if (owed->conditional && owed->question != NULL && owed->question->text.length > 0) {
        HTML(out, " <span class=\"lanyard-soft\">It depends: ");
        html_text(out, owed->question->text);
        HTML(out, "</span>");
    }
    HTML(out, " <span class=\"lanyard-soft\">(");
    for (size_t at = 0; at < owed->clauses.count; at++) {
        if (at > 0) HTML(out, ", ");
        clause_link(out, false, owed->clauses.at[at]);
    }
    HTML(out, ")</span></li>\n");
}

/* Most urgent first; the order of the document within one deadline. */
static int urgency(const struct owed *owed)
{
    switch (owed->within.unit) {
    case SPAN_IMMEDIATELY: return 0;
    case SPAN_SAME_DAY: return 1;
    case SPAN_NONE: return 3;
    default: return 2;
    }
}

static size_t count_duties(const struct decision *decision, enum stage stage, bool option)
{
    size_t count = 0;
    for (size_t at = 0; at < decision->duties.count; at++) {
        const struct owed *owed = &decision->duties.at[at];
        if (owed->stage == stage && (owed->duty->modal == DUTY_MAY) == option) count++;
    }
    return count;
}

static void write_stage(struct text *out, const struct decision *decision,
                        const struct request *request, enum stage stage, bool option,
                        struct slice title, struct arena *arena)
{
    if (count_duties(decision, stage, option) == 0) return;
    HTML(out, "<h3 class=\"govuk-heading-s\">");
    html_text(out, title);
    HTML(out, "</h3>\n<ul class=\"govuk-list govuk-list--spaced lanyard-duties\">\n");
    for (int rank = 0; rank <= 3; rank++)
        for (size_t at = 0; at < decision->duties.count; at++) {
            const struct owed *owed = &decision->duties.at[at];
            bool fits = owed->stage == stage && (owed->duty->modal == DUTY_MAY) == option;
            if (fits && urgency(owed) == rank) write_duty(out, decision, owed, request, arena);
        }
    HTML(out, "</ul>\n");
}

static void write_duties(struct text *out, const struct decision *decision,
                         const struct request *request, struct arena *arena)
{
    if (decision->duties.count == 0) return;
    bool happened = request->done || decision->noted;
    HTML(out, "<div class=\"lanyard-do\">\n");
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What to do"));
    write_stage(out, decision, request, STAGE_REFUSAL, false, SLICE("Because you may not go on"),
                arena);
    write_stage(out, decision, request, STAGE_ARISEN, false, SLICE("Because of what has happened"),
                arena);
    write_stage(out, decision, request, STAGE_WITH, false,
                happened ? SLICE("Now") : SLICE("If you do it, or have done it"), arena);
    write_stage(out, decision, request, STAGE_REFUSAL, true, SLICE("You may also"), arena);
    write_stage(out, decision, request, STAGE_ARISEN, true, SLICE("You may also"), arena);
    write_stage(out, decision, request, STAGE_WITH, true, SLICE("You may also"), arena);
    HTML(out, "</div>\n");
}

/* ---- what is needed, what would help ---- */

static void write_need(struct text *out, const struct decision *decision,
                       const struct needed *needed)
{
    AUTO_TEXT struct text words;
    text_init(&words, 4000);
    print_need_sentence(&decision->policy->words, needed->need, &words);
    HTML(out, "<li>");
    html_text(out, text_slice(&words));
    if (needed->person.length > 0) {
        HTML(out, " For: ");
        html_text(out, needed->person);
        HTML(out, ".");
    }
    if (needed->refused) HTML(out, " It was refused.");
    HTML(out, " <span class=\"lanyard-soft\">(");
    clause_link(out, needed->law, needed->clause);
    HTML(out, ")</span></li>\n");
}

static void write_bundle(struct text *out, const struct decision *decision, int bundle)
{
    ui_list_open(out, false);
    for (size_t at = 0; at < decision->needs.count; at++)
        if (decision->needs.at[at].bundle == bundle)
            write_need(out, decision, &decision->needs.at[at]);
    ui_list_close(out, false);
}

static void write_needs(struct text *out, const struct decision *decision)
{
    int last = 0;
    bool always = false;
    if (decision->needs.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you need first"));
    for (size_t at = 0; at < decision->needs.count; at++) {
        if (decision->needs.at[at].bundle == 0) always = true;
        if (decision->needs.at[at].bundle > last) last = decision->needs.at[at].bundle;
    }
    if (always) write_bundle(out, decision, 0);
    for (int bundle = 1; bundle <= last; bundle++) {
        if (bundle > 1) HTML(out, "<p class=\"govuk-body\">Or else:</p>\n");
        write_bundle(out, decision, bundle);
    }
}

static void write_changes(struct text *out, const struct decision *decision, struct arena *arena)
{
    if (decision->changes.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What would change the answer"));
    ui_list_open(out, false);
    for (size_t at = 0; at < decision->changes.count; at++) {
        const struct change *change = &decision->changes.at[at];
        struct slice key = change->key;
        if (slice_starts(key, SLICE("fact "))) key = slice_part(key, 5, key.length);
        if (slice_starts(key, SLICE("record "))) key = slice_part(key, 7, key.length);
        ui_list_item(out,
                     arena_format(arena, "%.*s: %.*s. Then: %.*s.",
                                  SLICE_PRINT(may_capital(key, arena)), SLICE_PRINT(change->value),
                                  SLICE_PRINT(verdict_short(change->verdict))));
    }
    ui_list_close(out, false);
}

static void write_door(struct text *out, const struct decision *decision, struct arena *arena)
{
    if (decision->door == NULL) return;
    ui_inset(out,
             arena_format(
                 arena, "You may depart from the policy if you can justify it. Then tell %.*s why.",
                 SLICE_PRINT(may_roles(decision->policy, &decision->door->roles, "or", arena))));
}

/* ---- why ---- */

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

static void write_cite(struct text *out, const struct cite *cite, struct arena *arena)
{
    HTML(out, "<div class=\"lanyard-clause\"><h3 class=\"govuk-heading-s\"><a class=\"govuk-link\" "
              "href=\"/policy#");
    clause_anchor(out, cite->law, cite->clause->id);
    HTML(out, "\">");
    html_text(out, clause_name(cite->clause, arena));
    HTML(out, "</a>");
    if (cite->law) HTML(out, " (law)");
    HTML(out, "</h3><blockquote>\n");
    markdown_write(out, cite->clause->prose);
    HTML(out, "</blockquote><p class=\"lanyard-norms\">");
    html_text(out, part_line(cite, arena));
    for (size_t at = 0; at < cite->norms.count; at++) {
        HTML(out, " <code>");
        html_text(out, cite->norms.at[at]);
        HTML(out, "</code>");
    }
    HTML(out, "</p></div>\n");
}

/* A clause may be cited for several parts; its words stand once, with the first. */
static bool cited_before(const struct decision *decision, size_t at)
{
    for (size_t before = 0; before < at; before++)
        if (decision->cites.at[before].clause == decision->cites.at[at].clause) return true;
    return false;
}

static bool main_part(const struct cite *cite)
{
    return cite->part == PART_APPLIES || cite->part == PART_DUTY || cite->part == PART_EXCEPTION;
}

static void write_cites(struct text *out, const struct decision *decision, bool main,
                        struct arena *arena)
{
    for (size_t at = 0; at < decision->cites.count; at++)
        if (main_part(&decision->cites.at[at]) == main && !cited_before(decision, at))
            write_cite(out, &decision->cites.at[at], arena);
}

static size_t count_cites(const struct decision *decision, bool main)
{
    size_t count = 0;
    for (size_t at = 0; at < decision->cites.count; at++)
        if (main_part(&decision->cites.at[at]) == main && !cited_before(decision, at)) count++;
    return count;
}

static void write_why(struct text *out, const struct decision *decision, struct arena *arena)
{
    if (count_cites(decision, true) > 0) {
        ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Why: the clauses"));
        write_cites(out, decision, true, arena);
    }
    if (count_cites(decision, false) > 0) {
        HTML(out, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
                  "<span class=\"govuk-details__summary-text\">Other clauses that played a "
                  "part</span></summary>"
                  "<div class=\"govuk-details__text\"><h2 class=\"govuk-visually-hidden\">Other "
                  "clauses</h2>\n");
        write_cites(out, decision, false, arena);
        ui_details_close(out);
    }
}

static void write_assumed(struct text *out, const struct decision *decision, struct arena *arena)
{
    if (decision->assumed.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you did not know"));
    ui_list_open(out, false);
    for (size_t at = 0; at < decision->assumed.count; at++) {
        const struct assumed *assumed = &decision->assumed.at[at];
        struct slice fact = decision->policy->words.facts.at[assumed->fact].word.phrase;
        ui_list_item(out, arena_format(arena, "%.*s%s%.*s: taken as %.*s, to be safe.",
                                       SLICE_PRINT(may_capital(fact, arena)),
                                       assumed->person.length > 0 ? ", " : "",
                                       SLICE_PRINT(assumed->person), SLICE_PRINT(assumed->as)));
    }
    ui_list_close(out, false);
}

static void write_remarks(struct text *out, const struct decision *decision)
{
    for (size_t at = 0; at < decision->reminders.count; at++)
        ui_inset(out, decision->reminders.at[at].text);
    if (decision->outcomes.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What may follow"));
    ui_list_open(out, false);
    for (size_t at = 0; at < decision->outcomes.count; at++)
        ui_list_item(out, decision->outcomes.at[at].text);
    ui_list_close(out, false);
}

static void write_clashes(struct text *out, const struct decision *decision, struct arena *arena)
{
    for (size_t at = 0; at < decision->clashes.count; at++) {
        const struct clash *clash = &decision->clashes.at[at];
        ui_warning(
            out, arena_format(arena, "Two clauses pull against each other here: %.*s and %.*s. %s",
                              SLICE_PRINT(clause_name(clash->a, arena)),
                              SLICE_PRINT(clause_name(clash->b, arena)),
                              clash->settled ? "The way this policy is read settles it."
                                             : "The stricter one holds until it is settled."));
    }
}

/* ---- the page ---- */

static void write_decision(struct text *out, const struct decision *decision,
                           const struct request *request, struct arena *arena)
{
    if (ask_danger(decision, request)) danger_write(out);
    ui_caption(out, UI_LARGE, may_summary(request, arena));
    verdict_write(out, decision, arena);
    write_duties(out, decision, request, arena);
    write_needs(out, decision);
    write_remarks(out, decision);
    write_door(out, decision, arena);
    write_changes(out, decision, arena);
    write_clashes(out, decision, arena);
    write_why(out, decision, arena);
    write_assumed(out, decision, arena);
}

static void write_foot(struct visit *visit)
{
    struct text *out = visit->out;
    HTML(out, "<div class=\"lanyard-noprint\"><p class=\"govuk-body\">");
    html_link(out, SLICE("/may/check"), SLICE("See or change what you said"));
    HTML(out, "</p>\n");
    ui_form_open(out, SLICE("/may/restart"), visit_token(visit));
    ui_button(out, UI_BUTTON_SECOND, SLICE("Start again"));
    ui_form_close(out);
    HTML(out, "</div>\n<p class=\"govuk-body-s\">This answer is from version ");
    html_text(out, visit_pages(visit)->policy->document.version);
    HTML(out, " of the policy. Nothing was recorded and nobody was told.</p>\n");
}

void may_answer_page(struct visit *visit)
{
    struct decision *decision = ARENA_NEW(visit->arena, struct decision);
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct error error = {.code = ERROR_NONE};
    if (!may_decide(visit, decision)) return;
    if (decision->verdict == VERDICT_NEED_ANSWER && decision->question.kind != QUESTION_NONE) {
        response_see(visit->response, SLICE("/may/question"));
        return;
    }
    if (!may_request(visit, may_of(visit), request, &error)) {
        visit_refuse(visit, 400, &error);
        return;
    }
    struct ui_frame frame = may_frame_open(visit, SLICE("The answer"), SLICE("/may/check"), false);
    write_decision(visit->out, decision, request, visit->arena);
    write_foot(visit);
    may_frame_close(visit, &frame);
}
