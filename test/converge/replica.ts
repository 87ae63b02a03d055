import type { StreamState } from '../../engine/contract/families.ts';
import type { SyncEvent } from '../../engine/sync/read/sync-event.ts';
import type { JsonObject } from '../../engine/util/json/json.ts';

/** What a destination holds that commits a stream's records with each state of it, and with the stream's end. */
export interface Replica {
  /** The committed states, from which the next sync goes on. */
  readonly states: ReadonlyMap<string, StreamState>;
  rows(stream: string): ReadonlyMap<string, JsonObject>;
  take(event: SyncEvent): void;
  forgetUncommitted(): void;
}

export function createReplica(): Replica {
  const states = new Map<string, StreamState>();
  const tables = new Map<string, Map<string, JsonObject>>();
  const uncommitted = new Map<string, JsonObject[]>();

  function table(stream: string): Map<string, JsonObject> {
    const known = tables.get(stream) ?? new Map<string, JsonObject>();
    tables.set(stream, known);
    return known;
  }

  function commit(stream: string): void {
    const rows = table(stream);
    for (const record of uncommitted.get(stream) ?? []) {
      const key = String(record.id);
      const known = rows.get(key);
      // The newest version of a key stays, and of several of a second the one that came last.
      if (known !== undefined && Number(known.updated_at) > Number(record.updated_at)) continue;
      if ('_ab_cdc_deleted_at' in record) rows.delete(key);
      else rows.set(key, record);
    }
    uncommitted.delete(stream);
  }

  return {
    states,
    rows: table,
    take(event) {
      if (event.kind === 'records') {
        const waiting = uncommitted.get(event.stream) ?? [];
        for (const record of event.records) waiting.push(structuredClone(record));
        uncommitted.set(event.stream, waiting);
      } else if (event.kind === 'state') {
        commit(event.stream);
        states.set(event.stream, structuredClone(event.state));
      } else if (event.kind === 'status' && event.status === 'COMPLETE') commit(event.stream);
    },
    forgetUncommitted: () => uncommitted.clear(),
  };
}
