/* One text through every stage; see screen.h. The stages know nothing of each other but what stands in the findings: here is their order,
 * and what becomes of findings that lie in one another. */
#include "screen/screen.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "screen/emoji.h"
#include "screen/evade.h"
#include "screen/lesson.h"

struct screen_work {
    struct folded folded;
    struct tokens tokens;
    struct evade_work evade;
    struct detect_work detect;
    struct findings findings;
};

struct screen_work *screen_work_new(void)
{
    struct screen_work *work = memory_grow(NULL, sizeof *work);
    *work = (struct screen_work){.findings = {.count = 0}};
    return work;
}

void screen_work_free(struct screen_work *work)
{
    if (work == NULL) return;
    fold_clear(&work->folded);
    tokens_clear(&work->tokens);
    evade_work_clear(&work->evade);
    detect_work_clear(&work->detect);
    findings_clear(&work->findings);
    free(work);
}

/* ---- findings in one another -------------------------------------------------------------------- */

static bool is_link(enum finding_kind kind)
{
    switch (kind) {
    case FINDING_EMAIL_PERSONAL:
    case FINDING_EMAIL_SCHOOL:
    case FINDING_EMAIL_DISGUISED:
    case FINDING_HANDLE:
    case FINDING_WHATSAPP:
    case FINDING_URL:
    case FINDING_HOST: return true;
    default: return false;
    }
}

/* What says something in prose and nothing in an address: a lone name, a word to look at. */
static bool is_prose(const struct finding *finding)
{
    if (finding->kind == FINDING_NAME)
        return finding->form == FORM_FIRST_ONLY || finding->form == FORM_LAST_ONLY;
    return finding->kind >= FINDING_PROFANITY && finding->level == LEVEL_LOOK;
}

/* Findings in order: an address stands before what lies in it. */
static void leave_prose_in_links(struct findings *findings)
{
    size_t kept = 0;
    uint32_t reach = 0;
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        if (finding->end <= reach && is_prose(finding)) continue;
        if (is_link(finding->kind) && finding->end > reach) reach = finding->end;
        if (kept < i) findings->at[kept] = *finding;
        kept++;
    }
    findings->count = kept;
}

/* ---- the stages --------------------------------------------------------------------------------- */

static void find_words(const struct screen_plan *plan, struct screen_work *work, struct slice text)
{
    struct findings *findings = &work->findings;
    fold_text(&work->folded, text);
    tokens_find(&work->tokens, &work->folded);
    names_find(plan->names, &work->folded, &work->tokens, findings);
    if (plan->lexicon == NULL) return;
    lexicon_find(plan->lexicon, &work->folded, &work->tokens, findings);
    evade_find(plan->lexicon, &work->evade, &work->folded, findings);
    emoji_find(text, findings);
}

void screen_sound(const struct screen_plan *plan, struct screen_work *work, struct slice text,
                  const struct findings **ret_findings)
{
    struct findings *findings = &work->findings;
    findings->count = findings->names_from = findings->names_to = 0;
    findings->full = false;
    if (plan->names != NULL || plan->lexicon != NULL) find_words(plan, work, text);
    detect_all(&work->detect, text, plan->allow, findings);
    if (findings->count > 1) {
        findings_settle(findings);
        leave_prose_in_links(findings);
    }
    lesson_settle(findings);
    *ret_findings = findings;
}

enum screen_result screen(const struct screen_plan *plan, struct screen_work *work,
                          struct slice text, const struct findings **ret_findings)
{
    if (text.length > SCREEN_TEXT_LARGEST) return SCREEN_TOO_LONG;
    if (utf8_check(text) != text.length) return SCREEN_NOT_UTF8;
    screen_sound(plan, work, text, ret_findings);
    return SCREEN_DONE;
}
