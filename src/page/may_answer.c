/* The answer: danger first, then the verdict, what to do and by when, what is needed, what would help, and the clauses in the
 * organisation's own words. Writes down nothing: asking is not doing. */
#include "page/advice.h"
#include "page/clause.h"
#include "page/may_draft.h"
#include "page/verdict.h"

/* ---- what to do ---- */

static size_t count_duties(const struct decision *decision, enum stage stage, bool option)
{
    size_t count = 0;
    for (size_t at = 0; at < decision->duties.count; at++) {
        const struct owed *owed = &decision->duties.at[at];
        if (owed->stage == stage && (owed->duty->modal == DUTY_MAY) == option) count++;
    }
    return count;
}

static void write_stage(struct text *out, const struct advice *advice, enum stage stage,
                        bool option, struct slice title)
{
    const struct decision *decision = advice->decision;
    if (count_duties(decision, stage, option) == 0) return;
    HTML(out, "<h3 class=\"govuk-heading-s\">");
    html_text(out, title);
    HTML(out, "</h3>\n<ul class=\"govuk-list govuk-list--spaced lanyard-duties\">\n");
    for (int rank = 0; rank <= 3; rank++)
        for (size_t at = 0; at < decision->duties.count; at++) {
            const struct owed *owed = &decision->duties.at[at];
            bool fits = owed->stage == stage && (owed->duty->modal == DUTY_MAY) == option;
            if (fits && advice_urgency(owed) == rank) advice_duty(out, advice, owed);
        }
    HTML(out, "</ul>\n");
}

static void write_duties(struct text *out, const struct advice *advice)
{
    if (advice->decision->duties.count == 0) return;
    bool happened = advice->request->done || advice->decision->noted;
    HTML(out, "<div class=\"lanyard-do\">\n");
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What to do"));
    write_stage(out, advice, STAGE_REFUSAL, false, SLICE("Because you may not go on"));
    write_stage(out, advice, STAGE_ARISEN, false, SLICE("Because of what has happened"));
    write_stage(out, advice, STAGE_WITH, false,
                happened ? SLICE("Now") : SLICE("If you do it, or have done it"));
    write_stage(out, advice, STAGE_REFUSAL, true, SLICE("You may also"));
    write_stage(out, advice, STAGE_ARISEN, true, SLICE("You may also"));
    write_stage(out, advice, STAGE_WITH, true, SLICE("You may also"));
    HTML(out, "</div>\n");
}

/* ---- what is needed, what would help ---- */

static void write_needs(struct text *out, const struct advice *advice)
{
    if (advice->decision->needs.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you need first"));
    advice_needs(out, advice);
}

static void write_changes(struct text *out, const struct decision *decision, struct arena *arena)
{
    if (decision->changes.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What would change the answer"));
    ui_list_open(out, false);
    for (size_t at = 0; at < decision->changes.count; at++) {
        const struct change *change = &decision->changes.at[at];
        struct slice key = may_key_bare(change->key);
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

static void write_cite(struct text *out, const struct cite *cite, struct arena *arena)
{
    HTML(out, "<div class=\"lanyard-clause\"><h3 class=\"govuk-heading-s\"><a class=\"govuk-link\" "
              "href=\"/policy#");
    clause_anchor(out, cite->law, cite->clause->id);
    HTML(out, "\">");
    html_text(out, clause_name(cite->clause, arena));
    HTML(out, "</a>");
    if (cite->law) HTML(out, " (law)");
    HTML(out, "</h3>\n");
    advice_clause(out, cite, arena);
    HTML(out, "</div>\n");
}

static bool main_part(const struct cite *cite)
{
    return cite->part == PART_APPLIES || cite->part == PART_DUTY || cite->part == PART_EXCEPTION;
}

static void write_cites(struct text *out, const struct decision *decision, bool main,
                        struct arena *arena)
{
    for (size_t at = 0; at < decision->cites.count; at++)
        if (main_part(&decision->cites.at[at]) == main && !advice_cited_before(decision, at))
            write_cite(out, &decision->cites.at[at], arena);
}

static size_t count_cites(const struct decision *decision, bool main)
{
    size_t count = 0;
    for (size_t at = 0; at < decision->cites.count; at++)
        if (main_part(&decision->cites.at[at]) == main && !advice_cited_before(decision, at))
            count++;
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

/* Facts that nobody was asked, so that the asker can see what the answer rests on, and change it. */
static void write_known(struct visit *visit)
{
    const struct may *may = may_of(visit);
    bool any = false;
    for (size_t at = 0; at < may->count; at++) any = any || may->at[at].from != MAY_SAID;
    if (!any) return;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What the register knew"));
    ui_list_open(visit->out, false);
    for (size_t at = 0; at < may->count; at++)
        if (may->at[at].from != MAY_SAID)
            ui_list_item(
                visit->out,
                arena_format(
                    visit->arena, "%.*s %.*s", SLICE_PRINT(text_slice(&may->at[at].asked)),
                    SLICE_PRINT(may_value_words(visit_policy(visit), &may->at[at], visit->arena))));
    ui_list_close(visit->out, false);
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

static void write_decision(struct visit *visit, const struct decision *decision,
                           const struct request *request, const struct may_draft *draft)
{
    struct text *out = visit->out;
    struct arena *arena = visit->arena;
    const struct advice advice = {decision, request, arena, true};
    bool happened = request->done || decision->noted;
    if (ask_danger(decision, request)) danger_write(out);
    ui_caption(out, UI_LARGE, may_summary(request, arena));
    verdict_write(out, decision, arena);
    may_tell_write(visit, decision, request);
    if (!happened) may_marks_write(visit, draft, request, decision); /* they can still be changed */
    write_duties(out, &advice);
    write_needs(out, &advice);
    if (happened) may_marks_write(visit, draft, request, decision);
    write_remarks(out, decision);
    write_door(out, decision, arena);
    write_changes(out, decision, arena);
    write_clashes(out, decision, arena);
    write_why(out, decision, arena);
    write_assumed(out, decision, arena);
}

static void write_foot(struct visit *visit, bool can_act)
{
    struct text *out = visit->out;
    may_keep_write(visit);
    HTML(out, "<div class=\"lanyard-noprint\"><p class=\"govuk-body\">");
    html_link(out, may_at(visit, MAY_AT_CHECK), SLICE("See or change what you said"));
    HTML(out, "</p>\n");
    if (visit_pages(visit)->policy_count > 1) {
        HTML(out, "<p class=\"govuk-body\">");
        html_link(out, SLICE("/compare/question"), SLICE("What the other policies say"));
        HTML(out, "</p>\n");
    }
    ui_form_open(out, may_at(visit, MAY_AT_RESTART), visit_token(visit));
    ui_button(out, UI_BUTTON_SECOND, can_act ? SLICE("I was only asking") : SLICE("Start again"));
    ui_form_close(out);
    HTML(out, "</div>\n<p class=\"govuk-body-s\">This answer is from version ");
    html_text(out, visit_policy(visit)->document.version);
    HTML(out, " of the policy. Nothing was recorded and nobody was told.</p>\n");
}

void may_answer_page(struct visit *visit)
{
    struct decision *decision = ARENA_NEW(visit->arena, struct decision);
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct may_draft *draft = ARENA_NEW(visit->arena, struct may_draft);
    if (!may_decide_whole(visit, request, draft, decision)) return;
    if (decision->verdict == VERDICT_NEED_ANSWER && decision->question.kind != QUESTION_NONE) {
        response_see(visit->response, may_at(visit, MAY_AT_QUESTION));
        return;
    }
    struct ui_frame frame =
        may_frame_open(visit, SLICE("The answer"), may_at(visit, MAY_AT_CHECK), false);
    write_decision(visit, decision, request, draft);
    write_known(visit);
    may_act_write(visit, decision, request);
    write_foot(visit, may_can_act(visit, request));
    may_frame_close(visit, &frame);
}
