/* Who is who: who holds which office in each organisation today, what the reader is here, and beside it the clauses by which the
 * policy leaves that to the register of people. Names of office holders only; every signed-in person may see them. */
#include "page/who.h"
#include "page/clause.h"
#include "page/here.h"
#include "service/register.h"

#define HOLDERS_SHOWN 20

static const enum role offices[] = {
    ROLE_HEADTEACHER,  ROLE_MANAGING_PARTNER, ROLE_CHAIR, ROLE_GOVERNOR,
    ROLE_DSL,          ROLE_DEPUTY_DSL,       ROLE_OSC,   ROLE_DPO,
    ROLE_ADMINISTRATOR};

/* ---- offices ---- */

/* Those who hold the role at this very organisation. */
static size_t holders_here(const struct register_view *view, enum role role, const struct org *org,
                           int64_t day, struct text *names)
{
    AUTO(arena) struct arena *arena = arena_new();
    const struct registered **people;
    size_t count = register_holders(view, role, &org->id, day, arena, &people), shown = 0;
    for (size_t i = 0; i < count; i++) {
        bool here = false;
        for (size_t k = 0; k < people[i]->role_count; k++) {
            const struct held_role *held = &people[i]->roles[k];
            here = here || (held->role == role && id_same(&held->org, &org->id) &&
                            held->since <= day && day <= held->until);
        }
        if (!here || shown == HOLDERS_SHOWN) continue;
        text_format(names, "%s%.*s %.*s", shown++ > 0 ? ", " : "",
                    SLICE_PRINT(people[i]->details.given), SLICE_PRINT(people[i]->details.family));
    }
    return shown;
}

/* A school's head and the trust's board are said even where there is nobody. */
static bool always_said(enum role role, const struct org *org, bool top)
{
    bool school = slice_is(org->kind, "school");
    return (role == ROLE_HEADTEACHER && school) || (role == ROLE_DSL && school) ||
           (role == ROLE_CHAIR && top);
}

static void write_org(struct visit *visit, const struct register_view *view, const struct org *org,
                      bool top, int64_t day)
{
    struct text *out = visit->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, org->name);
    if (top)
        ui_paragraph(out, arena_format(visit->arena, "%.*s answers for the policy as a whole.",
                                       SLICE_PRINT(org->name)));
    ui_summary_open(out);
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        AUTO_TEXT struct text names;
        text_init(&names, 10000);
        if (holders_here(view, offices[i], org, day, &names) > 0)
            ui_summary_row(out, role_row(offices[i])->title, text_slice(&names));
        else if (always_said(offices[i], org, top))
            ui_summary_row(out, role_row(offices[i])->title,
                           SLICE("Nobody. What goes to this role goes to the next in line."));
    }
    ui_summary_close(out);
}

static void write_orgs(struct visit *visit, const struct register_view *view, struct id top,
                       int64_t day)
{
    const struct org *orgs;
    size_t count = register_orgs(view, &orgs);
    for (size_t i = 0; i < count; i++)
        if (id_same(&orgs[i].id, &top)) write_org(visit, view, &orgs[i], true, day);
    for (size_t i = 0; i < count; i++)
        if (orgs[i].open && !id_same(&orgs[i].id, &top))
            write_org(visit, view, &orgs[i], false, day);
}

/* ---- the reader ---- */

static void write_reader(struct visit *visit, const struct register_view *view,
                         const struct signin_who *who)
{
    struct text *out = visit->out;
    const struct registered **children;
    size_t count = register_children(view, &who->person, false, visit->arena, &children);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("You"));
    ui_paragraph(out,
                 SLICE("The record knows you as all of these. Ask the office where one of them is "
                       "wrong."));
    ui_list_open(out, false);
    for (size_t i = 0; i < who->role_count; i++) {
        if (who->roles[i] == ROLE_PARENT && count > 0) continue;
        ui_list_item(out, role_row(who->roles[i])->title);
    }
    if (count > 0)
        ui_list_item(out, arena_format(visit->arena, "Parent or carer of %zu %s here", count,
                                       count == 1 ? "pupil" : "pupils"));
    if (count == 0 && who->role_count == 0) ui_list_item(out, SLICE("No role today"));
    ui_list_close(out, false);
}

/* ---- what the policy says of it ---- */

bool who_is_told_by(const struct clause *clause)
{
    return slice_is(clause->mechanism, "register") && slice_is(clause->feature, "people-roles");
}

static void write_clause(struct visit *visit, const struct policy *policy, size_t index)
{
    const struct clause *clause = &policy->document.clauses.at[index];
    struct clause_view view = {policy, &policy->document, visit->arena, true};
    ui_heading(visit->out, 3, UI_SMALL, SLICE_EMPTY, clause_name(clause, visit->arena));
    clause_write(visit->out, &view, index);
}

static void write_clauses(struct visit *visit, const struct policy *policy)
{
    bool first = true;
    for (size_t i = 0; i < policy->document.clauses.count; i++) {
        if (!who_is_told_by(&policy->document.clauses.at[i])) continue;
        if (first) ui_heading(visit->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What the policy says"));
        first = false;
        write_clause(visit, policy, i);
    }
}

void who_page(struct visit *visit)
{
    struct person_here *here = visit_person(visit);
    struct record *record = visit_record(visit);
    struct ui_frame frame =
        here_frame_open(visit, SLICE("Who is who"), SLICE("/who"), SLICE_EMPTY, false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Who is who"));
    const struct register_view *view = register_hold(record);
    write_reader(visit, view, &here->who);
    write_orgs(visit, view, record_top(record), record_today(record));
    register_let_go(record, view);
    const struct policy *policy = record_policy(record);
    if (policy != NULL) write_clauses(visit, policy);
    if (policy != NULL) record_policy_let_go(record, policy);
    ui_frame_close(visit->out, &frame);
}
