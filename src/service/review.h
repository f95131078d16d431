/* Whether a policy was looked at again in time (reading R8): an overdue one says so wherever it is read, and stays in force. */
#pragma once

#include "base/text.h"
#include "policy/policy.h"

/* `This policy was due for review by 30 June 2025. It stays in force until a new version takes its place.` False, and nothing
 * written, where its review is not overdue on that day. */
bool review_overdue(const struct policy *policy, int64_t day, struct text *out);
