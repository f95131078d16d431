/* Lines of the lexicon read: what a line says, and the spellings that its brackets stand for. What the words mean to the table is
 * lexicon.c's. */
#include <string.h>

#include "screen/lexicon_parts.h"

static const struct {
    const char *word, *title;
} characteristics[] = {
    {"age", "age"},
    {"disability", "disability"},
    {"gender", "gender reassignment"},
    {"marriage", "marriage and civil partnership"},
    {"maternity", "pregnancy and maternity"},
    {"orientation", "sexual orientation"},
    {"race", "race"},
    {"religion", "religion or belief"},
    {"sex", "sex"},
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

bool lexicon_wrong(const struct lexicon_line *line, struct slice text, const char *what,
                   const char *advice, struct error *error)
{
    (void)error_set(error, ERROR_SYNTAX, "Line %zu of the wording: \"%.*s\" %s.", line->number,
                    SLICE_PRINT(slice_part(text, 0, 100)), what);
    (void)error_advise(error, "%s", advice);
    return error_at(error, SLICE_EMPTY, line->number, 1);
}

bool lexicon_line_blank(struct slice text)
{
    struct slice line = slice_trim(text);
    return line.length == 0 || line.at[0] == '#';
}

/* ---- what a line says --------------------------------------------------------------------------- */

/* The first word of *rest, which goes on behind it. */
static struct slice take_word(struct slice *rest)
{
    size_t end = 0;
    struct slice all = slice_trim(*rest);
    while (end < all.length && !is_blank(all.at[end])) end++;
    *rest = slice_trim(slice_part(all, end, all.length));
    return slice_part(all, 0, end);
}

static bool take_kind(struct slice word, enum finding_kind *ret_kind)
{
    for (size_t kind = FINDING_PROFANITY; kind < FINDING_KINDS; kind++) {
        if (!slice_is(word, finding_kind_name((enum finding_kind)kind))) continue;
        *ret_kind = (enum finding_kind)kind;
        return true;
    }
    return false;
}

static bool take_characteristic(struct slice word, struct slice *ret_title)
{
    for (size_t i = 0; i < sizeof characteristics / sizeof *characteristics; i++) {
        if (!slice_is(word, characteristics[i].word)) continue;
        *ret_title = slice_of(characteristics[i].title);
        return true;
    }
    return false;
}

static bool read_entry(struct slice kind, struct slice rest, struct lexicon_line *line,
                       struct error *error)
{
    line->rule = RULE_ENTRY;
    line->entry = (struct lexicon_entry){.phrase = SLICE_EMPTY, .characteristic = SLICE_EMPTY};
    if (!take_kind(kind, &line->entry.kind))
        return lexicon_wrong(line, kind, "begins no line",
                             "Begin with a class such as profanity or threat, with let or remove, "
                             "or with # for a comment.",
                             error);
    struct slice level = take_word(&rest);
    if (line->entry.kind == FINDING_DISCRIMINATORY &&
        take_characteristic(level, &line->entry.characteristic))
        level = take_word(&rest);
    bool hold = slice_is(level, "hold");
    if (!hold && !slice_is(level, "look"))
        return lexicon_wrong(line, level, "is not a level",
                             "Write hold or look behind the class: profanity look WORDING", error);
    line->entry.level = hold ? LEVEL_HOLD : LEVEL_LOOK;
    line->wording = rest;
    return true;
}

/* Cuts " except ..." off a wording. */
static void cut_except(struct lexicon_line *line)
{
    size_t at = slice_search(line->wording, SLICE(" except "));
    line->except = slice_part(line->wording, at + strlen(" except "), line->wording.length);
    line->wording = slice_trim(slice_part(line->wording, 0, at));
}

bool lexicon_line_read(struct slice text, struct lexicon_line *line, struct error *error)
{
    struct slice rest = slice_trim(text);
    line->except = SLICE_EMPTY;
    if (rest.length > LEXICON_LINE_LARGEST)
        return lexicon_wrong(line, rest, "is too long", "Make two lines of it.", error);
    struct slice word = take_word(&rest);
    line->wording = rest;
    if (slice_is(word, "let") || slice_is(word, "remove")) {
        line->rule = slice_is(word, "let") ? RULE_LET : RULE_REMOVE;
    } else {
        if (!read_entry(word, rest, line, error)) return false;
        cut_except(line);
    }
    if (line->wording.length == 0)
        return lexicon_wrong(line, slice_trim(text), "has no wording",
                             "Write the word or the words behind it.", error);
    return true;
}

/* ---- alternatives ------------------------------------------------------------------------------- */

static bool is_wording_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
    return letter || (byte >= '0' && byte <= '9') || (c != '\0' && strchr(" \t'-&()|*", c) != NULL);
}

static size_t count_choices(struct slice part)
{
    size_t count = 1;
    for (size_t i = 0; i < part.length; i++) count += part.at[i] == '|';
    return count;
}

static bool add_part(struct wording *wording, struct slice part, bool bracket, size_t *spellings)
{
    if (part.length == 0) return true;
    if (wording->count == WORDING_PARTS) return false;
    size_t choices = bracket ? count_choices(part) : 1;
    wording->parts[wording->count] = part;
    wording->choices[wording->count] = choices;
    wording->chosen[wording->count++] = 0;
    *spellings *= choices;
    return *spellings <= WORDING_SPELLINGS_LARGEST;
}

static bool wrong_bracket(const struct lexicon_line *line, struct slice text, struct error *error)
{
    return lexicon_wrong(line, text, "has a bracket that is not closed, or one within another",
                         "Write alternatives like this: (great|blue) tit(|s)", error);
}

static bool read_parts(struct wording *wording, const struct lexicon_line *line, struct slice text,
                       struct error *error)
{
    size_t from = 0, spellings = 1;
    bool inside = false, fits = true;
    for (size_t i = 0; i < text.length && fits; i++) {
        char c = text.at[i];
        if (c == '|' && !inside) return wrong_bracket(line, text, error);
        if (c != '(' && c != ')') continue;
        if (inside != (c == ')')) return wrong_bracket(line, text, error);
        fits = add_part(wording, slice_part(text, from, i), inside, &spellings);
        inside = !inside;
        from = i + 1;
    }
    if (inside && fits) return wrong_bracket(line, text, error);
    fits = fits && add_part(wording, slice_part(text, from, text.length), false, &spellings);
    if (fits) return true;
    return lexicon_wrong(line, text, "stands for too many spellings", "Make several lines of it.",
                         error);
}

bool wording_read(struct wording *wording, const struct lexicon_line *line, struct slice text,
                  struct error *error)
{
    wording->count = 0;
    wording->done = false;
    for (size_t i = 0; i < text.length; i++) {
        if (!is_wording_byte(text.at[i]))
            return lexicon_wrong(line, text, "has a sign in it that is neither letter nor digit",
                                 "Write plain words: what stands between them does not matter.",
                                 error);
    }
    return read_parts(wording, line, text, error);
}

static struct slice choice(struct slice part, size_t which)
{
    size_t from = 0;
    for (size_t i = 0; i < which; i++)
        from += slice_find(slice_part(part, from, part.length), '|') + 1;
    struct slice rest = slice_part(part, from, part.length);
    return slice_part(rest, 0, slice_find(rest, '|'));
}

static void advance(struct wording *wording)
{
    for (size_t i = wording->count; i-- > 0;) {
        if (++wording->chosen[i] < wording->choices[i]) return;
        wording->chosen[i] = 0;
    }
    wording->done = true;
}

bool wording_next(struct wording *wording, struct text *out)
{
    if (wording->done) return false;
    for (size_t i = 0; i < wording->count; i++) {
        struct slice part = wording->parts[i];
        text_add(out, wording->choices[i] == 1 ? part : choice(part, wording->chosen[i]));
    }
    advance(wording);
    return true;
}
