/* What the parts of bench/screen's driver share: the posts, the plan of screening, Hyperscan's databases, the clock. driver.c is the
 * protocol; driver_text.c times what is done to a text, driver_names.c makes indexes and databases of names, driver_hostile.c makes texts
 * that are meant to be slow, driver_run.c runs whole programs. */
#pragma once

#include <hs/hs.h>
#include <unicode/uspoof.h>

#include "screen/evade.h"
#include "screen/screen.h"

#define ROSTERS 2 /* a large and a small one */

struct bench {
    struct arena *arena;
    struct slice *posts;
    size_t count;
    struct name_index *names[ROSTERS]; /* one form a name: for Hyperscan's rival */
    hs_database_t *databases[ROSTERS];
    hs_scratch_t *scratch;
    struct screen_plan plan; /* the whole engine, with every form of the small roster */
    struct screen_work *work;
    struct folded folded;
    struct tokens tokens;
    struct findings findings;
    struct evade_work evade;
    struct detect_work detect;
    USpoofChecker *spoof;
    char *copy;
    uint64_t kept; /* a sum over the results, so that none can be left out */
};

void fail(const char *sentence) __attribute__((noreturn));
/* Processor time of this thread, in nanoseconds. */
double now(void);
struct slice read_all(struct arena *arena, const char *path);

/* ---- driver_text.c ---- */

void text_part_init(struct bench *bench);
void text_part_clear(struct bench *bench);
/* Nanoseconds a post that `what` takes over the first `count` posts, whole rounds until `ms` have passed; below 0: not known. */
double time_posts(struct bench *bench, const char *what, size_t count, double ms);
/* How many of the first `count` posts `what` finds something in. */
size_t count_posts(struct bench *bench, const char *what, size_t count);

/* ---- driver_names.c ---- */

void make_names(struct bench *bench, size_t place, const char *roster);
/* Compiled, or taken from the file where that was compiled from the same names; seconds of processor time, 0 where it was taken. */
double make_database(struct bench *bench, size_t place, const char *roster, const char *cache);
void make_plan(struct bench *bench, const char *roster, const char *allow);
struct built {
    double seconds, peak, resident,
        bytes; /* megabytes more than before; what the index says of itself */
};
/* Built once in a process of its own; what it costs. */
struct built build_names(const char *roster, bool full_only);

/* ---- driver_run.c ---- */

/* A program from start to end: nanoseconds of the clock, of its own processor time, its exit status, and lines that came out. */
struct ran {
    double wall, cpu;
    int status;
    size_t lines;
};
/* `cat IN | PROGRAM | wc -l`; without arguments `cat IN | wc -l`. */
struct ran run_in_pipe(const char *in, char **arguments);
/* `PROGRAM < IN > OUT`; lines are not counted. */
struct ran run_on_files(const char *in, const char *out, char **arguments);

/* ---- driver_hostile.c ---- */

/* Name of the case, or NULL behind the last. */
const char *hostile_name(size_t which);
/* Nanoseconds a byte of text through the whole engine. */
double time_hostile(struct bench *bench, size_t which, double ms);
