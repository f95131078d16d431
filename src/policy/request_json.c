/* The JSON form of a request: the keys of grammar.md section 17 with permanent ids; docs/request.schema.json. */
#include "policy/request.h"

#include "base/text.h"

#define SCALAR_LARGEST 64

static bool wrong_kind(const struct json *json, const char *what, struct error *error)
{
    (void)error_set(error, ERROR_REQUEST, "'%.*s' must be %s", SLICE_PRINT(json->key), what);
    return error_advise(error, "docs/request.schema.json lists the keys and what they hold");
}

/* A scalar as the text that request_set reads. */
static bool scalar(const struct json *json, struct arena *arena, struct slice *ret_text)
{
    switch (json->kind) {
    case JSON_TRUE: *ret_text = SLICE("yes"); return true;
    case JSON_FALSE: *ret_text = SLICE("no"); return true;
    case JSON_NULL: *ret_text = SLICE("don't know"); return true;
    case JSON_NUMBER:
        *ret_text = arena_format(arena, "%lld", (long long)json->number);
        return json->whole;
    case JSON_STRING: *ret_text = json->string; return true;
    default: return false;
    }
}

/* Ids that the words know go straight into the list of an empty place: the path that is taken by the thousand. What is not
 * one is left to request_set, which knows phrases and says what is wrong. */
static bool set_ids(struct request *request, const struct json *json)
{
    const struct words *words = &request->policy->words;
    bool actor = slice_is(json->key, "actor"), other = slice_is(json->key, "other"),
         via = slice_is(json->key, "via");
    if (json->kind != JSON_ARRAY || json->count == 0 || json->count > REQUEST_ROLES_LARGEST ||
        !(actor || other || via)) {
        return false;
    }
    struct roles roles = {0};
    for (const struct json *item = json->first; item != NULL; item = item->next) {
        int found = item->kind == JSON_STRING
                        ? words_find_id(words, via ? WORD_CHANNEL : WORD_PERSON, item->string)
                        : -1;
        if (found < 0) {
            return false;
        }
        LIST_PUSH(request->arena, &roles.list, found);
    }
    if (via) {
        request->via.list.at = roles.list.at;
        request->via.list.count = roles.list.count;
        request->via.list.space = roles.list.space;
        request->via_given = true;
    } else {
        *(actor ? &request->actor : &request->other) = roles;
        *(actor ? &request->actor_given : &request->other_given) = true;
    }
    return true;
}

static bool set_act_id(struct request *request, const struct json *json)
{
    int act = json->kind == JSON_STRING && slice_is(json->key, "act") && !request->act_given &&
                      request->acts.count == 0
                  ? words_find_id(&request->policy->words, WORD_ACT, json->string)
                  : -1;
    if (act >= 0) {
        LIST_PUSH(request->arena, &request->acts, act);
        request->act_given = true;
    }
    return act >= 0;
}

/* A string, or a list of strings joined by commas. */
static bool joined(const struct json *json, struct arena *arena, struct slice *ret_text,
                   struct error *error)
{
    if (json->kind == JSON_STRING) {
        *ret_text = json->string;
        return true;
    }
    if (json->kind != JSON_ARRAY) {
        return wrong_kind(json, "a string or a list of strings", error);
    }
    struct slice all = json->count == 0 ? SLICE("nobody") : SLICE_EMPTY;
    for (const struct json *item = json->first; item != NULL; item = item->next) {
        if (item->kind != JSON_STRING) {
            return wrong_kind(json, "a list of strings", error);
        }
        all = all.length == 0
                  ? item->string
                  : arena_format(arena, "%.*s,%.*s", SLICE_PRINT(all), SLICE_PRINT(item->string));
    }
    *ret_text = all;
    return true;
}

static int64_t choice_of(const struct fact *fact, struct slice text)
{
    for (size_t i = 0; i < fact->values.count; i++) {
        if (slice_equal(fact->values.at[i], text)) {
            return (int64_t)i;
        }
    }
    return -1;
}

/* Facts whose value is plain go straight in: the path that is taken by the thousand. */
static bool set_plain(struct request *request, struct slice id, const struct json *json)
{
    int64_t index = map_get(&request->policy->words.ids[WORD_FACT], id);
    if (index < 0) {
        return false;
    }
    const struct fact *fact = &request->policy->words.facts.at[index];
    bool yes_no =
        fact->kind == FACT_YES_NO && (json->kind == JSON_TRUE || json->kind == JSON_FALSE);
    int64_t choice =
        fact->kind == FACT_CHOICE && json->kind == JSON_STRING ? choice_of(fact, json->string) : -1;
    if (choice >= 0) {
        request->facts[index] = (struct value){.known = KNOWN, .value = choice};
        return true;
    }
    bool number = fact->kind == FACT_NUMBER && json->kind == JSON_NUMBER && json->whole &&
                  json->number >= fact->low && json->number <= fact->high;
    if (yes_no || number) {
        request->facts[index] = (struct value){
            .known = KNOWN, .value = number ? json->number : json->kind == JSON_TRUE};
    }
    return yes_no || number;
}

static bool set_facts(struct request *request, const struct json *facts, struct slice before,
                      struct error *error)
{
    if (facts->kind != JSON_OBJECT) {
        return wrong_kind(facts, "an object", error);
    }
    for (const struct json *fact = facts->first; fact != NULL; fact = fact->next) {
        struct slice value;
        if (before.length == 0 && set_plain(request, fact->key, fact)) {
            continue;
        }
        if (!scalar(fact, request->arena, &value)) {
            return wrong_kind(fact, "yes or no, a whole number, a text or null", error);
        }
        const char *kind = slice_is(facts->key, "judgements") ? "judgement" : "fact";
        struct slice key = arena_format(request->arena, "%.*s%s %.*s", SLICE_PRINT(before), kind,
                                        SLICE_PRINT(fact->key));
        if (!request_set(request, key, value, error)) {
            return false;
        }
    }
    return true;
}

static bool entry_text(const struct json *entry, struct arena *arena, struct slice *ret_text,
                       struct error *error)
{
    if (entry->kind == JSON_STRING) {
        *ret_text = entry->string;
        return true;
    }
    if (entry->kind != JSON_OBJECT) {
        return wrong_kind(entry, "a text or an object with state, date and from", error);
    }
    const struct json *state = json_member(entry, SLICE("state"));
    const struct json *date = json_member(entry, SLICE("date")),
                      *from = json_member(entry, SLICE("from"));
    if (state == NULL || state->kind != JSON_STRING ||
        (date != NULL && date->kind != JSON_STRING) ||
        (from != NULL && from->kind != JSON_STRING)) {
        return wrong_kind(entry, "an object with state, date and from", error);
    }
    *ret_text = state->string;
    if (date != NULL) {
        *ret_text =
            arena_format(arena, "%.*s %.*s", SLICE_PRINT(*ret_text), SLICE_PRINT(date->string));
    }
    if (from != NULL) {
        *ret_text = arena_format(arena, "%.*s FROM %.*s", SLICE_PRINT(*ret_text),
                                 SLICE_PRINT(from->string));
    }
    return true;
}

static bool set_records(struct request *request, const struct json *records, struct slice before,
                        struct error *error)
{
    if (records->kind != JSON_OBJECT) {
        return wrong_kind(records, "an object", error);
    }
    for (const struct json *record = records->first; record != NULL; record = record->next) {
        struct slice key = arena_format(request->arena, "%.*srecord %.*s", SLICE_PRINT(before),
                                        SLICE_PRINT(record->key));
        const struct json *entry = record->kind == JSON_ARRAY ? record->first : record;
        if (record->kind == JSON_NULL) {
            if (!request_set(request, key, SLICE("don't know"), error)) {
                return false;
            }
            continue;
        }
        for (; entry != NULL; entry = record->kind == JSON_ARRAY ? entry->next : NULL) {
            struct slice text = SLICE_EMPTY;
            if (!entry_text(entry, request->arena, &text, error) ||
                !request_set(request, key, text, error)) {
                return false;
            }
        }
    }
    return true;
}

static bool set_group(struct request *request, const struct json *group, struct slice before,
                      struct error *error)
{
    return slice_is(group->key, "records") ? set_records(request, group, before, error)
                                           : set_facts(request, group, before, error);
}

static bool is_group(struct slice key)
{
    return slice_is(key, "facts") || slice_is(key, "records") || slice_is(key, "judgements");
}

static bool is_of_person(struct slice key)
{
    return is_group(key) || slice_is(key, "name") || slice_is(key, "roles");
}

static bool set_person(struct request *request, const struct json *person, struct error *error)
{
    const struct json *name =
        person->kind == JSON_OBJECT ? json_member(person, SLICE("name")) : NULL;
    const struct json *roles =
        person->kind == JSON_OBJECT ? json_member(person, SLICE("roles")) : NULL;
    struct slice text = SLICE_EMPTY;
    if (name == NULL || name->kind != JSON_STRING || name->string.length == 0) {
        return error_set(error, ERROR_REQUEST, "each person shown is an object with a name");
    }
    if (roles != NULL && roles->count > 0 && !joined(roles, request->arena, &text, error)) {
        return false;
    }
    struct slice key = arena_format(request->arena, "shown %.*s", SLICE_PRINT(name->string));
    if (!request_set(request, key, text, error)) {
        return false;
    }
    struct slice before = arena_format(request->arena, "shown %.*s ", SLICE_PRINT(name->string));
    for (const struct json *member = person->first; member != NULL; member = member->next) {
        if (!is_of_person(member->key)) {
            return error_set(error, ERROR_REQUEST, "a person shown has no '%.*s'",
                             SLICE_PRINT(member->key));
        }
        if (is_group(member->key) && !set_group(request, member, before, error)) {
            return false;
        }
    }
    return true;
}

static bool set_shown(struct request *request, const struct json *shown, struct error *error)
{
    if (shown->kind != JSON_ARRAY) {
        return wrong_kind(shown, "a list of people", error);
    }
    if (shown->count == 0) {
        return request_set(request, SLICE("shown"), SLICE("none"), error);
    }
    for (const struct json *person = shown->first; person != NULL; person = person->next) {
        if (!set_person(request, person, error)) {
            return false;
        }
    }
    return true;
}

static bool set_member(struct request *request, const struct json *member, struct error *error)
{
    static const char *const lists[] = {"actor", "other", "asker", "act", "also", "via"};
    static const char *const scalars[] = {"on", "done", "world"};
    struct slice text = SLICE_EMPTY;
    if (set_ids(request, member) || set_act_id(request, member)) {
        return true;
    }
    if (is_group(member->key)) {
        return set_group(request, member, SLICE_EMPTY, error);
    }
    if (slice_is(member->key, "shown")) {
        return set_shown(request, member, error);
    }
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (slice_is(member->key, lists[i])) {
            return joined(member, request->arena, &text, error) &&
                   request_set(request, member->key, text, error);
        }
    }
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        if (slice_is(member->key, scalars[i])) {
            return (scalar(member, request->arena, &text) ||
                    wrong_kind(member, "a text or yes or no", error)) &&
                   request_set(request, member->key, text, error);
        }
    }
    (void)error_set(error, ERROR_REQUEST, "a request has no key '%.*s'", SLICE_PRINT(member->key));
    return error_advise(error, "docs/request.schema.json lists the keys");
}

bool request_from_json(const struct json *json, struct request *request, struct error *error)
{
    if (json->kind != JSON_OBJECT) {
        return error_set(error, ERROR_REQUEST, "a request is a JSON object");
    }
    for (const struct json *member = json->first; member != NULL; member = member->next) {
        if (!set_member(request, member, error)) {
            return false;
        }
    }
    return true;
}

static void write_people(const struct words *words, const char *key, const struct roles *roles,
                         struct json_writer *writer)
{
    json_key(writer, slice_of(key));
    json_open_array(writer);
    for (size_t i = 0; i < roles->list.count; i++) {
        json_string(writer, words->people.at[roles->list.at[i]].word.id);
    }
    json_close_array(writer);
}

static void write_value(const struct fact *fact, const struct value *value,
                        struct json_writer *writer)
{
    char text[11];
    json_key(writer, fact->word.id);
    if (value->known == NOT_KNOWN) {
        json_null(writer);
    } else if (value->born) {
        date_format(date_from_day(value->value), text);
        struct text born AUTO_TEXT;
        text_init(&born, SCALAR_LARGEST);
        text_format(&born, "born %s", text);
        json_string(writer, text_slice(&born));
    } else if (fact->kind == FACT_YES_NO || fact->kind == FACT_PERSONAL) {
        json_bool(writer, value->value != 0);
    } else if (fact->kind == FACT_CHOICE) {
        json_string(writer, fact->values.at[value->value]);
    } else if (fact->kind == FACT_DATE) {
        date_format(date_from_day(value->value), text);
        json_string(writer, slice_of(text));
    } else if (fact->kind == FACT_TIME) {
        struct text clock AUTO_TEXT;
        text_init(&clock, SCALAR_LARGEST);
        text_format(&clock, "%02d:%02d", (int)(value->value / 60), (int)(value->value % 60));
        json_string(writer, text_slice(&clock));
    } else {
        json_number(writer, value->value);
    }
}

static void write_facts(const struct words *words, const struct value *facts,
                        struct json_writer *writer)
{
    json_key(writer, SLICE("facts"));
    json_open_object(writer);
    for (size_t i = 0; i < words->facts.count; i++) {
        if (facts[i].known != NOT_ASKED && words->facts.at[i].kind != FACT_RECORD) {
            write_value(&words->facts.at[i], &facts[i], writer);
        }
    }
    json_close_object(writer);
}

static void write_entry(const struct words *words, const struct entry *entry,
                        struct json_writer *writer)
{
    static const char *const states[] = {"missing", "given", "refused"};
    json_open_object(writer);
    json_key(writer, SLICE("state"));
    json_string(writer, slice_of(states[entry->state]));
    if (entry->dated) {
        struct text when AUTO_TEXT;
        char day[11];
        text_init(&when, SCALAR_LARGEST);
        date_format(date_from_day(entry->at.day), day);
        text_format(&when, "%s %02d:%02d", day, entry->at.minute / 60, entry->at.minute % 60);
        json_key(writer, SLICE("date"));
        json_string(writer, text_slice(&when));
    }
    if (entry->by_actor || entry->giver >= 0) {
        json_key(writer, SLICE("from"));
        json_string(writer,
                    entry->by_actor ? SLICE("the actor") : words->people.at[entry->giver].word.id);
    }
    json_close_object(writer);
}

static void write_records(const struct words *words, const struct value *facts,
                          const struct entry *entries, size_t count, struct json_writer *writer)
{
    json_key(writer, SLICE("records"));
    json_open_object(writer);
    for (size_t r = 0; r < words->facts.count; r++) {
        bool any = false;
        for (size_t i = 0; words->facts.at[r].kind == FACT_RECORD && i < count; i++) {
            if (entries[i].record == (int)r) {
                if (!any) {
                    json_key(writer, words->facts.at[r].word.id);
                    json_open_array(writer);
                }
                any = true;
                write_entry(words, &entries[i], writer);
            }
        }
        if (any) {
            json_close_array(writer);
        } else if (words->facts.at[r].kind == FACT_RECORD && facts[r].known == NOT_KNOWN) {
            json_key(writer, words->facts.at[r].word.id);
            json_null(writer);
        }
    }
    json_close_object(writer);
}

static void write_judgements(const struct words *words, const struct value *judgements,
                             struct json_writer *writer)
{
    json_key(writer, SLICE("judgements"));
    json_open_object(writer);
    for (size_t i = 0; i < words->names.count; i++) {
        if (judgements[i].known == KNOWN) {
            json_key(writer, words->names.at[i].word.id);
            json_bool(writer, judgements[i].value != 0);
        }
    }
    json_close_object(writer);
}

static void write_shown(const struct request *request, struct json_writer *writer)
{
    const struct words *words = &request->policy->words;
    json_key(writer, SLICE("shown"));
    json_open_array(writer);
    for (size_t i = 0; i < request->shown.count; i++) {
        const struct shown *shown = &request->shown.at[i];
        json_open_object(writer);
        json_key(writer, SLICE("name"));
        json_string(writer, shown->name);
        write_people(words, "roles", &shown->roles, writer);
        write_facts(words, shown->facts, writer);
        write_records(words, shown->facts, shown->entries.at, shown->entries.count, writer);
        write_judgements(words, shown->judgements, writer);
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void write_frame(const struct request *request, struct json_writer *writer)
{
    const struct words *words = &request->policy->words;
    json_key(writer, SLICE("world"));
    json_string(writer, request->closed ? SLICE("closed") : SLICE("open"));
    if (request->actor_given) {
        write_people(words, "actor", &request->actor, writer);
    }
    if (request->asker_given) {
        write_people(words, "asker", &request->asker, writer);
    }
    if (request->other_given) {
        write_people(words, "other", &request->other, writer);
    }
    for (size_t i = 0; i < request->acts.count; i++) {
        if (i < 2) {
            json_key(writer, i == 0 ? SLICE("act") : SLICE("also"));
        }
        if (i == 1) {
            json_open_array(writer);
        }
        json_string(writer, words->acts.at[request->acts.at[i]].word.id);
    }
    if (request->acts.count > 1) {
        json_close_array(writer);
    }
    if (request->via_given) {
        json_key(writer, SLICE("via"));
        json_open_array(writer);
        for (size_t i = 0; i < request->via.list.count; i++) {
            json_string(writer, words->channels.at[request->via.list.at[i]].word.id);
        }
        json_close_array(writer);
    }
}

void request_to_json(const struct request *request, struct json_writer *writer)
{
    const struct words *words = &request->policy->words;
    char day[11];
    json_open_object(writer);
    write_frame(request, writer);
    struct text when AUTO_TEXT;
    text_init(&when, SCALAR_LARGEST);
    date_format(date_from_day(request->on.day), day);
    text_add_string(&when, day);
    if (request->has_time) {
        text_format(&when, " %02d:%02d", request->on.minute / 60, request->on.minute % 60);
    }
    json_key(writer, SLICE("on"));
    json_string(writer, text_slice(&when));
    json_key(writer, SLICE("done"));
    json_bool(writer, request->done);
    write_facts(words, request->facts, writer);
    write_records(words, request->facts, request->entries.at, request->entries.count, writer);
    write_judgements(words, request->judgements, writer);
    if (request->shown_given) {
        write_shown(request, writer);
    }
    json_close_object(writer);
}
