import type { Diagnostic } from '../../error/diagnostic.ts';
import { localNames } from '../../language/template-names.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { globals } from '../../template/builtins/globals.ts';
import { inspectTemplate } from '../../template/template.ts';
import { unknownBuiltins } from '../../template/unknown-builtins.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, visit } from '../visit.ts';

/** All that templates are given, wherever they stand. */
const givenNames: readonly string[] = [
  ...['config', 'parameters', ...Object.keys(localNames)],
  ...['property', 'value', 'path', 'item', 'request_url', 'page_size'],
  ...['creation_response', 'polling_response', 'download_target', 'session_token', 'json_loads'],
  ...['components_values', 'stream_template_config', 'raw_schema', 'child_response', 'query_properties'],
];

/** A template with a name that nothing has cannot be evaluated. */
export function* knownNames(at: ComponentAt): Iterable<Diagnostic> {
  for (const { node, text } of textsOf(at)) {
    const { isPlain, error, names } = inspectTemplate(text);
    if (isPlain) continue;
    // A template that cannot be read is told by its field.
    if (error === undefined)
      for (const { message, offset } of unknownBuiltins(text)) yield errorAt(node, message, offset);
    for (const { name, offset } of names) {
      if (givenNames.includes(name) || extraFields(rootOf(at)).has(name)) continue;
      // Its field knows better which names there are.
      if (at.diagnostics.some((told) => told.offset === offset && told.places[0] === node.place)) continue;
      const isCalled = /^\s*\(/.test(text.slice(offset + name.length));
      const near = didYouMean(name, isCalled ? [...globals.keys()] : givenNames);
      const message = isCalled
        ? `Templates have no function "${name}".${near}`
        : `Templates know nothing named "${name}".${near}`;
      yield errorAt(node, message, offset);
    }
  }
}

const extrasOf = new WeakMap<ComponentAt, ReadonlySet<string>>();

/** A partition router hands fields of the parent's records to templates under their own names. */
function extraFields(root: ComponentAt): ReadonlySet<string> {
  const known = extrasOf.get(root);
  if (known !== undefined) return known;
  const names = new Set<string>();
  for (const { fields } of visit(root)) {
    for (const path of Array.isArray(fields.extra_fields) ? fields.extra_fields : []) {
      const last: unknown = Array.isArray(path) ? path.at(-1) : undefined;
      if (typeof last === 'function' && 'text' in last) names.add(String(last.text));
    }
  }
  extrasOf.set(root, names);
  return names;
}

function rootOf(at: ComponentAt): ComponentAt {
  return at.parent === undefined ? at : rootOf(at.parent);
}
