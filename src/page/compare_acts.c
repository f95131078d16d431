/* Compare's first page: the way to ask, and all acts by policy in a table that can be read at a glance. On a phone each act
 * is an entry of a list. See compare.h. */
#include "page/compare.h"

#include "page/may.h"
#include "page/verdict.h"

const struct field compare_fields[] = {
    [COMPARE_ACTOR] = {"actor", form_is_id, 60, REQUEST_ROLES_LARGEST},
    [COMPARE_OTHER] = {"other", form_is_id, 60, REQUEST_ROLES_LARGEST},
    [COMPARE_VIA] = {"via", form_is_id, 60, REQUEST_ROLES_LARGEST},
};

/* ---- the tables ---- */

/* What has happened has a group of its own behind those of the acts. */
enum { GROUP_EVENTS = MAY_GROUPS, GROUPS };

struct group {
    LIST(const struct compared_act *) different, alike;
};

struct tables {
    struct text *out;
    const struct policy *const *policies;
    size_t count;
    struct arena *arena;
};

static void sort_acts(const struct tables *tables, const struct compared_acts *acts,
                      struct group groups[GROUPS])
{
    const struct words *words = &tables->policies[0]->words;
    for (size_t at = 0; at < acts->list.count; at++) {
        const struct compared_act *act = &acts->list.at[at];
        int index = words_find_id(words, WORD_ACT, act->id);
        struct group *group =
            &groups[act->event ? GROUP_EVENTS : may_group(tables->policies[0], index)];
        if (act->differs)
            LIST_PUSH(tables->arena, &group->different, act);
        else
            LIST_PUSH(tables->arena, &group->alike, act);
    }
}

/* Roles said: on a phone the table is laid out as a list, and browsers then take it for no table. */
static void open_table(const struct tables *tables, struct slice title, size_t columns)
{
    struct text *out = tables->out;
    HTML(out, "<table class=\"govuk-table lanyard-acts\" role=\"table\"><caption "
              "class=\"govuk-visually-hidden\">");
    html_text(out, title);
    HTML(out, "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th scope=\"col\" "
              "role=\"columnheader\">Act</th>");
    for (size_t at = 0; at < columns; at++) {
        HTML(out, "<th scope=\"col\" role=\"columnheader\">");
        if (columns == tables->count)
            html_text(out, compare_name(tables->policies[at]));
        else
            HTML(out, "Every policy");
        HTML(out, "</th>");
    }
    HTML(out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

static void write_cell(const struct tables *tables, const struct compared_act *act, size_t at,
                       bool named)
{
    struct text *out = tables->out;
    HTML(out, "<td role=\"cell\">");
    if (named) {
        HTML(out, "<span class=\"lanyard-whose\">");
        html_text(out, compare_name(tables->policies[at]));
        HTML(out, "</span> ");
    }
    if (act->cells[at].known)
        verdict_mark(out, &act->cells[at]);
    else
        HTML(out, "<span class=\"lanyard-soft\">It has no such act</span>");
    HTML(out, "</td>");
}

static void write_row(const struct tables *tables, const struct compared_act *act, size_t columns)
{
    struct text *out = tables->out;
    HTML(out, "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">");
    html_text(out, may_capital(act->phrase, tables->arena));
    HTML(out, "</th>");
    for (size_t at = 0; at < columns; at++) write_cell(tables, act, at, columns == tables->count);
    HTML(out, "</tr>\n");
}

static void close_table(const struct tables *tables)
{
    HTML(tables->out, "</tbody></table>\n");
}

static void write_group(const struct tables *tables, struct slice title, const struct group *group)
{
    struct text *out = tables->out;
    if (group->different.count + group->alike.count == 0) return;
    ui_heading(out, 3, UI_MEDIUM, SLICE_EMPTY, title);
    if (group->different.count > 0) {
        open_table(tables, title, tables->count);
        for (size_t at = 0; at < group->different.count; at++)
            write_row(tables, group->different.at[at], tables->count);
        close_table(tables);
    }
    if (group->alike.count == 0) return;
    struct slice alike =
        arena_format(tables->arena, "%zu answered alike by every policy", group->alike.count);
    HTML(out, "<details class=\"lanyard-fold\"><summary>");
    html_text(out, alike);
    HTML(out, "<span class=\"govuk-visually-hidden\">: ");
    html_text(out, title);
    HTML(out, "</span></summary>\n");
    open_table(tables, title, 1);
    for (size_t at = 0; at < group->alike.count; at++) write_row(tables, group->alike.at[at], 1);
    close_table(tables);
    HTML(out, "</details>\n");
}

void compare_tables(struct text *out, const struct policy *const *policies, size_t count,
                    const struct compared_acts *acts, struct arena *arena)
{
    struct tables tables = {out, policies, count, arena};
    struct group groups[GROUPS] = {0};
    sort_acts(&tables, acts, groups);
    for (size_t at = 0; at < MAY_GROUPS; at++)
        write_group(&tables, may_group_title(at), &groups[at]);
    write_group(&tables, SLICE("Something has happened"), &groups[GROUP_EVENTS]);
}

/* ---- whom the table is about ---- */

static const struct slice around_keys[MAY_AROUND] = {SLICE("actor"), SLICE("other"), SLICE("via")};
static const enum word_place around_places[MAY_AROUND] = {WORD_PERSON, WORD_PERSON, WORD_CHANNEL};

/* A teacher and a pupil where nothing was chosen, as most of these policies are about them; else the first people that the
 * rules speak of. */
static struct slice default_of(const struct visit *visit, enum may_around around)
{
    static const char *const usual[] = {"teacher", "our-pupil"};
    const struct words *words = &visit_policy(visit)->words;
    bool used[WORDS_LARGEST];
    if (around == MAY_AROUND_VIA) return SLICE_EMPTY;
    struct slice id = slice_of(usual[around]);
    if (words_find_id(words, WORD_PERSON, id) >= 0) return id;
    if (around == MAY_AROUND_OTHER) return SLICE_EMPTY;
    may_offered_people(visit, -1, MAY_ACTOR, used);
    for (size_t at = 0; at < words->people.count; at++)
        if (used[at]) return words->people.at[at].word.id;
    return SLICE_EMPTY;
}

static struct slice around_of(const struct visit *visit, enum may_around around)
{
    const struct may *may = visit->session->state;
    if (may == NULL || !may->around_given) return default_of(visit, around);
    return text_slice(&may->around[around]);
}

static void write_words(struct visit *visit, const char *before, enum may_around around)
{
    const struct policy *policy = visit_policy(visit);
    struct slice rest = around_of(visit, around), one;
    bool any = false;
    while (slice_split(&rest, ',', &one)) {
        int index = words_find(&policy->words, around_places[around], slice_trim(one));
        if (index < 0) continue;
        html_string(visit->out, any ? " and " : before);
        html_text(visit->out, may_phrase(policy, around_places[around], index));
        any = true;
    }
}

/* With what was just sent, where that came back with an error. */
static void write_form(struct visit *visit, const struct slice *sent, struct slice error)
{
    static const struct {
        struct slice words, hint;
    } asked[MAY_AROUND] = {
        {SLICE("Who acts?"), SLICE("Choose all that are true.")},
        {SLICE("Who is the other person?"), SLICE("Leave it empty if there is nobody.")},
        {SLICE("How, or with what?"), SLICE("Leave it empty if it does not matter.")},
    };
    struct text *out = visit->out;
    bool used[WORDS_LARGEST];
    if (error.length > 0)
        HTML(out, "<details class=\"lanyard-fold\" open>");
    else
        HTML(out, "<details class=\"lanyard-fold\">");
    HTML(out, "<summary>Ask it for somebody else</summary>\n");
    ui_form_open(out, SLICE("/compare"), visit_token(visit));
    for (int at = 0; at < MAY_AROUND; at++) {
        struct ui_question question = {.name = around_keys[at],
                                       .words = asked[at].words,
                                       .hint = asked[at].hint,
                                       .error = at == MAY_AROUND_ACTOR ? error : SLICE_EMPTY,
                                       .size = UI_SMALL};
        if (at == MAY_AROUND_VIA)
            may_offered_channels(visit, -1, used);
        else
            may_offered_people(visit, -1, at == MAY_AROUND_ACTOR ? MAY_ACTOR : MAY_OTHER, used);
        may_choice(visit, around_places[at], used, &question,
                   sent != NULL ? sent[at] : around_of(visit, (enum may_around)at));
    }
    ui_button(out, UI_BUTTON_MAIN, SLICE("Show the table"));
    ui_form_close(out);
    HTML(out, "</details>\n");
}

/* ---- the page ---- */

static void write_key(struct text *out)
{
    static const struct {
        struct compared_cell cell;
        const char *words;
    } key[] = {
        {{.verdict = VERDICT_ALLOWED}, "you may"},
        {{.verdict = VERDICT_ALLOWED, .strength = STRENGTH_REQUIRED}, "you have to"},
        {{.verdict = VERDICT_ALLOWED_IF}, "you may, once you have what is needed"},
        {{.verdict = VERDICT_REFER}, "somebody decides"},
        {{.verdict = VERDICT_ADVISED_AGAINST}, "advised against, not forbidden"},
        {{.verdict = VERDICT_NOT_ALLOWED, .strength = STRENGTH_SHOULD},
         "no, without a good reason"},
        {{.verdict = VERDICT_NOT_ALLOWED}, "not allowed"},
        {{.verdict = VERDICT_STOP}, "the law forbids it"},
        {{.verdict = VERDICT_NO_CLAUSE}, "no clause speaks of it"},
        {{.noted = true}, "it is no question of may; the policy may say what to do then"},
    };
    HTML(out, "<details class=\"lanyard-fold\"><summary>What the signs mean</summary>\n"
              "<ul class=\"govuk-list lanyard-key\">\n");
    for (size_t at = 0; at < sizeof key / sizeof *key; at++) {
        HTML(out, "<li>");
        verdict_mark(out, &key[at].cell);
        HTML(out, " ");
        html_string(out, key[at].words);
        HTML(out, "</li>\n");
    }
    HTML(out, "</ul></details>\n");
}

static bool decide_acts(const struct visit *visit, struct compared_acts *ret_acts,
                        struct error *error)
{
    const struct pages *pages = visit_pages(visit);
    struct compare_question question = {.closed = true};
    for (int at = 0; at < MAY_AROUND; at++) {
        struct slice value = around_of(visit, (enum may_around)at);
        if (value.length == 0 && at == MAY_AROUND_OTHER) value = SLICE("nobody");
        if (value.length == 0) continue;
        LIST_PUSH(visit->arena, &question.answers, (struct compare_answer){around_keys[at], value});
    }
    return compare_acts(pages->policies, pages->policy_count, &question, visit->arena, ret_acts,
                        error);
}

static void write_ask(struct visit *visit)
{
    struct text *out = visit->out;
    const struct pages *pages = visit_pages(visit);
    struct may *may = may_of(visit);
    struct request request;
    struct error error = {.code = ERROR_NONE};
    HTML(out, "<p class=\"govuk-body-l\">One question, answered once, and what each of ");
    html_number(out, (int64_t)pages->policy_count);
    HTML(out, " policies says about it.</p>\n");
    ui_start(out, may_at(visit, MAY_AT_WHO), SLICE("Ask a question"));
    if (may_missing(visit, may).length > 0 || !may_request(visit, may, &request, &error)) return;
    HTML(out, "<p class=\"govuk-body\">You asked: ");
    html_text(out, may_summary(&request, visit->arena));
    HTML(out, ". ");
    html_link(out, SLICE("/compare/question"), SLICE("Compare the answers"));
    HTML(out, "</p>\n");
}

static void write_table(struct visit *visit, const struct compared_acts *acts,
                        const struct slice *sent, struct slice error)
{
    struct text *out = visit->out;
    const struct pages *pages = visit_pages(visit);
    size_t differ = 0;
    for (size_t at = 0; at < acts->list.count; at++) differ += acts->list.at[at].differs;
    ui_heading(out, 2, UI_LARGE, SLICE("acts"), SLICE("All acts at a glance"));
    HTML(out, "<p class=\"govuk-body\">Asked for");
    write_words(visit, " ", MAY_AROUND_ACTOR);
    write_words(visit, ", with ", MAY_AROUND_OTHER);
    write_words(visit, ", using ", MAY_AROUND_VIA);
    HTML(out, ". What is not said counts as no. <strong>");
    html_number(out, (int64_t)differ);
    HTML(out, " of ");
    html_number(out, (int64_t)acts->list.count);
    HTML(out, " acts are answered differently.</strong></p>\n");
    write_form(visit, sent, error);
    verdict_signs(out);
    write_key(out);
    compare_tables(out, pages->policies, pages->policy_count, acts, visit->arena);
}

struct ui_frame compare_frame_open(struct visit *visit, struct slice title, struct slice back,
                                   bool problem)
{
    struct ui_frame frame = pages_frame(visit, title);
    frame.here = SLICE("/compare");
    frame.back = back;
    frame.exit = true;
    frame.wide = true;
    frame.problem = problem;
    ui_frame_open(visit->out, &frame);
    return frame;
}

static void write(struct visit *visit, const struct slice *sent, struct slice error)
{
    struct compared_acts acts;
    struct error wrong = {.code = ERROR_NONE};
    struct ui_question actor = {.name = SLICE("actor"), .error = error};
    if (!decide_acts(visit, &acts, &wrong)) {
        visit_refuse(visit, 400, &wrong);
        return;
    }
    struct ui_frame frame =
        compare_frame_open(visit, SLICE("Compare"), SLICE("/"), error.length > 0);
    if (error.length > 0) ui_problem(visit->out, &actor, 1);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Compare"));
    write_ask(visit);
    write_table(visit, &acts, sent, error);
    may_frame_close(visit, &frame);
}

void compare_page(struct visit *visit)
{
    write(visit, NULL, SLICE_EMPTY);
}

void compare_around(struct visit *visit)
{
    struct may *may = may_of(visit);
    struct slice joined[MAY_AROUND];
    for (int at = 0; at < MAY_AROUND; at++) {
        if (may_join(visit_policy(visit), around_places[at], &visit->form->at[at], visit->arena,
                     &joined[at]))
            continue;
        visit_refuse(visit, 400, NULL);
        return;
    }
    if (joined[MAY_AROUND_ACTOR].length == 0) {
        write(visit, joined, SLICE("Choose who acts"));
        return;
    }
    for (int at = 0; at < MAY_AROUND; at++) may_around_set(may, (enum may_around)at, joined[at]);
    response_see(visit->response, SLICE("/compare"));
}
