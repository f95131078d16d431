/* What the lexicon keeps: entries, the sequences of words that mean them in one open table, a bit for each word and each pair of words that
 * may begin one, and stems. Built once; lexicon_read.c reads the lines, lexicon_find.c looks. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "screen/lexicon_parts.h"

#define WAITING 16

struct builder {
    struct lexicon *lexicon;
    struct lexicon_line line; /* that is being read */
    size_t before;            /* entries that stood before the line */
    bool own, topics;
    struct folded folded;
    struct tokens tokens;
    struct arena *arena; /* of one wording */
    struct slice spelled;
    struct text letters;
    uint64_t hashes[LEXICON_WORDS];
    struct lexicon_form form; /* of what was spelled last; its letters are those of `letters` */
    bool stem, begins, ends;
    struct waiting {
        uint64_t key;
        uint32_t form;
    } waiting[WAITING]; /* forms that are in no slot yet */
    size_t waiting_count;
    uint64_t walked[LEXICON_WORDS]; /* keys that were put last, but for the whole form's */
    size_t walked_count;
};

/* ---- the table ---------------------------------------------------------------------------------- */

static struct lexicon_slot *find_slot(struct lexicon_slot *slots, size_t space, uint64_t key)
{
    size_t at = lexicon_place(key, space);
    while (slots[at].used != 0 && slots[at].key != key) at = (at + 1) & (space - 1);
    return &slots[at];
}

static void widen(struct lexicon *lexicon)
{
    size_t space = lexicon->slot_space * 2;
    struct lexicon_slot *slots = ARENA_ARRAY(lexicon->arena, struct lexicon_slot, space);
    for (size_t i = 0; i < lexicon->slot_space; i++) {
        if (lexicon->slots[i].used != 0)
            *find_slot(slots, space, lexicon->slots[i].key) = lexicon->slots[i];
    }
    lexicon->slots = slots;
    lexicon->slot_space = space;
}

static struct lexicon_slot *take_slot(struct lexicon *lexicon, uint64_t key)
{
    if (lexicon->slot_count * 8 >= lexicon->slot_space * 5) widen(lexicon);
    struct lexicon_slot *slot = find_slot(lexicon->slots, lexicon->slot_space, key);
    if (slot->used == 0) {
        *slot = (struct lexicon_slot){.key = key, .form = NO_FORM, .used = 1};
        lexicon->slot_count++;
    }
    return slot;
}

/* The slots of its first words, that more words follow. One spelling has most of them from the one before. */
static uint64_t walk(struct builder *builder, const uint64_t *hashes, size_t count)
{
    uint64_t key = hashes[0];
    for (size_t i = 0; i + 1 < count; key = lexicon_key_next(key, hashes[++i])) {
        if (i < builder->walked_count && builder->walked[i] == key) continue;
        take_slot(builder->lexicon, key)->goes_on = 1;
        builder->walked[i] = key;
        builder->walked_count = i + 1;
    }
    return key;
}

/* Slots that were asked for a while ago are there by now. */
static void settle(struct builder *builder)
{
    struct lexicon *lexicon = builder->lexicon;
    for (size_t i = 0; i < builder->waiting_count; i++) {
        const struct waiting *waiting = &builder->waiting[i];
        struct lexicon_slot *slot = take_slot(lexicon, waiting->key);
        lexicon->forms.at[waiting->form].next = slot->form;
        slot->form = waiting->form;
    }
    builder->waiting_count = 0;
}

static void put_form(struct builder *builder, const uint64_t *hashes,
                     const struct lexicon_form *form)
{
    struct lexicon *lexicon = builder->lexicon;
    uint64_t key = walk(builder, hashes, form->count);
    __builtin_prefetch(&lexicon->slots[lexicon_place(key, lexicon->slot_space)]);
    struct lexicon_form *kept = LIST_ADD(lexicon->arena, &lexicon->forms);
    *kept = *form;
    if (!form->joined) /* else the letters are those of the form that it is joined from */
        kept->letters = arena_copy(lexicon->arena, (struct slice){form->letters, form->length}).at;
    if (builder->waiting_count == WAITING) settle(builder);
    builder->waiting[builder->waiting_count++] =
        (struct waiting){key, (uint32_t)(lexicon->forms.count - 1)};
}

static bool same_words(const struct lexicon_form *one, const struct lexicon_form *other)
{
    return one->count == other->count && one->length == other->length &&
           one->joined == other->joined && memcmp(one->lengths, other->lengths, one->count) == 0 &&
           memcmp(one->letters, other->letters, one->length) == 0;
}

/* ---- a spelling read ---------------------------------------------------------------------------- */

static void cut_stars(struct builder *builder, struct slice *spelled)
{
    builder->begins = !slice_starts(*spelled, SLICE("*"));
    if (!builder->begins) *spelled = slice_part(*spelled, 1, spelled->length);
    builder->ends = !slice_ends(*spelled, SLICE("*"));
    if (!builder->ends) *spelled = slice_part(*spelled, 0, spelled->length - 1);
    builder->stem = !builder->begins || !builder->ends;
}

static bool check_words(const struct builder *builder, struct slice spelled, struct error *error)
{
    const struct lexicon_line *line = &builder->line;
    const struct tokens *tokens = &builder->tokens;
    if (tokens->count == 0 || tokens->count > LEXICON_WORDS)
        return lexicon_wrong(line, spelled, "is not of one to eight words",
                             "Write the shortest wording that says it.", error);
    for (size_t i = 0; i < tokens->count; i++) {
        if (token_length(tokens, &builder->folded, i) > LEXICON_WORD_LARGEST)
            return lexicon_wrong(line, spelled, "has a word that is too long",
                                 "A word has at most 40 letters.", error);
    }
    if (slice_find(spelled, '*') < spelled.length)
        return lexicon_wrong(line, spelled, "has a * where none may stand",
                             "A * stands at the beginning or the end of a single word.", error);
    size_t length = token_length(tokens, &builder->folded, 0);
    if (builder->stem && (tokens->count > 1 || length < STEM_LEAST || length > STEM_LARGEST))
        return lexicon_wrong(line, spelled, "is not a word of 4 to 16 letters beside its *",
                             "Write shorter words and several words without a *.", error);
    return true;
}

static void take_words(struct builder *builder)
{
    struct lexicon_form *form = &builder->form;
    *form = (struct lexicon_form){.next = NO_FORM};
    text_cut(&builder->letters, 0);
    for (size_t i = 0; i < builder->tokens.count; i++) {
        const struct token *token = &builder->tokens.at[i];
        char word[LEXICON_WORD_LARGEST];
        size_t length = token_word(&builder->folded, token, word, sizeof word);
        text_add(&builder->letters, (struct slice){word, length});
        form->lengths[form->count++] = (uint8_t)length;
        if (token_is_capital(&builder->tokens, i)) form->capitals |= (uint8_t)(1u << i);
        builder->hashes[i] = token_hash_at(&builder->tokens, &builder->folded, i);
    }
    form->letters = builder->letters.at;
    form->length = (uint16_t)builder->letters.length;
}

/* What the builder spelled last becomes its form. */
static bool read_spelled(struct builder *builder, struct error *error)
{
    struct slice spelled = builder->spelled;
    cut_stars(builder, &spelled);
    fold_text(&builder->folded, spelled);
    tokens_find(&builder->tokens, &builder->folded);
    if (!check_words(builder, spelled, error)) return false;
    take_words(builder);
    return true;
}

/* ---- what a line does --------------------------------------------------------------------------- */

/* Takes out what means an entry, or was removed, in these words. Whether there was an entry. */
static bool replace(struct lexicon *lexicon, uint64_t key, const struct lexicon_form *form)
{
    bool any = false;
    const struct lexicon_slot *slot = lexicon_get(lexicon, key);
    for (uint32_t i = slot != NULL ? slot->form : NO_FORM; i != NO_FORM;) {
        struct lexicon_form *other = &lexicon->forms.at[i];
        i = other->next;
        if (other->dead || (other->entry == 0 && !other->removed)) continue;
        if (!same_words(other, form)) continue;
        other->dead = true;
        any = any || other->entry != 0;
    }
    return any;
}

static uint64_t key_of(const struct builder *builder)
{
    uint64_t key = builder->hashes[0];
    for (size_t i = 1; i < builder->form.count; i++)
        key = lexicon_key_next(key, builder->hashes[i]);
    return key;
}

/* The same words written as one. */
static struct lexicon_form joined(const struct builder *builder, uint64_t *ret_hash)
{
    struct lexicon_form form = builder->form;
    form.count = 1;
    form.joined = true;
    form.capitals = 0;
    form.lengths[0] = (uint8_t)form.length;
    *ret_hash = token_hash((struct slice){form.letters, form.length});
    return form;
}

static bool replace_all(struct builder *builder)
{
    settle(builder);
    bool any = replace(builder->lexicon, key_of(builder), &builder->form);
    if (builder->form.count == 1) return any;
    uint64_t hash;
    struct lexicon_form form = joined(builder, &hash);
    return replace(builder->lexicon, hash, &form) || any;
}

/* Fewer letters are some other word too easily; of more than three words nobody makes a hashtag. */
#define JOINED_LEAST 7
#define JOINED_WORDS 3

static bool add_stem(struct builder *builder, struct error *error)
{
    struct lexicon_stems *stems = &builder->lexicon->stems;
    if (stems->count == STEMS_LARGEST)
        return lexicon_wrong(&builder->line, builder->line.wording, "is one word with a * too many",
                             "Write out the words that you mean.", error);
    struct lexicon_stem *stem = &stems->at[stems->count++];
    *stem = (struct lexicon_stem){.length = builder->form.length,
                                  .begins = builder->begins,
                                  .ends = builder->ends,
                                  .entry = builder->form.entry};
    memcpy(stem->letters, builder->form.letters, builder->form.length);
    return true;
}

static bool add_entry_form(struct builder *builder, struct error *error)
{
    struct lexicon *lexicon = builder->lexicon;
    if (builder->own) (void)replace_all(builder);
    struct lexicon_entry *entry = LIST_ADD(lexicon->arena, &lexicon->entries);
    struct slice spelled = builder->spelled;
    cut_stars(builder, &spelled);
    *entry = builder->line.entry;
    entry->phrase = arena_copy(lexicon->arena, spelled);
    builder->form.entry = (uint32_t)lexicon->entries.count;
    builder->form.capitals = 0;
    if (builder->stem) return add_stem(builder, error);
    put_form(builder, builder->hashes, &builder->form);
    size_t count = builder->form.count, length = builder->form.length;
    if (count > 1 && count <= JOINED_WORDS && length >= JOINED_LEAST &&
        length <= LEXICON_WORD_LARGEST) {
        uint64_t hashes[LEXICON_WORDS] = {0};
        struct lexicon_form form = joined(builder, &hashes[0]);
        form.letters = lexicon->forms.at[lexicon->forms.count - 1].letters;
        put_form(builder, hashes, &form);
    }
    return true;
}

static bool add_let_form(struct builder *builder, bool removed, struct error *error)
{
    struct lexicon *lexicon = builder->lexicon;
    if (builder->stem)
        return lexicon_wrong(&builder->line, builder->spelled, "has a *",
                             "What is let through is written out.", error);
    builder->form.removed = removed;
    if (removed) builder->form.capitals = 0;
    put_form(builder, builder->hashes, &builder->form);
    if (builder->form.count > lexicon->longest_let) lexicon->longest_let = builder->form.count;
    return true;
}

static bool remove_stem(struct builder *builder)
{
    struct lexicon_stems *stems = &builder->lexicon->stems;
    size_t kept = 0, count = stems->count;
    for (size_t i = 0; i < count; i++) {
        const struct lexicon_stem *stem = &stems->at[i];
        bool same = stem->begins == builder->begins && stem->ends == builder->ends &&
                    slice_equal((struct slice){stem->letters, stem->length},
                                (struct slice){builder->form.letters, builder->form.length});
        if (!same) stems->at[kept++] = *stem;
    }
    stems->count = kept;
    return kept < count;
}

static bool remove_form(struct builder *builder, struct error *error)
{
    bool known = builder->stem ? remove_stem(builder) : replace_all(builder);
    if (!known)
        return lexicon_wrong(&builder->line, builder->spelled, "is not in the list",
                             "Write it as the list has it, or take the line out.", error);
    return builder->stem || add_let_form(builder, true, error);
}

/* Whether some stem of the line stands in the words spelled last. */
static bool holds_stem(const struct builder *builder)
{
    const struct lexicon_stems *stems = &builder->lexicon->stems;
    struct slice letters = {builder->form.letters, builder->form.length};
    for (size_t i = stems->count; i-- > 0;) {
        const struct lexicon_stem *stem = &stems->at[i];
        if (stem->entry <= builder->before) return false;
        if (slice_search(letters, (struct slice){stem->letters, stem->length}) < letters.length)
            return true;
    }
    return false;
}

/* Whether the words spelled last hold some form of the line. */
static bool holds_entry(struct builder *builder)
{
    const struct lexicon *lexicon = builder->lexicon;
    settle(builder);
    for (size_t from = 0; from < builder->form.count; from++) {
        uint64_t key = builder->hashes[from];
        for (size_t to = from + 1;; to++) {
            const struct lexicon_slot *slot = lexicon_get(lexicon, key);
            if (slot == NULL) break;
            for (uint32_t i = slot->form; i != NO_FORM; i = lexicon->forms.at[i].next)
                if (lexicon->forms.at[i].entry > builder->before) return true;
            if (to == builder->form.count) break;
            key = lexicon_key_next(key, builder->hashes[to]);
        }
    }
    return holds_stem(builder);
}

static bool take_spelling(struct builder *builder, enum lexicon_rule rule, struct error *error)
{
    if (!read_spelled(builder, error)) return false;
    if (rule == RULE_REMOVE) return remove_form(builder, error);
    if (rule == RULE_ENTRY) return add_entry_form(builder, error);
    return add_let_form(builder, false, error);
}

static bool take_wording(struct builder *builder, struct slice text, enum lexicon_rule rule,
                         bool except, struct error *error)
{
    struct wording wording;
    bool holds = false;
    arena_reset(builder->arena);
    if (!wording_read(&wording, builder->arena, &builder->line, text, error)) return false;
    while (wording_next(&wording, &builder->spelled, error)) {
        if (!take_spelling(builder, rule, error)) return false;
        holds = holds || !except || holds_entry(builder);
    }
    if (wording.spellings > WORDING_SPELLINGS_LARGEST) return false;
    if (holds) return true;
    return lexicon_wrong(&builder->line, text,
                         "does not hold the wording that it is an exception from",
                         "Write the whole exception: cock except cock and bull", error);
}

/* Every wording of a list with commas or semicolons. */
static bool take_wordings(struct builder *builder, struct slice list, enum lexicon_rule rule,
                          bool except, struct error *error)
{
    for (struct slice text; wording_split(&list, &text);) {
        if (!take_wording(builder, text, rule, except, error)) return false;
    }
    return true;
}

static bool take_line(struct builder *builder, struct error *error)
{
    const struct lexicon_line *line = &builder->line;
    builder->before = builder->lexicon->entries.count;
    if (line->rule != RULE_ENTRY)
        return take_wordings(builder, line->wording, line->rule, false, error);
    return take_wordings(builder, line->wording, RULE_ENTRY, false, error) &&
           take_wordings(builder, line->except, RULE_LET, true, error);
}

/* ---- all of it ---------------------------------------------------------------------------------- */

static bool take_text(struct builder *builder, struct slice text, size_t number,
                      struct error *error)
{
    struct lexicon_line *line = &builder->line;
    *line = (struct lexicon_line){.number = number};
    if (lexicon_line_blank(text)) return true;
    if (!lexicon_line_read(text, line, error)) return false;
    /* Evidence that nobody asks for is left out. */
    bool topic = line->rule == RULE_ENTRY && finding_is_topic(line->entry.kind);
    if (topic && !builder->topics) return true;
    return take_line(builder, error);
}

static bool take_list(struct builder *builder, const char *const *list, struct error *error)
{
    for (size_t i = 0; list[i] != NULL; i++) {
        if (!take_text(builder, slice_of(list[i]), i + 1, error)) return false;
    }
    return true;
}

static bool take_own(struct builder *builder, struct slice own, struct error *error)
{
    size_t number = 0;
    builder->own = true;
    if (utf8_check(own) < own.length) {
        (void)error_set(error, ERROR_ENCODING, "The wording is not UTF-8.");
        return error_advise(error, "Save it as UTF-8 and try again.");
    }
    if (slice_starts(own, SLICE("\xEF\xBB\xBF"))) own = slice_part(own, 3, own.length);
    for (struct slice text; slice_line(&own, &text);) {
        if (++number > LEXICON_LINES_LARGEST) {
            (void)error_set(error, ERROR_LIMIT, "The wording has more than %d lines.",
                            LEXICON_LINES_LARGEST);
            (void)error_advise(error, "Write several words in one line: profanity look (a|b|c)");
            return error_at(error, SLICE_EMPTY, number, 1);
        }
        if (!take_text(builder, text, number, error)) return false;
    }
    return true;
}

static void set_marks(lexicon_cells cells, uint32_t key)
{
    cells[key >> CELL_SHIFT] |= lexicon_marks(key);
}

/* The key of the form's word that begins at *letters; goes on behind it. */
static uint32_t key_of_word(const struct lexicon_form *form, size_t word, const char **letters)
{
    size_t length = form->lengths[word];
    uint32_t key = token_key((struct slice){*letters, length});
    *letters += length;
    return key;
}

static void fill_cells(struct lexicon *lexicon)
{
    for (size_t i = 0; i < lexicon->forms.count; i++) {
        const struct lexicon_form *form = &lexicon->forms.at[i];
        if (form->dead) continue;
        bool entry = form->entry != 0;
        const char *letters = form->letters;
        uint32_t key = key_of_word(form, 0, &letters);
        if (form->count == 1) {
            uint32_t *words = form->joined ? lexicon->joins : lexicon->words;
            set_marks(entry ? words : lexicon->lets, key);
            continue;
        }
        key = lexicon_pair(key, key_of_word(form, 1, &letters));
        set_marks(entry ? lexicon->pairs : lexicon->lets, key);
        if (form->count > 2) key = lexicon_pair(key, key_of_word(form, 2, &letters));
        if (entry) set_marks(lexicon->sure, key);
    }
}

static void builder_clear(struct builder *builder)
{
    fold_clear(&builder->folded);
    tokens_clear(&builder->tokens);
    arena_free(builder->arena);
    text_clear(&builder->letters);
}

/* About what the built-in list comes to: what is never used is never touched. */
#define SLOTS_FIRST ((size_t)1 << 18)
#define FORMS_FIRST ((size_t)160 << 10)
#define ENTRIES_FIRST ((size_t)96 << 10)

static struct lexicon *lexicon_begin(void)
{
    struct arena *arena = arena_new();
    struct lexicon *lexicon = ARENA_NEW(arena, struct lexicon);
    lexicon->arena = arena;
    lexicon->slot_space = SLOTS_FIRST;
    lexicon->slots = ARENA_ARRAY(arena, struct lexicon_slot, lexicon->slot_space);
    lexicon->forms.at = ARENA_ARRAY(arena, struct lexicon_form, FORMS_FIRST);
    lexicon->forms.space = FORMS_FIRST;
    lexicon->entries.at = ARENA_ARRAY(arena, struct lexicon_entry, ENTRIES_FIRST);
    lexicon->entries.space = ENTRIES_FIRST;
    return lexicon;
}

struct lexicon *lexicon_new(const struct lexicon_plan *plan, struct error *error)
{
    struct lexicon *lexicon = lexicon_begin();
    struct builder builder = {
        .lexicon = lexicon, .topics = plan->topics, .arena = arena_new(), .spelled = SLICE_EMPTY};
    text_init(&builder.letters, (size_t)LEXICON_WORDS * LEXICON_WORD_LARGEST + 1);
    bool read = take_list(&builder, lexicon_list, error) &&
                (!plan->topics || take_list(&builder, lexicon_topics, error)) &&
                take_own(&builder, plan->own, error);
    settle(&builder);
    builder_clear(&builder);
    if (!read) {
        lexicon_free(lexicon);
        return NULL;
    }
    fill_cells(lexicon);
    lexicon_stems_settle(&lexicon->stems);
    lexicon->disguised = evade_words_new(lexicon, lexicon->arena);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (lexicon != NULL) arena_free(lexicon->arena);
}

size_t lexicon_count(const struct lexicon *lexicon)
{
    return lexicon->entries.count;
}

const struct lexicon_entry *lexicon_entry(const struct lexicon *lexicon, uint32_t entry)
{
    assert(entry > 0 && entry <= lexicon->entries.count);
    return &lexicon->entries.at[entry - 1];
}
