/* Reading a rule block line by line and word by word: what parse*.c stand on. Lines are cut and their comments taken off
 * once; a reader then walks one line and can name the place of whatever it does not understand. */
#pragma once

#include "policy/rule.h"

struct rule_line {
    struct slice text; /* trimmed, without its comment */
    const char *start; /* of the source line: columns count from here */
    size_t number;
    enum word_place
        place;    /* of the phrase that a MEANS, INCLUDES or DECIDES WHETHER line declares */
    int declared; /* its index there, or -1 */
};
struct rule_lines {
    LIST(struct rule_line) list; /* empty lines left out */
};

struct parser {
    const struct words *words;
    struct arena *arena;
    struct problems *problems;
    struct slice file, clause;
    bool law;
    const struct rule_lines *lines;
    size_t at; /* the line to be read next */
    struct statement
        spare; /* its lists are where statements grow; what is kept has just its size */
};

struct reader {
    struct parser *parser;
    const struct rule_line *line;
    struct slice rest; /* never begins with a blank */
};

/* Cuts a block; a line longer than a document's may be is reported and left out. */
void reader_cut(struct parser *parser, struct slice text, size_t first_line,
                struct rule_lines *ret_lines);

/* Bytes before a line's comment: `--` at the start or after a blank, outside quotation marks. */
size_t reader_before_comment(struct slice line);

void reader_start(struct reader *reader, struct parser *parser, const struct rule_line *line);
/* A reader of one part of the line. */
void reader_part(struct reader *reader, const struct reader *whole, struct slice part);
bool reader_done(const struct reader *reader);
void reader_skip(struct reader *reader, size_t length);
/* The words are next, whole; blanks between them may be several. `take` also steps over them. */
bool reader_sees(const struct reader *reader, const char *words);
bool reader_take(struct reader *reader, const char *words);
bool reader_take_sign(struct reader *reader, char sign);
/* The longest phrase of the place, or -1; steps over it. */
int reader_phrase(struct reader *reader, enum word_place place);
/* `"..."`: a text in straight quotation marks, on this line. */
MUST_USE bool reader_string(struct reader *reader, struct slice *ret_text);
/* `-`, a whole number, of at most 9 digits. */
MUST_USE bool reader_number(struct reader *reader, int64_t *ret_number);
/* The next run of bytes without a blank; steps over it. */
struct slice reader_word(struct reader *reader);
/* What has been read of the line since `from`, trimmed. */
struct slice reader_since(const struct reader *reader, const char *from);
size_t reader_column(const struct reader *reader, const char *at);

/* A place in the line and what is wrong there. Adds the problem and gives false. */
bool reader_fail(const struct reader *reader, struct slice where, enum error_code code,
                 const char *advice, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* `I do not know the act 'friend'; did you mean 'befriend'?` */
bool reader_unknown(const struct reader *reader, enum word_place place, struct slice text);
/* Nothing may be left: `after 'befriend a pupil' I do not understand 'on weekdays'`. */
MUST_USE bool reader_end(const struct reader *reader, const char *from);
/* How much of the rest an unknown phrase of the place takes: to a comma, `or`, `via` or a keyword. */
struct slice reader_piece(const struct reader *reader, enum word_place place);
/* Whether any word with this spelling opens the text and ends there. */
bool reader_opens(struct slice text, const char *words, size_t *ret_length);
