/* Adding a person and changing their details. A form remembers what it showed: where somebody else changed the record
 * meanwhile, the page says what is different now, keeps what was typed, and asks again. */
#include "page/person_change.h"

#include <string.h>

#define DETAIL_LARGEST 200

const struct field person_fields[] = {
    [PERSON_ORDER] = HERE_ORDER_FIELD,
    [PERSON_GIVEN] = {"given", form_is_line, DETAIL_LARGEST, 1},
    [PERSON_FAMILY] = {"family", form_is_line, DETAIL_LARGEST, 1},
    [PERSON_KNOWN_AS] = {"known-as", form_is_line, DETAIL_LARGEST, 1},
    [PERSON_EMAIL] = {"email", form_is_line, 254, 1},
    [PERSON_PHONE] = {"phone", form_is_line, DETAIL_LARGEST, 1},
    PEOPLE_DAY_FIELDS("born"),
    [PERSON_ORG] = {"org", form_is_hex, (size_t)2 * ID_SIZE, 1},
    [PERSON_WAS] = {"was-given", form_is_line, DETAIL_LARGEST, 1},
    {"was-family", form_is_line, DETAIL_LARGEST, 1},
    {"was-known-as", form_is_line, DETAIL_LARGEST, 1},
    {"was-email", form_is_line, 254, 1},
    {"was-phone", form_is_line, DETAIL_LARGEST, 1},
    {"was-born", form_is_line, DETAIL_LARGEST, 1},
};

enum detail { GIVEN, FAMILY, KNOWN_AS, EMAIL, PHONE, BORN, DETAILS };
static const char *const keys[DETAILS] = {"given", "family", "known-as", "email", "phone", "born"};
static const char *const was_keys[DETAILS] = {"was-given", "was-family", "was-known-as",
                                              "was-email", "was-phone",  "was-born"};
static const char *const labels[DETAILS] = {"Given name",     "Family name",      "Known as",
                                            "E-mail address", "Telephone number", "Date of birth"};

/* What a form holds: typed values, and what stood there when it was shown. */
struct typed {
    struct slice value[DETAILS], was[DETAILS];
    struct typed_day born;
    struct id org;
    struct slice wrong[DETAILS], wrong_org, wrong_all;
    bool problem;
};

static const struct slice *detail_of(const struct details *details, enum detail detail)
{
    const struct slice *const at[DETAILS] = {&details->given, &details->family, &details->known_as,
                                             &details->email, &details->phone,  &details->born};
    return at[detail];
}

/* The register's words are copied: they go when it is let go. */
static void show_register(struct people *people, const struct registered *person,
                          struct typed *typed)
{
    struct date born;
    for (int i = 0; i < DETAILS; i++)
        typed->value[i] = typed->was[i] =
            arena_copy(people->arena, *detail_of(&person->details, (enum detail)i));
    if (date_parse(typed->value[BORN], &born))
        typed->born = people_typed_day(people, date_to_day(born));
}

static void wrong(struct typed *typed, enum detail detail, struct slice words)
{
    typed->wrong[detail] = words;
    typed->problem = true;
}

static void read_form(struct people *people, enum record_act act, struct typed *typed)
{
    const struct form *form = people->visit->form;
    for (size_t i = 0; i < BORN; i++) typed->value[i] = form_value(form, PERSON_GIVEN + i);
    for (size_t i = 0; i < DETAILS; i++) typed->was[i] = form_value(form, PERSON_WAS + i);
    typed->born = people_typed(people->visit, PERSON_BORN);
    if (!people_iso(people, &typed->born, &typed->value[BORN]))
        wrong(typed, BORN, SLICE("Date of birth must be a real date, such as 27 3 2012"));
    if (typed->value[GIVEN].length == 0) wrong(typed, GIVEN, SLICE("Enter a given name"));
    if (typed->value[FAMILY].length == 0) wrong(typed, FAMILY, SLICE("Enter a family name"));
    if (act == ACT_ADD_PERSON &&
        !people_org_of(people, form_value(form, PERSON_ORG), act, &typed->org)) {
        typed->wrong_org = SLICE("Choose a school");
        typed->problem = true;
    }
}

/* ---- the form ---- */

static struct ui_question question_of(const struct typed *typed, enum detail detail)
{
    static const char *const hints[DETAILS] = {"",
                                               "",
                                               "If they are called by another name",
                                               "They sign in with it",
                                               "",
                                               "For example, 27 3 2012"};
    struct ui_question question =
        people_question(keys[detail], slice_of(labels[detail]), slice_of(hints[detail]));
    question.error = typed->wrong[detail];
    return question;
}

static void write_fields(struct people *people, const struct ui_question *questions,
                         const struct typed *typed)
{
    for (int i = 0; i < BORN; i++)
        ui_input(people->out, &questions[i], typed->value[i], i == PHONE ? 20 : 0, false);
    ui_date(people->out, &questions[BORN], typed->born.day, typed->born.month, typed->born.year);
    for (int i = 0; i < DETAILS; i++) ui_hidden(people->out, slice_of(was_keys[i]), typed->was[i]);
}

static void write_school(struct people *people, const struct ui_question *question,
                         const struct typed *typed)
{
    struct ui_option *options;
    struct id first = typed->org;
    size_t count = people_org_options(people, ACT_ADD_PERSON, &first, &options);
    if (count == 1)
        ui_hidden(people->out, SLICE("org"), options[0].value);
    else
        ui_select(people->out, question, options, count);
}

static void write_form(struct people *people, struct slice title, struct slice caption,
                       struct slice back, const struct typed *typed, bool school)
{
    struct ui_question questions[DETAILS + 1];
    for (int i = 0; i < DETAILS; i++) questions[i] = question_of(typed, (enum detail)i);
    questions[DETAILS] = people_question("org", SLICE("School"), SLICE_EMPTY);
    questions[DETAILS].error = typed->wrong_org;
    struct people_form form = {.title = title,
                               .caption = caption,
                               .back = back,
                               .questions = questions,
                               .count = DETAILS + 1,
                               .wrong = typed->wrong_all};
    struct ui_frame frame = people_form_open(people, &form);
    if (school) write_school(people, &questions[DETAILS], typed);
    write_fields(people, questions, typed);
    people_form_close(people, &frame, UI_BUTTON_MAIN,
                      school ? SLICE("Add this person") : SLICE("Save"));
}

/* What the desk found goes beside the field that it is about. */
static void place_wrong(struct typed *typed, struct slice words)
{
    typed->problem = true;
    if (slice_search(words, SLICE("e-mail")) < words.length ||
        slice_search(words, SLICE("address or number")) < words.length)
        typed->wrong[EMAIL] = words;
    else if (slice_search(words, SLICE("date of birth")) < words.length)
        typed->wrong[BORN] = words;
    else
        typed->wrong_all = words;
}

/* ---- adding ---- */

static const struct slice add_title = SLICE("Add a person");

static void show_add(struct people *people)
{
    struct typed typed = {.org = visit_person(people->visit)->who.person};
    write_form(people, add_title, SLICE_EMPTY, SLICE("/people"), &typed, true);
}

void person_add_page(struct visit *visit)
{
    people_visit(visit, show_add);
}

static void add(struct people *people)
{
    struct typed typed = {0};
    struct order order;
    struct outcome outcome;
    struct slice words = SLICE_EMPTY;
    enum people_end end = PEOPLE_WRONG;
    read_form(people, ACT_ADD_PERSON, &typed);
    if (!typed.problem) {
        if (!people_order(people, PERSON_ORDER, ACT_ADD_PERSON, &order)) return;
        people_set_id(people, &order, "org", &typed.org);
        for (int i = 0; i < DETAILS; i++) people_set(people, &order, keys[i], typed.value[i]);
        end = people_do(people, &order, &outcome, &words);
    }
    if (end == PEOPLE_DONE) {
        response_see(people->visit->response,
                     outcome.again ? SLICE("/people")
                                   : people_address(people, &outcome.made, "/added"));
    } else if (end == PEOPLE_WRONG) {
        if (words.length > 0) place_wrong(&typed, words);
        write_form(people, add_title, SLICE_EMPTY, SLICE("/people"), &typed, true);
    }
}

void person_add_answer(struct visit *visit)
{
    people_visit(visit, add);
}

/* ---- changing ---- */

static void write_change(struct people *people, const struct registered *person,
                         const struct typed *typed)
{
    write_form(people, SLICE("Change details"), people_called(people, person),
               people_address(people, &person->id, ""), typed, false);
}

static void show_change(struct people *people)
{
    struct typed typed = {0};
    const struct registered *person = people_subject(people, 0, ACT_CHANGE_PERSON);
    if (person == NULL) return;
    show_register(people, person, &typed);
    write_change(people, person, &typed);
}

void person_change_page(struct visit *visit)
{
    people_visit(visit, show_change);
}

/* Whether the record is still what the form showed. Where it is not: what changed is said, and stands in the form unless it was
 * typed over there too. */
static bool is_stale(struct people *people, const struct registered *person, struct typed *typed)
{
    struct slice said = SLICE_EMPTY;
    struct date born;
    for (int i = 0; i < DETAILS; i++) {
        struct slice now = *detail_of(&person->details, (enum detail)i);
        if (slice_equal(now, typed->was[i])) continue;
        said = arena_format(people->arena, "%.*s %s is now \xe2\x80\x9c%.*s\xe2\x80\x9d.",
                            SLICE_PRINT(said), labels[i], SLICE_PRINT(now));
        if (slice_equal(typed->value[i], typed->was[i])) {
            typed->value[i] = arena_copy(people->arena, now);
            if (i == BORN && date_parse(now, &born))
                typed->born = people_typed_day(people, date_to_day(born));
        }
        typed->was[i] = arena_copy(people->arena, now);
    }
    if (said.length == 0) return false;
    typed->wrong_all = arena_format(people->arena,
                                    "Somebody else changed this record while you had it open:%.*s "
                                    "Look at it again and save it",
                                    SLICE_PRINT(said));
    return typed->problem = true;
}

/* Only what was typed over goes to the desk, and what stood there before. */
static enum people_end send_change(struct people *people, const struct id *person,
                                   const struct typed *typed, struct slice *ret_words)
{
    struct order order;
    struct outcome outcome;
    if (!people_order(people, PERSON_ORDER, ACT_CHANGE_PERSON, &order)) return PEOPLE_ANSWERED;
    people_set_id(people, &order, "person", person);
    for (int i = 0; i < DETAILS; i++) {
        people_set(people, &order, was_keys[i], typed->was[i]);
        if (!slice_equal(typed->value[i], typed->was[i]))
            people_set(people, &order, keys[i], typed->value[i]);
    }
    return people_do(people, &order, &outcome, ret_words);
}

static bool is_same(const struct typed *typed)
{
    for (int i = 0; i < DETAILS; i++)
        if (!slice_equal(typed->value[i], typed->was[i])) return false;
    return true;
}

static void change(struct people *people)
{
    struct typed typed = {0};
    struct slice words = SLICE_EMPTY;
    enum people_end end = PEOPLE_WRONG;
    const struct registered *person = people_subject(people, 0, ACT_CHANGE_PERSON);
    if (person == NULL) return;
    struct id id = person->id;
    read_form(people, ACT_CHANGE_PERSON, &typed);
    if (!is_stale(people, person, &typed) && !typed.problem)
        end = is_same(&typed) ? PEOPLE_DONE : send_change(people, &id, &typed, &words);
    if (end == PEOPLE_DONE) {
        response_see(people->visit->response,
                     people_address(people, &id, is_same(&typed) ? "" : "/changed"));
    } else if (end == PEOPLE_WRONG && (person = people_subject(people, 0, ACTS)) != NULL) {
        if (words.length > 0 && !is_stale(people, person, &typed)) place_wrong(&typed, words);
        write_change(people, person, &typed);
    }
}

void person_change_answer(struct visit *visit)
{
    people_visit(visit, change);
}

/* ---- here again ---- */

static void come_back(struct people *people)
{
    struct order order;
    struct outcome outcome;
    struct slice words;
    const struct registered *person = people_subject(people, 0, ACT_CHANGE_PERSON);
    if (person == NULL) return;
    struct id id = person->id;
    if (!people_order(people, ONCE_ORDER, ACT_CHANGE_PERSON, &order)) return;
    people_set_id(people, &order, "person", &id);
    people_set(people, &order, "back", SLICE("yes"));
    if (people_do(people, &order, &outcome, &words) != PEOPLE_ANSWERED)
        response_see(people->visit->response, people_address(people, &id, "/back"));
}

void person_back_answer(struct visit *visit)
{
    people_visit(visit, come_back);
}
