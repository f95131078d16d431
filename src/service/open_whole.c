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

static void add_pairs(const struct whole *whole, const struct event *event,
                      const struct pairs *pairs)
{
    char day[11];
    bool begun = false;
    if (whole->own ? about_bar(event, pairs) : theirs_alone(event)) return;
    date_format(date_from_day(event->at / DAY_MILLISECONDS), day);
    for (size_t i = 0; i < pairs->list.count; i++) {
        const struct pair *pair = &pairs->list.at[i];
        if (pair->value.length == 0 || kept_apart(whole, pair->key)) continue;
        if (!begun) text_format(whole->out, "%s %.*s\n", day, SLICE_PRINT(event->kind));
        begun = true;
        text_format(whole->out, "  %.*s: ", SLICE_PRINT(pair->key));
        text_add(whole->out, pair->value);
        text_add_char(whole->out, '\n');
    }
}

static bool see(void *context, uint64_t n, struct slice body, struct error *error)
{
    struct whole *whole = context;
    struct event event;
    (void)n;
    for (size_t i = 0; i < whole->count; i++) {
        struct pairs pairs = {0};
        bool there;
        if (memmem(body.at, body.length, whole->people[i].at, ID_SIZE) == NULL) continue;
        arena_reset(whole->passing);
        if (!event_read(body, whole->passing, &event, error) ||
            !record_part_of(whole->desk->record, whole->desk->db, &event, &whole->people[i],
                            whole->passing, &pairs, &there, error))
            return false;
        if (there) add_pairs(whole, &event, &pairs);
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
    struct whole whole = {desk, people, count, own, out, passing};
    return events_each(desk->db, 0, UINT64_MAX, see, &whole, error);
}
