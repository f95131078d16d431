/* The policy as a page of its own: to read, print and sign. One file without a server, a script or anything fetched; what
 * `lanyard show` writes and what the policy page's print link opens. Needs no HTTP. */
#pragma once

#include "base/text.h"
#include "policy/policy.h"

#define DOCUMENT_PAGE_LARGEST (8u << 20)

/* Its style sheet, for a server that may not send styles inside a page. */
struct slice document_style(void);
/* When its review is due, in words; empty where it does not say. */
struct slice document_review(const struct document *document, struct arena *arena);
/* What the record knows of a version beside its own front matter. */
struct document_approved {
    struct slice in_force, body; /* in words; body empty: it stood so when the record began */
};
/* The whole page as it reads on that day: an overdue review is said at its top. `style_address` is where its style sheet is
 * fetched; empty: it stands in the page. */
void document_page(struct text *out, const struct policy *policy, int64_t day,
                   struct slice style_address);
/* The same of a version of the record's. */
void document_page_approved(struct text *out, const struct policy *policy, int64_t day,
                            struct slice style_address, const struct document_approved *approved);
