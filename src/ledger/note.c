/* C2SP's signed notes with Ed25519 by libsodium, and the checkpoint that stands in them. Names of our own keys are printable
 * ASCII; what other signers put on a note is only looked over. */
#include "ledger/note.h"

#include <assert.h>
#include <inttypes.h>
#include <sodium.h>
#include <string.h>

#include "base/utf8.h"
#include "ledger/bytes.h"
#include "ledger/sha256.h"

#define ALGORITHM 0x01 /* Ed25519, in key ids and verifier keys */
#define KEY_ID ((size_t)4)
#define SIGNATURE_LINE "\xE2\x80\x94 "

static_assert(crypto_sign_SECRETKEYBYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32, "sizes");

static bool is_name(struct slice name)
{
    if (name.length == 0 || name.length > NOTE_NAME_LARGEST) return false;
    for (size_t i = 0; i < name.length; i++) {
        if (name.at[i] <= ' ' || name.at[i] > '~' || name.at[i] == '+') return false;
    }
    return true;
}

static void name_copy(char ret_name[NOTE_NAME_LARGEST + 1], struct slice name)
{
    memmove(ret_name, name.at, name.length); /* which may be the name that stands there */
    memset(ret_name + name.length, 0, NOTE_NAME_LARGEST + 1 - name.length);
}

/* The first bytes of SHA-256(name || LF || algorithm || public key). */
static void make_key_id(struct slice name, const unsigned char public[32],
                        unsigned char ret_id[KEY_ID])
{
    static const char between[2] = {'\n', ALGORITHM};
    struct sha256 hash;
    unsigned char whole[SHA256_SIZE];
    sha256_begin(&hash);
    sha256_add(&hash, name);
    sha256_add(&hash, BYTES(between));
    sha256_add(&hash, (struct slice){(const char *)public, 32});
    sha256_end(&hash, whole);
    memcpy(ret_id, whole, KEY_ID);
}

void note_signer_from(struct slice name, const unsigned char seed[32],
                      struct note_signer *ret_signer)
{
    assert(is_name(name));
    name_copy(ret_signer->name, name);
    crypto_sign_seed_keypair(ret_signer->public, ret_signer->secret, seed);
}

void note_signer_make(struct slice name, struct note_signer *ret_signer)
{
    unsigned char seed[crypto_sign_SEEDBYTES];
    bytes_random(seed, sizeof seed);
    note_signer_from(name, seed, ret_signer);
    sodium_memzero(seed, sizeof seed);
}

struct note_verifier note_verifier_of(const struct note_signer *signer)
{
    struct note_verifier verifier = {0};
    struct slice name = slice_of(signer->name);
    name_copy(verifier.name, name);
    memcpy(verifier.public, signer->public, sizeof verifier.public);
    make_key_id(name, verifier.public, verifier.key_id);
    return verifier;
}

void note_vkey_write(const struct note_verifier *verifier, struct text *out)
{
    unsigned char key[1 + 32] = {ALGORITHM};
    memcpy(key + 1, verifier->public, 32);
    text_add_string(out, verifier->name);
    text_add_char(out, '+');
    for (size_t i = 0; i < KEY_ID; i++) text_format(out, "%02x", verifier->key_id[i]);
    text_add_char(out, '+');
    bytes_add_base64(out, BYTES(key));
}

bool note_vkey_read(struct slice vkey, struct note_verifier *ret_verifier, struct error *error)
{
    struct slice key = slice_trim(vkey);
    struct slice name = slice_part(key, 0, slice_find(key, '+'));
    struct slice hex = slice_part(key, name.length + 1, name.length + 1 + 2 * KEY_ID);
    struct slice after = slice_part(key, name.length + 1 + hex.length, key.length);
    unsigned char bytes[1 + 32];
    bool read = is_name(name) && slice_starts(after, SLICE("+")) &&
                bytes_read_base64(slice_part(after, 1, after.length), bytes, sizeof bytes) &&
                bytes[0] == ALGORITHM;
    if (!read)
        return error_set(error, ERROR_SYNTAX,
                         "the verifier key cannot be read: it is NAME+8 hex digits+base64");
    struct note_verifier verifier = {0};
    char expected[2 * KEY_ID + 1];
    name_copy(verifier.name, name);
    memcpy(verifier.public, bytes + 1, sizeof verifier.public);
    make_key_id(name, verifier.public, verifier.key_id);
    sodium_bin2hex(expected, sizeof expected, verifier.key_id, KEY_ID);
    if (!slice_is(hex, expected))
        return error_set(error, ERROR_SYNTAX,
                         "the verifier key is not whole: its parts do not belong together");
    *ret_verifier = verifier;
    return true;
}

/* UTF-8, no control characters but line ends, and it ends in one. */
static bool is_note_text(struct slice text)
{
    if (text.length == 0 || text.length > NOTE_LARGEST || text.at[text.length - 1] != '\n')
        return false;
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if ((c < 0x20 && c != '\n') || c == 0x7F) return false;
    }
    return utf8_check(text) == text.length;
}

void note_sign(struct slice text, const struct note_signer *signer, struct text *out)
{
    assert(is_note_text(text));
    struct note_verifier verifier = note_verifier_of(signer);
    unsigned char signature[KEY_ID + crypto_sign_BYTES];
    memcpy(signature, verifier.key_id, KEY_ID);
    crypto_sign_detached(signature + KEY_ID, NULL, (const unsigned char *)text.at, text.length,
                         signer->secret);
    text_add(out, text);
    text_add_string(out, "\n" SIGNATURE_LINE);
    text_add_string(out, signer->name);
    text_add_char(out, ' ');
    bytes_add_base64(out, BYTES(signature));
    text_add_char(out, '\n');
}

/* The offset of the blank line before the signatures: the last one; 0 where there is none. */
static size_t find_signatures(struct slice note)
{
    for (size_t at = note.length; at >= 2; at--) {
        if (note.at[at - 1] == '\n' && note.at[at - 2] == '\n') return at - 1;
    }
    return 0;
}

static bool looks_like_base64(struct slice base64)
{
    if (base64.length < 8 || base64.length % 4 != 0) return false;
    for (size_t i = 0; i < base64.length; i++) {
        char c = base64.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '+' && c != '/' && (c != '=' || i + 2 < base64.length)) return false;
    }
    return true;
}

/* One signature line: its name and its base64, which only has to look like one. */
static bool read_signature(struct slice line, struct slice *ret_name, struct slice *ret_base64)
{
    struct slice head = SLICE(SIGNATURE_LINE);
    if (!slice_starts(line, head)) return false;
    struct slice rest = slice_part(line, head.length, line.length);
    *ret_name = slice_part(rest, 0, slice_find(rest, ' '));
    *ret_base64 = slice_part(rest, ret_name->length + 1, rest.length);
    bool named = ret_name->length > 0 && slice_find(*ret_name, '+') == ret_name->length;
    return named && looks_like_base64(*ret_base64);
}

enum signed_by { BY_ANOTHER, BY_THE_KEY, BY_NOBODY };

static enum signed_by check_signature(struct slice text, struct slice name, struct slice base64,
                                      const struct note_verifier *verifier)
{
    unsigned char first[6];
    unsigned char signature[KEY_ID + crypto_sign_BYTES];
    if (!slice_is(name, verifier->name)) return BY_ANOTHER;
    if (!bytes_read_base64(slice_part(base64, 0, 8), first, sizeof first)) return BY_NOBODY;
    if (memcmp(first, verifier->key_id, KEY_ID) != 0) return BY_ANOTHER;
    if (!bytes_read_base64(base64, signature, sizeof signature)) return BY_NOBODY;
    bool good = crypto_sign_verify_detached(signature + KEY_ID, (const unsigned char *)text.at,
                                            text.length, verifier->public) == 0;
    return good ? BY_THE_KEY : BY_NOBODY;
}

bool note_open(struct slice note, const struct note_verifier *verifier, struct slice *ret_text,
               struct error *error)
{
    size_t blank = is_note_text(note) ? find_signatures(note) : 0;
    if (blank == 0 || blank + 1 == note.length)
        return error_set(error, ERROR_SYNTAX, "this is no signed note");
    struct slice text = slice_part(note, 0, blank);
    struct slice rest = slice_part(note, blank + 1, note.length);
    struct slice line;
    bool known = false;
    size_t count = 0;
    while (slice_split(&rest, '\n', &line)) {
        struct slice name;
        struct slice base64;
        if (++count > NOTE_SIGNATURES_LARGEST || !read_signature(line, &name, &base64))
            return error_set(error, ERROR_SYNTAX, "the note's signatures cannot be read");
        enum signed_by by = check_signature(text, name, base64, verifier);
        if (by == BY_NOBODY)
            return error_set(error, ERROR_MEANING, "the note's signature by %s is wrong",
                             verifier->name);
        known = known || by == BY_THE_KEY;
    }
    if (!known) return error_set(error, ERROR_MEANING, "%s did not sign the note", verifier->name);
    *ret_text = text;
    return true;
}

int64_t checkpoint_day(int64_t at)
{
    const int64_t day = (int64_t)24 * 60 * 60 * 1000;
    return at >= 0 ? at / day : -((day - 1 - at) / day);
}

void checkpoint_write(const struct checkpoint *checkpoint, struct text *out)
{
    assert(is_name(checkpoint->origin));
    text_add(out, checkpoint->origin);
    text_format(out, "\n%" PRIu64 "\n", checkpoint->size);
    bytes_add_base64(out, BYTES(checkpoint->root.at));
    text_add_char(out, '\n');
}

/* A number without leading zeros that fits 64 bits, a whole line. */
static bool read_size(struct slice line, uint64_t *ret_size)
{
    if (line.length == 0 || (line.at[0] == '0' && line.length > 1)) return false;
    uint64_t size = 0;
    for (size_t i = 0; i < line.length; i++) {
        if (line.at[i] < '0' || line.at[i] > '9') return false;
        uint64_t digit = (uint64_t)(line.at[i] - '0');
        if (__builtin_mul_overflow(size, 10, &size) || __builtin_add_overflow(size, digit, &size))
            return false;
    }
    *ret_size = size;
    return true;
}

bool checkpoint_read(struct slice text, struct checkpoint *ret_checkpoint, struct error *error)
{
    struct slice rest = text;
    struct slice size;
    struct slice root;
    struct checkpoint checkpoint = {.origin = SLICE_EMPTY};
    bool read = is_note_text(text) && slice_split(&rest, '\n', &checkpoint.origin) &&
                slice_split(&rest, '\n', &size) && slice_split(&rest, '\n', &root) &&
                checkpoint.origin.length > 0 && read_size(size, &checkpoint.size) &&
                bytes_read_base64(root, checkpoint.root.at, TREE_HASH_SIZE);
    struct slice extension;
    while (read && slice_split(&rest, '\n', &extension)) read = extension.length > 0;
    if (!read)
        return error_set(error, ERROR_SYNTAX,
                         "this is no checkpoint: it has a name, a size and a root, a line each");
    *ret_checkpoint = checkpoint;
    return true;
}
