/* What the keeper of the machine does with the record as a whole: exchange the root key, note a backup, erase again what a
 * restored backup brought back, note a check. Clause 1.1. */
#include <string.h>

#include "service/keeping_acts.h"
#include "service/keeping_parts.h"
#include "service/record_open.h"

bool facts_machine(struct desk *desk, struct error *error)
{
    (void)desk;
    (void)error;
    return true;
}

/* ---- checks --------------------------------------------------------------------------------------- */

static bool see_warned(void *context, const void *row, struct error *error)
{
    bool *warned = context;
    (void)error;
    if (slice_is(((const struct task_row *)row)->kind, "record-changed")) *warned = true;
    return true;
}

bool do_check_record(struct desk *desk, struct error *error)
{
    struct slice findings = order_value(desk->order, "findings");
    struct event *event = desk_event(desk, "record-checked");
    struct id top = record_top(desk->record);
    bool warned = false;
    desk_set(desk, event, "events", order_value(desk->order, "events"));
    desk_set(desk, event, "findings", findings);
    if (!desk_emit(desk, event, error) || !tell_again(desk, error)) return false;
    if (slice_is(findings, "0")) return true;
    if (!tasks_open(desk->db, desk->arena, see_warned, &warned, error)) return false;
    struct task_plan plan = {.kind = "record-changed", .role = ROLE_ADMINISTRATOR, .org = &top};
    return warned || desk_task(desk, &plan, NULL, error);
}

/* ---- backups -------------------------------------------------------------------------------------- */

/* The list is written anew with each backup, so that one which is older than the backup can be told from the newest. */
bool do_make_backup(struct desk *desk, struct error *error)
{
    struct event *event = desk_event(desk, "backup-made");
    desk_set(desk, event, "size", order_value(desk->order, "size"));
    return desk_emit(desk, event, error) &&
           erased_list_renew(desk->record, desk->db, NULL, 0, error);
}

static bool emit_gone(struct desk *desk, const char *kind, const char *what,
                      const struct person_key_row *row, struct error *error)
{
    char hex[2 * ID_SIZE + 1];
    struct event *event = desk_event(desk, kind);
    id_hex(&row->id, hex);
    if (what != NULL) desk_set_id(desk, event, what, &row->person);
    desk_set(desk, event, "keys", arena_copy(desk->arena, slice_of(hex)));
    desk_set_number(desk, event, "day", desk->today);
    record_touch(desk->record, &row->person);
    return desk_emit(desk, event, error);
}

static bool erase_again(struct desk *desk, const struct restore_matter *matter,
                        const struct person_key_row *row, struct error *error)
{
    struct person_row person;
    struct kept_row kept;
    bool found;
    if (!person_get(desk->db, &row->person, desk->arena, &person, &found, error)) return false;
    if (found) {
        matter->counts->people++;
        desk->record->touched.everything = true;
        return emit_gone(desk, "erased", "person", row, error);
    }
    matter->counts->others++;
    if (!kept_get(desk->db, &row->person, desk->arena, &kept, &found, error)) return false;
    return emit_gone(desk, found ? "answer-dropped" : "keys-gone", found ? "answer" : NULL, row,
                     error);
}

/* The matter counts what was done: the command says it. */
bool do_restore_backup(struct desk *desk, struct error *error)
{
    const struct restore_matter *matter = desk->order->matter;
    struct event *event = desk_event(desk, "restored");
    desk_set_number(desk, event, "size", (int64_t)desk->record->tree.size);
    if (matter->list != NULL)
        desk_set_number(desk, event, "list-size", (int64_t)matter->list->size);
    if (!desk_emit(desk, event, error)) return false;
    for (size_t i = 0; i < matter->gone_count; i++)
        if (!erase_again(desk, matter, &matter->gone[i], error)) return false;
    return erased_list_renew(desk->record, desk->db,
                             matter->list != NULL ? matter->list->keys.at : NULL,
                             matter->list != NULL ? matter->list->keys.count : 0, error);
}

/* ---- the root key --------------------------------------------------------------------------------- */

struct collected {
    struct arena *arena;
    LIST(struct person_key_row) rows;
};

static bool collect_key(void *context, const struct person_key_row *row, struct error *error)
{
    struct collected *collected = context;
    struct person_key_row copy = *row;
    (void)error;
    copy.wrapped = arena_copy(collected->arena, row->wrapped);
    LIST_PUSH(collected->arena, &collected->rows, copy);
    return true;
}

static bool wrap_again(struct desk *desk, const struct person_key_row *row, const struct key *under,
                       struct error *error)
{
    struct key key;
    unsigned char wrapped[WRAPPED_SIZE];
    if (!key_unwrap(row->wrapped, &desk->record->persons, &row->id, &row->person, &key)) {
        error_set(error, ERROR_READ,
                  "a person's wrapped key is damaged, so that the root key was not "
                  "exchanged");
        return error_advise(error, "Run `lanyard rebuild --check`: it names the key");
    }
    key_wrap(&key, under, &row->id, &row->person, wrapped);
    key_forget(&key);
    return person_keys_rewrap(desk->db, &row->id,
                              (struct slice){(const char *)wrapped, sizeof wrapped}, error);
}

static bool wrap_vault(struct desk *desk, const struct key *under, struct error *error)
{
    struct record *record = desk->record;
    struct key before = record->vault, seed;
    memcpy(seed.at, record->signer.secret, sizeof seed.at);
    record->vault = *under;
    bool kept = vault_put_key(record, desk->db, "lookup", &record->lookup, error) &&
                vault_put_key(record, desk->db, "secrets", &record->secrets, error) &&
                vault_put_key(record, desk->db, "signer", &seed, error);
    record->vault = before;
    key_forget(&before);
    key_forget(&seed);
    return kept;
}

bool do_rotate_key(struct desk *desk, struct error *error)
{
    const struct rotate_matter *matter = desk->order->matter;
    AUTO(arena) struct arena *arena = arena_new();
    struct collected collected = {.arena = arena};
    struct key persons = root_key_for(&matter->root, "persons");
    struct key vault = root_key_for(&matter->root, "vault");
    bool done = person_keys_each(desk->db, collect_key, &collected, error);
    for (size_t i = 0; done && i < collected.rows.count; i++)
        done = wrap_again(desk, &collected.rows.at[i], &persons, error);
    done = done && wrap_vault(desk, &vault, error);
    key_forget(&persons);
    key_forget(&vault);
    return done && desk_emit(desk, desk_event(desk, "key-exchanged"), error);
}
