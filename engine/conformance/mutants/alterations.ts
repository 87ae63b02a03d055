import type { SequenceNode } from '../../manifest/node.ts';
import { isTimestampFormat } from '../../time/datetime-format.ts';
import { type Alteration, type Change, changed, scalar, shownValue } from './change.ts';
import { movedEdges, negated, otherEnds } from './template-changes.ts';

// The mistakes that people make in a field, from which the table of decisions chooses.

/** The field is left out. */
export const drop: Alteration = function* (entry) {
  yield changed(entry, 'drop', 'is gone');
};

/** Items of a list are left out, one at a time. The only one is left out with its list, or not at all. */
export const dropItems: Alteration = function* ({ value }) {
  if (value.kind === 'sequence' && value.items.length > 1) yield* withoutItems(value);
};

/** The same, also where it leaves an empty list. */
export const dropAnyItem: Alteration = function* ({ value }) {
  if (value.kind === 'sequence') yield* withoutItems(value);
};

function* withoutItems(list: SequenceNode): Generator<Change> {
  for (const [index, item] of list.items.entries())
    yield {
      id: 'drop',
      says: item.kind === 'scalar' ? `${shownValue(item)} is gone` : 'is gone',
      target: { kind: 'item', list, index },
      node: undefined,
    };
}

/** Another value: a text has a letter more, a number is one more, true is false. */
export const other: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind !== 'scalar') return;
  const { value } = node;
  if (typeof value === 'boolean') yield changed(entry, 'toggle', `is ${!value}`, scalar(node, !value));
  else if (typeof value === 'number')
    yield changed(entry, 'other', `is ${value + 1}, not ${value}`, scalar(node, value + 1));
  else if (typeof value === 'string' && value !== '')
    yield changed(entry, 'other', `has an x after its value, ${shownValue(node)}`, scalar(node, `${value}x`));
};

export const toggle: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind === 'scalar' && typeof node.value === 'boolean')
    yield changed(entry, 'toggle', `is ${!node.value}`, scalar(node, !node.value));
};

/** The name is another one; of a path, its last step. */
export const rename: Alteration = function* (entry) {
  const { value } = entry;
  const last = value.kind === 'sequence' ? value.items.at(-1) : undefined;
  if (value.kind === 'scalar' && typeof value.value === 'string')
    yield changed(
      entry,
      'rename',
      `is ${value.value}x, not ${value.value}`,
      scalar(value, `${value.value}x`),
    );
  else if (value.kind === 'sequence' && last?.kind === 'scalar')
    yield {
      id: 'rename',
      says: `ends in ${shownValue(last)}x, not ${shownValue(last)}`,
      target: { kind: 'item', list: value, index: value.items.length - 1 },
      node: scalar(last, `${String(last.value)}x`),
    };
};

/** One more, one less. */
export const count: Alteration = function* (entry) {
  const { value: node } = entry;
  const value = node.kind === 'scalar' ? Number(node.value) : Number.NaN;
  if (node.kind !== 'scalar' || !Number.isInteger(value)) return;
  const same = (number: number) => scalar(node, typeof node.value === 'string' ? String(number) : number);
  yield changed(entry, 'one-more', `is ${value + 1}, not ${value}`, same(value + 1));
  if (value > 1) yield changed(entry, 'one-less', `is ${value - 1}, not ${value}`, same(value - 1));
};

/** A number of seconds or a factor is twice as large. */
export const double: Alteration = function* (entry) {
  const { value: node } = entry;
  const value = node.kind === 'scalar' ? Number(node.value) : Number.NaN;
  if (node.kind === 'scalar' && value > 0)
    yield changed(entry, 'double', `is ${value * 2}, not ${value}`, scalar(node, value * 2));
};

/** A condition means the opposite, always holds, never holds, has its edges elsewhere. */
export const condition: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  const opposite = negated(node.value);
  if (opposite !== undefined) yield changed(entry, 'negate', 'means the opposite', scalar(node, opposite));
  else {
    yield changed(entry, 'always', 'always holds', scalar(node, '{{ true }}'));
    yield changed(entry, 'never', 'never holds', scalar(node, '{{ false }}'));
  }
  yield* edges(entry);
};

/** Comparisons take their edge in, or leave it out. */
export const edges: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  let index = 0;
  for (const { text, from, to } of movedEdges(node.value)) {
    index += 1;
    yield changed(
      entry,
      `edge-${index}`,
      `has ${to} in place of its ${from}, number ${index}`,
      scalar(node, text),
    );
  }
};

/** A template asks for the other end of its window. */
export const otherEnd: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  const text = otherEnds(node.value);
  if (text !== undefined)
    yield changed(entry, 'other-end', 'takes the other end of the window', scalar(node, text));
};

/** Two fields of a component have each other's values. */
export const swapWith = (name: string): Alteration =>
  function* (entry, component) {
    const second = component?.entries.get(name);
    if (second === undefined) return;
    const also = changed(second, 'swap', '', entry.value);
    yield { ...changed(entry, 'swap', `and ${name} have each other's values`, second.value), also: [also] };
  };

/** Texts are in one format and read in another. */
export const format: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind === 'scalar' && typeof node.value === 'string')
    yield changed(
      entry,
      'format',
      `is ${otherFormat(node.value)}, not ${node.value}`,
      scalar(node, otherFormat(node.value)),
    );
  if (node.kind !== 'sequence') return;
  for (const [index, item] of node.items.entries())
    if (item.kind === 'scalar' && typeof item.value === 'string')
      yield {
        id: 'format',
        says: `is ${otherFormat(item.value)}, not ${item.value}`,
        target: { kind: 'item', list: node, index },
        node: scalar(item, otherFormat(item.value)),
      };
};

function otherFormat(text: string): string {
  if (isTimestampFormat(text)) return '%Y-%m-%dT%H:%M:%SZ';
  return text.includes('%H') ? '%Y-%m-%d' : '%s';
}

/** A span is half as long; what cannot be halved is twice as long. */
export const span: Alteration = function* (entry) {
  const { value: node } = entry;
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  const [, before = '', digits = '', after = ''] = /^(PT?)(\d+)([A-Z])$/.exec(node.value) ?? [];
  const number = Number(digits);
  if (digits === '' || number === 0) return;
  const isEven = number > 1 && number % 2 === 0;
  const text = `${before}${isEven ? number / 2 : number * 2}${after}`;
  yield changed(entry, isEven ? 'halve' : 'double', `is ${text}, not ${node.value}`, scalar(node, text));
};

/** One of several words is another one. */
export const anotherOf = (words: Readonly<Record<string, readonly string[]>>): Alteration =>
  function* (entry) {
    const { value: node } = entry;
    if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
    for (const word of words[node.value.toUpperCase()] ?? words[node.value] ?? [])
      yield changed(entry, word.toLowerCase(), `is ${word}, not ${node.value}`, scalar(node, word));
  };
