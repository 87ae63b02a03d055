import { computed, signal } from '@preact/signals';
import type { Outline, StreamOutline, TestReport } from '../../engine/studio/messages.ts';

export const outline = signal<Outline>({
  streams: [],
  typical: undefined,
  needs: [],
  problem: undefined,
});
export const selectedStream = signal<string | undefined>(undefined);
export const report = signal<TestReport | undefined>(undefined);
export const testing = signal<'tests' | 'checks' | undefined>(undefined);

export type Standing = 'failing' | 'tested' | 'stale' | 'untested';

export interface StreamRow extends StreamOutline {
  /** How far inside of its parents. */
  readonly depth: number;
  readonly standing: Standing;
  readonly tests: number;
  readonly failed: number;
  /** Ways through it that no test takes; undefined when nothing was tested. */
  readonly missing: number | undefined;
}

/** The streams as a tree: each below the first of its parents, with what its tests said. */
export const rows = computed<readonly StreamRow[]>(() => {
  const { streams } = outline.value;
  const names = new Set(streams.map(({ name }) => name));
  const children = new Map<string | undefined, StreamOutline[]>();
  for (const stream of streams) {
    const parent = stream.parents.find((name) => names.has(name) && name !== stream.name);
    children.set(parent, [...(children.get(parent) ?? []), stream]);
  }
  const placed = new Set<string>();
  const place = (stream: StreamOutline, depth: number): StreamRow[] => {
    if (placed.has(stream.name)) return [];
    placed.add(stream.name);
    const inner = (children.get(stream.name) ?? []).flatMap((child) => place(child, depth + 1));
    return [{ ...stream, depth, ...standingOf(stream) }, ...inner];
  };
  const tree = (children.get(undefined) ?? []).flatMap((stream) => place(stream, 0));
  // Streams that are each other's parents hang from none.
  return [...tree, ...streams.flatMap((stream) => place(stream, 0))];
});

function standingOf({ name, digest }: StreamOutline) {
  const tests = report.value?.tests.filter(({ stream }) => stream === name) ?? [];
  const failed = tests.filter(({ status }) => status === 'failed').length;
  const tested = report.value?.streams[name];
  const standing: Standing =
    tests.length === 0 ? 'untested' : tested?.digest !== digest ? 'stale' : failed > 0 ? 'failing' : 'tested';
  return { standing, tests: tests.length, failed, missing: tested?.missing.length };
}
