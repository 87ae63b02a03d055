import { readFileSync } from 'node:fs';
import { hasOpenSsl } from '../kit/certificate.ts';
import { faultTable } from './fault-table.ts';
import { faults } from './faults.ts';
import { show } from './show.ts';

const shown = faults.filter(({ certificateOf }) => certificateOf === undefined || hasOpenSsl);

describe('what a sync makes of what an API does', () => {
  it.each(shown.map((fault) => [fault.what, fault] as const))('%s', async (_what, fault) => {
    const { statuses, records, errors, heads, states, waited } = await show(fault);
    expect([statuses.at(-1), records.length]).toEqual([fault.ends, fault.records]);
    if (fault.asked !== 'as often as it takes') expect(heads).toHaveLength(fault.asked);
    if (fault.waits !== undefined) expect(waited).toBe(fault.waits);
    if (fault.keepsToItself !== undefined) {
      expect(heads[0]).toContain(fault.keepsToItself);
      for (const head of heads.slice(1)) expect(head).not.toContain(fault.keepsToItself);
    }
    if (fault.ends === 'COMPLETE') {
      expect(errors).toEqual([]);
      return;
    }
    // It says why in a sentence, and the state stands where it stood.
    expect(errors[0]?.message).toMatch(/^["A-Z\d].{20,}/s);
    expect(errors[0]?.message).not.toMatch(/undefined|Maximum call stack|is not a function/);
    expect(errors[0]?.message).not.toContain('pass-of-the-team');
    if (fault.says !== undefined) expect(errors[0]?.message).toContain(fault.says);
    if (fault.records === 0) expect(states.every(({ u }) => u === '2024-01-01')).toBe(true);
  });
});

test('docs/faults.md has this table', () => {
  expect(readFileSync('docs/faults.md', 'utf8')).toContain(faultTable(faults));
});
