/* A case found by the search, written down as a scenario (grammar.md section 17) with what it comes to. */
#include "policy/collide_parts.h"

#define WITNESS_LARGEST 20000

static void add_list(const struct words *words, enum word_place place, const char *key,
                     const int *list, size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++)
        text_format(out, "%s%.*s", i == 0 ? key : ", ",
                    SLICE_PRINT(words_word(words, place, list[i])->phrase));
    if (count > 0) text_add_char(out, '\n');
}

static void add_value(const struct fact *fact, const struct value *value, struct text *out)
{
    char day[11];
    switch (fact->kind) {
    case FACT_CHOICE: text_add(out, fact->values.at[value->value]); return;
    case FACT_YES_NO:
    case FACT_PERSONAL: text_add_string(out, value->value != 0 ? "yes" : "no"); return;
    case FACT_DATE:
        date_format(date_from_day(value->value), day);
        text_add_string(out, day);
        return;
    case FACT_TIME:
        text_format(out, "%02d:%02d", (int)(value->value / 60), (int)(value->value % 60));
        return;
    case FACT_NUMBER:
    case FACT_RECORD: text_add_number(out, value->value); return;
    }
}

/* A plain no is what a closed world takes anyway, but the case says it where it was tried. */
static void add_facts(const struct request *request, struct text *out)
{
    const struct words *words = &request->policy->words;
    for (size_t i = 0; i < words->facts.count; i++) {
        const struct fact *fact = &words->facts.at[i];
        if (request->facts[i].known != KNOWN || fact->kind == FACT_RECORD) continue;
        text_format(out, "fact %.*s: ", SLICE_PRINT(fact->word.phrase));
        add_value(fact, &request->facts[i], out);
        text_add_char(out, '\n');
    }
    for (size_t i = 0; i < words->names.count; i++) {
        if (request->judgements[i].known == KNOWN)
            text_format(out, "judgement %.*s: %s\n", SLICE_PRINT(words->names.at[i].word.phrase),
                        request->judgements[i].value != 0 ? "yes" : "no");
    }
}

/* `written photo consent given FROM a parent` */
static void add_state(const struct words *words, const struct entry *entry, const char *between,
                      struct text *out)
{
    text_format(out, "%.*s%s%s", SLICE_PRINT(words->facts.at[entry->record].word.phrase), between,
                entry->state == ENTRY_GIVEN ? "given" : "refused");
    if (entry->giver >= 0)
        text_format(out, " FROM %.*s", SLICE_PRINT(words->people.at[entry->giver].word.phrase));
}

static void add_entries(const struct request *request, struct text *out)
{
    for (size_t i = 0; i < request->entries.count; i++) {
        if (request->entries.at[i].state == ENTRY_MISSING) continue;
        text_add_string(out, "record ");
        add_state(&request->policy->words, &request->entries.at[i], ": ", out);
        text_add_char(out, '\n');
    }
}

/* What is said of one person shown, parts divided by semicolons; empty: nothing. */
static void describe_shown(const struct words *words, const struct shown *shown, struct text *out)
{
    for (size_t i = 0; i < shown->roles.list.count; i++)
        text_format(out, "%s%.*s", i == 0 ? "" : ", ",
                    SLICE_PRINT(words->people.at[shown->roles.list.at[i]].word.phrase));
    for (size_t i = 0; i < words->facts.count; i++) {
        if (shown->facts[i].known != KNOWN || words->facts.at[i].kind == FACT_RECORD) continue;
        text_format(out, "%sfact %.*s ", out->length > 0 ? "; " : "",
                    SLICE_PRINT(words->facts.at[i].word.phrase));
        add_value(&words->facts.at[i], &shown->facts[i], out);
    }
    for (size_t i = 0; i < shown->entries.count; i++) {
        if (shown->entries.at[i].state == ENTRY_MISSING) continue;
        text_add_string(out, out->length > 0 ? "; record " : "record ");
        add_state(words, &shown->entries.at[i], " ", out);
    }
}

/* Somebody of whom nothing is said cannot be written down, and is left out of the case. */
static void drop_nameless(struct request *request)
{
    size_t kept = 0;
    for (size_t i = 0; i < request->shown.count; i++) {
        AUTO_TEXT struct text said;
        text_init(&said, WITNESS_LARGEST);
        describe_shown(&request->policy->words, &request->shown.at[i], &said);
        if (said.length > 0) request->shown.at[kept++] = request->shown.at[i];
    }
    request->shown.count = kept;
}

static void add_shown(const struct request *request, struct text *out)
{
    for (size_t i = 0; i < request->shown.count; i++) {
        AUTO_TEXT struct text said;
        text_init(&said, WITNESS_LARGEST);
        describe_shown(&request->policy->words, &request->shown.at[i], &said);
        text_format(out, "shown %.*s: %.*s\n", SLICE_PRINT(request->shown.at[i].name),
                    SLICE_PRINT(text_slice(&said)));
    }
}

static bool cited(const struct decision *decision, const struct clause *clause)
{
    for (size_t i = 0; i < decision->cites.count; i++) {
        if (decision->cites.at[i].clause == clause) return true;
    }
    return false;
}

static bool flagged(const struct decision *decision, const struct collision *collision)
{
    for (size_t i = 0; i < decision->clashes.count; i++) {
        const struct clash *clash = &decision->clashes.at[i];
        if ((clash->a == collision->a && clash->b == collision->b) ||
            (clash->a == collision->b && clash->b == collision->a))
            return true;
    }
    return false;
}

static void add_expected(const struct decision *decision, const struct collision *collision,
                         struct text *out)
{
    text_format(out, "expect: %s", verdict_word(decision->verdict));
    if (decision->strength != STRENGTH_NONE)
        text_format(out, " %s", strength_word(decision->strength));
    text_add_char(out, '\n');
    bool a = cited(decision, collision->a), b = cited(decision, collision->b);
    if (a || b)
        text_format(out, "cites: %.*s%s%.*s\n", SLICE_PRINT(a ? collision->a->id : SLICE_EMPTY),
                    a && b ? ", " : "", SLICE_PRINT(b ? collision->b->id : SLICE_EMPTY));
    if (flagged(decision, collision))
        text_format(out, "clash: %.*s, %.*s\n", SLICE_PRINT(collision->a->id),
                    SLICE_PRINT(collision->b->id));
}

/* Whether the answer shows what is meant: both clauses, or that they clash; of a pair that a reading parts, the one that
 * speaks. */
static bool shows(const struct decision *decision, const struct collision *collision)
{
    bool a = cited(decision, collision->a), b = cited(decision, collision->b);
    return (a && b) || flagged(decision, collision) ||
           (collision->kind == COLLISION_READING && (a || b));
}

/* What is not said is no, where that still shows it; else it stays open. */
static bool settle(struct request *request, const struct collision *collision, struct arena *arena,
                   struct decision *ret_decision)
{
    struct error error = {0};
    for (int closed = 1; closed >= 0; closed--) {
        request->closed = closed == 1;
        if (!request_check(request, &error)) continue;
        decide(request, arena, ret_decision);
        if (shows(ret_decision, collision)) return true;
    }
    return false;
}

/* Rules about anyone are met by nobody in particular: the first role that shows both clauses acts. */
static bool settle_actor(struct request *request, const struct collision *collision,
                         struct arena *arena, struct decision *ret_decision)
{
    if (request->actor.list.count > 0) return settle(request, collision, arena, ret_decision);
    for (int role = 0; role < (int)request->policy->words.people.count; role++) {
        request->actor.list.count = 0;
        LIST_PUSH(arena, &request->actor.list, role);
        if (settle(request, collision, arena, ret_decision)) return true;
    }
    return false;
}

struct slice collide_witness(const struct request *found, const struct collision *collision,
                             struct arena *arena)
{
    AUTO(arena) struct arena *scratch = arena_new();
    AUTO_TEXT struct text out;
    const struct words *words = &found->policy->words;
    struct request request;
    struct decision decision;
    text_init(&out, WITNESS_LARGEST);
    request_copy(found, scratch, &request);
    drop_nameless(&request);
    if (!settle_actor(&request, collision, scratch, &decision)) return SLICE_EMPTY;
    text_format(&out, "```scenario \"%.*s meets %.*s\"\n", SLICE_PRINT(collision->a->id),
                SLICE_PRINT(collision->b->id));
    if (!request.closed) text_add_string(&out, "world: open\n");
    add_list(words, WORD_PERSON, "actor: ", request.actor.list.at, request.actor.list.count, &out);
    add_list(words, WORD_ACT, "act: ", request.acts.at, request.acts.count, &out);
    add_list(words, WORD_PERSON, "other: ", request.other.list.at, request.other.list.count, &out);
    add_list(words, WORD_CHANNEL, "via: ", request.via.list.at, request.via.list.count, &out);
    if (request.done) text_add_string(&out, "done: yes\n");
    add_facts(&request, &out);
    add_entries(&request, &out);
    add_shown(&request, &out);
    add_expected(&decision, collision, &out);
    text_add_string(&out, "```\n");
    return arena_copy(arena, text_slice(&out));
}
