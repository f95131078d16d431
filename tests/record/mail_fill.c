/* mail-fill make FOLDER COUNT | queue FOLDER | look FOLDER: a record with people to whom mail is queued, for the test that kills
 * the server over it; and what its events and its outbox say of mail, a line each: `sent MAIL PERSON`, `given-up MAIL PERSON
 * REASON`, `waiting N`. */
#include <stdio.h>
#include <string.h>

#include "service/desk.h"
#include "service/mail_queue.h"
#include "store/events.h"

static int fail(const struct error *error)
{
    fprintf(stderr, "mail-fill: %s %s\n", error->sentence, error->advice);
    return 1;
}

/* ---- people ---- */

static bool make_record(const struct record_place *place, struct arena *arena, struct error *error)
{
    struct record_plan plan = {.name = SLICE("Oak Lane School"),
                               .kind = SLICE("school"),
                               .given = SLICE("Zebedee"),
                               .family = SLICE("Quintrell"),
                               .email = SLICE("zebedee@quintrell.example")};
    struct slice link;
    return record_make(place, &plan, arena, &link, error);
}

static bool first_person(void *context, const void *row, struct error *error)
{
    struct id *first = context;
    (void)error;
    if (id_is_none(first)) *first = ((const struct person_row *)row)->id;
    return true;
}

static bool administrator(struct record *record, struct arena *arena, struct id *ret_id,
                          struct error *error)
{
    struct db *db = record_read(record, error);
    *ret_id = (struct id){{0}};
    if (db == NULL) return false;
    bool read = people_each(db, arena, first_person, ret_id, error);
    record_read_done(record, db);
    return read;
}

static bool add_one(struct record *record, const struct id *admin, int64_t n, struct arena *arena,
                    struct error *error)
{
    struct order order;
    struct outcome outcome;
    char hex[2 * ID_SIZE + 1];
    struct id top = record_top(record);
    order_init(&order, ACT_ADD_PERSON, *admin);
    id_hex(&top, hex);
    order_set(&order, arena, "org", slice_of(hex));
    order_set(&order, arena, "given", SLICE("Zebedee"));
    order_set(&order, arena, "family", arena_format(arena, "Quintrell%lld", (long long)n));
    order_set(&order, arena, "email",
              arena_format(arena, "zebedee%lld@quintrell.example", (long long)n));
    return desk_do(record, &order, arena, &outcome, error) &&
           (outcome.done || error_set(error, ERROR_INTERNAL, "nobody could be added"));
}

static bool add_people(struct record *record, int64_t count, struct arena *arena,
                       struct error *error)
{
    struct id admin;
    if (!administrator(record, arena, &admin, error)) return false;
    for (int64_t n = 0; n < count; n++)
        if (!add_one(record, &admin, n, arena, error)) return false;
    return true;
}

/* ---- mail ---- */

static bool queue_one(void *context, const void *row, struct error *error)
{
    struct desk *desk = context;
    return mail_queue(desk, &((const struct person_row *)row)->id, MAIL_WAITING, 0, error);
}

static bool queue_all(void *context, struct db *db, struct error *error)
{
    struct record *record = context;
    AUTO(arena) struct arena *arena = arena_new();
    struct desk desk = {.record = record, .db = db, .arena = arena, .now = record_now(record)};
    return people_each(db, arena, queue_one, &desk, error);
}

static bool queue(struct record *record, struct error *error)
{
    mail_switch(record, true);
    return writer_do(record->writer, queue_all, record, error);
}

static bool see_event(void *context, uint64_t n, struct slice body, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct event event;
    (void)context, (void)n;
    if (!event_read(body, arena, &event, error)) return false;
    struct slice mail = event_value(&event, "mail"), person = event_value(&event, "person");
    struct slice reason = event_value(&event, "reason");
    if (slice_is(event.kind, "mail-sent"))
        printf("sent %.*s %.*s\n", SLICE_PRINT(mail), SLICE_PRINT(person));
    if (slice_is(event.kind, "mail-given-up"))
        printf("given-up %.*s %.*s %.*s\n", SLICE_PRINT(mail), SLICE_PRINT(person),
               SLICE_PRINT(reason));
    return true;
}

static bool look(struct record *record, struct error *error)
{
    int64_t count = 0, due, oldest;
    struct db *db = record_read(record, error);
    if (db == NULL) return false;
    bool read = events_each(db, 0, UINT64_MAX, see_event, NULL, error) &&
                outbox_count(db, record_now(record), &count, &due, &oldest, error);
    record_read_done(record, db);
    if (read) printf("waiting %lld\n", (long long)count);
    return read;
}

static bool run(struct record *record, const char *what, int64_t count, struct arena *arena,
                struct error *error)
{
    if (slice_is(slice_of(what), "look")) return look(record, error);
    if (slice_is(slice_of(what), "make") && !add_people(record, count, arena, error)) return false;
    return queue(record, error);
}

int main(int argc, char **argv)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct record *record;
    int64_t count = 0;
    if (argc < 3 || (argc > 3 && !slice_number(slice_of(argv[3]), &count))) return 2;
    bool make = slice_is(slice_of(argv[1]), "make");
    struct record_place place = {.folder = argv[2], .not_synced = make};
    if (make && !make_record(&place, arena, &error)) return fail(&error);
    if (!record_open(&place, &record, &error)) return fail(&error);
    bool done = run(record, argv[1], count, arena, &error);
    record_close(record);
    return done ? 0 : fail(&error);
}
