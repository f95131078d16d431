/* The words of a draft with what was found in them: marks with a number each, and a list that says of each number what it is, what it answers,
 * by which clause, and what could stand instead. Everything is said in words; a colour only helps to find it. */
#include "page/clause.h"
#include "page/may_draft.h"

#define LISTED_LARGEST 60
#define QUOTE_LARGEST 60  /* bytes */
#define AROUND_LARGEST 40 /* bytes of the line on either side of a place */

struct marks {
    struct text *out;
    struct arena *arena;
    const struct may_draft *draft;
    const struct request *request;
    const struct decision *decision; /* NULL: before a question */
};

static const struct finding *finding_at(const struct marks *marks, uint32_t place)
{
    return &marks->draft->draft.screened.findings[place];
}

/* ---- pieces of the words --------------------------------------------------------------------------- */

static bool inside_character(struct slice text, size_t at)
{
    return at < text.length && ((unsigned char)text.at[at] & 0xC0) == 0x80;
}

static struct slice quote(const struct marks *marks, const struct finding *finding)
{
    struct slice text = marks->draft->draft.screened.text;
    struct slice all = slice_part(text, finding->start, finding->end);
    size_t end = QUOTE_LARGEST;
    if (all.length <= QUOTE_LARGEST) return all;
    while (inside_character(all, end)) end--;
    return arena_format(marks->arena, "%.*s\xE2\x80\xA6", SLICE_PRINT(slice_part(all, 0, end)));
}

/* The words before and behind a place, within its line. */
static struct slice before(struct slice text, size_t start)
{
    size_t from = start;
    while (from > 0 && text.at[from - 1] != '\n' && start - from < AROUND_LARGEST) from--;
    while (inside_character(text, from)) from++;
    return slice_part(text, from, start);
}

static struct slice behind(struct slice text, size_t end)
{
    size_t to = end;
    while (to < text.length && text.at[to] != '\n' && to - end < AROUND_LARGEST) to++;
    while (to > end && inside_character(text, to)) to--;
    return slice_part(text, end, to);
}

/* ---- the marked text ------------------------------------------------------------------------------- */

/* The findings from `at` on that lie in one another or overlap; gives the one behind the last. */
static size_t group_end(const struct marks *marks, size_t at, size_t *ret_end)
{
    const struct screened_view *view = &marks->draft->view;
    size_t end = finding_at(marks, view->chosen[at])->end;
    for (at++; at < view->count; at++) {
        const struct finding *next = finding_at(marks, view->chosen[at]);
        if (next->start >= end) break;
        if (next->end > end) end = next->end;
    }
    *ret_end = end;
    return at;
}

static void write_numbers(struct text *out, size_t from, size_t to)
{
    HTML(out, "<span class=\"lanyard-mark-number\"> (");
    for (size_t i = from; i < to && i < LISTED_LARGEST; i++) {
        if (i > from) HTML(out, ", ");
        HTML(out, "<a class=\"govuk-link\" href=\"#found-");
        html_number(out, (int64_t)i + 1);
        HTML(out, "\">note ");
        html_number(out, (int64_t)i + 1);
        HTML(out, "</a>");
    }
    HTML(out, ")</span>");
}

static void write_text(const struct marks *marks)
{
    struct text *out = marks->out;
    struct slice text = marks->draft->draft.screened.text;
    const struct screened_view *view = &marks->draft->view;
    size_t reach = 0, end;
    HTML(out, "<div class=\"lanyard-draft\" dir=\"auto\">");
    for (size_t at = 0; at < view->count;) {
        size_t start = finding_at(marks, view->chosen[at])->start, from = at;
        at = group_end(marks, at, &end);
        html_text(out, slice_part(text, reach, start));
        HTML(out, "<mark>");
        html_text(out, slice_part(text, start, end));
        HTML(out, "</mark>");
        if (from < LISTED_LARGEST) write_numbers(out, from, at);
        reach = end;
    }
    html_text(out, slice_part(text, reach, text.length));
    HTML(out, "</div>\n");
}

/* ---- what each mark is ------------------------------------------------------------------------------ */

static bool is_law(const struct decision *decision, const struct clause *clause)
{
    for (size_t i = 0; i < decision->cites.count; i++)
        if (decision->cites.at[i].clause == clause) return decision->cites.at[i].law;
    return false;
}

/* By their numbers: they stand in full below. */
static void write_clauses(const struct marks *marks, const struct screened_used *used)
{
    struct text *out = marks->out;
    for (size_t i = 0; i < used->clauses.count; i++) {
        const struct clause *clause = used->clauses.at[i];
        text_add_string(out, i == 0 ? " (" : ", ");
        HTML(out, "<a class=\"govuk-link\" href=\"/policy#");
        clause_anchor(out, is_law(marks->decision, clause), clause->id);
        HTML(out, "\">");
        html_text(out, clause->number.length > 0 ? clause->number : clause->id);
        HTML(out, "</a>");
    }
    if (used->clauses.count > 0) HTML(out, ")");
}

/* `The content mentions a pupil: yes` */
static struct slice answer_words(const struct marks *marks, const struct screened_used *used)
{
    const struct words *words = &marks->request->policy->words;
    if (used->kind == USED_ACT)
        return arena_format(marks->arena, "So it is also this: %.*s",
                            SLICE_PRINT(words->acts.at[used->act].word.phrase));
    struct slice fact = may_capital(words->facts.at[used->fact].word.phrase, marks->arena);
    if (used->kind == USED_FACT)
        return arena_format(marks->arena, "%.*s: %s", SLICE_PRINT(fact), used->yes ? "yes" : "no");
    return arena_format(marks->arena, "%.*s: %s, of %.*s", SLICE_PRINT(fact),
                        used->yes ? "yes" : "no",
                        SLICE_PRINT(marks->request->shown.at[used->shown].name));
}

static void write_used(const struct marks *marks, const struct screened_used *used)
{
    HTML(marks->out, "<br>");
    html_text(marks->out, answer_words(marks, used));
    write_clauses(marks, used);
    if (used->against)
        HTML(marks->out, "<br>You said no to this, but it stands in your words, and that counts.");
}

static void write_fix(const struct marks *marks, const struct draft_note *note)
{
    if (!note->has_fix) return;
    if (note->fix.length == 0) {
        HTML(marks->out, "<br>Proposal: leave it out");
        return;
    }
    HTML(marks->out, "<br>Proposal: write \xE2\x80\x9C");
    html_text(marks->out, note->fix);
    HTML(marks->out, "\xE2\x80\x9D");
}

static void write_note(const struct marks *marks, size_t at)
{
    struct text *out = marks->out;
    const struct may_draft *draft = marks->draft;
    uint32_t place = draft->view.chosen[at];
    const struct draft_note *note = &draft->draft.notes[place];
    bool told = false;
    HTML(out, "<li id=\"found-");
    html_number(out, (int64_t)at + 1);
    HTML(out, "\"><strong>\xE2\x80\x9C");
    html_text(out, quote(marks, finding_at(marks, place)));
    HTML(out, "\xE2\x80\x9D</strong>: ");
    html_text(out, note->title);
    if (note->pupil > 0) {
        HTML(out, "; on this page " SCREENED_UNNAMED);
        html_number(out, (int64_t)note->pupil);
    }
    for (size_t i = 0; i < draft->uses.list.count; i++) {
        const struct screened_used *used = &draft->uses.list.at[i];
        if (!screened_tells(&draft->view, used, place)) continue;
        write_used(marks, used);
        told = true;
    }
    if (!told) HTML(out, "<br>The answer does not turn on it");
    write_fix(marks, note);
    HTML(out, "</li>\n");
}

static void write_notes(const struct marks *marks)
{
    struct text *out = marks->out;
    size_t count = marks->draft->view.count;
    HTML(out, "<ol class=\"govuk-list govuk-list--number govuk-list--spaced lanyard-found\">\n");
    for (size_t at = 0; at < count && at < LISTED_LARGEST; at++) write_note(marks, at);
    HTML(out, "</ol>\n");
    if (count > LISTED_LARGEST || marks->draft->draft.screened.part)
        ui_paragraph(out, SLICE("More was found than is listed. Put these right first."));
}

/* Answers that no place gave: what was looked for and is not there, or stands on a list of what is let through. */
static void write_absent(const struct marks *marks)
{
    struct text *out = marks->out;
    bool any = false;
    for (size_t i = 0; i < marks->draft->uses.list.count; i++) {
        const struct screened_used *used = &marks->draft->uses.list.at[i];
        if (used->place != SCREENED_NOWHERE || used->clauses.count == 0) continue;
        if (!any) {
            ui_paragraph(out, SLICE("Not found in them, or let through:"));
            ui_list_open(out, false);
        }
        any = true;
        HTML(out, "<li>");
        html_text(out, answer_words(marks, used));
        write_clauses(marks, used);
        HTML(out, "</li>\n");
    }
    if (any) ui_list_close(out, false);
}

/* ---- what is proposed ------------------------------------------------------------------------------- */

static void write_proposed(struct visit *visit, const struct may_draft *draft)
{
    struct text *out = visit->out;
    struct slice proposed = draft_proposed(&draft->draft, &draft->view, visit->arena);
    if (proposed.length == 0) return;
    HTML(out, "<h3 class=\"govuk-heading-s\">The words as they are proposed</h3>\n"
              "<div class=\"lanyard-draft\" dir=\"auto\">");
    html_text(out, proposed);
    HTML(out, "</div>\n<div class=\"lanyard-noprint\">\n");
    ui_form_open(out, SLICE("/may/words/proposed"), visit_token(visit));
    ui_button(out, UI_BUTTON_SECOND, SLICE("Use the proposed words"));
    ui_form_close(out);
    HTML(out, "</div>\n");
}

static bool goes_against(const struct may_draft *draft)
{
    for (size_t i = 0; i < draft->uses.list.count; i++)
        if (draft->uses.list.at[i].against) return true;
    return false;
}

static void write_change(struct text *out, struct slice words)
{
    HTML(out, "<p class=\"govuk-body lanyard-noprint\">");
    html_link(out, SLICE("/may/words"), words);
    HTML(out, "</p>\n");
}

void may_marks_write(struct visit *visit, const struct may_draft *draft,
                     const struct request *request, const struct decision *decision)
{
    struct text *out = visit->out;
    const struct marks marks = {out, visit->arena, draft, request, decision};
    if (!draft->any) {
        if (may_draft_offered(visit, may_of(visit)))
            write_change(out, SLICE("Add the words you want to use"));
        return;
    }
    HTML(out, "<div class=\"lanyard-words\">\n");
    ui_heading(out, 2, UI_MEDIUM, SLICE("words"), SLICE("Your words"));
    if (goes_against(draft))
        ui_inset(out, SLICE("Something that you answered no to stands in your words, and that "
                            "counts. It is easily missed: look at the marks, and change the words, "
                            "or tell whoever runs this service that a mark is wrong."));
    write_text(&marks);
    if (draft->view.count > 0)
        write_notes(&marks);
    else
        ui_paragraph(out, SLICE("Nothing was found in them that this policy asks about. A person "
                                "sees more than a program: read them once more."));
    write_absent(&marks);
    write_proposed(visit, draft);
    write_change(out, SLICE("Change the words"));
    HTML(out, "</div>\n");
}

/* ---- before a question -------------------------------------------------------------------------------- */

static void write_place(const struct marks *marks, uint32_t place)
{
    struct text *out = marks->out;
    struct slice text = marks->draft->draft.screened.text;
    const struct finding *finding = finding_at(marks, place);
    HTML(out, "<li>");
    html_text(out, marks->draft->draft.notes[place].title);
    HTML(out, ": \xE2\x80\x9C");
    html_text(out, before(text, finding->start));
    HTML(out, "<mark>");
    html_text(out, quote(marks, finding));
    HTML(out, "</mark>");
    html_text(out, behind(text, finding->end));
    HTML(out, "\xE2\x80\x9D</li>\n");
}

static void write_places(const struct marks *marks, const uint32_t *places, size_t count)
{
    HTML(marks->out,
         "<div class=\"govuk-inset-text\"><p class=\"govuk-body\">In your words:</p>\n");
    ui_list_open(marks->out, false);
    for (size_t i = 0; i < count; i++) write_place(marks, places[i]);
    ui_list_close(marks->out, false);
    HTML(marks->out, "</div>\n");
}

/* Which of the pupils named the question is about; -1: of none. */
static int named_of(const struct may_draft *draft, const struct request *request,
                    const struct question *question)
{
    if (question->shown < 0) return -1;
    struct slice name = request->shown.at[question->shown].name,
                 beginning = SLICE(SCREENED_UNNAMED);
    int64_t number;
    if (!slice_starts(name, beginning) ||
        !slice_number(slice_part(name, beginning.length, name.length), &number) || number < 1 ||
        (uint64_t)number > draft->draft.screened.pupils.count)
        return -1;
    return (int)number - 1;
}

void may_marks_hint(struct visit *visit, const struct may_draft *draft,
                    const struct request *request, const struct question *question)
{
    const struct marks marks = {visit->out, visit->arena, draft, request, NULL};
    if (!draft->any) return;
    const struct screened *screened = &draft->draft.screened;
    int named = named_of(draft, request, question);
    if (named >= 0) write_places(&marks, &screened->pupils.at[named].place, 1);
    for (size_t i = 0; i < screened->facts.count && question->shown < 0; i++) {
        const struct screened_fact *fact = &screened->facts.at[i];
        if (fact->answer == SCREENED_ASK && fact->fact == question->fact && fact->count > 0)
            write_places(&marks, fact->places, fact->count);
    }
}

/* ---- for an answer that is kept ------------------------------------------------------------------------ */

void may_marks_found(const struct may_draft *draft, const struct request *request,
                     struct arena *arena, struct may_found_list *ret_found)
{
    const struct words *words = &request->policy->words;
    *ret_found = (struct may_found_list){.list = {.count = 0}};
    for (size_t i = 0; i < draft->uses.list.count; i++) {
        const struct screened_used *used = &draft->uses.list.at[i];
        struct may_found found = {.answer = used->yes ? SLICE("Yes (found in the words)")
                                                      : SLICE("No (not found in the words)")};
        if (used->kind == USED_ACT)
            found.question = arena_format(arena, "Also: %.*s",
                                          SLICE_PRINT(words->acts.at[used->act].word.phrase));
        else if (used->kind == USED_NAMED)
            found.question = arena_format(arena, "%.*s, of %.*s",
                                          SLICE_PRINT(words->facts.at[used->fact].word.phrase),
                                          SLICE_PRINT(request->shown.at[used->shown].name));
        else
            found.question = words->facts.at[used->fact].question;
        LIST_PUSH(arena, &ret_found->list, found);
    }
}
