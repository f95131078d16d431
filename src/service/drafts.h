/* The words of a draft, as pages ask about them: what a server looks at them with (wording, a school's lists, the names of the record's
 * people), made once and shared by its threads, and what comes out as plain data. Keeps nothing of a draft. Of a name it says what kind
 * of person bears it, and that only to a reader who works here; docs/screening.md, "In May I?". */
#pragma once

#include "service/record.h"
#include "service/roles.h"
#include "service/screened.h"

#define DRAFT_LARGEST ((size_t)10000) /* bytes */
#define DRAFTS_AN_HOUR 120            /* new drafts of one person that are looked at with names */
#define DRAFTS_LIST_LARGEST ((size_t)16 << 20) /* bytes of a school's list */

struct drafts; /* safe to use from many threads */
struct drafts *drafts_new(void);
void drafts_free(struct drafts *drafts);
/* A school's allow list and wording of its own, either may be empty; before anything is read. */
MUST_USE bool drafts_lists(struct drafts *drafts, struct slice allow, struct slice wording,
                           struct error *error);
/* Makes the wording for a policy, so that its first draft need not wait for it. */
MUST_USE bool drafts_ready(struct drafts *drafts, const struct policy *policy, struct error *error);

/* Whether somebody with these roles is told of the names of people here: who works here, or holds an office. */
bool drafts_names_for(const enum role *roles, size_t count);
/* Counts one new draft of this person; false where there were too many within the hour. */
MUST_USE bool drafts_count(struct drafts *drafts, const struct id *person, int64_t now);

/* One finding, in words for a person. */
struct draft_note {
    struct slice title; /* `A pupil's full name` */
    struct slice fix;   /* what could stand instead; empty: leave it out */
    bool has_fix;
    enum name_kind whom; /* of a name */
    size_t pupil;        /* from 1: it names `pupil named 1` of the question; 0: nobody shown */
};
struct draft {
    struct screened screened; /* its plan is gone: what needed it stands in the notes */
    struct draft_note *notes; /* one for each finding */
    uint64_t people;          /* another number where other pupils are named */
};
/* Who is told: with a record, somebody of it, whose names are looked for but for children from whom the reader is barred. */
struct draft_reader {
    struct record *record; /* NULL: no names are looked for */
    struct id person;
};
/* In the arena but for the words. Not from within an order to the desk. */
MUST_USE bool drafts_read(struct drafts *drafts, const struct policy *policy,
                          const struct draft_reader *reader, struct slice words,
                          struct arena *arena, struct draft *ret_draft, struct error *error);
/* The words with what is proposed in place of what a clause turns on, of details that are somebody's own, and of pupils' names; empty
 * where there is nothing to propose. */
struct slice draft_proposed(const struct draft *draft, const struct screened_view *view,
                            struct arena *arena);
