import { plainPathOf, readPaths } from '../simulator/read-paths.ts';
import { nodesIn } from '../template/syntax/each-node.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';

/**
 * Fields that a stream makes anew out of what the API has under their own name or under one that the schema does not have,
 * and puts into an object, by their paths: the schema says what they are then, and nobody what they are before.
 */
export function* remadeFields(stream: ComponentAt, described: object): Generator<readonly string[]> {
  for (const { path, node } of addedFields(stream)) {
    const [field, ...deeper] = path;
    if (field === undefined) continue;
    const text = String(node.value);
    const reads = readPaths(text).flatMap(({ name, path: [first] }) =>
      name === 'record' ? String(first) : [],
    );
    const isMoved = deeper.length > 0 && plainPathOf(text)?.name === 'record';
    const isOwn = reads.includes(field);
    if (isMoved && (isOwn || !reads.every((read) => Object.hasOwn(described, read)))) yield path;
    else if (isOwn && writesObject(text)) yield path;
  }
}

function writesObject(text: string): boolean {
  return nodesIn(templateBody(text)).some((node) => node.type === 'dict' && node.items.length > 0);
}
