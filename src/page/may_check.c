/* What was said so far, each with a way to change it; and starting again. */
#include "page/may_draft.h"

const struct field may_change_fields[] = {
    [MAY_CHANGE_WHICH] = {"which", form_is_number, 3, 1},
};

struct slice may_value_words(const struct policy *policy, const struct may_pair *pair,
                             struct arena *arena)
{
    struct slice key = text_slice(&pair->key), rest = text_slice(&pair->value), one;
    enum word_place place = slice_is(key, "via")   ? WORD_CHANNEL
                            : slice_is(key, "act") ? WORD_ACT
                                                   : WORD_PERSON;
    bool words = place != WORD_PERSON || slice_is(key, "actor") || slice_is(key, "other");
    AUTO_TEXT struct text said;
    text_init(&said, REQUEST_VALUE_LARGEST);
    if (!words) return may_capital(arena_copy(arena, rest), arena);
    while (slice_split(&rest, ',', &one)) {
        int index = words_find(&policy->words, place, slice_trim(one));
        if (said.length > 0) text_add_string(&said, ", ");
        text_add(&said, index >= 0 ? may_phrase(policy, place, index) : slice_trim(one));
    }
    return may_capital(arena_copy(arena, text_slice(&said)), arena);
}

static void write_row(struct visit *visit, const struct may_pair *pair, size_t number)
{
    struct text *out = visit->out;
    const struct policy *policy = visit_policy(visit);
    struct slice key = may_key_words(policy, pair, visit->arena);
    HTML(out, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_text(out, key);
    HTML(out, "</dt><dd class=\"govuk-summary-list__value\">");
    html_text(out, may_value_words(policy, pair, visit->arena));
    if (pair->from != MAY_SAID) HTML(out, " (from the register)");
    HTML(out, "</dd><dd class=\"govuk-summary-list__actions\">");
    ui_button_value(out, UI_BUTTON_LINK, SLICE("Change"), key, SLICE("which"),
                    arena_format(visit->arena, "%zu", number));
    HTML(out, "</dd></div>\n");
}

#define WORDS_SHOWN 200 /* bytes */

/* The words of a draft, or their beginning. */
static void write_draft(struct visit *visit, const struct may *may)
{
    struct slice words = may_draft_words(may);
    size_t end = WORDS_SHOWN;
    if (words.length == 0) return;
    if (words.length > WORDS_SHOWN) {
        while (((unsigned char)words.at[end] & 0xC0) == 0x80) end--;
        words =
            arena_format(visit->arena, "%.*s\xE2\x80\xA6", SLICE_PRINT(slice_part(words, 0, end)));
    }
    ui_summary_action(visit->out, SLICE("The words you want to use"), words, SLICE("/may/words"),
                      SLICE("Change"), SLICE("the words you want to use"));
}

void may_check_page(struct visit *visit)
{
    struct text *out = visit->out;
    const struct may *may = may_of(visit);
    if (may == NULL || may->count == 0) {
        response_see(visit->response, may_at(visit, MAY_AT_WHO));
        return;
    }
    struct ui_frame frame =
        may_frame_open(visit, SLICE("What you said"), may_at(visit, MAY_AT_QUESTION), false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("What you said"));
    ui_form_open(out, may_at(visit, MAY_AT_CHANGE), visit_token(visit));
    ui_summary_open(out);
    for (size_t at = 0; at < may->count; at++) write_row(visit, &may->at[at], at + 1);
    if (!may_compares(visit)) write_draft(visit, may);
    ui_summary_close(out);
    ui_form_close(out);
    ui_start(out, may_at(visit, MAY_AT_QUESTION), SLICE("Go on"));
    ui_form_open(out, may_at(visit, MAY_AT_RESTART), visit_token(visit));
    ui_button(out, UI_BUTTON_SECOND, SLICE("Start again"));
    ui_form_close(out);
    may_frame_close(visit, &frame);
}

/* The first pages keep what was said and show it; an answer to a question is taken back, and the question comes again. */
void may_change_answer(struct visit *visit)
{
    struct may *may = may_of(visit);
    int64_t which = 0;
    if (!slice_number(form_value(visit->form, MAY_CHANGE_WHICH), &which) || which < 1 ||
        (size_t)which > may->count) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    struct slice key = text_slice(&may->at[which - 1].key);
    if (slice_is(key, "actor")) {
        response_see(visit->response, may_at(visit, MAY_AT_WHO));
    } else if (slice_is(key, "act")) {
        response_see(visit->response, may_at(visit, MAY_AT_WHAT));
    } else if (slice_is(key, "done") || slice_is(key, "other") || slice_is(key, "via")) {
        response_see(visit->response, may_at(visit, MAY_AT_HOW));
    } else {
        if (may->at[which - 1].asked.length == 0) {
            may_drop_all(may, SLICE("shown"));
            may_drop_known(may, MAY_KNOWN_SHOWN);
        } else
            may_drop(may, (size_t)which - 1);
        response_see(visit->response, may_at(visit, MAY_AT_QUESTION));
    }
}

void may_restart(struct visit *visit)
{
    may_forget(may_of(visit));
    response_see(visit->response, may_at(visit, MAY_AT_WHO));
}
