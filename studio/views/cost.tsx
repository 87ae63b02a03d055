import type { ReadEnd } from '../../engine/studio/messages.ts';
import { reading, totals } from '../state/read.ts';
import { Timeline } from './timeline.tsx';

/** What was asked so far, what a whole sync would cost, and when it happened. */
export function Cost() {
  const read = reading.value;
  const cost = read?.end?.cost;
  const events = read?.timeline ?? [];
  const lasted = Math.max(0, ...events.map(({ at, milliseconds }) => at + milliseconds));
  const waited = events.reduce(
    (sum, { kind, milliseconds }) => sum + (kind === 'wait' ? milliseconds : 0),
    0,
  );
  return (
    <footer class="cost" aria-label="Cost and timeline">
      <dl class="figures">
        <div>
          <dt>this read</dt>
          <dd>{read === undefined ? '–' : requestsOf(totals.value.requests)}</dd>
          <dd class="soft">
            {read === undefined ? '' : `${time(lasted)}${waited > 0 ? `, ${time(waited)} of it waits` : ''}`}
          </dd>
        </div>
        <div>
          <dt>a whole sync</dt>
          <dd>{cost === undefined ? '–' : whole(cost)}</dd>
          <dd class="soft">
            {cost?.seconds === undefined
              ? ''
              : `${cost.isAtLeast ? 'at least ' : 'about '}${time(cost.seconds * 1000)}`}
          </dd>
        </div>
        <div>
          <dt>rate</dt>
          <dd>
            {cost?.rate === undefined
              ? cost === undefined
                ? '–'
                : 'not known'
              : `${cost.rate.calls} per ${time(cost.rate.seconds * 1000)}`}
          </dd>
          <dd class="soft">
            {cost?.rate === undefined
              ? ''
              : cost.rate.by === 'headers'
                ? 'as the answers say'
                : 'as the manifest says'}
          </dd>
        </div>
      </dl>
      <Timeline events={events} rate={cost?.rate} />
    </footer>
  );
}

function whole({ requests, isAtLeast }: ReadEnd['cost']): string {
  if (requests === undefined) return 'as its parents say';
  return `${isAtLeast ? '≥ ' : ''}${requestsOf(requests)}`;
}

function requestsOf(number: number): string {
  return `${count(number)} ${number === 1 ? 'request' : 'requests'}`;
}

function count(number: number): string {
  return number.toLocaleString('en');
}

export function time(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}
