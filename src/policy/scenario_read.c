/* Scenario blocks and tables read into scenarios: lines of `key: value`, rows of cells, each key put into the request or
 * among the expectations, and whatever cannot be read reported with its place. */
#include <string.h>

#include "policy/lines.h"
#include "policy/phrase.h"
#include "policy/scenario_parts.h"

struct settings {
    LIST(struct setting) list;
};

/* Reading one block. */
struct scenario_reader {
    const struct policy *policy;
    struct problems *problems;
    struct scenarios *scenarios;
    struct words words; /* a copy whose arena takes what expectations hold */
    struct arena *arena;
    const struct block *block; /* being read */
    struct slice name;         /* of the scenario being read */
};

static void fault_at(struct scenario_reader *reader, size_t line, size_t column, struct slice part,
                     const struct error *error)
{
    struct problem *problem =
        problems_add(reader->problems, false, error->code, reader->block->file, line, column, "%s",
                     error->sentence);
    problem_point(problem, part, "");
    bool advised = error->advice[0] != '\0';
    problem->advice = advised ? arena_copy(reader->problems->arena, slice_of(error->advice))
                              : SLICE("write a value that this key can have");
}

static void fault_value(struct scenario_reader *reader, const struct setting *setting,
                        const struct error *error)
{
    fault_at(reader, setting->line, setting->column, setting->value, error);
}

static void fault_line(struct scenario_reader *reader, size_t number, struct slice line,
                       const char *sentence, const char *advice)
{
    struct error error = {0};
    (void)error_set(&error, ERROR_SYNTAX, "%s", sentence);
    (void)error_advise(&error, "%s", advice);
    struct slice part = slice_trim(line);
    fault_at(reader, number, lines_column(line, part), part, &error);
}

/* ---- lines ---------------------------------------------------------------------------------------- */

static bool is_question_limit(struct slice text)
{
    return slice_starts(text, SLICE("at most ")) && slice_find(text, ':') == text.length;
}

/* `key: value`; a record's or a person's value may hold further colons. */
static void read_setting(struct scenario_reader *reader, struct slice line, size_t number,
                         struct settings *settings)
{
    struct slice text = slice_trim(line);
    size_t colon = slice_find(text, ':');
    if (colon == text.length && !is_question_limit(text)) {
        fault_line(reader, number, line, "a line of a scenario is 'key: value'",
                   "write it as in 'actor: a teacher'");
        return;
    }
    if (settings->list.count == SCENARIO_SETTINGS_LARGEST) {
        fault_line(reader, number, line, "this scenario has too many lines",
                   "split it into several");
        return;
    }
    struct slice key = slice_trim(slice_part(text, 0, colon));
    struct slice value = slice_trim(slice_part(text, colon + 1, text.length));
    LIST_PUSH(reader->arena, &settings->list,
              (struct setting){.key = key,
                               .value = value,
                               .line = number,
                               .column = lines_column(line, value.length > 0 ? value : key),
                               .key_column = lines_column(line, key)});
}

/* ---- one scenario --------------------------------------------------------------------------------- */

static struct slice next_part(struct slice *rest, char separator)
{
    struct slice part;
    while (slice_split(rest, separator, &part)) {
        part = slice_trim(part);
        if (part.length > 0) return part;
    }
    return SLICE_EMPTY;
}

static void add_expectation(struct scenario_reader *reader, struct scenario *scenario,
                            enum expectation_kind kind, const struct setting *setting,
                            struct slice text)
{
    struct expectation expectation = {.text = text, .line = setting->line};
    struct error error = {0};
    expectation.column = setting->column + lines_column(setting->value, text) - 1;
    expectation.duty.until = SLICE_EMPTY;
    bool read = expectation_read(kind, setting->key, text, &reader->words, &expectation, &error);
    struct slice ids[] = {expectation.clause, expectation.other};
    for (size_t i = 0; read && i < 2; i++) {
        if (ids[i].length == 0 || expectation_id_known(reader->policy, ids[i])) continue;
        read =
            error_set(&error, ERROR_WORD, "there is no clause or norm '%.*s'", SLICE_PRINT(ids[i]));
        (void)error_advise(&error, "name a clause by the id in its heading, or a norm by its id");
    }
    if (!read) {
        fault_at(reader, setting->line, expectation.column, text, &error);
        return;
    }
    LIST_PUSH(reader->arena, &scenario->expectations, expectation);
}

/* Ids of clauses stand behind commas; whatever else repeats in one cell behind ';'. */
static void read_expectations(struct scenario_reader *reader, struct scenario *scenario,
                              enum expectation_kind kind, bool repeats,
                              const struct setting *setting)
{
    bool ids = kind == EXPECT_CITES || kind == EXPECT_NOT_CITES;
    struct slice rest = setting->value;
    struct slice part =
        repeats && (ids || setting->cell)
            ? next_part(&rest, ids && slice_find(rest, ';') == rest.length ? ',' : ';')
            : (rest = SLICE_EMPTY, setting->value);
    bool counted = kind == EXPECT_QUESTIONS;
    if (part.length == 0 && !counted) {
        struct error error = {0};
        (void)error_set(&error, ERROR_SYNTAX, "'%.*s' expects nothing", SLICE_PRINT(setting->key));
        (void)error_advise(&error, "write what has to come out, or leave the line out");
        fault_value(reader, setting, &error);
        return;
    }
    do {
        struct slice list = part;
        struct slice id = ids ? next_part(&list, ',') : part;
        do {
            add_expectation(reader, scenario, kind, setting, id);
            id = ids ? next_part(&list, ',') : SLICE_EMPTY;
        } while (id.length > 0);
        part = next_part(&rest, ids ? ',' : ';');
    } while (part.length > 0);
}

/* A bare phrase or id of a fact, record or judgement is a key too, as in a request. */
static bool bare_key(const struct scenario_reader *reader, struct slice key)
{
    return words_find(&reader->words, WORD_FACT, key) >= 0 ||
           words_find(&reader->words, WORD_RECORD, key) >= 0 ||
           words_find(&reader->words, WORD_NAME, key) >= 0;
}

static void fault_key(struct scenario_reader *reader, const struct setting *setting)
{
    const char *near = scenario_nearest_key(setting->key);
    struct error error = {0};
    struct slice shown = problem_quote(setting->key);
    (void)error_set(&error, ERROR_WORD, "I do not know the key '%.*s'", SLICE_PRINT(shown));
    if (near != NULL)
        (void)error_advise(&error, "did you mean '%s'?", near);
    else
        (void)error_advise(&error, "keys are actor, act, other, via, on, fact ..., record ..., "
                                   "expect, duty, cites and the like");
    fault_at(reader, setting->line, setting->key_column, setting->key, &error);
}

static void set_request(struct scenario_reader *reader, struct scenario *scenario,
                        const struct setting *setting)
{
    struct error error = {0};
    if (!request_set(&scenario->request, setting->key, setting->value, &error))
        fault_value(reader, setting, &error);
}

static void apply_setting(struct scenario_reader *reader, struct scenario *scenario,
                          const struct setting *setting)
{
    enum expectation_kind kind;
    bool repeats;
    if (slice_is(setting->key, "actor") || (setting->cell && setting->value.length == 0)) return;
    if (expectation_key(setting->key, &kind, &repeats)) {
        scenario->review = scenario->review || kind == EXPECT_REVIEW;
        read_expectations(reader, scenario, kind, repeats, setting);
    } else if (slice_is(setting->key, "disputed")) {
        scenario->disputed = setting->value.length > 0 ? setting->value : SLICE("no reason given");
    } else if (scenario_request_key(setting->key) || bare_key(reader, setting->key)) {
        set_request(reader, scenario, setting);
    } else {
        fault_key(reader, setting);
    }
}

/* A cell says more than the line above the table, unless both may be said. */
static bool overruled(const struct settings *settings, const struct setting *common)
{
    enum expectation_kind kind;
    bool repeats = false;
    if (expectation_key(common->key, &kind, &repeats) && repeats) return false;
    for (size_t i = 0; i < settings->list.count; i++) {
        const struct setting *cell = &settings->list.at[i];
        if (cell->cell && cell->value.length > 0 && slice_equal(cell->key, common->key))
            return !common->cell;
    }
    return false;
}

static void check_scenario(struct scenario_reader *reader, struct scenario *scenario, size_t line)
{
    struct error error = {0};
    bool sound = scenario->review || request_check(&scenario->request, &error);
    if (sound && scenario->expectations.count == 0) {
        sound = error_set(&error, ERROR_MEANING, "this scenario expects nothing");
        (void)error_advise(&error, "add a line such as 'expect: not-allowed must'");
    }
    if (!sound) fault_at(reader, line, 0, SLICE_EMPTY, &error);
}

/* `before`: the errors there were before its first line; one that has any is not looked at as a whole. */
static void make_scenario(struct scenario_reader *reader, struct slice name, size_t line,
                          const struct settings *settings, size_t before)
{
    if (reader->scenarios->list.count == SCENARIOS_LARGEST) {
        fault_line(reader, line, name, "there are too many scenarios", "drop some");
        return;
    }
    struct scenario *scenario = LIST_ADD(reader->arena, &reader->scenarios->list);
    scenario->file = reader->block->file;
    scenario->inherited = reader->block->inherited;
    scenario->name = name;
    scenario->line = line;
    scenario->disputed = SLICE_EMPTY;
    request_init(reader->policy, true, reader->arena, &scenario->request);
    /* what a record says FROM the actor needs the actor first */
    for (size_t i = 0; i < settings->list.count; i++) {
        const struct setting *setting = &settings->list.at[i];
        if (slice_is(setting->key, "actor") && setting->value.length > 0 &&
            !overruled(settings, setting))
            set_request(reader, scenario, setting);
    }
    for (size_t i = 0; i < settings->list.count; i++) {
        if (!overruled(settings, &settings->list.at[i]))
            apply_setting(reader, scenario, &settings->list.at[i]);
    }
    if (reader->problems->errors == before) check_scenario(reader, scenario, line);
}

/* ---- blocks --------------------------------------------------------------------------------------- */

static struct slice unquoted(struct slice name)
{
    bool quoted = name.length >= 2 && name.at[0] == '"' && name.at[name.length - 1] == '"';
    return quoted ? slice_part(name, 1, name.length - 1) : name;
}

static void read_block(struct scenario_reader *reader, const struct block *block)
{
    struct settings settings = {0};
    struct slice rest = block->text, line;
    struct slice name = unquoted(block->info);
    size_t number = block->line, before = reader->problems->errors;
    for (; slice_line(&rest, &line); number++) {
        if (slice_trim(line).length > 0) read_setting(reader, line, number, &settings);
    }
    if (name.length == 0) {
        fault_line(reader, block->line, block->text, "this scenario has no name",
                   "write ```scenario \"what it shows\"");
        return;
    }
    make_scenario(reader, name, block->line > 1 ? block->line - 1 : 1, &settings, before);
}

struct cells {
    LIST(struct slice) list;
};

/* `| a | b |`: the cells, trimmed. */
static void cut_cells(struct arena *arena, struct slice line, struct cells *ret_cells)
{
    struct slice text = slice_trim(line);
    *ret_cells = (struct cells){0};
    if (text.length > 0 && text.at[0] == '|') text = slice_part(text, 1, text.length);
    if (text.length > 0 && text.at[text.length - 1] == '|') text.length--;
    for (size_t from = 0, i = 0; i <= text.length; i++) {
        if (i < text.length && text.at[i] != '|') continue;
        LIST_PUSH(arena, &ret_cells->list, slice_trim(slice_part(text, from, i)));
        from = i + 1;
    }
}

static bool is_rule_line(struct slice line)
{
    for (size_t i = 0; i < line.length; i++) {
        if (strchr("|-: ", line.at[i]) == NULL) return false;
    }
    return slice_search(line, SLICE("---")) < line.length;
}

static void read_row(struct scenario_reader *reader, const struct settings *common,
                     const struct cells *head, struct slice line, size_t number)
{
    struct settings settings = {0};
    struct cells cells;
    cut_cells(reader->arena, line, &cells);
    if (cells.list.count > head->list.count || cells.list.at[0].length == 0) {
        fault_line(reader, number, line,
                   cells.list.count > head->list.count
                       ? "this row has more cells than the table has columns"
                       : "this row has no name",
                   "the first cell is the scenario's name, one cell a column follows");
        return;
    }
    for (size_t i = 0; i < common->list.count; i++)
        LIST_PUSH(reader->arena, &settings.list, common->list.at[i]);
    for (size_t i = 1; i < cells.list.count; i++) {
        struct slice value = cells.list.at[i];
        LIST_PUSH(reader->arena, &settings.list,
                  (struct setting){.key = head->list.at[i],
                                   .value = value,
                                   .line = number,
                                   .column = lines_column(line, value),
                                   .key_column = lines_column(line, value),
                                   .cell = true});
    }
    make_scenario(reader, cells.list.at[0], number, &settings, reader->problems->errors);
}

/* Columns are keys; an unknown one is reported once, not for every row. */
static bool check_head(struct scenario_reader *reader, const struct cells *head, struct slice line,
                       size_t number)
{
    enum expectation_kind kind;
    bool repeats;
    size_t before = reader->problems->errors;
    for (size_t i = 0; i < head->list.count; i++) {
        struct slice key = head->list.at[i];
        struct setting setting = {
            .key = key, .value = key, .line = number, .key_column = lines_column(line, key)};
        if (i == 0 ? !slice_is(key, "name")
                   : !expectation_key(key, &kind, &repeats) && !slice_is(key, "disputed") &&
                         !scenario_request_key(key) && !bare_key(reader, key))
            fault_key(reader, &setting);
    }
    if (head->list.count > SCENARIO_SETTINGS_LARGEST)
        fault_line(reader, number, line, "this table has too many columns",
                   "split it into several");
    return reader->problems->errors == before;
}

static void read_table(struct scenario_reader *reader, const struct block *block)
{
    struct settings common = {0};
    struct cells head = {0};
    struct slice rest = block->text, line;
    bool sound = true;
    size_t number = block->line;
    for (; sound && slice_line(&rest, &line); number++) {
        struct slice text = slice_trim(line);
        bool row = text.length > 0 && text.at[0] == '|';
        if (text.length == 0 || (row && head.list.count > 0 && is_rule_line(text))) continue;
        if (!row && head.list.count == 0) {
            read_setting(reader, line, number, &common);
        } else if (!row) {
            fault_line(reader, number, line, "a line below a table's rows belongs to no row",
                       "lines that hold for every row stand above the table");
        } else if (head.list.count == 0) {
            cut_cells(reader->arena, line, &head);
            sound = check_head(reader, &head, line, number);
        } else {
            read_row(reader, &common, &head, line, number);
        }
    }
    if (sound && head.list.count == 0)
        fault_line(reader, block->line, block->text, "this block has no table",
                   "its first row is | name | key | key |");
}

static void read_document(struct scenario_reader *reader, const struct document *document)
{
    for (size_t i = 0; i < document->scenarios.count; i++) {
        const struct block *block = &document->scenarios.at[i];
        reader->block = block;
        if (block->kind == BLOCK_SCENARIOS)
            read_table(reader, block);
        else
            read_block(reader, block);
    }
}

/* A scenario of the base goes where the policy has one of the same name. */
static void drop_replaced(struct scenario_reader *reader)
{
    struct scenarios *scenarios = reader->scenarios;
    struct map own;
    size_t kept = 0;
    map_init(&own, reader->arena);
    for (size_t i = 0; i < scenarios->list.count; i++)
        if (!scenarios->list.at[i].inherited) map_set(&own, scenarios->list.at[i].name, 1);
    for (size_t i = 0; i < scenarios->list.count; i++) {
        const struct scenario *scenario = &scenarios->list.at[i];
        if (!scenario->inherited || map_get(&own, scenario->name) < 0)
            scenarios->list.at[kept++] = *scenario;
    }
    scenarios->list.count = kept;
}

/* One name, one scenario: other programs find a row by it. */
static void check_names(struct scenario_reader *reader)
{
    struct map names;
    map_init(&names, reader->arena);
    drop_replaced(reader);
    for (size_t i = 0; i < reader->scenarios->list.count; i++) {
        const struct scenario *scenario = &reader->scenarios->list.at[i];
        int64_t other = map_set(&names, scenario->name, (int64_t)i);
        if (other < 0) continue;
        const struct scenario *first = &reader->scenarios->list.at[other];
        struct problem *problem =
            problems_add(reader->problems, false, ERROR_MEANING, scenario->file, scenario->line, 0,
                         "two scenarios are called '%.*s'; the other stands in %.*s:%zu",
                         SLICE_PRINT(scenario->name), SLICE_PRINT(first->file), first->line);
        problem->advice = SLICE("give each a name of its own");
    }
}

bool scenarios_read(const struct policy *policy, struct arena *arena, struct problems *problems,
                    struct scenarios *ret_scenarios)
{
    size_t before = problems->errors;
    *ret_scenarios = (struct scenarios){.arena = arena, .policy = policy};
    struct scenario_reader reader = {.policy = policy,
                                     .problems = problems,
                                     .scenarios = ret_scenarios,
                                     .words = policy->words,
                                     .arena = arena};
    reader.words.arena = arena;
    read_document(&reader, &policy->document);
    for (size_t i = 0; i < policy->scenarios.count; i++)
        read_document(&reader, &policy->scenarios.at[i]);
    check_names(&reader);
    return problems->errors == before;
}
