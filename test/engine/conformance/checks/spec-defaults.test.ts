import { specDefaults } from '../../../../engine/conformance/checks/spec-defaults.ts';
import { byDay, harness, itemsWith, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(specDefaults);

const given = (property: string, required = '') =>
  manifestWith({ spec: `{ type: object, ${required} properties: { day: { ${property} } } }` });

describe('spec-defaults', () => {
  it('passes for values that fit, however people write them', async () => {
    await expectPass(given('type: string, pattern: "^[0-9]{4}$", default: "2026", examples: ["2025", 2024]'));
    await expectPass(given('type: integer, examples: ["7"]'));
    await expectPass(given('type: array, items: { type: string }, examples: [one]'));
    await expectPass(given('type: string, pattern: "^[0-9]+$", examples: [YYYY-MM-DD]', 'required: [day],'));
  });

  it('finds a default or an example that its own schema refuses', async () => {
    await expectViolations(given('type: string, pattern: "^[0-9]{4}$", examples: [2026-01]'), [
      {
        message:
          '"day" of the spec is given as "2026-01", which its own schema refuses: it must look like ^[0-9]{4}$.',
        at: '2026-01',
      },
    ]);
    await expectViolations(given('type: integer, default: soon'), [
      {
        message: '"day" of the spec is given as "soon", which its own schema refuses: it must be an integer.',
        at: 'soon',
      },
    ]);
  });

  it('says which part of a default is wrong', async () => {
    await expectViolations(given('type: object, required: [zone], properties: { zone: {} }, default: {}'), [
      { message: '"day" of the spec is given as {}, which its own schema refuses: "zone" of it is missing.' },
    ]);
  });

  it('finds a required field that there is not', async () => {
    await expectViolations(given('type: string', 'required: [date],'), [
      {
        message: 'The spec requires "date", which is none of its properties: no form can give it.',
        at: 'date',
      },
    ]);
  });

  it('finds a day at which all reading ends', async () => {
    const until = (end: string, preset: string) =>
      itemsWith({
        incremental: `${byDay}\nend_datetime: ${end}`,
        spec: `token: { type: string }
start_date: { type: string, default: "2026-01-01" }
end_date: { type: string ${preset} }`,
      });
    const past = ', default: "2024-01-01"';
    const bound = `{ type: MinMaxDatetime, datetime: "{{ config['end_date'] }}" }`;
    for (const end of [`"{{ config.get('end_date') or now_utc() }}"`, bound])
      await expectViolations(until(end, past), [
        {
          message:
            'Reading ends at "end_date", which is 2024-01-01 where nobody gives another one: what comes after that day is never read.',
          at: '"2024-01-01"',
        },
      ]);
    await expectPass(until(bound, ', examples: ["2024-01-01"]'));
    await expectPass(until('"{{ now_utc() }}"', past));
  });
});
