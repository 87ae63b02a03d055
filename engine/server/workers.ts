import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { ConnectorError } from '../error/connector-error.ts';
import type { Perform } from './perform.ts';
import type { FromWorker, ToWorker } from './worker-protocol.ts';

export interface WorkersOptions {
  /** The module that each worker runs. */
  readonly file: string;
  /** Its arguments: paths of hooks. */
  readonly hookPaths?: readonly string[];
  /** Megabytes of JavaScript values that a worker may hold. */
  readonly memory: number;
  /** Milliseconds that a request has to end by itself when it is given up. */
  readonly grace?: number;
  /** A worker ends after so many requests, with all that they left behind. */
  readonly requestsEach?: number;
  readonly log: (message: string) => void;
}

export interface Workers {
  readonly perform: Perform;
  /** Ends all workers, whatever they do. */
  close(): Promise<void>;
}

/**
 * Answers each request in another process, one at a time in each. A manifest that computes without end, or needs more
 * memory than there is, ends its own process and nothing else.
 */
export function createWorkers(options: WorkersOptions): Workers {
  const { file, hookPaths = [], memory, grace = 1000, requestsEach = 100, log } = options;
  const idle: ChildProcess[] = [];
  const all = new Set<ChildProcess>();
  const served = new WeakMap<ChildProcess, number>();

  function start(): ChildProcess {
    const child = fork(file, [...hookPaths], {
      execArgv: [`--max-old-space-size=${memory}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    all.add(child);
    child.once('exit', () => {
      all.delete(child);
      const place = idle.indexOf(child);
      if (place >= 0) idle.splice(place, 1);
    });
    return child;
  }

  const perform: Perform = async (name, body, signal) => {
    signal.throwIfAborted();
    const child = idle.pop() ?? start();
    const request = ask(child, { kind: 'run', name, body });
    let force: NodeJS.Timeout | undefined;
    const giveUp = () => {
      send(child, { kind: 'abort' });
      force = setTimeout(() => child.kill('SIGKILL'), grace);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const reply = await request;
      signal.throwIfAborted();
      if (reply.kind === 'answer') return reply.text;
      if (reply.stack !== undefined) log(reply.stack);
      throw new ConnectorError(reply.message);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw error;
    } finally {
      clearTimeout(force);
      signal.removeEventListener('abort', giveUp);
      release(child);
    }
  };

  function release(child: ChildProcess): void {
    const count = (served.get(child) ?? 0) + 1;
    served.set(child, count);
    if (child.exitCode !== null || child.signalCode !== null || !child.connected) return;
    if (count >= requestsEach) child.kill();
    else idle.push(child);
  }

  /** One request and its reply; a worker that ends without one says why. */
  function ask(child: ChildProcess, message: ToWorker): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      let words = '';
      const listen = (chunk: Buffer) => {
        words = (words + chunk.toString()).slice(-4000);
      };
      child.stderr?.on('data', listen);
      const settle = () => {
        child.off('message', answered);
        child.off('exit', ended);
        child.stderr?.off('data', listen);
      };
      const answered = (reply: FromWorker) => {
        settle();
        resolve(reply);
      };
      const ended = (code: number | null, by: string | null) => {
        settle();
        if (words !== '') log(words.trimEnd());
        reject(
          new ConnectorError(whyEnded(words, memory, by ?? `exit code ${code}`), { kind: 'system_error' }),
        );
      };
      child.once('message', answered);
      child.once('exit', ended);
      send(child, message);
    });
  }

  return Object.freeze({
    perform,
    async close() {
      const ended = [...all].map((child) => once(child, 'exit'));
      for (const child of all) child.kill('SIGKILL');
      await Promise.all(ended);
    },
  });
}

/** A worker that has just ended cannot be told anything; its end is told by its own event. */
function send(child: ChildProcess, message: ToWorker): void {
  if (child.connected) child.send(message, () => {});
}

function whyEnded(words: string, memory: number, how: string): string {
  return /heap out of memory|Allocation failed/i.test(words)
    ? `It needed more than the ${memory} MB of memory that one request may take.`
    : `Its process ended before it had an answer (${how}).`;
}
