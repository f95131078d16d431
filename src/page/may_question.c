/* One question a page, put as the vocabulary puts it, with "I don't know" always among the answers. The form carries the key
 * that it answers, so that a page from the browser's history still answers its own question. */
#include "page/may_draft.h"

static bool yes(struct slice value)
{
    return slice_is(value, "yes");
}

const struct field may_question_fields[] = {
    [MAY_QUESTION_KEY] = {"key", form_is_line, 300, 1},
    [MAY_QUESTION_ANSWER] = {"answer", form_is_line, 300, 1},
    [MAY_QUESTION_ASKED] = {"asked", form_is_line, 600, 1},
    [MAY_QUESTION_UNKNOWN] = {"unknown", yes, 3, 1},
};

/* Said as the vocabulary writes it; `given FROM a parent`, `refused ...`, `missing` are the answers about a record. */
static struct slice answer_words(struct slice answer, bool record, struct arena *arena)
{
    size_t from = slice_search(answer, SLICE(" FROM "));
    struct slice giver = slice_part(answer, from + 6, answer.length);
    if (!record) return may_capital(answer, arena);
    if (slice_is(answer, "missing")) return SLICE("No, not yet");
    bool given = slice_starts(answer, SLICE("given"));
    if (giver.length == 0)
        return given ? SLICE("Yes, it has been given") : SLICE("It was refused, or taken back");
    return arena_format(arena, given ? "Yes, from %.*s" : "It was refused, or taken back, by %.*s",
                        SLICE_PRINT(giver));
}

static void write_choices(struct visit *visit, const struct question *asked,
                          const struct ui_question *question)
{
    struct may_options options = {0};
    for (size_t at = 0; at < asked->answers.count; at++)
        LIST_PUSH(
            visit->arena, &options.list,
            (struct ui_option){.value = asked->answers.at[at],
                               .words = answer_words(asked->answers.at[at],
                                                     asked->kind == QUESTION_RECORD, visit->arena),
                               .hint = SLICE_EMPTY});
    LIST_PUSH(visit->arena, &options.list,
              (struct ui_option){.value = SLICE("don't know"),
                                 .words = SLICE("I don\xe2\x80\x99t know"),
                                 .hint = SLICE_EMPTY,
                                 .divided = true});
    ui_radios(visit->out, question, options.list.at, options.list.count);
    ui_button(visit->out, UI_BUTTON_MAIN, SLICE("Continue"));
}

static struct slice value_hint(const struct fact *fact, struct arena *arena)
{
    if (fact->kind == FACT_TIME) return SLICE("For example, 18:30");
    if (fact->kind == FACT_DATE) return SLICE("For example, 2025-09-01");
    if (fact->unit.length == 0) return SLICE("A whole number");
    return arena_format(arena, "A whole number of %.*s", SLICE_PRINT(fact->unit));
}

static void write_value(struct visit *visit, const struct policy *policy,
                        const struct question *asked, struct ui_question *question)
{
    const struct fact *fact = asked->fact >= 0 ? &policy->words.facts.at[asked->fact] : NULL;
    bool number = fact != NULL && fact->kind == FACT_NUMBER;
    question->hint =
        fact != NULL ? value_hint(fact, visit->arena) : SLICE("For example, 2026-09-01 18:05");
    ui_input(visit->out, question, SLICE_EMPTY, number ? 4 : 10, number);
    HTML(visit->out, "<div class=\"govuk-button-group\">\n");
    ui_button(visit->out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_button_value(visit->out, UI_BUTTON_SECOND,
                    fact != NULL ? SLICE("I don\xe2\x80\x99t know") : SLICE("It is now"),
                    SLICE_EMPTY, SLICE("unknown"), SLICE("yes"));
    HTML(visit->out, "</div>\n");
}

/* Back is a form: it takes the last answer back, and no address may say so. */
static void write_back(struct visit *visit, const struct may *may)
{
    size_t last = may->count;
    while (last > 0 && (may->at[last - 1].asked.length == 0 || may->at[last - 1].from != MAY_SAID))
        last--;
    if (last == 0) {
        HTML(visit->out, "<a class=\"govuk-back-link\"");
        html_href(visit->out, may_at(visit, MAY_AT_HOW));
        HTML(visit->out, ">Back</a>\n");
        return;
    }
    ui_form_open(visit->out, may_at(visit, MAY_AT_CHANGE), visit_token(visit));
    HTML(visit->out,
         "<button type=\"submit\" name=\"which\" class=\"govuk-back-link lanyard-back\" value=\"");
    html_number(visit->out, (int64_t)last);
    HTML(visit->out, "\">Back</button>\n");
    ui_form_close(visit->out);
}

/* What the words of a draft say to it. */
static void write_places(struct visit *visit, const struct question *asked)
{
    struct error error = {.code = ERROR_NONE};
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct may_draft *draft = ARENA_NEW(visit->arena, struct may_draft);
    if (may_compares(visit) || may_draft_words(may_of(visit)).length == 0) return;
    if (may_whole(visit, may_of(visit), request, draft, &error))
        may_marks_hint(visit, draft, request, asked);
}

static void write(struct visit *visit, const struct decision *decision, struct slice error)
{
    struct text *out = visit->out;
    const struct may *may = may_of(visit);
    const struct question *asked = &decision->question;
    struct ui_question question = {.name = SLICE("answer"),
                                   .words = may_capital(asked->text, visit->arena),
                                   .hint = SLICE_EMPTY,
                                   .error = error,
                                   .heading = true,
                                   .size = UI_LARGE};
    struct ui_frame frame = may_frame_open(visit, question.words, SLICE_EMPTY, error.length > 0);
    write_back(visit, may);
    if (error.length > 0) ui_problem(out, &question, 1);
    write_places(visit, asked);
    ui_form_open(out, may_at(visit, MAY_AT_QUESTION), visit_token(visit));
    ui_hidden(out, SLICE("key"), asked->key);
    ui_hidden(out, SLICE("asked"), question.words); /* for the list of what was said */
    if (asked->answers.count > 0)
        write_choices(visit, asked, &question);
    else
        write_value(visit, decision->policy, asked, &question);
    ui_form_close(out);
    HTML(out, "<p class=\"govuk-body-s\">");
    html_link(out, may_at(visit, MAY_AT_CHECK), SLICE("What you said so far"));
    HTML(out, "</p>\n");
    may_compare_now(visit);
    may_frame_close(visit, &frame);
}

/* Where a question about people or channels is put, the first pages have the answer. */
static struct slice page_of(const struct visit *visit, enum question_kind kind)
{
    switch (kind) {
    case QUESTION_ACTOR: return may_at(visit, MAY_AT_WHO);
    case QUESTION_OTHER:
    case QUESTION_VIA: return may_at(visit, MAY_AT_HOW);
    case QUESTION_SHOWN: return may_at(visit, MAY_AT_SHOWN);
    case QUESTION_NONE: return may_at(visit, MAY_AT_ANSWER);
    default: return SLICE_EMPTY;
    }
}

static void ask(struct visit *visit, struct slice error)
{
    struct decision *decision = ARENA_NEW(visit->arena, struct decision);
    if (!may_decide(visit, decision)) return;
    bool open = decision->verdict == VERDICT_NEED_ANSWER;
    struct slice elsewhere = page_of(visit, open ? decision->question.kind : QUESTION_NONE);
    if (elsewhere.length > 0)
        response_see(visit->response, elsewhere);
    else
        write(visit, decision, error);
}

void may_question_page(struct visit *visit)
{
    ask(visit, SLICE_EMPTY);
}

/* Facts, records and judgements only: who and what have their own pages. */
static bool key_allowed(struct slice key)
{
    return slice_starts(key, SLICE("fact ")) || slice_starts(key, SLICE("record ")) ||
           slice_starts(key, SLICE("judgement ")) || slice_starts(key, SLICE("shown ")) ||
           slice_is(key, "on");
}

static struct slice now_words(struct arena *arena)
{
    char day[11];
    struct moment now = moment_now();
    date_format(date_from_day(now.day), day);
    return arena_format(arena, "%s %02d:%02d", day, now.minute / 60, now.minute % 60);
}

void may_question_answer(struct visit *visit)
{
    struct slice key = form_value(visit->form, MAY_QUESTION_KEY);
    struct slice value = form_value(visit->form, MAY_QUESTION_ANSWER);
    struct may *may = may_of(visit);
    if (may_missing(visit, may).length > 0) {
        response_see(visit->response, may_missing(visit, may));
        return;
    }
    if (!key_allowed(key)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (form_value(visit->form, MAY_QUESTION_UNKNOWN).length > 0)
        value = slice_is(key, "on") ? now_words(visit->arena) : SLICE("don't know");
    if (value.length == 0) {
        ask(visit, SLICE("Choose an answer, or say that you don\xe2\x80\x99t know"));
        return;
    }
    if (!may_try(visit, key, value)) {
        ask(visit, SLICE("That is not an answer to this question; look at the hint"));
        return;
    }
    struct slice asked = form_value(visit->form, MAY_QUESTION_ASKED);
    if (asked.length == 0) asked = may_capital(key, visit->arena);
    if (!may_set(may, key, value, asked))
        visit_refuse(visit, 400, NULL);
    else
        may_go_on(visit);
}
