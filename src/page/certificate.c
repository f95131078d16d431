/* The certificate of a signature, as a page to read and print and as a file that can be checked without us: for whoever signed,
 * and for those who record sheets where they may see the person. */
#include "service/certificate.h"
#include "page/keeping.h"
#include "page/signing.h"

struct certificate_shown {
    struct id signature;
    struct signed_by by;
    struct certificate certificate;
};

static bool may_see(struct people *people, const struct signed_by *by)
{
    unsigned sees;
    const struct registered *person = viewer_person(&people->viewer, &by->person, &sees);
    if (person == NULL) return false;
    return register_same(people->view, &person->id, &people->viewer.person) ||
           people_may(people, person, ACT_RECORD_SHEET) ||
           viewer_leads(&people->viewer, &person->org);
}

/* False: the visit is answered, with the same page whether there is none or none that this viewer may see. */
static bool find(struct people *people, struct certificate_shown *shown)
{
    struct error error = {.code = ERROR_NONE};
    bool found = false;
    if (id_read(people_part(people->visit, 0), &shown->signature) &&
        !certificate_find(people->record, &shown->signature, &shown->by, &found, &error)) {
        here_fail(people->visit, &error);
        return false;
    }
    if (!found || !may_see(people, &shown->by)) {
        visit_refuse(people->visit, 404, NULL);
        return false;
    }
    if (certificate_make(people->record, &shown->signature, people->arena, &shown->certificate,
                         &error))
        return true;
    here_fail(people->visit, &error);
    return false;
}

/* ---- the page -------------------------------------------------------------------------------------- */

static void code_row(struct text *out, const char *key, struct slice value)
{
    HTML(out, "<div class=\"govuk-summary-list__row\"><dt class=\"govuk-summary-list__key\">");
    html_string(out, key);
    HTML(out, "</dt><dd class=\"govuk-summary-list__value\"><code class=\"lanyard-code\">");
    html_text(out, value);
    HTML(out, "</code></dd></div>\n");
}

static void write_facts(struct people *people, const struct certificate_shown *shown)
{
    struct text *out = people->out;
    const struct slice *lines = shown->certificate.lines;
    bool paper = !id_is_none(&shown->by.recorder);
    ui_summary_open(out);
    ui_summary_row(out, SLICE("Name"), lines[CERTIFICATE_NAME]);
    ui_summary_row(out, SLICE("Policy"), lines[CERTIFICATE_POLICY]);
    ui_summary_row(out, SLICE("Signed as"),
                   signing_roles(role_bits(lines[CERTIFICATE_ROLES]), people->arena));
    ui_summary_row(out, SLICE("Signed on"), people_day(people, shown->by.day));
    ui_summary_row(out, SLICE("How"),
                   paper ? arena_format(people->arena, "On paper, recorded by %.*s",
                                        SLICE_PRINT(people_called_id(people, &shown->by.recorder)))
                         : SLICE("On the screen"));
    ui_summary_close(out);
}

static void write_proof(struct people *people, const struct certificate_shown *shown)
{
    struct text *out = people->out;
    const struct slice *lines = shown->certificate.lines;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What was signed, and where it stands"));
    ui_summary_open(out);
    code_row(out, "Fingerprint of the text signed", lines[CERTIFICATE_TEXT]);
    code_row(out, "Fingerprint of what people read", lines[CERTIFICATE_PROSE]);
    code_row(out, "Fingerprint of the rules", lines[CERTIFICATE_MEANING]);
    code_row(out, "Version", lines[CERTIFICATE_VERSION]);
    code_row(out, "Entry of the record", lines[CERTIFICATE_EVENT]);
    code_row(out, "Its leaf", lines[CERTIFICATE_LEAF]);
    code_row(out, "Entries that the checkpoint covers", lines[CERTIFICATE_SIZE]);
    if (lines[CERTIFICATE_ATTESTS].length > 0)
        code_row(out, "Clauses read and accepted", lines[CERTIFICATE_ATTESTS]);
    ui_summary_close(out);
}

static void show(struct people *people)
{
    struct certificate_shown shown;
    struct text *out = people->out;
    struct slice title = SLICE("Certificate of a signature");
    if (!find(people, &shown)) return;
    struct ui_frame frame =
        here_frame_open(people->visit, title, SLICE("/sign"), SLICE("/home"), false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    write_facts(people, &shown);
    write_proof(people, &shown);
    HTML(out, "<div class=\"lanyard-noprint\">\n");
    struct slice file = arena_format(people->arena, "/certificates/text/%.*s/certificate.txt",
                                     SLICE_PRINT(people_hex(people, &shown.signature)));
    keeping_button_link(out, file, SLICE("The certificate as a file"));
    ui_paragraph(out, SLICE("Anybody can check the file without us: lanyard verify --certificate "
                            "FILE --vkey KEY. The key is the record's public one; keep it "
                            "somewhere else."));
    HTML(out, "</div>\n");
    ui_frame_close(out, &frame);
}

void certificate_page(struct visit *visit)
{
    people_visit(visit, show);
}

/* ---- the file -------------------------------------------------------------------------------------- */

static void send(struct people *people)
{
    struct certificate_shown shown;
    if (!find(people, &shown)) return;
    people->visit->response->content_type = "text/plain; charset=utf-8";
    certificate_write(&shown.certificate, people->out);
}

void certificate_file(struct visit *visit)
{
    people_visit(visit, send);
}
