import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { memberUses } from '../../template/member-uses.ts';
import { textsOf } from '../texts.ts';
import type { ComponentAt } from '../visit.ts';

const methods: ReadonlySet<string> = new Set([
  ...[
    'items',
    'values',
    'keys',
    'get',
    'copy',
    'pop',
    'popitem',
    'update',
    'clear',
    'setdefault',
    'fromkeys',
  ],
]);

/** A field that is called like a method of Python's dict is hidden by the method. */
export function* dictMethods(at: ComponentAt): Iterable<Diagnostic> {
  for (const { node, text } of textsOf(at)) {
    for (const { name, member, offset, how } of memberUses(text)) {
      if (how !== 'attribute' || !methods.has(member)) continue;
      const message = `"${name}.${member}" is a method of Python, not a field. Write ${name}['${member}'] for the field.`;
      yield { ...warningAt(node, message), offset };
    }
  }
}
