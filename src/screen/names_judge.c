/* Whether words that are somebody's name are meant as one: by what stands between them, by their capitals, and by whether they are
 * ordinary words besides. */
#include <string.h>

#include "screen/names_look.h"

#define GAP_LARGEST 8 /* bytes between two words of a name */

static const struct token *token_at(const struct name_look *look, size_t at)
{
    return &look->tokens->at[at];
}

char name_mark(const struct name_look *look, size_t at)
{
    uint32_t start = token_at(look, at)->start;
    char c = start > 0 ? look->folded->at[start - 1] : ' ';
    return c == '@' || c == '#' || c == '/' ? c : '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static unsigned gap_sign(char c)
{
    switch (c) {
    case '-': return GAP_HYPHEN;
    case ',': return GAP_COMMA;
    case '.': return GAP_DOT;
    case '_': return GAP_UNDER;
    default: return GAP_BAD;
    }
}

unsigned name_gap(const struct name_look *look, size_t at)
{
    const struct token *before = token_at(look, at - 1), *token = token_at(look, at);
    const char *gap = look->folded->at + before->end;
    size_t length = token->start - before->end;
    if (length == 0 || length > GAP_LARGEST) return GAP_BAD;
    unsigned sign = is_blank(gap[0]) ? GAP_BLANK : gap_sign(gap[0]);
    size_t lines = 0;
    for (size_t i = sign == GAP_BLANK ? 0 : 1; i < length; i++) {
        if (!is_blank(gap[i])) return GAP_BAD;
        lines += gap[i] == '\n';
    }
    if (lines > 1) return GAP_BAD;
    if (length == 1 || sign == GAP_BLANK || sign == GAP_COMMA) return sign;
    size_t letters = before->end - before->start;
    bool initial = letters == 1 || (letters == 2 && memcmp(gap - 2, "st", 2) == 0);
    return sign == GAP_DOT && initial ? GAP_DOT_BLANK : GAP_BAD;
}

static size_t cut_length(const struct name_look *look, const struct token *token)
{
    size_t length = token->end - token->start;
    while (length > 0 && (unsigned char)(look->folded->at[token->start + length - 1] - '0') < 10)
        length--;
    return length;
}

#define S_LEAST 4 /* letters of a word whose s may be one too many */

/* Without the digits at its end, or without its one s; an apostrophe is no part of a name with digits. Empty where there is none to cut
 * off. */
struct slice name_cut(const struct name_look *look, size_t at, enum name_cut cut)
{
    const struct token *token = token_at(look, at);
    struct slice word = {look->folded->at + token->start, token->end - token->start};
    if (cut == CUT_DIGITS) return slice_part(word, 0, cut_length(look, token));
    if (word.length < S_LEAST || word.at[word.length - 1] != 's' || word.at[word.length - 2] == 's')
        return SLICE_EMPTY;
    return slice_part(word, 0, word.length - 1);
}

bool name_gap_is_wide(const struct name_look *look, size_t at)
{
    const char *gap = look->folded->at + token_at(look, at - 1)->end;
    size_t length = token_at(look, at)->start - token_at(look, at - 1)->end;
    if (length == 3 && gap[0] == ' ') return gap[1] == '-' && is_blank(gap[2]);
    return length == 2 && gap[0] == '-' && is_blank(gap[1]);
}

bool name_is_quoted(const struct name_look *look, size_t at)
{
    const struct token *token = token_at(look, at);
    const char *before = look->folded->at + token_at(look, at - 1)->end;
    const char *behind = look->folded->at + token->end;
    if (token->start - token_at(look, at - 1)->end != 2 || before[0] != ' ') return false;
    if (token_at(look, at + 1)->start - token->end != 2 || behind[1] != ' ') return false;
    if (before[1] == '(' || before[1] == '[') return behind[0] == (before[1] == '(' ? ')' : ']');
    return (before[1] == '"' || before[1] == '\'') && behind[0] == before[1];
}

void name_try_add(const struct name_look *look, struct name_try *try, size_t at, enum name_cut cut)
{
    const struct token *token = token_at(look, at);
    struct slice word = {look->folded->at + token->start, token->end - token->start};
    if ((name_flags(look, at) & TOKEN_APOSTROPHE) != 0) {
        char *to = try->letters + try->letters_used;
        word.length = token_word(look->folded, token, to, sizeof try->letters - try->letters_used);
        word.at = to;
        try->letters_used += word.length;
    } else if (cut != CUT_NOTHING) {
        word = name_cut(look, at, cut);
        try->cut = cut;
    }
    try->tokens[try->count] = at;
    try->words[try->count++] = word;
}

/* Whether a word may be in one of the lists of names_common.c. */
static bool is_listed(const struct name_look *look, struct slice word)
{
    uint32_t place = token_key(word) >> (32 - NAME_LISTED_BITS);
    return (look->core->table.lists.listed[place / 64] >> (place % 64) & 1) != 0;
}

static bool is_common(const struct name_look *look, struct slice word)
{
    return is_listed(look, word) && name_is_common(&look->core->table.lists, word);
}

/* ---- capitals and ordinary words ---------------------------------------------------------------- */

/* Most words all in capitals: capitals say nothing then. Only a word with something odd can be all in capitals, or hold no letter. */
static bool shouting(struct name_look *look)
{
    const struct tokens *tokens = look->tokens;
    if (look->shouting >= 0) return look->shouting > 0;
    size_t all = 0, loud = 0;
    uint64_t odd = 0;
    for (size_t i = 0; i < (tokens->count + 63) / 64; i++)
        odd |= tokens->odd[i] & tokens->capital[i];
    for (size_t i = 0; odd != 0 && i < tokens->count; i++) {
        if (tokens->at[i].end - tokens->at[i].start < 2) continue;
        uint32_t flags = token_is_odd(tokens, i) ? name_flags(look, i) : TOKEN_LETTER;
        all += (flags & TOKEN_LETTER) != 0;
        loud += (flags & TOKEN_CAPITALS) != 0;
    }
    look->shouting = loud * 2 > all;
    return look->shouting > 0;
}

static bool all_capital(const struct name_look *look, const struct name_try *try)
{
    for (size_t i = 0; i < try->count; i++) {
        size_t at = try->tokens[i];
        bool part = i > 0 && look->folded->at[token_at(look, at)->start - 1] == '-'; /* Ji-woo */
        if (!part && !token_is_capital(look->tokens, at)) return false;
    }
    return true;
}

static bool any_capital(struct name_look *look)
{
    uint64_t any = 0;
    if (look->any_capital >= 0) return look->any_capital > 0;
    for (size_t i = 0; i < (look->tokens->count + 63) / 64; i++) any |= look->tokens->capital[i];
    look->any_capital = any != 0;
    return any != 0;
}

static size_t ordinary(const struct name_look *look, const struct name_try *try)
{
    size_t count = 0;
    for (size_t i = 0; i < try->count; i++) count += is_common(look, try->words[i]);
    return count;
}

/* Another capitalised word follows at once: `Christian Young People`. */
static bool goes_on(const struct name_look *look, const struct name_try *try)
{
    size_t next = try->tokens[try->count - 1] + 1;
    return next < look->tokens->count && token_is_capital(look->tokens, next) &&
           token_at(look, next)->end - token_at(look, next)->start > 1 &&
           name_gap(look, next) == GAP_BLANK;
}

static struct name_judged yes(enum name_form form, enum finding_level level)
{
    return (struct name_judged){true, form, level};
}

static const struct name_judged no = {false, FORM_NONE, LEVEL_LOOK};

static struct slice word_at(const struct name_look *look, size_t at)
{
    const struct token *token = token_at(look, at);
    return (struct slice){look->folded->at + token->start, token->end - token->start};
}

/* A word behind two ordinary ones that makes a sentence of them: `Will May be`, `Grace Young people`. */
static bool reads_on(const struct name_look *look, const struct name_try *try)
{
    size_t next = try->tokens[try->count - 1] + 1;
    if (next >= look->tokens->count || name_gap(look, next) != GAP_BLANK) return false;
    struct slice word = word_at(look, next);
    return is_listed(look, word) && (name_reads_on(word) || name_makes_place(word));
}

/* Right behind a word that no name stands behind: the, our, in. */
static bool is_of_a_thing(const struct name_look *look, const struct name_try *try)
{
    size_t at = try->tokens[0];
    if (at == 0 || name_gap(look, at) != GAP_BLANK) return false;
    struct slice word = word_at(look, at - 1);
    return is_listed(look, word) && name_makes_thing(word);
}

/* Ordinary words only, in a text of no capitals or of nothing else: whoever writes so writes names so too. */
static struct name_judged judge_ordinary(struct name_look *look, const struct name_try *try,
                                         enum name_form form)
{
    bool alike = shouting(look) ? all_capital(look, try) : !any_capital(look);
    if (!alike || form == FORM_LAST_FIRST || try->cut != CUT_NOTHING || try->count != 2) return no;
    if ((try->gaps & ~(unsigned)GAP_BLANK) != 0 || try->skipped != SKIPPED_NOTHING) return no;
    if (reads_on(look, try) || is_of_a_thing(look, try)) return no;
    bool known = name_makes_known(try->words[1]) && goes_on(look, try);
    return known ? no : yes(form, LEVEL_LOOK);
}

/* With an s behind, which stands for a possessive. */
static struct name_judged judge_with_s(struct name_look *look, const struct name_try *try,
                                       enum name_form form, bool capitals)
{
    size_t common = ordinary(look, try);
    if (common > 0 && (!capitals || goes_on(look, try))) return no;
    return yes(form, capitals && common == 0 ? LEVEL_HOLD : LEVEL_LOOK);
}

/* First and family name, in either order. */
static struct name_judged judge_whole(struct name_look *look, const struct name_try *try,
                                      enum name_form form)
{
    bool capitals = all_capital(look, try) && !shouting(look);
    size_t common = ordinary(look, try);
    if (try->skipped == SKIPPED_WORD && (!capitals || common > 0)) return no;
    if (try->skipped == SKIPPED_WORD) return yes(form, LEVEL_LOOK);
    if (try->cut == CUT_S) return judge_with_s(look, try, form, capitals);
    if (common == 0) return yes(form, LEVEL_HOLD);
    bool all = common == try->count;
    if (!capitals) return all ? judge_ordinary(look, try, form) : yes(form, LEVEL_LOOK);
    bool other = all && (goes_on(look, try) || reads_on(look, try));
    return yes(form, other ? LEVEL_LOOK : LEVEL_HOLD);
}

static bool dot_behind(const struct name_look *look, const struct name_try *try)
{
    return look->folded->at[token_at(look, try->tokens[try->count - 1])->end] == '.';
}

/* Ada B: with capitals; `I` and, behind an ordinary word, `A` need a full stop to be no words. */
static struct name_judged judge_first_initial(struct name_look *look, const struct name_try *try)
{
    if ((try->gaps & (GAP_UNDER | GAP_DOT)) != 0)
        return name_mark(look, try->tokens[0]) == '@' ? yes(FORM_HANDLE, LEVEL_LOOK) : no;
    if ((try->gaps & (GAP_COMMA | GAP_DOT_BLANK)) != 0 || try->first_gap == GAP_HYPHEN) return no;
    if (!all_capital(look, try) || shouting(look)) return no;
    const struct slice letter = try->words[try->count - 1];
    bool word = slice_is(letter, "i") || (slice_is(letter, "a") && is_common(look, try->words[0]));
    if (word && !dot_behind(look, try)) return no;
    return yes(FORM_FIRST_INITIAL, LEVEL_LOOK);
}

/* Nothing but what ends a phrase stands behind a word: a sign, a bracket, a full stop and no word. */
static bool ends_phrase(const struct name_look *look, size_t at)
{
    const char *behind = look->folded->at + token_at(look, at)->end;
    if (at + 1 == look->tokens->count) return true;
    if (behind[0] == ' ') return behind[1] == '(';
    if (behind[0] == '.') return name_gap(look, at + 1) == GAP_BAD;
    return strchr(",;)\n\x1f", behind[0]) != NULL;
}

/* Byron, A. and BYRON A within a phrase: no capital behind, as in `Byron, A. Smith`, who are two. */
static bool may_go_on(const struct name_look *look, const struct name_try *try)
{
    size_t at = try->tokens[1];
    char behind = look->folded->at[token_at(look, at)->end];
    if ((behind != ' ' && behind != '.') || token_is_capital(look->tokens, at + 1)) return false;
    bool loud = (name_flags(look, try->tokens[0]) & TOKEN_CAPITALS) != 0;
    return loud || behind == '.' || try->gaps == GAP_COMMA;
}

/* Byron, A.: of what is a word besides only behind a comma. */
static struct name_judged judge_turned(struct name_look *look, const struct name_try *try)
{
    bool comma = try->gaps == GAP_COMMA, ends = ends_phrase(look, try->tokens[1]);
    if (!comma && try->gaps != GAP_BLANK) return no;
    if (!ends && !may_go_on(look, try)) return no;
    bool word = slice_is(try->words[0], "i") || slice_is(try->words[0], "a");
    bool dot = look->folded->at[token_at(look, try->tokens[1])->end] == '.';
    if ((word || is_common(look, try->words[1])) && !(comma && (dot || ends))) return no;
    return shouting(look) && !comma && !ends ? no : yes(FORM_INITIAL_LAST, LEVEL_LOOK);
}

/* A. Byron. */
static struct name_judged judge_initial_last(struct name_look *look, const struct name_try *try)
{
    bool dotted = (try->first_gap & (GAP_DOT | GAP_DOT_BLANK)) != 0;
    if (try->way == WAY_HANDLE)
        return name_mark(look, try->tokens[0]) == '@' ? yes(FORM_HANDLE, LEVEL_LOOK) : no;
    if (!all_capital(look, try))
        return name_mark(look, try->tokens[0]) == '@' && try->gaps != GAP_BLANK
                   ? yes(FORM_HANDLE, LEVEL_LOOK)
                   : no;
    bool joined = try->first_gap == GAP_HYPHEN && try->words[1].length > 1; /* not M-K Smith */
    if ((try->gaps & (GAP_COMMA | GAP_UNDER)) != 0 || joined) return no;
    if (!dotted && shouting(look)) return no;
    bool word = (slice_is(try->words[0], "i") || slice_is(try->words[0], "a")) &&
                is_common(look, try->words[try->count - 1]);
    return word && !dotted ? no : yes(FORM_INITIAL_LAST, LEVEL_LOOK);
}

static struct name_judged judge_handle(struct name_look *look, const struct name_try *try)
{
    uint32_t flags = name_flags(look, try->tokens[0]);
    bool marked = name_mark(look, try->tokens[0]) != '\0' ||
                  try->words[0].length < name_length(look, try->tokens[0]) ||
                  (flags & (TOKEN_CAMEL | TOKEN_DIGIT)) != 0;
    if (marked) return yes(FORM_HANDLE, LEVEL_HOLD);
    return is_common(look, try->words[0]) ? no : yes(FORM_HANDLE, LEVEL_LOOK);
}

/* One word: the capital has been seen to by name_may_stand_alone. */
static struct name_judged judge_alone(struct name_look *look, const struct name_try *try,
                                      enum name_form form)
{
    if (try->count > 1 && (!all_capital(look, try) || shouting(look) ||
                           (try->gaps & ~(unsigned)(GAP_BLANK | GAP_HYPHEN)) != 0))
        return no;
    return yes(form, LEVEL_LOOK);
}

/* A family name first with no comma behind it: with capitals, and all capitals where one of the words is ordinary. */
static bool may_be_turned(const struct name_look *look, const struct name_try *try)
{
    if (!all_capital(look, try)) return false;
    size_t common = ordinary(look, try);
    bool double_given = try->count > 2 && common == 1 && try->gaps == (GAP_BLANK | GAP_HYPHEN) &&
                        try->first_gap == GAP_BLANK;
    return common == 0 || double_given || (name_flags(look, try->tokens[0]) & TOKEN_CAPITALS) != 0;
}

/* A digit begins one of the two words behind: a year or a form, as in `King, Hope, Year 10`. */
static bool year_behind(const struct name_look *look, size_t at)
{
    for (size_t i = at; i < at + 2 && i < look->tokens->count; i++) {
        if ((unsigned char)(look->folded->at[token_at(look, i)->start] - '0') < 10) return true;
    }
    return false;
}

/* The comma is one of several: `Classes Oak, Wood, Robin and Wren`, `Options: Park, Art and Music`. */
static bool is_of_list(const struct name_look *look, const struct name_try *try, size_t common)
{
    size_t first = try->tokens[0], next = try->tokens[try->count - 1] + 1;
    if (common > 0 && first > 0 && name_gap(look, first) == GAP_COMMA) return true;
    if (next >= look->tokens->count) return false;
    if (common > 0 && name_gap(look, next) == GAP_COMMA) return !year_behind(look, next);
    struct slice word = word_at(look, next);
    if (name_gap(look, next) != GAP_BLANK || !(slice_is(word, "and") || slice_is(word, "or")))
        return false;
    size_t behind = next + 1, other = next + 2;
    bool pair = other < look->tokens->count && name_gap(look, other) == GAP_COMMA;
    return behind < look->tokens->count && token_is_capital(look->tokens, behind) && !pair;
}

/* First and family name in words of their own, or joined by points and underscores as in a handle. */
static struct name_judged judge_pair(struct name_look *look, const struct name_try *try,
                                     enum name_form form)
{
    bool comma = (try->gaps & GAP_COMMA) != 0;
    bool dotted = (try->gaps & GAP_DOT_BLANK) != 0; /* v.d. Meer */
    if ((try->gaps & (GAP_DOT | GAP_UNDER)) != 0 && !dotted)
        return (try->gaps & GAP_BLANK) != 0 ? no : yes(FORM_HANDLE, LEVEL_HOLD);
    if (comma && form == FORM_FULL) return no;
    if (form == FORM_LAST_FIRST && !comma && !may_be_turned(look, try)) return no;
    struct name_judged judged = judge_whole(look, try, form);
    if (comma && judged.level == LEVEL_HOLD &&
        (name_flags(look, try->tokens[0]) & TOKEN_CAPITALS) == 0 &&
        is_of_list(look, try, ordinary(look, try)))
        judged.level = LEVEL_LOOK;
    return judged;
}

struct name_judged name_judge(struct name_look *look, const struct name_try *try,
                              enum name_form form)
{
    if (try->way == WAY_HANDLE)
        return form == FORM_HANDLE ? judge_handle(look, try) : judge_initial_last(look, try);
    if (try->cut == CUT_S && form != FORM_FULL && form != FORM_KNOWN_AS) return no;
    if (form == FORM_FIRST_INITIAL) return judge_first_initial(look, try);
    if (try->turned) return judge_turned(look, try);
    if (form == FORM_INITIAL_LAST) return judge_initial_last(look, try);
    if (form == FORM_FIRST_ONLY || form == FORM_LAST_ONLY) return judge_alone(look, try, form);
    if (try->count > 1) return judge_pair(look, try, form);
    return yes(form, is_common(look, try->words[0]) ? LEVEL_LOOK : LEVEL_HOLD);
}

bool name_behind_title(const struct name_look *look, size_t at)
{
    if (at == 0) return false;
    const struct token *before = token_at(look, at - 1);
    struct slice word = {look->folded->at + before->start, before->end - before->start};
    const char *gap = look->folded->at + before->end;
    size_t length = token_at(look, at)->start - before->end;
    bool near = (length == 1 && gap[0] == ' ') || (length == 2 && gap[0] == '.' && gap[1] == ' ');
    return near && is_listed(look, word) && name_is_title(word);
}

/* Nothing but one blank between a word and the next. */
static bool follows(const struct name_look *look, size_t at)
{
    const struct token *before = token_at(look, at - 1);
    return token_at(look, at)->start == before->end + 1 && look->folded->at[before->end] == ' ';
}

/* A capitalised word follows at once. */
static bool is_followed(const struct name_look *look, size_t at)
{
    return at + 1 < look->tokens->count && follows(look, at + 1) &&
           token_is_capital(look->tokens, at + 1) && word_at(look, at + 1).length > 1;
}

/* Nothing stands before it in its sentence. */
static bool begins_sentence(const struct name_look *look, size_t at)
{
    size_t i = token_at(look, at)->start;
    while (i > 0 && (is_blank(look->folded->at[i - 1]) || look->folded->at[i - 1] == '"')) i--;
    return i == 0 || strchr(".!?:;\x1f", look->folded->at[i - 1]) != NULL ||
           (at > 0 && memchr(look->folded->at + i, '\n', token_at(look, at)->start - i) != NULL);
}

bool name_is_other_first(const struct name_look *look, size_t at)
{
    if (is_followed(look, at)) return true;
    return at > 0 && follows(look, at) && token_is_capital(look->tokens, at - 1) &&
           is_listed(look, word_at(look, at - 1)) && name_makes_known(word_at(look, at - 1));
}

bool name_is_other_last(const struct name_look *look, size_t at)
{
    bool followed = is_followed(look, at);
    if (followed && is_common(look, word_at(look, at))) return true;
    struct slice behind = followed ? word_at(look, at + 1) : SLICE_EMPTY;
    if (followed && is_listed(look, behind) && name_makes_place(behind)) return true;
    if (at == 0 || !follows(look, at) || !token_is_capital(look->tokens, at - 1)) return false;
    struct slice before = word_at(look, at - 1);
    return !begins_sentence(look, at - 1) || (is_listed(look, before) && name_makes_known(before));
}

/* A word that is ordinary besides stands for a person only within a sentence, behind a word without a capital. */
static bool within_sentence(const struct name_look *look, size_t at)
{
    if (at == 0) return false;
    return !token_is_capital(look->tokens, at - 1) &&
           (name_gap(look, at) & (GAP_BLANK | GAP_COMMA)) != 0;
}

/* A sign, and a blank behind it, right before the word. */
static bool stands_behind(const struct name_look *look, size_t at, char sign)
{
    size_t start = token_at(look, at)->start;
    return start >= 2 && look->folded->at[start - 1] == ' ' && look->folded->at[start - 2] == sign;
}

/* One of several behind a colon or a comma: `our stars: Rose, Priya and Callum`. */
static bool in_list(const struct name_look *look, size_t at)
{
    size_t next = at + 1, last = at + 2;
    if (next >= look->tokens->count) return false;
    if (!stands_behind(look, at, ':') && !stands_behind(look, at, ',')) return false;
    if (name_gap(look, next) == GAP_COMMA) return token_is_capital(look->tokens, next);
    return slice_is(word_at(look, next), "and") && follows(look, next) &&
           last < look->tokens->count && follows(look, last) &&
           token_is_capital(look->tokens, last);
}

bool name_may_stand_alone(struct name_look *look, size_t at, bool titled)
{
    const struct token *token = token_at(look, at);
    uint32_t length = name_length(look, at);
    if (!token_is_capital(look->tokens, at) || length < 2) return false;
    if (length > NAME_FIELD_LARGEST * 3) return false;
    if (titled) return true;
    if (shouting(look)) return false;
    UNCLEARED char letters[3 * NAME_FIELD_LARGEST];
    struct slice word = {letters, token_word(look->folded, token, letters, sizeof letters)};
    if (!is_common(look, word)) return true;
    return (within_sentence(look, at) || in_list(look, at)) && !name_is_never_alone(word);
}
