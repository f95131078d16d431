/* The form that sets a calendar, with terms and INSET days as lines of text, as schools publish them. */
#include "page/calendar.h"
#include "service/calendars.h"

#define LINES_LARGEST ORDER_VALUE_LARGEST
#define TERM_ROWS 8
#define INSET_ROWS 5

const struct field calendar_fields[] = {
    [CALENDAR_ORDER] = HERE_ORDER_FIELD,
    [CALENDAR_NATION] = {"nation", form_is_id, 40, 1},
    [CALENDAR_LATE_FIELD] = {"late", form_is_line, 10, 1},
    [CALENDAR_TERMS] = {"terms", form_is_text, LINES_LARGEST, 1},
    [CALENDAR_INSET] = {"inset", form_is_text, LINES_LARGEST, 1},
};

/* What stands in the form. */
struct typed {
    struct slice nation, late, terms, inset;
    struct slice wrong_nation, wrong_late, wrong_terms, wrong_inset, wrong;
    bool own; /* the school has a calendar of its own, and somebody above it */
};
enum { ASKS_NATION, ASKS_LATE, ASKS_TERMS, ASKS_INSET, ASKS };

/* ---- the form ------------------------------------------------------------------------------------- */

static void write_nations(struct text *out, const struct ui_question *question, struct slice chosen)
{
    struct ui_option options[NATIONS - 1];
    for (size_t i = 1; i < NATIONS; i++)
        options[i - 1] =
            (struct ui_option){.value = nation_code((enum nation)i),
                               .words = nation_words((enum nation)i),
                               .hint = SLICE_EMPTY,
                               .checked = slice_equal(nation_code((enum nation)i), chosen)};
    ui_radios(out, question, options, NATIONS - 1);
}

static void fill_questions(struct ui_question *questions, const struct typed *typed)
{
    questions[ASKS_NATION] = people_question("nation", SLICE("Where is the school?"),
                                             SLICE("Each nation has bank holidays of its own"));
    questions[ASKS_LATE] = people_question(
        "late", SLICE("After how many minutes is it late to do what is owed at once?"),
        SLICE("60 unless your policy wants it sooner"));
    questions[ASKS_TERMS] = people_question(
        "terms", SLICE("When is there school?"),
        SLICE("The first and the last day of each half of a term, one a line, such as 2 September "
              "2026 to 23 October 2026. Leave the holidays out."));
    questions[ASKS_INSET] = people_question(
        "inset", SLICE("INSET days and others without school"),
        SLICE("One a line, such as 1 September 2026. Bank holidays and weekends are known."));
    questions[ASKS_NATION].error = typed->wrong_nation;
    questions[ASKS_LATE].error = typed->wrong_late;
    questions[ASKS_TERMS].error = typed->wrong_terms;
    questions[ASKS_INSET].error = typed->wrong_inset;
}

/* Behind the form: the way back to the calendar of whoever is above. */
static void write_above(struct people *people, const struct id *org)
{
    ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("No calendar of its own"));
    ui_paragraph(people->out, SLICE("The calendar of the organisation above counts again."));
    people_small_form(people, SLICE("/calendar/above"), UI_BUTTON_SECOND,
                      SLICE("Use the calendar above"), SLICE_EMPTY, SLICE("of"),
                      people_hex(people, org));
}

static void write_form(struct people *people, const struct id *org, const struct typed *typed)
{
    struct text *out = people->out;
    struct slice hex = people_hex(people, org);
    struct ui_question questions[ASKS];
    fill_questions(questions, typed);
    struct people_form form = {.title = SLICE("Set the school calendar"),
                               .caption = people_org_name(people, org),
                               .back =
                                   arena_format(people->arena, "/calendar/%.*s", SLICE_PRINT(hex)),
                               .questions = questions,
                               .count = ASKS,
                               .wrong = typed->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    write_nations(out, &questions[ASKS_NATION], typed->nation);
    ui_textarea(out, &questions[ASKS_TERMS], typed->terms, TERM_ROWS);
    ui_textarea(out, &questions[ASKS_INSET], typed->inset, INSET_ROWS);
    ui_input(out, &questions[ASKS_LATE], typed->late, 4, true);
    HTML(out, "<div class=\"govuk-button-group\" id=\"send\">\n");
    ui_button(out, UI_BUTTON_MAIN, SLICE("Save this calendar"));
    html_link(out, form.back, SLICE("Cancel"));
    HTML(out, "</div>\n");
    ui_form_close(out);
    if (typed->own) write_above(people, org);
    ui_frame_close(out, &frame);
}

/* ---- asking --------------------------------------------------------------------------------------- */

/* The organisation of the address, where the viewer may set its calendar; else the visit is answered. */
static bool find_org(struct people *people, struct slice hex, struct id *ret_org)
{
    if (!id_read(hex, ret_org) || register_org(people->view, ret_org) == NULL) {
        visit_refuse(people->visit, 404, NULL);
        return false;
    }
    if (allowed_in(viewer_acts(&people->viewer, ret_org), ACT_SET_CALENDAR)) return true;
    people_shut_out(people);
    return false;
}

static struct slice kept(const struct people *people, const struct calendar *calendar,
                         void (*write)(const struct calendar *calendar, struct text *out))
{
    AUTO_TEXT struct text text;
    text_init(&text, LINES_LARGEST);
    write(calendar, &text);
    return arena_copy(people->arena, text_slice(&text));
}

/* Whether the school has a calendar of its own that it could give up. */
static bool is_own(const struct people *people, const struct calendar_here *here,
                   const struct id *org)
{
    const struct org *row = register_org(people->view, org);
    return row != NULL && !id_is_none(&row->parent) && id_same(&here->whose, org);
}

static bool read_kept(struct people *people, const struct id *org, struct typed *typed)
{
    struct error error = {.code = ERROR_NONE};
    struct calendar_here here;
    if (!calendar_here(people->record, org, people->arena, &here, &error)) {
        here_fail(people->visit, &error);
        return false;
    }
    const struct calendar *calendar = &here.calendar;
    *typed = (struct typed){
        .nation = nation_code(calendar->nation),
        .late = arena_format(people->arena, "%lld", (long long)calendar->late),
        .terms = kept(people, calendar, calendar_write_terms),
        .inset = kept(people, calendar, calendar_write_closed),
        .own = is_own(people, &here, org),
    };
    return true;
}

static void show_form(struct people *people)
{
    struct id org;
    struct typed typed;
    if (find_org(people, people_part(people->visit, 0), &org) && read_kept(people, &org, &typed))
        write_form(people, &org, &typed);
}

void calendar_change_page(struct visit *visit)
{
    people_visit(visit, show_form);
}

/* ---- setting -------------------------------------------------------------------------------------- */

/* What the desk said stands beside the field that it is about. */
static void place_wrong(struct typed *typed, struct slice words)
{
    size_t all = words.length;
    if (slice_search(words, SLICE("terms")) < all)
        typed->wrong_terms = words;
    else if (slice_search(words, SLICE("INSET days")) < all)
        typed->wrong_inset = words;
    else if (slice_search(words, SLICE("minutes")) < all)
        typed->wrong_late = words;
    else if (slice_search(words, SLICE("nation")) < all)
        typed->wrong_nation = words;
    else
        typed->wrong = words;
}

static void done(struct people *people, const struct id *org)
{
    struct slice hex = people_hex(people, org);
    response_see(people->visit->response,
                 arena_format(people->arena, "/calendar/%.*s/saved", SLICE_PRINT(hex)));
}

static void set(struct people *people)
{
    struct id org;
    struct order order;
    struct outcome outcome;
    struct slice words = SLICE_EMPTY;
    const struct form *form = people->visit->form;
    struct typed typed, sent;
    enum people_end end = PEOPLE_WRONG;
    if (!find_org(people, people_part(people->visit, 0), &org) || !read_kept(people, &org, &typed))
        return;
    sent = (struct typed){.nation = form_value(form, CALENDAR_NATION),
                          .late = form_value(form, CALENDAR_LATE_FIELD),
                          .terms = form_value(form, CALENDAR_TERMS),
                          .inset = form_value(form, CALENDAR_INSET),
                          .own = typed.own};
    if (sent.nation.length == 0) {
        sent.wrong_nation = SLICE("Choose where the school is");
    } else {
        if (!people_order(people, CALENDAR_ORDER, ACT_SET_CALENDAR, &order)) return;
        people_set_id(people, &order, "org", &org);
        people_set(people, &order, "nation", sent.nation);
        people_set(people, &order, "late", sent.late);
        people_set(people, &order, "terms", sent.terms);
        people_set(people, &order, "inset", sent.inset);
        end = people_do(people, &order, &outcome, &words);
    }
    if (end == PEOPLE_DONE) done(people, &org);
    if (end != PEOPLE_WRONG) return;
    if (words.length > 0) place_wrong(&sent, words);
    write_form(people, &org, &sent);
}

void calendar_change_answer(struct visit *visit)
{
    people_visit(visit, set);
}

static void give_up(struct people *people)
{
    struct id org;
    struct order order;
    struct outcome outcome;
    struct slice words;
    struct typed typed;
    if (!find_org(people, form_value(people->visit->form, ONCE_OF), &org) ||
        !people_order(people, ONCE_ORDER, ACT_SET_CALENDAR, &order))
        return;
    people_set_id(people, &order, "org", &org);
    people_set(people, &order, "above", SLICE("yes"));
    enum people_end end = people_do(people, &order, &outcome, &words);
    if (end == PEOPLE_DONE) done(people, &org);
    if (end != PEOPLE_WRONG || !read_kept(people, &org, &typed)) return;
    typed.wrong = words;
    write_form(people, &org, &typed);
}

void calendar_above_answer(struct visit *visit)
{
    people_visit(visit, give_up);
}
