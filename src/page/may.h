/* May I?: the conversation in the browser. Who you are, what you want to do, with whom and how, then one question a page,
 * then the answer. What was said lives in the session's memory as keys and values of grammar.md section 17; every page
 * builds its request from them. Addresses never change with what is said. */
#pragma once

#include "page/pages.h"
#include "service/ask.h"

#define MAY_PAIRS_LARGEST 120
#define MAY_SHOWN_LARGEST 12

/* One thing said. */
struct may_pair {
    struct text key, value;
    struct text asked; /* the question as it was put; empty for the first pages */
};

/* The session's state. */
struct may {
    struct may_pair at[MAY_PAIRS_LARGEST];
    size_t count;
};

/* For sessions_new: wipes and frees. */
void may_free(void *state);

/* ---- the state (may.c) ---- */

/* The visit's state, made where the session has none; NULL without a session. */
struct may *may_of(struct visit *visit);
/* A value by key, or empty. */
struct slice may_get(const struct may *may, struct slice key);
/* Sets, or with an empty value takes back. False when there are too many. */
MUST_USE bool may_set(struct may *may, struct slice key, struct slice value, struct slice asked);
void may_drop(struct may *may, size_t at);
/* Takes back every key that begins so. */
void may_drop_all(struct may *may, struct slice beginning);
/* The first things said of the first page that is still missing: its address; empty where all are there. */
struct slice may_missing(const struct may *may);
/* All that was said as a conversation of the service's, in the visit's arena. */
void may_ask(const struct visit *visit, const struct may *may, struct ask *ret_ask);
/* The same as a request. False where it no longer makes sense to the policy. */
MUST_USE bool may_request(const struct visit *visit, const struct may *may,
                          struct request *ret_request, struct error *error);
/* Adds one answer; false where it is none. */
MUST_USE bool may_try(struct ask *ask, struct slice key, struct slice value, struct error *error);
/* The decision on it. On false the visit was answered: sent to the page that is missing, or refused. */
MUST_USE bool may_decide(struct visit *visit, struct decision *ret_decision);
/* Where to go after something was said: to the next question's page, which decides, and goes on to the answer. */
void may_go_on(struct visit *visit);

/* ---- words (may_words.c) ---- */

/* `accept a friend request` with a capital. */
struct slice may_capital(struct slice words, struct arena *arena);
/* The phrase of a word; a role's or channel's with its article. */
struct slice may_phrase(const struct policy *policy, enum word_place place, int index);
/* `a teacher and a parent` */
struct slice may_roles(const struct policy *policy, const struct roles *roles, const char *joiner,
                       struct arena *arena);
/* Which people (channels) the rules on an act look at in a place; act -1: on any act. The arrays hold one flag a word. */
enum may_who { MAY_ACTOR, MAY_OTHER, MAY_SHOWN };
void may_people(const struct policy *policy, int act, enum may_who who,
                bool ret_used[WORDS_LARGEST]);
void may_channels(const struct policy *policy, int act, bool ret_used[WORDS_LARGEST]);
/* One line that says what is asked about: `Accept a friend request from a pupil via a personal account`. */
struct slice may_summary(const struct request *request, struct arena *arena);
/* A key of section 17 as a question that a person would ask. */
struct slice may_key_words(const struct policy *policy, const struct may_pair *pair,
                           struct arena *arena);

/* Options for a list of words, those that `used` marks; `chosen` is the ids said before, comma-separated. */
struct may_options {
    LIST(struct ui_option) list;
};
void may_options(const struct policy *policy, enum word_place place, const bool *used, bool wanted,
                 struct slice chosen, struct arena *arena, struct may_options *ret_options);
/* Joins a form field's ids into `a, b`; false where one is not a word of the place. */
MUST_USE bool may_join(const struct policy *policy, enum word_place place,
                       const struct form_field *field, struct arena *arena,
                       struct slice *ret_joined);

/* The frame of the journey's pages, opened. */
struct ui_frame may_frame_open(struct visit *visit, struct slice title, struct slice back,
                               bool problem);
void may_frame_close(struct visit *visit, const struct ui_frame *frame);

/* ---- pages ---- */

enum { MAY_WHO_ACTOR, MAY_WHO_FIELDS };
enum { MAY_WHAT_ACT, MAY_WHAT_FIELDS };
enum { MAY_HOW_DONE, MAY_HOW_OTHER, MAY_HOW_VIA, MAY_HOW_FIELDS };
enum { MAY_SHOWN_ROLE, MAY_SHOWN_COUNT, MAY_SHOWN_FIELDS };
enum {
    MAY_QUESTION_KEY,
    MAY_QUESTION_ANSWER,
    MAY_QUESTION_ASKED,
    MAY_QUESTION_UNKNOWN,
    MAY_QUESTION_FIELDS
};
enum { MAY_CHANGE_WHICH, MAY_CHANGE_FIELDS };
extern const struct field may_who_fields[], may_what_fields[], may_how_fields[], may_shown_fields[],
    may_question_fields[], may_change_fields[];

void may_who_page(struct visit *visit);
void may_who_answer(struct visit *visit);
void may_what_page(struct visit *visit);
void may_what_answer(struct visit *visit);
void may_how_page(struct visit *visit);
void may_how_answer(struct visit *visit);
void may_shown_page(struct visit *visit);
void may_shown_answer(struct visit *visit);
void may_question_page(struct visit *visit);
void may_question_answer(struct visit *visit);
void may_check_page(struct visit *visit);
void may_change_answer(struct visit *visit);
void may_restart(struct visit *visit);
void may_answer_page(struct visit *visit);
