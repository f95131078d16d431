/* What is due by the clock; see time_parts.h. */
#include "service/time_parts.h"

#include "base/london.h"
#include "policy/addressed.h"
#include "policy/print.h"
#include "policy/scenario.h"
#include "service/duty.h"
#include "service/keeping_parts.h"
#include "service/people.h"
#include "store/outbox.h"

/* ---- the review ----------------------------------------------------------------------------------- */

struct looked {
    int64_t due;
    bool opened;
};

static bool see_review(void *context, const void *row, struct error *error)
{
    struct looked *looked = context;
    const struct task_row *task = row;
    (void)error;
    if (slice_is(task->kind, TASK_REVIEW) && task->due == looked->due) looked->opened = true;
    return true;
}

/* The bodies that approve: as the policy says, else those that the record's rules name. */
static void approvers(const struct policy *policy, struct duty_offices *ret_offices)
{
    static const enum role usual[] = {ROLE_HEADTEACHER, ROLE_MANAGING_PARTNER, ROLE_CHAIR,
                                      ROLE_GOVERNOR, ROLE_DIRECTOR};
    const struct roles *named = policy_approvers(policy, NULL);
    *ret_offices = (struct duty_offices){.count = 0};
    if (named != NULL) duty_offices(&policy->words, named, ret_offices);
    if (ret_offices->count > 0) return;
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        ret_offices->at[ret_offices->count++] = usual[i];
}

static bool find_approver(struct record *record, struct db *db, const struct policy *policy,
                          struct arena *arena, enum role *ret_role, struct error *error)
{
    struct duty_offices offices;
    struct id top = record_top(record);
    approvers(policy, &offices);
    *ret_role = offices.at[0];
    for (size_t i = 0; i < offices.count; i++) {
        struct people_ids holders = {0};
        if (!people_holders(db, offices.at[i], &top, record_today(record), arena, &holders, error))
            return false;
        if (holders.list.count == 0) continue;
        *ret_role = offices.at[i];
        return true;
    }
    return true;
}

static void say_line(const struct policy *policy, struct arena *arena, struct review_due *review)
{
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        const struct policy_line *line = &policy->document.lines.at[i];
        if (line->kind != LINE_REVIEW) continue;
        AUTO_TEXT struct text deed;
        text_init(&deed, EVENT_FIELD_LARGEST);
        print_policy_line(&policy->words, line, &deed);
        review->deed = arena_copy(arena, slice_trim(text_slice(&deed)));
        review->clause = arena_copy(arena, policy->document.clauses.at[line->clause].id);
    }
}

static bool look_at(struct record *record, struct db *db, const struct policy *policy,
                    struct arena *arena, struct review_due *review, struct error *error)
{
    struct looked looked = {0};
    int64_t since;
    int64_t day = record_today(record) + REVIEW_AHEAD;
    if (policy_review(policy, day + 1, &since) != REVIEW_OVERDUE) return true;
    looked.due = review->due = london_day_end(since - 1);
    if (!tasks_about(db, &review->version, arena, see_review, &looked, error)) return false;
    review->wanted = !looked.opened;
    if (!review->wanted) return true;
    say_line(policy, arena, review);
    return find_approver(record, db, policy, arena, &review->role, error);
}

bool time_review(struct record *record, struct db *db, struct arena *arena,
                 struct review_due *ret_review, struct error *error)
{
    *ret_review = (struct review_due){.role = ROLES, .clause = SLICE_EMPTY, .deed = SLICE_EMPTY};
    const struct policy *policy =
        record_policy_on(record, record_today(record), &ret_review->version);
    if (policy == NULL) return true;
    bool done = look_at(record, db, policy, arena, ret_review, error);
    record_policy_let_go(record, policy);
    return done;
}

/* ---- reminders ------------------------------------------------------------------------------------ */

struct reminding {
    struct record *record;
    struct db *db;
    struct arena *arena;
    int64_t now;
    LIST(struct task_row) late;
    struct reminders *out;
};

static bool keep_late(void *context, const void *row, struct error *error)
{
    struct reminding *reminding = context;
    (void)error;
    if (reminding->late.count < LATE_LARGEST)
        LIST_PUSH(reminding->arena, &reminding->late, *(const struct task_row *)row);
    return true;
}

static bool got_one(struct reminding *reminding, const struct id *person, enum mail_kind kind,
                    bool *ret_got, struct error *error)
{
    struct outbox_row row = {.state = SLICE_EMPTY};
    struct slice address;
    for (size_t i = 0; i < reminding->out->list.count; i++) {
        const struct reminder *before = &reminding->out->list.at[i];
        *ret_got = id_same(&before->person, person) && before->kind == kind;
        if (*ret_got) return true;
    }
    if (!outbox_of(reminding->db, person, slice_of(mail_kind_word(kind)), reminding->arena, &row,
                   ret_got, error))
        return false;
    bool over = slice_is(row.state, "sent") || slice_is(row.state, "failed");
    if (*ret_got && (!over || outbox_kept_back(&row, reminding->now))) return true;
    if (!mail_address_of(reminding->record, reminding->db, person, reminding->arena, &address,
                         error))
        return false;
    *ret_got = address.length == 0;
    return true;
}

static bool add(struct reminding *reminding, const struct id *person, enum mail_kind kind,
                struct error *error)
{
    bool got;
    if (reminding->out->list.count == REMINDERS_LARGEST) return true;
    if (!got_one(reminding, person, kind, &got, error)) return false;
    if (!got) LIST_PUSH(reminding->arena, &reminding->out->list, (struct reminder){*person, kind});
    return true;
}

/* Nobody of the matter is told by a mail that there is one. */
static bool add_holders(struct reminding *reminding, const struct task_row *task, enum role role,
                        enum mail_kind kind, struct error *error)
{
    struct people_ids holders = {0};
    if (!people_holders(reminding->db, role, &task->org, record_today(reminding->record),
                        reminding->arena, &holders, error))
        return false;
    for (size_t i = 0; i < holders.list.count; i++) {
        bool hidden;
        if (!duty_hidden(reminding->record, reminding->db, task, &holders.list.at[i],
                         reminding->arena, &hidden, error))
            return false;
        if (!hidden && !add(reminding, &holders.list.at[i], kind, error)) return false;
    }
    return true;
}

/* Those who lead hear of duties alone: what was told to somebody may be about them. */
static bool add_task(struct reminding *reminding, const struct task_row *task, struct error *error)
{
    enum role role = role_of(task->role);
    if (!id_is_none(&task->owner)) {
        if (!add(reminding, &task->owner, MAIL_WAITING, error)) return false;
    } else if (role != ROLES && !add_holders(reminding, task, role, MAIL_WAITING, error)) {
        return false;
    }
    return !task_is_duty(task->kind) ||
           add_holders(reminding, task, ROLE_HEADTEACHER, MAIL_OVERDUE, error);
}

static bool is_time(int64_t now)
{
    struct moment moment = london_moment(now);
    int64_t weekday = (moment.day + 3) % 7; /* 0: Monday */
    return weekday < 5 && moment.minute >= REMIND_FROM;
}

bool time_reminders(struct record *record, struct db *db, int64_t now, struct arena *arena,
                    struct reminders *ret_reminders, struct error *error)
{
    struct reminding reminding = {record, db, arena, now, {0}, ret_reminders};
    *ret_reminders = (struct reminders){.list = {.count = 0}};
    if (!record->mail_on || !is_time(now)) return true;
    if (!tasks_late(db, now, arena, keep_late, &reminding, error)) return false;
    for (size_t i = 0; i < reminding.late.count; i++)
        if (!add_task(&reminding, &reminding.late.at[i], error)) return false;
    return true;
}

/* ---- all ------------------------------------------------------------------------------------------ */

static bool see_any(void *context, const void *row, struct error *error)
{
    (void)row;
    (void)error;
    *(bool *)context = true;
    return true;
}

bool time_due(struct record *record, struct db *db, bool *ret_due, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct review_due review;
    struct reminders reminders;
    int64_t now = record_now(record);
    *ret_due = false;
    if (!tasks_going_on(db, now, arena, see_any, ret_due, error) || *ret_due) return *ret_due;
    if (!time_review(record, db, arena, &review, error) ||
        !time_reminders(record, db, now, arena, &reminders, error))
        return false;
    *ret_due = review.wanted || reminders.list.count > 0;
    return true;
}
