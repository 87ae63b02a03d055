import type { Manifest } from '../connector/load-manifest.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import type { Place } from '../error/place.ts';
import type { HasFile, Memory } from '../validate/validate-manifest.ts';
import { type ComponentAt, componentTree } from '../validate/visit.ts';
import type { Contribution, Whole } from '../validate/whole.ts';
import { type WrittenParts, writtenPartsOf } from './written-parts.ts';

/** What was said of a stream, while it is made of the same text. */
interface Remembered {
  readonly madeOf: string;
  readonly contribution: Contribution;
  findings?: {
    readonly whole: string;
    readonly found: readonly Diagnostic[];
    /** Where the parts stood then. */
    readonly parts: WrittenParts;
    readonly files: ReadonlyMap<string, boolean>;
  };
}

/** A stream with nothing wrong in it, and what that was found by: while this is the same, so is that. */
export interface Sound {
  /** The text of all that it is made of, and what the rest of the manifest says that matters to it. */
  readonly by: string;
  readonly files: readonly (readonly [path: string, isThere: boolean])[];
}

export interface FindingsMemory {
  (manifest: Manifest, hasFile: HasFile | undefined): Memory | undefined;
  /** The streams in which nothing was found. */
  sound(): readonly Sound[];
}

/**
 * Remembers what is wrong in the streams of a manifest that is being typed: of those that are made of the same text as
 * before, references and all, it is not found out again. `hasFile` is what `validate` is given. `soundBefore` knows of those
 * of an earlier process which files were asked for.
 */
export function createFindingsMemory(
  soundBefore: (by: string) => Sound['files'] | undefined = () => undefined,
): FindingsMemory {
  const streams = new Map<string, Remembered>();

  const memory = (manifest: Manifest, hasFile: HasFile | undefined): Memory | undefined => {
    const parts = writtenPartsOf(manifest);
    if (parts === undefined) return undefined;
    const pointers = new Map<ComponentAt, string>();

    function remembered(child: ComponentAt): Remembered | undefined {
      const known = streams.get(pointerOf(child) ?? '');
      return known !== undefined && known.madeOf === parts?.madeOf(pointerOf(child) ?? '')
        ? known
        : undefined;
    }

    /** Streams stand in the list as components do in the field; a list of which one could not be read has none. */
    function pointerOf(child: ComponentAt): string | undefined {
      const { parent } = child;
      if (child.field !== 'streams' || parent === undefined) return undefined;
      if (pointers.size === 0)
        for (const [index, each] of parent.children.filter(({ field }) => field === 'streams').entries())
          pointers.set(each, `/streams/${index}`);
      return pointers.get(child);
    }

    return {
      contribution(child, read) {
        const known = remembered(child);
        if (known !== undefined) return known.contribution;
        const contribution = read();
        const pointer = pointerOf(child);
        const madeOf = pointer === undefined ? undefined : parts.madeOf(pointer);
        if (pointer === undefined) return contribution;
        if (madeOf === undefined) streams.delete(pointer);
        else streams.set(pointer, { madeOf, contribution });
        return contribution;
      },
      findings(child, whole, find) {
        const known = remembered(child);
        const said = whatIsSaid(whole);
        const before = known?.findings;
        if (before?.whole === said && [...before.files].every(([path, was]) => hasFile?.(path) === was))
          return before.found.map((diagnostic) => moved(diagnostic, before.parts, parts, manifest));
        if (known === undefined || child.parent === undefined) return find(child, hasFile);
        const filesBefore = soundBefore(foundBy(known.madeOf, said));
        if (filesBefore?.every(([path, was]) => hasFile?.(path) === was) === true) {
          known.findings = { whole: said, found: [], parts, files: new Map(filesBefore) };
          return [];
        }
        const files = new Map<string, boolean>();
        let looksAround = false;
        const around = watched(child.parent, () => {
          looksAround = true;
        });
        const alone = componentTree(child.node, child.family, manifest.registry, {
          parent: around,
          field: child.field,
        });
        const noted: HasFile | undefined =
          hasFile &&
          ((path) => {
            const has = hasFile(path);
            files.set(path, has);
            return has;
          });
        const found = find(alone, noted);
        if (looksAround || !found.every(({ places }) => places.every((place) => isWithin(place, parts))))
          delete known.findings;
        else known.findings = { whole: said, found, parts, files };
        return found;
      },
    };
  };
  const sound = () =>
    [...streams.values()].flatMap(({ madeOf, findings }): readonly Sound[] =>
      findings?.found.length === 0
        ? [{ by: foundBy(madeOf, findings.whole), files: [...findings.files] }]
        : [],
    );
  return Object.assign(memory, { sound });
}

function foundBy(madeOf: string, whole: string): string {
  return `${whole}\n${madeOf}`;
}

function whatIsSaid({ configFields, hidesConfig, extraFields, parameters }: Whole): string {
  return JSON.stringify([
    [...configFields].sort(),
    hidesConfig,
    [...extraFields].sort(),
    [...parameters].sort(),
  ]);
}

/** The source of a stream. What it has besides the stream may change without it: whoever looks is told of. */
function watched(source: ComponentAt, looks: () => void): ComponentAt {
  const look = <T>(value: T): T => {
    looks();
    return value;
  };
  return {
    family: source.family,
    component: source.component,
    isHook: source.isHook,
    traits: source.traits,
    parent: source.parent,
    field: source.field,
    get node() {
      return look(source.node);
    },
    get fields() {
      return look(source.fields);
    },
    get diagnostics() {
      return look(source.diagnostics);
    },
    get children() {
      return look(source.children);
    },
  };
}

/** Places that are written in no part cannot be found again. */
function isWithin(place: Place, parts: WrittenParts): boolean {
  return (
    (place.source.text === undefined || parts.partOf(place.pointer) !== undefined) &&
    (place.via === undefined || isWithin(place.via, parts))
  );
}

/** The same finding where its parts stand now. */
function moved(
  { places, ...finding }: Diagnostic,
  before: WrittenParts,
  now: WrittenParts,
  { root }: Manifest,
): Diagnostic {
  const move = (place: Place): Place => {
    if (place.source.text === undefined) return place;
    const pointer = now.partOf(place.pointer) ?? '';
    const by = (now.parts.get(pointer)?.start ?? 0) - (before.parts.get(pointer)?.start ?? 0);
    const { via, ...rest } = place;
    return {
      ...rest,
      source: root.place.source,
      start: place.start + by,
      end: place.end + by,
      ...(via && { via: move(via) }),
    };
  };
  return { ...finding, places: places.map(move) };
}
