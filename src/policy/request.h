/* One question put to a policy (grammar.md 8.1): who acts, what, with whom, by which channel, the facts, the records, the
 * people shown, the moment. Values are indexes into the policy's words. Keys are those of grammar.md section 17, as phrases
 * or as ids. Holds what was said, nothing derived: encode.c derives. */
#pragma once

#include "base/json.h"
#include "policy/policy.h"

#define REQUEST_SHOWN_LARGEST 64    /* people shown in one request */
#define REQUEST_ENTRIES_LARGEST 256 /* record entries */
#define REQUEST_ROLES_LARGEST 32    /* roles of one person, channels, acts */
#define REQUEST_VALUE_LARGEST 4000  /* bytes of one value */

enum known { NOT_ASKED, KNOWN, NOT_KNOWN }; /* NOT_KNOWN: the person said so */

struct value {
    enum known known;
    bool born;     /* an age: `value` is the day number of the birth */
    int64_t value; /* yes 1, no 0; a choice's index; a number; minutes; a day number */
};

enum entry_state { ENTRY_MISSING, ENTRY_GIVEN, ENTRY_REFUSED };
struct entry {
    int record; /* a fact of kind record */
    enum entry_state state;
    int giver;     /* a person; -1: anyone (for MISSING: from everybody) */
    bool by_actor; /* the giver is the actor: no use where FROM another is asked */
    bool dated;
    struct moment at; /* later than the act counts for nothing; undated is before it */
};

struct shown {
    struct slice name;
    struct roles roles;
    struct value *facts;      /* by fact index: personal facts and `age` */
    struct value *judgements; /* by name index: personal judgements */
    LIST(struct entry) entries;
};

struct request {
    struct arena *arena;
    const struct policy *policy;
    bool closed; /* what is not given is no, missing, pending or empty; else it is not asked */
    bool actor_given, other_given, asker_given, via_given, shown_given, act_given;
    struct roles actor, other, asker; /* asker falls back to actor */
    struct channels via;
    LIST(int) acts; /* the act, then those given with `also` */
    bool done;
    bool on_given, has_time;
    struct moment on;    /* the moment of the act; set to now by request_init */
    struct value *facts; /* by fact index; a record's says whether it was answered *don't know* */
    struct value *judgements; /* by name index; NOT_ASKED and NOT_KNOWN are pending */
    LIST(struct entry) entries;
    LIST(struct shown) shown;
};

void request_init(const struct policy *policy, bool closed, struct arena *arena,
                  struct request *ret_request);
/* The same with the moment given, for those who put many at once and read the clock once. */
void request_init_at(const struct policy *policy, bool closed, struct moment on,
                     struct arena *arena, struct request *ret_request);
/* A copy that can be changed on its own. */
void request_copy(const struct request *from, struct arena *arena, struct request *ret_request);
/* One key of section 17: `actor`, `act`, `fact age of the other person`, `record approval`, `shown Ana`; the part after
 * `fact`, `record` and `judgement` may be an id, and a bare phrase or id of a fact, record or judgement is taken as its
 * key. Fails on unknown keys, words, values out of range. */
MUST_USE bool request_set(struct request *request, struct slice key, struct slice value,
                          struct error *error);
/* Takes one answer back (NOT ASKED again). False where the key is unknown. */
MUST_USE bool request_unset(struct request *request, struct slice key, struct error *error);
/* What contradicts itself: no act, an act of kind duty, a picture that shows a pupil beside an empty list, an actor that is nobody. */
MUST_USE bool request_check(const struct request *request, struct error *error);
/* The JSON form, with ids: {"actor":["teacher"],"act":"accept-request","facts":{"other.age":14}}; docs/decision.schema.json. */
MUST_USE bool request_from_json(const struct json *json, struct request *request,
                                struct error *error);
void request_to_json(const struct request *request, struct json_writer *writer);
