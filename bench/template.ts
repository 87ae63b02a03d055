import { createTemplates } from '../engine/template/template.ts';
import { systemClock } from '../engine/time/clock.ts';
import type { Report } from './report.ts';

const context = {
  config: { key: 'abc', start_date: '2024-01-01T00:00:00Z' },
  parameters: { name: 'contacts' },
  record: { x: 'some text', id: 12345, at: '2024-05-01T10:20:30Z', nested: { a: [1, 2] } },
  stream_slice: { start_time: '1700000000' },
};

const texts = [
  'plain',
  "{{ record['x'] }}",
  '{{ record.id }}',
  '{{ record.at }}',
  '/{{ parameters.name }}/{{ record.id }}/parts',
  "{{ record.get('x', '') | upper }}",
  "{{ record.nested.a[0] + 1 if record.id > 10 else 'no' }}",
  "{{ timestamp(config['start_date']) | int }}",
];

/** Nanoseconds for one evaluation of typical templates. */
export function benchTemplates(report: Report): void {
  const templates = createTemplates({ clock: systemClock });
  report.table('template', ['each']);
  for (const text of texts) {
    const evaluate = templates.string(text);
    const rounds = 300_000;
    for (let round = 0; round < rounds; round++) evaluate(context);
    const from = process.hrtime.bigint();
    for (let round = 0; round < rounds; round++) evaluate(context);
    const nanoseconds = Number(process.hrtime.bigint() - from) / rounds;
    report.row(text, [`${nanoseconds.toFixed(0)} ns`], { nanoseconds });
  }
}
