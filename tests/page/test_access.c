/* Every page as every role, walked for real, and compared with the table of docs/access.md. `test_page_access --print` writes
 * the table as the walk finds it, for the page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "caller.h"

#define NONE "00000000000000000000000000000000"
#define ROUTES_LARGEST 300

/* A row of the walk: who opened which page. The last is somebody without any role. */
struct walk {
    struct school school;
    struct caller caller;
    const struct route *at[ROUTES_LARGEST]; /* those that are not open to everybody */
    size_t count;
    bool opens[ROLES + 1][ROUTES_LARGEST];
    size_t group[ROLES + 1]; /* equal columns, numbered in the order of roles.def */
    size_t groups;
    bool print;
};

/* ---- people --------------------------------------------------------------------------------------- */

static void give_trusted(struct school *school, struct id person, struct slice role)
{
    struct outcome proposed =
        school_do(school, ACT_PROPOSE_ROLE, school->admin, "person", school_hex(school, person),
                  "role", role.at, "org", school_hex(school, school->top), NULL);
    const char *held = school_hex(school, proposed.made);
    assert_true(school_do(school, ACT_CONFIRM_ROLE, school->head, "held", held, NULL).done);
    assert_true(school_do(school, ACT_CONFIRM_ROLE, school->dsl, "held", held, NULL).done);
}

static struct id somebody(struct school *school, size_t role)
{
    struct id person = school_person(school, "Some", "Body");
    if (role == ROLES) return person;
    const struct role_row *row = role_row((enum role)role);
    if (row->trusted)
        give_trusted(school, person, row->code);
    else
        school_role(school, person, row->code.at);
    return person;
}

/* ---- the walk ------------------------------------------------------------------------------------- */

static const char *path_of(struct walk *walk, const struct route *route)
{
    size_t length = strlen(route->path);
    if (route->path[length - 1] != '*') return route->path;
    return arena_format(walk->caller.arena, "%.*s" NONE, (int)length - 1, route->path).at;
}

/* A form without its token changes nothing: whether the gate stood open shows in what is said about it. */
static bool opened(struct walk *walk, const struct route *route)
{
    struct caller *caller = &walk->caller;
    unsigned status = caller_ask(caller, route->method, slice_of(path_of(walk, route)),
                                 route->method == METHOD_POST ? SLICE("token=00") : SLICE_EMPTY);
    if (status >= 500) fail_msg("%s: %u", route->path, status);
    if (status == 415) return true; /* the gate is asked first; the page wants a file */
    if (caller_sent_to(caller, "/sign-in") || caller_sent_to(caller, "/account/codes"))
        return false;
    return !caller_sees(caller, "What you are here does not open this page") &&
           !caller_sees(caller, "You are no longer signed in");
}

static void walk_pages(struct walk *walk, size_t role)
{
    for (size_t i = 0; i < walk->count; i++) walk->opens[role][i] = opened(walk, walk->at[i]);
}

static void find_groups(struct walk *walk)
{
    for (size_t role = 0; role <= ROLES; role++) {
        size_t same = 0;
        while (same < role && memcmp(walk->opens[same], walk->opens[role], walk->count) != 0)
            same++;
        walk->group[role] = same < role ? walk->group[same] : walk->groups++;
    }
}

static void walk_open(struct walk *walk)
{
    school_open(&walk->school);
    caller_open(&walk->caller, &walk->school, true);
    for (size_t i = 0; i < walk->caller.site.route_count; i++) {
        const struct route *route = &walk->caller.site.routes[i];
        assert_true(walk->count < ROUTES_LARGEST);
        /* Signing out would end the walk. */
        if (route->opens != PUBLIC) walk->at[walk->count++] = route;
    }
    for (size_t role = 0; role <= ROLES; role++) {
        caller_be(&walk->caller, somebody(&walk->school, role));
        walk_pages(walk, role);
    }
    find_groups(walk);
}

static void walk_close(struct walk *walk)
{
    caller_close(&walk->caller);
    school_close(&walk->school);
}

/* ---- the table ------------------------------------------------------------------------------------ */

static struct slice title_of(size_t role)
{
    return role == ROLES ? SLICE("nobody in particular: signed in, without a role")
                         : role_row((enum role)role)->title;
}

static void write_groups(const struct walk *walk, struct text *out)
{
    text_add_string(out, "| group | roles |\n|---|---|\n");
    for (size_t group = 0; group < walk->groups; group++) {
        bool first = true;
        text_format(out, "| %c | ", (char)('A' + (int)group));
        for (size_t role = 0; role <= ROLES; role++) {
            if (walk->group[role] != group) continue;
            text_add_string(out, first ? "" : "; ");
            text_add(out, title_of(role));
            first = false;
        }
        text_add_string(out, " |\n");
    }
}

static size_t first_of(const struct walk *walk, size_t group)
{
    size_t role = 0;
    while (walk->group[role] != group) role++;
    return role;
}

static void write_table(const struct walk *walk, struct text *out)
{
    text_add_string(out, "| page |");
    for (size_t group = 0; group < walk->groups; group++)
        text_format(out, " %c |", (char)('A' + (int)group));
    text_add_string(out, "\n|---|");
    for (size_t group = 0; group < walk->groups; group++) text_add_string(out, "---|");
    text_add_string(out, "\n");
    for (size_t i = 0; i < walk->count; i++) {
        const struct route *route = walk->at[i];
        text_format(out, "| %s %s |", route->method == METHOD_POST ? "POST" : "GET", route->path);
        for (size_t group = 0; group < walk->groups; group++)
            text_add_string(out, walk->opens[first_of(walk, group)][i] ? " yes |" : " |");
        text_add_string(out, "\n");
    }
}

static void write_all(const struct walk *walk, struct text *out)
{
    text_init(out, 1 << 18);
    write_groups(walk, out);
    text_add_string(out, "\n");
    write_table(walk, out);
}

/* ---- tests ---------------------------------------------------------------------------------------- */

static struct walk walk;

static int open_walk(void **state)
{
    (void)state;
    walk_open(&walk);
    return 0;
}

static int close_walk(void **state)
{
    (void)state;
    walk_close(&walk);
    return 0;
}

static void every_page_as_every_role_agrees_with_the_table(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct slice page, rest, line;
    AUTO_TEXT struct text table;
    write_all(&walk, &table);
    assert_non_null(getenv("LANYARD_ACCESS"));
    assert_true(file_read(getenv("LANYARD_ACCESS"), 1 << 20, walk.caller.arena, &page, &error));
    rest = text_slice(&table);
    while (slice_line(&rest, &line)) {
        if (slice_search(page, line) == page.length)
            fail_msg("docs/access.md does not say what the walk found:\n%.*s\nThe table is written "
                     "anew with test_page_access --print",
                     SLICE_PRINT(line));
    }
    assert_true(slice_search(page, text_slice(&table)) < page.length);
}

static void strangers_open_nothing(void **state)
{
    (void)state;
    const struct id nobody = {{0}};
    caller_be(&walk.caller, nobody);
    for (size_t i = 0; i < walk.count; i++)
        if (opened(&walk, walk.at[i])) fail_msg("a stranger opened %s", walk.at[i]->path);
}

/* Pages of keeping and of people are told apart: no role opens all, and each of these opens what it is there for. */
static void the_walk_can_tell_roles_apart(void **state)
{
    (void)state;
    assert_true(walk.groups >= 5);
    assert_int_equal(walk.group[ROLE_TEACHER], walk.group[ROLE_TECHNICIAN]);
    assert_int_not_equal(walk.group[ROLE_TEACHER], walk.group[ROLE_ADMINISTRATOR]);
    assert_int_not_equal(walk.group[ROLE_DPO], walk.group[ROLE_OFFICE]);
    assert_int_not_equal(walk.group[ROLE_PARENT], walk.group[ROLE_HEADTEACHER]);
}

static int print(void)
{
    AUTO_TEXT struct text table;
    walk_open(&walk);
    write_all(&walk, &table);
    fputs(table.at, stdout);
    walk_close(&walk);
    return 0;
}

int main(int count, char **words)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_as_every_role_agrees_with_the_table),
        cmocka_unit_test(strangers_open_nothing),
        cmocka_unit_test(the_walk_can_tell_roles_apart),
    };
    if (count > 1 && strcmp(words[1], "--print") == 0) return print();
    return cmocka_run_group_tests(tests, open_walk, close_walk);
}
