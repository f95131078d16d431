/* One question, the answers of several policies side by side: the verdict in words, a shape and a colour, what is needed, the
 * first duties, and the clauses with their words. See compare.h; the table of all acts stands in compare_acts.c. */
#include "page/compare.h"

#include "page/advice.h"
#include "page/clause.h"
#include "page/may.h"
#include "page/verdict.h"
#include "service/review.h"

#define FIRST_DUTIES 3

struct slice compare_name(const struct policy *policy)
{
    const struct document *document = &policy->document;
    return document->organisation.count > 0 ? document->organisation.at[0] : document->title;
}

static void open_fold(struct text *out, struct slice summary)
{
    HTML(out, "<details class=\"lanyard-fold\"><summary>");
    html_text(out, summary);
    HTML(out, "</summary>\n");
}

static void write_title(struct text *out, struct slice words)
{
    ui_heading(out, 3, UI_SMALL, SLICE_EMPTY, words);
}

/* ---- the verdict ---- */

/* What it still turns on, where more has to be said. */
static void write_open(struct text *out, const struct decision *decision)
{
    if (decision->verdict != VERDICT_NEED_ANSWER || decision->question.text.length == 0) return;
    HTML(out, "<p class=\"govuk-body\">It depends: ");
    html_text(out, decision->question.text);
    HTML(out, "</p>\n");
}

static void write_overdue(struct text *out, const struct policy *policy)
{
    AUTO_TEXT struct text overdue;
    text_init(&overdue, 1000);
    if (!review_overdue(policy, moment_now().day, &overdue)) return;
    HTML(out, "<p class=\"lanyard-soft\">");
    html_text(out, text_slice(&overdue));
    HTML(out, "</p>\n");
}

/* ---- what to do ---- */

/* What is owed in any case comes before what depends on something, and what may be done last. */
static int rank(const struct owed *owed)
{
    int late = owed->conditional ? 4 : 0;
    return advice_urgency(owed) + late + (owed->duty->modal == DUTY_MAY ? 8 : 0);
}

/* Those that go with the act, or those owed already; by rank, from `from` to before `to`. */
static void write_duties(struct text *out, const struct advice *advice, bool with, size_t from,
                         size_t to)
{
    const struct decision *decision = advice->decision;
    size_t place = 0;
    HTML(out, "<ul class=\"govuk-list govuk-list--bullet lanyard-duties\">\n");
    for (int wanted = 0; wanted < 16; wanted++)
        for (size_t at = 0; at < decision->duties.count; at++) {
            const struct owed *owed = &decision->duties.at[at];
            if ((owed->stage == STAGE_WITH) != with || rank(owed) != wanted) continue;
            if (place >= from && place < to) advice_duty(out, advice, owed);
            place++;
        }
    HTML(out, "</ul>\n");
}

/* The first few are there to read, the others behind a fold. */
static void write_stage(struct text *out, const struct advice *advice, bool with,
                        struct slice title, size_t first)
{
    size_t count = 0;
    for (size_t at = 0; at < advice->decision->duties.count; at++)
        count += (advice->decision->duties.at[at].stage == STAGE_WITH) == with;
    if (count == 0) return;
    write_title(out, title);
    if (first > 0) write_duties(out, advice, with, 0, first);
    if (count <= first) return;
    open_fold(out,
              arena_format(advice->arena, "%zu%s to do", count - first, first > 0 ? " more" : ""));
    write_duties(out, advice, with, first, count);
    HTML(out, "</details>\n");
}

/* What goes with an act that is refused is for whoever did it nevertheless. */
static void write_do(struct text *out, const struct advice *advice)
{
    bool happened = advice->request->done || advice->decision->noted;
    bool refused = advice->decision->verdict >= VERDICT_NOT_ALLOWED && !happened;
    write_stage(out, advice, false, SLICE("What to do"), FIRST_DUTIES);
    write_stage(out, advice, true, happened ? SLICE("Now") : SLICE("If you do it, or have done it"),
                refused ? 0 : FIRST_DUTIES);
}

/* ---- why ---- */

static void write_cite(struct text *out, const struct advice *advice, const struct cite *cite)
{
    const struct clause *clause = cite->clause;
    bool numbered = clause->number.length > 0;
    struct slice name = numbered
                            ? clause_name(clause, advice->arena)
                            : arena_format(advice->arena, "%.*s (%.*s)", SLICE_PRINT(clause->title),
                                           SLICE_PRINT(clause->id));
    if (cite->law) name = arena_format(advice->arena, "%.*s (law)", SLICE_PRINT(name));
    open_fold(out, name);
    advice_clause(out, cite, advice->arena);
    if (advice->linked) {
        HTML(out, "<p class=\"govuk-body-s\"><a class=\"govuk-link\" href=\"/policy#");
        clause_anchor(out, cite->law, cite->clause->id);
        HTML(out, "\">Read it in the policy<span class=\"govuk-visually-hidden\">: ");
        html_text(out, name);
        HTML(out, "</span></a></p>\n");
    }
    HTML(out, "</details>\n");
}

static size_t write_cites(struct text *out, const struct advice *advice, bool duties)
{
    const struct decision *decision = advice->decision;
    size_t count = 0;
    for (size_t at = 0; at < decision->cites.count; at++) {
        const struct cite *cite = &decision->cites.at[at];
        if ((cite->part == PART_DUTY) != duties || advice_cited_before(decision, at)) continue;
        if (out != NULL) write_cite(out, advice, cite);
        count++;
    }
    return count;
}

/* The clauses behind the verdict stand open to the eye, those behind the duties in a fold. */
static void write_why(struct text *out, const struct advice *advice)
{
    size_t verdicts = write_cites(NULL, advice, false), duties = write_cites(NULL, advice, true);
    if (verdicts + duties == 0) return;
    write_title(out, SLICE("Why: the clauses"));
    (void)write_cites(out, advice, false);
    if (duties == 0) return;
    open_fold(out, arena_format(advice->arena, "%zu clause%s on what to do", duties,
                                duties == 1 ? "" : "s"));
    (void)write_cites(out, advice, true);
    HTML(out, "</details>\n");
}

/* ---- a card ---- */

static void write_unknown(struct text *out, const struct compared *compared)
{
    if (compared->unknown.count == 0) return;
    HTML(out, "<p class=\"lanyard-soft\">This policy has no words for: ");
    for (size_t at = 0; at < compared->unknown.count; at++) {
        if (at > 0) HTML(out, "; ");
        html_text(out, may_key_bare(compared->unknown.at[at]));
    }
    HTML(out, ".</p>\n");
}

static void write_card(struct text *out, const struct compared *compared,
                       const struct policy *shown, struct arena *arena)
{
    const struct decision *decision = &compared->decision;
    const struct advice advice = {decision, compared->request, arena, compared->policy == shown};
    HTML(out, "<section class=\"lanyard-card\">\n");
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, compare_name(compared->policy));
    verdict_band(out, decision, arena);
    write_open(out, decision);
    if (decision->needs.count > 0) {
        write_title(out, SLICE("What you need first"));
        advice_needs(out, &advice);
    }
    write_do(out, &advice);
    write_why(out, &advice);
    write_unknown(out, compared);
    if (compared->policy != shown) write_overdue(out, compared->policy); /* else it stands above */
    HTML(out, "</section>\n");
}

void compare_cards(struct text *out, const struct comparison *comparison,
                   const struct policy *shown, struct arena *arena)
{
    verdict_signs(out);
    HTML(out, "<div class=\"lanyard-cards\">\n");
    for (size_t at = 0; at < comparison->list.count; at++)
        write_card(out, &comparison->list.at[at], shown, arena);
    HTML(out, "</div>\n");
}

/* ---- the page ---- */

void may_compare_now(struct visit *visit)
{
    if (!may_compares(visit) || may_missing(visit, may_of(visit)).length > 0) return;
    HTML(visit->out, "<p class=\"govuk-body-s\">");
    html_link(visit->out, may_at(visit, MAY_AT_ANSWER), SLICE("Compare with what you said so far"));
    HTML(visit->out, "</p>\n");
}

static struct slice title_of(const struct comparison *comparison, struct arena *arena)
{
    size_t count = comparison->list.count;
    if (comparison->kinds == 1) return arena_format(arena, "All %zu policies answer alike", count);
    return arena_format(arena, "%zu policies, %zu different answers", count, comparison->kinds);
}

static bool any_danger(const struct comparison *comparison)
{
    for (size_t at = 0; at < comparison->list.count; at++)
        if (ask_danger(&comparison->list.at[at].decision, comparison->list.at[at].request))
            return true;
    return false;
}

static void write_more(struct text *out, const struct comparison *comparison)
{
    size_t open = 0;
    for (size_t at = 0; at < comparison->list.count; at++)
        open += comparison->list.at[at].decision.verdict == VERDICT_NEED_ANSWER;
    if (open == 0) return;
    HTML(out, "<p class=\"govuk-body\">");
    html_number(out, (int64_t)open);
    HTML(out, " of them would ask more first. ");
    html_link(out, SLICE("/compare/question"), SLICE("Answer the next question"));
    HTML(out, "</p>\n");
}

static void write_foot(struct visit *visit)
{
    struct text *out = visit->out;
    HTML(out, "<div class=\"lanyard-noprint\"><p class=\"govuk-body\">");
    html_link(out, SLICE("/compare/check"), SLICE("See or change what you said"));
    HTML(out, "</p>\n");
    ui_form_open(out, SLICE("/compare/restart"), visit_token(visit));
    ui_button(out, UI_BUTTON_SECOND, SLICE("Start again"));
    ui_form_close(out);
    HTML(out, "</div>\n<p class=\"govuk-body-s\">Each answer is that policy\xe2\x80\x99s own. "
              "Nothing was recorded and nobody was told.</p>\n");
}

static void write_page(struct visit *visit, const struct comparison *comparison)
{
    struct text *out = visit->out;
    struct ui_frame frame =
        compare_frame_open(visit, SLICE("The answers compared"), SLICE("/compare/check"), false);
    if (any_danger(comparison)) danger_write(out);
    ui_caption(out, UI_LARGE, may_summary(comparison->list.at[0].request, visit->arena));
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title_of(comparison, visit->arena));
    write_more(out, comparison);
    compare_cards(out, comparison, visit_policy(visit), visit->arena);
    write_foot(visit);
    may_frame_close(visit, &frame);
}

void compare_answer_page(struct visit *visit)
{
    const struct may *may = may_of(visit);
    struct error error = {.code = ERROR_NONE};
    struct comparison comparison;
    struct slice missing = may == NULL ? may_at(visit, MAY_AT_WHO) : may_missing(visit, may);
    if (missing.length > 0)
        response_see(visit->response, missing);
    else if (!may_compare(visit, may, &comparison, &error))
        visit_refuse(visit, 400, &error);
    else
        write_page(visit, &comparison);
}
