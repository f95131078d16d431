/* What a version changes, as JSON: the changes, and for each role which of them it meets. */
#include "policy/change.h"

static void json_pair(struct json_writer *writer, struct slice key, struct slice value)
{
    json_key(writer, key);
    json_string(writer, value);
}

static void json_clause(struct json_writer *writer, struct slice key, const struct clause *clause)
{
    if (clause == NULL) return;
    json_key(writer, key);
    json_open_object(writer);
    json_pair(writer, SLICE("id"), clause->id);
    json_pair(writer, SLICE("title"), clause->title);
    json_close_object(writer);
}

static void json_change(struct json_writer *writer, const struct policy_change *change)
{
    json_open_object(writer);
    json_pair(writer, SLICE("kind"), slice_of(change_word(change->kind)));
    json_key(writer, SLICE("matters"));
    json_bool(writer, change->matters);
    json_key(writer, SLICE("law"));
    json_bool(writer, change->law);
    json_clause(writer, SLICE("old_clause"), change->old_clause);
    json_clause(writer, SLICE("new_clause"), change->new_clause);
    if (change->old_text.length > 0) json_pair(writer, SLICE("was"), change->old_text);
    if (change->new_text.length > 0) json_pair(writer, SLICE("is"), change->new_text);
    json_close_object(writer);
}

static void json_met(struct json_writer *writer, const struct change_met *met)
{
    json_open_object(writer);
    json_key(writer, SLICE("change"));
    json_number(writer, (int64_t)met->change);
    json_key(writer, SLICE("bears"));
    json_bool(writer, met->bears);
    json_key(writer, SLICE("untried"));
    json_bool(writer, met->untried);
    if (met->together.length > 0) json_pair(writer, SLICE("together_with"), met->together);
    if (met->example.length > 0) {
        json_pair(writer, SLICE("case"), met->example);
        json_pair(writer, SLICE("was"), slice_of(verdict_word(met->old_verdict)));
        json_pair(writer, SLICE("is"), slice_of(verdict_word(met->new_verdict)));
    }
    json_close_object(writer);
}

void changes_to_json(const struct changes *changes, struct json_writer *writer)
{
    json_open_object(writer);
    json_key(writer, SLICE("changes"));
    json_open_array(writer);
    for (size_t i = 0; i < changes->list.count; i++) json_change(writer, &changes->list.at[i]);
    json_close_array(writer);
    json_key(writer, SLICE("roles"));
    json_open_array(writer);
    for (size_t r = 0; r < changes->roles.count; r++) {
        const struct change_for *to = &changes->roles.at[r];
        json_open_object(writer);
        json_pair(writer, SLICE("role"), to->role->name);
        json_key(writer, SLICE("changed"));
        json_bool(writer, to->meaning);
        json_key(writer, SLICE("meets"));
        json_open_array(writer);
        for (size_t i = 0; i < to->list.count; i++) json_met(writer, &to->list.at[i]);
        json_close_array(writer);
        json_close_object(writer);
    }
    json_close_array(writer);
    json_key(writer, SLICE("prose"));
    json_bool(writer, changes->prose);
    json_key(writer, SLICE("untried"));
    json_bool(writer, changes->untried);
    json_close_object(writer);
}
