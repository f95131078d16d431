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

bool wording_split(struct slice *rest, struct slice *ret_text)
{
    size_t end = 0;
    if (slice_trim(*rest).length == 0) return false;
    while (end < rest->length && rest->at[end] != ',' && rest->at[end] != ';') end++;
    *ret_text = slice_trim(slice_part(*rest, 0, end));
    *rest = slice_part(*rest, end + 1, rest->length);
    return true;
}

static bool is_wording_byte(char c)
{
    unsigned char byte = (unsigned char)c;
    bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte >= 0x80;
    return letter || (byte >= '0' && byte <= '9') || (c != '\0' && strchr(" \t'-&()|*", c) != NULL);
}

/* Every bracket closed, and | only within one. */
static bool is_balanced(struct slice text)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '(') depth++;
        if (text.at[i] == '|' && depth == 0) return false;
        if (text.at[i] == ')' && depth-- == 0) return false;
    }
    return depth == 0;
}

bool wording_read(struct wording *wording, struct arena *arena, const struct lexicon_line *line,
                  struct slice text, struct error *error)
{
    *wording = (struct wording){.arena = arena, .line = line, .text = text};
    for (size_t i = 0; i < text.length; i++) {
        if (!is_wording_byte(text.at[i]))
            return lexicon_wrong(line, text, "has a sign in it that is neither letter nor digit",
                                 "Write plain words: what stands between them does not matter.",
                                 error);
    }
    if (!is_balanced(text))
        return lexicon_wrong(line, text, "has a bracket that is not closed, or a | outside one",
                             "Write alternatives like this: (great|blue) tit(|s)", error);
    LIST_PUSH(arena, &wording->waiting, text);
    return true;
}

/* Where the choice that begins at `from` within a bracket ends: at its | or its ). */
static size_t choice_end(struct slice text, size_t from)
{
    size_t depth = 0, i = from;
    for (; i < text.length; i++) {
        char c = text.at[i];
        if (depth == 0 && (c == '|' || c == ')')) break;
        if (c == '(') depth++;
        if (c == ')') depth--;
    }
    return i;
}

/* The text with the choice in place of its bracket, which lies from `open` to `close`. */
static struct slice with_choice(struct arena *arena, struct slice text, size_t open, size_t close,
                                struct slice choice)
{
    size_t behind = text.length - close - 1;
    char *at = ARENA_ARRAY(arena, char, open + choice.length + behind + 1);
    memcpy(at, text.at, open);
    if (choice.length > 0) memcpy(at + open, choice.at, choice.length);
    memcpy(at + open + choice.length, text.at + close + 1, behind);
    return (struct slice){at, open + choice.length + behind};
}

/* The text once for each choice of its first bracket, the first choice on top. */
static void choose(struct wording *wording, struct slice text, size_t open)
{
    size_t first = wording->waiting.count, close = open;
    for (size_t end = open; text.at[end] != ')';) {
        end = choice_end(text, end + 1);
        LIST_PUSH(wording->arena, &wording->waiting, slice_part(text, close + 1, end));
        close = end;
    }
    for (size_t i = first; i < wording->waiting.count; i++) {
        struct slice *choice = &wording->waiting.at[i];
        *choice = with_choice(wording->arena, text, open, close, *choice);
    }
    for (size_t i = first, k = wording->waiting.count; i + 1 < k; i++) {
        struct slice other = wording->waiting.at[--k];
        wording->waiting.at[k] = wording->waiting.at[i];
        wording->waiting.at[i] = other;
    }
}

bool wording_next(struct wording *wording, struct slice *ret_spelled, struct error *error)
{
    while (wording->waiting.count > 0) {
        struct slice text = wording->waiting.at[--wording->waiting.count];
        size_t open = slice_find(text, '(');
        if (++wording->spellings > WORDING_SPELLINGS_LARGEST) {
            (void)lexicon_wrong(wording->line, wording->text, "stands for too many spellings",
                                "Make several lines of it.", error);
            return false;
        }
        if (open == text.length) {
            *ret_spelled = slice_trim(text);
            return true;
        }
        choose(wording, text, open);
    }
    return false;
}
