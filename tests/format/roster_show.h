/* A roster as text, a line each, so that a test can say what it expects at a glance; and a folder
 * of files written as name, content, name, content, NULL. */
#pragma once

#include "base/text.h"
#include "format/bundle.h"
#include "format/roster.h"

/* org ID NAME kind [< PARENT] / person ID STATUS given|family|known|birth|email|phone|username
 * [left] / role ID CODE@ORG from..until / link PARENT>CHILD / claim FROM?TO / problem FILE:LINE:COL
 * id field: what (done). */
void roster_show(const struct roster *roster, struct text *text);
void folder_of(struct bundle *bundle, struct arena *arena, const char *const *parts);
