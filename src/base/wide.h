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
/* 64 bytes together, and those that a mask chooses side by side. */
#define WIDER_TARGET                                                                               \
    __attribute__((target(                                                                         \
        "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,avx2,bmi,bmi2,lzcnt,popcnt")))
static inline bool wider_here(void)
{
    return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && wide_here();
}
#else
#define WIDE 0
static inline bool wide_here(void)
{
    return false;
}
#endif
