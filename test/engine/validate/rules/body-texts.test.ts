import { bodyTexts } from '../../../../engine/validate/rules/body-texts.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(bodyTexts);

const body = (json: string) =>
  withRetriever(`requester: { url: https://a.b, http_method: POST, request_body_json: ${json} }`);
const severity = 'warning' as const;

test('a text in a JSON body that is sent as something else is named', () => {
  expectValid(body('{ a: text, b: 478, c: "{{ config.x }}" }'));
  expectErrors(body(`{ a: '478', b: [{ c: 'True' }] }`), [
    { severity, message: 'The text "478" is sent as 478, not as a text.', at: "'478'" },
    { severity, message: 'The text "True" is sent as true, not as a text.', at: "'True'" },
  ]);
});
