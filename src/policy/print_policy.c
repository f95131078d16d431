/* Policy lines as a policy block writes them (grammar.md section 2.2); norm ids stand in brackets behind, without the prefix
 * that they share with the document. */
#include "policy/print.h"

#include "policy/print_parts.h"

static void print_review(const struct policy_line *line, struct text *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    text_add_string(out, "REVIEW DUE ");
    if (line->month_only)
        text_format(out, "%s %d", months[(line->review.month + 11) % 12], line->review.year);
    else
        text_format(out, "%04d-%02d-%02d", line->review.year, line->review.month, line->review.day);
}

static void print_silence(const struct words *words, const struct policy_line *line,
                          struct text *out)
{
    text_add_string(out, "WHEN no clause speaks: ");
    text_add_string(out, line->kind == LINE_SILENCE_ASK ? "ASK " : "TELL ");
    print_roles(words, &line->roles, out);
    if (line->when == WHEN_BEFOREHAND) text_add_string(out, " BEFOREHAND");
    if (line->when == WHEN_AFTERWARDS) text_add_string(out, " AFTERWARDS");
}

static void print_limit(const struct words *words, const char *keyword,
                        const struct condition *condition, struct text *norms, struct text *out)
{
    if (condition->atoms.count > 0) text_add_string(out, keyword);
    size_t before = out->length;
    print_condition(words, condition, out);
    /* The ids close the first line; a list follows on its own. */
    size_t first = slice_find(slice_part(text_slice(out), before, out->length), '\n');
    if (out->overflowed || before + first == out->length) return;
    struct text rest;
    text_init(&rest, out->largest);
    text_add(&rest, slice_part(text_slice(out), before + first, out->length));
    text_cut(out, before + first);
    text_add(out, text_slice(norms));
    text_add(out, text_slice(&rest));
    text_cut(norms, 0);
    text_clear(&rest);
}

static void print_check(const struct words *words, const struct policy_line *line, struct text *out)
{
    text_add_string(out, "CHECK no ");
    if (line->check->who.anyone)
        text_add_string(out, "anyone");
    else
        print_bare_roles(words, &line->check->who.roles, out);
    text_add_string(out, " MAY ");
    print_acts(words, &line->check->acts, false, out);
}

/* The norm ids, without the document's prefix. */
static void print_norms(const struct policy_line *line, struct text *out)
{
    for (size_t i = 0; i < line->norms.count; i++) {
        struct slice id = line->norms.at[i];
        text_add_string(out, i == 0 ? "   [" : ", ");
        text_add(out, slice_part(id, line->norms_prefix, id.length));
    }
    if (line->norms.count > 0) text_add_char(out, ']');
}

static void print_kind(const struct words *words, const struct policy_line *line,
                       struct text *norms, struct text *out)
{
    switch (line->kind) {
    case LINE_BINDS:
        text_add_string(out, "THIS POLICY BINDS ");
        print_roles(words, &line->roles, out);
        print_limit(words, " UNLESS ", &line->condition, norms, out);
        break;
    case LINE_SILENCE_ASK:
    case LINE_SILENCE_TELL: print_silence(words, line, out); break;
    case LINE_NOT_AS:
        text_add(out, phrase_of(words, line->place, line->from));
        text_add_string(out, " DOES NOT COUNT AS ");
        text_add(out, phrase_of(words, line->place, line->to));
        break;
    case LINE_DEPART:
        print_who(words, &line->who, out);
        text_add_string(out, " MAY DEPART FROM this policy: TELL ");
        print_roles(words, &line->roles, out);
        break;
    case LINE_REVIEW: print_review(line, out); break;
    case LINE_STAND_IN:
        text_add(out, phrase_of(words, WORD_PERSON, line->roles.list.at[0]));
        text_add_string(out, " STANDS IN FOR ");
        text_add(out, phrase_of(words, WORD_PERSON, line->roles.list.at[1]));
        print_limit(words, " IF ", &line->condition, norms, out);
        break;
    case LINE_CHECK: print_check(words, line, out); break;
    case LINE_APPROVED:
        text_add_string(out, "APPROVED BY ");
        print_roles(words, &line->roles, out);
        break;
    }
}

void print_policy_line(const struct words *words, const struct policy_line *line, struct text *out)
{
    struct text norms;
    text_init(&norms, out->largest);
    print_norms(line, &norms);
    print_kind(words, line, &norms, out);
    text_add(out, text_slice(&norms));
    text_add_char(out, '\n');
    text_clear(&norms);
}
