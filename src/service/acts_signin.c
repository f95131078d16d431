/* Signing in, inside the transaction: what the clauses ask for, looked at again there, and what follows. What people sign in
 * with stands in rows that are no projections; the events say only that one was set, used or withdrawn.
 *
 * event             what it says
 * invited           person, second: whether somebody else has to hand it over
 * link-used         person, link (its kind: invitation.h)
 * signed-in         person, how (password, code or recovery; in a demo: demo), recovery-left
 * signed-out        person, everywhere
 * password-changed  person
 * codes-set         person
 * recovery-made     person
 * reset-started     person, link (reset or reset-all), second: whether somebody else has to hand it over
 * reset-handed      person
 * invitation-handed person */
#include <string.h>

#include "service/people.h"
#include "service/signin_parts.h"

/* Kinds of rows that wait for the second person; they are no links yet. */
#define INVITATION_ASKED "invite-asked"
#define RESET_ASKED "reset-asked"
#define HAND_TASK_MILLISECONDS (24LL * 3600 * 1000)

/* ---- what every act of signing in looks at ---- */

struct proof {
    struct person_row person; /* somebody else, whom the act is about */
    struct signin_secrets secrets;
    struct link_row link;
    struct session_row session;
    bool second;       /* takes two: the one who begins gets no link */
    struct slice code; /* how it was proved: password, code, recovery */
};

static const struct signin_matter *matter_of(const struct desk *desk)
{
    static const struct signin_matter nothing = {
        .code = {"", 0}, .hash = {"", 0}, .seed = {"", 0}, .seed_code = {"", 0}};
    return desk->order->matter != NULL ? desk->order->matter : &nothing;
}

/* The actor acts for themselves: reads what they sign in with. `ret_here` false for who has left. */
static bool read_actor(struct desk *desk, struct proof **ret_proof, bool *ret_here,
                       struct error *error)
{
    struct person_row row;
    bool found;
    struct proof *proof = ARENA_NEW(desk->arena, struct proof);
    desk->person = desk->order->actor;
    desk->found = *ret_proof = proof;
    if (id_is_none(&desk->person))
        return error_set(error, ERROR_REQUEST, "only a person of the record can do this");
    if (!person_get(desk->db, &desk->person, desk->arena, &row, &found, error) ||
        !secrets_read(desk->record, desk->db, &desk->person, desk->arena, &proof->secrets, error))
        return false;
    *ret_here = found && slice_is(row.state, "here");
    return true;
}

/* Whether the password that was verified outside is still the one, and the code holds where codes are set up. */
static bool proved(struct desk *desk, struct proof *proof)
{
    const struct signin_matter *matter = matter_of(desk);
    struct signin_secrets *secrets = &proof->secrets;
    size_t recovery = secrets->recovery.count;
    struct id now = secrets_proof(desk->record, secrets->password);
    proof->code = SLICE("password");
    if (secrets->password.length == 0 || !id_same(&now, &matter->proof)) return false;
    if (secrets->seed.length == 0) return true;
    if (!secrets_use_code(desk->record, &desk->person, secrets, matter->code, desk->now))
        return false;
    proof->code = secrets->recovery.count < recovery ? SLICE("recovery") : SLICE("code");
    return true;
}

static bool keep(struct desk *desk, const struct signin_secrets *secrets, struct error *error)
{
    return secrets_write(desk->record, desk->db, &desk->person, secrets, desk->arena, error);
}

static bool emit(struct desk *desk, const char *kind, const char *key, struct slice value,
                 struct error *error)
{
    struct event *event = desk_event(desk, kind);
    if (key != NULL) desk_set(desk, event, key, value);
    return desk_emit(desk, event, error);
}

/* ---- sign in, sign out ---- */

bool facts_sign_in(struct desk *desk, struct error *error)
{
    struct proof *proof;
    bool here = false;
    return read_actor(desk, &proof, &here, error) &&
           desk_say(desk, "proven", proved(desk, proof) && here, error);
}

static bool open_session(struct desk *desk, const struct id *session, struct error *error)
{
    AUTO_TEXT struct text sealed;
    text_init(&sealed, 4000);
    record_secret_close(desk->record, &desk->person, "session", SLICE_EMPTY, &sealed);
    struct session_row row = {.hash = *session,
                              .person = desk->person,
                              .sealed = text_slice(&sealed),
                              .opened = desk->now,
                              .used = desk->now,
                              .ends = desk->now + SIGNIN_SESSION_SECONDS * 1000LL};
    return sessions_drop_ended(desk->db, desk->now, error) && session_put(desk->db, &row, error);
}

bool do_sign_in(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    const struct signin_matter *matter = matter_of(desk);
    if (!id_is_none(&matter->session) && !open_session(desk, &matter->session, error)) return false;
    if (!slice_is(proof->code, "password") && !keep(desk, &proof->secrets, error)) return false;
    struct event *event = desk_event(desk, "signed-in");
    desk_set(desk, event, "how", proof->code);
    if (slice_is(proof->code, "recovery"))
        desk_set_number(desk, event, "recovery-left", (int64_t)proof->secrets.recovery.count);
    return desk_emit(desk, event, error);
}

/* Whether the record is a demo is its own first event's to say, not the order's. */
bool facts_demo_sign_in(struct desk *desk, struct error *error)
{
    struct proof *proof;
    bool here = false;
    if (!read_actor(desk, &proof, &here, error)) return false;
    if (!here) return error_set(error, ERROR_REQUEST, "this person is not here any more");
    return desk_say(desk, "demo", record_is_demo(desk->record), error);
}

/* A session needs the row of what its person signs in with, which here stays empty: no password fits it. */
bool do_demo_sign_in(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    return keep(desk, &proof->secrets, error) &&
           open_session(desk, &matter_of(desk)->session, error) &&
           emit(desk, "signed-in", "how", SLICE("demo"), error);
}

bool facts_sign_out(struct desk *desk, struct error *error)
{
    struct proof *proof;
    struct id session = matter_of(desk)->session;
    bool here = false, found;
    if (!read_actor(desk, &proof, &here, error) ||
        !session_get(desk->db, &session, desk->arena, &proof->session, &found, error))
        return false;
    return desk_say(desk, "proven", found && id_same(&proof->session.person, &desk->person), error);
}

bool do_sign_out(struct desk *desk, struct error *error)
{
    const struct signin_matter *matter = matter_of(desk);
    bool ended = matter->everywhere ? sessions_drop_of(desk->db, &desk->person, error)
                                    : session_drop(desk->db, &matter->session, error);
    return ended && emit(desk, "signed-out", "everywhere",
                         matter->everywhere ? SLICE("yes") : SLICE("no"), error);
}

/* ---- one's own password and codes ---- */

/* Ends every session of the person's but the one in which this is done. */
static bool end_others(struct desk *desk, struct error *error)
{
    struct session_row row;
    struct id session = matter_of(desk)->session;
    bool found;
    if (!session_get(desk->db, &session, desk->arena, &row, &found, error) ||
        !sessions_drop_of(desk->db, &desk->person, error) ||
        !links_drop_of(desk->db, &desk->person, error))
        return false;
    return !found || !id_same(&row.person, &desk->person) || session_put(desk->db, &row, error);
}

/* A new password asks for the old one alone: codes are not in question, and a phone may be in a drawer. */
bool facts_password(struct desk *desk, struct error *error)
{
    struct proof *proof;
    bool here = false;
    if (!read_actor(desk, &proof, &here, error)) return false;
    struct id now = secrets_proof(desk->record, proof->secrets.password);
    bool holds = proof->secrets.password.length > 0 && id_same(&now, &matter_of(desk)->proof);
    if (matter_of(desk)->hash.length == 0)
        return error_set(error, ERROR_REQUEST, "the new password is missing");
    return desk_say(desk, "proven", holds && here, error);
}

bool do_change_password(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    proof->secrets.password = matter_of(desk)->hash;
    return keep(desk, &proof->secrets, error) && end_others(desk, error) &&
           emit(desk, "password-changed", NULL, SLICE_EMPTY, error);
}

bool do_set_codes(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    const struct signin_matter *matter = matter_of(desk);
    struct signin_secrets *secrets = &proof->secrets;
    int64_t step;
    if (matter->seed.length != SIGNIN_SEED_LENGTH ||
        !seed_gives(matter->seed, matter->seed_code, desk->now, 0, &step))
        return error_set(error, ERROR_REQUEST, "the code does not come from the new secret");
    secrets->seed = matter->seed;
    secrets->step = step;
    desk->outcome->secret = secrets_new_recovery(desk->record, &desk->person, secrets, desk->arena);
    return keep(desk, secrets, error) && end_others(desk, error) &&
           emit(desk, "codes-set", NULL, SLICE_EMPTY, error);
}

bool do_new_recovery(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    if (proof->secrets.seed.length == 0)
        return error_set(error, ERROR_REQUEST, "recovery codes come with sign-in codes");
    desk->outcome->secret =
        secrets_new_recovery(desk->record, &desk->person, &proof->secrets, desk->arena);
    return keep(desk, &proof->secrets, error) &&
           emit(desk, "recovery-made", NULL, SLICE_EMPTY, error);
}

/* ---- links ---- */

static bool note_email(void *context, const void *row, struct error *error)
{
    const struct identifier_row *identifier = row;
    (void)error;
    if (slice_is(identifier->kind, "email")) *(bool *)context = true;
    return true;
}

/* Somebody else's affair. What is wrong with it is told behind the decision alone, to those whom a clause allows the act. */
static bool read_person(struct desk *desk, struct proof **ret_proof, struct error *error)
{
    struct proof *proof = ARENA_NEW(desk->arena, struct proof);
    desk->found = *ret_proof = proof;
    return desk_person(desk, "person", "the person", &proof->person, error) &&
           secrets_read(desk->record, desk->db, &desk->person, desk->arena, &proof->secrets, error);
}

/* The person has to be here, and known by an address to sign in with. */
static bool check_person(struct desk *desk, struct error *error)
{
    const struct proof *proof = desk->found;
    bool email = false;
    if (!identifiers_of(desk->db, &desk->person, desk->arena, note_email, &email, error))
        return false;
    if (!slice_is(proof->person.state, "here"))
        return error_set(error, ERROR_REQUEST, "this person is no longer here");
    if (email) return true;
    error_set(error, ERROR_REQUEST, "this person has no e-mail address in the record");
    return error_advise(error, "People sign in with it: add it to their details first");
}

/* ---- what takes a second person ---- */

static bool find_asked(void *context, const void *row, struct error *error)
{
    struct proof *proof = context;
    const struct link_row *link = row;
    (void)error;
    if (slice_is(link->kind, RESET_ASKED) || slice_is(link->kind, INVITATION_ASKED))
        proof->link = *link;
    return true;
}

/* What waited for a second person before waits no longer. */
static bool close_asked(struct desk *desk, struct proof *proof, struct error *error)
{
    if (!links_of(desk->db, &desk->person, desk->arena, find_asked, proof, error)) return false;
    if (id_is_none(&proof->link.hash)) return true;
    return link_drop(desk->db, &proof->link.hash, error) &&
           desk_task_close(desk, &proof->link.hash, error);
}

/* The row's hash is the task's id: no secret has it, so that it opens nothing. */
static bool ask_second(struct desk *desk, const char *task_kind, const char *row_kind,
                       struct error *error)
{
    struct task_plan plan = {.kind = task_kind,
                             .role = ROLE_ADMINISTRATOR,
                             .org = &desk->scope,
                             .about = &desk->person,
                             .due = desk->now + HAND_TASK_MILLISECONDS};
    struct link_row row = {.person = desk->person,
                           .kind = slice_of(row_kind),
                           .made_by = desk->order->actor,
                           .expires = desk->now + INVITATION_MILLISECONDS};
    if (!desk_task(desk, &plan, &row.hash, error)) return false;
    desk->outcome->made = row.hash;
    return links_drop_of(desk->db, &desk->person, error) && link_put(desk->db, &row, error);
}

/* ---- invitations ---- */

/* Nobody comes into a role of trust by one hand: whoever invites its holder gets no link. The keeper of the machine puts the
 * first people in, when there is no second hand yet. */
bool facts_invite(struct desk *desk, struct error *error)
{
    struct proof *proof;
    bool fresh, trusted;
    if (!read_person(desk, &proof, error) || !people_record_new(desk, &fresh, error) ||
        !people_trusted(desk->db, &desk->person, desk->today, desk->arena, &trusted, error))
        return false;
    proof->second = trusted && !id_is_none(&desk->order->actor);
    return desk_say(desk, "new-record", fresh, error);
}

bool do_invite(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    if (!check_person(desk, error)) return false;
    if (proof->secrets.password.length > 0) {
        error_set(error, ERROR_REQUEST, "this person has a password already");
        return error_advise(error, "Where they cannot get in any more, start a reset for them");
    }
    if (!close_asked(desk, proof, error) ||
        !emit(desk, "invited", "second", proof->second ? SLICE("yes") : SLICE("no"), error))
        return false;
    if (proof->second) return ask_second(desk, "hand-invite", INVITATION_ASKED, error);
    return invitation_make(desk, &desk->person, INVITATION_ONE, &desk->outcome->secret, error);
}

/* ---- using a link ---- */

static bool link_usable(struct desk *desk, struct proof *proof)
{
    struct slice kind = proof->link.kind;
    if (!id_same(&proof->link.person, &desk->person) || !link_holds(&proof->link, desk->now))
        return false;
    if (invitation_kind(kind)) return !proof->second && proof->secrets.password.length == 0;
    if (slice_is(kind, RESET_TWO)) return true;
    return slice_is(kind, RESET_ONE) &&
           secrets_use_code(desk->record, &desk->person, &proof->secrets, matter_of(desk)->code,
                            desk->now);
}

bool facts_use_link(struct desk *desk, struct error *error)
{
    struct proof *proof;
    struct id link = matter_of(desk)->link;
    bool here = false, found;
    if (!read_actor(desk, &proof, &here, error) ||
        !link_get(desk->db, &link, desk->arena, &proof->link, &found, error) ||
        (found && !invitation_takes_two(desk->db, &proof->link, desk->today, desk->arena,
                                        &proof->second, error)))
        return false;
    if (matter_of(desk)->hash.length == 0)
        return error_set(error, ERROR_REQUEST, "the new password is missing");
    return desk_say(desk, "link-holds", found && here && link_usable(desk, proof), error);
}

bool do_use_link(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    struct signin_secrets *secrets = &proof->secrets;
    secrets->password = matter_of(desk)->hash;
    if (slice_is(proof->link.kind, RESET_TWO)) {
        secrets->seed = SLICE_EMPTY;
        secrets->recovery.count = 0;
    }
    return keep(desk, secrets, error) && links_drop_of(desk->db, &desk->person, error) &&
           sessions_drop_of(desk->db, &desk->person, error) &&
           emit(desk, "link-used", "link", proof->link.kind, error);
}

/* ---- resets ---- */

/* One person alone must not be able to become another. Where the person still has sign-in codes, the link asks for one, and
 * whoever started the reset has none. Where they have none, or lost them, somebody else makes the link and hands it over. */
bool facts_start_reset(struct desk *desk, struct error *error)
{
    struct proof *proof;
    if (!read_person(desk, &proof, error)) return false;
    proof->second =
        proof->secrets.seed.length == 0 || slice_is(order_value(desk->order, "codes"), "lost");
    return true;
}

bool do_start_reset(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    if (!check_person(desk, error)) return false;
    if (proof->secrets.password.length == 0) {
        error_set(error, ERROR_REQUEST, "this person has never had a password");
        return error_advise(error, "Send them an invitation");
    }
    struct event *event = desk_event(desk, "reset-started");
    desk_set(desk, event, "link", proof->second ? SLICE(RESET_TWO) : SLICE(RESET_ONE));
    desk_set(desk, event, "second", proof->second ? SLICE("yes") : SLICE("no"));
    if (!close_asked(desk, proof, error) || !desk_emit(desk, event, error)) return false;
    if (proof->second) return ask_second(desk, "hand-reset", RESET_ASKED, error);
    return invitation_make(desk, &desk->person, RESET_ONE, &desk->outcome->secret, error);
}

bool facts_hand_reset(struct desk *desk, struct error *error)
{
    struct proof *proof;
    bool began = false;
    if (!read_person(desk, &proof, error) ||
        !links_of(desk->db, &desk->person, desk->arena, find_asked, proof, error))
        return false;
    if (!id_is_none(&proof->link.hash) && !desk_is_actor(desk, &proof->link.made_by, &began, error))
        return false;
    return desk_say(desk, "began", began, error);
}

bool do_hand_reset(struct desk *desk, struct error *error)
{
    struct proof *proof = desk->found;
    bool reset = slice_is(proof->link.kind, RESET_ASKED);
    if (!check_person(desk, error)) return false;
    if (id_is_none(&proof->link.hash) || !link_holds(&proof->link, desk->now))
        return error_set(error, ERROR_REQUEST, "no link waits for a second person");
    return close_asked(desk, proof, error) &&
           invitation_make(desk, &desk->person, reset ? RESET_TWO : INVITATION_TWO,
                           &desk->outcome->secret, error) &&
           emit(desk, reset ? "reset-handed" : "invitation-handed", NULL, SLICE_EMPTY, error);
}

const struct project_kind project_signin_kinds[] = {
    {"invited", NULL},           {"link-used", NULL},        {"signed-in", NULL},
    {"signed-out", NULL},        {"password-changed", NULL}, {"codes-set", NULL},
    {"recovery-made", NULL},     {"reset-started", NULL},    {"reset-handed", NULL},
    {"invitation-handed", NULL},
};
const size_t project_signin_kind_count = sizeof project_signin_kinds / sizeof *project_signin_kinds;
