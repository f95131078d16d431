/* HTML written by construction: literals of ours go out as they stand, everything else is escaped on the way. There is no
 * way to write a value unescaped. Pages and the standalone document use it; it knows no HTTP. */
#pragma once

#include "base/text.h"

/* Markup of ours: a string literal or it does not compile. */
#define HTML(out, literal) text_add((out), SLICE(literal))

/* Words between tags: & < > " ' become entities; control characters other than tab and line ends are left out. */
void html_text(struct text *out, struct slice words);
void html_string(struct text *out, const char *words);
void html_number(struct text *out, int64_t number);
/* One attribute with its leading blank: ` name="value"`. The name is a literal. */
#define html_attribute(out, name, value) html_attribute_named((out), SLICE(name), (value))
void html_attribute_named(struct text *out, struct slice name, struct slice value);
/* ` href="..."`. Only /path, #fragment, https: and mailto: stand; any other address becomes "#". */
void html_href(struct text *out, struct slice address);
/* <a class="govuk-link" href="address">words</a> */
void html_link(struct text *out, struct slice address, struct slice words);
/* Whether an address may stand in a link (see html_href). */
bool html_address_safe(struct slice address);
/* A name fit for id="..." and #...: letters, digits, '.', '_' and '-' stay, any other byte becomes '-'. */
void html_name(struct text *out, struct slice name);
