import type { Check } from '../../../engine/conformance/check.ts';
import { checkVerdict } from '../../../engine/conformance/checks/check-verdict.ts';
import { cursorInSchema } from '../../../engine/conformance/checks/cursor-in-schema.ts';
import { errRetry } from '../../../engine/conformance/checks/err-retry.ts';
import { pageComplete } from '../../../engine/conformance/checks/page-complete.ts';
import { pageEmpty } from '../../../engine/conformance/checks/page-empty.ts';
import { pkInSchema } from '../../../engine/conformance/checks/pk-in-schema.ts';
import { recordsSchema } from '../../../engine/conformance/checks/records-schema.ts';
import { requestMethods } from '../../../engine/conformance/checks/request-methods.ts';
import { resumeNoLoss } from '../../../engine/conformance/checks/resume-no-loss.ts';
import { syncModes } from '../../../engine/conformance/checks/sync-modes.ts';
import { byDay, harness, itemsWith } from '../conformance/harness.ts';

const custom = (type: string) => `{ type: Custom${type}, class_name: source_shop.components.${type} }`;

const pages = `type: DefaultPaginator
pagination_strategy: { type: PageIncrement, page_size: 2 }
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }
page_size_option: { type: RequestOption, inject_into: request_parameter, field_name: size }`;

/** What a manifest has a hook for that is not loaded, and without which its stream is read all the same. */
const spared: Readonly<Record<string, string>> = {
  Authenticator: itemsWith({ paginator: pages, incremental: byDay }).replace(
    /authenticator: .*/,
    `authenticator: ${custom('Authenticator')}`,
  ),
  BackoffStrategy: itemsWith({
    paginator: pages,
    incremental: byDay,
    requester: `error_handler: { type: DefaultErrorHandler, backoff_strategies: [${custom('BackoffStrategy')}] }`,
  }),
  ErrorHandler: itemsWith({
    paginator: pages,
    incremental: byDay,
    requester: `error_handler: ${custom('ErrorHandler')}`,
  }),
  RecordFilter: itemsWith({
    paginator: pages,
    incremental: byDay,
    selector: `record_filter: ${custom('RecordFilter')}`,
  }),
  SchemaNormalization: itemsWith({
    paginator: pages,
    incremental: byDay,
    selector: `schema_normalization: ${custom('SchemaNormalization')}`,
  }),
  Transformation: itemsWith({
    paginator: pages,
    incremental: byDay,
    stream: `transformations: [${custom('Transformation')}]`,
  }),
  StateMigration: itemsWith({
    paginator: pages,
    incremental: byDay,
    stream: `state_migrations: [${custom('StateMigration')}]`,
  }),
};

const needed: Readonly<Record<string, string>> = {
  Requester: itemsWith({ incremental: byDay }).replace(
    'type: HttpRequester',
    'type: CustomRequester\n        class_name: shop.Requester',
  ),
  PartitionRouter: itemsWith({ incremental: byDay }).replace(
    '      record_selector:',
    `      partition_router: ${custom('PartitionRouter')}\n      record_selector:`,
  ),
  ConfigTransformation: itemsWith({ incremental: byDay }).replace(
    '  connection_specification:',
    `  config_normalization_rules: { type: ConfigNormalizationRules, transformations: [${custom('ConfigTransformation')}] }
  connection_specification:`,
  ),
};

async function outcome(check: Check, yaml: string) {
  const { verdict, violations, notRun } = await harness(check).run(yaml);
  return { verdict, violations: violations.map(({ message }) => message), notRun: notRun.length };
}

const passed = { verdict: 'passed', violations: [], notRun: 0 };

describe.each(Object.entries(spared))('without the hook of a Custom%s', (_type, yaml) => {
  it.each([pkInSchema, recordsSchema, resumeNoLoss, pageComplete, checkVerdict])(
    '$id is run',
    async (check) => {
      expect(await outcome(check, yaml)).toEqual(passed);
    },
  );

  it('finds that a key is not in the schema', async () => {
    expect((await outcome(pkInSchema, yaml.replace('primary_key: id', 'primary_key: ids'))).verdict).toBe(
      'failed',
    );
  });
});

it.each(['BackoffStrategy', 'ErrorHandler'])(
  'says nothing of what a Custom%s would do about errors',
  async (type) => {
    expect((await outcome(errRetry, spared[type] ?? '')).verdict).toBe('nothing');
  },
);

describe.each(Object.entries(needed))('without the hook of a Custom%s', (_type, yaml) => {
  it('keys, cursors and sync modes are looked at', async () => {
    expect(await outcome(pkInSchema, yaml)).toEqual(passed);
    expect(await outcome(cursorInSchema, yaml)).toEqual(passed);
    expect(await outcome(syncModes, yaml)).toEqual(passed);
    expect((await outcome(pkInSchema, yaml.replace('primary_key: id', 'primary_key: ids'))).verdict).toBe(
      'failed',
    );
  });

  it('nothing is read, and the reason is the hook', async () => {
    const { violations, notRun } = await harness(recordsSchema).run(yaml);
    expect(violations).toEqual([]);
    expect(notRun).toMatchObject([{ stream: 'items', reason: expect.stringMatching(/hook/) }]);
  });
});

describe('without the hook that finds records, or pages', () => {
  it.each([
    itemsWith({ paginator: pages, incremental: byDay }).replace(
      /extractor: .*/,
      `extractor: ${custom('RecordExtractor')}`,
    ),
    itemsWith({ paginator: pages, incremental: byDay }).replace(
      /pagination_strategy: .*/,
      `pagination_strategy: ${custom('PaginationStrategy')}`,
    ),
  ])('streams are read, page by page excepted', async (yaml) => {
    expect(await outcome(recordsSchema, yaml)).toEqual(passed);
    expect(await outcome(resumeNoLoss, yaml)).toEqual(passed);
    expect(await outcome(checkVerdict, yaml)).toEqual(passed);
    expect((await outcome(pageComplete, yaml)).verdict).toBe('nothing');
  });
});

it('an answer that is empty has no record for a hook that takes all of it', async () => {
  const hook = '{ type: CustomRecordExtractor, class_name: shop.Wrapping, field_path: [] }';
  const yaml = itemsWith().replace(/extractor: .*/, `extractor: ${hook}`);
  expect(await outcome(pageEmpty, yaml)).toEqual(passed);
});

it('the cursor of a hook is the field that the parameters of its stream name', async () => {
  const yaml = itemsWith({
    incremental:
      'type: CustomIncrementalSync\nclass_name: shop.Cursor\ncursor_field: "{{ parameters[\'cursor\'] }}"',
    stream: '$parameters: { cursor: updated_at }',
  });
  expect(await outcome(cursorInSchema, yaml)).toEqual(passed);
  expect(
    (await outcome(cursorInSchema, yaml.replace('cursor: updated_at', 'cursor: later'))).violations,
  ).toEqual([
    'The cursor field "later" of stream "items" is not in its schema, so no destination has a column for it.',
  ]);
});

it('what is written in a hook is checked by its own type', async () => {
  const yaml = itemsWith().replace(
    'type: SimpleRetriever',
    'type: CustomRetriever\n      class_name: shop.Retriever',
  );
  expect((await outcome(requestMethods, yaml)).verdict).toBe('passed');
  const put = yaml.replace('type: HttpRequester', 'type: HttpRequester\n        http_method: PUT');
  expect((await outcome(requestMethods, put)).violations).toHaveLength(1);
});

describe('a hook of a cursor', () => {
  const cursor = (field: string) =>
    itemsWith({ incremental: `type: CustomIncrementalSync\nclass_name: shop.Sync\ncursor_field: ${field}` });

  it('is taken by its field to be in the schema', async () => {
    expect(await outcome(cursorInSchema, cursor('updated_at'))).toEqual(passed);
    expect((await outcome(cursorInSchema, cursor('updated_on'))).verdict).toBe('failed');
  });
});

it('parents whose schema names no field have the keys that their children take, of the type that these expect', async () => {
  const yaml = itemsWith({ schema: '{}' })
    .replace(
      /schema:\n {8}type: object\n {8}properties:\n {10}\{\}/,
      'schema: { type: object, additionalProperties: true }',
    )
    .replace(
      '\nspec:',
      `
  - type: DeclarativeStream
    name: notes
    retriever:
      type: SimpleRetriever
      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - { type: ParentStreamConfig, parent_key: uuid, partition_field: item, stream: "#/streams/0" }
      requester: { type: HttpRequester, url: "https://api.test/items/{{ stream_partition.item }}/notes" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    transformations:
      - type: AddFields
        fields: [{ type: AddedFieldDefinition, path: [item], value: "{{ stream_partition.item }}" }]
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { item: { type: integer } } } }
spec:`,
    );
  const { violations, notRun, verdict } = await harness(recordsSchema).run(yaml);
  expect({ violations, notRun, verdict }).toEqual({ violations: [], notRun: [], verdict: 'passed' });
});
