import type { ComponentAt } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { isMoment } from './key-words.ts';
import { idsIn, propertiesOf } from './own-ids.ts';
import type { Subject } from './subject.ts';
import { wordsOf } from './words.ts';

/** A stream with a primary key, and the fields that its records have. */
export interface KeyedStream {
  readonly name: string;
  readonly at: ComponentAt;
  readonly key: readonly string[];
  readonly fields: ReadonlySet<string>;
  /** The fields that say which record it is. */
  readonly ids: readonly string[];
}

/** The streams of a manifest that have a primary key and a schema. */
export async function keyedStreams(subject: Subject): Promise<readonly KeyedStream[]> {
  const found: KeyedStream[] = [];
  for (const { name, at, definition, schema } of await subject.streams()) {
    const key = (definition?.primaryKey ?? []).map((path) => path.join('.'));
    const known = key.length === 0 ? undefined : await schema();
    if (known === undefined) continue;
    const added = [...addedFields(at)].map(({ path }) => path.join('.'));
    const fields = new Set([...propertiesOf(known.value), ...added]);
    found.push({ name, at, key, fields, ids: idsIn(known.value, name) });
  }
  return found;
}

/** A part of the keys of others that is missing in one, and one of those others. */
export interface LeftOut {
  readonly field: string;
  readonly other: KeyedStream;
  readonly count: number;
}

/** As many others have to agree, unless their key is this one with a moment besides: a row of a report. */
const fewestOthers = 2;

/** What all other streams that are keyed like this one, and have that field, have in their keys, too. */
export function leftOutOf(one: KeyedStream, all: readonly KeyedStream[]): LeftOut | undefined {
  const alike = all.filter(
    (other) =>
      other.at.node !== one.at.node &&
      other.name !== one.name &&
      other.key.some((part) => one.key.includes(part)),
  );
  for (const field of one.fields) {
    if (one.key.includes(field)) continue;
    const others = alike.filter(({ fields }) => fields.has(field));
    const [other] = others.filter(({ key }) => key.length > 1 && key.includes(field));
    if (other === undefined || others.some(({ key }) => !key.includes(field))) continue;
    const isSame = others.some(
      ({ key }) => key.length === one.key.length + 1 && one.key.every((part) => key.includes(part)),
    );
    if (!isSame) continue;
    if (others.length >= fewestOthers || isMoment(wordsOf(field)))
      return { field, other, count: others.length };
  }
  return undefined;
}
