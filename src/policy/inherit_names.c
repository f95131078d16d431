/* The base's text with the new policy's words in it: names of the front matter, and the prefix of norm ids. Every line stays
 * where it stands, so that a problem is found in the base's file. */
#include "policy/inherit.h"

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c & 0x80) != 0;
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static char small(char c)
{
    return is_capital(c) ? (char)(c - 'A' + 'a') : c;
}

/* The name stands at the front of the text as whole words; its first letter may be a capital, and the end of a line does
 * for a blank. */
static bool names_next(struct slice text, struct slice name)
{
    if (text.length < name.length || small(text.at[0]) != small(name.at[0])) return false;
    if (is_capital(name.at[0]) && !is_capital(text.at[0])) return false;
    for (size_t i = 1; i < name.length; i++) {
        char c = text.at[i] == '\n' ? ' ' : text.at[i];
        if (c != name.at[i]) return false;
    }
    return text.length == name.length || !is_word(text.at[name.length]) ||
           !is_word(name.at[name.length - 1]);
}

/* The longest name at the front of the text, or NULL. */
static const struct naming *naming_next(const struct renaming *renaming, struct slice text)
{
    const struct naming *longest = NULL;
    for (size_t i = 0; i < renaming->count; i++) {
        const struct naming *naming = &renaming->names[i];
        if (names_next(text, naming->from) &&
            (longest == NULL || naming->from.length > longest->from.length))
            longest = naming;
    }
    return longest;
}

static bool id_next(const struct renaming *renaming, struct slice text)
{
    struct slice prefix = renaming->old_prefix;
    return prefix.length > 0 && text.length > prefix.length && slice_starts(text, prefix) &&
           is_word(text.at[prefix.length]);
}

/* A name that ran over the end of a line keeps it: where the new one has a blank, else in front. */
static void add_name(struct text *out, struct slice text, const struct naming *naming)
{
    struct slice to = naming->to;
    bool broken = slice_find(slice_part(text, 0, naming->from.length), '\n') < naming->from.length;
    size_t blank = broken ? slice_find(to, ' ') : to.length;
    char first = to.at[0];
    if (broken && blank == to.length) text_add_char(out, '\n');
    if (is_capital(text.at[0]) && !is_capital(naming->from.at[0]) && first >= 'a' && first <= 'z')
        first = (char)(first - 'a' + 'A');
    text_add_char(out, first);
    text_add(out, slice_part(to, 1, blank));
    if (blank == to.length) return;
    text_add_char(out, '\n');
    text_add(out, slice_part(to, blank + 1, to.length));
}

/* Puts in what stands at the front of the rest, if anything does, and steps over it. */
static bool put_in(const struct renaming *renaming, struct slice *rest, struct text *out)
{
    const struct naming *naming = naming_next(renaming, *rest);
    size_t length = 0;
    if (naming != NULL) {
        add_name(out, *rest, naming);
        length = naming->from.length;
    } else if (id_next(renaming, *rest)) {
        text_add(out, renaming->new_prefix);
        length = renaming->old_prefix.length;
    }
    *rest = slice_part(*rest, length, rest->length);
    return length > 0;
}

struct slice inherit_renamed(const struct renaming *renaming, struct slice text)
{
    struct text out AUTO_TEXT;
    struct slice rest = text;
    bool inside = false, changed = false;
    text_init(&out, (size_t)16 * DOCUMENT_SIZE_LARGEST);
    while (rest.length > 0) {
        if (!inside && put_in(renaming, &rest, &out)) {
            changed = inside = true;
            continue;
        }
        char c = rest.at[0];
        inside = is_word(c) || c == '-';
        text_add_char(&out, c);
        rest = slice_part(rest, 1, rest.length);
    }
    return changed && !out.overflowed ? arena_copy(renaming->arena, text_slice(&out)) : text;
}

/* A norm's id is its own: no name is looked for in it. */
static struct slice renamed_id(const struct renaming *renaming, struct slice id)
{
    if (!id_next(renaming, id)) return id;
    struct slice rest = slice_part(id, renaming->old_prefix.length, id.length);
    return arena_format(renaming->arena, "%.*s%.*s", SLICE_PRINT(renaming->new_prefix),
                        SLICE_PRINT(rest));
}

static void rename_block(const struct renaming *renaming, struct block *block)
{
    block->text = inherit_renamed(renaming, block->text);
    block->inherited = true;
    if (block->kind == BLOCK_SCENARIO || block->kind == BLOCK_SCENARIOS)
        block->info = inherit_renamed(renaming, block->info);
}

static void rename_clause(const struct renaming *renaming, struct clause *clause)
{
    clause->inherited = true;
    clause->title = inherit_renamed(renaming, clause->title);
    clause->prose = inherit_renamed(renaming, clause->prose);
    clause->reason = inherit_renamed(renaming, clause->reason);
    rename_block(renaming, &clause->block);
    for (size_t i = 0; i < clause->norms.count; i++)
        clause->norms.at[i] = renamed_id(renaming, clause->norms.at[i]);
    for (size_t i = 0; i < clause->notes.count; i++)
        clause->notes.at[i] = inherit_renamed(renaming, clause->notes.at[i]);
}

static struct slice with_hyphen(struct arena *arena, struct slice prefix)
{
    return prefix.length == 0 ? SLICE_EMPTY : arena_format(arena, "%.*s-", SLICE_PRINT(prefix));
}

void inherit_names(const struct document *own, struct slice base_prefix, struct document *document)
{
    struct renaming renaming = {.arena = document->arena,
                                .names = own->names.at,
                                .count = own->names.count,
                                .old_prefix = with_hyphen(document->arena, base_prefix),
                                .new_prefix = with_hyphen(document->arena, own->norms_prefix)};
    document->preamble = inherit_renamed(&renaming, document->preamble);
    for (size_t i = 0; i < document->sections.count; i++) {
        struct section *section = &document->sections.at[i];
        section->title = inherit_renamed(&renaming, section->title);
        section->prose = inherit_renamed(&renaming, section->prose);
    }
    for (size_t i = 0; i < document->clauses.count; i++)
        rename_clause(&renaming, &document->clauses.at[i]);
    for (size_t i = 0; i < document->scenarios.count; i++)
        rename_block(&renaming, &document->scenarios.at[i]);
}
