/* What became of a mail is recorded: that it was sent, or given up and why. The text and the address stand nowhere; who was
 * told by mail that something waits, and when, does. */
#include "service/mail_queue.h"
#include "store/outbox.h"

#define DAY_MS (24LL * 3600 * 1000)

static bool outcome_good(struct slice outcome)
{
    return slice_is(outcome, MAIL_OUTCOME_SENT) || slice_is(outcome, MAIL_OUTCOME_REFUSED) ||
           slice_is(outcome, MAIL_OUTCOME_LATE);
}

bool facts_record_mail(struct desk *desk, struct error *error)
{
    struct id mail;
    if (!desk_id(desk, "mail", "the mail", &mail, error) ||
        !desk_id(desk, "person", "the person", &desk->person, error))
        return false;
    if (mail_kind_of(order_value(desk->order, "kind")) == MAIL_KINDS)
        return error_set(error, ERROR_REQUEST, "the mail is of a kind that we do not know");
    return outcome_good(order_value(desk->order, "outcome")) ||
           error_set(error, ERROR_REQUEST, "what became of the mail is not said");
}

static bool emit(struct desk *desk, bool sent, struct error *error)
{
    static const char *const copied[] = {"mail", "tries"};
    struct event *event = desk_event(desk, sent ? "mail-sent" : "mail-given-up");
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
        desk_set(desk, event, copied[i], order_value(desk->order, copied[i]));
    desk_set(desk, event, "mail-kind", order_value(desk->order, "kind"));
    if (!sent) desk_set(desk, event, "outcome", order_value(desk->order, "outcome"));
    if (!sent) desk_set(desk, event, "reason", order_value(desk->order, "reason"));
    return desk_emit(desk, event, error);
}

/* The row stays for as long as it keeps the next one back. Gone meanwhile: the person was erased. */
static bool keep_back(struct desk *desk, bool sent, struct error *error)
{
    struct id mail;
    struct outbox_row row;
    bool found;
    enum mail_kind kind = mail_kind_of(order_value(desk->order, "kind"));
    if (!desk_id(desk, "mail", "the mail", &mail, error) ||
        !outbox_get(desk->db, &mail, desk->arena, &row, &found, error))
        return false;
    if (!found) return true;
    row.state = sent ? SLICE("sent") : SLICE("failed");
    row.not_before = mail_next(kind, desk->now);
    return outbox_put(desk->db, &row, error);
}

static bool see_told(void *context, const void *row, struct error *error)
{
    bool *told = context;
    (void)error;
    if (slice_is(((const struct task_row *)row)->kind, "mail-failed")) *told = true;
    return true;
}

/* One task for the administrator, however many mails fail. */
static bool tell(struct desk *desk, struct error *error)
{
    struct id top = record_top(desk->record);
    bool told = false;
    if (!tasks_open(desk->db, desk->arena, see_told, &told, error)) return false;
    if (told) return true;
    struct task_plan plan = {
        .kind = "mail-failed", .role = ROLE_ADMINISTRATOR, .org = &top, .due = desk->now + DAY_MS};
    desk->person = (struct id){{0}}; /* the task is not about whom it did not reach */
    return desk_task(desk, &plan, NULL, error);
}

bool do_record_mail(struct desk *desk, struct error *error)
{
    bool sent = slice_is(order_value(desk->order, "outcome"), MAIL_OUTCOME_SENT);
    if (!emit(desk, sent, error) || !keep_back(desk, sent, error)) return false;
    if (sent || order_value(desk->order, "tell").length == 0) return true;
    return tell(desk, error);
}
