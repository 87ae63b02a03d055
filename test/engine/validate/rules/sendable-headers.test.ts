import { sendableHeaders } from '../../../../engine/validate/rules/sendable-headers.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(sendableHeaders);

const requester = (headers: string, more = '') =>
  withRetriever(`requester: { url: https://a.b, request_headers: ${headers}${more} }`);

describe('sendableHeaders', () => {
  it('have names of letters, digits and some signs', () => {
    expectValid(requester('{ X-Api_Key.2: a, "{{ config.name }}": b }'));
    expectErrors(requester('{ "X Key": a, "Accept:": b }'), [
      { message: '"X Key" cannot be the name of a header: a space is not allowed in one.', at: '"X Key": a' },
      { message: '"Accept:" cannot be the name of a header: ":" is not allowed in one.', at: '"Accept:": b' },
    ]);
  });

  it('have values on one line', () => {
    expectValid(requester('{ A: "é and\\ta tab", B: "{{ config.text }}\\n" }'));
    expectErrors(requester('{ A: "one\\ntwo", B: "1 €" }'), [
      {
        message: 'The header "A" cannot have this value: a line break is not allowed in one.',
        at: '"one\\ntwo"',
      },
      { message: 'The header "B" cannot have this value: "€" is not allowed in one.', at: '"1 €"' },
    ]);
  });

  it('are looked at in options too', () => {
    const authenticator = (option: string) =>
      requester(
        '{}',
        `, authenticator: { type: ApiKeyAuthenticator, api_token: x, inject_into: { ${option} } }`,
      );
    expectValid(authenticator('inject_into: request_parameter, field_name: the key'));
    expectErrors(authenticator('inject_into: header, field_name: the key'), [
      {
        message: '"the key" cannot be the name of a header: a space is not allowed in one.',
        at: 'the key }',
      },
    ]);
  });
});
