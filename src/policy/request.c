/* Requests by key (grammar.md section 17): what `--fact`, scenario blocks, forms and JSON set, with one set of keys. */
#include "policy/request.h"

#include "policy/request_value.h"

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

static bool set_roles(struct request *request, struct slice value, struct roles *roles, bool *given,
                      struct error *error)
{
    struct roles read = {0};
    struct slice rest = value, item;
    while (!value_is_nobody(value) && value_next_item(&rest, ',', &item)) {
        int role = words_find(&request->policy->words, WORD_PERSON, item);
        if (role < 0) {
            return request_unknown(request, WORD_PERSON, "person", item, error);
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
    while (!value_is_nobody(value) && value_next_item(&rest, ',', &item)) {
        int channel = words_find(&request->policy->words, WORD_CHANNEL, item);
        if (channel < 0) {
            return request_unknown(request, WORD_CHANNEL, "channel", item, error);
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
    while (value_next_item(&rest, ',', &item)) {
        int act = words_find(&request->policy->words, WORD_ACT, item);
        if (act < 0) {
            return request_unknown(request, WORD_ACT, "act", item, error);
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
            return request_unknown(target->request, WORD_PERSON, "giver", giver, error);
        }
    }
    return true;
}

static bool set_entry(struct target *target, int record, struct slice value, struct error *error)
{
    struct entry entry = {.record = record, .giver = -1};
    struct slice rest = value;
    if (value_take_word(&rest, SLICE("given")) || value_take_word(&rest, SLICE("yes"))) {
        entry.state = ENTRY_GIVEN;
    } else if (value_take_word(&rest, SLICE("refused")) ||
               value_take_word(&rest, SLICE("withdrawn"))) {
        entry.state = ENTRY_REFUSED;
    } else if (value_take_word(&rest, SLICE("missing")) || value_take_word(&rest, SLICE("no"))) {
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
    if (value_is_dont_know(value)) {
        target->facts[record].known = NOT_KNOWN;
        return true;
    }
    while (value_next_item(&rest, ';', &item)) {
        if (!set_entry(target, record, item, error)) {
            return false;
        }
    }
    return true;
}

static bool set_judgement(struct target *target, int name, struct slice value, struct error *error)
{
    int64_t yes = 0;
    bool pending = slice_is(value, "pending") || value_is_dont_know(value);
    if (!target->request->policy->words.names.at[name].judgement) {
        return error_set(error, ERROR_REQUEST, "'%.*s' follows from other facts; answer those",
                         SLICE_PRINT(target->request->policy->words.names.at[name].word.phrase));
    }
    if (!pending && !value_yes_no(value, &yes)) {
        return error_set(error, ERROR_REQUEST, "a judgement is yes, no or pending, not '%.*s'",
                         SLICE_PRINT(value));
    }
    target->judgements[name] = (struct value){.known = pending ? NOT_ASKED : KNOWN, .value = yes};
    return true;
}

/* The kinds of word that are said of a request, as they stand in front of a key. */
static const struct said {
    const char *kind;
    enum word_place place;
} SAID[] = {{"fact", WORD_FACT}, {"record", WORD_RECORD}, {"judgement", WORD_NAME}};
#define SAID_COUNT (sizeof SAID / sizeof *SAID)

/* Takes the kind off the front of a key. SAID_COUNT: none stands there, so any may be meant. */
static size_t take_kind(struct slice *rest)
{
    size_t kind = 0;
    while (kind < SAID_COUNT && !value_take_word(rest, slice_of(SAID[kind].kind))) {
        kind++;
    }
    return kind;
}

/* The word that a key means and its place, which is SAID[kind]'s or, where no kind was said, the first that has it. -1: none. */
static int find_said(const struct words *words, size_t kind, struct slice rest,
                     enum word_place *ret_place)
{
    size_t first = kind == SAID_COUNT ? 0 : kind, last = kind == SAID_COUNT ? kind : kind + 1;
    int found = -1;
    for (size_t i = first; i < last && found < 0; i++) {
        *ret_place = SAID[i].place;
        found = words_find(words, *ret_place, rest);
    }
    return found;
}

/* The value of a fact, an entry of a record or a judgement. */
static bool set_word(struct target *target, enum word_place place, int word, struct slice value,
                     struct error *error)
{
    if (place == WORD_RECORD) {
        return set_record(target, word, value, error);
    }
    if (place == WORD_NAME) {
        return set_judgement(target, word, value, error);
    }
    struct value read = {0};
    if (!value_read(&target->request->policy->words.facts.at[word], value, &read, error)) {
        return false;
    }
    target->facts[word] = read;
    return true;
}

/* A fact, a record or a judgement by phrase or id, with or without its kind in front. */
static bool set_said(struct target *target, struct slice key, struct slice value,
                     struct error *error)
{
    struct slice rest = key;
    size_t kind = take_kind(&rest);
    enum word_place place = WORD_FACT;
    int word = find_said(&target->request->policy->words, kind, rest, &place);
    if (word >= 0) {
        return set_word(target, place, word, value, error);
    }
    const struct said *said = &SAID[kind == SAID_COUNT ? 0 : kind];
    return request_unknown(target->request, said->place, said->kind, rest, error);
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
    struct slice rest = part;
    size_t kind = take_kind(&rest);
    if (kind == SAID_COUNT) {
        bool given;
        return set_roles(request, part, &shown->roles, &given, error);
    }
    size_t length;
    enum word_place place = SAID[kind].place;
    int word = words_match(&request->policy->words, place, rest, &length);
    if (word < 0) {
        length = slice_find(rest, ' ');
        word = words_find(&request->policy->words, place, slice_part(rest, 0, length));
    }
    if (word < 0) {
        return request_unknown(request, place, "fact, record or judgement", rest, error);
    }
    struct slice value = slice_trim(slice_part(rest, length, rest.length));
    if (value.length > 0 && (value.at[0] == '=' || value.at[0] == ':')) {
        value = slice_trim(slice_part(value, 1, value.length));
    }
    if (slice_starts(value, SLICE("is "))) {
        value = slice_trim(slice_part(value, 3, value.length));
    }
    struct target target = target_of(request, shown);
    return set_word(&target, place, word, value, error);
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
    if (name.length == 0 && (value_is_nobody(value) || value.length == 0)) {
        request->shown.count = 0;
        return true;
    }
    if (name.length == 0) {
        name = arena_format(request->arena, "person %zu", request->shown.count + 1);
    }
    struct shown *shown = shown_named(request, name);
    shown = shown != NULL ? shown : shown_add(request, name, error);
    struct slice rest = value, part;
    while (shown != NULL && value_next_item(&rest, ';', &part)) {
        if (!set_shown_part(request, shown, part, error)) {
            return false;
        }
    }
    return shown != NULL;
}

static bool set_yes_no(struct slice value, const char *key, bool *ret_value, struct error *error)
{
    int64_t yes;
    if (!value_yes_no(value, &yes)) {
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

/* Where a person's roles stand, and whether they were given. False: the key is no person. */
static bool is_person(struct request *request, struct slice key, struct roles **ret_roles,
                      bool **ret_given)
{
    if (slice_is(key, "actor")) {
        *ret_roles = &request->actor;
        *ret_given = &request->actor_given;
        return true;
    }
    if (slice_is(key, "other")) {
        *ret_roles = &request->other;
        *ret_given = &request->other_given;
        return true;
    }
    *ret_roles = &request->asker;
    *ret_given = &request->asker_given;
    return slice_is(key, "asker");
}

bool request_set(struct request *request, struct slice key, struct slice value, struct error *error)
{
    struct slice rest = slice_trim(key);
    key = rest;
    value = slice_trim(value);
    if (value.length > REQUEST_VALUE_LARGEST || key.length > REQUEST_VALUE_LARGEST) {
        return error_set(error, ERROR_LIMIT, "a value may have %d bytes", REQUEST_VALUE_LARGEST);
    }
    struct roles *roles;
    bool *given;
    if (is_person(request, key, &roles, &given)) {
        return set_roles(request, value, roles, given, error);
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
    if (value_take_word(&rest, SLICE("shown"))) {
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

static bool unset_said(struct request *request, struct slice key, struct error *error)
{
    struct slice rest = key;
    size_t kind = take_kind(&rest);
    enum word_place place = WORD_FACT;
    int word = find_said(&request->policy->words, kind, rest, &place);
    if (word < 0) {
        return request_unknown(request, WORD_FACT, "key", rest, error);
    }
    if (place == WORD_NAME) {
        request->judgements[word] = (struct value){0};
        return true;
    }
    request->facts[word] = (struct value){0};
    drop_entries(request, word);
    return true;
}

bool request_unset(struct request *request, struct slice key, struct error *error)
{
    struct slice rest = slice_trim(key);
    struct roles *roles;
    bool *given;
    if (is_person(request, rest, &roles, &given)) {
        *roles = (struct roles){0};
        *given = false;
        return true;
    }
    if (slice_is(rest, "via")) {
        request->via = (struct channels){0};
        request->via_given = false;
        return true;
    }
    if (value_take_word(&rest, SLICE("shown"))) {
        request->shown.count = 0;
        request->shown_given = false;
        return true;
    }
    return unset_said(request, rest, error);
}
