/* The sentence about an overdue review: see review.h. */
#include "service/review.h"

#include "base/date.h"
#include "policy/scenario.h"

bool review_overdue(const struct policy *policy, int64_t day, struct text *out)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int64_t since;
    if (policy_review(policy, day, &since) != REVIEW_OVERDUE) return false;
    struct date due = date_from_day(since - 1);
    text_format(out,
                "This policy was due for review by %d %s %d. It stays in force until a new version "
                "takes its place.",
                due.day, months[(due.month + 11) % 12], due.year);
    return true;
}
