/* Files of people: what they change, what they never change, and what they are left out for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "school.h"
#include "service/import.h"

#define MANIFEST_BULK                                                                              \
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\n"            \
    "file.users,bulk\nfile.demographics,absent\n"
#define MANIFEST_DELTA                                                                             \
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,delta\n"           \
    "file.users,delta\nfile.demographics,absent\n"
#define ORGS                                                                                       \
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n"                     \
    "S1,,,Hill School,school,,\n"
#define USERS                                                                                      \
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,"           \
    "givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n"

static struct school school;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

/* ---- bringing ---- */

static void make_file(struct import_file *file, const char *manifest, const char *orgs,
                      struct slice users)
{
    *file = (struct import_file){.name = SLICE("night"),
                                 .mapping_name = SLICE_EMPTY,
                                 .mapping = SLICE_EMPTY,
                                 .folder = true};
    LIST_PUSH(school.arena, &file->pieces,
              (struct import_piece){SLICE("manifest.csv"), slice_of(manifest)});
    LIST_PUSH(school.arena, &file->pieces,
              (struct import_piece){SLICE("orgs.csv"), slice_of(orgs)});
    LIST_PUSH(school.arena, &file->pieces, (struct import_piece){SLICE("users.csv"), users});
}

struct brought {
    struct outcome outcome;
    struct import import;
    struct plan plan;
};

static struct brought bring_file(struct import_file *file, struct id actor, const char *look)
{
    struct brought brought = {0};
    struct order order;
    struct error error = {.code = ERROR_NONE};
    if (!import_read(file, school.arena, &brought.import, &error)) fail_msg("%s", error.sentence);
    struct import_order matter = {.import = &brought.import, .plan = &brought.plan};
    order_init(&order, ACT_BRING_IMPORT, actor);
    order.matter = &matter;
    if (look != NULL) order_set(&order, school.arena, "look", slice_of(look));
    if (!desk_do(school.record, &order, school.arena, &brought.outcome, &error))
        fail_msg("%s", error.sentence);
    return brought;
}

static struct brought bring_users(const char *manifest, const char *head, const char *rows,
                                  struct id actor)
{
    struct import_file *file = ARENA_NEW(school.arena, struct import_file);
    make_file(file, manifest, ORGS, arena_format(school.arena, "%s%s", head, rows));
    return bring_file(file, actor, NULL);
}

static struct brought bring(const char *rows)
{
    return bring_users(MANIFEST_BULK, USERS, rows, school.office);
}

static struct brought bring_changes(const char *rows)
{
    return bring_users(MANIFEST_DELTA, USERS, rows, school.office);
}

static uint64_t size(void)
{
    struct outcome outcome =
        school_do(&school, ACT_SAVE_MAPPING, school.teacher, "name", "x", "content",
                  "a = source id\nb = family name\nevery role = pupil\n", NULL);
    return outcome.n; /* the next event's number; that is refused and recorded */
}

static const struct registered *find(const struct register_view *view, const char *words)
{
    const struct registered **found;
    size_t count = register_search(view, slice_of(words), school.arena, &found, 10);
    return count == 1 ? found[0] : NULL;
}

static struct id id_of(const char *words)
{
    const struct register_view *view = register_hold(school.record);
    const struct registered *person = find(view, words);
    if (person == NULL) fail_msg("nobody is called %s", words);
    struct id id = person->id;
    register_let_go(school.record, view);
    return id;
}

static bool is_here(const char *words)
{
    const struct register_view *view = register_hold(school.record);
    const struct registered *person = find(view, words);
    bool here = person != NULL && person->here;
    register_let_go(school.record, view);
    return here;
}

static bool has_problem(const struct brought *brought, const char *words)
{
    size_t count = import_problem_count(&brought->import, &brought->plan);
    for (size_t i = 0; i < count; i++) {
        const struct roster_problem *problem = import_problem(&brought->import, &brought->plan, i);
        if (problem != NULL && strstr(problem->what, words) != NULL) return true;
    }
    return false;
}

static void expect(const struct brought *brought, size_t joiners, size_t movers, size_t leavers)
{
    if (!brought->outcome.done) fail_msg("refused: %.*s", SLICE_PRINT(brought->outcome.sentence));
    if (brought->plan.joiners != joiners || brought->plan.movers != movers ||
        brought->plan.leavers != leavers)
        fail_msg("%zu join, %zu move, %zu leave", brought->plan.joiners, brought->plan.movers,
                 brought->plan.leavers);
}

#define ANN "t1,,,true,S1,teacher,ann,,Ann,Able,,,ann@hill.example,,0123,,,\n"
#define BEN "p1,,,true,S1,student,ben,,Ben,Bold,,,,,,c1,,secret\n"
#define CLO "c1,,,true,S1,parent,clo,,Clo,Bold,,,clo@home.example,,,p1,,\n"
#define DAN "h1,,,true,S1,administrator,dan,,Dan,Desk,,,dan@hill.example,,,,,\n"

/* ---- joining, twice ---- */

static void test_joiners(void **state)
{
    (void)state;
    struct brought brought = bring(ANN BEN CLO DAN);
    AUTO_TEXT struct text words;
    text_init(&words, 1000);
    expect(&brought, 4, 0, 0);
    import_summary(&brought.plan, &words);
    assert_string_equal(words.at,
                        "4 people join, 0 change, 0 leave; 3 roles are given; 1 parent is "
                        "linked with a child; 1 role of trust is proposed and waits for "
                        "two people.");
    assert_true(school_has(&school, id_of("ann able"), ROLE_TEACHER));
    assert_true(school_has(&school, id_of("ben bold"), ROLE_PUPIL));
    assert_false(school_has(&school, id_of("dan desk"), ROLE_ADMINISTRATOR));
    const struct register_view *view = register_hold(school.record);
    const struct registered **parents;
    struct id ben = find(view, "ben bold")->id, clo = find(view, "clo bold")->id;
    assert_int_equal(register_parents(view, &ben, false, school.arena, &parents), 1);
    assert_true(id_same(&parents[0]->id, &clo));
    assert_true(slice_is(find(view, "ann")->details.email, "ann@hill.example"));
    register_let_go(school.record, view);
}

static void test_again_changes_nothing(void **state)
{
    (void)state;
    (void)bring(ANN BEN CLO DAN);
    uint64_t before = size();
    struct brought again = bring(ANN BEN CLO DAN);
    AUTO_TEXT struct text words;
    text_init(&words, 1000);
    expect(&again, 0, 0, 0);
    assert_false(import_changes(&again.plan));
    import_summary(&again.plan, &words);
    assert_string_equal(words.at, "Nothing changes.");
    assert_int_equal(size() - before, 2); /* import-applied, and size()'s own */
}

/* ---- moving, leaving ---- */

static void test_movers(void **state)
{
    (void)state;
    (void)bring(ANN BEN CLO);
    struct brought brought =
        bring("t1,,,false,S1,aide,ann,,Anna,Able,,,anna@hill.example,,,,,\n" BEN CLO);
    expect(&brought, 0, 1, 0);
    assert_int_equal(brought.plan.given, 1);
    assert_int_equal(brought.plan.ended, 1);
    struct id anna = id_of("anna able");
    assert_true(school_has(&school, anna, ROLE_TEACHING_ASSISTANT));
    assert_false(school_has(&school, anna, ROLE_TEACHER));
    const struct register_view *view = register_hold(school.record);
    assert_true(slice_is(find(view, "anna")->details.email, "anna@hill.example"));
    assert_true(slice_is(find(view, "anna")->details.phone, "0123")); /* empty in the file: stays */
    assert_true(find(view, "anna")->here);                            /* disabled is not gone */
    register_let_go(school.record, view);
}

static void test_leavers_and_back(void **state)
{
    (void)state;
    (void)bring(ANN BEN CLO DAN);
    struct brought brought = bring(ANN BEN DAN);
    expect(&brought, 0, 0, 1);
    assert_int_equal(brought.plan.unlinks, 1);
    assert_false(is_here("clo bold"));
    assert_true(is_here("tom teacher")); /* whom no file ever knew */
    struct id clo = id_of("clo bold");
    brought = bring(ANN BEN CLO DAN);
    expect(&brought, 0, 1, 0);
    assert_true(is_here("clo bold"));
    struct id again = id_of("clo bold");
    assert_true(id_same(&again, &clo));
    assert_true(school_has(&school, clo, ROLE_PARENT));
}

static void test_changes_only(void **state)
{
    (void)state;
    (void)bring(ANN BEN CLO);
    struct brought brought = bring_changes("t1,tobedeleted,2026-11-01T00:00:00Z,true,S1,teacher,ann"
                                           ",,Ann,Able,,,,,,,,\n");
    expect(&brought, 0, 0, 1);
    assert_false(is_here("ann able"));
    assert_true(is_here("ben bold"));
}

/* ---- who is who ---- */

static void test_match_by_address(void **state)
{
    (void)state;
    struct outcome added =
        school_do(&school, ACT_ADD_PERSON, school.office, "org", school_hex(&school, school.top),
                  "given", "Annie", "family", "Able", "email", "Ann@hill.example", NULL);
    struct brought brought = bring(ANN);
    expect(&brought, 0, 1, 0);
    struct id ann = id_of("ann able");
    assert_true(id_same(&ann, &added.made));
    /* another number with the same address is somebody else, and does not get it */
    brought = bring(ANN "t2,,,true,S1,teacher,other,,Abe,Able,,,ANN@hill.example,,,,,\n");
    expect(&brought, 1, 0, 0);
    assert_true(has_problem(&brought, "this e-mail address"));
    const struct register_view *view = register_hold(school.record);
    const struct registered *holder = register_by_email(view, SLICE("ann@hill.example"));
    assert_true(holder != NULL && id_same(&holder->id, &ann));
    register_let_go(school.record, view);
}

static void test_two_with_one_number(void **state)
{
    (void)state;
    struct brought brought = bring("t1,,,true,S1,teacher,a,,Ann,Able,,,,,,,,\n"
                                   "t1,,,true,S1,teacher,b,,Zoe,Zest,,,,,,,,\n" BEN);
    expect(&brought, 1, 0, 0);
    assert_false(is_here("zoe zest"));
    assert_false(is_here("ann able"));
    const struct roster_problem *problem = import_problem(&brought.import, &brought.plan, 0);
    assert_true(problem->line == 2 || problem->line == 3);
}

/* ---- what a file never does ---- */

static void test_trust_is_proposed_once(void **state)
{
    (void)state;
    struct brought brought = bring(DAN);
    assert_int_equal(brought.plan.proposed, 1);
    brought = bring(DAN);
    assert_int_equal(brought.plan.proposed, 0);
}

static void test_own_roles(void **state)
{
    (void)state;
    (void)school_do(&school, ACT_CHANGE_PERSON, school.admin, "person",
                    school_hex(&school, school.office), "email", "olive@hill.example", NULL);
    struct brought brought =
        bring("o1,,,true,S1,teacher,olive,,Olive,Confirmed,,,olive@hill.example,,,,,\n");
    expect(&brought, 0, 1, 0);
    assert_int_equal(brought.plan.given, 0);
    assert_true(has_problem(&brought, "nobody changes their own roles"));
    assert_false(school_has(&school, school.office, ROLE_TEACHER));
}

static void test_bars_stay(void **state)
{
    (void)state;
    (void)bring(ANN BEN CLO);
    struct id ben = id_of("ben bold"), clo = id_of("clo bold");
    struct outcome barred =
        school_do(&school, ACT_BAR_PARENT, school.dsl, "child", school_hex(&school, ben), "parent",
                  school_hex(&school, clo), "reason", "court order", NULL);
    assert_true(barred.done);
    (void)school_do(&school, ACT_END_LINK, school.office, "child", school_hex(&school, ben),
                    "parent", school_hex(&school, clo), NULL);
    struct brought brought = bring(ANN BEN CLO);
    expect(&brought, 0, 0, 0);
    assert_int_equal(brought.plan.links, 1);
    const struct register_view *view = register_hold(school.record);
    assert_true(register_barred(view, &clo, &ben));
    register_let_go(school.record, view);
    brought = bring(ANN BEN "c1,,,true,S1,parent,clo,,Clo,Bold,,,clo@home.example,,,,,\n");
    view = register_hold(school.record);
    assert_true(register_barred(view, &clo, &ben));
    register_let_go(school.record, view);
}

static void test_refused(void **state)
{
    (void)state;
    struct brought brought = bring_users(MANIFEST_BULK, USERS, ANN, school.teacher);
    assert_false(brought.outcome.done);
    assert_false(is_here("ann able"));
    brought = bring_users(MANIFEST_BULK, USERS, ANN, school.keeper);
    assert_false(brought.outcome.done);
}

static void test_only_administrator_stays(void **state)
{
    (void)state;
    struct brought brought = bring("x1,,,true,S1,teacher,ada,,Ada,Admin,,,ada@hill.example,,,,,\n");
    expect(&brought, 0, 1, 0);
    brought = bring(ANN);
    expect(&brought, 1, 0, 0);
    assert_true(has_problem(&brought, "only administrator"));
    assert_true(school_has(&school, school.admin, ROLE_ADMINISTRATOR));
}

/* ---- many at once ---- */

static const char *many(int from, int to)
{
    AUTO_TEXT struct text rows;
    text_init(&rows, 1 << 20);
    for (int i = from; i < to; i++)
        text_format(&rows, "m%d,,,true,S1,student,u%d,,Given%d,Family%d,,,,,,,,\n", i, i, i, i);
    return arena_copy(school.arena, text_slice(&rows)).at;
}

static struct brought wait_for_yes(void)
{
    struct brought brought = bring(many(0, 60));
    expect(&brought, 60, 0, 0);
    brought = bring(many(0, 50));
    assert_true(brought.outcome.done && brought.plan.waits);
    assert_int_equal(brought.plan.leavers, 10);
    assert_true(is_here("given55"));
    return brought;
}

static void test_many_wait(void **state)
{
    (void)state;
    struct brought brought = wait_for_yes();
    const char *hex = school_hex(&school, brought.outcome.made);
    struct outcome outcome =
        school_do(&school, ACT_ACCEPT_IMPORT, school.office, "import", hex, NULL);
    assert_false(outcome.done);
    struct import *import;
    struct plan plan;
    struct error error = {.code = ERROR_NONE};
    assert_true(import_try_kept(school.record, &brought.outcome.made, &school.head, school.arena,
                                &import, &plan, &error));
    assert_int_equal(plan.leavers, 10);
    school_again(&school);
    outcome = school_do(&school, ACT_ACCEPT_IMPORT, school.head, "import", hex, NULL);
    assert_true(outcome.done);
    assert_false(is_here("given55"));
    assert_true(is_here("given49"));
    assert_false(import_try_kept(school.record, &brought.outcome.made, &school.head, school.arena,
                                 &import, &plan, &error));
    (void)school_bad(&school, ACT_ACCEPT_IMPORT, school.head, "import", hex, NULL);
}

static void test_thrown_away(void **state)
{
    (void)state;
    struct brought brought = wait_for_yes();
    const char *hex = school_hex(&school, brought.outcome.made);
    struct outcome outcome =
        school_do(&school, ACT_REFUSE_IMPORT, school.office, "import", hex, NULL);
    assert_true(outcome.done);
    assert_true(is_here("given55"));
    struct slice command =
        arena_format(school.arena, "test -z \"$(ls '%s/uploads')\"", school.folder);
    assert_int_equal(system(command.at), 0);
    (void)school_bad(&school, ACT_ACCEPT_IMPORT, school.head, "import", hex, NULL);
    (void)school_bad(&school, ACT_REFUSE_IMPORT, school.head, "import", hex, NULL);
}

static void test_waits_two_weeks_at_most(void **state)
{
    (void)state;
    struct brought brought = wait_for_yes();
    struct error error = {.code = ERROR_NONE};
    struct import_seen seen;
    bool found;
    assert_true(import_sweep(school.record, &error)); /* too young */
    assert_true(
        import_find(school.record, &brought.outcome.made, school.arena, &seen, &found, &error) &&
        slice_is(seen.state, "waiting"));
    assert_true(import_sweep_before(school.record, seen.at + 1, &error));
    assert_true(
        import_find(school.record, &brought.outcome.made, school.arena, &seen, &found, &error) &&
        slice_is(seen.state, "refused"));
}

/* Whoever may be in a file that waits would come back with it. */
static void test_nobody_is_erased_meanwhile(void **state)
{
    (void)state;
    struct brought brought = wait_for_yes();
    struct id person = id_of("given59 family59");
    struct outcome asked = school_do(&school, ACT_ASK_ERASURE, school.head, "person",
                                     school_hex(&school, person), "reason", "asked for it", NULL);
    assert_true(asked.done);
    const char *erasure = school_hex(&school, asked.made);
    (void)school_bad(&school, ACT_CONFIRM_ERASURE, school.dsl, "erasure", erasure, NULL);
    assert_true(school_do(&school, ACT_REFUSE_IMPORT, school.office, "import",
                          school_hex(&school, brought.outcome.made), NULL)
                    .done);
    assert_true(school_do(&school, ACT_CONFIRM_ERASURE, school.dsl, "erasure", erasure, NULL).done);
}

static void test_own_yes_is_none(void **state)
{
    (void)state;
    (void)bring(many(0, 60));
    struct brought brought = bring_users(MANIFEST_BULK, USERS, many(0, 50), school.head);
    assert_true(brought.plan.waits);
    const char *hex = school_hex(&school, brought.outcome.made);
    assert_false(school_do(&school, ACT_ACCEPT_IMPORT, school.head, "import", hex, NULL).done);
    assert_true(school_do(&school, ACT_ACCEPT_IMPORT, school.admin, "import", hex, NULL).done);
}

static void test_few_do_not_wait(void **state)
{
    (void)state;
    (void)bring(ANN BEN CLO);
    struct brought brought = bring(ANN);
    expect(&brought, 0, 0, 2);
    assert_false(brought.plan.waits);
}

static void test_unreadable_rows_take_nobody_out(void **state)
{
    (void)state;
    (void)bring(many(0, 60));
    AUTO_TEXT struct text rows;
    text_init(&rows, 1 << 20);
    text_format(&rows, "%s,,,true,S1,student,\n", many(0, 57));
    struct brought brought = bring(rows.at);
    expect(&brought, 0, 0, 0);
    assert_true(brought.plan.nobody_missing);
    assert_true(is_here("given58"));
}

/* ---- looking first ---- */

static void test_look_then_bring(void **state)
{
    (void)state;
    struct import_file file;
    make_file(&file, MANIFEST_BULK, ORGS, SLICE(USERS ANN BEN CLO));
    struct brought looked = bring_file(&file, school.office, "yes");
    assert_true(looked.outcome.done);
    assert_false(is_here("ann able"));
    const char *hex = school_hex(&school, looked.outcome.made);
    (void)school_bad(&school, ACT_BRING_IMPORT, school.admin, "import", hex, NULL);
    struct outcome done = school_do(&school, ACT_BRING_IMPORT, school.office, "import", hex, NULL);
    assert_true(done.done);
    assert_true(is_here("ann able"));
    struct import_seen seen;
    struct error error = {.code = ERROR_NONE};
    bool found;
    assert_true(
        import_find(school.record, &looked.outcome.made, school.arena, &seen, &found, &error) &&
        found);
    assert_true(slice_is(seen.state, "applied"));
    assert_int_equal(seen.joiners, 3);
}

static void test_try_changes_nothing(void **state)
{
    (void)state;
    struct import_file file;
    struct import import;
    struct plan plan;
    struct error error = {.code = ERROR_NONE};
    uint64_t before = size();
    make_file(&file, MANIFEST_BULK, ORGS, SLICE(USERS ANN BEN CLO));
    assert_true(import_read(&file, school.arena, &import, &error));
    assert_true(import_try(school.record, &import, &school.office, school.arena, &plan, &error));
    assert_int_equal(plan.joiners, 3);
    assert_int_equal(plan.rows.count, 3);
    assert_true(slice_is(plan.rows.at[0].who, "Able, Ann"));
    assert_int_equal(size() - before, 1);
}

/* ---- mappings ---- */

#define MAPPING "Nr = source id\nName = family name\nevery role = pupil\n"

static void test_mappings(void **state)
{
    (void)state;
    struct slice text;
    struct error error = {.code = ERROR_NONE};
    bool found;
    assert_true(school_do(&school, ACT_SAVE_MAPPING, school.office, "name", "sixth-form", "content",
                          MAPPING, NULL)
                    .done);
    school_again(&school);
    assert_true(
        import_mapping(school.record, SLICE("sixth-form"), school.arena, &text, &found, &error) &&
        found);
    assert_true(slice_is(text, MAPPING));
    (void)school_bad(&school, ACT_SAVE_MAPPING, school.office, "name", "Bad Name", "content",
                     MAPPING, NULL);
    (void)school_bad(&school, ACT_SAVE_MAPPING, school.office, "name", "bad", "content",
                     "Passwords = source id\n", NULL);
    struct import_file file = {
        .name = SLICE("list.csv"), .mapping_name = SLICE("sixth-form"), .mapping = text};
    LIST_PUSH(school.arena, &file.pieces,
              (struct import_piece){SLICE("list.csv"), SLICE("Nr,Name\n1,Quick\n2,=1+1\n")});
    struct brought brought = bring_file(&file, school.office, NULL);
    assert_true(brought.outcome.done && brought.plan.joiners >= 1);
    assert_true(school_has(&school, id_of("quick"), ROLE_PUPIL));
    assert_true(slice_is(brought.plan.source, "csv-sixth-form"));
}

static void test_files_of_no_use(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "a,b\n1,2\n", "PK\x03\x04 cut off", "\x00\x01\x02"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct import import;
        struct error error = {.code = ERROR_NONE};
        struct import_file file = {
            .name = SLICE("x.zip"), .mapping_name = SLICE_EMPTY, .mapping = SLICE_EMPTY};
        LIST_PUSH(school.arena, &file.pieces,
                  (struct import_piece){SLICE("x.zip"), slice_of(bad[i])});
        assert_false(import_read(&file, school.arena, &import, &error));
        assert_true(error.sentence[0] != '\0');
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_joiners),
        TEST(test_again_changes_nothing),
        TEST(test_movers),
        TEST(test_leavers_and_back),
        TEST(test_changes_only),
        TEST(test_match_by_address),
        TEST(test_two_with_one_number),
        TEST(test_trust_is_proposed_once),
        TEST(test_own_roles),
        TEST(test_bars_stay),
        TEST(test_refused),
        TEST(test_only_administrator_stays),
        TEST(test_many_wait),
        TEST(test_thrown_away),
        TEST(test_waits_two_weeks_at_most),
        TEST(test_nobody_is_erased_meanwhile),
        TEST(test_own_yes_is_none),
        TEST(test_few_do_not_wait),
        TEST(test_unreadable_rows_take_nobody_out),
        TEST(test_look_then_bring),
        TEST(test_try_changes_nothing),
        TEST(test_mappings),
        TEST(test_files_of_no_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
