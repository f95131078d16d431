/* A statement as sentences for the page's *In short* box: the head first, then what limits it, what it asks for and whom to
 * tell. Lines of readings that are not adopted are left out. */
#include "policy/print_say.h"

#define SENTENCE_LARGEST ((size_t)16384)

struct speaker {
    const struct words *words;
    uint32_t reads;
    struct arena *arena;
    struct text text; /* the sentence being made */
    struct sentences *list;
};

static bool awake(const struct speaker *speaker, unsigned reading, bool not_reading)
{
    if (reading == 0) return true;
    bool adopted = reading < 32 && (speaker->reads >> reading & 1u) != 0;
    return adopted != not_reading;
}

static void keep(struct speaker *speaker)
{
    if (speaker->text.length == 0) return;
    say_end(&speaker->text, 0);
    LIST_PUSH(speaker->arena, &speaker->list->list,
              arena_copy(speaker->arena, text_slice(&speaker->text)));
    text_cut(&speaker->text, 0);
}

static const struct tail *first_tail(const struct speaker *speaker,
                                     const struct statement *statement, enum tail_kind kind)
{
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (tail->kind == kind && awake(speaker, tail->reading, tail->not_reading)) return tail;
    }
    return NULL;
}

/* ` if ...` with the first condition; gives it, so that it is not said again. */
static const struct tail *say_first_if(struct speaker *speaker, const struct statement *statement,
                                       const char *word)
{
    const struct tail *first = first_tail(speaker, statement, TAIL_IF);
    if (first == NULL) return NULL;
    text_add_string(&speaker->text, word);
    say_condition(speaker->words, &first->condition, &speaker->text);
    return first;
}

/* ---- heads ------------------------------------------------------------------------------------- */

static void say_subject(struct speaker *speaker, const struct statement *statement)
{
    static const char *const anyone[] = {[MODAL_MUST_NOT] = "no one may ",
                                         [MODAL_SHOULD_NOT] = "no one should ",
                                         [MODAL_ADVISED_NOT] = "you are advised not to ",
                                         [MODAL_MAY] = "anyone may ",
                                         [MODAL_MUST] = "everyone must ",
                                         [MODAL_SHOULD] = "everyone should "};
    static const char *const others[] = {[MODAL_MUST_NOT] = " must not ",
                                         [MODAL_SHOULD_NOT] = " should not ",
                                         [MODAL_ADVISED_NOT] = " are advised not to ",
                                         [MODAL_MAY] = " may ",
                                         [MODAL_MUST] = " must ",
                                         [MODAL_SHOULD] = " should "};
    if (statement->who.anyone) {
        text_add_string(&speaker->text, anyone[statement->modal]);
        return;
    }
    print_who(speaker->words, &statement->who, &speaker->text);
    bool one =
        statement->modal == MODAL_ADVISED_NOT && who_singular(speaker->words, &statement->who);
    text_add_string(&speaker->text, one ? " is advised not to " : others[statement->modal]);
}

static const struct tail *say_norm(struct speaker *speaker, const struct statement *statement)
{
    say_subject(speaker, statement);
    print_acts(speaker->words, &statement->acts, false, &speaker->text);
    const struct tail *first = say_first_if(speaker, statement, " if ");
    if (statement->modal == MODAL_SHOULD_NOT)
        text_add_string(&speaker->text, " (you may go on with a recorded reason)");
    return first;
}

static bool is_organisation(const struct speaker *speaker, const struct who *who)
{
    return !who->anyone && who->roles.list.count == 1 &&
           slice_is(words_word(speaker->words, WORD_PERSON, who->roles.list.at[0])->id,
                    "organisation");
}

static const struct tail *say_gate(struct speaker *speaker, const struct statement *statement)
{
    struct text *out = &speaker->text;
    const struct who *who = &statement->who;
    bool it = is_organisation(speaker, who);
    if (who->anyone)
        text_add_string(out, "you need ");
    else {
        print_who(speaker->words, who, out);
        text_add_string(out, who_singular(speaker->words, who) ? " needs " : " need ");
    }
    say_need(speaker->words, &statement->need, out);
    text_add_string(out, who->anyone ? " before you " : it ? " before it " : " before they ");
    print_acts(speaker->words, &statement->acts, it, out);
    return say_first_if(speaker, statement, " if ");
}

/* `When staff receive a communication from a pupil, `; what follows comes from its first line. */
static const struct tail *say_event(struct speaker *speaker, const struct statement *statement)
{
    struct text *out = &speaker->text;
    text_add_string(out, "when ");
    print_who(speaker->words, &statement->who, out);
    text_add_char(out, ' ');
    print_acts(speaker->words, &statement->acts, who_singular(speaker->words, &statement->who),
               out);
    const struct tail *first = say_first_if(speaker, statement, " and ");
    text_add_string(out, ", ");
    return first;
}

static void say_decides(struct speaker *speaker, const struct statement *statement)
{
    struct text *out = &speaker->text;
    text_add(out, phrase_of(speaker->words, WORD_PERSON, statement->judge));
    text_add_string(out, " decides whether ");
    text_add(out, phrase_of(speaker->words, WORD_NAME, statement->index));
    keep(speaker);
    if (statement->ask.length > 0) {
        text_add_string(out, "the question is: ");
        text_add(out, statement->ask);
        keep(speaker);
    }
    if (statement->record.length == 0) return;
    text_add_string(out, "what is written down: ");
    text_add(out, statement->record);
    keep(speaker);
}

static void say_means(struct speaker *speaker, const struct statement *statement)
{
    static const char *const lists[] = {[CONDITION_ONE] = "",
                                        [CONDITION_ANY] = "any of these: ",
                                        [CONDITION_ALL] = "all of these at once: ",
                                        [CONDITION_NONE] = "none of these: "};
    struct text *out = &speaker->text;
    const struct condition *meaning = &statement->condition;
    text_add_char(out, '"');
    text_add(out, phrase_of(speaker->words, statement->place, statement->index));
    text_add_string(out, statement->includes ? "\" also takes in " : "\" means ");
    text_add_string(out, lists[meaning->mode]);
    for (size_t i = 0; i < meaning->atoms.count; i++) {
        if (i > 0) text_add_string(out, "; ");
        if (i > 0 && i + 1 == meaning->atoms.count)
            text_add_string(out, meaning->mode == CONDITION_ALL ? "and " : "or ");
        say_atom(speaker->words, &meaning->atoms.at[i], out);
    }
    keep(speaker);
}

/* ---- lines ------------------------------------------------------------------------------------- */

static void say_refs(struct speaker *speaker, const struct tail *tail)
{
    for (size_t i = 0; i < tail->refs.count; i++) {
        const struct ref *ref = &tail->refs.at[i];
        if (i > 0) text_add_string(&speaker->text, i + 1 < tail->refs.count ? ", " : " and ");
        if (ref->every) text_add_string(&speaker->text, "every clause");
        if (ref->section) text_add_string(&speaker->text, "section ");
        if (ref->law) text_add_string(&speaker->text, "law ");
        text_add(&speaker->text, ref->id);
    }
}

static void say_unknown(struct speaker *speaker, const struct tail *tail)
{
    struct text *out = &speaker->text;
    const struct fact *fact = &speaker->words->facts.at[tail->fact];
    const struct unknown *unknown = &tail->unknown;
    bool yes_no = fact->kind == FACT_YES_NO || fact->kind == FACT_PERSONAL;
    text_add_string(out, yes_no ? "if nobody knows whether " : "if nobody knows ");
    if (!yes_no && bare_phrase(fact->word.phrase).length == fact->word.phrase.length)
        text_add_string(out, "the ");
    text_add(out, fact->word.phrase);
    if (unknown->kind == UNKNOWN_REFER) {
        text_add_string(out, ", ask ");
        text_add(out, phrase_of(speaker->words, WORD_PERSON, unknown->role));
        return;
    }
    text_add_string(out, unknown->kind == UNKNOWN_UNDER ? ", take it as under " : ", take it as ");
    char date[11];
    switch (fact->kind) {
    case FACT_CHOICE: text_add(out, value_of(fact, unknown->value)); break;
    case FACT_TIME: print_clock(unknown->value, out); break;
    case FACT_DATE:
        date_format(date_from_day(unknown->value), date);
        text_add_string(out, date);
        break;
    case FACT_NUMBER: text_add_number(out, unknown->value); break;
    case FACT_YES_NO:
    case FACT_PERSONAL:
    case FACT_RECORD: text_add_string(out, unknown->value != 0 ? "yes" : "no"); break;
    }
}

static const char *only_if(const struct statement *statement)
{
    return statement->modal == MODAL_SHOULD ? "do it only if " : "this is allowed only if ";
}

static void say_tail(struct speaker *speaker, const struct statement *statement,
                     const struct tail *tail)
{
    const struct words *words = speaker->words;
    struct text *out = &speaker->text;
    switch (tail->kind) {
    case TAIL_IF:
        text_add_string(out, "this holds only if ");
        say_condition(words, &tail->condition, out);
        break;
    case TAIL_ROUTE:
        text_add_string(out, "if ");
        say_condition(words, &tail->condition, out);
        text_add_string(out, ", ");
        say_duty(words, &tail->duty, out);
        break;
    case TAIL_UNLESS:
        text_add_string(out, "this does not apply if ");
        say_condition(words, &tail->condition, out);
        break;
    case TAIL_AND_THEN:
        text_add_string(out, "in that case ");
        say_duty(words, &tail->duty, out);
        break;
    case TAIL_THEN:
    case TAIL_TELL: say_duty(words, &tail->duty, out); break;
    case TAIL_NEEDS: print_need_sentence(words, &tail->need, out); break;
    case TAIL_ONLY_IF:
        text_add_string(out, only_if(statement));
        say_condition(words, &tail->condition, out);
        break;
    case TAIL_ONLY_THROUGH:
        text_add_string(out, "use only ");
        print_channels(words, &tail->channels, out);
        break;
    case TAIL_REMIND:
        text_add_string(out, "remember: ");
        text_add(out, tail->text);
        break;
    case TAIL_OUTCOMES:
        text_add_string(out, "what may follow: ");
        text_add(out, tail->text);
        break;
    case TAIL_NOT_KNOWN: say_unknown(speaker, tail); break;
    case TAIL_DESPITE:
        text_add_string(out, "this comes before ");
        say_refs(speaker, tail);
        break;
    case TAIL_CLASHES:
        text_add_string(out, "the text does not agree here with ");
        say_refs(speaker, tail);
        break;
    case TAIL_SUBJECT:
        text_add_string(out, "this is limited by ");
        say_refs(speaker, tail);
        break;
    case TAIL_ALWAYS: text_add_string(out, "no clause can change this"); break;
    case TAIL_STOP: text_add_string(out, "this comes before everything else"); break;
    }
    keep(speaker);
}

/* An event's duties; the first ends the sentence that the head began. */
static bool say_duties(struct speaker *speaker, const struct statement *statement)
{
    bool said = false;
    for (size_t i = 0; i < statement->duties.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        if (!awake(speaker, tag % 32, tag >= 32)) continue;
        say_duty(speaker->words, &statement->duties.at[i], &speaker->text);
        keep(speaker);
        said = true;
    }
    return said;
}

/* Where an event has no duty line, the first line that says what to do follows the head. */
static const struct tail *say_event_rest(struct speaker *speaker, const struct statement *statement)
{
    static const enum tail_kind follow[] = {TAIL_THEN, TAIL_TELL, TAIL_ROUTE, TAIL_REMIND,
                                            TAIL_OUTCOMES};
    if (say_duties(speaker, statement)) return NULL;
    for (size_t i = 0; i < sizeof follow / sizeof *follow; i++) {
        const struct tail *tail = first_tail(speaker, statement, follow[i]);
        if (tail == NULL) continue;
        say_tail(speaker, statement, tail);
        return tail;
    }
    text_cut(&speaker->text, 0); /* every line of it is asleep */
    return NULL;
}

static void say_statement(struct speaker *speaker, const struct statement *statement)
{
    const struct tail *said = NULL;
    const struct tail *then = NULL;
    switch (statement->kind) {
    case STATEMENT_NORM: said = say_norm(speaker, statement); break;
    case STATEMENT_GATE: said = say_gate(speaker, statement); break;
    case STATEMENT_EVENT: said = say_event(speaker, statement); break;
    case STATEMENT_DECIDES: say_decides(speaker, statement); return;
    case STATEMENT_MEANS: say_means(speaker, statement); return;
    }
    if (statement->kind == STATEMENT_EVENT)
        then = say_event_rest(speaker, statement);
    else
        keep(speaker);
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (tail == said || tail == then) continue;
        if (awake(speaker, tail->reading, tail->not_reading)) say_tail(speaker, statement, tail);
    }
}

void print_in_short(const struct words *words, uint32_t reads, const struct statement *statement,
                    struct arena *arena, struct sentences *ret_sentences)
{
    struct speaker speaker = {
        .words = words, .reads = reads, .arena = arena, .list = ret_sentences};
    *ret_sentences = (struct sentences){0};
    if (!awake(&speaker, statement->reading, statement->not_reading)) return;
    text_init(&speaker.text, SENTENCE_LARGEST);
    say_statement(&speaker, statement);
    text_clear(&speaker.text);
}
