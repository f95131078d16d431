/* A record with many people, put in by the events that the acts write; see driver.h. */
#include <stdio.h>

#include "base/random.h"
#include "driver.h"
#include "service/people.h"
#include "service/register.h"

#define PEOPLE_A_COMMIT 2000
#define TASKS 1000 /* open ones, each of another person's; every second is late */
#define DAY (24LL * 3600 * 1000)

struct putting {
    struct record *record;
    struct random *random;
    size_t first, count;
    struct id admin, owners[TASKS];
};

static const char *const given[] = {"Amira", "Ben",   "Chloe", "Dylan", "Eesha", "Finn", "Grace",
                                    "Hamza", "Isla",  "Jakub", "Keira", "Leo",   "Maya", "Noah",
                                    "Orla",  "Priya", "Quinn", "Rosa",  "Samir", "Tess"};
static const char *const begins[] = {"Ash",  "Bright", "Clay", "Dun",   "East", "Fair", "Green",
                                     "Hart", "Hol",    "King", "Lang",  "Mill", "Nor",  "Oak",
                                     "Pen",  "Rad",    "Stan", "Thorn", "Wal",  "Whit"};
static const char *const ends[] = {"by",    "croft", "dale", "den",  "field", "ford", "gate",
                                   "ham",   "hurst", "ley",  "low",  "man",   "more", "ridge",
                                   "stead", "ton",   "wall", "well", "wick",  "worth"};
#define DRAW(random, list) (list)[random_below((random), sizeof(list) / sizeof *(list))]

static struct desk desk_of(struct putting *putting, struct db *db, const struct order *order,
                           struct outcome *outcome, struct arena *arena)
{
    return (struct desk){.record = putting->record,
                         .db = db,
                         .arena = arena,
                         .order = order,
                         .outcome = outcome,
                         .clauses = SLICE("2.1"),
                         .now = record_now(putting->record),
                         .today = record_today(putting->record)};
}

static bool put_person(struct desk *desk, struct putting *putting, size_t n, struct error *error)
{
    struct pairs pairs = {0};
    struct id person, role, top = record_top(putting->record);
    enum role held = n % 10 == 0 ? ROLE_TEACHER : n % 10 < 6 ? ROLE_PUPIL : ROLE_PARENT;
    struct arena *arena = desk->arena;
    pairs_add(&pairs, arena, "given", slice_of(DRAW(putting->random, given)));
    pairs_add(
        &pairs, arena, "family",
        arena_format(arena, "%s%s", DRAW(putting->random, begins), DRAW(putting->random, ends)));
    pairs_add(&pairs, arena, "email", arena_format(arena, "person%zu@bench.example", n));
    pairs_add(&pairs, arena, "born",
              arena_format(arena, "19%02zu-%02zu-%02zu", 50 + n % 50, 1 + n % 12, 1 + n % 28));
    desk->person = (struct id){{0}};
    if (!people_add(desk, &top, &pairs, SLICE("hand"), &person, error)) return false;
    if (n < TASKS) putting->owners[n] = person;
    return people_give_role(desk, &person, held, &top, desk->today - 30, SLICE("hand"), &role,
                            error);
}

static bool put_some(void *context, struct db *db, struct error *error)
{
    struct putting *putting = context;
    struct outcome outcome = {0};
    struct order order;
    AUTO(arena) struct arena *arena = arena_new();
    order_init(&order, ACT_ADD_PERSON, (struct id){{0}});
    struct desk desk = desk_of(putting, db, &order, &outcome, arena);
    for (size_t i = 0; i < putting->count; i++) {
        if (!put_person(&desk, putting, putting->first + i, error)) return false;
        arena_reset(arena);
    }
    return true;
}

/* The first administrator leads as well, so that the pages of those who lead can be measured; and there is work to be done. */
static bool put_work(void *context, struct db *db, struct error *error)
{
    struct putting *putting = context;
    struct outcome outcome = {0};
    struct order order;
    AUTO(arena) struct arena *arena = arena_new();
    struct id role, top = record_top(putting->record);
    order_init(&order, ACT_ADD_PERSON, (struct id){{0}});
    struct desk desk = desk_of(putting, db, &order, &outcome, arena);
    if (!people_give_role(&desk, &putting->admin, ROLE_HEADTEACHER, &top, desk.today - 30,
                          SLICE("hand"), &role, error))
        return false;
    for (size_t i = 0; i < TASKS; i++) {
        struct id about = id_make();
        struct task_plan plan = {.kind = "duty",
                                 .role = ROLES,
                                 .org = &top,
                                 .owner = &putting->owners[i],
                                 .about = &about,
                                 .due = desk.now + (i % 2 == 0 ? DAY : -DAY)};
        if (!desk_task(&desk, &plan, NULL, error)) return false;
    }
    return true;
}

static struct id admin_of(struct record *record)
{
    const struct register_view *view = register_hold(record);
    const struct registered *admin = register_by_email(view, SLICE("admin@bench.example"));
    struct id none = {{0}}, id = admin != NULL ? admin->id : none;
    register_let_go(record, view);
    return id;
}

int driver_people(char **words)
{
    struct error error = {.code = ERROR_NONE};
    struct random random;
    AUTO(arena) struct arena *arena = arena_new();
    struct slice link;
    struct record *record;
    struct record_place place = {.folder = words[0]};
    struct record_plan plan = {.name = SLICE("Bench Lane School"),
                               .kind = SLICE("school"),
                               .policy = words[2],
                               .given = SLICE("Ada"),
                               .family = SLICE("Admin"),
                               .email = SLICE("admin@bench.example")};
    size_t count = (size_t)driver_number(words[1]);
    struct putting *putting = ARENA_NEW(arena, struct putting);
    random_init(&random, 7);
    driver_need(record_make(&place, &plan, arena, &link, &error), words[0], &error);
    driver_need(record_open(&place, &record, &error), words[0], &error);
    putting->record = record;
    putting->random = &random;
    for (size_t first = 0; first < count; first += PEOPLE_A_COMMIT) {
        putting->first = first;
        putting->count = count - first < PEOPLE_A_COMMIT ? count - first : PEOPLE_A_COMMIT;
        driver_need(writer_do(record->writer, put_some, putting, &error), "people", &error);
    }
    putting->admin = admin_of(record);
    driver_need(writer_do(record->writer, put_work, putting, &error), "tasks", &error);
    record_close(record);
    printf("%.*s\n", SLICE_PRINT(link));
    return 0;
}
