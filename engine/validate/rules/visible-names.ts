import type { Diagnostic } from '../../error/diagnostic.ts';
import { type LocalName, unseenNames } from '../../language/template-names.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { inspectTemplate } from '../../template/template.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { textsOf } from '../texts.ts';
import type { ComponentAt } from '../visit.ts';

/** A template that takes a name which its place does not give cannot be evaluated. */
export function* visibleNames(at: ComponentAt): Iterable<Diagnostic> {
  const unseen: ReadonlySet<string> = new Set<LocalName>(unseenNames(at.component?.sees));
  if (unseen.size === 0) return;
  for (const { node, text, field } of textsOf(at)) {
    for (const { name, offset } of inspectTemplate(text).names) {
      if (!unseen.has(name)) continue;
      const message = `"${field}" of ${at.component?.type ?? at.family} does not see "${name}"; ${quotedList([...unseen])} are not known there.`;
      yield errorAt(node, message, offset);
    }
  }
}
