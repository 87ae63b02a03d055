import type { Destination, Refusals, StreamToWrite } from '../../../../engine/destinations/destination.ts';
import { type OpenOptions, openDestination } from '../../../../engine/destinations/open-destination.ts';
import { toJsonLines } from '../../../../engine/protocol/write.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { openDatabases } from './databases.ts';

const { duckDb, postgres } = openDatabases();
const identity = { connector: 'shop', config: 'a1b2', start: {} };

describe.each([duckDb, postgres])('$name takes', (kind) => {
  const it = kind.isThere ? test : test.skip;

  async function sync(
    streams: Readonly<Record<string, readonly JsonObject[]>>,
    stream: Partial<StreamToWrite> = {},
    options: Partial<OpenOptions> = {},
  ): Promise<Refusals> {
    const destination: Destination = await openDestination(kind.place(), {
      identity,
      log: () => {},
      ...options,
    });
    try {
      for (const [name, records] of Object.entries(streams)) {
        await destination.open(name, { schema: {}, key: [['id']], mode: 'merge', ...stream });
        await destination.writeLines(name, Buffer.from(toJsonLines(records)));
        await destination.checkpoint(name, {});
        await destination.complete(name);
      }
    } catch (error) {
      await destination.close();
      throw error;
    }
    return destination.close();
  }

  /** The values of a row's columns by their names. */
  async function row(table: string, where = '1=1'): Promise<Record<string, unknown>> {
    const [found] = await kind.rows(`SELECT * FROM "${table}" WHERE ${where}`);
    const { _synced_at, ...rest } = found ?? {};
    return rest;
  }

  it('words of SQL and of the database itself as names', async () => {
    const names = [
      'select',
      'order',
      'user',
      'rowid',
      'oid',
      'ctid',
      'xmin',
      'XMIN',
      'tableoid',
      'cmax',
      't',
      'n',
      'k',
      'k0',
      'line',
      'r',
      'all',
      'null',
      'value',
    ];
    const record = { id: 1, ...Object.fromEntries(names.map((name) => [name, name])) };
    await sync({ order: [record], user: [record], 'group by': [record] });
    await sync({ order: [record, { ...record, id: 2 }], user: [record], 'group by': [record] });
    for (const table of ['order', 'user', 'group by'])
      expect(Object.values(await row(table, 'id = 1')).map(String)).toEqual(['1', ...names]);
  });

  it('long names that begin alike', async () => {
    const long = 'é'.repeat(60);
    const record = {
      id: 1,
      [`${long}a`]: 'a',
      [`${long}b`]: 'b',
      [`${'x'.repeat(300)}1`]: 1,
      [`${'x'.repeat(300)}2`]: 2,
    };
    await sync({ [`${long}1`]: [record], [`${long}2`]: [record] });
    await sync({ [`${long}1`]: [record], [`${long}2`]: [{ ...record, [`${long}b`]: 'c' }] });
    const tables = await kind.rows(
      `SELECT table_name AS t FROM information_schema.tables WHERE table_schema = '${kind.dataset()}' ORDER BY length(table_name), 1`,
    );
    expect(tables).toHaveLength(2);
    expect(Object.values(await row(String(tables[0]?.t))).map(String)).toEqual(['1', 'a', 'b', '1', '2']);
    expect(Object.values(await row(String(tables[1]?.t))).map(String)).toEqual(['1', 'a', 'c', '1', '2']);
  });

  it('numbers and moments at their limits', async () => {
    const schema = {
      properties: { at: { type: 'string', format: 'date-time' }, day: { type: 'string', format: 'date' } },
    };
    const record = {
      id: 1,
      huge: 1e308,
      tiny: 5e-324,
      minus: -0,
      infinite: Number.POSITIVE_INFINITY,
      nan: Number.NaN,
      long: 9223372036854775807n,
      longer: -9223372036854775808n,
      hugest: 170141183460469231731687303715884105727n,
      at: '9999-12-31T23:59:59.999999-14:00',
      day: '0001-01-01',
    };
    await sync({ a: [record, { id: 2, at: '0001-01-01T00:00:00+14:00', day: '9999-12-31' }] }, { schema });
    const found = await row('a', 'id = 1');
    expect([Number(found.huge), Number(found.tiny), Number(found.minus)]).toEqual([1e308, 5e-324, 0]);
    expect([found.long, found.longer, found.hugest].map(String)).toEqual([
      '9223372036854775807',
      '-9223372036854775808',
      '170141183460469231731687303715884105727',
    ]);
    expect(Object.keys(found)).not.toContain('nan');
    await sync(
      {
        a: [
          { id: 3, at: '10000-01-01T00:00:00Z', day: '2024-02-30' },
          { id: 4, at: '2024-01-01T23:59:60Z', day: '24-1-1' },
        ],
      },
      { schema },
    );
    const texts = await kind.rows('SELECT "at" AS moment, "day" AS day FROM a ORDER BY id');
    expect(texts.map(({ moment, day }) => `${moment} ${day}`)).toEqual([
      '9999-12-31T23:59:59.999999-14:00 0001-01-01',
      '0001-01-01T00:00:00+14:00 9999-12-31',
      '10000-01-01T00:00:00Z 2024-02-30',
      '2024-01-01T23:59:60Z 24-1-1',
    ]);
  });

  it('more columns than some have', async () => {
    const wide = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`c${index}`, index]));
    const synced = sync({ other: [{ id: 1 }], wide: [{ id: 1, ...wide(1700) }] });
    if (kind === postgres)
      await expect(synced).rejects.toThrow(
        /^The table wide would have 1701 columns, and PostgreSQL .* takes 1597 at most\. Leave fields out with --select/,
      );
    else {
      await synced;
      expect(Object.keys(await row('wide'))).toHaveLength(1701);
    }
    expect(await row('other')).toHaveProperty('id');
  });

  it('rows that are too big for some, beside others', async () => {
    const wide = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`c${index}`, index + 0.5]));
    const refusals = await sync({ wide: [{ id: 1, ...wide }], other: [{ id: 1 }] });
    expect(await row('other')).toHaveProperty('id');
    if (kind === postgres) {
      expect([...refusals.keys()]).toEqual(['wide']);
      expect(refusals.get('wide')?.message).toMatch(/row is too big.*leave fields out with --select/);
    } else expect(Object.keys(await row('wide'))).toHaveLength(1501);
  });

  it('a user who may make tables, but no schemas', async () => {
    if (kind !== postgres) return;
    const user = `clerk_${kind.dataset()}`;
    await kind.rows(
      `CREATE ROLE ${user} LOGIN; CREATE SCHEMA ${kind.dataset()} AUTHORIZATION ${user}; DROP SCHEMA IF EXISTS _manifold CASCADE`,
    );
    const to = kind.place().replace('//tester@', `//${user}@`);
    const options = { identity: { connector: 'shop', config: 'a', start: {} }, log: () => {} };
    const refused = await openDestination(to, options);
    await expect(refused.close()).rejects.toThrow(
      /permission denied for database postgres\. The user of the address lacks that right\. Grant it, or have .* "_manifold" made for it/,
    );
    await kind.rows(`CREATE SCHEMA _manifold AUTHORIZATION ${user}`);
    const taken = await openDestination(to, options);
    await taken.open('users', { schema: {}, key: [['id']], mode: 'merge' });
    await taken.write('users', [{ id: 1 }]);
    await taken.checkpoint('users', {});
    await taken.close();
    expect(await row('users')).toMatchObject({ id: '1' });
    await kind.rows('DROP SCHEMA _manifold CASCADE');
  });

  it('records whose key is missing, half and whole', async () => {
    await sync({ a: [{ id: null, n: 1 }, { n: 2 }, {}, { id: 1, n: 3 }] });
    await sync({
      a: [
        { id: null, n: 1 },
        { id: 1, n: 4 },
      ],
    });
    const found = await kind.rows('SELECT id, n FROM a ORDER BY n, id');
    expect(found.map(({ id, n }) => `${id} ${n}`)).toEqual([
      'null 1',
      'null 1',
      'null 2',
      '1 4',
      'null null',
    ]);
  });
});
