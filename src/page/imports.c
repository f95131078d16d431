/* Files of people: the list of those that were brought, bringing one, and the mappings that are kept. The page of one file
 * stands in import.c. */
#include "page/imports.h"

#include <string.h>

#define SHOWS(path, name, opens, page)                                                             \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_SIGNED, page, NULL, 0, opens                               \
    }
#define TAKES(path, name, opens, page, fields, count)                                              \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_SIGNED, page, fields, count, opens                        \
    }

const struct route import_routes[] = {
    SHOWS("/imports", "imports", TO(ACT_BRING_IMPORT), imports_page),
    SHOWS("/imports/new", "import-new", TO(ACT_BRING_IMPORT), import_new_page),
    TAKES("/imports/new", "import-new", TO(ACT_BRING_IMPORT), import_new_answer, import_new_fields,
          IMPORT_NEW_FIELDS),
    SHOWS("/imports/mappings", "import-mappings", TO(ACT_SAVE_MAPPING), import_mappings_page),
    TAKES("/imports/mappings", "import-mappings", TO(ACT_SAVE_MAPPING), import_mappings_answer,
          import_mapping_fields, MAPPING_FIELDS_COUNT),
    TAKES("/imports/bring", "import-bring", TO(ACT_BRING_IMPORT), import_bring_answer,
          import_one_fields, IMPORT_ONE_FIELDS),
    TAKES("/imports/accept", "import-accept", TO(ACT_ACCEPT_IMPORT), import_accept_answer,
          import_one_fields, IMPORT_ONE_FIELDS),
    TAKES("/imports/refuse", "import-refuse", TO(ACT_REFUSE_IMPORT), import_refuse_answer,
          import_one_fields, IMPORT_ONE_FIELDS),
    SHOWS("/imports/*", "import", TO(ACT_BRING_IMPORT), import_page),
};
const size_t import_route_count = sizeof import_routes / sizeof *import_routes;
const struct site_upload import_uploads[] = {{"/imports/new", IMPORT_FILE_FIELD}};
const size_t import_upload_count = sizeof import_uploads / sizeof *import_uploads;

const struct field import_new_fields[] = {
    HERE_ORDER_FIELD,
    [IMPORT_NEW_FORMAT] = {"format", form_is_id, 20, 1},
    [IMPORT_NEW_MAPPING] = {"mapping", form_is_id, IMPORT_MAPPING_NAME_LARGEST, 1},
};
const struct field import_mapping_fields[] = {
    HERE_ORDER_FIELD,
    [MAPPING_NAME] = {"name", form_is_line, 60, 1},
    [MAPPING_TEXT] = {"mapping", form_is_text, IMPORT_MAPPING_LARGEST, 1},
};

#define LISTED_LARGEST 50

/* ---- the list ---- */

struct slice import_state_words(struct slice state)
{
    if (slice_is(state, "looked-at")) return SLICE("Looked at, not brought in");
    if (slice_is(state, "waiting")) return SLICE("Waits for a yes");
    if (slice_is(state, "applied")) return SLICE("Brought in");
    return SLICE("Thrown away");
}

struct slice import_source_words(struct slice source, struct arena *arena)
{
    if (slice_is(source, "oneroster")) return SLICE("OneRoster");
    if (slice_is(source, "sds")) return SLICE("School Data Sync");
    if (slice_is(source, "csv")) return SLICE("A table");
    return arena_format(arena, "A table, by the mapping %.*s",
                        SLICE_PRINT(slice_part(source, 4, source.length)));
}

/* Some sentences end in a stop and some do not: they also stand behind a command's name. */
static struct slice without_stop(struct slice words)
{
    bool stop = words.length > 0 && words.at[words.length - 1] == '.';
    return slice_part(words, 0, words.length - (stop ? 1 : 0));
}

struct slice import_said(struct visit *visit, const struct error *error)
{
    struct slice said = slice_of(error->sentence), advice = slice_of(error->advice);
    AUTO_TEXT struct text words;
    text_init(&words, 4000);
    if (error->line > 0) text_format(&words, "%s, line %zu: ", error->file, error->line);
    if (said.length > 0 && said.at[0] >= 'a' && said.at[0] <= 'z') {
        text_add_char(&words, (char)(said.at[0] - 'a' + 'A'));
        said = slice_part(said, 1, said.length);
    }
    text_add(&words, without_stop(said));
    if (advice.length > 0) text_format(&words, ". %.*s", SLICE_PRINT(without_stop(advice)));
    return arena_copy(visit->arena, text_slice(&words));
}

static void write_seen(struct visit *visit, const struct import_seen *seen)
{
    struct text *out = visit->out;
    struct slice when = keeping_when(seen->at, visit->arena);
    ui_heading(out, 2, UI_SMALL, SLICE_EMPTY, when);
    ui_summary_open(out);
    ui_summary_row(out, SLICE("From"), import_source_words(seen->source, visit->arena));
    ui_summary_row(out, SLICE("People"),
                   arena_format(visit->arena, "%lld join, %lld change, %lld leave",
                                (long long)seen->joiners, (long long)seen->movers,
                                (long long)seen->leavers));
    ui_summary_action(out, SLICE("State"), import_state_words(seen->state),
                      keeping_address("/imports/", &seen->id, visit->arena), SLICE("Look"),
                      arena_format(visit->arena, "at the file of %.*s", SLICE_PRINT(when)));
    ui_summary_close(out);
}

void imports_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct import_seen *seen;
    size_t count;
    struct slice title = SLICE("Files of people");
    if (!import_list(visit_record(visit), LISTED_LARGEST, visit->arena, &seen, &count, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(visit, title, IMPORTS, SLICE_EMPTY, false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("Bring people in from your information system. You see what would change "
                       "before anything does."));
    keeping_button_link(visit->out, SLICE("/imports/new"), SLICE("Bring a file"));
    keeping_link_line(visit->out, SLICE("/imports/mappings"),
                      SLICE("Mappings: which column of a table is what"));
    if (count == 0) ui_paragraph(visit->out, SLICE("No file was brought yet."));
    for (size_t i = 0; i < count; i++) write_seen(visit, &seen[i]);
    ui_frame_close(visit->out, &frame);
}

/* ---- bringing ---- */

/* What was chosen before stays chosen when the form comes back with an error. */
static void write_choice(struct visit *visit, const struct ui_question *question, size_t field,
                         struct ui_option *options, size_t count)
{
    struct slice chosen = visit->form != NULL ? form_value(visit->form, field) : SLICE_EMPTY;
    for (size_t i = 0; chosen.length > 0 && i < count; i++)
        options[i].checked = slice_equal(options[i].value, chosen);
    ui_radios(visit->out, question, options, count);
}

static void write_formats(struct visit *visit, const struct ui_question *question)
{
    struct ui_option options[] = {
        {SLICE("detect"), SLICE("Find out from the file"), SLICE_EMPTY, true, false},
        {SLICE("oneroster"), SLICE("OneRoster 1.1 or 1.2"), SLICE("A ZIP with manifest.csv"), false,
         false},
        {SLICE("sds"), SLICE("Microsoft School Data Sync 2.1"),
         SLICE("A ZIP with orgs.csv, users.csv and roles.csv"), false, false},
        {SLICE("csv"), SLICE("Any other table"),
         SLICE("A CSV file, with a mapping that you have kept"), false, false},
    };
    write_choice(visit, question, IMPORT_NEW_FORMAT, options, sizeof options / sizeof *options);
}

static void write_mappings(struct visit *visit, const struct ui_question *question,
                           const struct import_mapping *mappings, size_t count)
{
    struct ui_option *options = ARENA_ARRAY(visit->arena, struct ui_option, count + 1);
    for (size_t i = 0; i < count; i++)
        options[i] =
            (struct ui_option){mappings[i].name, mappings[i].name, SLICE_EMPTY, false, false};
    options[count] = (struct ui_option){SLICE("none"), SLICE("None"), SLICE_EMPTY, true, count > 0};
    if (count > 0)
        write_choice(visit, question, IMPORT_NEW_MAPPING, options, count + 1);
    else
        keeping_link_line(visit->out, SLICE("/imports/mappings"),
                          SLICE("Keep a mapping for a table"));
}

static void write_new(struct visit *visit, struct slice problem)
{
    struct error error = {.code = ERROR_NONE};
    struct text *out = visit->out;
    struct import_mapping *mappings;
    size_t count;
    struct slice title = SLICE("Bring a file of people");
    struct ui_question questions[] = {
        keeping_question(IMPORT_FILE_FIELD, SLICE("The file"),
                         SLICE("A ZIP or a CSV file, at most 64 MiB. It is kept until you have "
                               "decided, sealed, and no longer than two weeks"),
                         problem),
        keeping_question("format", SLICE("Where is it from?"), SLICE_EMPTY, SLICE_EMPTY),
        keeping_question("mapping", SLICE("Which mapping fits the table?"), SLICE_EMPTY,
                         SLICE_EMPTY)};
    if (!import_mappings(visit_record(visit), visit->arena, &mappings, &count, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame = here_frame_open(visit, title, IMPORTS, IMPORTS, problem.length > 0);
    if (problem.length > 0) ui_problem(out, questions, 1);
    ui_heading(out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(out, SLICE("Nothing changes yet. Next you see what the file would change."));
    ui_form_open_upload(out, SLICE("/imports/new"), visit_token(visit));
    here_order_field(visit);
    ui_upload(out, &questions[0], SLICE(".zip,.csv"));
    write_formats(visit, &questions[1]);
    write_mappings(visit, &questions[2], mappings, count);
    ui_paragraph(out, SLICE("With many people the next page takes some seconds to come."));
    ui_button(out, UI_BUTTON_MAIN, SLICE("Look at it"));
    ui_form_close(out);
    ui_frame_close(out, &frame);
}

void import_new_page(struct visit *visit)
{
    write_new(visit, SLICE_EMPTY);
}

static bool read_file(struct visit *visit, struct import_file *file, struct import *import,
                      struct error *error)
{
    struct slice mapping = form_value(visit->form, IMPORT_NEW_MAPPING);
    bool found = true;
    *file =
        (struct import_file){.name = visit->request->file_name,
                             .format = import_format_of(form_value(visit->form, IMPORT_NEW_FORMAT)),
                             .mapping_name = SLICE_EMPTY,
                             .mapping = SLICE_EMPTY};
    if (visit->request->file.length == 0)
        return error_set(error, ERROR_REQUEST, "Choose a file that is not empty");
    LIST_PUSH(visit->arena, &file->pieces,
              (struct import_piece){visit->request->file_name, visit->request->file});
    if (mapping.length > 0 && !slice_is(mapping, "none")) {
        file->mapping_name = mapping;
        if (!import_mapping(visit_record(visit), mapping, visit->arena, &file->mapping, &found,
                            error))
            return false;
    }
    if (!found) return error_set(error, ERROR_REQUEST, "This mapping is no longer kept");
    return import_read(file, visit->arena, import, error);
}

void import_new_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct import_file file;
    struct import import;
    struct order order;
    struct outcome outcome;
    if (!read_file(visit, &file, &import, &error)) {
        write_new(visit, import_said(visit, &error));
        return;
    }
    struct import_order matter = {.import = &import};
    if (!here_order(visit, IMPORT_NEW_ORDER, ACT_BRING_IMPORT, &order)) return;
    order_set(&order, visit->arena, "look", SLICE("yes"));
    order.matter = &matter;
    if (!keeping_do(visit, &order, SLICE("/imports/new"), &outcome)) return;
    response_see(visit->response, outcome.again
                                      ? IMPORTS
                                      : keeping_address("/imports/", &outcome.made, visit->arena));
}

/* ---- mappings ---- */

static void write_mapping(struct visit *visit, const struct import_mapping *mapping)
{
    struct text *out = visit->out;
    struct slice rest = mapping->text, line;
    ui_details_open(out, mapping->name);
    HTML(out, "<pre class=\"govuk-body\">");
    while (slice_line(&rest, &line)) {
        html_text(out, line);
        HTML(out, "\n");
    }
    HTML(out, "</pre>\n");
    ui_details_close(out);
}

static void write_mappings_form(struct visit *visit, struct slice problem)
{
    struct text *out = visit->out;
    struct ui_question questions[] = {
        keeping_question(
            "name", SLICE("What is it called?"),
            SLICE("Small letters, digits and hyphens, at most 16. A name that is taken "
                  "gets the new mapping"),
            SLICE_EMPTY),
        keeping_question(
            "mapping", SLICE("Which column is what?"),
            SLICE("A line each, such as: Legal Surname = family name. Others are source "
                  "id, given name, known as, date of birth, email, phone, username, "
                  "role, role from, role until, school, school name, left on, parents, "
                  "children"),
            problem)};
    if (problem.length == 0) ui_heading(out, 2, UI_MEDIUM, SLICE_EMPTY, SLICE("Keep a mapping"));
    ui_form_open(out, SLICE("/imports/mappings"), visit_token(visit));
    here_order_field(visit);
    ui_input(out, &questions[0],
             visit->form != NULL ? form_value(visit->form, MAPPING_NAME) : SLICE_EMPTY, 20, false);
    ui_textarea(out, &questions[1],
                visit->form != NULL ? form_value(visit->form, MAPPING_TEXT) : SLICE_EMPTY, 12);
    ui_button(out, UI_BUTTON_MAIN, SLICE("Keep it"));
    ui_form_close(out);
}

static void write_mappings_page(struct visit *visit, struct slice problem)
{
    struct error error = {.code = ERROR_NONE};
    struct import_mapping *mappings;
    size_t count;
    struct slice title = SLICE("Mappings");
    if (!import_mappings(visit_record(visit), visit->arena, &mappings, &count, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_question wrong =
        keeping_question("mapping", SLICE("Which column is what?"), SLICE_EMPTY, problem);
    struct ui_frame frame = here_frame_open(visit, title, IMPORTS, IMPORTS, problem.length > 0);
    if (problem.length > 0) ui_problem(visit->out, &wrong, 1);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out, SLICE("A mapping says which column of a table is what, so that the "
                                   "same report can be brought again and again."));
    for (size_t i = 0; i < count; i++) write_mapping(visit, &mappings[i]);
    write_mappings_form(visit, problem);
    ui_frame_close(visit->out, &frame);
}

void import_mappings_page(struct visit *visit)
{
    write_mappings_page(visit, SLICE_EMPTY);
}

void import_mappings_answer(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct order order;
    struct outcome outcome;
    if (!here_order(visit, MAPPING_ORDER, ACT_SAVE_MAPPING, &order)) return;
    order_set(&order, visit->arena, "name", form_value(visit->form, MAPPING_NAME));
    order_set(&order, visit->arena, "content", form_value(visit->form, MAPPING_TEXT));
    if (!desk_do(visit_record(visit), &order, visit->arena, &outcome, &error))
        write_mappings_page(visit, import_said(visit, &error));
    else if (!outcome.done && !outcome.again)
        here_refused(visit, &outcome);
    else
        response_see(visit->response, SLICE("/imports/mappings"));
}
