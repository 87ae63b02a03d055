import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

export interface AskOptions {
  readonly hidden: boolean;
  readonly signal: AbortSignal;
}

/** Puts a question on a terminal and reads the line that comes; a hidden one leaves no trace. */
export async function askOn(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  question: string,
  { hidden, signal }: AskOptions,
): Promise<string> {
  // What is typed is echoed by readline itself.
  let shows = true;
  const screen = new Writable({
    write(chunk, _encoding, done) {
      if (shows) output.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input, output: screen, terminal: true, historySize: 0 });
  // Readline takes Ctrl-C for itself; here it ends the process, as everywhere.
  lines.on('SIGINT', () => {
    output.write('\n');
    process.kill(process.pid, 'SIGINT');
  });
  // Ctrl-D, or a terminal that went away.
  const ended = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(new Error('No answer came.')));
  });
  try {
    const answer = lines.question(question, { signal });
    shows = !hidden;
    return await Promise.race([answer, ended]);
  } finally {
    ended.catch(() => {});
    lines.close();
    if (hidden) output.write('\n');
  }
}
