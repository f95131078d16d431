/* Token and origin, checked together; see csrf.h. */
#include "web/csrf.h"

#include "web/html.h"

bool csrf_holds(const struct web_request *request, struct slice ours, struct slice token)
{
    unsigned char difference = 0;
    if (ours.length != SESSION_ID_LENGTH || token.length != SESSION_ID_LENGTH) return false;
    for (size_t at = 0; at < SESSION_ID_LENGTH; at++)
        difference |= (unsigned char)(ours.at[at] ^ token.at[at]);
    return difference == 0 && web_request_same_origin(request);
}

void csrf_field(struct text *out, const struct session *session)
{
    HTML(out, "<input type=\"hidden\" name=\"" CSRF_FIELD "\"");
    html_attribute(out, "value", slice_of(session->token));
    HTML(out, ">");
}
