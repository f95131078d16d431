/* What a person signs in with, as it is kept: one sealed row. Sign-in codes are RFC 6238 as every app makes them: SHA-1, six
 * digits, thirty seconds, one step either way, each used once. */
#include <liboath/oath.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "service/signin_parts.h"

#define SECRETS_LARGEST 4000
#define STEP_SECONDS 30
#define CODE_DIGITS 6
#define SEED_BYTES 20
#define RECOVERY_LENGTH 10 /* of 31 letters and digits: 49 bits */

/* ---- the row ---- */

static bool read_recovery(struct slice list, struct arena *arena, struct signin_secrets *secrets)
{
    struct slice word;
    while (slice_split(&list, ' ', &word))
        if (!id_read(word, LIST_ADD(arena, &secrets->recovery))) return false;
    return true;
}

static bool read_pairs(const struct pairs *pairs, struct arena *arena,
                       struct signin_secrets *secrets)
{
    secrets->password = pairs_value(pairs, "password");
    secrets->seed = pairs_value(pairs, "seed");
    return slice_number(pairs_value(pairs, "step"), &secrets->step) &&
           read_recovery(pairs_value(pairs, "recovery"), arena, secrets);
}

bool secrets_read(struct record *record, struct db *db, const struct id *person,
                  struct arena *arena, struct signin_secrets *ret_secrets, struct error *error)
{
    struct signin_row row;
    struct slice content;
    struct pairs pairs;
    bool found;
    *ret_secrets = (struct signin_secrets){.password = SLICE_EMPTY, .seed = SLICE_EMPTY};
    if (!signin_get(db, person, arena, &row, &found, error)) return false;
    if (!found) return true;
    if (record_secret_open(record, person, "signin", row.sealed, arena, &content) &&
        pairs_read(content, arena, &pairs) && read_pairs(&pairs, arena, ret_secrets))
        return true;
    error_set(error, ERROR_READ, "what this person signs in with does not open");
    return error_advise(error, "The database was changed by hand: run `lanyard verify`");
}

static struct slice recovery_words(const struct signin_secrets *secrets, struct arena *arena)
{
    AUTO_TEXT struct text list;
    char hex[2 * ID_SIZE + 1];
    text_init(&list, SECRETS_LARGEST);
    for (size_t i = 0; i < secrets->recovery.count; i++) {
        id_hex(&secrets->recovery.at[i], hex);
        text_add_string(&list, i > 0 ? " " : "");
        text_add_string(&list, hex);
    }
    return arena_copy(arena, text_slice(&list));
}

bool secrets_write(struct record *record, struct db *db, const struct id *person,
                   const struct signin_secrets *secrets, struct arena *arena, struct error *error)
{
    AUTO_TEXT struct text content, sealed;
    struct pairs pairs = {0};
    text_init(&content, SECRETS_LARGEST);
    text_init(&sealed, 2 * (size_t)SECRETS_LARGEST);
    pairs_add(&pairs, arena, "password", secrets->password);
    pairs_add(&pairs, arena, "seed", secrets->seed);
    pairs_add(&pairs, arena, "step", arena_format(arena, "%lld", (long long)secrets->step));
    pairs_add(&pairs, arena, "recovery", recovery_words(secrets, arena));
    pairs_write(&pairs, &content);
    record_secret_close(record, person, "signin", text_slice(&content), &sealed);
    explicit_bzero(content.at, content.length);
    struct signin_row row = {*person, text_slice(&sealed), secrets->seed.length > 0};
    return signin_put(db, &row, error);
}

struct id secrets_proof(struct record *record, struct slice password_hash)
{
    return record_lookup(record, "proof", password_hash);
}

/* ---- codes of the app's ---- */

static bool code_digits(struct slice typed, char ret_code[CODE_DIGITS + 1])
{
    size_t length = 0;
    for (size_t i = 0; i < typed.length; i++) {
        char c = typed.at[i];
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9' || length == CODE_DIGITS) return false;
        ret_code[length++] = c;
    }
    ret_code[length] = '\0';
    return length == CODE_DIGITS;
}

bool seed_gives(struct slice seed, struct slice code, int64_t now, int64_t after, int64_t *ret_step)
{
    char typed[CODE_DIGITS + 1], right[CODE_DIGITS + 1], *secret = NULL;
    size_t size = 0;
    int64_t step = now / 1000 / STEP_SECONDS;
    bool gives = false;
    if (seed.length == 0 || !code_digits(code, typed)) return false;
    /* a code of a clock that was far ahead may not shut out those of the right one */
    if (after > step + RECORD_CLOCK_STEP / 1000 / STEP_SECONDS + 1) after = 0;
    if (oath_base32_decode(seed.at, seed.length, &secret, &size) != OATH_OK) return false;
    for (int64_t at = step - 1; at <= step + 1; at++) {
        if (at <= after || at < 0) continue;
        if (oath_hotp_generate(secret, size, (uint64_t)at, CODE_DIGITS, false,
                               OATH_HOTP_DYNAMIC_TRUNCATION, right) != OATH_OK)
            continue;
        if (sodium_memcmp(right, typed, CODE_DIGITS) != 0) continue;
        *ret_step = at;
        gives = true;
    }
    explicit_bzero(secret, size);
    free(secret);
    return gives;
}

struct slice signin_seed(struct arena *arena)
{
    char bytes[SEED_BYTES], *words = NULL;
    size_t length = 0;
    randombytes_buf(bytes, sizeof bytes);
    if (oath_base32_encode(bytes, sizeof bytes, &words, &length) != OATH_OK) abort();
    struct slice seed = arena_copy(arena, (struct slice){words, length});
    explicit_bzero(words, length);
    free(words);
    return seed;
}

/* ---- recovery codes ---- */

/* As it is hashed: small letters and digits, whatever stood between them. */
static struct slice recovery_bare(struct slice typed, char *room, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < typed.length && length < size; i++) {
        char c = typed.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) room[length++] = c;
    }
    return (struct slice){room, length};
}

static struct id recovery_hash(struct record *record, const struct id *person, struct slice bare)
{
    char bound[2 * ID_SIZE + 1 + RECOVERY_LENGTH + 1];
    id_hex(person, bound);
    bound[ID_HEX] = ' ';
    memcpy(bound + ID_HEX + 1, bare.at, bare.length);
    return record_lookup(record, "recovery", (struct slice){bound, ID_HEX + 1 + bare.length});
}

static bool use_recovery(struct record *record, const struct id *person,
                         struct signin_secrets *secrets, struct slice code)
{
    char room[RECOVERY_LENGTH + 1];
    struct slice bare = recovery_bare(code, room, sizeof room);
    if (bare.length != RECOVERY_LENGTH) return false;
    struct id hash = recovery_hash(record, person, bare);
    for (size_t i = 0; i < secrets->recovery.count; i++) {
        if (sodium_memcmp(hash.at, secrets->recovery.at[i].at, ID_SIZE) != 0) continue;
        secrets->recovery.at[i] = secrets->recovery.at[secrets->recovery.count - 1];
        secrets->recovery.count--;
        return true;
    }
    return false;
}

bool secrets_use_code(struct record *record, const struct id *person,
                      struct signin_secrets *secrets, struct slice code, int64_t now)
{
    int64_t step;
    if (seed_gives(secrets->seed, code, now, secrets->step, &step)) {
        secrets->step = step;
        return true;
    }
    return use_recovery(record, person, secrets, code);
}

struct slice secrets_new_recovery(struct record *record, const struct id *person,
                                  struct signin_secrets *secrets, struct arena *arena)
{
    static const char digits[] = "abcdefghjkmnpqrstuvwxyz23456789"; /* none alike */
    AUTO_TEXT struct text lines;
    char bare[RECOVERY_LENGTH];
    text_init(&lines, SECRETS_LARGEST);
    secrets->recovery.count = 0;
    for (size_t i = 0; i < SIGNIN_RECOVERY_CODES; i++) {
        for (size_t k = 0; k < RECOVERY_LENGTH; k++)
            bare[k] = digits[randombytes_uniform(sizeof digits - 1)];
        struct id hash = recovery_hash(record, person, (struct slice){bare, sizeof bare});
        LIST_PUSH(arena, &secrets->recovery, hash);
        text_format(&lines, "%.5s-%.5s\n", bare, bare + RECOVERY_LENGTH / 2);
    }
    struct slice shown = arena_copy(arena, text_slice(&lines));
    explicit_bzero(lines.at, lines.length);
    return shown;
}
