/* The words of a draft in a conversation of May I?: a box on the page about how, and a page of its own to change them. They lie in the
 * session's memory beside what was said, and are looked at anew for each page; what is found is kept nowhere. */
#pragma once

#include "page/may.h"
#include "service/drafts.h"

#define MAY_DRAFT_FIELD_LARGEST 60000 /* taken, so that what is too long can be shown again */

/* What a request's words came to. */
struct may_draft {
    bool any; /* there are words; else all below is empty */
    struct draft draft;
    struct screened_uses uses;
    struct screened_view view;
};

/* Whether words can answer anything about the act that was chosen. Compare asks without them. */
bool may_draft_offered(const struct visit *visit, const struct may *may);
/* The box, with what stands in it and, where it came back, what is to be put right. */
struct ui_question may_draft_question(struct visit *visit, struct slice error);
void may_draft_box(struct visit *visit, const struct ui_question *question, struct slice words);
/* The words as they are kept. */
struct slice may_draft_words(const struct may *may);
/* Keeps what was typed in their place, or says what is to be put right: then nothing is changed. */
struct slice may_draft_take(struct visit *visit, struct may *may, struct slice typed);

/* The request with all that was said and all that the words say. False as may_request. */
MUST_USE bool may_whole(struct visit *visit, struct may *may, struct request *ret_request,
                        struct may_draft *ret_draft, struct error *error);
/* The decision on it, and in the draft which clauses turn on the words. */
MUST_USE bool may_whole_decide(struct visit *visit, struct may *may, struct request *ret_request,
                               struct may_draft *ret_draft, struct decision *ret_decision,
                               struct error *error);

/* The same for a page of May I?. On false the visit was answered, as by may_decide. */
MUST_USE bool may_decide_whole(struct visit *visit, struct request *ret_request,
                               struct may_draft *ret_draft, struct decision *ret_decision);

/* ---- what is shown (may_marks.c) ---- */

/* Behind an answer: the words with their marks, what each says, and what is proposed. */
void may_marks_write(struct visit *visit, const struct may_draft *draft,
                     const struct request *request, const struct decision *decision);
/* Before a question: the places in the words that raise it; nothing where none does. */
void may_marks_hint(struct visit *visit, const struct may_draft *draft,
                    const struct request *request, const struct question *question);
/* What the words answered, as lines `question: answer` for an answer that is kept or told. */
struct may_found {
    struct slice question, answer;
};
struct may_found_list {
    LIST(struct may_found) list;
};
void may_marks_found(const struct may_draft *draft, const struct request *request,
                     struct arena *arena, struct may_found_list *ret_found);

/* ---- pages ---- */

enum { MAY_WORDS_WORDS, MAY_WORDS_FIELDS };
extern const struct field may_words_fields[];
void may_words_page(struct visit *visit);
void may_words_answer(struct visit *visit);
void may_words_proposed(struct visit *visit);
