import { fieldOf, type ManifestNode } from '../manifest/node.ts';
import { type ComponentAt, childIn, textIn, written } from '../validate/visit.ts';
import { isMomentName } from './moment-words.ts';
import { once } from './once.ts';
import { typesOf } from './schema-walk.ts';
import { schemaNode } from './stream-schema.ts';
import { streamsIn } from './streams-in.ts';
import type { Subject } from './subject.ts';

/** A cursor that compares moments. */
export interface DateCursor {
  readonly at: ComponentAt;
  readonly of: ComponentAt;
  readonly stream: string;
  /** Its `cursor_field`. */
  readonly node: ManifestNode;
  readonly field: string;
  /** The properties of the schema of its stream; empty where only the API knows them. */
  readonly properties: ReadonlyMap<string, ManifestNode>;
}

/** Those of all streams, of parents too, each as often as it is written. */
export async function* dateCursors({ source, readNode }: Subject): AsyncGenerator<DateCursor> {
  const isNew = once();
  for (const of of streamsIn(source)) {
    const at = childIn(of, 'incremental_sync');
    const [node, field] = [written(at, 'cursor_field'), textIn(at, 'cursor_field')];
    if (at?.traits.compares !== 'datetimes' || node === undefined || field === undefined) continue;
    if (field.includes('{{') || !isNew(at.node)) continue;
    const stream = textIn(of, 'name') ?? '';
    const schema = await schemaNode(of, stream, readNode);
    const properties = schema && fieldOf(schema, 'properties');
    const entries = properties?.kind === 'mapping' ? [...properties.entries] : [];
    yield {
      at,
      of,
      stream,
      node,
      field,
      properties: new Map(entries.map(([name, { value }]) => [name, value])),
    };
  }
}

/** Whether the schema of a field says that it is one or the other; undefined where it does not say. */
export function isMomentBySchema(property: ManifestNode | undefined): boolean | undefined {
  if (property === undefined) return undefined;
  const types = typesOf(property).filter((type) => type !== 'null');
  const format = fieldOf(property, 'format');
  if (format?.kind === 'scalar' && /^date/.test(String(format.value))) return true;
  const others = ['boolean', 'object', 'array'];
  return types.length > 0 && types.every((type) => others.includes(type)) ? false : undefined;
}

/** The fields of a schema that are moments by its word or by their names. */
export function momentsIn({ properties }: DateCursor): readonly string[] {
  return [...properties].flatMap(([name, property]) => {
    const isMoment = isMomentBySchema(property) ?? isMomentName(name);
    return isMoment ? [name] : [];
  });
}
