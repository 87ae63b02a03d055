import { failOnListedErrors } from '../../../manifests/intercom/listed-errors.ts';
import { testResponse } from '../../kit/response.ts';

const headers = { 'content-type': 'application/json; charset=utf-8' };
const errors = {
  request_id: 'x',
  errors: [{ code: 'server_error', message: 'Server error' }],
  type: 'error.list',
};

async function statusOf(answer: Parameters<typeof testResponse>[0]): Promise<number> {
  const request = { method: 'GET', url: new URL('https://api.intercom.io/tags'), headers: {} };
  const response = await failOnListedErrors(request, async () => testResponse(answer), {});
  return response.status;
}

it.each([
  ['a list of errors with 200', { headers, body: errors }, 500],
  ['a list of records', { headers, body: { type: 'list', data: [] } }, 200],
  ['a list of errors with its own status', { status: 422, headers, body: errors }, 422],
  ['a record that quotes one', { headers, body: { type: 'part', body: JSON.stringify(errors) } }, 200],
  ['a file', { headers: { 'content-type': 'application/octet-stream' }, body: errors }, 200],
  ['what is no JSON', { headers, body: '<html>' }, 200],
])('%s counts as what it is', async (_what, answer, status) => {
  expect(await statusOf(answer)).toBe(status);
});
