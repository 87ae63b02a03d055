import type { CallRate, DeclaredLimit, DeclaredRates } from '../../../contract/rate-limit-store.ts';
import { systemClock } from '../../../time/clock.ts';
import { createCallLog } from '../call-log.ts';
import { createSerialQueue } from '../serial-queue.ts';
import { fixedScript, movingScript, toldScript } from './declared-scripts.ts';
import type { Redis } from './redis.ts';

export interface DeclaredLimitSettings {
  readonly redis: Redis;
  readonly key: string;
  /** This process, by a name that no other has. */
  readonly client: string;
  /** The part of the limit that is this process's while the store is gone; by default as many as took part have equal ones. */
  readonly share: number | undefined;
  readonly declared: DeclaredRates;
}

/** The longest pause: the store may be there again, or gone. */
const longestNap = 500;
/** Milliseconds in which all processes find a store that is back: they look for it every two seconds at the latest. */
const returnWithin = 4000;
/** How many processes there are thought to be before the store has told. */
const usualClients = 4;
/** Until the API says when its window ends, the end is assumed to be far away. */
const unknownReset = 10 * 24 * 3600 * 1000;

/** A limit of a manifest that several processes keep together, each by itself with its share while the store is gone. */
export function createDeclaredLimit(settings: DeclaredLimitSettings): DeclaredLimit {
  const { redis, client, share, declared } = settings;
  const keys = ['declared', 'declarers', 'returning'].map((part) => `manifold:{${settings.key}}:${part}`);
  const rates = declared.kind === 'moving' ? declared.rates : [declared.rate];
  const inTurn = createSerialQueue();
  const own = createCallLog(rates);
  const { now } = systemClock;
  let clients = usualClients;
  let number = 0;
  /** The store may not know of the calls of this process. */
  let wasAlone = false;

  /** This process's own part of each rate. */
  const parts = () =>
    rates.map(({ limit, interval }) => ({
      limit,
      interval,
      part: Math.floor(limit * (share ?? 1 / clients)),
    }));

  function enter(weight: number): Promise<unknown> {
    number += 1;
    const head = [client, weight, number, wasAlone ? returnWithin : 0];
    const at = now();
    return redis.ask((server) => {
      if (declared.kind === 'fixed') {
        const ownCalls = own.callsSince(at - declared.rate.interval);
        const rest = [...windowOf(declared.rate), ownCalls, ...parts().map(({ part }) => part)];
        return server.eval(fixedScript, keys.length, ...keys, ...head, ...rest);
      }
      const ages = wasAlone ? own.times(at).map((time) => at - time) : [];
      const limits = parts().flatMap(({ limit, interval, part }) => [limit, interval, part]);
      return server.eval(movingScript, keys.length, ...keys, ...head, ages.join(','), ...limits);
    });
  }

  /** Milliseconds until it is worth asking again; 0 when the calls may be made. */
  async function waitFor(weight: number): Promise<number> {
    const answer = await enter(weight);
    if (!Array.isArray(answer)) {
      wasAlone = true;
      // A call that weighs more than the part is made alone.
      const mine = parts().map(({ part, interval }) => ({ limit: Math.max(weight, part), interval }));
      return own.timeUntilFree(weight, now(), mine);
    }
    wasAlone = false;
    const [granted, wait, others = 1, returning] = answer.map(Number);
    // Not all may be back yet.
    clients = Math.max(1, others, returning === 1 ? clients : 1);
    return granted === 1 ? 0 : Math.max(1, wait ?? 1);
  }

  return {
    acquire: (weight, signal) =>
      inTurn(async () => {
        for (let wait = await waitFor(weight); wait > 0; wait = await waitFor(weight))
          await systemClock.sleep(Math.min(wait, longestNap), signal);
        own.add(weight, now());
      }),
    update(availableCalls, resetsAt) {
      if (declared.kind !== 'fixed' || (availableCalls === undefined && resetsAt === undefined)) return;
      const inTime = resetsAt === undefined ? '' : Math.round(resetsAt - now());
      void redis.ask((server) =>
        server.eval(
          toldScript,
          keys.length,
          ...keys,
          ...[client, 0, number, 0],
          ...windowOf(declared.rate),
          ...[availableCalls ?? '', inTime],
        ),
      );
    },
  };
}

function windowOf({ limit, interval }: CallRate): readonly number[] {
  return [limit, interval, unknownReset];
}
