/* Keeping an answer: what was asked and what came out, as JSON, sealed under a key of its own for the one who asked. It names
 * nobody: whoever was chosen from the register stands in it only by what they are. kept_show.c reads it again. */
#include "page/clause.h"
#include "page/keeping.h"
#include "page/may_draft.h"
#include "page/verdict.h"
#include "policy/print.h"

#define KEPT_LARGEST (60u << 10)

const struct field may_keep_fields[] = {
    HERE_ORDER_FIELD,
};

/* ---- words ---------------------------------------------------------------------------------------- */

static void word(struct json_writer *json, const char *key, struct slice value)
{
    json_key(json, slice_of(key));
    json_string(json, value);
}

static void write_duties(struct json_writer *json, const struct decision *decision,
                         const struct request *request, struct arena *arena)
{
    json_key(json, SLICE("duties"));
    json_open_array(json);
    for (size_t at = 0; at < decision->duties.count; at++)
        json_string(json, ask_duty_sentence(decision, &decision->duties.at[at], request, arena));
    json_close_array(json);
}

static void write_needs(struct json_writer *json, const struct decision *decision)
{
    json_key(json, SLICE("needs"));
    json_open_array(json);
    for (size_t at = 0; at < decision->needs.count; at++) {
        AUTO_TEXT struct text words;
        text_init(&words, 4000);
        print_need_sentence(&decision->policy->words, decision->needs.at[at].need, &words);
        json_string(json, text_slice(&words));
    }
    json_close_array(json);
}

static void write_clauses(struct json_writer *json, const struct decision *decision,
                          struct arena *arena)
{
    json_key(json, SLICE("clauses"));
    json_open_array(json);
    for (size_t at = 0; at < decision->cites.count; at++) {
        bool before = false;
        for (size_t i = 0; i < at; i++)
            before = before || decision->cites.at[i].clause == decision->cites.at[at].clause;
        if (!before) json_string(json, clause_name(decision->cites.at[at].clause, arena));
    }
    json_close_array(json);
}

static void write_answer(struct json_writer *json, struct slice question, struct slice answer)
{
    json_open_object(json);
    word(json, "question", question);
    word(json, "answer", answer);
    json_close_object(json);
}

/* What was found in the words of a draft is kept; they themselves are not. */
static void write_found(struct json_writer *json, const struct may_found_list *found)
{
    for (size_t i = 0; i < found->list.count; i++)
        write_answer(json, found->list.at[i].question, found->list.at[i].answer);
}

static void write_said(const struct visit *visit, struct json_writer *json, const struct may *may,
                       const struct may_found_list *found)
{
    const struct policy *policy = visit_policy(visit);
    json_key(json, SLICE("said"));
    json_open_array(json);
    for (size_t at = 0; at < may->count; at++) {
        const struct may_pair *pair = &may->at[at];
        struct slice value = may_value_words(policy, pair, visit->arena);
        write_answer(json, may_key_words(policy, pair, visit->arena),
                     pair->from == MAY_SAID ? value
                                            : arena_format(visit->arena, "%.*s (from the register)",
                                                           SLICE_PRINT(value)));
    }
    write_found(json, found);
    json_close_array(json);
}

static void write_words(struct visit *visit, struct json_writer *json,
                        const struct decision *decision, const struct request *request,
                        const struct may_found_list *found)
{
    const struct document *document = &decision->policy->document;
    char day[11];
    date_format(date_from_day(record_today(visit_record(visit))), day);
    json_key(json, SLICE("words"));
    json_open_object(json);
    word(json, "policy", document->title);
    word(json, "version", document->version);
    word(json, "day", slice_of(day));
    word(json, "summary", may_summary(request, visit->arena));
    word(json, "heading", verdict_heading(decision));
    word(json, "line", verdict_line(decision, visit->arena));
    write_duties(json, decision, request, visit->arena);
    write_needs(json, decision);
    write_clauses(json, decision, visit->arena);
    write_said(visit, json, may_of(visit), found);
    json_close_object(json);
}

/* With the whole decision, or without it where that is longer than may be kept. */
static struct slice write_json(struct visit *visit, const struct decision *decision,
                               const struct request *request, const struct may_found_list *found,
                               bool whole)
{
    AUTO_TEXT struct text text;
    struct json_writer json;
    text_init(&text, KEPT_LARGEST);
    json_writer_init(&json, &text, true);
    json_open_object(&json);
    write_words(visit, &json, decision, request, found);
    json_key(&json, SLICE("request"));
    request_to_json(request, &json);
    if (whole) {
        json_key(&json, SLICE("decision"));
        decision_to_json(decision, &json);
    }
    json_close_object(&json);
    return text.overflowed ? SLICE_EMPTY : arena_copy(visit->arena, text_slice(&text));
}

/* ---- the page ------------------------------------------------------------------------------------- */

void may_keep_write(struct visit *visit)
{
    struct text *out = visit->out;
    const struct person_here *here = visit_person(visit);
    if (visit_record(visit) == NULL) return;
    HTML(out, "<div class=\"lanyard-noprint\">\n");
    if (here == NULL) {
        ui_paragraph(out, SLICE("People who sign in can keep an answer for themselves."));
    } else if (!here->who.codes_wanted) {
        ui_paragraph(out, SLICE("If you keep this answer it is sealed and opens for you alone. You "
                                "can throw it away at any time."));
        ui_form_open(out, SLICE("/may/keep"), visit_token(visit));
        here_order_field(visit);
        ui_button(out, UI_BUTTON_SECOND, SLICE("Keep this answer"));
        ui_form_close(out);
    }
    HTML(out, "</div>\n");
}

void may_keep_answer(struct visit *visit)
{
    struct decision *decision = ARENA_NEW(visit->arena, struct decision);
    struct request *request = ARENA_NEW(visit->arena, struct request);
    struct may_draft *draft = ARENA_NEW(visit->arena, struct may_draft);
    struct may_found_list found;
    struct order order;
    struct outcome outcome;
    if (!may_decide_whole(visit, request, draft, decision) ||
        !here_order(visit, MAY_KEEP_ORDER, ACT_KEEP_ANSWER, &order))
        return;
    may_marks_found(draft, request, visit->arena, &found);
    struct slice answer = write_json(visit, decision, request, &found, true);
    if (answer.length == 0) answer = write_json(visit, decision, request, &found, false);
    order.matter = &answer;
    order_set(&order, visit->arena, "question", may_summary(request, visit->arena));
    if (keeping_do(visit, &order, SLICE("/kept"), &outcome))
        keeping_done(visit, SLICE("Your answer is kept"),
                     SLICE("It is sealed and opens for you alone. That you keep an answer is "
                           "recorded, and nothing of what it says."),
                     SLICE("/kept"), SLICE("My kept answers"));
}
