/* A policy folder from disk: policy.md, its words and law (beside it or one folder up), further *.md
 * files with scenarios only, norms.tsv; the documents of the policy that it is based on, from the
 * folder of that name beside it. Compiled as a whole or not at all; nothing is written. */
#pragma once

#include "policy/policy.h"

struct folder {
    struct arena *arena;     /* owns sources and problems */
    struct slice path, name; /* name: last part of the path */
    struct policy_sources sources;
    struct policy_source norms; /* norms.tsv; text empty where there is none */
    struct problems problems;
    struct policy *policy; /* NULL where problems.errors > 0 */
};

/* Reads and compiles. False where a file could not be read (error filled); a document that does not compile is no such error:
 * then folder->policy is NULL and folder->problems says why. `path` may name the folder or its policy.md. */
MUST_USE bool folder_open(const char *path, struct folder *ret_folder, struct error *error);
/* The same for one answer: without the files of scenarios and without hashes, which nobody reads then. */
MUST_USE bool folder_open_light(const char *path, struct folder *ret_folder, struct error *error);
void folder_close(struct folder *folder);
static inline void folder_cleanup(struct folder *folder)
{
    folder_close(folder);
}
#define AUTO_FOLDER __attribute__((cleanup(folder_cleanup)))
/* The text of the source that a problem's file names, or empty. */
struct slice folder_source(const struct folder *folder, struct slice file);
/* All problems as text, with line and caret, and `N errors, M warnings` of what there is. */
void folder_report(const struct folder *folder, struct text *out);
