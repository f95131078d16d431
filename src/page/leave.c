/* Leaving for good: the session and the signing in end here and now, the browser is asked to forget the site, and goes to a
 * page about nothing. The red button at the top is quicker, but leaves the session to run out by itself. */
#include "page/here.h"

/* Whoever is signed in leaves signed out; that it could not be written down keeps nobody here. */
static void sign_out(struct visit *visit)
{
    struct error ignored;
    const struct person_here *here = visit_person(visit);
    if (here == NULL) return;
    if (signin_out(visit_record(visit), &here->who, false, visit->arena, &ignored))
        visit_set_cookie(visit, SIGNED_IN_COOKIE, SLICE_EMPTY, 0);
}

void leave_page(struct visit *visit)
{
    struct text *out = visit->out;
    struct ui_frame frame = pages_frame(visit, SLICE("Goodbye"));
    sign_out(visit);
    visit_end_session(visit);
    response_leave(visit->response, SLICE(UI_EXIT_ADDRESS));
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Your answers are gone"));
    HTML(out, "<p class=\"govuk-body\">You are on your way to ");
    html_link(out, SLICE(UI_EXIT_ADDRESS), SLICE("another page"));
    HTML(out, ".</p>\n");
    ui_frame_close(out, &frame);
}
