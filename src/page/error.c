/* The pages for when something is wrong: what happened, what to do, and nothing of what was sent. */
#include "page/pages.h"

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

static const struct trouble *trouble_of(const struct visit *visit)
{
    unsigned status = visit->response->status;
    size_t count = sizeof troubles / sizeof *troubles;
    /* refused before any page was looked for: by what the request says of where it comes from */
    bool refused = visit->route == NULL && (status == 403 || status == 421);
    if (refused && visit->site->loopback_only != NULL) return &elsewhere;
    if (status == 403 && visit->request->method != METHOD_POST) return &shut;
    for (size_t at = 0; at < count; at++)
        if (troubles[at].status == status) return &troubles[at];
    return &troubles[count - 2];
}

void error_page(struct visit *visit, const struct error *error)
{
    struct text *out = visit->out;
    bool policy = visit_policy(visit) != NULL;
    const struct trouble *trouble = trouble_of(visit);
    struct ui_frame frame = pages_frame(visit, slice_of(trouble->title));
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, slice_of(trouble->title));
    ui_paragraph(out, slice_of(error != NULL ? error->sentence : trouble->words));
    if (error != NULL && error->advice[0] != '\0') ui_paragraph(out, slice_of(error->advice));
    HTML(out, "<p class=\"govuk-body\">");
    if (policy) {
        html_link(out, SLICE("/may"), SLICE("Start a new question"));
        HTML(out, " or ");
    }
    html_link(out, SLICE("/"),
              policy ? SLICE("go to the home page") : SLICE("Go to the home page"));
    HTML(out, ".</p>\n");
    danger_write(out);
    ui_frame_close(out, &frame);
}
