import type { ManifestNode } from '../../manifest/node.ts';
import { grouped } from '../../util/flow/grouped.ts';
import { type ComponentAt, childIn, textIn, written } from '../../validate/visit.ts';
import { askedPath, requesterOf } from '../asked-path.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { secondsOf, textOf } from '../datetime-formats.ts';
import { looked, violation } from '../events.ts';
import { oddOnes } from '../odd-ones.ts';
import { once } from '../once.ts';
import { streamsIn } from '../streams-in.ts';

export const windowLengths = defineCheck({
  id: 'window-lengths',
  group: 'incremental',
  level: 'static',
  severity: 'warning',
  comparesStreams: true,
  doc: 'streams that ask for windows by the same names have windows of one length, and look back equally far: less than a year; and where all other streams that look back do so equally far, no single one looks back another way',
  *run({ source }) {
    const isNew = once();
    const cursors: Cursor[] = [];
    for (const stream of streamsIn(source)) {
      const at = childIn(stream, 'incremental_sync');
      if (at?.traits.compares !== 'datetimes' || !isNew(at.node)) continue;
      const cursor = { at, stream: textIn(stream, 'name') ?? '', path: pathOf(stream) };
      yield looked(cursor.stream);
      yield* tooFarBack(cursor);
      cursors.push(cursor);
    }
    const isUntold = once();
    for (const [names, group] of grouped(cursors, namesOf))
      if (names !== '') for (const field of fields) yield* oddOne(group, field, isUntold);
    yield* oddLookback(cursors, isUntold);
  },
});

interface Cursor {
  readonly at: ComponentAt;
  readonly stream: string;
  /** The path of its requests, without the last step. */
  readonly path: string;
}

const fields = ['step', 'lookback_window'];

function pathOf(stream: ComponentAt): string {
  const requester = requesterOf(stream);
  return askedPath(requester)
    .replace(/^\//, '')
    .replace(/\/?[^/]*\/?$/, '');
}

/** By which names windows are asked for. */
function namesOf({ at }: Cursor): string {
  const names = ['start_time_option', 'end_time_option'].map((each) => textIn(at, each, 'field_name') ?? '');
  return names[0] === '' ? '' : names.join(' ');
}

const year = 365 * 86_400;

function* tooFarBack({ at, stream }: Cursor): Generator<CheckEvent> {
  const text = textIn(at, 'lookback_window');
  if ((secondsOf(text) ?? 0) < year) return;
  yield violation(
    written(at, 'lookback_window'),
    `Stream "${stream}" looks back ${text}: each sync reads what has come since then again.`,
    { stream },
  );
}

/** One of several, or each of two whose paths are alike. */
function* oddOne(
  group: readonly Cursor[],
  field: string,
  isUntold: (node: ManifestNode) => boolean,
): Generator<CheckEvent> {
  for (const { odd, other, others } of oddOnes(group, ({ at }) => textOf(written(at, field)))) {
    if (others.length === 1 && (odd.path === '' || odd.path !== other.path)) continue;
    isUntold(written(odd.at, field) ?? odd.at.node);
    yield* differs(odd, other, field, others.length);
  }
}

function* differs(odd: Cursor, other: Cursor, field: string, others: number): Generator<CheckEvent> {
  const nodes = [odd, other].map(({ at }) => written(at, field));
  const shown = (node: ManifestNode | undefined) => (node === undefined ? 'left out' : textOf(node));
  const asked = namesOf(odd).trim().replace(' ', '" and "');
  yield violation(
    nodes[0] ?? odd.at.node,
    `"${field}" of stream "${odd.stream}" is ${shown(nodes[0])}, and of ${others === 1 ? `stream "${other.stream}"` : `all ${others} others`} that ask for windows by "${asked}" too ${shown(nodes[1])}: is it meant?`,
    { stream: odd.stream, also: [(nodes[1] ?? other.at.node).place] },
  );
}

const fewestOthers = 3;

/** What comes late to an API comes late to all of its streams, by whatever names they are asked. */
function* oddLookback(
  cursors: readonly Cursor[],
  isUntold: (node: ManifestNode) => boolean,
): Generator<CheckEvent> {
  const uses = cursors.flatMap(({ at, stream }) => {
    const node = written(at, 'lookback_window');
    return node === undefined ? [] : [{ stream, node }];
  });
  for (const { odd, other, others } of oddOnes(uses, ({ node }) => textOf(node)))
    if (others.length >= fewestOthers && isUntold(odd.node))
      yield violation(
        odd.node,
        `Stream "${odd.stream}" looks back ${textOf(odd.node)}, and all ${others.length} others that look back ${textOf(other.node)}: is it meant?`,
        { stream: odd.stream, also: [other.node.place] },
      );
}
