/* web-driver: makes and measures what script/bench web compares, see driver.h. One measurement a process, so that run.py can
 * go round them in turn. */
#include "driver.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int64_t driver_nanoseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

void driver_need(bool good, const char *what, const struct error *error)
{
    if (good) return;
    fprintf(stderr, "web-driver: %s: %s\n", what, error != NULL ? error->sentence : "failed");
    exit(1);
}

int64_t driver_number(const char *word)
{
    int64_t number = 0;
    driver_need(slice_number(slice_of(word), &number), word, NULL);
    return number;
}

static const struct {
    const char *name;
    int words;
    int (*run)(char **words);
} commands[] = {
    {"people", 3, driver_people}, {"acts", 4, driver_acts},     {"plain", 2, driver_plain},
    {"ledger", 3, driver_ledger}, {"verify", 1, driver_verify}, {"scan", 1, driver_scan},
};

int main(int count, char **words)
{
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
        if (count == commands[i].words + 2 && strcmp(words[1], commands[i].name) == 0)
            return commands[i].run(words + 2);
    fprintf(stderr, "web-driver: see bench/web/driver.h\n");
    return 2;
}
