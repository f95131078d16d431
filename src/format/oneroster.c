/* OneRoster's files in the order in which they refer to each other: organisations, users, roles,
 * births. The manifest stands in oneroster_manifest.c, kinship is settled in roster_finish.c. */
#include "format/oneroster.h"

#include "format/oneroster_manifest.h"
#include "format/sessions.h"
#include "format/table.h"

static const struct roster_word role_words[] = {
    {"student", ROSTER_PUPIL},
    {"teacher", ROSTER_TEACHER},
    {"administrator", ROSTER_ADMINISTRATOR},
    {"districtAdministrator", ROSTER_ADMINISTRATOR},
    {"siteAdministrator", ROSTER_ADMINISTRATOR},
    {"systemAdministrator", ROSTER_ADMINISTRATOR},
    {"principal", ROSTER_HEADTEACHER},
    {"aide", ROSTER_TEACHING_ASSISTANT},
    {"proctor", ROSTER_SUPPORT_STAFF},
    {"counselor", ROSTER_SUPPORT_STAFF},
    {"parent", ROSTER_PARENT},
    {"guardian", ROSTER_PARENT},
    {NULL, ROSTER_ROLE_COUNT},
};

static enum roster_org_kind kind_of(struct slice type)
{
    if (slice_is(type, "school")) return ROSTER_SCHOOL;
    return slice_is(type, "district") ? ROSTER_TRUST : ROSTER_OTHER;
}

/* Whether the row takes something away. A word that the status cannot be counts as none. */
static bool is_removed(struct table *table, size_t column)
{
    struct slice status = table_look(table, column);
    if (slice_is(status, "tobedeleted")) return true;
    if (status.length > 0 && !slice_is(status, "active"))
        table_problem(table, column, ROSTER_FIELD_LEFT_OUT,
                      "the status is neither active nor tobedeleted");
    return false;
}

static bool find_columns(const struct table *table, const char *const *names, size_t needed,
                         size_t *ret_columns, size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!table_column(table, slice_of(names[i]), i < needed, &ret_columns[i], error))
            return false;
    }
    return true;
}

/* ---- orgs.csv -------------------------------------------------------------------------------- */

enum { ORG_ID, ORG_NAME, ORG_TYPE, ORG_STATUS, ORG_IDENTIFIER, ORG_PARENT, ORG_COLUMNS };
static const char *const org_names[ORG_COLUMNS] = {"sourcedId", "name",       "type",
                                                   "status",    "identifier", "parentSourcedId"};

static void take_org(struct table *table, const size_t *columns)
{
    struct roster_org *org = roster_org_add(table->roster, table->id);
    if (org == NULL) {
        table_problem(table, columns[ORG_ID], ROSTER_ROW_LEFT_OUT,
                      "another organisation has this id");
        return;
    }
    org->name = table_text(table, columns[ORG_NAME], TABLE_NAME_LARGEST);
    org->identifier = table_text(table, columns[ORG_IDENTIFIER], TABLE_ID_LARGEST);
    org->parent_id = table_text(table, columns[ORG_PARENT], TABLE_ID_LARGEST);
    org->kind = kind_of(table_look(table, columns[ORG_TYPE]));
    org->removed = is_removed(table, columns[ORG_STATUS]);
}

static bool read_orgs(const struct bundle *bundle, struct roster *roster, struct error *error)
{
    AUTO_TABLE struct table table = {0};
    size_t columns[ORG_COLUMNS];
    if (!table_open(&table, bundle, SLICE("orgs.csv"), false, roster, error)) return false;
    if (!find_columns(&table, org_names, ORG_STATUS, columns, ORG_COLUMNS, error)) return false;
    table.id_column = columns[ORG_ID];
    for (bool row;;) {
        if (!table_next(&table, &row, error)) return false;
        if (!row) return true;
        take_org(&table, columns);
    }
}

/* ---- users.csv ------------------------------------------------------------------------------- */

enum {
    USER_ID,
    USER_GIVEN,
    USER_FAMILY,
    USER_ROLE, /* this and the next are needed in 1.1, unknown in 1.2 */
    USER_ORGS,
    USER_STATUS,
    USER_NAME,
    USER_EMAIL,
    USER_PHONE,
    USER_SMS,
    USER_AGENTS,
    USER_KNOWN_GIVEN,
    USER_KNOWN_FAMILY,
    USER_COLUMNS,
};
static const char *const user_names[USER_COLUMNS] = {
    [USER_ID] = "sourcedId",
    [USER_GIVEN] = "givenName",
    [USER_FAMILY] = "familyName",
    [USER_ROLE] = "role",
    [USER_ORGS] = "orgSourcedIds",
    [USER_STATUS] = "status",
    [USER_NAME] = "username",
    [USER_EMAIL] = "email",
    [USER_PHONE] = "phone",
    [USER_SMS] = "sms",
    [USER_AGENTS] = "agentSourcedIds",
    [USER_KNOWN_GIVEN] = "preferredGivenName",
    [USER_KNOWN_FAMILY] = "preferredFamilyName",
};

/* A preferred family name makes a whole name; a preferred given name alone stays one. */
static struct slice known_as(struct table *table, const size_t *columns, struct slice given)
{
    struct slice known = table_text(table, columns[USER_KNOWN_GIVEN], TABLE_NAME_LARGEST);
    struct slice family = table_text(table, columns[USER_KNOWN_FAMILY], TABLE_NAME_LARGEST);
    if (family.length == 0) return known;
    return arena_format(table->roster->arena, "%.*s %.*s",
                        SLICE_PRINT(known.length > 0 ? known : given), SLICE_PRINT(family));
}

static struct roster_person told_of(struct table *table, const size_t *columns)
{
    struct roster_person told = {
        .given = table_text(table, columns[USER_GIVEN], TABLE_NAME_LARGEST),
        .family = table_text(table, columns[USER_FAMILY], TABLE_NAME_LARGEST),
        .email = table_email(table, columns[USER_EMAIL]),
        .phone = table_text(table, columns[USER_PHONE], TABLE_ID_LARGEST),
        .username = table_text(table, columns[USER_NAME], TABLE_ID_LARGEST),
    };
    told.known_as = known_as(table, columns, told.given);
    if (told.phone.length == 0) told.phone = table_text(table, columns[USER_SMS], TABLE_ID_LARGEST);
    if (is_removed(table, columns[USER_STATUS])) told.status = ROSTER_REMOVED;
    return told;
}

static enum roster_role role_of(struct table *table, size_t column)
{
    struct slice theirs = table_look(table, column);
    enum roster_role role = roster_word_find(role_words, theirs);
    if (role != ROSTER_ROLE_COUNT) return role;
    table_problem(table, column, ROSTER_FIELD_LEFT_OUT,
                  slice_is(theirs, "relative")
                      ? "a relative is not taken for a parent; give the role by hand if it is right"
                      : "this role is not known here");
    return role;
}

/* 1.1: one role at each of the organisations. */
static void take_user_roles(struct table *table, const size_t *columns,
                            struct roster_person *person)
{
    enum roster_role role = role_of(table, columns[USER_ROLE]);
    if (role == ROSTER_ROLE_COUNT) return;
    struct slice rest = table_look(table, columns[USER_ORGS]);
    struct slice org;
    size_t count = 0;
    while (table_list(&rest, SLICE(","), &org) && count++ < TABLE_LIST_LARGEST)
        (void)roster_hold(table->roster, person, role, org);
    if (count > 0) return;
    table_problem(table, columns[USER_ORGS], ROSTER_ONLY_NOTED, "the role is at no organisation");
    (void)roster_hold(table->roster, person, role, SLICE_EMPTY);
}

static void take_agents(struct table *table, size_t column)
{
    struct roster *roster = table->roster;
    struct slice rest = table_look(table, column);
    struct slice agent;
    for (size_t i = 0; i < TABLE_LIST_LARGEST && table_list(&rest, SLICE(","), &agent); i++) {
        LIST_PUSH(roster->arena, &roster->agents,
                  (struct roster_agent){.from = table->id,
                                        .to = arena_copy(roster->arena, agent),
                                        .file = table->name,
                                        .field = SLICE("agentSourcedIds"),
                                        .line = table->csv.line});
    }
}

static void take_user(struct table *table, const size_t *columns)
{
    struct roster_person told = told_of(table, columns);
    if (told.given.length == 0 && told.family.length == 0 && told.status != ROSTER_REMOVED) {
        table_leave_out(table, columns[USER_GIVEN], "the row has no name");
        return;
    }
    struct roster_person *person = table_person(table, &told);
    if (person == NULL || told.status == ROSTER_REMOVED) return;
    if (columns[USER_ROLE] != CSV_NONE) take_user_roles(table, columns, person);
    take_agents(table, columns[USER_AGENTS]);
}

static bool read_users(const struct bundle *bundle, int minor, struct roster *roster,
                       struct error *error)
{
    AUTO_TABLE struct table table = {0};
    size_t columns[USER_COLUMNS];
    if (!table_open(&table, bundle, SLICE("users.csv"), false, roster, error)) return false;
    size_t needed = minor == 1 ? USER_STATUS : USER_ROLE;
    if (!find_columns(&table, user_names, needed, columns, USER_COLUMNS, error)) return false;
    if (minor == 2) columns[USER_ROLE] = columns[USER_ORGS] = CSV_NONE;
    table.id_column = columns[USER_ID];
    table.people = true;
    for (bool row;;) {
        if (!table_next(&table, &row, error)) return false;
        if (!row) return true;
        take_user(&table, columns);
    }
}

/* ---- roles.csv, of 1.2 ------------------------------------------------------------------------ */

enum { ROLE_USER, ROLE_ROLE, ROLE_ORG, ROLE_STATUS, ROLE_BEGIN, ROLE_END, ROLE_COLUMNS };
static const char *const role_names[ROLE_COLUMNS] = {"userSourcedId", "role",      "orgSourcedId",
                                                     "status",        "beginDate", "endDate"};

static void take_role(struct table *table, const size_t *columns)
{
    struct roster_person *person = table_known(table, table->id);
    if (person == NULL) return;
    enum roster_role role = role_of(table, columns[ROLE_ROLE]);
    if (role == ROSTER_ROLE_COUNT) return;
    struct slice org = table_text(table, columns[ROLE_ORG], TABLE_ID_LARGEST);
    if (org.length == 0)
        table_problem(table, columns[ROLE_ORG], ROSTER_ONLY_NOTED,
                      "the role is at no organisation");
    struct roster_held *held = roster_hold(table->roster, person, role, org);
    held->removed = is_removed(table, columns[ROLE_STATUS]);
    table_dates(table, held, columns[ROLE_BEGIN], columns[ROLE_END], table_iso_date);
}

static bool read_roles(const struct bundle *bundle, struct roster *roster, struct error *error)
{
    AUTO_TABLE struct table table = {0};
    size_t columns[ROLE_COLUMNS];
    if (!table_open(&table, bundle, SLICE("roles.csv"), false, roster, error)) return false;
    if (!find_columns(&table, role_names, ROLE_STATUS, columns, ROLE_COLUMNS, error)) return false;
    table.id_column = columns[ROLE_USER];
    table.people = true; /* without all their roles somebody must not seem to have lost one */
    for (bool row;;) {
        if (!table_next(&table, &row, error)) return false;
        if (!row) return true;
        take_role(&table, columns);
    }
}

/* ---- demographics.csv ------------------------------------------------------------------------- */

static bool read_births(const struct bundle *bundle, struct roster *roster, struct error *error)
{
    AUTO_TABLE struct table table = {0};
    static const char *const names[] = {"sourcedId", "birthDate", "status"};
    size_t columns[3];
    if (!table_open(&table, bundle, SLICE("demographics.csv"), false, roster, error)) return false;
    if (!find_columns(&table, names, 2, columns, 3, error)) return false;
    table.id_column = columns[0];
    for (bool row;;) {
        if (!table_next(&table, &row, error)) return false;
        if (!row) return true;
        if (is_removed(&table, columns[2])) continue;
        struct roster_person *person = table_known(&table, table.id);
        if (person != NULL) person->birth = table_date(&table, columns[1], table_iso_date);
    }
}

/* ---- the set ---------------------------------------------------------------------------------- */

static bool is_of_oneroster(struct slice name)
{
    static const char *const names[] = {"academicSessions",
                                        "categories",
                                        "classes",
                                        "classResources",
                                        "courses",
                                        "courseResources",
                                        "demographics",
                                        "enrollments",
                                        "lineItemLearningObjectiveIds",
                                        "lineItems",
                                        "lineItemScoreScales",
                                        "manifest",
                                        "orgs",
                                        "resources",
                                        "resultLearningObjectiveIds",
                                        "results",
                                        "resultScoreScales",
                                        "roles",
                                        "scoreScales",
                                        "userProfiles",
                                        "userResources",
                                        "users"};
    if (!slice_ends(name, SLICE(".csv"))) return false;
    struct slice stem = slice_part(name, 0, name.length - 4);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (slice_is(stem, names[i])) return true;
    }
    return false;
}

static void note_strangers(const struct bundle *bundle, struct roster *roster)
{
    for (size_t i = 0; i < bundle->files.count; i++) {
        if (is_of_oneroster(bundle->files.at[i].name)) continue;
        roster_problem(roster, (struct roster_problem){
                                   .file = arena_copy(roster->arena, bundle->files.at[i].name),
                                   .id = SLICE_EMPTY,
                                   .field = SLICE_EMPTY,
                                   .what = "this is no file of OneRoster and was not read",
                                   .done = ROSTER_ONLY_NOTED});
    }
}

bool oneroster_looks_like(const struct bundle *bundle)
{
    return bundle_has(bundle, SLICE("manifest.csv"));
}

bool oneroster_read(const struct bundle *bundle, struct arena *arena, struct roster *ret_roster,
                    struct error *error)
{
    struct oneroster_manifest manifest;
    if (!oneroster_manifest_read(bundle, arena, &manifest, error)) return false;
    struct roster roster;
    roster_init(&roster, arena);
    roster.whole_people = manifest.users == ONEROSTER_BULK;
    roster.whole_orgs = manifest.orgs == ONEROSTER_BULK;
    note_strangers(bundle, &roster);
    bool roles = manifest.minor == 2 && manifest.roles != ONEROSTER_ABSENT;
    bool births = manifest.demographics != ONEROSTER_ABSENT;
    bool orgs = manifest.orgs != ONEROSTER_ABSENT;
    /* changes alone do not say when there is school */
    bool sessions = manifest.sessions == ONEROSTER_BULK;
    if (orgs && !read_orgs(bundle, &roster, error)) return false;
    if (!read_users(bundle, manifest.minor, &roster, error)) return false;
    if (roles && !read_roles(bundle, &roster, error)) return false;
    if (births && !read_births(bundle, &roster, error)) return false;
    if (sessions && !sessions_read(bundle, &roster, error)) return false;
    roster_finish(&roster);
    *ret_roster = roster;
    return true;
}
