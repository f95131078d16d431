/* Giving a role, proposing one of trust, ending one. */
#include "page/person_roles.h"

const struct field role_fields[] = {
    [ROLE_ORDER] = HERE_ORDER_FIELD,
    [ROLE_CODE] = {"role", form_is_id, 40, 1},
    [ROLE_ORG] = {"org", form_is_hex, (size_t)2 * ID_SIZE, 1},
    PEOPLE_DAY_FIELDS("since"),
    PEOPLE_DAY_FIELDS("until"),
};
const struct field end_role_fields[] = {
    [END_ROLE_ORDER] = HERE_ORDER_FIELD,
    PEOPLE_DAY_FIELDS("until"),
    [END_ROLE_DESPITE] = PEOPLE_DESPITE,
};

struct typed {
    struct slice role, org, since_iso, until_iso;
    struct typed_day since, until;
    struct slice wrong_role, wrong_org, wrong_since, wrong_until, wrong;
    bool problem;
};

struct giving {
    enum record_act act;
    bool trusted;
    struct slice title, words, button;
    const char *done;
};
static const struct giving giving = {ACT_GIVE_ROLE,           false,
                                     SLICE("Give a role"),    SLICE("What is this person here?"),
                                     SLICE("Give this role"), "/role"};
static const struct giving proposing = {
    ACT_PROPOSE_ROLE,
    true,
    SLICE("Propose a role of trust"),
    SLICE("These roles open what is sealed, or approve what others do. Two others have to say yes "
          "before this one holds; neither you nor the person who gains it can be one of them."),
    SLICE("Propose this role"),
    "/proposed"};

/* ---- the form ---- */

static void write_role_choice(struct people *people, const struct giving *kind,
                              const struct ui_question *question, const struct typed *typed)
{
    struct ui_option options[ROLES + 1] = {{.value = SLICE_EMPTY, .words = SLICE("Choose a role")}};
    size_t count = 1;
    for (int role = 0; role < ROLES; role++) {
        const struct role_row *row = role_row((enum role)role);
        if (row->trusted == kind->trusted)
            options[count++] = (struct ui_option){.value = row->code,
                                                  .words = row->title,
                                                  .checked = slice_equal(row->code, typed->role)};
    }
    ui_select(people->out, question, options, count);
}

static void write_org_choice(struct people *people, const struct giving *kind,
                             const struct ui_question *question, const struct typed *typed,
                             const struct id *own)
{
    struct ui_option *options;
    struct id chosen;
    if (!id_read(typed->org, &chosen)) chosen = *own;
    size_t count = people_org_options(people, kind->act, &chosen, &options);
    if (count == 1)
        ui_hidden(people->out, SLICE("org"), options[0].value);
    else
        ui_select(people->out, question, options, count);
}

static void write_form(struct people *people, const struct giving *kind,
                       const struct registered *person, const struct typed *typed)
{
    struct ui_question questions[] = {
        people_question("role", SLICE("Role"), SLICE_EMPTY),
        people_question("org", SLICE("School"), SLICE("It counts there and below")),
        people_question("since", SLICE("First day"), SLICE("Leave it empty for today")),
        people_question("until", SLICE("Last day"), SLICE("Leave it empty where it is not known")),
    };
    questions[0].error = typed->wrong_role;
    questions[1].error = typed->wrong_org;
    questions[2].error = typed->wrong_since;
    questions[3].error = typed->wrong_until;
    struct people_form form = {.title = kind->title,
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = questions,
                               .count = 4,
                               .wrong = typed->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out, kind->words);
    write_role_choice(people, kind, &questions[0], typed);
    write_org_choice(people, kind, &questions[1], typed, &person->org);
    ui_date(people->out, &questions[2], typed->since.day, typed->since.month, typed->since.year);
    ui_date(people->out, &questions[3], typed->until.day, typed->until.month, typed->until.year);
    people_form_close(people, &frame, UI_BUTTON_MAIN, kind->button);
}

static void show(struct people *people, const struct giving *kind)
{
    struct typed typed = {.role = SLICE_EMPTY, .org = SLICE_EMPTY};
    const struct registered *person = people_subject(people, 0, kind->act);
    if (person != NULL) write_form(people, kind, person, &typed);
}

/* ---- what was sent ---- */

static struct slice day_wrong(struct people *people, const struct typed_day *day,
                              struct slice *ret_iso, struct slice words)
{
    return people_iso(people, day, ret_iso) ? SLICE_EMPTY : words;
}

static void read_form(struct people *people, const struct giving *kind, struct typed *typed)
{
    const struct form *form = people->visit->form;
    struct id org;
    typed->role = form_value(form, ROLE_CODE);
    typed->org = form_value(form, ROLE_ORG);
    typed->since = people_typed(people->visit, ROLE_SINCE);
    typed->until = people_typed(people->visit, ROLE_UNTIL);
    enum role role = role_of(typed->role);
    if (role == ROLES || role_row(role)->trusted != kind->trusted)
        typed->wrong_role = SLICE("Choose a role");
    if (!people_org_of(people, typed->org, kind->act, &org))
        typed->wrong_org = SLICE("Choose a school");
    typed->wrong_since = day_wrong(people, &typed->since, &typed->since_iso,
                                   SLICE("First day must be a real date, such as 1 9 2026"));
    typed->wrong_until = day_wrong(people, &typed->until, &typed->until_iso,
                                   SLICE("Last day must be a real date, such as 31 8 2027"));
    typed->problem = typed->wrong_role.length + typed->wrong_org.length +
                         typed->wrong_since.length + typed->wrong_until.length >
                     0;
}

static void place_wrong(struct typed *typed, struct slice words)
{
    if (slice_search(words, SLICE("last day")) < words.length ||
        slice_starts(words, SLICE("The last day")))
        typed->wrong_until = words;
    else if (slice_starts(words, SLICE("The first day")))
        typed->wrong_since = words;
    else
        typed->wrong = words;
}

static void answer(struct people *people, const struct giving *kind)
{
    struct typed typed = {0};
    struct order order;
    struct outcome outcome;
    struct slice words = SLICE_EMPTY;
    enum people_end end = PEOPLE_WRONG;
    const struct registered *person = people_subject(people, 0, kind->act);
    if (person == NULL) return;
    struct id id = person->id;
    read_form(people, kind, &typed);
    if (!typed.problem) {
        if (!people_order(people, ROLE_ORDER, kind->act, &order)) return;
        people_set_id(people, &order, "person", &id);
        people_set(people, &order, "role", typed.role);
        people_set(people, &order, "org", typed.org);
        people_set(people, &order, "since", typed.since_iso);
        people_set(people, &order, "until", typed.until_iso);
        people_set(people, &order, DESK_DESPITE, form_value(people->visit->form, END_ROLE_DESPITE));
        end = people_do(people, &order, &outcome, &words);
    }
    if (end == PEOPLE_DONE) {
        response_see(people->visit->response, people_address(people, &id, kind->done));
    } else if (end == PEOPLE_WRONG && (person = people_subject(people, 0, ACTS)) != NULL) {
        if (words.length > 0) place_wrong(&typed, words);
        write_form(people, kind, person, &typed);
    }
}

static void show_give(struct people *people)
{
    show(people, &giving);
}

static void show_propose(struct people *people)
{
    show(people, &proposing);
}

static void answer_give(struct people *people)
{
    answer(people, &giving);
}

static void answer_propose(struct people *people)
{
    answer(people, &proposing);
}

void role_give_page(struct visit *visit)
{
    people_visit(visit, show_give);
}

void role_give_answer(struct visit *visit)
{
    people_visit(visit, answer_give);
}

void role_propose_page(struct visit *visit)
{
    people_visit(visit, show_propose);
}

void role_propose_answer(struct visit *visit)
{
    people_visit(visit, answer_propose);
}

/* ---- ending one ---- */

/* The role that the second part of the address names, and that the viewer could end. */
static const struct held_role *role_to_end(struct people *people,
                                           const struct registered **ret_person)
{
    struct id id;
    const struct registered *person = *ret_person = people_subject(people, 0, ACTS);
    if (person == NULL) return NULL;
    bool read = id_read(people_part(people->visit, 1), &id);
    for (size_t i = 0; read && i < person->role_count; i++) {
        if (!id_same(&person->roles[i].id, &id)) continue;
        if (allowed_in(viewer_acts(&people->viewer, &person->roles[i].org), ACT_END_ROLE) &&
            !register_same(people->view, &person->id, &people->viewer.person))
            return &person->roles[i];
        people_shut_out(people);
        return NULL;
    }
    people_nobody(people);
    return NULL;
}

static void write_end(struct people *people, const struct registered *person,
                      const struct held_role *held, const struct typed *typed)
{
    struct ui_question until = people_question("until", SLICE("Last day"),
                                               SLICE("Leave it empty to end the role at once"));
    until.error = typed->wrong_until;
    struct people_form form = {.title = SLICE("End a role"),
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = &until,
                               .count = 1,
                               .wrong = typed->wrong};
    struct ui_frame frame = people_form_open(people, &form);
    ui_summary_open(people->out);
    ui_summary_row(people->out, SLICE("Role"), role_row(held->role)->title);
    ui_summary_row(people->out, SLICE("School"), people_org_name(people, &held->org));
    ui_summary_row(people->out, SLICE("Held"), people_days(people, held->since, held->until));
    ui_summary_close(people->out);
    ui_date(people->out, &until, typed->until.day, typed->until.month, typed->until.year);
    people_ask_despite(people, typed->wrong);
    people_form_close(people, &frame, UI_BUTTON_WARNING, SLICE("End this role"));
}

static void show_end(struct people *people)
{
    struct typed typed = {0};
    const struct registered *person;
    const struct held_role *held = role_to_end(people, &person);
    if (held != NULL) write_end(people, person, held, &typed);
}

void role_end_page(struct visit *visit)
{
    people_visit(visit, show_end);
}

static void end_role(struct people *people)
{
    struct typed typed = {0};
    struct order order;
    struct outcome outcome;
    struct slice words = SLICE_EMPTY;
    enum people_end end = PEOPLE_WRONG;
    const struct registered *person;
    const struct held_role *held = role_to_end(people, &person);
    if (held == NULL) return;
    struct id id = person->id, held_id = held->id;
    typed.until = people_typed(people->visit, END_ROLE_UNTIL);
    typed.wrong_until = day_wrong(people, &typed.until, &typed.until_iso,
                                  SLICE("Last day must be a real date, such as 31 8 2027"));
    if (typed.wrong_until.length == 0) {
        if (!people_order(people, END_ROLE_ORDER, ACT_END_ROLE, &order)) return;
        people_set_id(people, &order, "held", &held_id);
        people_set(people, &order, "until", typed.until_iso);
        end = people_do(people, &order, &outcome, &words);
    }
    if (end == PEOPLE_DONE) {
        response_see(people->visit->response, people_address(people, &id, "/ended"));
    } else if (end == PEOPLE_WRONG && (held = role_to_end(people, &person)) != NULL) {
        if (words.length > 0) place_wrong(&typed, words);
        write_end(people, person, held, &typed);
    }
}

void role_end_answer(struct visit *visit)
{
    people_visit(visit, end_role);
}
