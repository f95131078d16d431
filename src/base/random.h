/* Repeatable pseudo-random numbers for tests, generators and samples (xorshift64*). Never for
 * secrets. */
#pragma once

#include <stddef.h>
#include <stdint.h>

struct random {
    uint64_t state; /* never 0 */
};

void random_init(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
/* 0..below-1; below at least 1. */
size_t random_below(struct random *random, size_t below);
