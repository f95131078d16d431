/* What two versions say differently, statement by statement and line by line, and which of it a rule on an act is there for:
 * its own statement, a definition that it reads, what lifts it. */
#include "policy/change_parts.h"
#include "policy/print.h"

#define SAID_LARGEST ((size_t)1 << 20)

/* ---- pairs -------------------------------------------------------------------------------------------- */

/* A statement or line as it is printed, with the lines of it that are awake. */
struct said {
    struct slice text;
    const struct rule *rule;
    const struct policy_line *line;
    bool paired;
};
struct sayings {
    LIST(struct said) list;
};

static void add_awake(const struct policy *policy, const struct statement *statement,
                      struct text *text)
{
    for (size_t i = 0; i < statement->tails.count; i++) {
        const struct tail *tail = &statement->tails.at[i];
        text_add_char(text,
                      policy_awake(policy->reads, tail->reading, tail->not_reading) ? '+' : '-');
    }
    for (size_t i = 0; i < statement->duty_readings.count; i++) {
        unsigned tag = statement->duty_readings.at[i];
        text_add_char(text, policy_awake(policy->reads, tag & 31, tag >= 32) ? '+' : '-');
    }
}

static void collect(const struct policy *policy, struct arena *arena, struct sayings *ret_sayings)
{
    AUTO_TEXT struct text text;
    text_init(&text, SAID_LARGEST);
    *ret_sayings = (struct sayings){.list = {0}};
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct rule *rule = &policy->rules.at[i];
        text_cut(&text, 0);
        print_statement(&policy->words, rule->statement, &text);
        add_awake(policy, rule->statement, &text);
        LIST_PUSH(arena, &ret_sayings->list,
                  (struct said){.text = arena_copy(arena, text_slice(&text)), .rule = rule});
    }
    for (size_t i = 0; i < policy->document.lines.count; i++) {
        struct policy_line line = policy->document.lines.at[i];
        line.norms.count = 0;
        text_cut(&text, 0);
        print_policy_line(&policy->words, &line, &text);
        LIST_PUSH(arena, &ret_sayings->list,
                  (struct said){.text = arena_copy(arena, text_slice(&text)),
                                .line = &policy->document.lines.at[i]});
    }
}

static bool same_ids(const struct side sides[2], enum word_place place, const int *a, size_t count,
                     const int *b, size_t other)
{
    bool same = count == other;
    for (size_t i = 0; same && i < count; i++)
        same = slice_equal(words_word(&sides[0].policy->words, place, a[i])->id,
                           words_word(&sides[1].policy->words, place, b[i])->id);
    return same;
}

/* How much two statements have in common; 0: they are of different kinds. */
static int likeness(const struct side sides[2], const struct rule *a, const struct rule *b)
{
    const struct statement *x = a->statement;
    const struct statement *y = b->statement;
    if (x->kind != y->kind || a->law != b->law) return 0;
    if (x->kind == STATEMENT_MEANS || x->kind == STATEMENT_DECIDES)
        return x->place != y->place ? 0
                                    : 1 + 8 * same_ids(sides, x->place, &x->index, 1, &y->index, 1);
    return 1 +
           4 * same_ids(sides, WORD_ACT, x->acts.list.at, x->acts.list.count, y->acts.list.at,
                        y->acts.list.count) +
           2 * same_ids(sides, WORD_PERSON, x->who.roles.list.at, x->who.roles.list.count,
                        y->who.roles.list.at, y->who.roles.list.count) +
           2 * (x->modal == y->modal);
}

/* Lines of one kind are one line said otherwise; those of which there may be several only where one side is the same. */
static int likeness_of_lines(const struct side sides[2], const struct policy_line *a,
                             const struct policy_line *b)
{
    if (a->kind != b->kind) return 0;
    if (a->kind == LINE_NOT_AS || a->kind == LINE_CHECK) return 0;
    if (a->kind == LINE_STAND_IN)
        return same_ids(sides, WORD_PERSON, &a->roles.list.at[1], 1, &b->roles.list.at[1], 1);
    return 1;
}

static int likeness_of(const struct side sides[2], const struct said *a, const struct said *b,
                       bool near)
{
    if (a->paired || b->paired || (a->rule == NULL) != (b->rule == NULL)) return 0;
    if (a->rule == NULL) return likeness_of_lines(sides, a->line, b->line);
    bool here = slice_equal(a->rule->clause->id, b->rule->clause->id);
    if (near != here) return 0;
    int like = likeness(sides, a->rule, b->rule);
    bool title = slice_equal(a->rule->clause->title, b->rule->clause->title);
    return here || title || like >= 9 ? like : 0;
}

static void pair_up(struct units *units, struct sayings sayings[2], bool near)
{
    for (size_t k = 0; k < sayings[1].list.count; k++) {
        struct said *new = &sayings[1].list.at[k], *best = NULL;
        int most = 0;
        for (size_t i = 0; !new->paired &&i < sayings[0].list.count; i++) {
            int like = likeness_of(units->sides, &sayings[0].list.at[i], new, near);
            best = like > most ? &sayings[0].list.at[i] : best;
            most = like > most ? like : most;
        }
        if (best == NULL) continue;
        best->paired = new->paired = true;
        LIST_PUSH(units->arena, &units->list,
                  (struct unit){{best->rule, new->rule}, {best->line, new->line}});
    }
}

static void drop_equal(struct sayings sayings[2])
{
    for (size_t i = 0; i < sayings[0].list.count; i++) {
        for (size_t k = 0; k < sayings[1].list.count; k++) {
            struct said *a = &sayings[0].list.at[i];
            struct said *b = &sayings[1].list.at[k];
            if (a->paired || b->paired || (a->rule == NULL) != (b->rule == NULL) ||
                (a->rule != NULL && a->rule->law != b->rule->law) || !slice_equal(a->text, b->text))
                continue;
            a->paired = b->paired = true;
        }
    }
}

/* Where it stands: in the new version, else, behind all of that, in the old one. */
static size_t place_of(const struct units *units, const struct unit *unit)
{
    const struct policy *policies[] = {units->sides[0].policy, units->sides[1].policy};
    size_t place = 0;
    for (int s = 1; s >= 0; s--) {
        if (unit->rule[s] != NULL) return place + (size_t)(unit->rule[s] - policies[s]->rules.at);
        place += policies[s]->rules.count;
        if (unit->line[s] != NULL)
            return place + (size_t)(unit->line[s] - policies[s]->document.lines.at);
        place += policies[s]->document.lines.count;
    }
    return place;
}

static void sort_units(struct units *units)
{
    for (size_t i = 1; i < units->list.count; i++) {
        struct unit unit = units->list.at[i];
        size_t k = i;
        for (; k > 0 && place_of(units, &units->list.at[k - 1]) > place_of(units, &unit); k--)
            units->list.at[k] = units->list.at[k - 1];
        units->list.at[k] = unit;
    }
}

/* What each rule's statement says, as a number. */
static void number_statements(struct side *side, const struct sayings *sayings,
                              struct signer *signer)
{
    for (size_t i = 0; i < side->program->rules.count; i++) {
        for (size_t k = 0; k < sayings->list.count; k++) {
            if (sayings->list.at[k].rule == side->program->rules.at[i].rule)
                side->says[i] = signer_number(signer, sayings->list.at[k].text);
        }
    }
}

void units_init(struct units *units, struct side sides[2], struct signer *signer)
{
    struct arena *arena = signer->arena;
    struct sayings sayings[2];
    *units = (struct units){.arena = arena, .sides = sides};
    for (int s = 0; s < 2; s++) {
        collect(sides[s].policy, arena, &sayings[s]);
        number_statements(&sides[s], &sayings[s], signer);
    }
    drop_equal(sayings);
    pair_up(units, sayings, true);
    pair_up(units, sayings, false);
    for (int s = 1; s >= 0; s--) {
        for (size_t i = 0; i < sayings[s].list.count; i++) {
            const struct said *said = &sayings[s].list.at[i];
            if (said->paired) continue;
            struct unit *unit = LIST_ADD(arena, &units->list);
            unit->rule[s] = said->rule;
            unit->line[s] = said->line;
        }
    }
    sort_units(units);
    (void)LIST_ADD(arena, &units->list); /* the words */
    units->words = units->list.count / 64 + 1;
    for (int s = 0; s < 2; s++)
        units->touched[s] =
            ARENA_ARRAY(arena, uint64_t, (sides[s].program->rules.count + 1) * units->words);
}

/* ---- what a rule is touched by ------------------------------------------------------------------------- */

static uint64_t *row_of(const struct units *units, int s, size_t place)
{
    return units->touched[s] + place * units->words;
}

bool units_has(const struct units *units, int side, size_t place, size_t unit)
{
    return mask_has(row_of(units, side, place), (int)unit);
}

static void add_statement(const struct units *units, int s, const struct statement *statement,
                          uint64_t *row)
{
    for (size_t i = 0; statement != NULL && i < units->list.count; i++) {
        const struct unit *unit = &units->list.at[i];
        if (unit->rule[s] != NULL && unit->rule[s]->statement == statement) mask_set(row, (int)i);
    }
}

/* Definitions and judgements that the rule reads. */
static void add_definitions(const struct units *units, int s, const struct compiled *compiled,
                            uint64_t *row)
{
    const struct side *side = &units->sides[s];
    const struct program *program = side->program;
    uint64_t mask[PROGRAM_WORDS_LARGEST] = {0};
    mask_join(mask, compiled->uses, program->words);
    mask_join(mask, compiled->debt_uses, program->words);
    for (size_t i = program->derived.count; i-- > 0;) {
        const struct derived *derived = &program->derived.at[i];
        if (!mask_has(mask, derived->literal)) continue;
        mask_join(mask, derived->uses, program->words);
        for (size_t k = 0; k < derived->tests.count; k++)
            add_statement(units, s, derived->tests.at[k].statement, row);
    }
    for (size_t i = 0; i < units->list.count; i++) {
        const struct rule *rule = units->list.at[i].rule[s];
        if (rule == NULL || rule->statement->kind != STATEMENT_DECIDES) continue;
        for (size_t l = 0; l < program->literals.count; l++) {
            if (mask_has(mask, (int)l) && program->literals.at[l].kind == LITERAL_NAME &&
                program->literals.at[l].index == rule->statement->index)
                mask_set(row, (int)i);
        }
    }
}

static bool names_role(const struct compiled *compiled, int role)
{
    bool named = false;
    for (size_t i = 0; i < compiled->debts.count; i++) {
        const struct duty *duty = compiled->debts.at[i].duty;
        const struct roles *both[] = {&duty->bearer.roles, &duty->object};
        for (int b = 0; b < 2; b++) {
            for (size_t k = 0; k < both[b]->list.count; k++)
                named = named || both[b]->list.at[k] == role;
        }
    }
    return named;
}

static void add_stand_ins(const struct units *units, int s, const struct compiled *compiled,
                          uint64_t *row)
{
    for (size_t i = 0; i < units->list.count; i++) {
        const struct policy_line *line = units->list.at[i].line[s];
        if (line != NULL && line->kind == LINE_STAND_IN &&
            names_role(compiled, line->roles.list.at[1]))
            mask_set(row, (int)i);
    }
}

/* What nothing else explains: a path of the vocabulary that a line closes or opens, or the words themselves. */
static void add_rest(const struct units *units, uint64_t *row)
{
    size_t last = units->list.count - 1;
    bool any = false;
    for (size_t w = 0; w < units->words; w++) any = any || row[w] != 0;
    if (any) return;
    for (size_t i = 0; i < last; i++) {
        const struct unit *unit = &units->list.at[i];
        const struct policy_line *line = unit->line[0] != NULL ? unit->line[0] : unit->line[1];
        if (line == NULL || line->kind != LINE_NOT_AS) continue;
        mask_set(row, (int)i);
        any = true;
    }
    if (!any) mask_set(row, (int)last);
}

static void touch_place(const struct units *units, int s, size_t place)
{
    const struct side *side = &units->sides[s];
    const struct act_rule *rule = &side->code->rules.at[place];
    const struct compiled *compiled = &side->program->rules.at[rule->rule];
    uint64_t *row = row_of(units, s, place);
    add_statement(units, s, compiled->rule->statement, row);
    add_definitions(units, s, compiled, row);
    add_stand_ins(units, s, compiled, row);
    for (unsigned k = 0; k < rule->lifter_count; k++)
        mask_join(row, row_of(units, s, rule->lifters[k]), (unsigned)units->words);
}

/* A rule that lost a lifter or a definition is touched by what touched its like in the other version. */
static void touch_alike(const struct units *units, int s, size_t place)
{
    const struct side *side = &units->sides[s];
    const struct side *other = &units->sides[1 - s];
    int rule = side->code->rules.at[place].rule;
    for (size_t i = 0; other->code != NULL && i < other->code->rules.count; i++) {
        int like = other->code->rules.at[i].rule;
        bool alike =
            other->rules[like] == side->rules[rule] || other->says[like] == side->says[rule];
        if (other->touched[i] && alike)
            mask_join(row_of(units, s, place), row_of(units, 1 - s, i), (unsigned)units->words);
    }
}

static void each_touched(const struct units *units,
                         void (*visit)(const struct units *, int, size_t))
{
    for (int s = 0; s < 2; s++) {
        const struct side *side = &units->sides[s];
        for (size_t i = 0; side->code != NULL && i < side->code->rules.count; i++) {
            if (side->touched[i]) visit(units, s, i);
        }
    }
}

static void touch_rest(const struct units *units, int s, size_t place)
{
    add_rest(units, row_of(units, s, place));
}

void units_take_act(struct units *units)
{
    for (int s = 0; s < 2; s++) {
        size_t count = (units->sides[s].program->rules.count + 1) * units->words;
        for (size_t i = 0; i < count; i++) units->touched[s][i] = 0;
    }
    each_touched(units, touch_place);
    each_touched(units, touch_alike);
    each_touched(units, touch_rest);
}
