import { rangeNames } from '../../../../engine/conformance/checks/range-names.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(rangeNames);

const spec = `token: { type: string, airbyte_secret: true }
start_date: { type: string, default: "2026-01-01" }
end_date: { type: string, default: "2026-02-01" }`;
const asked = (requester: string) => itemsWith({ spec, requester });
const parameters = (start: string, end: string) =>
  asked(
    `request_parameters: { createdAfter: "{{ config['${start}'] }}", created_before: "{{ config['${end}'] }}" }`,
  );

describe('range-names', () => {
  it('finds a bound that is given the other one of the config', async () => {
    await expectPass(parameters('start_date', 'end_date'));
    await expectViolations(parameters('end_date', 'end_date'), [
      {
        message:
          '"createdAfter" asks for what comes after a moment, and is given "end_date", which reads like the end of a range.',
        at: `{{ config['end_date'] }}", created_before`,
        stream: 'items',
      },
    ]);
    await expectViolations(parameters('start_date', 'start_date'), [
      { message: /"created_before" asks for/ },
    ]);
  });

  it('finds one in a text: under a name, or after an operator', async () => {
    const query = (text: string) => asked(`request_parameters: { q: "${text}" }`);
    await expectPass(query("updated_at:>{{ config['start_date'] }}"));
    for (const text of [
      "updated_at:<{{ config['start_date'] }}",
      "created ge datetime'{{ config['end_date'] }}'",
      "until={{ config['start_date'] }}&limit=5",
      "less-than(created,{{ config['start_date'] }})",
    ])
      await expectViolations(query(text), [{ message: /and is given "(?:start|end)_date"/, at: '{{' }]);
  });

  it('finds the operator beside a value', async () => {
    const filter = (operator: string) =>
      asked(
        `request_parameters: { filter: '[{"field": "updated_at", "operator": "${operator}", "value": "{{ config.start_date }}"}]' }`,
      );
    const body = (operator: string) =>
      asked(
        `http_method: POST\nrequest_body_json: { where: [{ field: updated, operator: "${operator}", value: "{{ config.start_date }}" }] }`,
      );
    for (const right of ['gteq', '>=', 'GREATER_THAN', 'after']) {
      await expectPass(filter(right));
      await expectPass(body(right));
    }
    for (const wrong of ['lteq', '<', 'LESS_THAN_OR_EQUAL', 'before']) {
      await expectViolations(filter(wrong), [{ message: /and is given "start_date"/, at: '{{' }]);
      await expectViolations(body(wrong), [{ message: /and is given "start_date"/, at: '{{' }]);
    }
  });

  it('finds a range that is turned round, or that has one bound twice', async () => {
    const path = (first: string, second: string) =>
      itemsWith({ spec, path: `/range/{{ config['${first}'] }}/{{ config['${second}'] }}` });
    await expectPass(path('start_date', 'end_date'));
    await expectViolations(path('end_date', 'start_date'), [
      { message: 'This range begins with "end_date", which reads like its end, and ends with "start_date".' },
    ]);
    await expectViolations(path('start_date', 'start_date'), [
      { message: 'This range has its start at both ends: "start_date" and "start_date".' },
    ]);
    const window = (first: string, second: string) =>
      itemsWith({
        incremental: byDay,
        requester: `request_parameters: { during: "{{ stream_interval.${first} }}..{{ stream_interval.${second} }}" }`,
      });
    await expectPass(window('start_time', 'end_time'));
    await expectViolations(window('end_time', 'start_time'), [
      { message: /^This range begins with "end_time"/ },
    ]);
  });

  it('finds a cursor that begins with the end', async () => {
    const cursor = (name: string) =>
      itemsWith({ spec, incremental: byDay.replace("config['start_date']", `config['${name}']`) });
    await expectPass(cursor('start_date'));
    await expectViolations(cursor('end_date'), [
      { message: '"start_datetime" is given "end_date" of the config, which reads like the end of a range.' },
    ]);
  });
});
