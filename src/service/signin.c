/* Getting in: address and password, then the code; sessions and who they belong to; proving oneself to a command. One's own
 * account is signin_own.c, one-time links are signin_link.c. */
#include "service/signin.h"

#include <sodium.h>
#include <string.h>
#include <time.h>

#include "service/signin_parts.h"

#define ANSWER_STEP 250 /* milliseconds: a no comes at a whole number of these after the question */
#define MANY_FAILURES                                                                              \
    20 /* on one account, from wherever: strangers' attempts are held back, and few more are recorded */
#define HOLD_BACK 2000 /* milliseconds */
#define HALF_MILLISECONDS (5LL * 60 * 1000)
#define TOUCH_MILLISECONDS (60LL * 1000)

/* ---- counting ---- */

/* Under what an attempt is counted: a device that signed in here before by itself, so that no stranger's failures slow it;
 * else the address it comes from. */
struct counted {
    struct id own, account;
    bool stranger;
};

static struct id counted_as(struct record *record, const char *what, const struct id *account,
                            struct slice where, struct arena *arena)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(account, hex);
    return record_lookup(record, what, arena_format(arena, "%s %.*s", hex, SLICE_PRINT(where)));
}

static struct id device_mac(struct record *record, const struct id *person, struct slice nonce,
                            struct arena *arena)
{
    return counted_as(record, "device", person, nonce, arena);
}

/* A cookie that this person's device was given: a nonce, and that it is ours. */
static bool device_known(struct record *record, const struct id *person, struct slice device,
                         struct arena *arena)
{
    struct id given;
    struct slice nonce = slice_part(device, 0, ID_HEX);
    if (id_is_none(person) || device.length != SIGNIN_SECRET_LENGTH ||
        !id_read(slice_part(device, ID_HEX, device.length), &given))
        return false;
    struct id ours = device_mac(record, person, nonce, arena);
    return sodium_memcmp(ours.at, given.at, ID_SIZE) == 0;
}

struct slice signin_device(struct record *record, const struct id *person, struct arena *arena)
{
    char nonce[2 * ID_SIZE + 1], mac[2 * ID_SIZE + 1];
    struct id random = id_make();
    id_hex(&random, nonce);
    struct id ours = device_mac(record, person, slice_of(nonce), arena);
    id_hex(&ours, mac);
    return arena_format(arena, "%s%s", nonce, mac);
}

static struct counted counted_of(struct record *record, const struct id *account,
                                 const struct id *person, const struct signin_from *from,
                                 struct arena *arena)
{
    struct counted counted = {.account =
                                  counted_as(record, "slow-account", account, SLICE_EMPTY, arena)};
    counted.stranger = !device_known(record, person, from->device, arena);
    counted.own = counted.stranger
                      ? counted_as(record, "slow-from", account, from->client, arena)
                      : counted_as(record, "slow-device", account, from->device, arena);
    return counted;
}

/* The seconds still to wait; else nothing, after holding a stranger back where the account is being tried by many. */
static int64_t slowed(struct record *record, const struct counted *counted)
{
    struct slow *slow = signin_slow(record);
    int64_t now = signin_clock();
    int64_t wait = slow_wait(slow, &counted->own, SLOW_WAIT, now);
    if (wait == 0 && counted->stranger && slow_count(slow, &counted->account, now) >= MANY_FAILURES)
        signin_hold_back(record, HOLD_BACK);
    return wait;
}

/* Every failure counts; whether it should be recorded too: the first ones, and then ever fewer, so that a flood of guesses
 * does not flood the record. */
static bool count_failure(struct record *record, const struct counted *counted)
{
    struct slow *slow = signin_slow(record);
    int64_t now = signin_clock();
    (void)slow_fail(slow, &counted->own, now);
    unsigned count = slow_fail(slow, &counted->account, now);
    return count <= MANY_FAILURES || (count & (count - 1)) == 0;
}

static void wait_for_step(int64_t started)
{
    int64_t over = (signin_clock() - started) % ANSWER_STEP;
    struct timespec pause = {0, (ANSWER_STEP - over) * 1000000};
    nanosleep(&pause, NULL);
}

/* ---- the act ---- */

static struct slice new_secret(struct arena *arena)
{
    unsigned char random[SIGNIN_SECRET_LENGTH / 2];
    char *hex = arena_take(arena, SIGNIN_SECRET_LENGTH + 1, 1);
    randombytes_buf(random, sizeof random);
    sodium_bin2hex(hex, SIGNIN_SECRET_LENGTH + 1, random, sizeof random);
    return (struct slice){hex, SIGNIN_SECRET_LENGTH};
}

struct id signin_session_hash(struct record *record, struct slice secret)
{
    return record_lookup(record, "session", secret);
}

/* Puts the proof to the desk, which looks at it again; opens a session where `session` is not none. */
static bool put(struct record *record, const struct id *person, const struct id *proof,
                struct slice code, const struct id *session, struct arena *arena, bool *ret_in,
                struct error *error)
{
    struct signin_matter matter = {.proof = *proof,
                                   .code = code,
                                   .hash = SLICE_EMPTY,
                                   .seed = SLICE_EMPTY,
                                   .seed_code = SLICE_EMPTY,
                                   .session = *session};
    struct order order;
    struct outcome outcome;
    order_init(&order, ACT_SIGN_IN, *person);
    order.matter = &matter;
    if (!desk_do(record, &order, arena, &outcome, error)) return false;
    *ret_in = outcome.done;
    return true;
}

static bool finish(struct record *record, const struct signin_half *half, struct slice code,
                   const struct counted *counted, struct arena *arena,
                   struct signin_result *ret_result, struct error *error)
{
    struct slice secret = new_secret(arena);
    struct id session = signin_session_hash(record, secret);
    bool in;
    if (!put(record, &half->person, &half->proof, code, &session, arena, &in, error)) return false;
    if (!in) {
        (void)count_failure(record, counted);
        return true;
    }
    slow_clear(signin_slow(record), &counted->own);
    *ret_result = (struct signin_result){.answer = SIGNIN_DONE,
                                         .person = half->person,
                                         .secret = secret,
                                         .device = signin_device(record, &half->person, arena)};
    return true;
}

/* ---- address and password ---- */

static struct slice lower(struct slice email, struct arena *arena)
{
    char *small = ARENA_ARRAY(arena, char, email.length + 1);
    for (size_t i = 0; i < email.length; i++) {
        char c = email.at[i];
        small[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return (struct slice){small, email.length};
}

/* Who has the address and is here; none where nobody. */
static struct id person_of(struct record *record, struct slice email)
{
    struct id id = {{0}};
    const struct register_view *view = register_hold(record);
    const struct registered *person = register_by_email(view, email);
    if (person != NULL && person->here && !person->erased) id = person->id;
    register_let_go(record, view);
    return id;
}

static bool read_secrets(struct record *record, const struct id *person, struct arena *arena,
                         struct signin_secrets *ret_secrets, struct error *error)
{
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = secrets_read(record, db, person, arena, ret_secrets, error);
    record_read_done(record, db);
    return read;
}

/* A no to somebody we know is an act refused, and written down; the desk finds the same again. */
static bool wrong(struct record *record, const struct id *person, const struct counted *counted,
                  struct arena *arena, struct error *error)
{
    struct id nothing = {{0}};
    bool in;
    if (!count_failure(record, counted) || id_is_none(person)) return true;
    return put(record, person, &nothing, SLICE_EMPTY, &nothing, arena, &in, error);
}

static bool try_password(struct record *record, struct slice email, struct slice password,
                         const struct signin_from *from, struct arena *arena,
                         struct signin_result *result, struct error *error)
{
    struct signin_secrets secrets;
    struct signin_half half = {.person = person_of(record, email)};
    half.account = record_lookup(record, "account", email);
    struct counted counted = counted_of(record, &half.account, &half.person, from, arena);
    result->wait = slowed(record, &counted);
    result->answer = result->wait > 0 ? SIGNIN_WAIT : SIGNIN_WRONG;
    if (result->wait > 0) return true;
    if (!read_secrets(record, &half.person, arena, &secrets, error)) return false;
    enum hash_answer answer = hash_check(record, secrets.password, password);
    if (answer == HASH_BUSY) result->answer = SIGNIN_BUSY;
    if (answer == HASH_BUSY) return true;
    if (answer == HASH_WRONG) return wrong(record, &half.person, &counted, arena, error);
    half.proof = secrets_proof(record, secrets.password);
    half.until = signin_clock() + HALF_MILLISECONDS;
    result->half = half;
    if (secrets.seed.length == 0)
        return finish(record, &half, SLICE_EMPTY, &counted, arena, result, error);
    result->answer = SIGNIN_CODE_WANTED;
    return true;
}

bool signin_password(struct record *record, struct slice email, struct slice password,
                     const struct signin_from *from, struct arena *arena,
                     struct signin_result *ret_result, struct error *error)
{
    int64_t started = signin_clock();
    struct slice address = lower(slice_trim(email), arena);
    *ret_result = (struct signin_result){.secret = SLICE_EMPTY, .device = SLICE_EMPTY};
    if (!try_password(record, address, password, from, arena, ret_result, error)) return false;
    if (ret_result->answer == SIGNIN_WRONG) wait_for_step(started);
    return true;
}

/* ---- the code ---- */

bool signin_code(struct record *record, const struct signin_half *half, struct slice code,
                 const struct signin_from *from, struct arena *arena,
                 struct signin_result *ret_result, struct error *error)
{
    struct counted counted = counted_of(record, &half->account, &half->person, from, arena);
    /* whoever comes here knows the password, so that a long wait locks nobody out but them and the owner's strange devices */
    if (counted.stranger)
        counted.own = counted_as(record, "slow-code", &half->person, SLICE_EMPTY, arena);
    *ret_result = (struct signin_result){
        .answer = SIGNIN_WRONG, .half = *half, .secret = SLICE_EMPTY, .device = SLICE_EMPTY};
    ret_result->wait = slow_wait(signin_slow(record), &counted.own, SLOW_WAIT_CODE, signin_clock());
    if (ret_result->wait > 0) ret_result->answer = SIGNIN_WAIT;
    if (ret_result->wait > 0 || half->until <= signin_clock()) return true;
    return finish(record, half, code, &counted, arena, ret_result, error);
}

/* ---- in a demo ---- */

bool signin_demo(struct record *record, const struct id *person, struct arena *arena,
                 struct slice *ret_secret, struct outcome *ret_outcome, struct error *error)
{
    struct order order;
    struct slice secret = new_secret(arena);
    struct signin_matter matter = {.code = SLICE_EMPTY,
                                   .hash = SLICE_EMPTY,
                                   .seed = SLICE_EMPTY,
                                   .seed_code = SLICE_EMPTY,
                                   .session = signin_session_hash(record, secret)};
    order_init(&order, ACT_DEMO_SIGN_IN, *person);
    order.matter = &matter;
    if (!desk_do(record, &order, arena, ret_outcome, error)) return false;
    *ret_secret = ret_outcome->done ? secret : SLICE_EMPTY;
    return true;
}

/* ---- for commands ---- */

static bool trusted(const struct signin_who *who)
{
    for (size_t i = 0; i < who->role_count; i++)
        if (role_row(who->roles[i])->trusted) return true;
    return false;
}

/* Whether the person holds a role of trust, today and anywhere. */
static bool trusted_today(struct record *record, const struct id *person)
{
    struct signin_who who = {.role_count = 0};
    struct id anywhere = {{0}};
    const struct register_view *view = register_hold(record);
    who.role_count = register_roles(view, person, &anywhere, record_today(record), who.roles);
    register_let_go(record, view);
    return trusted(&who);
}

/* As on the pages: a password alone opens nothing to a role of trust. */
static bool check_codes(struct record *record, const struct id *person,
                        const struct signin_secrets *secrets, struct error *error)
{
    if (secrets->seed.length > 0 || !trusted_today(record, person)) return true;
    error_set(error, ERROR_REQUEST,
              "what you are here needs sign-in codes, and none are set up for you yet");
    return error_advise(error, "Sign in on the pages first: they help you to set them up");
}

static bool prove(struct record *record, struct slice email, struct slice password,
                  struct slice code, struct arena *arena, struct id *ret_person, bool *ret_in,
                  struct error *error)
{
    struct signin_secrets secrets;
    struct id nothing = {{0}};
    *ret_person = person_of(record, lower(slice_trim(email), arena));
    *ret_in = false;
    if (!read_secrets(record, ret_person, arena, &secrets, error)) return false;
    enum hash_answer answer = hash_check(record, secrets.password, password);
    if (id_is_none(ret_person) || answer == HASH_BUSY) return true;
    if (answer == HASH_RIGHT && !check_codes(record, ret_person, &secrets, error)) return false;
    struct id proof = answer == HASH_RIGHT ? secrets_proof(record, secrets.password) : nothing;
    return put(record, ret_person, &proof, code, &nothing, arena, ret_in, error);
}

bool signin_prove(struct record *record, struct slice email, struct slice password,
                  struct slice code, struct id *ret_person, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct id person;
    bool in;
    if (!prove(record, email, password, code, arena, &person, &in, error)) return false;
    if (!in) {
        error_set(error, ERROR_REQUEST, "the address, the password or the code is not right");
        return error_advise(error, "A sign-in code is used once: wait for the next one");
    }
    *ret_person = person;
    return true;
}

/* ---- sessions ---- */

/* Notes that the session is in use, at most once a minute: a write for every page would be dear. */
static bool touch(void *context, struct db *db, struct error *error)
{
    const struct session_row *used = context;
    struct session_row row;
    AUTO(arena) struct arena *arena = arena_new();
    bool found;
    if (!session_get(db, &used->hash, arena, &row, &found, error)) return false;
    if (!found) return true;
    row.used = used->used;
    return session_put(db, &row, error);
}

static bool read_session(struct record *record, const struct id *hash, struct arena *arena,
                         struct session_row *ret_row, bool *ret_codes, bool *ret_found,
                         struct error *error)
{
    struct signin_row row = {.codes = 0};
    bool known = false;
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = session_get(db, hash, arena, ret_row, ret_found, error);
    if (read && *ret_found) read = signin_get(db, &ret_row->person, arena, &row, &known, error);
    record_read_done(record, db);
    *ret_codes = known && row.codes != 0;
    *ret_found = *ret_found && known;
    return read;
}

/* What the register says of the person today; false where they are not here. */
static bool look_up(struct record *record, struct arena *arena, struct signin_who *who)
{
    struct id anywhere = {{0}};
    const struct register_view *view = register_hold(record);
    const struct registered *person = register_person(view, &who->person);
    bool here = person != NULL && person->here && !person->erased;
    if (here) {
        const struct details *details = &person->details;
        struct slice first = details->known_as.length > 0 ? details->known_as : details->given;
        who->name =
            arena_format(arena, "%.*s %.*s", SLICE_PRINT(first), SLICE_PRINT(details->family));
        who->role_count =
            register_roles(view, &who->person, &anywhere, record_today(record), who->roles);
    }
    register_let_go(record, view);
    who->codes_wanted = !who->codes && trusted(who) && !record_is_demo(record);
    return here;
}

bool signin_who(struct record *record, struct slice secret, struct arena *arena,
                struct signin_who *ret_who, bool *ret_found, struct error *error)
{
    struct session_row row;
    bool codes;
    *ret_found = false;
    if (secret.length != SIGNIN_SECRET_LENGTH) return true;
    struct id hash = signin_session_hash(record, secret);
    if (!read_session(record, &hash, arena, &row, &codes, ret_found, error)) return false;
    int64_t now = record_now(record);
    if (!*ret_found) return true;
    *ret_found = row.ends > now && row.used + SIGNIN_IDLE_SECONDS * 1000LL > now &&
                 row.used <= now + RECORD_CLOCK_STEP; /* later: of a clock that was wrong */
    if (!*ret_found) return true;
    *ret_who = (struct signin_who){.person = row.person,
                                   .session = hash,
                                   .opened = row.opened,
                                   .codes = codes,
                                   .name = SLICE_EMPTY};
    *ret_found = look_up(record, arena, ret_who);
    if (!*ret_found || now - row.used < TOUCH_MILLISECONDS || record->writer == NULL) return true;
    row.used = now;
    return writer_do(record->writer, touch, &row, error);
}

struct slice signin_token(struct record *record, struct slice secret, struct arena *arena)
{
    char first[2 * ID_SIZE + 1], second[2 * ID_SIZE + 1];
    struct id one = record_lookup(record, "token-one", secret);
    struct id two = record_lookup(record, "token-two", secret);
    id_hex(&one, first);
    id_hex(&two, second);
    return arena_format(arena, "%s%s", first, second);
}
