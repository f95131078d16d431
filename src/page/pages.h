/* The list of pages and what they share. A page is one file: its routes' handlers, its fields, its HTML. */
#pragma once

#include "policy/decision.h"
#include "service/drafts.h"
#include "service/keeping.h"
#include "service/record.h"
#include "web/assets.h"
#include "web/ui.h"

/* What every page can see; made once, never changed while the server runs. */
struct pages {
    struct record *record; /* NULL: policies alone are served, and there is nobody to sign in */
    struct keeper *keeper; /* what checks the record each day; NULL: nothing does */
    struct drafts *drafts; /* what the words of drafts are looked at with; with a lock of its own */
    struct mail_worker *mail; /* what sends the record's mail; NULL: nothing does */
    /* Those that are served without a record, what Compare asks; the first is what May I? speaks of. None in a record, whose
     * policy in force changes while it is served: visit_policy. */
    const struct policy *const *policies;
    size_t policy_count;
    const struct assets *assets;
    struct written
        *written; /* policy.c's: policies as pages, written ahead; with a lock of its own */
};

/* Whom a page is open to, in its row's last column. TO(act): whoever might do that act today, by record/policy.md. */
enum page_opens {
    PUBLIC,
    SIGNED_IN_HALF, /* also while the codes that a role of trust needs are not set up */
    SIGNED_IN,
    SEES_PEOPLE,   /* whoever may see a list of people: service/sees.h */
    LEADS,         /* whoever answers for some organisation: role_leads, held there or above */
    SEES_COVERAGE, /* whoever leads, or may record training: how many have signed */
    SEES_VERSIONS, /* whoever may bring a version of the policy, or sits on the body that approves it */
    TO_ACTS
};
#define TO(act) (TO_ACTS + (unsigned)(act))

extern const struct route page_routes[];
/* How many of them there are: Compare's, which stand last, only where several policies are served. */
size_t page_route_count(const struct pages *pages);

/* The pages of a record (record_routes.c). */
extern const struct route record_routes[];
extern const size_t record_route_count;
/* Those about people among them (people_routes.c). */
extern const struct route people_routes[];
extern const size_t people_route_count;
/* Those of files of people (imports.c), and the pages among them that take a file. */
extern const struct route import_routes[];
extern const size_t import_route_count;
extern const struct site_upload import_uploads[];
extern const size_t import_upload_count;
/* Those of signing among them (signing_routes.c). */
extern const struct route signing_routes[];
extern const size_t signing_route_count;
/* Those of the policy's versions (versions.c), and the pages among them that take a file. */
extern const struct route version_routes[];
extern const size_t version_route_count;
extern const struct site_upload version_uploads[];
extern const size_t version_upload_count;
/* Those of keeping among them (keeping_routes.c). */
extern const struct route keeping_routes[];
extern const size_t keeping_route_count;
/* Those that take a file, in the arena. */
const struct site_upload *pages_uploads(struct arena *arena, size_t *ret_count);
/* All pages that there are, in the arena: those of the policies, and of the record where there is one. */
const struct route *pages_routes(const struct pages *pages, struct arena *arena, size_t *ret_count);

/* The policies, at least one, and the assets must outlive the pages. */
void pages_init(struct pages *pages, const struct policy *const *policies, size_t count,
                const struct assets *assets);
/* The same for a record, which must outlive the pages. */
void pages_init_record(struct pages *pages, struct record *record, const struct assets *assets);
void pages_clear(struct pages *pages);
/* The frame that every page of the site has; title and whatever else differs is the caller's to fill in. */
struct ui_frame pages_frame(const struct visit *visit, struct slice title);
static inline const struct pages *visit_pages(const struct visit *visit)
{
    return visit->pages;
}
/* The policy in force, the same throughout a visit and held until its end; NULL: a record without one. */
const struct policy *visit_policy(const struct visit *visit);
/* The sentence that its review is overdue, which every page shows above itself; empty where it is not. */
struct slice visit_overdue(const struct visit *visit);
/* Which version of the record's that is; none: there is none, or no record. */
struct id visit_version(const struct visit *visit);
/* site.before and site.after: without a policy in force its pages say so, a conversation meets a new version, and what the
 * visit held is let go. Every site that serves pages has both. */
bool pages_before(struct visit *visit);
void pages_after(struct visit *visit);
/* The token of the visit's session, or empty. */
struct slice visit_token(const struct visit *visit);
/* What to do where a child may be in danger now; stands first on a page, always in the same words. */
void danger_write(struct text *out);

/* Handlers, one file each. */
void home_page(struct visit *visit);
void policy_page(struct visit *visit);
void policy_print_page(struct visit *visit);
void policy_style_file(struct visit *visit);
void policy_versions_page(struct visit *visit);
void policy_version_page(struct visit *visit);
void asset_file(struct visit *visit);
void leave_page(struct visit *visit);
void error_page(struct visit *visit, const struct error *error);

/* policy.c: a few policies as pages, so that each is written once. */
struct written *written_new(void);
void written_free(struct written *written);
