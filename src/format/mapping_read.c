/* A table by a mapping: several rows may speak of one person, each with a role of its own. */
#include <strings.h>

#include "format/mapping.h"
#include "format/table.h"

struct mapped {
    const struct mapping *mapping;
    struct table table;
    size_t columns[MAPPING_FIELD_COUNT];
};

/* Claims that cannot be settled before every row is read; who is the child, the roles say. */
static void claim(struct mapped *mapped, size_t column)
{
    struct table *table = &mapped->table;
    struct roster *roster = table->roster;
    struct slice list = table_look(table, column);
    struct slice id;
    for (size_t i = 0; i < TABLE_LIST_LARGEST && table_list(&list, SLICE(",;|"), &id); i++) {
        LIST_PUSH(roster->arena, &roster->agents,
                  (struct roster_agent){.from = table->id,
                                        .to = arena_copy(roster->arena, id),
                                        .file = table->name,
                                        .field = table->csv.names[column],
                                        .line = table->csv.line});
    }
}

static bool same_words(struct slice a, struct slice b)
{
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

/* Our own codes serve without a line in the mapping. */
static enum roster_role role_of(struct mapped *mapped)
{
    const struct mapping *mapping = mapped->mapping;
    if (mapping->has_every_role) return mapping->every_role;
    size_t column = mapped->columns[MAPPING_ROLE];
    struct slice theirs = table_look(&mapped->table, column);
    for (size_t i = 0; i < mapping->values.count; i++) {
        if (same_words(mapping->values.at[i].theirs, theirs)) return mapping->values.at[i].role;
    }
    enum roster_role role = roster_role_find(theirs);
    if (role == ROSTER_ROLE_COUNT)
        table_problem(&mapped->table, column, ROSTER_FIELD_LEFT_OUT,
                      "the mapping has no line for this role; add one: role value ... = teacher");
    return role;
}

/* The school of a row, made where no row before named it. */
static struct slice school_of(struct mapped *mapped)
{
    struct table *table = &mapped->table;
    struct slice id = mapped->mapping->every_school;
    if (id.length == 0) id = table_text(table, mapped->columns[MAPPING_SCHOOL], TABLE_ID_LARGEST);
    if (id.length == 0) return id;
    struct roster_org *org = roster_org_add(table->roster, id);
    if (org == NULL) return id;
    struct slice name = table_text(table, mapped->columns[MAPPING_SCHOOL_NAME], TABLE_NAME_LARGEST);
    org->name = name.length > 0 ? name : org->id;
    org->kind = ROSTER_SCHOOL;
    return org->id;
}

static struct roster_person told_of(struct mapped *mapped)
{
    struct table *table = &mapped->table;
    const size_t *columns = mapped->columns;
    return (struct roster_person){
        .given = table_text(table, columns[MAPPING_GIVEN], TABLE_NAME_LARGEST),
        .family = table_text(table, columns[MAPPING_FAMILY], TABLE_NAME_LARGEST),
        .known_as = table_text(table, columns[MAPPING_KNOWN_AS], TABLE_NAME_LARGEST),
        .email = table_email(table, columns[MAPPING_EMAIL]),
        .phone = table_text(table, columns[MAPPING_PHONE], TABLE_ID_LARGEST),
        .username = table_text(table, columns[MAPPING_USERNAME], TABLE_ID_LARGEST),
        .birth = table_date(table, columns[MAPPING_BIRTH], mapped->mapping->read_date),
        .left = table_date(table, columns[MAPPING_LEFT], mapped->mapping->read_date),
    };
}

static void take_row(struct mapped *mapped)
{
    struct table *table = &mapped->table;
    struct roster_person told = told_of(mapped);
    if (told.given.length == 0 && told.family.length == 0) {
        table_leave_out(table, mapped->columns[MAPPING_GIVEN], "the row has no name");
        return;
    }
    struct roster_person *person = table_person(table, &told);
    if (person == NULL) return;
    claim(mapped, mapped->columns[MAPPING_PARENTS]);
    claim(mapped, mapped->columns[MAPPING_CHILDREN]);
    enum roster_role role = role_of(mapped);
    if (role == ROSTER_ROLE_COUNT) return;
    struct roster_held *held = roster_hold(table->roster, person, role, school_of(mapped));
    table_dates(table, held, mapped->columns[MAPPING_ROLE_FROM],
                mapped->columns[MAPPING_ROLE_UNTIL], mapped->mapping->read_date);
}

static bool find_columns(struct mapped *mapped, struct error *error)
{
    for (size_t i = 0; i < MAPPING_FIELD_COUNT; i++) {
        struct slice header = mapped->mapping->headers[i];
        mapped->columns[i] = CSV_NONE;
        if (header.length == 0) continue;
        if (!table_column(&mapped->table, header, true, &mapped->columns[i], error)) return false;
    }
    mapped->table.id_column = mapped->columns[MAPPING_ID];
    mapped->table.people = true;
    return true;
}

static bool read_rows(struct mapped *mapped, struct error *error)
{
    if (!find_columns(mapped, error)) return false;
    for (bool row;;) {
        if (!table_next(&mapped->table, &row, error)) return false;
        if (!row) return true;
        take_row(mapped);
    }
}

bool mapping_read(const struct mapping *mapping, const struct bundle *bundle, struct slice name,
                  struct arena *arena, struct roster *ret_roster, struct error *error)
{
    struct roster roster;
    roster_init(&roster, arena);
    roster.whole_people = roster.whole_orgs = true;
    struct mapped mapped = {.mapping = mapping};
    bool read =
        table_open(&mapped.table, bundle, name, true, &roster, error) && read_rows(&mapped, error);
    table_close(&mapped.table);
    if (!read) return false;
    roster_finish(&roster);
    *ret_roster = roster;
    return true;
}
