-- People, what they are to the organisation, and what has been decided about them. Every table here is a projection of the
-- events. Personal details stand in no column: they lie in the sealed parts of events, and `details` is the event's number.
CREATE TABLE org (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    parent BLOB,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    state TEXT NOT NULL
) STRICT;

CREATE TABLE person (
    id BLOB NOT NULL PRIMARY KEY,
    org BLOB NOT NULL,
    state TEXT NOT NULL,
    details INTEGER,
    source TEXT NOT NULL,
    joined INTEGER NOT NULL,
    gone INTEGER
) STRICT;

-- An exact value by its keyed hash: an e-mail address, an identifier of another system.
CREATE TABLE identifier (
    lookup BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    person BLOB NOT NULL
) STRICT;
CREATE INDEX identifier_person ON identifier (person);

CREATE TABLE role (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    role TEXT NOT NULL,
    org BLOB NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    state TEXT NOT NULL,
    source TEXT NOT NULL,
    proposer BLOB,
    first_yes BLOB,
    second_yes BLOB
) STRICT;
CREATE INDEX role_person ON role (person);
CREATE INDEX role_role ON role (role, state);
CREATE INDEX role_proposed ON role (since) WHERE state = 'proposed';

-- A parent's link to a child. Who the parent is, and whether barred, lies sealed under the child's key in event `details`.
CREATE TABLE tie (
    id BLOB NOT NULL PRIMARY KEY,
    child BLOB NOT NULL,
    parent_lookup BLOB NOT NULL,
    details INTEGER NOT NULL,
    state TEXT NOT NULL,
    source TEXT NOT NULL
) STRICT;
CREATE INDEX tie_child ON tie (child);
CREATE INDEX tie_parent ON tie (parent_lookup);

CREATE TABLE same_person (
    id BLOB NOT NULL PRIMARY KEY,
    one BLOB NOT NULL,
    other BLOB NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX same_one ON same_person (one);
CREATE INDEX same_other ON same_person (other);

CREATE TABLE absence (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX absence_person ON absence (person);

CREATE TABLE deputy (
    id BLOB NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    org BLOB NOT NULL,
    person BLOB NOT NULL,
    place INTEGER NOT NULL,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX deputy_role ON deputy (role, org);

-- The reason lies sealed in event `placed` (and `lifted`).
CREATE TABLE hold (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    placed INTEGER NOT NULL,
    placed_by BLOB NOT NULL,
    lifted INTEGER,
    lifted_by BLOB
) STRICT;
CREATE INDEX hold_person ON hold (person);

CREATE TABLE erasure (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    asked INTEGER NOT NULL,
    asked_by BLOB NOT NULL,
    confirmed_by BLOB,
    state TEXT NOT NULL
) STRICT;
CREATE INDEX erasure_person ON erasure (person);

-- A file of people that was looked at and waits; its bytes are a sealed upload.
CREATE TABLE import (
    id BLOB NOT NULL PRIMARY KEY,
    n INTEGER NOT NULL,
    brought_by BLOB,
    format TEXT NOT NULL,
    state TEXT NOT NULL,
    joiners INTEGER NOT NULL,
    movers INTEGER NOT NULL,
    leavers INTEGER NOT NULL,
    upload TEXT NOT NULL
) STRICT;

CREATE TABLE mapping (
    name TEXT NOT NULL PRIMARY KEY,
    n INTEGER NOT NULL,
    content TEXT NOT NULL
) STRICT;

-- An answer that its asker kept; sealed under the asker's key in event `n`.
CREATE TABLE kept_answer (
    id BLOB NOT NULL PRIMARY KEY,
    person BLOB NOT NULL,
    n INTEGER NOT NULL,
    kept INTEGER NOT NULL
) STRICT;
CREATE INDEX kept_answer_person ON kept_answer (person);

-- Who opened what that is sealed.
CREATE TABLE opened (
    n INTEGER PRIMARY KEY,
    actor BLOB NOT NULL,
    person BLOB NOT NULL,
    what TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX opened_person ON opened (person);
