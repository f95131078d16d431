/* Conditions, duties and needs in the words of a colleague. Phrases come from the vocabulary; only what stands between them
 * is written here. */
#include "policy/print_say.h"

/* ---- conditions -------------------------------------------------------------------------------- */

/* `the link was verified` with its *not*: behind the first is, was, has, may or can; false where there is none. */
static bool say_not(struct slice phrase, struct text *out)
{
    static const char *const verbs[] = {" is ",   " are ", " was ", " were ", " has ",
                                        " have ", " may ", " can ", " must "};
    size_t first = phrase.length;
    size_t length = 0;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct slice verb = slice_of(verbs[i]);
        size_t at = slice_search(phrase, verb);
        if (at >= first) continue;
        first = at;
        length = verb.length;
    }
    if (first == phrase.length) return false;
    text_add(out, slice_part(phrase, 0, first + length));
    text_add_string(out, "not ");
    text_add(out, slice_part(phrase, first + length, phrase.length));
    return true;
}

static void say_phrase(struct slice phrase, bool negated, struct text *out)
{
    if (!negated) {
        text_add(out, phrase);
        return;
    }
    if (say_not(phrase, out)) return;
    text_add_string(out, "it is not so that ");
    text_add(out, phrase);
}

/* `age of the other person` says *the other person*, `age` *that person*; anything else is named with its article. */
static void say_number(const struct words *words, const struct atom *atom, struct text *out)
{
    static const char *const plain[] = {"under", "at least", "over", "at most"};
    const struct fact *fact = &words->facts.at[atom->index];
    struct slice phrase = fact->word.phrase;
    struct slice of = SLICE("age of ");
    enum number_op op = atom->op;
    if (atom->negated) /* not under is at least, not over is at most */
        op = op == NUMBER_UNDER      ? NUMBER_AT_LEAST
             : op == NUMBER_AT_LEAST ? NUMBER_UNDER
             : op == NUMBER_OVER     ? NUMBER_AT_MOST
                                     : NUMBER_OVER;
    if (fact->age && slice_starts(phrase, of)) {
        text_add(out, slice_part(phrase, of.length, phrase.length));
    } else if (fact->age && slice_is(phrase, "age")) {
        text_add_string(out, "that person");
    } else {
        if (bare_phrase(phrase).length == phrase.length) text_add_string(out, "the ");
        text_add(out, phrase);
    }
    text_format(out, " is %s %lld", plain[op], (long long)atom->low);
    if (fact->age || fact->unit.length == 0) return;
    text_add_char(out, ' ');
    text_add(out, fact->unit);
}

static void say_date(int64_t day, struct text *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    struct date date = date_from_day(day);
    text_format(out, "%d %s %d", date.day, months[(date.month + 11) % 12], date.year);
}

static void say_record(const struct words *words, const struct atom *atom, struct text *out)
{
    text_add(out, phrase_of(words, WORD_RECORD, atom->index));
    if (atom->from.list.count > 0) {
        text_add_string(out, " from ");
        print_roles(words, &atom->from, out);
    }
    text_add_string(out, atom->refused ? " has " : " is ");
    if (atom->negated) text_add_string(out, "not ");
    text_add_string(out, atom->refused ? "been refused" : "on record");
}

static void say_window(const struct words *words, const struct atom *atom, struct text *out)
{
    if (atom->index < 0)
        text_add_string(out, "the time");
    else
        text_add(out, phrase_of(words, WORD_FACT, atom->index));
    text_add_string(out, atom->negated ? " is not between " : " is between ");
    print_clock(atom->low, out);
    text_add_string(out, " and ");
    print_clock(atom->high, out);
}

static void say_is(struct slice subject, bool negated, struct slice what, struct text *out)
{
    text_add(out, subject);
    if (subject.length > 0) text_add_string(out, " is ");
    if (negated) text_add_string(out, "not ");
    text_add(out, what);
}

static void say_person(const struct words *words, const struct atom *atom, struct text *out)
{
    static const struct slice subjects[] = {
        [PERSON_ACTOR] = {"the person acting", 17},
        [PERSON_OTHER] = {"the other person", 16},
        [PERSON_SELF] = {"", 0},
    };
    say_is(subjects[atom->person], atom->negated, phrase_of(words, WORD_PERSON, atom->index), out);
}

/* Everything but `for every`. */
static void say_plain(const struct words *words, const struct atom *atom, struct text *out)
{
    bool negated = atom->negated;
    switch (atom->kind) {
    case ATOM_FACT: say_phrase(phrase_of(words, WORD_FACT, atom->index), negated, out); break;
    case ATOM_NAME: say_phrase(phrase_of(words, WORD_NAME, atom->index), negated, out); break;
    case ATOM_PERSON: say_person(words, atom, out); break;
    case ATOM_CHANNEL:
        say_is(atom->person == PERSON_SELF ? SLICE_EMPTY : SLICE("the channel"), negated,
               phrase_of(words, WORD_CHANNEL, atom->index), out);
        break;
    case ATOM_CHOICE:
        say_is(phrase_of(words, WORD_FACT, atom->index), negated,
               value_of(&words->facts.at[atom->index], atom->low), out);
        break;
    case ATOM_NUMBER: say_number(words, atom, out); break;
    case ATOM_TIME: say_window(words, atom, out); break;
    case ATOM_DATE:
        text_add(out, phrase_of(words, WORD_FACT, atom->index));
        text_add_string(out,
                        (atom->op == NUMBER_UNDER) != negated ? " is before " : " is on or after ");
        say_date(atom->low, out);
        break;
    case ATOM_RECORD: say_record(words, atom, out); break;
    case ATOM_DONE:
        text_add_string(out, negated ? "it is still to come" : "it has been done already");
        break;
    case ATOM_EVERY: break; /* say_atom */
    }
}

/* `a and b`, `either a, or b`; from three on `all of these are true: a; b; and c`. */
static void say_join(struct text *out, enum condition_mode mode, size_t i, size_t count)
{
    static const char *const opens[] = {[CONDITION_ONE] = "",
                                        [CONDITION_ANY] = "any of these is true: ",
                                        [CONDITION_ALL] = "all of these are true: ",
                                        [CONDITION_NONE] = "none of these is true: "};
    bool many = count > 2 || mode == CONDITION_NONE;
    if (i == 0) {
        bool either = mode == CONDITION_ANY && count == 2;
        text_add_string(out, many ? opens[mode] : either ? "either " : "");
        return;
    }
    const char *word = mode == CONDITION_ALL ? "and " : "or ";
    text_add_string(out, many ? "; " : mode == CONDITION_ANY ? ", " : " ");
    if (i + 1 == count) text_add_string(out, word);
}

void say_atom(const struct words *words, const struct atom *atom, struct text *out)
{
    if (atom->kind != ATOM_EVERY) {
        say_plain(words, atom, out);
        return;
    }
    const struct condition *every = atom->every;
    text_add_string(out, "for every ");
    text_add(out, bare_phrase(phrase_of(words, WORD_PERSON, atom->index)));
    text_add_string(out, " shown ");
    for (size_t i = 0; i < every->atoms.count; i++) {
        say_join(out, every->mode, i, every->atoms.count);
        say_plain(words, &every->atoms.at[i], out);
    }
}

void say_condition(const struct words *words, const struct condition *condition, struct text *out)
{
    for (size_t i = 0; i < condition->atoms.count; i++) {
        say_join(out, condition->mode, i, condition->atoms.count);
        say_atom(words, &condition->atoms.at[i], out);
    }
}

/* ---- duties and needs -------------------------------------------------------------------------- */

/* Whoever owes it is one particular person: *the account owner*, *the member of staff*. */
static void say_bearer(const struct words *words, int role, struct text *out)
{
    const struct word *word = words_word(words, WORD_PERSON, role);
    struct slice bare = bare_phrase(word->phrase);
    if (bare.length < word->phrase.length) {
        bool definite = slice_starts(word->phrase, SLICE("the "));
        bool member = slice_starts(word->phrase, SLICE("a member of"));
        text_add_string(out, definite || !member ? "the " : "a ");
        text_add(out, bare);
        return;
    }
    for (size_t i = 0; i < word->also.count; i++) {
        if (!slice_starts(word->also.at[i], SLICE("member of "))) continue;
        text_add_string(out, "the ");
        text_add(out, word->also.at[i]);
        return;
    }
    text_add(out, word->phrase);
}

static void say_bearers(const struct words *words, const struct duty *duty, struct text *out)
{
    size_t count = duty->bearer.roles.list.count;
    if (duty->actor) text_add_string(out, "you");
    if (duty->bearer.anyone) text_add_string(out, "everyone concerned");
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            text_add_string(out, i + 1 < count ? ", " : duty->bearer.roles.each ? " and " : " or ");
        say_bearer(words, duty->bearer.roles.list.at[i], out);
    }
}

static void say_within(struct span span, struct text *out)
{
    if (span.unit == SPAN_NONE) return;
    if (span.unit == SPAN_IMMEDIATELY) {
        text_add_string(out, " at once");
    } else if (span.unit == SPAN_SAME_DAY) {
        text_add_string(out, " on the same school day");
    } else {
        text_add_string(out, " within ");
        print_span(span, out);
    }
}

/* UNTIL's text is the author's own; a FROM in it is a keyword's spelling only. */
static void say_until(struct slice until, struct text *out)
{
    struct slice from = SLICE(" FROM ");
    text_add_string(out, " until ");
    size_t at = slice_search(until, from);
    text_add(out, slice_part(until, 0, at));
    if (at == until.length) return;
    text_add_string(out, " from ");
    text_add(out, slice_part(until, at + from.length, until.length));
}

static void say_deed(const struct words *words, const struct duty *duty, struct text *out)
{
    print_verb(words, duty->act, false, out);
    print_object(words, duty->act, &duty->object, false, out);
    if (duty->channels.list.count > 0) {
        text_add_string(out, " via ");
        print_channels(words, &duty->channels, out);
    }
    if (duty->when == WHEN_BEFOREHAND) text_add_string(out, " beforehand");
    if (duty->when == WHEN_AFTERWARDS) text_add_string(out, " afterwards");
    if (duty->once) text_add_string(out, " once");
    say_within(duty->within, out);
    if (duty->keep.unit != SPAN_NONE) text_add_string(out, " for ");
    print_span(duty->keep, out);
    if (duty->until.length > 0) say_until(duty->until, out);
    if (duty->instead) text_add_string(out, " instead");
}

void say_duty(const struct words *words, const struct duty *duty, struct text *out)
{
    static const char *const modals[] = {
        [DUTY_MUST] = " must ", [DUTY_SHOULD] = " should ", [DUTY_MAY] = " may "};
    if (!duty->tell || !duty->actor) {
        say_bearers(words, duty, out);
        text_add_string(out, modals[duty->modal]);
    }
    say_deed(words, duty, out);
    if (duty->conditional) {
        text_add_string(out, " if ");
        say_atom(words, &duty->condition, out);
    }
    if (duty->otherwise.list.count == 0) return;
    text_add_string(out, "; if that is not done in time, tell ");
    print_roles(words, &duty->otherwise, out);
}

void say_need(const struct words *words, const struct need *need, struct text *out)
{
    text_add(out, phrase_of(words, WORD_RECORD, need->record));
    if (need->from.list.count > 0)
        text_add_string(out, need->another ? " from another " : " from ");
    if (need->another)
        print_bare_roles(words, &need->from, out);
    else
        print_roles(words, &need->from, out);
    if (need->every < 0) return;
    text_add_string(out, " for every ");
    text_add(out, bare_phrase(phrase_of(words, WORD_PERSON, need->every)));
    text_add_string(out, " shown");
}

void say_end(struct text *out, size_t before)
{
    if (out->overflowed || out->length == before) return;
    char *first = &out->at[before + (out->at[before] == '"')];
    if (*first >= 'a' && *first <= 'z') *first = (char)(*first - 'a' + 'A');
    char last = out->at[out->length - 1];
    if (last == '"' && out->length > before + 1) last = out->at[out->length - 2];
    if (last != '.' && last != '?' && last != '!') text_add_char(out, '.');
}

void print_duty_sentence(const struct words *words, const struct duty *duty, struct text *out)
{
    size_t before = out->length;
    say_duty(words, duty, out);
    say_end(out, before);
}

void print_need_sentence(const struct words *words, const struct need *need, struct text *out)
{
    size_t before = out->length;
    text_add_string(out, "you need ");
    say_need(words, need, out);
    if (need->conditional) {
        text_add_string(out, need->unless ? " unless " : " if ");
        say_atom(words, &need->condition, out);
    }
    say_end(out, before);
}
