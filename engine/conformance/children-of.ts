import { type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { askedPath } from './asked-path.ts';
import { namesOfPartition } from './partition-names.ts';
import { textsOf } from './schema-walk.ts';

/** A stream with a primary key that is read for each record of one parent. */
export interface ChildStream {
  readonly at: ComponentAt;
  readonly name: string;
  /** The name of the parent stream. */
  readonly parent: string;
  /** What a partition calls the parent. */
  readonly field: string;
  /** The fields by which records may say which parent they are of. */
  readonly names: ReadonlySet<string>;
  readonly key: readonly string[];
  /** The last step of the path. */
  readonly asked: string;
}

export function childStreamOf(at: ComponentAt): ChildStream | undefined {
  const retriever = childIn(at, 'retriever');
  const router = childIn(retriever, 'partition_router');
  const configs = router?.children.filter(({ family }) => family === 'ParentStreamConfig') ?? [];
  const [config, ...more] = configs;
  const key = textsOf(written(at, 'primary_key'));
  const parent = textIn(childIn(config, 'stream'), 'name');
  const field = textIn(config, 'partition_field');
  if (more.length > 0 || field === undefined || parent === undefined || key.length === 0) return undefined;
  const [path = ''] = askedPath(childIn(retriever, 'requester')).split('?');
  return {
    ...{ at, parent, field, key },
    name: textIn(at, 'name') ?? '',
    names: namesOfPartition(at),
    asked: path.split('/').at(-1) ?? '',
  };
}

/** Whether its primary key says which parent a record is of. */
export function keepsParent({ key, names }: ChildStream): boolean {
  return key.some((part) => names.has(part));
}

/** The name under which its records are given what their parent is. */
export function parentIn({ at, field, names }: ChildStream): string | undefined {
  const added = [...addedFields(at)].map(({ path }) => path.join('.')).filter((name) => names.has(name));
  return added.find((name) => name !== field) ?? added[0];
}
