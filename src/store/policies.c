/* The life of a policy: the statements; see policies.h. */
#include "store/policies.h"

#include <stddef.h>

/* ---- version ---- */

static const struct column version_columns[] = {
    {COLUMN_ID, offsetof(struct version_row, id)},
    {COLUMN_NUMBER, offsetof(struct version_row, n)},
    {COLUMN_ID, offsetof(struct version_row, org)},
    {COLUMN_TEXT, offsetof(struct version_row, name)},
    {COLUMN_TEXT, offsetof(struct version_row, number)},
    {COLUMN_TEXT, offsetof(struct version_row, files)},
    {COLUMN_TEXT, offsetof(struct version_row, uploads)},
    {COLUMN_TEXT, offsetof(struct version_row, meaning)},
    {COLUMN_TEXT, offsetof(struct version_row, prose)},
    {COLUMN_TEXT, offsetof(struct version_row, state)},
    {COLUMN_ID, offsetof(struct version_row, author)},
    {COLUMN_NUMBER, offsetof(struct version_row, brought)},
    {COLUMN_TEXT, offsetof(struct version_row, body)},
    {COLUMN_ID, offsetof(struct version_row, approved_by)},
    {COLUMN_NUMBER, offsetof(struct version_row, approved)},
    {COLUMN_NUMBER, offsetof(struct version_row, in_force)},
    {COLUMN_NUMBER, offsetof(struct version_row, material)},
    {COLUMN_TEXT, offsetof(struct version_row, changed)},
    {COLUMN_ID, offsetof(struct version_row, base)},
    {COLUMN_NUMBER, offsetof(struct version_row, reason)},
};
DB_STATEMENT(version_put_sql,
             "INSERT INTO version (id, n, org, name, number, files, uploads, meaning, prose, "
             "state, author, brought, body, approved_by, approved, in_force, material, "
             "changed, base, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, "
             "$12, $13, $14, $15, $16, $17, $18, $19, $20) ON CONFLICT (id) DO UPDATE SET n = "
             "excluded.n, org = excluded.org, name = excluded.name, number = excluded.number, "
             "files = excluded.files, uploads = excluded.uploads, meaning = excluded.meaning, "
             "prose = excluded.prose, state = excluded.state, author = excluded.author, "
             "brought = excluded.brought, body = excluded.body, approved_by = "
             "excluded.approved_by, approved = excluded.approved, in_force = "
             "excluded.in_force, material = excluded.material, changed = excluded.changed, "
             "base = excluded.base, reason = excluded.reason");
TABLE(version_table, struct version_row, version_columns, version_put_sql);

bool version_put(struct db *db, const struct version_row *row, struct error *error)
{
    return row_put(db, &version_table, row, error);
}

DB_STATEMENT(version_get_sql,
             "SELECT id, n, org, name, number, files, uploads, meaning, prose, state, author, "
             "brought, body, approved_by, approved, in_force, material, changed, base, reason "
             "FROM version WHERE id = $1");
bool version_get(struct db *db, const struct id *key, struct arena *arena,
                 struct version_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &version_get_sql);
    bind_id(&query, key);
    return row_first(&query, &version_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(versions_each_sql,
             "SELECT id, n, org, name, number, files, uploads, meaning, prose, state, author, "
             "brought, body, approved_by, approved, in_force, material, changed, base, reason "
             "FROM version ORDER BY in_force, n");
bool versions_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                   struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &versions_each_sql);
    return row_each(&query, &version_table, arena, visit, context, error);
}

DB_STATEMENT(versions_approved_sql,
             "SELECT id, n, org, name, number, files, uploads, meaning, prose, state, author, "
             "brought, body, approved_by, approved, in_force, material, changed, base, reason "
             "FROM version WHERE state = 'approved' ORDER BY in_force DESC, n DESC");
bool versions_approved(struct db *db, struct arena *arena, row_visit *visit, void *context,
                       struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &versions_approved_sql);
    return row_each(&query, &version_table, arena, visit, context, error);
}

/* ---- signature ---- */

static const struct column signature_columns[] = {
    {COLUMN_ID, offsetof(struct signature_row, id)},
    {COLUMN_ID, offsetof(struct signature_row, person)},
    {COLUMN_ID, offsetof(struct signature_row, version)},
    {COLUMN_TEXT, offsetof(struct signature_row, roles)},
    {COLUMN_NUMBER, offsetof(struct signature_row, signed_on)},
    {COLUMN_NUMBER, offsetof(struct signature_row, recorded)},
    {COLUMN_TEXT, offsetof(struct signature_row, method)},
    {COLUMN_ID, offsetof(struct signature_row, recorder)},
    {COLUMN_NUMBER, offsetof(struct signature_row, n)},
};
DB_STATEMENT(signature_put_sql,
             "INSERT INTO signature (id, person, version, roles, signed, recorded, method, "
             "recorder, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO "
             "UPDATE SET person = excluded.person, version = excluded.version, roles = "
             "excluded.roles, signed = excluded.signed, recorded = excluded.recorded, method "
             "= excluded.method, recorder = excluded.recorder, n = excluded.n");
TABLE(signature_table, struct signature_row, signature_columns, signature_put_sql);

bool signature_put(struct db *db, const struct signature_row *row, struct error *error)
{
    return row_put(db, &signature_table, row, error);
}

DB_STATEMENT(signature_get_sql,
             "SELECT id, person, version, roles, signed, recorded, method, recorder, n FROM "
             "signature WHERE id = $1");
bool signature_get(struct db *db, const struct id *key, struct arena *arena,
                   struct signature_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &signature_get_sql);
    bind_id(&query, key);
    return row_first(&query, &signature_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(signatures_of_sql,
             "SELECT id, person, version, roles, signed, recorded, method, recorder, n FROM "
             "signature WHERE person = $1 ORDER BY recorded, id");
bool signatures_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                   void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &signatures_of_sql);
    bind_id(&query, key);
    return row_each(&query, &signature_table, arena, visit, context, error);
}

DB_STATEMENT(signatures_each_sql,
             "SELECT id, person, version, roles, signed, recorded, method, recorder, n FROM "
             "signature ORDER BY recorded, id");
bool signatures_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                     struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &signatures_each_sql);
    return row_each(&query, &signature_table, arena, visit, context, error);
}

/* ---- training ---- */

static const struct column training_columns[] = {
    {COLUMN_ID, offsetof(struct training_row, id)},
    {COLUMN_ID, offsetof(struct training_row, person)},
    {COLUMN_TEXT, offsetof(struct training_row, course)},
    {COLUMN_NUMBER, offsetof(struct training_row, done)},
    {COLUMN_NUMBER, offsetof(struct training_row, until)},
    {COLUMN_ID, offsetof(struct training_row, recorder)},
    {COLUMN_NUMBER, offsetof(struct training_row, n)},
};
DB_STATEMENT(training_put_sql,
             "INSERT INTO training (id, person, course, done, until, recorder, n) VALUES ($1, "
             "$2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO UPDATE SET person = "
             "excluded.person, course = excluded.course, done = excluded.done, until = "
             "excluded.until, recorder = excluded.recorder, n = excluded.n");
TABLE(training_table, struct training_row, training_columns, training_put_sql);

bool training_put(struct db *db, const struct training_row *row, struct error *error)
{
    return row_put(db, &training_table, row, error);
}

DB_STATEMENT(trainings_of_sql,
             "SELECT id, person, course, done, until, recorder, n FROM training WHERE person "
             "= $1 ORDER BY done, id");
bool trainings_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                  void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &trainings_of_sql);
    bind_id(&query, key);
    return row_each(&query, &training_table, arena, visit, context, error);
}

DB_STATEMENT(trainings_each_sql,
             "SELECT id, person, course, done, until, recorder, n FROM training ORDER BY "
             "done, id");
bool trainings_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                    struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &trainings_each_sql);
    return row_each(&query, &training_table, arena, visit, context, error);
}

/* ---- occurrence ---- */

static const struct column occurrence_columns[] = {
    {COLUMN_ID, offsetof(struct occurrence_row, id)},
    {COLUMN_ID, offsetof(struct occurrence_row, actor)},
    {COLUMN_ID, offsetof(struct occurrence_row, org)},
    {COLUMN_ID, offsetof(struct occurrence_row, version)},
    {COLUMN_TEXT, offsetof(struct occurrence_row, act)},
    {COLUMN_TEXT, offsetof(struct occurrence_row, verdict)},
    {COLUMN_TEXT, offsetof(struct occurrence_row, clauses)},
    {COLUMN_TEXT, offsetof(struct occurrence_row, stage)},
    {COLUMN_NUMBER, offsetof(struct occurrence_row, happened)},
    {COLUMN_NUMBER, offsetof(struct occurrence_row, at)},
    {COLUMN_NUMBER, offsetof(struct occurrence_row, n)},
};
DB_STATEMENT(occurrence_put_sql,
             "INSERT INTO occurrence (id, actor, org, version, act, verdict, clauses, stage, "
             "happened, at, n) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON "
             "CONFLICT (id) DO UPDATE SET actor = excluded.actor, org = excluded.org, version = "
             "excluded.version, act = excluded.act, verdict = excluded.verdict, clauses = "
             "excluded.clauses, stage = excluded.stage, happened = excluded.happened, at = "
             "excluded.at, n = excluded.n");
TABLE(occurrence_table, struct occurrence_row, occurrence_columns, occurrence_put_sql);

bool occurrence_put(struct db *db, const struct occurrence_row *row, struct error *error)
{
    return row_put(db, &occurrence_table, row, error);
}

DB_STATEMENT(occurrence_get_sql,
             "SELECT id, actor, org, version, act, verdict, clauses, stage, happened, at, n FROM "
             "occurrence WHERE id = $1");
bool occurrence_get(struct db *db, const struct id *key, struct arena *arena,
                    struct occurrence_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &occurrence_get_sql);
    bind_id(&query, key);
    return row_first(&query, &occurrence_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(occurrences_of_sql,
             "SELECT id, actor, org, version, act, verdict, clauses, stage, happened, at, n FROM "
             "occurrence WHERE actor = $1 ORDER BY at DESC, id");
bool occurrences_of(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                    void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &occurrences_of_sql);
    bind_id(&query, key);
    return row_each(&query, &occurrence_table, arena, visit, context, error);
}

DB_STATEMENT(occurrences_under_sql,
             "SELECT id, actor, org, version, act, verdict, clauses, stage, happened, at, n FROM "
             "occurrence WHERE version = $1 ORDER BY at DESC, id");
bool occurrences_under(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                       void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &occurrences_under_sql);
    bind_id(&query, key);
    return row_each(&query, &occurrence_table, arena, visit, context, error);
}

/* ---- task ---- */

static const struct column task_columns[] = {
    {COLUMN_ID, offsetof(struct task_row, id)},
    {COLUMN_TEXT, offsetof(struct task_row, kind)},
    {COLUMN_TEXT, offsetof(struct task_row, role)},
    {COLUMN_ID, offsetof(struct task_row, org)},
    {COLUMN_ID, offsetof(struct task_row, owner)},
    {COLUMN_ID, offsetof(struct task_row, about)},
    {COLUMN_NUMBER, offsetof(struct task_row, opened)},
    {COLUMN_NUMBER, offsetof(struct task_row, due)},
    {COLUMN_TEXT, offsetof(struct task_row, state)},
    {COLUMN_NUMBER, offsetof(struct task_row, n)},
    {COLUMN_ID, offsetof(struct task_row, version)},
    {COLUMN_TEXT, offsetof(struct task_row, clause)},
    {COLUMN_TEXT, offsetof(struct task_row, deed)},
    {COLUMN_TEXT, offsetof(struct task_row, strength)},
    {COLUMN_NUMBER, offsetof(struct task_row, goes_on)},
    {COLUMN_NUMBER, offsetof(struct task_row, steps)},
    {COLUMN_NUMBER, offsetof(struct task_row, taken)},
    {COLUMN_ID, offsetof(struct task_row, taken_by)},
    {COLUMN_NUMBER, offsetof(struct task_row, ended)},
    {COLUMN_ID, offsetof(struct task_row, ended_by)},
};
DB_STATEMENT(task_put_sql,
             "INSERT INTO task (id, kind, role, org, owner, about, opened, due, state, n, "
             "version, clause, deed, strength, goes_on, steps, taken, taken_by, ended, "
             "ended_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
             "$15, $16, $17, $18, $19, $20) ON CONFLICT (id) DO UPDATE SET kind = "
             "excluded.kind, role = excluded.role, org = excluded.org, owner = "
             "excluded.owner, about = excluded.about, opened = excluded.opened, due = "
             "excluded.due, state = excluded.state, n = excluded.n, version = "
             "excluded.version, clause = excluded.clause, deed = excluded.deed, strength = "
             "excluded.strength, goes_on = excluded.goes_on, steps = excluded.steps, taken = "
             "excluded.taken, taken_by = excluded.taken_by, ended = excluded.ended, ended_by "
             "= excluded.ended_by");
TABLE(task_table, struct task_row, task_columns, task_put_sql);

bool task_put(struct db *db, const struct task_row *row, struct error *error)
{
    return row_put(db, &task_table, row, error);
}

DB_STATEMENT(task_get_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE id = $1");
bool task_get(struct db *db, const struct id *key, struct arena *arena, struct task_row *ret_row,
              bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &task_get_sql);
    bind_id(&query, key);
    return row_first(&query, &task_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(tasks_open_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE state = 'open' ORDER BY due, id");
bool tasks_open(struct db *db, struct arena *arena, row_visit *visit, void *context,
                struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &tasks_open_sql);
    return row_each(&query, &task_table, arena, visit, context, error);
}

DB_STATEMENT(tasks_about_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE about = $1 ORDER BY opened, id");
bool tasks_about(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                 void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &tasks_about_sql);
    bind_id(&query, key);
    return row_each(&query, &task_table, arena, visit, context, error);
}

DB_STATEMENT(tasks_of_owner_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE owner = $1 AND state = 'open' ORDER BY due, id");
DB_STATEMENT(tasks_unowned_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE owner IS NULL AND state = 'open' ORDER BY due, id");
bool tasks_of_owner(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                    void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, key != NULL ? &tasks_of_owner_sql : &tasks_unowned_sql);
    if (key != NULL) bind_id(&query, key);
    return row_each(&query, &task_table, arena, visit, context, error);
}

DB_STATEMENT(tasks_ever_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE owner = $1 ORDER BY opened, id");
bool tasks_ever(struct db *db, const struct id *key, struct arena *arena, row_visit *visit,
                void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &tasks_ever_sql);
    bind_id(&query, key);
    return row_each(&query, &task_table, arena, visit, context, error);
}

DB_STATEMENT(tasks_late_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE state = 'open' AND due <= $1 ORDER BY due, id");
bool tasks_late(struct db *db, int64_t key, struct arena *arena, row_visit *visit, void *context,
                struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &tasks_late_sql);
    db_bind_number(&query, key);
    return row_each(&query, &task_table, arena, visit, context, error);
}

DB_STATEMENT(tasks_going_on_sql,
             "SELECT id, kind, role, org, owner, about, opened, due, state, n, version, "
             "clause, deed, strength, goes_on, steps, taken, taken_by, ended, ended_by FROM "
             "task WHERE state = 'open' AND goes_on <= $1 ORDER BY goes_on, id");
bool tasks_going_on(struct db *db, int64_t key, struct arena *arena, row_visit *visit,
                    void *context, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &tasks_going_on_sql);
    db_bind_number(&query, key);
    return row_each(&query, &task_table, arena, visit, context, error);
}

/* ---- calendar ---- */

static const struct column calendar_columns[] = {
    {COLUMN_ID, offsetof(struct calendar_row, org)},
    {COLUMN_NUMBER, offsetof(struct calendar_row, n)},
    {COLUMN_TEXT, offsetof(struct calendar_row, nation)},
    {COLUMN_NUMBER, offsetof(struct calendar_row, late)},
    {COLUMN_TEXT, offsetof(struct calendar_row, terms)},
    {COLUMN_TEXT, offsetof(struct calendar_row, closed)},
    {COLUMN_TEXT, offsetof(struct calendar_row, source)},
};
DB_STATEMENT(calendar_put_sql,
             "INSERT INTO calendar (org, n, nation, late, terms, closed, source) VALUES ($1, "
             "$2, $3, $4, $5, $6, $7) ON CONFLICT (org) DO UPDATE SET n = excluded.n, nation "
             "= excluded.nation, late = excluded.late, terms = excluded.terms, closed = "
             "excluded.closed, source = excluded.source");
TABLE(calendar_table, struct calendar_row, calendar_columns, calendar_put_sql);

bool calendar_put(struct db *db, const struct calendar_row *row, struct error *error)
{
    return row_put(db, &calendar_table, row, error);
}

DB_STATEMENT(calendar_get_sql,
             "SELECT org, n, nation, late, terms, closed, source FROM calendar WHERE org = $1");
bool calendar_get(struct db *db, const struct id *key, struct arena *arena,
                  struct calendar_row *ret_row, bool *ret_found, struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &calendar_get_sql);
    bind_id(&query, key);
    return row_first(&query, &calendar_table, arena, ret_row, ret_found, error);
}

DB_STATEMENT(calendars_each_sql,
             "SELECT org, n, nation, late, terms, closed, source FROM calendar ORDER BY org");
bool calendars_each(struct db *db, struct arena *arena, row_visit *visit, void *context,
                    struct error *error)
{
    AUTO_QUERY struct db_query query;
    db_query(&query, db, &calendars_each_sql);
    return row_each(&query, &calendar_table, arena, visit, context, error);
}
