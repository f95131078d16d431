/* That a form comes from our own page: the session's token in a hidden field, and the browser's own headers. */
#pragma once

#include "base/text.h"
#include "web/form.h"
#include "web/request.h"
#include "web/session.h"

#define CSRF_FIELD "token"

/* Whether a POST with this token may go on: it is ours, which is never empty. The token is compared in constant time. */
bool csrf_holds(const struct web_request *request, struct slice ours, struct slice token);
/* The hidden field for a form. */
void csrf_field(struct text *out, const struct session *session);
