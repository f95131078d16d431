/* A kept answer as it is read again, from the JSON that may_keep.c made: what was said, what the answer was, and by which
 * clauses, in the words of the day it was kept. Data that does not look like one shows nothing. */
#include "base/json.h"
#include "page/keeping.h"

static struct slice string_of(const struct json *object, const char *name)
{
    const struct json *member = json_member(object, slice_of(name));
    return member != NULL && member->kind == JSON_STRING ? member->string : SLICE_EMPTY;
}

static const struct json *list_of(const struct json *object, const char *name)
{
    const struct json *member = json_member(object, slice_of(name));
    return member != NULL && member->kind == JSON_ARRAY && member->count > 0 ? member : NULL;
}

static void write_said(struct text *out, const struct json *said)
{
    if (said == NULL) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you said"));
    ui_summary_open(out);
    for (const struct json *item = said->first; item != NULL; item = item->next)
        if (item->kind == JSON_OBJECT)
            ui_summary_row(out, string_of(item, "question"), string_of(item, "answer"));
    ui_summary_close(out);
}

static void write_lines(struct text *out, const struct json *lines, struct slice title)
{
    if (lines == NULL) return;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, title);
    ui_list_open(out, false);
    for (const struct json *item = lines->first; item != NULL; item = item->next)
        if (item->kind == JSON_STRING) ui_list_item(out, item->string);
    ui_list_close(out, false);
}

bool kept_show(struct text *out, struct slice json, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct json *kept;
    if (!json_read(json, arena, &kept, &error) || kept->kind != JSON_OBJECT) return false;
    const struct json *words = json_member(kept, SLICE("words"));
    if (words == NULL || words->kind != JSON_OBJECT) return false;
    ui_caption(out, UI_MEDIUM, string_of(words, "summary"));
    ui_inset(out, arena_format(arena, "%.*s. %.*s", SLICE_PRINT(string_of(words, "heading")),
                               SLICE_PRINT(string_of(words, "line"))));
    write_lines(out, list_of(words, "duties"), SLICE("What to do"));
    write_lines(out, list_of(words, "needs"), SLICE("What you need first"));
    write_lines(out, list_of(words, "clauses"), SLICE("The clauses"));
    write_said(out, list_of(words, "said"));
    ui_paragraph(out, arena_format(arena, "From version %.*s of %.*s, kept on %.*s.",
                                   SLICE_PRINT(string_of(words, "version")),
                                   SLICE_PRINT(string_of(words, "policy")),
                                   SLICE_PRINT(string_of(words, "day"))));
    ui_details_open(out, SLICE("The same as data"));
    HTML(out, "<pre class=\"lanyard-opened\" tabindex=\"0\">");
    html_text(out, json);
    HTML(out, "</pre>\n");
    ui_details_close(out);
    return true;
}
