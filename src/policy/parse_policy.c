/* The lines of a policy block (grammar.md section 2.2): whom the policy binds, what silence means, when it is reviewed. Each
 * form has its reader; the norm ids in brackets at a line's end are taken off first. */
#include "policy/parser.h"

static bool read_binds(struct reader *reader, struct policy_line *line)
{
    line->kind = LINE_BINDS;
    if (!read_roles(reader, &line->roles)) return false;
    return !reader_take(reader, "UNLESS") || read_condition(reader, WORD_NAME, &line->condition);
}

/* After `WHEN no clause speaks:`. */
static bool read_silence(struct reader *reader, struct policy_line *line)
{
    bool ask = reader_take(reader, "ASK");
    line->kind = ask ? LINE_SILENCE_ASK : LINE_SILENCE_TELL;
    if (!ask && !reader_take(reader, "TELL"))
        return reader_fail(reader, reader->line->text, ERROR_SYNTAX,
                           "write it as in 'WHEN no clause speaks: ASK the headteacher BEFOREHAND'",
                           "the line on silence says ASK or TELL, and whom");
    if (!read_roles(reader, &line->roles)) return false;
    if (reader_take(reader, "BEFOREHAND"))
        line->when = WHEN_BEFOREHAND;
    else if (reader_take(reader, "AFTERWARDS"))
        line->when = WHEN_AFTERWARDS;
    return true;
}

/* Both sides are of one place: acts, people or channels. */
static bool read_not_as(struct reader *reader, struct slice left, struct slice right,
                        struct policy_line *line)
{
    static const enum word_place places[] = {WORD_ACT, WORD_PERSON, WORD_CHANNEL};
    line->kind = LINE_NOT_AS;
    for (size_t i = 0; i < 3; i++) {
        struct reader from;
        struct reader to;
        reader_part(&from, reader, left);
        reader_part(&to, reader, right);
        line->place = places[i];
        line->from = reader_phrase(&from, places[i]);
        line->to = reader_phrase(&to, places[i]);
        if (line->from < 0 || line->to < 0 || !reader_done(&from) || !reader_done(&to)) continue;
        reader->rest = slice_part(right, right.length, right.length);
        return true;
    }
    bool first = words_find(reader->parser->words, WORD_ACT, left) >= 0;
    return reader_unknown(reader, WORD_ACT, slice_trim(first ? right : left));
}

static bool read_depart(struct reader *reader, struct slice who, struct slice after,
                        struct policy_line *line)
{
    struct reader bound;
    line->kind = LINE_DEPART;
    reader_part(&bound, reader, who);
    reader->rest = slice_trim(after);
    if (!read_who(&bound, &line->who)) return false;
    if (reader_take_sign(reader, ':') && reader_take(reader, "TELL"))
        return read_roles(reader, &line->roles);
    return reader_fail(reader, reader->line->text, ERROR_SYNTAX,
                       "write it as in 'staff MAY DEPART FROM this policy: TELL the headteacher'",
                       "a line on departing says whom to TELL");
}

static bool read_review(struct reader *reader, struct policy_line *line)
{
    line->kind = LINE_REVIEW;
    struct slice date = reader->rest;
    if (!date_parse_month(date, &line->review, &line->month_only))
        return reader_fail(reader, date, ERROR_SYNTAX, "write it as March 2024 or 2024-03-15",
                           "'%.*s' is no date", SLICE_PRINT(problem_quote(date)));
    reader->rest = slice_part(date, date.length, date.length);
    return true;
}

static bool read_stand_in(struct reader *reader, struct slice who, struct slice after,
                          struct policy_line *line)
{
    struct reader stand_in;
    struct roles absent;
    line->kind = LINE_STAND_IN;
    reader_part(&stand_in, reader, who);
    reader->rest = slice_trim(after);
    if (!read_roles(&stand_in, &line->roles) || !reader_end(&stand_in, who.at)) return false;
    struct slice named = reader->rest;
    if (!read_roles(reader, &absent)) return false;
    if (line->roles.list.count != 1 || absent.list.count != 1)
        return reader_fail(reader, named, ERROR_SYNTAX, "write a line for each",
                           "one role stands in for one other");
    LIST_PUSH(reader->parser->arena, &line->roles.list, absent.list.at[0]);
    return !reader_take(reader, "IF") || read_condition(reader, WORD_NAME, &line->condition);
}

/* After CHECK: `no ROLES MAY ACTS`. */
static bool read_check(struct reader *reader, struct policy_line *line)
{
    struct head_place place;
    line->kind = LINE_CHECK;
    struct slice whole = reader->rest;
    bool no = reader_take(reader, "no");
    find_head(reader->rest, &place);
    if (!no || place.head != HEAD_MODAL || place.modal != MODAL_MAY)
        return reader_fail(reader, whole, ERROR_SYNTAX,
                           "write it as in 'CHECK no volunteer MAY message a pupil'",
                           "CHECK says what no role MAY do");
    struct statement *check = ARENA_NEW(reader->parser->arena, struct statement);
    *check = (struct statement){.kind = STATEMENT_NORM,
                                .modal = MODAL_MAY,
                                .need = {.every = -1},
                                .judge = -1,
                                .index = -1,
                                .ask = SLICE_EMPTY,
                                .record = SLICE_EMPTY,
                                .clause = line->clause,
                                .line = line->line,
                                .column = line->column};
    struct reader who;
    reader_part(&who, reader, place.before);
    reader->rest = slice_trim(place.after);
    line->check = check;
    return read_who(&who, &check->who) && read_acts(reader, &check->acts);
}

/* The forms with a keyword inside the line: text before it, text after it. */
static bool cut_at(struct slice text, const char *keyword, struct slice *ret_before,
                   struct slice *ret_after)
{
    for (size_t i = 1; i < text.length; i++) {
        size_t length;
        if (text.at[i - 1] != ' ' ||
            !reader_opens(slice_part(text, i, text.length), keyword, &length))
            continue;
        *ret_before = slice_trim(slice_part(text, 0, i));
        *ret_after = slice_part(text, i + length, text.length);
        return true;
    }
    return false;
}

static bool read_line(struct reader *reader, struct policy_line *line)
{
    struct slice text = reader->rest;
    struct slice before;
    struct slice after;
    if (reader_take(reader, "THIS POLICY BINDS")) return read_binds(reader, line);
    if (reader_take(reader, "WHEN no clause speaks") && reader_take_sign(reader, ':'))
        return read_silence(reader, line);
    if (reader_take(reader, "REVIEW DUE")) return read_review(reader, line);
    if (reader_take(reader, "CHECK")) return read_check(reader, line);
    if (reader_take(reader, "APPROVED BY")) {
        line->kind = LINE_APPROVED;
        return read_roles(reader, &line->roles);
    }
    if (cut_at(text, "DOES NOT COUNT AS", &before, &after))
        return read_not_as(reader, before, after, line);
    if (cut_at(text, "MAY DEPART FROM this policy", &before, &after))
        return read_depart(reader, before, after, line);
    if (cut_at(text, "STANDS IN FOR", &before, &after))
        return read_stand_in(reader, before, after, line);
    return reader_fail(
        reader, text, ERROR_SYNTAX,
        "a policy block has lines with THIS POLICY BINDS, WHEN no clause speaks:, DOES "
        "NOT COUNT AS, MAY DEPART FROM this policy:, REVIEW DUE, STANDS IN FOR, CHECK no, APPROVED "
        "BY",
        "I do not know the policy line '%.*s'", SLICE_PRINT(problem_quote(text)));
}

/* `[041, 020]` at the end: ids without the document's prefix. */
static bool take_norms(struct reader *reader, const struct document *document,
                       struct policy_line *line)
{
    struct slice text = reader->rest;
    if (text.length == 0 || text.at[text.length - 1] != ']') return true;
    size_t open = text.length;
    while (open > 0 && text.at[open - 1] != '[') open--;
    if (open == 0) return true;
    struct slice ids = slice_part(text, open, text.length - 1);
    struct slice id;
    reader->rest = slice_trim(slice_part(text, 0, open - 1));
    while (slice_split(&ids, ',', &id)) {
        id = slice_trim(id);
        if (id.length == 0 || slice_find(id, ' ') < id.length ||
            line->norms.count == RULE_ITEMS_LARGEST)
            return reader_fail(reader, slice_part(text, open - 1, text.length), ERROR_SYNTAX,
                               "write it as in '[041, 020]'",
                               "these brackets do not hold a list of norm ids");
        struct slice prefix = document->norms_prefix;
        line->norms_prefix = prefix.length > 0 ? prefix.length + 1 : 0;
        if (prefix.length > 0)
            id = arena_format(reader->parser->arena, "%.*s-%.*s", SLICE_PRINT(prefix),
                              SLICE_PRINT(id));
        LIST_PUSH(reader->parser->arena, &line->norms, id);
    }
    return true;
}

bool read_policy_lines(struct parser *parser, struct document *document, int clause)
{
    bool good = true;
    while (parser->at < parser->lines->list.count) {
        struct reader reader;
        reader_start(&reader, parser, &parser->lines->list.at[parser->at++]);
        const char *from = reader.rest.at;
        struct policy_line line = {.clause = clause,
                                   .from = -1,
                                   .to = -1,
                                   .line = reader.line->number,
                                   .column = reader_column(&reader, from)};
        if (take_norms(&reader, document, &line) && read_line(&reader, &line) &&
            reader_end(&reader, from)) {
            LIST_PUSH(document->arena, &document->lines, line);
            continue;
        }
        good = false;
        while (parser->at < parser->lines->list.count &&
               parser->lines->list.at[parser->at].text.at[0] == '-')
            parser->at++;
    }
    return good;
}
