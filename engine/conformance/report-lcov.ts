import { positionOf } from '../error/print-location.ts';
import type { CoveragePoint } from './coverage/coverage.ts';
import type { SubjectReport } from './report.ts';

/**
 * LCOV's tracefile: a line is hit when any way at it was taken, and each way is a branch. Of a file that several
 * manifests share, what any of them has taken counts.
 */
export function reportLcov(reports: readonly SubjectReport[]): string {
  const byFile = new Map<string, CoveragePoint[]>();
  for (const { coverage } of reports)
    for (const point of coverage?.points ?? []) {
      const { name } = point.place.source;
      byFile.set(name, [...(byFile.get(name) ?? []), point]);
    }
  return [...byFile].map(([file, points]) => fileText(file, points)).join('');
}

function fileText(file: string, points: readonly CoveragePoint[]): string {
  const lines = new Map<number, number>();
  const branches: string[] = [];
  const blocks = new Map<string, { readonly number: number; ways: number }>();
  let hit = 0;
  for (const { place, choice, hits } of points) {
    const line = positionOf(place)?.line;
    if (line === undefined) continue;
    lines.set(line, (lines.get(line) ?? 0) + hits);
    const key = `${line}:${place.start}:${choice}`;
    const block = blocks.get(key) ?? { number: blocks.size, ways: 0 };
    blocks.set(key, block);
    branches.push(`BRDA:${line},${block.number},${block.ways++},${hits}`);
    if (hits > 0) hit++;
  }
  const sorted = [...lines].sort(([a], [b]) => a - b);
  return [
    'TN:',
    `SF:${file}`,
    ...branches,
    `BRF:${branches.length}`,
    `BRH:${hit}`,
    ...sorted.map(([line, hits]) => `DA:${line},${hits}`),
    `LF:${sorted.length}`,
    `LH:${sorted.filter(([, hits]) => hits > 0).length}`,
    'end_of_record\n',
  ].join('\n');
}
