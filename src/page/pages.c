/* The list of pages; see pages.h. */
#include "page/pages.h"

#include <assert.h>

#include "page/compare.h"
#include "page/demo.h"
#include "page/here.h"
#include "page/may_draft.h"
#include "policy/scenario.h"
#include "service/review.h"

#define REVIEW_LARGEST 1000
#define COUNT(array) (sizeof(array) / sizeof *(array))

const struct route page_routes[] = {
    {METHOD_GET, "/", "home", SESSION_NONE, home_page, NULL, 0, PUBLIC},
    {METHOD_GET, "/policy", "policy", SESSION_NONE, policy_page, NULL, 0, PUBLIC},
    {METHOD_GET, "/policy/print", "policy-print", SESSION_NONE, policy_print_page, NULL, 0, PUBLIC},
    {METHOD_GET, "/policy/print.css", "policy-style", SESSION_NONE, policy_style_file, NULL, 0,
     PUBLIC},
    {METHOD_GET, "/may", "may-who", SESSION_OPENS, may_who_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may", "may-who", SESSION_NEEDS, may_who_answer, may_who_fields, MAY_WHO_FIELDS,
     PUBLIC},
    {METHOD_GET, "/may/what", "may-what", SESSION_READ, may_what_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may/what", "may-what", SESSION_NEEDS, may_what_answer, may_what_fields,
     MAY_WHAT_FIELDS, PUBLIC},
    {METHOD_GET, "/may/how", "may-how", SESSION_READ, may_how_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may/how", "may-how", SESSION_NEEDS, may_how_answer, may_how_fields,
     MAY_HOW_FIELDS, PUBLIC},
    {METHOD_GET, "/may/words", "may-words", SESSION_READ, may_words_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may/words", "may-words", SESSION_NEEDS, may_words_answer, may_words_fields,
     MAY_WORDS_FIELDS, PUBLIC},
    {METHOD_POST, "/may/words/proposed", "may-words-proposed", SESSION_NEEDS, may_words_proposed,
     NULL, 0, PUBLIC},
    {METHOD_GET, "/may/shown", "may-shown", SESSION_READ, may_shown_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may/shown", "may-shown", SESSION_NEEDS, may_shown_answer, may_shown_fields,
     MAY_SHOWN_FIELDS, PUBLIC},
    {METHOD_GET, "/may/question", "may-question", SESSION_READ, may_question_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may/question", "may-question", SESSION_NEEDS, may_question_answer,
     may_question_fields, MAY_QUESTION_FIELDS, PUBLIC},
    {METHOD_GET, "/may/answer", "may-answer", SESSION_READ, may_answer_page, NULL, 0, PUBLIC},
    {METHOD_GET, "/may/check", "may-check", SESSION_READ, may_check_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/may/change", "may-change", SESSION_NEEDS, may_change_answer, may_change_fields,
     MAY_CHANGE_FIELDS, PUBLIC},
    {METHOD_POST, "/may/restart", "may-restart", SESSION_NEEDS, may_restart, NULL, 0, PUBLIC},
    {METHOD_POST, "/leave", "leave", SESSION_NEEDS, leave_page, NULL, 0, PUBLIC},
    {METHOD_GET, "/assets/*", "asset", SESSION_NONE, asset_file, NULL, 0, PUBLIC},
    /* May I? for several policies; COMPARE_ROUTES counts these */
    {METHOD_GET, "/compare", "compare", SESSION_OPENS, compare_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/compare", "compare", SESSION_NEEDS, compare_around, compare_fields,
     COMPARE_FIELDS, PUBLIC},
    {METHOD_GET, "/compare/who", "compare-who", SESSION_OPENS, may_who_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/compare/who", "compare-who", SESSION_NEEDS, may_who_answer, may_who_fields,
     MAY_WHO_FIELDS, PUBLIC},
    {METHOD_GET, "/compare/what", "compare-what", SESSION_READ, may_what_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/compare/what", "compare-what", SESSION_NEEDS, may_what_answer, may_what_fields,
     MAY_WHAT_FIELDS, PUBLIC},
    {METHOD_GET, "/compare/how", "compare-how", SESSION_READ, may_how_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/compare/how", "compare-how", SESSION_NEEDS, may_how_answer, may_how_fields,
     MAY_HOW_FIELDS, PUBLIC},
    {METHOD_GET, "/compare/shown", "compare-shown", SESSION_READ, may_shown_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/compare/shown", "compare-shown", SESSION_NEEDS, may_shown_answer,
     may_shown_fields, MAY_SHOWN_FIELDS, PUBLIC},
    {METHOD_GET, "/compare/question", "compare-question", SESSION_READ, may_question_page, NULL, 0,
     PUBLIC},
    {METHOD_POST, "/compare/question", "compare-question", SESSION_NEEDS, may_question_answer,
     may_question_fields, MAY_QUESTION_FIELDS, PUBLIC},
    {METHOD_GET, "/compare/answer", "compare-answer", SESSION_READ, compare_answer_page, NULL, 0,
     PUBLIC},
    {METHOD_GET, "/compare/check", "compare-check", SESSION_READ, may_check_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/compare/change", "compare-change", SESSION_NEEDS, may_change_answer,
     may_change_fields, MAY_CHANGE_FIELDS, PUBLIC},
    {METHOD_POST, "/compare/restart", "compare-restart", SESSION_NEEDS, may_restart, NULL, 0,
     PUBLIC},
};
#define COMPARE_ROUTES 16

size_t page_route_count(const struct pages *pages)
{
    return COUNT(page_routes) - (pages->policy_count > 1 ? 0 : COMPARE_ROUTES);
}

struct listing {
    struct route *routes;
    size_t count;
};

static void list(struct listing *listing, const struct route *routes, size_t count)
{
    for (size_t at = 0; at < count; at++) listing->routes[listing->count++] = routes[at];
}

static void list_record(struct listing *listing, struct record *record)
{
    list(listing, record_routes, record_route_count);
    list(listing, people_routes, people_route_count);
    list(listing, import_routes, import_route_count);
    list(listing, signing_routes, signing_route_count);
    list(listing, version_routes, version_route_count);
    list(listing, keeping_routes, keeping_route_count);
    if (record_is_demo(record)) list(listing, demo_routes, demo_route_count);
}

const struct route *pages_routes(const struct pages *pages, struct arena *arena, size_t *ret_count)
{
    size_t own = page_route_count(pages);
    size_t most = own + record_route_count + people_route_count + import_route_count +
                  signing_route_count + version_route_count + keeping_route_count +
                  demo_route_count;
    struct listing listing = {ARENA_ARRAY(arena, struct route, most), 0};
    list(&listing, page_routes, own);
    if (pages->record != NULL) list_record(&listing, pages->record);
    *ret_count = listing.count;
    return listing.routes;
}

/* ---- the policy in force, of a visit ---- */

struct kept {
    const struct policy *policy;
    struct id version;
    struct slice overdue; /* the sentence about its review; empty: it is not overdue */
};

static const struct kept *keep(const struct visit *visit)
{
    const struct pages *pages = visit_pages(visit);
    if (*visit->kept != NULL) return *visit->kept;
    struct kept *kept = ARENA_NEW(visit->arena, struct kept);
    kept->policy =
        pages->record == NULL
            ? pages->policies[0]
            : record_policy_on(pages->record, record_today(pages->record), &kept->version);
    *visit->kept = kept;
    if (kept->policy == NULL) return kept;
    AUTO_TEXT struct text overdue;
    text_init(&overdue, REVIEW_LARGEST);
    if (review_overdue(kept->policy, moment_now().day, &overdue))
        kept->overdue = arena_copy(visit->arena, text_slice(&overdue));
    return kept;
}

const struct policy *visit_policy(const struct visit *visit)
{
    return keep(visit)->policy;
}

struct id visit_version(const struct visit *visit)
{
    return keep(visit)->version;
}

struct slice visit_overdue(const struct visit *visit)
{
    return keep(visit)->overdue;
}

void pages_after(struct visit *visit)
{
    const struct kept *kept = *visit->kept;
    struct record *record = visit_pages(visit)->record;
    if (kept != NULL && record != NULL && kept->policy != NULL)
        record_policy_let_go(record, kept->policy);
    *visit->kept = NULL;
}

/* What speaks of the policy in force; earlier versions can be read without one. */
static bool needs_policy(const struct route *route)
{
    struct slice path = slice_of(route->path);
    return slice_starts(path, SLICE("/may")) || slice_is(path, "/policy") ||
           slice_is(path, "/policy/print");
}

static void no_policy_page(struct visit *visit)
{
    struct ui_frame frame = here_frame_open(visit, SLICE("There is no policy in force yet"),
                                            SLICE_EMPTY, SLICE("/"), false);
    ui_heading(visit->out, 1, UI_LARGE, SLICE_EMPTY, SLICE("There is no policy in force yet"));
    ui_paragraph(visit->out, SLICE("When there is one, everybody can read it here and ask it "
                                   "questions. Until then, ask your head or whoever leads."));
    danger_write(visit->out);
    ui_frame_close(visit->out, &frame);
}

bool pages_before(struct visit *visit)
{
    if (!needs_policy(visit->route)) return true;
    if (visit_policy(visit) != NULL) return may_keep_up(visit);
    if (visit->request->method == METHOD_POST)
        response_see(visit->response, SLICE("/may"));
    else
        no_policy_page(visit);
    return false;
}

/* ---- the frame ---- */

const struct site_upload *pages_uploads(struct arena *arena, size_t *ret_count)
{
    size_t count = 0;
    struct site_upload *uploads =
        ARENA_ARRAY(arena, struct site_upload, import_upload_count + version_upload_count);
    for (size_t i = 0; i < import_upload_count; i++) uploads[count++] = import_uploads[i];
    for (size_t i = 0; i < version_upload_count; i++) uploads[count++] = version_uploads[i];
    *ret_count = count;
    return uploads;
}

static const struct ui_nav nav[] = {
    {SLICE("/may"), SLICE("May I?")},
    {SLICE("/policy"), SLICE("The policy")},
    {SLICE("/compare"), SLICE("Compare")}, /* where there is something to compare with */
};

/* For who is not signed in; here.c has the menu of who is. */
static const struct ui_nav record_nav[] = {
    {SLICE("/may"), SLICE("May I?")},
    {SLICE("/policy"), SLICE("The policy")},
    {SLICE("/account"), SLICE("My account")},
};
static const struct ui_nav demo_nav[] = {
    {SLICE("/may"), SLICE("May I?")},
    {SLICE("/policy"), SLICE("The policy")},
    {SLICE("/demo"), SLICE("Come in as somebody")},
};
static_assert(COUNT(demo_nav) == COUNT(record_nav), "one takes the other's place");

static void frame_nav(const struct visit *visit, struct ui_frame *frame)
{
    const struct pages *pages = visit_pages(visit);
    if (pages->record == NULL) {
        frame->nav = nav;
        frame->nav_count = COUNT(nav) - (pages->policy_count > 1 ? 0 : 1);
        return;
    }
    size_t without = visit_policy(visit) != NULL ? 0 : COUNT(record_nav) - 1;
    frame->nav = (record_is_demo(pages->record) ? demo_nav : record_nav) + without;
    frame->nav_count = COUNT(record_nav) - without;
}

struct ui_frame pages_frame(const struct visit *visit, struct slice title)
{
    const struct pages *pages = visit_pages(visit);
    struct ui_frame frame = {
        .title = title,
        .service = pages->record != NULL ? record_name(pages->record)
                                         : visit_policy(visit)->document.title,
        .assets = pages->assets->base,
        .here = SLICE_EMPTY,
        .back = SLICE_EMPTY,
        .warning = pages->record != NULL && record_is_demo(pages->record)
                       ? SLICE("This is a demo: nobody here is real.")
                       : SLICE_EMPTY,
        .notice = visit_overdue(visit),
        .foot = SLICE(
            "Run by Lanyard, for this organisation. The policy decides; people answer for it."),
    };
    frame_nav(visit, &frame);
    return frame;
}

struct slice visit_token(const struct visit *visit)
{
    if (visit->route != NULL && visit->route->session == SESSION_SIGNED) return visit->who_token;
    return visit->session != NULL ? slice_of(visit->session->token) : SLICE_EMPTY;
}

void asset_file(struct visit *visit)
{
    if (!assets_answer(visit_pages(visit)->assets, visit)) visit_refuse(visit, 404, NULL);
}

void pages_init(struct pages *pages, const struct policy *const *policies, size_t count,
                const struct assets *assets)
{
    *pages = (struct pages){.policies = policies,
                            .policy_count = count,
                            .assets = assets,
                            .drafts = drafts_new(),
                            .written = written_new()};
}

void pages_init_record(struct pages *pages, struct record *record, const struct assets *assets)
{
    *pages = (struct pages){
        .record = record, .assets = assets, .drafts = drafts_new(), .written = written_new()};
}

void pages_clear(struct pages *pages)
{
    written_free(pages->written);
    pages->written = NULL;
    drafts_free(pages->drafts);
    pages->drafts = NULL;
}
