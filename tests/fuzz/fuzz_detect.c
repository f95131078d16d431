/* Any bytes into the allow list, and the well-formed part of them into the detectors, with SIMD and
 * without: the same findings, in order, on the edges of characters. */
#include <stdlib.h>

#include "base/utf8.h"
#include "screen/detect.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool kept)
{
    if (!kept) abort();
}

static bool on_edge(struct slice text, size_t at)
{
    return at == text.length || ((unsigned char)text.at[at] & 0xC0U) != 0x80;
}

static void require_sound(struct slice text, const struct findings *one,
                          const struct findings *other)
{
    require(one->count == other->count && one->full == other->full);
    for (size_t i = 0; i < one->count; i++) {
        const struct finding *a = &one->at[i], *b = &other->at[i];
        require(a->kind == b->kind && a->level == b->level);
        require(a->start == b->start && a->end == b->end);
        require(a->start < a->end && a->end <= text.length);
        require(on_edge(text, a->start) && on_edge(text, a->end));
        require(i == 0 || one->at[i - 1].end <= a->start);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice all = {size == 0 ? "" : (const char *)data, size};
    struct slice text = slice_part(all, 0, utf8_check(all));
    struct error error = {0};
    struct allow_list *allow = allow_new(all, &error);
    require(allow != NULL || error.code != ERROR_NONE);
    struct detect_work work = {0};
    struct findings wide = {0}, scalar = {0};
    detect_all(&work, text, allow, &wide);
    detect_all_scalar(&work, text, allow, &scalar);
    require_sound(text, &wide, &scalar);
    findings_clear(&wide);
    findings_clear(&scalar);
    detect_work_clear(&work);
    allow_free(allow);
    return 0;
}
