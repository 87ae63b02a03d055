import type { AddedField } from '../language/traits.ts';
import { isObject, type JsonSchema } from '../util/json/json.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { type ReadPath, readPaths, type ValueRead } from './read-paths.ts';
import { pathsRead } from './texts-in.ts';

/** What templates of a component read of records; without its retriever, whose records may be others. */
export function readsOf(at: ComponentAt, withoutRetriever = false): readonly ReadPath[] {
  const names = ['record', 'last_record'];
  if (at.family !== 'Stream') return pathsRead(at.node, names);
  const made = at.children.flatMap(({ traits }) => traits.adds ?? []);
  return at.children
    .filter(({ field }) => !(withoutRetriever && field === 'retriever'))
    .flatMap(({ node, field }) => {
      const reads = pathsRead(node, names);
      // What one transformation adds another one finds, whatever the API has.
      return field === 'transformations'
        ? reads.filter((read) => !made.some((each) => adds(each, read)))
        : reads;
    });
}

function adds({ path, template }: AddedField, read: ReadPath): boolean {
  if (!path.every((segment, index) => String(read.path[index]) === segment)) return false;
  return !readPaths(template).some((own) => own.name === read.name && own.path[0] === read.path[0]);
}

/** What is read of records and their schema does not name. */
export function neededPaths(reads: readonly ReadPath[], schema: JsonSchema): readonly ValueRead[] {
  const paths: ValueRead[] = [];
  for (const { name, path, items } of reads) {
    const own = path[0] === 'data' && name === 'last_record' ? path.slice(1) : path;
    if (typeof own[0] === 'string') paths.push({ path: own, ...(items && { items }) });
  }
  return paths.filter(({ path: [first] }) => !isKnown(schema, String(first)));
}

function isKnown(schema: JsonSchema, name: string): boolean {
  return isObject(schema.properties) && Object.hasOwn(schema.properties, name);
}

/** The names at the top of records, and below them, that are read. */
export function namesRead({ node }: ComponentAt): readonly string[] {
  return pathsRead(node, ['record', 'last_record']).flatMap(({ path }) => path.slice(0, 2).map(String));
}
