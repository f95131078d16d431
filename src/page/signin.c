/* Signing in and out: address and password, then the code where codes are set up. Nobody is told whether an address is known.
 * A right password waits for its code in the browser's session, in memory, for five minutes. */
#include "page/signin.h"

#include <assert.h>
#include <string.h>

const struct field sign_in_fields[] = {
    [SIGN_IN_EMAIL] = {"email", form_is_line, 254, 1},
    [SIGN_IN_PASSWORD] = {"password", form_is_line, SIGNIN_PASSWORD_LARGEST, 1},
};
const struct field sign_in_code_fields[] = {
    [SIGN_IN_CODE] = {"code", form_is_line, 40, 1},
};
const struct field sign_out_fields[] = {
    [SIGN_OUT_EVERYWHERE] = {"everywhere", form_is_id, 3, 1},
};

struct ui_question signin_question(const char *name, struct slice words, struct slice hint,
                                   struct slice error)
{
    return (struct ui_question){
        .name = slice_of(name), .words = words, .hint = hint, .error = error, .size = UI_SMALL};
}

void signin_problem(struct visit *visit, const struct ui_question *questions, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (questions[i].error.length > 0) {
            ui_problem(visit->out, questions, count);
            return;
        }
}

/* ---- a right password that waits for its code ---- */

static_assert(sizeof(struct signin_half) <= SESSION_NOTE, "it has to fit the session's note");

static struct signin_half half_of(const struct visit *visit)
{
    struct signin_half half = {.until = 0};
    if (visit->session != NULL) memcpy(&half, visit->session->note, sizeof half);
    return half;
}

static void half_set(struct visit *visit, const struct signin_half *half)
{
    explicit_bzero(visit->session->note, SESSION_NOTE);
    if (half != NULL) memcpy(visit->session->note, half, sizeof *half);
}

/* ---- address and password ---- */

static void write_sign_in(struct visit *visit, struct slice email, struct slice email_error,
                          struct slice password_error)
{
    struct ui_question questions[] = {
        signin_question("email", SLICE("E-mail address"), SLICE_EMPTY, email_error),
        signin_question("password", SLICE("Password"), SLICE_EMPTY, password_error),
    };
    bool problem = email_error.length > 0 || password_error.length > 0;
    struct ui_frame frame =
        here_frame_open(visit, SLICE("Sign in"), SLICE("/account"), SLICE_EMPTY, problem);
    signin_problem(visit, questions, 2);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Sign in"));
    ui_form_open_helped(visit->out, SLICE("/sign-in"), visit_token(visit));
    ui_entry(visit->out, &questions[0], UI_ENTRY_EMAIL, SLICE("username"), email);
    ui_entry(visit->out, &questions[1], UI_ENTRY_SECRET, SLICE("current-password"), SLICE_EMPTY);
    ui_button(visit->out, UI_BUTTON_MAIN, SLICE("Sign in"));
    ui_form_close(visit->out);
    ui_details_open(visit->out, SLICE("I cannot sign in"));
    ui_paragraph(
        visit->out,
        SLICE("You come in for the first time with a link that the school gives you. If you "
              "forgot your password, or lost your phone and your recovery codes, ask the "
              "office or the administrator in person to start a reset."));
    ui_paragraph(
        visit->out,
        SLICE("You need no account to ask May I?, to read the policy, or to tell somebody."));
    ui_details_close(visit->out);
    ui_frame_close(visit->out, &frame);
}

void sign_in_page(struct visit *visit)
{
    if (visit_person(visit) != NULL)
        response_see(visit->response, SLICE("/home"));
    else
        write_sign_in(visit, SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY);
}

static struct slice no_words(struct visit *visit, const struct signin_result *result,
                             struct slice wrong)
{
    if (result->answer == SIGNIN_BUSY)
        return SLICE("Very many people are signing in. Wait a moment and try again");
    if (result->answer != SIGNIN_WAIT) return wrong;
    return arena_format(visit->arena,
                        "Too many attempts from here. Try again in %lld %s, or from a device that "
                        "you signed in on before",
                        (long long)result->wait, result->wait == 1 ? "second" : "seconds");
}

/* Signed in: the session's cookie, and the device's for the next time. */
static void let_in(struct visit *visit, const struct signin_result *result)
{
    half_set(visit, NULL);
    visit_set_cookie(visit, SIGNED_IN_COOKIE, result->secret, SIGNIN_SESSION_SECONDS);
    visit_set_cookie(visit, DEVICE_COOKIE, result->device, SIGNIN_DEVICE_SECONDS);
    response_see(visit->response, SLICE("/home"));
}

static void ask_code(struct visit *visit, const struct signin_result *result)
{
    struct error error = {.code = ERROR_NONE};
    if (!visit_new_session(visit, &error)) {
        here_fail(visit, &error);
        return;
    }
    half_set(visit, &result->half);
    response_see(visit->response, SLICE("/sign-in/code"));
}

void sign_in_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_result result;
    struct signin_from from = visit_from(visit);
    struct slice email = form_value(visit->form, SIGN_IN_EMAIL);
    struct slice password = form_value(visit->form, SIGN_IN_PASSWORD);
    if (email.length == 0 || password.length == 0) {
        write_sign_in(visit, email,
                      email.length == 0 ? SLICE("Enter your e-mail address") : SLICE_EMPTY,
                      password.length == 0 ? SLICE("Enter your password") : SLICE_EMPTY);
    } else if (!signin_password(visit_record(visit), email, password, &from, visit->arena, &result,
                                &error)) {
        here_fail(visit, &error);
    } else if (result.answer == SIGNIN_DONE) {
        let_in(visit, &result);
    } else if (result.answer == SIGNIN_CODE_WANTED) {
        ask_code(visit, &result);
    } else {
        write_sign_in(
            visit, email, SLICE_EMPTY,
            no_words(visit, &result, SLICE("The e-mail address or the password is not right")));
    }
}

/* ---- the code ---- */

static void write_code(struct visit *visit, struct slice error)
{
    struct ui_question question = signin_question(
        "code", SLICE("Sign-in code"),
        SLICE("The six digits that your app shows now, or one of your recovery codes"), error);
    struct ui_frame frame = here_frame_open(visit, SLICE("Enter your sign-in code"),
                                            SLICE("/account"), SLICE("/sign-in"), error.length > 0);
    signin_problem(visit, &question, 1);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Enter your sign-in code"));
    ui_form_open_helped(visit->out, SLICE("/sign-in/code"), visit_token(visit));
    ui_entry(visit->out, &question, UI_ENTRY_CODE, SLICE("one-time-code"), SLICE_EMPTY);
    ui_button(visit->out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_form_close(visit->out);
    ui_frame_close(visit->out, &frame);
}

void sign_in_code_page(struct visit *visit)
{
    if (half_of(visit).until == 0)
        response_see(visit->response, SLICE("/sign-in"));
    else
        write_code(visit, SLICE_EMPTY);
}

void sign_in_code_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_result result;
    struct signin_half half = half_of(visit);
    struct signin_from from = visit_from(visit);
    struct slice code = form_value(visit->form, SIGN_IN_CODE);
    if (half.until == 0) {
        response_see(visit->response, SLICE("/sign-in"));
    } else if (code.length == 0) {
        write_code(visit, SLICE("Enter your sign-in code"));
    } else if (!signin_code(visit_record(visit), &half, code, &from, visit->arena, &result,
                            &error)) {
        here_fail(visit, &error);
    } else if (result.answer == SIGNIN_DONE) {
        let_in(visit, &result);
    } else {
        write_code(visit, no_words(visit, &result,
                                   SLICE("This code does not hold. Each is used once: wait for the "
                                         "next one. After five minutes sign in again")));
    }
}

/* ---- out ---- */

void sign_out_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    const struct person_here *here = visit_person(visit);
    bool everywhere = slice_is(form_value(visit->form, SIGN_OUT_EVERYWHERE), "yes");
    if (!signin_out(visit_record(visit), &here->who, everywhere, visit->arena, &error)) {
        here_fail(visit, &error);
        return;
    }
    visit_set_cookie(visit, SIGNED_IN_COOKIE, SLICE_EMPTY, 0);
    visit_end_session(visit); /* what was said to May I? is nobody's who sits down here next */
    response_see(visit->response, SLICE("/sign-out"));
}

void sign_out_page(struct visit *visit)
{
    struct ui_frame frame =
        here_frame_open(visit, SLICE("You are signed out"), SLICE_EMPTY, SLICE_EMPTY, false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("You are signed out"));
    HTML(visit->out, "<p class=\"govuk-body\">");
    html_link(visit->out, SLICE("/sign-in"), SLICE("Sign in again"));
    HTML(visit->out, " or ");
    html_link(visit->out, SLICE("/"), SLICE("go to the home page"));
    HTML(visit->out, ".</p>\n");
    ui_frame_close(visit->out, &frame);
}
