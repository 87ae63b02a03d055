import {
  describeExchange,
  printable,
  quotable,
  subjectOf,
} from '../../../../engine/http/send/describe-exchange.ts';
import { apiErrorMessage } from '../../../../engine/http/send/error-message.ts';
import { RejectedPageError } from '../../../../engine/http/send/rejected-page-error.ts';
import { unreadableBody } from '../../../../engine/http/send/unreadable-body-error.ts';
import { TransportError } from '../../../../engine/http/wire/transport-error.ts';
import { testResponse } from '../../../kit/response.ts';

const request = { method: 'POST', url: new URL('https://api.test/items?token=sesame&page=2'), headers: {} };

describe("the API's own words about an error", () => {
  it.each<[unknown, string | undefined]>([
    [{ message: 'a', error: 'b' }, 'a'],
    [{ messages: ['a', 'b'] }, 'a, b'],
    [{ error: { detail: 'deep' } }, 'deep'],
    [{ errors: [{ message: 'a' }, { code: 5 }, 'b'] }, 'a, b'],
    [{ failures: ['f'] }, 'f'],
    [{ failure: 'f' }, 'f'],
    [{ detail: 'd' }, 'd'],
    [{ err: 'e' }, 'e'],
    [{ error_message: 'e' }, 'e'],
    [{ msg: 'm' }, 'm'],
    [{ reason: 'r' }, 'r'],
    [{ status_message: 's' }, 's'],
    // What is empty says nothing, and the next is asked.
    [{ message: '', error: 'b' }, 'b'],
    [{ message: null, errors: [], reason: 'r' }, 'r'],
    [['a', { message: 'b' }], 'a, b'],
    ['"a text"', 'a text'],
    [{ code: 5 }, undefined],
    [{ message: 5 }, undefined],
    [5, undefined],
    ['<html>down</html>', '<html>down</html>'],
    [new Uint8Array([0xff, 0xfe, 0xfd]), undefined],
  ])('%j: %j', async (body, message) => {
    expect(await apiErrorMessage(testResponse({ body }))).toBe(message);
  });
});

describe('an exchange in a message', () => {
  it.each<[object, string]>([
    [{ status: 404, body: { message: 'No such item' } }, 'answered 404: "No such item".'],
    [{ status: 500 }, 'answered 500.'],
    [{ status: 500, body: { code: 1 } }, 'answered 500.'],
    [{ status: 500, body: ' a\n  b\t' }, 'answered 500: "a b".'],
  ])('%j', async (answer, said) => {
    expect(await describeExchange(request, { response: testResponse(answer) })).toBe(
      `POST https://api.test/items?token=****&page=2 ${said}`,
    );
  });

  it('says why there was no answer, without credentials', async () => {
    const error = new TransportError('refused by https://a.test/?api_key=sesame', 'ECONNREFUSED');
    expect(await describeExchange(request, { error })).toBe(
      `${subjectOf(request)} failed: refused by https://a.test/?api_key=****.`,
    );
  });

  it('says no more than that there was an answer when its body breaks off', async () => {
    const response = { ...testResponse({ status: 502 }), json: () => Promise.reject(new Error('broken')) };
    response.bytes = response.json;
    expect(await describeExchange(request, { response })).toBe(`${subjectOf(request)} answered 502.`);
  });

  it('is cut where it is longer than a message should be', () => {
    expect(quotable('x'.repeat(400))).toBe('x'.repeat(400));
    expect(quotable('x'.repeat(401))).toBe(`${'x'.repeat(400)}…`);
  });

  it('does nothing to a terminal', () => {
    expect(printable('a\u001b[31mred\u001b[0m\u0007b\u009fc\td\ne')).toBe('a red  b c\td\ne');
    expect(printable('\u001b[2J\u001b[1;5Hx\u001b')).toBe('  x ');
    expect(printable('\u0008\u000b\u001f\u007f')).toBe('    ');
  });
});

describe('a body that cannot be read', () => {
  const message = (answer: object, came: string) =>
    unreadableBody(testResponse(answer), 'JSON', came).message;

  it('is shown with its status and type', () => {
    const headers = { 'Content-Type': 'text/html ; charset=utf-8' };
    expect(message({ headers }, '<p> down\n')).toBe(
      'The answer (status 200, text/html) cannot be read as JSON: it is "<p> down".',
    );
    expect(message({ status: 203 }, ' \n')).toBe(
      'The answer (status 203) cannot be read as JSON: its body is empty.',
    );
    const cause = new Error('why');
    expect(unreadableBody(testResponse({}), 'CSV', 'x', cause)).toMatchObject({
      kind: 'transient_error',
      name: 'UnreadableBodyError',
      cause,
    });
  });
});

test.each([
  ['RESET_PAGINATION', 'system_error', 'asks for the pagination to start anew.'],
  [
    'REDUCE_PAGE_SIZE',
    'config_error',
    'asks for a smaller page, and there is no "page_size_reduction" here that would ask for one.',
  ],
  [
    'SPLIT_REQUEST_WINDOW',
    'config_error',
    'asks for a smaller window, and there is no "request_window_splitting" here that would split it.',
  ],
] as const)('a page that nobody here asks for in another way is an error: %s', (action, kind, wish) => {
  const error = new RejectedPageError(action, 'Too much.', 'GET https://api.test/');
  expect(error).toMatchObject({ action, kind, reason: 'Too much.', name: 'RejectedPageError' });
  expect(error.message).toBe(`Too much. The error handler of GET https://api.test/ ${wish}`);
  expect(new RejectedPageError(action, undefined, 'it').message).toBe(`The error handler of it ${wish}`);
});
