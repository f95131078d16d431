/* What refers from one row to another, settled when everybody is known. A claim of kinship makes a
 * parent link only between somebody who is a parent and somebody who is a pupil: whoever gets such a
 * link by mistake could see what is not theirs. */
#include "format/roster.h"

/* ---- organisations --------------------------------------------------------------------------- */

static void note_org(struct roster *roster, const struct roster_org *org, const char *what)
{
    roster_problem(roster, (struct roster_problem){.file = SLICE("orgs.csv"),
                                                   .id = org->id,
                                                   .field = SLICE("parentSourcedId"),
                                                   .what = what,
                                                   .done = ROSTER_FIELD_LEFT_OUT});
}

static bool goes_round(const struct roster *roster, size_t at)
{
    for (int steps = 0; steps <= ROSTER_PARENTS_DEEPEST; steps++) {
        at = roster->orgs.at[at].parent;
        if (at == ROSTER_NONE) return false;
    }
    return true;
}

static void settle_orgs(struct roster *roster)
{
    for (size_t i = 0; i < roster->orgs.count; i++) {
        struct roster_org *org = &roster->orgs.at[i];
        if (org->parent_id.length == 0) continue;
        org->parent = roster_org_find(roster, org->parent_id);
        if (org->parent != ROSTER_NONE || !roster->whole_orgs) continue;
        note_org(roster, org, "the organisation above it is not in the file");
        org->parent_id = SLICE_EMPTY;
    }
    for (size_t i = 0; i < roster->orgs.count; i++) {
        struct roster_org *org = &roster->orgs.at[i];
        if (!goes_round(roster, i)) continue;
        note_org(roster, org, "the organisations above it go round in a circle, or too high");
        org->parent = ROSTER_NONE;
        org->parent_id = SLICE_EMPTY;
    }
}

/* ---- roles ----------------------------------------------------------------------------------- */

/* An organisation that nobody describes: in a whole file the role stays, at no school. */
static void settle_roles(struct roster *roster, const struct roster_person *person)
{
    for (struct roster_held *held = person->roles; held != NULL; held = held->next) {
        if (held->org_id.length == 0) continue;
        held->org = roster_org_find(roster, held->org_id);
        if (held->org != ROSTER_NONE || !roster->whole_orgs) continue;
        roster_problem(roster, (struct roster_problem){.file = SLICE("orgs.csv"),
                                                       .id = person->id,
                                                       .field = SLICE_EMPTY,
                                                       .what = "a role names an organisation that "
                                                               "is not in the file",
                                                       .done = ROSTER_FIELD_LEFT_OUT});
        held->org_id = SLICE_EMPTY;
    }
}

/* ---- kinship --------------------------------------------------------------------------------- */

static void note_agent(struct roster *roster, const struct roster_agent *agent, const char *what)
{
    roster_problem(roster, (struct roster_problem){.file = agent->file,
                                                   .line = agent->line,
                                                   .id = agent->from,
                                                   .field = agent->field,
                                                   .what = what,
                                                   .done = ROSTER_FIELD_LEFT_OUT});
}

static const struct roster_person *person_or_null(const struct roster *roster, struct slice id)
{
    size_t at = roster_person_find(roster, id);
    return at == ROSTER_NONE ? NULL : &roster->people.at[at];
}

static bool is_unread(const struct roster_person *person)
{
    return person != NULL && person->status == ROSTER_UNREAD;
}

/* False where the claim has to wait for the register. */
static bool settle_agent(struct roster *roster, const struct roster_agent *agent)
{
    const struct roster_person *from = person_or_null(roster, agent->from);
    const struct roster_person *to = person_or_null(roster, agent->to);
    if (from == NULL || is_unread(from) || is_unread(to)) return true; /* told already */
    bool unknown = to == NULL || to->roles == NULL || from->roles == NULL;
    if (unknown && !roster->whole_people) return false;
    if (to == NULL) {
        note_agent(roster, agent, "the person named is not in the file");
        return true;
    }
    bool child = roster_holds(from, ROSTER_PUPIL) && roster_holds(to, ROSTER_PARENT);
    bool parent = roster_holds(from, ROSTER_PARENT) && roster_holds(to, ROSTER_PUPIL);
    if (child == parent)
        note_agent(roster, agent,
                   child ? "it is not clear which of the two is the child"
                         : "the two are not a parent and a pupil, so they are not linked");
    else
        roster_link(roster, child ? agent->to : agent->from, child ? agent->from : agent->to);
    return true;
}

static void settle_agents(struct roster *roster)
{
    size_t left = 0;
    for (size_t i = 0; i < roster->agents.count; i++) {
        struct roster_agent agent = roster->agents.at[i];
        if (!settle_agent(roster, &agent)) roster->agents.at[left++] = agent;
    }
    roster->agents.count = left;
}

void roster_finish(struct roster *roster)
{
    settle_orgs(roster);
    for (size_t i = 0; i < roster->people.count; i++) settle_roles(roster, &roster->people.at[i]);
    settle_agents(roster);
}
