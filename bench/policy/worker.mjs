// One engine in a process of its own, so that no engine's code or garbage disturbs another's. It reads a line and answers a
// line, its parts between tabs: `verdicts FILE`, `round MS`, `single`, `json MS`. driver.c speaks the same for Lanyard.
import { createInterface } from 'node:readline';
import { writeFileSync } from 'node:fs';
import { readLines } from './requests.mjs';

const [engineFile, requestFile] = process.argv.slice(2);
const engine = await import(new URL(engineFile, import.meta.url));
const texts = readLines(requestFile);
const inputs = engine.prepare(texts.map((text) => JSON.parse(text)));
export let kept; // the last result is kept, so that the compiler cannot leave its making out

function loop(run, items) {
  for (let i = 0; i < items.length; i++) kept = run(items[i]);
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
    kept = run(items[i]);
    times[i] = Number(process.hrtime.bigint() - before);
  }
  times.sort();
  return `${times[Math.floor(times.length * 0.5)]} ${times[Math.floor(times.length * 0.99)]}`;
}

// A line a request: what the engine can say. Reasons and duties are sorted, as order is not what is compared.
function verdictLine(decision) {
  if (!decision?.verdict) return JSON.stringify({ allowed: engine.allowed(decision) });
  const { verdict, strength, reasons, duties } = decision;
  const owed = duties.map((one) => `${one.deed} ${one.object ?? ''}|${one.clause}`).sort();
  return JSON.stringify({
    allowed: engine.allowed(decision), verdict, strength: strength ?? '',
    reasons: [...new Set(reasons)].sort(), duties: owed });
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
  const [command, ...rest] = line.split('\t');
  if (command === 'quit') break;
  process.stdout.write(`${await COMMANDS[command](...rest)}\n`);
}
process.exit(0);
