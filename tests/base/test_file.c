/* Whole files: ordinary, empty, too large, pipes, and what is no file at all. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "testing.h"

struct place {
    struct arena *arena;
    char folder[64];
};

static int set_up(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    place->arena = arena_new();
    memcpy(place->folder, "/tmp/lanyard-file-XXXXXX", sizeof "/tmp/lanyard-file-XXXXXX");
    *state = place;
    return mkdtemp(place->folder) == NULL;
}

static int tear_down(void **state)
{
    struct place *place = *state;
    rmdir(place->folder);
    arena_free(place->arena);
    free(place);
    return 0;
}

static const char *path_in(const struct place *place)
{
    return arena_format(place->arena, "%s/it", place->folder).at;
}

static const char *write_file(const struct place *place, size_t size)
{
    const char *path = path_in(place);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    for (size_t i = 0; i < size; i++) assert_int_equal(fputc((int)(i % 256), file), (int)(i % 256));
    assert_int_equal(fclose(file), 0);
    return path;
}

static void reads_all_of_it(void **state)
{
    struct place *place = *state;
    static const size_t sizes[] = {0, 1, 4096, 65536, 300001};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const char *path = write_file(place, sizes[i]);
        struct slice content = SLICE("old");
        struct error error = {0};
        assert_true(file_read(path, sizes[i], place->arena, &content, &error));
        assert_int_equal(content.length, sizes[i]);
        assert_non_null(content.at);
        for (size_t j = 0; j < sizes[i]; j++)
            assert_int_equal((unsigned char)content.at[j], j % 256);
        unlink(path);
    }
}

static void refuses_what_is_too_large(void **state)
{
    struct place *place = *state;
    const char *path = write_file(place, 101);
    struct slice content = SLICE("old");
    struct error error = {0};
    assert_false(file_read(path, 100, place->arena, &content, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
    assert_string_equal(error.file, path);
    assert_slice(content, "old");
    unlink(path);
    /* a file of the kernel's has size 0 and content all the same */
    assert_false(file_read("/proc/self/status", 10, place->arena, &content, &error));
    assert_int_equal(error.code, ERROR_LIMIT);
}

static void refuses_what_is_no_file(void **state)
{
    struct place *place = *state;
    struct slice content;
    struct error error = {0};
    assert_false(file_read(path_in(place), 100, place->arena, &content, &error));
    assert_int_equal(error.code, ERROR_READ);
    assert_non_null(strstr(error.sentence, "No such file"));
    assert_false(file_read(place->folder, 100, place->arena, &content, &error));
    assert_int_equal(error.code, ERROR_READ);
    assert_non_null(strstr(error.sentence, "folder"));
    assert_false(file_read("/dev/zero", 100, place->arena, &content, &error));
    assert_int_equal(error.code, ERROR_READ);
}

/* A child writes in small pieces, so that reads come back short. */
static void feed_pipe(const char *path, size_t size)
{
    FILE *pipe = fopen(path, "wb");
    if (pipe == NULL) _exit(1);
    for (size_t i = 0; i < size; i++) {
        fputc((int)(i % 251), pipe);
        if (i % 1000 == 0) fflush(pipe);
    }
    fclose(pipe);
    _exit(0);
}

static void reads_a_pipe_to_its_end(void **state)
{
    struct place *place = *state;
    const char *path = path_in(place);
    static const size_t largest[] = {200000, 199999};
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(mkfifo(path, 0600), 0);
        pid_t child = fork();
        if (child == 0) feed_pipe(path, 200000);
        struct slice content;
        struct error error = {0};
        bool good = file_read(path, largest[i], place->arena, &content, &error);
        assert_int_equal(good, i == 0);
        if (good) {
            assert_int_equal(content.length, 200000);
            assert_int_equal((unsigned char)content.at[199999], 199999 % 251);
        } else {
            assert_int_equal(error.code, ERROR_LIMIT);
        }
        assert_int_equal(waitpid(child, NULL, 0), child);
        unlink(path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_all_of_it),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(refuses_what_is_no_file),
        cmocka_unit_test(reads_a_pipe_to_its_end),
    };
    return cmocka_run_group_tests_name("file", tests, set_up, tear_down);
}
