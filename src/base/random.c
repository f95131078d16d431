/* xorshift64* (Vigna 2016): small, repeatable, good enough to draw samples and test cases from. */
#include "base/random.h"

#include <assert.h>

void random_init(struct random *random, uint64_t seed)
{
    /* splitmix64's last steps, so that seeds 1, 2, 3 do not start alike */
    uint64_t mixed = seed + 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    mixed ^= mixed >> 31;
    random->state = mixed == 0 ? 1 : mixed;
}

uint64_t random_next(struct random *random)
{
    uint64_t state = random->state;
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    random->state = state;
    return state * 0x2545F4914F6CDD1Du;
}

size_t random_below(struct random *random, size_t below)
{
    assert(below >= 1);
    /* draws that would favour the low numbers are thrown away */
    uint64_t fair = UINT64_MAX - UINT64_MAX % below;
    uint64_t drawn;
    do {
        drawn = random_next(random);
    } while (drawn >= fair);
    return (size_t)(drawn % below);
}
