/* Statements: which line begins one, which lines belong to it, what may stand under which head (grammar.md sections 3 and
 * 5). A line that cannot be read is reported and left; reading goes on with the next, so that an author sees every error. */
#include <string.h>

#include "policy/parser.h"

struct block_reader {
    struct parser *parser;
    struct statement_list *list;
    struct statement now;
    bool open;     /* `now` has begun */
    bool known;    /* its head could be read */
    bool adjacent; /* the line before was an UNLESS, or an AND THEN of one */
    bool good;
    size_t errors;                /* of all problems when `now` began */
    const struct rule_line *head; /* the line it began with */
};

static bool gives_something(const struct statement *statement)
{
    if (statement->duties.count > 0) return true;
    for (size_t i = 0; i < statement->tails.count; i++) {
        switch (statement->tails.at[i].kind) {
        case TAIL_ROUTE:
        case TAIL_AND_THEN:
        case TAIL_THEN:
        case TAIL_TELL:
        case TAIL_REMIND:
        case TAIL_OUTCOMES: return true;
        default: break;
        }
    }
    return false;
}

/* A statement's lists, each of just its size, so that their room serves the next one. */
static void keep_lists(struct parser *parser, struct statement *now)
{
    size_t count = now->duties.count;
    struct duty *duties = NULL;
    unsigned *readings = NULL;
    sort_tails(parser->arena, now);
    if (count > 0) {
        duties = ARENA_ARRAY(parser->arena, struct duty, count);
        readings = ARENA_ARRAY(parser->arena, unsigned, count);
        memcpy(duties, now->duties.at, count * sizeof *duties);
        memcpy(readings, now->duty_readings.at, count * sizeof *readings);
    }
    now->duties.at = duties;
    now->duty_readings.at = readings;
    now->duties.space = now->duty_readings.space = count;
}

static void give_room_back(struct parser *parser, const struct statement *now)
{
    parser->spare.tails = now->tails;
    parser->spare.duties = now->duties;
    parser->spare.duty_readings = now->duty_readings;
    parser->spare.tails.count = parser->spare.duties.count = 0;
    parser->spare.duty_readings.count = 0;
}

static void finish(struct block_reader *block)
{
    if (!block->open) return;
    block->open = false;
    struct parser *parser = block->parser;
    struct statement *now = &block->now;
    give_room_back(parser, now);
    if (parser->problems->errors > block->errors) return;
    keep_lists(parser, now);
    fill_routes(parser->words, now);
    if (now->kind == STATEMENT_EVENT && !gives_something(now)) {
        struct reader reader;
        reader_start(&reader, parser, block->head);
        block->good = reader_fail(&reader, block->head->text, ERROR_MEANING,
                                  "write below it who MUST do what, or a REMIND line",
                                  "this WHEN gives nobody anything to do and reminds of nothing");
        return;
    }
    LIST_PUSH(parser->arena, &block->list->list, *now);
}

static void begin(struct block_reader *block, const struct reader *reader, int clause)
{
    finish(block);
    const struct statement *spare = &block->parser->spare;
    block->now = (struct statement){
        .tails = {spare->tails.at, 0, spare->tails.space},
        .duties = {spare->duties.at, 0, spare->duties.space},
        .duty_readings = {spare->duty_readings.at, 0, spare->duty_readings.space},
        .need = {.every = -1},
        .judge = -1,
        .place = WORD_NAME,
        .index = -1,
        .ask = SLICE_EMPTY,
        .record = SLICE_EMPTY,
        .clause = clause,
        .line = reader->line->number,
        .column = reader_column(reader, reader->line->text.at)};
    block->open = true;
    block->known = true;
    block->adjacent = false;
    block->errors = block->parser->problems->errors;
    block->head = reader->line;
}

/* ---- heads ------------------------------------------------------------------------------------- */

static bool read_norm(struct reader *who, struct reader *rest, const struct head_place *place,
                      struct statement *now)
{
    const char *from = rest->rest.at;
    now->kind = STATEMENT_NORM;
    now->modal = place->modal;
    if (reader_done(who))
        return reader_fail(rest, place->keyword, ERROR_SYNTAX,
                           "begin the line with staff, anyone, ...", "nobody stands before '%.*s'",
                           SLICE_PRINT(place->keyword));
    bool good = read_who(who, &now->who);
    return read_acts(rest, &now->acts) && reader_end(rest, from) && good;
}

static bool read_gate(struct reader *who, struct reader *rest, struct statement *now)
{
    now->kind = STATEMENT_GATE;
    bool good = read_who(who, &now->who);
    if (!read_need(rest, &now->need)) return false;
    bool to = reader_take(rest, "TO");
    if (!to || reader_done(rest)) {
        struct slice where = to || reader_done(rest) ? rest->line->text : rest->rest;
        return reader_fail(rest, where, ERROR_SYNTAX,
                           "write it as in 'staff NEED approval FROM a director TO post'",
                           "a gate needs 'TO' and an act");
    }
    const char *from = rest->rest.at;
    return read_acts(rest, &now->acts) && reader_end(rest, from) && good;
}

static bool read_decides(struct reader *who, struct reader *rest, struct statement *now)
{
    struct roles roles;
    struct slice phrase;
    const char *from = rest->rest.at;
    struct slice named = who->rest;
    now->kind = STATEMENT_DECIDES;
    if (!read_roles(who, &roles) || !reader_end(who, named.at)) return false;
    if (roles.list.count != 1)
        return reader_fail(who, named, ERROR_SYNTAX, "name the one who rules",
                           "DECIDES WHETHER takes one role");
    now->judge = roles.list.at[0];
    now->index = rest->line->declared;
    return reader_string(rest, &phrase) && reader_end(rest, from);
}

static bool read_means(struct reader *rest, const struct head_place *place, struct statement *now)
{
    const char *from = rest->rest.at;
    now->kind = STATEMENT_MEANS;
    now->includes = place->includes;
    now->place = rest->line->place;
    now->index = rest->line->declared;
    if (place->before.length == 0)
        return reader_fail(rest, place->keyword, ERROR_SYNTAX, "begin the line with the phrase",
                           "no phrase stands before '%.*s'", SLICE_PRINT(place->keyword));
    if (reader_done(rest))
        return reader_fail(rest, rest->line->text, ERROR_SYNTAX,
                           "write a phrase, or 'any of:' and a list",
                           "nothing stands behind '%.*s'", SLICE_PRINT(place->keyword));
    return read_condition(rest, now->place, &now->condition) && reader_end(rest, from);
}

static bool no_keyword(const struct reader *reader)
{
    struct slice shown = problem_quote(reader->rest);
    return reader_fail(
        reader, reader->rest, ERROR_SYNTAX,
        "the keywords of a head are MUST NOT, SHOULD NOT, ADVISED NOT TO, MAY, MUST, "
        "SHOULD, NEEDS, WHEN, MEANS, INCLUDES and DECIDES WHETHER",
        "no keyword in '%.*s'; a rule line needs MUST NOT, MAY, ...", SLICE_PRINT(shown));
}

static bool read_head(struct block_reader *block, struct reader *reader,
                      const struct head_place *place)
{
    struct reader who;
    struct reader rest;
    reader_part(&who, reader, place->before);
    reader_part(&rest, reader, place->after);
    switch (place->head) {
    case HEAD_NONE: block->known = false; return no_keyword(reader);
    case HEAD_MODAL: return read_norm(&who, &rest, place, &block->now);
    case HEAD_NEEDS: return read_gate(&who, &rest, &block->now);
    case HEAD_DECIDES: return read_decides(&who, &rest, &block->now);
    case HEAD_MEANS: return read_means(&rest, place, &block->now);
    }
    return false;
}

/* After WHEN: the people end where an act begins. */
static bool read_event(struct reader *reader, struct statement *now)
{
    const char *from = reader->rest.at;
    now->kind = STATEMENT_EVENT;
    if (reader_take(reader, "anyone"))
        now->who.anyone = true;
    else if (!read_roles(reader, &now->who.roles))
        return false;
    return read_acts(reader, &now->acts) && reader_end(reader, from);
}

/* ---- lines below a head ------------------------------------------------------------------------ */

static bool read_duty_line(struct block_reader *block, struct reader *reader, unsigned reading,
                           bool not_reading)
{
    struct arena *arena = block->parser->arena;
    struct duty duty;
    if (!read_duty(reader, &duty)) return false;
    if (block->now.duties.count == RULE_TAILS_LARGEST)
        return reader_fail(reader, reader->line->text, ERROR_LIMIT, "begin a statement of its own",
                           "a WHEN may have at most %d duties", RULE_TAILS_LARGEST);
    LIST_PUSH(arena, &block->now.duties, duty);
    LIST_PUSH(arena, &block->now.duty_readings, reading + (not_reading ? 32u : 0u));
    return true;
}

/* Whether the tail may stand under a head of this kind. */
static bool suits_head(const struct statement *now, const struct reader *reader,
                       enum tail_kind kind, const char *keyword)
{
    struct slice line = reader->line->text;
    bool only = kind == TAIL_ONLY_IF || kind == TAIL_ONLY_THROUGH;
    bool fenced =
        now->kind == STATEMENT_NORM && (now->modal == MODAL_MAY || now->modal == MODAL_SHOULD);
    if (now->kind == STATEMENT_DECIDES || now->kind == STATEMENT_MEANS)
        return reader_fail(reader, line, ERROR_SYNTAX, "put it under the statement that it limits",
                           "'%s' does not belong under %s", keyword,
                           now->kind == STATEMENT_MEANS ? "MEANS" : "DECIDES WHETHER");
    if (only && !fenced)
        return reader_fail(reader, line, ERROR_MEANING,
                           "a permission can have a fence, a ban cannot",
                           "ONLY stands under MAY or SHOULD; write '... MAY ... ONLY ...'");
    return true;
}

static bool fits(const struct block_reader *block, const struct reader *reader, enum tail_kind kind,
                 const char *keyword)
{
    const struct statement *now = &block->now;
    struct slice line = reader->line->text;
    if (!block->open)
        return reader_fail(reader, line, ERROR_SYNTAX, "begin with who MUST NOT, MAY, ... do what",
                           "'%s' stands before any statement", keyword);
    if (kind == TAIL_AND_THEN && !block->adjacent)
        return reader_fail(reader, line, ERROR_SYNTAX, "put it below the UNLESS that it belongs to",
                           "AND THEN has no UNLESS just above it");
    if (kind == TAIL_STOP && !block->parser->law)
        return reader_fail(reader, line, ERROR_MEANING, "take the line out",
                           "STOP belongs to law.md");
    if (!block->known) return true;
    if (!suits_head(now, reader, kind, keyword)) return false;
    if (now->tails.count == RULE_TAILS_LARGEST)
        return reader_fail(reader, line, ERROR_LIMIT, "begin a statement of its own",
                           "a statement may have at most %d lines", RULE_TAILS_LARGEST);
    return true;
}

static bool read_tail_line(struct block_reader *block, struct reader *reader, enum tail_kind kind,
                           const char *keyword, unsigned reading, bool not_reading)
{
    bool fitting = fits(block, reader, kind, keyword);
    block->adjacent = kind == TAIL_UNLESS || (kind == TAIL_AND_THEN && block->adjacent);
    if (!fitting) return false;
    struct tail tail = {.kind = kind,
                        .reading = reading,
                        .not_reading = not_reading,
                        .unless = -1,
                        .fact = -1,
                        .need = {.every = -1},
                        .text = SLICE_EMPTY,
                        .line = reader->line->number,
                        .column = reader_column(reader, reader->line->text.at)};
    tail.duty.until = SLICE_EMPTY;
    if (!read_tail(reader, &tail)) return false;
    if (block->known) LIST_PUSH(block->parser->arena, &block->now.tails, tail);
    return true;
}

/* ASK "..." and RECORD text, below DECIDES WHETHER. */
static bool read_ask(struct block_reader *block, struct reader *reader, enum line_kind kind,
                     const char *keyword)
{
    struct statement *now = &block->now;
    if (!block->open || (block->known && now->kind != STATEMENT_DECIDES))
        return reader_fail(reader, reader->line->text, ERROR_SYNTAX,
                           "put it below the DECIDES WHETHER that it explains",
                           "'%s' stands only below DECIDES WHETHER", keyword);
    const char *from = reader->rest.at;
    if (kind == LINE_ASK) return reader_string(reader, &now->ask) && reader_end(reader, from);
    now->record = reader->rest;
    return now->record.length > 0 ||
           reader_fail(reader, reader->line->text, ERROR_SYNTAX, "say what is to be written down",
                       "RECORD has nothing behind it");
}

static bool swallows(const struct block_reader *block, const struct head_place *place)
{
    return block->open && block->known && block->now.kind == STATEMENT_EVENT &&
           place->head == HEAD_MODAL && place->modal >= MODAL_MAY;
}

static bool read_line(struct block_reader *block, struct reader *reader, int clause)
{
    unsigned reading;
    bool not_reading;
    enum tail_kind tail = TAIL_IF;
    const char *keyword;
    struct head_place place;
    bool under = read_under(reader, &reading, &not_reading);
    struct slice here = reader->rest;
    enum line_kind kind = read_line_kind(reader, &tail, &keyword);
    bool adjacent = block->adjacent;
    block->adjacent = false;
    if (!under) {
        if (kind == LINE_TAIL) block->adjacent = tail == TAIL_UNLESS || tail == TAIL_AND_THEN;
        if (!block->open) block->open = true, block->known = false, block->errors = 0;
        return false;
    }
    switch (kind) {
    case LINE_TAIL:
        block->adjacent = adjacent;
        return read_tail_line(block, reader, tail, keyword, reading, not_reading);
    case LINE_ASK:
    case LINE_RECORD: return read_ask(block, reader, kind, keyword);
    case LINE_ITEM:
        return reader_fail(reader, here, ERROR_SYNTAX,
                           "write 'any of:' or 'all of:' at the line above",
                           "this item belongs to no list");
    case LINE_HEAD:
    case LINE_WHEN: break;
    }
    find_head(reader->rest, &place);
    if (kind == LINE_HEAD && swallows(block, &place))
        return read_duty_line(block, reader, reading, not_reading);
    begin(block, reader, clause);
    block->now.reading = reading;
    block->now.not_reading = not_reading;
    return kind == LINE_WHEN ? read_event(reader, &block->now) : read_head(block, reader, &place);
}

/* Items that follow a line which could not be read belong to it. */
static void skip_items(struct parser *parser)
{
    while (parser->at < parser->lines->list.count &&
           parser->lines->list.at[parser->at].text.at[0] == '-')
        parser->at++;
}

bool read_statements(struct parser *parser, int clause, struct statement_list *ret_statements)
{
    struct block_reader block = {.parser = parser, .list = ret_statements, .good = true};
    ret_statements->list.count = 0;
    while (parser->at < parser->lines->list.count) {
        struct reader reader;
        reader_start(&reader, parser, &parser->lines->list.at[parser->at++]);
        if (!read_line(&block, &reader, clause)) {
            block.good = false;
            skip_items(parser);
        }
    }
    finish(&block);
    return block.good;
}

/* ---- the face ---------------------------------------------------------------------------------- */

bool parse_rule(struct slice file, struct slice text, size_t first_line, bool law,
                struct words *words, struct problems *problems, struct statements *ret_statements)
{
    struct parser parser = {.words = words,
                            .arena = words->arena,
                            .problems = problems,
                            .file = file,
                            .clause = SLICE_EMPTY,
                            .law = law};
    struct rule_block block = {.file = file, .clause = SLICE_EMPTY, .index = -1};
    struct statement_list list = {0};
    size_t before = problems->errors;
    reader_cut(&parser, text, first_line, &block.lines);
    parser.lines = &block.lines;
    bool declared = declare_phrases(&parser, words, &block, 1);
    if (!read_statements(&parser, -1, &list) || !declared || problems->errors > before)
        return false;
    ret_statements->list.at = list.list.at;
    ret_statements->list.count = list.list.count;
    ret_statements->list.space = list.list.space;
    return true;
}

static void read_rule_block(struct parser *parser, struct document *document,
                            const struct rule_block *block, struct statement_list *list)
{
    struct clause *clause = &document->clauses.at[block->index];
    (void)read_statements(parser, block->index, list); /* problems tell */
    size_t count = list->list.count;
    if (count == 0) return;
    clause->statements.at = ARENA_ARRAY(parser->arena, struct statement, count);
    memcpy(clause->statements.at, list->list.at, count * sizeof *list->list.at);
    clause->statements.count = clause->statements.space = count;
}

/* Where they stand, and whether the base said them. */
static void read_line_block(struct parser *parser, struct document *document,
                            const struct rule_block *block)
{
    size_t before = document->lines.count;
    (void)read_policy_lines(parser, document, block->index); /* problems tell */
    for (size_t i = before; i < document->lines.count; i++) {
        document->lines.at[i].file = block->file;
        document->lines.at[i].inherited = block->block->inherited;
    }
}

static void add_block(struct parser *parser, struct rule_block *blocks, size_t *count,
                      const struct clause *clause, const struct block *block, int index)
{
    if (block->kind != BLOCK_RULE && block->kind != BLOCK_POLICY) return;
    struct rule_block *added = &blocks[(*count)++];
    *added = (struct rule_block){
        .file = block->file, .clause = clause->id, .block = block, .index = index};
    parser->file = added->file;
    parser->clause = added->clause;
    reader_cut(parser, block->text, block->line, &added->lines);
}

bool parse_document(struct document *document, struct words *words, struct problems *problems)
{
    size_t before = problems->errors;
    size_t count = 0;
    struct statement_list list = {0};
    struct parser parser = {.words = words,
                            .arena = document->arena,
                            .problems = problems,
                            .file = document->file,
                            .clause = SLICE_EMPTY,
                            .law = slice_is(document->policy, "law")};
    struct rule_block *blocks =
        ARENA_ARRAY(parser.arena, struct rule_block, 2 * document->clauses.count + 1);
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        add_block(&parser, blocks, &count, clause, &clause->base_lines, (int)i);
        add_block(&parser, blocks, &count, clause, &clause->block, (int)i);
    }
    bool declared = declare_phrases(&parser, words, blocks, count);
    for (size_t i = 0; i < count; i++) {
        parser.lines = &blocks[i].lines;
        parser.at = 0;
        parser.file = blocks[i].file;
        parser.clause = blocks[i].clause;
        if (blocks[i].block->kind == BLOCK_RULE)
            read_rule_block(&parser, document, &blocks[i], &list);
        else
            read_line_block(&parser, document, &blocks[i]);
    }
    return declared && problems->errors == before;
}
