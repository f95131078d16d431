/* SHA-256's compression, in two ways that give the same: by libsodium, and by the x86 SHA instructions where the processor has
 * them (`works`; else `x86_blocks` must not be called). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void sha256_portable_blocks(uint32_t state[8], const unsigned char *at, size_t count);
bool sha256_x86_works(void);
void sha256_x86_blocks(uint32_t state[8], const unsigned char *at, size_t count);
