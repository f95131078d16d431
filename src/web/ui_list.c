/* The components of lists among those of ui.h: pages of a list, tasks, and summary rows that lead somewhere. */
#include "web/ui.h"

#define AROUND 2 /* pages shown on either side of this one */

static void page_href(struct text *out, struct slice base, size_t page)
{
    HTML(out, " href=\"");
    if (html_address_safe(base)) {
        html_text(out, base);
        html_number(out, (int64_t)page);
    }
    HTML(out, "\"");
}

static void page_number(struct text *out, struct slice base, size_t page, bool here)
{
    if (here)
        HTML(out, "<li class=\"govuk-pagination__item govuk-pagination__item--current\">");
    else
        HTML(out, "<li class=\"govuk-pagination__item\">");
    HTML(out, "<a class=\"govuk-link govuk-pagination__link\"");
    page_href(out, base, page);
    HTML(out, " aria-label=\"Page ");
    html_number(out, (int64_t)page);
    HTML(out, "\"");
    if (here) HTML(out, " aria-current=\"page\"");
    HTML(out, ">");
    html_number(out, (int64_t)page);
    HTML(out, "</a></li>\n");
}

static void page_numbers(struct text *out, struct slice base, size_t page, size_t pages)
{
    size_t shown = 0;
    HTML(out, "<ul class=\"govuk-pagination__list\">\n");
    for (size_t at = 1; at <= pages; at++) {
        bool near = at + AROUND >= page && at <= page + AROUND;
        if (at != 1 && at != pages && !near) {
            at = at < page ? page - AROUND - 1 : pages - 1;
            continue;
        }
        if (at > shown + 1)
            HTML(out, "<li class=\"govuk-pagination__item govuk-pagination__item--ellipsis\">"
                      "&ctdot;</li>\n");
        page_number(out, base, at, at == page);
        shown = at;
    }
    HTML(out, "</ul>\n");
}

void ui_pagination(struct text *out, struct slice base, size_t page, size_t pages)
{
    if (pages < 2) return;
    HTML(out, "<nav class=\"govuk-pagination\" aria-label=\"Pages\">\n");
    if (page > 1) {
        HTML(out, "<div class=\"govuk-pagination__prev\"><a class=\"govuk-link "
                  "govuk-pagination__link\" rel=\"prev\"");
        page_href(out, base, page - 1);
        HTML(out, "><span class=\"govuk-pagination__link-title\">Previous<span "
                  "class=\"govuk-visually-hidden\"> page</span></span></a></div>\n");
    }
    page_numbers(out, base, page, pages);
    if (page < pages) {
        HTML(out, "<div class=\"govuk-pagination__next\"><a class=\"govuk-link "
                  "govuk-pagination__link\" rel=\"next\"");
        page_href(out, base, page + 1);
        HTML(out, "><span class=\"govuk-pagination__link-title\">Next<span "
                  "class=\"govuk-visually-hidden\"> page</span></span></a></div>\n");
    }
    HTML(out, "</nav>\n");
}

void ui_summary_action(struct text *out, struct slice key, struct slice value, struct slice address,
                       struct slice words, struct slice hidden_words)
{
    HTML(out, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_text(out, key);
    HTML(out, "</dt><dd class=\"govuk-summary-list__value\">");
    html_text(out, value);
    HTML(out, "</dd><dd class=\"govuk-summary-list__actions\"><a class=\"govuk-link\"");
    html_href(out, address);
    HTML(out, ">");
    html_text(out, words);
    HTML(out, "<span class=\"govuk-visually-hidden\"> ");
    html_text(out, hidden_words);
    HTML(out, "</span></a></dd></div>\n");
}

/* ---- tasks ---- */

void ui_tasks_open(struct text *out)
{
    HTML(out, "<ul class=\"govuk-task-list\">\n");
}

static void task_id(struct text *out, const char *what, size_t place)
{
    html_string(out, what);
    html_number(out, (int64_t)place);
}

static void task_link(struct text *out, const struct ui_task *task, size_t place)
{
    HTML(out, "<a class=\"govuk-link govuk-task-list__link\"");
    html_href(out, task->address);
    if (task->more.length + task->status.length > 0) {
        HTML(out, " aria-describedby=\"");
        if (task->more.length > 0) task_id(out, "task-more-", place);
        if (task->more.length > 0 && task->status.length > 0) HTML(out, " ");
        if (task->status.length > 0) task_id(out, "task-status-", place);
        HTML(out, "\"");
    }
    HTML(out, ">");
    html_text(out, task->words);
    HTML(out, "</a>\n");
}

void ui_tasks_row(struct text *out, const struct ui_task *task, size_t place)
{
    HTML(out, "<li class=\"govuk-task-list__item govuk-task-list__item--with-link\">"
              "<div class=\"govuk-task-list__name-and-hint\">\n");
    task_link(out, task, place);
    if (task->more.length > 0) {
        HTML(out, "<div class=\"govuk-task-list__hint\" id=\"");
        task_id(out, "task-more-", place);
        HTML(out, "\">");
        html_text(out, task->more);
        HTML(out, "</div>\n");
    }
    HTML(out, "</div>\n");
    if (task->status.length > 0) {
        HTML(out, "<div class=\"govuk-task-list__status\" id=\"");
        task_id(out, "task-status-", place);
        HTML(out, "\">");
        if (task->colour != NULL)
            ui_tag(out, task->colour, task->status);
        else
            html_text(out, task->status);
        HTML(out, "</div>\n");
    }
    HTML(out, "</li>\n");
}

void ui_tasks_close(struct text *out)
{
    HTML(out, "</ul>\n");
}
