/* The parser's own parts: each reads one form of grammar.md section 3 from a reader's line, reports what it cannot read and
 * gives false. parse.h is the face that other files see. */
#pragma once

#include "policy/document.h"
#include "policy/parse.h"
#include "policy/reader.h"

#define ATOM_ADVICE "conditions that belong together go into a list below the line, one '- ' each"

/* parse_people.c */
MUST_USE bool read_roles(struct reader *reader, struct roles *ret_roles);
MUST_USE bool read_channels(struct reader *reader, struct channels *ret_channels);
/* `anyone` or roles, and nothing after it. */
MUST_USE bool read_who(struct reader *reader, struct who *ret_who);
MUST_USE bool read_acts(struct reader *reader, struct acts *ret_acts);
/* `[preposition] roles`, where there is one. */
MUST_USE bool read_object(struct reader *reader, struct roles *ret_roles, bool *ret_anyone);
MUST_USE bool read_one_act(struct reader *reader, int *ret_act);
MUST_USE bool read_need(struct reader *reader, struct need *ret_need);
/* `for every` and `FOR EVERY` name whom they mean: a role, then `shown`. */
MUST_USE bool read_shown(struct reader *reader, int *ret_role);

/* parse_condition.c and parse_atom.c. `about` is what a definition is about (WORD_PERSON, WORD_CHANNEL), else WORD_NAME. */
MUST_USE bool read_condition(struct reader *reader, enum word_place about,
                             struct condition *ret_condition);
MUST_USE bool read_atom(struct reader *reader, enum word_place about, struct atom *ret_atom);
MUST_USE bool read_clock(struct reader *reader, int64_t *ret_minute);
/* Steps over a choice's value; gives its index, or -1. */
int read_value(struct reader *reader, const struct fact *fact);
/* The fact's unit, where one is written. */
MUST_USE bool read_unit(struct reader *reader, const struct fact *fact);
/* A number that the fact can have. */
MUST_USE bool read_bound(struct reader *reader, const struct fact *fact, int64_t *ret_number);
/* `in 'any of:'`: whether a list is announced, and which. */
bool read_list_head(struct reader *reader, enum condition_mode *ret_mode);

/* parse_duty.c */
MUST_USE bool read_duty(struct reader *reader, struct duty *ret_duty);
MUST_USE bool read_deed(struct reader *reader, struct duty *duty);
MUST_USE bool read_tell(struct reader *reader, struct duty *ret_duty);
/* A route with INSTEAD names only who is told: who tells, and how strongly, is as in the duty that it replaces. */
void fill_routes(const struct words *words, struct statement *statement);

/* parse_tail.c: lines below a head. */
enum line_kind { LINE_HEAD, LINE_WHEN, LINE_ITEM, LINE_ASK, LINE_RECORD, LINE_TAIL };
/* What begins here; a tail's keyword is stepped over. */
enum line_kind read_line_kind(struct reader *reader, enum tail_kind *ret_tail,
                              const char **ret_keyword);
/* `UNDER [NOT] Rn:` where it stands. */
MUST_USE bool read_under(struct reader *reader, unsigned *ret_reading, bool *ret_not);
MUST_USE bool read_tail(struct reader *reader, struct tail *tail);
/* Copies the tails in the order of the canonical print (section 13), AND THEN behind its UNLESS. */
void sort_tails(struct arena *arena, struct statement *statement);

/* parse_declare.c: the keyword that makes a line a head. */
enum head { HEAD_NONE, HEAD_MODAL, HEAD_NEEDS, HEAD_DECIDES, HEAD_MEANS };
struct head_place {
    enum head head;
    enum modal modal;
    bool includes;
    struct slice before, keyword, after; /* parts of the line */
};
void find_head(struct slice text, struct head_place *ret_place);
/* The first pass over the rule blocks of one document: adds what they declare to the words and notes on each declaring
 * line which word that is. */
struct rule_block {
    struct rule_lines lines;
    struct slice file, clause;
    const struct block *block;
    int index; /* of the clause */
};
MUST_USE bool declare_phrases(struct parser *parser, struct words *words, struct rule_block *blocks,
                              size_t count);

/* parse.c: the statements of one block, its lines in the parser. The list is emptied first; its room is used again. */
struct statement_list {
    LIST(struct statement) list;
};
bool read_statements(struct parser *parser, int clause, struct statement_list *ret_statements);

/* parse_policy.c: the lines of a policy block. */
bool read_policy_lines(struct parser *parser, struct document *document, int clause);
