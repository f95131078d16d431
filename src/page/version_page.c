/* One version of the policy, for those who bring and approve them: how it stands, what it changes for whom, which post stands
 * empty, the forms that decide, and what was done under it. */
#include "page/versions.h"

#include "base/date.h"
#include "page/may.h"
#include "service/overview.h"
#include "service/register.h"

static struct slice day_words(int64_t day, struct arena *arena)
{
    return date_words(date_from_day(day), arena);
}

/* ---- how it stands ---- */

static void write_row(struct visit *visit, const char *key, struct slice value)
{
    if (value.length > 0) ui_summary_row(visit->out, slice_of(key), value);
}

static void write_approval(struct visit *visit, const struct version_seen *version)
{
    bool approved = version->in_force > 0;
    if (!approved) return;
    write_row(visit, "In force from", day_words(version->in_force, visit->arena));
    if (version->last < INT64_MAX)
        write_row(visit, "Until", day_words(version->last, visit->arena));
    write_row(visit, "Approved by", version->approver);
    write_row(visit, "In the name of", version->body);
    if (version->approved > 0)
        write_row(visit, "Approved on", keeping_when(version->approved, visit->arena));
    ui_summary_row(visit->out, SLICE("Everybody signs again"),
                   version->material ? SLICE("Yes: it matters to everybody")
                                     : SLICE("No: those alone for whom it means something else"));
}

static bool write_facts(struct visit *visit, const struct version_seen *version,
                        struct error *error)
{
    struct version_said_why why;
    if (!version_why(visit_record(visit), &version->id, visit->arena, &why, error)) return false;
    HTML(visit->out, "<p class=\"govuk-body\">");
    version_tag(visit, version);
    HTML(visit->out, "</p>\n");
    ui_summary_open(visit->out);
    write_row(visit, "Policy", version->name);
    write_row(visit, "Brought by",
              version->author.length > 0 ? version->author
                                         : SLICE("Nobody: it stood so when the record began"));
    write_row(visit, "Brought on", keeping_when(version->brought, visit->arena));
    write_approval(visit, version);
    write_row(visit, "Why", why.reason);
    write_row(visit, "Minute", why.minute);
    ui_summary_close(visit->out);
    keeping_link_line(visit->out, keeping_address("/versions/text/", &version->id, visit->arena),
                      SLICE("Read the whole text"));
    return true;
}

/* ---- posts ---- */

static bool write_vacancies(struct visit *visit, const struct version_look *look,
                            struct error *error)
{
    struct version_vacancies vacancies;
    int64_t today = record_today(visit_record(visit));
    if (!version_vacancies(visit_record(visit), look->policy, today, visit->arena, &vacancies,
                           error))
        return false;
    if (vacancies.list.count == 0) return true;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE("vacancies"), SLICE("Posts that stand empty"));
    ui_warning(visit->out, SLICE("It sends people to somebody who is not there, so it cannot be "
                                 "approved until somebody holds the post on its first day."));
    ui_list_open(visit->out, false);
    for (size_t i = 0; i < vacancies.list.count; i++) {
        const struct version_vacancy *vacancy = &vacancies.list.at[i];
        ui_list_item(visit->out, arena_format(visit->arena, "%.*s %s, by clause %.*s",
                                              SLICE_PRINT(vacancy->title), vacancy->as,
                                              SLICE_PRINT(vacancy->clause->id)));
    }
    ui_list_close(visit->out, false);
    return true;
}

/* ---- what was done under it ---- */

static struct slice act_words(const struct version_look *look, struct slice act,
                              struct arena *arena)
{
    int index = words_find_id(&look->policy->words, WORD_ACT, act);
    return index < 0 ? act : may_capital(look->policy->words.acts.at[index].word.phrase, arena);
}

static struct slice verdict_words_of(struct slice word)
{
    if (slice_is(word, "allowed")) return SLICE("Allowed");
    if (slice_is(word, "allowed-if")) return SLICE("Allowed, with what it needed");
    if (slice_is(word, "not-allowed")) return SLICE("Not allowed");
    if (slice_is(word, "advised-against")) return SLICE("Advised against");
    if (slice_is(word, "no-clause")) return SLICE("No clause spoke of it");
    return SLICE("Not told");
}

static void write_done(struct visit *visit, const struct version_look *look,
                       const struct version_doings *doings, size_t shown)
{
    struct slice heads[] = {SLICE("What"), SLICE("How it was decided"), SLICE("How often")};
    ui_table_open(visit->out, SLICE("Acts that people recorded"), heads, 3);
    for (size_t i = 0; i < shown; i++) {
        const struct version_done *done = &doings->list.at[i];
        struct slice cells[] = {act_words(look, done->act, visit->arena),
                                verdict_words_of(done->verdict),
                                arena_format(visit->arena, "%zu", done->count)};
        ui_table_row(visit->out, cells, 3);
    }
    ui_table_close(visit->out);
}

/* Whether nothing was recorded or little is not told apart: one act more would tell whom it is about that there is something.
 * Most first. */
static bool write_doings(struct visit *visit, const struct version_look *look, struct error *error)
{
    struct version_doings doings;
    size_t shown = 0;
    if (!version_doings(visit_record(visit), &look->version, visit->arena, &doings, error))
        return false;
    while (shown < doings.list.count && doings.list.at[shown].count >= OVERVIEW_FEW) shown++;
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE("done"), SLICE("What was decided under it"));
    if (shown > 0) write_done(visit, look, &doings, shown);
    ui_paragraph(visit->out,
                 arena_format(visit->arena,
                              "Acts that were recorded fewer than %d times are not shown, so that "
                              "nobody learns of a matter by a number.",
                              OVERVIEW_FEW));
    return true;
}

/* ---- the page ---- */

static bool write_body(struct visit *visit, const struct version_seen *version,
                       const struct version_look *look, const struct version_wrong *wrong,
                       struct error *error)
{
    bool waits = version->state == VERSION_WAITS, approved = version->in_force > 0;
    if (!write_facts(visit, version, error)) return false;
    if (waits && !write_vacancies(visit, look, error)) return false;
    if (waits || approved) version_changes_write(visit, look);
    version_forms_write(visit, version, look, wrong);
    return !approved || write_doings(visit, look, error);
}

void version_show(struct visit *visit, const struct version_seen *version,
                  const struct version_wrong *wrong)
{
    struct error error = {.code = ERROR_NONE};
    struct version_look look;
    struct ui_question list[5];
    size_t count = version_wrong_list(wrong, list);
    struct slice title = arena_format(visit->arena, "Version %.*s", SLICE_PRINT(version->number));
    if (!version_look(visit_record(visit), &version->id, visit->arena, &look, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(visit, title, VERSIONS, VERSIONS, count > 0);
    if (count > 0) ui_problem(visit->out, list, count);
    ui_caption(visit->out, UI_LARGE, look.policy->document.title);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    bool written = write_body(visit, version, &look, wrong, &error);
    ui_frame_close(visit->out, &frame);
    version_look_clear(&look);
    if (!written) here_fail(visit, &error);
}

void version_page(struct visit *visit)
{
    static const struct version_wrong nothing;
    struct version_seen version;
    if (version_of_path(visit, SLICE("/versions/"), &version))
        version_show(visit, &version, &nothing);
}
