/* Norms held against clauses: see cover.h. */
#include "service/cover.h"

#include <string.h>

#include "base/map.h"

#define COLUMNS 6
static const char *const column_names[COLUMNS] = {"id",       "locator",   "modality",
                                                  "strength", "mechanism", "feature"};

struct maker {
    struct cover *cover;
    struct policy_source source;
    struct problems *problems;
    struct map ids;
};

/* ---- norms.tsv ------------------------------------------------------------------------------------ */

static void cut_row(struct slice line, struct slice ret_cells[COLUMNS], size_t *ret_count)
{
    *ret_count = 0;
    for (size_t from = 0, i = 0; i <= line.length; i++) {
        if (i < line.length && line.at[i] != '\t') continue;
        if (*ret_count < COLUMNS) ret_cells[*ret_count] = slice_trim(slice_part(line, from, i));
        *ret_count += 1;
        from = i + 1;
    }
}

static void fault_row(struct maker *maker, size_t line, const char *sentence, const char *advice)
{
    struct problem *problem = problems_add(maker->problems, false, ERROR_SYNTAX, maker->source.file,
                                           line, 1, "%s", sentence);
    problem->advice = slice_of(advice);
}

static bool is_head(const struct slice cells[COLUMNS])
{
    for (size_t i = 0; i < COLUMNS; i++) {
        if (!slice_is(cells[i], column_names[i])) return false;
    }
    return true;
}

static void add_norm(struct maker *maker, const struct slice cells[COLUMNS], size_t line)
{
    struct norm norm = {.id = cells[0],
                        .locator = cells[1],
                        .modality = cells[2],
                        .strength = cells[3],
                        .mechanism = cells[4],
                        .feature = cells[5],
                        .line = line};
    size_t index = maker->cover->norms.count;
    if (map_set(&maker->ids, norm.id, (int64_t)index) >= 0) {
        fault_row(maker, line, "this norm stands in the list twice", "take one of the rows out");
        return;
    }
    LIST_PUSH(maker->cover->arena, &maker->cover->norms, norm);
}

static void read_norms(struct maker *maker)
{
    struct slice rest = maker->source.text, line;
    for (size_t number = 1; slice_line(&rest, &line); number++) {
        struct slice cells[COLUMNS];
        size_t count;
        cut_row(line, cells, &count);
        if (number == 1 && (count != COLUMNS || !is_head(cells))) {
            fault_row(maker, 1, "norms.tsv does not begin with its header",
                      "write id, locator, modality, strength, mechanism, feature, tabs between");
            return;
        }
        if (number == 1 || slice_trim(line).length == 0) continue;
        if (count != COLUMNS || cells[0].length == 0)
            fault_row(maker, number, "a row has six cells, the norm's id first",
                      "id, locator, modality, strength, mechanism, feature, tabs between");
        else
            add_norm(maker, cells, number);
    }
}

/* ---- clauses -------------------------------------------------------------------------------------- */

static struct problem *fault_clause(struct maker *maker, const struct clause *clause,
                                    const char *sentence, struct slice norm)
{
    struct problem *problem =
        problems_add(maker->problems, false, ERROR_MEANING, clause->file, clause->norms_line, 1,
                     "clause %.*s: %s %.*s", SLICE_PRINT(clause->id), sentence, SLICE_PRINT(norm));
    problem->clause = clause->id;
    return problem;
}

/* A rule says more than a norule beside it. */
static void serve(struct maker *maker, const struct clause *clause, struct norm *norm)
{
    bool norule = clause->block.kind == BLOCK_NORULE;
    if (norule && (!slice_equal(clause->mechanism, norm->mechanism) ||
                   !slice_equal(clause->feature, norm->feature))) {
        struct problem *problem = fault_clause(
            maker, clause, "its norule names another mechanism or feature than norms.tsv for",
            norm->id);
        problem->advice = arena_format(maker->problems->arena, "norms.tsv says %.*s %.*s",
                                       SLICE_PRINT(norm->mechanism), SLICE_PRINT(norm->feature));
    }
    enum served served = norule ? SERVED_NORULE : SERVED_RULE;
    if (served <= norm->served) return;
    norm->served = served;
    norm->clause = clause;
}

static void serve_clause(struct maker *maker, const struct clause *clause)
{
    if (clause->block.kind == BLOCK_RULE && clause->norms.count > COVER_NORMS_A_RULE) {
        struct problem *problem =
            fault_clause(maker, clause, "its rule block serves more than four norms, up to",
                         clause->norms.at[clause->norms.count - 1]);
        problem->advice = SLICE("divide the clause, so that each norm can be shown by itself");
    }
    for (size_t i = 0; i < clause->norms.count; i++) {
        int64_t index = map_get(&maker->ids, clause->norms.at[i]);
        if (index >= 0) {
            serve(maker, clause, &maker->cover->norms.at[index]);
            continue;
        }
        struct problem *problem =
            fault_clause(maker, clause, "norms.tsv has no norm", clause->norms.at[i]);
        problem->advice = SLICE("check the id, or add the norm to norms.tsv");
    }
}

/* ---- counting ------------------------------------------------------------------------------------- */

static struct cover_group *group_of(struct cover *cover, const struct norm *norm)
{
    size_t place = cover->groups.count;
    for (size_t i = 0; i < cover->groups.count; i++) {
        struct cover_group *group = &cover->groups.at[i];
        if (!slice_equal(group->mechanism, norm->mechanism)) continue;
        if (slice_equal(group->feature, norm->feature)) return group;
        place = i + 1;
    }
    (void)LIST_ADD(cover->arena, &cover->groups);
    for (size_t i = cover->groups.count - 1; i > place; i--)
        cover->groups.at[i] = cover->groups.at[i - 1];
    cover->groups.at[place] =
        (struct cover_group){.mechanism = norm->mechanism, .feature = norm->feature};
    return &cover->groups.at[place];
}

static bool binds_an_act(const struct norm *norm)
{
    return slice_is(norm->modality, "forbid") || slice_is(norm->modality, "permit") ||
           slice_is(norm->modality, "require");
}

static void count_norm(struct cover *cover, const struct norm *norm)
{
    struct cover_group *group = group_of(cover, norm);
    bool rule = norm->served == SERVED_RULE, missing = norm->served == SERVED_NOT;
    bool decide = slice_is(norm->mechanism, "decide") && binds_an_act(norm);
    bool notify = slice_is(norm->mechanism, "notify");
    group->norms++;
    group->rules += rule;
    group->missing += missing;
    group->norules += !rule && !missing;
    cover->missing += missing;
    cover->decide += decide;
    cover->decide_rules += decide && rule;
    cover->notify += notify;
    cover->notify_rules += notify && rule;
}

bool cover_make(const struct policy *policy, struct policy_source norms, struct arena *arena,
                struct problems *problems, struct cover *ret_cover)
{
    size_t before = problems->errors;
    *ret_cover = (struct cover){.arena = arena, .policy = policy};
    struct maker maker = {.cover = ret_cover, .source = norms, .problems = problems};
    map_init(&maker.ids, arena);
    read_norms(&maker);
    if (problems->errors > before) return false;
    for (size_t i = 0; i < policy->document.clauses.count; i++)
        serve_clause(&maker, &policy->document.clauses.at[i]);
    for (size_t i = 0; i < ret_cover->norms.count; i++)
        count_norm(ret_cover, &ret_cover->norms.at[i]);
    return problems->errors == before;
}

/* ---- norms shown ----------------------------------------------------------------------------------- */

static struct norm *find_norm(struct cover *cover, struct slice id)
{
    for (size_t i = 0; i < cover->norms.count; i++) {
        if (slice_equal(cover->norms.at[i].id, id)) return &cover->norms.at[i];
    }
    return NULL;
}

/* What a text has to show is shown by what is found in one, and by nothing else. */
static bool shows(const struct norm *norm, struct slice where)
{
    return !slice_is(norm->mechanism, "screen") || slice_is(where, "finding");
}

static bool is_where(struct slice word)
{
    static const char *const words[] = {"decision", "duty", "task", "finding", "record"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(word, words[i])) return true;
    }
    return false;
}

bool cover_shown(struct cover *cover, struct policy_source shown, struct shown_rows *ret_rows,
                 struct error *error)
{
    struct slice rest = shown.text, line;
    *ret_rows = (struct shown_rows){0};
    for (size_t number = 1; slice_line(&rest, &line); number++) {
        struct slice cells[COLUMNS];
        size_t count;
        cut_row(line, cells, &count);
        if (count != 3 || !is_where(cells[2])) {
            (void)error_set(error, ERROR_SYNTAX,
                            "a row is a norm, FILE:LINE and where it came out");
            (void)error_advise(error, "where is decision, duty, task, finding or record");
            return error_at(error, shown.file, number, 1);
        }
        struct norm *norm = find_norm(cover, cells[0]);
        if (norm == NULL) continue; /* of another policy */
        norm->shown = norm->shown || shows(norm, cells[2]);
        LIST_PUSH(cover->arena, &ret_rows->list,
                  (struct shown_row){cells[0], cells[1], cells[2], number});
    }
    return true;
}

size_t cover_shown_count(const struct cover *cover)
{
    size_t count = 0;
    for (size_t i = 0; i < cover->norms.count; i++) count += cover->norms.at[i].shown;
    return count;
}

void cover_screen_count(const struct cover *cover, size_t *ret_norms, size_t *ret_shown)
{
    *ret_norms = *ret_shown = 0;
    for (size_t i = 0; i < cover->norms.count; i++) {
        const struct norm *norm = &cover->norms.at[i];
        if (!slice_is(norm->mechanism, "screen")) continue;
        *ret_norms += 1;
        *ret_shown += norm->shown;
    }
}

/* ---- taking out ------------------------------------------------------------------------------------ */

static bool names(const struct slice *norms, size_t count, struct slice norm)
{
    for (size_t i = 0; i < count; i++) {
        if (slice_equal(norms[i], norm)) return true;
    }
    return false;
}

/* The clause without its statements, and without the norm: what a policy block says by saying nothing (no date for a review) is
 * cited from its clause's norms. */
static void empty_clause(struct clause *clause, struct slice norm, struct arena *arena)
{
    const struct slice *norms = clause->norms.at;
    size_t count = clause->norms.count;
    clause->statements.count = 0;
    clause->norms.at = ARENA_ARRAY(arena, struct slice, count);
    clause->norms.count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!slice_equal(norms[i], norm)) clause->norms.at[clause->norms.count++] = norms[i];
    }
}

/* Clauses are emptied, policy lines go; what hangs on other norms stays. */
static void remove_norm(struct policy *policy, struct slice norm)
{
    struct document *document = &policy->document;
    size_t count = document->clauses.count, kept = 0;
    struct clause *clauses = ARENA_ARRAY(policy->arena, struct clause, count + 1);
    struct policy_line *lines =
        ARENA_ARRAY(policy->arena, struct policy_line, document->lines.count + 1);
    for (size_t i = 0; i < count; i++) {
        clauses[i] = document->clauses.at[i];
        if (names(clauses[i].norms.at, clauses[i].norms.count, norm))
            empty_clause(&clauses[i], norm, policy->arena);
    }
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        const struct clause *clause = &document->clauses.at[line->clause];
        bool own = line->norms.count > 0;
        if (!names(own ? line->norms.at : clause->norms.at,
                   own ? line->norms.count : clause->norms.count, norm))
            lines[kept++] = *line;
    }
    document->clauses.at = clauses;
    document->lines.at = lines;
    document->lines.count = kept;
}

/* Whether some expectation of the scenario stands on that line of that file. */
static bool points_to(const struct shown_row *row, const struct scenario *scenario)
{
    size_t colon = row->test.length;
    while (colon > 0 && row->test.at[colon - 1] != ':') colon--;
    int64_t line;
    if (colon == 0 || !slice_number(slice_part(row->test, colon, row->test.length), &line) ||
        !slice_equal(slice_part(row->test, 0, colon - 1), scenario->file))
        return false;
    for (size_t i = 0; i < scenario->expectations.count; i++) {
        const struct expectation *expectation = &scenario->expectations.at[i];
        if (expectation->line == (size_t)line && expectation->kind == EXPECT_CITES &&
            slice_equal(expectation->clause, row->norm))
            return true;
    }
    return false;
}

enum take_out cover_take_out(const struct cover *cover, const struct scenarios *scenarios,
                             const struct shown_row *row)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO(arena) struct arena *scratch = arena_new();
    AUTO(policy) struct policy *without = policy_derive(cover->policy);
    struct problems problems;
    enum take_out result = TAKE_OUT_ELSEWHERE;
    problems_init(&problems, arena);
    remove_norm(without, row->norm);
    if (!policy_recompile(without, &problems)) return TAKE_OUT_NOT_NOTICED;
    struct decider *decider = decider_new(without, arena);
    for (size_t i = 0; i < scenarios->list.count; i++) {
        const struct scenario *scenario = &scenarios->list.at[i];
        if (!points_to(row, scenario)) continue;
        arena_reset(scratch);
        if (scenario_passes(scenario, without, decider, scratch)) return TAKE_OUT_NOT_NOTICED;
        result = TAKE_OUT_NOTICED;
    }
    return result;
}
