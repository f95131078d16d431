/* A one-time link: opening it shows a form and changes nothing; sending the form sets the password and uses the link up. The
 * secret stands in the address of the first page alone, in no title, no log and no link to elsewhere. */
#include "page/signin.h"

const struct field invitation_fields[] = {
    [INVITATION_SECRET] = {"secret", form_is_hex, SIGNIN_SECRET_LENGTH, 1},
    [INVITATION_EMAIL] = {"email", form_is_line, 254, 1}, /* for password managers; not read */
    [INVITATION_PASSWORD] = {"password", form_is_line, SIGNIN_PASSWORD_LARGEST, 1},
    [INVITATION_CODE] = {"code", form_is_line, 40, 1},
};

static void write_form(struct visit *visit, struct slice secret, const struct signin_link *link,
                       const struct signin_fault *fault)
{
    struct text *out = visit->out;
    struct slice none = SLICE_EMPTY;
    struct ui_question questions[] = {
        signin_question("code", SLICE("Sign-in code"),
                        SLICE("The six digits that your app shows now, or one of your recovery "
                              "codes"),
                        fault->field == SIGNIN_CODE ? fault->words : none),
        signin_question(
            "password", SLICE("New password"),
            SLICE("At least 10 characters. Three words that have nothing to do with each "
                  "other make a good one"),
            fault->field == SIGNIN_NEW ? fault->words : none),
    };
    struct ui_question email =
        signin_question("email", SLICE("Your e-mail address"), SLICE("You sign in with it"), none);
    struct slice title = link->reset ? SLICE("Choose a new password") : SLICE("Choose a password");
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE_EMPTY, SLICE_EMPTY, fault->field != SIGNIN_FINE);
    signin_problem(visit, questions, 2);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (!link->reset) ui_paragraph(out, SLICE("Welcome. This link works once, for you alone."));
    ui_form_open_helped(out, SLICE("/invitation"), visit_token(visit));
    ui_hidden(out, SLICE("secret"), secret);
    ui_entry(out, &email, UI_ENTRY_EMAIL, SLICE("username"), link->email);
    if (link->wants_code) ui_entry(out, &questions[0], UI_ENTRY_CODE, SLICE("one-time-code"), none);
    ui_entry(out, &questions[1], UI_ENTRY_SECRET, SLICE("new-password"), none);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Save my password"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

static void gone(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    error_set(&error, ERROR_REQUEST, "This link no longer holds.");
    error_advise(&error, "Each is used once, within three days. Ask the office for a new one.");
    visit_refuse(visit, 404, &error);
}

/* The link of a secret; where it no longer holds the visit is answered. */
static bool find(struct visit *visit, struct slice secret, struct signin_link *ret_link)
{
    struct error error = {.code = ERROR_NONE};
    bool found;
    if (!signin_link(visit_record(visit), secret, visit->arena, ret_link, &found, &error)) {
        here_fail(visit, &error);
        return false;
    }
    if (!found) gone(visit);
    return found;
}

void invitation_page(struct visit *visit)
{
    struct signin_link link;
    struct signin_fault fine = {SIGNIN_FINE, SLICE_EMPTY};
    struct slice secret =
        slice_part(visit->request->path, SLICE("/invitation/").length, visit->request->path.length);
    if (find(visit, secret, &link)) write_form(visit, secret, &link, &fine);
}

void invitation_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_link link;
    struct signin_fault fault;
    struct signin_from from = visit_from(visit);
    struct slice device, secret = form_value(visit->form, INVITATION_SECRET);
    if (!find(visit, secret, &link)) return;
    if (!signin_use_link(visit_record(visit), secret, form_value(visit->form, INVITATION_PASSWORD),
                         form_value(visit->form, INVITATION_CODE), &from, visit->arena, &fault,
                         &device, &error)) {
        here_fail(visit, &error);
    } else if (fault.field != SIGNIN_FINE) {
        write_form(visit, secret, &link, &fault);
    } else {
        visit_set_cookie(visit, DEVICE_COOKIE, device, SIGNIN_DEVICE_SECONDS);
        response_see(visit->response, SLICE("/invitation"));
    }
}

void invitation_done_page(struct visit *visit)
{
    struct ui_frame frame =
        here_frame_open(visit, SLICE("Your password is set"), SLICE_EMPTY, SLICE_EMPTY, false);
    ui_panel(visit->out, SLICE("Your password is set"), SLICE("Your link is used up"));
    ui_start(visit->out, SLICE("/sign-in"), SLICE("Sign in"));
    ui_frame_close(visit->out, &frame);
}
