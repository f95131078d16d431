/* A plan in plain words: one sentence for the whole, one for each problem. No name stands in either. */
#include "service/import.h"

#include "service/import_parts.h"

static void count_words(struct text *out, size_t count, const char *one, const char *many)
{
    text_add_number(out, (int64_t)count);
    text_format(out, " %s", count == 1 ? one : many);
}

static void more(struct text *out, size_t count, const char *one, const char *many)
{
    if (count == 0) return;
    text_add_string(out, "; ");
    count_words(out, count, one, many);
}

bool import_changes(const struct plan *plan)
{
    return plan->joiners + plan->movers + plan->leavers + plan->given + plan->ended +
               plan->proposed + plan->links + plan->unlinks + plan->schools + plan->calendars >
           0;
}

/* Neither whom it is about nor which line. */
static void say_withheld(const struct plan *plan, struct text *out)
{
    if (plan->withheld == 1)
        text_add_string(out, " One line is left out: it waits for somebody else to bring it.");
    if (plan->withheld > 1)
        text_format(out, " %zu lines are left out: they wait for somebody else to bring them.",
                    plan->withheld);
}

void import_summary(const struct plan *plan, struct text *out)
{
    if (!import_changes(plan)) {
        text_add_string(out, "Nothing changes.");
        say_withheld(plan, out);
        return;
    }
    count_words(out, plan->joiners, "person joins", "people join");
    text_format(out, ", %zu %s", plan->movers, plan->movers == 1 ? "changes" : "change");
    text_format(out, ", %zu %s", plan->leavers, plan->leavers == 1 ? "leaves" : "leave");
    more(out, plan->schools, "school is new", "schools are new");
    more(out, plan->given, "role is given", "roles are given");
    more(out, plan->ended, "role ends", "roles end");
    more(out, plan->links, "parent is linked with a child",
         "links between a parent and a child are new");
    more(out, plan->unlinks, "link between a parent and a child ends",
         "links between a parent and a child end");
    more(out, plan->calendars, "school gets the terms of the file in its calendar",
         "schools get the terms of the file in their calendars");
    more(out, plan->proposed, "role of trust is proposed and waits for two people",
         "roles of trust are proposed and wait for two people each");
    text_add_char(out, '.');
    say_withheld(plan, out);
}

size_t import_problem_count(const struct import *import, const struct plan *plan)
{
    return import->roster.problem_count + plan->problems.count;
}

const struct roster_problem *import_problem(const struct import *import, const struct plan *plan,
                                            size_t index)
{
    size_t kept = import->roster.problems.count;
    if (index < kept) return &import->roster.problems.at[index];
    index -= kept;
    return index < plan->problems.count ? &plan->problems.at[index] : NULL;
}

/* Numbers of people in the other system may be what the file says they are, so they are shown without line ends. */
static void add_plain(struct text *out, struct slice words)
{
    for (size_t i = 0; i < words.length; i++) {
        unsigned char c = (unsigned char)words.at[i];
        text_add_char(out, c < ' ' || c == 0x7F ? ' ' : (char)c);
    }
}

void import_problem_words(const struct roster_problem *problem, struct text *out)
{
    static const char *const done[] = {[ROSTER_ROW_LEFT_OUT] = " This row is left out.",
                                       [ROSTER_FIELD_LEFT_OUT] = " This is left out.",
                                       [ROSTER_ONLY_NOTED] = ""};
    size_t start = out->length;
    if (problem->file.length > 0) add_plain(out, problem->file);
    if (problem->line > 0)
        text_format(out, "%sline %zu", out->length > start ? ", " : "", problem->line);
    if (problem->line > 0 && problem->column > 0) text_format(out, ", column %zu", problem->column);
    if (problem->id.length > 0) {
        text_add_string(out, out->length > start ? ", number " : "number ");
        add_plain(out, problem->id);
    }
    if (problem->field.length > 0) {
        text_add_string(out, out->length > start ? ", " : "");
        add_plain(out, problem->field);
    }
    text_format(out, "%s%s.%s", out->length > start ? ": " : "", problem->what,
                done[problem->done]);
}
