/* The words of a draft: the box, the session's memory of them, and their part in the decision; see may_draft.h. */
#include "page/may_draft.h"
#include "page/here.h"
#include "page/keeping.h"

#include <string.h>

const struct field may_words_fields[] = {
    [MAY_WORDS_WORDS] = {"words", form_is_text, MAY_DRAFT_FIELD_LARGEST, 1},
};

/* ---- the box -------------------------------------------------------------------------------------- */

bool may_draft_offered(const struct visit *visit, const struct may *may)
{
    const struct policy *policy = visit_policy(visit);
    int act = words_find(&policy->words, WORD_ACT, may_get(may, SLICE("act")));
    return !may_compares(visit) && act >= 0 && screened_offered(policy, act, visit->arena);
}

/* Names of people are looked for by somebody who works here alone: to anybody else a mark on a name would tell who is here. */
static bool sees_names(struct visit *visit)
{
    const struct person_here *here = visit_person(visit);
    return here != NULL && !here->who.codes_wanted &&
           drafts_names_for(here->who.roles, here->who.role_count);
}

struct ui_question may_draft_question(struct visit *visit, struct slice error)
{
    return (struct ui_question){
        .name = SLICE("words"),
        .words = SLICE("The words you want to use, if you have them"),
        .hint = sees_names(visit)
                    ? SLICE("Names of people here, numbers, addresses, links and wording that the "
                            "policy speaks of are looked for, and shown with the answer. The words "
                            "are not recorded: they are forgotten when you leave, or after half an "
                            "hour.")
                    : SLICE("Numbers, addresses, links and wording that the policy speaks of are "
                            "looked for, and shown with the answer; names of people here only for "
                            "staff who are signed in. The words are not recorded: they are "
                            "forgotten when you leave, or after half an hour."),
        .error = error,
        .size = UI_MEDIUM};
}

void may_draft_box(struct visit *visit, const struct ui_question *question, struct slice words)
{
    ui_textarea(visit->out, question, words, 5);
}

/* ---- the memory ----------------------------------------------------------------------------------- */

struct slice may_draft_words(const struct may *may)
{
    return may->draft.space > 0 ? text_slice(&may->draft) : SLICE_EMPTY;
}

static void drop_named(struct may *may)
{
    may_drop_all(may, SLICE("shown " SCREENED_UNNAMED));
}

static void keep(struct may *may, struct slice words)
{
    may_draft_forget(may);
    drop_named(may);
    if (words.length == 0) return;
    text_init(&may->draft, DRAFT_LARGEST);
    (void)text_make_room(&may->draft, words.length); /* at once: no copy is left behind */
    text_add(&may->draft, words);
}

static bool too_many(struct visit *visit)
{
    struct drafts *drafts = visit_pages(visit)->drafts;
    return sees_names(visit) &&
           !drafts_count(drafts, &visit_person(visit)->who.person, session_clock());
}

struct slice may_draft_take(struct visit *visit, struct may *may, struct slice typed)
{
    struct slice words = keeping_lines(typed, visit->arena);
    if (words.length > DRAFT_LARGEST)
        return SLICE("The words are too long: at most 10,000 letters are looked at. Ask about one "
                     "post at a time.");
    if (slice_equal(words, may_draft_words(may))) return SLICE_EMPTY;
    if (words.length > 0 && too_many(visit))
        return SLICE("You had many drafts looked at within the hour. Try again in a while, or "
                     "leave this empty and answer the questions.");
    keep(may, words);
    return SLICE_EMPTY;
}

/* ---- their part in the decision ---------------------------------------------------------------------- */

/* What was answered about a pupil whom the words name holds as long as the same are named. */
static bool read(struct visit *visit, struct may *may, struct may_draft *draft, struct error *error)
{
    bool names = sees_names(visit);
    struct draft_reader reader = {.record = names ? visit_record(visit) : NULL};
    if (names) reader.person = visit_person(visit)->who.person;
    if (!drafts_read(visit_pages(visit)->drafts, visit_policy(visit), &reader, may_draft_words(may),
                     visit->arena, &draft->draft, error))
        return false;
    if (draft->draft.people != may->draft_people) drop_named(may);
    may->draft_people = draft->draft.people;
    return true;
}

bool may_whole(struct visit *visit, struct may *may, struct request *ret_request,
               struct may_draft *ret_draft, struct error *error)
{
    *ret_draft = (struct may_draft){.any = may_draft_words(may).length > 0 && !may_compares(visit)};
    if (ret_draft->any && !read(visit, may, ret_draft, error)) return false;
    if (!may_request(visit, may, ret_request, error)) return false;
    if (ret_draft->any) screened_apply(&ret_draft->draft.screened, ret_request, &ret_draft->uses);
    return true;
}

bool may_whole_decide(struct visit *visit, struct may *may, struct request *ret_request,
                      struct may_draft *ret_draft, struct decision *ret_decision,
                      struct error *error)
{
    if (!may_whole(visit, may, ret_request, ret_draft, error) || !request_check(ret_request, error))
        return false;
    struct decider *decider = decider_new(ret_request->policy, visit->arena);
    decider_decide(decider, ret_request, true, visit->arena, ret_decision);
    if (!ret_draft->any) return true;
    /* On the way to an answer nothing is said yet of what turns on what. */
    if (ret_decision->verdict != VERDICT_NEED_ANSWER)
        screened_clauses(ret_request, ret_decision, decider, true, visit->arena, &ret_draft->uses);
    screened_view(&ret_draft->draft.screened, &ret_draft->uses, ret_request, visit->arena,
                  &ret_draft->view);
    return true;
}

/* ---- their page ----------------------------------------------------------------------------------- */

static void write(struct visit *visit, struct slice words, struct slice error)
{
    struct text *out = visit->out;
    struct ui_question question = may_draft_question(visit, error);
    question.heading = true;
    question.size = UI_LARGE;
    struct ui_frame frame =
        may_frame_open(visit, question.words, may_at(visit, MAY_AT_CHECK), error.length > 0);
    if (error.length > 0) ui_problem(out, &question, 1);
    ui_form_open(out, SLICE("/may/words"), visit_token(visit));
    may_draft_box(visit, &question, words);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_form_close(out);
    may_frame_close(visit, &frame);
}

/* The page comes after the first ones, and where the act has use for words. */
static bool ready(struct visit *visit)
{
    struct may *may = may_of(visit);
    struct slice missing = may == NULL ? may_at(visit, MAY_AT_WHO) : may_missing(visit, may);
    if (missing.length > 0)
        response_see(visit->response, missing);
    else if (!may_draft_offered(visit, may))
        may_go_on(visit);
    else
        return true;
    return false;
}

void may_words_page(struct visit *visit)
{
    if (ready(visit)) write(visit, may_draft_words(may_of(visit)), SLICE_EMPTY);
}

void may_words_answer(struct visit *visit)
{
    struct slice typed = form_value(visit->form, MAY_WORDS_WORDS);
    if (!ready(visit)) return;
    struct slice error = may_draft_take(visit, may_of(visit), typed);
    if (error.length > 0)
        write(visit, typed, error);
    else
        may_go_on(visit);
}

void may_words_proposed(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct decision *decision = ARENA_NEW(visit->arena, struct decision);
    struct may_draft *draft = ARENA_NEW(visit->arena, struct may_draft);
    struct may *may = may_of(visit);
    if (!ready(visit)) return;
    if (!may_whole_decide(visit, may, request, draft, decision, &error)) {
        visit_refuse(visit, 400, &error);
        return;
    }
    struct slice proposed =
        draft->any ? draft_proposed(&draft->draft, &draft->view, visit->arena) : SLICE_EMPTY;
    if (proposed.length > 0) keep(may, proposed);
    may_go_on(visit);
}
