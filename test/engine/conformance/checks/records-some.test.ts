import { recordsSome } from '../../../../engine/conformance/checks/records-some.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations, run } = harness(recordsSome);

const filtered = (condition: string) =>
  itemsWith({
    selector: `record_filter: { type: RecordFilter, condition: "{{ ${condition} }}" }`,
    spec: `token: { type: string, airbyte_secret: true }
only: { type: array, items: { type: string } }`,
  });

describe('records-some', () => {
  it('passes where records come out', async () => {
    await expectPass(itemsWith());
    await expectPass(filtered('record.id > 0'));
  });

  it('finds a filter that keeps none', async () => {
    await expectViolations(filtered('record.id > 0 and record.id < 0'), [
      { message: /^Every record of stream "items" is left out/, at: '"{{' },
    ]);
  });

  it('cannot tell where a filter asks the config, which is made up', async () => {
    const { violations, notRun } = await run(filtered('record.id in config.only or not config.only'));
    expect(violations).toEqual([]);
    expect(notRun.map(({ reason }) => reason)).toEqual([
      'its filter compares records with the config that it is tried with',
    ]);
  });
});
