/* People, channels, acts and needs: the parts of a line that are lists of vocabulary phrases (grammar.md section 3: who,
 * roles, acts, object, channels, need). */
#include "policy/parser.h"

static bool full(const struct reader *reader, size_t count)
{
    if (count < RULE_ITEMS_LARGEST) return false;
    reader_fail(reader, reader->rest, ERROR_LIMIT, "give a part of them a name with MEANS",
                "a list may name at most %d", RULE_ITEMS_LARGEST);
    return true;
}

static bool one_phrase(struct reader *reader, enum word_place place, int *ret_index)
{
    *ret_index = reader_phrase(reader, place);
    if (*ret_index >= 0) return true;
    if (reader_done(reader)) {
        static const char *const nouns[WORD_PLACES] = {"a person", "a channel", "an act",
                                                       "a fact",   "a record",  "a phrase"};
        return reader_fail(reader, reader->rest, ERROR_SYNTAX, "name one of words.md",
                           "%s is missing at the end of this line", nouns[place]);
    }
    return reader_unknown(reader, place, reader_piece(reader, place));
}

enum joint { JOINT_NONE, JOINT_COMMA, JOINT_OR, JOINT_AND };

static enum joint take_joint(struct reader *reader)
{
    bool comma = reader_take_sign(reader, ',');
    if (reader_take(reader, "or")) return JOINT_OR;
    if (reader_take(reader, "and")) return JOINT_AND;
    return comma ? JOINT_COMMA : JOINT_NONE;
}

/* After the first of them. */
static bool more_roles(struct reader *reader, int first, struct roles *ret_roles)
{
    bool any = false;
    int role = first;
    *ret_roles = (struct roles){0};
    for (;;) {
        LIST_PUSH(reader->parser->arena, &ret_roles->list, role);
        struct slice here = reader->rest;
        enum joint joint = take_joint(reader);
        if (joint == JOINT_NONE) return true;
        any = any || joint == JOINT_OR;
        ret_roles->each = ret_roles->each || joint == JOINT_AND;
        if (any && ret_roles->each)
            return reader_fail(reader, slice_part(here, 0, 3), ERROR_SYNTAX, "write two lines",
                               "'and' and 'or' stand in one list: I cannot tell which is meant");
        if (full(reader, ret_roles->list.count)) return false;
        if (!one_phrase(reader, WORD_PERSON, &role)) return false;
    }
}

bool read_roles(struct reader *reader, struct roles *ret_roles)
{
    int first;
    return one_phrase(reader, WORD_PERSON, &first) && more_roles(reader, first, ret_roles);
}

bool read_channels(struct reader *reader, struct channels *ret_channels)
{
    *ret_channels = (struct channels){0};
    for (;;) {
        int channel;
        if (full(reader, ret_channels->list.count)) return false;
        if (!one_phrase(reader, WORD_CHANNEL, &channel)) return false;
        LIST_PUSH(reader->parser->arena, &ret_channels->list, channel);
        struct reader ahead = *reader;
        enum joint joint = take_joint(&ahead);
        if (joint != JOINT_COMMA && joint != JOINT_OR) return true;
        *reader = ahead;
    }
}

bool read_who(struct reader *reader, struct who *ret_who)
{
    const char *from = reader->rest.at;
    *ret_who = (struct who){0};
    if (reader_take(reader, "anyone"))
        ret_who->anyone = true;
    else if (!read_roles(reader, &ret_who->roles))
        return false;
    return reader_end(reader, from);
}

bool read_one_act(struct reader *reader, int *ret_act)
{
    return one_phrase(reader, WORD_ACT, ret_act);
}

static bool skip_preposition(struct reader *reader)
{
    static const char *const prepositions[] = {"with", "to", "from", "of", "about", "by", "for"};
    for (size_t i = 0; i < sizeof prepositions / sizeof *prepositions; i++)
        if (reader_take(reader, prepositions[i])) return true;
    return false;
}

/* What stands where an object could: an unknown person is one where a preposition says so, or where somebody is like it;
 * `via`, `once` and keywords are none. */
static bool no_object(const struct reader *reader, bool joined)
{
    char c = reader->rest.at[0];
    if (reader_sees(reader, "via") || reader_sees(reader, "once") || c < 'a' || c > 'z')
        return true;
    struct slice piece = reader_piece(reader, WORD_PERSON);
    if (!joined && words_nearest(reader->parser->words, WORD_PERSON, piece).length == 0)
        return true;
    return reader_unknown(reader, WORD_PERSON, piece);
}

bool read_object(struct reader *reader, struct roles *ret_roles, bool *ret_anyone)
{
    *ret_roles = (struct roles){0};
    *ret_anyone = false;
    if (reader_done(reader)) return true;
    struct reader ahead = *reader;
    int first;
    bool joined = skip_preposition(&ahead);
    if (reader_done(&ahead)) return one_phrase(&ahead, WORD_PERSON, &first);
    *ret_anyone = reader_take(&ahead, "anyone");
    first = *ret_anyone ? -1 : reader_phrase(&ahead, WORD_PERSON);
    if (first < 0 && !*ret_anyone) return no_object(&ahead, joined);
    *reader = ahead;
    return *ret_anyone || more_roles(reader, first, ret_roles);
}

/* Where `,` or `or` is followed by one act more. */
static bool next_act(struct reader *reader)
{
    struct reader ahead = *reader;
    enum joint joint = take_joint(&ahead);
    if (joint != JOINT_COMMA && joint != JOINT_OR) return false;
    *reader = ahead;
    return true;
}

bool read_acts(struct reader *reader, struct acts *ret_acts)
{
    *ret_acts = (struct acts){0};
    do {
        int act;
        if (full(reader, ret_acts->list.count)) return false;
        if (!read_one_act(reader, &act)) return false;
        LIST_PUSH(reader->parser->arena, &ret_acts->list, act);
    } while (next_act(reader));
    if (!read_object(reader, &ret_acts->object, &ret_acts->anyone)) return false;
    return !reader_take(reader, "via") || read_channels(reader, &ret_acts->channels);
}

bool read_shown(struct reader *reader, int *ret_role)
{
    if (!one_phrase(reader, WORD_PERSON, ret_role)) return false;
    if (reader_take(reader, "shown")) return true;
    return reader_fail(reader, reader->rest, ERROR_SYNTAX, "write it as in 'every pupil shown'",
                       "'shown' is missing after the person");
}

bool read_need(struct reader *reader, struct need *ret_need)
{
    *ret_need = (struct need){.every = -1,
                              .line = reader->line->number,
                              .column = reader_column(reader, reader->rest.at)};
    if (!one_phrase(reader, WORD_RECORD, &ret_need->record)) return false;
    if (reader_take(reader, "FROM")) {
        ret_need->another = reader_take(reader, "another");
        if (!read_roles(reader, &ret_need->from)) return false;
    }
    return !reader_take(reader, "FOR EVERY") || read_shown(reader, &ret_need->every);
}
