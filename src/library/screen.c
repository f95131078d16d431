/* lanyard.h: screening a text, and reading what was found. */
#include "library/library.h"

#include <stdlib.h>

#define FIX_LARGEST 4096

lanyard_screen_work *lanyard_screen_work_new(const lanyard_screen_plan *plan)
{
    lanyard_screen_work *work = memory_grow(NULL, sizeof *work);
    *work = (lanyard_screen_work){
        .arena = arena_new(),
        .work = screen_work_new(),
        .store = plan->names == NULL ? NULL : plan->names->store,
        .plan.lexicon = plan->lexicon == NULL ? NULL : plan->lexicon->lexicon,
        .plan.allow = plan->allow == NULL ? NULL : plan->allow->allow,
        .text = SLICE_EMPTY,
    };
    return work;
}

/* What stands of the text before. */
static void forget(lanyard_screen_work *work)
{
    if (work->plan.names != NULL) name_store_let_go(work->store, work->plan.names);
    work->plan.names = NULL;
    work->findings = NULL;
    work->told = NULL;
    arena_reset(work->arena);
}

void lanyard_screen_work_free(lanyard_screen_work *work)
{
    if (work == NULL) return;
    forget(work);
    screen_work_free(work->work);
    arena_free(work->arena);
    free(work);
}

lanyard_code lanyard_screen(lanyard_screen_work *work, const char *text, size_t length)
{
    const struct findings *findings = NULL;
    forget(work);
    if (length > SCREEN_TEXT_LARGEST) return LANYARD_LIMIT;
    if (length == 0) text = "";
    work->text = arena_copy(work->arena, (struct slice){text, length});
    if (work->store != NULL) work->plan.names = name_store_hold(work->store);
    switch (screen(&work->plan, work->work, work->text, &findings)) {
    case SCREEN_DONE: break;
    case SCREEN_NOT_UTF8: return LANYARD_ENCODING;
    case SCREEN_TOO_LONG: return LANYARD_LIMIT;
    }
    work->findings = findings;
    work->told = ARENA_ARRAY(work->arena, struct told, findings->count + 1);
    return LANYARD_DONE;
}

/* ---- what was found ----------------------------------------------------------------------------- */

static const struct finding *finding_at(const lanyard_screen_work *work, size_t finding)
{
    return finding < lanyard_finding_count(work) ? &work->findings->at[finding] : NULL;
}

size_t lanyard_finding_count(const lanyard_screen_work *work)
{
    return work->findings == NULL ? 0 : work->findings->count;
}

int lanyard_finding_is_full(const lanyard_screen_work *work)
{
    return work->findings != NULL && work->findings->full;
}

const char *lanyard_finding_kind(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found == NULL ? NULL : finding_kind_name(found->kind);
}

const char *lanyard_finding_title(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found == NULL ? NULL : finding_kind_title(found->kind);
}

int lanyard_finding_is_hold(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found != NULL && found->level == LEVEL_HOLD;
}

size_t lanyard_finding_start(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found == NULL ? 0 : found->start;
}

size_t lanyard_finding_end(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found == NULL ? 0 : found->end;
}

const char *lanyard_finding_form(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    if (found == NULL) return NULL;
    return found->form == FORM_NONE ? "" : finding_form_name(found->form);
}

size_t lanyard_finding_who_count(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found == NULL ? 0 : found->who_count;
}

const char *lanyard_finding_who(const lanyard_screen_work *work, size_t finding, size_t who)
{
    const struct finding *found = finding_at(work, finding);
    if (found == NULL || who >= found->who_count) return NULL;
    const char **told = &work->told[finding].who[who];
    if (*told == NULL)
        *told = library_string(work->arena, names_id(work->plan.names, found->who[who]));
    return *told;
}

int lanyard_finding_has_more(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    return found != NULL && found->more;
}

const char *lanyard_finding_entry(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    if (found == NULL) return NULL;
    if (found->kind < FINDING_PROFANITY || found->entry == 0) return "";
    struct told *told = &work->told[finding];
    if (told->entry == NULL) {
        const struct lexicon_entry *entry = lexicon_entry(work->plan.lexicon, found->entry);
        told->entry = library_string(work->arena, entry->phrase);
    }
    return told->entry;
}

const char *lanyard_finding_fix(const lanyard_screen_work *work, size_t finding)
{
    const struct finding *found = finding_at(work, finding);
    if (found == NULL) return NULL;
    struct told *told = &work->told[finding];
    if (!told->fix_known) {
        AUTO_TEXT struct text fix;
        text_init(&fix, FIX_LARGEST);
        if (screen_fix(&work->plan, work->text, found, &fix) && !fix.overflowed)
            told->fix = library_string(work->arena, text_slice(&fix));
        told->fix_known = true;
    }
    return told->fix;
}
