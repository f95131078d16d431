/* The first pass over a document's rule blocks: phrases that MEANS, INCLUDES and DECIDES WHETHER introduce are known before
 * and after their line (grammar.md section 7), so they are added to the words before any line is read for good. */
#include "policy/parser.h"

static const struct {
    const char *keyword;
    enum head head;
    enum modal modal;
    bool includes;
} heads[] = {
    {"MUST NOT", HEAD_MODAL, MODAL_MUST_NOT, false},
    {"SHOULD NOT", HEAD_MODAL, MODAL_SHOULD_NOT, false},
    {"ADVISED NOT TO", HEAD_MODAL, MODAL_ADVISED_NOT, false},
    {"MAY", HEAD_MODAL, MODAL_MAY, false},
    {"MUST", HEAD_MODAL, MODAL_MUST, false},
    {"SHOULD", HEAD_MODAL, MODAL_SHOULD, false},
    {"NEEDS", HEAD_NEEDS, 0, false},
    {"NEED", HEAD_NEEDS, 0, false},
    {"DECIDES WHETHER", HEAD_DECIDES, 0, false},
    {"MEANS", HEAD_MEANS, 0, false},
    {"INCLUDES", HEAD_MEANS, 0, true},
};

static bool head_here(struct slice text, size_t at, struct head_place *place)
{
    struct slice rest = slice_part(text, at, text.length);
    if (slice_find(SLICE("MSANDI"), rest.at[0]) == 6) return false;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        size_t length;
        if (!reader_opens(rest, heads[i].keyword, &length)) continue;
        *place = (struct head_place){.head = heads[i].head,
                                     .modal = heads[i].modal,
                                     .includes = heads[i].includes,
                                     .before = slice_trim(slice_part(text, 0, at)),
                                     .keyword = slice_part(rest, 0, length),
                                     .after = slice_part(rest, length, rest.length)};
        return true;
    }
    return false;
}

void find_head(struct slice text, struct head_place *ret_place)
{
    bool quoted = false;
    *ret_place = (struct head_place){.before = text, .keyword = SLICE_EMPTY, .after = SLICE_EMPTY};
    for (size_t i = 0; i < text.length; i++) {
        if (text.at[i] == '"') quoted = !quoted;
        bool begins = i == 0 || text.at[i - 1] == ' ' || text.at[i - 1] == '\t';
        if (quoted || !begins || text.at[i] < 'A' || text.at[i] > 'Z') continue;
        if (head_here(text, i, ret_place)) return;
    }
}

/* One declaring line. */
struct declaration {
    struct rule_line *line;
    struct slice file, clause, phrase, first; /* the first item decides the kind */
    bool judgement, includes, placed;
};
struct declarations {
    LIST(struct declaration) list;
    struct parser *parser;
    struct words *words;
    bool failed;
};

/* A phrase that the place has already, whole. */
static int known(const struct words *words, enum word_place place, struct slice phrase)
{
    size_t length = 0;
    int index = words_match(words, place, phrase, &length);
    return index >= 0 && slice_trim(slice_part(phrase, length, phrase.length)).length == 0 ? index
                                                                                           : -1;
}

/* `or`, `and` would make a phrase read as two in a list of people or channels. */
static bool joins(struct slice phrase)
{
    return slice_search(phrase, SLICE(" or ")) < phrase.length ||
           slice_search(phrase, SLICE(" and ")) < phrase.length;
}

static void place_at(struct declarations *all, struct declaration *declaration,
                     enum word_place place)
{
    struct rule_line *line = declaration->line;
    struct reader reader;
    struct slice phrase = declaration->phrase;
    reader_start(&reader, all->parser, line);
    all->parser->clause = declaration->clause;
    all->parser->file = declaration->file;
    declaration->placed = true;
    line->place = place;
    line->declared = known(all->words, place, phrase);
    if (line->declared >= 0) return;
    if (place != WORD_NAME && joins(phrase)) {
        all->failed = !reader_fail(&reader, phrase, ERROR_WORD, "give it a phrase without them",
                                   "'%.*s' joins two phrases with 'and' or 'or'",
                                   SLICE_PRINT(problem_quote(phrase)));
        return;
    }
    struct problems *problems = all->parser->problems;
    size_t before = problems->errors;
    line->declared = words_add(all->words, place, phrase, declaration->judgement, all->parser->file,
                               line->number, reader_column(&reader, phrase.at), problems);
    all->failed = all->failed || line->declared < 0;
    if (problems->errors > before && problems->list.count > 0)
        problems->list.at[problems->list.count - 1].clause = declaration->clause;
}

/* The text of a definition's first item: on its line, or on the first line of its list. */
static struct slice first_item(struct slice after, const struct rule_lines *lines, size_t next)
{
    static const char *const announces[] = {"any of:", "all of:", "none of:"};
    bool list = false;
    after = slice_trim(after);
    for (size_t i = 0; i < 3; i++) list = list || slice_is(after, announces[i]);
    if (list) {
        after = next < lines->list.count ? lines->list.at[next].text : SLICE_EMPTY;
        if (after.length == 0 || after.at[0] != '-') return SLICE_EMPTY;
        after = slice_trim(slice_part(after, 1, after.length));
    }
    struct slice negation = SLICE("NOT ");
    return slice_starts(after, negation) ? slice_trim(slice_part(after, 4, after.length)) : after;
}

/* Skips `UNDER R1:`; what is wrong with it the second pass says. */
static struct slice without_under(struct slice text)
{
    if (!slice_starts(text, SLICE("UNDER "))) return text;
    return slice_trim(slice_part(text, slice_find(text, ':') + 1, text.length));
}

static bool declares(struct slice text)
{
    return slice_search(text, SLICE("DECIDES")) < text.length ||
           slice_search(text, SLICE("MEANS")) < text.length ||
           slice_search(text, SLICE("INCLUDES")) < text.length;
}

static void collect_line(struct declarations *all, const struct rule_block *block, size_t i)
{
    struct rule_line *line = &block->lines.list.at[i];
    if (!declares(line->text)) return;
    struct head_place place;
    struct slice text = without_under(line->text);
    find_head(text, &place);
    if (place.head == HEAD_MEANS && place.before.length > 0) {
        LIST_PUSH(all->parser->arena, &all->list,
                  (struct declaration){.line = line,
                                       .file = block->file,
                                       .clause = block->clause,
                                       .phrase = place.before,
                                       .first = first_item(place.after, &block->lines, i + 1),
                                       .includes = place.includes});
        return;
    }
    if (place.head != HEAD_DECIDES) return;
    struct reader reader;
    struct slice phrase = slice_trim(place.after);
    reader_start(&reader, all->parser, line);
    if (phrase.length < 2 || phrase.at[0] != '"') return; /* the second pass complains */
    phrase = slice_part(phrase, 1, phrase.length);
    phrase = slice_trim(slice_part(phrase, 0, slice_find(phrase, '"')));
    if (phrase.length == 0) return;
    LIST_PUSH(all->parser->arena, &all->list,
              (struct declaration){.line = line,
                                   .file = block->file,
                                   .clause = block->clause,
                                   .phrase = phrase,
                                   .judgement = true});
}

/* Whether the phrase or the first item tells the kind by now. */
static bool kind_known(const struct declarations *all, const struct declaration *one,
                       enum word_place *ret_place)
{
    *ret_place = WORD_NAME;
    if (one->judgement) return true;
    bool person = known(all->words, WORD_PERSON, one->phrase) >= 0;
    bool channel = known(all->words, WORD_CHANNEL, one->phrase) >= 0;
    if (person != channel) {
        *ret_place = person ? WORD_PERSON : WORD_CHANNEL;
        return true;
    }
    if (known(all->words, WORD_PERSON, one->first) >= 0)
        *ret_place = WORD_PERSON;
    else if (known(all->words, WORD_CHANNEL, one->first) >= 0)
        *ret_place = WORD_CHANNEL;
    return *ret_place != WORD_NAME;
}

/* Two meanings of one phrase; several INCLUDES add up. */
static void check_twice(struct declarations *all)
{
    struct map seen;
    map_init(&seen, all->parser->arena);
    for (size_t i = 0; i < all->list.count; i++) {
        const struct declaration *one = &all->list.at[i];
        if (one->line->declared < 0) continue;
        struct slice key =
            arena_format(all->parser->arena, "%d %d", (int)one->line->place, one->line->declared);
        int64_t other = map_get(&seen, key);
        if (other < 0) map_set(&seen, key, (int64_t)i);
        if (other < 0 || (one->includes && all->list.at[other].includes)) continue;
        struct reader reader;
        reader_start(&reader, all->parser, one->line);
        all->parser->clause = one->clause;
        all->parser->file = one->file;
        reader_fail(&reader, one->phrase, ERROR_MEANING, "keep one of the two",
                    "'%.*s' is given a meaning twice, first in line %zu",
                    SLICE_PRINT(problem_quote(one->phrase)), all->list.at[other].line->number);
        all->failed = true;
    }
}

bool declare_phrases(struct parser *parser, struct words *words, struct rule_block *blocks,
                     size_t count)
{
    struct declarations all = {.parser = parser, .words = words};
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < blocks[i].lines.list.count; k++) collect_line(&all, &blocks[i], k);
    if (all.list.count > WORDS_LARGEST) {
        struct reader reader;
        reader_start(&reader, parser, all.list.at[WORDS_LARGEST].line);
        return reader_fail(&reader, reader.rest, ERROR_LIMIT, "define fewer phrases",
                           "a document may define at most %d phrases", WORDS_LARGEST);
    }
    /* A definition may rest on another one, in any order: go round until nothing more is learnt. */
    for (bool learnt = true; learnt;) {
        learnt = false;
        for (size_t i = 0; i < all.list.count; i++) {
            enum word_place place;
            if (all.list.at[i].placed || !kind_known(&all, &all.list.at[i], &place)) continue;
            place_at(&all, &all.list.at[i], place);
            learnt = true;
        }
    }
    for (size_t i = 0; i < all.list.count; i++)
        if (!all.list.at[i].placed) place_at(&all, &all.list.at[i], WORD_NAME);
    check_twice(&all);
    return !all.failed;
}
