import type { Diagnostic } from '../../error/diagnostic.ts';
import { localNames } from '../../language/template-names.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { globals } from '../../template/builtins/globals.ts';
import { memberUses } from '../../template/member-uses.ts';
import { inspectTemplate } from '../../template/template.ts';
import { unknownBuiltins } from '../../template/unknown-builtins.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { RuleContext } from '../rule.ts';
import { textsOf } from '../texts.ts';
import type { ComponentAt } from '../visit.ts';

/** All that templates are given, wherever they stand. */
const givenNames: readonly string[] = [
  ...['config', 'parameters', ...Object.keys(localNames)],
  ...['property', 'value', 'path', 'item', 'request_url', 'page_size'],
  ...['creation_response', 'polling_response', 'download_target', 'session_token', 'json_loads'],
  ...['components_values', 'stream_template_config', 'raw_schema', 'child_response', 'query_properties'],
];

/** A template with a name that nothing has cannot be evaluated. */
export function* knownNames(at: ComponentAt, { whole }: RuleContext): Iterable<Diagnostic> {
  for (const { node, text } of textsOf(at)) {
    const { isPlain, error, names } = inspectTemplate(text);
    if (isPlain) continue;
    // A template that cannot be read is told by its field.
    if (error === undefined)
      for (const { message, offset } of unknownBuiltins(text)) yield errorAt(node, message, offset);
    yield* blocksRead(text, node);
    for (const { name, offset } of names) {
      if (givenNames.includes(name) || whole?.extraFields.has(name)) continue;
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

/** "self" is Jinja's own, by which a template finds its blocks. People mean that of Python. */
function* blocksRead(text: string, node: ManifestNode): Iterable<Diagnostic> {
  if (/\{%-?\s*block\b/.test(text)) return;
  for (const { name, member, offset } of memberUses(text)) {
    if (name !== 'self') continue;
    const message = `Nothing stands where a template reads "self.${member}": "self" has its blocks, and it has none.`;
    yield { ...warningAt(node, message), offset };
  }
}
