/* The forms in which one person may be named. The same forms go into the table and, at a hit, come out again to be compared letter by
 * letter, so that nothing counts that was not looked for. */
#include <string.h>

#include "screen/names_parts.h"

/* Small words in front of surnames: half a surname they are not. */
static const char *const particles[] = {
    "de", "la", "le",  "van", "der", "den", "von", "el", "al",  "bin", "ibn", "bint", "da", "dos",
    "do", "du", "del", "di",  "mc",  "mac", "st",  "o",  "ter", "ten", "abu", "ap",   "e",  "y",
};

static bool is_particle(struct slice word)
{
    for (size_t i = 0; i < sizeof particles / sizeof *particles; i++) {
        if (slice_is(word, particles[i])) return true;
    }
    return word.length < 3;
}

/* ---- words -------------------------------------------------------------------------------------- */

static struct slice keep(struct name_scratch *scratch, const char *at, size_t length)
{
    size_t left = sizeof scratch->words - scratch->words_used;
    if (length > left) length = left;
    char *to = scratch->words + scratch->words_used;
    memcpy(to, at, length);
    scratch->words_used += length;
    return (struct slice){to, length};
}

static struct slice join(struct name_scratch *scratch, struct slice a, struct slice b)
{
    if (scratch->words_used + a.length + b.length > sizeof scratch->words) return SLICE_EMPTY;
    struct slice joined = keep(scratch, a.at, a.length);
    keep(scratch, b.at, b.length);
    joined.length += b.length;
    return joined;
}

static bool is_capital(const struct folded *folded, size_t at)
{
    return (folded->capitals[at / 64] >> (at % 64) & 1) != 0;
}

/* Where a capital stands behind a small letter, or an apostrophe; 0: nowhere. */
static size_t break_of(const struct folded *folded, const struct token *token)
{
    for (size_t i = token->start + 1; i < token->end; i++) {
        char c = folded->at[i];
        if (c == '\'' || c == '`') return i;
        if (is_capital(folded, i) && !is_capital(folded, i - 1)) return i;
    }
    return 0;
}

static struct name_word word_of(struct name_scratch *scratch, const struct folded *folded,
                                const struct tokens *tokens, size_t place)
{
    const struct token *token = &tokens->at[place];
    const char *at = folded->at + token->start;
    struct name_word word = {{at, token->end - token->start},
                             token_hash_at(tokens, folded, place),
                             {SLICE_EMPTY, SLICE_EMPTY}};
    if (!token_is_odd(tokens, place)) return word;
    uint32_t flags = token_flags(tokens, folded, place);
    if ((flags & (TOKEN_APOSTROPHE | TOKEN_CAMEL)) == 0) return word;
    size_t middle = break_of(folded, token), end = token->end;
    if ((flags & TOKEN_APOSTROPHE) != 0) {
        char letters[NAME_FIELD_LARGEST * 3 + 3];
        size_t length = token_word(folded, token, letters, sizeof letters);
        word.letters = keep(scratch, letters, length);
    }
    if (middle == 0) return word;
    size_t behind = folded->at[middle] == '\'' || folded->at[middle] == '`' ? middle + 1 : middle;
    word.halves[0] = (struct slice){at, middle - token->start};
    word.halves[1] = (struct slice){folded->at + behind, end - behind};
    return word;
}

static size_t put_field(struct name_scratch *scratch, size_t at, struct slice field)
{
    size_t length = field.length < NAME_FIELD_LARGEST ? field.length : NAME_FIELD_LARGEST;
    memcpy(scratch->bytes + at, field.at, length);
    for (size_t i = 0; i < length; i++) {
        if (scratch->bytes[at + i] == '\n') scratch->bytes[at + i] = ' ';
    }
    scratch->bytes[at + length] = '\n';
    return at + length + 1;
}

void name_words(struct name_scratch *scratch, const struct name_person *person,
                struct name_words *ret_words)
{
    struct folded folded = {.at = scratch->folded,
                            .space = sizeof scratch->folded,
                            .capitals = scratch->capitals,
                            .capital_space = sizeof scratch->capitals / sizeof *scratch->capitals,
                            .runs = scratch->runs,
                            .run_space = sizeof scratch->runs / sizeof *scratch->runs};
    struct tokens tokens = {.at = scratch->tokens,
                            .space = SCRATCH_TOKENS,
                            .keys = scratch->keys,
                            .capital = scratch->capital,
                            .odd = scratch->odd};
    size_t length = put_field(scratch, 0, person->given);
    length = put_field(scratch, length, person->family);
    length = put_field(scratch, length, person->known_as);
    scratch->words_used = 0;
    fold_text(&folded, (struct slice){scratch->bytes, length});
    tokens_find(&tokens, &folded);
    struct name_part *parts[] = {&ret_words->given, &ret_words->family, &ret_words->known};
    for (size_t i = 0; i < 3; i++) parts[i]->count = 0;
    size_t part = 0, at = 0;
    for (size_t i = 0; i < tokens.count; i++) {
        for (; at < tokens.at[i].start; at++) part += folded.at[at] == '\n';
        if (part < 3 && parts[part]->count < NAME_WORDS)
            parts[part]->words[parts[part]->count++] = word_of(scratch, &folded, &tokens, i);
    }
}

/* ---- forms -------------------------------------------------------------------------------------- */

struct forming {
    struct name_scratch *scratch;
    const struct name_words *words;
    name_visit *visit;
    void *context;
    struct name_sequence sequence;
    unsigned wanted; /* a bit a form */
    bool stopped;
};

static bool wants(const struct forming *forming, enum name_form form)
{
    return !forming->stopped && (forming->wanted >> form & 1) != 0;
}

/* One way of writing a part: its words. */
struct writing {
    struct slice words[NAME_WORDS];
    uint64_t hashes[NAME_WORDS];
    size_t count;
};
#define WRITINGS 9
struct writings {
    struct writing at[WRITINGS];
    size_t count;
    size_t apart; /* of these, how many leave the words apart; those put together stand last */
};

static void add_word(struct writing *writing, struct slice word, uint64_t hash)
{
    writing->words[writing->count] = word;
    writing->hashes[writing->count++] = hash;
}

static void put_whole(struct writings *writings, const struct name_part *part)
{
    struct writing *to = &writings->at[writings->count++];
    to->count = 0;
    for (size_t i = 0; i < part->count; i++)
        add_word(to, part->words[i].letters, part->words[i].hash);
}

static struct writing alone(struct slice word)
{
    UNCLEARED struct writing writing;
    writing.count = 0;
    add_word(&writing, word, token_hash(word));
    return writing;
}

static void put_only(struct writings *writings, struct slice word, uint64_t hash)
{
    if (writings->count == WRITINGS || word.length == 0) return;
    struct writing *to = &writings->at[writings->count++];
    to->count = 0;
    add_word(to, word, hash);
}

static void put_writing(struct writings *writings, const struct writing *writing)
{
    if (writings->count == WRITINGS || writing->count == 0 || writing->words[0].length == 0) return;
    struct writing *to = &writings->at[writings->count++];
    memcpy(to->words, writing->words, writing->count * sizeof *to->words);
    memcpy(to->hashes, writing->hashes, writing->count * sizeof *to->hashes);
    to->count = writing->count;
}

static struct slice joined(struct name_scratch *scratch, const struct name_part *part)
{
    struct slice all = part->words[0].letters;
    for (size_t i = 1; i < part->count; i++) all = join(scratch, all, part->words[i].letters);
    return all;
}

static bool has_halves(const struct name_word *word)
{
    return word->halves[0].length > 0 && word->halves[1].length > 0;
}

/* O Neil, Mc Donald. */
static void put_split(struct writings *writings, const struct name_part *part)
{
    UNCLEARED struct writing writing;
    writing.count = 0;
    bool split = false;
    for (size_t i = 0; i < part->count; i++) {
        const struct name_word *word = &part->words[i];
        bool halves = has_halves(word);
        if (writing.count + halves >= NAME_WORDS) return;
        if (halves) {
            add_word(&writing, word->halves[0], token_hash(word->halves[0]));
            add_word(&writing, word->halves[1], token_hash(word->halves[1]));
        } else {
            add_word(&writing, word->letters, word->hash);
        }
        split = split || halves;
    }
    if (split) put_writing(writings, &writing);
}

static void put_two(struct writings *writings, const struct name_word *one,
                    const struct name_word *other)
{
    struct writing *to = &writings->at[writings->count++];
    to->count = 0;
    add_word(to, one->letters, one->hash);
    add_word(to, other->letters, other->hash);
}

/* As it is, an apostrophe written as a blank; of a surname also each half, of a given name the first; last its words put together. */
static struct writings ways(struct forming *forming, const struct name_part *part, bool family)
{
    UNCLEARED struct writings writings;
    writings.count = writings.apart = 0;
    if (part->count == 0) return writings;
    put_whole(&writings, part);
    put_split(&writings, part);
    if (family && part->count == 2 && !is_particle(part->words[0].letters) &&
        !is_particle(part->words[1].letters)) /* Ridley-Beaumont */
        put_two(&writings, &part->words[1], &part->words[0]);
    for (size_t i = 0; family && part->count > 1 && i < part->count; i++) {
        if (!is_particle(part->words[i].letters))
            put_only(&writings, part->words[i].letters, part->words[i].hash);
    }
    if (!family && part->count > 1)
        put_only(&writings, part->words[0].letters, part->words[0].hash);
    writings.apart = writings.count;
    if (part->count == 1) return writings;
    struct slice together = joined(forming->scratch, part);
    put_only(&writings, together, token_hash(together));
    return writings;
}

static void begin(struct forming *forming, enum name_form form, enum name_way way)
{
    forming->sequence.count = 0;
    forming->sequence.form = form;
    forming->sequence.way = way;
}

static void put(struct forming *forming, const struct writing *writing)
{
    struct name_sequence *sequence = &forming->sequence;
    for (size_t i = 0; i < writing->count && sequence->count < NAME_SEQUENCE; i++) {
        sequence->words[sequence->count] = writing->words[i];
        sequence->hashes[sequence->count++] = writing->hashes[i];
    }
}

static void put_word(struct forming *forming, struct slice word)
{
    struct writing writing = alone(word);
    put(forming, &writing);
}

static void give(struct forming *forming)
{
    if (!forming->stopped && forming->sequence.count > 0)
        forming->stopped = forming->visit(forming->context, &forming->sequence);
}

/* Of `first` and `last` as many as are to be used. */
static void give_pairs(struct forming *forming, enum name_form form, const struct writings *first,
                       size_t firsts, const struct writings *last, size_t lasts)
{
    if (!wants(forming, form)) return;
    for (size_t i = 0; i < firsts; i++) {
        for (size_t k = 0; k < lasts; k++) {
            begin(forming, form, WAY_WORDS);
            put(forming, &first->at[i]);
            put(forming, &last->at[k]);
            give(forming);
        }
    }
}

static void put_words(struct forming *forming, const struct name_part *part, size_t from, size_t to)
{
    struct name_sequence *sequence = &forming->sequence;
    for (size_t i = from; i < to && sequence->count < NAME_SEQUENCE; i++) {
        sequence->words[sequence->count] = part->words[i].letters;
        sequence->hashes[sequence->count++] = part->words[i].hash;
    }
}

static struct slice initial(struct slice word)
{
    size_t length = 1;
    while (length < word.length && (word.at[length] & 0xC0) == 0x80) length++;
    return slice_part(word, 0, length);
}

/* Ada B, Ada S-J. */
static void give_first_initial(struct forming *forming, const struct writing *first)
{
    const struct name_part *family = &forming->words->family;
    if (!wants(forming, FORM_FIRST_INITIAL)) return;
    for (size_t i = 0; i < family->count; i++) {
        if (i > 0 && !is_particle(family->words[i - 1].letters)) break;
        begin(forming, FORM_FIRST_INITIAL, WAY_WORDS);
        put(forming, first);
        put_word(forming, initial(family->words[i].letters));
        give(forming);
    }
    if (family->count < 2) return;
    begin(forming, FORM_FIRST_INITIAL, WAY_WORDS);
    put(forming, first);
    for (size_t i = 0; i < family->count; i++) put_word(forming, initial(family->words[i].letters));
    give(forming);
}

/* AM Byron. */
static void give_initials_joined(struct forming *forming, const struct name_part *first,
                                 const struct writing *last)
{
    size_t used = forming->scratch->words_used;
    struct slice letters = initial(first->words[0].letters);
    for (size_t i = 1; i < first->count; i++)
        letters = join(forming->scratch, letters, initial(first->words[i].letters));
    const struct name_part *known = &forming->words->known;
    bool known_so = known->count == 1 && slice_equal(known->words[0].letters, letters); /* MJ */
    begin(forming, FORM_INITIAL_LAST, WAY_WORDS);
    put_word(forming, letters);
    put(forming, last);
    if (!known_so) give(forming);
    forming->scratch->words_used = used;
}

/* A Byron, A M Byron. */
static void give_initial_last(struct forming *forming, const struct name_part *first,
                              const struct writings *last)
{
    if (!wants(forming, FORM_INITIAL_LAST)) return;
    for (size_t i = 0; i < last->apart; i++) {
        for (size_t letters = 1; letters <= first->count; letters += first->count - 1) {
            begin(forming, FORM_INITIAL_LAST, WAY_WORDS);
            for (size_t k = 0; k < letters; k++)
                put_word(forming, initial(first->words[k].letters));
            put(forming, &last->at[i]);
            give(forming);
            if (first->count == 1) break;
        }
        if (first->count > 1) give_initials_joined(forming, first, &last->at[i]);
    }
}

static void give_joined(struct forming *forming, enum name_form form, struct slice a,
                        struct slice b)
{
    size_t used = forming->scratch->words_used;
    if (!wants(forming, form)) return;
    begin(forming, form, WAY_HANDLE);
    struct slice word = join(forming->scratch, a, b);
    if (word.length > 0) {
        put_word(forming, word);
        give(forming);
    }
    forming->scratch->words_used = used;
}

static void give_handles(struct forming *forming, const struct name_part *first, struct slice last)
{
    struct slice word = first->words[0].letters;
    give_joined(forming, FORM_HANDLE, word, last);
    give_joined(forming, FORM_HANDLE, last, word);
    give_joined(forming, FORM_INITIAL_LAST, initial(word), last);
    if (first->count > 1) give_joined(forming, FORM_HANDLE, joined(forming->scratch, first), last);
    const struct name_part *family = &forming->words->family;
    for (size_t i = 0; family->count > 1 && i < family->count; i++) {
        if (!is_particle(family->words[i].letters))
            give_joined(forming, FORM_HANDLE, word, family->words[i].letters);
    }
}

/* Meer, Pieter van der. */
static void give_particles_last(struct forming *forming, const struct writings *first)
{
    const struct name_part *family = &forming->words->family;
    size_t small = 0;
    while (small < family->count && is_particle(family->words[small].letters)) small++;
    if (small == 0 || small == family->count || !wants(forming, FORM_LAST_FIRST)) return;
    for (size_t i = 0; i < first->count; i++) {
        begin(forming, FORM_LAST_FIRST, WAY_WORDS);
        put_words(forming, family, small, family->count);
        put(forming, &first->at[i]);
        put_words(forming, family, 0, small);
        give(forming);
    }
}

static void give_lone(struct forming *forming, enum name_form form, enum name_way way,
                      const struct writings *writings)
{
    if (!wants(forming, form)) return;
    for (size_t i = 0; i < writings->count; i++) {
        begin(forming, form, writings->at[i].count == 1 ? way : WAY_WORDS);
        put(forming, &writings->at[i]);
        give(forming);
    }
}

/* Everything that begins from one first name: the given one, or the one a person is known by. */
static void give_all(struct forming *forming, enum name_form form, const struct name_part *part,
                     const struct writings *last, struct slice last_joined)
{
    struct writings first = ways(forming, part, false);
    if (first.count == 0) return;
    enum name_form turned = form == FORM_FULL ? FORM_LAST_FIRST : FORM_KNOWN_AS;
    give_pairs(forming, form, &first, first.count, last, last->count);
    give_pairs(forming, turned, last, last->apart, &first, first.count);
    for (size_t i = 0; i < first.count; i++) give_first_initial(forming, &first.at[i]);
    if (form == FORM_FULL) give_particles_last(forming, &first);
    give_initial_last(forming, part, last);
    give_handles(forming, part, last_joined);
    give_lone(forming, FORM_FIRST_ONLY, WAY_FIRST, &first);
}

static void give_one_word(struct forming *forming)
{
    const struct name_words *words = forming->words;
    const struct name_part *part = words->given.count > 0 ? &words->given : &words->family;
    struct writings only = ways(forming, part, false), known = ways(forming, &words->known, false);
    if (only.count > 1 && part->count > 1) only.count = 1;
    give_lone(forming, FORM_FULL, WAY_LAST, &only);
    give_lone(forming, FORM_KNOWN_AS, WAY_LAST, &known);
}

static void give_plain(struct forming *forming)
{
    const struct name_words *words = forming->words;
    bool one = words->given.count + words->family.count == 1;
    begin(forming, FORM_FULL, one ? WAY_LAST : WAY_WORDS);
    put_words(forming, &words->given, 0, words->given.count);
    put_words(forming, &words->family, 0, words->family.count);
    give(forming);
}

bool name_forms(struct name_scratch *scratch, const struct name_words *words, unsigned wanted,
                name_visit *visit, void *context)
{
    UNCLEARED struct forming forming;
    forming.scratch = scratch;
    forming.words = words;
    forming.visit = visit;
    forming.context = context;
    forming.wanted = wanted;
    forming.stopped = false;
    if (wanted == FORMS_PLAIN) {
        give_plain(&forming);
        return forming.stopped;
    }
    if (words->given.count == 0 || words->family.count == 0) {
        give_one_word(&forming);
        return forming.stopped;
    }
    struct writings last = ways(&forming, &words->family, true);
    struct slice last_joined = joined(scratch, &words->family);
    give_all(&forming, FORM_FULL, &words->given, &last, last_joined);
    give_all(&forming, FORM_KNOWN_AS, &words->known, &last, last_joined);
    last.count = last.apart;
    give_lone(&forming, FORM_LAST_ONLY, WAY_LAST, &last);
    return forming.stopped;
}
