/* Words: where they begin and end, their flags and hashes; both ways against a third that goes byte by byte. */
#include "base/arena.h"
#include "base/utf8.h"
#include "samples.h"
#include "screen/tokens.h"
#include "testing.h"

/* All that is told of a word. */
struct told {
    struct token at;
    uint32_t length, flags, key;
    uint64_t hash;
};
struct naive {
    struct told *at;
    size_t count, space;
};

static bool letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || c >= 0x80;
}

static bool digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool apostrophe(char c)
{
    return c == '\'' || c == '`';
}

static bool capital(const struct folded *folded, size_t at)
{
    return (folded->capitals[at / 64] >> (at % 64) & 1) != 0;
}

/* 0: no word goes on here; 1: an apostrophe left out; 2: the end of a word, with a lone s behind it. */
static int apostrophe_does(const struct folded *folded, size_t at)
{
    const char *text = folded->at;
    if (at == 0 || !letter((unsigned char)text[at - 1]) || !letter((unsigned char)text[at + 1]))
        return 0;
    unsigned char third = (unsigned char)text[at + 2];
    return text[at + 1] == 's' && !letter(third) && !digit(third) ? 2 : 1;
}

static void flag(struct told *token, const struct folded *folded, size_t letters, size_t capitals)
{
    for (size_t i = token->at.start; i < token->at.end; i++) {
        if (letter((unsigned char)folded->at[i])) token->flags |= TOKEN_LETTER;
        if (digit((unsigned char)folded->at[i])) token->flags |= TOKEN_DIGIT;
        if (apostrophe(folded->at[i])) token->flags |= TOKEN_APOSTROPHE;
        if (i > token->at.start && capital(folded, i) && letter((unsigned char)folded->at[i - 1]) &&
            !capital(folded, i - 1))
            token->flags |= TOKEN_CAMEL;
    }
    if (capital(folded, token->at.start)) token->flags |= TOKEN_CAPITAL;
    if (letters >= 2 && letters == capitals) token->flags |= TOKEN_CAPITALS;
}

/* The word that begins at `at`; gives where to look next. */
static size_t naive_word(struct told *token, const struct folded *folded, size_t at)
{
    AUTO_TEXT struct text word;
    text_init(&word, FOLD_TEXT_LARGEST);
    size_t letters = 0, capitals = 0, end = at, next = 0;
    for (; end < folded->length; end++) {
        unsigned char c = (unsigned char)folded->at[end];
        if (apostrophe((char)c)) {
            int does = apostrophe_does(folded, end);
            if (does == 2) next = end + 2;
            if (does != 1) break;
            continue;
        }
        if (!letter(c) && !digit(c)) break;
        text_add_char(&word, (char)c);
        bool first = letter(c) && (c < 0x80 || c >= 0xC0);
        if (first) letters++;
        if (first && capital(folded, end)) capitals++;
    }
    *token = (struct told){.at = {(uint32_t)at, (uint32_t)end}};
    token->length = (uint32_t)word.length;
    token->key = token_key(text_slice(&word));
    token->hash = token_hash(text_slice(&word));
    flag(token, folded, letters, capitals);
    return next > end ? next : end;
}

static void naive(struct naive *tokens, const struct folded *folded)
{
    tokens->count = 0;
    size_t at = 0;
    while (at < folded->length) {
        unsigned char c = (unsigned char)folded->at[at];
        if (!letter(c) && !digit(c)) {
            at += apostrophe((char)c) && apostrophe_does(folded, at) == 2 ? 2 : 1;
            continue;
        }
        if (tokens->count == tokens->space) {
            tokens->space = tokens->space * 2 + 16;
            tokens->at = memory_grow(tokens->at, tokens->space * sizeof *tokens->at);
        }
        struct told *token = &tokens->at[tokens->count];
        size_t next = naive_word(token, folded, at);
        if (tokens->count > 0 && token[-1].at.end + 1 == at && folded->at[at - 1] == '-')
            token->flags |= TOKEN_HYPHEN;
        tokens->count++;
        at = next;
    }
}

static bool same(const struct tokens *tokens, const struct folded *folded, size_t i,
                 const struct told *wanted)
{
    bool odd = (wanted->flags & ~(uint32_t)(TOKEN_LETTER | TOKEN_CAPITAL)) != 0;
    return tokens->at[i].start == wanted->at.start && tokens->at[i].end == wanted->at.end &&
           tokens->keys[i] == wanted->key && (!odd || token_is_odd(tokens, i)) &&
           token_is_capital(tokens, i) == ((wanted->flags & TOKEN_CAPITAL) != 0) &&
           token_length(tokens, folded, i) == wanted->length &&
           token_flags(tokens, folded, i) == wanted->flags &&
           token_hash_at(tokens, folded, i) == wanted->hash;
}

static void require_same(const struct tokens *given, const struct naive *wanted,
                         const struct folded *folded)
{
    size_t count = given->count < wanted->count ? given->count : wanted->count;
    for (size_t i = 0; i < count; i++) {
        const struct told *word = &wanted->at[i];
        if (!same(given, folded, i, word))
            fail_msg(
                "word %zu of '%s': %u..%u flags %u length %u, wanted %u..%u flags %u length %u", i,
                folded->at, given->at[i].start, given->at[i].end, token_flags(given, folded, i),
                token_length(given, folded, i), word->at.start, word->at.end, word->flags,
                word->length);
    }
    assert_int_equal(given->count, wanted->count);
    for (size_t i = 0; i < TOKENS_SPARE; i++)
        assert_true(given->keys[given->count + i] == token_key(SLICE_EMPTY));
}

struct three {
    struct naive naive;
    struct tokens best, wide, plain;
};

static void check(struct slice text, struct folded *folded, struct three *three)
{
    fold_text(folded, text);
    naive(&three->naive, folded);
    tokens_find(&three->best, folded);
    require_same(&three->best, &three->naive, folded);
    tokens_find_scalar(&three->plain, folded);
    require_same(&three->plain, &three->naive, folded);
    if (!tokens_find_wide(&three->wide, folded)) return;
    require_same(&three->wide, &three->naive, folded);
}

static void clear(struct folded *folded, struct three *three)
{
    fold_clear(folded);
    free(three->naive.at);
    tokens_clear(&three->best);
    tokens_clear(&three->wide);
    tokens_clear(&three->plain);
}

static void samples(void **state)
{
    (void)state;
    struct folded folded = {0};
    struct three three = {0};
    for (size_t i = 0; i < sample_text_count; i++)
        check(slice_of(sample_texts[i]), &folded, &three);
    clear(&folded, &three);
}

/* Every sample at every distance from the edge of a stretch. */
static void edges(void **state)
{
    (void)state;
    struct folded folded = {0};
    struct three three = {0};
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 20);
    for (size_t front = 40; front < 70; front++) {
        for (size_t i = 0; i < sample_text_count; i++) {
            text_cut(&text, 0);
            for (size_t k = 0; k < front; k++) text_add_char(&text, front % 2 == 0 ? ' ' : 'x');
            text_add_string(&text, sample_texts[i]);
            check(text_slice(&text), &folded, &three);
        }
    }
    clear(&folded, &three);
}

static void random_texts(void **state)
{
    (void)state;
    struct folded folded = {0};
    struct three three = {0};
    struct random random;
    random_init(&random, 7);
    AUTO_TEXT struct text text;
    text_init(&text, 1 << 20);
    for (size_t i = 0; i < 1500; i++) {
        text_cut(&text, 0);
        if (i % 2 == 0) sample_random(&text, &random, random_below(&random, 400));
        for (size_t k = random_below(&random, 300); i % 2 == 1 && k > 0; k--)
            text_add_char(&text, "a'sS'-B1 "[random_below(&random, 9)]);
        check(text_slice(&text), &folded, &three);
    }
    clear(&folded, &three);
}

static const struct {
    const char *text, *words;
} examples[] = {
    {"", ""},
    {"Ada Byron's prize", "ada:1 byron:1 prize:0"},
    {"O'Neil, d'Arcy O`Hara’s", "oneil:1a darcy:0a ohara:1a"},
    {"ADA McByron x2", "ada:1A mcbyron:1c x2:0d"},
    {"Smith-Jones - Smith--Jones", "smith:1 jones:1h smith:1 jones:1"},
    {"James' 'quoted' it's its'", "james:1 quoted:0 it:0 its:0"},
    {"😀Ada😀Byron—Smith", "ada:1 byron:1 smith:1"},
    {"Żółć ИВАН", "zolc:1 \u0438bah:1A"},
    {"a's's", "a:0"},
};

static void show(struct text *out, const struct folded *folded, const struct tokens *tokens)
{
    text_cut(out, 0);
    for (size_t i = 0; i < tokens->count; i++) {
        uint32_t flags = token_flags(tokens, folded, i);
        char word[64];
        size_t length = token_word(folded, &tokens->at[i], word, sizeof word);
        assert_int_equal(length, token_length(tokens, folded, i));
        if (i > 0) text_add_char(out, ' ');
        text_add(out, (struct slice){word, length});
        text_format(out, ":%d", (flags & TOKEN_CAPITAL) != 0);
        if ((flags & TOKEN_CAPITALS) != 0) text_add_char(out, 'A');
        if ((flags & TOKEN_CAMEL) != 0) text_add_char(out, 'c');
        if ((flags & TOKEN_DIGIT) != 0) text_add_char(out, 'd');
        if ((flags & TOKEN_HYPHEN) != 0) text_add_char(out, 'h');
        if ((flags & TOKEN_APOSTROPHE) != 0) text_add_char(out, 'a');
    }
}

static void each_example(void **state)
{
    (void)state;
    struct folded folded = {0};
    struct three three = {0};
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 16);
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        check(slice_of(examples[i].text), &folded, &three);
        show(&out, &folded, &three.best);
        assert_slice(text_slice(&out), examples[i].words);
    }
    clear(&folded, &three);
}

static void long_words(void **state)
{
    (void)state;
    struct folded folded = {0};
    struct tokens tokens = {0};
    char *all = malloc(FOLD_TEXT_LARGEST);
    assert_non_null(all);
    for (size_t i = 0; i < FOLD_TEXT_LARGEST; i++) all[i] = i % 2 == 0 ? 'a' : '\'';
    all[FOLD_TEXT_LARGEST - 1] = 'b';
    fold_text(&folded, (struct slice){all, FOLD_TEXT_LARGEST});
    tokens_find(&tokens, &folded);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(token_length(&tokens, &folded, 0), FOLD_TEXT_LARGEST / 2 + 1);
    memset(all, 'a', FOLD_TEXT_LARGEST);
    fold_text(&folded, (struct slice){all, FOLD_TEXT_LARGEST});
    tokens_find(&tokens, &folded);
    assert_int_equal(tokens.count, 1);
    assert_true(token_hash_at(&tokens, &folded, 0) ==
                token_hash((struct slice){all, FOLD_TEXT_LARGEST}));
    free(all);
    fold_clear(&folded);
    tokens_clear(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_example), cmocka_unit_test(samples),    cmocka_unit_test(edges),
        cmocka_unit_test(random_texts), cmocka_unit_test(long_words),
    };
    return cmocka_run_group_tests_name("screen tokens", tests, NULL, NULL);
}
