/* SDS v2.1: the files one after another, as in oneroster.c, whose 1.2 it resembles; columns, roles
 * and kinship differ. */
#include "format/sds.h"

#include "format/sessions.h"
#include "format/table.h"

static const struct roster_word role_words[] = {
    {"student", ROSTER_PUPIL},
    {"teacher", ROSTER_TEACHER},
    {"instructor", ROSTER_TEACHER},
    {"lecturer", ROSTER_TEACHER},
    {"professor", ROSTER_TEACHER},
    {"faculty", ROSTER_TEACHER},
    {"adjunct", ROSTER_TEACHER},
    {"substitute", ROSTER_TEACHER},
    {"teacherAssistant", ROSTER_TEACHING_ASSISTANT},
    {"paraprofessional", ROSTER_TEACHING_ASSISTANT},
    {"principal", ROSTER_HEADTEACHER},
    {"administrator", ROSTER_ADMINISTRATOR},
    {"staff", ROSTER_SUPPORT_STAFF},
    {"officeStaff", ROSTER_SUPPORT_STAFF},
    {"assistant", ROSTER_SUPPORT_STAFF},
    {"itAdmin", ROSTER_SUPPORT_STAFF},
    {"nurse", ROSTER_SUPPORT_STAFF},
    {"proctor", ROSTER_SUPPORT_STAFF},
    {"coach", ROSTER_SUPPORT_STAFF},
    {"advisor", ROSTER_SUPPORT_STAFF},
    {"specialServices", ROSTER_SUPPORT_STAFF},
    {"occupationalTherapist", ROSTER_SUPPORT_STAFF},
    {"physicalTherapist", ROSTER_SUPPORT_STAFF},
    {"speechTherapist", ROSTER_SUPPORT_STAFF},
    {"visionTherapist", ROSTER_SUPPORT_STAFF},
    {NULL, ROSTER_ROLE_COUNT},
};

static enum roster_org_kind kind_of(struct slice type)
{
    static const char *const schools[] = {"school", "college", "university"};
    for (size_t i = 0; i < sizeof schools / sizeof *schools; i++) {
        if (slice_is(type, schools[i])) return ROSTER_SCHOOL;
    }
    return slice_is(type, "district") ? ROSTER_TRUST : ROSTER_OTHER;
}

/* ---- the files, row by row -------------------------------------------------------------------- */

enum { ORG_ID, ORG_NAME, ORG_TYPE, ORG_PARENT };

static void take_org(struct table *table, const size_t *columns)
{
    struct roster_org *org = roster_org_add(table->roster, table->id);
    if (org == NULL) {
        table_problem(table, columns[ORG_ID], ROSTER_ROW_LEFT_OUT,
                      "another organisation has this id");
        return;
    }
    org->name = table_text(table, columns[ORG_NAME], TABLE_NAME_LARGEST);
    org->parent_id = table_text(table, columns[ORG_PARENT], TABLE_ID_LARGEST);
    org->kind = kind_of(table_look(table, columns[ORG_TYPE]));
}

enum { USER_ID, USER_NAME, USER_GIVEN, USER_FAMILY, USER_EMAIL, USER_PHONE, USER_SMS };

/* A user without a name exists only to be matched with an account; its username has to serve. */
static void take_user(struct table *table, const size_t *columns)
{
    struct roster_person told = {
        .given = table_text(table, columns[USER_GIVEN], TABLE_NAME_LARGEST),
        .family = table_text(table, columns[USER_FAMILY], TABLE_NAME_LARGEST),
        .known_as = SLICE_EMPTY,
        .email = table_email(table, columns[USER_EMAIL]),
        .phone = table_text(table, columns[USER_PHONE], TABLE_ID_LARGEST),
        .username = table_text(table, columns[USER_NAME], TABLE_NAME_LARGEST),
    };
    if (told.phone.length == 0) told.phone = table_text(table, columns[USER_SMS], TABLE_ID_LARGEST);
    if (told.given.length == 0 && told.family.length == 0)
        table_leave_out(table, columns[USER_GIVEN], "the row has no name");
    else
        (void)table_person(table, &told);
}

enum { ROLE_USER, ROLE_ORG, ROLE_ROLE, ROLE_START, ROLE_END };

static void take_role(struct table *table, const size_t *columns)
{
    struct roster_person *person = table_known(table, table->id);
    if (person == NULL) return;
    enum roster_role role = roster_word_find(role_words, table_look(table, columns[ROLE_ROLE]));
    if (role == ROSTER_ROLE_COUNT) {
        table_problem(table, columns[ROLE_ROLE], ROSTER_FIELD_LEFT_OUT,
                      "this role is not known here");
        return;
    }
    struct slice org = table_text(table, columns[ROLE_ORG], TABLE_ID_LARGEST);
    struct roster_held *held = roster_hold(table->roster, person, role, org);
    table_dates(table, held, columns[ROLE_START], columns[ROLE_END], table_iso_date);
}

enum { KIN_USER, KIN_OTHER, KIN_ROLE };

static void take_kin(struct table *table, const size_t *columns)
{
    struct roster *roster = table->roster;
    struct slice kin = table_look(table, columns[KIN_ROLE]);
    if (!slice_is(kin, "parent") && !slice_is(kin, "guardian")) {
        table_problem(table, columns[KIN_ROLE], ROSTER_ROW_LEFT_OUT,
                      "only a parent or guardian is linked to a pupil");
        return;
    }
    const struct roster_person *child = table_known(table, table->id);
    if (child == NULL) return;
    if (!roster_holds(child, ROSTER_PUPIL)) {
        table_problem(table, columns[KIN_USER], ROSTER_ROW_LEFT_OUT, "this is no pupil");
        return;
    }
    struct slice other = table_look(table, columns[KIN_OTHER]);
    size_t at = roster_person_find(roster, other);
    if (at == ROSTER_NONE || slice_equal(other, table->id)) {
        table_problem(table, columns[KIN_OTHER], ROSTER_ROW_LEFT_OUT,
                      "the person named is not in the file, or is the pupil");
        return;
    }
    struct roster_person *parent = &roster->people.at[at];
    if (parent->status == ROSTER_UNREAD) return; /* told already */
    if (!roster_holds(parent, ROSTER_PARENT))
        (void)roster_hold(roster, parent, ROSTER_PARENT, SLICE_EMPTY);
    roster_link(roster, other, table->id);
}

enum { BIRTH_USER, BIRTH_DATE };

static void take_birth(struct table *table, const size_t *columns)
{
    struct roster_person *person = table_known(table, table->id);
    if (person != NULL) person->birth = table_date(table, columns[BIRTH_DATE], table_iso_date);
}

/* ---- the set ---------------------------------------------------------------------------------- */

#define MOST_COLUMNS 8

/* The id of a row is that of its first column; `people`: see struct table. */
static const struct sds_file {
    const char *name;
    bool needed, people;
    const char *columns[MOST_COLUMNS];
    size_t needed_columns;
    void (*take)(struct table *table, const size_t *columns);
} sds_files[] = {
    {"orgs.csv", true, false, {"sourcedId", "name", "type", "parentSourcedId"}, 3, take_org},
    {"users.csv",
     true,
     true,
     {"sourcedId", "username", "givenName", "familyName", "email", "phone", "sms"},
     2,
     take_user},
    {"roles.csv",
     true,
     true,
     {"userSourcedId", "orgSourcedId", "role", "roleStartDate", "roleEndDate"},
     3,
     take_role},
    {"relationships.csv",
     false,
     false,
     {"userSourcedId", "relationshipUserSourcedId", "relationshipRole"},
     3,
     take_kin},
    {"demographics.csv", false, false, {"userSourcedId", "birthDate"}, 1, take_birth},
};

static bool read_file(const struct bundle *bundle, const struct sds_file *file,
                      struct roster *roster, struct error *error)
{
    AUTO_TABLE struct table table = {0};
    size_t columns[MOST_COLUMNS] = {0};
    if (!table_open(&table, bundle, slice_of(file->name), false, roster, error)) return false;
    for (size_t i = 0; i < MOST_COLUMNS && file->columns[i] != NULL; i++) {
        if (!table_column(&table, slice_of(file->columns[i]), i < file->needed_columns, &columns[i],
                          error))
            return false;
    }
    table.id_column = columns[0];
    table.people = file->people;
    for (bool row;;) {
        if (!table_next(&table, &row, error)) return false;
        if (!row) return true;
        file->take(&table, columns);
    }
}

bool sds_looks_like(const struct bundle *bundle)
{
    for (size_t i = 0; i < sizeof sds_files / sizeof *sds_files; i++) {
        if (sds_files[i].needed && !bundle_has(bundle, slice_of(sds_files[i].name))) return false;
    }
    return !bundle_has(bundle, SLICE("manifest.csv"));
}

bool sds_read(const struct bundle *bundle, struct arena *arena, struct roster *ret_roster,
              struct error *error)
{
    struct roster roster;
    roster_init(&roster, arena);
    roster.whole_people = roster.whole_orgs = true;
    for (size_t i = 0; i < sizeof sds_files / sizeof *sds_files; i++) {
        if (!sds_files[i].needed && !bundle_has(bundle, slice_of(sds_files[i].name))) continue;
        if (!read_file(bundle, &sds_files[i], &roster, error)) return false;
    }
    if (!sessions_read(bundle, &roster, error)) return false;
    roster_finish(&roster);
    *ret_roster = roster;
    return true;
}
