import type * as z from 'zod';
import type { ManifestNode, MappingNode, ScalarNode } from '../manifest/node.ts';
import { PyFloat, pyStr } from '../template/python-values.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * The node with texts in place of the numbers and booleans that a components resolver has set where a text belongs, as
 * Python writes them; undefined when there are none. What is written in the manifest itself stays a mistake.
 */
export function withResolvedTexts(node: MappingNode, issues: readonly Issue[]): MappingNode | undefined {
  let changed: ManifestNode = node;
  for (const path of issues.flatMap((issue) => textPaths(issue)))
    changed = withText(changed, path) ?? changed;
  return changed === node ? undefined : (changed as MappingNode);
}

/** Where a text would do, also as one of several possibilities. */
function textPaths(issue: Issue, above: Path = []): Path[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_type') return issue.expected === 'string' ? [path] : [];
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap((inner) => textPaths(inner, path));
  return [];
}

function withText(node: ManifestNode, [segment, ...rest]: Path): ManifestNode | undefined {
  if (segment === undefined) return node.kind === 'scalar' ? textNode(node) : undefined;
  if (node.kind === 'scalar') return undefined;
  if (node.kind === 'sequence') {
    const child = node.items[Number(segment)];
    const changed = child && withText(child, rest);
    return changed && { ...node, items: node.items.with(Number(segment), changed) };
  }
  const entry = node.entries.get(String(segment));
  const value = entry && withText(entry.value, rest);
  if (entry === undefined || value === undefined) return undefined;
  return { ...node, entries: new Map([...node.entries, [String(segment), { ...entry, value }]]) };
}

function textNode(node: ScalarNode): ScalarNode | undefined {
  if (node.isResolved !== true || typeof node.value === 'string' || node.value === null) return undefined;
  const value = pyStr(node.float === true ? new PyFloat(Number(node.value)) : node.value);
  return { kind: 'scalar', value, place: node.place };
}
