/* Facts from the register for May I?; see known.h. */
#include "service/known.h"

#include "base/date.h"
#include "service/register.h"

struct looking {
    struct record *record;
    const struct policy *policy;
    const struct register_view *view;
    struct arena *arena;
    const struct registered *asker, *other, *shown;
    struct known_here *known;
};

/* ---- words ---------------------------------------------------------------------------------------- */

static void add_word(const struct looking *looking, struct text *list, struct slice word)
{
    if (word.length == 0 || words_find_id(&looking->policy->words, WORD_PERSON, word) < 0) return;
    if (list->length > 0) text_add_string(list, ", ");
    text_add(list, word);
}

static size_t roles_of(const struct looking *looking, const struct registered *person,
                       enum role *ret_roles)
{
    struct id anywhere = {{0}};
    return register_roles(looking->view, &person->id, &anywhere, record_today(looking->record),
                          ret_roles);
}

static bool has_kind(const struct looking *looking, const struct registered *person,
                     enum role_kind kind)
{
    enum role roles[ROLES];
    size_t count = roles_of(looking, person, roles);
    for (size_t i = 0; i < count; i++)
        if (role_row(roles[i])->kind == kind) return true;
    return false;
}

static bool parent_of(const struct looking *looking, const struct registered *parent,
                      const struct registered *child)
{
    const struct registered **parents;
    size_t count = register_parents(looking->view, &child->id, false, looking->arena, &parents);
    if (register_barred(looking->view, &parent->id, &child->id)) return false;
    for (size_t i = 0; i < count; i++)
        if (register_same(looking->view, &parents[i]->id, &parent->id)) return true;
    return false;
}

static struct slice words_of(const struct looking *looking, const struct registered *person)
{
    enum role roles[ROLES];
    AUTO_TEXT struct text list;
    text_init(&list, REQUEST_VALUE_LARGEST);
    size_t count = roles_of(looking, person, roles);
    for (size_t i = 0; i < count; i++) add_word(looking, &list, role_row(roles[i])->word);
    if (person == looking->other && person != looking->asker) {
        if (has_kind(looking, looking->asker, ROLE_KIND_STAFF) &&
            has_kind(looking, person, ROLE_KIND_STAFF))
            add_word(looking, &list, SLICE("colleague"));
        if (parent_of(looking, looking->asker, person))
            add_word(looking, &list, SLICE("own-child"));
    }
    return arena_copy(looking->arena, text_slice(&list));
}

/* ---- facts ---------------------------------------------------------------------------------------- */

static bool asks_register(const struct looking *looking, const char *fact)
{
    const struct words *words = &looking->policy->words;
    int index = words_find_id(words, WORD_FACT, slice_of(fact));
    return index >= 0 && words->facts.at[index].source == KNOWS_REGISTER;
}

static struct slice age_of(const struct looking *looking, const struct registered *person)
{
    struct date born;
    if (!date_parse(person->details.born, &born)) return SLICE_EMPTY;
    int age = date_age(born, date_from_day(record_today(looking->record)));
    return age >= 0 ? arena_format(looking->arena, "%d", age) : SLICE_EMPTY;
}

static void add(const struct looking *looking, struct known_facts *facts, const char *fact,
                struct slice value)
{
    if (value.length == 0 || !asks_register(looking, fact)) return;
    LIST_PUSH(looking->arena, &facts->list,
              (struct known_fact){arena_format(looking->arena, "fact %s", fact), value});
}

/* Two schools are two academies; a trust above them says nothing. */
static struct slice own_academy(const struct looking *looking)
{
    const struct org *mine = register_org(looking->view, &looking->asker->org);
    const struct org *theirs = register_org(looking->view, &looking->other->org);
    if (mine == NULL || theirs == NULL || !has_kind(looking, looking->other, ROLE_KIND_PUPIL))
        return SLICE_EMPTY;
    if (id_same(&mine->id, &theirs->id)) return SLICE("yes");
    return slice_is(mine->kind, "school") && slice_is(theirs->kind, "school") ? SLICE("no")
                                                                              : SLICE_EMPTY;
}

static void find_facts(const struct looking *looking)
{
    struct known_here *known = looking->known;
    add(looking, &known->of_asker, "actor.age", age_of(looking, looking->asker));
    if (looking->shown != NULL) known->shown_age = age_of(looking, looking->shown);
    if (looking->other == NULL) return;
    add(looking, &known->of_other, "other.age", age_of(looking, looking->other));
    add(looking, &known->of_other, "own-academy", own_academy(looking));
    if (parent_of(looking, looking->asker, looking->other))
        add(looking, &known->of_other, "other-tie", SLICE("yes"));
    if (looking->shown != NULL && parent_of(looking, looking->other, looking->shown))
        add(looking, &known->of_other, "to-parent-shown", SLICE("yes"));
}

/* ---- who ------------------------------------------------------------------------------------------ */

/* NULL where the asker may not see them. */
static const struct registered *chosen(const struct looking *looking, const struct id *person)
{
    const struct registered *found =
        id_is_none(person) ? NULL : register_person(looking->view, person);
    if (found == NULL || found->erased ||
        register_barred(looking->view, &looking->asker->id, person))
        return NULL;
    return desk_may_over(looking->record, &looking->asker->id, KNOWN_ACT, &found->org) ? found
                                                                                       : NULL;
}

void known_of(struct record *record, const struct policy *policy, const struct known_about *about,
              struct arena *arena, struct known_here *ret_known)
{
    struct known_here known = {
        .asker = SLICE_EMPTY, .other = SLICE_EMPTY, .shown = SLICE_EMPTY, .shown_age = SLICE_EMPTY};
    const struct register_view *view = register_hold(record);
    struct looking looking = {.record = record,
                              .policy = policy,
                              .view = view,
                              .arena = arena,
                              .asker = register_person(view, &about->asker),
                              .known = &known};
    if (looking.asker != NULL) {
        looking.other = chosen(&looking, &about->other);
        looking.shown = chosen(&looking, &about->shown);
        known.asker = words_of(&looking, looking.asker);
        if (looking.other != NULL) known.other = words_of(&looking, looking.other);
        if (looking.shown != NULL) known.shown = words_of(&looking, looking.shown);
        find_facts(&looking);
    }
    register_let_go(record, view);
    *ret_known = known;
}
