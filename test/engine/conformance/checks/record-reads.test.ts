import { recordReads } from '../../../../engine/conformance/checks/record-reads.ts';
import { byDay, harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(recordReads);

const add = (path: string, value: string) =>
  `{ type: AddFields, fields: [{ path: [${path}], value: "{{ ${value} }}" }] }`;
const remove = (...path: string[]) => `{ type: RemoveFields, field_pointers: [[${path.join(', ')}]] }`;
const changed = (...steps: string[]) => itemsWith({ stream: `transformations: [${steps.join(', ')}]` });

describe('record-reads', () => {
  it('passes for fields that are read where they are', async () => {
    await expectPass(
      changed(
        add('current', 'record.balances.current'),
        add('limit', 'record.balances.limit'),
        add('name', 'record.owner.full_name'),
        remove('balances'),
      ),
    );
  });

  it('finds another spelling of one field', async () => {
    for (const name of ['balance', 'Balances'])
      await expectViolations(
        changed(
          add('current', `record.${name}.current`),
          add('limit', 'record.balances.limit'),
          remove('balances'),
        ),
        [
          {
            message: `"${name}" is read of the records of stream "items" here, and everywhere else "balances": is it the same field?`,
            at: name,
            stream: 'items',
          },
        ],
      );
  });

  it('finds a field that is removed at its old place, and read at another', async () => {
    await expectViolations(changed(add('ref', 'record.country.id'), remove('country', 'ref')), [
      {
        message:
          '"ref" of stream "items" is read of "country.id", and "country.ref" is removed: was that to be read?',
      },
    ]);
  });

  it('finds what is read after it is removed, and what is removed after it is added', async () => {
    await expectViolations(changed(remove('balances'), add('limit', 'record.balances.limit')), [
      { message: /which a transformation before has removed: the field is always empty/ },
    ]);
    await expectViolations(changed(add('limit', 'record.balances.limit'), remove('limit')), [
      { message: /^"limit" is added to the records of stream "items" and removed/, at: '[limit]' },
    ]);
  });

  it('finds two values for one field, and one value for two', async () => {
    await expectViolations(changed(add('a', 'record.x.a'), add('a', 'record.x.b')), [
      { message: /^"a" is added to the records of stream "items" twice/ },
    ]);
    await expectViolations(changed(add('a', 'record.x.a'), add('b', 'record.x.a'), add('c', 'record.x.c')), [
      {
        message:
          '"b" of stream "items" is given "x.a", as "a" is, and all fields beside it are given what has their name: is "x.b" meant?',
      },
    ]);
  });

  it('finds that the cursor field or a part of the key is removed', async () => {
    const removing = (name: string) =>
      itemsWith({ incremental: byDay, stream: `transformations: [${remove(name)}]` });
    await expectPass(removing('name'));
    await expectViolations(removing('updated_at'), [
      { message: /^"updated_at", the cursor field of stream "items", is removed/, at: '[updated_at]' },
    ]);
    await expectViolations(removing('id'), [
      { message: /^"id", a part of the primary key of stream "items"/ },
    ]);
  });

  it('lets a value be kept aside, and taken out again when it has been read', async () => {
    const steps = (...reads: readonly string[]) =>
      itemsWith({
        stream: `transformations:
  - { type: AddFields, fields: [{ path: [aside], value: "{{ record.links }}" }] }
${reads.map((read) => `  - { type: AddFields, fields: [{ path: [links, all], value: "{{ record.${read} }}" }] }\n`).join('')}  - { type: RemoveFields, field_pointers: [[aside]] }`,
        schema: 'id: { type: integer }\nlinks: { type: object }',
      });
    await expectPass(steps('aside'));
    await expectViolations(steps(), [
      { message: /^"aside" is added to the records of stream "items" and removed/ },
    ]);
  });
});
