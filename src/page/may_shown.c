/* Who can be seen, one kind of person at a time, without a name: consent is asked for each of them by itself. */
#include "page/may.h"

const struct field may_shown_fields[] = {
    [MAY_SHOWN_ROLE] = {"role", form_is_id, 60, 1},
    [MAY_SHOWN_COUNT] = {"count", form_is_number, 2, 1},
};

#define NOBODY_MORE "no-one-more"

static size_t count_shown(const struct may *may)
{
    size_t count = 0;
    for (size_t at = 0; at < may->count; at++)
        if (slice_starts(text_slice(&may->at[at].key), SLICE("shown ")) &&
            may->at[at].asked.length == 0)
            count++;
    return count;
}

static void write_so_far(struct visit *visit, const struct may *may)
{
    const struct policy *policy = visit_policy(visit);
    if (count_shown(may) == 0) return;
    ui_heading(visit->out, 2, UI_SMALL, SLICE_EMPTY, SLICE("So far you named"));
    ui_list_open(visit->out, false);
    for (size_t at = 0; at < may->count; at++) {
        const struct may_pair *pair = &may->at[at];
        if (!slice_starts(text_slice(&pair->key), SLICE("shown ")) || pair->asked.length > 0)
            continue;
        int person = words_find(&policy->words, WORD_PERSON, text_slice(&pair->value));
        ui_list_item(visit->out, person >= 0 ? may_phrase(policy, WORD_PERSON, person)
                                             : text_slice(&pair->value));
    }
    ui_list_close(visit->out, false);
}

static void write(struct visit *visit, const struct may *may, struct slice error)
{
    struct text *out = visit->out;
    const struct policy *policy = visit_policy(visit);
    bool used[WORDS_LARGEST], more = count_shown(may) > 0;
    struct may_options options;
    struct ui_question role = {.name = SLICE("role"),
                               .words = more ? SLICE("Does it show anybody else?")
                                             : SLICE("Whom does it show?"),
                               .hint = SLICE("No names: only what they are here."),
                               .error = error,
                               .heading = true,
                               .size = UI_LARGE};
    struct ui_question count = {.name = SLICE("count"),
                                .words = SLICE("How many of them?"),
                                .hint = SLICE_EMPTY,
                                .error = SLICE_EMPTY,
                                .size = UI_SMALL};
    may_offered_people(visit, -1, MAY_SHOWN, used);
    may_options(policy, WORD_PERSON, used, true, SLICE_EMPTY, visit->arena, &options);
    LIST_PUSH(visit->arena, &options.list,
              (struct ui_option){.value = SLICE(NOBODY_MORE),
                                 .words = more ? SLICE("No, that is everybody")
                                               : SLICE("Nobody who can be made out"),
                                 .hint = SLICE_EMPTY,
                                 .divided = true});
    struct ui_frame frame =
        may_frame_open(visit, role.words, may_at(visit, MAY_AT_HOW), error.length > 0);
    if (error.length > 0) ui_problem(out, &role, 1);
    ui_form_open(out, may_at(visit, MAY_AT_SHOWN), visit_token(visit));
    ui_radios(out, &role, options.list.at, options.list.count);
    write_so_far(visit, may);
    may_known_about(visit, may);
    ui_input(out, &count, SLICE("1"), 2, true);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_form_close(out);
    may_frame_close(visit, &frame);
}

void may_shown_page(struct visit *visit)
{
    const struct may *may = may_of(visit);
    struct slice missing = may == NULL ? may_at(visit, MAY_AT_WHO) : may_missing(visit, may);
    if (missing.length > 0)
        response_see(visit->response, missing);
    else
        write(visit, may, SLICE_EMPTY);
}

/* `pupil 1`: what an answer calls this person, who has no name here. */
static struct slice key_of(const struct visit *visit, struct slice role, size_t number)
{
    const struct words *words = &visit_policy(visit)->words;
    struct slice name =
        words_word(words, WORD_PERSON, words_find(words, WORD_PERSON, role))->phrase;
    static const char *const articles[] = {"a ", "an ", "the "};
    for (size_t at = 0; at < 3; at++)
        if (slice_starts(name, slice_of(articles[at])))
            name = slice_part(name, slice_of(articles[at]).length, name.length);
    return arena_format(visit->arena, "shown %.*s %zu", SLICE_PRINT(name), number);
}

bool may_shown_add(struct visit *visit, struct may *may, struct slice role, int64_t count)
{
    size_t had = count_shown(may);
    if (had == 0) may_drop_all(may, SLICE("shown"));
    for (int64_t at = 0; at < count; at++) {
        struct slice key = key_of(visit, role, had + (size_t)at + 1);
        if (!may_set(may, key, role, SLICE_EMPTY)) return false;
    }
    return true;
}

void may_shown_answer(struct visit *visit)
{
    struct may *may = may_of(visit);
    struct slice role = form_value(visit->form, MAY_SHOWN_ROLE),
                 given = form_value(visit->form, MAY_SHOWN_COUNT);
    int64_t count = 1;
    if (may_missing(visit, may).length > 0) {
        response_see(visit->response, may_missing(visit, may));
    } else if (role.length == 0) {
        write(visit, may, SLICE("Choose who it shows, or that it is nobody"));
    } else if (slice_is(role, NOBODY_MORE)) {
        if (count_shown(may) == 0 && !may_set(may, SLICE("shown"), SLICE("nobody"), SLICE_EMPTY))
            visit_refuse(visit, 400, NULL);
        else
            may_go_on(visit);
    } else if ((given.length > 0 && !slice_number(given, &count)) || count < 1 ||
               count_shown(may) + (size_t)count > MAY_SHOWN_LARGEST) {
        write(visit, may, SLICE("Say how many, at most 12 people in all"));
    } else if (words_find(&visit_policy(visit)->words, WORD_PERSON, role) < 0 ||
               !may_shown_add(visit, may, role, count)) {
        visit_refuse(visit, 400, NULL);
    } else {
        response_see(visit->response, may_at(visit, MAY_AT_SHOWN));
    }
}
