/* Between the files of the name index: a person's words, the forms made of them, the table they stand in. */
#pragma once

#include <stdatomic.h>

#include "screen/names.h"

/* ---- words and forms: names_forms.c ------------------------------------------------------------ */

#define NAME_WORDS 6     /* of one part of a name; more are left out */
#define NAME_SEQUENCE 13 /* words of one form */

struct name_word {
    struct slice letters;
    uint64_t hash;
    struct slice halves
        [2]; /* what stands before and behind an apostrophe or a capital in the middle; empty: neither */
};
struct name_part {
    struct name_word words[NAME_WORDS];
    size_t count;
};
#define SCRATCH_TOKENS TOKENS_SPACE(9 * (NAME_FIELD_LARGEST + 1))
/* The memory in which one person's names are folded: on the stack, so that verifying allocates nothing. */
struct name_scratch {
    char bytes[3 * (NAME_FIELD_LARGEST + 1)];
    char folded[9 * (NAME_FIELD_LARGEST + 1) + FOLD_BEHIND];
    uint64_t capitals[9 * (NAME_FIELD_LARGEST + 1) / 64 + 3];
    struct fold_run runs[3 * (NAME_FIELD_LARGEST + 1) + 2];
    struct token tokens[SCRATCH_TOKENS];
    uint32_t keys[SCRATCH_TOKENS];
    uint64_t capital[TOKENS_BITS(SCRATCH_TOKENS)], odd[TOKENS_BITS(SCRATCH_TOKENS)];
    char words[16 * (NAME_FIELD_LARGEST + 1)]; /* what had to be put together */
    size_t words_used;
};
struct name_words {
    struct name_part given, family, known;
};
void name_words(struct name_scratch *scratch, const struct name_person *person,
                struct name_words *ret_words);

/* Which table a form is looked up in: a handle and a lone word are one token and must not meet. */
enum name_way { WAY_WORDS, WAY_FIRST, WAY_LAST, WAY_HANDLE };
struct name_sequence {
    struct slice words[NAME_SEQUENCE];
    uint64_t hashes[NAME_SEQUENCE];
    size_t count;
    enum name_form form;
    enum name_way way;
};
#define FORMS_ALL (~0u)
#define FORMS_PLAIN 0u /* one form: the words as they are */
/* Gives every form of `wanted`, a bit an enum name_form, to `visit` until it says true; whether it did. */
typedef bool name_visit(void *context, const struct name_sequence *sequence);
bool name_forms(struct name_scratch *scratch, const struct name_words *words, unsigned wanted,
                name_visit *visit, void *context);

/* ---- the same name spelt otherwise: names_spell.c ----------------------------------------------- */

/* Gives the person under each other spelling to `visit` until it says true; whether it did. */
typedef bool name_other_visit(void *context, const struct name_person *other);
bool name_others(const struct name_person *person, name_other_visit *visit, void *context);
/* Of another spelling only these count. */
#define FORMS_OTHER (1u << FORM_FULL | 1u << FORM_KNOWN_AS | 1u << FORM_LAST_FIRST)

static inline uint64_t name_key_first(uint64_t hash, enum name_way way)
{
    return hash ^ (uint64_t)way * UINT64_C(0x9FB21C651E98DF25);
}

static inline uint64_t name_key_next(uint64_t key, uint64_t hash)
{
    return ((key << 27 | key >> 37) ^ hash) * UINT64_C(0xD6E8FEB86659FD93);
}

/* ---- the table: names_table.c ------------------------------------------------------------------ */

/* Signs of a word in the vocabulary; another word may share them by chance. */
enum { SIGN_FIRST_BIT, SIGN_NEXT_BIT, SIGN_LONE_BIT, SIGN_HANDLE_BIT };
enum name_sign {
    SIGN_FIRST = 1 << SIGN_FIRST_BIT,
    SIGN_NEXT = 1 << SIGN_NEXT_BIT,
    SIGN_LONE = 1 << SIGN_LONE_BIT,
    SIGN_HANDLE = 1 << SIGN_HANDLE_BIT
};
#define NAME_BEARERS FINDING_WHO_LARGEST
#define NAME_WAITING 64

struct name_slot {
    uint32_t print, value; /* 0: free; BLOCK and a place, or a bearer */
};
struct name_block {
    uint32_t bearers[NAME_BEARERS];
    uint32_t count, more;
};
struct name_waiting {
    uint64_t key;
    uint32_t bearer;
};
/* Keys of the words of names_common.c: a bit each, of all lists; and where each ordinary word stands. */
#define NAME_LISTED_BITS 15
#define NAME_COMMON_BITS 13
struct name_lists {
    uint64_t listed[(1 << NAME_LISTED_BITS) / 64];
    uint16_t common[1 << NAME_COMMON_BITS];
};
struct name_table {
    struct name_slot *slots;
    size_t slot_space, slot_count;
    struct name_block *blocks;
    size_t block_count, block_space;
    uint8_t *vocabulary;
    unsigned vocabulary_bits;
    uint64_t *handles; /* a bit a key: some handle has it */
    unsigned handle_bits;
    uint64_t *bloom; /* keys of whole forms, and of what longer ones begin with */
    uint64_t bloom_mask;
    size_t longest; /* words of the longest form */
    struct name_lists lists;
    /* On their way to a slot: fetched together, so that none waits for memory alone. */
    struct name_waiting waiting[NAME_WAITING];
    size_t waiting_count;
};
#define BEARER_OTHER (UINT32_C(8) << 22) /* goes with a person's place: spelt otherwise */
static inline uint32_t bearer_make(uint32_t who, enum name_form form)
{
    return UINT32_C(1) << 26 | (uint32_t)form << 22 | who;
}
static inline uint32_t bearer_who(uint32_t bearer)
{
    return bearer & 0x3FFFFF;
}
static inline enum name_form bearer_form(uint32_t bearer)
{
    uint32_t form = bearer >> 22 & 15;
    return (enum name_form)(form > FORM_LAST_ONLY ? form - 8 : form);
}
static inline bool bearer_is_other(uint32_t bearer)
{
    return (bearer >> 22 & 15) > FORM_LAST_ONLY;
}
_Static_assert(FORM_LAST_ONLY == 8, "a form of another spelling is 8 more");

void name_table_init(struct name_table *table, size_t people, bool full_only);
void name_table_clear(struct name_table *table);
size_t name_table_bytes(const struct name_table *table);
void name_table_add(struct name_table *table, const struct name_sequence *sequence, uint32_t who);
/* Before anything is looked up. */
void name_table_flush(struct name_table *table);
/* The bearers of a key, at most NAME_BEARERS; how many. *ret_one is room for one. */
size_t name_table_get(const struct name_table *table, uint64_t key, uint32_t *ret_one,
                      const uint32_t **ret_bearers, bool *ret_more);

/* Of a word by its key, see tokens.h. */
static inline uint8_t name_signs(const struct name_table *table, uint32_t key)
{
    return table->vocabulary[key >> (32 - table->vocabulary_bits)];
}

static inline bool may_be_handle_key(const struct name_table *table, uint32_t key)
{
    uint32_t place = key >> (32 - table->handle_bits);
    return (table->handles[place / 64] >> (place % 64) & 1) != 0;
}

static inline uint64_t bloom_bits(uint64_t key)
{
    return UINT64_C(1) << (key >> 40 & 63) | UINT64_C(1) << (key >> 46 & 63);
}

static inline bool bloom_has(const struct name_table *table, uint64_t key)
{
    uint64_t bits = bloom_bits(key);
    return (table->bloom[key >> 8 & table->bloom_mask] & bits) == bits;
}

static inline size_t name_slot_place(uint32_t print, size_t space)
{
    return (size_t)((uint64_t)print * space >> 32);
}

/* As bloom_has; where it is so, the slot of the key is on its way. */
static inline bool bloom_fetch(const struct name_table *table, uint64_t key)
{
    if (!bloom_has(table, key)) return false;
    __builtin_prefetch(&table->slots[name_slot_place((uint32_t)(key >> 32), table->slot_space)]);
    return true;
}

/* ---- the index: names.c ------------------------------------------------------------------------- */

struct name_core {
    atomic_size_t holders; /* indices that share it */
    size_t count, space;
    uint32_t *places; /* of each person in `bytes`; count + 1 */
    unsigned char *bytes;
    size_t bytes_space;
    struct name_table table;
    bool full_only;
};
struct name_index {
    struct name_core *base;
    struct name_core *more; /* people that edits brought or changed, or NULL */
    uint32_t *gone;         /* places of the base that edits took out, in order */
    size_t gone_count;
    size_t holders; /* under the store's lock */
};
struct name_core *name_core_build(const struct name_plan *plan, struct error *error);
/* The same a person at a time; how many there will be is a guess. */
struct name_core *name_core_begin(size_t expected, bool full_only);
MUST_USE bool name_core_add(struct name_core *core, const struct name_person *person,
                            struct error *error);
void name_core_end(struct name_core *core);
struct name_index *name_index_of(struct name_core *core); /* takes it over */
void name_core_free(struct name_core *core);
struct name_person name_core_person(const struct name_core *core, uint32_t who);

/* ---- words that a name may be taken for: names_common.c ---------------------------------------- */

/* Notes the keys of all the lists' words: nearly every word is in none, and need not be looked for. */
void name_lists_note(struct name_lists *lists);
bool name_is_common(const struct name_lists *lists, struct slice word); /* of English */
bool name_is_never_alone(
    struct slice word);                   /* a month, a place: a capital says nothing of a person */
bool name_is_title(struct slice word);    /* stands in front of a surname: Mr, Miss, Dr */
bool name_makes_place(struct slice word); /* behind a name: Street, School, Cup */
bool name_reads_on(struct slice word);    /* behind ordinary words: be, half, people */
bool name_makes_thing(struct slice word); /* in front of them: the, our, this */
bool name_makes_known(struct slice word); /* in front of one: Queen, Saint, Lake */
