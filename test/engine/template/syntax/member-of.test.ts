import { memberOf } from '../../../../engine/template/syntax/member-of.ts';
import { templateBody } from '../../../../engine/template/syntax/template-body.ts';

function memberIn(text: string) {
  const [part] = templateBody(`{{ ${text} }}`) ?? [];
  return part?.type === 'output' ? memberOf(part.value)?.member : undefined;
}

describe('memberOf', () => {
  it.each(['record.id', "record['id']", "record.get('id')", "record.get('id', 0)"])('reads %s', (text) => {
    expect(memberIn(text)).toBe('id');
  });

  it('takes an index that is written out', () => {
    expect(memberIn('record[0]')).toEqual(0);
  });

  it.each(['record[name]', 'record.get(name)', 'record', "record.pop('id')"])('reads none of %s', (text) => {
    expect(memberIn(text)).toBeUndefined();
  });
});
