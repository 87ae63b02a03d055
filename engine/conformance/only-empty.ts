import { readPathsIn } from '../simulator/read-paths.ts';
import type { Expression } from '../template/syntax/ast.ts';
import { templateBody } from '../template/syntax/template-body.ts';
import { type ComponentAt, textIn, written } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { textsOf } from './schema-walk.ts';

/** What is wrong with a record filter that keeps only records without what the transformations of their stream make fields of. */
export function onlyEmptyKept(text: string, stream: ComponentAt | undefined): string | undefined {
  const [output, ...more] = templateBody(text.trim()) ?? [];
  if (stream === undefined || output?.type !== 'output' || more.length > 0) return undefined;
  const used = new Set(transformed(stream));
  const empty = emptyIn(output.value, false).find((path) => used.has(path));
  return empty === undefined
    ? undefined
    : `keeps only records whose "${empty}" is empty, out of which a transformation makes their fields`;
}

/** The first names of what transformations read. */
function* transformed(stream: ComponentAt): Generator<string> {
  for (const at of stream.children)
    if (at.field === 'transformations' && textIn(at, 'type') === 'DpathFlattenFields')
      yield* textsOf(written(at, 'field_path')).slice(0, 1);
  for (const { node } of addedFields(stream))
    for (const { name, path } of readPathsIn(templateBody(String(node.value))))
      if (name === 'record' && path.length > 0) yield String(path[0]);
}

/** What is empty in each record that a condition keeps, by the first of its names. */
function emptyIn(node: Expression, isNot: boolean): readonly string[] {
  if (node.type === 'not') return emptyIn(node.operand, !isNot);
  if (node.type === (isNot ? 'or' : 'and'))
    return [node.left, node.right].flatMap((each) => emptyIn(each, isNot));
  if (node.type === 'compare') {
    const [only, ...more] = node.rest;
    const isLength = node.first.type === 'filter' && ['length', 'count'].includes(node.first.name);
    const limit = only?.value.type === 'constant' ? Number(only.value.value) : Number.NaN;
    if (!isLength || only === undefined || more.length > 0) return [];
    const asks = isNot ? none : some;
    return asks.has(`${only.operator}${limit}`) ? readBy(node.first) : [];
  }
  const isMissing = node.type === 'test' && ['none', 'undefined'].includes(node.name);
  if (isMissing) return isNot ? [] : readBy(node.target);
  if (node.type === 'test' && node.name === 'defined') return isNot ? readBy(node.target) : [];
  const isRead = node.type === 'attribute' || node.type === 'item' || node.type === 'call';
  return isNot && isRead ? readBy(node) : [];
}

/** A length that is nothing, and what it is denied by. */
const some: ReadonlySet<string> = new Set(['==0', '<=0', '<1']);
const none: ReadonlySet<string> = new Set(['!=0', '>0', '>=1']);

function readBy(node: Expression): readonly string[] {
  const [read, ...more] = readPathsIn(node);
  return read?.name === 'record' && more.length === 0 && read.path.length === 1 ? [String(read.path[0])] : [];
}
