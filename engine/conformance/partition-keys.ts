import { readPaths } from '../simulator/read-paths.ts';
import { pathsRead } from '../simulator/texts-in.ts';
import { type ComponentAt, childIn, written } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { textsOf } from './schema-walk.ts';

/** What is the same for all records of a partition, by its name in templates. */
export function isOfSlice(name: string): boolean {
  return /^(?:stream_(?:partition|slice|interval)|config|parameters)$/.test(name);
}

/** Every field of the primary key is given a value that all records of a partition have. */
export function isKeyOfPartition(stream: ComponentAt): boolean {
  const key = textsOf(written(stream, 'primary_key'));
  const given = new Set(
    [...addedFields(stream)]
      .filter(({ node }) => {
        const reads = readPaths(String(node.value));
        return reads.length > 0 && reads.every(({ name }) => isOfSlice(name));
      })
      .map(({ path }) => path.join('.')),
  );
  return key.length > 0 && key.every((field) => given.has(field));
}

/** An answer has more than one record: there are pages of them, or what they are found by is a list. */
export function givesLists(stream: ComponentAt): boolean {
  const retriever = childIn(stream, 'retriever');
  const paginator = childIn(retriever, 'paginator');
  const path = written(childIn(childIn(retriever, 'record_selector'), 'extractor'), 'field_path');
  const steps = path === undefined ? [] : textsOf(path);
  if (steps.includes('*')) return true;
  if (paginator?.traits.paginates !== true) return false;
  // What a paginator looks into by a name is an object, and the whole of that is the record.
  const reads = pathsRead(paginator.node, ['response']);
  const isWhole = path !== undefined && steps.length === 0;
  return !(isWhole && reads.some(({ path: [first] }) => typeof first === 'string'));
}
