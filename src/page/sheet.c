/* What somebody else records about a person's signing and training: a sheet of paper, a course; and what stands of both on the
 * person's page. */
#include "page/keeping.h"
#include "page/signing.h"

#include "base/date.h"

const struct field sheet_fields[] = {
    [SHEET_ORDER] = HERE_ORDER_FIELD,
    [SHEET_VERSION] = {"version", form_is_hex, (size_t)2 * ID_SIZE, 1},
    PEOPLE_DAY_FIELDS("signed"),
};
const struct field training_fields[] = {
    [TRAINING_ORDER] = HERE_ORDER_FIELD,
    [TRAINING_COURSE] = {"course", form_is_id, 40, 1},
    PEOPLE_DAY_FIELDS("done"),
    PEOPLE_DAY_FIELDS("until"),
};

static void go_back(struct people *people, const struct id *person, const char *done)
{
    response_see(people->visit->response, people_address(people, person, done));
}

/* ---- a sheet --------------------------------------------------------------------------------------- */

struct sheet {
    struct typed_day signed_on;
    struct slice iso, wrong_day, wrong;
};

static void write_sheet(struct people *people, const struct registered *person,
                        const struct signoff *signoff, const struct sheet *sheet)
{
    struct ui_question question =
        people_question("signed", SLICE("Date on the sheet"), SLICE("For example, 27 3 2027"));
    question.error = sheet->wrong_day;
    struct people_form form = {.title = SLICE("Record a signature on paper"),
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = &question,
                               .count = 1,
                               .wrong = sheet->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out, SLICE("You have the sheet in front of you, and keep it: what you "
                                    "record is as good as a signature on the screen, and your "
                                    "name stands beside it."));
    ui_hidden(people->out, SLICE("version"), people_hex(people, &signoff->version));
    ui_date(people->out, &question, sheet->signed_on.day, sheet->signed_on.month,
            sheet->signed_on.year);
    people_form_close(people, &frame, UI_BUTTON_MAIN, SLICE("Record it"));
}

/* Nothing to record: said with a way on. */
static void write_no_sheet(struct people *people, const struct registered *person,
                           const struct signoff *signoff)
{
    struct slice title = SLICE("There is nothing to record");
    struct slice back = people_address(people, &person->id, "");
    struct ui_frame frame = here_frame_open(people->visit, title, SLICE("/people"), back, false);
    ui_caption(people->out, UI_LARGE, people_called(people, person));
    ui_heading(people->out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (id_is_none(&signoff->version))
        ui_paragraph(people->out, SLICE("No policy is in force yet."));
    else if (signoff->roles == 0)
        ui_paragraph(people->out, SLICE("The policy in force binds none of the roles that this "
                                        "person holds today."));
    else
        ui_paragraph(people->out, SLICE("This person has signed the policy in force."));
    keeping_link_line(people->out, back, SLICE("Back to the person"));
    ui_frame_close(people->out, &frame);
}

static void show_sheet(struct people *people)
{
    struct signoff signoff;
    struct sheet sheet = {.signed_on = {SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY}};
    const struct registered *person = people_subject(people, 0, ACT_RECORD_SHEET);
    if (person == NULL) return;
    signoff_of(people->record, &person->id, &signoff);
    if (signoff.owed)
        write_sheet(people, person, &signoff, &sheet);
    else
        write_no_sheet(people, person, &signoff);
}

void sheet_page(struct visit *visit)
{
    people_visit(visit, show_sheet);
}

static void show_wrong_sheet(struct people *people, const struct id *id, struct sheet *sheet)
{
    struct signoff signoff;
    unsigned sees;
    const struct registered *person = viewer_person(&people->viewer, id, &sees);
    if (person == NULL) {
        people_nobody(people);
        return;
    }
    signoff_of(people->record, id, &signoff);
    if (slice_starts(sheet->wrong, SLICE("The date on the sheet"))) {
        sheet->wrong_day = sheet->wrong;
        sheet->wrong = SLICE_EMPTY;
    }
    write_sheet(people, person, &signoff, sheet);
}

static void record_sheet(struct people *people)
{
    struct order order;
    struct outcome outcome;
    struct sheet sheet = {.signed_on = people_typed(people->visit, SHEET_SIGNED)};
    const struct registered *person = people_subject(people, 0, ACT_RECORD_SHEET);
    if (person == NULL || !people_order(people, SHEET_ORDER, ACT_RECORD_SHEET, &order)) return;
    struct id id = person->id;
    if (!people_iso(people, &sheet.signed_on, &sheet.iso) || sheet.iso.length == 0) {
        sheet.wrong_day = SLICE("Date on the sheet must be a real date, such as 27 3 2027");
        show_wrong_sheet(people, &id, &sheet);
        return;
    }
    people_set_id(people, &order, "person", &id);
    people_set(people, &order, "version", form_value(people->visit->form, SHEET_VERSION));
    people_set(people, &order, "signed", sheet.iso);
    enum people_end end = people_do(people, &order, &outcome, &sheet.wrong);
    if (end == PEOPLE_DONE) go_back(people, &id, "/signed");
    if (end == PEOPLE_WRONG) show_wrong_sheet(people, &id, &sheet);
}

void sheet_answer(struct visit *visit)
{
    people_visit(visit, record_sheet);
}

/* ---- training -------------------------------------------------------------------------------------- */

struct training {
    struct slice course;
    struct typed_day done, until;
    struct slice done_iso, until_iso, wrong_course, wrong_done, wrong_until, wrong;
};

static void write_training(struct people *people, const struct registered *person,
                           const struct training *training)
{
    struct ui_option options[COURSES];
    struct ui_question questions[] = {
        people_question("course", SLICE("Which training?"), SLICE_EMPTY),
        people_question("done", SLICE("When was it?"), SLICE("For example, 27 3 2027")),
        people_question("until", SLICE("Last day on which it counts"),
                        SLICE("Leave it empty where it does not run out")),
    };
    questions[0].error = training->wrong_course;
    questions[1].error = training->wrong_done;
    questions[2].error = training->wrong_until;
    for (int course = 0; course < COURSES; course++)
        options[course] = (struct ui_option){
            .value = course_code((enum course)course),
            .words = course_words((enum course)course),
            .hint = SLICE_EMPTY,
            .checked = slice_equal(training->course, course_code((enum course)course))};
    struct people_form form = {.title = SLICE("Record training"),
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = questions,
                               .count = 3,
                               .wrong = training->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_radios(people->out, &questions[0], options, COURSES);
    ui_date(people->out, &questions[1], training->done.day, training->done.month,
            training->done.year);
    ui_date(people->out, &questions[2], training->until.day, training->until.month,
            training->until.year);
    people_form_close(people, &frame, UI_BUTTON_MAIN, SLICE("Record it"));
}

static void show_training(struct people *people)
{
    struct training training = {.done = people_typed_day(people, people->viewer.today),
                                .course = course_code(COURSE_POLICY)};
    const struct registered *person = people_subject(people, 0, ACT_RECORD_TRAINING);
    if (person != NULL) write_training(people, person, &training);
}

void training_page(struct visit *visit)
{
    people_visit(visit, show_training);
}

static bool read_training(struct people *people, struct training *training)
{
    training->course = form_value(people->visit->form, TRAINING_COURSE);
    training->done = people_typed(people->visit, TRAINING_DONE);
    training->until = people_typed(people->visit, TRAINING_UNTIL);
    if (course_of(training->course) == COURSES) training->wrong_course = SLICE("Choose a training");
    if (!people_iso(people, &training->done, &training->done_iso) || training->done_iso.length == 0)
        training->wrong_done = SLICE("The day must be a real date, such as 27 3 2027");
    if (!people_iso(people, &training->until, &training->until_iso))
        training->wrong_until = SLICE("The last day must be a real date, such as 27 3 2028");
    return training->wrong_course.length + training->wrong_done.length +
               training->wrong_until.length ==
           0;
}

static void show_wrong_training(struct people *people, const struct id *id,
                                struct training *training)
{
    unsigned sees;
    const struct registered *person = viewer_person(&people->viewer, id, &sees);
    if (person == NULL) {
        people_nobody(people);
        return;
    }
    if (slice_starts(training->wrong, SLICE("The day of the training"))) {
        training->wrong_done = training->wrong;
        training->wrong = SLICE_EMPTY;
    }
    write_training(people, person, training);
}

static void record_training(struct people *people)
{
    struct order order;
    struct outcome outcome;
    struct training training = {.wrong = SLICE_EMPTY};
    const struct registered *person = people_subject(people, 0, ACT_RECORD_TRAINING);
    if (person == NULL || !people_order(people, TRAINING_ORDER, ACT_RECORD_TRAINING, &order))
        return;
    struct id id = person->id;
    if (!read_training(people, &training)) {
        show_wrong_training(people, &id, &training);
        return;
    }
    people_set_id(people, &order, "person", &id);
    people_set(people, &order, "course", training.course);
    people_set(people, &order, "done", training.done_iso);
    if (training.until_iso.length > 0) people_set(people, &order, "until", training.until_iso);
    enum people_end end = people_do(people, &order, &outcome, &training.wrong);
    if (end == PEOPLE_DONE) go_back(people, &id, "/trained");
    if (end == PEOPLE_WRONG) show_wrong_training(people, &id, &training);
}

void training_answer(struct visit *visit)
{
    people_visit(visit, record_training);
}

/* ---- on the person's page -------------------------------------------------------------------------- */

static void write_signing(struct people *people, const struct registered *person, bool own)
{
    struct signoff signoff;
    struct text *out = people->out;
    signoff_of(people->record, &person->id, &signoff);
    if (signoff.roles == 0 && !signoff.signed_before) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("The policy"));
    if (signoff.owed)
        ui_paragraph(out, arena_format(people->arena, "To be signed by %.*s%s. %.*s",
                                       SLICE_PRINT(people_day(people, signoff.due)),
                                       signoff.overdue ? ", which is past" : "",
                                       SLICE_PRINT(signing_why(people->record, &signoff, own,
                                                               people->arena))));
    if (!signoff.signed_before) return;
    HTML(out, "<p class=\"govuk-body\">Signed on ");
    html_text(out, people_day(people, signoff.signature.day));
    HTML(out, ". ");
    html_link(out, keeping_address("/certificates/", &signoff.signature.id, people->arena),
              SLICE("The certificate"));
    HTML(out, "</p>\n");
}

static void write_trainings(struct people *people, const struct trainings *trainings)
{
    struct text *out = people->out;
    if (trainings->list.count == 0) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Training"));
    ui_list_open(out, false);
    for (size_t i = 0; i < trainings->list.count; i++) {
        const struct trained *trained = &trainings->list.at[i];
        struct slice until = trained->until == INT64_MAX
                                 ? SLICE_EMPTY
                                 : arena_format(people->arena, ", counts until %.*s",
                                                SLICE_PRINT(people_day(people, trained->until)));
        ui_list_item(out, arena_format(people->arena, "%.*s, on %.*s%.*s%s",
                                       SLICE_PRINT(course_words(trained->course)),
                                       SLICE_PRINT(people_day(people, trained->done)),
                                       SLICE_PRINT(until),
                                       trained->until < people->viewer.today ? " (over)" : ""));
    }
    ui_list_close(out, false);
}

bool signing_of_person(struct people *people, const struct registered *person, unsigned sees,
                       struct error *error)
{
    struct trainings trainings;
    bool own = register_same(people->view, &person->id, &people->viewer.person);
    bool looks_after = people_may(people, person, ACT_RECORD_SHEET) ||
                       people_may(people, person, ACT_RECORD_TRAINING);
    if ((sees & SEES_NAME) == 0 || (!own && !looks_after)) return true;
    if (!trainings_here(people->record, &person->id, people->arena, &trainings, error))
        return false;
    write_signing(people, person, own);
    write_trainings(people, &trainings);
    return true;
}
