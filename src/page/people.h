/* What the pages about people share: one look at the register for a visit, who is asking and what they may see, orders put to
 * the desk and what became of them, days and names in words. Each page is one file; people_routes.c lists them. */
#pragma once

#include "page/here.h"
#include "service/people_list.h"
#include "service/people_read.h"

struct people {
    struct visit *visit;
    struct record *record;
    const struct register_view *view; /* held; another one after people_do */
    struct viewer viewer;
    struct arena *arena;
    struct text *out;
};

/* Holds the register while the page is written. */
void people_visit(struct visit *visit, void (*page)(struct people *people));

/* ---- who a page is about ---- */

/* Behind the beginning of the route's path: the nth part between slashes, from 0; empty where there is none. */
struct slice people_part(const struct visit *visit, size_t n);
/* The person that the nth part names, whom the viewer sees and may do `act` about (ACTS: no act). NULL: the visit is answered,
 * with the same page whether there is nobody or nobody whom the viewer may see. */
const struct registered *people_subject(struct people *people, size_t n, enum record_act act);
void people_nobody(struct people *people);
/* What the viewer's roles do not open. */
void people_shut_out(struct people *people);
bool people_may(const struct people *people, const struct registered *person, enum record_act act);

/* ---- words ---- */

struct slice people_hex(const struct people *people, const struct id *id);
/* `Ada Byron`; `Family, Given` is registered.shown_as. */
struct slice people_called(const struct people *people, const struct registered *person);
/* The same by id; "Somebody" where the viewer does not see who it is. */
struct slice people_called_id(const struct people *people, const struct id *id);
struct slice people_org_name(const struct people *people, const struct id *org);
struct slice people_day(const struct people *people, int64_t day);
/* "from 1 May 2026", "until 3 May 2026", "from ... to ..."; of a first day in the past only the end is said. */
struct slice people_days(const struct people *people, int64_t since, int64_t until);
/* /people/ID and what stands behind it. */
struct slice people_address(const struct people *people, const struct id *id, const char *behind);
/* The roles of a day in words, each once. */
struct slice people_roles(const struct people *people, const struct registered *person);

/* ---- forms ---- */

struct typed_day {
    struct slice day, month, year;
};
#define PEOPLE_DAY_FIELDS(name)                                                                    \
    {name "-day", form_is_line, 10, 1}, {name "-month", form_is_line, 10, 1},                      \
    {                                                                                              \
        name "-year", form_is_line, 10, 1                                                          \
    }
struct typed_day people_typed(const struct visit *visit, size_t field);
struct typed_day people_typed_day(const struct people *people, int64_t day);
/* As the desk reads it; empty where nothing was typed. False: it is no date. */
MUST_USE bool people_iso(const struct people *people, const struct typed_day *typed,
                         struct slice *ret_iso);
struct ui_question people_question(const char *name, struct slice words, struct slice hint);
/* Opens frame and form of a page with one task; problems stand first. `action` empty: the visit's own address. */
struct people_form {
    struct slice title, caption, back;
    const struct ui_question *questions;
    size_t count;
    struct slice wrong; /* what the desk said, where it belongs to no question */
};
struct ui_frame people_form_open(struct people *people, const struct people_form *form);
/* The button, with a link back beside it, and the ends. */
void people_form_close(struct people *people, struct ui_frame *frame, enum ui_button kind,
                       struct slice words);
/* A form with one button: the token, an order of its own and a hidden field beside it. */
void people_small_form(struct people *people, struct slice action, enum ui_button kind,
                       struct slice words, struct slice hidden_words, struct slice name,
                       struct slice value);
/* Organisations over which the act could be allowed, as options; `chosen` is checked. */
size_t people_org_options(const struct people *people, enum record_act act, const struct id *chosen,
                          struct ui_option **ret_options);
/* An organisation by its id in a form, one of those. */
bool people_org_of(const struct people *people, struct slice hex, enum record_act act,
                   struct id *ret_org);

/* ---- acts ---- */

enum people_end {
    PEOPLE_DONE,    /* now, or by the same form before */
    PEOPLE_WRONG,   /* `ret_wrong` says what to mend, for the form to show */
    PEOPLE_ANSWERED /* refused or broken: the page is written */
};
/* Puts the order to the desk. What was found in the register before is no longer valid afterwards. */
MUST_USE enum people_end people_do(struct people *people, const struct order *order,
                                   struct outcome *ret_outcome, struct slice *ret_wrong);
/* The order of the form that came, its id in that field. False: answered. */
MUST_USE bool people_order(struct people *people, size_t field, enum record_act act,
                           struct order *ret_order);
void people_set(struct people *people, struct order *order, const char *key, struct slice value);
void people_set_id(struct people *people, struct order *order, const char *key,
                   const struct id *id);

/* Where the desk said that an act is advised against: the question for the reason of going on. The field is PEOPLE_DESPITE. */
#define PEOPLE_DESPITE                                                                             \
    {                                                                                              \
        "despite", form_is_text, ORDER_VALUE_LARGEST, 1                                            \
    }
void people_ask_despite(const struct people *people, struct slice wrong);

/* ---- pages ---- */

enum { PEOPLE_WORDS, PEOPLE_ORG, PEOPLE_KIND, PEOPLE_FIELDS };
enum { ONCE_ORDER, ONCE_OF, ONCE_FIELDS }; /* people_small_form's */
extern const struct field people_fields[], once_fields[];

void start_page(struct visit *visit);
void people_page(struct visit *visit);
void people_answer(struct visit *visit);
void people_list_page(struct visit *visit);
void person_page(struct visit *visit);
