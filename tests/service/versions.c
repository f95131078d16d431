/* See versions.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "service/desk_parts.h"
#include "versions.h"

/* ---- a folder -------------------------------------------------------------------------------------- */

static const char text[] =
    "---\n"
    "policy: signing\n"
    "title: A policy to sign\n"
    "version: 1\n"
    "in force from: 2026-01-05\n"
    "---\n"
    "# A policy to sign\n\n%s\n\n"
    "### Whom it binds {#c-1}\nThose it names.\n"
    "```policy\n%s%s%sREVIEW DUE January 2030\n```\n\n"
    "### Kindness {#c-2}\nWe are kind.\n"
    "```norule attest conduct-attest \"Accepted at sign-off.\"\n```\n\n"
    "### Care {#c-3}\nWe take care.\n"
    "```norule attest policy-library \"Accepted at sign-off.\"\n```\n\n"
    "### Pupils as friends {#c-4}\nNo teacher is a pupil's friend online.\n"
    "```rule\na teacher MUST NOT accept a friend request from a pupil\n%s```\n";

static void write_file(const char *path, const char *content)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

const char *version_folder(struct school *school, const struct version_plan *plan)
{
    static unsigned count;
    const char *words = getenv("LANYARD_WORDS");
    bool binds = plan->binds != NULL;
    assert_non_null(words);
    struct slice folder = arena_format(school->arena, "%s-policy-%u", school->folder, ++count);
    assert_int_equal(mkdir(folder.at, 0700), 0);
    write_file(arena_format(school->arena, "%s/policy.md", folder.at).at,
               arena_format(school->arena, text, plan->said, binds ? "THIS POLICY BINDS " : "",
                            binds ? plan->binds : "", binds ? "\n" : "",
                            plan->rule != NULL ? plan->rule : "")
                   .at);
    struct slice copy = arena_format(school->arena, "cp '%s' '%s/words.md'", words, folder.at);
    assert_int_equal(system(copy.at), 0);
    return folder.at;
}

/* ---- into the record ------------------------------------------------------------------------------- */

struct id version_first(struct school *school, const struct version_plan *plan)
{
    struct error error = {.code = ERROR_NONE};
    struct version_said said;
    struct order order;
    struct outcome outcome;
    struct id version;
    order_init(&order, ACT_ADOPT_POLICY, school->admin);
    if (!record_policy_upload(school->record, version_folder(school, plan), school->arena, &said,
                              &error))
        fail_msg("%s", error.sentence);
    version_order(&order, &said, school->arena);
    if (!desk_do(school->record, &order, school->arena, &outcome, &error))
        fail_msg("%s", error.sentence);
    assert_true(outcome.done);
    const struct policy *policy =
        record_policy_on(school->record, record_today(school->record), &version);
    assert_non_null(policy);
    record_policy_let_go(school->record, policy);
    return version;
}

struct making {
    struct school *school;
    const struct version_plan *plan;
    struct version_said said;
    struct id version;
};

static struct event *event_of(struct desk *desk, const char *kind, const struct id *version)
{
    struct event *event = desk_event(desk, kind);
    desk_set_id(desk, event, "version", version);
    return event;
}

static bool bring(struct desk *desk, struct making *making, struct error *error)
{
    struct event *event = desk_event(desk, "version-brought");
    making->version = event->id;
    desk_set_id(desk, event, "version", &making->version);
    desk_set_id(desk, event, "org", &making->school->top);
    desk_set(desk, event, "name", making->said.name);
    desk_set(desk, event, "number", making->said.number);
    desk_set(desk, event, "files", making->said.files);
    desk_set(desk, event, "upload", making->said.uploads);
    desk_set(desk, event, "meaning", making->said.meaning);
    desk_set(desk, event, "prose", making->said.prose);
    return desk_emit(desk, event, error);
}

static bool approve(struct desk *desk, struct making *making, struct error *error)
{
    const struct version_plan *plan = making->plan;
    struct event *event = event_of(desk, "version-approved", &making->version);
    struct pairs pairs = {0};
    desk_set(desk, event, "body", SLICE("governor"));
    desk_set_number(desk, event, "in-force", desk->today + plan->in_force);
    desk_set(desk, event, "material", plan->reason != NULL ? SLICE("yes") : SLICE("no"));
    desk_set(desk, event, "changed", plan->changed != NULL ? slice_of(plan->changed) : SLICE_EMPTY);
    if (plan->reason != NULL) pairs_add(&pairs, desk->arena, "reason", slice_of(plan->reason));
    return (plan->reason == NULL || desk_part(desk, event, &making->version, &pairs, error)) &&
           desk_emit(desk, event, error);
}

static struct desk desk_here(struct school *school, struct db *db, const struct order *order,
                             struct outcome *outcome)
{
    return (struct desk){.record = school->record,
                         .db = db,
                         .arena = school->arena,
                         .order = order,
                         .outcome = outcome,
                         .now = record_now(school->record),
                         .today = record_today(school->record)};
}

static bool write_events(void *context, struct db *db, struct error *error)
{
    struct making *making = context;
    struct order order;
    struct outcome outcome = {0};
    order_init(&order, ACT_ADOPT_POLICY, making->school->governor);
    struct desk desk = desk_here(making->school, db, &order, &outcome);
    return bring(&desk, making, error) && (making->plan->waits || approve(&desk, making, error));
}

struct id version_later(struct school *school, const struct version_plan *plan)
{
    struct error error = {.code = ERROR_NONE};
    struct making making = {.school = school, .plan = plan};
    if (!record_policy_upload(school->record, version_folder(school, plan), school->arena,
                              &making.said, &error) ||
        !writer_do(school->record->writer, write_events, &making, &error))
        fail_msg("%s", error.sentence);
    return making.version;
}

struct taking {
    struct school *school;
    struct id version;
};

static bool take_back(void *context, struct db *db, struct error *error)
{
    struct taking *taking = context;
    struct order order;
    struct outcome outcome = {0};
    order_init(&order, ACT_ADOPT_POLICY, taking->school->governor);
    struct desk desk = desk_here(taking->school, db, &order, &outcome);
    return desk_emit(&desk, event_of(&desk, "version-withdrawn", &taking->version), error);
}

void version_back(struct school *school, struct id version)
{
    struct error error = {.code = ERROR_NONE};
    struct taking taking = {school, version};
    if (!writer_do(school->record->writer, take_back, &taking, &error))
        fail_msg("%s", error.sentence);
}
