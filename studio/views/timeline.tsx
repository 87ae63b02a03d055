import type { TimelineEvent } from '../../engine/preview/timeline.ts';
import type { ReadEnd } from '../../engine/studio/messages.ts';
import { detail, exchangeShown, tab } from '../state/tabs.ts';
import { time } from './cost.tsx';

type Rate = ReadEnd['cost']['rate'];

const width = 1000;
const top = 6;
const laneHeight = 9;
const mostLanes = 4;
const height = 74;
const bottom = 56;

/** Requests as bars, waits as hatched ones, and how full the rate window was. */
export function Timeline({
  events,
  rate,
}: {
  readonly events: readonly TimelineEvent[];
  readonly rate: Rate;
}) {
  if (events.length === 0)
    return <p class="timeline-empty">When a stream is read, its requests and waits are drawn here.</p>;
  const end = Math.max(1, ...events.map(({ at, milliseconds }) => at + milliseconds));
  const x = (milliseconds: number) => (milliseconds / end) * width;
  const placed = inLanes(events);
  const requests = events.filter(({ kind }) => kind === 'request').length;
  return (
    <figure class="timeline">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${requests} requests and ${events.length - requests} waits in ${time(end)}`}
      >
        <defs>
          <pattern
            id="waits"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="6" height="6" class="wait-ground" />
            <rect width="2" height="6" class="wait-line" />
          </pattern>
        </defs>
        {[0.25, 0.5, 0.75].map((share) => (
          <line key={share} class="grid-line" x1={share * width} x2={share * width} y1={0} y2={bottom} />
        ))}
        {rate !== undefined && <Window events={events} rate={rate} end={end} x={x} />}
        {placed.map(({ event, lane }, index) => {
          const y = top + lane * (laneHeight + 2);
          const box = {
            x: x(event.at),
            y,
            width: Math.max(2, x(event.milliseconds)),
            height: laneHeight,
            rx: 1.5,
          };
          if (event.kind === 'wait')
            return (
              <rect key={index} {...box} fill="url(#waits)">
                <title>{`waits ${time(event.milliseconds)}, by ${event.by}`}</title>
              </rect>
            );
          return (
            <rect
              key={index}
              {...box}
              class={`bar s${Math.floor(event.status / 100)}`}
              onClick={() => {
                tab.value = 'records';
                exchangeShown.value = event.exchange;
                detail.value = 'request';
              }}
            >
              <title>{`${event.status} after ${time(event.milliseconds)}`}</title>
            </rect>
          );
        })}
        <line class="axis" x1={0} x2={width} y1={bottom} y2={bottom} />
      </svg>
      <div class="ticks" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <span key={share}>{time(end * share)}</span>
        ))}
      </div>
    </figure>
  );
}

/** Those that overlap stand above each other. */
function inLanes(
  events: readonly TimelineEvent[],
): readonly { readonly event: TimelineEvent; readonly lane: number }[] {
  const ends: number[] = [];
  return [...events]
    .sort((a, b) => a.at - b.at)
    .map((event) => {
      const free = ends.findIndex((end) => end <= event.at);
      const lane = free >= 0 ? free : Math.min(ends.length, mostLanes - 1);
      ends[lane] = event.at + event.milliseconds;
      return { event, lane };
    });
}

/** How many requests lie within the length of the rate window before each moment, beside the limit. */
function Window({
  events,
  rate,
  end,
  x,
}: {
  readonly events: readonly TimelineEvent[];
  readonly rate: NonNullable<Rate>;
  readonly end: number;
  readonly x: (milliseconds: number) => number;
}) {
  const starts = events.flatMap(({ kind, at }) => (kind === 'request' ? [at] : [])).sort((a, b) => a - b);
  const length = rate.seconds * 1000;
  const steps = 100;
  const most = Math.max(rate.calls, starts.length);
  const y = (calls: number) => bottom - (calls / most) * (bottom - 2);
  const points = Array.from({ length: steps + 1 }, (_, index) => {
    const now = (index / steps) * end;
    const within = starts.filter((at) => at <= now && at > now - length).length;
    return `${x(now).toFixed(1)},${y(within).toFixed(1)}`;
  });
  return (
    <g>
      <polygon class="window-fill" points={`0,${bottom} ${points.join(' ')} ${width},${bottom}`} />
      <line class="limit-line" x1={0} x2={width} y1={y(rate.calls)} y2={y(rate.calls)}>
        <title>{`the limit: ${rate.calls} requests in ${time(length)}`}</title>
      </line>
    </g>
  );
}
