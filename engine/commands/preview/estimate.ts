import { printThrown } from '../../error/print-location.ts';
import { streamNames } from '../../manifest/written-streams.ts';
import { type Estimate, estimateOf, totalsIn } from '../../preview/estimate.ts';
import { preview } from '../../preview/preview.ts';
import { count } from '../../preview/preview-text.ts';
import { describeRate, describeSeconds, type Rate, rateOf } from '../../preview/rate.ts';
import { toLine } from '../../protocol/write.ts';
import { systemClock } from '../../time/clock.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import type { Environment } from '../environment.ts';
import { type AuthorOptions, openForPreview, requireStream } from './open-preview.ts';

export interface EstimateOptions extends AuthorOptions {
  readonly json?: boolean;
  readonly trace?: boolean;
}

/** `estimate FILE [STREAM…]`: what a sync takes, by one page of each stream. Exit code 1 when one could not be read. */
export async function estimate(
  file: string,
  streams: readonly string[],
  options: EstimateOptions,
  environment: Environment,
): Promise<number> {
  const opened = await openForPreview(file, options, environment);
  const { manifest, config, states, surroundings, redactor } = opened;
  for (const name of streams) requireStream(manifest, name);
  const { now } = environment.clock ?? systemClock;
  const print = (text: string) => environment.write(redactor.text(text));
  const estimates: Estimate[] = [];
  const failed = new Map<string, string[]>();
  let rate: Rate | undefined;
  for (const stream of streams.length > 0 ? streams : streamNames(manifest.root)) {
    const limits = { pagesPerSlice: 1, slices: 1, records: 10_000 };
    const shown = await preview(manifest, config, { stream, states, limits, surroundings });
    rate = rateOf(manifest, shown.exchanges, now()) ?? rate;
    const [error] = shown.errors;
    if (error !== undefined) {
      const said = printThrown(error);
      failed.set(said, [...(failed.get(said) ?? []), stream]);
      continue;
    }
    const last = shown.exchanges.filter((exchange) => exchange.stream === stream).at(-1);
    const body: unknown = await last?.response.json().catch(() => undefined);
    const made = estimateOf(shown, rate, totalsIn(body));
    estimates.push(made);
    if (options.trace === true) await print(traceOf(made, now()));
  }
  if (options.json === true) await print(`${toJsonText({ rate, streams: estimates })}\n`);
  else if (options.trace !== true && estimates.length > 0) await print(table(estimates, rate));
  for (const [said, those] of failed) {
    // What all of them fail with is not of one of them.
    const which =
      those.length > 1 && estimates.length === 0 && failed.size === 1 ? '' : `${those.join(', ')}: `;
    environment.writeError(redactor.text(`${which}${said}\n`));
  }
  return failed.size > 0 ? 1 : 0;
}

/** The protocol's message for it. */
function traceOf({ stream, records, bytes }: Estimate, now: number): string {
  return toLine({
    type: 'TRACE',
    trace: {
      type: 'ESTIMATE',
      emitted_at: now,
      estimate: {
        name: stream,
        type: 'STREAM',
        ...(records !== undefined && { row_estimate: records }),
        ...(bytes !== undefined && { byte_estimate: bytes }),
      },
    },
  });
}

function table(estimates: readonly Estimate[], rate: Rate | undefined): string {
  const width = Math.max(8, ...estimates.map(({ stream }) => stream.length));
  const row = (...cells: readonly string[]) =>
    `${(cells[0] ?? '').padEnd(width)}${cells
      .slice(1)
      .map((cell) => cell.padStart(12))
      .join('')}\n`;
  let text = row('stream', 'slices', 'requests', 'records', 'time');
  for (const one of estimates) {
    const least = one.isAtLeast ? '≥ ' : '';
    const shown = (value: number | undefined) => (value === undefined ? '?' : `${least}${count(value)}`);
    text += row(
      one.stream,
      one.slices === undefined ? '?' : count(one.slices),
      shown(one.requests),
      shown(one.records),
      one.seconds === undefined ? '?' : `${least}${describeSeconds(Math.max(one.seconds, 0.1))}`,
    );
  }
  const known = estimates.filter(({ requests }) => requests !== undefined);
  const requests = known.reduce((sum, one) => sum + (one.requests ?? 0), 0);
  const seconds = known.reduce((sum, one) => sum + (one.seconds ?? 0), 0);
  const unknown = estimates.length - known.length;
  const least = known.some(({ isAtLeast }) => isAtLeast) ? 'at least ' : '';
  text += `\n${least}${count(requests)} ${requests === 1 ? 'request' : 'requests'}, about ${describeSeconds(Math.max(seconds, 0.1))}`;
  if (rate !== undefined) {
    const share = (requests / rate.calls) * 100;
    text += ` at ${describeRate(rate)}: ${share < 100 ? `${Math.ceil(share)} % of one window` : `${Math.ceil(share / 100)} windows`}`;
  }
  text +=
    unknown > 0 ? `.\n? how many slices there are is known only to those who read the parents.\n` : '.\n';
  return text;
}
