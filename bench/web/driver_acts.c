/* Durable acts from 64 clients, and what SQLite does alone; see driver.h. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/random.h"
#include "driver.h"
#include "faulty.h"
#include "service/desk.h"
#include "service/record_parts.h"
#include "service/register.h"
#include "store/events.h"

#define CLIENTS 64
#define PLAIN_ROW 600 /* bytes, about an event of an absence */

struct client {
    pthread_t thread;
    struct record *record;
    struct id actor;
    const struct id *people;
    size_t people_count;
    int64_t until; /* nanoseconds */
    struct random random;
    struct id *confirmed;
    size_t count, space;
};

static const char *hex_of(struct arena *arena, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(id, hex);
    return arena_copy(arena, slice_of(hex)).at;
}

static void record_one(struct client *client, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct order order;
    struct outcome outcome;
    char day[11];
    const struct id *person = &client->people[random_below(&client->random, client->people_count)];
    int64_t days = 1 + (int64_t)random_below(&client->random, 300);
    date_format(date_from_day(record_today(client->record) + days), day);
    order_init(&order, ACT_RECORD_ABSENCE, client->actor);
    order_set(&order, arena, "person", slice_of(hex_of(arena, person)));
    order_set(&order, arena, "since", arena_copy(arena, slice_of(day)));
    driver_need(desk_do(client->record, &order, arena, &outcome, &error) && outcome.done, "an act",
                &error);
    if (client->count == client->space) {
        client->space = client->space * 2 + 1024;
        client->confirmed =
            memory_grow(client->confirmed, client->space * sizeof *client->confirmed);
    }
    client->confirmed[client->count++] = order.id;
}

static void *be_client(void *context)
{
    struct client *client = context;
    AUTO(arena) struct arena *arena = arena_new();
    while (driver_nanoseconds() < client->until) {
        arena_reset(arena);
        record_one(client, arena);
    }
    return NULL;
}

/* Whoever is here; the administrator acts. */
static struct id find_people(struct record *record, struct id **ret_people, size_t *ret_count)
{
    const struct register_view *view = register_hold(record);
    const struct registered *admin = register_by_email(view, SLICE("admin@bench.example"));
    driver_need(admin != NULL, "the administrator", NULL);
    struct id actor = admin != NULL ? admin->id : (struct id){{0}};
    *ret_count = register_count(view);
    *ret_people = memory_grow(NULL, *ret_count * sizeof **ret_people);
    for (size_t i = 0; i < *ret_count; i++) (*ret_people)[i] = register_at(view, i)->id;
    register_let_go(record, view);
    return actor;
}

static size_t count_lost(const struct record_place *place, const struct client *clients)
{
    struct error error = {.code = ERROR_NONE};
    struct record *record;
    size_t lost = 0;
    struct record_place reading = {.folder = place->folder, .read_only = true};
    driver_need(record_open(&reading, &record, &error), place->folder, &error);
    struct db *db = record_read(record, &error);
    driver_need(db != NULL, place->folder, &error);
    for (size_t i = 0; i < CLIENTS; i++)
        for (size_t j = 0; j < clients[i].count; j++) {
            bool there;
            uint64_t n;
            driver_need(acts_find(db, &clients[i].confirmed[j], &there, &n, &error), "acts",
                        &error);
            lost += !there;
        }
    record_read_done(record, db);
    record_close(record);
    return lost;
}

static double run_clients(struct record *record, struct client *clients, int64_t milliseconds,
                          size_t *ret_count)
{
    struct id *people;
    size_t people_count;
    struct id actor = find_people(record, &people, &people_count);
    int64_t began = driver_nanoseconds();
    *ret_count = 0;
    for (size_t i = 0; i < CLIENTS; i++) {
        clients[i] = (struct client){.record = record,
                                     .actor = actor,
                                     .people = people,
                                     .people_count = people_count,
                                     .until = began + milliseconds * 1000000};
        random_init(&clients[i].random, i + 1);
        driver_need(pthread_create(&clients[i].thread, NULL, be_client, &clients[i]) == 0, "thread",
                    NULL);
    }
    for (size_t i = 0; i < CLIENTS; i++) {
        pthread_join(clients[i].thread, NULL);
        *ret_count += clients[i].count;
    }
    double seconds = (double)(driver_nanoseconds() - began) / 1e9;
    free(people);
    return seconds;
}

int driver_acts(char **words)
{
    struct error error = {.code = ERROR_NONE};
    struct client clients[CLIENTS];
    struct record *record;
    struct faulty *faulty = faulty_new("slow", false, 1);
    struct record_place place = {.folder = words[0],
                                 .batch_largest = (size_t)driver_number(words[2])};
    size_t count;
    if (driver_number(words[3]) > 0) place.vfs = "slow";
    driver_need(record_open(&place, &record, &error), words[0], &error);
    faulty_slow(faulty, (unsigned)driver_number(words[3]));
    double seconds = run_clients(record, clients, driver_number(words[1]), &count);
    faulty_slow(faulty, 0);
    record_close(record);
    faulty_free(faulty);
    printf("%.1f %zu\n", (double)count / seconds, count_lost(&place, clients));
    for (size_t i = 0; i < CLIENTS; i++) free(clients[i].confirmed);
    return 0;
}

/* ---- SQLite alone ---- */

static void must(sqlite3 *db, int code, int wanted)
{
    if (code == wanted) return;
    fprintf(stderr, "web-driver: plain: %s\n", sqlite3_errmsg(db));
    exit(1);
}

int driver_plain(char **words)
{
    static char row[PLAIN_ROW];
    sqlite3 *db;
    sqlite3_stmt *insert;
    size_t count = 0;
    memset(row, 'x', sizeof row);
    must(NULL, sqlite3_open(words[0], &db), SQLITE_OK);
    must(db,
         sqlite3_exec(db,
                      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                      "CREATE TABLE IF NOT EXISTS event (n INTEGER PRIMARY KEY, body BLOB)",
                      NULL, NULL, NULL),
         SQLITE_OK);
    must(db, sqlite3_prepare_v2(db, "INSERT INTO event (body) VALUES (?)", -1, &insert, NULL),
         SQLITE_OK);
    must(db, sqlite3_bind_blob(insert, 1, row, sizeof row, SQLITE_STATIC), SQLITE_OK);
    int64_t began = driver_nanoseconds(), until = began + driver_number(words[1]) * 1000000;
    for (; driver_nanoseconds() < until; count++) {
        must(db, sqlite3_step(insert), SQLITE_DONE);
        must(db, sqlite3_reset(insert), SQLITE_OK);
    }
    printf("%.1f\n", (double)count / ((double)(driver_nanoseconds() - began) / 1e9));
    must(db, sqlite3_finalize(insert), SQLITE_OK);
    must(db, sqlite3_close(db), SQLITE_OK);
    return 0;
}
