/* Step 3 of May I?: whether it has happened, with whom, by which channel, with which words. Only what the rules on this
 * act look at. */
#include "page/may_draft.h"

static bool yes_or_no(struct slice value)
{
    return slice_is(value, "yes") || slice_is(value, "no");
}

const struct field may_how_fields[] = {
    [MAY_HOW_DONE] = {"done", yes_or_no, 3, 1},
    [MAY_HOW_OTHER] = {"other", form_is_id, 60, REQUEST_ROLES_LARGEST},
    [MAY_HOW_VIA] = {"via", form_is_id, 60, REQUEST_ROLES_LARGEST},
    [MAY_HOW_WORDS] = {"words", form_is_text, MAY_DRAFT_FIELD_LARGEST, 1},
};

static bool any(const bool *used)
{
    for (size_t at = 0; at < WORDS_LARGEST; at++)
        if (used[at]) return true;
    return false;
}

static int act_of(const struct visit *visit, const struct may *may)
{
    return words_find(&visit_policy(visit)->words, WORD_ACT, may_get(may, SLICE("act")));
}

static bool is_event(const struct visit *visit, int act)
{
    return visit_policy(visit)->words.acts.at[act].kind == ACT_EVENT;
}

static void write_done(struct visit *visit, const struct may *may, struct ui_question *question)
{
    bool done = slice_is(may_get(may, SLICE("done")), "yes"),
         planned = slice_is(may_get(may, SLICE("done")), "no");
    struct ui_option options[] = {
        {.value = SLICE("no"),
         .words = SLICE("No, I am asking first"),
         .hint = SLICE_EMPTY,
         .checked = planned},
        {.value = SLICE("yes"),
         .words = SLICE("Yes, it has been done"),
         .hint = SLICE_EMPTY,
         .checked = done},
    };
    ui_radios(visit->out, question, options, 2);
}

void may_choice(struct visit *visit, enum word_place place, const bool *used,
                const struct ui_question *question, struct slice chosen)
{
    struct may_options near, far;
    const struct policy *policy = visit_policy(visit);
    struct ui_question more = *question;
    if (!any(used)) return;
    may_options(policy, place, used, true, chosen, visit->arena, &near);
    may_options(policy, place, used, false, chosen, visit->arena, &far);
    ui_checkboxes(visit->out, question, near.list.at, near.list.count);
    if (far.list.count == 0) return;
    more.hint = SLICE_EMPTY;
    more.size = UI_SMALL;
    more.hidden = true;
    more.offset = near.list.count;
    ui_details_open(visit->out, place == WORD_CHANNEL
                                    ? SLICE("Another way, or the service by its name")
                                    : SLICE("Somebody else"));
    ui_checkboxes(visit->out, &more, far.list.at, far.list.count);
    ui_details_close(visit->out);
}

static void write_people_and_channels(struct visit *visit, const struct may *may, int act)
{
    bool used[WORDS_LARGEST];
    struct ui_question other = {
        .name = SLICE("other"),
        .words = SLICE("Who is the other person?"),
        .hint = SLICE("Choose all that are true. Leave it empty if there is nobody."),
        .error = SLICE_EMPTY,
        .size = UI_MEDIUM};
    struct ui_question via = {
        .name = SLICE("via"),
        .words = SLICE("How, or with what?"),
        .hint = SLICE("Choose all that are true: the service, the account and the device."),
        .error = SLICE_EMPTY,
        .size = UI_MEDIUM};
    may_offered_people(visit, act, MAY_OTHER, used);
    may_choice(visit, WORD_PERSON, used, &other, may_get(may, other.name));
    may_known_about(visit, may);
    may_offered_channels(visit, act, used);
    may_choice(visit, WORD_CHANNEL, used, &via, may_get(may, via.name));
}

/* Sent back from a question that only these answers can settle: says so. */
static void write_wanted(struct visit *visit, struct may *may)
{
    struct decision *decision = ARENA_NEW(visit->arena, struct decision);
    struct error error = {.code = ERROR_NONE};
    if (may_missing(visit, may).length > 0) return;
    if (!may_decided(visit, may, decision, &error)) return;
    if (decision->verdict != VERDICT_NEED_ANSWER) return;
    if (decision->question.kind == QUESTION_VIA)
        ui_inset(
            visit->out,
            SLICE(
                "The answer turns on how: name the service, the account and the device exactly."));
    if (decision->question.kind == QUESTION_OTHER)
        ui_inset(visit->out, SLICE("The answer turns on who the other person is."));
    may_compare_now(visit);
}

/* What came back with it, where something is to be put right. */
struct back {
    struct slice done, words; /* sentences; may be empty */
    struct slice typed;       /* words that could not be taken */
};

static void write(struct visit *visit, struct may *may, const struct back *back)
{
    struct text *out = visit->out;
    int act = act_of(visit, may);
    bool words = may_draft_offered(visit, may);
    struct slice title = SLICE("A little more about it");
    struct ui_question problems[2], draft = may_draft_question(visit, back->words);
    struct ui_question done = {.name = SLICE("done"),
                               .words = SLICE("Has it happened already?"),
                               .hint = SLICE_EMPTY,
                               .error = back->done,
                               .size = UI_MEDIUM};
    size_t count = 0;
    if (back->done.length > 0) problems[count++] = done;
    if (back->words.length > 0) problems[count++] = draft;
    struct ui_frame frame = may_frame_open(visit, title, may_at(visit, MAY_AT_WHAT), count > 0);
    if (count > 0) ui_problem(out, problems, count);
    ui_caption(out, UI_LARGE,
               may_capital(may_phrase(visit_policy(visit), WORD_ACT, act), visit->arena));
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (count == 0) write_wanted(visit, may);
    ui_form_open(out, may_at(visit, MAY_AT_HOW), visit_token(visit));
    if (!is_event(visit, act)) write_done(visit, may, &done);
    write_people_and_channels(visit, may, act);
    if (words)
        may_draft_box(visit, &draft, back->words.length > 0 ? back->typed : may_draft_words(may));
    ui_button(out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_form_close(out);
    may_frame_close(visit, &frame);
}

void may_how_page(struct visit *visit)
{
    static const struct back none;
    struct may *may = may_of(visit);
    if (may == NULL || may_get(may, SLICE("actor")).length == 0)
        response_see(visit->response, may_at(visit, MAY_AT_WHO));
    else if (may_get(may, SLICE("act")).length == 0)
        response_see(visit->response, may_at(visit, MAY_AT_WHAT));
    else
        write(visit, may, &none);
}

/* What the register said of somebody holds as long as it is they who is meant. */
static void keep_or_forget(struct may *may, struct slice other)
{
    if (!id_is_none(&may->other) && !slice_equal(other, may_get(may, SLICE("other"))))
        may_drop_known(may, MAY_KNOWN_OTHER);
}

/* Nothing chosen is an answer too: there is nobody, or no channel. */
static bool take(struct visit *visit, struct may *may, enum word_place place, size_t field,
                 struct slice key)
{
    struct slice joined, nothing = place == WORD_PERSON ? SLICE("nobody") : SLICE("none");
    if (!may_join(visit_policy(visit), place, &visit->form->at[field], visit->arena, &joined))
        return false;
    if (place == WORD_PERSON) keep_or_forget(may, joined.length > 0 ? joined : nothing);
    return may_set(may, key, joined.length > 0 ? joined : nothing, SLICE_EMPTY);
}

/* The words, where the act has use for any; those of another act are forgotten. */
static void take_words(struct visit *visit, struct may *may, struct back *back)
{
    if (may_compares(visit)) return;
    if (may_draft_offered(visit, may)) {
        back->typed = form_value(visit->form, MAY_HOW_WORDS);
        back->words = may_draft_take(visit, may, back->typed);
    } else {
        may_draft_forget(may);
    }
}

void may_how_answer(struct visit *visit)
{
    struct may *may = may_of(visit);
    struct back back = {.done = SLICE_EMPTY, .words = SLICE_EMPTY};
    struct slice done = form_value(visit->form, MAY_HOW_DONE), missing = may_missing(visit, may);
    if (missing.length > 0 && !slice_equal(missing, may_at(visit, MAY_AT_HOW))) {
        response_see(visit->response, missing);
        return;
    }
    if (is_event(visit, act_of(visit, may))) done = SLICE("yes");
    if (!take(visit, may, WORD_PERSON, MAY_HOW_OTHER, SLICE("other")) ||
        !take(visit, may, WORD_CHANNEL, MAY_HOW_VIA, SLICE("via")) ||
        !may_set(may, SLICE("done"), done, SLICE_EMPTY)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    take_words(visit, may, &back);
    if (done.length == 0) back.done = SLICE("Say whether it has happened already");
    if (back.done.length + back.words.length > 0)
        write(visit, may, &back);
    else
        may_go_on(visit);
}
