/* Certificates written, read and checked; see certificate.h. */
#include "ledger/certificate.h"

#include <inttypes.h>
#include <string.h>

#include "base/date.h"
#include "ledger/bytes.h"
#include "ledger/sha256.h"

#define FIRST_LINE "lanyard-certificate-1\n"
#define HASHES 5

static const char *const keys[CERTIFICATE_LINES] = {
    "name",        "policy", "version", "prose", "meaning", "words",  "law-prose",
    "law-meaning", "text",   "person",  "roles", "signed",  "method", "recorder",
    "attests",     "event",  "leaf",    "size",  "path",    "bytes",  "vkey"};

struct slice certificate_text(const struct slice hashes[HASHES], struct arena *arena)
{
    struct sha256 hash;
    unsigned char digest[SHA256_SIZE];
    AUTO_TEXT struct text hex;
    sha256_begin(&hash);
    for (size_t i = 0; i < HASHES; i++) {
        sha256_add(&hash, hashes[i]);
        sha256_add(&hash, SLICE("\n"));
    }
    sha256_end(&hash, digest);
    text_init(&hex, 2 * sizeof digest);
    for (size_t i = 0; i < sizeof digest; i++) text_format(&hex, "%02x", digest[i]);
    return arena_copy(arena, text_slice(&hex));
}

/* ---- what the event says --------------------------------------------------------------------------- */

static struct slice base64_of(struct slice bytes, struct arena *arena)
{
    AUTO_TEXT struct text out;
    text_init(&out, CERTIFICATE_LARGEST);
    bytes_add_base64(&out, bytes);
    return arena_copy(arena, text_slice(&out));
}

static struct slice number_of(uint64_t number, struct arena *arena)
{
    return arena_format(arena, "%" PRIu64, number);
}

/* `attests`, `attests-2` and so on, one behind the other. */
static struct slice attests_of(const struct event *event, struct arena *arena)
{
    AUTO_TEXT struct text list;
    text_init(&list, (size_t)EVENT_FIELDS_LARGEST * EVENT_FIELD_LARGEST);
    for (unsigned field = 1; field <= EVENT_FIELDS_LARGEST; field++) {
        struct slice key = field == 1 ? SLICE("attests") : arena_format(arena, "attests-%u", field);
        struct slice value = event_value(event, key.at);
        if (value.length == 0) break;
        if (list.length > 0) text_add_char(&list, ' ');
        text_add(&list, value);
    }
    return arena_copy(arena, text_slice(&list));
}

static struct slice day_of(const struct event *event, struct arena *arena)
{
    struct slice digits = event_value(event, "signed");
    int64_t day = 0;
    if (digits.length == 0 || digits.length > 7) return SLICE_EMPTY;
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.at[i] < '0' || digits.at[i] > '9') return SLICE_EMPTY;
        day = day * 10 + (digits.at[i] - '0');
    }
    char text[11];
    date_format(date_from_day(day), text);
    return arena_copy(arena, slice_of(text));
}

static bool fill_event(struct certificate *certificate, struct slice body, struct arena *arena,
                       struct error *error)
{
    static const struct {
        enum certificate_line line;
        const char *field;
    } plain[] = {{CERTIFICATE_VERSION, "version"}, {CERTIFICATE_TEXT, "text"},
                 {CERTIFICATE_PERSON, "person"},   {CERTIFICATE_ROLES, "roles"},
                 {CERTIFICATE_METHOD, "method"},   {CERTIFICATE_RECORDER, "recorder"}};
    struct event event;
    if (!event_read(body, arena, &event, error)) return false;
    if (!slice_is(event.kind, "policy-signed"))
        return error_set(error, ERROR_MEANING, "its event is no signature");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        certificate->lines[plain[i].line] = arena_copy(arena, event_value(&event, plain[i].field));
    certificate->lines[CERTIFICATE_SIGNED] = day_of(&event, arena);
    certificate->lines[CERTIFICATE_ATTESTS] = attests_of(&event, arena);
    certificate->lines[CERTIFICATE_EVENT] = number_of(event.n, arena);
    struct tree_hash leaf = tree_leaf(body);
    certificate->lines[CERTIFICATE_LEAF] = base64_of(BYTES(leaf.at), arena);
    return true;
}

static struct slice path_of(const struct tree_proof *proof, struct arena *arena)
{
    AUTO_TEXT struct text path;
    text_init(&path, CERTIFICATE_LARGEST);
    for (size_t i = 0; i < proof->count; i++) {
        if (i > 0) text_add_char(&path, ' ');
        bytes_add_base64(&path, BYTES(proof->at[i].at));
    }
    return arena_copy(arena, text_slice(&path));
}

bool certificate_fill(struct certificate *certificate, struct slice body,
                      const struct tree_proof *proof, uint64_t size, struct slice note,
                      struct arena *arena, struct error *error)
{
    certificate->lines[CERTIFICATE_SIZE] = number_of(size, arena);
    certificate->lines[CERTIFICATE_PATH] = path_of(proof, arena);
    certificate->lines[CERTIFICATE_BYTES] = base64_of(body, arena);
    certificate->note = note;
    return fill_event(certificate, body, arena, error);
}

/* ---- as a text ------------------------------------------------------------------------------------- */

void certificate_write(const struct certificate *certificate, struct text *out)
{
    text_add_string(out, FIRST_LINE);
    for (size_t i = 0; i < CERTIFICATE_LINES; i++)
        text_format(out, "%s: %.*s\n", keys[i], SLICE_PRINT(certificate->lines[i]));
    text_add_string(out, "\n");
    text_add(out, certificate->note);
}

static bool take_line(struct slice *rest, const char *key, struct slice *ret_value)
{
    size_t end = slice_find(*rest, '\n'), length = strlen(key);
    struct slice line = slice_part(*rest, 0, end);
    if (end == rest->length || !slice_starts(line, slice_of(key))) return false;
    struct slice value = slice_part(line, length, line.length);
    if (!slice_starts(value, SLICE(": "))) return false;
    *ret_value = slice_part(value, 2, value.length);
    *rest = slice_part(*rest, end + 1, rest->length);
    return true;
}

bool certificate_read(struct slice text, struct certificate *ret_certificate, struct error *error)
{
    if (text.length > CERTIFICATE_LARGEST || !slice_starts(text, SLICE(FIRST_LINE)))
        return error_set(error, ERROR_SYNTAX, "this is no certificate of Lanyard's");
    struct slice rest = slice_part(text, sizeof FIRST_LINE - 1, text.length);
    for (size_t i = 0; i < CERTIFICATE_LINES; i++)
        if (!take_line(&rest, keys[i], &ret_certificate->lines[i]))
            return error_set(error, ERROR_SYNTAX, "the line `%s` is not where it should be",
                             keys[i]);
    if (!slice_starts(rest, SLICE("\n")))
        return error_set(error, ERROR_SYNTAX, "the blank line before the checkpoint is missing");
    ret_certificate->note = slice_part(rest, 1, rest.length);
    return true;
}

/* ---- checked --------------------------------------------------------------------------------------- */

static bool read_base64(struct slice base64, struct arena *arena, struct slice *ret_bytes)
{
    size_t pads = 0;
    if (base64.length == 0 || base64.length % 4 != 0) return false;
    while (pads < 2 && base64.at[base64.length - 1 - pads] == '=') pads++;
    size_t size = base64.length / 4 * 3 - pads;
    char *at = arena_take(arena, size + 1, 1);
    if (!bytes_read_base64(base64, at, size)) return false;
    *ret_bytes = (struct slice){at, size};
    return true;
}

static bool read_path(struct slice path, struct tree_proof *ret_proof)
{
    struct slice part;
    *ret_proof = (struct tree_proof){0};
    while (path.length > 0 && slice_split(&path, ' ', &part)) {
        if (ret_proof->count == TREE_PROOF_LARGEST ||
            !bytes_read_base64(part, ret_proof->at[ret_proof->count].at, TREE_HASH_SIZE))
            return false;
        ret_proof->count++;
    }
    return true;
}

/* The lines of a certificate made anew from the event's bytes are those that stand there. */
static bool lines_hold(const struct certificate *certificate, struct slice body,
                       const struct tree_proof *proof, const struct checkpoint *checkpoint,
                       struct arena *arena, struct error *error)
{
    struct certificate again = *certificate;
    if (!certificate_fill(&again, body, proof, checkpoint->size, certificate->note, arena, error))
        return false;
    again.lines[CERTIFICATE_TEXT] = certificate_text(&certificate->lines[CERTIFICATE_PROSE], arena);
    for (size_t i = 0; i < CERTIFICATE_LINES; i++)
        if (!slice_equal(again.lines[i], certificate->lines[i]))
            return error_set(error, ERROR_MEANING, "the line `%s` is not what was recorded",
                             keys[i]);
    struct event event;
    if (!event_read(body, arena, &event, error)) return false;
    return slice_equal(event_value(&event, "text"), certificate->lines[CERTIFICATE_TEXT]) ||
           error_set(error, ERROR_MEANING, "what was signed is not the text of these hashes");
}

static bool open_checkpoint(const struct certificate *certificate, struct slice vkey,
                            struct checkpoint *ret_checkpoint, struct error *error)
{
    struct note_verifier verifier;
    struct slice own = certificate->lines[CERTIFICATE_VKEY], text;
    if (vkey.length > 0 && !slice_equal(slice_trim(vkey), own))
        return error_set(error, ERROR_MEANING, "its verifier key is not the one given");
    if (!note_vkey_read(own, &verifier, error) ||
        !note_open(certificate->note, &verifier, &text, error) ||
        !checkpoint_read(text, ret_checkpoint, error))
        return false;
    return slice_is(ret_checkpoint->origin, verifier.name) ||
           error_set(error, ERROR_MEANING, "its checkpoint is of another log");
}

bool certificate_holds(const struct certificate *certificate, struct slice vkey,
                       struct arena *arena, struct error *error)
{
    struct checkpoint checkpoint = {.size = 0};
    struct tree_proof proof;
    struct slice body;
    struct event event;
    if (!open_checkpoint(certificate, vkey, &checkpoint, error)) return false;
    if (!read_base64(certificate->lines[CERTIFICATE_BYTES], arena, &body))
        return error_set(error, ERROR_SYNTAX, "the event's bytes cannot be read");
    if (!read_path(certificate->lines[CERTIFICATE_PATH], &proof))
        return error_set(error, ERROR_SYNTAX, "the way to the checkpoint cannot be read");
    if (!event_read(body, arena, &event, error) ||
        !lines_hold(certificate, body, &proof, &checkpoint, arena, error))
        return false;
    struct tree_hash leaf = tree_leaf(body);
    return tree_inclusion_holds(&proof, checkpoint.size, event.n, &leaf, &checkpoint.root) ||
           error_set(error, ERROR_MEANING,
                     "the event is not among those that the checkpoint was signed for");
}
