/* Several policies on one command line: see several.h. */
#include "cli/several.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum path_kind several_kind(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash == NULL ? path : slash + 1;
    bool words = strcmp(name, "words.md") == 0, law = strcmp(name, "law.md") == 0;
    struct stat about;
    if ((words || law) && (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))) {
        return words ? PATH_WORDS : PATH_LAW;
    }
    return PATH_POLICY;
}

bool several_open(const char *command, const char *const *paths, size_t count,
                  struct several *ret_several, int *ret_exit)
{
    bool good = true;
    *ret_several = (struct several){.at = memory_grow(NULL, (count + 1) * sizeof(struct opened))};
    for (size_t i = 0; i < count; i++) {
        int one = EXIT_DONE;
        struct opened opened = {.path = paths[i]};
        if (several_kind(paths[i]) != PATH_POLICY) {
            continue;
        }
        if (cli_open(command, paths[i], &opened.folder, &one)) {
            ret_several->at[ret_several->count++] = opened;
        } else {
            good = false;
            *ret_exit = one > *ret_exit ? one : *ret_exit;
        }
    }
    if (good && ret_several->count == 0) {
        *ret_exit = cli_wrong(command, "name the folder of a policy");
        good = false;
    }
    return good;
}

void several_close(struct several *several)
{
    for (size_t i = 0; i < several->count; i++) {
        folder_close(&several->at[i].folder);
    }
    free(several->at);
    *several = (struct several){0};
}

struct slice several_name(const struct opened *opened)
{
    struct slice name = opened->folder.name;
    bool given = name.length > 0 && name.at[0] != '.';
    return given ? name : opened->folder.policy->document.policy;
}
