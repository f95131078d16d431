/* The base laid under the new policy: see inherit.h. Both documents become one sequence of headings in the order of the
 * base, into which the new policy's own headings are put where their section is. Names are inherit_names.c's. */
#include "policy/inherit.h"

#include <assert.h>

/* A heading of the joined document. */
struct node {
    struct section *section; /* one of the two */
    struct clause *clause;
    int parent; /* the section's node that it stands in, or -1 */
    int index;  /* in the joined document's sections or clauses */
};

struct joiner {
    struct document *own;
    const struct document *base;
    struct arena *arena;
    LIST(struct node) nodes;
    LIST(int) order;
    int *of_own_section, *of_base_section; /* node by index */
    int *of_own_clause, *of_base_clause;   /* -1: another one took its place */
};

/* ---- may it be ------------------------------------------------------------------------------------ */

static struct problem *fault(const struct document *own, struct problems *problems,
                             struct slice name, const char *sentence, const char *advice)
{
    struct problem *problem =
        problems_add(problems, false, ERROR_MEANING, own->file, own->based_line, 1, "'%.*s' %s",
                     SLICE_PRINT(name), sentence);
    problem->advice = slice_of(advice);
    return problem;
}

bool inherit_check(const struct document *own, const struct document *base,
                   struct problems *problems)
{
    size_t before = problems->errors;
    struct slice old = base->norms_prefix, new = own->norms_prefix;
    if (!slice_equal(base->policy, own->based_on))
        fault(own, problems, own->based_on, "is not what the policy found there calls itself",
              "write the name that stands behind 'policy:' in the base's front matter");
    if (slice_equal(base->based_on, own->policy))
        fault(own, problems, own->based_on, "is itself based on this policy: a circle",
              "one of the two must stand by itself");
    else if (base->based_on.length > 0)
        fault(own, problems, own->based_on, "is itself based on another policy",
              "name the policy that one is based on: a base has no base");
    if (old.length > 0 && (new.length == 0 || slice_equal(old, new)))
        fault(own, problems, own->based_on, "has norm ids, and this policy has no prefix for them",
              "write 'norms: PREFIX' with a prefix of this policy's own");
    if (old.length == 0 && new.length > 0)
        fault(own, problems, own->based_on, "has no prefix for its norm ids, and this policy has",
              "give the base a line 'norms: PREFIX', or take this policy's out");
    return problems->errors == before;
}

/* ---- one sequence of headings ------------------------------------------------------------------- */

static struct node *node_at(const struct joiner *joiner, int index)
{
    assert(joiner->nodes.at != NULL && index >= 0 && (size_t)index < joiner->nodes.count);
    return &joiner->nodes.at[index];
}

static int add_node(struct joiner *joiner, struct section *section, struct clause *clause,
                    int parent)
{
    LIST_PUSH(joiner->arena, &joiner->nodes,
              (struct node){.section = section, .clause = clause, .parent = parent});
    return (int)joiner->nodes.count - 1;
}

static void insert(struct joiner *joiner, size_t at, int node)
{
    LIST_PUSH(joiner->arena, &joiner->order, node);
    for (size_t i = joiner->order.count - 1; i > at; i--)
        joiner->order.at[i] = joiner->order.at[i - 1];
    joiner->order.at[at] = node;
}

static int parent_of(const int *of_section, int section)
{
    return section < 0 ? -1 : of_section[section];
}

/* The base's headings, sections before the clause that they begin with. */
static void lay_base(struct joiner *joiner)
{
    const struct document *base = joiner->base;
    size_t section = 0;
    for (size_t i = 0; i <= base->clauses.count; i++) {
        for (; section < base->sections.count && base->sections.at[section].first_clause <= (int)i;
             section++) {
            struct section *added = &base->sections.at[section];
            int parent = parent_of(joiner->of_base_section, added->parent);
            joiner->of_base_section[section] = add_node(joiner, added, NULL, parent);
            insert(joiner, joiner->order.count, joiner->of_base_section[section]);
        }
        if (i == base->clauses.count) break;
        struct clause *clause = &base->clauses.at[i];
        int parent = parent_of(joiner->of_base_section, clause->section);
        joiner->of_base_clause[i] = add_node(joiner, NULL, clause, parent);
        insert(joiner, joiner->order.count, joiner->of_base_clause[i]);
    }
}

static bool stands_in(const struct joiner *joiner, int node, int section)
{
    while (node >= 0 && node != section) node = node_at(joiner, node)->parent;
    return node == section;
}

/* Behind everything that stands in the section; -1: at the end. */
static size_t end_of(const struct joiner *joiner, int section)
{
    size_t end = joiner->order.count;
    while (section >= 0 && end > 0 && !stands_in(joiner, joiner->order.at[end - 1], section)) end--;
    return end;
}

/* Behind the section's heading and the clauses right below it. */
static size_t after_clauses(const struct joiner *joiner, int section)
{
    size_t at = 0;
    while (section >= 0 && joiner->order.at[at] != section) at++;
    at += section >= 0;
    while (at < joiner->order.count) {
        const struct node *node = node_at(joiner, joiner->order.at[at]);
        if (node->clause == NULL || node->parent != section) break;
        at++;
    }
    return at;
}

/* A section of own is the base's where the number is the same, else the title; a title of the whole is one. */
static bool same_section(const struct section *own, const struct section *base)
{
    if (own->level == 1 && base->level == 1 && own->number.length + base->number.length == 0)
        return true;
    return own->number.length > 0
               ? slice_equal(own->number, base->number)
               : base->number.length == 0 && slice_equal(own->title, base->title);
}

static void join_section(struct joiner *joiner, size_t index)
{
    struct section *section = &joiner->own->sections.at[index];
    for (size_t i = 0; i < joiner->base->sections.count; i++) {
        struct node *node = node_at(joiner, joiner->of_base_section[i]);
        if (!same_section(section, &joiner->base->sections.at[i])) continue;
        if (section->prose.length == 0) section->prose = node->section->prose;
        node->section = section;
        joiner->of_own_section[index] = joiner->of_base_section[i];
        return;
    }
    int parent = parent_of(joiner->of_own_section, section->parent);
    int node = add_node(joiner, section, NULL, parent);
    joiner->of_own_section[index] = node;
    insert(joiner, end_of(joiner, parent), node);
}

/* The policy lines of the base go on under those of own, unless a line of the same kind takes the place. */
static void put_upon(struct clause *clause, const struct clause *base)
{
    if (clause->block.kind != BLOCK_POLICY || base->block.kind != BLOCK_POLICY) return;
    clause->base_lines = base->block;
    if (clause->prose.length == 0) clause->prose = base->prose;
    if (clause->norms.count > 0) return;
    clause->norms.at = base->norms.at;
    clause->norms.count = base->norms.count;
}

static void join_clause(struct joiner *joiner, size_t index)
{
    struct clause *clause = &joiner->own->clauses.at[index];
    int parent = parent_of(joiner->of_own_section, clause->section);
    int other = document_clause(joiner->base, clause->id);
    if (other < 0) {
        int node = add_node(joiner, NULL, clause, parent);
        joiner->of_own_clause[index] = node;
        insert(joiner, after_clauses(joiner, parent), node);
        return;
    }
    joiner->of_own_clause[index] = joiner->of_base_clause[other];
    node_at(joiner, joiner->of_own_clause[index])->clause = clause;
    put_upon(clause, &joiner->base->clauses.at[other]);
    if (clause->base_lines.kind == BLOCK_NONE) joiner->of_base_clause[other] = -1;
}

/* ---- the joined document ------------------------------------------------------------------------- */

static void number_headings(struct joiner *joiner, struct document *joined)
{
    for (size_t i = 0; i < joiner->order.count; i++) {
        struct node *node = node_at(joiner, joiner->order.at[i]);
        int parent = node->parent < 0 ? -1 : node_at(joiner, node->parent)->index;
        if (node->clause != NULL) {
            node->index = (int)joined->clauses.count;
            LIST_PUSH(joiner->arena, &joined->clauses, *node->clause);
            struct clause *clause = &joined->clauses.at[node->index];
            clause->section = parent;
            clause->block.clause = clause->base_lines.clause = node->index;
            map_set(&joined->ids, clause->id, node->index);
        } else {
            node->index = (int)joined->sections.count;
            LIST_PUSH(joiner->arena, &joined->sections, *node->section);
            joined->sections.at[node->index].parent = parent;
            joined->sections.at[node->index].first_clause = (int)joined->clauses.count;
        }
    }
}

/* The scenarios of a clause whose place was taken went with it. */
static void add_scenarios(struct joiner *joiner, struct document *joined,
                          const struct document *from, const int *of_clause)
{
    for (size_t i = 0; i < from->scenarios.count; i++) {
        struct block block = from->scenarios.at[i];
        int node = block.clause < 0 ? -1 : of_clause[block.clause];
        if (block.clause >= 0 && node < 0) continue;
        block.clause = node < 0 ? -1 : node_at(joiner, node)->index;
        LIST_PUSH(joiner->arena, &joined->scenarios, block);
    }
}

static int *array_for(struct joiner *joiner, size_t count)
{
    return ARENA_ARRAY(joiner->arena, int, count + 1);
}

static void join(struct joiner *joiner)
{
    const struct document *own = joiner->own, *base = joiner->base;
    joiner->of_own_section = array_for(joiner, own->sections.count);
    joiner->of_base_section = array_for(joiner, base->sections.count);
    joiner->of_own_clause = array_for(joiner, own->clauses.count);
    joiner->of_base_clause = array_for(joiner, base->clauses.count);
    lay_base(joiner);
    for (size_t i = 0; i < own->sections.count; i++) join_section(joiner, i);
    for (size_t i = 0; i < own->clauses.count; i++) join_clause(joiner, i);
}

bool inherit_clauses(struct document *own, const struct document *base, struct problems *problems)
{
    struct joiner joiner = {.own = own, .base = base, .arena = own->arena};
    struct document joined = *own;
    join(&joiner);
    joined.clauses.at = NULL;
    joined.sections.at = NULL;
    joined.scenarios.at = NULL;
    joined.clauses.count = joined.clauses.space = 0;
    joined.sections.count = joined.sections.space = 0;
    joined.scenarios.count = joined.scenarios.space = 0;
    map_init(&joined.ids, own->arena);
    number_headings(&joiner, &joined);
    add_scenarios(&joiner, &joined, base, joiner.of_base_clause);
    add_scenarios(&joiner, &joined, own, joiner.of_own_clause);
    if (joined.preamble.length == 0) joined.preamble = base->preamble;
    *own = joined;
    if (own->clauses.count <= DOCUMENT_CLAUSES_LARGEST &&
        own->sections.count <= DOCUMENT_CLAUSES_LARGEST)
        return true;
    fault(own, problems, own->based_on, "and this policy have too many clauses together",
          "a policy may have a thousand clauses, those of its base among them");
    return false;
}

/* ---- policy lines --------------------------------------------------------------------------------- */

static bool takes_place(const struct policy_line *own, const struct policy_line *base)
{
    if (own->inherited || own->kind != base->kind) return false;
    switch (own->kind) {
    case LINE_NOT_AS:
    case LINE_CHECK: return false;
    case LINE_STAND_IN: return own->roles.list.at[1] == base->roles.list.at[1];
    default: return true;
    }
}

void inherit_lines(struct document *own)
{
    size_t kept = 0;
    for (size_t i = 0; i < own->lines.count; i++) {
        bool taken = false;
        for (size_t k = 0; own->lines.at[i].inherited && k < own->lines.count; k++)
            taken |= takes_place(&own->lines.at[k], &own->lines.at[i]);
        if (!taken) own->lines.at[kept++] = own->lines.at[i];
    }
    own->lines.count = kept;
}
