import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { createTemplates, inspectTemplate } from '../../template/template.ts';
import { systemClock } from '../../time/clock.ts';
import { type ComponentAt, written } from '../visit.ts';

/** A quoted text in a JSON body that is sent as something else than a text. */
export function* bodyTexts(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook) return;
  const body = at.traits.writesJson === true ? written(at, 'value') : written(at, 'request_body_json');
  if (body !== undefined && (at.family === 'Requester' || at.family === 'RequestBody')) yield* textsIn(body);
}

function* textsIn(node: ManifestNode): Iterable<Diagnostic> {
  if (node.kind === 'sequence') for (const item of node.items) yield* textsIn(item);
  else if (node.kind === 'mapping') for (const { value } of node.entries.values()) yield* textsIn(value);
  else if (typeof node.value === 'string' && inspectTemplate(node.value).isPlain) {
    const sent = createTemplates({ clock: systemClock }).nestedMapping(node.value)({});
    if (typeof sent === 'string' || sent === null) return;
    const shown = typeof sent === 'bigint' ? String(sent) : JSON.stringify(sent);
    yield warningAt(node, `The text "${node.value}" is sent as ${shown}, not as a text.`);
  }
}
