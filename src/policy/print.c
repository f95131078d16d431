/* The canonical print of statements and policy lines, as a rule block that parses to the same tree (grammar.md section 13).
 * Sentences for people stand in print_sentence.c. */
#include "policy/print.h"

#include "policy/print_parts.h"

static const char *const comparisons[] = {[NUMBER_UNDER] = "is under",
                                          [NUMBER_AT_LEAST] = "is at least",
                                          [NUMBER_OVER] = "is over",
                                          [NUMBER_AT_MOST] = "is at most"};

static void add_unit(const struct fact *fact, struct text *out)
{
    if (fact->age || fact->unit.length == 0) return;
    text_add_char(out, ' ');
    text_add(out, fact->unit);
}

static void add_date(int64_t day, struct text *out)
{
    char text[11];
    date_format(date_from_day(day), text);
    text_add_string(out, text);
}

static void print_number(const struct words *words, const struct atom *atom, struct text *out)
{
    const struct fact *fact = &words->facts.at[atom->index];
    text_add(out, fact->word.phrase);
    text_format(out, " %s %lld", comparisons[atom->op], (long long)atom->low);
    static const char *const known[] = {"year",  "month",  "week",  "day",  "hour",  "minute",
                                        "years", "months", "weeks", "days", "hours", "minutes"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (slice_is(fact->unit, known[i])) add_unit(fact, out);
}

static void print_window(const struct words *words, const struct atom *atom, struct text *out)
{
    if (atom->index < 0)
        text_add_string(out, "the time");
    else
        text_add(out, phrase_of(words, WORD_FACT, atom->index));
    text_add_string(out, " is between ");
    print_clock(atom->low, out);
    text_add_string(out, " and ");
    print_clock(atom->high, out);
}

static void print_record(const struct words *words, const struct atom *atom, struct text *out)
{
    text_add(out, phrase_of(words, WORD_RECORD, atom->index));
    if (atom->from.list.count > 0) {
        text_add_string(out, " FROM ");
        print_roles(words, &atom->from, out);
    }
    text_add_string(out, atom->refused ? " is refused" : " is on record");
}

/* `X is (not) Y`: forms that hold their own negation. */
static bool print_is(const struct words *words, const struct atom *atom, struct text *out)
{
    const char *is = atom->negated ? " is not " : " is ";
    if (atom->kind == ATOM_PERSON && atom->person != PERSON_SELF) {
        text_add_string(out, atom->person == PERSON_OTHER ? "the other person" : "the actor");
        text_add_string(out, is);
        text_add(out, phrase_of(words, WORD_PERSON, atom->index));
    } else if (atom->kind == ATOM_CHANNEL && atom->person != PERSON_SELF) {
        text_add_string(out, "the channel");
        text_add_string(out, is);
        text_add(out, phrase_of(words, WORD_CHANNEL, atom->index));
    } else if (atom->kind == ATOM_CHOICE) {
        const struct fact *fact = &words->facts.at[atom->index];
        text_add(out, fact->word.phrase);
        text_add_string(out, is);
        text_add(out, value_of(fact, atom->low));
    } else if (atom->kind == ATOM_DONE) {
        text_add_string(out, atom->negated ? "the act is planned" : "the act is done");
    } else {
        return false;
    }
    return true;
}

static void print_every_head(const struct words *words, const struct atom *atom, struct text *out)
{
    text_add_string(out, "for every ");
    text_add(out, bare_phrase(phrase_of(words, WORD_PERSON, atom->index)));
    text_add_string(out, " shown: ");
}

static void print_plain(const struct words *words, const struct atom *atom, struct text *out)
{
    if (print_is(words, atom, out)) return;
    if (atom->negated) text_add_string(out, "NOT ");
    switch (atom->kind) {
    case ATOM_FACT: text_add(out, phrase_of(words, WORD_FACT, atom->index)); break;
    case ATOM_PERSON: text_add(out, phrase_of(words, WORD_PERSON, atom->index)); break;
    case ATOM_CHANNEL: text_add(out, phrase_of(words, WORD_CHANNEL, atom->index)); break;
    case ATOM_NAME: text_add(out, phrase_of(words, WORD_NAME, atom->index)); break;
    case ATOM_NUMBER: print_number(words, atom, out); break;
    case ATOM_TIME: print_window(words, atom, out); break;
    case ATOM_RECORD: print_record(words, atom, out); break;
    case ATOM_DATE:
        text_add(out, phrase_of(words, WORD_FACT, atom->index));
        text_add_string(out, atom->op == NUMBER_UNDER ? " is before " : " is on or after ");
        add_date(atom->low, out);
        break;
    case ATOM_CHOICE:
    case ATOM_DONE:
    case ATOM_EVERY: break; /* printed elsewhere */
    }
}

static const char *const list_heads[] = {
    [CONDITION_ANY] = "any of:", [CONDITION_ALL] = "all of:", [CONDITION_NONE] = "none of:"};

void print_atom(const struct words *words, const struct atom *atom, struct text *out)
{
    if (atom->kind != ATOM_EVERY) {
        print_plain(words, atom, out);
        return;
    }
    const struct condition *every = atom->every;
    bool list = every->mode != CONDITION_ONE;
    print_every_head(words, atom, out);
    if (list) text_add_string(out, list_heads[every->mode]);
    for (size_t i = 0; i < every->atoms.count; i++) {
        if (list) text_add_string(out, "\n- ");
        print_plain(words, &every->atoms.at[i], out);
    }
}

void print_condition(const struct words *words, const struct condition *condition, struct text *out)
{
    bool list = condition->mode != CONDITION_ONE;
    if (list) text_add_string(out, list_heads[condition->mode]);
    for (size_t i = 0; i < condition->atoms.count; i++) {
        if (list) text_add_string(out, "\n- ");
        print_atom(words, &condition->atoms.at[i], out);
    }
}

void print_span(struct span span, struct text *out)
{
    static const char *const units[] = {[SPAN_HOURS] = "hour",
                                        [SPAN_DAYS] = "day",
                                        [SPAN_WORKING_DAYS] = "working day",
                                        [SPAN_SCHOOL_DAYS] = "school day",
                                        [SPAN_WEEKS] = "week",
                                        [SPAN_MONTHS] = "month"};
    switch (span.unit) {
    case SPAN_NONE: return;
    case SPAN_IMMEDIATELY: text_add_string(out, "immediately"); return;
    case SPAN_SAME_DAY: text_add_string(out, "the same school day"); return;
    case SPAN_HOURS:
    case SPAN_DAYS:
    case SPAN_WORKING_DAYS:
    case SPAN_SCHOOL_DAYS:
    case SPAN_WEEKS:
    case SPAN_MONTHS: break;
    }
    bool years = span.unit == SPAN_MONTHS && span.number % 12 == 0;
    int64_t number = years ? span.number / 12 : span.number;
    text_add_number(out, number);
    text_format(out, " %s%s", years ? "year" : units[span.unit], number == 1 ? "" : "s");
}

static void print_deed(const struct words *words, const struct duty *duty, struct text *out)
{
    print_verb(words, duty->act, false, out);
    print_object(words, duty->act, &duty->object, false, out);
    if (duty->channels.list.count > 0) {
        text_add_string(out, " via ");
        print_channels(words, &duty->channels, out);
    }
    if (duty->when == WHEN_BEFOREHAND) text_add_string(out, " BEFOREHAND");
    if (duty->when == WHEN_AFTERWARDS) text_add_string(out, " AFTERWARDS");
    if (duty->once) text_add_string(out, " once");
    if (duty->within.unit != SPAN_NONE) text_add_string(out, " WITHIN ");
    print_span(duty->within, out);
    if (duty->keep.unit != SPAN_NONE) text_add_string(out, " FOR ");
    print_span(duty->keep, out);
    if (duty->until.length > 0) text_add_string(out, " UNTIL ");
    text_add(out, duty->until);
    if (duty->conditional) {
        text_add_string(out, " IF ");
        print_atom(words, &duty->condition, out);
    }
    if (duty->otherwise.list.count == 0) return;
    text_add_string(out, " ELSE TELL ");
    print_roles(words, &duty->otherwise, out);
}

static void print_tell(const struct words *words, const struct duty *duty, struct text *out)
{
    text_add_string(out, "TELL ");
    print_roles(words, &duty->object, out);
    if (duty->within.unit != SPAN_NONE) text_add_string(out, " WITHIN ");
    print_span(duty->within, out);
    if (duty->when == WHEN_BEFOREHAND) text_add_string(out, " BEFOREHAND");
    if (duty->when == WHEN_AFTERWARDS) text_add_string(out, " AFTERWARDS");
    if (duty->instead) text_add_string(out, " INSTEAD");
}

void print_duty(const struct words *words, const struct duty *duty, struct text *out)
{
    static const char *const modals[] = {
        [DUTY_MUST] = " MUST ", [DUTY_SHOULD] = " SHOULD ", [DUTY_MAY] = " MAY "};
    if (duty->tell) {
        print_tell(words, duty, out);
        return;
    }
    if (!duty->actor) {
        print_who(words, &duty->bearer, out);
        text_add_string(out, modals[duty->modal]);
    }
    print_deed(words, duty, out);
}

void print_need(const struct words *words, const struct need *need, struct text *out)
{
    text_add(out, phrase_of(words, WORD_RECORD, need->record));
    if (need->from.list.count > 0) {
        text_add_string(out, need->another ? " FROM another " : " FROM ");
        need->another ? print_bare_roles(words, &need->from, out)
                      : print_roles(words, &need->from, out);
    }
    if (need->every >= 0) {
        text_add_string(out, " FOR EVERY ");
        text_add(out, bare_phrase(phrase_of(words, WORD_PERSON, need->every)));
        text_add_string(out, " shown");
    }
    if (!need->conditional) return;
    text_add_string(out, need->unless ? " UNLESS " : " IF ");
    print_atom(words, &need->condition, out);
}

static void add_quoted(struct slice quoted, struct text *out)
{
    text_add_char(out, '"');
    text_add(out, quoted);
    text_add_char(out, '"');
}

static void print_refs(const struct tail *tail, struct text *out)
{
    for (size_t i = 0; i < tail->refs.count; i++) {
        const struct ref *ref = &tail->refs.at[i];
        if (i > 0) text_add_string(out, ", ");
        if (ref->every) text_add_string(out, "every clause");
        if (ref->section) text_add_string(out, "section ");
        if (ref->law) text_add_string(out, "law ");
        text_add(out, ref->id);
    }
}

static void print_unknown(const struct words *words, const struct tail *tail, struct text *out)
{
    const struct fact *fact = &words->facts.at[tail->fact];
    const struct unknown *unknown = &tail->unknown;
    text_add(out, fact->word.phrase);
    if (unknown->kind == UNKNOWN_REFER) {
        text_add_string(out, ": refer to ");
        text_add(out, phrase_of(words, WORD_PERSON, unknown->role));
        return;
    }
    text_add_string(out, unknown->kind == UNKNOWN_UNDER ? ": treat as under " : ": treat as ");
    switch (fact->kind) {
    case FACT_NUMBER: text_add_number(out, unknown->value); break;
    case FACT_CHOICE: text_add(out, value_of(fact, unknown->value)); break;
    case FACT_TIME: print_clock(unknown->value, out); break;
    case FACT_DATE: add_date(unknown->value, out); break;
    case FACT_YES_NO:
    case FACT_PERSONAL:
    case FACT_RECORD: text_add_string(out, unknown->value != 0 ? "yes" : "no"); break;
    }
}

static void print_reading(unsigned reading, bool not_reading, struct text *out)
{
    if (reading > 0) text_format(out, "UNDER %sR%u: ", not_reading ? "NOT " : "", reading);
}

static void print_tail(const struct words *words, const struct tail *tail, struct text *out)
{
    static const char *const keywords[] = {[TAIL_IF] = "IF ",
                                           [TAIL_ROUTE] = "IF ",
                                           [TAIL_UNLESS] = "UNLESS ",
                                           [TAIL_AND_THEN] = "AND THEN ",
                                           [TAIL_THEN] = "THEN ",
                                           [TAIL_TELL] = "",
                                           [TAIL_NEEDS] = "NEEDS ",
                                           [TAIL_ONLY_IF] = "ONLY IF ",
                                           [TAIL_ONLY_THROUGH] = "ONLY THROUGH ",
                                           [TAIL_REMIND] = "REMIND ",
                                           [TAIL_OUTCOMES] = "OUTCOMES ",
                                           [TAIL_NOT_KNOWN] = "NOT KNOWN ",
                                           [TAIL_DESPITE] = "DESPITE ",
                                           [TAIL_CLASHES] = "CLASHES WITH ",
                                           [TAIL_SUBJECT] = "SUBJECT TO ",
                                           [TAIL_ALWAYS] = "ALWAYS",
                                           [TAIL_STOP] = "STOP"};
    print_reading(tail->reading, tail->not_reading, out);
    text_add_string(out, keywords[tail->kind]);
    print_condition(words, &tail->condition, out); /* without atoms: nothing */
    switch (tail->kind) {
    case TAIL_ROUTE:
        text_add_string(out, ": ");
        print_duty(words, &tail->duty, out);
        break;
    case TAIL_AND_THEN:
    case TAIL_THEN:
    case TAIL_TELL: print_duty(words, &tail->duty, out); break;
    case TAIL_NEEDS: print_need(words, &tail->need, out); break;
    case TAIL_ONLY_THROUGH: print_channels(words, &tail->channels, out); break;
    case TAIL_REMIND:
    case TAIL_OUTCOMES: add_quoted(tail->text, out); break;
    case TAIL_NOT_KNOWN: print_unknown(words, tail, out); break;
    case TAIL_DESPITE:
    case TAIL_CLASHES:
    case TAIL_SUBJECT: print_refs(tail, out); break;
    case TAIL_IF:
    case TAIL_UNLESS:
    case TAIL_ONLY_IF:
    case TAIL_ALWAYS:
    case TAIL_STOP: break;
    }
    text_add_char(out, '\n');
}

static void print_norm(const struct words *words, const struct statement *statement,
                       struct text *out)
{
    static const char *const modals[] = {[MODAL_MUST_NOT] = " MUST NOT ",
                                         [MODAL_SHOULD_NOT] = " SHOULD NOT ",
                                         [MODAL_ADVISED_NOT] = " ADVISED NOT TO ",
                                         [MODAL_MAY] = " MAY ",
                                         [MODAL_MUST] = " MUST ",
                                         [MODAL_SHOULD] = " SHOULD "};
    print_who(words, &statement->who, out);
    text_add_string(out, modals[statement->modal]);
    print_acts(words, &statement->acts, false, out);
}

static void print_head(const struct words *words, const struct statement *statement,
                       struct text *out)
{
    bool singular = who_singular(words, &statement->who);
    print_reading(statement->reading, statement->not_reading, out);
    switch (statement->kind) {
    case STATEMENT_NORM: print_norm(words, statement, out); break;
    case STATEMENT_EVENT:
        text_add_string(out, "WHEN ");
        print_who(words, &statement->who, out);
        text_add_char(out, ' ');
        print_acts(words, &statement->acts, singular, out);
        break;
    case STATEMENT_GATE:
        print_who(words, &statement->who, out);
        text_add_string(out, singular ? " NEEDS " : " NEED ");
        print_need(words, &statement->need, out);
        text_add_string(out, " TO ");
        print_acts(words, &statement->acts, false, out);
        break;
    case STATEMENT_DECIDES:
        text_add(out, phrase_of(words, WORD_PERSON, statement->judge));
        text_add_string(out, " DECIDES WHETHER ");
        add_quoted(phrase_of(words, WORD_NAME, statement->index), out);
        if (statement->ask.length > 0) {
            text_add_string(out, "\nASK ");
            add_quoted(statement->ask, out);
        }
        if (statement->record.length > 0) text_add_string(out, "\nRECORD ");
        text_add(out, statement->record);
        break;
    case STATEMENT_MEANS:
        text_add(out, phrase_of(words, statement->place, statement->index));
        text_add_string(out, statement->includes ? " INCLUDES " : " MEANS ");
        print_condition(words, &statement->condition, out);
        break;
    }
    text_add_char(out, '\n');
}

static void print_duties(const struct words *words, const struct statement *statement,
                         struct text *out)
{
    for (size_t i = 0; i < statement->duties.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        print_reading(tag % 32, tag >= 32, out);
        print_duty(words, &statement->duties.at[i], out);
        text_add_char(out, '\n');
    }
}

void print_statement(const struct words *words, const struct statement *statement, struct text *out)
{
    size_t at = 0;
    print_head(words, statement, out);
    /* An event's duty lines come behind the lines that limit it. */
    while (at < statement->tails.count && statement->tails.at[at].kind != TAIL_THEN &&
           statement->tails.at[at].kind != TAIL_TELL &&
           statement->tails.at[at].kind != TAIL_ROUTE && statement->tails.at[at].kind < TAIL_REMIND)
        print_tail(words, &statement->tails.at[at++], out);
    print_duties(words, statement, out);
    while (at < statement->tails.count) print_tail(words, &statement->tails.at[at++], out);
}

void print_statements(const struct words *words, const struct statement *statements, size_t count,
                      struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        if (i > 0) text_add_char(out, '\n');
        print_statement(words, &statements[i], out);
    }
}
