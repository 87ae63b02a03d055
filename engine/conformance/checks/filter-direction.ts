import { readPaths } from '../../simulator/read-paths.ts';
import { pathsRead } from '../../simulator/texts-in.ts';
import { ancestorOf, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { withParameters } from '../given-parameters.ts';
import { momentProblem } from '../kept-moments.ts';
import { leftOutChoice } from '../left-out-choices.ts';
import { namesakeLeftOut, otherState } from '../named-states.ts';
import { once } from '../once.ts';
import { onlyEmptyKept } from '../only-empty.ts';
import { textsOf } from '../schema-walk.ts';
import { wordsOf } from '../words.ts';

export const filterDirection = defineCheck({
  id: 'filter-direction',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'a record filter keeps what came after the start of a window by the moment of the cursor, keeps records that have a primary key and what their fields are made of, keeps what the config says to read, reads the record, can be true, does not keep deleted records alone, and keeps what the stream is named after',
  *run({ source, spec }) {
    const isNew = once();
    for (const at of visit(source)) {
      const node = at.family === 'RecordFilter' && !at.isHook ? written(at, 'condition') : undefined;
      if (node?.kind !== 'scalar' || !isNew(node)) continue;
      yield looked();
      const stream = ancestorOf(at, 'Stream');
      const filled = withParameters(String(node.value), at.node);
      const text = compact(filled);
      const incremental = childIn(stream, 'incremental_sync');
      const cursor =
        incremental && withParameters(textIn(incremental, 'cursor_field') ?? '', incremental.node);
      const moment = momentProblem(filled, cursor ?? '');
      const problem =
        moment?.problem ??
        leftOver(text, textIn(stream, 'name') ?? '') ??
        otherState(text, textIn(stream, 'name') ?? '') ??
        namesakeLeftOut(filled, textIn(stream, 'name') ?? '') ??
        onlyEmptyKept(filled, stream) ??
        onlyWithout(text, [cursor ?? '', ...textsOf(written(stream, 'primary_key'))]) ??
        // By what is read of a slice, all or none of its records may be meant.
        (pathsRead(node, ['record']).length === 0 &&
        !/\brecord\b|\{%|\bstream_(?:slice|partition)\b/.test(text)
          ? 'reads nothing of the record, so it keeps all records or none'
          : undefined);
      if (problem !== undefined)
        yield violation(node, `This filter ${problem}.`, {
          stream: textIn(stream, 'name'),
          also: moment?.isOther ? [written(incremental, 'cursor_field')?.place ?? node.place] : [],
        });
      const choice = problem === undefined ? leftOutChoice(String(node.value), spec) : undefined;
      if (choice !== undefined)
        yield violation(
          node,
          `This filter leaves out what "${choice.name}" of the config lists, and the spec says that this is what to read: was its opposite meant?`,
          { stream: textIn(stream, 'name'), offset: choice.offset },
        );
      const none = problem === undefined ? noneFits(String(node.value)) : undefined;
      if (none !== undefined)
        yield violation(node, `This filter ${none.problem}, so no record passes.`, {
          stream: textIn(stream, 'name'),
          offset: none.offset,
        });
    }
  },
});

function compact(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/^ ?\{\{ ?| ?\}\} ?$/g, '');
}

const field = String.raw`record(?:\.\w+|\[['"][^'"]+['"]\]|\.get\([^)]*\))+`;

function pathsReadIn(text: string | undefined): readonly string[] {
  return text === undefined ? [] : readPaths(`{{ ${text} }}`).map(({ path }) => String(path.at(-1)));
}

const removed = new Set([
  'deleted',
  'archived',
  'trashed',
  'trash',
  'removed',
  'spam',
  'inactive',
  'disabled',
]);

/** Only what is deleted, or only what has no key. */
function leftOver(text: string, stream: string): string | undefined {
  if (/\b(?:and|or)\b/.test(text)) return undefined;
  const isNot = /^not /.test(text);
  const value = /(==|!=) ?['"](\w+)['"]/.exec(text);
  const flag = /(\w+)['"\])]*( is (?:true|false)| ?[!=]= ?(?:true|false))?\)?$/i.exec(text);
  const name = value?.[2] ?? flag?.[1] ?? '';
  const word = wordsOf(name).find((each) => removed.has(each));
  const says = value === null ? !/is false|== ?false|!= ?true/i.test(flag?.[2] ?? '') : value[1] === '==';
  if (word !== undefined && says !== isNot && !wordsOf(stream).includes(word))
    return `keeps nothing but what is ${word}`;
  return /record(?:\.|\[['"])id(?:['"]\])? is none$/.test(text) && !isNot
    ? 'keeps records without an id alone'
    : undefined;
}

/** Only what lacks its key, its moment, or what was counted of it: `record.bounce_rate is none`. */
function onlyWithout(text: string, needed: readonly string[]): string | undefined {
  const isLacking = new RegExp(
    `^(?:not ?\\( ?)?(${field}) (is not none|is none|is not defined|is defined) ?\\)?$`,
    'i',
  );
  const [, read, test = ''] = isLacking.exec(text) ?? [];
  const name = pathsReadIn(read)[0];
  const isEmpty = /is none|is not defined/i.test(test) !== text.startsWith('not');
  if (name === undefined || !isEmpty) return undefined;
  return needed.includes(name) || wordsOf(name).some((word) => measures.has(word))
    ? `keeps records without "${name}" alone`
    : undefined;
}

const measures = new Set(
  'rate ratio average avg score percentage percent visitors visits pageviews views clicks impressions count'.split(
    ' ',
  ),
);

/** A count below nothing, or one field with two values at once. */
function noneFits(text: string): { readonly problem: string; readonly offset: number } | undefined {
  const counted = /(\w+)['"\])]*(?:\s*\|\s*(length|count))?\s*<=?\s*(-?\d+)/.exec(text);
  const [, name = '', length, limit] = counted ?? [];
  const isCount = length !== undefined || wordsOf(name).some((word) => counts.has(word));
  const isBelow = counted !== null && (Number(limit) < 0 || (limit === '0' && !counted[0].includes('<=')));
  if (isCount && isBelow && !/\bor\b|\bnot\b/.test(text))
    return {
      problem: `asks for "${name}" below ${limit}`,
      offset: counted.index,
    };
  if (/\b(?:or|not|if)\b/.test(text)) return undefined;
  const values = new Map<string, string>();
  for (const match of text.matchAll(new RegExp(`(${field})\\s*==\\s*('[^']*'|"[^"]*"|\\d+)`, 'g'))) {
    const [, left = '', value = ''] = match;
    const known = values.get(left);
    if (known !== undefined && known !== value)
      return {
        problem: `asks whether ${left} is ${known} and ${value} at once`,
        offset: match.index,
      };
    values.set(left, value);
  }
  return undefined;
}

const counts = new Set(['count', 'total', 'size', 'length', 'quantity', 'number', 'num', 'len']);
