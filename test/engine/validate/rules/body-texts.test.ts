import { bodyTexts } from '../../../../engine/validate/rules/body-texts.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(bodyTexts);

const body = (json: string) =>
  withRetriever(`requester: { url: https://a.b, http_method: POST, request_body_json: ${json} }`);
const severity = 'warning' as const;

test('a text in a JSON body that is sent as something else is named', () => {
  expectValid(body('{ a: text, b: 478, c: "{{ config.x }}" }'));
  expectValid(body(`{ sort: '{"field": "a", "order": "b"}' }`));
  expectErrors(body(`{ a: '478', b: [{ c: 'True' }] }`), [
    { severity, message: 'The text "478" is sent as a text; the Python runtime sends 478.', at: "'478'" },
    { severity, message: 'The text "True" is sent as a text; the Python runtime sends true.', at: "'True'" },
  ]);
});

test('a template whose text is read as something else is named', () => {
  expectValid(body(`{ a: "{{ 478 }}", b: "{{ 'text' }}", c: "{{ config.id }}" }`));
  expectErrors(body(`{ a: "{{ '478' }}" }`), [
    {
      severity,
      message: `The result of {{ '478' }} is sent as 478, not as a text. Without braces it is sent as a text.`,
      at: `"{{ '478'`,
    },
  ]);
});
