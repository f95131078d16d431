/* Clauses to HTML; see clause.h. Rules are printed by policy/print.h, prose by markdown.h. */
#include "page/clause.h"

#include "page/markdown.h"
#include "policy/print.h"
#include "web/html.h"

static bool is_law(const struct clause_view *view)
{
    return view->document == &view->policy->law;
}

void clause_anchor(struct text *out, bool law, struct slice id)
{
    if (law)
        HTML(out, "law-");
    else
        HTML(out, "c-");
    html_name(out, id);
}

struct slice clause_name(const struct clause *clause, struct arena *arena)
{
    struct slice number = clause->number.length > 0 ? clause->number : clause->id;
    return arena_format(arena, "%.*s %.*s", SLICE_PRINT(number), SLICE_PRINT(clause->title));
}

static void short_item(struct text *out, struct slice sentence, bool *open)
{
    if (!*open) HTML(out, "<ul>\n");
    *open = true;
    HTML(out, "<li>");
    html_text(out, sentence);
    HTML(out, "</li>\n");
}

/* The head is a paragraph, what hangs on it a list. */
static void write_statement(struct text *out, const struct clause_view *view,
                            const struct statement *statement)
{
    struct sentences sentences = {0};
    bool open = false;
    if (!policy_awake(view->document->reads, statement->reading, statement->not_reading)) return;
    print_in_short(&view->policy->words, view->document->reads, statement, view->arena, &sentences);
    for (size_t at = 0; at < sentences.list.count; at++) {
        if (at > 0) {
            short_item(out, sentences.list.at[at], &open);
            continue;
        }
        HTML(out, "<p>");
        html_text(out, sentences.list.at[at]);
        HTML(out, "</p>\n");
    }
    if (open) HTML(out, "</ul>\n");
}

static bool refers(const struct clause_view *view, const struct ref *ref,
                   const struct document *from, int clause)
{
    const struct document *document = view->document;
    bool to_law = is_law(view);
    if (ref->every)
        return false; /* the law's savings hold everywhere; saying so on each clause tells nobody anything */
    if (ref->law != to_law && !(to_law && from == document)) return false;
    if (ref->section) return document_in_section(document, clause, ref->id);
    return slice_equal(ref->id, document->clauses.at[clause].id);
}

/* Whether some awake DESPITE line of the rule lifts the clause. */
static bool lifts(const struct clause_view *view, const struct rule *rule, int clause)
{
    const struct statement *statement = rule->statement;
    for (size_t at = 0; at < statement->tails.count; at++) {
        const struct tail *tail = &statement->tails.at[at];
        if (tail->kind != TAIL_DESPITE) continue;
        if (!policy_awake(rule->document->reads, tail->reading, tail->not_reading)) continue;
        for (size_t r = 0; r < tail->refs.count; r++)
            if (refers(view, &tail->refs.at[r], rule->document, clause)) return true;
    }
    return false;
}

/* "Does not apply where 5.2c does", from every DESPITE that names the clause. */
static void write_lifted(struct text *out, const struct clause_view *view, size_t clause)
{
    const struct clause *last = NULL;
    bool any = false;
    for (size_t at = 0; at < view->policy->rules.count; at++) {
        const struct rule *rule = &view->policy->rules.at[at];
        if (rule->clause == last || !lifts(view, rule, (int)clause)) continue;
        last = rule->clause;
        if (any)
            HTML(out, ", ");
        else
            HTML(out, "<p>Does not apply where these do: ");
        any = true;
        HTML(out, "<a class=\"govuk-link\" href=\"#");
        clause_anchor(out, rule->law, rule->clause->id);
        HTML(out, "\">");
        html_text(out, rule->clause->id);
        HTML(out, "</a>");
    }
    if (any) HTML(out, ".</p>\n");
}

static void write_lines(struct text *out, const struct clause_view *view, size_t clause)
{
    AUTO_TEXT struct text line;
    text_init(&line, 4000);
    HTML(out, "<ul>\n");
    for (size_t at = 0; at < view->document->lines.count; at++) {
        if (view->document->lines.at[at].clause != (int)clause) continue;
        text_cut(&line, 0);
        print_policy_line(&view->policy->words, &view->document->lines.at[at], &line);
        HTML(out, "<li>");
        html_text(out, text_slice(&line));
        HTML(out, "</li>\n");
    }
    HTML(out, "</ul>\n");
}

static void write_short(struct text *out, const struct clause_view *view, size_t clause)
{
    const struct clause *found = &view->document->clauses.at[clause];
    HTML(out, "<div class=\"lanyard-short\"><p class=\"lanyard-short-title\">In short</p>\n");
    for (size_t at = 0; at < found->statements.count; at++)
        write_statement(out, view, &found->statements.at[at]);
    if (found->block.kind == BLOCK_POLICY) write_lines(out, view, clause);
    if (found->block.kind == BLOCK_NORULE) {
        HTML(out, "<p>");
        if (found->reason.length > 0)
            html_text(out, found->reason);
        else
            HTML(out, "No rule is worked out from this clause.");
        HTML(out, "</p>\n");
    }
    write_lifted(out, view, clause);
    HTML(out, "</div>\n");
}

static void write_norms(struct text *out, const struct clause *clause)
{
    if (clause->norms.count == 0) return;
    HTML(out, "<p class=\"lanyard-norms\">Serves: ");
    for (size_t at = 0; at < clause->norms.count; at++) {
        if (at > 0) HTML(out, ", ");
        HTML(out, "<code>");
        html_text(out, clause->norms.at[at]);
        HTML(out, "</code>");
    }
    HTML(out, "</p>\n");
}

/* What the author adds beside the text: readers see it, nobody signs it. */
static void write_notes(struct text *out, const struct clause *clause)
{
    for (size_t at = 0; at < clause->notes.count; at++) {
        HTML(out, "<div class=\"lanyard-note\"><p class=\"lanyard-short-title\">Note on this "
                  "clause, not part of what is signed</p>\n");
        markdown_write(out, clause->notes.at[at]);
        HTML(out, "</div>\n");
    }
}

void clause_write(struct text *out, const struct clause_view *view, size_t clause)
{
    const struct clause *found = &view->document->clauses.at[clause];
    markdown_write(out, found->prose);
    write_short(out, view, clause);
    write_notes(out, found);
    if (view->norms) write_norms(out, found);
}

static void open_heading(struct text *out, size_t level)
{
    char digit = (char)('0' + level);
    HTML(out, "<h");
    text_add_char(out, digit);
    if (level <= 2)
        HTML(out, " class=\"govuk-heading-l\"");
    else
        HTML(out, " class=\"govuk-heading-m\"");
    HTML(out, ">");
}

static void close_heading(struct text *out, size_t level)
{
    HTML(out, "</h");
    text_add_char(out, (char)('0' + level));
    HTML(out, ">\n");
}

static void number_and_title(struct text *out, struct slice number, struct slice title)
{
    if (number.length > 0) {
        HTML(out, "<span class=\"lanyard-number\">");
        html_text(out, number);
        HTML(out, "</span> ");
    }
    html_text(out, title);
}

/* A heading one deeper than the last at most, so that readers who jump by level miss nothing. */
static size_t fit_level(size_t wanted, size_t *last)
{
    size_t level = wanted < 2 ? 2 : wanted > 6 ? 6 : wanted;
    if (level > *last + 1) level = *last + 1;
    *last = level;
    return level;
}

static void section_write(struct text *out, const struct section *section, size_t at, bool law,
                          size_t *last)
{
    /* a heading of level 1 is the document's own title, which the page has already */
    if (section->level > 1) {
        size_t level = fit_level(section->level, last);
        HTML(out, "<div class=\"lanyard-policy-section\" id=\"");
        if (law) HTML(out, "law-");
        HTML(out, "section-");
        html_number(out, (int64_t)at + 1);
        HTML(out, "\">");
        open_heading(out, level);
        number_and_title(out, section->number, section->title);
        close_heading(out, level);
        HTML(out, "</div>\n");
    }
    markdown_write(out, section->prose);
}

void clauses_write(struct text *out, const struct clause_view *view)
{
    const struct document *document = view->document;
    size_t section = 0, last = 1;
    for (size_t at = 0; at < document->clauses.count; at++) {
        const struct clause *clause = &document->clauses.at[at];
        for (; section < document->sections.count &&
               document->sections.at[section].first_clause <= (int)at;
             section++)
            section_write(out, &document->sections.at[section], section, is_law(view), &last);
        HTML(out, "<section class=\"lanyard-policy-clause\" id=\"");
        clause_anchor(out, is_law(view), clause->id);
        HTML(out, "\">\n");
        size_t level = fit_level(clause->level, &last);
        open_heading(out, level);
        number_and_title(out, clause->number.length > 0 ? clause->number : clause->id,
                         clause->title);
        close_heading(out, level);
        clause_write(out, view, at);
        HTML(out, "</section>\n");
    }
    for (; section < document->sections.count; section++)
        section_write(out, &document->sections.at[section], section, is_law(view), &last);
}

static void contents_section(struct text *out, const struct section *section, size_t at)
{
    if (section->level <= 1) return;
    HTML(out, "<li class=\"lanyard-contents-section\"><a class=\"govuk-link\" href=\"#section-");
    html_number(out, (int64_t)at + 1);
    HTML(out, "\">");
    number_and_title(out, section->number, section->title);
    HTML(out, "</a></li>\n");
}

void clauses_contents(struct text *out, const struct clause_view *view)
{
    const struct document *document = view->document;
    size_t section = 0;
    HTML(out, "<ul class=\"lanyard-contents\">\n");
    for (size_t at = 0; at < document->clauses.count; at++) {
        const struct clause *clause = &document->clauses.at[at];
        for (; section < document->sections.count &&
               document->sections.at[section].first_clause <= (int)at;
             section++)
            contents_section(out, &document->sections.at[section], section);
        HTML(out, "<li><a class=\"govuk-link\" href=\"#");
        clause_anchor(out, is_law(view), clause->id);
        HTML(out, "\">");
        number_and_title(out, clause->number.length > 0 ? clause->number : clause->id,
                         clause->title);
        HTML(out, "</a></li>\n");
    }
    HTML(out, "</ul>\n");
}
