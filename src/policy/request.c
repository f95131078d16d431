/* Requests by key (grammar.md section 17): what `--fact`, scenario blocks, forms and JSON set, with one set of keys. */
#include "policy/request.h"

#include "policy/parse.h"

#include <string.h>

static void new_values(const struct policy *policy, struct arena *arena, struct value **facts,
                       struct value **judgements)
{
    *facts = ARENA_ARRAY(arena, struct value, policy->words.facts.count + 1);
    *judgements = ARENA_ARRAY(arena, struct value, policy->words.names.count + 1);
}

void request_init_at(const struct policy *policy, bool closed, struct moment on,
                     struct arena *arena, struct request *ret_request)
{
    *ret_request = (struct request){
        .arena = arena, .policy = policy, .closed = closed, .has_time = true, .on = on};
    new_values(policy, arena, &ret_request->facts, &ret_request->judgements);
}

void request_init(const struct policy *policy, bool closed, struct arena *arena,
                  struct request *ret_request)
{
    request_init_at(policy, closed, moment_now(), arena, ret_request);
}

static void copy_list(struct arena *arena, void *list_at, size_t *space, size_t count, size_t size)
{
    void **at = list_at;
    void *copy = arena_take(arena, count + 1, size);
    if (count > 0) {
        memcpy(copy, *at, count * size);
    }
    *at = copy;
    *space = count + 1;
}
#define COPY_LIST(arena, list)                                                                     \
    copy_list((arena), &(list)->at, &(list)->space, (list)->count, sizeof *(list)->at)

static void copy_values(const struct policy *policy, struct arena *arena, struct value **facts,
                        struct value **judgements)
{
    struct value *old_facts = *facts, *old_judgements = *judgements;
    new_values(policy, arena, facts, judgements);
    memcpy(*facts, old_facts, policy->words.facts.count * sizeof **facts);
    memcpy(*judgements, old_judgements, policy->words.names.count * sizeof **judgements);
}

void request_copy(const struct request *from, struct arena *arena, struct request *ret_request)
{
    *ret_request = *from;
    ret_request->arena = arena;
    COPY_LIST(arena, &ret_request->actor.list);
    COPY_LIST(arena, &ret_request->other.list);
    COPY_LIST(arena, &ret_request->asker.list);
    COPY_LIST(arena, &ret_request->via.list);
    COPY_LIST(arena, &ret_request->acts);
    COPY_LIST(arena, &ret_request->entries);
    COPY_LIST(arena, &ret_request->shown);
    copy_values(from->policy, arena, &ret_request->facts, &ret_request->judgements);
    for (size_t i = 0; i < ret_request->shown.count; i++) {
        struct shown *shown = &ret_request->shown.at[i];
        COPY_LIST(arena, &shown->roles.list);
        COPY_LIST(arena, &shown->entries);
        copy_values(from->policy, arena, &shown->facts, &shown->judgements);
    }
}

static bool unknown_word(const struct request *request, enum word_place place, const char *what,
                         struct slice text, struct error *error)
{
    (void)error_set(error, ERROR_REQUEST, "I do not know the %s '%.*s'", what, SLICE_PRINT(text));
    struct slice near = words_nearest(&request->policy->words, place, text);
    return near.length == 0 ? false
                            : error_advise(error, "did you mean '%.*s'?", SLICE_PRINT(near));
}

static bool is_nobody(struct slice value)
{
    return slice_is(value, "nobody") || slice_is(value, "none") || slice_is(value, "no one");
}

/* Splits at commas and at `and` / `or` words is left to the phrase: `a parent or carer` is one. */
static bool next_item(struct slice *rest, char separator, struct slice *ret_item)
{
    while (slice_split(rest, separator, ret_item)) {
        *ret_item = slice_trim(*ret_item);
        if (ret_item->length > 0) {
            return true;
        }
    }
    return false;
}

static bool set_roles(struct request *request, struct slice value, struct roles *roles, bool *given,
                      struct error *error)
{
    struct roles read = {0};
    struct slice rest = value, item;
    while (!is_nobody(value) && next_item(&rest, ',', &item)) {
        int role = words_find(&request->policy->words, WORD_PERSON, item);
        if (role < 0) {
            return unknown_word(request, WORD_PERSON, "person", item, error);
        }
        if (read.list.count == REQUEST_ROLES_LARGEST) {
            return error_set(error, ERROR_LIMIT, "one person may have %d roles",
                             REQUEST_ROLES_LARGEST);
        }
        LIST_PUSH(request->arena, &read.list, role);
    }
    *roles = read;
    *given = true;
    return true;
}

static bool set_via(struct request *request, struct slice value, struct error *error)
{
    struct channels read = {0};
    struct slice rest = value, item;
    while (!is_nobody(value) && next_item(&rest, ',', &item)) {
        int channel = words_find(&request->policy->words, WORD_CHANNEL, item);
        if (channel < 0) {
            return unknown_word(request, WORD_CHANNEL, "channel", item, error);
        }
        if (read.list.count == REQUEST_ROLES_LARGEST) {
            return error_set(error, ERROR_LIMIT, "one act may use %d channels",
                             REQUEST_ROLES_LARGEST);
        }
        LIST_PUSH(request->arena, &read.list, channel);
    }
    request->via = read;
    request->via_given = true;
    return true;
}

static bool set_act(struct request *request, struct slice value, bool also, struct error *error)
{
    struct slice rest = value, item;
    bool first = !also;
    while (next_item(&rest, ',', &item)) {
        int act = words_find(&request->policy->words, WORD_ACT, item);
        if (act < 0) {
            return unknown_word(request, WORD_ACT, "act", item, error);
        }
        if (request->acts.count == REQUEST_ROLES_LARGEST) {
            return error_set(error, ERROR_LIMIT, "one question may hold %d acts",
                             REQUEST_ROLES_LARGEST);
        }
        if (first && request->act_given) {
            request->acts.at[0] = act;
        } else if (first && request->acts.count > 0) {
            int moved = request->acts.at[0];
            LIST_PUSH(request->arena, &request->acts, moved);
            request->acts.at[0] = act;
        } else {
            LIST_PUSH(request->arena, &request->acts, act);
        }
        request->act_given = request->act_given || first;
        first = false;
    }
    return true;
}

static bool set_on(struct request *request, struct slice value, struct error *error)
{
    bool has_time;
    struct moment moment;
    if (!moment_parse(value, &moment, &has_time)) {
        (void)error_set(error, ERROR_REQUEST, "'%.*s' is no date", SLICE_PRINT(value));
        return error_advise(error, "write 2026-09-01, or 2026-09-01 18:05");
    }
    request->on = moment;
    request->on_given = true;
    request->has_time = has_time;
    return true;
}

static bool is_dont_know(struct slice value)
{
    return slice_is(value, "don't know") || slice_is(value, "dont know") ||
           slice_is(value, "not known") || slice_is(value, "unknown");
}

static bool yes_no(struct slice value, int64_t *ret_value)
{
    *ret_value = slice_is(value, "yes") || slice_is(value, "true");
    return *ret_value != 0 || slice_is(value, "no") || slice_is(value, "false");
}

static bool set_choice(const struct fact *fact, struct slice text, struct value *ret_value,
                       struct error *error)
{
    for (size_t i = 0; i < fact->values.count; i++) {
        if (slice_equal(fact->values.at[i], text)) {
            *ret_value = (struct value){.known = KNOWN, .value = (int64_t)i};
            return true;
        }
    }
    (void)error_set(error, ERROR_REQUEST, "'%.*s' is never '%.*s'", SLICE_PRINT(fact->word.phrase),
                    SLICE_PRINT(text));
    return fact->values.count == 0 ? false
                                   : error_advise(error, "the first of its values is '%.*s'",
                                                  SLICE_PRINT(fact->values.at[0]));
}

static bool set_number(const struct fact *fact, struct slice text, struct value *ret_value,
                       struct error *error)
{
    struct date birth;
    struct slice born = SLICE("born ");
    if (fact->age && slice_starts(text, born) &&
        date_parse(slice_trim(slice_part(text, born.length, text.length)), &birth)) {
        *ret_value = (struct value){.known = KNOWN, .born = true, .value = date_to_day(birth)};
        return true;
    }
    struct slice digits = text;
    size_t blank = slice_find(text, ' ');
    if (fact->unit.length > 0 && blank < text.length) {
        digits = slice_part(text, 0, blank);
    }
    int64_t number;
    if (!slice_number(digits, &number)) {
        (void)error_set(error, ERROR_REQUEST, "'%.*s' is a number, not '%.*s'",
                        SLICE_PRINT(fact->word.phrase), SLICE_PRINT(text));
        return error_advise(error,
                            fact->age ? "write 14, or born 2010-06-01" : "write a whole number");
    }
    if (number < fact->low || number > fact->high) {
        (void)error_set(error, ERROR_REQUEST, "'%.*s' is %lld, which is outside %lld to %lld",
                        SLICE_PRINT(fact->word.phrase), (long long)number, (long long)fact->low,
                        (long long)fact->high);
        return error_advise(error, "check the figure");
    }
    *ret_value = (struct value){.known = KNOWN, .value = number};
    return true;
}

static bool set_time_or_date(const struct fact *fact, struct slice text, struct value *ret_value,
                             struct error *error)
{
    struct date date;
    int minute;
    if (fact->kind == FACT_TIME && clock_parse(text, &minute)) {
        *ret_value = (struct value){.known = KNOWN, .value = minute};
        return true;
    }
    if (fact->kind == FACT_DATE && date_parse(text, &date)) {
        *ret_value = (struct value){.known = KNOWN, .value = date_to_day(date)};
        return true;
    }
    return error_set(error, ERROR_REQUEST, "'%.*s' cannot be '%.*s'; write it as %s",
                     SLICE_PRINT(fact->word.phrase), SLICE_PRINT(text),
                     fact->kind == FACT_TIME ? "18:05" : "2026-09-01");
}

static bool read_value(const struct fact *fact, struct slice text, struct value *ret_value,
                       struct error *error)
{
    if (is_dont_know(text)) {
        *ret_value = (struct value){.known = NOT_KNOWN};
        return true;
    }
    int64_t yes;
    switch (fact->kind) {
    case FACT_YES_NO:
    case FACT_PERSONAL:
        if (!yes_no(text, &yes)) {
            return error_set(error, ERROR_REQUEST, "'%.*s' is yes, no or don't know, not '%.*s'",
                             SLICE_PRINT(fact->word.phrase), SLICE_PRINT(text));
        }
        *ret_value = (struct value){.known = KNOWN, .value = yes};
        return true;
    case FACT_CHOICE: return set_choice(fact, text, ret_value, error);
    case FACT_NUMBER: return set_number(fact, text, ret_value, error);
    case FACT_TIME:
    case FACT_DATE: return set_time_or_date(fact, text, ret_value, error);
    case FACT_RECORD: break;
    }
    return error_set(error, ERROR_REQUEST, "'%.*s' is a record; write given, refused or missing",
                     SLICE_PRINT(fact->word.phrase));
}

/* Where facts and entries of a record go: the request's own, or those of one person shown. */
struct target {
    struct request *request;
    struct value *facts, *judgements;
    struct shown *shown; /* NULL: the request */
};

static struct target target_of(struct request *request, struct shown *shown)
{
    return (struct target){request, shown != NULL ? shown->facts : request->facts,
                           shown != NULL ? shown->judgements : request->judgements, shown};
}

static bool push_entry(struct target *target, struct entry entry, struct error *error)
{
    size_t count =
        target->shown != NULL ? target->shown->entries.count : target->request->entries.count;
    if (count >= REQUEST_ENTRIES_LARGEST) {
        return error_set(error, ERROR_LIMIT, "a request may hold %d entries of records",
                         REQUEST_ENTRIES_LARGEST);
    }
    if (target->shown != NULL) {
        LIST_PUSH(target->request->arena, &target->shown->entries, entry);
    } else {
        LIST_PUSH(target->request->arena, &target->request->entries, entry);
    }
    return true;
}

static bool take_word(struct slice *rest, struct slice word)
{
    *rest = slice_trim(*rest);
    bool whole =
        rest->length == word.length || (rest->length > word.length && rest->at[word.length] == ' ');
    if (!slice_starts(*rest, word) || !whole) {
        return false;
    }
    *rest = slice_trim(slice_part(*rest, word.length, rest->length));
    return true;
}

/* After the state: an optional date, optionally with a time, then optionally FROM a giver. */
static bool read_entry_tail(const struct target *target, struct slice rest, struct entry *entry,
                            struct error *error)
{
    struct slice from = SLICE("FROM");
    size_t at = slice_search(rest, from);
    struct slice when = slice_trim(slice_part(rest, 0, at));
    if (when.length > 0) {
        bool has_time;
        if (!moment_parse(when, &entry->at, &has_time)) {
            (void)error_set(error, ERROR_REQUEST, "'%.*s' is no date of a record",
                            SLICE_PRINT(when));
            return error_advise(error, "write given 2025-01-10 FROM a parent");
        }
        entry->dated = true;
    }
    if (at < rest.length) {
        struct slice giver = slice_trim(slice_part(rest, at + from.length, rest.length));
        entry->by_actor = slice_is(giver, "the actor");
        entry->giver = words_find(&target->request->policy->words, WORD_PERSON, giver);
        if (entry->giver < 0 && !entry->by_actor) {
            return unknown_word(target->request, WORD_PERSON, "giver", giver, error);
        }
    }
    return true;
}

static bool set_entry(struct target *target, int record, struct slice value, struct error *error)
{
    struct entry entry = {.record = record, .giver = -1};
    struct slice rest = value;
    if (take_word(&rest, SLICE("given")) || take_word(&rest, SLICE("yes"))) {
        entry.state = ENTRY_GIVEN;
    } else if (take_word(&rest, SLICE("refused")) || take_word(&rest, SLICE("withdrawn"))) {
        entry.state = ENTRY_REFUSED;
    } else if (take_word(&rest, SLICE("missing")) || take_word(&rest, SLICE("no"))) {
        entry.state = ENTRY_MISSING;
    } else {
        (void)error_set(error, ERROR_REQUEST, "a record is given, refused or missing, not '%.*s'",
                        SLICE_PRINT(value));
        return error_advise(error, "write given 2025-01-10 FROM a parent");
    }
    if (!read_entry_tail(target, rest, &entry, error)) {
        return false;
    }
    /* what the actor gave is an entry of each of his roles */
    size_t roles = entry.by_actor ? target->request->actor.list.count : 0;
    for (size_t i = 0; i < roles; i++) {
        entry.giver = target->request->actor.list.at[i];
        if (!push_entry(target, entry, error)) {
            return false;
        }
    }
    return roles > 0 || push_entry(target, entry, error);
}

static bool set_record(struct target *target, int record, struct slice value, struct error *error)
{
    struct slice rest = value, item;
    if (is_dont_know(value)) {
        target->facts[record].known = NOT_KNOWN;
        return true;
    }
    while (next_item(&rest, ';', &item)) {
        if (!set_entry(target, record, item, error)) {
            return false;
        }
    }
    return true;
}

static bool set_judgement(struct target *target, int name, struct slice value, struct error *error)
{
    int64_t yes = 0;
    bool pending = slice_is(value, "pending") || is_dont_know(value);
    if (!target->request->policy->words.names.at[name].judgement) {
        return error_set(error, ERROR_REQUEST, "'%.*s' follows from other facts; answer those",
                         SLICE_PRINT(target->request->policy->words.names.at[name].word.phrase));
    }
    if (!pending && !yes_no(value, &yes)) {
        return error_set(error, ERROR_REQUEST, "a judgement is yes, no or pending, not '%.*s'",
                         SLICE_PRINT(value));
    }
    target->judgements[name] = (struct value){.known = pending ? NOT_ASKED : KNOWN, .value = yes};
    return true;
}

/* A fact, a record or a judgement by phrase or id, with or without its kind in front. */
static bool set_said(struct target *target, struct slice key, struct slice value,
                     struct error *error)
{
    const struct words *words = &target->request->policy->words;
    struct slice rest = key;
    bool fact = take_word(&rest, SLICE("fact")),
         record = !fact && take_word(&rest, SLICE("record"));
    bool judgement = !fact && !record && take_word(&rest, SLICE("judgement"));
    int found = record || judgement ? -1 : words_find(words, WORD_FACT, rest);
    if (found >= 0) {
        struct value read = {0};
        if (!read_value(&words->facts.at[found], value, &read, error)) {
            return false;
        }
        target->facts[found] = read;
        return true;
    }
    found = fact || judgement ? -1 : words_find(words, WORD_RECORD, rest);
    if (found >= 0) {
        return set_record(target, found, value, error);
    }
    found = fact || record ? -1 : words_find(words, WORD_NAME, rest);
    if (found >= 0) {
        return set_judgement(target, found, value, error);
    }
    return unknown_word(target->request,
                        record      ? WORD_RECORD
                        : judgement ? WORD_NAME
                                    : WORD_FACT,
                        record      ? "record"
                        : judgement ? "judgement"
                                    : "fact",
                        rest, error);
}

static struct shown *shown_named(struct request *request, struct slice name)
{
    for (size_t i = 0; i < request->shown.count; i++) {
        if (slice_equal(request->shown.at[i].name, name)) {
            return &request->shown.at[i];
        }
    }
    return NULL;
}

static struct shown *shown_add(struct request *request, struct slice name, struct error *error)
{
    if (request->shown.count == REQUEST_SHOWN_LARGEST) {
        (void)error_set(error, ERROR_LIMIT, "a picture may show %d people", REQUEST_SHOWN_LARGEST);
        return NULL;
    }
    struct shown *shown = LIST_ADD(request->arena, &request->shown);
    shown->name = arena_copy(request->arena, name);
    new_values(request->policy, request->arena, &shown->facts, &shown->judgements);
    return shown;
}

/* `a pupil, a colleague; record written photo consent given FROM a parent; fact age 9; judgement x yes` */
static bool set_shown_part(struct request *request, struct shown *shown, struct slice part,
                           struct error *error)
{
    struct target target = target_of(request, shown);
    struct slice rest = part;
    bool kind = take_word(&rest, SLICE("fact")) || take_word(&rest, SLICE("record")) ||
                take_word(&rest, SLICE("judgement"));
    if (!kind) {
        bool given;
        return set_roles(request, part, &shown->roles, &given, error);
    }
    enum word_place places[] = {WORD_FACT, WORD_RECORD, WORD_NAME};
    size_t from = slice_starts(part, SLICE("fact"))     ? 0
                  : slice_starts(part, SLICE("record")) ? 1
                                                        : 2;
    size_t length;
    int found = words_match(&request->policy->words, places[from], rest, &length);
    if (found < 0) {
        size_t blank = slice_find(rest, ' ');
        found = words_find(&request->policy->words, places[from], slice_part(rest, 0, blank));
        length = blank;
    }
    if (found < 0) {
        return unknown_word(request, places[from], "fact, record or judgement", rest, error);
    }
    struct slice value = slice_trim(slice_part(rest, length, rest.length));
    if (value.length > 0 && (value.at[0] == '=' || value.at[0] == ':')) {
        value = slice_trim(slice_part(value, 1, value.length));
    }
    if (slice_starts(value, SLICE("is "))) {
        value = slice_trim(slice_part(value, 3, value.length));
    }
    if (from == 1) {
        return set_record(&target, found, value, error);
    }
    return from == 2 ? set_judgement(&target, found, value, error)
                     : read_value(&request->policy->words.facts.at[found], value,
                                  &shown->facts[found], error);
}

/* `shown Ana record consent` sets one thing about her: what follows the name goes in front of the value. */
static void cut_shown_key(struct request *request, struct slice *name, struct slice *value)
{
    static const char *const kinds[] = {" fact ", " record ", " judgement "};
    for (size_t i = 0; i < 3; i++) {
        size_t at = slice_search(*name, slice_of(kinds[i]));
        if (at < name->length) {
            struct slice rest = slice_part(*name, at + 1, name->length);
            *value =
                arena_format(request->arena, "%.*s = %.*s", SLICE_PRINT(rest), SLICE_PRINT(*value));
            *name = slice_trim(slice_part(*name, 0, at));
            return;
        }
    }
}

static bool set_shown(struct request *request, struct slice name, struct slice value,
                      struct error *error)
{
    request->shown_given = true;
    cut_shown_key(request, &name, &value);
    if (name.length == 0 && (is_nobody(value) || value.length == 0)) {
        request->shown.count = 0;
        return true;
    }
    if (name.length == 0) {
        name = arena_format(request->arena, "person %zu", request->shown.count + 1);
    }
    struct shown *shown = shown_named(request, name);
    shown = shown != NULL ? shown : shown_add(request, name, error);
    struct slice rest = value, part;
    while (shown != NULL && next_item(&rest, ';', &part)) {
        if (!set_shown_part(request, shown, part, error)) {
            return false;
        }
    }
    return shown != NULL;
}

static bool set_yes_no(struct slice value, const char *key, bool *ret_value, struct error *error)
{
    int64_t yes;
    if (!yes_no(value, &yes)) {
        return error_set(error, ERROR_REQUEST, "%s is yes or no, not '%.*s'", key,
                         SLICE_PRINT(value));
    }
    *ret_value = yes != 0;
    return true;
}

static bool set_world(struct request *request, struct slice value, struct error *error)
{
    request->closed = slice_is(value, "closed");
    if (!request->closed && !slice_is(value, "open")) {
        return error_set(error, ERROR_REQUEST, "world is open or closed, not '%.*s'",
                         SLICE_PRINT(value));
    }
    return true;
}

bool request_set(struct request *request, struct slice key, struct slice value, struct error *error)
{
    struct slice rest = slice_trim(key);
    key = rest;
    value = slice_trim(value);
    if (value.length > REQUEST_VALUE_LARGEST || key.length > REQUEST_VALUE_LARGEST) {
        return error_set(error, ERROR_LIMIT, "a value may have %d bytes", REQUEST_VALUE_LARGEST);
    }
    if (slice_is(key, "actor")) {
        return set_roles(request, value, &request->actor, &request->actor_given, error);
    }
    if (slice_is(key, "other")) {
        return set_roles(request, value, &request->other, &request->other_given, error);
    }
    if (slice_is(key, "asker")) {
        return set_roles(request, value, &request->asker, &request->asker_given, error);
    }
    if (slice_is(key, "via")) {
        return set_via(request, value, error);
    }
    if (slice_is(key, "act") || slice_is(key, "also")) {
        return set_act(request, value, slice_is(key, "also"), error);
    }
    if (slice_is(key, "on")) {
        return set_on(request, value, error);
    }
    if (slice_is(key, "done")) {
        return set_yes_no(value, "done", &request->done, error);
    }
    if (slice_is(key, "world")) {
        return set_world(request, value, error);
    }
    if (take_word(&rest, SLICE("shown"))) {
        return set_shown(request, rest, value, error);
    }
    struct target target = target_of(request, NULL);
    return set_said(&target, key, value, error);
}

static void drop_entries(struct request *request, int record)
{
    size_t kept = 0;
    for (size_t i = 0; i < request->entries.count; i++) {
        if (request->entries.at[i].record != record) {
            request->entries.at[kept++] = request->entries.at[i];
        }
    }
    request->entries.count = kept;
}

bool request_unset(struct request *request, struct slice key, struct error *error)
{
    const struct words *words = &request->policy->words;
    struct slice rest = slice_trim(key);
    bool given = false;
    if (slice_is(rest, "actor") || slice_is(rest, "other") || slice_is(rest, "asker")) {
        struct roles *roles = slice_is(rest, "actor")   ? &request->actor
                              : slice_is(rest, "other") ? &request->other
                                                        : &request->asker;
        if (!set_roles(request, SLICE("nobody"), roles, &given, error)) {
            return false;
        }
        *(slice_is(rest, "actor")   ? &request->actor_given
          : slice_is(rest, "other") ? &request->other_given
                                    : &request->asker_given) = false;
        return true;
    }
    if (slice_is(rest, "via")) {
        request->via = (struct channels){0};
        request->via_given = false;
        return true;
    }
    if (take_word(&rest, SLICE("shown"))) {
        request->shown.count = 0;
        request->shown_given = false;
        return true;
    }
    (void)(take_word(&rest, SLICE("fact")) || take_word(&rest, SLICE("record")) ||
           take_word(&rest, SLICE("judgement")));
    int fact = words_find(words, WORD_FACT, rest);
    fact = fact >= 0 ? fact : words_find(words, WORD_RECORD, rest);
    int name = fact >= 0 ? -1 : words_find(words, WORD_NAME, rest);
    if (fact >= 0) {
        request->facts[fact] = (struct value){0};
        drop_entries(request, fact);
        return true;
    }
    if (name >= 0) {
        request->judgements[name] = (struct value){0};
        return true;
    }
    return unknown_word(request, WORD_FACT, "key", rest, error);
}

static bool check_ages(const struct request *request, const struct value *facts,
                       struct error *error)
{
    const struct words *words = &request->policy->words;
    for (size_t i = 0; i < words->facts.count; i++) {
        const struct value *value = &facts[i];
        if (!value->born) {
            continue;
        }
        int age = date_age(date_from_day(value->value), date_from_day(request->on.day));
        if (age < words->facts.at[i].low || age > words->facts.at[i].high) {
            return error_set(error, ERROR_REQUEST, "'%.*s': on that date the age would be %d",
                             SLICE_PRINT(words->facts.at[i].word.phrase), age);
        }
    }
    return true;
}

/* A picture said to show a pupil beside a list said to be empty. The facts that say so are those whose id begins `shows-`. */
static bool check_shown(const struct request *request, struct error *error)
{
    const struct words *words = &request->policy->words;
    int fact = (int)map_get(&words->ids[WORD_FACT], SLICE("shows-pupil"));
    bool shows =
        fact >= 0 && request->facts[fact].known == KNOWN && request->facts[fact].value != 0;
    if (shows && request->shown_given && request->shown.count == 0) {
        (void)error_set(error, ERROR_REQUEST,
                        "the picture shows a pupil, but the list of people shown is empty");
        return error_advise(error,
                            "name each person shown, or say that the picture shows no pupil");
    }
    return true;
}

bool request_check(const struct request *request, struct error *error)
{
    const struct words *words = &request->policy->words;
    if (request->acts.count == 0) {
        (void)error_set(error, ERROR_REQUEST, "no act was given");
        return error_advise(error, "say what is to be done: act: accept a friend request");
    }
    for (size_t i = 0; i < request->acts.count; i++) {
        const struct act *act = &words->acts.at[request->acts.at[i]];
        if (act->kind == ACT_DUTY) {
            (void)error_set(error, ERROR_REQUEST,
                            "'%.*s' is a duty, which can be owed but not asked about",
                            SLICE_PRINT(act->word.phrase));
            return error_advise(error,
                                "ask about an act or an event; lanyard ask --acts lists them");
        }
    }
    if (request->actor_given && request->actor.list.count == 0) {
        return error_set(error, ERROR_REQUEST, "somebody has to act: the actor is nobody");
    }
    for (size_t i = 0; i < request->shown.count; i++) {
        if (!check_ages(request, request->shown.at[i].facts, error)) {
            return false;
        }
    }
    return check_ages(request, request->facts, error) && check_shown(request, error);
}
