import type { ManifestNode } from '../../manifest/node.ts';
import { readPaths } from '../../simulator/read-paths.ts';
import { isIdWord } from '../../util/text/id-words.ts';
import { ancestorOf, type ComponentAt, childIn, textIn, visit, written } from '../../validate/visit.ts';
import { ends, starts } from '../bound-words.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { happeningOf } from '../moment-words.ts';
import { once } from '../once.ts';
import { wordsOf } from '../words.ts';

export const optionKinds = defineCheck({
  id: 'option-kinds',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'what is an id, by the name under which it is read, is not sent under the name of a moment, nor a moment under that of an id',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.isHook || !isNew(at.node)) continue;
      for (const { option, value } of sentBy(at)) yield* otherKind(at, option, value);
    }
  },
});

/** What is sent, and where its name is written. */
interface Sent {
  readonly option: ManifestNode;
  /** The name of the field that is read. */
  readonly value: string;
}

function* sentBy(at: ComponentAt): Generator<Sent> {
  if (at.family === 'Paginator') {
    const option = written(at, 'page_token_option', 'field_name');
    const value = nameRead(textIn(childIn(at, 'pagination_strategy'), 'cursor_value'));
    if (option !== undefined && value !== undefined) yield { option, value };
  }
  if (at.family === 'IncrementalSync')
    for (const field of ['start_time_option', 'end_time_option', 'start_value_option']) {
      const option = written(at, field, 'field_name');
      const cursor = textIn(at, 'cursor_field');
      if (option === undefined || cursor === undefined) continue;
      // A cursor of moments may count ids all the same, as if they were seconds.
      const isMoment = at.traits.compares === 'datetimes' && kindOf(cursor) !== 'id';
      yield { option, value: isMoment ? 'time' : cursor };
    }
}

/** The last name of the one path that a template reads; undefined where it reads several, or puts a text together. */
function nameRead(text: string | undefined): string | undefined {
  const [path, ...more] = readPaths(text ?? '').filter(({ name }) => name !== 'config');
  const last = path?.path.at(-1);
  return more.length > 0 || typeof last !== 'string' ? undefined : last;
}

function* otherKind(at: ComponentAt, option: ManifestNode, value: string): Generator<CheckEvent> {
  const stream = ancestorOf(at, 'Stream');
  const name = textOf(option);
  if (name.includes('{{')) return;
  const [sent, read] = [kindOf(name), kindOf(value)];
  yield looked(textIn(stream, 'name'));
  if (sent === undefined || read === undefined || sent === read) return;
  const what =
    at.family === 'Paginator'
      ? `What "cursor_value" reads, "${value}",`
      : `The cursor, "${textIn(at, 'cursor_field')}",`;
  yield violation(
    option,
    `${what} is ${called[read]}, and "${name}", under which it is sent, is the name of ${called[sent]}.`,
    { stream: textIn(stream, 'name') },
  );
}

type Kind = 'id' | 'moment';

const called: Readonly<Record<Kind, string>> = { id: 'an id', moment: 'a moment' };

const moments = new Set(['date', 'time', 'datetime', 'timestamp']);

/** What a name says for sure: "since" and "after" are said of both. */
function kindOf(name: string): Kind | undefined {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (isIdWord(last)) return 'id';
  if (moments.has(last)) return 'moment';
  const isBound = words.some((word) => starts.has(word) || ends.has(word) || word === 'at' || word === 'on');
  return isBound && happeningOf(name) !== undefined ? 'moment' : undefined;
}
