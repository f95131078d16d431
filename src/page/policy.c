/* The policy as a page: contents, every clause with an anchor that never changes, its rule in short, and the law behind it.
 * Written once at start, because it is the same for everybody. */
#include "page/clause.h"
#include "page/document.h"
#include "page/markdown.h"
#include "page/pages.h"

static void law_write(struct text *out, const struct clause_view *policy)
{
    struct clause_view law = *policy;
    law.document = &policy->policy->law;
    if (!policy->policy->has_law || law.document->clauses.count == 0) return;
    ui_heading(out, 2, UI_LARGE, SLICE("law"), SLICE("The law that stands above it"));
    clauses_write(out, &law);
}

static void head_write(struct text *out, const struct document *document)
{
    ui_heading(out, 1, UI_EXTRA, SLICE_EMPTY, document->title);
    HTML(out, "<p class=\"govuk-body\">Version ");
    html_text(out, document->version);
    HTML(out, ". <span class=\"lanyard-noprint\">");
    html_link(out, SLICE("/policy/print"), SLICE("A copy to print and sign"));
    HTML(out, ".</span></p>\n");
}

void policy_write(struct text *out, const struct pages *pages, bool overdue)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct ui_frame frame = pages_frame(pages, SLICE("The policy"));
    struct clause_view view = {.policy = pages->policy,
                               .document = &pages->policy->document,
                               .arena = arena,
                               .norms = true};
    frame.here = SLICE("/policy");
    frame.notice = overdue ? text_slice(&pages->overdue) : SLICE_EMPTY;
    ui_frame_open(out, &frame);
    head_write(out, view.document);
    markdown_write(out, view.document->preamble);
    ui_heading(out, 2, UI_MEDIUM, SLICE("contents"), SLICE("Contents"));
    HTML(out, "<nav aria-label=\"Contents\">\n");
    clauses_contents(out, &view);
    HTML(out, "</nav>\n");
    clauses_write(out, &view);
    law_write(out, &view);
    ui_frame_close(out, &frame);
}

void policy_page(struct visit *visit)
{
    const struct pages *pages = visit_pages(visit);
    text_add(visit->out, text_slice(&pages->policy_page[pages_overdue(pages)]));
}

void policy_print_page(struct visit *visit)
{
    const struct pages *pages = visit_pages(visit);
    text_add(visit->out, text_slice(&pages->document_page[pages_overdue(pages)]));
}

void policy_style_file(struct visit *visit)
{
    visit->response->content_type = "text/css; charset=utf-8";
    text_add(visit->out, document_style());
}
