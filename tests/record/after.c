/* Looking at a record after a crash; see after.h. */
#include "after.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/map.h"
#include "service/keeping.h"
#include "service/record_parts.h"
#include "store/events.h"
#include "store/keeping.h"
#include "store/keys.h"
#include "store/people.h"
#include "store/secrets.h"

DB_STATEMENT(after_acts, "SELECT act, n FROM done_act");

struct looked {
    struct id act;
    uint64_t first, count;
    struct slice kind; /* of its first event */
    bool refused;
};

struct look {
    struct after *after;
    struct after_found *found;
    struct record *record;
    struct db *db;
    struct arena *arena; /* of the look */
    struct map places;
    LIST(struct looked) acts;
};

static void say(struct after_found *found, size_t *count, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void say(struct after_found *found, size_t *count, const char *format, ...)
{
    va_list list;
    if (found->lost + found->half + found->wrong == 0) {
        va_start(list, format);
        (void)vsnprintf(found->words, sizeof found->words, format, list);
        va_end(list);
    }
    ++*count;
}

/* ---- acts and their events ---- */

static struct looked *act_of(struct look *look, const struct event *event)
{
    int64_t place = map_get(&look->places, id_slice(&event->act));
    if (place >= 0) return &look->acts.at[place];
    LIST_PUSH(look->arena, &look->acts,
              (struct looked){.act = event->act,
                              .first = event->n,
                              .kind = arena_copy(look->arena, event_value(event, "act")),
                              .refused = slice_is(event->kind, "refused")});
    struct slice key = arena_copy(look->arena, id_slice(&event->act));
    (void)map_set(&look->places, key, (int64_t)look->acts.count - 1);
    return &look->acts.at[look->acts.count - 1];
}

struct links {
    size_t count;
};

static bool count_link(void *context, const void *row, struct error *error)
{
    (void)row, (void)error;
    ((struct links *)context)->count++;
    return true;
}

/* What stands in no event: the link of somebody invited, the key under which an answer lies, gone with the answer. */
static bool check_secrets(struct look *look, const struct event *event, struct arena *passing,
                          struct error *error)
{
    struct id id;
    struct links links = {0};
    struct person_key_row key;
    struct kept_row kept;
    bool has_key, is_kept;
    if (slice_is(event->kind, "invited") && id_read(event_value(event, "person"), &id)) {
        if (!links_of(look->db, &id, passing, count_link, &links, error)) return false;
        if (links.count != 1)
            say(look->found, &look->found->half, "event %llu invites, and there are %zu links",
                (unsigned long long)event->n, links.count);
    }
    if (slice_is(event->kind, "answer-kept")) {
        if (!kept_get(look->db, &event->id, passing, &kept, &is_kept, error) ||
            !person_keys_of(look->db, &event->id, passing, &key, &has_key, error))
            return false;
        if (has_key != is_kept)
            say(look->found, &look->found->half, "event %llu: a kept answer and its key part",
                (unsigned long long)event->n);
    }
    return true;
}

static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct look *look = context;
    AUTO(arena) struct arena *passing = arena_new();
    struct event event;
    if (!event_read(body, passing, &event, error)) return false;
    struct looked *act = act_of(look, &event);
    if (act->first + act->count != n)
        say(look->found, &look->found->half, "event %llu stands apart from the others of its act",
            (unsigned long long)n);
    act->count++;
    return check_secrets(look, &event, passing, error);
}

/* How many events an act of the clients writes; 0: the school's own, of as many as it takes. */
static uint64_t events_of(const struct looked *act)
{
    static const enum record_act single[] = {
        ACT_RECORD_ABSENCE, ACT_END_ABSENCE,  ACT_ADD_PERSON,     ACT_GIVE_ROLE,
        ACT_RECORD_LEAVER,  ACT_INVITE,       ACT_DROP_ANSWER,    ACT_KEEP_ANSWER,
        ACT_SET_CALENDAR,   ACT_TAKE_TASK,    ACT_CLOSE_TASK,     ACT_WAIVE_TASK,
        ACT_SIGN_POLICY,    ACT_RECORD_SHEET, ACT_RECORD_TRAINING};
    if (act->refused) return 1;
    if (slice_is(act->kind, act_id(ACT_TELL))) return CROWD_TELL_EVENTS;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (slice_is(act->kind, act_id(single[i]))) return 1;
    return 0;
}

static bool check_acts(struct look *look, struct error *error)
{
    for (size_t i = 0; i < look->acts.count; i++) {
        const struct looked *act = &look->acts.at[i];
        bool there;
        uint64_t n, wanted = events_of(act);
        if (!acts_find(look->db, &act->act, &there, &n, error)) return false;
        if (!there || n != act->first)
            say(look->found, &look->found->half, "event %llu is of an act that was not done",
                (unsigned long long)act->first);
        else if (wanted != 0 && wanted != act->count)
            say(look->found, &look->found->half, "%.*s at event %llu has %llu events",
                SLICE_PRINT(act->kind), (unsigned long long)act->first,
                (unsigned long long)act->count);
    }
    return true;
}

/* Acts done without an event. */
static bool check_done(struct look *look, struct error *error)
{
    AUTO_QUERY struct db_query query;
    enum db_step step;
    db_query(&query, look->db, &after_acts);
    while ((step = db_step(&query, error)) == DB_ROW) {
        look->found->acts++;
        if (map_get(&look->places, db_bytes(&query, 0)) < 0)
            say(look->found, &look->found->half, "an act done at event %lld has no event",
                (long long)db_number(&query, 1));
    }
    return step == DB_DONE;
}

static bool check_confirmed(struct look *look, struct error *error)
{
    for (size_t i = 0; i < look->after->count; i++) {
        bool there;
        uint64_t n;
        if (!acts_find(look->db, &look->after->confirmed[i], &there, &n, error)) return false;
        if (!there)
            say(look->found, &look->found->lost, "confirmed act %zu of %zu is lost", i + 1,
                look->after->count);
    }
    return true;
}

/* ---- ledger and tables ---- */

static bool check_ledger(struct look *look, struct error *error)
{
    struct after *after = look->after;
    struct verify *verify = NULL;
    bool tied;
    size_t count;
    if (!record_verify(after->place->folder, after->vkey, after->since, &verify, error))
        return false;
    size_t wrong = verify_end(verify, &tied);
    const struct verify_finding *findings = verify_findings(verify, &count);
    for (size_t i = 0; i < count; i++)
        say(look->found, &look->found->wrong, "verify: %s", findings[i].sentence);
    if (wrong == 0 && after->since.length > 0 && !tied)
        say(look->found, &look->found->wrong, "verify: not tied to the checkpoint of before");
    verify_free(verify);
    return record_checkpoint(after->place->folder, after->arena, &after->since, &after->vkey,
                             error);
}

static bool check_tables(struct look *look, struct error *error)
{
    struct rebuild rebuild;
    if (!record_rebuild_check(look->record, look->arena, &rebuild, error)) return false;
    for (size_t i = 0; i < rebuild.wrong && i < REBUILD_FINDINGS_LARGEST; i++)
        say(look->found, &look->found->wrong, "rebuild: %.*s", SLICE_PRINT(rebuild.findings[i]));
    return true;
}

static bool look_at(struct look *look, struct error *error)
{
    look->db = record_read(look->record, error);
    if (look->db == NULL) return false;
    bool good = events_each(look->db, 0, UINT64_MAX, see_event, look, error) &&
                check_acts(look, error) && check_done(look, error) && check_confirmed(look, error);
    record_read_done(look->record, look->db);
    return good && check_ledger(look, error) && check_tables(look, error);
}

void after_look(struct after *after, struct after_found *ret_found)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct look look = {.after = after, .found = ret_found, .arena = arena};
    *ret_found = (struct after_found){0};
    map_init(&look.places, arena);
    if (!record_open(after->place, &look.record, &error)) {
        ret_found->lost = after->count;
        ret_found->wrong++;
        (void)snprintf(ret_found->words, sizeof ret_found->words, "it does not open: %s",
                       error.sentence);
        return;
    }
    if (!look_at(&look, &error)) say(ret_found, &ret_found->wrong, "%s", error.sentence);
    record_close(look.record);
}
