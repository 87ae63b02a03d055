import { visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { smallApi } from '../simulated/api.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { runStream } from '../simulated/run.ts';

export const stdoutClean = defineCheck({
  id: 'stdout-clean',
  group: 'protocol',
  level: 'simulated',
  severity: 'error',
  doc: 'while a stream is read nothing but its messages goes to stdout: no hook prints',
  run: (subject) =>
    eachStream(subject, async function* ({ stream }) {
      yield looked(stream.name);
      const hook = [...visit(stream.at)].find(({ isHook }) => isHook);
      // Templates and components of the language have nothing to print with.
      if (hook === undefined) return;
      const printed = await whatIsPrinted(() =>
        runStream(subject, stream, smallApi(subject), { listens: false }),
      );
      if (printed === '') return;
      const [line = ''] = printed.split('\n');
      yield violation(
        hook.node,
        `The hook of stream "${stream.name}" writes ${printed.length} characters to stdout, where every line is a message for the platform: it begins with ${JSON.stringify(line.slice(0, 40))}. Log through its scope, or to stderr.`,
        { stream: stream.name },
      );
    }),
});

/** What goes to stdout in the meantime, which is kept from it. */
async function whatIsPrinted(run: () => Promise<unknown>): Promise<string> {
  const { stdout } = process;
  const usual = stdout.write;
  let printed = '';
  stdout.write = ((chunk: string | Uint8Array) => {
    printed += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    return true;
  }) as typeof stdout.write;
  try {
    await run();
  } finally {
    stdout.write = usual;
  }
  return printed;
}
