/* What the pages about people share; see people.h. */
#include "page/people.h"

#include <stdio.h>

#include "base/date.h"

void people_visit(struct visit *visit, void (*page)(struct people *people))
{
    struct people people = {
        .visit = visit, .record = visit_record(visit), .arena = visit->arena, .out = visit->out};
    people.view = register_hold(people.record);
    viewer_init(&people.viewer, people.record, people.view, visit_person(visit)->who.person,
                people.arena);
    page(&people);
    register_let_go(people.record, people.view);
}

/* ---- who a page is about ---- */

struct slice people_part(const struct visit *visit, size_t n)
{
    struct slice pattern = slice_of(visit->route->path), part = SLICE_EMPTY;
    size_t start = slice_find(pattern, '*');
    struct slice rest = slice_part(visit->request->path, start, visit->request->path.length);
    for (size_t i = 0; i <= n; i++)
        if (!slice_split(&rest, '/', &part)) return SLICE_EMPTY;
    return part;
}

void people_nobody(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    error_set(&error, ERROR_REQUEST, "There is nobody at this address.");
    error_advise(&error, "Look for them in the list of people.");
    visit_refuse(people->visit, 404, &error);
}

void people_shut_out(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    error_set(&error, ERROR_REFUSED, "What you are here does not let you do this.");
    error_advise(&error, "If you need it, ask the administrator.");
    visit_refuse(people->visit, 403, &error);
}

bool people_may(const struct people *people, const struct registered *person, enum record_act act)
{
    return allowed_in(viewer_acts_about(&people->viewer, person), act);
}

const struct registered *people_subject(struct people *people, size_t n, enum record_act act)
{
    struct id id;
    unsigned sees;
    const struct registered *person = NULL;
    if (id_read(people_part(people->visit, n), &id))
        person = viewer_person(&people->viewer, &id, &sees);
    if (person == NULL) {
        people_nobody(people);
    } else if (act != ACTS && !people_may(people, person, act)) {
        people_shut_out(people);
        person = NULL;
    }
    return person;
}

/* ---- words ---- */

struct slice people_hex(const struct people *people, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    return arena_copy(people->arena, slice_of(hex));
}

struct slice people_called(const struct people *people, const struct registered *person)
{
    const struct details *details = &person->details;
    struct slice first = details->known_as.length > 0 ? details->known_as : details->given;
    if (details->family.length == 0) return first.length > 0 ? first : person->shown_as;
    return arena_format(people->arena, "%.*s%s%.*s", SLICE_PRINT(first),
                        first.length > 0 ? " " : "", SLICE_PRINT(details->family));
}

struct slice people_called_id(const struct people *people, const struct id *id)
{
    unsigned sees;
    const struct registered *person = viewer_person(&people->viewer, id, &sees);
    return person == NULL ? SLICE("Somebody") : people_called(people, person);
}

struct slice people_org_name(const struct people *people, const struct id *org)
{
    const struct org *found = register_org(people->view, org);
    return found == NULL ? SLICE("another school") : found->name;
}

struct slice people_day(const struct people *people, int64_t day)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct date date = date_from_day(day);
    return arena_format(people->arena, "%d %s %d", date.day, months[date.month - 1], date.year);
}

struct slice people_days(const struct people *people, int64_t since, int64_t until)
{
    struct slice from = people_day(people, since);
    if (until == PEOPLE_OPEN)
        return arena_format(people->arena, "%s %.*s",
                            since > people->viewer.today ? "from" : "since", SLICE_PRINT(from));
    struct slice to = people_day(people, until);
    if (since == until) return arena_format(people->arena, "on %.*s", SLICE_PRINT(from));
    return arena_format(people->arena, "%.*s to %.*s", SLICE_PRINT(from), SLICE_PRINT(to));
}

struct slice people_address(const struct people *people, const struct id *id, const char *behind)
{
    struct slice hex = people_hex(people, id);
    return arena_format(people->arena, "/people/%.*s%s", SLICE_PRINT(hex), behind);
}

struct slice people_roles(const struct people *people, const struct registered *person)
{
    bool said[ROLES] = {false};
    struct slice words = SLICE_EMPTY;
    for (size_t i = 0; i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        if (said[held->role] || held->since > people->viewer.today ||
            held->until < people->viewer.today)
            continue;
        said[held->role] = true;
        struct slice title = role_row(held->role)->title;
        words = words.length == 0 ? title
                                  : arena_format(people->arena, "%.*s, %.*s", SLICE_PRINT(words),
                                                 SLICE_PRINT(title));
    }
    return words;
}

/* ---- forms ---- */

struct typed_day people_typed(const struct visit *visit, size_t field)
{
    return (struct typed_day){form_value(visit->form, field), form_value(visit->form, field + 1),
                              form_value(visit->form, field + 2)};
}

struct typed_day people_typed_day(const struct people *people, int64_t day)
{
    struct date date = date_from_day(day);
    return (struct typed_day){arena_format(people->arena, "%d", date.day),
                              arena_format(people->arena, "%d", date.month),
                              arena_format(people->arena, "%d", date.year)};
}

bool people_iso(const struct people *people, const struct typed_day *typed, struct slice *ret_iso)
{
    int64_t day, month, year;
    char iso[11];
    *ret_iso = SLICE_EMPTY;
    if (typed->day.length + typed->month.length + typed->year.length == 0) return true;
    if (!slice_number(typed->day, &day) || !slice_number(typed->month, &month) ||
        !slice_number(typed->year, &year))
        return false;
    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 1800 || year > 2200) return false;
    struct date date = {(int)year, (int)month, (int)day};
    if (!date_valid(date)) return false;
    date_format(date, iso);
    *ret_iso = arena_copy(people->arena, slice_of(iso));
    return true;
}

struct ui_question people_question(const char *name, struct slice words, struct slice hint)
{
    return (struct ui_question){.name = slice_of(name),
                                .words = words,
                                .hint = hint,
                                .error = SLICE_EMPTY,
                                .size = UI_SMALL};
}

static bool has_errors(const struct people_form *form)
{
    for (size_t i = 0; i < form->count; i++)
        if (form->questions[i].error.length > 0) return true;
    return form->wrong.length > 0;
}

/* What belongs to no question points at the button. */
static void write_problems(struct people *people, const struct people_form *form)
{
    struct ui_question *all = ARENA_ARRAY(people->arena, struct ui_question, form->count + 1);
    for (size_t i = 0; i < form->count; i++) all[i] = form->questions[i];
    all[form->count] = people_question("send", SLICE_EMPTY, SLICE_EMPTY);
    all[form->count].error = form->wrong;
    ui_problem(people->out, all, form->count + 1);
}

struct ui_frame people_form_open(struct people *people, const struct people_form *form)
{
    struct text *out = people->out;
    bool problem = has_errors(form);
    struct ui_frame frame =
        here_frame_open(people->visit, form->title, SLICE("/people"), form->back, problem);
    if (problem) write_problems(people, form);
    if (form->caption.length > 0) ui_caption(out, UI_LARGE, form->caption);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, form->title);
    ui_form_open(out, people->visit->request->path, visit_token(people->visit));
    here_order_field(people->visit);
    return frame;
}

void people_form_close(struct people *people, struct ui_frame *frame, enum ui_button kind,
                       struct slice words)
{
    struct text *out = people->out;
    HTML(out, "<div class=\"govuk-button-group\" id=\"send\">\n");
    ui_button(out, kind, words);
    if (frame->back.length > 0) html_link(out, frame->back, SLICE("Cancel"));
    HTML(out, "</div>\n");
    ui_form_close(out);
    ui_frame_close(out, frame);
}

const struct field once_fields[] = {
    [ONCE_ORDER] = HERE_ORDER_FIELD,
    [ONCE_OF] = {"of", form_is_hex, (size_t)2 * ID_SIZE, 1},
};

void people_small_form(struct people *people, struct slice action, enum ui_button kind,
                       struct slice words, struct slice hidden_words, struct slice name,
                       struct slice value)
{
    struct text *out = people->out;
    ui_form_open(out, action, visit_token(people->visit));
    here_order_field(people->visit);
    if (name.length > 0) ui_hidden(out, name, value);
    ui_button_value(out, kind, words, hidden_words, SLICE_EMPTY, SLICE_EMPTY);
    ui_form_close(out);
}

size_t people_org_options(const struct people *people, enum record_act act, const struct id *chosen,
                          struct ui_option **ret_options)
{
    const struct org **orgs;
    size_t all = viewer_orgs(&people->viewer, people->arena, &orgs), count = 0;
    struct ui_option *options = ARENA_ARRAY(people->arena, struct ui_option, all + 1);
    for (size_t i = 0; i < all; i++)
        if (allowed_in(viewer_acts(&people->viewer, &orgs[i]->id), act))
            options[count++] = (struct ui_option){.value = people_hex(people, &orgs[i]->id),
                                                  .words = orgs[i]->name,
                                                  .hint = SLICE_EMPTY,
                                                  .checked = id_same(&orgs[i]->id, chosen)};
    *ret_options = options;
    return count;
}

bool people_org_of(const struct people *people, struct slice hex, enum record_act act,
                   struct id *ret_org)
{
    return id_read(hex, ret_org) && register_org(people->view, ret_org) != NULL &&
           allowed_in(viewer_acts(&people->viewer, ret_org), act);
}

/* ---- acts ---- */

/* The desk's sentences begin small, to stand behind a command's name. */
static struct slice sentence_of(const struct people *people, const struct error *error)
{
    struct slice said = slice_of(error->sentence), advice = slice_of(error->advice);
    if (said.length == 0) return SLICE("This did not work");
    char first = said.at[0];
    if (first >= 'a' && first <= 'z') first = (char)(first - 'a' + 'A');
    return arena_format(people->arena, "%c%.*s%s%.*s", first,
                        SLICE_PRINT(slice_part(said, 1, said.length)),
                        advice.length > 0 ? ". " : "", SLICE_PRINT(advice));
}

static bool mendable(const struct error *error)
{
    return error->code == ERROR_REQUEST || error->code == ERROR_LIMIT ||
           error->code == ERROR_ENCODING;
}

enum people_end people_do(struct people *people, const struct order *order,
                          struct outcome *ret_outcome, struct slice *ret_wrong)
{
    struct error error = {.code = ERROR_NONE};
    *ret_wrong = SLICE_EMPTY;
    register_let_go(people->record, people->view);
    bool written = desk_do(people->record, order, people->arena, ret_outcome, &error);
    people->view = register_hold(people->record);
    viewer_init(&people->viewer, people->record, people->view, order->actor, people->arena);
    if (written && (ret_outcome->done || ret_outcome->again)) return PEOPLE_DONE;
    if (!written && mendable(&error)) {
        *ret_wrong = sentence_of(people, &error);
        return PEOPLE_WRONG;
    }
    if (written)
        here_refused(people->visit, ret_outcome);
    else
        here_fail(people->visit, &error);
    return PEOPLE_ANSWERED;
}

void people_ask_despite(const struct people *people, struct slice wrong)
{
    struct slice advised = SLICE(DESK_ADVISED);
    if (!slice_starts(slice_part(wrong, 1, wrong.length), slice_part(advised, 1, advised.length)))
        return;
    struct ui_question question =
        people_question("despite", SLICE("Why do you go on all the same?"),
                        SLICE("Kept with what you did. Say nothing here about a child's case."));
    ui_textarea(people->out, &question, SLICE_EMPTY, 4);
}

bool people_order(struct people *people, size_t field, enum record_act act, struct order *ret_order)
{
    return here_order(people->visit, field, act, ret_order);
}

void people_set(struct people *people, struct order *order, const char *key, struct slice value)
{
    order_set(order, people->arena, key, value);
}

void people_set_id(struct people *people, struct order *order, const char *key, const struct id *id)
{
    order_set(order, people->arena, key, people_hex(people, id));
}
