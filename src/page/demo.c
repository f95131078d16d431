/* One press, and you are one of the demo's made-up people: somebody of each role, and some whose day is out of the ordinary.
 * Who that is, is found in the register at every visit, so that the page stays true while the demo is played with. */
#include "page/demo.h"

#include "service/register.h"

const struct field demo_fields[] = {
    [DEMO_PERSON] = {"person", form_is_hex, (size_t)2 * ID_SIZE, 1},
};

const struct route demo_routes[] = {
    {METHOD_GET, "/demo", "demo", SESSION_OPENS, demo_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/demo", "demo", SESSION_NEEDS, demo_answer, demo_fields, DEMO_FIELDS, PUBLIC},
};
const size_t demo_route_count = sizeof demo_routes / sizeof *demo_routes;

/* Somebody to be: who holds a role, and what is worth trying as them. */
struct demo_part {
    enum role role;
    const char *words, *title; /* title NULL: the role's own */
};
static const struct demo_part school_parts[] = {
    {ROLE_TEACHER,
     "Ask May I? before you answer a pupil's friend request. Look at what waits for "
     "you at home.",
     NULL},
    {ROLE_TEACHING_ASSISTANT,
     "Tell somebody about a post that worries you, without naming anybody "
     "on a page that others see.",
     NULL},
    {ROLE_VOLUNTEER, "You coach a team after school. See which rules speak to you as well.", NULL},
    {ROLE_TECHNICIAN, "Ask May I? about an account that the school runs.", NULL},
    {ROLE_LINE_MANAGER, "See what somebody who leads a few others may do that they may not.", NULL},
    {ROLE_OFFICE, "Add somebody, bring in a file of people, link a parent and a child.", NULL},
    {ROLE_DSL, "Read what was told to you, place a bar, open what is sealed and say why.", NULL},
    {ROLE_DEPUTY_DSL, "What goes to the safeguarding lead comes to you while they are away.", NULL},
    {ROLE_OSC, "Follow up what happens online. See whom a worry goes to in Who is who.", NULL},
    {ROLE_HEADTEACHER,
     "Look at your school: who is here, who is away, what waits. Say yes or no "
     "to a proposed role.",
     NULL},
};
static const struct demo_part trust_parts[] = {
    {ROLE_ADMINISTRATOR,
     "Keep the list of people and schools, invite, propose a role of trust. "
     "Two others confirm it.",
     NULL},
    {ROLE_HEADTEACHER, "You lead the trust and see all its academies.", "Head of the trust"},
    {ROLE_CHAIR, "You chair the board, in whose name a policy is approved.", NULL},
    {ROLE_GOVERNOR, "You sit on the board. Confirm a role that somebody else proposed.", NULL},
    {ROLE_DPO, "Place a legal hold. Ask for an erasure, which another person confirms.", NULL},
};
static const struct demo_part family_parts[] = {
    {ROLE_PUPIL, "Ask May I? as a pupil. See what is recorded about you, and who opened it.", NULL},
    {ROLE_PARENT, "See your child's page, and what the policy asks of parents.", NULL},
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* What the page looks at while it is written. */
struct cast {
    struct visit *visit;
    const struct register_view *view;
    const struct org *school; /* whose people are shown; NULL: there is none */
    struct id top;
    int64_t today;
    LIST(const struct registered *) shown; /* nobody twice */
};

/* ---- who ---- */

/* Nor two of the same name. */
static bool is_shown(const struct cast *cast, const struct registered *person)
{
    for (size_t i = 0; i < cast->shown.count; i++)
        if (slice_equal(cast->shown.at[i]->shown_as, person->shown_as)) return true;
    return false;
}

static bool holds_at(const struct cast *cast, const struct registered *person, enum role role,
                     const struct id *org)
{
    for (size_t i = 0; i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        if (held->role == role && id_same(&held->org, org) && held->since <= cast->today &&
            cast->today <= held->until)
            return true;
    }
    return false;
}

/* The first by name who holds the role at this very organisation, is not away and not on the page yet. */
static const struct registered *holder(const struct cast *cast, enum role role,
                                       const struct id *org)
{
    const struct registered **people;
    size_t count =
        register_holders(cast->view, role, org, cast->today, cast->visit->arena, &people);
    for (size_t i = 0; i < count; i++)
        if (holds_at(cast, people[i], role, org) && !is_shown(cast, people[i]) &&
            !register_away(cast->view, &people[i]->id, cast->today))
            return people[i];
    return NULL;
}

static bool is_parent(const struct registered *person)
{
    bool parent = false;
    for (size_t i = 0; i < person->role_count; i++)
        parent = parent || person->roles[i].role == ROLE_PARENT;
    return parent && person->here && !person->erased;
}

/* A parent who is barred from a child, and still linked to it. */
static const struct registered *barred_parent(const struct cast *cast)
{
    const struct registered **children;
    size_t count = register_count(cast->view);
    for (size_t place = 0; place < count; place++) {
        AUTO(arena) struct arena *arena = arena_new();
        const struct registered *person = register_at(cast->view, place);
        if (!is_parent(person)) continue;
        if (register_children(cast->view, &person->id, true, arena, &children) >
            register_children(cast->view, &person->id, false, arena, &children))
            return person;
    }
    return NULL;
}

/* Whoever acts in a role today because those who hold it are away. */
static const struct registered *standing_in(const struct cast *cast, enum role role,
                                            const struct org **ret_org)
{
    const struct org *orgs;
    size_t count = register_orgs(cast->view, &orgs);
    for (size_t i = 0; i < count; i++) {
        enum role roles[ROLES];
        const struct registered **people;
        size_t named =
            register_deputies(cast->view, role, &orgs[i].id, cast->visit->arena, &people);
        for (size_t k = 0; k < named; k++) {
            size_t held =
                register_roles(cast->view, &people[k]->id, &orgs[i].id, cast->today, roles);
            *ret_org = &orgs[i];
            while (held > 0)
                if (roles[--held] == role && !holds_at(cast, people[k], role, &orgs[i].id))
                    return people[k];
        }
    }
    return NULL;
}

/* Who holds the role there and is away. */
static const struct registered *away(const struct cast *cast, enum role role, const struct id *org)
{
    const struct registered **people;
    size_t count =
        register_holders(cast->view, role, org, cast->today, cast->visit->arena, &people);
    for (size_t i = 0; i < count; i++)
        if (register_away(cast->view, &people[i]->id, cast->today)) return people[i];
    return NULL;
}

/* ---- the page ---- */

static void write_person(struct cast *cast, const struct registered *person, struct slice title,
                         struct slice words)
{
    char hex[2 * ID_SIZE + 1];
    struct text *out = cast->visit->out;
    const struct org *org = person != NULL ? register_org(cast->view, &person->org) : NULL;
    if (person == NULL) return;
    LIST_PUSH(cast->visit->arena, &cast->shown, person);
    struct slice first =
        person->details.known_as.length > 0 ? person->details.known_as : person->details.given;
    struct slice name = arena_format(cast->visit->arena, "%.*s %.*s", SLICE_PRINT(first),
                                     SLICE_PRINT(person->details.family));
    id_hex(&person->id, hex);
    HTML(out, "<li class=\"lanyard-demo-person\">\n");
    ui_heading(out, 3, UI_SMALL, SLICE_EMPTY, title);
    HTML(out, "<p class=\"govuk-body-s\">");
    html_text(out, name);
    if (org != NULL) {
        HTML(out, ", ");
        html_text(out, org->name);
    }
    HTML(out, ". ");
    html_text(out, words);
    HTML(out, "</p>\n");
    ui_button_value(out, UI_BUTTON_SECOND,
                    arena_format(cast->visit->arena, "Be %.*s", SLICE_PRINT(name)),
                    arena_format(cast->visit->arena, "(%.*s)", SLICE_PRINT(title)), SLICE("person"),
                    slice_of(hex));
    HTML(out, "</li>\n");
}

static void write_parts(struct cast *cast, struct slice heading, const struct id *org,
                        const struct demo_part *parts, size_t count)
{
    struct text *out = cast->visit->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, heading);
    HTML(out, "<ul class=\"govuk-list lanyard-demo\">\n");
    for (size_t i = 0; i < count; i++)
        write_person(cast, holder(cast, parts[i].role, org),
                     parts[i].title != NULL ? slice_of(parts[i].title)
                                            : role_row(parts[i].role)->title,
                     slice_of(parts[i].words));
    HTML(out, "</ul>\n");
}

/* Those whose day is out of the ordinary. */
static void write_others(struct cast *cast)
{
    struct text *out = cast->visit->out;
    const struct org *org = NULL;
    const struct registered *deputy = standing_in(cast, ROLE_DSL, &org);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Out of the ordinary"));
    HTML(out, "<ul class=\"govuk-list lanyard-demo\">\n");
    if (deputy != NULL) {
        write_person(cast, deputy, SLICE("Stands in for the safeguarding lead"),
                     SLICE("The lead is away, so what goes to that role comes to you today."));
        write_person(cast, away(cast, ROLE_DSL, &org->id), SLICE("Safeguarding lead who is away"),
                     SLICE("Say that you are back, and what waits comes to you again."));
    }
    write_person(cast, barred_parent(cast), SLICE("Parent under a bar"),
                 SLICE("A court keeps you from your child. Nothing of the child reaches you."));
    HTML(out, "</ul>\n");
}

/* How many people have it as their own. */
static size_t size_of(const struct register_view *view, const struct org *org)
{
    size_t size = 0, count = register_count(view);
    for (size_t place = 0; place < count; place++)
        if (id_same(&register_at(view, place)->org, &org->id)) size++;
    return size;
}

/* The largest, by name where two are as large; NULL: there is none. */
static const struct org *largest_school(const struct register_view *view)
{
    const struct org *orgs, *found = NULL;
    size_t count = register_orgs(view, &orgs), largest = 0;
    for (size_t i = 0; i < count; i++) {
        if (!orgs[i].open || !slice_is(orgs[i].kind, "school")) continue;
        size_t size = size_of(view, &orgs[i]);
        bool first = found == NULL || slice_compare(orgs[i].name, found->name) < 0;
        if (found != NULL && (size < largest || (size == largest && !first))) continue;
        found = &orgs[i];
        largest = size;
    }
    return found;
}

static struct cast look(struct visit *visit, const struct register_view *view)
{
    struct record *record = visit_record(visit);
    return (struct cast){.visit = visit,
                         .view = view,
                         .school = largest_school(view),
                         .top = record_top(record),
                         .today = record_today(record)};
}

static void write_people(struct visit *visit)
{
    const struct register_view *view = register_hold(visit_record(visit));
    struct cast cast = look(visit, view);
    ui_form_open(visit->out, SLICE("/demo"), visit_token(visit));
    if (cast.school != NULL)
        write_parts(&cast, cast.school->name, &cast.school->id, school_parts, COUNT(school_parts));
    write_parts(&cast, record_name(visit_record(visit)), &cast.top, trust_parts,
                COUNT(trust_parts));
    if (cast.school != NULL)
        write_parts(&cast, SLICE("Pupils and families"), &cast.school->id, family_parts,
                    COUNT(family_parts));
    write_others(&cast);
    ui_form_close(visit->out);
    register_let_go(visit_record(visit), view);
}

void demo_page(struct visit *visit)
{
    struct text *out = visit->out;
    struct ui_frame frame = here_frame(visit, SLICE("Who would you like to be?"));
    frame.here = SLICE("/demo");
    frame.wide = true;
    ui_frame_open(out, &frame);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, SLICE("Who would you like to be?"));
    HTML(out,
         "<p class=\"govuk-body-l lanyard-measure\">Everybody here is made up. Press a button and "
         "you are signed in as that person; come back to this page to be somebody else. Nothing "
         "can go wrong, and nothing leaves this computer.</p>\n");
    write_people(visit);
    ui_frame_close(out, &frame);
}

/* ---- coming in ---- */

/* Whoever one was before is signed out, and what they asked May I? is forgotten. */
static bool leave_behind(struct visit *visit, struct error *error)
{
    const struct person_here *here = visit_person(visit);
    if (here != NULL && !signin_out(visit_record(visit), &here->who, false, visit->arena, error))
        return false;
    visit_forget_person(visit);
    return visit_new_session(visit, error);
}

void demo_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct outcome outcome;
    struct slice secret;
    struct id person;
    if (!id_read(form_value(visit->form, DEMO_PERSON), &person)) {
        visit_refuse(visit, 400, NULL);
    } else if (!leave_behind(visit, &error) ||
               !signin_demo(visit_record(visit), &person, visit->arena, &secret, &outcome,
                            &error)) {
        here_fail(visit, &error);
    } else if (!outcome.done) {
        here_refused(visit, &outcome);
    } else {
        visit_set_cookie(visit, SIGNED_IN_COOKIE, secret, SIGNIN_SESSION_SECONDS);
        response_see(visit->response, SLICE("/home"));
    }
}
