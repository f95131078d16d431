/* Any bytes as a school's own wording, an empty line and a text: the wording is read or refused with a line, what is found lies on whole
 * characters of the text and says an entry, and both ways find the same. */
#include <stdlib.h>

#include "base/utf8.h"
#include "screen/lexicon.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct folded folded;
static struct tokens tokens;
static struct findings findings, others;

static void require(bool kept)
{
    if (!kept) abort();
}

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static void check(const struct lexicon *lexicon, struct slice text)
{
    for (size_t i = 0; i < findings.count; i++) {
        const struct finding *finding = &findings.at[i], *other = &others.at[i];
        require(finding->start < finding->end && finding->end <= text.length);
        require(boundary(text, finding->start) && boundary(text, finding->end));
        require(finding->entry > 0 && finding->entry <= lexicon_count(lexicon));
        require(lexicon_entry(lexicon, finding->entry)->kind == finding->kind);
        require(finding->start == other->start && finding->end == other->end);
        require(finding->entry == other->entry);
    }
}

static void look(const struct lexicon *lexicon, struct slice text)
{
    fold_text(&folded, text);
    tokens_find(&tokens, &folded);
    findings.count = others.count = 0;
    findings.full = others.full = false;
    lexicon_find(lexicon, &folded, &tokens, &findings);
    lexicon_find_scalar(lexicon, &folded, &tokens, &others);
    require(findings.count == others.count);
    check(lexicon, text);
    (void)lexicon_word(lexicon, (struct slice){folded.at, folded.length});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 16384) return 0;
    struct slice all = {size == 0 ? "" : (const char *)data, size};
    size_t middle = slice_search(all, SLICE("\n\n"));
    struct slice text = slice_part(all, middle, all.length);
    struct error error = {0};
    struct lexicon_plan plan = {slice_part(all, 0, middle), false};
    struct lexicon *lexicon = lexicon_new(&plan, &error);
    text.length = utf8_check(text);
    if (lexicon == NULL) {
        require(error.code == ERROR_ENCODING || error.line > 0);
        return 0;
    }
    look(lexicon, text);
    look(lexicon, plan.own);
    lexicon_free(lexicon);
    return 0;
}
