/* What the desk's files share: an act on its way through the transaction, and what handlers and fact finders build with.
 * Inside the room only. */
#pragma once

#include "service/desk.h"
#include "service/project.h"
#include "service/record_parts.h"
#include "service/roles.h"
#include "store/keeping.h"
#include "store/people.h"
#include "store/policies.h"
#include "store/secrets.h"

struct desk {
    struct record *record;
    struct db *db;       /* the writer's, inside the act's savepoint */
    struct arena *arena; /* of the act */
    const struct order *order;
    struct outcome *outcome;
    int64_t now, today;
    struct id scope; /* organisation that it concerns: roles held there or above count; none: any */
    struct id person; /* whom it concerns; none: nobody */
    struct request request;
    struct decision decision;
    struct slice clauses;         /* ids, with blanks between */
    uint64_t events;              /* written by this act */
    LIST(struct pairs) plain;     /* of the parts of the event in the making, in order */
    const struct event *plain_of; /* that event */
    void *found;                  /* what the act's fact finder hands to its handler */
    struct slice
        why; /* the fact finder's: said with a refusal to somebody whom a clause could allow it */
};

/* Fact finders run before the decision: they read the values and the rows, set scope and person, and say the facts that the
 * record's rules ask for. A value that is missing or makes no sense fails, with what to mend. */
typedef bool desk_facts(struct desk *desk, struct error *error);
/* Handlers run after a decision that allows: they write events. */
typedef bool desk_handler(struct desk *desk, struct error *error);

#define ACT(CODE, id, facts, handler)                                                              \
    desk_facts facts;                                                                              \
    desk_handler handler;
#include "service/acts.def"
#undef ACT

/* Values. `desk_id`, `desk_day`, `desk_text` fail where the value is missing or malformed, naming the field in `called`. */
MUST_USE bool desk_id(struct desk *desk, const char *key, const char *called, struct id *ret_id,
                      struct error *error);
MUST_USE bool desk_day(struct desk *desk, const char *key, const char *called, int64_t *ret_day,
                       struct error *error);
MUST_USE bool desk_text(struct desk *desk, const char *key, const char *called, size_t largest,
                        struct slice *ret_text, struct error *error);
/* Says a fact by its id in record/words.md. */
MUST_USE bool desk_say(struct desk *desk, const char *fact, bool yes, struct error *error);
/* Reads the person named by a value, sets person and scope, and says whether it is the actor, by linked records too. A child
 * from whom the actor is barred is nobody that we know, whatever else the actor is here. */
MUST_USE bool desk_person(struct desk *desk, const char *key, const char *called,
                          struct person_row *ret_row, struct error *error);
/* What is about a child from whom the actor is barred is not one that we know either: fails so, naming it in `called`. */
MUST_USE bool desk_unbarred(struct desk *desk, const struct id *person, const char *called,
                            struct error *error);
/* Whether a person is the actor, by any linked record. */
MUST_USE bool desk_is_actor(struct desk *desk, const struct id *person, bool *ret_is,
                            struct error *error);
/* Every record linked to a person's, the person's own first. */
MUST_USE bool desk_linked(struct desk *desk, const struct id *person, struct arena *arena,
                          struct id **ret_ids, size_t *ret_count, struct error *error);

/* A new event of this act: kind, actor, act and what decided it are filled in. */
struct event *desk_event(struct desk *desk, const char *kind);
void desk_set(struct desk *desk, struct event *event, const char *key, struct slice value);
void desk_set_id(struct desk *desk, struct event *event, const char *key, const struct id *id);
void desk_set_number(struct desk *desk, struct event *event, const char *key, int64_t number);
/* Adds a part sealed under the person's key, which is made where the person has none yet. */
MUST_USE bool desk_part(struct desk *desk, struct event *event, const struct id *person,
                        const struct pairs *pairs, struct error *error);
/* Seals, numbers, appends, projects. */
MUST_USE bool desk_emit(struct desk *desk, struct event *event, struct error *error);
/* A task to be opened: for a role (ROLES: none), or for one person. What is left out is nothing. */
struct task_plan {
    const char *kind;
    enum role role;
    const struct id *org, *owner, *about;
    int64_t due;                         /* milliseconds; 0: at once, so overdue from the start */
    int64_t goes_on;                     /* when it goes to the next in line; 0: it waits */
    int64_t steps;                       /* how often it went on before */
    const struct id *version;            /* of the policy, where it is a duty of it */
    struct slice clause, deed, strength; /* the duty, in the policy's own words */
};
/* `ret_task` may be NULL. */
MUST_USE bool desk_task(struct desk *desk, const struct task_plan *plan, struct id *ret_task,
                        struct error *error);
/* Closes it as done. */
MUST_USE bool desk_task_close(struct desk *desk, const struct id *task, struct error *error);
