/* What the pages of keeping share, and the page that leads to them; see keeping.h. */
#include "page/keeping.h"

#include <time.h>

/* ---- words and links ------------------------------------------------------------------------------ */

struct slice keeping_when(int64_t milliseconds, struct arena *arena)
{
    time_t seconds = (time_t)(milliseconds / 1000);
    struct tm local;
    char words[60];
    localtime_r(&seconds, &local);
    size_t length = strftime(words, sizeof words, "%e %B %Y at %H:%M", &local);
    return arena_copy(arena, slice_trim((struct slice){words, length}));
}

bool keeping_path_id(struct visit *visit, struct slice before, struct id *ret_id)
{
    struct slice path = visit->request->path;
    if (slice_starts(path, before) && id_read(slice_part(path, before.length, path.length), ret_id))
        return true;
    visit_refuse(visit, 404, NULL);
    return false;
}

struct slice keeping_hex(const struct id *id, struct arena *arena)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    return arena_copy(arena, slice_of(hex));
}

struct slice keeping_address(const char *before, const struct id *id, struct arena *arena)
{
    return arena_format(arena, "%s%.*s", before, SLICE_PRINT(keeping_hex(id, arena)));
}

void keeping_link_line(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<p class=\"govuk-body\">");
    html_link(out, address, words);
    HTML(out, "</p>\n");
}

void keeping_button_link(struct text *out, struct slice address, struct slice words)
{
    HTML(out, "<a role=\"button\" draggable=\"false\" class=\"govuk-button\" "
              "data-module=\"govuk-button\"");
    html_href(out, address);
    HTML(out, ">");
    html_text(out, words);
    HTML(out, "</a>\n");
}

struct ui_question keeping_question(const char *name, struct slice words, struct slice hint,
                                    struct slice error)
{
    return (struct ui_question){
        .name = slice_of(name), .words = words, .hint = hint, .error = error, .size = UI_SMALL};
}

struct slice keeping_lines(struct slice value, struct arena *arena)
{
    AUTO_TEXT struct text lines;
    struct slice line;
    text_init(&lines, value.length + 1);
    while (slice_line(&value, &line)) {
        if (lines.length > 0) text_add_char(&lines, '\n');
        text_add(&lines, line);
    }
    return arena_copy(arena, slice_trim(text_slice(&lines)));
}

/* ---- doing ---------------------------------------------------------------------------------------- */

/* What was to be done no longer fits what is there: somebody else was quicker, or the page is old. */
static void changed_since(struct visit *visit, const struct error *error, struct slice back)
{
    struct text *out = visit->out;
    struct slice title = SLICE("That was not done"), words = slice_of(error->sentence);
    visit->response->status = 409;
    struct ui_frame frame = here_frame_open(visit, title, back, back, false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    char first = words.length > 0 ? words.at[0] : 'W';
    if (first >= 'a' && first <= 'z') first = (char)(first - 'a' + 'A');
    ui_paragraph(out, arena_format(visit->arena, "%c%.*s.", first,
                                   SLICE_PRINT(slice_part(words, 1, words.length))));
    ui_paragraph(out, error->advice[0] != '\0'
                          ? arena_format(visit->arena, "%s.", error->advice)
                          : SLICE("Somebody may have been quicker, or the page was an old one. "
                                  "Look at the list as it is now."));
    ui_paragraph(out, SLICE("Nothing was changed."));
    keeping_link_line(out, back, SLICE("Back to the list"));
    ui_frame_close(out, &frame);
}

bool keeping_do(struct visit *visit, const struct order *order, struct slice back,
                struct outcome *ret_outcome)
{
    struct error error = {.code = ERROR_NONE};
    if (!desk_do(visit_record(visit), order, visit->arena, ret_outcome, &error)) {
        if (error.code == ERROR_REQUEST)
            changed_since(visit, &error, back);
        else
            here_fail(visit, &error);
        return false;
    }
    if (ret_outcome->done || ret_outcome->again) return true;
    here_refused(visit, ret_outcome);
    return false;
}

void keeping_done(struct visit *visit, struct slice title, struct slice words, struct slice back,
                  struct slice back_words)
{
    struct ui_frame frame = here_frame_open(visit, title, back, SLICE_EMPTY, false);
    ui_panel(visit->out, title, SLICE_EMPTY);
    ui_paragraph(visit->out, words);
    keeping_link_line(visit->out, back, back_words);
    ui_frame_close(visit->out, &frame);
}

/* ---- choosing somebody ---------------------------------------------------------------------------- */

const struct field search_fields[] = {
    [SEARCH_WORDS] = {"name", form_is_line, 100, 1},
};

static void write_found(struct visit *visit, const struct keeping_choice *choice,
                        const struct people_seen *people)
{
    struct text *out = visit->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Found"));
    if (people->list.count == 0)
        ui_paragraph(out, SLICE("Nobody of that name whom you may choose. Try the beginning of "
                                "a name."));
    HTML(out, "<ul class=\"govuk-list govuk-list--spaced\">\n");
    for (size_t i = 0; i < people->list.count; i++) {
        const struct person_seen *person = &people->list.at[i];
        HTML(out, "<li>");
        html_link(out, keeping_address(choice->next, &person->id, visit->arena), person->name);
        HTML(out, "<br><span class=\"lanyard-soft\">");
        html_text(out, person->roles);
        HTML(out, ", ");
        html_text(out, person->org_name);
        HTML(out, "</span></li>\n");
    }
    HTML(out, "</ul>\n");
    if (people->more) ui_paragraph(out, SLICE("There are more. Type more of the name."));
}

void keeping_choose(struct visit *visit, const struct keeping_choice *choice, bool sent)
{
    struct text *out = visit->out;
    struct slice words = sent ? form_value(visit->form, SEARCH_WORDS) : SLICE_EMPTY;
    struct ui_question question = keeping_question(
        "name", SLICE("Whose name?"), SLICE("The beginning of a first or a family name is enough"),
        sent && words.length == 0 ? SLICE("Type a name, or the beginning of one") : SLICE_EMPTY);
    struct ui_frame frame =
        here_frame_open(visit, choice->title, choice->at, choice->back, question.error.length > 0);
    if (question.error.length > 0) ui_problem(out, &question, 1);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, choice->title);
    ui_paragraph(out, choice->hint);
    ui_form_open(out, choice->action, visit_token(visit));
    ui_input(out, &question, words, 20, false);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Search"));
    ui_form_close(out);
    if (words.length > 0) {
        struct people_seen people;
        keeping_search(visit_record(visit), &visit_person(visit)->who.person, choice->act, words,
                       visit->arena, &people);
        write_found(visit, choice, &people);
    }
    ui_frame_close(out, &frame);
}

/* ---- the way in ----------------------------------------------------------------------------------- */

static void way(struct visit *visit, struct slice address, struct slice words, struct slice more)
{
    HTML(visit->out, "<li>");
    html_link(visit->out, address, words);
    HTML(visit->out, "<br><span class=\"lanyard-soft\">");
    html_text(visit->out, more);
    HTML(visit->out, "</span></li>\n");
}

void keeping_page(struct visit *visit)
{
    struct text *out = visit->out;
    struct slice title = SLICE("Keeping");
    struct ui_frame frame = here_frame_open(visit, title, SLICE("/keeping"), SLICE_EMPTY, false);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, SLICE("What is kept here, who looked at it, and what becomes of it."));
    HTML(out, "<ul class=\"govuk-list govuk-list--spaced\">\n");
    way(visit, SLICE("/kept"), SLICE("My kept answers"),
        SLICE("Answers from May I? that you kept; they open for you alone"));
    way(visit, SLICE("/opened"), SLICE("Who opened what"),
        SLICE("What was opened of your record, and your whole record"));
    if (visit_may(visit, ACT_PLACE_HOLD))
        way(visit, SLICE("/holds"), SLICE("Legal holds"),
            SLICE("What must not be erased while it may be needed"));
    if (visit_may(visit, ACT_CONFIRM_ERASURE))
        way(visit, SLICE("/erasures"), SLICE("Erasures"),
            SLICE("Asked for by one person, confirmed by another"));
    if (visit_may(visit, ACT_ADOPT_POLICY))
        way(visit, SLICE("/record"), SLICE("The record"),
            SLICE("Its checkpoint, checks and backups"));
    HTML(out, "</ul>\n");
    ui_frame_close(out, &frame);
}
