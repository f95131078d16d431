// The processes that answer: a line goes in, a line comes out. One question at a time, so that nothing else runs meanwhile.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

// `command` is the program and its arguments. ask('round', 100) gives the words of the answer.
export function startChild(name, command) {
  const child = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = () => new Error(`${name} ended before it answered`);
  child.on('error', (error) => console.error(`${name}: ${error.message}`));
  child.stdin.on('error', () => {}); // a child that died shows in its missing answer
  return {
    name,
    async ask(...parts) {
      child.stdin.write(`${parts.join('\t')}\n`);
      const { value, done } = await lines.next();
      if (done) throw failed();
      return value.split(' ');
    },
    stop() {
      child.stdin.end('quit\n');
    },
  };
}
