/* Rows for values: don't know, not asked, ages, times, records, people shown, definitions (grammar.md 8.1, 8.2, 8.3, 8.5, 9). */
#include <stddef.h>

#include "table.h"

#define BEFRIEND "actor: a teacher\nact: befriend\nother: a pupil\n"
#define POST "actor: a teacher\nact: post\n"
#define PHOTO "actor: a teacher\nact: post-photo\n"
#define OPEN_POST "world: open\nvia: none\nother: nobody\nshown: none\n" POST
#define UNDER_18                                                                                   \
    CLAUSE("1", "staff MUST NOT befriend a pupil\nIF age of the other person is under 18\n")
#define EVENING CLAUSE("1", "staff MUST NOT post\nIF the time is between 18:00 and 07:30\n")
#define HEAD_GATE CLAUSE("1", "staff NEEDS approval FROM the headteacher TO post\n")
#define CONSENT                                                                                    \
    CLAUSE("1",                                                                                    \
           "staff NEEDS photo consent FROM a parent FOR EVERY pupil shown TO publish a photo\n")   \
    CLAUSE("2", "staff MAY post\n")

const struct table_row table_facts[] = {
    {"don't know: the vocabulary",
     CLAUSE("1", "staff MUST NOT post\nIF the content is confidential\n"), NULL,
     POST "fact confidential: don't know\n",
     "verdict not-allowed must\nassumed confidential as yes by words.md\n"},
    {"don't know: the clause",
     CLAUSE("1", "staff MUST NOT post\nIF the content is confidential\nNOT KNOWN the content is "
                 "confidential: treat as no\n"),
     NULL, POST "fact confidential: don't know\n", "verdict no-clause\n"},
    {"don't know: the clause alone, not its neighbour",
     CLAUSE("1", "staff SHOULD NOT post\nIF the content is confidential\nNOT KNOWN the content is "
                 "confidential: treat as no\n")
         CLAUSE("2", "staff ADVISED NOT TO post\nIF the content is confidential\n"),
     NULL, POST "fact confidential: don't know\n", "verdict advised-against\n"},
    {"don't know: the clause reads a definition so too",
     CLAUSE("1", "the case is special MEANS all of:\n- the content is confidential\n")
         CLAUSE("2", "staff MUST NOT post\nIF the case is special\nNOT KNOWN the content is "
                     "confidential: treat as no\n"),
     NULL, POST "fact confidential: don't know\n", "verdict no-clause\n"},
    {"don't know: the worst value (R2)",
     CLAUSE("1", "staff MUST NOT post\nUNLESS the account is registered\n"), NULL,
     POST "fact registered: don't know\n",
     "verdict not-allowed must\nassumed registered as no by R2\n"},
    {"don't know: the worst value where yes forbids",
     CLAUSE("1", "staff MUST NOT post\nIF the account is registered\n"), NULL,
     POST "fact registered: don't know\n",
     "verdict not-allowed must\nassumed registered as yes by R2\n"},
    {"don't know: under 18 with a finer threshold",
     CLAUSE("1", "staff MUST NOT befriend a pupil\nIF age of the other person is under 13\n"), NULL,
     BEFRIEND "fact other.age: don't know\n", "verdict not-allowed must\n"},
    {"don't know: under 18 is never 18",
     CLAUSE("1", "staff MUST NOT befriend a pupil\nIF age of the other person is at least 18\n"),
     NULL, BEFRIEND "fact other.age: don't know\n", "verdict no-clause\n"},
    {"don't know: referred", CLAUSE("1", "staff MUST NOT post\nIF the matter is urgent\n"), NULL,
     POST "fact urgent: don't know\n", "verdict refer\nrefer governor\n"},
    {"don't know: referred, but nothing turns on it",
     CLAUSE("1", "staff MUST NOT post\n")
         CLAUSE("2", "staff SHOULD NOT post\nIF the matter is urgent\n"),
     NULL, POST "fact urgent: don't know\n", "verdict not-allowed must\n"},
    {"don't know: a clause's own line leaves the other facts joined",
     CLAUSE("3", "a linked person MEANS any of:\n- the organisation\n- age is at least 18\n")
         CLAUSE("4", "a linked person MAY open disciplinary action\nDESPITE 7\n")
             CLAUSE("7", "a linked person MUST NOT open disciplinary action\nNOT KNOWN age of the "
                         "other person: treat as under 16\n"),
     NULL,
     "actor: a teacher\nact: discipline\nfact actor.age: don't know\nfact other.age: don't know\n",
     "verdict no-clause\n"},
    {"don't know beside not asked: refer in one completion, not-allowed in another",
     CLAUSE("3", "a governor DECIDES WHETHER \"the risk is small\"\nASK \"Is it?\"\n") CLAUSE(
         "4", "anyone MAY message via the school phone\nIF age of the other person is at most "
              "16\nNEEDS approval FROM a parent\n")
         CLAUSE("7", "anyone MUST NOT contact\nIF the risk is small\n"),
     NULL, "world: open\nshown: none\nact: message\nfact other.age: don't know\n",
     "verdict need-answer\n"},
    {"don't know beside not asked: the strength alone is open",
     CLAUSE("5", "anyone SHOULD NOT open disciplinary action\n")
         CLAUSE("6", "anyone NEEDS permission FROM another governor TO open disciplinary action or "
                     "contact via own phone\nIF age of the actor is at least 16\n"),
     NULL, "world: open\nshown: none\nact: discipline\nfact actor.age: don't know\n",
     "verdict need-answer\n"},
    {"don't know beside not asked: the strength hangs on the channel",
     CLAUSE("2", "a linked person MEANS all of:\n- a governor\n- age is under 18\n")
         CLAUSE("5", "anyone SHOULD NOT contact\n")
             CLAUSE("8", "a linked person MAY befriend\nONLY THROUGH an official account\n"),
     NULL,
     "world: open\nactor: a governor\nother: a pupil\nshown: none\nact: accept-request\nfact "
     "actor.age: don't know\n",
     "verdict need-answer\n"},
    {"don't know beside not asked: the gate that the worst value brings",
     CLAUSE("5", "anyone SHOULD publish a photo\nIF approval FROM a parent is refused\n")
         CLAUSE("6", "anyone NEEDS permission FROM a parent TO publish a photo\nIF the date of "
                     "leaving is before 2024-03-01\n"),
     NULL,
     "world: open\nactor: a teacher\nother: nobody\nvia: none\nshown: none\nact: "
     "post-photo\nfact left: don't know\nrecord permission: missing\n",
     "verdict allowed-if\nneed permission from parent\n"},
    {"don't know beside not asked: the gate that the worst value of a person shown brings",
     CLAUSE("1", "a colleague MAY open disciplinary action\nIF it is an emergency\n")
         CLAUSE("5", "anyone NEEDS approval FROM a parent TO open disciplinary action\nIF any "
                     "of:\n- for every pupil shown: age is under 13\n"),
     NULL,
     "world: open\nactor: the organisation, a colleague\nother: nobody\nvia: none\nact: "
     "discipline\nrecord approval: don't know\nshown Ana: our-pupil; fact age don't know\n",
     "verdict allowed-if\nneed approval from parent\n"},
    {"don't know: what would help is tried in the clause's own reading too",
     CLAUSE("1",
            "staff MUST NOT post\nIF the account is registered\nIF the head is away\nNOT KNOWN "
            "the head is away: treat as yes\n"),
     NULL, POST "fact away: don't know\nfact registered: yes\n",
     "verdict not-allowed must\nchange no-clause\n"},
    {"don't know: the worst state of a record is told, whoever it is from",
     CLAUSE("1", "staff MUST NOT post\nIF any of:\n- permission FROM a parent is refused\n- "
                 "permission FROM a governor is refused\n"),
     NULL, POST "record permission: don't know\n",
     "verdict not-allowed must\nassumed permission as refused by R2\n"},
    {"not asked: it matters", CLAUSE("1", "staff MUST NOT post\nIF it is an emergency\n"), NULL,
     OPEN_POST, "verdict need-answer\nask fact emergency\n"},
    {"not asked: both ways allowed",
     CLAUSE("1", "staff MAY post\nIF it is an emergency\n")
         CLAUSE("2", "staff MAY post\nIF NOT it is an emergency\n"),
     NULL, OPEN_POST, "verdict allowed\n!ask fact emergency\n"},
    {"not asked: thresholds that cover all",
     CLAUSE("1", "staff MAY post\nIF age of the actor is under 40\n")
         CLAUSE("2", "staff MAY post\nIF age of the actor is at least 30\n"),
     NULL, OPEN_POST, "verdict allowed\n"},
    {"not asked: under 13 is under 18",
     CLAUSE(
         "1",
         "staff MAY post\nIF age of the actor is under 13\nIF age of the actor is at least 18\n"),
     NULL, OPEN_POST, "verdict no-clause\n"},
    {"not asked: a choice has one value",
     CLAUSE("1", "staff MUST NOT post\nIF the kind of account is personal\nIF the kind of account "
                 "is official\n"),
     NULL, OPEN_POST, "verdict no-clause\n"},
    {"not asked: a record", HEAD_GATE, NULL, OPEN_POST,
     "verdict need-answer\nask record approval\n"},
    {"not asked: the strength alone is open",
     CLAUSE("1", "staff SHOULD NOT post\n")
         CLAUSE("2", "staff MUST NOT post\nIF it is an emergency\n"),
     NULL, OPEN_POST, "verdict need-answer\n"},
    {"not asked: a forbidding clause settles it",
     CLAUSE("1", "staff MUST NOT post\n") CLAUSE("2", "staff MAY post\nIF it is an emergency\n"),
     NULL, OPEN_POST, "verdict not-allowed must\n"},
    {"not asked: a duty's condition holds up nothing",
     CLAUSE("1", "staff MAY post\nTHEN staff MUST keep the message IF it is an emergency\n"), NULL,
     OPEN_POST, "verdict allowed\nduty keep-message to nobody by staff with conditional\n"},
    {"not asked: the actor", CLAUSE("1", "staff MUST NOT post\n"), NULL,
     "world: open\nvia: none\nother: nobody\nact: post\n", "verdict need-answer\n"},
    {"closed: a number not given fails both ways",
     CLAUSE("1", "staff MUST NOT post\nIF age of the actor is under 18\n")
         CLAUSE("2", "staff MUST NOT post\nIF age of the actor is at least 18\n"),
     NULL, POST, "verdict no-clause\n"},
    {"age 17", UNDER_18, NULL, BEFRIEND "fact other.age: 17\n", "verdict not-allowed must\n"},
    {"age 18", UNDER_18, NULL, BEFRIEND "fact other.age: 18\n", "verdict no-clause\n"},
    {"over 18 is not 18",
     CLAUSE("1", "staff MUST NOT befriend a pupil\nIF age of the other person is over 18\n"), NULL,
     BEFRIEND "fact other.age: 18\n", "verdict no-clause\n"},
    {"at most 18 is 18",
     CLAUSE("1", "staff MUST NOT befriend a pupil\nIF age of the other person is at most 18\n"),
     NULL, BEFRIEND "fact other.age: 18\n", "verdict not-allowed must\n"},
    {"the eve of the birthday, its last minute", UNDER_18, NULL,
     "on: 2026-05-09 23:59\n" BEFRIEND "fact other.age: born 2008-05-10\n",
     "verdict not-allowed must\n"},
    {"the birthday, its first minute", UNDER_18, NULL,
     "on: 2026-05-10 00:00\n" BEFRIEND "fact other.age: born 2008-05-10\n", "verdict no-clause\n"},
    {"born 29 February, 28 February of a common year", UNDER_18, NULL,
     "on: 2026-02-28 23:59\n" BEFRIEND "fact other.age: born 2008-02-29\n",
     "verdict not-allowed must\n"},
    {"born 29 February, 1 March of a common year", UNDER_18, NULL,
     "on: 2026-03-01 00:00\n" BEFRIEND "fact other.age: born 2008-02-29\n", "verdict no-clause\n"},
    {"born 29 February, 29 February of a leap year", UNDER_18, NULL,
     "on: 2028-02-29 00:00\n" BEFRIEND "fact other.age: born 2010-02-28\n", "verdict no-clause\n"},
    {"time: before the window", EVENING, NULL, "on: 2026-06-01 17:59\n" POST,
     "verdict no-clause\n"},
    {"time: its first minute", EVENING, NULL, "on: 2026-06-01 18:00\n" POST,
     "verdict not-allowed must\n"},
    {"time: midnight", EVENING, NULL, "on: 2026-06-01 00:00\n" POST, "verdict not-allowed must\n"},
    {"time: its last minute", EVENING, NULL, "on: 2026-06-01 07:29\n" POST,
     "verdict not-allowed must\n"},
    {"time: its end", EVENING, NULL, "on: 2026-06-01 07:30\n" POST, "verdict no-clause\n"},
    {"date: before",
     CLAUSE("1", "staff MUST NOT post\nIF the date of leaving is before 2024-03-01\n"), NULL,
     POST "fact left: 2024-02-29\n", "verdict not-allowed must\n"},
    {"date: on", CLAUSE("1", "staff MUST NOT post\nIF the date of leaving is before 2024-03-01\n"),
     NULL, POST "fact left: 2024-03-01\n", "verdict no-clause\n"},
    {"record: the latest of one giver counts", HEAD_GATE, NULL,
     "on: 2026-06-01 12:00\n" POST "record approval: given 2025-01-10 FROM the headteacher; "
     "refused 2025-02-05 FROM the headteacher\n",
     "verdict not-allowed must\n"},
    {"record: given again after a refusal", HEAD_GATE, NULL,
     "on: 2026-06-01 12:00\n" POST "record approval: refused 2025-02-05 FROM the headteacher; "
     "given 2025-03-01 FROM the headteacher\n",
     "verdict no-clause\n"},
    {"record: later than the act counts for nothing", HEAD_GATE, NULL,
     "on: 2026-06-01 12:00\n" POST "record approval: given 2026-06-02 FROM the headteacher\n",
     "verdict allowed-if\n"},
    {"record: a later refusal counts for nothing", HEAD_GATE, NULL,
     "on: 2026-06-01 12:00\n" POST "record approval: given 2026-05-01 FROM the headteacher; "
     "refused 2026-06-02 FROM the headteacher\n",
     "verdict no-clause\n"},
    {"record: of another giver", HEAD_GATE, NULL, POST "record approval: given FROM a parent\n",
     "verdict allowed-if\n"},
    {"record: one of two is enough",
     CLAUSE("1", "staff NEEDS approval FROM the headteacher or a governor TO post\n"), NULL,
     POST "record approval: given FROM a governor\n", "verdict no-clause\n"},
    {"record: a refusal beats a yes",
     CLAUSE("1", "staff NEEDS approval FROM the headteacher or a governor TO post\n"), NULL,
     POST "record approval: given FROM a governor; refused FROM the headteacher\n",
     "verdict not-allowed must\n"},
    {"record: nobody approves for themselves",
     CLAUSE("1", "anyone NEEDS approval FROM another headteacher TO post\n"), NULL,
     "actor: the headteacher\nact: post\nrecord approval: given FROM the actor\n",
     "verdict allowed-if\n"},
    {"record: another did", CLAUSE("1", "anyone NEEDS approval FROM another headteacher TO post\n"),
     NULL,
     "actor: the headteacher\nact: post\nrecord approval: given FROM the actor; given FROM the "
     "headteacher\n",
     "verdict no-clause\n"},
    {"record: is refused",
     CLAUSE("1", "staff MUST NOT post\nIF approval FROM the headteacher is refused\n"), NULL,
     POST "record approval: refused FROM the headteacher\n", "verdict not-allowed must\n"},
    {"record: missing is not refused",
     CLAUSE("1", "staff MUST NOT post\nIF approval FROM the headteacher is refused\n"), NULL,
     POST "record approval: missing\n", "verdict no-clause\n"},
    {"shown: each has a consent", CONSENT, NULL,
     PHOTO "shown Ana: a pupil; record consent given FROM a parent\nshown Ben: a pupil; record "
           "consent given FROM a parent\n",
     "verdict allowed\n"},
    {"shown: one child's consent never answers for another", CONSENT, NULL,
     PHOTO "shown Ana: a pupil; record consent given FROM a parent\nshown Ben: a pupil\n",
     "verdict allowed-if\nneed consent from parent for Ben\n!need consent from parent for Ana\n"},
    {"shown: refused for one", CONSENT, NULL,
     PHOTO "shown Ana: a pupil; record consent given FROM a parent\nshown Ben: a pupil; record "
           "consent refused FROM a parent\n",
     "verdict not-allowed must\n"},
    {"shown: nobody", CONSENT, NULL, PHOTO "shown: none\n", "verdict allowed\n"},
    {"shown: no pupil", CONSENT, NULL, PHOTO "shown Ana: a colleague\n", "verdict allowed\n"},
    {"shown: for every, one fails",
     CLAUSE("1",
            "staff MUST NOT publish a photo\nUNLESS for every pupil shown: the face is hidden\n"),
     NULL, PHOTO "shown Ana: a pupil; fact hidden yes\nshown Ben: a pupil; fact hidden no\n",
     "verdict not-allowed must\n"},
    {"shown: for every, all hold",
     CLAUSE("1",
            "staff MUST NOT publish a photo\nUNLESS for every pupil shown: the face is hidden\n"),
     NULL, PHOTO "shown Ana: a pupil; fact hidden yes\nshown Ben: a colleague; fact hidden no\n",
     "verdict no-clause\n"},
    {"shown: for every, nobody",
     CLAUSE("1",
            "staff MUST NOT publish a photo\nUNLESS for every pupil shown: the face is hidden\n"),
     NULL, PHOTO "shown: none\n", "verdict no-clause\n"},
    {"shown: a prohibition speaks for any",
     CLAUSE("1", "staff MUST NOT publish a photo\nIF consent was withdrawn\n"), NULL,
     PHOTO "shown Ana: a pupil; fact withdrawn no\nshown Ben: a pupil; fact withdrawn yes\n",
     "verdict not-allowed must\n"},
    {"shown: a permission must hold for all",
     CLAUSE("1", "staff MAY publish a photo\nIF the face is hidden\n"), NULL,
     PHOTO "shown Ana: a pupil; fact hidden yes\nshown Ben: a pupil; fact hidden no\n",
     "verdict no-clause\n"},
    {"shown: a permission for all",
     CLAUSE("1", "staff MAY publish a photo\nIF the face is hidden\n"), NULL,
     PHOTO "shown Ana: a pupil; fact hidden yes\n", "verdict allowed\n"},
    {"shown: a permission about nobody",
     CLAUSE("1", "staff MAY publish a photo\nIF the face is hidden\n"), NULL, PHOTO "shown: none\n",
     "verdict no-clause\n"},
    {"shown: an exception is each person's own",
     CLAUSE(
         "1",
         "staff MUST NOT publish a photo\nIF consent was withdrawn\nUNLESS the face is hidden\n"),
     NULL,
     PHOTO "shown Ana: a pupil; fact withdrawn yes; fact hidden no\nshown Ben: a pupil; fact "
           "withdrawn no; fact hidden yes\n",
     "verdict not-allowed must\n"},
    {"shown: their age",
     CLAUSE("1",
            "staff MUST NOT publish a photo\nUNLESS for every pupil shown: age is at least 13\n"),
     NULL, PHOTO "shown Ana: a pupil; fact age 12\n", "verdict not-allowed must\n"},
    {"means: a closed list",
     CLAUSE("1", "staff MEANS any of:\n- a governor\n") CLAUSE("2", "staff MUST NOT post\n"), NULL,
     POST, "verdict no-clause\n"},
    {"means: the list itself",
     CLAUSE("1", "staff MEANS any of:\n- a governor\n") CLAUSE("2", "staff MUST NOT post\n"), NULL,
     "actor: a governor\nact: post\n", "verdict not-allowed must\n"},
    {"includes: an open list",
     CLAUSE("1", "staff INCLUDES any of:\n- a governor\n") CLAUSE("2", "staff MUST NOT post\n"),
     NULL, POST, "verdict not-allowed must\n"},
    {"means: that person's age",
     CLAUSE("1", "a minor MEANS all of:\n- a pupil\n- age is under 18\n")
         CLAUSE("2", "a minor MUST NOT befriend a minor\n"),
     NULL,
     "actor: a pupil\nact: befriend\nother: a pupil\nfact actor.age: 12\nfact other.age: 18\n",
     "verdict no-clause\n"},
    {"means: both ages",
     CLAUSE("1", "a minor MEANS all of:\n- a pupil\n- age is under 18\n")
         CLAUSE("2", "a minor MUST NOT befriend a minor\n"),
     NULL,
     "actor: a pupil\nact: befriend\nother: a pupil\nfact actor.age: 12\nfact other.age: 17\n",
     "verdict not-allowed must\n"},
    {"means: a channel of two",
     CLAUSE("1", "a work channel MEANS all of:\n- Facebook\n- an official account\n")
         CLAUSE("2", "staff MUST NOT post via a work channel\n"),
     NULL, POST "via: facebook, official-account\n", "verdict not-allowed must\n"},
    {"means: a channel, half of it",
     CLAUSE("1", "a work channel MEANS all of:\n- Facebook\n- an official account\n")
         CLAUSE("2", "staff MUST NOT post via a work channel\n"),
     NULL, POST "via: facebook\n", "verdict no-clause\n"},
    {"none of: two",
     CLAUSE(
         "1",
         "staff MUST NOT post\nIF none of:\n- it is an emergency\n- the account is registered\n"),
     NULL, POST "fact emergency: no\nfact registered: yes\n", "verdict no-clause\n"},
    {"a reading not adopted sleeps",
     CLAUSE("1", "UNDER R3: staff MUST NOT post\n") CLAUSE("2", "UNDER NOT R3: staff MAY post\n"),
     NULL, POST, "verdict allowed\n"},
    {NULL, NULL, NULL, NULL, NULL},
};
