/* Harm that is spoken of in a lesson: Hamlet wants to die, and the online safety assembly says what not to send. Beside such a sign what
 * would be held is looked at. */
#pragma once

#include "screen/finding.h"

#define LESSON_REACH 200 /* bytes between a sign of a lesson and what it makes milder */

/* Findings in order. Threats and self-harm near a sign of fiction, and approaches near one of a safety lesson, go from HOLD to LOOK; the signs
 * themselves are dropped. */
void lesson_settle(struct findings *findings);
