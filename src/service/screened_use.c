/* What a text answers, put into a question, and which clauses of the decision turn on it; see screened.h. A clause turns on an answer where
 * it speaks otherwise once that answer is turned round: in the question as it is, or in one where nothing else was found. */
#include "policy/request.h"
#include "service/screened.h"

/* ---- into the request ----------------------------------------------------------------------------- */

static struct screened_used *add_used(struct request *request, struct screened_uses *uses)
{
    struct screened_used *used = LIST_ADD(request->arena, &uses->list);
    *used = (struct screened_used){.fact = -1, .shown = -1, .act = -1, .place = SCREENED_NOWHERE};
    return used;
}

static void apply_fact(const struct screened_fact *said, struct request *request,
                       struct screened_uses *uses)
{
    struct value *value = &request->facts[said->fact];
    bool yes = said->answer == SCREENED_YES;
    if (said->answer == SCREENED_ASK || (!yes && value->known != NOT_ASKED)) return;
    struct screened_used *used = add_used(request, uses);
    used->kind = USED_FACT;
    used->fact = said->fact;
    used->yes = yes;
    used->against = value->known == KNOWN && value->value == 0;
    used->place = said->count > 0 ? said->places[0] : SCREENED_NOWHERE;
    *value = (struct value){.known = KNOWN, .value = yes};
}

static bool counts(const struct request *request, const char *id)
{
    const struct policy *policy = request->policy;
    int act = words_find_id(&policy->words, WORD_ACT, slice_of(id));
    for (size_t i = 0; act >= 0 && i < request->acts.count; i++)
        if (policy_counts(policy, WORD_ACT, request->acts.at[i], act)) return true;
    return false;
}

/* Whether the people shown are those in a picture, whom no text can list. */
static bool is_picture(const struct request *request)
{
    static const char *const ids[] = {"post-photo",  "take-photo",     "pass-photo",
                                      "store-photo", "make-recording", "copy-image"};
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (counts(request, ids[i])) return true;
    return false;
}

static struct slice full_name(const struct name_person *person, struct arena *arena)
{
    if (person->family.length == 0) return arena_copy(arena, person->given);
    return arena_format(arena, "%.*s %.*s", SLICE_PRINT(person->given),
                        SLICE_PRINT(person->family));
}

/* The one that whoever asks named already, by the name or the id; -1: none. */
static int find_shown(const struct request *request, const struct name_person *person,
                      struct slice name)
{
    for (size_t i = 0; i < request->shown.count; i++) {
        struct slice said = request->shown.at[i].name;
        if (slice_equal(said, name) || slice_equal(said, person->id) ||
            slice_equal(said, person->given))
            return (int)i;
    }
    return -1;
}

static int pupil_role(const struct words *words)
{
    int role = words_find_id(words, WORD_PERSON, SLICE("our-pupil"));
    return role >= 0 ? role : words_find_id(words, WORD_PERSON, SLICE("pupil"));
}

static int add_shown(struct request *request, struct slice name)
{
    const struct words *words = &request->policy->words;
    if (request->shown.count == REQUEST_SHOWN_LARGEST) return -1;
    struct shown *shown = LIST_ADD(request->arena, &request->shown);
    *shown = (struct shown){.name = name};
    shown->facts = ARENA_ARRAY(request->arena, struct value, words->facts.count + 1);
    shown->judgements = ARENA_ARRAY(request->arena, struct value, words->names.count + 1);
    return (int)request->shown.count - 1;
}

static int named_shown(const struct screened *screened, size_t pupil, struct request *request)
{
    struct name_person person = {.given = SLICE_EMPTY};
    struct slice name;
    if (screened->unnamed) {
        name = arena_format(request->arena, SCREENED_UNNAMED "%zu", pupil + 1);
    } else {
        person = names_person(screened->plan->names, screened->pupils.at[pupil].who);
        name = full_name(&person, request->arena);
    }
    int at = find_shown(request, &person, name);
    return at >= 0 ? at : add_shown(request, name);
}

static void apply_person(const struct screened *screened, size_t pupil, int fact,
                         struct request *request, struct screened_uses *uses)
{
    const struct screened_person *named = &screened->pupils.at[pupil];
    int at = named_shown(screened, pupil, request);
    int role = pupil_role(&request->policy->words);
    if (at < 0 || role < 0) return;
    struct shown *shown = &request->shown.at[at];
    if (shown->roles.list.count == 0) LIST_PUSH(request->arena, &shown->roles.list, role);
    struct value *value = &shown->facts[fact];
    if (!named->full && value->known != NOT_ASKED) return;
    struct screened_used *used = add_used(request, uses);
    used->kind = USED_NAMED;
    used->fact = fact;
    used->shown = at;
    used->yes = named->full;
    used->against = value->known == KNOWN && value->value == 0;
    used->place = named->place;
    *value = (struct value){.known = KNOWN, .value = named->full};
}

/* Without a picture the people shown are the pupils whom the words name; with one, only those whom somebody listed can be found named. */
static void apply_people(const struct screened *screened, struct request *request,
                         struct screened_uses *uses)
{
    int fact = words_find_id(&request->policy->words, WORD_FACT, SLICE("full-name"));
    if (fact < 0 || !screened->names) return;
    if (!request->shown_given && is_picture(request)) return;
    for (size_t i = 0; i < screened->pupils.count; i++)
        apply_person(screened, i, fact, request, uses);
    if (!screened->part) request->shown_given = true;
}

/* A message with somebody's number or address in it gives that away, whatever else it is. */
static void apply_act(const struct screened *screened, struct request *request,
                      struct screened_uses *uses)
{
    int act = words_find_id(&request->policy->words, WORD_ACT, SLICE("give-details"));
    if (screened->details == SCREENED_NOWHERE || act < 0) return;
    if (!counts(request, "contact") || counts(request, "give-details")) return;
    struct screened_used *used = add_used(request, uses);
    used->kind = USED_ACT;
    used->act = act;
    used->yes = true;
    used->place = screened->details;
    LIST_PUSH(request->arena, &request->acts, act);
}

void screened_apply(const struct screened *screened, struct request *request,
                    struct screened_uses *ret_uses)
{
    *ret_uses = (struct screened_uses){.list = {.count = 0}};
    apply_act(screened, request, ret_uses);
    apply_people(screened, request, ret_uses);
    for (size_t i = 0; i < screened->facts.count; i++)
        apply_fact(&screened->facts.at[i], request, ret_uses);
}

/* ---- which clauses turn on it ---------------------------------------------------------------------- */

/* The request with one answer turned round, or with it as it was found. */
static void turn(const struct screened_used *used, bool yes, struct request *request)
{
    struct value value = {.known = KNOWN, .value = yes};
    if (used->kind == USED_FACT) {
        request->facts[used->fact] = value;
    } else if (used->kind == USED_NAMED) {
        request->shown.at[used->shown].facts[used->fact] = value;
    } else {
        size_t kept = 0;
        for (size_t i = 0; i < request->acts.count; i++)
            if (request->acts.at[i] != used->act) request->acts.at[kept++] = request->acts.at[i];
        request->acts.count = kept;
        if (yes) LIST_PUSH(request->arena, &request->acts, used->act);
    }
}

/* How much of a decision is the clause's: what it cites, asks for, owes and reminds of, in one number. */
static unsigned weight(const struct decision *decision, const struct clause *clause)
{
    unsigned sum = 0;
    for (size_t i = 0; i < decision->cites.count; i++)
        if (decision->cites.at[i].clause == clause) sum += 1u << decision->cites.at[i].part;
    for (size_t i = 0; i < decision->needs.count; i++)
        sum += decision->needs.at[i].clause == clause ? 1u << 10 : 0;
    for (size_t i = 0; i < decision->reminders.count; i++)
        sum += decision->reminders.at[i].clause == clause ? 1u << 14 : 0;
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        for (size_t k = 0; k < owed->clauses.count; k++)
            if (owed->clauses.at[k] == clause) sum += owed->conditional ? 1u << 18 : 1u << 22;
    }
    return sum;
}

static bool has_clause(const struct screened_used *used, const struct clause *clause)
{
    for (size_t i = 0; i < used->clauses.count; i++)
        if (used->clauses.at[i] == clause) return true;
    return false;
}

/* Clauses of the decision of which more or less is said in one of two than in the other. */
static void compare(const struct decision *decision, const struct decision *one,
                    const struct decision *other, struct arena *arena, struct screened_used *used)
{
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct clause *clause = decision->cites.at[i].clause;
        if (has_clause(used, clause) || weight(one, clause) == weight(other, clause)) continue;
        LIST_PUSH(arena, &used->clauses, clause);
    }
}

static bool reads(const struct clause *clause, int fact)
{
    for (size_t i = 0; i < clause->statements.count; i++) {
        const struct condition *condition = &clause->statements.at[i].condition;
        for (size_t k = 0; k < condition->atoms.count; k++)
            if (condition->atoms.at[k].kind == ATOM_FACT && condition->atoms.at[k].index == fact)
                return true;
    }
    return false;
}

/* A definition that names the fact is why a clause turns on it, though it is cited whatever the answer is. */
static void add_definitions(const struct decision *decision, struct arena *arena,
                            struct screened_used *used)
{
    if (used->clauses.count == 0 || used->fact < 0) return;
    for (size_t i = 0; i < decision->cites.count; i++) {
        const struct cite *cite = &decision->cites.at[i];
        if (cite->part == PART_DEFINES && !has_clause(used, cite->clause) &&
            reads(cite->clause, used->fact))
            LIST_PUSH(arena, &used->clauses, cite->clause);
    }
}

struct turning {
    struct decider *decider;
    bool whole;
    struct arena *arena;
};

static struct decision decided(const struct turning *turning, const struct request *request)
{
    struct decision decision;
    decider_decide(turning->decider, request, turning->whole, turning->arena, &decision);
    return decision;
}

/* The request as it would be of a text that says yes to nothing. */
static void quieten(const struct request *request, const struct screened_uses *uses,
                    struct arena *arena, struct request *ret_quiet)
{
    request_copy(request, arena, ret_quiet);
    for (size_t i = 0; i < uses->list.count; i++)
        if (uses->list.at[i].yes) turn(&uses->list.at[i], false, ret_quiet);
}

void screened_clauses(const struct request *request, const struct decision *decision,
                      struct decider *decider, bool whole, struct arena *arena,
                      struct screened_uses *uses)
{
    struct request quiet, other;
    const struct turning turning = {decider, whole, arena};
    if (uses->list.count == 0) return;
    quieten(request, uses, arena, &quiet);
    struct decision nothing = decided(&turning, &quiet);
    for (size_t i = 0; i < uses->list.count; i++) {
        struct screened_used *used = &uses->list.at[i];
        request_copy(request, arena, &other);
        turn(used, !used->yes, &other);
        struct decision without = decided(&turning, &other);
        compare(decision, decision, &without, arena, used);
        if (used->yes) {
            request_copy(&quiet, arena, &other);
            turn(used, true, &other);
            struct decision alone = decided(&turning, &other);
            compare(decision, &nothing, &alone, arena, used);
        }
        add_definitions(decision, arena, used);
    }
}
