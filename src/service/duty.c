/* Duties as tasks: who, what, by when; see duty.h. */
#include "service/duty.h"

#include "policy/print.h"

bool task_is_duty(struct slice kind)
{
    return slice_is(kind, TASK_DUTY) || slice_is(kind, TASK_REMIND) || slice_is(kind, TASK_ELSE);
}

bool task_is_free(struct slice kind)
{
    return task_is_duty(kind) || slice_is(kind, TASK_REVIEW) || slice_is(kind, TASK_TERMS);
}

/* ---- who ------------------------------------------------------------------------------------------ */

/* Words of the policies for bodies and ways that stand for an office of the register. */
static const struct {
    const char *word;
    enum role role;
} stands_for[] = {
    {"organisation", ROLE_HEADTEACHER},
    {"leadership-team", ROLE_SLT_MEMBER},
    {"child-protection", ROLE_DSL},
};

/* An office has few holders; every teacher is not one. */
static bool is_office(enum role role)
{
    return role_row(role)->trusted || role == ROLE_LINE_MANAGER;
}

enum role duty_office(const struct words *words, int person)
{
    struct slice id = words_word(words, WORD_PERSON, person)->id;
    for (size_t i = 0; i < sizeof stands_for / sizeof *stands_for; i++)
        if (slice_is(id, stands_for[i].word)) return stands_for[i].role;
    for (int role = 0; role < ROLES; role++)
        if (is_office((enum role)role) && slice_equal(role_row((enum role)role)->word, id))
            return (enum role)role;
    return ROLES;
}

static void add_office(struct duty_offices *offices, enum role role)
{
    if (role == ROLES || offices->count == LINE_LARGEST) return;
    for (size_t i = 0; i < offices->count; i++)
        if (offices->at[i] == role) return;
    offices->at[offices->count++] = role;
}

void duty_offices(const struct words *words, const struct roles *roles,
                  struct duty_offices *offices)
{
    for (size_t i = 0; i < roles->list.count; i++)
        add_office(offices, duty_office(words, roles->list.at[i]));
}

/* Those who stand in for these roles by a line of the policy: whether they do so today is not asked, as nobody took it. */
static void add_stand_ins(const struct policy *policy, const struct roles *roles,
                          struct duty_offices *offices)
{
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        const struct policy_line *line = &policy->document.lines.at[i];
        if (line->kind != LINE_STAND_IN || line->roles.list.count < 2) continue;
        for (size_t k = 0; k < roles->list.count; k++)
            if (line->roles.list.at[1] == roles->list.at[k])
                add_office(offices, duty_office(&policy->words, line->roles.list.at[0]));
    }
}

/* `IF ...: TELL somebody else INSTEAD` beside the duty. */
static void add_instead(const struct policy *policy, const struct statement *statement,
                        const struct duty *duty, struct duty_offices *offices)
{
    if (statement == NULL) return;
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct duty *other = &statement->tails.at[i].duty;
        if (statement->tails.at[i].kind == TAIL_ROUTE && other->instead && other != duty)
            duty_offices(&policy->words, &other->object, offices);
    }
}

bool duty_tells(const struct words *words, const struct duty *duty)
{
    return duty->tell || slice_is(words_word(words, WORD_ACT, duty->act)->id, "tell");
}

void duty_line(const struct policy *policy, const struct statement *statement,
               const struct duty *duty, const struct roles *bearer, const struct roles *object,
               struct duty_offices *ret_line)
{
    *ret_line = (struct duty_offices){.count = 0};
    duty_offices(&policy->words, bearer, ret_line);
    const struct roles *first = ret_line->count > 0 ? bearer : object;
    duty_offices(&policy->words, first, ret_line);
    add_stand_ins(policy, first, ret_line);
    if (first == object) add_instead(policy, statement, duty, ret_line);
    if (ret_line->count == 0) add_office(ret_line, ROLE_HEADTEACHER);
}

/* ---- what ----------------------------------------------------------------------------------------- */

struct slice duty_deed(const struct words *words, const struct duty *duty, struct arena *arena)
{
    AUTO_TEXT struct text deed;
    text_init(&deed, EVENT_FIELD_LARGEST);
    print_duty(words, duty, &deed);
    for (size_t i = 0; i < deed.length; i++)
        if ((unsigned char)deed.at[i] < ' ') deed.at[i] = ' ';
    return arena_copy(arena, text_slice(&deed));
}

bool duty_at_once(struct slice deed)
{
    return slice_search(deed, SLICE(" WITHIN immediately")) < deed.length;
}

static const struct clause *find_clause(const struct document *document, struct slice id)
{
    for (size_t i = 0; i < document->clauses.count; i++)
        if (slice_equal(document->clauses.at[i].id, id)) return &document->clauses.at[i];
    return NULL;
}

const struct clause *duty_clause(const struct policy *policy, struct slice id)
{
    const struct clause *clause = find_clause(&policy->document, id);
    return clause == NULL && policy->has_law ? find_clause(&policy->law, id) : clause;
}

static bool has_deed(const struct policy *policy, const struct duty *duty, struct slice deed,
                     struct arena *arena)
{
    return slice_equal(duty_deed(&policy->words, duty, arena), deed);
}

static bool owes(const struct tail *tail)
{
    return tail->kind == TAIL_ROUTE || tail->kind == TAIL_AND_THEN || tail->kind == TAIL_THEN ||
           tail->kind == TAIL_TELL;
}

static const struct duty *in_statement(const struct policy *policy,
                                       const struct statement *statement, struct slice deed,
                                       struct arena *arena)
{
    for (size_t i = 0; i < statement->duties.count; i++)
        if (has_deed(policy, &statement->duties.at[i], deed, arena))
            return &statement->duties.at[i];
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        if (owes(tail) && has_deed(policy, &tail->duty, deed, arena)) return &tail->duty;
    }
    return NULL;
}

const struct duty *duty_find(const struct policy *policy, struct slice clause, struct slice deed,
                             const struct statement **ret_statement)
{
    AUTO(arena) struct arena *arena = arena_new();
    *ret_statement = NULL;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        if (!slice_equal(rule->clause->id, clause)) continue;
        const struct duty *duty = in_statement(policy, rule->statement, deed, arena);
        if (duty == NULL) continue;
        *ret_statement = rule->statement;
        return duty;
    }
    return NULL;
}

static bool is_merged(const struct duty *duty, const struct owed *owed)
{
    return duty->act == owed->duty->act && duty->modal == owed->duty->modal &&
           duty->within.unit == owed->within.unit && duty->within.number == owed->within.number &&
           duty->object.list.count == owed->duty->object.list.count;
}

static const struct duty *merged_in(const struct statement *statement, const struct owed *owed)
{
    for (size_t i = 0; i < statement->duties.count; i++)
        if (is_merged(&statement->duties.at[i], owed)) return &statement->duties.at[i];
    for (size_t i = 0; i < statement->tails.count; i++)
        if (owes(&statement->tails.at[i]) && is_merged(&statement->tails.at[i].duty, owed))
            return &statement->tails.at[i].duty;
    return NULL;
}

const struct duty *duty_place(const struct policy *policy, const struct owed *owed,
                              const struct clause **ret_clause,
                              const struct statement **ret_statement)
{
    bool own = owed->duty->within.unit == owed->within.unit &&
               owed->duty->within.number == owed->within.number;
    *ret_clause = owed->clauses.at[0];
    *ret_statement = NULL;
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        for (size_t k = own ? owed->clauses.count : 0; k < owed->clauses.count; k++) {
            const struct duty *duty = merged_in(rule->statement, owed);
            if (rule->clause != owed->clauses.at[k] || duty == NULL) continue;
            *ret_clause = rule->clause;
            *ret_statement = rule->statement;
            return duty;
        }
    }
    return owed->duty;
}

struct slice duty_sentence(const struct policy *policy, struct slice clause, struct slice deed,
                           bool you, struct arena *arena)
{
    const struct statement *statement;
    const struct duty *duty = policy == NULL ? NULL : duty_find(policy, clause, deed, &statement);
    if (duty == NULL) return deed;
    AUTO_TEXT struct text words;
    struct duty undated = *duty;
    undated.within = (struct span){.unit = SPAN_NONE}; /* the deadline stands beside it */
    if (you) {
        undated.actor = true;
        undated.tell = undated.instead = false; /* *You should tell*, as strongly as it is owed */
        undated.bearer = (struct who){0};
    }
    text_init(&words, EVENT_FIELD_LARGEST);
    print_duty_sentence(&policy->words, &undated, &words);
    return arena_copy(arena, text_slice(&words));
}

/* ---- when ----------------------------------------------------------------------------------------- */

#define MINUTE_MS (60LL * 1000)

struct duty_time duty_time(const struct calendar *calendar, struct span within, int64_t event,
                           int64_t now, bool escalates)
{
    struct duty_time time = {.due = TASK_NO_DEADLINE};
    int64_t due;
    if (!calendar_due(calendar, within, event, &due, &time.notes)) return time;
    time.due = calendar_late(calendar, within, due);
    if (within.unit == SPAN_IMMEDIATELY || within.unit == SPAN_SAME_DAY)
        time.goes_on = now + calendar->late * MINUTE_MS;
    else if (escalates)
        time.goes_on = time.due > now ? time.due : now + 1;
    return time;
}
