import type { Environment } from '../environment.ts';
import { createJsonView } from './json-view.ts';
import { nextStep } from './next-step.ts';
import { type Planned, planTable } from './plan.ts';
import type { Problems } from './problems.ts';
import { progressTable, type StreamProgress } from './progress.ts';
import { createProgressView, type ProgressView } from './progress-view.ts';
import type { RateWindow } from './rate-window.ts';

type Progress = ReadonlyMap<string, StreamProgress>;

/** What a sync tells while it runs, and at its end: to people, or to programs as lines of JSON on stdout. */
export interface Report {
  /** Whole lines of text. */
  say(text: string): void;
  rateWindow(window: RateWindow | undefined): void;
  begin(progress: Progress): ProgressView;
  plan(planned: readonly Planned[]): Promise<void>;
  /** `stopped` says how a sync goes on that was told to stop. */
  end(progress: Progress, problems: Problems, stopped: string | undefined): Promise<void>;
  /** In any case, when no more is told. */
  stop(): void;
}

export interface ReportOptions {
  readonly json: boolean;
  /** Where the records go. */
  readonly to: string;
  readonly environment: Environment;
  /** Hides secrets. */
  readonly redact: (text: string) => string;
}

export function createReport(options: ReportOptions): Report {
  return options.json ? jsonReport(options) : textReport(options);
}

/** Milliseconds after which a terminal shows that time passes, though nothing comes. */
const tickEvery = 1000;

function textReport({ to, environment, redact }: ReportOptions): Report {
  const write = (text: string): void => environment.writeError(redact(text));
  let view: ProgressView | undefined;
  let ticking: NodeJS.Timeout | undefined;
  let window: RateWindow | undefined;
  let startedAt = Date.now();
  const say = (text: string): void => (view === undefined ? write(text) : view.say(text));
  function stop(): void {
    clearInterval(ticking);
    ticking = undefined;
    view = undefined;
  }
  return {
    say,
    rateWindow(told) {
      window = told ?? window;
    },
    begin(progress) {
      startedAt = Date.now();
      const { terminal } = environment;
      const created = createProgressView(progress, {
        write,
        terminal,
        now: Date.now,
        rateWindow: () => window,
      });
      if (terminal !== undefined) ticking = setInterval(created.tick, tickEvery).unref();
      view = created;
      return created;
    },
    plan: (planned) => environment.write(planTable(planned)),
    async end(progress, problems, stopped) {
      view?.end();
      stop();
      await environment.write(
        `\n${progressTable(progress.values(), Date.now() - startedAt, environment.terminal?.columns)}`,
      );
      for (const [problem, names] of problems) say(problemText(problem, [...names]));
      if (stopped !== undefined) say(`\nStopped. ${stopped}\n`);
      const next = nextStep(to, progress.values());
      if (next !== undefined) await environment.write(`\n${next}\n`);
    },
    stop,
  };
}

/** The streams after what is wrong with them where they are many: else nobody finds it. */
function problemText(problem: string, names: readonly string[]): string {
  if (names.length <= mostBefore) return `\n${names.join(', ')}: ${problem}\n`;
  const [last] = names.slice(-1);
  const others =
    names.length > mostNamed
      ? `${names.slice(0, mostNamed).join(', ')} and ${names.length - mostNamed} others`
      : `${names.slice(0, -1).join(', ')} and ${last}`;
  return `\n${problem}\n  This ended ${others}.\n`;
}

/** Streams that are named before what is wrong with them, and after it. */
const mostBefore = 2;
const mostNamed = 6;

function jsonReport({ to, environment, redact }: ReportOptions): Report {
  let written = Promise.resolve();
  const write = (text: string): void => {
    written = written.then(() => environment.write(redact(text)));
  };
  const startedAt = Date.now();
  const view = createJsonView(write, Date.now);
  const destination = to.replace(/\/\/[^/@]*@/, '//');
  return {
    say: view.say,
    rateWindow() {},
    begin: () => view,
    async plan(planned) {
      view.event('plan', { to: destination, streams: planned });
      await written;
    },
    async end(progress, problems, stopped) {
      const streams = [...progress.values()].map(({ name, status, records, requests, reached }) => ({
        stream: name,
        status,
        records,
        requests,
        ...(reached !== '' && { reached }),
      }));
      view.event('end', {
        status: stopped !== undefined ? 'stopped' : problems.size > 0 ? 'failed' : 'done',
        to: destination,
        seconds: (Date.now() - startedAt) / 1000,
        streams,
        problems: [...problems].map(([message, names]) => ({ streams: [...names], message })),
      });
      await written;
    },
    stop() {},
  };
}
