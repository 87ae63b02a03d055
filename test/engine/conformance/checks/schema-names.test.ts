import { schemaNames } from '../../../../engine/conformance/checks/schema-names.ts';
import { harness, manifestWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(schemaNames);

const streams = (usual: string, odd: string) =>
  manifestWith().replace(
    /streams:[\s\S]*/,
    `streams:${[usual, usual, usual, odd]
      .map(
        (names, index) => `
  - type: DeclarativeStream
    name: s${index}
    retriever:
      requester: { url: "https://api.test/${index}" }
      record_selector: { extractor: { field_path: [] } }
    schema_loader: { type: InlineSchemaLoader, schema: { type: object, properties: { ${names
      .split(' ')
      .map((name) => `${name}: { type: string }`)
      .join(', ')} } } }`,
      )
      .join('')}
`,
  );

describe('schema-names', () => {
  it('finds a word that those beside it have otherwise', async () => {
    const right = 'activity_sid activity_kind default_activity_sid';
    for (const name of ['actvity_name', 'default_acitvity_name', 'defaultAcitvityName'])
      await expectViolations(streams('id', `${right} ${name}`), [
        {
          message: /where ".*activity_\w+" beside it has "activity": is it a typo\?$/,
          at: name,
          stream: 's3',
        },
      ]);
    await expectPass(streams('id', `${right} activity_name actual_name active_name`));
    await expectPass(streams('id', 'contract_id contract_name contract_kind contact_id'));
  });

  it.each([
    ['createdDateTime', 'createdDateTime'],
    ['createdDateTime', 'createdDateTimes'],
    ['createdDateTime', 'createdDateTime createdDateTme'],
    ['project_id', 'project_uid'],
    ['address1', 'address2'],
    ['start_date', 'start_dates'],
    // Abbreviations are a letter from each other, and words are not.
    ['APAccountRef', 'ARAccountRef'],
    ['ap_account', 'ar_account'],
    ['avatarUrl', 'avatarURI'],
    ['assignee', 'assigned'],
    ['committer', 'committed'],
    ['order_link', 'order_line line_total'],
  ])('passes for %s beside %s', async (usual, odd) => {
    await expectPass(streams(usual, odd));
  });

  it.each([
    ['createdDateTime', 'createdDateTme'],
    ['updated_at', 'updatted_at'],
    ['organization', 'organizztion'],
    ['created_at', 'created_ay'],
    ['AP_account', 'PA_account'],
  ])('finds, beside %s, %s', async (usual, odd) => {
    await expectViolations(streams(usual, odd), [
      {
        message: `"${odd}" is in the schema of stream "s3" alone, and "${usual}" in 3 others: is it a typo?`,
        at: odd,
        stream: 's3',
      },
    ]);
  });
});
