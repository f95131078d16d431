/* ZIPs: what is unpacked, and everything hostile or damaged that is refused with its reason. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/bundle.h"
#include "testing.h"
#include "zip_maker.h"

static struct text made(const struct zip_made *files, size_t count, const char *comment)
{
    struct text text;
    text_init(&text, (size_t)1 << 30);
    zip_make(&text, files, count, comment);
    return text;
}

static void files_come_back(void **state)
{
    (void)state;
    const struct zip_made files[] = {
        {.name = "orgs.csv", .content = "sourcedId,name\n1,One\n"},
        {.name = "users.csv", .content = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", .deflate = true},
        {.name = "empty.csv", .content = "", .deflate = true},
        {.name = "nothing.csv", .content = ""},
        {.name = "streamed.csv", .content = "streamed streamed", .deflate = true, .follow = true},
        {.name = "wide.csv", .content = "wide", .wide = true},
        {.name = "Sch\xC3\xBCler.csv", .content = "x", .attributes = 0100644u << 16},
    };
    for (int comment = 0; comment < 2; comment++) {
        AUTO_TEXT struct text text = made(files, 7, comment == 1 ? "made for a test" : "");
        AUTO(arena) struct arena *arena = arena_new();
        struct bundle bundle;
        struct error error = {0};
        assert_true(zip_looks_like(text_slice(&text)));
        assert_done(bundle_zip(&bundle, SLICE("r.zip"), text_slice(&text), arena, &error), &error);
        assert_int_equal(bundle.files.count, 7);
        for (size_t i = 0; i < 7; i++) {
            AUTO_CLOSE struct bundle_open open = {0};
            assert_done(bundle_open(&bundle, slice_of(files[i].name), &open, &error), &error);
            assert_slice(open.bytes, files[i].content);
        }
        struct bundle_open open = {0};
        assert_false(bundle_open(&bundle, SLICE("USERS.csv"), &open, &error));
        assert_says(error.sentence, "USERS.csv is missing");
        bundle_close(&open);
    }
}

static void an_empty_zip_is_empty(void **state)
{
    (void)state;
    AUTO_TEXT struct text text = made(NULL, 0, "");
    AUTO(arena) struct arena *arena = arena_new();
    struct zip zip;
    struct error error = {0};
    assert_done(zip_open(SLICE("r.zip"), text_slice(&text), arena, &zip, &error), &error);
    assert_int_equal(zip.count, 0);
}

/* Opens, unpacks everything; what is said where either fails, else "". */
static void try_all(struct slice all, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    *error = (struct error){0};
    if (!bundle_zip(&bundle, SLICE("r.zip"), all, arena, error)) return;
    for (size_t i = 0; i < bundle.files.count; i++) {
        AUTO_CLOSE struct bundle_open open = {0};
        if (!bundle_open(&bundle, bundle.files.at[i].name, &open, error)) return;
    }
}

struct hostile {
    struct zip_made file;
    const char *says;
};

static const struct hostile hostile[] = {
    {{.name = "a/users.csv", .content = "x"}, "\"a/users.csv\" in the ZIP lies in a folder"},
    {{.name = "folder/", .content = ""}, "lies in a folder"},
    {{.name = "../users.csv", .content = "x"}, "\"..\""},
    {{.name = "..", .content = "x"}, "\"..\""},
    {{.name = ".", .content = "x"}, "no name"},
    {{.name = "/etc/passwd", .content = "x"}, "absolute"},
    {{.name = "\\\\host\\x", .content = "x"}, "absolute"},
    {{.name = "C:users.csv", .content = "x"}, "absolute"},
    {{.name = "a\\users.csv", .content = "x"}, "backslash"},
    {{.name = "users.csv:x", .content = "x"}, "colon"},
    {{.name = "", .content = "x"}, "has no name"},
    {{.name = "a\nb", .content = "x"}, "A file in the ZIP has a name with control"},
    {{.name = "a\xC2\x9B", .content = "x"}, "control characters"},
    {{.name = "a\xFF", .content = "x"}, "no UTF-8"},
    {{.name = "link", .content = "/etc/passwd", .attributes = 0120777u << 16}, "symbolic link"},
    {{.name = "device", .content = "", .attributes = 0020600u << 16}, "no ordinary file"},
    {{.name = "folder", .content = "", .attributes = 0x10}, "no ordinary file"},
    {{.name = "a.csv", .content = "x", .flags = 1}, "encrypted"},
    {{.name = "a.csv", .content = "x", .flags = 0x41}, "encrypted"},
    {{.name = "a.csv", .content = "x", .flags = 0x2000}, "encrypted"},
    {{.name = "a.csv", .content = "x", .method = 99}, "encrypted"},
    {{.name = "a.csv", .content = "x", .method = 12}, "packed in a way"},
    {{.name = "a.csv", .content = "x", .flags = 0x20}, "packed in a way"},
    {{.name = "b.ZIP", .content = "x"}, "archive in an archive"},
    {{.name = "b.tar", .content = "x"}, "archive in an archive"},
    {{.name = "b.csv", .content = "PK\x03\x04rest"}, "archive in an archive"},
    {{.name = "b.csv", .content = "\x1F\x8Brest", .deflate = true}, "archive in an archive"},
    {{.name = "a.csv", .content = "x", .local_name = "b.csv"}, "two ways that differ"},
    {{.name = "a.csv", .content = "x", .local_name = "aa.csv"}, "two ways that differ"},
    {{.name = "a.csv", .content = "x", .crc_wrong = 1}, "checksum"},
    {{.name = "a.csv", .content = "xx", .deflate = true, .crc_wrong = 9}, "checksum"},
    {{.name = "a.csv", .content = "xyz", .deflate = true, .size_wrong = 1}, "cannot be unpacked"},
    {{.name = "a.csv", .content = "xyz", .deflate = true, .size_wrong = -1}, "cannot be unpacked"},
    {{.name = "a.csv", .content = "x", .deflate = true, .size_wrong = -1}, "cannot be unpacked"},
    {{.name = "a.csv", .content = "xyz", .size_wrong = 1}, "two sizes"},
    {{.name = "a.csv", .content = "xyz", .size_wrong = 256 << 20, .deflate = true}, "256 MiB"},
    {{.name = "a.csv", .content = "xyz", .size_wrong = 2 << 20, .deflate = true}, "200 times"},
};

static void hostile_files_are_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        const struct zip_made files[] = {{.name = "first.csv", .content = "fine"}, hostile[i].file};
        AUTO_TEXT struct text text = made(files, 2, "");
        struct error error;
        try_all(text_slice(&text), &error);
        if (error.code == ERROR_NONE) fail_msg("%zu was not refused: %s", i, hostile[i].says);
        assert_says(error.sentence, hostile[i].says);
        assert_true(error.advice[0] != '\0');
        assert_string_equal(error.file, "r.zip");
    }
}

static void a_real_bomb_is_refused_before_it_is_unpacked(void **state)
{
    (void)state;
    size_t size = (size_t)16 << 20;
    char *zeros = malloc(size + 1);
    memset(zeros, '0', size);
    zeros[size] = '\0';
    const struct zip_made bomb = {.name = "users.csv", .content = zeros, .deflate = true};
    AUTO_TEXT struct text text = made(&bomb, 1, "");
    struct error error;
    try_all(text_slice(&text), &error);
    assert_int_equal(error.code, ERROR_LIMIT);
    assert_says(error.sentence, "200 times");
    /* at a third of a per cent text packs as any roster might */
    for (size_t i = 0; i < size; i += 50) zeros[i] = (char)('a' + i % 23);
    AUTO_TEXT struct text mild = made(&bomb, 1, "");
    try_all(text_slice(&mild), &error);
    assert_int_equal(error.code, ERROR_NONE);
    free(zeros);
}

static void totals_are_capped(void **state)
{
    (void)state;
    struct zip_made *many = calloc(ZIP_FILES_LARGEST + 1, sizeof *many);
    char names[ZIP_FILES_LARGEST + 1][8];
    for (size_t i = 0; i <= ZIP_FILES_LARGEST; i++) {
        snprintf(names[i], sizeof names[i], "f%zu", i);
        many[i] = (struct zip_made){.name = names[i], .content = ""};
    }
    struct error error;
    AUTO_TEXT struct text most = made(many, ZIP_FILES_LARGEST, "");
    try_all(text_slice(&most), &error);
    assert_int_equal(error.code, ERROR_NONE);
    AUTO_TEXT struct text more = made(many, ZIP_FILES_LARGEST + 1, "");
    try_all(text_slice(&more), &error);
    assert_says(error.sentence, "1,000 files");
    /* four of 151 MiB, each at a ratio that alone would pass */
    size_t size = (size_t)1 << 20;
    char *part = malloc(size + 1);
    memset(part, 'x', size);
    part[size] = '\0';
    for (size_t i = 0; i < size; i++) part[i] = (char)(' ' + random() % 90);
    for (size_t i = 0; i < 4; i++) {
        many[i].content = part;
        many[i].deflate = true;
        many[i].size_wrong = 150 << 20;
    }
    AUTO_TEXT struct text four = made(many, 4, "");
    try_all(text_slice(&four), &error);
    assert_says(error.sentence, "512 MiB");
    try_all((struct slice){"", ZIP_TOTAL_LARGEST + 1}, &error);
    assert_says(error.sentence, "larger than 512 MiB");
    free(part);
    free(many);
}

static void a_name_twice_is_refused(void **state)
{
    (void)state;
    const struct zip_made files[] = {{.name = "users.csv", .content = "1"},
                                     {.name = "orgs.csv", .content = "1"},
                                     {.name = "Users.CSV", .content = "2"}};
    AUTO_TEXT struct text text = made(files, 3, "");
    struct error error;
    try_all(text_slice(&text), &error);
    assert_says(error.sentence, "\"Users.CSV\" in the ZIP is there twice");
}

/* Where the nth directory record stands in a ZIP without extra fields. */
static size_t record_at(const struct text *text, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i <= n; i++) {
        at += i > 0;
        at += slice_search(slice_part(text_slice(text), at, text->length), SLICE("PK\x01\x02"));
    }
    return at;
}

static void files_that_share_bytes_are_refused(void **state)
{
    (void)state;
    /* the second record is pointed at a local header that lies inside the first one's data */
    const struct zip_made inner = {.name = "b.csv", .content = "bb"};
    AUTO_TEXT struct text hidden = made(&inner, 1, "");
    AUTO_TEXT struct text outer_content;
    text_init(&outer_content, 1000);
    text_add(&outer_content, slice_part(text_slice(&hidden), 0, 37));
    /* NULs are in the way of a C string, so the header is patched in afterwards */
    const struct zip_made files[] = {
        {.name = "a.csv", .content = "0123456789012345678901234567890123456"},
        {.name = "b.csv", .content = "bb"}};
    AUTO_TEXT struct text text = made(files, 2, "");
    memcpy(text.at + 35, outer_content.at, 37);
    size_t record = record_at(&text, 1);
    text.at[record + 42] = 35;
    struct error error;
    try_all(text_slice(&text), &error);
    assert_says(error.sentence, "shares bytes");
}

/* Every prefix, and every byte changed: refused, or read as it was meant; never a crash. */
static void damage_is_named_or_harmless(void **state)
{
    (void)state;
    const struct zip_made files[] = {{.name = "a.csv", .content = "first,file\n1,2\n"},
                                     {.name = "b.csv", .content = "bbbbbbbbbb", .deflate = true}};
    AUTO_TEXT struct text text = made(files, 2, "");
    struct error error;
    for (size_t length = 0; length < text.length; length++) {
        char *exact = malloc(length + 1);
        memcpy(exact, text.at, length);
        try_all((struct slice){exact, length}, &error);
        assert_int_not_equal(error.code, ERROR_NONE);
        free(exact);
    }
    size_t content = slice_search(text_slice(&text), SLICE("first,file"));
    for (size_t at = 0; at < text.length; at++) {
        text.at[at] = (char)(text.at[at] ^ 0x55);
        try_all(text_slice(&text), &error);
        if (at >= content && at < content + 15) assert_says(error.sentence, "checksum");
        text.at[at] = (char)(text.at[at] ^ 0x55);
    }
}

static void a_folder_serves_as_well(void **state)
{
    (void)state;
    AUTO(arena) struct arena *arena = arena_new();
    struct bundle bundle;
    struct error error = {0};
    bundle_folder(&bundle, SLICE("nightly"), arena);
    assert_true(bundle_add(&bundle, SLICE("users.csv"), SLICE("a,b\n"), &error));
    assert_false(bundle_add(&bundle, SLICE("users.csv"), SLICE("a,b\n"), &error));
    AUTO_CLOSE struct bundle_open open = {0};
    assert_true(bundle_open(&bundle, SLICE("users.csv"), &open, &error));
    assert_slice(open.bytes, "a,b\n");
    assert_null(open.own);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_back),
        cmocka_unit_test(an_empty_zip_is_empty),
        cmocka_unit_test(hostile_files_are_refused),
        cmocka_unit_test(a_real_bomb_is_refused_before_it_is_unpacked),
        cmocka_unit_test(totals_are_capped),
        cmocka_unit_test(a_name_twice_is_refused),
        cmocka_unit_test(files_that_share_bytes_are_refused),
        cmocka_unit_test(damage_is_named_or_harmless),
        cmocka_unit_test(a_folder_serves_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
