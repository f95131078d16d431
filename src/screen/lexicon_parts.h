/* Between the files of the lexicon: lexicon_read.c, which reads lines; lexicon.c, which keeps what they say; lexicon_scan.c, which tells
 * where it may stand; lexicon_find.c, which looks there; lexicon_stem.c, which looks for letters within words. Nobody else includes this. */
#pragma once

#include <string.h>

#include "base/text.h"
#include "screen/evade_words.h"
#include "screen/lexicon.h"

#define LEXICON_WORD_LARGEST 40 /* bytes of one word, folded */
#define NO_FORM UINT32_MAX

/* ---- lines: lexicon_read.c ---------------------------------------------------------------------- */

enum lexicon_rule { RULE_ENTRY, RULE_LET, RULE_REMOVE };
struct lexicon_line {
    enum lexicon_rule rule;
    size_t number;              /* from 1 */
    struct lexicon_entry entry; /* of an entry, but for its phrase */
    struct slice wording, except;
};
/* Reads `text` into *line, whose number is set. False with the error. */
MUST_USE bool lexicon_line_read(struct slice text, struct lexicon_line *line, struct error *error);
/* Whether there is nothing in it to read. */
bool lexicon_line_blank(struct slice text);
/* "Line 3 of the wording: "..." WHAT"; false. */
bool lexicon_wrong(const struct lexicon_line *line, struct slice text, const char *what,
                   const char *advice, struct error *error);

/* The next of a list with commas or semicolons; false when nothing is left. */
bool wording_split(struct slice *rest, struct slice *ret_text);
/* A wording's spellings, given one after another: each bracket, from outside in, by each of its choices. */
#define WORDING_SPELLINGS_LARGEST 8000
struct wording {
    struct arena *arena;
    LIST(struct slice) waiting; /* with brackets to be chosen in */
    const struct lexicon_line *line;
    struct slice text;
    size_t spellings;
};
/* Lives in the arena. False with the error. */
MUST_USE bool wording_read(struct wording *wording, struct arena *arena,
                           const struct lexicon_line *line, struct slice text, struct error *error);
/* Gives one spelling; false where there was none left, or, with the error, too many. */
bool wording_next(struct wording *wording, struct slice *ret_spelled, struct error *error);

/* ---- what is kept: lexicon.c -------------------------------------------------------------------- */

/* A sequence of words that means an entry, or that is let through. */
struct lexicon_form {
    const char *letters; /* of all words, one right behind another */
    uint32_t entry;      /* 0: let through */
    uint32_t next;       /* of the same key, or NO_FORM */
    uint16_t length;     /* of `letters` */
    uint8_t lengths[LEXICON_WORDS];
    uint8_t count;
    uint8_t capitals; /* a bit a word that is let through only with its capital */
    bool joined;      /* several words written as one, behind a # or with capitals inside */
    bool removed;     /* let through because a line removes it: a later line may bring it back */
    bool dead;        /* replaced by a later line */
};

struct lexicon_slot {
    uint64_t key;
    uint32_t form; /* or NO_FORM: words go on from here, but none ends here */
    uint8_t used, goes_on;
};

/* Letters of which a word is suspicious that holds them. */
#define STEM_LEAST 4
#define STEM_LARGEST 16
struct lexicon_stem {
    char letters[STEM_LARGEST];
    size_t length;
    bool begins, ends; /* only words that begin, or end, with them */
    uint32_t entry;
};
#define STEMS_LARGEST 256
#define STEM_GROUPS 8
#define STEM_MAY_BITS 12
struct lexicon_stems {
    struct lexicon_stem at[STEMS_LARGEST];
    size_t count;
    size_t groups[STEM_GROUPS + 1]; /* where each group begins */
    uint64_t
        may[(1u << STEM_MAY_BITS) / 64];  /* by the hash of its first four letters: a bit a stem */
    unsigned char bytes[STEM_LEAST][256]; /* the groups, a bit each, that have this byte there */
    unsigned char low[STEM_LEAST][16], high[STEM_LEAST][16]; /* the same by halves of a byte */
};

#define CELL_BITS 13
typedef uint32_t lexicon_cells[1u << CELL_BITS];
struct lexicon {
    struct arena *arena;
    LIST(struct lexicon_entry) entries;
    LIST(struct lexicon_form) forms;
    struct lexicon_slot *slots; /* a power of two of them, five eighths full at most */
    size_t slot_space, slot_count;
    lexicon_cells words; /* by key: some form is this one word ... */
    lexicon_cells joins; /* ... or several written as one */
    lexicon_cells pairs; /* some form begins with these two */
    lexicon_cells sure;  /* some form is these two, or begins with these three */
    lexicon_cells lets;  /* as words and pairs, of what is let through */
    size_t longest_let;  /* words of the longest that is let through */
    struct lexicon_stems stems;
    const struct evade_words *disguised; /* the words as evade.c looks them up */
};

static inline uint32_t lexicon_stem_bit(const char *at)
{
    uint32_t letters;
    memcpy(&letters, at, sizeof letters);
    return letters * UINT32_C(0x9E3779B1) >> (32 - STEM_MAY_BITS);
}

/* Whether some stem begins with the four bytes at `at`; hardly ever true where none does. */
static inline bool lexicon_stem_may(const struct lexicon_stems *stems, const char *at)
{
    uint32_t bit = lexicon_stem_bit(at);
    return (stems->may[bit / 64] >> (bit % 64) & 1) != 0;
}

static inline uint64_t lexicon_key_next(uint64_t key, uint64_t hash)
{
    return (key << 27 | key >> 37) ^ hash;
}

/* By keys, see tokens.h. Two bits of one cell for each key: few others share both. */
#define CELL_SHIFT (32 - CELL_BITS)
#define MARK_SHIFT (CELL_SHIFT - 5)
#define OTHER_SHIFT (MARK_SHIFT - 5)
static inline uint32_t lexicon_marks(uint32_t key)
{
    return UINT32_C(1) << (key >> MARK_SHIFT & 31) | UINT32_C(1) << (key >> OTHER_SHIFT & 31);
}

#define PAIR_TURN 13
#define PAIR_FACTOR UINT32_C(0x9E3779B1)
/* Of two words; of three, that of the first two with the third. */
static inline uint32_t lexicon_pair(uint32_t key, uint32_t next)
{
    return ((key << PAIR_TURN | key >> (32 - PAIR_TURN)) ^ next) * PAIR_FACTOR;
}

static inline bool lexicon_has(const lexicon_cells cells, uint32_t key)
{
    return (~cells[key >> CELL_SHIFT] & lexicon_marks(key)) == 0;
}

static inline size_t lexicon_place(uint64_t key, size_t space)
{
    return (size_t)((key * UINT64_C(0x9FB21C651E98DF25)) >> 32) & (space - 1);
}

static inline const struct lexicon_slot *lexicon_get(const struct lexicon *lexicon, uint64_t key)
{
    size_t at = lexicon_place(key, lexicon->slot_space);
    while (lexicon->slots[at].used != 0 && lexicon->slots[at].key != key)
        at = (at + 1) & (lexicon->slot_space - 1);
    return lexicon->slots[at].used != 0 ? &lexicon->slots[at] : NULL;
}

/* The lines that are built in, each NULL behind its last. */
extern const char *const lexicon_list[];
extern const char *const lexicon_topics[];

/* ---- where wording may begin: lexicon_scan.c ---------------------------------------------------- */

#define LEXICON_SCANNED 64
/* A bit a word of the first `count`, at most LEXICON_SCANNED, that may be or begin wording; TOKENS_SPARE keys more follow. */
typedef uint64_t lexicon_scan(const struct lexicon *lexicon, const uint32_t *keys, size_t count);
extern lexicon_scan lexicon_scan_scalar;
lexicon_scan *lexicon_scan_best(void);

/* ---- letters within words: lexicon_stem.c ------------------------------------------------------- */

void lexicon_stems_settle(struct lexicon_stems *stems);
/* Where the first four letters of some stem may stand, from `from` on; `length` where nowhere more. `at` may be read FOLD_BEHIND bytes past
 * its end. */
typedef size_t lexicon_stem_scan(const struct lexicon_stems *stems, const char *at, size_t from,
                                 size_t length);
extern lexicon_stem_scan lexicon_stem_scan_scalar;
lexicon_stem_scan *lexicon_stem_scan_best(void);
/* The stem that stands at `at` in a word of `length` bytes, if its place in the word will do. */
const struct lexicon_stem *lexicon_stem_at(const struct lexicon_stems *stems, const char *word,
                                           size_t length, size_t at);
