/* lanyard.h: compiling a policy and reading the problems. */
#include "library/library.h"

const char *lanyard_version(void)
{
    return LANYARD_VERSION;
}

const char *library_string(struct arena *arena, struct slice text)
{
    return arena_copy(arena, text).at;
}

static struct policy_source copied(struct arena *arena, const lanyard_source *source)
{
    if (source == NULL || source->text == NULL) {
        return (struct policy_source){SLICE_EMPTY, SLICE_EMPTY};
    }
    return (struct policy_source){arena_copy(arena, slice_of(source->name)),
                                  arena_copy(arena, (struct slice){source->text, source->length})};
}

static lanyard_policy *wrapped(struct arena *arena, struct policy *compiled)
{
    lanyard_policy *policy = ARENA_NEW(arena, lanyard_policy);
    policy->arena = arena;
    policy->policy = compiled;
    policy->name = library_string(arena, compiled->document.policy);
    policy->title = library_string(arena, compiled->document.title);
    policy->version = library_string(arena, compiled->document.version);
    return policy;
}

/* Problems point into the sources: their strings are copied where the list is handed out. */
static void keep_strings(lanyard_problems *kept)
{
    for (size_t i = 0; i < kept->problems.list.count; i++) {
        struct problem *problem = &kept->problems.list.at[i];
        problem->file = arena_copy(kept->arena, problem->file);
        problem->sentence = arena_copy(kept->arena, problem->sentence);
        problem->advice = arena_copy(kept->arena, problem->advice);
    }
}

lanyard_code library_problem(const struct error *error, const char *file,
                             lanyard_problems **ret_problems)
{
    if (ret_problems != NULL) {
        struct arena *about = arena_new();
        lanyard_problems *problems = ARENA_NEW(about, lanyard_problems);
        problems->arena = about;
        problems_init(&problems->problems, about);
        struct problem *problem =
            problems_add(&problems->problems, false, error->code, slice_of(file), error->line,
                         error->column, "%s", error->sentence);
        problem->advice = slice_of(error->advice);
        keep_strings(problems);
        *ret_problems = problems;
    }
    return (lanyard_code)error->code;
}

lanyard_policy *lanyard_compile(const lanyard_source *words, const lanyard_source *policy,
                                const lanyard_source *law, lanyard_problems **ret_problems)
{
    struct arena *arena = arena_new(), *about = arena_new();
    lanyard_problems *problems = ARENA_NEW(about, lanyard_problems);
    problems->arena = about;
    problems_init(&problems->problems, about);
    struct policy_sources sources = {
        .words = copied(arena, words), .policy = copied(arena, policy), .law = copied(arena, law)};
    struct policy *compiled = policy_new(&sources, &problems->problems);
    keep_strings(problems);
    if (ret_problems != NULL) {
        *ret_problems = problems;
    } else {
        lanyard_problems_free(problems);
    }
    if (compiled == NULL) {
        arena_free(arena);
        return NULL;
    }
    return wrapped(arena, compiled);
}

void lanyard_policy_free(lanyard_policy *policy)
{
    if (policy != NULL) {
        policy_free(policy->policy);
        arena_free(policy->arena);
    }
}

const char *lanyard_policy_name(const lanyard_policy *policy)
{
    return policy->name;
}

const char *lanyard_policy_title(const lanyard_policy *policy)
{
    return policy->title;
}

const char *lanyard_policy_version(const lanyard_policy *policy)
{
    return policy->version;
}

const char *lanyard_policy_prose_hash(const lanyard_policy *policy)
{
    return policy->policy->hashes.prose;
}

const char *lanyard_policy_meaning_hash(const lanyard_policy *policy)
{
    return policy->policy->hashes.meaning;
}

static const struct problem *problem_at(const lanyard_problems *problems, size_t index)
{
    return index < problems->problems.list.count ? &problems->problems.list.at[index] : NULL;
}

size_t lanyard_problem_count(const lanyard_problems *problems)
{
    return problems->problems.list.count;
}

int lanyard_problem_is_warning(const lanyard_problems *problems, size_t index)
{
    const struct problem *problem = problem_at(problems, index);
    return problem != NULL && problem->warning;
}

const char *lanyard_problem_file(const lanyard_problems *problems, size_t index)
{
    const struct problem *problem = problem_at(problems, index);
    return problem == NULL ? NULL : problem->file.at;
}

size_t lanyard_problem_line(const lanyard_problems *problems, size_t index)
{
    const struct problem *problem = problem_at(problems, index);
    return problem == NULL ? 0 : problem->line;
}

size_t lanyard_problem_column(const lanyard_problems *problems, size_t index)
{
    const struct problem *problem = problem_at(problems, index);
    return problem == NULL ? 0 : problem->column;
}

const char *lanyard_problem_sentence(const lanyard_problems *problems, size_t index)
{
    const struct problem *problem = problem_at(problems, index);
    return problem == NULL ? NULL : problem->sentence.at;
}

const char *lanyard_problem_advice(const lanyard_problems *problems, size_t index)
{
    const struct problem *problem = problem_at(problems, index);
    return problem == NULL ? NULL : problem->advice.at;
}

void lanyard_problems_free(lanyard_problems *problems)
{
    if (problems != NULL) {
        arena_free(problems->arena);
    }
}
