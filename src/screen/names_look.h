/* Between names_find.c, which looks, and names_judge.c, which says whether what was met may count. */
#pragma once

#include "screen/names_parts.h"

/* What stands between two words of a name. */
enum name_gap {
    GAP_BAD = 0,
    GAP_BLANK = 1,
    GAP_HYPHEN = 2,
    GAP_COMMA = 4,
    GAP_DOT = 8, /* and no blank */
    GAP_UNDER = 16,
    GAP_DOT_BLANK = 32, /* behind an initial */
    GAP_WIDE = 64       /* a hyphen with a blank or a line end behind it, within a surname */
};
enum name_skipped { SKIPPED_NOTHING, SKIPPED_LETTER, SKIPPED_WORD, SKIPPED_QUOTED };
/* What is left out at the end of a word for it to be a name: the digits of ada07, the s of `Ada Byrons poem`. */
enum name_cut { CUT_NOTHING, CUT_DIGITS, CUT_S };

/* That somebody bears a name, or does not, was proved letter by letter of these bytes of the folded text. */
struct name_proof {
    uint64_t key;
    uint32_t bearer, start, end;
    bool bears;
};
#define NAME_PROOFS 16 /* a text that repeats itself asks for few */

struct name_look {
    const struct name_index *index;
    const struct name_core *core;
    uint32_t first_who; /* what the core's places begin from */
    const struct folded *folded;
    const struct tokens *tokens;
    struct findings *findings;
    int shouting, any_capital; /* -1: not asked yet */
    bool wide;
    bool proved; /* something stands in `proofs`: they are cleared before the
                  first */
    struct name_proof proofs[NAME_PROOFS];
};

#define TRY_LETTERS (3 * NAME_FIELD_LARGEST)
/* Words of the text that might be a name. */
struct name_try {
    size_t tokens[NAME_SEQUENCE];
    struct slice words[NAME_SEQUENCE];
    size_t count;
    enum name_way way;
    unsigned gaps, first_gap; /* enum name_gap, of all and of the first */
    enum name_skipped skipped;
    enum name_cut cut;         /* of the last word */
    bool turned;               /* the words are the other way round in the text: Byron, A. */
    char letters[TRY_LETTERS]; /* of words with an apostrophe */
    size_t letters_used;
};

static inline void name_try_begin(struct name_try *try, enum name_way way)
{
    try->count = try->letters_used = 0;
    try->way = way;
    try->gaps = try->first_gap = 0;
    try->skipped = SKIPPED_NOTHING;
    try->cut = CUT_NOTHING;
    try->turned = false;
}

struct name_hit {
    size_t from, to; /* tokens, `to` not included */
    uint32_t less;   /* bytes of the last one that are no part of it */
    enum name_form form;
    enum finding_level level;
    uint32_t who[NAME_BEARERS];
    size_t count;
    bool found, more;
    bool other; /* under another spelling; who is spelt so comes first */
};

#define HANDLE_LEAST 5
#define HANDLE_UNMARKED 8 /* letters of a handle that nothing marks as one */

/* Of up to 64 words from `from` (a multiple of 64) on, a bit a word: a name of several words may begin there, or the word be a handle, or a
 * name by itself. */
struct name_places {
    uint64_t words, handles, alone;
};
struct name_places name_scan(const struct name_look *look, size_t from);

static inline uint32_t name_length(const struct name_look *look, size_t at)
{
    return token_length(look->tokens, look->folded, at);
}

static inline bool name_ends_in_digit(const struct name_look *look, size_t at)
{
    return (unsigned char)(look->folded->at[look->tokens->at[at].end - 1] - '0') < 10;
}

static inline uint32_t name_flags(const struct name_look *look, size_t at)
{
    return token_flags(look->tokens, look->folded, at);
}

/* A word more, without what is to be cut off it. */
void name_try_add(const struct name_look *look, struct name_try *try, size_t at, enum name_cut cut);
struct slice name_cut(const struct name_look *look, size_t at, enum name_cut cut);
/* What stands before a token. */
unsigned name_gap(const struct name_look *look, size_t at);
/* Whether a hyphen and a blank do, as where a line was broken. */
bool name_gap_is_wide(const struct name_look *look, size_t at);
/* Whether quotes or brackets stand around the one word at `at`. */
bool name_is_quoted(const struct name_look *look, size_t at);
/* '@', '#' or '/' right before it, else 0. */
char name_mark(const struct name_look *look, size_t at);

struct name_judged {
    bool holds;
    enum name_form form;
    enum finding_level level;
};
struct name_judged name_judge(struct name_look *look, const struct name_try *try,
                              enum name_form form);
/* Whether one word that is a name can be a person; by what stands around it it is somebody else's name where it is taken for a first name
 * (`Ada Lovelace`, `Queen Ada`), or for a family name (`Lord Byron`, `Byron Street`). */
bool name_may_stand_alone(struct name_look *look, size_t at, bool titled);
bool name_is_other_first(const struct name_look *look, size_t at);
bool name_is_other_last(const struct name_look *look, size_t at);
bool name_behind_title(const struct name_look *look, size_t at);
