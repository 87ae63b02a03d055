import { DpathExtractor } from '../../../../engine/components/extractors/dpath-extractor.ts';
import { RecordSelector } from '../../../../engine/components/record-selectors/record-selector.ts';
import type {
  IncrementalSync,
  RecordContext,
  SelectedRecords,
  Transformation,
} from '../../../../engine/contract/families.ts';
import type { StreamScope } from '../../../../engine/contract/scope.ts';
import { component } from '../../../../engine/language/component.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { testCursor } from '../../../kit/cursors.ts';
import { testPage } from '../../../kit/decode.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

/** Keeps records whose `keep` is true. */
const Keeping = component({
  family: 'RecordFilter',
  type: 'RecordFilter',
  doc: '',
  fields: () => ({}),
  make: () => ({ keeps: (record) => record !== null && record.keep === true }),
});

const keepAll: Transformation = { transform: (record) => Object.assign(record, { keep: true }) };
const count: Transformation = {
  transform: (record) => Object.assign(record, { n: Number(record.n ?? 0) + 1 }),
};

interface Setup {
  readonly fields?: JsonObject;
  readonly stream?: Partial<StreamScope>;
}

function selector({ fields = {}, stream = {} }: Setup) {
  const whole = testScope({
    components: [DpathExtractor, Keeping],
    stream: { name: 'users', ...stream },
  });
  const extractor = { type: 'DpathExtractor', field_path: ['data'] };
  return makeComponent(RecordSelector, { type: 'RecordSelector', extractor, ...fields }, whole);
}

async function select(setup: Setup, data: unknown, context: RecordContext = {}): Promise<SelectedRecords> {
  const pages: SelectedRecords[] = [];
  for await (const page of selector(setup).select(testPage({ body: { data } }), context)) pages.push(page);
  return pages[0] ?? { records: [], extractedCount: 0 };
}

const record_filter = { type: 'RecordFilter' };

const clientSide: IncrementalSync = {
  cursorField: 'at',
  allowCatalogCursorField: false,
  open: () => testCursor(),
  isClientSide: true,
  isDataFeed: false,
};

describe('RecordSelector', () => {
  it('gives the records and how many there were before the filter', async () => {
    const data = [{ id: 1, keep: true }, { id: 2 }];
    expect(await select({ fields: { record_filter } }, data)).toMatchObject({
      records: [{ id: 1, keep: true }],
      extractedCount: 2,
    });
  });

  it('filters before it transforms, unless told otherwise', async () => {
    const stream = { transformations: [keepAll] };
    expect((await select({ fields: { record_filter }, stream }, [{ id: 1 }])).records).toEqual([]);
    const fields = { record_filter, transform_before_filtering: true };
    expect((await select({ fields, stream }, [{ id: 1 }])).records).toEqual([{ id: 1, keep: true }]);
  });

  it('transforms first where the client filters by the cursor', async () => {
    const stream = { transformations: [keepAll], incremental: clientSide };
    expect((await select({ fields: { record_filter }, stream }, [{ id: 1 }])).records).toHaveLength(1);
    const fields = { record_filter, transform_before_filtering: false };
    expect((await select({ fields, stream }, [{ id: 1 }])).records).toHaveLength(0);
  });

  it('asks the cursor before the filter', async () => {
    const asked: unknown[] = [];
    const shouldBeSynced = (record: JsonObject, slice: unknown) => asked.push([record, slice]) === 1;
    const slice = { partition: { p: 1 }, cursor: {}, extraFields: {} };
    const setup = { fields: { record_filter }, stream: { incremental: clientSide } };
    const cursor = { ...testCursor(), shouldBeSynced };
    const data = [
      { id: 1, keep: true },
      { id: 2, keep: true },
    ];
    expect((await select(setup, data, { slice, cursor })).records).toEqual([{ id: 1, keep: true }]);
    expect(asked).toEqual(data.map((record) => [record, slice]));
  });

  it('does not ask the cursor of a feed, whose reader does', async () => {
    const stream = { incremental: { ...clientSide, isDataFeed: true } };
    const cursor = { ...testCursor(), shouldBeSynced: () => false };
    expect((await select({ stream }, [{ id: 1 }], { cursor })).records).toEqual([{ id: 1 }]);
  });

  it('leaves the response as it was, for the paginator', async () => {
    const document = { data: [{ id: 1 }] };
    async function* documents() {
      yield [document];
    }
    const stream = { transformations: [count] };
    for await (const { records } of selector({ stream }).select({ ...testPage({}), documents }, {}))
      expect(records).toEqual([{ id: 1, n: 1 }]);
    expect(document).toEqual({ data: [{ id: 1 }] });
  });

  it('keeps null values and empty records', async () => {
    expect((await select({}, [{ a: null }, {}])).records).toEqual([{ a: null }, {}]);
  });

  it('casts to the types of the schema, which it loads once', async () => {
    let loads = 0;
    const schemaLoader = {
      async load() {
        loads++;
        return { properties: { id: { type: 'string' } } };
      },
    };
    const made = selector({ fields: { schema_normalization: 'Default' }, stream: { schemaLoader } });
    for (const id of [1, 2]) {
      for await (const { records } of made.select(testPage({ body: { data: [{ id }] } }), {})) {
        expect(records).toEqual([{ id: String(id) }]);
      }
    }
    expect(loads).toBe(1);
  });

  it('does not ask for a schema when nothing is cast', async () => {
    const schemaLoader = { load: () => Promise.reject(new Error('not needed')) };
    expect((await select({ stream: { schemaLoader } }, [{ id: 1 }])).records).toEqual([{ id: 1 }]);
  });

  it('uploads the file of each record that is left', async () => {
    const fileUploader = { upload: async (record: JsonObject) => ({ file: record.id }) };
    const data = [{ id: 1 }, { id: 2, keep: true }, { id: 3, keep: true }];
    const made = selector({ fields: { record_filter }, stream: { fileUploader } });
    const selected: SelectedRecords[] = [];
    for await (const batch of made.select(testPage({ body: { data } }), {})) selected.push(batch);
    expect(selected).toMatchObject([
      {
        records: [data[1]],
        extractedCount: 3,
        filteredCount: 1,
        fileReferences: new Map([[0, { file: 2 }]]),
      },
      { records: [data[2]], extractedCount: 0, fileReferences: new Map([[0, { file: 3 }]]) },
    ]);
    const { fileReferences } = await made.process(data, {});
    expect([...(fileReferences ?? [])]).toEqual([
      [0, { file: 2 }],
      [1, { file: 3 }],
    ]);
  });

  it('gives the records before a file that cannot be fetched', async () => {
    const uploaded: unknown[] = [];
    const fileUploader = {
      upload: async ({ id }: JsonObject) => {
        if (id === 2) throw new Error('no such file');
        uploaded.push(id);
        return { file: id };
      },
    };
    const records: unknown[] = [];
    const reading = (async () => {
      const page = testPage({ body: { data: [{ id: 1 }, { id: 2 }, { id: 3 }] } });
      for await (const batch of selector({ stream: { fileUploader } }).select(page, {})) {
        records.push(...batch.records);
      }
    })();
    await expect(reading).rejects.toThrow('no such file');
    expect(records).toEqual([{ id: 1 }]);
    expect(uploaded).toEqual([1]);
  });

  it('says what stands where a record should be', async () => {
    await expect(select({}, ['text'])).rejects.toThrow('of stream "users" found a string where a record');
    await expect(select({}, [null])).rejects.toThrow('found null');
    expect((await select({ fields: { record_filter } }, [null, { keep: true }])).records).toEqual([
      { keep: true },
    ]);
  });
});
