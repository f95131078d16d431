/* Any text, and a list of words in front of it: what is found in disguise lies on whole characters of the text, and the way without SIMD says
 * the same. */
#include <stdlib.h>

#include "base/utf8.h"
#include "screen/evade.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct folded folded;
static struct findings findings, others;
static struct evade_work work;

static void require(bool kept)
{
    if (!kept) abort();
}

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static void find(const struct lexicon *lexicon, struct slice text)
{
    findings.count = others.count = 0;
    findings.full = others.full = false;
    fold_text(&folded, text);
    evade_find(lexicon, &work, &folded, &findings);
    evade_find_scalar(lexicon, &work, &folded, &others);
    require(findings.count == others.count);
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *one = &findings.at[i], *other = &others.at[i];
        require(one->start < one->end && one->end <= text.length);
        require(boundary(text, one->start) && boundary(text, one->end));
        require(one->entry > 0 && one->entry <= lexicon_count(lexicon));
        require(one->start == other->start && one->end == other->end && one->entry == other->entry);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct lexicon *lexicon;
    struct error error = {0};
    if (size > 65536) return 0;
    struct slice all = {size == 0 ? "" : (const char *)data, size};
    struct lexicon_plan plan = {.own = SLICE_EMPTY};
    if (lexicon == NULL) lexicon = lexicon_new(&plan, &error);
    require(lexicon != NULL);
    size_t middle = slice_search(all, SLICE("\n\n"));
    if (middle == all.length) middle = 0;
    struct slice text = slice_part(all, middle, all.length);
    text.length = utf8_check(text);
    plan.own = slice_part(all, 0, middle);
    struct lexicon *own = middle == 0 ? NULL : lexicon_new(&plan, &error);
    find(own == NULL ? lexicon : own, text);
    lexicon_free(own);
    return 0;
}
