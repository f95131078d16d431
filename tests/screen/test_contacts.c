/* Contact details in texts as people write them, and what only looks like them: contacts.tsv and
 * contacts_fresh.tsv, every row exactly. Rows that begin with "open" are known to fall short: they
 * count in precision and recall and may fail. Both ways, with SIMD and without, must say the same. */
#include "base/arena.h"
#include "base/file.h"
#include "base/text.h"
#include "screen/detect.h"
#include "testing.h"

struct row {
    struct arena *arena;
    struct slice text, wanted; /* wanted: a line "kind|span" for each */
    bool nothing, open;
};

/* A line's end stands in a row as \n. */
static void add_plain(struct text *text, struct slice plain)
{
    for (;;) {
        size_t at = slice_search(plain, SLICE("\\n"));
        text_add(text, slice_part(plain, 0, at));
        if (at == plain.length) return;
        text_add_char(text, '\n');
        plain = slice_part(plain, at + 2, plain.length);
    }
}

/* Takes "{{kind|span}}" out of the marked text. */
static void read_marks(struct row *row, struct slice marked)
{
    AUTO_TEXT struct text text, wanted;
    text_init(&text, 4096);
    text_init(&wanted, 4096);
    while (marked.length > 0) {
        size_t open = slice_search(marked, SLICE("{{"));
        add_plain(&text, slice_part(marked, 0, open));
        if (open == marked.length) break;
        marked = slice_part(marked, open + 2, marked.length);
        size_t bar = slice_find(marked, '|'), close = slice_search(marked, SLICE("}}"));
        assert_true(bar < close && close < marked.length);
        size_t start = text.length;
        add_plain(&text, slice_part(marked, bar + 1, close));
        text_format(&wanted, "@%zu %zu ", start, text.length);
        add_plain(&wanted, slice_part(marked, 0, close));
        text_add_char(&wanted, '\n');
        marked = slice_part(marked, close + 2, marked.length);
    }
    row->text = arena_copy(row->arena, text_slice(&text));
    row->wanted = arena_copy(row->arena, text_slice(&wanted));
}

static struct slice shown(struct arena *arena, struct slice text, const struct findings *findings)
{
    AUTO_TEXT struct text out;
    text_init(&out, 4096);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *one = &findings->at[i];
        assert_true(one->start < one->end && one->end <= text.length);
        text_format(&out, "@%u %u %s|", one->start, one->end, finding_kind_name(one->kind));
        text_add(&out, slice_part(text, one->start, one->end));
        text_add_char(&out, '\n');
    }
    return arena_copy(arena, text_slice(&out));
}

struct counts {
    size_t found, nothing, missed, alarms; /* texts */
    size_t wanted, given, right;           /* findings */
};

/* How many findings stand in `lines`, and how many of them in `others` too. Each begins with where
 * it stands, so that a search finds none but itself. */
static void count_lines(struct slice lines, struct slice others, size_t *count, size_t *shared)
{
    for (struct slice line; slice_line(&lines, &line);) {
        size_t letters = slice_find(line, '|');
        if (letters == line.length) continue; /* the rest of a finding with a line's end in it */
        *count += 1;
        if (slice_search(others, line) < others.length) *shared += 1;
    }
}

static void check_row(const struct row *row, const struct allow_list *allow, struct counts *counts)
{
    struct detect_work work = {0};
    struct findings findings = {0};
    detect_all(&work, row->text, allow, &findings);
    struct slice given = shown(row->arena, row->text, &findings);
    findings.count = 0;
    detect_all_scalar(&work, row->text, allow, &findings);
    assert_true(slice_equal(given, shown(row->arena, row->text, &findings)));
    counts->found += row->nothing ? 0 : 1;
    counts->nothing += row->nothing ? 1 : 0;
    size_t back = 0;
    count_lines(row->wanted, given, &counts->wanted, &counts->right);
    count_lines(given, row->wanted, &counts->given, &back);
    if (!slice_equal(given, row->wanted)) {
        print_message("# %s%.*s\n#   wanted: %.*s\n#   given: %.*s\n", row->open ? "open: " : "",
                      SLICE_PRINT(row->text), SLICE_PRINT(row->wanted), SLICE_PRINT(given));
        if (!row->open) *(row->nothing ? &counts->alarms : &counts->missed) += 1;
    }
    findings_clear(&findings);
    detect_work_clear(&work);
}

/* "found", "nothing", "open found" or "open nothing", a tab, the marked text. */
static void read_row(struct row *row, struct slice line)
{
    row->open = slice_starts(line, SLICE("open "));
    if (row->open) line = slice_part(line, 5, line.length);
    row->nothing = slice_starts(line, SLICE("nothing\t"));
    assert_true(row->nothing || slice_starts(line, SLICE("found\t")));
    read_marks(row, slice_part(line, slice_find(line, '\t') + 1, line.length));
    assert_int_equal(row->nothing, row->wanted.length == 0);
}

static void check_file(const char *path, struct counts *counts)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {0};
    struct slice rest;
    if (!file_read(path, (size_t)1 << 20, arena, &rest, &error)) fail_msg("%s", error.sentence);
    struct allow_list *allow = allow_new(SLICE("mail school.example.org"), &error);
    assert_non_null(allow);
    for (struct slice line; slice_line(&rest, &line);) {
        if (line.length == 0 || line.at[0] == '#') continue;
        struct row row = {.arena = arena};
        read_row(&row, line);
        check_row(&row, allow, counts);
    }
    allow_free(allow);
}

static void every_row_is_as_it_should_be(void **state)
{
    (void)state;
    const char *path = getenv("LANYARD_CONTACTS");
    assert_non_null(path);
    struct counts counts = {0};
    check_file(path, &counts);
    print_message("# %zu texts with contact details, %zu not as they should be; %zu look-alikes, "
                  "%zu alarms; precision %.4f, recall %.4f\n",
                  counts.found, counts.missed, counts.nothing, counts.alarms,
                  (double)counts.right / (double)counts.given,
                  (double)counts.right / (double)counts.wanted);
    assert_true(counts.found >= 300 && counts.nothing >= 250);
    assert_int_equal(counts.missed, 0);
    assert_int_equal(counts.alarms, 0);
    assert_true(counts.right * 100 >= counts.given * 99);
    assert_true(counts.right * 100 >= counts.wanted * 99);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_row_is_as_it_should_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
