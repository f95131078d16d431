/* Names in every guise, with what is to be found in each: four suites, a large roster made here, and texts that name nobody. */
#include "base/cursor.h"
#include "base/random.h"
#include "name_desk.h"
#include "samples.h"

static void open_roster(struct desk *desk, const char *name)
{
    struct arena *arena = arena_new();
    desk_open(desk, desk_file(arena, name), false);
    arena_free(arena);
}

/* ---- the suite ---------------------------------------------------------------------------------- */

#define SPANS 8
struct example {
    struct text text;
    size_t starts[SPANS], ends[SPANS], count;
};

static void read_example(struct example *example, struct slice marked)
{
    struct cursor cursor;
    cursor_init(&cursor, marked);
    text_init(&example->text, 1 << 16);
    example->count = 0;
    while (!cursor_done(&cursor)) {
        if (cursor_take(&cursor, '[')) {
            assert_true(example->count < SPANS);
            example->starts[example->count] = example->text.length;
        } else if (cursor_take(&cursor, ']')) {
            example->ends[example->count++] = example->text.length;
        } else if (cursor_take(&cursor, '\\')) {
            sample_escape(&example->text, &cursor);
        } else {
            text_add_char(&example->text, cursor.all.at[cursor.at++]);
        }
    }
}

/* A `#` or `@` before a name may be marked as part of it. */
static bool right_spans(const struct desk *desk, const struct example *example)
{
    if (desk->findings.count != example->count) return false;
    for (size_t i = 0; i < example->count; i++) {
        const struct finding *finding = &desk->findings.at[i];
        size_t start = example->starts[i] + (example->text.at[example->starts[i]] == '#');
        if (finding->start != start || finding->end != example->ends[i]) return false;
    }
    return true;
}

struct score {
    size_t lines, right, wanted, found;
};

static void score_line(struct desk *desk, struct slice line, struct score *scores)
{
    struct slice parts[3] = {SLICE_EMPTY, SLICE_EMPTY, SLICE_EMPTY}, rest = line;
    for (size_t i = 0; i < 3; i++) slice_split(&rest, '\t', &parts[i]);
    struct score *score = slice_is(parts[0], "plain")     ? &scores[0]
                          : slice_is(parts[0], "variant") ? &scores[1]
                                                          : &scores[2];
    struct example example;
    AUTO_TEXT struct text shown;
    text_init(&shown, 1 << 16);
    read_example(&example, parts[1]);
    desk_find(desk, text_slice(&example.text));
    desk_show(desk, desk->index, &shown);
    bool right = slice_equal(text_slice(&shown), parts[2]) && right_spans(desk, &example);
    if (!right) print_message("# %.*s\n#   gives %s\n", SLICE_PRINT(line), shown.at);
    score->lines++;
    score->right += right;
    score->wanted += example.count;
    score->found += desk->findings.count;
    text_clear(&example.text);
}

static void run_suite(const char *roster, const char *examples)
{
    struct desk desk;
    open_roster(&desk, roster);
    struct slice rest = desk_file(desk.arena, examples), line;
    struct score scores[3] = {{0}};
    while (slice_line(&rest, &line)) {
        if (line.length > 0 && line.at[0] != '#') score_line(&desk, line, scores);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_true(scores[i].lines > 15);
        assert_int_equal(scores[i].right, scores[i].lines);
        assert_int_equal(scores[i].found, scores[i].wanted);
    }
    desk_close(&desk);
}

static void suite(void **state)
{
    (void)state;
    run_suite("names.csv", "names.tsv");
}

static void fresh_suite(void **state)
{
    (void)state;
    run_suite("names_fresh.csv", "names_fresh.tsv");
}

static void third_suite(void **state)
{
    (void)state;
    run_suite("names_third.csv", "names_third.tsv");
}

static void fourth_suite(void **state)
{
    (void)state;
    run_suite("names_fourth.csv", "names_fourth.tsv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(suite),
        cmocka_unit_test(fresh_suite),
        cmocka_unit_test(third_suite),
        cmocka_unit_test(fourth_suite),
    };
    return cmocka_run_group_tests_name("screen names suite", tests, NULL, NULL);
}
