/* Wording found in a text: from each word that is one, or that begins a pair that begins one, the sequences that are in the table; then
 * stems within words. What is innocent about a hit, a name or wording that is let through around it, is asked for hits alone. */
#include <string.h>

#include "screen/lexicon_parts.h"
#include "screen/names.h"

struct lexicon_look {
    const struct lexicon *lexicon;
    const struct folded *folded;
    const struct tokens *tokens;
    struct findings *findings;
};

/* ---- words compared ----------------------------------------------------------------------------- */

static bool same_word(const struct lexicon_look *look, size_t at, const char *letters,
                      size_t length)
{
    const struct token *token = &look->tokens->at[at];
    char word[LEXICON_WORD_LARGEST + 1];
    if (token_length(look->tokens, look->folded, at) != length) return false;
    if (token->end - token->start == length)
        return memcmp(look->folded->at + token->start, letters, length) == 0;
    (void)token_word(look->folded, token, word, sizeof word);
    return memcmp(word, letters, length) == 0;
}

static bool same_words(const struct lexicon_look *look, const struct lexicon_form *form, size_t at)
{
    const char *letters = form->letters;
    for (size_t i = 0; i < form->count; letters += form->lengths[i++]) {
        if (!same_word(look, at + i, letters, form->lengths[i])) return false;
    }
    return true;
}

/* Where wording that is let through has a capital the text has one, and not all capitals. */
static bool same_capitals(const struct lexicon_look *look, const struct lexicon_form *form,
                          size_t at)
{
    for (size_t i = 0; i < form->count; i++) {
        if ((form->capitals >> i & 1) == 0) continue;
        unsigned flags = token_flags(look->tokens, look->folded, at + i);
        if ((flags & (TOKEN_CAPITAL | TOKEN_CAPITALS)) != TOKEN_CAPITAL) return false;
    }
    return true;
}

#define GAP_LARGEST 8

static bool is_light(char c)
{
    static const bool light[256] = {
        [' '] = true, ['\t'] = true, ['\r'] = true, ['\n'] = true, ['-'] = true,
        [','] = true, ['\''] = true, ['`'] = true,  ['"'] = true,  ['_'] = true,
        ['/'] = true, ['~'] = true,  ['*'] = true,  ['.'] = true,  [FOLD_SIGN] = true};
    return light[(unsigned char)c];
}

/* What may stand between two words of one wording: blanks, one end of a line, a hyphen and light signs, two full stops and more, but no end
 * of a sentence. */
static bool gap_holds(const struct lexicon_look *look, size_t at)
{
    const struct token *before = &look->tokens->at[at - 1], *token = &look->tokens->at[at];
    const char *gap = look->folded->at + before->end;
    size_t length = token->start - before->end, lines = 0, stops = 0;
    if (length == 1 && gap[0] == ' ') return true;
    if (length == 0 || length > GAP_LARGEST) return false;
    for (size_t i = 0; i < length; i++) {
        if (gap[i] == 's' && i == 1 && (gap[0] == '\'' || gap[0] == '`')) continue;
        if (!is_light(gap[i])) return false;
        lines += gap[i] == '\n';
        stops += gap[i] == '.';
    }
    return lines <= 1 && stops != 1;
}

/* ---- what is innocent --------------------------------------------------------------------------- */

static bool let_at(const struct lexicon_look *look, const struct lexicon_slot *slot, size_t from,
                   size_t count)
{
    const struct lexicon_form *forms = look->lexicon->forms.at;
    for (uint32_t i = slot->form; i != NO_FORM; i = forms[i].next) {
        const struct lexicon_form *form = &forms[i];
        if (form->entry == 0 && !form->dead && form->count == count &&
            same_words(look, form, from) && same_capitals(look, form, from))
            return true;
    }
    return false;
}

/* Whether wording that is let through begins at `from` and reaches to `to` or beyond. */
static bool let_from(const struct lexicon_look *look, size_t from, size_t to)
{
    uint64_t key = token_hash_at(look->tokens, look->folded, from);
    for (size_t count = 1; count <= look->lexicon->longest_let; count++) {
        const struct lexicon_slot *slot = lexicon_get(look->lexicon, key);
        if (slot == NULL) return false;
        if (from + count >= to && let_at(look, slot, from, count)) return true;
        size_t next = from + count;
        if (slot->goes_on == 0 || next >= look->tokens->count || !gap_holds(look, next))
            return false;
        key = lexicon_key_next(key, token_hash_at(look->tokens, look->folded, next));
    }
    return false;
}

/* Hardly ever true where none does. */
static bool may_be_let(const struct lexicon_look *look, size_t from)
{
    const uint32_t *keys = look->tokens->keys;
    const uint32_t *lets = look->lexicon->lets;
    if (lexicon_has(lets, keys[from])) return true;
    return from + 1 < look->tokens->count &&
           lexicon_has(lets, lexicon_pair(keys[from], keys[from + 1]));
}

static bool is_let(const struct lexicon_look *look, size_t from, size_t to)
{
    size_t longest = look->lexicon->longest_let;
    for (size_t back = 0; back < longest && back <= from; back++) {
        if (may_be_let(look, from - back) && let_from(look, from - back, to)) return true;
    }
    return false;
}

static void give(const struct lexicon_look *look, size_t from, size_t to, uint32_t entry)
{
    const struct token *tokens = look->tokens->at;
    const struct lexicon_entry *said = lexicon_entry(look->lexicon, entry);
    /* No room is no reason to look whether it is innocent. */
    bool room = look->findings->count < FINDINGS_LARGEST / 2 || said->level == LEVEL_HOLD;
    if (room && is_let(look, from, to)) return;
    struct fold_span span = fold_span(look->folded, tokens[from].start, tokens[to - 1].end);
    if (names_exempts(look->findings, span.start, span.end)) return;
    struct finding finding = {.kind = said->kind,
                              .level = said->level,
                              .start = span.start,
                              .end = span.end,
                              .entry = entry};
    findings_add(look->findings, &finding);
}

/* ---- words and phrases -------------------------------------------------------------------------- */

static bool is_joined(const struct lexicon_look *look, size_t at)
{
    const struct token *token = &look->tokens->at[at];
    char before = token->start > 0 ? look->folded->at[token->start - 1] : ' ';
    return before == '#' || before == '@' ||
           (token_flags(look->tokens, look->folded, at) & TOKEN_CAMEL) != 0;
}

/* Nothing was left out of the word: who're is no whore. */
static bool is_whole(const struct lexicon_look *look, size_t at, size_t length)
{
    const struct token *token = &look->tokens->at[at];
    return token->end - token->start == length;
}

static void take_slot(const struct lexicon_look *look, const struct lexicon_slot *slot, size_t from,
                      size_t count)
{
    const struct lexicon_form *forms = look->lexicon->forms.at;
    for (uint32_t i = slot->form; i != NO_FORM; i = forms[i].next) {
        const struct lexicon_form *form = &forms[i];
        if (form->entry == 0 || form->dead || form->count != count) continue;
        if (form->joined && !is_joined(look, from)) continue;
        if (count == 1 && !is_whole(look, from, form->length)) continue;
        if (same_words(look, form, from)) give(look, from, from + count, form->entry);
    }
}

static void look_at(const struct lexicon_look *look, size_t from)
{
    uint64_t key = token_hash_at(look->tokens, look->folded, from);
    for (size_t count = 1; count <= LEXICON_WORDS; count++) {
        const struct lexicon_slot *slot = lexicon_get(look->lexicon, key);
        if (slot == NULL) return;
        take_slot(look, slot, from, count);
        size_t next = from + count;
        if (slot->goes_on == 0 || next >= look->tokens->count || !gap_holds(look, next)) return;
        key = lexicon_key_next(key, token_hash_at(look->tokens, look->folded, next));
    }
}

/* The scan looks at pairs of words, which common ones make too: a third word, or none, must do as well. */
static bool is_sure(const struct lexicon_look *look, size_t at)
{
    const struct lexicon *lexicon = look->lexicon;
    const uint32_t *keys = look->tokens->keys + at;
    if (lexicon_has(lexicon->words, keys[0])) return true;
    uint32_t pair = lexicon_pair(keys[0], keys[1]);
    return lexicon_has(lexicon->sure, pair) ||
           lexicon_has(lexicon->sure, lexicon_pair(pair, keys[2]));
}

/* Words that may be several: they have capitals in them, or stand behind a sign. */
static uint64_t joined_places(const struct lexicon_look *look, size_t from)
{
    uint64_t places = 0;
    for (uint64_t odd = look->tokens->odd[from / 64]; odd != 0; odd &= odd - 1) {
        size_t at = (unsigned)__builtin_ctzll(odd);
        places |= (uint64_t)lexicon_has(look->lexicon->joins, look->tokens->keys[from + at]) << at;
    }
    return places;
}

static void find_words(const struct lexicon_look *look, lexicon_scan *scan)
{
    const struct tokens *tokens = look->tokens;
    for (size_t from = 0; from < tokens->count; from += LEXICON_SCANNED) {
        size_t left = tokens->count - from;
        uint64_t joined = joined_places(look, from);
        uint64_t places = joined | scan(look->lexicon, tokens->keys + from,
                                        left < LEXICON_SCANNED ? left : LEXICON_SCANNED);
        if (places != 0 && findings_over(look->findings)) return;
        for (; places != 0; places &= places - 1) {
            unsigned bit = (unsigned)__builtin_ctzll(places);
            if ((joined >> bit & 1) != 0 || is_sure(look, from + bit)) look_at(look, from + bit);
        }
    }
}

/* ---- stems -------------------------------------------------------------------------------------- */

/* A whole word with an entry of its own, or that is let through, says itself what it is. */
static bool speaks_for_itself(const struct lexicon_look *look, size_t at)
{
    const struct lexicon_slot *slot =
        lexicon_get(look->lexicon, token_hash_at(look->tokens, look->folded, at));
    const struct lexicon_form *forms = look->lexicon->forms.at;
    for (uint32_t i = slot != NULL ? slot->form : NO_FORM; i != NO_FORM; i = forms[i].next) {
        const struct lexicon_form *form = &forms[i];
        if (!form->dead && !form->joined && form->count == 1 && same_words(look, form, at))
            return form->entry != 0 || same_capitals(look, form, at);
    }
    return false;
}

/* The word that the byte lies in or, where it lies in none, the next; not before `first`, and seldom far behind it. */
static size_t token_around(const struct tokens *tokens, size_t first, size_t byte)
{
    size_t low = first, high = tokens->count;
    for (size_t step = 1; step < high - low; step *= 2) {
        if (tokens->at[low + step - 1].end > byte) {
            high = low + step - 1;
            break;
        }
        low += step;
    }
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tokens->at[middle].end <= byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Gives where to go on. */
static size_t look_within(const struct lexicon_look *look, size_t at, size_t byte)
{
    const struct token *token = &look->tokens->at[at];
    if (byte < token->start) return byte + 1;
    const struct lexicon_stem *stem =
        lexicon_stem_at(&look->lexicon->stems, look->folded->at + token->start,
                        token->end - token->start, byte - token->start);
    if (stem == NULL) return byte + 1;
    if (!speaks_for_itself(look, at)) give(look, at, at + 1, stem->entry);
    return token->end;
}

static void find_stems(const struct lexicon_look *look, lexicon_stem_scan *scan)
{
    const struct lexicon_stems *stems = &look->lexicon->stems;
    size_t token = 0, length = look->folded->length;
    for (size_t at = 0; (at = scan(stems, look->folded->at, at, length)) < length;) {
        token = token_around(look->tokens, token, at);
        if (token == look->tokens->count || findings_over(look->findings)) return;
        at = look_within(look, token, at);
    }
}

static void find(const struct lexicon *lexicon, const struct folded *folded,
                 const struct tokens *tokens, struct findings *findings, lexicon_scan *scan,
                 lexicon_stem_scan *stem_scan)
{
    struct lexicon_look look = {lexicon, folded, tokens, findings};
    if (lexicon == NULL || tokens->count == 0) return;
    find_words(&look, scan);
    if (lexicon->stems.count > 0) find_stems(&look, stem_scan);
}

void lexicon_find(const struct lexicon *lexicon, const struct folded *folded,
                  const struct tokens *tokens, struct findings *findings)
{
    find(lexicon, folded, tokens, findings, lexicon_scan_best(), lexicon_stem_scan_best());
}

void lexicon_find_scalar(const struct lexicon *lexicon, const struct folded *folded,
                         const struct tokens *tokens, struct findings *findings)
{
    find(lexicon, folded, tokens, findings, lexicon_scan_scalar, lexicon_stem_scan_scalar);
}

/* ---- a word by itself --------------------------------------------------------------------------- */

static bool graver(const struct lexicon *lexicon, uint32_t entry, uint32_t other)
{
    const struct lexicon_entry *one = lexicon_entry(lexicon, entry);
    if (finding_is_topic(one->kind)) return false;
    return other == 0 || one->level > lexicon_entry(lexicon, other)->level;
}

uint32_t lexicon_word(const struct lexicon *lexicon, struct slice word)
{
    const struct lexicon_slot *slot = lexicon_get(lexicon, token_hash(word));
    const struct lexicon_form *forms = lexicon->forms.at;
    uint32_t entry = 0;
    for (uint32_t i = slot != NULL ? slot->form : NO_FORM; i != NO_FORM; i = forms[i].next) {
        const struct lexicon_form *form = &forms[i];
        if (form->dead || form->count != 1 || form->joined) continue;
        if (!slice_equal(word, (struct slice){form->letters, form->length})) continue;
        if (form->entry == 0 && form->capitals == 0) return 0;
        if (form->entry != 0 && graver(lexicon, form->entry, entry)) entry = form->entry;
    }
    if (entry != 0) return entry;
    for (size_t i = 0; i + STEM_LEAST <= word.length; i++) {
        const struct lexicon_stem *stem = lexicon_stem_at(&lexicon->stems, word.at, word.length, i);
        if (stem != NULL) return stem->entry;
    }
    return 0;
}
