/* May I? for somebody who is signed in: what the register knows is filled in before it is asked, and can be changed. Whom it is
 * about may be chosen from the register by those who may see them; their name is in the session's memory and on the pages
 * of who asks, never in an address and never in an answer that is kept. */
#include "page/keeping.h"
#include "page/may.h"

static bool as_whom(struct slice value)
{
    return slice_is(value, "other") || slice_is(value, "shown");
}

const struct field may_about_fields[] = {
    [MAY_ABOUT_PERSON] = {"person", form_is_hex, 2 * ID_SIZE, 1},
    [MAY_ABOUT_AS] = {"as", as_whom, 5, 1},
};

/* ---- looking up ----------------------------------------------------------------------------------- */

static bool look(struct visit *visit, const struct id *other, const struct id *shown,
                 struct known_here *ret_known)
{
    struct person_here *here = visit_person(visit);
    if (here == NULL || here->who.codes_wanted) return false;
    const struct known_about about = {here->who.person, *other, *shown};
    known_of(visit_record(visit), visit_policy(visit), &about, visit->arena, ret_known);
    return true;
}

static const struct id nobody;

struct slice may_known_actor(struct visit *visit)
{
    struct known_here known;
    return look(visit, &nobody, &nobody, &known) ? known.asker : SLICE_EMPTY;
}

/* The question as the vocabulary puts it, for the list of what was said. */
static struct slice question_of(const struct visit *visit, struct slice key)
{
    const struct words *words = &visit_policy(visit)->words;
    int fact = words_find_id(words, WORD_FACT, may_key_bare(key));
    return fact >= 0 && words->facts.at[fact].question.length > 0
               ? words->facts.at[fact].question
               : may_capital(may_key_bare(key), visit->arena);
}

/* What does not make sense to this policy is left out, and asked. */
static void set_fact(struct visit *visit, struct may *may, enum may_from from, struct slice key,
                     struct slice value, struct slice asked)
{
    struct error error = {.code = ERROR_NONE};
    struct request *trial = ARENA_NEW(visit->arena, struct request);
    request_init(visit_policy(visit), false, visit->arena, trial);
    if (from != MAY_KNOWN_SHOWN && !request_set(trial, key, value, &error)) return;
    if (!may_set_known(may, from, key, value, asked)) may_drop_known(may, from);
}

static void set_facts(struct visit *visit, struct may *may, enum may_from from,
                      const struct known_facts *facts)
{
    for (size_t i = 0; i < facts->list.count; i++) {
        const struct known_fact *fact = &facts->list.at[i];
        set_fact(visit, may, from, fact->key, fact->value, question_of(visit, fact->key));
    }
}

void may_know_actor(struct visit *visit, struct may *may)
{
    struct known_here known;
    may_drop_known(may, MAY_KNOWN_ACTOR);
    if (!look(visit, &nobody, &nobody, &known) ||
        !slice_equal(known.asker, may_get(may, SLICE("actor"))))
        return;
    set_facts(visit, may, MAY_KNOWN_ACTOR, &known.of_asker);
}

/* ---- whom it is about ----------------------------------------------------------------------------- */

static struct slice chosen_words(struct visit *visit, const struct id *person, const char *as)
{
    struct error error = {.code = ERROR_NONE};
    struct person_seen seen;
    bool found;
    if (id_is_none(person)) return SLICE_EMPTY;
    if (!keeping_see(visit_record(visit), &visit_person(visit)->who.person, KNOWN_ACT, person,
                     visit->arena, &seen, &found, &error) ||
        !found)
        return SLICE_EMPTY;
    return arena_format(visit->arena, "%s: %.*s (%.*s).", as, SLICE_PRINT(seen.name),
                        SLICE_PRINT(seen.roles));
}

void may_known_about(struct visit *visit, const struct may *may)
{
    if (may_compares(visit) || visit_record(visit) == NULL || !visit_may(visit, KNOWN_ACT)) return;
    struct slice other =
        chosen_words(visit, &may->other, "Chosen from the register as the other person");
    struct slice shown =
        chosen_words(visit, &may->shown, "Chosen from the register as who can be seen");
    if (other.length > 0) ui_inset(visit->out, other);
    if (shown.length > 0) ui_inset(visit->out, shown);
    keeping_link_line(visit->out, SLICE("/may/about"),
                      other.length + shown.length > 0
                          ? SLICE("Choose somebody else from the register")
                          : SLICE("Choose who it is from the register"));
}

static void write_person(struct visit *visit, const struct person_seen *person)
{
    struct text *out = visit->out;
    HTML(out, "<li><strong>");
    html_text(out, person->name);
    HTML(out, "</strong><br><span class=\"lanyard-soft\">");
    html_text(out, person->roles);
    HTML(out, ", ");
    html_text(out, person->org_name);
    HTML(out, "</span>\n");
    ui_form_open(out, SLICE("/may/about/person"), visit_token(visit));
    ui_hidden(out, SLICE("person"), keeping_hex(&person->id, visit->arena));
    HTML(out, "<div class=\"govuk-button-group\">\n");
    ui_button_value(out, UI_BUTTON_SECOND, SLICE("The other person"), person->name, SLICE("as"),
                    SLICE("other"));
    ui_button_value(out, UI_BUTTON_SECOND, SLICE("Who can be seen"), person->name, SLICE("as"),
                    SLICE("shown"));
    HTML(out, "</div>\n");
    ui_form_close(out);
    HTML(out, "</li>\n");
}

static void write_found(struct visit *visit, struct slice words)
{
    struct people_seen people;
    struct text *out = visit->out;
    keeping_search(visit_record(visit), &visit_person(visit)->who.person, KNOWN_ACT, words,
                   visit->arena, &people);
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Found"));
    if (people.list.count == 0)
        ui_paragraph(out, SLICE("Nobody of that name whom you may see. Try the beginning of a "
                                "name, or go back and say what they are."));
    HTML(out, "<ul class=\"govuk-list govuk-list--spaced\">\n");
    for (size_t i = 0; i < people.list.count; i++) write_person(visit, &people.list.at[i]);
    HTML(out, "</ul>\n");
    if (people.more) ui_paragraph(out, SLICE("There are more. Type more of the name."));
}

static void write(struct visit *visit, bool sent)
{
    struct text *out = visit->out;
    struct slice title = SLICE("Who is it?"),
                 words = sent ? form_value(visit->form, SEARCH_WORDS) : SLICE_EMPTY;
    struct ui_question question = keeping_question(
        "name", SLICE("Whose name?"), SLICE("The beginning of a first or a family name is enough"),
        sent && words.length == 0 ? SLICE("Type a name, or the beginning of one") : SLICE_EMPTY);
    struct ui_frame frame =
        may_frame_open(visit, title, may_at(visit, MAY_AT_HOW), question.error.length > 0);
    if (question.error.length > 0) ui_problem(out, &question, 1);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, SLICE("What the register knows of them and you may know is then not asked. "
                            "Asking is not recorded."));
    ui_form_open(out, SLICE("/may/about"), visit_token(visit));
    ui_input(out, &question, words, 20, false);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Search"));
    ui_form_close(out);
    if (words.length > 0) write_found(visit, words);
    may_frame_close(visit, &frame);
}

/* The page comes after who and what. */
static bool ready(struct visit *visit)
{
    const struct may *may = may_of(visit);
    if (may != NULL && may_get(may, SLICE("act")).length > 0) return true;
    response_see(visit->response, may_at(visit, MAY_AT_WHO));
    return false;
}

void may_about_page(struct visit *visit)
{
    if (ready(visit)) write(visit, false);
}

void may_about_search(struct visit *visit)
{
    if (ready(visit)) write(visit, true);
}

/* ---- choosing ------------------------------------------------------------------------------------- */

static struct slice first_word(struct slice words)
{
    struct slice word = SLICE_EMPTY;
    return slice_split(&words, ',', &word) ? slice_trim(word) : SLICE_EMPTY;
}

/* The person who can be seen that may_shown_add has just made. */
static struct may_pair *last_shown(struct may *may)
{
    for (size_t at = may->count; at-- > 0;)
        if (slice_starts(text_slice(&may->at[at].key), SLICE("shown ")) &&
            may->at[at].asked.length == 0)
            return &may->at[at];
    return NULL;
}

/* Marked as the register's, so that choosing somebody else takes their place. */
static void choose_shown(struct visit *visit, struct may *may, const struct known_here *known)
{
    struct slice role = first_word(known->shown);
    if (role.length == 0 || !may_shown_add(visit, may, role, 1)) return;
    struct may_pair *added = last_shown(may);
    if (added == NULL) return;
    added->from = MAY_KNOWN_SHOWN;
    struct slice key =
        arena_format(visit->arena, "%.*s fact age", SLICE_PRINT(text_slice(&added->key)));
    if (known->shown_age.length > 0)
        set_fact(visit, may, MAY_KNOWN_SHOWN, key, known->shown_age,
                 question_of(visit, SLICE("fact age")));
}

/* Whoever was chosen before in this place is forgotten; facts about both are looked up again. */
static bool choose(struct visit *visit, struct may *may, const struct id *person, bool shown)
{
    struct known_here known;
    struct id other = shown ? may->other : *person, seen = shown ? *person : may->shown;
    if (!look(visit, &other, &seen, &known)) return false;
    if ((shown ? known.shown : known.other).length == 0) return false;
    if (shown) may_drop_known(may, MAY_KNOWN_SHOWN);
    may_drop_known(may, MAY_KNOWN_OTHER);
    may->other = other;
    may->shown = seen;
    if (!id_is_none(&other) && known.other.length > 0 &&
        !may_set(may, SLICE("other"), known.other, SLICE_EMPTY))
        return false;
    set_facts(visit, may, MAY_KNOWN_OTHER, &known.of_other);
    if (shown) choose_shown(visit, may, &known);
    return true;
}

void may_about_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct id person;
    bool shown = slice_is(form_value(visit->form, MAY_ABOUT_AS), "shown");
    if (!ready(visit)) return;
    if (!id_read(form_value(visit->form, MAY_ABOUT_PERSON), &person) ||
        form_value(visit->form, MAY_ABOUT_AS).length == 0) {
        visit_refuse(visit, 400, NULL);
    } else if (!choose(visit, may_of(visit), &person, shown)) {
        error_set(&error, ERROR_REQUEST, "Nothing that this policy speaks of is known of them.");
        error_advise(&error, "Go back and say what they are.");
        visit_refuse(visit, 404, &error);
    } else {
        response_see(visit->response, may_at(visit, MAY_AT_HOW));
    }
}
