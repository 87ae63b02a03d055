/**
 * Records of about 700 bytes, in the shape of a CRM's contacts. Every page has the same ones: engines do not remember
 * them.
 */
export function makeRecords(count: number): readonly Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `5ba682d23d7cf92bef87b${String(index).padStart(3, '0')}`,
    type: 'contact',
    name: `Person Number ${index} Ünsal`,
    email: `person.${index}@example.com`,
    phone: index % 3 === 0 ? null : `+3530000${index}`,
    role: index % 2 === 0 ? 'user' : 'lead',
    created_at: 1_600_000_000 + index * 61,
    updated_at: new Date(1_700_000_000_000 + index * 61_000).toISOString().replace('.000', ''),
    has_hard_bounced: false,
    unsubscribed_from_emails: index % 5 === 0,
    session_count: index * 7,
    score: index * 1.5,
    location: {
      type: 'location',
      country: 'Ireland',
      region: 'Dublin',
      city: 'Dublin',
      continent_code: 'EU',
    },
    companies: {
      type: 'list',
      data: [{ id: `c${index % 10}`, url: `/companies/c${index % 10}` }],
      total_count: 1,
    },
    tags: [
      { id: '1', name: 'customer' },
      { id: '2', name: 'paying' },
    ],
    custom_attributes: {
      plan: 'pro',
      seats: index % 40,
      referred_by: null,
      notes: 'A line of text, "quoted" here.',
    },
  }));
}

export function makeCsv(count: number): string {
  const rows = makeRecords(count).map(({ id, name, email, role, created_at, updated_at, score }, index) =>
    [
      id,
      name,
      email,
      role,
      created_at,
      updated_at,
      score,
      index % 10 === 0 ? '"a ""quoted"", cell"' : 'plain',
    ].join(','),
  );
  return `${rows.join('\n')}\n`;
}

export const csvHeader = 'id,name,email,role,created_at,updated_at,score,note\n';
