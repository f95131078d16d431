/* lanyard test --mutate: changes every rule in every way that fits and counts the changes that some scenario notices. */
#pragma once

#include "cli/cli.h"
#include "policy/scenario.h"

/* Runs all mutants, prints those that live and the score; gives the exit code. */
int test_mutate(const struct scenarios *scenarios);
