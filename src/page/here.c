/* Who is signed in, the gate, and the frame with the person's menu; see here.h. */
#include "page/here.h"

#include <stdio.h>
#include <string.h>

#include "service/sees.h"
#include "service/versions.h"

struct menu_row {
    struct slice address, words;
    unsigned opens;
};
/* Behind May I? and the policy, in this order; shown to whom the page opens. */
static const struct menu_row menu[] = {
    {SLICE("/home"), SLICE("Home"), SIGNED_IN},
    {SLICE("/people"), SLICE("People"), SEES_PEOPLE},
    {SLICE("/tasks"), SLICE("My tasks"), SIGNED_IN},
    {SLICE("/tell"), SLICE("Tell somebody"), SIGNED_IN},
    {SLICE("/who"), SLICE("Who is who"), SIGNED_IN},
    {SLICE("/keeping"), SLICE("Keeping"), SIGNED_IN},
    {SLICE("/account"), SLICE("My account"), SIGNED_IN_HALF},
};

struct record *visit_record(const struct visit *visit)
{
    return visit_pages(visit)->record;
}

struct signin_from visit_from(const struct visit *visit)
{
    return (struct signin_from){visit->request->client, visit_cookie(visit, DEVICE_COOKIE)};
}

/* ---- who ---- */

static bool opens_to(struct visit *visit, const struct person_here *here, unsigned opens)
{
    if (opens == PUBLIC || opens == SIGNED_IN_HALF) return true;
    if (here->who.codes_wanted) return false;
    if (opens == SEES_PEOPLE) return here->lists;
    if (opens == LEADS) return here->leads;
    if (opens == SEES_COVERAGE)
        return here->leads || desk_may(visit_record(visit), &here->who.person, ACT_RECORD_TRAINING);
    if (opens == SEES_VERSIONS)
        return desk_may(visit_record(visit), &here->who.person, ACT_BRING_VERSION) ||
               version_approves(visit_record(visit), &here->who.person);
    return opens == SIGNED_IN ||
           desk_may(visit_record(visit), &here->who.person, (enum record_act)(opens - TO_ACTS));
}

static void make_menu(struct visit *visit, struct person_here *here)
{
    static const struct ui_nav policy[] = {{SLICE("/may"), SLICE("May I?")},
                                           {SLICE("/policy"), SLICE("The policy")}};
    if (visit_policy(visit) != NULL)
        for (size_t i = 0; i < 2; i++) here->menu[here->menu_count++] = policy[i];
    for (size_t i = 0; i < sizeof menu / sizeof *menu && here->menu_count < HERE_MENU_LARGEST; i++)
        if (opens_to(visit, here, menu[i].opens))
            here->menu[here->menu_count++] = (struct ui_nav){menu[i].address, menu[i].words};
    if (record_is_demo(visit_record(visit)) && here->menu_count < HERE_MENU_LARGEST)
        here->menu[here->menu_count++] = (struct ui_nav){SLICE("/demo"), SLICE("Be somebody else")};
}

/* Looked up once a visit: nobody is remembered as well. */
static struct person_here *look_up(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct person_here *here = ARENA_NEW(visit->arena, struct person_here);
    bool found = false;
    here->secret = visit_cookie(visit, SIGNED_IN_COOKIE);
    visit->who = here;
    if (visit_record(visit) == NULL || here->secret.length == 0) return here;
    if (!signin_who(visit_record(visit), here->secret, visit->arena, &here->who, &found, &error)) {
        fprintf(stderr, "session: %s\n", error.sentence);
        here->failed = true;
        return here;
    }
    here->found = found;
    if (!found) return here;
    struct sees_what sees = sees_what(visit_record(visit), &here->who.person);
    here->lists = sees.lists;
    here->leads = sees.leads;
    make_menu(visit, here);
    return here;
}

struct person_here *visit_person(struct visit *visit)
{
    struct person_here *here = visit->who != NULL ? visit->who : look_up(visit);
    return here->found ? here : NULL;
}

void visit_forget_person(struct visit *visit)
{
    visit->who = NULL;
}

bool visit_may(struct visit *visit, enum record_act act)
{
    struct person_here *here = visit_person(visit);
    return here != NULL && opens_to(visit, here, TO(act));
}

bool visit_opens(struct visit *visit, const char *path)
{
    struct person_here *here = visit_person(visit);
    for (size_t i = 0; i < visit->site->route_count; i++) {
        const struct route *route = &visit->site->routes[i];
        if (route->method == METHOD_GET && strcmp(route->path, path) == 0)
            return route->opens == PUBLIC || (here != NULL && opens_to(visit, here, route->opens));
    }
    return false;
}

/* ---- the gate ---- */

static bool strangers(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    if (((struct person_here *)visit->who)->failed) {
        visit_refuse(visit, 500, NULL);
    } else if (visit->request->method == METHOD_POST) {
        error_set(&error, ERROR_REFUSED, "You are no longer signed in.");
        error_advise(&error, "Nothing was changed. You are signed out after 30 minutes without a "
                             "click. Sign in and send it again.");
        visit_refuse(visit, 403, &error);
    } else {
        response_see(visit->response, SLICE("/sign-in"));
    }
    return false;
}

bool here_gate(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct person_here *here = visit_person(visit);
    if (here == NULL) return strangers(visit);
    visit->who_token = signin_token(visit_record(visit), here->secret, visit->arena);
    if (opens_to(visit, here, visit->route->opens)) return true;
    if (here->who.codes_wanted) {
        response_see(visit->response, SLICE("/account/codes"));
        return false;
    }
    error_set(&error, ERROR_REFUSED, "What you are here does not open this page.");
    error_advise(&error, "If you need it, ask the administrator.");
    visit_refuse(visit, 403, &error);
    return false;
}

/* ---- pages ---- */

/* What the daily check found, on every page of an administrator. */
static bool warns(struct visit *visit, const struct person_here *here)
{
    if (keeper_wrong(visit_pages(visit)->keeper) == 0) return false;
    for (size_t i = 0; i < here->who.role_count; i++)
        if (here->who.roles[i] == ROLE_ADMINISTRATOR) return true;
    return false;
}

struct ui_frame here_frame(struct visit *visit, struct slice title)
{
    struct ui_frame frame = pages_frame(visit, title);
    const struct person_here *here = visit_person(visit);
    if (here != NULL) {
        frame.nav = here->menu;
        frame.nav_count = here->menu_count;
        if (warns(visit, here))
            frame.notice =
                SLICE("The daily check found something wrong in the record. Whoever keeps "
                      "the machine runs `lanyard rebuild --check` and `lanyard verify` "
                      "now: they name it.");
    }
    return frame;
}

struct ui_frame here_frame_open(struct visit *visit, struct slice title, struct slice at,
                                struct slice back, bool problem)
{
    struct ui_frame frame = here_frame(visit, title);
    frame.here = at;
    frame.back = back;
    frame.problem = problem;
    ui_frame_open(visit->out, &frame);
    return frame;
}

void here_fail(struct visit *visit, const struct error *error)
{
    visit_refuse(visit, error_http_status(error->code), error);
}

void here_refused(struct visit *visit, const struct outcome *outcome)
{
    struct error error = {.code = ERROR_NONE};
    error_set(&error, ERROR_REFUSED, "%.*s", SLICE_PRINT(outcome->sentence));
    error_advise(&error, "Nothing was changed. That it was refused has been recorded.");
    visit_refuse(visit, 403, &error);
}

void here_order_field(struct visit *visit)
{
    char hex[2 * ID_SIZE + 1];
    struct id id = id_make();
    id_hex(&id, hex);
    ui_hidden(visit->out, SLICE("order"), slice_of(hex));
}

bool here_order(struct visit *visit, size_t field, enum record_act act, struct order *ret_order)
{
    struct person_here *here = visit_person(visit);
    struct id id;
    if (here != NULL && id_read(form_value(visit->form, field), &id)) {
        order_init(ret_order, act, here->who.person);
        ret_order->id = id;
        return true;
    }
    visit_refuse(visit, 400, NULL);
    return false;
}
