import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { configProblem, smallApi } from '../simulated/api.ts';
import { runStream } from '../simulated/run.ts';

export const badCatalog = defineCheck({
  id: 'bad-catalog',
  group: 'protocol',
  level: 'simulated',
  severity: 'error',
  doc: 'a stream that is not in the manifest gives an error and no record',
  async *run(subject) {
    const problem = configProblem(subject);
    if (problem !== undefined) {
      yield notRun(problem);
      return;
    }
    const run = await runStream(subject, { name: 'a stream that nobody has' }, smallApi(subject), {
      listens: false,
    });
    yield looked();
    if (run.errors.length === 0 || run.records.length > 0)
      yield violation(
        subject.source.node,
        'A catalog with a stream that is not in the manifest gives no error.',
      );
  },
});
