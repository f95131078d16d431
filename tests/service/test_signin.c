/* Signing in, from the link to the sign-out: what holds once, what is refused, what nobody can do alone, what cannot be used
 * to keep a colleague out. A real record in a folder of its own. */
#include <liboath/oath.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>

#include <cmocka.h>

#include "base/date.h"
#include "base/file.h"
#include "service/keeping_read.h"
#include "service/signin_parts.h"

#define PASSWORD "heron kettle meadow"
#define OTHER "violin gravel sunday soup"

struct world {
    struct arena *arena;
    char folder[60];
    struct record *record;
    struct slice link;       /* of the first administrator's */
    struct id ada, bea, tom; /* administrator, office, a teacher */
};

static void must(bool done, const struct error *error)
{
    if (!done) fail_msg("%s %s", error->sentence, error->advice);
}
#define MUST(call) must((call), &error)

static struct slice hex_of(struct arena *arena, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    return arena_copy(arena, slice_of(hex));
}

static struct outcome act(struct world *world, enum record_act what, const struct id *actor,
                          const char *const *values)
{
    struct error error = {.code = ERROR_NONE};
    struct order order;
    struct outcome outcome;
    struct id keeper = {{0}};
    order_init(&order, what, actor != NULL ? *actor : keeper);
    for (size_t i = 0; values[i] != NULL; i += 2)
        order_set(&order, world->arena, values[i], slice_of(values[i + 1]));
    MUST(desk_do(world->record, &order, world->arena, &outcome, &error));
    return outcome;
}

static const char *text_of(struct world *world, const struct id *id)
{
    return hex_of(world->arena, id).at;
}

static struct id add(struct world *world, const char *given, const char *family, const char *email)
{
    struct id top = record_top(world->record);
    const char *const values[] = {
        "org", text_of(world, &top), "given", given, "family", family, "email", email, NULL};
    struct outcome outcome = act(world, ACT_ADD_PERSON, &world->ada, values);
    assert_true(outcome.done);
    return outcome.made;
}

static struct id person_called(struct world *world, const char *email)
{
    const struct register_view *view = register_hold(world->record);
    const struct registered *person = register_by_email(view, slice_of(email));
    assert_non_null(person);
    struct id id = person->id;
    register_let_go(world->record, view);
    return id;
}

static void world_open(struct world *world)
{
    struct error error = {.code = ERROR_NONE};
    *world = (struct world){.arena = arena_new(), .folder = "/tmp/lanyard-signin-XXXXXX"};
    assert_non_null(mkdtemp(world->folder));
    struct slice data = arena_format(world->arena, "%s/data", world->folder);
    struct record_place place = {.folder = data.at, .not_synced = true};
    struct record_plan plan = {.name = SLICE("Hillside School"),
                               .kind = SLICE("school"),
                               .given = SLICE("Ada"),
                               .family = SLICE("Byron"),
                               .email = SLICE("Ada@hillside.example")};
    MUST(record_make(&place, &plan, world->arena, &world->link, &error));
    MUST(record_open(&place, &world->record, &error));
    world->ada = person_called(world, "ada@hillside.example");
    size_t beginning = SLICE("/invitation/").length;
    assert_true(slice_starts(world->link, SLICE("/invitation/")));
    world->link = slice_part(world->link, beginning, world->link.length);
}

static void world_close(struct world *world)
{
    char command[200];
    record_close(world->record);
    snprintf(command, sizeof command, "rm -rf '%s'", world->folder);
    assert_int_equal(system(command), 0);
    arena_free(world->arena);
}

static const struct signin_from from_desk = {{"10.1.1.1", 8}, {"", 0}};

static enum signin_field use(struct world *world, struct slice link, const char *password,
                             const char *code)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_fault fault;
    struct slice device;
    MUST(signin_use_link(world->record, link, slice_of(password), slice_of(code), &from_desk,
                         world->arena, &fault, &device, &error));
    return fault.field;
}

static struct signin_result try_from(struct world *world, const char *email, const char *password,
                                     const struct signin_from *from)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_result result;
    MUST(signin_password(world->record, slice_of(email), slice_of(password), from, world->arena,
                         &result, &error));
    return result;
}

static struct signin_result try(struct world *world, const char *email, const char *password)
{
    return try_from(world, email, password, &from_desk);
}

static bool who(struct world *world, struct slice secret, struct signin_who *ret_who)
{
    struct error error = {.code = ERROR_NONE};
    bool found;
    MUST(signin_who(world->record, secret, world->arena, ret_who, &found, &error));
    return found;
}

/* Ada comes in by her link and signs in with her password. */
static struct signin_result ada_in(struct world *world)
{
    assert_int_equal(use(world, world->link, PASSWORD, ""), SIGNIN_FINE);
    struct signin_result result = try(world, "ada@hillside.example", PASSWORD);
    assert_int_equal(result.answer, SIGNIN_DONE);
    return result;
}

/* The code that the app shows `steps` from now. */
static struct slice code_at(struct world *world, struct slice seed, int64_t steps)
{
    char code[7], *secret;
    size_t size;
    uint64_t step = (uint64_t)(record_now(world->record) / 30000 + steps);
    assert_int_equal(oath_base32_decode(seed.at, seed.length, &secret, &size), OATH_OK);
    assert_int_equal(
        oath_hotp_generate(secret, size, step, 6, false, OATH_HOTP_DYNAMIC_TRUNCATION, code),
        OATH_OK);
    free(secret);
    return arena_copy(world->arena, slice_of(code));
}

static struct slice set_codes(struct world *world, const struct signin_who *ada,
                              struct slice *ret_seed)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_fault fault;
    struct slice recovery = SLICE_EMPTY;
    *ret_seed = signin_seed(world->arena);
    MUST(signin_set_codes(world->record, ada, SLICE(PASSWORD), *ret_seed,
                          code_at(world, *ret_seed, -1), SLICE_EMPTY, &from_desk, world->arena,
                          &fault, &recovery, &error));
    assert_int_equal(fault.field, SIGNIN_FINE);
    return recovery;
}

/* ---- links ---- */

/* Bea of the office, put in by the keeper while the record is new; Tom, whom Ada invited, with a password. */
static void staff_open(struct world *world)
{
    struct id top = record_top(world->record);
    ada_in(world);
    world->bea = add(world, "Bea", "Moss", "bea@hillside.example");
    const char *const office[] = {"person", text_of(world, &world->bea), "role", "office",
                                  "org",    text_of(world, &top),        NULL};
    assert_true(act(world, ACT_PROPOSE_ROLE, NULL, office).done);
    world->tom = add(world, "Tom", "Reed", "tom@hillside.example");
    const char *const tom[] = {"person", text_of(world, &world->tom), NULL};
    struct outcome invited = act(world, ACT_INVITE, &world->bea, tom);
    assert_int_equal(use(world, invited.secret, PASSWORD, ""), SIGNIN_FINE);
}

static void a_link_opens_without_harm_and_is_used_once(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_link link;
    bool found;
    world_open(&world);
    for (int i = 0; i < 3; i++) {
        MUST(signin_link(world.record, world.link, world.arena, &link, &found, &error));
        assert_true(found && !link.reset && !link.wants_code);
        assert_true(slice_is(link.email, "Ada@hillside.example"));
    }
    assert_int_equal(use(&world, world.link, "password12345", ""), SIGNIN_NEW);
    assert_int_equal(use(&world, world.link, PASSWORD, ""), SIGNIN_FINE);
    MUST(signin_link(world.record, world.link, world.arena, &link, &found, &error));
    assert_false(found);
    struct signin_fault fault;
    struct slice device;
    assert_false(signin_use_link(world.record, world.link, SLICE(OTHER), SLICE_EMPTY, &from_desk,
                                 world.arena, &fault, &device, &error));
    assert_int_equal(try(&world, "ada@hillside.example", OTHER).answer, SIGNIN_WRONG);
    world_close(&world);
}

static void nobody_with_a_password_is_invited_again(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct order order;
    struct outcome outcome;
    world_open(&world);
    ada_in(&world);
    order_init(&order, ACT_INVITE, world.ada);
    order_set(&order, world.arena, "person", hex_of(world.arena, &world.ada));
    assert_false(desk_do(world.record, &order, world.arena, &outcome, &error));
    struct id tom = add(&world, "Tom", "Reed", "tom@hillside.example");
    const char *const values[] = {"person", text_of(&world, &tom), NULL};
    assert_false(act(&world, ACT_INVITE, &tom, values).done); /* nobody lets themselves in */
    struct outcome first = act(&world, ACT_INVITE, &world.ada, values);
    struct outcome second = act(&world, ACT_INVITE, &world.ada, values);
    bool found;
    struct signin_link link;
    MUST(signin_link(world.record, first.secret, world.arena, &link, &found, &error));
    assert_false(found); /* the newer takes its place */
    MUST(signin_link(world.record, second.secret, world.arena, &link, &found, &error));
    assert_true(found);
    world_close(&world);
}

/* Proposed for a role of trust or holding one: who invites sees no link, who began cannot hand it over. */
static void a_link_to_a_role_of_trust_takes_two(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_link link;
    bool found;
    world_open(&world);
    staff_open(&world);
    struct id top = record_top(world.record);
    struct id gil = add(&world, "Gil", "Ford", "gil@hillside.example");
    const char *const role[] = {"org",  text_of(&world, &top), "person", text_of(&world, &gil),
                                "role", "headteacher",         NULL};
    const char *const who[] = {role[2], role[3], NULL};
    struct outcome alone = act(&world, ACT_INVITE, &world.bea, who);
    assert_int_equal(alone.secret.length, INVITATION_SECRET_LENGTH);
    assert_true(act(&world, ACT_PROPOSE_ROLE, &world.ada, role).done);
    MUST(signin_link(world.record, alone.secret, world.arena, &link, &found, &error));
    assert_false(found); /* what one hand made opens nothing any more */
    assert_true(act(&world, ACT_INVITE, &world.bea, who).done);
    struct outcome asked = act(&world, ACT_INVITE, &world.ada, who);
    assert_true(asked.done && asked.secret.length == 0);
    assert_false(act(&world, ACT_HAND_RESET, &world.ada, who).done);
    assert_false(act(&world, ACT_HAND_RESET, &gil, who).done);
    struct tasks_seen waiting;
    MUST(keeping_tasks(world.record, &world.bea, world.arena, &waiting, &error));
    assert_int_equal(waiting.list.count, 1); /* the one begun before it is closed */
    assert_true(slice_is(waiting.list.at[0].kind, "hand-invite"));
    struct outcome handed = act(&world, ACT_HAND_RESET, &world.bea, who);
    MUST(keeping_tasks(world.record, &world.bea, world.arena, &waiting, &error));
    assert_int_equal(waiting.list.count, 0);
    MUST(signin_link(world.record, handed.secret, world.arena, &link, &found, &error));
    assert_true(found && !link.reset && !link.wants_code);
    assert_int_equal(use(&world, handed.secret, PASSWORD, ""), SIGNIN_FINE);
    assert_int_equal(try(&world, "gil@hillside.example", PASSWORD).answer, SIGNIN_DONE);
    world_close(&world);
}

/* ---- in and out ---- */

static void a_session_says_who_and_what_they_are_today(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_who ada;
    world_open(&world);
    struct signin_result in = ada_in(&world);
    assert_true(who(&world, in.secret, &ada));
    assert_true(id_same(&ada.person, &world.ada));
    assert_true(slice_is(ada.name, "Ada Byron"));
    assert_int_equal(ada.role_count, 1);
    assert_int_equal(ada.roles[0], ROLE_ADMINISTRATOR);
    assert_true(ada.codes_wanted && !ada.codes);
    struct signin_who nobody;
    assert_false(who(&world, SLICE("00"), &nobody));
    struct signin_result again = try(&world, " ADA@Hillside.example ", PASSWORD);
    assert_int_equal(again.answer, SIGNIN_DONE);
    MUST(signin_out(world.record, &ada, false, world.arena, &error));
    assert_false(who(&world, in.secret, &nobody));
    assert_true(who(&world, again.secret, &nobody));
    MUST(signin_out(world.record, &nobody, true, world.arena, &error));
    assert_false(who(&world, again.secret, &nobody));
    world_close(&world);
}

static void unknown_and_wrong_get_one_answer_in_one_time(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    ada_in(&world);
    int64_t began = signin_clock();
    assert_int_equal(try(&world, "ada@hillside.example", OTHER).answer, SIGNIN_WRONG);
    int64_t wrong = signin_clock() - began;
    began = signin_clock();
    assert_int_equal(try(&world, "eve@hillside.example", OTHER).answer, SIGNIN_WRONG);
    int64_t unknown = signin_clock() - began;
    assert_true(wrong >= 250 && unknown >= 250);
    assert_true(wrong % 250 < 60 ||
                unknown % 250 < 60); /* on the step, unless the machine stalls */
    world_close(&world);
}

static void guessing_slows_strangers_and_not_a_known_device(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    struct signin_result in = ada_in(&world);
    struct signin_from elsewhere = {SLICE("10.2.2.2"), SLICE_EMPTY};
    struct signin_from known = {SLICE("10.1.1.1"), in.device};
    struct slice forged = arena_copy(world.arena, in.device);
    char last = forged.at[forged.length - 1];
    struct slice other = arena_format(world.arena, "%.*s%c", (int)forged.length - 1, forged.at,
                                      last == '0' ? '1' : '0');
    struct signin_from fake = {SLICE("10.1.1.1"), other};
    for (int i = 0; i <= SLOW_FREE; i++)
        assert_int_equal(try(&world, "ada@hillside.example", OTHER).answer, SIGNIN_WRONG);
    struct signin_result wait = try(&world, "ada@hillside.example", PASSWORD);
    assert_int_equal(wait.answer, SIGNIN_WAIT);
    assert_true(wait.wait >= 1 && wait.wait <= SLOW_WAIT);
    assert_int_equal(try_from(&world, "ada@hillside.example", PASSWORD, &fake).answer, SIGNIN_WAIT);
    assert_int_equal(try_from(&world, "ada@hillside.example", PASSWORD, &known).answer,
                     SIGNIN_DONE);
    assert_int_equal(try_from(&world, "ada@hillside.example", PASSWORD, &elsewhere).answer,
                     SIGNIN_DONE);
    for (int i = 0; i <= SLOW_FREE; i++) /* an address that nobody has waits as well */
        assert_int_equal(try(&world, "eve@hillside.example", OTHER).answer, SIGNIN_WRONG);
    assert_int_equal(try(&world, "eve@hillside.example", OTHER).answer, SIGNIN_WAIT);
    world_close(&world);
}

static enum signin_answer with_code(struct world *world, struct slice code)
{
    struct error error = {.code = ERROR_NONE};
    struct signin_result first = try(world, "ada@hillside.example", PASSWORD), second;
    assert_int_equal(first.answer, SIGNIN_CODE_WANTED);
    MUST(signin_code(world->record, &first.half, code, &from_desk, world->arena, &second, &error));
    return second.answer;
}

static void codes_and_recovery_codes_hold_once(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_who ada;
    struct slice seed, line;
    size_t left;
    world_open(&world);
    struct signin_result in = ada_in(&world);
    assert_true(who(&world, in.secret, &ada));
    struct slice recovery = set_codes(&world, &ada, &seed);
    assert_true(slice_line(&recovery, &line) && line.length == 11);
    assert_true(who(&world, in.secret, &ada) && ada.codes && !ada.codes_wanted);
    struct slice code = code_at(&world, seed, 0);
    assert_int_equal(with_code(&world, SLICE("000000x")), SIGNIN_WRONG);
    assert_int_equal(with_code(&world, code_at(&world, seed, 5)), SIGNIN_WRONG);
    assert_int_equal(with_code(&world, code), SIGNIN_DONE);
    assert_int_equal(with_code(&world, code), SIGNIN_WRONG);
    assert_int_equal(with_code(&world, code_at(&world, seed, -1)), SIGNIN_WRONG); /* older */
    assert_int_equal(with_code(&world, line), SIGNIN_DONE);
    assert_int_equal(with_code(&world, line), SIGNIN_WRONG);
    MUST(signin_recovery_left(world.record, &world.ada, &left, &error));
    assert_int_equal(left, SIGNIN_RECOVERY_CODES - 1);
    world_close(&world);
}

static void a_right_password_waits_for_its_code_in_vain_once_it_was_changed(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_who ada;
    struct signin_fault fault;
    struct signin_result code;
    struct slice seed;
    world_open(&world);
    struct signin_result in = ada_in(&world);
    assert_true(who(&world, in.secret, &ada));
    set_codes(&world, &ada, &seed);
    struct signin_result half = try(&world, "ada@hillside.example", PASSWORD);
    assert_int_equal(half.answer, SIGNIN_CODE_WANTED);
    MUST(signin_change_password(world.record, &ada, SLICE(PASSWORD), SLICE(OTHER), &from_desk,
                                world.arena, &fault, &error));
    assert_int_equal(fault.field, SIGNIN_FINE);
    MUST(signin_code(world.record, &half.half, code_at(&world, seed, 1), &from_desk, world.arena,
                     &code, &error));
    assert_int_equal(code.answer, SIGNIN_WRONG);
    half.half.until = 1; /* long ago */
    MUST(signin_code(world.record, &half.half, code_at(&world, seed, 1), &from_desk, world.arena,
                     &code, &error));
    assert_int_equal(code.answer, SIGNIN_WRONG);
    world_close(&world);
}

static void a_new_password_ends_other_sessions_and_asks_for_the_old(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_who ada, nobody;
    struct signin_fault fault;
    world_open(&world);
    struct signin_result here = ada_in(&world),
                         there = try(&world, "ada@hillside.example", PASSWORD);
    assert_true(who(&world, here.secret, &ada) && who(&world, there.secret, &nobody));
    MUST(signin_change_password(world.record, &ada, SLICE(OTHER), SLICE(OTHER), &from_desk,
                                world.arena, &fault, &error));
    assert_int_equal(fault.field, SIGNIN_PASSWORD);
    MUST(signin_change_password(world.record, &ada, SLICE(PASSWORD), SLICE("byron byron ada"),
                                &from_desk, world.arena, &fault, &error));
    assert_int_equal(fault.field, SIGNIN_NEW);
    assert_true(who(&world, there.secret, &nobody));
    MUST(signin_change_password(world.record, &ada, SLICE(PASSWORD), SLICE(OTHER), &from_desk,
                                world.arena, &fault, &error));
    assert_int_equal(fault.field, SIGNIN_FINE);
    assert_true(who(&world, here.secret, &ada));
    assert_false(who(&world, there.secret, &nobody));
    assert_int_equal(try(&world, "ada@hillside.example", PASSWORD).answer, SIGNIN_WRONG);
    assert_int_equal(try(&world, "ada@hillside.example", OTHER).answer, SIGNIN_DONE);
    world_close(&world);
}

/* ---- resets ---- */

static void a_reset_of_somebody_without_codes_takes_two(void **state)
{
    (void)state;
    struct world world;
    struct signin_who nobody;
    world_open(&world);
    staff_open(&world);
    const char *const tom[] = {"person", text_of(&world, &world.tom), NULL};
    struct signin_result in = try(&world, "tom@hillside.example", PASSWORD);
    assert_int_equal(in.answer, SIGNIN_DONE);
    assert_false(act(&world, ACT_START_RESET, &world.bea, tom).done); /* the office may not start */
    struct outcome started = act(&world, ACT_START_RESET, &world.ada, tom);
    assert_true(started.done && started.secret.length == 0);
    assert_false(act(&world, ACT_HAND_RESET, &world.ada, tom).done); /* who began it may not */
    assert_false(act(&world, ACT_HAND_RESET, &world.tom, tom).done);
    struct outcome handed = act(&world, ACT_HAND_RESET, &world.bea, tom);
    assert_true(handed.done && handed.secret.length == INVITATION_SECRET_LENGTH);
    assert_true(who(&world, in.secret, &nobody)); /* nothing changed yet */
    assert_int_equal(use(&world, handed.secret, OTHER, ""), SIGNIN_FINE);
    assert_false(who(&world, in.secret, &nobody));
    assert_int_equal(try(&world, "tom@hillside.example", OTHER).answer, SIGNIN_DONE);
    world_close(&world);
}

static void a_reset_link_is_worth_nothing_without_the_persons_code(void **state)
{
    (void)state;
    struct world world;
    struct signin_who tom;
    struct slice seed, recovery, line;
    world_open(&world);
    staff_open(&world);
    const char *const values[] = {"person", text_of(&world, &world.tom), NULL};
    assert_true(who(&world, try(&world, "tom@hillside.example", PASSWORD).secret, &tom));
    recovery = set_codes(&world, &tom, &seed);
    assert_true(slice_line(&recovery, &line));
    struct outcome started = act(&world, ACT_START_RESET, &world.ada, values);
    assert_int_equal(started.secret.length, INVITATION_SECRET_LENGTH);
    assert_int_equal(use(&world, started.secret, OTHER, ""), SIGNIN_CODE);
    assert_int_equal(use(&world, started.secret, OTHER, "123456"), SIGNIN_CODE);
    assert_int_equal(use(&world, started.secret, OTHER, line.at), SIGNIN_CODE); /* all ten */
    assert_int_equal(use(&world, started.secret, OTHER, arena_copy(world.arena, line).at),
                     SIGNIN_FINE);
    assert_int_equal(try(&world, "tom@hillside.example", OTHER).answer, SIGNIN_CODE_WANTED);
    const char *const own[] = {"person", text_of(&world, &world.ada), NULL};
    assert_false(act(&world, ACT_START_RESET, &world.ada, own).done); /* never for oneself */
    world_close(&world);
}

/* ---- who is no longer here, and commands ---- */

static void who_leaves_is_out_at_once(void **state)
{
    (void)state;
    struct world world;
    struct signin_who tom;
    char today[11];
    world_open(&world);
    staff_open(&world);
    struct signin_result in = try(&world, "tom@hillside.example", PASSWORD);
    assert_true(who(&world, in.secret, &tom));
    date_format(date_from_day(record_today(world.record)), today);
    const char *const values[] = {"person", text_of(&world, &world.tom), "day", today, NULL};
    assert_true(act(&world, ACT_RECORD_LEAVER, &world.bea, values).done);
    assert_false(who(&world, in.secret, &tom));
    assert_int_equal(try(&world, "tom@hillside.example", PASSWORD).answer, SIGNIN_WRONG);
    world_close(&world);
}

static void a_command_proves_who_asks(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_who ada;
    struct slice seed;
    struct id person;
    world_open(&world);
    struct slice email = SLICE("ada@hillside.example");
    assert_true(who(&world, ada_in(&world).secret, &ada));
    assert_false(signin_prove(world.record, email, SLICE(PASSWORD), SLICE_EMPTY, &person, &error));
    assert_non_null(strstr(error.sentence, "none are set up"));
    set_codes(&world, &ada, &seed);
    struct slice code = code_at(&world, seed, 0);
    assert_false(signin_prove(world.record, email, SLICE(PASSWORD), SLICE_EMPTY, &person, &error));
    assert_false(signin_prove(world.record, email, SLICE(OTHER), code, &person, &error));
    MUST(signin_prove(world.record, email, SLICE(PASSWORD), code, &person, &error));
    assert_true(id_same(&person, &world.ada));
    assert_false(signin_prove(world.record, email, SLICE(PASSWORD), code, &person, &error));
    world_close(&world);
}

static void nothing_that_opens_a_door_stands_in_the_file(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct world world;
    struct signin_who ada;
    struct slice seed, content, line;
    world_open(&world);
    struct signin_result in = ada_in(&world);
    assert_true(who(&world, in.secret, &ada));
    struct slice recovery = set_codes(&world, &ada, &seed);
    static const char *const files[] = {"lanyard.db", "lanyard.db-wal"};
    for (size_t i = 0; i < 2; i++) {
        struct slice path = arena_format(world.arena, "%s/data/%s", world.folder, files[i]);
        MUST(file_read(path.at, 64 << 20, world.arena, &content, &error));
        const struct slice secrets[] = {in.secret, world.link, seed, SLICE("argon2id"),
                                        SLICE("hillside.example")};
        for (size_t k = 0; k < sizeof secrets / sizeof *secrets; k++)
            assert_int_equal(slice_search(content, secrets[k]), content.length);
        struct slice rest = recovery;
        while (slice_line(&rest, &line))
            assert_int_equal(slice_search(content, line), content.length);
    }
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_link_opens_without_harm_and_is_used_once),
        cmocka_unit_test(nobody_with_a_password_is_invited_again),
        cmocka_unit_test(a_link_to_a_role_of_trust_takes_two),
        cmocka_unit_test(a_session_says_who_and_what_they_are_today),
        cmocka_unit_test(unknown_and_wrong_get_one_answer_in_one_time),
        cmocka_unit_test(guessing_slows_strangers_and_not_a_known_device),
        cmocka_unit_test(codes_and_recovery_codes_hold_once),
        cmocka_unit_test(a_right_password_waits_for_its_code_in_vain_once_it_was_changed),
        cmocka_unit_test(a_new_password_ends_other_sessions_and_asks_for_the_old),
        cmocka_unit_test(a_reset_of_somebody_without_codes_takes_two),
        cmocka_unit_test(a_reset_link_is_worth_nothing_without_the_persons_code),
        cmocka_unit_test(who_leaves_is_out_at_once),
        cmocka_unit_test(a_command_proves_who_asks),
        cmocka_unit_test(nothing_that_opens_a_door_stands_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
