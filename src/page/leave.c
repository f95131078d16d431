/* Leaving for good: the session ends here and now, the browser is asked to forget the site, and goes to a page about
 * nothing. The red button at the top is quicker, but leaves the session to run out by itself. */
#include "page/pages.h"

void leave_page(struct visit *visit)
{
    struct text *out = visit->out;
    struct ui_frame frame = pages_frame(visit_pages(visit), SLICE("Goodbye"));
    visit_end_session(visit);
    response_leave(visit->response, SLICE(UI_EXIT_ADDRESS));
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Your answers are gone"));
    HTML(out, "<p class=\"govuk-body\">You are on your way to ");
    html_link(out, SLICE(UI_EXIT_ADDRESS), SLICE("another page"));
    HTML(out, ".</p>\n");
    ui_frame_close(out, &frame);
}
