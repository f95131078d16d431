/* Pages of keeping: holds, erasures, who opened what, tasks, telling, kept answers, the record itself. What they share, their
 * fields and handlers; one file each. */
#pragma once

#include "page/here.h"
#include "service/keeping_read.h"

#define KEEPING_REASON_LARGEST 2000
#define KEEPING_TELL_LARGEST 4000

/* ---- shared (keeping.c) ---- */

/* `21 November 2026 at 18:02`, by the clock here. */
struct slice keeping_when(int64_t milliseconds, struct arena *arena);
/* The id at the end of the visit's path, behind `before`; false where there is none: the visit was answered. */
MUST_USE bool keeping_path_id(struct visit *visit, struct slice before, struct id *ret_id);
/* `before` with the id behind it. */
struct slice keeping_address(const char *before, const struct id *id, struct arena *arena);
struct slice keeping_hex(const struct id *id, struct arena *arena);
void keeping_link_line(struct text *out, struct slice address, struct slice words);
/* A link that looks like a button. */
void keeping_button_link(struct text *out, struct slice address, struct slice words);
/* Puts an order to the desk. False: the visit was answered, as refused, or with what has changed since and a way `back`. */
MUST_USE bool keeping_do(struct visit *visit, const struct order *order, struct slice back,
                         struct outcome *ret_outcome);
/* The page after something was done. */
void keeping_done(struct visit *visit, struct slice title, struct slice words, struct slice back,
                  struct slice back_words);
/* A question for several lines, and its answer as plain text: line ends are \n. */
struct ui_question keeping_question(const char *name, struct slice words, struct slice hint,
                                    struct slice error);
struct slice keeping_lines(struct slice value, struct arena *arena);

/* What a task asks for, as its heading. */
struct slice task_title(const struct task_seen *task, struct arena *arena);
/* By when: `at once`, `by 16:00 today`, `by the end of Tuesday 24 November`, `no deadline`. */
struct slice task_due_words(const struct task_seen *task, int64_t now, struct arena *arena);
/* `today`, `tomorrow`, `Tuesday 24 November`, with the year where it is another one. */
struct slice task_day_words(int64_t day, int64_t today, struct arena *arena);
/* Overdue, taken or open, as a tag. */
void task_tag(struct text *out, const struct task_seen *task);

/* Choosing somebody by name: a form, and what was found as links to `next` with their id, or as buttons that send `field`. */
struct keeping_choice {
    struct slice title, hint, at, back;
    struct slice action; /* of the search */
    const char *next;    /* found people are links to this and their id */
    enum record_act act; /* that the reader could do to them */
};
enum { SEARCH_WORDS, SEARCH_FIELDS };
extern const struct field search_fields[];
/* `words` empty: the form alone, with an error where something was sent. */
void keeping_choose(struct visit *visit, const struct keeping_choice *choice, bool sent);

/* ---- pages ---- */

enum { HOLD_ORDER, HOLD_PERSON, HOLD_REASON, HOLD_FIELDS };
enum { LIFT_ORDER, LIFT_HOLD, LIFT_REASON, LIFT_FIELDS };
enum { ERASURE_ORDER, ERASURE_PERSON, ERASURE_REASON, ERASURE_FIELDS };
enum { CONFIRM_ORDER, CONFIRM_ERASURE, CONFIRM_SURE, CONFIRM_FIELDS };
enum { WITHDRAW_ORDER, WITHDRAW_ERASURE, WITHDRAW_FIELDS };
enum { OPEN_ORDER, OPEN_WHAT, OPEN_OF, OPEN_REASON, OPEN_FIELDS };
enum { TASK_ORDER, TASK_ID, TASK_NOTE, TASK_REASON, TASK_FIELDS };
enum { TELL_ORDER, TELL_ROLE, TELL_ABOUT, TELL_PERSON, TELL_NAMED, TELL_TEXT, TELL_FIELDS };
enum { KEPT_ORDER, KEPT_ANSWER, KEPT_SURE, KEPT_FIELDS };
extern const struct field hold_fields[], lift_fields[], erasure_fields[], confirm_fields[],
    withdraw_fields[], open_fields[], task_fields[], tell_fields[], kept_fields[];

void keeping_page(struct visit *visit);
void holds_page(struct visit *visit);
void hold_choose_page(struct visit *visit);
void hold_choose_answer(struct visit *visit);
void hold_place_page(struct visit *visit);
void hold_place_answer(struct visit *visit);
void hold_lift_page(struct visit *visit);
void hold_lift_answer(struct visit *visit);
void erasures_page(struct visit *visit);
void erasure_choose_page(struct visit *visit);
void erasure_choose_answer(struct visit *visit);
void erasure_ask_page(struct visit *visit);
void erasure_ask_answer(struct visit *visit);
void erasure_confirm_page(struct visit *visit);
void erasure_confirm_answer(struct visit *visit);
void erasure_withdraw_answer(struct visit *visit);
void opened_page(struct visit *visit);
void open_page(struct visit *visit);
void open_answer(struct visit *visit);
void tasks_page(struct visit *visit);
void task_page(struct visit *visit);
void task_take_answer(struct visit *visit);
void task_close_answer(struct visit *visit);
void task_waive_answer(struct visit *visit);
void late_page(struct visit *visit);
void act_page(struct visit *visit);
void tell_page(struct visit *visit);
void tell_about_page(struct visit *visit);
void tell_answer(struct visit *visit);
void kept_page(struct visit *visit);
void kept_open_answer(struct visit *visit);
void kept_drop_answer(struct visit *visit);
void record_page(struct visit *visit);

/* An answer of May I? that was kept, as HTML (kept_show.c); false where it cannot be read. */
MUST_USE bool kept_show(struct text *out, struct slice json, struct arena *arena);
