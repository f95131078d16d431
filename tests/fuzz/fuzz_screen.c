/* Any bytes through every stage, by a small roster, the wording that ships and an allow list: findings lie on whole characters, in order, none
 * twice; proposals are UTF-8; and memory kept from the texts before changes nothing. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct screen_plan plan;
static struct screen_work *kept;

static void require(bool holds)
{
    if (!holds) abort();
}

static void make_plan(void)
{
    struct error error = {0};
    plan.names = names_load(SLICE("id,kind,given,family,known_as\nP1,pupil,Ada,Byron,Addie\n"
                                  "P2,pupil,Zo\xC3\xAB Anne,O'Neil-Smith,\nP3,staff,Will,May,\n"
                                  "P4,pupil,Madonna,,\nP5,pupil,Sam,Hall,\nP6,pupil,Sam,Hall,\n"),
                            &error);
    plan.lexicon = lexicon_new(&(struct lexicon_plan){.own = SLICE_EMPTY}, &error);
    plan.allow = allow_new(SLICE("host bbc.co.uk\nmail school.example.org\nhashtag #a\n"), &error);
    require(plan.names != NULL && plan.lexicon != NULL && plan.allow != NULL);
    kept = screen_work_new();
}

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static bool same(const struct finding *a, const struct finding *b)
{
    return a->kind == b->kind && a->level == b->level && a->form == b->form &&
           a->start == b->start && a->end == b->end && a->entry == b->entry &&
           a->who_count == b->who_count &&
           memcmp(a->who, b->who, a->who_count * sizeof *a->who) == 0;
}

static void check(struct slice text, const struct findings *findings)
{
    AUTO_TEXT struct text instead;
    text_init(&instead, 4096);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        require(finding->start < finding->end && finding->end <= text.length);
        require(boundary(text, finding->start) && boundary(text, finding->end));
        require(i == 0 || findings->at[i - 1].start <= finding->start);
        require(i == 0 || !same(&findings->at[i - 1], finding));
        text_cut(&instead, 0);
        (void)screen_fix(&plan, text, finding, &instead);
        require(utf8_check(text_slice(&instead)) == instead.length);
    }
}

static void require_same(const struct findings *one, const struct findings *other)
{
    require(one->count == other->count && one->full == other->full);
    for (size_t i = 0; i < one->count; i++) {
        require(same(&one->at[i], &other->at[i]));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    if (kept == NULL) make_plan();
    struct slice text = {size == 0 ? "" : (const char *)data, size};
    struct screen_work *fresh = screen_work_new();
    const struct findings *findings = NULL, *again = NULL;
    bool sound = utf8_check(text) == text.length;
    require(screen(&plan, kept, text, &findings) == (sound ? SCREEN_DONE : SCREEN_NOT_UTF8));
    if (!sound) text.length = utf8_check(text);
    screen_sound(&plan, kept, text, &findings);
    screen_sound(&plan, fresh, text, &again);
    check(text, findings);
    require_same(findings, again);
    screen_work_free(fresh);
    return 0;
}
