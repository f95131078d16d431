/* The parts of a random statement: lists of people and channels, conditions, needs, tails, duty lines. Phrases are those of
 * the vocabulary in generate_words.c and of the policy's own definitions. */
#include "generate.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

bool generate_chance(struct generated *generated, size_t percent)
{
    return random_below(&generated->random, 100) < percent;
}

const char *generate_pick(struct generated *generated, const char *const *list)
{
    size_t count = 0;
    while (list[count]) count++;
    return list[random_below(&generated->random, count)];
}

int generate_line(struct generated *generated, int parent, struct slice text)
{
    const struct generated_line *above = parent >= 0 ? &generated->lines.at[parent] : NULL;
    bool law = above && above->law, policy_line = above && above->policy_line;
    LIST_PUSH(generated->arena, &generated->lines,
              (struct generated_line){
                  .text = text, .parent = parent, .law = law, .policy_line = policy_line});
    return (int)generated->lines.count - 1;
}

static const char *role(struct generated *generated)
{
    static const char *const people[] = {
        "staff",           "an employee",      "a teacher",   "a pupil",
        "a pupil of ours", "a parent",         "a colleague", "a governor",
        "the headteacher", "the organisation", NULL};
    if (generated->roles.count > 0 && generate_chance(generated, 25))
        return generated->roles.at[random_below(&generated->random, generated->roles.count)];
    return generate_pick(generated, people);
}

struct slice generate_roles(struct generated *generated, size_t largest, bool every)
{
    struct slice text = slice_of(role(generated));
    for (size_t i = 1; i < largest && generate_chance(generated, 35); i++)
        text = arena_format(generated->arena, "%s%s %s", text.at,
                            every    ? " and"
                            : i == 1 ? ","
                                     : " or",
                            role(generated));
    return text;
}

static const char *channel(struct generated *generated)
{
    static const char *const channels[] = {
        "social media",     "Facebook", "a personal account", "an official account", "own phone",
        "the school phone", NULL};
    if (generated->channels.count > 0 && generate_chance(generated, 25))
        return generated->channels.at[random_below(&generated->random, generated->channels.count)];
    return generate_pick(generated, channels);
}

struct slice generate_channels(struct generated *generated, size_t largest)
{
    struct slice text = slice_of(channel(generated));
    for (size_t i = 1; i < largest && generate_chance(generated, 35); i++)
        text = arena_format(generated->arena, "%s or %s", text.at, channel(generated));
    return text;
}

/* --- conditions --------------------------------------------------------------------------------------------- */

static const char *const plain_facts[] = {
    "it is an emergency",        "the content is confidential",
    "the account is registered", "the matter is urgent",
    "the head is away",          NULL};
static const char *const personal_facts[] = {"the face is hidden", "consent was withdrawn", NULL};
static const char *const comparisons[] = {"is under", "is at least", "is over", "is at most", NULL};
static const char *const givers[] = {"the headteacher", "a parent", "a governor", NULL};

static struct slice number_atom(struct generated *generated, bool shown)
{
    static const char *const ages[] = {"age of the other person", "age of the actor", NULL};
    static const int bounds[] = {11, 13, 16, 18};
    const char *comparison = generate_pick(generated, comparisons);
    if (!shown && generate_chance(generated, 30))
        return arena_format(generated->arena, "the number of followers %s %d", comparison,
                            generate_chance(generated, 50) ? 100 : 500);
    return arena_format(generated->arena, "%s %s %d",
                        shown ? "age" : generate_pick(generated, ages), comparison,
                        bounds[random_below(&generated->random, COUNT(bounds))]);
}

static struct slice record_atom(struct generated *generated, bool shown)
{
    const char *record = shown                            ? "photo consent"
                         : generate_chance(generated, 70) ? "approval"
                                                          : "permission";
    const char *state = generate_chance(generated, 70) ? "on record" : "refused";
    if (generate_chance(generated, 25))
        return arena_format(generated->arena, "%s is %s", record, state);
    return arena_format(generated->arena, "%s FROM %s is %s", record,
                        generate_pick(generated, givers), state);
}

static struct slice misc_atom(struct generated *generated)
{
    static const char *const kinds[] = {"personal", "official", "mixed", NULL};
    static const char *const times[] = {"18:00 and 07:30", "09:00 and 15:30", NULL};
    const char *is = generate_chance(generated, 70) ? "is" : "is not";
    switch (random_below(&generated->random, 6)) {
    case 0:
        return arena_format(generated->arena, "the kind of account %s %s", is,
                            generate_pick(generated, kinds));
    case 1:
        return arena_format(generated->arena, "the time is between %s",
                            generate_pick(generated, times));
    case 2:
        return arena_format(generated->arena, "the date of leaving is %s 2024-03-01",
                            generate_chance(generated, 50) ? "before" : "on or after");
    case 3: return arena_format(generated->arena, "the channel %s %s", is, channel(generated));
    case 4:
        return slice_of(generate_chance(generated, 50) ? "the act is done" : "the act is planned");
    default:
        return arena_format(generated->arena, "%s %s %s",
                            generate_chance(generated, 50) ? "the actor" : "the other person", is,
                            role(generated));
    }
}

static struct slice name_atom(struct generated *generated, bool shown)
{
    const char *not = generate_chance(generated, 30) ? "NOT " : "";
    const char *name = NULL;
    if (shown && generated->personal_names.count > 0 && generate_chance(generated, 50))
        name = generated->personal_names
                   .at[random_below(&generated->random, generated->personal_names.count)];
    else if (!shown && generated->names.count > 0 && generate_chance(generated, 70))
        name = generated->names.at[random_below(&generated->random, generated->names.count)];
    else
        name = generate_pick(generated, shown ? personal_facts : plain_facts);
    return arena_format(generated->arena, "%s%s", not, name);
}

/* One atom; `shown`: about a person shown. */
struct slice generate_atom(struct generated *generated, bool shown)
{
    switch (random_below(&generated->random, 10)) {
    case 0:
    case 1: return number_atom(generated, shown);
    case 2: return record_atom(generated, shown);
    case 3:
    case 4: return shown ? name_atom(generated, true) : misc_atom(generated);
    case 5:
    case 6: return name_atom(generated, shown);
    default:
        return arena_format(generated->arena, "%s%s", generate_chance(generated, 25) ? "NOT " : "",
                            generate_pick(generated, shown ? personal_facts : plain_facts));
    }
}

/* A fact, record or definition about the person shown: makes the whole statement personal. */
static struct slice personal_atom(struct generated *generated)
{
    return generate_chance(generated, 50) ? name_atom(generated, true)
                                          : record_atom(generated, true);
}

static struct slice every_atom(struct generated *generated)
{
    struct slice first = generate_atom(generated, true);
    if (generate_chance(generated, 60))
        return arena_format(generated->arena, "for every pupil shown: %s", first.at);
    struct slice other = generate_atom(generated, true);
    return arena_format(generated->arena, "for every pupil shown: %s and %s", first.at, other.at);
}

static struct slice some_atom(struct generated *generated)
{
    size_t dice = random_below(&generated->random, 100);
    if (dice < 8) return every_atom(generated);
    return dice < 16 ? personal_atom(generated) : generate_atom(generated, false);
}

static struct slice item_atom(struct generated *generated)
{
    size_t dice = random_below(&generated->random, 100);
    if (dice < 8)
        return arena_format(generated->arena, "for every pupil shown: %s",
                            generate_atom(generated, true).at);
    return dice < 14 ? personal_atom(generated) : generate_atom(generated, false);
}

void generate_condition(struct generated *generated, int parent, const char *keyword)
{
    static const char *const modes[] = {"any of:", "all of:", "none of:", NULL};
    struct arena *arena = generated->arena;
    if (generate_chance(generated, 65)) {
        generate_line(generated, parent,
                      arena_format(arena, "%s %s", keyword, some_atom(generated).at));
        return;
    }
    const char *every = generate_chance(generated, 12) ? "for every pupil shown: " : "";
    const char *mode = generate_pick(generated, modes);
    if (*every && mode[0] == 'n') mode = "any of:";
    int list =
        generate_line(generated, parent, arena_format(arena, "%s %s%s", keyword, every, mode));
    size_t count = 2 + random_below(&generated->random, 2);
    for (size_t i = 0; i < count; i++)
        generate_line(
            generated, list,
            arena_format(arena, "- %s",
                         (*every ? generate_atom(generated, true) : item_atom(generated)).at));
}

/* --- needs, duties, tails --------------------------------------------------------------------------------------- */

struct slice generate_need(struct generated *generated)
{
    struct arena *arena = generated->arena;
    if (generate_chance(generated, 25))
        return arena_format(arena, "photo consent FROM a parent FOR EVERY pupil shown");
    const char *record = generate_chance(generated, 60) ? "approval" : "permission";
    const char *another = generate_chance(generated, 25) ? "another " : "";
    const char *giver = generate_pick(generated, givers);
    if (!*another && generate_chance(generated, 25)) return slice_of(record);
    if (generate_chance(generated, 30))
        return arena_format(arena, "%s FROM %s%s or %s", record, another, giver,
                            generate_pick(generated, givers));
    return arena_format(arena, "%s FROM %s%s", record, another, giver);
}

static struct slice deed_end(struct generated *generated)
{
    static const char *const ends[] = {"",
                                       "",
                                       "",
                                       " WITHIN immediately",
                                       " WITHIN 2 school days",
                                       " FOR 3 months",
                                       " UNTIL advice is in",
                                       " once",
                                       " BEFOREHAND",
                                       " WITHIN the same school day",
                                       " WITHIN 1 working day ELSE TELL a governor",
                                       NULL};
    struct slice end = slice_of(generate_pick(generated, ends));
    if (generate_chance(generated, 20))
        return arena_format(generated->arena, "%s IF %s", end.at,
                            generate_atom(generated, false).at);
    return end;
}

static struct slice duty_text(struct generated *generated)
{
    static const char *const deeds[] = {
        "tell the headteacher",     "tell a governor",
        "keep the message",         "record the incident",
        "capture the content",      "adapt behaviour",
        "contact a parent",         "message a colleague via the school phone",
        "open disciplinary action", NULL};
    static const char *const modals[] = {"MUST", "MUST", "SHOULD", "MAY", NULL};
    const char *deed = generate_pick(generated, deeds), *modal = generate_pick(generated, modals);
    return arena_format(generated->arena, "%s %s %s%s", role(generated), modal, deed,
                        deed_end(generated).at);
}

static struct slice tell_text(struct generated *generated, bool instead)
{
    static const char *const whom[] = {"the headteacher", "a governor",
                                       "the headteacher and a governor",
                                       "the headteacher or a parent", NULL};
    static const char *const ends[] = {"", " AFTERWARDS", " WITHIN 1 working day",
                                       " WITHIN immediately", NULL};
    const char *end = generate_pick(generated, ends);
    return arena_format(generated->arena, "TELL %s%s%s", generate_pick(generated, whom), end,
                        instead ? " INSTEAD" : "");
}

static const char *under(struct generated *generated)
{
    static const char *const readings[] = {
        "UNDER R3: ", "UNDER NOT R3: ", "UNDER R6: ", "UNDER NOT R6: ", NULL};
    return generate_chance(generated, 10) ? generate_pick(generated, readings) : "";
}

static struct slice prefixed(struct generated *generated, const char *keyword, struct slice rest)
{
    return arena_format(generated->arena, "%s%s%s", under(generated), keyword, rest.at);
}

static void duty_tails(struct generated *generated, int parent)
{
    struct arena *arena = generated->arena;
    if (generate_chance(generated, 30))
        generate_line(generated, parent, prefixed(generated, "THEN ", duty_text(generated)));
    if (generate_chance(generated, 20))
        generate_line(generated, parent, prefixed(generated, "", tell_text(generated, false)));
    if (generate_chance(generated, 12)) {
        struct slice tell = tell_text(generated, generate_chance(generated, 70));
        generate_line(
            generated, parent,
            arena_format(arena, "IF %s: %s", generate_atom(generated, false).at, tell.at));
    }
    if (generate_chance(generated, 8))
        generate_line(generated, parent, SLICE("REMIND \"Think twice.\""));
}

static void not_known_tail(struct generated *generated, int parent)
{
    static const char *const lines[] = {"NOT KNOWN age of the other person: treat as under 16",
                                        "NOT KNOWN age of the other person: treat as 20",
                                        "NOT KNOWN the content is confidential: treat as no",
                                        "NOT KNOWN it is an emergency: refer to the headteacher",
                                        "NOT KNOWN the kind of account: treat as official",
                                        "NOT KNOWN it is an emergency: treat as yes",
                                        NULL};
    generate_line(generated, parent, slice_of(generate_pick(generated, lines)));
}

static void condition_tails(struct generated *generated, int parent)
{
    for (size_t i = 0; i < 2 && generate_chance(generated, 40); i++)
        generate_condition(generated, parent,
                           arena_format(generated->arena, "%sIF", under(generated)).at);
    for (size_t i = 0; i < 2 && generate_chance(generated, 30); i++) {
        size_t unless = generated->lines.count;
        generate_condition(generated, parent, "UNLESS");
        if (generate_chance(generated, 40))
            generate_line(generated, (int)unless,
                          arena_format(generated->arena, "AND THEN %s", duty_text(generated).at));
    }
}

static void need_tail(struct generated *generated, int parent)
{
    struct slice need = generate_need(generated);
    if (generate_chance(generated, 25))
        need = arena_format(generated->arena, "%s %s %s", need.at,
                            generate_chance(generated, 50) ? "IF" : "UNLESS",
                            generate_atom(generated, false).at);
    generate_line(generated, parent, prefixed(generated, "NEEDS ", need));
}

static void only_tails(struct generated *generated, int parent)
{
    static const char *const channels[] = {"the school phone", "Facebook", "an official account",
                                           "an official account or the school phone", NULL};
    if (generate_chance(generated, 60))
        generate_line(generated, parent,
                      prefixed(generated, "ONLY IF ", generate_atom(generated, false)));
    else
        generate_line(
            generated, parent,
            prefixed(generated, "ONLY THROUGH ", slice_of(generate_pick(generated, channels))));
}

/* `modal`: an enum modal, or -1 for a gate, -2 for an event. */
void generate_tails(struct generated *generated, int parent, int modal)
{
    condition_tails(generated, parent);
    if (modal == MODAL_MAY)
        for (size_t i = 0; i < 2 && generate_chance(generated, 35); i++)
            need_tail(generated, parent);
    if ((modal == MODAL_MAY || modal == MODAL_SHOULD) && generate_chance(generated, 25))
        only_tails(generated, parent);
    if (modal == MODAL_MAY && generate_chance(generated, 15))
        generate_line(generated, parent, SLICE("OUTCOMES \"up to dismissal\""));
    duty_tails(generated, parent);
    if (generate_chance(generated, 12)) not_known_tail(generated, parent);
}

void generate_duty_lines(struct generated *generated, int parent)
{
    size_t count = 1 + random_below(&generated->random, 3);
    for (size_t i = 0; i < count; i++)
        generate_line(generated, parent, prefixed(generated, "", duty_text(generated)));
}
