/* A generated case, compiled and decided twice: by the engine and by its naive twin. Says where they differ, and makes a
 * failing case small. */
#pragma once

#include "generate.h"
#include "naive.h"

struct compiled {
    struct arena *arena;
    struct text policy_text, law_text;
    struct problems problems;
    struct policy *policy; /* NULL: did not compile */
};

/* Zeroed before; `order` as in generated_policy_text. False where it does not compile. */
MUST_USE bool compiled_make(struct compiled *compiled, const struct generated *generated,
                            const size_t *order);
/* From texts of one's own. */
MUST_USE bool compiled_from(struct compiled *compiled, struct slice policy, struct slice law);
void compiled_clear(struct compiled *compiled);

enum compared { COMPARED_SAME, COMPARED_DIFFERENT, COMPARED_SKIPPED };
/* Decides both ways; `limit`: worlds at most. What differs is written to why. */
enum compared compare(const struct request *request, size_t limit, struct arena *arena,
                      struct text *ret_why);
/* How many requests the quick path's sieve has answered, and been held against the common path, so far. */
extern size_t compared_sieves;
/* Drops lines and keys for as long as `fails` still does, then prints what is left. */
void shrink(struct generated *generated,
            bool (*fails)(const struct generated *generated, struct text *ret_why));
