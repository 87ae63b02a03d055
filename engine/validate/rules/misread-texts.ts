import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt, warningAt } from '../../manifest/node-diagnostic.ts';
import { oldReference } from '../../manifest/old-reference.ts';
import { isFalse } from '../../template/read-back.ts';
import { inspectTemplate } from '../../template/template.ts';
import { textsOf } from '../texts.ts';
import type { ComponentAt } from '../visit.ts';

/** What templates see, in the braces of other languages: `{config['a']}`, `${config.a}`. */
const otherBraces =
  /\$?\{\s*((?:config|parameters|record|response|stream_slice|stream_partition|stream_interval|next_page_token)\s*[.[][^{}]*?)\s*\}/;

/** What is a condition, whatever component it is of. */
const conditions: ReadonlySet<string> = new Set(['condition', 'stop_condition', 'predicate']);

function isBoolean(text: string): boolean {
  return isFalse(text.trim()) || /^(?:true|yes|1)$/i.test(text.trim());
}

function alwaysTrue(text: string): string {
  return `"${text}" is no template, so this condition is always true. Write "{{ ${text} }}".`;
}

/** A text that is meant as a template or a reference, and is neither, is taken as it is written. */
export function* misreadTexts(at: ComponentAt): Iterable<Diagnostic> {
  for (const { node, text, field } of textsOf(at)) {
    // A field that takes no text has told it itself.
    const old = at.fields[field] === undefined ? undefined : oldReference(text);
    if (old !== undefined) yield errorAt(node, old);
    const isPlain = inspectTemplate(text).isPlain;
    const other = isPlain ? otherBraces.exec(text) : null;
    if (other === null) {
      if (isPlain && conditions.has(field) && !isBoolean(text))
        yield warningAt(node, alwaysTrue(text.trim()));
      continue;
    }
    const message = `"${other[0]}" is no template, so it is taken as it is written. Write "{{ ${other[1]} }}".`;
    yield { ...warningAt(node, message), offset: other.index };
  }
}
