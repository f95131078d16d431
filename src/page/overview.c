/* How it stands where the reader leads: the policy and its review, who has signed, what is late, which posts stand empty, what
 * changed lately, and whether mail goes out. Numbers and posts; of people only who took up or gave up a role of trust. */
#include "page/overview.h"

#include "page/keeping.h"
#include "page/record_mail.h"
#include "service/overview.h"

/* ---- in short ---- */

static struct slice policy_words(struct people *people, const struct overview *overview)
{
    const struct overview_policy *policy = &overview->policy;
    if (id_is_none(&policy->version)) return SLICE("None is in force");
    struct slice since = people_day(people, policy->since);
    if (policy->number.length == 0)
        return arena_format(people->arena, "%.*s, since %.*s", SLICE_PRINT(policy->title),
                            SLICE_PRINT(since));
    return arena_format(people->arena, "%.*s, version %.*s, since %.*s", SLICE_PRINT(policy->title),
                        SLICE_PRINT(policy->number), SLICE_PRINT(since));
}

static struct slice review_words(struct people *people, const struct overview_policy *policy)
{
    if (policy->review == INT64_MAX) return SLICE("The policy sets no date");
    struct slice day = people_day(people, policy->review);
    return arena_format(people->arena, "%s %.*s", policy->overdue ? "Was due by" : "By",
                        SLICE_PRINT(day));
}

static void all_signed(const struct overview *overview, enum overview_group group,
                       struct coverage_count *ret_count)
{
    *ret_count = (struct coverage_count){.bound = 0};
    for (size_t i = 0; i < overview->schools.count; i++) {
        const struct coverage_count *count = &overview->schools.at[i].signing[group];
        ret_count->bound += count->bound;
        ret_count->owed += count->owed;
        ret_count->overdue += count->overdue;
    }
}

static void write_signed(struct people *people, const struct overview *overview)
{
    static const struct slice titles[] = {[OVERVIEW_STAFF] = SLICE("Staff and others who signed"),
                                          [OVERVIEW_PARENTS] = SLICE("Parents who signed"),
                                          [OVERVIEW_PUPILS] = SLICE("Pupils who signed")};
    for (int at = 0; at < OVERVIEW_GROUPS; at++) {
        enum overview_group group = (enum overview_group)at;
        struct coverage_count count;
        all_signed(overview, group, &count);
        if (count.bound == 0) continue;
        struct slice words = overview_all_signed(overview, group, people->arena);
        if (group == OVERVIEW_STAFF && count.overdue > 0)
            words =
                arena_format(people->arena, "%.*s; %zu overdue", SLICE_PRINT(words), count.overdue);
        if (group == OVERVIEW_STAFF && visit_opens(people->visit, "/coverage"))
            ui_summary_action(people->out, titles[group], words, SLICE("/coverage"), SLICE("Who"),
                              SLICE("signed"));
        else
            ui_summary_row(people->out, titles[group], words);
    }
}

static void write_late(struct people *people, const struct overview *overview)
{
    struct slice words = arena_format(people->arena, "%zu", overview->late);
    if (overview->late == 0) words = SLICE("None");
    if (visit_opens(people->visit, "/overdue"))
        ui_summary_action(people->out, SLICE("Overdue tasks"), words, SLICE("/overdue"),
                          SLICE("See them"), SLICE("overdue tasks"));
    else
        ui_summary_row(people->out, SLICE("Overdue tasks"), words);
}

static bool write_short(struct people *people, const struct overview *overview, struct error *error)
{
    struct text *out = people->out;
    struct mail_state mail;
    if (!mail_worker_state(visit_pages(people->visit)->mail, people->record, &mail, error))
        return false;
    ui_summary_open(out);
    ui_summary_row(out, SLICE("Policy in force"), policy_words(people, overview));
    if (!id_is_none(&overview->policy.version))
        ui_summary_row(out, SLICE("Next review"), review_words(people, &overview->policy));
    write_signed(people, overview);
    write_late(people, overview);
    ui_summary_row(out, SLICE("Empty posts"),
                   overview->vacancies == 0
                       ? SLICE("None")
                       : arena_format(people->arena, "%zu", overview->vacancies));
    record_mail_rows(people->visit, &mail);
    ui_summary_close(out);
    return true;
}

/* ---- by school ---- */

static void write_school(struct people *people, const struct overview_school *school, bool others)
{
    const struct slice cells[] = {
        school->org->name,
        overview_signed(OVERVIEW_STAFF, &school->signing[OVERVIEW_STAFF], people->arena),
        arena_format(people->arena, "%zu", school->late),
        arena_format(people->arena, "%zu", school->vacancies.count),
        overview_signed(OVERVIEW_PARENTS, &school->signing[OVERVIEW_PARENTS], people->arena)};
    ui_table_row(people->out, cells, others ? 5 : 4);
}

static void write_schools(struct people *people, const struct overview *overview)
{
    static const struct slice heads[] = {SLICE("School"), SLICE("Staff signed"),
                                         SLICE("Tasks overdue"), SLICE("Empty posts"),
                                         SLICE("Parents signed")};
    struct coverage_count parents;
    if (overview->schools.count < 2) return;
    all_signed(overview, OVERVIEW_PARENTS, &parents);
    bool others = parents.bound > 0;
    HTML(people->out, "<div class=\"lanyard-wide\" tabindex=\"0\" role=\"region\" "
                      "aria-label=\"By school\">\n");
    ui_table_open(people->out, SLICE("By school"), heads, others ? 5 : 4);
    for (size_t i = 0; i < overview->schools.count; i++)
        write_school(people, &overview->schools.at[i], others);
    ui_table_close(people->out);
    HTML(people->out, "</div>\n");
}

/* ---- posts and changes ---- */

/* The schools where the same post stands empty, in words. */
static struct slice schools_without(struct people *people, const struct overview *overview,
                                    struct slice title)
{
    struct slice words = SLICE_EMPTY;
    for (size_t i = 0; i < overview->schools.count; i++) {
        const struct overview_school *school = &overview->schools.at[i];
        for (size_t k = 0; k < school->vacancies.count; k++)
            if (slice_equal(school->vacancies.at[k].title, title))
                words = arena_format(people->arena, "%.*s%s%.*s", SLICE_PRINT(words),
                                     words.length > 0 ? ", " : "", SLICE_PRINT(school->org->name));
    }
    return words;
}

static void write_post(struct people *people, const struct overview *overview,
                       const struct overview_vacancy *post)
{
    struct text *out = people->out;
    HTML(out, "<li>");
    html_text(
        out, arena_format(people->arena, "%.*s, which %s by ", SLICE_PRINT(post->title), post->as));
    html_link(out, arena_format(people->arena, "/policy#c-%.*s", SLICE_PRINT(post->clause)),
              arena_format(people->arena, "clause %.*s", SLICE_PRINT(post->clause)));
    html_text(out, arena_format(people->arena, ": %.*s",
                                SLICE_PRINT(schools_without(people, overview, post->title))));
    HTML(out, "</li>\n");
}

static bool is_new(const struct overview *overview, size_t school, const struct slice *title)
{
    for (size_t i = 0; i < school; i++)
        for (size_t k = 0; k < overview->schools.at[i].vacancies.count; k++)
            if (slice_equal(overview->schools.at[i].vacancies.at[k].title, *title)) return false;
    return true;
}

static void write_posts(struct people *people, const struct overview *overview)
{
    struct text *out = people->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE("posts"), SLICE("Empty posts"));
    if (overview->vacancies == 0) {
        ui_paragraph(out, SLICE("Every post that the policy turns to is held."));
        return;
    }
    ui_paragraph(out, SLICE("The policy in force turns to these, and nobody holds them. What falls "
                            "to one goes to the next in line."));
    HTML(out, "<ul class=\"govuk-list govuk-list--bullet\">\n");
    for (size_t i = 0; i < overview->schools.count; i++)
        for (size_t k = 0; k < overview->schools.at[i].vacancies.count; k++)
            if (is_new(overview, i, &overview->schools.at[i].vacancies.at[k].title))
                write_post(people, overview, &overview->schools.at[i].vacancies.at[k]);
    HTML(out, "</ul>\n");
}

static void write_changes(struct people *people, const struct overview *overview)
{
    struct text *out = people->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE("changes"), SLICE("What changed in the last four weeks"));
    if (overview->changes.count == 0)
        ui_paragraph(out, SLICE("Nothing that is listed here: no version of the policy, no role of "
                                "trust, no calendar."));
    for (size_t i = 0; i < overview->changes.count; i++) {
        const struct overview_change *change = &overview->changes.at[i];
        bool first = i == 0 || overview->changes.at[i - 1].day != change->day;
        bool last =
            i + 1 == overview->changes.count || overview->changes.at[i + 1].day != change->day;
        if (first) {
            ui_heading(out, 3, UI_SMALL, SLICE_EMPTY, people_day(people, change->day));
            HTML(out, "<ul class=\"govuk-list govuk-list--bullet\">\n");
        }
        HTML(out, "<li>");
        html_text(out, change->words);
        HTML(out, "</li>\n");
        if (last) HTML(out, "</ul>\n");
    }
    if (overview->changes.count == OVERVIEW_CHANGES_LARGEST)
        ui_paragraph(out, SLICE("These are the newest. Each person's page has all of theirs."));
}

/* ---- the page ---- */

static bool make(struct people *people, struct overview *overview)
{
    struct error error = {.code = ERROR_NONE};
    if (overview_make(people->record, &people->viewer, people->arena, overview, &error))
        return true;
    here_fail(people->visit, &error);
    return false;
}

static struct slice whose(const struct people *people, const struct overview *overview)
{
    return overview->schools.count == 1 ? overview->schools.at[0].org->name
                                        : record_name(people->record);
}

static void write_page(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    struct overview overview;
    struct text *out = people->out;
    struct slice title = SLICE("How things stand");
    if (!make(people, &overview)) return;
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/overview"), SLICE("/home"), false);
    ui_caption(out, UI_LARGE, whose(people, &overview));
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, arena_format(people->arena, "On %.*s.",
                                   SLICE_PRINT(people_day(people, people->viewer.today))));
    if (!write_short(people, &overview, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    write_schools(people, &overview);
    write_posts(people, &overview);
    write_changes(people, &overview);
    keeping_link_line(out, SLICE("/overview/overview.csv"), SLICE("The numbers as a table (CSV)"));
    ui_frame_close(out, &frame);
}

void overview_page(struct visit *visit)
{
    people_visit(visit, write_page);
}

static void write_file(struct people *people)
{
    struct overview overview;
    if (!make(people, &overview)) return;
    people->visit->response->content_type = "text/csv; charset=utf-8";
    overview_csv(&overview, people->arena, people->out);
}

void overview_file(struct visit *visit)
{
    people_visit(visit, write_file);
}
