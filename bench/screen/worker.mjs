// A peer from npm in a process of its own, so that no peer's code or garbage disturbs another's. It reads a line and answers a line, its parts
// between tabs: `time POSTS MS`, `count POSTS`. driver.c speaks the same for Lanyard.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

// Each peer's own call for all matches, of what it does out of the box; true where it finds something. 2toad has none but the one that
// puts others in their place.
const PEERS = {
  '2toad': async () => {
    const { Profanity } = await import('@2toad/profanity');
    const profanity = new Profanity();
    return (text) => profanity.censor(text) !== text;
  },
  allprofanity: async () => {
    const { AllProfanity } = await import('allprofanity');
    const profanity = new AllProfanity({ performance: { enableCaching: false } });
    return (text) => profanity.detect(text).positions.length > 0;
  },
  obscenity: async () => {
    const { RegExpMatcher, englishDataset, englishRecommendedTransformers } = await import('obscenity');
    const matcher = new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers });
    return (text) => matcher.getAllMatches(text, true).length > 0;
  },
};

const [name, file] = process.argv.slice(2);
console.log = console.info = console.warn = () => {}; // standard output is for answers
const find = await PEERS[name]();
const posts = readFileSync(file, 'utf8').split('\0').slice(0, -1);
let found = 0;

// Whole rounds over the first `count` posts until `ms` have passed: nanoseconds a post, by the clock or by this process's processor time,
// whichever is less.
function time(count, ms) {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  let wall = 0;
  let done = 0;
  while (wall < ms * 1e6) {
    for (let i = 0; i < count; i++) found += find(posts[i]);
    done += count;
    wall = Number(process.hrtime.bigint() - start);
  }
  const { user, system } = process.cpuUsage(cpu);
  return Math.min(wall, (user + system) * 1000) / done;
}

function count(among) {
  let flagged = 0;
  for (let i = 0; i < among; i++) flagged += find(posts[i]);
  return flagged;
}

for await (const line of createInterface({ input: process.stdin })) {
  const [command, ...numbers] = line.split('\t');
  if (command === 'quit') break;
  process.stdout.write(`${{ time, count }[command](...numbers.map(Number))}\n`);
}
process.exit(found < 0 ? 1 : 0);
