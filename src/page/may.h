/* May I?: the conversation in the browser. Who you are, what you want to do, with whom and how, then one question a page,
 * then the answer. What was said lives in the session's memory as keys and values of grammar.md section 17; every page
 * builds its request from them. Addresses never change with what is said. Compare is the same conversation with several
 * policies: the same pages under /compare, which ask on while any of them needs an answer. */
#pragma once

#include "page/pages.h"
#include "service/ask.h"
#include "service/compare.h"
#include "service/known.h"

#define MAY_PAIRS_LARGEST 120
#define MAY_SHOWN_LARGEST 12

/* Who said it: the asker, or the register about somebody. */
enum may_from { MAY_SAID, MAY_KNOWN_ACTOR, MAY_KNOWN_OTHER, MAY_KNOWN_SHOWN };

/* One thing said. */
struct may_pair {
    struct text key, value;
    struct text asked; /* the question as it was put; empty for the first pages */
    enum may_from from;
};

/* Whom the table of all acts is about. */
enum may_around { MAY_AROUND_ACTOR, MAY_AROUND_OTHER, MAY_AROUND_VIA, MAY_AROUND };

/* What became of a conversation that met a new version of the policy. */
enum may_met { MAY_MET_NOTHING, MAY_MET_GOES_ON, MAY_MET_BEGINS_AGAIN };

/* The session's state. */
struct may {
    struct may_pair at[MAY_PAIRS_LARGEST];
    size_t count;
    struct text around[MAY_AROUND]; /* ids, comma-separated */
    bool around_given;
    struct id other, shown; /* whom it is about, where chosen from the register; else none */
    struct id version;      /* of the record's policy, by which it began or went on */
    enum may_met met;       /* to be said on the next page */
    struct text draft;      /* the words of a draft; see may_draft.h */
    uint64_t
        draft_people; /* whom they name, as a number: with others, what was answered about them is forgotten */
};

/* For sessions_new: wipes and frees. */
void may_free(void *state);

/* ---- the way (may.c) ---- */

/* Whether the page is one of Compare's: all policies are asked. */
bool may_compares(const struct visit *visit);
enum may_step {
    MAY_AT_WHO,
    MAY_AT_WHAT,
    MAY_AT_HOW,
    MAY_AT_SHOWN,
    MAY_AT_QUESTION,
    MAY_AT_ANSWER,
    MAY_AT_CHECK,
    MAY_AT_CHANGE,
    MAY_AT_RESTART,
    MAY_STEPS
};
/* The step's address: in May I? or, on a page of Compare's, in Compare. */
struct slice may_at(const struct visit *visit, enum may_step step);

/* ---- a new version of the policy in the midst of it (may_met.c) ---- */

/* Before each page: everything said still makes sense to the version in force, or it begins again. False: the visit was
 * answered. */
MUST_USE bool may_keep_up(struct visit *visit);
/* Says so, once. */
void may_met_write(struct visit *visit);

/* ---- the state (may.c) ---- */

/* The visit's state, made where the session has none; NULL without a session. */
struct may *may_of(struct visit *visit);
/* A value by key, or empty. */
struct slice may_get(const struct may *may, struct slice key);
/* Sets, or with an empty value takes back. False when there are too many. */
MUST_USE bool may_set(struct may *may, struct slice key, struct slice value, struct slice asked);
/* The same, from the register: said with its question, and shown as such. */
MUST_USE bool may_set_known(struct may *may, enum may_from from, struct slice key,
                            struct slice value, struct slice asked);
void may_drop(struct may *may, size_t at);
/* Takes back what the register said of somebody, and that they were chosen. */
void may_drop_known(struct may *may, enum may_from from);
/* Forgets everything, and of it the words of a draft alone. */
void may_forget(struct may *may);
void may_draft_forget(struct may *may);
/* Whom the table of all acts is about from now on. */
void may_around_set(struct may *may, enum may_around around, struct slice ids);
/* Takes back every key that begins so. */
void may_drop_all(struct may *may, struct slice beginning);
/* The first things said of the first page that is still missing: its address; empty where all are there. */
struct slice may_missing(const struct visit *visit, const struct may *may);
/* All that was said and that the policy has words for, as a conversation of the service's, in the visit's arena. */
void may_ask(const struct visit *visit, const struct may *may, struct ask *ret_ask);
/* The same put to every policy. False where it no longer makes sense. */
MUST_USE bool may_compare(const struct visit *visit, const struct may *may,
                          struct comparison *ret_comparison, struct error *error);
/* The same as a request. False where it no longer makes sense to the policy. */
MUST_USE bool may_request(const struct visit *visit, const struct may *may,
                          struct request *ret_request, struct error *error);
/* Whether the conversation would make sense with this answer. */
MUST_USE bool may_try(const struct visit *visit, struct slice key, struct slice value);
/* The decision on it and on the words of a draft; of several policies, without them, the first that has a question. False as
 * may_compare. */
MUST_USE bool may_decided(struct visit *visit, struct may *may, struct decision *ret_decision,
                          struct error *error);
/* The same for a page. On false the visit was answered: sent to the page that is missing, or refused. */
MUST_USE bool may_decide(struct visit *visit, struct decision *ret_decision);
/* Where to go after something was said: to the next question's page, which decides, and goes on to the answer. */
void may_go_on(struct visit *visit);

/* ---- what the register knows (may_known.c) ---- */

/* What a signed-in asker is here, as the policy's words with commas; empty: nobody is signed in. */
struct slice may_known_actor(struct visit *visit);
/* After the first page: the asker's own facts, as long as they ask for themselves. */
void may_know_actor(struct visit *visit, struct may *may);
/* On the pages about others: whom they chose, and the way to choose somebody; nothing for those who may not. */
void may_known_about(struct visit *visit, const struct may *may);

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
/* The same for a page: on one of Compare's what the rules of any policy look at. Indexes are the first policy's. */
void may_offered_people(const struct visit *visit, int act, enum may_who who,
                        bool ret_used[WORDS_LARGEST]);
void may_offered_channels(const struct visit *visit, int act, bool ret_used[WORDS_LARGEST]);
void may_offered_acts(const struct visit *visit, struct acts_offered *ret_acts);
/* The groups of acts that people choose from (may_what.c). */
#define MAY_GROUPS 8
size_t may_group(const struct policy *policy, int act);
struct slice may_group_title(size_t group);
/* One line that says what is asked about: `Accept a friend request from a pupil via a personal account`. */
struct slice may_summary(const struct request *request, struct arena *arena);
/* A key of section 17 as a question that a person would ask. */
struct slice may_key_words(const struct policy *policy, const struct may_pair *pair,
                           struct arena *arena);

/* A key without the kind of thing it sets: `fact age` is `age`. */
struct slice may_key_bare(struct slice key);

/* A value in plain words: ids of words become their phrases (may_check.c). */
struct slice may_value_words(const struct policy *policy, const struct may_pair *pair,
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

/* Check boxes for people or channels: those marked, the rest behind a fold; nothing where none is marked. `chosen` as above. */
void may_choice(struct visit *visit, enum word_place place, const bool *used,
                const struct ui_question *question, struct slice chosen);

/* The frame of the journey's pages, opened. */
struct ui_frame may_frame_open(struct visit *visit, struct slice title, struct slice back,
                               bool problem);
void may_frame_close(struct visit *visit, const struct ui_frame *frame);
/* On a page of Compare's: a link to the answers with what is said so far (compare.c). */
void may_compare_now(struct visit *visit);

/* ---- pages ---- */

enum { MAY_WHO_ACTOR, MAY_WHO_FIELDS };
enum { MAY_WHAT_ACT, MAY_WHAT_FIELDS };
enum { MAY_HOW_DONE, MAY_HOW_OTHER, MAY_HOW_VIA, MAY_HOW_WORDS, MAY_HOW_FIELDS };
enum { MAY_SHOWN_ROLE, MAY_SHOWN_COUNT, MAY_SHOWN_FIELDS };
enum {
    MAY_QUESTION_KEY,
    MAY_QUESTION_ANSWER,
    MAY_QUESTION_ASKED,
    MAY_QUESTION_UNKNOWN,
    MAY_QUESTION_FIELDS
};
enum { MAY_CHANGE_WHICH, MAY_CHANGE_FIELDS };
enum { MAY_ABOUT_PERSON, MAY_ABOUT_AS, MAY_ABOUT_FIELDS };
enum { MAY_KEEP_ORDER, MAY_KEEP_FIELDS };
enum {
    MAY_ACT_ORDER,
    MAY_ACT_STAGE,
    MAY_ACT_TELL,
    MAY_ACT_ABOUT,
    MAY_ACT_WHY,
    MAY_ACT_DAY,
    MAY_ACT_MONTH,
    MAY_ACT_YEAR,
    MAY_ACT_FIELDS
};
extern const struct field may_who_fields[], may_what_fields[], may_how_fields[], may_shown_fields[],
    may_question_fields[], may_change_fields[], may_about_fields[], may_keep_fields[],
    may_act_fields[];

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
void may_about_page(struct visit *visit);
void may_about_search(struct visit *visit);
void may_about_answer(struct visit *visit);
void may_keep_answer(struct visit *visit);
/* On an answer, where somebody is to be told: one press that tells them. */
void may_tell_write(struct visit *visit, const struct decision *decision,
                    const struct request *request);
/* Under an answer: that it has happened, or is being done now. */
void may_act_write(struct visit *visit, const struct decision *decision,
                   const struct request *request);
/* Whether who asks could record it: signed in, and asking for themselves. */
bool may_can_act(struct visit *visit, const struct request *request);
void may_act_answer(struct visit *visit);
/* At the foot of an answer: the button that keeps it, or how one could. */
void may_keep_write(struct visit *visit);
/* Adds people of a role who can be seen; false where there are too many. */
MUST_USE bool may_shown_add(struct visit *visit, struct may *may, struct slice role, int64_t count);
