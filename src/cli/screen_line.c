/* From a line to a line: reads the fields, screens the text, writes the findings as JSON. What is fixed of a finding is kept ready as
 * text, since this is on the path that is measured. See screen_line.h. */
#include "cli/screen_line.h"

#include <string.h>

#include "base/json.h"
#include "base/json_scan.h"

#define FIX_LARGEST ((size_t)4096)
/* Text of one length to copy and another that counts, since a copy of a known length is no call. */
#define PIECE_SPACE 64
struct piece {
    char at[PIECE_SPACE];
    size_t length;
};
#define PIECE(literal)                                                                             \
    {                                                                                              \
        literal, sizeof(literal) - 1                                                               \
    }

static const struct piece kind_pieces[FINDING_KINDS][2] = {
#define KIND(CODE, name, title)                                                                    \
    {PIECE("{\"kind\":\"" name "\",\"level\":\"LOOK\",\"start\":"),                                \
     PIECE("{\"kind\":\"" name "\",\"level\":\"HOLD\",\"start\":")},
#include "screen/kinds.def"
#undef KIND
};
#define FORM(name) PIECE(",\"form\":\"" name "\",\"who\":[")
static const struct piece form_pieces[NAME_FORMS] = {
    [FORM_NONE] = PIECE(",\"form\":null,\"who\":["),
    [FORM_FULL] = FORM("full"),
    [FORM_FIRST_INITIAL] = FORM("first_initial"),
    [FORM_INITIAL_LAST] = FORM("initial_last"),
    [FORM_KNOWN_AS] = FORM("known_as"),
    [FORM_LAST_FIRST] = FORM("last_first"),
    [FORM_HANDLE] = FORM("handle"),
    [FORM_FIRST_ONLY] = FORM("first_only"),
    [FORM_LAST_ONLY] = FORM("last_only"),
};
#define DIGITS 10
#define END ",\"end\":"
#define HEAD_LARGEST (2 * PIECE_SPACE + 2 * DIGITS + sizeof END)

static char *put_piece(char *at, const struct piece *piece)
{
    memcpy(at, piece->at, sizeof piece->at);
    return at + piece->length;
}

static char *put_number(char *at, uint32_t number)
{
    char digits[DIGITS];
    size_t first = sizeof digits;
    do {
        digits[--first] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    size_t length = sizeof digits - first;
    memcpy(at, digits + first, length);
    return at + length;
}

static void add_string(struct text *out, struct slice value)
{
    if (json_plain_end(value.at, value.at + value.length) < value.at + value.length) {
        struct json_writer writer;
        json_writer_init(&writer, out, false);
        json_string(&writer, value);
        return;
    }
    char *at = text_extend(out, value.length + 2);
    if (at == NULL) return;
    at[0] = '"';
    memcpy(at + 1, value.at, value.length);
    at[1 + value.length] = '"';
}

/* From the brace to the bracket of `who`. */
static void add_head(const struct finding *finding, struct text *out)
{
    char *at = text_extend(out, HEAD_LARGEST);
    if (at == NULL) return;
    at = put_piece(at, &kind_pieces[finding->kind][finding->level == LEVEL_HOLD]);
    at = put_number(at, finding->start);
    memcpy(at, END, sizeof END - 1);
    at = put_number(at + sizeof END - 1, finding->end);
    at = put_piece(at, &form_pieces[finding->form]);
    text_cut(out, (size_t)(at - out->at));
}

static void add_who(const struct screen_plan *plan, const struct finding *finding, struct text *out)
{
    for (uint16_t i = 0; i < finding->who_count && plan->names != NULL; i++) {
        if (i > 0) text_add_char(out, ',');
        add_string(out, names_id(plan->names, finding->who[i]));
    }
}

/* Of a length that is known: no call. */
#define ADD(out, literal)                                                                          \
    do {                                                                                           \
        char *add_at = text_extend((out), sizeof(literal) - 1);                                    \
        if (add_at != NULL) memcpy(add_at, (literal), sizeof(literal) - 1);                        \
    } while (0)

static bool has_entry(const struct screen_plan *plan, const struct finding *finding)
{
    return finding->kind >= FINDING_PROFANITY && finding->entry != 0 && plan->lexicon != NULL;
}

static void add_entry(const struct screen_plan *plan, const struct finding *finding,
                      struct text *out)
{
    if (!has_entry(plan, finding)) {
        ADD(out, "],\"entry\":null,\"fix\":");
        return;
    }
    ADD(out, "],\"entry\":");
    add_string(out, lexicon_entry(plan->lexicon, finding->entry)->phrase);
    ADD(out, ",\"fix\":");
}

static void add_finding(struct screen_lines *lines, struct slice text,
                        const struct finding *finding, struct text *out)
{
    const struct screen_plan *plan = lines->plan;
    add_head(finding, out);
    add_who(plan, finding, out);
    text_cut(&lines->fix, 0);
    bool fixed = screen_fix(plan, text, finding, &lines->fix);
    if (!fixed && !finding->more && !has_entry(plan, finding)) {
        ADD(out, "],\"entry\":null,\"fix\":null}");
        return;
    }
    add_entry(plan, finding, out);
    if (fixed)
        add_string(out, text_slice(&lines->fix));
    else
        ADD(out, "null");
    text_add(out, finding->more ? SLICE(",\"more\":true}") : SLICE("}"));
}

static void add_findings(struct screen_lines *lines, struct slice text,
                         const struct findings *findings, struct text *out)
{
    bool held = false;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        if (i > 0) text_add_char(out, ',');
        add_finding(lines, text, finding, out);
        lines->counts.kinds[finding->kind]++;
        held = held || finding->level == LEVEL_HOLD;
    }
    lines->counts.held += held;
    lines->counts.looked += findings->count > 0 && !held;
}

/* From behind the id on. */
static void add_all(struct screen_lines *lines, struct slice text, const struct findings *findings,
                    struct text *out)
{
    if (findings->count == 0 && !findings->full && lines->judge == NULL) { /* as most */
        ADD(out, ",\"findings\":[]}\n");
        return;
    }
    ADD(out, ",\"findings\":[");
    if (findings->count > 0) add_findings(lines, text, findings, out);
    text_add(out, findings->full ? SLICE("],\"more\":true") : SLICE("]"));
    if (lines->judge != NULL) screen_judge_add(lines->judge, out);
    ADD(out, "}\n");
}

static void add_id(struct slice id, struct text *out)
{
    ADD(out, "{\"id\":");
    text_add(out, id.length > 0 ? id : SLICE("null"));
}

/* The place is told where one can be shown. */
static void add_error(enum ndjson_fault fault, size_t offset, struct text *out)
{
    struct slice says = slice_of(ndjson_fault_says(fault));
    text_add(out, SLICE(",\"error\":\""));
    if (fault >= NDJSON_ENDS && fault <= NDJSON_TEXT_KIND) {
        text_add(out, slice_part(says, 0, says.length - 1));
        text_add(out, SLICE(" (byte "));
        text_add_number(out, (int64_t)offset + 1);
        text_add(out, SLICE(")."));
    } else {
        text_add(out, says);
    }
    text_add(out, SLICE("\"}\n"));
}

void screen_line(struct screen_lines *lines, struct slice line, struct text *out)
{
    struct ndjson_line read;
    enum ndjson_fault fault = ndjson_read(&lines->reader, line, &read);
    lines->counts.lines++;
    add_id(read.id, out);
    if (fault != NDJSON_SOUND) {
        lines->counts.bad++;
        add_error(fault, read.offset, out);
        return;
    }
    const struct findings *findings;
    struct findings judged;
    if (lines->judge == NULL) {
        screen_sound(lines->plan, lines->work, read.text, &findings);
    } else {
        screen_judge_read(lines->judge, read.text, &judged);
        findings = &judged;
    }
    add_all(lines, read.text, findings, out);
}

void screen_lines_init(struct screen_lines *lines, const struct screen_plan *plan,
                       const struct screen_policy *policy, struct slice id_field,
                       struct slice text_field)
{
    *lines = (struct screen_lines){.plan = plan, .work = screen_work_new()};
    if (policy != NULL) lines->judge = screen_judge_new(policy, plan);
    ndjson_init(&lines->reader, id_field, text_field);
    text_init(&lines->fix, FIX_LARGEST);
}

void screen_lines_clear(struct screen_lines *lines)
{
    screen_work_free(lines->work);
    screen_judge_free(lines->judge);
    ndjson_clear(&lines->reader);
    text_clear(&lines->fix);
}
