/* What the first start shares with the import: organisations by a file. */
#pragma once

#include "service/desk_parts.h"

MUST_USE bool setup_organisation(struct desk *desk, struct slice name, struct slice kind,
                                 struct slice source, struct id *ret_org, struct error *error);
