/* A decision as JSON; docs/decision.schema.json is its schema. Ids for machines, sentences for people beside them. */
#include "policy/decision.h"
#include "policy/print.h"

#define SENTENCE_LARGEST 4000

static void write_string(struct json_writer *writer, struct slice key, struct slice value)
{
    json_key(writer, key);
    json_string(writer, value);
}

static void write_bool(struct json_writer *writer, struct slice key, bool value)
{
    json_key(writer, key);
    json_bool(writer, value);
}

static void write_ids(struct json_writer *writer, struct slice key, const struct words *words,
                      enum word_place place, const int *list, size_t count)
{
    json_key(writer, key);
    json_open_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_string(writer, words_word(words, place, list[i])->id);
    }
    json_close_array(writer);
}

static void write_slices(struct json_writer *writer, struct slice key, const struct slice *list,
                         size_t count)
{
    json_key(writer, key);
    json_open_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_string(writer, list[i]);
    }
    json_close_array(writer);
}

static void write_reading(struct json_writer *writer, unsigned reading)
{
    struct text text AUTO_TEXT;
    text_init(&text, 8);
    text_format(&text, "R%u", reading);
    json_string(writer, text_slice(&text));
}

static void write_readings(struct json_writer *writer, uint32_t readings)
{
    json_key(writer, SLICE("readings"));
    json_open_array(writer);
    for (unsigned i = 1; i < 32; i++) {
        if (readings >> i & 1) {
            write_reading(writer, i);
        }
    }
    json_close_array(writer);
}

static void write_span(struct json_writer *writer, struct slice key, struct span span)
{
    if (span.unit == SPAN_NONE) {
        return;
    }
    struct text text AUTO_TEXT;
    text_init(&text, 100);
    print_span(span, &text);
    write_string(writer, key, text_slice(&text));
}

static void write_needs(const struct decision *decision, const struct words *words,
                        struct json_writer *writer)
{
    json_key(writer, SLICE("needs"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->needs.count; i++) {
        const struct needed *needed = &decision->needs.at[i];
        struct text text AUTO_TEXT;
        text_init(&text, SENTENCE_LARGEST);
        print_need_sentence(words, needed->need, &text);
        json_open_object(writer);
        write_string(writer, SLICE("record"), words->facts.at[needed->need->record].word.id);
        write_ids(writer, SLICE("from"), words, WORD_PERSON, needed->need->from.list.at,
                  needed->need->from.list.count);
        write_bool(writer, SLICE("another"), needed->need->another);
        if (needed->person.length > 0) {
            write_string(writer, SLICE("for"), needed->person);
        }
        write_string(writer, SLICE("state"), needed->refused ? SLICE("refused") : SLICE("missing"));
        json_key(writer, SLICE("bundle"));
        json_number(writer, needed->bundle);
        write_string(writer, SLICE("clause"), needed->clause->id);
        write_slices(writer, SLICE("norms"), needed->norms.at, needed->norms.count);
        write_string(writer, SLICE("text"), text_slice(&text));
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_question(const struct question *question, struct json_writer *writer)
{
    json_open_object(writer);
    write_string(writer, SLICE("key"), question->key);
    write_string(writer, SLICE("text"), question->text);
    write_slices(writer, SLICE("answers"), question->answers.at, question->answers.count);
    json_close_object(writer);
}

static void write_deed(const struct owed *owed, const struct words *words,
                       struct json_writer *writer)
{
    static const char *const modals[] = {"must", "should", "may"};
    static const char *const whens[] = {"", "beforehand", "afterwards"};
    const struct duty *duty = owed->duty;
    write_ids(writer, SLICE("bearer"), words, WORD_PERSON, owed->bearer.list.at,
              owed->bearer.list.count);
    write_string(writer, SLICE("modal"), slice_of(modals[duty->modal]));
    write_string(writer, SLICE("act"), words->acts.at[duty->act].word.id);
    write_ids(writer, SLICE("object"), words, WORD_PERSON, owed->object.list.at,
              owed->object.list.count);
    if (owed->object.list.count > 1) {
        write_bool(writer, SLICE("each"), owed->object.each);
    }
    if (duty->channels.list.count > 0) {
        write_ids(writer, SLICE("via"), words, WORD_CHANNEL, duty->channels.list.at,
                  duty->channels.list.count);
    }
    if (duty->when != WHEN_UNSAID) {
        write_string(writer, SLICE("when"), slice_of(whens[duty->when]));
    }
    if (duty->once) {
        write_bool(writer, SLICE("once"), true);
    }
    write_span(writer, SLICE("within"), owed->within);
    write_span(writer, SLICE("for"), duty->keep);
    if (duty->until.length > 0) {
        write_string(writer, SLICE("until"), duty->until);
    }
    if (duty->otherwise.list.count > 0) {
        write_ids(writer, SLICE("else"), words, WORD_PERSON, duty->otherwise.list.at,
                  duty->otherwise.list.count);
    }
}

static void write_duties(const struct decision *decision, const struct words *words,
                         struct json_writer *writer)
{
    json_key(writer, SLICE("duties"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        struct text text AUTO_TEXT;
        text_init(&text, SENTENCE_LARGEST);
        print_duty_sentence(words, owed->duty, &text);
        json_open_object(writer);
        write_deed(owed, words, writer);
        write_string(writer, SLICE("stage"), slice_of(stage_word(owed->stage)));
        write_bool(writer, SLICE("conditional"), owed->conditional);
        if (owed->question != NULL) {
            json_key(writer, SLICE("question"));
            write_question(owed->question, writer);
        }
        json_key(writer, SLICE("clauses"));
        json_open_array(writer);
        for (size_t k = 0; k < owed->clauses.count; k++) {
            json_string(writer, owed->clauses.at[k]->id);
        }
        json_close_array(writer);
        write_slices(writer, SLICE("norms"), owed->norms.at, owed->norms.count);
        write_string(writer, SLICE("text"), text_slice(&text));
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_cites(const struct decision *decision, struct json_writer *writer)
{
    json_key(writer, SLICE("cites"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        json_open_object(writer);
        write_string(writer, SLICE("clause"), cite->clause->id);
        if (cite->law) {
            write_bool(writer, SLICE("law"), true);
        }
        write_string(writer, SLICE("part"), slice_of(part_word(cite->part)));
        write_slices(writer, SLICE("norms"), cite->norms.at, cite->norms.count);
        if (cite->by != NULL) {
            write_string(writer, SLICE("by"), cite->by->id);
        }
        if (cite->reading > 0) {
            json_key(writer, SLICE("reading"));
            write_reading(writer, cite->reading);
        }
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_beside(const struct decision *decision, const struct words *words,
                         struct json_writer *writer)
{
    json_key(writer, SLICE("near"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->near.count; i++) {
        json_open_object(writer);
        write_string(writer, SLICE("clause"), decision->near.at[i].clause->id);
        write_string(writer, SLICE("obstacle"), decision->near.at[i].obstacle);
        json_close_object(writer);
    }
    json_close_array(writer);
    json_key(writer, SLICE("assumed"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->assumed.count; i++) {
        const struct assumed *assumed = &decision->assumed.at[i];
        json_open_object(writer);
        write_string(writer, SLICE("fact"), words->facts.at[assumed->fact].word.id);
        if (assumed->person.length > 0) {
            write_string(writer, SLICE("person"), assumed->person);
        }
        write_string(writer, SLICE("as"), assumed->as);
        write_string(writer, SLICE("by"), assumed->by);
        json_close_object(writer);
    }
    json_close_array(writer);
    json_key(writer, SLICE("changes"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->changes.count; i++) {
        const struct change *change = &decision->changes.at[i];
        json_open_object(writer);
        write_string(writer, SLICE("key"), change->key);
        write_string(writer, SLICE("value"), change->value);
        write_string(writer, SLICE("verdict"), slice_of(verdict_word(change->verdict)));
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_clashes(const struct decision *decision, struct json_writer *writer)
{
    json_key(writer, SLICE("clashes"));
    json_open_array(writer);
    for (size_t i = 0; i < decision->clashes.count; i++) {
        const struct clash *clash = &decision->clashes.at[i];
        json_open_object(writer);
        json_key(writer, SLICE("clauses"));
        json_open_array(writer);
        json_string(writer, clash->a->id);
        json_string(writer, clash->b->id);
        json_close_array(writer);
        write_readings(writer, clash->readings);
        write_bool(writer, SLICE("settled"), clash->settled);
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_remarks(struct json_writer *writer, struct slice key, const struct remark *list,
                          size_t count)
{
    json_key(writer, key);
    json_open_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_open_object(writer);
        write_string(writer, SLICE("text"), list[i].text);
        write_string(writer, SLICE("clause"), list[i].clause->id);
        write_bool(writer, SLICE("law"), list[i].law);
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_line(struct json_writer *writer, struct slice key, const struct words *words,
                       const struct policy_line *line)
{
    if (line == NULL) {
        return;
    }
    json_key(writer, key);
    json_open_object(writer);
    write_string(writer, SLICE("do"),
                 line->kind == LINE_SILENCE_ASK ? SLICE("ask") : SLICE("tell"));
    write_ids(writer, SLICE("whom"), words, WORD_PERSON, line->roles.list.at,
              line->roles.list.count);
    if (line->when != WHEN_UNSAID) {
        write_string(writer, SLICE("when"),
                     line->when == WHEN_BEFOREHAND ? SLICE("beforehand") : SLICE("afterwards"));
    }
    json_close_object(writer);
}

static void write_hashes(const struct policy *policy, struct json_writer *writer)
{
    json_key(writer, SLICE("hashes"));
    json_open_object(writer);
    write_string(writer, SLICE("prose"), slice_of(policy->hashes.prose));
    write_string(writer, SLICE("meaning"), slice_of(policy->hashes.meaning));
    write_string(writer, SLICE("words"), slice_of(policy->hashes.words));
    if (policy->has_law) {
        write_string(writer, SLICE("law_prose"), slice_of(policy->hashes.law_prose));
        write_string(writer, SLICE("law_meaning"), slice_of(policy->hashes.law_meaning));
    }
    json_close_object(writer);
}

static void write_verdict(const struct decision *decision, const struct words *words,
                          struct json_writer *writer)
{
    write_string(writer, SLICE("verdict"), slice_of(verdict_word(decision->verdict)));
    if (decision->strength != STRENGTH_NONE) {
        write_string(writer, SLICE("strength"), slice_of(strength_word(decision->strength)));
    }
    write_string(writer, SLICE("act"), words->acts.at[decision->act].word.id);
    if (decision->noted) {
        write_bool(writer, SLICE("noted"), true);
    }
    if (decision->refer.list.count > 0) {
        write_ids(writer, SLICE("refer"), words, WORD_PERSON, decision->refer.list.at,
                  decision->refer.list.count);
        write_slices(writer, SLICE("judgements"), decision->judgements.at,
                     decision->judgements.count);
    }
    write_needs(decision, words, writer);
    write_duties(decision, words, writer);
    write_cites(decision, writer);
    write_beside(decision, words, writer);
    write_clashes(decision, writer);
    write_readings(writer, decision->readings);
    write_remarks(writer, SLICE("reminders"), decision->reminders.at, decision->reminders.count);
    write_remarks(writer, SLICE("outcomes"), decision->outcomes.at, decision->outcomes.count);
    write_line(writer, SLICE("advice"), words, decision->advice);
    write_line(writer, SLICE("door"), words, decision->door);
    if (decision->dropped != NULL) {
        write_string(writer, SLICE("dropped_by"), decision->dropped->id);
    }
    if (decision->question.kind != QUESTION_NONE) {
        json_key(writer, SLICE("question"));
        write_question(&decision->question, writer);
    }
}

void decision_members_to_json(const struct decision *decision, struct json_writer *writer)
{
    const struct policy *policy = decision->policy;
    write_string(writer, SLICE("policy"), policy->document.policy);
    write_string(writer, SLICE("version"), policy->document.version);
    write_verdict(decision, &policy->words, writer);
    if (decision->parts.count > 0) {
        json_key(writer, SLICE("parts"));
        json_open_array(writer);
        for (size_t i = 0; i < decision->parts.count; i++) {
            json_open_object(writer);
            write_verdict(&decision->parts.at[i], &policy->words, writer);
            json_close_object(writer);
        }
        json_close_array(writer);
    }
    write_hashes(policy, writer);
}

void decision_to_json(const struct decision *decision, struct json_writer *writer)
{
    json_open_object(writer);
    decision_members_to_json(decision, writer);
    json_close_object(writer);
}
