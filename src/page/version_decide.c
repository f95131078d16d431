/* Deciding on a version: approving it in somebody's name from a day on, refusing it, taking it back. Whoever may is asked; the
 * desk decides again. */
#include "page/people.h"
#include "page/versions.h"

#include "base/date.h"
#include "service/register.h"
#include "service/signoff.h"

const struct field version_approve_fields[] = {
    HERE_ORDER_FIELD,
    [APPROVE_VERSION] = {"version", form_is_hex, 2 * ID_SIZE, 1},
    [APPROVE_BASE] = {"base", form_is_hex, 2 * ID_SIZE, 1},
    [APPROVE_DAY] = {"day-day", form_is_line, 10, 1},
    [APPROVE_MONTH] = {"day-month", form_is_line, 10, 1},
    [APPROVE_YEAR] = {"day-year", form_is_line, 10, 1},
    [APPROVE_BODY] = {"body", form_is_id, 40, 1},
    [APPROVE_MATERIAL] = {"material", form_is_id, 5, 1},
    [APPROVE_WHY] = {"why", form_is_text, VERSION_REASON_LARGEST, 1},
    [APPROVE_MINUTE] = {"minute", form_is_line, VERSION_MINUTE_LARGEST, 1},
};
const struct field version_turn_down_fields[] = {
    HERE_ORDER_FIELD,
    [TURN_DOWN_VERSION] = {"version", form_is_hex, 2 * ID_SIZE, 1},
    [TURN_DOWN_REASON] = {"reason", form_is_text, VERSION_REASON_LARGEST, 1},
};

/* ---- the forms ---- */

static struct slice typed(struct visit *visit, size_t field)
{
    bool approving = visit->form != NULL && visit->route->fields == version_approve_fields;
    return approving ? form_value(visit->form, field) : SLICE_EMPTY;
}

static struct ui_question question(const char *name, const char *words, const char *hint,
                                   struct slice error)
{
    return keeping_question(name, slice_of(words), slice_of(hint), error);
}

static void write_day(struct visit *visit, const struct version_wrong *wrong)
{
    struct ui_question asked = question("day", "From which day is it in force?",
                                        "Today or later, and after every other version. For "
                                        "example, 1 9 2027",
                                        wrong->day);
    struct date today = date_from_day(record_today(visit_record(visit)));
    struct slice day = typed(visit, APPROVE_DAY), month = typed(visit, APPROVE_MONTH),
                 year = typed(visit, APPROVE_YEAR);
    if (visit->form == NULL) {
        day = arena_format(visit->arena, "%d", today.day);
        month = arena_format(visit->arena, "%d", today.month);
        year = arena_format(visit->arena, "%d", today.year);
    }
    ui_date(visit->out, &asked, day, month, year);
}

static void write_bodies(struct visit *visit, uint64_t roles, bool named,
                         const struct version_wrong *wrong)
{
    struct ui_option options[ROLES];
    struct slice chosen = typed(visit, APPROVE_BODY);
    size_t count = 0;
    for (int role = 0; role < ROLES; role++) {
        const struct role_row *row = role_row((enum role)role);
        if ((roles & role_bit((enum role)role)) == 0) continue;
        options[count] = (struct ui_option){row->code, row->title, SLICE_EMPTY, false, false};
        options[count].checked = chosen.length > 0 ? slice_equal(chosen, row->code) : count == 0;
        count++;
    }
    struct ui_question asked = question(
        "body", "In whose name?",
        named ? "The policy in force says who approves" : "The policy leaves it open", wrong->body);
    ui_radios(visit->out, &asked, options, count);
}

static void write_material(struct visit *visit, const struct version_wrong *wrong)
{
    struct slice chosen = typed(visit, APPROVE_MATERIAL);
    struct ui_option options[] = {
        {SLICE("no"), SLICE("No: those alone for whom it means something else"), SLICE_EMPTY,
         slice_is(chosen, "no"), false},
        {SLICE("yes"), SLICE("Yes: everybody signs again"), SLICE_EMPTY, slice_is(chosen, "yes"),
         false},
    };
    struct ui_question asked =
        question("material", "Does it matter to everybody?", "", wrong->material);
    struct ui_question why =
        question("why", "If it does: why?", "People read this when they are asked to sign again",
                 wrong->why);
    ui_radios(visit->out, &asked, options, 2);
    ui_textarea(visit->out, &why, typed(visit, APPROVE_WHY), 3);
}

static void write_approve(struct visit *visit, const struct version_look *look, uint64_t roles,
                          bool named, const struct version_wrong *wrong)
{
    struct text *out = visit->out;
    struct ui_question minute = question("minute", "Where is it written down? (optional)",
                                         "Such as the minute of the meeting", SLICE_EMPTY);
    ui_heading(out, 2, UI_MEDIUM, SLICE("approve"), SLICE("Approve it"));
    ui_form_open(out, SLICE("/versions/approve"), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("version"), keeping_hex(&look->version, visit->arena));
    ui_hidden(out, SLICE("base"), keeping_hex(&look->base, visit->arena));
    write_day(visit, wrong);
    write_bodies(visit, roles, named, wrong);
    write_material(visit, wrong);
    ui_input(out, &minute, typed(visit, APPROVE_MINUTE), 0, false);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Approve this version"));
    ui_form_close(out);
}

static void write_turn_down(struct visit *visit, const struct version_seen *version,
                            const char *action, const char *words, bool reason,
                            const struct version_wrong *wrong)
{
    struct text *out = visit->out;
    struct ui_question why =
        question("reason", "Why?", "It is kept sealed, with the version", wrong->reason);
    ui_form_open(out, slice_of(action), visit_token(visit));
    here_order_field(visit);
    ui_hidden(out, SLICE("version"), keeping_hex(&version->id, visit->arena));
    if (reason) ui_textarea(out, &why, SLICE_EMPTY, 3);
    ui_button(out, UI_BUTTON_SECOND, slice_of(words));
    ui_form_close(out);
}

/* Of the roles that decide those that the visitor has today over the whole organisation. */
static uint64_t own_roles(struct visit *visit, const struct version_body *body)
{
    enum role roles[ROLES];
    uint64_t mine = 0;
    struct record *record = visit_record(visit);
    struct id top = record_top(record);
    const struct register_view *view = register_hold(record);
    size_t count =
        register_roles(view, &visit_person(visit)->who.person, &top, record_today(record), roles);
    register_let_go(record, view);
    for (size_t i = 0; i < count; i++) mine |= body->roles & role_bit(roles[i]);
    return mine;
}

static bool is_author(struct visit *visit, const struct version_seen *version)
{
    struct record *record = visit_record(visit);
    const struct register_view *view = register_hold(record);
    bool same = !id_is_none(&version->author_id) &&
                register_same(view, &version->author_id, &visit_person(visit)->who.person);
    register_let_go(record, view);
    return same;
}

static void write_who(struct visit *visit, const struct version_body *body, bool author)
{
    ui_inset(visit->out,
             author
                 ? arena_format(visit->arena, "You brought it, so somebody else approves it: %.*s.",
                                SLICE_PRINT(body->words))
                 : arena_format(visit->arena, "It is approved or refused by: %.*s.",
                                SLICE_PRINT(body->words)));
}

static void write_refuse(struct visit *visit, const struct version_seen *version,
                         const struct version_wrong *wrong)
{
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE("refuse"), SLICE("Refuse it"));
    write_turn_down(visit, version, "/versions/refuse", "Refuse this version", true, wrong);
}

static void write_withdraw(struct visit *visit, const struct version_seen *version, bool reason,
                           const struct version_wrong *wrong)
{
    ui_heading(visit->out, 2, UI_MEDIUM, SLICE("withdraw"), SLICE("Take it back"));
    write_turn_down(visit, version, "/versions/withdraw", "Take this version back", reason, wrong);
}

/* Whoever brought it may take it back while it waits, those who approve while it is not in force. */
void version_forms_write(struct visit *visit, const struct version_seen *version,
                         const struct version_look *look, const struct version_wrong *wrong)
{
    struct version_body body;
    if (version->state != VERSION_WAITS && version->state != VERSION_COMING) return;
    version_body(visit_record(visit), look->policy, visit->arena, &body);
    uint64_t mine = own_roles(visit, &body);
    bool author = is_author(visit, version);
    if (version->state == VERSION_COMING) {
        if (mine != 0) write_withdraw(visit, version, true, wrong);
    } else if (author) {
        write_who(visit, &body, true);
        write_withdraw(visit, version, false, wrong);
    } else if (mine != 0) {
        write_approve(visit, look, mine, body.named, wrong);
        write_refuse(visit, version, wrong);
    } else {
        write_who(visit, &body, false);
    }
}

size_t version_wrong_list(const struct version_wrong *wrong, struct ui_question ret_list[5])
{
    const struct ui_question all[] = {
        question("day", "", "", wrong->day), question("body", "", "", wrong->body),
        question("material", "", "", wrong->material), question("why", "", "", wrong->why),
        question("reason", "", "", wrong->reason)};
    size_t count = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i].error.length > 0) ret_list[count++] = all[i];
    return count;
}

/* ---- what was sent ---- */

static bool find(struct visit *visit, size_t field, struct version_seen *ret_version)
{
    struct error error = {.code = ERROR_NONE};
    struct id id;
    bool found = false;
    if (!id_read(form_value(visit->form, field), &id)) {
        visit_refuse(visit, 400, NULL);
        return false;
    }
    if (!version_seen(visit_record(visit), &id, visit->arena, ret_version, &found, &error)) {
        here_fail(visit, &error);
        return false;
    }
    if (!found) visit_refuse(visit, 404, NULL);
    return found;
}

static bool check_approval(struct visit *visit, struct slice *ret_day, struct version_wrong *wrong)
{
    struct people people = {.arena = visit->arena};
    struct typed_day day = people_typed(visit, APPROVE_DAY);
    struct slice material = form_value(visit->form, APPROVE_MATERIAL);
    struct slice why = slice_trim(form_value(visit->form, APPROVE_WHY));
    *wrong = (struct version_wrong){.day = SLICE_EMPTY};
    if (!people_iso(&people, &day, ret_day) || ret_day->length == 0)
        wrong->day = SLICE("Enter the day from which it is in force, such as 1 9 2027");
    if (!slice_is(material, "yes") && !slice_is(material, "no"))
        wrong->material = SLICE("Choose whether it matters to everybody");
    if (slice_is(material, "yes") && why.length == 0)
        wrong->why = SLICE("Say why everybody is asked to sign again");
    return wrong->day.length + wrong->material.length + wrong->why.length == 0;
}

static void approve(struct visit *visit, const struct version_seen *version, struct slice day)
{
    struct error error = {.code = ERROR_NONE};
    struct version_look look;
    struct order order;
    struct outcome outcome;
    struct slice back = keeping_address("/versions/", &version->id, visit->arena);
    if (!here_order(visit, APPROVE_ORDER, ACT_APPROVE_VERSION, &order)) return;
    if (!version_look(visit_record(visit), &version->id, visit->arena, &look, &error)) {
        here_fail(visit, &error);
        return;
    }
    if (!id_read(form_value(visit->form, APPROVE_BASE), &look.base)) look.base = look.version;
    order.matter =
        &look; /* laid beside what the approver saw: the desk says where that is another by now */
    order_set(&order, visit->arena, "version", keeping_hex(&version->id, visit->arena));
    order_set(&order, visit->arena, "in-force", day);
    order_set(&order, visit->arena, "body", form_value(visit->form, APPROVE_BODY));
    order_set(&order, visit->arena, "material", form_value(visit->form, APPROVE_MATERIAL));
    order_set(&order, visit->arena, "why",
              slice_is(form_value(visit->form, APPROVE_MATERIAL), "yes")
                  ? keeping_lines(form_value(visit->form, APPROVE_WHY), visit->arena)
                  : SLICE_EMPTY);
    order_set(&order, visit->arena, "minute", form_value(visit->form, APPROVE_MINUTE));
    bool done = keeping_do(visit, &order, back, &outcome);
    version_look_clear(&look);
    if (done) response_see(visit->response, back);
}

void version_approve_answer(struct visit *visit)
{
    struct version_seen version;
    struct version_wrong wrong;
    struct slice day;
    if (!find(visit, APPROVE_VERSION, &version)) return;
    if (check_approval(visit, &day, &wrong))
        approve(visit, &version, day);
    else
        version_show(visit, &version, &wrong);
}

static void turn_down(struct visit *visit, enum record_act act, bool needs_reason)
{
    struct version_seen version;
    struct version_wrong wrong = {.reason = SLICE("Say why")};
    struct order order;
    struct outcome outcome;
    if (!find(visit, TURN_DOWN_VERSION, &version)) return;
    struct slice reason = keeping_lines(form_value(visit->form, TURN_DOWN_REASON), visit->arena);
    if (needs_reason && reason.length == 0 && version.state != VERSION_REFUSED) {
        version_show(visit, &version, &wrong);
        return;
    }
    struct slice back = keeping_address("/versions/", &version.id, visit->arena);
    if (!here_order(visit, TURN_DOWN_ORDER, act, &order)) return;
    order_set(&order, visit->arena, "version", keeping_hex(&version.id, visit->arena));
    order_set(&order, visit->arena, "reason", reason);
    if (keeping_do(visit, &order, back, &outcome)) response_see(visit->response, back);
}

void version_refuse_answer(struct visit *visit)
{
    turn_down(visit, ACT_REFUSE_VERSION, true);
}

void version_withdraw_answer(struct visit *visit)
{
    turn_down(visit, ACT_WITHDRAW_VERSION, false);
}
