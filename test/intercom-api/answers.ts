import { queryRows, rowsTable } from '../../engine/commands/query.ts';

const questions: Readonly<Record<string, string>> = {
  'Who are the people?':
    'select role, count(*) as contacts, count(email) as with_email from contacts group by role order by role',
  'Which companies have the most people?':
    'select c.name, count(*) as people from contact_companies cc join companies c on c.id = cc.id group by c.name order by people desc, c.name limit 3',
  'Who writes in conversations?':
    "select author ->> 'type' as author, count(*) as parts, count(distinct conversation_id) as conversations from conversation_parts group by 1 order by parts desc",
};

/** What three questions find in the database that a sync has filled. */
export async function answers(path: string): Promise<string> {
  let text = `The records are in ${path}. Three questions, as proof:\n`;
  for (const [question, sql] of Object.entries(questions))
    text += `\n${question}\n  ${sql}\n${indented(rowsTable(await queryRows(path, sql)))}`;
  return `${text}\nAsk your own: node dist/bin/manifold.js query ${path} "select * from contacts limit 3"\n`;
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
