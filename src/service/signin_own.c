/* One's own account: password, sign-in codes, recovery codes, sessions; and the one-time link by which it begins. What is
 * typed is looked at here, for a sentence beside its field; the desk looks again inside the transaction. */
#include <string.h>

#include "service/signin_parts.h"

#define OWN_WORDS 5

static bool fault(struct signin_fault *ret_fault, enum signin_field field, struct slice words)
{
    *ret_fault = (struct signin_fault){field, words};
    return true;
}

static struct slice wait_words(int64_t seconds, struct arena *arena)
{
    return arena_format(arena, "Too many attempts. Try again in %lld %s",
                        (long long)(seconds < 120 ? seconds : (seconds + 59) / 60),
                        seconds == 1    ? "second"
                        : seconds < 120 ? "seconds"
                                        : "minutes");
}

/* ---- what is shared ---- */

static bool with_reader(struct record *record, const struct id *person, struct arena *arena,
                        struct signin_secrets *ret_secrets, struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = secrets_read(record, db, person, arena, ret_secrets, error);
    record_read_done(record, db);
    return read;
}

static struct id counted_by(struct record *record, const char *what, const struct id *person,
                            struct slice where, struct arena *arena)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(person, hex);
    return record_lookup(record, what, arena_format(arena, "%s %.*s", hex, SLICE_PRINT(where)));
}

/* The person's own words, that a password may not be made of; valid in the arena. */
static size_t own_words(struct record *record, const struct id *person, struct arena *arena,
                        struct slice *ret_words)
{
    const struct register_view *view = register_hold(record);
    const struct registered *row = register_person(view, person);
    size_t count = 0;
    if (row != NULL) {
        const struct details *details = &row->details;
        struct slice address = slice_part(details->email, 0, slice_find(details->email, '@'));
        ret_words[count++] = arena_copy(arena, details->given);
        ret_words[count++] = arena_copy(arena, details->family);
        ret_words[count++] = arena_copy(arena, details->known_as);
        ret_words[count++] = arena_copy(arena, address);
    }
    register_let_go(record, view);
    ret_words[count++] = arena_copy(arena, record_name(record));
    return count;
}

/* A new password hashed, or a fault. */
static void make_hash(struct record *record, const struct id *person, struct slice password,
                      struct arena *arena, struct slice *ret_hash, struct signin_fault *ret_fault)
{
    struct slice words[OWN_WORDS];
    size_t count = own_words(record, person, arena, words);
    struct slice why = password_fault(password, words, count, arena);
    if (why.length > 0)
        fault(ret_fault, SIGNIN_NEW, why);
    else if (!hash_make(record, password, arena, ret_hash))
        fault(ret_fault, SIGNIN_NEW, SLICE("We are very busy. Wait a moment and try again"));
}

/* Checks the present password, slowed like signing in: a session left open may not be used to guess it. */
static bool prove_password(struct record *record, const struct signin_who *who,
                           struct slice password, const struct signin_from *from,
                           struct arena *arena, struct signin_secrets *ret_secrets,
                           struct id *ret_proof, struct signin_fault *ret_fault,
                           struct error *error)
{
    struct id counted = counted_by(record, "slow-own", &who->person, from->client, arena);
    struct slow *slow = signin_slow(record);
    int64_t wait = slow_wait(slow, &counted, SLOW_WAIT_CODE, signin_clock());
    if (!with_reader(record, &who->person, arena, ret_secrets, error)) return false;
    if (wait > 0) return fault(ret_fault, SIGNIN_PASSWORD, wait_words(wait, arena));
    if (password.length == 0)
        return fault(ret_fault, SIGNIN_PASSWORD, SLICE("Enter your present password"));
    enum hash_answer answer = hash_check(record, ret_secrets->password, password);
    if (answer == HASH_BUSY)
        return fault(ret_fault, SIGNIN_PASSWORD,
                     SLICE("We are very busy. Wait a moment and try again"));
    if (answer == HASH_WRONG) {
        (void)slow_fail(slow, &counted, signin_clock());
        return fault(ret_fault, SIGNIN_PASSWORD, SLICE("This is not your present password"));
    }
    slow_clear(slow, &counted);
    *ret_proof = secrets_proof(record, ret_secrets->password);
    return true;
}

/* Whether the code would hold now; the desk uses it up. Slowed for the person, from wherever it is tried. */
static void look_at_code(struct record *record, const struct id *person,
                         struct signin_secrets secrets, struct slice code, struct arena *arena,
                         struct signin_fault *ret_fault)
{
    struct id counted = counted_by(record, "slow-code", person, SLICE_EMPTY, arena);
    struct slow *slow = signin_slow(record);
    int64_t wait = slow_wait(slow, &counted, SLOW_WAIT_CODE, signin_clock());
    if (wait > 0) {
        fault(ret_fault, SIGNIN_CODE, wait_words(wait, arena));
    } else if (code.length == 0) {
        fault(ret_fault, SIGNIN_CODE, SLICE("Enter a code"));
    } else if (!secrets_use_code(record, person, &secrets, code, record_now(record))) {
        (void)slow_fail(slow, &counted, signin_clock());
        fault(ret_fault, SIGNIN_CODE,
              SLICE("This code does not hold. Each is used once: wait for the next one"));
    }
}

static struct signin_matter matter_with(const struct signin_who *who, const struct id *proof)
{
    return (struct signin_matter){.proof = *proof,
                                  .code = SLICE_EMPTY,
                                  .hash = SLICE_EMPTY,
                                  .seed = SLICE_EMPTY,
                                  .seed_code = SLICE_EMPTY,
                                  .session = who->session};
}

/* Does the act; a no of the desk's becomes a fault at `field`: what was right a moment ago was used meanwhile. */
static bool act(struct record *record, enum record_act what, const struct id *person,
                const struct signin_matter *matter, enum signin_field field, struct arena *arena,
                struct slice *ret_secret, struct signin_fault *ret_fault, struct error *error)
{
    struct order order;
    struct outcome outcome;
    order_init(&order, what, *person);
    order.matter = matter;
    if (!desk_do(record, &order, arena, &outcome, error)) return false;
    if (!outcome.done)
        return fault(ret_fault, field, SLICE("This no longer holds. Please try again"));
    if (ret_secret != NULL) *ret_secret = outcome.secret;
    return true;
}

/* ---- password ---- */

bool signin_change_password(struct record *record, const struct signin_who *who, struct slice old,
                            struct slice fresh, const struct signin_from *from, struct arena *arena,
                            struct signin_fault *ret_fault, struct error *error)
{
    struct signin_secrets secrets;
    struct id proof = {{0}};
    *ret_fault = (struct signin_fault){SIGNIN_FINE, SLICE_EMPTY};
    if (!prove_password(record, who, old, from, arena, &secrets, &proof, ret_fault, error))
        return false;
    if (ret_fault->field != SIGNIN_FINE) return true;
    struct signin_matter matter = matter_with(who, &proof);
    make_hash(record, &who->person, fresh, arena, &matter.hash, ret_fault);
    if (ret_fault->field != SIGNIN_FINE) return true;
    return act(record, ACT_CHANGE_PASSWORD, &who->person, &matter, SIGNIN_PASSWORD, arena, NULL,
               ret_fault, error);
}

/* ---- codes ---- */

static void add_escaped(struct text *out, struct slice words)
{
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < words.length; i++) {
        unsigned char c = (unsigned char)words.at[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (plain) {
            text_add_char(out, (char)c);
            continue;
        }
        text_add_char(out, '%');
        text_add_char(out, digits[c >> 4]);
        text_add_char(out, digits[c & 15]);
    }
}

static struct slice email_of(struct record *record, const struct id *person, struct arena *arena)
{
    const struct register_view *view = register_hold(record);
    const struct registered *row = register_person(view, person);
    struct slice email = row != NULL ? arena_copy(arena, row->details.email) : SLICE_EMPTY;
    register_let_go(record, view);
    return email;
}

bool signin_seed_address(struct record *record, const struct signin_who *who, struct slice seed,
                         struct arena *arena, struct slice *ret_address, struct error *error)
{
    AUTO_TEXT struct text address;
    text_init(&address, 2000);
    if (seed.length != SIGNIN_SEED_LENGTH)
        return error_set(error, ERROR_REQUEST, "this is no secret for sign-in codes");
    text_add_string(&address, "otpauth://totp/");
    add_escaped(&address, slice_part(record_name(record), 0, 60));
    text_add_char(&address, ':');
    add_escaped(&address, slice_part(email_of(record, &who->person, arena), 0, 100));
    text_format(&address, "?secret=%.*s&issuer=", SLICE_PRINT(seed));
    add_escaped(&address, slice_part(record_name(record), 0, 60));
    *ret_address = arena_copy(arena, text_slice(&address));
    return true;
}

bool signin_set_codes(struct record *record, const struct signin_who *who, struct slice password,
                      struct slice seed, struct slice code, struct slice old_code,
                      const struct signin_from *from, struct arena *arena,
                      struct signin_fault *ret_fault, struct slice *ret_recovery,
                      struct error *error)
{
    struct signin_secrets secrets;
    struct id proof = {{0}};
    int64_t step;
    *ret_fault = (struct signin_fault){SIGNIN_FINE, SLICE_EMPTY};
    if (!seed_gives(seed, code, record_now(record), 0, &step))
        return fault(ret_fault, SIGNIN_NEW_CODE,
                     SLICE("Enter the six digits that your app shows now for the new secret"));
    if (!prove_password(record, who, password, from, arena, &secrets, &proof, ret_fault, error))
        return false;
    if (ret_fault->field == SIGNIN_FINE && secrets.seed.length > 0)
        look_at_code(record, &who->person, secrets, old_code, arena, ret_fault);
    if (ret_fault->field != SIGNIN_FINE) return true;
    struct signin_matter matter = matter_with(who, &proof);
    matter.code = old_code;
    matter.seed = seed;
    matter.seed_code = code;
    return act(record, ACT_SET_CODES, &who->person, &matter, SIGNIN_CODE, arena, ret_recovery,
               ret_fault, error);
}

bool signin_new_recovery(struct record *record, const struct signin_who *who, struct slice password,
                         struct slice code, const struct signin_from *from, struct arena *arena,
                         struct signin_fault *ret_fault, struct slice *ret_recovery,
                         struct error *error)
{
    struct signin_secrets secrets;
    struct id proof = {{0}};
    *ret_fault = (struct signin_fault){SIGNIN_FINE, SLICE_EMPTY};
    if (!prove_password(record, who, password, from, arena, &secrets, &proof, ret_fault, error))
        return false;
    if (ret_fault->field == SIGNIN_FINE)
        look_at_code(record, &who->person, secrets, code, arena, ret_fault);
    if (ret_fault->field != SIGNIN_FINE) return true;
    struct signin_matter matter = matter_with(who, &proof);
    matter.code = code;
    return act(record, ACT_NEW_RECOVERY, &who->person, &matter, SIGNIN_CODE, arena, ret_recovery,
               ret_fault, error);
}

bool signin_recovery_left(struct record *record, const struct id *person, size_t *ret_count,
                          struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct signin_secrets secrets;
    if (!with_reader(record, person, arena, &secrets, error)) return false;
    *ret_count = secrets.recovery.count;
    return true;
}

/* ---- sessions ---- */

bool signin_out(struct record *record, const struct signin_who *who, bool everywhere,
                struct arena *arena, struct error *error)
{
    struct id nothing = {{0}};
    struct signin_fault ignored;
    struct signin_matter matter = matter_with(who, &nothing);
    matter.everywhere = everywhere;
    return act(record, ACT_SIGN_OUT, &who->person, &matter, SIGNIN_FINE, arena, NULL, &ignored,
               error);
}

struct session_list {
    const struct signin_who *who;
    struct arena *arena;
    int64_t now;
    LIST(struct signin_session) list;
};

static bool add_session(void *context, const void *row, struct error *error)
{
    struct session_list *sessions = context;
    const struct session_row *session = row;
    (void)error;
    if (session->ends <= sessions->now ||
        session->used + SIGNIN_IDLE_SECONDS * 1000LL <= sessions->now)
        return true;
    LIST_PUSH(sessions->arena, &sessions->list,
              (struct signin_session){session->opened, session->used,
                                      id_same(&session->hash, &sessions->who->session)});
    return true;
}

bool signin_sessions(struct record *record, const struct signin_who *who, struct arena *arena,
                     struct signin_session **ret_sessions, size_t *ret_count, struct error *error)
{
    struct session_list sessions = {.who = who, .arena = arena, .now = record_now(record)};
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = sessions_of(db, &who->person, arena, add_session, &sessions, error);
    record_read_done(record, db);
    *ret_sessions = sessions.list.at;
    *ret_count = sessions.list.count;
    return read;
}

/* ---- one-time links ---- */

static bool find_link(struct record *record, struct slice secret, struct arena *arena,
                      struct link_row *ret_row, bool *ret_found, struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read =
        invitation_find(record, db, secret, record_now(record), arena, ret_row, ret_found, error);
    record_read_done(record, db);
    return read;
}

bool signin_link(struct record *record, struct slice secret, struct arena *arena,
                 struct signin_link *ret_link, bool *ret_found, struct error *error)
{
    struct link_row row;
    if (!find_link(record, secret, arena, &row, ret_found, error)) return false;
    if (!*ret_found) return true;
    *ret_link = (struct signin_link){.person = row.person,
                                     .reset = !invitation_kind(row.kind),
                                     .wants_code = slice_is(row.kind, RESET_ONE),
                                     .email = email_of(record, &row.person, arena)};
    return true;
}

bool signin_use_link(struct record *record, struct slice secret, struct slice password,
                     struct slice code, const struct signin_from *from, struct arena *arena,
                     struct signin_fault *ret_fault, struct slice *ret_device, struct error *error)
{
    struct signin_secrets secrets;
    struct link_row row;
    bool found;
    (void)from;
    *ret_fault = (struct signin_fault){SIGNIN_FINE, SLICE_EMPTY};
    if (!find_link(record, secret, arena, &row, &found, error)) return false;
    if (!found) {
        error_set(error, ERROR_REQUEST, "This link no longer holds.");
        return error_advise(error, "Each is used once, within three days. Ask for a new one.");
    }
    if (!with_reader(record, &row.person, arena, &secrets, error)) return false;
    if (slice_is(row.kind, RESET_ONE))
        look_at_code(record, &row.person, secrets, code, arena, ret_fault);
    struct signin_who nobody = {.person = row.person, .name = SLICE_EMPTY};
    struct id nothing = {{0}};
    struct signin_matter matter = matter_with(&nobody, &nothing);
    if (ret_fault->field == SIGNIN_FINE)
        make_hash(record, &row.person, password, arena, &matter.hash, ret_fault);
    if (ret_fault->field != SIGNIN_FINE) return true;
    matter.code = code;
    matter.link = row.hash;
    *ret_device = signin_device(record, &row.person, arena);
    return act(record, ACT_USE_LINK, &row.person, &matter, SIGNIN_NEW, arena, NULL, ret_fault,
               error);
}
