/* Random policies: front matter, policy lines, definitions, then clauses that may lift later ones; and law. The parts of a
 * statement are generate_lines.c's, requests generate_request.c's. */
#include "generate.h"

#include "policy/problem.h"

#define CLAUSES_LARGEST 8

int generate_clause(struct generated *generated, bool law)
{
    size_t number = law ? generated->law_clauses++ : generated->clauses++;
    struct slice text = law ? arena_format(generated->arena, "## Law {#c-L%zu}", number)
                            : arena_format(generated->arena, "### Clause {#c-%zu}", number);
    int line = generate_line(generated, -1, text);
    generated->lines.at[line].law = law;
    return line;
}

static void define_role(struct generated *generated)
{
    static const char *const defined[] = {"a linked person", "a minor", NULL};
    struct arena *arena = generated->arena;
    int clause = generate_clause(generated, false);
    const char *phrase = generated->roles.count < 2 ? defined[generated->roles.count] : "staff";
    bool own = generated->roles.count < 2;
    if (!own || generate_chance(generated, 25)) {
        static const char *const widened[] = {"a colleague INCLUDES any of:",
                                              "staff MEANS any of:"};
        int list = generate_line(generated, clause, slice_of(widened[generated->widened]));
        generated->widened = 0;
        generate_line(generated, list, SLICE("- a governor"));
        generate_line(generated, list, SLICE("- a teacher"));
        return;
    }
    bool all = generate_chance(generated, 50);
    int list = generate_line(generated, clause,
                             arena_format(arena, "%s MEANS %s of:", phrase, all ? "all" : "any"));
    generate_line(generated, list,
                  arena_format(arena, "- %s", generate_roles(generated, 1, false).at));
    if (generate_chance(generated, 60))
        generate_line(generated, list,
                      arena_format(arena, "- age is %s 18",
                                   generate_chance(generated, 50) ? "under" : "at least"));
    else
        generate_line(generated, list,
                      arena_format(arena, "- %s", generate_roles(generated, 1, false).at));
    LIST_PUSH(arena, &generated->roles, phrase);
}

static void define_channel(struct generated *generated)
{
    int clause = generate_clause(generated, false);
    bool all = generate_chance(generated, 50);
    int list = generate_line(generated, clause,
                             all ? SLICE("a work channel MEANS all of:")
                                 : SLICE("a work channel MEANS any of:"));
    generate_line(generated, list, SLICE("- Facebook"));
    generate_line(generated, list, SLICE("- an official account"));
    LIST_PUSH(generated->arena, &generated->channels, "a work channel");
}

static void define_name(struct generated *generated)
{
    static const char *const phrases[] = {"the case is special", "the case is grave",
                                          "the case is rare", NULL};
    static const char *const personal[] = {"the picture is safe", NULL};
    struct arena *arena = generated->arena;
    int clause = generate_clause(generated, false);
    bool shown = generated->personal_names.count < 1 && generate_chance(generated, 35);
    size_t taken = shown ? 0 : generated->names.count;
    if (!shown && taken >= 3) return;
    const char *phrase = shown ? personal[0] : phrases[taken];
    const char *mode = generate_chance(generated, 45)   ? "any"
                       : generate_chance(generated, 70) ? "all"
                                                        : "none";
    int list =
        generate_line(generated, clause, arena_format(arena, "%s MEANS %s of:", phrase, mode));
    if (shown) generate_line(generated, list, SLICE("- the face is hidden"));
    for (size_t i = 0; i < 2; i++)
        generate_line(generated, list,
                      arena_format(arena, "- %s", generate_atom(generated, shown).at));
    if (shown)
        LIST_PUSH(arena, &generated->personal_names, phrase);
    else
        LIST_PUSH(arena, &generated->names, phrase);
}

static void define_judgement(struct generated *generated, size_t number)
{
    static const char *const heads[] = {"the headteacher DECIDES WHETHER \"the tie is close\"",
                                        "a governor DECIDES WHETHER \"the risk is small\""};
    static const char *const phrases[] = {"the tie is close", "the risk is small"};
    int clause = generate_clause(generated, false);
    int head = generate_line(generated, clause, slice_of(heads[number]));
    generate_line(generated, head, SLICE("ASK \"Is it so?\""));
    LIST_PUSH(generated->arena, &generated->names, phrases[number]);
}

static void policy_lines(struct generated *generated)
{
    static const char *const lines[] = {
        "WHEN no clause speaks: ASK the headteacher BEFOREHAND",
        "WHEN no clause speaks: TELL a governor AFTERWARDS",
        "WHEN no clause speaks: ASK a governor",
        "staff MAY DEPART FROM this policy: TELL the headteacher",
        "a governor STANDS IN FOR the headteacher IF the head is away",
        "befriend DOES NOT COUNT AS contact",
        "a teacher DOES NOT COUNT AS staff",
        "Facebook DOES NOT COUNT AS social media",
        "APPROVED BY a governor or the headteacher",
        NULL};
    int heading = generate_line(generated, -1, SLICE("### Lines {#c-policy}"));
    generated->lines.at[heading].policy_line = true;
    for (size_t i = 0; lines[i]; i++)
        if (generate_chance(generated, i < 4 ? 30 : 15) &&
            (i != 2 || generated->lines.count == (size_t)heading + 1))
            generate_line(generated, heading, slice_of(lines[i]));
    if (generate_chance(generated, 40)) {
        struct slice binds = generate_roles(generated, 2, false);
        generate_line(
            generated, heading,
            arena_format(generated->arena, "THIS POLICY BINDS %s%s", binds.at,
                         generate_chance(generated, 20) ? " UNLESS it is an emergency" : ""));
    }
    generate_line(generated, heading, SLICE("REVIEW DUE March 2027"));
}

/* --- statements ------------------------------------------------------------------------------------------------ */

static const char *const acts[] = {
    "contact",         "befriend",      "accept a friend request",  "message", "post",
    "publish a photo", "copy an image", "open disciplinary action", NULL};
static const char *const events[] = {"receive a communication",
                                     "see worrying content",
                                     "decline a friend request",
                                     "take the post down",
                                     "find an indecent image",
                                     "post",
                                     "contact",
                                     NULL};

static struct slice acts_text(struct generated *generated, bool event)
{
    struct arena *arena = generated->arena;
    const char *const *list = event ? events : acts;
    bool usual = !event && generate_chance(generated, 75);
    struct slice text = slice_of(usual ? generated->acts[random_below(&generated->random, 3)]
                                       : generate_pick(generated, list));
    for (size_t i = 0; i < 2 && generate_chance(generated, 30); i++)
        text = arena_format(arena, "%s or %s", text.at, generate_pick(generated, list));
    if (generate_chance(generated, 25))
        text =
            arena_format(arena, "%s %s%s", text.at, generate_chance(generated, 30) ? "with " : "",
                         generate_roles(generated, 2, false).at);
    if (generate_chance(generated, 15))
        text = arena_format(arena, "%s via %s", text.at, generate_channels(generated, 2).at);
    return text;
}

static struct slice who_text(struct generated *generated)
{
    return generate_chance(generated, 60) ? SLICE("anyone") : generate_roles(generated, 3, false);
}

static void gate(struct generated *generated, int clause)
{
    struct arena *arena = generated->arena;
    int head =
        generate_line(generated, clause,
                      arena_format(arena, "%s NEEDS %s TO %s", who_text(generated).at,
                                   generate_need(generated).at, acts_text(generated, false).at));
    generate_tails(generated, head, -1);
}

static void event(struct generated *generated, int clause)
{
    int head = generate_line(generated, clause,
                             arena_format(generated->arena, "WHEN %s %s", who_text(generated).at,
                                          acts_text(generated, true).at));
    generate_tails(generated, head, -2);
    generate_duty_lines(generated, head);
}

/* Clauses are numbered in order; each lifts later ones only, so that there is no circle. */
static void despite(struct generated *generated, int head, size_t number)
{
    size_t target = number + 1 + random_below(&generated->random, 4);
    if (target >= 32 || generated->always[target] || !generate_chance(generated, 30)) return;
    const char *under = generate_chance(generated, 25) ? "UNDER R6: " : "";
    generate_line(generated, head, arena_format(generated->arena, "%sDESPITE %zu", under, target));
    if (generate_chance(generated, 20))
        generate_line(generated, head, arena_format(generated->arena, "CLASHES WITH %zu", target));
}

static int norm(struct generated *generated, int clause)
{
    static const char *const modals[] = {"MUST NOT", "SHOULD NOT", "ADVISED NOT TO",
                                         "MAY",      "MUST",       "SHOULD"};
    static const int chances[] = {
        MODAL_MUST_NOT, MODAL_MUST_NOT, MODAL_SHOULD_NOT, MODAL_ADVISED_NOT, MODAL_MAY,   MODAL_MAY,
        MODAL_MAY,      MODAL_MAY,      MODAL_MUST,       MODAL_SHOULD,      MODAL_SHOULD};
    int modal = chances[random_below(&generated->random, sizeof chances / sizeof *chances)];
    int head = generate_line(generated, clause,
                             arena_format(generated->arena, "%s %s %s", who_text(generated).at,
                                          modals[modal], acts_text(generated, false).at));
    generate_tails(generated, head, modal);
    return head;
}

static void statement(struct generated *generated, int clause, size_t number)
{
    size_t dice = random_below(&generated->random, 100);
    if (dice < 15)
        gate(generated, clause);
    else if (dice < 35)
        event(generated, clause);
    else
        despite(generated, norm(generated, clause), number);
}

static void law(struct generated *generated)
{
    struct arena *arena = generated->arena;
    if (generate_chance(generated, 50)) {
        int head = generate_line(generated, generate_clause(generated, true),
                                 SLICE("anyone MUST NOT copy an image or post"));
        generate_line(generated, head, SLICE("IF the image is indecent"));
        generate_line(generated, head, SLICE("ALWAYS"));
        generate_line(generated, head, SLICE("STOP"));
    }
    if (generate_chance(generated, 40)) {
        struct slice acts_list = acts_text(generated, false);
        int head = generate_line(generated, generate_clause(generated, true),
                                 arena_format(arena, "anyone MAY %s", acts_list.at));
        generate_condition(generated, head, "IF");
        generate_line(generated, head, SLICE("DESPITE every clause"));
        generate_line(generated, head, SLICE("ALWAYS"));
    }
    if (generate_chance(generated, 40)) {
        int head = generate_line(generated, generate_clause(generated, true),
                                 SLICE("WHEN anyone sees worrying content"));
        generate_line(generated, head, SLICE("the organisation MAY contact a parent"));
    }
}

void generate_policy(struct generated *generated, uint64_t seed, struct arena *arena)
{
    static const char *const reads[] = {"", "R3", "R6", "R3 R6", NULL};
    *generated = (struct generated){.arena = arena};
    random_init(&generated->random, seed);
    generated->reads = slice_of(generate_pick(generated, reads));
    generated->widened = random_below(&generated->random, 2);
    for (size_t i = 0; i < 3; i++) generated->acts[i] = generate_pick(generated, acts);
    for (size_t i = 0; i < 2; i++)
        if (generate_chance(generated, 30)) define_judgement(generated, i);
    for (size_t i = random_below(&generated->random, 4); i > 0; i--) {
        size_t dice = random_below(&generated->random, 5);
        if (dice == 0 && generated->channels.count == 0)
            define_channel(generated);
        else if (dice < 3 && generated->roles.count < 2)
            define_role(generated);
        else
            define_name(generated);
    }
    size_t first = generated->clauses,
           count = 1 + random_below(&generated->random, CLAUSES_LARGEST);
    for (size_t i = first; i < first + count; i++)
        generated->always[i] = generate_chance(generated, 8);
    for (size_t i = first + count; i < 32; i++) generated->always[i] = true;
    for (size_t i = first; i < first + count; i++) {
        int clause = generate_clause(generated, false);
        if (generate_chance(generated, 20)) despite(generated, norm(generated, clause), i);
        statement(generated, clause, i);
        if (generated->always[i]) generate_line(generated, clause, SLICE("ALWAYS"));
    }
    policy_lines(generated);
    generated->names.count = generated->personal_names.count = generated->roles.count =
        generated->channels.count = 0;
    law(generated);
}

/* --- print ------------------------------------------------------------------------------------------------------ */

static bool is_dropped(const struct generated *generated, size_t line)
{
    for (int at = (int)line; at >= 0; at = generated->lines.at[at].parent)
        if (generated->lines.at[at].dropped) return true;
    return false;
}

static bool below(const struct generated *generated, size_t line, size_t heading)
{
    int at = (int)line;
    while (generated->lines.at[at].parent >= 0) at = generated->lines.at[at].parent;
    return (size_t)at == heading && line != heading;
}

static void print_clause(const struct generated *generated, size_t heading, struct text *out)
{
    const struct generated_line *line = &generated->lines.at[heading];
    size_t count = 0;
    for (size_t i = heading; i < generated->lines.count; i++)
        count += below(generated, i, heading) && !is_dropped(generated, i);
    if (line->dropped || (count == 0 && !line->policy_line)) return;
    text_format(out, "%s\nSo it is.\n\n```%s\n", line->text.at,
                line->policy_line ? "policy" : "rule");
    for (size_t i = heading; i < generated->lines.count; i++)
        if (below(generated, i, heading) && !is_dropped(generated, i))
            text_format(out, "%s\n", generated->lines.at[i].text.at);
    text_add_string(out, "```\n\n");
}

static void front_matter(const char *name, struct slice reads, struct text *out)
{
    text_format(
        out, "---\npolicy: %s\ntitle: A test\nversion: 1\nin force from: 2020-01-01\nnorms: %s\n",
        name, name);
    if (reads.length > 0) text_format(out, "reads: %s\n", reads.at);
    text_add_string(out, "---\n# A test\n\n");
}

/* The heading of the nth clause of ours, or of policy lines and law where `nth` is past them. */
static void print_headings(const struct generated *generated, bool law_lines, bool policy_line,
                           size_t nth, struct text *out)
{
    for (size_t i = 0, seen = 0; i < generated->lines.count; i++) {
        const struct generated_line *line = &generated->lines.at[i];
        if (line->parent >= 0 || line->law != law_lines || line->policy_line != policy_line)
            continue;
        if (nth == SIZE_MAX || seen == nth) print_clause(generated, i, out);
        seen++;
    }
}

void generated_policy_text(const struct generated *generated, const size_t *order,
                           struct text *ret_policy)
{
    front_matter("gen", generated->reads, ret_policy);
    print_headings(generated, false, true, SIZE_MAX, ret_policy);
    for (size_t i = 0; i < generated->clauses; i++)
        print_headings(generated, false, false, order ? order[i] : i, ret_policy);
}

void generated_law_text(const struct generated *generated, struct text *ret_law)
{
    front_matter("law", SLICE_EMPTY, ret_law);
    print_headings(generated, true, false, SIZE_MAX, ret_law);
}
