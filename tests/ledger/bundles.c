/* bundles FOLDER: writes every made ledger there, damaged as the table says, as NAME.bundle beside NAME.tie (the verifier key and
 * the checkpoint from elsewhere), and prints for each its name and the kinds that our own verify finds. Also writes mutants: events
 * and notes with a few bytes changed, each with whether we could read it. For agree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "ledger/bytes.h"
#include "made.h"

enum { MUTANTS = 3000 };

static bool put(const char *folder, const char *name, const char *ending, struct slice bytes)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s.%s", folder, name, ending) < 0) abort();
    FILE *file = fopen(path, "wb");
    free(path);
    if (file == NULL) return false;
    bool written = fwrite(bytes.at, 1, bytes.length, file) == bytes.length;
    return fclose(file) == 0 && written;
}

static bool one(const char *folder, const struct made_damage *damage)
{
    struct arena *arena = arena_new();
    struct made made;
    struct text bundle;
    struct verify *verify = NULL;
    bool tied = false;
    made_ledger(arena, &made);
    damage->done(&made);
    text_init(&bundle, 1 << 20);
    made_bundle(&made, &bundle);
    struct bundle_memory memory = {text_slice(&bundle)};
    bool done = bundle_verify(bundle_of(&memory), made.vkey, made.since, &verify, NULL);
    if (done) {
        size_t count = verify_end(verify, &tied);
        struct slice kinds = made_kinds(verify, arena);
        printf("%s|%.*s|%d\n", damage->name, SLICE_PRINT(kinds), count > 0 ? 1 : tied ? 0 : 4);
    }
    verify_free(verify);
    done = done && put(folder, damage->name, "bundle", text_slice(&bundle)) &&
           put(folder, damage->name, "tie",
               arena_format(arena, "%.*s\n%.*s", SLICE_PRINT(made.vkey), SLICE_PRINT(made.since)));
    text_clear(&bundle);
    arena_free(arena);
    return done;
}

/* The bytes with one to three of them changed, dropped or doubled, mostly near what has a meaning. */
static struct slice mutant(struct random *random, struct slice bytes, struct arena *arena)
{
    static const char likely[] = "\0\1\2\x7F\x80\xC2\x85\xFF\n +-=aZ0";
    char *at = arena_take(arena, bytes.length + 3, 1);
    size_t length = bytes.length;
    memcpy(at, bytes.at, length);
    for (size_t left = 1 + random_below(random, 3); left > 0; left--) {
        size_t place = random_below(random, length);
        size_t what = random_below(random, 5);
        if (what == 0) {
            memmove(at + place, at + place + 1, --length - place);
        } else if (what == 1) {
            memmove(at + place + 1, at + place, length++ - place);
        } else {
            char byte = (char)(at[place] ^ 1 << random_below(random, 8));
            if (what == 2) byte = (char)random_next(random);
            if (what == 3) byte = likely[random_below(random, sizeof likely - 1)];
            at[place] = byte;
        }
    }
    return (struct slice){at, length};
}

static void put_mutant(struct text *out, char type, bool read, struct slice bytes)
{
    text_add_char(out, type);
    bytes_add_number(out, read ? 1 : 0, 1);
    bytes_add_number(out, bytes.length, 4);
    text_add(out, bytes);
}

static bool write_mutants(const char *folder)
{
    struct arena *arena = arena_new();
    struct made made;
    struct random random;
    struct text out;
    struct note_verifier verifier;
    made_ledger(arena, &made);
    random_init(&random, 20261121);
    text_init(&out, 1 << 24);
    bool done = note_vkey_read(made.vkey, &verifier, NULL);
    put_mutant(&out, 'k', true, made.vkey);
    for (size_t i = 0; i < MUTANTS; i++) {
        struct event event;
        struct slice body = mutant(&random, made.events.at[i % made.events.count], arena);
        put_mutant(&out, 'e', event_read(body, arena, &event, NULL), body);
        if (i % 10 != 0) continue;
        struct slice text;
        struct checkpoint checkpoint;
        struct slice note = mutant(&random, made.rows.at[i % 3].note, arena);
        bool read =
            note_open(note, &verifier, &text, NULL) && checkpoint_read(text, &checkpoint, NULL);
        put_mutant(&out, 'n', read, note);
    }
    done = done && put(folder, "mutants", "bytes", text_slice(&out));
    text_clear(&out);
    arena_free(arena);
    return done;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    for (size_t i = 0; i < made_damage_count; i++) {
        if (!one(argv[1], &made_damages[i])) return 1;
    }
    return write_mutants(argv[1]) ? 0 : 1;
}
