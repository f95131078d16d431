/* Questions about a text; see ask_text.h. What is found is service/screened's, how a text is marked screen_explain's: here is what stands
 * beside each mark, for a person and as JSON. */
#include "cli/ask_text.h"

#include "base/file.h"
#include "cli/cli.h"
#include "cli/screen_explain.h"

#define PIECE 4096
#define FIX_LARGEST ((size_t)4096)
#define QUOTE_LARGEST 60

/* ---- reading -------------------------------------------------------------------------------------- */

static bool read_stdin(struct arena *arena, struct slice *ret_text, struct error *error)
{
    AUTO_TEXT struct text text;
    char piece[PIECE];
    text_init(&text, SCREEN_TEXT_LARGEST);
    for (size_t got = 0; (got = fread(piece, 1, sizeof piece, stdin)) > 0;)
        text_add(&text, (struct slice){piece, got});
    *ret_text = arena_copy(arena, text_slice(&text));
    return !text.overflowed ||
           error_set(error, ERROR_LIMIT, "the text has more than %zu bytes", SCREEN_TEXT_LARGEST);
}

static bool read_text(const char *path, struct arena *arena, struct slice *ret_text,
                      struct error *error)
{
    bool here = slice_is(slice_of(path), "-");
    if (here ? !read_stdin(arena, ret_text, error)
             : !file_read(path, SCREEN_TEXT_LARGEST, arena, ret_text, error))
        return false;
    if (slice_ends(*ret_text, SLICE("\n"))) ret_text->length--;
    return true;
}

int ask_text_open(struct ask_text *about, const struct policy *policy, struct arena *arena)
{
    struct error error = {0};
    struct slice text;
    int result = screen_by_load("ask", policy, &about->by);
    if (result != EXIT_DONE) return result;
    about->plan = screen_by_plan(&about->by);
    about->screener = screener_new(policy, &about->plan);
    if (!read_text(about->path, arena, &text, &error) ||
        !screened_read(about->screener, text, arena, &about->screened, &error))
        return cli_fail("ask", &error);
    return EXIT_DONE;
}

void ask_text_clear(struct ask_text *about)
{
    screener_free(about->screener);
    screen_by_clear(&about->by);
}

/* ---- deciding ------------------------------------------------------------------------------------- */

bool ask_text_decide_request(struct ask_text *about, struct request *request, struct arena *arena,
                             struct decision *ret_decision, struct error *error)
{
    screened_apply(&about->screened, request, &about->uses);
    if (!request_check(request, error)) return false;
    struct decider *decider = decider_new(request->policy, arena);
    decider_decide(decider, request, true, arena, ret_decision);
    screened_clauses(request, ret_decision, decider, true, arena, &about->uses);
    return true;
}

bool ask_text_decide(struct ask_text *about, const struct ask *ask, struct arena *arena,
                     struct request *ret_request, struct decision *ret_decision,
                     struct error *error)
{
    return ask_request(ask, arena, ret_request, error) &&
           ask_text_decide_request(about, ret_request, arena, ret_decision, error);
}

/* ---- what is shown -------------------------------------------------------------------------------- */

struct shown_text {
    const struct ask_text *about;
    const struct request *request;
    struct screened_view view;
};

static void look(struct shown_text *shown, struct arena *arena)
{
    screened_view(&shown->about->screened, &shown->about->uses, shown->request, arena,
                  &shown->view);
}

static void add_clauses(const struct screened_used *used, struct text *out)
{
    const char *begin = used->clauses.count > 1 ? " (clauses " : " (clause ";
    for (size_t i = 0; i < used->clauses.count; i++)
        text_format(out, "%s%.*s", i == 0 ? begin : ", ", SLICE_PRINT(used->clauses.at[i]->id));
    if (used->clauses.count > 0) text_add_char(out, ')');
}

static void add_used(const struct shown_text *shown, const struct screened_used *used,
                     struct text *out)
{
    const struct words *words = &shown->request->policy->words;
    if (used->kind == USED_ACT) {
        text_format(out, "so it is also this act: %.*s",
                    SLICE_PRINT(words->acts.at[used->act].word.phrase));
    } else {
        text_format(out, "%.*s: %s", SLICE_PRINT(words->facts.at[used->fact].word.phrase),
                    used->yes ? "yes" : "no");
        if (used->kind == USED_NAMED)
            text_format(out, ", of %.*s", SLICE_PRINT(shown->request->shown.at[used->shown].name));
    }
    add_clauses(used, out);
    if (used->against) text_add_string(out, "; you said no, but it stands here, and that counts");
}

static void note(void *context, size_t at, struct text *out)
{
    const struct shown_text *shown = context;
    const struct ask_text *about = shown->about;
    uint32_t place = shown->view.chosen[at];
    for (size_t i = 0; i < about->uses.list.count; i++) {
        const struct screened_used *used = &about->uses.list.at[i];
        if (!screened_tells(&shown->view, used, place)) continue;
        text_add_string(out, "   Answers: ");
        add_used(shown, used, out);
        text_add_char(out, '\n');
    }
    for (size_t k = 0; k < about->screened.facts.count; k++) {
        const struct screened_fact *fact = &about->screened.facts.at[k];
        if (!screened_asks(&shown->view, fact) || !screened_is_place(fact, place)) continue;
        const struct fact *word = &shown->request->policy->words.facts.at[fact->fact];
        text_format(out, "   To settle: %.*s\n", SLICE_PRINT(word->question));
    }
}

/* Answers that no place in the text gave. */
static void add_absent(const struct shown_text *shown, struct text *out)
{
    bool first = true;
    for (size_t i = 0; i < shown->about->uses.list.count; i++) {
        const struct screened_used *used = &shown->about->uses.list.at[i];
        if (used->place != SCREENED_NOWHERE || used->clauses.count == 0) continue;
        text_add_string(out, first ? "\nNot found, or let through\n" : "");
        text_add_string(out, "   Answers: ");
        add_used(shown, used, out);
        text_add_char(out, '\n');
        first = false;
    }
}

void ask_text_print(const struct ask_text *about, const struct request *request, bool colour,
                    struct arena *arena, struct text *out)
{
    struct shown_text shown = {.about = about, .request = request};
    look(&shown, arena);
    struct finding *copy = ARENA_ARRAY(arena, struct finding, shown.view.count + 1);
    for (size_t i = 0; i < shown.view.count; i++)
        copy[i] = about->screened.findings[shown.view.chosen[i]];
    struct findings findings = {
        .at = copy, .count = shown.view.count, .full = about->screened.part};
    text_add_string(out, "\nThe text\n");
    screen_explain_found(&about->plan, about->screened.text, &findings, colour, note, &shown, out);
    add_absent(&shown, out);
}

void ask_text_hint(const struct ask_text *about, const struct question *question, struct text *out)
{
    const struct screened *screened = &about->screened;
    for (size_t i = 0; i < screened->facts.count; i++) {
        const struct screened_fact *fact = &screened->facts.at[i];
        if (fact->answer != SCREENED_ASK || fact->fact != question->fact || question->shown >= 0)
            continue;
        for (size_t k = 0; k < fact->count; k++) {
            const struct finding *finding = &screened->findings[fact->places[k]];
            size_t line, column;
            struct slice quote = slice_part(screened->text, finding->start, finding->end);
            screened_at(screened->text, finding->start, &line, &column);
            text_format(out, "  line %zu, character %zu: ", line, column);
            if (quote.length <= QUOTE_LARGEST && slice_find(quote, '\n') == quote.length)
                text_format(out, "'%.*s', ", SLICE_PRINT(quote));
            text_format(out, "%s\n", finding_kind_title(finding->kind));
        }
    }
}

/* ---- JSON ----------------------------------------------------------------------------------------- */

static void member(struct json_writer *writer, const char *key, struct slice value)
{
    json_key(writer, slice_of(key));
    json_string(writer, value);
}

static void json_finding(const struct ask_text *about, const struct finding *finding,
                         struct json_writer *writer)
{
    AUTO_TEXT struct text fix;
    text_init(&fix, FIX_LARGEST);
    json_open_object(writer);
    member(writer, "kind", slice_of(finding_kind_name(finding->kind)));
    member(writer, "level", finding->level == LEVEL_HOLD ? SLICE("HOLD") : SLICE("LOOK"));
    json_key(writer, SLICE("start"));
    json_number(writer, finding->start);
    json_key(writer, SLICE("end"));
    json_number(writer, finding->end);
    if (finding->form != FORM_NONE)
        member(writer, "form", slice_of(finding_form_name(finding->form)));
    json_key(writer, SLICE("who"));
    json_open_array(writer);
    for (size_t i = 0; i < finding->who_count; i++)
        json_string(writer, names_id(about->plan.names, finding->who[i]));
    json_close_array(writer);
    if (screen_fix(&about->plan, about->screened.text, finding, &fix))
        member(writer, "fix", text_slice(&fix));
    json_close_object(writer);
}

/* The finding's place among those shown. */
static void json_place(const struct shown_text *shown, uint32_t place, struct json_writer *writer)
{
    for (size_t i = 0; i < shown->view.count; i++)
        if (shown->view.chosen[i] == place) json_number(writer, (int64_t)i);
}

static void json_places(const struct shown_text *shown, const uint32_t *places, size_t count,
                        struct json_writer *writer)
{
    json_key(writer, SLICE("findings"));
    json_open_array(writer);
    for (size_t i = 0; i < count; i++)
        if (places[i] != SCREENED_NOWHERE) json_place(shown, places[i], writer);
    json_close_array(writer);
}

static void json_used(const struct shown_text *shown, const struct screened_used *used,
                      struct json_writer *writer)
{
    const struct words *words = &shown->request->policy->words;
    json_open_object(writer);
    if (used->kind == USED_ACT) {
        member(writer, "act", words->acts.at[used->act].word.id);
    } else {
        member(writer, "fact", words->facts.at[used->fact].word.id);
        if (used->kind == USED_NAMED)
            member(writer, "person", shown->request->shown.at[used->shown].name);
        member(writer, "value", used->yes ? SLICE("yes") : SLICE("no"));
    }
    if (used->against) {
        json_key(writer, SLICE("against"));
        json_bool(writer, true);
    }
    json_places(shown, &used->place, 1, writer);
    json_key(writer, SLICE("clauses"));
    json_open_array(writer);
    for (size_t i = 0; i < used->clauses.count; i++) json_string(writer, used->clauses.at[i]->id);
    json_close_array(writer);
    json_close_object(writer);
}

static void json_asks(const struct shown_text *shown, struct json_writer *writer)
{
    const struct screened *screened = &shown->about->screened;
    json_key(writer, SLICE("asks"));
    json_open_array(writer);
    for (size_t i = 0; i < screened->facts.count; i++) {
        const struct screened_fact *fact = &screened->facts.at[i];
        if (!screened_asks(&shown->view, fact)) continue;
        json_open_object(writer);
        member(writer, "fact", shown->request->policy->words.facts.at[fact->fact].word.id);
        json_places(shown, fact->places, fact->count, writer);
        json_close_object(writer);
    }
    json_close_array(writer);
}

void ask_text_json(const struct ask_text *about, const struct request *request,
                   struct json_writer *writer)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct shown_text shown = {.about = about, .request = request};
    look(&shown, arena);
    json_open_object(writer);
    json_key(writer, SLICE("findings"));
    json_open_array(writer);
    for (size_t i = 0; i < shown.view.count; i++)
        json_finding(about, &about->screened.findings[shown.view.chosen[i]], writer);
    json_close_array(writer);
    json_key(writer, SLICE("answers"));
    json_open_array(writer);
    for (size_t i = 0; i < about->uses.list.count; i++)
        json_used(&shown, &about->uses.list.at[i], writer);
    json_close_array(writer);
    json_asks(&shown, writer);
    json_close_object(writer);
}
