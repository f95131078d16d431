/* Texts in other words: see new_text.h. Goes line by line; a run of prose is taken as one, because names and sentences run
 * over the ends of lines. */
#include "service/new_text.h"

#include "base/date.h"
#include "base/map.h"

#define COLUMNS_LARGEST 64

struct walk {
    struct new_text *how;
    struct text *out;
    struct slice rest;
    struct slice columns[COLUMNS_LARGEST]; /* of the table being read */
    size_t column_count;
};

static void add_named(struct walk *walk, const struct renaming *renaming, struct slice text)
{
    text_add(walk->out, inherit_renamed(renaming, text));
}

/* With its end. */
static struct slice take_line(struct slice *rest)
{
    size_t length = slice_find(*rest, '\n');
    struct slice line = slice_part(*rest, 0, length + 1);
    *rest = slice_part(*rest, line.length, rest->length);
    return line;
}

static bool is_one_of(struct slice text, const char *const *list)
{
    while (*list != NULL && !slice_is(text, *list)) {
        list++;
    }
    return *list != NULL;
}

/* ---- prose ---------------------------------------------------------------------------------------- */

static bool is_digit(struct slice text, size_t at)
{
    return at < text.length && text.at[at] >= '0' && text.at[at] <= '9';
}

/* `April 2018` somewhere. */
static bool has_date(struct slice text)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    for (size_t i = 0; i < sizeof months / sizeof *months; i++) {
        struct slice month = slice_of(months[i]), rest = text;
        for (size_t at = 0; (at = slice_search(rest, month)) < rest.length;) {
            rest = slice_part(rest, at + month.length, rest.length);
            bool year = rest.length > 4 && (rest.at[0] == ' ' || rest.at[0] == '\n');
            if (year && is_digit(rest, 1) && is_digit(rest, 2) && is_digit(rest, 3) &&
                is_digit(rest, 4)) {
                return true;
            }
        }
    }
    return false;
}

/* Up to the next sentence or paragraph, the blanks between included. */
static struct slice take_sentence(struct slice *rest)
{
    size_t end = 0;
    while (end < rest->length) {
        char c = rest->at[end++];
        char next = end < rest->length ? rest->at[end] : '\n';
        if (((c == '.' || c == '!' || c == '?') && (next == ' ' || next == '\n')) ||
            (c == '\n' && next == '\n')) {
            break;
        }
    }
    while (end < rest->length && (rest->at[end] == ' ' || rest->at[end] == '\n')) {
        end++;
    }
    struct slice sentence = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end, rest->length);
    return sentence;
}

/* The run without its dated sentences; the blanks behind a sentence at a line's end stay. */
static struct slice undated(struct walk *walk, struct slice run)
{
    struct new_text *how = walk->how;
    struct text kept AUTO_TEXT;
    struct slice rest = run;
    size_t before = how->left_out.count;
    text_init(&kept, run.length + 1);
    while (rest.length > 0) {
        struct slice sentence = take_sentence(&rest), words = slice_trim(sentence);
        if (!has_date(words)) {
            text_add(&kept, sentence);
            continue;
        }
        LIST_PUSH(how->arena, &how->left_out, (struct new_sentence){.text = words});
        size_t blanks = (size_t)(words.at - sentence.at) + words.length;
        struct slice behind = slice_part(sentence, blanks, sentence.length);
        if (slice_find(behind, '\n') < behind.length) {
            text_cut(&kept, slice_trim(text_slice(&kept)).length);
            text_add(&kept, behind);
        }
    }
    if (slice_trim(text_slice(&kept)).length > 0) {
        return arena_copy(how->arena, text_slice(&kept));
    }
    for (size_t i = before; i < how->left_out.count; i++) {
        how->left_out.at[i].kept = true;
    }
    return run;
}

static void add_prose(struct walk *walk, struct slice run)
{
    if (walk->how->undated && has_date(run)) {
        run = undated(walk, run);
    }
    add_named(walk, &walk->how->prose, run);
}

static void add_heading(struct walk *walk, struct slice line)
{
    size_t id = slice_search(line, SLICE("{#"));
    add_named(walk, &walk->how->prose, slice_part(line, 0, id));
    text_add(walk->out, slice_part(line, id, line.length));
}

/* ---- what the program reads ------------------------------------------------------------------------ */

/* What is shown to people as it stands, in quotes, is prose. */
static bool shows_text(struct slice line)
{
    return slice_search(line, SLICE("REMIND \"")) < line.length ||
           slice_search(line, SLICE("OUTCOMES \"")) < line.length;
}

/* The ids of clauses that end a line stay as they are. */
static void add_rule_line(struct walk *walk, struct slice line)
{
    static const char *const before_ids[] = {"DESPITE ", "CLASHES WITH ", "SUBJECT TO "};
    size_t end = line.length;
    if (walk->how->undated && slice_starts(slice_trim(line), SLICE("REVIEW DUE"))) {
        walk->how->review = true;
        return;
    }
    for (size_t i = 0; i < sizeof before_ids / sizeof *before_ids; i++) {
        size_t at = slice_search(line, slice_of(before_ids[i]));
        end = at < end ? at : end;
    }
    add_named(walk, shows_text(line) ? &walk->how->prose : &walk->how->plain,
              slice_part(line, 0, end));
    text_add(walk->out, slice_part(line, end, line.length));
}

static void add_setting(struct walk *walk, struct slice key, struct slice text)
{
    static const char *const with_ids[] = {"cites", "not cites", "clash", NULL};
    add_named(walk, is_one_of(key, with_ids) ? &walk->how->ids : &walk->how->plain, text);
}

static void add_setting_line(struct walk *walk, struct slice line)
{
    add_setting(walk, slice_trim(slice_part(line, 0, slice_find(line, ':'))), line);
}

/* The policy's review date was left out, and with it what asks for it. */
static bool asks_review(const struct new_text *how, struct slice key, struct slice value)
{
    return how->undated && slice_is(key, "review") && value.length > 0 && !slice_is(value, "unset");
}

static bool is_replaced(const struct new_text *how, struct slice name)
{
    return how->replaced != NULL && map_get(how->replaced, name) >= 0;
}

/* ---- tables --------------------------------------------------------------------------------------- */

/* The next cell of a row, without its bars. */
static bool take_cell(struct slice *rest, struct slice *ret_cell)
{
    size_t end = slice_find(*rest, '|');
    if (end == rest->length) {
        return false;
    }
    *ret_cell = slice_part(*rest, 0, end);
    *rest = slice_part(*rest, end + 1, rest->length);
    return true;
}

static void read_columns(struct walk *walk, struct slice row)
{
    struct slice rest = slice_part(row, 1, row.length), cell;
    walk->column_count = 0;
    while (walk->column_count < COLUMNS_LARGEST && take_cell(&rest, &cell)) {
        walk->columns[walk->column_count++] = slice_trim(cell);
    }
}

static struct slice column(const struct walk *walk, size_t index)
{
    return index < walk->column_count ? walk->columns[index] : SLICE_EMPTY;
}

static bool row_goes(const struct walk *walk, struct slice row)
{
    struct slice rest = slice_part(row, 1, row.length), cell;
    for (size_t i = 0; take_cell(&rest, &cell); i++) {
        cell = slice_trim(cell);
        if ((i == 0 && is_replaced(walk->how, cell)) ||
            asks_review(walk->how, column(walk, i), cell)) {
            return true;
        }
    }
    return false;
}

static void add_row(struct walk *walk, struct slice row,
                    void (*add)(struct walk *walk, struct slice key, struct slice cell))
{
    struct slice rest = slice_part(row, 1, row.length), cell;
    text_add_char(walk->out, '|');
    for (size_t i = 0; take_cell(&rest, &cell); i++) {
        add(walk, column(walk, i), cell);
        text_add_char(walk->out, '|');
    }
    text_add(walk->out, rest);
}

/* A column may be a fact, and name a role. */
static void add_column(struct walk *walk, struct slice key, struct slice cell)
{
    (void)key;
    add_named(walk, &walk->how->plain, cell);
}

static void add_table_line(struct walk *walk, struct slice line)
{
    if (!slice_starts(line, SLICE("|"))) {
        add_setting_line(walk, line);
    } else if (walk->column_count == 0) {
        read_columns(walk, line);
        add_row(walk, line, add_column);
    } else if (!row_goes(walk, line)) {
        add_row(walk, line, add_setting);
    }
}

/* ---- blocks --------------------------------------------------------------------------------------- */

static bool scenario_goes(const struct new_text *how, struct slice info, struct slice text)
{
    struct slice name = slice_trim(info), line;
    name = name.length > 1 && name.at[0] == '"' ? slice_part(name, 1, name.length - 1) : name;
    bool goes = is_replaced(how, name);
    while (slice_line(&text, &line)) {
        size_t colon = slice_find(line, ':');
        goes |= asks_review(how, slice_trim(slice_part(line, 0, colon)),
                            slice_trim(slice_part(line, colon + 1, line.length)));
    }
    return goes;
}

static void add_lines(struct walk *walk, struct slice text,
                      void (*add)(struct walk *walk, struct slice line))
{
    walk->column_count = 0;
    while (text.length > 0) {
        add(walk, take_line(&text));
    }
}

/* Up to the line that closes the fence, which stays in the rest. */
static struct slice take_block(struct walk *walk, size_t ticks)
{
    struct slice start = walk->rest;
    while (walk->rest.length > 0) {
        struct slice before = walk->rest, line = slice_trim(take_line(&walk->rest));
        size_t count = 0;
        while (count < line.length && line.at[count] == '`') {
            count++;
        }
        if (count >= ticks && count == line.length) {
            walk->rest = before;
            break;
        }
    }
    return slice_part(start, 0, start.length - walk->rest.length);
}

static void add_block(struct walk *walk, struct slice fence)
{
    size_t ticks = 0;
    while (ticks < fence.length && fence.at[ticks] == '`') {
        ticks++;
    }
    struct slice head = slice_trim(slice_part(fence, ticks, fence.length));
    struct slice kind = slice_part(head, 0, slice_find(head, ' '));
    struct slice text = take_block(walk, ticks), end = take_line(&walk->rest);
    if (slice_is(kind, "scenario") &&
        scenario_goes(walk->how, slice_part(head, kind.length, head.length), text)) {
        return;
    }
    size_t said = slice_find(fence, '"');
    text_add(walk->out, slice_part(fence, 0, said));
    add_named(walk, slice_is(kind, "norule") ? &walk->how->prose : &walk->how->plain,
              slice_part(fence, said, fence.length));
    if (slice_is(kind, "rule") || slice_is(kind, "policy")) {
        add_lines(walk, text, add_rule_line);
    } else if (slice_is(kind, "scenario")) {
        add_lines(walk, text, add_setting_line);
    } else if (slice_is(kind, "scenarios")) {
        add_lines(walk, text, add_table_line);
    } else {
        add_named(walk, &walk->how->prose, text);
    }
    text_add(walk->out, end);
}

void new_text_document(struct new_text *how, struct slice text, struct text *out)
{
    struct walk walk = {.how = how, .out = out, .rest = text};
    struct slice run = slice_part(text, 0, 0);
    while (walk.rest.length > 0) {
        struct slice line = take_line(&walk.rest);
        bool fence = slice_starts(line, SLICE("```")), heading = line.at[0] == '#';
        if (!fence && !heading && !slice_starts(line, SLICE("norms:"))) {
            run.length += line.length;
            continue;
        }
        add_prose(&walk, run);
        if (fence) {
            add_block(&walk, line);
        } else if (heading) {
            add_heading(&walk, line);
        } else {
            add_named(&walk, &how->ids, line);
        }
        run = slice_part(walk.rest, 0, 0);
    }
    add_prose(&walk, run);
}

/* ---- the vocabulary -------------------------------------------------------------------------------- */

static void add_word_cell(struct walk *walk, struct slice key, struct slice cell)
{
    static const char *const with_ids[] = {
        "id", "kind", "counts as", "before it", "if refused", "actor", "who knows", "joins", NULL};
    if (is_one_of(key, with_ids)) {
        text_add(walk->out, cell);
    } else {
        add_named(walk, &walk->how->plain, cell);
    }
}

/* The row of a role that has a new phrase: its other names stay, the old phrase among them. */
static void add_role_row(struct walk *walk, const struct new_row *row, struct slice line)
{
    struct slice rest = slice_part(line, 1, line.length), cell;
    const char *between = "";
    text_format(walk->out, "| %.*s |", SLICE_PRINT(row->phrase));
    (void)take_cell(&rest, &cell);
    for (size_t i = 1; take_cell(&rest, &cell); i++) {
        if (!slice_is(column(walk, i), "also called")) {
            text_format(walk->out, "%.*s|", SLICE_PRINT(cell));
            continue;
        }
        struct slice names = cell, name;
        text_add_char(walk->out, ' ');
        if (row->other_name) {
            text_add(walk->out, row->old_noun);
            between = "; ";
        }
        while (slice_split(&names, ';', &name)) {
            name = slice_trim(name);
            if (name.length > 0 && !slice_equal(name, row->noun)) {
                text_format(walk->out, "%s%.*s", between, SLICE_PRINT(name));
                between = "; ";
            }
        }
        text_add_string(walk->out, " |");
    }
    text_add(walk->out, rest);
}

static const struct new_row *role_row(const struct walk *walk, struct slice line)
{
    struct slice rest = slice_part(line, 1, line.length), phrase = SLICE_EMPTY, id = SLICE_EMPTY;
    if (walk->how->roles == NULL || !take_cell(&rest, &phrase) || !take_cell(&rest, &id)) {
        return NULL;
    }
    return new_roles_row(walk->how->roles, slice_trim(id), slice_trim(phrase));
}

void new_text_words(struct new_text *how, struct slice text, struct text *out)
{
    struct walk walk = {.how = how, .out = out, .rest = text};
    while (walk.rest.length > 0) {
        struct slice line = take_line(&walk.rest);
        const struct new_row *row = NULL;
        if (!slice_starts(line, SLICE("|"))) {
            walk.column_count = 0;
            text_add(out, line);
        } else if (walk.column_count == 0) {
            read_columns(&walk, line);
            text_add(out, line);
        } else if ((row = role_row(&walk, line)) != NULL) {
            add_role_row(&walk, row, line);
        } else {
            add_row(&walk, line, add_word_cell);
        }
    }
}
