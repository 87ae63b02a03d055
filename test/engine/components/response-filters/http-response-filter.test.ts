import { HttpResponseFilter } from '../../../../engine/components/response-filters/http-response-filter.ts';
import { TransportError } from '../../../../engine/http/wire/transport-error.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { type TestResponseOptions, testResponse } from '../../../kit/response.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function match(definition: JsonObject, response: TestResponseOptions, config: JsonObject = {}) {
  const filter = makeComponent(
    HttpResponseFilter,
    { type: 'HttpResponseFilter', ...definition },
    testScope({ config }),
  );
  return filter.match({ response: testResponse(response) });
}

describe('HttpResponseFilter', () => {
  it('matches by status', async () => {
    const filter = { action: 'IGNORE', http_codes: [404, 410] };
    expect(await match(filter, { status: 410 })).toMatchObject({ action: 'IGNORE' });
    expect(await match(filter, { status: 403 })).toBeUndefined();
  });

  it('matches by a predicate over body and headers', async () => {
    const body = { action: 'RETRY', predicate: "{{ response.code == 'busy' }}" };
    expect(await match(body, { body: { code: 'busy' } })).toMatchObject({ action: 'RETRY' });
    expect(await match(body, { body: 'not JSON' })).toBeUndefined();
    const header = { action: 'RATE_LIMITED', predicate: "{{ headers['x-left'] == '0' }}" };
    expect(await match(header, { headers: { 'X-Left': '0' } })).toMatchObject({ action: 'RATE_LIMITED' });
  });

  it('gives a predicate no config', async () => {
    expect(
      await match({ action: 'IGNORE', predicate: '{{ config.lenient }}' }, {}, { lenient: true }),
    ).toBeUndefined();
  });

  it("matches by the API's own message, wherever the API puts it", async () => {
    const filter = { action: 'IGNORE', error_message_contains: 'trial' };
    expect(
      await match(filter, { status: 402, body: { errors: [{ msg: 'no' }, { detail: 'trial is over' }] } }),
    ).toMatchObject({
      action: 'IGNORE',
    });
    expect(await match(filter, { status: 402, body: 'the trial is over' })).toMatchObject({
      action: 'IGNORE',
    });
    expect(await match(filter, { status: 402, body: { note: 'trial' } })).toBeUndefined();
  });

  it('says its message, else the meaning of the status', async () => {
    const filter = {
      action: 'FAIL',
      http_codes: [400, 418],
      error_message: "{{ config['name'] }}: {{ response.message }}",
    };
    expect(await match(filter, { status: 400, body: { message: 'no' } }, { name: 'API' })).toMatchObject({
      message: 'API: no',
    });
    expect(await match({ action: 'FAIL', http_codes: [404] }, { status: 404 })).toMatchObject({
      message: expect.stringContaining('404'),
    });
  });

  it('takes its failure type for failures only', async () => {
    const filter = { failure_type: 'config_error', http_codes: [500, 418] };
    expect(await match({ ...filter, action: 'FAIL' }, { status: 500 })).toMatchObject({
      failureType: 'config_error',
    });
    expect(await match({ ...filter, action: 'RETRY' }, { status: 500 })).toMatchObject({
      failureType: 'transient_error',
    });
    expect(await match({ ...filter, action: 'RETRY' }, { status: 418 })).toMatchObject({
      failureType: 'system_error',
    });
  });

  it('matches nothing without an action, and no exchange without a response', async () => {
    expect(await match({ http_codes: [404] }, { status: 404 })).toBeUndefined();
    const filter = makeComponent(HttpResponseFilter, {
      type: 'HttpResponseFilter',
      action: 'IGNORE',
      predicate: 'True',
    });
    expect(await filter.match({ error: new TransportError('closed', 'ECONNRESET') })).toBeUndefined();
  });
});
