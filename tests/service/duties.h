/* A school with a policy whose duties have deadlines, stand-ins and somebody to tell when the time is up
 * (tests/fixtures/duties), and a clock of the program's own, so that nights, weekends and holidays pass. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/london.h"
#include "school.h"
#include "service/duties.h"
#include "service/duty.h"
#include "service/timekeeper.h"
#include "store/policies.h"

#define MINUTE 60000LL
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

extern atomic_llong at; /* what the clock says, in milliseconds; 0: the real one */
/* By the clock here: 2026-11-20 23:30. */
void set_clock(const char *moment);
int64_t moment_ms(const char *moment);

extern struct school school;
/* Of every test: a Wednesday in term, 2026-11-18 at 10:00. */
int begin(void **state);
int end(void **state);

/* report-act of what has happened; pairs of key and value, NULL behind the last. */
struct outcome report(struct id actor, const char *act, ...);
/* The same with one value more, expected to fail: what is to be mended. */
const char *bad_report(struct id actor, const char *key, const char *value);

struct tasks {
    struct task_row rows[40];
    size_t count;
};
struct tasks tasks_of_act(struct id occurrence);
struct tasks open_of_kind(const char *kind);
/* The open one with this in its deed, of this owner; NULL: there is none. */
const struct task_row *task_of(const struct tasks *tasks, struct id owner, const char *deed);

/* Has the time kept once: whether there was anything to do. */
bool keep(void);
size_t events_now(void);
/* Somebody with a role of trust, confirmed. */
struct id trusted(const char *given, const char *role);
