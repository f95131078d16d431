/* The frame of a page and its words; forms are in ui_form.c. See ui.h. */
#include "web/ui.h"

static void head(struct text *out, const struct ui_frame *frame)
{
    HTML(out, "<!DOCTYPE html>\n<html lang=\"en-GB\" class=\"govuk-template\">\n<head>\n"
              "<meta charset=\"utf-8\">\n<title>");
    if (frame->problem) HTML(out, "Error: ");
    html_text(out, frame->title);
    HTML(out, " - ");
    html_text(out, frame->service);
    HTML(out, "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1, "
              "viewport-fit=cover\">\n<meta name=\"theme-color\" content=\"#12436d\">\n"
              "<meta name=\"robots\" content=\"noindex\">\n<link rel=\"icon\" "
              "type=\"image/svg+xml\" href=\"");
    html_text(out, frame->assets);
    HTML(out, "lanyard.svg\">\n<link rel=\"stylesheet\" href=\"");
    html_text(out, frame->assets);
    HTML(out, "govuk-frontend.min.css\">\n<link rel=\"stylesheet\" href=\"");
    html_text(out, frame->assets);
    HTML(out, "lanyard.css\">\n<script type=\"module\" src=\"");
    html_text(out, frame->assets);
    HTML(out, "lanyard.js\"></script>\n</head>\n");
}

static void nav_link(struct text *out, const struct ui_nav *nav, bool here)
{
    if (here)
        HTML(
            out,
            "<li class=\"govuk-service-navigation__item govuk-service-navigation__item--active\">");
    else
        HTML(out, "<li class=\"govuk-service-navigation__item\">");
    HTML(out, "<a class=\"govuk-service-navigation__link\"");
    html_href(out, nav->address);
    if (here) HTML(out, " aria-current=\"true\"");
    HTML(out, ">");
    html_text(out, nav->words);
    HTML(out, "</a></li>\n");
}

static void navigation(struct text *out, const struct ui_frame *frame)
{
    HTML(
        out,
        "<section aria-label=\"Service information\" class=\"govuk-service-navigation "
        "govuk-service-navigation--inverse\">\n"
        "<div class=\"govuk-width-container\"><div class=\"govuk-service-navigation__container\">\n"
        "<span class=\"govuk-service-navigation__service-name\">"
        "<a href=\"/\" class=\"govuk-service-navigation__link\">");
    html_text(out, frame->service);
    HTML(out, "</a></span>\n<nav aria-label=\"Menu\" class=\"govuk-service-navigation__wrapper\">"
              "<ul class=\"govuk-service-navigation__list\">\n");
    for (size_t at = 0; at < frame->nav_count; at++)
        nav_link(out, &frame->nav[at], slice_equal(frame->nav[at].address, frame->here));
    HTML(out, "</ul></nav>\n</div></div></section>\n");
}

void ui_exit(struct text *out)
{
    HTML(
        out,
        "<div class=\"govuk-exit-this-page\" data-module=\"govuk-exit-this-page\">"
        "<a href=\"" UI_EXIT_ADDRESS "\" role=\"button\" draggable=\"false\" "
        "class=\"govuk-button govuk-button--warning govuk-exit-this-page__button "
        "govuk-js-exit-this-page-button\" data-module=\"govuk-button\" rel=\"nofollow noreferrer\">"
        "<span class=\"govuk-visually-hidden\">Emergency</span> Leave this page</a></div>\n");
}

void ui_frame_open(struct text *out, const struct ui_frame *frame)
{
    head(out, frame);
    HTML(out, "<body class=\"govuk-template__body\">\n<a href=\"#main-content\" "
              "class=\"govuk-skip-link\" data-module=\"govuk-skip-link\">Skip to main content</a>\n"
              "<header class=\"govuk-template__header lanyard-header\">\n");
    navigation(out, frame);
    if (frame->warning.length > 0) {
        HTML(out, "<div class=\"lanyard-warning-band\"><p class=\"govuk-width-container "
                  "govuk-body govuk-!-font-weight-bold\">");
        html_text(out, frame->warning);
        HTML(out, "</p></div>\n");
    }
    HTML(out, "</header>\n<div class=\"govuk-width-container\">\n");
    if (frame->exit) ui_exit(out);
    if (frame->notice.length > 0) {
        HTML(out, "<aside class=\"govuk-inset-text\" aria-label=\"Notice\">");
        html_text(out, frame->notice);
        HTML(out, "</aside>\n");
    }
    if (frame->back.length > 0) {
        HTML(out, "<nav aria-label=\"Back\"><a class=\"govuk-back-link\"");
        html_href(out, frame->back);
        HTML(out, ">Back</a></nav>\n");
    }
    HTML(out, "<main class=\"govuk-main-wrapper\" id=\"main-content\">\n");
    if (!frame->wide)
        HTML(out, "<div class=\"govuk-grid-row\"><div class=\"govuk-grid-column-two-thirds\">\n");
}

void ui_frame_close(struct text *out, const struct ui_frame *frame)
{
    if (!frame->wide) HTML(out, "</div></div>\n");
    HTML(out, "</main>\n</div>\n<footer class=\"govuk-template__footer lanyard-footer\">"
              "<div class=\"govuk-width-container\"><p class=\"govuk-body-s\">");
    html_text(out, frame->foot);
    HTML(out, "</p></div></footer>\n</body>\n</html>\n");
}

static char size_letter(enum ui_size size)
{
    switch (size) {
    case UI_SMALL: return 's';
    case UI_MEDIUM: return 'm';
    case UI_LARGE: return 'l';
    default: return 'x';
    }
}

void ui_size_letter(struct text *out, enum ui_size size)
{
    text_add_char(out, size_letter(size));
    if (size == UI_EXTRA) text_add_char(out, 'l');
}

void ui_heading(struct text *out, int level, enum ui_size size, struct slice id, struct slice words)
{
    char digit = level >= 1 && level <= 6 ? (char)('0' + level) : '6';
    HTML(out, "<h");
    text_add_char(out, digit);
    HTML(out, " class=\"govuk-heading-");
    ui_size_letter(out, size);
    HTML(out, "\"");
    if (id.length > 0) html_attribute(out, "id", id);
    HTML(out, ">");
    html_text(out, words);
    HTML(out, "</h");
    text_add_char(out, digit);
    HTML(out, ">\n");
}

void ui_caption(struct text *out, enum ui_size size, struct slice words)
{
    HTML(out, "<span class=\"govuk-caption-");
    ui_size_letter(out, size);
    HTML(out, "\">");
    html_text(out, words);
    HTML(out, "</span>\n");
}

void ui_paragraph(struct text *out, struct slice words)
{
    HTML(out, "<p class=\"govuk-body\">");
    html_text(out, words);
    HTML(out, "</p>\n");
}

void ui_inset(struct text *out, struct slice words)
{
    HTML(out, "<div class=\"govuk-inset-text\">");
    html_text(out, words);
    HTML(out, "</div>\n");
}

void ui_warning(struct text *out, struct slice words)
{
    HTML(out, "<div class=\"govuk-warning-text\">"
              "<span class=\"govuk-warning-text__icon\" aria-hidden=\"true\">!</span>"
              "<strong class=\"govuk-warning-text__text\">"
              "<span class=\"govuk-visually-hidden\">Warning</span> ");
    html_text(out, words);
    HTML(out, "</strong></div>\n");
}

void ui_panel(struct text *out, struct slice title, struct slice words)
{
    HTML(out,
         "<div class=\"govuk-panel govuk-panel--confirmation\"><h1 class=\"govuk-panel__title\">");
    html_text(out, title);
    HTML(out, "</h1><div class=\"govuk-panel__body\">");
    html_text(out, words);
    HTML(out, "</div></div>\n");
}

void ui_tag(struct text *out, const char *colour, struct slice words)
{
    HTML(out, "<strong class=\"govuk-tag");
    if (colour[0] != '\0') {
        HTML(out, " govuk-tag--");
        html_string(out, colour);
    }
    HTML(out, "\">");
    html_text(out, words);
    HTML(out, "</strong>");
}

void ui_details_open(struct text *out, struct slice summary)
{
    HTML(out, "<details class=\"govuk-details\"><summary class=\"govuk-details__summary\">"
              "<span class=\"govuk-details__summary-text\">");
    html_text(out, summary);
    HTML(out, "</span></summary><div class=\"govuk-details__text\">\n");
}

void ui_details_close(struct text *out)
{
    HTML(out, "</div></details>\n");
}

void ui_banner(struct text *out, struct slice title, struct slice words)
{
    HTML(
        out,
        "<div class=\"govuk-notification-banner\" role=\"region\" aria-labelledby=\"banner-title\">"
        "<div class=\"govuk-notification-banner__header\">"
        "<h2 class=\"govuk-notification-banner__title\" id=\"banner-title\">");
    html_text(out, title);
    HTML(out, "</h2></div><div class=\"govuk-notification-banner__content\">"
              "<p class=\"govuk-notification-banner__heading\">");
    html_text(out, words);
    HTML(out, "</p></div></div>\n");
}

void ui_success(struct text *out, struct slice words)
{
    HTML(out, "<div class=\"govuk-notification-banner govuk-notification-banner--success\" "
              "role=\"alert\" aria-labelledby=\"success-title\" "
              "data-module=\"govuk-notification-banner\">"
              "<div class=\"govuk-notification-banner__header\">"
              "<h2 class=\"govuk-notification-banner__title\" id=\"success-title\">Done</h2></div>"
              "<div class=\"govuk-notification-banner__content\">"
              "<p class=\"govuk-notification-banner__heading\">");
    html_text(out, words);
    HTML(out, "</p></div></div>\n");
}

void ui_list_open(struct text *out, bool numbered)
{
    if (numbered)
        HTML(out, "<ol class=\"govuk-list govuk-list--number\">\n");
    else
        HTML(out, "<ul class=\"govuk-list govuk-list--bullet\">\n");
}

void ui_list_item(struct text *out, struct slice words)
{
    HTML(out, "<li>");
    html_text(out, words);
    HTML(out, "</li>\n");
}

void ui_list_close(struct text *out, bool numbered)
{
    if (numbered)
        HTML(out, "</ol>\n");
    else
        HTML(out, "</ul>\n");
}

void ui_breadcrumbs(struct text *out, const struct ui_crumb *crumbs, size_t count)
{
    HTML(out, "<nav class=\"govuk-breadcrumbs\" aria-label=\"Breadcrumb\">"
              "<ol class=\"govuk-breadcrumbs__list\">\n");
    for (size_t at = 0; at < count; at++) {
        HTML(out, "<li class=\"govuk-breadcrumbs__list-item\">");
        if (crumbs[at].address.length > 0) {
            HTML(out, "<a class=\"govuk-breadcrumbs__link\"");
            html_href(out, crumbs[at].address);
            HTML(out, ">");
            html_text(out, crumbs[at].words);
            HTML(out, "</a>");
        } else {
            html_text(out, crumbs[at].words);
        }
        HTML(out, "</li>\n");
    }
    HTML(out, "</ol></nav>\n");
}

void ui_summary_open(struct text *out)
{
    HTML(out, "<dl class=\"govuk-summary-list\">\n");
}

void ui_summary_row(struct text *out, struct slice key, struct slice value)
{
    HTML(out, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_text(out, key);
    HTML(out, "</dt><dd class=\"govuk-summary-list__value\">");
    html_text(out, value);
    HTML(out, "</dd></div>\n");
}

void ui_summary_close(struct text *out)
{
    HTML(out, "</dl>\n");
}

void ui_table_open(struct text *out, struct slice caption, const struct slice *heads, size_t count)
{
    HTML(out, "<table class=\"govuk-table\"><caption class=\"govuk-table__caption "
              "govuk-table__caption--m\">");
    html_text(out, caption);
    HTML(out, "</caption><thead class=\"govuk-table__head\"><tr class=\"govuk-table__row\">");
    for (size_t at = 0; at < count; at++) {
        HTML(out, "<th scope=\"col\" class=\"govuk-table__header\">");
        html_text(out, heads[at]);
        HTML(out, "</th>");
    }
    HTML(out, "</tr></thead><tbody class=\"govuk-table__body\">\n");
}

void ui_table_row(struct text *out, const struct slice *cells, size_t count)
{
    HTML(out, "<tr class=\"govuk-table__row\">");
    for (size_t at = 0; at < count; at++) {
        if (at == 0)
            HTML(out, "<th scope=\"row\" class=\"govuk-table__header\">");
        else
            HTML(out, "<td class=\"govuk-table__cell\">");
        html_text(out, cells[at]);
        if (at == 0)
            HTML(out, "</th>");
        else
            HTML(out, "</td>");
    }
    HTML(out, "</tr>\n");
}

void ui_table_close(struct text *out)
{
    HTML(out, "</tbody></table>\n");
}
