/* The components of long lists among those of ui.h: pages of a list, and summary rows that lead somewhere. */
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
