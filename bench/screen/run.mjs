// The comparison: makes texts and rosters, starts every engine in a process of its own, and goes round them in turn, so that a busy moment of
// the machine falls on all alike. README.md says what each figure counts.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../policy/children.mjs';
import { claim, heading, median, row } from '../policy/report.mjs';
import { bytesOf, makePeople, makePosts, writePosts, writeRoster } from './corpus.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [builds, ...rest] = process.argv.slice(2);
const quick = rest[0] === '--quick'; // a small round of everything: says that it runs, and nothing about speed
const wanted = quick ? rest.slice(1) : rest;
const LANYARD = join(builds, 'lanyard');
const ROUNDS = quick ? 1 : 9;
const BUILD_ROUNDS = quick ? 1 : 5;
const MS = quick ? 1 : 60;
const PEOPLE = quick ? 4000 : 1000000;
const FEW = 2000;
const LINES = quick ? 2000 : 400000; // posts through the program
const POSTS = quick ? 500 : 40000; // those of them that are timed in memory
const PEER_POSTS = quick ? 100 : 10000;
const SKELETON_POSTS = quick ? 100 : 2000;
const HELD_POSTS = quick ? 1000 : 20000; // that the program has read when its memory is looked at
const HOSTILE_MS = quick ? 0.01 : 4;
const CASES = quick ? 12 : undefined; // hostile texts, all of them
const PEERS = ['2toad', 'allprofanity', 'obscenity'];
const CLAIMS = ['fold', 'skeleton', 'names-1m', 'names-2k', 'build-one', 'memory-one', 'build-all', 'memory-all', 'pipeline', ...PEERS,
  'threads', 'memory', 'hostile'];
const STAGED = [...PEERS, 'hostile'];
const STAGES = ['stage-names', 'stage-words', 'stage-disguise', 'detectors', 'check'];
const ALLOWED = 'host bbc.co.uk\nhashtag #WorldBookDay\nhashtag #STEM\nmail oakfield.example\n';

const asked = (...claims) => claims.some((name) => !wanted.length || wanted.includes(name));
const figures = {};
const add = (name, figure) => (figures[name] ??= []).push(figure);
const middle = (name) => median(figures[name]);

// ---- what is measured on ----

function makeFiles(folder) {
  const files = Object.fromEntries(['1m.csv', '2k.csv', 'allow', 'posts', 'ndjson', 'some.ndjson', 'out1', 'out2'].map((name) => [name, join(folder, name)]));
  const people = makePeople(PEOPLE);
  const posts = makePosts(LINES, people.slice(0, FEW));
  writeRoster(files['1m.csv'], people);
  writeRoster(files['2k.csv'], people.slice(0, FEW));
  writeFileSync(files.allow, ALLOWED);
  writeFileSync(files.posts, posts.slice(0, POSTS).map((post) => `${post}\0`).join(''));
  writePosts(files.ndjson, posts);
  writePosts(files['some.ndjson'], posts.slice(0, HELD_POSTS));
  const plain = posts.filter((post) => /^[\x00-\x7f]*$/.test(post)).length;
  console.log(`${LINES} posts of ${(bytesOf(posts) / LINES).toFixed(1)} bytes on the average, ${(100 * plain / LINES).toFixed(0)}% of them ASCII; ${
    PEOPLE} and ${FEW} names`);
  return files;
}

async function prepare(driver, files) {
  const cache = join(builds, 'bench-screen');
  mkdirSync(cache, { recursive: true });
  const [count, bytes] = (await driver.ask('posts', files.posts)).map(Number);
  for (const [place, size] of ['1m', '2k'].entries()) {
    if (!asked(`names-${size}`)) continue;
    await driver.ask('names', place, files[`${size}.csv`]);
    const [seconds] = await driver.ask('database', place, files[`${size}.csv`], join(cache, size));
    if (Number(seconds)) console.log(`Hyperscan compiled ${size} names in ${seconds} s of processor time`);
  }
  if (asked(...STAGED)) await driver.ask('plan', files['2k.csv'], files.allow);
  return bytes / count;
}

// ---- one round each: [claims, what it takes] ----

async function time(child, name, ...parts) {
  add(name, Number((await child.ask('time', ...parts))[0]));
}

async function build(runner, files, forms) {
  const [seconds, peak, resident, own] = (await runner.ask('build', files['1m.csv'], forms)).map(Number);
  add(`build-${forms}`, seconds);
  add(`memory-${forms}`, peak);
  add(`resident-${forms}`, resident);
  add(`own-${forms}`, own);
}

const command = (files, ...more) => [LANYARD, 'screen', '--roster', files['2k.csv'], '--allow', files.allow, ...more];

async function run(runner, name, ...parts) {
  const [wall, cpu, status, lines] = (await runner.ask(...parts)).map(Number);
  if (status !== 0) throw new Error(`${name}: the program ended with ${status}`);
  add(`${name} wall`, wall / LINES);
  add(`${name} cpu`, cpu / LINES);
  return lines;
}

async function pipes(runner, files) {
  for (const [name, ...program] of [['ours', ...command(files)], ['cat']]) {
    const lines = await run(runner, `pipe ${name}`, 'pipe', files.ndjson, ...program);
    if (lines !== LINES) throw new Error(`${lines} lines came out of ${LINES}`);
  }
}

async function threads(runner, files) {
  for (const count of [1, 2]) {
    await run(runner, `threads ${count}`, 'files', files.ndjson, files[`out${count}`], ...command(files, '--threads', count));
  }
  const [one, two] = [1, 2].map((count) => readFileSync(files[`out${count}`]));
  if (!one.equals(two)) throw new Error('two threads write other bytes than one');
}

async function hostile(driver, cases) {
  for (const [which, name] of cases.entries()) add(`hostile ${name}`, Number((await driver.ask('hostile', which, HOSTILE_MS))[0]));
}

// Megabytes of the program with the large roster: at most, and once it waits for more.
async function resident(files) {
  const program = spawn(LANYARD, ['screen', '--roster', files['1m.csv']], { stdio: ['pipe', 'pipe', 'inherit'] });
  program.stdin.on('error', () => {});
  program.stdin.write(readFileSync(files['some.ndjson']));
  let lines = 0;
  for await (const part of program.stdout) {
    for (const byte of part) lines += byte === 10;
    if (lines >= HELD_POSTS) break;
  }
  if (lines < HELD_POSTS) throw new Error(`${lines} lines came out of ${HELD_POSTS}`);
  const status = readFileSync(`/proc/${program.pid}/status`, 'utf8');
  program.kill();
  for (const name of ['VmHWM', 'VmRSS']) add(name, Number(status.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))[1]) / 1024);
}

function stepsOf({ driver, runner, peers }, files, cases) {
  const posts = (name, count = POSTS) => () => time(driver, name, name, count, MS);
  return [
    [['fold'], posts('copy')],
    [['fold'], posts('fold')],
    [['skeleton'], () => time(driver, 'fold, fewer', 'fold', SKELETON_POSTS, MS)],
    [['skeleton'], posts('skeleton', SKELETON_POSTS)],
    [['names-1m'], posts('names-1m')],
    [['names-1m'], posts('scan-1m')],
    [['names-2k'], posts('names-2k')],
    [['names-2k'], posts('scan-2k')],
    [['names-1m', 'names-2k', ...STAGED], posts('tokens')],
    ...STAGES.map((name) => [STAGED, posts(name)]),
    [STAGED, posts('screen')],
    [PEERS, () => time(driver, 'screen, fewer', 'screen', PEER_POSTS, MS)],
    [PEERS, () => time(driver, 'words, fewer', 'words', PEER_POSTS, MS)],
    ...PEERS.map((name) => [[name], () => time(peers[name], name, PEER_POSTS, MS)]),
    [['pipeline'], () => pipes(runner, files)],
    [['threads'], () => threads(runner, files)],
    [['hostile'], () => hostile(driver, cases)],
  ].filter(([claims]) => asked(...claims)).map(([, step]) => step);
}

async function measure(children, files) {
  const { driver, runner, peers } = children;
  const cases = asked('hostile') ? (await driver.ask('cases')).slice(0, CASES) : [];
  const steps = stepsOf(children, files, cases);
  for (const peer of Object.values(peers)) await peer.ask('time', PEER_POSTS, 7 * MS); // until it is compiled
  for (let i = 0; i < ROUNDS; i++) {
    for (let k = 0; k < steps.length; k++) await steps[(k + i) % steps.length]();
  }
  for (let i = 0; i < BUILD_ROUNDS; i++) {
    if (asked('build-one', 'memory-one')) await build(runner, files, 'one');
    if (asked('build-all', 'memory-all')) await build(runner, files, 'all');
  }
  if (asked('memory')) await resident(files);
  return cases;
}

// ---- figures into lines ----

function table(title, rows) {
  const known = rows.filter(([, , name]) => figures[name]);
  if (!known.length) return;
  console.log(heading(title));
  for (const [words, unit, name] of known) console.log(row(words, unit, figures[name]));
}

function tables(mean) {
  table(`folding, a post of ${mean.toFixed(0)} bytes`, [['memcpy', 'ns', 'copy'], ['fold, with map', 'ns', 'fold'],
    [`fold, the first ${SKELETON_POSTS}`, 'ns', 'fold, fewer'], ['ICU uspoof skeleton, the same', 'ns', 'skeleton']]);
  table('names, one form each, a post', [['fold and tokens', 'ns', 'tokens'], ['1,000,000: fold, tokens, names', 'ns', 'names-1m'],
    ['1,000,000: Hyperscan', 'ns', 'scan-1m'], ['2,000: fold, tokens, names', 'ns', 'names-2k'], ['2,000: Hyperscan', 'ns', 'scan-2k']]);
  for (const [forms, words] of [['one', 'one form each'], ['all', 'every form']]) {
    table(`an index of 1,000,000 names, ${words}`, [['built, processor time', 's', `build-${forms}`], ['memory at most, above what was there', 'MB', `memory-${forms}`],
      ['memory afterwards', 'MB', `resident-${forms}`], ['what the index counts', 'MB', `own-${forms}`]]);
  }
  table('the engine, a post', [['fold and tokens', 'ns', 'tokens'], ['  and names of 2,000 people, every form', 'ns', 'stage-names'],
    ['  and wording', 'ns', 'stage-words'], ['  and disguise', 'ns', 'stage-disguise'], ['detectors alone', 'ns', 'detectors'],
    ['UTF-8 check alone', 'ns', 'check']]);
  table('matching alone, a post', [[`Lanyard, wording and disguise, the first ${PEER_POSTS}`, 'ns', 'words, fewer'],
    ['  the whole engine, the same posts', 'ns', 'screen, fewer'], ['  the whole engine', 'ns', 'screen'],
    ...PEERS.map((name) => [name, 'ns', name])]);
  table('through pipes, a post', [['cat | lanyard screen | wc -l, the clock', 'ns', 'pipe ours wall'],
    ['  processor time of lanyard screen', 'ns', 'pipe ours cpu'], ['cat | wc -l, the clock', 'ns', 'pipe cat wall']]);
  table('memory to memory, a post', [['one thread, processor time', 'ns', 'threads 1 cpu'], ['  the clock', 'ns', 'threads 1 wall'],
    ['two threads, processor time', 'ns', 'threads 2 cpu'], ['  the clock', 'ns', 'threads 2 wall']]);
  table('lanyard screen, 1,000,000 names in every form', [['resident at most', 'MB', 'VmHWM'], ['resident when it waits', 'MB', 'VmRSS']]);
}

// Times plain text's time a byte, the slowest case first. Each by its fastest round: the worst of so many medians would be that of the moment.
function worstOf(cases, mean) {
  const least = (name) => Math.min(...figures[name]);
  const plain = least('screen') / mean;
  const times = cases.map((name) => [least(`hostile ${name}`) / plain, name.replace(',', ' ')]).sort(([a], [b]) => b - a);
  console.log(`\nhostile texts, times the ${plain.toFixed(2)} ns a byte of a post: ${times.length} cases, the slowest of them`);
  for (const [times_, name] of times.slice(0, 12)) console.log(`${name.padEnd(58)} ${times_.toFixed(2).padStart(10)}`);
  return times[0][0];
}

function claimsOf(cases, mean) {
  const makers = {
    fold: () => [middle('fold') / middle('copy'), 10, true],
    skeleton: () => [middle('skeleton') / middle('fold, fewer'), 100],
    'names-1m': () => [middle('scan-1m') / middle('names-1m'), 3.5],
    'names-2k': () => [middle('names-2k') / middle('scan-2k'), 1.3, true],
    'build-one': () => [middle('build-one'), 0.5, true],
    'memory-one': () => [middle('memory-one'), 64, true],
    'build-all': () => [middle('build-all'), 3, true],
    'memory-all': () => [middle('memory-all'), 200, true],
    // The clock counts whatever else runs: each side's fastest round.
    pipeline: () => [Math.max(1000, 2 * Math.min(...figures['pipe cat wall'])) / Math.min(...figures['pipe ours wall']), 1],
    '2toad': () => [middle('2toad') / middle('words, fewer'), 1.8],
    allprofanity: () => [middle('allprofanity') / middle('words, fewer'), 35],
    obscenity: () => [middle('obscenity') / middle('words, fewer'), 55],
    threads: () => [middle('threads 2 cpu') / middle('threads 1 cpu'), 1.15, true],
    memory: () => [middle('VmHWM'), 250, true],
    hostile: () => [worstOf(cases, mean), 5, true],
  };
  return CLAIMS.filter((name) => asked(name)).map((name) => claim(name, ...makers[name]()));
}

async function sayCounts({ driver, peers }) {
  const counts = [];
  const say = async (title, child, ...parts) => counts.push(`${title} ${(await child.ask('count', ...parts))[0]}`);
  for (const size of ['1m', '2k']) {
    if (!asked(`names-${size}`)) continue;
    await say(`${size} names, Lanyard`, driver, `names-${size}`, POSTS);
    await say(`${size} names, Hyperscan`, driver, `scan-${size}`, POSTS);
  }
  if (asked(...STAGED)) await say('the whole engine', driver, 'screen', PEER_POSTS);
  for (const [name, peer] of Object.entries(peers)) await say(name, peer, PEER_POSTS);
  if (counts.length) console.log(`posts with a finding, names of ${POSTS}, others of ${PEER_POSTS}: ${counts.join('; ')}`);
}

// ---- all of it ----

function startAll(files) {
  const driver = [join(builds, 'bench/screen/screen-driver')];
  const peers = PEERS.filter((name) => asked(name)).map((name) => [name, startChild(name, [process.execPath, join(here, 'worker.mjs'), name, files.posts])]);
  // The runner holds nothing: what it starts begins small.
  return { driver: startChild('driver', driver), runner: startChild('runner', driver), peers: Object.fromEntries(peers) };
}

async function main() {
  const unknown = wanted.filter((name) => !CLAIMS.includes(name));
  if (unknown.length) throw new Error(`no claim is called ${unknown.join(', ')}; there are ${CLAIMS.join(', ')}`);
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'lanyard-bench-'));
  let children;
  try {
    const files = makeFiles(folder);
    children = startAll(files);
    const mean = await prepare(children.driver, files);
    await sayCounts(children);
    const cases = await measure(children, files);
    console.log(`node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${ROUNDS} rounds in turn, load ${loadavg()[0].toFixed(1)} at the end`);
    tables(mean);
    const claims = claimsOf(cases, mean);
    console.log(`\n${claims.join('\n')}`);
    process.exitCode = claims.every((line) => line.endsWith(' holds')) ? 0 : 1;
  } finally {
    for (const child of children ? [children.driver, children.runner, ...Object.values(children.peers)] : []) child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
