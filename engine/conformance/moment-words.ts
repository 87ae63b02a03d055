import { idWords } from '../util/text/id-words.ts';
import { ends, starts } from './bound-words.ts';
import { nameKind } from './name-kinds.ts';
import { wordsOf } from './words.ts';

/** Words for one kind of moment. */
const kinds = [
  ['created', 'creation', 'create', 'inserted', 'added'],
  ['updated', 'update', 'modified', 'modification', 'modify', 'changed', 'change', 'edited'],
  ['deleted', 'deletion', 'removed'],
  ['closed', 'completed', 'finished', 'resolved'],
  ['started'],
  ['sent'],
  ['received'],
  ['published'],
  ['purchased', 'ordered'],
  ['posted'],
];

const happenings = new Map(kinds.flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)));

/**
 * What happens at a moment: of `updated_since`, `modifiedOn` and `filter[updated_at][gte]` the word for a change.
 * Undefined where a name says nothing of it, or several things.
 */
export function happeningOf(name: string): string | undefined {
  const [said, ...more] = wordsOf(name).flatMap((word) => happenings.get(word) ?? []);
  return more.length > 0 ? undefined : said;
}

/** Words that names of moments have. */
const moments = new Set([
  ...[
    'at',
    'on',
    'date',
    'dates',
    'day',
    'time',
    'datetime',
    'timestamp',
    'ts',
    'utc',
    'gmt',
    'iso',
    'epoch',
  ],
  ...[
    'hour',
    'week',
    'month',
    'quarter',
    'year',
    'period',
    'when',
    'last',
    'latest',
    'first',
    'seen',
    'sent',
  ],
  ...[...starts, ...ends],
]);

/** Whether a name is one of a moment, as far as words can tell. */
export function mayBeMoment(name: string): boolean {
  return wordsOf(name).some(
    (word) => moments.has(word) || happenings.has(word) || /(?:[^e]ed|date|time|stamp|dat)$/.test(word),
  );
}

/** Whether a name is one of a moment beyond doubt: `DayOfMonthDue` and `PreferredDeliveryMethod` only have words of one. */
export function isMomentName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (isNoMoment(name) || /(?:^| )of (?:the )?(?:week|month|year)(?: |$)/.test(words.join(' '))) return false;
  if (nameKind(words.join(' ')) === 'moment') return true;
  return /^(?:date|time|datetime|timestamp|when|last|first)$/.test(words[0] ?? '') || mayBeMoment(last);
}

/** Last words of names that say what a record is, how much, or whose, and not when. */
const otherThings = new Set([
  ...idWords,
  ...['name', 'ids', 'title', 'status', 'type', 'description', 'email', 'url', 'state', 'slug'],
  ...['by', 'count', 'total', 'amount', 'number', 'rate', 'score', 'tax', 'price', 'quantity', 'position'],
  ...[
    'size',
    'zone',
    'timezone',
    'duration',
    'runtime',
    'seconds',
    'minutes',
    'hours',
    'days',
    'code',
    'color',
  ],
  ...['html', 'text', 'notes', 'enabled', 'flag', 'budget', 'stock', 'rule', 'reason'],
]);

/** Whether a name is one of no moment, whatever other words it has. */
export function isNoMoment(name: string): boolean {
  const words = wordsOf(name);
  return otherThings.has(words.at(-1) ?? '') || /^(?:is|has|can|was|for|days|number)$/.test(words[0] ?? '');
}
