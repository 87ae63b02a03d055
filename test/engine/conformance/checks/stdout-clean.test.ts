import { stdoutClean } from '../../../../engine/conformance/checks/stdout-clean.ts';
import { defineHook } from '../../../../engine/language/hook.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(stdoutClean);

const hooks = (says: string) => [
  defineHook('RecordFilter', {
    name: 'Telling',
    fields: () => ({}),
    make: () => ({
      keeps() {
        if (says !== '') process.stdout.write(`${says}\n`);
        return true;
      },
    }),
  }),
];
const selector = 'record_filter: { type: CustomRecordFilter, class_name: source_x.components.Telling }';

describe('stdout-clean', () => {
  it('passes without hooks, and for one that is silent', async () => {
    await expectPass(itemsWith());
    await expectPass(itemsWith({ selector }), { hooks: hooks('') });
  });

  it('finds a hook that prints', async () => {
    const stdout = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expectViolations(
      itemsWith({ selector }),
      [{ message: /^The hook of stream "items" writes \d+ characters to stdout/, stream: 'items' }],
      { hooks: hooks('got one') },
    );
    stdout.mockRestore();
  });
});
