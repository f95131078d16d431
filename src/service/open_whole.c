/* A person's whole record; see open_whole.h. Reads all events once: their bytes are searched for the person before they are
 * taken apart. */
#include "service/open_whole.h"

#include <string.h>

#include "base/date.h"
#include "store/events.h"

#define DAY_MILLISECONDS (24LL * 3600 * 1000)

struct whole {
    struct desk *desk;
    const struct id *people;
    size_t count;
    bool own;
    struct text *out;
    struct arena *passing;
    bool begun; /* the event's own line stands */
};

static bool kept_apart(const struct whole *whole, struct slice key)
{
    static const char *const apart[] = {"reason", "act", "barred", "lift"};
    for (size_t i = 0; whole->own && i < sizeof apart / sizeof *apart; i++)
        if (slice_is(key, apart[i])) return true;
    return false;
}

/* A bar is not told to the child: not that one was placed, nor that somebody asked to lift it. */
static bool about_bar(const struct event *event, const struct pairs *pairs)
{
    struct slice act = pairs_value(pairs, "act");
    return slice_is(event->kind, "tie-set") &&
           (slice_is(act, act_id(ACT_BAR_PARENT)) || slice_is(act, act_id(ACT_ASK_LIFT)) ||
            slice_is(act, act_id(ACT_LIFT_BAR)));
}

/* What somebody recorded of themselves may be about whoever opens it: it opens for them alone. */
static bool theirs_alone(const struct event *event)
{
    return slice_is(event->kind, "act-reported") || slice_starts(event->kind, SLICE("task-"));
}

static void add_line(struct whole *whole, const struct event *event, struct slice key,
                     struct slice value)
{
    char day[11];
    date_format(date_from_day(event->at / DAY_MILLISECONDS), day);
    if (!whole->begun) text_format(whole->out, "%s %.*s\n", day, SLICE_PRINT(event->kind));
    whole->begun = true;
    text_format(whole->out, "  %.*s: ", SLICE_PRINT(key));
    text_add(whole->out, value);
    text_add_char(whole->out, '\n');
}

static void add_pairs(struct whole *whole, const struct event *event, const struct pairs *pairs)
{
    if (whole->own ? about_bar(event, pairs) : theirs_alone(event)) return;
    for (size_t i = 0; i < pairs->list.count; i++) {
        const struct pair *pair = &pairs->list.at[i];
        if (pair->value.length > 0 && !kept_apart(whole, pair->key))
            add_line(whole, event, pair->key, pair->value);
    }
}

/* What stands in clear about them: signatures, training, and, for themselves, what they recorded. */
#define FACTS_LARGEST 5
static const struct {
    const char *kind, *keys[FACTS_LARGEST], *days[FACTS_LARGEST];
} facts[] = {
    {"policy-signed", {"roles", "method", "text"}, {"signed"}},
    {"training-recorded", {"course"}, {"done", "until"}},
    {"act-reported", {"stage", "policy-act", "policy-verdict", "policy-clauses"}, {"happened"}},
};

static void add_fact(struct whole *whole, const struct event *event, const char *key, bool is_day)
{
    char day[11];
    int64_t number;
    struct slice value = event_value(event, key);
    if (value.length == 0) return;
    if (is_day && slice_number(value, &number)) {
        date_format(date_from_day(number), day);
        value = slice_of(day);
    }
    add_line(whole, event, slice_of(key), value);
}

static void add_facts(struct whole *whole, const struct event *event, const struct id *person,
                      struct slice hex)
{
    bool theirs = slice_is(event->kind, "act-reported")
                      ? whole->own && id_same(&event->actor, person)
                      : slice_equal(event_value(event, "person"), hex);
    for (size_t i = 0; theirs && i < sizeof facts / sizeof *facts; i++) {
        if (!slice_is(event->kind, facts[i].kind)) continue;
        for (size_t k = 0; k < FACTS_LARGEST && facts[i].days[k] != NULL; k++)
            add_fact(whole, event, facts[i].days[k], true);
        for (size_t k = 0; k < FACTS_LARGEST && facts[i].keys[k] != NULL; k++)
            add_fact(whole, event, facts[i].keys[k], false);
    }
}

static bool see(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct whole *whole = context;
    struct event event;
    (void)n;
    for (size_t i = 0; i < whole->count; i++) {
        struct pairs pairs = {0};
        const struct id *person = &whole->people[i];
        char hex[2 * ID_SIZE + 1];
        bool there;
        id_hex(person, hex);
        if (memmem(body.at, body.length, person->at, ID_SIZE) == NULL &&
            memmem(body.at, body.length, hex, sizeof hex - 1) == NULL)
            continue;
        arena_reset(whole->passing);
        whole->begun = false;
        if (!event_read(body, whole->passing, &event, error) ||
            !record_part_of(whole->desk->record, whole->desk->db, &event, person, whole->passing,
                            &pairs, &there, error))
            return false;
        if (there) add_pairs(whole, &event, &pairs);
        add_facts(whole, &event, person, slice_of(hex));
    }
    return true;
}

bool open_whole(struct desk *desk, const struct id *person, bool own, struct text *out,
                struct error *error)
{
    AUTO(arena) struct arena *passing = arena_new();
    struct id *people;
    size_t count;
    if (!desk_linked(desk, person, desk->arena, &people, &count, error)) return false;
    struct whole whole = {desk, people, count, own, out, passing, false};
    return events_each(desk->db, 0, UINT64_MAX, see, &whole, error);
}
