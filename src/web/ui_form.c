/* The forms among the components of ui.h: a question with its hint and error, and the ways to answer it. */
#include "web/ui.h"

void ui_form_open(struct text *out, struct slice action, struct slice token)
{
    HTML(out, "<form method=\"post\" novalidate autocomplete=\"off\"");
    html_attribute(out, "action", html_address_safe(action) ? action : SLICE("#"));
    HTML(out, ">\n");
    ui_hidden(out, SLICE("token"), token);
}

void ui_form_open_helped(struct text *out, struct slice action, struct slice token)
{
    HTML(out, "<form method=\"post\" novalidate");
    html_attribute(out, "action", html_address_safe(action) ? action : SLICE("#"));
    HTML(out, ">\n");
    ui_hidden(out, SLICE("token"), token);
}

void ui_form_open_upload(struct text *out, struct slice action, struct slice token)
{
    HTML(out, "<form method=\"post\" enctype=\"multipart/form-data\" novalidate");
    html_attribute(out, "action", html_address_safe(action) ? action : SLICE("#"));
    HTML(out, ">\n");
    ui_hidden(out, SLICE("token"), token);
}

void ui_form_close(struct text *out)
{
    HTML(out, "</form>\n");
}

void ui_hidden(struct text *out, struct slice name, struct slice value)
{
    HTML(out, "<input type=\"hidden\"");
    html_attribute(out, "name", name);
    html_attribute(out, "value", value);
    HTML(out, ">\n");
}

void ui_button_value(struct text *out, enum ui_button kind, struct slice words,
                     struct slice hidden_words, struct slice name, struct slice value)
{
    HTML(out,
         "<button type=\"submit\" data-module=\"govuk-button\" data-prevent-double-click=\"true\"");
    if (kind == UI_BUTTON_LINK) HTML(out, " class=\"lanyard-button-link govuk-link\"");
    if (kind == UI_BUTTON_MAIN) HTML(out, " class=\"govuk-button\"");
    if (kind == UI_BUTTON_SECOND) HTML(out, " class=\"govuk-button govuk-button--secondary\"");
    if (kind == UI_BUTTON_WARNING) HTML(out, " class=\"govuk-button govuk-button--warning\"");
    if (name.length > 0) {
        html_attribute(out, "name", name);
        html_attribute(out, "value", value);
    }
    HTML(out, ">");
    html_text(out, words);
    if (hidden_words.length > 0) {
        HTML(out, "<span class=\"govuk-visually-hidden\"> ");
        html_text(out, hidden_words);
        HTML(out, "</span>");
    }
    HTML(out, "</button>\n");
}

void ui_button(struct text *out, enum ui_button kind, struct slice words)
{
    ui_button_value(out, kind, words, SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY);
}

void ui_start(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<a role=\"button\" draggable=\"false\" class=\"govuk-button govuk-button--start\" "
              "data-module=\"govuk-button\"");
    html_href(out, address);
    HTML(out, ">");
    html_text(out, words);
    HTML(out, " <svg class=\"govuk-button__start-icon\" xmlns=\"http://www.w3.org/2000/svg\" "
              "width=\"17.5\" height=\"19\" viewBox=\"0 0 33 40\" aria-hidden=\"true\" "
              "focusable=\"false\"><path fill=\"currentColor\" d=\"M0 0h13l20 20-20 20H0l20-20z\"/>"
              "</svg></a>\n");
}

static void group_open(struct text *out, const struct ui_question *question)
{
    if (question->error.length > 0)
        HTML(out, "<div class=\"govuk-form-group govuk-form-group--error\">\n");
    else
        HTML(out, "<div class=\"govuk-form-group\">\n");
}

/* aria-describedby for what stands between the words and the answer. */
static void described(struct text *out, const struct ui_question *question)
{
    bool hint = question->hint.length > 0, error = question->error.length > 0;
    if (!hint && !error) return;
    HTML(out, " aria-describedby=\"");
    if (hint) {
        html_text(out, question->name);
        HTML(out, "-hint");
    }
    if (hint && error) HTML(out, " ");
    if (error) {
        html_text(out, question->name);
        HTML(out, "-error");
    }
    HTML(out, "\"");
}

static void hint_and_error(struct text *out, const struct ui_question *question)
{
    if (question->hint.length > 0) {
        HTML(out, "<div class=\"govuk-hint\" id=\"");
        html_text(out, question->name);
        HTML(out, "-hint\">");
        html_text(out, question->hint);
        HTML(out, "</div>\n");
    }
    if (question->error.length > 0) {
        HTML(out, "<p class=\"govuk-error-message\" id=\"");
        html_text(out, question->name);
        HTML(out, "-error\"><span class=\"govuk-visually-hidden\">Error:</span> ");
        html_text(out, question->error);
        HTML(out, "</p>\n");
    }
}

static void fieldset_open(struct text *out, const struct ui_question *question, bool group)
{
    group_open(out, question);
    HTML(out, "<fieldset class=\"govuk-fieldset\"");
    if (group) HTML(out, " role=\"group\"");
    described(out, question);
    HTML(out, ">\n<legend class=\"govuk-fieldset__legend govuk-fieldset__legend--");
    ui_size_letter(out, question->size);
    if (question->hidden) HTML(out, " govuk-visually-hidden");
    HTML(out, "\">");
    if (question->heading) HTML(out, "<h1 class=\"govuk-fieldset__heading\">");
    html_text(out, question->words);
    if (question->heading) HTML(out, "</h1>");
    HTML(out, "</legend>\n");
    hint_and_error(out, question);
}

/* The first answer has the question's name as id, so that an error summary can point at it; others name-2, name-3 ... */
static void option_id(struct text *out, struct slice name, size_t at)
{
    html_text(out, name);
    if (at == 0) return;
    HTML(out, "-");
    html_number(out, (int64_t)at + 1);
}

static void option_label(struct text *out, struct slice name, size_t at,
                         const struct ui_option *option, bool radio)
{
    if (radio)
        HTML(out, "><label class=\"govuk-label govuk-radios__label\" for=\"");
    else
        HTML(out, "><label class=\"govuk-label govuk-checkboxes__label\" for=\"");
    option_id(out, name, at);
    HTML(out, "\">");
    html_text(out, option->words);
    HTML(out, "</label>");
    if (option->hint.length == 0) return;
    if (radio)
        HTML(out, "<div class=\"govuk-hint govuk-radios__hint\" id=\"");
    else
        HTML(out, "<div class=\"govuk-hint govuk-checkboxes__hint\" id=\"");
    option_id(out, name, at);
    HTML(out, "-item-hint\">");
    html_text(out, option->hint);
    HTML(out, "</div>");
}

static void option_write(struct text *out, struct slice name, size_t at,
                         const struct ui_option *option, bool radio)
{
    if (radio)
        HTML(out, "<div class=\"govuk-radios__item\"><input class=\"govuk-radios__input\" "
                  "type=\"radio\" id=\"");
    else
        HTML(out, "<div class=\"govuk-checkboxes__item\"><input class=\"govuk-checkboxes__input\" "
                  "type=\"checkbox\" id=\"");
    option_id(out, name, at);
    HTML(out, "\"");
    html_attribute(out, "name", name);
    html_attribute(out, "value", option->value);
    if (option->checked) HTML(out, " checked");
    if (option->hint.length > 0) {
        HTML(out, " aria-describedby=\"");
        option_id(out, name, at);
        HTML(out, "-item-hint\"");
    }
    option_label(out, name, at, option, radio);
    HTML(out, "</div>\n");
}

void ui_radios(struct text *out, const struct ui_question *question,
               const struct ui_option *options, size_t count)
{
    fieldset_open(out, question, false);
    HTML(out, "<div class=\"govuk-radios\" data-module=\"govuk-radios\">\n");
    for (size_t at = 0; at < count; at++) {
        if (options[at].divided) HTML(out, "<div class=\"govuk-radios__divider\">or</div>\n");
        option_write(out, question->name, at + question->offset, &options[at], true);
    }
    HTML(out, "</div></fieldset></div>\n");
}

void ui_checkboxes(struct text *out, const struct ui_question *question,
                   const struct ui_option *options, size_t count)
{
    fieldset_open(out, question, false);
    HTML(out, "<div class=\"govuk-checkboxes\" data-module=\"govuk-checkboxes\">\n");
    for (size_t at = 0; at < count; at++) {
        if (options[at].divided) HTML(out, "<div class=\"govuk-checkboxes__divider\">or</div>\n");
        option_write(out, question->name, at + question->offset, &options[at], false);
    }
    HTML(out, "</div></fieldset></div>\n");
}

static void input_class(struct text *out, const struct ui_question *question, unsigned width)
{
    HTML(out, "<input class=\"govuk-input");
    if (width > 0) {
        HTML(out, " govuk-input--width-");
        html_number(out, (int64_t)width);
    }
    if (question->error.length > 0) HTML(out, " govuk-input--error");
    HTML(out, "\" type=\"text\" autocomplete=\"off\" spellcheck=\"false\"");
}

/* The group, the label, the hint and the error of one line. */
static void input_label(struct text *out, const struct ui_question *question)
{
    group_open(out, question);
    if (question->heading) HTML(out, "<h1 class=\"govuk-label-wrapper\">");
    HTML(out, "<label class=\"govuk-label govuk-label--");
    ui_size_letter(out, question->size);
    HTML(out, "\"");
    html_attribute(out, "for", question->name);
    HTML(out, ">");
    html_text(out, question->words);
    HTML(out, "</label>");
    if (question->heading) HTML(out, "</h1>");
    HTML(out, "\n");
    hint_and_error(out, question);
}

void ui_input(struct text *out, const struct ui_question *question, struct slice value,
              unsigned width, bool number)
{
    input_label(out, question);
    input_class(out, question, width);
    html_attribute(out, "id", question->name);
    html_attribute(out, "name", question->name);
    if (value.length > 0) html_attribute(out, "value", value);
    if (number) HTML(out, " inputmode=\"numeric\"");
    described(out, question);
    HTML(out, "></div>\n");
}

void ui_upload(struct text *out, const struct ui_question *question, struct slice accept)
{
    input_label(out, question);
    HTML(out, "<input type=\"file\" class=\"govuk-file-upload");
    if (question->error.length > 0) HTML(out, " govuk-file-upload--error");
    HTML(out, "\"");
    html_attribute(out, "id", question->name);
    html_attribute(out, "name", question->name);
    if (accept.length > 0) html_attribute(out, "accept", accept);
    described(out, question);
    HTML(out, "></div>\n");
}

void ui_entry(struct text *out, const struct ui_question *question, enum ui_entry kind,
              struct slice autocomplete, struct slice value)
{
    input_label(out, question);
    HTML(out, "<input class=\"govuk-input");
    if (kind == UI_ENTRY_CODE) HTML(out, " govuk-input--width-10");
    if (question->error.length > 0) HTML(out, " govuk-input--error");
    HTML(out, "\" spellcheck=\"false\" autocapitalize=\"none\"");
    if (kind == UI_ENTRY_SECRET) HTML(out, " type=\"password\"");
    if (kind == UI_ENTRY_EMAIL) HTML(out, " type=\"email\"");
    if (kind == UI_ENTRY_TEXT || kind == UI_ENTRY_CODE) HTML(out, " type=\"text\"");
    html_attribute(out, "autocomplete", autocomplete);
    html_attribute(out, "id", question->name);
    html_attribute(out, "name", question->name);
    if (value.length > 0 && kind != UI_ENTRY_SECRET) html_attribute(out, "value", value);
    described(out, question);
    HTML(out, "></div>\n");
}

void ui_textarea(struct text *out, const struct ui_question *question, struct slice value,
                 unsigned rows)
{
    input_label(out, question);
    HTML(out, "<textarea class=\"govuk-textarea");
    if (question->error.length > 0) HTML(out, " govuk-textarea--error");
    HTML(out, "\" rows=\"");
    html_number(out, (int64_t)rows);
    HTML(out, "\"");
    html_attribute(out, "id", question->name);
    html_attribute(out, "name", question->name);
    described(out, question);
    HTML(out, ">\n"); /* a line end straight behind the tag is not part of the text */
    html_text(out, value);
    HTML(out, "</textarea></div>\n");
}

void ui_select(struct text *out, const struct ui_question *question,
               const struct ui_option *options, size_t count)
{
    input_label(out, question);
    HTML(out, "<select class=\"govuk-select");
    if (question->error.length > 0) HTML(out, " govuk-select--error");
    HTML(out, "\"");
    html_attribute(out, "id", question->name);
    html_attribute(out, "name", question->name);
    described(out, question);
    HTML(out, ">\n");
    for (size_t at = 0; at < count; at++) {
        HTML(out, "<option");
        html_attribute(out, "value", options[at].value);
        if (options[at].checked) HTML(out, " selected");
        HTML(out, ">");
        html_text(out, options[at].words);
        HTML(out, "</option>\n");
    }
    HTML(out, "</select></div>\n");
}

static void date_part(struct text *out, const struct ui_question *question, struct slice part,
                      struct slice words, struct slice value, unsigned width)
{
    bool first =
        slice_is(part, "day"); /* it carries the bare name as id: the error summary points there */
    HTML(out, "<div class=\"govuk-date-input__item\"><div class=\"govuk-form-group\">"
              "<label class=\"govuk-label govuk-date-input__label\" for=\"");
    html_text(out, question->name);
    if (!first) {
        HTML(out, "-");
        html_text(out, part);
    }
    HTML(out, "\">");
    html_text(out, words);
    HTML(out, "</label>");
    input_class(out, question, width);
    HTML(out, " inputmode=\"numeric\" id=\"");
    html_text(out, question->name);
    if (!first) {
        HTML(out, "-");
        html_text(out, part);
    }
    HTML(out, "\" name=\"");
    html_text(out, question->name);
    HTML(out, "-");
    html_text(out, part);
    HTML(out, "\"");
    if (value.length > 0) html_attribute(out, "value", value);
    HTML(out, "></div></div>\n");
}

void ui_date(struct text *out, const struct ui_question *question, struct slice day,
             struct slice month, struct slice year)
{
    fieldset_open(out, question, true);
    HTML(out, "<div class=\"govuk-date-input\">\n");
    date_part(out, question, SLICE("day"), SLICE("Day"), day, 2);
    date_part(out, question, SLICE("month"), SLICE("Month"), month, 2);
    date_part(out, question, SLICE("year"), SLICE("Year"), year, 4);
    HTML(out, "</div></fieldset></div>\n");
}

void ui_problem(struct text *out, const struct ui_question *questions, size_t count)
{
    HTML(out, "<div class=\"govuk-error-summary\" data-module=\"govuk-error-summary\"><div "
              "role=\"alert\">"
              "<h2 class=\"govuk-error-summary__title\">There is a problem</h2>"
              "<div class=\"govuk-error-summary__body\"><ul class=\"govuk-list "
              "govuk-error-summary__list\">\n");
    for (size_t at = 0; at < count; at++) {
        if (questions[at].error.length == 0) continue;
        HTML(out, "<li><a href=\"#");
        html_text(out, questions[at].name);
        HTML(out, "\">");
        html_text(out, questions[at].error);
        HTML(out, "</a></li>\n");
    }
    HTML(out, "</ul></div></div></div>\n");
}
