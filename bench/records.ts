/** Records of about 700 bytes, in the shape of a CRM's contacts; their ids count on from `from`. */
export function makeRecords(from: number, count: number): readonly Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    id: contactId(from + index),
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

/** About 1.9 kilobytes each, as Intercom's contacts are. Their ids are given by `from`, so that no page repeats another. */
export function makeContacts(from: number, count: number): readonly Record<string, unknown>[] {
  return makeRecords(from, count).map((contact, index) => ({
    ...contact,
    external_id: `external-${from + index}`,
    workspace_id: 'wx8m2k1p',
    owner_id: null,
    updated_at: firstChange + from + index,
    signed_up_at: firstChange - 86_400,
    last_seen_at: null,
    last_contacted_at: firstChange + index,
    avatar: `https://images.example.com/avatars/${contactId(from + index)}/square_128.png`,
    browser: 'chrome',
    browser_version: '126.0.6478.127',
    browser_language: 'en',
    os: 'OS X 10.15.7',
    android_app_name: null,
    android_device: null,
    ios_app_name: null,
    ios_device: null,
    language_override: null,
    marked_email_as_spam: false,
    social_profiles: {
      type: 'list',
      data: [{ type: 'social_profile', name: 'Twitter', url: `https://twitter.example.com/person${index}` }],
    },
    notes: addressable(index, 'notes', 2),
    tags: addressable(index, 'tags', 3),
    opted_out_subscription_types: addressable(index, 'subscriptions', 1),
  }));
}

/** Seconds since the epoch of the first record. */
export const firstChange = 1_700_000_000;

const contactId = (index: number) => `5ba682d23d7cf92b${String(index).padStart(8, '0')}`;

function addressable(index: number, kind: string, count: number): Record<string, unknown> {
  const data = Array.from({ length: count }, (_, each) => ({
    id: String(7000 + each),
    type: kind,
    url: `/contacts/${contactId(index)}/${kind}/${each}`,
  }));
  return {
    type: 'list',
    data,
    url: `/contacts/${contactId(index)}/${kind}`,
    total_count: count,
    has_more: false,
  };
}

/** A conversation with five parts, as it is read by itself. */
export function makeConversation(id: string): Record<string, unknown> {
  const parts = Array.from({ length: partsPerConversation }, (_, index) => ({
    type: 'conversation_part',
    id: `${id}${index}`,
    part_type: 'comment',
    body: `<p>Thank you for the answer number ${index}. It works now, and the page loads at once.</p>`,
    created_at: firstChange + index,
    updated_at: firstChange + index,
    notified_at: firstChange + index,
    assigned_to: null,
    author: { type: 'user', id: `u${index}`, name: 'Some Body', email: 'some.body@example.com' },
    attachments: [],
    external_id: null,
    redacted: false,
  }));
  return {
    type: 'conversation',
    id,
    created_at: firstChange,
    updated_at: firstChange,
    state: 'closed',
    title: 'About the second invoice',
    source: { type: 'email', subject: '<p>About the second invoice</p>', body: '<p>Where is it?</p>' },
    conversation_parts: {
      type: 'conversation_part.list',
      conversation_parts: parts,
      total_count: parts.length,
    },
  };
}

export const partsPerConversation = 5;

/** Conversations or contacts on a page of a search. */
export const searchSize = 150;

export function makeCsv(count: number): string {
  const rows = makeRecords(0, count).map(({ id, name, email, role, created_at, updated_at, score }, index) =>
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

/** Bytes of a typical line. */
export const csvRow = makeCsv(1000).length / 1000;
export const jsonLine =
  Buffer.byteLength(
    makeRecords(0, 1000)
      .map((record) => JSON.stringify(record))
      .join('\n'),
  ) / 1000;
