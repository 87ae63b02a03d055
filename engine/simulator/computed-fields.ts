import type { AddedField } from '../language/traits.ts';
import type { Expression } from '../template/syntax/ast.ts';
import { nodesIn } from '../template/syntax/each-node.ts';
import { soleOutput } from '../template/syntax/sole-output.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import { isObject, type JsonSchema } from '../util/json/json.ts';
import type { ComponentAt } from '../validate/visit.ts';
import { readPathsIn, type ValueRead } from './read-paths.ts';

/** A value that a transformation adds, with what it is taken from. */
export interface ComputedField extends ValueRead {
  /** The name that it is given. */
  readonly target: string;
  /** What the schema says of it. */
  readonly property: unknown;
  /** It is in an object or a list that the template writes out. */
  readonly isInside: boolean;
  /** The format of the moment that the template writes in another one; undefined where it writes none. */
  readonly momentFormat?: string | undefined;
}

/** Fields at the top that transformations add, and what is in them where a template writes out objects and lists. */
export function computedFields(
  stream: ComponentAt | undefined,
  schema: JsonSchema,
): readonly ComputedField[] {
  return (stream?.children ?? []).flatMap(({ traits }) =>
    (traits.adds ?? []).flatMap(({ path: [target, ...deeper], template }) =>
      target === undefined || deeper.length > 0
        ? []
        : partsOf(template, target, memberOf(schema, target)).flatMap(computedBy),
    ),
  );
}

/** A part of a template that makes one value. */
interface Part extends Omit<ComputedField, 'path' | 'items' | 'momentFormat'> {
  readonly made: unknown;
}

function partsOf(text: AddedField['template'], target: string, property: unknown): readonly Part[] {
  const output = soleOutput(text);
  const of = { target, property, isInside: false };
  return output === undefined ? [{ ...of, made: templateBody(text) }] : partsIn(output, of);
}

/** Of what is written out each value is made by an expression of its own. */
function partsIn(made: Expression, of: Omit<Part, 'made'>): readonly Part[] {
  const { target, property } = of;
  if (made.type === 'list' || made.type === 'tuple') {
    const items = isObject(property) ? property.items : undefined;
    return made.items.flatMap((item) => partsIn(item, { target, property: items, isInside: true }));
  }
  if (made.type !== 'dict') return [{ ...of, made }];
  return made.items.flatMap(([key, value]) => {
    const name = key.type === 'constant' ? String(key.value) : target;
    return partsIn(value, { target: name, property: memberOf(property, name), isInside: true });
  });
}

function computedBy({ made, ...of }: Part): readonly ComputedField[] {
  const [first, ...others] = readPathsIn(made).filter(
    ({ name, path }) => name === 'record' && path.length > 0,
  );
  // What goes into an object on the way is no value of the field, unless it is made anew out of its own items.
  const isAnew = first?.items !== undefined && first.path.length === 1 && first.path[0] === of.target;
  if (writesObject(made) && !isAnew) return [];
  // Of `record.shop.id or record.store.id` one is enough.
  if (first === undefined || !others.every(({ path }) => path.at(-1) === first.path.at(-1))) return [];
  const momentFormat = formatReadIn(made);
  return [
    {
      ...of,
      path: first.path,
      ...(first.items && { items: first.items }),
      ...(momentFormat !== undefined && { momentFormat }),
    },
  ];
}

/** What these functions read where no format says otherwise. */
const iso = '%Y-%m-%dT%H:%M:%S.%fZ';

/** The format by which a template reads a moment that it writes anew. */
function formatReadIn(made: unknown): string | undefined {
  const [read] = nodesIn(made).filter(
    (node) =>
      node.type === 'call' &&
      node.target.type === 'name' &&
      (node.target.name === 'format_datetime' || node.target.name === 'str_to_datetime'),
  );
  if (read?.type !== 'call') return undefined;
  const given = read.args[2] ?? read.keywords.find(({ name }) => name === 'input_format')?.value;
  if (given === undefined) return iso;
  return given.type === 'constant' ? String(given.value) : undefined;
}

function writesObject(made: unknown): boolean {
  return nodesIn(made).some((node) => node.type === 'dict' && node.items.length > 0);
}

function memberOf(schema: unknown, name: string): unknown {
  const properties = isObject(schema) ? schema.properties : undefined;
  return isObject(properties) ? properties[name] : undefined;
}
