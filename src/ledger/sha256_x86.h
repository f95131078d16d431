/* SHA-256's compression by the x86 SHA instructions; where they are missing, `works` says so and `blocks` must not be called. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool sha256_x86_works(void);
void sha256_x86_blocks(uint32_t state[8], const unsigned char *at, size_t count);
