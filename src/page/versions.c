/* The list of the policy's versions, for those who bring and approve them, and the routes of these pages. */
#include "page/versions.h"

#define SHOWS(path, name, page)                                                                    \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_SIGNED, page, NULL, 0, SEES_VERSIONS                       \
    }
#define TAKES(path, name, opens, page, fields, count)                                              \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_SIGNED, page, fields, count, opens                        \
    }

const struct route version_routes[] = {
    SHOWS("/versions", "versions", versions_page),
    {METHOD_GET, "/versions/bring", "version-bring", SESSION_SIGNED, version_send_page, NULL, 0,
     TO(ACT_BRING_VERSION)},
    TAKES("/versions/bring", "version-bring", TO(ACT_BRING_VERSION), version_send_answer,
          version_send_fields, SEND_FIELDS),
    TAKES("/versions/paste", "version-paste", TO(ACT_BRING_VERSION), version_paste_answer,
          version_send_fields, SEND_FIELDS),
    TAKES("/versions/approve", "version-approve", SEES_VERSIONS, version_approve_answer,
          version_approve_fields, APPROVE_FIELDS),
    TAKES("/versions/refuse", "version-refuse", SEES_VERSIONS, version_refuse_answer,
          version_turn_down_fields, TURN_DOWN_FIELDS),
    TAKES("/versions/withdraw", "version-withdraw", SEES_VERSIONS, version_withdraw_answer,
          version_turn_down_fields, TURN_DOWN_FIELDS),
    SHOWS("/versions/text/*", "version-text", version_text_page),
    SHOWS("/versions/*", "version", version_page),
};
const size_t version_route_count = sizeof version_routes / sizeof *version_routes;
const struct site_upload version_uploads[] = {{"/versions/bring", VERSION_FILE_FIELD},
                                              {"/versions/paste", VERSION_TEXT_FIELD}};
const size_t version_upload_count = sizeof version_uploads / sizeof *version_uploads;

/* ---- what they share ---- */

void version_tag(struct visit *visit, const struct version_seen *version)
{
    static const char *const colours[] = {
        [VERSION_WAITS] = "yellow",  [VERSION_COMING] = "blue", [VERSION_IN_FORCE] = "green",
        [VERSION_REPLACED] = "grey", [VERSION_REFUSED] = "red", [VERSION_WITHDRAWN] = "grey",
    };
    ui_tag(visit->out, colours[version->state], version->state_words);
}

bool version_of_path(struct visit *visit, struct slice before, struct version_seen *ret_version)
{
    struct error error = {.code = ERROR_NONE};
    struct id id;
    bool found;
    if (!keeping_path_id(visit, before, &id)) return false;
    if (!version_seen(visit_record(visit), &id, visit->arena, ret_version, &found, &error)) {
        here_fail(visit, &error);
        return false;
    }
    if (!found) visit_refuse(visit, 404, NULL);
    return found;
}

/* ---- the list ---- */

static struct slice title_of(const struct version_seen *version, struct arena *arena)
{
    return arena_format(arena, "Version %.*s", SLICE_PRINT(version->number));
}

static void write_version(struct visit *visit, const struct version_seen *version)
{
    struct text *out = visit->out;
    HTML(out, "<section class=\"lanyard-task\">\n<h3 class=\"govuk-heading-s\">");
    html_link(out, keeping_address("/versions/", &version->id, visit->arena),
              title_of(version, visit->arena));
    HTML(out, "</h3>\n<p class=\"govuk-body\">");
    version_tag(visit, version);
    HTML(out, "</p>\n<p class=\"govuk-body-s\">");
    if (version->author.length > 0) {
        HTML(out, "Brought by ");
        html_text(out, version->author);
        HTML(out, ", ");
        html_text(out, keeping_when(version->brought, visit->arena));
        HTML(out, ".");
    } else {
        HTML(out, "As it stood when the record began.");
    }
    if (version->approver.length > 0) {
        HTML(out, " Approved by ");
        html_text(out, version->approver);
        HTML(out, ".");
    }
    HTML(out, "</p>\n</section>\n");
}

static void write_group(struct visit *visit, const struct versions_seen *versions,
                        struct slice title, enum version_state first, enum version_state last)
{
    bool any = false;
    for (size_t i = 0; i < versions->list.count; i++) {
        const struct version_seen *version = &versions->list.at[i];
        if (version->state < first || version->state > last) continue;
        if (!any) ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY, title);
        any = true;
        write_version(visit, version);
    }
}

void versions_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct versions_seen versions;
    struct slice title = SLICE("Versions of the policy");
    if (!versions_seen(visit_record(visit), visit->arena, &versions, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(visit, title, VERSIONS, SLICE_EMPTY, false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("A new version is brought, looked at, approved by those whom the policy "
                       "names, and binds from its day on. Until then the old one holds."));
    if (visit_may(visit, ACT_BRING_VERSION))
        keeping_button_link(visit->out, SLICE("/versions/bring"), SLICE("Bring a new version"));
    if (versions.list.count == 0) ui_paragraph(visit->out, SLICE("There is none yet."));
    write_group(visit, &versions, SLICE("Waiting to be approved"), VERSION_WAITS, VERSION_WAITS);
    write_group(visit, &versions, SLICE("Approved"), VERSION_COMING, VERSION_REPLACED);
    write_group(visit, &versions, SLICE("Refused or taken back"), VERSION_REFUSED,
                VERSION_WITHDRAWN);
    keeping_link_line(visit->out, SLICE("/policy/versions"),
                      SLICE("What everybody can read of them"));
    ui_frame_close(visit->out, &frame);
}
