/* Who is to be told by mail that something waits; see mail_queue.h. */
#include "service/mail_queue.h"

#include "base/date.h"
#include "link/mail_message.h"
#include "service/keeping_parts.h"
#include "service/people.h"
#include "store/outbox.h"

#define MINUTE_MS (60LL * 1000)
#define HOUR_MS (60 * MINUTE_MS)
#define DAY_MINUTES (24 * 60)
#define MORNING_MINUTE (7 * 60) /* the next day's mail does not come at midnight */
#define SEALED_LARGEST 2000

/* ---- kinds ---- */

struct kind_row {
    const char *word;
    struct slice subject, first;
};
/* Nothing here may say what it is about, how much of it, or whom it concerns: mail is read by others, and on locked screens. */
static const struct kind_row kinds[MAIL_KINDS] = {
    [MAIL_WAITING] = {"waiting", SLICE("Something waits for you in Lanyard"),
                      SLICE("Something waits for you in Lanyard.")},
    [MAIL_SIGN] = {"sign", SLICE("Something waits for you in Lanyard"),
                   SLICE("A policy waits for you to read and sign it in Lanyard.")},
    [MAIL_URGENT] = {"urgent", SLICE("Something urgent waits for you in Lanyard"),
                     SLICE("Something waits for you in Lanyard that should not wait long. "
                           "Please look now.")},
    [MAIL_OVERDUE] = {"overdue", SLICE("Something waits for you in Lanyard"),
                      SLICE("Something is overdue in Lanyard, and you are among those who can "
                            "see to it.")},
};

const char *mail_kind_word(enum mail_kind kind)
{
    return kinds[kind].word;
}

enum mail_kind mail_kind_of(struct slice word)
{
    enum mail_kind kind = 0;
    while (kind < MAIL_KINDS && !slice_is(word, kinds[kind].word)) kind++;
    return kind;
}

struct slice mail_subject(enum mail_kind kind)
{
    return kinds[kind].subject;
}

struct slice mail_body(enum mail_kind kind, struct slice site, struct arena *arena)
{
    return arena_format(arena,
                        "%.*s\n"
                        "\n"
                        "Sign in to see what it is:\n"
                        "%.*s\n"
                        "\n"
                        "This message says no more on purpose: others might read it. Nobody\n"
                        "asks for your password by mail. If you doubt it, type the address\n"
                        "yourself, or ask the office.\n",
                        SLICE_PRINT(kinds[kind].first), SLICE_PRINT(site));
}

int64_t mail_next(enum mail_kind kind, int64_t now)
{
    int minute = moment_now().minute;
    if (kind == MAIL_URGENT) return now + HOUR_MS;
    return now + (DAY_MINUTES - minute + MORNING_MINUTE) * MINUTE_MS;
}

/* ---- addresses ---- */

bool mail_address_of(struct record *record, struct db *db, const struct id *person,
                     struct arena *arena, struct slice *ret_address, struct error *error)
{
    struct person_row row;
    struct pairs details;
    bool found, there;
    *ret_address = SLICE_EMPTY;
    if (!person_get(db, person, arena, &row, &found, error)) return false;
    if (!found || !slice_is(row.state, "here")) return true;
    if (!people_details(record, db, &row, arena, &details, &there, error)) return false;
    if (!there) return true;
    struct slice address = pairs_value(&details, "email");
    if (mail_address_good(address)) *ret_address = address;
    return true;
}

/* ---- rows ---- */

void mail_switch(struct record *record, bool on)
{
    record->mail_on = on;
}

static struct slice seal_time(struct record *record, const struct id *person, int64_t at,
                              struct arena *arena)
{
    AUTO_TEXT struct text content, sealed;
    struct pairs pairs = {0};
    text_init(&content, SEALED_LARGEST);
    text_init(&sealed, SEALED_LARGEST);
    pairs_add(&pairs, arena, "queued", arena_format(arena, "%lld", (long long)at));
    pairs_write(&pairs, &content);
    record_secret_close(record, person, "mail", text_slice(&content), &sealed);
    return arena_copy(arena, text_slice(&sealed));
}

int64_t mail_queued_at(struct record *record, const struct outbox_row *row, struct arena *arena)
{
    struct slice content;
    struct pairs pairs;
    int64_t at;
    bool read = record_secret_open(record, &row->person, "mail", row->sealed, arena, &content) &&
                pairs_read(content, arena, &pairs) &&
                slice_number(pairs_value(&pairs, "queued"), &at);
    return read ? at : row->not_before;
}

static bool put_new(struct desk *desk, const struct id *person, enum mail_kind kind,
                    int64_t not_before, struct error *error)
{
    struct outbox_row row = {
        .id = id_make(),
        .kind = slice_of(mail_kind_word(kind)),
        .person = *person,
        .sealed = seal_time(desk->record, person, not_before, desk->arena),
        .not_before = not_before,
        .tries = 0,
        .state = SLICE("waiting"),
    };
    return outbox_put(desk->db, &row, error);
}

/* One that waits already is enough; it goes sooner where this one is to. */
static bool hasten(struct desk *desk, struct outbox_row *row, int64_t not_before,
                   struct error *error)
{
    if (row->tries > 0 || !slice_is(row->state, "waiting") || row->not_before <= not_before)
        return true;
    row->not_before = not_before;
    row->sealed = seal_time(desk->record, &row->person, not_before, desk->arena);
    return outbox_put(desk->db, row, error);
}

/* What was sent lately keeps the next one back, and is forgotten for it: there is one row a person and kind. */
static bool follow(struct desk *desk, const struct id *person, enum mail_kind kind,
                   const struct outbox_row *before, int64_t not_before, struct error *error)
{
    if (outbox_kept_back(before, desk->now) && before->not_before > not_before)
        not_before = before->not_before;
    return outbox_drop(desk->db, &before->id, error) &&
           put_new(desk, person, kind, not_before, error);
}

bool mail_queue(struct desk *desk, const struct id *person, enum mail_kind kind, int64_t not_before,
                struct error *error)
{
    struct outbox_row row;
    struct slice address;
    bool found;
    if (!desk->record->mail_on) return true;
    if (not_before < desk->now) not_before = desk->now;
    if (!outbox_of(desk->db, person, slice_of(mail_kind_word(kind)), desk->arena, &row, &found,
                   error))
        return false;
    bool done = found && (slice_is(row.state, "sent") || slice_is(row.state, "failed"));
    if (found && !done) return hasten(desk, &row, not_before, error);
    if (!mail_address_of(desk->record, desk->db, person, desk->arena, &address, error))
        return false;
    if (address.length == 0) return true;
    if (done) return follow(desk, person, kind, &row, not_before, error);
    return put_new(desk, person, kind, not_before, error);
}

/* ---- those of a role ---- */

struct reaching {
    struct desk *desk;
    enum role role;
    const struct id *org;
    enum mail_kind kind;
    int64_t not_before;
    const struct task_plan *task; /* NULL: none */
    size_t reached;
};

/* Whom it is about does not learn by a mail, to which no task is found, that there is something. */
static bool is_hidden(const struct reaching *reaching, const struct id *person, bool *ret_hidden,
                      struct error *error)
{
    struct desk *desk = reaching->desk;
    const struct task_plan *plan = reaching->task;
    struct task_row row;
    *ret_hidden = false;
    if (plan == NULL || plan->about == NULL) return true;
    row = (struct task_row){.kind = slice_of(plan->kind), .about = *plan->about};
    return duty_hidden(desk->record, desk->db, &row, person, desk->arena, ret_hidden, error);
}

static bool reach(struct reaching *reaching, const struct id *person, struct error *error)
{
    bool own, hidden;
    if (!is_hidden(reaching, person, &hidden, error)) return false;
    if (hidden) return true;
    reaching->reached++;
    if (!desk_is_actor(reaching->desk, person, &own, error)) return false;
    if (own && !id_is_none(&reaching->desk->order->actor)) return true; /* they know */
    return mail_queue(reaching->desk, person, reaching->kind, reaching->not_before, error);
}

static bool reach_holders(struct reaching *reaching, bool away_too, struct error *error)
{
    struct desk *desk = reaching->desk;
    struct people_ids holders = {0};
    if (!people_holders(desk->db, reaching->role, reaching->org, desk->today, desk->arena, &holders,
                        error))
        return false;
    for (size_t i = 0; i < holders.list.count; i++) {
        const struct id *person = &holders.list.at[i];
        bool away;
        if (!people_away(desk->db, person, desk->today, &away, error)) return false;
        if ((!away || away_too) && !reach(reaching, person, error)) return false;
    }
    return true;
}

static bool reach_deputy(void *context, const void *row, struct error *error)
{
    struct reaching *reaching = context;
    struct desk *desk = reaching->desk;
    const struct deputy_row *deputy = row;
    enum role roles[ROLES];
    size_t count;
    bool away;
    if (!slice_is(deputy->state, "named")) return true;
    if (!people_away(desk->db, &deputy->person, desk->today, &away, error)) return false;
    if (away) return true;
    if (!people_acting_roles(desk->record, desk->db, &deputy->person, reaching->org, desk->today,
                             desk->arena, roles, &count, error))
        return false;
    for (size_t i = 0; i < count; i++)
        if (roles[i] == reaching->role) return reach(reaching, &deputy->person, error);
    return true;
}

static bool reach_role(struct reaching *reaching, struct error *error)
{
    struct desk *desk = reaching->desk;
    if (!reach_holders(reaching, false, error)) return false;
    if (reaching->reached > 0) return true;
    if (!deputies_of(desk->db, role_row(reaching->role)->code, desk->arena, reach_deputy, reaching,
                     error))
        return false;
    return reaching->reached > 0 || reach_holders(reaching, true, error);
}

bool mail_queue_role(struct desk *desk, enum role role, const struct id *org, enum mail_kind kind,
                     int64_t not_before, struct error *error)
{
    struct reaching reaching = {
        .desk = desk, .role = role, .org = org, .kind = kind, .not_before = not_before};
    return !desk->record->mail_on || reach_role(&reaching, error);
}

/* What was told is read today; what is due within the hour, or goes to somebody else unless it is taken, cannot wait for
 * tomorrow's mail either. */
bool mail_queue_task(struct desk *desk, const struct task_plan *plan, struct error *error)
{
    bool soon = plan->goes_on > 0 || plan->due <= desk->now + HOUR_MS ||
                slice_is(slice_of(plan->kind), "told");
    enum mail_kind kind = soon ? MAIL_URGENT : MAIL_WAITING;
    struct id top = record_top(desk->record);
    if (!desk->record->mail_on) return true;
    if (slice_is(slice_of(plan->kind), "vacancy")) /* nobody holds the role that it names */
        return mail_queue_role(desk, ROLE_ADMINISTRATOR, &top, MAIL_WAITING, 0, error);
    struct reaching reaching = {.desk = desk,
                                .role = plan->role,
                                .org = plan->org != NULL ? plan->org : &top,
                                .kind = kind};
    if (plan->owner != NULL && !id_is_none(plan->owner))
        return reach(&reaching, plan->owner, error);
    reaching.task = plan;
    return plan->role == ROLES || reach_role(&reaching, error);
}
