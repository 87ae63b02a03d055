import { pathsRead } from '../../simulator/texts-in.ts';
import { ancestorOf, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { wordsOf } from '../words.ts';

export const filterDirection = defineCheck({
  id: 'filter-direction',
  group: 'records',
  level: 'static',
  severity: 'warning',
  doc: 'a record filter keeps what came after the start of a window, keeps records that have a primary key, reads the record, and does not keep deleted records alone',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      const node = at.family === 'RecordFilter' && !at.isHook ? written(at, 'condition') : undefined;
      if (node?.kind !== 'scalar' || !isNew(node)) continue;
      yield looked();
      const stream = ancestorOf(at, 'Stream');
      const text = compact(String(node.value));
      const problem =
        whenOf(text) ??
        leftOver(text, textIn(stream, 'name') ?? '') ??
        (pathsRead(node, ['record']).length === 0 && !/\brecord\b|\{%/.test(text)
          ? 'reads nothing of the record, so it keeps all records or none'
          : undefined);
      if (problem !== undefined)
        yield violation(node, `This filter ${problem}.`, { stream: textIn(stream, 'name') });
    }
  },
});

function compact(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/^ ?\{\{ ?| ?\}\} ?$/g, '');
}

const slice = 'stream_(?:interval|slice|partition|state)';
const field = String.raw`record(?:\.\w+|\[['"][^'"]+['"]\]|\.get\([^)]*\))+`;

/** Compared with the window, in this order or the other; several conditions are not judged. */
function whenOf(text: string): string | undefined {
  if (/\b(?:and|or)\b/.test(text)) return undefined;
  const isNot = /^not ?\(/.test(text);
  const plain = new RegExp(`${field}[^<>=]*?([<>])=?\\s*[^<>=]*?${slice}[^<>=]*?(start|end)`).exec(text);
  const turned = new RegExp(`${slice}[^<>=]*?(start|end)[^<>=]*?([<>])=?\\s*[^<>=]*?${field}`).exec(text);
  const [sign, bound] = plain
    ? [plain[1], plain[2]]
    : turned
      ? [turned[2] === '<' ? '>' : '<', turned[1]]
      : [];
  if (sign === undefined) return undefined;
  const keepsLater = (sign === '>') !== isNot;
  if (bound === 'start' && !keepsLater)
    return 'keeps what came before the start of the window, and leaves out what is new';
  return bound === 'end' && keepsLater
    ? 'keeps what comes after the end of the window, and leaves out what is in it'
    : undefined;
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
