/* What the opaque types of lanyard.h are. */
#pragma once

#include <lanyard.h>

#include "policy/decision.h"

struct lanyard_policy {
    struct arena *arena; /* owns the sources and the strings below */
    struct policy *policy;
    const char *name, *title, *version;
};

struct lanyard_problems {
    struct arena *arena;
    struct problems problems;
};

struct lanyard_request {
    struct arena *arena;
    struct request request;
    struct error error;
};

struct lanyard_decision {
    struct arena *arena;
    struct decision decision;
    const char *json;
    size_t length;
    const char **needs, **duties; /* as sentences */
    const char **clauses;         /* ids of the clauses cited */
    const char ***norms;          /* and of the norms of each */
    const char *question, *key;
};

/* A copy in the arena that ends in NUL. Hidden: the library exports what lanyard.h names only. */
__attribute__((visibility("hidden"))) const char *library_string(struct arena *arena,
                                                                 struct slice text);
