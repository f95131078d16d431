/*
 * Feeds every seed of a corpus folder to a fuzzer's entry point, so that old findings are tried in every
 * build and by every compiler. Finding new inputs is libFuzzer's work, not this file's.
 */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEED_LIMIT = 1 << 24 };

static bool replay_file(const char *folder, const char *name)
{
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, name) < 0) return false;
    FILE *file = fopen(path, "rb");
    free(path);
    if (file == NULL) return false;
    uint8_t *bytes = malloc(SEED_LIMIT);
    size_t size = bytes == NULL ? 0 : fread(bytes, 1, SEED_LIMIT, file);
    bool read = bytes != NULL && ferror(file) == 0;
    fclose(file);
    /* A block of exactly the seed's size, so that the sanitizer sees a read one byte past it. */
    uint8_t *exact = read ? malloc(size == 0 ? 1 : size) : NULL;
    for (size_t i = 0; exact != NULL && i < size; i++) exact[i] = bytes[i];
    free(bytes);
    if (exact != NULL) LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return exact != NULL;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (folder == NULL) {
        fprintf(stderr, "usage: fuzz_NAME CORPUS, a folder that can be read\n");
        return 2;
    }
    size_t seeds = 0;
    bool good = true;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        bool one = replay_file(argv[1], entry->d_name);
        if (!one) fprintf(stderr, "cannot read seed %s\n", entry->d_name);
        good = good && one;
        seeds++;
    }
    closedir(folder);
    if (seeds == 0) fprintf(stderr, "no seeds in %s\n", argv[1]);
    printf("%zu seeds replayed\n", seeds);
    return good && seeds > 0 ? 0 : 1;
}
