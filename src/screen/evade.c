/* Disguise found: where the text shows a sign, words and letters that stand apart are guessed, the guesses written over a copy of the text, and
 * the lexicon is asked about the copy. What it says of a place that was written over is what was meant there. See evade.h. */
#include "screen/evade.h"

#include <stdlib.h>
#include <string.h>

#include "screen/evade_guess.h"
#include "screen/evade_scan.h"
#include "screen/names.h"

/* In a text of `length` bytes: stretches written over, guesses in vain at words, and at letters apart. School posts ask for one guess in
 * 1,400 bytes. What goes far beyond is made to be slow, and whoever reads the findings has seen enough of it. */
#define EDITS_LARGEST(length) (48 + (length) / 512)
#define VAIN_LARGEST(length) (16 + (length) / 320)
#define ROWS_LARGEST(length) (8 + (length) / 1024)

/* Letters or digits, each by itself, with about the same gap between them. */
struct row {
    struct evade_cell cells[EVADE_CELLS];
    size_t count;
};

/* What would be cleared on each call if it stood on the stack. */
struct evade_scratch {
    struct evade_piece piece;
    struct evade_guess guess;
    struct row row, ended;
    struct evade_scan scan;
};

struct evading {
    struct evade_asked asked;
    struct evade_work *work;
    const struct folded *folded;
    struct findings *findings;
    size_t written;   /* where the last stretch written over ends */
    size_t done;      /* nothing before it is looked at again, as words ... */
    size_t apart;     /* ... and as letters that stand apart */
    size_t left;      /* guesses that may still be in vain, of words ... */
    size_t rows_left; /* ... and of letters that stand apart */
    size_t edits_left;
};

void evade_work_clear(struct evade_work *work)
{
    free(work->copy.at);
    free(work->edits);
    free(work->scratch);
    tokens_clear(&work->tokens);
    *work = (struct evade_work){.edits = NULL};
}

/* ---- the copy ----------------------------------------------------------------------------------- */

static void begin_copy(struct evading *evading)
{
    struct folded *copy = &evading->work->copy;
    const struct folded *folded = evading->folded;
    size_t space = copy->space, bytes = folded->length + FOLD_BEHIND;
    char *at = copy->at;
    if (space < bytes) {
        space = bytes + bytes / 2;
        at = memory_grow(at, space);
    }
    *copy = *folded;
    copy->at = at;
    copy->space = space;
    memcpy(at, folded->at, bytes);
}

static void write_over(struct evading *evading, const struct evade_guess *guess)
{
    struct evade_work *work = evading->work;
    if (evading->edits_left == 0) return;
    evading->edits_left--;
    if (work->edit_count == 0) begin_copy(evading);
    if (work->edit_count == work->edit_space) {
        work->edit_space = work->edit_space * 2 + 16;
        work->edits = memory_grow(work->edits, work->edit_space * sizeof *work->edits);
    }
    evading->written = guess->to;
    memset(work->copy.at + guess->from, ' ', guess->to - guess->from);
    memcpy(work->copy.at + guess->start, guess->letters, guess->length);
    work->edits[work->edit_count++] = fold_span(evading->folded, guess->start, guess->end);
}

/* ---- words with something odd in them ----------------------------------------------------------- */

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static bool is_plain(char c)
{
    return evade_is_letter(c) || evade_is_digit(c);
}

/* An address of some kind: nothing in it is disguise. */
static bool is_address(struct slice chunk)
{
    static const bool counts[256] = {[':'] = true, ['/'] = true, ['.'] = true, ['@'] = true};
    if (slice_starts(chunk, SLICE("www."))) return true;
    bool stop = false, at_sign = false;
    for (size_t i = 1; i + 1 < chunk.length; i++) {
        if (!counts[(unsigned char)chunk.at[i]]) continue;
        char c = chunk.at[i], before = chunk.at[i - 1], behind = chunk.at[i + 1];
        if (c == ':' && behind == '/') return true;
        if (c == '/' && stop) return true;
        if (c == '.' && is_plain(behind)) {
            if (at_sign) return true;
            stop = stop || before != '.';
        }
        at_sign = at_sign || (c == '@' && is_plain(before));
    }
    return false;
}

#define AROUND_LARGEST 64

static bool is_in_address(const struct folded *folded, size_t at)
{
    size_t start = at, end = at;
    while (start > 0 && at - start < AROUND_LARGEST && !is_blank(folded->at[start - 1])) start--;
    while (end < folded->length && end - at < AROUND_LARGEST && !is_blank(folded->at[end])) end++;
    return is_address((struct slice){folded->at + start, end - start});
}

static void look_at_joined(struct evading *evading)
{
    struct evade_scratch *scratch = evading->work->scratch;
    const struct evade_guess *guess = &scratch->guess;
    size_t at = 0;
    if (!scratch->piece.joined) return;
    while (evade_guess_joined(&evading->asked, &scratch->piece, &at, &scratch->guess)) {
        const struct lexicon_entry *said = lexicon_entry(evading->asked.lexicon, guess->entry);
        struct fold_span span = fold_span(evading->folded, guess->start, guess->end);
        struct finding finding = {.kind = said->kind,
                                  .level = said->level,
                                  .start = span.start,
                                  .end = span.end,
                                  .entry = guess->entry};
        if (!names_exempts(evading->findings, finding.start, finding.end))
            findings_add(evading->findings, &finding);
    }
}

static void look_at_chunk(struct evading *evading, size_t start, size_t end)
{
    struct evade_scratch *scratch = evading->work->scratch;
    struct slice chunk = {evading->folded->at + start, end - start};
    struct evade_piece *piece = &scratch->piece;
    bool joints = true;
    if (is_address(chunk)) return;
    while (start < end && evading->left > 0 && evading->edits_left > 0) {
        size_t behind = evade_piece_read(piece, evading->folded, start, end, joints);
        bool found = piece->count > 1 && evade_guess(&evading->asked, piece, &scratch->guess);
        if (found) write_over(evading, &scratch->guess);
        if (piece->count > 1 && !found && evading->left > 0) evading->left--;
        /* A joint that hides nothing ends a word. */
        joints = found || !joints || !piece->hidden;
        if (!joints) continue;
        if (!found && piece->count > 1) look_at_joined(evading);
        start = behind;
    }
}

static bool is_of_figure(char c)
{
    return evade_is_digit(c) || c == '.' || c == ':' || c == ',' || c == '/';
}

#define FIGURES_LARGEST 12

/* Whether a blank, a bracket or a whole word with its hyphen stands before `at`. */
static bool begins_figure(const struct folded *folded, size_t at)
{
    if (at == 0 || is_blank(folded->at[at - 1]) || folded->at[at - 1] == '(') return true;
    return at > 3 && folded->at[at - 1] == '-' && evade_is_letter(folded->at[at - 2]) &&
           evade_is_letter(folded->at[at - 3]) && evade_is_letter(folded->at[at - 4]);
}

/* Times, prices, classes and ages, 10.30am, 250g, (6b), under-17s: one or two letters behind figures, and nothing else between blanks. */
static bool is_figure(const struct folded *folded, size_t at)
{
    size_t start = at, end = at;
    if (at == 0 || !evade_is_digit(folded->at[at - 1])) return false;
    while (start > 0 && at - start < FIGURES_LARGEST && is_of_figure(folded->at[start - 1]))
        start--;
    if (!begins_figure(folded, start)) return false;
    while (end < at + 3 && evade_is_letter(folded->at[end])) end++;
    if (end == at || end > at + 2) return false;
    if (folded->at[end] == ')') end++;
    if (folded->at[end] == '.' || folded->at[end] == ',') end++;
    return end >= folded->length || is_blank(folded->at[end]);
}

#define BLOCK 32

/* Among BLOCK bytes. Without an end half-way, so that the compiler looks at all of them at once. */
static bool has_blank(const char *at)
{
    bool found = false;
    for (size_t i = 0; i < BLOCK; i++) found |= is_blank(at[i]);
    return found;
}

/* The word around `at`, blanks to both sides. */
static void look_around(struct evading *evading, size_t at)
{
    const struct folded *folded = evading->folded;
    size_t start = at, end = at;
    if (is_figure(folded, at)) return;
    size_t least = larger(evading->done, evading->written);
    while (start > least && !is_blank(folded->at[start - 1])) start--;
    while (end + BLOCK <= folded->length && !has_blank(folded->at + end)) end += BLOCK;
    while (end < folded->length && !is_blank(folded->at[end])) end++;
    evading->done = end > at ? end : at + 1;
    if (end > start) look_at_chunk(evading, start, end);
}

/* ---- letters that stand apart ------------------------------------------------------------------- */

#define GAP_LARGEST 3 /* bytes between two of them */

static bool is_word_byte(const struct folded *folded, size_t at)
{
    if (at >= folded->length) return false;
    char c = folded->at[at];
    return evade_is_letter(c) || evade_is_digit(c) || (unsigned char)c >= 0x80;
}

static bool is_single(const struct folded *folded, size_t at)
{
    if (!is_word_byte(folded, at) || (unsigned char)folded->at[at] >= 0x80) return false;
    return (at == 0 || !is_word_byte(folded, at - 1)) && !is_word_byte(folded, at + 1);
}

/* The single one behind `at`, or SIZE_MAX. */
static size_t single_behind(const struct folded *folded, size_t at)
{
    for (size_t i = at + 1; i <= at + 1 + GAP_LARGEST && i < folded->length; i++) {
        if (is_word_byte(folded, i)) return is_single(folded, i) ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

static size_t single_before(const struct folded *folded, size_t at, size_t least)
{
    for (size_t i = at; i > least && i + GAP_LARGEST >= at; i--) {
        if (is_word_byte(folded, i - 1)) return is_single(folded, i - 1) ? i - 1 : SIZE_MAX;
    }
    return SIZE_MAX;
}

static void add_letter(struct row *row, const struct folded *folded, size_t at)
{
    bool capital = (folded->capitals[at / 64] >> (at % 64) & 1) != 0;
    if (row->count < EVADE_CELLS)
        row->cells[row->count++] =
            (struct evade_cell){(uint32_t)at, (uint32_t)at + 1, 1, folded->at[at], capital};
}

#define END_LARGEST 4 /* letters */

/* The letters of a short word from `at` on; 0 where there is none. */
static size_t end_at(const struct folded *folded, size_t at)
{
    size_t length = 0;
    while (length <= END_LARGEST && at + length < folded->length &&
           evade_is_letter(folded->at[at + length]))
        length++;
    bool whole = length > 1 && length <= END_LARGEST && !is_word_byte(folded, at + length);
    return whole && (at == 0 || !is_word_byte(folded, at - 1)) ? length : 0;
}

/* A row with the short word before or behind it: f u ck, sh i t. Only a held word counts, and only a gap of one byte. */
static bool look_with_ends(struct evading *evading, const struct row *row)
{
    const struct folded *folded = evading->folded;
    struct evade_scratch *scratch = evading->work->scratch;
    struct row *all = &scratch->ended;
    size_t first = row->cells[0].start, last = row->cells[row->count - 1].end;
    size_t head = 0, tail = end_at(folded, last + 1);
    while (head < END_LARGEST && first > head + 1 && evade_is_letter(folded->at[first - 2 - head]))
        head++;
    if (first < 2 || first - 1 - head < evading->written ||
        end_at(folded, first - 1 - head) != head)
        head = 0;
    for (unsigned way = 1; way <= 3; way++) {
        size_t before = (way & 1) != 0 ? head : 0, behind = (way & 2) != 0 ? tail : 0;
        if (before + behind == 0) continue;
        all->count = 0;
        for (size_t i = 0; i < before; i++) add_letter(all, folded, first - 1 - before + i);
        for (size_t i = 0; i < row->count; i++) add_letter(all, folded, row->cells[i].start);
        for (size_t i = 0; i < behind; i++) add_letter(all, folded, last + 1 + i);
        if (!evade_guess_split(&evading->asked, all->cells, all->count, &scratch->guess)) continue;
        write_over(evading, &scratch->guess);
        return true;
    }
    return false;
}

#define TWO_LARGEST 16 /* letters */

/* Two words written without a wider gap: youcunt. One is held by itself, the other is known. */
static bool look_at_two(struct evading *evading, const struct row *row)
{
    struct evade_guess *guess = &evading->work->scratch->guess;
    const struct evade_asked *asked = &evading->asked;
    for (size_t cut = 3; cut + 3 <= row->count; cut++) {
        const struct evade_cell *second = row->cells + cut;
        size_t left = row->count - cut;
        bool found = (evade_guess_split(asked, second, left, guess) &&
                      evade_is_known(asked, row->cells, cut)) ||
                     (evade_guess_split(asked, row->cells, cut, guess) &&
                      evade_is_known(asked, second, left));
        if (found) {
            write_over(evading, guess);
            return true;
        }
    }
    return false;
}

#define ALONE_LARGEST 2 /* words of one letter, to each end of a row */

/* Words of one letter at an end of a row, of which there may be none: a c u n t, s h i t i hate it. */
static size_t alone(const struct evade_cell *cells, size_t count, bool from_end)
{
    size_t found = 0;
    while (found < ALONE_LARGEST && found + 3 < count &&
           strchr("aiu", cells[from_end ? count - 1 - found : found].c) != NULL)
        found++;
    return found;
}

/* The row without as many of them as can be first. */
static bool guess_apart(struct evading *evading, const struct row *row)
{
    struct evade_guess *guess = &evading->work->scratch->guess;
    size_t heads = alone(row->cells, row->count, false);
    size_t tails = alone(row->cells, row->count, true);
    for (size_t head = heads + 1; head-- > 0;) {
        for (size_t tail = tails + 1; tail-- > 0;) {
            if (row->count < head + tail + 3) continue;
            if (evade_guess_apart(&evading->asked, row->cells + head, row->count - head - tail,
                                  guess))
                return true;
        }
    }
    return false;
}

static bool look_at_letters(struct evading *evading, const struct row *row)
{
    struct evade_guess *guess = &evading->work->scratch->guess;
    if (row->count < 3) return false;
    if (guess_apart(evading, row)) {
        write_over(evading, guess);
        return true;
    }
    return row->count >= 6 && row->count <= TWO_LARGEST && look_at_two(evading, row);
}

static void look_at_row(struct evading *evading, struct row *row)
{
    if (row->count >= 2 && !is_in_address(evading->folded, row->cells[1].start)) {
        if (evading->rows_left > 0 && !look_at_letters(evading, row) &&
            !look_with_ends(evading, row))
            evading->rows_left--;
    }
    row->count = 0;
}

static bool may_look_at_rows(const struct evading *evading)
{
    return evading->rows_left > 0 && evading->edits_left > 0;
}

/* Gives the place behind the last letter of the row that begins at `at`. A wider gap than the first, or a blank where there was none, begins
 * a new word. */
static size_t look_along(struct evading *evading, size_t at)
{
    const struct folded *folded = evading->folded;
    struct row *row = &evading->work->scratch->row;
    size_t gap = 0, last;
    bool blanks = true;
    row->count = 0;
    do {
        last = at;
        add_letter(row, folded, at);
        at = single_behind(folded, at);
        size_t here = at == SIZE_MAX ? 0 : at - last;
        if (gap == 0 || here < gap) gap = here;
        bool blank = at == SIZE_MAX || is_blank(folded->at[last + 1]);
        if (here > gap || (blank && !blanks) || row->count == EVADE_CELLS)
            look_at_row(evading, row);
        blanks = blank;
    } while (at != SIZE_MAX && may_look_at_rows(evading));
    look_at_row(evading, row);
    return last + 1;
}

static void look_apart(struct evading *evading, size_t behind)
{
    size_t least = larger(evading->written, evading->apart);
    size_t start = behind - 1;
    for (size_t at; (at = single_before(evading->folded, start, least)) != SIZE_MAX;) start = at;
    evading->apart = look_along(evading, start);
}

/* ---- all of it ---------------------------------------------------------------------------------- */

/* Of 64 places from `base` on those from `least` on. */
static uint64_t places_from(uint64_t places, size_t base, size_t least)
{
    if (least <= base) return places;
    return least - base < 64 ? places >> (least - base) << (least - base) : 0;
}

/* Marks that are still to be looked at: most lie in a chunk or a row that was. */
static uint64_t odd_left(const struct evading *evading, size_t base, uint64_t odd)
{
    if (evading->left == 0) return 0;
    return places_from(odd, base, larger(evading->done, evading->written));
}

static uint64_t spaced_left(const struct evading *evading, size_t base, uint64_t spaced)
{
    if (!may_look_at_rows(evading)) return 0;
    return places_from(spaced, base, larger(evading->apart, evading->written) + 1);
}

static void look_at_marks(struct evading *evading, const struct evade_marks *marks)
{
    uint64_t odd = marks->odd, spaced = marks->spaced;
    while ((odd = odd_left(evading, marks->base, odd)) |
           (spaced = spaced_left(evading, marks->base, spaced))) {
        unsigned bit = (unsigned)__builtin_ctzll(odd | spaced);
        size_t at = marks->base + bit;
        if ((spaced >> bit & 1) != 0) look_apart(evading, at);
        if ((odd_left(evading, marks->base, odd) >> bit & 1) != 0) look_around(evading, at);
        odd &= ~(UINT64_C(1) << bit);
        spaced &= ~(UINT64_C(1) << bit);
    }
}

/* Whether there is room for more guesses. */
static bool goes_on(const struct evading *evading)
{
    return evading->edits_left > 0 && evading->left + evading->rows_left > 0;
}

/* Findings behind `from` that lie where something was written over, as wide as what was; the others the text itself gives. */
static void keep_meant(struct evading *evading, size_t from)
{
    struct findings *findings = evading->findings;
    const struct evade_work *work = evading->work;
    size_t kept = from;
    for (size_t i = from; i < findings->count; i++) {
        struct finding finding = findings->at[i];
        size_t low = 0, high = work->edit_count; /* the first edit that ends behind its start */
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (work->edits[middle].end <= finding.start)
                low = middle + 1;
            else
                high = middle;
        }
        if (low == work->edit_count || work->edits[low].start >= finding.end) continue;
        if (work->edits[low].start < finding.start) finding.start = work->edits[low].start;
        for (; low < work->edit_count && work->edits[low].start < finding.end; low++)
            if (work->edits[low].end > finding.end) finding.end = work->edits[low].end;
        findings->at[kept++] = finding;
    }
    findings->count = kept;
}

static void ask_about_copy(struct evading *evading, bool plain)
{
    struct evade_work *work = evading->work;
    size_t from = evading->findings->count;
    if (plain) {
        tokens_find_scalar(&work->tokens, &work->copy);
        lexicon_find_scalar(evading->asked.lexicon, &work->copy, &work->tokens, evading->findings);
    } else {
        tokens_find(&work->tokens, &work->copy);
        lexicon_find(evading->asked.lexicon, &work->copy, &work->tokens, evading->findings);
    }
    keep_meant(evading, from);
}

static void evade(const struct lexicon *lexicon, struct evade_work *work,
                  const struct folded *folded, struct findings *findings, evade_scan_next *next)
{
    if (work->scratch == NULL) work->scratch = memory_grow(NULL, sizeof *work->scratch);
    struct evading evading = {.asked = {lexicon, evade_words_of(lexicon)},
                              .work = work,
                              .folded = folded,
                              .findings = findings,
                              .left = VAIN_LARGEST(folded->length),
                              .rows_left = ROWS_LARGEST(folded->length),
                              .edits_left = EDITS_LARGEST(folded->length)};
    struct evade_scan *scan = &work->scratch->scan;
    evade_scan_begin(scan, folded);
    work->edit_count = 0;
    while (goes_on(&evading) && next(scan)) {
        for (size_t i = 0; i < scan->count && goes_on(&evading); i++)
            look_at_marks(&evading, &scan->at[i]);
    }
    /* Not everything was looked at: whoever reads the findings is told. */
    if (evading.left == 0 || evading.rows_left == 0 || evading.edits_left == 0)
        findings->full = true;
    if (work->edit_count > 0) ask_about_copy(&evading, next == evade_scan_scalar);
}

void evade_find(const struct lexicon *lexicon, struct evade_work *work, const struct folded *folded,
                struct findings *findings)
{
    evade(lexicon, work, folded, findings, evade_scan_best());
}

void evade_find_scalar(const struct lexicon *lexicon, struct evade_work *work,
                       const struct folded *folded, struct findings *findings)
{
    evade(lexicon, work, folded, findings, evade_scan_scalar);
}
