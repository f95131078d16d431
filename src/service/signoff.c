/* Who must sign; see signoff.h. The register in memory says who is here, what they are and what they signed last; the
 * versions that were approved say whom they ask. */
#include "service/signoff.h"

#include "base/date.h"
#include "base/text.h"
#include "policy/addressed.h"
#include "service/calendars.h"
#include "service/people.h"
#include "service/register_parts.h"

#define DUE_CACHE 256u
#define CODES_LARGEST 1000

/* ---- sets of roles --------------------------------------------------------------------------------- */

struct slice role_codes(uint64_t roles, struct arena *arena)
{
    AUTO_TEXT struct text codes;
    text_init(&codes, CODES_LARGEST);
    for (int role = 0; role < ROLES; role++) {
        if ((roles & role_bit((enum role)role)) == 0) continue;
        if (codes.length > 0) text_add_char(&codes, ' ');
        text_add(&codes, role_row((enum role)role)->code);
    }
    return arena_copy(arena, text_slice(&codes));
}

uint64_t role_bits(struct slice codes)
{
    uint64_t roles = 0;
    struct slice code;
    while (slice_split(&codes, ' ', &code)) {
        enum role role = role_of(code);
        if (role != ROLES) roles |= role_bit(role);
    }
    return roles;
}

/* ---- the versions that ask ------------------------------------------------------------------------- */

struct due_kept {
    const struct org *org;
    int64_t since, due;
};
struct asking {
    struct record *record;
    const struct register_view *view;
    struct arena *arena;
    int64_t today;
    LIST(struct dated_version) chain; /* in force by today, newest first */
    struct calendar_here **calendars; /* by organisation, read when first asked for */
    struct due_kept *kept;
};

/* Without a line that says whom it binds it binds everybody, also who has no word in it. */
static bool binds_everybody(const struct policy *policy)
{
    const struct document *document = &policy->document;
    for (size_t i = 0; i < document->lines.count; i++)
        if (document->lines.at[i].kind == LINE_BINDS) return false;
    return true;
}

static uint64_t work_out_bound(const struct policy *policy)
{
    uint64_t bound = 0;
    bool everybody = binds_everybody(policy);
    for (int role = 0; role < ROLES; role++) {
        struct slice word = role_row((enum role)role)->word;
        int index = word.length == 0 ? -1 : words_find_id(&policy->words, WORD_PERSON, word);
        if (everybody || (index >= 0 && policy_binds(policy, index)))
            bound |= role_bit((enum role)role);
    }
    return bound;
}

static void keep_bound(struct record *record, const struct dated_version *version)
{
    pthread_mutex_lock(&record->lock);
    for (size_t i = 0; i < record->version_count; i++) {
        struct dated_version *kept = &record->versions[i];
        if (!id_same(&kept->id, &version->id)) continue;
        kept->bound = version->bound;
        kept->bound_known = true;
    }
    pthread_mutex_unlock(&record->lock);
}

uint64_t signoff_bound(struct record *record, const struct id *version, const struct policy *policy)
{
    struct dated_version found = {.id = *version};
    pthread_mutex_lock(&record->lock);
    for (size_t i = 0; i < record->version_count; i++)
        if (id_same(&record->versions[i].id, version)) found = record->versions[i];
    pthread_mutex_unlock(&record->lock);
    if (found.bound_known) return found.bound;
    found.bound = work_out_bound(policy);
    keep_bound(record, &found);
    return found.bound;
}

/* One that no longer compiles is taken to bind whom the next one binds. */
static void know_bound(struct record *record, struct dated_version *version, uint64_t otherwise)
{
    struct error ignored = {.code = ERROR_NONE};
    if (version->bound_known) return;
    const struct policy *policy = record_policy_version(record, &version->id, &ignored);
    version->bound = otherwise;
    if (policy == NULL) return;
    version->bound = signoff_bound(record, &version->id, policy);
    record_policy_let_go(record, policy);
}

static void copy_chain(struct asking *asking)
{
    struct record *record = asking->record;
    pthread_mutex_lock(&record->lock);
    for (size_t i = 0; i < record->version_count; i++)
        if (record->versions[i].in_force <= asking->today)
            LIST_PUSH(asking->arena, &asking->chain, record->versions[i]);
    pthread_mutex_unlock(&record->lock);
    uint64_t otherwise = UINT64_MAX;
    for (size_t i = 0; i < asking->chain.count; i++) {
        know_bound(record, &asking->chain.at[i], otherwise);
        otherwise = asking->chain.at[i].bound;
    }
}

static struct asking asking_begin(struct record *record, const struct register_view *view,
                                  struct arena *arena)
{
    struct asking asking = {
        .record = record, .view = view, .arena = arena, .today = record_today(record)};
    asking.calendars = ARENA_ARRAY(arena, struct calendar_here *, view->org_count + 1);
    asking.kept = ARENA_ARRAY(arena, struct due_kept, DUE_CACHE);
    copy_chain(&asking);
    return asking;
}

/* ---- deadlines ------------------------------------------------------------------------------------- */

/* Where it cannot be read each weekday counts as a school day. */
static const struct calendar *calendar_of_org(struct asking *asking, const struct org *org)
{
    struct error ignored = {.code = ERROR_NONE};
    struct calendar_here **place = &asking->calendars[org - asking->view->orgs];
    if (*place != NULL) return &(*place)->calendar;
    *place = ARENA_NEW(asking->arena, struct calendar_here);
    if (!calendar_here(asking->record, &org->id, asking->arena, *place, &ignored))
        (*place)->calendar = calendar_unknown();
    return &(*place)->calendar;
}

static int64_t due_after(const struct calendar *calendar, int64_t since)
{
    unsigned notes;
    struct span within = {SPAN_SCHOOL_DAYS, SIGNOFF_SCHOOL_DAYS};
    return calendar_due_day(calendar, within, since, &notes);
}

static int64_t due_of(struct asking *asking, const struct id *where, int64_t since)
{
    const struct org *org = register_org(asking->view, where);
    if (org == NULL) {
        struct calendar unknown = calendar_unknown();
        return due_after(&unknown, since);
    }
    size_t mix = (size_t)(org - asking->view->orgs) * 31 + (size_t)since;
    struct due_kept *kept = &asking->kept[mix % DUE_CACHE];
    if (kept->org != org || kept->since != since)
        *kept = (struct due_kept){org, since, due_after(calendar_of_org(asking, org), since)};
    return kept->due;
}

/* ---- one person ------------------------------------------------------------------------------------ */

/* What somebody is today, and since when by each role. */
struct standing {
    const struct registered *person;
    uint64_t roles;
    int64_t since[ROLES];
    struct signed_newest signature;
};

static void add_roles(const struct asking *asking, const struct registered *person, bool own,
                      struct standing *standing)
{
    for (size_t i = 0; person->here && i < person->role_count; i++) {
        const struct held_role *held = &person->roles[i];
        int64_t since = held->since > person->joined ? held->since : person->joined;
        if (asking->today < held->since || asking->today > held->until) continue;
        if (!own && role_row(held->role)->trusted) continue;
        bool known = (standing->roles & role_bit(held->role)) != 0;
        if (!known || since < standing->since[held->role]) standing->since[held->role] = since;
        standing->roles |= role_bit(held->role);
    }
}

/* Two records of one person that signed the same version cover what both signed for. */
static void add_signature(const struct signed_newest *signature, struct signed_newest *newest)
{
    if (id_is_none(&signature->version)) return;
    if (!id_is_none(&newest->version) && id_same(&signature->version, &newest->version)) {
        uint64_t roles = signature->roles | newest->roles;
        if (signature->n > newest->n) *newest = *signature;
        newest->roles = roles;
    } else if (id_is_none(&newest->version) || signature->n > newest->n) {
        *newest = *signature;
    }
}

static void stand(const struct asking *asking, uint32_t slot, bool alone, struct standing *standing)
{
    uint32_t at = slot;
    *standing = (struct standing){.person = &asking->view->slots[slot].person};
    do {
        const struct registered *person = &asking->view->slots[at].person;
        if (at == slot || !alone) add_roles(asking, person, at == slot, standing);
        add_signature(&person->signature, &standing->signature);
        at = asking->view->slots[at].same;
    } while (at != slot);
}

/* A version with which a record begins asks from that day on, however old it is. */
static int64_t asks_from(const struct dated_version *version)
{
    return version->in_force > version->brought ? version->in_force : version->brought;
}

/* The first day from which every version until now has bound the role. */
static int64_t bound_since(const struct asking *asking, enum role role)
{
    int64_t since = asks_from(&asking->chain.at[0]);
    for (size_t i = 0; i < asking->chain.count; i++) {
        if ((asking->chain.at[i].bound & role_bit(role)) == 0) break;
        since = asks_from(&asking->chain.at[i]);
    }
    return since;
}

static int64_t later(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Since when somebody with one of these roles has been asked to sign for it at all. */
static int64_t first_asked(const struct asking *asking, const struct standing *standing,
                           uint64_t roles)
{
    int64_t first = INT64_MAX;
    for (int role = 0; role < ROLES; role++) {
        if ((roles & role_bit((enum role)role)) == 0) continue;
        int64_t since = later(standing->since[role], bound_since(asking, (enum role)role));
        if (since < first) first = since;
    }
    return first;
}

static int64_t earliest(const struct standing *standing, uint64_t roles)
{
    int64_t first = INT64_MAX;
    for (int role = 0; role < ROLES; role++)
        if ((roles & role_bit((enum role)role)) != 0 && standing->since[role] < first)
            first = standing->since[role];
    return first;
}

/* Whichever asks first says why; of two on one day the graver. */
static void ask(struct signoff *signoff, enum signoff_why why, const struct dated_version *because,
                uint64_t asked, int64_t since)
{
    if (signoff->owed &&
        (since > signoff->since || (since == signoff->since && why < signoff->why)))
        return;
    signoff->owed = true;
    signoff->why = why;
    signoff->because = (struct id){{0}};
    if (because != NULL) signoff->because = because->id;
    signoff->asked = asked;
    signoff->since = since;
}

static void ask_by_version(const struct dated_version *version, const struct standing *standing,
                           struct signoff *signoff)
{
    uint64_t changed = version->changed & signoff->roles;
    int64_t from = asks_from(version);
    if (version->material)
        ask(signoff, SIGNOFF_MATERIAL, version, signoff->roles,
            later(from, earliest(standing, signoff->roles)));
    else if (changed != 0)
        ask(signoff, SIGNOFF_CHANGED, version, changed, later(from, earliest(standing, changed)));
}

/* The place in the chain of the version they signed; the chain's length where there is none. */
static size_t signed_place(const struct asking *asking, const struct standing *standing)
{
    size_t place = 0;
    while (place < asking->chain.count &&
           !id_same(&asking->chain.at[place].id, &standing->signature.version))
        place++;
    return place;
}

static void look(struct asking *asking, const struct standing *standing, struct signoff *signoff)
{
    *signoff = (struct signoff){.signature = standing->signature,
                                .signed_before = !id_is_none(&standing->signature.version)};
    if (asking->chain.count == 0) return;
    signoff->version = asking->chain.at[0].id;
    signoff->roles = standing->roles & asking->chain.at[0].bound;
    if (signoff->roles == 0) return;
    size_t place = signed_place(asking, standing);
    uint64_t new_roles = signoff->roles & ~standing->signature.roles;
    if (place == asking->chain.count) {
        ask(signoff, SIGNOFF_NEVER, NULL, signoff->roles,
            first_asked(asking, standing, signoff->roles));
    } else if (new_roles != 0) {
        ask(signoff, SIGNOFF_ROLE, NULL, new_roles, first_asked(asking, standing, new_roles));
    }
    for (size_t i = 0; place < asking->chain.count && i < place; i++)
        ask_by_version(&asking->chain.at[i], standing, signoff);
    if (!signoff->owed) return;
    signoff->due = due_of(asking, &standing->person->org, signoff->since);
    signoff->overdue = asking->today > signoff->due;
}

void signoff_of(struct record *record, const struct id *person, struct signoff *ret_signoff)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct standing standing;
    const struct register_view *view = register_hold(record);
    uint32_t slot = register_slot_of(view, person);
    *ret_signoff = (struct signoff){.owed = false};
    if (slot != SLOT_NONE) {
        struct asking asking = asking_begin(record, view, arena);
        stand(&asking, slot, false, &standing);
        look(&asking, &standing, ret_signoff);
    }
    register_let_go(record, view);
}

bool signed_current(struct record *record, const struct id *person)
{
    struct signoff signoff;
    signoff_of(record, person, &signoff);
    return !signoff.owed;
}

static int64_t reason_event(struct record *record, const struct id *version)
{
    int64_t n = ROW_NOTHING;
    pthread_mutex_lock(&record->lock);
    for (size_t i = 0; i < record->version_count; i++)
        if (id_same(&record->versions[i].id, version)) n = record->versions[i].reason;
    pthread_mutex_unlock(&record->lock);
    return n;
}

struct slice signoff_reason(struct record *record, const struct id *version, struct arena *arena)
{
    struct error ignored = {.code = ERROR_NONE};
    struct pairs pairs;
    bool there = false;
    int64_t n = reason_event(record, version);
    struct db *db = n == ROW_NOTHING ? NULL : record_read(record, &ignored);
    if (db == NULL) return SLICE_EMPTY;
    bool read = record_part(record, db, (uint64_t)n, version, arena, &pairs, &there, &ignored);
    record_read_done(record, db);
    return read && there ? pairs_value(&pairs, "reason") : SLICE_EMPTY;
}

/* ---- many ------------------------------------------------------------------------------------------ */

void signoff_each(struct record *record, const struct register_view *view, const struct id *over,
                  signoff_visit *visit, void *context)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct asking asking = asking_begin(record, view, arena);
    for (size_t i = 0; asking.chain.count > 0 && i < view->order.count; i++) {
        struct standing standing;
        struct signoff signoff;
        const struct registered *person = &view->slots[view->order.at[i]].person;
        if (!person->here || !register_under(view, &person->org, over)) continue;
        stand(&asking, view->order.at[i], true, &standing);
        look(&asking, &standing, &signoff);
        if (signoff.roles != 0 && !visit(context, person, &signoff)) return;
    }
}
