/* Judges a ledger once all of it has passed: where the events stopped being those that were signed, which days have no
 * checkpoint of their own, what was cut off at the end, which uploads are missing, and whether it is tied. */
#include <inttypes.h>

#include "ledger/verify_parts.h"

/* The largest size up to which the events are those of a signed checkpoint. */
static uint64_t proven(const struct verify *verify)
{
    uint64_t size = verify->since.holds ? verify->since.size : 0;
    for (size_t i = 0; i < verify->rows.count; i++) {
        const struct verify_row *row = &verify->rows.at[i];
        if (row->holds && row->size > size) size = row->size;
    }
    return size;
}

/* Whether a sound checkpoint is of events that are there and are not those it was made of. */
static bool differs(const struct verify *verify, const struct verify_row *row)
{
    return row->sound && !row->holds && row->size <= verify->position;
}

static void judge_roots(struct verify *verify, uint64_t good)
{
    for (size_t i = 0; i < verify->rows.count; i++) {
        const struct verify_row *row = &verify->rows.at[i];
        if (!differs(verify, row)) continue;
        arena_reset(verify->pass);
        if (row->size <= good) {
            verify_found(verify, "checkpoint-root",
                         "the checkpoint of day %s is not of these events; a later one is",
                         verify_day_text(verify->pass, row->day));
            continue;
        }
        /* Of what follows the first difference nothing more is known; and a row that was named before explains it. */
        bool explained =
            verify->damaged && verify->damaged_first >= good && verify->damaged_first < row->size;
        if (!explained)
            verify_found(verify, "event-changed",
                         "something was changed between rows %" PRIu64 " and %" PRIu64
                         ": the checkpoint of day %s is of other events",
                         good, row->size - 1, verify_day_text(verify->pass, row->day));
        verify->damaged = true;
        if (!explained) verify->damaged_first = good;
        return;
    }
}

/* A checkpoint of more events than there are. */
static void judge_end(struct verify *verify)
{
    const struct verify_row *most = NULL;
    for (size_t i = 0; i < verify->rows.count; i++) {
        const struct verify_row *row = &verify->rows.at[i];
        if (row->sound && row->size > verify->position) most = row;
    }
    if (most == NULL) return;
    arena_reset(verify->pass);
    verify_found(verify, "event-missing",
                 "rows %" PRIu64 " to %" PRIu64 " are missing: the checkpoint of day %s is of them",
                 verify->position, most->size - 1, verify_day_text(verify->pass, most->day));
}

/* The first row of each day: rows are in order of size, and a bundle may hold any number of them. */
static void map_days(struct verify *verify, struct map *days)
{
    map_init(days, verify->keep);
    for (size_t i = 0; i < verify->rows.count; i++) {
        struct slice key = {(const char *)&verify->rows.at[i].day, sizeof(int64_t)};
        if (map_get(days, key) < 0) map_set(days, key, (int64_t)i);
    }
}

static void judge_day(struct verify *verify, const struct map *days, const struct verify_day *day)
{
    int64_t place = map_get(days, (struct slice){(const char *)&day->day, sizeof(int64_t)});
    struct verify_row *row = place < 0 ? NULL : &verify->rows.at[place];
    arena_reset(verify->pass);
    const char *text = verify_day_text(verify->pass, day->day);
    if (row != NULL) row->day_met = true;
    if (row == NULL)
        verify_found(verify, "checkpoint-missing",
                     "day %s has no checkpoint; its last row is %" PRIu64, text, day->size - 1);
    else if (row->sound && row->size < day->size)
        verify_found(verify, "checkpoint-missing",
                     "no checkpoint is of rows %" PRIu64 " to %" PRIu64 " of day %s", row->size,
                     day->size - 1, text);
    else if (row->sound && row->size > day->size && row->size <= verify->position)
        verify_found(verify, "checkpoint-day",
                     "the checkpoint of day %s is of rows of a later day, up to %" PRIu64, text,
                     row->size - 1);
}

/* Days are asked for as far as the events can be believed. */
static void judge_days(struct verify *verify, uint64_t good)
{
    if (verify->rows.count == 0 && verify->position > 0) {
        verify_found(verify, "checkpoint-missing", "there is no checkpoint at all");
        return;
    }
    struct map days;
    map_days(verify, &days);
    for (size_t i = 0; i < verify->days.count; i++) {
        const struct verify_day *day = &verify->days.at[i];
        if (!verify->damaged || day->size <= good) judge_day(verify, &days, day);
    }
    for (size_t i = 0; i < verify->rows.count; i++) {
        const struct verify_row *row = &verify->rows.at[i];
        bool believed = !verify->damaged || row->size <= good;
        if (!row->sound || row->day_met || row->size == 0 || row->size > verify->position) continue;
        arena_reset(verify->pass);
        if (believed)
            verify_found(verify, "checkpoint-unknown",
                         "the checkpoint of day %s, of %" PRIu64 " events, ends no day of theirs",
                         verify_day_text(verify->pass, row->day), row->size);
    }
}

static void judge_uploads(struct verify *verify)
{
    for (size_t i = 0; i < verify->files.count; i++) {
        const struct verify_file *file = &verify->files.at[i];
        if (!file->gone && !file->seen)
            verify_found(verify, "upload-missing", "the upload %.*s of row %" PRIu64 " is missing",
                         SLICE_PRINT(file->name), file->row);
    }
}

static void judge_since(struct verify *verify)
{
    const struct verify_row *since = &verify->since;
    if (!since->sound || since->holds) return;
    if (since->size > verify->position)
        verify_found(verify, "since-ahead",
                     "the checkpoint from elsewhere is of %" PRIu64 " events, here are %" PRIu64
                     ": the newest rows were cut off",
                     since->size, verify->position);
    else
        verify_found(verify, "since-differs",
                     "the first %" PRIu64
                     " events are not those that the checkpoint from elsewhere is of",
                     since->size);
}

size_t verify_end(struct verify *verify, bool *ret_tied)
{
    verify_begin(verify);
    uint64_t good = proven(verify);
    judge_since(verify);
    judge_roots(verify, good);
    judge_end(verify);
    judge_days(verify, good);
    judge_uploads(verify);
    *ret_tied = verify->vkey_given && verify->since.holds && verify->since.size > 0;
    return verify->count;
}
