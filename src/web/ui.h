/* The parts that pages are made of: GOV.UK Frontend's components as C functions, in the order they come on a page. Every
 * value is escaped here; a page hands over plain words. Markup follows govuk-frontend 6.6.0. */
#pragma once

#include "web/html.h"

#define UI_EXIT_ADDRESS "https://www.bbc.co.uk/weather"

/* ---- the frame ---- */

struct ui_nav {
    struct slice address, words;
};

struct ui_frame {
    struct slice title;       /* of the page; "Error: " is put before it where `problem` */
    struct slice service;     /* whose service this is, at the top of every page */
    struct slice assets;      /* "/assets/HASH/" */
    const struct ui_nav *nav; /* links at the top */
    size_t nav_count;
    struct slice here;    /* address of the nav link that is current */
    struct slice back;    /* address of the back link; empty: none */
    struct slice warning; /* in red across the top of each page; empty: nothing */
    struct slice notice;  /* what everybody has to know, above each page; empty: nothing */
    struct slice foot;    /* a line at the foot */
    bool problem;         /* the form came back with something to put right */
    bool exit;            /* a way to leave the page quickly */
    bool wide;            /* the page lays out its own columns */
};

/* Everything up to the inside of <main>, and everything after. */
void ui_frame_open(struct text *out, const struct ui_frame *frame);
void ui_frame_close(struct text *out, const struct ui_frame *frame);

/* ---- words ---- */

enum ui_size { UI_SMALL, UI_MEDIUM, UI_LARGE, UI_EXTRA };
/* The end of a class name: s, m, l or xl. */
void ui_size_letter(struct text *out, enum ui_size size);
/* <h1>..<h6>; an empty id leaves it out. */
void ui_heading(struct text *out, int level, enum ui_size size, struct slice id,
                struct slice words);
void ui_caption(struct text *out, enum ui_size size, struct slice words);
void ui_paragraph(struct text *out, struct slice words);
void ui_inset(struct text *out, struct slice words);
void ui_warning(struct text *out, struct slice words);
void ui_panel(struct text *out, struct slice title, struct slice words);
void ui_tag(struct text *out, const char *colour,
            struct slice words); /* grey green red yellow blue ... or "" */
void ui_details_open(struct text *out, struct slice summary);
void ui_details_close(struct text *out);
/* The same in green: what was done. */
void ui_success(struct text *out, struct slice words);
/* A banner of the kind "Important". */
void ui_banner(struct text *out, struct slice title, struct slice words);
void ui_list_open(struct text *out, bool numbered);
void ui_list_item(struct text *out, struct slice words);
void ui_list_close(struct text *out, bool numbered);

struct ui_crumb {
    struct slice address, words; /* an empty address: where we are */
};
void ui_breadcrumbs(struct text *out, const struct ui_crumb *crumbs, size_t count);

/* ---- forms ---- */

/* A POST form with its token. */
void ui_form_open(struct text *out, struct slice action, struct slice token);
void ui_form_close(struct text *out);
void ui_hidden(struct text *out, struct slice name, struct slice value);
enum ui_button { UI_BUTTON_MAIN, UI_BUTTON_SECOND, UI_BUTTON_WARNING, UI_BUTTON_LINK };
void ui_button(struct text *out, enum ui_button kind, struct slice words);
/* A button that sends name=value; `hidden_words` are read out after its words. */
void ui_button_value(struct text *out, enum ui_button kind, struct slice words,
                     struct slice hidden_words, struct slice name, struct slice value);
/* A link that looks like a button and starts a journey. */
void ui_start(struct text *out, struct slice address, struct slice words);

struct ui_option {
    struct slice value, words, hint; /* hint may be empty */
    bool checked;
    bool divided; /* "or" before it */
};

/* A question: its legend or label, hint and error belong together. */
struct ui_question {
    struct slice name; /* of the field; also its id */
    struct slice words;
    struct slice hint;  /* may be empty */
    struct slice error; /* may be empty */
    bool heading;       /* the question is the page's <h1> */
    enum ui_size size;
    bool hidden;   /* the words are there for screen readers only */
    size_t offset; /* answers of the same field that stand before these on the page */
};
void ui_radios(struct text *out, const struct ui_question *question,
               const struct ui_option *options, size_t count);
void ui_checkboxes(struct text *out, const struct ui_question *question,
                   const struct ui_option *options, size_t count);
/* One line of text, `width` characters wide: 2, 3, 4, 5, 10, 20 or 0 for the whole. `number` asks for digits. */
void ui_input(struct text *out, const struct ui_question *question, struct slice value,
              unsigned width, bool number);
/* One line with its kind said, so that browsers and password managers can help; the form that holds it must be opened with
 * ui_form_open_helped. `autocomplete` is one of HTML's own words. */
enum ui_entry { UI_ENTRY_TEXT, UI_ENTRY_EMAIL, UI_ENTRY_SECRET, UI_ENTRY_CODE };
void ui_entry(struct text *out, const struct ui_question *question, enum ui_entry kind,
              struct slice autocomplete, struct slice value);
/* A form that carries a file, and the entry for it: `accept` as HTML has it, such as ".zip,.csv"; may be empty. */
void ui_form_open_upload(struct text *out, struct slice action, struct slice token);
void ui_upload(struct text *out, const struct ui_question *question, struct slice accept);
void ui_form_open_helped(struct text *out, struct slice action, struct slice token);
/* Several lines of text. */
void ui_textarea(struct text *out, const struct ui_question *question, struct slice value,
                 unsigned rows);
/* A drop-down list; `checked` is the one that stands there. */
void ui_select(struct text *out, const struct ui_question *question,
               const struct ui_option *options, size_t count);
/* Day, month and year as name-day, name-month, name-year. */
void ui_date(struct text *out, const struct ui_question *question, struct slice day,
             struct slice month, struct slice year);

/* "There is a problem", with a link to the field of each error. */
void ui_problem(struct text *out, const struct ui_question *questions, size_t count);

/* ---- tables ---- */

/* Pages of a long list: the one before, the one behind, numbers around this one (from 1). The address of page n is `base`
 * with the number behind it; nothing is written where there is one page. */
void ui_pagination(struct text *out, struct slice base, size_t page, size_t pages);
/* A row of a summary list with a link at its end; `hidden_words` say of what, for who hears the page. */
void ui_summary_action(struct text *out, struct slice key, struct slice value, struct slice address,
                       struct slice words, struct slice hidden_words);

/* What there is to do: each row a link, more words under it (may be empty) and at its right a tag, or plain words where `colour`
 * is NULL, or nothing. `place` counts the rows of the page from 1. */
struct ui_task {
    struct slice address, words, more, status;
    const char *colour;
};
void ui_tasks_open(struct text *out);
void ui_tasks_row(struct text *out, const struct ui_task *task, size_t place);
void ui_tasks_close(struct text *out);

void ui_summary_open(struct text *out);
void ui_summary_row(struct text *out, struct slice key, struct slice value);
void ui_summary_close(struct text *out);
void ui_table_open(struct text *out, struct slice caption, const struct slice *heads, size_t count);
void ui_table_row(struct text *out, const struct slice *cells, size_t count);
void ui_table_close(struct text *out);

/* The red button at the top: a plain link, quicker with JavaScript. */
void ui_exit(struct text *out);
