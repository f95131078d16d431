/* Who has signed, counted by school and role; and the same as a table to download. */
#include "format/csv_write.h"
#include "service/register_parts.h"
#include "service/signoff.h"

struct counting {
    const struct register_view *view;
    const struct id *reader;       /* none: whoever it is may know of everybody */
    struct coverage_count *counts; /* an organisation's ROLES + 1, its own last */
    size_t *frozen;                /* by organisation */
    struct coverage *coverage;
};

/* Who is barred from a child does not even see that there is one more. */
static bool hidden(const struct counting *counting, const struct registered *person)
{
    return !id_is_none(counting->reader) &&
           register_barred(counting->view, counting->reader, &person->id);
}

static void count_one(struct coverage_count *count, const struct signoff *signoff)
{
    count->bound++;
    if (signoff->owed) count->owed++;
    if (signoff->owed && signoff->overdue) count->overdue++;
}

static bool count_person(void *context, const struct registered *person,
                         const struct signoff *signoff)
{
    struct counting *counting = context;
    const struct org *org = register_org(counting->view, &person->org);
    struct coverage *coverage = counting->coverage;
    coverage->version = signoff->version;
    if (org == NULL || hidden(counting, person)) return true;
    struct coverage_count *counts =
        &counting->counts[(size_t)(org - counting->view->orgs) * (ROLES + 1)];
    count_one(&coverage->all, signoff);
    count_one(&counts[ROLES], signoff);
    for (int role = 0; role < ROLES; role++)
        if ((signoff->roles & role_bit((enum role)role)) != 0) count_one(&counts[role], signoff);
    return true;
}

static void count_frozen(const struct counting *counting, const struct id *over)
{
    const struct register_view *view = counting->view;
    for (size_t i = 0; i < view->order.count; i++) {
        const struct registered *person = &view->slots[view->order.at[i]].person;
        const struct org *org = register_org(view, &person->org);
        if (person->here || id_is_none(&person->signature.version) || org == NULL ||
            !register_under(view, &person->org, over) || hidden(counting, person))
            continue;
        counting->frozen[org - view->orgs]++;
        counting->coverage->frozen++;
    }
}

static void list_org(const struct counting *counting, size_t place, struct arena *arena)
{
    const struct coverage_count *counts = &counting->counts[place * (ROLES + 1)];
    const struct org *org = &counting->view->orgs[place];
    struct coverage *coverage = counting->coverage;
    size_t frozen = counting->frozen[place];
    if (counts[ROLES].bound + frozen == 0) return;
    LIST_PUSH(arena, &coverage->rows, (struct coverage_row){org, ROLES, counts[ROLES], frozen});
    for (int role = 0; role < ROLES; role++)
        if (counts[role].bound > 0)
            LIST_PUSH(arena, &coverage->rows,
                      (struct coverage_row){org, (enum role)role, counts[role], 0});
}

void signoff_coverage(struct record *record, const struct register_view *view,
                      const struct id *over, const struct id *reader, struct arena *arena,
                      struct coverage *ret_coverage)
{
    *ret_coverage = (struct coverage){.frozen = 0};
    struct counting counting = {
        .view = view,
        .reader = reader,
        .counts = ARENA_ARRAY(arena, struct coverage_count, (view->org_count + 1) * (ROLES + 1)),
        .frozen = ARENA_ARRAY(arena, size_t, view->org_count + 1),
        .coverage = ret_coverage};
    signoff_each(record, view, over, count_person, &counting);
    count_frozen(&counting, over);
    for (size_t i = 0; i < view->org_count; i++) list_org(&counting, i, arena);
}

void signoff_csv(const struct coverage *coverage, struct arena *arena, struct text *out)
{
    static const struct slice heads[] = {SLICE("School"), SLICE("Role"),       SLICE("Bound"),
                                         SLICE("Signed"), SLICE("Not signed"), SLICE("Overdue")};
    csv_write_row(out, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < coverage->rows.count; i++) {
        const struct coverage_row *row = &coverage->rows.at[i];
        const struct coverage_count *count = &row->count;
        const struct slice cells[] = {row->org->name,
                                      row->role == ROLES ? SLICE("Everybody")
                                                         : role_row(row->role)->title,
                                      arena_format(arena, "%zu", count->bound),
                                      arena_format(arena, "%zu", count->bound - count->owed),
                                      arena_format(arena, "%zu", count->owed),
                                      arena_format(arena, "%zu", count->overdue)};
        csv_write_row(out, cells, sizeof cells / sizeof *cells);
    }
}
