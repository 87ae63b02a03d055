import { JsonDecoder } from '../../../../engine/components/decoders/json-decoder.ts';
import { documentsOf } from '../../../kit/decode.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const scope = testScope({ stream: { name: 'users' } });
const decoder = makeComponent(JsonDecoder, { type: 'JsonDecoder' }, scope);

describe('JsonDecoder', () => {
  it('gives an object as one document and the elements of a list as documents', async () => {
    expect(await documentsOf(decoder, { body: '{"data": [1]}' })).toEqual([{ data: [1] }]);
    expect(await documentsOf(decoder, { body: '[{"id": 1}, {"id": 2}]' })).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await documentsOf(decoder, { body: '0' })).toEqual([0]);
  });

  it('gives an empty object for an empty list, null, and an answer that says that it is empty', async () => {
    for (const body of ['[]', 'null']) expect(await documentsOf(decoder, { body })).toEqual([{}]);
    expect(await documentsOf(decoder, { status: 204, body: '' })).toEqual([{}]);
    expect(scope.logs).toEqual([]);
  });

  it.each(['<html>We are down</html>', '{"data": [', '', ' ', 'OK'])(
    'refuses what is no JSON: %j',
    async (body) => {
      await expect(documentsOf(decoder, { body })).rejects.toMatchObject({
        name: 'UnreadableBodyError',
        kind: 'transient_error',
        message: expect.stringContaining(body.trim() || 'its body is empty'),
      });
    },
  );

  it('warns of characters that had to be replaced', async () => {
    const own = testScope({ stream: { name: 'users' } });
    const read = makeComponent(JsonDecoder, { type: 'JsonDecoder' }, own);
    const body = Buffer.from('{"n": "caf\xe9"}', 'latin1');
    await documentsOf(read, { body });
    expect(own.logs).toMatchObject([{ level: 'WARN', message: expect.stringContaining('U+FFFD') }]);
    await documentsOf(read, { body, headers: { 'Content-Type': 'application/json; charset=latin1' } });
    await documentsOf(read, { body: '{"n": "café"}' });
    expect(own.logs).toHaveLength(1);
  });

  it('gives an empty object and warns for what is no JSON where the error handler ignores it', async () => {
    expect(await documentsOf(decoder, { status: 502, body: '<html>', ignored: true })).toEqual([{}]);
    expect(scope.logs).toEqual([
      {
        level: 'WARN',
        message: 'A response of stream "users" with status 502 is not JSON and is read as {}.',
      },
    ]);
  });
});
