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

  it('gives an empty object for an empty body, an empty list and null', async () => {
    for (const body of ['', '[]', 'null']) expect(await documentsOf(decoder, { body })).toEqual([{}]);
    expect(scope.logs).toEqual([]);
  });

  it('gives an empty object and warns for what is no JSON', async () => {
    expect(await documentsOf(decoder, { status: 502, body: '<html>' })).toEqual([{}]);
    expect(scope.logs).toEqual([
      {
        level: 'WARN',
        message: 'A response of stream "users" with status 502 is not JSON and is read as {}.',
      },
    ]);
  });
});
