/* Escaping by construction: no value can open a tag, leave an attribute or become a script address. */
#include "check.h"

#include "web/ui.h"

static void text_escapes_all_five(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 1000);
    html_text(&out, SLICE("a <b> & \"c\" 'd'\x01\x7f\tend"));
    assert_slice(text_slice(&out), "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;\tend");
}

static void attribute_cannot_be_left(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 1000);
    html_attribute(&out, "value", SLICE("\" onclick=\"x"));
    assert_slice(text_slice(&out), " value=\"&quot; onclick=&quot;x\"");
}

static void address_of(const char *address, const char *expected)
{
    AUTO_TEXT struct text out;
    text_init(&out, 1000);
    html_href(&out, slice_of(address));
    assert_slice(text_slice(&out), expected);
}

static void only_safe_addresses_stand(void **state)
{
    (void)state;
    address_of("/policy#c-5.2a", " href=\"/policy#c-5.2a\"");
    address_of("#top", " href=\"#top\"");
    address_of("/", " href=\"/\"");
    address_of("https://example.org/?a=1&b=2", " href=\"https://example.org/?a=1&amp;b=2\"");
    address_of("javascript:alert(1)", " href=\"#\"");
    address_of(" javascript:alert(1)", " href=\"#\"");
    address_of("data:text/html,x", " href=\"#\"");
    address_of("http://example.org", " href=\"#\"");
    address_of("//example.org", " href=\"#\"");
    address_of("/\\example.org", " href=\"#\"");
    address_of("", " href=\"#\"");
}

static void names_are_plain(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 1000);
    html_name(&out, SLICE("c-5.2a \"x<é"));
    assert_slice(text_slice(&out), "c-5.2a--x---");
}

static bool holds(const struct text *text, const char *part)
{
    return slice_search(text_slice(text), slice_of(part)) < text->length;
}

static void components_escape_what_they_are_given(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 100000);
    struct slice bad = SLICE("<script>\"'&");
    struct ui_question question = {
        .name = bad, .words = bad, .hint = bad, .error = bad, .heading = true, .size = UI_LARGE};
    struct ui_option option = {bad, bad, bad, true, true};
    struct ui_nav nav = {bad, bad};
    struct ui_frame frame = {.title = bad,
                             .service = bad,
                             .assets = bad,
                             .nav = &nav,
                             .nav_count = 1,
                             .here = bad,
                             .back = bad,
                             .foot = bad,
                             .problem = true,
                             .exit = true};
    struct ui_crumb crumb = {bad, bad};
    ui_frame_open(&out, &frame);
    ui_breadcrumbs(&out, &crumb, 1);
    ui_heading(&out, 1, UI_EXTRA, bad, bad);
    ui_caption(&out, UI_LARGE, bad);
    ui_paragraph(&out, bad);
    ui_inset(&out, bad);
    ui_warning(&out, bad);
    ui_panel(&out, bad, bad);
    ui_tag(&out, "red", bad);
    ui_details_open(&out, bad);
    ui_details_close(&out);
    ui_banner(&out, bad, bad);
    ui_list_item(&out, bad);
    ui_form_open(&out, bad, bad);
    ui_radios(&out, &question, &option, 1);
    ui_checkboxes(&out, &question, &option, 1);
    ui_input(&out, &question, bad, 3, true);
    ui_date(&out, &question, bad, bad, bad);
    ui_problem(&out, &question, 1);
    ui_button_value(&out, UI_BUTTON_MAIN, bad, bad, bad, bad);
    ui_start(&out, bad, bad);
    ui_summary_row(&out, bad, bad);
    ui_table_open(&out, bad, &bad, 1);
    ui_table_row(&out, &bad, 1);
    ui_frame_close(&out, &frame);
    assert_false(out.overflowed);
    assert_true(holds(&out, "&lt;script&gt;&quot;&#39;&amp;"));
    assert_false(holds(&out, "<script>\""));
    assert_false(holds(&out, "script>\"'"));
}

static void a_question_ties_hint_and_error_to_its_answer(void **state)
{
    (void)state;
    AUTO_TEXT struct text out;
    text_init(&out, 10000);
    struct ui_question question = {.name = SLICE("age"),
                                   .words = SLICE("How old?"),
                                   .hint = SLICE("In years"),
                                   .error = SLICE("Enter an age"),
                                   .size = UI_MEDIUM};
    ui_input(&out, &question, SLICE("x"), 3, true);
    assert_true(holds(&out, "aria-describedby=\"age-hint age-error\""));
    assert_true(holds(&out, "id=\"age-hint\""));
    assert_true(holds(&out, "id=\"age-error\""));
    assert_true(holds(&out, "for=\"age\""));
    assert_true(holds(&out, "inputmode=\"numeric\""));
    assert_true(holds(&out, "value=\"x\""));
    text_cut(&out, 0);
    ui_problem(&out, &question, 1);
    assert_true(holds(&out, "<a href=\"#age\">Enter an age</a>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_escapes_all_five),
        cmocka_unit_test(attribute_cannot_be_left),
        cmocka_unit_test(only_safe_addresses_stand),
        cmocka_unit_test(names_are_plain),
        cmocka_unit_test(components_escape_what_they_are_given),
        cmocka_unit_test(a_question_ties_hint_and_error_to_its_answer),
    };
    return cmocka_run_group_tests_name("html", tests, NULL, NULL);
}
