import { fieldOf } from '../manifest/node.ts';
import { plainPathIn } from '../simulator/read-paths.ts';
import type { Expression } from '../template/syntax/ast.ts';
import { beginningOf } from '../template/syntax/beginning-of.ts';
import { soleOutput } from '../template/syntax/sole-output.ts';
import { propertyAt } from './spec-paths.ts';
import type { SpecAt } from './subject.ts';
import { wordsOf } from './words.ts';

/** What a condition leaves out although the config says to read it: `record.id not in config.survey_ids`. */
export function leftOutChoice(
  text: string,
  spec: SpecAt | undefined,
): { readonly name: string; readonly offset: number } | undefined {
  const output = soleOutput(text);
  if (spec === undefined || output === undefined) return undefined;
  for (const { item, list } of leftOut(output, false)) {
    const path = pathIn(list, 'config')?.map(String);
    const property = path && propertyAt(spec.node, path);
    if (path === undefined || property === undefined || pathIn(item, 'record') === undefined) continue;
    const said = ['title', 'description'].flatMap((word) => {
      const node = fieldOf(property, word);
      return node?.kind === 'scalar' && typeof node.value === 'string' ? [node.value] : [];
    });
    const words = [...path.map((name) => wordsOf(name).join(' ')), ...said].join('. ');
    if (toRead.test(words) && !toLeaveOut.test(words))
      return { name: path.join('.'), offset: text.length - text.trimStart().length + beginningOf(item) };
  }
  return undefined;
}

const toRead =
  /\b(?:replicat|sync|read|includ|fetch|retriev|extract|pull|import|select|collect|load|ingest)/i;

/** Of all that says so, however it is meant, nothing is told. */
const toLeaveOut =
  /exclu|ignor|skip|without|except|block|den(?:y|ied)|omit|drop|black|hid(?:e|den)|remov|reject|leav\w* out|left out|filter\w* out|suppress|avoid|disallow|forbid|unwanted|never|\bother\b|\bbut\b|\bno\b|n['’]t\b|\bnot (?:to )?(?:be )?(?:replicat|sync|read|includ|fetch|retriev|extract|pull|import|select|collect|load|ingest)/i;

interface Membership {
  readonly item: Expression;
  readonly list: Expression;
}

/** The memberships that a condition refuses wherever it counts them. */
function leftOut(node: Expression, isNot: boolean): readonly Membership[] {
  if (node.type === 'not') return leftOut(node.operand, !isNot);
  if (node.type === 'and' || node.type === 'or')
    return [node.left, node.right].flatMap((each) => leftOut(each, isNot));
  if (node.type === 'condition') return leftOut(node.value, isNot);
  const [only, ...more] = node.type === 'compare' ? node.rest : [];
  if (node.type !== 'compare' || only === undefined || more.length > 0) return [];
  return only.operator === (isNot ? 'in' : 'not in') ? [{ item: node.first, list: only.value }] : [];
}

function pathIn(node: Expression, name: string): readonly (string | number)[] | undefined {
  const read = plainPathIn(node);
  return read?.name === name && read.path.length > 0 ? read.path : undefined;
}
