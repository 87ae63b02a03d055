import type { ManifestNode } from '../../manifest/node.ts';
import type { Expression } from '../../template/syntax/ast.ts';
import { constantText } from '../../template/syntax/constant-text.ts';
import { nodesIn } from '../../template/syntax/each-node.ts';
import { printExpression } from '../../template/syntax/print-expression.ts';
import { templateBody } from '../../template/syntax/template-body.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { textsOf } from '../../validate/texts.ts';
import { ancestorOf, type ComponentAt, textIn, visit } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { eachTemplate } from '../each-template.ts';
import { looked, violation } from '../events.ts';
import { narrowedWhenOn } from '../included-flags.ts';
import { once } from '../once.ts';
import { wordsOf } from '../words.ts';

export const oppositeConditions = defineCheck({
  id: 'opposite-conditions',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'two texts are not chosen by one condition in one place, and by its opposite in another; a text that has the name of a condition, such as "sandbox", is chosen where it holds, and all is asked for where a flag such as `include_deleted` is on',
  *run({ source }) {
    const isNew = once();
    const choices = visit(source).flatMap((at) =>
      textsOf(at).flatMap(({ node, text }) =>
        text.includes(' else ') && isNew(node) ? choicesIn(at, node, text) : [],
      ),
    );
    if (choices.length > 0) yield looked();
    for (const { node, text, stream } of eachTemplate(source, /\bif\b.*config/s)) {
      yield looked(stream);
      for (const { said, flag, offset } of narrowedWhenOn(text))
        yield violation(
          node,
          `In ${said}, all is asked for where "${flag}" is off, and less where it is on: was the opposite meant?`,
          { stream, offset },
        );
    }
    const told = new Set<ManifestNode>();
    for (const choice of choices) yield* otherName(choice, told);
    for (const group of grouped(choices, ({ key }) => key).values()) {
      const [usual = [], odd = []] = [...grouped(group, ({ side }) => String(side)).values()].toSorted(
        (a, b) => b.length - a.length,
      );
      const [other] = usual;
      // Of two, nobody knows which is right, and both are named.
      if (other === undefined || (odd.length > 1 && odd.length === usual.length)) continue;
      for (const { at, node, offset, said } of odd)
        if (!told.has(node) && !told.has(other.node))
          yield violation(
            node,
            `Here the choice is ${said}, and elsewhere ${other.said}: one is the opposite of the other.`,
            { stream: nameOf(at), offset, also: [other.node.place] },
          );
    }
  },
});

interface Choice {
  readonly at: ComponentAt;
  readonly node: ManifestNode;
  readonly offset: number;
  readonly said: string;
  /** The same for a condition and its opposite. */
  readonly key: string;
  /** Which of both texts is taken where the condition holds. */
  readonly side: boolean;
  readonly test: Expression;
  readonly isNegated: boolean;
  readonly value: string;
  readonly otherwise: string;
}

function choicesIn(at: ComponentAt, node: ManifestNode, text: string): readonly Choice[] {
  return nodesIn(templateBody(text)).flatMap((part) => {
    if (part.type !== 'condition') return [];
    const [value, otherwise] = [constantText(part.value), constantText(part.otherwise)];
    if (value === undefined || otherwise === undefined || value === otherwise) return [];
    const { test, isNegated } = positive(part.test);
    const sides = [value, otherwise].toSorted();
    return {
      ...{ at, node, test, isNegated, value, otherwise },
      offset: Math.max(text.indexOf(value), 0),
      said: printExpression(part),
      key: JSON.stringify([sides, printExpression(test)]),
      side: (sides[0] === value) !== isNegated,
    };
  });
}

/** `not x`, `x != y`, `x is not true`. */
function positive(test: Expression): { readonly test: Expression; readonly isNegated: boolean } {
  if (test.type === 'not') {
    const inner = positive(test.operand);
    return { test: inner.test, isNegated: !inner.isNegated };
  }
  const [only, ...more] = test.type === 'compare' ? test.rest : [];
  if (test.type === 'compare' && only?.operator === '!=' && more.length === 0)
    return { test: { ...test, rest: [{ ...only, operator: '==' }] }, isNegated: true };
  return { test, isNegated: false };
}

/** The address of a sandbox where it is *not* the sandbox that is asked for. */
function* otherName(
  { at, node, offset, said, test, isNegated, value, otherwise }: Choice,
  told: Set<ManifestNode>,
): Generator<CheckEvent> {
  const [held, other] = isNegated ? [otherwise, value] : [value, otherwise];
  const word = namedBy(test).find((each) => wordsOf(other).includes(each) && !wordsOf(held).includes(each));
  if (word === undefined) return;
  told.add(node);
  yield violation(
    node,
    `In ${said}, the text with "${word}" in it is taken where the condition that names "${word}" does not hold: was the opposite meant?`,
    { stream: nameOf(at), offset },
  );
}

const environments = new Set([
  'sandbox',
  'test',
  'testing',
  'staging',
  'demo',
  'dev',
  'development',
  'trial',
  'pro',
  'eu',
  'us',
]);

/** The environment that a flag or a comparison names. */
function namedBy(test: Expression): readonly string[] {
  if (test.type === 'compare') {
    const [only, ...more] = test.rest;
    const text =
      more.length === 0 && only?.operator === '=='
        ? (constantText(only.value) ?? constantText(test.first))
        : undefined;
    return wordsOf(text ?? '');
  }
  const name =
    test.type === 'attribute' ? test.name : test.type === 'item' ? constantText(test.index) : undefined;
  return wordsOf(name ?? '').filter((word) => environments.has(word));
}

function nameOf(at: ComponentAt): string | undefined {
  return textIn(ancestorOf(at, 'Stream'), 'name');
}
