/* Prints the detectors' numbering plan for check_plan.py: four digits behind the trunk 0, the kind,
 * and whether a number of that area may have nine digits. */
#include <stdio.h>

#include "screen/detect_parts.h"

int main(void)
{
    for (unsigned area = 1000; area <= 9999; area++) {
        unsigned char digits[10] = {0};
        for (unsigned i = 0, rest = area; i < 4; i++, rest /= 10)
            digits[3 - i] = (unsigned char)(rest % 10);
        struct phone_kind kind = phone_plan(digits, 10);
        bool known = kind.length > 0;
        printf("%u %s %d\n", area, known ? finding_kind_name(kind.kind) : "none",
               phone_area_short(digits) ? 1 : 0);
    }
    return 0;
}
