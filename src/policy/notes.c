/* The list that `lanyard check --notes` prints, a line a collision: which clauses, the norms that they serve, how it was come
 * by, and the words below it. */
#include "policy/notes.h"

#include "policy/collide.h"

#define CLAUSES_LARGEST 16 /* clauses that one note names */

/* The clauses of one line, each once. */
struct named {
    const struct clause *at[CLAUSES_LARGEST];
    size_t count;
};

static void name_clause(struct named *named, const struct clause *clause)
{
    for (size_t i = 0; i < named->count; i++) {
        if (named->at[i] == clause) return;
    }
    if (named->count < CLAUSES_LARGEST) named->at[named->count++] = clause;
}

static bool serves(const struct document *document, const struct clause *clause, struct slice norm)
{
    for (size_t i = 0; i < clause->norms.count; i++) {
        if (slice_equal(clause->norms.at[i], norm)) return true;
    }
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        for (size_t n = 0; n < line->norms.count; n++) {
            bool here = &document->clauses.at[line->clause] == clause;
            if (here && slice_equal(line->norms.at[n], norm)) return true;
        }
    }
    return false;
}

static bool in_norm(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/* The next norm id in the words of a note: the policy's prefix and what hangs on it. */
static bool next_norm(const struct document *document, struct slice *rest, struct slice *ret_norm)
{
    struct slice prefix = document->norms_prefix;
    while (prefix.length > 0) {
        size_t at = slice_search(*rest, prefix), end = at + prefix.length;
        if (at == rest->length) return false;
        while (end < rest->length && in_norm(rest->at[end])) end++;
        while (rest->at[end - 1] == '.') end--; /* of the sentence */
        *ret_norm = slice_part(*rest, at, end);
        *rest = slice_part(*rest, end, rest->length);
        if (ret_norm->length > prefix.length + 1 && ret_norm->at[prefix.length] == '-') return true;
    }
    return false;
}

static void add_clauses(const struct named *named, struct text *out)
{
    for (size_t i = 0; i < named->count; i++) {
        const struct clause *clause = named->at[i];
        text_format(out, "%s%.*s", i == 0 ? "" : " and ", SLICE_PRINT(clause->id));
        for (size_t n = 0; n < clause->norms.count; n++) {
            text_format(out, "%s%.*s", n == 0 ? " (" : " ", SLICE_PRINT(clause->norms.at[n]));
        }
        text_add_string(out, clause->norms.count > 0 ? ")" : "");
    }
}

static void add_indented(struct slice words, struct text *out)
{
    struct slice line;
    while (slice_line(&words, &line)) {
        text_format(out, "%s%.*s\n", line.length > 0 ? "    " : "", SLICE_PRINT(line));
    }
}

/* The clauses whose norms the note names; the one that it stands beside where it names none. */
static void print_note(const struct policy *policy, struct slice name, const struct clause *beside,
                       struct slice words, bool brief, struct text *out)
{
    const struct document *document = &policy->document;
    struct named named = {.count = 0};
    struct slice rest = words, norm;
    while (next_norm(document, &rest, &norm)) {
        for (size_t i = 0; i < document->clauses.count; i++) {
            if (serves(document, &document->clauses.at[i], norm)) {
                name_clause(&named, &document->clauses.at[i]);
            }
        }
    }
    if (named.count == 0) name_clause(&named, beside);
    text_format(out, "%.*s, ", SLICE_PRINT(name));
    add_clauses(&named, out);
    text_add_string(out, ", noted\n");
    if (!brief) add_indented(words, out);
}

/* ` under R6 (the numbered clause wins)`, where a reading settles it. */
static void add_reading(const struct policy *policy, unsigned number, struct text *out)
{
    for (size_t i = 0; number > 0 && i < policy->words.readings.count; i++) {
        const struct reading *reading = &policy->words.readings.at[i];
        if (reading->number == number) {
            text_format(out, " under %.*s (%.*s)", SLICE_PRINT(reading->id),
                        SLICE_PRINT(reading->phrase));
        }
    }
}

static void add_settled(const struct policy *policy, const struct collision *collision,
                        struct text *out)
{
    struct slice a = collision->a->id, b = collision->b->id;
    switch (collision->kind) {
    case COLLISION_LIFTED:
        text_format(out, "    %.*s lifts %.*s", SLICE_PRINT(a), SLICE_PRINT(b));
        break;
    case COLLISION_READING:
        text_add_string(out, "    the text has both speak; in this case one of them is silent");
        break;
    case COLLISION_OPTION:
        text_format(out, "    %.*s owes what %.*s leaves open, so it is owed", SLICE_PRINT(a),
                    SLICE_PRINT(b));
        break;
    case COLLISION_TWO_YES:
        text_format(out, "    %.*s and %.*s want a yes from different people: both are needed",
                    SLICE_PRINT(a), SLICE_PRINT(b));
        break;
    case COLLISION_CLASH:
        text_format(out,
                    "    %.*s is marked as clashing with %.*s; every answer where both speak "
                    "says so",
                    SLICE_PRINT(a), SLICE_PRINT(b));
        break;
    case COLLISION_FORBIDS:
        text_format(
            out, "    both speak: %.*s allows what %.*s %s%s, and the stricter is the answer",
            SLICE_PRINT(a), SLICE_PRINT(b), collision->advised ? "advises against" : "forbids",
            collision->should ? " (should)" : "");
        break;
    }
    add_reading(policy, collision->reading, out);
    bool marked = collision->marked && collision->kind != COLLISION_CLASH;
    text_add_string(out, marked ? "; marked as clashing, so every answer says so\n" : "\n");
}

static void print_found(const struct policy *policy, struct slice name,
                        const struct collision *collision, bool brief, struct text *out)
{
    struct named named = {.count = 0};
    name_clause(&named, collision->a);
    name_clause(&named, collision->b);
    text_format(out, "%.*s, ", SLICE_PRINT(name));
    add_clauses(&named, out);
    text_add_string(out, ", found\n");
    if (brief) return;
    add_settled(policy, collision, out);
    add_indented(collision->witness, out);
}

static void print_all_found(const struct policy *policy, struct slice name, bool brief,
                            struct text *out)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct collisions found;
    collide_find(policy, arena, &found);
    for (size_t i = 0; i < found.list.count; i++) {
        print_found(policy, name, &found.list.at[i], brief, out);
    }
    if (found.given_up > 0) {
        text_format(out, "%.*s: %zu pairs of clauses have too many cases to try them all\n",
                    SLICE_PRINT(name), found.given_up);
    }
}

void notes_print(const struct policy *policy, struct slice name, bool brief, struct text *out)
{
    const struct document *document = &policy->document;
    print_all_found(policy, name, brief, out);
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        for (size_t n = 0; n < clause->notes.count; n++) {
            print_note(policy, name, clause, clause->notes.at[n], brief, out);
        }
    }
}
