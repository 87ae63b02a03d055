import type { Workspace } from '../../intercom-api/workspace.ts';
import { askIn, type Row } from './ask.ts';
import type { StreamName } from './sync-intercom.ts';

/**
 * All records of every stream as the API lists them, asked for in other ways than the connector does: without windows,
 * faults and limits. What a full sync from the beginning of time must come to.
 */
export async function listed(workspace: Workspace, version = '2.17'): Promise<Record<StreamName, Row[]>> {
  const ask = askIn(workspace, version);
  const rowsAt = (answer: Row, key: string) => answer[key] as Row[];
  const next = (answer: Row) =>
    ((answer.pages as Row | null)?.next as { starting_after?: string } | null | undefined)?.starting_after;

  async function paged(path: string, key: string): Promise<Row[]> {
    const all: Row[] = [];
    let after = '';
    for (;;) {
      const answer = await ask(`${path}?per_page=150${after}`);
      all.push(...rowsAt(answer, key));
      const token = next(answer);
      if (token === undefined) return all;
      after = `&starting_after=${encodeURIComponent(token)}`;
    }
  }
  async function scrolled(): Promise<Row[]> {
    const all: Row[] = [];
    let query = '';
    for (;;) {
      const answer = await ask(`/companies/scroll${query}`);
      const data = rowsAt(answer, 'data');
      if (data.length === 0) return all;
      all.push(...data);
      query = `?scroll_param=${answer.scroll_param}`;
    }
  }
  async function tickets(): Promise<Row[]> {
    const all: Row[] = [];
    let starting_after: string | undefined;
    do {
      const query = { field: 'created_at', operator: '>', value: 0 };
      const answer = await ask('/tickets/search', { query, pagination: { per_page: 150, starting_after } });
      all.push(...rowsAt(answer, 'tickets'));
      starting_after = next(answer);
    } while (starting_after !== undefined);
    return all;
  }
  /** A contact shows ten of its tags, notes and companies; the workspace knows all of them. */
  const withWholeLists = (contact: Row): Row => {
    const { tags = [], notes = [], companies = [] } = workspace.contacts.get(String(contact.id)) ?? {};
    const whole = (name: string, type: string, ids: readonly string[]): Row => ({
      ...(contact[name] as Row),
      data: ids.map((id) => ({ id, type, url: `/${name}/${id}` })),
      has_more: false,
    });
    return {
      ...contact,
      tags: whole(
        'tags',
        'tag',
        tags.map(({ id }) => id),
      ),
      notes: whole(
        'notes',
        'note',
        notes.map(({ id }) => id),
      ),
      companies: whole('companies', 'company', companies),
    };
  };
  const eachOf = async (parents: readonly Row[], children: (parent: Row) => Promise<Row[]>) =>
    (await Promise.all(parents.map(children))).flat();

  const companies = await scrolled();
  const conversations = await paged('/conversations', 'conversations');
  return {
    activity_logs: rowsAt(
      await ask('/admins/activity_logs?created_at_after=0&per_page=250'),
      'activity_logs',
    ),
    workspace: [(await ask('/me')).app as Row],
    admins: rowsAt(await ask('/admins?display_avatar=true'), 'admins'),
    tags: rowsAt(await ask('/tags'), 'data'),
    teams: rowsAt(await ask('/teams'), 'teams'),
    segments: rowsAt(await ask('/segments?include_count=true'), 'segments'),
    companies,
    company_segments: await eachOf(companies, async (company) =>
      rowsAt(await ask(`/companies/${company.id}/segments`), 'data').map((row) => ({
        ...row,
        company_id: company.id,
      })),
    ),
    company_attributes: rowsAt(await ask('/data_attributes?model=company'), 'data'),
    contact_attributes: rowsAt(await ask('/data_attributes?model=contact'), 'data'),
    contacts: (await paged('/contacts', 'data')).map(withWholeLists),
    conversations,
    deleted_conversations: [...workspace.deletedConversations],
    conversation_parts: await eachOf(conversations, async ({ id }) => {
      const { conversation_parts: parts } = await ask(`/conversations/${id}`);
      return rowsAt(parts as Row, 'conversation_parts').map((row) => ({
        ...row,
        conversation_id: Number(id),
      }));
    }),
    tickets: await tickets(),
  };
}
