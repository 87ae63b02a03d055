import { pkIdentity } from '../../../../engine/conformance/checks/pk-identity.ts';
import { byDay, harness, itemsWith, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(pkIdentity);

const keyed = (key: string, properties = '') =>
  manifestWith({ stream: `primary_key: ${key}`, schema: `{ type: object, properties: { ${properties} } }` });

describe('pk-identity', () => {
  it('passes for what may tell records apart', async () => {
    await expectPass(keyed('id', 'id: { type: integer }'));
    await expectPass(keyed('name', 'name: { type: string }'));
    await expectPass(keyed('type', 'type: { type: string }').replace('name: items', 'name: event_types'));
    await expectPass(keyed('status', 'status: { type: string }').replace('name: items', 'name: statuses'));
    await expectPass(
      keyed('currency_code', 'currency_code: { type: string }').replace('name: items', 'name: currencies'),
    );
    await expectPass(keyed('promo_code', 'promo_code: { type: string }'));
    await expectPass(keyed('[status, day]', 'status: { type: string }, day: { type: string }'));
    await expectPass(keyed('external_id', 'external_id: { type: string }, id: { type: string }'));
    await expectPass(keyed('day', 'day: { type: string }, visits: { type: integer }'));
    await expectPass(keyed('item_id', 'item_id: { type: string }, id: { type: string }'));
    await expectPass(keyed('sku', 'sku: { type: string }, number: { type: integer }'));
  });

  it.each([
    ['status', 'status: { type: string }', 'has the same value in many records by its name'],
    [
      'iso_currency_code',
      'iso_currency_code: { type: string }, account_id: { type: string }',
      'has the same value in many records by its name',
    ],
    ['done', 'done: { type: [boolean, "null"] }', 'is true or false'],
    ['size', 'size: { type: string, enum: [s, m] }', 'is one of few choices'],
    [
      'name',
      'name: { type: string }, id: { type: string }',
      'says what a record is, and there is "id", which says which one it is',
    ],
    [
      'createdAt',
      'createdAt: { type: string }, item_id: { type: string }',
      'says what a record is, and there is "item_id", which says which one it is',
    ],
    [
      'DateCreatedUtc',
      'DateCreatedUtc: { type: string }, UUID: { type: string }',
      'says what a record is, and there is "UUID", which says which one it is',
    ],
    [
      'account_id',
      'account_id: { type: string }, itemid: { type: string }',
      'says to what a record belongs, and there is "itemid", which says which one it is',
    ],
    [
      'name',
      'name: { type: string }, itemNumber: { type: integer }',
      'says what a record is, and there is "itemNumber", which says which one it is',
    ],
    [
      'visitors',
      'visitors: { type: integer }, day: { type: string }',
      'is a number of many by its name and type, and records may have it alike',
    ],
    [
      'ledger_systemid',
      'ledger_systemid: { type: string }, itemid: { type: string } }, required: [itemid], x: {',
      'may be missing, and there is "itemid", which each record has',
    ],
    [
      'project',
      'project: { type: string }, id: { type: string }',
      'says what a record is, and there is "id", which says which one it is',
    ],
    [
      'odata_etag',
      'odata_etag: { type: string }, id: { type: string }',
      'says what a record is, and there is "id", which says which one it is',
    ],
    [
      'EntityID',
      'EntityID: { type: string }, EntityItemID: { type: string }',
      'says less than "EntityItemID", which has the name of the stream in it',
    ],
    ['view_mode', 'view_mode: { type: integer }', 'has the same value in many records by its name'],
    [
      'day',
      'day: { type: string }, campaign_id: { type: string }',
      'says when, and records have "campaign_id", too',
    ],
    [
      'filedDate',
      'filedDate: { type: string }, weekNumber: { type: integer }, accessNumber: { type: string }',
      'says when, and records have "accessNumber", too',
    ],
    [
      'phone_number_id',
      'phone_number_id: { type: string }, id: { type: string }',
      'says to what a record belongs, and there is "id", which says which one it is',
    ],
    [
      'deploymentId',
      'deploymentId: { type: string }, uid: { type: string }',
      'says to what a record belongs, and there is "uid", which says which one it is',
    ],
    [
      'created_by_id',
      'created_by_id: { type: string }, title: { type: string }',
      'says who did something, or whose it is, by its name, which is the same for many records',
    ],
    [
      'workspace_sid',
      'workspace_sid: { type: string }, sid: { type: string }',
      'says to what a record belongs, and there is "sid", which says which one it is',
    ],
    [
      'project_id',
      'project_id: { type: string }, itemCode: { type: string } }, required: [itemCode], x: {',
      'says to what a record belongs, and there is "itemCode", which each record has',
    ],
    [
      'project_id',
      'project_id: { type: string }, key: { type: string } }, required: [key], x: {',
      'says to what a record belongs, and there is "key", which each record has',
    ],
    [
      'workflow_name',
      'workflow_name: { type: string }, workflow_id: { type: string }',
      'says what something is called, and there is "workflow_id", which says which one it is',
    ],
    [
      'description',
      'description: { type: string }, name: { type: string }',
      'is a text that people write, and two of them may write the same',
    ],
    [
      'transcript',
      'transcript: { type: string }, num: { type: integer }',
      'says what a record is, and there is "num", which says which one it is',
    ],
  ])('finds %s', async (key, properties, why) => {
    await expectViolations(keyed(key, properties), [
      {
        message: `The primary key of stream "items", "${key}", ${why}: of records with the same key a destination keeps one.`,
        at: key,
      },
    ]);
  });

  it('finds a key that each record of a partition has, where a partition has pages of them', async () => {
    const ofTeam = (key: string, paginator: string) =>
      itemsWith({
        schema: 'team_id: { type: string }\nname: { type: string }',
        paginator,
      })
        .replace('primary_key: id', `primary_key: ${key}`)
        .replace(
          '      paginator:',
          '      partition_router: { type: ListPartitionRouter, cursor_field: team_id, values: [a, b] }\n      paginator:',
        );
    const paged =
      'type: DefaultPaginator\npage_token_option: { type: RequestOption, inject_into: request_parameter, field_name: page }\npagination_strategy: { type: PageIncrement, page_size: 10 }';
    await expectViolations(ofTeam('team_id', paged), [
      { message: /"team_id", is what each record of a partition has/, at: 'team_id' },
    ]);
    await expectPass(ofTeam('name', paged));
    await expectPass(ofTeam('team_id', 'type: NoPagination'));
  });

  it('finds the id of the parent after which a stream is called, too', async () => {
    const ofCampaigns = (key: string) =>
      itemsWith({ schema: 'id: { type: integer }\ncampaign_id: { type: integer }' })
        .replace('primary_key: id', `primary_key: ${key}`)
        .replace('name: items', 'name: campaign_actions')
        .replace(
          '      paginator:',
          `      partition_router:
        type: SubstreamPartitionRouter
        parent_stream_configs:
          - type: ParentStreamConfig
            parent_key: id
            partition_field: id
            stream:
              type: DeclarativeStream
              name: campaigns
              retriever:
                type: SimpleRetriever
                requester: { type: HttpRequester, url: "https://api.test/campaigns" }
                record_selector: { extractor: { type: DpathExtractor, field_path: [] } }
      paginator:`,
        );
    await expectViolations(ofCampaigns('campaign_id'), [
      {
        message: /"campaign_id", says to what a record belongs, and there is "id"/,
        stream: 'campaign_actions',
      },
    ]);
    await expectPass(ofCampaigns('[id, campaign_id]'));
    await expectPass(ofCampaigns('id'));
  });

  it('knows the name of a stream of several words where it is written as one', async () => {
    const notes = (key: string) =>
      keyed(key, 'template_id: { type: string }, creditnote_id: { type: string }').replace(
        'name: items',
        'name: credit notes',
      );
    await expectPass(notes('creditnote_id'));
    await expectViolations(notes('template_id'), [
      { message: /says to what a record belongs, and there is "creditnote_id"/, at: 'template_id' },
    ]);
  });

  it('finds a key that is another one than that of all others', async () => {
    const streams = (...keys: readonly string[]) =>
      `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [s0] }
streams:
${keys
  .map(
    (own, index) => `  - type: DeclarativeStream
    name: s${index}
    primary_key: ${own}
    retriever:
      requester: { url: "https://api.test/s${index}" }
      record_selector: { extractor: { field_path: [data] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { handle: { type: string }, nick: { type: string } } } }`,
  )
  .join('\n')}
`;
    await expectPass(streams('handle', 'handle', 'handle', 'handle'));
    await expectPass(streams('handle', 'handle', 'nick', 'nick', 'handle'));
    await expectViolations(streams('handle', 'handle', 'nick', 'handle', 'handle'), [
      { message: /"nick", is another one than that of all other streams, and there is "handle", too/ },
    ]);
  });

  it('passes for the one record of whoever asks', async () => {
    const schema = '{ type: object, properties: { id: { type: string }, name: { type: string } } }';
    const own = manifestWith({ stream: 'primary_key: [name]', schema }).replaceAll('items', 'me');
    await expectPass(own);
    await expectViolations(own.replace('name: me', 'name: members'), [
      { message: /"name", says what a record is/ },
    ]);
  });

  it('finds a price with or without something', async () => {
    const schema =
      '{ type: object, properties: { id: { type: string }, priceWithoutTaxes: { type: number } } }';
    await expectViolations(manifestWith({ stream: 'primary_key: [priceWithoutTaxes]', schema }), [
      { message: /"priceWithoutTaxes", has the same value in many records by its name/ },
    ]);
  });

  it('finds a key that is no id where there is the one that another stream has', async () => {
    const streams = (name: string, key: string) =>
      ['projects', 'issues']
        .map((each) =>
          manifestWith({
            stream: `primary_key: ${each === 'issues' ? key : name}`,
            schema: `{ type: object, properties: { ${name}: { type: string }, ${key}: { type: string } } }`,
          }).replaceAll('items', each),
        )
        .reduce((first, second) => first + second.slice(second.indexOf('streams:') + 'streams:'.length));
    await expectPass(streams('key', 'symbol'));
    await expectPass(streams('key', 'issueNo'));
    await expectViolations(streams('key', 'project'), [
      { message: /"project", is no id by its name, and there is "key", which is the key of another stream/ },
    ]);
    const withOwn = streams('key', 'project').replaceAll('key: { type', 'id: { type: string }, key: { type');
    await expectViolations(withOwn, [
      { message: /"project", is no id by its name, and there is "id", which is the own id of its records/ },
    ]);
    await expectViolations(streams('sid', 'team'), [{ message: /"team", is no id by its name, and there/ }]);
  });

  it('finds the id of a part of the record where each has that which another stream has', async () => {
    const streams = (key: string, required: string) =>
      [key, 'article_id']
        .map((own, index) =>
          manifestWith({
            stream: `primary_key: ${own}`,
            schema: `{ type: object, required: [${required}], properties: { article_id: { type: string }, source_id: { type: string }, source_name: { type: string }, source_url: { type: string } } }`,
          }).replaceAll('items', `news_${index}`),
        )
        .reduce((first, second) => first + second.slice(second.indexOf('streams:') + 'streams:'.length));
    await expectViolations(streams('source_id', 'article_id'), [
      { message: /"source_id", is the id of what "source_name" is of, and there is "article_id"/ },
    ]);
    await expectPass(streams('source_id', 'source_id'));
    await expectPass(streams('article_id', 'article_id'));
  });

  it('looks at what is left of a key without what the partition gives', async () => {
    const keyed = (key: string, properties: string) =>
      manifestWith({
        stream: `primary_key: ${key}
transformations: [{ type: AddFields, fields: [{ path: [shop], value: "{{ stream_partition['shop_id'] }}" }] }]`,
        schema: `{ type: object, properties: { ${properties} } }`,
      });
    await expectPass(keyed('[shop, status]', 'shop: { type: string }, status: { type: string }'));
    await expectPass(keyed('[shop, id]', 'id: { type: string }, status: { type: string }'));
    await expectPass(keyed('[other, status]', 'id: { type: string }, status: { type: string }'));
    await expectViolations(keyed('[shop, status]', 'id: { type: string }, status: { type: string }'), [
      { message: /The primary key of stream "items", "status", has the same value in many records/ },
    ]);
  });

  it('names no field that is in the key', async () => {
    const keyed = (key: string) =>
      manifestWith({
        stream: `primary_key: ${key}
transformations: [{ type: AddFields, fields: [{ path: [number], value: "{{ stream_partition['number'] }}" }] }]`,
        schema: '{ type: object, properties: { number: { type: string }, title: { type: string }, id: {} } }',
      });
    await expectPass(keyed('[number, id]'));
    await expectViolations(keyed('[number, title]'), [{ message: /"title", .* there is "id",/ }]);
    await expectViolations(keyed('title'), [{ message: /"title", .* there is "number",/ }]);
  });

  it('finds a key that may be null where the own id of a record may not', async () => {
    const taxes = (key: string, id: string, more = '') =>
      manifestWith({
        stream: `primary_key: ${key}`,
        schema: `{ type: object, ${more} properties: { accounting_systemid: { type: [string, "null"] }, id: { type: [string, "null"] }, taxid: { type: ${id} } } }`,
      }).replaceAll('items', 'taxes');
    await expectPass(taxes('taxid', 'number'));
    await expectPass(taxes('accounting_systemid', '[number, "null"]'));
    await expectViolations(taxes('accounting_systemid', 'number', 'required: [taxid],'), [
      { message: /"accounting_systemid", may be missing, and there is "taxid", which each record has/ },
    ]);
    await expectViolations(taxes('accounting_systemid', 'number'), [
      { message: /"accounting_systemid", may be null, and there is "taxid", which is not/ },
    ]);
  });

  it('finds a part of a date that comes again every year', async () => {
    const read = (key: string, type: string) =>
      itemsWith({
        incremental: byDay,
        schema: `${key}: { type: ${type} }\nstation: { type: string }\nupdated_at: { type: string }`,
      }).replace('primary_key: id', `primary_key: ${key}`);
    for (const key of ['Julian', 'day_of_year'])
      await expectViolations(read(key, 'string'), [
        { message: new RegExp(`"${key}", comes again in other years, and records have "updated_at", too`) },
      ]);
    await expectViolations(read('week', 'integer'), [{ message: /"week", comes again in other years/ }]);
    // With the year in it, a week is one of its own.
    await expectPass(read('week', 'string'));
  });

  it('finds a name of people who are told apart by their address', async () => {
    const contacts = (key: string, properties: string) =>
      keyed(key, properties).replace('name: items', 'name: contacts');
    const both = 'FirstName: { type: string }, Email: { type: string }';
    await expectPass(contacts('Email', both));
    await expectPass(contacts('FirstName', 'FirstName: { type: string }'));
    await expectViolations(contacts('FirstName', both), [
      { message: /is one of what people have alike, and there is "Email", by which they are told apart/ },
    ]);
  });
});
