import { toJsonText } from '../../util/json/to-json-text.ts';
import type { StreamProgress } from './progress.ts';
import type { ProgressView } from './progress-view.ts';

/** Milliseconds between two lines about a stream that has only come further. */
const pause = 1000;

/** Progress for programs: a line of JSON when a stream starts, once a second while it is read, and when it ends. */
export function createJsonView(
  write: (text: string) => void,
  now: () => number,
): ProgressView & { event(name: string, fields: object): void } {
  const told = new Map<string, { readonly status: string; readonly at: number }>();
  const event = (name: string, fields: object) =>
    write(`${toJsonText({ event: name, at: new Date(now()).toISOString(), ...fields })}\n`);
  return {
    event,
    changed({ name, status, records, requests, reached }: StreamProgress) {
      const last = told.get(name);
      if (last?.status === status && now() - last.at < pause) return;
      told.set(name, { status, at: now() });
      event('stream', { stream: name, status, records, requests, ...(reached !== '' && { reached }) });
    },
    say: (text) => event('message', { text: text.trim() }),
    tick() {},
    end() {},
  };
}
