import { checkVector, describeDifferences } from './check.ts';
import { readRecorded } from './recorded.ts';

const recorded = readRecorded();

async function firstDifferences(kind: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const vector of recorded) {
    if (vector.kind !== kind || found.length === 10) continue;
    const differences = await checkVector(vector);
    if (differences === 'skip') found.push(`no handler for ${kind}`);
    else if (differences.length > 0) found.push(describeDifferences(vector, differences));
  }
  return found;
}

describe("what was recorded of the Python runtime's templates and datetimes", () => {
  it.each([
    ['string', 7000],
    ['boolean', 700],
    ['string_sequence', 2],
    ['mapping', 10],
    ['nested_mapping', 5],
    ['datetime_parse', 1400],
    ['datetime_format', 280],
    ['duration', 35],
    ['slices', 260],
  ])('%s', async (kind, atLeast) => {
    expect(recorded.filter((vector) => vector.kind === kind).length).toBeGreaterThanOrEqual(atLeast);
    expect(await firstDifferences(kind)).toEqual([]);
  });
});
