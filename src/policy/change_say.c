/* A change in words: what kind of change it is, and the sentences of the old and the new version that are not the same. */
#include "policy/change_parts.h"
#include "policy/print.h"
#include "policy/reach.h"

#define SAY_LARGEST ((size_t)1 << 16)

const char *change_word(enum change_kind kind)
{
    static const char *const words[CHANGE_KINDS] = {
        [CHANGE_DUTY_NEW] = "a new duty",
        [CHANGE_DUTY_GONE] = "a duty gone",
        [CHANGE_DEADLINE] = "another deadline",
        [CHANGE_STRENGTH] = "another strength",
        [CHANGE_BAN_NEW] = "a new ban",
        [CHANGE_BAN_LIFTED] = "a ban lifted",
        [CHANGE_ADVICE_NEW] = "new advice",
        [CHANGE_ADVICE_GONE] = "advice gone",
        [CHANGE_PERMISSION_NEW] = "a new permission",
        [CHANGE_PERMISSION_GONE] = "a permission gone",
        [CHANGE_NEED_NEW] = "a new need",
        [CHANGE_NEED_GONE] = "a need gone",
        [CHANGE_GIVER] = "another person to ask",
        [CHANGE_TOLD] = "another person to tell",
        [CHANGE_DUTY] = "a duty said otherwise",
        [CHANGE_EXCEPTION] = "other exceptions",
        [CHANGE_SCOPE] = "for other cases",
        [CHANGE_MEANING] = "another meaning of a phrase",
        [CHANGE_REMINDER] = "other reminders",
        [CHANGE_BOUND] = "who is bound",
        [CHANGE_LINE] = "a line of the policy",
        [CHANGE_WORDS] = "the vocabulary",
    };
    return words[kind];
}

/* ---- kinds ------------------------------------------------------------------------------------------ */

enum way { WAY_BAN, WAY_ADVICE, WAY_PERMISSION, WAY_DUTY, WAY_NEED, WAY_MEANING };

static enum way way_of(const struct statement *statement)
{
    static const enum way modals[] = {
        [MODAL_MUST_NOT] = WAY_BAN,       [MODAL_SHOULD_NOT] = WAY_BAN,
        [MODAL_ADVISED_NOT] = WAY_ADVICE, [MODAL_MAY] = WAY_PERMISSION,
        [MODAL_MUST] = WAY_DUTY,          [MODAL_SHOULD] = WAY_DUTY};
    switch (statement->kind) {
    case STATEMENT_NORM: return modals[statement->modal];
    case STATEMENT_EVENT: return WAY_DUTY;
    case STATEMENT_GATE: return WAY_NEED;
    case STATEMENT_DECIDES:
    case STATEMENT_MEANS: break;
    }
    return WAY_MEANING;
}

static enum change_kind kind_alone(enum way way, bool is_new)
{
    switch (way) {
    case WAY_BAN: return is_new ? CHANGE_BAN_NEW : CHANGE_BAN_LIFTED;
    case WAY_ADVICE: return is_new ? CHANGE_ADVICE_NEW : CHANGE_ADVICE_GONE;
    case WAY_PERMISSION: return is_new ? CHANGE_PERMISSION_NEW : CHANGE_PERMISSION_GONE;
    case WAY_DUTY: return is_new ? CHANGE_DUTY_NEW : CHANGE_DUTY_GONE;
    case WAY_NEED: return is_new ? CHANGE_NEED_NEW : CHANGE_NEED_GONE;
    case WAY_MEANING: break;
    }
    return CHANGE_MEANING;
}

/* The parts of a statement that are awake, by kind. */
struct parts {
    LIST(const struct duty *) duties;
    LIST(const struct need *) needs;
    struct slice exception_text, reminder_text;
};

static void add_tail(const struct side *side, const struct tail *tail, struct arena *arena,
                     struct parts *parts, struct text *exceptions, struct text *reminders)
{
    if (!policy_awake(side->policy->reads, tail->reading, tail->not_reading)) return;
    switch (tail->kind) {
    case TAIL_ROUTE:
    case TAIL_THEN:
    case TAIL_AND_THEN:
    case TAIL_TELL: LIST_PUSH(arena, &parts->duties, &tail->duty); break;
    case TAIL_NEEDS: LIST_PUSH(arena, &parts->needs, &tail->need); break;
    case TAIL_UNLESS: print_condition(&side->policy->words, &tail->condition, exceptions); break;
    case TAIL_DESPITE:
        for (size_t i = 0; i < tail->refs.count; i++) text_add(exceptions, tail->refs.at[i].id);
        break;
    case TAIL_REMIND:
    case TAIL_OUTCOMES: text_add(reminders, tail->text); break;
    default: break;
    }
}

static void parts_of(const struct side *side, const struct statement *statement,
                     struct arena *arena, struct parts *ret_parts)
{
    AUTO_TEXT struct text exceptions;
    AUTO_TEXT struct text reminders;
    text_init(&exceptions, SAY_LARGEST);
    text_init(&reminders, SAY_LARGEST);
    *ret_parts = (struct parts){.duties = {0}};
    for (size_t i = 0; i < statement->tails.count; i++)
        add_tail(side, &statement->tails.at[i], arena, ret_parts, &exceptions, &reminders);
    for (size_t i = 0; i < statement->duties.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        if (policy_awake(side->policy->reads, tag & 31, tag >= 32))
            LIST_PUSH(arena, &ret_parts->duties, &statement->duties.at[i]);
    }
    if (statement->kind == STATEMENT_GATE) LIST_PUSH(arena, &ret_parts->needs, &statement->need);
    ret_parts->exception_text = arena_copy(arena, text_slice(&exceptions));
    ret_parts->reminder_text = arena_copy(arena, text_slice(&reminders));
}

static bool same_span(struct span a, struct span b)
{
    return a.unit == b.unit && a.number == b.number;
}

static bool same_roles(const struct side sides[2], const struct roles *a, const struct roles *b)
{
    bool same = a->list.count == b->list.count && a->each == b->each;
    for (size_t i = 0; same && i < a->list.count; i++)
        same = slice_equal(sides[0].policy->words.people.at[a->list.at[i]].word.id,
                           sides[1].policy->words.people.at[b->list.at[i]].word.id);
    return same;
}

static bool same_duty_text(const struct side sides[2], const struct duty *a, const struct duty *b)
{
    AUTO_TEXT struct text x;
    AUTO_TEXT struct text y;
    text_init(&x, SAY_LARGEST);
    text_init(&y, SAY_LARGEST);
    print_duty(&sides[0].policy->words, a, &x);
    print_duty(&sides[1].policy->words, b, &y);
    return slice_equal(text_slice(&x), text_slice(&y));
}

/* Duties in their order: the first that is not what it was says what kind of change it is. */
static bool kind_of_duties(const struct side sides[2], const struct parts parts[2],
                           enum change_kind *ret_kind)
{
    size_t counts[2] = {parts[0].duties.count, parts[1].duties.count};
    if (counts[0] != counts[1]) {
        *ret_kind = counts[0] < counts[1] ? CHANGE_DUTY_NEW : CHANGE_DUTY_GONE;
        return true;
    }
    for (size_t i = 0; i < counts[0]; i++) {
        const struct duty *a = parts[0].duties.at[i];
        const struct duty *b = parts[1].duties.at[i];
        if (same_duty_text(sides, a, b)) continue;
        *ret_kind = !same_span(a->within, b->within)                   ? CHANGE_DEADLINE
                    : a->modal != b->modal                             ? CHANGE_STRENGTH
                    : !same_roles(sides, &a->object, &b->object)       ? CHANGE_TOLD
                    : !same_roles(sides, &a->otherwise, &b->otherwise) ? CHANGE_TOLD
                                                                       : CHANGE_DUTY;
        return true;
    }
    return false;
}

static bool kind_of_needs(const struct side sides[2], const struct parts parts[2],
                          enum change_kind *ret_kind)
{
    size_t counts[2] = {parts[0].needs.count, parts[1].needs.count};
    if (counts[0] != counts[1]) {
        *ret_kind = counts[0] < counts[1] ? CHANGE_NEED_NEW : CHANGE_NEED_GONE;
        return true;
    }
    for (size_t i = 0; i < counts[0]; i++) {
        const struct need *a = parts[0].needs.at[i];
        const struct need *b = parts[1].needs.at[i];
        if (a->another == b->another && same_roles(sides, &a->from, &b->from)) continue;
        *ret_kind = CHANGE_GIVER;
        return true;
    }
    return false;
}

static enum change_kind kind_of_statement(const struct unit *unit, const struct side sides[2],
                                          struct arena *arena)
{
    struct parts parts[2];
    enum change_kind kind = CHANGE_SCOPE;
    if (unit->rule[0] == NULL) return kind_alone(way_of(unit->rule[1]->statement), true);
    if (unit->rule[1] == NULL) return kind_alone(way_of(unit->rule[0]->statement), false);
    const struct statement *a = unit->rule[0]->statement;
    const struct statement *b = unit->rule[1]->statement;
    if (way_of(b) == WAY_MEANING) return CHANGE_MEANING;
    if (way_of(a) != way_of(b))
        return way_of(a) == WAY_BAN ? CHANGE_BAN_LIFTED : kind_alone(way_of(b), true);
    if (a->kind == STATEMENT_NORM && a->modal != b->modal) return CHANGE_STRENGTH;
    for (int s = 0; s < 2; s++) parts_of(&sides[s], unit->rule[s]->statement, arena, &parts[s]);
    if (kind_of_duties(sides, parts, &kind) || kind_of_needs(sides, parts, &kind)) return kind;
    if (!slice_equal(parts[0].exception_text, parts[1].exception_text)) return CHANGE_EXCEPTION;
    if (!slice_equal(parts[0].reminder_text, parts[1].reminder_text)) return CHANGE_REMINDER;
    return CHANGE_SCOPE;
}

/* ---- sentences --------------------------------------------------------------------------------------- */

static bool has_sentence(const struct sentences *sentences, struct slice sentence)
{
    for (size_t i = 0; i < sentences->list.count; i++) {
        if (slice_equal(sentences->list.at[i], sentence)) return true;
    }
    return false;
}

/* The first sentence says what it is about; of the others those that the other version has not. */
static struct slice differing(const struct sentences *own, const struct sentences *other,
                              struct arena *arena)
{
    AUTO_TEXT struct text text;
    text_init(&text, SAY_LARGEST);
    for (size_t i = 0; i < own->list.count; i++) {
        if (i > 0 && has_sentence(other, own->list.at[i])) continue;
        if (text.length > 0) text_add_char(&text, ' ');
        text_add(&text, own->list.at[i]);
    }
    return arena_copy(arena, text_slice(&text));
}

static void say_statements(const struct unit *unit, const struct side sides[2], struct arena *arena,
                           struct policy_change *ret_change)
{
    struct sentences said[2] = {{.list = {0}}, {.list = {0}}};
    for (int s = 0; s < 2; s++) {
        if (unit->rule[s] != NULL)
            print_in_short(&sides[s].policy->words, sides[s].policy->reads,
                           unit->rule[s]->statement, arena, &said[s]);
    }
    ret_change->old_text = differing(&said[0], &said[1], arena);
    ret_change->new_text = differing(&said[1], &said[0], arena);
    ret_change->old_clause = unit->rule[0] == NULL ? NULL : unit->rule[0]->clause;
    ret_change->new_clause = unit->rule[1] == NULL ? NULL : unit->rule[1]->clause;
    ret_change->law = (unit->rule[1] != NULL ? unit->rule[1] : unit->rule[0])->law;
    ret_change->kind = kind_of_statement(unit, sides, arena);
}

static struct slice line_text(const struct side *side, const struct policy_line *line,
                              struct arena *arena)
{
    if (line == NULL) return SLICE_EMPTY;
    struct policy_line bare = *line;
    AUTO_TEXT struct text text;
    text_init(&text, SAY_LARGEST);
    bare.norms.count = 0;
    print_policy_line(&side->policy->words, &bare, &text);
    return arena_copy(arena, slice_trim(text_slice(&text)));
}

static void say_lines(const struct unit *unit, const struct side sides[2], struct arena *arena,
                      struct policy_change *ret_change)
{
    const struct policy_line *line = unit->line[0] != NULL ? unit->line[0] : unit->line[1];
    const struct clause **clauses[] = {&ret_change->old_clause, &ret_change->new_clause};
    ret_change->kind = line->kind == LINE_BINDS ? CHANGE_BOUND : CHANGE_LINE;
    ret_change->old_text = line_text(&sides[0], unit->line[0], arena);
    ret_change->new_text = line_text(&sides[1], unit->line[1], arena);
    for (int s = 0; s < 2; s++) {
        if (unit->line[s] != NULL)
            *clauses[s] = &sides[s].policy->document.clauses.at[unit->line[s]->clause];
    }
}

void unit_say(const struct unit *unit, const struct side sides[2], struct arena *arena,
              struct policy_change *ret_change)
{
    *ret_change = (struct policy_change){
        .kind = CHANGE_WORDS, .old_text = SLICE_EMPTY, .new_text = SLICE_EMPTY};
    if (unit->rule[0] != NULL || unit->rule[1] != NULL)
        say_statements(unit, sides, arena, ret_change);
    else if (unit->line[0] != NULL || unit->line[1] != NULL)
        say_lines(unit, sides, arena, ret_change);
    else
        ret_change->new_text = SLICE("words.md or law.md is not what it was");
}

/* ---- a case ------------------------------------------------------------------------------------------ */

static void say_shown(const struct words *words, const struct shown *shown, struct text *out)
{
    const char *before = ", with somebody shown who is ";
    if (shown->roles.list.count == 0) text_add_string(out, ", with somebody shown");
    for (size_t i = 0; i < shown->roles.list.count; i++) {
        text_format(out, "%s%.*s", before,
                    SLICE_PRINT(words->people.at[shown->roles.list.at[i]].word.phrase));
        before = " and ";
    }
    before = " of whom ";
    for (size_t i = 0; i < words->facts.count; i++) {
        const struct value *value = &shown->facts[i];
        const struct fact *fact = &words->facts.at[i];
        if (value->known != KNOWN || (fact->kind == FACT_PERSONAL && value->value == 0)) continue;
        text_format(out, "%s'%.*s' is ", before, SLICE_PRINT(fact->word.phrase));
        if (fact->kind == FACT_PERSONAL)
            text_add_string(out, "yes");
        else
            text_add_number(out, value->value);
        before = " and ";
    }
}

struct slice case_say(const struct seeker *seeker, struct arena *arena)
{
    struct request found = seeker->found[1];
    if (found.acts.count == 0) return SLICE_EMPTY;
    AUTO_TEXT struct text text;
    text_init(&text, SAY_LARGEST);
    reach_describe(&(struct reach){.policy = seeker->sides[1].policy, .found = &found}, &text);
    for (size_t i = 0; i < found.shown.count; i++)
        say_shown(&seeker->sides[1].policy->words, &found.shown.at[i], &text);
    if (found.done) text_add_string(&text, ", already done");
    return arena_copy(arena, text_slice(&text));
}
