/* One text explained: cut into lines that fit a terminal, each with its findings marked, then the findings one by one. Signs that would
 * steer a terminal are shown as such. See screen_explain.h. */
#include "cli/screen_explain.h"

#include <locale.h>
#include <string.h>
#include <wchar.h>

#include "base/utf8.h"

#define WIDTH 96        /* columns of a line */
#define LINE_BYTES 1024 /* of a line, where signs without a width of their own pile up */
#define ROWS 8          /* of marks under a line */
#define QUOTED 60
#define FIX_LARGEST ((size_t)4096)

struct explaining {
    const struct screen_plan *plan;
    struct slice text;
    const struct findings *findings;
    struct text *out;
    bool colour;
    screen_note *note; /* or NULL */
    void *context;
    size_t next;     /* the first finding that begins further on */
    size_t reach[2]; /* how far those before it reach, by level */
    size_t first;    /* the first finding that may reach into the line */
};

/* ---- characters --------------------------------------------------------------------------------- */

static uint32_t code_at(struct slice text, size_t at, size_t *ret_length)
{
    size_t length = utf8_first(slice_part(text, at, text.length));
    uint32_t code = (unsigned char)text.at[at];
    if (length > 1) code &= 0xFFU >> (length + 1);
    for (size_t i = 1; i < length; i++) code = code << 6 | ((unsigned char)text.at[at + i] & 0x3FU);
    *ret_length = length == 0 ? 1 : length;
    return code;
}

/* Controls, and marks that turn the direction of writing round. */
static bool steers(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
           (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F || code == 0x61C;
}

static size_t columns_of(uint32_t code)
{
    if (steers(code)) return 1;
    int width = code < 0x80 ? 1 : wcwidth((wchar_t)code);
    return width < 0 ? 1 : (size_t)width;
}

static void add_character(struct text *out, struct slice text, size_t at, size_t length,
                          uint32_t code)
{
    if (steers(code))
        text_add_string(out, code == '\t' || code == '\n' ? " " : "\xEF\xBF\xBD");
    else
        text_add(out, slice_part(text, at, at + length));
}

/* ---- a line of the text ------------------------------------------------------------------------- */

/* Where a line that begins at `from` ends: at its end in the text, or before the word that does not fit. */
static size_t line_end(struct slice text, size_t from)
{
    size_t at = from, column = 0, blank = from, length;
    while (at < text.length && text.at[at] != '\n') {
        column += columns_of(code_at(text, at, &length));
        if (column > WIDTH || at - from > LINE_BYTES) return blank > from ? blank : at;
        at += length;
        if (text.at[at - 1] == ' ') blank = at;
    }
    return at;
}

static size_t width_of(struct slice text, size_t from, size_t to)
{
    size_t columns = 0, length;
    for (size_t at = from; at < to; at += length) columns += columns_of(code_at(text, at, &length));
    return columns;
}

static const char *colour_at(struct explaining *explaining, size_t at)
{
    const struct findings *findings = explaining->findings;
    for (; explaining->next < findings->count && findings->at[explaining->next].start <= at;
         explaining->next++) {
        const struct finding *finding = &findings->at[explaining->next];
        size_t *reach = &explaining->reach[finding->level];
        if (finding->end > *reach) *reach = finding->end;
    }
    if (at < explaining->reach[LEVEL_HOLD]) return "\033[1;31m";
    return at < explaining->reach[LEVEL_LOOK] ? "\033[33m" : "\033[0m";
}

static void add_line(struct explaining *explaining, size_t from, size_t to)
{
    struct text *out = explaining->out;
    const char *before = "\033[0m";
    size_t length;
    for (size_t at = from; at < to; at += length) {
        uint32_t code = code_at(explaining->text, at, &length);
        const char *colour = explaining->colour ? colour_at(explaining, at) : before;
        if (strcmp(colour, before) != 0) text_add_string(out, colour);
        before = colour;
        add_character(out, explaining->text, at, length, code);
    }
    if (strcmp(before, "\033[0m") != 0) text_add_string(out, "\033[0m");
    text_add_char(out, '\n');
}

/* ---- marks under it ----------------------------------------------------------------------------- */

struct marks {
    char rows[ROWS][WIDTH + 24];
    size_t ends[ROWS]; /* columns used of each */
};

/* The number and then signs up to the finding's end; the first row that has the place, or none. */
static void mark(struct marks *marks, const struct finding *finding, size_t number, size_t column,
                 size_t width)
{
    struct text AUTO_TEXT label;
    text_init(&label, 20);
    text_add_number(&label, (int64_t)number);
    size_t taken = width > label.length ? width : label.length;
    for (size_t row = 0; row < ROWS; row++) {
        bool free = marks->ends[row] == 0 || marks->ends[row] < column;
        if (!free || column + taken > sizeof marks->rows[row]) continue;
        char *at = marks->rows[row] + column;
        memset(at, finding->level == LEVEL_HOLD ? '^' : '~', taken);
        memcpy(at, label.at, label.length);
        marks->ends[row] = column + taken;
        return;
    }
}

static void add_marks(struct explaining *explaining, size_t from, size_t to)
{
    const struct findings *findings = explaining->findings;
    struct slice text = explaining->text;
    struct marks marks = {.ends = {0}};
    memset(marks.rows, ' ', sizeof marks.rows);
    while (explaining->first < findings->count && findings->at[explaining->first].end <= from)
        explaining->first++;
    for (size_t i = explaining->first; i < findings->count && findings->at[i].start < to; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->end <= from) continue;
        size_t start = finding->start > from ? finding->start : from;
        size_t end = finding->end < to ? finding->end : to;
        mark(&marks, finding, i + 1, width_of(text, from, start), width_of(text, start, end));
    }
    for (size_t row = 0; row < ROWS && marks.ends[row] > 0; row++) {
        text_add(explaining->out, (struct slice){marks.rows[row], marks.ends[row]});
        text_add_char(explaining->out, '\n');
    }
}

static void add_text(struct explaining *explaining)
{
    size_t from = 0;
    while (from < explaining->text.length) {
        size_t to = line_end(explaining->text, from);
        add_line(explaining, from, to);
        if (!explaining->colour) add_marks(explaining, from, to);
        from = to < explaining->text.length && explaining->text.at[to] == '\n' ? to + 1 : to;
    }
}

/* ---- the findings one by one -------------------------------------------------------------------- */

static const char *why_name(enum name_form form)
{
    switch (form) {
    case FORM_FULL: return "The full name of";
    case FORM_FIRST_INITIAL: return "First name and initial of";
    case FORM_INITIAL_LAST: return "Initial and family name of";
    case FORM_KNOWN_AS: return "The name by which people know";
    case FORM_LAST_FIRST: return "The full name, family name first, of";
    case FORM_HANDLE: return "The full name, put together, of";
    case FORM_FIRST_ONLY: return "The first name of";
    case FORM_LAST_ONLY: return "The family name of";
    case FORM_NONE:
    case NAME_FORMS: break;
    }
    return "A name of";
}

static const char *why_kind(enum finding_kind kind)
{
    switch (kind) {
    case FINDING_PHONE_MOBILE: return "It reaches one person, wherever they are.";
    case FINDING_PHONE_LANDLINE:
        return "It reaches a house or an office; the school's may be meant.";
    case FINDING_PHONE_OTHER: return "A number of a service, or of another country.";
    case FINDING_EMAIL_PERSONAL: return "It is not at a domain of the school's.";
    case FINDING_EMAIL_SCHOOL: return "It is at a domain of the school's.";
    case FINDING_EMAIL_DISGUISED: return "It is written so that programs pass it by.";
    case FINDING_POSTCODE: return "It narrows a place down to a few houses.";
    case FINDING_ADDRESS: return "A house and its street.";
    case FINDING_IMEI: return "Fifteen digits with the right check digit: one telephone.";
    case FINDING_NINO: return "It belongs to one person for life.";
    case FINDING_NHS: return "Ten digits with the right check digit: one patient.";
    case FINDING_UPN: return "It belongs to one pupil.";
    case FINDING_CARD: return "A length and a check digit as bank cards have them.";
    case FINDING_HANDLE: return "Its bearer can be found by it, and written to.";
    case FINDING_WHATSAPP: return "It opens a talk that the school does not see.";
    case FINDING_URL:
    case FINDING_HOST: return "The site is not among those let through.";
    case FINDING_HASHTAG: return "It is not among those let through.";
    default: return NULL;
    }
}

static void add_who(const struct explaining *explaining, const struct finding *finding)
{
    struct text *out = explaining->out;
    text_add_string(out, why_name(finding->form));
    for (uint16_t i = 0; i < finding->who_count; i++) {
        text_add_string(out, i == 0                                          ? " "
                             : i + 1 == finding->who_count && !finding->more ? " and "
                                                                             : ", ");
        text_add(out, names_id(explaining->plan->names, finding->who[i]));
    }
    text_add_string(out, finding->more ? " and others." : ".");
}

static void add_wording(const struct explaining *explaining, const struct finding *finding)
{
    const struct lexicon *lexicon = explaining->plan->lexicon;
    if (lexicon == NULL || finding->entry == 0) return;
    if (finding_is_topic(finding->kind)) {
        text_add_string(explaining->out, "Nothing against the text by itself.");
        return;
    }
    const struct lexicon_entry *entry = lexicon_entry(lexicon, finding->entry);
    text_format(explaining->out, "The list has '%.*s'", SLICE_PRINT(entry->phrase));
    if (entry->characteristic.length > 0)
        text_format(explaining->out, ", about %.*s", SLICE_PRINT(entry->characteristic));
    text_add_char(explaining->out, '.');
}

static void add_quote(const struct explaining *explaining, const struct finding *finding)
{
    size_t at = finding->start, shown = 0, length;
    for (; at < finding->end && shown < QUOTED; at += length, shown++) {
        uint32_t code = code_at(explaining->text, at, &length);
        add_character(explaining->out, explaining->text, at, length, code);
    }
    if (at < finding->end) text_add_string(explaining->out, "...");
}

static void add_fix(const struct explaining *explaining, const struct finding *finding)
{
    AUTO_TEXT struct text fix;
    text_init(&fix, FIX_LARGEST);
    if (!screen_fix(explaining->plan, explaining->text, finding, &fix)) return;
    text_format(explaining->out, "   Instead: %s\n", fix.length > 0 ? fix.at : "leave it out");
}

static void add_finding(const struct explaining *explaining, size_t number)
{
    const struct finding *finding = &explaining->findings->at[number - 1];
    bool held = finding->level == LEVEL_HOLD;
    struct text *out = explaining->out;
    const char *colour = held ? "\033[1;31m" : "\033[33m", *why = why_kind(finding->kind);
    text_format(out, "\n%zu  %s%s%s  %s: ", number, explaining->colour ? colour : "",
                held ? "hold" : "look", explaining->colour ? "\033[0m" : "",
                finding_kind_title(finding->kind));
    add_quote(explaining, finding);
    text_add_string(out, "\n   ");
    if (finding->kind == FINDING_NAME)
        add_who(explaining, finding);
    else if (why != NULL)
        text_add_string(out, why);
    else
        add_wording(explaining, finding);
    text_add_char(out, '\n');
    add_fix(explaining, finding);
    if (explaining->note != NULL) explaining->note(explaining->context, number - 1, out);
}

/* ---- the whole ---------------------------------------------------------------------------------- */

static void explain_all(struct explaining *explaining)
{
    locale_t wide = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    locale_t before = wide != (locale_t)0 ? uselocale(wide) : (locale_t)0;
    add_text(explaining);
    for (size_t i = 1; i <= explaining->findings->count; i++) add_finding(explaining, i);
    if (explaining->findings->count == 0)
        text_add_string(explaining->out, "\nNothing was found.\n");
    if (explaining->findings->full)
        text_add_string(explaining->out, "\nThere is more; so much is not listed.\n");
    if (wide == (locale_t)0) return;
    uselocale(before);
    freelocale(wide);
}

void screen_explain_found(const struct screen_plan *plan, struct slice text,
                          const struct findings *findings, bool colour, screen_note *note,
                          void *context, struct text *out)
{
    struct explaining explaining = {.plan = plan,
                                    .text = text,
                                    .findings = findings,
                                    .out = out,
                                    .colour = colour,
                                    .note = note,
                                    .context = context};
    explain_all(&explaining);
}

bool screen_explain(const struct screen_plan *plan, struct slice text, bool colour,
                    struct text *out, bool *ret_held, struct error *error)
{
    struct screen_work *work = screen_work_new();
    const struct findings *findings = NULL;
    enum screen_result result = screen(plan, work, text, &findings);
    if (result == SCREEN_DONE) {
        screen_explain_found(plan, text, findings, colour, NULL, NULL, out);
        *ret_held = false;
        for (size_t i = 0; i < findings->count; i++)
            *ret_held = *ret_held || findings->at[i].level == LEVEL_HOLD;
    }
    screen_work_free(work);
    if (result == SCREEN_NOT_UTF8)
        return error_set(error, ERROR_ENCODING, "The text is not UTF-8.");
    if (result == SCREEN_TOO_LONG)
        return error_set(error, ERROR_LIMIT, "The text is longer than 1 MiB.");
    return true;
}
