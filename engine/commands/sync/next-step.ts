import { destinationKind } from '../../destinations/open-destination.ts';
import { readAddress } from '../../destinations/postgres/read-address.ts';
import { quoteName } from '../../destinations/tables/dialect.ts';
import { singleQuoted } from '../../util/text/single-quoted.ts';
import type { StreamProgress } from './progress.ts';

/** What to do with what has come. Undefined when nothing has. */
export function nextStep(to: string, streams: Iterable<StreamProgress>): string | undefined {
  const isWhole = ({ status }: StreamProgress) => Number(status !== 'failed');
  const [largest] = [...streams].sort((a, b) => isWhole(b) - isWhole(a) || b.records - a.records);
  if (largest === undefined || largest.records === 0) return undefined;
  const table = /^[a-z_][a-z0-9_]*$/.test(largest.name) ? largest.name : quoteName(largest.name);
  switch (destinationKind(to)) {
    case 'duckdb': {
      const rest = `${shellWord(to)} ${shellWord(`select * from ${table} limit 5`)}`;
      return `Next: duckdb ${rest}\n  or: manifold query ${rest}`;
    }
    case 'postgres': {
      const { name, schema } = readAddress(to);
      return `The tables are in ${name}. Next: select * from ${schema}.${table} limit 5`;
    }
    case 'folder':
      return `The records are in ${to}/, one file per stream.`;
  }
}

/** As a shell takes it for one word, quoted where it has to be. */
function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : singleQuoted(text);
}
