/* The door to libcmark-gfm. Debian's version has no fix for tables whose HTML grows with columns times rows (24 KB took
 * 35 s and 363 MB), so a scan of ours stands in front. */
#include "page/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <stdlib.h>

#include "web/html.h"

/* The pipes of a line that could be a table's delimiter row, or 0. */
static size_t delimiter_pipes(struct slice line)
{
    size_t pipes = 0, dashes = 0;
    for (size_t at = 0; at < line.length; at++) {
        char c = line.at[at];
        if (c == '|')
            pipes++;
        else if (c == '-')
            dashes++;
        else if (c != ':' && c != ' ' && c != '\t' && c != '>')
            return 0;
    }
    return dashes > 0 ? pipes : 0;
}

bool markdown_safe(struct slice prose)
{
    struct slice line;
    size_t columns = 0, rows = 0;
    if (prose.length > MARKDOWN_SIZE_LARGEST) return false;
    while (slice_line(&prose, &line)) {
        size_t pipes = delimiter_pipes(line);
        if (pipes > MARKDOWN_COLUMNS_LARGEST) return false;
        if (pipes > 0) {
            columns = pipes + 1;
            rows = 0;
        } else if (slice_trim(line).length == 0) {
            columns = 0;
        }
        if (columns * ++rows > MARKDOWN_CELLS_LARGEST) return false;
    }
    return true;
}

/* A heading inside prose would break the order of the page's own: it becomes a strong paragraph. In place, because the text
 * below a heading borrows from the heading's own memory. */
static void tame_heading(cmark_node *heading)
{
    cmark_node *strong = cmark_node_new(CMARK_NODE_STRONG);
    cmark_node *child;
    if (!cmark_node_set_type(heading, CMARK_NODE_PARAGRAPH)) {
        cmark_node_free(strong);
        return;
    }
    while ((child = cmark_node_first_child(heading)) != NULL) {
        cmark_node_unlink(child);
        cmark_node_append_child(strong, child);
    }
    cmark_node_append_child(heading, strong);
}

static void tame_headings(cmark_node *root)
{
    cmark_iter *iter = cmark_iter_new(root);
    cmark_event_type event;
    while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event == CMARK_EVENT_EXIT && cmark_node_get_type(node) == CMARK_NODE_HEADING)
            tame_heading(node);
    }
    cmark_iter_free(iter);
}

static void register_extensions(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

static bool render(struct text *out, struct slice prose)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_extensions);
    int options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8;
    cmark_parser *parser = cmark_parser_new(options);
    cmark_syntax_extension *table = cmark_find_syntax_extension("table");
    if (table != NULL) cmark_parser_attach_syntax_extension(parser, table);
    cmark_parser_feed(parser, prose.at, prose.length);
    cmark_node *root = cmark_parser_finish(parser);
    bool made = root != NULL;
    if (made) {
        tame_headings(root);
        char *html = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser));
        text_add_string(out, html);
        free(html);
        cmark_node_free(root);
    }
    cmark_parser_free(parser);
    return made;
}

void markdown_write(struct text *out, struct slice prose)
{
    prose = slice_trim(prose);
    if (prose.length == 0) return;
    HTML(out, "<div class=\"lanyard-prose\">\n");
    if (!markdown_safe(prose) || !render(out, prose)) {
        HTML(out, "<pre>");
        html_text(out, prose);
        HTML(out, "</pre>\n");
    }
    HTML(out, "</div>\n");
}
