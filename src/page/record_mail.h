/* How mail stands, on the page about the record. */
#pragma once

#include "page/keeping.h"
#include "service/mail_state.h"

/* Rows of a summary that is open. */
void record_mail_rows(struct visit *visit, const struct mail_state *state);
