// The 4,096 requests that every engine answers: made once from a fixed seed, written as one JSON request a line in the
// form of `lanyard ask --json`. Each engine turns these into its own shape beforehand; that is not measured.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../random.mjs';

export const COUNT = 4096;
const SEED = 0x2f6e2b1;

// `parts` is [value, weight, value, weight ...]; the weights add up to 100.
function pick(random, parts) {
  let left = random(100);
  for (let i = 0; i < parts.length; i += 2) {
    if (left < parts[i + 1]) return parts[i];
    left -= parts[i + 1];
  }
  throw new Error('the weights do not add up to 100');
}

const ACTS = ['befriend', 20, 'message', 25, 'post', 20, 'publish-photo', 15, 'livestream', 10, 'open-account', 10];
const PEOPLE = ['pupil', 40, 'former-pupil', 20, 'parent', 22, 'colleague', 18];
const AGES = { pupil: [4, 15], 'former-pupil': [14, 17], parent: [24, 40], colleague: [21, 45] };
const OFFICIAL = { befriend: 10, message: 50, post: 50, 'publish-photo': 60, livestream: 80, 'open-account': 90 };
const SUBJECTS = ['private life', 40, 'school life', 40, 'pupils', 20];

function request(random) {
  const chance = (percent) => random(100) < percent;
  const act = pick(random, ACTS);
  const person = act === 'befriend' || act === 'message' ? pick(random, PEOPLE) : null;
  const via = chance(OFFICIAL[act]) ? 'official-account' : 'personal-account';
  const facts = person ? { 'other-age': AGES[person][0] + random(AGES[person][1]) } : {};
  facts['close-family'] = person !== null && chance(12);
  facts.suspended = chance(5);
  facts.registered = chance(80);
  facts.permission = chance(80);
  facts.approved = chance(60);
  facts['shows-pupil'] = chance(50);
  facts['photo-consent'] = chance(60);
  facts['full-name'] = chance(25);
  facts['staff-present'] = random(6);
  facts['head-agreed'] = chance(60);
  facts.subject = pick(random, SUBJECTS);
  return { actor: ['teacher'], act, other: person ? [person] : [], via: [via], facts };
}

export function makeRequests() {
  const random = randomFrom(SEED);
  return Array.from({ length: COUNT }, () => request(random));
}

export function writeRequests(path) {
  writeFileSync(path, makeRequests().map((one) => JSON.stringify(one) + '\n').join(''));
}

// Questions to the policies that ship, in the words that they share: a teacher, every act with everybody by both accounts.
const HELD_ACTS = ['contact', 'befriend', 'accept-request', 'message', 'one-to-one', 'email', 'call', 'post', 'post-photo', 'comment-official'];
const HELD_AGES = { 'our-pupil': 14, 'former-pupil': 17, parent: 40, colleague: 40 };

export function writeHeld(folder) {
  const lines = [];
  for (const act of HELD_ACTS) {
    for (const [person, age] of Object.entries(HELD_AGES)) {
      for (const via of ['personal-account', 'official-account']) {
        lines.push(JSON.stringify({ actor: ['teacher'], act, other: [person], via: [via], facts: { 'other.age': age } }));
      }
    }
  }
  const path = join(folder, 'held.ndjson');
  writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
  return path;
}

export function readLines(path) {
  return readFileSync(path, 'utf8').split('\n').filter(Boolean);
}

// The flat shape that suits closures, CASL, casbin and Cedar: the 14 facts and the act, always the same members in the same
// order, so that JavaScript engines keep one hidden class.
export function flatten(one) {
  const f = one.facts;
  return {
    act: one.act,
    person: one.other.length ? one.other[0] : 'nobody',
    account: one.via[0],
    age: f['other-age'] ?? 0,
    family: f['close-family'],
    suspended: f.suspended,
    registered: f.registered,
    permission: f.permission,
    approved: f.approved,
    showsPupil: f['shows-pupil'],
    consent: f['photo-consent'],
    fullName: f['full-name'],
    staffPresent: f['staff-present'],
    headAgreed: f['head-agreed'],
    subject: f.subject,
  };
}
