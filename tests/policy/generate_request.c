/* Random requests, as the keys of grammar.md section 17: closed and open worlds, partial answers, don't knows, records with
 * several givers and dates, people shown. */
#include "generate.h"

static void add_key(struct generated *generated, const char *key, struct slice value)
{
    LIST_PUSH(generated->arena, &generated->keys,
              (struct generated_key){.key = slice_of(key), .value = value});
}

static struct slice some(struct generated *generated, const char *const *list, size_t largest)
{
    struct slice text = slice_of(generate_pick(generated, list));
    for (size_t i = 1; i < largest && generate_chance(generated, 40); i++)
        text = arena_format(generated->arena, "%s, %s", text.at, generate_pick(generated, list));
    return text;
}

static const char *const people[] = {"staff",       "employee",     "teacher",   "pupil",
                                     "our-pupil",   "parent",       "colleague", "governor",
                                     "headteacher", "organisation", NULL};
static const char *const channels[] = {
    "social-media", "facebook", "personal-account", "official-account", "own-phone",
    "school-phone", NULL};
static const char *const acts[] = {"contact",    "befriend",   "accept-request", "message", "post",
                                   "post-photo", "copy-image", "discipline",     NULL};
static const char *const events[] = {"receive", "see-content", "see-image", "decline", NULL};

static struct slice age(struct generated *generated)
{
    static const char *const ages[] = {"9",
                                       "10",
                                       "11",
                                       "12",
                                       "13",
                                       "15",
                                       "16",
                                       "17",
                                       "18",
                                       "19",
                                       "40",
                                       "born 2008-02-29",
                                       "born 2008-03-01",
                                       "born 2008-02-28",
                                       "born 2010-12-31",
                                       NULL};
    return slice_of(generate_pick(generated, ages));
}

static struct slice yes(struct generated *generated)
{
    return generate_chance(generated, 50) ? SLICE("yes") : SLICE("no");
}

static struct slice entry(struct generated *generated)
{
    static const char *const states[] = {"given", "given", "refused", "missing", NULL};
    static const char *const dates[] = {"", "", " 2023-01-10", " 2025-02-05", " 2029-01-01", NULL};
    static const char *const from[] = {" FROM the headteacher",
                                       " FROM a parent",
                                       " FROM a governor",
                                       " FROM the actor",
                                       " FROM the headteacher",
                                       " FROM a parent",
                                       "",
                                       NULL};
    const char *state = generate_pick(generated, states);
    const char *date = generate_pick(generated, dates);
    return arena_format(generated->arena, "%s%s%s", state, date, generate_pick(generated, from));
}

static struct slice entries(struct generated *generated)
{
    struct slice text = entry(generated);
    for (size_t i = 0; i < 2 && generate_chance(generated, 40); i++)
        text = arena_format(generated->arena, "%s; %s", text.at, entry(generated).at);
    return text;
}

static void yes_no_facts(struct generated *generated, size_t given, size_t unknown)
{
    static const char *const facts[] = {"fact emergency",
                                        "fact confidential",
                                        "fact registered",
                                        "fact urgent",
                                        "fact away",
                                        "fact indecent",
                                        NULL};
    for (size_t i = 0; facts[i]; i++)
        if (generate_chance(generated, given))
            add_key(generated, facts[i],
                    generate_chance(generated, unknown) ? SLICE("don't know") : yes(generated));
}

static void other_facts(struct generated *generated, size_t given, size_t unknown)
{
    static const char *const counts[] = {"0", "99", "100", "101", "500", "501", "1000", NULL};
    static const char *const kinds[] = {"personal", "official", "mixed", NULL};
    static const char *const dates[] = {"2024-02-29", "2024-03-01", "2024-03-02", NULL};
    struct slice values[] = {
        age(generated), age(generated), slice_of(generate_pick(generated, counts)),
        slice_of(generate_pick(generated, kinds)), slice_of(generate_pick(generated, dates))};
    static const char *const keys[] = {"fact other.age", "fact actor.age", "fact followers",
                                       "fact kind", "fact left"};
    for (size_t i = 0; i < 5; i++)
        if (generate_chance(generated, given))
            add_key(generated, keys[i],
                    generate_chance(generated, unknown) ? SLICE("don't know") : values[i]);
}

static void records(struct generated *generated, size_t given, size_t unknown)
{
    static const char *const keys[] = {"record approval", "record permission", NULL};
    for (size_t i = 0; keys[i]; i++) {
        if (!generate_chance(generated, given)) continue;
        add_key(generated, keys[i],
                generate_chance(generated, unknown / 2) ? SLICE("don't know") : entries(generated));
    }
}

static struct slice person_shown(struct generated *generated, size_t given, size_t unknown)
{
    struct arena *arena = generated->arena;
    static const char *const roles[] = {"pupil",     "our-pupil",     "pupil",
                                        "colleague", "parent, pupil", NULL};
    static const char *const facts[] = {"fact hidden", "fact withdrawn", NULL};
    struct slice text = slice_of(generate_pick(generated, roles));
    for (size_t i = 0; facts[i]; i++)
        if (generate_chance(generated, given))
            text = arena_format(arena, "%s; %s %s", text.at, facts[i],
                                generate_chance(generated, unknown) ? "don't know"
                                                                    : yes(generated).at);
    if (generate_chance(generated, given))
        text = arena_format(arena, "%s; fact age %s", text.at,
                            generate_chance(generated, unknown) ? "don't know" : age(generated).at);
    if (generate_chance(generated, given)) {
        static const char *const consents[] = {
            "given FROM a parent",
            "refused FROM a parent",
            "missing",
            "don't know",
            "given 2023-01-01 FROM a parent; record consent refused 2024-01-01 FROM a parent",
            "given FROM a parent",
            NULL};
        text = arena_format(arena, "%s; record consent %s", text.at,
                            generate_pick(generated, consents));
    }
    return text;
}

static void people_shown(struct generated *generated, size_t given, size_t unknown)
{
    static const char *const keys[] = {"shown Ana", "shown Ben", "shown Cy"};
    size_t count = generate_chance(generated, 55) ? 0 : 1 + random_below(&generated->random, 3);
    if (count == 0 && (!generated->closed || generate_chance(generated, 50)))
        add_key(generated, "shown", SLICE("none"));
    for (size_t i = 0; i < count; i++)
        add_key(generated, keys[i], person_shown(generated, given, unknown));
}

static void judgements(struct generated *generated)
{
    static const char *const keys[] = {"judgement the tie is close", "judgement the risk is small"};
    for (size_t i = 0; i < generated->names.count; i++)
        for (size_t k = 0; k < 2; k++)
            if (slice_ends(slice_of(keys[k]), slice_of(generated->names.at[i])) &&
                generate_chance(generated, 55))
                add_key(generated, keys[k], yes(generated));
}

void generate_request(struct generated *generated, uint64_t seed)
{
    static const char *const moments[] = {"2026-03-01 08:00",
                                          "2024-02-29 18:00",
                                          "2026-02-28 07:29",
                                          "2026-06-01 12:00",
                                          "2026-02-28 15:30",
                                          "2026-03-01 00:00",
                                          NULL};
    random_init(&generated->random, seed);
    generated->keys.count = 0;
    generated->closed = generate_chance(generated, 50);
    size_t given = generated->closed ? 70 : 60 + random_below(&generated->random, 40);
    size_t unknown = generate_chance(generated, 50) ? 0 : 20;
    size_t named = generated->closed ? 85 : 96;
    if (generate_chance(generated, 75))
        add_key(generated, "act", slice_of(generated->acts[random_below(&generated->random, 3)]));
    else
        add_key(generated, "act",
                slice_of(generate_pick(generated, generate_chance(generated, 40) ? events : acts)));
    if (generate_chance(generated, 12))
        add_key(generated, "also",
                slice_of(generate_pick(generated, generate_chance(generated, 50) ? events : acts)));
    if (generate_chance(generated, named)) add_key(generated, "actor", some(generated, people, 3));
    if (generate_chance(generated, named))
        add_key(generated, "other",
                generate_chance(generated, 8) ? SLICE("nobody") : some(generated, people, 3));
    if (generate_chance(generated, 15)) add_key(generated, "asker", some(generated, people, 2));
    if (generate_chance(generated, named)) add_key(generated, "via", some(generated, channels, 3));
    add_key(generated, "on",
            generate_chance(generated, 8) ? SLICE("2026-03-01")
                                          : slice_of(generate_pick(generated, moments)));
    if (generate_chance(generated, 25)) add_key(generated, "done", SLICE("yes"));
    yes_no_facts(generated, given, unknown);
    other_facts(generated, given, unknown);
    records(generated, given, unknown);
    people_shown(generated, given, unknown);
    judgements(generated);
}

bool generated_request(const struct generated *generated, const struct policy *policy,
                       struct arena *arena, struct request *ret_request, struct error *error)
{
    request_init(policy, generated->closed, arena, ret_request);
    for (size_t i = 0; i < generated->keys.count; i++) {
        const struct generated_key *key = &generated->keys.at[i];
        if (!key->dropped && !request_set(ret_request, key->key, key->value, error)) return false;
    }
    return request_check(ret_request, error);
}
