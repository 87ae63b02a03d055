import { lineAt } from '../error/line-at.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { walk } from '../manifest/walk.ts';
import type { PlaceView } from './messages.ts';

/** Fields that are seldom the same for another endpoint. */
const telling = new Set([
  'primary_key',
  'field_path',
  'cursor_field',
  'parent_key',
  'partition_field',
  'http_method',
]);
const most = 6;
const longest = 48;

/** What a new stream has from the one that it was copied from, and may need another value. */
export function whatWasCopied(root: MappingNode, body: ManifestNode, like: string): readonly PlaceView[] {
  const parameters = fieldOf(body, '$parameters');
  const own =
    parameters?.kind === 'mapping'
      ? [...parameters.entries].filter(([name]) => name !== 'name' && name !== 'path')
      : [];
  const found = [...own.map(([, { key, value }]) => ({ key, value })), ...fieldsIn(body)].map(
    ({ key, value }) => view(`${textOf(key)}: ${textOf(value)}`, key),
  );
  const suggested = nodeAt(root, ['metadata', 'suggestedStreams', 'streams']);
  const entry =
    suggested.kind === 'sequence'
      ? suggested.items.find((item) => item.kind === 'scalar' && item.value === like)
      : undefined;
  return [
    ...new Map(found.map((each) => [each.label, each])).values(),
    ...(entry === undefined ? [] : [view('suggestedStreams, where it is missing', entry)]),
  ].slice(0, most);
}

function* fieldsIn(
  body: ManifestNode,
): Generator<{ readonly key: ManifestNode; readonly value: ManifestNode }> {
  for (const { node, name, key } of walk(body, (walked) =>
    ['$parameters', 'schema'].includes(walked.name ?? ''),
  ))
    if (key !== undefined && telling.has(name ?? '')) yield { key, value: node };
}

function view(label: string, { place }: ManifestNode): PlaceView {
  return { label, line: lineAt(place.source, place.start)?.line ?? 1 };
}

/** As it is written, in a line. */
function textOf({ place }: ManifestNode): string {
  const text = (place.source.text ?? '').slice(place.start, place.end).trim().replace(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
