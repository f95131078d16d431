/* The acts of a demo, see demo.h. A value may refer to what another act made, so that the file needs no ids:
 *
 *   @ADDRESS         the person with that e-mail address
 *   <ADDRESS         their child; they have one
 *   +NAME, +         the school of that name, the trust
 *   ?ADDRESS ROLE    the role that is proposed for them
 *   ~N               the day N days from today
 *   =version, =text  the version of the policy in force today; the hash of its text, as who signs has seen it
 *
 * and `file` of bring-import and bring-version names a file beside acts.tsv. Where a value has several lines, \n stands between them. */
#include "cli/demo.h"

#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/cli.h"
#include "service/import.h"
#include "service/people_read.h"
#include "service/register.h"
#include "service/signoff.h"
#include "service/versions.h"

#define ACTS_SIZE_LARGEST (1u << 20)
#define PROGRAM_LARGEST 4096

#ifndef LANYARD_DATADIR
#define LANYARD_DATADIR "/usr/share/lanyard"
#endif

/* ---- reading ---- */

struct slice demo_folder(struct arena *arena)
{
    char program[PROGRAM_LARGEST];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length > 0 && (size_t)length < sizeof program) {
        while (length > 0 && program[length - 1] != '/') length--;
        struct slice beside = arena_format(arena, "%.*sdemo", (int)length, program);
        if (access(arena_format(arena, "%s/acts.tsv", beside.at).at, R_OK) == 0) return beside;
    }
    return SLICE(LANYARD_DATADIR "/demo");
}

static bool damaged(const struct demo *demo, size_t line, struct error *error)
{
    error_set(error, ERROR_READ, "line %zu of %s/acts.tsv cannot be read", line, demo->folder);
    return error_advise(error, "Build or install the whole of Lanyard again");
}

/* With a line end for every \n, in the arena. */
static struct slice lines_of(struct slice said, struct arena *arena)
{
    struct text out;
    text_init(&out, ORDER_VALUE_LARGEST);
    for (size_t i = 0; i < said.length; i++) {
        bool end = said.at[i] == '\\' && i + 1 < said.length && said.at[i + 1] == 'n';
        text_add_char(&out, end ? '\n' : said.at[i]);
        if (end) i++;
    }
    struct slice copy = arena_copy(arena, text_slice(&out));
    text_clear(&out);
    return copy;
}

static bool read_value(struct demo *demo, struct demo_act *act, struct slice cell)
{
    size_t equals = slice_find(cell, '=');
    if (equals == cell.length) return false;
    struct demo_value value = {arena_copy(demo->arena, slice_part(cell, 0, equals)),
                               lines_of(slice_part(cell, equals + 1, cell.length), demo->arena)};
    LIST_PUSH(demo->arena, &act->values, value);
    return true;
}

static bool read_act(struct demo *demo, struct slice line, size_t number)
{
    struct demo_act act = {.line = number};
    struct slice cell;
    if (!slice_split(&line, '\t', &act.actor) || !slice_split(&line, '\t', &act.act)) return false;
    while (slice_split(&line, '\t', &cell))
        if (!read_value(demo, &act, cell)) return false;
    LIST_PUSH(demo->arena, &demo->acts, act);
    return true;
}

bool demo_read(const char *folder, struct arena *arena, struct demo *ret_demo, struct error *error)
{
    struct demo demo = {.arena = arena, .folder = folder};
    struct slice rest, line;
    size_t number = 0;
    if (!file_read(arena_format(arena, "%s/acts.tsv", folder).at, ACTS_SIZE_LARGEST, arena,
                   &demo.file, error))
        return error_advise(error, "Build or install the whole of Lanyard: the demo's people stand "
                                   "in that folder");
    rest = demo.file;
    while (slice_line(&rest, &line)) {
        number++;
        if (line.length == 0 || line.at[0] == '#') continue;
        if (!read_act(&demo, line, number)) return damaged(&demo, number, error);
    }
    if (demo.acts.count == 0 || !slice_is(demo.acts.at[0].act, act_id(ACT_SET_UP)))
        return damaged(&demo, number, error);
    *ret_demo = demo;
    return true;
}

const char *demo_set_up(const struct demo *demo, const char *key)
{
    const struct demo_act *act = &demo->acts.at[0];
    for (size_t i = 0; i < act->values.count; i++)
        if (slice_is(act->values.at[i].key, key)) return act->values.at[i].value.at;
    return NULL;
}

/* ---- what a value refers to ---- */

struct run {
    const struct demo *demo;
    struct record *record;
    struct arena *arena; /* of one act */
};

static struct slice hex_of(struct run *run, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    return arena_copy(run->arena, slice_of(hex));
}

static bool find_person(struct run *run, struct slice email, struct id *ret_id)
{
    const struct register_view *view = register_hold(run->record);
    const struct registered *person = register_by_email(view, email);
    if (person != NULL) *ret_id = person->id;
    register_let_go(run->record, view);
    return person != NULL;
}

static bool find_child(struct run *run, struct slice email, struct id *ret_id)
{
    const struct registered **children;
    struct id parent;
    if (!find_person(run, email, &parent)) return false;
    const struct register_view *view = register_hold(run->record);
    size_t count = register_children(view, &parent, true, run->arena, &children);
    if (count == 1) *ret_id = children[0]->id;
    register_let_go(run->record, view);
    return count == 1;
}

static bool find_org(struct run *run, struct slice name, struct id *ret_id)
{
    const struct org *orgs;
    bool found = name.length == 0;
    *ret_id = record_top(run->record);
    const struct register_view *view = register_hold(run->record);
    size_t count = register_orgs(view, &orgs);
    for (size_t i = 0; i < count && !found; i++) {
        found = slice_equal(orgs[i].name, name);
        if (found) *ret_id = orgs[i].id;
    }
    register_let_go(run->record, view);
    return found;
}

static bool find_proposal(struct run *run, struct slice words, struct id *ret_id,
                          struct error *error)
{
    struct proposal *proposals;
    struct slice email;
    struct id person;
    size_t count;
    if (!slice_split(&words, ' ', &email) || !find_person(run, email, &person) ||
        !people_proposals(run->record, run->arena, &proposals, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (id_same(&proposals[i].person, &person) && proposals[i].role == role_of(words)) {
            *ret_id = proposals[i].held;
            return true;
        }
    return false;
}

static bool find_day(struct run *run, struct slice words, struct slice *ret_value)
{
    char day[11];
    int64_t days;
    if (!slice_number(words, &days)) return false;
    date_format(date_from_day(record_today(run->record) + days), day);
    *ret_value = arena_copy(run->arena, slice_of(day));
    return true;
}

static bool find_policy(struct run *run, struct slice what, struct slice *ret_value)
{
    struct id version;
    const struct policy *policy =
        record_policy_on(run->record, record_today(run->record), &version);
    if (policy == NULL) return false;
    *ret_value = slice_is(what, "text") ? signoff_text(policy, run->arena) : hex_of(run, &version);
    record_policy_let_go(run->record, policy);
    return true;
}

/* The value as the desk reads it; false where what it refers to is not there. */
static bool resolve(struct run *run, struct slice said, struct slice *ret_value,
                    struct error *error)
{
    struct slice rest = slice_part(said, 1, said.length);
    struct id id;
    bool found;
    *ret_value = said;
    switch (said.length > 0 ? said.at[0] : 'a') {
    case '@': found = find_person(run, rest, &id); break;
    case '<': found = find_child(run, rest, &id); break;
    case '+': found = find_org(run, rest, &id); break;
    case '?': found = find_proposal(run, rest, &id, error); break;
    case '~': return find_day(run, rest, ret_value);
    case '=': return find_policy(run, rest, ret_value);
    default: return true;
    }
    if (found) *ret_value = hex_of(run, &id);
    return found;
}

/* ---- doing it ---- */

static bool stopped(const struct run *run, const struct demo_act *act, struct slice why,
                    struct error *error)
{
    return error_set(error, ERROR_READ, "line %zu of %s/acts.tsv: %.*s", act->line,
                     run->demo->folder, SLICE_PRINT(why));
}

static bool set_actor(struct run *run, const struct demo_act *act, struct order *order)
{
    int code = 0;
    while (code < ACTS && !slice_is(act->act, act_id((enum record_act)code))) code++;
    if (code == ACTS) return false;
    order_init(order, (enum record_act)code, (struct id){{0}});
    return slice_is(act->actor, "keeper") || find_person(run, act->actor, &order->actor);
}

static bool load_import(struct run *run, struct slice name, struct import_order *matter,
                        struct error *error)
{
    struct import_file *file = ARENA_NEW(run->arena, struct import_file);
    struct import *import = ARENA_NEW(run->arena, struct import);
    struct slice path = arena_format(run->arena, "%s/%.*s", run->demo->folder, SLICE_PRINT(name));
    *matter = (struct import_order){.import = import, .plan = ARENA_NEW(run->arena, struct plan)};
    return import_load(path.at, run->arena, file, error) &&
           import_read(file, run->arena, import, error);
}

static bool load_version(struct run *run, struct slice name, struct version_brought *brought,
                         struct error *error)
{
    struct version_sent sent;
    struct slice text,
        path = arena_format(run->arena, "%s/%.*s", run->demo->folder, SLICE_PRINT(name));
    return file_read(path.at, DOCUMENT_SIZE_LARGEST, run->arena, &text, error) &&
           version_unpack(SLICE("policy.md"), text, run->arena, &sent, error) &&
           version_read(run->record, &sent, brought, error);
}

static bool put(struct run *run, const struct demo_act *act, const struct order *order,
                struct error *error)
{
    struct outcome outcome;
    if (!desk_do(run->record, order, run->arena, &outcome, error)) {
        struct slice why = arena_copy(run->arena, slice_of(error->sentence));
        return stopped(run, act, why, error);
    }
    return outcome.done || stopped(run, act, outcome.sentence, error);
}

static bool play(struct run *run, const struct demo_act *act, struct error *error)
{
    struct order order;
    struct import_order matter;
    if (!set_actor(run, act, &order))
        return stopped(run, act, SLICE("there is no such person or act"), error);
    for (size_t i = 0; i < act->values.count; i++) {
        const struct demo_value *said = &act->values.at[i];
        struct slice value;
        if (!resolve(run, said->value, &value, error))
            return stopped(run, act, SLICE("what it speaks of is not there"), error);
        order_set(&order, run->arena, said->key.at, value);
    }
    if (order.act == ACT_BRING_IMPORT) {
        if (!load_import(run, order_value(&order, "file"), &matter, error)) return false;
        order.matter = &matter;
    }
    if (order.act != ACT_BRING_VERSION) return put(run, act, &order, error);
    struct version_brought brought = {.arena = NULL};
    if (!load_version(run, order_value(&order, "file"), &brought, error)) return false;
    order.matter = &brought;
    bool done = put(run, act, &order, error);
    version_brought_clear(&brought);
    return done;
}

bool demo_fill(struct record *record, void *context, struct error *error)
{
    const struct demo *demo = context;
    for (size_t i = 1; i < demo->acts.count; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        struct run run = {demo, record, arena};
        if (!play(&run, &demo->acts.at[i], error)) return false;
    }
    return true;
}
