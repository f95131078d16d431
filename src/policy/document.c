/* The body of a document: headings, prose, norms lines and fenced blocks, put together as clauses and sections. What a
 * block says is left to parse.c and scenario.c; the front matter is read by front_matter.c. */
#include "policy/document.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "policy/document_reader.h"
#include "policy/phrase.h"

#define SECTIONS_LARGEST DOCUMENT_CLAUSES_LARGEST
#define LEVELS 7

static const char *const block_names[] = {
    [BLOCK_RULE] = "rule", [BLOCK_NORULE] = "norule",     [BLOCK_POLICY] = "policy",
    [BLOCK_NOTE] = "note", [BLOCK_SCENARIO] = "scenario", [BLOCK_SCENARIOS] = "scenarios"};
static const char *const mechanisms[] = {"decide", "screen", "workflow", "register", "notify",
                                         "ledger", "attest", "analyse",  "define",   "review"};

struct body {
    struct document_reader reader;
    struct slice text;        /* all of it, as prepared */
    int clause;               /* being read, or -1 */
    int section;              /* the one whose prose is read, or -1 */
    int open[LEVELS];         /* the section open at each level, or -1 */
    LIST(struct slice) prose; /* runs of lines that belong to whatever is being read */
    size_t policy_line;       /* of the policy block, 0: none yet */
    bool full;                /* a limit was met: nothing more is read */
};

bool reader_line(struct document_reader *reader)
{
    if (!slice_line(&reader->rest, &reader->line)) return false;
    reader->number++;
    return true;
}

struct problem *reader_fault(struct document_reader *reader, struct slice part,
                             enum error_code code, const char *advice, const char *format, ...)
{
    char sentence[ERROR_SENTENCE_LARGEST];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    struct problem *problem =
        problems_add(reader->problems, false, code, reader->document->file, reader->number,
                     lines_column(reader->line, part), "%s", sentence);
    problem_point(problem, part, advice);
    return problem;
}

static struct clause *clause_now(struct body *body)
{
    return body->clause < 0 ? NULL : &body->reader.document->clauses.at[body->clause];
}

static struct slice whole_line(const struct body *body)
{
    return slice_trim(body->reader.line);
}

/* An error that names the clause being read. */
static void fault_in_clause(struct body *body, struct problem *problem)
{
    const struct clause *clause = clause_now(body);
    if (clause != NULL) problem->clause = clause->id;
}

/* ---- prose ------------------------------------------------------------------------------------- */

/* Adds the line just read, its end included, to the prose. */
static void add_prose(struct body *body)
{
    struct slice line = body->reader.line;
    bool ended = line.at + line.length < body->text.at + body->text.length;
    line.length += ended;
    if (body->prose.count > 0) {
        struct slice *last = &body->prose.at[body->prose.count - 1];
        if (last->at + last->length == line.at) {
            last->length += line.length;
            return;
        }
    }
    LIST_PUSH(body->reader.document->arena, &body->prose, line);
}

static struct slice join_prose(struct body *body)
{
    size_t length = 0;
    for (size_t i = 0; i < body->prose.count; i++) length += body->prose.at[i].length;
    if (body->prose.count <= 1) return length == 0 ? SLICE_EMPTY : slice_trim(body->prose.at[0]);
    char *at = arena_take(body->reader.document->arena, length, 1);
    size_t used = 0;
    for (size_t i = 0; i < body->prose.count; i++) {
        memcpy(at + used, body->prose.at[i].at, body->prose.at[i].length);
        used += body->prose.at[i].length;
    }
    return slice_trim((struct slice){at, length});
}

/* Gives the prose read so far to what it belongs to. */
static void end_prose(struct body *body)
{
    struct document *document = body->reader.document;
    struct slice prose = join_prose(body);
    body->prose.count = 0;
    if (body->clause >= 0)
        document->clauses.at[body->clause].prose = prose;
    else if (body->section >= 0)
        document->sections.at[body->section].prose = prose;
    else
        document->preamble = prose;
}

/* ---- headings ---------------------------------------------------------------------------------- */

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_clause_id(struct slice id)
{
    for (size_t i = 0; i < id.length; i++) {
        if (!is_letter_or_digit(id.at[i]) && (i == 0 || (id.at[i] != '.' && id.at[i] != '-')))
            return false;
    }
    return id.length > 0;
}

/* How many bytes a printed number takes: small letters or an L, a digit, then letters, digits, dots, hyphens; 0: none. */
static size_t number_length(struct slice title)
{
    size_t at = 0;
    while (at < title.length &&
           ((title.at[at] >= 'a' && title.at[at] <= 'z') || title.at[at] == 'L'))
        at++;
    if (at == title.length || title.at[at] < '0' || title.at[at] > '9') return 0;
    while (at < title.length &&
           (is_letter_or_digit(title.at[at]) || title.at[at] == '.' || title.at[at] == '-'))
        at++;
    return at;
}

/* The number that a heading begins with; a dot or bracket behind it is left out. */
static struct slice number_of(struct slice title)
{
    size_t at = number_length(title);
    struct slice number = slice_part(title, 0, at);
    if (at < title.length && title.at[at] == ')') at++;
    if (at < title.length && title.at[at] != ' ' && title.at[at] != '\t') return SLICE_EMPTY;
    while (number.length > 0 && number.at[number.length - 1] == '.') number.length--;
    return number;
}

static void split_number(struct slice heading, struct slice *ret_number, struct slice *ret_title)
{
    *ret_number = number_of(heading);
    size_t at = ret_number->length;
    while (at > 0 && at < heading.length && (heading.at[at] == '.' || heading.at[at] == ')')) at++;
    *ret_title = slice_trim(slice_part(heading, at, heading.length));
}

/* Ends what is open at this level and below; gives the section that stays open above it. */
static int close_levels(struct body *body, size_t level)
{
    int parent = -1;
    for (size_t i = 1; i < level; i++) {
        if (body->open[i] >= 0) parent = body->open[i];
    }
    for (size_t i = level; i < LEVELS; i++) body->open[i] = -1;
    return parent;
}

static bool too_many(struct body *body, size_t count, const char *what)
{
    if (count < DOCUMENT_CLAUSES_LARGEST) return false;
    reader_fault(&body->reader, whole_line(body), ERROR_LIMIT, "split the document",
                 "this document has more than %d %s", DOCUMENT_CLAUSES_LARGEST, what);
    body->full = true;
    return true;
}

/* A clause ends where the next heading begins: by then it must have its block. */
static void end_clause(struct body *body)
{
    end_prose(body);
    const struct clause *clause = clause_now(body);
    if (clause == NULL || clause->block.kind != BLOCK_NONE) return;
    struct problem *problem = problems_add(
        body->reader.problems, false, ERROR_SYNTAX, body->reader.document->file, clause->line, 1,
        "clause %.*s has neither a rule block nor a norule block", SLICE_PRINT(clause->id));
    problem->clause = clause->id;
    problem->advice = SLICE("write its rule, or a norule block that names what serves it");
}

static void begin_clause(struct body *body, size_t level, struct slice heading, struct slice id)
{
    struct document *document = body->reader.document;
    end_clause(body);
    if (too_many(body, document->clauses.count, "clauses")) return;
    struct clause *clause = LIST_ADD(document->arena, &document->clauses);
    body->clause = (int)document->clauses.count - 1;
    clause->id = id;
    clause->file = document->file;
    split_number(heading, &clause->number, &clause->title);
    clause->level = level;
    clause->section = close_levels(body, level);
    clause->line = body->reader.number;
    clause->prose = clause->mechanism = clause->feature = clause->reason = SLICE_EMPTY;
    clause->block =
        (struct block){.info = SLICE_EMPTY, .text = SLICE_EMPTY, .clause = body->clause};
    clause->base_lines = clause->block;
    if (!is_clause_id(id))
        fault_in_clause(
            body,
            reader_fault(
                &body->reader, id.length > 0 ? id : whole_line(body), ERROR_SYNTAX,
                "an id holds letters, digits, dots and hyphens, and begins with a letter or digit",
                "'%.*s' is no clause id", SLICE_PRINT(problem_quote(id))));
    else if (map_get(&document->ids, id) >= 0)
        fault_in_clause(body, reader_fault(&body->reader, id, ERROR_MEANING,
                                           "give one of the two an id of its own",
                                           "clause id '%.*s' is used twice", SLICE_PRINT(id)));
    else
        map_set(&document->ids, id, body->clause);
}

static void begin_section(struct body *body, size_t level, struct slice heading)
{
    struct document *document = body->reader.document;
    end_clause(body);
    body->clause = -1;
    if (too_many(body, document->sections.count, "sections")) return;
    struct section *section = LIST_ADD(document->arena, &document->sections);
    split_number(heading, &section->number, &section->title);
    section->level = level;
    section->line = body->reader.number;
    section->parent = close_levels(body, level);
    section->first_clause = (int)document->clauses.count;
    section->prose = SLICE_EMPTY;
    body->section = (int)document->sections.count - 1;
    body->open[level] = body->section;
}

/* The closing signs of `## Title ##`. */
static struct slice without_closing(struct slice heading)
{
    size_t end = heading.length;
    while (end > 0 && heading.at[end - 1] == '#') end--;
    if (end == heading.length || (end > 0 && heading.at[end - 1] != ' ')) return heading;
    return slice_trim(slice_part(heading, 0, end));
}

static void read_heading(struct body *body, size_t level, struct slice heading)
{
    heading = without_closing(heading);
    size_t brace = slice_search(heading, SLICE("{#"));
    if (brace == heading.length) {
        begin_section(body, level, heading);
        return;
    }
    struct slice id = slice_part(heading, brace + 2, heading.length);
    if (id.length == 0 || slice_find(id, '}') != id.length - 1)
        reader_fault(&body->reader, slice_part(heading, brace, heading.length), ERROR_SYNTAX,
                     "end the heading with {#c- and the id and }",
                     "the id of this heading is not closed by '}' at its end");
    id = slice_part(id, 0, slice_find(id, '}'));
    if (!slice_starts(id, SLICE("c-")))
        reader_fault(&body->reader, id.length > 0 ? id : heading, ERROR_SYNTAX,
                     "write {#c- and then the id",
                     "the id '%.*s' of this heading does not begin with 'c-'",
                     SLICE_PRINT(problem_quote(id)));
    else
        id = slice_part(id, 2, id.length);
    begin_clause(body, level, slice_trim(slice_part(heading, 0, brace)), id);
}

/* ---- norms ------------------------------------------------------------------------------------- */

static bool has_prefix(const struct document *document, struct slice norm)
{
    struct slice prefix = document->norms_prefix;
    return prefix.length == 0 || (slice_starts(norm, prefix) && norm.length > prefix.length + 1 &&
                                  norm.at[prefix.length] == '-');
}

static void add_norm(struct body *body, struct clause *clause, struct slice norm)
{
    struct document_reader *reader = &body->reader;
    struct slice quote = problem_quote(norm);
    if (!is_clause_id(norm)) {
        fault_in_clause(
            body, reader_fault(reader, norm.length > 0 ? norm : whole_line(body), ERROR_SYNTAX,
                               "write full norm ids with commas between, and nothing else",
                               "'%.*s' is no norm id", SLICE_PRINT(quote)));
        return;
    }
    if (!has_prefix(reader->document, norm))
        fault_in_clause(
            body, reader_fault(reader, norm, ERROR_MEANING, "write the full id of the norm",
                               "the norm '%.*s' does not begin with '%.*s-'", SLICE_PRINT(quote),
                               SLICE_PRINT(reader->document->norms_prefix)));
    for (size_t i = 0; i < clause->norms.count; i++) {
        if (slice_equal(clause->norms.at[i], norm)) {
            fault_in_clause(body,
                            reader_fault(reader, norm, ERROR_MEANING, "name it once",
                                         "the norm '%.*s' stands here twice", SLICE_PRINT(quote)));
            return;
        }
    }
    LIST_PUSH(reader->document->arena, &clause->norms, norm);
}

/* Whether the line is a norms line, which is then read. */
static bool read_norms(struct body *body)
{
    struct slice line = whole_line(body);
    struct clause *clause = clause_now(body);
    if (!slice_starts(line, SLICE("norms:"))) return false;
    const char *wrong = NULL;
    if (clause == NULL)
        wrong = "this norms line belongs to no clause";
    else if (clause->norms_line > 0)
        wrong = "this clause has two norms lines";
    else if (clause->block.kind != BLOCK_NONE)
        wrong = "the norms line stands below the block";
    if (wrong != NULL || clause == NULL) {
        fault_in_clause(body, reader_fault(&body->reader, line, ERROR_SYNTAX,
                                           "write one norms line in each clause, above its block",
                                           "%s", wrong));
        return true;
    }
    clause->norms_line = body->reader.number;
    struct slice rest = slice_part(line, 6, line.length);
    struct slice norm = rest;
    if (slice_trim(rest).length == 0) add_norm(body, clause, slice_trim(rest));
    while (slice_split(&rest, ',', &norm)) add_norm(body, clause, slice_trim(norm));
    return true;
}

/* ---- blocks ------------------------------------------------------------------------------------ */

static enum block_kind kind_of(struct body *body, struct slice word)
{
    for (int i = BLOCK_RULE; i <= BLOCK_SCENARIOS; i++) {
        if (slice_is(word, block_names[i])) return (enum block_kind)i;
    }
    size_t count = BLOCK_SCENARIOS - BLOCK_RULE + 1;
    const char *near =
        word.length < 3 ? NULL : phrase_nearest_name(block_names + BLOCK_RULE, count, word);
    if (near != NULL)
        fault_in_clause(body, reader_fault(&body->reader, word, ERROR_WORD,
                                           "a block that is no rule needs a name unlike it",
                                           "I do not know the block '%.*s'; did you mean '%s'?",
                                           SLICE_PRINT(problem_quote(word)), near));
    return BLOCK_OTHER;
}

/* norule's info string: a mechanism, perhaps a feature, perhaps a reason in quotation marks. */
static void read_norule(struct body *body, struct clause *clause, struct slice info)
{
    size_t quote = slice_find(info, '"');
    struct slice reason = slice_trim(slice_part(info, quote, info.length));
    struct slice words = slice_trim(slice_part(info, 0, quote));
    struct slice rest = words;
    size_t end = slice_find(rest, ' ');
    clause->mechanism = slice_part(rest, 0, end);
    clause->feature = slice_trim(slice_part(rest, end, rest.length));
    if (reason.length > 0 && (reason.length < 2 || slice_find(slice_part(reason, 1, reason.length),
                                                              '"') != reason.length - 2))
        fault_in_clause(body, reader_fault(&body->reader, reason, ERROR_SYNTAX,
                                           "end the line with the reason in quotation marks",
                                           "the reason is not in quotation marks"));
    else if (reason.length > 0)
        clause->reason = slice_part(reason, 1, reason.length - 1);
    bool known = false;
    size_t count = sizeof mechanisms / sizeof *mechanisms;
    for (size_t i = 0; i < count; i++) known |= slice_is(clause->mechanism, mechanisms[i]);
    const char *near = phrase_nearest_name(mechanisms, count, clause->mechanism);
    if (!known)
        fault_in_clause(
            body,
            reader_fault(&body->reader,
                         clause->mechanism.length > 0 ? clause->mechanism : whole_line(body),
                         ERROR_WORD,
                         "write one of decide, screen, workflow, register, notify, ledger, attest, "
                         "analyse, define, review",
                         near != NULL ? "I do not know the mechanism '%.*s'; did you mean '%s'?"
                                      : "I do not know the mechanism '%.*s'",
                         SLICE_PRINT(problem_quote(clause->mechanism)), near));
    if (clause->feature.length > 0 && !is_clause_id(clause->feature))
        fault_in_clause(body, reader_fault(&body->reader, clause->feature, ERROR_SYNTAX,
                                           "write one feature, and a reason in quotation marks",
                                           "'%.*s' is no name of a feature",
                                           SLICE_PRINT(problem_quote(clause->feature))));
}

/* The fence's line is an error where its block may not stand here. */
static void check_place(struct body *body, const struct block *block)
{
    const struct clause *clause = clause_now(body);
    const char *wrong = NULL;
    const char *advice = "put it under a heading with an id such as {#c-5.2a}";
    bool main =
        block->kind == BLOCK_RULE || block->kind == BLOCK_NORULE || block->kind == BLOCK_POLICY;
    if (main && clause == NULL) {
        wrong = "this block belongs to no clause";
    } else if (main && clause->block.kind != BLOCK_NONE) {
        wrong = "this clause has two blocks";
        advice = "write one rule, norule or policy block in each clause";
    } else if (block->kind == BLOCK_POLICY && body->policy_line > 0) {
        wrong = "this document has two policy blocks";
        advice = "write all policy lines in one block";
    }
    if (wrong != NULL)
        fault_in_clause(
            body, reader_fault(&body->reader, whole_line(body), ERROR_SYNTAX, advice, "%s", wrong));
}

static struct slice trimmed_reason(const struct clause *clause, struct slice text)
{
    return clause->reason.length > 0 ? clause->reason : slice_trim(text);
}

static void keep_block(struct body *body, struct block block)
{
    struct document *document = body->reader.document;
    struct clause *clause = clause_now(body);
    switch (block.kind) {
    case BLOCK_NOTE:
        if (clause != NULL) LIST_PUSH(document->arena, &clause->notes, block.text);
        return;
    case BLOCK_SCENARIO:
    case BLOCK_SCENARIOS: LIST_PUSH(document->arena, &document->scenarios, block); return;
    case BLOCK_POLICY: body->policy_line = block.line; break;
    default: break;
    }
    if (clause == NULL || clause->block.kind != BLOCK_NONE) return;
    clause->block = block;
    if (block.kind == BLOCK_NORULE) clause->reason = trimmed_reason(clause, block.text);
}

/* Reads on to the fence that closes; the lines between are the block's text, or prose where it is none of ours. */
static void read_block(struct body *body, const struct fence *fence)
{
    struct document_reader *reader = &body->reader;
    struct block block = {.kind = kind_of(body, fence->word),
                          .info = fence->info,
                          .clause = body->clause,
                          .file = reader->document->file};
    bool prose = block.kind == BLOCK_OTHER;
    struct document_reader opening = *reader;
    check_place(body, &block);
    if (block.kind == BLOCK_NORULE && body->clause >= 0 &&
        clause_now(body)->block.kind == BLOCK_NONE)
        read_norule(body, clause_now(body), fence->info);
    if (prose) add_prose(body);
    block.line = reader->number + 1;
    block.text = (struct slice){reader->rest.at, 0};
    while (reader_line(reader)) {
        if (prose) add_prose(body);
        if (lines_fence_closes(reader->line, fence)) {
            block.text.length = (size_t)(reader->line.at - block.text.at);
            if (!prose) keep_block(body, block);
            return;
        }
    }
    fault_in_clause(body, reader_fault(&opening, slice_trim(opening.line), ERROR_SYNTAX,
                                       "close it with a line that repeats the fence",
                                       "this block is never closed"));
    body->full = true;
    if (!prose) { /* one error is enough: the clause has its block */
        block.text.length = (size_t)(body->text.at + body->text.length - block.text.at);
        keep_block(body, block);
    }
}

static void read_body_line(struct body *body)
{
    struct fence fence;
    size_t level;
    struct slice heading;
    if (lines_fence_opens(body->reader.line, &fence)) {
        read_block(body, &fence);
    } else if (lines_heading(body->reader.line, &level, &heading)) {
        read_heading(body, level, heading);
    } else if (!read_norms(body)) {
        if (lines_html(body->reader.line))
            fault_in_clause(
                body, reader_fault(&body->reader, whole_line(body), ERROR_SYNTAX,
                                   "write Markdown, or a note block for what readers need not see",
                                   "HTML would hide from readers what is compiled"));
        add_prose(body);
    }
}

static void clear_document(struct document *document, struct slice file, struct slice source,
                           struct arena *arena)
{
    *document = (struct document){.arena = arena, .file = file, .source = source};
    document->policy = document->title = document->version = document->norms_prefix = SLICE_EMPTY;
    document->based_on = document->preamble = SLICE_EMPTY;
    map_init(&document->ids, arena);
    document->words = SLICE("words.md");
    document->law = SLICE("law.md");
}

bool document_read(struct slice file, struct slice source, bool scenarios_only, struct arena *arena,
                   struct problems *problems, struct document *ret_document)
{
    size_t before = problems->errors;
    clear_document(ret_document, file, source, arena);
    struct body body = {
        .reader = {.document = ret_document, .problems = problems}, .clause = -1, .section = -1};
    if (!lines_prepare(file, source, DOCUMENT_SIZE_LARGEST, DOCUMENT_LINE_LARGEST, arena, problems,
                       &body.text))
        return false;
    body.reader.rest = body.text;
    for (size_t i = 0; i < LEVELS; i++) body.open[i] = -1;
    front_matter_read(&body.reader, !scenarios_only);
    while (!body.full && reader_line(&body.reader)) read_body_line(&body);
    end_clause(&body);
    return problems->errors == before;
}

int document_clause(const struct document *document, struct slice id)
{
    return (int)map_get(&document->ids, id);
}

bool document_in_section(const struct document *document, int clause, struct slice number)
{
    int section = document->clauses.at[clause].section;
    while (section >= 0) {
        if (slice_equal(document->sections.at[section].number, number)) return true;
        section = document->sections.at[section].parent;
    }
    return false;
}
