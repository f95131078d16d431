/* Choosing the other person: a name is looked for, the people found are shown to choose from, and one button does it. The same
 * page for a parent to link, a parent to bar and another record of the same person. */
#include "page/person_pair.h"

#define REASON_LARGEST 1000

const struct field pick_fields[] = {
    [PICK_ORDER] = HERE_ORDER_FIELD,
    [PICK_WORDS] = {"words", form_is_line, 100, 1},
    [PICK_OTHER] = {"other", form_is_hex, (size_t)2 * ID_SIZE, 1},
    [PICK_REASON] = {"reason", form_is_text, REASON_LARGEST, 1},
    [PICK_DO] = {"do", form_is_id, 10, 1},
};

struct pick {
    const char *path;
    enum record_act act;
    const char *subject, *other; /* the desk's values */
    struct slice title, words, legend, button;
    const char *done;
    bool reason, parents; /* one may be given; those linked as parents are offered at once */
    enum ui_button kind;
};
static const struct pick picks[] = {
    {"/people/parent/*", ACT_LINK_PARENT, "child", "parent", SLICE("Link a parent"),
     SLICE("Look for the parent by name. Add them to the record first where they are not in it."),
     SLICE("Who is the parent?"), SLICE("Link this parent"), "/linked", false, false,
     UI_BUTTON_MAIN},
    {"/people/bar/*", ACT_BAR_PARENT, "child", "parent", SLICE("Bar a parent"),
     SLICE(
         "Where a court says so, or the child would not be safe. From now on they see and receive "
         "nothing of this child, whatever else they are here. Two people are needed to lift it."),
     SLICE("Who is to be barred?"), SLICE("Bar this person"), "/barred", true, true,
     UI_BUTTON_WARNING},
    {"/people/same/*", ACT_LINK_SAME, "one", "other", SLICE("Link another record"),
     SLICE("Two records that are one person count as one: a bar holds for both, and so do plain "
           "roles. Look for the other record by name."),
     SLICE("Which record is the same person?"), SLICE("Link these two records"), "/same", false,
     false, UI_BUTTON_MAIN},
};

static const struct pick *pick_of(const struct visit *visit)
{
    for (size_t i = 0; i < sizeof picks / sizeof *picks; i++)
        if (slice_is(slice_of(picks[i].path), visit->route->path)) return &picks[i];
    return &picks[0];
}

/* ---- who to choose from ---- */

static struct ui_option option_of(struct people *people, const struct registered *person,
                                  struct slice chosen)
{
    struct slice roles = people_roles(people, person), hex = people_hex(people, &person->id);
    struct slice school = people_org_name(people, &person->org);
    return (struct ui_option){.value = hex,
                              .words = person->shown_as,
                              .hint = roles.length == 0
                                          ? school
                                          : arena_format(people->arena, "%.*s, %.*s",
                                                         SLICE_PRINT(roles), SLICE_PRINT(school)),
                              .checked = slice_equal(hex, chosen)};
}

size_t pick_write(struct people *people, const struct ui_question questions[2], struct slice words,
                  const struct registered *const *first, size_t first_count, struct slice chosen)
{
    const struct registered **found = NULL;
    struct people_filter all = {.kind = PEOPLE_HERE};
    size_t found_count = 0, count = 0;
    if (words.length > 0)
        found_count =
            people_find(&people->viewer, &all, words, people->arena, &found, PICK_SHOWN + 1);
    bool more = found_count > PICK_SHOWN;
    if (more) found_count = PICK_SHOWN;
    struct ui_option *options =
        ARENA_ARRAY(people->arena, struct ui_option, first_count + found_count + 1);
    for (size_t i = 0; i < first_count; i++) options[count++] = option_of(people, first[i], chosen);
    for (size_t i = 0; i < found_count; i++) options[count++] = option_of(people, found[i], chosen);
    ui_input(people->out, &questions[0], words, 20, false);
    ui_button_value(people->out, UI_BUTTON_SECOND, SLICE("Look for this name"), SLICE_EMPTY,
                    SLICE("do"), SLICE("look"));
    if (words.length > 0 && found_count == 0)
        ui_inset(people->out, SLICE("Nobody has a name that begins like this."));
    if (count > 0) ui_radios(people->out, &questions[1], options, count);
    if (more) ui_inset(people->out, SLICE("There are more. Add another name to see fewer."));
    return count;
}

/* Parents of the child that are not barred, of those whom the viewer sees. */
static size_t offered(struct people *people, const struct registered *child,
                      const struct registered ***ret_first)
{
    const struct registered **parents;
    size_t shown = 0;
    size_t count = register_parents(people->view, &child->id, false, people->arena, &parents);
    *ret_first = arena_take(people->arena, count + 1, sizeof **ret_first);
    for (size_t i = 0; i < count; i++)
        if (viewer_sees(&people->viewer, parents[i]) != 0) (*ret_first)[shown++] = parents[i];
    return shown;
}

/* ---- the page ---- */

struct typed {
    struct slice words, other, reason, wrong_words, wrong_other, wrong;
};

static void write_page(struct people *people, const struct pick *pick,
                       const struct registered *person, const struct typed *typed)
{
    const struct registered **first = NULL;
    struct ui_question questions[] = {
        people_question("words", SLICE("Name"), SLICE_EMPTY),
        people_question("other", pick->legend, SLICE_EMPTY),
        people_question("reason", SLICE("Reason"),
                        SLICE("It is sealed, and every opening of it is written down")),
    };
    questions[0].error = typed->wrong_words;
    questions[1].error = typed->wrong_other;
    struct people_form form = {.title = pick->title,
                               .caption = people_called(people, person),
                               .back = people_address(people, &person->id, ""),
                               .questions = questions,
                               .count = 3,
                               .wrong = typed->wrong};
    size_t first_count = pick->parents ? offered(people, person, &first) : 0;
    struct ui_frame frame = people_form_open(people, &form);
    ui_paragraph(people->out, pick->words);
    size_t offers = pick_write(people, questions, typed->words, first, first_count, typed->other);
    if (offers > 0 && pick->reason) ui_textarea(people->out, &questions[2], typed->reason, 3);
    if (offers > 0) {
        people_form_close(people, &frame, pick->kind, pick->button);
        return;
    }
    ui_form_close(people->out);
    ui_frame_close(people->out, &frame);
}

/* The office bars nobody from its own child, and sees no bar of theirs. */
static const struct registered *subject_of(struct people *people, const struct pick *pick)
{
    const struct registered *person = people_subject(people, 0, pick->act);
    if (person == NULL || pick->act != ACT_BAR_PARENT ||
        (viewer_sees(&people->viewer, person) & SEES_BARS))
        return person;
    people_shut_out(people);
    return NULL;
}

static void show(struct people *people)
{
    const struct pick *pick = pick_of(people->visit);
    const struct registered *person = subject_of(people, pick);
    struct typed typed = {0};
    if (person != NULL) write_page(people, pick, person, &typed);
}

void pick_page(struct visit *visit)
{
    people_visit(visit, show);
}

/* ---- what was sent ---- */

static enum people_end send(struct people *people, const struct pick *pick, const struct id *person,
                            struct typed *typed)
{
    struct id other;
    unsigned sees;
    struct order order;
    struct outcome outcome;
    bool chosen =
        id_read(typed->other, &other) && viewer_person(&people->viewer, &other, &sees) != NULL;
    if (!chosen) {
        typed->wrong_other = SLICE("Choose a person");
        return PEOPLE_WRONG;
    }
    if (!people_order(people, PICK_ORDER, pick->act, &order)) return PEOPLE_ANSWERED;
    people_set_id(people, &order, pick->subject, person);
    people_set_id(people, &order, pick->other, &other);
    if (pick->reason) people_set(people, &order, "reason", typed->reason);
    return people_do(people, &order, &outcome, &typed->wrong);
}

static void answer(struct people *people)
{
    const struct pick *pick = pick_of(people->visit);
    const struct form *form = people->visit->form;
    const struct registered *person = subject_of(people, pick);
    enum people_end end = PEOPLE_WRONG;
    if (person == NULL) return;
    struct id id = person->id;
    struct typed typed = {.words = form_value(form, PICK_WORDS),
                          .other = form_value(form, PICK_OTHER),
                          .reason = form_value(form, PICK_REASON)};
    if (!slice_is(form_value(form, PICK_DO), "look"))
        end = send(people, pick, &id, &typed);
    else if (typed.words.length == 0)
        typed.wrong_words = SLICE("Enter a name to look for");
    if (end == PEOPLE_DONE)
        response_see(people->visit->response, people_address(people, &id, pick->done));
    else if (end == PEOPLE_WRONG && (person = people_subject(people, 0, ACTS)) != NULL)
        write_page(people, pick, person, &typed);
}

void pick_answer(struct visit *visit)
{
    people_visit(visit, answer);
}
