/* A conversation of May I? that meets a new version of the policy: it goes on where the new version understands all that was
 * said, else it begins again; either way the next page says so. */
#include "page/may.h"

static bool understood(const struct visit *visit, const struct may *may)
{
    struct error ignored = {.code = ERROR_NONE};
    struct request *request = ARENA_NEW(visit->arena, struct request);
    return may_request(visit, may, request, &ignored) && request_check(request, &ignored);
}

bool may_keep_up(struct visit *visit)
{
    struct id version = visit_version(visit);
    struct may *may = visit->session != NULL ? visit->session->state : NULL;
    if (may == NULL || id_same(&may->version, &version)) return true;
    bool began = may->count > 0, goes_on = !began || understood(visit, may);
    may->version = version;
    if (began) may->met = goes_on ? MAY_MET_GOES_ON : MAY_MET_BEGINS_AGAIN;
    if (goes_on) return true;
    may_forget(may);
    response_see(visit->response, SLICE("/may"));
    return false;
}

void may_met_write(struct visit *visit)
{
    struct may *may = visit->session != NULL ? visit->session->state : NULL;
    if (may == NULL || may->met == MAY_MET_NOTHING) return;
    ui_inset(visit->out,
             may->met == MAY_MET_GOES_ON
                 ? SLICE("A new version of the policy has come into force since your last answer. "
                         "What you said still makes sense to it: from here on it answers.")
                 : SLICE("A new version of the policy has come into force since your last answer, "
                         "and it puts its questions differently. Please begin again: what you said "
                         "was forgotten."));
    may->met = MAY_MET_NOTHING;
}
