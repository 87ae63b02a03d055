import { toValue } from '../../manifest/node.ts';
import { isObject } from '../../util/json/json.ts';
import { isEqual } from '../../util/schema/schema-values.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { schemaNodeIn } from '../spec-file.ts';

export const specSnapshot = defineCheck({
  id: 'spec-snapshot',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'the spec is the one in `spec.json` or `spec.yaml`, if there is such a file beside the manifest',
  *run({ spec, specFile }) {
    if (spec === undefined || spec.isBeside || specFile === undefined) return;
    yield looked();
    const kept = toValue(schemaNodeIn(specFile) ?? specFile);
    const difference = firstDifference(kept, spec.schema, []);
    if (difference === undefined) return;
    const at = difference.length === 0 ? 'as a whole' : `at ${difference.join('.')}`;
    yield violation(
      spec.node,
      `The spec is not the one in ${specFile.place.source.name}: they differ ${at}. Change one of them, or remove the file.`,
      { also: [specFile.place] },
    );
  },
});

/** The path of the first thing that differs. */
function firstDifference(
  one: unknown,
  other: unknown,
  path: readonly string[],
): readonly string[] | undefined {
  if (isEqual(one, other)) return undefined;
  if (!isObject(one) || !isObject(other)) return path;
  for (const name of new Set([...Object.keys(one), ...Object.keys(other)])) {
    const found = firstDifference(one[name], other[name], [...path, name]);
    if (found !== undefined) return found;
  }
  return path;
}
