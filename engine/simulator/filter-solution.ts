import { emptySlice, type Slice } from '../contract/slice.ts';
import type { ManifestNode } from '../manifest/node.ts';
import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { compileGet } from '../util/path/dpath.ts';
import { validateAgainstSchema } from '../util/schema/validate-against-schema.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { pathsRead, textsIn } from './texts-in.ts';

type Path = readonly (string | number)[];

/** Values of fields with which a record passes. */
export type Solution = readonly (readonly [Path, unknown])[];

const mostTries = 600;

/**
 * What a record needs to have so that the `record_filter` of its stream keeps it, found by asking the filter. Empty when
 * there is none, when records pass as they are, or when nothing that was tried helps.
 */
export async function solveFilter(
  {
    retriever,
    config,
    schema,
    emitted,
  }: {
    readonly retriever: ComponentAt;
    readonly config: JsonObject;
    readonly schema: JsonSchema;
    readonly emitted: (raw: JsonObject, slice: Slice | undefined) => Promise<JsonObject | undefined>;
  },
  record: (solution: Solution) => JsonObject,
): Promise<Solution> {
  const filter = childIn(childIn(retriever, 'record_selector'), 'record_filter');
  if (filter === undefined) return [];
  const paths = pathsRead(filter.node, ['record'])
    .map(({ path }) => path)
    .filter((path) => path.length > 0);
  const values = [...literalsIn(filter.node), ...configuredIn(filter, config), true, false, null, '', 1, 0];
  let tries = 0;
  for (const solution of solutions(paths, (path) => values.filter((value) => fits(value, path, schema)))) {
    if (++tries > mostTries) break;
    const passed = await emitted(record(solution), emptySlice).catch(() => undefined);
    if (passed !== undefined) return solution;
  }
  record([]);
  return [];
}

/** Whether a record of the schema can have it there. */
function fits(value: unknown, path: Path, schema: JsonSchema): boolean {
  let at: unknown = schema;
  for (const segment of path) {
    const properties = isObject(at) ? at.properties : undefined;
    at = isObject(properties) ? properties[String(segment)] : undefined;
  }
  return !isObject(at) || validateAgainstSchema(value, at).length === 0;
}

/** No value, then one, then several at these paths. */
export function* solutions(
  paths: readonly Path[],
  valuesFor: (path: Path) => readonly unknown[],
): Generator<Solution> {
  yield [];
  for (const path of paths) for (const value of valuesFor(path)) yield [[path, value]];
  const [first, second] = paths;
  if (first === undefined || second === undefined) return;
  for (const one of valuesFor(first))
    for (const other of valuesFor(second))
      yield [[first, one], [second, other], ...paths.slice(2).map((path) => [path, one] as const)];
}

/** What the config says that the filter reads: of a list, and of a text that may be one, each item. */
function configuredIn({ node }: ComponentAt, config: JsonObject): readonly unknown[] {
  return pathsRead(node, ['config']).flatMap(({ path }) => {
    const value = compileGet(path.map(String))(config);
    if (typeof value === 'string') return [...new Set([value, ...value.split(/\s*,\s*/)])];
    return Array.isArray(value) ? value : (value ?? []);
  });
}

/** The texts and numbers that templates below a node write out. */
export function literalsIn(node: ManifestNode): readonly unknown[] {
  return [...textsIn(node)].flatMap((text) => [
    ...[...text.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, single, double]) => single ?? double),
    ...[...text.matchAll(/(?<![\w.'"])\d+\b/g)].map(([digits]) => Number(digits)),
  ]);
}
