/* What is done to one text, by us and by ICU and Hyperscan, timed over many posts; see driver.h. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

#define SKELETON_SPACE (1 << 16)

typedef void step_fn(struct bench *bench, struct slice text);

void text_part_init(struct bench *bench)
{
    UErrorCode status = U_ZERO_ERROR;
    bench->spoof = uspoof_open(&status);
    if (U_FAILURE(status)) fail("ICU does not open its checker");
    bench->copy = malloc(FOLD_TEXT_LARGEST);
    bench->work = screen_work_new();
}

void text_part_clear(struct bench *bench)
{
    for (size_t i = 0; i < ROSTERS; i++) {
        names_free(bench->names[i]);
        if (bench->databases[i] != NULL) hs_free_database(bench->databases[i]);
    }
    if (bench->scratch != NULL) hs_free_scratch(bench->scratch);
    names_free((struct name_index *)(uintptr_t)bench->plan.names);
    lexicon_free((struct lexicon *)(uintptr_t)bench->plan.lexicon);
    allow_free((struct allow_list *)(uintptr_t)bench->plan.allow);
    screen_work_free(bench->work);
    fold_clear(&bench->folded);
    tokens_clear(&bench->tokens);
    findings_clear(&bench->findings);
    evade_work_clear(&bench->evade);
    detect_work_clear(&bench->detect);
    uspoof_close(bench->spoof);
    free(bench->copy);
}

/* ---- the steps ---- */

static void step_copy(struct bench *bench, struct slice text)
{
    memcpy(bench->copy, text.at, text.length);
    __asm__ volatile("" : : "r"(bench->copy) : "memory");
}

static void step_fold(struct bench *bench, struct slice text)
{
    fold_text(&bench->folded, text);
    bench->kept += bench->folded.length;
}

static void step_tokens(struct bench *bench, struct slice text)
{
    fold_text(&bench->folded, text);
    tokens_find(&bench->tokens, &bench->folded);
    bench->kept += bench->tokens.count;
}

static void step_skeleton(struct bench *bench, struct slice text)
{
    static char out[SKELETON_SPACE];
    UErrorCode status = U_ZERO_ERROR;
    int32_t length = uspoof_getSkeletonUTF8(bench->spoof, 0, text.at, (int32_t)text.length, out,
                                            sizeof out, &status);
    if (U_FAILURE(status)) fail("ICU makes no skeleton of a post");
    bench->kept += (uint64_t)length;
}

static void find_names(struct bench *bench, struct slice text, const struct name_index *names)
{
    fold_text(&bench->folded, text);
    tokens_find(&bench->tokens, &bench->folded);
    bench->findings.count = bench->findings.names_from = bench->findings.names_to = 0;
    bench->findings.full = false;
    names_find(names, &bench->folded, &bench->tokens, &bench->findings);
    bench->kept += bench->findings.count;
}

static void step_names_large(struct bench *bench, struct slice text)
{
    find_names(bench, text, bench->names[0]);
}

static void step_names_small(struct bench *bench, struct slice text)
{
    find_names(bench, text, bench->names[1]);
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                    void *context)
{
    (void)id, (void)from, (void)to, (void)flags;
    (*(uint64_t *)context)++;
    return 0;
}

static void scan(struct bench *bench, struct slice text, size_t place)
{
    if (hs_scan(bench->databases[place], text.at, (unsigned)text.length, 0, bench->scratch,
                on_match, &bench->kept) != HS_SUCCESS) {
        fail("Hyperscan does not scan a post");
    }
}

static void step_scan_large(struct bench *bench, struct slice text)
{
    scan(bench, text, 0);
}

static void step_scan_small(struct bench *bench, struct slice text)
{
    scan(bench, text, 1);
}

static void step_screen(struct bench *bench, struct slice text)
{
    const struct findings *findings;
    if (screen(&bench->plan, bench->work, text, &findings) != SCREEN_DONE)
        fail("a post is refused");
    bench->kept += findings->count;
}

/* What filters of wording do, and no more. */
static void step_words(struct bench *bench, struct slice text)
{
    if (utf8_check(text) != text.length) fail("a post is refused");
    find_names(bench, text, NULL);
    lexicon_find(bench->plan.lexicon, &bench->folded, &bench->tokens, &bench->findings);
    evade_find(bench->plan.lexicon, &bench->evade, &bench->folded, &bench->findings);
    findings_settle(&bench->findings);
    bench->kept += bench->findings.count;
}

/* ---- the engine's stages, each with those before it -------------------------------------------- */

static void step_stage_names(struct bench *bench, struct slice text)
{
    find_names(bench, text, bench->plan.names);
}

static void step_stage_words(struct bench *bench, struct slice text)
{
    find_names(bench, text, bench->plan.names);
    lexicon_find(bench->plan.lexicon, &bench->folded, &bench->tokens, &bench->findings);
}

static void step_stage_disguise(struct bench *bench, struct slice text)
{
    step_stage_words(bench, text);
    evade_find(bench->plan.lexicon, &bench->evade, &bench->folded, &bench->findings);
}

static void step_detectors(struct bench *bench, struct slice text)
{
    bench->findings.count = 0;
    bench->findings.full = false;
    detect_all(&bench->detect, text, bench->plan.allow, &bench->findings);
    bench->kept += bench->findings.count;
}

static void step_check(struct bench *bench, struct slice text)
{
    bench->kept += utf8_check(text);
}

static step_fn *step_of(const char *what)
{
    static const struct {
        const char *name;
        step_fn *step;
    } steps[] = {
        {"copy", step_copy},
        {"fold", step_fold},
        {"tokens", step_tokens},
        {"skeleton", step_skeleton},
        {"names-1m", step_names_large},
        {"names-2k", step_names_small},
        {"scan-1m", step_scan_large},
        {"scan-2k", step_scan_small},
        {"screen", step_screen},
        {"words", step_words},
        {"stage-names", step_stage_names},
        {"stage-words", step_stage_words},
        {"stage-disguise", step_stage_disguise},
        {"detectors", step_detectors},
        {"check", step_check},
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if (strcmp(what, steps[i].name) == 0) return steps[i].step;
    }
    fail("a step I do not know");
    return NULL;
}

/* ---- over many posts ---- */

double time_posts(struct bench *bench, const char *what, size_t count, double ms)
{
    step_fn *step = step_of(what);
    double start = now(), passed = 0, done = 0;
    while (passed < ms * 1e6) {
        for (size_t i = 0; i < count; i++) {
            step(bench, bench->posts[i]);
        }
        done += (double)count;
        passed = now() - start;
    }
    return passed / done;
}

size_t count_posts(struct bench *bench, const char *what, size_t count)
{
    step_fn *step = step_of(what);
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t before = bench->kept;
        step(bench, bench->posts[i]);
        found += bench->kept != before;
    }
    return found;
}
