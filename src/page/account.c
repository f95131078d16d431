/* One's own account: who the record says I am, my password, my sign-in codes and recovery codes, where I am signed in. Each
 * change asks for the password again; codes are shown once, on the answer to the form that made them. */
#include "page/qr.h"
#include "page/signin.h"

#include <time.h>

const struct field password_fields[] = {
    [PASSWORD_EMAIL] = {"email", form_is_line, 254, 1}, /* for password managers; not read */
    [PASSWORD_OLD] = {"password", form_is_line, SIGNIN_PASSWORD_LARGEST, 1},
    [PASSWORD_NEW] = {"new-password", form_is_line, SIGNIN_PASSWORD_LARGEST, 1},
};
const struct field codes_fields[] = {
    [CODES_SEED] = {"seed", form_is_line, SIGNIN_SEED_LENGTH, 1},
    [CODES_PASSWORD] = {"password", form_is_line, SIGNIN_PASSWORD_LARGEST, 1},
    [CODES_CODE] = {"new-code", form_is_line, 40, 1},
    [CODES_OLD] = {"code", form_is_line, 40, 1},
};
const struct field recovery_fields[] = {
    [RECOVERY_PASSWORD] = {"password", form_is_line, SIGNIN_PASSWORD_LARGEST, 1},
    [RECOVERY_CODE] = {"code", form_is_line, 40, 1},
};

static const struct signin_fault fine = {SIGNIN_FINE, {"", 0}};

static struct slice said(const struct signin_fault *fault, enum signin_field field)
{
    return fault->field == field ? fault->words : SLICE_EMPTY;
}

/* ---- the account ---- */

static void link_line(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<li>");
    html_link(out, address, words);
    HTML(out, "</li>\n");
}

static struct slice moment_words(int64_t milliseconds, struct arena *arena)
{
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm local;
    char words[60];
    localtime_r(&seconds, &local);
    size_t length = strftime(words, sizeof words, "%e %B %Y at %H:%M", &local);
    return arena_copy(arena, slice_trim((struct slice){words, length}));
}

static void write_roles(struct text *out, const struct signin_who *who)
{
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you are here today"));
    if (who->role_count == 0) {
        ui_paragraph(out, SLICE("No role is recorded for you. If that is wrong, tell the office."));
        return;
    }
    ui_list_open(out, false);
    for (size_t i = 0; i < who->role_count; i++) ui_list_item(out, role_row(who->roles[i])->title);
    ui_list_close(out, false);
}

static void write_keys(struct text *out, const struct signin_who *who, size_t left)
{
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("How you sign in"));
    if (who->codes && left < 4)
        ui_warning(out, SLICE("You have few recovery codes left. Make new ones soon."));
    HTML(out, "<ul class=\"govuk-list\">\n");
    link_line(out, SLICE("/account/password"), SLICE("Change your password"));
    link_line(out, SLICE("/account/codes"),
              who->codes ? SLICE("Move sign-in codes to another app or phone")
                         : SLICE("Set up sign-in codes"));
    if (who->codes) link_line(out, SLICE("/account/recovery"), SLICE("Make new recovery codes"));
    HTML(out, "</ul>\n");
}

static void write_sessions(struct visit *visit, const struct signin_session *sessions, size_t count)
{
    static const struct slice heads[] = {SLICE("Signed in"), SLICE("Last used"), SLICE("Which")};
    struct text *out = visit->out;
    ui_table_open(out, SLICE("Where you are signed in"), heads, 3);
    for (size_t i = 0; i < count; i++) {
        struct slice cells[] = {moment_words(sessions[i].opened, visit->arena),
                                moment_words(sessions[i].used, visit->arena),
                                sessions[i].this_one ? SLICE("This one") : SLICE("Another one")};
        ui_table_row(out, cells, 3);
    }
    ui_table_close(out);
    ui_form_open(out, SLICE("/sign-out"), visit_token(visit));
    HTML(out, "<div class=\"govuk-button-group\">\n");
    ui_button(out, UI_BUTTON_MAIN, SLICE("Sign out"));
    if (count > 1)
        ui_button_value(out, UI_BUTTON_SECOND, SLICE("Sign out everywhere"), SLICE_EMPTY,
                        SLICE("everywhere"), SLICE("yes"));
    HTML(out, "</div>\n");
    ui_form_close(out);
}

void account_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    const struct signin_who *who = &visit_person(visit)->who;
    struct signin_session *sessions;
    size_t count, left;
    if (!signin_sessions(visit_record(visit), who, visit->arena, &sessions, &count, &error) ||
        !signin_recovery_left(visit_record(visit), &who->person, &left, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, SLICE("My account"), SLICE("/account"), SLICE_EMPTY, false);
    ui_caption(visit->out, UI_LARGE, who->name);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("My account"));
    write_roles(visit->out, who);
    write_keys(visit->out, who, left);
    write_sessions(visit, sessions, count);
    ui_frame_close(visit->out, &frame);
}

/* What stands at the end of a change. */
static void write_done(struct visit *visit, struct slice title, struct slice words)
{
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/account"), SLICE_EMPTY, false);
    ui_panel(visit->out, title, SLICE_EMPTY);
    ui_paragraph(visit->out, words);
    HTML(visit->out, "<p class=\"govuk-body\">");
    html_link(visit->out, SLICE("/account"), SLICE("Back to my account"));
    HTML(visit->out, "</p>\n");
    ui_frame_close(visit->out, &frame);
}

/* ---- password ---- */

static struct ui_question present_password(const struct signin_fault *fault)
{
    return signin_question("password", SLICE("Your present password"), SLICE_EMPTY,
                           said(fault, SIGNIN_PASSWORD));
}

static void write_password(struct visit *visit, const struct signin_fault *fault)
{
    struct text *out = visit->out;
    struct ui_question questions[] = {
        present_password(fault),
        signin_question(
            "new-password", SLICE("New password"),
            SLICE("At least 10 characters. Three words that have nothing to do with each "
                  "other make a good one"),
            said(fault, SIGNIN_NEW)),
    };
    struct ui_frame frame = here_frame_open(visit, SLICE("Change your password"), SLICE("/account"),
                                            SLICE("/account"), fault->field != SIGNIN_FINE);
    signin_problem(visit, questions, 2);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Change your password"));
    ui_paragraph(out, SLICE("You stay signed in here, and are signed out everywhere else."));
    ui_form_open_helped(out, SLICE("/account/password"), visit_token(visit));
    ui_entry(out, &questions[0], UI_ENTRY_SECRET, SLICE("current-password"), SLICE_EMPTY);
    ui_entry(out, &questions[1], UI_ENTRY_SECRET, SLICE("new-password"), SLICE_EMPTY);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Change my password"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void account_password_page(struct visit *visit)
{
    write_password(visit, &fine);
}

void account_password_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_fault fault;
    struct signin_from from = visit_from(visit);
    if (!signin_change_password(
            visit_record(visit), &visit_person(visit)->who, form_value(visit->form, PASSWORD_OLD),
            form_value(visit->form, PASSWORD_NEW), &from, visit->arena, &fault, &error))
        here_fail(visit, &error);
    else if (fault.field != SIGNIN_FINE)
        write_password(visit, &fault);
    else
        write_done(
            visit, SLICE("Your password is changed"),
            SLICE("Use the new one from now on. Links that were sent to you before no longer "
                  "hold."));
}

/* ---- codes ---- */

/* The secret in groups of four, to be typed by who cannot point a camera. */
static void write_seed(struct text *out, struct slice seed)
{
    HTML(out, "<p class=\"govuk-body\">Or type this secret into the app:<br><code "
              "class=\"lanyard-secret\">");
    for (size_t at = 0; at < seed.length; at += 4) {
        if (at > 0) HTML(out, " ");
        html_text(out, slice_part(seed, at, at + 4));
    }
    HTML(out, "</code></p>\n");
}

static void write_codes_form(struct visit *visit, struct slice seed,
                             const struct ui_question questions[3], bool before)
{
    struct text *out = visit->out;
    ui_form_open_helped(out, SLICE("/account/codes"), visit_token(visit));
    ui_hidden(out, SLICE("seed"), seed);
    ui_entry(out, &questions[0], UI_ENTRY_CODE, SLICE("one-time-code"), SLICE_EMPTY);
    if (before) ui_entry(out, &questions[1], UI_ENTRY_CODE, SLICE("off"), SLICE_EMPTY);
    ui_entry(out, &questions[2], UI_ENTRY_SECRET, SLICE("current-password"), SLICE_EMPTY);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Save"));
    ui_form_close(out);
}

static void write_codes(struct visit *visit, struct slice seed, struct slice address,
                        const struct signin_fault *fault)
{
    struct text *out = visit->out;
    const struct signin_who *who = &visit_person(visit)->who;
    struct ui_question questions[] = {
        signin_question("new-code", SLICE("Code from the app"),
                        SLICE("The six digits that the app shows for what you have just added"),
                        said(fault, SIGNIN_NEW_CODE)),
        signin_question("code", SLICE("Code from before"),
                        SLICE("From the app or phone that you used until now, or a recovery code"),
                        said(fault, SIGNIN_CODE)),
        present_password(fault),
    };
    struct slice title = SLICE("Set up sign-in codes");
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/account"),
                                            who->codes_wanted ? SLICE_EMPTY : SLICE("/account"),
                                            fault->field != SIGNIN_FINE);
    signin_problem(visit, questions, 3);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    if (who->codes_wanted)
        ui_inset(out,
                 SLICE("What you are here opens what is sealed, or approves what others do. So "
                       "your password alone is not enough, and this comes first."));
    ui_paragraph(out,
                 SLICE("Open an app for sign-in codes on your phone, or your password manager, "
                       "and let it read this picture."));
    if (!qr_write(out, address,
                  SLICE("A picture for your app to read; the same secret stands below")))
        ui_paragraph(out, SLICE("The picture could not be drawn."));
    write_seed(out, seed);
    write_codes_form(visit, seed, questions, who->codes);
    if (who->codes_wanted) {
        ui_form_open(out, SLICE("/sign-out"), visit_token(visit));
        ui_button(out, UI_BUTTON_LINK, SLICE("Sign out"));
        ui_form_close(out);
    }
    ui_frame_close(out, &frame);
}

static void show_codes_page(struct visit *visit, struct slice seed,
                            const struct signin_fault *fault)
{
    struct error error = {.code = ERROR_NONE};
    struct slice address;
    if (!signin_seed_address(visit_record(visit), &visit_person(visit)->who, seed, visit->arena,
                             &address, &error))
        visit_refuse(visit, 400, NULL);
    else
        write_codes(visit, seed, address, fault);
}

void account_codes_page(struct visit *visit)
{
    show_codes_page(visit, signin_seed(visit->arena), &fine);
}

/* Shown once: they are kept as hashes. */
static void write_recovery(struct visit *visit, struct slice title, struct slice codes)
{
    struct text *out = visit->out;
    struct slice line;
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/account"), SLICE_EMPTY, false);
    ui_panel(out, title, SLICE_EMPTY);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Your recovery codes"));
    ui_paragraph(out,
                 SLICE("Each lets you in once when your phone is not there. Print this page or "
                       "write them down, and keep them where you keep your keys. They are shown "
                       "this once."));
    HTML(out, "<ul class=\"govuk-list lanyard-codes\">\n");
    while (slice_line(&codes, &line)) {
        HTML(out, "<li><code>");
        html_text(out, line);
        HTML(out, "</code></li>\n");
    }
    HTML(out, "</ul>\n<p class=\"govuk-body\">");
    html_link(out, SLICE("/account"), SLICE("I have kept them: to my account"));
    HTML(out, "</p>\n");
    ui_frame_close(out, &frame);
}

void account_codes_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_fault fault;
    struct signin_from from = visit_from(visit);
    struct slice codes, seed = form_value(visit->form, CODES_SEED);
    if (!signin_set_codes(visit_record(visit), &visit_person(visit)->who,
                          form_value(visit->form, CODES_PASSWORD), seed,
                          form_value(visit->form, CODES_CODE), form_value(visit->form, CODES_OLD),
                          &from, visit->arena, &fault, &codes, &error)) {
        here_fail(visit, &error);
    } else if (fault.field != SIGNIN_FINE) {
        show_codes_page(visit, seed, &fault);
    } else {
        visit_forget_person(visit); /* the menu is another one now */
        write_recovery(visit, SLICE("Your sign-in codes are set up"), codes);
    }
}

/* ---- recovery codes ---- */

static void write_recovery_form(struct visit *visit, const struct signin_fault *fault)
{
    struct text *out = visit->out;
    struct ui_question questions[] = {
        signin_question("code", SLICE("Sign-in code"),
                        SLICE("The six digits that your app shows now, or a recovery code"),
                        said(fault, SIGNIN_CODE)),
        present_password(fault),
    };
    struct ui_frame frame =
        here_frame_open(visit, SLICE("Make new recovery codes"), SLICE("/account"),
                        SLICE("/account"), fault->field != SIGNIN_FINE);
    signin_problem(visit, questions, 2);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Make new recovery codes"));
    ui_paragraph(out, SLICE("You get ten new ones. Those you have now no longer hold afterwards."));
    ui_form_open_helped(out, SLICE("/account/recovery"), visit_token(visit));
    ui_entry(out, &questions[0], UI_ENTRY_CODE, SLICE("one-time-code"), SLICE_EMPTY);
    ui_entry(out, &questions[1], UI_ENTRY_SECRET, SLICE("current-password"), SLICE_EMPTY);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Make new codes"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void account_recovery_page(struct visit *visit)
{
    if (visit_person(visit)->who.codes)
        write_recovery_form(visit, &fine);
    else
        response_see(visit->response, SLICE("/account/codes"));
}

void account_recovery_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_fault fault;
    struct signin_from from = visit_from(visit);
    struct slice codes;
    if (!signin_new_recovery(visit_record(visit), &visit_person(visit)->who,
                             form_value(visit->form, RECOVERY_PASSWORD),
                             form_value(visit->form, RECOVERY_CODE), &from, visit->arena, &fault,
                             &codes, &error))
        here_fail(visit, &error);
    else if (fault.field != SIGNIN_FINE)
        write_recovery_form(visit, &fault);
    else
        write_recovery(visit, SLICE("Your new recovery codes"), codes);
}
