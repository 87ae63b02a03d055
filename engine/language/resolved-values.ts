import type * as z from 'zod';
import type { ManifestNode, MappingNode, ScalarNode } from '../manifest/node.ts';
import { PyFloat, pyStr } from '../template/python-values.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * The node with what a components resolver has set brought to the type of its field: texts for numbers and booleans, as
 * Python writes them, and the other way round; undefined when there is nothing to bring. What is written in the manifest
 * itself stays a mistake.
 */
export function withResolvedValues(node: MappingNode, issues: readonly Issue[]): MappingNode | undefined {
  let changed: ManifestNode = node;
  for (const { path, change } of issues.flatMap((issue) => changesFor(issue)))
    changed = withChange(changed, path, change) ?? changed;
  return changed === node ? undefined : (changed as MappingNode);
}

type Change = (node: ScalarNode) => ScalarNode | undefined;

/** By the type that is expected. */
const changes: Readonly<Record<string, Change>> = {
  string: textNode,
  number: numberNode,
  int: numberNode,
  boolean: booleanNode,
};

/** Where another type would do, also as one of several possibilities. */
function changesFor(issue: Issue, above: Path = []): { readonly path: Path; readonly change: Change }[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap((inner) => changesFor(inner, path));
  const change = issue.code === 'invalid_type' ? changes[issue.expected] : undefined;
  return change === undefined ? [] : [{ path, change }];
}

function withChange(node: ManifestNode, [segment, ...rest]: Path, change: Change): ManifestNode | undefined {
  if (segment === undefined) return node.kind === 'scalar' ? change(node) : undefined;
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'sequence') {
    const child = node.items[Number(segment)];
    const changed = child && withChange(child, rest, change);
    return changed && { ...node, items: node.items.with(Number(segment), changed) };
  }
  const entry = node.entries.get(String(segment));
  const value = entry && withChange(entry.value, rest, change);
  if (entry === undefined || value === undefined) return undefined;
  return { ...node, entries: new Map([...node.entries, [String(segment), { ...entry, value }]]) };
}

function textNode(node: ScalarNode): ScalarNode | undefined {
  if (node.isResolved !== true || typeof node.value === 'string' || node.value === null) return undefined;
  const value = pyStr(node.float === true ? new PyFloat(Number(node.value)) : node.value);
  return { kind: 'scalar', value, place: node.place };
}

function numberNode({ isResolved, value, place }: ScalarNode): ScalarNode | undefined {
  if (isResolved !== true || typeof value !== 'string' || !/^\s*[-+]?\d+(?:\.\d+)?\s*$/.test(value))
    return undefined;
  return { kind: 'scalar', value: Number(value), place };
}

/** The words that the models of the Python runtime take. */
const words: ReadonlyMap<string, boolean> = new Map([
  ...['true', 't', 'yes', 'y', 'on', '1'].map((word) => [word, true] as const),
  ...['false', 'f', 'no', 'n', 'off', '0'].map((word) => [word, false] as const),
]);

function booleanNode({ isResolved, value, place }: ScalarNode): ScalarNode | undefined {
  const truth = isResolved === true ? words.get(String(value).toLowerCase()) : undefined;
  return truth === undefined ? undefined : { kind: 'scalar', value: truth, place };
}
