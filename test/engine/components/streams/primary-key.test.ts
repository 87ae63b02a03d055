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
    const { error } = primaryKeyField().safeParse([['data', 'id']]);
    expect(error?.message).toContain('a nested primary key such as [\\"data\\",\\"id\\"] is not supported');
  });
});
