/* A clock that tests can put forward: the program's own, by whole days. It takes the place of the C library's for the program
 * that is linked with it. */
#pragma once

#include <stdint.h>

/* From now on it is so many days later than it really is. */
void clock_forward(int64_t days);
