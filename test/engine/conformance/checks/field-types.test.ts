import { fieldTypes } from '../../../../engine/conformance/checks/field-types.ts';
import { harness, itemsWith, manifestWith } from '../harness.ts';
import { schemaStreams, typed } from '../schema-streams.ts';

const { expectPass, expectViolations } = harness(fieldTypes);

const described = (properties: string) =>
  manifestWith({ schema: `{ type: object, properties: { ${properties} } }` });

const streams = (...types: readonly string[]) =>
  schemaStreams(types.map((type) => `flavour: { type: ${type} }`));

describe('field-types', () => {
  it('passes for types that a name may have', async () => {
    await expectPass(
      described('id: { type: integer }, created_at: { type: string }, isOpen: { type: [boolean, "null"] }'),
    );
    await expectPass(described('name: { type: object, properties: { de: { type: string } } }'));
    await expectPass(described('email: { type: [string, boolean] }, user_count: { type: string }'));
    await expectPass(streams('string', 'integer', 'string', 'string'));
    // Questions are true or false, whatever their last word is.
    await expectPass(described('include_currency: { type: boolean }, showDescription: { type: boolean }'));
  });

  it.each([
    ['email', 'boolean', 'an e-mail address by its name, and true or false'],
    ['first_name', 'integer', 'a name by its name, and a number'],
    ['avatarUrl', 'number', 'an address by its name, and a number'],
    ['createdAt', 'array', 'a moment by its name, and a list'],
    ['user_id', '[object, "null"]', 'an id by its name, and an object'],
    ['is_open', 'array', 'true or false by its name, and a list'],
    ['quantity', 'boolean', 'a number by its name, and true or false'],
    ['currency', 'boolean', 'a text by its name, and true or false'],
    ['ConsentDate', 'array', 'a moment by its name, and a list'],
    ['billing_country', 'boolean', 'a text by its name, and true or false'],
    ['can_edit', 'string', 'true or false by its name, and a text'],
    ['view_count', 'object', 'a number by its name, and an object'],
    ['tag_ids', 'integer', 'a list of ids by its name, and a number'],
    ['room_name', 'integer', 'a name by its name, and a number'],
    ['sku', 'integer', 'a text by its name, and a number'],
    ['currencySymbol', 'boolean', 'a text by its name, and true or false'],
    ['first_month', 'boolean', 'a number by its name, and true or false'],
    ['active', 'string', 'true or false by its name, and a text'],
    ['user_rating', 'array', 'a number by its name, and a list'],
    ['Alias', 'array', 'a text by its name, and a list'],
    ['thing_sid', 'boolean', 'an id by its name, and true or false'],
  ])('finds %s that is of the type %s', async (name, type, what) => {
    await expectViolations(described(`${name}: { type: ${type} }`), [
      { message: `"${name}" of stream "items" is ${what} by its schema.`, at: type.replace('[', '') },
    ]);
  });

  it('lets a record ask whether it is one of a sort', async () => {
    await expectPass(described('sub_item: { type: boolean }, parts: { type: array }'));
    await expectPass(
      described('id: { type: integer }, sub_account: { type: boolean }').replaceAll('items', 'accounts'),
    );
    await expectPass(
      described(
        'accounts: { type: array, items: { type: object, properties: { SubAccount: { type: boolean }, id: {} } } }',
      ),
    );
    await expectPass(
      described('id: { type: integer }, organization: { type: boolean }').replaceAll('items', 'employees'),
    );
    for (const name of ['sub_account', 'organization'])
      await expectViolations(described(`id: { type: integer }, ${name}: { type: boolean }`), [
        { message: `"${name}" of stream "items" is a text by its name, and true or false by its schema.` },
      ]);
  });

  it('believes the description of a field, templates and queries more than its name', async () => {
    await expectPass(
      described(
        'service_account: { type: boolean, description: Whether it is one. }, seats_required: { type: integer }, ' +
          ['a', 'b', 'c', 'd', 'e'].map((name) => `is_${name}: { type: boolean }`).join(', '),
      ),
    );
    await expectPass(
      described(
        'is_x: { type: integer, description: The number of them. }, ' +
          ['a', 'b', 'c', 'd', 'e'].map((name) => `is_${name}: { type: boolean }`).join(', '),
      ),
    );
    const state = 'id: { type: integer }\nlast_state: { type: object }';
    await expectViolations(itemsWith({ schema: state }), [
      { message: /"last_state" of stream "items" is a text by its name, and an object by its schema/ },
    ]);
    await expectPass(
      itemsWith({
        schema: state,
        stream:
          'transformations: [{ type: AddFields, fields: [{ path: [x], value: "{{ record.last_state.id }}" }] }]',
      }),
    );
    for (const [query, isAsked] of [
      ['{ items { id last_state { id } } }', true],
      ['{ items { id last_state(first: 1) { id } } }', true],
      ['{ items { id last_state{{ config.more }} } }', false],
    ] as const) {
      const manifest = itemsWith({
        schema: state,
        requester: `request_body_json: { query: "${query}" }`,
      });
      if (isAsked) await expectPass(manifest);
      else await expectViolations(manifest, [{ message: /"last_state" of stream "items" is a text/ }]);
    }
  });

  it('reads names that have two sides', async () => {
    await expectPass(
      described(
        'archived: { type: object }, countsByCountry: { type: array }, hidden: { type: object }, overSizeLimit: { type: boolean }, outside_business_hours: { type: boolean }, shade: { type: string }',
      ),
    );
    await expectViolations(described('archived: { type: array }'), [
      { message: /"archived" of stream "items" is true or false by its name, and a list/ },
    ]);
    await expectViolations(described('homeCountry: { type: array }'), [
      { message: /"homeCountry" of stream "items" is a text by its name, and a list/ },
    ]);
  });

  it('takes a field for what all others of its object are', async () => {
    const screens = (edit: string) =>
      itemsWith({
        schema: `usual: { type: boolean }
a: { type: object, properties: { usual: { type: boolean }, x: { type: string } } }
b: { type: object, properties: { usual: { type: boolean }, x: { type: string } } }
screens: { type: object, properties: { usual: { type: integer }, view: { type: integer }, edit: { type: ${edit} } } }`,
      });
    await expectPass(screens('integer'));
    await expectViolations(screens('string'), [
      { message: /^"screens.usual" of stream "items" is a number, and all 3 other fields of this name/ },
    ]);
  });

  it('takes what is a moment by its description for one, too', async () => {
    const moments = (description: string) =>
      described(
        `a_at: { type: string }, closed_at: { type: string }, opened_at: { type: string }, sent_at: { type: string }, seenLast: { type: integer, description: "${description}" }, created_at: { type: integer }`,
      );
    await expectPass(moments('Timestamp of the last visit'));
    await expectViolations(moments('Visits'), [
      { message: /^"created_at" .* is a number, and all \d other/ },
    ]);
  });

  it('lets one stream write its moments as counts', async () => {
    const moments = (...types: readonly string[]) =>
      schemaStreams(
        types.map((type, index) =>
          index === 0
            ? `created_at: { type: ${type} }, modified: { type: integer }`
            : `created_at: { type: ${type} }, modified: { type: string }`,
        ),
      );
    await expectPass(moments('integer', 'string', 'string', 'string'));
    await expectViolations(
      moments('integer', 'string', 'string', 'string').replace(
        'modified: { type: integer }',
        'modified: { type: string }',
      ),
      [{ message: /^"created_at" of stream "s0" is a number, and in all 3 other streams/ }],
    );
  });

  it('lets an object of options have one, and what is seen or tagged be a flag or a number', async () => {
    await expectPass(described('capsule: { type: object, properties: { notes: { type: boolean } } }'));
    await expectPass(described('tag: { type: boolean }, android_visibility: { type: integer }'));
    await expectPass(described('mobile: { type: boolean }'));
    await expectViolations(described('notes: { type: boolean }'), [{ message: /^"notes" .* is a text by/ }]);
    await expectViolations(described('text_value: { type: boolean }'), [
      { message: /^"text_value" .* is a text by its name/ },
    ]);
  });

  it('lets options be called like what they are about', async () => {
    await expectPass(
      described('image: { type: boolean }, notes: { type: boolean }, depth: { type: integer }'),
    );
    await expectViolations(
      described(
        'image: { type: boolean }, ' +
          ['a', 'b', 'c', 'd'].map((name) => `${name}: { type: string }`).join(', '),
      ),
      [{ message: '"image" of stream "items" is a text by its name, and true or false by its schema.' }],
    );
  });

  it.each([
    ['x: { type: string }, y: { type: number }', 'x', 'a text', 'y', 'a number'],
    [
      'end_time: { type: integer }, start_time: { type: string }',
      'end_time',
      'a number',
      'start_time',
      'a text',
    ],
    [
      'created_at: { type: string }, updated_at: { type: integer }',
      'updated_at',
      'a number',
      'created_at',
      'a text',
    ],
    ['from_it: { type: string }, to_it: { type: integer }', 'to_it', 'a number', 'from_it', 'a text'],
  ])('finds the odd one of two counterparts in { %s }', async (properties, odd, kind, other, usual) => {
    await expectViolations(described(properties), [
      {
        message: `"${odd}" of stream "items" is ${kind}, and its counterpart "${other}" in the same object is ${usual}.`,
      },
    ]);
  });

  it('does not compare counterparts of several objects, nor those of one kind', async () => {
    await expectPass(
      described(
        'x: { type: string }, y: { type: string }, inner: { type: object, properties: { z: { type: number } } }',
      ),
    );
  });

  it('finds the one plural that is a text beside lists', async () => {
    const plurals = (colors: string, more = '') =>
      described(
        `colors: { type: ${colors} }, wheels: { type: array }, seats: { type: integer }, notes: { type: string }, engine: { type: object, properties: { valves: { type: array, items: { type: string } } } }${more}`,
      );
    await expectPass(plurals('array'));
    await expectPass(plurals('string', ', doors: { type: string }'));
    await expectViolations(plurals('string'), [
      {
        message:
          '"colors" of stream "items" is a text, and all 2 other fields of the manifest whose names are plurals, such as "wheels" of the same object, are lists.',
        at: 'string',
      },
    ]);
    await expectPass(
      described(
        'colors: { type: string }, engine: { type: object, properties: { valves: { type: array }, pistons: { type: array } } }',
      ),
    );
  });

  it('finds the one list of ids that is a text beside another one', async () => {
    const ids = (type: string, more = '') =>
      described(
        `planIds: { type: ${type} }, postingIds: { type: array }, terms: { type: string }, doors: { type: string }${more}`,
      );
    await expectPass(ids('array'));
    await expectPass(ids('string', ', roomIds: { type: string }'));
    await expectViolations(ids('string'), [
      {
        message:
          '"planIds" of stream "items" is a text, and the one other field of the manifest whose names are those of several ids, such as "postingIds" of the same object, is a list.',
        at: 'string',
      },
    ]);
  });

  it('takes an API to make all ids alike that it calls by a word of its own', async () => {
    const sids = (type: string, word = 'sid') =>
      schemaStreams(
        [type, 'string', 'string', 'string'].map((each, at) => `thing${at}_${word}: { type: ${each} }`),
      );
    await expectPass(sids('string'));
    await expectPass(sids('integer', 'id'));
    await expectViolations(sids('integer'), [
      {
        message:
          '"thing0_sid" of stream "s0" is a number, and all 3 other fields that are called such an id are a text.',
        at: 'integer',
      },
    ]);
  });

  it('finds the one id of a thing that is of another type than eight others', async () => {
    const users = (type: string, others: number) =>
      schemaStreams([
        `user: { type: object, properties: { id: { type: ${type} } } }`,
        ...Array.from({ length: others }, () => 'user_id: { type: integer }'),
      ]);
    await expectPass(users('integer', 8));
    await expectPass(users('string', 7));
    await expectViolations(users('string', 8), [
      {
        message:
          '"user.id" of stream "s0" is a text, and all 8 other fields that hold the id of one "user", as "user_id" of stream "s1", are a number.',
        at: 'string',
      },
    ]);
  });

  it('takes the percentages of an object to be written alike', async () => {
    const shares = (type: string) =>
      described(
        `open_percent: { type: ${type} }, click_percent: { type: string }, sent_percent: { type: string }, spam_percent: { type: string }, opened: { type: string }, note: { type: string }`,
      );
    await expectPass(shares('string'));
    await expectViolations(shares('number'), [
      {
        message:
          '"open_percent" of stream "items" is a number, and all 3 other fields of its object with such a name are a text.',
        at: 'number',
      },
    ]);
  });

  it('takes what an object called after counts has for numbers', async () => {
    const counts = (type: string, name = 'request_counts') =>
      described(
        `${name}: { type: object, properties: { failed: { type: ${type} }, completed: { type: integer }, open: { type: number }, currency: { type: string } } }`,
      );
    await expectPass(counts('integer'));
    await expectPass(counts('string', 'request'));
    await expectViolations(counts('string'), [
      {
        message:
          /^"request_counts.failed" of stream "items" is a text, and all \d other fields of its object, which is called after what is counted, are a number\.$/,
        at: 'string',
      },
    ]);
  });

  it('finds the one field of many with such a name that has another type', async () => {
    const flags = (odd: string) =>
      described(
        ['new', 'old', 'big', 'paid', 'free', 'late']
          .map((word) => `is_${word}: { type: ${word === 'paid' ? odd : 'boolean'} }`)
          .join(', '),
      );
    await expectPass(flags('boolean'));
    await expectViolations(flags('integer'), [
      {
        message:
          '"is_paid" of stream "items" is a number, and all 5 other fields of the manifest with such a name, as "is_new", are true or false.',
        at: 'integer',
      },
    ]);
  });

  it('finds the one stream that has a field in another way', async () => {
    await expectViolations(streams('string', 'string', 'object', 'string'), [
      {
        message:
          '"flavour" of stream "s2" is an object, and in all 3 other streams that have such a field it is a text.',
        at: 'object',
      },
    ]);
  });

  it('lets the one list be that is called ids', async () => {
    const ids = (name: string) =>
      schemaStreams(['array', 'string', 'string', 'string'].map((type) => `${name}: { type: ${type} }`));
    await expectPass(ids('user_ids'));
    await expectViolations(ids('user_things'), [{ message: /^"user_things" of stream "s0" is a list/ }]);
  });

  it('looks at streams that are only parents', async () => {
    const parent = `{ type: DeclarativeStream, name: shops, retriever: { requester: { url: "https://api.test/shops" }, record_selector: { extractor: { field_path: [data] } } }, schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { created_at: { type: boolean } } } } }`;
    const router = `partition_router: { type: SubstreamPartitionRouter, parent_stream_configs: [{ type: ParentStreamConfig, parent_key: id, partition_field: shop, stream: ${parent} }] }`;
    await expectViolations(
      described('id: { type: integer }').replace('    retriever:', `    retriever:\n      ${router}`),
      [
        {
          message: '"created_at" of stream "shops" is a moment by its name, and true or false by its schema.',
          at: 'boolean',
        },
      ],
    );
  });

  it('finds dates that are objects, and limits that are flags', async () => {
    const typed = (name: string, type: string) =>
      itemsWith({ schema: `id: { type: integer }\n${name}: { type: ${type} }` });
    await expectViolations(typed('date', 'object'), [
      { message: /"date" of stream "items" is a moment by its name, and an object/ },
    ]);
    await expectViolations(typed('max_users', 'boolean'), [
      { message: /"max_users" of stream "items" is a number by its name/ },
    ]);
    await expectPass(typed('due_date', 'boolean'));
  });

  it('passes with a description that has forms of its own', async () => {
    await expectPass(described('description: { type: object }'));
    await expectViolations(described('description: { type: array }'), [
      { message: /"description" of stream "items" is a text by its name, and a list/ },
    ]);
  });

  it('finds the one field that six others of its name, deep in objects, are unlike', async () => {
    const nested = (...types: readonly string[]) =>
      itemsWith({
        schema: `id: { type: integer }\n${types.map((type, index) => `o${index}: { type: object, properties: { lit: { type: ${type} } } }`).join('\n')}`,
      });
    const usual = Array.from({ length: 6 }, () => 'boolean');
    await expectPass(nested(...usual));
    await expectPass(nested(...usual.slice(1), 'string'));
    await expectViolations(nested(...usual, 'string'), [
      { message: /A field "lit" of stream "items" is a text, and all 6 others of this name/, at: 'string' },
    ]);
  });

  it.each(['rating', 'score', 'price', 'duration'])(
    'takes a few flags of a record with an id for no options: %s',
    async (name) => {
      const fields = (more: string) =>
        described(
          `${more}${name}: { type: boolean }, pinned: { type: boolean }, hidden: { type: boolean }, body: { type: string }, source: { type: string }`,
        );
      await expectPass(fields(''));
      await expectViolations(fields('id: { type: integer }, '), [
        { message: new RegExp(`^"${name}" of stream "items" is a number by its name, and true or false`) },
      ]);
    },
  );

  it('takes what an alternative is called after for the settings of that choice', async () => {
    const choices = (word: string) =>
      described(
        `value: { anyOf: [${['title', 'date', 'url']
          .map((name) =>
            `{ type: object, properties: { type: { ${word} }, ${name}: { type: object } } }`.replace(
              'NAME',
              name,
            ),
          )
          .join(', ')}] }, email: { anyOf: [{ type: string }] }`,
      );
    await expectPass(choices('enum: [NAME]'));
    await expectPass(choices('const: NAME'));
    await expectViolations(choices('enum: [other]'), [
      { message: /^"value.title" of stream "items" is a text by its name, and an object/ },
      { message: /^"value.date"/ },
      { message: /^"value.url"/ },
    ]);
  });

  const moments = (stream: string) =>
    itemsWith({
      ...(stream.includes('cursor_field') ? { incremental: stream } : { stream }),
      schema:
        'changed_at: { type: integer }\ncreated_at: { type: string }\ndeleted_at: { type: string }\nsent_at: { type: string }',
    });

  it('believes a transformation that says which type it makes', async () => {
    const made = (type: string) =>
      moments(
        `transformations: [{ type: AddFields, fields: [{ path: [changed_at], value: "{{ record.x }}", value_type: ${type} }] }]`,
      );
    await expectPass(made('integer'));
    await expectViolations(made('string'), [{ message: /^"changed_at" of stream "items" is a number/ }]);
  });

  it('believes a cursor that reads seconds', async () => {
    const read = (format: string) =>
      moments(`type: DatetimeBasedCursor
cursor_field: changed_at
datetime_format: "${format}"
start_datetime: "2026-01-01"`);
    await expectPass(read('%s'));
    await expectViolations(read('%Y-%m-%d'), [{ message: /^"changed_at" of stream "items" is a number/ }]);
  });

  it('looks at the streams that are read in place of one', async () => {
    const cursor = (format: string) =>
      `{ type: DatetimeBasedCursor, cursor_field: changed_at, datetime_format: "${format}", start_datetime: "0" }`;
    const instead = (format: string) => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [items] }
definitions:
  read:
    type: DeclarativeStream
    name: items
    incremental_sync: ${cursor(format)}
    retriever:
      requester: { url: "https://api.test/items" }
      record_selector: { extractor: { field_path: [data] } }
    schema_loader: { type: JsonFileSchemaLoader, file_path: ./schemas/items.json }
streams:
  - type: StateDelegatingStream
    name: items
    full_refresh_stream: { $ref: "#/definitions/read" }
    incremental_stream: { $ref: "#/definitions/read" }
`;
    const properties = {
      changed_at: { type: 'integer' },
      ...Object.fromEntries(
        ['created_at', 'deleted_at', 'sent_at'].map((name) => [name, { type: 'string' }]),
      ),
    };
    const given = { readFile: async () => JSON.stringify({ type: 'object', properties }) };
    await expectPass(instead('%s'), given);
    await expectViolations(
      instead('%Y'),
      [{ message: /^"changed_at" of stream "items" is a number/ }],
      given,
    );
  });

  it('believes a schema that was made out of answers, unless fields beside speak against it, too', async () => {
    const imported = (properties: string, of = 'items') =>
      `${described(properties)}\nmetadata: { autoImportSchema: { ${of}: true } }\n`;
    await expectPass(imported('parts: { type: string }, tags: { type: array }, lists: { type: array }'));
    await expectViolations(imported('created_at: { type: boolean }', 'others'), [
      { message: /"created_at"/ },
    ]);
    await expectViolations(imported('created_at: { type: boolean }, sent_at: { type: string }'), [
      { message: /^"created_at" of stream "items" is a moment by its name, and true or false/ },
    ]);
    await expectViolations(imported('status: { type: array }, title: { type: string }'), [
      { message: /^"status" of stream "items" is a text by its name, and a list/ },
    ]);
    // A number that is an integer has nothing to do with what its name says.
    await expectViolations(imported('latitude: { type: integer }'), [{ message: /is an integer/ }]);
  });

  it('lets ids of one thing be texts where those of three others are numbers', async () => {
    const ids = (count: number) =>
      schemaStreams(
        Array.from({ length: count + 1 }, (_, index) =>
          typed(
            `id:${index === 0 ? 'string' : 'integer'} url:string title:string position:integer active:boolean`,
          ),
        ),
      );
    await expectPass(ids(3));
    await expectViolations(ids(8), [{ message: /^"id" of stream "s0" is a text, and/ }]);
  });

  it('takes terms and conditions for a text', async () => {
    const lists = 'attachments: { type: array }, lines: { type: array }, parts: { type: array }';
    await expectPass(described(`terms_and_conditions: { type: string }, ${lists}`));
    await expectViolations(described(`sizes_and_colors: { type: string }, ${lists}`), [
      { message: /^"sizes_and_colors" of stream "items" is a text/ },
    ]);
  });
});
