/* The record's own rules, record/policy.md and its words, built into the program. */
#pragma once

#include "base/error.h"
#include "policy/policy.h"

MUST_USE bool rules_compile(struct policy **ret_rules, struct error *error);
