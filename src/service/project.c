/* From an event to the tables: finds what a kind does, and gives it the event's values; see project.h. */
#include "service/project.h"

#include <string.h>

#include "service/record_parts.h"
#include "store/events.h"
#include "store/rows.h"
#include "store/uploads.h"

static const char *const tables[] = {
    "org",     "person",   "identifier", "role",        "tie",      "same_person",
    "absence", "deputy",   "hold",       "erasure",     "import",   "mapping",
    "opened",  "version",  "signature",  "kept_answer", "training", "occurrence",
    "task",    "calendar", "upload",     "done_act",    NULL};

const char *const *project_tables(void)
{
    return tables;
}

static const struct project_kind *find(const struct project_kind *kinds, size_t count,
                                       struct slice kind)
{
    for (size_t i = 0; i < count; i++)
        if (slice_is(kind, kinds[i].kind)) return &kinds[i];
    return NULL;
}

static const struct project_kind *find_kind(struct slice kind)
{
    const struct project_kind *found = NULL;
#define KINDS(name)                                                                                \
    if (found == NULL) found = find(project_##name##_kinds, project_##name##_kind_count, kind);
#include "service/project_kinds.def"
#undef KINDS
    return found;
}

/* ---- what every event does ---- */

/* An order sent again is known by its act, whose first event is kept with it. */
static bool note_act(struct projection *projection, struct error *error)
{
    bool fresh;
    return projection->further ||
           acts_done(projection->db, &projection->event->act, projection->event->n, &fresh, error);
}

static bool note_uploads(struct projection *projection, struct error *error)
{
    struct slice brought = projection_value(projection, "upload"), name;
    struct slice gone = projection_value(projection, "upload-gone");
    while (slice_split(&brought, ' ', &name))
        if (!uploads_add(projection->db, name, NULL, error)) return false;
    while (slice_split(&gone, ' ', &name))
        if (!uploads_remove(projection->db, name, error)) return false;
    return true;
}

bool project(struct projection *projection, struct error *error)
{
    struct slice kind = projection->event->kind;
    const struct project_kind *found = find_kind(kind);
    if (found == NULL) {
        error_set(error, ERROR_READ,
                  "event %llu is of a kind that this program does not know: %.*s",
                  (unsigned long long)projection->event->n, SLICE_PRINT(kind));
        return error_advise(error, "A newer Lanyard wrote it: use that one or a later one");
    }
    if (!note_act(projection, error) || !note_uploads(projection, error)) return false;
    return found->apply == NULL || found->apply(projection, error);
}

bool projection_part(struct projection *projection, const struct id *person,
                     struct pairs *ret_pairs, bool *ret_there, struct error *error)
{
    const struct event *event = projection->event;
    for (size_t i = 0; projection->plain != NULL && i < event->parts.count; i++)
        if (id_same(&event->parts.at[i].person, person)) {
            *ret_pairs = projection->plain[i];
            *ret_there = true;
            return true;
        }
    return record_part_of(projection->record, projection->db, event, person, projection->arena,
                          ret_pairs, ret_there, error);
}

struct slice projection_value(const struct projection *projection, const char *key)
{
    return event_value(projection->event, key);
}

struct id projection_id(const struct projection *projection, const char *key)
{
    struct id id = {{0}};
    struct slice value = projection_value(projection, key);
    if (value.length == 0 || !id_read(value, &id)) memset(&id, 0, sizeof id);
    return id;
}

int64_t projection_number(const struct projection *projection, const char *key)
{
    int64_t number;
    return slice_number(projection_value(projection, key), &number) ? number : ROW_NOTHING;
}

bool projection_missing(const struct projection *projection, const char *what, struct error *error)
{
    return error_set(error, ERROR_READ, "event %llu speaks of %s that no event before it made",
                     (unsigned long long)projection->event->n, what);
}
