/* What a server looks at drafts with; see drafts.h. The wording is made once for all policies that call the organisation alike; names
 * come from roster_names.h, in step with the register; a screener is made for each draft, which costs little. */
#include "service/drafts.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "service/drafts_parts.h"
#include "service/register.h"
#include "service/roster_names.h"

#define LEXICONS_LARGEST 4 /* kept while nobody uses them */
#define COUNTED_LARGEST 1024
#define HOUR 3600

struct kept_lexicon {
    struct kept_lexicon *next; /* the last used first */
    struct lexicon *lexicon;
    uint64_t names; /* of what the policy calls the organisation */
    size_t users;
};

struct counted {
    struct id person;
    int64_t since;
    unsigned drafts;
};

struct drafts {
    pthread_mutex_t lock; /* of all below but what never changes once lists are set */
    struct allow_list *allow;
    struct text wording;
    struct roster_names *names;
    struct kept_lexicon *lexicons;
    struct counted counted[COUNTED_LARGEST];
    size_t counted_count;
};

struct drafts *drafts_new(void)
{
    struct drafts *drafts = memory_grow(NULL, sizeof *drafts);
    memset(drafts, 0, sizeof *drafts);
    pthread_mutex_init(&drafts->lock, NULL);
    text_init(&drafts->wording, DRAFTS_LIST_LARGEST);
    drafts->names = roster_names_new();
    return drafts;
}

static void lexicon_drop(struct kept_lexicon *kept)
{
    lexicon_free(kept->lexicon);
    free(kept);
}

void drafts_free(struct drafts *drafts)
{
    if (drafts == NULL) return;
    while (drafts->lexicons != NULL) {
        struct kept_lexicon *kept = drafts->lexicons;
        drafts->lexicons = kept->next;
        lexicon_drop(kept);
    }
    roster_names_free(drafts->names);
    allow_free(drafts->allow);
    text_clear(&drafts->wording);
    pthread_mutex_destroy(&drafts->lock);
    free(drafts);
}

bool drafts_lists(struct drafts *drafts, struct slice allow, struct slice wording,
                  struct error *error)
{
    struct allow_list *list = NULL;
    if (allow.length > 0 && (list = allow_new(allow, error)) == NULL) return false;
    allow_free(drafts->allow);
    drafts->allow = list;
    text_cut(&drafts->wording, 0);
    text_add(&drafts->wording, wording);
    return !drafts->wording.overflowed ||
           error_set(error, ERROR_LIMIT, "the wording is longer than %zu bytes",
                     DRAFTS_LIST_LARGEST);
}

/* ---- wording -------------------------------------------------------------------------------------- */

static uint64_t names_of(const struct policy *policy)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < policy->document.organisation.count; i++)
        hash =
            (hash ^ slice_hash(policy->document.organisation.at[i])) * UINT64_C(0x9FB21C651E98DF25);
    return hash;
}

/* Takes it out of the list; NULL: it is not there. */
static struct kept_lexicon *take_out(struct drafts *drafts, uint64_t names)
{
    struct kept_lexicon **at = &drafts->lexicons;
    while (*at != NULL && (*at)->names != names) at = &(*at)->next;
    struct kept_lexicon *kept = *at;
    if (kept != NULL) *at = kept->next;
    return kept;
}

/* Those behind the first few that nobody uses. */
static void forget_lexicons(struct drafts *drafts)
{
    size_t count = 0;
    for (struct kept_lexicon **at = &drafts->lexicons; *at != NULL;) {
        struct kept_lexicon *kept = *at;
        if (++count > LEXICONS_LARGEST && kept->users == 0) {
            *at = kept->next;
            lexicon_drop(kept);
        } else {
            at = &kept->next;
        }
    }
}

static struct kept_lexicon *lexicon_hold(struct drafts *drafts, const struct policy *policy,
                                         struct error *error)
{
    uint64_t names = names_of(policy);
    pthread_mutex_lock(&drafts->lock);
    struct kept_lexicon *kept = take_out(drafts, names);
    if (kept == NULL) {
        struct lexicon *lexicon = screened_lexicon(policy, text_slice(&drafts->wording), error);
        if (lexicon != NULL) {
            kept = memory_grow(NULL, sizeof *kept);
            *kept = (struct kept_lexicon){.lexicon = lexicon, .names = names};
        }
    }
    if (kept != NULL) {
        kept->users++;
        kept->next = drafts->lexicons;
        drafts->lexicons = kept;
        forget_lexicons(drafts);
    }
    pthread_mutex_unlock(&drafts->lock);
    return kept;
}

static void lexicon_let_go(struct drafts *drafts, struct kept_lexicon *kept)
{
    pthread_mutex_lock(&drafts->lock);
    kept->users--;
    pthread_mutex_unlock(&drafts->lock);
}

bool drafts_ready(struct drafts *drafts, const struct policy *policy, struct error *error)
{
    struct kept_lexicon *kept = lexicon_hold(drafts, policy, error);
    if (kept == NULL) return false;
    lexicon_let_go(drafts, kept);
    return true;
}

/* ---- who may be told, and how often ---------------------------------------------------------------- */

bool drafts_names_for(const enum role *roles, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (role_row(roles[i])->kind == ROLE_KIND_STAFF || role_row(roles[i])->trusted) return true;
    return false;
}

/* Their row, or one that is free or has been longest without a draft. */
static struct counted *row_of(struct drafts *drafts, const struct id *person)
{
    struct counted *oldest = &drafts->counted[0];
    for (size_t i = 0; i < drafts->counted_count; i++) {
        if (id_same(&drafts->counted[i].person, person)) return &drafts->counted[i];
        if (drafts->counted[i].since < oldest->since) oldest = &drafts->counted[i];
    }
    if (drafts->counted_count < COUNTED_LARGEST) oldest = &drafts->counted[drafts->counted_count++];
    *oldest = (struct counted){.person = *person, .since = INT64_MIN};
    return oldest;
}

bool drafts_count(struct drafts *drafts, const struct id *person, int64_t now)
{
    pthread_mutex_lock(&drafts->lock);
    struct counted *row = row_of(drafts, person);
    if (row->since == INT64_MIN || now - row->since >= HOUR)
        *row = (struct counted){.person = *person, .since = now};
    bool fits = row->drafts < DRAFTS_AN_HOUR;
    if (fits) row->drafts++;
    pthread_mutex_unlock(&drafts->lock);
    return fits;
}

/* ---- reading -------------------------------------------------------------------------------------- */

/* Children from whom the reader is barred: there is no such person for them. */
struct bars {
    const struct register_view *view;
    const struct id *reader;
};

static bool is_barred(const void *context, struct slice hex)
{
    const struct bars *bars = context;
    struct id person;
    return id_read(hex, &person) && register_barred(bars->view, bars->reader, &person);
}

static bool any_bars(const struct bars *bars, struct arena *arena)
{
    const struct registered **all, **open;
    return register_children(bars->view, bars->reader, true, arena, &all) !=
           register_children(bars->view, bars->reader, false, arena, &open);
}

static bool read_with(const struct policy *policy, const struct screen_plan *plan,
                      const struct bars *bars, struct slice words, struct arena *arena,
                      struct draft *ret_draft, struct error *error)
{
    struct screener *screener = screener_new(policy, plan);
    if (bars != NULL && any_bars(bars, arena)) screener_hide(screener, is_barred, bars);
    bool read = screened_read(screener, words, arena, &ret_draft->screened, error);
    if (read) draft_notes(ret_draft, arena);
    screener_free(screener);
    ret_draft->screened.plan = NULL;
    return read;
}

static bool read_named(struct drafts *drafts, const struct policy *policy,
                       const struct draft_reader *reader, struct screen_plan *plan,
                       struct slice words, struct arena *arena, struct draft *ret_draft,
                       struct error *error)
{
    plan->names = roster_names_hold(drafts->names, reader->record, error);
    if (plan->names == NULL) return false;
    struct bars bars = {register_hold(reader->record), &reader->person};
    bool read = read_with(policy, plan, &bars, words, arena, ret_draft, error);
    register_let_go(reader->record, bars.view);
    roster_names_let_go(drafts->names, plan->names);
    return read;
}

bool drafts_read(struct drafts *drafts, const struct policy *policy,
                 const struct draft_reader *reader, struct slice words, struct arena *arena,
                 struct draft *ret_draft, struct error *error)
{
    struct kept_lexicon *kept = lexicon_hold(drafts, policy, error);
    if (kept == NULL) return false;
    struct screen_plan plan = {.lexicon = kept->lexicon, .allow = drafts->allow};
    *ret_draft = (struct draft){.people = 0};
    bool read = reader->record == NULL
                    ? read_with(policy, &plan, NULL, words, arena, ret_draft, error)
                    : read_named(drafts, policy, reader, &plan, words, arena, ret_draft, error);
    lexicon_let_go(drafts, kept);
    return read;
}
