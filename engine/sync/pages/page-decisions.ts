import type { PageStopReason } from '../../contract/decision.ts';
import type { Scope } from '../../contract/scope.ts';
import type { Slice } from '../../contract/slice.ts';
import type { Place } from '../../error/place.ts';
import { fieldOf } from '../../manifest/node.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { recordKeyOf } from './record-key.ts';

/** Which page of which slice. */
interface At {
  readonly slice: Slice;
  readonly page: number;
}

interface Counts {
  readonly emittedCount: number;
  readonly extractedCount: number;
}

/** Tells of what is decided about the pages of a stream. */
export interface PageDecisions {
  read(at: At, counts: Counts): void;
  /** No page follows. Without a place, it is the reader of the pages who decided. */
  stopped(at: At, reason: PageStopReason, place?: Place): void;
  /** A record that the state covers, found where the API gives the newest first. */
  droppedFromFeed(at: At, record: JsonObject): void;
}

/**
 * Undefined when nobody listens. The scope is that of the retriever; `single` is why no page follows where nothing says
 * how to go on.
 */
export function pageDecisions(
  { sync, stream, node, place }: Scope,
  single: PageStopReason = 'no paginator',
): PageDecisions | undefined {
  const { onDecision } = sync;
  if (onDecision === undefined) return undefined;
  const name = stream?.name;
  const selector = fieldOf(node, 'record_selector') ?? node;
  const paginator = fieldOf(node, 'paginator') ?? fieldOf(node, 'download_paginator') ?? node;
  return {
    read({ slice, page }, { emittedCount: emitted, extractedCount: found }) {
      const outcome = { found, dropped: found - emitted, emitted };
      onDecision({ kind: 'page.read', place: selector.place, stream: name, slice, page, outcome });
    },
    stopped({ slice, page }, given, decider) {
      const reason = given === 'no paginator' ? single : given;
      const at = decider ?? (reason === 'no token' ? paginator.place : place);
      onDecision({ kind: 'page.stop', place: at, stream: name, slice, page, outcome: { reason } });
    },
    droppedFromFeed({ slice, page }, record) {
      onDecision({
        kind: 'record.drop',
        place: stream?.incremental?.place,
        stream: name,
        slice,
        page,
        outcome: { by: 'cursor', record },
        recordKey: recordKeyOf(record, stream?.primaryKey),
      });
    },
  };
}
