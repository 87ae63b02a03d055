import type { Diagnostic } from '../error/diagnostic.ts';
import { fieldOf, type ManifestNode, type ScalarNode } from '../manifest/node.ts';
import { warningAt } from '../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../template/template.ts';
import { didYouMean } from '../util/text/did-you-mean.ts';

/** All that templates are given, wherever they stand. */
const givenNames: readonly string[] = [
  ...['config', 'parameters'],
  ...['stream_slice', 'stream_interval', 'stream_partition', 'next_page_token'],
  ...['record', 'property', 'value', 'path'],
  ...['response', 'headers', 'request_url', 'last_record', 'last_page_size', 'page_size'],
  ...['creation_response', 'polling_response', 'download_target', 'session_token'],
  ...['components_values', 'stream_template_config', 'raw_schema', 'child_response', 'query_properties'],
];

/** What stands in these is no template, or is one in other hands. */
const otherFields: ReadonlySet<string> = new Set([
  ...['spec', 'metadata', 'definitions', 'schemas', 'schema', '$parameters', 'config_overrides'],
]);

/**
 * Names in templates that are likely misspelt: nothing is called so, and something is called nearly so. A template with
 * such a name cannot be evaluated.
 */
export function unknownNames(root: ManifestNode): Diagnostic[] {
  const known = new Set(givenNames);
  collectExtraFields(root, known);
  const found = new Map<string, Diagnostic>();
  visit(root);
  return [...found.values()];

  function visit(node: ManifestNode): void {
    if (node.kind === 'scalar') check(node);
    else if (node.kind === 'sequence') for (const item of node.items) visit(item);
    else if (fieldOf(node, 'class_name') === undefined)
      for (const [name, { value }] of node.entries) if (!otherFields.has(name)) visit(value);
  }

  function check(node: ScalarNode): void {
    if (typeof node.value !== 'string') return;
    const { isPlain, names } = inspectTemplate(node.value);
    if (isPlain) return;
    for (const { name, offset } of names) {
      const hint = known.has(name) ? '' : didYouMean(name, known);
      const key = `${node.place.source.name}:${node.place.start}:${name}`;
      if (hint !== '' && !found.has(key))
        found.set(key, { ...warningAt(node, `Templates know nothing named "${name}".${hint}`), offset });
    }
  }
}

/** A partition router hands fields of the parent's records to templates under their own names. */
function collectExtraFields(node: ManifestNode, names: Set<string>): void {
  if (node.kind === 'sequence') for (const item of node.items) collectExtraFields(item, names);
  if (node.kind !== 'mapping') return;
  for (const [name, { value }] of node.entries) {
    if (name === 'extra_fields' && value.kind === 'sequence')
      for (const path of value.items) names.add(last(path));
    collectExtraFields(value, names);
  }
}

function last(path: ManifestNode): string {
  const step = path.kind === 'sequence' ? path.items.at(-1) : path;
  return step?.kind === 'scalar' ? String(step.value) : '';
}
