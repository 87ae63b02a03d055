import type { OutgoingRequest } from '../contract/families.ts';
import type { Occasion } from '../contract/scope.ts';
import type { Slice } from '../contract/slice.ts';
import { jsonAnswer, keyOf, type SimulatedAnswer } from './answers.ts';
import { findOccasion } from './find-occasion.ts';
import type { KnownStreams } from './known-streams.ts';
import { loginOf } from './logins.ts';
import { movedAnswer } from './moved-answer.ts';
import { retrieversIn } from './retrievers-in.ts';
import { asksTheSame } from './same-question.ts';
import type { StreamModel } from './stream-model.ts';
import type { World } from './world.ts';

/** A request that is recognised, with what it is for. */
interface Served {
  readonly asked: OutgoingRequest;
  readonly occasion: Occasion;
  readonly model: StreamModel;
  readonly slice: Slice;
  /** How many there had been. */
  readonly edits: number;
}

export interface RecogniseOptions {
  readonly world: () => World;
  readonly streams: KnownStreams;
  readonly answer: (request: OutgoingRequest, occasion: Occasion) => Promise<SimulatedAnswer>;
  /** Does work whose requests change nothing about where readers are. */
  readonly aside: (work: () => Promise<unknown>) => Promise<void>;
  readonly edits: () => number;
}

/** Answers requests of which nobody says what they are for: finds out which page of which stream each asks for. */
export function createRecogniser(
  options: RecogniseOptions,
): (request: OutgoingRequest) => Promise<SimulatedAnswer> {
  const { world, streams, answer, aside, edits } = options;
  const served = new Map<string, Served>();
  // What one request finds out, the next one knows.
  let queue: Promise<unknown> = Promise.resolve();

  async function known(request: OutgoingRequest): Promise<SimulatedAnswer | undefined> {
    const page = [...served.values()].find(({ asked }) => asksTheSame(asked, request, world().config));
    if (page === undefined) return undefined;
    // Since the slice was walked through, pages may have come to it.
    if (page.edits !== edits()) await walk(page.model, page.slice);
    const given = await answer(page.asked, page.occasion);
    return movedAnswer(given, page.asked.url.origin, request.url.origin);
  }

  async function find(request: OutgoingRequest): Promise<SimulatedAnswer> {
    const before = await known(request);
    if (before !== undefined) return before;
    const login = loginOf(request, world());
    if (login !== undefined) return jsonAnswer(login);
    for (const retriever of retrieversIn(world())) {
      const model = await streams.model(retriever).catch(() => undefined);
      if (model === undefined) continue;
      // A stream that cannot be made asks for nothing; others may.
      const occasion = await findOccasion(request, model, streams.probe(model), world().config).catch(
        () => undefined,
      );
      if (occasion?.slice === undefined) continue;
      await walk(model, occasion.slice);
      const found = await known(request);
      if (found !== undefined) return found;
    }
    const said = { message: 'No stream of the manifest asks for this.', asked: request.url.pathname };
    return { ...jsonAnswer(said, 404), isUnknown: true };
  }

  /** Finds out what all pages of a slice are asked with, and what is asked for the records on them. */
  async function walk(model: StreamModel, slice: Slice): Promise<void> {
    const probe = streams.probe(model);
    await aside(() =>
      probe.walk(slice, (asked, occasion) => {
        served.set(`${occasion.stream}\n${keyOf(asked)}`, { asked, occasion, model, slice, edits: edits() });
      }),
    );
  }

  return (request) => {
    const answered = queue.then(() => find(request));
    queue = answered.catch(() => {});
    return answered;
  };
}
