import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Manifest } from '../../connector/load-manifest.ts';
import { fileName } from '../../destinations/folder/json-lines.ts';
import { writing } from '../../error/writing.ts';
import { componentsBelow } from '../../language/child-nodes.ts';
import { fieldOf } from '../../manifest/node.ts';
import { streamNode } from '../../manifest/written-streams.ts';
import { exchangeYaml, scalar, scrubbedExchange } from '../../preview/exchange-yaml.ts';
import type { Preview } from '../../preview/preview.ts';
import { refuseSecrets } from '../../scrub/refuse-secrets.ts';
import { createScrubber } from '../../scrub/scrubber.ts';
import { nodeCrypto } from '../../util/bytes/node-crypto.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { Environment } from '../environment.ts';

export interface RecordOptions {
  readonly folder: string;
  readonly file: string;
  readonly now: number;
  readonly fake: readonly string[];
  readonly keep: readonly string[];
}

/** Bytes. Larger bodies stand in files of their own. */
const largestBody = 16 * 1024;
const mostBytes = 256 * 1024;

/** Writes the exchanges of a stream as a fixture: one YAML, and its larger bodies by their digests. */
export async function record(
  { stream, exchanges, redactor }: Preview,
  { folder, file, now, fake, keep }: RecordOptions,
  { writeError }: Environment,
): Promise<void> {
  const scrubber = createScrubber({ redactor, fake });
  const scrubbed = await Promise.all(exchanges.map((exchange) => scrubbedExchange(exchange, scrubber)));
  refuseSecrets(
    scrubbed.flatMap(({ on, with: wanted, reply }, index) => [
      { name: `the body of answer ${index + 1} (${on})`, value: reply.json ?? reply.text },
      { name: `request ${index + 1} (${on})`, value: wanted ?? null },
    ]),
    keep,
  );
  await writing(folder, () => mkdir(folder, { recursive: true }));
  let total = 0;
  const items: string[] = [];
  for (const exchange of scrubbed) {
    const { json } = exchange.reply;
    const whole =
      json === undefined ? undefined : `${JSON.stringify(JSON.parse(toJsonText(json)), null, 2)}\n`;
    const isLarge = whole !== undefined && whole.length > largestBody;
    const name =
      whole && `bodies/${nodeCrypto().createHash('sha256').update(whole).digest('hex').slice(0, 16)}.json`;
    const item = exchangeYaml(exchange, '  ', isLarge ? name : undefined);
    const size = item.length + (isLarge ? whole.length : 0);
    if (total + size > mostBytes) break;
    total += size;
    if (isLarge && name !== undefined) {
      await mkdir(join(folder, 'bodies'), { recursive: true });
      await writeFile(join(folder, name), whole);
    }
    items.push(item);
  }
  const left = scrubbed.length - items.length;
  const path = join(folder, `${fileName(stream)}.yaml`);
  const head = [
    `manifest: ${scalar(relative(folder, file))}`,
    `stream: ${scalar(stream)}`,
    `recorded: ${new Date(now).toISOString()}`,
    ...(left > 0 ? [`# ${left} more exchanges were left out, since a fixture has at most 256 kB.`] : []),
    'http:',
  ];
  await writing(path, () => writeFile(path, `${head.join('\n')}\n${items.join('')}`));
  writeError(`${items.length} exchanges are in ${path}, without secrets and people.\n`);
}

/**
 * The text of the manifest with a page size of two where the stream's paginators have one: small fixtures that have
 * really several pages. Undefined where it has none.
 */
export function withSmallPages({ root, registry }: Manifest, stream: string): string | undefined {
  const text = root.place.source.text;
  if (text === undefined) return undefined;
  const spots = new Map<number, number>();
  const node = streamNode(root, stream);
  if (node?.kind !== 'mapping') return undefined;
  for (const { node: strategy, family } of componentsBelow({ node, family: 'Stream' }, registry)) {
    const size = family === 'PaginationStrategy' ? fieldOf(strategy, 'page_size') : undefined;
    if (size?.kind === 'scalar' && /^\d+$/.test(String(size.value)))
      spots.set(size.place.start, size.place.end);
  }
  if (spots.size === 0) return undefined;
  let changed = text;
  for (const [start, end] of [...spots].sort(([a], [b]) => b - a))
    changed = `${changed.slice(0, start)}2${changed.slice(end)}`;
  return changed;
}
