/* The two texts that the build puts in. */
#pragma once

#include "base/slice.h"

extern const struct slice rules_words, rules_policy;
