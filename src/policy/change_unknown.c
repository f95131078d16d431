/* What has to be looked at besides plain answers: judgements that somebody else decides now, and facts whose *don't know* is read
 * otherwise. */
#include "policy/change_parts.h"

static int judge_of(const struct policy *policy, int name)
{
    int judge = -1;
    for (size_t i = 0; name >= 0 && i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (statement->kind == STATEMENT_DECIDES && statement->index == name)
            judge = statement->judge;
    }
    return judge;
}

void seeker_find_judges(struct seeker *seeker)
{
    const struct joint_words *names = &seeker->joint->names;
    bool *judges = ARENA_ARRAY(seeker->signer_arena, bool, names->list.count + 1);
    for (size_t i = 0; i < names->list.count; i++) {
        int at[2];
        for (int s = 0; s < 2; s++) {
            int judge = judge_of(seeker->sides[s].policy, names->list.at[i].at[s]);
            at[s] = judge < 0 ? -1 : joint_find(&seeker->joint->people, s, judge);
        }
        judges[i] = at[0] != at[1];
    }
    seeker->judges = judges;
}

static void add_unknown(struct seeker *seeker, int s, int fact)
{
    int joint = joint_find(&seeker->joint->facts, s, fact);
    for (size_t i = 0; i < seeker->unknown.count; i++) {
        if (seeker->unknown.at[i] == joint) return;
    }
    LIST_PUSH(seeker->signer_arena, &seeker->unknown, joint);
}

static bool same_unknown(const struct seeker *seeker, const struct joint_word *word)
{
    if (word->at[0] < 0 || word->at[1] < 0) return true;
    const struct unknown *a = &seeker->sides[0].policy->words.facts.at[word->at[0]].unknown;
    const struct unknown *b = &seeker->sides[1].policy->words.facts.at[word->at[1]].unknown;
    return a->kind == b->kind && a->value == b->value &&
           (a->kind != UNKNOWN_REFER || joint_find(&seeker->joint->people, 0, a->role) ==
                                            joint_find(&seeker->joint->people, 1, b->role));
}

/* Facts whose *don't know* a clause or the vocabulary reads in another way than before. */
void seeker_find_unknown(struct seeker *seeker)
{
    for (size_t i = 0; i < seeker->joint->facts.list.count; i++) {
        const struct joint_word *word = &seeker->joint->facts.list.at[i];
        if (!same_unknown(seeker, word)) add_unknown(seeker, 0, word->at[0]);
    }
    for (int s = 0; s < 2; s++) {
        const struct side *side = &seeker->sides[s];
        const struct side *other = &seeker->sides[1 - s];
        for (size_t i = 0; i < side->program->rules.count; i++) {
            int environment = side->program->rules.at[i].environment;
            bool known = environment == 0;
            for (size_t k = 0; !known && k < other->program->rules.count; k++)
                known = other->rules[k] == side->rules[i];
            if (known) continue;
            const struct unknowns *unknowns = &side->program->unknowns.at[environment - 1];
            for (size_t k = 0; k < unknowns->facts.count; k++)
                add_unknown(seeker, s, unknowns->facts.at[k]);
        }
    }
}
