/* One person: details, roles with their days, absences, parents and children, linked records, and what the viewer may do about
 * them. Who may not see a part does not see that it is there; nobody sees a bar that is about them or their own child. */
#include "page/people.h"
#include "page/signing.h"

#include <string.h>

/* ---- what was done just now ---- */

static const struct {
    const char *code, *words;
} done[] = {
    {"added", "The person is added"},
    {"changed", "The details are changed"},
    {"left", "It is recorded that this person has left"},
    {"back", "This person is here again"},
    {"role", "The role is given"},
    {"proposed", "The role is proposed. Two others have to say yes"},
    {"ended", "The role is ended"},
    {"linked", "Parent and child are linked"},
    {"unlinked", "Parent and child are no longer linked"},
    {"barred", "The parent is barred. They see and receive nothing of this child from now on"},
    {"asked", "You have asked to lift the bar. Somebody else has to agree"},
    {"lifted", "The bar is lifted"},
    {"same", "The two records are linked"},
    {"parted", "The two records are parted"},
    {"away", "The absence is recorded"},
    {"signed", "The signature on paper is recorded"},
    {"trained", "The training is recorded"},
};

static void write_done(struct people *people)
{
    struct slice code = people_part(people->visit, 1);
    for (size_t i = 0; i < sizeof done / sizeof *done; i++)
        if (slice_is(code, done[i].code)) ui_success(people->out, slice_of(done[i].words));
}

/* ---- details ---- */

static void row(struct people *people, const char *key, struct slice value)
{
    if (value.length > 0) ui_summary_row(people->out, slice_of(key), value);
}

static void write_details(struct people *people, const struct registered *person, unsigned sees)
{
    const struct details *details = &person->details;
    ui_summary_open(people->out);
    row(people, "School", people_org_name(people, &person->org));
    if (sees & SEES_DETAILS) {
        struct date born;
        row(people, "Given name", details->given);
        row(people, "Family name", details->family);
        row(people, "Known as", details->known_as);
        if (date_parse(details->born, &born))
            row(people, "Date of birth", people_day(people, date_to_day(born)));
        row(people, "E-mail", details->email);
        row(people, "Telephone", details->phone);
    }
    ui_summary_close(people->out);
}

/* ---- roles ---- */

static void item_link(struct people *people, struct slice address, const char *words,
                      struct slice hidden)
{
    struct text *out = people->out;
    HTML(out, " <a class=\"govuk-link\"");
    html_href(out, address);
    HTML(out, ">");
    html_string(out, words);
    HTML(out, "<span class=\"govuk-visually-hidden\"> ");
    html_text(out, hidden);
    HTML(out, "</span></a>");
}

static void write_role(struct people *people, const struct registered *person,
                       const struct held_role *held)
{
    struct text *out = people->out;
    struct slice title = role_row(held->role)->title, hex = people_hex(people, &held->id);
    HTML(out, "<li>");
    html_text(out, title);
    HTML(out, ", ");
    html_text(out, people_org_name(people, &held->org));
    HTML(out, ", ");
    html_text(out, people_days(people, held->since, held->until));
    if (held->until < people->viewer.today) HTML(out, " (over)");
    bool own = register_same(people->view, &person->id, &people->viewer.person);
    if (!own && held->until >= people->viewer.today &&
        allowed_in(viewer_acts(&people->viewer, &held->org), ACT_END_ROLE)) {
        struct slice person_hex = people_hex(people, &person->id);
        item_link(people,
                  arena_format(people->arena, "/people/end-role/%.*s/%.*s", SLICE_PRINT(person_hex),
                               SLICE_PRINT(hex)),
                  "End", title);
    }
    HTML(out, "</li>\n");
}

static void write_roles(struct people *people, const struct registered *person)
{
    struct text *out = people->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Roles"));
    if (person->role_count == 0) {
        ui_paragraph(out, SLICE("None."));
        return;
    }
    ui_list_open(out, false);
    for (size_t i = 0; i < person->role_count; i++) write_role(people, person, &person->roles[i]);
    ui_list_close(out, false);
}

/* ---- absences ---- */

static bool write_absences(struct people *people, const struct registered *person,
                           struct error *error)
{
    struct absent *absences;
    size_t count;
    struct text *out = people->out;
    if (!people_absences(people->record, &person->id, people->arena, &absences, &count, error))
        return false;
    if (count == 0) return true;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Away"));
    ui_list_open(out, false);
    for (size_t i = 0; i < count; i++)
        ui_list_item(out, people_days(people, absences[i].since, absences[i].until));
    ui_list_close(out, false);
    return true;
}

/* ---- parents and children ---- */

static struct slice pair_address(struct people *people, const char *page, const struct id *one,
                                 const struct id *other)
{
    struct slice first = people_hex(people, one), second = people_hex(people, other);
    return arena_format(people->arena, "/people/%s/%.*s/%.*s", page, SLICE_PRINT(first),
                        SLICE_PRINT(second));
}

static void write_relative(struct people *people, const struct registered *relative)
{
    html_link(people->out, people_address(people, &relative->id, ""),
              people_called(people, relative));
}

/* For who sees bars: each tie as it lies, with what may be done about it. */
static void write_bond(struct people *people, const struct registered *child,
                       const struct bond *bond)
{
    unsigned sees;
    struct text *out = people->out;
    const struct registered *parent = viewer_person(&people->viewer, &bond->parent, &sees);
    if (parent == NULL) return;
    struct slice name = people_called(people, parent);
    HTML(out, "<li>");
    write_relative(people, parent);
    if (!bond->linked) HTML(out, " (not linked as a parent)");
    if (bond->barred) {
        HTML(out, " ");
        ui_tag(out, "red", SLICE("Barred"));
    }
    if (bond->lift_asked) HTML(out, " Somebody has asked to lift the bar.");
    if (bond->barred && people_may(people, child, ACT_OPEN_SEALED)) {
        struct slice tie = people_hex(people, &bond->tie);
        item_link(people, arena_format(people->arena, "/open/bar-reason/%.*s", SLICE_PRINT(tie)),
                  "Open the reason", name);
    }
    if (bond->linked && people_may(people, child, ACT_END_LINK))
        item_link(people, pair_address(people, "unlink", &bond->child, &bond->parent), "End link",
                  name);
    if (bond->barred && !bond->lift_asked && people_may(people, child, ACT_ASK_LIFT))
        item_link(people, pair_address(people, "ask-lift", &bond->child, &bond->parent),
                  "Ask to lift the bar", name);
    if (bond->lift_asked && people_may(people, child, ACT_LIFT_BAR))
        item_link(people, pair_address(people, "lift", &bond->child, &bond->parent), "Lift the bar",
                  name);
    HTML(out, "</li>\n");
}

static bool write_bonds(struct people *people, const struct registered *child, struct error *error)
{
    struct bond *bonds;
    size_t count;
    if (!people_bonds(people->record, &child->id, people->arena, &bonds, &count, error))
        return false;
    if (count == 0) return true;
    ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Parents"));
    ui_list_open(people->out, false);
    for (size_t i = 0; i < count; i++) write_bond(people, child, &bonds[i]);
    ui_list_close(people->out, false);
    return true;
}

static void write_relatives(struct people *people, const char *title,
                            const struct registered *const *relatives, size_t count)
{
    size_t shown = 0;
    for (size_t i = 0; i < count; i++) {
        if (viewer_sees(&people->viewer, relatives[i]) == 0) continue;
        if (shown++ == 0) {
            ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, slice_of(title));
            ui_list_open(people->out, false);
        }
        HTML(people->out, "<li>");
        write_relative(people, relatives[i]);
        HTML(people->out, "</li>\n");
    }
    if (shown > 0) ui_list_close(people->out, false);
}

/* A parent's page lists the children that are not barred from them, whoever reads it: bars stand on the child's page alone. */
static bool write_family(struct people *people, const struct registered *person, unsigned sees,
                         struct error *error)
{
    const struct registered **relatives;
    if (sees & SEES_BARS) {
        if (!write_bonds(people, person, error)) return false;
    } else if (sees & SEES_DETAILS) {
        size_t count =
            register_parents(people->view, &person->id, false, people->arena, &relatives);
        write_relatives(people, "Parents", relatives, count);
    }
    if (!(sees & SEES_DETAILS)) return true;
    size_t count = register_children(people->view, &person->id, false, people->arena, &relatives);
    write_relatives(people, "Children", relatives, count);
    return true;
}

/* ---- linked records ---- */

static bool write_twins(struct people *people, const struct registered *person, struct error *error)
{
    struct id *others;
    size_t count, shown = 0;
    unsigned sees;
    if (!people_twins(people->record, &person->id, people->arena, &others, &count, error))
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct registered *other = viewer_person(&people->viewer, &others[i], &sees);
        if (other == NULL) continue;
        if (shown++ == 0) {
            ui_heading(people->out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Linked records"));
            ui_list_open(people->out, false);
        }
        HTML(people->out, "<li>");
        write_relative(people, other);
        HTML(people->out, ", ");
        html_text(people->out, people_org_name(people, &other->org));
        if (people_may(people, person, ACT_PART_SAME))
            item_link(people, pair_address(people, "part", &person->id, &other->id), "Part",
                      people_called(people, other));
        HTML(people->out, "</li>\n");
    }
    if (shown > 0) ui_list_close(people->out, false);
    return true;
}

/* ---- what can be done ---- */

struct doing {
    enum record_act act;
    const char *path, *words;
    bool here; /* only about somebody who is here */
};
static const struct doing doings[] = {
    {ACT_CHANGE_PERSON, "/people/change/", "Change details", false},
    {ACT_GIVE_ROLE, "/people/role/", "Give a role", true},
    {ACT_PROPOSE_ROLE, "/people/propose/", "Propose a role of trust", true},
    {ACT_RECORD_ABSENCE, "/absences/for/", "Record an absence", true},
    {ACT_RECORD_SHEET, "/coverage/sheet/", "Record a signature on paper", true},
    {ACT_RECORD_TRAINING, "/coverage/training/", "Record training", true},
    {ACT_LINK_PARENT, "/people/parent/", "Link a parent", true},
    {ACT_BAR_PARENT, "/people/bar/", "Bar a parent", true},
    {ACT_LINK_SAME, "/people/same/", "Link another record of the same person", false},
    {ACT_INVITE, "/people/invite/", "Send an invitation", true},
    {ACT_START_RESET, "/people/reset/", "Start a reset", true},
    {ACT_OPEN_SEALED, "/open/whole-record/", "Open the whole record", false},
    {ACT_RECORD_LEAVER, "/people/leave/", "Record that they have left", true},
};

/* Nobody looks for the parents of who works here. */
static bool may_have_parents(const struct people *people, const struct registered *person)
{
    for (size_t i = 0; i < person->role_count; i++) {
        enum role_kind kind = role_row(person->roles[i].role)->kind;
        bool over = person->roles[i].until < people->viewer.today;
        if (!over && (kind == ROLE_KIND_STAFF || kind == ROLE_KIND_PARENT)) return false;
    }
    return true;
}

/* The office may not tell from a button whether its own child has a bar: parents place none on their children's records here. */
static bool offered(const struct people *people, const struct registered *person,
                    const struct doing *doing, unsigned sees)
{
    if (person->erased || (doing->here && !person->here)) return false;
    bool parents = doing->act == ACT_LINK_PARENT || doing->act == ACT_BAR_PARENT;
    if (parents && !may_have_parents(people, person)) return false;
    bool sealed = doing->act == ACT_BAR_PARENT || doing->act == ACT_OPEN_SEALED;
    bool own = register_same(people->view, &person->id, &people->viewer.person);
    if (sealed && !own && (sees & SEES_DETAILS) && !(sees & SEES_BARS)) return false;
    return people_may(people, person, doing->act);
}

static void write_doings(struct people *people, const struct registered *person, unsigned sees)
{
    struct text *out = people->out;
    struct slice hex = people_hex(people, &person->id);
    size_t shown = 0;
    for (size_t i = 0; i < sizeof doings / sizeof *doings; i++) {
        if (!offered(people, person, &doings[i], sees)) continue;
        if (shown++ == 0) {
            ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("What you can do"));
            HTML(out, "<ul class=\"govuk-list\">\n");
        }
        HTML(out, "<li>");
        html_link(out, arena_format(people->arena, "%s%.*s", doings[i].path, SLICE_PRINT(hex)),
                  slice_of(doings[i].words));
        HTML(out, "</li>\n");
    }
    if (shown > 0) HTML(out, "</ul>\n");
    if (!person->here && !person->erased && people_may(people, person, ACT_CHANGE_PERSON))
        people_small_form(people,
                          arena_format(people->arena, "/people/back/%.*s", SLICE_PRINT(hex)),
                          UI_BUTTON_SECOND, SLICE("This person is here again"), SLICE_EMPTY,
                          SLICE_EMPTY, SLICE_EMPTY);
}

/* ---- the page ---- */

static bool write_parts(struct people *people, const struct registered *person, unsigned sees,
                        struct error *error)
{
    write_details(people, person, sees);
    write_roles(people, person);
    if ((sees & SEES_AWAY) && !write_absences(people, person, error)) return false;
    if (!write_family(people, person, sees, error)) return false;
    if ((sees & SEES_DETAILS) && !write_twins(people, person, error)) return false;
    if (!signing_of_person(people, person, sees, error)) return false;
    write_doings(people, person, sees);
    return true;
}

static void write_person(struct people *people)
{
    struct error error = {.code = ERROR_NONE};
    const struct registered *person = people_subject(people, 0, ACTS);
    if (person == NULL) return;
    unsigned sees = viewer_sees(&people->viewer, person);
    struct slice back = people->viewer.lists ? SLICE("/people") : SLICE("/home");
    struct ui_frame frame = here_frame_open(people->visit, people_called(people, person),
                                            SLICE("/people"), back, false);
    write_done(people);
    ui_heading(people->out, 1, UI_LARGE, SLICE_EMPTY, people_called(people, person));
    if (person->erased)
        ui_inset(people->out, SLICE("What we had about this person was erased, for good."));
    else if (!person->here)
        ui_inset(people->out, SLICE("This person has left."));
    else if ((sees & SEES_AWAY) && register_away(people->view, &person->id, people->viewer.today))
        ui_inset(people->out, SLICE("This person is away today."));
    if (!write_parts(people, person, sees, &error)) {
        here_fail(people->visit, &error);
        return;
    }
    ui_frame_close(people->out, &frame);
}

void person_page(struct visit *visit)
{
    people_visit(visit, write_person);
}
