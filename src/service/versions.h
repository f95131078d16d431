/* Versions of the policy: those there are, a new one on its way in, and what has to be looked at before one is approved: who
 * may, what it changes for whom, which post stands empty. Acts stand in acts_versions.c. Nothing here asks who is reading.
 * Safe from many threads. */
#pragma once

#include "policy/change.h"
#include "service/desk.h"
#include "service/roles.h"

#define VERSIONS_WAITING_LARGEST 20
#define VERSION_REASON_LARGEST 2000
#define VERSION_MINUTE_LARGEST 200

/* ---- those there are (versions.c) ---- */

enum version_state {
    VERSION_WAITS, /* brought, and nobody has decided on it */
    VERSION_COMING,
    VERSION_IN_FORCE,
    VERSION_REPLACED,
    VERSION_REFUSED,
    VERSION_WITHDRAWN
};

struct version_seen {
    struct id id, base;        /* base: in force just before it; none: it is the first */
    struct id author_id;       /* none: nobody, it came with the record */
    struct slice name, number; /* as its front matter has them */
    enum version_state state;
    struct slice state_words;      /* `In force since 1 September 2026` */
    struct slice author, approver; /* names; empty: nobody, it came with the record */
    struct slice body;         /* title of the role in whose name it was approved; empty: none */
    int64_t brought, approved; /* milliseconds; 0: not approved in this record */
    int64_t in_force,
        last; /* days; last INT64_MAX: no end is known; both 0 where it waits or was turned down */
    bool material;
    struct slice changed; /* codes of roles for whom it means something else than its base */
};
struct versions_seen {
    LIST(struct version_seen) list;
};
/* Newest first; names as the register has them. */
MUST_USE bool versions_seen(struct record *record, struct arena *arena,
                            struct versions_seen *ret_versions, struct error *error);
MUST_USE bool version_seen(struct record *record, const struct id *version, struct arena *arena,
                           struct version_seen *ret_version, bool *ret_found, struct error *error);

/* What was said when it was decided on; empty where nothing was, or where it is sealed for good. */
struct version_said_why {
    struct slice reason, minute; /* minute: where the meeting's decision is written down */
};
MUST_USE bool version_why(struct record *record, const struct id *version, struct arena *arena,
                          struct version_said_why *ret_why, struct error *error);

/* What was done under it, by act and verdict, most first. */
struct version_done {
    struct slice act, verdict; /* ids */
    size_t count;
};
struct version_doings {
    LIST(struct version_done) list;
    size_t all;
};
MUST_USE bool version_doings(struct record *record, const struct id *version, struct arena *arena,
                             struct version_doings *ret_doings, struct error *error);

/* ---- on its way in (version_bring.c) ---- */

/* What somebody sends: empty words and law are those of the version in force, or of the newest one where none is. */
struct version_sent {
    struct slice policy, words, law;
};
/* From a file: policy.md as it is, or a ZIP with policy.md and, where they are there, words.md and law.md. */
MUST_USE bool version_unpack(struct slice file, struct slice bytes, struct arena *arena,
                             struct version_sent *ret_sent, struct error *error);
/* The matter of bring-version. */
struct version_brought {
    struct arena *arena;
    struct policy_sources sources;
    struct problems problems;
    struct policy *policy; /* NULL: it does not compile, and problems say why */
};
/* Compiles what was sent. False where nothing can be compiled at all: no vocabulary, too large, no text. */
MUST_USE bool version_read(struct record *record, const struct version_sent *sent,
                           struct version_brought *ret_brought, struct error *error);
void version_brought_clear(struct version_brought *brought);
/* The text that a problem's file names. */
struct slice version_source(const struct version_brought *brought, struct slice file);

/* ---- before it is approved (version_look.c) ---- */

/* Who approves: the roles of the register that count as the body, which the policy in force names, or the new one where none
 * is in force. */
struct version_body {
    bool named; /* false: the policy leaves it open, and the record's own rules say */
    uint64_t roles;
    struct slice words; /* `a governor or the chair of the board` */
};
void version_body(struct record *record, const struct policy *next, struct arena *arena,
                  struct version_body *ret_body);
/* Whether somebody may approve, refuse or see versions for what they are over the top organisation today. */
bool version_approves(struct record *record, const struct id *person);

/* The roles of the register that are the office to which a policy turns there, any of them; 0: it turns to nobody, or to no
 * office. */
struct addressed;
uint64_t version_office(const struct policy *policy, const struct addressed *addressed);
/* `a governor or the chair of the board`: their titles. */
struct slice version_titles(uint64_t roles, struct arena *arena);

/* An office that a policy names and that nobody in the whole record holds on a day. */
struct version_vacancy {
    struct slice title;          /* `Chair of the board` */
    const struct clause *clause; /* the first that names it, of the version */
    const char *as;              /* `is told` */
};
struct version_vacancies {
    LIST(struct version_vacancy) list;
};
MUST_USE bool version_vacancies(struct record *record, const struct policy *policy, int64_t day,
                                struct arena *arena, struct version_vacancies *ret_vacancies,
                                struct error *error);

/* One version laid beside its base: the matter of approve-version. Both policies are held until it is cleared. */
struct version_look {
    struct record *record;
    struct id version, base; /* base none: it would be the first */
    const struct policy *policy, *old;
    struct changes changes; /* of no meaning without a base */
    struct slice changed;   /* codes of roles, with blanks between */
};
/* `arena` must outlive the look. Takes a while, which is why it is done outside the act. */
MUST_USE bool version_look(struct record *record, const struct id *version, struct arena *arena,
                           struct version_look *ret_look, struct error *error);
void version_look_clear(struct version_look *look);
