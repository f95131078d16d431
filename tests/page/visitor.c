/* Signing in for real, and asking as a caller does; see visitor.h. */
#include "../web/check.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "visitor.h"

#define PASSWORD "heron kettle meadow"

static const struct signin_from from_here = {{"10.1.1.1", 8}, {"", 0}};

static void must(bool done, const struct error *error)
{
    if (!done) fail_msg("%s", error->sentence);
}

/* ---- signing in ---- */

static struct slice code_at(struct arena *arena, struct slice seed, int64_t steps)
{
    char code[7], *secret;
    size_t size;
    uint64_t step = (uint64_t)((int64_t)time(NULL) / 30 + steps);
    assert_int_equal(oath_base32_decode(seed.at, seed.length, &secret, &size), OATH_OK);
    assert_int_equal(
        oath_hotp_generate(secret, size, step, 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, code),
        OATH_OK);
    free(secret);
    return arena_copy(arena, slice_of(code));
}

static void set_password(struct school *school, struct id person, const char *email)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_fault fault;
    struct slice device;
    struct id by = id_same(&person, &school->admin) ? school->head : school->admin;
    const char *hex = school_hex(school, person);
    assert_true(school_do(school, ACT_CHANGE_PERSON, by, "person", hex, "email", email, NULL).done);
    by = id_same(&person, &school->admin) ? school->office : school->admin;
    struct outcome invited = school_do(school, ACT_INVITE, by, "person", hex, NULL);
    assert_true(invited.done);
    if (invited.secret.length == 0) /* of trust: takes a second person */
        invited = school_do(school, ACT_HAND_RESET,
                            id_same(&person, &school->dsl) ? school->head : school->dsl, "person",
                            hex, NULL);
    assert_true(invited.done);
    struct slice secret = invited.secret;
    if (slice_starts(secret, SLICE("/invitation/")))
        secret = slice_part(secret, SLICE("/invitation/").length, secret.length);
    must(signin_use_link(school->record, secret, SLICE(PASSWORD), SLICE_EMPTY, &from_here,
                         school->arena, &fault, &device, &error),
         &error);
    assert_int_equal(fault.field, SIGNIN_FINE);
}

static struct slice enter(struct school *school, const char *email, struct slice seed)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_result result;
    must(signin_password(school->record, slice_of(email), SLICE(PASSWORD), &from_here,
                         school->arena, &result, &error),
         &error);
    if (seed.length > 0) {
        assert_int_equal(result.answer, SIGNIN_CODE_WANTED);
        /* The next code: the last one was used, and a step of time may pass at any moment. */
        struct signin_half half = result.half;
        must(signin_code(school->record, &half, code_at(school->arena, seed, 1), &from_here,
                         school->arena, &result, &error),
             &error);
    }
    assert_int_equal(result.answer, SIGNIN_DONE);
    return result.secret;
}

struct slice school_sign_in(struct school *school, struct id person, const char *email)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_who who;
    struct signin_fault fault;
    struct slice codes, seed = SLICE_EMPTY;
    bool found;
    set_password(school, person, email);
    struct slice secret = enter(school, email, seed);
    must(signin_who(school->record, secret, school->arena, &who, &found, &error), &error);
    assert_true(found);
    if (!who.codes_wanted) return secret;
    while (time(NULL) % 30 > 26) sleep(1); /* the code before this one's holds for a while yet */
    seed = signin_seed(school->arena);
    must(signin_set_codes(school->record, &who, SLICE(PASSWORD), seed,
                          code_at(school->arena, seed, 0), SLICE_EMPTY, &from_here, school->arena,
                          &fault, &codes, &error),
         &error);
    assert_int_equal(fault.field, SIGNIN_FINE);
    return enter(school, email, seed);
}

/* ---- asking ---- */

void visitor_open(struct visitor *visitor)
{
    school_open(&visitor->school);
    caller_open(&visitor->caller, &visitor->school, false);
}

void visitor_close(struct visitor *visitor)
{
    caller_close(&visitor->caller);
    school_close(&visitor->school);
}

void visitor_be(struct visitor *visitor, struct slice cookie)
{
    visitor->caller.session = SLICE_EMPTY;
    visitor->caller.signed_in = cookie;
}

unsigned visitor_get(struct visitor *visitor, const char *path)
{
    return caller_get(&visitor->caller, path);
}

unsigned visitor_send(struct visitor *visitor, const char *path, struct slice body)
{
    return caller_ask(&visitor->caller, METHOD_POST, slice_of(path), body);
}

struct slice visitor_once(struct visitor *visitor)
{
    struct slice token = visitor_hidden(visitor, "token"), order = visitor_hidden(visitor, "order");
    return arena_format(visitor->school.arena, "token=%.*s&order=%.*s", SLICE_PRINT(token),
                        SLICE_PRINT(order));
}

unsigned visitor_post(struct visitor *visitor, const char *path, const char *fields)
{
    struct slice once = visitor_once(visitor);
    return visitor_send(visitor, path,
                        arena_format(visitor->school.arena, "%.*s&%s", SLICE_PRINT(once), fields));
}

bool visitor_says(const struct visitor *visitor, const char *words)
{
    return caller_sees(&visitor->caller, words);
}

bool visitor_sent_to(const struct visitor *visitor, const char *path)
{
    if (caller_sent_to(&visitor->caller, path)) return true;
    print_error("%u %.*s, not %s\n", visitor->caller.response.status,
                SLICE_PRINT(visitor->caller.response.location), path);
    return false;
}

struct slice visitor_hidden(struct visitor *visitor, const char *name)
{
    return caller_field(&visitor->caller, name);
}

const char *visitor_path(struct visitor *visitor, const char *before, struct id id,
                         const char *behind)
{
    return arena_format(visitor->school.arena, "%s%s%s", before, school_hex(&visitor->school, id),
                        behind)
        .at;
}
