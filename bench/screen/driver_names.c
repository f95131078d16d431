/* Indexes of names and Hyperscan's databases of the same names; see driver.h. A database of a million takes most of a minute and 1.8 GB to
 * compile, so it is kept in a file under the hash of its names. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEGABYTE (1024.0 * 1024.0)

static struct name_people read_people(struct arena *arena, const char *path)
{
    struct name_people people;
    struct error error = {0};
    if (!names_read(read_all(arena, path), arena, &people, &error)) fail(error.sentence);
    return people;
}

static struct name_index *build(const struct name_people *people, bool full_only)
{
    struct error error = {0};
    struct name_plan plan = {people->list.at, people->list.count, full_only};
    struct name_index *index = names_build(&plan, &error);
    if (index == NULL) fail(error.sentence);
    return index;
}

void make_names(struct bench *bench, size_t place, const char *roster)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct name_people people = read_people(arena, roster);
    bench->names[place] = build(&people, true);
}

void make_plan(struct bench *bench, const char *roster, const char *allow)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct name_people people = read_people(arena, roster);
    struct error error = {0};
    bench->plan.names = build(&people, false);
    bench->plan.lexicon = lexicon_new(&(struct lexicon_plan){.own = SLICE_EMPTY}, &error);
    if (bench->plan.lexicon == NULL) fail(error.sentence);
    bench->plan.allow = allow_new(read_all(arena, allow), &error);
    if (bench->plan.allow == NULL) fail(error.sentence);
}

/* ---- what an index costs ---- */

static double resident_now(void)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice rest = read_all(arena, "/proc/self/statm"), part;
    int64_t pages = 0;
    rest = slice_part(rest, slice_find(rest, ' ') + 1,
                      rest.length); /* behind all pages, those in memory */
    if (!slice_split(&rest, ' ', &part) || !slice_number(part, &pages))
        fail("/proc/self/statm says nothing of pages");
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / MEGABYTE;
}

static struct built measure_build(const char *roster, bool full_only)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct name_people people = read_people(arena, roster);
    struct built built;
    struct rusage usage;
    double resident = resident_now(), start = now();
    struct name_index *index = build(&people, full_only);
    built.seconds = (now() - start) / 1e9;
    getrusage(RUSAGE_SELF, &usage);
    built.peak = (double)usage.ru_maxrss / 1024 - resident;
    built.resident = resident_now() - resident;
    built.bytes = (double)names_bytes(index) / MEGABYTE;
    names_free(index);
    return built;
}

/* A process that was just started has its own peak. This one's heap should be small: what was given back before would serve the index. */
struct built build_names(const char *roster, bool full_only)
{
    struct built built;
    int ends[2], status = 1;
    fflush(stdout);
    if (pipe(ends) != 0) fail("no pipe");
    pid_t child = fork();
    if (child < 0) fail("no process");
    if (child == 0) {
        built = measure_build(roster, full_only);
        _exit(write(ends[1], &built, sizeof built) == (ssize_t)sizeof built ? 0 : 1);
    }
    close(ends[1]);
    bool got = read(ends[0], &built, sizeof built) == (ssize_t)sizeof built;
    close(ends[0]);
    if (waitpid(child, &status, 0) != child || status != 0 || !got) fail("an index was not built");
    return built;
}

/* ---- Hyperscan ---- */

struct literals {
    const char **at;
    unsigned *flags, *ids;
    size_t *lengths;
    unsigned count;
    uint64_t hash;
};

static struct literals make_literals(struct arena *arena, const char *roster)
{
    struct name_people people = read_people(arena, roster);
    size_t count = people.list.count;
    struct literals literals = {
        .at = (const char **)arena_take(arena, count, sizeof *literals.at),
        .flags = ARENA_ARRAY(arena, unsigned, count),
        .ids = ARENA_ARRAY(arena, unsigned, count),
        .lengths = ARENA_ARRAY(arena, size_t, count),
        .count = (unsigned)count,
        .hash = slice_hash(slice_of(hs_version())),
    };
    for (size_t i = 0; i < count; i++) {
        const struct name_person *person = &people.list.at[i];
        struct slice name = arena_format(arena, "%.*s %.*s", SLICE_PRINT(person->given),
                                         SLICE_PRINT(person->family));
        literals.at[i] = name.at;
        literals.lengths[i] = name.length;
        literals.flags[i] = HS_FLAG_CASELESS;
        literals.ids[i] = (unsigned)i;
        literals.hash = (literals.hash ^ slice_hash(name)) * 0x100000001b3ULL;
    }
    return literals;
}

static hs_database_t *read_database(struct arena *arena, const char *path)
{
    hs_database_t *database = NULL;
    if (access(path, R_OK) != 0) return NULL;
    struct slice bytes = read_all(arena, path);
    return hs_deserialize_database(bytes.at, bytes.length, &database) == HS_SUCCESS ? database
                                                                                    : NULL;
}

static void write_database(const hs_database_t *database, const char *path)
{
    char *bytes = NULL;
    size_t length = 0;
    if (hs_serialize_database(database, &bytes, &length) != HS_SUCCESS)
        fail("a database is not kept");
    FILE *file = fopen(path, "w");
    if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0)
        fail("a database cannot be written to the build folder");
    free(bytes);
}

static hs_database_t *compile(const struct literals *literals)
{
    hs_database_t *database = NULL;
    hs_compile_error_t *error = NULL;
    if (hs_compile_lit_multi(literals->at, literals->flags, literals->ids, literals->lengths,
                             literals->count, HS_MODE_BLOCK, NULL, &database,
                             &error) != HS_SUCCESS) {
        fail(error->message);
    }
    return database;
}

double make_database(struct bench *bench, size_t place, const char *roster, const char *cache)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct literals literals = make_literals(arena, roster);
    struct slice path =
        arena_format(arena, "%s-%016llx.hs", cache, (unsigned long long)literals.hash);
    double start = now(), took = 0;
    bench->databases[place] = read_database(arena, path.at);
    if (bench->databases[place] == NULL) {
        bench->databases[place] = compile(&literals);
        took = (now() - start) / 1e9;
        write_database(bench->databases[place], path.at);
    }
    if (hs_alloc_scratch(bench->databases[place], &bench->scratch) != HS_SUCCESS)
        fail("Hyperscan has no room to work in");
    return took;
}
