/* The desk: takes an order through the one transaction; see desk.h. */
#include "service/desk_parts.h"

#include <string.h>

#include "base/date.h"
#include "policy/words.h"
#include "service/allowed.h"
#include "service/erase.h"
#include "service/people.h"
#include "service/register.h"
#include "store/events.h"

struct act_row {
    const char *id;
    desk_facts *facts;
    desk_handler *handler;
};

static const struct act_row acts[ACTS] = {
#define ACT(CODE, id, facts, handler) {id, facts, handler},
#include "service/acts.def"
#undef ACT
};

const char *act_id(enum record_act act)
{
    return acts[act].id;
}

/* ---- who acts ---- */

static bool add_role(struct request *request, struct slice word, struct error *error)
{
    return request_set(request, SLICE("actor"), word, error);
}

static struct slice words_of_roles(const enum role *roles, size_t count, struct arena *arena)
{
    struct text list;
    text_init(&list, 2000);
    for (size_t i = 0; i < count; i++) {
        text_add_string(&list, i > 0 ? ", " : "");
        text_add(&list, role_row(roles[i])->code);
    }
    struct slice copy = arena_copy(arena, text_slice(&list));
    text_clear(&list);
    return copy;
}

/* The actor's roles over the act's organisation today; the keeper of the machine is who acts without a person. */
static bool say_actor(struct desk *desk, struct error *error)
{
    enum role roles[ROLES];
    size_t count;
    if (id_is_none(&desk->order->actor)) return add_role(&desk->request, SLICE("keeper"), error);
    if (!people_acting_roles(desk->record, desk->db, &desk->order->actor, &desk->scope, desk->today,
                             desk->arena, roles, &count, error))
        return false;
    if (count == 0) return add_role(&desk->request, SLICE("person"), error);
    return add_role(&desk->request, words_of_roles(roles, count, desk->arena), error);
}

/* ---- the decision ---- */

static void list_clauses(struct desk *desk)
{
    struct text list;
    text_init(&list, EVENT_FIELD_LARGEST);
    for (size_t i = 0; i < desk->decision.cites.count; i++) {
        struct slice id = desk->decision.cites.at[i].clause->id;
        text_add_string(&list, list.length > 0 ? " " : "");
        text_add(&list, id);
        LIST_PUSH(desk->arena, &desk->outcome->clauses, id);
    }
    desk->clauses = arena_copy(desk->arena, text_slice(&list));
    text_clear(&list);
}

/* Kept between acts: only the writer's thread decides. */
static struct decider *decider_of(struct record *record)
{
    if (record->decider == NULL) record->decider = decider_new(record->rules, record->arena);
    return record->decider;
}

static bool put(struct desk *desk, struct error *error)
{
    if (!request_set(&desk->request, SLICE("act"), slice_of(act_id(desk->order->act)), error) ||
        !request_check(&desk->request, error))
        return false;
    decider_decide(decider_of(desk->record), &desk->request, false, desk->arena, &desk->decision);
    desk->outcome->verdict = desk->decision.verdict;
    list_clauses(desk);
    return true;
}

static bool bans(const struct clause *clause)
{
    for (size_t i = 0; i < clause->statements.count; i++)
        if (clause->statements.at[i].modal <= MODAL_ADVISED_NOT) return true;
    return false;
}

/* The clause that forbids, else any that applies; NULL where none speaks. */
static const struct clause *refusing(const struct decision *decision)
{
    const struct clause *found = NULL;
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        if (cite->part != PART_APPLIES) continue;
        if (found == NULL || (!bans(found) && bans(cite->clause))) found = cite->clause;
    }
    return found;
}

/* Why not, in a sentence that the person may read: the clause's own heading, or that no clause allows it. */
static void explain_refusal(struct desk *desk)
{
    const struct clause *clause = refusing(&desk->decision);
    desk->outcome->sentence =
        clause == NULL
            ? SLICE("No clause allows you to do this. Ask the administrator or the head who may.")
            : arena_format(desk->arena,
                           "This is not allowed: %.*s (clause %.*s of how the record is kept).",
                           SLICE_PRINT(clause->title), SLICE_PRINT(clause->id));
}

/* Whether a clause could let the actor do this, for somebody, over what it concerns. */
static bool could_ever(struct desk *desk, bool *ret_could, struct error *error)
{
    enum role roles[ROLES];
    size_t count;
    *ret_could = id_is_none(&desk->order->actor);
    if (*ret_could) return true;
    if (!people_acting_roles(desk->record, desk->db, &desk->order->actor, &desk->scope, desk->today,
                             desk->arena, roles, &count, error))
        return false;
    *ret_could = allowed_in(allowed_acts(desk->record, roles, count, ALLOWED_ABOUT_ANYBODY),
                            desk->order->act);
    return true;
}

/* Whom no clause could ever allow it learns that alone: not that a hold lies, say, which another clause would name. */
static bool refuse(struct desk *desk, struct error *error)
{
    struct event *event = desk_event(desk, "refused");
    bool could;
    if (!could_ever(desk, &could, error)) return false;
    if (!could) {
        desk->decision.cites.count = desk->outcome->clauses.count = 0;
        desk->outcome->verdict = VERDICT_NO_CLAUSE;
    }
    explain_refusal(desk);
    if (could && desk->why.length > 0)
        desk->outcome->sentence = arena_format(
            desk->arena, "%.*s %.*s", SLICE_PRINT(desk->outcome->sentence), SLICE_PRINT(desk->why));
    return desk_emit(desk, event, error);
}

/* What is wrong with an order may tell something of whom it is about; whom no clause could ever allow it is refused. */
static bool bad(struct desk *desk, bool *ret_refused, struct error *error)
{
    struct error own = {.code = ERROR_NONE};
    bool could;
    *ret_refused = false;
    if (error->code != ERROR_REQUEST && error->code != ERROR_LIMIT && error->code != ERROR_ENCODING)
        return false;
    if (!could_ever(desk, &could, &own) || could) return false;
    desk->decision.verdict = VERDICT_NO_CLAUSE;
    desk->clauses = SLICE_EMPTY;
    *ret_refused = true;
    return refuse(desk, error);
}

/* Whether nothing but a should stands in the way of somebody whom a clause could allow it. */
static bool only_advised(struct desk *desk, bool *ret_only, struct error *error)
{
    const struct decision *decision = &desk->decision;
    *ret_only = decision->verdict == VERDICT_ADVISED_AGAINST ||
                (decision->verdict == VERDICT_NOT_ALLOWED && decision->strength == STRENGTH_SHOULD);
    if (id_is_none(&desk->order->actor)) *ret_only = false;
    return !*ret_only || could_ever(desk, ret_only, error);
}

/* Against a clause that says should not, one may go on with a reason, which is sealed under the actor's key. */
static bool go_on(struct desk *desk, struct error *error)
{
    struct pairs pairs = {0};
    struct slice reason = slice_trim(order_value(desk->order, DESK_DESPITE));
    const struct clause *clause = refusing(&desk->decision);
    if (reason.length == 0) {
        error_set(error, ERROR_REQUEST, DESK_ADVISED "%.*s (clause %.*s of how the record is kept)",
                  SLICE_PRINT(clause->title), SLICE_PRINT(clause->id));
        return error_advise(error, "Say why you go on all the same, or leave it");
    }
    if (reason.length > ORDER_VALUE_LARGEST)
        return error_set(error, ERROR_LIMIT, "the reason is too long");
    struct event *event = desk_event(desk, "went-on");
    pairs_add(&pairs, desk->arena, "reason", reason);
    return desk_part(desk, event, &desk->order->actor, &pairs, error) &&
           desk_emit(desk, event, error);
}

static bool answer(struct desk *desk, struct error *error)
{
    const struct act_row *row = &acts[desk->order->act];
    bool with_reason;
    if (desk->decision.verdict != VERDICT_ALLOWED) {
        if (!only_advised(desk, &with_reason, error)) return false;
        if (!with_reason) return refuse(desk, error);
        if (!go_on(desk, error)) return false;
    }
    desk->outcome->done = true;
    return row->handler(desk, error);
}

/* ---- one act in the writer's thread ---- */

static bool done_before(struct desk *desk, bool *ret_before, struct error *error)
{
    return acts_find(desk->db, &desk->order->id, ret_before, &desk->outcome->n, error);
}

static bool run(struct desk *desk, struct error *error)
{
    bool before;
    if (!done_before(desk, &before, error)) return false;
    desk->outcome->again = before;
    if (before) return true;
    request_init_at(desk->record->rules, true, moment_now(), desk->arena, &desk->request);
    desk->outcome->n = desk->record->tree.size;
    bool refused = false;
    if (!acts[desk->order->act].facts(desk, error) && !bad(desk, &refused, error)) return false;
    if (!refused && (!say_actor(desk, error) || !put(desk, error))) return false;
    return refused || answer(desk, error);
}

struct job {
    struct record *record;
    const struct order *order;
    struct arena *arena;
    struct outcome *outcome;
};

/* What a failed act changed outside the database is put back: the savepoint takes care of the rest. */
static bool work(void *context, struct db *db, struct error *error)
{
    struct job *job = context;
    struct record *record = job->record;
    if (!record_catch_up(record, db, error)) return false;
    struct tree tree = record->tree;
    int64_t last_at = record->last_at;
    size_t touched = record->touched.count;
    struct desk desk = {.record = record,
                        .db = db,
                        .arena = job->arena,
                        .order = job->order,
                        .outcome = job->outcome,
                        .now = record_now(record),
                        .today = record_today(record)};
    if (run(&desk, error)) return true;
    record->tree = tree;
    record->last_at = last_at;
    record->touched.count = touched;
    return false;
}

/* What was erased is unreadable by now; what cannot be cleaned up yet, on a full disk say, is tried again each day. */
static void scrub(struct record *record, struct arena *arena, struct outcome *outcome)
{
    struct error error = {.code = ERROR_NONE};
    if (erase_finish(record, &error)) return;
    outcome->sentence = arena_format(arena,
                                     "It is erased. The file could not be cleaned up behind "
                                     "it yet and will be tried again: %s",
                                     error.sentence);
}

static bool drops_file(enum record_act act)
{
    return act == ACT_BRING_IMPORT || act == ACT_ACCEPT_IMPORT || act == ACT_REFUSE_IMPORT;
}

/* A file of people that was decided on goes; where that fails it is tried again each day. */
static void drop_files(struct record *record)
{
    struct error ignored = {.code = ERROR_NONE};
    if (!erase_finish(record, &ignored)) return;
}

bool desk_do(struct record *record, const struct order *order, struct arena *arena,
             struct outcome *ret_outcome, struct error *error)
{
    struct job job = {record, order, arena, ret_outcome};
    *ret_outcome = (struct outcome){0};
    if (record->writer == NULL)
        return error_set(error, ERROR_USAGE, "the record was opened for reading only");
    if (!writer_do(record->writer, work, &job, error)) {
        *ret_outcome = (struct outcome){0};
        return false;
    }
    if (order->act == ACT_CONFIRM_ERASURE && ret_outcome->done) scrub(record, arena, ret_outcome);
    if (ret_outcome->done && drops_file(order->act)) drop_files(record);
    return true;
}

/* ---- for menus ---- */

bool desk_may(struct record *record, const struct id *person, enum record_act act)
{
    struct id anywhere = {{0}};
    return desk_may_over(record, person, act, &anywhere);
}

bool desk_may_over(struct record *record, const struct id *person, enum record_act act,
                   const struct id *over)
{
    enum role roles[ROLES];
    const struct register_view *view = register_hold(record);
    size_t count = register_roles(view, person, over, record_today(record), roles);
    register_let_go(record, view);
    return allowed_in(allowed_acts(record, roles, count, ALLOWED_ABOUT_ANYBODY), act);
}

/* ---- orders ---- */

void order_init(struct order *order, enum record_act act, struct id actor)
{
    *order = (struct order){.act = act, .id = id_make(), .actor = actor};
}

void order_set(struct order *order, struct arena *arena, const char *key, struct slice value)
{
    LIST_PUSH(arena, &order->values, (struct order_value){slice_of(key), value});
}

struct slice order_value(const struct order *order, const char *key)
{
    for (size_t i = 0; i < order->values.count; i++)
        if (slice_is(order->values.at[i].key, key)) return order->values.at[i].value;
    return SLICE_EMPTY;
}
