/* Several policies on one command line: which argument is a policy, which a document that policies share, so that
 * `policies/` and a star can be given. */
#pragma once

#include "cli/cli.h"

enum path_kind { PATH_POLICY, PATH_WORDS, PATH_LAW };
/* By the file's name; a folder is a policy whatever it is called. */
enum path_kind several_kind(const char *path);

struct opened {
    const char *path;
    struct folder folder;
};
struct several {
    struct opened *at;
    size_t count;
};
/* Opens each policy among the paths; words.md and law.md are theirs, and passed over. All must compile: else what is wrong is
 * said and *ret_exit set. Close in any case. */
MUST_USE bool several_open(const char *command, const char *const *paths, size_t count,
                           struct several *ret_several, int *ret_exit);
void several_close(struct several *several);
#define AUTO_SEVERAL __attribute__((cleanup(several_close)))
/* What people call the policy on this line of output: its folder's name, else what it calls itself. */
struct slice several_name(const struct opened *opened);
