import { primaryKeyField, toPrimaryKey } from '../../../../engine/components/streams/primary-key.ts';

describe('toPrimaryKey', () => {
  it.each([
    ['id', [['id']]],
    [['id'], [['id']]],
    [
      ['id', 'kind'],
      [['id'], ['kind']],
    ],
    [
      [['id'], ['kind']],
      [['id'], ['kind']],
    ],
    ['', [['']]],
    [[], undefined],
    [undefined, undefined],
  ])('reads %j', (written, key) => {
    expect(toPrimaryKey(primaryKeyField().parse(written))).toEqual(key);
  });

  it('refuses a path into a record', () => {
    expect(() => toPrimaryKey([['data', 'id']])).toThrow(
      'Nested primary keys such as ["data","id"] are not supported.',
    );
  });
});
