/* From a question to an act: what a signed-in asker does with the answer. They did it, or are doing it: then it is recorded, and
 * what follows from it becomes tasks; or they were only asking, and nothing is kept. Where somebody has to be told, one press
 * tells them. The address says nothing of what it is about. */
#include "page/keeping.h"
#include "page/may_draft.h"
#include "page/verdict.h"
#include "service/duties.h"

static bool is_stage(struct slice value)
{
    return slice_is(value, REPORT_DONE) || slice_is(value, REPORT_DOING) ||
           slice_is(value, REPORT_ARISEN);
}

const struct field may_act_fields[] = {
    HERE_ORDER_FIELD,
    [MAY_ACT_STAGE] = {"stage", is_stage, 10, 1},
    [MAY_ACT_TELL] = {"tell", form_is_id, 3, 1},
    [MAY_ACT_ABOUT] = {"about", form_is_id, 2 * ID_SIZE, 1},
    [MAY_ACT_WHY] = {"why", form_is_text, KEEPING_REASON_LARGEST, 1},
    [MAY_ACT_DAY] = {"happened-day", form_is_line, 10, 1},
    [MAY_ACT_MONTH] = {"happened-month", form_is_line, 10, 1},
    [MAY_ACT_YEAR] = {"happened-year", form_is_line, 10, 1},
};

#define ACT_AT SLICE("/may/act")

/* ---- whom it is about ----------------------------------------------------------------------------- */

/* Somebody with an office: then who it is decides who is told. */
static bool names_office(const struct request *request)
{
    const struct words *words = &request->policy->words;
    for (size_t i = 0; i < request->other.list.count; i++)
        for (int role = 0; role < ROLES; role++)
            if (role_row((enum role)role)->trusted &&
                slice_equal(role_row((enum role)role)->word,
                            words_word(words, WORD_PERSON, request->other.list.at[i])->id))
                return true;
    return false;
}

static bool is_chosen(const struct may *may)
{
    return !id_is_none(&may->other) || !id_is_none(&may->shown);
}

/* Nobody to choose where somebody was chosen from the register: then it is known whom it is about. */
static void write_about(struct visit *visit, const struct request *request, const char *name)
{
    struct tell_seen line;
    bool ask = names_office(request);
    struct ui_question question = keeping_question(
        name, SLICE("Is it about one of these people, or close to them?"),
        SLICE("Whoever you choose does not get it and does not learn of it"), SLICE_EMPTY);
    if (is_chosen(may_of(visit))) return;
    keeping_tell_line(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &line);
    struct ui_option *options = ARENA_ARRAY(visit->arena, struct ui_option, line.list.count + 2);
    size_t count = 0;
    if (ask)
        options[count++] = (struct ui_option){
            .value = SLICE_EMPTY, .words = SLICE("Choose"), .hint = SLICE_EMPTY, .checked = true};
    options[count++] = (struct ui_option){.value = SLICE("no"),
                                          .words = SLICE("No, about none of them"),
                                          .hint = SLICE_EMPTY,
                                          .checked = !ask};
    for (size_t i = 0; i < line.list.count; i++)
        options[count++] =
            (struct ui_option){.value = keeping_hex(&line.list.at[i].id, visit->arena),
                               .words = line.list.at[i].name,
                               .hint = SLICE_EMPTY};
    ui_select(visit->out, &question, options, count);
}

/* ---- what one may press --------------------------------------------------------------------------- */

static void open_form(struct visit *visit, const char *stage)
{
    ui_form_open(visit->out, ACT_AT, visit_token(visit));
    here_order_field(visit);
    ui_hidden(visit->out, SLICE("stage"), slice_of(stage));
}

void may_tell_write(struct visit *visit, const struct decision *decision,
                    const struct request *request)
{
    struct text *out = visit->out;
    bool now, arisen = !request->done && !decision->noted;
    if (!may_can_act(visit, request) || !report_tells(decision, arisen, &now)) return;
    HTML(out, "<div class=\"lanyard-tell lanyard-noprint\">\n");
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY,
               now ? SLICE("Somebody has to know of this at once")
                   : SLICE("Somebody has to know of this"));
    ui_paragraph(out, SLICE("If it is real, tell them now: what you answered here goes to them, "
                            "sealed, and what follows from it is written down for you."));
    open_form(visit, arisen ? REPORT_ARISEN : REPORT_DONE);
    ui_hidden(out, SLICE("tell"), SLICE("yes"));
    write_about(visit, request, "about");
    ui_button(out, UI_BUTTON_WARNING, SLICE("Tell them now"));
    ui_form_close(out);
    HTML(out, "</div>\n");
}

static void write_doing(struct visit *visit, bool why)
{
    struct ui_question question =
        keeping_question("why", SLICE("What you have, or why you go on"),
                         SLICE("One sentence is enough. It is sealed"), SLICE_EMPTY);
    open_form(visit, REPORT_DOING);
    if (why) ui_textarea(visit->out, &question, SLICE_EMPTY, 2);
    ui_button(visit->out, UI_BUTTON_SECOND, SLICE("I am doing this now"));
    ui_form_close(visit->out);
}

static struct slice number(struct visit *visit, int value)
{
    return arena_format(visit->arena, "%d", value);
}

static void write_done(struct visit *visit, const struct request *request)
{
    struct date today = date_from_day(record_today(visit_record(visit)));
    struct ui_question question = keeping_question(
        "happened", SLICE("When was it?"), SLICE("The policy of that day counts"), SLICE_EMPTY);
    open_form(visit, REPORT_DONE);
    ui_date(visit->out, &question, number(visit, today.day), number(visit, today.month),
            number(visit, today.year));
    if (names_office(request)) write_about(visit, request, "about");
    ui_button(visit->out, UI_BUTTON_SECOND, SLICE("This has happened"));
    ui_form_close(visit->out);
}

bool may_can_act(struct visit *visit, const struct request *request)
{
    const struct person_here *here = visit_person(visit);
    return here != NULL && !here->who.codes_wanted && !request->asker_given &&
           visit_may(visit, ACT_REPORT_ACT);
}

void may_act_write(struct visit *visit, const struct decision *decision,
                   const struct request *request)
{
    struct text *out = visit->out;
    bool why;
    if (visit_record(visit) == NULL) return;
    HTML(out, "<div class=\"lanyard-noprint\">\n");
    if (may_can_act(visit, request)) {
        ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Is it only a question?"));
        ui_paragraph(out, SLICE("Until you press one of these, nothing is recorded. What has "
                                "happened is kept with the clauses that answer it, sealed, and "
                                "what you have to do becomes a task."));
        if (!request->done && report_may_do(decision, &why)) write_doing(visit, why);
        write_done(visit, request);
    } else if (visit_person(visit) == NULL) {
        ui_paragraph(out, SLICE("People who sign in can record that it has happened, and what they "
                                "have to do becomes a task."));
    }
    HTML(out, "</div>\n");
}

/* ---- recording it --------------------------------------------------------------------------------- */

/* What the words of a draft answered, as somebody would have said it; they themselves are not recorded. */
static void add_found(struct text *said, const struct may_draft *draft,
                      const struct request *request, struct arena *arena)
{
    const struct words *words = &request->policy->words;
    if (draft->any && request->shown_given && request->shown.count == 0)
        report_add(said, SLICE("shown"), SLICE("nobody"));
    for (size_t i = 0; i < draft->uses.list.count; i++) {
        const struct screened_used *used = &draft->uses.list.at[i];
        if (used->kind == USED_ACT) {
            report_add(said, SLICE("also"), words->acts.at[used->act].word.id);
            continue;
        }
        struct slice fact = words->facts.at[used->fact].word.id, key;
        key = arena_format(arena, "fact %.*s", SLICE_PRINT(fact));
        if (used->kind == USED_NAMED) {
            const struct shown *shown = &request->shown.at[used->shown];
            struct slice name = arena_format(arena, "shown %.*s", SLICE_PRINT(shown->name));
            for (size_t k = 0; k < shown->roles.list.count; k++)
                report_add(said, name, words_word(words, WORD_PERSON, shown->roles.list.at[k])->id);
            key = arena_format(arena, "%.*s %.*s", SLICE_PRINT(name), SLICE_PRINT(key));
        }
        report_add(said, key, used->yes ? SLICE("yes") : SLICE("no"));
    }
}

static struct slice said_of(struct visit *visit, const struct may_draft *draft,
                            const struct request *request)
{
    AUTO_TEXT struct text said;
    struct ask ask;
    text_init(&said, REPORT_SAID_LARGEST);
    may_ask(visit, may_of(visit), &ask);
    for (size_t i = 0; i < ask.answers.count; i++)
        report_add(&said, ask.answers.at[i].key, ask.answers.at[i].value);
    add_found(&said, draft, request, visit->arena);
    return arena_copy(visit->arena, text_slice(&said));
}

static bool add_line(struct text *words, struct slice key, struct slice value)
{
    if (words->length + key.length + value.length + 3 > words->largest) return false;
    text_format(words, "\n%.*s %.*s", SLICE_PRINT(key), SLICE_PRINT(value));
    return true;
}

/* What those who are told read: the question, what was answered, and what the policy says. */
static struct slice words_of(struct visit *visit, const struct decision *decision,
                             const struct request *request, const struct may_draft *draft)
{
    AUTO_TEXT struct text words;
    const struct may *may = may_of(visit);
    const struct policy *policy = visit_policy(visit);
    struct may_found_list found;
    bool fits = true;
    text_init(&words, REPORT_WORDS_LARGEST - 100);
    text_format(&words, "Told from May I?\n\n%.*s\n%.*s. %.*s\n",
                SLICE_PRINT(may_summary(request, visit->arena)),
                SLICE_PRINT(verdict_heading(decision)),
                SLICE_PRINT(verdict_line(decision, visit->arena)));
    for (size_t at = 0; at < may->count && fits; at++)
        fits = add_line(&words, may_key_words(policy, &may->at[at], visit->arena),
                        may_value_words(policy, &may->at[at], visit->arena));
    may_marks_found(draft, request, visit->arena, &found);
    for (size_t i = 0; i < found.list.count && fits; i++)
        fits = add_line(&words, found.list.at[i].question, found.list.at[i].answer);
    return arena_copy(visit->arena, text_slice(&words));
}

static bool read_day(struct visit *visit, struct order *order)
{
    int64_t day, month, year;
    char iso[11];
    struct slice typed[] = {form_value(visit->form, MAY_ACT_DAY),
                            form_value(visit->form, MAY_ACT_MONTH),
                            form_value(visit->form, MAY_ACT_YEAR)};
    if (typed[0].length + typed[1].length + typed[2].length == 0) return true;
    if (!slice_number(typed[0], &day) || !slice_number(typed[1], &month) ||
        !slice_number(typed[2], &year) || day < 1 || day > 31 || month < 1 || month > 12 ||
        year < 1900 || year > 2200)
        return false;
    struct date date = {(int)year, (int)month, (int)day};
    if (!date_valid(date)) return false;
    date_format(date, iso);
    order_set(order, visit->arena, "happened", arena_copy(visit->arena, slice_of(iso)));
    return true;
}

/* Chosen from the register on the way, or one of those who would be told. */
static bool read_about(struct visit *visit, const struct request *request, struct order *order)
{
    const struct may *may = may_of(visit);
    struct slice about = form_value(visit->form, MAY_ACT_ABOUT);
    struct tell_seen line;
    if (!id_is_none(&may->shown))
        order_set(order, visit->arena, "shown", keeping_hex(&may->shown, visit->arena));
    if (!id_is_none(&may->other))
        order_set(order, visit->arena, "about", keeping_hex(&may->other, visit->arena));
    if (is_chosen(may) || slice_is(about, "no")) return true;
    if (about.length == 0) return !names_office(request);
    keeping_tell_line(visit_record(visit), &visit_person(visit)->who.person, visit->arena, &line);
    for (size_t i = 0; i < line.list.count; i++)
        if (slice_equal(keeping_hex(&line.list.at[i].id, visit->arena), about)) {
            order_set(order, visit->arena, "about", about);
            return true;
        }
    return false;
}

static void refuse(struct visit *visit, const char *words, const char *advice)
{
    struct error error = {.code = ERROR_NONE};
    error_set(&error, ERROR_REQUEST, "%s", words);
    error_advise(&error, "%s", advice);
    visit_refuse(visit, 400, &error);
}

struct asked {
    struct decision decision;
    struct request request;
    struct may_draft draft;
};

static bool fill(struct visit *visit, const struct asked *asked, struct slice stage,
                 struct order *order)
{
    const struct request *request = &asked->request;
    bool tell = slice_is(form_value(visit->form, MAY_ACT_TELL), "yes");
    order_set(order, visit->arena, "stage", stage);
    order_set(order, visit->arena, "said", said_of(visit, &asked->draft, request));
    order_set(order, visit->arena, "sentence", may_summary(request, visit->arena));
    order_set(order, visit->arena, "why",
              keeping_lines(form_value(visit->form, MAY_ACT_WHY), visit->arena));
    if (tell) {
        order_set(order, visit->arena, "tell", SLICE("yes"));
        order_set(order, visit->arena, "words",
                  words_of(visit, &asked->decision, request, &asked->draft));
    }
    if (!read_day(visit, order))
        refuse(visit, "The day has to be a real date, such as 27 3 2027.",
               "Nothing was recorded. Go back and put it right.");
    else if (!read_about(visit, request, order))
        refuse(visit, "Say whether it is about one of the people who would be told.",
               "Nothing was recorded. Go back and choose: they would get it otherwise.");
    else
        return true;
    return false;
}

/* Asked before it was done, the answer may be another once it is: then one more question may come first. */
static bool turn_done(struct visit *visit, struct slice stage, struct asked *asked)
{
    const struct decision *decision = &asked->decision;
    struct may *may = may_of(visit);
    if (slice_is(stage, REPORT_DONE) && may != NULL &&
        !slice_is(may_get(may, SLICE("done")), "yes") && may_get(may, SLICE("done")).length > 0 &&
        !may_set(may, SLICE("done"), SLICE("yes"), SLICE_EMPTY)) {
        visit_refuse(visit, 400, NULL);
        return false;
    }
    if (!may_decide_whole(visit, &asked->request, &asked->draft, &asked->decision)) return false;
    if (decision->verdict != VERDICT_NEED_ANSWER || decision->question.kind == QUESTION_NONE)
        return true;
    response_see(visit->response, may_at(visit, MAY_AT_QUESTION));
    return false;
}

void may_act_answer(struct visit *visit)
{
    struct asked *asked = ARENA_NEW(visit->arena, struct asked);
    struct slice stage = form_value(visit->form, MAY_ACT_STAGE);
    struct order order;
    struct outcome outcome;
    if (!here_order(visit, MAY_ACT_ORDER, ACT_REPORT_ACT, &order)) return;
    if (stage.length == 0) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (!turn_done(visit, stage, asked)) return;
    if (!fill(visit, asked, stage, &order) ||
        !keeping_do(visit, &order, SLICE("/may/answer"), &outcome))
        return;
    if (outcome.again) {
        response_see(visit->response, SLICE("/tasks"));
        return;
    }
    may_forget(may_of(visit));
    response_see(visit->response, keeping_address("/acts/", &outcome.made, visit->arena));
}
