/* Conditions: one atom, a list one level deep, or `for every ... shown`. What an atom may be stands in parse_atom.c. */
#include "policy/parser.h"

static const char *const list_heads[] = {
    [CONDITION_ANY] = "any of", [CONDITION_ALL] = "all of", [CONDITION_NONE] = "none of"};

bool read_list_head(struct reader *reader, enum condition_mode *ret_mode)
{
    for (enum condition_mode mode = CONDITION_ANY; mode <= CONDITION_NONE; mode++) {
        struct reader ahead = *reader;
        if (!reader_take(&ahead, list_heads[mode]) || !reader_take_sign(&ahead, ':')) continue;
        *reader = ahead;
        *ret_mode = mode;
        return true;
    }
    return false;
}

static bool is_item(const struct parser *parser)
{
    return parser->lines != NULL && parser->at < parser->lines->list.count &&
           parser->lines->list.at[parser->at].text.at[0] == '-';
}

/* A role or a channel named bare, in a definition of one. */
static bool read_member(struct reader *reader, enum word_place about, struct atom *ret_atom)
{
    if (about != WORD_PERSON && about != WORD_CHANNEL) return false;
    struct reader ahead = *reader;
    bool negated = reader_take(&ahead, "NOT");
    int index = reader_phrase(&ahead, about);
    if (index < 0 || !reader_done(&ahead)) return false;
    *ret_atom = (struct atom){.kind = about == WORD_PERSON ? ATOM_PERSON : ATOM_CHANNEL,
                              .negated = negated,
                              .index = index,
                              .person = PERSON_SELF,
                              .line = reader->line->number,
                              .column = reader_column(reader, reader->rest.at)};
    *reader = ahead;
    return true;
}

static bool read_items(struct reader *head, enum condition_mode mode, enum word_place about,
                       bool inside, struct condition *ret_condition);

/* After `for every`: whom, and what must hold for each of them. `nested`: it stands in a list itself. */
static bool read_every(struct reader *reader, bool nested, struct atom *ret_atom)
{
    struct arena *arena = reader->parser->arena;
    *ret_atom = (struct atom){.kind = ATOM_EVERY,
                              .every = ARENA_NEW(arena, struct condition),
                              .line = reader->line->number,
                              .column = reader_column(reader, reader->rest.at)};
    if (!read_shown(reader, &ret_atom->index)) return false;
    if (!reader_take_sign(reader, ':'))
        return reader_fail(reader, reader->rest, ERROR_SYNTAX,
                           "write it as in 'for every pupil shown: photo consent is in force'",
                           "':' is missing after 'shown'");
    struct slice here = reader->rest;
    enum condition_mode mode;
    if (read_list_head(reader, &mode)) {
        if (!nested) return read_items(reader, mode, WORD_NAME, true, ret_atom->every);
        return reader_fail(reader, here, ERROR_SYNTAX, "give the inner list a name with MEANS",
                           "a list stands inside a list; lists go one level deep");
    }
    do {
        struct atom atom;
        if (!read_atom(reader, WORD_NAME, &atom)) return false;
        LIST_PUSH(arena, &ret_atom->every->atoms, atom);
    } while (!nested && ret_atom->every->atoms.count < RULE_ITEMS_LARGEST &&
             reader_take(reader, "and"));
    ret_atom->every->mode = ret_atom->every->atoms.count > 1 ? CONDITION_ALL : CONDITION_ONE;
    return true;
}

static bool read_item(struct reader *reader, enum word_place about, bool inside,
                      struct atom *ret_atom)
{
    struct slice whole = reader->rest;
    enum condition_mode mode;
    if (read_list_head(reader, &mode) || reader_sees(reader, "-"))
        return reader_fail(reader, whole, ERROR_SYNTAX, "give the inner list a name with MEANS",
                           "a list stands inside a list; lists go one level deep");
    if (reader_done(reader))
        return reader_fail(reader, whole, ERROR_SYNTAX, "write a condition, or take the line out",
                           "nothing stands behind this '-'");
    if (read_member(reader, about, ret_atom)) return true;
    if (reader_take(reader, "for every")) {
        if (inside)
            return reader_fail(reader, whole, ERROR_SYNTAX, "give the inner one a name with MEANS",
                               "'for every' stands inside 'for every'");
        if (!read_every(reader, true, ret_atom)) return false;
    } else if (!read_atom(reader, about, ret_atom)) {
        return false;
    }
    return reader_end(reader, whole.at);
}

/* A list of one is a plain condition. */
static void simplify(struct condition *condition)
{
    if (condition->atoms.count != 1) return;
    struct atom *only = &condition->atoms.at[0];
    if (condition->mode == CONDITION_NONE) {
        if (only->kind == ATOM_EVERY) return;
        only->negated = !only->negated;
    }
    condition->mode = CONDITION_ONE;
}

static bool read_items(struct reader *head, enum condition_mode mode, enum word_place about,
                       bool inside, struct condition *ret_condition)
{
    struct parser *parser = head->parser;
    if (!reader_end(head, head->line->text.at)) return false;
    if (!is_item(parser))
        return reader_fail(head, head->line->text, ERROR_SYNTAX,
                           "write '- condition' lines below it", "'%s:' has no list below it",
                           list_heads[mode]);
    *ret_condition = (struct condition){.mode = mode};
    bool good = true;
    for (size_t count = 0; is_item(parser); count++) {
        struct reader item;
        struct atom atom;
        reader_start(&item, parser, &parser->lines->list.at[parser->at++]);
        if (count == RULE_ITEMS_LARGEST)
            good = reader_fail(&item, item.rest, ERROR_LIMIT,
                               "give a part of the list a name with MEANS",
                               "a list may have at most %d items", RULE_ITEMS_LARGEST);
        if (count >= RULE_ITEMS_LARGEST) continue;
        reader_skip(&item, 1);
        if (read_item(&item, about, inside, &atom))
            LIST_PUSH(parser->arena, &ret_condition->atoms, atom);
        else
            good = false;
    }
    if (good) simplify(ret_condition);
    return good;
}

bool read_condition(struct reader *reader, enum word_place about, struct condition *ret_condition)
{
    enum condition_mode mode;
    struct atom atom;
    *ret_condition = (struct condition){0};
    if (read_list_head(reader, &mode)) return read_items(reader, mode, about, false, ret_condition);
    if (reader_take(reader, "for every")) {
        if (!read_every(reader, false, &atom)) return false;
    } else if (!read_member(reader, about, &atom) && !read_atom(reader, about, &atom)) {
        return false;
    }
    ret_condition->atoms.at = ARENA_NEW(reader->parser->arena, struct atom);
    *ret_condition->atoms.at = atom;
    ret_condition->atoms.count = ret_condition->atoms.space = 1;
    return true;
}
