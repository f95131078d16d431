/* The first page: what this is, the way to ask, the way to read, and whom to call when it is urgent. */
#include "page/here.h"

void danger_write(struct text *out)
{
    HTML(out,
         "<div class=\"lanyard-danger\" role=\"region\" aria-labelledby=\"danger-title\">"
         "<h2 class=\"govuk-heading-m\" id=\"danger-title\">If a child may be in danger now, call "
         "999</h2>"
         "<p class=\"govuk-body\">Do not wait for an answer here. Then tell your safeguarding lead."
         "</p></div>\n");
}

/* In a record that has adopted no policy yet there is nothing to ask, only somebody to sign in. */
static void bare_home(struct visit *visit)
{
    struct text *out = visit->out;
    struct ui_frame frame = here_frame_open(visit, SLICE("Home"), SLICE("/"), SLICE_EMPTY, false);
    ui_heading(out, 1, UI_EXTRA, SLICE_EMPTY, record_name(visit_record(visit)));
    ui_paragraph(out,
                 SLICE("No policy has been adopted here yet. When one is, everybody can read it "
                       "here and ask it questions."));
    ui_start(out, SLICE("/sign-in"), SLICE("Sign in"));
    danger_write(out);
    ui_frame_close(out, &frame);
}

/* In a demo the way in stands first: it is what whoever opened it came for. */
static void write_demo_way(struct visit *visit)
{
    const struct record *record = visit_record(visit);
    if (record == NULL || !record_is_demo(record)) return;
    HTML(visit->out, "<p class=\"govuk-body-l\">Everybody here is made up. ");
    html_link(visit->out, SLICE("/demo"), SLICE("Come in as one of them"));
    HTML(visit->out, ".</p>\n");
}

/* Telling and signing need a name; who has given theirs has a home page of their own. */
static void write_record_ways(struct visit *visit)
{
    struct text *out = visit->out;
    if (visit_record(visit) == NULL) return;
    bool here = visit_person(visit) != NULL;
    HTML(out, "<p class=\"govuk-body\">");
    if (here) {
        html_link(out, SLICE("/home"), SLICE("Your home page"));
        HTML(out, " says what waits for you. Something worries you? ");
    } else {
        html_link(out, SLICE("/sign-in"), SLICE("Sign in"));
        HTML(out, " to see what waits for you, or to sign the policy. Something worries you? ");
    }
    html_link(out, here ? SLICE("/tell") : SLICE("/sign-in"), SLICE("Tell somebody"));
    HTML(out, ".</p>\n");
}

/* Which text it is, and where the others are. */
static void write_versions(struct visit *visit)
{
    struct text *out = visit->out;
    if (visit_record(visit) == NULL || !visit_opens(visit, "/policy/versions")) return;
    HTML(out, "<p class=\"govuk-body\">Earlier texts stay readable: ");
    html_link(out, SLICE("/policy/versions"), SLICE("all versions, with their dates"));
    HTML(out, ".</p>\n");
}

void home_page(struct visit *visit)
{
    if (visit_policy(visit) == NULL) {
        bare_home(visit);
        return;
    }
    struct text *out = visit->out;
    const struct pages *pages = visit_pages(visit);
    const struct document *document = &visit_policy(visit)->document;
    struct ui_frame frame = here_frame(visit, SLICE("Home"));
    frame.here = SLICE("/");
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_EXTRA, SLICE_EMPTY, document->title);
    write_demo_way(visit);
    HTML(
        out,
        "<p class=\"govuk-body-l\">Before you post, reply, befriend or photograph: ask. You get an "
        "answer from the policy that you signed, with the clause that says so.</p>\n");
    ui_start(out, SLICE("/may"), SLICE("May I?"));
    HTML(out, "<p class=\"govuk-body\">You say who you are and what you want to do. You are asked "
              "only what "
              "makes a difference, and \xe2\x80\x9cI don\xe2\x80\x99t know\xe2\x80\x9d is always "
              "an answer.</p>\n");
    write_record_ways(visit);
    danger_write(out);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Read the policy"));
    HTML(out, "<p class=\"govuk-body\">");
    html_link(out, SLICE("/policy"), SLICE("The whole policy"));
    HTML(out, ", clause by clause, each with its rule in short. Or ");
    html_link(out, SLICE("/policy/print"), SLICE("a copy to print and sign"));
    HTML(out, ".</p>\n");
    write_versions(visit);
    if (pages->policy_count > 1) {
        ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Compare with other policies"));
        HTML(out, "<p class=\"govuk-body\">");
        html_link(out, SLICE("/compare"), SLICE("Compare"));
        HTML(out, ": one question, answered by ");
        html_number(out, (int64_t)pages->policy_count);
        HTML(out, " policies side by side, and a table of all acts.</p>\n");
    }
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What happens to your answers"));
    HTML(out, "<p class=\"govuk-body\">They stay in this computer\xe2\x80\x99s memory while you "
              "ask and for 30 "
              "minutes after, then they are gone. They are never part of an address and "
              "never in a log. Asking is not reporting: nobody is told.</p>\n");
    if (pages->record != NULL)
        HTML(out,
             "<p class=\"govuk-body\">They are not written down either, unless you sign in and "
             "keep an answer: then it is sealed and opens for you alone.</p>\n");
    else
        HTML(out, "<p class=\"govuk-body\">They are never written down.</p>\n");
    HTML(out, "<p class=\"govuk-body\">On a school network, the network itself can still see that "
              "you opened "
              "this site.</p>\n");
    ui_frame_close(out, &frame);
}
