/* Files of people as acts. Values:
 *   bring-import    import? (one that was looked at before); look? (yes: kept to be looked at, nothing more); matter: a
 *                   struct import_order, whose import is NULL where `import` names one
 *   accept-import   import; matter: a struct import_order for its progress, or NULL
 *   refuse-import   import
 *   save-mapping    name, content
 * Events: import-looked-at, import-waiting, import-applied, import-refused, mapping-saved, and those of people, roles and
 * links that a file comes to. The plan is made inside the transaction: nothing can change between looking and doing. */
#include "format/mapping.h"
#include "service/import_parts.h"
#include "service/keeping_parts.h"
#include "store/events.h"

#define DECIDED_WITHIN (3LL * 24 * 3600 * 1000)
#define LINE_END "\xE2\x80\xA8" /* U+2028: a field of an event holds no control character */

struct found {
    struct import_row row; /* of one that is kept; else its id alone, to be */
    bool kept, look;
    struct import *import;
    struct plan plan;
    struct slice name, content; /* of a mapping */
};

static const struct import_order *order_of(const struct desk *desk)
{
    return desk->order->matter;
}

/* ---- over which organisations ---- */

static bool widen(struct desk *desk, const struct id *org, struct error *error)
{
    struct id above;
    if (id_is_none(&desk->scope)) desk->scope = *org;
    if (id_same(&desk->scope, org)) return true;
    if (!people_org_above(desk->db, &desk->scope, org, &above, error)) return false;
    desk->scope = above;
    return true;
}

/* Whoever may bring a file for one school brings no people of another in with it. */
static bool set_scope(struct desk *desk, const struct plan *plan, struct error *error)
{
    const struct plan_parts *parts = plan->parts;
    const struct known_record *known = &parts->planning->known;
    for (size_t i = 0; i < parts->orgs.count; i++) {
        const struct plan_org *org = parts->orgs.at[i];
        if (org == NULL) continue;
        if (!widen(desk, id_is_none(&org->id) ? &parts->top->id : &org->id, error)) return false;
    }
    for (size_t i = 0; i < parts->people.count; i++) {
        const struct plan_person *person = &parts->people.at[i];
        if (person->known == NOWHERE || person->what == PLAN_NOTHING) continue;
        if (!widen(desk, &known->people.at[person->known].row.org, error)) return false;
    }
    if (id_is_none(&desk->scope)) desk->scope = parts->top->id;
    return true;
}

/* New schools come only with somebody who may add them. */
static bool check_schools(struct desk *desk, const struct plan *plan, struct error *error)
{
    if (plan->schools == 0 || id_is_none(&desk->order->actor) ||
        desk_may(desk->record, &desk->order->actor, ACT_ADD_ORGANISATION))
        return true;
    error_set(error, ERROR_REQUEST, "the file speaks of %zu schools that the record does not have",
              plan->schools);
    return error_advise(error, "Have the administrator add them, or bring the file");
}

/* ---- bring-import ---- */

static bool find_kept(struct desk *desk, struct found *found, const char *state,
                      struct error *error)
{
    struct id id;
    bool there;
    if (!desk_id(desk, "import", "the file", &id, error) ||
        !import_get(desk->db, &id, desk->arena, &found->row, &there, error))
        return false;
    found->kept = true;
    if (!there) return error_set(error, ERROR_REQUEST, "the file is not one that we know");
    if (state != NULL && !slice_is(found->row.state, state))
        return error_set(error, ERROR_REQUEST, "this file was decided on already");
    return true;
}

static bool read_kept(struct desk *desk, struct found *found, struct error *error)
{
    struct import_file *file;
    found->import = ARENA_NEW(desk->arena, struct import);
    return import_kept(desk->record, desk->db, &found->row.id, found->row.upload, desk->arena,
                       &file, error) &&
           import_read(file, desk->arena, found->import, error);
}

static bool make_plan(struct desk *desk, struct found *found, struct error *error)
{
    return plan_make(desk->record, desk->db, found->import, &desk->order->actor, desk->arena,
                     &found->plan, error) &&
           set_scope(desk, &found->plan, error) &&
           desk_say(desk, "removes-many", found->plan.waits, error);
}

static bool find_brought(struct desk *desk, struct found *found, struct error *error)
{
    bool mine;
    if (order_value(desk->order, "import").length == 0) {
        found->row.id = id_make();
        if (order_of(desk) == NULL || order_of(desk)->import == NULL)
            return error_set(error, ERROR_REQUEST, "the file is missing");
        struct import *copy = ARENA_NEW(desk->arena, struct import);
        *copy = *order_of(desk)->import;
        found->import = copy;
        return true;
    }
    if (!find_kept(desk, found, "looked-at", error) ||
        !desk_is_actor(desk, &found->row.brought_by, &mine, error))
        return false;
    if (!mine) return error_set(error, ERROR_REQUEST, "somebody else brought this file");
    return read_kept(desk, found, error);
}

bool facts_bring_import(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    desk->found = found;
    found->look = slice_is(order_value(desk->order, "look"), "yes");
    return find_brought(desk, found, error) && make_plan(desk, found, error);
}

static struct event *import_event(struct desk *desk, const char *kind, const struct found *found)
{
    struct event *event = desk_event(desk, kind);
    const struct import_row *row = &found->row;
    bool planned = found->import != NULL;
    const struct id *by = found->kept ? &row->brought_by : &desk->order->actor;
    desk_set_id(desk, event, "import", &row->id);
    desk_set(desk, event, "source", planned ? found->plan.source : row->format);
    if (!id_is_none(by)) desk_set_id(desk, event, "brought-by", by);
    desk_set_number(desk, event, "joiners", planned ? (int64_t)found->plan.joiners : row->joiners);
    desk_set_number(desk, event, "movers", planned ? (int64_t)found->plan.movers : row->movers);
    desk_set_number(desk, event, "leavers", planned ? (int64_t)found->plan.leavers : row->leavers);
    return event;
}

/* Keeps the file to be decided on later. */
static bool keep(struct desk *desk, struct found *found, const char *kind, struct error *error)
{
    struct event *event = import_event(desk, kind, found);
    struct slice upload = found->row.upload;
    if (!found->kept) {
        if (!import_keep(desk, found->import->file, &found->row.id, &upload, error)) return false;
        desk_set(desk, event, "upload", upload);
    }
    desk_set(desk, event, "file", upload);
    desk->outcome->made = found->row.id;
    return desk_emit(desk, event, error);
}

/* The last event of a file: nothing of its bytes stays. */
static bool finish(struct desk *desk, struct found *found, const char *kind, struct error *error)
{
    struct shredded shredded = {0};
    struct event *event = import_event(desk, kind, found);
    desk->outcome->made = found->row.id;
    if (!found->kept || found->row.upload.length == 0) return desk_emit(desk, event, error);
    if (!shred_find(desk, &found->row.id, &shredded, error)) return false;
    LIST_PUSH(desk->arena, &shredded.uploads, found->row.upload);
    if (shredded.keys.count > 0)
        desk_set(desk, event, "keys", shred_ids(&shredded, 0, SHRED_IDS_LARGEST, desk->arena));
    desk_set(desk, event, "upload-gone", found->row.upload);
    return desk_emit(desk, event, error) && shred_pending(desk, &shredded, error) &&
           shred(desk, &shredded, error);
}

static void show_plan(const struct desk *desk, const struct found *found)
{
    if (order_of(desk) != NULL && order_of(desk)->plan != NULL) *order_of(desk)->plan = found->plan;
}

static struct slice summary(struct desk *desk, const struct found *found, const char *end)
{
    AUTO_TEXT struct text text;
    text_init(&text, 2000);
    import_summary(&found->plan, &text);
    text_add_string(&text, end);
    return arena_copy(desk->arena, text_slice(&text));
}

static bool apply(struct desk *desk, struct found *found, struct error *error)
{
    desk->outcome->sentence = summary(desk, found, "");
    return check_schools(desk, &found->plan, error) &&
           import_apply(desk, found->import, &found->plan, order_of(desk), error) &&
           finish(desk, found, "import-applied", error);
}

/* For both roles that may say yes: whoever brought it may be the only one who holds the first. */
static bool open_tasks(struct desk *desk, const struct found *found, struct error *error)
{
    static const enum role roles[] = {ROLE_ADMINISTRATOR, ROLE_HEADTEACHER};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
        struct task_plan plan = {.kind = "import-waiting",
                                 .role = roles[i],
                                 .org = &desk->scope,
                                 .about = &found->row.id,
                                 .due = desk->now + DECIDED_WITHIN};
        if (!desk_task(desk, &plan, NULL, error)) return false;
    }
    return true;
}

static bool wait(struct desk *desk, struct found *found, struct error *error)
{
    desk->outcome->sentence =
        summary(desk, found,
                " So many would leave at once that the file waits until an administrator or the "
                "head, other than whoever brought it, says yes.");
    return check_schools(desk, &found->plan, error) && keep(desk, found, "import-waiting", error) &&
           open_tasks(desk, found, error);
}

bool do_bring_import(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    show_plan(desk, found);
    if (found->look) return keep(desk, found, "import-looked-at", error);
    return found->plan.waits ? wait(desk, found, error) : apply(desk, found, error);
}

/* ---- accept-import, refuse-import ---- */

struct closing {
    struct desk *desk;
    struct id import;
    LIST(struct id) tasks;
};

static bool see_task(void *context, const void *row, struct error *error)
{
    struct closing *closing = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, "import-waiting") && id_same(&task->about, &closing->import))
        LIST_PUSH(closing->desk->arena, &closing->tasks, task->id);
    return true;
}

static bool close_tasks(struct desk *desk, const struct found *found, struct error *error)
{
    struct closing closing = {.desk = desk, .import = found->row.id};
    if (!tasks_open(desk->db, desk->arena, see_task, &closing, error)) return false;
    for (size_t i = 0; i < closing.tasks.count; i++) {
        if (!desk_task_close(desk, &closing.tasks.at[i], error)) return false;
    }
    return true;
}

bool facts_accept_import(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    bool began;
    desk->found = found;
    return find_kept(desk, found, "waiting", error) &&
           desk_is_actor(desk, &found->row.brought_by, &began, error) &&
           desk_say(desk, "began", began, error) && read_kept(desk, found, error) &&
           make_plan(desk, found, error);
}

bool do_accept_import(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    show_plan(desk, found);
    return apply(desk, found, error) && close_tasks(desk, found, error);
}

bool facts_refuse_import(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    desk->found = found;
    desk->scope = desk->record->top;
    if (!find_kept(desk, found, NULL, error)) return false;
    return slice_is(found->row.state, "waiting") || slice_is(found->row.state, "looked-at") ||
           error_set(error, ERROR_REQUEST, "this file was decided on already");
}

bool do_refuse_import(struct desk *desk, struct error *error)
{
    struct found *found = desk->found;
    return finish(desk, found, "import-refused", error) && close_tasks(desk, found, error);
}

/* ---- save-mapping ---- */

static bool fold_lines(struct desk *desk, struct slice text, struct slice *ret_content,
                       struct error *error)
{
    AUTO_TEXT struct text content;
    struct slice line;
    text_init(&content, EVENT_FIELD_LARGEST);
    while (slice_line(&text, &line)) {
        line = slice_trim(line);
        for (size_t i = 0; i < line.length; i++) {
            unsigned char c = (unsigned char)line.at[i];
            if (c == 0x7F || (c < ' ' && c != '\t'))
                return error_set(error, ERROR_ENCODING, "the mapping holds a control character");
            text_add_char(&content, c == '\t' ? ' ' : (char)c);
        }
        text_add_string(&content, LINE_END);
    }
    if (content.overflowed || content.length > IMPORT_MAPPING_LARGEST)
        return error_set(error, ERROR_LIMIT, "the mapping is too long to be kept: at most %d bytes",
                         IMPORT_MAPPING_LARGEST);
    *ret_content = arena_copy(desk->arena, text_slice(&content));
    return true;
}

bool facts_save_mapping(struct desk *desk, struct error *error)
{
    struct found *found = ARENA_NEW(desk->arena, struct found);
    struct mapping mapping;
    struct slice text = order_value(desk->order, "content");
    desk->found = found;
    desk->scope = desk->record->top;
    found->name = slice_trim(order_value(desk->order, "name"));
    if (!import_mapping_name_fits(found->name)) {
        error_set(error, ERROR_REQUEST,
                  "a mapping needs a name of at most %d small letters, "
                  "digits and hyphens",
                  IMPORT_MAPPING_NAME_LARGEST);
        return error_advise(error, "Such as nightly-staff");
    }
    return mapping_parse(found->name, text, desk->arena, &mapping, error) &&
           fold_lines(desk, text, &found->content, error);
}

bool do_save_mapping(struct desk *desk, struct error *error)
{
    const struct found *found = desk->found;
    struct event *event = desk_event(desk, "mapping-saved");
    desk_set(desk, event, "name", found->name);
    desk_set(desk, event, "content", found->content);
    return desk_emit(desk, event, error);
}
