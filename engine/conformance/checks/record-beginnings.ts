import type { ManifestNode } from '../../manifest/node.ts';
import { childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { listOf } from '../schema-walk.ts';
import { streamsIn } from '../streams-in.ts';

export const recordBeginnings = defineCheck({
  id: 'record-beginnings',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'where the paths to the records of all other streams begin alike, none lacks a step of that beginning, or has another one in its place',
  *run({ source }) {
    const isNew = once();
    const paths = [...streamsIn(source)].flatMap((stream): readonly RecordPath[] => {
      const extractor = childIn(childIn(childIn(stream, 'retriever'), 'record_selector'), 'extractor');
      const node = written(extractor, 'field_path');
      if (extractor?.traits.looksAtPath !== true || node === undefined || !isNew(node)) return [];
      const steps = listOf(node).map((step) => (step.kind === 'scalar' ? String(step.value) : ''));
      // The top of the answer is another kind of answer.
      return steps.length === 0 ? [] : [{ stream: textIn(stream, 'name') ?? '', node, steps }];
    });
    if (paths.length > 0) yield looked();
    for (const path of paths) {
      const others = paths.filter((other) => other !== path);
      const beginning = beginningOf(others);
      const lost = beginning.findIndex((step, index) => step !== path.steps[index]);
      const [other] = others;
      if (other === undefined || lost === -1 || others.length < fewestOthers) continue;
      const without = beginning.toSpliced(lost, 1);
      const isLost =
        without.every((step, index) => path.steps[index] === step) &&
        // A beginning of one step is too little to be missed, unless the rest is as long as it is elsewhere.
        (without.length > 0 || isAsLong(path, others));
      const isOther = isReplaced(path, others, beginning, lost);
      if (!isLost && !isOther) continue;
      yield violation(
        path.node,
        `The records of stream "${path.stream}" are at "${path.steps.join('", "')}", and those of all ${others.length} other streams at "${beginning.join('", "')}" and what follows: ${isOther ? `is "${path.steps[lost]}" meant to be "${beginning[lost]}"` : `does "${beginning[lost]}" lack here`}?`,
        { stream: path.stream, also: [other.node.place] },
      );
    }
  },
});

interface RecordPath {
  readonly stream: string;
  readonly node: ManifestNode;
  readonly steps: readonly string[];
}

const fewestOthers = 4;

/** The steps that all paths begin with, but for the last one of each. */
function beginningOf(paths: readonly RecordPath[]): readonly string[] {
  const [first] = paths;
  const length = Math.min(...paths.map(({ steps }) => steps.length - 1));
  const end = (first?.steps ?? []).findIndex(
    (step, index) => index >= length || paths.some(({ steps }) => steps[index] !== step),
  );
  return first?.steps.slice(0, Math.max(end, 0)) ?? [];
}

function isAsLong(path: RecordPath, others: readonly RecordPath[]): boolean {
  const lengths = new Set(others.map(({ steps }) => steps.length));
  return path.steps.length > 1 && lengths.size === 1 && lengths.has(path.steps.length + 1);
}

/** As long as the others, and like them but for one step of the beginning. */
function isReplaced(
  { steps }: RecordPath,
  others: readonly RecordPath[],
  beginning: readonly string[],
  at: number,
): boolean {
  return (
    others.some((other) => other.steps.length === steps.length) &&
    beginning.every((step, index) => index === at || steps[index] === step)
  );
}
