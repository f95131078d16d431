/* What people may want to do from their home page, in the words of what they are here. Which pages open to them is asked of the
 * table of routes: a row whose page does not open, or is not there, is left out. */
#include "page/start.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct start_row safeguarding[] = {
    {"/tasks", "What was told to you", "And what else waits for you"},
    {"/people", "People", "Children, parents, and who is barred"},
    {"/who", "Who holds which post", "And which post stands empty"},
};
static const struct start_row leading[] = {
    {"/overview", "How things stand", "Signatures, tasks, posts, changes"},
    {"/overdue", "What is overdue", "Tasks that nobody did in time"},
    {"/versions", "Versions of the policy", "What waits, and what it would change"},
    {"/coverage", "Who has signed", "By school and role"},
};
static const struct start_row keeping_people[] = {
    {"/people", "People", "Look somebody up, put it right"},
    {"/imports", "Files of people", "Bring one in from your own system"},
    {"/coverage", "Who has signed", "And signatures that came on paper"},
    {"/people/add", "Add a person", "Somebody who is in no file"},
};
static const struct start_row administering[] = {
    {"/record", "The record", "Checks, backups and mail"},
    {"/people", "People", "Look somebody up, put it right"},
    {"/imports", "Files of people", "Bring one in from your own system"},
    {"/roles", "Proposed roles", "They wait for two people each"},
};
static const struct start_row protecting_data[] = {
    {"/erasures", "Erasures", "One person asks, another confirms"},
    {"/holds", "Legal holds", "What must not be erased"},
    {"/opened", "Who opened what", "Of what is sealed"},
};
static const struct start_row managing[] = {
    {"/coverage", "Who has signed", "Of the people you look after"},
};
static const struct start_row working[] = {
    {"/may", "May I?", "Before you post, reply or photograph"},
    {"/tell", "Tell somebody", "About a child, a colleague, yourself"},
    {"/kept", "My answers", "Those of May I? that you kept"},
    {"/policy", "The policy", "Clause by clause, with the rule in short"},
};
static const struct start_row coaching[] = {
    {"/may", "May I?", "Before a message or a photo"},
    {"/tell", "Tell somebody", "About a child, somebody or yourself"},
    {"/kept", "My answers", "Those of May I? that you kept"},
    {"/policy", "The policy", "Clause by clause, with the rule in short"},
};
static const struct start_row parenting[] = {
    {"/tell", "Tell the school", "About a child, or somebody here"},
    {"/may", "May I?", "Before you share a picture or a message"},
    {"/policy", "The policy", "What staff may do, and what you may"},
};
static const struct start_row learning[] = {
    {"/tell", "Tell somebody", "If something online worries you"},
    {"/may", "May I?", "Before you post or share"},
    {"/policy", "The policy", "What staff may do and may not"},
};
/* Whatever somebody is: behind what their roles say. */
static const struct start_row everybody[] = {
    {"/may", "May I?", "Before you post, reply or photograph"},
    {"/tell", "Tell somebody", "If something worries you"},
    {"/policy", "The policy", "Clause by clause, with the rule in short"},
    {"/overview", "How things stand", "Signatures, tasks, posts, changes"},
    {"/coverage", "Who has signed", "By school and role"},
    {"/versions", "Versions of the policy", "Those there were, and those that wait"},
    {"/people", "People", "Those whom you may see"},
    {"/people/add", "Add a person", "Somebody who is in no file"},
    {"/imports", "Files of people", "Those that came, and those that wait"},
    {"/roles", "Proposed roles", "They wait for two people each"},
    {"/absences", "Who is away", "And until when"},
    {"/deputies", "Who stands in for a role", "While everybody who holds it is away"},
    {"/organisations", "Organisations", "Schools and what is above them"},
    {"/calendar", "School calendar", "Terms, INSET days and bank holidays"},
    {"/holds", "Legal holds", "What must not be erased"},
    {"/erasures", "Erasures", "One person asks, another confirms"},
    {"/record", "The record", "Checks, backups and mail"},
    {"/who", "Who is who", "Whom to turn to, in each school"},
    {"/kept", "My answers", "Those of May I? that you kept"},
};

/* In this order: who leads and teaches sees what leading asks for first. */
static const struct group {
    const struct start_row *rows;
    size_t count;
    enum role roles[5];
    size_t role_count;
} groups[] = {
    {safeguarding, COUNT(safeguarding), {ROLE_DSL, ROLE_DEPUTY_DSL, ROLE_OSC}, 3},
    {leading, COUNT(leading), {ROLE_HEADTEACHER, ROLE_MANAGING_PARTNER, ROLE_SLT_MEMBER}, 3},
    {leading, COUNT(leading), {ROLE_CHAIR, ROLE_GOVERNOR, ROLE_DIRECTOR}, 3},
    {keeping_people, COUNT(keeping_people), {ROLE_OFFICE}, 1},
    {administering, COUNT(administering), {ROLE_ADMINISTRATOR}, 1},
    {protecting_data, COUNT(protecting_data), {ROLE_DPO}, 1},
    {managing, COUNT(managing), {ROLE_LINE_MANAGER}, 1},
    {working,
     COUNT(working),
     {ROLE_TEACHER, ROLE_TEACHING_ASSISTANT, ROLE_TECHNICIAN, ROLE_EMPLOYEE, ROLE_HR},
     5},
    {coaching, COUNT(coaching), {ROLE_VOLUNTEER, ROLE_CONTRACTOR, ROLE_AGENCY_WORKER}, 3},
    {parenting, COUNT(parenting), {ROLE_PARENT}, 1},
    {learning, COUNT(learning), {ROLE_PUPIL}, 1},
};

/* What every member of staff wants beside: asking and telling stand open for whoever leads or looks after the list too. */
#define OWN 2
#define OF_OFFICE (START_ROWS_LARGEST - OWN)

static bool holds(const struct visit *visit, const struct group *group)
{
    const struct person_here *here = visit->who;
    for (size_t i = 0; i < here->who.role_count; i++)
        for (size_t k = 0; k < group->role_count; k++)
            if (here->who.roles[i] == group->roles[k]) return true;
    return false;
}

static bool is_there(const struct start_rows *rows, const char *address)
{
    for (size_t i = 0; i < rows->first.count; i++)
        if (strcmp(rows->first.at[i]->address, address) == 0) return true;
    for (size_t i = 0; i < rows->rest.count; i++)
        if (strcmp(rows->rest.at[i]->address, address) == 0) return true;
    return false;
}

static void add(struct visit *visit, struct start_rows *rows, const struct start_row *from,
                size_t count, size_t room)
{
    for (size_t i = 0; i < count; i++) {
        const struct start_row *row = &from[i];
        if (is_there(rows, row->address) || !visit_opens(visit, row->address)) continue;
        if (rows->first.count < room)
            LIST_PUSH(visit->arena, &rows->first, row);
        else
            LIST_PUSH(visit->arena, &rows->rest, row);
    }
}

void start_rows(struct visit *visit, struct start_rows *ret_rows)
{
    *ret_rows = (struct start_rows){0};
    for (size_t i = 0; i < COUNT(groups); i++) {
        bool own = groups[i].rows == working || groups[i].rows == coaching ||
                   groups[i].rows == parenting || groups[i].rows == learning;
        if (holds(visit, &groups[i]))
            add(visit, ret_rows, groups[i].rows, groups[i].count,
                own ? START_ROWS_LARGEST : OF_OFFICE);
    }
    add(visit, ret_rows, everybody, OWN + 1, START_ROWS_LARGEST);
    add(visit, ret_rows, everybody, COUNT(everybody), 0);
}
