/* One file of people: what it would change, in plain words, for whoever brought it and whoever decides; the buttons; and what
 * became of it. Names stand here only while the file is there, and for those two alone. */
#include "page/imports.h"
#include "service/register.h"

#define PROBLEMS_SHOWN 100

const struct field import_one_fields[] = {
    HERE_ORDER_FIELD,
    [IMPORT_ONE_ID] = {"import", form_is_hex, 2 * ID_SIZE, 1},
};

/* ---- what would change ---- */

static void write_rows(struct visit *visit, const struct plan *plan, enum plan_what what,
                       struct slice caption, struct slice head, size_t count)
{
    struct slice heads[] = {SLICE("Name"), head};
    size_t shown = 0, columns = head.length > 0 ? 2 : 1;
    if (count == 0) return;
    ui_table_open(visit->out, caption, heads, columns);
    for (size_t i = 0; i < plan->rows.count; i++) {
        const struct plan_row *row = &plan->rows.at[i];
        struct slice cells[] = {row->who, row->says};
        if (row->what != what) continue;
        ui_table_row(visit->out, cells, columns);
        shown++;
    }
    ui_table_close(visit->out);
    if (count > shown)
        ui_paragraph(visit->out, arena_format(visit->arena, "And %zu more.", count - shown));
}

static void write_problems(struct visit *visit, const struct import *import,
                           const struct plan *plan)
{
    size_t count = import_problem_count(import, plan), shown = 0;
    if (count == 0) return;
    ui_details_open(visit->out, arena_format(visit->arena, "%zu %s", count,
                                             count == 1 ? "problem" : "problems"));
    ui_list_open(visit->out, false);
    while (shown < count && shown < PROBLEMS_SHOWN) {
        AUTO_TEXT struct text words;
        const struct roster_problem *problem = import_problem(import, plan, shown);
        if (problem == NULL) break;
        text_init(&words, 4000);
        import_problem_words(problem, &words);
        ui_list_item(visit->out, text_slice(&words));
        shown++;
    }
    ui_list_close(visit->out, false);
    if (count > shown)
        ui_paragraph(visit->out, arena_format(visit->arena, "And %zu more.", count - shown));
    ui_details_close(visit->out);
}

static void write_plan(struct visit *visit, const struct import *import, const struct plan *plan)
{
    AUTO_TEXT struct text words;
    text_init(&words, 4000);
    text_format(&words, "%zu people in the file. ", plan->people);
    import_summary(plan, &words);
    ui_paragraph(visit->out, text_slice(&words));
    if (plan->waits)
        ui_warning(visit->out,
                   arena_format(visit->arena,
                                "%zu of %zu people would leave at once. A file that was cut short "
                                "looks like that too.",
                                plan->leavers, plan->known));
    if (plan->nobody_missing)
        ui_inset(visit->out, SLICE("Some rows could not be read, so nobody is taken for gone."));
    write_problems(visit, import, plan);
    write_rows(visit, plan, PLAN_JOIN, SLICE("Who joins"), SLICE("School"), plan->joiners);
    write_rows(visit, plan, PLAN_MOVE, SLICE("Who changes"), SLICE("What"), plan->movers);
    write_rows(visit, plan, PLAN_LEAVE, SLICE("Who leaves"), SLICE_EMPTY, plan->leavers);
}

/* ---- buttons ---- */

static void write_button(struct visit *visit, struct slice action, const struct id *id,
                         enum ui_button kind, struct slice words)
{
    ui_form_open(visit->out, action, visit_token(visit));
    here_order_field(visit);
    ui_hidden(visit->out, SLICE("import"), keeping_hex(id, visit->arena));
    ui_button(visit->out, kind, words);
    ui_form_close(visit->out);
}

static void write_buttons(struct visit *visit, const struct import_seen *seen, bool mine,
                          const struct plan *plan)
{
    bool looked = slice_is(seen->state, "looked-at"), changes = import_changes(plan);
    if (changes)
        ui_paragraph(visit->out,
                     SLICE("With many people this takes some seconds. Leave the page open "
                           "until the next one comes."));
    if (looked)
        write_button(visit, SLICE("/imports/bring"), &seen->id, UI_BUTTON_MAIN,
                     plan->waits ? SLICE("Ask for a yes")
                     : changes   ? SLICE("Bring it in")
                                 : SLICE("Note that nothing changes"));
    if (!looked && !mine)
        write_button(visit, SLICE("/imports/accept"), &seen->id, UI_BUTTON_WARNING,
                     SLICE("Say yes: bring it in"));
    write_button(visit, SLICE("/imports/refuse"), &seen->id, UI_BUTTON_SECOND,
                 SLICE("Throw it away"));
}

/* ---- the page ---- */

static struct slice called(struct visit *visit, const struct id *person)
{
    struct slice name = SLICE("Somebody");
    const struct register_view *view = register_hold(visit_record(visit));
    const struct registered *found = register_person(view, person);
    if (found != NULL) name = arena_copy(visit->arena, found->shown_as);
    register_let_go(visit_record(visit), view);
    return name;
}

static void write_facts(struct visit *visit, const struct import_seen *seen)
{
    struct text *out = visit->out;
    ui_summary_open(out);
    ui_summary_row(out, SLICE("From"), import_source_words(seen->source, visit->arena));
    if (!id_is_none(&seen->by)) ui_summary_row(out, SLICE("Brought by"), called(visit, &seen->by));
    ui_summary_row(out, SLICE("When"), keeping_when(seen->at, visit->arena));
    ui_summary_row(out, SLICE("State"), import_state_words(seen->state));
    ui_summary_row(out, SLICE("People"),
                   arena_format(visit->arena, "%lld join, %lld change, %lld leave",
                                (long long)seen->joiners, (long long)seen->movers,
                                (long long)seen->leavers));
    ui_summary_close(out);
}

static bool is_me(struct visit *visit, const struct id *person)
{
    const struct register_view *view = register_hold(visit_record(visit));
    bool same = register_same(view, &visit_person(visit)->who.person, person);
    register_let_go(visit_record(visit), view);
    return same;
}

/* Whoever brought it sees it while it is looked at; when it waits, those who may decide do too. */
static void write_open(struct visit *visit, const struct import_seen *seen)
{
    struct error error = {.code = ERROR_NONE};
    const struct id *me = &visit_person(visit)->who.person;
    struct import *import;
    struct plan plan;
    bool mine = is_me(visit, &seen->by), looked = slice_is(seen->state, "looked-at");
    enum record_act act = mine ? ACT_BRING_IMPORT : ACT_ACCEPT_IMPORT;
    if (!looked)
        ui_inset(visit->out,
                 SLICE("It waits until an administrator or the head, other than whoever "
                       "brought it, says yes. After two weeks it is thrown away."));
    if (!mine && (looked || !visit_may(visit, ACT_ACCEPT_IMPORT))) return;
    if (!import_try_kept(visit_record(visit), &seen->id, me, visit->arena, &import, &plan,
                         &error)) {
        ui_paragraph(visit->out,
                     arena_format(visit->arena, "%.*s.", SLICE_PRINT(import_said(visit, &error))));
        return;
    }
    if (!import_reaches(visit_record(visit), me, act, &plan)) {
        ui_paragraph(visit->out, SLICE("It speaks of schools that your roles do not reach."));
        return;
    }
    write_plan(visit, import, &plan);
    write_buttons(visit, seen, mine, &plan);
}

void import_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct import_seen seen;
    struct id id;
    bool found;
    if (!keeping_path_id(visit, SLICE("/imports/"), &id)) return;
    if (!import_find(visit_record(visit), &id, visit->arena, &seen, &found, &error)) {
        here_fail(visit, &error);
        return;
    }
    if (!found) {
        visit_refuse(visit, 404, NULL);
        return;
    }
    bool open = slice_is(seen.state, "looked-at") || slice_is(seen.state, "waiting");
    struct slice title =
        open ? SLICE("What this file would change") : SLICE("What became of this file");
    struct ui_frame frame = here_frame_open(visit, title, IMPORTS, IMPORTS, false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    write_facts(visit, &seen);
    if (open) write_open(visit, &seen);
    ui_frame_close(visit->out, &frame);
}

/* ---- deciding ---- */

static void settle(struct visit *visit, enum record_act act)
{
    struct order order;
    struct outcome outcome;
    struct id id;
    if (!id_read(form_value(visit->form, IMPORT_ONE_ID), &id)) {
        visit_refuse(visit, 400, NULL);
        return;
    }
    struct slice page = keeping_address("/imports/", &id, visit->arena);
    if (!here_order(visit, IMPORT_ONE_ORDER, act, &order)) return;
    order_set(&order, visit->arena, "import", form_value(visit->form, IMPORT_ONE_ID));
    if (keeping_do(visit, &order, page, &outcome)) response_see(visit->response, page);
}

void import_bring_answer(struct visit *visit)
{
    settle(visit, ACT_BRING_IMPORT);
}

void import_accept_answer(struct visit *visit)
{
    settle(visit, ACT_ACCEPT_IMPORT);
}

void import_refuse_answer(struct visit *visit)
{
    settle(visit, ACT_REFUSE_IMPORT);
}
