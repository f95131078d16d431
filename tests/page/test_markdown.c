/* Prose to HTML: what authors write comes out, nothing that runs does, and a table built to explode is no table. */
#include "../web/check.h"

#include <time.h>

#include "page/markdown.h"

static void comes_out(const char *prose, const char *part)
{
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    markdown_write(&out, slice_of(prose));
    if (slice_search(text_slice(&out), slice_of(part)) == out.length)
        fail_msg("%s\ndoes not hold %s:\n%s", prose, part, out.at);
}

static void never_comes_out(const char *prose, const char *part)
{
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    markdown_write(&out, slice_of(prose));
    if (slice_search(text_slice(&out), slice_of(part)) < out.length)
        fail_msg("%s\nholds %s:\n%s", prose, part, out.at);
}

static void plain_markdown_comes_out(void **state)
{
    (void)state;
    comes_out("Ask *first*.", "<em>first</em>");
    comes_out("- one\n- two\n", "<li>two</li>");
    comes_out("See [clause](#c-5.2a).", "<a href=\"#c-5.2a\">clause</a>");
    comes_out("a | b\n--|--\n1 | 2\n", "<td>2</td>");
    comes_out("a < b & c", "a &lt; b &amp; c");
}

static void nothing_that_runs_comes_out(void **state)
{
    (void)state;
    never_comes_out("<script>alert(1)</script>", "<script");
    never_comes_out("a <img src=x onerror=alert(1)> b", "onerror");
    never_comes_out("[x](javascript:alert(1))", "javascript:");
    never_comes_out("[x](data:text/html;base64,xx)", "data:");
    never_comes_out("<iframe src=\"https://example.org\"></iframe>", "<iframe");
    never_comes_out("a | b\n--|--\n<b onclick=x>1 | 2\n", "onclick");
}

static void headings_keep_out_of_the_pages_own(void **state)
{
    (void)state;
    comes_out("# Loud\n\ntext", "<p><strong>Loud</strong></p>");
    never_comes_out("# Loud\n\n> ## Louder\n\ntext", "<h");
}

static void repeat(struct text *out, const char *words, size_t times)
{
    for (size_t at = 0; at < times; at++) text_add_string(out, words);
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* 24 KB of table that the library alone turns into 363 MB in 35 s. */
static void a_table_built_to_explode_is_no_table(void **state)
{
    (void)state;
    AUTO_TEXT struct text prose;
    AUTO_TEXT struct text out;
    text_init(&prose, 1 << 20);
    text_init(&out, 8 << 20);
    repeat(&prose, "|a", 3000);
    text_add_string(&prose, "\n");
    repeat(&prose, "|-", 3000);
    text_add_string(&prose, "\n");
    repeat(&prose, "x\n", 3000);
    double started = seconds();
    assert_false(markdown_safe(text_slice(&prose)));
    markdown_write(&out, text_slice(&prose));
    assert_true(seconds() - started < 1);
    assert_true(out.length < 100000);
    assert_false(out.overflowed);
}

static void long_and_narrow_tables_are_counted_too(void **state)
{
    (void)state;
    AUTO_TEXT struct text prose;
    text_init(&prose, 1 << 20);
    repeat(&prose, "|a", 16);
    text_add_string(&prose, "\n");
    repeat(&prose, "|-", 16);
    text_add_string(&prose, "\n");
    size_t head = prose.length;
    repeat(&prose, "x\n", 1000);
    assert_true(markdown_safe(text_slice(&prose)));
    text_cut(&prose, head);
    repeat(&prose, "x\n", 2000);
    assert_false(markdown_safe(text_slice(&prose)));
    /* a blank line ends a table, so that many small ones may stand below each other */
    text_cut(&prose, 0);
    for (int at = 0; at < 200; at++) text_add_string(&prose, "a|b\n-|-\n1|2\n3|4\n\n");
    assert_true(markdown_safe(text_slice(&prose)));
}

static void nesting_and_size_do_no_harm(void **state)
{
    (void)state;
    AUTO_TEXT struct text prose;
    AUTO_TEXT struct text out;
    text_init(&prose, 1 << 20);
    text_init(&out, 8 << 20);
    double started = seconds();
    repeat(&prose, ">", 10000);
    markdown_write(&out, text_slice(&prose));
    text_cut(&prose, 0);
    repeat(&prose, "[", 10000);
    markdown_write(&out, text_slice(&prose));
    text_cut(&prose, 0);
    repeat(&prose, "*a_", 10000);
    markdown_write(&out, text_slice(&prose));
    assert_true(seconds() - started < 10);
    text_cut(&prose, 0);
    repeat(&prose, "aaaaaaaaa\n", MARKDOWN_SIZE_LARGEST / 10 + 1);
    assert_false(markdown_safe(text_slice(&prose)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_markdown_comes_out),
        cmocka_unit_test(nothing_that_runs_comes_out),
        cmocka_unit_test(headings_keep_out_of_the_pages_own),
        cmocka_unit_test(a_table_built_to_explode_is_no_table),
        cmocka_unit_test(long_and_narrow_tables_are_counted_too),
        cmocka_unit_test(nesting_and_size_do_no_harm),
    };
    return cmocka_run_group_tests_name("markdown", tests, NULL, NULL);
}
