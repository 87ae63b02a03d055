import { readFileSync } from 'node:fs';
import type { Check } from '../../../../engine/conformance/check.ts';
import { createSubject } from '../../../../engine/conformance/create-subject.ts';
import { runChecks } from '../../../../engine/conformance/run-checks.ts';
import { specifiedChecks } from '../../../../engine/conformance/specified-checks.ts';
import { loadManifest } from '../../../../engine/connector/load-manifest.ts';
import { locationOf } from '../../../../engine/error/print-location.ts';
import { bugs } from './bugs.ts';

const shop = readFileSync('test/engine/conformance/seeded/shop.yaml', 'utf8');

interface Found {
  readonly check: string;
  /** The line of the manifest that it names. */
  readonly line: string;
  readonly message: string;
}

/** What checks find in a manifest that has no test file. */
async function findingsOf(text: string, checks: readonly Check[] = specifiedChecks): Promise<Found[]> {
  const manifest = loadManifest({ name: 'shop.yaml', text });
  const found: Found[] = [];
  for await (const { check, violations } of runChecks(createSubject({ file: 'shop.yaml', manifest }), checks))
    for (const { places, offset, message, severity = check.severity } of violations) {
      const [place] = places;
      if (severity === 'note') continue;
      const number = place === undefined ? 0 : Number(locationOf(place, offset).split(':')[1]);
      found.push({ check: check.id, line: text.split('\n')[number - 1]?.trim() ?? '', message });
    }
  return found;
}

test('there is nothing wrong with it as it is', async () => {
  expect(await findingsOf(shop)).toEqual([]);
});

describe('finds without a test file', () => {
  test.each(bugs.map((bug) => [bug.is, bug] as const))('%s', async (_is, { from, to, within, line, by }) => {
    const start = within === undefined ? 0 : shop.indexOf(within);
    const at = shop.indexOf(from, start);
    expect(at).toBeGreaterThan(0);
    const seeded = shop.slice(0, at) + to + shop.slice(at + from.length);
    const found = await findingsOf(
      seeded,
      specifiedChecks.filter(({ id }) => id === by),
    );
    const named = found.filter((each) => each.line.includes(line));
    // What else is found says more than that nothing was.
    expect(named.length > 0 ? [] : await findingsOf(seeded)).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});
