/* read_roster FORMAT FILE [MAPPING]: reads a roster that lies in a file and says what it held in the
 * words of tools/make-roster; how many problems follows. For the test `made`. */
#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "format/mapping.h"
#include "format/oneroster.h"
#include "format/sds.h"

static bool read_mapped(char **arguments, struct bundle *bundle, struct arena *arena,
                        struct roster *roster, struct error *error)
{
    struct slice text;
    struct mapping mapping;
    return file_read(arguments[3], MAPPING_SIZE_LARGEST, arena, &text, error) &&
           mapping_parse(SLICE("mapping"), text, arena, &mapping, error) &&
           mapping_read(&mapping, bundle, SLICE("table"), arena, roster, error);
}

static bool read_any(int count, char **arguments, struct arena *files, struct arena *arena,
                     struct roster *roster, struct error *error)
{
    struct bundle bundle;
    struct slice all;
    if (!file_read(arguments[2], ZIP_TOTAL_LARGEST, files, &all, error)) return false;
    if (strcmp(arguments[1], "csv") == 0 && count == 4) {
        bundle_folder(&bundle, SLICE("folder"), files);
        return bundle_add(&bundle, SLICE("table"), all, error) &&
               read_mapped(arguments, &bundle, arena, roster, error);
    }
    if (!bundle_zip(&bundle, SLICE("zip"), all, files, error)) return false;
    if (strcmp(arguments[1], "sds") == 0) return sds_read(&bundle, arena, roster, error);
    return oneroster_looks_like(&bundle) && oneroster_read(&bundle, arena, roster, error);
}

static size_t count_roles(const struct roster *roster)
{
    size_t count = 0;
    for (size_t i = 0; i < roster->people.count; i++) {
        const struct roster_held *held = roster->people.at[i].roles;
        for (; held != NULL; held = held->next) count++;
    }
    return count;
}

int main(int count, char **arguments)
{
    if (count < 3) return 2;
    AUTO(arena) struct arena *files = arena_new();
    AUTO(arena) struct arena *arena = arena_new();
    struct roster roster;
    struct error error = {0};
    if (!read_any(count, arguments, files, arena, &roster, &error)) {
        fprintf(stderr, "%s:%zu: %s %s\n", error.file, error.line, error.sentence, error.advice);
        return 1;
    }
    printf("%zu people, %zu roles, %zu organisations, %zu links\n%zu problems\n",
           roster.people.count, count_roles(&roster), roster.orgs.count, roster.links.count,
           roster.problem_count);
    return 0;
}
