/* What the opaque types of lanyard.h are. */
#pragma once

#include <lanyard.h>

#include "policy/decision.h"
#include "screen/screen.h"

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

struct lanyard_names {
    struct name_store *store;
};

struct lanyard_lexicon {
    struct lexicon *lexicon;
};

struct lanyard_allow {
    struct allow_list *allow;
};

/* What was handed out of one finding. */
struct told {
    const char *who[FINDING_WHO_LARGEST];
    const char *entry, *fix;
    bool fix_known;
};

struct lanyard_screen_work {
    struct arena *arena; /* the text and the strings handed out, till the next text */
    struct screen_work *work;
    struct name_store *store;
    struct screen_plan plan; /* `names` is held from the store till the next text */
    struct slice text;
    const struct findings *findings; /* NULL before the first text and behind one that failed */
    struct told *told;               /* one a finding, made when first asked for */
};

/* A list of one problem, where somebody takes it; its code. */
__attribute__((visibility("hidden"))) lanyard_code
library_problem(const struct error *error, const char *file, lanyard_problems **ret_problems);
/* A copy in the arena that ends in NUL. Hidden: the library exports what lanyard.h names only. */
__attribute__((visibility("hidden"))) const char *library_string(struct arena *arena,
                                                                 struct slice text);
