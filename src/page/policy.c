/* The policy as a page: contents, every clause with an anchor that never changes, its rule in short, and the law behind it;
 * and as a document to sign. Both are the same for everybody, so what stands between head and foot of the page is written
 * once a version. */
#include <pthread.h>
#include <stdlib.h>

#include "base/date.h"
#include "page/clause.h"
#include "page/document.h"
#include "page/markdown.h"
#include "page/versions.h"
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

static void page_write(struct text *out, const struct policy *policy)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct clause_view view = {
        .policy = policy, .document = &policy->document, .arena = arena, .norms = true};
    markdown_write(out, view.document->preamble);
    ui_heading(out, 2, UI_MEDIUM, SLICE("contents"), SLICE("Contents"));
    HTML(out, "<nav aria-label=\"Contents\">\n");
    clauses_contents(out, &view);
    HTML(out, "</nav>\n");
    clauses_write(out, &view);
    law_write(out, &view);
}

static struct document_approved approved_of(const struct version_seen *seen, struct arena *arena)
{
    return (struct document_approved){.in_force = date_words(date_from_day(seen->in_force), arena),
                                      .body = seen->body};
}

/* `seen` NULL: there is no record. */
static void version_write(struct written_version *ret_version, const struct policy *policy,
                          const struct version_seen *seen)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct document_approved approved = {SLICE_EMPTY, SLICE_EMPTY};
    bool dated = seen != NULL && seen->in_force != 0;
    if (dated) approved = approved_of(seen, arena);
    *ret_version = (struct written_version){.policy = policy};
    if (seen != NULL) ret_version->version = seen->id;
    if (policy_review(policy, 0, &ret_version->overdue_since) == REVIEW_UNSET)
        ret_version->overdue_since = INT64_MAX;
    text_init(&ret_version->page, DOCUMENT_PAGE_LARGEST);
    page_write(&ret_version->page, policy);
    for (int late = 0; late < 2; late++) {
        text_init(&ret_version->document[late], DOCUMENT_PAGE_LARGEST);
        document_page_approved(&ret_version->document[late], policy,
                               ret_version->overdue_since - (late == 0), SLICE("/policy/print.css"),
                               dated ? &approved : NULL);
    }
}

static bool is_it(const struct written_version *at, const struct policy *policy,
                  const struct version_seen *seen)
{
    if (at->policy == NULL) return false;
    return seen == NULL ? at->policy == policy : id_same(&at->version, &seen->id);
}

/* Under the lock: the one at hand, or written in place of the one that was used longest ago. An approved version never
 * changes; without a record the policy itself tells. */
static struct written_version *find(struct written *written, const struct policy *policy,
                                    const struct version_seen *seen)
{
    struct written_version *oldest = &written->at[0], *found = NULL;
    for (size_t i = 0; i < WRITTEN_LARGEST && found == NULL; i++) {
        struct written_version *at = &written->at[i];
        if (is_it(at, policy, seen)) found = at;
        if (at->used < oldest->used) oldest = at;
    }
    if (found == NULL) {
        version_clear(oldest);
        version_write(oldest, policy, seen);
        found = oldest;
    }
    found->used = ++written->uses;
    return found;
}

/* ---- a version's page ---- */

/* What is shown: the policy in force, or another version. */
struct edition_shown {
    const struct policy *policy;
    const struct version_seen *seen; /* NULL: there is no record */
    struct slice title, here, back;
    bool print; /* there is a copy to print and sign */
};

static void fact(struct text *out, const char *key, struct slice value)
{
    if (value.length > 0) ui_summary_row(out, slice_of(key), value);
}

static void write_seen(struct visit *visit, const struct edition_shown *shown)
{
    const struct version_seen *seen = shown->seen;
    struct text *out = visit->out;
    HTML(out, "<p class=\"govuk-body\">");
    version_tag(visit, seen);
    HTML(out, "</p>\n");
    ui_summary_open(out);
    fact(out, "Version", seen->number);
    if (seen->in_force != 0)
        fact(out, "In force from", date_words(date_from_day(seen->in_force), visit->arena));
    fact(out, "Approved by", seen->body);
    fact(out, "Next review", document_review(&shown->policy->document, visit->arena));
    ui_summary_close(out);
}

static void write_head(struct visit *visit, const struct edition_shown *shown)
{
    struct text *out = visit->out;
    ui_heading(out, 1, UI_EXTRA, SLICE_EMPTY, shown->policy->document.title);
    if (shown->seen != NULL)
        write_seen(visit, shown);
    else
        ui_paragraph(out, arena_format(visit->arena, "Version %.*s.",
                                       SLICE_PRINT(shown->policy->document.version)));
    HTML(out, "<p class=\"govuk-body lanyard-noprint\">");
    if (shown->print) html_link(out, SLICE("/policy/print"), SLICE("A copy to print and sign"));
    if (shown->print && shown->seen != NULL) HTML(out, ". ");
    if (shown->seen != NULL)
        html_link(out, SLICE("/policy/versions"), SLICE("Earlier and coming versions"));
    if (visit_record(visit) != NULL && visit_opens(visit, "/versions")) {
        HTML(out, ". ");
        html_link(out, VERSIONS, SLICE("Bring or approve a version"));
    }
    HTML(out, "</p>\n");
}

static void write_shown(struct visit *visit, const struct edition_shown *shown)
{
    struct written *written = visit_pages(visit)->written;
    struct ui_frame frame = here_frame_open(visit, shown->title, shown->here, shown->back, false);
    write_head(visit, shown);
    pthread_mutex_lock(&written->lock);
    text_add(visit->out, text_slice(&find(written, shown->policy, shown->seen)->page));
    pthread_mutex_unlock(&written->lock);
    ui_frame_close(visit->out, &frame);
}

/* ---- the policy in force ---- */

/* NULL, and true: there is no record. */
static bool see_current(struct visit *visit, const struct version_seen **ret_seen)
{
    struct error error = {.code = ERROR_NONE};
    struct id version = visit_version(visit);
    struct version_seen *seen = ARENA_NEW(visit->arena, struct version_seen);
    bool found = false;
    *ret_seen = NULL;
    if (visit_record(visit) == NULL) return true;
    if (!version_seen(visit_record(visit), &version, visit->arena, seen, &found, &error)) {
        here_fail(visit, &error);
        return false;
    }
    if (found) *ret_seen = seen;
    return true;
}

void policy_page(struct visit *visit)
{
    struct edition_shown shown = {.policy = visit_policy(visit),
                                  .title = SLICE("The policy"),
                                  .here = SLICE("/policy"),
                                  .back = SLICE_EMPTY,
                                  .print = true};
    if (see_current(visit, &shown.seen)) write_shown(visit, &shown);
}

void policy_print_page(struct visit *visit)
{
    struct written *written = visit_pages(visit)->written;
    const struct version_seen *seen;
    if (!see_current(visit, &seen)) return;
    pthread_mutex_lock(&written->lock);
    struct written_version *found = find(written, visit_policy(visit), seen);
    bool late = moment_now().day >= found->overdue_since;
    text_add(visit->out, text_slice(&found->document[late]));
    pthread_mutex_unlock(&written->lock);
}

void policy_style_file(struct visit *visit)
{
    visit->response->content_type = "text/css; charset=utf-8";
    text_add(visit->out, document_style());
}

/* ---- other versions ---- */

static bool is_public(const struct version_seen *version)
{
    return version->state == VERSION_COMING || version->state == VERSION_IN_FORCE ||
           version->state == VERSION_REPLACED;
}

static void show_version(struct visit *visit, const struct version_seen *seen, struct slice back)
{
    struct error error = {.code = ERROR_NONE};
    struct edition_shown shown = {.seen = seen,
                                  .title = arena_format(visit->arena, "Version %.*s of the policy",
                                                        SLICE_PRINT(seen->number)),
                                  .here = SLICE("/policy"),
                                  .back = back};
    shown.policy = record_policy_version(visit_record(visit), &seen->id, &error);
    if (shown.policy == NULL) {
        here_fail(visit, &error);
        return;
    }
    write_shown(visit, &shown);
    record_policy_let_go(visit_record(visit), shown.policy);
}

/* What nobody approved is for those who bring and approve: to everybody else it is not there. */
void policy_version_page(struct visit *visit)
{
    struct version_seen seen;
    if (!version_of_path(visit, SLICE("/policy/versions/"), &seen)) return;
    if (is_public(&seen))
        show_version(visit, &seen, SLICE("/policy/versions"));
    else
        visit_refuse(visit, 404, NULL);
}

void version_text_page(struct visit *visit)
{
    struct version_seen seen;
    if (version_of_path(visit, SLICE("/versions/text/"), &seen))
        show_version(visit, &seen, keeping_address("/versions/", &seen.id, visit->arena));
}

static void list_version(struct visit *visit, const struct version_seen *version)
{
    struct text *out = visit->out;
    HTML(out, "<li class=\"lanyard-version\">");
    html_link(out, keeping_address("/policy/versions/", &version->id, visit->arena),
              arena_format(visit->arena, "Version %.*s", SLICE_PRINT(version->number)));
    HTML(out, " ");
    version_tag(visit, version);
    if (version->body.length > 0) {
        HTML(out, "<br><span class=\"lanyard-soft\">Approved by: ");
        html_text(out, version->body);
        HTML(out, "</span>");
    }
    HTML(out, "</li>\n");
}

void policy_versions_page(struct visit *visit)
{
    struct error error = {.code = ERROR_NONE};
    struct versions_seen versions;
    struct slice title = SLICE("Versions of the policy");
    size_t count = 0;
    if (!versions_seen(visit_record(visit), visit->arena, &versions, &error)) {
        here_fail(visit, &error);
        return;
    }
    struct ui_frame frame =
        here_frame_open(visit, title, SLICE("/policy"), SLICE("/policy"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, title);
    ui_paragraph(visit->out,
                 SLICE("What was done on a day is judged by the version that was in force then, so "
                       "earlier ones stay here to be read."));
    HTML(visit->out, "<ul class=\"govuk-list govuk-list--spaced\">\n");
    for (size_t i = 0; i < versions.list.count; i++) {
        if (!is_public(&versions.list.at[i])) continue;
        list_version(visit, &versions.list.at[i]);
        count++;
    }
    HTML(visit->out, "</ul>\n");
    if (count == 0) ui_paragraph(visit->out, SLICE("There is none yet."));
    ui_frame_close(visit->out, &frame);
}
