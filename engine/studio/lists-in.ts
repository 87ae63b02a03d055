import type { ManifestNode, MappingNode } from '../manifest/node.ts';
import { fieldOf } from '../manifest/node.ts';
import { nodeAt } from '../manifest/node-at.ts';
import { isObject } from '../util/json/json.ts';
import type { ElsewhereView } from './messages.ts';
import { lineOf } from './read-views.ts';

/** Deeper lists are parts of records, as a rule. */
const deepest = 3;
const mostTold = 6;

/** Where an answer has lists of objects, which may be the records that nobody found. */
export function listsIn(answer: unknown, path: readonly string[] = []): ElsewhereView['lists'] {
  if (Array.isArray(answer))
    return answer.some(isObject) ? [{ path: path.join('.'), count: answer.length }] : [];
  if (!isObject(answer) || path.length >= deepest) return [];
  return Object.entries(answer)
    .flatMap(([name, value]) => listsIn(value, [...path, name]))
    .slice(0, mostTold);
}

/** Where a stream looks for its records; undefined where code decides it. */
export function lookedAt(stream: ManifestNode | undefined): Omit<ElsewhereView, 'lists'> | undefined {
  const extractor = stream && at(stream, ['retriever', 'record_selector', 'extractor']);
  const path = extractor && fieldOf(extractor, 'field_path');
  if (extractor?.kind !== 'mapping' || path?.kind !== 'sequence') return undefined;
  const parameters = path.items.map((item) => parameterOf(item, extractor));
  const steps = path.items.map((item, index) => {
    const step = parameters[index] ?? item;
    return step.kind === 'scalar' ? String(step.value) : '*';
  });
  // A path that other streams share takes its last step from this stream's own parameter, which is what can be changed.
  const changeable = parameters.at(-1) ?? path;
  return { looked: steps.join('.'), line: lineOf(changeable.place) };
}

function at(node: ManifestNode, steps: readonly string[]): ManifestNode | undefined {
  const found = nodeAt(node, steps);
  const last = steps.at(-1) ?? '';
  return fieldOf(nodeAt(node, steps.slice(0, -1)), last) === found ? found : undefined;
}

/** What `{{ parameters['records'] }}` stands for, which is known without a read; undefined for other steps. */
function parameterOf(step: ManifestNode, extractor: MappingNode): ManifestNode | undefined {
  if (step.kind !== 'scalar') return undefined;
  const name = /^\{\{\s*parameters(?:\.|\[\s*['"])(\w+)(?:['"]\s*\])?\s*\}\}$/.exec(String(step.value))?.[1];
  const parameters = fieldOf(extractor, '$parameters');
  const value = name !== undefined && parameters ? fieldOf(parameters, name) : undefined;
  return value?.kind === 'scalar' ? value : undefined;
}
