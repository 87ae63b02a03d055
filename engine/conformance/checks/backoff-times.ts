import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';

export const backoffTimes = defineCheck({
  id: 'backoff-times',
  group: 'errors',
  level: 'static',
  severity: 'warning',
  doc: 'a wait between two tries is some seconds or minutes long: neither none at all, nor as long as milliseconds that are taken for seconds',
  *run({ source }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family !== 'BackoffStrategy' || at.isHook) continue;
      yield looked();
      if (!isNew(at.node)) continue;
      for (const field of ['backoff_time_in_seconds', 'factor', 'min_wait', 'max_waiting_time_in_seconds'])
        yield* oddWait(at, field);
    }
  },
});

const hour = 3600;
const day = 24 * hour;

function* oddWait(at: ComponentAt, field: string): Generator<CheckEvent> {
  const node = written(at, field);
  const seconds = node?.kind === 'scalar' && node.value !== '' ? Number(node.value) : Number.NaN;
  // The first wait of an exponential one is its factor; the others are longer.
  const isPause = field === 'backoff_time_in_seconds' || field === 'factor';
  const stream = textIn(ancestorOf(at, 'Stream'), 'name');
  const isNone = isPause && seconds < shortest;
  // A quota of hours or of a day is waited for in whole hours.
  const isLong = seconds > day || (seconds > hour && seconds % hour !== 0);
  if (!isNone && !isLong) return;
  yield violation(
    node,
    isNone
      ? `"${field}" is ${seconds} seconds: all tries are over within a moment, and an outage or a limit lasts longer.`
      : `"${field}" is ${seconds} seconds, which is ${inHours(seconds)}: are these milliseconds?`,
    { ...(stream !== undefined && { stream }) },
  );
}

const shortest = 0.5;

function inHours(seconds: number): string {
  const hours = seconds / hour;
  return hours < 48 ? `${Math.round(hours * 10) / 10} hours` : `${Math.round(hours / 24)} days`;
}
