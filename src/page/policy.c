/* The policy as a page: contents, every clause with an anchor that never changes, its rule in short, and the law behind it;
 * and as a document to sign. Both are the same for everybody, so what stands between head and foot of the page is written
 * once a version. */
#include <pthread.h>
#include <stdlib.h>

#include "page/clause.h"
#include "page/document.h"
#include "page/here.h"
#include "page/markdown.h"
#include "policy/scenario.h"

#define WRITTEN_LARGEST 4 /* versions */

/* ---- what is written ahead ---- */

struct written_version {
    const struct policy *policy; /* only compared, where there is no version; NULL: free */
    struct id version;
    int64_t used, overdue_since;
    struct text page, document[2]; /* [1]: its review is overdue */
};

struct written {
    pthread_mutex_t lock;
    int64_t uses;
    struct written_version at[WRITTEN_LARGEST];
};

struct written *written_new(void)
{
    struct written *written = memory_grow(NULL, sizeof *written);
    *written = (struct written){.uses = 0};
    pthread_mutex_init(&written->lock, NULL);
    return written;
}

static void version_clear(struct written_version *version)
{
    if (version->policy == NULL) return;
    text_clear(&version->page);
    text_clear(&version->document[0]);
    text_clear(&version->document[1]);
    *version = (struct written_version){.policy = NULL};
}

void written_free(struct written *written)
{
    if (written == NULL) return;
    for (size_t i = 0; i < WRITTEN_LARGEST; i++) version_clear(&written->at[i]);
    pthread_mutex_destroy(&written->lock);
    free(written);
}

static void law_write(struct text *out, const struct clause_view *policy)
{
    struct clause_view law = *policy;
    law.document = &policy->policy->law;
    if (!policy->policy->has_law || law.document->clauses.count == 0) return;
    ui_heading(out, 2, UI_LARGE, SLICE("law"), SLICE("The law that stands above it"));
    clauses_write(out, &law);
}

static void head_write(struct text *out, const struct document *document)
{
    ui_heading(out, 1, UI_EXTRA, SLICE_EMPTY, document->title);
    HTML(out, "<p class=\"govuk-body\">Version ");
    html_text(out, document->version);
    HTML(out, ". <span class=\"lanyard-noprint\">");
    html_link(out, SLICE("/policy/print"), SLICE("A copy to print and sign"));
    HTML(out, ".</span></p>\n");
}

static void page_write(struct text *out, const struct policy *policy)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct clause_view view = {
        .policy = policy, .document = &policy->document, .arena = arena, .norms = true};
    head_write(out, view.document);
    markdown_write(out, view.document->preamble);
    ui_heading(out, 2, UI_MEDIUM, SLICE("contents"), SLICE("Contents"));
    HTML(out, "<nav aria-label=\"Contents\">\n");
    clauses_contents(out, &view);
    HTML(out, "</nav>\n");
    clauses_write(out, &view);
    law_write(out, &view);
}

static void version_write(struct written_version *ret_version, const struct policy *policy,
                          const struct id *version)
{
    *ret_version = (struct written_version){.policy = policy, .version = *version};
    if (policy_review(policy, 0, &ret_version->overdue_since) == REVIEW_UNSET)
        ret_version->overdue_since = INT64_MAX;
    text_init(&ret_version->page, DOCUMENT_PAGE_LARGEST);
    page_write(&ret_version->page, policy);
    for (int late = 0; late < 2; late++) {
        text_init(&ret_version->document[late], DOCUMENT_PAGE_LARGEST);
        document_page(&ret_version->document[late], policy,
                      ret_version->overdue_since - (late == 0), SLICE("/policy/print.css"));
    }
}

/* Under the lock: the one at hand, or written in place of the one that was used longest ago. A version never changes; without
 * one the policy itself tells. */
static struct written_version *find(struct written *written, const struct policy *policy,
                                    const struct id *version)
{
    struct written_version *oldest = &written->at[0], *found = NULL;
    for (size_t i = 0; i < WRITTEN_LARGEST && found == NULL; i++) {
        struct written_version *at = &written->at[i];
        bool same = id_is_none(version) ? at->policy == policy : id_same(&at->version, version);
        if (at->policy != NULL && same) found = at;
        if (at->used < oldest->used) oldest = at;
    }
    if (found == NULL) {
        version_clear(oldest);
        version_write(oldest, policy, version);
        found = oldest;
    }
    found->used = ++written->uses;
    return found;
}

/* ---- the pages ---- */

void policy_page(struct visit *visit)
{
    struct written *written = visit_pages(visit)->written;
    struct id version = visit_version(visit);
    struct ui_frame frame =
        here_frame_open(visit, SLICE("The policy"), SLICE("/policy"), SLICE_EMPTY, false);
    pthread_mutex_lock(&written->lock);
    text_add(visit->out, text_slice(&find(written, visit_policy(visit), &version)->page));
    pthread_mutex_unlock(&written->lock);
    ui_frame_close(visit->out, &frame);
}

void policy_print_page(struct visit *visit)
{
    struct written *written = visit_pages(visit)->written;
    struct id version = visit_version(visit);
    pthread_mutex_lock(&written->lock);
    struct written_version *found = find(written, visit_policy(visit), &version);
    bool late = moment_now().day >= found->overdue_since;
    text_add(visit->out, text_slice(&found->document[late]));
    pthread_mutex_unlock(&written->lock);
}

void policy_style_file(struct visit *visit)
{
    visit->response->content_type = "text/css; charset=utf-8";
    text_add(visit->out, document_style());
}
