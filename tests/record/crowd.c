/* The school of crashes and its clients; see crowd.h. */
#include "crowd.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/date.h"
#include "base/random.h"
#include "service/mail_queue.h"
#include "service/record_parts.h"
#include "service/signoff.h"
#include "service/versions.h"
#include "store/policies.h"

#define TEACHERS 8
#define SAFEGUARDING 3
#define PUBLISHERS 8 /* clients who bring a version at times: fewer than may wait at once */

/* ---- one act ---- */

bool crowd_act(struct record *record, enum record_act what, struct id actor,
               const struct given *values, struct arena *arena, struct order *ret_order,
               struct outcome *ret_outcome, struct error *error)
{
    order_init(ret_order, what, actor);
    for (const struct given *at = values; at->key != NULL; at++)
        order_set(ret_order, arena, at->key, slice_of(at->value));
    return desk_do(record, ret_order, arena, ret_outcome, error);
}

const char *crowd_hex(struct arena *arena, struct id id)
{
    char hex[2 * ID_SIZE + 1];
    id_hex(&id, hex);
    return arena_copy(arena, slice_of(hex)).at;
}

/* ---- the school ---- */

struct making {
    struct record *record;
    struct arena *arena;
    const char *top;
    struct id admin, keeper, head, second;
};

/* An act that must go through. */
static bool make(struct making *making, enum record_act what, struct id actor,
                 const struct given *values, struct id *ret_made, struct error *error)
{
    struct order order;
    struct outcome outcome;
    if (!crowd_act(making->record, what, actor, values, making->arena, &order, &outcome, error))
        return false;
    *ret_made = outcome.made;
    return outcome.done || error_set(error, ERROR_INTERNAL, "%s: %.*s", act_id(what),
                                     SLICE_PRINT(outcome.sentence));
}

static bool add(struct making *making, struct id actor, const char *family, const char *email,
                struct id *ret_person, struct error *error)
{
    const struct given values[] = {{"org", making->top},
                                   {"given", "Robin"},
                                   {"family", family},
                                   {"email", email},
                                   {NULL, NULL}};
    return make(making, ACT_ADD_PERSON, actor, values, ret_person, error);
}

static bool role(struct making *making, enum record_act what, struct id actor, struct id person,
                 const char *code, struct id *ret_role, struct error *error)
{
    const struct given values[] = {{"person", crowd_hex(making->arena, person)},
                                   {"role", code},
                                   {"org", making->top},
                                   {NULL, NULL}};
    return make(making, what, actor, values, ret_role, error);
}

static bool confirm(struct making *making, struct id held, struct error *error)
{
    struct id ignored;
    const struct given values[] = {{"held", crowd_hex(making->arena, held)}, {NULL, NULL}};
    return make(making, ACT_CONFIRM_ROLE, making->head, values, &ignored, error) &&
           make(making, ACT_CONFIRM_ROLE, making->second, values, &ignored, error);
}

/* The keeper puts the head and a safeguarding lead in, the administrator and they two more. */
static bool make_trusted(struct making *making, struct error *error)
{
    struct id person, held;
    if (!add(making, making->keeper, "Head", "head@crash.example", &making->head, error) ||
        !role(making, ACT_PROPOSE_ROLE, making->keeper, making->head, "headteacher", &held,
              error) ||
        !add(making, making->keeper, "Lead", "lead@crash.example", &making->second, error) ||
        !role(making, ACT_PROPOSE_ROLE, making->keeper, making->second, "dsl", &held, error))
        return false;
    for (int i = 1; i < SAFEGUARDING; i++)
        if (!add(making, making->admin, "Lead", "", &person, error) ||
            !role(making, ACT_PROPOSE_ROLE, making->admin, person, "dsl", &held, error) ||
            !confirm(making, held, error))
            return false;
    return true;
}

static bool make_teachers(struct making *making, struct error *error)
{
    struct id person, held;
    for (int i = 0; i < TEACHERS; i++) {
        struct slice email = arena_format(making->arena, "teacher%d@crash.example", i);
        if (!add(making, making->admin, "Teacher", email.at, &person, error) ||
            !role(making, ACT_GIVE_ROLE, making->admin, person, "teacher", &held, error))
            return false;
    }
    return true;
}

bool crowd_person(struct record *record, const char *email, struct id *ret_id, struct error *error)
{
    const struct register_view *view = register_hold(record);
    const struct registered *person = register_by_email(view, slice_of(email));
    if (person != NULL) *ret_id = person->id;
    register_let_go(record, view);
    return person != NULL || error_set(error, ERROR_INTERNAL, "%s is not in the register", email);
}

bool crowd_make(const struct record_place *place, const char *policy, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice link;
    struct record_plan plan = {.name = SLICE("Crash Lane School"),
                               .kind = SLICE("school"),
                               .policy = policy,
                               .given = SLICE("Ada"),
                               .family = SLICE("Admin"),
                               .email = SLICE("admin@crash.example")};
    struct making making = {.arena = arena};
    if (!record_make(place, &plan, arena, &link, error) ||
        !record_open(place, &making.record, error))
        return false;
    making.top = crowd_hex(arena, record_top(making.record));
    bool made = crowd_person(making.record, "admin@crash.example", &making.admin, error) &&
                make_trusted(&making, error) && make_teachers(&making, error);
    record_close(making.record);
    return made;
}

/* ---- a client ---- */

struct crowd {
    struct record *record;
    struct id admin, head;
    const char *top;
    bool policy;
    const char *version, *seen; /* of the policy, where there is one: what is signed */
    int confirmed;
    atomic_ullong left; /* acts to do; counted down */
    pthread_mutex_t lock;
    bool failed;
    struct error error; /* of the first client that failed */
};

struct client {
    struct crowd *crowd;
    pthread_t thread;
    struct random random;
    struct arena *arena;
    struct id teacher;
    struct id absence, person, answer, task, version; /* to go on with; none: nothing */
    bool has_role, teaches, publishes;
    struct order order;
    struct outcome outcome;
};

static bool run(struct client *client, enum record_act what, struct id actor,
                const struct given *values, struct error *error)
{
    return crowd_act(client->crowd->record, what, actor, values, client->arena, &client->order,
                     &client->outcome, error);
}

static const char *day_from_today(struct client *client, int64_t days)
{
    char text[11];
    date_format(date_from_day(record_today(client->crowd->record) + days), text);
    return arena_copy(client->arena, slice_of(text)).at;
}

static bool absence(struct client *client, struct error *error)
{
    if (!id_is_none(&client->absence)) {
        const struct given values[] = {{"absence", crowd_hex(client->arena, client->absence)},
                                       {NULL, NULL}};
        client->absence = (struct id){{0}};
        return run(client, ACT_END_ABSENCE, client->teacher, values, error);
    }
    const struct given values[] = {
        {"person", crowd_hex(client->arena, client->teacher)},
        {"since", day_from_today(client, 1 + (int64_t)random_below(&client->random, 300))},
        {NULL, NULL}};
    if (!run(client, ACT_RECORD_ABSENCE, client->teacher, values, error)) return false;
    client->absence = client->outcome.made;
    return true;
}

static bool add_somebody(struct client *client, struct error *error)
{
    struct slice email = arena_format(client->arena, "p%llx@crash.example",
                                      (unsigned long long)random_next(&client->random));
    const struct given values[] = {{"org", client->crowd->top},
                                   {"given", "Sam"},
                                   {"family", "Somebody"},
                                   {"email", email.at},
                                   {NULL, NULL}};
    client->has_role = false;
    if (!run(client, ACT_ADD_PERSON, client->crowd->admin, values, error)) return false;
    client->person = client->outcome.made;
    return true;
}

/* Who came as a teacher signs on the screen, or somebody records their sheet or training; then they go on as anybody. */
static bool sign(struct client *client, const char *hex, struct error *error)
{
    static const enum record_act acts[] = {ACT_SIGN_POLICY, ACT_RECORD_SHEET, ACT_RECORD_TRAINING};
    size_t draw = random_below(&client->random, 3);
    const char *today = day_from_today(client, 0);
    const struct given values[] = {{"person", hex},
                                   {"version", client->crowd->version},
                                   {"seen", client->crowd->seen},
                                   {"signed", today},
                                   {"course", "policy"},
                                   {"done", today},
                                   {NULL, NULL}};
    client->teaches = false;
    return run(client, acts[draw], draw == 0 ? client->person : client->crowd->admin, values,
               error);
}

/* Somebody comes, gets a role, signs what binds it, and then leaves or is invited. */
static bool person(struct client *client, struct error *error)
{
    if (id_is_none(&client->person)) return add_somebody(client, error);
    const char *hex = crowd_hex(client->arena, client->person);
    struct id admin = client->crowd->admin;
    if (!client->has_role) {
        client->teaches = client->crowd->policy && random_below(&client->random, 2) == 0;
        const struct given values[] = {{"person", hex},
                                       {"role", client->teaches ? "teacher" : "pupil"},
                                       {"org", client->crowd->top},
                                       {NULL, NULL}};
        client->has_role = true;
        return run(client, ACT_GIVE_ROLE, admin, values, error);
    }
    if (client->teaches) return sign(client, hex, error);
    client->person = (struct id){{0}};
    if (random_below(&client->random, 2) == 0) {
        const struct given values[] = {{"person", hex}, {NULL, NULL}};
        return run(client, ACT_INVITE, admin, values, error);
    }
    const struct given values[] = {
        {"person", hex}, {"day", day_from_today(client, 0)}, {NULL, NULL}};
    return run(client, ACT_RECORD_LEAVER, admin, values, error);
}

static bool answer(struct client *client, struct error *error)
{
    if (!id_is_none(&client->answer)) {
        const struct given values[] = {{"answer", crowd_hex(client->arena, client->answer)},
                                       {NULL, NULL}};
        client->answer = (struct id){{0}};
        return run(client, ACT_DROP_ANSWER, client->teacher, values, error);
    }
    const struct given values[] = {
        {"question", "May I post it?"}, {"answer", "Yes, by clause 5.1."}, {NULL, NULL}};
    if (!run(client, ACT_KEEP_ANSWER, client->teacher, values, error)) return false;
    if (random_below(&client->random, 2) == 0) client->answer = client->outcome.made;
    return true;
}

static bool tell(struct client *client, struct error *error)
{
    const struct given values[] = {{"text", "Something I saw online."}, {NULL, NULL}};
    return run(client, ACT_TELL, client->teacher, values, error);
}

/* Of the whole school, by many at once: the last one counts. */
static bool calendar(struct client *client, struct error *error)
{
    const struct given values[] = {
        {"org", client->crowd->top},
        {"nation", "scotland"},
        {"inset", day_from_today(client, (int64_t)random_below(&client->random, 300))},
        {NULL, NULL}};
    return run(client, ACT_SET_CALENDAR, client->crowd->admin, values, error);
}

static bool keep_task(void *context, const void *row, struct error *error)
{
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->state, "open")) *(struct id *)context = task->id;
    return true;
}

/* The task of their own that came of what they recorded. */
static bool find_task(struct client *client, struct error *error)
{
    struct id occurrence = client->outcome.made;
    struct db *db = record_read(client->crowd->record, error);
    if (db == NULL) return false;
    bool done = tasks_about(db, &occurrence, client->arena, keep_task, &client->task, error);
    record_read_done(client->crowd->record, db);
    return done;
}

/* Something is recorded, and its task taken, done or let go. */
static bool report(struct client *client, struct error *error)
{
    static const enum record_act ends[] = {ACT_TAKE_TASK, ACT_CLOSE_TASK, ACT_WAIVE_TASK};
    if (!client->crowd->policy) return tell(client, error);
    if (!id_is_none(&client->task)) {
        const struct given values[] = {{"task", crowd_hex(client->arena, client->task)},
                                       {"reason", "It was seen to"},
                                       {"note", "It was seen to"},
                                       {NULL, NULL}};
        client->task = (struct id){{0}};
        return run(client, ends[random_below(&client->random, 3)], client->teacher, values, error);
    }
    const struct given values[] = {{"stage", "done"},
                                   {"said", "actor=teacher\nact=find-abuse\n"},
                                   {"sentence", "I found abuse online"},
                                   {NULL, NULL}};
    struct error full = {.code = ERROR_NONE};
    if (run(client, ACT_REPORT_ACT, client->teacher, values, &full))
        return find_task(client, error);
    if (full.code == ERROR_LIMIT) return tell(client, error); /* a day takes only so many */
    *error = full;
    return false;
}

static struct slice version_text(struct client *client)
{
    return arena_format(client->arena,
                        "---\npolicy: crash\ntitle: Crash Lane\nversion: %llx\n"
                        "in force from: 2026-09-01\nnorms: crash\n---\n# Crash Lane\n\n## Start\n\n"
                        "### Friends {#c-1}\nNobody befriends a pupil.\nnorms: crash-1\n"
                        "```rule\nstaff MUST NOT accept a friend request from a pupil\n```\n",
                        (unsigned long long)random_next(&client->random));
}

static bool bring_version(struct client *client, struct error *error)
{
    struct version_sent sent = {version_text(client), SLICE_EMPTY, SLICE_EMPTY};
    struct version_brought brought;
    if (!version_read(client->crowd->record, &sent, &brought, error)) return false;
    order_init(&client->order, ACT_BRING_VERSION, client->crowd->admin);
    client->order.matter = &brought;
    bool done =
        desk_do(client->crowd->record, &client->order, client->arena, &client->outcome, error);
    client->version = client->outcome.made;
    version_brought_clear(&brought);
    return done;
}

/* A version comes, with its files and a task for whoever decides, and is refused or taken back. */
static bool publish(struct client *client, struct error *error)
{
    if (!client->crowd->policy || !client->publishes) return tell(client, error);
    if (id_is_none(&client->version)) return bring_version(client, error);
    bool back = random_below(&client->random, 2) == 0;
    const struct given values[] = {{"version", crowd_hex(client->arena, client->version)},
                                   {"reason", "Another one is better"},
                                   {NULL, NULL}};
    client->version = (struct id){{0}};
    return run(client, back ? ACT_WITHDRAW_VERSION : ACT_REFUSE_VERSION,
               back ? client->crowd->admin : client->crowd->head, values, error);
}

static bool be_refused(struct client *client, struct error *error)
{
    const struct given values[] = {
        {"org", client->crowd->top}, {"given", "No"}, {"family", "Body"}, {NULL, NULL}};
    return run(client, ACT_ADD_PERSON, client->teacher, values, error);
}

static bool do_one(struct client *client, struct error *error)
{
    size_t draw = random_below(&client->random, 26);
    if (draw < 8) return absence(client, error);
    if (draw < 14) return person(client, error);
    if (draw < 17) return answer(client, error);
    if (draw == 20) return calendar(client, error);
    if (draw > 23) return publish(client, error);
    if (draw > 20) return report(client, error);
    return draw < 19 ? tell(client, error) : be_refused(client, error);
}

static void say_done(const struct crowd *crowd, struct id order, int what)
{
    struct crowd_done done = {order, what};
    if (crowd->confirmed >= 0 && write(crowd->confirmed, &done, sizeof done) != sizeof done)
        perror("crowd: what was confirmed could not be told");
}

static void fail(struct crowd *crowd, const struct error *error)
{
    pthread_mutex_lock(&crowd->lock);
    if (!crowd->failed) crowd->error = *error;
    crowd->failed = true;
    pthread_mutex_unlock(&crowd->lock);
    crowd->left = 0;
}

/* Takes one of the acts that are left. */
static bool take(struct crowd *crowd)
{
    unsigned long long left = crowd->left;
    while (left > 0)
        if (atomic_compare_exchange_weak(&crowd->left, &left, left - 1)) return true;
    return false;
}

static void *be_client(void *context)
{
    struct client *client = context;
    struct error error = {.code = ERROR_NONE};
    client->arena = arena_new();
    while (take(client->crowd)) {
        arena_reset(client->arena);
        if (do_one(client, &error))
            say_done(client->crowd, client->order.id, (int)client->order.act);
        else
            fail(client->crowd, &error);
    }
    arena_free(client->arena);
    return NULL;
}

/* ---- all of them ---- */

static bool find_teachers(struct record *record, struct id *ret_teachers, struct error *error)
{
    for (int i = 0; i < TEACHERS; i++) {
        char email[40];
        (void)snprintf(email, sizeof email, "teacher%d@crash.example", i);
        if (!crowd_person(record, email, &ret_teachers[i], error)) return false;
    }
    return true;
}

/* Versions that a crowd before this one left waiting when it was killed: only so many may. */
static bool clear_versions(struct crowd *crowd, struct arena *arena, struct error *error)
{
    struct versions_seen versions;
    if (!versions_seen(crowd->record, arena, &versions, error)) return false;
    for (size_t i = 0; i < versions.list.count; i++) {
        struct order order;
        struct outcome outcome;
        const struct given values[] = {{"version", crowd_hex(arena, versions.list.at[i].id)},
                                       {NULL, NULL}};
        if (versions.list.at[i].state == VERSION_WAITS &&
            !crowd_act(crowd->record, ACT_WITHDRAW_VERSION, crowd->admin, values, arena, &order,
                       &outcome, error))
            return false;
    }
    return true;
}

bool crowd_acts(struct record *record, int confirmed, uint64_t seed, uint64_t acts,
                struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct client clients[CROWD_CLIENTS] = {0};
    struct id teachers[TEACHERS];
    struct id version;
    const struct policy *policy = record_policy_on(record, record_today(record), &version);
    struct crowd crowd = {.record = record,
                          .policy = policy != NULL,
                          .top = crowd_hex(arena, record_top(record)),
                          .confirmed = confirmed,
                          .left = acts};
    if (policy != NULL) {
        crowd.version = crowd_hex(arena, version);
        crowd.seen = signoff_text(policy, arena).at;
        record_policy_let_go(record, policy);
    }
    if (!crowd_person(record, "admin@crash.example", &crowd.admin, error) ||
        !crowd_person(record, "head@crash.example", &crowd.head, error) ||
        !find_teachers(record, teachers, error) || !clear_versions(&crowd, arena, error))
        return false;
    pthread_mutex_init(&crowd.lock, NULL);
    say_done(&crowd, (struct id){{0}}, ACTS);
    for (size_t i = 0; i < CROWD_CLIENTS; i++) {
        clients[i].crowd = &crowd;
        clients[i].teacher = teachers[i % TEACHERS];
        clients[i].publishes = i < PUBLISHERS;
        random_init(&clients[i].random, seed * CROWD_CLIENTS + i + 1);
        if (pthread_create(&clients[i].thread, NULL, be_client, &clients[i]) != 0)
            return error_set(error, ERROR_INTERNAL, "a client's thread could not be started");
    }
    for (size_t i = 0; i < CROWD_CLIENTS; i++) pthread_join(clients[i].thread, NULL);
    pthread_mutex_destroy(&crowd.lock);
    if (crowd.failed) *error = crowd.error;
    return !crowd.failed;
}

bool crowd_work(const struct record_place *place, int confirmed, uint64_t seed, struct error *error)
{
    struct record *record;
    if (!record_open(place, &record, error)) return false;
    mail_switch(record, true); /* as it is served: mail is queued in the same transactions */
    bool worked = crowd_acts(record, confirmed, seed, UINT64_MAX, error);
    record_close(record);
    return worked;
}
