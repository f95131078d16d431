// Makes what everything is measured on, from a fixed seed: posts and comments as text and as NDJSON, and rosters of names. The same bytes
// come out every time. sentences.mjs has the patterns; README.md says how often what comes.
import * as locales from '@faker-js/faker';
import { closeSync, openSync, writeSync } from 'node:fs';
import { randomFrom } from '../random.mjs';
import * as say from './sentences.mjs';

// ---- names ----

// Those of English-speaking places; en_GB has no lists of its own and falls back on en.
const PLACES = ['en', 'en_GB', 'en_AU', 'en_IE', 'en_IN', 'en_NG', 'en_ZA'];

function wordsOf(field) {
  const found = new Set();
  for (const place of PLACES) {
    for (const list of Object.values(locales[place].person?.[field] ?? {})) for (const name of list ?? []) found.add(name);
  }
  return [...found].sort();
}
const GIVEN = wordsOf('first_name');
const FAMILY = wordsOf('last_name');
for (const name of ['Will', 'May', 'Young', 'Christian']) {
  if (!GIVEN.includes(name) && !FAMILY.includes(name)) throw new Error(`the lists have no ${name}`);
}

// `count` people, no two with the same names: the order of a full cycle through all pairs. One family name in forty is double-barrelled.
export function makePeople(count) {
  const pairs = GIVEN.length * FAMILY.length;
  if (count > pairs) throw new Error(`there are ${pairs} pairs of names only`);
  const random = randomFrom(0x5eed11);
  const people = [];
  for (let i = 0, at = 12345; i < count; i++) {
    at = (at + 1000003) % pairs; // a prime that divides neither list's length: every pair comes once
    const family = FAMILY[at % FAMILY.length];
    people.push({
      given: GIVEN[Math.floor(at / FAMILY.length)],
      family: random(40) === 0 ? `${family}-${FAMILY[random(FAMILY.length)]}` : family,
      known: random(16) === 0 ? GIVEN[random(GIVEN.length)] : '',
    });
  }
  return people;
}

export function writeRoster(path, people) {
  writeLines(path, 'id,kind,given,family,known_as,year,school\n', people.length, (i) => {
    const { given, family, known } = people[i];
    return `P${String(i + 1).padStart(7, '0')},pupil,${given},${family},${known},${i % 13 + 1},S${i % 7 + 1}\n`;
  });
}

// ---- posts ----

const random = randomFrom(0x2f6e2b1);
const one = (list) => list[random(list.length)];
const digits = (count) => Array.from({ length: count }, () => random(10)).join('');
const often = (percent) => random(10000) < percent * 100;
const { adjective, adverb, noun, verb } = locales.en.word;
let people;

function fullName() {
  const { given, family, known } = one(people);
  const kind = random(100);
  if (kind < 70) return `${given} ${family}`;
  if (kind < 80) return `${given} ${family[0]}`;
  if (kind < 85) return `${known || given} ${family}`;
  return kind < 92 ? `${family}, ${given}` : `${given[0]}. ${family}`;
}

const MAKERS = {
  adjective: () => one(adjective), adverb: () => one(adverb), noun: () => one(noun), verb: () => one(verb),
  given: () => one(GIVEN), family: () => one(FAMILY), named: fullName, anybody: () => `${one(GIVEN)} ${one(FAMILY)}`,
  year: () => 1 + random(13), teen: () => 10 + random(9), small: () => 1 + random(9), money: () => 20 + random(900),
  percent: () => `${90 + random(10)}.${random(10)}`, keystage: () => 1 + random(4), yearnumber: () => 1990 + random(36),
  bignumber: () => digits(11), time: () => `${8 + random(9)}${one([':', '.'])}${one(['00', '15', '30', '45'])}${one(['', 'am', 'pm'])}`,
  date: () => `${1 + random(28)} ${one(['January', 'March', 'May', 'June', 'November'])}`,
  phone: () => (random(3) ? `07700 900${digits(3)}` : `01632 960${digits(3)}`), // kept for drama
  email: () => `${one(GIVEN)}.${one(FAMILY)}${random(99)}@${one(['mail.example', 'example.com', 'oakfield.example'])}`.toLowerCase().replace(/[ ']/g, ''),
  handle: () => `${one(adjective)}_${one(noun)}${random(999)}`, postcode: () => `${one(['LS', 'M', 'BS', 'NE'])}${1 + random(9)} ${random(10)}${one(['AB', 'JD', 'QX'])}`,
  path: () => `${one(noun)}-${one(noun)}-${random(9999)}`,
  swear: () => disguised(one(say.SWEARWORDS)),
};
for (const [name, list] of Object.entries(say.CHOICES)) MAKERS[name] = () => one(list);

// One swear word in six is written so as to slip past.
function disguised(word) {
  if (random(6)) return word;
  const ways = [(w) => w.replace('i', '1').replace('a', '@'), (w) => w[0] + '*'.repeat(2) + w.slice(3), (w) => [...w].join(' '),
    (w) => w.replace(/[aeiou]/, (v) => v.repeat(5)), (w) => [...w].join('.'), (w) => w.replace('s', '$')];
  return one(ways)(word);
}

const compile = (list) => list.map((pattern) => pattern.split(/[{}]/).map((part, i) => (i % 2 ? MAKERS[part] : part)));
const LISTS = Object.fromEntries(['POST', 'PARENT', 'PUPIL', 'NAMED', 'TITLED', 'TAGGED', 'CONTACT', 'LINK', 'SWEARING', 'TRICKY'].map((k) => [k, compile(say[k])]));

function sentence(list) {
  let out = '';
  for (const part of one(list)) out += typeof part === 'string' ? part : part();
  return out;
}

const POSTS = 31; // in a hundred are the school's own; then come those of parents, then of pupils

function makePost() {
  const kind = random(100);
  const [list, count] = kind < POSTS ? [LISTS.POST, 2 + random(4)] : kind < 72 ? [LISTS.PARENT, 1 + random(4)] : [LISTS.PUPIL, 1 + random(2)];
  const parts = Array.from({ length: count }, () => sentence(list));
  const put = (text) => parts.splice(random(parts.length + 1), 0, text);
  if (often(8)) put(sentence(LISTS.NAMED));
  if (often(kind < POSTS ? 20 : 5)) put(sentence(LISTS.TITLED));
  if (kind >= POSTS && often(12)) put(sentence(LISTS.TAGGED));
  if (often(1.5)) put(sentence(LISTS.CONTACT));
  if (often(5)) put(sentence(LISTS.LINK));
  if (often(2)) put(sentence(LISTS.TRICKY));
  if (often(kind < POSTS ? 0.1 : 3)) put(sentence(LISTS.SWEARING));
  if (often(16)) parts.push(one(say.EMOJI));
  if (often(12)) parts.push(one(say.HASHTAGS));
  if (often(4)) parts.unshift(`@${MAKERS.handle()}`);
  const post = parts.join(often(8) ? '\n' : ' ');
  return often(1) ? post.toUpperCase() : often(0.5) ? post.replaceAll(' and ', ' &amp; ') : post;
}

// Texts of the small roster: where a name is named in full, it is one of these people.
export function makePosts(count, named) {
  people = named;
  return Array.from({ length: count }, makePost);
}

// ---- files ----

function writeLines(path, head, count, line) {
  const file = openSync(path, 'w');
  let part = head;
  for (let i = 0; i < count; i++) {
    part += line(i);
    if (part.length > 1 << 20) {
      writeSync(file, part);
      part = '';
    }
  }
  writeSync(file, part);
  closeSync(file);
}

export function writePosts(path, posts) {
  writeLines(path, '', posts.length, (i) => `${JSON.stringify({ id: String(i + 1), text: posts[i] })}\n`);
}

export const bytesOf = (texts) => texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
