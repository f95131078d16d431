/* What base knows of wide registers, by the name that this room calls it. */
#pragma once

#include "base/wide.h"
