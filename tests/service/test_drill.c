/* The drills: a folder lost after an erasure and an older backup brought back; a copy stolen without its key. 2,400 people. */
#include "made.h"

#include <stdlib.h>
#include <string.h>

#include "seek.h"
#include "service/erased_list.h"
#include "service/keeping.h"
#include "service/people.h"
#include "store/events.h"
#include "store/keys.h"

#define PEOPLE 2400
#define VICTIM 1234

static struct made made;
static struct id people[PEOPLE], head, dsl;

static const char hold_reason[] = "The tribunal of Wexcombe asks for it";
static const char report_text[] = "She cried behind the pavilion";
static const char answer_text[] = "Not allowed: clause 4.2 of Larkfield";
static const char erasure_reason[] = "Moved to Aberystwyth and asked in writing";

static int begin(void **state)
{
    (void)state;
    made_begin(&made);
    made_many(&made, PEOPLE, people);
    head = made_staff(&made, "hedwiga", ROLE_HEADTEACHER);
    dsl = made_staff(&made, "dorothea", ROLE_DSL);
    return 0;
}

static int end(void **state)
{
    (void)state;
    made_end(&made);
    return 0;
}

/* ---- what there is to find ---- */

static void seek_person(struct seek *seek, const struct made_details *details)
{
    seek_add(seek, slice_of(details->given));
    seek_add(seek, slice_of(details->family));
    seek_add(seek, slice_of(details->email));
    seek_add(seek, slice_of(details->phone));
    seek_add(seek, slice_of(details->born));
}

static void seek_texts(struct seek *seek)
{
    seek_add(seek, slice_of(hold_reason));
    seek_add(seek, slice_of(report_text));
    seek_add(seek, slice_of(answer_text));
    seek_add(seek, slice_of(erasure_reason));
}

static void live_a_little(void)
{
    const char *who = made_hex(&made, people[VICTIM]);
    struct outcome hold =
        made_do(&made, ACT_PLACE_HOLD, head, "person", who, "reason", hold_reason, NULL);
    assert_true(hold.done);
    assert_true(made_do(&made, ACT_LIFT_HOLD, dsl, "hold", made_hex(&made, hold.made), "reason",
                        "It is over now", NULL)
                    .done);
    assert_true(made_do(&made, ACT_TELL, head, "text", report_text, "about", who, NULL).done);
    assert_true(made_do(&made, ACT_KEEP_ANSWER, people[VICTIM], "question", "May I post it?",
                        "answer", answer_text, NULL)
                    .done);
    made_parent(&made, &people[1], &people[VICTIM]);
    made_parent(&made, &people[VICTIM], &people[2]);
}

static void erase_victim(void)
{
    struct outcome asked = made_do(&made, ACT_ASK_ERASURE, head, "person",
                                   made_hex(&made, people[VICTIM]), "reason", erasure_reason, NULL);
    assert_true(asked.done);
    assert_true(
        made_do(&made, ACT_CONFIRM_ERASURE, dsl, "erasure", made_hex(&made, asked.made), NULL)
            .done);
}

/* ---- everything that the key opens ---- */

struct opening {
    struct db *db;
    struct seek *seek;
    size_t opened, sealed;
};

static bool open_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct opening *opening = context;
    struct event event;
    AUTO(arena) struct arena *arena = arena_new();
    if (!event_read(body, arena, &event, error)) return false;
    for (size_t i = 0; i < event.parts.count; i++) {
        struct pairs pairs = {0};
        bool there;
        if (!record_part(made.record, opening->db, n, &event.parts.at[i].person, arena, &pairs,
                         &there, error))
            return false;
        opening->opened += there;
        opening->sealed += !there;
        for (size_t k = 0; there && k < pairs.list.count; k++)
            seek_bytes(opening->seek, pairs.list.at[k].value, "a part that opens");
    }
    return true;
}

/* Opens all parts of all events with the keys that are there, and looks through what they say. */
static struct opening open_all(struct seek *seek)
{
    struct error error = {.code = ERROR_NONE};
    struct opening opening = {.db = record_read(made.record, &error), .seek = seek};
    assert_non_null(opening.db);
    if (!events_each(opening.db, 0, UINT64_MAX, open_event, &opening, &error))
        fail_msg("%s", error.sentence);
    record_read_done(made.record, opening.db);
    return opening;
}

static bool found_with_key(const struct made_details *details, bool texts)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct seek seek;
    seek_begin(&seek, arena);
    if (details != NULL) seek_person(&seek, details);
    if (texts) seek_texts(&seek);
    (void)open_all(&seek);
    return seek.found.length > 0;
}

static void is_whole(void)
{
    struct error error = {.code = ERROR_NONE};
    struct rebuild *rebuild = ARENA_NEW(made.arena, struct rebuild);
    AUTO(verify) struct verify *verify = NULL;
    bool tied;
    assert_true(record_rebuild_check(made.record, made.arena, rebuild, &error));
    if (rebuild->wrong > 0) fail_msg("%.*s", SLICE_PRINT(rebuild->findings[0]));
    assert_true(record_verify(made.folder, SLICE_EMPTY, SLICE_EMPTY, &verify, &error));
    assert_int_equal(verify_end(verify, &tied), 0);
}

/* ---- the drills ---- */

static void make_backup(const char *name)
{
    struct error error = {.code = ERROR_NONE};
    struct backup backup;
    struct slice path = arena_format(made.arena, "%s/%s", made.root, name);
    struct slice keys = arena_format(made.arena, "%s/%s.keys", made.root, name);
    if (!record_backup(made.record, path.at, keys.at, &backup, &error))
        fail_msg("%s", error.sentence);
    assert_true(backup.keys > PEOPLE && backup.events > PEOPLE);
}

static bool restore(const char *name, const char *list, struct restored *ret_restored,
                    struct error *error)
{
    struct restore_plan plan = {
        .backup = arena_format(made.arena, "%s/%s", made.root, name).at,
        .keys = arena_format(made.arena, "%s/%s.keys", made.root, name).at,
        .folder = made.folder,
        .key_file = made.key,
        .erased = list != NULL ? arena_format(made.arena, "%s/%s", made.root, list).at : NULL};
    return record_restore(&plan, ret_restored, error);
}

static void lose_folder(void)
{
    made_close(&made);
    made_run(0, "rm -r %s", made.folder);
}

static void a_folder_lost_after_an_erasure(void **state)
{
    (void)state;
    struct made_details victim = made_nth(&made, VICTIM), other = made_nth(&made, 77);
    struct error error = {.code = ERROR_NONE};
    struct restored restored;
    live_a_little();
    assert_true(found_with_key(&victim, false));
    assert_true(found_with_key(NULL, true));
    make_backup("week");
    made_run(0, "cp %s/school.erased %s/old.erased", made.root, made.root);
    erase_victim();
    assert_false(found_with_key(&victim, true));
    assert_true(found_with_key(&other, false));
    is_whole();
    lose_folder();
    if (!restore("week", "school.erased", &restored, &error)) fail_msg("%s", error.sentence);
    assert_int_equal(restored.erased, 1);
    assert_int_equal(restored.answers, 2); /* the answer they kept, the report about them */
    made_open(&made);
    assert_false(found_with_key(&victim, true));
    assert_true(found_with_key(&other, false));
    is_whole();
    made_fails(&made, ACT_ASK_ERASURE, head, "person", made_hex(&made, people[VICTIM]), "reason",
               "x", NULL);
    /* The list is still whole: what is lost once more comes back as little. */
    lose_folder();
    if (!restore("week", "school.erased", &restored, &error)) fail_msg("%s", error.sentence);
    assert_int_equal(restored.erased, 1);
    made_open(&made);
    assert_false(found_with_key(&victim, true));
    /* A list that is older than a later backup is refused, and so is none while there is one. */
    make_backup("later");
    lose_folder();
    assert_false(restore("later", "old.erased", &restored, &error));
    assert_true(strstr(error.sentence, "older than the backup") != NULL);
    assert_false(restore("week", NULL, &restored, &error));
    made_run(1, "test -e %s", made.folder);
    made_run(0, "rm %s/school.erased", made.root);
    if (!restore("week", NULL, &restored, &error)) fail_msg("%s", error.sentence);
    made_open(&made);
    assert_true(found_with_key(&victim, false)); /* as the command says beforehand */
    is_whole();
}

static void a_copy_stolen_without_its_key(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct seek seek;
    live_a_little();
    seek_begin(&seek, arena);
    seek_texts(&seek);
    for (size_t i = 0; i < PEOPLE; i++) {
        struct made_details details = made_nth(&made, i);
        seek_person(&seek, &details);
    }
    make_backup("stolen");
    made_run(0, "cp -r %s %s/copy", made.folder, made.root); /* with its write-ahead log */
    made_run(0, "cp -r %s/stolen %s/stolen.keys %s.erased %s/copy", made.root, made.root,
             made.folder, made.root);
    seek_folder(&seek, arena_format(arena, "%s/copy", made.root).at);
    assert_true(seek.wanted > 5 * PEOPLE && seek.files > 4 && seek.bytes > 1000000);
    if (seek.found.length > 0)
        fail_msg("%.*s stands in %.*s", SLICE_PRINT(seek.found), SLICE_PRINT(seek.found_in));
    /* The search itself finds each form. */
    static const struct {
        const char *before, *filter;
    } planted[] = {{"xx", ""},
                   {"", "| iconv -t UTF-16LE"},
                   {"a", "| iconv -t UTF-16BE"},
                   {"", "| base64 -w 0"},
                   {"a", "| base64 -w 0"},
                   {"ab", "| base64 -w 0"}};
    struct made_details one = made_nth(&made, 99);
    for (size_t i = 0; i < sizeof planted / sizeof *planted; i++) {
        made_run(0, "printf '%s%s' %s > %s/copy/planted", planted[i].before, one.email,
                 planted[i].filter, made.root);
        seek.found = SLICE_EMPTY;
        seek_folder(&seek, arena_format(arena, "%s/copy", made.root).at);
        assert_true(seek.found.length > 0 && slice_ends(seek.found_in, SLICE("/planted")));
    }
}

/* ---- the list outside ---- */

static bool renew_and_fail(void *context, struct db *db, struct error *error)
{
    if (!erased_list_renew(made.record, db, context, 1, error)) return false;
    return error_set(error, ERROR_READ, "the disk is full");
}

static struct erased_list read_list(void)
{
    struct erased_list list;
    struct error error = {.code = ERROR_NONE};
    struct slice path = erased_list_path(slice_of(made.folder), made.arena);
    if (!erased_list_read(path.at, made.record->origin, made.record->vkey, made.arena, &list,
                          &error))
        fail_msg("%s", error.sentence);
    return list;
}

/* An act that was undone after its list was written leaves a key in it that lives: the next writing drops it. */
static void a_list_written_for_nothing(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct person_key_row row;
    bool found;
    struct db *db = record_read(made.record, &error);
    assert_true(person_keys_of(db, &people[5], made.arena, &row, &found, &error) && found);
    record_read_done(made.record, db);
    assert_false(writer_do(made.record->writer, renew_and_fail, &row.id, &error));
    struct erased_list list = read_list();
    assert_true(erased_list_has(&list, &row.id));
    erase_victim();
    list = read_list();
    assert_false(erased_list_has(&list, &row.id));
    assert_int_equal(list.keys.count, 1);
    /* Lost, it is made again from the events. */
    made_run(0, "rm %s.erased", made.folder);
    make_backup("again");
    assert_int_equal(read_list().keys.count, 1);
    /* Changed, it is no list. */
    made_run(0, "sed -i '3s/./0/;3s/$/0/' %s.erased", made.folder);
    struct slice path = erased_list_path(slice_of(made.folder), made.arena);
    assert_false(erased_list_read(path.at, made.record->origin, made.record->vkey, made.arena,
                                  &list, &error));
}

/* A second key opens what the first one did; the first opens nothing any more. */
static void another_root_key(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct slice old;
    struct made_details one = made_nth(&made, 99);
    struct record *record;
    bool finished;
    struct record_place place = {.folder = made.folder, .key_file = made.key, .alone = true};
    assert_false(record_open(&place, &record, &error)); /* somebody has it open */
    made_close(&made);
    if (!record_open(&place, &made.record, &error)) fail_msg("%s", error.sentence);
    if (!record_rotate_key(made.record, made.arena, &old, &error)) fail_msg("%s", error.sentence);
    made_do(&made, ACT_KEEP_ANSWER, people[3], "question", "q", "answer", "kept after", NULL);
    made_close(&made);
    made_open(&made);
    assert_true(found_with_key(&one, false));
    is_whole();
    made_close(&made);
    place.alone = false;
    place.key_file = old.at;
    assert_false(record_open(&place, &record, &error));
    /* Cut off after the commit: the new key still lies beside the old one. */
    made_run(0, "mv %s %s.next && cp %.*s %s", made.key, made.key, SLICE_PRINT(old), made.key);
    place.key_file = made.key;
    assert_false(record_open(&place, &record, &error));
    assert_true(record_rotate_finish(&place, &finished, &error) && finished);
    made_open(&made);
    assert_true(found_with_key(&one, false));
    /* Cut off before it: the new key opens nothing and goes. */
    made_run(0, "cp %.*s %s.next", SLICE_PRINT(old), made.key);
    assert_true(record_rotate_finish(&place, &finished, &error) && !finished);
    made_run(1, "test -e %s.next", made.key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_folder_lost_after_an_erasure, begin, end),
        cmocka_unit_test_setup_teardown(a_copy_stolen_without_its_key, begin, end),
        cmocka_unit_test_setup_teardown(a_list_written_for_nothing, begin, end),
        cmocka_unit_test_setup_teardown(another_root_key, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
