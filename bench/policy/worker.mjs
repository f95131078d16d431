// One engine in a process of its own, so that no engine's code or garbage disturbs another's. It reads a line and answers a
// line: `verdicts FILE`, `round MS`, `single`, `json MS`. driver.c speaks the same lines for Lanyard.
import { createInterface } from 'node:readline';
import { writeFileSync } from 'node:fs';
import { readLines } from './requests.mjs';

const [engineFile, requestFile] = process.argv.slice(2);
const engine = await import(new URL(engineFile, import.meta.url));
const texts = readLines(requestFile);
const inputs = engine.prepare(texts.map((text) => JSON.parse(text)));
let kept = 0; // results are counted, so that no call can be left out

function loop(run, items) {
  for (let i = 0; i < items.length; i++) if (run(items[i])) kept++;
}

// Whole loops over all requests until `ms` have passed: nanoseconds a decision.
function round(run, items, ms) {
  const until = BigInt(ms) * 1000000n;
  const start = process.hrtime.bigint();
  let passed = 0n;
  let done = 0;
  while (passed < until) {
    loop(run, items);
    done += items.length;
    passed = process.hrtime.bigint() - start;
  }
  return Number(passed) / done;
}

// Every call timed on its own: p50 and p99 in nanoseconds, the clock's own time included.
function single(run, items) {
  const times = new Float64Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const before = process.hrtime.bigint();
    const result = run(items[i]);
    times[i] = Number(process.hrtime.bigint() - before);
    if (result) kept++;
  }
  times.sort();
  return `${times[Math.floor(times.length * 0.5)]} ${times[Math.floor(times.length * 0.99)]}`;
}

// A line a request: what the engine can say. Reasons and duties are sorted, as order is not what is compared.
function verdictLine(decision) {
  if (!decision?.verdict) return JSON.stringify({ allowed: engine.allowed(decision) });
  const { verdict, strength, reasons, excepted, lifted, duties } = decision;
  const owed = duties.map((one) => `${one.deed}|${one.within ?? ''}|${one.clause}`).sort();
  return JSON.stringify({
    allowed: engine.allowed(decision), verdict, strength,
    applied: [...reasons].sort(), excepted: [...excepted].sort(), lifted: [...lifted].sort(), duties: owed });
}

const COMMANDS = {
  verdicts: (file) => {
    writeFileSync(file, inputs.map((one) => verdictLine(engine.decide(one)) + '\n').join(''));
    return 'ok';
  },
  round: (ms) => round(engine.decide, inputs, Number(ms)),
  single: () => single(engine.decide, inputs),
  json: (ms) => round(engine.answerJson, texts, Number(ms)),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...rest] = line.split(' ');
  if (command === 'quit') break;
  process.stdout.write(`${await COMMANDS[command](...rest)}\n`);
}
process.exitCode = kept < 0 ? 1 : 0;
