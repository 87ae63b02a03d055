import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readSimulated } from './simulated.ts';

/** Manifests of other people, each in a folder with a config and a catalog: not a part of the project. */
const folder = process.env.MANIFOLD_MANIFESTS ?? '';
const names = folder !== '' && existsSync(folder) ? readdirSync(folder) : [];

interface Row {
  readonly name: string;
  /** Why not everything comes out; undefined when it does. */
  readonly reason: string | undefined;
}

/** Reads all streams of a manifest from an API made out of it. */
async function rowOf(name: string): Promise<Row> {
  const read = (file: string) => readFileSync(`${folder}/${name}/${file}`, 'utf8');
  const catalog = JSON.parse(read('catalog.json')) as { streams: { stream: { name: string } }[] };
  const config = JSON.parse(read('config.json')) as Record<string, unknown>;
  const streamNames = catalog.streams.map(({ stream }) => stream.name);
  const { streams, errors } = await readSimulated(read('manifest.yaml'), streamNames, {
    config,
    volume: (_stream, isPartition) => (isPartition ? 2 : 5),
  });
  const reasons = [...streams].flatMap(([stream, { reason, offered, emitted }]) => {
    const why = reason ?? missing(offered, emitted.length);
    return why === undefined ? [] : [`${stream}: ${why}`];
  });
  const [first] = [...(reasons.length > 0 ? errors : []), ...reasons];
  const others = reasons.length > 1 ? ` (${reasons.length} streams)` : '';
  return { name, reason: first && `${first}${others}` };
}

function missing(offered: number, emitted: number): string | undefined {
  return offered === emitted && offered > 0 ? undefined : `${emitted} records of ${offered}`;
}

const given = names.length > 0 ? test : test.skip;

given('an API can be made out of nearly every manifest, and all its records are read', async () => {
  const rows: Row[] = [];
  for (const name of names) rows.push(await rowOf(name));
  const works = rows.filter(({ reason }) => reason === undefined);
  const table = rows.map(({ name, reason }) => `${name.padEnd(40)} ${reason ?? 'all'}`).join('\n');
  process.stdout.write(`${table}\n${works.length} of ${rows.length}\n`);
  expect(works.length / rows.length).toBeGreaterThan(0.78);
});
