import { isUnknownHook, visit } from '../../validate/visit.ts';
import { pagedApi, type SimulatedApi, smallApiFor } from '../simulated/api.ts';
import { simulatedOnce } from '../simulated/each-stream.ts';
import { identityOf } from '../simulated/run.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { type CrossRead, crossRead, type Side } from './cross-read.ts';
import { declaredDifferences } from './declared-differences.ts';
import type { Difference } from './difference.ts';
import { recordDifferences, sameApiDifferences } from './record-differences.ts';
import { headerDifferences, requestDifferences } from './request-differences.ts';
import { stateDifferences } from './state-differences.ts';
import { unseenDifferences } from './unseen-differences.ts';

export interface StreamComparison {
  readonly differences: readonly Difference[];
  /** Why only the declaration could be compared. */
  readonly unread?: string;
}

/** A stream that both manifests have. */
export async function compareStreams(
  [before, stream]: readonly [Subject, StreamAt],
  [after, other]: readonly [Subject, StreamAt],
): Promise<StreamComparison> {
  if (stream.broken === undefined && other.broken !== undefined && !hasUnknownHook(other))
    return { differences: [brokenNow(stream.name, other.broken)] };
  const declared = await declaredDifferences(stream, other);
  const unseen = () => (declared.length > 0 ? declared : unseenDifferences(stream, other));
  const was = await simulatedOnce(before, stream);
  if (typeof was === 'string') return { differences: unseen(), unread: was };
  const is = await simulatedOnce(after, other);
  if (typeof is === 'string') return { differences: unseen(), unread: is };
  const sides = (apiOf: (subject: Subject, stream: StreamAt) => SimulatedApi): [Side, Side] => [
    { subject: before, stream, api: apiOf(before, stream) },
    { subject: after, stream: other, api: apiOf(after, other) },
  ];
  const [first, second] = sides(smallApiFor);
  const read = await crossRead(first, second);
  const differences = [
    ...declared,
    ...requestDifferences(read),
    ...headerDifferences(read),
    ...(read.unknown.length > 0
      ? await fromNearRequests(read, first, second, () =>
          recordDifferences({ stream, was: was.run, is: is.run }),
        )
      : await fromOneApi(read, [first, second], () => sides((subject, { name }) => pagedApi(subject, name)))),
    ...(await stateDifferences(was, is, after)),
  ];
  return { differences: differences.length > 0 ? differences : unseenDifferences(stream, other) };
}

/**
 * Where the same path is asked with other parameters, nobody knows which records the API of before would give for them. A
 * stream that makes nothing of any of its answers has lost them all the same.
 */
async function fromNearRequests(
  read: CrossRead,
  first: Side,
  second: Side,
  fromOwnApis: () => Difference[],
): Promise<Difference[]> {
  if (read.elsewhere.length > 0) return fromOwnApis();
  const near = await crossRead(first, second, { takesNear: true });
  const isLost = near.is.errors.length === 0 && near.is.records.length === 0;
  return isLost ? recordDifferences(near) : fromOwnApis();
}

/** Of a few records, of several pages of them, and of those that only the second manifest lets through. */
async function fromOneApi(
  read: CrossRead,
  [first, second]: readonly [Side, Side],
  paged: () => [Side, Side],
): Promise<Difference[]> {
  const found = sameApiDifferences(read);
  if (found.length > 0 || read.was.isEndless) return found;
  if (hasPages(first.stream)) {
    const pages = await crossRead(...paged());
    // What it asks for between the pages may be another thing on purpose, which is told of already.
    const lost = pages.unknown.length > 0 ? [] : sameApiDifferences(pages);
    if (lost.length > 0) return lost;
  }
  const back = await crossRead(second, first);
  if (back.unknown.length > 0 || back.is.errors.length > 0) return [];
  const [all, kept] = [back.was, back.is].map(
    ({ records }) => new Set(records.map(identityOf(first.stream))).size,
  );
  return (all ?? 0) <= (kept ?? 0)
    ? []
    : [
        {
          stream: read.stream.name,
          aspect: 'records',
          kind: 'additive',
          message: `it emits records that were left out before: of ${all}, ${kept} were emitted`,
        },
      ];
}

function brokenNow(stream: string, why: string): Difference {
  return { stream, aspect: 'stream', kind: 'breaking', message: `cannot be read any more: ${why}` };
}

/** Whoever reads it elsewhere may have the hook. */
function hasUnknownHook({ at }: StreamAt): boolean {
  return visit(at).some(isUnknownHook);
}

function hasPages({ at }: StreamAt): boolean {
  return visit(at).some(({ family }) => family === 'PaginationStrategy');
}
