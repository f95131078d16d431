/* Telling somebody: the ways outside stand first, then to whom it goes is shown before it is sent. Where it is about somebody
 * in the record that is not shown: who is passed over would tell on whoever is close to them. The one it is about never gets
 * it and never learns of it. */
#include "page/keeping.h"
#include "service/outside.h"

const struct field tell_fields[] = {
    HERE_ORDER_FIELD,
    [TELL_ROLE] = {"role", form_is_id, 40, 1},
    [TELL_ABOUT] = {"about", form_is_id, 2 * ID_SIZE, 1},
    [TELL_PERSON] = {"person", form_is_hex, 2 * ID_SIZE, 1},
    [TELL_NAMED] = {"named", form_is_line, 200, 1},
    [TELL_TEXT] = {"text", form_is_text, KEEPING_TELL_LARGEST, 1},
};

#define TELL SLICE("/tell")

/* To whom somebody may choose to tell it, and when to choose them. */
struct tell_to {
    enum role role;
    struct slice words, when;
};
static const struct tell_to to[] = {
    {ROLE_DSL, SLICE("The designated safeguarding lead"),
     SLICE("It is about a child, or about how an adult behaves with children")},
    {ROLE_HEADTEACHER, SLICE("The headteacher"), SLICE("Anything else that is not right")},
    {ROLE_DPO, SLICE("The data protection officer"),
     SLICE("Somebody's personal data is where it should not be")},
    {ROLE_CHAIR, SLICE("The chair of the board"), SLICE("It is about the headteacher")},
};
#define TO_COUNT (sizeof to / sizeof *to)

/* What was typed so far, and what is wrong with it. */
struct telling {
    struct slice role, about, named, text;
    struct slice about_error, text_error;
    const struct person_seen *person; /* chosen from the register; NULL: nobody */
};

/* ---- the ways outside ----------------------------------------------------------------------------- */

static void write_outside(struct text *out)
{
    size_t count;
    const struct outside_row *rows = outside_rows(&count);
    ui_details_open(out, SLICE("Ways outside, at any time"));
    HTML(out, "<ul class=\"govuk-list govuk-list--spaced\">\n");
    for (size_t i = 0; i < count; i++) {
        HTML(out, "<li><strong>");
        html_text(out, rows[i].name);
        HTML(out, "</strong>: ");
        html_text(out, rows[i].number);
        HTML(out, "<br><span class=\"lanyard-soft\">");
        html_text(out, rows[i].for_whom);
        HTML(out, "</span></li>\n");
    }
    HTML(out, "</ul>\n");
    ui_details_close(out);
}

/* ---- the form ------------------------------------------------------------------------------------- */

static struct slice goes_words(struct visit *visit, const struct tell_to *choice,
                               struct error *error, bool *ret_done)
{
    struct tell_seen goes;
    AUTO_TEXT struct text words;
    text_init(&words, 2000);
    *ret_done = keeping_tell_goes(visit_record(visit), &visit_person(visit)->who.person,
                                  choice->role, visit->arena, &goes, error);
    if (!*ret_done) return SLICE_EMPTY;
    text_add(&words, choice->when);
    text_add_string(&words, goes.list.count > 0 ? ". Today it goes to " : "");
    for (size_t i = 0; i < goes.list.count; i++) {
        if (i > 0) text_add_string(&words, i + 1 == goes.list.count ? " and " : "; ");
        text_add(&words, goes.list.at[i].name);
    }
    if (goes.list.count > 0)
        text_format(&words, " (%.*s)", SLICE_PRINT(goes.role));
    else
        text_add_string(&words, ". Nobody here can get it today: use a way outside");
    return arena_copy(visit->arena, text_slice(&words));
}

static bool write_roles(struct visit *visit, const struct telling *telling, struct error *error)
{
    struct ui_option options[TO_COUNT];
    struct ui_question question =
        keeping_question("role", SLICE("Who should know?"), SLICE_EMPTY, SLICE_EMPTY);
    for (size_t i = 0; i < TO_COUNT; i++) {
        bool done = true;
        struct slice hint =
            telling->person != NULL ? to[i].when : goes_words(visit, &to[i], error, &done);
        if (!done) return false;
        struct slice code = role_row(to[i].role)->code;
        options[i] = (struct ui_option){
            .value = code,
            .words = to[i].words,
            .hint = hint,
            .checked = telling->role.length > 0 ? slice_equal(code, telling->role) : i == 0};
    }
    ui_radios(visit->out, &question, options, TO_COUNT);
    return true;
}

static void write_about(struct visit *visit, const struct telling *telling,
                        const struct ui_question *question)
{
    struct tell_seen line;
    keeping_tell_line(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &line);
    struct ui_option *options = ARENA_ARRAY(visit->arena, struct ui_option, line.list.count + 1);
    for (size_t i = 0; i < line.list.count; i++) {
        struct slice hex = keeping_hex(&line.list.at[i].id, visit->arena);
        options[i] = (struct ui_option){.value = hex,
                                        .words = line.list.at[i].name,
                                        .hint = SLICE_EMPTY,
                                        .checked = slice_equal(hex, telling->about)};
    }
    options[line.list.count] = (struct ui_option){.value = SLICE("no"),
                                                  .words = SLICE("No, about none of them"),
                                                  .hint = SLICE_EMPTY,
                                                  .checked = slice_is(telling->about, "no"),
                                                  .divided = line.list.count > 0};
    ui_radios(visit->out, question, options, line.list.count + 1);
}

static void write_person(struct visit *visit, const struct person_seen *person)
{
    ui_hidden(visit->out, SLICE("person"), keeping_hex(&person->id, visit->arena));
    ui_inset(visit->out,
             arena_format(visit->arena,
                          "It is about %.*s. It goes to whoever looks after this and is no part of "
                          "the matter; who that is is not shown here.",
                          SLICE_PRINT(person->name)));
}

static void write_questions(struct visit *visit, const struct telling *telling,
                            const struct ui_question *about, const struct ui_question *text)
{
    struct text *out = visit->out;
    struct ui_question named = keeping_question(
        "named", SLICE("Whom is it about? (optional)"),
        SLICE("A name, or whatever you know. It is sealed with the rest"), SLICE_EMPTY);
    if (telling->person != NULL) {
        write_person(visit, telling->person);
    } else {
        write_about(visit, telling, about);
        ui_input(out, &named, telling->named, 20, false);
    }
    ui_textarea(out, text, telling->text, 8);
}

static void write(struct visit *visit, const struct telling *telling)
{
    struct error error = {.code = ERROR_NONE};
    struct text *out = visit->out;
    struct slice title = SLICE("Tell somebody");
    struct ui_question questions[] = {
        keeping_question("about", SLICE("Is it about one of these people, or close to them?"),
                         SLICE("They would get it otherwise. Whoever you choose does not get it "
                               "and does not learn of it"),
                         telling->about_error),
        keeping_question("text", SLICE("What do you want to tell?"),
                         SLICE("Who, what, when, where: as much as you know. It is sealed, and "
                               "opened by those it goes to"),
                         telling->text_error)};
    bool problem = telling->about_error.length > 0 || telling->text_error.length > 0;
    struct ui_frame frame = here_frame_open(visit, title, TELL, SLICE_EMPTY, problem);
    if (problem) ui_problem(out, questions, 2);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    danger_write(out);
    write_outside(out);
    ui_form_open(out, TELL, visit_token(visit));
    here_order_field(visit);
    if (!write_roles(visit, telling, &error)) {
        here_fail(visit, &error);
        return;
    }
    write_questions(visit, telling, &questions[0], &questions[1]);
    ui_paragraph(out, SLICE("Those who get it see that it comes from you if you say so in the "
                            "text; your name is kept with it under the same seal."));
    ui_button(out, UI_BUTTON_MAIN, SLICE("Send it"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void tell_page(struct visit *visit)
{
    const struct telling telling = {.role = SLICE_EMPTY,
                                    .about = SLICE_EMPTY,
                                    .named = SLICE_EMPTY,
                                    .text = SLICE_EMPTY,
                                    .about_error = SLICE_EMPTY,
                                    .text_error = SLICE_EMPTY};
    write(visit, &telling);
}

/* Somebody of the register, for those who may see them. False: the visit was answered. */
static bool see(struct visit *visit, const struct id *id, struct person_seen *ret_person)
{
    struct error error = {.code = ERROR_NONE};
    bool found;
    if (!keeping_see(visit_record(visit), &visit_person(visit)->who.person, ACT_BAR_PARENT, id,
                     visit->arena, ret_person, &found, &error))
        here_fail(visit, &error);
    else if (!found)
        visit_refuse(visit, 404, NULL);
    else
        return true;
    return false;
}

void tell_about_page(struct visit *visit)
{
    struct id id;
    struct person_seen person;
    struct telling telling = {.role = SLICE_EMPTY,
                              .about = SLICE_EMPTY,
                              .named = SLICE_EMPTY,
                              .text = SLICE_EMPTY,
                              .about_error = SLICE_EMPTY,
                              .text_error = SLICE_EMPTY,
                              .person = &person};
    if (keeping_path_id(visit, SLICE("/tell/about/"), &id) && see(visit, &id, &person))
        write(visit, &telling);
}

/* ---- sending -------------------------------------------------------------------------------------- */

/* One of those who could get it; of anybody else the form knows nothing. */
static bool in_line(struct visit *visit, struct slice hex, struct id *ret_org)
{
    struct tell_seen line;
    keeping_tell_line(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &line);
    *ret_org = line.org;
    for (size_t i = 0; i < line.list.count; i++)
        if (slice_equal(keeping_hex(&line.list.at[i].id, visit->arena), hex)) return true;
    return false;
}

/* Sent to the people of the teller's own organisation, or of that of whom it is about. */
static bool fill(struct visit *visit, const struct telling *telling, struct order *order)
{
    struct id org;
    bool known = in_line(visit, telling->about, &org);
    order_set(order, visit->arena, "text", telling->text);
    order_set(order, visit->arena, "named", telling->named);
    if (telling->role.length > 0) order_set(order, visit->arena, "role", telling->role);
    if (telling->person != NULL) {
        order_set(order, visit->arena, "about", keeping_hex(&telling->person->id, visit->arena));
        return true;
    }
    order_set(order, visit->arena, "org", keeping_hex(&org, visit->arena));
    if (known) order_set(order, visit->arena, "about", telling->about);
    return known || slice_is(telling->about, "no");
}

static bool take(struct visit *visit, struct telling *telling, struct person_seen *person)
{
    struct slice hex = form_value(visit->form, TELL_PERSON);
    struct id id;
    *telling =
        (struct telling){.role = form_value(visit->form, TELL_ROLE),
                         .about = form_value(visit->form, TELL_ABOUT),
                         .named = form_value(visit->form, TELL_NAMED),
                         .text = keeping_lines(form_value(visit->form, TELL_TEXT), visit->arena),
                         .about_error = SLICE_EMPTY,
                         .text_error = SLICE_EMPTY};
    if (hex.length > 0) {
        if (!id_read(hex, &id)) {
            visit_refuse(visit, 400, NULL);
            return false;
        }
        if (!see(visit, &id, person)) return false;
        telling->person = person;
    }
    if (telling->text.length == 0) telling->text_error = SLICE("Write what you want to tell");
    if (telling->person == NULL && telling->about.length == 0)
        telling->about_error = SLICE("Say whether it is about one of these people");
    return true;
}

void tell_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct telling telling;
    struct person_seen person;
    if (!here_order(visit, TELL_ORDER, ACT_TELL, &order) || !take(visit, &telling, &person)) return;
    if (telling.text_error.length > 0 || telling.about_error.length > 0) {
        write(visit, &telling);
        return;
    }
    if (!fill(visit, &telling, &order)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (keeping_do(visit, &order, TELL, &outcome))
        keeping_done(visit, outcome.again ? SLICE("It was sent before") : SLICE("Thank you"),
                     outcome.again ? SLICE("This form has been sent already; it is there once.")
                                   : outcome.sentence,
                     TELL, SLICE("Tell something else"));
}
