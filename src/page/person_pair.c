/* What is done to two people who are a pair already, each on a page that says what it means: ending a parent's link, asking to
 * lift a bar, lifting it, parting two records. The address names both. */
#include "page/person_pair.h"

#define REASON_LARGEST 1000

const struct field pair_fields[] = {
    [PAIR_ORDER] = HERE_ORDER_FIELD,
    [PAIR_REASON] = {"reason", form_is_text, REASON_LARGEST, 1},
};

struct doing {
    const char *path;
    enum record_act act;
    const char *one, *other; /* the desk's values */
    struct slice title, words, key_one, key_other, button;
    const char *done;
    bool reason, bars; /* a reason is needed; only for who sees bars */
};
static const struct doing doings[] = {
    {"/people/unlink/*", ACT_END_LINK, "child", "parent", SLICE("End a parent's link"),
     SLICE("They are no longer parent and child here. A bar, where there is one, stays."),
     SLICE("Child"), SLICE("Parent"), SLICE("End this link"), "/unlinked", false, false},
    {"/people/ask-lift/*", ACT_ASK_LIFT, "child", "parent", SLICE("Ask to lift a bar"),
     SLICE("Say why. Somebody else looks at it and agrees; until then the bar holds."),
     SLICE("Child"), SLICE("Barred"), SLICE("Ask to lift this bar"), "/asked", true, true},
    {"/people/lift/*", ACT_LIFT_BAR, "child", "parent", SLICE("Lift a bar"),
     SLICE(
         "From now on they see and receive what other parents do. Whoever asked cannot be the one "
         "who agrees."),
     SLICE("Child"), SLICE("Barred"), SLICE("Lift this bar"), "/lifted", false, true},
    {"/people/part/*", ACT_PART_SAME, "one", "other", SLICE("Part two records"),
     SLICE("They count as two people from then on."), SLICE("This record"), SLICE("The other"),
     SLICE("Part these records"), "/parted", false, false},
};

static const struct doing *doing_of(const struct visit *visit)
{
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++)
        if (slice_is(slice_of(doings[i].path), visit->route->path)) return &doings[i];
    return &doings[0];
}

struct pair {
    const struct registered *one, *other;
};

/* Both, as far as the viewer may see them; else the visit is answered. */
static bool find_pair(struct people *people, const struct doing *doing, enum record_act act,
                      struct pair *ret_pair)
{
    ret_pair->one = people_subject(people, 0, act);
    if (ret_pair->one == NULL) return false;
    if (doing->bars && !(viewer_sees(&people->viewer, ret_pair->one) & SEES_BARS)) {
        people_shut_out(people);
        return false;
    }
    ret_pair->other = people_subject(people, 1, ACTS);
    return ret_pair->other != NULL;
}

static void write_page(struct people *people, const struct doing *doing, const struct pair *pair,
                       struct slice reason, struct slice wrong_reason, struct slice wrong)
{
    struct ui_question question = people_question(
        "reason", SLICE("Reason"), SLICE("It is sealed, and every opening of it is written down"));
    question.error = wrong_reason;
    struct people_form form = {.title = doing->title,
                               .caption = people_called(people, pair->one),
                               .back = people_address(people, &pair->one->id, ""),
                               .questions = &question,
                               .count = doing->reason ? 1 : 0,
                               .wrong = wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out, doing->words);
    ui_summary_open(people->out);
    ui_summary_row(people->out, doing->key_one, people_called(people, pair->one));
    ui_summary_row(people->out, doing->key_other, people_called(people, pair->other));
    ui_summary_close(people->out);
    if (doing->reason) ui_textarea(people->out, &question, reason, 3);
    people_form_close(people, &frame, UI_BUTTON_WARNING, doing->button);
}

static void show(struct people *people)
{
    const struct doing *doing = doing_of(people->visit);
    struct pair pair;
    if (find_pair(people, doing, doing->act, &pair))
        write_page(people, doing, &pair, SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY);
}

void pair_page(struct visit *visit)
{
    people_visit(visit, show);
}

static void answer(struct people *people)
{
    const struct doing *doing = doing_of(people->visit);
    struct pair pair;
    struct order order;
    struct outcome outcome;
    struct slice reason = form_value(people->visit->form, PAIR_REASON), wrong = SLICE_EMPTY;
    if (!find_pair(people, doing, doing->act, &pair)) return;
    struct id one = pair.one->id;
    if (doing->reason && reason.length == 0) {
        write_page(people, doing, &pair, reason, SLICE("Say why"), wrong);
        return;
    }
    if (!people_order(people, PAIR_ORDER, doing->act, &order)) return;
    people_set_id(people, &order, doing->one, &pair.one->id);
    people_set_id(people, &order, doing->other, &pair.other->id);
    if (doing->reason) people_set(people, &order, "reason", reason);
    enum people_end end = people_do(people, &order, &outcome, &wrong);
    if (end == PEOPLE_DONE)
        response_see(people->visit->response, people_address(people, &one, doing->done));
    else if (end == PEOPLE_WRONG && find_pair(people, doing, ACTS, &pair))
        write_page(people, doing, &pair, reason, SLICE_EMPTY, wrong);
}

void pair_answer(struct visit *visit)
{
    people_visit(visit, answer);
}
