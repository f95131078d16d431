/* From source texts to a policy: words, law and policy read and parsed, the statements that are awake listed, hashed apart
 * as prose and as meaning, compiled. */
#include "policy/policy.h"

#include "policy/inherit.h"
#include "policy/parse.h"
#include "policy/print.h"
#include "policy/program.h"

#include <sodium.h>
#include <string.h>

#define COUNTS_DEPTH_LARGEST 32

bool policy_awake(uint32_t reads, unsigned reading, bool not_reading)
{
    return reading == 0 || ((reads >> reading & 1) != 0) != not_reading;
}

/* A walk along counts-as, marking what it comes by. */
struct walk {
    const struct policy *policy;
    enum word_place place;
    bool stop_at_defined;
    uint64_t *row;
    int path[COUNTS_DEPTH_LARGEST];
    unsigned depth;
};

static bool defined_by_means(const struct policy *policy, enum word_place place, int index)
{
    for (size_t i = 0; i < policy->rules.count; i++) {
        const struct statement *statement = policy->rules.at[i].statement;
        if (statement->kind == STATEMENT_MEANS && !statement->includes &&
            statement->place == place && statement->index == index) {
            return true;
        }
    }
    return false;
}

/* Whether some DOES NOT COUNT AS line closes the way from what was passed to `next`. */
static bool closed(const struct walk *walk, int next)
{
    const struct document *document = &walk->policy->document;
    for (size_t i = 0; i < document->lines.count; i++) {
        const struct policy_line *line = &document->lines.at[i];
        for (unsigned k = 0; line->kind == LINE_NOT_AS && line->place == walk->place &&
                             line->to == next && k < walk->depth;
             k++) {
            if (walk->path[k] == line->from) {
                return true;
            }
        }
    }
    return false;
}

static void visit(struct walk *walk, int at)
{
    const struct word *word = words_word(&walk->policy->words, walk->place, at);
    walk->row[at / 64] |= 1ull << (at % 64);
    if (walk->depth == COUNTS_DEPTH_LARGEST) {
        return;
    }
    walk->path[walk->depth++] = at;
    for (size_t i = 0; i < word->counts_as.count; i++) {
        int next = word->counts_as.at[i];
        bool stop = walk->stop_at_defined && defined_by_means(walk->policy, walk->place, next);
        if (!stop && !closed(walk, next)) {
            visit(walk, next);
        }
    }
    walk->depth--;
}

/* Bit b of row a: a is b or counts as it. Worked out once: compiling asks tens of thousands of times. */
static uint64_t *closure_of(struct policy *policy, enum word_place place, bool stop_at_defined)
{
    size_t count = words_count(&policy->words, place), words = count / 64 + 1;
    uint64_t *rows = ARENA_ARRAY(policy->arena, uint64_t, count * words + 1);
    for (size_t a = 0; a < count; a++) {
        struct walk walk = {.policy = policy,
                            .place = place,
                            .stop_at_defined = stop_at_defined,
                            .row = rows + a * words};
        visit(&walk, (int)a);
    }
    return rows;
}

static bool closure_has(const struct policy *policy, const uint64_t *rows, enum word_place place,
                        int a, int b)
{
    size_t words = words_count(&policy->words, place) / 64 + 1;
    return rows[(size_t)a * words + (size_t)b / 64] >> (b % 64) & 1;
}

static void make_closures(struct policy *policy)
{
    policy->counts[WORD_PERSON] = closure_of(policy, WORD_PERSON, false);
    policy->counts[WORD_CHANNEL] = closure_of(policy, WORD_CHANNEL, false);
    policy->counts[WORD_ACT] = closure_of(policy, WORD_ACT, false);
    policy->reaches[WORD_PERSON] = closure_of(policy, WORD_PERSON, true);
    policy->reaches[WORD_CHANNEL] = closure_of(policy, WORD_CHANNEL, true);
}

bool policy_counts(const struct policy *policy, enum word_place place, int a, int b)
{
    return closure_has(policy, policy->counts[place], place, a, b);
}

bool policy_reaches(const struct policy *policy, enum word_place place, int a, int b)
{
    return closure_has(policy, policy->reaches[place], place, a, b);
}

static void hash_start(crypto_hash_sha256_state *state)
{
    (void)crypto_hash_sha256_init(state);
}

/* Length first, so that no two lists of parts run into each other. */
static void hash_add(crypto_hash_sha256_state *state, struct slice part)
{
    uint64_t length = part.length;
    (void)crypto_hash_sha256_update(state, (const unsigned char *)&length, sizeof length);
    (void)crypto_hash_sha256_update(state, (const unsigned char *)part.at, part.length);
}

static void hash_end(crypto_hash_sha256_state *state, char ret_hash[HASH_SIZE])
{
    unsigned char bytes[crypto_hash_sha256_BYTES];
    (void)crypto_hash_sha256_final(state, bytes);
    (void)sodium_bin2hex(ret_hash, HASH_SIZE, bytes, sizeof bytes);
}

static void hash_prose(const struct document *document, char ret_hash[HASH_SIZE])
{
    crypto_hash_sha256_state state;
    hash_start(&state);
    hash_add(&state, document->title);
    hash_add(&state, document->version);
    hash_add(&state, document->preamble);
    for (size_t i = 0; i < document->sections.count; i++) {
        hash_add(&state, document->sections.at[i].title);
        hash_add(&state, document->sections.at[i].prose);
    }
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        hash_add(&state, clause->id);
        hash_add(&state, clause->title);
        hash_add(&state, clause->prose);
    }
    hash_end(&state, ret_hash);
}

static void hash_meaning(const struct words *words, const struct document *document, uint32_t reads,
                         char ret_hash[HASH_SIZE])
{
    struct text text AUTO_TEXT;
    text_init(&text, (size_t)8 * DOCUMENT_SIZE_LARGEST);
    text_format(&text, "%.*s %u\n", SLICE_PRINT(document->policy), reads);
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        text_format(&text, "%.*s:", SLICE_PRINT(clause->id));
        for (size_t k = 0; k < clause->norms.count; k++) {
            text_format(&text, " %.*s", SLICE_PRINT(clause->norms.at[k]));
        }
        text_add_char(&text, '\n');
        print_statements(words, clause->statements.at, clause->statements.count, &text);
    }
    for (size_t i = 0; i < document->lines.count; i++) {
        print_policy_line(words, &document->lines.at[i], &text);
    }
    crypto_hash_sha256_state state;
    hash_start(&state);
    hash_add(&state, text_slice(&text));
    hash_end(&state, ret_hash);
}

static void hash_all(struct policy *policy)
{
    crypto_hash_sha256_state state;
    hash_start(&state);
    hash_add(&state, policy->words.source);
    hash_end(&state, policy->hashes.words);
    hash_prose(&policy->document, policy->hashes.prose);
    hash_meaning(&policy->words, &policy->document, policy->reads, policy->hashes.meaning);
    if (policy->has_law) {
        hash_prose(&policy->law, policy->hashes.law_prose);
        hash_meaning(&policy->words, &policy->law, policy->reads, policy->hashes.law_meaning);
    }
}

static void list_rules(struct policy *policy, const struct document *document, bool law)
{
    for (size_t i = 0; i < document->clauses.count; i++) {
        const struct clause *clause = &document->clauses.at[i];
        for (size_t k = 0; k < clause->statements.count; k++) {
            const struct statement *statement = &clause->statements.at[k];
            if (policy_awake(policy->reads, statement->reading, statement->not_reading)) {
                LIST_PUSH(policy->arena, &policy->rules,
                          (struct rule){.statement = statement,
                                        .clause = clause,
                                        .document = document,
                                        .law = law});
            }
        }
    }
}

static bool read_law(struct policy *policy, const struct policy_source *source,
                     struct problems *problems)
{
    policy->has_law = source->text.length > 0;
    return !policy->has_law || (document_read(source->file, source->text, false, policy->arena,
                                              problems, &policy->law) &&
                                parse_document(&policy->law, &policy->words, problems));
}

/* Scenarios that stand beside a policy; those beside its base are read with the policy's names. */
static bool read_scenarios(struct policy *policy, const struct policy_source *sources, size_t count,
                           const struct document *base, struct problems *problems)
{
    bool done = true;
    for (size_t i = 0; i < count; i++) {
        struct document *document = LIST_ADD(policy->arena, &policy->scenarios);
        done = document_read(sources[i].file, sources[i].text, true, policy->arena, problems,
                             document) &&
               done;
        if (base != NULL) inherit_names(&policy->document, base->norms_prefix, document);
    }
    return done;
}

static bool no_base(const struct document *document, struct problems *problems)
{
    struct problem *problem =
        problems_add(problems, false, ERROR_MEANING, document->file, document->based_line, 1,
                     "I cannot find the policy '%.*s' that this one is based on",
                     SLICE_PRINT(document->based_on));
    problem->advice = SLICE("its folder stands beside this one and has that name");
    return false;
}

static bool base_is_bad(const struct document *document, size_t errors, struct problems *problems)
{
    struct problem *problem =
        problems_add(problems, false, ERROR_MEANING, document->file, document->based_line, 1,
                     "'%.*s', which this policy is based on, does not compile: %zu error%s",
                     SLICE_PRINT(document->based_on), errors, errors == 1 ? "" : "s");
    problem->advice = SLICE("put the base right first");
    return false;
}

static bool read_base(struct policy *policy, const struct policy_sources *sources,
                      struct problems *problems)
{
    struct document base, *own = &policy->document;
    size_t before = problems->errors;
    if (sources->base.text.length == 0) return no_base(own, problems);
    if (!document_read(sources->base.file, sources->base.text, false, policy->arena, problems,
                       &base))
        return base_is_bad(own, problems->errors - before, problems);
    if (!inherit_check(own, &base, problems)) return false;
    inherit_names(own, base.norms_prefix, &base);
    return inherit_clauses(own, &base, problems) &&
           read_scenarios(policy, sources->base_scenarios, sources->base_scenario_count, &base,
                          problems);
}

/* Errors in what was taken over are the base's: said where the policy names it, too. */
static bool parse_joined(struct policy *policy, struct slice base, struct problems *problems)
{
    size_t errors = 0, from = problems->list.count;
    bool done = parse_document(&policy->document, &policy->words, problems);
    for (size_t i = from; policy->document.based_line > 0 && i < problems->list.count; i++)
        errors += !problems->list.at[i].warning && slice_equal(problems->list.at[i].file, base);
    if (errors > 0) return base_is_bad(&policy->document, errors, problems);
    inherit_lines(&policy->document);
    return done;
}

static bool read_documents(struct policy *policy, const struct policy_sources *sources,
                           struct problems *problems)
{
    struct words shared;
    const struct policy_source *own = &sources->policy;
    if (!words_read(sources->words.file, sources->words.text, policy->arena, problems, &shared)) {
        return false;
    }
    words_copy(&shared, policy->arena, &policy->words);
    bool done = read_law(policy, &sources->law, problems);
    done = document_read(own->file, own->text, false, policy->arena, problems, &policy->document) &&
           done;
    done = done && (policy->document.based_line == 0 || read_base(policy, sources, problems)) &&
           parse_joined(policy, sources->base.file, problems);
    return read_scenarios(policy, sources->scenarios, sources->scenario_count, NULL, problems) &&
           done;
}

struct policy *policy_new(const struct policy_sources *sources, struct problems *problems)
{
    struct arena *arena = arena_new();
    struct policy *policy = ARENA_NEW(arena, struct policy);
    policy->arena = arena;
    bool done = sodium_init() >= 0 && read_documents(policy, sources, problems);
    if (done) {
        policy->reads = policy->document.reads;
        list_rules(policy, &policy->law, true);
        list_rules(policy, &policy->document, false);
        make_closures(policy);
        if (!sources->unhashed) {
            hash_all(policy);
        }
        done = program_compile(policy, problems);
    }
    if (!done) {
        policy_free(policy);
        return NULL;
    }
    return policy;
}

struct policy *policy_derive(const struct policy *policy)
{
    struct arena *arena = arena_new();
    struct policy *derived = ARENA_NEW(arena, struct policy);
    *derived = *policy;
    derived->arena = arena;
    derived->program = NULL;
    return derived;
}

bool policy_recompile(struct policy *policy, struct problems *problems)
{
    policy->rules.at = NULL;
    policy->rules.count = policy->rules.space = 0;
    list_rules(policy, &policy->law, true);
    list_rules(policy, &policy->document, false);
    make_closures(policy);
    return program_compile(policy, problems);
}

void policy_free(struct policy *policy)
{
    if (policy != NULL) {
        arena_free(policy->arena);
    }
}
