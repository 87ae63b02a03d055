import type { ManifestNode } from '../../manifest/node.ts';
import { singular } from '../../util/text/singular.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';

export const listSteps = defineCheck({
  id: 'list-steps',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'where one stream finds a list in an answer, no other stream reads a field of that list without "*", nor any one of what is a list by its name, such as "items"',
  *run({ source }) {
    const isNew = once();
    const lists = [...streamsIn(source)].flatMap((at) => listOf(at)).filter(({ node }) => isNew(node));
    for (const list of lists) {
      const [within] = list.steps.flatMap((step, index) =>
        alwaysLists.test(step) && !isStep(list.steps[index + 1]) ? [index + 1] : [],
      );
      const isTold = lists.some((other) => isSameAnswer(list, other) && isPart(other.steps, list.steps));
      if (list.steps.some((step) => alwaysLists.test(step))) yield looked();
      if (within !== undefined && !isTold)
        yield violation(
          list.items[within],
          `Stream "${list.stream}" reads "${list.steps[within]}" of "${list.steps[within - 1]}", which by its name is a list: "*" leads to that of each item.`,
          { stream: list.stream },
        );
      for (const other of lists) {
        if (!isSameAnswer(list, other) || other.steps.length >= list.steps.length) continue;
        yield looked();
        const at = other.steps.length;
        if (!isPart(other.steps, list.steps) || isStep(list.steps[at])) continue;
        yield violation(
          list.items[at],
          `Stream "${other.stream}" finds a list of records at "${other.steps.join('", "')}", and stream "${list.stream}" reads "${list.steps[at]}" of the list itself: "*" leads to that of each item.`,
          { stream: list.stream, also: [other.node.place] },
        );
      }
    }
  },
});

interface List {
  readonly stream: string;
  readonly host: string;
  readonly address: string;
  readonly node: ManifestNode;
  readonly items: readonly ManifestNode[];
  readonly steps: readonly string[];
}

/** What has a name of its own is the same thing wherever an API has it; what any list may be called is not. */
function isSameAnswer(list: List, other: List): boolean {
  const last = other.steps.at(-1) ?? '';
  return other.host === list.host && last !== '*' && (other.address === list.address || !general.test(last));
}

/** Where a stream finds its records; none where that may be a single one. */
function listOf(at: ComponentAt): readonly List[] {
  const retriever = childIn(at, 'retriever');
  const requester = childIn(retriever, 'requester');
  const extractor = childIn(childIn(retriever, 'record_selector'), 'extractor');
  const node = written(extractor, 'field_path');
  const path = textIn(requester, 'path') ?? textIn(requester, 'url');
  if (node?.kind !== 'sequence' || extractor?.traits.looksAtPath !== true || path === undefined) return [];
  const steps = node.items.map((item) => (item.kind === 'scalar' ? String(item.value) : ''));
  const last = steps.at(-1);
  if (
    last === undefined ||
    steps.some((step) => step.includes('{{')) ||
    (last !== '*' && singular(last) === last && !steps.some((step) => alwaysLists.test(step)))
  )
    return [];
  const host = textIn(requester, 'url_base') ?? /^https?:\/\/[^/]+/.exec(path)?.[0] ?? '';
  const address = path.replace(/\s+/g, '');
  return [{ stream: textIn(at, 'name') ?? '', host, address, node, items: node.items, steps }];
}

/** What nothing but a list is called; "results" and "data" may have parts. */
const alwaysLists = /^(?:items|records|entries|nodes|edges|rows|elements)$/i;

function isPart(steps: readonly string[], of: readonly string[]): boolean {
  return steps.length < of.length && steps.every((step, index) => step === of[index]);
}

/** What lists of all kinds are called. */
const general =
  /^(?:\*|data|items|results?|records|list|nodes|edges|docs|entries|values|content|objects|rows|elements)$/i;

function isStep(step: string | undefined): boolean {
  return step === undefined || step === '*' || step === '**' || /^-?\d+$/.test(step);
}
