/* The pages for when something is wrong: what happened, what to do, and nothing of what was sent. */
#include "page/here.h"

struct trouble {
    unsigned status;
    const char *title, *words;
};

static const struct trouble troubles[] = {
    {400, "We could not read that",
     "The address or the form that arrived was not one of ours. Go back and try again, or start "
     "from the home page."},
    {403, "That form cannot be used",
     "It did not come from one of our own pages. Nothing was changed."},
    {404, "Page not found",
     "There is no page at this address. If you typed it, check it; if you followed a link, it may "
     "be old."},
    {405, "That does not work here",
     "This page cannot be used in that way. Start from the home page."},
    {413, "That was too much",
     "What was sent is larger than this service takes. Nothing was kept."},
    {414, "The address is too long", "No page of this service has an address that long."},
    {415, "We could not read that form",
     "It came in a form that this service does not read. Nothing was kept."},
    {421, "This is not the address of this service",
     "You reached this service under a name that it does not know. Check the address, or tell the "
     "person who runs it."},
    {429, "One file at a time", "Wait until the file that you are sending is there."},
    {431, "Your browser sent too much",
     "The request's headers are larger than this service takes. Clearing this site's cookies may "
     "help."},
    {500, "Something went wrong here",
     "It is our fault, not yours. Try again; if it is urgent, ask a leader in person."},
    {503, "Too many people are asking just now",
     "Please try again in a few minutes; if it is urgent, ask a leader in person."},
};

static const struct trouble shut = {403, "This page is not open to you",
                                    "It is open to some roles only."};

static const struct trouble elsewhere = {403, "This demo opens on its own computer only", ""};

/* A form of our own, and the answer is no: a clause, a role, or nobody signed in any more. */
static const struct trouble refused_to = {403, "This is not for you to do", ""};
static const struct trouble refused_to_nobody = {403, "You are signed out", ""};

static bool signed_in(const struct visit *visit)
{
    const struct person_here *here = visit->who;
    return here != NULL && here->found;
}

static const struct trouble *trouble_of(const struct visit *visit, bool refused_one)
{
    unsigned status = visit->response->status;
    size_t count = sizeof troubles / sizeof *troubles;
    /* refused before any page was looked for: by what the request says of where it comes from */
    bool refused = visit->route == NULL && (status == 403 || status == 421);
    if (refused && visit->site->loopback_only != NULL) return &elsewhere;
    if (status == 403 && visit->request->method != METHOD_POST) return &shut;
    if (refused_one) return signed_in(visit) ? &refused_to : &refused_to_nobody;
    for (size_t at = 0; at < count; at++)
        if (troubles[at].status == status) return &troubles[at];
    return &troubles[count - 2];
}

/* Back among the record's pages: who may do it instead, or signing in again. */
static void write_record_ways(struct visit *visit)
{
    struct text *out = visit->out;
    HTML(out, "<p class=\"govuk-body\">");
    if (signed_in(visit)) {
        html_link(out, SLICE("/home"), SLICE("Your home page"));
        HTML(out, ", or ");
        html_link(out, SLICE("/who"), SLICE("who is who"));
        HTML(out, ", to ask somebody who may");
    } else {
        html_link(out, SLICE("/sign-in"), SLICE("Sign in"));
    }
    HTML(out, ".</p>\n");
}

static void write_ways(struct visit *visit)
{
    struct text *out = visit->out;
    bool policy = visit_policy(visit) != NULL;
    HTML(out, "<p class=\"govuk-body\">");
    if (policy) {
        html_link(out, SLICE("/may"), SLICE("Start a new question"));
        HTML(out, " or ");
    }
    html_link(out, SLICE("/"),
              policy ? SLICE("go to the home page") : SLICE("Go to the home page"));
    HTML(out, ".</p>\n");
}

void error_page(struct visit *visit, const struct error *error)
{
    struct text *out = visit->out;
    const struct trouble *trouble =
        trouble_of(visit, error != NULL && error->code == ERROR_REFUSED);
    bool refused = trouble == &refused_to || trouble == &refused_to_nobody || trouble == &shut;
    struct ui_frame frame = signed_in(visit) ? here_frame(visit, slice_of(trouble->title))
                                             : pages_frame(visit, slice_of(trouble->title));
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, slice_of(trouble->title));
    ui_paragraph(out, slice_of(error != NULL ? error->sentence : trouble->words));
    if (error != NULL && error->advice[0] != '\0') ui_paragraph(out, slice_of(error->advice));
    if (refused && visit_pages(visit)->record != NULL)
        write_record_ways(visit);
    else
        write_ways(visit);
    danger_write(out);
    ui_frame_close(out, &frame);
}
