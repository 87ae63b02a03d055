import type { SharedCall, ToldLimit, ToldWindow } from '../../../contract/rate-limit-store.ts';
import { createLocalShare } from './local-share.ts';
import type { Redis } from './redis.ts';
import { aliveScript, byeScript, enterScript, leaveScript } from './scripts.ts';

export interface ToldLimitSettings {
  readonly redis: Redis;
  readonly key: string;
  /** This process, by a name that no other has. */
  readonly client: string;
  /** The part of the limit that is this process's while the store is gone; by default as many as took part have equal ones. */
  readonly share: number | undefined;
}

/** Milliseconds after which a process that is not heard of is gone, and its calls with it. */
const goneAfter = 5000;
/** Milliseconds between two signs of life. */
const aliveEvery = 1000;
/** Milliseconds until it is asked again whether a call may be made, when it is the others' answers that are waited for. */
const pollEvery = 15;
/** The longest pause: the store may be there again. */
const longestNap = 500;

/** How many processes there are thought to be before the store has told. */
const usualClients = 4;

interface Waiting {
  readonly enter: (call: SharedCall) => void;
}

/**
 * A limit that several processes use up together, to the last call of each window and never beyond: a call is made while
 * more are left than all of them have under way. The first call of a window goes alone and brings the numbers.
 */
export function createToldLimit(settings: ToldLimitSettings): ToldLimit & { close(): Promise<void> } {
  const { redis, client, share } = settings;
  const keys = ['window', 'clients', 'calls'].map((part) => `manifold:{${settings.key}}:${part}`);
  const local = createLocalShare();
  const waiting: Waiting[] = [];
  let underWay = 0;
  /** Asked for, and not answered yet. */
  let entering = 0;
  let calls = 0;
  let clients = usualClients;
  let isPumping = false;
  let heartbeat: NodeJS.Timeout | undefined;
  let wake = () => {};

  /** Runs a script; undefined while the store is gone. */
  function run(script: string, ...more: readonly (string | number)[]): Promise<unknown> {
    return redis.ask((server) =>
      server.eval(script, keys.length, ...keys, client, underWay + entering, goneAfter, ...more),
    );
  }

  /** Milliseconds until it is worth asking again; undefined when the call may be made. */
  async function enter(number: number): Promise<number | undefined> {
    const asked = redis.ask((server) =>
      server.eval(enterScript, keys.length, ...keys, client, underWay, goneAfter, number),
    );
    entering = 1;
    const answer = await asked.finally(() => {
      entering = 0;
    });
    const told = twoNumbers(answer);
    if (told === undefined) return local.wait({ share: share ?? 1 / clients, underWay, now: Date.now() });
    const [granted, value] = told;
    if (granted !== 1) return value === 0 ? pollEvery * (0.5 + Math.random()) : value;
    clients = Math.max(1, value);
    return undefined;
  }

  async function pump(): Promise<void> {
    if (isPumping) return;
    isPumping = true;
    keepAlive();
    while (waiting.length > 0) {
      calls += 1;
      const number = calls;
      const pause = await enter(number);
      if (pause !== undefined) {
        await nap(Math.min(pause, longestNap));
        continue;
      }
      underWay += 1;
      local.sent();
      const next = waiting.shift();
      const call = callOf(number);
      // Whoever waited for it has given up meanwhile.
      if (next === undefined) await call.failed();
      else next.enter(call);
    }
    isPumping = false;
  }

  function nap(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(1, milliseconds));
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  function keepAlive(): void {
    heartbeat ??= setInterval(() => {
      if (underWay > 0 || waiting.length > 0) return void run(aliveScript);
      clearInterval(heartbeat);
      heartbeat = undefined;
    }, aliveEvery).unref();
  }

  function callOf(number: number): SharedCall {
    async function ended(hasAnswer: 0 | 1, window?: ToldWindow): Promise<number | undefined> {
      underWay -= 1;
      const now = Date.now();
      if (hasAnswer === 1) local.answered(window, now);
      const told = window === undefined ? [] : [window.id, window.remaining, Math.round(window.endsAt - now)];
      const left = run(leaveScript, number, hasAnswer, ...told);
      wake();
      const answer = twoNumbers(await left);
      if (answer === undefined) return window && window.remaining * (share ?? 1 / clients);
      const [remaining, others] = answer;
      clients = Math.max(1, others);
      return window && remaining / clients;
    }
    return {
      answered: (window) => ended(1, window),
      async failed() {
        await ended(0);
      },
    };
  }

  return {
    acquire: (signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) return reject(signal.reason);
        const mine: Waiting = {
          enter(call) {
            signal?.removeEventListener('abort', giveUp);
            resolve(call);
          },
        };
        function giveUp(): void {
          const index = waiting.indexOf(mine);
          if (index >= 0) waiting.splice(index, 1);
          wake();
          reject(signal?.reason);
        }
        signal?.addEventListener('abort', giveUp, { once: true });
        waiting.push(mine);
        void pump();
      }),
    async close() {
      clearInterval(heartbeat);
      await redis.ask((server) => server.eval(byeScript, keys.length, ...keys, client));
    },
  };
}

/** What a script gives; undefined while the store is gone. */
function twoNumbers(answer: unknown): readonly [number, number] | undefined {
  return Array.isArray(answer) ? [Number(answer[0]), Number(answer[1])] : undefined;
}
