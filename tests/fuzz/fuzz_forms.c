/* Fuzzes every form of every page: an input is a walk, step by step somebody of a real record and a form that they fill in, field by
 * field with ids that exist, days, words of the tables, what stood on the page before, or plain bytes. Promises: no crash, no answer
 * of 500, pages in whole UTF-8, and that `rebuild` finds
 * nothing wrong when the record is made anew, which it is now and then (school_close looks). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../page/caller.h"
#include "base/utf8.h"
#include "service/roles.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STEPS_LARGEST 24
#define WALKS_LARGEST 40 /* on one record */

static struct world {
    bool open;
    unsigned walks;
    struct school school;
    struct caller caller;
    const struct route *posts[400];
    size_t post_count;
} world;

struct tape {
    const uint8_t *at;
    size_t left;
};

static uint8_t next(struct tape *tape)
{
    if (tape->left == 0) return 0;
    tape->left--;
    return *tape->at++;
}

/* ---- the record ----------------------------------------------------------------------------------- */

static void world_close(void)
{
    if (!world.open) return;
    caller_close(&world.caller);
    school_close(&world.school);
    world.open = false;
}

static void world_open(void)
{
    if (world.open && world.walks < WALKS_LARGEST) return;
    world_close();
    school_open(&world.school);
    caller_open(&world.caller, &world.school, getenv("LANYARD_POLICY") != NULL);
    world.open = true;
    world.walks = 0;
    world.post_count = 0;
    for (size_t i = 0; i < world.caller.site.route_count; i++) {
        const struct route *route = &world.caller.site.routes[i];
        if (route->method == METHOD_POST && world.post_count < 400)
            world.posts[world.post_count++] = route;
    }
}

static struct id somebody(uint8_t choice)
{
    const struct school *school = &world.school;
    const struct id people[] = {school->admin,   school->head,     school->dsl,     school->office,
                                school->teacher, school->other,    school->pupil,   school->parent,
                                school->top,     school->governor, (struct id){{0}}};
    return people[choice % (sizeof people / sizeof *people)];
}

/* ---- values --------------------------------------------------------------------------------------- */

/* The Nth run of 32 hexadecimal digits on the last page: an id of a task, a version, a file. */
static struct slice hex_on_page(uint8_t nth)
{
    struct slice page = text_slice(&world.caller.response.body);
    size_t run = 0;
    for (size_t i = 0; i < page.length; i++) {
        char c = page.at[i];
        run = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ? run + 1 : 0;
        if (run == (size_t)2 * ID_SIZE && nth-- == 0)
            return arena_copy(world.caller.arena, slice_part(page, i + 1 - run, i + 1));
    }
    return SLICE_EMPTY;
}

static struct slice word(uint8_t choice)
{
    static const char *const words[] = {
        "yes",
        "no",
        "2026-11-21",
        "2027-01-04",
        "1999-02-29",
        "0001-01-01",
        "9999-12-31",
        "0",
        "1",
        "-1",
        "60",
        "18446744073709551616",
        "school",
        "trust",
        "paper",
        "screen",
        "policy",
        "teacher",
        "befriend",
        "a teacher",
        "message",
        "england-and-wales",
        "scotland",
        "1 September 2026 to 23 October 2026",
        "2026-09-01 - 2026-10-23\n2026-11-02 - 2026-12-18",
        "Ada",
        "O'Neil <b>&amp;",
        "\xE2\x80\x8B\xEF\xBB\xBF",
        "=1+1",
        "safeguarding",
        "now",
        "done",
        "---\npolicy: x\ntitle: X\nversion: 1\nin force from: 2026-09-01\n---\n# X\n",
        "%00",
        "\t"};
    return slice_of(words[choice % (sizeof words / sizeof *words)]);
}

static struct slice value(struct tape *tape, size_t largest)
{
    struct arena *arena = world.caller.arena;
    uint8_t kind = next(tape), choice = next(tape);
    struct text out;
    if (kind % 8 == 0) return SLICE_EMPTY;
    if (kind % 8 <= 2) return slice_of(school_hex(&world.school, somebody(choice)));
    if (kind % 8 == 3) return hex_on_page(choice);
    if (kind % 8 == 4) return role_row((enum role)(choice % ROLES))->code;
    if (kind % 8 <= 6) return word(choice);
    text_init(&out, largest + 2);
    if (choice % 4 == 0) /* one byte more than fits */
        while (out.length <= largest) text_add_string(&out, "a");
    for (unsigned i = choice % 40; choice % 4 != 0 && i > 0; i--) {
        char c = (char)next(tape);
        text_add(&out, (struct slice){&c, 1});
    }
    struct slice copy = arena_copy(arena, text_slice(&out));
    text_clear(&out);
    return copy;
}

static void encode(struct text *body, const char *name, struct slice value)
{
    text_format(body, "&%s=", name);
    for (size_t i = 0; i < value.length; i++)
        text_format(body, "%%%02X", (unsigned)(unsigned char)value.at[i]);
}

/* ---- a step --------------------------------------------------------------------------------------- */

static void look_at(unsigned status, const char *where)
{
    struct slice page = text_slice(&world.caller.response.body);
    bool whole = utf8_check(page) == page.length;
    if (status != 500 && status >= 200 && whole) return;
    fprintf(stderr, "%s answers %u%s\n%.*s\n", where, status, whole ? "" : ", in broken UTF-8",
            (int)(page.length < 4000 ? page.length : 4000), page.at);
    abort();
}

/* The page that the form stands on, if there is one at that address; its token is taken from there, else from the account. */
static struct slice token_for(const struct route *route, struct slice path)
{
    struct caller *caller = &world.caller;
    look_at(caller_ask(caller, METHOD_GET, path, SLICE_EMPTY), route->path);
    struct slice token = caller_field(caller, "token");
    if (token.length > 0) return token;
    look_at(caller_get(caller, "/account"), "/account");
    return caller_field(caller, "token");
}

static struct slice path_of(const struct route *route, struct tape *tape)
{
    struct slice path = slice_of(route->path);
    if (path.length == 0 || path.at[path.length - 1] != '*') return path;
    uint8_t choice = next(tape);
    struct slice end = choice % 2 == 0 ? slice_of(school_hex(&world.school, somebody(choice / 2)))
                                       : hex_on_page(choice / 2);
    return arena_format(world.caller.arena, "%.*s%.*s", (int)path.length - 1, path.at,
                        SLICE_PRINT(end));
}

static void step(struct tape *tape)
{
    struct caller *caller = &world.caller;
    size_t choice = (size_t)next(tape) << 8;
    choice += next(tape);
    const struct route *route = world.posts[choice % world.post_count];
    struct slice path = path_of(route, tape);
    struct text body;
    text_init(&body, 1 << 16);
    struct slice token = token_for(route, path), order = caller_field(caller, "order");
    text_format(&body, "token=%.*s", SLICE_PRINT(token));
    for (size_t i = 0; i < route->field_count; i++) {
        const struct field *field = &route->fields[i];
        unsigned times = next(tape) % 8 == 0 ? 2 : 1;
        bool own = strcmp(field->name, "order") == 0 && order.length > 0;
        if (own) encode(&body, "order", order);
        for (unsigned k = 0; !own && k < times; k++)
            encode(&body, field->name, value(tape, field->largest));
    }
    look_at(caller_ask(caller, METHOD_POST, path, text_slice(&body)), route->path);
    text_clear(&body);
    if (caller->response.status != 303) return;
    struct slice to = arena_copy(caller->arena, caller->response.location);
    if (slice_starts(to, SLICE("/")))
        look_at(caller_ask(caller, METHOD_GET, to, SLICE_EMPTY), route->path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct tape tape = {data, size};
    world_open();
    world.walks++;
    for (int steps = 0; tape.left > 0 && steps < STEPS_LARGEST; steps++) {
        if (steps == 0 || next(&tape) % 3 == 0) caller_be(&world.caller, somebody(next(&tape)));
        step(&tape);
    }
    return 0;
}
