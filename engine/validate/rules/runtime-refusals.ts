import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import type { RuleContext } from '../rule.ts';
import { textsOf } from '../texts.ts';
import { type ComponentAt, written } from '../visit.ts';

const butElsewhere = 'It runs here, but the Python runtime refuses such a manifest.';

const specFiles = ['spec.json', 'spec.yaml', 'spec.yml'];

/** What is plain enough to be run, and what the Python runtime refuses a whole manifest for. */
export function* runtimeRefusals(at: ComponentAt, { hasFile }: RuleContext): Iterable<Diagnostic> {
  const { component, family, isHook, node } = at;
  if (component === undefined || isHook) return;
  // A connector of Python may have its spec in a file.
  const hasSpec = () => written(at, 'spec') !== undefined || specFiles.some((name) => hasFile?.(name));
  if (family === 'Source' && !hasSpec()) {
    yield warningAt(
      node,
      `The manifest has no "spec", so nobody knows what config it needs. ${butElsewhere}`,
    );
  }
  const known = component.fields();
  for (const [name, { key, value }] of node.entries) {
    if (!Object.hasOwn(known, name) || key.place.pointer.split('/').at(-2) === '$parameters') continue;
    if (value.kind === 'scalar' && value.value === null) {
      yield {
        ...warningAt(value, `"${name}" of ${component.type} is null; leave it out. ${butElsewhere}`),
        places: [key.place],
      };
    }
  }
  for (const { node: text } of textsOf(at)) {
    if (text.timestamp === true)
      yield warningAt(text, `An unquoted date is not a text in YAML; put it in quotes. ${butElsewhere}`);
  }
}
