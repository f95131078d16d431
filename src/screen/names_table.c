/* The table of the name index: a small vocabulary of words and a Bloom filter of whole forms in front of an open table of 32-bit prints.
 * A print met by chance is told apart by who verifies. One bearer stands in the slot itself; several in a block, the first few by place,
 * so that ten thousand of one name cost no more than nine. */
#include <stdlib.h>
#include <string.h>

#include "screen/names_parts.h"

#define BLOCK UINT32_C(0x80000000)
#define FORMS_EXPECTED 6 /* distinct forms a person, when all are wanted */

static size_t power_of_two(size_t least)
{
    size_t power = 64;
    while (power < least) power *= 2;
    return power;
}

/* Eight bits a key, at most 2 MiB. */
static unsigned handle_bits_for(size_t keys)
{
    unsigned bits = 10;
    while (bits < 24 && (size_t)1 << bits < 8 * keys) bits++;
    return bits;
}

void name_table_init(struct name_table *table, size_t people, bool full_only)
{
    size_t keys = people * (full_only ? 1 : FORMS_EXPECTED) + 16;
    *table = (struct name_table){0};
    name_lists_note(&table->lists);
    table->slot_space = keys + keys / 2;
    table->slots = calloc(table->slot_space, sizeof *table->slots);
    unsigned bits = people > 200000 ? 19 : people > 20000 ? 17 : 15;
    table->vocabulary_bits = bits;
    table->vocabulary = calloc((size_t)1 << bits, 1);
    table->handle_bits = full_only ? 6 : handle_bits_for(keys);
    table->handles = calloc(((size_t)1 << table->handle_bits) / 64, sizeof *table->handles);
    size_t words = power_of_two(keys / 8);
    if (words > (size_t)1 << 19) words = (size_t)1 << 19;
    table->bloom_mask = words - 1;
    table->bloom = calloc(words, sizeof *table->bloom);
    bool whole = table->slots != NULL && table->vocabulary != NULL && table->handles != NULL;
    if (!whole || table->bloom == NULL) abort();
}

void name_table_clear(struct name_table *table)
{
    free(table->slots);
    free(table->blocks);
    free(table->vocabulary);
    free(table->handles);
    free(table->bloom);
    *table = (struct name_table){0};
}

size_t name_table_bytes(const struct name_table *table)
{
    return table->slot_space * sizeof *table->slots + table->block_space * sizeof *table->blocks +
           ((size_t)1 << table->vocabulary_bits) + ((size_t)1 << table->handle_bits) / 8 +
           (table->bloom_mask + 1) * sizeof *table->bloom;
}

static struct name_slot *find_slot(struct name_slot *slots, size_t space, uint32_t print)
{
    size_t at = name_slot_place(print, space);
    while (slots[at].value != 0 && slots[at].print != print) at = at + 1 == space ? 0 : at + 1;
    return &slots[at];
}

static void grow(struct name_table *table)
{
    size_t space = table->slot_space + table->slot_space / 2;
    struct name_slot *slots = calloc(space, sizeof *slots);
    if (slots == NULL) abort();
    for (size_t i = 0; i < table->slot_space; i++) {
        if (table->slots[i].value == 0) continue;
        *find_slot(slots, space, table->slots[i].print) = table->slots[i];
    }
    free(table->slots);
    table->slots = slots;
    table->slot_space = space;
}

/* The same person twice under one key: the form that says more stays. */
static bool merged(uint32_t *bearer, uint32_t other)
{
    if (bearer_who(*bearer) != bearer_who(other)) return false;
    bool less = bearer_is_other(other) && !bearer_is_other(*bearer);
    if (bearer_form(other) < bearer_form(*bearer) && !less) *bearer = other;
    return true;
}

static void add_to_block(struct name_block *block, uint32_t bearer)
{
    for (uint32_t i = 0; i < block->count; i++) {
        if (merged(&block->bearers[i], bearer)) return;
    }
    if (block->count == NAME_BEARERS) {
        block->more = 1;
        return;
    }
    block->bearers[block->count++] = bearer;
}

static void add_bearer(struct name_table *table, struct name_slot *slot, uint32_t bearer)
{
    if ((slot->value & BLOCK) != 0) {
        add_to_block(&table->blocks[slot->value & ~BLOCK], bearer);
        return;
    }
    if (merged(&slot->value, bearer)) return;
    if (table->block_count == table->block_space) {
        table->block_space = table->block_space + table->block_space / 2 + 64;
        table->blocks = memory_grow(table->blocks, table->block_space * sizeof *table->blocks);
    }
    struct name_block *block = &table->blocks[table->block_count];
    *block = (struct name_block){.bearers = {slot->value, bearer}, .count = 2};
    slot->value = BLOCK | (uint32_t)table->block_count++;
}

static void sign(struct name_table *table, struct slice word, enum name_sign what)
{
    table->vocabulary[token_key(word) >> (32 - table->vocabulary_bits)] |= (uint8_t)what;
}

static void learn(struct name_table *table, const struct name_sequence *sequence)
{
    if (sequence->way == WAY_HANDLE) {
        sign(table, sequence->words[0], SIGN_HANDLE);
        uint32_t place = token_key(sequence->words[0]) >> (32 - table->handle_bits);
        table->handles[place / 64] |= UINT64_C(1) << (place % 64);
        return;
    }
    if (sequence->way != WAY_WORDS) {
        sign(table, sequence->words[0], SIGN_LONE);
        return;
    }
    sign(table, sequence->words[0], SIGN_FIRST);
    if (sequence->form == FORM_INITIAL_LAST)
        sign(table, sequence->words[0], SIGN_NEXT); /* Byron, A. */
    for (size_t i = 1; i < sequence->count; i++) sign(table, sequence->words[i], SIGN_NEXT);
    if (sequence->count > table->longest) table->longest = sequence->count;
}

static void put(struct name_table *table, uint32_t print, uint32_t bearer)
{
    struct name_slot *slot = find_slot(table->slots, table->slot_space, print);
    if (slot->value != 0) {
        add_bearer(table, slot, bearer);
        return;
    }
    *slot = (struct name_slot){print, bearer};
    if (++table->slot_count > table->slot_space / 5 * 4) grow(table);
}

static void add_to_bloom(struct name_table *table, uint64_t key)
{
    table->bloom[key >> 8 & table->bloom_mask] |= bloom_bits(key);
}

void name_table_flush(struct name_table *table)
{
    for (size_t i = 0; i < table->waiting_count; i++) {
        uint64_t key = table->waiting[i].key;
        add_to_bloom(table, key);
        put(table, (uint32_t)(key >> 32), table->waiting[i].bearer);
    }
    table->waiting_count = 0;
}

void name_table_add(struct name_table *table, const struct name_sequence *sequence, uint32_t who)
{
    uint64_t key = name_key_first(sequence->hashes[0], sequence->way);
    for (size_t i = 1; i < sequence->count; i++) {
        key = name_key_next(key, sequence->hashes[i]);
        if (i + 1 < sequence->count) add_to_bloom(table, key);
    }
    learn(table, sequence);
    __builtin_prefetch(&table->slots[name_slot_place((uint32_t)(key >> 32), table->slot_space)], 1);
    __builtin_prefetch(&table->bloom[key >> 8 & table->bloom_mask], 1);
    table->waiting[table->waiting_count++] =
        (struct name_waiting){key, bearer_make(who, sequence->form)};
    if (table->waiting_count == NAME_WAITING) name_table_flush(table);
}

size_t name_table_get(const struct name_table *table, uint64_t key, uint32_t *ret_one,
                      const uint32_t **ret_bearers, bool *ret_more)
{
    const struct name_slot *slot =
        find_slot(table->slots, table->slot_space, (uint32_t)(key >> 32));
    if (slot->value == 0) return 0;
    if ((slot->value & BLOCK) != 0) {
        const struct name_block *block = &table->blocks[slot->value & ~BLOCK];
        *ret_bearers = block->bearers;
        *ret_more = block->more != 0;
        return block->count;
    }
    *ret_one = slot->value;
    *ret_bearers = ret_one;
    *ret_more = false;
    return 1;
}
