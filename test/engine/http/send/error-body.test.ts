import { errorSaidIn } from '../../../../engine/http/send/error-body.ts';

test.each([
  [{ error: 'boom' }, 'boom'],
  [{ error: { code: 429, message: 'slow down' } }, 'slow down'],
  [{ error: { code: 'quota' } }, '{"error":{"code":"quota"}}'],
  [{ error: true, message: 'no luck' }, 'no luck'],
  [{ errors: [{ message: 'a' }, { message: 'b' }], data: null }, 'a, b'],
  [{ errors: { base: ['is wrong'] } }, '{"errors":{"base":["is wrong"]}}'],
  [{ Error_Message: 'x' }, 'x'],
  [{ errorCode: 17, errorMsg: 'x' }, 'x'],
  [{ 'soap:Fault': { faultstring: 'down' } }, 'down'],
  [{ exception: 'java.lang.NullPointerException' }, 'java.lang.NullPointerException'],
  [{ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'busy' } }, 'busy'],
  [{ ok: false, error: 'not_authed' }, 'not_authed'],
  [{ success: false }, '{"success":false}'],
  [{ success: 'false', message: 'Invalid page' }, 'Invalid page'],
  [{ status: 'error', data: null }, '{"status":"error","data":null}'],
  [{ status: 'error' }, '{"status":"error"}'],
  [{ status: 503, message: 'Service busy' }, 'Service busy'],
  [{ statusCode: '429', body: '' }, '{"statusCode":"429","body":""}'],
  [{ code: 99991400, msg: 'request trigger frequency limit' }, 'request trigger frequency limit'],
  [{ code: 'InvalidToken', message: 'Expired' }, 'Expired'],
  [{ status: 0, message: 'Invalid token' }, 'Invalid token'],
  [{ message: 'Rate limit exceeded' }, 'Rate limit exceeded'],
  [{ message: 'Internal server error', requestId: 'x' }, 'Internal server error'],
  [{ Message: 'Limit Exceeded' }, 'Limit Exceeded'],
  [{ detail: 'Request was throttled.' }, 'Request was throttled.'],
  [{ message: 'No account found with that API key' }, 'No account found with that API key'],
  [{ type: 'about:blank', title: 'Too Many Requests', status: 429 }, 'Too Many Requests'],
  [{ meta: { code: 400, error_message: 'bad' } }, 'bad'],
  [{ response: { status: 'fail' } }, '{"response":{"status":"fail"}}'],
  [{ error: 'none', errors: ['x'] }, 'x'],
])('%j is an error', (body, said) => {
  expect(errorSaidIn(body)).toBe(said);
});

test.each([
  [null],
  [[]],
  ['text'],
  [{}],
  [{ data: null }],
  [{ total: 0 }],
  [{ error: null, errors: [] }],
  [{ error: '', errors: {}, failures: 0 }],
  [{ error: false, error_code: 0, error_message: 'none' }],
  [{ error: { code: 0, message: '' } }],
  [{ error: { code: 200, message: 'OK' } }],
  [{ errors: [null, {}] }],
  [{ success: true, message: 'done and dusted' }],
  [{ status: 'ok' }],
  [{ status: 'OK', message: 'Fetched' }],
  [{ result: 'success', msg: 'Whatever' }],
  [{ status: 200, message: 'Fetched' }],
  [{ ok: true, description: 'Whatever' }],
  [{ code: 0, msg: 'whatever' }],
  [{ code: 200, message: 'Whatever' }],
  [{ code: 1, msg: 'success' }],
  [{ message: '' }],
  [{ message: 'No records found' }],
  [{ error: 'No matching records were found.' }],
  [{ status: 'error', message: 'There are no results' }],
  [{ message: 'Request processed successfully', count: 0 }],
  [{ message: 'Hi', id: 5 }],
  [{ id: 5, status: 'failed', title: 'Bug', code: 450 }],
  [{ name: 'x', description: 'y', status: 'rejected-by-nobody', items_count: 0 }],
  [{ has_more: false, next: null, page: 3 }],
  [{ data: { error: 'not on the way' } }],
])('%j is none', (body) => {
  expect(errorSaidIn(body)).toBeUndefined();
});

it('looks at every object on the way to the records', () => {
  const inner = { error: 'inside' };
  const body = { data: inner };
  expect(errorSaidIn(body, [body, inner])).toBe('inside');
});
