/* The canonical form of a document's rule and policy blocks. A comment stays with its line: one that stands above a line
 * moves with it, one behind a line stays behind it. Where the print has no such line, or reads otherwise than the block
 * did, the block is left alone: formatting never changes a meaning. The print itself is print.c's. */
#include "policy/fmt.h"

#include <string.h>

#include "policy/print.h"
#include "policy/reader.h"

#define BLOCK_LARGEST ((size_t)4 * DOCUMENT_SIZE_LARGEST)

/* One printed line and the comments that go with it. */
struct printed_line {
    struct slice text, key;
    LIST(struct slice) above;
    struct slice behind;
    bool taken; /* a source line was found for it */
};

/* A statement or a policy line: where it begins in the source and how it is printed. */
struct item {
    size_t line;
    LIST(struct printed_line) lines;
};

struct formatter {
    const struct document *document;
    const struct words *words;
    struct words scratch; /* a copy for reading what was printed */
    struct arena *arena;  /* forgotten after each block */
    LIST(struct item) items;
    LIST(struct slice) last; /* comments behind the last line of code */
    bool spaced;             /* a blank line stands between two items */
};

/* ---- what is printed --------------------------------------------------------------------------- */

/* A line as its words alone: stems, no articles, one blank between. */
static struct slice key_of(struct arena *arena, struct slice line)
{
    char *at = arena_take(arena, line.length + 2, 1);
    size_t length = 0;
    struct slice rest = slice_trim(line);
    while (rest.length > 0) {
        size_t end = 0;
        while (end < rest.length && rest.at[end] != ' ' && rest.at[end] != '\t') end++;
        struct slice stem = words_stem(slice_part(rest, 0, end), arena);
        bool article = slice_is(stem, "a") || slice_is(stem, "an") || slice_is(stem, "the");
        if (!article && stem.length > 0) {
            memcpy(at + length, stem.at, stem.length);
            length += stem.length;
            at[length++] = ' ';
        }
        rest = slice_trim(slice_part(rest, end, rest.length));
    }
    return slice_trim((struct slice){at, length});
}

static void add_item(struct formatter *formatter, size_t line, struct slice printed)
{
    struct item *item = LIST_ADD(formatter->arena, &formatter->items);
    struct slice rest = arena_copy(formatter->arena, printed);
    struct slice text;
    item->line = line;
    while (slice_line(&rest, &text))
        LIST_PUSH(formatter->arena, &item->lines,
                  (struct printed_line){
                      .text = text, .key = key_of(formatter->arena, text), .behind = SLICE_EMPTY});
}

/* The prints of everything a block says, in order; `out` gets them one behind the other. */
static void print_clause(const struct document *document, int index, const struct words *words,
                         struct text *out, struct formatter *ret_items)
{
    const struct clause *clause = &document->clauses.at[index];
    size_t before = out->length;
    for (size_t i = 0; i < clause->statements.count; i++, before = out->length) {
        print_statement(words, &clause->statements.at[i], out);
        if (ret_items != NULL)
            add_item(ret_items, clause->statements.at[i].line,
                     slice_part(text_slice(out), before, out->length));
    }
    for (size_t i = 0; i < document->lines.count; i++, before = out->length) {
        if (document->lines.at[i].clause != index || document->lines.at[i].inherited) continue;
        print_policy_line(words, &document->lines.at[i], out);
        if (ret_items != NULL)
            add_item(ret_items, document->lines.at[i].line,
                     slice_part(text_slice(out), before, out->length));
    }
}

/* ---- comments ---------------------------------------------------------------------------------- */

/* The printed line of the item that says what a source line says: its head, or the only one with the same words. */
static struct printed_line *line_like(struct formatter *formatter, struct item *item, size_t number,
                                      struct slice code)
{
    if (number == item->line) return &item->lines.at[0];
    struct slice key = key_of(formatter->arena, code);
    struct printed_line *found = NULL;
    for (size_t i = 1; i < item->lines.count; i++) {
        if (!slice_equal(item->lines.at[i].key, key)) continue;
        if (found != NULL) return NULL;
        found = &item->lines.at[i];
    }
    return found;
}

/* Gives the comments above and behind one line of code to its printed line; false where there is no such line. */
static bool place_comments(struct formatter *formatter, size_t item, size_t number,
                           struct slice code, struct slice behind)
{
    if (formatter->last.count == 0 && behind.length == 0) return true;
    struct printed_line *line = NULL;
    if (item < formatter->items.count)
        line = line_like(formatter, &formatter->items.at[item], number, code);
    if (line == NULL || line->taken) return false;
    line->taken = true;
    line->behind = behind;
    for (size_t i = 0; i < formatter->last.count; i++)
        LIST_PUSH(formatter->arena, &line->above, formatter->last.at[i]);
    formatter->last.count = 0;
    return true;
}

/* Walks the source lines of a block and finds a place for each comment. */
static bool keep_comments(struct formatter *formatter, const struct block *block)
{
    struct slice rest = block->text;
    struct slice raw;
    size_t next = 0; /* the item that has not begun yet */
    for (size_t number = block->line; slice_line(&rest, &raw); number++) {
        size_t end = reader_before_comment(raw);
        struct slice code = slice_trim(slice_part(raw, 0, end));
        struct slice comment = slice_trim(slice_part(raw, end, raw.length));
        if (code.length == 0) {
            if (comment.length > 0) LIST_PUSH(formatter->arena, &formatter->last, comment);
            continue;
        }
        if (next < formatter->items.count && formatter->items.at[next].line <= number) next++;
        if (next == 0 || !place_comments(formatter, next - 1, number, code, comment)) return false;
    }
    return true;
}

static void write_items(const struct formatter *formatter, struct text *out)
{
    for (size_t i = 0; i < formatter->items.count; i++) {
        const struct item *item = &formatter->items.at[i];
        if (i > 0 && formatter->spaced) text_add_char(out, '\n');
        for (size_t k = 0; k < item->lines.count; k++) {
            const struct printed_line *line = &item->lines.at[k];
            for (size_t m = 0; m < line->above.count; m++)
                text_format(out, "%.*s\n", SLICE_PRINT(line->above.at[m]));
            text_add(out, line->text);
            if (line->behind.length > 0) text_format(out, "  %.*s", SLICE_PRINT(line->behind));
            text_add_char(out, '\n');
        }
    }
    for (size_t i = 0; i < formatter->last.count; i++)
        text_format(out, "%.*s\n", SLICE_PRINT(formatter->last.at[i]));
}

/* ---- one block --------------------------------------------------------------------------------- */

/* Whether the new text of a block reads as the old one did: both give the same print. */
static bool reads_alike(struct formatter *formatter, const struct clause *clause, struct slice text,
                        struct slice print)
{
    static const char fence[] = "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~";
    const struct document *document = formatter->document;
    struct text source, again;
    text_init(&source, BLOCK_LARGEST);
    text_init(&again, BLOCK_LARGEST);
    text_format(&source, "---\npolicy: %s\n", slice_is(document->policy, "law") ? "law" : "x");
    if (document->norms_prefix.length > 0)
        text_format(&source, "norms: %.*s\n", SLICE_PRINT(document->norms_prefix));
    text_format(&source, "---\n# x {#c-%.*s}\n%s%s\n%.*s%s\n", SLICE_PRINT(clause->id), fence,
                clause->block.kind == BLOCK_RULE ? "rule" : "policy", SLICE_PRINT(text), fence);
    struct problems problems;
    struct document copy;
    problems_init(&problems, formatter->arena);
    bool alike = !source.overflowed &&
                 document_read(document->file, text_slice(&source), true, formatter->arena,
                               &problems, &copy) &&
                 parse_document(&copy, &formatter->scratch, &problems);
    if (alike) {
        print_clause(&copy, 0, &formatter->scratch, &again, NULL);
        alike = slice_equal(text_slice(&again), print);
    }
    text_clear(&source);
    text_clear(&again);
    return alike;
}

/* The block's canonical text, or false where it has to stay as it is. */
static bool format_block(struct formatter *formatter, int index, struct text *ret_text)
{
    const struct clause *clause = &formatter->document->clauses.at[index];
    struct text print;
    formatter->items.count = formatter->items.space = 0;
    formatter->last.count = formatter->last.space = 0;
    formatter->spaced = clause->block.kind == BLOCK_RULE;
    text_init(&print, BLOCK_LARGEST);
    print_clause(formatter->document, index, formatter->words, &print, formatter);
    bool good =
        formatter->items.count > 0 && !print.overflowed && keep_comments(formatter, &clause->block);
    if (good) write_items(formatter, ret_text);
    good = good && !ret_text->overflowed &&
           reads_alike(formatter, clause, text_slice(ret_text), text_slice(&print));
    text_clear(&print);
    return good;
}

/* ---- the document ------------------------------------------------------------------------------ */

/* A line of the source with its own ending. */
static bool whole_line(struct slice *rest, struct slice *ret_line)
{
    if (rest->length == 0) return false;
    size_t end = slice_find(*rest, '\n');
    *ret_line = slice_part(*rest, 0, end + 1);
    *rest = slice_part(*rest, end + 1, rest->length);
    return true;
}

/* Copies source lines up to number `until` (not included). */
static void copy_lines(struct slice *rest, size_t *number, size_t until, struct text *out)
{
    struct slice line;
    while (*number < until && whole_line(rest, &line)) {
        text_add(out, line);
        *number += 1;
    }
}

static void skip_lines(struct slice *rest, size_t *number, size_t until)
{
    struct slice line;
    while (*number < until && whole_line(rest, &line)) *number += 1;
}

static size_t count_lines(struct slice text)
{
    size_t count = 0;
    struct slice line;
    while (slice_line(&text, &line)) count++;
    return count;
}

/* The lines of a new block, ended as the lines around it are. */
static void add_block(struct slice block, bool returns, struct text *out)
{
    struct slice line;
    while (slice_line(&block, &line)) {
        text_add(out, line);
        text_add(out, returns ? SLICE("\r\n") : SLICE("\n"));
    }
}

/* The next block of the document's own source to be formatted, in the order of its lines; -1: none. What a base says stands
 * in another file. */
static int next_block(const struct document *document, size_t after)
{
    int next = -1;
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        bool ours = !clause->inherited && clause->block.line > after &&
                    (clause->block.kind == BLOCK_RULE || clause->block.kind == BLOCK_POLICY);
        if (ours && (next < 0 || clause->block.line < document->clauses.at[next].block.line))
            next = (int)i;
    }
    return next;
}

static void format_all(struct formatter *formatter, struct text *out, size_t *left)
{
    const struct document *document = formatter->document;
    struct slice rest = document->source;
    bool returns = slice_search(rest, SLICE("\r\n")) < rest.length;
    size_t number = 1;
    struct text block;
    text_init(&block, BLOCK_LARGEST);
    for (int i = next_block(document, 0); i >= 0;
         i = next_block(document, document->clauses.at[i].block.line)) {
        const struct clause *clause = &document->clauses.at[i];
        size_t length = count_lines(clause->block.text);
        text_cut(&block, 0);
        copy_lines(&rest, &number, clause->block.line, out);
        if (format_block(formatter, i, &block)) {
            skip_lines(&rest, &number, clause->block.line + length);
            add_block(text_slice(&block), returns, out);
        } else {
            *left += 1;
        }
        arena_reset(formatter->arena);
    }
    copy_lines(&rest, &number, SIZE_MAX, out);
    text_clear(&block);
}

bool fmt_document(const struct document *document, const struct words *words, struct text *out,
                  size_t *ret_left)
{
    struct arena *kept = arena_new();
    struct formatter formatter = {.document = document, .words = words, .arena = arena_new()};
    words_copy(words, kept, &formatter.scratch);
    size_t left = 0;
    format_all(&formatter, out, &left);
    arena_free(formatter.arena);
    arena_free(kept);
    if (!out->overflowed) *ret_left = left;
    return !out->overflowed;
}
