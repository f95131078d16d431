/* What the files of one search share: the trial of both versions at once, over one list of people and channels. Inside the room,
 * for change_search.c and its parts only. */
#pragma once

#include "policy/change_parts.h"

/* One open thing, as either version has it; values stand in the same order in both. */
struct pair {
    enum variable_kind kind;
    int joint; /* fact, record or name; -1: the time of day */
    int shown;
    struct variable variables[2];
    bool has[2];
    size_t count, rulings; /* rulings: values that are set; one more: left to be ruled */
    bool set;
    size_t value;
};

struct trial {
    struct seeker *seeker;
    const struct change_goal *goal;
    struct request base[2];
    struct world worlds[2];
    LIST(struct pair) pairs;
    struct outcome outcomes[2];
    bool *mine[2]; /* by place: the goal looks at it */
    bool *live[2]; /* by place: touched, with no like in the other version from here on */
    bool gave_up;
    size_t limit;
};

static inline const struct compiled *compiled_at(const struct side *side, size_t place)
{
    return &side->program->rules.at[side->code->rules.at[place].rule];
}

/* ---- change_trial.c: what is open, and putting the question ---- */

/* Collects what both worlds leave open. */
void trial_open(struct trial *trial);
void trial_set(struct trial *trial, struct pair *pair, size_t value);
void trial_unset(struct trial *trial, struct pair *pair);
/* Everything that is open gets its first answer, and both versions are asked: whether that is what is sought. What was found
 * stays in the seeker. */
bool trial_ask(struct trial *trial);

/* ---- change_touch.c: what was touched, as far as it is settled ---- */

/* Whether the duty by name is that of whoever acts, whoever stands in for whom. */
bool touch_falls(const struct trial *trial, int s, const struct duty *duty);
/* Whether the duty by name counts in this search: it falls to whoever acts, or, of a bearer's, to them and not so. */
bool touch_looked_at(const struct trial *trial, int s, const struct duty *duty);
/* Whether the rule gives nothing, whatever else is answered. */
bool touch_silent(const struct side *side, size_t place);
/* Whether both come to the same however what is open is answered. */
bool touch_same(struct trial *trial);

/* ---- change_live.c ---- */

/* Fills `live`: takes out what has its like in the other version from here on, whatever is answered. */
void live_find(struct trial *trial);
