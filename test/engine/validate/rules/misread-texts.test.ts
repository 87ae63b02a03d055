import { misreadTexts } from '../../../../engine/validate/rules/misread-texts.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(misreadTexts);

const url = (text: string) => withRetriever(`requester: { url: "https://a.b/${text}" }`);

describe('misreadTexts', () => {
  it.each(["{{ config['a'] }}", '{id}', "{% if config.a %}{'a': 1}{% endif %}", `\${HOME}`, '{config}'])(
    'are none: %s',
    (text) => {
      expectValid(url(text));
    },
  );

  it.each([
    ["{ config['a'] }", "config['a']"],
    [`\${config.a}`, 'config.a'],
    ['{record.id}', 'record.id'],
    ["{stream_partition['id']}/x", "stream_partition['id']"],
  ])('are templates of other languages: %s', (text, inside) => {
    const [found = ''] = /.*\}/.exec(text) ?? [];
    expectErrors(url(text), [
      {
        severity: 'warning',
        message: `"${found}" is no template, so it is taken as it is written. Write "{{ ${inside} }}".`,
        at: found,
      },
    ]);
  });

  const condition = (text: string) =>
    withRetriever(`record_selector:
  extractor: { field_path: [] }
  record_filter: { type: RecordFilter, condition: ${text} }`);

  it.each(['"{{ record.id == 1 }}"', '"true"', '"False"', '""'])('are conditions: %s', (text) => {
    expectValid(condition(text));
  });

  it.each(['record.id == 1', "record['a'] and record.b", 'not record.deleted'])(
    'are conditions without braces: %s',
    (text) => {
      expectErrors(condition(`"${text}"`), [
        {
          severity: 'warning',
          message: `"${text}" is no template, so this condition is always true. Write "{{ ${text} }}".`,
          at: `"${text}"`,
        },
      ]);
    },
  );

  it('are references as they were long ago', () => {
    expectErrors(withRetriever('requester: { url: "*ref(definitions.base_url)" }'), [
      {
        message:
          '"*ref(definitions.base_url)" is how references were written before version 0.29. Write "#/definitions/base_url".',
        at: '"*ref(',
      },
    ]);
    expectErrors(withRetriever('requester: "*ref(definitions.requesters[0])"'), [
      {
        message:
          '"*ref(definitions.requesters[0])" is how references were written before version 0.29. Write "#/definitions/requesters/0".',
        at: '"*ref(',
      },
    ]);
  });
});
