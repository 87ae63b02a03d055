import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ScalarNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { textsBelow } from '../../manifest/walk.ts';
import { createTemplates, hasObject, inspectTemplate } from '../../template/template.ts';
import { systemClock } from '../../time/clock.ts';
import { type ComponentAt, written } from '../visit.ts';

/** What is sent for a text in a JSON body that looks like something else. */
export function* bodyTexts(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook) return;
  const body = at.traits.writesJson === true ? written(at, 'value') : written(at, 'request_body_json');
  if (at.family !== 'Requester' && at.family !== 'RequestBody') return;
  for (const text of textsBelow(body)) yield* problemOf(text);
}

/** A template that is nothing but a text in quotes. */
const quotedInside = /^\{\{\s*(['"])[^'"]*\1\s*\}\}$/;

function* problemOf(node: ScalarNode & { readonly value: string }): Iterable<Diagnostic> {
  const { isPlain } = inspectTemplate(node.value);
  if (!isPlain && !quotedInside.test(node.value)) return;
  const read = createTemplates({ clock: systemClock }).nestedMapping(node.value)({});
  if (typeof read === 'string' || read === null || (isPlain && hasObject(read))) return;
  const shown = typeof read === 'bigint' ? String(read) : JSON.stringify(read);
  yield warningAt(
    node,
    isPlain
      ? `The text "${node.value}" is sent as a text; the Python runtime sends ${shown}.`
      : `The result of ${node.value} is sent as ${shown}, not as a text. Without braces it is sent as a text.`,
  );
}
