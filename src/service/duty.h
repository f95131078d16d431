/* A duty of a policy as something that somebody does: who in the register it falls to, what it is called, when it is due and
 * when it goes on to the next in line. What is done with it in the record is acts_report.c's and acts_time.c's. */
#pragma once

#include "policy/decision.h"
#include "service/calendars.h"
#include "service/keeping_read.h"
#include "service/roles.h"
#include "service/route.h"

/* Kinds of tasks that are duties of the policy. */
#define TASK_DUTY "duty"      /* their own, or their role's */
#define TASK_REMIND "remind"  /* somebody's whom the register does not know: see that it is done */
#define TASK_ELSE "duty-late" /* they are told that a duty was not done in time */
#define TASK_REVIEW "review-due"
#define TASK_TERMS "calendar-terms"
bool task_is_duty(struct slice kind); /* the first three */
/* Duties, and what the machine asks for: these are taken and let go. */
bool task_is_free(struct slice kind);

#define TASK_NO_DEADLINE TASK_WHENEVER

/* The role of the register that a person of the policy's words stands for, where there is somebody to turn to by name of office;
 * ROLES: a kind of people, or nobody that the register knows. */
enum role duty_office(const struct words *words, int person);

struct duty_offices {
    enum role at[LINE_LARGEST];
    size_t count;
};
void duty_offices(const struct words *words, const struct roles *roles,
                  struct duty_offices *offices);

/* The canonical print of a duty on one line, as the column `deed` keeps it. */
struct slice duty_deed(const struct words *words, const struct duty *duty, struct arena *arena);
/* Whether a deed is to be done at once. */
bool duty_at_once(struct slice deed);
/* A clause of the policy or the law by its id; NULL: there is none. */
const struct clause *duty_clause(const struct policy *policy, struct slice id);
/* The duty of a clause with this deed, and its statement; NULL: there is none. */
const struct duty *duty_find(const struct policy *policy, struct slice clause, struct slice deed,
                             const struct statement **ret_statement);
/* The place of a duty that is owed: of those merged into it, the one whose deadline it has. */
const struct duty *duty_place(const struct policy *policy, const struct owed *owed,
                              const struct clause **ret_clause,
                              const struct statement **ret_statement);
/* As a sentence, from the deed where the version knows it no more; `you`: to whoever owes it. In the arena. */
struct slice duty_sentence(const struct policy *policy, struct slice clause, struct slice deed,
                           bool you, struct arena *arena);

/* Whom a telling duty tells. */
bool duty_tells(const struct words *words, const struct duty *duty);

/* Who it falls to, and who is next where nobody took it: the offices that bear it, else those that are told, then whoever the
 * policy names in their stead; the head where it names no office at all. */
void duty_line(const struct policy *policy, const struct statement *statement,
               const struct duty *duty, const struct roles *bearer, const struct roles *object,
               struct duty_offices *ret_line);

struct duty_time {
    int64_t due;     /* when it is late: what has to be done at once after the calendar's minutes */
    int64_t goes_on; /* 0: it waits */
    unsigned notes;  /* of the calendar */
};
/* Counted from `event`; what has to be done at once goes on within the calendar's minutes from `now`. `escalates`: the policy
 * says who is told when the time is up. */
struct duty_time duty_time(const struct calendar *calendar, struct span within, int64_t event,
                           int64_t now, bool escalates);
