import { walk } from '../../manifest/walk.ts';
import { plainPathOf } from '../../simulator/read-paths.ts';
import { textIn, written } from '../../validate/visit.ts';
import { addedFields } from '../added-fields.ts';
import { requesterOf } from '../asked-path.ts';
import { boundOf } from '../bound-words.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { type DateCursor, dateCursors, isMomentBySchema, momentsIn } from '../date-cursors.ts';
import { looked, violation } from '../events.ts';
import { happeningOf, isNoMoment, mayBeMoment } from '../moment-words.ts';
import { questionFields } from '../request-fields.ts';
import { plainName, wordsOf } from '../words.ts';

export const cursorFields = defineCheck({
  id: 'cursor-fields',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  doc: 'a cursor of moments has the name and the schema of one, and is the moment by which requests filter and sort, or else one that each record has and that is not to come',
  async *run(subject) {
    for await (const cursor of dateCursors(subject)) {
      yield looked(cursor.stream);
      const problem = none(cursor) ?? other(cursor) ?? later(cursor);
      if (problem !== undefined) yield problem;
    }
  },
});

/** What compares moments is given none. */
function none(cursor: DateCursor): CheckEvent | undefined {
  const { stream, node, field, properties } = cursor;
  const last = sourceOf(cursor);
  const bySchema = isMomentBySchema(properties.get(field));
  if (bySchema === true || last === undefined) return undefined;
  const isNone = bySchema === false || isNoMoment(last);
  if (!isNone && mayBeMoment(last)) return undefined;
  const [meant] = momentsIn(cursor).filter(
    (name) => name !== field && !/^(?:quantity|count|total|amount|number|sum)/i.test(name),
  );
  // A word that nobody knows may be one of moments.
  if (!isNone && meant === undefined) return undefined;
  const where = bySchema === false ? 'schema' : 'name';
  return violation(
    node,
    `The cursor of stream "${stream}" compares moments, and "${field}" is none by its ${where}${meant === undefined ? '' : `: records have "${meant}", too`}.`,
    { stream },
  );
}

/** The name of the cursor field in what the API answers; undefined where a transformation makes its value of more than one. */
function sourceOf({ of, field }: DateCursor): string | undefined {
  const added = [...addedFields(of)].findLast(({ path }) => path.join('.') === field);
  const path = added === undefined ? field.split('.') : plainPathOf(String(added.node.value))?.path;
  return path === undefined ? undefined : String(path.at(-1) ?? '');
}

/** Requests ask for records by another moment, which they have. */
function other(cursor: DateCursor): CheckEvent | undefined {
  const { stream, node, field } = cursor;
  const fields = momentsIn(cursor).filter((name) => name !== field);
  const { names, words } = asked(cursor);
  // What is filtered by one moment may be sorted by another.
  if (names.some((name) => isAbout(name, field))) return undefined;
  const written = words.some((word) => isSame(word, field))
    ? undefined
    : fields.find((name) => words.includes(name));
  if (written !== undefined)
    return violation(
      node,
      `Requests of stream "${stream}" name "${written}", and its cursor is "${field}": is that the cursor field?`,
      { stream },
    );
  for (const name of names) {
    const said = happeningOf(name);
    const meant =
      fields.find((each) => said !== undefined && happeningOf(each) === said) ?? namedIn(name, fields);
    if (meant === undefined) continue;
    return violation(
      node,
      `Stream "${stream}" asks for windows by "${name}", and its cursor is "${field}": records have "${meant}", too. Is that the cursor field?`,
      { stream },
    );
  }
  return undefined;
}

function isSame(name: string, field: string): boolean {
  return plainName(name) === plainName(field.split('.').at(-1) ?? '');
}

/** `updated_since` of `modifiedOn`, `min_start_time` of `start_time`. */
function isAbout(name: string, field: string): boolean {
  const said = happeningOf(name);
  return (said !== undefined && said === happeningOf(field)) || plainName(name).includes(plainName(field));
}

/** `start_time` of `min_start_time`. */
function namedIn(name: string, fields: readonly string[]): string | undefined {
  return fields.find(
    (field) =>
      wordsOf(field).length > 1 &&
      plainName(name) !== plainName(field) &&
      plainName(name).includes(plainName(field)),
  );
}

interface Asked {
  /** Of the options that send a window. */
  readonly names: readonly string[];
  /** What requests write as values. */
  readonly words: readonly string[];
}

function asked({ at, of, properties }: DateCursor): Asked {
  const requester = requesterOf(of);
  const names = ['start_time_option', 'end_time_option'].flatMap(
    (each) => textIn(at, each, 'field_name') ?? [],
  );
  const texts = [textIn(requester, 'path')?.split('?')[1] ?? '', textIn(at, 'datetime_format') ?? ''];
  for (const field of questionFields)
    for (const { node, name } of walk(written(requester, field))) {
      if (node.kind !== 'scalar' || typeof node.value !== 'string') continue;
      texts.push(node.value);
      if (
        /stream_(?:interval|slice|partition)\W+(?:get\W+)?(?:start|end)/.test(node.value) &&
        name !== undefined
      )
        names.push(name);
    }
  const words = texts.flatMap((text) => {
    const found = text.replaceAll(/\{[{%].*?[%}]\}/gs, ' ').match(/[A-Za-z_]\w*/g) ?? [];
    // So many are what records shall have.
    return found.filter((word) => properties.has(word)).length > 3 ? [] : found;
  });
  return { names, words };
}

/** Words for what may never come, or comes in the future. */
const mayNotCome =
  /^(?:expires?|expired|expiry|expiration|due|planned|scheduled|deleted|disabled|archived|cancell?ed|stopped|ended?|closed|until)$/;

/** Records that have not come to it yet have no such moment, or one to come. */
function later(cursor: DateCursor): CheckEvent | undefined {
  const { stream, node, field } = cursor;
  const word = wordsOf(field).find((each) => mayNotCome.test(each));
  if (word === undefined || wordsOf(stream).some((each) => each.startsWith(word.slice(0, 4))))
    return undefined;
  const { names, words } = asked(cursor);
  if ([...names, ...words].some((each) => boundOf(each) === undefined && wordsOf(each).includes(word)))
    return undefined;
  const fields = momentsIn(cursor).filter((name) => name !== field);
  const meant =
    fields.find((name) => happeningOf(name) === 'updated') ??
    fields.find((name) => happeningOf(name) === 'created');
  if (meant === undefined) return undefined;
  return violation(
    node,
    `The cursor of stream "${stream}" is "${field}", which records have that have come to it, and "${meant}" is one that all have: is that the cursor field?`,
    { stream },
  );
}
