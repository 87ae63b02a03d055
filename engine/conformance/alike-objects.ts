import type { ManifestNode } from '../manifest/node.ts';
import { grouped } from '../util/flow/grouped.ts';
import type { CheckEvent } from './check.ts';
import { violation } from './events.ts';
import { placeOf, type SchemaField, typeNode } from './schema-fields.ts';
import { called, type Kind } from './value-kinds.ts';

/** An object of a schema, with its fields by their names. */
type Shape = ReadonlyMap<string, SchemaField>;

/** Two objects with the same fields are the same thing in two streams, such as the author of a note and of a task. */
interface Likeness {
  readonly shared: number;
  /** Of all names of both. */
  readonly share: number;
  /** The names that have another kind in each; undefined when there are several. */
  readonly differs: string | undefined;
  readonly other: Shape;
}

/** A field of another kind than in all objects that are alike but for it. */
export function* oddAmongObjects(
  fields: readonly SchemaField[],
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const shapes = [...grouped(fields, ({ object }) => placeOf(object)).values()]
    .map((group): Shape => new Map(group.map((field) => [field.name, field])))
    .filter((shape) => shape.size > fewestShared)
    .toSorted((a, b) => a.size - b.size);
  const near = new Map<Shape, Likeness[]>(shapes.map((shape) => [shape, []]));
  for (const [index, a] of shapes.entries())
    for (let at = index + 1; at < shapes.length; at += 1) {
      const b = shapes[at];
      // Sorted by size: of which one has twice as many fields as the other, half are not shared.
      if (b === undefined || b.size > a.size * 2) break;
      const found = likeness(a, b);
      if (found === undefined) continue;
      near.get(a)?.push({ ...found, other: b });
      near.get(b)?.push({ ...found, other: a });
    }
  for (const [shape, alike] of near)
    for (const name of new Set(alike.flatMap(({ differs }) => differs ?? [])))
      yield* oddIn(shape.get(name), alike, told);
}

/** As many fields, besides the one that is odd, are alike in name and kind. */
const fewestShared = 3;

function likeness(a: Shape, b: Shape): Omit<Likeness, 'other'> | undefined {
  let shared = 0;
  let differs: string | undefined;
  for (const [name, { kind }] of a) {
    const other = b.get(name);
    if (other === undefined) continue;
    shared += 1;
    if (other.kind === kind) continue;
    if (differs !== undefined) return undefined;
    differs = name;
  }
  const share = shared / (a.size + b.size - shared);
  return shared <= fewestShared || share < 0.5 ? undefined : { shared, share, differs };
}

function* oddIn(
  field: SchemaField | undefined,
  alike: readonly Likeness[],
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  if (field === undefined || told.has(field.node)) return;
  const others = alike.filter(
    ({ differs, other }) => other.has(field.name) && (differs === undefined || differs === field.name),
  );
  const kinds = new Set(others.map(({ other }) => other.get(field.name)?.kind));
  const [kind] = kinds;
  const example = others[0]?.other.get(field.name);
  if (kinds.size !== 1 || kind === undefined || kind === field.kind || example === undefined) return;
  const [only, ...more] = others;
  // Of two, nobody knows which is right, and both are named; "id" is another thing's in each.
  const isSure = more.length > 0 || (only !== undefined && only.shared > 5 && only.share >= 0.8);
  if (isIdAlone(field, kind) && others.length < fewestIds) return;
  if (!isSure || (more.length === 0 && field.name.toLowerCase() === 'id')) return;
  told.add(field.node);
  yield violation(
    typeNode(field.node),
    `"${field.path.join('.')}" of stream "${field.stream}" is ${called[field.kind]}, and in ${placed(others.length, example, kind)}: the other fields of ${more.length > 0 ? 'these objects' : 'both objects'} are alike.`,
    { stream: field.stream, also: [typeNode(example.node).place] },
  );
}

/** As many own ids have to agree: one thing of an API has a number, and another one a text. */
const fewestIds = 8;

function isIdAlone({ words, kind }: SchemaField, other: Kind): boolean {
  return words === 'id' && [kind, other].every((each) => each === 'text' || each === 'number');
}

function placed(count: number, { stream, path }: SchemaField, kind: Kind): string {
  const where = `"${path.join('.')}" of stream "${stream}"`;
  return count === 1 ? `${where} it is ${called[kind]}` : `all ${count} others, as ${where}, ${called[kind]}`;
}
