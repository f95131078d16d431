/* Sealing by libsodium's XChaCha20-Poly1305 and what is derived from the root key. What is bound as associated data is given
 * in docs/ledger.md; where keys are kept, and which, is the service's matter. */
#include "ledger/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "ledger/bytes.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define ROOT_KEY_LINE "lanyard-root-key-1 "
#define LENGTH_WIDTH ((size_t)4)

static_assert(KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "the key's size");
static_assert(SEAL_OVERHEAD == NONCE + TAG, "what sealing adds");

struct key key_make(void)
{
    struct key key = {0};
    bytes_random(key.at, sizeof key.at);
    return key;
}

void key_forget(struct key *key)
{
    sodium_memzero(key->at, sizeof key->at);
}

void root_key_write(const struct key *root, struct text *out)
{
    text_add_string(out, ROOT_KEY_LINE);
    bytes_add_base64(out, BYTES(root->at));
    text_add_char(out, '\n');
}

bool root_key_read(struct slice text, struct key *ret_root, struct error *error)
{
    struct slice line = slice_trim(text);
    struct slice head = SLICE(ROOT_KEY_LINE);
    if (!slice_starts(line, head))
        return error_set(error, ERROR_SYNTAX, "this is no root key: it begins with '%s'",
                         "lanyard-root-key-1");
    struct key root = {0};
    bool read = bytes_read_base64(slice_part(line, head.length, line.length), root.at, KEY_SIZE);
    if (read) *ret_root = root;
    key_forget(&root);
    if (!read)
        return error_set(error, ERROR_SYNTAX,
                         "the root key cannot be read: it is cut off or was changed");
    return true;
}

struct key root_key_for(const struct key *root, const char *purpose)
{
    struct key key;
    crypto_generichash_state state;
    struct slice head = SLICE("lanyard key for ");
    struct slice name = slice_of(purpose);
    crypto_generichash_init(&state, root->at, KEY_SIZE, KEY_SIZE);
    crypto_generichash_update(&state, (const unsigned char *)head.at, head.length);
    crypto_generichash_update(&state, (const unsigned char *)name.at, name.length);
    crypto_generichash_final(&state, key.at, KEY_SIZE);
    sodium_memzero(&state, sizeof state);
    return key;
}

static const unsigned char wrap_magic[4] = {'L', 'Y', 'K', '1'};
#define WRAP_BINDS (4 + 2 * ID_SIZE)

static void wrap_binds(const struct id *what, const struct id *owner,
                       unsigned char ret_binds[WRAP_BINDS])
{
    memcpy(ret_binds, wrap_magic, sizeof wrap_magic);
    memcpy(ret_binds + 4, what->at, ID_SIZE);
    memcpy(ret_binds + 4 + ID_SIZE, owner->at, ID_SIZE);
}

void key_wrap(const struct key *key, const struct key *under, const struct id *what,
              const struct id *owner, unsigned char ret_wrapped[WRAPPED_SIZE])
{
    unsigned char binds[WRAP_BINDS];
    wrap_binds(what, owner, binds);
    bytes_random(ret_wrapped, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(ret_wrapped + NONCE, NULL, key->at, KEY_SIZE, binds,
                                               sizeof binds, NULL, ret_wrapped, under->at);
}

bool key_unwrap(struct slice wrapped, const struct key *under, const struct id *what,
                const struct id *owner, struct key *ret_key)
{
    if (wrapped.length != WRAPPED_SIZE) return false;
    unsigned char binds[WRAP_BINDS];
    wrap_binds(what, owner, binds);
    const unsigned char *at = (const unsigned char *)wrapped.at;
    struct key key;
    bool opened = crypto_aead_xchacha20poly1305_ietf_decrypt(key.at, NULL, NULL, at + NONCE,
                                                             WRAPPED_SIZE - NONCE, binds,
                                                             sizeof binds, at, under->at) == 0;
    if (opened) *ret_key = key;
    key_forget(&key);
    return opened;
}

void pairs_add(struct pairs *pairs, struct arena *arena, const char *key, struct slice value)
{
    LIST_PUSH(arena, &pairs->list, (struct pair){slice_of(key), value});
}

struct slice pairs_value(const struct pairs *pairs, const char *key)
{
    for (size_t i = 0; i < pairs->list.count; i++) {
        if (slice_is(pairs->list.at[i].key, key)) return pairs->list.at[i].value;
    }
    return SLICE_EMPTY;
}

void pairs_write(const struct pairs *pairs, struct text *out)
{
    assert(pairs->list.count <= UINT16_MAX);
    bytes_add_number(out, pairs->list.count, 2);
    for (size_t i = 0; i < pairs->list.count; i++) {
        const struct pair *pair = &pairs->list.at[i];
        assert(pair->key.length <= UINT8_MAX && pair->value.length <= UINT32_MAX);
        bytes_add_number(out, pair->key.length, 1);
        text_add(out, pair->key);
        bytes_add_number(out, pair->value.length, 4);
        text_add(out, pair->value);
    }
}

bool pairs_read(struct slice bytes, struct arena *arena, struct pairs *ret_pairs)
{
    struct cursor cursor;
    cursor_init(&cursor, bytes);
    struct pairs pairs = {0};
    uint64_t count;
    if (!bytes_take_number(&cursor, 2, &count)) return false;
    for (uint64_t i = 0; i < count; i++) {
        struct pair *pair = LIST_ADD(arena, &pairs.list);
        if (!bytes_take_run(&cursor, 1, UINT8_MAX, &pair->key)) return false;
        if (!bytes_take_run(&cursor, 4, UINT32_MAX, &pair->value)) return false;
    }
    if (!cursor_done(&cursor)) return false;
    *ret_pairs = pairs;
    return true;
}

size_t seal_padded(size_t length)
{
    assert(length <= SIZE_MAX / 2);
    size_t needed = length + LENGTH_WIDTH;
    if (needed <= 256) return 256;
    if (needed <= 1024) return 1024;
    return (needed + 4095) / 4096 * 4096;
}

static const unsigned char seal_magic[4] = {'L', 'Y', 'P', '1'};
#define SEAL_BINDS (4 + 3 * ID_SIZE + 2)

static void seal_binds(const struct seal_place *place, unsigned char ret_binds[SEAL_BINDS])
{
    memcpy(ret_binds, seal_magic, sizeof seal_magic);
    memcpy(ret_binds + 4, place->event.at, ID_SIZE);
    memcpy(ret_binds + 4 + ID_SIZE, place->person.at, ID_SIZE);
    memcpy(ret_binds + 4 + (size_t)2 * ID_SIZE, place->key.at, ID_SIZE);
    ret_binds[SEAL_BINDS - 2] = (unsigned char)(place->part >> 8);
    ret_binds[SEAL_BINDS - 1] = (unsigned char)(place->part & 0xFF);
}

void seal_close(struct slice content, const struct key *key, const struct seal_place *place,
                struct text *out)
{
    assert(content.length <= UINT32_MAX);
    size_t padded = seal_padded(content.length);
    unsigned char *at = (unsigned char *)text_extend(out, SEAL_OVERHEAD + padded);
    if (at == NULL) return;
    unsigned char binds[SEAL_BINDS];
    seal_binds(place, binds);
    bytes_random(at, NONCE);
    unsigned char *plain = at + NONCE; /* sealed where it stands */
    for (size_t i = 0; i < LENGTH_WIDTH; i++)
        plain[i] = (unsigned char)(content.length >> (8 * (LENGTH_WIDTH - 1 - i)));
    memcpy(plain + LENGTH_WIDTH, content.at, content.length);
    memset(plain + LENGTH_WIDTH + content.length, 0, padded - LENGTH_WIDTH - content.length);
    crypto_aead_xchacha20poly1305_ietf_encrypt(plain, NULL, plain, padded, binds, sizeof binds,
                                               NULL, at, key->at);
}

/* The content of what was padded: its length fits the size, and behind it are zeros. */
static bool unpad(struct slice padded, struct slice *ret_content)
{
    struct cursor cursor;
    cursor_init(&cursor, padded);
    struct slice content;
    if (!bytes_take_run(&cursor, LENGTH_WIDTH, UINT32_MAX, &content)) return false;
    if (seal_padded(content.length) != padded.length) return false;
    for (; !cursor_done(&cursor); cursor.at++) {
        if (cursor_peek(&cursor) != 0) return false;
    }
    *ret_content = content;
    return true;
}

bool seal_open(struct slice sealed, const struct key *key, const struct seal_place *place,
               struct arena *arena, struct slice *ret_content)
{
    if (sealed.length < SEAL_OVERHEAD + seal_padded(0)) return false;
    size_t padded = sealed.length - SEAL_OVERHEAD;
    unsigned char binds[SEAL_BINDS];
    seal_binds(place, binds);
    const unsigned char *at = (const unsigned char *)sealed.at;
    char *plain = arena_take(arena, padded, 1);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)plain, NULL, NULL, at + NONCE,
                                                   padded + TAG, binds, sizeof binds, at,
                                                   key->at) != 0)
        return false;
    return unpad((struct slice){plain, padded}, ret_content);
}

struct id seal_lookup(const struct key *key, const char *what, struct slice value)
{
    struct id id;
    crypto_generichash_state state;
    struct slice name = slice_of(what);
    crypto_generichash_init(&state, key->at, KEY_SIZE, ID_SIZE);
    crypto_generichash_update(&state, (const unsigned char *)name.at, name.length + 1);
    crypto_generichash_update(&state, (const unsigned char *)value.at, value.length);
    crypto_generichash_final(&state, id.at, ID_SIZE);
    sodium_memzero(&state, sizeof state);
    return id;
}
