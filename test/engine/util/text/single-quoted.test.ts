import { execFileSync } from 'node:child_process';
import { singleQuoted } from '../../../../engine/util/text/single-quoted.ts';

test.each(['plain', '', 'two words', "it's", `"$HOME" \`id\` \\ !`, "'", 'a\nb'])(
  'a shell takes it for one word: %j',
  (text) => {
    expect(execFileSync('sh', ['-c', `printf %s ${singleQuoted(text)}`], { encoding: 'utf8' })).toBe(text);
  },
);
