/* Whether 32 bytes can be looked at together: a compiler for x86-64 and, asked at run time, a processor with AVX2 and BMI. Whoever uses it
 * has a scalar twin beside it. */
#pragma once

#include <stdbool.h>

/* What both ways share is taken into each, so that it is compiled for its processor. */
#define TAKEN_IN static inline __attribute__((always_inline))

#if defined(__x86_64__)
#define WIDE 1
#include <immintrin.h>
#define WIDE_TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))
static inline bool wide_here(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2");
}
#else
#define WIDE 0
#endif
