/* Rows side by side; see compare.h. Every table by its own statement, all columns, ordered by the first, which is its key. */
#include "store/compare.h"

#include <stdio.h>
#include <string.h>

DB_STATEMENT(compare_org_sql, "SELECT id, kind, parent, name, source, state FROM org ORDER BY id");
DB_STATEMENT(compare_person_sql,
             "SELECT id, org, state, details, source, joined, gone FROM person ORDER BY id");
DB_STATEMENT(compare_identifier_sql, "SELECT lookup, kind, person FROM identifier ORDER BY lookup");
DB_STATEMENT(compare_role_sql,
             "SELECT id, person, role, org, since, until, state, source, proposer, first_yes, "
             "second_yes FROM role ORDER BY id");
DB_STATEMENT(compare_tie_sql,
             "SELECT id, child, parent_lookup, details, state, source FROM tie ORDER BY id");
DB_STATEMENT(compare_same_sql, "SELECT id, one, other, state FROM same_person ORDER BY id");
DB_STATEMENT(compare_absence_sql,
             "SELECT id, person, since, until, state FROM absence ORDER BY id");
DB_STATEMENT(compare_deputy_sql,
             "SELECT id, role, org, person, place, state FROM deputy ORDER BY id");
DB_STATEMENT(compare_hold_sql,
             "SELECT id, person, placed, placed_by, lifted, lifted_by FROM hold ORDER BY id");
DB_STATEMENT(compare_erasure_sql,
             "SELECT id, person, asked, asked_by, confirmed_by, state FROM erasure ORDER BY id");
DB_STATEMENT(compare_import_sql,
             "SELECT id, n, brought_by, format, state, joiners, movers, leavers, upload "
             "FROM import ORDER BY id");
DB_STATEMENT(compare_mapping_sql, "SELECT name, n, content FROM mapping ORDER BY name");
DB_STATEMENT(compare_kept_sql, "SELECT id, person, n, kept FROM kept_answer ORDER BY id");
DB_STATEMENT(compare_opened_sql, "SELECT n, actor, person, what, at FROM opened ORDER BY n");
DB_STATEMENT(compare_version_sql,
             "SELECT id, n, org, name, number, files, uploads, meaning, prose, state, author, "
             "brought, body, approved_by, approved, in_force, material, changed, base, reason FROM "
             "version ORDER BY id");
DB_STATEMENT(compare_signature_sql, "SELECT id, person, version, roles, signed, recorded, method, "
                                    "recorder, n FROM signature ORDER BY id");
DB_STATEMENT(compare_training_sql,
             "SELECT id, person, course, done, until, recorder, n FROM training ORDER BY id");
DB_STATEMENT(compare_occurrence_sql, "SELECT id, actor, org, version, act, verdict, clauses, "
                                     "stage, happened, at, n FROM occurrence ORDER BY id");
DB_STATEMENT(
    compare_task_sql,
    "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, clause, deed, "
    "strength, goes_on, steps, taken, taken_by, ended, ended_by FROM task ORDER BY id");
DB_STATEMENT(compare_calendar_sql,
             "SELECT org, n, nation, late, terms, closed, source FROM calendar ORDER BY org");

DB_STATEMENT(compare_upload_sql, "SELECT name FROM upload ORDER BY name");
DB_STATEMENT(compare_done_sql, "SELECT act, n FROM done_act ORDER BY act");

enum key_kind { KEY_ID, KEY_NUMBER, KEY_TEXT };
struct compared {
    const char *name;
    const struct db_statement *rows;
    int columns;
    enum key_kind key;
};
static const struct compared tables[] = {
    {"org", &compare_org_sql, 6, KEY_ID},
    {"person", &compare_person_sql, 7, KEY_ID},
    {"identifier", &compare_identifier_sql, 3, KEY_ID},
    {"role", &compare_role_sql, 11, KEY_ID},
    {"tie", &compare_tie_sql, 6, KEY_ID},
    {"same_person", &compare_same_sql, 4, KEY_ID},
    {"absence", &compare_absence_sql, 5, KEY_ID},
    {"deputy", &compare_deputy_sql, 6, KEY_ID},
    {"hold", &compare_hold_sql, 6, KEY_ID},
    {"erasure", &compare_erasure_sql, 6, KEY_ID},
    {"import", &compare_import_sql, 9, KEY_ID},
    {"mapping", &compare_mapping_sql, 3, KEY_TEXT},
    {"kept_answer", &compare_kept_sql, 4, KEY_ID},
    {"opened", &compare_opened_sql, 5, KEY_NUMBER},
    {"version", &compare_version_sql, 20, KEY_ID},
    {"signature", &compare_signature_sql, 9, KEY_ID},
    {"training", &compare_training_sql, 7, KEY_ID},
    {"occurrence", &compare_occurrence_sql, 11, KEY_ID},
    {"task", &compare_task_sql, 20, KEY_ID},
    {"calendar", &compare_calendar_sql, 7, KEY_ID},
    {"upload", &compare_upload_sql, 1, KEY_TEXT},
    {"done_act", &compare_done_sql, 2, KEY_ID},
};

struct side {
    struct db_query query;
    enum db_step step;
};

static bool advance(struct side *side, struct error *error)
{
    side->step = db_step(&side->query, error);
    return side->step != DB_FAILED;
}

static int compare_keys(const struct side *a, const struct side *b, enum key_kind kind)
{
    if (a->step != DB_ROW || b->step != DB_ROW) return a->step == DB_ROW ? -1 : 1;
    if (kind != KEY_NUMBER) return slice_compare(db_bytes(&a->query, 0), db_bytes(&b->query, 0));
    int64_t x = db_number(&a->query, 0), y = db_number(&b->query, 0);
    return (x > y) - (x < y);
}

static bool same_row(const struct side *a, const struct side *b, int columns)
{
    for (int i = 0; i < columns; i++) {
        if (db_is_nothing(&a->query, i) != db_is_nothing(&b->query, i)) return false;
        if (!slice_equal(db_bytes(&a->query, i), db_bytes(&b->query, i))) return false;
    }
    return true;
}

static struct slice name_row(const struct side *side, enum key_kind kind, struct text *out)
{
    struct slice key = db_bytes(&side->query, 0);
    text_cut(out, 0);
    if (kind == KEY_NUMBER) text_add_number(out, db_number(&side->query, 0));
    for (size_t i = 0; kind == KEY_ID && i < key.length; i++)
        text_format(out, "%02x", (unsigned char)key.at[i]);
    if (kind == KEY_TEXT) text_add(out, key);
    return text_slice(out);
}

static bool compare_rows(const struct compared *table, struct side *found, struct side *made,
                         compare_visit *visit, void *context, struct error *error)
{
    AUTO_TEXT struct text name;
    text_init(&name, 1000);
    while (found->step == DB_ROW || made->step == DB_ROW) {
        int order = compare_keys(found, made, table->key);
        const char *how = order < 0   ? "stands in the table and no event made it"
                          : order > 0 ? "was made by events and is missing in the table"
                                      : "differs from what the events make of it";
        struct slice row = name_row(order <= 0 ? found : made, table->key, &name);
        bool differs = order != 0 || !same_row(found, made, table->columns);
        if (differs && !visit(context, table->name, row, how, error)) return false;
        if (order <= 0 && !advance(found, error)) return false;
        if (order >= 0 && !advance(made, error)) return false;
    }
    return true;
}

bool compare_table(struct db *found, struct db *made, const char *table, compare_visit *visit,
                   void *context, struct error *error)
{
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct side one = {0}, other = {0};
        if (strcmp(tables[i].name, table) != 0) continue;
        db_query(&one.query, found, tables[i].rows);
        db_query(&other.query, made, tables[i].rows);
        bool compared = advance(&one, error) && advance(&other, error) &&
                        compare_rows(&tables[i], &one, &other, visit, context, error);
        db_end(&one.query);
        db_end(&other.query);
        return compared;
    }
    return error_set(error, ERROR_INTERNAL, "nobody knows how to compare the table %s", table);
}
