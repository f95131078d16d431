/* Recording that somebody has left, and letting somebody in: an invitation, a reset, and handing over the link that takes a
 * second person. A link's secret is shown once, on the answer to the form that made it. */
#include "page/person_leave.h"

const struct field leave_fields[] = {
    [LEAVE_ORDER] = HERE_ORDER_FIELD,
    PEOPLE_DAY_FIELDS("day"),
    [LEAVE_DESPITE] = PEOPLE_DESPITE,
};
const struct field let_in_fields[] = {
    [LET_IN_ORDER] = HERE_ORDER_FIELD,
    [LET_IN_LOST] = {"codes", form_is_id, 10, 1},
};

/* ---- has left ---- */

static void write_leave(struct people *people, const struct registered *person,
                        const struct typed_day *day, struct slice wrong_day, struct slice wrong)
{
    struct ui_question question =
        people_question("day", SLICE("Last day"), SLICE("For example, 31 8 2026"));
    question.error = wrong_day;
    struct people_form form = {.title = SLICE("Record that somebody has left"),
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = &question,
                               .count = 1,
                               .wrong = wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out,
                 SLICE("Their roles end, they are signed out, and what waited for them waits for "
                       "others. What is recorded about them stays."));
    ui_date(people->out, &question, day->day, day->month, day->year);
    people_ask_despite(people, wrong);
    people_form_close(people, &frame, UI_BUTTON_WARNING, SLICE("Record this"));
}

static void show_leave(struct people *people)
{
    const struct registered *person = people_subject(people, 0, ACT_RECORD_LEAVER);
    if (person == NULL) return;
    struct typed_day today = people_typed_day(people, people->viewer.today);
    write_leave(people, person, &today, SLICE_EMPTY, SLICE_EMPTY);
}

void person_leave_page(struct visit *visit)
{
    people_visit(visit, show_leave);
}

static void leave(struct people *people)
{
    struct order order;
    struct outcome outcome;
    struct slice iso, wrong_day = SLICE_EMPTY, wrong = SLICE_EMPTY;
    enum people_end end = PEOPLE_WRONG;
    const struct registered *person = people_subject(people, 0, ACT_RECORD_LEAVER);
    if (person == NULL) return;
    struct id id = person->id;
    struct typed_day day = people_typed(people->visit, LEAVE_DAY);
    if (!people_iso(people, &day, &iso) || iso.length == 0) {
        wrong_day = SLICE("Last day must be a real date, such as 31 8 2026");
    } else {
        if (!people_order(people, LEAVE_ORDER, ACT_RECORD_LEAVER, &order)) return;
        people_set_id(people, &order, "person", &id);
        people_set(people, &order, "day", iso);
        people_set(people, &order, DESK_DESPITE, form_value(people->visit->form, LEAVE_DESPITE));
        end = people_do(people, &order, &outcome, &wrong);
    }
    if (end == PEOPLE_DONE) {
        response_see(people->visit->response, people_address(people, &id, "/left"));
    } else if (end == PEOPLE_WRONG && (person = people_subject(people, 0, ACTS)) != NULL) {
        bool of_day = slice_starts(wrong, SLICE("The last day"));
        write_leave(people, person, &day, of_day ? wrong : wrong_day, of_day ? SLICE_EMPTY : wrong);
    }
}

void person_leave_answer(struct visit *visit)
{
    people_visit(visit, leave);
}

/* ---- letting in ---- */

struct letting {
    const char *path;
    enum record_act act;
    struct slice title, words, button;
    bool lost; /* asks whether the codes are lost as well */
};
static const struct letting lettings[] = {
    {"/people/invite/*", ACT_INVITE, SLICE("Send an invitation"),
     SLICE("You get a link to hand over to this person. It works once, for three days, and they "
           "choose their password with it. A link made before no longer works. Where they hold a "
           "role of trust, or are proposed for one, a second person makes the link and hands it "
           "over."),
     SLICE("Send the invitation"), false},
    {"/people/reset/*", ACT_START_RESET, SLICE("Start a reset"),
     SLICE(
         "For somebody who cannot get in. Make sure that you are speaking to them, not to somebody "
         "who says so by e-mail or telephone. You get a link that asks for one of their codes. "
         "Where they have no codes, a second person makes the link and hands it over."),
     SLICE("Start the reset"), true},
    {"/people/hand/*", ACT_HAND_RESET, SLICE("Hand over a link"),
     SLICE("Somebody else has invited this person, or has started a reset for them. Hand the link "
           "to them in person: it is all that is needed to become them."),
     SLICE("Make the link"), false},
};

static const struct letting *letting_of(const struct visit *visit)
{
    for (size_t i = 0; i < sizeof lettings / sizeof *lettings; i++)
        if (slice_is(slice_of(lettings[i].path), visit->route->path)) return &lettings[i];
    return &lettings[0];
}

static void write_let_in(struct people *people, const struct letting *letting,
                         const struct registered *person, struct slice wrong)
{
    struct ui_question question =
        people_question("codes", SLICE("Do they still have their sign-in codes?"), SLICE_EMPTY);
    struct ui_option options[] = {
        {.value = SLICE("there"), .words = SLICE("Yes, or a recovery code"), .checked = true},
        {.value = SLICE("lost"), .words = SLICE("No, or they never had any")},
    };
    struct people_form form = {.title = letting->title,
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = &question,
                               .count = 1,
                               .wrong = wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out, letting->words);
    if (letting->lost) ui_radios(people->out, &question, options, 2);
    people_form_close(people, &frame, UI_BUTTON_MAIN, letting->button);
}

static void show_let_in(struct people *people)
{
    const struct letting *letting = letting_of(people->visit);
    const struct registered *person = people_subject(people, 0, letting->act);
    if (person != NULL) write_let_in(people, letting, person, SLICE_EMPTY);
}

void let_in_page(struct visit *visit)
{
    people_visit(visit, show_let_in);
}

static struct slice link_of(struct people *people, struct slice secret)
{
    struct slice host = people->visit->request->host;
    if (slice_starts(secret, SLICE("/invitation/")))
        secret = slice_part(secret, SLICE("/invitation/").length, secret.length);
    return arena_format(people->arena, "%s://%.*s/invitation/%.*s",
                        people->visit->site->secure ? "https" : "http", SLICE_PRINT(host),
                        SLICE_PRINT(secret));
}

/* Shown once: only a hash of it is kept. */
static void write_link(struct people *people, const struct letting *letting,
                       const struct outcome *outcome, const struct registered *person)
{
    struct text *out = people->out;
    bool second = outcome->secret.length == 0;
    struct slice title = !second         ? SLICE("The link is made")
                         : letting->lost ? SLICE("The reset is started")
                                         : SLICE("The invitation waits for a second person");
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/people"), SLICE_EMPTY, false);
    ui_panel(out, title, people_called(people, person));
    if (outcome->again) {
        ui_paragraph(out,
                     SLICE("This form was sent twice. The link was shown the first time, once. "
                           "Make a new one where it is lost."));
    } else if (second) {
        ui_paragraph(out, SLICE("Somebody else has to make the link and hand it over: another "
                                "administrator, the head, the office, the safeguarding lead or a "
                                "governor. It waits among their tasks."));
    } else {
        ui_paragraph(out, SLICE("Hand it over in person. It is shown this once, works once and for "
                                "three days."));
        HTML(out, "<p class=\"govuk-body\"><code class=\"lanyard-secret\">");
        html_text(out, link_of(people, outcome->secret));
        HTML(out, "</code></p>\n");
    }
    HTML(out, "<p class=\"govuk-body\">");
    html_link(out, people_address(people, &person->id, ""), SLICE("Back to this person"));
    HTML(out, "</p>\n");
    ui_frame_close(out, &frame);
}

static void let_in(struct people *people)
{
    const struct letting *letting = letting_of(people->visit);
    struct order order;
    struct outcome outcome;
    struct slice wrong = SLICE_EMPTY;
    const struct registered *person = people_subject(people, 0, letting->act);
    if (person == NULL) return;
    struct id id = person->id;
    if (!people_order(people, LET_IN_ORDER, letting->act, &order)) return;
    people_set_id(people, &order, "person", &id);
    if (letting->lost)
        people_set(people, &order, "codes", form_value(people->visit->form, LET_IN_LOST));
    enum people_end end = people_do(people, &order, &outcome, &wrong);
    if (end == PEOPLE_ANSWERED || (person = people_subject(people, 0, ACTS)) == NULL) return;
    if (end == PEOPLE_DONE)
        write_link(people, letting, &outcome, person);
    else
        write_let_in(people, letting, person, wrong);
}

void let_in_answer(struct visit *visit)
{
    people_visit(visit, let_in);
}
