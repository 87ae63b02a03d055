import { isSliceName } from '../../language/template-names.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { type ReadPath, readPaths } from '../../simulator/read-paths.ts';
import { textsOf } from '../../validate/texts.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type Bound, boundOf, boundOfOperator } from '../bound-words.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { configNames } from '../config-names.ts';
import { looked, violation } from '../events.ts';
import { labelledValues } from '../labelled-values.ts';
import { once } from '../once.ts';
import type { SpecAt } from '../subject.ts';
import { templatesIn } from '../text-templates.ts';
import { plainName } from '../words.ts';

export const rangeNames = defineCheck({
  id: 'range-names',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'what the config calls a start is sent as one and what it calls an end as one, a cursor begins with the one and ends with the other, and a range that is written without names begins with its start',
  *run({ source, spec }) {
    const known = new Set(configNames(spec).map(plainName));
    for (const { label, operator, reads, node, offset, isInText, at } of labelledValues(source)) {
      const said = operator === undefined ? boundOf(label) : boundOfOperator(operator);
      // What is written under a key of its own is looked at by `window-options` where it is of a window.
      const own = reads.filter(({ name }) => name === 'config' || isInText);
      const read = boundRead(own);
      if (said === undefined || read === undefined) continue;
      yield looked();
      // A property that has the very name is told of by `named-values`.
      if (said !== read && !(operator === undefined && known.has(plainName(label))))
        yield violation(
          node,
          `"${operator ?? label}" asks for ${said === 'start' ? 'what comes after' : 'what comes before'} a moment, and is given "${nameOf(own)}", which reads like the ${read} of a range.`,
          { offset, stream: streamOf(at) },
        );
    }
    const isNew = once();
    for (const at of visit(source)) {
      if (at.isHook) continue;
      if (at.family === 'IncrementalSync' && isNew(at.node)) yield* ofCursor(at, spec);
      for (const { node, text } of textsOf(at)) if (isNew(node)) yield* turned(node, text, at);
    }
  },
});

/** What the names say that a template reads; undefined where they say nothing, or both. */
function boundRead(reads: readonly ReadPath[]): Bound | undefined {
  const said = new Set(
    reads.flatMap(({ name, path }) =>
      name === 'config' || isSliceName(name) ? (boundOf(String(path.at(-1) ?? '')) ?? []) : [],
    ),
  );
  const [bound, ...more] = said;
  return more.length === 0 ? bound : undefined;
}

function nameOf(reads: readonly ReadPath[]): string {
  return String(reads.find(({ path }) => boundOf(String(path.at(-1) ?? '')) !== undefined)?.path.at(-1));
}

function streamOf(at: ComponentAt): string | undefined {
  return textIn(at.family === 'Stream' ? at : ancestorOf(at, 'Stream'), 'name');
}

function* ofCursor(at: ComponentAt, spec: SpecAt | undefined): Generator<CheckEvent> {
  const asked = new Set(configNames(spec));
  for (const [field, bound] of [
    ['start_datetime', 'start'],
    ['end_datetime', 'end'],
  ] as const) {
    const whole = written(at, field);
    const node = whole?.kind === 'scalar' ? whole : written(at, field, 'datetime');
    if (node?.kind !== 'scalar') continue;
    // What a manifest puts into the config by itself has a name of its own making.
    const reads = readPaths(String(node.value)).filter(
      ({ name, path }) => name === 'config' && asked.has(String(path.at(-1))),
    );
    const read = boundRead(reads);
    if (read === undefined) continue;
    yield looked();
    if (read !== bound)
      yield violation(
        node,
        `"${field}" is given "${nameOf(reads)}" of the config, which reads like the ${read} of a range.`,
        { stream: streamOf(at) },
      );
  }
}

/** What joins the two bounds of a range, without a name for either. */
const joint = /^\s*(?:[/,;|~:]|\.{2,3}|-|to|and|%2C|["']\s*(?:,|and|to)\s*["'])\s*$/i;

/** `…/{{ end }}/{{ start }}`, or the same bound twice. */
function* turned(node: ManifestNode, text: string, at: ComponentAt): Generator<CheckEvent> {
  const templates = templatesIn(text);
  for (const [index, { reads, before, start }] of templates.entries()) {
    const earlier = templates[index - 1];
    if (earlier === undefined || !joint.test(before)) continue;
    const [first, second] = [boundRead(earlier.reads), boundRead(reads)];
    if (first === undefined || second === undefined) continue;
    yield looked();
    if (first === 'start' && second === 'end') continue;
    yield violation(
      node,
      first === second
        ? `This range has its ${first} at both ends: "${nameOf(earlier.reads)}" and "${nameOf(reads)}".`
        : `This range begins with "${nameOf(earlier.reads)}", which reads like its end, and ends with "${nameOf(reads)}".`,
      // A template may begin on the line before the name that it reads.
      {
        offset: first === second ? placeOf(reads, text, start) : placeOf(earlier.reads, text, earlier.start),
        stream: streamOf(at),
      },
    );
  }
}

function placeOf(reads: readonly ReadPath[], text: string, from: number): number {
  return Math.max(text.indexOf(nameOf(reads), from), from);
}
