import type {
  PaginationStrategy,
  Paginator,
  RecordSelector,
  StreamDefinition,
} from '../contract/families.ts';
import type { Scope, StreamScope } from '../contract/scope.ts';
import { emptySlice, type Slice } from '../contract/slice.ts';
import { makeDefault } from '../language/slots.ts';
import { isObject, type JsonObject, type JsonSchema } from '../util/json/json.ts';
import { type ComponentAt, childIn, isUnknownHook, textIn } from '../validate/visit.ts';
import { type CursorModel, createCursorModel } from './cursor-model.ts';
import { schemaOfDescription, streamOf } from './described-fields.ts';
import { type Encoding, encodingOf } from './encode-body.ts';
import { CannotSimulate, type Placing, pathInRecord, placingOf } from './place-records.ts';
import { type RawRecords, rawRecords } from './raw-records.ts';
import { type ReaderParts, readerPartsOf } from './reader-parts.ts';
import { expanderAround, recordAround } from './record-around.ts';
import { successfulPages } from './success-fields.ts';
import { pagePathsRead, textsIn } from './texts-in.ts';
import type { World } from './world.ts';

/** What the API behind a retriever has to know of its stream. */
export interface StreamModel {
  readonly name: string;
  readonly retriever: ComponentAt;
  readonly parts: ReaderParts;
  readonly definition: StreamDefinition | undefined;
  readonly paginator: Paginator;
  newPaginator(): Paginator;
  readonly strategy: PaginationStrategy | undefined;
  readonly paginatorAt: ComponentAt | undefined;
  readonly selector: RecordSelector;
  readonly cursor: CursorModel | undefined;
  readonly placing: Placing;
  readonly encoding: Encoding;
  readonly records: RawRecords;
  /** A record of an answer as its selector gives it for a slice; undefined when a filter leaves it out. */
  selected(answered: JsonObject, slice: Slice | undefined): Promise<JsonObject | undefined>;
  /** The same as the stream emits it. */
  emitted(answered: JsonObject, slice: Slice | undefined): Promise<JsonObject | undefined>;
}

export interface ModelSettings {
  readonly seed: number;
  /** What is known of the records of a stream. */
  readonly known?: ((stream: string) => readonly JsonObject[]) | undefined;
}

/** Throws CannotSimulate with the reason when the retriever has parts without an inverse. */
export async function createStreamModel(
  world: World,
  retriever: ComponentAt,
  { seed, known }: ModelSettings,
): Promise<StreamModel> {
  const at = streamOf(retriever);
  const name = textIn(at, 'name') ?? '';
  const parts = readerPartsOf(retriever);
  const hook = [retriever, ...retriever.children].find(isUnknownHook);
  if (hook !== undefined) throw new CannotSimulate(`its ${hook.family} is a hook that is not loaded`);
  const definition = at && world.build(at.node, 'Stream');
  const schema: JsonSchema =
    definition === undefined
      ? schemaOfDescription(retriever)
      : ((await definition.schema().catch(() => undefined)) ?? {});
  const bare: StreamScope = {
    name,
    primaryKey: definition?.primaryKey,
    transformations: (at?.children ?? [])
      .filter(({ field }) => field === 'transformations')
      .map(({ node }) => world.build(node, 'Transformation')),
    schemaLoader: { load: async () => schema },
    cursorField: definition?.cursorField,
    isParent: () => false,
  };
  const incrementalAt = childIn(at, 'incremental_sync');
  const outer: Scope = { ...world.scope, stream: bare };
  const incremental = incrementalAt && world.build(incrementalAt.node, 'IncrementalSync', outer);
  const scope: Scope = { ...outer, stream: { ...bare, incremental } };
  const positionsAt = incrementalAt && writesPositions(incrementalAt);
  const cursor = positionsAt && incremental && createCursorModel(positionsAt, incremental, scope);
  if (incrementalAt !== undefined && cursor === undefined)
    throw new CannotSimulate(`its incremental_sync is a ${incrementalAt.component?.type ?? 'hook'}`);
  const { selector: selectorAt, extractor: extractorAt, paginator: paginatorAt } = parts;
  if (selectorAt === undefined || (extractorAt === undefined && !parts.isJob))
    throw new CannotSimulate('it has no record_selector');
  const selector = world.build(selectorAt.node, 'RecordSelector', scope);
  const strategyAt = childIn(paginatorAt, 'pagination_strategy');
  const newPaginator = () =>
    paginatorAt
      ? world.build(paginatorAt.node, 'Paginator', scope)
      : makeDefault('Paginator', 'NoPagination', scope);
  const strategy = strategyAt && world.build(strategyAt.node, 'PaginationStrategy', scope);
  const encoding = encodingOf(extractorAt?.traits.readsBody === undefined ? parts.decoder : extractorAt);
  if (asksByCondition(parts.requester, paginatorAt))
    throw new CannotSimulate('a template of its requests decides by the page token what to ask for');
  const reads = encoding.isRecordByRecord
    ? []
    : pagePathsRead(paginatorAt?.node, ['response']).map(({ path }) => path);
  const place = placingOf(extractorAt, scope, reads);

  const expanderAt = expanderAround(retriever);
  const expander = expanderAt && world.build(expanderAt.node, 'RecordExpander', scope);

  async function selected(answered: JsonObject, slice: Slice = emptySlice): Promise<JsonObject | undefined> {
    const { records } = await selector.process([answered], { slice });
    return records[0];
  }

  async function emitted(answered: JsonObject, slice?: Slice): Promise<JsonObject | undefined> {
    const record = await selected(answered, slice);
    if (expander === undefined || record === undefined) return record;
    return expander.expand(record).find(isObject);
  }

  const records = await rawRecords({
    world,
    stream: at,
    retriever,
    name,
    schema,
    primaryKey: definition?.primaryKey,
    cursor,
    seed,
    known: known?.(name) ?? [],
    hasLongLists: encoding.contentType === 'application/xml',
    isTable: encoding.hasColumns === true,
    readInAnswers: reads.map((read) => pathInRecord(read, place)).filter((path) => path !== undefined),
    around: expanderAt && recordAround(expanderAt, scope),
    emitted: selected,
  });
  const placing = encoding.isRecordByRecord
    ? place
    : await successfulPages(place, parts.requester, scope, () => records.make({}, 0, undefined).answered);
  return {
    name,
    retriever,
    parts,
    definition,
    paginator: newPaginator(),
    newPaginator,
    strategy,
    paginatorAt,
    selector,
    cursor,
    placing,
    encoding,
    records,
    selected,
    emitted,
  };
}

/** The cursor whose formats positions have: a hook around another cursor keeps that one's. Undefined where nobody can tell. */
function writesPositions(at: ComponentAt): ComponentAt | undefined {
  if (at.traits.compares !== undefined) return at;
  const inner = at.children.find(({ family }) => family === 'IncrementalSync');
  return inner && writesPositions(inner);
}

/** Without an option for it, a token is whatever its templates make of it. */
function asksByCondition(requester: ComponentAt | undefined, paginator: ComponentAt | undefined): boolean {
  if (paginator === undefined || childIn(paginator, 'page_token_option') !== undefined) return false;
  return [...textsIn(requester?.node)].some(
    (text) => text.includes('next_page_token') && text.includes('{%'),
  );
}
