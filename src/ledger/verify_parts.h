/* What verify.c gathers while rows pass and verify_end.c judges. No other file includes this. */
#pragma once

#include "base/map.h"
#include "ledger/verify.h"

/* A checkpoint row. */
struct verify_row {
    int64_t day;
    uint64_t size;
    struct tree_hash root; /* of the note */
    bool sound;            /* signed, readable, and of this size */
    bool holds;            /* sound, and the events' root when they were as many */
    bool day_met;          /* a day of the events asked for it */
};

/* The last event of a day: the events so far are what the day's checkpoint must cover. */
struct verify_day {
    int64_t day;
    uint64_t size;
};

struct verify_file {
    struct slice name;
    uint64_t row; /* the event that spoke of it last */
    bool gone, seen;
};

struct verify {
    struct arena *keep; /* until the end */
    struct arena *pass; /* for one row */
    struct note_verifier verifier;
    bool has_verifier, vkey_given, since_given;
    struct verify_row since; /* its day is not used */

    LIST(struct verify_row) rows; /* in order of size once events pass */
    size_t rows_passed;
    bool begun;

    struct tree tree;
    uint64_t position; /* the n that must come next */
    int64_t last_at;   /* of the last event that could be read; -1 before */
    int64_t shift;     /* by how much the n inside the last body differed from its place */
    LIST(struct verify_day) days;

    bool damaged;           /* a row is missing, changed or out of order */
    uint64_t damaged_first; /* the first such row */

    struct map file_places; /* name: index in files */
    LIST(struct verify_file) files;

    struct verify_finding findings[VERIFY_FINDINGS_LARGEST];
    size_t count;
};

/* `2026-03-29`, in the arena. */
const char *verify_day_text(struct arena *arena, int64_t day);
/* Puts the checkpoints in order, once; none may follow. */
void verify_begin(struct verify *verify);
