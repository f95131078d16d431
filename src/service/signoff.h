/* Who must sign which version of the policy, since when and why; derived from who is here, the approved versions and the
 * signatures, so that nothing has to be opened or closed. Training stands beside it. docs/signing.md says the rules in words.
 * Acts stand in acts_signoff.c, certificates in certificate.h. Safe from many threads. */
#pragma once

#include "service/register.h"

/* Sets of roles: a bit each. */
static inline uint64_t role_bit(enum role role)
{
    return (uint64_t)1 << (unsigned)role;
}
_Static_assert(ROLES <= 64, "a set of roles has 64 bits");
/* Codes with blanks between, and back; what is no code is left out. */
struct slice role_codes(uint64_t roles, struct arena *arena);
uint64_t role_bits(struct slice codes);

#define SIGNOFF_SCHOOL_DAYS 5 /* from the day on which somebody is asked */

enum signoff_why {
    SIGNOFF_NEVER,    /* never signed any version */
    SIGNOFF_ROLE,     /* a role that their signature does not cover */
    SIGNOFF_CHANGED,  /* a version changed what their role owes or may */
    SIGNOFF_MATERIAL, /* whoever approved a version asked everybody, and said why */
};

/* How it stands with one person. */
struct signoff {
    struct id version; /* in force; none: none is, and nothing below is set */
    uint64_t roles;    /* they hold today, as far as it binds them; none: it does not */
    bool owed;
    enum signoff_why why;
    struct id because; /* CHANGED, MATERIAL: the first version that asks */
    uint64_t asked;    /* ROLE: the new ones; CHANGED: those for whom it changed; else all */
    int64_t since;     /* day from which they were asked */
    int64_t due;       /* last day */
    bool overdue;
    bool signed_before;             /* the next member is set */
    struct signed_newest signature; /* their newest, by any linked record */
};
/* By the register in memory: today, and for who is here. */
void signoff_of(struct record *record, const struct id *person, struct signoff *ret_signoff);
/* Whether nothing is owed: the policy in force is signed for every role that it binds, or binds none. */
bool signed_current(struct record *record, const struct id *person);

/* Why whoever approved a version asks everybody to sign again; empty where that was not said, or is sealed for good. */
struct slice signoff_reason(struct record *record, const struct id *version, struct arena *arena);
/* What is signed: one hash over the hashes of what people read, of what the program enforces and of the words, those of the
 * law behind it included; 64 hexadecimal digits, in the arena. docs/signing.md gives its bytes. */
struct slice signoff_text(const struct policy *policy, struct arena *arena);
/* Whom a version binds; worked out when first asked for. `policy`: that version, compiled. */
uint64_t signoff_bound(struct record *record, const struct id *version,
                       const struct policy *policy);
/* Whether a clause is kept by being read and accepted: a signature of the version names it. */
bool signoff_attests(const struct clause *clause);

/* ---- many ---- */

struct coverage_count {
    size_t bound, owed, overdue; /* bound - owed have signed */
};
struct coverage_row {
    const struct org *org;
    enum role role; /* ROLES: the school's people, each once */
    struct coverage_count count;
    size_t frozen; /* ROLES: who left and whose signature is kept */
};
struct coverage {
    struct id version; /* none: no version is in force, and nothing else is set */
    LIST(struct coverage_row)
    rows; /* by school in the register's order, the school's own row first */
    struct coverage_count all;
    size_t frozen; /* left, and their signatures are kept */
};
/* Of an organisation and those below it (none: all), while `view` is held; in the arena. `reader`: who is barred from some child
 * and may not know that there is one more; none: somebody who is barred from nobody. */
void signoff_coverage(struct record *record, const struct register_view *view,
                      const struct id *over, const struct id *reader, struct arena *arena,
                      struct coverage *ret_coverage);
/* As a table with a head, safe to open in a spreadsheet (coverage.c). */
void signoff_csv(const struct coverage *coverage, struct arena *arena, struct text *out);
/* Everybody there whom the version in force binds, in the order of names; false from `visit` ends it. */
typedef bool signoff_visit(void *context, const struct registered *person,
                           const struct signoff *signoff);
void signoff_each(struct record *record, const struct register_view *view, const struct id *over,
                  signoff_visit *visit, void *context);

/* ---- training ---- */

enum course {
    COURSE_POLICY,        /* on this policy */
    COURSE_ONLINE_SAFETY, /* keeping people safe online */
    COURSE_SAFEGUARDING,  /* keeping children safe */
    COURSE_OTHER,
    COURSES
};
struct slice course_code(enum course course);  /* as it is kept: `online-safety` */
struct slice course_words(enum course course); /* for people */
enum course course_of(struct slice code);      /* COURSES where there is none */

struct trained {
    struct id id;
    enum course course;
    int64_t done, until; /* days; INT64_MAX: it does not run out */
    int64_t n;
};
struct trainings {
    LIST(struct trained) list; /* newest first */
};
/* Of a person, by any linked record; fails where the record cannot be read. */
MUST_USE bool trainings_here(struct record *record, const struct id *person, struct arena *arena,
                             struct trainings *ret_trainings, struct error *error);
/* Whether some training of that course counts on a day. */
bool trained_on(struct record *record, const struct id *person, enum course course, int64_t day);
