-- The life of a policy: its versions, who signed them, what was done under them, and the tasks and days that follow. Every table
-- here is a projection of the events.

-- state: brought, approved, refused, withdrawn. `body` is the role in whose name it was approved; empty for the version with which
-- the record began. `changed` lists the roles for which it means something else than `base`, the version in force just before.
-- `reason` is the event whose part, sealed under the version's own id, says why.
CREATE TABLE version (
    id BLOB NOT NULL PRIMARY KEY,
    n INTEGER NOT NULL,
    org BLOB NOT NULL,
    name TEXT NOT NULL,
    number TEXT NOT NULL,
    files TEXT NOT NULL,
    uploads TEXT NOT NULL,
    meaning TEXT NOT NULL,
    prose TEXT NOT NULL,
    state TEXT NOT NULL,
    author BLOB,
    brought INTEGER NOT NULL,
    body TEXT NOT NULL,
    approved_by BLOB,
    approved INTEGER,
    in_force INTEGER,
    material INTEGER NOT NULL,
    changed TEXT NOT NULL,
    base BLOB,
    reason INTEGER
) STRICT;

-- method: screen, or paper, which `recorder` has seen; `signed` is the day on the sheet then.
CREATE TABLE signature (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    version BLOB NOT NULL,
    roles TEXT NOT NULL,
    signed INTEGER NOT NULL,
    recorded INTEGER NOT NULL,
    method TEXT NOT NULL,
    recorder BLOB,
    n INTEGER NOT NULL
) STRICT;
CREATE INDEX signature_person ON signature (person);
CREATE INDEX signature_version ON signature (version);

CREATE TABLE training (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    course TEXT NOT NULL,
    done INTEGER NOT NULL,
    until INTEGER,
    recorder BLOB,
    n INTEGER NOT NULL
) STRICT;
CREATE INDEX training_person ON training (person);

-- An act that was done, or is being done, and the version that decided it; what it was about lies sealed in event `n`. stage:
-- done, doing, or arisen: the act itself was left alone, and what led to it has happened.
CREATE TABLE occurrence (
    id BLOB NOT NULL PRIMARY KEY,
    actor BLOB NOT NULL,
    org BLOB NOT NULL,
    version BLOB NOT NULL,
    act TEXT NOT NULL,
    verdict TEXT NOT NULL,
    clauses TEXT NOT NULL,
    stage TEXT NOT NULL,
    happened INTEGER NOT NULL,
    at INTEGER NOT NULL,
    n INTEGER NOT NULL
) STRICT;
CREATE INDEX occurrence_actor ON occurrence (actor);
CREATE INDEX occurrence_version ON occurrence (version, at);

-- state: open, done, waived. `version`, `clause`, `deed` and `strength`: the duty that it is, in the policy's own words.
-- `goes_on`: when it goes to the next in line unless somebody took it, and `steps` how often it did.
CREATE TABLE task (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    org BLOB,
    owner BLOB,
    about BLOB,
    opened INTEGER NOT NULL,
    due INTEGER NOT NULL,
    state TEXT NOT NULL,
    n INTEGER NOT NULL,
    version BLOB,
    clause TEXT NOT NULL,
    deed TEXT NOT NULL,
    strength TEXT NOT NULL,
    goes_on INTEGER,
    steps INTEGER NOT NULL,
    taken INTEGER,
    taken_by BLOB,
    ended INTEGER,
    ended_by BLOB
) STRICT;
CREATE INDEX task_state ON task (state, due);
CREATE INDEX task_about ON task (about);
CREATE INDEX task_owner ON task (owner, state);
CREATE INDEX task_goes_on ON task (goes_on) WHERE state = 'open';

-- `terms`: FIRST..LAST days with blanks between; `closed`: days without school beside weekends and bank holidays.
CREATE TABLE calendar (
    org BLOB NOT NULL PRIMARY KEY,
    n INTEGER NOT NULL,
    nation TEXT NOT NULL,
    late INTEGER NOT NULL,
    terms TEXT NOT NULL,
    closed TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
