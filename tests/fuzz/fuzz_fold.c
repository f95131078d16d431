/* Any bytes, made well-formed, through folding and words: both ways give the same, and every word's span leads to whole characters. */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "screen/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct folded folded[2];
static struct tokens tokens[2];

static void require(bool kept)
{
    if (!kept) abort();
}

static bool boundary(struct slice text, size_t at)
{
    return at == text.length || (text.at[at] & 0xC0) != 0x80;
}

static void check_words(struct slice text)
{
    require(tokens[0].count == tokens[1].count);
    for (size_t i = 0; i < tokens[0].count; i++) {
        const struct token *token = &tokens[0].at[i];
        require(memcmp(token, &tokens[1].at[i], sizeof *token) == 0);
        require(tokens[0].keys[i] == tokens[1].keys[i]);
        require(token_is_odd(&tokens[0], i) == token_is_odd(&tokens[1], i));
        require(token_flags(&tokens[0], &folded[0], i) == token_flags(&tokens[1], &folded[1], i));
        require(token_hash_at(&tokens[0], &folded[0], i) ==
                token_hash_at(&tokens[1], &folded[1], i));
        struct fold_span span = fold_span(&folded[0], token->start, token->end);
        require(span.start < span.end && span.end <= text.length);
        require(boundary(text, span.start) && boundary(text, span.end));
    }
}

static void check_alike(void)
{
    require(folded[0].length == folded[1].length && folded[0].run_count == folded[1].run_count);
    require(memcmp(folded[0].at, folded[1].at, folded[0].length) == 0);
    require(memcmp(folded[0].capitals, folded[1].capitals, (folded[0].length / 64 + 2) * 8) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 65536) return 0;
    struct slice text = {size == 0 ? "" : (const char *)data, size};
    text.length = utf8_check(text);
    fold_text(&folded[0], text);
    if (fold_text_wide(&folded[1], text)) check_alike();
    fold_text_scalar(&folded[1], text);
    check_alike();
    tokens_find(&tokens[0], &folded[0]);
    tokens_find_scalar(&tokens[1], &folded[1]);
    check_words(text);
    if (tokens_find_wide(&tokens[1], &folded[1])) check_words(text);
    return 0;
}
