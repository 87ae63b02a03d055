import type { Transport } from '../../contract/scope.ts';
import { createSimulator, type Interfere, type Simulator } from '../../simulator/simulator.ts';
import type { StreamFacts } from '../../simulator/stream-facts.ts';
import type { Volume } from '../../simulator/volume.ts';
import { memberUses } from '../../template/member-uses.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { daysBefore } from '../../util/schema/example-moments.ts';
import { messageOf } from '../../util/text/message-of.ts';
import { textsOf } from '../../validate/texts.ts';
import { type ComponentAt, childIn, textIn, visit } from '../../validate/visit.ts';
import { secondsOf } from '../datetime-formats.ts';
import { filledConfig } from '../filled-config.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { laterConfig } from './later-config.ts';
import { partitionCount } from './partition-count.ts';

/** A simulated API, with a place for somebody who stands between it and the connector. */
export interface SimulatedApi {
  readonly simulator: Simulator;
  readonly transport: Transport;
  /** The config that it is read with. */
  readonly config: JsonObject;
  interfereWith(interfere: Interfere | undefined): void;
  /** Calls a function for each request that the simulator cannot answer. */
  whenUnanswered(tell: (() => void) | undefined): void;
}

export interface ApiOptions {
  readonly volume: Volume;
  readonly isDense?: (stream: string) => boolean;
  readonly hasLargeIntegers?: boolean;
  /** Pages have fewer records than were asked for. */
  readonly hasShortPages?: boolean;
  /** By default that of all simulated runs. */
  readonly config?: JsonObject;
}

/** APIs of a subject differ in their records: what is known of its streams they all share with the small one. */
export function createApi(subject: Subject, options: ApiOptions): SimulatedApi {
  return apiOf(subject, options, smallApi(subject).simulator.facts);
}

function apiOf(subject: Subject, options: ApiOptions, facts: StreamFacts | undefined): SimulatedApi {
  let interfering: Interfere | undefined;
  let telling: (() => void) | undefined;
  const config = options.config ?? configOf(subject);
  const simulator = createSimulator({
    manifest: subject.manifest,
    clock: virtualClock(subject.now),
    readFile: subject.readFile,
    known: (stream) => knownRecords(subject, stream),
    facts,
    ...options,
    config,
    interfere: (request, about, answer) =>
      interfering === undefined ? answer() : interfering(request, about, answer),
    onUnanswered: () => telling?.(),
  });
  return Object.freeze<SimulatedApi>({
    simulator,
    transport: simulator.transport,
    config,
    interfereWith(interfere) {
      interfering = interfere;
    },
    whenUnanswered(tell) {
      telling = tell;
    },
  });
}

/** Records of a stream, and of each partition, where a few are enough. */
const few = 6;
const fewOfPartition = 2;

/** More of a stream's records than these show nothing new. */
const mostKnown = 40;

/** What a connector's folder lists of a stream's records, one for each key. */
export function knownRecords(subject: Subject, stream: string): readonly JsonObject[] {
  return subject.shared(`known records: ${stream}`, () => {
    const all = (subject.acceptance?.expectedRecords ?? []).filter((each) => each.stream === stream);
    const byText = new Map(all.map(({ data }) => [toJsonText(data), data]));
    return [...byText.values()].slice(0, mostKnown);
  });
}

/** An API with a few records of everything, at the edges of windows where there are windows. */
export function smallApi(subject: Subject): SimulatedApi {
  return subject.shared('simulated: small', () =>
    apiOf(subject, { volume: smallVolume(subject) }, undefined),
  );
}

function smallVolume(subject: Subject): Volume {
  return (stream, isPartition) =>
    isPartition ? fewOfPartition : Math.max(few, knownRecords(subject, stream).length);
}

/** More partitions than these show nothing new, and each of them has its windows and pages. */
const mostPartitions = 8;

/** More windows than these, over all partitions, show nothing new. */
const mostWindows = 60;

/**
 * The small API, or one with less of everything for a stream that is read of many partitions, such as each record of a
 * parent's parents, and with fewer windows for a stream that has many.
 */
export function smallApiFor(subject: Subject, { at }: Pick<StreamAt, 'at'>): SimulatedApi {
  const count = partitionCount(at, (isPartition) => (isPartition ? fewOfPartition : few));
  const days = daysToRead(at, count);
  const hasLeast = count > mostPartitions;
  if (days === undefined && !hasLeast) return smallApi(subject);
  return subject.shared(`simulated: ${hasLeast ? 'least' : 'small'}, ${days} days`, () => {
    const volume = hasLeast ? leastVolume() : smallVolume(subject);
    if (days === undefined) return createApi(subject, { volume });
    const config = subject.shared(`simulated: config of ${days} days`, () => configOfDays(subject, days));
    return apiOf(subject, { volume, config }, undefined);
  });
}

/** Shorter windows are a slip, which a stream that is read for as long as others makes visible. */
const shortestStep = 3600;

/** For how many days a stream is read that would have too many windows otherwise. */
function daysToRead(at: ComponentAt, partitions: number): number | undefined {
  const step = secondsOf(textIn(childIn(at, 'incremental_sync'), 'step'));
  if (step === undefined || step < shortestStep) return undefined;
  const windows = (daysBefore * day) / step;
  if (windows * partitions <= mostWindows) return undefined;
  const days = Math.max(fewestDays, Math.ceil((fewWindows * step) / day));
  return days < daysBefore ? days : undefined;
}

const day = 86_400;
const fewestDays = 2;
const fewWindows = 8;

function configOfDays(subject: Subject, days: number): JsonObject {
  const config = configOf(subject);
  const later = subject.asks && laterConfig(config, subject.asks, subject.now, days);
  return later === undefined || tryTo(() => subject.configure(later)) === undefined ? config : later;
}

/** Two records of each stream, and of those below a parent's record two for the first: a level adds one partition to those above it. */
function leastVolume(): Volume {
  const begun = new Set<string>();
  return (stream, isPartition) => {
    if (isPartition && begun.has(stream)) return 1;
    begun.add(stream);
    return 2;
  };
}

/** The same when whoever configures the connector says less. */
export function smallApiWith(subject: Subject, config: JsonObject): SimulatedApi {
  return apiOf(subject, { config, volume: (_stream, isPartition) => (isPartition ? 1 : 2) }, undefined);
}

/** An API with two pages and a half of one stream, in its first partition and window. */
export function pagedApi(subject: Subject, stream: string, hasShortPages = false): SimulatedApi {
  return subject.shared(`simulated: pages of ${stream}${hasShortPages ? ', short' : ''}`, () =>
    createPagedApi(subject, stream, hasShortPages),
  );
}

function createPagedApi(subject: Subject, stream: string, hasShortPages: boolean): SimulatedApi {
  let isFirst = true;
  return createApi(subject, {
    hasShortPages,
    volume(name, isPartition, size) {
      if (name !== stream || !isFirst) return isPartition ? 1 : fewOfPartition;
      isFirst = false;
      if (size === undefined) return few;
      // Large pages take long, and one more record makes a second one all the same.
      return size > largePage ? size + Math.ceil(size / 10) : Math.floor(size * 2.5);
    },
    isDense: (name) => name === stream,
  });
}

const largePage = 200;

/** An API that has nothing. */
export function emptyApi(subject: Subject): SimulatedApi {
  return subject.shared('simulated: empty', () => createApi(subject, { volume: () => 0 }));
}

/** The config of simulated runs: that of the subject with all that its spec offers, where that fits together. */
export function configOf(subject: Subject): JsonObject {
  return subject.shared('simulated: config', () => {
    const { asks, config, now } = subject;
    const filled = filledConfig(asks && { schema: asks }, config, now);
    return tryTo(() => subject.configure(filled)) === undefined ? config : filled;
  });
}

/** Why nothing follows from an error of what a component reads; undefined where something does. */
export function needsConfig({ asks, config }: Subject, at: ComponentAt): string | undefined {
  if (asks !== undefined || Object.keys(config).length > 0) return undefined;
  const readsConfig = visit(at).some((part) =>
    textsOf(part).some(({ text }) => memberUses(text).some(({ name }) => name === 'config')),
  );
  return readsConfig
    ? 'it reads the config, and without a "spec" nobody knows what a config has: a test file may have one'
    : undefined;
}

/** Why the manifest cannot be run with that config; undefined when it can. */
export function configProblem(subject: Subject): string | undefined {
  try {
    subject.configure(configOf(subject));
    return undefined;
  } catch (error) {
    return `no config for it could be made up: ${messageOf(error)}`;
  }
}
