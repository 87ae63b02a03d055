import { addedValues } from '../../../../engine/conformance/checks/added-values.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectNothing, expectViolations } = harness(addedValues);

const manifest = (path: string, value: string, key = '[id, board_id]', removed = 'name') =>
  itemsWith({
    stream: `transformations:
  - { type: AddFields, fields: [{ path: [${path}], value: "{{ ${value} }}" }] }
  - { type: RemoveFields, field_pointers: [[${removed}]] }`,
  }).replace('primary_key: id', `primary_key: ${key}`);

describe('added-values', () => {
  it('has nothing to say where nothing is added', async () => {
    await expectNothing(itemsWith());
  });

  it.each([
    ['a part of the key under its name', manifest('board_id', 'stream_slice.board_id')],
    ['another field', manifest('board', 'stream_slice.board_id')],
    ['the only key there is', manifest('id', 'stream_slice.board_id', 'id')],
    ['what is removed', manifest('ref', 'record.country.ref', 'id', 'country, ref')],
    ['what is removed under its own name', manifest('code', 'record.country.ref', 'id', 'country, ref')],
  ])('passes for %s', async (_, yaml) => {
    await expectPass(yaml);
  });

  it('finds a part of a key that is given another one', async () => {
    await expectViolations(manifest('id', 'stream_partition.board_id'), [
      { message: /^"id" of stream "items" is overwritten with "board_id" of its partition/, at: 'id' },
    ]);
  });

  it('finds what is removed and not moved', async () => {
    await expectViolations(manifest('ref', 'record.country.code', 'id', 'country, ref'), [
      {
        message:
          /^"ref" of stream "items" is "country.code", and "country.ref" is removed without being read/,
        stream: 'items',
      },
    ]);
  });
});
