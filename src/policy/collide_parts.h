/* What the two halves of collide.h share. Inside the room. */
#pragma once

#include "policy/collide.h"
#include "policy/reach.h"

/* The case as a scenario block that passes: everything answered in it, the verdict that comes, the two clauses where they
 * are cited and their clash where it is flagged. In the arena. */
struct slice collide_witness(const struct request *found, const struct collision *collision,
                             struct arena *arena);
