import { visit } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { secondReading } from '../simulated/observations.ts';

export const stdoutClean = defineCheck({
  id: 'stdout-clean',
  group: 'protocol',
  level: 'simulated',
  severity: 'error',
  doc: 'while a stream is read nothing but its messages goes to stdout: no hook prints',
  run: (subject) =>
    eachStream(subject, async function* ({ stream }) {
      yield looked(stream.name);
      const hook = visit(stream.at).find(({ isHook }) => isHook);
      if (hook === undefined) return;
      const { printed } = await secondReading(subject, stream);
      if (printed === '') return;
      const [line = ''] = printed.split('\n');
      yield violation(
        hook.node,
        `The hook of stream "${stream.name}" writes ${printed.length} characters to stdout, where every line is a message for the platform: it begins with ${JSON.stringify(line.slice(0, 40))}. Log through its scope, or to stderr.`,
        { stream: stream.name },
      );
    }),
});
