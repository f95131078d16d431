/* Names found in a text: from each word that begins one in the vocabulary the forms that are in the table, the longest that holds. What may
 * stand between the words, and which capitals are wanted, is judged by names_judge.c; the letters are compared here, with the forms of the
 * person made anew. */
#include <stdlib.h>
#include <string.h>

#include "base/wide.h"
#include "screen/names_look.h"

/* ---- what a hit is compared with --------------------------------------------------------------- */

struct comparing {
    const struct name_try *try;
    enum name_form form;
    enum name_way way;
};

static bool compare(void *context, const struct name_sequence *sequence)
{
    const struct comparing *comparing = context;
    const struct name_try *try = comparing->try;
    if (sequence->form != comparing->form || sequence->way != comparing->way ||
        sequence->count != try->count)
        return false;
    for (size_t i = 0; i < try->count; i++) {
        if (!slice_equal(sequence->words[i], try->words[i])) return false;
    }
    return true;
}

/* ASCII letters only, which are folded into the word. */
static bool is_word(struct slice field, struct slice word)
{
    if (field.length != word.length || field.length == 0) return false;
    for (size_t i = 0; i < word.length; i++) {
        unsigned char small = (unsigned char)field.at[i] | 0x20;
        if (small < 'a' || small > 'z' || small != (unsigned char)word.at[i]) return false;
    }
    return true;
}

static bool are_words(const struct name_try *try, struct slice one, struct slice other)
{
    return try->count == 2 && is_word(one, try->words[0]) && is_word(other, try->words[1]);
}

/* Most names are two plain words, whose forms are plain to see: they need not be made. False where it takes more. */
static bool bears_plainly(const struct name_person *person, enum name_form form,
                          const struct name_try *try)
{
    switch (form) {
    case FORM_FULL: return are_words(try, person->given, person->family);
    case FORM_LAST_FIRST: return are_words(try, person->family, person->given);
    case FORM_KNOWN_AS: return are_words(try, person->known_as, person->family);
    case FORM_FIRST_INITIAL: return are_words(try, person->given, slice_part(person->family, 0, 1));
    case FORM_INITIAL_LAST: return are_words(try, slice_part(person->given, 0, 1), person->family);
    case FORM_FIRST_ONLY: return try->count == 1 && is_word(person->given, try->words[0]);
    case FORM_LAST_ONLY: return try->count == 1 && is_word(person->family, try->words[0]);
    default: return false;
    }
}

struct proving {
    struct name_scratch *scratch;
    struct comparing *comparing;
};

static bool is_plain(struct slice field)
{
    for (size_t i = 0; i < field.length; i++) {
        unsigned char small = (unsigned char)field.at[i] | 0x20;
        if (small < 'a' || small > 'z') return false;
    }
    return true;
}

/* Of two plain words there is one full form of two words: the others need not be made. */
static bool prove_other(void *context, const struct name_person *other)
{
    const struct proving *proving = context;
    const struct comparing *comparing = proving->comparing;
    if (bears_plainly(other, comparing->form, comparing->try)) return true;
    bool two = comparing->try->count == 2 && comparing->form != FORM_KNOWN_AS;
    if (two && is_plain(other->given) && is_plain(other->family)) return false;
    UNCLEARED struct name_words words;
    name_words(proving->scratch, other, &words);
    return name_forms(proving->scratch, &words, FORMS_OTHER, compare, proving->comparing);
}

static bool prove(const struct name_look *look, uint32_t bearer, const struct name_try *try)
{
    struct name_person person = name_core_person(look->core, bearer_who(bearer));
    if (!bearer_is_other(bearer) && bears_plainly(&person, bearer_form(bearer), try)) return true;
    UNCLEARED struct name_scratch scratch;
    UNCLEARED struct name_words words;
    struct comparing comparing = {try, bearer_form(bearer), try->way};
    struct proving proving = {&scratch, &comparing};
    if (bearer_is_other(bearer)) return name_others(&person, prove_other, &proving);
    name_words(&scratch, &person, &words);
    unsigned wanted = look->core->full_only ? FORMS_PLAIN : 1u << comparing.form;
    return name_forms(&scratch, &words, wanted, compare, &comparing);
}

static bool is_proof(const struct name_look *look, const struct name_proof *proof,
                     const struct name_proof *wanted)
{
    uint32_t length = wanted->end - wanted->start;
    return proof->key == wanted->key && proof->bearer == wanted->bearer &&
           proof->end - proof->start == length &&
           memcmp(look->folded->at + proof->start, look->folded->at + wanted->start, length) == 0;
}

/* The same as prove, but bytes that were proved before are only compared with those. */
static bool bears(struct name_look *look, uint64_t key, uint32_t bearer, const struct name_try *try)
{
    const struct token *tokens = look->tokens->at;
    struct name_proof wanted = {.key = key, .bearer = bearer};
    wanted.start = tokens[try->tokens[0]].start;
    wanted.end = tokens[try->tokens[try->count - 1]].end;
    struct name_proof *proof = &look->proofs[(key >> 32 ^ bearer) % NAME_PROOFS];
    if (!look->proved) memset(look->proofs, 0, sizeof look->proofs);
    look->proved = true;
    if (is_proof(look, proof, &wanted)) return proof->bears;
    *proof = wanted;
    proof->bears = prove(look, bearer, try);
    return proof->bears;
}

static int by_place(const void *a, const void *b)
{
    uint32_t one = *(const uint32_t *)a, other = *(const uint32_t *)b;
    return (one > other) - (one < other);
}

static bool is_gone(const struct name_look *look, uint32_t who)
{
    if (look->core != look->index->base || look->index->gone_count == 0) return false;
    return bsearch(&who, look->index->gone, look->index->gone_count, sizeof who, by_place) != NULL;
}

/* ---- from a key to a hit ------------------------------------------------------------------------ */

/* Of several forms the first in the order of enum name_form is the one told; who is spelt as the text has it, before others. */
static bool is_worse(const struct name_hit *hit, enum name_form form, bool other)
{
    return hit->found && (other != hit->other ? other : form > hit->form);
}

/* A lone name that thousands bear is proved by the first of them. */
static bool is_proved(const struct name_hit *hit, const struct name_try *try, enum name_form form)
{
    return hit->found && form == hit->form && (try->way == WAY_FIRST || try->way == WAY_LAST);
}

/* One more bearer of a key. One whom an edit took out still
 * proves the letters where there are more bearers than the table has places for. */
static void take_bearer(struct name_look *look, const struct name_try *try, uint64_t key,
                        uint32_t bearer, struct name_hit *hit)
{
    struct name_judged judged = name_judge(look, try, bearer_form(bearer));
    bool gone = is_gone(look, bearer_who(bearer));
    if (!judged.holds || (gone && !hit->more)) return;
    bool other = bearer_is_other(bearer);
    if (is_worse(hit, judged.form, other)) return;
    if (!is_proved(hit, try, judged.form) && !bears(look, key, bearer, try)) return;
    if (hit->found && (judged.form != hit->form || other != hit->other)) hit->count = 0;
    hit->found = true;
    hit->other = other;
    hit->form = judged.form;
    hit->level = judged.level;
    if (!gone) hit->who[hit->count++] = bearer_who(bearer);
}

static void look_up(struct name_look *look, const struct name_try *try, uint64_t key,
                    struct name_hit *best)
{
    uint32_t one;
    const uint32_t *bearers;
    UNCLEARED struct name_hit hit;
    hit.from = try->tokens[0];
    hit.to = try->tokens[try->count - 1] + 1;
    hit.less = try->cut == CUT_S;
    hit.count = 0;
    hit.found = hit.other = false;
    size_t count = name_table_get(&look->core->table, key, &one, &bearers, &hit.more);
    if (count == 0) return;
    __builtin_prefetch(look->core->bytes + look->core->places[bearer_who(bearers[0])]);
    for (size_t i = 0; i < count; i++) take_bearer(look, try, key, bearers[i], &hit);
    if (hit.found) *best = hit;
}

/* ---- names of several words --------------------------------------------------------------------- */

/* A sign of the word at `at`, as it is written there. */
static bool has_sign(const struct name_look *look, size_t at, enum name_sign sign)
{
    return (name_signs(&look->core->table, look->tokens->keys[at]) & sign) != 0;
}

static uint64_t hash_at(const struct name_look *look, size_t at)
{
    return token_hash_at(look->tokens, look->folded, at);
}

/* Whether digits are to be cut off the end of a word for it to be a name. */
static bool has_digits(const struct name_look *look, size_t at)
{
    if (!token_is_odd(look->tokens, at)) return false;
    return (name_flags(look, at) & (TOKEN_DIGIT | TOKEN_APOSTROPHE)) == TOKEN_DIGIT;
}

static bool may_be_next(const struct name_look *look, struct slice word)
{
    return word.length > 0 && (name_signs(&look->core->table, token_key(word)) & SIGN_NEXT) != 0;
}

/* The key of what went before and the word at `at` without the s at its end, where with it it is nobody's surname: Ada Byrons poem. */
static uint64_t key_without_s(const struct name_look *look, size_t at, uint64_t key)
{
    struct slice word = name_cut(look, at, CUT_S);
    if (look->core->full_only || !may_be_next(look, word)) return 0;
    if (token_is_odd(look->tokens, at) && (name_flags(look, at) & TOKEN_APOSTROPHE) != 0) return 0;
    if (bloom_has(&look->core->table, name_key_first(hash_at(look, at), WAY_LAST))) return 0;
    key = name_key_next(key, token_hash(word));
    return bloom_fetch(&look->core->table, key) ? key : 0;
}

/* The key of what went before and the word at `at`, and what had to be cut off that; 0 where the table has none. */
static uint64_t key_with(const struct name_look *look, size_t at, uint64_t key,
                         enum name_cut *ret_cut)
{
    bool digits = has_digits(look, at);
    *ret_cut = digits ? CUT_DIGITS : CUT_NOTHING;
    struct slice cut = digits ? name_cut(look, at, CUT_DIGITS) : SLICE_EMPTY;
    if (digits ? may_be_next(look, cut) : has_sign(look, at, SIGN_NEXT)) {
        uint64_t next = name_key_next(key, digits ? token_hash(cut) : hash_at(look, at));
        if (bloom_fetch(&look->core->table, next)) return next;
    }
    if (digits || look->folded->at[look->tokens->at[at].end - 1] != 's') return 0;
    *ret_cut = CUT_S;
    return key_without_s(look, at, key);
}

/* The word at `at` behind those of the try, where one may follow; gives the key of all, or 0 where the table has none. In a handle
 * digits may stand behind the last. */
static uint64_t take_word(const struct name_look *look, struct name_try *try, size_t at,
                          uint64_t key)
{
    enum name_cut cut;
    key = key_with(look, at, key, &cut);
    if (key == 0) return 0;
    unsigned gap = name_gap(look, at);
    if (gap == GAP_BAD && try->count > 1 && name_gap_is_wide(look, at)) gap = GAP_WIDE;
    if (gap == GAP_BAD || (cut == CUT_DIGITS && (gap & (GAP_DOT | GAP_UNDER)) == 0)) return 0;
    if (try->count == 0) name_try_add(look, try, at - 1, CUT_NOTHING);
    if (try->count == 1) try->first_gap = gap;
    try->gaps |= gap;
    name_try_add(look, try, at, cut);
    return key;
}

#define LETTERS_MOST 4 /* so many in a row are no initials */

/* A letter that begins no name: a small one, or one in a row of them. */
static bool is_mere_letter(const struct name_look *look, size_t at)
{
    const struct tokens *tokens = look->tokens;
    if (name_length(look, at) != 1) return false;
    if (!token_is_capital(tokens, at) && name_mark(look, at) == 0) return true;
    size_t row = 1;
    while (row < LETTERS_MOST && at + row < tokens->count && name_length(look, at + row) == 1)
        row++;
    return row == LETTERS_MOST;
}

/* As many more words as a form has, up to `last`. */
static void look_on(struct name_look *look, struct name_try *try, size_t from, size_t last,
                    uint64_t key, struct name_hit *best)
{
    for (size_t i = from; i < last && i < look->tokens->count; i++) {
        key = take_word(look, try, i, key);
        if (key == 0) return;
        look_up(look, try, key, best);
        if (try->cut != CUT_NOTHING) return;
    }
}

/* What the word at `at` is between a first and a family name; SKIPPED_NOTHING where it may not be left out. */
static enum name_skipped skipped_at(const struct name_look *look, size_t at)
{
    unsigned gap = name_gap(look, at), behind = name_gap(look, at + 1);
    if (gap == GAP_BAD && name_is_quoted(look, at)) return SKIPPED_QUOTED;
    if (gap != GAP_BLANK) return SKIPPED_NOTHING;
    if (name_length(look, at) == 1)
        return behind == GAP_BLANK || behind == GAP_DOT_BLANK ? SKIPPED_LETTER : SKIPPED_NOTHING;
    uint64_t other =
        name_key_next(name_key_first(hash_at(look, at), WAY_WORDS), hash_at(look, at + 1));
    bool name = bloom_has(&look->core->table, other);
    return behind == GAP_BLANK && !name ? SKIPPED_WORD : SKIPPED_NOTHING;
}

/* First and family name with a word between them that the roster does not know. */
static void look_middle(struct name_look *look, size_t from, struct name_hit *best)
{
    const struct tokens *tokens = look->tokens;
    if (from + 2 >= tokens->count || !has_sign(look, from + 2, SIGN_NEXT)) return;
    for (size_t i = from; i < from + 3; i++) {
        if (!token_is_capital(tokens, i)) return;
    }
    uint64_t last = hash_at(look, from + 2);
    uint64_t key = name_key_next(name_key_first(hash_at(look, from), WAY_WORDS), last);
    if (!bloom_has(&look->core->table, key)) return;
    UNCLEARED struct name_try try;
    name_try_begin(&try, WAY_WORDS);
    try.gaps = try.first_gap = GAP_BLANK;
    try.skipped = skipped_at(look, from + 1);
    if (try.skipped == SKIPPED_NOTHING) return;
    name_try_add(look, &try, from, CUT_NOTHING);
    name_try_add(look, &try, from + 2, CUT_NOTHING);
    look_up(look, &try, key, best);
    look_on(look, &try, from + 3, from + look->core->table.longest + 1, key, best);
}

/* Byron, A. and BYRON A: the letter last. */
static void look_turned(struct name_look *look, size_t from, struct name_hit *best)
{
    size_t at = from + 1;
    if (at >= look->tokens->count || name_length(look, at) != 1) return;
    if (!token_is_capital(look->tokens, at) || !token_is_capital(look->tokens, from)) return;
    uint64_t key = name_key_next(name_key_first(hash_at(look, at), WAY_WORDS), hash_at(look, from));
    if (!bloom_fetch(&look->core->table, key)) return;
    UNCLEARED struct name_try try;
    name_try_begin(&try, WAY_WORDS);
    try.gaps = try.first_gap = name_gap(look, at);
    try.turned = true;
    name_try_add(look, &try, at, CUT_NOTHING);
    name_try_add(look, &try, from, CUT_NOTHING);
    try.tokens[0] = from;
    try.tokens[1] = at;
    look_up(look, &try, key, best);
}

/* Byron, Ada L: the letter is the name's too. */
static void take_letter(const struct name_look *look, struct name_hit *best)
{
    size_t at = best->to;
    if (best->form != FORM_LAST_FIRST || at >= look->tokens->count) return;
    if (name_length(look, at) != 1 || !token_is_capital(look->tokens, at)) return;
    char letter = look->folded->at[look->tokens->at[at].start];
    if (letter != 'a' && letter != 'i' && name_gap(look, at) == GAP_BLANK) best->to++;
}

static void look_words(struct name_look *look, size_t from, struct name_hit *best)
{
    if (is_mere_letter(look, from)) return;
    UNCLEARED struct name_try try;
    name_try_begin(&try, WAY_WORDS);
    uint64_t key = name_key_first(hash_at(look, from), WAY_WORDS);
    look_on(look, &try, from + 1, from + look->core->table.longest, key, best);
    /* Ada J. Byron is Ada Byron, whoever else is Ada J. */
    if (!best->found || best->form == FORM_FIRST_INITIAL) look_middle(look, from, best);
    if (!best->found) look_turned(look, from, best);
    if (best->found) take_letter(look, best);
}

/* ---- one word ------------------------------------------------------------------------------------ */

static void look_handle(struct name_look *look, size_t at, struct name_hit *best)
{
    bool digits = has_digits(look, at);
    enum name_cut cut = digits ? CUT_DIGITS : CUT_NOTHING;
    uint64_t hash = digits ? token_hash(name_cut(look, at, cut)) : hash_at(look, at);
    uint64_t key = name_key_first(hash, WAY_HANDLE);
    if (!bloom_fetch(&look->core->table, key)) return;
    UNCLEARED struct name_try try;
    name_try_begin(&try, WAY_HANDLE);
    name_try_add(look, &try, at, cut);
    if (try.words[0].length >= HANDLE_LEAST) look_up(look, &try, key, best);
}

static void look_alone(struct name_look *look, size_t at, struct name_hit *best)
{
    const struct name_table *table = &look->core->table;
    uint64_t hash = hash_at(look, at);
    uint64_t first = name_key_first(hash, WAY_FIRST), last = name_key_first(hash, WAY_LAST);
    bool has_first = bloom_fetch(table, first), has_last = bloom_fetch(table, last);
    if (!has_first && !has_last) return;
    bool titled = name_behind_title(look, at);
    if (!name_may_stand_alone(look, at, titled)) return;
    UNCLEARED struct name_try try;
    name_try_begin(&try, WAY_FIRST);
    name_try_add(look, &try, at, CUT_NOTHING);
    if (has_first && !titled && !name_is_other_first(look, at)) look_up(look, &try, first, best);
    try.way = WAY_LAST;
    if (!best->found && has_last && (titled || !name_is_other_last(look, at)))
        look_up(look, &try, last, best);
}

/* ---- the walk ------------------------------------------------------------------------------------ */

static void add(const struct name_look *look, const struct name_hit *hit)
{
    const struct token *tokens = look->tokens->at;
    struct fold_span span =
        fold_span(look->folded, tokens[hit->from].start, tokens[hit->to - 1].end - hit->less);
    struct finding finding = {.kind = FINDING_NAME,
                              .level = hit->level,
                              .form = hit->form,
                              .start = span.start,
                              .end = span.end,
                              .who_count = (uint16_t)hit->count,
                              .more = hit->more};
    for (size_t i = 0; i < hit->count; i++) finding.who[i] = hit->who[i] + look->first_who;
    findings_add(look->findings, &finding);
}

/* Something marks it as a handle, or it is long enough to be one without. */
static bool may_be_handle(const struct name_look *look, size_t at)
{
    if (!token_is_odd(look->tokens, at)) return true; /* name_scan has seen to it */
    size_t length = name_length(look, at);
    if (length >= HANDLE_UNMARKED || length < HANDLE_LEAST) return length >= HANDLE_LEAST;
    return name_mark(look, at) != '\0' || (name_flags(look, at) & (TOKEN_CAMEL | TOKEN_DIGIT)) != 0;
}

/* What begins at one token, by its bit in the places; gives where to go on. */
static size_t look_at(struct name_look *look, size_t at, const struct name_places *places)
{
    unsigned bit = (unsigned)(at % 64);
    UNCLEARED struct name_hit hit;
    hit.found = false;
    if ((places->words >> bit & 1) != 0) look_words(look, at, &hit);
    if (!hit.found && (places->handles >> bit & 1) != 0 && may_be_handle(look, at))
        look_handle(look, at, &hit);
    if (!hit.found && (places->alone >> bit & 1) != 0) look_alone(look, at, &hit);
    if (!hit.found) return at + 1;
    add(look, &hit);
    return hit.to;
}

static void walk(struct name_look *look)
{
    size_t go_on = 0;
    for (size_t from = 0; from < look->tokens->count; from += 64) {
        struct name_places places = name_scan(look, from);
        uint64_t left = places.words | places.handles | places.alone;
        for (; left != 0; left &= left - 1) {
            size_t at = from + (size_t)__builtin_ctzll(left);
            if (findings_over(look->findings)) return;
            if (at >= go_on) go_on = look_at(look, at, &places);
        }
    }
}

static int by_start(const void *a, const void *b)
{
    const struct finding *one = a, *other = b;
    if (one->start != other->start) return one->start < other->start ? -1 : 1;
    return (one->end > other->end) - (one->end < other->end);
}

void names_find(const struct name_index *index, const struct folded *folded,
                const struct tokens *tokens, struct findings *findings)
{
    findings->names_from = findings->names_to = findings->count;
    if (index == NULL) return;
    UNCLEARED struct name_look look;
    look.index = index;
    look.core = index->base;
    look.first_who = 0;
    look.folded = folded;
    look.tokens = tokens;
    look.findings = findings;
    look.shouting = look.any_capital = -1;
    look.wide = wide_here();
    look.proved = false;
    walk(&look);
    size_t from_base = findings->count;
    if (index->more != NULL) {
        look.core = index->more;
        look.proved = false;
        look.first_who = (uint32_t)index->base->count;
        walk(&look);
    }
    size_t from = findings->names_from;
    if (findings->count > from_base && from_base > from)
        qsort(findings->at + from, findings->count - from, sizeof *findings->at, by_start);
    findings->names_to = findings->count;
}

bool names_exempts(const struct findings *findings, uint32_t start, uint32_t end)
{
    size_t low = findings->names_from, high = findings->names_to;
    while (low < high) { /* the first that begins behind `start` */
        size_t middle = low + (high - low) / 2;
        if (findings->at[middle].start <= start)
            low = middle + 1;
        else
            high = middle;
    }
    /* Names of the base and of edits may overlap: the last two that begin before are enough. */
    for (size_t i = low; i > findings->names_from && i + 2 > low; i--) {
        const struct finding *name = &findings->at[i - 1];
        if (name->end >= end && name->form != FORM_FIRST_ONLY && name->form != FORM_FIRST_INITIAL)
            return true;
    }
    return false;
}
