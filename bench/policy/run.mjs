// The comparison: starts every engine in a process of its own, checks that all agree on every request, then goes round them
// in turn, so that a busy moment of the machine falls on all alike. README.md says what each figure counts.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from './children.mjs';
import { claim, heading, median, row } from './report.mjs';
import { writeHeld, writeRequests } from './requests.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
const [builds, mode] = process.argv.slice(2);
const ROUNDS = 15;
const ROUND_MS = 100;
const WARM_MS = 600;
const COLD_RUNS = 101;
const COMPILES = 41;
const SCHOOL = 'policies/early-life';
const COLD_ACT = ['ask', SCHOOL, '--act', 'befriend', '--fact', 'actor=a teacher', '--fact', 'other=a pupil of ours',
  '--fact', 'via=a personal account', '--fact', 'age of the other person=14'];

// The policies that ship, Early Life first, each with the policy that it is based on, or ''.
const FIVE = readdirSync('policies', { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => {
  const policy = join('policies', name, 'policy.md');
  const base = readFileSync(policy, 'utf8').match(/^based on: *(\S+)$/m);
  return [policy, base ? join('policies', base[1], 'policy.md') : ''];
}).sort(([a], [b]) => b.startsWith(SCHOOL) - a.startsWith(SCHOOL) || (a < b ? -1 : 1));
const SHARED = ['policies/words.md', 'policies/law.md'];

const TITLES = {
  lanyard: 'Lanyard, all reasons and duties',
  js: 'JavaScript closures, all reasons and duties',
  casl: 'CASL can(), yes or no',
  'json-logic': 'json-logic-js, yes or no',
  casbin: 'casbin enforceSync(), yes or no',
  cedar: 'cedar-wasm, policies parsed beforehand',
};
const FILES = { js: 'closures.mjs', casl: 'casl.mjs', 'json-logic': 'logic.mjs', casbin: 'casbin.mjs', cedar: 'cedar.mjs' };

function startAll(requests) {
  const driver = [join(builds, 'bench/policy/policy-driver'), join(here, 'words.md'), join(here, 'policy.md'), requests];
  const children = { lanyard: startChild('lanyard', driver) };
  for (const [name, file] of Object.entries(FILES)) {
    children[name] = startChild(name, [process.execPath, join(here, 'worker.mjs'), `./${file}`, requests]);
  }
  return children;
}

// ---- agreement ----

async function verdictsOf(child, folder) {
  const file = join(folder, `${child.name}.ndjson`);
  await child.ask('verdicts', file);
  return readFileSync(file, 'utf8').split('\n').filter(Boolean);
}

// Lanyard against the closures member by member; the others against the closures by allowed or not.
async function checkAgreement(children, folder) {
  const expected = await verdictsOf(children.js, folder);
  const allowed = expected.map((line) => JSON.parse(line).allowed);
  for (const child of Object.values(children)) {
    const lines = await verdictsOf(child, folder);
    const wrong = lines.findIndex((line, i) =>
      child.name === 'lanyard' ? line !== expected[i] : JSON.parse(line).allowed !== allowed[i]);
    if (lines.length !== expected.length || wrong >= 0) {
      throw new Error(`${child.name} disagrees at request ${wrong}: ${lines[wrong]}; the closures say ${expected[wrong]}`);
    }
  }
  const yes = allowed.filter(Boolean).length;
  console.log(`${Object.keys(children).length} engines agree on all ${expected.length} requests, ${yes} of them allowed;`);
  console.log('Lanyard and the closures also on verdict, strength, every reason and every duty.');
}

// ---- rounds ----

// Every [child, ...words] in turn, ROUNDS times, beginning with another one each time. Gives the answers by child.
async function interleave(asked) {
  const figures = asked.map(() => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < asked.length; i++) {
      const which = (i + round) % asked.length;
      const [child, ...words] = asked[which];
      figures[which].push((await child.ask(...words)).map(Number));
    }
  }
  return figures;
}

async function measureDecisions(children) {
  const list = Object.values(children);
  for (const child of list) await child.ask('round', WARM_MS);
  const figures = await interleave(list.map((child) => [child, 'round', ROUND_MS]));
  console.log(heading('one decision, request prepared beforehand'));
  const medians = {};
  list.forEach((child, i) => {
    const times = figures[i].map(([ns]) => ns);
    medians[child.name] = median(times);
    console.log(row(TITLES[child.name], 'ns', times));
  });
  return medians;
}

// Everything is measured in a process that holds all the policies; these rows are theirs.
async function measureHeld({ lanyard }) {
  for (const word of ['first', 'all']) await lanyard.ask(word, WARM_MS);
  const figures = await interleave([[lanyard, 'first', ROUND_MS], [lanyard, 'all', ROUND_MS]]);
  console.log(heading(`one decision, ${FIVE.length} policies loaded`));
  const titles = ['Early Life', 'all of them in turn'];
  figures.forEach((list, i) => console.log(row(titles[i], 'ns', list.map(([ns]) => ns))));
}

async function measureSingles({ lanyard, js }) {
  const figures = await interleave([[lanyard, 'single'], [js, 'single']]);
  const names = ['Lanyard', 'JavaScript closures'];
  console.log(heading('one decision, each call timed on its own'));
  figures.forEach((list, i) => {
    console.log(row(`${names[i]}, p50`, 'ns', list.map(([p50]) => p50)));
    console.log(row(`${names[i]}, p99`, 'ns', list.map(([, p99]) => p99)));
  });
  return figures.map((list) => median(list.map(([, p99]) => p99)));
}

async function measureJson(children) {
  const pair = [children.lanyard, children['json-logic']];
  for (const child of pair) await child.ask('json', WARM_MS);
  const figures = await interleave(pair.map((child) => [child, 'json', ROUND_MS]));
  console.log(heading('JSON text in to JSON text out'));
  const names = ['Lanyard, the whole decision', 'json-logic with JSON.parse and stringify, yes or no'];
  return figures.map((list, i) => {
    console.log(row(names[i], 'ns', list.map(([ns]) => ns)));
    return median(list.map(([ns]) => ns));
  });
}

// ---- process, compile, questions ----

// Milliseconds that `lanyard ask` of one act takes over /bin/true, the two in turn.
async function measureCold({ lanyard }) {
  const program = [join(builds, 'lanyard'), ...COLD_ACT];
  const bare = [];
  const whole = [];
  for (let i = 0; i < COLD_RUNS + 5; i++) {
    const [nothing] = await lanyard.ask('cold', '/bin/true');
    const [ns, exit] = await lanyard.ask('cold', ...program);
    if (Number(exit) !== 0 && (Number(exit) < 10 || Number(exit) > 16)) {
      throw new Error(`lanyard ask ended with ${exit}, which is no verdict`);
    }
    if (i < 5) continue; // the first ones fill the machine's caches
    bare.push(Number(nothing) / 1e6);
    whole.push(Number(ns) / 1e6);
  }
  console.log(heading('a process from start to end'));
  console.log(row('/bin/true', 'ms', bare));
  console.log(row('lanyard ask, one act of Early Life', 'ms', whole));
  const over = whole.map((ms, i) => ms - bare[i]);
  console.log(row('the difference, pair by pair', 'ms', over));
  return median(over);
}

// Milliseconds for Early Life and for all of them, in turn.
async function measureCompile({ lanyard }) {
  const lists = [FIVE.slice(0, 1), FIVE];
  const times = lists.map(() => []);
  for (let i = 0; i < COMPILES + 3; i++) {
    for (const [which, list] of lists.entries()) {
      const [ns] = await lanyard.ask('compile', ...SHARED, ...list.flat());
      if (i >= 3) times[which].push(Number(ns) / 1e6);
    }
  }
  console.log(heading('compile, files read'));
  console.log(row('the Early Life policy, vocabulary and law', 'ms', times[0]));
  console.log(row(`all ${FIVE.length} policies, each with vocabulary and law`, 'ms', times[1]));
  return times.map(median);
}

// The planner's own tool measures the mean number of questions; its last line is `questions RATIO`.
function measureQuestions() {
  const program = join(builds, 'bench/lanyard-bench');
  const { stdout, status } = spawnSync(program, ['questions', SCHOOL], { encoding: 'utf8', maxBuffer: 1 << 24 });
  const last = (stdout ?? '').trimEnd().split('\n').at(-1) ?? '';
  if (status !== 0 || !/^questions [0-9.]+$/.test(last)) {
    throw new Error(`lanyard-bench questions ended with ${status}: ${last}`);
  }
  console.log(`\nquestions over the acts of Early Life\n${stdout.trimEnd()}`);
  return Number(last.split(' ')[1]);
}

// ---- all of it ----

async function measureAll(children) {
  const medians = await measureDecisions(children);
  await measureHeld(children);
  const [ourP99, theirP99] = await measureSingles(children);
  const [ourJson, theirJson] = await measureJson(children);
  const cold = await measureCold(children);
  const [compile, compileAll] = await measureCompile(children);
  const questions = measureQuestions();
  const claims = [
    claim('js', medians.js / medians.lanyard, 2),
    claim('casl', medians.casl / medians.lanyard, 8),
    claim('cedar', medians.cedar / medians.lanyard, 1000),
    claim('p99', ourP99 / theirP99, 1, true),
    claim('json', theirJson / ourJson, 3),
    claim('cold', cold, 12, true), // milliseconds, the bar for a program that keeps no compiled copy on disk
    claim('compile', compile, 8, true),
    claim('compile5', compileAll, 40, true),
    claim('questions', questions, 1.05, true),
  ];
  console.log(`\n${claims.join('\n')}`);
}

async function main() {
  const folder = mkdtempSync(join(tmpdir(), 'lanyard-bench-'));
  const requests = join(folder, 'requests.ndjson');
  writeRequests(requests);
  const children = startAll(requests);
  try {
    const [held, count] = await children.lanyard.ask('hold', writeHeld(folder), ...SHARED, ...FIVE.flat());
    console.log(`${held} policies are loaded in Lanyard's process; ${count} questions a policy, answered alike by bits and in full`);
    await checkAgreement(children, folder);
    if (mode === '--agree') return;
    console.log(`node ${process.version}, ${cpus().length} x ${cpus()[0].model}, ${ROUNDS} rounds of ${ROUND_MS} ms each in turn`);
    await measureAll(children);
  } finally {
    for (const child of Object.values(children)) child.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main();
