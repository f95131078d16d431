/* The escaping behind html.h: one table, runs copied whole. */
#include "web/html.h"

static struct slice entity(char c)
{
    switch (c) {
    case '&': return SLICE("&amp;");
    case '<': return SLICE("&lt;");
    case '>': return SLICE("&gt;");
    case '"': return SLICE("&quot;");
    case '\'': return SLICE("&#39;");
    default: return SLICE_EMPTY;
    }
}

static bool plain(char c)
{
    if ((unsigned char)c < 0x20) return c == '\t' || c == '\n' || c == '\r';
    return c != 0x7f && c != '&' && c != '<' && c != '>' && c != '"' && c != '\'';
}

void html_text(struct text *out, struct slice words)
{
    size_t from = 0;
    for (size_t at = 0; at < words.length; at++) {
        if (plain(words.at[at])) continue;
        text_add(out, slice_part(words, from, at));
        text_add(out, entity(words.at[at]));
        from = at + 1;
    }
    text_add(out, slice_part(words, from, words.length));
}

void html_string(struct text *out, const char *words)
{
    html_text(out, slice_of(words));
}

void html_number(struct text *out, int64_t number)
{
    text_add_number(out, number);
}

void html_attribute_named(struct text *out, struct slice name, struct slice value)
{
    text_add_char(out, ' ');
    text_add(out, name);
    HTML(out, "=\"");
    html_text(out, value);
    text_add_char(out, '"');
}

bool html_address_safe(struct slice address)
{
    if (address.length == 0) return false;
    if (address.at[0] == '#') return true;
    /* `//host` and `/\host` leave the site, so one slash only */
    if (address.at[0] == '/')
        return address.length == 1 || (address.at[1] != '/' && address.at[1] != '\\');
    return slice_starts(address, SLICE("https://")) || slice_starts(address, SLICE("mailto:"));
}

void html_href(struct text *out, struct slice address)
{
    html_attribute(out, "href", html_address_safe(address) ? address : SLICE("#"));
}

void html_link(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<a class=\"govuk-link\"");
    html_href(out, address);
    HTML(out, ">");
    html_text(out, words);
    HTML(out, "</a>");
}

static bool name_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
}

void html_name(struct text *out, struct slice name)
{
    for (size_t at = 0; at < name.length; at++)
        text_add_char(out, name_byte(name.at[at]) ? name.at[at] : '-');
}
