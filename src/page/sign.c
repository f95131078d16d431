/* The page on which somebody signs: why they are asked, what changed for them, the whole text, one box and one button. What was
 * shown is what is signed: the form carries its hash. */
#include "page/keeping.h"
#include "page/signing.h"

#include "base/date.h"

const struct field sign_fields[] = {
    HERE_ORDER_FIELD,
    [SIGN_VERSION] = {"version", form_is_hex, (size_t)2 * ID_SIZE, 1},
    [SIGN_SEEN] = {"seen", form_is_hex, 64, 1},
    [SIGN_READ] = {"read", form_is_id, 10, 1},
};

#define PAGE SLICE("/sign")
#define SIGN_TITLE SLICE("Sign the policy")

/* ---- words ----------------------------------------------------------------------------------------- */

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* `Designated safeguarding lead` within a sentence; `HR adviser` stays as it is, and who is in the office is not one. */
static void add_title(struct text *words, enum role role)
{
    struct slice title = role_row(role)->title;
    if (role == ROLE_OFFICE || role == ROLE_SLT_MEMBER || role == ROLE_EMPLOYEE)
        text_add_string(words, "member of the ");
    bool initials = title.length > 1 && title.at[1] >= 'A' && title.at[1] <= 'Z';
    text_add_char(words, initials ? title.at[0] : small(title.at[0]));
    text_add(words, slice_part(title, 1, title.length));
}

struct slice signing_roles(uint64_t roles, struct arena *arena)
{
    AUTO_TEXT struct text words;
    text_init(&words, 2000);
    int left = __builtin_popcountll(roles);
    for (int role = 0; role < ROLES; role++) {
        if ((roles & role_bit((enum role)role)) == 0) continue;
        if (words.length > 0) text_add_string(&words, left == 1 ? " and " : ", ");
        add_title(&words, (enum role)role);
        left--;
    }
    return arena_copy(arena, text_slice(&words));
}

static struct slice day_words(int64_t day, struct arena *arena)
{
    return date_words(date_from_day(day), arena);
}

struct slice signing_why(struct record *record, const struct signoff *signoff, bool own,
                         struct arena *arena)
{
    const char *who = own ? "You have" : "They have", *whose = own ? "your" : "their";
    struct slice roles = signing_roles(signoff->asked, arena);
    switch (signoff->why) {
    case SIGNOFF_NEVER: return arena_format(arena, "%s not signed it before.", who);
    case SIGNOFF_ROLE:
        return arena_format(arena, "%s a role now that %s last signature does not cover: %.*s.",
                            who, whose, SLICE_PRINT(roles));
    case SIGNOFF_CHANGED:
        return arena_format(arena,
                            "Since %s last signature it has changed what it means for: %.*s.",
                            whose, SLICE_PRINT(roles));
    case SIGNOFF_MATERIAL: break;
    }
    struct slice reason = signoff_reason(record, &signoff->because, arena);
    return reason.length == 0
               ? SLICE("Whoever approved it asks everybody to sign again.")
               : arena_format(arena, "Whoever approved it asks everybody to sign again: %.*s",
                              SLICE_PRINT(reason));
}

/* ---- the page -------------------------------------------------------------------------------------- */

static void say_due(struct visit *visit, const struct signoff *signoff)
{
    struct arena *arena = visit->arena;
    struct slice why = signing_why(visit_record(visit), signoff, true, arena);
    struct slice due = day_words(signoff->due, arena);
    ui_paragraph(visit->out, why);
    if (signoff->overdue)
        ui_warning(visit->out, arena_format(arena, "It was to be signed by %.*s. Please do it now.",
                                            SLICE_PRINT(due)));
    else
        ui_paragraph(visit->out, arena_format(arena, "Please sign by %.*s.", SLICE_PRINT(due)));
}

static struct ui_question read_question(bool missed)
{
    struct ui_question question = keeping_question(
        "read", SLICE("Your signature"),
        SLICE("It is recorded with today's date, and you get a certificate of it."), SLICE_EMPTY);
    if (missed) question.error = SLICE("Tick the box once you have read it");
    question.size = UI_MEDIUM;
    return question;
}

static void write_form(struct visit *visit, const struct policy *policy,
                       const struct signoff *signoff, bool missed)
{
    struct text *out = visit->out;
    struct ui_question question = read_question(missed);
    struct ui_option option = {
        .value = SLICE("yes"),
        .words = arena_format(visit->arena, "I have read %.*s, version %.*s, and will act by it",
                              SLICE_PRINT(policy->document.title),
                              SLICE_PRINT(policy->document.version)),
        .hint = SLICE_EMPTY};
    HTML(out, "<div class=\"lanyard-noprint\">\n");
    ui_form_open(out, PAGE, visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("version"), keeping_hex(&signoff->version, visit->arena));
    ui_hidden(out, SLICE("seen"), signoff_text(policy, visit->arena));
    ui_checkboxes(out, &question, &option, 1);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Sign"));
    ui_form_close(out);
    HTML(out, "</div>\n");
}

static void write_owed(struct visit *visit, const struct policy *policy,
                       const struct signoff *signoff, bool missed)
{
    struct text *out = visit->out;
    struct ui_question question = read_question(missed);
    struct ui_frame frame = here_frame_open(visit, SIGN_TITLE, PAGE, SLICE("/home"), missed);
    if (missed) ui_problem(out, &question, 1);
    ui_caption(out, UI_LARGE,
               arena_format(visit->arena, "%.*s, version %.*s", SLICE_PRINT(policy->document.title),
                            SLICE_PRINT(policy->document.version)));
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SIGN_TITLE);
    say_due(visit, signoff);
    HTML(out, "<p class=\"govuk-body lanyard-noprint\">");
    html_link(out, SLICE("#read"), SLICE("Go to the signature"));
    HTML(out, ", below the text.</p>\n");
    signing_changes(visit, signoff);
    signing_text(out, policy, signoff->roles, visit->arena);
    write_form(visit, policy, signoff, missed);
    ui_frame_close(out, &frame);
}

static void write_nothing_owed(struct visit *visit, const struct signoff *signoff)
{
    struct text *out = visit->out;
    struct ui_frame frame = here_frame_open(visit, SIGN_TITLE, PAGE, SLICE("/home"), false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("There is nothing for you to sign"));
    if (id_is_none(&signoff->version))
        ui_paragraph(out, SLICE("No policy is in force yet."));
    else if (signoff->roles == 0)
        ui_paragraph(out, SLICE("The policy in force binds none of the roles that you hold today. "
                                "If that is wrong, ask the office: a role of yours may have "
                                "ended, or is not recorded yet."));
    else
        ui_paragraph(out,
                     arena_format(visit->arena, "You signed on %.*s.",
                                  SLICE_PRINT(day_words(signoff->signature.day, visit->arena))));
    if (signoff->signed_before)
        keeping_link_line(out,
                          keeping_address("/certificates/", &signoff->signature.id, visit->arena),
                          SLICE("The certificate of your last signature"));
    if (!id_is_none(&signoff->version))
        keeping_link_line(out, SLICE("/policy"), SLICE("Read the policy"));
    ui_frame_close(out, &frame);
}

static void show(struct visit *visit, bool missed)
{
    struct signoff signoff;
    struct error error = {.code = ERROR_NONE};
    struct record *record = visit_record(visit);
    signoff_of(record, &visit_person(visit)->who.person, &signoff);
    if (!signoff.owed) {
        write_nothing_owed(visit, &signoff);
        return;
    }
    const struct policy *policy = record_policy_version(record, &signoff.version, &error);
    if (policy == NULL) {
        here_fail(visit, &error);
        return;
    }
    write_owed(visit, policy, &signoff, missed);
    record_policy_let_go(record, policy);
}

void sign_page(struct visit *visit)
{
    show(visit, false);
}

/* ---- the form -------------------------------------------------------------------------------------- */

/* A clause said no: its heading alone would not help somebody whose role ended this morning. */
static void write_refused(struct visit *visit, const struct outcome *outcome)
{
    struct text *out = visit->out;
    struct slice title = SLICE("Your signature was not taken");
    visit->response->status = 403;
    struct ui_frame frame = here_frame_open(visit, title, PAGE, PAGE, false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, SLICE("The policy is signed by those whom it binds today, for themselves, "
                            "after the page has shown them the whole text. One of these is not "
                            "so: a role of yours may have ended, or the page was an old one."));
    ui_paragraph(out, outcome->sentence);
    keeping_link_line(out, PAGE, SLICE("Open the page again"));
    ui_paragraph(out, SLICE("Nothing was signed. That it was refused has been recorded."));
    ui_frame_close(out, &frame);
}

/* What has changed since the page was shown: the version, or that it is signed by now. */
static void write_late(struct visit *visit, const struct error *error)
{
    struct text *out = visit->out;
    struct slice title = SLICE("Your signature was not taken");
    visit->response->status = 409;
    struct ui_frame frame = here_frame_open(visit, title, PAGE, PAGE, false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, arena_format(visit->arena, "This is why: %s.", error->sentence));
    if (error->advice[0] != '\0')
        ui_paragraph(out, arena_format(visit->arena, "%s.", error->advice));
    keeping_link_line(out, PAGE, SLICE("Open the page again"));
    ui_frame_close(out, &frame);
}

void sign_answer(struct visit *visit)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    if (!here_order(visit, SIGN_ORDER, ACT_SIGN_POLICY, &order)) return;
    if (!slice_is(form_value(visit->form, SIGN_READ), "yes")) {
        show(visit, true);
        return;
    }
    order_set(&order, visit->arena, "person",
              keeping_hex(&visit_person(visit)->who.person, visit->arena));
    order_set(&order, visit->arena, "version", form_value(visit->form, SIGN_VERSION));
    order_set(&order, visit->arena, "seen", form_value(visit->form, SIGN_SEEN));
    if (!desk_do(visit_record(visit), &order, visit->arena, &outcome, &error)) {
        if (error.code == ERROR_REQUEST)
            write_late(visit, &error);
        else
            here_fail(visit, &error);
    } else if (outcome.done || outcome.again) {
        response_see(visit->response, SLICE("/sign/done"));
    } else {
        write_refused(visit, &outcome);
    }
}

void sign_done_page(struct visit *visit)
{
    struct signoff signoff;
    struct text *out = visit->out;
    signoff_of(visit_record(visit), &visit_person(visit)->who.person, &signoff);
    if (signoff.owed || !signoff.signed_before) {
        response_see(visit->response, PAGE);
        return;
    }
    struct slice title = SLICE("You have signed the policy");
    struct ui_frame frame = here_frame_open(visit, title, PAGE, SLICE_EMPTY, false);
    ui_panel(out, title, day_words(signoff.signature.day, visit->arena));
    ui_paragraph(out, SLICE("You are asked again only when it changes what it means for you, when "
                            "you take on another role, or when whoever approves it says why "
                            "everybody should."));
    keeping_link_line(out, keeping_address("/certificates/", &signoff.signature.id, visit->arena),
                      SLICE("Your certificate"));
    keeping_link_line(out, SLICE("/home"), SLICE("To your home page"));
    ui_frame_close(out, &frame);
}
