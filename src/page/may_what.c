/* Step 2 of May I?: what you want to do. The acts of the vocabulary in groups that a tired person can scan. */
#include "page/may.h"

const struct field may_what_fields[] = {
    [MAY_WHAT_ACT] = {"act", form_is_id, 60, 1},
};

#define ROOTS_LARGEST 16
#define GROUPS MAY_GROUPS

/* A group holds what counts as one of its roots (permanent ids of words.md) and stands in no group before it. */
static const struct {
    const char *title;
    const char *roots[ROOTS_LARGEST];
} groups[GROUPS] = {
    {"Be in touch with somebody",
     {"contact", "befriend", "build-tie", "ignore-request", "take-call", "give-details", "block",
      "accept-contact"}},
    {"Photos, pictures and recordings",
     {"post-photo", "take-photo", "make-recording", "pass-photo", "copy-image", "offer-image",
      "access-recording"}},
    {"Post, share or speak",
     {"post", "share-post", "discuss-online", "speak", "discuss", "share-information",
      "show-internal", "blog", "name-employer", "talk-case", "share-data", "collect-data"}},
    {"Accounts, names and passwords",
     {"use-logo", "logo", "motto", "run-connected", "open-connected", "oversee",
      "use-other-account", "impersonate", "lend-account", "give-password", "ask-login", "use-site",
      "let-child-app"}},
    {"Phones and sites at work",
     {"use-phone", "social-at-work", "bring-phone", "inspect-site", "pupil-site"}},
    {"The press and other media", {"reply-media"}},
    {"What the organisation does",
     {"open-discipline", "discipline-refusal", "investigate", "evaluate"}},
    {"Something else", {NULL}},
};

static bool in_group(const struct policy *policy, int act, size_t group)
{
    for (size_t at = 0; at < ROOTS_LARGEST && groups[group].roots[at] != NULL; at++) {
        int root = words_find(&policy->words, WORD_ACT, slice_of(groups[group].roots[at]));
        if (root >= 0 && (root == act || policy_counts(policy, WORD_ACT, act, root))) return true;
    }
    return group == GROUPS - 1;
}

struct slice may_group_title(size_t group)
{
    return slice_of(groups[group].title);
}

size_t may_group(const struct policy *policy, int act)
{
    size_t group = 0;
    while (!in_group(policy, act, group)) group++;
    return group;
}

static struct ui_option option_of(const struct act *act, struct slice chosen, struct arena *arena)
{
    return (struct ui_option){.value = act->word.id,
                              .words = may_capital(act->word.phrase, arena),
                              .hint = SLICE_EMPTY,
                              .checked = slice_equal(act->word.id, chosen)};
}

/* One group: open where it holds what was chosen before. */
static void write_group(struct text *out, struct slice title, const struct may_options *options,
                        size_t *offset)
{
    bool open = false;
    if (options->list.count == 0) return;
    for (size_t at = 0; at < options->list.count; at++) open = open || options->list.at[at].checked;
    struct ui_question question = {.name = SLICE("act"),
                                   .words = title,
                                   .hint = SLICE_EMPTY,
                                   .error = SLICE_EMPTY,
                                   .size = UI_SMALL,
                                   .hidden = true,
                                   .offset = *offset};
    *offset += options->list.count;
    if (open)
        HTML(out, "<details class=\"lanyard-group\" open><summary>");
    else
        HTML(out, "<details class=\"lanyard-group\"><summary>");
    html_text(out, title);
    HTML(out, "</summary>\n");
    ui_radios(out, &question, options->list.at, options->list.count);
    HTML(out, "</details>\n");
}

/* The last lists: what has happened, and what this policy has no rule about. */
enum { LIST_EVENTS = GROUPS, LIST_OTHERS, LISTS };

static void sort_act(const struct policy *policy, int index, bool spoken, struct slice chosen,
                     struct arena *arena, struct may_options lists[LISTS])
{
    const struct act *act = &policy->words.acts.at[index];
    size_t list = !spoken                  ? LIST_OTHERS
                  : act->kind == ACT_EVENT ? LIST_EVENTS
                                           : may_group(policy, index);
    LIST_PUSH(arena, &lists[list].list, option_of(act, chosen, arena));
}

static void write_groups(struct visit *visit, struct slice chosen)
{
    const struct policy *policy = visit_policy(visit);
    struct may_options lists[LISTS] = {0};
    struct acts_offered acts;
    size_t offset = 0;
    may_offered_acts(visit, &acts);
    for (size_t at = 0; at < acts.spoken.count; at++)
        sort_act(policy, acts.spoken.at[at], true, chosen, visit->arena, lists);
    for (size_t at = 0; at < acts.others.count; at++)
        sort_act(policy, acts.others.at[at], false, chosen, visit->arena, lists);
    for (size_t group = 0; group < GROUPS; group++)
        write_group(visit->out, slice_of(groups[group].title), &lists[group], &offset);
    write_group(visit->out,
                may_compares(visit) ? SLICE("What none of the policies has a rule about")
                                    : SLICE("What this policy has no rule about"),
                &lists[LIST_OTHERS], &offset);
    if (lists[LIST_EVENTS].list.count == 0) return;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY,
               SLICE("Or it has happened, and you ask what to do"));
    write_group(visit->out, SLICE("Something has happened"), &lists[LIST_EVENTS], &offset);
}

static void write(struct visit *visit, struct slice chosen, struct slice error)
{
    struct text *out = visit->out;
    struct ui_question question = {.name = SLICE("act"), .error = error};
    struct ui_frame frame = may_frame_open(visit, SLICE("What do you want to do?"),
                                           may_at(visit, MAY_AT_WHO), error.length > 0);
    if (error.length > 0) ui_problem(out, &question, 1);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("What do you want to do?"));
    HTML(out, "<p class=\"govuk-hint\">Open a group and choose the nearest.</p>\n");
    ui_form_open(out, may_at(visit, MAY_AT_WHAT), visit_token(visit));
    if (error.length > 0) {
        HTML(out, "<p class=\"govuk-error-message\"><span "
                  "class=\"govuk-visually-hidden\">Error:</span> ");
        html_text(out, error);
        HTML(out, "</p>\n");
    }
    write_groups(visit, chosen);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Continue"));
    ui_form_close(out);
    may_frame_close(visit, &frame);
}

void may_what_page(struct visit *visit)
{
    const struct may *may = may_of(visit);
    if (may == NULL || may_get(may, SLICE("actor")).length == 0)
        response_see(visit->response, may_at(visit, MAY_AT_WHO));
    else
        write(visit, may_get(may, SLICE("act")), SLICE_EMPTY);
}

void may_what_answer(struct visit *visit)
{
    const struct policy *policy = visit_policy(visit);
    struct may *may = may_of(visit);
    struct slice id = form_value(visit->form, MAY_WHAT_ACT);
    int act = words_find(&policy->words, WORD_ACT, id);
    if (id.length == 0) {
        write(visit, id, SLICE("Choose what you want to do"));
        return;
    }
    if (act < 0 || policy->words.acts.at[act].kind == ACT_DUTY ||
        !may_set(may, SLICE("act"), policy->words.acts.at[act].word.id, SLICE_EMPTY)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    response_see(visit->response, may_at(visit, MAY_AT_HOW));
}
